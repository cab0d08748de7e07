"""What of a text may be kept in a journal: personal data masked, a given name left where it names who does the work.

Business people call roles by first names ("Maria checks the order"). A given name alone stays, because without it the
process cannot be told. Of a family name its first letter stays ("Mrs V"), so that two people remain two and a reader
knows them; addresses, telephone, card and account numbers and e-mail addresses are masked for good.
"""

from __future__ import annotations

from assistant.english.classes import GIVEN_NAMES
from assistant.language.redact import mask


def mask_for_keeping(text: str) -> str:
    """The text as it is written to disk. What is masked here cannot be put back."""
    masked = mask(text)
    kept, taken = masked.text, set[str]()
    for placeholder, value in masked.values:
        if not placeholder.lstrip("[").removeprefix("X_").startswith("NAME"):
            continue
        given = value.split(" ")[0]
        kept = kept.replace(placeholder, given if given.lower() in GIVEN_NAMES else _letter(value, taken))
    return kept


def _letter(name: str, taken: set[str]) -> str:
    """The first letter of a family name, with a number where another name begins with the same one."""
    first = name.split(" ")[-1][:1].upper()
    short = next(made for made in (first, *(f"{first}{number}" for number in range(2, 10_000))) if made not in taken)
    taken.add(short)
    return short
