"""What an answer rests on, in one line: what nobody told and was filled in, and how much hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.chat.reply import Fact
from assistant.process.durations import Basis, humane
from assistant.process.figures import joined, plural

if TYPE_CHECKING:
    from assistant.chat.played import Played
    from assistant.redesign.shapes import Completed

COUNTED = {"work": ("how long {} take", "step"), "wait": ("how long {} wait", "step"),
           "duration": ("how long {} last", "wait"), "p": ("how often {} are taken", "way")}  # fmt: skip
ONLY = {"volume": "how many cases come", "cost_per_hour": "what an hour costs",
        "capacity": "how many people there are (so nobody queues for them)"}  # fmt: skip
LEAST = 0.005
UNTOLD = "Not told: "
SAME_BASIS = "It rests on the same as the answer before, with the same things not told."


def basis_of(played: Played) -> tuple[str, list[Fact]]:
    """How sure the figures are, in one line."""
    completed, doubt = played.completed, cannot_be(played)
    if not completed.filled and not doubt:
        return "All figures it takes were told; the rest is simulated from them.", []
    line = " ".join(part for part in (doubt, _missing(completed), _hours(completed)) if part)
    return line, [Fact("filled in", line, "", "estimates of the library and typical figures")]


def said_once(lines: Sequence[str], before: str) -> tuple[tuple[str, ...], str]:
    """Lines with what nobody told said in full only where it is not what was said `before`; and what was said now."""
    rests = next((line for line in lines if UNTOLD in line), "")
    return tuple(SAME_BASIS if rests and line == rests == before else line for line in lines), rests or before


def cannot_be(played: Played) -> str:
    """Why a computed time cannot be right, and what is asked: it goes against the teller's own total, or a queue in it
    grows with every case; else empty."""
    from assistant.redesign.contradictions import contradictions, told_time
    from assistant.simulation.relief import unsettled

    if against := contradictions(played.process, played.result, played.completed.work_filled):
        return f"That cannot be right: {against[0].question.text}"
    if over := unsettled(played.process):
        who, load = max(over.items(), key=lambda pair: pair[1])
        said = told_time(played.process)
        return (
            f"{f'You said a case takes {humane(said)} in all. ' if said else ''}"
            f"Times of a case cannot be right so: “{who}” would be busy {round(100 * load)}% of the time, and such a "
            "queue grows with every case played. Which is wrong: the people, the cases or the minutes?"
        )
    return ""


def untold(completed: Completed) -> list[str]:
    """What nobody told, as a row of things: `how long 3 steps take`."""
    count = Counter(filling.field for filling in completed.filled)
    parts = [words.format(plural(count[field], thing)) for field, (words, thing) in COUNTED.items() if count[field]]
    parts = [
        part.replace("1 step take", "1 step takes")
        .replace("1 way are", "1 way is")
        .replace("1 wait last", "1 wait lasts")
        for part in parts
    ]
    return [*parts, *(words for field, words in ONLY.items() if count[field])]


def _missing(completed: Completed) -> str:
    parts = untold(completed)
    if not parts:
        return ""
    library = any(filling.basis is Basis.LIBRARY for filling in completed.filled)
    source = "typical figures, some from the library," if library else "typical figures"
    rests = [f"{round(100 * share)}% of {what}" for share, what in (
        (completed.elapsed_filled, "the time"), (completed.work_filled, "the work")) if share >= LEAST]  # fmt: skip
    hangs = f" {joined(rests)} of a case {'rests' if len(rests) == 1 else 'rest'} on them." if rests else ""
    return f"{UNTOLD}{joined(parts)}; {source} stand in.{hangs}"


def _hours(completed: Completed) -> str:
    from assistant.redesign.estimates import hours_in_words

    hours = next((filling.value for filling in completed.filled if filling.field == "working_hours"), None)
    return f"Nobody said when people work; I took {hours_in_words(hours)}." if hours else ""
