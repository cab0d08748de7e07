"""Commands and decisions, however they are put."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.figures.numbers import number_named
from assistant.language.turn.kinds import Command, Decision
from assistant.language.turn.what_is_meant import SPARES

POLITE = re.compile(
    r"^\W*(?:(?:oh|no|ok|okay|so|well|now|and|yes|hm+|sorry|please|just|hey|hi|wait|oops|nah|nope|ah|er|um|right)\b[\s,.!]*)*"
    r"(?:(?:can|could|would|will|may) (?:you|i|we)\b\s*|(?:i|we)(?:'d| would)? (?:like|want|need|"
    r"love)(?: to)?\b\s*|"
    r"let (?:me|us)\b\s*|let's\b\s*|how (?:do|can) (?:i|we)\b\s*|please\b\s*|just\b\s*)*",
    re.IGNORECASE,
)
TRAILING = re.compile(r"[\s,]*(?:please|now|again|for me|thanks|thank you|then)?[\s.?!]*$", re.IGNORECASE)
SEEN = (
    r"(?:map|picture|diagram|drawing|flow ?chart|flow|process|model|steps|everything|all(?: of it)?|"
    r"it|overview)"
)
SEE = rf"{any_of('show-me')}(?:\s+(?:me|us))?"
SO = (
    r"(?:(?:much|a bit|a lot|even|more) )?"
    r"(?:fast(?:er)?|quick(?:er)?|cheaper|better|simpler|leaner|shorter|smoother|easier|efficient)"
)
WHOLE = r"(?:it|this|that|us|things|everything|all (?:of )?this|the (?:whole )?(?:thing|process|work))"
BETTER = (
    rf"(?:how|what) (?:can|could|do|would|should|might|may|to|shall)(?: (?:we|i|one|it|this|they))?"
    rf"(?: do)?(?: to)? (?:(?:be|get|become|go|work|run|make {WHOLE}|have {WHOLE}) {SO}|"
    rf"(?:shorten|speed up|improve|simplify|streamline) {WHOLE}|speed {WHOLE} up|"
    r"save (?:some |more )?(?:time|work|money|hours))"
    r"(?: (?:here|than (?:now|today)|in (?:this|all)|overall))?|"
    rf"(?:(?:make|get) {WHOLE} {SO}|(?:speed {WHOLE} up|shorten it|speed up {WHOLE}))"
)
"""The question that everybody has: `how could we be faster?`, `make it cheaper`."""
ORDERS: tuple[tuple[str, str], ...] = (
    ("undo", rf"(?:(?:nvm|never ?mind|nope|no|oops|wait|sorry)\b[\s,.!]*)*(?:nvm|never ?mind|{any_of('unsay')}"
     r"(?: about)?\s+(?:that|this|it|(?:all )?(?:what|"
     r"everything) i(?:'ve| have)? (?:just )?(?:said|typed|told(?: you)?|"
     r"wrote|written|entered)|(?:that|the|my|this)(?: very)?(?: last| previous)?(?: \w+)? (?:bit|part|sentence|"
     r"thing|one|line|remark|message|turn|"
     r"statement|change|words?|entry))(?: (?:just now|i (?:just )?(?:said|typed|told you)|again|please|"
     r"out))?)(?:[,;.].{0,60}| (?:wrong|because|since|that was).{0,60})?|"
     r"(?:undo|no undo|revert|take (?:that|it|this) back|go back|back|"
     r"(?:one|a) step back)(?:\s+(?:that|it|this|the last \w+|"
    r"one step))?"),
    ("redo", r"redo(?:\s+(?:that|it))?|bring (?:that|it) back"),
    ("again", r"go back to the (?:beginning|start)|(?:start|begin) (?:over|again|anew|from scratch|afresh)\b.*"),
    ("export", r"(?:gimme|give me|send(?: me)?|get(?: me)?|make(?: me)?|produce|create|i need)\b.{0,40}\b(?:pdf|"
        r"word (?:file|document)|docx|bpmn|report|files?|zip)\b.{0,20}|"
     r"(?:(?:export|save|download)\b.{0,60}|"
     r"write (?:(?:it|this|that|them|everything|all)? ?(?:out|to (?:a |the )?(?:file|disk|folder)\b.{0,30})|"
     r"(?:me )?(?:the|a|an|up)\b.{0,30}(?:report|files?|package|pdf|paper|document|hand-?over|bpmn)\b.{0,30})|"
     r"" + SEE + r"\b.{0,30}\b(?:report|files?|pdf|"
    r"bpmn|package)\b.{0,20})"),
    ("questions", r"(?:what(?:'?s| is| are)? (?:still |else )?(?:open|missing|left|unclear|unknown|"
    r"needed)\b.{0,30}|"
     r"what (?:else )?(?:do|did) you (?:still |else )?(?:need|want|not know|"
    r"like to know).{0,30}|"
     r"what else.{0,40}know|are we (?:done|complete)|what should (?:i|we) (?:ask|tell|find out).{0,20}|"
         r"any (?:more |open )?questions)"),
    ("show", r"(?:sum (?:it |this |everything )?up|summari[sz]e|recap|read (?:it |that |everything )?back|"
        r"repeat|go over|run through|play back)\b"
     r"(?!.*\b(?:step|until|loop)\b).{0,60}|(?:what|how much) (?:have|did) you (?:understood|understand|got|"
     r"get|taken in|noted|written down)(?!.*\bnot\b).{0,30}|"
     r"" + SEE + r"\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:current\s+|whole\s+|entire\s+)?" + SEEN + r"\b.{0,30}|"
     + SEE + r"\s+what you (?:have|got|understood|know).{0,20}|where were we|what do you have.{0,20}"),
    ("help", r"help(?:\s+me)?|what can (?:you|i) (?:do|say|ask).{0,15}|how does this work|what (?:now|"
    r"next)|what should i do(?: now| next)?"),
    ("propose", BETTER),
    ("propose", r"(?:propose|suggest|improve)(?:\s+(?:something|it|this|improvements?|changes?|the process))?|"
     r"what (?:do|would|can) you (?:propose|suggest|recommend|improve).{0,30}|"
    r"(?:do you have )?any (?:ideas|suggestions|proposals)|"
     r"what (?:can|could|should) (?:we|i) (?:improve|do better|change).{0,20}"),
    ("log", r"(?:" + SEE + r"\s+)?(?:the |a )?(?:log|history|journal)"),
    ("quit", r"(?:good ?)?bye|see you|that'?s (?:all|it)(?: for (?:today|now))?|(?:i'?m|we'?re) done|stop"),
)  # fmt: skip
NUMBER = (
    r"(?:#|no\.? ?|number |proposal |option |the )*(?P<n>\d{1,2}|first|second|third|fourth|fifth|"
    r"(?<=number )(?:one|two|three|four|five))(?:st|"
    r"nd|rd|th)?\b(?: (?:one|proposal|option|idea|suggestion)\b)?"
)
YES = (
    r"(?:accept|take|do|adopt|go (?:with|for)|let'?s (?:do|take|try|have|go (?:for|with)|start with)|"
    r"i(?:'d| would|'ll| will)? (?:like|want|take)|we (?:like|want|"
    r"take|do)|yes(?: to)?|"
    r"ok(?:ay)?(?: to| for| with)?|fine with|agreed? (?:to|with)|keep)"
)
NO = (
    r"(?:reject|decline|drop|skip|refuse|turn down|leave(?: out)?|forget|not|no(?: to)?|without|never|"
    r"(?:i|we) (?:don'?t|do not|won'?t|can'?t|cannot) (?:want|like|need|do|take|accept|have))"
)
ACCEPT = re.compile(
    rf"^\W*(?:{any_of('before-yes')}\b[\s,]*)*{YES}[\s,]+{NUMBER}",
    re.IGNORECASE,
)
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
GOES_ON = re.compile(
    rf"^\W*$|^\s*,|^\s*{any_of('behind-decision')}\b",
    re.IGNORECASE,
)
WONT_WORK = re.compile(
    r"^\W*(?:(?:no|nope|sorry|but|well)\b[\s,]*)*(?:that|this|it|these)\s+(?:won't|will not|can't|cannot|"
    r"doesn't|does not|would not|"
    r"wouldn't)\s+(?:work|fly|do|be possible|happen|help)\b.*$|"
    r"^\W*(?:(?:no|sorry)\b[\s,]*)*(?:we|i)\s+(?:can't|cannot|won't|may not|"
    r"are not allowed to)\s+do\s+(?:that|this|it)\b.*$",
    re.IGNORECASE,
)
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
DO_THAT = re.compile(
    rf"^\W*(?:{any_of('before-yes')}\b[\s,]*)*(?:(?:that|this|it) (?:sounds|looks|is) (?:good|great|fine)"
    r"[\s,.]*(?:and |so )?)?(?:let'?s|we(?:'ll| will)|i(?:'ll| will)|please) "
    r"(?:do|take|try|have|adopt|go (?:for|with)) (?:that|this|it)(?: one)?(?: then| please)?\W*$",
    re.IGNORECASE,
)
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
