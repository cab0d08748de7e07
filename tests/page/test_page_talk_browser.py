"""A real browser at the conversation (files of each kind, links with roles, a phone, two browsers at one turn) and at
the catalogue of the library."""

from __future__ import annotations

import json
from pathlib import Path

from browser_kit import BROWSER, Pages, opened, tell
from page_kit import STORY

from assistant.library.store import load_library
from assistant.reports.catalogue import catalogue

pytestmark = BROWSER
LOG = "\n".join(
    ["case,activity,timestamp"]
    + [f"{case},{step},2026-03-{case:02} {8 + at:02}:00" for case in range(1, 9)
       for at, step in enumerate(("Check order", "Stamp parcel"))]
)  # fmt: skip
DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


def test_each_kind_of_file_is_dropped_and_leads_to_what_its_command_does(chromium: Pages, home_link: str) -> None:
    page, wrong = opened(chromium, home_link.replace("/p/orders", "/p/dropped"))
    page.evaluate(DROP, ["story.txt", STORY])
    page.wait_for_selector("#canvas [data-block=check_order]")
    page.evaluate(
        DROP, ["comments.csv", "id,comment\n1,The delivery was late\n2,late again!\n3,so late\n4,wrong bill\n"]
    )
    page.wait_for_selector("#columns[data-tab=feedback] blockquote:has-text('The delivery was late')")
    page.evaluate(DROP, ["log.csv", LOG])
    page.wait_for_selector(".reply:has-text('Stamp parcel')")
    said = {"schema": "comments/1", "project": "dropped", "comments": [{"by": "Ada", "text": "A step is missing"}]}
    page.evaluate(DROP, ["back.json", json.dumps(said)])
    page.wait_for_selector(".reply:has-text('A step is missing')")
    page.evaluate(DROP, ["broken.bin", "\x00\x01\x02"])
    page.wait_for_selector(".turn.unclear")
    bpmn = page.request.get(page.url.split("?")[0] + "/files/process.bpmn").text()
    page.goto(page.url.split("/p/")[0] + "/p/drawn")
    page.wait_for_selector(".begin")
    page.evaluate(DROP, ["orders.bpmn", bpmn])
    page.wait_for_selector("#canvas [data-block=check_order]")
    assert wrong == []


def test_a_commenter_reads_and_comments_on_a_phone_and_the_owner_sees_it(chromium: Pages, home_link: str) -> None:
    page, wrong = opened(chromium, home_link.replace("/p/orders", "/p/commented"))
    tell(page, STORY)
    page.click("text=People")
    page.fill("#name", "Ada")
    page.select_option("select", "commenter")
    page.click("button.main")
    link = page.input_value("input[readonly]")
    page.click("text=Back to commented")
    phone, wrong_there = opened(chromium, link, size=(390, 844), has_touch=True)
    assert phone.query_selector(".propose, .questions") is None
    phone.tap("summary:has-text('The steps as a list')")
    phone.tap("[data-step=check_order]")
    phone.fill("#menu input[name=words]", "Only above 500 euros")
    phone.tap("#menu button:has-text('Note it')")
    told = ".reply:has-text('Comment by Ada on “Check order”: “Only above 500 euros”')"
    phone.wait_for_selector(told)
    page.wait_for_selector(told)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert (wrong, wrong_there) == ([], [])


def test_a_question_is_answered_on_a_phone(chromium: Pages, home_link: str) -> None:
    link = home_link.replace("/p/orders", "/p/answered")
    phone, wrong = opened(chromium, link, size=(390, 844), has_touch=True)
    phone.tap("button:has-text('Put an example into the field')")
    assert "order desk" in phone.input_value("#words")
    tell(phone, STORY)
    phone.fill(".questions input >> nth=0", "12 minutes")
    phone.tap(".questions button:text-is('Answer')")
    phone.wait_for_selector(".turn:not(.coming) .said:has-text('12 minutes')")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert wrong == []


def test_a_tab_chosen_while_a_turn_is_read_stays_chosen_and_the_other_browser_hears_of_it(
    chromium: Pages, home_link: str
) -> None:
    link = home_link.replace("/p/orders", "/p/meanwhile")
    page, wrong = opened(chromium, link)
    other, wrong_there = opened(chromium, link)
    tell(page, STORY)
    other.wait_for_selector("#canvas [data-block=check_order]")
    page.click("button.chip:has-text('Look for what hurts')", no_wait_after=True)
    other.wait_for_selector(".coming .said:has-text('Look for what hurts')")
    page.click("a[data-tab=table]")
    page.wait_for_selector(".turn:not(.coming) .reply:has-text('What hurts most')")
    page.wait_for_selector("#columns[data-tab=table]")
    other.wait_for_selector(".turn:not(.coming) .reply:has-text('What hurts most')")
    assert page.query_selector(".coming") is other.query_selector(".coming") is None
    assert (wrong, wrong_there) == ([], [])


def test_the_catalogue_finds_in_the_page_and_says_when_nothing_is_close(chromium: Pages, tmp_path: Path) -> None:
    library = load_library()
    some = library.model_copy(update={"processes": [library.process("P30"), library.process("P47")]})
    (tmp_path / "index.html").write_bytes(catalogue(some)["index.html"])
    shown = "[...document.querySelectorAll('li[data-id]')].filter(item => !item.hidden).map(item => item.dataset.id)"
    page, _ = opened(chromium, (tmp_path / "index.html").as_uri(), "#q")
    for words, first in (
        ("who signs this bill", "invoice-to-pay"),
        ("holid", "leave-request"),
        ("P30", "invoice-to-pay"),
    ):
        page.fill("#q", words)
        assert page.evaluate(shown)[0] == first, words
    page.fill("#q", "how do cats purr")  # the beginning of a word nobody knows is not that of another
    assert page.evaluate(shown) == []
    assert page.get_by_text("Nothing close").is_visible()
