"""What a language model makes of a told process: what hurts in the teller's words, what must stay, which wishes hold.

The model sees the whole story, the process as it was told and the facts; code has checked its words, steps and figures
(`assistant.language.by_model.diagnosis`). Its pains become findings beside those of the detectors, its grounds protect
steps, and what it judged of each step fills only what nobody said. Without a story, or when it fails, the rules go on
alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.errors import ServiceError
from assistant.process.draft import name_of as called
from assistant.process.edits import Edit, SetValue
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.process.tree import tasks
from assistant.redesign.brief import Brief
from assistant.redesign.detectors.base import finding
from assistant.redesign.detectors.meanings import MEANINGS
from assistant.redesign.detectors.told import FIGURED, STRESS, shortened
from assistant.redesign.facts import facts
from assistant.redesign.guards import THE_STORY
from assistant.redesign.judging import Judged, judge
from assistant.redesign.planning import shown
from assistant.redesign.shapes import INFERRED, Evidence, Finding, Quote
from assistant.redesign.view import View
from assistant.redesign.words import listed
from assistant.simulation.relief import unsettled

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel
    from assistant.language.by_model.diagnosis import Checked, Pain

TOLD = "told_pain"
LEFT_ALONE = "Left alone: "
"""How a note begins about what a redesign does not touch."""
SOUND = "Nothing in the story shows work, waiting or errors that a change of the process would take away."
CONFIDENT = 0.75
MOST_WEIGHT = 0.6


@dataclass(frozen=True)
class Consulted:
    """What a model said of a process, checked: `judged` of its steps, and `diagnosis` of the story (None: no story, or
    it `failed`: whoever could not say what hurts is not asked what to do about it)."""

    judged: Judged = field(default_factory=Judged)
    diagnosis: Checked | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    failed: bool = False

    @property
    def stays(self) -> tuple[str, ...]:
        """What must stay and which wishes hold, a line each, for whoever proposes."""
        if self.diagnosis is None:
            return ()
        kept = [f"Must stay: [{', '.join(stay.elements)}] {stay.why}" for stay in self.diagnosis.stays]
        wished = [f"Wish: {wish.text}: {wish.holds}. {wish.why}".strip() for wish in self.diagnosis.wishes]
        return (*kept, *wished)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The model's questions, the sharpest first."""
        asks = self.diagnosis.asks if self.diagnosis else ()
        return tuple(
            Question(
                id=f"consultant:{number}",
                text=ask.question,
                why=f"It decides about: {ask.decides}." if ask.decides else "It decides what can be proposed.",
                weight=round(MOST_WEIGHT - 0.05 * number, 3),
                field="practice",
            )
            for number, ask in enumerate(asks)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Wishes and whether they hold, what is left alone, and what was struck of the answer."""
        if self.diagnosis is None:
            return self.judged.notes
        wishes = tuple(_ended(f"“{wish.text}” {wish.holds}: {wish.why}") for wish in self.diagnosis.wishes if wish.why)
        scope = tuple(_ended(f"{LEFT_ALONE}{text}") for text in self.diagnosis.scope)
        return (*wishes, *scope, *self.diagnosis.struck, *self.judged.notes)

    @property
    def sound(self) -> str:
        """Why the process is sound, where whoever read the whole story found nothing that hurts; else empty."""
        if self.diagnosis is None or self.diagnosis.pains:
            return ""
        return _ended(self.diagnosis.sound or self.diagnosis.root or SOUND)

    @property
    def sound_quote(self) -> str:
        """The words of the story that show it."""
        quote = self.diagnosis.sound_quote if self.diagnosis else None
        return shortened(quote.text) if quote and self.sound else ""

    def kept(self, view: View) -> tuple[str, ...]:
        """What must stay, by the names of steps, and why."""
        stays = self.diagnosis.stays if self.diagnosis else ()
        return tuple(f"{listed([_name(view, name) for name in stay.elements])}: {_ended(stay.why)}" for stay in stays)

    def found(self, view: View, seen: Sequence[Finding]) -> list[Finding]:
        """The model's pains with what the detectors have `seen`; nothing where it found the process sound.

        A detector's wait that stems from a rhythm or a filled-in figure is no pain beside the word of whoever read the
        story, nor is one at steps that must stay.
        """
        if self.diagnosis is None:
            return merged((), seen)
        if self.sound:
            return []
        kept = {name for stay in self.diagnosis.stays for name in stay.elements}
        beside = [pain for pain in seen if not pain.elements or not set(pain.elements) <= kept]
        if unsettled(view.process):  # a queue that grows with every case played proves nothing
            beside = [pain for pain in beside if _stands_alone(pain)]
        return merged(self.findings(view), beside)

    def findings(self, view: View) -> list[Finding]:
        """The model's pains as findings."""
        return [_finding(view, pain) for pain in self.diagnosis.pains] if self.diagnosis else []


def _name(view: View, element: str) -> str:
    """A step by its name in quotation marks; one without a name by what it is."""
    shown = view.name_of(element)
    return f"“{shown}”" if called(view.steps[element]) else shown


def _ended(text: str) -> str:
    plain = text.rstrip(": ")
    return plain if plain.endswith((".", "?", "!", "…")) else f"{plain}."


def consult(process: Process, brief: Brief, model: LanguageModel | None, practices: Sequence[str]) -> Consulted:
    """What a model says of a process and the brief's story it was told in; `practices` are their codes.

    Raises nothing: a failure becomes a note.
    """
    if model is None:
        return Consulted()
    if not brief.story.strip():
        return Consulted(judge(process, model))
    from assistant.language.by_model.diagnosis import diagnose

    known = facts(process, brief.story)
    try:
        checked, reply = diagnose(
            process, brief.story, known, practices, model, goal=brief.goal, keep="; ".join(brief.keep) or None
        )
    except ServiceError as failed:
        return Consulted(Judged(notes=(f"What hurts was looked for by the rules alone: {failed.cause}",)), failed=True)
    return Consulted(_judged(process, checked, reply.made_by, reply.notes), checked, known)


def _judged(process: Process, checked: Checked, made_by: str, notes: tuple[str, ...]) -> Judged:
    """What the model said of single steps, as edits that fill what nobody said, and the grounds that protect steps."""
    known = {task.id: task for task in tasks(process)}
    edits: list[Edit] = []
    for line in checked.steps:
        task = known.get(line.id)
        if task is None:
            continue
        why = f"judged by {made_by}: {line.why}"[:400]
        if task.value_class is None and line.value:
            edits.append(SetValue(id=task.id, field="value_class", value=line.value, why=why))
        if line.control and not task.is_control:
            edits.append(SetValue(id=task.id, field="is_control", value=True, why=why))
        if line.decides == "hands" and not task.physical:
            edits.append(SetValue(id=task.id, field="physical", value=True, why=why))
        elif task.rule_based is None and task.judgement is None and line.decides:
            name = "rule_based" if line.decides == "rules" else "judgement"
            edits.append(SetValue(id=task.id, field=name, value=True, why=why))
    protected = {
        name: f"{THE_STORY}: {stay.why}" + (f" (“{shortened(stay.quote.text)}”)" if stay.quote else "")
        for stay in checked.stays
        for name in stay.elements
    }
    return Judged(tuple(edits), protected, made_by, notes)


def _finding(view: View, pain: Pain) -> Finding:
    meaning = next((MEANINGS[kind] for kind in MEANINGS if MEANINGS[kind].practices[0] == pain.codes[0]), None)
    elements = tuple(name for name in pain.elements if name in view.steps)
    because = [Evidence(f"told: “{shortened(quote.text)}”") for quote in pain.quotes]
    because += [Evidence(text, basis=INFERRED) for text in (pain.cause, pain.effect) if text]
    made = finding(
        view,
        meaning.kind if meaning else TOLD,
        elements,
        pain.text,
        tuple(because),
        pain.codes,
        waste=meaning.waste if meaning else "",
        told=True,
        stress=STRESS + FIGURED * any(character.isdigit() for character in pain.effect + pain.text),
        cure=pain.cure,
        effect=pain.effect,
        sums=tuple(one for made, counts in pain.sums if (one := shown(made, counts)) is not None),
        cause_told=pain.cause,
        measure=pain.measure if pain.measure[0] else (),
    )
    quotes = tuple(Quote(quote.span.start, quote.span.end, quote.text) for quote in pain.quotes)
    return replace(made.quoting(quotes), confidence=CONFIDENT)


def merged(own: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """The model's findings first, each with what the detectors saw of the same; then what else was told or is sure.

    The same: a shared practice at a shared step. The model's sentence stays, the detector's evidence comes with it.
    Whoever read the whole story names the cause: what a detector infers at the same step, or from names and structure
    alone, is a symptom or a guess beside that and is left out. Without findings of a model all stays as it is.
    """
    if not own:
        return _each_once(found)
    left = list(found)
    done: list[Finding] = []
    for pain in own:
        same = [seen for seen in left if set(seen.practices) & set(pain.practices) and _share(seen, pain)]
        left = [seen for seen in left if seen not in same]
        for seen in same:
            pain = replace(
                pain.quoting(seen.quotes),
                kind=seen.kind,
                because=tuple(dict.fromkeys((*pain.because, *seen.because))),
                practices=tuple(dict.fromkeys((*pain.practices, *seen.practices))),
                share=pain.share or seen.share,
                share_of=pain.share_of or seen.share_of,
                details={**_beside_words(seen), **pain.details},
            )
        done.append(pain)
    beside = [seen for seen in left if _stands_alone(seen) and not any(_share(seen, pain) for pain in own)]
    return _each_once([*done, *beside])


def _beside_words(seen: Finding) -> dict[str, Any]:
    """What a detector adds to a pain told in words; that it would only ask about it says nothing of the words."""
    return {name: value for name, value in seen.details.items() if name != "asked"}


def _share(one: Finding, other: Finding) -> bool:
    return bool(set(one.elements) & set(other.elements))


def _stands_alone(seen: Finding) -> bool:
    """Whether a detector's finding rests on words of the teller or on a load computed from what was told."""
    return bool(seen.details.get("told")) or seen.kind == "overloaded_role"


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with ids of their own: two pains of one kind at one step are told apart."""
    seen: dict[str, int] = {}
    done = []
    for pain in findings:
        seen[pain.id] = seen.get(pain.id, 0) + 1
        done.append(pain if seen[pain.id] == 1 else replace(pain, id=f"{pain.id}:{seen[pain.id]}"))
    return done
