"""Read by what the parts of a turn speak of, not by how the sentence is built: somebody, a step, a way, a figure.

A part is what stands between commas, dashes and the like. A part that only comments is left aside; a part that names
somebody or a step is about the figure of the next part, if it has none of its own. These readers come after those of
whole sentences, for what people type in passing.
"""

from __future__ import annotations

import re

from assistant.english.tables import classed, worded
from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct import how_often
from assistant.language.correct.figures_of_steps import lasting
from assistant.language.correct.figures_of_the_whole import beside_role, cases, counts, hours
from assistant.language.correct.parts_of_a_turn import Part, acts_in, parts, works
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Choice, Loop


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """Head counts, the number of cases, and figures of steps and ways, told in parts."""
    found = parts(sentence)
    for reader in (hours, counts, cases, _shares, _times):
        made = reader(sentence, found)
        if made is not None:
            return made
    return None


def _shares(sentence: Sentence, found: list[Part]) -> Outcome | Doubt | None:
    """A share that a known one gives way to (`30 percent is last year's, make it 45`), or that of a way spoken of."""
    figures = [figure for part in found for figure in part.figures if figure.kind == "chance"]
    if not figures or len(figures) > 2 or any(works(part) and not part.figures for part in found):
        return None
    old = [id_ for id_, p in _known_shares(sentence).items() if abs(p - figures[0].middle) < 0.006]
    new = figures[1].middle if len(figures) == 2 else None
    bare = re.search(r"\b(?:make (?:it|that)|rather|more like|now|say|it's) (\d{1,2})\b", sentence.text)
    if new is None and bare:
        new = int(bare[1]) / 100
    if new is not None and old:
        named = [
            id_ for id_ in how_often.ways_meant(sentence, " ".join(part.text for part in found)) if id_ in old
        ] or old
        made = [how_often.shared(sentence, id_, new) for id_ in named]
        return made[0] if len(made) == 1 else Doubt("Which of these do you mean?", tuple(made[:3]))
    if len(figures) != 1 or re.search(r"\b(?:if|when|whenever|then|sometimes|because)\b", sentence.text):
        return None
    text = sentence.text[: figures[0].a] + " " + sentence.text[figures[0].b :]
    ways = how_often.ways_meant(sentence, how_often.about_words(text))
    if how_often.acts_otherwise(sentence.catalogue, sentence.text, ways):
        return None
    if len(ways) != 1:
        return None
    own = " ".join(_without_figures(part) for part in found if how_often.ways_meant(sentence, part.text) == ways)
    unknown, missing = _unknown(sentence, ways[0], own)
    if len(unknown) > 3:
        return None
    told = how_often.shared(sentence, ways[0], figures[0].middle)
    if unknown and missing and figures[0].middle != 0.5 and not NEGATED.search(own):
        other = how_often.shared(sentence, ways[0], round(1 - figures[0].middle, 6))
        return Doubt(f"Of which cases is that the share: “{sentence.request}”?", (told, other))
    return told


NEGATED = re.compile(r"\btoo\b.*\bto\b|\b(?:not|no|never)\b|n't\b")


def _without_figures(part: Part) -> str:
    text = part.text
    for figure in part.figures:
        text = text.replace(figure_words(part, figure), " ")
    return how_often.about_words(text)


def figure_words(part: Part, figure: Figure) -> str:
    """The words of a figure in its part."""
    start = part.start
    return part.text[max(0, figure.a - start) : figure.b - start]


def _known_shares(sentence: Sentence) -> dict[str, float]:
    found = {branch.id: branch.p for branch in sentence.catalogue.branches.values() if branch.when != "otherwise"}
    loops = {step.id: step.p for step in sentence.catalogue.steps if isinstance(step, Loop)}
    return {id_: p for id_, p in {**found, **loops}.items() if p is not None}


def _unknown(sentence: Sentence, way: str, text: str) -> tuple[list[str], list[str]]:
    """The words of a text that a way and its steps do not have, and what of its condition is not said."""
    catalogue = sentence.catalogue
    branch = catalogue.branches.get(way)
    owner = catalogue.owner.get(way)
    asked = content(branch.when or "") if branch else []
    asked = asked or content(owner.question if isinstance(owner, Choice) else "")
    own = asked + [word for id_ in (catalogue.inside(way) if branch else ()) for word in content(catalogue.name(id_))]
    own += [word for step in catalogue.named for word in content(step.name)[1:]]
    said = [word for word in content(text) if word not in classed("measures", "quality") and word not in LIGHT]
    if NEGATED.search(branch.when or "" if branch else ""):  # `unhappy` where the way says `not happy`
        said = [word.removeprefix("un") if word.removeprefix("un") in asked else word for word in said]
    unknown = [word for word in said if not any(alike(word, part) for part in own)]
    return unknown, [word for word in asked[-1:] if not any(alike(word, part) for part in said)]


