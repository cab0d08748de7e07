"""What a language model writes is shown while it writes it, and taken over only when it is whole."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from browser_kit import BROWSER, Pages, opened
from page_kit import running
from stub_server import Bad, StubServer

WRITTEN = (
    "PROCESS handle order\nTRIGGER order arrives\nFLOW\n"
    'TASK Clerk: check order | "checks the order"\n'
    'TASK Warehouse: pack goods | "packs the goods"\n'
)
STORY = "An order arrives. The clerk checks the order. Then the warehouse packs the goods."
pytestmark = BROWSER


def test_a_models_text_is_seen_while_it_comes_and_one_browser_more_hears_it(chromium: Pages, own_home: Path) -> None:
    go_on = threading.Event()
    with StubServer([Bad("stream_paused", WRITTEN, {"until": go_on})]) as server:
        config = f"model = 'openai:stub'\nbase_url = {json.dumps(server.url)}\n[language]\nrequests = 'loopback'\n"
        (own_home / "config.toml").write_text(config + "stall_seconds = 600\ncall_seconds = 3600\nseconds = 3600\n")
        with running("orders", own_home) as (_, link):
            page, wrong = opened(chromium, link)
            other, wrong_there = opened(chromium, link)
            page.fill("#words", STORY)
            page.click("#say .main")
            page.wait_for_selector(".coming .written:has-text('Handle order')")
            other.wait_for_selector(".coming .written:has-text('Handle order')")
            assert page.query_selector("#canvas [data-block]") is None
            go_on.set()
            page.wait_for_selector("#canvas [data-block=pack_goods]")
            assert page.query_selector(".coming") is None
    assert (wrong, wrong_there) == ([], [])
