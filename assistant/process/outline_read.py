"""An outline read back to a process: the same one, whatever was written, and what people added to it by hand."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.errors import InvalidProcess
from assistant.process import outline_values as v
from assistant.process.codec import MAX_BYTES, broken_references, explain
from assistant.process.model import Process
from assistant.process.outline_write import SECTIONS, remark_id
from assistant.process.tree import fresh_id

STEP = re.compile(r"\d+[.)]\s+(.*)", re.DOTALL)
PART = re.compile(r"[-*]\s+(.*)", re.DOTALL)
ATTRIBUTE = re.compile(r"([A-Za-z][A-Za-z ]*?)\s*:\s*(.*)", re.DOTALL)
ID = re.compile(r"(?:(.*)\s)?\[(\S+)\]", re.DOTALL)
WORDS = re.compile(r"(choose any|choose|at the same time|repeat|wait for|wait|end|call)\s*(?::\s*(.*))?", re.IGNORECASE)
CHANCE = re.compile(r"(.*?)\s*\(([\d.e+-]+ ?%(?: = [\d.e+-]+)?)(?:, (\w+))?\)", re.DOTALL)
LABELS = {"task": "name", "choice": "question", "any_of": "question", "wait": "name", "end": "outcome", "call": "name"}
KINDS = {"choose": "choice", "choose any": "any_of", "at the same time": "parallel", "repeat": "loop", "wait": "wait",
         "wait for": "wait", "end": "end", "call": "call"}  # fmt: skip
DEEPEST = 130
"""Lines nested deeper than this are refused: two a block, for the 60 blocks a process may nest, and a few more."""


class _Line(NamedTuple):
    number: int
    text: str
    below: list[_Line]


class _Wrong(ValueError):
    """What is wrong with a line, by its number."""

    def __init__(self, line: _Line, text: str) -> None:
        super().__init__(text)
        self.line = line


def read(text: str) -> Process:
    """The process of an outline. Raises InvalidProcess, naming the line."""
    if len(text) > MAX_BYTES:
        raise InvalidProcess(f"The outline has {len(text):,} characters.", f"More than {MAX_BYTES:,} are not read.")
    try:
        process = Process.model_validate(_Reader().process(_nested(text)))
    except _Wrong as wrong:
        where = f"Line {wrong.line.number}: “{wrong.line.text[:80]}”"
        raise InvalidProcess("The outline cannot be read.", f"{where}: {wrong}.", "Correct the line.") from None
    except ValidationError as error:
        raise InvalidProcess("The outline does not make a process.", explain(error), "Correct it.") from None
    faults = list(broken_references(process))
    if faults:
        raise InvalidProcess("The outline contradicts itself.", "; ".join(faults[:3]) + ".", "Correct it.")
    return process


def _nested(text: str) -> list[_Line]:
    """The lines, each with those indented below it; headings hold what follows them."""
    top: list[_Line] = []
    stack: list[tuple[int, list[_Line]]] = [(-1, top)]
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        body = raw.expandtabs(4)
        if not body.strip():
            continue
        line = _Line(number, body.strip(), [])
        indent = len(body) - len(body.lstrip(" "))
        if body.startswith("#"):
            top.append(line)
            stack = [(-1, top), (-1, line.below)]
            continue
        while stack[-1][0] >= indent:
            stack.pop()
        stack[-1][1].append(line)
        stack.append((indent, line.below))
        if len(stack) > DEEPEST:
            raise _Wrong(line, "it is nested too deep")
    return top


class _Reader:
    def __init__(self) -> None:
        self.taken: set[str] = {"flow"}
        self.roles: list[dict[str, Any]] = []
        self.data: list[dict[str, Any]] = []

    def process(self, top: list[_Line]) -> dict[str, Any]:
        """The document of a process, from its headings."""
        if not top or not re.match(r"# ", top[0].text):
            raise _Wrong(top[0] if top else _Line(1, "", []), "an outline starts with `# ` and the process's name")
        found: dict[str, Any] = {"name": self.text(top[0], top[0].text[2:]), "flow": {"sequence": []}}
        found.update(self.attributes(top[0].below))
        sections = [(line, *self.heading(line)) for line in top[1:]]
        for line, title, label in sections:
            if label is not None:
                found[title] = [self.row(row, label, title in ("roles", "data", "measures")) for row in line.below]
                if title == "remarks":
                    found[title] = [{"id": remark_id(n), **row} for n, row in enumerate(found[title], 1)]
        self.roles, self.data = found.setdefault("roles", []), found.setdefault("data", [])
        for line in self.every(top):
            self.note_id(line)
        for line, title, label in sections:
            if title == "flow":
                found["flow"] = {"sequence": self.steps(line.below)}
            elif title == "subprocess":
                found.setdefault("subprocesses", []).append(self.subprocess(line))
            elif label is None:
                found[title] = self.attributes(line.below)
        return found

    def every(self, lines: list[_Line]) -> list[_Line]:
        found, stack = [], list(lines)
        while stack:
            line = stack.pop()
            found.append(line)
            stack.extend(line.below)
        return found

    def note_id(self, line: _Line) -> None:
        """Ids that are written may not be given to lines without one."""
        found = ID.fullmatch(line.text.removesuffix(" nothing").removesuffix(":"))
        if found:
            self.taken.add(found[2])

    def heading(self, line: _Line) -> tuple[str, str | None]:
        """What a second heading opens: the field it fills and the attribute its rows begin with."""
        title = line.text.lstrip("#").strip()
        if title.lower() == "steps":
            return "flow", None
        if title.lower().startswith("subprocess"):
            return "subprocess", None
        if title.lower() == "volume":
            return "volume", None
        for field, name, label in SECTIONS:
            if title.lower() == name.lower():
                return field, label
        raise _Wrong(line, "this heading is not known")

    def row(self, line: _Line, label: str, named: bool) -> dict[str, Any]:
        found = PART.fullmatch(line.text)
        if not found:
            raise _Wrong(line, "a line here starts with `- `")
        words, name = self.with_id(found[1])
        row = {label: self.text(line, words), **self.attributes(line.below)}
        if name is None and named:
            name = fresh_id(row[label], self.taken)
        if name is not None:
            row["id"] = name
            self.taken.add(name)
        return row

    def subprocess(self, line: _Line) -> dict[str, Any]:
        words, name = self.with_id(line.text.partition(":")[2].strip())
        label = self.text(line, words)
        steps = [below for below in line.below if STEP.fullmatch(below.text)]
        rest = [below for below in line.below if not STEP.fullmatch(below.text)]
        return {"id": name or self.new(label), "name": label, **self.attributes(rest), "flow": self.steps(steps)}

    def new(self, stem: str) -> str:
        name = fresh_id(stem, self.taken)
        self.taken.add(name)
        return name

    def with_id(self, text: str) -> tuple[str, str | None]:
        """A line's words and the id in brackets behind them."""
        found = ID.fullmatch(text)
        return (found[1] or "", found[2]) if found else (text, None)

    def text(self, line: _Line, text: str) -> str:
        try:
            return v.unquoted(text)
        except ValueError as error:
            raise _Wrong(line, f"the quotes do not close ({error})") from None

    def steps(self, lines: list[_Line]) -> list[dict[str, Any]]:
        return [self.step(line) for line in lines]

    def step(self, line: _Line) -> dict[str, Any]:
        found = STEP.fullmatch(line.text)
        if not found:
            raise _Wrong(line, "a step starts with its number, such as `1. `")
        words, name = self.with_id(found[1])
        keyword = WORDS.fullmatch(words)
        kind = KINDS[keyword[1].lower()] if keyword else "task"
        label = self.text(line, (keyword[2] or "") if keyword else words)
        body: dict[str, Any] = {LABELS[kind]: label} if kind in LABELS else {}
        if keyword and keyword[1].lower() == "wait for":
            body["event"] = "message"
        body["id"] = name or self.new(label or kind)
        parts = [below for below in line.below if PART.fullmatch(below.text)]
        body.update(self.attributes([below for below in line.below if not PART.fullmatch(below.text)]))
        if kind == "loop":
            body.update(self.loop(parts))
        elif kind in ("choice", "any_of", "parallel"):
            body["branches"] = [self.branch(part, f"{body['id']}.{n}") for n, part in enumerate(parts, 1)]
        elif parts:
            raise _Wrong(parts[0], "a branch stands below a choice, a repeat or `At the same time`")
        return {kind: body}

    def loop(self, parts: list[_Line]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in parts:
            words = part.text.lstrip("-* ").removesuffix("nothing").rstrip(" :").lower()
            if words not in ("do", "again, after"):
                raise _Wrong(part, "below Repeat stand `- do:` and `- again, after:`")
            found["do" if words == "do" else "redo"] = {"sequence": self.steps(part.below)}
        return found

    def branch(self, line: _Line, default: str) -> dict[str, Any]:
        text = line.text[1:].strip()
        text = text.removesuffix(": nothing") if text.endswith(": nothing") else text.removesuffix(":")
        words, name = self.with_id(text.strip())
        found: dict[str, Any] = {"id": name or default}
        chance = CHANCE.fullmatch(words)
        if chance:
            words, found["p"] = chance[1], v.read_share(chance[2])
            if chance[3]:
                found["p_basis"] = chance[3]
        if words.lower().startswith("if "):
            found["when"] = self.text(line, words[3:])
        elif words.lower() not in ("otherwise", "branch", "always", "else"):
            found["when"] = self.text(line, words)
        steps = [below for below in line.below if STEP.fullmatch(below.text)]
        found.update(self.attributes([below for below in line.below if not STEP.fullmatch(below.text)]))
        return {**found, "do": {"sequence": self.steps(steps)}}

    def attributes(self, lines: list[_Line]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in lines:
            match = ATTRIBUTE.fullmatch(line.text)
            if not match or line.below:
                raise _Wrong(line, "this is neither a step nor `what: value`")
            field = v.field_of(match[1])
            try:
                found[field] = self.value(field, match[2])
            except (ValueError, RecursionError) as error:
                raise _Wrong(line, str(error)) from None
        return found

    def value(self, field: str, text: str) -> Any:
        if field == "batch":
            return v.read_batch(text)
        if field in v.DURATIONS:
            return v.read_length(text)
        if field in v.SHARES:
            return v.read_share(text)
        if field == "figures":
            return v.read_figures(text)
        if field == "kind":
            return v.unquoted(text).replace(" ", "_")
        if field == "span":
            return v.read_span(text)
        if field == "calendar":
            return v.read_calendar(text)
        if field in v.TEXT_LISTS:
            return v.read_text_list(text)
        if field == "role":
            return self.referred(text, self.roles)
        if field in v.ROLE_LISTS or field in v.DATA_LISTS:
            rows = self.roles if field in v.ROLE_LISTS else self.data
            return [self.referred(name, rows) for name in text.split(",") if name.strip()]
        if text[:1] in ("{", "["):
            return json.loads(text)
        return v.unquoted(text)

    def referred(self, text: str, rows: list[dict[str, Any]]) -> str:
        """The id of a role or data object, by its name or `[id]`; a name nobody declared declares it."""
        text = text.strip()
        if text.startswith("[") and text.endswith("]"):
            return text[1:-1]
        for row in rows:
            if row["name"] == text:
                return str(row["id"])
        same = [row for row in rows if str(row["name"]).lower() == text.lower() or row["id"] == text]
        if same:
            return str(same[0]["id"])
        rows.append({"id": self.new(text), "name": text})
        return str(rows[-1]["id"])
