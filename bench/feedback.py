"""How fast and how well comments become themes, against plain TF-IDF + SVD + k-means in the same run.

python bench/feedback.py [--sizes 10000 100000] [--labelled FILE.csv] [--seeds N] [--own [FOLDER]]

Without a file the comments are made: sentences of a shop's customers with a few words of their own, half of a
million unlike. `--labelled` (columns id, comment, label) prints NMI of both methods; `--seeds` plants 100 comments
about burning chargers in 100,000 and counts how often they come first by severity as a theme of their own.
Processor seconds are of this process and its helper. The test of quality with labels of our own is evals/feedback;
`--own FOLDER` scores other labelled comments in that form, each NAME.txt with its process NAME.json beside it;
`--assigned DIR` scores what was made of them by `assistant feedback --assignments DIR/NAME.csv`, with a language model
say, from comments whose ids are their places in NAME.txt, counted from 0. `--bare DIR` writes these comments without
their labels, in another order (NAME.csv), and the processes (NAME.json).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import resource
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.feedback.corpus import SMALL, corpus_of
from assistant.feedback.learnt import Meant
from assistant.feedback.links import Linker
from assistant.feedback.shapes import Assigned, Comment
from assistant.feedback.summary import summarise
from assistant.feedback.vectors import one_thread, stems, unit
from assistant.process.codec import dumps, from_data
from assistant.process.model import Process

EVALS = Path(__file__).parent.parent / "evals"
OWN = EVALS / "feedback"
LEARNING = OWN / "learning"

WHO = "I|We|My mother|A friend|Our office|My neighbour|The whole team|My husband".split("|")
WHAT = (
    "waited for the parcel|got a wrong invoice|could not log in|was left on hold|paid the fee twice|got no answer|"
    "returned the shoes|missed the appointment|lost the voucher|filled in the form|changed the address|ordered a lamp|"
    "asked for a refund|cancelled the order|met a rude driver|liked the advice|found the shop closed|had to call back|"
    "could not upload the papers|needed a new password|got the wrong size|was charged for delivery"
).split("|")
TAIL = (
    "again|for weeks|since Monday|without any reason|and nobody told me|which is a pity|before the holiday|by mistake"
).split("|")
BURNT = "The charger caught fire|The charger started smoking and burned my hand|Your charger exploded at night".split(
    "|"
)


def made(count: int, unlike: float, planted: int, seed: int) -> list[Comment]:
    """So many comments of which a share is unlike any other."""
    draw = random.Random(seed)
    words = ["".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(3)) for _ in range(4000)]
    texts = [
        f"{draw.choice(WHO)} {draw.choice(WHAT)} {draw.choice(TAIL)} {draw.choice(words)} {draw.choice(words)}"
        for _ in range(int(count * unlike))
    ]
    texts += [draw.choice(texts) for _ in range(count - len(texts))]
    rows = [Comment(f"c{n}", text) for n, text in enumerate(texts)]
    rows[:planted] = [Comment(f"p{n}", f"{draw.choice(BURNT)} {draw.choice(words)}") for n in range(planted)]
    draw.shuffle(rows)
    return rows


def plain(texts: Sequence[str], count: int) -> Any:
    """The usual way: TF-IDF of words, a truncated SVD to 100 axes, k-means with a number of groups given."""
    from scipy.cluster.vq import kmeans2
    from scipy.sparse import csr_matrix, diags_array
    from scipy.sparse.linalg import svds

    documents = [stems(text) for text in texts]
    seen = Counter(word for document in documents for word in set(document))
    place = {word: n for n, word in enumerate(word for word, times in seen.items() if times > 1)}
    cells = [(row, place[word]) for row, document in enumerate(documents) for word in document if word in place]
    rows, columns = zip(*cells, strict=True)
    table = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(texts), len(place)))
    rarity = np.array([math.log(len(texts) / seen[word]) + 1 for word in place])
    left, values, _ = svds(table @ diags_array(rarity), k=min(100, len(place) - 1), random_state=0)
    return kmeans2(unit(left * values), count, minit="++", seed=0)[1]


def nmi(one: Sequence[Any], other: Sequence[Any]) -> float:
    """Normalised mutual information of two labellings, 0 to 1 (arithmetic mean of the entropies)."""
    n = len(one)
    left, right, both = Counter(one), Counter(other), Counter(zip(one, other, strict=True))
    shared = sum(k / n * math.log(k * n / (left[a] * right[b])) for (a, b), k in both.items())
    entropies = sum(-sum(k / n * math.log(k / n) for k in side.values()) for side in (left, right))
    return 2 * shared / entropies if entropies else 1.0


def cpu() -> float:
    """Processor seconds of this process and of helpers that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def speed(sizes: Sequence[int]) -> None:
    """Seconds for each size, and for the plain way where it can be borne."""
    for size in sizes:
        comments = made(size, 0.5 if size >= 1_000_000 else 0.8, 0, 1)
        started, used = time.perf_counter(), cpu()
        found = summarise(comments)
        took, spent = time.perf_counter() - started, cpu() - used
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        line = f"{size:>9,}: {took:6.1f} s ({spent:.1f} CPU s, {1e6 * spent / size:.0f} µs each, {memory:.2f} GB)"
        if size <= 20_000:
            started = time.perf_counter()
            with one_thread():
                plain([comment.raw for comment in comments], max(2, len(found.themes)))
            line += f"; TF-IDF + SVD + k-means {time.perf_counter() - started:.1f} s"
        print(f"{line}; {len(found.themes)} themes")


