"""Questions put in two or three words (`what first?`, `and now?`, `what can I do on Monday?`): their form tells what
they are about, for certain."""

from __future__ import annotations

import re

from assistant.english.tables import wordings
from assistant.language.turn.kinds import About

LEAD = r"\W*(?:(?:and|so|ok|okay|well|hm+|but|please|right|alright|then|fine)\b[\s,.!?]*)*"
FORMS = tuple(
    (About(topic), re.compile(rf"{LEAD}(?:{form})\W*", re.IGNORECASE)) for topic, form in wordings("short-question")
)


def short_question(words: str) -> About | None:
    """What such a question is about; None for other words."""
    said = words.replace("’", "'").strip()
    return next((topic for topic, form in FORMS if form.fullmatch(said)), None)
