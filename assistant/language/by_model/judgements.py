"""What else is asked of a language model: judgements of steps, own proposals, their wording.

Each function makes one call and checks the answer against what was given: every step judged once and no other, every
proposal applicable, no figure that the facts do not hold. What comes back are values, never text to be run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from assistant.gateway.port import Budget, LanguageModel, Reply, ReplyFault, ReplyModel
from assistant.gateway.prompts import render
from assistant.language.by_model.change_outline import outline
from assistant.language.by_model.proposal_commands import Range, made_of
from assistant.language.by_model.proposals_reply import ProposalLines, Proposals
from assistant.language.by_model.short_ids import ShortIds
from assistant.language.figures.stated import said_in
from assistant.language.paper.told_figures import in_lines, unsaid
from assistant.language.quotations import Evidence
from assistant.process.apply import apply
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.process.tree import ids, tasks

Short = Annotated[str, Field(max_length=200)]


class StepJudgement(ReplyModel):
    """What a model thinks of one task (fields as in the prompt judge_steps)."""

    id: str
    value: Literal["VA", "BVA", "NVA"]
    control: bool
    legal: Short
    decides: Literal["rules", "judgement", "none"]
    needs: tuple[str, ...]
    contact: bool
    confidence: Annotated[float, Field(ge=0, le=1)]
    why: Short


class StepJudgements(ReplyModel):
    """A judgement of every task."""

    steps: tuple[StepJudgement, ...]


def judge_steps(process: Process, model: LanguageModel, budget: Budget | None = None) -> Reply[StepJudgements]:
    """What the model thinks of each task, all of them once and in order. Raises one of the ServiceError family."""
    wanted = [task.id for task in tasks(process)]

    def check(reply: StepJudgements) -> None:
        _same_ids([step.id for step in reply.steps], wanted, "task")
        for step in reply.steps:
            strange = [need for need in step.needs if need not in wanted or need == step.id]
            if strange:
                raise ReplyFault(f"{step.id} needs {strange[0]!r}, which is no other task of the outline.")

    prompt = replace(render("judge_steps", {"process": outline(process)}), check=check)
    return model.ask(prompt, StepJudgements, budget or Budget())


def _same_ids(given: list[str], wanted: list[str], what: str) -> None:
    missing = [name for name in wanted if name not in given]
    strange = [name for name in given if name not in wanted]
    double = sorted({name for name in given if given.count(name) > 1})
    for names, told in ((missing, "is missing"), (strange, "is not there"), (double, "is given twice")):
        if names:
            raise ReplyFault(f"The {what} {', '.join(map(repr, names[:5]))} {told}.")


CHANGES_NOTHING = (
    "its commands change nothing in the outline: how often or how long that is today was not told. Say with commands "
    "what is done otherwise, or ask (ASK)."
)


class OwnProposal(NamedTuple):
    """A proposal of the model: its lines (title, why, risk …), the edits it amounts to, what is unknown in them,
    which steps get the wait of others, and which figures only move along."""

    lines: ProposalLines
    edits: tuple[Edit, ...]
    ranges: tuple[Range, ...] = ()
    inherits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


class OwnProposals(NamedTuple):
    """All proposals of one answer, what became of those that could not be read, and the reply they came in."""

    proposals: tuple[OwnProposal, ...]
    reply: Reply[Proposals]
    unread: tuple[tuple[ProposalLines, str], ...] = ()
    broken: tuple[str, ...] = ()


def propose(
    process: Process,
    findings: Mapping[str, str],
    practices: Iterable[str],
    model: LanguageModel,
    *,
    story: str = "",
    hurts_at: Iterable[tuple[int, int]] = (),
    facts: Mapping[str, str] | None = None,
    stays: Iterable[str] = (),
    goal: str | None = None,
    most: int = 8,
    refuses: Callable[[tuple[Edit, ...]], str] | None = None,
    budget: Budget | None = None,
) -> OwnProposals:
    """Redesigns the model proposes, each applicable to the process. `findings` by id; `practices` are codes.

    Of the `story` the model is given what stands at and around the places in `hurts_at`; all of it where none is.
    `stays` are lines of what must stay and of wishes; `refuses` says why edits may not be made (empty: they may). The
    reply goes back once when a proposal does not fit or is refused, with the reason; what still does not fit is kept
    apart with its reason. Raises one of the ServiceError family. What is still refused is the caller's business.
    """
    codes, known, short = set(practices), dict(facts or {}), ShortIds(outline(process, counts=True))
    said = said_in("\n".join((story, *known.values(), outline(process))))
    spend, rounds = budget or Budget(), 0

    def check(reply: Proposals) -> None:
        nonlocal rounds
        rounds += 1
        faults = dict(reply.broken)
        for number, lines in zip(reply.numbers, reply.proposals[:most], strict=False):
            if why := misfit(lines) or forbidden(lines):
                faults[number] = f"{lines.title!r}: {why}"
        if faults and rounds == 1 and spend.repairs:  # one round of repair; then the rest of the answer counts
            raise ReplyFault("\n".join(faults[number] for number in sorted(faults)), tuple(sorted(faults)))

    def misfit(lines: ProposalLines) -> str:
        if groundless := _groundless(lines, findings):
            return groundless
        if lines.practice and lines.practice not in codes:
            return f"it names the practice {lines.practice!r}, which is not there."
        try:
            made = made_of(process, short.in_lines(lines.commands), said)
        except ReplyFault as fault:
            return str(fault)
        return "" if made.edits or lines.question or lines.rules else CHANGES_NOTHING  # rules change it as well

    def forbidden(lines: ProposalLines) -> str:
        why = refuses(made_of(process, short.in_lines(lines.commands), said).edits) if refuses else ""
        return f"it may not be made so. {why} Mend its commands, or put it as a question (ASK)." if why else ""

    texts = "\n".join(f"{name}: {text}" for name, text in findings.items())
    inputs = {
        "story": Evidence(story).passages(hurts_at) or story or None,
        "process": short.outline,
        "findings": short.written(texts),
        "stays": short.written("\n".join(stays)) or None,
        "facts": in_lines(unsaid(known) if story else known) or None,
        "most": most,
        "goal": goal or None,
    }
    reply = model.ask(replace(render("propose", inputs), check=check), Proposals, spend)
    kept, unread = [], [(lines, f"more than {most} were proposed.") for lines in reply.value.proposals[most:]]
    taken: set[str] = set()  # two proposals are made together: what one adds is called otherwise than what another does
    for lines in reply.value.proposals[:most]:
        if why := misfit(lines):
            unread.append((lines, why))
        else:
            made = made_of(process, short.in_lines(lines.commands), said, taken)
            taken |= ids(apply(process, made.edits))
            kept.append(OwnProposal(lines, made.edits, made.ranges, made.inherits, made.beside))
    return OwnProposals(tuple(kept), reply, tuple(unread), tuple(why for _, why in reply.value.broken))


def _groundless(lines: ProposalLines, findings: Iterable[str]) -> str:
    """Why nothing that hurts speaks for a proposal; empty where something does."""
    if not lines.because:
        return "it names no finding that it answers: `| because` and its id."
    unknown = next((name for name in lines.because if name not in findings), "")
    return f"it names the finding {unknown!r}, which is not there." if unknown else ""
