"""The door through which suites play: the same `App`, session and conversation that users get, with nothing kept.

A `Watched` model stands before the language model, if there is one: it counts what a case costs, notes which prompts
asked, and refuses once the run's cap is reached.
"""

from __future__ import annotations

import csv
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.app import App
from assistant.chat.reply import document
from assistant.chat.turn import Talk
from assistant.errors import AssistantError, ModelAnswerInvalid, NotAProcess, ServiceError
from assistant.gateway.faults import over_budget
from assistant.gateway.port import Budget, Delta, LanguageModel, Prompt, Reply, Usage
from assistant.process.model import Process

if TYPE_CHECKING:
    from assistant.feedback.shapes import Feedback
    from assistant.redesign.compare import Comparison
    from assistant.redesign.engine import Redesign
    from assistant.workspace.session import Change, Session

T = TypeVar("T")
QUICK = {"cases": 60, "replications": 2}
"""The short simulation of suites that do not measure the simulation."""


class CapReached(AssistantError):
    """The run has spent what it may; what was played is kept and can be gone on with."""

    exit_code = 4


@dataclass
class Purse:
    """What all cases of a run spent, what of it before the program was started, and the most they may (US dollars)."""

    most: float | None = None
    begun: float = 0.0
    spent: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def left(self) -> float | None:
        """What may still be spent; None: no cap."""
        return None if self.most is None else self.most - self.spent


class Watched:
    """A language model that counts for one case what is asked of it. Everything else is the model's own."""

    def __init__(self, inner: LanguageModel, purse: Purse, tally: Tally | None = None) -> None:
        self._inner, self._purse = inner, purse
        self.tally = tally or Tally()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._inner.name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def for_turn(self) -> Watched:
        """The model with a fresh account for one turn; what it uses counts for the same case."""
        fresh = getattr(self._inner, "for_turn", None)
        return Watched(fresh(), self._purse, self.tally) if fresh is not None else self

    def ask(self, prompt: Prompt, reply: type[T], budget: Budget) -> Reply[T]:
        """Ask, within what the run may still spend. Raises CapReached, and as the model does."""
        within = self._within(budget, prompt)
        try:
            answer = self._inner.ask(prompt, reply, within)
        except ServiceError as failed:
            self._not_answered(failed)
            raise
        self.tally.usage += answer.usage
        self._charge(answer.usage)
        return answer

    def stream(self, prompt: Prompt, budget: Budget) -> Iterator[Delta]:
        """As `ask`, in pieces."""
        within = self._within(budget, prompt)
        try:
            for piece in self._inner.stream(prompt, within):
                if piece.usage is not None:
                    self.tally.usage += piece.usage
                    self._charge(piece.usage)
                yield piece
        except ServiceError as failed:
            self._not_answered(failed)
            raise

    def _charge(self, usage: Usage | None) -> None:
        """Count what was spent, where the model keeps an account by that: it knows of calls that failed, too."""
        account = getattr(self._inner, "project", None)
        with self._purse.lock:
            if account is not None:
                self._purse.spent = self._purse.begun + (account.used.cost or 0.0)
            elif usage is not None:
                self._purse.spent += usage.cost or 0.0

    def _not_answered(self, failed: ServiceError) -> None:
        """Note it: the chat tells a failed call as a reply and a redesign goes on by the rules, so no suite sees it."""
        self._charge(None)
        if self._purse.most is not None and over_budget(failed):
            self.tally.capped = True
        elif not isinstance(failed, ModelAnswerInvalid):
            self.tally.failed = self.tally.failed or failed

    def _within(self, budget: Budget, prompt: Prompt) -> Budget:
        self.tally.prompts.append(prompt.label)
        left = self._purse.left
        if left is None:
            return budget
        if left <= 0:
            self.tally.capped = True
            raise CapReached("The run's cap is reached.", f"{self._purse.spent:.4f} US dollars are spent.")
        return replace(budget, cost=left if budget.cost is None else min(left, budget.cost))


