"""From a journal to the state of today: the process is the replay of its edits, and so is everything else.

`replay` reads a whole journal. `State.advanced` goes on from a state with the entries written since, and gives the same
state without replaying what came before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from assistant.errors import AssistantError, EditRefused, StorageError
from assistant.process.apply import apply
from assistant.process.edits import EDITS
from assistant.process.model import Process
from assistant.projects.journal import (
    MAIN,
    OF_TODAY,
    TODAY_ALONE,
    Accepted,
    Answered,
    Asked,
    Branch,
    Damaged,
    Edits,
    Entry,
    Redo,
    Rejected,
    Said,
    Switch,
    Undo,
    Unread,
)

UNTITLED = "Untitled process"
NOTHING = Process(name=UNTITLED)
MOST_MARKS = 100
"""Designs kept from before the latest changes, so that taking one back replays few."""
MANY = 200
"""Entries at once from which on all is replayed."""


class DamagedProject(StorageError):
    """An entry cannot be read or replayed; `turn` is the turn to leave out."""

    def __init__(self, what: str, why: str, remedy: str, turn: int) -> None:
        super().__init__(what, why, remedy)
        self.turn = turn


ABOUT_THE_WORK = frozenset({"story", "correction", "answer", "request"})


@dataclass(frozen=True)
class Mark:
    """The designs as they were before the entry `seq`: the whole one, and what the story alone gave."""

    seq: int
    process: Process
    story: Process


@dataclass(frozen=True)
class State:
    """A project at one moment.

    `process` is the design of today, `story` what was told alone gives, without later changes; `entries` are those that
    count on this branch; `turn` the highest turn used in the whole project; `seen` the last entry read (for writing
    on); `gone` the turns taken back, by the undo and redo of `turnings`; `open` words said whose turn never finished,
    on any branch.
    """

    project: str
    branch: str = MAIN
    process: Process = NOTHING
    story: Process = NOTHING
    journal: tuple[Entry, ...] = ()
    lineage: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    turn: int = 0
    seen: int = 0
    branches: tuple[str, ...] = (MAIN,)
    gone: frozenset[int] = frozenset()
    turnings: tuple[Entry, ...] = ()
    open: tuple[Entry, ...] = ()
    asked: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    decided: dict[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()

    @property
    def undone(self) -> frozenset[int]:
        """The turns of this branch that changed something and were taken back."""
        return frozenset(entry.turn for entry in self.lineage if entry.turn in self.gone and _changes(entry))

    @property
    def pending(self) -> tuple[Entry, ...]:
        """Words said on this branch of which nothing came yet: their turn was cut off, or is under way elsewhere."""
        here = (entry for entry in self.open if entry.branch == self.branch and entry.turn not in self.gone)
        last = self.entries[-1] if self.entries else None  # 0.1.0 named no writer; there only the last words count
        return tuple(entry for entry in here if isinstance(entry.what, Said) and (entry.what.writer or entry == last))

    def is_open(self, turn: int) -> bool:
        """Whether nothing came yet of what was said in that turn."""
        return any(entry.turn == turn for entry in self.open)

    def last_change(self) -> int | None:
        """The turn `undo` would take back, or None."""
        return next((entry.turn for entry in reversed(self.entries) if _changes(entry)), None)

    def changed_in(self, turn: int) -> bool:
        """Whether that turn changed something and counts."""
        return any(entry.turn == turn and _changes(entry) for entry in self.entries)

    def told_for_nothing(self) -> tuple[int, ...]:
        """The turns of this branch that told something, taken back or not, and changed nothing: their words are read
        with what follows."""
        changed = {entry.turn for entry in self.lineage if _changes(entry)}
        told = [entry.turn for entry in self.lineage if isinstance(entry.what, Said) and entry.what.source == "story"]
        return tuple(dict.fromkeys(turn for turn in told if turn not in changed))

    def came_to_nothing(self) -> list[str]:
        """What was said of the work and changed nothing, in its words; what was settled by a number picked is none."""
        said = [entry for entry in self.entries if isinstance(entry.what, Said)]
        picked = {a.turn for a, b in pairwise(said) if isinstance(b.what, Said) and b.what.source == "choice"}
        return [
            entry.what.text
            for entry in said
            if isinstance(entry.what, Said) and entry.what.source in ABOUT_THE_WORK
            and entry.turn not in picked and not self.changed_in(entry.turn)
        ]  # fmt: skip

    def turns_changed(self) -> tuple[int, ...]:
        """The turns that changed something and count, in order."""
        return tuple(dict.fromkeys(entry.turn for entry in self.entries if _changes(entry)))

    def today(self) -> Process:
        """The process as told before the first proposal that counts was taken over, put right and told on since."""
        first = next((entry.turn for entry in self.entries if isinstance(entry.what, Accepted)), None)
        if first is None:
            return self.process
        told = self.at(first - 1)
        since = (entry.what for entry in self.entries if entry.turn >= first)
        for what in since:
            if isinstance(what, Edits) and what.source in (OF_TODAY, TODAY_ALONE, "story"):
                told = _fitting(told, what)
        return told

    def at(self, turn: int) -> Process:
        """The design as it stood after that turn, of the turns that count today."""
        design = replace(self, process=NOTHING, story=NOTHING, marks=())
        for entry in takewhile(lambda entry: entry.turn <= turn, self.entries):
            design = _designed(design, entry)
        return design.process

    def last_undone(self) -> int | None:
        """The turn `redo` would bring back: of those undone one after the other the one undone last, which is the
        earliest; none when something was changed after the undoing."""
        found: int | None = None
        for entry in reversed(self.lineage):
            if _changes(entry):
                if entry.turn not in self.gone:
                    break
                found = entry.turn
        return found

    def said(self, turn: int | None = None) -> list[str]:
        """The words that told the process, in order, as far as they count: those that were taken in, and `turn`'s.

        What was told before a process could be read at all counts as well: it is read again with what follows.
        """
        told: dict[int, str | None] = {}
        begun = False
        for entry in self.entries:
            if isinstance(entry.what, Said):
                told[entry.turn] = entry.what.text if entry.what.source == "story" else None
            elif isinstance(entry.what, Unread) and begun:
                told[entry.turn] = None
            elif isinstance(entry.what, Edits) and entry.what.edits:
                begun = True
        open_turns = {entry.turn for entry in self.open} - {turn}
        return [text for number, text in told.items() if text is not None and number not in open_turns]

    def words(self) -> list[str]:
        """The words that told the process, and in their place those that corrected it, answered or asked for a change
        and came to something."""
        told, changed = set(self.said()), set(self.turns_changed())
        heard: dict[int, str] = {}
        for entry in self.entries:
            if isinstance(entry.what, Said):
                spoken = entry.turn in changed and entry.what.source in ABOUT_THE_WORK
                if spoken or entry.what.text in told:
                    heard[entry.turn] = entry.what.text
        return list(heard.values())

    def advanced(self, new: Sequence[Entry]) -> State:
        """The state with entries written since. Raises DamagedProject."""
        if len(new) > MANY or any(isinstance(entry.what, Branch | Switch) for entry in new):
            return replay(self.project, (*self.journal, *new))
        state = self
        for entry in new:
            state = _with(state, entry)
        return state


def _changes(entry: Entry) -> bool:
    """Whether an entry changes something; a turn in which nothing new was found does not."""
    what = entry.what
    return isinstance(what, Accepted | Rejected) or (isinstance(what, Edits) and bool(what.edits))


def replay(project: str, journal: Iterable[Entry], branch: str | None = None) -> State:
    """The state of a project, on the branch taken up last or the one named.

    Raises DamagedProject when an entry that counts cannot be replayed, StorageError when there is no such branch.
    """
    entries = tuple(journal)
    begun = [entry.what.name for entry in entries if isinstance(entry.what, Branch)]
    branch = taken_up(entries) if branch is None else branch
    unfinished: dict[int, Entry] = {}
    for entry in entries:
        unfinished.pop(entry.turn, None)
        if isinstance(entry.what, Said):
            unfinished[entry.turn] = entry
    state = State(
        project=project,
        branch=branch,
        journal=entries,
        turn=max((entry.turn for entry in entries), default=0),
        seen=max((entry.seq for entry in entries), default=0),
        branches=(MAIN, *dict.fromkeys(begun)),
        open=tuple(sorted(unfinished.values(), key=lambda entry: entry.seq)),
    )
    lineage = tuple(_lineage(entries, branch))
    asked = (entry.what for entry in lineage if isinstance(entry.what, Asked))
    state = replace(state, lineage=lineage, asked=frozenset(q.id for what in asked for q in what.questions))
    return _counted(state, [entry for entry in lineage if isinstance(entry.what, Undo | Redo)])


def taken_up(journal: Sequence[Entry]) -> str:
    """The branch begun or taken up last."""
    return next((entry.what.name for entry in reversed(journal) if isinstance(entry.what, Branch | Switch)), MAIN)


def _counted(state: State, turned: Iterable[Entry]) -> State:
    """The state with what counts of its lineage now that these undo and redo are known; the design is made anew from
    behind the last mark that still holds, and what no turn touches stays as it is."""
    turnings = (*state.turnings, *turned)
    gone = frozenset(_gone(turnings))
    other = gone ^ state.gone
    touched = [entry for entry in state.lineage if entry.turn in other]
    if state.entries and not touched:
        return replace(state, turnings=turnings, gone=gone)
    entries = tuple(
        entry for entry in state.lineage if entry.turn not in gone and not isinstance(entry.what, Undo | Redo)
    )
    first = touched[0].seq if touched else 0
    marks = tuple(mark for mark in state.marks if mark.seq <= first)
    start = marks[-1] if marks else Mark(0, NOTHING, NOTHING)
    design = replace(state, process=start.process, story=start.story, marks=marks[:-1])
    for entry in entries[bisect_left(entries, start.seq, key=lambda entry: entry.seq) :]:
        design = _designed(design, entry)
    design = replace(design, turnings=turnings, entries=entries, gone=gone)
    if state.entries and not any(isinstance(entry.what, Answered | Accepted | Rejected) for entry in touched):
        return design
    whats = [entry.what for entry in entries]
    return replace(
        design,
        answered=frozenset(what.question for what in whats if isinstance(what, Answered)),
        decided={what.proposal: what.kind for what in whats if isinstance(what, Accepted | Rejected)},
    )


def _with(state: State, entry: Entry) -> State:
    """The state with one more entry that is no branch and no switch."""
    unfinished = tuple(said for said in state.open if said.turn != entry.turn)
    state = replace(
        state,
        journal=(*state.journal, entry),
        turn=max(state.turn, entry.turn),
        seen=max(state.seen, entry.seq),
        open=(*unfinished, entry) if isinstance(entry.what, Said) else unfinished,
    )
    if entry.branch != state.branch:
        return state
    state = replace(state, lineage=(*state.lineage, entry))
    if isinstance(entry.what, Undo | Redo):
        return _counted(state, [entry])
    if isinstance(entry.what, Asked):
        state = replace(state, asked=state.asked | {question.id for question in entry.what.questions})
    if entry.turn in state.gone:
        return state
    state = replace(_designed(state, entry), entries=(*state.entries, entry))
    match entry.what:
        case Answered(question=question):
            return replace(state, answered=state.answered | {question})
        case Accepted() | Rejected():
            return replace(state, decided={**state.decided, entry.what.proposal: entry.what.kind})
        case _:
            return state


def _lineage(entries: Sequence[Entry], branch: str) -> list[Entry]:
    """The entries of a branch with those of its forebears up to where each began."""
    begun = {entry.what.name: entry for entry in entries if isinstance(entry.what, Branch)}
    if branch != MAIN and branch not in begun:
        raise StorageError(f"There is no branch named {branch!r}.", remedy=f"There are: {', '.join([MAIN, *begun])}.")
    own = [entry for entry in entries if entry.branch == branch and not isinstance(entry.what, Branch | Switch)]
    if branch == MAIN:
        return own
    start = begun[branch]
    before = [entry for entry in entries if entry.seq < start.seq]
    return [*_lineage(before, start.branch), *own]


def _gone(entries: Iterable[Entry]) -> set[int]:
    """The turns taken back. Who takes back a turn that itself took one back (`within`) brings that one in again."""
    gone: set[int] = set()
    within: dict[int, list[int]] = {}
    for entry in entries:
        match entry.what:
            case Undo(turn=turn, within=True):
                within.setdefault(entry.turn, []).append(turn)
                gone.add(turn)
            case Undo(turn=turn):
                gone.add(turn)
                gone.difference_update(within.get(turn, ()))
            case Redo(turn=turn):
                gone.discard(turn)
                gone.update(within.get(turn, ()))
    return gone


def _designed(state: State, entry: Entry) -> State:
    """The state with what a counting entry does to the design."""
    what = entry.what
    if isinstance(what, Damaged):
        remedy = f"`assistant project undo {state.project} --turn {entry.turn}` leaves that turn out."
        if what.newer:
            remedy = f"Install the newest version of this program, or leave the turn out: {remedy}"
        raise DamagedProject(
            f"Entry {entry.seq} of the project {state.project} cannot be read (turn {entry.turn}).",
            what.reason, remedy, entry.turn,
        )  # fmt: skip
    if not isinstance(what, Edits) or what.source == TODAY_ALONE:
        return state
    process = _applied(state, state.process, entry, what)
    story = state.story
    if what.source == "story":
        story = process if story is state.process else _applied(state, story, entry, what)
    mark = Mark(entry.seq, state.process, state.story)
    return replace(state, process=process, story=story, marks=(*state.marks[1 - MOST_MARKS :], mark))


def _fitting(process: Process, what: Edits) -> Process:
    """The process with those of the edits that fit: a step of the new process alone is not there today."""
    for edit in EDITS.validate_python(what.edits):
        with suppress(EditRefused):
            process = apply(process, [edit])
    return process


def _applied(state: State, process: Process, entry: Entry, what: Edits) -> Process:
    try:
        return apply(process, EDITS.validate_python(what.edits))
    except (AssistantError, ValueError) as error:
        raise DamagedProject(
            f"Entry {entry.seq} of the project {state.project} can no longer be replayed.",
            str(error).split("\n")[0],
            f"`assistant project undo {state.project} --turn {entry.turn}` leaves that turn out.",
            entry.turn,
        ) from None
