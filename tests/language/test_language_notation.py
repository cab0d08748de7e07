"""What a model is shown of a process and what is read from a model are one notation: the tree comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import processes

from assistant.gateway.parsing import parse_reply
from assistant.language.by_model.change_outline import outline
from assistant.language.by_model.story import build
from assistant.language.by_model.story_reply import StoryReply
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.process.blocks import AnyOf, Call, Choice, Loop, Parallel, Sequence, Task
from assistant.process.model import Process
from assistant.process.tree import with_parts

NAMES = re.compile(r"^(\s*)\[[^\]]*\] ", re.MULTILINE)
"""The ids by which a model names what it changes; in a story it has none to name."""


def shape(sequence: Sequence, words: bool) -> list[Any]:
    """The kinds of blocks and what they hold, with their words and chances where these are plain."""
    found: list[Any] = []
    for step in sequence.items:
        ways: list[Any] = []
        if isinstance(step, Choice | AnyOf | Parallel):
            ways = [(branch.p if words else None, shape(branch.do, words)) for branch in step.branches]
        elif isinstance(step, Loop):
            ways = [shape(step.do, words), shape(step.redo, words)]
        name = next((getattr(step, key) for key in ("name", "question", "outcome") if getattr(step, key, "")), "")
        found.append((type(step).__name__, name.lower() if words else "", ways))
    return found


def read_back(process: Process) -> Process:
    told = NAMES.sub(r"\1", outline(process))
    return build(parse_reply(told, StoryReply), told).process


@pytest.mark.parametrize("code", ["P12", "P15", "P22", "P30", "P36", "P54", "P55", "P67"])
def test_a_template_shown_to_a_model_is_read_back_whole(code: str) -> None:
    entry = load_library().process(code)
    assert entry is not None
    shown = template(entry)
    assert shape(read_back(shown).flow, words=True) == shape(shown.flow, words=True)


@settings(max_examples=12, deadline=None)
@given(processes())
def test_any_tree_shown_to_a_model_is_read_back(process: Process) -> None:
    whole = Sequence(items=(Task(id="first", name="Begin"), *_named(process.flow).items))
    plain = process.model_copy(update={"subprocesses": (), "flow": whole})
    assert shape(read_back(plain).flow, words=False) == shape(whole, words=False)


def _named(sequence: Sequence) -> Sequence:
    """The sequence with plain words: what a model is shown of odd ones is cut, and a task without a name is refused."""
    items = []
    for step in sequence.items:
        plain = {"name": "Check it", "question": "Is it right?", "outcome": "Done", "while_": "wrong", "until": "right"}
        there = {key: value for key, value in plain.items() if getattr(step, key, None) is not None}
        if isinstance(step, Call):
            there["process"] = None
        items.append(with_parts(step, lambda _, part: _named(part)).model_copy(update=there))
    return Sequence(items=tuple(items))
