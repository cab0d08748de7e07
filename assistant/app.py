"""The one place that builds things and hands them to one another: settings, store, library, model, sessions.

Everything is made when it is first needed, so that a command pays only for what it uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from assistant.errors import UnreadableFile, UsageError
from assistant.settings import BUILT_IN, Settings, data_folder, load_settings

if TYPE_CHECKING:
    from assistant.bpmn.diagram import Imported
    from assistant.feedback.shapes import Feedback
    from assistant.gateway.port import LanguageModel
    from assistant.intake.given import Given, ProcessFile, Words
    from assistant.library.embedding import Embedder
    from assistant.library.hits import Filter, SearchResult
    from assistant.library.store import Library
    from assistant.process.model import Process
    from assistant.projects.store import Store
    from assistant.redesign.shapes import Completed
    from assistant.workspace.session import Session
    from assistant.workspace.shelf import Shelf


class Plays(TypedDict):
    """How long (cases) and how often a process is played, and the start of its random numbers."""

    cases: int
    replications: int
    seed: int


@dataclass(frozen=True)
class App:
    """The assistant, put together for one run. `say` takes remarks about progress; `handed` is a language model that
    goes before the one the settings name, as evals and tests hand one in."""

    settings: Settings
    home: Path
    say: Callable[[str], None]
    handed: LanguageModel | None = None

    @classmethod
    def build(
        cls,
        environ: Mapping[str, str],
        *,
        model: str | None = None,
        embeddings: str | None = None,
        say: Callable[[str], None] = lambda text: None,
    ) -> App:
        """The app for an environment; what is asked for on the command line goes before the settings."""
        settings = load_settings(environ)
        asked = {key: value for key, value in (("model", model), ("embeddings", embeddings)) if value}
        return cls(settings.model_copy(update=asked), data_folder(environ), say)

    @cached_property
    def store(self) -> Store:
        """The journal of all projects."""
        from assistant.projects.store import Store

        return Store.open(self.settings.store or self.home / "projects.db")

    @cached_property
    def library(self) -> Library:
        """The bundled library and the user's own entries."""
        from assistant.library.store import load_library

        library = load_library(self.home / "library", [Path(place) for place in self.settings.library_folders])
        for line in library.left_out:
            self.say(f"{line.rstrip('.')}. `assistant library check` lists all faults.")
        return library

    @cached_property
    def model(self) -> LanguageModel | None:
        """The language model in force, or None for the built-in rules. Raises ModelMissing."""
        if self.handed is not None:
            return self.handed
        if self.settings.model == "offline":
            return None
        from assistant.gateway.gateway import connect

        return connect(self.settings.model, self.settings)

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedding model asked for, or None for the built-in one. Raises ModelMissing."""
        if self.settings.embeddings == "builtin":
            return None
        from assistant.gateway.embeddings import connect_embeddings

        return connect_embeddings(self.settings.embeddings, self.settings)

    def search(self, query: str, top: int = 10, only: Filter | None = None) -> SearchResult:
        """Entries of the library for a question in plain words."""
        from assistant.library.search import search

        library = self.library.with_status(only.status if only else None)

        def ask(words: str, many: int) -> SearchResult:
            return search(library, words, top=many, embedder=self.embedder, address=self.settings.chroma, only=only)

        if self.handed is None and self.settings.model == "offline":
            return ask(query, top)
        from assistant.errors import ServiceError
        from assistant.workspace.finding import with_model, without_model

        try:
            model = self.model
        except ServiceError as error:
            return without_model(ask(query, top), error)
        return with_model(library, query, top, model, ask) if model else ask(query, top)

    def build_index(self) -> Path | str:
        """Build the search index for the library as it stands, unless it is there; returns where."""
        if self.settings.chroma:
            from assistant.library.served import served

            return served(self.library, self.embedder, self.settings.chroma)
        from assistant.library.index import built

        return built(self.library, self.embedder)

    @property
    def made_by(self) -> str:
        """Who reads and judges in this run, as every output names it."""
        return BUILT_IN if self.settings.model == "offline" else self.settings.model

    def session(self, project: str) -> Session:
        """A session on a project, begun when it is not there yet."""
        return self._session(project, self.store, self.names, self.found)

    @property
    def names(self) -> Path:
        """Where what people are called lies, for this machine alone."""
        return self.home / "names"

    @property
    def shelf(self) -> Shelf:
        """All projects, to be listed, thrown away or called otherwise."""
        from assistant.workspace.shelf import Shelf

        return Shelf(self.store, self.names, self.found)

    @property
    def found(self) -> Path:
        """Where what was found last in each project lies, for this machine alone."""
        return self.home / "found"

    def passing(self) -> Session:
        """A session of which nothing is kept once the program ends."""
        from assistant.projects.store import Store

        return self._session("unnamed", Store.passing())

    def _session(self, project: str, store: Store, names: Path | None = None, found: Path | None = None) -> Session:
        from assistant.workspace.session import Bench, Session

        bench = Bench(self.settings, store, lambda: self.library, lambda: self.model, names, found)
        return Session(bench, project)

    def kept(self, project: str) -> str:
        """The id a project is kept under: what is called `Orders 1` is `orders-1`. Raises UsageError for none."""
        name = project if self.store.exists(project) else project_name(project)
        self.store.entries(name)
        return name

    def start(self, *sources: Path, project: str | None = None) -> Session:
        """A session whose process is what the files tell: words, BPMN, process JSON or an outline (`-`: from input).

        Several files are one process told by several documents. It is kept in the project of that name; without a name
        nothing is kept once the program ends. Raises UnreadableFile, NotAProcess, InvalidBpmn, InvalidProcess; then
        nothing is begun.
        """
        return self.begin(self.take_in(*sources), project_name(project) if project else None)

    def take_in(self, *sources: Path) -> Words | ProcessFile:
        """What the files tell, by their content: words (of all of them together), or the one process they hold.

        Raises UnreadableFile.
        """
        from assistant.intake.door import take_in, together

        given = together([take_in(source) for source in sources])
        self._tell(given)
        return given

    def begin(self, given: Words | ProcessFile, name: str | None) -> Session:
        """A session with what was taken in, kept if it has a name."""
        from assistant.intake.given import Words

        if isinstance(given, Words):
            read = given.read_by(self.model is not None)
            return self.start_story(name, read.text, read.notes)
        process = self._told(self._read(given)).process
        session = self._free_session(name, lambda session: session.process == process)
        if session.process != process:
            session.adopt(process, f"Read from the file {given.name}.")
        return session

    def start_story(self, name: str | None, words: str, left_out: Sequence[str] = ()) -> Session:
        """A session that holds exactly the story `words` tell, kept if it has a name.

        `left_out` says what of a document is not among them.

        Raises NotAProcess; then nothing is begun.
        """
        from assistant.language.reading import read_story
        from assistant.workspace.spending import for_turn, used

        def pick() -> Session:
            return self._free_session(name, lambda session: session.holds_story(session.called.masked(words)[0]))

        session = pick()
        kept, names = session.called.masked(words)
        model = for_turn(self.model)
        reading = read_story(kept, model)
        for remark in reading.notes:
            self.say(remark)
        now = pick()  # reading took a while: somebody else may have begun a project of that name
        session = now if now.called.masked(words)[0] == kept else session
        session.called.remember(names)
        if not session.holds_story(kept):
            session.take(kept, replace(reading, notes=(*left_out, *reading.notes)), used(model))
        elif session.state.story != reading.process:
            session.read_anew(reading, used(model))
        return session

    def _free_session(self, name: str | None, fits: Callable[[Session], bool]) -> Session:
        """The project of that name if it is new or already what is wanted; else the next name that is free.

        A project somebody has worked on is never brought back to a file behind their back.
        """
        if name is None:
            return self.passing()
        number, candidate = 1, name
        while True:
            session = self.session(candidate)
            if session.empty or fits(session):
                return session
            number += 1
            candidate = f"{name}-{number}"

    def read_process(self, source: Path, pool: str | None = None) -> Process:
        """A process from a file: BPMN, process JSON, or the outline text form. What was left out is told."""
        return self._told(self.read_any(source, pool)).process

    def completed(self, process: Process, as_given: bool = False) -> Completed:
        """A process as the report plays it, with what nobody gave filled in; with nothing filled in when `as_given`.

        Raises InvalidProcess when there is nothing in it to play.
        """
        from assistant.redesign import estimates

        estimates.playable(process)
        if as_given:
            return estimates.as_given(process)
        return estimates.complete(process, estimates.nearest(self.library, process))

    def play(self, cases: int | None, replications: int | None, seed: int | None) -> Plays:
        """How long and how often a process is played: as asked for, else as the settings say."""
        own = self.settings.simulation
        return Plays(
            cases=cases or own.cases,
            replications=replications or own.replications,
            seed=own.seed if seed is None else seed,
        )

    def read_any(self, source: Path, pool: str | None = None) -> Imported:
        """As read_process, with the remarks as values. Raises UnreadableFile and the errors of each format."""
        from assistant.intake.door import take_in
        from assistant.intake.given import ProcessFile

        if entry := self._entry_meant(source):
            return entry
        given = take_in(source)
        if not isinstance(given, ProcessFile):
            raise UnreadableFile(
                f"{given.name} is not a process this program can read.",
                "It is neither BPMN, process JSON nor an outline.",
                "Give a .bpmn, .json or .md file; for a story in words use `assistant map`.",
            )
        return self._read(given, pool)

    def _entry_meant(self, source: Path) -> Imported | None:
        """The template whose id or code stands where a file could: `convert P30 out.svg`. A file of that name wins."""
        if source.exists() or source.suffix or source.name != str(source) or str(source) == "-":
            return None
        from assistant.bpmn.diagram import Imported
        from assistant.library.entries import ProcessEntry
        from assistant.library.template import template

        entry = self.library.find(source.name)
        if entry is None:
            return None
        if not isinstance(entry, ProcessEntry):
            raise UsageError(f"{entry.code or entry.id} is a {entry.kind}, no process.", remedy="Name a process entry.")
        return Imported(template(entry), (), ())

    def _read(self, given: ProcessFile, pool: str | None = None) -> Imported:
        from assistant.bpmn.diagram import Imported
        from assistant.bpmn.read import read

        if given.form == "bpmn":
            return read(given.data, pool=pool)
        if given.form == "json":
            from assistant.process.codec import loads

            return Imported(loads(given.text), (), ())
        from assistant.process.outline import from_outline

        return Imported(from_outline(given.text), (), ())

    def _told(self, imported: Imported) -> Imported:
        for remark in (*imported.notes, *(f"Left out: {what}" for what in imported.dropped)):
            self.say(remark)
        return imported

    def _tell(self, given: Given) -> None:
        for remark in getattr(given, "notes", ()):
            self.say(remark)

    def feedback(
        self,
        files: Sequence[Path],
        process: Process | None,
        column: str | None = None,
        since: Path | None = None,
        near: bool = False,
    ) -> Feedback:
        """The themes in customer comments, tied to the steps of a process; compared with the last run's feedback.json.

        With a language model the comments are read by it, within bounds. Raises UnreadableFile.
        """
        from assistant.feedback.runs import run

        return run(files, process, self.model, column=column, since=since, near=near, say=self.say)


def project_name(source: Path | str) -> str:
    """A project's name from a file's name or a title: lower case, digits and dashes."""
    stem = source.stem if isinstance(source, Path) else source
    name = re.sub(r"[^\w]+", "-", stem.lower()).strip("-")[:80]
    if not name:
        raise UsageError("This name cannot be a project's name.", "It has no letter or digit.", "Use --project NAME.")
    return name
