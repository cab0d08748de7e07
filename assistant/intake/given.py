"""What can be given: words, a process in one of three forms, or a table. A closed union; every command sorts by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Told words as plain text: what they came as (text, markdown, html, word, pdf, mail, table), and what was left
    out of them. Rows of tables are lines of their own, see `process/told_texts.py`.

    `whole` is the text with what rules take for no part of the work (empty: they take nothing so), `left` the notes on
    that."""

    name: str
    text: str
    kind: str = "text"
    notes: tuple[str, ...] = ()
    whole: str = ""
    left: tuple[str, ...] = ()

    def read_by(self, model: bool) -> Words:
        """The words as a language `model`, or else the rules, are to read them: a model gets them whole."""
        if not (model and self.whole):
            return self
        kept = tuple(note for note in self.notes if note not in self.left)
        return replace(self, text=self.whole, notes=kept, whole="", left=())


@dataclass(frozen=True, slots=True)
class ProcessFile:
    """A process that is written down already, in the form that its reader takes: BPMN as bytes, JSON and outline as
    text."""

    name: str
    form: Literal["bpmn", "json", "outline"]
    data: bytes
    text: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of events, comments or figures: its kind (csv, excel, parquet, xes). The tables' own door reads it."""

    name: str
    kind: str


Given: TypeAlias = Words | ProcessFile | Table
