"""Learns the weights of the cues that tell acts of a turn apart, and says how well that does on stories held out.

    python bench/learn_acts.py [--write] [MORE.jsonl ...]

Turns whose act is known are those of `evals/talk_cases` (the group of a case, what may come of it) and `acts.tsv`
beside them, lines without a story. Told by story: no turn is judged by weights that saw a turn of the same story.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from assistant.errors import NotAProcess
from assistant.language.offline.words.tokens import sentences
from assistant.language.reading import read_story
from assistant.language.turn.act import ACTS, cues
from assistant.language.turn.kinds import Context
from assistant.process.tree import tasks

CASES = Path(__file__).parent.parent / "evals/talk_cases"
WEIGHTS = Path(__file__).parent.parent / "assistant/english/data/act_weights.tsv"
STORIES = CASES.parent
TELLING = ("stories", "told", "told_pains")
HELD = frozenset((STORIES / "told_pains" / "HELD.txt").read_text(encoding="utf-8").split())
LINES = Context(
    False, True, 0, ("Check form", "Load van", "Write invoice", "Pack parcel", "Call customer"),
    ("Clerk", "Driver", "Customer", "Anna", "Technician", "Boss"),
)  # fmt: skip
"""The small process that the lines of `acts.tsv` speak of."""
ASKS_FOR_WAYS = re.compile(r"^propose$|\?$", re.IGNORECASE)
"""A turn before that brings proposals."""
EACH = 2
OFFERED = 4
"""Of how many lines that are no decision one is said while ways are on offer."""
LEAST = 2
TIGHT = 1.0
"""How strongly weights are held near nothing."""
SMALL = 0.05
FOLDS = 8


def act_of(case: dict[str, Any]) -> str:
    """The act of a case: its group, but what must change nothing is no work told."""
    group, expected = case["group"], case["expect"]
    if group in ("question", "command", "decision"):
        return str(group)
    if group in ("vague", "chitchat", "nowrite") or expected.get("changed") is False:
        kinds = expected.get("kind") or []
        return "question" if kinds == ["question"] else "request" if group == "request" else "talk"
    return "request" if group == "request" else "work"


def examples(paths: list[Path], own: bool = True) -> list[tuple[set[str], str, str, str]]:
    """The cues, the act, the story and the words of every turn; `own`: with the lines and stories beside the cases."""
    read: dict[str, Context] = {}
    found = []
    for path in paths:
        for line in path.read_text().splitlines():
            case = json.loads(line)
            before = case["before"]
            story = " ".join(text for text in before if not ASKS_FOR_WAYS.search(text))
            if story not in read:
                try:
                    process = read_story(story, None).process if story else None
                except NotAProcess:
                    process = None
                steps = tuple(task.name for task in tasks(process)) if process else ()
                roles = tuple(role.name for role in process.roles) if process else ()
                read[story] = Context(not story, bool(story), 0, steps, roles)
            known = read[story]
            offered = 3 if any(ASKS_FOR_WAYS.search(text) for text in before) else 0
            context = Context(known.empty, known.asked, offered, known.steps, known.roles)
            found.append((cues(case["say"], context), act_of(case), before[0] if before else case["say"], case["say"]))
    if not own:
        return found
    for place, line in enumerate((CASES / "acts.tsv").read_text().splitlines()):
        act, said = line.split("\t")
        # A decision may come when nothing is on offer, and anything else may be said while something is.
        for offered in (0, 3) if act == "decision" else (3,) if place % OFFERED == 0 else (0,):
            context = Context(False, True, offered, LINES.steps, LINES.roles)
            found.append((cues(said, context), act, said, said))
    return found + told_in_pieces()


def told_in_pieces() -> list[tuple[set[str], str, str, str]]:
    """Plain telling: the sentences of stories, each said as a turn of its own after the ones before it."""
    found = []
    for path in sorted(STORIES.glob("*/*.txt")):
        story = path.read_text(encoding="utf-8")
        if path.parent.name not in TELLING or path.stem in HELD:
            continue
        try:
            process = read_story(story, None).process
        except NotAProcess:
            continue
        steps = tuple(task.name for task in tasks(process))
        roles = tuple(role.name for role in process.roles)
        for place, sentence in enumerate(sentences(story)):
            said = story[sentence.start : sentence.end].replace("\n", " ")
            if place % EACH == 0 and place:
                shown = max(1, len(steps) * place // 20)
                context = Context(False, True, 0, steps[:shown], roles[: shown + 1])
                found.append((cues(said, context), "work", str(path), said))
    return found


def learnt(rows: list[tuple[set[str], str, str, str]]) -> dict[str, np.ndarray]:
    """The weights of the cues that are told at least twice, a weight for each act."""
    counted = Counter(cue for cues_, *_ in rows for cue in cues_)
    kept = ["*", *sorted(cue for cue, n in counted.items() if n >= LEAST and cue != "*")]
    index = {cue: n for n, cue in enumerate(kept)}
    cells = [(row, index[cue]) for row, (cues_, *_) in enumerate(rows) for cue in cues_ if cue in index]
    places = ([row for row, _ in cells], [column for _, column in cells])
    shown = csr_matrix((np.ones(len(cells)), places), shape=(len(rows), len(kept)))
    wanted = np.eye(len(ACTS))[[ACTS.index(act) for _, act, *_ in rows]]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(kept), len(ACTS))
        sums = shown @ weights
        sums -= sums.max(axis=1, keepdims=True)
        logs = sums - np.log(np.exp(sums).sum(axis=1, keepdims=True))
        slope = shown.T @ (np.exp(logs) - wanted) + TIGHT * weights
        return float(-(wanted * logs).sum() + TIGHT / 2 * (weights**2).sum()), slope.ravel()

    found = minimize(loss, np.zeros(len(kept) * len(ACTS)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(kept, found.x.reshape(len(kept), len(ACTS)), strict=True))


def judged(rows: list[tuple[set[str], str, str, str]]) -> list[tuple[str, str, float, str]]:
    """For every turn the act it has and the one that weights of other stories find, with its share."""
    stories = sorted({story for _, _, story, _ in rows})
    fold = {story: n % FOLDS for n, story in enumerate(stories)}
    found = []
    for part in range(FOLDS):
        weights = learnt([row for row in rows if fold[row[2]] != part])
        for cues_, act, story, said in rows:
            if fold[story] == part:
                powers = np.exp(sum(weights[cue] for cue in cues_ if cue in weights))
                shares = powers / powers.sum()
                found.append((act, ACTS[int(shares.argmax())], float(shares.max()), said))
    return found


def main(arguments: list[str]) -> None:
    """Prints the figures of the stories held out; with `--write` the weights of all are written."""
    more = [Path(name) for name in arguments if name.endswith(".jsonl")]
    rows = examples([CASES / "dev.jsonl", CASES / "learning" / "turns.jsonl", *more])
    found = judged(rows)
    print("right", round(sum(act == other for act, other, *_ in found) / len(found), 3), "of", len(found))
    for act in ACTS:
        own = [row for row in found if row[0] == act]
        said = [row for row in found if row[1] == act]
        hits = sum(row[1] == act for row in own)
        print(f"{act:9} found {hits}/{len(own)}, right of those called so {hits}/{len(said)}")
    if "-v" in arguments:
        for act, other, share, words in sorted(found):
            if act != other:
                print(f"{act:9} {other:9} {share:.2f} {words}")
    if "--write" in arguments:
        lines = [
            cue + "\t" + "\t".join(f"{value:.2f}" for value in weights)
            for cue, weights in sorted(learnt(rows).items())
            if abs(weights).max() >= SMALL
        ]
        WEIGHTS.write_text("\n".join(lines) + "\n")
        print(len(lines), "weights written")


if __name__ == "__main__":
    main(sys.argv[1:])
