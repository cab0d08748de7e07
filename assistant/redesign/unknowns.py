"""The figures of a process that nobody gave, and what each could be: for playing a change under many of them.

A time put in as a triangle lies anywhere between its ends, one from the library or with one figure between half and
double of it; shares nobody gave lie anywhere; a share, a price or a volume with an estimate between half and double.
What a change is sized with by an estimate is drawn as well, but a saving stays a saving.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, Loop, Task, Wait
from assistant.process.describe import name_of
from assistant.process.durations import UNITS, Basis, Duration, Triangular, scaled
from assistant.process.edits import Edit
from assistant.process.figures import interval
from assistant.process.model import Process, Role
from assistant.process.tree import branches, by_id, walk
from assistant.redesign.estimates import WEAK
from assistant.redesign.shapes import Filled
from assistant.simulation.scenarios import each_step, volume

At = Callable[[str], float]
"""For a figure's name a number between 0 and 1: where in its range it lies."""
TIMES = ("work", "wait", "setup", "duration")
SPREAD = math.log(4.0)
"""From half to double, on the scale of logarithms."""
EDGE = 0.02
MOST_AGAIN = 0.4
MOST_FAILING = 0.3
"""The most of what is taken as always so that may not be so."""
EVEN = 1e-6


class Unknowns:
    """The unknown figures of a process `before` a change. `filled` names what was put in beside times and chances.

    `rates_told`: an error rate given anew to a step of today is told (no practice gives one), not a promise.
    """

    def __init__(self, before: Process, filled: Sequence[Filled] = (), rates_told: bool = False) -> None:
        self.before, self.rates_told = before, rates_told
        self.steps = by_id(before)
        self.put_in = {(filling.element, filling.field) for filling in filled}

    def drawn(self, process: Process, at: At) -> Process:
        """The process with every figure that nobody gave taken from its range."""
        process = each_step(lambda step: self._step(step, at))(process)
        process = process.model_copy(update={"roles": tuple(self._role(role, at) for role in process.roles)})
        told = process.volume
        if told is not None and told.basis in WEAK:
            process = volume(_half_to_double(at("volume")))(process)
        return process

    def sized(self, process: Process, edits: Sequence[Edit], at: At) -> Process:
        """A changed process with what the edits are sized with by an estimate taken from its range."""
        sized = _sized_by(edits, self.rates_told)
        if not sized:
            return process
        return each_step(lambda step: self._sized(step, sized, at))(process)

    def names(self, process: Process, edits: Sequence[Edit] = ()) -> dict[str, str]:
        """What each unknown figure is, in words, by the name `at` is asked with."""
        found: dict[str, str] = {}

        def note(key: str) -> float:
            found[key] = _words(key, process)
            return 0.5

        self.drawn(self.before, note)
        self.sized(process, edits, note)
        return found

    # --- one element --------------------------------------------------------------------------------------------------

    def _step(self, step: Block, at: At) -> Block:
        if isinstance(step, Task | Wait | Call):
            found: dict[str, object] = {
                name: _draw(step, name, at) for name in TIMES if _weak(getattr(step, name, None))
            }
            if isinstance(step, Task) and step.cost and (step.id, "cost") in self.put_in:
                found["cost"] = step.cost * _half_to_double(at(f"{step.id}:cost"))
            return step.model_copy(update=found) if found else step
        if isinstance(step, Choice | AnyOf):
            return _shares(step, at)
        if isinstance(step, Loop) and step.p is not None and step.p_basis in WEAK:
            return step.model_copy(update={"p": EDGE + (max(MOST_AGAIN, step.p) - EDGE) * at(f"{step.id}:p")})
        return step

    def _role(self, role: Role, at: At) -> Role:
        if role.cost_per_hour and role.cost_basis in WEAK:
            price = role.cost_per_hour * _half_to_double(at(f"{role.id}:price"))
            return role.model_copy(update={"cost_per_hour": price})
        return role

    def _sized(self, step: Block, sized: set[tuple[str, str]], at: At) -> Block:
        if isinstance(step, Choice | AnyOf):
            names = (step.id, *(branch.id for branch in step.branches))
            return _shares(step, at) if any((name, "p") in sized for name in names) else step
        if isinstance(step, Loop) and (step.id, "p") in sized and step.p is not None and step.p_basis in WEAK:
            old = getattr(self.steps.get(step.id), "p", None)
            return step.model_copy(update={"p": _fewer(step.p, old, step.id, at)})
        if not isinstance(step, Task | Wait | Call):
            return step
        found: dict[str, object] = {}
        for name in TIMES:
            now: Duration | None = getattr(step, name, None)
            if now is not None and _weak(now) and (step.id, name) in sized:
                found[name] = scaled(now, self._factor(step.id, name, now, at))
        if isinstance(step, Task) and step.error_rate and (step.id, "error_rate") in sized:
            rate = getattr(self.steps.get(step.id), "error_rate", None)
            found["error_rate"] = _fewer(step.error_rate, rate, f"{step.id}:error_rate", at)
        return step.model_copy(update=found) if found else step

    def _factor(self, key: str, name: str, now: Duration, at: At) -> float:
        """By how much a time that an edit sizes is off; a saving stays one, and follows the time it is taken from."""
        factor = _half_to_double(at(f"{key}:{name}:sized"))
        step = self.steps.get(key)
        old: Duration | None = getattr(step, name, None)
        if step is None or old is None or now.mean_seconds > old.mean_seconds:
            return factor
        factor = min(factor, old.mean_seconds / max(now.mean_seconds, 1e-9))
        return factor * _draw(step, name, at).mean_seconds / max(old.mean_seconds, 1e-9) if _weak(old) else factor


