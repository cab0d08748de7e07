"""Small pure formatters: changes with their interval, basis badges, tones. No redesign is needed to test them."""

from __future__ import annotations

from typing import NamedTuple

from assistant.handover.shapes import UNKNOWN, Figure
from assistant.handover.words import say
from assistant.process.figures import amount, count, interval, listed, share, widened

__all__ = [
    "UNKNOWN", "Badge", "Tone", "amount", "badge", "change", "count", "interval", "listed", "relative", "say", "share",
    "sure", "tone",
]  # fmt: skip


class Badge(NamedTuple):
    """What a figure rests on, for eye and ear: a word, a sign that needs no colour, and what it means."""

    key: str
    sign: str
    word: str
    meaning: str


BADGES = {
    badge.key: badge
    for badge in (
        Badge("measured", "●", "measured", "counted or timed in the real process"),
        Badge("stated", "◐", "told", "said by the people who told the process"),
        Badge("estimated", "◌", "our guess", "a planning figure; nobody measured or said it"),
        Badge("library", "▤", "typical elsewhere", "a typical figure from the library, not from this organisation"),
        Badge("inferred", "→", "seen in the order", "follows from how the process is drawn; nobody said it in words"),
        Badge("computed", "∑", "worked out", "calculated or simulated from the other figures"),
        Badge("unknown", "?", "unknown", "nobody has said it: ask"),
    )
}
SAME = {"simulated": "computed"}


def badge(basis: str | None) -> Badge:
    """The badge of a basis; what is not known as one reads as unknown."""
    return BADGES.get(SAME.get(basis or "", basis or ""), BADGES["unknown"])


class Tone(NamedTuple):
    """How a change is to be read: a key for its colour, a sign and a word, so that no colour is needed."""

    key: str
    sign: str
    word: str


GOOD, BAD, OPEN, SAME_TONE = (
    Tone("good", "▲", "better"), Tone("bad", "▼", "worse"), Tone("open", "◇", "no evidence of a change"),
    Tone("same", "=", "unchanged"),
)  # fmt: skip


def tone(better: bool | None, change_: float | None = None) -> Tone:
    """Better, worse, or (None) not told apart from chance; a change of exactly nothing reads as unchanged."""
    if better is None:
        return SAME_TONE if change_ == 0 else OPEN
    return GOOD if better else BAD


def signed(text: str, value: float) -> str:
    """A figure with its sign in front: '+3 %', '−2 days'."""
    return text if value <= 0 or text.startswith("+") else f"+{text}"


def relative(change_: float | None, before: float | None) -> str:
    """A change as a share of the value before: '−34 %'; empty when that makes no sense."""
    if change_ is None or not before:
        return ""
    return signed(amount(change_ / abs(before), "share"), change_)


def change(value: float | None, unit: str) -> str:
    """A change in its own unit with its sign: '−4.2 days'; for shares in percentage points."""
    if value is None:
        return UNKNOWN
    if unit == "share":
        return signed(amount(value * 100, "points"), value)
    return signed(amount(value, unit), value)


def running_through(value: float | None, unit: str) -> str:
    """What a change is for the cases that run through: `for cases that run through about 6.3 days less`."""
    if value is None:
        return ""
    return f"for cases that run through about {amount(abs(value), unit)} {'less' if value < 0 else 'more'}"


def sure(
    low: float | None, high: float | None, unit: str, before: float | None = None, rough: bool = False
) -> str:  # fmt: skip
    """The bounds of a change in plain words: `3.9 to 4.6 days less`, `from 2 days less to 1 day more`.

    They are relative to `before` when that is given; `rough` ones rest on figures nobody gave and are widened to whole
    figures, so that no decimal claims to be known.
    """
    if low is None or high is None:
        return ""
    if before:
        low, high, unit = low / abs(before), high / abs(before), "share"
    elif unit == "share":
        low, high, unit = low * 100, high * 100, "points"
    if rough:
        low, high = widened(low, high, unit)
    if low < 0 < high:
        return f"from {amount(-low, unit)} less to {amount(high, unit)} more"
    word = "less" if high <= 0 else "more"
    text = interval(min(abs(low), abs(high)), max(abs(low), abs(high)), unit)
    return f"{text} {word}" if "to" in text else f"{amount(abs(low + high) / 2, unit)} {word}"


def basis_of(figure: Figure) -> str:
    """What a figure rests on, in words: 'worked out, rests on figures that are our guess'."""
    told = badge(figure.basis).word
    return f"{told}, {rests(figure)}" if rests(figure) else told


def rests(figure: Figure) -> str:
    """The weakest basis under a computed figure, in words: 'rests on figures that are told'; empty when it is sound."""
    weak = figure.basis == "computed" and figure.rests_on not in ("", "computed", "measured")
    return f"rests on figures that are {badge(figure.rests_on).word}" if weak else ""
