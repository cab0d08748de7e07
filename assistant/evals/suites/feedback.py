"""feedback: labelled comments; whether they fall into the right themes, moods and steps, with quotes to the letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import Any

from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.shapes import Case, Suite
from assistant.evals.shortform import short_process
from assistant.process.tree import by_id


def _load() -> list[Case]:
    return bundled_cases("feedback")


def _play(door: Door, case: Case) -> dict[str, Any]:
    comments = case.given["comments"]
    process = short_process(case.given["flow"]) if case.given.get("flow") else None
    found = door.feedback(comments, process)
    names = by_id(process) if process else {}
    return {
        "assigned": [
            {"id": assigned.id, "theme": assigned.theme, "mood": assigned.sentiment,
             "step": getattr(names.get(assigned.step), "name", "") if assigned.step else ""}
            for assigned in found.assigned
        ],
        "themes": [{"id": theme.id, "name": theme.name, "count": theme.count} for theme in found.themes],
        "counted": found.comments,
        "wrong_quotes": [
            quote.text for theme in found.themes for quote in theme.quotes
            if comments[int(quote.comment) - 1][quote.start : quote.end] != quote.text
        ],
        "wrong_counts": [
            theme.name for theme in found.themes
            if len(theme.members) > theme.count or abs(theme.share - theme.count / max(1, found.comments)) > 0.01
        ],
    }  # fmt: skip


def _score(case: Case, output: Any) -> dict[str, float]:
    by_comment = {row["id"]: row for row in output["assigned"]}
    scores = {
        "exact_quotes": float(not output["wrong_quotes"]),
        "all_counted": float(output["counted"] == _said(case) and not output["wrong_counts"]),
    }
    if case.expected.get("themes"):
        wanted = {str(number): label for number, label in enumerate(case.expected["themes"], 1)}
        found = {id_: by_comment[id_]["theme"] if id_ in by_comment else f"alone {id_}" for id_ in wanted}
        scores["themes"] = shared_information(list(wanted.values()), list(found.values()))
    for name, key in (("moods", "mood"), ("steps", "step")):
        labels = [
            (label, by_comment.get(str(number), {}).get(key, ""))
            for number, label in enumerate(case.expected.get(name) or (), 1) if label
        ]  # fmt: skip
        if labels:
            scores[name] = sum(label == told for label, told in labels) / len(labels)
    return scores


def _why(case: Case, output: Any) -> list[str]:
    told = [f"not to the letter: {quote}" for quote in output["wrong_quotes"]]
    told += [f"wrongly counted: {name}" for name in output["wrong_counts"]]
    found = {row["id"]: row for row in output["assigned"]}
    return told + [
        f"comment {number}: {key} {found.get(str(number), {}).get(key) or 'none'} instead of {label}"
        for name, key in (("moods", "mood"), ("steps", "step"))
        for number, label in enumerate(case.expected.get(name) or (), 1)
        if label and found.get(str(number), {}).get(key, "") != label
    ]


def _said(case: Case) -> int:
    """Comments that say something."""
    return sum(bool(comment.strip()) for comment in case.given["comments"])


def shared_information(a: list[str], b: list[str]) -> float:
    """Normalised mutual information of two labellings (arithmetic mean): 1 for the same groups, 0 for chance."""
    n, groups, others = len(a), Counter(a), Counter(b)
    both: dict[tuple[str, str], int] = defaultdict(int)
    for pair in zip(a, b, strict=True):
        both[pair] += 1
    mutual = sum(c / n * log(c * n / (groups[x] * others[y])) for (x, y), c in both.items())
    total = sum(-c / n * log(c / n) for counts in (groups, others) for c in counts.values())
    return 2 * mutual / total if total > 0 else 1.0


MEANS = {
    "exact_quotes": "1 when every quote is what the comment says at its place, to the letter.",
    "all_counted": "1 when every comment is counted once and the counts add up.",
    "themes": "How much the themes found tell of those people gave (shared information, 0 to 1).",
    "moods": "Share of comments whose mood is the one people gave.",
    "steps": "Share of comments tied to the step people gave.",
}


SUITES = (
    Suite(
        "feedback", "Labelled comments: themes, moods, steps, and quotes to the letter.", _load, _play, _score,
        ("comments",), frozenset({"exact_quotes", "all_counted"}), why=_why,
        means=MEANS,
    ),
)  # fmt: skip
