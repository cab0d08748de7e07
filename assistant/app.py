"""The one place that builds things and hands them to one another: settings, store, library, model, sessions.

Everything is made when it is first needed, so that a command pays only for what it uses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile, UsageError
from assistant.settings import Settings, data_folder, load_settings

if TYPE_CHECKING:
    from assistant.bpmn.read import Imported
    from assistant.feedback.shapes import Feedback
    from assistant.language.port import LanguageModel
    from assistant.library.embedding import Embedder
    from assistant.library.hits import SearchResult
    from assistant.library.store import Library
    from assistant.process.model import Process
    from assistant.projects.store import Store
    from assistant.workspace.session import Session

MAX_FILE = 50_000_000
STORIES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".eml", "")


@dataclass(frozen=True)
class App:
    """The assistant, put together for one run. `say` takes remarks about progress."""

    settings: Settings
    home: Path
    say: Callable[[str], None]

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

        return load_library(self.home / "library")

    @cached_property
    def model(self) -> LanguageModel | None:
        """The language model in force, or None for the built-in rules. Raises ModelMissing."""
        if self.settings.model == "offline":
            return None
        from assistant.language.gateway import connect

        return connect(self.settings.model, self.settings)

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedding model asked for, or None for the built-in one. Raises ModelMissing."""
        if self.settings.embeddings == "builtin":
            return None
        from assistant.language.embeddings import connect_embeddings

        return connect_embeddings(self.settings.embeddings, self.settings)

    def search(self, query: str, top: int = 10) -> SearchResult:
        """Entries of the library for a question in plain words."""
        from assistant.library.search import search

        return search(self.library, query, top=top, embedder=self.embedder, address=self.settings.chroma)

    def build_index(self) -> Path:
        """Build the search index for the library as it stands, unless it is there already; returns its folder."""
        from assistant.library.index import ensure

        return ensure(self.library, self.embedder)

    @property
    def made_by(self) -> str:
        """Who reads and judges in this run, as every output names it."""
        return "built-in rules" if self.settings.model == "offline" else self.settings.model

    def session(self, project: str) -> Session:
        """A session on a project, begun when it is not there yet."""
        return self._session(project, self.store)

    def _session(self, project: str, store: Store) -> Session:
        from assistant.workspace.session import Bench, Session

        return Session(Bench(self.settings, store, lambda: self.library, lambda: self.model), project)

    def start(self, source: Path, project: str | None = None, text: str | None = None) -> Session:
        """A session whose process is what the file (or `text`) tells: words, BPMN or process JSON.

        It is kept in the project of that name; without a name nothing is kept once the program ends. Raises
        UnreadableFile, NotAProcess, InvalidBpmn, InvalidProcess.
        """
        name = project_name(project) if project else None
        if text is not None and looks_like_a_file(text):
            process = self._read_data(text.encode(), source).process
        elif is_story(source) and str(source) != "-":
            return self.start_story(name, text if text is not None else self.read_words(source))
        else:
            process = self.read_process(source)
        session = self._free_session(name, lambda session: session.process == process)
        if session.process != process:
            session.adopt(process, f"Read from the file {source.name}.")
        return session

    def start_story(self, name: str | None, words: str) -> Session:
        """A session that holds exactly the story `words` tell, kept if it has a name. Raises NotAProcess; then nothing
        is begun."""
        from assistant.language.keeping import mask_for_keeping
        from assistant.language.reading import read_story
        from assistant.workspace.spending import for_turn, used

        kept = mask_for_keeping(words)
        model = for_turn(self.model)
        reading = read_story(kept, model)
        for remark in reading.notes:
            self.say(remark)
        session = self._free_session(name, lambda session: session.holds_story(kept))
        if not session.holds_story(kept):
            session.take(kept, reading, used(model))
        return session

    def _free_session(self, name: str | None, fits: Callable[[Session], bool]) -> Session:
        """The project of that name if it is new or already what is wanted; else the next name that is free.

        A project somebody has worked on is never brought back to a file behind their back.
        """
        if name is None:
            from assistant.projects.store import Store

            return self._session("unnamed", Store.passing())
        number, candidate = 1, name
        while True:
            session = self.session(candidate)
            if session.empty or fits(session):
                return session
            number += 1
            candidate = f"{name}-{number}"

    def read_words(self, source: Path) -> str:
        """The words of a story file. Raises UnreadableFile."""
        from assistant.intake.documents import read_document

        document = read_document(source)
        for remark in document.notes:
            self.say(remark)
        return document.text

    def read_process(self, source: Path, pool: str | None = None) -> Process:
        """A process from a file: BPMN, process JSON, or the outline text form. What was left out is told."""
        imported = self.read_any(source, pool)
        for remark in (*imported.notes, *(f"Left out: {what}" for what in imported.dropped)):
            self.say(remark)
        return imported.process

    def read_any(self, source: Path, pool: str | None = None) -> Imported:
        """As read_process, with the remarks as values. Raises UnreadableFile and the errors of each format."""
        return self._read_data(read_bytes(source), source, pool)

    def _read_data(self, data: bytes, source: Path, pool: str | None = None) -> Imported:
        from assistant.bpmn.read import Imported, read

        head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
        if source.suffix.lower() in (".bpmn", ".xml") or head.startswith((b"<?xml", b"<definitions", b"<bpmn")):
            return read(data, pool=pool)
        if head.startswith(b"{"):
            from assistant.process.codec import loads

            return Imported(loads(data), (), ())
        if source.suffix.lower() == ".md":
            from assistant.process.outline import from_outline

            return Imported(from_outline(data.decode("utf-8", "replace")), (), ())
        raise UnreadableFile(
            f"{source.name} is not a process this program can read.",
            "It is neither BPMN, process JSON nor an outline.",
            "Give a .bpmn, .json or .md file; for a story in words use `assistant map`.",
        )

    def feedback(self, files: Sequence[Path], process: Process | None, column: str | None = None) -> Feedback:
        """The themes in customer comments, tied to the steps of a process. Raises UnreadableFile."""
        from assistant.feedback.comments import read_comments
        from assistant.feedback.summary import summarise

        named = len(files) > 1
        comments = [
            comment._replace(id=f"{path.stem}:{comment.id}") if named else comment
            for path in files
            for comment in read_comments(path, column)
        ]
        return summarise(comments, process)


