"""One browser and one program for all tests of the page that end them with nothing, each test at its own project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_kit import CHROMIUM, Pages
from page_kit import Browser, browser, running
from short_plays import SHORT_PLAYS

from assistant.app import App


@pytest.fixture
def app(own_home: Path, short_plays: None) -> Iterator[App]:
    made = App.build(os.environ)
    yield made
    made.store.close()


@pytest.fixture
def page(app: App) -> Browser:
    """A browser at the page of that program; nothing is told yet."""
    return browser(app)


@pytest.fixture(scope="session")
def launched() -> Iterator[Pages]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as made:
        plain = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"]  # nothing here is drawn in space
        browser = made.chromium.launch(executable_path=str(CHROMIUM), args=plain)
        yield Pages(browser)
        browser.close()


@pytest.fixture
def chromium(launched: Pages) -> Iterator[Pages]:
    """The browser; the pages a test opened in it are given back after it."""
    before = len(launched.lent)
    yield launched
    launched.give_back(before)


@pytest.fixture(scope="session")
def home_link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cache, home = tmp_path_factory.getbasetemp().parent / "assistant-cache", tmp_path_factory.mktemp("home")
    (home / "config.toml").write_text(SHORT_PLAYS, encoding="utf-8")
    with running("orders", home, cache) as (_, link):
        yield link
