"""What a language model does for the library: questions in the field's terms, the order of finds, an entry's words.

Each function makes one call. Answers are checked against what was given: no entry, step or practice that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from assistant.gateway.port import Budget, LanguageModel, Reply, ReplyFault, ReplyModel
from assistant.gateway.prompts import render

Phrase = Annotated[str, Field(min_length=2, max_length=200)]


class SearchTerms(ReplyModel):
    """What a question is about, in the terms of the field."""

    terms: Annotated[tuple[Annotated[str, Field(min_length=2, max_length=80)], ...], Field(max_length=5)]


class SearchOrder(ReplyModel):
    """The ids of entries that answer a question, best first."""

    order: tuple[str, ...]


class StepWhy(ReplyModel):
    """Why a step matters."""

    step: str
    why: Phrase


class EntryPain(ReplyModel):
    """What hurts in such a process, how one notices, and the codes of practices that answer it."""

    pattern: Phrase
    shows_as: Phrase
    practices: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]


class EntryWords(ReplyModel):
    """The words of an entry that no process tells (fields as in the prompt entry_words)."""

    also_called: Annotated[tuple[Phrase, ...], Field(max_length=6)]
    people_say: Annotated[tuple[Phrase, ...], Field(min_length=8, max_length=20)]
    function: Phrase
    trigger: Phrase
    end: Phrase
    scope_out: Annotated[tuple[Phrase, ...], Field(max_length=4)]
    whys: Annotated[tuple[StepWhy, ...], Field(min_length=3)]
    pains: Annotated[tuple[EntryPain, ...], Field(min_length=3, max_length=5)]


def search_terms(question: str, model: LanguageModel, budget: Budget | None = None) -> Reply[SearchTerms]:
    """A question in the terms of the field. Raises one of the ServiceError family."""
    return model.ask(render("search_terms", {"question": question}), SearchTerms, budget or Budget())


def search_order(
    question: str, entries: Mapping[str, str], model: LanguageModel, budget: Budget | None = None
) -> Reply[SearchOrder]:
    """The entries (texts by id) in the order they answer a question. Raises one of the ServiceError family."""

    def check(reply: SearchOrder) -> None:
        _there(reply.order, entries, "entry")
        if len(set(reply.order)) < len(reply.order):
            raise ReplyFault("An entry is named twice.")

    lines = "\n".join(f"{name} | {text}" for name, text in entries.items())
    prompt = replace(render("search_order", {"question": question, "entries": lines}), check=check)
    return model.ask(prompt, SearchOrder, budget or Budget())


def entry_words(
    name: str,
    outline: str,
    steps: Sequence[str],
    practices: Mapping[str, str],
    model: LanguageModel,
    budget: Budget | None = None,
) -> Reply[EntryWords]:
    """The words of an entry for a process. `steps`: its task ids; `practices`: texts by code. Raises a ServiceError."""

    def check(reply: EntryWords) -> None:
        _there([item.step for item in reply.whys], steps, "task")
        _there([code for pain in reply.pains for code in pain.practices], practices, "practice")

    told = [f"{code} {text}" for code, text in practices.items()]
    prompt = replace(render("entry_words", {"name": name, "process": outline, "practices": told}), check=check)
    return model.ask(prompt, EntryWords, budget or Budget())


def _there(given: Sequence[str], known: Mapping[str, str] | Sequence[str], what: str) -> None:
    for name in given:
        if name not in known:
            raise ReplyFault(f"There is no {what} {name!r} in what was given.")
