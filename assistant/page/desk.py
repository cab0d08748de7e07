"""One project on the page: the session and the conversation of `assistant.chat`, shared by all browsers that show it.

Nothing is kept here that the session does not have, but what a screen shows until it is closed: the replies in full.
What is shown is taken from `shown`, the project as it stood when the last turn was complete, so that a reader waits for
nobody.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.chat.answering import still_asked
from assistant.chat.proposals import proposal_lines
from assistant.chat.reply import Reply
from assistant.chat.telling import grouped, listed
from assistant.chat.turn import Talk
from assistant.errors import AssistantError, UsageError
from assistant.gateway.overheard import overheard, plainly
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.settings import BUILT_IN

if TYPE_CHECKING:
    from assistant.app import App
    from assistant.feedback.shapes import Feedback
    from assistant.handover.shapes import Package
    from assistant.projects.replay import State
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Completed
    from assistant.workspace.session import Change

MOST_WORDS = 200_000
MOST_ASIDES = 20
MOST_LINES = 12
MOST_SHORT = 6
"""Words of an answer that is nothing but an answer."""
MOST_WRITTEN = 4000
MOST_LINES_WRITTEN = 6
"""Letters, and lines of them, that are shown of what a model writes while it writes."""
LOOK_EVERY = 0.5
"""Seconds between two looks into the journal for what other programs wrote."""
LOOK = "Look for what hurts"
"""What is asked for by the button of that name."""
OLD_LIST = "This list is no longer the last one. Nothing was changed."


@dataclass(frozen=True)
class Aside:
    """Words of which nothing was written, such as `help`: shown behind the turn they were said after."""

    after: int
    words: str
    reply: Reply


@dataclass(frozen=True)
class Shown:
    """The project as the page shows it: its state, the design before the last change, and what was last worked out."""

    state: State
    before: Process
    questions: tuple[Question, ...] = ()
    readings: tuple[Any, ...] = ()
    redesign: Redesign | None = None
    proposals: tuple[Any, ...] = ()
    asides: tuple[Aside, ...] = ()
    feedback: Feedback | None = None
    number: int = 0
    listing: int = 0
    """`number` rises with everything that changes what is shown, `listing` with every new list of proposals, from
    whichever program it comes and also past its end."""


@dataclass
class Desk:
    """A project opened on the page. Turns come one after the other, whichever browser they come from. The numbers of
    what is shown begin `behind` one that was used before."""

    app: App
    project: str
    replies: dict[int, Reply] = field(default_factory=dict)
    behind: int = 0

    def __post_init__(self) -> None:
        """Open the project."""
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._packages: tuple[tuple[Redesign, Package], ...] = ()
        self._reported: tuple[Any, Redesign] | None = None
        self._completed: tuple[Process, Completed] | None = None
        self.asides: tuple[Aside, ...] = ()
        self.working = self.heard = ""
        self.lines: tuple[str, ...] = ()
        self.written: tuple[str, ...] = ()
        self.watchers: set[Callable[[], None]] = set()
        self.session = self.app.session(self.project)
        self.talk = Talk(self.session, _no_export)
        self.talk.reads_paths = False
        self.greeted = False
        state = self.session.state
        # The clock's seconds: a page that was open before the program was started again knows that this is newer, also
        # where the clock was put back meanwhile.
        before = max((entry.at.timestamp() for entry in state.journal[-1:]), default=0.0)
        self.shown = Shown(state, state.process, number=int(max(time.time(), before + 1, self.behind + 1)))
        if self.session.latest is not None:  # looked for before the program was started
            self._show()

    def greet(self) -> None:
        """Greet as the conversation does, once: it takes up what was cut off, and may ask, so no reader begins it."""
        if self.greeted:
            return
        with self._turn("Opening the project …"):
            if not self.greeted:
                self.greeted = True
                self._remember("", self.talk.greet)

    @contextmanager
    def _turn(self, what: str, heard: str = "") -> Iterator[None]:
        """One thing at a time; whatever comes of it, what is shown afterwards is what the journal says."""
        with self._lock:
            self.working, self.heard, self.lines, self.written = what, heard, (), ()
            self._tell()
            try:
                with overheard(self._writing):
                    yield
            finally:
                self.working, self.heard, self.lines, self.written = "", "", (), ()
                self._show()

    def line(self, text: str) -> None:
        """What came out so far of what is being worked at."""
        self.lines = (*self.lines, text)[-MOST_LINES:]
        self._tell()

    def _writing(self, text: str) -> None:
        """What a model has written so far; it is checked only when it is whole."""
        self.written = plainly(self.session.called.back(text[-MOST_WRITTEN:]), MOST_LINES_WRITTEN)
        self._tell()

    def _tell(self) -> None:
        for wake in tuple(self.watchers):
            wake()

    def _show(self) -> None:
        session, old = self.session, self.shown
        state = session.state
        self.shown = Shown(
            state=state,
            before=old.before if state.process == old.state.process else old.state.process,
            questions=still_asked(self.talk)[:3],
            readings=tuple(self.talk.readings),
            redesign=session.latest,
            proposals=tuple(session.proposals()),
            asides=self.asides,
            feedback=session.feedback,
            number=old.number + 1,
            listing=session.listed,
        )
        self._tell()

    def due(self) -> bool:
        """Whether it is time for another look into the journal."""
        return time.monotonic() - self._looked >= LOOK_EVERY

    def look(self) -> None:
        """Take in what another program wrote to the project meanwhile; raises Gone when it is there no longer."""
        if not self.due() or not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = time.monotonic()
            if self.session.refresh() or self.session.latest is not self.shown.redesign:
                self._show()
        finally:
            self._lock.release()

    def _remember(self, words: str, work: Callable[[], Reply]) -> Reply:
        """Do a turn and keep its reply beside it, or, where nothing was written, as an aside; errors are replies."""
        before = self.session.state.turn
        try:
            reply = work()
        except AssistantError as error:
            reply = Reply(tuple(str(error).splitlines()), kinds=("unclear",))
        turn = self.session.state.turn
        if turn > before:
            self.replies[turn] = reply
        else:
            self.asides = (*self.asides, Aside(turn, words, reply))[-MOST_ASIDES:]
        return reply

    def say(self, words: str) -> Reply:
        """One thing said, answered by the conversation."""
        with self._turn("Reading what was said …", words):
            return self._remember(words[:200], lambda: self.talk.turn(words[:MOST_WORDS]))

    def pick(self, number: int, of: int) -> Reply:
        """Choose one of the readings that were offered when the page had the number `of`. Raises UsageError."""
        with self._turn("Taking over what was chosen …"):
            if of != self.shown.number or not 1 <= number <= len(self.talk.readings):
                raise UsageError("These readings are no longer on offer.", "Something was said since.", "Say it again.")
            return self._remember(str(number), lambda: self.talk.turn(str(number)))

    def answer(self, answers: dict[str, str]) -> Reply:
        """Answers to open questions, by the question's id, as one turn. Raises UsageError."""
        with self._turn("Taking over the answers …", "; ".join(filter(None, map(str.strip, answers.values())))):
            asked = {question.id: question for question in self.talk.asked}
            given = [(asked[key], words.strip()) for key, words in answers.items() if key in asked and words.strip()]
            if not given:
                raise UsageError("No answer was given.", "Or the question is settled meanwhile.", "Fill in a field.")
            chosen = tuple(question for question, _ in given)
            rest = tuple(question for question in self.talk.asked if question not in chosen)
            self.talk.asked = (*chosen, *rest)
            said = [" ".join(words.replace(";", ",").split()) for _, words in given]
            # Whose answer it is, is known: a short one is not read as anything else. A long one may tell more.
            alone = len(said) == 1 and len(said[0].split()) > MOST_SHORT
            words = said[0] if alone else "; ".join(f"{at}: {answer}" for at, answer in enumerate(said, 1))
            return self._remember(words, lambda: self.talk.turn(words[:MOST_WORDS]))

    def edit(self, make: Callable[[Process], Sequence[Edit]], source: str) -> Change:
        """Edits made on the design as it is now, as one turn. Raises EditRefused, UsageError; then nothing changed."""
        with self._turn("Changing the map …"):
            self.session.refresh()
            self.session.of_new = True  # what is drawn is the new process, where there is one
            return self.session.together(
                lambda: self.session.change(list(make(self.session.process)), source, BUILT_IN)
            )

    def do(self, what: str, words: str, work: Callable[[], Reply]) -> Reply:
        """Anything else that is one turn on the session: `what` is told while it runs, `words` is what was asked."""
        with self._turn(what, words):
            self.session.refresh()
            return self._remember(words, work)

    def told(self, change: Change, head: str) -> Reply:
        """A change as a reply."""
        lines = listed(grouped(change.lines), 16) or ["Nothing changed by that."]
        refused = [f"Not taken over: {reason}" for reason in change.refused]
        return Reply((head, *lines, *refused, *change.notes[:3]))

    def redesign(self, goal: str = "") -> Reply:
        """Look for what hurts and what would be better; what customers said counts where it was given."""

        def work() -> Reply:
            result = self.session.redesign(goal=goal or None, tell=self.line)
            lines = [line for line in proposal_lines(self.session, result) if not line.startswith("Say `why")]
            return Reply((*lines, "The tabs “Findings” and “Alternatives” have it all with reasons; decide there."))

        asked = f"{LOOK}{f'; what counts most: {goal}' if goal else ''}"
        return self.do("Looking for what hurts, and playing what would help …", asked, work)

    def decide(self, number: int, of: int, accept: bool, words: str) -> Reply:
        """Take a proposal over (`words`: with a change) or turn it down (`words`: why), by its number in the list that
        has the number `of`; where that is not the last list, the reply says so."""

        def work() -> Reply:
            if of != self.shown.listing:
                raise UsageError(OLD_LIST, "Somebody looked for proposals anew.", "Decide on the list shown now.")
            if accept:
                change = self.session.accept(number, words)
                return Reply(("Taken over:", *listed(change.lines)))
            title = self.session.reject(number, words)
            return Reply((f"Turned down, and not offered again: {title}",))

        verb = "accept" if accept else "reject"
        return self.do("Writing down your decision …", f"{verb} {number} {words}".strip(), work)

    def start_from(self, name: str) -> Reply:
        """Begin with a process of the library. Raises UsageError where something is told already."""
        from assistant.library.entries import ProcessEntry
        from assistant.library.template import template

        entry = self.app.library.get(name)
        if not isinstance(entry, ProcessEntry):
            raise UsageError("The library has no such process.", "", "Search for another one.")

        def work() -> Reply:
            if not self.session.empty:
                raise UsageError(
                    "This project has a process already.", "It would be lost.", "Begin a new project for this one."
                )
            change = self.session.adopt(template(entry), f"Started from the library: {entry.name}.")
            return self.told(change, f"Started from “{entry.name}” of the library. Correct what is different with you.")

        return self.do("Drawing it …", f"start from {entry.name}", work)

    def package(self) -> Package | None:
        """All that the report says of the last redesign; made once for each."""
        result = self.shown.redesign
        return None if result is None else self._handed(result)

    def reported(self) -> tuple[Redesign, Package] | None:
        """What the report is made of: the last redesign, or, where something was decided, that beside today."""
        from assistant.workspace.deciding import with_decisions

        last, state = self.shown.redesign, self.shown.state
        if last is None:
            return None
        of = (last, state.process, tuple(state.decided.items()))
        if self._reported is None or self._reported[0] != of:
            self._reported = (of, with_decisions(self.session, state, last))
        return self._reported[1], self._handed(self._reported[1])

    def _handed(self, result: Redesign) -> Package:
        from assistant.handover.package import package

        known = next((made for made in self._packages if made[0] is result), None)
        if known is None:
            known = (result, package(result, self.app.library))
            self._packages = (*self._packages[-1:], known)
        return known[1]

    def completed(self) -> Completed:
        """The process as it is played, with what nobody gave filled in. Raises InvalidProcess when nothing is drawn."""
        from assistant.errors import InvalidProcess

        process = self.shown.state.process
        if not process.flow.items:
            raise InvalidProcess("Nothing is drawn yet.", "There is nothing to play.", "Tell how the work runs first.")
        if self._completed is None or self._completed[0] is not process:
            self._completed = (process, self.app.completed(process))
        return self._completed[1]


def _no_export(*_: Any) -> list[Any]:
    raise UsageError("The page writes no folders.", "", "The tab “Report” has the report and all files to download.")
