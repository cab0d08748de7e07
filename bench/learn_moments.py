"""Learns what tells the moments of `said.txt` and `said_by_trade.txt` apart, and says how well on lines held out.

    python bench/learn_moments.py [--write]

Comments that were looked at in `evals/feedback` (every second one, and all of its folder `learning`) are learnt from
too, as lines of the moment in which their step is met. How a line feels is also learnt from lines without a moment, as
those of `said_in_passing.txt` are, and those of `said_with_a_twist.txt`, whose single words mislead. A line is the
places of its words (`assistant.english.meanings`) and the words themselves, weighted by rarity; a ridge regression
weighs them for each moment, and for how a line feels. Others weigh the places of lines as sentences
(`assistant.english.sentences`), for moments, feelings and harm; run this anew when those are, and then
`learn_topics.py`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from feedback import LEARNING, OWN, labelled, macro_f1, process_of

from assistant.english.sentences import sentence_places
from assistant.feedback.corpus import evidence, read_evidence
from assistant.feedback.learnt import FEELINGS, SENTENCE, WEIGHTS, Learnt, Meant, with_one, word_key
from assistant.feedback.links import Linker
from assistant.feedback.moments import moment_names
from assistant.feedback.sentiment import judged
from assistant.feedback.texts import Texts
from assistant.feedback.words import TOKEN

SAID = [Path(__file__).parent / name for name in ("said.txt", "said_by_trade.txt")]
PASSING = Path(__file__).parent / "said_in_passing.txt"
TWISTED = Path(__file__).parent / "said_with_a_twist.txt"
LEAST = 2
TIGHT, TIGHT_SENTENCES = 2.0, 0.5
"""How strongly weights are held near nothing."""
SEVERE_COUNT = 6.0
"""How much more a line counts that tells of harm or the law."""
FOLDS = 5
MARKS = {"+": ("positive", 0), "0": ("neutral", 0), "2": ("negative", 2), "3": ("negative", 3)}
SURE = 0.4
"""A step is met in a moment when its words say so at least this surely (`links.MOMENT` is what is certain)."""


class Said(NamedTuple):
    """A line written to learn from, its moment (empty: none is known), how it feels and how badly it hurts (0 to 3)."""

    text: str
    moment: str
    feeling: str
    severity: int
    trade: str = ""
    """The file of a comment that was looked at."""


def said() -> list[Said]:
    """The lines of the files."""
    found: list[Said] = []
    moment = ""
    lines = [
        line.strip() for file in (*SAID, PASSING, TWISTED) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    for line in filter(None, lines):
        if line.startswith("=="):
            moment = line[2:].partition("|")[0].strip()
            moment = moment if moment in moment_names() else ""
        elif not line.startswith("#"):
            (feeling, hurt), text = marked(line)
            found.append(Said(text, moment, feeling, hurt))
    return found


def marked(line: str) -> tuple[tuple[str, int], str]:
    """How a line feels and how badly it hurts, and its text without the mark that says so."""
    mark, _, rest = line.partition(" ")
    return (MARKS[mark], rest) if mark in MARKS else (("negative", 1), line)


def looked_at() -> list[Said]:
    """Every second comment of `evals/feedback` and all of its `learning`, with their moment where their step is met in
    one for sure."""
    found: list[Said] = []
    ours = [(file, 2) for file in sorted(OWN.glob("*.txt"))]
    for file, every in ours + [(file, 1) for file in sorted(LEARNING.glob("*.txt"))]:
        linker = Linker(process_of(file.stem, file.parent))
        names = list(moment_names())
        for row in labelled(file.read_text(encoding="utf-8"))[::every]:
            met = [linker.met[:, linker.order.index(id_)] for id_ in row.step.split("/") if id_ in linker.order]
            sure = bool(met) and max(column.max() for column in met) >= SURE
            moment = names[int(np.argmax(np.max(met, axis=0)))] if sure else ""
            found.append(Said(row.comment.raw, moment, row.sentiment, row.severity, file.stem))
    return found


def _words(text: str) -> list[str]:
    return TOKEN.findall(text.lower().replace("’", "'"))


def _table(rows: list[Said]) -> tuple[Learnt, Any]:
    """The words that count and the moments, without weights; and the features of each line."""
    seen = Counter(key for row in rows for key in {word_key(word) for word in _words(row.text)} - {""})
    keys = sorted(key for key, count in seen.items() if count >= LEAST)
    rarity = np.array([np.log(len(rows) / seen[key]) + 1 for key in keys], dtype=np.float32)
    moments = sorted({row.moment for row in rows if row.moment})
    nothing = np.zeros((0, 0))
    learnt = Learnt(keys, rarity, moments, nothing, nothing, nothing, nothing)
    return learnt, Meant(_texts(rows), by=learnt).features(np.arange(len(rows)))


def learn(rows: list[Said]) -> Learnt:
    """The weights of each moment and feeling over the places of words and the words, and over sentences."""
    learnt, table = _table(rows)
    told = [at for at, row in enumerate(rows) if row.moment]
    wanted = np.eye(len(learnt.moments))[[list(learnt.moments).index(rows[at].moment) for at in told]]
    even = np.ones(len(told))
    return learnt._replace(
        weights=_ridge(table[told], wanted, even, TIGHT),
        feelings=_feelings(table, rows),
        sentences=_ridge(with_one(_sentences(tuple(rows[at].text for at in told))), wanted, even, TIGHT_SENTENCES),
        read=_read(_read_table(table, rows), rows),
    )


def _feelings(table: Any, rows: list[Said]) -> Any:
    """What tells how a line feels. There are more unhappy lines than others, so that each counts less the more of its
    kind there are, by the square root."""
    said = evidence([judged(row.text) for row in rows], [row.text for row in rows])
    return _ridge(np.hstack([table, said]), *_felt(rows), TIGHT)


def _felt(rows: list[Said]) -> tuple[Any, Any]:
    """How lines feel, a column each, and how much each line counts."""
    feels = np.array([FEELINGS.index(row.feeling) for row in rows])
    rare = np.bincount(feels)[feels] ** -0.5
    return np.eye(3)[feels], rare / rare.mean()


def _read_table(table: Any, rows: list[Said]) -> Any:
    """Words, what words that judge and signs say, and the place of the sentence."""
    texts = [row.text for row in rows]
    said = read_evidence([judged(text) for text in texts], texts)
    return np.hstack([table, said, SENTENCE * _sentences(tuple(texts))])


def _read(table: Any, rows: list[Said]) -> Any:
    """What tells how a line that is read feels, and that it is severe: at least 2, and 3, which few are."""
    hurts = np.array([[row.severity >= 2, row.severity >= 3] for row in rows], dtype=float)
    counts = np.where(hurts[:, 1] > 0, SEVERE_COUNT, 1.0)
    return np.hstack([_ridge(table, *_felt(rows), TIGHT), _ridge(table, hurts, counts, TIGHT)])


@cache
def _sentences(texts: tuple[str, ...]) -> Any:
    return sentence_places(texts)


def _ridge(table: Any, wanted: Any, counts: Any, tight: float) -> Any:
    weighed = (table * counts[:, None]).T
    return np.linalg.solve(weighed @ table + tight * np.eye(table.shape[1]), weighed @ wanted).astype(np.float32)


def _texts(rows: list[Said]) -> Texts:
    texts = Texts()
    for row in rows:
        texts.append(_words(row.text))
    return texts


def held_out(rows: list[Said]) -> tuple[float, float]:
    """The share of lines whose moment comes first, and among the first three, with weights that saw neither."""
    rows = [row for row in rows if row.moment]
    fold = np.random.default_rng(0).integers(0, FOLDS, len(rows))
    first = three = 0
    for number in range(FOLDS):
        learnt = learn([row for row, at in zip(rows, fold, strict=True) if at != number])
        rest = [row for row, at in zip(rows, fold, strict=True) if at == number]
        ranks: Any = np.argsort(-Meant(_texts(rest), by=learnt).moments(np.arange(len(rest))), axis=1)
        for row, rank in zip(rest, ranks, strict=True):
            names = [learnt.moments[at] for at in rank[:3]]
            first += names[0] == row.moment
            three += row.moment in names
    return first / len(rows), three / len(rows)


def felt_held_out(rows: list[Said]) -> None:
    """Prints how well feelings and harm of comments are told that are read, whole trades left out."""
    table = _read_table(_table(rows)[1], rows)
    trades = sorted({row.trade for row in rows} - {""})
    fold = {trade: at % FOLDS for at, trade in enumerate(trades)}
    folds = np.array([fold.get(row.trade, -1) for row in rows])
    pairs, severe = [], []
    for number in range(FOLDS):
        weights = _read(table[folds != number], [row for row, at in zip(rows, folds, strict=True) if at != number])
        told = table[folds == number] @ weights
        rest = [row for row, at in zip(rows, folds, strict=True) if at == number]
        pairs += [(row.feeling, FEELINGS[at]) for row, at in zip(rest, told[:, :3].argmax(axis=1), strict=True)]
        severe += [(row.severity, *hurts) for row, hurts in zip(rest, told[:, 3:].tolist(), strict=True)]
    print(f"{len(pairs)} comments, trades left out: macro-F1 of feelings {macro_f1(pairs):.3f}")
    for at, least in ((1, 2), (2, 3)):
        for sure in (0.4, 0.5, 0.6):
            said = [row[0] >= least for row in severe if row[at] >= sure]
            all_ = sum(row[0] >= least for row in severe)
            print(f"  severity at least {least}, {sure} sure: {sum(said)} right of {len(said)}, of {all_} there are")


def main() -> None:
    """Prints how well it does; with --write also writes the weights of all lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    rows = said() + looked_at()
    if parser.parse_args().write:
        learn(rows).write()
        print(f"{WEIGHTS}: {len(rows)} lines")
        return
    felt_held_out(rows)
    first, three = held_out(rows)
    print(f"{len(rows)} lines, {len({row.moment for row in rows})} moments: first {first:.3f}, among three {three:.3f}")


if __name__ == "__main__":
    main()
