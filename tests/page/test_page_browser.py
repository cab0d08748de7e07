"""A real browser at the running program: the main way, the keyboard, two browsers, a killed server; nothing outside."""

from __future__ import annotations

from pathlib import Path

from browser_kit import BROWSER, Pages, faults, opened, tell
from page_kit import STORY, running
from short_plays import SHORT_PLAYS

from assistant.page.views import TABS
from assistant.projects.store import Store

pytestmark = BROWSER
COMMENTS = b"id,comment\n1,The delivery was late\n2,late again!\n3,so late\n4,wrong bill\n5,the bill was wrong\n"


def test_first_sentence_to_report_and_back(chromium: Pages, home_link: str) -> None:
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
    page.wait_for_selector(".turn:not(.coming) .said:has-text('12 minutes')")
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


def test_nothing_stands_in_the_way_of_a_screen_reader(chromium: Pages, home_link: str) -> None:
    page, _ = opened(chromium, home_link.replace("/p/orders", "/p/reader"), bypass_csp=True)
    tell(page, STORY)
    page.set_input_files("#file", {"name": "c.csv", "mimeType": "text/csv", "buffer": COMMENTS})
    page.wait_for_selector(".theme blockquote")
    page.click(".next button:has-text('Look for what hurts')")
    page.wait_for_selector(".turn:not(.coming) .reply:has-text('What hurts most')")
    page.click("#canvas [data-block=check_order]")
    page.wait_for_selector("#menu form")
    assert faults(page) == []
    for tab in TABS:
        page.click(f"a[data-tab={tab}]")
        page.wait_for_selector(f"#columns[data-tab={tab}]")
        if tab == "library":
            page.click(".shelf button >> nth=0")
            page.wait_for_selector("#entry article")
        assert faults(page, "#panel") == [], tab
    top = page.url.split("/p/")[0]
    for address, there in (("/", "#name"), ("/evals", ".figures"), ("/p/reader/people", "#name")):
        page.goto(top + address)
        page.wait_for_selector(there)
        assert faults(page) == [], address


def test_keyboard_alone_answers_and_changes_the_map_on_a_small_screen(chromium: Pages, home_link: str) -> None:
    link = home_link.replace("/p/orders", "/p/keyboard-alone")
    page, wrong = opened(chromium, link, size=(1366, 620))
    page.focus("#words")
    page.keyboard.insert_text(STORY)
    page.press("#words", "Control+Enter")
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
    send = page.query_selector("#say .main").bounding_box()
    assert send["y"] + send["height"] <= 620, "what is said can be sent without scrolling"
    page.focus(".next [data-ask]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".questions input:focus")
    page.keyboard.insert_text("12 minutes")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn:not(.coming) .said:has-text('12 minutes')")
    assert wrong == []


def test_two_browsers_and_a_file_and_a_phone(chromium: Pages, home_link: str, tmp_path: Path) -> None:
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


def test_killed_in_a_turn_nothing_acknowledged_is_lost(chromium: Pages, own_home: Path) -> None:
    (own_home / "config.toml").write_text(SHORT_PLAYS, encoding="utf-8")
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
        with Store.open(own_home / "projects.db") as store:
            store.delete("orders")
        page.click("[role=alert] a:has-text('The projects there are')")
        page.wait_for_selector(".front h1")
        assert wrong == []


def test_a_share_file_opened_from_the_disk_gives_comments_back(chromium: Pages, home_link: str, tmp_path: Path) -> None:
    link = home_link.replace("/p/orders", "/p/a-share")
    page, wrong = opened(chromium, link)
    tell(page, STORY)
    page.click("a[data-tab=report]")
    with page.expect_download() as kept:
        page.click("a:has-text('share.html')")
    shared = tmp_path / "share.html"
    kept.value.save_as(str(shared))
    reader, wrong_there = opened(chromium, shared.as_uri(), "#give", offline=True)
    reader.fill("[data-comment=check_order]", "Only above 500 euros")
    with reader.expect_download() as given:
        reader.click("#give")
    back = tmp_path / "comments.json"
    given.value.save_as(str(back))
    page.set_input_files("#file", str(back))
    page.wait_for_selector(".reply:has-text('Only above 500 euros')")
    assert wrong == wrong_there == []
