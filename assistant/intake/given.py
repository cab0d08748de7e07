"""What can be given: words, a process in one of three forms, or a table. A closed union; every command sorts by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Told words as plain text: what they came as (text, markdown, html, word, pdf, mail, table), and what was left
    out of them. Rows of tables are lines of their own, see `process/told_texts.py`."""

    name: str
    text: str
    kind: str = "text"
    notes: tuple[str, ...] = ()


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
