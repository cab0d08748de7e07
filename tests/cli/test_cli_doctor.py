"""`assistant doctor`: what is in order, what is not, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def doctor() -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["doctor"])
    return result.exit_code, result.output


def test_a_fresh_home_is_in_order(home: Path) -> None:
    code, told = doctor()
    assert code == 0
    for words in ("Python 3", str(home), "0 projects", "29 practices", "18 enablers", "nothing leaves this machine"):
        assert words in told


def test_a_home_that_is_a_file_is_named_with_the_remedy(home: Path) -> None:
    home.write_text("I am no folder", encoding="utf-8")
    code, told = doctor()
    assert code == 2
    assert str(home) in told
    assert "ASSISTANT_HOME" in told


def test_a_damaged_journal_is_named_and_the_rest_still_looked_at(home: Path) -> None:
    home.mkdir()
    (home / "projects.db").write_bytes(b"this is no database" * 100)
    code, told = doctor()
    assert code == 2
    assert "journal" in told
    assert "29 practices" in told


def test_a_broken_entry_of_ones_own_is_named_and_harms_nothing(home: Path) -> None:
    (home / "library" / "practices").mkdir(parents=True)
    (home / "library" / "practices" / "ours.yaml").write_text("id: [", encoding="utf-8")
    code, told = doctor()
    assert code == 0
    assert "ours.yaml" in told
    assert "29 practices" in told


def test_a_model_without_its_key_ends_with_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("ASSISTANT_MODEL", "openai:gpt-test")
    code, told = doctor()
    assert code == 3
    assert "OPENAI_API_KEY" in told
