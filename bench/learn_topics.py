"""Learns which general topic a comment speaks of, and says how well on trades held out.

    python bench/learn_topics.py [--write]

Learnt from: the comments that were looked at in `evals/feedback` (every second one, and all of its folder `learning`),
whose headings have a general topic each in `general_topics.tsv` (single comments their own, as `number:topic`), and the
lines of `said_of_topics.txt`. Two multinomial logistic regressions with bounds on their weights: over words and
moments, and over the place of the sentence beside what these said. Held out are whole trades; the lines of
`said_of_topics.txt` are of many others. Run this anew when the weights of moments are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from feedback import LEARNING, OWN, labelled
from scipy.optimize import minimize

from assistant.feedback.corpus import gathered
from assistant.feedback.learnt import READ, with_one
from assistant.feedback.moments import moment_names, moment_rows
from assistant.feedback.shapes import Comment
from assistant.feedback.topics import MOMENTS, SENTENCE, WEIGHTS, WORDS_OF_READ, Learnt, topics

SAID = Path(__file__).parent / "said_of_topics.txt"
TIGHT = 2.0
"""How strongly weights are held near nothing."""
FOLDS = 5
SURE = (0.0, 0.2, 0.3, 0.4, 0.5, 0.7, 1.01)


class Table(NamedTuple):
    """What is learnt from, one row a comment: its trade (empty: a line written to learn from), its topic, its words and
    its moments, and its place as a sentence, each with a 1 at the end."""

    trades: Any
    wanted: Any
    words: Any
    sentences: Any

    def chosen(self, rows: Any) -> Table:
        """Only these rows."""
        return Table(*(part[rows] for part in self))


def written() -> Iterator[tuple[str, str, str]]:
    """The trade, topic and text of each comment or line."""
    headings: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
    for line in (LEARNING / "general_topics.tsv").read_text(encoding="utf-8").splitlines():
        trade, heading, topic, others = line.split("\t")
        headings[trade, heading] = topic, dict(other.split(":") for other in others.split())
    files = [(file, 2) for file in sorted(OWN.glob("*.txt"))] + [(file, 1) for file in sorted(LEARNING.glob("*.txt"))]
    for file, every in files:
        for row in labelled(file.read_text(encoding="utf-8"))[::every]:
            topic, others = headings[file.stem, row.topic]
            yield file.stem, others.get(row.comment.id, topic), row.comment.raw
    topic = ""
    for line in filter(None, map(str.strip, SAID.read_text(encoding="utf-8").splitlines())):
        if line.startswith("=="):
            topic = line[2:].strip()
        elif not line.startswith("#"):
            yield "", topic, line


def table() -> Table:
    """All of it, read."""
    number = {topic.id: at for at, topic in enumerate(topics())}
    rows = list(written())
    parts = []
    for start in range(0, len(rows), READ):
        corpus = gathered([Comment(str(at), text) for at, (_, _, text) in enumerate(rows[start : start + READ])])
        every = np.arange(len(corpus.words))
        sides = np.hstack([corpus.meant.features(every)[:, :-1], MOMENTS * moment_rows(corpus.meant, every)])
        of_text = {int(corpus.comments[first].id): at for at, first in enumerate(corpus.first)}
        kept = sorted(of_text)
        said = [rows[start + at] for at in kept]
        order = [of_text[at] for at in kept]
        read = SENTENCE * corpus.meant.sentences[order]
        parts.append(
            ([row[0] for row in said], [number[row[1]] for row in said], with_one(sides[order]), with_one(read))
        )
    return Table(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def learn(seen: Table) -> tuple[Any, Any]:
    """The weights over words and moments, and over sentences beside them."""
    words = fitted(seen.words, seen.wanted, np.zeros((len(seen.wanted), len(topics())), dtype=np.float32))
    return words, fitted(seen.sentences, seen.wanted, WORDS_OF_READ * seen.words @ words)


def fitted(rows: Any, wanted: Any, known: Any) -> Any:
    """The weights of a multinomial logistic regression beside what is known, held near nothing save those of the last
    column."""
    rows = rows.astype(np.float32)
    width, count = rows.shape[1], known.shape[1]
    right = np.eye(count, dtype=np.float32)[wanted]
    tight = np.full((width, 1), TIGHT, dtype=np.float32)
    tight[-1] = 0.0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(width, count).astype(np.float32)
        shares = shared(rows @ weights + known)
        cost = -float(np.log((shares * right).sum(axis=1) + 1e-9).sum()) + 0.5 * float((tight * weights**2).sum())
        return cost, (rows.T @ (shares - right) + tight * weights).ravel().astype(np.float64)

    best = minimize(loss, np.zeros(width * count), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    return best.reshape(width, count).astype(np.float32)


def shared(scores: Any) -> Any:
    """How likely each column is, row by row."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def held_out(whole: Table) -> None:
    """Prints how often the likeliest topic is right, by words alone and read, on trades that were not learnt from."""
    trades = sorted(set(whole.trades) - {""})
    fold = dict(zip(np.random.default_rng(0).permutation(trades), np.arange(len(trades)) % FOLDS, strict=True))
    folds = np.array([fold.get(trade, -1) for trade in whole.trades])
    told = {name: np.zeros((len(folds), len(topics()))) for name in ("words", "read")}
    for number in range(FOLDS):
        words, sentences = learn(whole.chosen(folds != number))
        rest = whole.chosen(folds == number)
        told["words"][folds == number] = shared(rest.words @ words)
        told["read"][folds == number] = shared(WORDS_OF_READ * rest.words @ words + rest.sentences @ sentences)
    some = folds >= 0
    for name, shares in told.items():
        order = np.argsort(-shares[some], axis=1)
        right = order[:, 0] == whole.wanted[some]
        three = (order[:, :3] == whole.wanted[some][:, None]).any(axis=1)
        print(f"{name}: {some.sum():,} comments: first {right.mean():.3f}, among three {three.mean():.3f}")
        sure = shares[some].max(axis=1)
        for low, high in pairwise(SURE):
            here = (sure >= low) & (sure < high)
            if here.any():
                print(f"  {sure[here].mean():.2f} sure: {here.sum():4} comments, right {right[here].mean():.2f}")


def main() -> None:
    """Prints how well it does; with --write also writes the weights of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    whole = table()
    if not parser.parse_args().write:
        held_out(whole)
        return
    words, sentences = learn(whole)
    moments = len(words) - 1 - len(moment_names())
    Learnt(np.vstack([words[:moments], words[-1:]]), words[moments:-1], sentences).write()
    print(f"{WEIGHTS}: {len(whole.wanted):,} comments and lines")


if __name__ == "__main__":
    main()
