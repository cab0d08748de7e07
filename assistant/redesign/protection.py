"""Which steps nobody may touch, and why: law, segregation of duties, four eyes, safety, what the user wants kept."""

from __future__ import annotations

from assistant.english.ruled import points_back, protected_words
from assistant.english.tables import pairs
from assistant.process.blocks import Task
from assistant.process.edits import Edit, SetProcess
from assistant.process.model import Process
from assistant.process.remarks import Remark
from assistant.process.tree import step_id, walk
from assistant.redesign.words import SAFETY, content

NOMINAL = pairs("nominal")
MOST_SAID = 100


_HELPING = frozenset("have has had is are be been get gets".split())


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .")


def _told_by_then(step: Task, remark: Remark, process: Process) -> bool:
    """Whether a step that shares one word with a rule was told before it or is done by somebody it names: a rule on
    "their signature" does not speak of the receipt that is signed at the end."""
    role = process.role(step.role)
    by_name = role is not None and role.name.lower() in _plain(remark.text)
    return by_name or step.span is None or remark.span is None or step.span.start < remark.span.end


def cut(text: str) -> str:
    """Told words short enough for a reason, cut between two words, without quotes or a full stop of their own."""
    line = " ".join(text.replace("“", "").replace("”", "").split()).rstrip(". ")
    return line if len(line) <= MOST_SAID else line[:MOST_SAID].rsplit(" ", 1)[0] + " …"


class Protection:
    """The protected steps of a process: `reasons` by step id; `rules` are told words that must stay and name no step,
    `unmatched` phrases of `keep` that nothing told speaks of."""

    def __init__(self, process: Process, keep: tuple[str, ...] = ()) -> None:
        self.reasons: dict[str, str] = {}
        self.unmatched: tuple[str, ...] = ()
        self.rules: tuple[str, ...] = ()
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
                self._said_of(remark, steps, process)

    def _said_of(self, remark: Remark, steps: list[Task], process: Process) -> None:
        told = protected_words(remark.text)
        words = {NOMINAL.get(word.strip(".,;:").lower(), word) for word in told.split()}
        said = (content(" ".join(sorted(words))) | content(told)) - _HELPING
        shared = {step.id: len(said & content(step.name)) for step in steps}
        most = max(shared.values(), default=0)
        named = [
            step.id
            for step in steps
            if most and shared[step.id] == most and (most > 1 or _told_by_then(step, remark, process))
        ]
        if not named and points_back(remark.text):
            named = [step.id for step in steps if step.id in remark.elements]
        if len(named) == 1:
            self.reasons.setdefault(named[0], f"you said “{cut(remark.text)}”")
        else:
            self.rules += (cut(remark.text),)

    def _by_itself(self, task: Task) -> None:
        if task.legal_basis:
            self.reasons[task.id] = f"legal basis: {task.legal_basis.rstrip('. ')}"
        elif found := SAFETY.search(f"{task.name} {task.note or ''}"):
            self.reasons[task.id] = f"named as {found.group(0).lower()}"

    def _by_wish(self, process: Process, keep: tuple[str, ...]) -> None:
        missed = []
        for phrase in keep:
            hits = matching(process, phrase) or self._told_in(process, phrase)
            for name in hits:
                self.reasons.setdefault(name, f'you asked to keep "{phrase}"')
            if not hits and not any(_plain(phrase) in _plain(rule) for rule in self.rules):
                missed.append(phrase)
        self.unmatched = tuple(missed)

    def _told_in(self, process: Process, phrase: str) -> list[str]:
        """The step that is protected by the remark a phrase quotes."""
        quoted = [cut(each.text) for each in process.remarks if _plain(phrase) in _plain(each.text)]
        return [name for name, why in self.reasons.items() if any(why == f"you said “{told}”" for told in quoted)]

    @property
    def stays(self) -> tuple[str, ...]:
        """What must stay and is no step, a line each."""
        told = tuple(f"Must stay: “{words}”." for words in dict.fromkeys(self.rules))
        asked = tuple(
            f"Must stay, as you asked: “{phrase}”. No step is called so: look at each change whether it holds."
            for phrase in self.unmatched
        )
        return (*told, *asked)

    def covers(self, ids: set[str] | frozenset[str]) -> list[str]:
        """Those of the ids that are protected."""
        return sorted(name for name in ids if name in self.reasons)


def asked_to_stay(process: Process, keep: tuple[str, ...]) -> list[Edit]:
    """What writes it into the process that the steps which phrases of `keep` name must stay."""
    there = {step.id for step in process.protected}
    new = [
        {"id": name, "reason": f'you asked to keep "{phrase}"'}
        for phrase in keep
        for name in matching(process, phrase)
        if name not in there
    ]
    told = [step.document() for step in process.protected]
    return [SetProcess(field="protected", value=[*told, *new])] if new else []


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
