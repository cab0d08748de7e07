"""figures: one table of phrases, each read through every door, which must give the same figure or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.chat.answers import match_answers
from assistant.chat.corrections import find_correction
from assistant.errors import AssistantError
from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.shapes import Case, Suite
from assistant.language.figures.reading import figure_from
from assistant.process.apply import apply
from assistant.process.blocks import Choice, Loop, Task, Wait
from assistant.process.codec import from_data
from assistant.process.durations import Basis, seconds
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import tasks, walk
from assistant.settings import bundled

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800, "mo": 30 * 86400, "y": 365 * 86400}
PERIODS = {"hour": 3600, "day": 86400, "week": 604800, "month": 30 * 86400, "quarter": 91 * 86400, "year": 365 * 86400}
WORK: dict[str, Any] = {
    "schema": "process/1", "name": "P",
    "roles": [{"id": "clerk", "name": "Clerk"}, {"id": "manager", "name": "Manager"}],
    "flow": [
        {"task": {"id": "check", "name": "Check order", "role": "clerk",
                  "work": {"kind": "fixed", "value": 7, "unit": "min"}}},
        {"choice": {"id": "c", "question": "Complete?", "branches": [
            {"id": "bad", "when": "form is incomplete", "p": 0.07,
             "do": [{"task": {"id": "call", "name": "Call customer", "role": "clerk"}}]},
            {"id": "good", "when": "otherwise", "p": 0.93}]}},
        {"task": {"id": "sign", "name": "Sign letter", "role": "manager"}},
    ],
}  # fmt: skip
SIGNED = "The manager signs the letter."
FIELDS = {"duration": ("work", "sign"), "chance": ("p", "c"), "people": ("capacity", "clerk"),
          "money": ("cost_per_hour", "clerk"), "rate": ("volume", ""), "rhythm": ("volume", "")}  # fmt: skip
ALL_FIELDS = {"work": "sign", "p": "c", "exception_rate": "check", "capacity": "clerk", "cost_per_hour": "clerk",
              "volume": ""}  # fmt: skip
CLOSE = 1e-3


def _load() -> list[Case]:
    table = (bundled("evals") / "figures.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and line[0] != "#"]
    cases = []
    for phrase, kind, *rest in lines:
        figure = {"low": float(rest[0]), "high": float(rest[1]), "unit": rest[2] if rest[2:] else ""} if rest else {}
        guards = "a figure means the same whichever way it is said"
        cases.append(Case(phrase, {"phrase": phrase, "kind": kind}, figure, "evals/figures.tsv", guards))
    return [*cases, *bundled_cases("figures")]


def _play(door: Door, case: Case) -> dict[str, Any]:
    """What each door makes of the phrase, as one number (seconds, a share, seconds between cases, people, money)."""
    phrase, kind = case.given["phrase"], case.given["kind"]
    made = {}
    for name, words in _doors(phrase, kind).items():
        try:
            made[name] = words(door)
        except AssistantError as error:
            made[name] = f"error: {error.what}"
    return made


Read = Callable[[Door], Any]


def _doors(phrase: str, kind: str) -> dict[str, Read]:
    doors: dict[str, Read] = {}
    if kind == "duration":
        doors["story"] = lambda door: _times(door.read(f"The clerk checks the order, which takes {phrase}. {SIGNED}"))
        doors["change"] = lambda door: _times(_change(door, f"Signing the letter takes {phrase}"))[1:]
        doors["correction"] = lambda _: _times(_correction(f"it takes {phrase}, not seven minutes"))[:1]
        doors["command line"] = lambda _: [["limit", *[_limit(phrase)] * 2]]
        doors["answer"] = lambda _: _times(_answer(phrase, "work"))[1:]
    elif kind == "chance":
        told = f"The clerk checks the form. If the form is incomplete ({phrase}), the clerk calls the customer."
        doors["story"] = lambda door: _chances(door.read(told))
        of = " of the cases" if phrase.endswith("half") else ""
        doors["change"] = lambda door: _chances(_change(door, f"The form is incomplete in {phrase}{of}"))
        doors["answer"] = lambda _: _chances(_answer(phrase, "p"))
        doors["correction"] = lambda _: _chances(_correction(f"it is {phrase}, not 7 percent"))
    elif kind in ("rate", "rhythm"):
        if kind == "rate":
            doors["story"] = lambda door: _gap(door.read(f"We get {phrase}. The clerk checks the order. {SIGNED}"))
        said = f"We get {phrase}" if kind == "rate" else f"Orders come in {phrase}"
        doors["change"] = lambda door: _gap(_change(door, said))
        doors["answer"] = lambda _: _gap(_answer(phrase, "volume"))
    elif kind in ("money", "people"):
        field = "cost_per_hour" if kind == "money" else "capacity"
        doors["answer"] = lambda _: _of_clerk(_answer(phrase, field), field)
    else:
        doors["story"] = lambda door: _nothing(
            door.read(f"The clerk checks the order. {_sentence(phrase, kind)} {SIGNED}")
        )
    if kind in ("vague", "none"):
        doors["answers"] = lambda _: [field for field in ALL_FIELDS if _answer(phrase, field) is not None]
        doors["change"] = lambda door: _times(_change(door, f"Signing the letter takes {phrase}"))[1:]
        doors["command line"] = lambda _: _limit(phrase)
    return doors


def _sentence(phrase: str, kind: str) -> str:
    form = {
        "load": "The clerks are {}.",
        "limit": "The offer is {}.",
        "vague": "That takes {}.",
        "none": "That takes {}.",
    }
    return form[kind].format(phrase) if kind in form else f"{phrase[0].upper()}{phrase[1:]}."


def _work(**fields: Any) -> Process:
    return from_data({**WORK, **fields})


def _open() -> Process:
    """The same with a decision whose chances nobody gave."""
    flow = [dict(step) for step in WORK["flow"]]
    branches = [{key: value for key, value in way.items() if key != "p"} for way in flow[1]["choice"]["branches"]]
    flow[1] = {"choice": {**flow[1]["choice"], "branches": branches}}
    return _work(flow=flow)


def _change(door: Door, words: str) -> Process:
    made = door.change(_work(), words)
    return made.after if made.edits and not made.question else _work()


def _answer(words: str, field: str) -> Process | None:
    process = _open() if field == "p" else _work()
    element = ALL_FIELDS[field]
    question = Question(id=field, text="How?", why="", weight=1.0, elements=(element,) if element else (), field=field)
    edits = [edit for answer in match_answers(words, [question], process) for edit in answer.edits]
    return apply(process, tuple(edits)) if edits else None


def _correction(words: str) -> Process:
    found = find_correction(words, _work(), ["check"])
    return apply(_work(), found.edits) if found and found.edits else _work()


def _limit(phrase: str) -> float | str:
    """The seconds a command line takes a phrase for (`what-if --within`), `refused` when for none."""
    figure = figure_from(phrase, "duration")
    return "refused" if figure is None else seconds(figure.high, figure.unit)


def _times(process: Process | None) -> list[list[Any]]:
    """Every length of time somebody told: field, and its ends in seconds; one estimated from a total is none."""
    found: list[list[Any]] = []
    for step in walk(process) if process else ():
        for field in ("work", "wait", "duration"):
            value: Any = getattr(step, field, None) if isinstance(step, Task | Wait) else None
            if value is not None and value.basis != Basis.ESTIMATED:
                size = SECONDS[value.unit]
                low, high = (value.low, value.high) if value.kind == "uniform" else (value.value, value.value)
                found.append([field, low * size, high * size])
    return found


def _chances(process: Process | None) -> list[float]:
    found = [step.branches[0].p for step in walk(process) if isinstance(step, Choice)] if process else []
    found += [step.p for step in walk(process) if isinstance(step, Loop)] if process else []
    return [p for p in found if p is not None]


def _gap(process: Process | None) -> float | None:
    return process.volume.between.mean_seconds if process and process.volume else None


def _of_clerk(process: Process | None, field: str) -> float | None:
    role = process.role("clerk") if process else None
    return getattr(role, field) if role else None


def _nothing(process: Process) -> list[Any]:
    """What must stay empty when a phrase is no time or chance of a step; the two steps must be there."""
    stated = [row for row in _times(process) if row[0] != "wait" or not process.measures]
    steps = [task.name for task in tasks(process)]
    return [stated, _chances(process), steps == ["Check order", "Sign letter"]]


def _score(case: Case, output: Any) -> dict[str, float]:
    kind = case.given["kind"]
    right = [_right(case, kind, name, made) for name, made in output.items()]
    return {"every_door": float(all(right)), "doors": sum(right) / len(right)}


def _right(case: Case, kind: str, name: str, made: Any) -> bool:
    if isinstance(made, str):
        return made == "refused"
    if kind in ("vague", "none"):
        return made in ([], [[], [], True])
    if kind in ("load", "limit", "total"):
        return bool(made == [[], [], True])
    low, high, unit = (case.expected.get(key) for key in ("low", "high", "unit"))
    if kind == "duration":
        return _same_time(name, made, low, high, str(unit))
    wanted = {"chance": lambda: (low + high) / 200, "people": lambda: low, "money": lambda: (low + high) / 2,
              "rate": lambda: PERIODS[unit] * 2 / (low + high),
              "rhythm": lambda: low * SECONDS[unit]}[kind]()  # fmt: skip
    found = made[0] if isinstance(made, list) and made else made
    if kind == "money" and wanted > 1e6:
        return found in (None, wanted)
    return isinstance(found, int | float) and abs(found - wanted) <= CLOSE * max(abs(wanted), 0.1)


def _same_time(name: str, made: Any, low: float, high: float, unit: str) -> bool:
    if len(made) != 1:
        return False
    field, start, end = made[0]
    size = (8 * 3600 if field == "work" else 86400) if unit == "wd" else SECONDS[unit]
    if name == "command line":
        start = end = made[0][1]
        low = high
    return bool(abs(start - low * size) <= CLOSE * low * size and abs(end - high * size) <= CLOSE * high * size)


def _why(case: Case, output: Any) -> list[str]:
    kind = case.given["kind"]
    return [f"{name}: {made}" for name, made in output.items() if not _right(case, kind, name, made)]


MEANS = {
    "every_door": "1 when a phrase gives the right figure at every door: story, change, answer, correction, command.",
    "doors": "Share of the doors through which it does.",
}


SUITES = (
    Suite(
        "figures", "Phrases for figures, read through every door: story, change, answer, correction, command.",
        _load, _play, _score, (), frozenset({"every_door"}), every=2, why=_why,
        means=MEANS,
    ),
)  # fmt: skip