def _fewer(p: float, old: float | None, name: str, at: At) -> float:
    """A lowered chance, between half and double of it, but not above what it was."""
    drawn = p * _half_to_double(at(f"{name}:p:sized"))
    return min(drawn, max(p, old if old is not None else 1 - EDGE))


def _weak(time: Duration | None) -> bool:
    return time is not None and time.basis in WEAK


def _draw(step: Block, name: str, at: At) -> Duration:
    time: Duration = getattr(step, name)
    where = at(f"{step.id}:{name}")  # type: ignore[union-attr]
    if isinstance(time, Triangular) and time.high > time.low:
        mean = (time.low + time.mode + time.high) / 3
        return scaled(time, (time.low + (time.high - time.low) * where) / mean)
    return scaled(time, _half_to_double(where))


def _half_to_double(where: float) -> float:
    return math.exp(SPREAD * (where - 0.5))


def _shares(step: Choice | AnyOf, at: At) -> Choice | AnyOf:
    """The shares nobody gave: evenly split ones lie anywhere, sized ones between half and double."""
    weak = [branch for branch in step.branches if branch.p is None or branch.p_basis in WEAK]
    if not weak:
        return step
    given = [branch.p for branch in weak if branch.p is not None]
    even = len(given) < len(weak) or max(given) - min(given) < EVEN
    if isinstance(step, AnyOf):
        drawn = {branch.id: EDGE + (1 - 2 * EDGE) * at(f"{branch.id}:p") for branch in weak}
    else:
        left = max(0.0, 1 - sum(branch.p or 0.0 for branch in step.branches if branch not in weak))
        weights = {branch.id: _weight(branch, even, at) for branch in weak}
        if even and len(weak) == 2:
            first = EDGE + (1 - 2 * EDGE) * at(f"{weak[0].id}:p")
            weights = {weak[0].id: first, weak[1].id: 1 - first}
        elif len(weak) == 2 and max(given) == 1:  # what is taken as always so
            failing = MOST_FAILING * at(f"{weak[0].id}:p")
            weights = {branch.id: 1 - failing if branch.p == 1 else failing for branch in weak}
        total = sum(weights.values()) or 1.0
        drawn = {name: left * weight / total for name, weight in weights.items()}
    changed = tuple(
        branch.model_copy(update={"p": drawn[branch.id]}) if branch.id in drawn else branch for branch in step.branches
    )
    return step.model_copy(update={"branches": changed})


