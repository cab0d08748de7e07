"""The map of the page: what is drawn and marked, what a drag means, heat, a play, comments, and versions."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from page_kit import STORY, Browser, browser, hidden

from assistant.app import App
from assistant.bpmn.layout import lay_out
from assistant.bpmn.read import read
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks

ORDERS = "/p/orders"


@pytest.fixture
def page(app: App) -> Browser:
    """A browser at a project that is told already."""
    opened = browser(app)
    opened.post(f"{ORDERS}/say", {"words": STORY})
    return opened


def design(app: App) -> Process:
    return app.session("orders").process


def names(app: App) -> list[str]:
    return [task.name for task in tasks(design(app))]


def drawn(page: Browser, which: str = "today", tab: str = "table") -> Any:
    return page.get(f"{ORDERS}/map?map={which}&tab={tab}").json()


def drop(page: Browser, step: str, target: str, x: float | None = None) -> str:
    value = f"{target}@{'' if x is None else round(x)}"
    return str(page.post(f"{ORDERS}/edit", {"what": "drop", "step": step, "value": value}).text)


def test_the_map_is_our_bpmn_with_our_layout_and_names_the_block_of_each_shape(app: App, page: Browser) -> None:
    (only,) = drawn(page)["drawings"]
    assert read(only["xml"].encode()).process == design(app)
    assert "BPMNShape" in only["xml"]
    assert only["live"]
    assert {shape["block"] for shape in only["shapes"].values()} >= {task.id for task in tasks(design(app))}


def test_what_the_last_turn_changed_is_marked(page: Browser) -> None:
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "check_order", "value": "Vet order"})
    (only,) = drawn(page)["drawings"]
    marked = {shape["block"]: shape["mark"] for shape in only["shapes"].values() if "mark" in shape}
    assert marked == {"check_order": "changed"}


def test_a_step_dropped_on_another_lane_changes_hands(app: App, page: Browser) -> None:
    drop(page, "check_order", "lane_accounting")
    assert by_id(design(app))["check_order"].role == "accounting"
    page.post(f"{ORDERS}/say", {"words": "undo"})
    assert by_id(design(app))["check_order"].role == "sales_clerk"


def test_a_step_dropped_on_an_arrow_or_a_step_or_past_its_neighbours_goes_there(app: App, page: Browser) -> None:
    made = lay_out(design(app))
    flows = {(flow.source, flow.target): flow.id for flow in made.scene.graph.flows}
    before = names(app)
    source, target = next(ends for ends in flows if ends[0] == "pack_goods")
    drop(page, "check_order", flows[source, target])
    assert names(app).index("Check order") == names(app).index("Pack goods") + 1
    drop(page, "check_order", "send_order")
    assert names(app) == before
    drop(page, "pack_goods", "lane_warehouse", made.shapes["write_invoice"].x + 400)
    assert names(app)[-2:] == ["Write invoice", "Pack goods"]


def test_a_step_dropped_at_the_beginning_of_a_way_is_done_on_that_way_only(app: App, page: Browser) -> None:
    split = next(block for block in by_id(design(app)).values() if getattr(block, "branches", ()))
    way = split.branches[0]
    drop(page, "write_invoice", way.id)
    again = by_id(design(app))[split.id]
    assert again.branches[0].do.items[0].id == "write_invoice"


@pytest.mark.parametrize(
    ("step", "target", "reason"),
    [
        ("check_order", "", "nothing to drop it on"),
        ("check_order", "nowhere", "nothing to drop it on"),
        ("check_order", "check_order", "there already"),
        ("check_order", "lane_sales_clerk", "stays where it is"),
        ("pack_goods", "party_", "nothing to drop it on"),
    ],
)
def test_a_drag_that_is_no_edit_is_refused_with_its_reason(
    app: App, page: Browser, step: str, target: str, reason: str
) -> None:
    before = design(app)
    assert reason in drop(page, step, target)
    assert design(app) == before


def test_a_decision_cannot_change_hands_and_nobody_outside_gets_work(app: App, page: Browser) -> None:
    split = next(block.id for block in by_id(design(app)).values() if getattr(block, "branches", ()))
    assert "nobody" in drop(page, split, "lane_accounting")
    for party in lay_out(design(app)).scene.parties:
        assert "somebody outside" in drop(page, "check_order", party.id)


@pytest.mark.parametrize("by", ["waiting", "cost", "load"])
def test_heat_tells_each_steps_figure_and_what_it_rests_on(app: App, page: Browser, by: str) -> None:
    page.post(f"{ORDERS}/say", {"words": "There are 2 people in the warehouse and an hour of theirs costs 30 euros."})
    page.post(f"{ORDERS}/figure", {"element": "pack_goods", "field": "wait", "value": "9 days"})
    heat = page.get(f"{ORDERS}/heat?by={by}").json()
    assert heat["play"].startswith("Simulated")
    for step, told in heat["steps"].items():
        assert step in by_id(design(app))
        assert 1 <= told["shade"] <= 5
        assert told["text"]
    if by == "waiting":
        hottest = max(heat["steps"], key=lambda step: heat["steps"][step]["shade"])
        assert hottest == "pack_goods"


def test_a_play_shows_the_way_of_each_case_through_the_steps_there_are(app: App, page: Browser) -> None:
    play = page.get(f"{ORDERS}/play").json()
    steps = {step for _, step, _, _ in play["visits"]}
    assert steps <= set(by_id(design(app)))
    assert all(came <= left for _, _, came, left in play["visits"])
    assert len({case for case, *_ in play["visits"]}) == len(play["starts"])
    assert "One play of the simulation" in play["told"]


def test_a_comment_stands_at_its_step_on_the_map(page: Browser) -> None:
    page.post(f"{ORDERS}/comment", {"step": "check_order", "words": "Only above 500 euros"})
    (only,) = drawn(page)["drawings"]
    told = [shape["comments"] for shape in only["shapes"].values() if "comments" in shape]
    assert len(told) == 1
    assert "Only above 500 euros" in told[0][0]
    assert "Only above 500 euros" in page.get(f"{ORDERS}/step/check_order").text


def test_today_and_an_alternative_stand_side_by_side_with_the_differences(page: Browser) -> None:
    shown = page.post(f"{ORDERS}/propose").text
    name = _alternative(shown)
    both = drawn(page, f"beside:{name}")
    left, right = both["drawings"]
    assert left["title"] == "Today"
    assert not left["live"]
    assert any("mark" in shape for shape in right["shapes"].values())
    assert "Side by side" in both["caption"]


def _alternative(shown: str) -> str:
    keys = [unquote(key) for key in re.findall(r'data-map="([^"]+)"', shown)]
    return next(key for key in keys if key not in ("today", "before") and not key.startswith(("turn:", "beside:")))


def test_after_a_decision_the_new_process_stands_beside_today(app: App, page: Browser) -> None:
    before = design(app)
    shown = page.post(f"{ORDERS}/propose?tab=alternatives").text
    fields = {"proposal": hidden(shown, "proposal"), "of": hidden(shown, "of"), "accept": "yes"}
    page.post(f"{ORDERS}/decide?tab=alternatives", fields)
    left, right = drawn(page, "beside:today")["drawings"]
    assert read(left["xml"].encode()).process == before
    assert read(right["xml"].encode()).process == design(app)


def test_a_version_shows_the_design_as_it_stood_and_one_can_go_back_to_it(app: App, page: Browser) -> None:
    told = design(app)
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "check_order", "value": "Vet order"})
    page.post(f"{ORDERS}/edit", {"what": "rename", "step": "pack_goods", "value": "Wrap goods"})
    first = app.session("orders").state.turns_changed()[0]
    earlier = drawn(page, f"turn:{first}")
    assert read(earlier["drawings"][0]["xml"].encode()).process == told
    assert not earlier["drawings"][0]["live"]
    shown = page.get(f"{ORDERS}?map=turn:{first}&tab=table").text
    assert f"go back to turn {first}" in shown
    page.post(f"{ORDERS}/say", {"words": f"go back to turn {first}"})
    assert design(app) == told


@pytest.mark.parametrize("which", ["turn:999", "beside:today", "no such", "turn:x"])
def test_a_map_that_is_not_there_is_todays(page: Browser, which: str) -> None:
    assert drawn(page, which)["which"] == "today"


def test_what_others_made_comes_with_its_licence(page: Browser) -> None:
    whole = page.get(ORDERS).text
    vendor = next(src.split('"')[0] for src in whole.split('src="') if "bpmn-modeler" in src).rsplit("/", 1)[0]
    assert page.get(f"{vendor}/bpmn-modeler.min.js").status_code == 200
    assert "Camunda" in page.get(f"{vendor}/LICENSE.bpmn-js").text
    assert page.get("/static/vendor/1/bpmn-modeler.min.js").status_code == 404


def test_the_table_gives_a_step_another_name_and_other_hands(app: App, page: Browser) -> None:
    def figure(field: str, value: str) -> str:
        return str(
            page.post(f"{ORDERS}/figure?tab=table", {"element": "check_order", "field": field, "value": value}).text
        )

    figure("name", "Vet order")
    figure("role", "warehouse")
    assert by_id(design(app))["check_order"].name == "Vet order"
    assert by_id(design(app))["check_order"].role == "warehouse"
    figure("role", "Back office")
    step = by_id(design(app))["check_order"]
    assert design(app).role(step.role).name == "Back office"
    shown = figure("role", "")
    assert by_id(design(app))["check_order"].role is None
    assert "nobody named" in shown
    assert "A name is needed" in figure("name", "")


def test_the_table_says_how_often_each_step_is_done(page: Browser) -> None:
    row = page.get(f"{ORDERS}?tab=table").text.split("Name of Call customer")[1].split("</tr>")[0]
    assert "15 %" in row


def test_a_proposal_stands_on_the_card_of_each_alternative_that_has_it_and_is_decided_once(page: Browser) -> None:
    shown = page.post(f"{ORDERS}/propose?tab=alternatives").text
    numbers = re.findall(r'name="proposal" value="(\d+)"', shown)
    several = next(number for number in numbers if numbers.count(number) > 1)
    fields = {"proposal": several, "of": hidden(shown, "of"), "accept": "no", "words": "too dear"}
    shown = page.post(f"{ORDERS}/decide?tab=alternatives", fields).text
    assert shown.count("Turned down.") == numbers.count(several)


def test_a_what_if_says_who_would_be_busiest(page: Browser) -> None:
    page.post(f"{ORDERS}/figure", {"element": "warehouse", "field": "capacity", "value": "2"})
    slider = page.get(f"{ORDERS}?tab=whatif").text
    assert 'type="range" name="people:warehouse"' in slider
    told = page.get(f"{ORDERS}/whatif?volume=200&people:warehouse=1").text
    assert "How busy: Warehouse" in told
    assert "fewer cases" in told


def test_the_weightiest_findings_are_marked_by_their_numbers_where_they_hurt(page: Browser) -> None:
    page.post(f"{ORDERS}/propose")
    shown = drawn(page, tab="findings")
    told = [shape for shape in shown["drawings"][0]["shapes"].values() if shape.get("mark") == "problem"]
    assert told
    assert all(shape["number"] and shape["note"] for shape in told)
    assert "1" in {number for shape in told for number in shape["number"].split(", ")}
    assert "by their numbers" in shown["caption"]
