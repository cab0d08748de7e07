"""Which act a turn is: work told, a change wished for, a question, an order, a decision, or only talk.

Each cue of the words has a weight for each act (`english/data/act_weights.tsv`, made by `bench/learn_acts.py` from
turns whose act is known); the sums, as shares, say how likely each act is. A cue is a word or
pair of words, or what stands where: a question mark, a verb in front, somebody of the work before a verb, a figure, a
number on offer.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable
from functools import cache

from assistant.english.alike import stem
from assistant.english.forms import verb_forms
from assistant.english.tables import classed, rows
from assistant.language.figures.reading import figures_in
from assistant.language.turn.intent import SHORT
from assistant.language.turn.kinds import Context

ACTS = ("work", "request", "question", "command", "decision", "talk")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d.,:]*|[?!]")
WH = classed("reading", "act-wh")
AUX = classed("reading", "act-aux")
SUBJECTS = classed("reading", "act-subject")
DET = classed("reading", "act-determiner")
FILLERS = classed("reading", "act-filler")
PROGRAM = classed("reading", "act-program")
ORDINALS = classed("reading", "act-ordinal")
PEOPLE = classed("people", "title")


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    return {row[0]: tuple(float(cell) for cell in row[1:]) for row in rows("act_weights")}


@cache
def _small() -> frozenset[str]:
    """Words that are no content of any trade: those the cues speak of."""
    return frozenset(word for word, tag, *_ in rows("words") if tag != "-") | WH | AUX | SUBJECTS | DET | FILLERS


def likelihoods(words: str, context: Context) -> dict[str, float]:
    """How likely each act is, from 0 to 1; all of them together are 1."""
    weights, sums = _weights(), [0.0] * len(ACTS)
    for cue in cues(words, context):
        for place, weight in enumerate(weights.get(cue, ())):
            sums[place] += weight
    most = max(sums)
    powers = [math.exp(value - most) for value in sums]
    return dict(zip(ACTS, (power / sum(powers) for power in powers), strict=True))


def cues(words: str, context: Context) -> set[str]:
    """The cues of a turn."""
    text = SHORT.sub(r"\1n't", words.lower().replace("’", "'"))
    tokens = WORD.findall(text)
    bare = [token for token in tokens if token not in "?!"]
    while len(bare) > 1 and bare[0] in FILLERS:
        bare = bare[1:]
    known = _known(tokens, context)
    shown = [_shown(token, known) for token in bare]
    found = {"*", *(f"w:{token}" for token in shown)}
    found |= {f"b:{token} {other}" for token, other in itertools.pairwise(shown)}
    found |= set(_front(shown))
    found |= set(_whole(text, tokens, bare, shown, context))
    return found


def _known(tokens: list[str], context: Context) -> dict[str, str]:
    """The words that name somebody or some work of this process."""
    roles = {stem(word) for name in context.roles for word in WORD.findall(name.lower())}
    steps = {stem(word) for name in context.steps for word in WORD.findall(name.lower()) if word not in _small()}
    found = {}
    for token in tokens:
        base = stem(token)
        if len(base) > 2 and base in roles and token not in DET:
            found[token] = "ROLE"
        elif len(base) > 2 and (base in steps or any(stem(form.base) in steps for form in verb_forms(token))):
            found[token] = "STEP"
    return found


def _shown(token: str, known: dict[str, str]) -> str:
    """A token as the cues name it: what is content of one trade is only known by its kind."""
    if token in known and token not in PROGRAM:
        return known[token]
    if token[0].isdigit():
        return "N" if len(token) == 1 else "NN"
    if token in PEOPLE:
        return "PERSON"
    return token


def _kind(token: str) -> str:
    if token in WH:
        return "wh"
    if token in AUX:
        return "aux"
    if token in SUBJECTS:
        return "subject"
    if token in DET:
        return "det"
    if token in ("ROLE", "STEP", "PERSON", "N", "NN"):
        return token
    forms = {form.form for form in verb_forms(token)}
    if "base" in forms:
        return "verb"
    if "s" in forms:
        return "verbs"
    if "ing" in forms:
        return "gerund"
    if forms:
        return "past"
    return "small" if token in _small() else "word"


def _front(shown: list[str]) -> Iterable[str]:
    kinds = [_kind(token) for token in shown[:3]]
    if shown:
        yield f"1:{shown[0]}"
        yield f"k1:{kinds[0]}"
    if len(kinds) > 1:
        yield f"k2:{kinds[0]} {kinds[1]}"
    if len(kinds) > 2:
        yield f"k3:{' '.join(kinds)}"


def _whole(text: str, tokens: list[str], bare: list[str], shown: list[str], context: Context) -> Iterable[str]:
    yield from _shape(text, bare, shown)
    for place in ("ROLE", "STEP", "PERSON"):
        if place in shown:
            yield f"has {place}"
    if "ROLE" not in shown and "STEP" not in shown:
        yield "nothing known"
    for figure in figures_in(text):
        yield f"figure {figure.kind}"
    if set(bare) & PROGRAM:
        yield "program"
    if context.offered:
        yield "offered"
        if set(bare) & ORDINALS or "N" in shown:
            yield "offered number"
    if context.empty:
        yield "empty"
    if len(tokens) > 1 and tokens[0] in FILLERS:
        yield "filler"


def _shape(text: str, bare: list[str], shown: list[str]) -> Iterable[str]:
    if text.rstrip(" )!\"'").endswith("?"):
        yield "ends ?"
    elif "?" in text:
        yield "has ?"
    yield f"long {min(4, len(bare) // 4)}"
    kinds = [_kind(token) for token in shown]
    for kind, other in itertools.pairwise(kinds):
        if kind in ("ROLE", "PERSON", "word", "subject") and other in ("verbs", "STEP", "aux", "verb"):
            yield f"does {kind} {other}"
        if kind == "aux" and other in ("subject", "det", "ROLE"):
            yield "inverted"
