"""The journal's store: SQLite by default, any SQLAlchemy URL for a team; append-only, one transaction a write.

SQLite runs in WAL mode with full synchronisation: what `append` has returned from survives a killed process and a cut
power line. Two programs may write at once: a writer names the entry it has seen last and is refused when another was
faster, so that nobody builds on a state that is gone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assistant.errors import StorageError, UsageError
from assistant.projects.journal import MAIN, Entry, New, now

VERSION = 1
_meta = sa.MetaData()
_version = sa.Table("assistant_version", _meta, sa.Column("version", sa.Integer, primary_key=True))
_projects = sa.Table(
    "projects",
    _meta,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
)
_entries = sa.Table(
    "entries",
    _meta,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("project", sa.String(120), sa.ForeignKey("projects.id"), nullable=False, index=True),
    sa.Column("branch", sa.String(120), nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text),
    sa.Column("prompt", sa.Text),
    sqlite_autoincrement=True,
)


class Summary(NamedTuple):
    """One project in a list: its id, when it was begun and last changed (ISO, UTC), turns and entries."""

    id: str
    created: str
    changed: str
    turns: int
    entries: int


class Store:
    """All projects of one user or team. Open with `Store.open`; use as a context manager or call `close`."""

    def __init__(self, engine: sa.Engine, place: str) -> None:
        self._engine = engine
        self.place = place

    @classmethod
    def open(cls, place: Path | str) -> Store:
        """The store at a file path or a database URL, made when it is not there yet. Raises StorageError."""
        url = str(place)
        if "://" not in url:
            path = Path(place)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _fault(url, error) from None
            url = f"sqlite:///{path}"
        try:
            engine = sa.create_engine(url)
            if engine.dialect.name == "sqlite":
                sa.event.listen(engine, "connect", _durable)
                sa.event.listen(engine, "begin", _take_the_lock)
            store = cls(engine, str(place))
            store._prepare()
        except (SQLAlchemyError, ImportError) as error:
            raise _fault(str(place), error) from None
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _prepare(self) -> None:
        with self._transaction() as connection:
            _meta.create_all(connection)
            found = connection.execute(sa.select(_version.c.version)).scalar()
            if found is None:
                connection.execute(_version.insert().values(version=VERSION))
            elif found > VERSION:
                raise StorageError(
                    f"The journal {self.place} was written by a newer version of this program (format {found}).",
                    f"This version reads format {VERSION}.",
                    "Install the newer version.",
                )

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise _fault(self.place, error) from None

    def projects(self) -> list[Summary]:
        """The projects, the one changed last first."""
        count, last = sa.func.count(_entries.c.seq), sa.func.max(_entries.c.at)
        query = (
            sa.select(_projects.c.id, _projects.c.created, last, sa.func.max(_entries.c.turn), count)
            .select_from(_projects.outerjoin(_entries))
            .group_by(_projects.c.id, _projects.c.created)
            .order_by(sa.func.coalesce(last, _projects.c.created).desc())
        )
        with self._transaction() as connection:
            rows = connection.execute(query).all()
        return [Summary(id_, _iso(made), _iso(at or made), turns or 0, n) for id_, made, at, turns, n in rows]

    def exists(self, project: str) -> bool:
        """Whether there is a project of that id."""
        with self._transaction() as connection:
            return self._known(connection, project)

    def _known(self, connection: sa.Connection, project: str) -> bool:
        return connection.execute(sa.select(_projects.c.id).where(_projects.c.id == project)).first() is not None

    def entries(self, project: str) -> list[Entry]:
        """The journal of a project in the order it was written. Raises UsageError when there is no such project."""
        with self._transaction() as connection:
            if not self._known(connection, project):
                raise self._unknown(connection, project)
            rows = connection.execute(
                sa.select(_entries).where(_entries.c.project == project).order_by(_entries.c.seq)
            ).mappings()
            return [_entry(dict(row)) for row in rows]

    def _unknown(self, connection: sa.Connection, project: str) -> UsageError:
        names = [str(name) for name in connection.execute(sa.select(_projects.c.id)).scalars()]
        like = get_close_matches(project, names, n=1, cutoff=0.7)
        meant = f"Did you mean {like[0]}?" if like else ""
        return UsageError(
            f"There is no project named {project!r}.", meant, "`assistant project list` names those there are."
        )

    def append(
        self, project: str, new: Sequence[New], *, turn: int, branch: str = MAIN, after: int | None = None
    ) -> list[Entry]:
        """Write entries of one turn in one transaction; the project is begun when it is not there yet.

        `after` is the last entry the writer has seen (0: none); the write is refused with StorageError when another
        writer was faster. When this returns, the entries are on the disk.
        """
        with self._transaction() as connection:
            if not self._known(connection, project):
                connection.execute(_projects.insert().values(id=project, created=now()))
            if after is not None:
                last = connection.execute(
                    sa.select(sa.func.max(_entries.c.seq)).where(_entries.c.project == project)
                ).scalar()
                if (last or 0) != after:
                    raise StorageError(
                        f"The project {project} was changed by another program meanwhile.",
                        "Nothing was written.",
                        "Open it again and repeat the last step.",
                    )
            rows = [
                {"branch": branch, "turn": turn, "at": now(), **item.model_dump(include=_CONTENT)} for item in new
            ]  # fmt: skip
            return [_insert(connection, project, row) for row in rows]

    def restore(self, project: str, entries: Sequence[Entry]) -> None:
        """Write the whole journal of a project that is not there yet, times and all, in one transaction."""
        with self._transaction() as connection:
            connection.execute(_projects.insert().values(id=project, created=now()))
            for entry in entries:
                _insert(connection, project, entry.model_dump(include={*_CONTENT, "branch", "turn", "at"}))


_CONTENT = {"kind", "body", "made_by", "prompt"}


def _insert(connection: sa.Connection, project: str, row: dict[str, Any]) -> Entry:
    stored = {**row, "project": project, "body": json.dumps(row["body"], ensure_ascii=False)}
    key = connection.execute(_entries.insert().values(**stored)).inserted_primary_key
    return _entry({**stored, "seq": key[0] if key else 0})


def _entry(row: dict[str, Any]) -> Entry:
    at = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=UTC)  # SQLite keeps no zone; all is written in UTC
    return Entry.model_validate({**row, "at": at, "body": json.loads(row["body"])})


def _iso(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds")) if hasattr(moment, "isoformat") else str(moment)


def _durable(connection: Any, _: object) -> None:
    """SQLite as a journal wants it; SQLAlchemy begins the transactions, not the driver (its docs, 'pysqlite')."""
    connection.isolation_level = None
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _take_the_lock(connection: sa.Connection) -> None:
    """Take the write lock at once, so that what is read before writing cannot change in between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _fault(place: str, error: Exception) -> StorageError:
    reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if "disk is full" in reason or "No space" in reason:
        remedy = "Free some space and repeat the last step; everything confirmed before is kept."
    elif "readonly" in reason or "unable to open" in reason or "Permission" in reason:
        remedy = "Check that you may write there, or set ASSISTANT_HOME to a folder you may write."
    elif "locked" in reason:
        remedy = "Another program is writing; try again."
    else:
        remedy = "Check the file, or set ASSISTANT_HOME to another folder."
    return StorageError(f"The journal of projects at {_hidden(place)} cannot be used.", reason.split("\n")[0], remedy)


def _hidden(place: str) -> str:
    """The place without a password that a database URL may hold."""
    return sa.make_url(place).render_as_string(hide_password=True) if "://" in place else place
