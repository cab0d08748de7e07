"""Told stories of which the pains are known, as `evidence_weights.py` and `evidence_claims.py` learn from them.

Those of `evals/told_learning`, and those of `evals/told_pains` that may be looked at. Their "said" quotes the words
that give a pain away; of older stories without it the sentences most like the pain's "why" are taken to tell it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import NotAProcess
from assistant.language.evidence_cues.claims import Heard
from assistant.language.evidence_cues.hearing import heard
from assistant.language.evidence_cues.remarks_heard import pieces
from assistant.language.evidence_cues.told_steps import Place, placed_in
from assistant.language.evidence_cues.windows import Shown, shown_in
from assistant.language.offline.words.tokens import sentences
from assistant.language.reading import read_story
from assistant.process.model import Process
from assistant.redesign.detectors.meanings import MEANINGS

ROOT = Path(__file__).parent.parent / "evals"
LIKE = 0.25
"""A sentence that is this much as like a pain as the likest one belongs to it, if it stands near."""
_TAIL = re.compile(r"(ations?|ings?|ments?|ied|ies|ed|es|s|e|y)$")
_SMALL = frozenset("the a of to for and in by with is are that it they only one each who not though every all".split())


class Pain(NamedTuple):
    """A planted pain: its practices, the one it was planted for first, the sentences that tell it, and whether the
    author quoted these."""

    practices: tuple[str, ...]
    at: frozenset[int]
    quoted: bool

    @property
    def kinds(self) -> list[str]:
        """The kinds of remark that may tell it: those that lead to what it was planted for before all."""
        first = self.practices[0]
        leading = [kind for kind, meaning in MEANINGS.items() if meaning.practices[0] == first]
        return leading or [kind for kind, meaning in MEANINGS.items() if first in meaning.practices]


class Story(NamedTuple):
    """A told story: its text, sentences, steps, what the cues hear and what shows in each sentence, and its pains."""

    name: str
    text: str
    spans: list[tuple[int, int]]
    place: Place
    heard: list[Heard]
    shows: list[Shown]
    pains: list[Pain]
    reassured: frozenset[int]


def stories(folders: Sequence[Path] = ()) -> list[Story]:
    """All stories that may be learnt from, and those of more folders."""
    names = (ROOT / "told_pains" / "DEV.txt").read_text(encoding="utf-8").split()
    paths = [ROOT / "told_pains" / f"{name}.json" for name in names]
    more = chain.from_iterable(folder.glob("*.json") for folder in (ROOT / "told_learning", *folders))
    return [_story(path) for path in (*paths, *sorted(more))]


def _story(path: Path) -> Story:
    text, gold = path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))
    spans = pieces(text, [(one.start, one.end) for one in sentences(text)])
    place = placed_in(text, spans, _process(text))
    texts = [text[start:end] for start, end in spans]
    hears = [heard(words, place.flats, index) for index, words in enumerate(texts)]
    pains = list(_pains(text, spans, texts, gold["pains"]))
    shows = shown_in(texts, place.flats)
    return Story(path.stem, text, spans, place, hears, shows, pains, reassured_in(texts, pains, gold.get("trap")))


def _process(text: str) -> Process:
    try:
        return read_story(text).process
    except NotAProcess:  # what a teller says of pains is learnt from all the same
        return Process(name="Work")


def _pains(text: str, spans: list[tuple[int, int]], texts: list[str], told: list[dict[str, Any]]) -> Iterator[Pain]:
    for pain in told:
        quoted = said_in(text, spans, pain)
        yield Pain(tuple(pain["practice"]), frozenset(quoted or told_in(texts, pain)), bool(quoted))


def said_in(text: str, spans: list[tuple[int, int]], pain: dict[str, Any]) -> set[int]:
    """The sentences that hold what the pain's "said" quotes."""
    found: set[int] = set()
    for said in [pain["said"]] if isinstance(pain.get("said"), str) else pain.get("said", []):
        begin = text.find(said)
        if begin >= 0:
            found |= {at for at, (start, end) in enumerate(spans) if start < begin + len(said) and begin < end}
    return found


def told_in(texts: list[str], pain: dict[str, Any]) -> set[int]:
    """The sentences most like what is said of a pain, and those near by that are like it too."""
    stems = [_stems(text) for text in texts]
    asked = _stems(f"{pain['why']} {' '.join(pain['where'])}")
    often = Counter(stem for each in stems for stem in each)
    like = [
        sum(math.log(1 + len(texts) / often[stem]) for stem in asked & each) / (3 + len(each)) ** 0.4 for each in stems
    ]
    begin = max(range(len(like)), key=lambda at: sum(like[at : at + 3]))
    around = range(max(0, begin - 1), min(len(like), begin + 5))
    return {at for at in around if like[at] >= LIKE * max(like)} | {like.index(max(like))}


def reassured_in(texts: list[str], pains: Sequence[Pain], trap: str | None) -> frozenset[int]:
    """The sentences most like each part of what is said of a trap: what looks like a pain there and is none."""
    parts = [part for part in _PART.split(trap or "") if len(part.split()) >= SPOKEN_OF]
    near = {at for pain in pains for at in pain.at}
    return frozenset(at for part in parts for at in told_in(texts, {"why": part, "where": []})) - near


_PART = re.compile(r"\(\d\)|(?<=[.;])\s")
SPOKEN_OF = 6
"""So many words say something of a trap."""


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+|\d+", text.lower())
    return {_TAIL.sub("", word) for word in words if word not in _SMALL and len(word) > 1}