def _weight(branch: Branch, even: bool, at: At) -> float:
    where = at(f"{branch.id}:p")
    if even:
        return -math.log(1 - (EDGE + (1 - 2 * EDGE) * where))  # shares of such weights lie anywhere between 0 and 1
    return (branch.p or 0.0) * _half_to_double(where)


def _sized_by(edits: Sequence[Edit], rates_told: bool) -> set[tuple[str, str]]:
    """The times and chances that edits give a value: (element, field)."""
    given_anew = TIMES if rates_told else (*TIMES, "error_rate")
    found: set[tuple[str, str]] = set()
    for edit in edits:
        if edit.op == "set" and edit.field in given_anew:
            found.add((edit.id, edit.field))
        elif edit.op == "set_condition" and edit.p is not None:
            found.add((edit.id, "p"))
        for step in _put_in(edit):
            found |= {(step.id, name) for name in (*TIMES, "error_rate") if getattr(step, name, None) is not None}  # type: ignore[union-attr]
            found |= {(branch.id, "p") for branch in getattr(step, "branches", ())}
        if edit.op in ("wrap_in_choice", "wrap_in_loop"):
            found.add((edit.id, "p"))
    return found


def _put_in(edit: Edit) -> Sequence[Block]:
    parts: list[Block] = []
    for name in ("blocks", "tasks"):
        parts += list(getattr(edit, name, ()))
    for name in ("otherwise", "redo"):
        inner = getattr(edit, name, None)
        parts += list(inner.items) if inner is not None else []
    whole = Process(name="x", flow=tuple(parts)) if parts else None
    return list(walk(whole)) if whole is not None else []


def _words(key: str, process: Process) -> str:
    """What a figure is, for a reader: 'how long “Check” takes'."""
    name, _, field = key.partition(":")
    steps, ways = by_id(process), branches(process)
    if name in ways:
        return f"how often it is “{ways[name][1].when}”" if ways[name][1].when else "how often each way comes up"
    if field.startswith("p"):
        role = process.role(name)
        return f"what an hour of {role.name} costs" if role else "how often work is done again"
    if key == "volume":
        return "how many cases come"
    step = steps.get(name)
    told = f"“{step.name}”" if isinstance(step, Wait) and step.name else name_of(step)
    return {"wait": f"how long cases lie before {told}", "duration": f"how long {told} lasts",
            "cost": f"what {told} costs"}.get(field.split(":")[0], f"how long {told} takes")  # fmt: skip


def could_be(one: Filled, process: Process) -> str:
    """What a figure that was put in could be, as it is drawn: '5 to 40 min'; empty where it is not drawn."""
    step = by_id(process).get(one.element)
    time = getattr(step, one.field, None) if one.field in TIMES else None
    if isinstance(time, Triangular) and time.high > time.low:
        return interval(time.low * UNITS[time.unit], time.high * UNITS[time.unit], "s")
    if time is not None:
        return interval(time.mean_seconds / 2, time.mean_seconds * 2, "s")
    if one.field == "cost_per_hour" and isinstance(one.value, int | float):
        return interval(one.value / 2, one.value * 2, process.currency)
    if one.field != "p":
        return ""
    if one.element in branches(process):
        always = {1: f"{100 - 100 * MOST_FAILING:.0f} to 100 %", 0: f"0 to {100 * MOST_FAILING:.0f} %"}
        return always.get(one.value, "anything from 2 to 98 %") if one.basis is Basis.ESTIMATED else ""
    return f"2 to {MOST_AGAIN * 100:.0f} %"


def firm(edits: Sequence[Edit]) -> bool:
    """Whether edits bring no figure of their own that rests on an estimate: they only move, join or take away."""
    return not any(edit.op in ("set_condition", "wrap_in_choice", "wrap_in_loop") or _put_in(edit) or _weak_value(edit)
                   for edit in edits)  # fmt: skip


def _weak_value(edit: Edit) -> bool:
    if edit.op != "set" or edit.field not in TIMES or edit.value is None:
        return False
    value = edit.value
    basis = value.get("basis") if isinstance(value, Mapping) else getattr(value, "basis", None)
    return basis in (*WEAK, *(weak.value for weak in WEAK))