def quality(file: str) -> None:
    """NMI on labelled comments, number of themes unknown to ours and given to the plain way."""
    with open(file, newline="", encoding="utf-8") as rows:
        labelled = list(csv.DictReader(rows))
    comments = [Comment(row["id"], row["comment"]) for row in labelled]
    found = summarise(comments)
    theme = {row.id: row.theme for row in found.assigned}
    labels = [row["label"] for row in labelled]
    ours = nmi(labels, [theme.get(row["id"], row["id"]) for row in labelled])
    with one_thread():
        usual = nmi(labels, plain([row["comment"] for row in labelled], len(set(labels))).tolist())
    print(f"{file}: {len(found.themes)} themes for {len(set(labels))} labels, NMI {ours:.3f}; plain way {usual:.3f}")


class Labelled(NamedTuple):
    """A comment written for measuring, with what should be found of it."""

    comment: Comment
    step: str
    topic: str
    sentiment: str
    severity: int


def labelled(text: str) -> list[Labelled]:
    """The comments of a file in evals/feedback."""
    rows: list[Labelled] = []
    step, topic, usual = "", "", ("neutral", "0")
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("=="):
            step, topic, held = (cell.strip() for cell in line[2:].split("|"))
            usual = tuple(held.split())
            continue
        words, _, own_label = line.partition(" #")
        feeling, hurt = own_label.split() if own_label else usual
        rows.append(Labelled(Comment(str(len(rows)), words.strip()), step, topic, feeling, int(hurt)))
    return rows


def process_of(name: str, beside: Path = OWN) -> Process:
    """The process that a file of labelled comments speaks of: beside it, one of the stories, or one of the library."""
    for folder in (beside, EVALS / "stories"):
        told = folder / f"{name}.json"
        if told.exists():
            return from_data(json.loads(told.read_text()))
    from assistant.cli.common import app
    from assistant.library.template import template

    return template(app(None).library.get(name))


def made_of(rows: Sequence[Labelled], process: Process) -> tuple[dict[str, Assigned], int]:
    """What each of these comments is given, by its id, and how many of them are unlike."""
    given = summarise([row.comment for row in rows], process)
    return {row.id: row for row in given.assigned}, given.unique


def read_assigned(file: Path) -> dict[str, Assigned]:
    """What each comment was given in a run that wrote its assignments."""
    with file.open(newline="", encoding="utf-8") as rows:
        return {
            row["id"]: Assigned(row["id"], row["theme"], row["sentiment"], int(row["severity"]), row["step"])
            for row in csv.DictReader(rows)
        }


def bare(folder: Path, into: Path) -> None:
    """The comments of labelled files without their labels, in another order, and their processes."""
    into.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder.glob("*.txt")):
        rows = [row.comment for row in labelled(file.read_text(encoding="utf-8"))]
        random.Random(7).shuffle(rows)
        with (into / f"{file.stem}.csv").open("w", newline="", encoding="utf-8") as table:
            cells = csv.writer(table)
            cells.writerow(("id", "comment"))
            cells.writerows((row.id, row.raw) for row in rows)
        (into / f"{file.stem}.json").write_text(dumps(process_of(file.stem, folder)), encoding="utf-8")


