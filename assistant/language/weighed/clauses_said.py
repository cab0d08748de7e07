"""The clauses of a turn, where one without a comma may be cut, and what of one may be a condition."""

from __future__ import annotations

import re

from assistant.english.forms import verb_forms
from assistant.english.tables import any_of, worded
from assistant.language.figures.reading import figures_in
from assistant.language.weighed.clause_as_step import acted
from assistant.language.weighed.words_spoken_of import Spoken

BEFORE = ("before", "prior to", "ahead of", "in front of", "until", "till", "unless")
AFTER = ("after", "once", "as soon as", "when", "following", "behind", "right after", "having")
BESIDE = ("while", "whilst", "during", "meanwhile", "at the same time as", "in parallel to")
PUTS = BEFORE + AFTER + BESIDE
BETWEEN = ("between",)
IF = ("if", "in case", "sometimes", "whenever", "when", "where", "for", "should", "unless", "now and then")
LINK = re.compile(
    r"\b(?:right |directly |straight |immediately |just |shortly |only )?(?<!in )"
    r"(?!once (?:more|again|every|in|an? (?:day|week|month|year|while))\b)"
    rf"(?P<link>{any_of('links-clause')})\s+(?=\S)",
    re.IGNORECASE,
)
END = re.compile(worded("clauses-said-end"), re.IGNORECASE)
THEN = re.compile(rf"^(?:and |so |but )*(?:{worded('clauses-said-then')})\s*\b", re.I)


def clauses(text: str) -> list[tuple[str, str]]:
    """The clauses of a turn, each with the word that links it to the others (empty for none)."""
    cuts = {0: ""}
    for mark in END.finditer(text):
        cuts.setdefault(mark.end(), "")
    for link in LINK.finditer(text):
        last = max((place for place in cuts if place <= link.start()), default=0)
        inside = link["link"].lower() == "for" and cuts[last]  # `while we wait for the prices`
        inside = inside or (link["link"].lower() in ("if", "when", "where") and ASKS.search(text[: link.start()]))
        if not inside and not _so_long(text, link):
            cuts[link.start()] = link["link"].lower()
    places = sorted(cuts)
    made = []
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        part = text[start:end].strip(" ,;:.!?()–—-")
        if part:
            made.append(_linked(LINK.sub("", part, count=1) if cuts[start] else LEFT_AND.sub("", part), cuts[start]))
    return made


ASKS = re.compile(worded("clauses-said-asks"), re.IGNORECASE)
"""Before `if` and the like: what is asked or looked for, and no case (`rings to ask if he wants it`)."""
HAS_A_THING = re.compile(worded("has-a-thing"), re.IGNORECASE)
"""A condition that ends with a thing: `it` behind it is that."""
PASSES = re.compile(r"(?:it|that|this|he|she|they|we|i|somebody|someone|everything|all)\b", re.IGNORECASE)


def _so_long(text: str, link: re.Match[str]) -> bool:
    """`takes two days until it is dry`: what follows says what passes in that time, and is no place."""
    if not PASSES.match(text[link.end() :]):
        return False
    lengths = (figure for figure in figures_in(text[: link.start()]) if figure.kind == "duration")
    return link["link"].lower() in ("until", "till") and any(
        not text[said.b : link.start()].strip() for said in lengths
    )


LEFT_AND = re.compile(r"\s+and$", re.IGNORECASE)
SOMETIMES = re.compile(rf"^(?:and |but |so )*(?:{worded('clauses-said-sometimes')})[\s,]+(?=\S+ \S)", re.IGNORECASE)


def _linked(part: str, link: str) -> tuple[str, str]:
    """A clause with the word that links it; one that says what happens now and then is a condition."""
    now_and_then = None if link else SOMETIMES.match(part)
    return (part[now_and_then.end() :], "sometimes") if now_and_then else (part, link)


ACTOR = re.compile(worded("clauses-said-actor"), re.IGNORECASE)


def done_there(front: str) -> bool:
    """Whether words end with what somebody does: what it is done to follows."""
    return any(form.form == "s" for form in verb_forms(front.split()[-1].lower()))


DANGLES = re.compile(rf"\b{any_of('breaks-off')}$", re.IGNORECASE)
"""How no clause ends: it was cut in the wrong place."""