def is_story(source: Path) -> bool:
    """Whether an input is words rather than a process: by its ending, and for .md and no ending by what it holds."""
    suffix = source.suffix.lower()
    if suffix in (".bpmn", ".json", ".xml"):
        return False
    if suffix not in STORIES:
        return True
    if suffix in (".md", "") and source.is_file():
        from assistant.process.outline import is_outline

        head = read_bytes(source)[:4000].decode("utf-8", "replace")
        return not head.lstrip().startswith(("{", "<?xml")) and not is_outline(head)
    return True


def read_bytes(source: Path) -> bytes:
    """A file's bytes, bounded. Raises UnreadableFile when it is missing, too large or may not be read."""
    if str(source) == "-":
        return _typed_bytes()
    try:
        if source.is_dir():
            raise UnreadableFile(f"{source} is a folder.", remedy="Name a file.")
        size = source.stat().st_size
        if size > MAX_FILE:
            raise UnreadableFile(f"{source.name} has {size:,} bytes.", f"At most {MAX_FILE:,} are read.")
        return source.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {source}.", remedy="Check the name and the folder.") from None
    except OSError as error:
        raise UnreadableFile(f"{source} cannot be read.", str(error.strerror), "Check its rights.") from None


def _typed_bytes() -> bytes:
    data = sys.stdin.buffer.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise UnreadableFile("The input is too long.", f"At most {MAX_FILE:,} bytes are read.")
    if not data.strip():
        raise UnreadableFile("Standard input is empty.", remedy="Send the process to it, or name a file.")
    return data


def looks_like_a_file(text: str) -> bool:
    """Whether what came on standard input is process JSON or BPMN rather than words."""
    head = text[:200].lstrip("\ufeff \t\r\n")
    return head.startswith(("{", "<?xml", "<definitions", "<bpmn"))


def project_name(source: Path | str) -> str:
    """A project's name from a file's name or a title: lower case, digits and dashes."""
    stem = source.stem if isinstance(source, Path) else source
    name = re.sub(r"[^\w]+", "-", stem.lower()).strip("-")[:80]
    if not name:
        raise UsageError("This name cannot be a project's name.", "It has no letter or digit.", "Use --project NAME.")
    return name
