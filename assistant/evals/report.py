"""A run as a file to send: one HTML page, Markdown for a pull request, JUnit for a build machine, JSON for programs.

The page opens from a mail: no script, no outside address, under a megabyte. What got worse comes first; maps are drawn
for as many cases as there is room for, the others are told in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup, escape

from assistant.bpmn.marks import Marks
from assistant.errors import AssistantError, UsageError
from assistant.evals.reasons import meaning, reasons
from assistant.evals.runfile import Run
from assistant.evals.shapes import ANSWERED, Case, Row
from assistant.evals.side_by_side import beside, in_lines, marks_of_change, marks_of_missed, process_of
from assistant.evals.suites.reading import gold_of
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.redesign.shapes import process_document
from assistant.reports.terminal import clean

ROOM, MOST_LINES, MAPS = 930_000, 450_000, 200_000
"""Bytes for all cases, so that the page stays under a megabyte: how much of them the lines may take that name them, and
what the details in words leave for maps. What lost or fails comes first."""
MOST_TEXT, MOST_STORY, MOST_BESIDE, MOST_LOST, LEAST_ROOM, LEAST_MAP = 1500, 2500, 6000, 8, 1000, 30_000
COLUMN, VIEW_BOX = 760.0, re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+)')
"""Maps up to so many pixels wide stand beside each other; wider ones one below the other."""
WORDS = {
    "better": "Better: it may go out.",
    "not worse": "Not worse than allowed: it may go out.",
    "worse": "Worse: it may not go out.",
    "no evidence": "No evidence either way.",
    "cannot tell": "Cannot tell.",
}


def content(target: Path, run: Run, old: Run | None, compared: Mapping[str, Any] | None) -> str:
    """The file of that name's kind. Raises UsageError for another ending."""
    kind = target.suffix.lower()
    if kind in (".html", ".htm"):
        return page(run, old, compared)
    if kind == ".md":
        return markdown(run, compared)
    if kind == ".xml":
        return junit(run, compared)
    if kind == ".json":
        document = {**run.document(), "comparison": compared, "rows": [row.document() for row in run.rows]}
        return json.dumps(document, ensure_ascii=False, indent=1)
    raise UsageError(f"A report cannot be written as {target.name!r}.", "Known endings: .html .md .xml .json.")


def page(run: Run, old: Run | None, compared: Mapping[str, Any] | None) -> str:
    """The HTML page."""
    from assistant.reports.report import environment

    template = environment(True).get_template("eval.html.j2")
    return clean(template.render(**view(run, old, compared)))


