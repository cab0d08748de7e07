"""What one redesign says, whole: findings, alternatives with their simulations, questions, the paper for the boss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.redesign.customers import Relief
from assistant.redesign.enablers import Fit
from assistant.redesign.quoting import remark_rows
from assistant.redesign.shapes import Alternative, Completed, Decided, Decision, Filled, Finding, process_document
from assistant.redesign.what_became import Fate

if TYPE_CHECKING:
    from assistant.language.paper.writing import Checked as Paper
    from assistant.library.entries import ProcessEntry
    from assistant.library.overlooked import Missing
    from assistant.simulation.results import Result


BY_RULES = (
    "What hurts was looked for by the rules", "The steps were judged by rules", "Proposals come from the rules",
    "The first page was put together by rules",
)  # fmt: skip
"""How a note begins that says where a model gave no answer that could be used."""


@dataclass(frozen=True)
class Redesign:
    """Everything one redesign says. `results` holds the simulations by name: `as-is` and one for each alternative.

    `recommended` is the name of an alternative, or None when none is better than today's process. `refused` says which
    ideas the guards turned down; `fits` judges technology the goal asks for by name. `unread` are the sentences of the
    story that nothing here rests on. `decided` says what was taken over and turned down since. `sound` says why nothing
    is to be changed, where a model found so, `stays` what is to stay and why. `customers` is the summary of
    their comments that was given (None: none).
    """

    as_is: Process
    completed: Completed
    findings: tuple[Finding, ...]
    alternatives: tuple[Alternative, ...]
    recommended: str | None
    why_recommended: str
    questions: tuple[Question, ...]
    entry: ProcessEntry | None
    overlooked: tuple[Missing, ...]
    filled: tuple[Filled, ...]
    results: Mapping[str, Result]
    made_by: str
    goal: str | None = None
    keep: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()
    proposals: tuple[Fate, ...] = ()
    notes: tuple[str, ...] = field(default=())
    suited: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()
    complaints: tuple[Relief, ...] = ()
    customers: Any = None
    decision: Decision | None = None
    root: str = ""
    sound: str = ""
    sound_quote: str = ""
    stays: tuple[str, ...] = ()
    paper: Paper | None = None
    decided: tuple[Decided, ...] = ()

    def alternative(self, name: str) -> Alternative | None:
        """The alternative of that name, or None."""
        return next((offered for offered in self.alternatives if offered.name == name), None)

    @property
    def by_rules(self) -> tuple[str, ...]:
        """What a model was asked and the rules did instead, each with why: whoever reads must know it first."""
        return tuple(dict.fromkeys(note for note in self.notes if note.startswith(BY_RULES)))

    def document(self) -> dict[str, Any]:
        """As JSON data: what `assistant redesign --json` prints."""
        return {
            "process": process_document(self.as_is),
            "findings": [finding.document() for finding in (*self.findings, *self.suited)],
            "alternatives": [offered.document() for offered in self.alternatives],
            "recommended": self.recommended,
            "why_recommended": self.why_recommended,
            "root": self.root,
            "sound": self.sound,
            "must_stay": list(self.stays),
            "paper": self.paper.markdown if self.paper else None,
            "decided": [idea.document() for idea in self.decided],
            "paper_sums": list(self.paper.sums) if self.paper else [],
            "decision": self.decision.document() if self.decision else None,
            "questions": [question.document() for question in self.questions],
            "made_by": self.made_by,
            "goal": self.goal,
            "keep": list(self.keep),
            "entry": None
            if self.entry is None
            else {"id": self.entry.id, "code": self.entry.code, "name": self.entry.name},
            "overlooked": [sentence._asdict() for sentence in self.overlooked],
            "filled": [filling.document() for filling in self.filled],
            "rests_on_filled": {
                "elapsed": round(self.completed.elapsed_filled, 4),
                "work": round(self.completed.work_filled, 4),
            },
            "results": {name: result.document() for name, result in self.results.items()},
            "refused": list(self.refused),
            "proposals": [proposal.document() for proposal in self.proposals],
            "remarks": remark_rows(self.as_is),
            "enablers_asked_for": [fit.document() for fit in self.fits],
            "notes": list(self.notes),
            "unread": list(self.unread),
            "complaints_removed": [relief.document() for relief in self.complaints],
        }
