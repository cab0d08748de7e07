"""A real browser for tests: Debian's chromium, what goes wrong in it, and a sentence told on the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
LONG = 120_000
"""Milliseconds a step may take on a busy machine; nothing is asserted about it."""


class Pages:
    """Pages of one browser. What a test gives back another one opens its address in, with other cookies and what else
    the address sets: a page made anew reads and compiles all the scripts again, which takes a second."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.lent: list[tuple[tuple[Any, ...], Any, list[tuple[str, Any]]]] = []
        self._free: dict[tuple[Any, ...], list[Any]] = {}

    def lend(self, heard: list[tuple[str, Any]], **context: Any) -> Any:
        """A page at which `heard` is listened to; `context` is what it is made with."""
        kind = tuple(sorted(context.items()))
        free = self._free.setdefault(kind, [])
        page = free.pop() if free else self.browser.new_context(**context).new_page()
        for what, hear in heard:
            page.on(what, hear)
        self.lent.append((kind, page, heard))
        return page

    def give_back(self, keep: int = 0) -> None:
        """All pages lent since there were so many; nothing goes on being drawn in them unseen."""
        while len(self.lent) > keep:
            kind, page, heard = self.lent.pop()
            for what, hear in heard:
                page.remove_listener(what, hear)
            for other in page.context.pages:
                if other is not page:
                    other.close()
            page.unroute_all(behavior="ignoreErrors")
            if _rests(page):
                self._free[kind].append(page)
            else:
                page.context.close()


def _rests(page: Any) -> bool:
    """Leave a page where nothing runs in it: at a style of the program it was at, since an empty page would end the
    process that has compiled the scripts. Whether the program is still there."""
    from playwright.sync_api import Error

    top = "/".join(page.url.split("/")[:3])
    try:
        page.goto(f"{top}/static/page.css" if top.startswith("http") else "about:blank")
    except Error:
        return False
    return True


def opened(
    chromium: Pages, link: str, there: str = "#words", size: tuple[int, int] = (1400, 900), **context: Any
) -> tuple[Any, list[str]]:
    """A page in a browser of its own, and what goes wrong in it: errors, and requests to elsewhere."""
    wrong: list[str] = []
    home = "/".join(link.split("/")[:3])
    heard = [
        ("console", lambda said: wrong.append(said.text) if said.type == "error" else None),
        ("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None),
        ("pageerror", lambda error: wrong.append(str(error))),
        ("request", lambda asked: None if asked.url.startswith((home, "data:")) else wrong.append(asked.url)),
    ]
    page = chromium.lend(heard, **context)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_default_timeout(LONG)
    page.goto(link)
    page.wait_for_selector(there)
    page.wait_for_load_state("load")  # what reads the keys is there when the page is
    return page, wrong


def tell(page: Any, words: str) -> None:
    """Say it, and wait until it is answered."""
    page.fill("#words", words)
    page.click("#say .main")
    page.wait_for_selector(f'.turn:not(.coming) .said:has-text("{words[:30]}")')


def faults(page: Any, part: str = "html") -> list[str]:
    """What axe-core finds in a part of the page in the way of people who use a screen reader or a keyboard: each rule
    with where it broke."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.add_script_tag(path=str(AXE))
    return list(
        page.evaluate(
            "(part) => axe.run(part, { resultTypes: ['violations'] }).then((result) => result.violations.map("
            "(rule) => rule.id + ' at ' + rule.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')))",
            part,
        )
    )
