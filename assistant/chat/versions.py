"""Going back to what was said before, and today's process beside what was decided."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, cast

from assistant.chat.basis import basis_of
from assistant.chat.map import map_lines
from assistant.chat.played import length, play
from assistant.chat.reply import Fact, Reply
from assistant.chat.telling import grouped, listed, short
from assistant.chat.what_was_told import Answer, shown
from assistant.english.alike import stem
from assistant.english.tables import any_of, classed
from assistant.language.figures.numbers import COUNT_WORD, number_named
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.projects.journal import Accepted, Rejected, Said
from assistant.projects.replay import State
from assistant.workspace.session import Session

NO_NEW = "There is no new process yet: no proposal was taken over. `propose` shows what there is."
MOST_TURNS = 40
UNSAID = "a change you made without words"
LEAST_ALIKE = 0.5
TODAY = r"(?:today(?:'s)?|as[- ]is|the old|old|(?:how|as) it is(?: now| today)?|the current|the original)"
NEW = r"(?:new|to[- ]be|future|changed|redesigned)"
SAYS_TODAY = re.compile(r"\b(?:today|currently|at the moment|at present|as[- ]is)\b", re.IGNORECASE)
SAYS_NEW = re.compile(rf"\b{NEW}\b|\bcompare", re.IGNORECASE)
SO_TODAY = re.compile(
    r"\W*(?:(?:no|yes|but|well|actually|oh)\W+)*(?:that|it|this)(?:'s| is| was)"
    r"(?: how it (?:is|works)| the way it is| so| like that| (?:already )?the case| true| done)?"
    r"(?: (?:already|today|now|at present))+(?: already)?\W*",
    re.IGNORECASE,
)
THING = r"(?: (?:one|process|way|map|version|state|picture))?"
SEE = r"(?:show|draw|display|see|print)(?: me| us)?"
SHOW_TODAY = re.compile(rf"\W*(?:please )?{SEE} (?:the )?{TODAY}{THING}(?: again| please)?\W*", re.IGNORECASE)
SHOW_NEW = re.compile(rf"\W*(?:please )?{SEE} (?:me )?(?:the |our )?{NEW}{THING}(?: again| please)?\W*", re.IGNORECASE)
COMPARE = re.compile(
    rf"\W*(?:please )?(?:compare|comparison)(?: (?:them|both|the two|it|(?:the )?{TODAY}{THING}|(?:the )?{NEW}{THING}|"
    r"and|with|to))*\W*",
    re.IGNORECASE,
)
OF_NEW = re.compile(
    rf"\W*(?:and |but |so )?(?:in|with|for|under) (?:the|our|this) {NEW} (?:process|way|version|flow|map|one)\b\W*",
    re.IGNORECASE,
)
LIST = re.compile(
    rf"\W*(?:(?:{SEE}|list|give me) )?(?:all )?(?:the |my |our )?turns(?: so far| please)?\W*", re.IGNORECASE
)
BACK = re.compile(
    r"\W*(?:(?:please|can you|could you|ok|let's|let us|i want to)\W+)*"
    r"(?:go|take (?:me|us|it)|jump|roll|return|turn|get|bring it)"
    r"(?: (?:all the way|right))?(?: back)? to (?P<before>(?:just |right )?before )?(?P<where>.+?)\W*",
    re.IGNORECASE,
)
OUT = re.compile(
    r"\W*(?:(?:hm+|no|nope|ah|oh|please|sorry|actually|can you|could you|wait)\b\W*)*"
    r"(?:take|strike|scrap|scratch|drop|remove|forget|leave|pull|throw|ignore|delete)"
    r"(?: back| out)? (?:that|the|this|what i said about the) (?P<where>[\w' -]{3,40}?) "
    r"(?:thing|bit|part|remark|business|stuff|story|sentence)(?: (?:back|out))?(?: again)?(?:,? (?:pls|please))?"
    r"(?:[,;.–-].{0,80})?\W*",
    re.IGNORECASE,
)
TAKE_BACK = re.compile(
    r"\W*(?:(?:no|oh|please|sorry|ok)\b\W*)*(?:take back|withdraw|undo|revert) (?:the |what i (?:said|told you) about "
    r"(?:the )?)(?!last\b|change\b|whole\b|story\b|previous\b)(?P<where>[\w' -]{3,40}?)(?: again| please)?\W*",
    re.IGNORECASE,
)
"""`Take back the washing`: the turn that told of it."""
LAST_FEW = re.compile(
    r"\W*(?:(?:no|oh|ah|hm+|oops|sorry|wait|please|ok|okay|just|can you|could you|would you|let's)\b\W*)*"
    r"(?:(?:go|step|jump|roll|take (?:me|us|it))(?: back)?|back|undo|revert|reverse|"
    rf"{any_of('take-it-back')}"
    r"(?= (?:\w+ ){0,2}(?:last|latest|previous|both)\b))"
    r"(?: (?:my|the|these|those|all|by|of))*(?: (?:last|latest|previous))? "
    rf"(?P<n>{COUNT_WORD}|both|couple of|[1-9])\b(?: of)?(?: (?:the |my )?(?:last |latest |previous )?"
    r"(?:things?|turns?|steps?|changes?|messages?|sentences?|lines?|entries|entry|answers?|remarks?|them|those|bits?))?"
    r"(?: (?:back|please|again|then|now|i (?:just )?(?:said|told you|typed|wrote)))*\W*",
    re.IGNORECASE,
)
"""How many of the last turns to take back."""
TURN = re.compile(r"(?:the )?(?:turn|step|point|number|no\.?|message|#)\s*#?(?P<n>\d{1,4})", re.IGNORECASE)
SAID = re.compile(
    r"(?:(?:the point |the moment )?(?:where|when) )?"
    r"(?:i (?:said|told you|mentioned|typed|added|spoke|talked|brought)|what i said|"
    r"the (?:thing|bit|part|sentence|remark|message|one|words))\b",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"(?:where |when )?(?:i|we) (?:accepted|decided|agreed|took (?:it|that|one|over))\b.{0,60}", re.IGNORECASE
)
"""A point in the conversation called by the proposal that was taken over at it."""
SMALL = classed("reading", "spoken-small")


def about_versions(talk: Any, words: str) -> Reply | None:
    """The reply to words that go back to a turn, list the turns, or look at today and what was decided; else None."""
    session = talk.session
    if session.empty or len(words) > 200:
        return None
    if LIST.fullmatch(words):
        lines, facts = turns_told(session, words)
        return Reply(tuple(lines), kinds=("command",), facts=tuple(facts))
    if SHOW_TODAY.fullmatch(words):
        return Reply(("Today:", *map_lines(session.today(), ())), kinds=("command",))
    if SHOW_NEW.fullmatch(words):
        if not _has_new(session):
            return Reply((NO_NEW,), kinds=("command",))
        return Reply(("With what was decided:", *map_lines(session.process, ())), kinds=("command",))
    if (match := OF_NEW.match(words)) and not (session.reads_by_model and _has_new(session)):
        return _of_new(talk, words[match.end() :])
    if session.has_new and SO_TODAY.fullmatch(words):
        lines = session.so_today()
        said = ("So it is today as well:", *listed(grouped(lines))) if lines else ("That is how I have it for today.",)
        return Reply(said, kinds=("correction",))
    if COMPARE.fullmatch(words):
        lines, facts = compared(session, words)
        return Reply(tuple(lines), kinds=("command",), facts=tuple(facts))
    if match := LAST_FEW.fullmatch(words):
        number = match["n"].lower()
        return _last_few(session, 2 if number in ("both", "couple of") else number_named(number))
    if match := OUT.fullmatch(words) or TAKE_BACK.fullmatch(words):
        return _out(session, match["where"])
    match = BACK.fullmatch(words)
    return _back(session, match["where"], bool(match["before"])) if match else None


def _has_new(session: Session) -> bool:
    """Whether a proposal was taken over that still makes a difference."""
    return session.today() != session.process


class _Today:
    """A session whose process is that of today; all else is the session's own."""

    def __init__(self, session: Session) -> None:
        self._session, self.process = session, session.today()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


