"""What holds of every case or only of a part of a step, two steps that are one, and one time told of two steps."""

from __future__ import annotations

import re

from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import Sentence, clause_at, one_step
from assistant.language.correct.waits_said import step_called
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Choice, Task
from assistant.process.durations import Basis, Fixed
from assistant.process.edits import Delete, Edit, Merge, Move, Place, SetRole, SetValue

NOT_ONLY = re.compile(
    r"^(?P<said>[^,;]*\b(?:every|all|each|always)\b[^,;]*),? (?:and )?not (?:only|just|merely) (?P<rest>[^,;]+)$", re.I
)
PART_OF = re.compile(
    r"^(?:(?:and|but) )*only (?P<what>[^,;]+), (?:and |but )?(?:that|this|it|which)(?:'s| is)(?: all| just| only)? "
    r"(?:a )?part of (?P<step>[^,;]+)$",
    re.I,
)
SAME = re.compile(
    r"^(?:the )?(?P<a>\"[^\"]+\"|[^,;\"]+?) (?:and|is the same (?:step |task |thing )?as) "
    r"(?:the )?(?P<b>\"[^\"]+\"|[^,;\"]+?)"
    r"(?: (?:are|is)(?: really| actually)? (?:the same|one)(?: and the same)?(?: step| task| thing)?)?$",
    re.I,
)
SAYS_SAME = re.compile(r"\b(?:are|is)(?: really| actually)? (?:the same|one)\b", re.I)
TOGETHER = re.compile(
    r"^(?:the )?(?P<a>[^,;]+?) and (?:the )?(?P<b>[^,;]+?)(?:,? together| combined|,? both)? "
    r"(?:takes?|needs?|is|are|lasts?)(?: together| combined)? (?P<time>[^,;]+?)"
    r"(?: together| combined| in all| in total)?$",
    re.I,
)
ALONE = re.compile(
    r"^(?:the )?(?P<what>[^,;]{3,50}?) (?:alone|by itself|on its own|itself) (?:is|takes?|needs?) (?P<time>[^,;]+?)"
    r"(?P<whole>[,;–-]+ ?(?:and |but |cos |because )?(?:the |those )?(?P<old>\d[^,;]*?) (?:is|was|are|were) (?:for )?"
    r"(?:the whole (?:lot|thing)|(?:all|both)(?: of (?:it|them))?(?: together)?|everything|the two(?: together)?))?$",
    re.I,
)
"""`cleaning alone is 30 min, the 90 was for the whole lot`."""
SAYS_TOGETHER = re.compile(r"\b(?:together|combined|in all|in total)\b", re.I)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """Such a saying; None for other words."""
    text = sentence.request.replace("“", '"').replace("”", '"').strip(" .!")
    return (
        _every(sentence, text)
        or _part(sentence, text)
        or _same(sentence, text)
        or _together(sentence, text)
        or _alone(sentence, text)
    )


def _every(sentence: Sentence, text: str) -> Outcome | Doubt | None:
    """`the boss signs every answer, not only half of them`: no decision, and one that is there goes."""
    said, catalogue = NOT_ONLY.match(text), sentence.catalogue
    clause = clause_at(sentence, re.sub(r"\b(?:always|really)\s+", "", said["said"])) if said else None
    if clause is None:
        return None
    step, name = clause[1], catalogue.name(clause[1])
    own = catalogue.by_id.get(catalogue.holder(step) or "")
    title = f"“{name}” is done every time"
    if not isinstance(own, Choice):
        return Outcome(title, ())
    filled = [branch for branch in own.branches if branch.do.items]
    if len(filled) != 1:
        return Doubt(f"“{name}” stands on one way of “{own.question}”. Say which ways should go.", ())
    inner = tuple(block.id for block in filled[0].do.items)
    return Outcome(title, (Move(ids=inner, place=Place(before=own.id)), Delete(ids=(own.id,))))


def _part(sentence: Sentence, text: str) -> Outcome | None:
    """`only gas faults need a certified fitter, that is part of the repair`: the repair is done of all of them."""
    said, catalogue = PART_OF.match(text), sentence.catalogue
    step = step_called(catalogue, said["step"]) if said else None
    block = catalogue.by_id.get(step or "")
    if said is None or not isinstance(block, Task):
        return None
    told = f"only {said['what'].strip()}"
    note = f"{block.note}; {told}" if block.note and told not in block.note else block.note or told
    return Outcome(f"“{block.name}” is done every time", (SetValue(id=block.id, field="note", value=note),))


