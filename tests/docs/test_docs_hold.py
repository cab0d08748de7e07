"""What the documents say holds: the reference is what the code says, and the examples run."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

from assistant.cli.main import main

TOP = Path(__file__).parents[2]
DOCS = [TOP / "README.md", *sorted((TOP / "docs").glob("*.md")), *sorted((TOP / "docs" / "how-to").glob("*.md"))]


def test_the_reference_is_what_the_code_says() -> None:
    pages = runpy.run_path(str(TOP / "docs" / "generate.py"))["PAGES"]
    for name, page in pages.items():
        written = (TOP / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert written == page(), f"docs/reference/{name} is old: run `make docs`"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(TOP)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name} points to {target}"


def examples(path: Path) -> list[str]:
    """The `assistant …` lines of a document's console blocks (```console), in order."""
    blocks = re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ assistant ")]


@pytest.mark.parametrize("path", [path for path in DOCS if examples(path)], ids=lambda path: str(path.relative_to(TOP)))
@pytest.mark.usefixtures("short_plays")
def test_examples_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.txt").write_text((TOP / "templates/demo/order_to_cash.txt").read_text(encoding="utf-8"))
    (tmp_path / "comments.csv").write_text("id,comment\n1,The delivery was late\n2,late again!\n3,wrong invoice\n")
    for line in examples(path):
        assert main(shlex.split(line)[1:]) == 0, line


def test_the_demo_is_one_page_without_a_network_and_says_what_the_readme_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--out", str(tmp_path / "demo")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    sample = re.findall(r"```text\n(.*?)```", (TOP / "README.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    parts = re.split(r"\n(?=\S|  (?:\d\.|\.\.\.|\w)|    \w)", sample.strip())
    told = [" ".join(part.split()) for part in parts if part.strip() != "..."]
    assert len(told) >= 5
    for part in told:
        assert part in said
    page = (tmp_path / "demo" / "report.html").read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href|url\()\s*=?\s*["']?(https?://[^"')\s]+)""", page) == []
    assert "<script" not in page
    assert "<svg" in page


def test_no_registry_host_stands_anywhere() -> None:
    import subprocess

    hosts = "registry" + r"\.npmjs|files\.python" + r"hosted|py" + r"pi\.org/simple|deb\." + "debian"
    found = subprocess.run(["git", "grep", "-lIE", hosts], cwd=TOP, capture_output=True, text=True, check=False)
    if found.returncode > 1:
        pytest.skip("not a git checkout")
    assert found.stdout == ""
