"""What the words of a turn speak of: people, steps, figures and clauses, each with the words that do so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from assistant.english.forms import verb_forms
from assistant.english.meanings import placed
from assistant.english.tables import any_of, classed, worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import IGNORED, alike, content, ways_called
from assistant.language.correct.made_readable import bared
from assistant.language.correct.parts_of_a_turn import LASTING, same_action
from assistant.language.correct.told_of_waits import told_of_waits
from assistant.language.correct.words_as_known import as_known
from assistant.language.figures.figure import Figure
from assistant.language.figures.numbers import value_of
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.model import Role

TOKEN = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*|[€$£%]")
LIGHT = (
    classed("reading", "doer-light") | LASTING | frozenset(
        """if when whenever after before once while until between it's that's there's there here because since so unless
        only just about around more less both sides also always usually never he's she's they're who which whoever we
        they call say said mean meant half hour don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't
        wouldn't shouldn't hasn't haven't i'm i'd i'll we're we've we'd there'll that'll guess reckon think maybe
        perhaps roughly actually really rather more""".split()
    )
)  # fmt: skip
NEAR = 0.55
"""From which likeness on two words count as of one meaning."""
NEAR_COUNTS = 0.6
BY_ITS_WAIT = 0.4
"""How much words speak of a step that only say what its wait was told in (`resting`)."""
CUT = re.compile(worded("words-spoken-of-cut"), re.I)
AGAINST_BEFORE = re.compile(worded("words-spoken-of-against-before"))
AGAINST_BEHIND = re.compile(worded("words-spoken-of-against-behind"))
GONE_BEFORE = re.compile(worded("gone-before"))
GONE_BEHIND = re.compile(rf"^\s+(?:{worded('gone-behind')})\b")
"""Somebody who is said to be there no more."""
KEPT = re.compile(worded("words-spoken-of-kept"))
"""What is said to be right as it is: nothing that a correction speaks of."""
CONFIRMED = re.compile(rf"\b(?:{worded('words-spoken-of-confirmed')})$")
"""How a part ends that only says again what is known: its figure is no news."""
NOT_COUNTED = re.compile(rf"\b{any_of('before-what-one-means')} $")


@dataclass(frozen=True)
class Word:
    """One word of a turn: in lower case, and where it stands."""

    low: str
    start: int
    end: int


@dataclass(frozen=True)
class Named:
    """A role that words name, by which words, whether they deny that it does something, or that it is there at all."""

    role: Role
    at: frozenset[int]
    against: bool
    gone: bool = False

    @property
    def first(self) -> int:
        """The first of its words."""
        return min(self.at)


@dataclass(frozen=True)
class Likeness:
    """How much of the name of a step some words say, 0 to 1, and which of them; whether its very verb is said."""

    step: str
    score: float
    verb: bool
    at: frozenset[int]
    exact: bool = False


@dataclass(frozen=True)
class Said:
    """A figure and the words it is said in."""

    figure: Figure
    at: frozenset[int]


@lru_cache(maxsize=20_000)
def near(one: str, other: str) -> bool:
    """Whether two words mean nearly the same, by the table of word meanings."""
    if len(one) < 3 or len(other) < 3:
        return False
    a, b = placed([_base(one), _base(other)])
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return size > 0 and float(a @ b) / size >= NEAR


def _base(word: str) -> str:
    forms = verb_forms(word)
    return forms[0].base if forms else word.removesuffix("s")


@dataclass(frozen=True)
class Spoken:
    """A turn against a process. `recent`: the steps spoken of last; `asked`: elements and fields of open questions."""

    catalogue: Catalogue
    words: str
    recent: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    offered: int = 0
    told: str = ""
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _bared(self) -> tuple[str, bool, str]:
        return bared(as_known(self.words, self.catalogue))

    @property
    def text(self) -> str:
        """The words spelled out, without what leads up to them or trails behind them."""
        return self._bared[0]

    @property
    def wrong(self) -> bool:
        """Whether a mistake is owned to."""
        return self._bared[1]

    @cached_property
    def low(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def tokens(self) -> tuple[Word, ...]:
        """The words of the text."""
        return tuple(Word(_bare(match[0]), match.start(), match.end()) for match in TOKEN.finditer(self.low))

    @cached_property
    def heavy(self) -> frozenset[int]:
        """The words that carry meaning; numbers and their units are no such words."""
        taken = {place for said in self.figures for place in said.at}
        taken |= {place for part, (a, b) in enumerate(self.parts) if part and KEPT.match(self.low[a:b].strip())
                  for place in self.within(a, b)}  # fmt: skip
        if self.figures != self._figures:  # what is only confirmed is not spoken of
            old = [self.part_of(min(said.at)) for said in self._figures if said.at and said not in self.figures]
            taken |= {place for part in old for place in self.in_part(part)}
        return frozenset(
            place for place, word in enumerate(self.tokens)
            if place not in taken and word.low not in IGNORED and word.low not in LIGHT and len(word.low) > 1
            and not word.low[0].isdigit() and value_of(word.low) is None
        )  # fmt: skip

    @cached_property
    def figures(self) -> tuple[Said, ...]:
        """The figures of the text, without those that only confirm what is known where others are news."""
        news = [said for said in self._figures if not self._confirmed(said)]
        return tuple(news) if any(said.figure.kind != "number" for said in news) else self._figures

    def _confirmed(self, said: Said) -> bool:
        """Whether a figure stands in a part that ends with a yes, or has one right behind it."""
        texts = [self.low[a:b].strip(" .!") for a, b in self.parts]
        place = next((n for n, (a, b) in enumerate(self.parts) if a <= said.figure.a < b), 0)
        return bool(CONFIRMED.search(texts[place]) or any(map(CONFIRMED.fullmatch, texts[place + 1 : place + 2])))

    @cached_property
    def _figures(self) -> tuple[Said, ...]:
        """The figures of the text, those said vaguely left out."""
        found = [figure for figure in figures_in(self.low) if not figure.vague]
        found = [figure for figure in found if self.low[figure.a : figure.b].strip() != "one"
                 or not NOT_COUNTED.search(self.low[: figure.a])]  # fmt: skip
        return tuple(Said(figure, self.within(figure.a, figure.b)) for figure in found)

    def within(self, start: int, end: int) -> frozenset[int]:
        """The words between two places of the text."""
        return frozenset(n for n, word in enumerate(self.tokens) if word.start >= start and word.end <= end)

    @cached_property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """Where the parts of the text begin and end: what stands between commas, dashes and the like."""
        spans, start = [], 0
        taken = [(said.figure.a, said.figure.b) for said in self._figures]
        for cut in CUT.finditer(self.low):
            if not any(a < cut.start() < b for a, b in taken):
                spans.append((start, cut.start()))
                start = cut.end()
        spans.append((start, len(self.low)))
        return tuple((a, b) for a, b in spans if re.search(r"\w", self.low[a:b])) or ((0, len(self.low)),)

    def part_of(self, place: int) -> int:
        """Which part a word stands in."""
        start = self.tokens[place].start
        return next((n for n, (a, b) in enumerate(self.parts) if a <= start < b), len(self.parts) - 1)

    def in_part(self, part: int) -> frozenset[int]:
        """The words of a part."""
        return self.within(*self.parts[part]) if 0 <= part < len(self.parts) else frozenset()

    @cached_property
    def people(self) -> tuple[Named, ...]:
        """Everybody of the process who is named, in the order they are named in."""
        found: list[Named] = []
        for role in self.catalogue.process.roles:
            if at := self._names(role):
                start, end = self.tokens[min(at)].start, self.tokens[max(at)].end
                front, behind = self.low[:start], self.low[end:]
                gone = bool(GONE_BEFORE.search(front) or GONE_BEHIND.search(behind))
                against = bool(AGAINST_BEFORE.search(front) or AGAINST_BEHIND.search(behind))
                found.append(Named(role, at, against or gone, gone))
        whole = [name for name in found if not any(name.at < other.at for other in found)]
        return tuple(sorted(whole, key=lambda name: name.first))

    def _names(self, role: Role) -> frozenset[int]:
        best: frozenset[int] = frozenset()
        for own in ways_called(role):
            if not own:
                continue
            heads = [n for n, word in enumerate(self.tokens) if person(word.low, own[-1]) and not _doing(word.low)]
            for head in heads[:1]:
                at, place = {head}, head - 1
                for part in reversed(own[:-1]):
                    if place >= 0 and alike(self.tokens[place].low, part):
                        at.add(place)
                        place -= 1
                if len(at) == 1 < len(own) and self._another(head):
                    continue
                best = max(best, frozenset(at), key=len)
        return best

    def _another(self, head: int) -> bool:
        """Whether the word right before the last of a name makes it somebody else (`core maker`, no pattern maker), or
        the words behind do (`head of purchasing`)."""
        before = self.tokens[head - 1] if head else None
        if self.low[self.tokens[head].end :].startswith(" of "):
            return True
        return before is not None and before.end + 1 == self.tokens[head].start and head - 1 in self.heavy

    def likeness(self, within: Iterable[int] | None = None) -> tuple[Likeness, ...]:
        """The steps that some words (all, if none are given) speak of, the likest first."""
        key = ("like", None if within is None else frozenset(within))
        if key not in self.memo:
            places = self.heavy if key[1] is None else self.heavy & key[1]
            self.memo[key] = self._liked(places)
        return self.memo[key]  # type: ignore[return-value]

    def clearly(self, within: Iterable[int]) -> tuple[Likeness, ...]:
        """The same without steps of which no word is said that does not speak more of another (`pick the translator`
        is no delivery of a translation)."""
        found = self.likeness(within)
        return tuple(
            like for like in found
            if not any(like.at <= other.at and (other.score, other.verb) > (like.score, like.verb) for other in found)
        )  # fmt: skip

    def _liked(self, places: frozenset[int]) -> tuple[Likeness, ...]:
        people = {place for name in self.people for place in name.at}
        found = []
        for step in self.catalogue.named:
            own = content(step.name)
            if not own:
                continue
            total, got, verb, exact = 0.0, 0.0, False, False
            at: set[int] = set()
            for place, part in enumerate(own):
                weight = self._rarity(part) * (1.0 if place or len(own) == 1 else 0.9)
                total += weight
                best, by = self._match(part, places, place == 0, people)
                got += weight * best
                at |= {by} if by is not None else set()
                verb = verb or (place == 0 and best >= NEAR_COUNTS)
                exact = exact or (place == 0 and best == 1.0)
            if not at and (waiting := self._by_its_wait(step.id, places)):
                at, got, total = waiting, BY_ITS_WAIT, 1.0
            if at:
                found.append(Likeness(step.id, got / total, verb, frozenset(at), exact))
        return tuple(sorted(found, key=lambda like: (-like.score, not like.verb)))

    def _by_its_wait(self, step: str, places: frozenset[int]) -> set[int]:
        """The words among some that a wait was told in, and nothing else of the process."""
        if "waits" not in self.memo:
            self.memo["waits"] = told_of_waits(self.catalogue, self.told)
        own = self.memo["waits"].get(step, ())  # type: ignore[attr-defined]
        return {place for place in places if any(alike(self.tokens[place].low, word) for word in own)}

    def _match(self, part: str, places: frozenset[int], first: bool, people: set[int]) -> tuple[float, int | None]:
        best: tuple[float, int | None] = (0.0, None)
        for place in places:
            word = self.tokens[place].low
            if alike(word, part):
                score = 1.0 if place not in people else 0.5
            elif first and same_action(word, part):
                score = 0.8
            elif best[0] < NEAR_COUNTS and place not in people and not self._known(word) and near(word, part):
                score = NEAR_COUNTS
            else:
                continue
            if score > best[0]:
                best = (score, place)
        return best

    def _known(self, word: str) -> bool:
        """Whether some step has a word in its name: it speaks of that one and of nothing that means the like."""
        key = ("known", word)
        if key not in self.memo:
            self.memo[key] = any(alike(word, own) for step in self.catalogue.named for own in content(step.name))
        return self.memo[key]  # type: ignore[return-value]

    def _rarity(self, part: str) -> float:
        key = ("rare", part)
        if key not in self.memo:
            names = [content(step.name) for step in self.catalogue.named]
            holders = sum(any(alike(part, other) for other in own) for own in names)
            self.memo[key] = 1 / max(1, holders) ** 0.5
        return self.memo[key]  # type: ignore[return-value]

    def tasks(self, likes: Sequence[Likeness]) -> list[Likeness]:
        """Only those of steps that somebody does."""
        return [like for like in likes if isinstance(self.catalogue.by_id[like.step], Task)]


def _bare(word: str) -> str:
    """A word without what makes it somebody's or says `is` (`the driver's job`, `the foreman's 29 an hour`)."""
    bare = re.sub(r"['’]s?$", "", word)
    return word if word in LIGHT or len(bare) < 3 else bare


def _doing(word: str) -> bool:
    """Whether a word is of the doing, not of whoever does it: `baking` is not the baker, nor is `make` the maker."""
    return word == "make" or (word.endswith("ing") and any(form.form == "ing" for form in verb_forms(word)))


def person(word: str, head: str) -> bool:
    """Whether a word names somebody by the head of their name (`reception` is the receptionist)."""
    if alike(word, head) or (word.endswith("men") and word.removesuffix("men") + "man" == head):
        return True
    short, long = sorted((word, head), key=len)
    return len(short) >= 6 and long.startswith(short) and long[len(short) :] in ("ist", "er", "or", "s", "ists", "ers")