def view(run: Run, old: Run | None, compared: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the page shows, as plain data."""
    document = run.document()
    moved = {(row["suite"], row["case"]): row for row in compared["changes"]} if compared else {}
    lost = {(row["suite"], row["case"]) for row in compared["lost_guards"]} if compared else set()
    cases = _ranked(run, moved, lost)
    worse = [row for row in (compared["scores"] if compared else []) if row["effect"] < -1e-9]
    return {
        "title": f"Evals: {run.suite}", "document": document, "about": _about(run, old),
        "verdict": compared["verdict"] if compared else "",
        "words": WORDS.get(compared["verdict"], "") if compared else "",
        "why": compared["why"] if compared else "", "compared": compared, "worse": worse, "cost": _cost(run),
        "lost": _grouped(compared), "most_lost": MOST_LOST, "scores": told_scores(run, compared),
        "errors": [{"place": f"{row.suite}/{row.case}", "text": row.error} for row in run.errors[:50]],
        "suites": _by_suite(run, old, cases, moved, lost), "rows": len(run.rows), "whole": run.whole,
        "planned": run.planned, "plural": plural,
    }  # fmt: skip


def _grouped(compared: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """What was lost, one line a case, the scores together."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in compared["lost_guards"] if compared else ():
        line = found.setdefault((row["suite"], row["case"]), {**row, "scores": []})
        line["scores"].append(f"{row['score']} {row['change']:+.2f}")
    return list(found.values())


def _about(run: Run, old: Run | None) -> list[tuple[str, str]]:
    head = run.head
    prompts = ", ".join(sorted(head.get("prompts", {}).values()))
    rows = [
        ("made by", str(head.get("model"))), ("date", str(head.get("date"))), ("commit", str(head.get("commit"))),
        ("code", str(head.get("code"))), ("library", str(head.get("library"))), ("prompts", prompts),
        ("repeats", str(head.get("repeats"))), ("seed", str(head.get("seed"))),
        ("asks a model", ", ".join(n for n, asks in head.get("asks_a_model", {}).items() if asks) or "no suite did"),
    ]  # fmt: skip
    if old is not None:
        blessed = old.head.get("blessed")
        by = f", blessed by {blessed['who']} at {blessed['when']}: {blessed['why']}" if blessed else ""
        rows.append(
            ("compared with", f"{old.head.get('model')}, {old.head.get('date')}, commit {old.head.get('commit')}{by}")
        )
    return rows


def _cost(run: Run) -> str:
    calls = sum(row.calls for row in run.rows)
    if not calls:
        return "no model was asked, no cost"
    price = "price not known" if run.cost is None else f"${run.cost:.4f}"
    return f"{plural(calls, 'call')}, {sum(row.tokens for row in run.rows):,} tokens, {price}"


def told_scores(run: Run, compared: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Each score of each suite: its figure, its ceiling, what it did."""
    found = {row["score"]: row for row in compared["scores"]} if compared else {}
    ceilings = run.head.get("ceilings", {})
    from assistant.evals.statistics import estimate

    return [
        {
            "name": f"{suite}.{name}", **estimate(values), "cases": len(values), "means": meaning(run, suite, name),
            "ceiling": ceilings.get(f"{suite}.{name}"),
            "guarded": f"{suite}.{name}" in run.guarded or name == ANSWERED, "change": found.get(f"{suite}.{name}"),
        }
        for (suite, name), values in sorted(run.values().items())
    ]  # fmt: skip


def _ranked(run: Run, moved: Mapping[Any, Any], lost: set[Any]) -> list[tuple[str, str]]:
    """The cases in the order of how much a reader wants to see them: lost guards, losses, errors, low scores."""

    def weight(key: tuple[str, str]) -> tuple[Any, ...]:
        rows = [row for row in run.rows if (row.suite, row.case) == key]
        scores = [value for row in rows for value in row.scores.values()]
        shift = sum(b - a for a, b in moved[key]["scores"].values()) if key in moved else 0.0
        return (
            key not in lost,
            shift,
            not any(row.error for row in rows),
            sum(scores) / len(scores) if scores else 0.0,
        )

    return sorted(run.cases, key=weight)


def _by_suite(
    run: Run, old: Run | None, ranked: list[tuple[str, str]], moved: Mapping[Any, Any], lost: set[Any]
) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in run.rows:
        rows.setdefault((row.suite, row.case), []).append(row)
    lines, shown = 0, []
    for key in ranked:
        lines += _line_size(run.cases[key], rows.get(key, []))
        if lines > MOST_LINES:
            break
        shown.append(key)
    room, told = ROOM - min(lines, MOST_LINES), {}
    for key in shown:
        told[key] = _case(run, old, key, rows.get(key, []), moved.get(key), key in lost, room - MAPS)
        room -= told[key].pop("size")
    for key in shown:
        room -= _with_maps(told[key], run.cases[key], rows.get(key, []), moved.get(key), room)
    suites = list(dict.fromkeys(suite for suite, _ in run.cases))
    return [
        {"name": suite, "about": run.head.get("about", {}).get(suite, ""),
         "cases": [told[key] for key in shown if key[0] == suite],
         "more": sum(key[0] == suite for key in ranked[len(shown):])}
        for suite in suites
    ]  # fmt: skip


def _line(scores: Mapping[str, float], moved: Mapping[str, list[float]]) -> str:
    """The scores of a case that moved or are below 1."""
    pairs = {name: f"{before:.2f} → {after:.2f}" for name, (before, after) in moved.items()}
    low = {name: f"{value:.2f}" for name, value in scores.items() if value < 1}
    return ", ".join(f"{name} {told}" for name, told in {**low, **pairs}.items())


def _line_size(case: Case, rows: list[Row]) -> int:
    """About how many bytes the line that names a case weighs, with its origin, scores and log."""
    texts = (case.id, case.origin, case.guards, case.place, _log(rows))
    return 130 + sum(map(_weight, texts)) + sum(len(name) + 9 for name in run_scores(rows))


def _weight(text: str) -> int:
    """How many bytes a text weighs in a page, its marks escaped."""
    return len(escape(text).encode())


def _case(
    run: Run, old: Run | None, key: tuple[str, str], rows: list[Row], moved: Any, lost: bool, room: int
) -> dict[str, Any]:
    """One case as the page shows it; `size` is about what its details weigh."""
    case, row = run.cases[key], rows[0] if rows else None
    scores = run_scores(rows)
    told: dict[str, Any] = {
        "id": case.id, "origin": case.origin, "guards": case.guards, "place": case.place, "lost": lost,
        "moved": moved["scores"] if moved else {}, "scores": scores, "low": any(value < 1 for value in scores.values()),
        "error": next((scored.error for scored in rows if scored.error), ""),
        "line": _line(scores, moved["scores"] if moved else {}), "story": "", "given": "", "gold": "", "output": "",
        "beside": [], "told": False, "columns": False, "map": None, "gold_map": None, "old_map": None,
        "log": _log(rows), "why": [],
    }  # fmt: skip
    if room < LEAST_ROOM or row is None:
        return {**told, "size": 0}
    story = case.given.get("story") if isinstance(case.given, dict) else None
    told["story"] = _cut(story or "", MOST_STORY)
    told["given"] = "" if story else _cut(in_lines(case.given), MOST_TEXT)
    told["gold"] = _cut(_expected(case), MOST_TEXT)
    told["output"] = _cut(in_lines(row.output), MOST_TEXT)
    if moved and old is not None:
        told["beside"] = beside(in_lines(moved["before"]), in_lines(moved["after"]), MOST_BESIDE)
    if told["beside"]:
        told["output"] = ""
    told["why"] = next((found for played in rows if (found := reasons(case, played))), [])
    size = 400 + sum(_weight(told[name]) for name in ("story", "given", "gold", "output"))
    size += sum(map(_weight, told["why"])) + sum(line.size for line in told["beside"])
    if size > room:
        return {**told, "story": "", "given": "", "gold": "", "output": "", "beside": [], "why": [], "size": 0}
    return {**told, "size": size, "told": True}


def _expected(case: Case) -> str:
    """What should have come out, in lines; a flow in short form as the outline of its process."""
    try:
        gold = gold_of(case.expected) if isinstance(case.expected, dict) else None
    except (AssistantError, KeyError, TypeError):
        gold = None
    if gold is None:
        return in_lines(case.expected)
    rest = {key: value for key, value in case.expected.items() if key not in ("flow", "process")}
    return in_lines({"process": process_document(gold), **rest})


def _with_maps(told: dict[str, Any], case: Case, rows: list[Row], moved: Any, room: int) -> int:
    """Draws the maps of a case that lost, moved or fails, where there is room for them; returns what they weigh."""
    if not (rows and (moved or told["low"]) and told["told"] and room > LEAST_MAP):
        return 0
    maps = _maps(case, rows[0], moved)
    size = sum(len(drawn.encode()) for drawn in maps.values() if isinstance(drawn, str))
    if size > room:
        return 0
    told |= maps
    return size


def _log(rows: list[Row]) -> str:
    """How a case was played: how often, how long, what was asked."""
    prompts = sorted({prompt for row in rows for prompt in row.prompts})
    seconds, calls = sum(row.seconds for row in rows), sum(row.calls for row in rows)
    return f"{len(rows)} played, {seconds:.2f} s, {plural(calls, 'call')}, prompts: {', '.join(prompts) or 'none'}"


def _maps(case: Case, row: Row, moved: Any) -> dict[str, Any]:
    """The drawn maps of a case: before and now with what differs marked in both, and what should have come out."""
    new, before = process_of(row.output), process_of(moved["before"]) if moved else None
    if new is None:
        return {}
    gone, come = marks_of_change(before, new) if before is not None else (None, None)
    try:
        gold = gold_of(case.expected) if isinstance(case.expected, dict) else None
    except (AssistantError, KeyError, TypeError):
        gold = None
    missed = marks_of_missed(gold, new) if gold is not None else None
    then, now = _drawn(before, gone), _drawn(new, come)
    columns = bool(then and now) and max(_width(then), _width(now)) <= COLUMN
    return {"map": now, "gold_map": _drawn(gold, missed), "old_map": then, "columns": columns}


def _width(drawn: str) -> float:
    found = VIEW_BOX.search(drawn)
    return float(found[1]) if found else 0.0


def _drawn(process: Process | None, marks: Marks | None) -> Any:
    if process is None or not process.flow.items:
        return None
    from assistant.bpmn.svg import svg

    try:
        return Markup(svg(process, marks))
    except AssistantError:
        return None


def run_scores(rows: list[Row]) -> dict[str, float]:
    """The mean of each score over the repeats of a case."""
    found: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.scores.items():
            found.setdefault(name, []).append(value)
    return {name: round(sum(values) / len(values), 3) for name, values in found.items()}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + " …"


def markdown(run: Run, compared: Mapping[str, Any] | None) -> str:
    """For a pull request: the verdict, what moved, and the scores."""
    from assistant.reports.report import environment

    found = view_of_scores(run, compared)
    return clean(environment(False).get_template("eval.md.j2").render(**found))


def view_of_scores(run: Run, compared: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the Markdown shows: no cases but those that moved."""
    return {
        "plural": plural, "document": run.document(), "about": _about(run, None),
        "verdict": compared["verdict"] if compared else "",
        "why": compared["why"] if compared else "", "words": WORDS.get(compared["verdict"], "") if compared else "",
        "compared": compared, "scores": told_scores(run, compared), "cost": _cost(run),
        "lost": _grouped(compared), "most_lost": 30, "moved": compared["changes"][:30] if compared else [],
        "errors": [{"place": f"{row.suite}/{row.case}", "text": row.error} for row in run.errors[:20]],
    }  # fmt: skip


def junit(run: Run, compared: Mapping[str, Any] | None) -> str:
    """JUnit: a case fails when it lost what is guarded (or, without a comparison, when a guarded score is below 1)."""
    lost = {(row["suite"], row["case"]): row for row in compared["lost_guards"]} if compared else {}
    root = ElementTree.Element("testsuites")
    for suite in dict.fromkeys(name for name, _ in run.cases):
        rows = [row for row in run.rows if row.suite == suite]
        bad = [row for row in rows if not row.error and _fails(run, row, lost, compared is not None)]
        part = ElementTree.SubElement(
            root, "testsuite", name=suite, tests=str(len(rows)), failures=str(len(bad)),
            errors=str(sum(bool(row.error) for row in rows)), time=f"{sum(row.seconds for row in rows):.3f}",
        )  # fmt: skip
        for row in rows:
            node = ElementTree.SubElement(
                part, "testcase", classname=suite, name=_xml(f"{row.case} #{row.repeat}"), time=f"{row.seconds:.3f}"
            )
            if row.error:
                ElementTree.SubElement(node, "error", message=_xml(row.error), type=row.error_kind)
            elif row in bad:
                told = json.dumps(dict(row.scores))
                ElementTree.SubElement(
                    node, "failure", message=_xml(run.cases[(suite, row.case)].guards or "lost")
                ).text = told
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _fails(run: Run, row: Row, lost: Mapping[Any, Any], compared: bool) -> bool:
    if compared:
        return (row.suite, row.case) in lost
    return any(value < 1 for name, value in row.scores.items() if f"{row.suite}.{name}" in run.guarded)


def _xml(text: str) -> str:
    """Without the characters XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (ord(char) >= 32 and ord(char) not in (0xFFFE, 0xFFFF)))