@dataclass
class Tally:
    """What one case used: the prompts that asked, and the usage of the answers that came; the first call that the
    service did not answer, and whether the run's cap was reached."""

    usage: Usage = field(default_factory=Usage)
    prompts: list[str] = field(default_factory=list)
    failed: ServiceError | None = None
    capped: bool = False


class Door:
    """What a suite may do with the assistant. One door plays one case."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._told: list[str] = []

    def session(self, process: Process | None = None) -> Session:
        """A session of which nothing is kept, on a process if one is given."""
        session = self.app.passing()
        if process is not None:
            session.adopt(process, "Given by a case.")
        return session

    def tell(self, story: str) -> Session:
        """A session that holds what a story tells. Raises NotAProcess."""
        return self.app.start_story(None, story)

    def read(self, story: str) -> Process:
        """The process a story tells; one without steps where it tells none."""
        try:
            session = self.tell(story)
            return session.called.back(session.process)
        except NotAProcess:
            return Process(name="none")

    def talk(self, session: Session | None = None) -> Conversation:
        """A conversation, as the chat has it."""
        return Conversation(self, session or self.app.passing())

    def change(self, process: Process, request: str) -> Change:
        """One change in plain words."""
        return self.session(process).request(request)

    def redesign(self, given: Process | str, **options: Any) -> Redesign:
        """The redesign of a process or a story, with a short simulation unless asked otherwise."""
        session = self.tell(given) if isinstance(given, str) else self.session(given)
        return session.called.back(session.redesign(**{**QUICK, **options}))

    def compare(self, before: Process, after: Process) -> Comparison:
        """Two processes side by side, as the command has it, with a short simulation."""
        from assistant.redesign.compare import compare

        library, settings = self.app.library, self.app.settings
        return compare(before, after, cases=200, replications=5, workers=1, library=library, settings=settings)

    def report(self, redesign: Redesign) -> tuple[str, str]:
        """The report as HTML and as Markdown."""
        from assistant.handover.package import package
        from assistant.reports.report import html, markdown

        handed = package(redesign, self.app.library)
        return html(redesign, handed), markdown(redesign, handed)

    def feedback(self, comments: Sequence[str], process: Process | None = None) -> Feedback:
        """The themes of comments; their ids count from 1."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "comments.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(("id", "comment"))
                rows.writerows((number, comment) for number, comment in enumerate(comments, 1))
            return self.app.feedback([path], process)


class Conversation:
    """A chat in which each turn is answered by the document a front end reads. Exports leave no file."""

    def __init__(self, door: Door, session: Session) -> None:
        self.session = session
        self.exports: list[str] = []
        self._talk = Talk(session, self._export)
        self._door = door
        self._made_by = door.app.made_by
        self._count = 0

    def say(self, words: str) -> dict[str, Any]:
        """One turn; an error is told as a reply, as the chat does."""
        self._count += 1
        before = self.session.process
        try:
            reply = self._talk.turn(words)
        except AssistantError as error:
            lines = str(error).splitlines()
            return {"turn": self._count, "kind": ["unclear"], "changed": False, "edits": [], "lines": lines,
                    "questions": [], "facts": [], "made_by": self._made_by}  # fmt: skip
        return document(self._count, reply, before, self.session.process, self._made_by)

    def _export(self, session: Session, folder: Path, force: bool) -> list[Path]:
        """What the chat's export does, into a folder that is gone afterwards."""
        from assistant.handover.package import package
        from assistant.reports.files import write_outputs
        from assistant.workspace.deciding import handed_out

        result = handed_out(session, **QUICK)
        with tempfile.TemporaryDirectory() as place:
            handed = package(result, self._door.app.library)
            names = [path.name for path in write_outputs(result, handed, Path(place) / "out", force)]
        self.exports.append(str(folder))
        return [folder / name for name in names]
