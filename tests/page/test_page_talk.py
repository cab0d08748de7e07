"""The conversation on the page: how one begins, what can be clicked instead of typed, a turn taken back on its own."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from page_kit import STORY, Browser

from assistant.app import App
from assistant.page.desk import LOOK_EVERY, Desk
from assistant.process.tree import by_id, tasks

ORDERS = "/p/orders"


def test_an_empty_page_says_how_to_begin_and_a_drawn_one_does_not(page: Browser) -> None:
    shown = page.get(ORDERS).text
    for way in ("Tell it", "Bring what you have", "Start from a process like yours"):
        assert way in shown
    assert "order desk takes the order" in re.search(r'data-fill="([^"]+)"', shown)[1]
    assert 'value="help"' in shown, "a word that can be said can be clicked"
    assert "Three ways to begin" not in page.post(f"{ORDERS}/say", {"words": STORY}).text


def test_a_form_of_our_own_page_is_known_by_the_browser_to_be_ours(page: Browser) -> None:
    # With no referrer at all a browser says of every plain form that it comes from nowhere.
    assert page.get("/").headers["referrer-policy"] == "same-origin"
    assert page.client.post("/new", data={"name": "order handling"}, headers={"origin": "null"}).status_code == 403
    answer = page.post("/new", {"name": "order handling"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/p/order-handling")


def test_a_turn_is_taken_back_on_its_own(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "check_order", "value": "Vet order"})
    renamed = app.store.entries("orders")[-1].turn
    page.post(f"{ORDERS}/figure", {"element": "pack_goods", "field": "work", "value": "40 min"})
    shown = page.get(ORDERS).text
    assert f'name="turn" value="{renamed}"' in shown
    shown = page.post(f"{ORDERS}/back", {"turn": str(renamed)}).text
    assert "Taken back" in shown
    assert f'name="turn" value="{renamed}"' not in shown
    process = app.session("orders").process
    assert "Check order" in [task.name for task in tasks(process)]
    assert by_id(process)["pack_goods"].work.mean_seconds == 2400


def test_a_turn_that_others_build_on_is_kept_and_the_reason_told(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "check_order", "value": "Vet order"})
    before = app.session("orders").process
    assert "Later steps build on it" in page.post(f"{ORDERS}/back", {"turn": "1"}).text
    assert "There is no turn 99" in page.post(f"{ORDERS}/back", {"turn": "99"}).text
    assert app.session("orders").process == before


def test_each_question_shows_how_it_may_be_answered_and_none_need_be(app: App, page: Browser) -> None:
    shown = page.post(f"{ORDERS}/say", {"words": STORY}).text
    first = re.findall(r'name="(q:[^"]+)"', shown)
    assert "such as 15 minutes" in shown
    shown = page.post(f"{ORDERS}/say", {"words": "I don't know"}).text
    assert re.findall(r'name="(q:[^"]+)"', shown) != first
    assert "typical figures" in shown


def test_no_file_of_this_machine_is_read_by_its_path(app: App, page: Browser, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The clerk checks the order. Then the manager approves it.", encoding="utf-8")
    for words in (str(secret), f"read {secret}", f"/read '{secret}'", str(tmp_path / "no such.txt")):
        assert "No file is read here by its path" in page.post(f"{ORDERS}/say", {"words": words}).text
    assert app.session("orders").empty


def test_what_is_asked_is_about_what_is_there_and_not_known(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": f"{STORY} Then the warehouse loads the van."})
    first, second = re.findall(r'name="q:work:([^"]+)"', page.post(f"{ORDERS}/say", {"words": "questions"}).text)[:2]
    filled = {"element": first, "field": "work", "value": "5 min"}
    assert f'name="q:work:{first}"' not in page.post(f"{ORDERS}/figure?tab=table", filled).text
    gone = {"what": "delete", "step": second}
    assert f'name="q:work:{second}"' not in page.post(f"{ORDERS}/edit", gone).text


def test_help_on_the_page_names_only_what_can_be_done_there(page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    shown = page.post(f"{ORDERS}/say", {"words": "help"}).text
    assert "choose it with “File”" in shown
    assert 'value="propose"' in shown
    assert "export FOLDER" not in shown
    assert "close the window" in page.post(f"{ORDERS}/say", {"words": "quit"}).text


def test_a_project_that_was_deleted_leaves_its_name_free(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    app.store.delete("orders")
    time.sleep(LOOK_EVERY)  # it looks no sooner
    assert "Three ways to begin" in page.get(ORDERS).text
    assert 'data-step="check_order"' in page.post(f"{ORDERS}/say", {"words": STORY}).text


def test_a_clock_put_back_leaves_no_open_page_behind(app: App, page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    last = app.session("orders").state.journal[-1].at.timestamp()
    monkeypatch.setattr("assistant.page.desk.time.time", lambda: last - 3600)
    assert Desk(app, "orders").shown.number > last


def test_an_answer_in_the_form_is_an_answer_also_where_there_is_something_to_decide(app: App, page: Browser) -> None:
    page.post(f"{ORDERS}/say", {"words": STORY})
    page.post(f"{ORDERS}/propose")
    assert app.session("orders").proposals()
    shown = page.post(f"{ORDERS}/say", {"words": "questions"}).text
    people = re.search(r'name="(q:capacity:[^"]+)"', shown)
    work = re.search(r'name="(q:work:[^"]+)"', shown)
    for asked, words in ((work, "5 minutes"), (people, "2")):
        if asked:
            shown = page.post(f"{ORDERS}/answer", {asked[1]: words}).text
            assert f'name="{asked[1]}"' not in shown
            assert f"</span>{words}</p>" in shown, "it is shown as it was said"
    assert work or people
    assert "Left open" not in page.post(f"{ORDERS}/say", {"words": "5 minutes"}).text
