"""The paper for the boss: what a model is given to write it from, and the redesign with the paper it wrote.

It is asked last, when the proposals have been checked and played. Without it the page made by rules stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import ServiceError
from assistant.process.blocks import AnyOf, Choice, Loop, Task, Wait
from assistant.process.durations import Duration, humane
from assistant.process.expected import expected, untold_ways, visit_rates
from assistant.process.model import Process
from assistant.process.tree import enclosing, step_id, walk
from assistant.redesign.consulting import LEFT_ALONE
from assistant.redesign.facts import SAID, facts
from assistant.redesign.judging import NOT_READ
from assistant.redesign.one_voice import drawn_lines, in_one_voice, left_out
from assistant.redesign.planning import AVOID, SUM_LEFT_OUT

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel
    from assistant.language.paper.told_figures import Told
    from assistant.redesign.brief import Brief
    from assistant.redesign.consulting import Consulted
    from assistant.redesign.result import Redesign
    from assistant.redesign.shapes import Alternative, Proposal, Shown

MOST_ASKED, MOST_UNDRAWN, MOST_SAID = 3, 4, 240
"""Questions and changes not drawn that whoever writes the page is told of, and the letters of one of the latter."""
UNDRAWN = "- Not drawn: "
DECIDES = "It decides about: "
PAGE_WITHOUT = "The first page does without it: "


def with_paper(
    made: Redesign,
    consulted: Consulted,
    brief: Brief,
    model: LanguageModel | None,
    anew: Callable[[Mapping[str, str]], Redesign],
) -> Redesign:
    """The redesign with a paper, where a model read the story and led it; a failure becomes a note.

    `anew` makes the redesign without changes, by id with why: what the paper does without is on no map.
    """
    best = made.alternative(made.recommended) if made.recommended else None
    led = made.sound or (best is not None and any(proposal.own for proposal in best.proposals))
    if model is None or consulted.diagnosis is None or not led:
        return made
    from assistant.language.paper.writing import write_paper

    told = consulted.facts or facts(made.as_is, brief.story)
    sums = list(_worked(made, best))
    known = {**told, **totals(made.as_is, best)}
    known |= {f"S{number}": shown.text for number, shown in enumerate(sums, 1) if not shown.assumed}
    kept = [name for stay in consulted.diagnosis.stays for name in stay.elements]
    steps = {step_id(step): getattr(step, "name", "") for step in walk(made.as_is)}
    roles = [role.name for role in made.as_is.roles]
    try:
        paper = write_paper(
            {**_inputs(made, consulted, brief, best), "worked": "\n".join(map(_sum, sums)) or None},
            known,
            model,
            protected=[steps[name] for name in kept if steps.get(name)],
            names=[*roles, *steps.values()],
            assumed=[shown.text for shown in sums if shown.assumed],
        )
    except ServiceError as failed:
        return replace(made, notes=(*made.notes, f"The first page was put together by rules: {failed.cause}"))
    from assistant.language.paper.told_figures import Told

    story = Told(brief.story, known.values(), [shown.text for shown in sums])
    drawn = best.proposals if best else ()
    made = in_one_voice(_without(made, left_out(paper, drawn), drawn, anew), paper, drawn, story.proposed)
    made_out = story.results(paper.sums)
    return replace(made, notes=tuple(note for note in made.notes if not _borne_out(note, story, made_out)))


def _borne_out(note: str, told: Told, results: Set[float]) -> bool:
    """Whether a note speaks of a sum as left out that holds with what the sums behind the page come to."""
    lost = SUM_LEFT_OUT.match(note)
    return lost is not None and told.sum(lost[1].strip("“”"), results) is not None


def _without(
    made: Redesign,
    left: Mapping[str, str],
    drawn: Sequence[Proposal],
    anew: Callable[[Mapping[str, str]], Redesign],
) -> Redesign:
    """The redesign made without what the paper leaves out; as it was where then nothing, or what the paper does not
    speak of, would be recommended."""
    if not left:
        return made
    again = anew({name: f"{PAGE_WITHOUT}{why}" for name, why in left.items()})
    best = again.alternative(again.recommended) if again.recommended else None
    known = {proposal.id for proposal in drawn}
    return again if best and best.proposals and {each.id for each in best.proposals} <= known else made


def _inputs(made: Redesign, consulted: Consulted, brief: Brief, best: Alternative | None) -> dict[str, Any]:
    stays = [*(f"Must stay: {line}" for line in made.stays), *(line for line in consulted.stays if "Wish" in line[:5])]
    stays += [f"Must stay, the user says: {words}" for words in brief.keep]
    apart = (AVOID, LEFT_ALONE) if made.sound else AVOID
    avoided = [note for note in made.notes if note.startswith(apart)]
    return {
        "story": brief.story,
        "sound": made.sound or None,
        "stays": "\n".join([*stays, *avoided]) or None,
        "drawn": "\n".join([*drawn_lines(best.proposals if best else ()), *_undrawn(made)]) or None,
        "questions": "\n".join(_asked(made)) or None,
        "goal": brief.goal,
    }


def _undrawn(made: Redesign) -> list[str]:
    """What a model proposed and is drawn nowhere, each with why, so that the page does not rest on it unawares."""
    lost = [fate for fate in made.proposals if fate.proposal.own and fate.became == "refused"]
    told = [f"{fate.proposal.title.rstrip('.')}: {fate.reason}" for fate in lost]
    told += [note.removeprefix(NOT_READ) for note in made.notes if note.startswith(NOT_READ)]
    return [f"{UNDRAWN}{' '.join(line.split())[:MOST_SAID]}" for line in told[:MOST_UNDRAWN]]


def _asked(made: Redesign) -> Iterator[str]:
    own = ("consultant:", "contradiction:", "practice:own", "unclear:")
    found = [question for question in made.questions if question.id.startswith(own)] or list(made.questions)
    for question in found[:MOST_ASKED]:
        decides = question.why.removeprefix(DECIDES) if question.why.startswith(DECIDES) else ""
        yield f"- {question.text} {decides}".strip()


def _worked(made: Redesign, best: Alternative | None) -> Iterator[Shown]:
    """What was worked out of the story, each once: what a pain costs, and what a change that is drawn brings."""
    pains = (shown for finding in made.findings for shown in finding.details.get("sums", ()))
    brings = (shown for proposal in (best.proposals if best else ()) for shown in proposal.plan.brings)
    seen: set[str] = set()
    for shown in (*pains, *brings):
        if shown.text not in seen:
            seen.add(shown.text)
            yield shown


def _sum(shown: Shown) -> str:
    """A sum in a line, with what it counts and what of it nobody told: the marks of the reply are not kept with it."""
    counts = shown.counts.partition(";")[0]
    assumed = f" ({', '.join(shown.assumed)} assumed)" if shown.assumed else ""
    return f"- {shown.text}{f', {counts}' if counts else ''}{assumed}"


def totals(process: Process, best: Alternative | None) -> dict[str, str]:
    """The told times that follow each other today and after the changes, added up; nothing that nobody told.

    Where a told time passes in a share of cases that nobody told, there is no total: its parts are named.
    """
    parts = _parts(process)
    if not parts:
        return {}
    if open_ways := _in_unknown_share(process):
        told = [f"{part.words}{_how_often(part, part.step in open_ways)}" for part in parts]
        return {"T1": f"Told times, of which no total can be made while shares are unknown: {'; '.join(told)}"}
    total = humane(expected(process).elapsed.value)
    rare = [f"{part.words} {part.rate:.2g} times" for part in parts if abs(part.rate - 1) > 0.005]
    found = {
        "T1": f"Today the told times come to {total} in an average case{', with ' if rare else ''}{'; '.join(rare)}"
    }
    if best is None:
        return found
    if all(time.basis in SAID for _, _, time in _times(best.process)) and not _in_unknown_share(best.process):
        after = humane(expected(best.process).elapsed.value)
        found["T2"] = f"After the changes {after} of these remain; what runs side by side counts once"
    return found


class _Told(NamedTuple):
    """A told time of a step, in words, and how often it passes in an average case."""

    words: str
    step: str
    rate: float


def _parts(process: Process) -> list[_Told]:
    rates = visit_rates(process)
    return [
        _Told(f"{words} {humane(time.mean_seconds)}", step, rates.get(step, 1.0))
        for words, step, time in _times(process)
        if time.basis in SAID
    ]


def _how_often(part: _Told, unknown: bool) -> str:
    if unknown:
        return " in a share of cases nobody told"
    return f" {part.rate:.2g} times" if abs(part.rate - 1) > 0.005 else ""


def _in_unknown_share(process: Process) -> set[str]:
    """The steps with a told time that stand on a way, or in a loop, whose share nobody told."""
    untold: set[str] = set()
    for block in walk(process):
        if isinstance(block, Loop) and block.p is None:
            untold.add(block.id)
        elif isinstance(block, Choice | AnyOf):
            untold |= {branch.id for branch in untold_ways(block)}
    around = enclosing(process)
    return {part.step for part in _parts(process) if untold & set(around.get(part.step, ()))}


def _times(process: Process) -> Iterator[tuple[str, str, Duration]]:
    """Each time of a process: what it is, the step's id, and the time."""
    for step in walk(process):
        times: list[tuple[str, Duration | None]] = []
        if isinstance(step, Task):
            times = [("wait before", step.wait), ("work on", step.work)]
        elif isinstance(step, Wait):
            times = [("wait for", step.duration)]
        for words, time in times:
            if time is not None:
                yield f"{words} {getattr(step, 'name', '') or 'an unnamed step'}", step_id(step), time
