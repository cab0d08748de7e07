"""One turn of the conversation: what the user said, turned into the right step of the session.

A turn is one thing said by the user and one reply. Commands are plain words (`propose`, `undo`, `accept 2`) with or
without a slash; everything else is the story, a change, or the answer to a question asked. Every front end shows the
same `Reply`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, assert_never

from assistant.chat.about import ASKED_WHETHER, asked_for, said_of_it
from assistant.chat.answering import VAGUE, answered, meant
from assistant.chat.answers import LABELLED
from assistant.chat.basis import said_once
from assistant.chat.beside_the_work import beside_the_work
from assistant.chat.commands import ABOUT_THE_PROCESS, COMMANDS, MEASURE, MOST_QUESTIONS, WITH_ARGUMENT, forced
from assistant.chat.corrections import find_correction, recent_steps, stays, which_meant, which_wrong
from assistant.chat.deciding import decision_on_offer
from assistant.chat.dropped import FILE, is_dropped
from assistant.chat.earlier_words import from_earlier, nothing_of
from assistant.chat.exact_words import said_exactly
from assistant.chat.in_pieces import told_on
from assistant.chat.kept_too import kept_too
from assistant.chat.list_lines import without_number
from assistant.chat.modelled import modelled
from assistant.chat.noting import noted
from assistant.chat.opening import MOST_OPEN, greeting, in_passing
from assistant.chat.other_work import done_next, of_a_step_of_its_own
from assistant.chat.pleas import with_what_hurts
from assistant.chat.reply import Reply
from assistant.chat.sentences import COULD, FIRST, HOLDS_FOR, MEANWHILE, NOTED, NOTHING_OF_IT, NOTHING_TOLD, OVER
from assistant.chat.several_asked import each_answered
from assistant.chat.telling import grouped, listed, read_back, repeated, short, told_apart, unheard
from assistant.chat.versions import SAYS_TODAY, about_versions, came_to_nothing, with_today
from assistant.chat.weighing import asked_about, context_of, held_back, perhaps_talk, weighed_first, weighed_reply
from assistant.errors import AssistantError, NotAProcess, ServiceError, UsageError
from assistant.language.change.read_change import Doubt
from assistant.language.correct.contrast import contrasts_figures
from assistant.language.correct.correction import told_anew
from assistant.language.correct.for_some import tells_new_work
from assistant.language.correct.told_with_place import places
from assistant.language.correct.why_it_waits import with_cause
from assistant.language.turn.by_rules import read_turn
from assistant.language.turn.intent import looks_like_a_request, takes_back, without_lead
from assistant.language.turn.kinds import (
    Answers,
    Chitchat,
    Command,
    Correction,
    Decision,
    Question,
    Request,
    Story,
    Turn,
    Unclear,
)
from assistant.language.turn.plain_sentences import ADDS, framed
from assistant.process import questions as open_points
from assistant.process.with_names import with_names
from assistant.projects.journal import Asked, AskedQuestion, Entry, New, sound_text
from assistant.settings import BUILT_IN
from assistant.workspace.session import Change, Session
from assistant.workspace.templates import fitted, leave_out, template_talk
from assistant.workspace.turns import Crossed

MOST_CHANGES = 16
AGAIN = ("again", "try again", "retry", "once more")
SHORTEST = 12
KINDS: dict[type, str] = {
    Story: "story", Answers: "answer", Correction: "correction", Request: "request", Question: "question",
    Decision: "decision", Command: "command", Unclear: "unclear", Chitchat: "chitchat",
}  # fmt: skip
Export = Callable[[Session, Path, bool], list[Path]]


class Talk:
    """A conversation on a session. It keeps only what the screen shows: the questions and readings last offered."""

    def __init__(self, session: Session, export: Export) -> None:
        self.session = session
        session.doubts = partial(held_back, self)
        self.unsure = False
        self.only_likely: tuple[str, ...] = ()
        self.export = export
        self.reads_paths = True  # where others speak too, a path would read files that are not theirs
        self.asked: tuple[open_points.Question, ...] = ()
        self.readings: tuple[Any, ...] = ()
        self.read_by: tuple[str, str | None] = (BUILT_IN, None)
        self.picks_new = False
        self.unwritten: Path | None = None
        self.shown: tuple[open_points.Question, ...] = ()
        self.before = session.process
        self.failed, self.answered_last, self.rests, self.idle = "", "", "", False
        self.waiting: Entry | None = None

    def greet(self) -> Reply:
        """What to say when the conversation opens: where it stopped, or how to begin."""
        return greeting(self)

    def again(self, words: str) -> Reply:
        """The reply to words as if they were said now; no errors are told."""
        self.session.of_new = False
        return self._command(words) or self._said(words)

    def turn(self, text: str) -> Reply:
        """Answer one thing the user said. Errors are told as a reply; nothing is lost by them."""
        words = self.session.called.mask(sound_text(text).strip())  # whoever is named is known by a letter from here on
        if not words:
            return Reply(("Say something, or `help`.",))
        waiting = None
        if self.failed and words.lower().strip("/ .") in AGAIN:
            words, waiting = self.failed, self.waiting
        self.failed, self.waiting = "", None
        self.before, today = self.session.process, self.session.today()
        offered = (self.asked, self.readings, self.read_by)

        def work() -> Reply:
            self.asked, self.readings, self.read_by = offered
            return self.again(words)

        news: tuple[str, ...] = ()
        try:
            if self.session.refresh():
                news = (MEANWHILE, "")
            reply = self.session.together(work, waiting)
        except NotAProcess as error:
            if not self.session.empty or len(words) < SHORTEST or self.session.bench.settings.model != "offline":
                return Reply((*news, *self.mishap(words, error)), kinds=("unclear",))
            return Reply((*news, NOTED), kinds=("story", "unclear"))
        except AssistantError as error:
            return Reply((*news, *self.mishap(words, error)), kinds=("unclear",))
        self.shown = reply.questions
        self.answered_last = " / ".join(reply.lines[:6])
        said = reply.kinds != ("request",) and not {"command", "question", "decision"} & set(reply.kinds)
        self.idle = said and bool(reply.kinds) and (self.session.process, self.session.today()) == (self.before, today)
        if self.session.crossed:
            news = (MEANWHILE, "")
        lines, self.rests = said_once(reply.lines, self.rests)
        return replace(reply, lines=(*news, *lines))

    def mishap(self, words: str, error: AssistantError) -> list[str]:
        """What to say of an error: what, why, what to do; where a service failed the same words can be tried again."""
        lines = [self.named(part) for part in (error.what, error.why, error.remedy) if part]
        if isinstance(error, Crossed):
            self.failed, self.waiting = words, error.said
        elif isinstance(error, ServiceError):
            self.failed = words
            lines.append("Nothing was changed. Your words are kept in the log; `again` tries them once more.")
        return lines

    def named(self, text: str) -> str:
        """A message with the names of steps and roles instead of their ids."""
        return with_names(text, self.before, self.session.process)

    def _command(self, words: str) -> Reply | None:
        """The reply to a command, or None when the words are none. A path dropped in is read."""
        if is_dropped(words) if self.reads_paths else FILE.fullmatch(words):
            return replace(COMMANDS["read"](self, words), kinds=("story",))
        if moved := about_versions(self, words):
            return moved
        if again := forced(self, words):
            return replace(again, kinds=("command",))
        match = re.fullmatch(r"/?([a-z]+)(?:\s+(.*))?", words, re.IGNORECASE | re.DOTALL)
        if not match:
            return None
        name, rest = match.group(1).lower(), (match.group(2) or "").strip()
        command = COMMANDS.get(name)
        if self.session.empty and name in ABOUT_THE_PROCESS and len(rest.split()) < 3:
            return Reply((NOTHING_TOLD,), kinds=("command",))
        if command is None or (rest and name not in WITH_ARGUMENT):
            return None
        if name == "undo" and not rest and self.idle and self.session.state.turns_changed():
            return Reply((NOTHING_OF_IT,), kinds=("command",))
        if name in ("read", "comments") and not (FILE.fullmatch(rest) or is_dropped(rest)):
            return None
        if name in ("accept", "reject", "why") and not re.match(r"\d+", rest):
            return None
        if name == "measure" and rest and not MEASURE.fullmatch(rest):
            return None
        return replace(command(self, rest), kinds=("decision" if name in ("accept", "reject") else "command",))

    def _said(self, words: str) -> Reply:
        """The reply to what is no command; whatever came of the words, they are written down."""
        return noted(self.session, words, self._talk(words))

    def _talk(self, words: str) -> Reply:
        session, self.unsure, self.only_likely = self.session, False, ()
        if self.readings and re.fullmatch(r"\(?[1-9]\)?\.?", words):
            return _as("answer", self._pick(words))
        self.readings, words = (), without_number(self, words)
        if by_model := modelled(self, words):
            return by_model
        if settled := meant(self, words):
            return _as("answer", settled)
        if exact := beside_the_work(self, words) or said_exactly(self, words) or which_wrong(self, words):
            return exact
        if lines := template_talk(session, words):
            return Reply(tuple(lines), kinds=("request",))
        if fit := fitted(session, words):
            return _as("correction", self.changed(fit))
        context = context_of(self)
        if piece := told_on(self, words, context):
            return _as("story", piece)
        turn = read_turn(words, context)
        session.of_new = isinstance(turn, Request | Question) and not SAYS_TODAY.search(words)
        if isinstance(turn, Chitchat) and turn.foreign and session.reads_by_model:
            turn = Story(words)  # a model reads it in whatever language it is told
        self.unsure = perhaps_talk(self, turn, context)
        replied = _as(KINDS[type(turn)], weighed_first(self, turn, context) or self._replied(turn))
        return kept_too(self, words, replied)

    def _replied(self, turn: Turn) -> Reply:
        match turn:
            case Story(words=words, left=left):
                return self.told(words, left)
            case Answers():
                return Reply(("That is fine: I go on with typical figures and mark them as such.",), self.ask())
            case Correction(words=words):
                return self.set_right(words)
            case Request(words=words):
                inner = framed(words, [role.name for role in self.session.process.roles])
                adds = inner is None and ADDS.match(words) is not None
                about = self._about(words, telling=inner is not None, adds=adds)
                if about is None and inner and (new := told_anew(self.session.process, inner, anybody=True)):
                    return self.changed(self.session.correct(words, new.edits))
                return about or with_what_hurts(self.session, words, self.changed(self.session.request(inner or words)))
            case Question(words=words, about=about):
                return self._proposed(words) or each_answered(self, words, about)
            case Decision():
                return decision_on_offer(self, turn)
            case Command(name=name):
                return self._ordered(name)
            case Unclear(words=words):
                return Reply((f"I am not sure what to do with “{short(words)}”. Nothing was changed.", *COULD))
            case Chitchat():
                return in_passing(self.session, turn)
            case _:
                assert_never(turn)

    def _proposed(self, words: str) -> Reply | None:
        """Asking whether somebody else could do it changes nothing by itself: it is offered to be picked."""
        wish = asked_for(self.session, words)
        return _as("question", self.offered(ASKED_WHETHER, (wish,))) if wish else None

    def set_right(self, words: str) -> Reply:
        """The reply to words that set right what is there."""
        return self._about(words, wrong=True) or self._corrected(words) or self._instead(words)

    def told(self, words: str, left: tuple[str, ...] = ()) -> Reply:
        """The reply to words that tell: the first story, or more of it. Sentences `left` out of it are named."""
        session = self.session
        head = tuple(f"Not read as part of the work: “{short(sentence)}”" for sentence in left)
        if session.empty:
            first = self.changed(session.tell(words), head)
            return replace(first, lines=(*first.lines, "", *read_back(session.process), FIRST))
        if repeated(words, session.state.said()):
            return _as("story", Reply(("You told me that before; I have it. Nothing was changed.",)))
        if done_next(session, words):
            return self.changed(session.tell(words), head)
        if not LABELLED.match(words) and (about := self._about(words, telling=places(words))):
            return about
        if contrasts_figures(words) and (set_right := self._corrected(words)):
            return _as("correction", set_right)
        if not tells_new_work(words):
            if replied := answered(self, words) or which_meant(self, words):
                return _as("answer", replied)
            if corrected := self._corrected(words):
                return _as("correction", corrected)
        if not session.state.said():
            # The process came from a template or a file: what is told now fits it to the house.
            left_out = leave_out(session, words)
            return self.changed(left_out) if left_out else self.changed(session.request(words))
        change = session.tell(words)
        if not change.edits and (more := told_anew(session.process, words)):
            return self.changed(session.correct(words, more.edits), head)
        if not change.edits and not change.question and (weighed := weighed_reply(self, words)):
            return weighed
        return self.changed(change, head)

    def _ordered(self, name: str) -> Reply:
        """A command put in plain words. Starting over is only explained: it would throw away what was told."""
        if name == "again":
            return Reply((OVER,))
        if self.session.empty and name in ABOUT_THE_PROCESS:
            return Reply((NOTHING_TOLD,))
        if name == "undo" and came_to_nothing(self.session.state):
            return Reply((NOTHING_OF_IT,))
        return COMMANDS[name](self, "")

    def _corrected(self, words: str) -> Reply | None:
        """The reply to a correction of what was understood before; None when the words correct nothing here."""
        session, entries = self.session, self.session.state.entries
        seen = [side.process for side in with_today(session)]
        found = [find_correction(words, process, recent_steps(entries, process)) for process in seen]
        ways = sorted(filter(None, found), key=lambda correction: not correction.edits)  # what is plain goes first
        if ways and ways[0].edits:
            return self.changed(session.correct(words, ways[0].edits))
        return self.offered(ways[0].question, ways[0].options) if ways else None

    def _about(self, words: str, wrong: bool = False, telling: bool = True, adds: bool = False) -> Reply | None:
        """The reply to words about what is there already: a correction, a figure, a step at a place."""
        session = self.session
        found: Any = None
        for seen in with_today(session):
            if found is None or isinstance(found, Doubt):
                found = said_of_it(seen, words, wrong, telling, adds) or found
        if found is None or (not wrong and not adds and of_a_step_of_its_own(session, words, found)):
            return None
        if isinstance(found, Doubt):
            return _as("correction", self.offered(found.text, found.readings))
        if all(stays(seen.process, found.edits) for seen in with_today(session)):
            same = f"That is how I have it already: {found.title}. Nothing was changed."
            return Reply((same,), kinds=("correction",))
        return _as("correction", self.changed(session.correct(words, with_cause(words, found.edits, session.process))))

    def offered(
        self, question: str, readings: tuple[Any, ...], read_by: tuple[str, str | None] = (BUILT_IN, None)
    ) -> Reply:
        """What may be meant, to pick from; nothing is changed meanwhile."""
        readings = told_apart(self.session.process, readings)
        self.readings, self.read_by, self.picks_new = readings, read_by, self.session.of_new
        options = [f"({number}) {reading.title}" for number, reading in enumerate(readings, 1)]
        return Reply(
            (question, *options, "Say the number, or put it another way." if options else "Put it another way.")
        )

    def _instead(self, words: str) -> Reply:
        """`No, …` and `I meant …` where nothing plain can be corrected: read on without the lead, or read it anew."""
        session, rest = self.session, without_lead(words)
        if not rest:
            return Reply(("What should it be instead? Say it in a sentence, or `undo` to take the last change back.",))
        if looks_like_a_request(rest):
            return self.changed(session.request(rest))
        if takes_back(words) and session.last_was_story():
            return self.changed(session.tell_instead(rest), ("I took back what I had made of your last words.", ""))
        if replied := answered(self, rest):
            return replied
        return self.changed(session.tell(rest))

    def asked_back(self, change: Change) -> Reply:
        """The same of a change that was not plain enough to be made."""
        return _as("unclear", asked_about(self, change))

    def _pick(self, words: str) -> Reply:
        number = int(re.sub(r"\D", "", words))
        if number > len(self.readings):
            raise UsageError(f"There are only {len(self.readings)} to pick from.")
        reading, (made_by, prompt) = self.readings[number - 1], self.read_by
        self.readings = ()
        self.session.hear(words, "choice")
        self.session.of_new = self.picks_new or made_by != BUILT_IN
        return self.changed(self.session.change(reading.edits, "request", made_by, prompt))

    def changed(self, change: Change, before: tuple[str, ...] = (), asks: bool = True) -> Reply:
        """What a change did, line by line, and what to ask next if it `asks`; or the question it comes back with."""
        if change.question:
            return self.asked_back(change)
        did = ["What changed:", *listed(grouped(change.lines), MOST_CHANGES)] if change.lines else ()
        lines = [*before, *(did or (nothing_of(self.session),))]
        kinds = () if did else ("unclear",)
        lines += [f"Not taken over: {self.named(reason)}" for reason in change.refused]
        lines += [*from_earlier(self.session, change), *change.notes[:3], *unheard(self.only_likely, change)]
        lines += [HOLDS_FOR[change.of]] if change.lines and change.of else []
        return Reply(tuple(lines), self.ask() if asks else (), kinds=kinds)

    def open_questions(self) -> list[open_points.Question]:
        """Everything not known of the process, what weighs most first."""
        session = self.session
        unsure = {f"meant:{remark.id}" for remark in session.process.remarks if not remark.sure}
        doubted = [question for question in session.latest.questions if question.id in unsure] if session.latest else []
        every = open_points.open_questions(session.process, "\n\n".join(session.state.said()))
        settled = session.state.answered
        return [*(question for question in every if question.field != VAGUE or question.id not in settled), *doubted]

    def ask(self, only: str = "") -> tuple[open_points.Question, ...]:
        """The next questions, never one that was asked before; what is asked is written down first.

        `only`: the attribute that they ask for.
        """
        session = self.session
        new = [question for question in self.open_questions() if question.id not in session.state.asked]
        of_it = [question for question in new if question.field == only]
        chosen = tuple((of_it if only else open_points.of_first_rank(new, session.process))[:MOST_QUESTIONS])
        if chosen:
            asked = tuple(AskedQuestion(id=question.id, text=question.text) for question in chosen)
            session.write([New(what=Asked(questions=asked))])
        self.asked = (*chosen, *(old for old in self.asked if old not in chosen))[:MOST_OPEN]
        return chosen


def _as(kind: str, reply: Reply) -> Reply:
    """The reply with the kind of thing that was said, before what was found of it."""
    return replace(reply, kinds=tuple(dict.fromkeys((kind, *reply.kinds))))
