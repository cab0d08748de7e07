"""What the cue files hear in single sentences, confirmed by the figures in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.english.ruled import denies_rule
from assistant.english.tables import any_of, worded
from assistant.language.evidence_cues.cues import Cue, contradicts, cues, likely_in, says
from assistant.language.evidence_cues.figures_in_cues import counted, shares_in
from assistant.language.evidence_cues.patterns import Test, flat

MOST_WORDS = 90
"""A longer sentence is no sentence (a table, a list without marks) and gives no remark."""
REACH = 2
RARE = 0.05
BUSY, FREE = 0.85, 0.7
_BUSY_WORD = re.compile(r"\b(busy|booked|loaded|load|utili[sz]\w+|occupied|full|capacity|used|stretched|at)\b", re.I)
_LOAD = re.compile(
    r" (busy|book|load|utilise|utilize|occupy|full|capacity|stretch) | (be|run|stand|work|fill) (\S+ ){0,3}at "
)
_PART_OF_CASES = re.compile(worded("part-of-cases"), re.I)
_CHANNELS = re.compile(
    r"\b(?:by|on|via|over|through|in|at|as|some|from)?\s*(?:the\s+|an?\s+)?(e-?mails?|mails?|phones?|telephones?|ring|call|fax|post|letters?|"
    r"whats ?app|sms|text messages?|web ?site|online forms?|web forms?|portal|app|counter|paper|slips?|chat|edi|"
    r"pdfs?|excel|"
    r"spreadsheets?|in person|post ?cards?|shouts?|radio|messenger|caretaker|walk in|drop in)\b", re.I,
)  # fmt: skip
_INTAKE = re.compile(rf"\b(?:{worded('hearing-intake')})\b", re.I)

PASSES_JUDGEMENT = re.compile(worded("passes-judgement"), re.IGNORECASE)
"""Words of which a sentence holds one that says more than what is done: "the boss signs it" alone claims no pain."""


def is_right(flats: Sequence[str], index: int) -> bool:
    """Whether the teller says in the same breath that it is right as it is."""
    both = "/".join(flats[index : index + 2])
    return says("right")(both, len(both))


_DENIED = re.compile(r"\W*(?:\w+,? ){1,4}\w+(?:n[’']t| not)\W*$", re.IGNORECASE)
"""A few words that end in a denial: "He doesn't.", "No, they are not."."""


def is_denied(words: str, after: str) -> bool:
    """Whether the teller takes back what was said before: "He always says yes, I thought. He doesn't."."""
    return not is_question(words) and _DENIED.match(after) is not None


def heard(words: str, flats: Sequence[str], index: int) -> tuple[tuple[Cue, bool, int], ...]:
    """The kinds of remark a sentence makes: whether surely, and how many of the next sentences belong to it."""
    return _hear(words, tuple(flats[index : index + REACH + 1]))


@lru_cache(maxsize=4096)
def _hear(words: str, ahead_flats: tuple[str, ...]) -> tuple[tuple[Cue, bool, int], ...]:
    """The same of one sentence with those after it. Kept, as a story is gone through twice: for asides and remarks."""
    own, following = ahead_flats[0], "/".join(ahead_flats)
    if len(own.split()) > MOST_WORDS or is_question(words):
        return ()
    if is_right(ahead_flats, 0):
        return tuple(
            (cue, True, 0) for cue in cues() if cue.kind in GROUNDS and any(test(own, len(own)) for test in cue.sure)
        )
    found: list[tuple[Cue, bool, int]] = []
    here, ahead = likely_in(own), likely_in(following)
    for cue in cues():
        if _passes(cue.sure, here, own, len(own)) or (_may_count(cue) and _by_figure(cue, words, own)):
            hit = (cue, not cue.needs_harm or says("harm")(following, len(following)), 0)
        elif _passes(cue.across, ahead, following, len(own)):
            hit = (cue, True, 1)
        elif _passes(cue.unsure, here, own, len(own)):
            hit = (cue, False, 0)
        else:
            continue
        if is_confirmed(cue.kind, words):
            found.append(hit)
    return tuple(_strongest(found))


def is_confirmed(kind: str, words: str) -> bool:
    """Whether the words of a sentence allow that it makes a remark of this kind: what is often changed is not idle."""
    return CONFIRM.get(kind, bool)(words) and not contradicts(kind, flat(words))


def _passes(tests: Sequence[Test], likely: set[Test], flat_text: str, before: int) -> bool:
    return not likely.isdisjoint(tests) and any(test in likely and test(flat_text, before) for test in tests)


def is_question(words: str) -> bool:
    """Whether a sentence only asks; "who reads it?" is left to the unsure phrases of a cue."""
    return words.rstrip().endswith("?") and not re.search(r"\b(who|why|what for)\b", words, re.I)


_RATHER = {
    "empty_check": ("empty_approval",), "double_check": ("empty_check", "certified_elsewhere"),
    "habit": ("no_dependency", "batch", "unused_result"), "ping_pong": ("error_at_source",),
    "unowned": ("shared_duty",), "unused_result": ("error_at_source",),
    "idle": ("overloaded",), "paper": ("typed_again", "many_channels", "unused_result"),
    "many_contacts": ("changing_hands",), "routine": ("typed_again",), "cause": (), "late_check": ("error_at_source",),
    "batch": ("error_at_source", "not_reached"),
}  # fmt: skip
"""Kinds that give way where the same sentence makes a surer remark of another kind."""


def _strongest(found: list[tuple[Cue, bool, int]]) -> list[tuple[Cue, bool, int]]:
    kinds = {cue.kind for cue, sure, _ in found if sure}
    return [each for each in found if not set(_RATHER.get(each[0].kind, ())) & kinds and (each[1] or not kinds)]


def _may_count(cue: Cue) -> bool:
    """Whether a figure alone may say it."""
    return bool(cue.load) or cue.kind in ("separate_piles", "many_channels")


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
    """Whether what is counted is seldom: a remark that says a thing hardly ever happens is none when it does, or when
    whoever looks is said to be right."""
    if _WAS_RIGHT.search(words):
        return False
    many = counted(words)
    shares = list(shares_in(words))
    if many is not None:
        shares.append(many.share)
    return all(min(share, 1 - share) <= RARE for share in shares)


GROUNDS = ("control", "limit", "total_time", "season", "cost")
"""What is heard also where the teller says in the same breath that it is right as it is."""
_NOBODY_ELSE = re.compile(r"\b(?:nobody|no[- ]one) else\b", re.IGNORECASE)
_WAS_RIGHT = re.compile(r"\b(?:he|she|they) (?:was|were|is|are) right\b", re.IGNORECASE)
_ALL_WELL = re.compile(worded("all-well"), re.I)
_COPIED_FROM = re.compile(rf"\b{any_of('copied-from')}\b", re.IGNORECASE)
_APART = re.compile(rf"\b{any_of('cases-apart')}\b", re.IGNORECASE)
CONFIRM: dict[str, Callable[[str], bool]] = {
    "control": lambda words: not denies_rule(words),
    "empty_approval": _seldom,
    "empty_check": _seldom,
    "not_core": lambda words: _NOBODY_ELSE.search(words) is None,
    "one_pile": lambda words: _APART.search(words) is not None,
    "overloaded": lambda words: _ALL_WELL.search(words) is None,
    "typed_again": lambda words: _COPIED_FROM.search(words) is not None,
}
