"""Learns which actions of a told story are steps of the work, and says how well that does on stories held out.

    python bench/learn_steps.py [--write] [FOLDER ...]

Stories with the names of their steps: `evals/told`, `told_pains`, `told_learning`, `parallel` and `stories`, and more
FOLDERs that hold NAME.txt with NAME.json ("tasks", a list of names) or NAME.bpmn; a FOLDER=3 counts three times as
much. An action is a step where its name is that of a step, one to one, by the words they share. Where words are half
alike and the weights say the opposite, the names may be at fault: such an action is not learnt from. Where NAME.json
also says which sentence tells each step ("sentences": "task" and "said"), the place counts before the name: an action
is a step where its sentence is that of one, however badly it is named, and what is told once more elsewhere is not
learnt from, unless the story calls that sentence an aside ("asides"). No story is judged by weights that saw it, and
none of those that HELD.txt of their folder names is learnt from. Texts that only describe are learnt from too, so that
the weights know both, though rules decide in them.
"""

from __future__ import annotations

import difflib
import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import linear_sum_assignment, minimize
from scipy.sparse import csr_matrix

from assistant.english.alike import share, stem
from assistant.errors import NotAProcess
from assistant.language.offline import story as reader
from assistant.language.offline.meaning import steps
from assistant.language.offline.meaning.step_cues import cues, whole
from assistant.language.offline.meaning.step_names import tidy_names

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "assistant/english/data/step_weights.tsv"
OWN = ("told", "told_pains", "told_learning", "parallel", "stories")
FOLDS, TIGHT, SMALL = 8, 6.0, 0.05
LEAST, LEAST_STORIES = 8, 6
"""In how many actions a cue is found at least, and a word in how many stories: one that few stories use is theirs."""
WORD_TIGHT = 15.0
"""A word is held closer to nothing than what is said of the build of a sentence."""
UNREAD = {
    "told_learning": (
        *range(255, 279),
        *range(333, 339),
        *range(358, 369),
        *range(385, 390),
        *range(395, 400),
        *range(405, 410),
    )
}
"""Which stories of a folder were read by nobody who wrote a cue."""
SAME, DOUBTFUL, CONTRARY = 0.5, 0.65, 1.0
"""How alike two names must be to be of one step, up to which they are only half so, and the sum of weights that says
clearly the opposite."""
IN_PLACE, ELSEWHERE = 0.3, 0.2
"""What standing in the sentence of a step counts beside the name, and a name alone where another sentence tells it."""
A_PART = 0.3
"""What an action counts that is none of the steps told in its sentence: most are parts of one named as a whole."""
PART = 0.2
"""The share of a told sentence that a shorter one as it was read has at least."""
CUTS = (-0.75, -0.5, -0.25, -0.1, 0.0, 0.25)
SMALL_WORDS = frozenset("the a an of to for and in on with from by is or".split())


@dataclass
class Told:
    """A story: its steps by name, each action read with its cues, how like a step it is, and whether it is one."""

    name: str
    kind: str
    weight: float
    gold: list[str]
    names: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    asides: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    counts: list[dict[str, float]] = field(default_factory=list)
    doubted: list[bool] = field(default_factory=list)
    plain: bool = False
    right: Any = None
    trust: Any = None
    like: Any = None
    sums: Any = None


class Reading(Exception):
    """Stops a reading where the actions are known."""


def stories(folders: list[str]) -> list[Told]:
    """Every story with the names of its steps."""
    found = []
    for folder in [*(str(ROOT / "evals" / name) for name in OWN), *folders]:
        path, _, weight = folder.partition("=")
        kept_back = Path(path) / "HELD.txt"
        held = kept_back.read_text(encoding="utf-8").split() if kept_back.is_file() else []
        for text in sorted(Path(path).glob("*.txt")):
            gold = names_of(text)
            kind, counts = Path(path).name, float(weight or 1) * (text.stem not in held)
            unread = text.stem[:3].isdigit() and int(text.stem[:3]) in UNREAD.get(kind, ())
            kind += ", held" if text.stem in held else ", unread" if unread else ""
            told = Told(text.stem, kind, counts, gold, said=told_in(text), asides=asides_in(text))
            if gold and read_into(told, text.read_text(encoding="utf-8")):
                found.append(told)
    return found


def names_of(text: Path) -> list[str]:
    """The names of the steps of a story."""
    if (path := text.with_suffix(".json")).is_file():
        held = json.loads(path.read_text(encoding="utf-8"))
        return held["tasks"] if "tasks" in held else [task["name"] for task in _inside(held, "task")]
    if (path := text.with_suffix(".yaml")).is_file():
        return [line.partition(":")[2].strip() for line in _lines(yaml.safe_load(path.read_text())["flow"])]
    if (path := text.with_suffix(".bpmn")).is_file():
        tags = ((node.tag.rpartition("}")[2].lower(), node.get("name")) for node in ElementTree.parse(path).iter())
        return [" ".join(name.split()) for tag, name in tags if name and tag.endswith(("task", "activity", "process"))
                and tag != "process"]  # fmt: skip
    return []


