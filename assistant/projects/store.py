"""The journal's store: SQLite by default, any SQLAlchemy URL for a team; append-only, one transaction a write.

SQLite runs in WAL mode with full synchronisation: what `append` has returned from survives a killed process and a cut
power line. Two programs may write at once: a writer names the entry it has seen last and is refused (Conflict) when
another was faster, so that nobody builds on a state that is gone. What is written can be read back: an entry is read
again from its text before it is stored, and refused when it is not the same.
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
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from assistant.errors import StorageError, UsageError
from assistant.projects.journal import MAIN, Damaged, Entry, New, What, now
from assistant.projects.upcasts import read

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


class Conflict(StorageError):
    """Another program wrote to the project since it was read last; nothing of this was written."""


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
        except (SQLAlchemyError, ImportError, ValueError) as error:
            raise _fault(str(place), error) from None
        return store

    @classmethod
    def passing(cls) -> Store:
        """A store in memory that is gone with the program, for work of which nothing is to be kept."""
        return cls.open("sqlite://")

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
        except (SQLAlchemyError, sqlite3.Error, ValueError) as error:  # ValueError: a time that is none
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

    def entries(self, project: str, after: int = 0) -> list[Entry]:
        """The journal of a project in the order it was written, from behind the entry `after`.

        Raises UsageError when there is no such project, StorageError when a row is no entry at all.
        """
        wanted = sa.select(_entries).where(_entries.c.project == project, _entries.c.seq > after)
        with self._transaction() as connection:
            if not self._known(connection, project):
                raise self._unknown(connection, project)
            rows = connection.execute(wanted.order_by(_entries.c.seq)).mappings()
            return [_entry(dict(row)) for row in rows]

    def _unknown(self, connection: sa.Connection, project: str) -> UsageError:
        names = [str(name) for name in connection.execute(sa.select(_projects.c.id)).scalars()]
        like = get_close_matches(project, names, n=1, cutoff=0.7)
        meant = f"Did you mean {like[0]}?" if like else ""
        return UsageError(
            f"There is no project named {project!r}.", meant, "`assistant project list` names those there are."
        )

    def append(
        self, project: str, new: Sequence[New], *, turn: int | None = None, branch: str = MAIN,
        after: int | None = None, begun: bool = False,
    ) -> list[Entry]:  # fmt: skip
        """Write entries of one turn (None: the next) in one transaction; the project is begun when it is not there yet.

        `after` is the last entry the writer has seen (0: none); the write is refused with Conflict when another writer
        was faster. With `begun` a project that is gone is not begun again, but refused with StorageError. Raises
        StorageError when something could not be read back. When this returns, the entries are on the disk.
        """
        rows = [_row(item) for item in new]
        with self._transaction() as connection:
            if not self._known(connection, project):
                if begun:
                    raise StorageError(
                        f"The project {project} is gone: somebody deleted or renamed it meanwhile.",
                        "Nothing was written.",
                        "`assistant project list` names those there are.",
                    )
                connection.execute(_projects.insert().values(id=project, created=now()))
            last, highest = connection.execute(
                sa.select(sa.func.max(_entries.c.seq), sa.func.max(_entries.c.turn)).where(
                    _entries.c.project == project
                )
            ).one()
            if after is not None and (last or 0) != after:
                raise Conflict(
                    f"The project {project} was changed by another program meanwhile.",
                    "Nothing was written.",
                    "Open it again and repeat the last step.",
                )
            place = {"project": project, "branch": branch, "turn": (highest or 0) + 1 if turn is None else turn}
            return [_insert(connection, {**row, **place, "at": now()}) for row in rows]

    def restore(self, project: str, entries: Sequence[Entry]) -> None:
        """Write the whole journal of a project that is not there yet, times and all, in one transaction."""
        with self._transaction() as connection:
            connection.execute(_projects.insert().values(id=project, created=now()))
            for entry in entries:
                row = _row(entry)
                _insert(
                    connection,
                    {**row, "project": project, "branch": entry.branch, "turn": entry.turn, "at": entry.at},
                )

    def delete(self, project: str) -> None:
        """Take a project out with its whole journal. Raises UsageError when there is none of that name."""
        with self._transaction() as connection:
            if not self._known(connection, project):
                raise self._unknown(connection, project)
            connection.execute(_entries.delete().where(_entries.c.project == project))
            connection.execute(_projects.delete().where(_projects.c.id == project))

    def rename(self, old: str, new: str) -> None:
        """Give a project another name. Raises UsageError when there is none of the old one, or one of the new."""
        with self._transaction() as connection:
            if not self._known(connection, old):
                raise self._unknown(connection, old)
            if self._known(connection, new):
                raise UsageError(f"There is a project named {new!r} already.", remedy="Choose another name.")
            made = connection.execute(sa.select(_projects.c.created).where(_projects.c.id == old)).scalar_one()
            connection.execute(_projects.insert().values(id=new, created=made))
            connection.execute(_entries.update().where(_entries.c.project == old).values(project=new))
            connection.execute(_projects.delete().where(_projects.c.id == old))


def _row(item: New | Entry) -> dict[str, Any]:
    """An entry's own columns. Raises StorageError when it could not be read back."""
    if isinstance(item.what, Damaged):
        return {"kind": item.kind, "body": item.what.raw, "made_by": item.made_by, "prompt": item.prompt}
    row = {"kind": item.what.kind, "body": _text(item.what), "made_by": item.made_by, "prompt": item.prompt}
    if read(item.what.kind, row["body"] or "") != item.what:
        raise _unkeepable("It reads differently when it is read back.")
    return row


