"""Turns whose form leaves no doubt what they are: read before anything is weighed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.chat.corrections import recent_steps, stays
from assistant.chat.moved_figure import moved_figure
from assistant.chat.put_back import put_right
from assistant.chat.removing import removed_by_name
from assistant.chat.reply import Reply
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct import (
    added_by_name,
    back_again,
    belongs_to,
    beside_the_usual,
    contrast,
    customer_named,
    done_together,
    figures_in_a_row,
    for_everybody,
    heads_at_step,
    how_often,
    inside_way,
    kept_by_customer,
    needs_approval,
    no_decision,
    no_repetition,
    no_rule,
    not_by,
    one_of_each,
    one_or_two,
    only_some,
    over_there,
    period_stays,
    placed_later,
    places_said,
    process_named,
    renamed,
    same_people,
    short_clauses,
    somebody_does,
    told_as_lost,
    told_with_place,
    wages,
    waits_of_some,
    waits_of_somebody,
    waits_said,
    waits_told,
    was_and_is,
    who_answers,
    who_left,
    who_only,
    whole_or_part,
    whom_waited_for,
)
from assistant.language.correct.correction import fits
from assistant.language.correct.sentence_said import Sentence
from assistant.language.correct.why_it_waits import with_cause
from assistant.language.turn.intent import NO_DECISION, without_lead
from assistant.workspace.session import STORY_BREAK

MOST = 300
READERS: tuple[Callable[[Sentence], Outcome | Doubt | None], ...] = (
    process_named.read,
    wages.with_heads,
    wages.read,
    needs_approval.read,
    no_decision.read,
    no_rule.read,
    only_some.read,
    one_or_two.read,
    over_there.read,
    inside_way.read,
    belongs_to.outright,
    places_said.read,
    placed_later.read,
    somebody_does.read,
    beside_the_usual.in_season,
    beside_the_usual.by_somebody,
    beside_the_usual.read,
    contrast.not_but,
    beside_the_usual.short_time,
    told_as_lost.read,
    for_everybody.read,
    who_left.read,
    who_only.read,
    renamed.several,
    same_people.read,
    was_and_is.read,
    period_stays.read,
    no_repetition.read,
    waits_of_somebody.read,
    kept_by_customer.read,
    waits_told.read,
    whom_waited_for.read,
    waits_of_some.read,
    waits_said.read,
    back_again.read,
    not_by.read,
    not_by.not_with,
    not_by.each_named,
    short_clauses.read,
    how_often.only_share,
    done_together.read,
    whole_or_part.read,
    heads_at_step.read,
    one_of_each.read,
    added_by_name.read,
    customer_named.read,
    who_answers.named,
    told_with_place.before_them,
    figures_in_a_row.read,
)  # fmt: skip


def said_exactly(talk: Any, words: str) -> Reply | None:
    """The reply to such a turn; None for all others."""
    session = talk.session
    if session.empty or len(words) > MOST:
        return None
    if right := put_right(talk, words):
        return right
    if moved := moved_figure(talk, words):
        return moved
    removed = None if NO_DECISION.match(without_lead(words)) else removed_by_name(talk, words)
    if removed:
        return replace(removed, kinds=("request", *removed.kinds))
    text, process = without_lead(words).strip(" .!"), session.process
    recent = tuple(recent_steps(session.state.entries, process))
    sentence = Sentence(Catalogue(process), text, False, recent, told=STORY_BREAK.join(session.state.said()))
    ways = (way for reader in READERS if (way := reader(sentence)) is not None)
    found = next((way for way in ways if isinstance(way, Doubt) or fits(process, way)), None)
    if found is None:
        return None
    reply: Reply
    if isinstance(found, Doubt):
        reply = talk.offered(found.text, found.readings)
        return replace(reply, kinds=("correction", "unclear"))
    if not found.edits or stays(process, found.edits):
        return Reply((f"That is how I have it already: {found.title}. Nothing was changed.",), kinds=("correction",))
    change = session.correct(words, with_cause(words, found.edits, process))
    talk.only_likely = ()  # all of the words has its part in what is written
    reply = talk.changed(change)
    return replace(reply, kinds=("correction", *reply.kinds))
