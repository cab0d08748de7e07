"""Learn how far a passage that sounds like a pain is one, and write `claims.tsv`.

    python bench/evidence_claims.py [FOLDER …] [--write]

Learnt from told stories of which the pains are known (`evidence_told.py`; FOLDERs hold more: stories as .txt, their
pains beside them as .json). `weights.npz` is learnt from these stories too: passages are weighed here by weights
that have not seen their story. A passage is right when its kind leads to one of the pain's practices and it stands
within two sentences of those that tell the pain. Prints how often what would be claimed is right in stories left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from evidence_told import Story, stories
from evidence_weights import learn as learn_weights
from evidence_weights import learnt_from, spoken

from assistant.language.evidence_cues.claims import TABLE, counted
from assistant.language.evidence_cues.remarks_heard import PERHAPS, SURE, candidates
from assistant.language.evidence_cues.windows import Learnt, Passage
from assistant.redesign.detectors.meanings import MEANINGS

FOLDS = 3
TIGHT = 5.0
BESIDE = 2
"""How many sentences from those that tell a pain a passage may stand that speaks of it."""


class Row(NamedTuple):
    """One passage of a story: what counts, and the pains of the story that it tells of."""

    story: str
    passage: Passage
    counts: dict[str, float]
    pains: frozenset[int]


def by_folds(told: Sequence[Story]) -> Iterator[Row]:
    """The passages of all stories, each weighed by what was learnt from others."""
    lines = spoken()
    alone = learn_weights(lines)
    for fold in range(FOLDS):
        by = learnt_from(lines, [story for at, story in enumerate(told) if at % FOLDS != fold], alone)
        for story in told[fold::FOLDS]:
            yield from rows(story, by)


def rows(story: Story, by: Learnt) -> Iterator[Row]:
    """The passages of one story by these weights."""
    read = set(by.open(story.shows))
    shows = [
        shown if at in read else shown._replace(place=np.zeros_like(shown.place))
        for at, shown in enumerate(story.shows)
    ]
    beside = [near(pain.at) for pain in story.pains]
    for candidate in candidates(story.text, story.spans, story.place, by, shows):
        passage = candidate.passage
        codes, here = set(MEANINGS[passage.kind].practices), set(range(passage.first, passage.last))
        told = (at for at, pain in enumerate(story.pains) if codes & set(pain.practices) and here & beside[at])
        yield Row(story.name, passage, counted(story.place, candidate, story.heard), frozenset(told))


def near(at: Iterable[int]) -> set[int]:
    """These sentences and those beside them."""
    return {index + step for index in at for step in range(-BESIDE, BESIDE + 1)}


def learn(table: Any, right: Any) -> Any:
    """Logistic regression by Newton's method, the weights held near nothing save the first."""
    weights, held = np.zeros(table.shape[1]), np.full(table.shape[1], TIGHT)
    held[0] = 1e-6
    for _ in range(50):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - right) + held * weights
        weights -= np.linalg.solve((table * (likely * (1 - likely))[:, None]).T @ table + np.diag(held), slope)
    return weights


def first_of_places(found: Iterable[tuple[float, Row]]) -> list[tuple[float, Row]]:
    """The passages that may be claimed, the likeliest first: one of each place."""
    kept: list[tuple[float, Row]] = []
    for chance, row in sorted(found, key=lambda each: -each[0]):
        if not any(row.story == other.story and row.passage.meets(other.passage) for _, other in kept):
            kept.append((chance, row))
    return kept


def show(told: Sequence[Story], kept: list[tuple[float, Row]]) -> None:
    """Print how often what is claimed is right: of the first passages of each story, and from each likelihood on."""
    pains, sound = sum(len(story.pains) for story in told), {story.name for story in told if not story.pains}
    for most in (2, 4, 7):
        taken: Counter[str] = Counter()
        first = [row for _, row in kept if (taken.update([row.story]) or taken[row.story] <= most)]
        _line(f"first {most}", [row for row in first if row.story not in sound], sound, pains, len(told) - len(sound))
    for least in (0.8, 0.7, 0.6, 0.5, SURE, 0.3, PERHAPS):
        _line(f"from {least:.2f}", [row for chance, row in kept if chance >= least], sound, pains, len(told))


def _line(name: str, taken: list[Row], sound: set[str], pains: int, many: int) -> None:
    met = {(row.story, pain) for row in taken for pain in row.pains}
    false = sum(row.story in sound for row in taken)
    right = sum(bool(row.pains) for row in taken) / max(1, len(taken))
    share, often = len(met) / max(1, pains), false / max(1, len(sound))
    print(f"   {name}: {len(taken) / many:.1f} a story, {right:.2f} right, {share:.2f} met; {often:.1f} a sound story")


def main() -> None:
    """Learn, print how well it does on stories left out, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    told = stories(given.folders)
    found = list(by_folds(told))
    columns = list(found[0].counts)
    table = np.array([[row.counts[name] for name in columns] for row in found])
    right, story = np.array([float(bool(row.pains)) for row in found]), np.array([row.story for row in found])
    chances = np.zeros(len(found))
    for name in set(story):
        out = story == name
        chances[out] = 1 / (1 + np.exp(-table[out] @ learn(table[~out], right[~out])))
    print(f"{len(told)} stories, {len(found)} passages, {right.mean():.2f} right")
    show(told, first_of_places(zip(chances.tolist(), found, strict=True)))
    weights = dict(zip(columns, learn(table, right), strict=True))
    print({name: round(float(weight), 2) for name, weight in weights.items()})
    if given.write:
        lines = [f"{name}\t{weight:.2f}" for name, weight in weights.items()]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
