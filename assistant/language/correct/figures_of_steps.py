"""Figures told of what is there: how long a step takes or waits, how often a way is taken, how many people, at what
price, in which hours."""

from __future__ import annotations

import re

from assistant.english.forms import verb_forms
from assistant.english.tables import worded
from assistant.language.change.mention import alike, content, sure
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct import how_often, people_and_hours
from assistant.language.correct.for_some import told_of_some
from assistant.language.correct.how_often import about_words
from assistant.language.correct.order_of_steps import meant_most
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, known_role, likely, mentioned
from assistant.language.correct.which_figure import told_with
from assistant.language.figures.figure import TIME_KINDS, Figure
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.separators import numeric
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task, Wait
from assistant.process.durations import UNITS
from assistant.process.edits import SetValue

CUT = re.compile(r"\s*(?:[,;]|\band\b|\bbut\b)\s*", re.IGNORECASE)
WAITING = re.compile(rf"\b(?:{worded('figures-of-steps-waiting')})\b", re.IGNORECASE)
AWAITED = re.compile(
    r"\b(?:waits?|lies?|sits?|stays?|rests?|is left|are left|is queued|are queued)\b.*?\b(?:before|until|for)\s+"
    r"(?P<what>(?:the |its |their )?[a-z][^,.;]*)$"
)
"""`parcels wait two hours before the check`: the wait of what comes then."""
OLD = re.compile(
    r"[\s,;(]+(?:and\s+)?(?:not|instead of|rather than)\s+(?:just\s+|only\s+|the\s+)?(?P<old>[\w.,:/% -]{1,40})\)?$",
    re.I,
)
WAS = re.compile(
    r"[,;]\s*(?:the\s+)?(?P<old>[\w.,-]+(?:\s+\w+)?)\s+(?:was|is|were|are)\s+(?:when|before|in|only|for|"
    r"last|with|the old|wrong)\b.*$",
    re.I,
)
ARE_FOR = re.compile(r"^(?P<figure>.+?)\s+(?:is|are|was|were|belongs?)\s+(?:for|to)\s+(?P<what>.+)$", re.I)
LONG = 8 * 3600
MANY_TIMES = 20
"""So many times longer than the work known of a step, days are its wait: nobody was so wrong about their own hands."""


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The figures a sentence gives, if all of it that has one has a place."""
    if told_of_some(sentence.text):
        return None  # of a step that is there, or it is a new one: no figure of another
    text = re.sub(r"\b(?:n't|not) sure\b", "", sentence.text)
    for reader in (people_and_hours.read, _each):
        found = reader(sentence, text)
        if found is not None:
            return found
    return None


def _each(sentence: Sentence, text: str) -> Outcome | Doubt | None:
    text = PER.sub(_multiplied, text)
    text, old = _without_old(text)
    parts = _parts(text)
    if not parts:
        return None
    made: list[Outcome] = []
    unit = ""
    for part in parts:
        figure, rest = _figure(part, unit)
        if figure is None:
            return None
        unit = figure.unit or unit
        way = (
            how_often.chance(sentence, part, rest, figure)
            if figure.kind == "chance"
            else _awaited(sentence, rest, figure, old) or _time(sentence, part, rest, figure, old)
        )
        if way is None:
            return None
        if isinstance(way, Doubt):
            return way
        made.append(way)
    return Outcome(", ".join(way.title for way in made), tuple(edit for way in made for edit in way.edits))


PER = re.compile(
    r"(?<![\d.,])(?P<n>\d+(?:[.,]\d+)?) (?P<unit>s|sec|seconds?|min|minutes?) (?:per|for each|for every|"
    r"a) (?P<what>[a-z]+),? (?:and |with )?(?:about |around )?"
    r"(?P<many>\d+) (?P=what)s?(?: on average| each time)?"
)


def _multiplied(found: re.Match[str]) -> str:
    """`2 min per line, 30 lines`: the time of all of them."""
    return f"{(numeric(found['n']) or 0) * int(found['many']):.12g} {found['unit']}"


POINTING = re.compile(
    r"^(?P<told>.{8,}?)[,;:–-]?\s+(?:and\s+)?(?:that|which|it)\s+(?:needs|takes|lasts|is)\b", re.IGNORECASE
)


def times_new_work(sentence: Sentence, text: str) -> bool:
    """ "And she orders the permit from the city, that needs ten days": the time belongs to what is told just before,
    and that is work no step does yet."""
    pointing = POINTING.match(text)
    if pointing is None or not any(figure.kind in TIME_KINDS for figure in figures_in(text)):
        return False
    catalogue = sentence.catalogue
    told = " ".join(word for word in pointing["told"].split() if word.lower().strip(",") not in ("oh", "and", "also"))
    names = [*(step.name for step in catalogue.named), *(role.name for role in catalogue.process.roles)]
    new = set(content(told)) - {word for name in names for word in content(name)}
    return len(new) >= 2 and not likely(catalogue, told)


LONGER = re.compile(r"\b(?:faster|slower|quicker|longer|shorter|more|less|takes?|is|are|needs?)\b")


def _without_old(text: str) -> tuple[str, str]:
    for pattern in (OLD, WAS):
        if (found := pattern.search(text)) and (
            figures_in(found["old"]) or re.fullmatch(rf"[\d.,]+|{COUNT_WORD}", found["old"].strip())
        ):
            return text[: found.start()].strip(), found["old"].strip()
    return text, ""


def _parts(text: str) -> list[str]:
    """Statements of a list, each with its figure; what trails without one belongs to the one before."""
    inside = [(figure.a, figure.b) for figure in figures_in(text) if figure.kind in (*TIME_KINDS, "chance")]
    pieces, start = [], 0
    for cut in re.finditer(r"[,;.](?=\s)\s*(?:and\s+)?|\s+and\s+", text):
        if not any(a < cut.start() < b for a, b in inside):
            pieces.append(text[start : cut.start()])
            start = cut.end()
    pieces.append(text[start:])
    found = [piece.strip() for piece in pieces if piece.strip()]
    if len(found) > 1 and not all(figures_in(piece) for piece in found):
        own = [piece for piece in found if any(figure.kind in (*TIME_KINDS, "chance") for figure in figures_in(piece))]
        if len(own) == 1 and own[0] == found[0] and all(len(piece.split()) <= 5 for piece in found[1:]):
            return own
        if (
            len(own) == 1
            and own[0] == found[-1]
            and len(found) == 2
            and (
                (len(own[0].split()) <= 3 and (LONGER.search(found[0]) or found[0].startswith("the wait")))
                or re.match(r"(?:let's say|say|about|more like)\b", own[0])
            )
        ):
            return [f"{found[0]} {own[0]}"]
        return []
    return found


def _figure(part: str, unit: str) -> tuple[Figure | None, str]:
    """The one figure of a part and the words besides it; a bare number is in the unit of the figure before."""
    found = [figure for figure in figures_in(part) if not figure.vague]
    timed = [figure for figure in found if figure.kind == "duration"]
    timed = timed or [figure for figure in found if figure.kind == "chance"]
    if len(timed) == 2 and timed[0].kind == "duration":
        between = part[timed[0].b : timed[1].a]
        return (
            (timed[0], _cut(part, timed[0].a, timed[1].b))
            if between.strip() in ("to", "and", "or", "-")
            else (None, "")
        )
    if len(timed) == 1:
        return timed[0], _cut(part, timed[0].a, timed[0].b)
    bare = re.search(rf"\b(\d+(?:[.,]\d+)?|{COUNT_WORD})\W*$", part)
    if not timed and unit and bare:
        return figure_from(f"{bare[1]} {unit}", "duration"), part[: bare.start()]
    return None, ""


def _cut(part: str, start: int, end: int) -> str:
    return f"{part[:start]} {part[end:]}"


def _awaited(sentence: Sentence, rest: str, figure: Figure, old: str) -> Outcome | None:
    awaited = AWAITED.search(rest.strip())
    step = sure(sentence.catalogue, awaited["what"]) if awaited else None
    return lasting(sentence, step, figure, "it waits", old) if step else None


def _time(sentence: Sentence, part: str, rest: str, figure: Figure, old: str) -> Outcome | Doubt | None:
    catalogue = sentence.catalogue
    if re.search(r"\b(?:if|when|whenever|then|because|sometimes|after|before)\b", part[: max(0, figure.a)]):
        return None
    if belongs := ARE_FOR.match(part):
        about = belongs["what"]
    else:
        about = about_words(rest)
    named = [word for word in content(about) if word not in PRONOUNS]
    if not named and old:
        return None  # the place is known by the old figure
    steps = likely(catalogue, about) if named else list(sentence.recent) if sentence.wrong else []
    if not steps and WAITING.search(part):
        lying = [step.id for step in catalogue.steps if getattr(step, "wait", None) or isinstance(step, Wait)]  # type: ignore[union-attr]
        steps = lying if len(lying) == 1 else []
    if not steps or len(steps) > 1:
        role = known_role(catalogue, about) or next(iter(mentioned(catalogue, about)), None) if named else None
        own = catalogue.of_role(role.id if role else None)
        timed = [step for step in own if _has_time(sentence, step)]
        if role and _other_work(sentence, about, role.name, own):
            return None
        if role:
            pointed = [step for step in sentence.recent if step in own and re.search(r"\b(?:it|that|this)\b", part)]
            steps = [step for step in steps if step in own] or pointed or (timed if sentence.wrong and timed else own)
    elif (role := known_role(catalogue, about)) and not _verb_said(sentence, steps[0], about):
        own = catalogue.of_role(role.id)
        steps = own if len(own) == 1 else [step for step in own if _has_time(sentence, step)]
    steps = meant_most(sentence, about, "", steps) if len(steps) > 1 else steps
    if len(steps) != 1 and len(placed := told_with(sentence, about)) == 1:
        return _put(sentence, placed[0], figure)
    ways = [way for step in steps[:4] if (way := lasting(sentence, step, figure, part, old))]
    if not ways or (len(ways) > 1 and not (sentence.wrong or old)):
        return None
    if len(ways) > 1:
        return Doubt("Which of these do you mean?", tuple(ways))
    return ways[0]


def _other_work(sentence: Sentence, about: str, who: str, own: list[str]) -> bool:
    """Whether words tell of work that none of the steps of somebody is: it is told, and no figure of theirs."""
    names = [part for step in own for part in content(sentence.catalogue.name(step))] + content(who)
    acts = [word for word in content(about) if any(form.form == "s" for form in verb_forms(word))]
    return any(not any(alike(word, part) for part in names) for word in acts)


def _verb_said(sentence: Sentence, step: str, about: str) -> bool:
    own = content(sentence.catalogue.name(step))
    return any(alike(word, part) for word in content(about) for part in own)


def _has_time(sentence: Sentence, step: str) -> bool:
    block = sentence.catalogue.by_id[step]
    return bool(getattr(block, "work", None) or getattr(block, "wait", None) or getattr(block, "duration", None))


def lasting(sentence: Sentence, step: str, figure: Figure, part: str, old: str) -> Outcome | None:
    """The new length in the field it belongs to: that of the old figure, of the words, or of what is known."""
    block = sentence.catalogue.by_id[step]
    if isinstance(block, Wait):
        field, target = "duration", step
    elif isinstance(block, Task):
        field, target = _field(sentence, block, figure, part, old)
    else:
        return None
    length = as_duration(figure, field == "work").model_copy(update={"span": None})
    return Outcome(f"{sentence.catalogue.name(step)}", (SetValue(id=target, field=field, value=length.document()),))


def _put(sentence: Sentence, place: tuple[str, str], figure: Figure) -> Outcome:
    length = as_duration(figure, place[1] == "work").model_copy(update={"span": None})
    return Outcome(sentence.catalogue.name(place[0]), (SetValue(id=place[0], field=place[1], value=length.document()),))


def _field(sentence: Sentence, task: Task, figure: Figure, part: str, old: str) -> tuple[str, str]:
    seconds = figure.seconds(hands_on=False)
    beside = _wait_beside(sentence, task.id)
    if (
        beside
        and (WAITING.search(part) or (task.work is None and task.wait is None and seconds >= LONG))
        and task.wait is None
    ):
        return "duration", beside
    if task.wait is not None and WAITING.search(part):
        return "wait", task.id
    if task.wait is not None and task.work is None:
        was = (figure_from(old, "duration") or figure_from(f"{old} {figure.unit}", "duration")) if old else None
        same = was is not None and _near(was.seconds(), task.wait.mean_seconds)
        return ("wait" if same or seconds >= LONG else "work"), task.id
    if task.wait is not None and task.work is not None:
        if old and (was := figure_from(old, "duration") or figure_from(f"{old} {figure.unit}", "duration")):
            return ("wait" if _near(was.seconds(), task.wait.mean_seconds) else "work"), task.id
        closer = _apart(seconds, task.wait.mean_seconds) < _apart(seconds, task.work.mean_seconds)
        return ("wait" if closer and seconds >= LONG / 2 else "work"), task.id
    if task.work is not None:
        waits = WAITING.search(part) or (seconds >= LONG and seconds > MANY_TIMES * task.work.mean_seconds)
        return ("wait" if waits else "work"), task.id
    role = sentence.catalogue.process.role(task.role or "")
    outside = role is not None and role.kind == "external"
    return (
        "wait" if WAITING.search(part) or (seconds > LONG and outside) or seconds >= 3 * UNITS["d"] else "work"
    ), task.id


def _apart(one: float, other: float) -> float:
    """How many times one length is the other, whichever is longer."""
    return max(one, other) / max(1.0, min(one, other))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.02 * max(one, other)


def _wait_beside(sentence: Sentence, step: str) -> str | None:
    row = sentence.catalogue.rows[sentence.catalogue.spots[step].sequence]
    at = row.index(step)
    near = [id_ for id_ in (row[at - 1 : at] + row[at + 1 : at + 2]) if isinstance(sentence.catalogue.by_id[id_], Wait)]
    return near[0] if len(near) == 1 else None
