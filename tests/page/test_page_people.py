"""Each person has a link with a role; what a role may not do is refused, and a withdrawn link opens nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from page_kit import PORT, STORY, Browser, browser

from assistant.app import App
from assistant.cli.main import main
from assistant.page.guard import Door
from assistant.page.people import INVITED, People, kept_in

ORDERS = "/p/orders"
WRITES = ("say", "answer", "propose", "edit", "figure", "pick", "decide", "start", "back", "upload")


@pytest.fixture
def owner(app: App) -> Browser:
    made = browser(app)
    made.post(f"{ORDERS}/say", {"words": STORY})
    return made


def guest(owner: Browser, role: str, name: str = "Ada") -> Browser:
    """Somebody who opened a link that the owner made on the page."""
    answer = owner.post(f"{ORDERS}/people", {"name": name, "role": role})
    assert answer.status_code == 303
    link = owner.door.people.invited("orders")[-1]
    assert f"token={link.token}" in owner.get(f"{ORDERS}/people").text
    return browser(owner.app, owner.door, link)


@pytest.mark.parametrize("role", INVITED)
def test_a_link_opens_its_project_and_nothing_else(owner: Browser, role: str) -> None:
    there = guest(owner, role)
    assert "Check order" in there.get(f"{ORDERS}?tab=table").text
    assert [there.get(path).status_code for path in ("/", "/p/others", "/p/orders2")] == [403] * 3
    assert there.get(f"{ORDERS}/people").status_code == 403
    assert there.get("/favicon.ico").status_code < 400, "a browser asks for it by itself"
    sent = {"name": "Eve", "role": "editor"}
    assert there.post(f"{ORDERS}/people", sent).status_code == 403
    assert [there.post(f"/p/others/{what}").status_code for what in (*WRITES, "comment")] == [403] * (len(WRITES) + 1)
    assert there.post("/new", {"name": "mine"}).status_code == 403
    assert len(owner.door.people.invited("orders")) == 1
    assert owner.app.store.exists("orders")
    assert not owner.app.store.exists("others")


@pytest.mark.parametrize("role", ["commenter", "reader"])
def test_who_only_reads_or_comments_changes_nothing(owner: Browser, role: str) -> None:
    before = len(owner.app.store.entries("orders"))
    there = guest(owner, role)
    for what in WRITES:
        answer = there.post(f"{ORDERS}/{what}", {"words": "undo"})
        assert answer.status_code == 403
        assert f"for a {role}" in answer.text
    shown = there.get(f"{ORDERS}?tab=table").text + there.get(f"{ORDERS}/step/check_order").text
    forms = set(re.findall(r'<form method="post" action="/p/orders/(\w+)', shown))
    assert forms == ({"comment"} if role == "commenter" else set())
    assert len(owner.app.store.entries("orders")) == before
    assert there.post(f"{ORDERS}/comment", {"words": "No"}).status_code == (200 if role == "commenter" else 403)


def test_a_comment_bears_the_name_of_its_link_whatever_the_form_says(owner: Browser) -> None:
    there = guest(owner, "commenter", "Ada")
    sent = {"step": "check_order", "words": "Only above 500", "by": "The boss"}
    assert "Comment by Ada on “Check order”: “Only above 500”" in there.post(f"{ORDERS}/comment", sent).text


def test_an_editor_tells_and_takes_back(owner: Browser) -> None:
    there = guest(owner, "editor")
    assert "Vet order" in there.post(f"{ORDERS}/say", {"words": "Rename Check order to Vet order"}).text
    there.post(f"{ORDERS}/say", {"words": "undo"})
    assert "Check order" in str(owner.app.session("orders").process)


def test_a_withdrawn_link_opens_nothing_and_the_others_stay(owner: Browser) -> None:
    ada, ben = guest(owner, "editor", "Ada"), guest(owner, "editor", "Ben")
    link = owner.door.people.invited("orders")[0]
    owner.post(f"{ORDERS}/people", {"withdraw": link.id})
    assert ada.get(ORDERS).status_code == 403
    assert ada.get("/", params={"token": link.token}).status_code == 403
    assert ada.post(f"{ORDERS}/say", {"words": "undo"}).status_code == 403
    assert ben.get(ORDERS).status_code == 200
    assert "no such link" in owner.post(f"{ORDERS}/people", {"withdraw": link.id}).text


def test_no_link_is_made_for_nobody_or_for_an_owner(owner: Browser) -> None:
    for name, role in (("", "reader"), ("x" * 81, "reader"), ("Ada", "owner"), ("Ada", "king")):
        assert owner.post(f"{ORDERS}/people", {"name": name, "role": role}).status_code == 200
    assert owner.door.people.invited("orders") == ()
    tokens = {owner.door.people.invite("Ada", "reader", "orders").token for _ in range(20)}
    assert len(tokens) == 20
    hostile = "<script>alert(1)</script>"
    owner.door.people.invite(hostile, "reader", "orders")
    assert hostile not in owner.get(f"{ORDERS}/people").text


def test_another_page_makes_no_link(owner: Browser) -> None:
    sent = {"name": "Eve", "role": "editor"}
    assert owner.post(f"{ORDERS}/people", sent, origin="http://evil.example").status_code == 403
    assert owner.get(f"{ORDERS}/people", headers={"host": f"evil.example:{PORT}"}).status_code == 421


def test_people_are_named_at_the_start_only_for_one_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["page", "--person", "Ada:editor", "--no-browser"]) == 2
    assert "opens one project" in capsys.readouterr().err
    assert main(["page", "orders", "--person", "Ada:king", "--no-browser"]) == 2
    assert "no role" in capsys.readouterr().err
    assert main(["page", "orders", "--person", ":", "--no-browser"]) == 2


def test_each_door_has_its_own_secrets() -> None:
    first, second = Door("127.0.0.1", PORT), Door("127.0.0.1", PORT)
    assert first.people.of(second.people.owner.token) is None
    assert first.link("/p/orders", first.people.invite("Ada", "reader", "orders")) != first.link("/p/orders")


def test_links_outlast_the_program_until_they_are_withdrawn(tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    first = People(file)
    ada, ben = first.invite("Ada", "editor", "orders"), first.invite("Ben", "reader", "orders")
    assert first.again("Ada", "editor", "orders") == ada, "asked for once more it is the same link"
    again = People(file)
    assert [again.of(link.token) for link in (first.owner, ada, ben)] == [first.owner, ada, ben]
    assert file.stat().st_mode & 0o077 == 0, "nobody else on this machine reads them"
    again.withdraw(ada.id, "orders")
    assert first.of(ada.token) is None, "a program that runs hears of it"
    assert People(file).of(ada.token) is None
    again.renew()
    assert [first.of(link.token) for link in (ben, People(tmp_path / "other.json").owner)] == [None, None]
    assert first.of(again.owner.token) == again.owner


@pytest.mark.parametrize("damaged", ["", "{", '{"owner": "short", "links": []}', '{"owner": 1}', "[]"])
def test_a_damaged_file_of_links_gives_new_ones_and_opens_nothing(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "links.json"
    file.write_text(damaged)
    people = People(file)
    assert people.of("") is people.of("short") is None
    assert People(file).owner == people.owner


def test_the_links_of_a_project_go_with_it(own_home: Path) -> None:
    from assistant.cli.main import main

    app = App.build(os.environ)
    app.session("orders").tell(STORY)
    app.store.close()
    link = People(kept_in(own_home)).invite("Ada", "reader", "orders")
    assert main(["project", "rename", "Orders", "Sales"]) == 0
    moved = People(kept_in(own_home)).of(link.token)
    assert moved is not None
    assert moved.project == "sales"
    assert main(["project", "delete", "Sales", "--yes"]) == 0
    assert People(kept_in(own_home)).of(link.token) is None, "one of that name later is another project"
