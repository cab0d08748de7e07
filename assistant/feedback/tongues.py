"""How many comments are in another language than the words that moods and steps are read by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.language.offline.words.tongue import foreign_language, is_another_script
from assistant.process.figures import percent

LOOKED_AT = 2000


def other_languages(texts: Sequence[str]) -> str:
    """A remark on the languages of unlike comments, of at most LOOKED_AT evenly spread; empty where all are English."""
    step = max(1, len(texts) // LOOKED_AT)
    some = texts[::step]
    named = Counter(language for text in some if (language := _language(text[:2000])))
    if not named:
        return ""
    listed = ", ".join(f"{language} {percent(count / len(some))}" for language, count in named.most_common(5))
    about = "" if step == 1 else f" (of {len(some):,} looked at)"
    return (
        f"Not all unlike comments are in English{about}: {listed}. Their themes are found by their words; their mood, "
        "severity and step are read in English only, so they count as neutral."
    )


def _language(text: str) -> str:
    return foreign_language(text) or ("another script" if is_another_script(text) else "")
