"""Who may come to the page: one link for each person, with a role; each has its own secret and can be withdrawn."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from dataclasses import dataclass, field
from typing import Literal

from assistant.errors import UsageError

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


@dataclass
class People:
    """The links there are; the owner's is the first."""

    owner: Link = field(default_factory=lambda: Link("", "owner", secrets.token_urlsafe(SECRET_BYTES)))

    def __post_init__(self) -> None:
        """Only the owner is there."""
        self._links: tuple[Link, ...] = (self.owner,)
        self._lock = threading.Lock()

    def of(self, token: str) -> Link | None:
        """Whose secret this is; None when it is nobody's, or no longer."""
        given = token.encode("utf-8", "replace")
        return next((link for link in self._links if hmac.compare_digest(given, link.token.encode())), None)

    def invited(self, project: str) -> tuple[Link, ...]:
        """Who was invited to a project."""
        return tuple(link for link in self._links if link.project == project)

    def invite(self, name: str, role: str, project: str) -> Link:
        """A new link for a person. Raises UsageError when the name or the role is none."""
        called = " ".join(name.split())
        if not called or len(called) > MOST_NAME or not called.isprintable():
            raise UsageError("Each link is for one person.", f"A name has 1 to {MOST_NAME} letters.", "Give a name.")
        known = next((each for each in INVITED if each == role), None)
        if known is None:
            raise UsageError(f"There is no role {role[:40]!r}.", "", f"There are {', '.join(INVITED)}.")
        with self._lock:
            if len(self._links) >= MOST_PEOPLE:
                raise UsageError("There are too many links.", f"At most {MOST_PEOPLE}.", "Withdraw some first.")
            link = Link(called, known, secrets.token_urlsafe(SECRET_BYTES), project)
            self._links = (*self._links, link)
        return link

    def withdraw(self, id_: str, project: str) -> Link:
        """Take a link back: from now on it opens nothing. Raises UsageError when there is none of that id."""
        with self._lock:
            link = next((link for link in self.invited(project) if link.id == id_), None)
            if link is None:
                raise UsageError("There is no such link.", "It may be withdrawn already.", "Load the page again.")
            self._links = tuple(other for other in self._links if other is not link)
        return link


def asked_for(words: str) -> tuple[str, str]:
    """The name and the role in `Ada:editor`; without a role somebody comments. Raises UsageError."""
    match = re.fullmatch(r"\s*([^:]+?)\s*(?::\s*(\w+)\s*)?", words)
    if match is None:
        raise UsageError(f"“{words[:60]}” names no person.", "", "Write it as --person Ada:editor.")
    return match[1], match[2] or "commenter"
