"""Steps and branches told apart by single letters (`task A`, `branch x`), as models drawn for teaching have them.

A process whose steps have names of their own is read without this file; the rest of the reader asks for letters
(`Catalogue.symbolic`) only to leave its own guesses aside.
"""

from __future__ import annotations

import re
from typing import Protocol

from assistant.english.tables import any_of, worded
from assistant.language.change.catalogue import Catalogue

SYMBOL = r"[A-Za-z](?:'(?![A-Za-z]))?"
NOUN = r"(?:(?:sub)?tasks?|activit(?:y|ies)|steps?|states?|transitions?|modules?|nodes?|operations?)"
LINK = r"(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s+or\s+|\s*/\s*|\s+respectively\s+|\s+then\s+|\s+followed by\s+)"
WAY = f"(?:{worded('letters-way')})"


class Marker(Protocol):
    """What puts marks into a line: for a step that is there, a new name, a branch."""

    catalogue: Catalogue

    def old(self, step: str) -> str:
        """The mark of a step."""

    def new(self, name: str, parts: list[str] | None = None) -> str:
        """The mark of a new name, made of the steps `parts`."""

    def way(self, branch: str) -> str:
        """The mark of a branch."""


class Letters:
    """Marks the steps and branches that a line names by a letter."""

    def __init__(self, marker: Marker) -> None:
        self.marker = marker

    def ways(self, text: str) -> str:
        """Branches whose condition is a single letter: only where a word says that a branch is meant."""
        short = {branch.when.lower(): branch.id for branch in self.marker.catalogue.branches.values()
                 if branch.when and re.fullmatch(r"\w", branch.when)}  # fmt: skip
        if not short:
            return text
        one = f"[{''.join(short)}]"
        text = re.sub(
            rf'\b({WAY}(?: (?:is|of|with|for|the|condition|parameter|case|path|labell?ed|called|named|a|after '
            rf'<s\d+>|that|'
            rf'returns?|if))*)\s*"?({one})"?((?:(?:\s*,\s*|\s+(?:and|or)\s+|\s+)"?{one}"?(?![\w\']))*)(?![\w\'])',
            lambda found: found[1] + " " + self._ways_in(found[2] + found[3], short), text, flags=re.IGNORECASE,
        )  # fmt: skip
        text = re.sub(
            rf'(?<![\w\'<])"?({one})"?[- ](?={WAY}\b)',
            lambda found: self.marker.way(short[found[1].lower()]),
            text,
            flags=re.I,
        )
        text = re.sub(
            rf"(?<![\w'<])\"?({one})\"?(?= as (?:an? |the )?(?:decision|option|condition|branch|path|case))",
            lambda found: self.marker.way(short[found[1].lower()]),
            text,
            flags=re.I,
        )
        behind = r"(?=\s*(?:$|[.,;]| being| is| as\b| so\b))"
        return re.sub(
            rf"\b(for|returns?|be|is|met|over|condition(?:al check)? for)\s+\"?({one})\"?{behind}",
            lambda found: found[1] + self.marker.way(short[found[2].lower()]),
            text,
            flags=re.IGNORECASE,
        )

    def _ways_in(self, text: str, short: dict[str, str]) -> str:
        return re.sub(r'"?\b([A-Za-z])\b"?', lambda found: self.marker.way(short[found[1].lower()]), text)

    def _symbol(self, letter: str) -> str:
        """A step by its letter, or the new name it makes."""
        step = self.marker.catalogue.tails.get(letter.lower())
        return self.marker.old(step) if step else self.marker.new(f"{self.marker.catalogue.head} {letter}")

    def steps(self, text: str) -> str:
        """Steps told apart by a letter: `tasks A and B`, `task b - d`, `B & E`, `switch A and B`."""
        joint = rf'\b(?:(task|activity)s?\s+)?"?({SYMBOL})\s*[&%]\s*(?:task\s+)?({SYMBOL})"?(?![\w\'])'
        text = re.sub(joint, self._joint, text, flags=re.IGNORECASE)
        text = re.sub(rf"\b(subprocess)\s+(?:called\s+|named\s+)?\"?({SYMBOL}|[A-Z]\w*)\"?(?![\w'>])",
                      lambda found: self.marker.new(f"subprocess {found[2]}"), text)  # fmt: skip
        text = re.sub(rf'\b{NOUN}\s+"?({SYMBOL})"?\s*(?:-|to|until|through)\s*(?:task\s+)?"?({SYMBOL})"?(?![\w\'])'
                      rf'(?=.*)',
                      self._range, text, flags=re.IGNORECASE)  # fmt: skip
        listed = rf'\b{NOUN}\s+"?{SYMBOL}"?(?:(?:{LINK}|\s+)(?:{NOUN}\s+)?"?{SYMBOL}"?(?![\w\']))*(?![\w\'])'
        text = re.sub(listed, self._list, text, flags=re.IGNORECASE)
        text = re.sub(rf"\b{NOUN}\s+(?=<[sn]\d)", "", text, flags=re.IGNORECASE)
        text = re.sub(r"(?<![\w<'])\"?([A-WYZ]'?)\"?(?![\w'>])", self._capital, text)
        for _ in range(3):
            text = re.sub(r"(<[sn]\d+>(?:\s*,|\s+and|\s+or|\s+to|\s+by|\s+with|\s+then|\s*,\s*and|\s+followed by))"
                          r"\s+\"?([b-wyz]'?)\"?(?![\w'>])",
                          lambda found: found[1] + self._symbol(found[2]), text)  # fmt: skip
            text = re.sub(r"(?<![\w<'])\"?([b-wyz]'?)\"?(?=(?:\s*,|\s+and|\s+or|\s+to|\s+by|\s+with|\s+then)"
                          r"\s+<[sn]\d+>)",
                          lambda found: self._symbol(found[1]), text)  # fmt: skip
            text = re.sub(r"(<[sn]\d+>(?:\s*,|\s+and|\s+or|\s+with)?)\s+\"?(a'?)\"?(?=\s*(?:$|[.,;]|with\b|in\b|so\b))",
                          lambda found: found[1] + self._symbol(found[2]), text)  # fmt: skip
        return re.sub(r"(?<![\w<'])\"?([b-wyz]'?)\"?(?![\w'>])", lambda found: self._symbol(found[1]), text)

    def _joint(self, found: re.Match[str]) -> str:
        a, b = found[2], found[3]
        if a.upper() == "X":
            return found[0]
        known = [self.marker.catalogue.tails.get(letter.lower()) for letter in (a, b)]
        name = f"{self.marker.catalogue.head} {a.upper()} & {b.upper()}"
        return self.marker.new(name, [step for step in known if step])

    def _range(self, found: re.Match[str]) -> str:
        first, last = (self.marker.catalogue.tails.get(found[n].lower()) for n in (1, 2))
        if first is None or last is None or not re.search(r"-|until|through", found[0][found.end(1) - found.start() :]):
            return found[0]
        between = [tail for tail in sorted(self.marker.catalogue.tails) if found[1].lower() <= tail <= found[2].lower()]
        return " and ".join(self.marker.old(self.marker.catalogue.tails[tail]) for tail in between)

    def _list(self, found: re.Match[str]) -> str:
        text = re.sub(rf"\b{NOUN}\s+", " ", found[0], flags=re.IGNORECASE)
        parts = re.split(rf"({LINK})", text)
        return "".join(part if n % 2 else re.sub(rf'"?\b({SYMBOL})"?(?![\w\'])', lambda own: self._symbol(own[1]), part)
                       for n, part in enumerate(parts))  # fmt: skip

    def _capital(self, found: re.Match[str]) -> str:
        front = re.search(rf"{any_of('between-letters')}\s+$", found.string[: found.start()])
        rest = found.string[found.end() :]
        linked = re.match(r"\s+(?:and|or|to|with|by|should|is|in|then)\b", rest)
        article = found[1] == "A" and not front and re.match(r"\s+[a-z]", rest) and not linked
        if found[1] == "I" or article:
            return found[0]
        return self._symbol(found[1])
