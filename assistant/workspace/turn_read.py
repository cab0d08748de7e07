"""What a session works with, the model that reads what is said to it, and what comes of one turn read by a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UsageError
from assistant.process.apply import apply
from assistant.process.describe import in_words
from assistant.process.edits import EDITS, Edit, SetRole, SetValue
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import by_id
from assistant.projects.journal import OF_TODAY, TODAY_ALONE, Answered, Edits, New, Note, sound_text
from assistant.projects.store import Store
from assistant.settings import BUILT_IN, Settings
from assistant.workspace.entries import edits_entry, those_that_fit
from assistant.workspace.family_names import Called
from assistant.workspace.history import Change, History
from assistant.workspace.spending import carry_on, for_turn, used

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel
    from assistant.language.turn.by_model import Around, ModelTurn
    from assistant.library.store import Library


@dataclass(frozen=True)
class Bench:
    """What a session works with. The library and the model are made when they are first needed; `names` is the folder
    of what people are called, `found` that of what was found last (None: nothing of it is kept)."""

    settings: Settings
    store: Store
    library: Callable[[], Library]
    model: Callable[[], LanguageModel | None]
    names: Path | None = None
    found: Path | None = None


class Hearing(History):
    """A project with a bench: its model reads a turn, and what it read is taken over."""

    def __init__(self, bench: Bench, project: str) -> None:
        super().__init__(bench.store, project, Called(bench.names, project, lambda: self.state.said()))
        self.bench = bench
        self._known_to: LanguageModel | None = None
        self._reader: LanguageModel | None = None
        self.of_new = False

    def _model(self) -> LanguageModel | None:
        """The language model with an account for this turn; what the project used before counts towards its limits."""
        model = self.bench.model()
        if model is not None and model is not self._known_to:
            carry_on(model, self.state.journal)
            self._known_to = model
        return for_turn(model)

    @property
    def reads_by_model(self) -> bool:
        """Whether a language model reads what is said."""
        return self.bench.model() is not None

    def understand(self, text: str, around: Around) -> ModelTurn:
        """What a turn is, read by the model against what stands `around` it; nothing is changed.

        The words are written down before they are sent. Raises the model's errors.
        """
        from assistant.language.turn.by_model import read_turn_with_model

        kept, model = self.hear(text, "talk"), self._model()
        if model is None:
            raise UsageError("No language model is set.", "", "`assistant doctor` says how to set one.")
        self._reader = model
        return read_turn_with_model(self.process, kept, around, model)

    def worded(self, question: str, facts: Sequence[str], process: Process) -> str:
        """The answer to a question about a process from computed facts, in the model's words. Raises its errors."""
        from assistant.language.turn.by_model import worded

        model = self._reader or self._model()
        return worded(process, question, facts, model) if model is not None else ""

    def taken(
        self, turn: ModelTurn, edits: Sequence[Edit], source: str, answered: Sequence[tuple[Question, str]],
        notes: Sequence[str], today: bool = False,
    ) -> Change:  # fmt: skip
        """Take over what a model read in the words just heard: edits, answers, and notes of what it could not take in.
        `today`: the edits put right how the work runs today, though a new process was decided on.

        Raises EditRefused.
        """
        made_by, prompt = turn.reply.model, turn.reply.prompt
        before = [
            *(
                New(what=Answered(question=question.id, text=self.called.mask(sound_text(text))))
                for question, text in answered
            ),
            *(New(what=Note(text=sound_text(note)), made_by=made_by) for note in notes),
        ]
        if not edits:
            self.write(before)
            return Change(self.process, self.process, made_by=made_by)
        usage = None if turn.read.asked else used(self._reader)  # a question's is written with its answer
        put = self.put_right if today else self._apply
        return put(edits, source, made_by, prompt, usage, before)

    def put_right(
        self, edits: Sequence[Edit], source: str, made_by: str = BUILT_IN, prompt: str | None = None, usage: Any = None,
        before: Sequence[New] = (),
    ) -> Change:  # fmt: skip
        """Write edits that say how the work runs: of today and of the new process where there is one, of today alone
        where it was decided to be otherwise, and of the new one alone while words speak `of_new`. Raises EditRefused.
        """
        if self.of_new or not self.has_new:
            return self._apply(edits, source, made_by, prompt, usage, before)
        alone = [edit for edit in edits if self._decided_otherwise(edit)]
        lines = in_words(self.today(), alone)
        both = [edit for edit in edits if edit not in alone]
        own = [edits_entry(alone, TODAY_ALONE, made_by, prompt, None if both else usage)] if alone else []
        if not both:
            self.write([*before, *own])
            return Change(self.process, self.process, lines=tuple(lines), made_by=made_by, of="today")
        change = self._apply(both, OF_TODAY, made_by, prompt, usage, [*before, *own])
        return replace(change, lines=(*change.lines, *lines), of="both")

    def so_today(self) -> tuple[str, ...]:
        """What was said last of the new process alone, written for today as well; in words what that changes."""
        last = next((entry for entry in reversed(self.state.entries) if isinstance(entry.what, Edits)), None)
        if last is None or not isinstance(last.what, Edits) or last.what.source in (OF_TODAY, TODAY_ALONE, "proposal"):
            return ()
        today, edits = self.today(), EDITS.validate_python(last.what.edits)
        _, kept, _ = those_that_fit(today, edits)
        lines = tuple(in_words(today, kept))
        if lines:
            self.write([edits_entry(kept, TODAY_ALONE, BUILT_IN)])
        return lines

    def _decided_otherwise(self, edit: Edit) -> bool:
        """Whether an edit of today is about what the new process has differently, and so leaves that one alone."""
        if not isinstance(edit, SetValue | SetRole):
            return False
        field = edit.field if isinstance(edit, SetValue) else "role"
        ids = (edit.id,) if isinstance(edit, SetValue) else edit.ids
        today, new = by_id(self.today()), by_id(self.process)
        return any(
            id_ in today and (id_ not in new or getattr(today[id_], field, None) != getattr(new[id_], field, None))
            for id_ in ids
        )

    def heard_as(self, text: str, source: str) -> str:
        """Write down what the words of a turn were read as, and return it.

        What tells goes into the story while that is all there is; after a correction it stands beside it, for the
        story is what can be read again from its words.
        """
        if source == "story" and self.state.story is not self.state.process:
            source = "correction"
        self.hear(text, source)
        return source

    def account(self, turn: ModelTurn, said: str) -> None:
        """Write down what a turn that changed nothing was answered, by which model and prompt, and what that used."""
        what = Note(text=sound_text(said)[:2000], usage=used(self._reader))
        self.write([New(what=what, made_by=turn.reply.model, prompt=turn.reply.prompt)])

    def _apply(
        self, edits: Sequence[Edit], source: str, made_by: str = BUILT_IN, prompt: str | None = None, usage: Any = None,
        before: Sequence[New] = (),
    ) -> Change:  # fmt: skip
        """Write edits with what goes `before` them in the same turn. Raises EditRefused."""
        process = self.process
        apply(process, edits)
        self.write([*before, edits_entry(edits, source, made_by, prompt, usage)])
        lines, of = tuple(in_words(process, edits)), "new" if self.has_new else ""
        return Change(process, self.process, tuple(edits), lines, made_by=made_by, of=of)
