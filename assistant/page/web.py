"""The page's addresses: each reads what was sent, lets the desk do it, and answers with the parts that changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from assistant.chat.reply import Reply
from assistant.errors import AssistantError, UsageError
from assistant.page import views
from assistant.page.desk import Desk
from assistant.page.guard import DOCUMENT_POLICY, Door, Guard
from assistant.page.invitations import Invitations
from assistant.page.keeping import Kept
from assistant.page.live import Live
from assistant.page.map_routes import VERSION, Maps
from assistant.page.measured import Measured
from assistant.page.rendering import render
from assistant.page.requests import asked as asked_in
from assistant.page.requests import form, rights, writes
from assistant.settings import bundled
from assistant.workspace.turns import Gone

if TYPE_CHECKING:
    from assistant.app import App
    from assistant.page.conversation import Turn
    from assistant.page.desk import Shown

CSS, SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
STATIC = {
    "page.css": CSS, "map.css": CSS, "page.js": SCRIPT, "map.js": SCRIPT, "map_drawing.js": SCRIPT,
    "map_edits.js": SCRIPT, "map_layers.js": SCRIPT, "tabs.js": SCRIPT, "live.js": SCRIPT,
}  # fmt: skip
MOST_KEPT = 60
"""Rendered parts that are kept until something changes."""
Fields = Mapping[str, str]


def build(app: App, door: Door) -> Guard:
    """The whole page as an ASGI application behind its guard."""
    page = Page(app, Live(door.people))
    invitations = Invitations(door, page.desk)
    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    web.add_exception_handler(AssistantError, _told)
    web.add_exception_handler(Exception, _fault)
    web.get("/")(page.projects)
    web.post("/new")(page.new)
    web.get("/static/{name}")(page.static)
    web.get("/favicon.ico")(page.no_picture)
    web.get("/p/{project}")(page.show)
    web.get("/p/{project}/parts")(page.parts)
    web.get("/p/{project}/events")(page.events)
    Measured(app).add(web)
    Maps(page.desk, page.looked, app.settings.simulation.seed).add(web)
    web.get("/p/{project}/step/{step:path}")(page.step)
    web.get("/p/{project}/whatif")(page.what_if)
    web.get("/p/{project}/entry/{entry}")(page.entry)
    web.get("/p/{project}/people")(invitations.show)
    web.post("/p/{project}/people")(invitations.change)
    web.get("/p/{project}/report")(page.report)
    web.get("/p/{project}/files/{name}")(page.file)
    web.post("/p/{project}/upload")(page.upload)
    web.post("/p/{project}/{what}")(page.post)
    web.state.door = door
    return Guard(web, door)


async def _told(request: Request, error: Exception) -> Response:
    """An error in words; no traceback reaches a reader."""
    return HTMLResponse(render("notice.html.j2", notice=str(error)), status_code=422)


async def _fault(request: Request, error: Exception) -> Response:
    """A fault of ours, told as one."""
    told = f"This is a fault of the program, not yours: {type(error).__name__}: {str(error)[:300]}"
    kept = "Nothing confirmed before is lost. Load the page again; `assistant chat` works on the same project."
    return HTMLResponse(render("notice.html.j2", notice=f"{told}\n{kept}"), status_code=500)


class Page:
    """The projects opened so far, and what each address does."""

    def __init__(self, app: App, live: Live) -> None:
        self.app, self.live = app, live
        self._desks: dict[str, Desk] = {}
        self._opening = threading.Lock()
        self._kept = Kept(MOST_KEPT)
        self._told: dict[str, tuple[int, list[Turn]]] = {}

    def desk(self, project: str) -> Desk:
        """The project of that name, opened when it is first asked for. Raises UsageError when it is no such name."""
        from assistant.app import project_name

        if project_name(project) != project:
            raise UsageError("There is no project of that name.", "", "Choose one on the first page.")
        with self._opening:
            if project not in self._desks:
                self._desks[project] = Desk(self.app, project)
            return self._desks[project]

    def fresh(self, project: str) -> Desk:
        """The desk, which has looked into the journal lately; a new one where the project is there no longer, so that
        one of its name can be begun."""
        desk = self.desk(project)
        try:
            desk.look()
        except Gone:
            with self._opening:
                if self._desks.get(project) is desk:
                    self._desks[project] = Desk(self.app, project, behind=desk.shown.number)
                desk = self._desks[project]
        return desk

    def projects(self) -> Response:
        """The first page: the projects there are, and a place to begin one."""
        return HTMLResponse(render("projects.html.j2", projects=self.app.store.projects()))

    async def new(self, request: Request) -> Response:
        """Begin a project, or open it when it is there."""
        from assistant.app import project_name

        return RedirectResponse(f"/p/{quote(project_name((await form(request)).get('name', '')))}", 303)

    def no_picture(self) -> Response:
        """What a browser asks for before it has read that there is none."""
        return Response(status_code=204)

    def static(self, name: str) -> Response:
        """Our own style and script."""
        if name not in STATIC:
            return Response("There is no such file.", 404)
        return Response((bundled("templates") / "page" / name).read_bytes(), media_type=STATIC[name])

    def show(self, request: Request, project: str) -> Response:
        """The whole page of a project."""
        desk = self.fresh(project)
        if writes(request):
            desk.greet()
        return HTMLResponse(self._whole(desk, request, asked_in(request)))

    async def parts(self, request: Request, project: str) -> Response:
        """The parts of the page as they are now; where they are made already, nobody waits for anybody."""
        desk = await self.looked(project)
        asked = asked_in(request)
        make = partial(self._made, desk, rights(request), asked, "")
        return HTMLResponse(await self._kept.get(self._key(desk, request, asked, ""), make))

    async def events(self, request: Request, project: str) -> Response:
        """What happens at the project, as it happens."""
        desk = await self.looked(project)
        return StreamingResponse(self.live.events(desk, request.scope["link"]), media_type="text/event-stream")

    async def looked(self, project: str) -> Desk:
        """The desk, which has looked into the journal lately."""
        desk = self._desks.get(project)
        if desk is None or desk.due():
            desk = await run_in_threadpool(self.fresh, project)
        return desk

    def step(self, request: Request, project: str, step: str) -> Response:
        """The menu of one step of the map."""
        from assistant.page.changes import menu
        from assistant.page.maps import about

        desk = self.desk(project)
        chosen = {**menu(desk.shown.state.process, step), **about(desk.shown, step)}
        text = render("step.html.j2", project=project, step=chosen, **rights(request))
        return HTMLResponse(desk.session.called.back(text))

    def what_if(self, request: Request, project: str) -> Response:
        """What would be under other conditions."""
        from assistant.page.whatif import what_if

        desk = self.desk(project)
        found = what_if(desk.completed(), asked_in(request), self.app.settings.simulation.seed)
        return HTMLResponse(desk.session.called.back(render("whatif_result.html.j2", found=found)))

    def entry(self, request: Request, project: str, entry: str) -> Response:
        """An entry of the library."""
        desk = self.desk(project)
        found = views.entry_view(self.app, entry)
        if found is None:
            raise UsageError(f"The library has no entry {entry[:60]!r}.")
        blank = desk.session.empty
        startable = bool(found["svg"]) and desk.shown.state.process == desk.shown.before and blank
        told = {"startable": startable, "empty": blank, "writes": writes(request)}
        text = render("entry.html.j2", project=project, entry=found, **told)
        return HTMLResponse(text)

    def report(self, project: str) -> Response:
        """The report, as a document of its own."""
        from assistant.page.files import report_of

        headers = {"content-security-policy": DOCUMENT_POLICY}
        return HTMLResponse(report_of(self.desk(project)), headers=headers)

    def file(self, project: str, name: str) -> Response:
        """A file to keep."""
        from assistant.page.files import file_of

        desk = self.desk(project)
        made = file_of(desk, desk.shown, name)
        if made is None:
            raise UsageError("There is no such file yet.", "", "Tell the process, or look for what hurts, first.")
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(made.name)}",
            "content-security-policy": DOCUMENT_POLICY,
        }
        return Response(made.data, media_type=made.kind, headers=headers)

    async def upload(self, request: Request, project: str) -> Response:
        """A file brought by its bytes, with its name in the address."""
        from assistant.page.files import take_in

        data = await request.body()
        name = request.query_params.get("name", "file")[:400]
        return await run_in_threadpool(self._done, request, project, lambda desk: take_in(desk, name, data))

    async def post(self, request: Request, project: str, what: str) -> Response:
        """Everything else that changes something."""
        fields = {**await form(request), "by": request.scope["link"].name}
        work = WRITES.get(what)
        if work is None:
            return Response("There is no such address.", 404)
        return await run_in_threadpool(self._done, request, project, lambda desk: work(desk, _kept(desk, fields)))

    def _done(self, request: Request, project: str, work: Callable[[Desk], object]) -> Response:
        """Do it, and answer with the parts as they are now; what went wrong is told above them."""
        desk = self.desk(project)
        desk.greet()
        notice, asked = "", asked_in(request)
        try:
            reply = work(desk)
            if isinstance(reply, Reply) and "feedback" in reply.kinds:
                asked["tab"] = "feedback"  # what was brought is told there, and not in the conversation
        except AssistantError as error:
            notice = str(error)
        if request.headers.get("x-parts"):
            return HTMLResponse(self._parts(desk, request, asked, notice))
        if notice:
            return HTMLResponse(self._whole(desk, request, asked, notice))
        return RedirectResponse(f"/p/{quote(project)}?tab={quote(asked['tab'])}", 303)

    def _whole(self, desk: Desk, request: Request, asked: Fields, notice: str = "") -> str:
        name = desk.session.called.back(desk.shown.state.process.name)
        return render(
            "page.html.j2", project=desk.project, name=name, made_by=self.app.made_by,
            parts=_safe(self._parts(desk, request, asked, notice)), link=request.scope["link"], **rights(request),
            vendor=f"/static/vendor/{VERSION}",
        )  # fmt: skip

    def _parts(self, desk: Desk, request: Request, asked: Fields, notice: str = "") -> str:
        """The parts of the page; the same ones are made once for all who look."""
        make = partial(self._made, desk, rights(request), asked, notice)
        return self._kept.at_once(self._key(desk, request, asked, notice), make).decode()

    def _made(self, desk: Desk, may: Mapping[str, bool], asked: Fields, notice: str) -> bytes:
        return desk.session.called.back(self._rendered(desk, asked, may, notice)).encode()

    def _key(self, desk: Desk, request: Request, asked: Fields, notice: str) -> tuple[Any, ...]:
        return desk.project, desk.shown.number, tuple(sorted(asked.items())), request.scope["link"].role, notice

    def _turns(self, desk: Desk, shown: Shown) -> list[Turn]:
        """The conversation, told once for all tabs: it goes through the whole journal."""
        from assistant.page.conversation import conversation

        number, turns = self._told.get(desk.project, (-1, []))
        if number != shown.number:
            turns = conversation(shown, desk.replies)
            self._told[desk.project] = (shown.number, turns)
        return turns

    def _rendered(self, desk: Desk, asked: Fields, may: Mapping[str, bool], notice: str) -> str:
        from assistant.page.cards import alternatives_view
        from assistant.page.table import table_view
        from assistant.page.talking import offers
        from assistant.page.whatif import whatif_view

        shown, tab = desk.shown, asked["tab"]
        content: dict[str, Callable[[], Any]] = {
            "findings": lambda: views.findings_view(desk, shown),
            "alternatives": lambda: alternatives_view(shown),
            "table": lambda: table_view(shown.state.process),
            "whatif": lambda: whatif_view(shown.state.process),
            "library": lambda: views.library_view(self.app, asked.get("q", "")),
            "feedback": lambda: views.feedback_view(shown),
            "report": lambda: views.report_view(shown),
        }
        return render(
            "parts.html.j2", project=desk.project, turns=self._turns(desk, shown), questions=shown.questions,
            readings=shown.readings, number=shown.number, map=views.map_view(shown, asked.get("map", "")),
            tabs=views.TABS, tab=tab, view=content[tab](), notice=notice, **may,
            empty=not shown.state.process.flow.items, looked=views.looked(shown), **offers(desk),
        )  # fmt: skip


def _safe(html: str) -> Any:
    from markupsafe import Markup

    return Markup(html)


def _kept(desk: Desk, fields: Fields) -> dict[str, str]:
    """What was typed, as it may be kept: the page shows names, the journal holds letters."""
    return {name: desk.session.called.mask(value) for name, value in fields.items()}


def _number(fields: Fields, name: str) -> int:
    value = fields.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise UsageError("This form is not complete.", "", "Load the page again.")
    return int(value)


def _say(desk: Desk, fields: Fields) -> object:
    words = fields.get("words", "").strip()
    if not words:
        raise UsageError("Nothing was said.", "", "Write something into the field.")
    return desk.say(words)


def _edit(desk: Desk, fields: Fields) -> object:
    from assistant.page.changes import map_edits

    what, step, value = (fields.get(name, "") for name in ("what", "step", "value"))
    if what == "role" and fields.get("new", "").strip():
        value = fields["new"]
    return desk.edit(lambda process: map_edits(process, what, step, value), "map")


def _figure(desk: Desk, fields: Fields) -> object:
    from assistant.page.changes import figure_edits

    element, field, value = (fields.get(name, "") for name in ("element", "field", "value"))
    return desk.edit(lambda process: figure_edits(process, element, field, value), "table")


def _comment(desk: Desk, fields: Fields) -> object:
    from assistant.workspace.comments import Comment, taken

    words = fields.get("words", "").strip()[:2000]
    if not words:
        raise UsageError("Nothing was said.", "", "Write something into the field.")
    comment = Comment(element=fields.get("step", "")[:120], by=fields["by"], text=words)
    return desk.do("Noting it …", "", lambda: Reply(taken(desk.session, (comment,))))


def _start(desk: Desk, fields: Fields) -> object:
    return desk.start_from(fields.get("entry", ""))


def _answers(desk: Desk, fields: Fields) -> object:
    return desk.answer({key[2:]: words for key, words in fields.items() if key.startswith("q:")})


def _back(desk: Desk, fields: Fields) -> object:
    from assistant.page.talking import take_back

    return take_back(desk, _number(fields, "turn"))


def _decide(desk: Desk, fields: Fields) -> object:
    accept = fields.get("accept", "") == "yes"
    return desk.decide(_number(fields, "proposal"), _number(fields, "of"), accept, fields.get("words", "").strip())


WRITES: dict[str, Callable[[Desk, Fields], object]] = {
    "say": _say, "edit": _edit, "figure": _figure, "comment": _comment, "start": _start, "answer": _answers,
    "decide": _decide, "back": _back,
    "pick": lambda desk, fields: desk.pick(_number(fields, "reading"), _number(fields, "of")),
    "propose": lambda desk, fields: desk.redesign(fields.get("goal", "").strip()[:400]),
}  # fmt: skip
