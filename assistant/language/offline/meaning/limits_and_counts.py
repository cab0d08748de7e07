"""Clauses that count, limit or end: volumes, "invoices above 5,000 euros", "and that is it"."""

from __future__ import annotations

from itertools import pairwise

from assistant.english.forms import is_plural, singular
from assistant.english.tables import classed
from assistant.language.offline.sentences.clauses import Clause, Part
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.labels import words_of
from assistant.language.offline.sentences.statements import Item, Said
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import DOERS, NOMINAL

PROCESS = classed("reading", "process")


LIMITS = {"above", "over", "under", "below", "exceeding"}


_KINDS = classed("reading", "kind-of-case")


def limit_of(tokens: list[Token], clause: Clause) -> Group | None:
    """ "Invoices above 5,000 euros are approved by …" is done for some cases only: the group with its limit."""
    groups = [clause.subject] if clause.subject is not None and not clause.shared else []
    for group in groups:
        for i in range(group.start + 1, group.end - 1):
            if tokens[i].low in LIMITS | {"up to"} and (
                tokens[i + 1].tag in ("#", "*") or tokens[i + 1].low in ("€", "$", "£")
            ):
                return group
    part = clause.object()
    if part is not None:
        following = next(
            (
                p
                for p in clause.parts
                if p.prep in LIMITS and p.start == part.end and tokens[p.group.start].tag in ("#", "*")
            ),
            None,
        )
        if following is not None:
            return Group(part.start, following.end, part.group.head)
    return None


def that_is_it(tokens: list[Token], clause: Clause) -> Item | None:
    """ "And that's it", "that's the end of it", "we are done": the case ends here."""
    if clause.verbs.base != "be" or clause.subject is None or clause.verbs.negative:
        return None
    subject = tokens[clause.subject.head].low
    rest = [t.low for t in tokens[clause.verbs.end : clause.end] if t.tag not in (",", ";")]
    if subject in ("that", "this", "it") and rest[:1] in (["it"], ["that"], ["all"], ["over"]) and len(rest) == 1:
        return Item("end")
    if subject in ("that", "this", "it") and rest[:2] in (["the", "end"], ["the", "last"]):
        return Item("end")
    return (
        Item("end")
        if subject in ("we", "i", "process", "case") and rest in (["done"], ["finished"], ["over"], ["through"])
        else None
    )


def explained(tokens: list[Token], found: list[Clause], said: Said) -> bool:
    """ "If it goes quiet that's the ferry": what it is that one notices, and nothing is done on that condition."""
    only_if = bool(said.items) and all(item.kind in ("if", "when") and item.act is None for item in said.items)
    return only_if and any(
        clause.kind in ("main", "rel") and before.kind == "sub" and _is_the_thing(tokens, clause)
        for before, clause in pairwise(found)
    )


def _is_the_thing(tokens: list[Token], clause: Clause) -> bool:
    part, ahead = clause.object(), tokens[clause.verbs.start - 1].low
    if part is None or clause.verbs.base != "be":
        return False
    head, first = tokens[part.group.head], tokens[part.group.start].low
    thing = head.tag == "N" and singular(head.low) not in DOERS and first in ("the", "my", "our", "your")
    return thing and ahead in ("that", "it", "this")


def only_counts(tokens: list[Token], clause: Clause, said: Said) -> bool:
    """Whether a clause says how many come, or for how many there is room; it is no step."""
    return tells_volume(tokens, clause, said) or has_room(tokens, clause)


def tells_volume(tokens: list[Token], clause: Clause, said: Said) -> bool:
    """ "We get about 40 orders a day" counts cases; it is no step."""
    teller = clause.subject is not None and tokens[clause.subject.head].low in ("we", "i", "they")
    if not teller and clause.verbs.base not in (
        "get",
        "have",
        "see",
        "handle",
        "process",
        "deal",
        "do",
        "be",
        "run",
        "manage",
        "take",
        "face",
    ):
        return False
    first, last = tokens[clause.verbs.start].start, tokens[clause.end - 1].end
    return any(m.quantity.kind == "rate" and first <= m.quantity.a <= last + 40 for m in said.marks)


def has_room(tokens: list[Token], clause: Clause) -> bool:
    """ "The oven only holds one cake at a time" says how much a thing has room for; nobody does anything by it."""
    if clause.verbs.base not in ("hold", "fit", "take") or clause.subject is None:
        return False
    who = tokens[clause.subject.head]
    named = who.text[:1].isupper() or who.tag == "P" or singular(who.low) in DOERS
    behind = " ".join(token.low for token in tokens[clause.verbs.end : clause.end])
    return not named and behind.endswith(("at a time", "at one time", "at once", "at the same time"))


def chance_of(tokens: list[Token], clause: Clause, said: Said) -> Mark | None:
    """The chance a clause speaks of in its subject or object: "one in five orders is …", "a third of those he …"."""
    for token in tokens[clause.start : clause.end]:
        if token.meaning == "chance":
            return next((m for m in said.marks if m.quantity.a == token.start), None)
    return None


def is_labelled(tokens: list[Token]) -> bool:
    """ "Volume: about 18 repair reports a day", "Must stay: the vet signs (law)": notes beside the steps."""
    front = tuple(token.low for token in tokens[:3])
    return front[:2] in _COUNTS or front in _STAYS


_COUNTS = frozenset({("volume", ":"), ("volumes", ":")})
_STAYS = frozenset({("must", "stay", ":"), ("must", "remain", ":")})


def selective(tokens: list[Token], part: Part) -> bool:
    """ "For amounts over 500 euros, …", "with new customers, …" picks some cases; "For this, …" does not."""
    words = [t.low for t in tokens[part.start : part.end + 3]]
    head = tokens[part.group.head].low
    kind = any(t.low in _KINDS for t in tokens[part.group.start : part.group.head]) and is_plural(head)
    if part.prep == "in":
        return kind and head == "cases"
    some = any(
        word in ("over", "above", "below", "under", "exceeding", "orders", "cases", "claims", "amounts")
        for word in words
    )
    some = some or (is_plural(head) and bool(from_where(tokens, part)))
    return (kind or (some and part.prep != "with")) and not any(w in ("this", "each", "every", "all") for w in words)


def from_where(tokens: list[Token], part: Part) -> list[str]:
    """What tells more of which cases are picked, up to the comma: "orders | from abroad"."""
    stop = next((i for i in range(part.end, len(tokens)) if tokens[i].tag == ","), part.end)
    more = tokens[part.end : stop]
    plain = bool(more) and more[0].tag == "I" and len(more) <= _MOST_MORE and not any(t.tag == "V" for t in more)
    return [t.low for t in more if t.tag != "D"] if plain else []


_MOST_MORE = 4


def starts_it(tokens: list[Token], clause: Clause) -> bool:
    """ "Starts the machine again": a thing runs again, and no work is begun anew."""
    thing = clause.object()
    if clause.verbs.base not in ("start", "restart") or thing is None or clause.part("to", "with", "at", "from"):
        return False
    head, whole = tokens[thing.group.head], PROCESS | {"thing", "work", "job", "round"}
    return head.tag == "N" and head.low not in NOMINAL and head.low not in whole and not head.low.endswith("ing")


def outcome(tokens: list[Token], clause: Clause) -> str:
    """What the process ends with: "ends with a signed contract"."""
    part = clause.part("with")
    return " ".join(words_of(tokens, part.group)) if part else ""
