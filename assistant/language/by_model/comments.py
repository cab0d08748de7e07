"""Customer comments read by a language model, many at a time: numbers in; numbers, ids and names of themes out.

The reply is lines (`prompts/comments.yaml`). Each line holds a word of its comment: where it is no word of it, the line
belongs to another comment and does not count. Lines that are missing or do not fit are asked for once more, alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.gateway.port import Budget, LanguageModel, Reply, ReplyFault, TextReply
from assistant.gateway.prompts import render

NONE = "-"
HAPPY = "+"
_LINE = re.compile(r"\W*(\d{1,4})\b(.*?)[\s|,;]+(-|–|—|none|\w{1,9})[\s|,;]+(-|–|—|none|\w{1,9})[\s|,;]+([+0-3])\W*")
_THEME = re.compile(r"\W{0,6}THEME\W+(\w{1,9})[\s:|.-]+(\S.{0,199}?)\s*")
_NUMBER = re.compile(r"\W*(\d{1,4})\b")
_WORDS = re.compile(r"\w+")
FEW = 50
"""Of so many lines one may be missing or wrong without being asked for again: the whole text would have to be sent."""
MIXED = 0.2
"""With more lines than this share that belong to other comments, none is believed."""
BEGINS = 4
"""So many letters of the word must stand in the comment: “late” for “later” is no mistake of the comment."""


class CommentLine(NamedTuple):
    """What is said of one comment: a word of it, the ids of its step and theme (empty: none), and how it feels and
    hurts: `+` happy, else a severity from 0 to 3."""

    word: str
    step: str
    theme: str
    mark: str


@dataclass(frozen=True)
class CommentLines(TextReply):
    """New themes (names by id) and what is said of each comment, by its number."""

    themes: Mapping[str, str]
    lines: Mapping[int, CommentLine]

    @classmethod
    def parse(cls, text: str) -> CommentLines:
        """The lines a text holds; what is no line of either kind, or stands there twice, is left out. Raises
        ReplyFault: there is none."""
        themes: dict[str, str] = {}
        lines: dict[int, CommentLine] = {}
        for row in text.splitlines():
            if named := _THEME.fullmatch(row):
                themes.setdefault(named[1].lower(), " ".join(named[2].split()))
            elif told := _LINE.fullmatch(row):
                line = CommentLine(told[2].strip(" \t|,;.:)*_"), _id(told[3]), _id(told[4]), told[5])
                number = int(told[1])
                lines[number] = line if lines.get(number, line) == line else _TWICE
        if not lines:
            raise ReplyFault("It holds no line for a comment: `number word step theme mark`, with blanks between.")
        return cls(themes, lines)

    @classmethod
    def again(cls, fault: ReplyFault) -> str:
        """What is sent back when lines are missing or wrong."""
        return (
            f"{fault}\n\nSend again only the lines of the comments named above, each with a word copied from that "
            "comment, and a THEME line for a theme you did not name yet. All other lines are kept."
        )

    @classmethod
    def mended(cls, old: str, new: str) -> str:
        """The old reply with the lines of the new one in the place of those of the same numbers."""
        fresh = {_number(row) for row in new.splitlines()} - {""}
        return "\n".join((*(row for row in old.splitlines() if _number(row) not in fresh), new))


_TWICE = CommentLine("", "", "", "")
"""Stands for a comment of which two things are said."""


def _number(row: str) -> str:
    found = _NUMBER.match(row)
    return found[1] if found else ""


def _id(said: str) -> str:
    return "" if said in ("-", "–", "—") or said.lower() == "none" else said.lower()


def read_comments(
    comments: Sequence[str],
    model: LanguageModel,
    steps: Mapping[str, str] | None = None,
    themes: Mapping[str, str] | None = None,
    whole: int = 0,
    budget: Budget | None = None,
) -> Reply[CommentLines]:
    """What the model says of each comment (numbers count from 1), without what does not fit; and new themes.

    `steps` are the steps as they are shown, by id; `themes` the names of those found before, by id; `whole` is how many
    comments there are in all, where these are a part. Raises one of the ServiceError family.
    """
    known, named, rounds = steps or {}, themes or {}, 0

    def check(reply: CommentLines) -> None:
        nonlocal rounds
        rounds += 1
        wrong, mixed = _wrong(reply, comments, known, named)
        if rounds == 1 and len(wrong) > len(comments) // FEW:
            raise ReplyFault("\n".join(f"Comment {number}: {why}" for number, why in wrong.items()), tuple(wrong))
        if mixed > MIXED * len(comments):
            raise ReplyFault(f"{mixed} of {len(comments)} lines belong to other comments.")

    inputs = {
        "comments": shown(comments),
        "steps": _listed(known),
        "themes": _listed(named),
        "whole": whole or None,
    }
    reply = model.ask(replace(render("comments", inputs), check=check), CommentLines, budget or Budget())
    wrong, _ = _wrong(reply.value, comments, known, named)
    lines = {number: line for number, line in reply.value.lines.items() if _there(number, comments, wrong)}
    fresh = {id_: name for id_, name in reply.value.themes.items() if id_ not in named}
    return replace(reply, value=CommentLines(fresh, lines))


def shown(comments: Sequence[str]) -> str:
    """The comments as they are sent, a line each."""
    return "\n".join(f"{number} | {' '.join(text.split())}" for number, text in enumerate(comments, 1))


def _listed(names: Mapping[str, str]) -> str | None:
    return "\n".join(f"{id_} {name}" for id_, name in names.items()) or None


def _there(number: int, comments: Sequence[str], wrong: Mapping[int, str]) -> bool:
    return 1 <= number <= len(comments) and number not in wrong


def _wrong(
    reply: CommentLines, comments: Sequence[str], steps: Mapping[str, str], themes: Mapping[str, str]
) -> tuple[dict[int, str], int]:
    """What is wrong with the line of each comment that has no right one, and how many belong to other comments."""
    wrong: dict[int, str] = {}
    mixed = 0
    taken = {id_ for id_, name in reply.themes.items() if themes.get(id_, name).casefold() != name.casefold()}
    for number, text in enumerate(comments, 1):
        line = reply.lines.get(number)
        if line is None:
            wrong[number] = "its line is missing or cannot be read."
        elif line is _TWICE:
            wrong[number] = "two things are said of it."
        elif line.step and line.step not in steps:
            wrong[number] = f"there is no step {line.step!r}."
        elif line.theme and line.theme not in themes and line.theme not in reply.themes:
            wrong[number] = f"there is no theme {line.theme!r}."
        elif line.theme in taken:
            wrong[number] = f"{line.theme!r} is the id of an earlier theme; give the new one another."
        elif not _of(line.word, text):
            mixed += 1
            wrong[number] = f"{line.word[:40]!r} is no word of it."
    return wrong, mixed


def _of(word: str, text: str) -> bool:
    """Whether a word was copied from this text, or so many of its first letters."""
    said = _WORDS.findall(word.casefold())
    words = _WORDS.findall(text.casefold())
    if not said:
        return not words  # nothing but signs can be copied from nothing but signs
    copied = any(other.startswith(begun[:BEGINS]) for begun in said for other in words)
    return copied or word.casefold() in text.casefold()
