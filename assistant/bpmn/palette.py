"""The colours of a drawing, light and dark. Text keeps a contrast of at least 4.5 to 1 on what it stands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by use."""

    page: str
    lane: str
    strip: str
    frame: str
    shape: str
    line: str
    text: str
    soft: str
    start: str
    end: str
    gateway: str
    added: tuple[str, str]
    changed: tuple[str, str]
    removed: tuple[str, str]
    problem: tuple[str, str]

    def mark(self, kind: str) -> tuple[str, str]:
        """The line colour and the fill of a mark."""
        found: tuple[str, str] = getattr(self, kind)
        return found


LIGHT = Palette(
    page="#ffffff", lane="#ffffff", strip="#edf1f6", frame="#9aa7b8", shape="#f9fbfe", line="#3c4858", text="#1c2430",
    soft="#4a5666", start="#eaf6ec", end="#fbecec", gateway="#fff8e5", added=("#1b7a34", "#e3f5e7"),
    changed=("#8a5a00", "#fdf1d6"), removed=("#b3261e", "#fbe4e2"), problem=("#8a1c6b", "#f9e3f2"),
)  # fmt: skip
DARK = Palette(
    page="#14181f", lane="#181d26", strip="#242c38", frame="#5b6879", shape="#222a36", line="#b9c4d2", text="#eef2f7",
    soft="#c3ccd8", start="#1d3526", end="#3d2225", gateway="#3a3420", added=("#6fd28a", "#1d3a27"),
    changed=("#f0c05a", "#3f3316"), removed=("#ff9a92", "#43201f"), problem=("#f29ad6", "#3f1f36"),
)  # fmt: skip
