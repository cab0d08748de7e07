"""Learns what tells the moments of `said.txt` apart, and says how well it does on lines held out.

    python bench/learn_moments.py [--write]

Comments that were looked at in `evals/feedback` (every second one) are learnt from too, as lines of the moment in
which their step is met. A line is the places of its words (`assistant.english.meanings`) and the words themselves,
weighted by rarity; a ridge regression weighs them for each moment, and for how a line feels.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from feedback import EVALS, labelled, process_of

from assistant.feedback.learnt import WEIGHTS, Learnt, Meant, word_key
from assistant.feedback.links import Linker
from assistant.feedback.moments import moment_names
from assistant.feedback.texts import Texts
from assistant.feedback.words import TOKEN

SAID = Path(__file__).parent / "said.txt"
LEAST = 2
TIGHT = 2.0
"""How strongly weights are held near nothing."""
FOLDS = 5
SURE = 0.4
"""A step is met in a moment when its words say so at least this surely (`links.MOMENT` is what is certain)."""


class Said(NamedTuple):
    """A line written to learn from: its words, its moment, how it feels and how badly it hurts (0 to 3)."""

    words: list[str]
    moment: str
    feeling: str
    severity: int


def said() -> list[Said]:
    """The lines of `said.txt`."""
    found: list[Said] = []
    moment = ""
    for line in filter(None, map(str.strip, SAID.read_text(encoding="utf-8").splitlines())):
        if line.startswith("=="):
            moment = line[2:].strip()
        elif not line.startswith("#"):
            mark, _, rest = line.partition(" ")
            feeling, hurt, text = {
                "+": ("positive", 0, rest), "0": ("neutral", 0, rest), "2": ("negative", 2, rest),
                "3": ("negative", 3, rest),
            }.get(mark, ("negative", 1, line))  # fmt: skip
            found.append(Said(_words(text), moment, feeling, hurt))
    return found


def looked_at() -> list[Said]:
    """Every second comment of `evals/feedback` whose step is met in a moment for sure."""
    found: list[Said] = []
    for file in sorted((EVALS / "feedback").glob("*.txt")):
        linker = Linker(process_of(file.stem))
        names = list(moment_names())
        for row in labelled(file.read_text(encoding="utf-8"))[::2]:
            met = [linker.met[:, linker.order.index(id_)] for id_ in row.step.split("/") if id_ in linker.order]
            if met and max(column.max() for column in met) >= SURE:
                moment = names[int(np.argmax(np.max(met, axis=0)))]
                found.append(Said(_words(row.comment.raw), moment, row.sentiment, row.severity))
    return found


def _words(text: str) -> list[str]:
    return TOKEN.findall(text.lower().replace("’", "'"))


def learn(rows: list[Said]) -> Learnt:
    """The weights of each moment over the places of words and the words."""
    seen = Counter(key for row in rows for key in {word_key(word) for word in row.words} - {""})
    keys = sorted(key for key, count in seen.items() if count >= LEAST)
    rarity = np.array([np.log(len(rows) / seen[key]) + 1 for key in keys], dtype=np.float32)
    moments = sorted({row.moment for row in rows})
    learnt = Learnt(keys, rarity, moments, np.zeros((0, 0)), np.zeros(0))
    table = Meant(_texts(rows), learnt).features(np.arange(len(rows)))
    wanted = np.eye(len(moments))[[moments.index(row.moment) for row in rows]]
    return learnt._replace(weights=_ridge(table, wanted, np.ones(len(rows))), feeling=_feeling(table, rows))


def _feeling(table: Any, rows: list[Said]) -> Any:
    """What tells how a line feels: what speaks for happy less what speaks for unhappy. There are more unhappy lines
    than others, so that each counts the less the more of its kind there are."""
    names = ("negative", "neutral", "positive")
    feels = np.array([names.index(row.feeling) for row in rows])
    rare = 1 / np.bincount(feels)[feels]
    weights = _ridge(table, np.eye(3)[feels], rare / rare.mean())
    return weights[:, 2] - weights[:, 0]


def _ridge(table: Any, wanted: Any, counts: Any) -> Any:
    weighed = (table * counts[:, None]).T
    return np.linalg.solve(weighed @ table + TIGHT * np.eye(table.shape[1]), weighed @ wanted).astype(np.float32)


def _texts(rows: list[Said]) -> Texts:
    texts = Texts()
    for row in rows:
        texts.append(row.words)
    return texts


def held_out(rows: list[Said]) -> tuple[float, float]:
    """The share of lines whose moment comes first, and among the first three, with weights that saw neither."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(rows))
    first = three = 0
    for number in range(FOLDS):
        learnt = learn([row for row, at in zip(rows, fold, strict=True) if at != number])
        rest = [row for row, at in zip(rows, fold, strict=True) if at == number]
        ranks: Any = np.argsort(-Meant(_texts(rest), learnt).moments(np.arange(len(rest))), axis=1)
        for row, rank in zip(rest, ranks, strict=True):
            names = [learnt.moments[at] for at in rank[:3]]
            first += names[0] == row.moment
            three += row.moment in names
    return first / len(rows), three / len(rows)


def main() -> None:
    """Prints how well it does; with --write also writes the weights of all lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    rows = said() + looked_at()
    if parser.parse_args().write:
        learn(rows).write()
        print(f"{WEIGHTS}: {len(rows)} lines")
        return
    first, three = held_out(rows)
    print(f"{len(rows)} lines, {len({row.moment for row in rows})} moments: first {first:.3f}, among three {three:.3f}")


if __name__ == "__main__":
    main()