def with_today(session: Session) -> tuple[Session, ...]:
    """The session, and with it the same with today's process where words may correct either."""
    both = session.has_new and not session.of_new
    return (session, cast("Session", _Today(session))) if both else (session,)


def of_today(session: Session, words: str) -> Session:
    """The session itself; where there is a new process and a question names today alone, with the process of today."""
    if not _has_new(session) or not SAYS_TODAY.search(words) or SAYS_NEW.search(words):
        return session
    return cast("Session", _Today(session))


def _out(session: Session, where: str) -> Reply | None:
    """One thing said since the first story taken back, named by what it spoke of; None where nothing said fits."""
    turn = _meant(where, _turns(session)[1:])
    if turn is None:
        return None
    change = session.undo(turn)
    lines = grouped(change.lines) or ["a decision; the process stays as it is"]
    return Reply(("Taken back:", *listed(lines), "Say `redo` to bring it back."), kinds=("command",))


def _last_few(session: Session, number: int) -> Reply:
    """The last turns that changed something taken back, never the first story with them."""
    gone = [turn for turn, _words in _turns(session)[1:]][-number:]
    if not gone:
        return Reply(("Only the story itself was told so far. Nothing was taken back.",), kinds=("command",))
    return _taken_back(session, gone, "Taken back:" if len(gone) == 1 else f"Taken back, {len(gone)} turns:")


def _taken_back(session: Session, gone: list[int], head: str) -> Reply:
    start = session.process
    for turn in reversed(gone):
        session.undo(turn)
    lines = grouped(in_words(start, diff(start, session.process))) or ["a decision; the process stays as it is"]
    back = "`redo` brings them back one by one." if len(gone) > 1 else "Say `redo` to bring it back."
    return Reply((head, *listed(lines), back), kinds=("command",))


