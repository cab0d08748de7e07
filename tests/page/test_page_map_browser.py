"""The map in a real browser: drags and undo, names written in their place, the keyboard, heat, a play, two browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser_kit import BROWSER, Pages, faults, opened, tell
from page_kit import STORY

pytestmark = BROWSER
STEP = "#canvas [data-block=check_order]"
DONE_BY = ".steps li:has([data-step=check_order]) .soft"
HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'
STILL = "#canvas[aria-busy=false]"
"""The map as it was last asked for: nothing of it will move by itself."""


def at(page: Any, selector: str) -> tuple[float, float]:
    """The middle of something on the screen, when the map stands still."""
    page.wait_for_selector(STILL)
    box = page.wait_for_selector(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Any, x: float, y: float) -> None:
    """The step dragged to a point."""
    page.mouse.move(*at(page, STEP))
    page.mouse.down()
    page.mouse.move(x, y, steps=5)
    page.mouse.move(x + 1, y, steps=2)
    page.mouse.up()


def told(chromium: Pages, home_link: str, project: str, **context: Any) -> tuple[Any, list[str]]:
    page, wrong = opened(chromium, home_link.replace("/p/orders", f"/p/{project}"), **context)
    tell(page, STORY)
    page.wait_for_selector(STEP)
    page.wait_for_selector(STILL)
    return page, wrong


@pytest.fixture(scope="module")
def drawn(launched: Pages, home_link: str) -> Iterator[tuple[Any, list[str]]]:
    """One drawing for the looks that leave it as it was."""
    before = len(launched.lent)
    page, wrong = told(launched, home_link, "looked-at")
    yield page, wrong
    launched.give_back(before)


def test_a_step_dragged_to_another_lane_changes_hands_and_undo_brings_it_back(drawn: tuple[Any, list[str]]) -> None:
    page, wrong = drawn
    _, y = at(page, "#canvas [data-element-id=lane_warehouse]")
    drag(page, at(page, STEP)[0], y + 20)
    page.wait_for_selector(f"{DONE_BY}:has-text('Warehouse')", state="attached")
    page.wait_for_selector(f"{STEP}.mark-changed")
    assert page.query_selector("#menu form") is None
    page.click("#say button[value=undo]")
    page.wait_for_selector(f"{DONE_BY}:has-text('clerk')", state="attached")
    assert wrong == []


def test_a_drag_that_is_no_edit_snaps_back_and_says_why(drawn: tuple[Any, list[str]]) -> None:
    page, wrong = drawn
    before = at(page, STEP)
    drag(page, before[0] + 12, before[1] + 12)
    page.wait_for_selector("#notice:has-text('stays where it is')")
    assert at(page, STEP)[0] == before[0]
    assert wrong == []


def test_a_name_is_written_in_its_place(drawn: tuple[Any, list[str]]) -> None:
    page, wrong = drawn
    page.mouse.dblclick(*at(page, STEP))
    page.wait_for_selector(".djs-direct-editing-content")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Vet order")
    page.keyboard.press("Enter")
    page.wait_for_selector(".steps :text('Vet order')", state="attached")
    page.click("#say button[value=undo]")
    page.wait_for_selector(".steps :text('Check order')", state="attached")
    assert wrong == []


def test_the_map_by_keyboard_alone(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "by-keyboard")
    page.focus(STEP)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.block") != "check_order"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.block") == "check_order"
    page.keyboard.press("Enter")
    page.wait_for_selector("#menu input:focus")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.block") == "check_order"
    page.keyboard.press("Alt+ArrowLeft")
    first = ".steps li:nth-child(1) [data-step=check_order]"
    page.wait_for_selector(first, state="attached")
    page.wait_for_selector(f"{STEP}:focus")
    page.keyboard.press("F2")
    page.keyboard.press("Escape")
    page.wait_for_selector(f"{STEP}:focus")
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Vet order")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{STEP}[aria-label^='Vet order']:focus")
    page.keyboard.press("Delete")
    page.wait_for_selector(STEP, state="detached")
    page.wait_for_selector("#canvas [data-block]:focus")
    assert wrong == []


def test_heat_and_a_play_lie_over_the_map(drawn: tuple[Any, list[str]]) -> None:
    page, wrong = drawn
    page.select_option("#colours", "waiting")
    page.wait_for_selector(".is-heat")
    page.wait_for_selector("#layer:has-text('Most at')")
    assert page.query_selector("#canvas .heat-5")
    page.click("#playing")
    page.wait_for_selector(".dot")
    page.wait_for_selector(".player output:has-text('under way')")
    page.click("#playing")
    page.wait_for_selector(".dot", state="detached")
    assert wrong == []


def test_today_and_an_alternative_move_together(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "beside")
    page.click(".propose .main")
    page.wait_for_selector(".findings")
    page.click(".maptools .chip >> nth=1")
    page.click("a.chip:has-text('Side by side')")
    page.wait_for_selector(".mapcanvas.two .drawing >> nth=1")
    page.wait_for_selector(".drawing:nth-child(2) .mapbadge")
    page.wait_for_selector(STILL)
    page.click("[data-zoom=in]")
    left, right = (box.get_attribute("transform") for box in page.query_selector_all(".mapcanvas .viewport"))
    assert [round(float(part)) for part in re.findall(r"-?[\d.]+", left)] == [
        round(float(part)) for part in re.findall(r"-?[\d.]+", right)
    ]
    assert wrong == []


def test_what_one_browser_does_another_sees(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "seen-by-two")
    other, wrong_there = opened(chromium, home_link.replace("/p/orders", "/p/seen-by-two"))
    other.wait_for_selector(STEP)
    other.focus(STEP)
    page.focus(STEP)
    page.keyboard.press("Alt+ArrowLeft")
    other.wait_for_selector(f"{STEP}.mark-changed, #canvas [data-block=send_order].mark-changed")
    other.wait_for_selector(f"{STEP}:focus")
    assert wrong == wrong_there == []


def test_hostile_names_are_inert_on_the_map(chromium: Pages, home_link: str) -> None:
    page, wrong = told(chromium, home_link, "hostile")
    title = page.title()
    page.focus(STEP)
    page.keyboard.press("Enter")
    page.fill("#menu input[name=value] >> nth=0", HOSTILE)
    page.keyboard.press("Enter")
    page.wait_for_selector(f'{STEP}[aria-label*="onerror"]')
    page.focus(STEP)
    page.keyboard.press("Enter")
    page.fill("#menu input[name=words]", HOSTILE)
    page.click("#menu button:has-text('Note it')")
    page.wait_for_selector(".is-comment")
    page.select_option("#colours", "waiting")
    page.wait_for_selector(".is-heat")
    assert page.title() == title
    assert page.query_selector("#parts img, #parts script") is None
    assert wrong == []


def test_nothing_on_the_map_stands_in_the_way_of_a_screen_reader(chromium: Pages, home_link: str) -> None:
    page, _ = told(chromium, home_link, "for-the-ear", bypass_csp=True)
    page.select_option("#colours", "waiting")
    page.wait_for_selector(".is-heat")
    page.focus(STEP)
    page.keyboard.press("Alt+ArrowLeft")
    page.click(".versions summary")
    page.click(".timeline a >> nth=0")
    page.wait_for_selector(".timeline .here")
    assert faults(page) == []