def opened(spoken: Spoken, text: str, link: str) -> list[tuple[str, str]]:
    """The ways to cut a linked clause that has no comma behind it: where somebody begins to act."""
    starts = [spoken.tokens[name.first].start for name in spoken.people]
    cuts = [actor.start() for actor in ACTOR.finditer(text)]
    offset = spoken.text.find(text)
    for start in starts:
        place = start - offset
        if 0 < place < len(text):
            lead = re.search(r"(?:the|our|an?)\s+$", text[:place], re.IGNORECASE)
            wide = lead or re.search(r"\b(?:the|our|an?)\s+[\w-]+\s+$", text[:place], re.IGNORECASE)
            cuts += [lead.start() if lead else place, *([wide.start()] if wide else [])]
    return [
        (text[:cut].strip(), text[cut:].strip()) for cut in sorted(set(cuts))
        if len(text[:cut].split()) >= 1 + (link in IF) and len(text[cut:].split()) > 2
        and not (cut > min(cuts) and done_there(text[:cut]))
        and not DANGLES.search(text[:cut].strip())
    ]  # fmt: skip


def words_of(spoken: Spoken, text: str) -> frozenset[int]:
    start = spoken.text.find(text)
    if start < 0 and ", " in text:
        return frozenset[int]().union(*(words_of(spoken, part) for part in text.split(", ")))
    return spoken.within(start, start + len(text)) if start >= 0 else frozenset()


TIME_OF_DAY = re.compile(worded("time-of-day"), re.IGNORECASE)
"""When it is, and no condition: `the day before`, `the next morning`."""


GOT = re.compile(r"^(?P<what>[\w' -]{3,40}?) gets? (?:an?|the|another) ", re.IGNORECASE)
DIFFERS = re.compile(
    r"^(?P<what>[\w' -]{3,40}?) (?:are|is|gets?|goe?s?|runs?) (?:(?:a bit|quite|very|all|handled|treated|done) )*"
    r"(?:another|different(?:ly)?|special|separate(?:ly)?)\b",
    re.IGNORECASE,
)
"""`good ones get a coat of primer`, `oak is another story`: what is set apart, and then what is done to it."""


TELLS = re.compile(r"(?<=\w)\s+(?=(?:we|they|he|she|i|it's|there's|there) [a-z])", re.IGNORECASE)
GOES_ON = re.compile(r"(?<=\w{2})\s+(?=it (?:goes|comes|gets|is|has to)\b)", re.IGNORECASE)
"""Where the telling begins behind `for certified texts`: `we also need a stamp`; and behind `if she objects`."""


def condition_in(spoken: Spoken, cond: str, link: str) -> str:
    """The words of a clause that may be a condition: those before somebody acts in it, if somebody does (`if it's a
    wedding we do a tasting`); none where it says when it is, or tells only what somebody does."""
    if TIME_OF_DAY.match(cond):
        return ""
    if not link and (apart := GOT.match(cond) or DIFFERS.match(cond)):
        return apart["what"]
    cond = (TELLS if link in ("for", "with", "where") else GOES_ON).split(cond, maxsplit=1)[0]
    named = any(name.at <= words_of(spoken, cond) for name in spoken.people)
    often = any(said.figure.kind == "chance" for said in spoken.figures)
    if not link and (named or not often) and acted(spoken, cond) is not None:
        return ""  # it is done, and then the next thing is
    return next(
        (where for where, behind in opened(spoken, cond, link or "for") if acted(spoken, behind) is not None), cond
    )


BESIDE_SHARE = re.compile(worded("beside-share"), re.IGNORECASE)


def without_share(cond: str) -> str:
    """A condition without how often it holds (`one in four travellers can't be reached`)."""
    for figure in figures_in(cond):
        if figure.kind == "chance" and not figure.vague:
            left = f"{cond[: figure.a]} {cond[figure.b :]}".strip(" ,")
            return " ".join(BESIDE_SHARE.sub("", BESIDE_SHARE.sub("", left)).split()).strip(" ,")
    return cond


LEADS = re.compile(rf"^(?:(?:{worded('clauses-said-leads')}),? )+", re.IGNORECASE)
AT_A_STEP = re.compile(r"^(?:on|at|during|along with|together with) (?=the |that |his |her |their )", re.IGNORECASE)


def with_its_place(spoken: Spoken, part: str, link: str) -> tuple[str, str]:
    """A clause that says at which step something is done as one that puts it beside that step (`he reads the meters,
    on the inspection`)."""
    if link:
        return part, link
    at = AT_A_STEP.match(part)
    likes = spoken.likeness(words_of(spoken, part)) if at else ()
    if at and likes and likes[0].verb:
        return part[at.end() :], "during"
    return part, link
