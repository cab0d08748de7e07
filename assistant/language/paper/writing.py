"""The paper for the boss, asked of a language model and held against the story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from assistant.errors import ModelAnswerInvalid
from assistant.gateway.port import Budget, LanguageModel, ReplyFault
from assistant.gateway.prompts import load_prompt, render
from assistant.language.paper.checking import MOST_UNCHECKED, UNCHECKED, PaperCheck
from assistant.language.paper.markdown import LONG_WORDS, WANTED_WORDS, Paper, counted, too_long
from assistant.language.paper.putting_right import FirstAnswer, OfDrawn, Review
from assistant.process.figures import listed

PROMPTS = ("draft", "review", "paper")
"""What it is asked with: the first two for a process to be changed, the last where nothing is."""
MOST_TOKENS = 4000
"""Of the final answer with its list of figures."""


@dataclass(frozen=True)
class Checked:
    """A paper as it may be shown: Markdown, where each figure comes from, who wrote it, what did not hold, the sums
    behind it and those that did not hold (`not_taken`), the figures that nobody told and no sum leads to, what was
    struck as it took away what must stay, and what it says otherwise than the changes drawn beside it (`drawn`): those
    it leaves out, by id, with why (`left`), those it runs otherwise (`otherwise`), and those it has beside them
    (`more`)."""

    markdown: str
    sources: Mapping[float, str]
    made_by: str = ""
    notes: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    nobodys: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    drawn: tuple[OfDrawn, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    otherwise: frozenset[str] = frozenset()
    more: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """Where its figures come from, in plain sentences for an appendix."""
        taken = f" Struck, as it would take away what must stay: “{'”, “'.join(self.struck)}”." if self.struck else ""
        if UNCHECKED in self.markdown:
            rest = f"Beside what is marked {UNCHECKED}, every figure was told, is worked out from that, or is assumed."
        elif self.nobodys:
            rest = (
                f"Nobody told {listed(self.nobodys)}, and no sum leads there: the first page calls that assumed. Every "
                "other figure was told, is worked out from what was told, or is called assumed."
            )
        else:
            rest = "Every figure was told, is worked out from what was told, or says that it is not."
        return f"{rest}{taken}"


def write_paper(
    inputs: Mapping[str, Any],
    facts: Mapping[str, str],
    model: LanguageModel,
    *,
    protected: Iterable[str] = (),
    names: Iterable[str] = (),
    assumed: Iterable[str] = (),
    budget: Budget | None = None,
) -> Checked:
    """A paper on `inputs` (story, stays, drawn, sound, questions, worked, goal), resting on story and facts.

    The model answers freely from the story alone and then reads its answer once more, beside what must stay, and makes
    it better line by line: whoever begins with the notes writes a worse answer than whoever begins with the story.
    `protected` are names of steps that must stay, `assumed` sums that rest on an assumption. A paper that is too long,
    and lines that do not hold, go back once.
    Raises one of the ServiceError family; ModelAnswerInvalid also where too much of the paper does not hold.
    """
    checker = PaperCheck(str(inputs["story"]), tuple(facts.values()), protected, names, assumed)
    spend = budget or Budget(repairs=2, output_tokens=MOST_TOKENS)
    asked = _of_nothing if inputs.get("sound") else _put_right
    written = asked(inputs, model, _Looks(checker, spend))
    lines, struck = checker.settled(written.lines)
    notes = tuple(f"“{fault.sentence:.120}”: {fault.why}." for fault in struck)
    if sum(not (fault.small or fault.behind) for fault in struck) > MOST_UNCHECKED:
        raise ModelAnswerInvalid(
            "The paper was not taken: too much of it rests on nothing told.",
            notes[0],
            "The page made by rules is shown.",
        )
    paper = Paper(lines)
    nobodys = tuple(dict.fromkeys(words for fault in struck for words in fault.nobodys if words in paper.markdown))
    taken = tuple(fault.sentence for fault in struck if fault.against)
    drawn = tuple(each for each in written.drawn if each.word == "NOT" or not checker.drops(each.text))
    return Checked(
        paper.markdown,
        checker.sources(lines),
        written.made_by,
        notes,
        paper.sums,
        nobodys,
        taken,
        drawn,
        not_taken=tuple(fault.why for fault in struck if fault.behind),
    )


class _Written(NamedTuple):
    """An answer by its lines with its sums, who wrote it, and what it makes of the changes drawn."""

    lines: tuple[str, ...]
    made_by: str
    drawn: tuple[OfDrawn, ...] = ()


class _Looks:
    """Looks an answer through and sends it back: once for its length, once for lines that do not hold."""

    def __init__(self, checker: PaperCheck, budget: Budget) -> None:
        self.checker, self.budget = checker, budget
        self._sent_back: set[str] = set()

    def through(self, named: Mapping[str, str]) -> None:
        """Raises ReplyFault for lines, by what each is called, that are to be sent again."""
        lines = list(named.values())
        whole = "\n".join(lines)
        if counted(whole) > LONG_WORDS and self._once("length"):
            raise ReplyFault(too_long(whole), (0,) if "LINE 0" in named else ())
        wrong = self.checker.not_mended(lines)
        if wrong and self._once("words"):
            names = list(named)
            told = [
                f"{names[number]}: {lines[number]}\n  {'; '.join(dict.fromkeys(fault.why for fault in faults))}."
                for number, faults in wrong.items()
            ]
            raise ReplyFault("\n".join(told), tuple(wrong))

    def _once(self, why: str) -> bool:
        new = why not in self._sent_back and len(self._sent_back) < self.budget.repairs
        self._sent_back.add(why)
        return new


def _of_nothing(inputs: Mapping[str, Any], model: LanguageModel, looks: _Looks) -> _Written:
    """The answer where nothing is to be changed, in one go: a free first answer would invent changes."""

    def check(paper: Paper) -> None:
        looks.through({f"LINE {number}": line for number, line in enumerate(paper.lines)})

    reply = model.ask(render("paper", _declared("paper", inputs), check), Paper, looks.budget)
    return _Written(reply.value.lines, reply.made_by)


def _put_right(inputs: Mapping[str, Any], model: LanguageModel, looks: _Looks) -> _Written:
    """A model's free answer to the story alone, made better line by line."""
    free = replace(looks.budget, sample=1)  # at the service's own temperature
    first = model.ask(render("draft", _declared("draft", inputs)), FirstAnswer, free).value

    def check(review: Review) -> None:
        looks.through(review.fitted(first).applied(first))

    words = counted(first.text)
    over = max(0, words - WANTED_WORDS) or None  # it is taken as it came: the second look makes it shorter
    more = {
        "first": first.numbered,
        "length": words,
        "most": WANTED_WORDS,
        "over": over,
        "asked": inputs.get("questions"),
    }
    known = _declared("review", {**inputs, **more})
    reply = model.ask(render("review", known, check), Review, looks.budget)
    lines = tuple(reply.value.fitted(first).applied(first).values())
    return _Written(lines, reply.made_by, reply.value.drawn)


def _declared(name: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Of all inputs those that a prompt of that name is filled in with."""
    return {key: inputs.get(key) for key in load_prompt(name).inputs}
