"""Files: all of a set or none, nothing overwritten unasked, and each refusal told as what it is."""

import errno
import os
from dataclasses import replace
from types import SimpleNamespace

import pytest
from handmade_redesign import permit

from assistant.errors import StorageError, UsageError
from assistant.process.codec import loads
from assistant.reports import files

NAMES = {"as-is.json", "as-is.bpmn", "as-is.svg", "small-steps.json", "small-steps.bpmn", "small-steps.svg",
         "rethink.json", "rethink.bpmn", "rethink.svg", "report.html", "report.md"}  # fmt: skip


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_a_redesign_becomes_its_files_and_the_processes_read_back(redesign, package, tmp_path):
    out = tmp_path / "deep" / "out"
    written = files.write_outputs(redesign, package, out)
    assert {path.name for path in written} == set(contents(out)) == NAMES
    assert loads((out / "as-is.json").read_text(encoding="utf-8")) == redesign.as_is
    for alternative in redesign.alternatives:
        stem = alternative.name.lower().replace(" ", "-")
        assert loads((out / f"{stem}.json").read_text(encoding="utf-8")) == alternative.process
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_nothing_is_overwritten_without_force(redesign, package, tmp_path):
    (tmp_path / "report.md").write_text("mine")
    with pytest.raises(UsageError) as refused:
        files.write_outputs(redesign, package, tmp_path)
    assert "report.md" in str(refused.value)
    assert contents(tmp_path) == {"report.md": b"mine"}
    with pytest.raises(UsageError):
        files.refuse_overwriting(tmp_path)
    files.refuse_overwriting(tmp_path, force=True)
    files.write_outputs(redesign, package, tmp_path, force=True)
    assert set(contents(tmp_path)) == NAMES
    assert contents(tmp_path)["report.md"] != b"mine"


def test_a_file_where_the_folder_should_be_is_told_before_the_work_begins(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError):
        files.refuse_overwriting(tmp_path / "out")
    with pytest.raises(StorageError):
        files.write_text(tmp_path / "out" / "a.txt", "x")


@pytest.mark.parametrize(
    ("number", "word"), [(errno.ENOSPC, "full"), (errno.EACCES, "no right"), (errno.EROFS, "only be read")]
)
@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_a_failure_on_the_way_leaves_what_was_there_and_nothing_else(monkeypatch, tmp_path, number, word, fails_at):
    out = tmp_path / "out"
    out.mkdir()
    (out / "b").write_bytes(b"old b")
    before, calls, real = contents(out), [], os.replace

    def replace(source, target):
        calls.append(source)
        if len(calls) == fails_at:
            raise OSError(number, os.strerror(number))
        real(source, target)

    monkeypatch.setattr(files.os, "replace", replace)
    with pytest.raises(StorageError) as refused:
        files.write_all(out, {"a": b"1", "b": b"2", "c": b"3"}, force=True)
    assert word in str(refused.value)
    assert contents(out) == before


def test_a_disk_that_fills_up_leaves_no_folder_behind(monkeypatch, tmp_path):
    def full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.Path, "write_bytes", full)
    with pytest.raises(StorageError) as refused:
        files.write_all(tmp_path / "new" / "out", {"a": b"1"})
    assert "full" in str(refused.value)
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_no_right_to_write(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError) as refused:
        files.write_text(tmp_path / "a.txt", "x")
    assert "right" in str(refused.value)


@pytest.mark.usefixtures("fonts")
def test_a_process_is_written_in_the_format_its_ending_says(tmp_path):
    process = permit()
    for kind in files.FORMATS:
        target = files.write_process(process, tmp_path / f"map{kind}")
        assert target.read_bytes() == files.content(process, kind)
    assert loads((tmp_path / "map.json").read_bytes()) == process
    with pytest.raises(UsageError):
        files.write_process(process, tmp_path / "map.docx")
    with pytest.raises(UsageError):
        files.write_process(process, tmp_path / "map.json")
    assert {path.name for path in files.write_map(process, tmp_path, "x")} == {"x.json", "x.bpmn", "x.svg", "x.md"}


def test_alternatives_of_the_same_name_get_files_of_their_own(redesign):
    taken = {"rethink.json": b"", "as-is.json": b""}
    assert files._stem("Rethink", taken) == "rethink-2"
    assert files._stem("as-is", taken) == "as-is-2"
    assert files._stem("../../etc/passwd", {}) == "etc-passwd"


def test_an_alternative_that_is_the_same_as_another_is_not_written_twice(redesign, package, tmp_path):
    small, bold = redesign.alternatives
    twin = replace(small, name=bold.name, stance=bold.stance)
    written = files.write_outputs(with_alternatives(redesign, small, twin), package, tmp_path)
    assert {path.name for path in written} == NAMES - {"rethink.json", "rethink.bpmn", "rethink.svg"}
    for report in ("report.md", "report.html"):
        assert "The same as “Small steps”" in (tmp_path / report).read_text(encoding="utf-8")


def with_alternatives(redesign, *alternatives):
    return SimpleNamespace(**{**vars(redesign), "alternatives": alternatives})
