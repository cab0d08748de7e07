"""A length of time that belongs to another step: `the two weeks are waiting for the approval`, `the three days' wait
belongs to the fitting, not to the dyeing`."""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import Sentence, likely
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Edit, SetValue

_WAIT = r"(?P<wait>'? (?:wait|waiting|delay|pause)(?: of [^,;]{2,20}?)?)?"
_TO = r"(?:(?:belongs?|goes?) (?:to|with|before)|(?:is|are) (?P<waits>(?:the )?wait(?:ing)? (?:for|before|until)))"
_NOT = r"[\s,]+(?:and )?(?:not|rather than|instead of) (?:to |for |before |with )?(?P<old>[^,;]+)"
SAYS = re.compile(
    rf"^(?:\W*(?:no|and|but)\W+)?the [^,;]{{2,30}}?{_WAIT}\s+{_TO}\s+(?P<what>[^,;]+?)"
    rf"(?:{_NOT}|[,;]\s*(?P<where>(?:after|before|once|when)\b[^,;]+))?\W*$",
    re.IGNORECASE,
)
IS = re.compile(
    r"^(?:\W*(?:no|and|but)\W+)?(?:the|those|these|that) [^,;]{2,30}?\s+(?:is|are|was|were|goes?|go)\s+"
    r"(?P<way>(?:for|on|in|with)\s+)?(?P<what>(?:the\s+)?[^,;]+?)"
    r"[\s,]+(?:and )?(?:not|rather than|instead of) (?:for |on |in |with )?(?P<old>[^,;]+?)\W*$",
    re.IGNORECASE,
)
"""`the hour and a half is the shooting, not the calendar`; what is said to be wrong leaves no doubt."""
PLACE = re.compile(r"(?:before|after|between|until|when|once|only|just|too)\b", re.IGNORECASE)
MOST, A_DAY = 3, 86400


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The length where it belongs, taken from where it stood; a question where the words speak of several steps."""
    return _belongs(sentence, SAYS.match(sentence.text))


def outright(sentence: Sentence) -> Outcome | Doubt | None:
    """The same of words that also say where it does not belong."""
    said = IS.match(sentence.text)
    return _belongs(sentence, said) if said and not PLACE.match(said["what"]) else None


def _belongs(sentence: Sentence, said: re.Match[str] | None) -> Outcome | Doubt | None:
    lengths = [figure for figure in figures_in(sentence.text) if figure.kind == "duration" and not figure.vague]
    if said is None or len(lengths) != 1 or lengths[0].a > said.start("what"):
        return None
    named = said.groupdict()
    waits = bool(named.get("wait") or named.get("waits"))
    steps = _spoken_of(sentence, said["what"]) or _spoken_of(sentence, named.get("where") or "")
    held = _held(sentence, lengths[0], _spoken_of(sentence, said["old"] or ""))
    ways = [_put(sentence, step, lengths[0], waits, held) for step in steps[:MOST] if (step, "wait") not in held]
    if len(ways) > 1:
        return Doubt("Where does that belong?", tuple(ways))
    return ways[0] if ways else None


def _spoken_of(sentence: Sentence, words: str) -> list[str]:
    """The steps that words speak of most; those that share nothing but somebody's name are none."""
    catalogue, said = sentence.catalogue, content(words)
    return [
        step for step in likely(catalogue, words.lower())
        if isinstance(catalogue.by_id[step], Task | Wait)
        and any(alike(word, part) for word in said for part in content(catalogue.name(step)))
    ]  # fmt: skip


def _held(sentence: Sentence, figure: Figure, denied: list[str]) -> list[tuple[str, str]]:
    """Where the length stands: at the steps it is said not to belong to, or at the only one that has it."""
    found = [
        (step.id, field)
        for step in sentence.catalogue.steps if isinstance(step, Task | Wait)
        for field in ("wait", "work", "duration")
        if (value := getattr(step, field, None)) is not None
        and any(abs(value.mean_seconds - s) <= 0.02 * s for s in (figure.seconds(), figure.seconds(hands_on=True)))
    ]  # fmt: skip
    return [place for place in found if place[0] in denied] or (found if len(found) == 1 and not denied else [])


def _put(sentence: Sentence, step: str, figure: Figure, waits: bool, held: list[tuple[str, str]]) -> Outcome:
    catalogue = sentence.catalogue
    waits = waits or (not held and figure.seconds() >= A_DAY)
    field = held[0][1] if held and not waits else "wait" if waits else "work"
    field = "duration" if isinstance(catalogue.by_id[step], Wait) else field
    length = as_duration(figure, field == "work").model_copy(update={"span": None}).document()
    gone: list[Edit] = [
        SetValue(id=id_, field=name, value=None) for id_, name in held if id_ != step and name != "duration"
    ]
    title = f"{'the time' if field == 'work' else 'the waiting'} of “{catalogue.name(step)}”"
    return Outcome(title, (SetValue(id=step, field=field, value=length), *gone))
