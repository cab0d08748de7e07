"""Who may come to the page: one link for each person, with a role; each has its own secret and can be withdrawn."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import StorageError, UsageError
from assistant.workspace.private import write_private

Role = Literal["owner", "editor", "commenter", "reader"]
ROLES: dict[Role, str] = {
    "owner": "everything, every project, and who may come",
    "editor": "tells, changes and decides in this project",
    "commenter": "reads this project and comments on it",
    "reader": "reads this project",
}
INVITED: tuple[Role, ...] = ("editor", "commenter", "reader")
"""The roles an owner gives to others; the owner is whoever started the page."""
COMMENTS: tuple[str, ...] = ("comment",)
"""What somebody who comments may send to a project."""
MOST_PEOPLE = 200
MOST_NAME = 80
SECRET_BYTES = 24


@dataclass(frozen=True)
class Link:
    """The way in of one person: the `name`, the `role`, the secret, and the only `project` it opens (None: all)."""

    name: str
    role: Role
    token: str
    project: str | None = None

    @property
    def id(self) -> str:
        """What names this link on the screen of the owner, without its secret."""
        return self.token[:6]

    @property
    def writes(self) -> bool:
        """Whether it changes the process."""
        return self.role in ("owner", "editor")

    @property
    def comments(self) -> bool:
        """Whether it says what it thinks of the process."""
        return self.role != "reader"

    def shows(self, path: str) -> bool:
        """Whether it opens what stands at a path."""
        inside = f"/p/{self.project}"
        if self.project is None or path in (inside, "/favicon.ico"):  # a browser asks for the icon by itself
            return True
        return path.startswith((f"{inside}/", "/static/"))

    def sends(self, path: str) -> bool:
        """Whether it may send something to a path it opens."""
        what = path.rsplit("/", 1)[-1]
        if self.role == "owner":
            return True
        return what != "people" and (self.writes or (self.comments and what in COMMENTS))


class People:
    """The links there are; the owner's is the first. They are kept in `file`, so that a link opens the page again when
    the program was stopped and started; without a file they end with it."""

    def __init__(self, file: Path | None = None) -> None:
        self._file, self._lock, self._stamp = file, threading.Lock(), 0
        self.owner = Link("", "owner", secrets.token_urlsafe(SECRET_BYTES))
        self._links: tuple[Link, ...] = ()
        self.port = 0
        """The port the page was last reached at; 0 where it never was."""
        with self._lock:
            if not self._read():
                self._keep()

    def of(self, token: str) -> Link | None:
        """Whose secret this is; None when it is nobody's, or no longer."""
        given = token.encode("utf-8", "replace")
        return next((link for link in self._all() if hmac.compare_digest(given, link.token.encode())), None)

    def tokens(self) -> frozenset[str]:
        """The secrets of all links that open something now."""
        return frozenset(link.token for link in self._all())

    def invited(self, project: str) -> tuple[Link, ...]:
        """Who was invited to a project."""
        return tuple(link for link in self._all() if link.project == project)

    def invite(self, name: str, role: str, project: str) -> Link:
        """A new link for a person. Raises UsageError when the name or the role is none."""
        called = " ".join(name.split())
        if not called or len(called) > MOST_NAME or not called.isprintable():
            raise UsageError("Each link is for one person.", f"A name has 1 to {MOST_NAME} letters.", "Give a name.")
        known = next((each for each in INVITED if each == role), None)
        if known is None:
            raise UsageError(f"There is no role {role[:40]!r}.", "", f"There are {', '.join(INVITED)}.")
        with self._lock:
            self._read()
            if len(self._links) >= MOST_PEOPLE:
                raise UsageError("There are too many links.", f"At most {MOST_PEOPLE}.", "Withdraw some first.")
            link = Link(called, known, secrets.token_urlsafe(SECRET_BYTES), project)
            self._links = (*self._links, link)
            self._keep()
        return link

    def again(self, name: str, role: str, project: str) -> Link:
        """The link a person of that name and role has already, else a new one. Raises UsageError as `invite` does."""
        has = [link for link in self.invited(project) if (link.name, link.role) == (" ".join(name.split()), role)]
        return has[0] if has else self.invite(name, role, project)

    def withdraw(self, id_: str, project: str) -> Link:
        """Take a link back: from now on it opens nothing. Raises UsageError when there is none of that id."""
        with self._lock:
            self._read()
            link = next((link for link in self._links if link.id == id_ and link.project == project), None)
            if link is None:
                raise UsageError("There is no such link.", "It may be withdrawn already.", "Load the page again.")
            self._links = tuple(other for other in self._links if other is not link)
            self._keep()
        return link

    def renew(self) -> None:
        """No link given so far opens anything any more; the owner has a new one."""
        with self._lock:
            self.owner = Link("", "owner", secrets.token_urlsafe(SECRET_BYTES))
            self._links = ()
            self._keep()

    def reached_at(self, port: int) -> None:
        """Remember the port, so that the links lead there the next time too."""
        with self._lock:
            self.port = port
            self._keep()

    def call(self, old: str, new: str | None) -> None:
        """The links of a project that is called otherwise from now on, or (None) is no longer there."""
        with self._lock:
            kept = [replace(link, project=new) if link.project == old else link for link in self._links]
            self._links = tuple(link for link in kept if link.project is not None)
            self._keep()

    def _all(self) -> tuple[Link, ...]:
        """The links as they are now, also where another program changed them."""
        if self._file is not None and self._changed():
            with self._lock:
                self._read()
        return (self.owner, *self._links)

    def _changed(self) -> bool:
        assert self._file is not None
        try:
            return self._file.stat().st_mtime_ns != self._stamp
        except OSError:
            return False

    def _read(self) -> bool:
        """Take in the file where it is there and whole."""
        if self._file is None:
            return False
        try:
            self._stamp = self._file.stat().st_mtime_ns
            kept = _Kept.model_validate_json(self._file.read_bytes())
        except (OSError, ValueError):
            return False
        self.owner = Link("", "owner", kept.owner)
        self._links = tuple(Link(link.name, link.role, link.token, link.project) for link in kept.links)
        self.port = kept.port
        return True

    def _keep(self) -> None:
        if self._file is None:
            return
        links = [asdict(link) for link in self._links]
        try:
            write_private(self._file, {"owner": self.owner.token, "port": self.port, "links": links})
            self._stamp = self._file.stat().st_mtime_ns
        except OSError as error:
            raise StorageError(
                "The links to the page could not be kept.", f"{self._file.parent}: {error.strerror}.",
                "Free some space there.",
            ) from None  # fmt: skip


