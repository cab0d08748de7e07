"""The remarks of a story: what its sentences and passages say about the work, tied to the steps they speak of.

What is no pain (a limit, a law, a season, a cost …) is heard by the cues alone. A pain is told in a passage, and how
likely a passage tells of one is weighed (`windows`): from SURE on it is claimed, from PERHAPS on asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.language.evidence_cues.cues import Cue, cues
from assistant.language.evidence_cues.figures import figures_in
from assistant.language.evidence_cues.hearing import GROUNDS, heard, is_question, is_right
from assistant.language.evidence_cues.patterns import flat
from assistant.language.evidence_cues.placing import Place, elements_of, placed_in
from assistant.language.evidence_cues.windows import Passage, Shown, learnt, passages, shown_in
from assistant.process.durations import Span
from assistant.process.model import Process
from assistant.process.remarks import Remark

Spans = Sequence[tuple[int, int]]
MOST_REMARKS = 200
SURE, PERHAPS = 0.5, 0.25
"""How likely a pain must be to be claimed, or asked about; see `bench/evidence.py --told`."""
LONG = 30
_CUT = re.compile(r"(?<=[.!?])\s+|\n")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.S)
_NOBODY = re.compile(r"\W*(?:none|nobody|no one|neither|not one)\b", re.I)
_CLAUSE = re.compile(r"[,;:(–]\s")


class Said(NamedTuple):
    """What is said in sentences `first` to `last` (not included), whether surely, and the sentence that says it most."""

    cue: Cue
    sure: bool
    first: int
    last: int
    peak: int


def remarks_in(text: str, spans: Spans, process: Process) -> tuple[Remark, ...]:
    """The remarks a story makes about its process; `spans` are the characters of its sentences, in order."""
    spans = _pieces(text, spans)
    place = placed_in(text, spans, process)
    found: list[Remark] = []
    for said in _said(text, spans, place.flats)[:MOST_REMARKS]:
        start, end = spans[said.first][0], spans[said.last - 1][1]
        words = " ".join(text[start:end].split())
        found.append(
            Remark(
                id=f"remark_{len(found) + 1}",
                kind=said.cue.kind,
                elements=_elements(place, said, text[start:end]),
                text=words[:1000],
                span=Span(start=start, end=end),
                figures=figures_in(words),
                sure=said.sure,
            )
        )
    return tuple(found)


def heard_in(text: str) -> frozenset[str]:
    """The kinds of remark that a few words by themselves surely make."""
    spans = [(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    flats = [flat(text[start:end]) for start, end in spans]
    return frozenset(said.cue.kind for said in _said(text, spans, flats) if said.sure)


def _said(text: str, spans: Spans, flats: Sequence[str]) -> list[Said]:
    """All that is said, in the order of the telling."""
    texts = [text[start:end] for start, end in spans]
    weighed = frozenset(learnt().kinds)
    found: list[Said] = []
    for index, words in enumerate(texts):
        for cue, sure, extra in heard(words, flats, index):
            if cue.kind not in weighed:
                found.append(Said(cue, sure, index, min(index + extra + 1, len(texts)), index))
    by_kind = {cue.kind: cue for cue in cues()}
    shows = shown_in(texts, flats)
    for passage, peak in _pains(shows):
        if passage.likely >= PERHAPS and not _is_idle(texts, flats, peak):
            found.append(
                Said(by_kind[passage.kind], passage.likely >= SURE, passage.first, passage.last, peak)
            )
    return sorted(found, key=lambda said: (said.first, said.last, said.cue.kind))


def _pains(shows: Sequence[Shown]) -> Iterator[tuple[Passage, int]]:
    """The passages that tell of a pain, each with its sentence that tells it most."""
    by = learnt()
    alone = by.likely(shows) if shows else None
    for passage in passages(shows, by):
        at = by.kinds.index(passage.kind)
        yield passage, max(range(passage.first, passage.last), key=lambda index: float(alone[index, at]))


def _is_idle(texts: Sequence[str], flats: Sequence[str], peak: int) -> bool:
    """Whether a sentence only asks, or its teller says that it is right as it is."""
    return is_question(texts[peak]) or is_right(flats, peak)


def _elements(place: Place, said: Said, words: str) -> tuple[str, ...]:
    return elements_of(place, range(said.first, said.last), said.peak, said.cue, _remark_words(said.cue, words))


def _pieces(text: str, spans: Spans) -> list[tuple[int, int]]:
    """The sentences, long ones without marks (chats, notes) cut at the ends of their lines and at marks inside."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        cuts = [start, end]
        if text.count(" ", start, end) > LONG:
            cuts[1:1] = [match.end() for match in _CUT.finditer(text, start, end)]
        found += [_trimmed(text, a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without the white space at its ends, so that a quotation is what stands there."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _remark_words(cue: Cue, words: str) -> str:
    """The sentence up to the end of the clause that makes the remark; what comes after may speak of something else."""
    ends = [match.end() for match in _CLAUSE.finditer(words)]
    for end in ends:
        own = flat(words[:end])
        if any(test(own, len(own)) for test in cue.sure):
            return words[:end]
    return words


class Aside(NamedTuple):
    """How far a sentence only speaks about the work: at all, wholly, of what nobody does, or with these verbs."""

    heard: bool
    whole: bool
    nobody: bool
    verbs: frozenset[str]


def asides(text: str, spans: Spans) -> list[Aside]:
    """For each sentence how far it only speaks about the work, so that no step is read from it."""
    flats = [flat(text[start:end]) for start, end in spans]
    found = []
    for index in range(len(spans)):
        told = [cue for cue, sure, extra in heard(text[slice(*spans[index])], flats, index) if sure and not extra]
        nobody = _NOBODY.match(text[spans[index][0] : spans[index][1]]) is not None
        verbs = frozenset().union(*(cue.no_step for cue in told))
        found.append(Aside(bool(told), any(cue.aside for cue in told), nobody, verbs))
    return found