def _text(what: What) -> str:
    try:
        text = json.dumps(what.body(), ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise _unkeepable(str(error).split("\n")[0][:200]) from None
    return text


def _unkeepable(reason: str) -> StorageError:
    return StorageError(
        "This cannot be written to the journal so that it can be read again.", reason, "Nothing was changed."
    )


def _insert(connection: sa.Connection, row: dict[str, Any]) -> Entry:
    key = connection.execute(_entries.insert().values(**row)).inserted_primary_key
    return _entry({**row, "seq": key[0] if key else 0})


def _entry(row: dict[str, Any]) -> Entry:
    """A row as an entry. Raises StorageError when its turn or time is none."""
    try:
        at = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=UTC)  # SQLite keeps no zone; all is UTC
        what = read(str(row.pop("kind")), str(row.pop("body")))
        return Entry.model_validate({**row, "at": at, "what": what})
    except (ValidationError, AttributeError) as error:
        reason = str(error).split("\n")[0]
        raise StorageError(
            f"Row {row.get('seq')} of the journal is no entry.", reason, "Bring back the journal's file from a copy."
        ) from None


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
    if isinstance(error, ValueError | ArgumentError):  # it quotes the address, a password may be in it
        reason = "It is no address of a database."
    if "disk is full" in reason or "No space" in reason:
        remedy = "Free some space and repeat the last step; everything confirmed before is kept."
    elif "readonly" in reason or "unable to open" in reason or "Permission" in reason:
        remedy = "Check that you may write there, or set ASSISTANT_HOME to a folder you may write."
    elif "locked" in reason:
        remedy = "Another program is writing; try again."
    elif "://" in place:
        remedy = "Check the address (the setting `store`, ASSISTANT_STORE), or leave it out: a file of your own."
    else:
        remedy = "Check the file, or set ASSISTANT_HOME to another folder."
    return StorageError(f"The journal of projects at {_hidden(place)} cannot be used.", reason.split("\n")[0], remedy)


def _hidden(place: str) -> str:
    """The place without a password that a database URL may hold."""
    if "://" not in place:
        return place
    try:
        return sa.make_url(place).render_as_string(hide_password=True)
    except (SQLAlchemyError, ValueError):  # no address: nobody knows where a password stands in it
        return f"{place.partition('://')[0]}://…"
