"""From the first sentence to the report on the page, by the same journal as the commands."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import threading
from pathlib import Path

import pytest
from page_kit import STORY, Browser, browser, hidden

from assistant.app import App
from assistant.bpmn.write import write
from assistant.process.tree import by_id, tasks

ORDERS = "/p/orders"


def names(app: App) -> list[str]:
    return [task.name for task in tasks(app.session("orders").process)]


def shown_number(page: Browser) -> int:
    """How far the project is, as the page has it."""
    return int(re.search(r'data-number="(\d+)"', page.get(f"{ORDERS}/parts").text)[1])


def test_first_sentence_to_report(app: App, page: Browser) -> None:
    assert "Tell me how the work runs" in page.get(ORDERS).text
    shown = page.post(f"{ORDERS}/say", {"words": STORY}).text
    assert 'data-step="check_order"' in shown
    assert "What I would like to know" in shown
    asked = re.findall(r'name="(q:[^"]+)"', shown)
    work = next(name for name in asked if name.startswith("q:work"))
    shown = page.post(f"{ORDERS}/answer", {work: "12 minutes"}).text
    assert f'name="{work}"' not in shown
    step = by_id(app.session("orders").process)[work.split(":")[2]]
    assert step.work.mean_seconds == 720
    shown = page.post(f"{ORDERS}/propose?tab=alternatives", {"goal": "faster"}).text
    number, listing = hidden(shown, "proposal"), hidden(shown, "of")
    before = app.session("orders").process
    shown = page.post(f"{ORDERS}/decide?tab=alternatives", {"proposal": number, "of": listing, "accept": "yes"}).text
    assert "Taken over" in shown
    assert app.session("orders").process != before
    assert "What was decided" in page.get(f"{ORDERS}/report").text
    page.post(f"{ORDERS}/say", {"words": "undo"})
    assert app.session("orders").process == before
    report = page.get(f"{ORDERS}/report")
    assert report.status_code == 200
    assert "Process redesign" in report.text
    assert "What was decided" not in report.text
    assert page.get(f"{ORDERS}/files/report.md").text.startswith("#")
    assert page.get(f"{ORDERS}/files/process.bpmn").content.startswith(b"<?xml")


def test_a_proposal_is_turned_down_with_a_reason_and_a_number_of_an_old_list_decides_nothing(
    app: App, page: Browser
) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    shown = page.post(f"{ORDERS}/propose?tab=alternatives").text
    fields = {"proposal": hidden(shown, "proposal"), "of": hidden(shown, "of"), "accept": "no", "words": "too dear"}
    page.post(f"{ORDERS}/propose")
    assert "no longer the last one" in page.post(f"{ORDERS}/decide", fields).text
    assert app.session("orders").state.decided == {}
    shown = page.get(f"{ORDERS}?tab=alternatives").text
    page.post(f"{ORDERS}/decide", {**fields, "of": hidden(shown, "of")})
    state = app.session("orders").state
    assert list(state.decided.values()) == ["rejected"]
    assert state.entries[-1].what.reason == "too dear"


def test_what_was_found_is_there_when_the_program_is_started_again_and_can_be_decided(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    before = page.post(f"{ORDERS}/propose?tab=alternatives").text
    again = browser(App.build(os.environ))
    after = again.get(f"{ORDERS}?tab=alternatives").text
    listed = re.compile(r'name="(?:proposal|of)" value="\d+"')
    assert listed.findall(after) == listed.findall(before) != []
    assert "Look again" in again.get(f"{ORDERS}?tab=findings").text
    fields = {"proposal": hidden(before, "proposal"), "of": hidden(before, "of"), "accept": "yes"}
    assert "Taken over" in again.post(f"{ORDERS}/decide?tab=alternatives", fields).text, "an open page goes on"


def test_which_of_these_is_offered_to_click(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    shown = page.post(f"{ORDERS}/say", {"words": "We need it quicker for the customer"}).text
    assert 'name="reading"' in shown, "a vague wish offers readings"
    offered = hidden(shown, "of")
    page.post(f"{ORDERS}/say", {"words": "help"})
    assert "no longer on offer" in page.post(f"{ORDERS}/pick", {"reading": "1", "of": offered}).text
    shown = page.post(f"{ORDERS}/say", {"words": "We need it quicker for the customer"}).text
    before = app.session("orders").process
    page.post(f"{ORDERS}/pick", {"reading": "1", "of": hidden(shown, "of")})
    assert app.session("orders").process != before


def test_the_map_is_changed_by_choosing(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    menu = page.get(f"{ORDERS}/step/check_order").text
    assert "Rename" in menu
    assert "Accounting" in menu

    def edit(what: str, step: str = "check_order", **fields: str) -> str:
        return str(page.post(f"{ORDERS}/edit", {"what": what, "step": step, **fields}).text)

    edit("rename", value="Check the order")
    edit("role", value="accounting")
    edit("after", value="Confirm order")
    edit("before", value="Scan order")
    assert names(app)[:4] == ["Send order", "Scan order", "Check the order", "Confirm order"]
    process = app.session("orders").process
    assert by_id(process)["check_order"].role == "accounting"
    edit("later")
    assert names(app)[:4] == ["Send order", "Scan order", "Confirm order", "Check the order"]
    edit("earlier")
    edit("delete", step=next(task.id for task in tasks(process) if task.name == "Scan order"))
    assert names(app)[:3] == ["Send order", "Check the order", "Confirm order"]
    edit("behind", value="pack_goods")
    assert names(app).index("Check the order") == names(app).index("Pack goods") + 1
    assert "behind another step" in edit("behind", value="check_order")
    edit("role", value="", new="Back office")
    assert "Back office" in [role.name for role in app.session("orders").process.roles]
    page.post(f"{ORDERS}/say", {"words": "undo"})
    assert "Back office" not in [role.name for role in app.session("orders").process.roles]


def test_what_cannot_be_an_edit_is_refused_with_its_reason(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    entries = len(app.store.entries("orders"))
    first = {"what": "earlier", "step": "send_order"}
    assert "first step of its way already" in page.post(f"{ORDERS}/edit", first).text
    gone = {"what": "rename", "step": "gone", "value": "x"}
    assert "no longer there" in page.post(f"{ORDERS}/edit", gone).text
    assert "no change called" in page.post(f"{ORDERS}/edit", {"what": "explode", "step": "send_order"}).text
    empty = {"what": "rename", "step": "send_order", "value": " "}
    assert "A name is needed" in page.post(f"{ORDERS}/edit", empty).text
    assert len(app.store.entries("orders")) == entries


def test_figures_are_typed_into_the_table(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})

    def figure(element: str, field: str, value: str) -> str:
        return str(page.post(f"{ORDERS}/figure?tab=table", {"element": element, "field": field, "value": value}).text)

    assert "stated" in figure("check_order", "work", "12 min")
    figure("check_order", "wait", "3 hours")
    figure("check_order", "error_rate", "5 %")
    figure("check_order", "system", "SAP")
    figure("accounting", "capacity", "2")
    figure("accounting", "cost_per_hour", "45")
    figure("volume", "volume", "200 a week")
    process = app.session("orders").process
    step, role = by_id(process)["check_order"], process.role("accounting")
    assert step.work.mean_seconds == 720
    assert step.work.basis == "stated"
    assert (step.wait.mean_seconds, step.error_rate, step.system) == (10800, 0.05, "SAP")
    assert (role.capacity, role.cost_per_hour) == (2, 45)
    assert process.volume.text == "200 a week"
    figure("check_order", "work", "")
    assert by_id(app.session("orders").process)["check_order"].work is None
    before = len(app.store.entries("orders"))
    assert "is no length of time" in figure("check_order", "work", "soon")
    assert "is no share" in figure("check_order", "error_rate", "some")
    assert "no field" in figure("check_order", "id", "x")
    assert len(app.store.entries("orders")) == before


def test_the_chance_of_one_of_two_ways_leaves_the_other_the_rest(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    choice = next(step for step in by_id(app.session("orders").process).values() if hasattr(step, "branches"))
    page.post(f"{ORDERS}/figure", {"element": choice.branches[0].id, "field": "p", "value": "30 %"})
    choice = by_id(app.session("orders").process)[choice.id]
    assert [branch.p for branch in choice.branches] == [0.3, 0.7]


def test_what_if_answers_in_words_and_changes_nothing(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    entries = len(app.store.entries("orders"))
    shown = page.get(f"{ORDERS}/whatif", params={"volume": "150", "errors": "50", "wait": "0"}).text
    assert "50 % more cases" in shown
    assert "0 % of all waits" in shown
    assert "Cycle time of a case" in shown
    assert "better −94\xa0%" in shown
    assert "88 to 101\xa0% less" in shown
    assert page.get(f"{ORDERS}/whatif", params={"volume": "many"}).status_code == 422
    assert page.get("/p/nothing/whatif").status_code == 422
    assert len(app.store.entries("orders")) == entries


def test_files_of_each_kind_are_taken_in(app: App, page: Browser) -> None:
    page.upload(ORDERS, "story.txt", STORY.encode())
    assert "Check order" in names(app)
    bpmn = write(app.session("orders").process)
    page.upload("/p/copy", "orders.bpmn", bpmn)
    assert [task.name for task in tasks(app.session("copy").process)] == names(app)
    assert "has one" in page.upload("/p/copy", "orders.bpmn", bpmn).text
    comments = b"id,comment\n1,The delivery was late\n2,late again!\n3,the invoice was wrong\n4,so late\n"
    shown = page.client.post(
        f"{ORDERS}/upload?name=c.csv&tab=feedback", content=comments,
        headers={"origin": "http://127.0.0.1:8123", "x-parts": "1"},
    ).text  # fmt: skip
    assert "4 comments" in shown
    assert "<blockquote>" in shown
    asked = page.post(f"{ORDERS}/say", {"words": "what do customers say about the delivery?"}).text
    assert "1 comment of 4 speaks of that" in asked
    assert "The delivery was late" in asked
    rows = [f"{case},{step},2026-03-{day:02} 0{hour}:00" for case in range(1, 9)
            for day, hour, step in ((case, 8, "Take order"), (case, 9, "Pack goods"))]  # fmt: skip
    log = "\n".join(["case,activity,timestamp", *rows]).encode()
    page.upload("/p/mined", "log.csv", log)
    assert [task.name for task in tasks(app.session("mined").process)] == ["Take order", "Pack goods"]
    shown = page.upload(ORDERS, "log.csv", log).text
    assert "Told" in shown
    assert " --" not in shown, "what the options of a command do is of no use here"
    assert "measure all" in shown
    assert "What changed, as measured" in page.post(f"{ORDERS}/say", {"words": "measure all"}).text
    again = page.upload(ORDERS, "tickets.csv", log.replace(b"case,activity,timestamp", b"ticket,event,date")).text
    assert "16 events of 8 cases" in again
    assert "call the column" in page.upload(ORDERS, "prices.csv", b"item,price\nbread,2\nmilk,1\n").text
    assert "Nothing was changed" in page.upload("/p/other", "x.bin", bytes(range(256))).text or not app.store.exists(
        "x"
    )


def test_one_starts_from_the_library(app: App, page: Browser) -> None:
    assert "Order-to-cash" in page.get("/p/new?tab=library&q=customers+order+goods").text
    entry = page.get("/p/new/entry/P01").text
    assert "<svg" in entry
    assert "Start from it" in entry
    page.post("/p/new/start", {"entry": hidden(entry, "entry")})
    assert tasks(app.session("new").process)
    assert "has a process already" in page.post("/p/new/start", {"entry": "P01"}).text


def test_two_browsers_see_the_same_and_nothing_interleaves(app: App, page: Browser) -> None:
    other = browser(app, page.door)
    other.client = type(page.client)(page.client.app, base_url=page.client.base_url, cookies=page.client.cookies)
    number = shown_number(other)
    page.post(f"{ORDERS}/say", {"words": STORY})
    assert shown_number(other) > number
    assert "Check order" in other.get(f"{ORDERS}/parts").text
    wishes = [(page, "after", f"Stamp {at}") if at % 2 else (other, "after", f"Scan {at}") for at in range(6)]
    threads = [
        threading.Thread(target=who.post, args=(f"{ORDERS}/edit", {"what": what, "step": "check_order", "value": name}))
        for who, what, name in wishes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = names(app)
    assert all(name in there for _, _, name in wishes)
    turns = [entry.turn for entry in app.store.entries("orders") if entry.kind == "edits"][1:]
    assert len(set(turns)) == len(wishes)


def test_what_another_program_writes_is_seen(app: App, page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.page.desk.LOOK_EVERY", 0.0)
    page.post(f"{ORDERS}/say", {"words": STORY})
    number = shown_number(page)
    app.session("orders").request("Rename Check order to Vet order")
    assert shown_number(page) > number
    assert "Vet order" in page.get(f"{ORDERS}/parts").text


def test_the_conversation_is_what_the_journal_tells_after_a_new_start(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "check_order", "value": "Vet order"})
    page.post(f"{ORDERS}/say", {"words": "the warehouse scans the parcel"})
    page.post(f"{ORDERS}/say", {"words": "undo"})
    again = browser(app).get(ORDERS).text
    assert "A customer sends an order" in again
    assert "Renamed “Check order” to “Vet order”" in again
    assert "Taken back." in again


def test_comments_of_a_share_file_come_back(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    file = {
        "schema": "comments/1", "project": "orders",
        "comments": [{"element": "check_order", "by": "Ada", "text": "Only above 500"}],
    }  # fmt: skip
    page.upload(ORDERS, "comments.json", json.dumps(file).encode())
    notes = [entry.what.text for entry in app.store.entries("orders") if entry.kind == "note"]
    assert "Comment by Ada on “Check order”: “Only above 500”" in notes
    shared = page.get(f"{ORDERS}/files/share.html").text
    assert 'data-comment="check_order"' in shared
    script = re.search(r"<script>(.*)</script>", shared, re.DOTALL)[1]
    told = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src '{told}'" in shared.replace("&#39;", "'").replace("&#43;", "+")
    assert "damaged" in page.upload(ORDERS, "c.json", b'{"schema": "comments/1", "comments": []}').text


def test_comments_come_back_by_the_command_too(app: App, page: Browser, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from assistant.cli.main import cli

    page.post(f"{ORDERS}/say", {"words": STORY})
    file = tmp_path / "comments.json"
    file.write_text('{"schema": "comments/1", "project": "orders", "comments": [{"text": "A step is missing"}]}')
    result = CliRunner().invoke(cli, ["project", "import", str(file), "--project", "orders"])
    assert result.exit_code == 0, result.output
    assert "1 comment noted" in result.stdout
    assert any(entry.kind == "note" and "A step is missing" in entry.what.text for entry in app.store.entries("orders"))


def test_the_page_shows_names_as_told_and_keeps_letters(app: App, page: Browser) -> None:
    story = "Mr Adler takes every order. Then Mrs Brandl checks the order. Miss Egger sends the goods."
    shown = page.post(f"{ORDERS}/say", {"words": story}).text
    assert "Mr Adler" in shown
    assert "Mr A<" not in shown
    page.post(f"{ORDERS}/edit", {"what": "role", "step": "check_order", "value": "", "new": "Mr Zeller"})
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "take_order", "value": "Take order of Mr Adler"})
    assert "Mr Zeller" in page.get(ORDERS).text
    assert "Mr Zeller" in page.get(f"{ORDERS}/map").text
    assert "Take order of Mr Adler" in page.get(f"{ORDERS}/files/process.bpmn").text
    kept = json.dumps([entry.document() for entry in app.store.entries("orders")])
    assert "Mr Z" in kept
    assert not any(name in kept for name in ("Adler", "Brandl", "Egger", "Zeller"))
    share = page.get(f"{ORDERS}/files/share.html").text
    assert "Mr A" in share
    assert "Adler" not in share, "it travels"


def test_a_comment_stays_with_what_it_is_about(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    page.post(f"{ORDERS}/propose")
    said = [
        {"element": "alternative:small steps", "by": "Ada", "text": "Not all of it <script>"},
        {"element": "report", "text": "Too long"},
        {"element": "check_order", "text": "Only above 500"},
    ]
    page.post(f"{ORDERS}/edit", {"what": "delete", "step": "check_order", "value": ""})
    data = json.dumps({"schema": "comments/1", "project": "orders", "comments": said}).encode()
    told = page.upload(ORDERS, "c.json", data).text
    assert "on the alternative “small steps”" in told
    assert "on the report" in told
    assert "on a step that is no longer there" in told
    card = page.get(f"{ORDERS}/parts?tab=alternatives").text
    assert "Not all of it" in card.split('aria-label="Comments on')[1].split("</ul>")[0]
    assert "<script>" not in card
    page.post(f"{ORDERS}/comment?tab=alternatives", {"step": "alternative:small steps", "words": "Yes, do that"})
    assert "Yes, do that" in page.get(f"{ORDERS}/parts?tab=alternatives").text.split('aria-label="Comments on')[1]
    turn = page.app.store.entries("orders")
    assert [entry.what.about for entry in turn if getattr(entry.what, "about", "")] == [
        "alternative:small steps", "report", "check_order", "alternative:small steps",
    ]  # fmt: skip
