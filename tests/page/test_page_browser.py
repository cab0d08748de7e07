"""A real browser at the running program: the main way, the keyboard, two browsers, a killed server; nothing outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_kit import STORY, running

from assistant.page.views import TABS

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]
LONG = 60_000
"""Milliseconds a step may take on a busy machine; nothing is asserted about it."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as made:
        browser = made.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def home_link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One program for all tests that end it with nothing, each at a project of its own."""
    cache = tmp_path_factory.getbasetemp().parent / "assistant-cache"
    with running("orders", tmp_path_factory.mktemp("home"), cache) as (_, link):
        yield link


def opened(chromium: Any, link: str, there: str = "#words") -> tuple[Any, list[str]]:
    """A page in a browser of its own, and what goes wrong in it: errors, and requests to elsewhere."""
    page, wrong = chromium.new_context(viewport={"width": 1400, "height": 900}).new_page(), []
    page.set_default_timeout(LONG)
    home = "/".join(link.split("/")[:3])
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((home, "data:")) else wrong.append(asked.url))
    page.goto(link)
    page.wait_for_selector(there)
    return page, wrong


def tell(page: Any, words: str) -> None:
    page.fill("#words", words)
    page.click("#say .main")
    page.wait_for_selector(f'.said:has-text("{words[:30]}")')


def test_first_sentence_to_report_and_back(chromium: Any, home_link: str) -> None:
    page, wrong = opened(chromium, home_link.replace("/p/orders", "/"), "#name")
    page.fill("#name", "first sentence")
    page.click("button")
    page.wait_for_selector(".begin")
    assert page.url.endswith("/p/first-sentence")
    tell(page, STORY)
    page.wait_for_selector("#canvas [data-block=check_order]")
    page.click("#canvas [data-block=check_order]")
    page.fill("#menu input[name=value] >> nth=0", "Vet order")
    page.click("#menu button:has-text('Rename')")
    page.wait_for_selector(".steps :text('Vet order')", state="attached")
    page.fill(".questions input >> nth=0", "12 minutes")
    page.click(".questions button")
    page.wait_for_selector(".said:has-text('12 minutes')")
    page.click(".propose .main")
    page.wait_for_selector(".findings")
    page.click("a[data-tab=alternatives]")
    page.click(".proposals button[value=yes] >> nth=0")
    page.wait_for_selector(".fate:has-text('Taken over')")
    page.click(".turn:has(.said:text-is('12 minutes')) .back button")
    page.wait_for_selector(".turn.undone .said:text-is('12 minutes')")
    page.click("a[data-tab=report]")
    with page.expect_popup() as popup:
        page.click("text=Read the report")
    popup.value.wait_for_selector("h1")
    assert wrong == []


AXE = Path(__file__).parents[1] / "foreign" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.node
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
def test_nothing_stands_in_the_way_of_a_screen_reader(chromium: Any, home_link: str) -> None:
    page = chromium.new_context(bypass_csp=True).new_page()
    page.set_default_timeout(LONG)
    page.goto(home_link.replace("/p/orders", "/p/reader"))
    page.wait_for_selector("#words")
    tell(page, STORY)
    page.click("#canvas [data-block=check_order]")
    page.wait_for_selector("#menu form")
    for tab in TABS:
        page.click(f"a[data-tab={tab}]")
        page.wait_for_selector(f"#columns[data-tab={tab}]")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("axe.run().then((result) => result.violations.map((one) => one.id))")
        assert found == [], tab


def test_keyboard_alone_changes_the_map(chromium: Any, home_link: str) -> None:
    link = home_link.replace("/p/orders", "/p/keyboard-alone")
    page, wrong = opened(chromium, link)
    page.focus("#words")
    page.keyboard.insert_text(STORY)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#canvas [data-block=check_order]")
    page.focus("#canvas [data-block=check_order]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#menu input:focus")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Vet order")
    page.keyboard.press("Enter")
    page.wait_for_selector(".steps :text('Vet order')", state="attached")
    page.focus("#canvas [data-block=check_order]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#menu input:focus")
    page.keyboard.press("Escape")
    assert page.query_selector("#menu form") is None
    assert wrong == []


def test_a_step_dragged_to_another_lane_changes_hands_and_undo_brings_it_back(chromium: Any, home_link: str) -> None:
    page, wrong = opened(chromium, home_link.replace("/p/orders", "/p/dragged"))
    tell(page, STORY)
    page.wait_for_selector("#canvas [data-block=check_order]")
    page.hover("#canvas [data-block=check_order]")
    page.mouse.down()
    lane = page.query_selector("#canvas [data-lane=customer]").bounding_box()
    page.mouse.move(lane["x"] + 60, lane["y"] + lane["height"] - 12, steps=4)
    page.mouse.up()
    done_by = ".steps li:has([data-step=check_order]) .soft"
    page.wait_for_selector(f"{done_by}:has-text('Customer')", state="attached")
    assert page.query_selector("#menu form") is None
    page.click("#say button[value=undo]")
    page.wait_for_selector(f"{done_by}:has-text('clerk')", state="attached")
    assert wrong == []


def test_two_browsers_and_a_file_and_a_phone(chromium: Any, home_link: str, tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    link = home_link.replace("/p/orders", "/p/two-browsers")
    page, wrong = opened(chromium, link)
    other, wrong_there = opened(chromium, link)
    other.set_viewport_size({"width": 390, "height": 844})
    other.fill("#words", "half a sentence")
    page.set_input_files("#file", str(file))
    page.wait_for_selector("#canvas [data-block=check_order]")
    other.wait_for_selector("#canvas [data-block=check_order]")
    assert other.input_value("#words") == "half a sentence"
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    assert wrong == wrong_there == []


def test_killed_in_a_turn_nothing_acknowledged_is_lost(chromium: Any, own_home: Path) -> None:
    with running("orders", own_home) as (program, link):
        page, _ = opened(chromium, link)
        tell(page, STORY)
        page.wait_for_selector("#canvas [data-block=check_order]")
        page.click(".propose .main", no_wait_after=True)
        program.kill()
        program.wait()
        page.wait_for_selector("text=does not answer")
    with running("orders", own_home) as (_, link):
        page, wrong = opened(chromium, link)
        page.wait_for_selector("#canvas [data-block=check_order]")
        assert page.query_selector(".said:has-text('A customer sends an order')")
        assert wrong == []


def test_a_share_file_opened_from_the_disk_gives_comments_back(chromium: Any, home_link: str, tmp_path: Path) -> None:
    link = home_link.replace("/p/orders", "/p/a-share")
    page, wrong = opened(chromium, link)
    tell(page, STORY)
    page.click("a[data-tab=report]")
    with page.expect_download() as kept:
        page.click("a:has-text('share.html')")
    shared = tmp_path / "share.html"
    kept.value.save_as(str(shared))
    reader = chromium.new_context(offline=True, accept_downloads=True).new_page()
    reader.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    reader.goto(shared.as_uri())
    reader.fill("[data-comment=check_order]", "Only above 500 euros")
    with reader.expect_download() as given:
        reader.click("#give")
    back = tmp_path / "comments.json"
    given.value.save_as(str(back))
    page.set_input_files("#file", str(back))
    page.wait_for_selector(".reply:has-text('Only above 500 euros')")
    assert wrong == []
