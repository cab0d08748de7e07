"""What a sentence says about the flow: actions, conditions, triggers, loops, ends, in the order in which they apply."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.process.durations import Span

Kind = Literal["act", "if", "else", "when", "until", "back", "end", "wait", "or", "join"]


@dataclass(slots=True)
class Act:
    """One action: its name in the imperative, the verb, who (role keys), the thing worked on, and where it was said."""

    name: str
    verb: str
    span: Span
    role: str | None = None
    with_roles: tuple[str, ...] = ()
    or_roles: tuple[str, ...] = ()
    thing: str = ""
    again: bool = False
    contact: str | None = None
    system: str | None = None
    shared: bool = False  # its doer is told in front of a verb before it: "Ben looks it up and writes the offer"
    joined: str = ""  # "or" when it is an alternative to the action before it
    parallel: bool = False
    optional: bool = False
    message_from: str | None = None
    over: bool = False  # told as something already done ("once X has been sent")
    past: bool = False
    once: bool = False  # told as something that happened once: past tense or perfect
    hypothetical: bool = False  # "they would deliver it": nobody does it
    wish: bool = False  # "management wants to charge for it"
    to_us: bool = False  # whose receiver is the teller: "the undertaker rings us"
    lasting: bool = False  # told by how long it takes alone: "the visit takes two hours"
    named: bool = False  # a numbered step told by a noun: "6. Delivery"
    order: bool = False  # said as an order: "take me through one repair"
    back_to: str | None = None  # who gets it back to do it again: "she gives it back to Yusuf"
    goes_to: str | None = None  # whom a thing goes to by itself: "the lists go to the director"
    arrives: bool = False  # that a thing comes, by itself: "the part arrives"
    said: frozenset[str] = frozenset()  # how its clause says it: `step_cues.of_clause`
    sentence: int = 0
    in_passing: bool = False  # "when she comes back, …": told as what comes before a step, and none itself
    facts: dict[str, Any] = field(default_factory=dict)
    siblings: list[Act] = field(default_factory=list)  # the actions of its sentence


@dataclass(slots=True)
class Condition:
    """What must hold: its words, whether they are negated, how often it holds, and where it was said."""

    text: str
    negative: bool
    span: Span
    words: frozenset[str] = frozenset()
    p: float | None = None
    subject: str = ""
    every: float | None = None  # told as a rhythm: "once a week a part is missing", in seconds


@dataclass(slots=True)
class Item:
    """One piece of a sentence. `act` for act, when, wait; `condition` for if, until; `target` for back, end."""

    kind: Kind
    act: Act | None = None
    condition: Condition | None = None
    target: str = ""
    negative: bool | None = None
    trailing: bool = False


@dataclass(slots=True)
class Said:
    """A sentence that says something about the flow.

    `cue` is the marker it opens with: then, first, parallel, else, former, latter, so, before, forgot, sometimes, "".
    `marks` are its figures, `words` all its words in lower case; `carries` says that it names a condition and no
    action, so that the next sentence tells what is done then.
    """

    index: int
    span: Span
    cue: str = ""
    items: list[Item] = field(default_factory=list)
    first_role: str | None = None
    optional_p: float | None = None
    marks: list[Mark] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    carries: bool = False
    unread: bool = False  # some of it is work that no rule could read
    row: bool = False  # it is a row of a table of steps
    unsaid: list[str] = field(default_factory=list)  # cells of a row that should tell a figure and tell none
    beside: bool = False  # all that was read in it is no step: it speaks of something else
    wrong: Condition | None = None  # what goes wrong in a share of the cases: an error, unless it is put right
    anchor: Act | None = None  # "before the invoice is entered, …": the step this comes before

    @property
    def opens_with_if(self) -> Condition | None:
        """The condition when the sentence begins with one."""
        for item in self.items:
            if item.kind == "if":
                return item.condition
            if item.kind in ("act", "end", "back", "wait"):
                return None
        return None

    def acts(self) -> list[Act]:
        """All actions of the sentence."""
        return [item.act for item in self.items if item.act is not None]
