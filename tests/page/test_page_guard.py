"""Nobody but the person with the link gets in, nothing from another page changes anything, and nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from page_kit import HERE, PORT, STORY, Browser

from assistant.page.guard import MOST_FORM, MOST_UPLOAD, Door
from assistant.page.views import TABS

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_without_the_link_nothing_is_shown(page: Browser) -> None:
    page.client.cookies.clear()
    for path in ("/", "/p/orders", "/p/orders/events", "/static/page.js"):
        answer = page.get(path)
        assert answer.status_code == 403
        assert "assistant page" in answer.text
    assert page.get("/", params={"token": "guess"}).status_code == 403
    page.client.cookies.set(page.door.cookie, "guess")
    assert page.get("/").status_code == 403


def test_the_secret_goes_into_a_cookie_no_script_can_read_and_out_of_the_address(page: Browser) -> None:
    page.client.cookies.clear()
    answer = page.get("/p/orders", params={"token": page.door.people.owner.token})
    kept = answer.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=Strict" in kept
    assert answer.headers["refresh"] == "0; url=/p/orders"
    there = page.get(f"{HERE}//elsewhere.example/x", params={"token": page.door.people.owner.token}).headers["refresh"]
    assert there == "0; url=/elsewhere.example/x"


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"localhost.evil.example:{PORT}"]
)
def test_another_host_is_refused(page: Browser, host: str) -> None:
    assert page.get("/", headers={"host": host}).status_code == 421
    assert page.get("/", params={"token": page.door.people.owner.token}, headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1"]
)
def test_a_post_from_another_page_changes_nothing(page: Browser, origin: str) -> None:
    answer = page.post("/p/orders/say", {"words": STORY}, origin=origin)
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text
    assert not page.app.store.exists("orders")


def test_what_is_too_large_is_refused_before_it_is_read(page: Browser) -> None:
    assert page.post("/p/orders/say", {"words": "x" * (MOST_FORM + 1)}).status_code == 413
    big = {"origin": HERE, "content-length": str(MOST_UPLOAD + 1)}
    assert page.client.post("/p/orders/upload", content=b"x", headers=big).status_code == 413

    def in_pieces() -> Iterator[bytes]:
        for _ in range(5):
            yield b"x" * (MOST_FORM // 4)

    assert page.client.post("/p/orders/say", content=in_pieces(), headers={"origin": HERE}).status_code == 413
    assert not page.app.store.exists("orders")


def test_every_answer_is_strict_and_no_page_names_an_outside_address(page: Browser) -> None:
    page.post("/p/orders/say", {"words": STORY})
    page.post("/p/orders/propose")
    pages = ["/", *(f"/p/orders?tab={tab}" for tab in TABS), "/p/orders?tab=library&q=orders", "/static/page.js"]
    pages += ["/p/orders/step/check_order", "/p/orders/whatif?volume=120", "/static/page.css", "/p/orders/entry/P01"]
    pages += ["/p/orders/report", "/p/nothing/report", "/evals"]
    for path in pages:
        answer = page.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy or "default-src 'none'" in policy, path
        assert "script-src 'unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        loaded = re.findall(r"""(?:src|href|action)=["']?((?:https?:)?//[^"' >]*)|url\((?!data:)""", answer.text)
        assert loaded == [], path
        if path != "/p/orders/report":  # its own styles stand in it, and it runs nothing
            assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src)", answer.text), path
    assert "script-src" not in page.get("/p/orders/report").headers["content-security-policy"]


def test_hostile_names_are_inert_everywhere(page: Browser) -> None:
    page.post("/p/orders/say", {"words": STORY})
    page.post("/p/orders/edit", {"what": "rename", "step": "check_order", "value": HOSTILE})
    page.post("/p/orders/say", {"words": f"What about {HOSTILE}?"})
    page.upload("/p/orders", f"../../{HOSTILE}.csv", b"id,comment\n1," + HOSTILE.encode() + b"\n2,late\n3,late again\n")
    page.post("/p/orders/propose", {"goal": HOSTILE})
    page.post("/p/orders/comment", {"step": HOSTILE, "words": HOSTILE})
    shown = [page.get("/p/orders", params={"tab": tab, "q": HOSTILE, "map": HOSTILE}).text for tab in TABS]
    shown += [page.get("/p/orders/report").text, page.get("/p/orders/files/themes.html").text]
    shown += [page.get("/p/orders/step/check_order").text, page.get(f"/p/orders/step/{HOSTILE}").text]
    assert any("&lt;img" in text for text in shown)
    for text in shown:
        assert "<img" not in text
        assert "<script>" not in text


def test_errors_are_told_in_words(page: Browser) -> None:
    assert page.get("/p/No%20such%20name").status_code == 422
    assert page.get("/p/orders/entry/none").status_code == 422
    assert page.post("/p/orders/nothing").status_code == 404
    answer = page.client.post("/p/orders/say", content=b"\xff\xfe", headers={"origin": HERE})
    assert answer.status_code == 422
    for path in ("/docs", "/openapi.json", "/redoc"):
        assert page.get(path).status_code == 404


def test_a_page_listens_where_it_was_told_and_never_everywhere() -> None:
    from typer.testing import CliRunner

    from assistant.cli.main import main

    assert Door("127.0.0.1", 1).people.owner != Door("127.0.0.1", 1).people.owner
    assert f"192.168.1.20:{PORT}" in Door("192.168.1.20", PORT).hosts
    assert f"127.0.0.1:{PORT}" not in Door("192.168.1.20", PORT).hosts
    assert main(["page", "orders", "--host", "0.0.0.0", "--no-browser"]) == 2
    assert "page" in CliRunner().invoke(__import__("assistant.cli.main", fromlist=["cli"]).cli, ["--help"]).output


def test_without_its_packages_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    from assistant.cli.main import main

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["page", "orders"]) == 3
    assert "pip install 'process-redesign-assistant[page]'" in capsys.readouterr().err


def test_a_fault_of_ours_is_told_without_a_traceback(page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("assistant.page.table.table_view", fault)
    client = TestClient(page.client.app, base_url=HERE, cookies=page.client.cookies, raise_server_exceptions=False)
    answer = client.get("/p/orders?tab=table")
    assert answer.status_code == 500
    assert "fault of the program" in answer.text
    assert "Traceback" not in answer.text
