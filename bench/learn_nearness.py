"""Learns to bring what customers say near the step they speak of, and says how well on trades held out.

    python bench/learn_nearness.py [--write]

Learnt from the lines of `said_by_trade.txt` and `said_in_passing.txt` with the steps of their trade, the lines of
`said.txt` with the names of steps that stand for their moment, and every second comment of `evals/feedback` with the
steps of its process. Each comment is to lie nearer to its step than to the others of its process (softmax over them,
Adam, Kingma and Ba 2015). What is learnt from is kept too, to be compared with; and a ridge regression tells what
speaks of no step.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from feedback import EVALS, labelled, process_of
from learn_moments import PASSING, SAID, marked

from assistant.english.sentences import sentence_places
from assistant.english.tables import rows as table_rows
from assistant.feedback.learnt import with_one
from assistant.feedback.links import linked_steps
from assistant.feedback.nearness import WEIGHTS, Learnt, in_whole, nearness, turned
from assistant.feedback.vectors import one_thread, unit

ROUNDS, AT_ONCE, AMONG = 8, 24, 28
PACE, TIGHT, SHARP = 1e-4, 1e-5, 15.0
FEW_COUNT, TIGHT_NOWHERE = 0.33, 10.0
HELD_OUT = 4
"""Every so-manieth trade is held out."""


class Trade(NamedTuple):
    """The names of the steps of a process, and comments with the places of the steps they speak of."""

    name: str
    steps: list[str]
    comments: list[tuple[str, list[int]]]


def trades() -> list[Trade]:
    """The trades of `said_by_trade.txt` and `said_in_passing.txt`; a line that speaks of no step has none."""
    found: list[Trade] = []
    steps: list[int] = []
    for file in (SAID[1], PASSING):
        for line in filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines())):
            if line.startswith("##"):
                found.append(Trade(line[2:].strip(), [], []))
            elif line.startswith("=="):
                named = [name.strip() for name in line[2:].rpartition("|")[2].split(";") if name.strip()]
                found[-1].steps.extend(name for name in named if name not in found[-1].steps)
                steps = [found[-1].steps.index(name) for name in named]
            elif not line.startswith("#"):
                found[-1].comments.append((marked(line)[1], steps))
    return found


def looked_at() -> list[Trade]:
    """Every second comment of `evals/feedback`."""
    found = []
    for file in sorted((EVALS / "feedback").glob("*.txt")):
        steps = linked_steps(process_of(file.stem))
        ids = [step.id for step in steps]
        rows = labelled(file.read_text(encoding="utf-8"))[::2]
        told = [(row.comment.raw, [ids.index(id_) for id_ in row.step.split("/") if id_ in ids]) for row in rows]
        found.append(Trade(file.stem, [step.name.lower() for step in steps], told))
    return found


def moments(draw: random.Random) -> list[Trade]:
    """The lines of `said.txt`, some at a time, each time as of a process whose steps are a name drawn for each moment
    out of those it is met in."""
    cues = {moment: draw.choice(words.split()).replace("+", " ") for moment, words, _ in table_rows("moments") if words}
    steps, found, moment = list(cues), [], ""
    for line in filter(None, map(str.strip, SAID[0].read_text(encoding="utf-8").splitlines())):
        if line.startswith("=="):
            moment = line[2:].strip()
        elif not line.startswith("#") and moment in cues:
            found.append((marked(line)[1], [steps.index(moment)]))
    draw.shuffle(found)
    named = [cues[moment] for moment in steps]
    return [Trade("moments", named, found[start : start + AT_ONCE]) for start in range(0, len(found), AT_ONCE)]


@cache
def places(texts: tuple[str, ...]) -> Any:
    """The places of texts, read once."""
    return np.array([_place(text) for text in texts])


@cache
def _place(text: str) -> Any:
    return sentence_places([text])[0]


class Lesson(NamedTuple):
    """Comments and steps (their places), and which step each comment speaks of (1, else 0)."""

    comments: Any
    steps: Any
    wanted: Any


def lessons(given: Sequence[Trade], draw: random.Random) -> list[Lesson]:
    """Some comments of one trade at a time, in the order drawn, each with the steps of it."""
    found = []
    for trade in given:
        place = {text: at for at, text in enumerate(dict.fromkeys(text for text, _ in trade.comments))}
        said, named = places(tuple(place)), places(tuple(trade.steps))
        rows = draw.sample(trade.comments, len(trade.comments))
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            meant = list(dict.fromkeys(step for _, steps in some for step in steps))
            others = [step for step in range(len(trade.steps)) if step not in meant]
            kept = meant + draw.sample(others, min(len(others), max(0, AMONG - len(meant))))
            wanted = np.array([[float(step in steps) for step in kept] for _, steps in some])
            found.append(Lesson(said[[place[text] for text, _ in some]], named[kept], wanted))
    draw.shuffle(found)
    return found


def learn(given: Sequence[Trade]) -> Learnt:
    """What brings comments of these trades, and of the moments, near their steps."""
    some = [Trade(name, steps, [row for row in rows if row[1]]) for name, steps, rows in given]
    turns = _turns([trade for trade in some if len(trade.steps) > 3])
    names = list(dict.fromkeys(step for trade in some for step in trade.steps))
    lines = [(text, names.index(trade.steps[at])) for trade in some for text, steps in trade.comments for at in steps]
    return Learnt(
        *turns,
        lines=in_whole(turned(places(tuple(text for text, _ in lines)), turns[0])),
        named=in_whole(turned(places(tuple(names)), turns[1])),
        of_line=np.array([name for _, name in lines], dtype=np.uint16),
        nowhere=_nowhere(given),
    )


def _turns(given: Sequence[Trade]) -> list[Any]:
    """The turns of comments and of steps."""
    draw = random.Random(0)
    width = sentence_places(["a"]).shape[1]
    turns = [np.zeros((width, width)) for _ in range(2)]
    means, squares = ([np.zeros_like(turn) for turn in turns] for _ in range(2))
    times = 0
    for _ in range(ROUNDS):
        for lesson in lessons([*given, *moments(draw)], draw):
            times += 1
            for at, slope in enumerate(_slopes(lesson, turns)):
                means[at] = 0.9 * means[at] + 0.1 * slope
                squares[at] = 0.999 * squares[at] + 0.001 * slope**2
                size = np.sqrt(squares[at] / (1 - 0.999**times)) + 1e-8
                turns[at] -= PACE * means[at] / (1 - 0.9**times) / size
    return turns


def _nowhere(given: Sequence[Trade]) -> Any:
    """Weights that tell comments that speak of no step; those are few, and count a third of the others together."""
    rows = [(text, not steps) for trade in given for text, steps in trade.comments]
    table = with_one(places(tuple(text for text, _ in rows)))
    none = np.array([nowhere for _, nowhere in rows], dtype=float)
    counts = np.where(none > 0, FEW_COUNT * (1 - none).sum() / max(none.sum(), 1), 1.0)
    weighed = (table * counts[:, None]).T
    return np.linalg.solve(weighed @ table + TIGHT_NOWHERE * np.eye(table.shape[1]), weighed @ none)


def _slopes(lesson: Lesson, turns: Sequence[Any]) -> list[Any]:
    """In which direction each turn makes the lesson worse."""
    places = [lesson.comments, lesson.steps]
    raw = [place + place @ turn for place, turn in zip(places, turns, strict=True)]
    near = [unit(rows) for rows in raw]
    likely = _shares(SHARP * near[0] @ near[1].T)
    right = likely * lesson.wanted
    slope = SHARP * (likely - right / np.maximum(right.sum(axis=1, keepdims=True), 1e-12)) / len(likely)
    found = []
    for at, pulled in enumerate((slope @ near[1], slope.T @ near[0])):
        along = (pulled * near[at]).sum(axis=1, keepdims=True) * near[at]
        bent = (pulled - along) / np.linalg.norm(raw[at], axis=1, keepdims=True)
        found.append(places[at].T @ bent + 2 * TIGHT * turns[at])
    return found


def _shares(scores: Any) -> Any:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def found_first(given: Sequence[Trade], by: Learnt) -> float:
    """The share of comments that lie nearest to their step among those of their trade."""
    first = []
    for trade in given:
        rows = [row for row in trade.comments if row[1]]
        if len(trade.steps) > 3 and rows:
            near = nearness(places(tuple(text for text, _ in rows)), trade.steps, by)
            first += [int(row.argmax()) in steps for row, (_, steps) in zip(near, rows, strict=True)]
    return float(np.mean(first))


def main() -> None:
    """Prints how well it does on trades held out; with --write also writes what all of them taught."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    told, others = trades(), looked_at()
    with one_thread():
        if parser.parse_args().write:
            learn([*told, *others]).write()
            print(f"{WEIGHTS}: {sum(len(trade.comments) for trade in [*told, *others])} lines")
            return
        held = told[::HELD_OUT]
        by = learn([trade for trade in told if trade not in held] + others)
        nothing = np.zeros_like(by.comments)
        count = sum(len(trade.comments) for trade in held)
        ways = {
            "": by,
            "unturned": by._replace(comments=nothing, steps=nothing, lines=()),
            "without lines": by._replace(lines=()),
        }
        told_by_way = (f"{way} {found_first(held, some):.3f}".strip() for way, some in ways.items())
        print(f"{count} lines of {len(held)} trades: {', '.join(told_by_way)}")


if __name__ == "__main__":
    main()
