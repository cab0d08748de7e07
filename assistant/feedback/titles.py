"""What a theme is called, so that somebody who sees only the names knows what customers say.

A theme is called by the general topic its comments agree on, in the words of `customer_topics.tsv`: of complaint or of
praise, with the step most of them speak of before it and a thing they share in it. Where many of them use the same turn
of phrase, that is the name; where no topic is sure, the likeliest one is said to be most of it or one among others. A
quote is a name only where nothing else is known. No two themes are called the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from assistant.english.alike import stem
from assistant.feedback.naming import Names, Shared
from assistant.feedback.personal import private
from assistant.feedback.topics import Topic, topics
from assistant.feedback.words import TOKEN

LONGEST = 60
SURE, MOSTLY, KNOWN = 0.38, 0.28, 0.12
"""From which mean likelihood on a topic is what a theme is about, is most of it, and is one of its topics at all."""
STRONG, SOME = 0.5, 0.25
"""A turn of phrase names a theme when this share of its comments says it; where no topic is sure, this will do."""
FEW_SAY = 3
THING = 0.5
"""A thing is part of the name when this share of the comments, and FEW_SAY, speak of it."""
BESIDE = 0.5
"""A second topic can stand in a name when it is at least so likely as the first."""
PRAISED, COMPLAINED, ASKED, MIXED = 0.6, 0.4, 0.5, 0.2
_SAYS = {"praise": ("praise",), "question": ("question",), "trouble": ("complaint", "request")}
"""What a comment is that stands beneath a name of praise, of questions or of complaint."""
_ASKS = "Questions: "
_MANY = {"praise": "praise", "question": "questions", "trouble": "complaints", "": "remarks"}
_ALL_IN_ALL = ("praise", "leaving")
"""Topics that say nothing beside another."""
Matrix = Any


class Told(NamedTuple):
    """What is known of a theme: how likely each general topic is on average (in the order of `topics`), which shares of
    its comments praise, complain and ask, the name of the step most of them speak of (empty: of none), whether they
    are few and were read: what many say in the same words is better told by these words; and what the kinds of harm
    are called that most of them tell of."""

    likely: Matrix
    praise: float
    trouble: float
    asked: float
    step: str = ""
    read: bool = True
    serious: tuple[str, ...] = ()

    @property
    def attitude(self) -> str:
        """Whether customers mostly praise, ask or complain; empty where they do not agree."""
        if self.praise >= PRAISED:
            return "praise"
        if self.asked >= ASKED and self.trouble < self.asked:
            return "question"
        return "trouble" if self.trouble >= COMPLAINED and self.praise < 1 - PRAISED else ""

    def may_be_quoted(self, kind: str) -> bool:
        """Whether a comment of this kind says what the name says: no praise stands beneath a complaint."""
        return kind in _SAYS.get(self.attitude, (kind,))


class Titles:
    """Names for themes, each only once; `background` are texts of all themes, `taken` names that some have already."""

    def __init__(self, background: Sequence[str], taken: Iterable[str] = ()) -> None:
        self.names = Names(background)
        self.taken = {name.lower() for name in taken}

    def title(self, texts: Sequence[str], told: Told) -> str:
        """The first fitting name for these texts (the most typical first) that no other theme has."""
        shared = self.names.of(texts)
        behind = (name for bare in _candidates(shared, told) for name in _at_step(bare, told.step))
        quoted = (name for bare in _quotes(shared) for name in _at_step(bare, told.step))
        for name in chain(behind, _candidates(shared, told), quoted, _quotes(shared)):
            plain = name[:1].upper() + name[1:]
            if len(plain) <= LONGEST and plain.lower() not in self.taken and not private(plain):
                self.taken.add(plain.lower())
                return plain
        plain = f"Theme {len(self.taken) + 1}, without a common phrase"
        self.taken.add(plain.lower())
        return plain


def _candidates(shared: Shared, told: Told) -> Iterator[str]:
    """All names a theme can have but quotes, the best first."""
    if told.serious:
        first, *others = told.serious
        yield from (f"{first}; {_small(other)}" for other in others)
        yield first
    order = told.likely.argsort()[::-1]
    sure = float(told.likely[order[0]])
    for phrase, share in shared.phrases():
        enough = not told.read or share >= (STRONG if sure >= SURE else SOME)
        if enough and share * len(shared.texts) >= min(FEW_SAY, len(shared.texts)):
            yield phrase
    if told.step and not sure:
        yield from _with_words(f"{_MANY[told.attitude]} of several kinds", shared, told.step)
    if sure >= KNOWN:
        besides = float(told.likely[order[1]]) >= BESIDE * sure
        yield from _by_topic(shared, told, [topics()[at] for at in order[: 1 + besides]], sure)
    yield from (phrase for phrase, _ in shared.phrases())
    if told.read and len(shared.texts) > 1:
        yield from _about_things(_MANY[told.attitude], shared, told.step)


def _quotes(shared: Shared) -> Iterator[str]:
    """Typical sentences in quotes."""
    return (f"“{sentence.rstrip('.!')}”" for sentence in shared.sentences())


def _at_step(name: str, step: str) -> Iterator[str]:
    """The name behind its step; the name alone where the step says no more, or where there is none."""
    if not step or _stems(step) <= _stems(name):
        yield name
        return
    yield f"{step}: {_small(name)}"
    if len(step) > LONGEST // 2:
        yield f"{step[: LONGEST // 2].rpartition(' ')[0]} …: {_small(name)}"


def _by_topic(shared: Shared, told: Told, likely: Sequence[Topic], sure: float) -> Iterator[str]:
    """Names by the likeliest topics of a theme, the plainest first; of whole themes, of most, or of some of what is in
    them."""
    attitude = told.attitude
    alone, with_thing = worded(likely[0], attitude)
    known = _stems(f"{told.step} {alone} {likely[0].about}")
    things = (
        word for word in shared.things(max(FEW_SAY, round(THING * len(shared.texts)))) if not _stems(word) & known
    )
    if with_thing and sure >= MOSTLY:
        yield from (with_thing.replace("*", word) for word in islice(things, 1))
    if sure >= SURE:
        yield f"{alone}, good and bad" if not attitude else alone
    elif sure >= MOSTLY:
        yield alone if attitude == "question" else f"Mostly {_small(alone)}"
    beside = [topic for topic in likely[1:] if topic.id not in _ALL_IN_ALL]
    both = ": good and bad" if not attitude and min(told.praise, told.trouble) >= MIXED else ""
    yield from (f"{alone}, {_small(worded(topic, attitude)[0].removeprefix(_ASKS))}{both}" for topic in beside)
    if both:
        yield f"{alone}, good and bad"
    if sure < MOSTLY and attitude != "question":
        yield f"{alone} and other things"
    yield from _with_words(alone, shared, f"{told.step} {likely[0].about}")


def _with_words(name: str, shared: Shared, known: str) -> Iterator[str]:
    """The name, and the name with a few of the things its comments speak of beside those known."""
    yield name
    said = _spoken_of(shared, f"{name} {known}")
    yield from (f"{name} ({', '.join(said[:count])})" for count in (2, 3, 1) if len(said) >= count)


def _about_things(many: str, shared: Shared, known: str) -> Iterator[str]:
    """Names by nothing but what several comments speak of, or by what they are at a known step."""
    said = [word for word in islice(shared.things(2), 3) if not _stems(word) & _stems(known)]
    if len(said) > 1:
        yield f"{many} about {', '.join(said[:-1])} and {said[-1]}"
    yield from (f"{many} about the {word}" for word in said)
    yield from (name for name in _with_words(f"{many} of several kinds", shared, known) if known or "(" in name)


def _spoken_of(shared: Shared, known: str) -> list[str]:
    """Up to three things comments speak of beside those known, first what several say."""
    said = _stems(known)
    things = [word for least in (2, 1) for word in shared.things(least) if not _stems(word) & said]
    return list(dict.fromkeys(things))[:3]


def worded(topic: Topic, attitude: str) -> tuple[str, str]:
    """What a topic is called by those who feel so, alone and with a thing (empty: there is no such wording)."""
    if attitude == "praise":
        return topic.praise, topic.praise_with
    if attitude == "trouble":
        return topic.trouble, topic.trouble_with
    return (f"{_ASKS}{_small(topic.about)}" if attitude else topic.about), ""


def _small(name: str) -> str:
    """The name as it stands behind other words."""
    return name[:1].lower() + name[1:]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in TOKEN.findall(text.lower())}
