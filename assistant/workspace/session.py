"""A session: one project, and the only way anything said, changed, proposed or accepted gets into its journal.

The commands `map`, `redesign` and `change` use the same session as the conversation, so there is no second path. Every
method that changes something first writes what was said, then does the work, then writes all that came of it in one
transaction; what it returns has been written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, EditRefused, StorageError, UsageError
from assistant.process.apply import apply
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.edits import EDITS, Edit
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.projects.journal import Entry, New, now
from assistant.projects.replay import UNTITLED, State, replay
from assistant.projects.store import Store
from assistant.settings import Settings
from assistant.workspace.entries import edits_entry, proposed_body, with_usage
from assistant.workspace.spending import carry_on, for_turn, used
from assistant.workspace.undecided import without

if TYPE_CHECKING:
    from assistant.language.port import LanguageModel
    from assistant.language.reading import Reading
    from assistant.library.store import Library
    from assistant.redesign.engine import Redesign

RULES = "built-in rules"
STORY_BREAK = "\n\n"


@dataclass(frozen=True)
class Bench:
    """What a session works with. The library and the model are made when they are first needed."""

    settings: Settings
    store: Store
    library: Callable[[], Library]
    model: Callable[[], LanguageModel | None]


@dataclass(frozen=True)
class Change:
    """What one step did: the process before and after, the edits in words, and what else is worth telling."""

    before: Process
    after: Process
    edits: tuple[Edit, ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    made_by: str = RULES
    question: str | None = None
    readings: tuple[Any, ...] = ()
    refused: tuple[str, ...] = ()


class Session:
    """One project opened for work. `state` is always what the journal says."""

    def __init__(self, bench: Bench, project: str) -> None:
        self.bench = bench
        self.project = project
        self.latest: Redesign | None = None
        self._known_to: LanguageModel | None = None
        self._keep: tuple[str, ...] = ()
        self.state: State = self._load()

    @property
    def process(self) -> Process:
        """The design of today."""
        return self.state.process

    @property
    def empty(self) -> bool:
        """Whether nothing has been told yet."""
        return not self.process.flow.items and self.process.name == UNTITLED

    def _load(self) -> State:
        journal = self.bench.store.entries(self.project) if self.bench.store.exists(self.project) else []
        return replay(self.project, journal)

    def refresh(self) -> bool:
        """Take in what another program wrote to the project meanwhile; returns whether there was anything."""
        seen, self.state = self.state.seen, self._load()
        return self.state.seen != seen

    def _model(self) -> LanguageModel | None:
        """The language model with an account for this turn; what the project used before counts towards its limits."""
        model = self.bench.model()
        if model is not None and model is not self._known_to:
            carry_on(model, self.state.entries)
            self._known_to = model
        return for_turn(model)

    def write(self, entries: Sequence[New], turn: int | None = None) -> int:
        """Write entries of one turn (a new one unless given); returns the turn. Raises StorageError."""
        number = self.state.turn + 1 if turn is None else turn
        self.bench.store.append(
            self.project, entries, turn=number, branch=self.state.branch, after=self.state.seen
        )  # fmt: skip
        self.state = self._load()
        return number

    def hear(self, text: str, source: str) -> tuple[int, str]:
        """Write down what was said, personal data masked, before anything is made of it; returns turn and text."""
        from assistant.language.keeping import mask_for_keeping

        kept = mask_for_keeping(text)
        return self.write([New(kind="said", body={"text": kept, "source": source})]), kept

    def tell(self, text: str) -> Change:
        """More of the story: read together with what was told before; only the difference changes the process.

        Raises NotAProcess and the model's errors; the words then stay in the journal, but count for nothing.
        """
        turn, _ = self.hear(text, "story")
        return self.read_again(turn)

    def read_again(self, turn: int) -> Change:
        """Read the whole story told so far and take over what is new in it (also after a turn that was cut off)."""
        from assistant.language.reading import read_story

        model = self._model()
        try:
            reading = read_story(STORY_BREAK.join(self.state.said()), model)
        except AssistantError:
            self.write([New(kind="undo", body={"turn": turn})])
            raise
        change, entries = self._fit(diff(self._story_so_far(), reading.process), "story", reading.made_by)
        self.write([with_usage(entries[0], reading.prompt, used(model)), *entries[1:]], turn)
        return replace(change, notes=tuple(reading.notes))

    def take(self, text: str, reading: Reading, usage: dict[str, Any]) -> Change:
        """Take over a story that was read from a file: its words and its edits in one transaction."""
        said = New(kind="said", body={"text": text, "source": "story"})
        change, entries = self._fit(diff(self._story_so_far(), reading.process), "story", reading.made_by)
        self.write([said, with_usage(entries[0], reading.prompt, usage), *entries[1:]])
        return replace(change, notes=tuple(reading.notes))

    def holds_story(self, text: str) -> bool:
        """Whether this project is exactly that story, with nothing changed since."""
        return self.state.said() == [text] and self._story_so_far() == self.process

    def _story_so_far(self) -> Process:
        """The process as the story alone gave it, without what was changed since by requests."""
        process = Process(name=UNTITLED)
        for entry in self.state.entries:
            if entry.kind == "edits" and entry.body.get("source") == "story":
                process = apply(process, EDITS.validate_python(entry.body["edits"]))
        return process

    def _fit(self, wanted: Sequence[Edit], source: str, made_by: str) -> tuple[Change, list[New]]:
        """Apply edits one by one, keep those that fit; the entries to write, and what did not fit, are returned."""
        before = after = self.process
        kept: list[Edit] = []
        refused: list[str] = []
        try:
            after, kept = apply(before, wanted), list(wanted)
        except EditRefused:
            for edit in wanted:
                try:
                    after = apply(after, [edit])
                    kept.append(edit)
                except EditRefused as error:
                    refused.append(f"{error.what} {error.why}".strip())
        entries = [edits_entry(kept, source, made_by)]
        if refused:
            entries.append(New(kind="note", body={"text": "Not taken over: " + "; ".join(refused)}))
        change = Change(
            before, after, tuple(kept), tuple(in_words(before, kept)), made_by=made_by, refused=tuple(refused)
        )
        return change, entries

    def adopt(self, process: Process, why: str) -> Change:
        """Take over a whole process from a file: the edits that lead there are what is written."""
        change, entries = self._fit(diff(self.process, process), "file", RULES)
        self.write([New(kind="note", body={"text": why}), *entries])
        return change

    def request(self, text: str, reading: int | None = None) -> Change:
        """One change in plain words. A vague one changes nothing and returns a question with readings to pick from.

        `reading` (from 0) picks one of them at once, as batch work does.
        """
        return self._read_request(*self.hear(text, "request"), reading)

    def _read_request(self, turn: int, kept: str, reading: int | None) -> Change:
        from assistant.language.changing import read_change

        model = self._model()
        read = read_change(self.process, kept, model)
        if read.question and reading is None:
            note = New(
                kind="note", body={"text": read.question, **used(model)}, made_by=read.made_by, prompt=read.prompt
            )
            self.write([note], turn)
            return Change(
                self.process, self.process, made_by=read.made_by, question=read.question, readings=tuple(read.readings)
            )  # fmt: skip
        edits = read.readings[reading].edits if read.question and reading is not None else read.edits
        before = self.process
        after = apply(before, edits)
        self.write([with_usage(edits_entry(edits, "request", read.made_by), read.prompt, used(model))], turn)
        return Change(before, after, tuple(edits), tuple(in_words(before, edits)), made_by=read.made_by)

    def change(self, edits: Sequence[Edit], turn: int | None, source: str, made_by: str) -> Change:
        """Apply edits that belong together, all or none. Raises EditRefused; then nothing is changed."""
        before = self.process
        after = apply(before, edits)
        self.write([edits_entry(edits, source, made_by)], turn)
        return Change(before, after, tuple(edits), tuple(in_words(before, edits)), made_by=made_by)

    def redesign(self, **options: Any) -> Redesign:
        """Find, propose, simulate and compare; what was run and proposed is written. Options as engine.redesign."""
        from assistant.redesign.engine import redesign

        settings = self.bench.settings
        play = settings.simulation
        numbers = {"cases": play.cases, "replications": play.replications, "seed": play.seed}
        chosen = {**numbers, **{key: value for key, value in options.items() if value is not None}}
        model, text = self._model(), STORY_BREAK.join(self.state.said())
        result = redesign(self.process, self.bench.library(), settings, model=model, text=text, **chosen)
        run = {key: chosen[key] for key in numbers}
        result = without(result, self.state.decided, settings, run)
        self.latest, self._keep = result, tuple(chosen.get("keep", ()))
        self.write(
            [
                New(kind="run", body={"what": "redesign", **run}, made_by=RULES),
                New(kind="proposed", body={**proposed_body(result), **used(model)}, made_by=result.made_by),
            ]
        )
        return result

    def accept(self, number: int, but: str = "") -> Change:
        """Take over a proposal by its number in the last list (from 1), changed by the request `but` if there is one.

        Raises UsageError, also when the request is not plain, and EditRefused when the proposal no longer fits or a
        guard objects; then nothing is taken over.
        """
        from assistant.redesign.alternatives import accept

        proposal = self.proposal(number)
        before = self.process
        after = accept(before, proposal, self._keep, self.bench.settings.redesign)
        edits = (*proposal.edits, *self._plain_request(after, but)) if but else tuple(proposal.edits)
        taken = {"proposal": proposal.id, "practice": proposal.practice, "title": proposal.title}
        if but:
            taken["but"] = but
        self.write([New(kind="accepted", body=taken), edits_entry(edits, "proposal", RULES)])
        return Change(before, apply(before, edits), edits, tuple(in_words(before, edits)))

    def _plain_request(self, process: Process, words: str) -> tuple[Edit, ...]:
        from assistant.language.changing import read_change

        read = read_change(process, words, self._model())
        if not read.edits:
            raise UsageError(f"“{words:.80}” was not plain enough to change the proposal.", read.question,
                             "Accept it as it is, or say the change afterwards.")  # fmt: skip
        return read.edits

    def reject(self, number: int, reason: str = "") -> str:
        """Turn a proposal down; returns its title. Raises UsageError."""
        proposal = self.proposal(number)
        body = {"proposal": proposal.id, "practice": proposal.practice, "title": proposal.title, "reason": reason}
        self.write([New(kind="rejected", body=body)])
        return str(proposal.title)

    def answer(self, question: Question, text: str, edits: Sequence[Edit]) -> Change:
        """Take over the answer to a question that was asked: its words and its edits in one transaction."""
        from assistant.language.keeping import mask_for_keeping

        before = self.process
        after = apply(before, edits)
        kept = mask_for_keeping(text)
        self.write(
            [
                New(kind="said", body={"text": kept, "source": "answer"}),
                New(kind="answered", body={"question": question.id, "text": kept}),
                edits_entry(edits, "answer", RULES),
            ]
        )
        return Change(before, after, tuple(edits), tuple(in_words(before, edits)))

    def correct(self, text: str, edits: Sequence[Edit]) -> Change:
        """Take over a correction: its words and its edits in one transaction. Raises EditRefused."""
        from assistant.language.keeping import mask_for_keeping

        before = self.process
        after = apply(before, edits)
        said = New(kind="said", body={"text": mask_for_keeping(text), "source": "correction"})
        self.write([said, edits_entry(edits, "correction", RULES)])
        return Change(before, after, tuple(edits), tuple(in_words(before, edits)))

    def last_was_story(self) -> bool:
        """Whether the last change that counts came from telling."""
        last = self.state.last_change()
        return any(e.turn == last and e.kind == "edits" and e.body.get("source") == "story" for e in self.state.entries)

    def tell_instead(self, text: str) -> Change:
        """Take back what was told last and tell this instead; when that cannot be read, all stays as it was."""
        last, before = self.state.last_change(), self.process
        self.undo()
        try:
            change = self.tell(text)
        except AssistantError:
            self.write([New(kind="redo", body={"turn": last})])
            raise
        edits = diff(before, self.process)
        return replace(change, before=before, edits=tuple(edits), lines=tuple(in_words(before, edits)))

    def finish(self, pending: Entry) -> Change:
        """Do what a turn that was cut off would have done with the words it had written down."""
        if pending.body.get("source") == "request":
            return self._read_request(pending.turn, str(pending.body["text"]), None)
        return self.read_again(pending.turn)

    def exported(self, files: Sequence[Path]) -> None:
        """Write down which files were handed out."""
        self.write([New(kind="exported", body={"files": [str(path) for path in files]})])

    def proposals(self) -> list[Any]:
        """The proposals of the last redesign in the order shown; one that both alternatives hold alike comes once."""
        found: list[Any] = []
        for alternative in self.latest.alternatives if self.latest else ():
            found.extend(one for one in alternative.proposals if self.number(one, found) is None)
        return found

    def undecided(self) -> list[Any]:
        """The proposals shown that were neither taken over nor turned down."""
        return [one for one in self.proposals() if one.id not in self.state.decided]

    def number(self, proposal: Any, among: Sequence[Any] | None = None) -> int | None:
        """The number of a proposal in the list (from 1): the same id and the same edits."""
        shown = self.proposals() if among is None else among
        same = (n for n, one in enumerate(shown, 1) if one.id == proposal.id and one.edits == proposal.edits)
        return next(same, None)

    def proposal(self, number: int) -> Any:
        """The proposal of that number in the last list (from 1). Raises UsageError when there is none."""
        found = self.proposals()
        if not 1 <= number <= len(found):
            there = f"There are {len(found)}." if found else "Nothing has been proposed yet in this sitting."
            raise UsageError(f"There is no proposal {number}.", there, "Say `propose` to see them.")
        return found[number - 1]

    def undo(self, turn: int | None = None) -> Change:
        """Take the last change (or the given turn) back; it stays in the journal. Raises UsageError."""
        last = self.state.last_change() if turn is None else turn
        if last is None:
            raise UsageError("There is nothing to undo.")
        return self._turn_back(New(kind="undo", body={"turn": last}))

    def redo(self) -> Change:
        """Bring back what was undone last. Raises UsageError."""
        last = self.state.last_undone()
        if last is None:
            raise UsageError("There is nothing to bring back.")
        return self._turn_back(New(kind="redo", body={"turn": last}))

    def _turn_back(self, entry: New) -> Change:
        before = self.process
        self._refuse_if_it_breaks(entry)
        self.write([entry])
        edits = diff(before, self.process)
        return Change(before, self.process, tuple(edits), tuple(in_words(before, edits)))

    def _refuse_if_it_breaks(self, entry: New) -> None:
        """Raises UsageError when later steps build on what would be taken back."""
        journal = self.bench.store.entries(self.project)
        trial = Entry(**entry.model_dump(), seq=self.state.seen + 1, project=self.project, branch=self.state.branch,
                      turn=self.state.turn + 1, at=now())  # fmt: skip
        try:
            replay(self.project, [*journal, trial])
        except StorageError:
            raise UsageError(
                f"Turn {entry.body['turn']} cannot be taken back on its own.",
                "Later steps build on it.",
                "Undo those first, the last one before the others.",
            ) from None

    def branch(self, name: str) -> None:
        """Begin a branch here and take it up. Raises UsageError when the name is taken."""
        if name in self.state.branches:
            raise UsageError(f"There is a branch named {name!r} already.", remedy="Choose another name.")
        self.write([New(kind="branch", body={"name": name, "from_turn": self.state.turn})])

    def switch(self, name: str) -> None:
        """Take up another branch. Raises StorageError when there is none of that name."""
        if name not in self.state.branches:
            raise StorageError(f"There is no branch named {name!r}.", remedy=f"There are {self.state.branches}.")
        self.write([New(kind="switch", body={"name": name})])
