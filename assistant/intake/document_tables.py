"""Tables of steps in a document: columns such as step, who, how long become one sentence a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

COLUMNS: dict[str, tuple[str, ...]] = {
    "step": ("step", "activity", "task", "what", "action", "process step", "description", "work", "to do", "operation"),
    "who": (
        "who",
        "role",
        "responsible",
        "department",
        "owner",
        "performed by",
        "done by",
        "person",
        "actor",
        "by whom",
        "team",
        "unit",
    ),
    "time": ("how long", "duration", "time", "effort", "work time", "processing time", "hands-on", "minutes", "takes"),
    "wait": ("wait", "waiting", "waiting time", "lies", "idle", "lead time", "queue"),
    "system": ("system", "tool", "software", "application", "it system", "where", "medium"),
    "when": ("condition", "if", "when", "only if", "case"),
    "chance": ("how often", "share", "frequency", "%", "percent"),
    "number": ("no", "no.", "nr", "#", "number", "id", "step no", "step no."),
}
_MINUTES = re.compile(r"^\s*~?\d+(?:[.,]\d+)?\s*$")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row being the header."""

    rows: list[list[str]]


def sentences_of(table: Table) -> list[str]:
    """One sentence a row when the header names steps; else the cells of each row as a line."""
    rows = [[_one_line(cell) for cell in row] for row in table.rows if any(cell.strip() for cell in row)]
    if not rows:
        return []
    columns = _columns(rows[0])
    if "step" not in columns or len(rows) < 2:
        return [", ".join(dict.fromkeys(cell for cell in row if cell)) + "." for row in rows]
    unit = _unit_of(rows[0][columns["time"]]) if "time" in columns else ""
    wait_unit = _unit_of(rows[0][columns["wait"]]) if "wait" in columns else ""
    return [line for row in rows[1:] if (line := _sentence(row, columns, unit, wait_unit))]


def _one_line(cell: str) -> str:
    return " ".join(cell.split()).strip()


def _columns(header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        title = re.sub(r"\(.*?\)", "", cell).strip(" :*").lower()
        exact = next((kind for kind, names in COLUMNS.items() if title in names), None)
        loose = next((kind for kind, names in COLUMNS.items() if any(len(n) > 3 and n in title for n in names)), None)
        kind = exact or loose
        if kind and kind not in found:
            found[kind] = place
    return found


def _unit_of(title: str) -> str:
    match = re.search(r"\b(min(?:ute)?s?|hours?|h|days?|d|weeks?)\b", title.lower())
    return {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[match.group(1)[0]] if match else ""


def _sentence(row: list[str], columns: dict[str, int], unit: str, wait_unit: str) -> str:
    """ "If urgent, after 2 days the clerk has to check the invoice in SAP, which takes 10 minutes."."""
    cell = {
        kind: row[place]
        for kind, place in columns.items()
        if place < len(row) and row[place] not in ("", "-", "–", "—", "n/a")
    }
    step = cell.get("step", "").rstrip(" .;")
    if not step:
        return ""
    who = cell.get("who", "")
    doing = _doing(step, who)
    if "system" in cell and cell["system"].lower() not in step.lower():
        doing += f" in {cell['system']}"
    front = ""
    if "when" in cell:
        condition = re.sub(r"^(?:if|when|only if)\s+", "", cell["when"], flags=re.IGNORECASE)
        front = f"If {condition}, "
    elif "chance" in cell and re.search(r"\d", cell["chance"]):
        front = f"In {cell['chance'].rstrip('%').strip()} % of cases, "
    wait = _figure(cell.get("wait", ""), wait_unit)
    if wait:
        front += f"{'after' if front else 'After'} {wait} "
    text = front + (doing if front else doing[:1].upper() + doing[1:])
    time = _figure(cell.get("time", ""), unit)
    return f"{text}, which takes {time}." if time else f"{text}."


def _doing(step: str, who: str) -> str:
    """Subject and verb: "the clerk has to check the invoice", or an order where nobody is named."""
    from assistant.language.offline.lexicon import verb_forms

    first = step.split()[0].lower()
    forms = {form.form for form in verb_forms(first)}
    step = step[:1].lower() + step[1:] if not step.split()[0].isupper() else step
    if not who:
        return step if "base" in forms else f"somebody carries out the {step}"
    subject = (
        who
        if who[:1].isupper() and " " not in who and who.lower() not in ("clerk", "manager")
        else who.lower()
        if not who.isupper()
        else who
    )
    subject = subject if subject.lower().startswith(("the ", "a ", "our ")) else f"the {subject}"
    if "base" in forms:
        return f"{subject} has to {step}"
    return f"{subject} {step}" if "s" in forms else f"{subject} carries out the {step}"


def _figure(text: str, unit: str) -> str:
    text = text.strip()
    if not re.search(r"\d|\b(?:one|two|three|half|an?)\b", text):
        return ""
    return f"{text} {unit}" if unit and _MINUTES.match(text) else text
