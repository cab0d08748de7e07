"""Files brought to the page and taken from it: stories, processes, comments and logs in; maps, data and reports out."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.chat.reply import Reply
from assistant.errors import AssistantError, UnreadableFile, UsageError
from assistant.intake.door import sort_out
from assistant.intake.given import ProcessFile, Table, Words
from assistant.page.desk import Desk, Shown
from assistant.page.share import share
from assistant.page.views import FILES, SHARE
from assistant.process.figures import plural

if TYPE_CHECKING:
    from assistant.handover.shapes import Package
    from assistant.redesign.engine import Redesign

MOST_NAME = 120
MOST_LINES = 60
"""Lines of what an event log shows that are told in the conversation."""
EVERYTHING = "all.zip"
TYPES = {
    ".bpmn": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".pdf": "application/pdf",
    ".json": "application/json", ".md": "text/markdown; charset=utf-8", ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".zip": "application/zip",
}  # fmt: skip
LOG_COLUMNS = re.compile(rb"(?:case|activity|timestamp|complete)", re.IGNORECASE)


class Made(NamedTuple):
    """A file to be sent: its name, its type and its bytes."""

    name: str
    kind: str
    data: bytes


def file_name(name: str) -> str:
    """The last part of a file's name with nothing in it that a file system or a header could stumble over."""
    plain = re.sub(r"[^\w.() -]", "_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    return plain[-MOST_NAME:] or "file"


def take_in(desk: Desk, name: str, data: bytes) -> Reply:
    """What a file brings, by its content. Errors are told in the reply; then nothing is changed."""
    plain = file_name(name)

    def work() -> Reply:
        from assistant.workspace.comments import comments_in, taken

        comments = comments_in(data)
        if comments is not None:
            return Reply(taken(desk.session, comments))
        given = sort_out(data, plain)
        if isinstance(given, Words):
            change = desk.session.tell(given.read_by(desk.session.reads_by_model).text)
            return desk.told(change, f"Read from {plain}:")
        with _on_disk(plain, data) as path:
            return _process(desk, given, path) if isinstance(given, ProcessFile) else _table(desk, given, path)

    return desk.do(f"Reading {plain} …", f"(file) {plain}", work)


@contextmanager
def _on_disk(name: str, data: bytes) -> Iterator[Path]:
    """The bytes as a file for the readers that want one; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="assistant-page-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def _process(desk: Desk, given: ProcessFile, path: Path) -> Reply:
    """A process from a file is taken over where nothing is told yet; else it would throw away what is there."""
    if not desk.session.empty:
        raise UsageError(
            f"{given.name} is a whole process, and this project has one.", "Nothing was changed.",
            "Begin a new project for it on the first page.",
        )  # fmt: skip
    imported = desk.app.read_any(path)
    change = desk.session.adopt(imported.process, f"Read from the file {given.name}.")
    reply = desk.told(change, f"Read from {given.name}:")
    left = [f"Left out: {what}" for what in imported.dropped][:5]
    return Reply((*reply.lines, *imported.notes[:5], *left))


def _table(desk: Desk, given: Table, path: Path) -> Reply:
    """A table: an event log where its columns say so, else comments of customers, or else a log after all."""
    if _is_log(given, path):
        return _log(desk, path)
    try:
        heard = desk.session.hear_customers(path)
    except UnreadableFile as no_comments:
        with contextlib.suppress(AssistantError):
            return _log(desk, path)
        remedy = "In its first row call the column of what customers say “comment”; of an event log “case”, “activity” "
        raise UnreadableFile(no_comments.what, no_comments.why, remedy + "and “timestamp”.") from None
    count, themes = plural(heard.comments, "comment"), plural(len(heard.themes), "theme")
    told = f"{count} in {given.name}, {themes}. The tab “Feedback” shows them with quotes; ask about them here."
    return Reply((told, "“Look for what hurts” counts them from now on."), kinds=("feedback",))


def _is_log(given: Table, path: Path) -> bool:
    if given.kind == "xes":
        return True
    with path.open("rb") as file:
        head = file.readline(4000)
    return len({word.lower() for word in LOG_COLUMNS.findall(head)}) >= 2


def _log(desk: Desk, path: Path) -> Reply:
    """What an event log shows; where nothing is told yet, the process mined from it is the map. Else what it says of
    the process is kept, as `assistant log --project` does: its figures can be taken over."""
    from assistant.eventlog.read_log import read_log
    from assistant.eventlog.study import lines, study
    from assistant.eventlog.what_a_log_shows import lines as recorded_lines
    from assistant.eventlog.what_a_log_shows import recorded
    from assistant.workspace.recording import keep, latest, remembered

    session = desk.session
    given = None if session.empty else session.process
    found = study(read_log(path, {}, None), given, None, [], (), (), None)
    known = remembered(session)
    shown = recorded(found.measured, path.stem, given, {}, known.accepted, known.match)
    whole = (*lines(found), *(recorded_lines(shown) if shown else []))
    told = tuple(_without_options(line) for line in whole if line.strip())[:MOST_LINES]
    if shown is None:
        return Reply(told)
    if given is None:
        change = session.adopt(shown.mined, f"Mined from the event log {path.name}.")
        return Reply((*desk.told(change, f"Mined from {path.name}:").lines[:8], *told))
    if shown.against is None:
        return Reply(told)
    keep(session, path.name, shown.against, {}, known.accepted)
    figures = len(latest(session).figures)
    more = (f"{plural(figures, 'thing')} measured: `measure` lists them, `measure all` takes them over.",)
    return Reply((*told, *(more if figures else ())))


def _without_options(line: str) -> str:
    """A line for a terminal without what it says of the options of its command."""
    aside = re.sub(r" *\([^()]*\B--[a-z][^()]*\)", "", line)
    plain = re.sub(r"[;,]? *[^;,().?]*\B--[a-z][^;().?]*(?:\([^()]*\))?", "", aside).replace("?.", "?")
    asks = plain != line and plain.endswith("?")
    return f"{plain} If it is, give that step the same name and bring the log again." if asks else plain


def file_of(desk: Desk, shown: Shown, name: str) -> Made | None:
    """A file of the project by its name on the page; None when there is none of that name. Raises UsageError."""
    from assistant.reports.feedback import contents
    from assistant.reports.files import content
    from assistant.reports.report import html, markdown

    kind, back = Path(name).suffix, desk.session.called.back
    if name in FILES and shown.state.process.flow.items:
        return Made(f"{desk.project}{kind}", TYPES[kind], content(back(shown.state.process), kind))
    reported = desk.reported()
    if name == SHARE and shown.state.process.flow.items:
        return Made(f"{desk.project}-{SHARE}", TYPES[kind], share(desk, shown, reported).encode())
    if name == EVERYTHING and shown.state.process.flow.items:
        return Made(f"{desk.project}.zip", TYPES[kind], _zipped(everything(desk, shown, reported)))
    if shown.feedback is not None and name in (there := contents(shown.feedback, back(shown.state.process))):
        return Made(f"{desk.project}-{name}", TYPES[kind], there[name])
    if reported is None:
        return None
    if name in ("report.html", "report.md"):
        text = (html if kind == ".html" else markdown)(*back(reported))
        return Made(f"{desk.project}-{name}", TYPES[kind], text.encode())
    return None


def everything(desk: Desk, shown: Shown, reported: tuple[Redesign, Package] | None) -> dict[str, bytes]:
    """All files of a project, as the commands write them: the map, the report with each alternative, what customers
    say, and the file for comments."""
    from assistant.reports.feedback import contents
    from assistant.reports.files import content, outputs

    back = desk.session.called.back
    process = back(shown.state.process)
    files: dict[str, bytes] = {}
    for kind in (Path(name).suffix for name in FILES):
        with contextlib.suppress(UsageError):  # a picture that cannot be drawn here; asked for alone, it says why
            files[f"{desk.project}{kind}"] = content(process, kind)
    files[SHARE] = share(desk, shown, reported).encode()
    if reported is not None:
        files |= {f"redesign/{name}": data for name, data in outputs(*back(reported)).items()}
    if shown.feedback is not None:
        files |= {f"feedback/{name}": data for name, data in contents(shown.feedback, process).items()}
    return files


def _zipped(files: dict[str, bytes]) -> bytes:
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def report_of(desk: Desk) -> str:
    """The report for reading on the page. Raises UsageError when nothing was looked for yet."""
    from assistant.reports.report import html

    reported = desk.reported()
    if reported is None:
        raise UsageError("There is no report yet.", "Nothing was looked for yet.", "Choose “Look for what hurts”.")
    back = desk.session.called.back
    return html(*back(reported))
