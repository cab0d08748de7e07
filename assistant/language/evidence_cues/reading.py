"""The remarks of a story, sentence by sentence: what its cues say, confirmed by figures, tied to steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.language.evidence_cues.cues import Cue, cues, likely_in, says
from assistant.language.evidence_cues.figures import counted, figures_in, shares_in
from assistant.language.evidence_cues.frames import features, kinds_of, places_in
from assistant.language.evidence_cues.patterns import Test, flat
from assistant.language.evidence_cues.placing import elements_of, placed_in
from assistant.process.durations import Span
from assistant.process.model import Process
from assistant.process.remarks import Remark

Spans = Sequence[tuple[int, int]]
MOST_REMARKS = 200
MOST_WORDS = 90
"""A longer sentence is no sentence (a table, a list without marks) and gives no remark."""
REACH = 2
RARE = 0.05
BUSY, FREE = 0.85, 0.7
_BUSY_WORD = re.compile(r"\b(busy|booked|loaded|load|utili[sz]\w+|occupied|full|capacity|used|stretched|at)\b", re.I)
_LOAD = re.compile(
    r" (busy|book|load|utilise|utilize|occupy|full|capacity|stretch) | (be|run|stand|work|fill) (\S+ ){0,3}at "
)
_PART_OF_CASES = re.compile(
    r"(?:%|percent|per cent)\s+of\s+(?:the|our|all|these|them|cases|orders|files|customers|applications)", re.I
)
_CHANNELS = re.compile(
    r"\b(?:by|on|via|over|through|in|at|as|some|from)?\s*(?:the\s+|an?\s+)?(e-?mails?|mails?|phones?|telephones?|ring|call|fax|post|letters?|"
    r"whats ?app|sms|text messages?|web ?site|online forms?|web forms?|portal|app|counter|paper|slips?|chat|edi|"
    r"pdfs?|excel|"
    r"spreadsheets?|in person|post ?cards?|shouts?|radio|messenger|caretaker|walk in|drop in)\b", re.I,
)  # fmt: skip
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.S)
_NOBODY = re.compile(r"\W*(?:none|nobody|no one|neither|not one)\b", re.I)
_CLAUSE = re.compile(r"[,;:(–]\s")
_INTAKE = re.compile(
    r"\b(?:reach|come|comes|came|arriv\w+|orders?|requests?|complain\w*|report\w*|book\w*|apply|applications?|send|get|write|contact|"
    r"enquir\w+|inquir\w+|ask|sign up|register\w*|way|ways|claims?|referr\w+)\b", re.I,
)  # fmt: skip


def remarks_in(text: str, spans: Spans, process: Process) -> tuple[Remark, ...]:
    """The remarks a story makes about its process; `spans` are the characters of its sentences, in order."""
    spans = _pieces(text, spans)
    place = placed_in(text, spans, process)
    found: list[Remark] = []
    by_frame = _framed(text, spans, place.flats)
    for index in range(len(spans)):
        for cue, sure, extra in _with_frames(_heard(text, spans, place.flats, index), by_frame[index]):
            if len(found) >= MOST_REMARKS:
                return tuple(found)
            start, end = spans[index][0], spans[min(index + extra, len(spans) - 1)][1]
            words = " ".join(text[start:end].split())
            found.append(
                Remark(
                    id=f"remark_{len(found) + 1}",
                    kind=cue.kind,
                    elements=elements_of(place, index, cue, _remark_words(cue, text[start:end])),
                    text=words[:1000],
                    span=Span(start=start, end=end),
                    figures=figures_in(words),
                    sure=sure,
                )
            )
    return tuple(found)


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


LONG = 30
_CUT = re.compile(r"(?<=[.!?])\s+|\n")
Heard = list[tuple[Cue, bool, int]]
MOST_KINDS = 2
"""How many kinds of remark the frames may give one sentence."""
SURE, PERHAPS, OWN, EVIDENT = 0.42, 0.2, 0.12, 0.45
"""How likely a kind must be to be claimed, or asked about; and how likely by the sentence alone;
and from which share on a sentence that passes no judgement claims it all the same."""
ECHO, CLEARLY, PEAK = 0.4, 0.5, 0.6
"""What a neighbouring sentence adds, how near a second kind must come to the first, and a sentence to its neighbours:
the one beside a clear remark only tells the step."""


def heard_in(text: str) -> frozenset[str]:
    """The kinds of remark that a few words by themselves surely make."""
    spans = [(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    flats = [flat(text[start:end]) for start, end in spans]
    by_frame = _framed(text, spans, flats)
    found: set[str] = set()
    for index in range(len(spans)):
        found |= {cue.kind for cue, sure, _ in _with_frames(_heard(text, spans, flats, index), by_frame[index]) if sure}
    return frozenset(found)


def _framed(text: str, spans: Spans, flats: Sequence[str]) -> list[dict[str, bool]]:
    """For each sentence the kinds its frames give away, and whether surely: alone, or with those of its neighbours."""
    places = [places_in(flat) if len(flat.split()) <= MOST_WORDS else {} for flat in flats]
    likely = [kinds_of(features(places, index)) if places[index] else {} for index in range(len(flats))]
    found: list[dict[str, bool]] = []
    for index, own in enumerate(likely):
        silent = _is_question(text[spans[index][0] : spans[index][1]]) or _is_right(flats, index)
        around = [likely[at] for at in (index - 1, index + 1) if 0 <= at < len(likely)]
        scores = {kind: part + ECHO * sum(near.get(kind, 0.0) for near in around) for kind, part in own.items()}
        best = sorted(scores, key=lambda kind: -scores[kind])[:MOST_KINDS]
        kept = [
            kind
            for kind in best
            if own[kind] >= max(OWN, PEAK * max((near.get(kind, 0.0) for near in around), default=0.0))
            and scores[kind] >= max(PERHAPS, CLEARLY * scores[best[0]])
        ]
        plain = _PASSES_JUDGEMENT.search(text, *spans[index]) is None
        least = EVIDENT if plain else 0.0
        found.append({} if silent else {kind: scores[kind] >= SURE and own[kind] >= least for kind in kept})
    return found


_PASSES_JUDGEMENT = re.compile(
    r"n[o'’]t\b|\b(?:no|nothing|nobody|none|never|hardly|seldom|rarely|only|just|always|again|twice|every|each|all|both|"
    r"same|still|yet|too|also|even|because|since|though|although|but|however|before|until|till|while|when|if|unless|"
    r"whether|without|instead|who|which|why|what|where|whoever|half|most|many|several|few|more|less|longer|much|often|"
    r"sometimes|mostly|usually|once|either|neither|nor|another|other|others|else|everybody|everyone|everything|anybody|"
    r"anything|whatever|must|should|could|would|have to|has to|wait\w*|lies?|lying|sits?|stands?|own|than|by hand|copy|"
    r"copies|copied|type[sd]?|retype\w*|\w+ing|one|two|three|four|five|six|seven|eight|nine|ten|\d\S*|hours?|days?|"
    r"weeks?|minutes?|months?|wrong\w*|refus\w+|return\w*|asked|heard|noted)\b",
    re.IGNORECASE,
)
"""Words of which a sentence holds one that says more than what is done: "the boss signs it" alone claims no pain."""


def _with_frames(heard: Heard, framed: dict[str, bool]) -> Heard:
    """What the cues heard, and the kinds the frames add."""
    surely = {cue.kind for cue, sure, _ in heard if sure}
    more = [(_cue(kind), sure, 0) for kind, sure in framed.items() if kind not in surely]
    kept = [reading for reading in heard if reading[1] or reading[0].kind not in framed]
    return _strongest([*kept, *more])


def _cue(kind: str) -> Cue:
    return next(cue for cue in cues() if cue.kind == kind)


def _is_right(flats: Sequence[str], index: int) -> bool:
    """Whether the teller says in the same breath that it is right as it is."""
    both = "/".join(flats[index : index + 2])
    return says("right")(both, len(both))


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
        heard = [cue for cue, sure, extra in _heard(text, spans, flats, index) if sure and not extra]
        nobody = _NOBODY.match(text[spans[index][0] : spans[index][1]]) is not None
        verbs = frozenset().union(*(cue.no_step for cue in heard))
        found.append(Aside(bool(heard), any(cue.aside for cue in heard), nobody, verbs))
    return found


def _heard(text: str, spans: Spans, flats: Sequence[str], index: int) -> list[tuple[Cue, bool, int]]:
    """The kinds of remark a sentence makes: whether surely, and how many of the next sentences belong to it."""
    return list(_hear(text[spans[index][0] : spans[index][1]], tuple(flats[index : index + REACH + 1])))


@lru_cache(maxsize=4096)
def _hear(words: str, ahead_flats: tuple[str, ...]) -> tuple[tuple[Cue, bool, int], ...]:
    """The same of one sentence with those after it. Kept, as a story is gone through twice: for asides and remarks."""
    own, following = ahead_flats[0], "/".join(ahead_flats)
    if len(own.split()) > MOST_WORDS or _is_question(words):
        return ()
    if _is_right(ahead_flats, 0):
        return tuple(
            (cue, True, 0) for cue in cues() if cue.kind in GROUNDS and any(test(own, len(own)) for test in cue.sure)
        )
    found: list[tuple[Cue, bool, int]] = []
    here, ahead = likely_in(own), likely_in(following)
    for cue in cues():
        if _passes(cue.sure, here, own, len(own)) or _by_figure(cue, words, own):
            hit = (cue, not cue.needs_harm or says("harm")(following, len(following)), 0)
        elif _passes(cue.across, ahead, following, len(own)):
            hit = (cue, True, 1)
        elif _passes(cue.unsure, here, own, len(own)):
            hit = (cue, False, 0)
        else:
            continue
        if CONFIRM.get(cue.kind, bool)(words):
            found.append(hit)
    return tuple(_strongest(found))


def _passes(tests: Sequence[Test], likely: set[Test], flat_text: str, before: int) -> bool:
    return any(test in likely and test(flat_text, before) for test in tests)


def _is_question(words: str) -> bool:
    """Whether a sentence only asks; "who reads it?" is left to the unsure phrases of a cue."""
    return words.rstrip().endswith("?") and not re.search(r"\b(who|why|what for)\b", words, re.I)


_RATHER = {
    "empty_check": ("empty_approval",), "double_check": ("empty_check", "certified_elsewhere"),
    "habit": ("no_dependency", "batch", "unused_result"), "ping_pong": ("error_at_source",),
    "unowned": ("shared_duty",), "unused_result": ("error_at_source",),
    "idle": ("overloaded",), "paper": ("typed_again", "many_channels", "unused_result"),
    "many_contacts": ("changing_hands",), "routine": ("typed_again",), "cause": (), "late_check": ("error_at_source",),
}  # fmt: skip
"""Kinds that give way where the same sentence makes a surer remark of another kind."""


def _strongest(found: list[tuple[Cue, bool, int]]) -> list[tuple[Cue, bool, int]]:
    kinds = {cue.kind for cue, sure, _ in found if sure}
    return [each for each in found if not set(_RATHER.get(each[0].kind, ())) & kinds and (each[1] or not kinds)]


def _by_figure(cue: Cue, words: str, own: str) -> bool:
    """What a figure says by itself: "97 percent busy", or three ways in which a thing comes in."""
    if cue.load:
        if not _BUSY_WORD.search(words) or _PART_OF_CASES.search(words):
            return False
        shares = shares_in(words)
        fits = any(share >= BUSY if cue.load == "over" else 0.2 <= share <= FREE for share in shares)
        return fits and bool(_LOAD.search(own))
    if cue.kind == "separate_piles":
        loads = shares_in(words) if _BUSY_WORD.search(words) or re.search(r"\b(engaged|on duty)\b", words) else ()
        return any(load >= BUSY for load in loads) and any(0.2 <= load <= FREE for load in loads)
    if cue.kind == "many_channels":
        ways = {match[1].lower().rstrip("s") for match in _CHANNELS.finditer(words)}
        return len(ways) >= 3 and bool(_INTAKE.search(words) or words.count(",") + words.count(" or ") >= 2)
    return False


def _seldom(words: str) -> bool:
    """Whether what is counted is seldom: a remark that says a thing hardly ever happens is none when it does."""
    many = counted(words)
    shares = list(shares_in(words))
    if many is not None:
        shares.append(many.share)
    return all(min(share, 1 - share) <= RARE for share in shares)


GROUNDS = ("control", "limit", "total_time", "season", "cost")
"""What is heard also where the teller says in the same breath that it is right as it is."""
_NOBODY_ELSE = re.compile(r"\b(?:nobody|no[- ]one) else\b", re.IGNORECASE)
_ALL_WELL = re.compile(
    r"(?:%|percent|per cent|third|half|quarter)s? (?:of \w+ )?(?:are|is) (?:\w+ )?(?:normal|fine|ok|correct|right)\b",
    re.I,
)
CONFIRM: dict[str, Callable[[str], bool]] = {
    "empty_approval": _seldom,
    "empty_check": _seldom,
    "not_core": lambda words: _NOBODY_ELSE.search(words) is None,
    "overloaded": lambda words: _ALL_WELL.search(words) is None,
}
