"""What a teller puts right in the same breath: "ten minutes, er, rather twenty", "the boss signs it, no, not the boss,
her deputy". Only the second is told; every word that stays keeps its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.english.forms import singular, verb_forms
from assistant.english.tables import any_of
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import FIRST_NAMES, OUTSIDE, TITLES

_WORDS = rf"{any_of('takes-back-at-once')}(?:[,\s]+{any_of('takes-back-at-once')})*"
_SLIP = rf"\s*(?:[,;]|\s[–—-])\s*(?:{any_of('surely-takes-back')}\b,?|{_WORDS},)\s+"
_BETWEEN = re.compile(rf"[\s,;–—-]*\b{_WORDS}\b[\s,]*(?:{any_of('about-figure')}\s+|an?\s+)*", re.IGNORECASE)
_ABOUT = r"(?:the|an?|our|his|her|their|my)\s"
_SOMEBODY = rf"(?:{_ABOUT}[\w-]+(?:\sof\s[\w-]+)?|[A-Z][\w-]+)"
_NOT_HIM = re.compile(
    rf"(?P<said>(?i:\b{_ABOUT}(?P<who>[\w-]+(?:\sof\s[\w-]+)?))\s[^,;.]{{3,60}}),\s(?i:(?:no|er|sorry|wait)\b[\s,]*)+"
    rf"(?i:not\s(?:{_ABOUT})?(?P=who)),\s(?:but\s)?(?P<new>{_SOMEBODY})(?P<acts>\s[a-z]+)?"
)
_PLACE = re.compile(
    rf"(?P<said>\b(?P<prep>to|by|in|with|from|at|for)\s[^,;.]{{2,30}}){_SLIP}(?=(?P=prep)\s)", re.IGNORECASE
)
_CLAUSE = re.compile(
    rf"(?:^|(?<=, )|(?<=and )|(?<=then ))(?P<said>(?:(?!\band\b)[^,;.]){{6,80}}){_SLIP}(?P<new>[^,;.]+)", re.IGNORECASE
)
_DOER = re.compile(
    rf"(?:^|(?<=, )|(?<=and )|(?<=then ))(?P<said>(?:{_ABOUT})?[\w-]+){_SLIP}"
    rf"(?=(?:{_ABOUT})?[\w-]+\s(?P<acts>[a-z]+)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf",\s(?:and\s)?not\s[^,;.]{{2,40}}\s{any_of('as-it-used-to-be')}\b[^,;.]*", re.IGNORECASE)
_PEOPLE = TITLES | OUTSIDE | FIRST_NAMES | {"me", "him", "her", "us", "them"}
_BE = frozenset("is are was were be do does did am".split())
_NOT_THEM = re.compile(
    rf"(?<=\w),?\snot\s(?:by\s)?(?:{_ABOUT})?(?P<who>[\w-]+)(?=\s*(?:[,;.!]|$|\b(?:and|but)\b))", re.IGNORECASE
)
_NOT_FRONT = re.compile(
    rf"(?:^|(?<=[,;]\s)|(?<=\band\s))(?P<no>not\s(?:{_ABOUT})?(?P<who>[\w-]+),?\sbut\s)", re.IGNORECASE
)

USED_TO = re.compile(
    r",\s(?:and\s|but\s)?(?:(?:it|that|this|they)\s)?used\sto\s(?:be|take)\s[^,;.]{2,30}", re.IGNORECASE
)
"""`that takes six weeks, used to be four`: of the past is only what stands behind the comma."""


def without_slips(parts: list[Sentence], text: str) -> list[Sentence]:
    """The sentences without what their teller takes back at once."""
    return [_put_right(part, text[part.start : part.end]) for part in parts]


def _put_right(part: Sentence, words: str) -> Sentence:
    dropped = [(a + part.start, b + part.start) for a, b in (*_places(words), *_clauses(words), *_doers(words))]
    slips = [(a + part.start, b + part.start, end + part.start, unit) for a, b, end, unit in _figures(words)]
    dropped += [(a, b) for a, b, _, _ in slips]
    dropped += [(a + part.start, b + part.start) for a, b in _not_them(words)]
    dropped += [(match.start() + part.start, match.end() + part.start) for match in _BEFORE.finditer(words)]
    tokens = _with_units(_by_another(part, words), [(end, unit) for _, _, end, unit in slips if unit])
    kept = [token for token in tokens if not any(a <= token.start < b for a, b in dropped)]
    return part._replace(tokens=kept) if kept and kept != part.tokens else part


def figures_put_right(words: str) -> str:
    """The words with the figures their teller settled on: "thirty minutes" for "twenty minutes, no, thirty"."""
    for a, b, end, unit in sorted((*_figures(words), *_taken_as_one(words)), reverse=True):
        words = f"{words[:a]}{words[b:end]}{unit and f' {unit}'}{words[end:]}"
    return words


def _taken_as_one(words: str) -> Iterator[tuple[int, int, int, str]]:
    """The same where a figure was read with the one in its place."""
    for figure in figures_in(words):
        told = words[figure.a : figure.b]
        cut = next((match for match in reversed(list(_BETWEEN.finditer(told))) if match.start()), None)
        if cut is not None and figure.kind in _MEASURED:
            unit, rest = told[: cut.start()].split()[-1], told[cut.end() :]
            lacks = unit.isalpha() and all(again.kind == "number" for again in figures_in(rest))
            yield figure.a, figure.a + cut.end(), figure.b, unit if lacks else ""


def _figures(words: str) -> Iterator[tuple[int, int, int, str]]:
    """A figure with another right behind, as what goes (from, to), where the other ends, and the unit it lacks: "five
    minutes, or rather eight minutes", "ninety, scratch that, a hundred minutes", "twenty minutes, no, thirty"."""
    for first, second in pairwise(figures_in(words)):
        if not _BETWEEN.fullmatch(words[first.b : second.a]):
            continue
        unit = words[first.a : first.b].split()[-1]
        if second.kind == first.kind or (first.kind == "number" and second.kind in _MEASURED):
            yield first.a, second.a, second.b, ""
        elif (
            first.kind in _MEASURED and second.kind == "number" and unit.isalpha() and _CLOSES.match(words[second.b :])
        ):
            yield first.a, second.a, second.b, unit


