"""A figure with its exception behind it: `five minutes, except on Fridays when it takes an hour`, `12 a week, in autumn
40`. The usual one is written; the other is kept as it was said."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.correction import read as read_correction
from assistant.language.correct.sentence_said import Sentence, known_role, one_step
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task
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


BUSIER = re.compile(
    rf"^(?:and |but )*{SEASON},? (?:it'?s|it is|that'?s|there(?:'s| is| are)|we have|things are|it gets) "
    rf"(?:about |almost |nearly |usually |much |a lot )*(?:{worded('more-or-less-of-it')})\b[^.;]*$",
    re.IGNORECASE,
)
"""`In July it's double, but leave the 25 in`: more comes then, and the usual number stays."""
BY_SOMEBODY = re.compile(
    r"^(?:and |so )*(?:the |our |my )?(?P<who>[\w' -]{2,30}?) (?:takes?|needs?|spends?) (?P<length>[^,;]{3,30}?)"
    r"(?: (?:for|per|on) (?:each|every|an?|the|one) \w+| each(?: time)?)$",
    re.IGNORECASE,
)


def in_season(sentence: Sentence) -> Outcome | None:
    """That there is more or less of it at a time of the year, without a number of its own: kept as it was said."""
    text, process = sentence.request.strip(" .!"), sentence.catalogue.process
    if not BUSIER.match(text):
        return None
    id_ = fresh_id("remark", {remark.id for remark in process.remarks})
    return Outcome("when there is more of it", (PutRemark(remark=Remark(id=id_, kind="season", text=text[:300])),))


def by_somebody(sentence: Sentence) -> Outcome | None:
    """`the principal takes 5 minutes for each file`: the one step of whoever takes so long."""
    said, catalogue = BY_SOMEBODY.match(sentence.request.strip(" .!")), sentence.catalogue
    role = role_named(catalogue, said["who"]) if said else None
    own = [id_ for id_ in catalogue.of_role(role.id) if isinstance(catalogue.by_id[id_], Task)] if role else []
    lengths = [figure for figure in figures_in(said["length"] if said else "") if figure.kind == "duration"]
    if len(own) != 1 or len(lengths) != 1 or lengths[0].vague:
        return None
    value = as_duration(lengths[0], True).model_copy(update={"span": None}).document()
    return Outcome("how long it takes", (SetValue(id=own[0], field="work", value=value),))


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
