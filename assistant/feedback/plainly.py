"""How customers feel, in words anybody understands instead of figures on a scale."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.feedback.shapes import Feedback, Single, Theme
from assistant.process.figures import in_quotes, noun, plural

FEW_ENOUGH = 60
"""Of at most so many a share in per cent says less than the count."""
MOST_TOLD = 6
"""So many themes, and so many single remarks, are told where there is room for a few."""
_FEEL = ("unhappy", "neither happy nor unhappy", "happy")
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
    serious = f"serious: {single.serious[:1].lower()}{single.serious[1:]}" if single.serious else ""
    return ", ".join(filter(None, (serious or single.about, f"at “{where}”" if where else "")))


def voices(given: Feedback, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a redesign says of all comments: how many there are and how they feel, the heaviest themes, what was said
    once, what is serious first, and whether any surely speaks of one of the steps whose `names` are given."""
    feelings = ", ".join(
        f"{part.count:,} {word}" for part, word in zip(given.sentiment, _FEEL, strict=False) if part.count
    )
    lines = [
        f"{plural(given.comments, 'comment')} of customers {noun(given.comments, 'was', 'were')} read: {feelings}."
    ]
    for theme in sorted(given.themes, key=lambda theme: (-theme.impact, -theme.count, theme.id))[:MOST_TOLD]:
        count = share_in_words(theme, given.comments).strip()
        at = "".join(f", at “{names[step]}”" for step in theme.steps[:1] if step in names)
        quote = f" “{theme.quotes[0].text}”" if theme.quotes else ""
        lines.append(f"{count}: {in_quotes(theme.name)}, {felt(theme)}{at}.{quote}")
    for single in [single for single in given.singles if single.quote.text and single.wants != "praise"][:MOST_TOLD]:
        before = single_in_words(single, names.get(single.step, ""))
        lines.append(f"Said once{f' ({before})' if before else ''}: “{single.quote.text}”")
    spoken = {step for theme in given.themes for step in theme.steps} | {single.step for single in given.singles}
    if given.comments and not spoken & set(names):
        lines.append(f"None of the {plural(given.comments, 'comment')} surely speaks of one of the steps.")
    return tuple(lines)
