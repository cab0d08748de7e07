"""How a model's change is run and what is to be decided, each word of it held against the story and the facts.

Whoever is named must be named in the story or be a role; a claim with a figure that nobody told is struck, and a figure
in a rule is called a proposal. What a change brings is a sum that is worked out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.process.model import Process
from assistant.redesign.shapes import Decision, Finding, Plan, Shown

if TYPE_CHECKING:
    from assistant.language.by_model.proposals_reply import DecideLine, ProposalLines
    from assistant.language.paper.sums import Sum
    from assistant.language.paper.told_figures import Told

LAST_DAY, FEWEST_WORDS = 30, 3
AVOID = "Not to be done: "
"""How a note begins about what the redesign advises against."""
SUM_LEFT_OUT = re.compile(r"(“[^”]*=[^”]*”) was left out: (.+?)\.?$", re.S)
"""A note on a sum that does not come out."""


class Planner:
    """Makes plans of a model's lines, by what was told. Also a model's sentences: those whose figures were told."""

    def __init__(self, process: Process, story: str, facts: Mapping[str, str], findings: Iterable[Finding]) -> None:
        from assistant.language.paper.figures_stated import results_in
        from assistant.language.paper.told_figures import Told

        sums = [figure.text for finding in findings for figure in finding.details.get("sums", ())]
        self.told: Told = Told(story, facts.values(), sums)
        self.results = results_in(sums)
        self.roles = [role.name for role in process.roles]
        self.struck: list[str] = []

    def go_on(self, brings: Iterable[str]) -> None:
        """Take over what the sums of all proposals come to: one may go on with the result of another."""
        from assistant.language.paper.sums import several

        self.results = self.told.results((part for text in brings for part in several(text)), self.results)

    def plan(self, lines: ProposalLines) -> Plan:
        """How the change is run. What is then done against a risk is advice: a figure in it claims nothing."""
        from assistant.language.paper.told_figures import without_facts

        return Plan(
            decides=self._name(lines.decides),
            begins=self._name(lines.begins),
            day=lines.day if 0 < lines.day <= LAST_DAY else 0,
            rules=tuple(self.told.proposed(rule) for rule in lines.rules),
            unless=tuple((self.told.proposed(case), self.told.proposed(then)) for case, then in lines.unless),
            risks=tuple((sound, without_facts(then)) for risk, then in lines.risks if (sound := self.sound(risk))),
            brings=tuple(made for text, counts in lines.brings for made in self._brought(text, counts)),
        )

    def _brought(self, text: str, counts: str) -> Iterator[Shown]:
        """The sums of a line that come out; what it says of them stands with the first."""
        from assistant.language.paper.sums import several

        for part in several(text):
            made = shown(self.told.sum(part, self.results), self.sound(counts, True))
            if made is None:
                self.struck.append(f"“{part:.120}” was left out: {self.told.why_not(part, self.results)}.")
                continue
            yield made
            counts = ""

    def decision(self, lines: Sequence[DecideLine], plans: Sequence[Plan]) -> Decision | None:
        """What is to be decided, of all lines whose own sentence holds no figure that nobody told and no sum gives."""
        from assistant.language.paper.told_figures import Told

        more = [brought.text for plan in plans for brought in plan.brings]
        told = Told("", [*map(str, self.told.known), *more])
        sound = [line for line in lines if told.bears_out(line.text)]
        if not sound:
            return None
        parts = [[getattr(line, name) for line in sound] for name in ("brings", "costs", "gives_up")]
        return Decision(
            _together([line.text for line in sound]),
            *(_together([text for text in texts if told.bears_out(text)]) for texts in parts),
        )

    def avoided(self, avoid: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """What is advised against, with the reason, as notes."""
        pairs = [(self.sound(what, True), self.sound(why, True)) for what, why in avoid]
        return tuple(f"{AVOID}{what.rstrip('.:')}: {why.rstrip('.')}." for what, why in pairs if what and why)

    def sound(self, text: str, assumed: bool = False) -> str:
        """The sentences of a text whose figures were told or follow from them; `assumed` keeps what says so.

        Of a sentence with a figure that nobody gave what stands before it is kept, where that stands by itself.
        """
        if assumed and re.match(r"\s*(?:assum|if )", text, re.I):
            return text
        sentences = re.split(r"(?<=[.!?;])\s+", text.strip())
        return " ".join(kept for sentence in sentences if (kept := self._borne_out(sentence))).strip().rstrip(";")

    def _borne_out(self, sentence: str) -> str:
        if self.told.bears_out(sentence, self.results):
            return sentence
        self.struck.append(f"“{sentence:.120}” was left out: it holds a figure that nobody gave.")
        parts = re.split(r"(,? and |, but |; )", sentence)
        ends = (len(parts) - 2, *range(len(parts) - 4, 0, -2))
        heads = ("".join(parts[:end]) for end in ends if end > 0)
        head = next((head for head in heads if self.told.bears_out(head, self.results)), "")
        return f"{head}." if len(head.split()) >= FEWEST_WORDS else ""

    def _name(self, names: str) -> str:
        """Whoever is named, as far as the story or the roles know them."""
        if re.match(r"you\b", names.strip(), re.I):  # nobody in the story can: whoever reads the page decides
            return "you"
        parts = [part.strip() for part in re.split(r",|\band\b|&", names) if part.strip()]
        if names and self.told.names(names, self.roles):
            return names.strip()
        return " and ".join(part for part in parts if self.told.names(part, self.roles))


def _together(texts: Sequence[str]) -> str:
    """Several lines as one, a semicolon between two; what says that there is nothing only where all say so."""
    told = [text.strip(" .;") for text in texts if text.strip(" .;")]
    some = [text for text in told if not re.match(r"(?:nothing|none|no one)\b(?! but)", text, re.I)]
    return "; ".join(some or told[:1])


def shown(found: Sum | None, counts: str = "") -> Shown | None:
    """A sum as it is shown."""
    return Shown(found.text, found.result, counts, found.assumed) if found else None
