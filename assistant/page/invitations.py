"""The page of the owner on which each person gets a link with a role, or loses it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import AssistantError
from assistant.page.desk import Desk
from assistant.page.guard import Door
from assistant.page.people import INVITED, ROLES
from assistant.page.rendering import render

NOT_YOURS = "Only the owner of the page sees who may come to it."


class Invitations:
    """Who may come to a project: what the owner sees and changes."""

    def __init__(self, door: Door, desk: Callable[[str], Desk]) -> None:
        self.door, self.desk = door, desk

    def show(self, request: Request, project: str, notice: str = "") -> Response:
        """The links of a project, each to be given to its person."""
        if request.scope["link"].role != "owner":
            return Response(NOT_YOURS, 403)
        self.desk(project)
        path = f"/p/{quote(project)}"
        rows = [
            {"id": link.id, "name": link.name, "role": link.role, "address": self.door.link(path, link)}
            for link in self.door.people.invited(project)
        ]
        told = {"roles": {role: ROLES[role] for role in INVITED}, "for_others": self.door.for_others, "notice": notice}
        return HTMLResponse(render("people.html.j2", project=project, rows=rows, **told))

    async def change(self, request: Request, project: str) -> Response:
        """Give a link, or withdraw one."""
        fields = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=20))
        try:
            self.desk(project)
            if fields.get("withdraw"):
                self.door.people.withdraw(fields["withdraw"], project)
            else:
                self.door.people.invite(fields.get("name", ""), fields.get("role", ""), project)
        except AssistantError as error:
            return self.show(request, project, str(error))
        return RedirectResponse(f"/p/{quote(project)}/people", 303)
