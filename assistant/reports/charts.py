"""Small pictures drawn as SVG: the effect of each alternative with its interval, and a measure between now and target.

Colours come from the page's style sheet through classes; every shape also differs in form, and every picture carries
its text in a title for those who do not see it.
"""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup, escape

WIDTH, ROW, LEFT, RIGHT, TOP = 420.0, 40.0, 170.0, 14.0, 6.0
NARROW = 10.0  # an interval narrower than its mark is not drawn: the mark says as much


class Bar(NamedTuple):
    """One alternative's effect as a share of today's value, turned so that more is better; None: not known."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    tone: str
    dominated: bool
    text: str


def effects(title: str, bars: tuple[Bar, ...], reach: float | None = None) -> Markup:
    """One dimension: a row an alternative, a dot with its 95 % interval, zero in the middle, better to the right.

    `reach` is the largest share drawn (both ways); a longer interval is cut and ends in an arrow.
    """
    scale = reach or _reach(bars)
    height = TOP + ROW * len(bars) + 22
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    half = (WIDTH - LEFT - RIGHT) / 2
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" aria-label="{_spoken(title, bars)}">',
        f'<line class="zero" x1="{middle:.1f}" x2="{middle:.1f}" y1="{TOP:.0f}" y2="{height - 18:.0f}"/>',
    ]
    for number, bar in enumerate(bars):
        parts.append(_row(bar, TOP + ROW * (number + 0.5), middle, half / scale, half))
    parts.append(
        f'<text class="axis" x="{LEFT:.0f}" y="{height - 4:.0f}">◀ {scale:.0%} worse</text>'
        f'<text class="axis mid" x="{middle:.1f}" y="{height - 4:.0f}">as today</text>'
        f'<text class="axis end" x="{WIDTH - RIGHT:.0f}" y="{height - 4:.0f}">{scale:.0%} better ▶</text></svg>'
    )
    return Markup("".join(parts))


def _spoken(title: str, bars: tuple[Bar, ...]) -> Markup:
    return escape(f"{title}. " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars))


def _reach(bars: tuple[Bar, ...]) -> float:
    ends = [abs(end) for bar in bars for end in (bar.value, bar.low, bar.high) if end is not None]
    return min(max([*ends, 0.05]) * 1.1, 2.0)


def _row(bar: Bar, y: float, middle: float, per: float, half: float) -> str:
    name = bar.name if len(bar.name) <= 24 else bar.name[:23] + "…"
    label = (
        f'<text class="name" x="0" y="{y - 2:.1f}">{escape(name)}</text>'
        f'<text class="axis" x="0" y="{y + 12:.1f}">{escape(bar.text)}</text>'
    )
    if bar.value is None:
        return label + f'<text class="axis mid" x="{middle:.1f}" y="{y + 4:.1f}">unknown</text>'

    def at(value: float) -> float:
        return middle + max(-half, min(half, value * per))

    drawn = ""
    if bar.low is not None and bar.high is not None and at(bar.high) - at(bar.low) >= NARROW:
        drawn = (
            f'<line class="span {bar.tone}" x1="{at(bar.low):.1f}" x2="{at(bar.high):.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        for x in (at(bar.low), at(bar.high)):
            drawn += f'<line class="span {bar.tone}" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 8:.1f}" y2="{y + 8:.1f}"/>'
    return label + drawn + _point(at(bar.value), y, bar)


def _point(x: float, y: float, bar: Bar) -> str:
    """A triangle up for better, down for worse, a diamond for no evidence; crossed out when dominated."""
    shape = {
        "good": f"M{x:.1f} {y - 5:.1f} l5 9 h-10 z",
        "bad": f"M{x:.1f} {y + 5:.1f} l5 -9 h-10 z",
    }.get(bar.tone, f"M{x:.1f} {y - 5:.1f} l5 5 l-5 5 l-5 -5 z")
    crossed = f'<path class="cross" d="M{x - 8:.1f} {y - 8:.1f} l16 16 m0 -16 l-16 16"/>' if bar.dominated else ""
    return f'<path class="point {bar.tone}" d="{shape}"/>{crossed}'


def track(figures: tuple[float | None, float | None, float | None, float | None], spoken: str) -> Markup:
    """Today (a ring), target (a flag), what is possible (a dot) and what is needed (a bar) on one line, in that order.

    Nothing is drawn when today or the target is unknown or all are the same.
    """
    now, target, possible, need = figures
    known = [value for value in (now, target, possible, need) if value is not None]
    if now is None or target is None or max(known) == min(known):
        return Markup("")
    low, high = min(known), max(known)

    def at(value: float) -> float:
        return 12 + 216 * (value - low) / (high - low)

    parts = [f'<svg class="track" viewBox="0 0 240 26" role="img" aria-label="{escape(spoken)}">']
    parts.append('<line class="rail" x1="8" x2="232" y1="16" y2="16"/>')
    parts.append(f'<line class="way" x1="{at(now):.1f}" x2="{at(target):.1f}" y1="16" y2="16"/>')
    if possible is not None:
        parts.append(f'<circle class="possible" cx="{at(possible):.1f}" cy="16" r="3.5"/>')
    if need is not None:
        parts.append(f'<path class="need" d="M{at(need):.1f} 22 v-12"/>')
    parts.append(f'<circle class="now" cx="{at(now):.1f}" cy="16" r="5"/>')
    x = at(target)
    parts.append(f'<path class="target" d="M{x:.1f} 22 V4 l10 4 l-10 4"/></svg>')
    return Markup("".join(parts))
