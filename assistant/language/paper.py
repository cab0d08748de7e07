"""The paper for the boss, asked of a language model and held against the story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import ModelAnswerInvalid
from assistant.language.paper_check import MOST_UNCHECKED, PaperCheck
from assistant.language.paper_reply import LONG_WORDS, FirstAnswer, Paper, counted, too_long
from assistant.language.port import Budget, LanguageModel, ReplyFault
from assistant.language.prompts import render

MOST_TOKENS = 4000
"""Of the final answer with its list of figures."""


@dataclass(frozen=True)
class Checked:
    """A paper as it may be shown: Markdown, where each figure comes from, who wrote it, what did not hold, and the sums
    behind it."""

    markdown: str
    sources: Mapping[float, str]
    made_by: str = ""
    notes: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()


def write_paper(
    inputs: Mapping[str, Any],
    facts: Mapping[str, str],
    model: LanguageModel,
    *,
    protected: Iterable[str] = (),
    names: Iterable[str] = (),
    budget: Budget | None = None,
) -> Checked:
    """A paper on `inputs` (story, pains, stays, changes, later, sound, questions, goal), resting on story and facts.

    The model answers freely first, from the story alone, and then puts that right with all the rest: whoever begins
    with the notes writes a worse answer than whoever begins with the story. `protected` are names of steps that must
    stay. A paper that is too long, and lines that do not hold, go back once.
    Raises one of the ServiceError family; ModelAnswerInvalid also where too much of the paper does not hold.
    """
    texts = [str(inputs[name]) for name in ("pains", "changes", "later") if inputs.get(name)]
    checker = PaperCheck(str(inputs["story"]), (*facts.values(), *_sums(texts)), protected, (*names, *texts))
    spend = budget or Budget(repairs=2, output_tokens=MOST_TOKENS)
    sent_back: set[str] = set()

    def once(why: str) -> bool:
        new = why not in sent_back and len(sent_back) < spend.repairs
        sent_back.add(why)
        return new

    def check(paper: Paper) -> None:
        if counted(paper.markdown) > LONG_WORDS and once("length"):
            raise ReplyFault(too_long(paper.markdown))
        wrong = checker.wrong(paper.lines)
        if wrong and once("words"):
            told = [
                f"LINE {number}: {paper.lines[number]}\n  {'; '.join(dict.fromkeys(fault.why for fault in faults))}."
                for number, faults in wrong.items()
            ]
            raise ReplyFault("\n".join(told), tuple(wrong))

    first = None if inputs.get("sound") else _first(inputs, model, spend)
    reply = model.ask(render("paper", {**inputs, "first": first}, check), Paper, spend)
    lines, struck = checker.settled(reply.value.lines)
    notes = tuple(f"“{fault.sentence:.120}”: {fault.why}." for fault in struck)
    if sum(not fault.quote for fault in struck) > MOST_UNCHECKED:
        raise ModelAnswerInvalid(
            "The paper was not taken: too much of it rests on nothing told.",
            notes[0],
            "The page made by rules is shown.",
        )
    paper = Paper(lines)
    return Checked(paper.markdown, checker.sources(lines), reply.made_by, notes, paper.sums)


def _first(inputs: Mapping[str, Any], model: LanguageModel, budget: Budget) -> str:
    """The answer a model gives to the story alone, its length bounded."""
    asked = {name: inputs.get(name) for name in ("story", "goal")}
    return model.ask(render("draft", asked), FirstAnswer, budget).value.text


def _sums(texts: Iterable[str]) -> list[str]:
    """Lines of pains and changes that show a sum: they were worked out before."""
    return [line for text in texts for line in text.splitlines() if "=" in line]
