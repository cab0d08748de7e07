"""What hurts in a told process, asked of a language model and checked against the story, the process and the facts.

The model names pains in the closed terms of the practices and quotes the story. Code keeps a pain only if its words
stand in the story and its steps in the process, and strikes a sentence whose figures nobody gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assistant.gateway.port import Budget, LanguageModel, Reply, ReplyFault
from assistant.gateway.prompts import render
from assistant.language.by_model.change_outline import outline
from assistant.language.by_model.diagnosis_reply import AskLine, Diagnosis, PainLines, StepLine
from assistant.language.by_model.short_ids import ShortIds
from assistant.language.paper.sums import Sum, several
from assistant.language.paper.told_figures import Told, in_lines, unsaid, without_facts
from assistant.language.quotations import Evidence
from assistant.process.durations import Span
from assistant.process.model import Process
from assistant.process.tree import by_id

MOST_MORE, MOST_BEFORE, SHORT, REACH = 8, 10, 6, 120
"""Words by which a quotation that ends in the middle of a clause is made longer; one of fewer words than `SHORT` also
to where its clause begins, so far back (letters): a model need not copy what the story holds."""
_BEGUN = re.compile(r"(?:^|[.,;:!?()\n–—“”\"])\s*(?:(?:and|but|or|so|then) )?([^.,;:!?()\n–—“”\"]*)$")
_REST = re.compile(r"[^.,;:!?()\n–—“”\"]*?(?=\s*(?:[.,;:!?()–—“”\"]|\n|$|\b(?:and|but|or|so)\b))")


@dataclass(frozen=True)
class Quoted:
    """Words of the story: where they stand, and the words themselves as the story has them."""

    span: Span
    text: str


@dataclass(frozen=True)
class Pain:
    """A pain that stands up to checking. `quotes` are the words of the story it rests on, its own first."""

    text: str
    codes: tuple[str, ...]
    elements: tuple[str, ...]
    quotes: tuple[Quoted, ...]
    cause: str = ""
    effect: str = ""
    cure: str = ""
    facts: tuple[str, ...] = ()
    measure: tuple[str, str, str] = ("", "", "")
    sums: tuple[tuple[Sum, str], ...] = ()


@dataclass(frozen=True)
class Stay:
    """Steps the words protect: how they must stay, on which ground."""

    elements: tuple[str, ...]
    why: str
    quote: Quoted | None


@dataclass(frozen=True)
class Wish:
    """What somebody in the story wants, whether it holds, and why."""

    text: str
    holds: str
    why: str


@dataclass(frozen=True)
class Checked:
    """A diagnosis with everything struck that nothing bears out; `struck` says what and why, `root` all in short.

    Without pains the process is sound; `sound` says why.
    """

    pains: tuple[Pain, ...]
    stays: tuple[Stay, ...]
    wishes: tuple[Wish, ...]
    scope: tuple[str, ...]
    steps: tuple[StepLine, ...]
    asks: tuple[AskLine, ...]
    struck: tuple[str, ...]
    root: str = ""
    sound: str = ""
    sound_quote: Quoted | None = None


def diagnose(
    process: Process,
    story: str,
    facts: Mapping[str, str],
    practices: Iterable[str],
    model: LanguageModel,
    *,
    goal: str | None = None,
    keep: str | None = None,
    budget: Budget | None = None,
) -> tuple[Checked, Reply[Diagnosis]]:
    """What a model finds wrong, checked. `facts` by id (`F1`); `practices` are the codes that may be named.

    Raises one of the ServiceError family.
    """
    checker = Checker(process, story, facts, frozenset(practices))

    spend, rounds = budget or Budget(), 0

    def check(reply: Diagnosis) -> None:
        nonlocal rounds
        rounds += 1
        wrong = checker.wrong(reply)
        none_left = bool(reply.pains) and not checker.checked(reply).pains
        if wrong and (none_left or (rounds == 1 and spend.repairs)):
            raise ReplyFault("\n".join(wrong[number] for number in sorted(wrong)), tuple(sorted(wrong)))

    inputs = {
        "story": story,
        "process": checker.short.outline,
        "facts": in_lines(unsaid(facts)) or None,
        "goal": goal or None,
        "keep": keep or None,
    }
    reply = model.ask(replace(render("diagnose", inputs), check=check), Diagnosis, spend)
    return checker.checked(reply.value), reply


def _rest_of_clause(after: str) -> str:
    """What a quotation broke off: the words up to the end of their clause, where that is near."""
    rest = _REST.match(after)
    return rest[0] if rest and len(rest[0].split()) <= MOST_MORE else ""


class Checker:
    """Holds a reply against the story, the process and the facts."""

    def __init__(self, process: Process, story: str, facts: Mapping[str, str], codes: frozenset[str]) -> None:
        self.story = story
        self.facts = facts
        self.codes = codes
        self.steps = by_id(process)
        self.short = ShortIds(outline(process, counts=True))
        self.told = Told(story, (*facts.values(), outline(process)))
        self._struck: list[str] = []
        self._results: set[float] = set()

    def checked(self, reply: Diagnosis) -> Checked:
        """The reply with all that nothing bears out struck."""
        self._struck = []
        self._evidence = Evidence(self.story)
        self._results = self._worked_out(reply)
        pains = tuple(pain for lines in reply.pains if (pain := self._pain(lines)) is not None)
        stays = tuple(
            Stay(ids, line.why, self._quote(line.quote)) for line in reply.stays if (ids := self._ids(line.ids))
        )
        wishes = tuple(Wish(w.wish, w.holds, self._sentence(w.why)) for w in reply.wishes)
        named = (replace(line, id=self.short.meant(line.id)) for line in reply.steps)
        steps = tuple(line for line in named if line.id in self.steps)
        asks = tuple(replace(ask, question=self.told.asked(ask.question)) for ask in reply.asks)
        root = self._sentence(reply.root)
        sound = self._sentence(reply.sound.text) if not reply.pains else ""
        because = self._quote(reply.sound.quote)
        return Checked(pains, stays, wishes, reply.scope, steps, asks, tuple(self._struck), root, sound, because)

    def wrong(self, reply: Diagnosis) -> dict[int, str]:
        """The pains that nothing bears out or that could not be read, by their number in the reply, and what is wrong.

        A sum that does not hold is named with them, but is alone no reason to ask again.
        """
        found, sums = dict(reply.broken), {}
        self._results = self._worked_out(reply)
        for number, lines in zip(reply.numbers, reply.pains, strict=False):
            self._struck, self._evidence = [], Evidence(self.story)
            if self._pain(lines) is None:
                found[number] = " ".join(self._struck)
            elif lost := [why for why in self._struck if "=" in why]:
                sums[number] = " ".join(lost)
        return {**sums, **found} if found else {}

    def _pain(self, lines: PainLines) -> Pain | None:
        codes = tuple(code for code in lines.codes if code in self.codes)
        elements = self._ids(lines.at)
        own = self._quote(lines.pain.quote)
        if own is None or not codes or not elements:
            what = (
                "its words do not stand in the story" if own is None else "it names no step or practice that is there"
            )
            self._struck.append(f"“{lines.pain.text:.120}” was left out: {what}.")
            return None
        more = (self._quote(said.quote) for said in (lines.cause, lines.effect))
        quotes = dict.fromkeys((own, *(quote for quote in more if quote)))
        text = self._sentence(lines.pain.text) or own.text
        named = (*lines.pain.facts, *lines.cause.facts, *lines.effect.facts)
        facts = tuple(dict.fromkeys(name for name in named if name in self.facts))
        cause, effect = (self._sentence(said.text) for said in (lines.cause, lines.effect))
        name, today, way = lines.measure
        measure = (self._sentence(name), today if self.told.bears_out(today) else "", way)
        cure = self._sentence(lines.cure)
        sums = tuple(made for written in lines.sums for made in self._sums(*written))
        return Pain(text, codes, elements, tuple(quotes), cause, effect, cure, facts, measure, sums)

    def _worked_out(self, reply: Diagnosis) -> set[float]:
        """What the sums of a reply come to: a sentence above them may say it, as ROOT does, and another sum go on."""
        return self.told.results(part for lines in reply.pains for text in lines.worked for part in several(text))

    def _sums(self, text: str, counts: str) -> Iterator[tuple[Sum, str]]:
        """The sums of a line that come out, the first with what it counts and what it does not."""
        for part in several(text):
            made = self.told.sum(part, self._results)
            if made is None:
                self._struck.append(f"“{part:.120}” was left out: {self.told.why_not(part, self._results)}.")
                continue
            yield made, self._sentence(counts)
            counts = ""

    def _ids(self, names: Iterable[str]) -> tuple[str, ...]:
        known: list[str] = []
        for name in map(self.short.meant, names):
            hits = [name] if name in self.steps else get_close_matches(name, self.steps, n=1, cutoff=0.85)
            known += hits
        return tuple(dict.fromkeys(known))

    def _quote(self, words: str) -> Quoted | None:
        span = self._evidence.find(words) if words else None
        if span:
            span = self._from_its_clause(span)
        if span and not words.rstrip(' "”').endswith((".", "?", "!", ",", ";", ":")):
            span = span.model_copy(update={"end": span.end + len(_rest_of_clause(self.story[span.end :]))})
        if span and self.story[span.end : span.end + 1] in ("?", "!"):  # a question without its mark is none
            span = span.model_copy(update={"end": span.end + 1})
        return Quoted(span, self.story[span.start : span.end]) if span else None

    def _from_its_clause(self, span: Span) -> Span:
        """A quotation of few words from where its clause begins, where that is near."""
        begun = _BEGUN.search(self.story[max(0, span.start - REACH) : span.start])
        few = len(self.story[span.start : span.end].split()) < SHORT
        if not few or begun is None or len(begun[1].split()) > MOST_BEFORE or not begun[1].strip("-• "):
            return span
        return span.model_copy(update={"start": span.start - len(begun[1].lstrip("-• "))})

    def _sentence(self, text: str) -> str:
        """A sentence whose figures are all borne out, without the names of facts; else nothing."""
        plain = without_facts(text)
        if self.told.bears_out(plain, self._results):
            return plain
        self._struck.append(f"“{plain:.120}” was left out: it holds a figure that nobody gave.")
        return ""
