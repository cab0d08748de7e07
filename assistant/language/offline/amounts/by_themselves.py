"""What a thing does by itself (`the cup dries for two days`): nobody works meanwhile, so it is a wait."""

from __future__ import annotations

from assistant.english.tables import classed
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.word_tables import TITLES, UNITS

BY_ITSELF = classed("said", "by-itself") - frozenset({"bake", "sit", "stand"})
"""Verbs of what happens to a thing that is left alone; who bakes, sits or stands may well work."""
PEOPLE = classed("people", "title") | classed("names", "first") | classed("names", "given") | TITLES | UNITS


def let_things_be(told: list[Said], book: RoleBook) -> None:
    """Every step that a thing does by itself, and whose time was told, becomes a wait of that length."""
    for said in told:
        said.items = [_as_wait(item, book) for item in said.items]


def _as_wait(item: Item, book: RoleBook) -> Item:
    act = item.act
    if item.kind != "act" or act is None or not of_itself(act, book):
        return item
    length = act.facts.get("wait") or act.facts.get("work")
    if length is None:
        return item
    wait = Act(act.name, "wait", act.span, sentence=act.sentence)
    wait.facts = {"duration": length, "wait_cause": "other"}
    return Item("wait", wait)


def of_itself(act: Act, book: RoleBook) -> bool:
    """Whether a thing does something by itself that was taken for somebody (`the glue dries`)."""
    return act.verb in BY_ITSELF and not act.thing and act.role is not None and not _somebody(act.role, book)


def _somebody(key: str, book: RoleBook) -> bool:
    name = book.roles[key].name.lower() if key in book.roles else key
    return bool({word for part in (name, key) for word in (part, *part.split())} & PEOPLE)
