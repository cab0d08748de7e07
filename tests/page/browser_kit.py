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


def opened(chromium: Any, link: str, there: str = "#words", **context: Any) -> tuple[Any, list[str]]:
    """A page in a browser of its own, and what goes wrong in it: errors, and requests to elsewhere."""
    context.setdefault("viewport", {"width": 1400, "height": 900})
    page, wrong = chromium.new_context(**context).new_page(), []
    page.set_default_timeout(LONG)
    home = "/".join(link.split("/")[:3])
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((home, "data:")) else wrong.append(asked.url))
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
            "(part) => axe.run(part).then((result) => result.violations.map("
            "(rule) => rule.id + ' at ' + rule.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')))",
            part,
        )
    )
