"""Commands and decisions, however they are put."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded, wordings
from assistant.language.figures.numbers import number_named
from assistant.language.turn.kinds import Command, Decision
from assistant.language.turn.what_is_meant import SPARES

POLITE = re.compile(worded("orders-polite"), re.IGNORECASE)
TRAILING = re.compile(r"[\s,]*(?:please|now|again|for me|thanks|thank you|then)?[\s.?!]*$", re.IGNORECASE)
ORDERS = wordings("orders")
NUMBER = (
    r"(?:#|no\.? ?|number |proposal |option |the )*(?P<n>\d{1,2}|first|second|third|fourth|fifth|"
    r"(?<=number )(?:one|two|three|four|five))(?:st|"
    r"nd|rd|th)?\b(?: (?:one|proposal|option|idea|suggestion)\b)?"
)
YES = f"(?:{worded('takes-over')})"
NO = (
    r"(?:reject|decline|drop|skip|refuse|turn down|leave(?: out)?|forget|not|no(?: to)?|without|never|"
    r"(?:i|we) (?:don'?t|do not|won'?t|can'?t|cannot) (?:want|like|need|do|take|accept|have))"
)
ACCEPT = re.compile(rf"^\W*(?:{any_of('before-yes')}\b[\s,]*)*{YES}[\s,]+{NUMBER}", re.IGNORECASE)
FINE = re.compile(
    rf"^\W*{NUMBER}\s+(?:is|sounds|looks|would be)\s+(?:ok|okay|fine|good|great|"
    rf"alright)",
    re.IGNORECASE,
)
POOR = re.compile(
    rf"^\W*{NUMBER}\s+{any_of('judges-proposal')}\s+"
    r"(?:just |really |complete |total |utter |a |an |not |too |pure )*(?:nonsense|rubbish|silly|stupid|crazy|mad|bad|"
    r"terrible|impossible|out|unrealistic|illegal|forbidden|expensive|risky|dangerous|no (?:good|go|use)|no-go|joke|"
    r"work|fly|happen|possible|allowed|good|realistic|ok|okay|an option|for us|acceptable)\b",
    re.IGNORECASE,
)
REJECT = re.compile(rf"^\W*(?:(?:nah|nope)\b[\s,]*|and\s+|but\s+|please\s+)*{NO}\s+{NUMBER}", re.IGNORECASE)
GOES_ON = re.compile(rf"^\W*$|^\s*,|^\s*{any_of('behind-decision')}\b", re.IGNORECASE)
WONT_WORK = re.compile(worded("wont-work"), re.IGNORECASE)
REJECT_REST = re.compile(
    rf"^\W*(?:and\s+|but\s+)*{NO}\s+(?:to\s+)?(?:the\s+)?(?:others?|rest)(?:\s+ones?)?\b", re.IGNORECASE
)
THINGS = r"(?:proposals?|ideas?|changes?|suggestions?|points?|ones)"
ALL = (
    rf"(?:(?:them|it|these|those) all|(?:all|both|each|every(?: single)? one)(?: (?:two|three|four|of)\b)?"
    rf"(?: (?:the|of|your|these|those|them|it|what(?: is|'s) on offer)\b)*(?: {THINGS})?|everything|every {THINGS}|"
    rf"(?:the|your) (?:whole )?(?:lot|list|{THINGS})|(?:any|none) of (?:them|these|those|it|that))"
)
OF_ALL = re.compile(
    rf"^\W*(?:{any_of('before-yes')}\b[\s,]*)*(?:(?P<yes>{YES})|(?P<no>{NO}|(?=none of)))\s*"
    rf"(?:(?:to|with|for|over)\s+)?{ALL}(?:\s+(?:please|then|now|over|on|down|out))*\s*(?:\W*$|(?:[,;:.–-]+\s*|\s+(?=because|since))(?P<why>.*))",
    re.IGNORECASE,
)
"""`take them all`, `no to all of it, we have no money`, `none of these`."""
DO_THAT = re.compile(worded("do-that"), re.IGNORECASE)
NOT_THAT = re.compile(
    r"^\W*(?:(?:no|nope|nah|sorry)\b[\s,]*)*not (?:that|this|it)(?: one)?\s*(?:[,;.:–-]+\s*(?P<why>.+)|"
    r"(?:because|since|as) (?P<because>.+))?$",
    re.IGNORECASE,
)
PARTS = re.compile(r"[,;.!](?!\d)\s*|\s+(?=(?:but|and)\s)", re.IGNORECASE)


def order_in(words: str) -> Command | None:
    """The command that words mean as a whole, or None."""
    for bare in (TRAILING.sub("", words).strip(), TRAILING.sub("", POLITE.sub("", words, count=1)).strip()):
        for name, cue in ORDERS:
            if name == "export" and SPARES.search(words):
                continue
            if re.fullmatch(rf"\W*(?:{cue})\W*", bare, re.IGNORECASE):
                return Command(name)
    return None


def decision_in(words: str, offered: int) -> Decision | None:
    """Which proposals words take over or turn down; None when they decide nothing.

    A decision without a number refuses what is on offer, which one is to be asked. Where nothing is `offered`, words
    that name a number as one does a proposal decide all the same: they are no story.
    """
    if len(words) > 400:
        return None
    if that := _on_that(words, offered):
        return that
    if offered and (whole := OF_ALL.match(words)) and not re.search(r"\d|\bbut\b|\bexcept\b", whole["why"] or ""):
        return Decision((), (), whole["why"] or "", of_all=bool(whole["yes"]))
    accept: list[int] = []
    reject: list[int] = []
    reasons: list[str] = []
    rest = False
    for part in filter(None, map(str.strip, PARTS.split(words))):
        if REJECT_REST.match(part):
            rest = True
        elif part.lower().startswith("not ") and reasons_before(words, part) and not (accept or reject):
            return None
        elif poor := POOR.match(part):
            reject.append(number_named(poor["n"]))
        elif (match := REJECT.match(part)) and GOES_ON.match(part[match.end() :]):
            reject.append(number_named(match["n"]))
        elif (match := ACCEPT.match(part) or FINE.match(part)) and GOES_ON.match(part[match.end() :]):
            accept.append(number_named(match["n"]))
        elif accept or reject:
            reasons.append(part)
    if rest and (accept or reject):
        named = {*accept, *reject}
        reject += [number for number in range(1, offered + 1) if number not in named]
    return Decision(tuple(accept), tuple(reject), ", ".join(reasons)) if accept or reject else None


def _on_that(words: str, offered: int) -> Decision | None:
    """`let's do that`, `not that, nobody has time`: of what is left, where it is one; else which one is asked."""
    if WONT_WORK.match(words):
        return Decision((), (), words)
    if offered and DO_THAT.match(words):
        return Decision((), (), words, that=True)
    refused = NOT_THAT.match(words) if offered else None
    return Decision((), (), refused["why"] or refused["because"] or "", that=False) if refused else None


def reasons_before(words: str, part: str) -> bool:
    """Whether something stands before a part, which then contrasts a figure (`five minutes, not 3`)."""
    return bool(re.search(r"\w", words[: words.find(part)]))
