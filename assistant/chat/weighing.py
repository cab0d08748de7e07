"""The reply to words that no fixed wording fits: what they most likely mean, written or offered to pick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.chat.about import so_already, spoken_of
from assistant.chat.answering import answered
from assistant.chat.corrections import recent_steps, which_step
from assistant.chat.doubting import in_doubt
from assistant.chat.earlier_words import nothing_of
from assistant.chat.in_pieces import would_tell
from assistant.chat.other_work import of_a_step_of_its_own
from assistant.chat.reply import Reply
from assistant.chat.telling import NOT_TAKEN, repeated, short
from assistant.chat.what_stays import stays_so, touched
from assistant.english.tables import any_of
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct import belongs_to, done_or_not, for_a_kind, must_stay, need_not, replaced
from assistant.language.correct.carried_by_words import untaken, unused
from assistant.language.correct.not_by import denies_a_doer
from assistant.language.correct.over_for_some import over_for_some, placed
from assistant.language.correct.people_and_hours import with_cases
from assistant.language.correct.renamed import denies_a_thing
from assistant.language.correct.said_outright import said_outright
from assistant.language.correct.sentence_said import Sentence
from assistant.language.correct.sound_conditions import conditions_of, unsound
from assistant.language.correct.told_with_place import at_an_edge
from assistant.language.correct.who_instead import NOT_BUT_WHO
from assistant.language.figures.heaps import told_of_a_heap
from assistant.language.figures.hours import calendar_in, done_on_days, there_on_days
from assistant.language.figures.whole_case import of_the_whole
from assistant.language.offline.amounts.so_often import SO_OFTEN
from assistant.language.offline.words.opinions import says_how_it_is
from assistant.language.turn.act import likelihoods
from assistant.language.turn.by_rules import LABELLED
from assistant.language.turn.intent import GOES_ON, NO_DECISION, without_lead
from assistant.language.turn.kinds import Context, Correction, Request, Story, Turn
from assistant.language.turn.plain_sentences import ADDS, told_under
from assistant.language.weighed.likeliest import (
    MOST,
    MOST_READINGS,
    clear,
    fair,
    goes_on,
    half_sure,
    hardly,
    leaves_figures,
    meant,
    of_other_work,
    surely_placed,
)
from assistant.language.weighed.topics import which_ones
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.describe import in_words
from assistant.process.edits import Edit, Insert, SetProcess
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.projects.journal import Said
from assistant.workspace.session import ASK_FIRST, STORY_BREAK, Change

SURELY_WORK, PERHAPS_WORK = 0.75, 0.5
"""From which share of work on words are written as they are read; and from which on where they surely tell a new step
at a place."""
RATHER_WORK = 0.6
"""The same where only one way is likely."""
CERTAINLY_WORK = 0.9
"""From which share of work on something is to change: only which way is still to be weighed."""
LIKELIEST = 0.45
"""From which likelihood on a way goes before any wording that fits."""
LIKELIEST_CHANGE = 0.5
"""The same among the ways that change something."""
FEW = 5
"""Shorter words are answers, or nothing but a figure: what they mean stands in what was asked."""
PLAINLY = re.compile(r"^(?:(?:the|my|our) )?[\w-]+ [a-z]+s (?:the|an?) [\w-]+\W*$", re.IGNORECASE)
"""Somebody does something to something, and no word more: that tells."""
PLACED_AND_GIVEN = re.compile(
    r".*\b(?:comes?|goes|belongs?|is|are)\b.*\b(?:before|after)\b.*,?\s+and\s+(?:the |our )?[\w' -]{2,30}?\s+"
    r"(?:does|do|handles?)\s+(?:it|that|this|them)\W*$",
    re.IGNORECASE,
)
"""A step that is there at another place, and who does it: two things, each said for itself."""
RENAMES = re.compile(r"rename\b", re.IGNORECASE)
"""What is called by another name from now on."""
SAID_OUTRIGHT = (
    must_stay.BY_LAW,
    RENAMES,
    *must_stay.FORBIDS,
    must_stay.LOCKS,
    LABELLED,
    PLAINLY,
    PLACED_AND_GIVEN,
    NO_DECISION,
    belongs_to.SAYS,
    done_or_not.THE_REST,
    done_or_not.NOT_THIS_ONLY_THAT,
    *need_not.NONE_FOR,
    need_not.OF_A_KIND,
)
"""Forms that say what they change: no matter of likelihood."""
NAMED = re.compile(r"\brename\b|(?:^|\s)['“\"]\w[^'”\"]*['”\"]", re.IGNORECASE)
"""Names to the letter: an order that says just what it wants, and is no matter of likelihood."""
PUT_SOMEWHERE = re.compile(rf"\b(?:{any_of('puts-a-step')})\b", re.IGNORECASE)
"""Where words that go on with the story say all the same where something is done."""
LATELY = 4
"""Of how many steps at most words were that speak of something: a whole story leaves nothing that `it` could mean."""
NEVER_TALK = frozenset({"owner", "protected", "measures"})
"""What only a wording of its own is read as: it is never taken for talk."""
PLAIN = 10
"""Words a plain complaint has at most (`the bill is a pain, takes forever`); a longer one holds other matter."""
MANY_UNUSED = 4
"""How many words that carry meaning a new step leaves unused, where it is asked about unless it is surely meant."""
TAKE_BACK = "I understood it so; `undo` takes it back."


def context_of(talk: Any) -> Context:
    """What a turn is read against: what was asked, what is on offer, the names of steps and roles."""
    session = talk.session
    steps = tuple(task.name for task in tasks(session.process))
    roles = tuple(role.name for role in session.process.roles)
    return Context(session.empty, bool(talk.asked), max(session.numbers(), default=0), steps, roles)


def weighed_first(talk: Any, turn: Turn, context: Context) -> Reply | None:
    """The reply to words that surely tell or correct something and most likely mean one thing; None for all others,
    which are read by the wordings there are."""
    if not isinstance(turn, Story | Correction | Request) or context.empty or talk.unsure or getattr(turn, "left", ()):
        return None
    words = turn.words
    if isinstance(turn, Story) and (asked := which_step(words, talk.session.process)):
        return (talk.shown and answered(talk, words)) or talk.offered(asked.question, asked.options)
    wished = isinstance(turn, Request)
    if wished and (words.rstrip().endswith("?") or ADDS.match(words) or NAMED.search(words)):
        return None
    goes_on_so = GOES_ON.match(words)
    fixed = (goes_on_so and not PUT_SOMEWHERE.search(words[goes_on_so.end() :])) or any(
        form.match(without_lead(words)) for form in SAID_OUTRIGHT
    )
    if (
        len(words.split()) < FEW
        or fixed
        or at_an_edge(words)
        or there_on_days(words)
        or of_the_whole(words)
        or told_of_a_heap(words)
        or denies_a_doer(talk.session.process, words)
        or says_how_it_is(words)
        or must_stay.NEVER.search(words)
        or denies_a_thing(talk.session.process, words)
        or replaced.plainly(talk.session.process, without_lead(words))
        or for_a_kind.read(Sentence(Catalogue(talk.session.process), words))
        or said_outright(talk.session.process, words)
        or not talk.session.state.said()
    ):
        return None
    if repeated(words, talk.session.state.said()):
        return None
    if isinstance(turn, Story) and over_for_some(words):
        return _over_behind(talk, words)
    shares = likelihoods(words, context)
    working = shares["work"] + shares["request"]
    working = max(working, SURELY_WORK) if told_under(words, context.roles) else working
    if working < PERHAPS_WORK:
        return None
    spoken = spoken_now(talk, words)
    rather = working >= RATHER_WORK and not context.offered
    if working < SURELY_WORK and not (rather and clear(spoken)) and not surely_placed(spoken):
        return None
    if goes_on(spoken) and not PUT_SOMEWHERE.search(words):
        return _gone_on(talk, words, spoken) if isinstance(turn, Story) else None
    changes = working >= CERTAINLY_WORK
    least = SURELY_WORK if wished else LIKELIEST_CHANGE if changes else LIKELIEST
    found = None if leaves_figures(spoken) else meant(spoken, least, changes)
    if isinstance(found, Outcome) and found.edits and (so := so_already(talk.session, words, found.edits)):
        return Reply((f"That is how I have it already: {so}. Nothing was changed.",), kinds=("correction",))
    if isinstance(turn, Story) and isinstance(found, Outcome) and of_a_step_of_its_own(talk.session, words, found):
        return _gone_on(talk, words, spoken)
    return _written(talk, words, found) if isinstance(found, Outcome) and not of_other_work(spoken, found) else None


def _over_behind(talk: Any, words: str) -> Reply:
    """The reply to a share of the cases that is over: behind which step is known, or asked."""
    edits = would_tell(talk.session, words)
    made = any(isinstance(edit, Insert) for edit in edits)
    found = placed(talk.session.process, words, edits) if made else None
    if isinstance(found, Doubt) and talk.session.process.volume is None:
        found = None  # the work is still being told, so it is behind what was told last
    if isinstance(found, Doubt):
        asked: Reply = talk.offered(found.text, found.readings)
        return replace(asked, kinds=("story",))
    if found is not None and not found.edits:
        return Reply((f"That is how I have it already: {found.title}. Nothing was changed.",), kinds=("correction",))
    told = talk.session.correct(words, found.edits) if found else talk.session.tell(words)
    return talk.changed(told)  # type: ignore[no-any-return]


def _gone_on(talk: Any, words: str, spoken: Spoken) -> Reply:
    """The words read as more of the story; where the story makes nothing of them, the step they most likely tell."""
    change = talk.session.tell(words)
    found = None if change.edits or change.question else meant(spoken, LIKELIEST)
    reply: Reply = talk.changed(change)
    return reply if found is None else _written(talk, words, found)


def weighed_reply(talk: Any, words: str) -> Reply | None:
    """The reply, or None where most likely nothing is to change."""
    found = meant(spoken_now(talk, words))
    return None if found is None else _written(talk, words, found)


def _written(talk: Any, words: str, found: Outcome | Doubt) -> Reply:
    if isinstance(found, Doubt):
        asked: Reply = talk.offered(found.text, found.readings)
        return replace(asked, kinds=("correction",))
    found = with_cases(Sentence(Catalogue(talk.session.process), words), words.lower(), found)
    reply: Reply = talk.changed(talk.session.correct(words, found.edits))
    told = "unclear" in reply.kinds or TAKE_BACK in reply.lines
    lines = reply.lines if told else (*reply.lines, TAKE_BACK)
    return replace(reply, lines=lines, kinds=("correction", *reply.kinds))


def held_back(talk: Any, process: Process, words: str, edits: Sequence[Edit]) -> bool:
    """The gate of all that a turn writes: whether its edits are asked about first. Notes where they are written, but
    only likely: that is said with them."""
    talk.only_likely = ()
    plain = all(isinstance(edit, SetProcess) and edit.field in NEVER_TALK for edit in edits)
    heard = any(isinstance(edit, SetProcess) and edit.field == "remarks" for edit in edits)
    plain = plain or (heard and len(words.split()) <= PLAIN and all(_only_heard(process, edit) for edit in edits))
    if (talk.unsure and not plain) or touched(process, edits) or in_doubt(talk.session, process, words, edits):
        return True
    lost = untaken(words, edits) if edits and len(words) <= MOST else ()
    talk.only_likely = (f"{NOT_TAKEN} {' '.join(f'“{short(clause)}”' for clause in lost)}",) if lost else ()
    if len(words) > MOST or not any(isinstance(edit, Insert) for edit in edits):
        return False
    if which_ones(spoken_now(talk, words)) and not any(any(conditions_of(edit)) for edit in edits):
        return True  # told of some, and read as done for all
    unclear, left = not half_sure(spoken_now(talk, words)), len(unused(words, edits)) >= MANY_UNUSED
    # Not asked about, even where both hold: of what people tell sentence by sentence a tenth more would be lost.
    talk.only_likely += (TAKE_BACK,) if unclear or left else ()
    return False


def _only_heard(process: Process, edit: Edit) -> bool:
    """Whether an edit only keeps what was plainly said to hurt, or for whom the work is done: it changes no step, and
    nothing is lost by it."""
    if not isinstance(edit, SetProcess) or edit.field not in ("remarks", "customers"):
        return False
    known = {remark.text for remark in process.remarks}
    made = edit.value if edit.field == "remarks" and isinstance(edit.value, list) else []
    return all(remark.get("sure", True) for remark in made if remark.get("text") not in known)


def asked_about(talk: Any, change: Change) -> Reply:
    """What a change that was not plain enough may mean, to pick from; no way with a condition that is none."""
    found = with_others(talk, change)
    sound = tuple(way for way in found if not unsound(talk.session.process, way.edits))
    if found and not sound:
        return Reply((nothing_of(talk.session),))
    asks = stays_so(talk.session.process, sound) or change.question or ""
    asked: Reply = talk.offered(asks, sound, (change.made_by, change.prompt))
    return asked


def with_others(talk: Any, change: Change) -> tuple[Any, ...]:
    """What a change may mean; of one that is doubted also what else its words may, the likeliest first."""
    heard, readings = talk.session.heard, change.readings
    doubted = change.question == ASK_FIRST and heard is not None and isinstance(heard.what, Said)
    if not doubted or len(heard.what.text) > MOST:
        return readings
    known = {repr(reading.edits) for reading in readings}
    others = [
        Outcome(" ".join(in_words(talk.session.process, way.edits)[:3]), way.edits)
        for way in fair(spoken_now(talk, heard.what.text))
        if repr(way.edits) not in known
    ]
    return (*readings, *others)[:MOST_READINGS]


ONLY_HOURS = re.compile(r"^\W*(?:mon|tue|wed|thu|fri|sat|sun|weekday)[a-z]*\b", re.IGNORECASE)
"""`Mondays to Fridays nine till five`."""


def perhaps_talk(talk: Any, turn: Turn, context: Context) -> bool:
    """Whether words that were read as work are asked about first: by their cues they may be talk, and what they could
    change is most likely nothing."""
    if not isinstance(turn, Story | Correction) or context.empty or len(turn.words) > MOST:
        return False
    plainly = (GOES_ON, LABELLED, PLAINLY, RENAMES, NOT_BUT_WHO)
    if any(form.match(turn.words) for form in plainly) or told_of_a_heap(turn.words):
        return False
    if replaced.plainly(talk.session.process, without_lead(turn.words)):
        return False
    of_it = SO_OFTEN.match(turn.words) or told_under(turn.words, context.roles)
    if done_on_days(turn.words) or there_on_days(turn.words) or at_an_edge(turn.words) or of_it:
        return False
    if ONLY_HOURS.match(turn.words) and calendar_in(f"we work {turn.words}"):
        return False
    if said_outright(talk.session.process, turn.words):
        return False
    shares = likelihoods(turn.words, context)
    return turn.unsure or (shares["work"] + shares["request"] < SURELY_WORK and hardly(spoken_now(talk, turn.words)))


def spoken_now(talk: Any, words: str) -> Spoken:
    """The words against what the conversation holds now."""
    session = talk.session
    recent = spoken_of(session) or recent_steps(session.state.entries, session.process)
    whole = len(recent) >= len(tasks(session.process))
    recent = () if whole or len(recent) > LATELY else recent
    asked = tuple((element, question.field) for question in talk.asked for element in question.elements)
    told = STORY_BREAK.join(session.state.said())
    return Spoken(Catalogue(session.process), words, tuple(recent), asked, len(session.proposals()), told)
