"""The paper for the boss as blocks a template can show: headings, paragraphs, lists, tables, block quotes.

The template escapes every text. A figure that was traced carries where it comes from as its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.language.paper.figures_stated import cells, figures
from assistant.language.paper.markdown import RULED
from assistant.redesign.planning import SUM_LEFT_OUT

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign

_STRONG = re.compile(r"(\*\*.+?\*\*|(?<![\w*])\*[^*\s][^*]*\*(?!\w))")
_ITEM = re.compile(r"^(?:[-*+]|(\d+)[.)])\s+")
_TICK = re.compile(r"^\[[ x]?\]\s*")

COUNTED = 10
Run = dict[str, str]
Block = dict[str, Any]


def paper(redesign: Redesign) -> list[Block]:
    """The blocks of the paper in order; empty where there is none."""
    written = getattr(redesign, "paper", None)
    return list(_blocks(written.markdown.split("\n"), written.sources)) if written else []


_TO_THE_WRITER = re.compile(r"; (?:mark it as|take a figure|say it as)\b[^;]*$")
"""What a fault asks of who writes: nothing for who reads."""


def sums(redesign: Redesign) -> list[str]:
    """The sums behind the paper, a line each; what nobody told is marked in words. Then those not taken, with why,
    those of what hurts and of the changes among them."""
    written = getattr(redesign, "paper", None)
    if written is None:
        return []
    before = (f"{found[1]}: {found[2]}" for note in redesign.notes if (found := SUM_LEFT_OUT.match(note)))
    lost = dict.fromkeys(_TO_THE_WRITER.sub("", line) for line in (*written.not_taken, *before))
    lines = [*written.sums, *(f"Not taken: {line}." for line in lost)]
    return [line.replace("[assumed]", "(assumed)") for line in lines]


def first_words(redesign: Redesign) -> str:
    """Heading of the paper and what stands first below it, a paragraph or a list, as plain text; empty without one."""
    blocks = paper(redesign)
    head = [_text(block["runs"]) for block in blocks if block["kind"] == "h1"][:1]
    first = next((block for block in blocks if block["kind"] in ("p", "ul", "ol")), None)
    if first is None:
        return "\n".join(head)
    items = [f"- {_text(runs)}" for runs in first["items"]] if "items" in first else [_text(first["runs"])]
    return "\n".join([*head, *items])


def _text(runs: list[Run]) -> str:
    return "".join(run["text"] for run in runs)


def _blocks(lines: list[str], sources: Mapping[float, str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line, start = lines[place], place
        if not line:
            place += 1
        elif line.startswith("|"):
            place = _while(lines, place, lambda text: text.startswith("|"))
            yield _table(lines[start:place], sources)
        elif line.startswith(">"):
            place = _while(lines, place, lambda text: text.startswith(">"))
            said = [text.lstrip("> ") for text in lines[start:place]]
            yield {
                "kind": "quote",
                "runs": [],
                "lines": [_runs(_ITEM.sub(_number, text), sources) for text in said if text],
            }
        elif _ITEM.match(line):
            place = _while(lines, place, lambda text: bool(_ITEM.match(text)))
            ordered = line[0].isdigit()
            items = [_runs(_TICK.sub("☐ ", _ITEM.sub("", text)), sources) for text in lines[start:place]]
            first = int(_ITEM.match(line)[1]) if ordered else 1  # type: ignore[index]
            yield {"kind": "ol" if ordered else "ul", "start": min(first, 99), "items": items}
        elif match := re.match(r"(#{1,6})\s+(.*)", line):
            place += 1
            yield {"kind": f"h{min(len(match[1]), 3)}", "runs": _runs(match[2], sources)}
        else:
            place += 1
            yield {"kind": "p", "runs": _runs(line, sources)}


def _while(lines: list[str], place: int, belongs: Any) -> int:
    while place < len(lines) and belongs(lines[place]):
        place += 1
    return place


def _number(match: re.Match[str]) -> str:
    return f"({match[1]}) " if match[1] else ""


def _table(lines: list[str], sources: Mapping[float, str]) -> Block:
    rows = [[_runs(cell, sources) for cell in cells(line)] for line in lines if not RULED.match(line)]
    wide = max(len(row) for row in rows)
    full = [[*row, *([[]] * (wide - len(row)))] for row in rows]
    return {"kind": "table", "head": full[0], "rows": full[1:]}


def _runs(text: str, sources: Mapping[float, str]) -> list[Run]:
    """The pieces of a text, each plain, strong or slanted, and the traced figures by themselves."""
    found: list[Run] = []
    for piece in _STRONG.split(text):
        style = "strong" if piece.startswith("**") and len(piece) > 4 else "em" if _STRONG.fullmatch(piece) else ""
        plain, last = piece.strip("*") if style else piece, 0
        for figure in figures(plain):
            counted = figure.bare and figure.value <= COUNTED  # "line 1", "four calls": nothing to trace
            if not counted and not figure.marked and (source := sources.get(figure.value)):
                found += [
                    _run(plain[last : figure.start], style),
                    _run(plain[figure.start : figure.end], style, source),
                ]
                last = figure.end
        found.append(_run(plain[last:], style))
    return [run for run in found if run["text"]]


def _run(text: str, style: str, source: str = "") -> Run:
    return {"text": text, "style": style, "source": source}
