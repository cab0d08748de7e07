"""The addresses of the map: what is drawn, how hot it is, a play of the simulation, and the versions there were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from assistant.errors import UsageError
from assistant.page.desk import Desk
from assistant.settings import bundled

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

    def __init__(self, desk: Callable[[str], Desk], seed: int) -> None:
        self.desk, self.seed = desk, seed
        self._kept: dict[tuple[Any, ...], Any] = {}

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

    def map(self, request: Request, project: str) -> Response:
        """The map that is asked for, one or two drawings."""
        from assistant.page.maps import chosen, comments_on, drawing, maps

        desk = self.desk(project)
        shown, asked = desk.shown, request.query_params
        which = chosen(shown, asked.get("map", "")[:400])

        def make() -> dict[str, Any]:
            made, caption = maps(shown, asked.get("tab", ""), which)
            comments = comments_on(shown)
            return {"which": which, "caption": caption, "drawings": [drawing(drawn, comments) for drawn in made]}

        key = (project, shown.number, which, asked.get("tab", "") == "findings")
        return JSONResponse(self._once(key, make))

    def heat(self, request: Request, project: str) -> Response:
        """How hot each step is by `by`."""
        from assistant.page.heat import KINDS, heat

        by = request.query_params.get("by", "")
        if by not in KINDS:
            raise UsageError("The map has no such colours.", "", f"There are {', '.join(KINDS)}.")
        return self._played(project, by, lambda desk: heat(desk.completed(), by, self.seed))

    def play(self, project: str) -> Response:
        """The way of each case in one play."""
        from assistant.page.heat import played

        return self._played(project, "play", lambda desk: played(desk.completed(), self.seed))

    def _played(self, project: str, what: str, make: Callable[[Desk], Any]) -> Response:
        desk = self.desk(project)
        key = (project, what, id(desk.completed().process))
        return JSONResponse(self._once(key, lambda: (desk.completed(), make(desk)))[1])

    def _once(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = make()
        return self._kept[key]
