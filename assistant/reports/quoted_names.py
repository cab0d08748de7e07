"""Step names in sentences stand in quotation marks, so that “Write invoices” cannot be read as part of the sentence."""

from __future__ import annotations

import re
from typing import Any

from assistant.process.blocks import Call, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk

QUOTED = re.compile(r"(“[^”]*”)")
AS_TOLD = frozenset("quotes quote unread outline to_be_outline story strip fill_in raci cites name where".split())
"""Fields of the report's data that hold the teller's words or names by themselves."""
SHORTEST, SAID_SHORTLY = 5, 2
AND_ANOTHER = re.compile(r"(?:, | and )(“?)")


def _stands_out(name: str) -> bool:
    """Whether words in a sentence are this name and no everyday words, as `impression` or `test run` may be."""
    return name[:1].isupper() or name.count(" ") >= SAID_SHORTLY


class Names:
    """The names of the steps of some processes."""

    def __init__(self, *processes: Process) -> None:
        steps = [step for process in processes for step in walk(process) if isinstance(step, Task | Call | Wait)]
        names = {step.name for step in steps if step.name and len(step.name) >= SHORTEST and _stands_out(step.name)}
        longest = sorted(names, key=lambda name: (-len(name), name))
        self._names = re.compile(rf"(?<![\w“])(?:{'|'.join(map(re.escape, longest))})(?![\w”])") if names else None

    def title(self, text: str) -> str:
        """A title that says what is done; where it begins as a step does, it is still what is done, unless another step
        follows: “Bag cuts” and “Seal cuts” wait for each other."""
        found = self._names.match(text) if self._names else None
        start = found.end() if found and not self._another(text, found.end()) else 0
        return text[:start] + self.quoted(text[start:])

    def _another(self, text: str, end: int) -> bool:
        more = AND_ANOTHER.match(text, end)
        return more is not None and bool(more[1] or (self._names and self._names.match(text, more.end())))

    def quoted(self, text: str) -> str:
        """A sentence with the names in it in quotation marks; a name alone stays as it is."""
        if self._names is None or self._names.fullmatch(text):
            return text
        parts = QUOTED.split(text)
        return "".join(part if part.startswith("“") else self._names.sub(r"“\g<0>”", part) for part in parts)

    def _field(self, key: str, value: Any) -> Any:
        if key == "decision" and isinstance(value, dict):
            return {name: [self.title(line) for line in lines] for name, lines in value.items()}
        if key == "title" and isinstance(value, str):
            return self.title(value)
        if key == "findings":  # what hurts is said of a step: “Bag cuts” and “Seal cuts” are small steps
            shown = {"shown": [self._hurts(finding) for finding in value["shown"]]} if "shown" in value else {}
            return {**self.everywhere(value), **shown}
        return value if key in AS_TOLD else self.everywhere(value)

    def _hurts(self, finding: dict[str, Any]) -> dict[str, Any]:
        return {**self.everywhere(finding), "title": self.quoted(finding["title"])}

    def everywhere(self, data: Any) -> Any:
        """The report's data with the names in all its sentences quoted."""
        if isinstance(data, dict):
            return {key: self._field(key, value) for key, value in data.items()}
        if isinstance(data, list):
            return [self.everywhere(item) for item in data]
        if isinstance(data, tuple) and not hasattr(data, "_fields"):
            return tuple(self.everywhere(item) for item in data)
        return self.quoted(data) if type(data) is str else data
