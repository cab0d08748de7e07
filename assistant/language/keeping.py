"""What of a text may be kept in a journal: personal data masked, a given name left where it names who does the work.

Business people call roles by first names ("Maria checks the order"). A given name alone stays, because without it the
process cannot be told; family names, addresses, telephone, card and account numbers and e-mail addresses are masked for
good.
"""

from __future__ import annotations

from assistant.english.classes import GIVEN_NAMES
from assistant.language.redact import mask


def mask_for_keeping(text: str) -> str:
    """The text as it is written to disk. What is masked here cannot be put back."""
    masked = mask(text)
    kept = masked.text
    for placeholder, value in masked.values:
        given = value.split(" ")[0]
        if placeholder.lstrip("[").removeprefix("X_").startswith("NAME") and given.lower() in GIVEN_NAMES:
            kept = kept.replace(placeholder, given)
    return kept
