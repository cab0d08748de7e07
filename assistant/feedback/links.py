"""Which step of the process a comment speaks of, how surely, and when it is better to say none.

A step is known by its own words, by other words people use for the same thing, by its role, data and system, and by
the moments in which customers meet it. What few steps share weighs more. A comment is tied to the step it says most of,
if it says enough.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from assistant.english.alike import stem
from assistant.english.tables import classed, pairs
from assistant.feedback.learnt import Meant
from assistant.feedback.moments import moment_names, moment_rows, moments_of_step
from assistant.feedback.nearness import ENOUGH, beyond_usual, nearness, nowhere
from assistant.feedback.spoken_at import SpokenAt
from assistant.feedback.texts import Texts
from assistant.feedback.vectors import stems
from assistant.feedback.words import ALSO, PARTICLES, STOP
from assistant.process.blocks import Call, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk

LEAST, LEAST_OF_MANY = 0.3, 0.45
"""So much must at least be said of a step; more where what is spoken of at steps like it counts too."""
CHUNK = 20_000
WHOLE = 1.3
"""How many times its rarest word a comment must hold to speak of a step beyond doubt."""
OTHER, AROUND = 0.8, 0.2
THING, DESCRIBES, DOES, BESIDE = 1.0, 0.6, 0.7, 0.25
"""How much the words of a step's name weigh: the thing it is done to, what describes it, the verb, what is beside."""
UNSEEN = 0.7
"""How much less a step counts that no customer sees: it is worked inside, and nobody outside is named with it."""
MOMENT, HIDDEN = 0.6, 0.8
"""How much the moments a comment speaks of weigh beside the words of a step, and how much less where no customer sees
the step."""
NEAR = 3.0
"""How much it counts how near a comment read as a sentence lies to a step."""
READ_MOMENT = 0.9
"""How much moments count where comments are read."""
MOST_SAID = 0.5
"""How much at most the words of a step count where comments are read: more of them say little more."""
NOWHERE_AT, CLEARLY, BY_MOMENT = 0.16, 0.43, 0.6
"""From where on a comment that was read speaks of no step, how much a near step speaks against that, and how much it
counts that the comment speaks of what no step is about."""
SHARP = 2.2
"""How quickly a step becomes less likely that scores less: of links said to be 0.7 sure, about 0.7 are right."""
APART = 0.8
"""How much what no step is about weighs beside the steps."""
_ASIDE = frozenset("manners premises privacy theft hygiene serve stay safety".split())
"""What customers say of a place and its people, whatever step they are at; unless a step is about it."""
MAKES = 1.1
"""How much more a step counts that makes what reaches the customer: a wrong invoice is wrong where it is written."""
_BETWEEN = classed("opinions", "between")
"""Little words that stand within a turn of phrase: "paying me back", "over the phone"."""
_ACTS = pairs("nominal")
"""What is done by its noun: a delivery is delivered."""
_BESIDES = classed("opinions", "besides")
"""Before these a name goes on with how, where or with whom."""
_OUTSIDE = frozenset(
    "customer client applicant policyholder patient tenant citizen guest buyer member neighbour".split()
)


class Link(NamedTuple):
    """The id of a step (empty: none) and how surely it is meant, 0 to 1."""

    step: str
    confidence: float


NOWHERE = Link("", 0.0)


class Ties(NamedTuple):
    """The step of each text; and where they were read as sentences, how likely each step of the process is the one a
    text speaks of: one row a text, a column a step, the last one for none."""

    links: list[Link]
    shares: Any


