"""How many cases in a day, a week or a month take a way or come to a step that not all of them take."""

from __future__ import annotations

import re

from assistant.chat.of_a_period import ASKED, in_period
from assistant.chat.of_the_ways import called, way_asked
from assistant.chat.played import share
from assistant.chat.reply import Fact
from assistant.chat.what_was_told import Answer, shown
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.correct.parts_of_a_turn import steps_in
from assistant.language.correct.sentence_said import Sentence
from assistant.process.blocks import AnyOf, Choice, Loop
from assistant.process.durations import PERIODS
from assistant.process.expected import branch_chances, untold_ways
from assistant.process.model import Process

COUNTED = re.compile(
    r"\bhow (?:many|often)\b(?!.*\b(?:if|people|staff|hours?|minutes?|days?(?= (?:off|of))|steps?|more|fewer)\b)"
    r"(?P<what>[^?]{3,90})",
    re.IGNORECASE,
)
BACK = re.compile(r"\b(?:go(?:es)?|come|comes|sent|send|get|gets|are) back\b|\b(?:again|twice|over)\b", re.IGNORECASE)
"""Something is done again, whatever it is called."""


def cases_of_a_way(process: Process, words: str) -> Answer | None:
    """How many cases of a period go where words say; None where they name no such place, or all cases."""
    asked, cases = COUNTED.search(words), process.volume
    if asked is None or cases is None or not cases.per or not ASKED.search(words):
        return None
    catalogue = Catalogue(process)
    way = _place(catalogue, ASKED.sub(" ", asked["what"]).lower())
    if not way:
        return None
    _block, said = called(process, way)
    rate = _rate(catalogue, way)
    if rate is None:
        return [f"Nobody told how often it is that {said}. Say it: “it is so in 10 % of the cases”."], []
    if not rate:
        return None
    seconds = cases.between.mean_seconds / rate
    every = Fact("cases", float(f"{PERIODS[cases.per] / cases.between.mean_seconds:.3g}"), f"a {cases.per}", "told")
    part = share(f"share, {said}", rate, "told")
    many = Fact(f"cases, {said}", float(f"{PERIODS[cases.per] / seconds:.2g}"), f"a {cases.per}", "computed")
    lines, more = in_period(seconds, cases.per, words)
    line = f"About {many.value:g} {many.unit}: {said} in {shown(part)} of {every.value:g} {every.unit}, as you told."
    return [line, *lines], [many, part, every, *more]


def _place(catalogue: Catalogue, what: str) -> str:
    """The branch or loop meant: by its condition or by what is done there; empty where all cases come there."""
    process = catalogue.process
    case = content(f"{process.trigger or ''} {process.name}")
    own = " ".join(word for word in re.findall(r"[\w'-]+", what) if not any(alike(word, part) for part in case))
    steps = steps_in(Sentence(catalogue, own), own) or steps_in(Sentence(catalogue, what), what)
    way = way_asked(process, own) if content(own) else ""
    if way in catalogue.branches and steps and not _by_condition(catalogue, way, own):
        way = way if any(catalogue.branch_of(step) == way for step in steps) else ""
    if not way and len(steps) == 1:
        way = catalogue.branch_of(steps[0]) or ""
    loops = [block.id for block in catalogue.steps if isinstance(block, Loop)]
    return way or (loops[0] if len(loops) == 1 and BACK.search(what) else "")


def _by_condition(catalogue: Catalogue, way: str, said: str) -> bool:
    """Whether words share one with the condition of a branch, or of the one it denies."""
    conditions = [part for branch in catalogue.owner[way].branches for part in content(branch.when or "")]
    return any(alike(word, part) for word in content(said) for part in conditions)


def _rate(catalogue: Catalogue, way: str | None) -> float | None:
    """The share of all cases that ever go a way, by the shares told; None where one of them was not told. A way that
    is gone again for the same case counts once."""
    if way is None:
        return 1.0
    block = catalogue.by_id.get(way)
    if isinstance(block, Loop):
        outer = _rate(catalogue, catalogue.branch_of(way))
        return None if block.p is None or outer is None else outer * block.p
    owner, branch = catalogue.owner[way], catalogue.branches[way]
    outer = _rate(catalogue, catalogue.branch_of(owner.id))
    if not isinstance(owner, Choice | AnyOf):
        return outer
    if outer is None or branch in untold_ways(owner):
        return None
    return outer * branch_chances(owner)[owner.branches.index(branch)]
