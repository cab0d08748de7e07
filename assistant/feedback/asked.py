"""“What do customers say about the approval?”: an answer from the themes, with counts and quotes to the letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.english.tables import classed
from assistant.feedback.links import Linker
from assistant.feedback.naming import quoted
from assistant.feedback.plainly import FEW_ENOUGH, felt
from assistant.feedback.search import speak_of
from assistant.feedback.shapes import Feedback, Heard, Quote, Theme
from assistant.feedback.vectors import stems
from assistant.feedback.words import STOP, TOKEN
from assistant.process.figures import in_quotes, noun, percent, plural
from assistant.process.model import Process
from assistant.process.tree import by_id

MOST = 5
_FRAME = classed("opinions", "frame")
_INNER = str.maketrans("“”", "‘’")
_URGENT = re.compile(
    r"\b(?:who|whom|which|any|anyone|anybody)\b.{0,40}"
    r"\b(?:answer\w*|repl(?:y|ies|ied)|call(?:ed)? back|respond\w*|urgent\w*)",
    re.IGNORECASE,
)
_PRAISED = re.compile(r"\b(?:prais\w+|likes?|loved?|happy|pleased|content|good|positive)\b", re.IGNORECASE)
_COMPLAINED = re.compile(r"\b(?:complain\w*|grumbl\w+|dislikes?|angry|annoy\w*|unhappy|bad|negative)\b", re.IGNORECASE)


class Told(NamedTuple):
    """The lines of an answer, and what its figures are: name, value as it is shown, unit."""

    lines: list[str]
    figures: list[tuple[str, str, str]]


def customers_say(given: Feedback, question: str, process: Process | None = None) -> list[str]:
    """Lines that answer a question about a step, a thing or whom to answer; without words, about all of it: the
    heaviest themes, each with a quote."""
    return answered(given, question, process).lines


def answered(given: Feedback, question: str, process: Process | None = None) -> Told:
    """The same, with the figures the answer rests on."""
    told = Told([], [("comments", f"{given.comments:,}", ""), ("themes", f"{len(given.themes):,}", "")])
    if _URGENT.search(question[:500]):
        return _urgent(given, told)
    themes = about(given, question, process)
    words = _meant(question)
    found = speak_of(given, words, _step(words, process)) if words else []
    few = bool(words) and given.comments <= FEW_ENOUGH
    if few:
        themes = [theme for theme in themes if _is_of(theme, found)]
    if not themes and _PRAISED.search(question[:500]) and not _meant(question):
        return _said_once(given, question, _happy(given, told))
    if not themes and words:
        return _alone(given, found, told)
    if not themes:
        told.lines.append(f"No two of the {plural(given.comments, 'comment')} speak of the same thing.")
        return _said_once(given, question, told)
    if few:
        _how_many(given, found, told)
    else:
        _in_themes(given, themes, told)
    names = {id_: getattr(step, "name", "") for id_, step in by_id(process).items()} if process else {}
    for theme in themes[:MOST]:
        _about_one(theme, names, told)
    if len(themes) > MOST:
        told.figures.append(("smaller themes", f"{len(themes) - MOST:,}", ""))
        told.lines.append(f"- and {plural(len(themes) - MOST, 'smaller theme')}.")
    shown = {theme.quotes[0].comment for theme in themes[:MOST] if theme.quotes}
    others = [heard for heard in found if heard.comment.id not in shown]
    if few and others:
        told.lines.append("In other words:")
        _quote(_quotes(others), len(others), told)
    return told if words else _said_once(given, question, told)


def _said_once(given: Feedback, question: str, told: Told) -> Told:
    """What single customers say who are as happy or unhappy as is asked for, where comments are few."""
    praised, complained = _PRAISED.search(question[:500]), _COMPLAINED.search(question[:500])
    alone = [
        single.quote
        for single in given.singles
        if single.quote.text and not (complained if single.wants == "praise" else praised)
    ]
    if alone:
        told.lines.append("Said once:")
        _quote(alone, len(alone), told)
    return told


def _quotes(found: Sequence[Heard]) -> list[Quote]:
    """What they say, without those that hold personal data; no more than are shown of a hundred thousand."""
    quotes = (quoted(heard.comment) for heard in found[: 5 * MOST])
    return [quote for quote in quotes if quote.text][:MOST]


def _is_of(theme: Theme, found: Sequence[Heard]) -> bool:
    """Whether at least half of what a theme of few comments holds speaks of what is asked for."""
    return 2 * sum(heard.times for heard in found if heard.theme == theme.id) >= theme.count


def _happy(given: Feedback, told: Told) -> Told:
    """No theme is praise: how many comments are happy all the same."""
    count = sum(row.sentiment == "positive" for row in given.assigned)
    share = percent(count / max(given.comments, 1))
    told.figures.extend([("happy comments", f"{count:,}", ""), ("share", share, "")])
    told.lines.append(
        f"No theme is praise; {plural(count, 'comment')} of {given.comments:,} ({share}) {noun(count, 'is', 'are')} "
        "happy, each about another thing."
    )
    return told


def _in_themes(given: Feedback, themes: Sequence[Theme], told: Told) -> None:
    """How many comments are in these themes."""
    count = sum(theme.count for theme in themes)
    share = percent(count / max(given.comments, 1))
    told.figures.extend([("in these themes", f"{count:,}", "comments"), ("share", share, ""),
                         ("these themes", f"{len(themes):,}", "")])  # fmt: skip
    told.lines.append(f"{plural(count, 'comment')} of {given.comments:,} ({share}) in {plural(len(themes), 'theme')}:")


def _how_many(given: Feedback, found: Sequence[Heard], told: Told) -> None:
    """How many comments speak of what is asked for."""
    count = sum(heard.times for heard in found)
    told.figures.append(("comments that speak of it", f"{count:,}", ""))
    told.lines.append(
        f"{plural(count, 'comment')} of {given.comments:,} {noun(count, 'speaks', 'speak')} of that"
        f"{', though no theme is about it' if given.comments > FEW_ENOUGH else ''}:"
    )


def _alone(given: Feedback, found: Sequence[Heard], told: Told) -> Told:
    """No theme is about it: what the comments say that speak of it all the same, to the letter."""
    if not found:
        told.lines.append(f"None of the {plural(given.comments, 'comment')} speaks of that.")
        return told
    _how_many(given, found, told)
    _quote(_quotes(found), len(found), told)
    return told


def _quote(quotes: Sequence[Quote], count: int, told: Told) -> None:
    """Up to MOST of these to the letter, and how many of the `count` are not shown."""
    told.lines.extend(f"- {as_quoted(quote)}" for quote in quotes[:MOST])
    told.figures.extend(("comment", quote.comment, "") for quote in quotes[:MOST])
    if left := count - len(quotes[:MOST]):
        told.figures.append(("more of them", f"{left:,}", ""))
        told.lines.append(f"- and {left:,} more.")


def _about_one(theme: Theme, names: Mapping[str, str], told: Told) -> None:
    """One line on a theme: how many, how they feel, where, and a quote."""
    mood = felt(theme)
    where = ", ".join(f"“{names[step]}”" for step in theme.steps if names.get(step))
    quote = theme.quotes[0] if theme.quotes else None
    told.figures.extend([(theme.name, f"{theme.count:,}", "comments"), ("theme", theme.id, ""), ("mood", mood, "")])
    if quote:
        told.figures.append(("comment", quote.comment, ""))
    told.lines.append(
        f"- {in_quotes(theme.name)} [{theme.id}]: {plural(theme.count, 'comment')}, {mood}"
        f"{f', at {where}' if where else ''}.{f' {as_quoted(quote)}' if quote else ''}"
    )


def about(given: Feedback, question: str, process: Process | None = None) -> list[Theme]:
    """The themes a question is about, the heaviest first; all of them when it names nothing."""
    words = _meant(question)
    wanted = set(stems(" ".join(words)))
    if wanted:
        step = _step(words, process)
        named = [theme for theme in given.themes if wanted & (set(stems(theme.name)) | set(theme.words[:6]))]
        themes = {theme.id: theme for theme in (*(given.at_step(step) if step else ()), *named)}
    else:
        themes = {theme.id: theme for theme in given.themes}
    kept = [theme for theme in themes.values() if _of_mood(theme, question)]
    return sorted(kept, key=lambda theme: (-theme.impact, -theme.count, theme.id))


def _meant(question: str) -> list[str]:
    """The words of a question that name something."""
    words = TOKEN.findall(question.lower()[:500])
    mood = {word for word in words if _PRAISED.fullmatch(word) or _COMPLAINED.fullmatch(word)}
    return [word for word in words if word not in STOP and word not in _FRAME and word not in mood]


def _of_mood(theme: Theme, question: str) -> bool:
    praise = theme.wants == "praise"
    if _PRAISED.search(question[:500]):
        return praise
    return not (praise and _COMPLAINED.search(question[:500]))


def _step(words: list[str], process: Process | None) -> str:
    return Linker(process).link(words).step if process is not None else ""


def as_quoted(quote: Quote) -> str:
    """A quote on one line with the id of its comment."""
    return f"{in_words(quote)} ({quote.comment})"


def in_words(quote: Quote) -> str:
    """A quote on one line; signs that steer a screen are left out, quotes within it turned to single ones."""
    text = "".join(sign if sign.isprintable() else " " for sign in quote.text)
    return f"“{' '.join(text.translate(_INNER).split())}”"


def _urgent(given: Feedback, told: Told) -> Told:
    """Whom to answer now, the worst first."""
    told.figures.append(("to be answered now", f"{given.answer:,}", "customers"))
    if not given.answer:
        told.lines.append(f"None of {plural(given.comments, 'comment')} speaks of harm, the law or money gone for now.")
        return told
    told.lines.append(
        f"{plural(given.answer, 'customer')} of {given.comments:,} should be answered now. The worst first:"
    )
    told.lines.extend(f"- {as_quoted(quote) if quote.text else quote.comment}" for quote in given.first)
    told.figures.extend(("comment", quote.comment, "") for quote in given.first)
    if given.answer > len(given.first):
        told.lines.append("All of them: column answer_now in the assignments.csv of `assistant feedback --out`.")
    return told