def told_in(text: Path) -> dict[str, str]:
    """The sentence that tells each step, where a story says so."""
    return {one["task"]: " ".join(one["said"].split()) for one in _labels(text).get("sentences", ())}


def asides_in(text: Path) -> list[str]:
    """Sentences with a verb of doing that are no step, where a story says so."""
    return [" ".join(aside.split()) for aside in _labels(text).get("asides", ())]


def _labels(text: Path) -> dict[str, Any]:
    path = text.with_suffix(".json")
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _inside(held: Any, key: str) -> list[dict[str, Any]]:
    inner = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    own = [held[key]] if isinstance(held, dict) and isinstance(held.get(key), dict) else []
    return own + [found for part in inner for found in _inside(part, key)]


def _lines(flow: Any) -> list[str]:
    if isinstance(flow, str):
        return [flow]
    parts = flow if isinstance(flow, list) else [
        part for key, part in flow.items() if key in ("do", "redo", "branches", "choice", "loop", "parallel", "any_of")
    ]  # fmt: skip
    return [line for part in parts for line in _lines(part)]


def read_into(told: Told, text: str) -> bool:
    """Read a story up to where its actions are judged; False where none are read."""

    def kept(text: str, said: Any, book: Any, about: Any, piece: bool = False) -> tuple[str, ...]:
        steps.without_hours(text, said)
        doubted = steps.doubts(text, said, book, about)
        story = whole(text, said, book, about)
        for at, (sentence, act, _) in enumerate(story.acts):
            doubt = steps.doubt_of(act, doubted)
            told.sentences.append(" ".join(text[sentence.span.start : sentence.span.end].split()))
            told.counts.append(cues(story, at, doubt))
            told.doubted.append(bool(doubt))
        tidy_names((act for _, act, _ in story.acts), text)
        told.names = [act.name for _, act, _ in story.acts]
        told.plain = steps.is_plain(text, said, doubted)
        raise Reading

    was, reader.without_no_steps = reader.without_no_steps, kept
    try:
        reader.read(text)
    except (Reading, NotAProcess):
        pass
    finally:
        reader.without_no_steps = was
    if told.names:
        label(told)
    return bool(told.names)


def likeness(a: str, b: str) -> float:
    """How alike two names are: by their words, or by their letters."""
    words = [{stem(word) for word in name.lower().split() if word not in SMALL_WORDS} for name in (a, b)]
    return max(share(*words), difflib.SequenceMatcher(None, a.lower(), b.lower()).ratio())


def label(told: Told) -> None:
    """Which actions are steps: each step once, the likest first; of those told twice the one that rules keep."""
    alike = np.array([[likeness(gold, name) for name in told.names] for gold in told.gold])
    order = np.array([0.02 * (not doubted) - 0.0001 * at for at, doubted in enumerate(told.doubted)])
    fits = np.where(alike >= SAME, alike, 0.0)
    told.right, told.like = np.zeros(len(told.names)), alike.max(axis=0)
    told.trust = np.ones(len(told.names))
    if told.said:
        here = in_place(told)
        fits = np.where(here, IN_PLACE + alike, ELSEWHERE * fits)
        aside = np.array([any(is_part(words, one) for one in told.asides) for words in told.sentences])
        told.trust[here.any(axis=0)] = A_PART
        told.trust[~here.any(axis=0) & (told.like >= DOUBTFUL) & ~aside] = 0.0
    for gold, at in zip(*linear_sum_assignment(-np.where(fits > 0, fits + order, 0.0)), strict=True):
        told.right[at] = fits[gold, at] > 0
    told.trust[told.right > 0] = 1.0


def in_place(told: Told) -> Any:
    """Which action (column) stands in the sentence that tells which step (row)."""
    said = [told.said.get(gold, "") for gold in told.gold]
    return np.array([[bool(one) and is_part(words, one) for words in told.sentences] for one in said])


def is_part(words: str, one: str) -> bool:
    """Whether a sentence as it was read is, holds or is a good part of one as it was told."""
    return one in words or (words in one and len(words) >= PART * len(one))


def table(found: list[Told]) -> tuple[list[str], Any]:
    """The cues that are seen often enough, and a row of them for each action."""
    often = Counter(name for told in found for counts in told.counts for name in counts)
    in_stories = Counter(name for told in found for name in set().union(*told.counts) if told.weight)
    least = {name: LEAST_STORIES if is_word(name) else 1 for name in often}
    kept = [name for name in often if often[name] >= LEAST and in_stories[name] >= least[name]]
    kept = [name for name in kept if name not in steps.FIXED]
    kept = ["*", *sorted(name for name in kept if name != "*")]
    at = {name: place for place, name in enumerate(kept)}
    rows = [counts for told in found for counts in told.counts]
    cells = [(row, at[name], value) for row, counts in enumerate(rows) for name, value in counts.items() if name in at]
    values, places = [cell[2] for cell in cells], ([cell[0] for cell in cells], [cell[1] for cell in cells])
    return kept, csr_matrix((values, places), shape=(len(rows), len(kept)))


