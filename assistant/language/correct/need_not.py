"""What need not be done below a limit: "the boss doesn't need to sign under 800" is "only above 800 the boss signs"."""

from __future__ import annotations

import re

from assistant.english.tables import patterns
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.sentence_said import ARTICLE, PRONOUNS, Sentence, known_role, likely, mentioned
from assistant.language.offline.words.tokens import sentences
from assistant.language.offline.words.word_tables import NOMINAL
from assistant.process.apply import apply
from assistant.process.blocks import Task
from assistant.process.edits import WrapInChoice
from assistant.process.model import Process
from assistant.process.tree import tasks

AMOUNT = (
    r"(?:(?:orders?|amounts?|sums?|jobs?|bills?|invoices?|quotes?|cases?|those|anything|everything)\s+)?"
    r"(?P<side>under|below|up to|less than|smaller than)\s+(?P<sum>(?:[€$£]\s?)?\d[\d.,]*\d?"
    r"(?:\s?(?:euros?|dollars?|pounds?|francs?|crowns?|kilos?|kg|pieces?|€|\$|£))?)"
)
_NOT = r"(?:(?:doesn't|does not|don't|do not)(?:\s+(?:need|have)\s+to)?|needn't|need not)"
_WHO, _NO = r"(?P<who>[^,;]{2,40}?)", r"(?:no|there is no|there's no|we need no)"
_THING = r"(?P<thing>[a-z ]{3,30}?)"
_ASKED = r"(?:\s+(?:is|are)\s+(?:needed|required|necessary|asked for))?"
_WITH = r"(?:\s+(?:for|with|if it's|if it is|when it's|when it is))?"
NEED_NOT = re.compile(rf"^{_WHO}\s+{_NOT}\s+(?P<do>[^,;]{{2,50}}?){_WITH}\s+{AMOUNT}$", re.IGNORECASE)
FIRST = re.compile(
    rf"^(?:for |with )?{AMOUNT},?\s+(?:{_WHO}\s+{_NOT}\s+(?P<do>[^,;]{{2,50}})|{_NO}\s+{_THING}{_ASKED})$",
    re.IGNORECASE,
)
NO_THING = re.compile(rf"^{_NO}\s+{_THING}{_ASKED}{_WITH}\s+{AMOUNT}$", re.IGNORECASE)
OF_A_KIND = re.compile(
    r"^(?:an? )?(?P<kind>(?!the\b)[\w-]+ (?:with|without|who|that|from|by) [^,;]{3,50}?)\s+"
    r"(?:doesn'?t|does not|don'?t|do not|needn'?t|need not)\s+(?:(?:need|have)(?: to)?\s+)?"
    r"(?P<do>[^,;]{3,50}?)(?: at all)?$",
    re.IGNORECASE,
)
"""Some of the cases, who need not: `guests with a season card don't have to buy a ticket`."""
GET_NONE = re.compile(
    r"^(?:the |our |and |but )*(?P<kind>[\w-]+(?: [\w-]+){1,3}) (?:gets?|receives?|needs?|requires?) "
    r"no (?P<do>[\w -]{3,40})$",
    re.IGNORECASE,
)
"""`Small loads get no bill`: of a kind of cases, and of what is told of them."""
DOES_NONE = re.compile(
    r"^(?:the |our )?(?P<who>[\w' -]{2,40}?) (?P<verb>[a-z]+s?) no (?P<thing>[\w -]{3,40}?) (?:for|with) "
    r"(?P<kind>(?!the\b)[\w-]+(?: [\w-]+){0,4})$",
    re.IGNORECASE,
)
"""`Rosi writes no bill for small loads`."""
NONE_FOR = (GET_NONE, DOES_NONE)
LEFT_OUT = patterns("left-out-for-a-kind")
"""`Rush orders skip the proof`, `for regulars no deposit is asked`: a kind of cases that a step is left out for."""
TRAILS = re.compile(r"[\s,]+(?:by the way|though|actually|of course|anyway|i forgot)\W*$", re.IGNORECASE)


def limited(process: Process, text: str) -> Process:
    """The process with what sentences of its story say need not be done under a limit; "he" means who was told of."""
    for told in sentences(text):
        words = text[told.start : told.end]
        if not _LIMIT.search(words):
            continue
        before = [step for step in tasks(process) if step.span is not None and step.span.end <= told.start]
        recent = tuple(step.id for step in sorted(before, key=lambda step: step.span.end if step.span else 0)[-2:])
        found = read(Sentence(Catalogue(process), words.strip(" .!"), False, recent))
        process = apply(process, found.edits) if found is not None else process
    return process


