"""One figure in place of another: `20 min is too long, she does it in 12`, `not a quarter, 1 in 7`, `5 is optimistic:
eight`. The place is the one that holds the old figure, among the steps that are named."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from assistant.english.tables import any_of, worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.how_often import about_words, shared, ways_meant
from assistant.language.correct.sentence_said import PRONOUNS, Sentence, likely
from assistant.language.figures.figure import TIME_KINDS, Figure
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Loop, Task, Wait
from assistant.process.edits import SetCondition, SetValue

ONE = re.compile(r"one (?:is|are|was|takes?|of|who|that|normally|usually)\b")
JUDGED = re.compile(rf"^\W*(?:{worded('judged-wrong')})", re.IGNORECASE)
NOT = re.compile(worded("contrast-not"), re.IGNORECASE)
MOST_WORDS = 24
SAID = re.compile(worded("contrast-said"), re.IGNORECASE)
"""Behind this stands what was said before: `I said 25 minutes, but it's 18`."""


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The new figure where the old one stands; None where words contrast none, or none stands so."""
    text = sentence.text
    if len(text.split()) > MOST_WORDS:
        return None
    if (lengths := _contrasted(text, "duration")) is not None:
        return _put(sentence, *lengths)
    if (shares := _contrasted(text, "chance")) is not None:
        return _shared(sentence, *shares)
    return _limit(sentence, text)


NOT_FIRST = re.compile(
    r"^not (?P<old>\d[\d.]*)(?: ?[a-z%]+)?[\s,;.–-]+(?:but |it's |rather )?(?P<new>\d[\d.]*) ?(?P<unit>[a-z]+|%)$"
)


def not_but(sentence: Sentence) -> Outcome | Doubt | None:
    """`Not 3, 4 minutes`: the old figure first."""
    said = NOT_FIRST.match(sentence.text)
    if said is None:
        return None
    turned = f"{said['new']} {said['unit']}, not {said['old']} {said['unit']}"
    return read(replace(sentence, request=turned))


def contrasts_figures(words: str) -> bool:
    """Whether words say one length or share instead of another (`two hours, not two minutes`)."""
    text = words.lower()
    if len(text.split()) > MOST_WORDS:
        return False  # whoever says more goes on telling
    return _contrasted(text, "duration") is not None or _contrasted(text, "chance") is not None


def _limit(sentence: Sentence, text: str) -> Outcome | None:
    """`the limit isn't 10,000, it's 25,000`: the one condition that holds the old number."""
    numbers = [figure for figure in figures_in(text) if figure.kind in ("number", "money", "limit")]
    if len(numbers) != 2:
        return None
    first, second = numbers
    judged = NOT.search(text[: first.a]) or JUDGED.match(text[first.b :]) or SAID.search(text[: first.a])
    if bool(judged) == bool(NOT.search(text[: second.a])):
        return None
    old, new = (first, second) if judged else (second, first)
    said = [re.sub(r"[^\d.,]", "", text[figure.a : figure.b]).strip(".,") for figure in (old, new)]
    ways = [
        branch for branch in sentence.catalogue.branches.values()
        if branch.when and said[0] and _plain(said[0]) in [_plain(number) for number in NUMBER.findall(branch.when)]
    ]  # fmt: skip
    if len(ways) != 1 or not said[1]:
        return None
    when = NUMBER.sub(lambda number: said[1] if _plain(number[0]) == _plain(said[0]) else number[0], ways[0].when or "")
    return Outcome(f"if {when}", (SetCondition(id=ways[0].id, when=when),))


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _plain(number: str) -> str:
    return re.sub(r"[.,]", "", number)


