"""What of a text may be kept in a journal: personal data masked, a given name left where it names who does the work.

Business people call roles by first names ("Maria checks the order"). A given name alone stays, because without it the
process cannot be told. Of a family name its first letter stays ("Mrs V"), so that two people remain two and a reader
knows them; addresses, telephone, card and account numbers and e-mail addresses are masked for good.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from itertools import count

from assistant.english.classes import GIVEN_NAMES
from assistant.gateway.redact import TITLES, Found, mask

ENDS = r"(?!\w|['’](?!s\b))"
"""Where a kept letter ends: before the `'s` of an owner, but not within `Mr O'Neil`."""
_LETTER = re.compile(rf"\b(?:{TITLES})\b\.? ([A-Z]{{1,40}}){ENDS}")


def _titled(text: str, placeholder: str) -> bool:
    """Whether a name stands behind a title wherever it stands: "Dr Anders" is a family name, though some are so called
    by their parents."""
    titled = re.findall(rf"\b(?:{TITLES})\b\.? {re.escape(placeholder)}", text)
    return len(titled) == text.count(placeholder)


def kept_words(text: str, names: MutableMapping[str, str] | None = None) -> list[tuple[Found, str]]:
    """What is written to disk in place of what, in order. What is masked here cannot be put back from it.

    `names` holds the letters that family names are kept by, and gets those of new ones: one name keeps one letter in
    all that is told, and two never share one.
    """
    masked = mask(text)
    letters = {} if names is None else names
    kept = {placeholder: placeholder for _, placeholder in masked.places}
    taken = {*letters.values(), *_LETTER.findall(text)}
    for placeholder, value in masked.values:
        if not placeholder.lstrip("[").removeprefix("X_").startswith("NAME"):
            continue
        given = value.split(" ")[0]
        alone = given == value
        titled = alone and _titled(masked.text, placeholder)
        if not titled and (given.lower() in GIVEN_NAMES or alone):  # `Dear Ottoline,` is a given name, however rare
            kept[placeholder] = given
            continue
        letters.setdefault(value, letters.get(value) or _letter(value, taken))
        kept[placeholder] = letters[value]
    return [(personal, kept[placeholder]) for personal, placeholder in masked.places]


def _letter(name: str, taken: set[str]) -> str:
    """The first letter of a family name, written twice or more where another name begins with the same one."""
    first = name.split(" ")[-1][:1].upper()
    short = next(first * times for times in count(1) if first * times not in taken)
    taken.add(short)
    return short
