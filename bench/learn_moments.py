"""Learns what tells the moments of `said.txt` apart, and says how well it does on lines held out.

    python bench/learn_moments.py [--write]

A line is the places of its words (`assistant.english.meanings`) and the words themselves, weighted by rarity; a ridge
regression weighs them for each moment.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.feedback.learnt import WEIGHTS, Learnt, Meant, word_key
from assistant.feedback.texts import Texts
from assistant.feedback.words import TOKEN

SAID = Path(__file__).parent / "said.txt"
LEAST = 2
TIGHT = 2.0
"""How strongly weights are held near nothing."""
FOLDS = 5


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
            found.append(Said(TOKEN.findall(text.lower().replace("’", "'")), moment, feeling, hurt))
    return found


def learn(rows: list[Said]) -> Learnt:
    """The weights of each moment over the places of words and the words."""
    seen = Counter(key for row in rows for key in {word_key(word) for word in row.words} - {""})
    keys = sorted(key for key, count in seen.items() if count >= LEAST)
    rarity = np.array([np.log(len(rows) / seen[key]) + 1 for key in keys], dtype=np.float32)
    moments = sorted({row.moment for row in rows})
    learnt = Learnt(keys, rarity, moments, np.zeros((0, len(moments)), dtype=np.float32))
    table = Meant(_texts(rows), learnt).features(np.arange(len(rows)))
    wanted = np.eye(len(moments))[[moments.index(row.moment) for row in rows]]
    weights = np.linalg.solve(table.T @ table + TIGHT * np.eye(table.shape[1]), table.T @ wanted)
    return learnt._replace(weights=weights.astype(np.float32))


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
    rows = said()
    if parser.parse_args().write:
        learn(rows).write()
        print(f"{WEIGHTS}: {len(rows)} lines")
        return
    first, three = held_out(rows)
    print(f"{len(rows)} lines, {len({row.moment for row in rows})} moments: first {first:.3f}, among three {three:.3f}")


if __name__ == "__main__":
    main()
