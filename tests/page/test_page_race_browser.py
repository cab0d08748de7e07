"""A real browser when answers come late or out of order: what was pressed counts, what was asked for last is shown."""

from __future__ import annotations

from typing import Any

from browser_kit import BROWSER, LONG, Pages, opened, tell
from page_kit import STORY

pytestmark = BROWSER
STEP = "#canvas [data-block=check_order]"


class Late:
    """Answers of the program that come only when they are let go; `what` is part of their address."""

    def __init__(self, page: Any, what: str) -> None:
        self.page, self.held, self.open = page, [], False
        page.route(lambda address: what in address, self._hold)

    def _hold(self, route: Any) -> None:
        answer = None if self.open else route.fetch()
        if answer is None:
            route.continue_()
        elif self.open:  # let go while it was fetched
            route.fulfill(response=answer)
        else:
            self.held.append((route, answer))

    def wait(self, count: int = 1) -> None:
        """Until so many are held."""
        for _ in range(LONG // 20):
            if len(self.held) >= count:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{len(self.held)} of {count} answers were asked for")

    def come(self) -> None:
        """Let go what was held, and hold nothing more."""
        self.wait()
        self.open = True
        for route, answer in self.held:
            route.fulfill(response=answer)


SOONER = "() => { const wait = setTimeout; window.setTimeout = (go, time) => wait(go, Math.min(time || 0, 100)); }"
"""What the page does again after two seconds it does at once."""


def told(chromium: Pages, home_link: str, project: str) -> tuple[Any, list[str]]:
    """A browser at a story, and what goes wrong in it."""
    page, wrong = opened(chromium, home_link.replace("/p/orders", f"/p/{project}"))
    tell(page, STORY)
    page.wait_for_selector(STEP)
    return page, wrong


def two(chromium: Pages, home_link: str, project: str) -> tuple[Any, Any, tuple[list[str], list[str]]]:
    """Two browsers at one story, and what goes wrong in either."""
    page, wrong = told(chromium, home_link, project)
    other, wrong_there = opened(chromium, home_link.replace("/p/orders", f"/p/{project}"))
    other.wait_for_selector(STEP)
    return page, other, (wrong, wrong_there)


def test_a_tab_that_was_chosen_is_not_swept_away_by_what_was_asked_for_before(chromium: Pages, home_link: str) -> None:
    page, other, wrong = two(chromium, home_link, "late-parts")
    late = Late(page, "parts?tab=findings")
    tell(other, "rename check order to vet order")
    late.wait()
    page.click("a[data-tab=table]")
    page.wait_for_selector("#columns[data-tab=table]")
    late.come()
    page.wait_for_selector(".turn .said:has-text('rename check order')")
    page.wait_for_timeout(300)
    assert page.get_attribute("#columns", "data-tab") == "table"
    assert wrong == ([], [])


def test_of_two_tabs_chosen_at_once_the_last_one_is_shown(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "two-tabs")
    late = Late(page, "parts?tab=library")
    page.click("a[data-tab=library]", no_wait_after=True)
    page.click("a[data-tab=table]")
    page.wait_for_selector("#columns[data-tab=table]")
    late.come()
    page.wait_for_timeout(300)
    assert page.get_attribute("#columns", "data-tab") == "table"
    assert wrong == []


def test_what_is_pressed_stays_until_it_is_let_go_and_then_all_is_as_it_is_now(chromium: Pages, home_link: str) -> None:
    page, other, wrong = two(chromium, home_link, "pressed")
    box = page.wait_for_selector(".next button:has-text('Where does the time go?')").bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    tell(other, "rename check order to vet order")
    page.wait_for_timeout(700)
    assert page.query_selector(".said:has-text('rename check order')") is None
    page.mouse.up()
    page.wait_for_selector(".turn .said:has-text('Where does the time go?')")
    page.wait_for_selector(".turn .said:has-text('rename check order')")
    page.wait_for_selector(f"{STEP}[aria-label*='Vet order']")
    assert wrong == ([], [])


def test_half_a_sentence_outlasts_a_press_of_something_else_and_a_file(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "half-said")
    page.fill("#words", "half a sentence")
    page.click("#say button:has-text('Where does the time go?')")
    page.wait_for_selector(".turn:not(.coming) .said:has-text('Where does the time go?')")
    assert page.input_value("#words") == "half a sentence"
    page.set_input_files("#file", {"name": "a.bin", "mimeType": "text/plain", "buffer": b"\x00\x01"})
    page.wait_for_selector(".turn.unclear:not(.coming) .said:has-text('a.bin')")
    assert page.input_value("#words") == "half a sentence"
    assert wrong == []


def test_a_page_that_missed_an_answer_asks_once_more(chromium: Pages, home_link: str) -> None:
    page, other, _ = two(chromium, home_link, "cut-off")
    page.evaluate(SOONER)
    for missed in ("**/parts?*", "**/map?*"):
        page.route(missed, lambda route: route.abort(), times=1)
    tell(other, "rename check order to vet order")
    page.wait_for_selector(f"{STEP}[aria-label*='Vet order']")


def test_of_two_maps_chosen_at_once_the_last_one_is_drawn(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "two-maps")
    tell(page, "rename check order to vet order")
    page.click(".versions summary")
    late = Late(page, "/map?")
    page.click("a[data-map='turn:1']")
    late.wait()
    page.click("a[data-map='turn:2']")
    page.wait_for_selector("#columns[data-map='turn:2']")
    late.come()
    page.wait_for_selector("body[data-drawn*='turn:2']")
    assert page.get_attribute(STEP, "aria-label").startswith("Vet order")
    assert wrong == []


def test_a_press_counts_while_the_answer_to_another_one_is_on_its_way(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "pressed-on")
    said, tab = Late(page, "/say?"), Late(page, "parts?tab=table")
    page.fill("#words", "rename check order to vet order")
    page.click("#say .main", no_wait_after=True)
    said.wait()
    page.press("#words", "End")
    page.type("#words", " and then")
    page.click("a[data-tab=table]")
    tab.wait()
    said.come()
    tab.come()
    page.wait_for_selector("#columns[data-tab=table]")
    page.wait_for_selector(".turn:not(.coming) .said:has-text('rename check order')")
    page.wait_for_function("() => document.getElementById('words').value === 'and then'")
    assert page.get_attribute("#columns", "data-tab") == "table"
    assert wrong == []


def test_a_step_that_was_chosen_opens_though_the_page_is_drawn_anew_meanwhile(chromium: Pages, home_link: str) -> None:
    page, other, wrong = two(chromium, home_link, "chosen-step")
    late = Late(page, "/step/")
    page.focus(STEP)
    page.keyboard.press("Enter")
    late.wait()
    tell(other, "rename check order to vet order")
    page.wait_for_selector(".turn .said:has-text('rename check order')")
    late.come()
    page.wait_for_selector("#menu form")
    assert wrong == ([], [])
