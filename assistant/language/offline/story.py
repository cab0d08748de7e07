"""A whole story through the reader: sentences, statements, figures, tree, process."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from assistant.language.evidence_cues.remarks_heard import asides, remarks_in
from assistant.language.offline.amounts.by_themselves import let_things_be
from assistant.language.offline.amounts.costs_of_steps import attach_costs
from assistant.language.offline.amounts.durations_to_steps import attach_times
from assistant.language.offline.amounts.media_and_errors import attach_remarks, without_days_told_ahead
from assistant.language.offline.amounts.people_and_volumes import Resources, read_resources, volume_of
from assistant.language.offline.amounts.times_of_heaps import share_heaps
from assistant.language.offline.amounts.waits_at_steps import place_waits
from assistant.language.offline.amounts.waits_beside import still_left
from assistant.language.offline.amounts.waits_where import add_lasting, add_nights
from assistant.language.offline.amounts.whole_process import read_overall, spread
from assistant.language.offline.build import Builder
from assistant.language.offline.flow.alternatives import yes_after_no
from assistant.language.offline.flow.done_again import send_back
from assistant.language.offline.flow.last_pass import finished
from assistant.language.offline.flow.put_right import put_right
from assistant.language.offline.flow.tree import build_flow
from assistant.language.offline.is_it_work import refuse_foreign, refuse_story, refuse_text
from assistant.language.offline.like_work import work_first
from assistant.language.offline.meaning.header import (
    before_they_start,
    introduce,
    send_outside,
    trigger_from_volume,
    trigger_of,
    without_arrivals,
    without_call,
    without_handovers,
    without_trade,
)
from assistant.language.offline.meaning.interpret import Interpreter
from assistant.language.offline.meaning.process_name import name_of
from assistant.language.offline.meaning.served import customers_of
from assistant.language.offline.meaning.spoken_of_last import speaks_of, spoken_of
from assistant.language.offline.meaning.step_names import tidy_names
from assistant.language.offline.meaning.steps import without_no_steps
from assistant.language.offline.meaning.what_it_is import counted
from assistant.language.offline.sentences.chances import answer_refusals, chances_of_rhythms
from assistant.language.offline.sentences.statements import Said
from assistant.language.offline.table_rows import read_row
from assistant.language.offline.words.asked_again import with_who_asks
from assistant.language.offline.words.clean_text import blank, is_beside, is_order, visible
from assistant.language.offline.words.kinds_of_cases import told_by_kind
from assistant.language.offline.words.opinions import is_opinion
from assistant.language.offline.words.others_drop_out import others_out
from assistant.language.offline.words.persons import with_capitals
from assistant.language.offline.words.put_right_at_once import USED_TO, without_slips
from assistant.language.offline.words.run_on import cut_run_ons
from assistant.language.offline.words.sent_back_by import told_of_receivers
from assistant.language.offline.words.telegraph import spelled_out
from assistant.language.offline.words.times_over import in_all
from assistant.language.offline.words.tokens import Sentence, sentences
from assistant.language.offline.words.who_is_who import one_name_each
from assistant.language.offline.words.with_them import told_of_them
from assistant.process.model import Customer, Process, Role


class Story(NamedTuple):
    """What the reader made of a story: the process, its sentences, what each says, and how many were orders to it."""

    process: Process
    sentences: list[Sentence]
    told: list[Said]
    orders: int
    cut: int = 0
    unread: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


def read(words: str, piece: bool = False) -> Story:
    """The process a story tells; a `piece` of one need tell none by itself, and its remarks are not listened for, which
    takes longer than all the rest: whoever reads a piece wants its steps.

    Raises NotAProcess when it tells none.
    """
    refuse_foreign(words)
    refuse_text(words)
    text = USED_TO.sub(blank, visible(words))
    refuse_text(text)
    said = told_of_them(in_all(others_out(without_slips(with_capitals(list(sentences(text))), text), text), text), text)
    parts = with_who_asks(spelled_out(cut_run_ons(told_by_kind(told_of_receivers(one_name_each(said)))), text))
    spans = [(part.start, part.end) for part in parts]
    about = asides(text, spans)
    orders = [is_order(text[part.start : part.end]) for part in parts]
    often = Counter() if piece else counted(text)
    interpreter, told = _heard(text, parts, orders, frozenset(), often)
    left_out = without_no_steps(text, told, interpreter.book, about, piece)
    beside = frozenset(said.index for said in told if said.beside)
    if beside:  # "it" and "she" are never what such a sentence was about
        interpreter, told = _heard(text, parts, orders, beside, often)
        left_out = without_no_steps(text, told, interpreter.book, about, piece)
    add_lasting(told)
    put_right(text, told)
    yes_after_no(text, told)
    left_out = send_back(text, told, left_out)
    trade = None if piece else without_trade(told, text)
    answer_refusals(told)
    send_outside(told, interpreter.book)
    if not piece:
        refuse_story(text, told, interpreter.book)
    trigger = trigger_of(told, interpreter.book, text)
    without_call(told, interpreter.book)
    without_handovers(told)
    before_they_start(text, told)
    without_arrivals(text, told)
    add_nights(text, told)
    without_days_told_ahead(told, interpreter.book.narrator)
    place_waits(text, told, interpreter.book)
    attach_times(told)
    let_things_be(told, interpreter.book)
    left_out = still_left(text, told, left_out)
    attach_remarks(text, told)
    attach_costs(text, told)
    resources = read_resources(text, told, interpreter.book)
    share_heaps(text, told, resources.volume)
    chances_of_rhythms(told, resources.volume)
    tidy_names((act for said in told for act in said.acts()), text)
    nodes, cut = finished(build_flow(told, {key: role.start for key, role in interpreter.book.roles.items()}))
    builder = Builder(interpreter.book)
    flow = builder.sequence(nodes)
    acts = [act for said in told for act in said.acts()]
    customers = customers_of(text, acts, interpreter.book)
    process = Process(
        name=name_of(text, parts, acts, interpreter.book, resources.volume.noun if resources.volume else "", trade),
        trigger=trigger or trigger_from_volume(resources.volume, text[: parts[0].end] if parts else ""),
        customers=customers,
        roles=_with_hours(_served_outside(builder.roles(), customers), resources),
        data=tuple(builder.data.found.values()),
        volume=volume_of(resources),
        flow=flow,
        **({"currency": resources.currency} if resources.currency else {}),
    )
    if not process.flow.items and not piece:
        refuse_story(text, [], interpreter.book)
    if not piece:
        process = process.model_copy(update={"remarks": remarks_in(text, spans, process)})
    unsaid = tuple(words for said in told for words in said.unsaid)
    unread = tuple(" ".join(text[said.span.start : said.span.end].split()) for said in told if said.unread)
    ruled = {" ".join(remark.text.split()) for remark in process.remarks if remark.kind == "control" and remark.sure}
    left_out = tuple(words for words in left_out if words not in ruled)  # kept as what must stay
    whole = spread(process, read_overall(told, parts))
    return Story(whole, parts, told, sum(orders), cut, unread, work_first(left_out), unsaid)


def _heard(
    text: str, parts: list[Sentence], orders: list[bool], beside: frozenset[int], often: Counter[str]
) -> tuple[Interpreter, list[Said]]:
    """What each sentence says, and who was met; what those `beside` the work were about is not spoken of later."""
    interpreter = Interpreter()
    introduce(text, interpreter.book)
    interpreter.acts.often = often
    told = []
    for index, part in enumerate(parts):
        spoken = spoken_of(interpreter)
        if part.row and not orders[index]:
            told.append(read_row(part, text, index, interpreter))
        else:
            sentence = text[part.start : part.end]
            no_telling = orders[index] or is_beside(sentence) or is_opinion(sentence)
            told.append(interpreter.read(part, index, no_telling))
        if index in beside:
            speaks_of(interpreter, spoken)
    return interpreter, told


def _served_outside(roles: tuple[Role, ...], customers: tuple[Customer, ...]) -> tuple[Role, ...]:
    """Whoever the work is done for is none of those who do it."""
    served = {customer.name.lower() for customer in customers if customer.primary}
    return tuple(
        role.model_copy(update={"kind": "external"})
        if role.kind in ("person", "group") and role.name.lower() in served
        else role
        for role in roles
    )


def _with_hours(roles: tuple[Role, ...], resources: Resources) -> tuple[Role, ...]:
    """Hours said of nobody by name, or else the first that were said, hold for the people inside without own."""
    hours = resources.hours or resources.first_hours
    if hours is None:
        return roles
    return tuple(
        role.model_copy(update={"calendar": hours}) if role.kind in ("person", "group") and not role.calendar else role
        for role in roles
    )