def _contrasted(text: str, kind: Literal["duration", "chance"]) -> tuple[Figure, Figure, str] | None:
    """The old figure, the new one, and the words that say of what; a bare number is in the unit of the other."""
    kinds = (*TIME_KINDS, "total") if kind == "duration" else (kind,)
    found = [figure for figure in figures_in(text) if figure.kind in (*kinds, "number") and not figure.vague]
    spans = [(figure.a, figure.b, figure) for figure in found]
    spans = [span for span in spans if not (span[2].kind == "number" and ONE.match(text[span[0] :]))]
    timed = [span for span in spans if span[2].kind in kinds]
    if kind == "chance" and len(spans) == 1 and (denied := NOT.search(text[: spans[0][0]])):
        front = text[: denied.start()].strip(" ,;")  # `it is half, not 7 percent`
        new = None if figures_in(front) else figure_from(front, kind)
        return (spans[0][2], new, front) if new is not None and timed else None
    if not timed or not 2 <= len(spans) <= 3:
        return None
    for first, second in pairwise(spans):
        before = SAID.search(text[: first[0]]) and re.search(
            r"\b(?:but|it's|really|in fact)\b", text[first[1] : second[0]]
        )
        judged = JUDGED.match(text[first[1] :]) or NOT.search(text[: first[0]]) or before
        other = NOT.search(text[: second[0]]) or JUDGED.match(text[second[1] :])
        if bool(judged) == bool(other):
            continue
        old, news = (first, second) if judged else (second, first)
        if first is news and first[2].kind == "number" and first is not spans[0]:
            news = spans[0]  # `ten to fifteen minutes, sometimes twenty, not five`
        unit = timed[0][2].unit
        both = [_in_unit(text[span[0] : span[1]], span[2], kind, unit) for span in (old, news)]
        if both[0] is None or both[1] is None:
            return None
        about = " ".join((text[: first[0]], text[first[1] : second[0]], text[second[1] :]))
        return both[0], both[1], about
    return None


def _in_unit(words: str, figure: Figure, kind: Literal["duration", "chance"], unit: str) -> Figure | None:
    if figure.kind != "number":
        return figure
    return figure_from(f"{words} {'percent' if kind == 'chance' else UNIT_WORD.get(unit, unit)}", kind)


UNIT_WORD = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days", "w": "weeks", "mo": "months"}


def _put(sentence: Sentence, old: Figure, new: Figure, about: str) -> Outcome | Doubt | None:
    """The new length where the old one stands; where the words name a step that has another, which of them is asked."""
    catalogue = sentence.catalogue
    about = about_words(JUDGES.sub(" ", about))
    named = likely(catalogue, about) if [word for word in content(about) if word not in PRONOUNS] else []
    roles = {
        role.id
        for role in catalogue.process.roles
        if any(word.removesuffix("s") in content(role.name) for word in content(about))
    }
    slots: list[tuple[Task | Wait, str]] = []
    for step in (timed for timed in catalogue.steps if isinstance(timed, Task | Wait)):
        for field in ("work", "wait") if isinstance(step, Task) else ("duration",):
            value = getattr(step, field, None)
            seconds = (old.seconds(), old.seconds(hands_on=True))
            if value is not None and any(abs(value.mean_seconds - second) <= 0.02 * second for second in seconds):
                slots.append((step, field))
    chosen = [slot for slot in slots if slot[0].id in named] or [
        slot for slot in slots if getattr(slot[0], "role", None) in roles
    ]  # fmt: skip
    named = [id_ for id_ in named if any(alike(word, content(catalogue.name(id_))[0]) for word in content(about))]
    lone = catalogue.by_id[named[0]] if len(named) == 1 and not chosen else None
    told = [(lone, "work")] if isinstance(lone, Task) and lone.work is not None else []
    slots = chosen or [*told, *([slot for slot in slots if slot[0].id in sentence.recent] or slots)]
    ways = [_way(step, field, new) for step, field in slots]
    if len(ways) > 1:
        return Doubt("Which of these do you mean?", tuple(ways[:3]))
    return ways[0] if ways else None


def _shared(sentence: Sentence, old: Figure, new: Figure, about: str) -> Outcome | Doubt | None:
    """The new share of the way that has the old one, of those the words name where they name any."""
    known = {id_: branch.p for id_, branch in sentence.catalogue.branches.items()}
    known |= {step.id: step.p for step in sentence.catalogue.steps if isinstance(step, Loop)}
    held = [id_ for id_, p in known.items() if p is not None and abs(p - old.middle) < 0.005]
    named = ways_meant(sentence, about_words(about))
    ways = [shared(sentence, id_, new.middle) for id_ in [id_ for id_ in held if id_ in named] or held or named]
    if len(ways) > 1:
        return Doubt("Which of these do you mean?", tuple(ways[:3]))
    return ways[0] if ways else None


JUDGES = re.compile(rf"\b(?:{any_of('judges-figure')}|rather|house|usual|too|not|instead|than|of|but)\b")


def _way(step: Task | Wait, field: str, length: Figure) -> Outcome:
    value = as_duration(length, field == "work").model_copy(update={"span": None}).document()
    title = f"{'the time' if field == 'work' else 'the waiting'} of “{step.name}”" if step.name else "the waiting"
    return Outcome(title, (SetValue(id=step.id, field=field, value=value),))