class Linker:
    """Ties comments to the steps of one process."""

    def __init__(self, process: Process) -> None:
        steps = linked_steps(process)
        roles = {role.id: role.name for role in process.roles}
        people = _people(process)
        self.order = [step.id for step in steps]
        self.names = [step.name for step in steps]
        named = {step.id: _named(step, people) for step in steps}
        around = {step.id: _around(step, roles) for step in steps}
        words = {id_: dict.fromkeys(around[id_], AROUND) | _also(own) | own for id_, own in named.items()}
        spread = Counter(word for weights in words.values() for word, value in weights.items() if value > AROUND)
        n = max(len(steps), 1)
        self.by_word: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        columns = moment_names()
        self.met = np.zeros((len(columns), len(steps)), dtype=np.float32)
        for place, step in enumerate(steps):
            id_ = step.id
            outside = _seen(step, process)
            makes = MAKES if outside and _verb(step) in _MADE else 1.0
            rare = {word: value * math.log(1 + n / max(spread[word], 1)) for word, value in words[id_].items()}
            full = max([*(rare[word] for word in named[id_]), 1e-9]) * WHOLE
            for word, value in rare.items():
                self.by_word[word].append((place, value / full * (makes if outside else UNSEEN)))
            for moment, sure in moments_of_step(_verb(step), _every(step) | named[id_], around[id_]).items():
                self.met[columns[moment], place] = MOMENT * sure * (makes if outside else HIDDEN)

        met = self.met.max(axis=1, initial=0.0)
        self.aside = [column for moment, column in columns.items() if moment in _ASIDE and met[column] < AROUND]

    def link(self, words: Sequence[str]) -> Link:
        """The step these words (in lower case) speak of."""
        texts = Texts()
        texts.append(words)
        return self.ties(Meant(texts)).links[0]

    def ties(self, meant: Meant) -> Ties:
        """The step each text speaks of."""
        if meant.sentences is not None and self.names:
            return self._read(meant)
        found: list[Link] = []
        some = np.arange(min(CHUNK, len(meant.texts)))
        spoken = SpokenAt(self.names, meant, some) if self.names and len(some) > ENOUGH else None
        for start in range(0, len(meant.texts), CHUNK):
            rows = np.arange(start, min(start + CHUNK, len(meant.texts)))
            told = moment_rows(meant, rows)
            elsewhere = told[:, self.aside].max(axis=1, initial=0.0).tolist()
            says = told @ self.met
            if spoken is not None:
                says += spoken.say(meant, rows)
            found += [
                self._best(already, meant.texts[at], APART * other, LEAST if spoken is None else LEAST_OF_MANY)
                for at, already, other in zip(rows, says.tolist(), elsewhere, strict=True)
            ]
        return Ties(found, None)

    def _read(self, meant: Meant) -> Ties:
        """The step each text speaks of, read as a sentence: its nearest one, with what its words and moments say, or
        none where it sounds more like a comment on no step at all."""
        rows = np.arange(len(meant.texts))
        said = np.array([self._by_words(meant.texts[at]) for at in rows])
        scores = NEAR * nearness(meant.sentences, self.names) + np.minimum(said, MOST_SAID)
        told = moment_rows(meant, rows)
        scores += READ_MOMENT * beyond_usual(told @ self.met)
        elsewhere = told[:, self.aside].max(axis=1, initial=0.0)
        none = (nowhere(meant.sentences) - NOWHERE_AT) / CLEARLY + BY_MOMENT * elsewhere
        scores = np.hstack([scores, none[:, None]])
        shares = np.exp(SHARP * (scores - scores.max(axis=1, keepdims=True)))
        shares /= shares.sum(axis=1, keepdims=True)
        best = shares.argmax(axis=1)
        links = [
            Link(self.order[place], round(float(shares[at, place]), 2)) if place < len(self.order) else NOWHERE
            for at, place in enumerate(best.tolist())
        ]
        return Ties(links, shares.astype(np.float32))

    def _by_words(self, words: Sequence[str]) -> list[float]:
        """How much these words say of each step."""
        scores = [0.0] * len(self.order)
        for word in _said(words):
            for place, value in self.by_word.get(word, ()):
                scores[place] += value
        return scores

    def _best(self, already: list[float], words: Sequence[str], elsewhere: float, least: float) -> Link:
        """The step with the highest score, once the words said of it are added to what it has already; none where
        the comment says hardly anything of any, or more of what no step is about."""
        if not already:
            return NOWHERE
        by_words = self._by_words(words)
        scores = [met + said for met, said in zip(already, by_words, strict=True)]
        best = max(scores)
        place = scores.index(best)
        if best < least or (best < elsewhere and by_words[place] < LEAST):
            return NOWHERE
        scores[place] = 0.0
        return Link(self.order[place], round(min(1.0, best) * (1 - 0.5 * min(max(scores) / best, 1.0)), 2))


