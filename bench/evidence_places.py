"""Learn how likely a remark speaks of a step, and write `step_chance.tsv`.

    python bench/evidence_places.py [FOLDER …] [--write]

Learnt from the told stories of `evals/told_pains` that may be looked at, and of the folders given. Of each passage that
tells a planted pain it is known where the pain sits: a step is right when it is called like one of the places, or was
read from the sentence in which one of them is told. Prints for stories left out how often the likeliest step is right,
how often one of those named is, and what share of those named are.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from evidence_claims import learn, near
from evidence_told import ROOT, said_in, told_in

from assistant.language.evidence_cues.remarks_heard import candidates, pieces
from assistant.language.evidence_cues.step_chance import TABLE, Words, counted
from assistant.language.evidence_cues.steps_meant import meant
from assistant.language.evidence_cues.told_steps import Known, Place, placed_in
from assistant.language.offline.words.tokens import sentences
from assistant.language.reading import read_story
from assistant.redesign.detectors.meanings import MEANINGS

OWN = ROOT / "told_pains"
FOLDS = 6
LEAST = 0.15
"""Passages less likely than this are not looked at."""
_TAIL = re.compile(r"(ations?|ings?|ments?|ied|ies|ed|es|s|e|y)$")
_SMALL = frozenset("the a of to for and in by with case customer".split())


class Row(NamedTuple):
    """A passage that tells a pain: its story, what is asked of the steps, and the ids of the right ones."""

    story: str
    place: Place
    asked: Words
    right: frozenset[str]


def rows(path: Path) -> list[Row]:
    """The passages of one story that tell a planted pain of which a place was read as a step."""
    text, gold = path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))
    spans = pieces(text, [(one.start, one.end) for one in sentences(text)])
    place = placed_in(text, spans, read_story(text).process)
    texts = [text[start:end] for start, end in spans]
    found = []
    for candidate in candidates(text, spans, place):
        passage = candidate.passage
        for pain in gold["pains"] if passage.likely >= LEAST else ():
            here = near(said_in(text, spans, pain) or told_in(texts, pain)) & set(range(passage.first, passage.last))
            right = frozenset(known.step.id for known in place.steps if is_place(known, pain, gold, text))
            if here and right and set(MEANINGS[passage.kind].practices) & set(pain["practice"]):
                found.append(Row(path.stem, place, candidate.asked, right))
    return found


def is_place(known: Known, pain: dict[str, Any], gold: dict[str, Any], text: str) -> bool:
    """Whether a step that was read is one of those where a pain sits."""
    name = _stems(known.step.name or "")
    wanted = frozenset().union(*(_stems(where) for where in pain["where"]))
    if len(name & wanted) >= min(2, len(wanted)):
        return True
    span = known.step.span
    told = [] if span is None else [
        row["task"] for row in gold.get("sentences", ())
        if (at := text.find(row["said"])) >= 0 and at < span.end and span.start < at + len(row["said"])
    ]  # fmt: skip
    like = max((len(_stems(task) & name) for task in told), default=0)
    return any(task in pain["where"] and len(_stems(task) & name) == like for task in told)


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(_TAIL.sub("", word) for word in words if word not in _SMALL and len(word) > 2)


def table(told: Sequence[Row], columns: Sequence[str]) -> tuple[Any, Any]:
    """What counts for each step of each passage, and whether it is right."""
    each = [(counts, known.step.id in row.right) for row in told for known, counts in counted(row.place, row.asked)]
    counts = np.array([[one.get(name, 0.0) for name in columns] for one, _ in each])
    return counts, np.array([float(right) for _, right in each])


def shown(told: Sequence[Row]) -> str:
    """How often the likeliest step named is right, how often any of them, and what share of them."""
    named = [(meant(row.place, row.asked).elements, row.right) for row in told]
    first = np.mean([bool(steps) and steps[0] in right for steps, right in named])
    some = np.mean([bool(set(steps) & right) for steps, right in named])
    share = np.mean([len(set(steps) & right) / max(1, len(steps)) for steps, right in named])
    return (
        f"{len(named)} passages: the likeliest {first:.2f}, one of those named {some:.2f}, of those named {share:.2f}"
    )


def learnt_from(told: Sequence[Row]) -> dict[str, float]:
    """The weight of each count."""
    columns = list(
        dict.fromkeys(name for row in told for _, counts in counted(row.place, row.asked) for name in counts)
    )
    return dict(zip(columns, map(float, learn(*table(told, columns))), strict=True))


def main() -> None:
    """Learn, print how well it does on stories left out, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    names = (OWN / "DEV.txt").read_text(encoding="utf-8").split()
    paths = [OWN / f"{name}.json" for name in names] + [path for one in given.folders for path in one.glob("*.json")]
    told = [row for path in sorted(paths) for row in rows(path)]
    report(told)
    if given.write:
        write(learnt_from(told))


def report(told: Sequence[Row]) -> None:
    """Print how well stories are placed by what was learnt from the others, and as the table stands."""
    stories, first, both = sorted({row.story for row in told}), 0, 0
    for fold in range(FOLDS):
        left_out = set(stories[fold::FOLDS])
        learnt = learnt_from([row for row in told if row.story not in left_out])
        for row in (row for row in told if row.story in left_out):
            scores = sorted(
                ((sum(learnt.get(name, 0.0) * value for name, value in counts.items()), known.step.id)
                 for known, counts in counted(row.place, row.asked)), reverse=True,
            )  # fmt: skip
            first += scores[0][1] in row.right
            both += any(name in row.right for _, name in scores[:2])
    print(f"stories left out: the likeliest step right {first / len(told):.2f}, one of two {both / len(told):.2f}")
    print("as the table stands:", shown(told))


def write(learnt: dict[str, float]) -> None:
    """Write the table."""
    TABLE.write_text("".join(f"{name}\t{weight:.2f}\n" for name, weight in learnt.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