def _same(sentence: Sentence, text: str) -> Outcome | None:
    """The first of two steps stays and takes over what only the other one told."""
    said, catalogue = SAME.match(text) if SAYS_SAME.search(text) else None, sentence.catalogue
    ids = [step_called(catalogue, said[name]) for name in ("a", "b")] if said else []
    kept, gone = (catalogue.by_id.get(id_ or "") for id_ in ids) if ids else (None, None)
    if not isinstance(kept, Task) or not isinstance(gone, Task) or kept.id == gone.id:
        return None
    edits: list[Edit] = [
        SetValue(id=kept.id, field=field, value=getattr(gone, field).document())
        for field in ("work", "wait")
        if getattr(kept, field) is None and getattr(gone, field) is not None
    ]
    if kept.role is None and gone.role:
        edits.append(SetRole(ids=(kept.id,), role=gone.role))
    return Outcome(f"“{kept.name}” and “{gone.name}” are one step", (*edits, Delete(ids=(gone.id,))))


def _together(sentence: Sentence, text: str) -> Outcome | Doubt | None:
    """One time of two steps: asked how it is shared, unless what is known of them comes to it already."""
    said, catalogue = TOGETHER.match(text) if SAYS_TOGETHER.search(text) else None, sentence.catalogue
    lengths = [figure for figure in figures_in(said["time"]) if figure.kind == "duration"] if said else []
    ids = [step_called(catalogue, said[name]) for name in ("a", "b")] if said else []
    both = [block for id_ in ids if isinstance(block := catalogue.by_id.get(id_ or ""), Task)]
    if len(lengths) != 1 or len(both) != 2 or lengths[0].vague or both[0] is both[1]:
        return None
    whole = lengths[0].seconds(hands_on=True)
    known = [block.work.mean_seconds if block.work else None for block in both]
    if all(known) and abs(sum(filter(None, known)) - whole) < 1:
        return Outcome(f"{both[0].name} and {both[1].name} together take that", ())
    return Doubt("One time for two steps. How is it shared?", tuple(_shared(sentence, both, lengths[0], known, whole)))


def _shared(
    sentence: Sentence, both: list[Task], length: Figure, known: list[float | None], whole: float
) -> list[Outcome]:
    value = as_duration(length, True).model_copy(update={"span": None}).document()
    half = Fixed(value=whole / 120, unit="min", basis=Basis.ESTIMATED).document()
    ways = [Outcome("half of it each", tuple(SetValue(id=task.id, field="work", value=half) for task in both))]
    for mine, other in ((0, 1), (1, 0)):
        rest = whole - (known[mine] or whole)
        if rest > 0:
            left = Fixed(value=rest / 60, unit="min", basis=Basis.STATED).document()
            ways.append(
                Outcome(f"the rest for “{both[other].name}”", (SetValue(id=both[other].id, field="work", value=left),))
            )
    if sentence.catalogue.after(both[0].id)[:1] == [both[1].id]:
        name = f"{both[0].name} and {both[1].name[:1].lower()}{both[1].name[1:]}"
        task = both[0].model_copy(update={"name": name})
        merged = (Merge(ids=(both[0].id, both[1].id), task=task), SetValue(id=task.id, field="work", value=value))
        ways.append(Outcome("make them one step with that time", merged))
    return ways


def _alone(sentence: Sentence, text: str) -> Outcome | None:
    """The time of one step, and the rest of what was told of both at the step beside it that holds it."""
    said = ALONE.match(text)
    lengths = [figure for figure in figures_in(said["time"]) if figure.kind == "duration"] if said else []
    step = one_step(sentence.catalogue, said["what"].lower()) if said else None
    if said is None or len(lengths) != 1 or not isinstance(sentence.catalogue.by_id.get(step or ""), Task):
        return None
    length = as_duration(lengths[0], True).model_copy(update={"span": None})
    edits: list[Edit] = [SetValue(id=str(step), field="work", value=length.document())]
    row = sentence.catalogue.rows.get(sentence.catalogue.spots[str(step)].sequence, [])
    at = row.index(str(step)) if step in row else -1
    beside = sentence.catalogue.by_id[row[at + 1]] if 0 <= at < len(row) - 1 else None
    number = re.match(r"\d+", said["old"]) if said["old"] else None
    if number and isinstance(beside, Task) and beside.work is not None:
        whole, part = beside.work.mean_seconds, length.mean_seconds
        told = any(abs(whole - int(number[0]) * unit) < 1 for unit in (60, 3600))
        if told and part < whole:
            rest = Fixed(value=(whole - part) / 60, unit="min", basis=Basis.STATED)
            edits.append(SetValue(id=beside.id, field="work", value=rest.document()))
    return Outcome(f"the time of “{sentence.catalogue.name(str(step))}”", tuple(edits))
