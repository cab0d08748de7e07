"""A slip in a case of one's own is told with file, line and what is meant, before anything is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import UnreadableFile
from assistant.evals.casefile import read_cases

HEAD = """\
schema: case/1
suite: {suite}
cases:
- id: good
  given: {given}
  expect: {expect}
- id: bad
  given: {given}
"""
READING = HEAD.format(
    suite="reading", given="{story: The clerk opens the mail.}", expect="{flow: ['Clerk: Open mail']}"
)
TALK = HEAD.format(suite="conversation", given="{turns: [hello, bye]}", expect="{end: {steps: 0}}")
STEP = "- task: {id: a, name: Open, role: clerk, work: 5 min}"
PROCESS = "  expect:\n    process:\n      name: x\n      roles: [{id: clerk, name: Clerk}]\n      flow:\n      "

SLIPS = {
    "expects": (READING, "  expects: {flow: [a]}", 9, "did you mean expect?"),
    "guard": (READING, "  expect: {flow: [a]}\n  gaurds: x", 10, "did you mean guards?"),
    "a fact": (READING, "  expect:\n    flow: [a]\n    facts:\n    - [a, work, 1]\n    - [a, wark, 1]", 13, "'work'"),
    "half a fact": (READING, "  expect:\n    flow: [a]\n    facts:\n    - [a, work]", 12, "a value is missing"),
    "a block": (READING, "  expect:\n    flow:\n    - a\n    - chioce: {branches: []}", 12, "found chioce"),
    "in a branch": (
        READING,
        "  expect:\n    flow:\n    - choice:\n        branches:\n        - when: 'yes'\n          doo: [a]",
        14, "did you mean do?",
    ),
    "a bare yes": (
        READING, "  expect:\n    flow:\n    - choice:\n        branches:\n        - when: yes\n          do: [a]", 13,
        "in quotes",
    ),
    "a chance": (
        READING, "  expect:\n    flow:\n    - loop:\n        do: [a]\n        redo: [b]\n        p: 3", 14, "less than",
    ),
    "a duration": (READING, f"{PROCESS}{STEP.replace('5 min', '5 mins')}", 14, "is no duration"),
    "a role": (READING, f"{PROCESS}{STEP}\n      - task:\n          id: b\n          name: B\n          role: clrk", 18,
               "not in roles"),
    "twice": (READING, "  expect: {flow: [a]}\n  expect: {flow: [b]}", 10, "stands here twice"),
    "no YAML": (READING, "  expect: {flow: [a", 10, ""),
    "a pattern": (TALK, "  expect:\n    end:\n      task:\n      - like: 'a(b'", 12, "is no pattern"),
    "a turn": (TALK, "  expect:\n    replies:\n      '1': {}\n      '5': {kind: [talk]}", 12, "turns 1 to 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_line(name: str, tmp_path: Path):
    head, rest, line, words = SLIPS[name]
    path = tmp_path / "mine.yaml"
    path.write_text(f"{head}{rest}\n")
    with pytest.raises(UnreadableFile) as told:
        read_cases(path)
    assert f"mine.yaml:{line}: " in str(told.value)
    assert words in str(told.value)


def test_what_is_right_is_read_with_short_forms_in_a_process_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "mine.yaml"
    path.write_text(f"{READING}{PROCESS}{STEP}\n")
    assert [case.place for _, case in read_cases(path)] == ["mine.yaml:4", "mine.yaml:7"]
    assert main(["eval", "run", "reading", "--cases", str(path), "--jobs", "1"]) == 0
    assert "2 cases" in capsys.readouterr().out
