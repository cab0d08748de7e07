"""Answers taken over: to the questions that were asked, and a yes or no to what words may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.chat.answers import Answer, answer_edits, match_answers
from assistant.chat.bare_number import which_unit
from assistant.chat.other_work import told_anew
from assistant.chat.reply import Reply
from assistant.chat.telling import listed
from assistant.errors import EditRefused
from assistant.language.change.mention import alike, content
from assistant.language.figures.lost import lost
from assistant.language.figures.reading import figures_in
from assistant.language.turn.intent import GOES_ON
from assistant.process.questions import Question
from assistant.process.tree import tasks

VAGUE, MOST_LEFT = "practice", 2
"""The field of a question that no figure or name answers, and how many of them are read against."""
MOST_VAGUE = 8
"""Words an answer without a figure has at most (`quite a few, it depends on the season`)."""


def still_asked(talk: Any) -> tuple[Question, ...]:
    """Of what was asked, what is not known yet: a step may be gone, or its figure told in another way."""
    still = {question.id for question in talk.open_questions()} if talk.asked else ()
    return tuple(question for question in talk.asked if question.id in still)


def left_open(talk: Any, asked: Sequence[Question]) -> tuple[Question, ...]:
    """What whoever read the story found vague was told beside the changes: it stands open, asked by number or not."""
    there = {question.id for question in asked}
    vague = (question for question in talk.open_questions() if question.field == VAGUE)
    return tuple(question for question in vague if question.id not in there)[:MOST_LEFT]


def answered(talk: Any, words: str) -> Reply | None:
    """The reply to answers; None when the words answer nothing that was asked."""
    lines: list[str] = []
    talk.asked = still_asked(talk)
    if unit_asked := which_unit(talk, words):
        return unit_asked
    gone = any(lost(words, figure.a, figure.b) for figure in figures_in(words))
    fitting = [question for question in talk.asked if question.field != "volume" or not gone]
    answers = match_answers(words, fitting, talk.session.process)
    if answers and _tells_work(talk, words, answers):
        return None
    if answers:
        talk.session.hear(words, "answer")
    head: tuple[str, ...] = ()
    for answer in answers:
        try:
            if answer.edits:
                change = talk.session.answer(answer.question, answer.words, answer.edits)
                if change.question:
                    return talk.asked_back(change)  # type: ignore[no-any-return]
                head = ("What changed:",)
                lines += change.lines
            elif answer.vague:
                said = answer.words.strip(" .!?")
                lines.append(f"“{said}” is no figure I can reckon with; a rough number will do. {answer.question.text}")
            else:
                lines.append(f"I could not make out your answer to “{answer.question.text}”.")
        except EditRefused as error:
            lines.append(f"I could not take over your answer to “{answer.question.text}”: {talk.named(error.what)}")
    return Reply((*head, *listed(lines)), talk.ask()) if lines else None


def _tells_work(talk: Any, words: str, answers: list[Answer]) -> bool:
    """Whether words that would say how many people there are, or that go on telling, tell a step nobody told yet
    (`four people at the mangle iron it`): their figures are that step's."""
    deeds = [content(task.name)[:1] for task in tasks(talk.session.process)]
    rhythm = any(figure.kind == "rhythm" for figure in figures_in(words))
    if rhythm and any(alike(word, deed) for word in content(words) for own in deeds for deed in own):
        return True  # `bills are signed only on Thursdays`: how often that step is done, not how often a case comes
    if any(answer.vague for answer in answers) and _speaks_of_else(talk, words, answers):
        return True
    counted = any(answer.question.field == "capacity" for answer in answers)
    return bool((counted or GOES_ON.match(words)) and told_anew(talk.session, words))


def _speaks_of_else(talk: Any, words: str, answers: list[Answer]) -> bool:
    """Whether words that hold no figure say something of their own: `Tom is ill a lot, then everything lies there`."""
    process, said = talk.session.process, content(words)
    asked = {element for answer in answers for element in answer.question.elements}
    names = [*((role.id, role.name) for role in process.roles), *((task.id, task.name) for task in tasks(process))]
    named = {
        id_ for id_, name in names if (own := content(name)) and any(alike(word, own[-1]) for word in said)
    }  # fmt: skip
    return len(words.split()) > MOST_VAGUE or bool(named - asked)


def meant(talk: Any, words: str) -> Reply | None:
    """The reply to a yes or no to words that may have been meant otherwise, the next such words are asked about; and to
    who the customer is, where that alone was asked."""
    alone = len(talk.shown) == 1 and talk.shown[0].field == "customers"
    about = [question for question in talk.shown if question.field == "remarks" or alone]
    if not about or not (edits := answer_edits(about[0], words, talk.session.process)):
        return None
    change = talk.session.answer(about[0], words, edits)
    talk.asked = tuple(question for question in talk.asked if question.id != about[0].id)
    return Reply(("What changed:", *listed(change.lines)), tuple(about[1:]) or talk.ask())
