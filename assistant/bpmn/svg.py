"""The drawing as SVG: one file, readable without colour, in a light and a dark form."""

from __future__ import annotations

from assistant.bpmn.layout import lay_out
from assistant.bpmn.marks import Marks
from assistant.bpmn.rows import in_rows
from assistant.bpmn.svgparts import render
from assistant.process.model import Process


def svg(process: Process, marks: Marks | None = None, dark: bool = False, live: bool = False) -> str:
    """The process as an SVG document, with `marks` and their legend if given; `dark` for a dark background.

    A long one stands in rows.

    `live` is for a page that lets a reader choose steps: what is drawn names its block (`data-block`) and takes the
    keyboard, and no style stands in it, so that a page which allows none can show it.
    """
    return render(in_rows(lay_out(process)), marks or Marks(), dark, live)
