"""Files of comments at their bounds."""

from __future__ import annotations

import json
import os
import threading
import zipfile
from pathlib import Path

import pytest

from assistant.errors import UnreadableFile
from assistant.feedback.comments import read_comments, read_feedback
from assistant.feedback.runs import run
from assistant.feedback.shapes import BOUNDS


def test_json_lines_are_read_line_by_line_and_a_list_only_up_to_its_bound(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.feedback.comments.MOST_LIST", 2000)
    rows = [json.dumps({"id": n, "comment": f"the parcel number {n} came late"}) for n in range(90)]
    (tmp_path / "lines.jsonl").write_text("\n".join(rows))
    (tmp_path / "list.json").write_text(f"[{', '.join(rows)}]")
    assert len(read_comments(tmp_path / "lines.jsonl")) == 90
    with pytest.raises(UnreadableFile, match="too large"):
        read_comments(tmp_path / "list.json")


def test_what_is_left_out_of_a_long_file_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.feedback.comments.BOUNDS", BOUNDS._replace(rows=3))
    for name, text in {
        "long.jsonl": "".join(f'{{"comment": "Slow again, {n}."}}\n' for n in range(4)),
        "long.csv": "id,comment\n" + "".join(f"{n},Slow again and again.\n" for n in range(4)),
    }.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        found = read_feedback(path)
        assert len(found.comments) == 3
        assert any("Only the first 3" in note for note in found.notes), name
    exact = tmp_path / "exact.jsonl"
    exact.write_text('{"comment": "Slow again."}\n' * 3, encoding="utf-8")
    assert not read_feedback(exact).notes


def test_files_too_large_together_are_refused_before_they_are_read_and_too_many_comments_after(tmp_path, monkeypatch):
    paths = [tmp_path / f"{name}.csv" for name in "ab"]
    for path in paths:
        path.write_text("id,comment\n1,Slow again.\n2,The parcel was late.\n", encoding="utf-8")
    monkeypatch.setattr("assistant.feedback.runs.BOUNDS", BOUNDS._replace(rows=3))
    with pytest.raises(UnreadableFile, match=r"more than 3 comments[^$]*a few months at a time"):
        run(paths)
    monkeypatch.setattr("assistant.feedback.runs.BOUNDS", BOUNDS._replace(size=60))
    monkeypatch.setattr("assistant.feedback.runs.read_feedback", lambda *_: pytest.fail("it was read"))
    with pytest.raises(UnreadableFile, match="bytes"):
        run(paths)


def test_comments_come_through_a_pipe_and_a_pipe_without_a_writer_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.intake.loading.FIRST_WORD", 0.1)
    pipe = tmp_path / "said.csv"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="is empty"):
        read_feedback(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("comment\nThe driver came late\nNobody answers\n"))
    writer.start()
    found = read_feedback(pipe)
    writer.join()
    assert [comment.raw for comment in found.comments] == ["The driver came late", "Nobody answers"]


_PROCESS = '{\n "schema": "process/1",\n "name": "Work"\n}'
_DRAWN = '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
_OUTLINE = "# Work\n\n## Steps\n\n1. Pack goods (clerk)\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.json", _PROCESS.encode()), ("b.json", _PROCESS.encode("utf-16")), ("c.json", _DRAWN.encode()),
     ("d.md", _OUTLINE.encode())],
)  # fmt: skip
def test_a_process_is_not_taken_for_comments(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableFile, match="is a process"):
        read_feedback(tmp_path / name)


@pytest.mark.parametrize(("part", "what"), [("content.xml", "OpenDocument file"), ("said.csv", "Unpack it")])
def test_an_archive_is_refused_with_what_it_is_and_what_to_do(tmp_path: Path, part: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "said.zip", "w") as archive:
        archive.writestr(part, "comment\nlate\n")
    with pytest.raises(UnreadableFile) as refused:
        read_feedback(tmp_path / "said.zip")
    assert what in str(refused.value) + str(refused.value.remedy)


def test_json_in_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "said.json").write_bytes('[{"comment": "too late"}]'.encode("utf-16"))
    assert [comment.raw for comment in read_comments(tmp_path / "said.json")] == ["too late"]


def test_a_comma_that_stands_unquoted_in_a_comment_cuts_nothing_off(tmp_path: Path) -> None:
    rolls = ["Rolls were hard, again.", "Good bread.", "Late, cold, stale."]
    alone = tmp_path / "said.csv"
    alone.write_text("\n".join(["comment", *rolls]), encoding="utf-8")
    assert [comment.raw for comment in read_comments(alone)] == rolls
    named = tmp_path / "rated.csv"
    named.write_text(f"id,comment,stars\n1,{rolls[1]},5\n2,{rolls[2]},1\n", encoding="utf-8")
    read = read_feedback(named)
    assert [(comment.raw, comment.rating) for comment in read.comments] == [(rolls[1], "5"), (rolls[2], "1")]
    assert read.notes == (
        "1 row has more cells than there are columns (line 3); what is beyond was taken as part of “comment”.",
    )
