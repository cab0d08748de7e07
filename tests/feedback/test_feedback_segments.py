"""Who is unhappy, by every column that says who they are; and what counts as saying the same."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.feedback.shapes import Comment
from assistant.feedback.summary import summarise

ROWS = [(f"The parcel came late again {n}", "new" if n % 2 else "old", n, "yes" if n < 20 else "no") for n in range(40)]


def run(folder: Path, *more: str) -> dict:
    file = folder / "crm.csv"
    file.write_text("comment,product,tenure,churned\n" + "".join(",".join(map(str, row)) + "\n" for row in ROWS))
    done = CliRunner().invoke(cli, ["feedback", str(file), "--json", *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_every_column_about_the_customer_is_a_segment_and_figures_are_cut_at_their_thirds(tmp_path: Path) -> None:
    totals = {part["name"]: part["total"] for part in run(tmp_path)["by_segment"]}
    assert totals == {
        "product: new": 20, "product: old": 20, "churned: yes": 20, "churned: no": 20,
        "tenure: up to 13": 14, "tenure: 13 to 26": 13, "tenure: above 26": 13,
    }  # fmt: skip


def test_near_repeats_are_brought_together_only_when_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path)["unique"] == 40
    near = run(tmp_path, "--near")
    assert (near["unique"], near["comments"]) == (1, 40)


def test_other_words_are_no_near_repeat() -> None:
    comments = [
        Comment("1", "The refunds are late"), Comment("2", "late refund: the refund are late!"),
        Comment("3", "The refund is not late"),
    ]  # fmt: skip
    found = summarise(comments, near=True)
    assert found.unique == 2
    assert found.comments == 3


def test_what_is_rated_badly_hurts_and_is_no_praise_whatever_its_words() -> None:
    comments = [
        Comment(f"{stars}{n}", f"Simple return slip {word}", rating=stars)
        for stars, words in (("1", "irony wit jest"), ("5", "joy bliss cheer")) for n, word in enumerate(words.split())
    ]  # fmt: skip
    found = summarise(comments)
    given = {row.id: row for row in found.assigned}
    assert {(row.kind, row.severity) for id_, row in given.items() if id_[0] == "1"} == {("complaint", 1)}
    assert {(row.kind, row.severity) for id_, row in given.items() if id_[0] == "5"} == {("praise", 0)}
    assert not {row.theme for row in given.values() if row.id[0] == "1"} & {
        row.theme for row in given.values() if row.id[0] == "5" and row.theme != "other"
    }
    assert found.disagree


def test_the_same_words_are_quoted_once() -> None:
    comments = [Comment(str(n), f"The charger burned my hand{'!' * (n % 3)}") for n in range(9)]
    found = summarise(comments)
    assert len(found.first) == 1
    assert found.answer == 9
    assert all(len(theme.quotes) == 1 for theme in found.themes)
