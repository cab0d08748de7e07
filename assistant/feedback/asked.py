"""“What do customers say about the approval?”: an answer from the themes, with counts and quotes to the letter."""

from __future__ import annotations

from assistant.english.tables import classed
from assistant.feedback.links import Linker
from assistant.feedback.shapes import Feedback, Theme
from assistant.feedback.vectors import stems
from assistant.feedback.words import STOP, TOKEN
from assistant.process.figures import plural
from assistant.process.model import Process

MOST = 5
_FRAME = classed("opinions", "frame")


def customers_say(found: Feedback, question: str, process: Process | None = None) -> list[str]:
    """Lines that answer a question about a step or a thing: the heaviest themes about it, each with a quote."""
    words = [word for word in TOKEN.findall(question.lower()[:500]) if word not in STOP and word not in _FRAME]
    wanted = set(stems(" ".join(words)))
    if not wanted:
        themes = sorted(found.themes, key=lambda theme: (-theme.impact, theme.id))
    else:
        themes = _about(found, words, wanted, process)
    if not themes:
        return [f"None of the {len(found.themes)} themes in {plural(found.comments, 'comment')} is about that."]
    count = sum(theme.count for theme in themes)
    lines = [f"{plural(count, 'comment')} of {found.comments:,} in {plural(len(themes), 'theme')}:"]
    for theme in themes[:MOST]:
        quote = f" “{theme.quotes[0].text}” ({theme.quotes[0].comment})" if theme.quotes else ""
        lines.append(
            f"- {theme.name} [{theme.id}]: {plural(theme.count, 'comment')}, hurt {theme.severity:.1f} of 3.{quote}"
        )
    if len(themes) > MOST:
        lines.append(f"- and {plural(len(themes) - MOST, 'smaller theme')}.")
    return lines


def _about(found: Feedback, words: list[str], wanted: set[str], process: Process | None) -> list[Theme]:
    step = Linker(process).link(words).step if process is not None else ""
    named = [theme for theme in found.themes if wanted & (set(stems(theme.name)) | set(theme.words[:6]))]
    themes = {theme.id: theme for theme in (*(found.at_step(step) if step else ()), *named)}
    return sorted(themes.values(), key=lambda theme: (-theme.impact, -theme.count, theme.id))
