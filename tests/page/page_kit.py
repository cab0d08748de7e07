"""The page for tests: the application in this process with a browser's cookie, and the program itself as it is run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from assistant.app import App
from assistant.page.guard import Door
from assistant.page.people import Link
from assistant.page.web import build

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"
STORY = (
    "A customer sends an order, about 40 a day. The sales clerk checks the order, which takes 10 minutes. If the order "
    "is incomplete, which happens in 15 % of the cases, the clerk calls the customer. Then the warehouse packs the "
    "goods, which takes 25 minutes. The order lies two days before packing. Finally accounting writes the invoice."
)


@dataclass
class Browser:
    """One browser at the page; `post` sends a form as the page's own script does."""

    client: TestClient
    door: Door
    app: App

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Any:
        sent = {"origin": HERE, "x-parts": "1", **headers}
        return self.client.post(path, data=fields or {}, headers=sent)

    def upload(self, path: str, name: str, data: bytes) -> Any:
        return self.client.post(
            f"{path}/upload", params={"name": name}, content=data, headers={"origin": HERE, "x-parts": "1"}
        )


def browser(app: App, door: Door | None = None, link: Link | None = None) -> Browser:
    """A browser that opened the link of a person once; without one the owner's."""
    door = door or Door("127.0.0.1", PORT)
    token = (link or door.people.owner).token
    client = TestClient(build(app, door), base_url=HERE, follow_redirects=False)
    assert client.get("/", params={"token": token}).status_code == 200
    return Browser(client, door, app)


def hidden(html: str, name: str) -> str:
    """The value of the first hidden field of that name."""
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]  # type: ignore[index]


@contextmanager
def running(project: str, home: Path, cache: Path | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program as a user runs it, and the link it prints; killed at the end, as hard as can be."""
    own = {"ASSISTANT_HOME": str(home), **({"ASSISTANT_CACHE": str(cache)} if cache else {})}
    command = [sys.executable, "-m", "assistant", "page", project, "--no-browser"]
    top = Path(__file__).parents[2]
    program = subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True, cwd=top)
    try:
        assert program.stdout is not None
        link = re.search(r"http\S+", program.stdout.readline())
        assert link
        yield program, link[0]
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