def is_word(name: str) -> bool:
    """Whether a cue is a word of the sentence or of the action, or a part of what its words mean."""
    return name.startswith(("word ", "own word ", "means "))


def learnt(shown: Any, right: Any, counts: Any, tight: Any) -> Any:
    """The weights under which the steps are the likeliest to be steps; `tight` is how close each is held to nothing."""

    def loss(weights: Any) -> tuple[float, Any]:
        sums = np.clip(shown @ weights, -30, 30)
        short = np.log1p(np.exp(-np.abs(sums))) + np.maximum(sums, 0) - sums * right
        slope = shown.T @ (counts * (1 / (1 + np.exp(-sums)) - right))
        held = np.r_[0.0, weights[1:]]
        return float((counts * short).sum() + (tight * held**2).sum() / 2), slope + tight * held

    return minimize(loss, np.zeros(shown.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def held_out(found: list[Told], shown: Any, counts: Any, tight: Any) -> None:
    """The sum of weights of every action, by weights that did not see its story."""
    of = np.repeat(np.arange(len(found)), [len(told.names) for told in found])
    right = np.concatenate([told.right for told in found])
    fold = np.empty(len(found), dtype=int)
    for kind in {told.kind for told in found}:
        own = [at for at, told in enumerate(found) if told.kind == kind]
        fold[np.random.default_rng(0).permutation(own)] = np.arange(len(own)) % FOLDS
    sums = np.zeros(len(of))
    for part in range(FOLDS):
        seen = fold[of] != part
        sums[~seen] = shown[~seen] @ learnt(shown[seen], right[seen], counts[seen], tight)
    for at, told in enumerate(found):
        told.sums = sums[of == at] + [sum(steps.FIXED.get(name, 0.0) for name in counts) for counts in told.counts]


def trusted(told: Told) -> Any:
    """How much each action counts: nothing where its name is half like a step and the weights say the opposite."""
    half = (told.like >= SAME - 0.1) & (told.like < DOUBTFUL)
    contrary = np.where(told.right > 0, told.sums < -CONTRARY, told.sums > CONTRARY)
    return told.weight * (told.trust if told.said else ~(half & contrary))


def figures(found: list[Told], cut: float | None) -> dict[str, tuple[float, float]]:
    """Recall and precision of the steps for each folder: by a cut, or (None) by rules alone."""
    rows: dict[str, list[tuple[float, float]]] = {}
    for told in found:
        kept = ~np.array(told.doubted)
        if cut is not None and not told.plain:
            steps.CUT = cut
            kept = told.sums >= steps.least_of(list(told.sums), int(kept.sum()))
        names = list(dict.fromkeys(name for name, keep in zip(told.names, kept, strict=True) if keep))
        alike = np.array([[likeness(gold, name) for name in names] for gold in told.gold]).reshape(len(told.gold), -1)
        hits = sum(alike[pair] >= SAME for pair in zip(*linear_sum_assignment(-alike), strict=True))
        rows.setdefault(told.kind, []).append((hits / len(told.gold), hits / max(1, len(names))))
    return {kind: tuple(np.mean(rows, axis=0)) for kind, rows in rows.items()}  # type: ignore[misc]


def main(arguments: list[str]) -> None:
    """Prints the figures of the stories held out; with `--write` the weights of all are written."""
    found = stories([name for name in arguments if not name.startswith("-")])
    kept, shown = table(found)
    right = np.concatenate([told.right for told in found])
    tight = np.array([WORD_TIGHT if is_word(name) else TIGHT for name in kept])
    held_out(found, shown, np.concatenate([told.weight * told.trust for told in found]), tight)
    counts = np.concatenate([trusted(told) for told in found])
    held_out(found, shown, counts, tight)
    print(f"{len(found)} stories, {len(right)} actions, {int(right.sum())} steps, {len(kept)} cues")
    for cut in (None, *CUTS):
        shares = figures(found, cut)
        shown_as = "  ".join(f"{kind} {recall:.2f}/{precision:.2f}" for kind, (recall, precision) in shares.items())
        print(f"{'rules' if cut is None else f'{cut:+.2f}':>6}  {shown_as}")
    if "--write" in arguments:
        weights = zip(kept, learnt(shown, right, counts, tight), strict=True)
        always = ("*", "means ")
        lines = [f"{name}\t{at:.2f}" for name, at in sorted(weights) if abs(at) >= SMALL or name.startswith(always)]
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(len(lines), "weights written")


if __name__ == "__main__":
    main(sys.argv[1:])
