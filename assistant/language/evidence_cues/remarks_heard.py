"""The remarks of a story: what its sentences and passages say about the work, tied to the steps they speak of.

What is no pain (a limit, a law, a season, a cost …) is heard by the cues alone. A pain is told in a passage, and how
likely a passage tells of one is weighed (`windows`): from SURE on it is claimed, from PERHAPS on asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.english.presence import only_there
from assistant.language.evidence_cues.claims import LONG_STORY, Candidate, around, chance, counted
from assistant.language.evidence_cues.cue_frames import features, places_in, reassuring
from assistant.language.evidence_cues.cues import Cue, cues
from assistant.language.evidence_cues.figures_in_cues import figures_in
from assistant.language.evidence_cues.hearing import (
    PASSES_JUDGEMENT,
    heard,
    is_confirmed,
    is_denied,
    is_question,
    is_right,
)
from assistant.language.evidence_cues.patterns import flat
from assistant.language.evidence_cues.step_chance import Words
from assistant.language.evidence_cues.steps_meant import Meant, meant
from assistant.language.evidence_cues.told_steps import Place, meaning, placed_in, referred
from assistant.language.evidence_cues.windows import Learnt, Matrix, Passage, Shown, learnt, passages, shown_in
from assistant.language.offline.words.tokens import sentences
from assistant.process.durations import Span
from assistant.process.model import Process
from assistant.process.remarks import Remark

Spans = Sequence[tuple[int, int]]
MOST_REMARKS = 200
SURE, PERHAPS = 0.64, 0.18
"""How likely a pain must be to be claimed, or asked about, in a story: of what is claimed six of seven are pains that
the story was written for, and hardly a sound story has one such claim (`bench/evidence_claims.py`)."""
ELSE = 0.6
"""What of this is enough where the same words perhaps tell of something likelier: both are asked about together."""
BESIDE = 0.25
"""How likely it must be, of what is claimed of the same place, to be asked about beside it."""
BESIDE_OF_FEW = 0.35
"""The same where somebody tells in a few sentences."""
OF_FEW = 0.23, 0.15
"""How likely it must be where somebody tells in a few sentences: they hold no anecdotes."""
PLAINLY = 0.65
"""How likely a pain is at least that is said in so many words in a few sentences, or where most of them tell steps."""
HARDLY = 0.1
"""Words that sound less of a pain than this do not say it, whatever they hold; of a gap told in a few
sentences, half of it."""
GAPS = "error_at_source"
"""What is missing or wrong is mostly told with what is done then, which sounds of other things."""
MOSTLY_STEPS = 0.5
"""So many steps a sentence make a plain description: what people tell in their own words has about a third."""
FULL = 20
"""So many sentences a story is taken to have at least, so that one that reassures does not make it a reassuring one."""
LONG = 30
BREAK = re.compile(r"(?<![.!?:;\s])\n\n")
"""What stands between two turns of a telling, of which the first ends without a mark."""
_CUT = re.compile(r"(?<=[.!?])\s+|\n")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.S)
_NOBODY = re.compile(r"\W*(?:none|nobody|no one|neither|not one)\b", re.I)
_CLAUSE = re.compile(r"[,;:(–]\s")


class Said(NamedTuple):
    """What is said in sentences `first` to `last` (not included), whether surely, of which steps, and how likely it is
    where that was weighed."""

    cue: Cue
    sure: bool
    first: int
    last: int
    meant: Meant
    likely: float | None = None


def remarks_in(text: str, spans: Spans, process: Process) -> tuple[Remark, ...]:
    """The remarks a story makes about its process; `spans` are the characters of its sentences, in order."""
    spans = pieces(text, spans)
    found: list[Remark] = []
    for said in _said(text, spans, placed_in(text, spans, process))[:MOST_REMARKS]:
        start, end = spans[said.first][0], spans[said.last - 1][1]
        if apart := BREAK.search(text, start, end):  # what is told later is said for itself
            end = apart.start()
        words = " ".join(text[start:end].split())
        found.append(
            Remark(
                id=f"remark_{len(found) + 1}",
                kind=said.cue.kind,
                elements=said.meant.elements,
                placed=said.meant.placed,
                text=text[start:end][:1000],
                span=Span(start=start, end=end),
                figures=figures_in(words),
                sure=said.sure,
                likely=said.likely,
            )
        )
    return tuple(found)


def heard_in(text: str) -> frozenset[str]:
    """The kinds of remark that a few words by themselves surely make."""
    spans = [(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    place = placed_in(text, spans, Process(name="Work"))
    return frozenset(said.cue.kind for said in _said(text, spans, place) if said.sure)


def _said(text: str, spans: Spans, place: Place) -> list[Said]:
    """All that is said, in the order of the telling."""
    texts = [text[start:end] for start, end in spans]
    heard_here = [heard(words, place.flats, index) for index, words in enumerate(texts)]
    weighed = frozenset(learnt().kinds)
    found: list[Said] = []
    for index, hits in enumerate(heard_here):
        for cue, sure, extra in hits:
            if cue.kind not in weighed:
                last = min(index + extra + 1, len(texts))
                asked = _asked(place, range(index, last), index, cue, texts[index])
                found.append(Said(cue, sure, index, last, meant(place, asked)))
    in_a_story = len(texts) >= LONG_STORY
    described = not in_a_story or len(place.steps) >= MOSTLY_STEPS * len(texts)
    weighed_here: list[tuple[float, Candidate]] = []
    for each in candidates(text, spans, place):
        counts = counted(place, each, heard_here)
        hardly = HARDLY if in_a_story or each.passage.kind != GAPS else HARDLY / 2
        plainly = described and counts["cue"] > 0 and each.passage.likely >= hardly
        weighed_here.append((max(chance(counts), PLAINLY if plainly else 0.0), each))
    found += _weighed(weighed_here, in_a_story)
    found = _as_ruled(_of_one_person(found, texts))
    return sorted(found, key=lambda said: (said.first, said.last, said.cue.kind))


def _of_one_person(found: list[Said], texts: Sequence[str]) -> list[Said]:
    """Who is only there on some days holds cases up, though they are collected meanwhile: one person is waited for."""
    person = next(cue for cue in cues() if cue.kind == "one_person")
    told = [
        said._replace(cue=person)
        if said.cue.kind == "batch" and any(only_there(words) for words in texts[said.first : said.last])
        else said
        for said in found
    ]
    most: dict[int, Said] = {}
    for said in told:
        if said.cue is person and (said.first not in most or _weight(said) > _weight(most[said.first])):
            most[said.first] = said
    return [said for said in told if said.cue is not person or most[said.first] is said]


def _as_ruled(found: list[Said]) -> list[Said]:
    """What a rule asks for is no needless order: "we can't start before they have approved, it's the law". Nor is who
    is not reached asked too often, where that is told in a few sentences."""
    ruled, missed = (
        {said.first for said in found if said.cue.kind == kind and said.sure} for kind in ("control", "not_reached")
    )
    return [
        said for said in found
        if not (said.cue.kind == "no_dependency" and ruled & {*range(said.first, said.last)})
        and not (said.cue.kind in NO_CONTACT and said.likely is None and missed & {*range(said.first, said.last)})
    ]  # fmt: skip


NO_CONTACT = frozenset("many_contacts steady_data changing_hands chasing ping_pong late_check overloaded".split())
"""What the same words are not of, where they say that nobody was reached."""


def _weight(said: Said) -> tuple[bool, float]:
    return said.sure, said.likely or 0.0


def _weighed(passages_here: list[tuple[float, Candidate]], in_a_story: bool) -> Iterator[Said]:
    """What is likely enough, the likeliest first. Of one place one pain is claimed: what else it may tell is asked."""
    claimed, perhaps = (SURE, PERHAPS) if in_a_story else OF_FEW
    taken: list[tuple[float, Passage]] = []
    for likely, (passage, cue, steps, _, rival, *_) in sorted(passages_here, key=lambda each: -each[0]):
        there = max((other for other, place in taken if passage.meets(place)), default=0.0)
        if likely < max(perhaps * ELSE if rival else perhaps, there * BESIDE):
            continue
        if there and not in_a_story and likely < there * BESIDE_OF_FEW:
            continue  # a few sentences say one thing at a time
        sure = likely >= claimed and not there
        if sure:
            taken.append((likely, passage))
        shown = round(likely, 2) if in_a_story else None
        yield Said(cue, sure, passage.first, passage.last, steps, shown)


@lru_cache(maxsize=8)
def reassurance(text: str) -> float:
    """The share of the sentences of a story that say that it goes well, or why it must be so (0 to 1)."""
    spans = pieces(text, [(sentence.start, sentence.end) for sentence in sentences(text)])
    here = [places_in(flat(text[start:end])) for start, end in spans]
    told = sum(not reassuring().isdisjoint(features(here, index)) for index in range(len(here)))
    return told / max(len(here), FULL)


def candidates(
    text: str, spans: Spans, place: Place, by: Learnt | None = None, shows: Sequence[Shown] = ()
) -> list[Candidate]:
    """The passages that may tell of a pain, the likeliest first; by these weights, of sentences that show this."""
    if not spans or PASSES_JUDGEMENT.search(text[spans[0][0] : spans[-1][1]]) is None:
        return []  # no passage of it could: what it means need not be read
    texts = [text[start:end] for start, end in spans]
    by = by or learnt()
    shows = shows or shown_in(texts, place.flats, by)
    if not shows:
        return []
    alone, says, by_kind = by.likely(shows), by.says(shows), {cue.kind: cue for cue in cues()}
    found: list[Candidate] = []
    reassured = sum(not reassuring().isdisjoint(shown.names) for shown in shows) / max(len(shows), FULL)
    for weighed in [*(said := passages(shows, by)), *_by_cue(texts, place, said, by, alone)]:
        column = alone[:, by.kinds.index(weighed.kind)]
        passage = _to_the_point(weighed, texts, place, column)
        sentences = range(passage.first, passage.last)
        peak = max(sentences, key=lambda index: float(column[index]))
        words = text[spans[passage.first][0] : spans[passage.last - 1][1]]
        after = texts[passage.last] if passage.last < len(texts) else ""
        if is_question(texts[peak]) or is_denied(texts[passage.last - 1], after):
            continue
        if is_right(place.flats, peak) or PASSES_JUDGEMENT.search(words) is None:
            continue
        if not is_confirmed(passage.kind, texts[peak]):
            continue
        cue = by_kind[passage.kind]
        asked = _asked(place, sentences, peak, cue, words)
        rival = any(other.passage.meets(passage) for other in found)
        anything = float(says[passage.first : passage.last].max())
        beside = around(said, passage, reassured)
        found.append(Candidate(passage, cue, meant(place, asked), anything, rival, asked, beside))
    return found


def _asked(place: Place, sentences: range, peak: int, cue: Cue, words: str) -> Words:
    """What is asked of the steps of a story, so as to know which of them a passage speaks of."""
    return Words(sentences, peak, meaning(_remark_words(cue, words)) | referred(place, peak), cue)


def _by_cue(
    texts: Sequence[str], place: Place, said: Sequence[Passage], by: Learnt, alone: Matrix
) -> Iterator[Passage]:
    """What a cue surely hears in a sentence where no passage says it, or anything clearly."""
    for index, words in enumerate(texts):
        for cue, sure, extra in heard(words, place.flats, index):
            clear = CLEAR_OF_FEW if cue.kind == GAPS and len(texts) < LONG_STORY else CLEAR
            if sure and cue.kind in by.kinds:
                likely = max(HEARD, float(alone[index, by.kinds.index(cue.kind)]))
                own = Passage(likely, cue.kind, index, min(index + extra + 1, len(texts)))
                if not any(other.meets(own) and (other.kind == cue.kind or other.likely >= clear) for other in said):
                    yield own


HEARD, CLEAR, CLEAR_OF_FEW = 0.12, 0.5, 0.8
"""How likely a pain is that only a cue hears, and from which likelihood on a passage leaves no room for one; so of
gaps told in a few sentences."""
SHARE = 0.2
"""How likely a sentence must be by itself, of the likeliest of its passage, to be quoted with it."""


def _to_the_point(said: Passage, texts: Sequence[str], place: Place, column: Matrix) -> Passage:
    """The passage from the first to the last sentence in which a cue hears it; else without sentences at its
    ends that only tell what is done, or say little of it by themselves."""
    least = SHARE * max(float(column[at]) for at in range(said.first, said.last))
    saying = [
        at for at in range(said.first, said.last) if PASSES_JUDGEMENT.search(texts[at]) and float(column[at]) >= least
    ]
    cued = [
        at
        for at in range(said.first, said.last)
        if any(cue.kind == said.kind and sure and not extra for cue, sure, extra in heard(texts[at], place.flats, at))
    ]
    kept = cued or saying
    return said._replace(first=kept[0], last=kept[-1] + 1) if kept else said


def pieces(text: str, spans: Spans) -> list[tuple[int, int]]:
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
