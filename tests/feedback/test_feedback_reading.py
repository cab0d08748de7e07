"""Files of comments at their bounds."""

from __future__ import annotations

import json

import pytest

from assistant.errors import UnreadableFile
from assistant.feedback.comments import read_comments


def test_json_lines_are_read_line_by_line_and_a_list_only_up_to_its_bound(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.feedback.comments.MOST_LIST", 2000)
    rows = [json.dumps({"id": n, "comment": f"the parcel number {n} came late"}) for n in range(90)]
    (tmp_path / "lines.jsonl").write_text("\n".join(rows))
    (tmp_path / "list.json").write_text(f"[{', '.join(rows)}]")
    assert len(read_comments(tmp_path / "lines.jsonl")) == 90
    with pytest.raises(UnreadableFile, match="too large"):
        read_comments(tmp_path / "list.json")
