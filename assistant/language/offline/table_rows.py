"""A row of a table as a step: each cell is read for what its column says, none through a sentence made of it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.english.forms import base_of, verb_forms
from assistant.language.figures.figure import TIME_KINDS
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.stated import as_duration
from assistant.language.offline.amounts.durations_to_steps import cause_of, is_waiting
from assistant.language.offline.meaning.interpret import Interpreter
from assistant.language.offline.sentences.figures_cut_out import Mark, without_figures
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Condition, Item, Said
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Sentence, words_in
from assistant.process.durations import Span
from assistant.process.told_texts import CELLS, Cell, row_cells

_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\band\b)\s*")
_OR = re.compile(r"\s+or\s+")


def read_row(part: Sentence, text: str, index: int, interpreter: Interpreter) -> Said:
    """What a row says: one step with its roles, times, system and condition, or how many people a role has."""
    cells = {
        kind: Cell(cell.text, part.start + cell.start) for kind, cell in row_cells(text[part.start : part.end]).items()
    }
    said = Said(index, part.span(), words=frozenset(t.low for t in part.tokens), row=True)
    if "people" in cells and "role" in cells:
        key = interpreter.book.titled(words_in(*cells["role"]))
        known = interpreter.book.roles.get(key or "")
        count = figure_from(cells["people"].text, "people")
        if count is None:
            said.unsaid.append(f"{cells['role'].text[:60]}”: {CELLS['people']} “{cells['people'].text[:100]}")
        elif known is not None and known.capacity is None:
            known.capacity = int(count.low)
        return said
    act = _act(cells["step"], index, interpreter)
    roles = [interpreter.book.titled(words_in(*cell)) for cell in _pieces(cells["who"])] if "who" in cells else []
    named = [role for role in roles if role]
    if named:
        act.role, others = named[0], tuple(dict.fromkeys(role for role in named[1:] if role != named[0]))
        if _OR.search(cells["who"].text):
            act.or_roles = others
        else:
            act.with_roles = others
    if "system" in cells:
        act.system = cells["system"].text
    act.sentence, act.siblings = index, [act]
    condition = _condition(cells, said)
    if condition is not None:
        said.items.append(Item("if", condition=condition))
    said.items.append(Item("act", act))
    said.first_role = act.role
    for kind in ("work", "wait", "time"):
        if kind in cells:
            _times(cells[kind], kind, act, said)
    return said


def _act(cell: Cell, index: int, interpreter: Interpreter) -> Act:
    """The step: as the reader names it when the cell is one plain action, else in the cell's own words."""
    tokens = words_in(*cell)
    span = Span(start=cell.start, end=cell.start + len(cell.text))
    before = interpreter.before
    read = interpreter.read(Sentence(tokens, span.start, span.end, item=True), index)
    interpreter.before = before
    acts = [item.act for item in read.items if item.kind == "act" and item.act is not None]
    if len(acts) == 1 and len(read.items) == 1:
        act = acts[0]
        act.span = span
        act.role = None
        return act
    words = [word for word in cell.text.split() if word.lower() not in ("the", "a", "an")] or ["do"]
    told = verb_forms(words[0].lower())
    third = base_of(words[0].lower(), "s")
    if third and not any(form.form == "base" for form in told):
        words[0] = third
    verb = words[0].lower() if told else next((t.base for t in tagged(words_in(*cell)) if t.base), words[0].lower())
    name = " ".join(words)
    return Act(name[:1].upper() + name[1:], verb, span, thing=" ".join(words[1:]).lower())


def _pieces(cell: Cell) -> list[Cell]:
    found = []
    place = 0
    for match in [*_BETWEEN.finditer(cell.text), *_OR.finditer(cell.text)]:
        found.append((place, match.start()))
        place = match.end()
    found.append((place, len(cell.text)))
    return [Cell(cell.text[a:b], cell.start + a) for a, b in found if cell.text[a:b].strip()]


def _condition(cells: dict[str, Cell], said: Said) -> Condition | None:
    when, share = cells.get("when"), cells.get("chance")
    p = None
    if share is not None:
        figure = figure_from(share.text, "chance")
        p = figure.middle if figure is not None and figure.middle < 1 else None
        if figure is None:
            said.unsaid.append(f"{cells['step'].text[:60]}”: {CELLS['chance']} “{share.text[:100]}")
    if when is None and p is None:
        return None
    cell = when or share
    assert cell is not None
    text = when.text if when is not None else f"in {round((p or 0) * 100):g} % of cases"
    span = Span(start=cell.start, end=cell.start + len(cell.text))
    return Condition(text[:1].lower() + text[1:] if not text[:2].isupper() else text, False, span, content(text), p=p)


def _times(cell: Cell, kind: str, act: Act, said: Said) -> None:
    """ "45 min, part waits 4 days" is work and a wait; a column that says which of the two is believed."""
    parts = without_figures(words_in(*cell))[1] if kind == "time" else []
    marks = {mark.quantity.a - cell.start: mark for mark in parts}
    told = [figure for figure in figures_in(cell.text) if figure.kind in TIME_KINDS and not figure.vague]
    for figure in told:
        mark = marks.get(figure.a, Mark(figure, "aside", (), 0))
        waits = kind == "wait" or (kind == "time" and is_waiting(mark))
        moved = replace(figure, a=figure.a + cell.start, b=figure.b + cell.start)
        act.facts.setdefault("wait" if waits else "work", as_duration(moved, hands_on=not waits))
        if waits:
            act.facts.setdefault("wait_cause", cause_of(mark, said, act))
    if not told:
        said.unsaid.append(f"{act.name[:60]}”: {CELLS[kind]} “{cell.text[:100]}")
