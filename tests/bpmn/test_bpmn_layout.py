"""The drawing, checked with a ruler: nothing overlaps, no line runs through anything, everything is there."""

from __future__ import annotations

from xml.etree import ElementTree

import drawn
import geometry
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from strategies import processes

from assistant.bpmn import text
from assistant.bpmn.drawing import Drawing, Rect
from assistant.bpmn.layout import lay_out
from assistant.bpmn.marks import Marks
from assistant.bpmn.mermaid import mermaid
from assistant.bpmn.palette import DARK, LIGHT, Palette
from assistant.bpmn.rows import WIDEST, in_rows
from assistant.bpmn.svg import svg

GENERATED = settings(
    max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
LONG = "Reconcile the intercompany balances of every subsidiary with the consolidated ledger and document differences"


@GENERATED
@given(processes())
def test_no_fault_in_any_drawing(process) -> None:
    assert geometry.faults(lay_out(process)) == []


def redo_over_lanes() -> list:
    inner = {
        "loop": {"id": "inner", "until": "yes", "do": [drawn.task("A"), drawn.task("B")], "redo": [drawn.task("C")]}
    }
    back = {"wait": {"id": "w", "name": "Answer", "role": "r"}}
    return [{"loop": {"id": "outer", "do": [drawn.task("First", "r"), drawn.task("Second")], "redo": [inner, back]}}]


def side_paths() -> list:
    long_way = [*(drawn.task(f"L{n}", "a" if n % 2 else "b") for n in range(5)), drawn.end("Refused")]
    inside = drawn.choice("in", ("no", long_way), ("yes", []))
    return [
        drawn.choice("out", ("left", [drawn.task("X", "a"), inside]), ("right", [drawn.task("Y", "b")]), ("none", []))
    ]


def many_messages() -> list:
    return [
        drawn.task(f"T{n}", f"role{n % 3}", contact=f"Party {n % 4}", reads=["d1", "d2"] if n % 2 else [])
        for n in range(8)
    ]


def long_names() -> list:
    ways = ((LONG, [drawn.task(LONG[:60], "r")]), (LONG[::-1], []), ("w" * 200, [drawn.end(LONG[:70])]))
    return [drawn.choice("c", *ways, question=LONG), {"task": {"id": "t", "name": "x" * 900, "role": "r"}}]


@pytest.mark.parametrize("flow", [redo_over_lanes(), side_paths(), many_messages(), long_names(), [], drawn.ORDER])
def test_no_fault_in_awkward_drawings(flow) -> None:
    process = drawn.process(flow) if isinstance(flow, list) else flow
    assert geometry.faults(lay_out(process)) == []


def test_a_large_process_is_laid_out_without_fault() -> None:
    unit = side_paths() + redo_over_lanes()
    flow = [_renamed(block, number) for number in range(12) for block in unit]
    drawing = lay_out(drawn.process(flow))
    assert len(drawing.shapes) > 250
    assert geometry.faults(drawing) == []


def _renamed(value: object, number: int) -> object:
    if isinstance(value, dict):
        return {k: f"{v}_{number}" if k == "id" else _renamed(v, number) for k, v in value.items()}
    return [_renamed(item, number) for item in value] if isinstance(value, list) else value


def test_the_work_runs_from_left_to_right_and_rework_back_below() -> None:
    shapes = lay_out(drawn.ORDER).shapes
    order = ["Enter_order", "stock", "par", "Pick", "Ship", "Check_file", "check", "rest", "close", "Order_closed"]
    assert [shapes[name].cx for name in order] == sorted(shapes[name].cx for name in order)
    assert shapes["Ask_sales"].cx < shapes["check"].cx


def test_a_plain_sequence_is_one_straight_line() -> None:
    drawing = lay_out(drawn.process([drawn.task("A", "r"), drawn.task("B", "r"), drawn.task("C", "r")]))
    assert len({box.cy for box in drawing.shapes.values()}) == 1
    assert all(len(points) == 2 for points in drawing.flows.values())


def test_text_is_broken_into_lines_that_fit() -> None:
    lines = text.wrap(LONG, 100, 12, 20)
    assert " ".join(lines) == LONG
    assert all(text.width(line, 12) <= 100 for line in lines)
    cut = text.wrap(LONG, 100, 12, 2)
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert all(text.width(line, 12) <= 100 for line in text.wrap("x" * 300, 100, 12, 30))


def test_the_svg_tells_what_it_shows_to_those_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(svg(drawn.ORDER))
    assert root.get("role") == "img"
    title, desc = root[0], root[1]
    assert title.text == "Test"
    assert "Warehouse: Pick" in (desc.text or "")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_marks_are_told_by_sign_and_legend_not_by_colour_alone() -> None:
    marks = Marks({"Pick": "added", "Ship": "changed", "Reject": "removed", "stock": "problem"}, {"Pick": "why <not>"})
    picture = svg(drawn.ORDER, marks)
    for word in ("added", "changed", "removed", "a problem"):
        assert f">{word}</text>" in picture
    assert "why &lt;not&gt;" in picture
    assert picture.count('stroke-dasharray="7 4"') == 1
    assert ">added</text>" not in svg(drawn.ORDER)


def test_nothing_in_a_name_becomes_markup() -> None:
    named = {"task": {"id": "t", "name": "</text><script>&\x0b", "contact": "<b>"}}
    picture = svg(drawn.process([named]))
    assert "<script" not in picture
    ElementTree.fromstring(picture)


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_and_marks_stand_out(palette: Palette) -> None:
    """WCAG 2.2: text 4.5 to 1, lines 3 to 1."""

    def contrast(a: str, b: str) -> float:
        high, low = sorted((luminance(a), luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    fills = [palette.mark(kind)[1] for kind in ("added", "changed", "removed", "problem")]
    for ground in (palette.page, palette.lane, palette.strip, palette.shape, *fills):
        assert contrast(palette.text, ground) >= 4.5
    assert contrast(palette.soft, palette.lane) >= 4.5
    for kind in ("added", "changed", "removed", "problem"):
        assert contrast(palette.mark(kind)[0], palette.lane) >= 3
    assert contrast(palette.line, palette.lane) >= 3


def test_the_dark_form_differs_in_colour_only() -> None:
    light, dark = svg(drawn.ORDER), svg(drawn.ORDER, dark=True)
    assert DARK.page in dark
    assert DARK.page not in light
    assert light.count("<text") == dark.count("<text")


def test_the_same_process_gives_the_same_picture() -> None:
    assert svg(drawn.ORDER) == svg(drawn.ORDER)


def test_mermaid_names_lanes_steps_and_conditions() -> None:
    told = mermaid(drawn.ORDER)
    assert told.startswith("flowchart LR\n")
    for piece in ('subgraph lane0["Sales"]', '["Pick"]', '-->|"incomplete"|', '{"In stock?"}', '["Customer"]'):
        assert piece in told
    nasty = mermaid(drawn.process([{"task": {"id": "t", "name": 'a "b" ] --> end <i> #quot;'}}]))
    assert '["a #quot;b#quot; ] --> end #lt;i> #35;quot;"]' in nasty


def test_a_long_map_stands_in_rows_that_fit_and_loses_nothing() -> None:
    long = [_renamed(block, number) for number in range(3) for block in [*side_paths(), *redo_over_lanes()]]
    for flow in (long, [_renamed(block, number) for number in range(3) for block in many_messages()]):
        drawing = lay_out(drawn.process(flow))
        rows = in_rows(drawing)
        assert len(rows) > 1
        assert all(row.width <= WIDEST for row in rows)
        assert sorted(name for row in rows for name in row.shapes) == sorted(drawing.shapes)
        assert sorted(name for row in rows for name in row.labels) == sorted(drawing.labels)
        assert sum(part.arrives for row in rows for part in row.parts) == len(drawing.flows)
        sides = [(link.letter, link.outward) for row in rows for link in row.links]
        assert {(letter, not outward) for letter, outward in sides} == set(sides)
        assert not [fault for row in rows for fault in geometry.overlaps(row)]
        assert not [1 for row in rows for box in row.shapes.values() if row.lanes and not _in_a_lane(box, row)]


def _in_a_lane(box: Rect, row: Drawing) -> bool:
    return any(lane.rect.y <= box.y and box.bottom <= lane.rect.bottom for lane in row.lanes.values())
