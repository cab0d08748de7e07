"""Steps told by a noun behind "then", as people note them: "then power check", "then coating", "Drying: six weeks"."""

from __future__ import annotations

from assistant.english.forms import base_of, is_nounish, verb_forms
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import is_time, task_name, words_of
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.words.groups import Group, noun_group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import CONTROL, NOMINAL
from assistant.process.durations import Span

_MOST = 4
"""A noted step of more words is none."""


def noted(tokens: list[Token], found: list[Clause], said: Said, thing: str, book: RoleBook) -> Act | None:
    """The step that a sentence without a verb names, and its doer; `thing` is what was worked on last."""
    tokens = _without_time(tokens[3:] if [t.low for t in tokens[1:3]] == ["thing", ","] else tokens)
    act, stop = _named(tokens, found, said, thing)
    by = noun_group(tokens, stop + 1, len(tokens)) if [t.low for t in tokens[stop : stop + 1]] == ["by"] else None
    if act is not None and by is not None:
        act.role = book.find(tokens, by, True)
    return act


def _without_time(tokens: list[Token]) -> list[Token]:
    """ "Check-up after ten days by the vet" without when: the days are a figure of their own."""
    after = next((i for i, token in enumerate(tokens[:_MOST]) if token.low == "after"), None)
    by = next((i for i, token in enumerate(tokens) if token.low == "by"), None)
    when = noun_group(tokens, after + 1, by) if after and by else None
    return [*tokens[:after], *tokens[by:]] if when is not None and when.end == by and is_time(tokens, when) else tokens


def _begins(clause: Clause) -> int:
    return clause.verbs.start if clause.subject is None else min(clause.subject.start, clause.verbs.start)


def _named(tokens: list[Token], found: list[Clause], said: Said, thing: str) -> tuple[Act | None, int]:
    """The step without its doer, and where its name ends."""
    start = next((i for i, t in enumerate(tokens) if t.tag not in ("C", "R", ",", "D") or t.low == "not"), len(tokens))
    stop = next((i for i in range(start, len(tokens)) if tokens[i].tag in (",", ";", ":", "I", "-")), len(tokens))
    gerund, mark = base_of(tokens[stop - 1].low, "ing"), "".join(t.tag for t in tokens[stop : stop + 1])
    timed = any(figure.quantity.kind == "duration" for figure in said.marks)
    checked = mark in ("", ",") and stop - start > 1 and NOMINAL.get(tokens[stop - 1].low) in CONTROL
    lasts = timed and (bool(gerund) if mark == ":" else checked)
    if lasts and checked and tokens[start].form == "base":
        tokens[start].tag = "N"  # "Leak test, one hour": no order to leak
        found = [clause for clause in found if clause.verbs.start != start]
    if not 0 < stop - start <= _MOST or any(clause.kind != "ing" for clause in found if _begins(clause) < stop):
        return None, stop
    who = (
        [t.low for t in tokens[stop : stop + 1]] == ["by"]
        and not found
        and bool(gerund or tokens[stop - 1].low in NOMINAL or "-" in tokens[stop - 1].low)
    )
    if not (said.cue in ("then", "first") or lasts or who):
        return None, stop
    group = noun_group(tokens, start, stop)
    alone = group is None and stop - start == 1 and bool(gerund)
    if not alone and (group is None or group.end != stop or group.head != stop - 1 or is_time(tokens, group)):
        return None, stop
    words = words_of(tokens, group or Group(start, stop, start))
    head = tokens[stop - 1].low
    place = Span(start=tokens[start].start, end=tokens[stop - 1].end)
    verb = gerund if alone else NOMINAL.get(head, "")
    rest = words[:-1] if any(token.tag == "N" for token in tokens[start : stop - 1]) else thing.split()
    if verb and rest:
        return Act(task_name(verb, [rest], []), verb, place, thing=" ".join(rest)), stop
    does = is_nounish(head) and any(form.form == "base" for form in verb_forms(head))
    if not (gerund or does or who) or (len(words) < 2 and not who):
        return None, stop
    return Act(task_name("", [words], []), gerund or head, place, thing=" ".join(words), named=True), stop