class _KeptLink(BaseModel):
    """A link in its file."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=MOST_NAME)]
    role: Literal["editor", "commenter", "reader"]
    token: Annotated[str, Field(min_length=20, max_length=80)]
    project: Annotated[str, Field(min_length=1, max_length=120)]


class _Kept(BaseModel):
    """The file of links."""

    model_config = ConfigDict(extra="forbid")
    owner: Annotated[str, Field(min_length=20, max_length=80)]
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    links: Annotated[tuple[_KeptLink, ...], Field(max_length=MOST_PEOPLE)] = ()


def kept_in(home: Path) -> Path:
    """The file of links of a data folder."""
    return home / "links.json"


def recall(home: Path, old: str, new: str | None) -> None:
    """The links to a project go with it when it is called otherwise (`new`), or end with it (None)."""
    if kept_in(home).exists():
        People(kept_in(home)).call(old, new)


def asked_for(words: str) -> tuple[str, str]:
    """The name and the role in `Ada:editor`; without a role somebody comments. Raises UsageError."""
    match = re.fullmatch(r"\s*([^:]+?)\s*(?::\s*(\w+)\s*)?", words)
    if match is None:
        raise UsageError(f"“{words[:60]}” names no person.", "", "Write it as --person Ada:editor.")
    return match[1], match[2] or "commenter"
