"""A figure with its exception behind it: `five minutes, except on Fridays when it takes an hour`, `12 a week, in autumn
40`. The usual one is written; the other is kept as it was said."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.correction import read as read_correction
from assistant.language.correct.sentence_said import Sentence, known_role, one_step
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.edits import Edit, PutRemark, SetProcess, SetValue
from assistant.process.model import Process
from assistant.process.remarks import Remark
from assistant.process.tree import fresh_id
from assistant.process.volumes import volume, working_hours

SEASON = rf"(?:in|during|at|around|before|over) (?:the )?{any_of('time-of-year')}\b"
USUAL = re.compile(
    rf"^(?P<usual>[^;]+?),?\s+(?:but |and )?(?P<else>(?:except|apart from|other than)\b.+|(?:only )?{SEASON}.*)$",
    re.IGNORECASE,
)
MOST_WORDS, A_DAY = 6, 86400
TAKES = re.compile(r"^(?:and |the |our )*(?P<what>[\w -]{2,40}?) (?:takes?|needs?|lasts?) [^,;]+$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """What the words say of the usual case, with what is kept beside it; None where not both hold a figure."""
    text = sentence.request.strip(" .!")
    said = USUAL.match(text)
    other = said["else"] if said else ""
    if said and any(figure.a < said.start("else") < figure.b for figure in figures_in(text)):
        return None  # all of it comes to one figure
    if said is None or not _figures(said["usual"]) or not (figures_in(other) or re.search(r"\d", other)):
        return None
    process = sentence.catalogue.process
    found = read_correction(process, said["usual"], sentence.recent)
    edits = (
        found.edits if isinstance(found, Outcome) else _many(process, said["usual"]) or _takes(sentence, said["usual"])
    )
    if not edits:
        return None
    id_ = fresh_id("remark", {remark.id for remark in process.remarks})
    seasonal = re.match(rf"(?:only )?{SEASON}", other, re.IGNORECASE)
    kept = (PutRemark(remark=Remark(id=id_, kind="season", text=text[:300])),) if seasonal else ()
    return Outcome(f"the usual case; beside it: {other}", (*edits, *kept))


def _figures(text: str) -> list[Figure]:
    return [figure for figure in figures_in(text) if not figure.vague and figure.kind in ("duration", "rate")]


def _many(process: Process, text: str) -> tuple[Edit, ...]:
    figure = figure_from(text, "rate")
    if figure is None or figure.kind != "rate" or figure.low <= 0:
        return ()
    told = volume(figure.middle, figure.unit, figure.size, working_hours(process))
    return (SetProcess(field="volume", value={**told.document(), "text": text[:200]}),)


def short_time(sentence: Sentence) -> Outcome | None:
    """`slip takes 2 min`: how long the one step takes that works on it."""
    text = sentence.request.strip(" .!")
    said, catalogue = TAKES.match(text), sentence.catalogue
    if said is None or len(text.split()) > MOST_WORDS or known_role(catalogue, said["what"].lower()):
        return None
    step = one_step(catalogue, said["what"].lower())
    thing = content(catalogue.name(step))[1:2] if step else []
    short = all(figure.seconds() < A_DAY for figure in figures_in(text) if figure.kind == "duration")
    plainly = all(any(alike(word, own) for own in thing) for word in content(said["what"]))
    edits = _takes(sentence, text) if short and plainly else ()
    return Outcome("how long it takes", edits) if edits else None


def _takes(sentence: Sentence, text: str) -> tuple[Edit, ...]:
    said = TAKES.match(text)
    lengths = [figure for figure in figures_in(text) if figure.kind == "duration" and not figure.vague]
    step = one_step(sentence.catalogue, said["what"].lower()) if said and len(lengths) == 1 else None
    if step is None:
        return ()
    value = as_duration(lengths[0], True).model_copy(update={"span": None}).document()
    return (SetValue(id=step, field="work", value=value),)
