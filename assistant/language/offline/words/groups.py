"""Verb groups ("has to be checked") and noun groups ("the first draft of the offer") in a tagged sentence."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.english.forms import singular
from assistant.english.tables import classed
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    CATENATIVE,
    DITRANSITIVE,
    FIRST_NAMES,
    IDIOMS,
    MOVE,
    PARTICLES,
    PHRASAL,
    TITLES,
    UNITS,
    WORK,
)

# "is required to send": the one who is required is the one who sends.
MERGE_PASSIVE = classed("reading", "made-to")
READY = frozenset(
    """
    able unable ready free likely due supposed responsible obliged busy
    """.split()
)
_PARTS = frozenset(
    """
    M B H F X R
    """.split()
)


@dataclass(slots=True)
class Verbs:
    """A verb group: tokens `start` to `end` (exclusive) with the main verb's base and how it is meant.

    `kind` is finite, to (infinitive) or ing (gerund or participle); `via` the verb before "to" ("try to sell").
    """

    start: int
    end: int
    base: str
    passive: bool = False
    negative: bool = False
    modal: str = ""
    perfect: bool = False
    kind: str = "finite"
    particle: str = ""
    past: bool = False
    via: str = ""  # the verb before "to": "try to sell" → try

    @property
    def name(self) -> str:
        """The verb with its particle, in its dictionary form: "fill in"."""
        return f"{self.base} {self.particle}".strip()


def verb_groups(tokens: list[Token]) -> list[Verbs]:
    """The verb groups of a tagged sentence, in order; catenatives ("has to", "starts to") melt into what follows."""
    found: list[Verbs] = []
    i = 0
    while i < len(tokens):
        group = _group_at(tokens, i, found[-1] if found else None)
        if group is None:
            i += 1
            continue
        _extend(tokens, group)
        found.append(group)
        i = max(group.end, i + 1)
    return found


def _group_at(tokens: list[Token], i: int, before: Verbs | None) -> Verbs | None:
    tag = tokens[i].tag
    if tag == "T":
        return _to_group(tokens, i)
    if tag in ("M", "B", "H", "F"):
        return _auxiliary_group(tokens, i)
    if tag == "V":
        return _bare_group(tokens, i, before)
    return None


def _to_group(tokens: list[Token], i: int) -> Verbs | None:
    j = i + 1
    while j < len(tokens) and tokens[j].tag in ("R", "X"):
        j += 1
    if j >= len(tokens):
        return None
    if tokens[j].tag in ("B", "H", "F"):
        group = _auxiliary_group(tokens, j)
        if group:
            group.start, group.kind = i, "to"
        return group
    if tokens[j].tag != "V":
        return None
    return Verbs(i, j + 1, tokens[j].base, kind="to", negative=any(t.tag == "X" for t in tokens[i:j]))


def _auxiliary_group(tokens: list[Token], i: int) -> Verbs | None:
    """From the first auxiliary to the main verb; without one, "be", "have" or "do" is the main verb."""
    j, last = i, i
    inverted = False
    while j < len(tokens) and (tokens[j].tag in _PARTS or (tokens[j].tag == "P" and j == i + 1 and not inverted)):
        cue = tokens[j].tag == "R" and tokens[j].meaning in ("else", "so", "parallel", "then", "if")
        inside = [t.tag for t in tokens[j + 1 : j + 2]] == ["V"] and tokens[j - 1].tag in ("B", "H", "M")
        if cue and not inside:  # "is thereupon dispatched" goes on
            break
        inverted = inverted or tokens[j].tag == "P"
        if tokens[j].tag in ("M", "B", "H", "F"):
            last = j
        j += 1
    words = tokens[i:j]
    negative = any(t.tag == "X" or t.low == "cannot" for t in words)
    modal = next((_modal(t.low) for t in words if t.tag == "M"), "")
    be = any(t.tag == "B" for t in words)
    if j < len(tokens) and tokens[j].tag == "V" and not (tokens[j].form == "ing" and not be):
        main = tokens[j]
        passive = be and main.form in ("en", "ed") and _last_tag(words) == "B"
        has = passive and words[0].low == "'s" and _has_object(tokens, j)
        return Verbs(
            i,
            j + 1,
            main.base,
            passive and not has,
            negative,
            modal,
            has or any(t.tag == "H" for t in words),
            past=words[0].low in ("was", "were"),
        )
    main_tag = tokens[last].tag
    base = {"B": "be", "H": "have", "F": "do"}.get(main_tag)
    if base is None:
        return None
    return Verbs(i, last + 1, base, False, negative, modal, past=tokens[i].low in ("was", "were", "had", "did"))


def _has_object(tokens: list[Token], verb: int) -> bool:
    """ "He's kept a tally", "Leo's squeezed two trays in": with a thing behind it, "'s" is short for "has"."""
    after = tokens[verb + 1 : verb + 2]
    return bool(after) and after[0].tag in ("D", "#", "O") and tokens[verb].base not in DITRANSITIVE


def _last_tag(words: list[Token]) -> str:
    return next((t.tag for t in reversed(words) if t.tag in ("M", "B", "H", "F")), "")


def _modal(low: str) -> str:
    return {"wo": "will", "ca": "can", "'ll": "will", "'d": "would"}.get(low, low)


def _bare_group(tokens: list[Token], i: int, before: Verbs | None) -> Verbs | None:
    """A verb without auxiliary: present, past, an order, a gerund, or the second half of "is checked and filed"."""
    token = tokens[i]
    if token.form == "ing":
        return Verbs(i, i + 1, token.base, kind="ing")
    if token.form == "en" and not (i and tokens[i - 1].tag in ("P", "W")):
        if before and before.passive and _left_out_be(tokens, before.end, i):
            return Verbs(i, i + 1, token.base, passive=True, kind=before.kind, past=before.past)
        if before and (before.passive or before.perfect) and _coordinated(tokens, before.end, i):
            return Verbs(
                i,
                i + 1,
                token.base,
                before.passive,
                before.negative,
                before.modal,
                before.perfect,
                before.kind,
                past=before.past,
            )
        return None
    kind = "finite"
    modal = ""
    if before and token.form == "base" and _coordinated(tokens, before.end, i):
        kind, modal = before.kind, before.modal
    return Verbs(i, i + 1, token.base, kind=kind, modal=modal, past=token.form == "ed")


TOLD = frozenset("inform notify call phone ask remind tell pay invite".split())


def _left_out_be(tokens: list[Token], start: int, i: int) -> bool:
    """ "Plates are prepared and the colonies counted": a new subject behind "and", whose "are" is left out."""
    j = i - 1
    while j >= start and tokens[j].tag in ("N", "A", "#"):
        j -= 1
    has_article = j >= start and tokens[j].tag == "D"
    people = singular(tokens[i - 1].low) in TITLES or tokens[i - 1].low in UNITS  # "… and the boss worked out a sum"
    noun = j < i - 1 and (not people or tokens[i].base in TOLD)
    j -= has_article
    ends = i + 1 >= len(tokens) or tokens[i + 1].tag in (",", ";", "I", "C", "T") or tokens[i + 1].tag == "R"
    return noun and ends and j >= start and tokens[j].tag == "C" and tokens[j].low == "and"


def _coordinated(tokens: list[Token], start: int, i: int) -> bool:
    """Whether the verb at `i` stands behind a comma or conjunction, without a subject of its own."""
    j = i - 1
    while j >= start and tokens[j].tag in ("R", "X"):
        j -= 1
    return j >= start and (
        tokens[j].tag in ("C", ",") or (tokens[j + 1].meaning == "then" and tokens[j + 1].low.startswith("and"))
    )


def _extend(tokens: list[Token], group: Verbs) -> None:
    """Melt catenatives into the verb that follows, then take in particles and idioms."""
    for _ in range(4):
        inner = _continued(tokens, group)
        if inner is None:
            break
        via = group.via or (group.base if group.base not in ("have", "be", "need") else "")
        group.end, group.base, group.passive = inner.end, inner.base, inner.passive
        group.negative, group.via, group.particle = group.negative or inner.negative, via, inner.particle
    _take_particle(tokens, group)


def _continued(tokens: list[Token], group: Verbs) -> Verbs | None:
    if group.passive and group.base not in MERGE_PASSIVE:
        return None
    if not group.passive and group.base not in CATENATIVE:
        return None
    j = group.end
    if group.base == "get" and j < len(tokens) and tokens[j].tag == "V" and tokens[j].form in ("en", "ed"):
        return Verbs(j, j + 1, tokens[j].base, passive=True)
    while j < len(tokens) and (tokens[j].tag == "R" or (group.base == "be" and tokens[j].low in READY)):
        j += 1
    if j >= len(tokens):
        return None
    if tokens[j].tag == "T":
        return _to_group(tokens, j)
    if group.base in ("start", "begin", "commence", "continue", "keep", "finish", "stop") and (
        tokens[j].tag == "V" and tokens[j].form == "ing"
    ):
        return Verbs(j, j + 1, tokens[j].base)
    if group.base == "be" and tokens[j - 1].low == "busy" and tokens[j].form == "ing":
        return Verbs(j, j + 1, tokens[j].base)
    if (
        group.base == "be"
        and j > group.end
        and tokens[j].low == "for"
        and j + 1 < len(tokens)
        and tokens[j + 1].form == "ing"
    ):
        return Verbs(j + 1, j + 2, tokens[j + 1].base)
    return None


def is_phrasal(base: str, low: str) -> bool:
    """Whether a word behind a verb is its particle: "fill in", and "out" with any verb of work."""
    loose = low in _LOOSE and base in WORK and base not in MOVE
    return low in PARTICLES and (loose or f"{base} {low}" in PHRASAL)


def _take_particle(tokens: list[Token], group: Verbs) -> None:
    for words, base in IDIOMS.items():
        if group.base == words[0] and [t.low for t in tokens[group.end : group.end + len(words) - 1]] == list(
            words[1:]
        ):
            group.end += len(words) - 1
            head, _, rest = base.partition(" ")
            group.base, group.particle = head, rest
            return
    if group.end < len(tokens):
        low = tokens[group.end].low
        governed = group.end + 1 < len(tokens) and tokens[group.end + 1].tag in ("D", "N", "A", "#", "P", "O")
        placed = group.base == "go" and any(t.low in DESKS for t in tokens[group.end + 1 : group.end + 6])
        if (
            is_phrasal(group.base, low)
            and not placed
            and not (group.passive and governed and low in ("in", "on", "through", "over"))
        ):
            group.particle = low
            group.end += 1


DESKS = frozenset("desk table pile tray shelf stack".split())
"""Where what goes on them lies: "the file goes on Eva's desk"."""
_TIME = classed("reading", "time")
_LOOSE = frozenset("up out away back apart".split())
"""Particles that hardly ever govern a thing: with any verb of work they belong to the verb."""


# --- noun groups -------------------------------------------------------------------------------------------------

_SUBJECTS = frozenset("i we he she they".split())
_INSIDE = frozenset(
    """
    D A N # P O *
    """.split()
)


@dataclass(frozen=True, slots=True)
class Group:
    """A noun group: tokens `start` to `end` (exclusive) and the place of its head noun."""

    start: int
    end: int
    head: int


def noun_group(tokens: list[Token], i: int, stop: int) -> Group | None:
    """The noun group that starts at token `i`, "of" and possessive parts included; None when none starts there."""
    j, head = i, -1
    while j < stop:
        token = tokens[j]
        if token.tag in ("P", "O") and j > i and (tokens[j - 1].tag not in ("D", "A", "#") or token.low in _SUBJECTS):
            break
        if j > i and tokens[j - 1].tag == "#" and i and tokens[i - 1].low == "at" and token.text[:1].isupper():
            break  # "at eight | Dr Anders does the round"
        if token.low in FIRST_NAMES and token.text[:1].isupper() and head >= 0 and _thing_before(tokens, j):
            break  # "the mattress Yusuf inspects"
        if j > i and token.low == "same" and j + 1 < stop and tokens[j + 1].low in _TIME:
            break  # "calls the buyer | same day"
        if head >= 0 and token.tag == "#" and much_later(tokens, j, stop):
            break  # "sends the invoice | two weeks later"
        if j > i and named_after_time(tokens, j):
            break  # "after one week | Mr Brook counts them", "next morning | Mama sits down with them"
        if token.tag == "D" and j > i and token.low != "'s" and not (tokens[j - 1].tag == "D" and token.low != "all"):
            break
        if token.tag in _INSIDE or (token.tag == "R" and _degree(tokens, j, stop)) or _joins(tokens, j, stop):
            head = (
                j
                if token.tag in ("N", "P", "O", "#", "A", "*")
                and not (token.tag == "A" and head >= 0 and tokens[head].tag == "N")
                else head
            )
            j += 1
            if token.tag in ("P", "O"):
                break
            continue
        break
    if head < 0:
        return None
    return _with_of(tokens, Group(i, j, head), stop)


def much_later(tokens: list[Token], j: int, stop: int) -> bool:
    """Whether a number starts words that say how much later something is done."""
    ranged = j + 2 < stop and tokens[j + 1].low in ("to", "or", "and", "-") and tokens[j + 2].tag == "#"
    j += 2 if ranged else 0
    behind = [token.low for token in tokens[j + 1 : min(stop + 1, j + 4)]]
    return behind[:1] != [] and singular(behind[0]) in _TIME and bool({"later", "afterwards", "after"} & {*behind[1:]})


def named_after_time(tokens: list[Token], j: int) -> bool:
    """Whether a name or a title with its name stands right behind a time, so that somebody else is meant by it."""
    token, before = tokens[j], tokens[j - 1]
    named = token.tag == "N" and token.text[:1].isupper() and token.text[1:].islower() and token.low not in _TIME
    return named and before.low in _TIME and before.tag == "N"


def _thing_before(tokens: list[Token], j: int) -> bool:
    """Whether what stands before a name is no title of it: "the mattress Yusuf", but "colleague Irina", "Maria"."""
    before = tokens[j - 1]
    named = before.text[:1].isupper() or singular(before.low) in TITLES or before.low in UNITS
    return before.tag == "N" and not named and before.low not in ("mr", "mrs", "ms", "miss", "dr")


def _degree(tokens: list[Token], j: int, stop: int) -> bool:
    """An adverb before an adjective inside the group: "a very long list"."""
    return (
        not tokens[j].meaning
        and j + 1 < stop
        and tokens[j + 1].tag == "A"
        and j > 0
        and tokens[j - 1].tag in ("D", "R")
    )


def _joins(tokens: list[Token], j: int, stop: int) -> bool:
    """A slash or ampersand between two nouns: "SP / PU"; two adjectives joined: "complete and correct data"."""
    if j + 1 >= stop or j == 0:
        return False
    if tokens[j].low in ("/", "&"):
        return True
    return (
        tokens[j].tag in ("C", ",")
        and tokens[j - 1].tag == "A"
        and tokens[j + 1].tag == "A"
        and j + 2 < stop
        and tokens[j + 2].tag == "N"
    )


def _with_of(tokens: list[Token], group: Group, stop: int) -> Group:
    j = group.end
    if j < stop and tokens[j].low == "of" and j + 1 < stop:
        inner = noun_group(tokens, j + 1, stop)
        if inner:
            return Group(group.start, inner.end, group.head)
    return group
