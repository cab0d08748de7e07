"""What customers say, for people to read: themes.html (one file, nothing from outside), themes.csv, assignments.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assistant.feedback.plainly import felt, hurt_in_words, single_in_words
from assistant.feedback.shapes import Feedback, Part, Theme
from assistant.feedback.short import in_short
from assistant.process.blocks import Call, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.reports.feedback_map import level, weighed_map
from assistant.reports.files import write_all
from assistant.reports.report import environment

MOST_BARS = 20
THEME_COLUMNS = (
    "id", "name", "group", "count", "share", "share_low", "share_high", "sentiment", "negative_share", "severity",
    "impact", "kind", "wants", "answer_now", "trend", "change", "change_low", "change_high", "count_before", "steps",
    "rating", "rating_without", "quote", "quote_comment",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_feedback(result: Feedback, folder: Path, process: Process | None = None, force: bool = False) -> list[Path]:
    """Write the files of `contents` into a folder. Raises UsageError, StorageError."""
    return write_all(folder, contents(result, process), force)


def contents(result: Feedback, process: Process | None = None) -> dict[str, bytes]:
    """The three files for people, and feedback.json, which the next run compares with."""
    files = {
        "themes.html": html(result, process),
        "themes.csv": themes_csv(result),
        "assignments.csv": assignments_csv(result),
        "feedback.json": json.dumps(result.document(), ensure_ascii=False, indent=1),
    }
    return {name: text.encode() for name, text in files.items()}


def assignments_csv(result: Feedback) -> str:
    """One row a comment: id, theme (or other), sentiment, severity, step and what else was judged."""
    return _csv(
        ("id", "theme", "sentiment", "severity", "step", "kind", "answer_now", "step_confidence"),
        (
            (_cell(row.id), row.theme, row.sentiment, row.severity, row.step, row.kind, int(row.answer), row.confidence)
            for row in result.assigned
        ),
    )


def themes_csv(result: Feedback) -> str:
    """One row a theme."""
    return _csv(THEME_COLUMNS, (_theme_row(theme, result.comments) for theme in result.themes))


def _theme_row(theme: Theme, total: int) -> tuple[Any, ...]:
    from assistant.feedback.trend import part

    share, change = part(theme.id, theme.count, total), theme.change
    quote = theme.quotes[0] if theme.quotes else None
    return (
        theme.id, _cell(theme.name), theme.group, theme.count, f"{theme.share:.4f}", f"{share.low:.4f}",
        f"{share.high:.4f}", theme.sentiment, f"{theme.negative.share:.4f}" if theme.negative else "", theme.severity,
        f"{theme.impact:.1f}", theme.kind, theme.wants, theme.answer, theme.trend,
        *((f"{change.ratio:.3f}", f"{change.low:.3f}", f"{change.high:.3f}") if change else ("", "", "")),
        "" if theme.before is None else theme.before, " ".join(theme.steps),
        "" if theme.rating is None else theme.rating, "" if theme.rating_without is None else theme.rating_without,
        _cell(quote.text) if quote else "", _cell(quote.comment) if quote else "",
    )  # fmt: skip


def _cell(text: str) -> str:
    """A text a spreadsheet will show and not run."""
    return "'" + text if text.startswith(_FORMULA) else text


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    return text.getvalue()


def html(result: Feedback, process: Process | None = None) -> str:
    """The page: what is said most, what hurts most, what changed, where in the process, who has to be answered."""
    names = (
        {block.id: block.name for block in walk(process) if isinstance(block, Task | Wait | Call)} if process else {}
    )
    heavy = sorted(result.themes, key=lambda theme: (-theme.impact, theme.id))
    groups = {group.id: group for group in result.groups}
    inside = {id_: sorted((t for t in result.themes if t.group == id_), key=lambda t: -t.count) for id_ in groups}
    severe = sorted((t for t in result.themes if t.severity >= 1.5), key=lambda t: (-t.severity, -t.count))[:8]
    return environment(True).get_template("feedback.html.j2").render(
        result=result.document(),
        bars=_bars(heavy[:MOST_BARS]),
        map=weighed_map(heavy[:MOST_BARS]),
        short=in_short(result),
        first=[quote.document() for quote in result.first],
        severe=[_card(theme, names) for theme in severe],
        groups=[
            {"name": group.name, "count": group.count, "share": group.count / max(result.comments, 1),
             "themes": [_card(theme, names) for theme in inside[group.id]]}
            for group in result.groups
        ],
        parts=_parts(result, names),
        changed=_changed(result),
        steps=[{"name": names[id_], "themes": [_card(theme, names) for theme in result.at_step(id_)[:5]]}
               for id_ in names if result.at_step(id_)],
        alone=[(single_in_words(single, names.get(single.step, "")), single.quote.document())
               for single in result.singles],
        compared=any(theme.before is not None for theme in result.themes) or bool(result.vanished),
    )  # fmt: skip


def _bars(themes: Sequence[Theme]) -> list[dict[str, Any]]:
    most = max((theme.count for theme in themes), default=1)
    return [
        {"name": theme.name, "id": theme.id, "count": theme.count, "width": round(100 * theme.count / most, 1),
         "hurts": hurt_in_words(theme.severity), "level": level(theme.severity)}
        for theme in themes
    ]  # fmt: skip


def _card(theme: Theme, names: dict[str, str]) -> dict[str, Any]:
    periods = theme.periods
    most = max((period.share for period in periods), default=0.0) or 1.0
    return {
        **theme.document(),
        "impact": theme.impact,
        "felt": felt(theme),
        "where": ", ".join(names.get(step, step) for step in theme.steps),
        "spark": [{"x": n * 9, "h": round(28 * period.share / most, 1), "name": period.name, "count": period.count}
                  for n, period in enumerate(periods)],
    }  # fmt: skip


def _parts(result: Feedback, names: dict[str, str]) -> list[dict[str, Any]]:
    tables = (("Segment", result.by_segment), ("Channel", result.by_channel), ("Step", result.by_step))
    return [{"title": title, "rows": [_part(row, names) for row in rows]} for title, rows in tables if rows]


def _part(one: Part, names: dict[str, str]) -> dict[str, Any]:
    return {**one.document(), "name": names.get(one.name, one.name)}


def _changed(result: Feedback) -> dict[str, Any]:
    """What is new, gone, more and less, said only where the interval says so."""
    known = [theme for theme in result.themes if theme.before is not None]
    return {
        "new": [theme.name for theme in result.themes if theme.before is None],
        "gone": list(result.vanished),
        "more": [theme.document() for theme in known if theme.since and theme.since.low > 1],
        "less": [theme.document() for theme in known if theme.since and theme.since.high < 1],
    }
