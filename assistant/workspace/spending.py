"""What a language model used in a project: counted from the journal, carried on, written with each turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assistant.projects.journal import Entry, Usage

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel


def for_turn(model: LanguageModel | None) -> LanguageModel | None:
    """The model with a fresh account for one turn, where it keeps accounts."""
    fresh = getattr(model, "for_turn", None)
    return fresh() if fresh is not None else model


def carry_on(model: LanguageModel | None, journal: Iterable[Entry]) -> None:
    """Tell a model's account what earlier sessions of the project used, so that its limits hold for all of them."""
    account = getattr(model, "project", None)
    if account is None:
        return
    from assistant.gateway.port import Usage as Account

    for entry in journal:
        usage: Any = getattr(entry.what, "usage", None)
        if usage:
            account.add_before(Account(**usage))


def used(model: LanguageModel | None) -> Usage | None:
    """What the turn used, as a part of its entry; None without a model or when nothing was sent."""
    account = getattr(model, "turn", None)
    if account is None or not account.used.calls:
        return None
    document: Usage = account.used.document()
    return document
