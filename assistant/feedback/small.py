"""Themes among the comments of a small firm: two on the same trouble are one, and what nobody shares stays alone.

With a few dozen comments the average likeness of vectors tells little, and what is called “like no theme” is most of
what was said. So the general topic of each is asked instead (`topics`, and what it plainly says, `cues`): the topic
that most comments speak of is the first theme, and so on while two are left. Praise and trouble are never one theme,
nor are two kinds of harm, nor harm and what merely annoys. Then comments that share enough words are a theme, and last
those that surely speak of one step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from assistant.feedback.corpus import Corpus
from assistant.feedback.few import SHARED, by_shared_words, word_likeness
from assistant.feedback.links import Link
from assistant.feedback.naming import quoted
from assistant.feedback.severe import kind_of_harm, severe_names
from assistant.feedback.shapes import Single
from assistant.feedback.titles import worded
from assistant.feedback.topics import topics
from assistant.feedback.words import OF_TIME

LEAST, ON_AVERAGE = 0.3, 0.45
"""A comment may be on a topic that is at least so likely; a theme's topic is on average so likely."""
PERHAPS = 0.1
"""What is worded like the comments of a theme joins it when its topic is at least so likely."""
MOST = 0.5
"""What holds by words alone is a theme when more than this share of it may be on one topic."""
WORDS = 2
"""So many words that carry meaning must two comments share to be worded alike: one thing is spoken of in many ways."""
SEVERE = 3
ALONE = 0.6
"""So sure must a topic be to be told of a comment that stands alone."""
SURE_STEP_OF_ONE = 0.5
"""Of links of comments that were read, and are said to be at least so sure, four in five are right in the processes
they were chosen by and two in three in others; below it no step is told where comments are few."""
JOINS_AT, SURELY_AT = 0.7, 0.8
"""So sure must the step of a comment be to join a theme at that step, and to be a theme with others on that step."""
AT_STEP = -2
"""Stands for the topic of a theme whose comments speak of one step, and of several things there."""
Matrix = Any


class Small(NamedTuple):
    """The theme of each text of a small set (-1: it stands alone), how clearly each is of its theme, and the number of
    the general topic of each theme (-1: held together otherwise)."""

    themes: Matrix
    clear: Matrix
    about: Matrix


def small_themes(corpus: Corpus, links: Sequence[Link]) -> Small:
    """The themes of a small set, the largest first; `links` are the steps of its texts."""
    sides = [_side(corpus, at) for at in range(len(corpus.words))]
    themes, clear = np.full(len(sides), -1), np.zeros(len(sides))
    found: list[Group] = []
    for side in dict.fromkeys(sides):
        left = np.array([at for at, other in enumerate(sides) if other == side and corpus.words.size(at)], dtype=int)
        found += _groups(corpus, links, left, severe=side not in ("praise", "trouble"))
    found.sort(key=lambda group: -corpus.weight[group.texts].sum())
    for number, group in enumerate(found):
        themes[group.texts] = number
        clear[group.texts] = 1.0 if group.topic < 0 else corpus.topics[group.texts, group.topic]
    return Small(themes, clear, np.array([group.topic for group in found], dtype=int))


def _side(corpus: Corpus, at: int) -> str:
    """Praise, trouble, or the kind of harm: what is parted before topics are asked."""
    if corpus.severity[at] >= SEVERE:
        return f"harm: {kind_of_harm(corpus.raw(at))}"
    return "praise" if corpus.kinds[at] == "praise" else "trouble"


class Group(NamedTuple):
    """Texts that are one theme, and its general topic (-1: not by that)."""

    texts: Matrix
    topic: int = -1


def _groups(corpus: Corpus, links: Sequence[Link], left: Matrix, severe: bool) -> list[Group]:
    """The groups among these texts of one side."""
    if severe:
        return [Group(left)] if corpus.weight[left].sum() > 1 else []
    found: list[Group] = []
    while (best := _commonest(corpus, left)) is not None:
        found.append(best)
        left = np.setdiff1d(left, best.texts)
    found, left = _joined(corpus, found, left)
    if len(left):
        labels = by_shared_words(_worded(corpus, left), WORDS)
        for label in range(int(labels.max(initial=-1)) + 1):
            group = left[labels == label]
            if corpus.weight[group].sum() > 1 and _agree(corpus, group):
                found.append(Group(group))
    return _with_step(corpus, links, found, np.setdiff1d(left, [at for group in found for at in group.texts]))


