"""The report: one page that needs nothing from outside, says no more than the verdict, and escapes what users wrote."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from handmade_redesign import EVIL, permit
from handmade_redesign import redesign as handmade

from assistant.handover.package import package as pack
from assistant.process.codec import dumps, loads
from assistant.reports.report import html, markdown

VOID = {"meta", "br", "hr", "img", "input", "link"}
SELF_CLOSING = {"path", "line", "circle", "rect", "polygon", "polyline", "ellipse", "use"}


class Page(HTMLParser):
    """Counts tags, finds unbalanced ones, gathers text, ids and addresses."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links, self.scripts, self.words = [], [], [], [], 0, []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.scripts += tag == "script" or any(name.startswith("on") for name in given)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src", "srcset", "action", "data") if given.get(name)]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def page(redesign, package):
    return html(redesign, package)


@pytest.fixture(scope="module")
def text(redesign, package):
    return markdown(redesign, package)


def test_the_page_is_one_whole_file_without_scripts_or_outside_addresses(page):
    parsed = Page(page)
    assert not parsed.open
    assert not parsed.faults
    assert parsed.scripts == 0
    assert all(link.startswith("#") for link in parsed.links)
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert "url(" not in page.replace("url(#", "")
    assert "@import" not in page
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_the_page_says_everything_the_meeting_needs(page, redesign, package):
    words = " ".join(Page(page).words)
    for finding in redesign.findings:
        assert finding.title in words
    for alternative in redesign.alternatives:
        assert alternative.name in words
    for kpi in package.kpis:
        assert kpi.formula in words
        assert kpi.target.reason in words
    for line in package.raci:
        assert line.accountable in words
    for needed in (" less", "to be named", "Check the trade register", "built-in rules",
                   "in nothing better than another one",
                   "Half of the applications come by post", "27\u00a0% of the time a case takes"):  # fmt: skip
        assert needed in words
    assert "seed 3" in words
    assert page.count("<svg") >= 4


def test_the_markdown_says_the_same_and_has_the_maps(text, redesign, package):
    for finding in redesign.findings:
        assert finding.title in text
    for kpi in package.kpis:
        assert kpi.name in text
    assert text.count("```mermaid") == 2
    assert "\n\n\n" not in text
    assert re.search(r"^# .*redesign$", text, re.M)
    assert not re.search(r"[^\n]\n#{1,6} ", re.sub(r"```.*?```", "", text, flags=re.S))
    for line in package.pilot.exit:
        assert f"\n- {line}".replace("′", "′") in text


def test_every_table_of_the_markdown_has_the_same_number_of_cells_in_each_row(text):
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows
    tables, last = [], None
    for line in text.splitlines():
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)\|", line))
            tables[-1].append(cells) if last else tables.append([cells])
        last = line.startswith("|")
    assert all(len(set(cells)) == 1 for cells in tables)


def test_what_a_user_wrote_cannot_become_markup():
    made = handmade(name=EVIL + " & co", cases=30, replications=2)
    evil = made.findings[0].__class__(
        "F9", "x", f"{EVIL} # [a](http://bad) | b", ("take",), made.findings[0].because, (), 0.5, 0.1, "time", EVIL
    )
    made = SimpleNamespace(**{**vars(made), "findings": (evil,), "made_by": EVIL})
    package = pack(made)
    page = html(made, package)
    assert Page(page).scripts == 0
    assert "<script" not in page.lower()
    text = markdown(made, package)
    outside_code = re.sub(r"```.*?```", "", text, flags=re.S)
    assert "<script" not in outside_code
    assert "](http" not in outside_code.replace("\\](http", "")


def test_no_name_anybody_gave_becomes_markup_or_leaves_the_page():
    words = ("Front desk", "Citizen service", "Mailbox", "Traders", "Application form", "Sign permit", "trade act",
             "Is the permit granted?", "papers are missing", "Permit refused", "an answer within 6 days",
             "Half of the applications come by post", "A trader hands in an application")  # fmt: skip
    text = dumps(permit())
    for number, word in enumerate(words):
        assert word in text
        text = text.replace(word, f"<img src=x onerror=alert({number})> & </svg></style><b>")
    made = handmade(today=loads(text), cases=30, replications=2)
    packed = pack(made)
    page = html(made, packed)
    parsed = Page(page)
    assert "<img" not in page
    assert parsed.scripts == 0
    assert not parsed.faults
    assert not parsed.open
    outside_code = re.sub(r"```.*?```", "", markdown(made, packed), flags=re.S)
    assert "<img" not in outside_code


def test_nothing_is_called_better_when_nothing_is_recommended():
    made = handmade(recommended=None, cases=30, replications=2)
    package = pack(made)
    page = html(made, package)
    lead = re.search(r'<p class="lead">(.*?)</p>', page, re.S)[1]
    assert "No alternative can be recommended" in lead
    assert package.alternative is None
    assert "The new way" not in page
    assert "No change is recommended yet" in markdown(made, package)


def test_a_change_that_cannot_be_told_from_chance_is_not_sold_as_a_gain():
    made = handmade(cases=30, replications=2)
    first = made.alternatives[0]
    time = first.effects["time"]
    vague = time.__class__(**{**{k: getattr(time, k) for k in time.__dataclass_fields__}, "better": None})
    unsure = first.__class__(
        **{
            **{k: getattr(first, k) for k in first.__dataclass_fields__},
            "effects": {**first.effects, "time": vague}, "word": "no evidence",
            "verdict": "no evidence: it is not shown",
        }
    )  # fmt: skip
    made = SimpleNamespace(**{**vars(made), "alternatives": (unsure,)})
    page = html(made, pack(made))
    lead = re.search(r'<p class="lead">(.*?)</p>', page, re.S)[1]
    assert "is not shown" in lead
    assert "▲" not in page.split('id="today"')[0].split("tiles")[0]


def test_the_same_redesign_gives_the_same_bytes(redesign, package):
    assert html(redesign, package) == html(redesign, package)
    assert markdown(redesign, package) == markdown(redesign, package)
