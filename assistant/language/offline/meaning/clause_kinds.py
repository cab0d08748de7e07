"""What a clause does in its sentence: it says what is done, on which condition, until when, or nothing of the flow."""

from __future__ import annotations

from enum import Enum, auto

from assistant.language.offline.meaning.only_at_times import answers, goes_wrong, is_away
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.words.groups import DESKS
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import CONTROL


class ClauseKind(Enum):
    """What a clause does. `SKIP` and `ASIDE` say nothing about the flow; "and" goes on with a `SKIP`."""

    MAIN = auto()
    IF = auto()
    UNLESS = auto()
    WHEN = auto()
    UNTIL = auto()
    BEFORE = auto()
    WHILE = auto()
    REL = auto()
    ING = auto()
    TO = auto()
    COMP = auto()
    RELOBJ = auto()
    SKIP = auto()
    ASIDE = auto()


CONDITIONS = frozenset({ClauseKind.IF, ClauseKind.UNLESS, ClauseKind.WHEN, ClauseKind.UNTIL})
_OPENED = {
    "if": ClauseKind.IF, "unless": ClauseKind.UNLESS, "when": ClauseKind.WHEN, "once": ClauseKind.WHEN,
    "whenever": ClauseKind.WHEN, "after": ClauseKind.WHEN, "until": ClauseKind.UNTIL, "till": ClauseKind.UNTIL,
    "before": ClauseKind.BEFORE, "while": ClauseKind.WHILE, "whereas": ClauseKind.MAIN,
}  # fmt: skip
"""What the word does that opens a subordinate clause; any other opens an aside."""
_SKIPPED = frozenset(("although", "though", "because", "since", "as", "so that", "lest", "that", "whether"))
_NO_OPENER = {
    "rel": ClauseKind.REL, "ing": ClauseKind.ING, "to": ClauseKind.TO, "comp": ClauseKind.COMP,
    "relobj": ClauseKind.RELOBJ, "question": ClauseKind.SKIP,
}  # fmt: skip


def clause_kind(tokens: list[Token], clause: Clause, below: ClauseKind | None) -> ClauseKind:
    """What a clause does in its sentence; `below` is the kind of subordinate clause that "and" may continue."""
    if clause.kind == "main" and below is ClauseKind.SKIP and clause.tie("C") and clause.shared and not clause.tie(","):
        return ClauseKind.SKIP
    if clause.kind == "main":
        goes_on = (
            below not in (None, ClauseKind.SKIP)
            and clause.tie("C")
            and not any(t.tag == "," for t in tokens[clause.start : clause.verbs.start])
        )
        return below if below and goes_on and not clause.tie("R") else ClauseKind.MAIN
    if clause.kind == "sub":
        tie = next(t for t in clause.ties if t.tag == "S")
        word = tie.meaning or tie.low
        by_answer = answers(tokens, clause)
        if word in ("when", "whenever") and (
            clause.verbs.negative or by_answer or goes_wrong(clause) or is_away(tokens, clause)
        ):
            return ClauseKind.IF
        if word == "because" and _must(tokens, clause):
            return ClauseKind.MAIN  # "it can't go yet, because the boss has to sign"
        if word in ("because", "since") and clause.verbs.base in CONTROL | {"sign"} and _lies_there(tokens, clause):
            return ClauseKind.MAIN  # "it goes on Eva's desk, because Eva signs"
        return _OPENED.get(word, ClauseKind.SKIP if word in _SKIPPED else ClauseKind.ASIDE)
    if clause.kind == "relobj" and any(t.low == "where" for t in clause.ties) and clause.tie(","):
        return ClauseKind.MAIN
    return _NO_OPENER[clause.kind]


def _lies_there(tokens: list[Token], clause: Clause) -> bool:
    """Whether the work was put on a desk, and the clause says by whom it is done there."""
    return clause.subject is not None and any(token.low in DESKS for token in tokens[: clause.start])


def _must(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause says that somebody has to do something to something."""
    obliged = [t.low for t in tokens[clause.verbs.start : clause.verbs.start + 2]] in (["has", "to"], ["have", "to"])
    return (obliged or clause.verbs.modal == "must") and not clause.verbs.negative and clause.object() is not None
