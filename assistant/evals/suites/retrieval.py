"""retrieval: what people ask the library for, in lay and expert words, and what it does not hold."""

from __future__ import annotations

import re
from typing import Any

from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.halves import TUNED, UNTOUCHED
from assistant.evals.shapes import Case, Suite
from assistant.settings import bundled, plain_yaml

NOTHING = re.compile(r"nothing|not close|no entry|far from", re.IGNORECASE)


def _load() -> list[Case]:
    path = bundled("evals") / "search" / "queries.yaml"
    rows = plain_yaml(path.read_text(encoding="utf-8"))["queries"]
    cases = [
        Case(
            row["text"], {"query": row["text"], "style": row["style"]}, {"any_of": row["expect"]},
            f"evals/search, {row['half']}", half=UNTOUCHED if row["half"] == "held" else TUNED,
        )
        for row in rows
    ]  # fmt: skip
    return [*cases, *bundled_cases("retrieval")]


def _play(door: Door, case: Case) -> dict[str, Any]:
    found = door.app.search(case.given["query"], top=5)
    return {
        "results": [{"id": hit.id, "code": hit.code, "name": hit.name, "score": round(hit.score, 3)}
                    for hit in found.results],
        "notes": list(found.notes),
    }  # fmt: skip


def _score(case: Case, output: Any) -> dict[str, float]:
    wanted = set(case.expected["any_of"])
    hits = [{hit["id"], hit["code"]} for hit in output["results"]]
    if not wanted:
        said = not hits or any(NOTHING.search(note) for note in output["notes"])
        return {"says_nothing_is_close": float(said)}
    return {
        "first": float(bool(hits) and bool(hits[0] & wanted)),
        "first_five": float(any(hit & wanted for hit in hits)),
    }


def _why(case: Case, output: Any) -> list[str]:
    hits, wanted = output["results"], case.expected["any_of"]
    if wanted and hits and {hits[0]["id"], hits[0]["code"]} & set(wanted):
        return []
    came = ", ".join(f"{hit['name']} ({hit['code'] or hit['id']})" for hit in hits) or "nothing"
    return [f"{' or '.join(wanted) or 'nothing'} should have come first; there came: {came}"]


MEANS = {
    "first": "1 when what comes first is an entry the asker would be glad to find.",
    "first_five": "1 when one such is among the first five.",
    "says_nothing_is_close": "1 when a question about something else finds nothing, or is told that nothing is close.",
}


SUITES = (
    Suite(
        "retrieval", "What people ask the library for, in lay and expert words.", _load, _play, _score,
        ("search_terms", "search_order"), frozenset({"says_nothing_is_close"}), why=_why,
        means=MEANS,
    ),
)  # fmt: skip
