"""A session: one project, and the only way anything said, changed, proposed or accepted gets into its journal.

The commands `map`, `redesign` and `change` use the same session as the conversation, so there is no second path. Every
method that changes something first writes what was said, then does the work, then writes all that came of it in one
transaction (see `turns`); several done `together` are one turn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UsageError
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.edits import Edit
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.remarks import as_settled
from assistant.projects.journal import (
    Accepted,
    Answered,
    Exported,
    New,
    Note,
    Rejected,
    Run,
    Said,
    Undo,
    sound_text,
)
from assistant.projects.replay import UNTITLED
from assistant.settings import BUILT_IN
from assistant.workspace.entries import decided_in_words, decisions, edits_entry, promised, proposed, those_that_fit
from assistant.workspace.family_names import STORY_BREAK as STORY_BREAK
from assistant.workspace.family_names import as_one_story
from assistant.workspace.history import Change as Change
from assistant.workspace.last_redesign import Lasting
from assistant.workspace.on_offer import called, known_numbers
from assistant.workspace.spending import used
from assistant.workspace.told_on import put_right
from assistant.workspace.turn_read import Bench as Bench
from assistant.workspace.turn_read import Hearing
from assistant.workspace.writers import me

if TYPE_CHECKING:
    from assistant.feedback.shapes import Feedback
    from assistant.gateway.port import LanguageModel
    from assistant.language.reading import Reading
    from assistant.redesign.engine import Redesign

DECIDED = "Decided since (what was taken over is in the process already, what was turned down is not proposed again):"
ASK_FIRST = "I am not sure that this is part of the work, so nothing was written. What I could make of it:"
Doubted = Callable[[Process, str, Sequence[Edit]], bool]
"""Whether the words of a turn do not carry the edits read from them."""


class Session(Hearing):
    """One project opened for work: `state` is what the journal says, `progress` hears how a redesign goes on."""

    def __init__(self, bench: Bench, project: str) -> None:
        super().__init__(bench, project)
        self._lasting = Lasting(bench.found, project, bench.settings)
        self.feedback: Feedback | None = None
        self.of_today: Redesign | None = None
        self.doubts: Doubted | None = None
        self.progress: Callable[[str], None] = lambda text: None

    @property
    def latest(self) -> Redesign | None:
        """The last redesign: of this sitting, or of one before that kept it (see `lasting`)."""
        return self._lasting.taken_up(self.state.entries)

    @latest.setter
    def latest(self, result: Redesign | None) -> None:
        if result is not None and result.as_is == self.today():
            self.of_today = result
        self._lasting.made(result)

    @property
    def listed(self) -> int:
        """Which list of proposals is in force: the number of the journal's entry that wrote it, 0 where none is."""
        return self._lasting.entry if self.latest is not None else 0

    def _commit(self) -> None:
        super()._commit()
        self._lasting.written(self.state.entries)

    @property
    def empty(self) -> bool:
        """Whether nothing has been told yet."""
        return not self.process.flow.items and self.process.name == UNTITLED

    def tell(self, text: str, surely: bool = False) -> Change:
        """More of the story: read together with what was told before; only the difference changes the process.

        Where the session `doubts` what was read and the words do not `surely` tell, nothing changes: the reading comes
        back as a question with it to pick, and the words count for no story. So it is with all that rules read.
        Raises NotAProcess and the model's errors; the words then stay in the journal, but count for nothing.
        """
        return self.together(lambda: self._tell(text, surely))

    def _tell(self, text: str, surely: bool = False) -> Change:
        kept, model = self.hear(text, "story"), self._model()
        told = self.state.said(self.heard.turn) if self.heard else [*self.state.said(), kept]
        reading = self._read_all(told, model)
        edits = those_that_fit(self.process, diff(self.state.story, reading.process), reading.process)[1]
        if model is None and not surely and self._doubted(kept, edits):
            return self._asked_back(kept, edits, reading.made_by)
        return self._take_in(reading, used(model), kept if len(told) > 1 else "")

    def _doubted(self, text: str, edits: Sequence[Edit]) -> bool:
        """Whether the words of a turn do not carry edits; a first story is read as a whole and never doubted."""
        return self.doubts is not None and not self.empty and self.doubts(self.process, text, edits)

    def _asked_back(self, text: str, edits: Sequence[Edit], made_by: str) -> Change:
        """What was read from words that do not carry it, as a question; the words are kept as not understood."""
        self.hear(text, "doubt")
        from assistant.language.changing import Option

        title = " ".join(in_words(self.process, edits)[:3])
        if not title:  # only where something was said has moved: there is nothing to ask about
            return Change(self.process, self.process, made_by=made_by)
        self.write([New(what=Note(text=f"Asked before writing: {title}"))])
        picked = Option(title, tuple(edits))
        return Change(self.process, self.process, made_by=made_by, question=ASK_FIRST, readings=(picked,))

    def _read_all(self, told: list[str], model: LanguageModel | None) -> Reading:
        """All that was told read as one story; rules lose nothing of what stood before the last of it."""
        from assistant.language.reading import losing_nothing, read_story

        return losing_nothing(self.state.story, read_story(as_one_story(told), model), told)

    def _take_in(self, reading: Reading, usage: Any, new: str = "") -> Change:
        told, now = self.state.story, self.process.remarks
        read = reading.process.model_copy(update={"remarks": as_settled(reading.process.remarks, told.remarks, now)})
        change, entries = self._fit(diff(told, read), "story", reading.made_by, reading, usage)
        self.write(entries)
        if again := put_right(told, change, now, self.state.entries):  # the story itself keeps what was told
            after, entries = self._fit(again, "answer", reading.made_by)
            self.write(entries)
            edits = diff(change.before, after.after)
            change = replace(change, after=after.after, edits=edits, lines=tuple(in_words(change.before, edits)))
        return replace(change, notes=reading.noted(new))

    def take(self, text: str, reading: Reading, usage: Any) -> Change:
        """Take over a story that was read from a file: its words and its edits in one transaction."""
        said = New(what=Said(text=sound_text(text), source="story", writer=me()))

        def work() -> Change:
            self.write([said])
            return self._take_in(reading, usage)

        return self.together(work, again=False)

    def read_anew(self, reading: Reading, usage: Any) -> Change:
        """Take over another reading of the same words: by a later version of the program, or by a model."""

        def work() -> Change:
            self.write([New(what=Note(text=f"The same story read anew by {reading.made_by}."))])
            return self._take_in(reading, usage)

        return self.together(work, again=False)

    def holds_story(self, text: str) -> bool:
        """Whether this project is exactly that story, with nothing changed since."""
        return self.state.said() == [text] and self.state.story == self.process

    def _fit(
        self, wanted: Sequence[Edit], source: str, made_by: str, reading: Reading | None = None, usage: Any = None
    ) -> tuple[Change, list[New]]:
        """Apply edits one by one, keep those that fit; the entries to write, and what did not fit, are returned."""
        before = self.process
        after, kept, refused = those_that_fit(before, wanted, reading.process if reading else None)
        entries = [edits_entry(kept, source, made_by, reading.prompt if reading else None, usage)]
        if refused:
            entries.append(New(what=Note(text="Not taken over: " + "; ".join(refused))))
        told, of = tuple(in_words(before, kept)), "both" if self.has_new and source == "story" else ""
        refused = [] if source == "story" and made_by == BUILT_IN else refused  # of steps that were taken out since
        return Change(before, after, tuple(kept), told, made_by=made_by, refused=tuple(refused), of=of), entries

    def adopt(self, process: Process, why: str) -> Change:
        """Take over a whole process from a file: the edits that lead there are what is written."""

        def work() -> Change:
            change, entries = self._fit(diff(self.process, process), "file", BUILT_IN)
            self.write([New(what=Note(text=why)), *entries])
            return change

        return self.together(work)

    def request(self, text: str, reading: int | None = None) -> Change:
        """One change in plain words. A vague one changes nothing and returns a question with readings to pick from.

        `reading` (from 0) picks one of them at once, as batch work does.
        """
        return self.together(lambda: self._request(text, reading))

    def _request(self, text: str, reading: int | None) -> Change:
        from assistant.language.changing import read_change

        kept, model = self.hear(text, "request"), self._model()
        read = read_change(self.process, kept, model)
        if read.question and reading is None:
            self.write(
                [New(what=Note(text=read.question, usage=used(model)), made_by=read.made_by, prompt=read.prompt)]
            )
            return Change(
                self.process, self.process, made_by=read.made_by, question=read.question,
                readings=tuple(read.readings), prompt=read.prompt,
            )  # fmt: skip
        edits = read.readings[reading].edits if read.question and reading is not None else read.edits
        if model is None and self._doubted(kept, edits):
            return self._asked_back(kept, edits, read.made_by)
        return self._apply(edits, "request", read.made_by, read.prompt, used(model))

    def change(self, edits: Sequence[Edit], source: str, made_by: str, prompt: str | None = None) -> Change:
        """Apply edits that belong together, all or none. Raises EditRefused; then nothing is changed."""
        return self.together(lambda: self.put_right(edits, source, made_by, prompt))

    def redesign(self, **wishes: Any) -> Redesign:
        """Find, propose, simulate and compare; what was run and proposed is written. Wishes as in a `Brief`.

        What was decided before is not proposed again.
        """
        return self.together(lambda: self._redesign(wishes))

    def redesign_as_decided(self, **wishes: Any) -> Redesign:
        """The last redesign where it still holds; a new one when the process changed or a proposal was turned down."""
        last = self.latest
        if last is not None and last.as_is == self.process and len(self.undecided()) == len(self.proposals()):
            return last
        return self.redesign(**wishes)

    def _redesign(self, wishes: dict[str, Any]) -> Redesign:
        result, run, usage = self.worked_out(self.process, wishes)
        self.latest = result
        self.write([New(what=run, made_by=BUILT_IN), New(what=proposed(result, usage), made_by=result.made_by)])
        return result

    def worked_out(self, process: Process, wishes: Mapping[str, Any]) -> tuple[Redesign, Run, Any]:
        """The redesign of a process of this project, its play, and what a model used; nothing is written."""
        from assistant.redesign.brief import brief_of, fewer_cases, fitting_cases, fitting_draws
        from assistant.redesign.engine import redesign

        settings = self.bench.settings
        play = settings.simulation
        asked = "cases" in play.model_fields_set or wishes.get("cases") is not None  # is played as it stands
        fitting = play.cases if asked else fitting_cases(process, play.cases)
        numbers = {"cases": fitting, "replications": play.replications, "seed": play.seed}
        known = {
            "story": STORY_BREAK.join(self._told_to_a_model() if self.reads_by_model else self.state.said()),
            "unread": () if self.reads_by_model else tuple(self.state.came_to_nothing()),
            "decided": decided_in_words(self.state),
            "complaints": self.feedback,
            "draws": None if asked else fitting_draws(process),
        }
        wanted = {name: value for name, value in wishes.items() if value is not None}
        if "tell" not in wanted:  # who asks in passing is told by the session that work has begun
            wanted["tell"] = self.progress
            self.progress("Looking for what hurts, and playing what would help …")
        brief, model = brief_of({**numbers, **known, **wanted}), self._model()
        result = redesign(process, self.bench.library(), settings, brief, model)
        if fitting < play.cases:
            result = replace(result, notes=(*result.notes, fewer_cases(process, fitting, play.cases)))
        run = Run(what="redesign", **{name: getattr(brief.play, name) for name in numbers})
        return result, run, used(model)

    def _told_to_a_model(self) -> list[str]:
        """What was told, and what was decided since: else a model takes what was changed for misread, and proposes
        anew what was turned down."""
        return [*self.state.words(), *([f"{DECIDED}\n{made}"] if (made := "\n".join(decisions(self.state))) else [])]

    def hear_customers(self, path: Path) -> Feedback:
        """The comments of a file (see `feedback.runs`), held for this conversation: questions and proposals use them.

        Only that they were read is written: their words stay in their file. Raises UnreadableFile.
        """
        from assistant.feedback.runs import run

        self.feedback = run([path], None if self.empty else self.process, self._model())
        count = plural(self.feedback.comments, "comment")
        self.write([New(what=Note(text=sound_text(f"{count} of customers read from {path.name}.")))])
        return self.feedback

    def accept(self, number: int, but: str = "", note: str = "") -> Change:
        """Take over a proposal by its number in the last list (from 1), changed by the request `but` if there is one.
        A `note` is a proviso that changes nothing: it is kept with the decision.

        Raises UsageError, also when the request is not plain, and EditRefused when the proposal no longer fits or a
        guard objects; then nothing is taken over.
        """
        return self.together(lambda: self._accept(number, but, note))

    def _accept(self, number: int, but: str, note: str) -> Change:
        from assistant.redesign.alternatives import accept

        proposal = self.proposal(number)
        keep = self.latest.keep if self.latest else ()
        after = accept(self.process, proposal, keep, self.bench.settings.redesign)
        edits = tuple(proposal.edits)
        if but:
            kept = self.hear(but, "decision")
            edits = (*edits, *self._plain_request(after, kept, proposal.title))
        taken = Accepted(
            proposal=proposal.id, practice=proposal.practice, title=proposal.title, but=sound_text(but or note)
        )  # fmt: skip
        return self._apply(edits, "proposal", before=[New(what=taken), *promised(self.latest, proposal)])

    def _plain_request(self, process: Process, words: str, about: str) -> tuple[Edit, ...]:
        from assistant.language.changing import read_change

        model = self._model()  # one that has not seen the proposal must know of what the words are said
        read = read_change(process, f"{about}: {words}" if model else words, model)
        if not read.edits:
            raise UsageError(f"“{words:.80}” was not plain enough to change the proposal.", read.question,
                             "Accept it as it is, or say the change afterwards.")  # fmt: skip
        return read.edits

    def reject(self, number: int, reason: str = "") -> str:
        """Turn a proposal down; returns its title. Raises UsageError."""
        proposal = self.proposal(number)
        what = Rejected(proposal=proposal.id, practice=proposal.practice, title=proposal.title, reason=reason)
        self.write([New(what=what)])
        return str(proposal.title)

    def answer(self, question: Question, text: str, edits: Sequence[Edit]) -> Change:
        """Take over the answer to a question that was asked: its words and its edits in one turn.

        Where several are given in one breath, their words are heard once. Raises EditRefused.
        """
        return self.together(lambda: self._answer(question, text, edits))

    def _answer(self, question: Question, text: str, edits: Sequence[Edit]) -> Change:
        if self.heard is None:
            self.hear(text, "answer")
        if self._doubted(text, edits):
            return self._asked_back(text, edits, BUILT_IN)
        answered = Answered(question=question.id, text=self.called.mask(sound_text(text)))
        return self.put_right(edits, "answer", before=[New(what=answered)])

    def correct(self, text: str, edits: Sequence[Edit], surely: bool = False) -> Change:
        """Take over a correction, its words and its edits in one turn; `surely` as in `tell`. Raises EditRefused."""

        def work() -> Change:
            if not surely and self._doubted(text, edits):
                return self._asked_back(text, edits, BUILT_IN)
            self.hear(text, "correction")
            return self.put_right(edits, "correction")

        return self.together(work)

    def tell_instead(self, text: str) -> Change:
        """Take back what was told last and tell this instead, as one turn; when that cannot be read, all stays."""

        def work() -> Change:
            before = self.process
            self.hear(text, "story")
            last = self.state.last_change()
            if last is not None:
                self.write([New(what=Undo(turn=last, within=True))])
            change = self._tell(text)
            edits = diff(before, self.process)
            return replace(change, before=before, edits=tuple(edits), lines=tuple(in_words(before, edits)))

        return self.together(work)

    def exported(self, files: Sequence[Path]) -> None:
        """Write down which files were handed out."""
        self.write([New(what=Exported(files=tuple(str(path) for path in files)))])

    def proposals(self) -> list[Any]:
        """The proposals of the last redesign in the order shown; one that both alternatives hold alike comes once."""
        from assistant.redesign.proposals import as_offered

        return as_offered(self.latest.alternatives if self.latest else (), self.process)

    def undecided(self) -> list[Any]:
        """The proposals shown that were neither taken over nor turned down."""
        return [proposal for proposal in self.proposals() if proposal.id not in self.state.decided]

    def number(self, proposal: Any) -> int | None:
        """The number of a proposal: the same change under the same title, whose edits may differ by what another
        proposal of its alternative has done already. It keeps the number it was first shown with."""
        return known_numbers(self.state.lineage, self.latest).get((proposal.id, proposal.title))

    def numbers(self) -> dict[int, Any]:
        """What is on offer by its number, in order; the number of what is gone is given to no other."""
        numbered = ((self.number(proposal) or 0, proposal) for proposal in self.proposals())
        return dict(sorted(numbered, key=lambda pair: pair[0]))

    def proposal(self, number: int) -> Any:
        """The proposal of that number. Raises UsageError when it is not on offer."""
        known = known_numbers(self.state.lineage, self.latest)
        return called(number, self.numbers(), known, self.latest is not None)
