"""Learns how much each count of a way to understand a turn weighs, and says how well that does on stories held out.

    python bench/learn_ways.py [--write]     # with --write the weights of all turns, without the stories held out

A way is right where the process after it holds what a case of `evals/talk_cases` (`dev.jsonl` and `learning`) expects,
with no more edits than that takes. Where nothing may change, or no way is right, nothing is right (the latter counts
little: there the ways fall short, not the words). Beside the cases, turns are made from forms over the same stories
(`made_turns.py`). No turn is judged by weights that saw a turn of the same story.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from made_turns import forms, made
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.chat.weighing import spoken_now
from assistant.errors import EditRefused
from assistant.evals.state import failed
from assistant.language.weighed.possible_edits import Way
from assistant.language.weighed.weights import NOTHING, counted, ways
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.apply import apply
from assistant.process.model import Process

ROOT = Path(__file__).parent.parent
CASES = (ROOT / "evals/talk_cases/dev.jsonl", ROOT / "evals/talk_cases/learning/turns.jsonl")
WEIGHTS = ROOT / "assistant/english/data/way_weights.tsv"
TELLS = frozenset("telling correction answer figure request".split())
OF_A_REPLY = frozenset("kind changed reply reply_not".split())
FOLDS, LEAST, TIGHT, SMALL = 5, 3, 1.0, 0.05
MISSED, MADE = 0.2, 0.2
"""How much a turn counts for which no way is right, and one that was made from a form."""
EACH = 40
"""Of how many forms each story is given one."""


class Turned(NamedTuple):
    """A turn: what is counted of each way, which are right, its story, what it counts, and whether it asks for any."""

    counts: list[dict[str, float]]
    right: np.ndarray
    story: str
    weight: float
    wanted: bool


def turns() -> list[Turned]:
    """Every turn of the cases whose ways can be judged."""
    app = App.build({"ASSISTANT_HOME": tempfile.mkdtemp()})
    found, talks = [], dict[tuple[str, ...], Talk]()  # a turn changes nothing here: what stands before is read once
    for line in (line for path in CASES for line in path.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        before = tuple(case["before"])
        talk = talks.get(before) or talks.setdefault(before, told(app, before))
        if not talk.session.empty and (turned := judged(case, spoken_now(talk, case["say"]))):
            found.append(turned)
    stories = {before[0]: talk for before, talk in talks.items() if len(before) == 1 and not talk.session.empty}
    return found + [
        turned for place, story in enumerate(stories) for turned in from_forms(place, story, stories[story])
    ]


def told(app: App, before: tuple[str, ...]) -> Talk:
    """A conversation in which some turns were said."""
    talk = Talk(app.passing(), lambda *_: [])
    for said in before:
        talk.turn(said)
    return talk


def from_forms(place: int, story: str, talk: Talk) -> Iterator[Turned]:
    """The turns made for one story, each form in one story of some."""
    own = [form for number, form in enumerate(forms()) if number % EACH == place % EACH]
    for made_ in made(talk.session.process, own, story):
        group = "talk" if made_.kind == "nothing" else "telling"
        case = {"group": group, "before": [story], "say": made_.words, "expect": made_.expect}
        if turned := judged(case, spoken_now(talk, made_.words)):
            yield turned._replace(weight=turned.weight * MADE)


def judged(case: dict[str, Any], spoken: Spoken) -> Turned | None:
    """A turn with its ways judged; None where what holds after it holds before it."""
    expect = {name: value for name, value in case["expect"].items() if name not in OF_A_REPLY}
    process, still = spoken.catalogue.process, case["expect"].get("changed") is False
    wanted = case["group"] in TELLS and not still and bool(failed(expect, process))
    if not wanted and case["group"] in TELLS and not still:
        return None
    found = [(way, after) for way in ways(spoken) if (after := applied(process, way)) is not None]
    fits = [wanted and after != process and not failed(expect, after) for _, after in found]
    fewest = min((len(way.edits) for (way, _), fit in zip(found, fits, strict=True) if fit), default=0)
    right = [fit and len(way.edits) == fewest for (way, _), fit in zip(found, fits, strict=True)]
    weight = 1.0 if any(right) or not wanted else MISSED
    story = case["before"][0] if case["before"] else case["say"]
    counts = counted(spoken, [NOTHING, *(way for way, _ in found)])
    return Turned(counts, np.array([not any(right), *right]), story, weight, wanted)


def applied(process: Process, way: Way) -> Process | None:
    """The process after a way; None where it does not allow it."""
    try:
        return apply(process, way.edits)
    except EditRefused:
        return None


def learnt(found: list[Turned]) -> dict[str, float]:
    """The weights that make the ways that are right the likeliest."""
    often = Counter(name for turn in found for counts in turn.counts for name in counts)
    kept = {name: place for place, name in enumerate(sorted(name for name, n in often.items() if n >= LEAST))}
    cells = [
        (row, kept[name], value)
        for row, counts in enumerate(counts for turn in found for counts in turn.counts)
        for name, value in counts.items() if name in kept
    ]  # fmt: skip
    sizes = [len(turn.counts) for turn in found]
    starts, of = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(found)), sizes)
    shown = csr_matrix(
        ([value for *_, value in cells], ([row for row, *_ in cells], [at for _, at, _ in cells])),
        shape=(sum(sizes), len(kept)),
    )
    right, weight = np.concatenate([turn.right for turn in found]), np.array([turn.weight for turn in found])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = shown @ weights
        powers = np.exp(sums - np.maximum.reduceat(sums, starts)[of])
        every, good = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts)
        slope = shown.T @ ((powers / every[of] - powers * right / good[of]) * weight[of]) + TIGHT * weights
        return float((weight * np.log(every / good)).sum() + TIGHT / 2 * (weights**2).sum()), slope

    made = minimize(loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": 250}).x
    return dict(zip(kept, made, strict=True))


def likeliest(weights: dict[str, float], turn: Turned) -> tuple[int, float]:
    """Which way is likeliest (0: nothing), and how likely it is."""
    sums = np.array([sum(weights.get(name, 0.0) * value for name, value in counts.items()) for counts in turn.counts])
    powers = np.exp(sums - sums.max())
    return int(powers.argmax()), float(powers.max() / powers.sum())


def main(arguments: list[str]) -> None:
    """Prints the figures of the stories held out, or with `--write` writes the weights of all."""
    found = turns()
    if "--write" in arguments:
        rows = [f"{name}\t{value:.2f}" for name, value in sorted(learnt(found).items()) if abs(value) >= SMALL]
        WEIGHTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(len(rows), "weights written")
    else:
        held_out(found)


def held_out(found: list[Turned]) -> None:
    """Prints how well weights do that saw no turn of the same story."""
    fold = {story: place % FOLDS for place, story in enumerate(sorted({turn.story for turn in found}))}
    seen = []
    for part in range(FOLDS):
        weights = learnt([turn for turn in found if fold[turn.story] != part])
        seen += [(turn, *likeliest(weights, turn)) for turn in found if fold[turn.story] == part]
    wanted = sum(turn.wanted for turn in found)
    print(f"{wanted} turns want a change, for {sum(turn.right[1:].any() for turn in found)} of them a way is right")
    for least in (0.0, 0.5, 0.75):
        written = [(turn, way) for turn, way, share in seen if way and share >= least]
        good = sum(bool(turn.right[way]) for turn, way in written)
        idle = sum(not turn.wanted for turn, _ in written)
        print(f"from {least:.2f} on: written {len(written)}, right {good}, where nothing was wanted {idle}")


if __name__ == "__main__":
    main(sys.argv[1:])
