"""Which comments stand for others that a language model does not read, and which of these follow one that it read.

Where there are too many, some of each theme of the rules are read, what is severe first. Another follows the one that
is nearest to it, if it is near by the rules; else it goes where most go that the rules put beside it; else it stays
where the rules put it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from assistant.english.sentences import sentence_places
from assistant.feedback.corpus import Corpus
from assistant.feedback.grouping import nearest
from assistant.feedback.links import NOWHERE, Link, Ties
from assistant.feedback.small import SEVERE
from assistant.feedback.spoken import counted
from assistant.feedback.themes import LEAST_THEME, Found, places

NEAR = 0.7
"""A comment follows one that was read where they are at least so alike. Of the questions to a bank (77 intents) nine in
ten do so, .87 of these rightly; of comments that hint and joke one in a hundred does."""
SENTENCES = 10_000
"""Up to so many unlike texts are compared as sentences: a minute and a half. By their words alone .75 follow and .82 of
these rightly."""
TOGETHER, VOTES = 0.6, 3
"""What the rules call one theme is one when this share of its comments that were read, and so many, are."""
SURE, FOLLOWS = 0.8, 0.6
"""How surely a step is meant that the model named, and one that another comment has which is near."""
SEVERE_SHARE = 4
"""At most one in so many texts is chosen because it is severe."""
FEW, PAIR = 200, 2
"""Up to so many unlike texts two of them are a theme, and always where both are severe."""
LIKE, UNLIKE, FOLLOWED = 1.0, 0.9, 0.5
"""How typical of its theme a comment is that speaks of the step most of it does, another one, and one not read."""
CHUNK = 5000
Matrix = Any


class Said(NamedTuple):
    """What the model said of an unlike text: the id of its step (empty: none), the number of its theme (-1: none), and
    its mark: `+` happy, else a severity from 0 to 3."""

    step: str
    theme: int
    mark: str


class Placed(NamedTuple):
    """The step of each unlike text, the themes, and what those are called that the model found; the steps of the themes
    that hold what else is said of a step; how many texts follow another."""

    links: list[Link]
    found: Found
    names: dict[int, str]
    rest: dict[int, str]
    following: int


def chosen(corpus: Corpus, found: Found, room: int) -> list[int]:
    """So many texts that stand for the others: severe ones, then some of each theme of the rules (and of none), spread
    from the most to the least typical."""
    severe = np.flatnonzero(corpus.severity >= SEVERE)
    severe = severe[:: max(1, -(-len(severe) * SEVERE_SHARE // max(room, 1)))]
    known = np.array([bool(corpus.words.size(at)) for at in range(len(corpus.words))])
    known[severe] = False
    groups = [np.flatnonzero((found.themes == theme) & known) for theme in range(-1, len(found.wider))]
    groups = [texts[np.argsort(-found.alike[texts], kind="stable")] for texts in groups if len(texts)]
    turns = [np.arange(1, len(texts) + 1) / len(texts) ** 0.5 for texts in groups]  # a large theme has more, not all
    last = np.sort(np.concatenate([*turns, [0.0]]))[: room - len(severe) + 1].max()
    picked = [severe]
    for texts, turn in zip(groups, turns, strict=True):
        picked.append(texts[np.linspace(0, len(texts) - 1, int((turn <= last).sum())).astype(int)])
    return [int(at) for at in np.unique(np.concatenate(picked))[:room]]


def placed(corpus: Corpus, ties: Ties, found: Found, said: Mapping[int, Said], names: Sequence[str]) -> Placed:
    """Steps and themes of all texts from those of the texts that were read; the themes of the rules are numbered after
    those of the model while they are looked at."""
    texts = len(corpus.words)
    links, themes, alike = list(ties.links), np.full(texts, -1), np.zeros(texts)
    for at, told in said.items():
        links[at] = Link(told.step, SURE) if told.step else NOWHERE
        themes[at] = told.theme
    unread = np.array([at for at in range(texts) if at not in said and corpus.words.size(at)], dtype=int)
    alike[list(said)] = LIKE
    leaders = _leaders(corpus, ties, unread, np.array(sorted(said), dtype=int)) if said else {}
    for at, leader in leaders.items():
        themes[at], alike[at] = themes[leader], FOLLOWED
        step = said[leader].step
        links[at] = Link(step, FOLLOWS) if step else NOWHERE
    others = np.array([at for at in unread.tolist() if at not in leaders], dtype=int)
    where = _together(found, said)
    for at in others.tolist():
        theme = int(found.themes[at])
        themes[at] = where.get(theme, theme + len(names) if theme >= 0 else -1)
        alike[at] = FOLLOWED * float(found.alike[at])
    steps = [link.step for link in links]
    named = len(names) + len(found.wider)
    rest = _rest(said, themes)
    own = {step: named + number for number, step in enumerate(dict.fromkeys(rest.values()))}
    for at, step in rest.items():
        themes[at], alike[at] = own[step], UNLIKE
    count = named + len(own)
    kept = _kept(corpus, themes, count)
    number = np.full(count + 1, -1)
    number[kept] = np.arange(len(kept))
    themes = number[themes]
    main = [_main(themes, theme, steps, corpus.weight) for theme in range(len(kept))]
    for at in np.flatnonzero((themes >= 0) & (alike == LIKE)).tolist():
        if steps[at] != main[themes[at]]:
            alike[at] = UNLIKE
    called = {at: names[theme] for at, theme in enumerate(kept) if theme < len(names)}
    left = {int(number[theme]): step for step, theme in own.items() if number[theme] >= 0}
    return Placed(links, Found(themes, _wider(main), alike), called, left, len(leaders))


def _rest(said: Mapping[int, Said], themes: Matrix) -> dict[int, str]:
    """What was read, speaks of a step and is in no theme, with that step: whoever looks into the step finds it there.
    What is severe goes into no such heap."""
    return {at: said[at].step for at in sorted(said) if themes[at] < 0 and said[at].step and said[at].mark != "3"}


def _leaders(corpus: Corpus, ties: Ties, unread: Matrix, read: Matrix) -> dict[int, int]:
    """The text that was read which each of these follows, as far as one is near."""
    if not len(unread):
        return {}
    point = _sentences(corpus) if len(corpus.words) <= SENTENCES else places(corpus, ties)
    leaders = point(read)
    found: dict[int, int] = {}
    for start in range(0, len(unread), CHUNK):
        rows = unread[start : start + CHUNK]
        near, alike = nearest(point(rows), leaders, 1)
        for at, best, sure in zip(rows.tolist(), near[:, 0].tolist(), alike[:, 0].tolist(), strict=True):
            leader = int(read[best])
            harmed = corpus.severity[[at, leader]] >= SEVERE
            if sure >= NEAR and harmed[0] == harmed[1]:  # nothing severe goes under in what is not
                found[at] = leader
    return found


def _sentences(corpus: Corpus) -> Callable[[Matrix], Matrix]:
    """Where texts lie by their sentences, for the numbers of some texts."""
    points = corpus.meant.sentences
    if points is None:
        points = sentence_places([counted(corpus.raw(at)) for at in range(len(corpus.words))])
    return lambda rows: points[rows]


def _together(found: Found, said: Mapping[int, Said]) -> dict[int, int]:
    """For themes of the rules the theme of the model that most of their comments which were read are in."""
    votes: dict[int, Counter[int]] = {}
    for at, told in said.items():
        votes.setdefault(int(found.themes[at]), Counter())[told.theme] += 1
    where = {}
    for theme, counts in votes.items():
        best, most = counts.most_common(1)[0]
        if theme >= 0 and best >= 0 and most >= max(VOTES, TOGETHER * counts.total()):
            where[theme] = best
    return where


def _kept(corpus: Corpus, themes: Matrix, count: int) -> list[int]:
    """The themes that enough say, the largest first."""
    known = themes >= 0
    sizes = np.bincount(themes[known], weights=corpus.weight[known], minlength=count)
    severe = np.bincount(themes[known], weights=(corpus.weight * (corpus.severity >= SEVERE))[known], minlength=count)
    few = len(corpus.words) <= FEW
    least = np.where((severe >= PAIR) & (2 * severe >= sizes) | few, PAIR, LEAST_THEME)
    return [int(at) for at in np.argsort(-sizes, kind="stable") if sizes[at] >= least[at]]


def _main(themes: Matrix, theme: int, steps: Sequence[str], weight: Matrix) -> str:
    """The step most comments of a theme speak of; empty where most speak of none."""
    counts: Counter[str] = Counter()
    for at in np.flatnonzero(themes == theme).tolist():
        counts[steps[at]] += int(weight[at])
    return counts.most_common(1)[0][0] if counts else ""


def _wider(main: Sequence[str]) -> Matrix:
    """Themes at one step are together, those at none each by itself."""
    groups: dict[str, int] = {}
    return np.array([groups.setdefault(step or f"theme {at}", len(groups)) for at, step in enumerate(main)], dtype=int)
