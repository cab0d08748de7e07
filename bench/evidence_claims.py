"""Learn how far a passage that sounds like a pain is one, and write `claims.tsv`.

    python bench/evidence_claims.py [FOLDER …] [--write]

Learnt from the told stories of `evals/told_pains` that may be looked at, and of the folders given (stories as .txt,
their pains beside them as .json). A passage is right when its kind leads to one of the pain's practices and it stands
within two sentences of those that tell the pain: those of its "said", or else those most like its "why". Prints how
often what would be claimed is right in stories left out.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.language.evidence_cues.claims import TABLE, counted
from assistant.language.evidence_cues.hearing import heard
from assistant.language.evidence_cues.remarks_heard import PERHAPS, SURE, candidates, pieces
from assistant.language.evidence_cues.told_steps import placed_in
from assistant.language.offline.words.tokens import sentences
from assistant.language.reading import read_story
from assistant.redesign.detectors.told import MEANINGS

OURS = Path(__file__).parent.parent / "evals" / "told_pains"
TIGHT = 3.0
LEAST = 0.15
"""Passages less likely than this are not looked at."""
BESIDE = 2
"""How many sentences from those that tell a pain a passage may stand that speaks of it."""
LIKE = 0.25
"""A sentence that is this much as like a pain as the likest one belongs to it, if it stands near."""
_TAIL = re.compile(r"(ations?|ings?|ments?|ied|ies|ed|es|s|e|y)$")
_SMALL = frozenset("the a of to for and in by with is are that it they only one each who not though every all".split())


class Row(NamedTuple):
    """One passage of a story: what counts, and whether it tells a pain of the story."""

    story: str
    counts: dict[str, float]
    right: bool


def rows(path: Path) -> list[Row]:
    """The passages of one story."""
    text, gold = path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))
    process = read_story(text).process
    spans = pieces(text, [(one.start, one.end) for one in sentences(text)])
    place = placed_in(text, spans, process)
    texts = [text[start:end] for start, end in spans]
    heard_here = [heard(words, place.flats, index) for index, words in enumerate(texts)]
    told = [
        (set(pain["practice"]), near(_said_in(text, spans, pain) or _told_in(texts, pain))) for pain in gold["pains"]
    ]
    found: list[Row] = []
    for candidate in candidates(text, spans, place):
        passage = candidate.passage
        if passage.likely >= LEAST:
            codes, here = set(MEANINGS[passage.kind].practices), set(range(passage.first, passage.last))
            right = any(codes & practices and here & at for practices, at in told)
            found.append(Row(path.stem, counted(place, candidate, heard_here), right))
    return found


def near(at: set[int]) -> set[int]:
    """These sentences and those beside them."""
    return {index + step for index in at for step in range(-BESIDE, BESIDE + 1)}


def _said_in(text: str, spans: list[tuple[int, int]], pain: dict[str, Any]) -> set[int]:
    """The sentences that hold what the pain's "said" quotes."""
    found: set[int] = set()
    for said in [pain["said"]] if isinstance(pain.get("said"), str) else pain.get("said", []):
        begin = text.find(said)
        if begin >= 0:
            found |= {at for at, (start, end) in enumerate(spans) if start < begin + len(said) and begin < end}
    return found


def _told_in(texts: list[str], pain: dict[str, Any]) -> set[int]:
    """The sentences most like what is said of a pain, and those near by that are like it too."""
    stems = [_stems(text) for text in texts]
    asked = _stems(f"{pain['why']} {' '.join(pain['where'])}")
    often = Counter(stem for each in stems for stem in each)
    like = [
        sum(math.log(1 + len(texts) / often[stem]) for stem in asked & each) / (3 + len(each)) ** 0.4 for each in stems
    ]
    begin = max(range(len(like)), key=lambda at: sum(like[at : at + 3]))
    around = range(max(0, begin - 1), min(len(like), begin + 5))
    return {at for at in around if like[at] >= LIKE * max(like)} | {like.index(max(like))}


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+|\d+", text.lower())
    return {_TAIL.sub("", word) for word in words if word not in _SMALL and len(word) > 1}


def learn(table: Any, right: Any) -> Any:
    """Logistic regression by Newton's method, the weights held near nothing save the first."""
    weights, held = np.zeros(table.shape[1]), np.full(table.shape[1], TIGHT)
    held[0] = 1e-6
    for _ in range(50):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - right) + held * weights
        weights -= np.linalg.solve((table * (likely * (1 - likely))[:, None]).T @ table + np.diag(held), slope)
    return weights


def main() -> None:
    """Learn, print how well it does on stories left out, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    names = (OURS / "DEV.txt").read_text(encoding="utf-8").split()
    paths = [OURS / f"{name}.json" for name in names] + [path for one in given.folders for path in one.glob("*.json")]
    told = [row for path in sorted(paths) for row in rows(path)]
    columns = list(told[0].counts)
    table = np.array([[row.counts[name] for name in columns] for row in told])
    right, story = np.array([float(row.right) for row in told]), np.array([row.story for row in told])
    chances = np.zeros(len(told))
    for name in set(story):
        out = story == name
        chances[out] = 1 / (1 + np.exp(-table[out] @ learn(table[~out], right[~out])))
    print(f"{len(paths)} stories, {len(told)} passages, {right.mean():.2f} right")
    for least in (0.8, 0.7, 0.6, 0.5, 0.4, SURE, PERHAPS):
        claimed = chances >= least
        print(f"   from {least:.2f} on {claimed.sum() / len(paths):.1f} a story, {right[claimed].mean():.2f} right")
    weights = dict(zip(columns, learn(table, right), strict=True))
    print(weights)
    if given.write:
        lines = [f"{name}\t{weight:.2f}" for name, weight in weights.items()]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
