"""The addresses of the map: what is drawn, how hot it is, a play of the simulation, and the versions there were."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from assistant.errors import UsageError
from assistant.page.desk import Desk
from assistant.page.keeping import Kept
from assistant.settings import bundled

if TYPE_CHECKING:
    from assistant.page.desk import Shown
    from assistant.redesign.shapes import Completed

VENDOR = {
    "bpmn-modeler.min.js": "text/javascript; charset=utf-8",
    "bpmn-js.css": "text/css; charset=utf-8",
    "diagram-js.css": "text/css; charset=utf-8",
    "LICENSE.bpmn-js": "text/plain; charset=utf-8",
}
VERSION = "18.31.1"
"""The version of bpmn-js, in the address of its files: what stands at one address never changes."""
FOREVER = {"cache-control": "private, max-age=31536000, immutable"}
MOST_KEPT = 40


class Maps:
    """The map of each project; what was computed once is kept until the design changes."""

    def __init__(self, desk: Callable[[str], Desk], looked: Callable[[str], Awaitable[Desk]], seed: int) -> None:
        self.desk, self.looked, self.seed = desk, looked, seed
        self._kept = Kept(MOST_KEPT)

    def add(self, web: FastAPI) -> None:
        """Open the addresses."""
        web.get("/static/vendor/{version}/{name}")(self.vendor)
        web.get("/p/{project}/map")(self.map)
        web.get("/p/{project}/heat")(self.heat)
        web.get("/p/{project}/play")(self.play)

    def vendor(self, version: str, name: str) -> Response:
        """A file of bpmn-js, as its makers gave it out."""
        if name not in VENDOR or version != VERSION:
            return Response("There is no such file.", 404)
        data = (bundled("templates") / "page" / "vendor" / name).read_bytes()
        return Response(data, media_type=VENDOR[name], headers=FOREVER)

    async def map(self, request: Request, project: str) -> Response:
        """The map that is asked for, one or two drawings."""
        from assistant.page.maps import chosen

        desk = await self.looked(project)
        shown, asked = desk.shown, request.query_params
        which, tab = chosen(shown, asked.get("map", "")[:400]), asked.get("tab", "")
        key = (project, shown.number, which, tab == "findings")
        return _json(await self._kept.get(key, partial(_drawn, desk, shown, tab, which)))

    def heat(self, request: Request, project: str) -> Response:
        """How hot each step is by `by`."""
        from assistant.page.heat import KINDS, heat

        by = request.query_params.get("by", "")
        if by not in KINDS:
            raise UsageError("The map has no such colours.", "", f"There are {', '.join(KINDS)}.")
        return self._played(project, by, lambda completed: heat(completed, by, self.seed))

    def play(self, project: str) -> Response:
        """The way of each case in one play."""
        from assistant.page.heat import played

        return self._played(project, "play", lambda completed: played(completed, self.seed))

    def _played(self, project: str, what: str, make: Callable[[Completed], Any]) -> Response:
        desk = self.desk(project)
        completed = desk.completed()
        # A process that was changed and changed back is the same again; its play too.
        key = (project, what, completed.process.model_dump_json())
        return _json(self._kept.at_once(key, lambda: _bytes(desk, make(completed))))


def _drawn(desk: Desk, shown: Shown, tab: str, which: str) -> bytes:
    from assistant.page.maps import comments_on, drawing, maps

    made, caption = maps(shown, tab, which)
    comments = comments_on(shown)
    drawings = [drawing(drawn, comments) for drawn in made]
    return _bytes(desk, {"which": which, "caption": caption, "drawings": drawings})


def _bytes(desk: Desk, told: Any) -> bytes:
    """Data as it is sent, with people called as they were told."""
    return json.dumps(desk.session.called.back(told), ensure_ascii=False, separators=(",", ":")).encode()


def _json(data: bytes) -> Response:
    return Response(data, media_type="application/json")
