"""The command starts fast and light, and ends every mistake with one to three lines and the promised exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.main import main

HEAVY = ("openai", "langchain", "langchain_core", "langchain_openai", "chromadb", "sklearn", "scipy", "numpy")
PROBE = """
import json, sys
from assistant.cli.main import main
for words in json.loads(sys.argv[1]):
    assert main(words) == 0, words
    print("LOADED", *words, *sorted(name for name in {heavy} if name in sys.modules), file=sys.stderr)
"""


def test_light_commands_load_nothing_heavy() -> None:
    light = [["--help"], ["redesign", "--help"], ["project", "list"], ["library", "--help"]]
    probe = [sys.executable, "-c", PROBE.format(heavy=HEAVY), json.dumps(light)]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = [line.split()[1:] for line in done.stderr.splitlines() if line.startswith("LOADED")]
    assert loaded == light


def test_both_commands_and_the_module_are_the_same_program() -> None:
    done = subprocess.run([sys.executable, "-m", "assistant", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("process-redesign-assistant ")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["frobnicate"], 2),
        (["redesign"], 2),
        (["redesign", "no-such-file.txt"], 2),
        (["simulate", "no-such-file.json"], 2),
        (["simulate", "--cases", "0", "x.json"], 2),
        (["project", "show", "nobody"], 2),
        (["project"], 2),
        (["change", "--batch", "x.jsonl"], 2),
        (["schema", "nothing"], 2),
        (["map", "x.txt", "--model", "nosuchprovider:x"], 2),
    ],
)
def test_mistakes_end_with_their_code_and_few_words(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    if words != ["project"]:
        assert 1 <= len(told.err.strip().splitlines()) <= 3


def test_a_broken_config_file_is_named(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_home / "config.toml").write_text("model = [", encoding="utf-8")
    assert main(["project", "list"]) == 2
    assert "config.toml" in capsys.readouterr().err


def test_an_unknown_setting_is_named_with_the_nearest(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_home / "config.toml").write_text("[simulation]\ncaces = 3\n", encoding="utf-8")
    assert main(["project", "list"]) == 2
    said = capsys.readouterr().err
    assert "There is no setting simulation.caces." in said
    assert "simulation.cases" in said
    assert "permitted" not in said


def test_a_setting_of_an_earlier_version_does_no_harm(own_home: Path) -> None:
    (own_home / "config.toml").write_text("[redesign]\nplay_cases = 250\n", encoding="utf-8")
    assert main(["project", "list"]) == 0