def _of_new(talk: Any, words: str) -> Reply:
    """What is said of the new process: a change of it. Without one nothing is written: today stays as it was told."""
    if not _has_new(talk.session):
        return Reply((NO_NEW, "Nothing was changed."), kinds=("correction", "unclear"))
    talk.session.of_new = True
    reply: Reply = talk.set_right(f"no, {words}")
    return replace(reply, kinds=tuple(dict.fromkeys(("correction", *reply.kinds))))


def _turns(session: Session) -> list[tuple[int, str]]:
    """The turns that count, each with what was said or decided first in it."""
    told: dict[int, str] = {}
    for entry in session.state.entries:
        if isinstance(entry.what, Said):
            told.setdefault(entry.turn, entry.what.text)
        elif isinstance(entry.what, Accepted):
            told.setdefault(entry.turn, f"proposal taken over: {entry.what.title}")
        elif isinstance(entry.what, Rejected):
            told.setdefault(entry.turn, f"proposal turned down: {entry.what.title}")
    return [(turn, told.get(turn, UNSAID)) for turn in session.state.turns_changed()]


def turns_told(session: Session, _: str) -> Answer:
    """The turns that changed something, with their numbers."""
    turns = _turns(session)[-MOST_TURNS:]
    facts = [Fact("turn", turn, "", "the log") for turn, _words in turns]
    lines = [f"  {turn}. “{short(words.replace('“', '').replace('”', ''), 80)}”" for turn, words in turns]
    return [
        "What you told that counts, by turn:",
        *lines,
        "“Go back to turn …” takes back all that came after it.",
    ], facts


def _back(session: Session, where: str, before: bool) -> Reply | None:
    turns = _turns(session)
    if numbered := TURN.fullmatch(where):
        goal = int(numbered["n"])
        if not 1 <= goal <= session.state.turn:
            return Reply((f"There is no turn {goal}; the last one is {session.state.turn}. `turns` lists them.",),
                         kinds=("command", "unclear"))  # fmt: skip
    elif DECIDED.fullmatch(where):
        taken = [entry.turn for entry in session.state.entries if isinstance(entry.what, Accepted)]
        if not taken:
            return Reply(("Nothing was taken over yet. Nothing was changed; `turns` lists what you said.",),
                         kinds=("command", "unclear"))  # fmt: skip
        goal = taken[-1]
    elif SAID.match(where):
        found = _meant(where, turns)
        if found is None:
            return Reply(("I do not find where you said that. Nothing was changed; `turns` lists what you said.",),
                         kinds=("command", "unclear"))  # fmt: skip
        goal = found
    else:
        return None
    gone = [turn for turn, _words in turns if turn > goal or (before and turn == goal)]
    at = f"{'before ' if before else ''}turn {goal}"
    if not gone:
        return Reply((f"Nothing was changed after that: this is how it stood at {at}.",), kinds=("command",))
    for turn in session.state.told_for_nothing():  # else words taken back would be read with what is told next
        if (turn > goal or (before and turn == goal)) and turn not in session.state.gone:
            session.undo(turn)
    return _taken_back(session, gone, f"Back to {at}. Taken back:")


def _meant(where: str, turns: list[tuple[int, str]]) -> int | None:
    """The latest turn that shares most of the words, none of them small."""
    wanted = {stem(word) for word in re.findall(r"[a-z]+", where.lower()) if word not in SMALL}
    if not wanted:
        return None
    best, best_share = None, 0.0
    for turn, words in turns:
        own = {stem(word) for word in re.findall(r"[a-z]+", words.lower())}
        alike = len(wanted & own) / len(wanted)
        if alike >= max(best_share, LEAST_ALIKE):
            best, best_share = turn, alike
    return best


def compared(session: Session, _: str) -> Answer:
    """Today beside the process with what was taken over: what differs, and how long a case takes in both."""
    today, new = session.today(), session.process
    if today == new:
        return ["There is nothing to compare yet: no proposal was taken over. `propose` shows what there is."], []
    played, then = play(session, of=today)[0], play(session)[0]
    before = length("cycle time today", played.result.cycle_time.mean)
    after = length("cycle time then", then.result.cycle_time.mean)
    changes = list(listed(grouped(in_words(today, diff(today, new))), 12))
    lines = [
        "What differs from today:", *changes,
        f"A case takes about {shown(after)} instead of {shown(before)} today (simulated).",
        "`show today` and `show the new one` have the maps; `export FOLDER` writes the report.",
    ]  # fmt: skip
    told, more = basis_of(then)
    lines[-1:-1] = [told]
    return lines, [before, after, *more, *(Fact("change", line, "", "decided") for line in changes)]


def came_to_nothing(state: State) -> bool:
    """Whether the last words that told or corrected something changed nothing, or only the whole story could go for
    words that were said after it."""
    said = [entry for entry in state.entries if isinstance(entry.what, Said)]
    told = [entry.turn for entry in said if isinstance(entry.what, Said) and entry.what.source != "talk"]
    if told and not state.changed_in(told[-1]) and told[-1] not in state.gone:
        return True
    changed = state.turns_changed()
    return len(changed) == 1 and bool(said) and said[-1].turn not in (*changed, *state.gone)