_MEASURED = ("duration", "chance", "money")
_CLOSES = re.compile(rf"\s*(?:$|[.,;!?]|\b(?:and|but|each|usually|{any_of('about-figure')})\b)", re.IGNORECASE)


def _with_units(tokens: list[Token], units: list[tuple[int, str]]) -> list[Token]:
    """The words with a unit behind every number that ends where one is said to lack."""
    done: list[Token] = []
    for token in tokens:
        done += [token, *(Token(unit, unit.lower(), end, end) for end, unit in units if end == token.end)]
    return done


def _not_them(words: str) -> Iterator[tuple[int, int]]:
    """ "The guest pays, not the boss": who does not do it is nothing that is done."""
    for match in _NOT_FRONT.finditer(words):
        if singular(match["who"].lower()) in _PEOPLE:
            yield match.start("no"), match.end()
    for match in _NOT_THEM.finditer(words):
        who, before = singular(match["who"].lower()), words[: match.start()].split()[-1].lower()
        if who in _PEOPLE and before not in _BE:
            yield match.start(), match.end()


def _places(words: str) -> Iterator[tuple[int, int]]:
    """ "Sends it to the boss, no, to the customer"."""
    for match in _PLACE.finditer(words):
        yield match.start("said"), match.end()


def _clauses(words: str) -> Iterator[tuple[int, int]]:
    """ "The nurse takes the blood, no sorry, the doctor takes the blood": the same done by another."""
    for match in _CLAUSE.finditer(words):
        if _verbs(match["said"]) & _verbs(match["new"]):
            yield match.start("said"), match.start("new")


def _doers(words: str) -> Iterator[tuple[int, int]]:
    """ "The waiter, sorry, the cook serves it"."""
    for match in _DOER.finditer(words):
        if any(form.form == "s" for form in verb_forms(match["acts"].lower())):
            yield match.start("said"), match.end()


def _verbs(words: str) -> set[str]:
    return {word for word in words.lower().split()[1:] if any(form.form == "s" for form in verb_forms(word))}


def _by_another(part: Sentence, words: str) -> list[Token]:
    """The words with whom the teller means in the place of whom he said first."""
    match = _NOT_HIM.search(words)
    if match is None:
        return part.tokens
    a, stop, new = (part.start + place for place in (match.start("said"), match.end("said"), match.start("new")))
    if match["acts"] and any(form.form == "s" for form in verb_forms(match["acts"].strip().lower())):
        return [token for token in part.tokens if not a <= token.start < new]
    end, said = part.start + match.end("new"), part.start + match.end("who")
    meant = [token for token in part.tokens if new <= token.start < end]
    front = [token for token in part.tokens if token.start < a]
    return [*front, *meant, *(t for t in part.tokens if said <= t.start < stop or t.start >= end)]
