"""What else is asked of a language model: judgements of steps, own proposals, their wording, names of themes.

Each function makes one call and checks the answer against what was given: every step judged once and no other, every
proposal applicable, no figure that the facts do not hold. What comes back are values, never text to be run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from assistant.language.change_outline import outline
from assistant.language.figures.reading import numbers_in
from assistant.language.figures.separators import numeric
from assistant.language.model_change import edits_of
from assistant.language.port import Budget, LanguageModel, Reply, ReplyFault, ReplyModel
from assistant.language.prompts import render
from assistant.language.proposals_reply import ProposalLines, Proposals
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.process.tree import tasks

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

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
        _same_ids([one.id for one in reply.steps], wanted, "task")
        for one in reply.steps:
            strange = [need for need in one.needs if need not in wanted or need == one.id]
            if strange:
                raise ReplyFault(f"{one.id} needs {strange[0]!r}, which is no other task of the outline.")

    prompt = replace(render("judge_steps", {"process": outline(process)}), check=check)
    return model.ask(prompt, StepJudgements, budget or Budget())


def _same_ids(given: list[str], wanted: list[str], what: str) -> None:
    missing = [one for one in wanted if one not in given]
    strange = [one for one in given if one not in wanted]
    double = sorted({one for one in given if given.count(one) > 1})
    for names, told in ((missing, "is missing"), (strange, "is not there"), (double, "is given twice")):
        if names:
            raise ReplyFault(f"The {what} {', '.join(map(repr, names[:5]))} {told}.")


class OwnProposal(NamedTuple):
    """A proposal of the model: its lines (title, why, risk …) and the edits it amounts to."""

    lines: ProposalLines
    edits: tuple[Edit, ...]


class OwnProposals(NamedTuple):
    """All proposals of one answer, and the reply they came in."""

    proposals: tuple[OwnProposal, ...]
    reply: Reply[Proposals]


def propose(
    process: Process,
    findings: Mapping[str, str],
    practices: Iterable[str],
    model: LanguageModel,
    *,
    goal: str | None = None,
    keep: str | None = None,
    most: int = 4,
    budget: Budget | None = None,
) -> OwnProposals:
    """Redesigns the model proposes, each applicable to the process. `findings` by id; `practices` as `H10 text`.

    Raises one of the ServiceError family. Guards and simulation are the caller's business.
    """
    practices = tuple(practices)
    codes = {practice.split(" ")[0].rstrip(":") for practice in practices}

    def check(reply: Proposals) -> None:
        for one in reply.proposals[:most]:
            unknown = [name for name in one.because if name not in findings]
            if unknown:
                raise ReplyFault(f"The proposal {one.title!r} names the finding {unknown[0]!r}, which is not there.")
            if one.practice and one.practice not in codes:
                raise ReplyFault(f"The proposal {one.title!r} names the practice {one.practice!r}, which is not there.")
            edits_of(process, one.commands)

    texts = "\n".join(f"{name}: {text}" for name, text in findings.items())
    inputs = {"process": outline(process), "findings": texts, "practices": list(practices), "most": most,
              "goal": goal or None, "keep": keep or None}  # fmt: skip
    reply = model.ask(replace(render("propose", inputs), check=check), Proposals, budget or Budget())
    kept = [OwnProposal(one, edits_of(process, one.commands)) for one in reply.value.proposals[:most]]
    return OwnProposals(tuple(kept), reply)


class Wording(ReplyModel):
    """The words for one proposal."""

    id: str
    title: Annotated[str, Field(min_length=3, max_length=120)]
    summary: Annotated[str, Field(min_length=10, max_length=900)]


class Wordings(ReplyModel):
    """The words for every proposal."""

    items: tuple[Wording, ...]


def word_proposals(
    process: Process, facts: Mapping[str, str], model: LanguageModel, budget: Budget | None = None
) -> Reply[Wordings]:
    """Titles and summaries for proposals whose facts are given by id; a figure not among the facts is sent back."""
    given = "\n".join((*facts.values(), outline(process)))
    known = numbers_in(given) | {numeric(word) for word in _DIGITS.findall(given)}

    def check(reply: Wordings) -> None:
        _same_ids([one.id for one in reply.items], list(facts), "proposal")
        for one in reply.items:
            for figure in _DIGITS.findall(f"{one.title} {one.summary}"):
                if numeric(figure) not in known:
                    raise ReplyFault(f"{one.id}: the figure {figure} does not stand in the facts.")

    blocks = "\n\n".join(f"{name}\n{text}" for name, text in facts.items())
    prompt = render("word_proposals", {"process": outline(process), "proposals": blocks})
    return model.ask(replace(prompt, check=check), Wordings, budget or Budget())


class ThemeName(ReplyModel):
    """The name of one group of comments (fields as in the prompt themes)."""

    id: str
    name: Annotated[str, Field(min_length=2, max_length=80)]
    kind: Literal["complaint", "question", "request", "praise", "mixed"]
    clear: bool
    same_as: str
    step: str


class ThemeNames(ReplyModel):
    """The names of all groups."""

    themes: tuple[ThemeName, ...]


def name_themes(
    groups: Mapping[str, str],
    model: LanguageModel,
    steps: Mapping[str, str] | None = None,
    budget: Budget | None = None,
) -> Reply[ThemeNames]:
    """Names for groups of comments. `groups`: by id, a text with size, words and samples; `steps`: names by id."""
    order = list(groups)

    def check(reply: ThemeNames) -> None:
        _same_ids([one.id for one in reply.themes], order, "group")
        for one in reply.themes:
            if one.same_as and (one.same_as not in order or order.index(one.same_as) >= order.index(one.id)):
                raise ReplyFault(f"{one.id}: same_as {one.same_as!r} is no earlier group.")
            if one.step and one.step not in (steps or {}):
                raise ReplyFault(f"{one.id}: there is no step {one.step!r}.")
            if re.search(r"\[[A-Z_]+_\d+\]", one.name):
                raise ReplyFault(f"{one.id}: a name holds no placeholder.")

    texts = "\n\n".join(f"{name}\n{text}" for name, text in groups.items())
    lines = "\n".join(f"{name}: {text}" for name, text in steps.items()) if steps else None
    prompt = render("themes", {"groups": texts, "steps": lines})
    return model.ask(replace(prompt, check=check), ThemeNames, budget or Budget())