LIGHT = frozenset("have has get gets case cases happen happens come comes time times need needs".split())


def _times(sentence: Sentence, found: list[Part]) -> Outcome | Doubt | None:
    """`grading, uff, 90 secs a wheel`: each length goes to the step spoken of in its part, or in the one before."""
    if replaced := _instead(sentence, found):
        return replaced
    made: list[Outcome] = []
    about: tuple[str, ...] = ()
    unit = ""
    if any(works(part) and not (part.steps and _by_its_verb(sentence, part.steps[0], part)) for part in found):
        return None  # something is told
    for part in found:
        lengths = [figure for figure in part.figures if figure.kind in ("duration", "limit")]
        if lengths and NO_PLAIN.search(part.text):
            return None
        steps = _spoken_of(sentence, part, about)
        if not lengths and steps:
            about = steps
        bare = re.fullmatch(r"\W*(?:about |around |only |just )?(\d{1,3})\W*", part.text)
        bare = bare or (re.search(r"\b(\d{1,3})\W*$", part.text) if len(steps) == 1 and unit else None)
        if not lengths and bare and unit and len(about) == 1:
            lengths = [figure for figure in figures_in(f"{bare[1]} {unit}") if figure.kind == "duration"]
        if not lengths:
            continue
        meant = steps or about
        if len(lengths) > 1 or len(meant) != 1:
            return None
        way = lasting(sentence, meant[0], lengths[0], part.text, "")
        if way is None:
            return None
        made.append(way)
        unit, about = lengths[0].unit, ()
    if not made:
        return None
    return Outcome(", ".join(way.title for way in made), tuple(edit for way in made for edit in way.edits))


NO_PLAIN = re.compile(worded("no-plain"))
REPLACED = re.compile(rf"\b(?:{worded('by-what-is-spoken-of-replaced')})\b")


def _instead(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`12 mins for comparing, you wish. half an hour`: the known figure gives way to the other."""
    lengths = [figure for part in found for figure in part.figures if figure.kind == "duration"]
    if len(lengths) < 2 or not REPLACED.search(sentence.text):
        return None
    named = next((part.steps for part in found if part.steps), ())
    fits = [
        step for step in sentence.catalogue.named
        if (not named or step.id in named)
        and any(value is not None and abs(value.mean_seconds - lengths[0].seconds()) < 1
                for value in (getattr(step, field, None) for field in ("work", "wait", "duration")))
    ]  # fmt: skip
    old = sentence.text[lengths[0].a : lengths[0].b]
    return lasting(sentence, fits[0].id, lengths[1], "", old) if len(fits) == 1 else None


def _spoken_of(sentence: Sentence, part: Part, about: tuple[str, ...]) -> tuple[str, ...]:
    """The step a part speaks of: of several those named before, else the one that every case goes through."""
    steps = tuple(id_ for id_ in part.steps if id_ in about) or part.steps
    if len(steps) > 1:
        always = tuple(id_ for id_ in steps if sentence.catalogue.branch_of(id_) is None)
        steps = about if about else always if len(always) == 1 else steps
    return steps or _sole(sentence, part)


def _sole(sentence: Sentence, part: Part) -> tuple[str, ...]:
    """The one step of somebody who is named alone; of several, the one with a time, where a mistake is owned to."""
    if len(part.roles) != 1 or len(beside_role(part, part.roles[0])) > 2:
        return ()
    own = [step for step in sentence.catalogue.named if done_by(step) == part.roles[0].id]
    timed = [step for step in own if getattr(step, "work", None)]
    fits = own if len(own) == 1 else timed if sentence.wrong else []
    return tuple(step.id for step in fits) if len(fits) == 1 else ()


def _by_its_verb(sentence: Sentence, step: str, part: Part) -> bool:
    own = content(sentence.catalogue.name(step))
    acts = acts_in(part)
    return all(any(alike(word, other) for other in own) for word in acts)
