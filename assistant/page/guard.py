"""Who may speak to the page, and what the page may do: every request and every answer goes through here.

The page listens on this machine. Other programs on it, and other sites open in the same browser, can reach it too; so
a request must name the right host, carry the secret of the link it was opened with and, where it changes something,
come from our own page. No answer may load anything from elsewhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from assistant.page.people import Link, People

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DOCUMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
"""For a report: a document with its styles in it, which runs nothing."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all a form of ours would say it comes from nowhere
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
MOST_FORM = 400_000
"""Bytes of what is typed into the page."""
MOST_UPLOAD = 20_000_000
"""Bytes of a file."""
HERE = ("127.0.0.1", "localhost", "::1")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Door:
    """What is let in: the `host` and `port` the page is reached at, and the people who have a link."""

    host: str
    port: int
    people: People = field(default_factory=People)

    @property
    def for_others(self) -> bool:
        """Whether anybody but this machine reaches the page."""
        return self.host not in HERE

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names a request may call this page by."""
        names = (self.host,) if self.for_others else LOOPBACK
        return tuple(f"{name}:{self.port}" for name in names)

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so two pages on one machine need two names."""
        return f"assistant-page-{self.port}"

    def link(self, path: str = "/", link: Link | None = None) -> str:
        """The address that opens the page for a person; without one for the owner."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{path}?token={(link or self.people.owner).token}"


class Refused(Exception):
    """A request that is not answered: the status and what to say."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class Guard:
    """The outermost layer of the page: checks what comes in, bounds it, and puts its headers on all that goes out."""

    def __init__(self, inner: Application, door: Door) -> None:
        self.inner, self.door = inner, door

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        answer = _with_headers(send)
        try:
            if token := _token_in(scope):
                await _opened(self.door, token, scope["path"], headers, answer)
                return
            scope["link"] = _let_in(self.door, scope, headers)
            body = await _body(scope, headers, receive)
        except Refused as refused:
            await _say(answer, refused.status, refused.text)
            return
        await self.inner(scope, _once(body, receive), answer)


def _token_in(scope: Message) -> str:
    if scope["method"] != "GET":
        return ""
    asked: dict[str, list[str]] = parse_qs(str(scope["query_string"], "latin-1"))
    return asked.get("token", [""])[0]


def _known_host(door: Door, headers: dict[str, str]) -> None:
    if headers.get("host", "").lower() not in door.hosts:
        raise Refused(421, "This is not the address of this page.")


def _let_in(door: Door, scope: Message, headers: dict[str, str]) -> Link:
    """Whose request it is, where that person may make it. Raises Refused."""
    _known_host(door, headers)
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(door.cookie)
    except CookieError:
        kept = None
    link = door.people.of(kept.value) if kept else None
    if link is None:
        raise Refused(403, "This page opens only by the link that `assistant page` shows. Open that link once more.")
    if not link.shows(scope["path"]):
        raise Refused(403, "This link shows one project, and this is another one.")
    if scope["method"] in ("GET", "HEAD"):
        return link
    if headers.get("origin", "") != f"http://{headers['host'].lower()}":
        raise Refused(403, "This came from another page. Nothing was changed.")
    if not link.sends(scope["path"]):
        raise Refused(403, f"This link is for a {link.role}, who cannot do that. Nothing was changed.")
    return link


async def _opened(door: Door, token: str, path: str, headers: dict[str, str], send: Send) -> None:
    """The first visit, by the link: keep its secret in a cookie, and go on without it in the address.

    It goes on from a page of ours, not by a redirect: a strict cookie is not sent on one that began elsewhere.
    """
    _known_host(door, headers)
    if door.people.of(token) is None:
        raise Refused(403, "This link is not, or no longer, valid. Open the one that `assistant page` shows.")
    await _say(
        send, 200, "Opening …", (
            (b"set-cookie", f"{door.cookie}={token}; Path=/; HttpOnly; SameSite=Strict".encode("latin-1")),
            (b"refresh", b"0; url=" + _plain_path(path).encode("latin-1")),
        ),
    )  # fmt: skip


def _plain_path(path: str) -> str:
    """The path as it may stand in a header, always one of ours."""
    from urllib.parse import quote

    return "/" + quote(path.lstrip("/\\"))


async def _body(scope: Message, headers: dict[str, str], receive: Receive) -> bytes:
    """The whole body, bounded. Raises Refused when it is too large."""
    if scope["method"] in ("GET", "HEAD"):
        return b""
    most = MOST_UPLOAD if scope["path"].endswith("/upload") else MOST_FORM
    told = headers.get("content-length", "0")
    too_large = Refused(413, f"This is too large: at most {most:,} bytes are taken. Nothing was changed.")
    if not told.isdigit() or int(told) > most:
        raise too_large
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "It was cut off. Nothing was changed.")
        parts.append(message.get("body", b""))
        size, more = size + len(parts[-1]), message.get("more_body", False)
        if size > most:
            raise too_large
    return b"".join(parts)


def _once(body: bytes, receive: Receive) -> Receive:
    """The body as read, then whatever else comes."""
    given = False

    async def read() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return read


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {
                **message,
                "headers": [*message["headers"], *(header for header in ours if header[0] not in there)],
            }
        await send(message)

    return answer


async def _say(send: Send, status: int, text: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    body = text.encode()
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
