"""The words of a turn as the process knows them: names put right that were mistyped, and lengths told by another one.

`The gatekeper sends it away` speaks of the gatekeeper; `the paperwork takes twice that`, `as long as the inspection`,
`two hours less than the baking` each say a length, once the other one is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.alike import distance
from assistant.english.forms import base_of, verb_forms
from assistant.english.meanings import placed
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.figures.reading import figures_in
from assistant.process.durations import UNITS

SHORTEST, LONG = 6, 9
"""From how many letters on a word may be a mistyped one, and from how many on it may have two letters wrong."""
WORD = re.compile(rf"[a-z]{{{SHORTEST},}}", re.IGNORECASE)
FACTOR = r"(?P<factor>half|twice|double|three times|four times|a third|a quarter|two thirds)"
FACTORS = {
    "half": 0.5, "twice": 2.0, "double": 2.0, "three times": 3.0, "four times": 4.0, "a third": 1 / 3,
    "a quarter": 0.25, "two thirds": 2 / 3,
}  # fmt: skip
OTHER = r"(?P<other>(?:the |our |his |her |their )?[a-z][\w' -]*?)(?: itself| alone| does| is| takes)?(?=\W*$|[,;.!])"
BY_THAT = re.compile(rf"\b{FACTOR}(?: of)? (?:that|this)\b(?! [a-z])", re.IGNORECASE)
BY_OTHER = re.compile(
    rf"\b(?:{FACTOR} )?(?:of )?(?:just |exactly |about )*(?:as long as|(?<!at )the same(?: time| length)? as|"
    rf"what) {OTHER}",
    re.IGNORECASE,
)
ON_TOP = re.compile(
    r"\s*\b(?P<dir>less|shorter|quicker|faster|sooner|more|longer)\b"
    r"(?: than (?P<other>(?:the |our )?[a-z][\w' -]*?)(?=\W*$|[,;.!]))?",
    re.IGNORECASE,
)
LESS = ("less", "shorter", "quicker", "faster", "sooner")
LASTS = re.compile(r"\b(?:takes?|is|are|was|lasts?|needs?)\b|'s\b", re.IGNORECASE)
ENOUGH = 0.4
"""How much of the name of a step must be said for its time to be meant."""


def as_known(words: str, catalogue: Catalogue) -> str:
    """The words with mistyped names put right, and with lengths instead of what they are compared with."""
    return _on_top(_by_other(_by_that(_typed(words, catalogue)), catalogue), catalogue)


def _typed(words: str, catalogue: Catalogue) -> str:
    names = [step.name for step in catalogue.named] + [role.name for role in catalogue.process.roles]
    known = {form for name in names for word in WORD.findall(name.lower()) for form in _forms(word)}

    def right(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word in known or verb_forms(word) or placed([word]).any():
            return found[0]
        most = 2 if len(word) >= LONG else 1
        near = [(distance(word, other), other) for other in known if abs(len(other) - len(word)) <= most]
        best = min(((far, other) for far, other in near if other[0] == word[0]), default=(most + 1, ""))
        return best[1] if best[0] <= most else found[0]

    return WORD.sub(right, words)


def _forms(word: str) -> Iterator[str]:
    yield word
    base = base_of(word) or word
    if verb_forms(word):
        yield from (f"{base.removesuffix('e')}ing", f"{base}s", base)


def _by_that(text: str) -> str:
    """`ten minutes, the other twice that`."""
    found = BY_THAT.search(text)
    before = [figure for figure in figures_in(text[: found.start()]) if figure.kind == "duration"] if found else []
    if found is None or not before:
        return text
    return text[: found.start()] + _said(before[-1].seconds() * _factor(found)) + text[found.end() :]


def _by_other(text: str, catalogue: Catalogue) -> str:
    found = BY_OTHER.search(text)
    if found is None or (not found["factor"] and found[0].lower().lstrip().startswith("what")):
        return text
    own = re.fullmatch(r"(?:i|we) (?:said|told you|had|thought)", found["other"].lower())
    seconds = _time_of(catalogue, text[: found.start()] if own else found["other"])
    return text[: found.start()] + _said(seconds * _factor(found)) + text[found.end() :] if seconds else text


def _on_top(text: str, catalogue: Catalogue) -> str:
    """`the drying takes two hours less`: less than it was told to take, or than another step does."""
    figure = next((said for said in figures_in(text) if said.kind == "duration" and not said.vague), None)
    found = ON_TOP.match(text, figure.b) if figure else None
    if figure is None or found is None:
        return text
    front = re.split(r"[,;.]", text[: figure.a])[-1]
    if not found["other"] and not LASTS.search(front):
        return text
    known = _time_of(catalogue, found["other"] or front)
    sign = -1 if found["dir"].lower() in LESS else 1
    seconds = known + sign * figure.seconds() if known else 0.0
    if not known:
        return text
    return f"{text[: figure.a]}{_said(seconds) if seconds > 0 else ''}{text[found.end() :]}"


def _factor(found: re.Match[str]) -> float:
    said = found.groupdict()["factor"]
    return FACTORS[said.lower()] if said else 1.0


def _time_of(catalogue: Catalogue, words: str) -> float | None:
    """The seconds of the step that words name best: of its work, else of its wait."""
    said = content(words)
    best: tuple[float, float] = (0.0, 0.0)
    for step in catalogue.named:
        own = content(step.name)
        values = [getattr(step, field, None) for field in ("work", "duration", "wait")]
        seconds = next((value.mean_seconds for value in values if value is not None), 0.0)
        got = sum(
            (1.2 if not place else 1.0) * any(alike(word, part) for word in said) for place, part in enumerate(own)
        )
        if own and seconds:
            best = max(best, (got / len(own), seconds))
    return best[1] if best[0] >= ENOUGH else None


def _said(seconds: float) -> str:
    unit = next((name for name in ("day", "hour", "minute") if seconds >= UNITS_OF[name]), "second")
    value = round(seconds / UNITS_OF[unit], 2)
    if value != int(value) and unit in ("hour", "day"):
        unit = "minute" if unit == "hour" else "hour"
        value = round(seconds / UNITS_OF[unit], 2)
    return f"{value:g} {unit}{'' if value == 1 else 's'}"


UNITS_OF = {"day": UNITS["d"], "hour": UNITS["h"], "minute": UNITS["min"], "second": UNITS["s"]}