def linked_steps(process: Process) -> list[Task | Wait | Call]:
    """The steps comments are tied to, in order."""
    return [step for step in walk(process) if isinstance(step, Task | Wait | Call)]


def _people(process: Process) -> set[str]:
    """What those outside are called, without a plural's s."""
    named = {word for customer in process.customers for word in customer.name.lower().split()}
    return {word.rstrip("s") for word in _OUTSIDE | named}


def _verb(step: Task | Wait | Call) -> str:
    return stem(step.name.lower().split()[0])


def _seen(step: Task | Wait | Call, process: Process) -> bool:
    """Whether somebody outside has to do with a step: by its name, its contact, or an outside role."""
    if {word.rstrip("s") for word in step.name.lower().split()} & _people(process):
        return True
    verb = _verb(step)
    if verb in _MET | _MADE or not isinstance(step, Task):
        return verb in _MET | _MADE
    role = next((role for role in process.roles if role.id == step.role), None)
    return step.contact is not None or (role is not None and role.kind == "external")


_MET = frozenset(
    stem(word) for word in "deliver ship pay refund answer inform notify invoice visit install collect".split()
)

_MADE = frozenset(stem(word) for word in "write issue draft".split())


def _said(words: Sequence[str]) -> set[str]:
    """The stems of words, and of the turns of phrase of two of them."""
    close = [stem(word) for word in words if word not in _BETWEEN]
    acts = {stem(_ACTS[word]) for word in words if word in _ACTS}
    return acts | {stem(word) for word in words if word not in STOP} | {f"{a} {b}" for a, b in pairwise(close)}


def _named(step: Task | Wait | Call, people: Collection[str]) -> dict[str, float]:
    """The stems of a step's own name by weight: the thing it is done to weighs most, then what describes that thing,
    the verb, and last what stands after a preposition and the people who speak here ("wait for applicant")."""
    words = step.name.lower().replace("-", " ").split()
    ends = next((at for at, word in enumerate(words) if at > 1 and _besides(words, at)), len(words))
    weights: dict[str, float] = {}
    for at, word in enumerate(words):
        if word in STOP or word in _BESIDES or word in PARTICLES:
            continue
        value = BESIDE if at > ends or word.rstrip("s") in people else DOES if at == 0 else DESCRIBES
        if value == DESCRIBES and (at == ends - 1 or _next(words, at)):
            value = THING
        for said in stems(word):
            weights[said] = max(weights.get(said, 0.0), value)
    return weights


def _every(step: Task | Wait | Call) -> dict[str, float]:
    """The stems of all words of a name, little ones too: "check in" tells a moment, "in" alone tells nothing."""
    return {stem(word): DESCRIBES for word in step.name.lower().replace("-", " ").split()}


def _besides(words: Sequence[str], at: int) -> bool:
    """Whether what follows only says how or where: "on the phone", but not "opinion on noise"."""
    return words[at] in _BESIDES and (words[at] != "on" or words[at + 1 : at + 2] == ["the"])


def _next(words: Sequence[str], at: int) -> bool:
    """Whether a little word follows, so that a thing ends here: "papers to the office"."""
    return at + 1 < len(words) and words[at + 1] in STOP


def _also(named: Mapping[str, float]) -> dict[str, float]:
    """Other words and turns of phrase that people use for those of a name."""
    weights: dict[str, float] = {}
    for word, value in named.items():
        for turn in ALSO.get(word, "").split():
            said = " ".join(stem(part) for part in turn.split("_"))
            weights[said] = max(weights.get(said, 0.0), OTHER * value)
    return weights


def _around(step: Task | Wait | Call, roles: Mapping[str, str]) -> set[str]:
    """The stems of what stands around a step: who does it, with which system and data."""
    if not isinstance(step, Task):
        return set()
    told = [roles.get(step.role or "", ""), step.system or "", *step.reads, *step.writes]
    return set(stems(" ".join(word for text in told for word in str(text).lower().split() if word not in STOP)))
