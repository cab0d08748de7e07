"""Small processes for the redesign tests, in the short forms of the planted set."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.evals.planted import expanded
from assistant.language.reading import read_story
from assistant.process.codec import from_data
from assistant.process.model import Process
from assistant.redesign import ranges
from assistant.redesign.brief import brief_of
from assistant.redesign.engine import Redesign, redesign
from assistant.settings import RedesignSettings, plain_yaml

SHORT = RedesignSettings(quick_cases=20, quick_replications=2)
HEAD = {"schema": "process/1", "name": "Test process", "trigger": "a case arrives"}


def process(text: str, **head: Any) -> Process:
    """A process from YAML with at least `flow`."""
    return from_data({**HEAD, **head, **expanded(plain_yaml(text))})


def quick(one: Process, model: Any = None, settings: Any = None, **options: Any) -> Redesign:
    """A redesign with a short simulation, and without the ranges of what nobody told unless they are asked for."""
    wanted = {"cases": 150, "replications": 4, "workers": 1, "draws": 0, **options}
    return redesign(one, settings=settings, brief=brief_of(wanted), model=model)


@cache
def redesigned(story: Path) -> Redesign:
    """The redesign of a story in a play as short as can be, made once for all tests that look at what it says."""
    text = story.read_text(encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ranges, "CASES", 20)
        return quick(read_story(text).process, settings=SHORT, story=text, cases=60, replications=2, draws=12)


def practices(result: Redesign) -> set[str]:
    """The practices taken into any alternative."""
    return {proposal.practice for one in result.alternatives for proposal in one.proposals}


def kinds(result: Redesign) -> set[str]:
    """The kinds of findings."""
    return {one.kind for one in result.findings}
