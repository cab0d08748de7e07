"""The drawing as a picture for slides and print: PNG, or a PDF page of the same size.

The SVG is rendered by resvg, which reads nothing from outside and takes its letters from the fonts of the machine.
"""

from __future__ import annotations

import io
import re
from typing import Literal

from assistant.errors import UsageError

ZOOM, MOST_PIXELS, LEAST_ZOOM = 2.5, 60_000_000, 0.2
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="15" font-family="{}">HM</text></svg>'
)


def picture(svg: str, kind: Literal["png", "pdf"]) -> bytes:
    """An SVG drawing of ours as a PNG (2.5 pixels for one of the drawing, fewer where it is huge) or a PDF of one page.

    Raises UsageError where the drawing is too large, or the machine has no renderer or no fonts.
    """
    match = _SIZE.search(svg)
    width, height = (float(match[1]), float(match[2])) if match else (1.0, 1.0)
    zoom = min(ZOOM, (MOST_PIXELS / (width * height)) ** 0.5, 30_000 / max(width, height))
    if zoom < LEAST_ZOOM:
        raise UsageError(
            f"The drawing is too large for a picture: {width:,.0f} x {height:,.0f}.", "Nobody could read its names.",
            "Write an .svg, which can be zoomed into, or a part of the process.",
        )  # fmt: skip
    png = _rendered(svg, zoom)
    return png if kind == "png" else _page(png, zoom)


def _rendered(svg: str, zoom: float) -> bytes:
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise UsageError(
            "Pictures need the package resvg-py, which is not installed.", "",
            "Install it with `pip install resvg-py pillow`, or write an .svg: browsers and office programs open it.",
        ) from None  # fmt: skip
    from assistant.bpmn.svgparts import FONT

    if not _drawn(svg_to_bytes(svg_string=_PROBE.format(FONT.replace("'", "")))):
        raise UsageError(
            "This machine has no fonts, so a picture would have no letters.", "",
            "Install a font such as Liberation Sans, or write an .svg.",
        )  # fmt: skip
    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom))


def _drawn(png: bytes) -> bool:
    """Whether a picture shows anything."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        return image.getbbox() is not None


def _page(png: bytes, zoom: float) -> bytes:
    """A picture as a PDF page, as large as the drawing is at 96 pixels an inch."""
    from PIL import Image

    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        # No dates: the same process gives the same bytes.
        image.convert("RGB").save(made, "PDF", resolution=96 * zoom, creationDate=None, modDate=None)
    return made.getvalue()
