"""Steps told by a noun behind "then", as people note them: "then power check", "then coating", "Drying: six weeks"."""

from __future__ import annotations

from assistant.english.forms import base_of, is_nounish, verb_forms
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import is_time, task_name, words_of
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.words.groups import Group, noun_group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import NOMINAL
from assistant.process.durations import Span

_MOST = 4
"""A noted step of more words is none."""


def noted(tokens: list[Token], found: list[Clause], said: Said, thing: str) -> Act | None:
    """The step that a sentence without a verb names; `thing` is what was worked on last."""
    start = next((i for i, t in enumerate(tokens) if t.tag not in ("C", "R", ",", "D") or t.low == "not"), len(tokens))
    stop = next((i for i in range(start, len(tokens)) if tokens[i].tag in (",", ";", ":", "I", "-")), len(tokens))
    if not 0 < stop - start <= _MOST or any(clause.kind != "ing" for clause in found if clause.start < stop):
        return None
    gerund, colon = base_of(tokens[stop - 1].low, "ing"), [t.tag for t in tokens[stop : stop + 1]] == [":"]
    lasts = colon and any(mark.quantity.kind == "duration" for mark in said.marks)
    if not (said.cue in ("then", "first") or (lasts and gerund)):
        return None
    group = noun_group(tokens, start, stop)
    alone = group is None and stop - start == 1 and bool(gerund)
    if not alone and (group is None or group.end != stop or group.head != stop - 1 or is_time(tokens, group)):
        return None
    words = words_of(tokens, group or Group(start, stop, start))
    head = tokens[stop - 1].low
    place = Span(start=tokens[start].start, end=tokens[stop - 1].end)
    verb = gerund if alone else NOMINAL.get(head, "")
    if verb and (rest := words[:-1] or thing.split()):
        return Act(task_name(verb, [rest], []), verb, place, thing=" ".join(rest))
    does = is_nounish(head) and any(form.form == "base" for form in verb_forms(head))
    if len(words) < 2 or not (gerund or does):
        return None
    return Act(task_name("", [words], []), gerund or head, place, thing=" ".join(words), named=True)