def _with_step(corpus: Corpus, links: Sequence[Link], groups: list[Group], left: Matrix) -> list[Group]:
    """The groups with those of the other texts that speak of their step and may be on their topic; and of what is left
    then, what surely speaks of one step."""
    others: dict[str, list[int]] = {}
    joins: dict[int, list[int]] = {}
    steps = [_step_of(links, group) for group in groups]
    for at in left.tolist():
        step, sure = links[at]
        near = [
            number
            for number, group in enumerate(groups)
            if step and steps[number] == step and sure >= JOINS_AT and _may_be_on(corpus, at, group.topic)
        ]
        if near:
            joins.setdefault(near[0], []).append(at)
        elif sure >= SURELY_AT:
            others.setdefault(step, []).append(at)
    joined = [
        group._replace(texts=np.sort(np.append(group.texts, joins.get(number, [])).astype(int)))
        for number, group in enumerate(groups)
    ]
    return joined + [Group(np.array(texts), AT_STEP) for texts in others.values() if corpus.weight[texts].sum() > 1]


def _step_of(links: Sequence[Link], group: Group) -> str:
    """The step that half of a group, and two, are said to speak of; empty where there is none."""
    steps = Counter(links[at].step for at in group.texts.tolist() if links[at].confidence >= SURE_STEP_OF_ONE)
    step, most = max(steps.items(), key=lambda item: item[1], default=("", 0))
    return step if most >= max(2, MOST * len(group.texts)) else ""


def _joined(corpus: Corpus, groups: list[Group], left: Matrix) -> tuple[list[Group], Matrix]:
    """The groups with those of the other texts that are worded alike, and what is left of these."""
    alike = word_likeness(_worded(corpus, range(len(corpus.words))), WORDS)
    joins: dict[int, list[int]] = {}
    for at in left.tolist():
        near = [float(alike[at, group.texts].mean()) * _may_be_on(corpus, at, group.topic) for group in groups]
        if near and max(near) >= SHARED:
            joins.setdefault(near.index(max(near)), []).append(at)
    joined = [
        group._replace(texts=np.sort(np.append(group.texts, joins.get(number, [])).astype(int)))
        for number, group in enumerate(groups)
    ]
    return joined, np.setdiff1d(left, [at for some in joins.values() for at in some])


def _agree(corpus: Corpus, group: Matrix) -> bool:
    """Whether most texts that are worded alike may be on one topic: all that a baker's customers say is of bread."""
    return len(group) < 2 or bool(((corpus.topics[group] >= PERHAPS).mean(axis=0) > MOST).any())


def _may_be_on(corpus: Corpus, at: int, topic: int) -> bool:
    """Whether a text may be on this topic."""
    return topic < 0 or bool(corpus.topics[at, topic] >= PERHAPS)


def _worded(corpus: Corpus, texts: Iterable[int]) -> list[list[str]]:
    """The words of these texts, but for those of time."""
    return [[word for word in corpus.words[at] if word not in OF_TIME] for at in texts]


def _commonest(corpus: Corpus, left: Matrix) -> Group | None:
    """The texts on the topic that most of these surely speak of; none where no two are on one."""
    shares = corpus.topics[left]
    weight = corpus.weight[left]
    worth = np.where(shares >= LEAST, shares, 0.0) * weight[:, None]
    for topic in np.argsort(-worth.sum(axis=0), kind="stable").tolist():
        on = _surest(shares[:, topic], weight)
        if len(on) > 1:
            return Group(left[np.sort(on)], topic)
    return None


def _surest(likely: Matrix, weight: Matrix) -> Matrix:
    """As many of the likeliest as are likely enough on average."""
    order = np.argsort(-likely, kind="stable")
    order = order[likely[order] >= LEAST]
    average = np.cumsum((likely * weight)[order]) / np.cumsum(weight[order])
    return order[average >= ON_AVERAGE]


def singles_of(corpus: Corpus, alone: Sequence[int], links: Sequence[Link]) -> tuple[Single, ...]:
    """What these texts say, each by itself: what is severe and what hurts first; `links` are the steps of all texts."""
    order = sorted(alone, key=lambda at: (-corpus.severity[at], corpus.kinds[at] == "praise", at))
    return tuple(_single(corpus, at, links[at]) for at in order if corpus.words.size(at))


def _single(corpus: Corpus, at: int, link: Link) -> Single:
    serious = severe_names()[kind_of_harm(corpus.raw(at))] if corpus.severity[at] >= SEVERE else ""
    step = link.step if link.confidence >= SURE_STEP_OF_ONE else ""
    kind, severity = corpus.kinds[at], int(corpus.severity[at])
    topic = topics()[int(corpus.topics[at].argmax())]
    attitude = kind if kind in ("praise", "question") else "trouble"
    about = worded(topic, attitude)[0] if corpus.topics[at].max() >= ALONE and not serious else ""
    return Single(quoted(corpus.comments[corpus.first[at]]), kind, severity, step, about, serious)
