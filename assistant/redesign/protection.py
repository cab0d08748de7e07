"""Which steps nobody may touch, and why: law, segregation of duties, four eyes, safety, what the user wants kept."""

from __future__ import annotations

import re

from assistant.english.tables import pairs
from assistant.process.blocks import Task
from assistant.process.model import Process
from assistant.process.remarks import Remark
from assistant.process.tree import step_id, walk
from assistant.redesign.words import SAFETY, content

NOMINAL = pairs("nominal")
MOST_SAID = 100
POINTS = re.compile(r"\b(?:that|this|it)(?:'s|’s)?\b", re.IGNORECASE)


def cut(text: str) -> str:
    """Told words short enough for a reason, cut between two words, without quotes or a full stop of their own."""
    line = " ".join(text.replace("“", "").replace("”", "").split()).rstrip(". ")
    return line if len(line) <= MOST_SAID else line[:MOST_SAID].rsplit(" ", 1)[0] + " …"


class Protection:
    """The protected steps of a process: `reasons` by step id, and the phrases of `keep` that fit no step."""

    def __init__(self, process: Process, keep: tuple[str, ...] = ()) -> None:
        self.reasons: dict[str, str] = {}
        self.unmatched: tuple[str, ...] = ()
        present = {step_id(step) for step in walk(process)}
        for step in walk(process):
            if isinstance(step, Task):
                self._by_itself(step)
        for pair in process.separations:
            why = pair.reason or "segregation of duties"
            for name in (pair.a, pair.b):
                if name in present:
                    self.reasons.setdefault(name, f"separate hands: {why}")
        for kept in process.protected:
            if kept.id in present:
                self.reasons.setdefault(kept.id, kept.reason)
        self._by_word(process)
        self._by_wish(process, keep)

    def _by_word(self, process: Process) -> None:
        """Steps of which the teller said outright that a rule asks for them; said of many at once it names none."""
        steps = [step for step in walk(process) if isinstance(step, Task)]
        for remark in process.remarks:
            if remark.kind == "control" and remark.sure:
                self._said_of(remark, steps)

    def _said_of(self, remark: Remark, steps: list[Task]) -> None:
        words = {NOMINAL.get(word.strip(".,;:").lower(), word) for word in remark.text.split()}
        said = content(" ".join(sorted(words))) | content(remark.text)
        shared = {step.id: len(said & content(step.name)) for step in steps}
        most = max(shared.values(), default=0)
        named = [name for name, count in shared.items() if count == most and most]
        if not named and POINTS.search(remark.text):
            named = [step.id for step in steps if step.id in remark.elements]
        if len(named) == 1:
            self.reasons.setdefault(named[0], f"you said “{cut(remark.text)}”")

    def _by_itself(self, task: Task) -> None:
        if task.legal_basis:
            self.reasons[task.id] = f"legal basis: {task.legal_basis.rstrip('. ')}"
        elif found := SAFETY.search(f"{task.name} {task.note or ''}"):
            self.reasons[task.id] = f"named as {found.group(0).lower()}"

    def _by_wish(self, process: Process, keep: tuple[str, ...]) -> None:
        missed = []
        for phrase in keep:
            hits = matching(process, phrase)
            for name in hits:
                self.reasons.setdefault(name, f'you asked to keep "{phrase}"')
            if not hits:
                missed.append(phrase)
        self.unmatched = tuple(missed)

    def covers(self, ids: set[str] | frozenset[str]) -> list[str]:
        """Those of the ids that are protected."""
        return sorted(name for name in ids if name in self.reasons)


def matching(process: Process, phrase: str) -> list[str]:
    """The steps a phrase names: its id, its exact name, or all of the words of one in the other."""
    wanted = content(phrase)
    exact, close = [], []
    for step in walk(process):
        name = next((getattr(step, key) for key in ("name", "question", "outcome") if getattr(step, key, "")), "")
        if phrase.strip().lower() in (str(name).lower(), step_id(step).lower()):
            exact.append(step_id(step))
        said = content(str(name))
        if said and wanted and (wanted <= said or said <= wanted):
            close.append(step_id(step))
    return exact or close
