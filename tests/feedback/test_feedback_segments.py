"""Who is unhappy, by every column that says who they are; and what counts as saying the same."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.feedback.comments import Comment
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
