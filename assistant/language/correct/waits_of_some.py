"""A wait that only some cases have: `only a third leave their crates for two days, the others take them at once`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.no_repetition import without
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, by_verb
from assistant.language.correct.waits_told import length_in
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Choice, Loop, Task
from assistant.process.durations import Duration
from assistant.process.edits import Edit, Insert, Place, SetValue

SOME = re.compile(
    r"^(?:but |and |well )*(?:only |just |about |around )*(?P<share>[^,;]*?\b(?:of|percent|per cent|%|in \w+)"
    r"(?: (?:the |our |all )?[\w-]+)?) "
    r"(?P<does>(?:leave|let|keep|wait|stay|lie|come|return|stand|sit|do not|don't)s? [^,;]+)[,;]+ "
    r"(?:and |but |while )?(?:the |all )?(?:others?|rest|other ones)(?: of them)? (?P<other>[^,;]+?),? "
    r"(?:right away|at once|immediately|straight ?away|the same day|directly|without waiting)$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The share of the cases that waits before the step, which all of them come to."""
    said, catalogue = SOME.match(sentence.request.strip(" .!")), sentence.catalogue
    if said is None:
        return None
    share = next((figure.middle for figure in figures_in(said["share"]) if figure.kind == "chance"), None)
    length = length_in(said["does"])
    if share is None or not 0 < share < 1:
        return None
    verb, *what = said["other"].lower().split()
    rest = " ".join(word for word in what if word not in PRONOUNS)
    step = by_verb(catalogue, base_of(verb) or verb, rest)
    if step is None or not isinstance(catalogue.by_id[step], Task):
        return Doubt("Only some wait there; all do the step. Before which step do they wait? Tell that step first.", ())
    if length is None:
        name = catalogue.name(step)
        return Doubt(f"Only some wait; “{name}” is done by all. How long do they wait? Say it with the others.", ())
    deed = re.sub(r"\s*\b(?:for|up to|about|around)?\s*$", "", said["does"][: figures_in(said["does"])[0].a])
    return Outcome(f"{share:.0%} wait before “{catalogue.name(step)}”", _edits(catalogue, step, share, length, deed))


def _edits(catalogue: Catalogue, step: str, share: float, length: Duration, deed: str) -> tuple[Edit, ...]:
    task, fresh, edits = catalogue.by_id[step], Fresh(catalogue), list[Edit]()
    assert isinstance(task, Task)
    if task.wait is not None:
        edits.append(SetValue(id=step, field="wait", value=None))
        edits += [SetValue(id=step, field="wait_cause", value=None)] if task.wait_cause else []
    loop = catalogue.by_id.get(catalogue.holder(step) or "")
    if isinstance(loop, Loop) and len(loop.do.items) == 1 and loop.p is not None and abs(loop.p - share) < 0.01:
        again = without(catalogue, loop)  # that share was taken for how often it is done again
        edits += again.edits if again else ()
    wait = {"block": "wait", "id": fresh.id("wait"), "name": deed.capitalize(), "duration": length.document()}
    choice = Choice.model_validate(
        {"id": fresh.id("decision"), "question": f"{deed.capitalize()}?", "branches": [
            {"when": deed, "p": share, "p_basis": "stated", "do": [wait]},
            {"when": "otherwise", "p": round(1 - share, 6), "p_basis": "stated", "do": []},
        ]}
    )  # fmt: skip
    return (*edits, Insert(blocks=(choice,), place=Place(before=step)))
