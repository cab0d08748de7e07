"""What was spoken of last, to go back to behind a sentence that is beside the work."""

from __future__ import annotations

from typing import NamedTuple

from assistant.language.offline.meaning.interpret import Interpreter
from assistant.language.offline.meaning.what_it_is import Mention
from assistant.language.offline.sentences.statements import Act


class Spoken(NamedTuple):
    """What was spoken of last: things, the four people a pronoun may mean, and the actions of the sentence before."""

    things: list[str]
    people: tuple[str | None, str | None, str | None, str | None]
    before: list[Act]
    told: list[Mention]


def spoken_of(reader: Interpreter) -> Spoken:
    """The things and people that "it", "he" and "they" may mean now."""
    book = reader.book
    people = (book.last_person, book.last_group, book.person_before, book.mentioned)
    return Spoken(list(reader.acts.spoken), people, reader.before, reader.acts.told)


def speaks_of(reader: Interpreter, spoken: Spoken) -> None:
    """Go back to what was spoken of then."""
    book = reader.book
    reader.acts.spoken, reader.before = list(spoken.things), spoken.before
    reader.acts.told = spoken.told
    book.last_person, book.last_group, book.person_before, book.mentioned = spoken.people