def own(folder: Path = OWN, assigned: Path | None = None) -> None:
    """Labelled comments: topics, steps, sentiment and severity. Of our own every second one was looked at. In small
    sets what stands alone is in no theme, and counts as missed; `feedback_small.py` says what can be seen of them."""
    totals: dict[str, list[tuple[bool, bool]]] = {}
    for file in sorted(folder.glob("*.txt")):
        if assigned and not (assigned / f"{file.stem}.csv").exists():
            continue
        rows = labelled(file.read_text(encoding="utf-8"))
        if assigned:
            made, unlike = read_assigned(assigned / f"{file.stem}.csv"), len(rows)
        else:
            made, unlike = made_of(rows, process_of(file.stem, folder))
        topics: dict[str, Counter[str]] = {}
        for row in rows:
            topics.setdefault(made[row.comment.id].theme, Counter())[row.topic] += 1
        main = {theme: counts.most_common(1)[0][0] for theme, counts in topics.items() if theme != "other"}
        print(f"{file.stem}: {len(main)} themes for {len({row.topic for row in rows})} topics")
        halves = {"looked at": rows[::2], "untouched": rows[1::2]} if folder == OWN else {"all": rows}
        for part, some in halves.items():
            theirs = [main.get(made[row.comment.id].theme) == row.topic for row in some]
            tied = [made[row.comment.id].step in row.step.split("/") for row in some]
            size = f", files of {'at most' if unlike <= SMALL else 'more than'} {SMALL} comments"
            totals.setdefault(f"{part}{size}", []).extend(zip(theirs, tied, strict=True))
            totals.setdefault(part, []).extend(zip(theirs, tied, strict=True))
            print(f"  {part}: main topic {sum(theirs) / len(some):.2f}, {in_figures(some, made)}")
    for part, hits in totals.items():
        topic, step = (sum(hit) / len(hits) for hit in zip(*hits, strict=True))
        print(f"{part}, {len(hits)} of them: main topic {topic:.3f}, step {step:.3f}")


def unread(folder: Path) -> None:
    """How many labelled comments are tied to their step as they would be among too many to be read as sentences."""
    hits: list[bool] = []
    tied: list[bool] = []
    for file in sorted(folder.glob("*.txt")):
        rows = labelled(file.read_text(encoding="utf-8"))
        corpus = corpus_of([row.comment for row in rows])
        links = Linker(process_of(file.stem, folder)).ties(Meant(corpus.words)).links
        untouched = slice(1 if folder == OWN else 0, None, 2 if folder == OWN else 1)
        for row, owner in list(zip(rows, corpus.owner, strict=True))[untouched]:
            hits.append(links[owner].step in row.step.split("/"))
            tied += [hits[-1]] * bool(links[owner].step)
    print(f"unread, {len(hits)} comments: step {np.mean(hits):.3f}, of the {len(tied)} tied {np.mean(tied):.3f}")


def in_figures(rows: Sequence[Labelled], made: Mapping[str, Assigned]) -> str:
    """How well steps, sentiment and severity were told; a comment about one of several steps names them with /."""
    steps = [(row.step.split("/"), made[row.comment.id].step) for row in rows]
    right = [step in wanted for wanted, step in steps]
    tied = [step in wanted for wanted, step in steps if step]
    near = [abs(made[row.comment.id].severity - row.severity) <= 1 for row in rows]
    pairs = [(row.sentiment, made[row.comment.id].sentiment) for row in rows]
    return (
        f"step {sum(right) / len(rows):.2f} (of the {len(tied)} tied {sum(tied) / max(len(tied), 1):.2f}), "
        f"sentiment F1 {macro_f1(pairs):.2f}, severity within one {sum(near) / len(rows):.2f}"
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 of the three sentiments; pairs of what should be and what was said."""
    values = []
    for name in ("negative", "neutral", "positive"):
        both = sum(want == got == name for want, got in pairs)
        total = sum(want == name for want, _ in pairs) + sum(got == name for _, got in pairs)
        values.append(2 * both / total if total else 1.0)
    return sum(values) / 3


def severe(seeds: int) -> None:
    """How often 100 planted comments in 100,000 come first by severity as a theme of their own."""
    first = 0
    for seed in range(seeds):
        found = summarise(made(100_000, 0.3, 100, seed))
        top = max(found.themes, key=lambda theme: (theme.severity, theme.count))
        planted = sum(id_.startswith("p") for id_ in top.members)
        first += planted >= 90 and planted >= 0.9 * len(top.members)
    print(f"planted severe problem first and alone: {first} of {seeds}")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--labelled")
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument(
        "--own", type=Path, nargs="?", const=OWN, help="only labelled comments, of evals/feedback or of FOLDER"
    )
    parser.add_argument("--assigned", type=Path, help="with --own: a folder of what was made of them")
    parser.add_argument("--bare", type=Path, help="with --own: write the comments without labels to this folder")
    parser.add_argument("--unread", action="store_true", help="with --own: how steps are tied where all is not read")
    given = parser.parse_args()
    if given.bare:
        bare(given.own or OWN, given.bare)
        return
    if given.unread:
        unread(given.own or OWN)
        return
    own(given.own or OWN, given.assigned)
    if given.own or given.assigned:
        return
    speed(given.sizes)
    if given.labelled:
        quality(given.labelled)
    if given.seeds:
        severe(given.seeds)


if __name__ == "__main__":
    main()