_LIMIT = re.compile(r"\b(?:under|below|up to|less than|smaller than)\s+[€$£]?\s?\d", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """The step that is done only above the limit; None where no single step of theirs is meant."""
    text = TRAILS.sub("", sentence.request.strip(" .!"))
    if (kind := OF_A_KIND.match(text)) and (spared := _spared(sentence, kind["kind"], kind["do"])):
        return spared
    if spared := _none_for(sentence, text) or left_out(sentence):
        return spared
    found = NEED_NOT.match(text) or FIRST.match(text) or NO_THING.match(text)
    step = _meant(sentence, found.groupdict()) if found else None
    if found is None or step is None:
        return None
    limit = found["sum"].strip()
    above = "from" if found["side"].lower() in ("under", "below", "less than", "smaller than") else "above"
    when = f"{above} {limit}" + (" up" if above == "from" else "")
    edit = WrapInChoice(
        ids=(step,),
        id=Fresh(sentence.catalogue).id("decision"),
        question=f"{when[0].upper()}{when[1:]}?",
        when=when,
        otherwise_when="otherwise",
    )
    return Outcome(f"{sentence.catalogue.name(step)} only {when}", (edit,))


def _none_for(sentence: Sentence, text: str) -> Outcome | None:
    """A kind of cases that a step is not done for, told by what they do not get."""
    if does := DOES_NONE.match(text):
        role = role_named(sentence.catalogue, ARTICLE.sub("", does["who"]))
        return _spared(sentence, does["kind"], f"{does['verb']} {does['thing']}") if role else None
    gets = GET_NONE.match(text)
    if gets is None or known_role(sentence.catalogue, gets["kind"]) is not None:
        return None
    return _spared(sentence, gets["kind"], gets["do"])


def left_out(sentence: Sentence) -> Outcome | None:
    """What is left out for a kind of cases: a step, or all that is done to the thing in one go."""
    catalogue, text = sentence.catalogue, TRAILS.sub("", sentence.request.strip(" .!"))
    found = next((match for pattern in LEFT_OUT if (match := pattern.match(text))), None)
    if found is None or _LIMIT.search(text) or _by_us(catalogue, found["kind"]):
        return None
    do = ARTICLE.sub("", found["do"])
    role, row = known_role(catalogue, do), []
    if role is not None:
        row = catalogue.of_role(role.id)
    elif content(do):
        said = [NOMINAL.get(word, word) for word in content(do)]
        row = [step.id for step in catalogue.named if isinstance(step, Task) and all(
            any(alike(word, part) for part in content(step.name)) for word in said)]  # fmt: skip
    return _wrapped(catalogue, row, found["kind"]) if row and _side_by_side(catalogue, row) else None


def _by_us(catalogue: Catalogue, kind: str) -> bool:
    """Whether the words name somebody, whole: `the clerk skips lunch` is of no kind of cases."""
    return role_named(catalogue, ARTICLE.sub("", kind)) is not None


def _side_by_side(catalogue: Catalogue, steps: list[str]) -> bool:
    """Whether the steps follow one upon the other on one way."""
    rows = [row for row in catalogue.rows.values() if steps[0] in row]
    places = [rows[0].index(step) for step in steps if step in rows[0]] if rows else []
    return len(places) == len(steps) and places == list(range(places[0], places[0] + len(steps)))


def _wrapped(catalogue: Catalogue, steps: list[str], kind: str) -> Outcome:
    edit = WrapInChoice(
        ids=tuple(steps),
        id=Fresh(catalogue).id("decision"),
        question=f"{kind[0].upper()}{kind[1:]}?",
        when=f"not {kind}",
        otherwise_when=kind,
    )
    return Outcome(f"{' and '.join(map(catalogue.name, steps))} not for {kind}", (edit,))


def _spared(sentence: Sentence, kind: str, do: str) -> Outcome | None:
    """The one step that a kind of cases need not go through; None where no step is plain."""
    catalogue = sentence.catalogue
    steps = [id_ for id_ in likely(catalogue, do) if isinstance(catalogue.by_id.get(id_), Task)]
    role = known_role(catalogue, ARTICLE.sub("", do))
    own = catalogue.of_role(role.id) if role is not None else []
    steps = own if len(own) == 1 else steps  # `need no assessor`: what that one does
    things = content(catalogue.name(steps[0]))[1:] if len(steps) == 1 else []
    if len(steps) != 1 or (steps != own and not any(alike(word, thing) for word in content(do) for thing in things)):
        return None
    return _wrapped(catalogue, steps[:1], kind)


def _meant(sentence: Sentence, said: dict[str, str | None]) -> str | None:
    """The one task that who is named need not do, or that the noun says: "no signature"."""
    catalogue = sentence.catalogue
    words = said.get("do") or ""
    if thing := said.get("thing"):
        head = thing.split()[-1].lower()
        words = f"{NOMINAL.get(head, head)} {' '.join(thing.split()[:-1])}"
    role = next(iter(mentioned(catalogue, said.get("who") or "")), None)
    pointing = [word for word in content(words) if word not in PRONOUNS]
    steps = [step for step in likely(catalogue, words, role.id if role else None) if _is(sentence, step, pointing)]
    own = [step for step in sentence.recent if _is(sentence, step, pointing)]
    steps = own if len(steps) > 1 and len(own) == 1 else steps
    return steps[0] if len(steps) == 1 else None


def _is(sentence: Sentence, step: str, words: list[str]) -> bool:
    verb = next(iter(content(sentence.catalogue.name(step))), "")
    task = isinstance(sentence.catalogue.by_id.get(step), Task)
    return task and bool(words) and any(alike(word, verb) for word in words)
