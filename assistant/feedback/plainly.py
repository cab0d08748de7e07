"""How customers feel, in words anybody understands instead of figures on a scale."""

from __future__ import annotations

from assistant.feedback.shapes import Single, Theme

FEW_ENOUGH = 60
"""Of at most so many a share in per cent says less than the count."""
HARMS, COSTS, ANNOYS = 2.5, 1.5, 0.5
"""From this mean severity (of 3) on somebody is harmed, money or the customer is lost, or it annoys."""


def hurt_in_words(severity: float) -> str:
    """What a severity from 0 to 3 means."""
    if severity >= HARMS:
        return "serious: harm or the law"
    if severity >= COSTS:
        return "costs money, patience or the customer"
    return "annoys" if severity >= ANNOYS else "hurts little"


def felt(theme: Theme) -> str:
    """Who is unhappy and who is happy among the comments of a theme, each counted by itself, and how much it hurts."""
    unhappy = theme.negative.count if theme.negative else 0
    sides = [f"{count:,} {word}" for count, word in ((unhappy, "unhappy"), (theme.happy, "happy")) if count]
    if theme.happy == theme.count:
        return "praise"
    if not sides:
        return "neither happy nor unhappy"
    said = "all unhappy" if unhappy == theme.count else f"{' and '.join(sides)} of {theme.count:,}"
    return f"{said}, {hurt_in_words(theme.severity)}" if unhappy else said


def share_in_words(theme: Theme, total: int) -> str:
    """How many comments a theme has, of all: of few the counts, of many the share."""
    return f"{theme.count:6,} of {total:,}" if total <= FEW_ENOUGH else f"{theme.count:6,} ({theme.share:.0%})"


def single_in_words(single: Single, where: str) -> str:
    """What is known of a comment that stands alone, before its words: what it is about and at which step."""
    about = (
        f"said once, but serious: {single.serious[:1].lower()}{single.serious[1:]}" if single.serious else single.about
    )
    return ", ".join(filter(None, (about, f"at “{where}”" if where else "")))
