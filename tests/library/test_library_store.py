"""Reading the library: one's own entries, hostile and broken files, and the copy that makes the next start quick."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import settings
from assistant.cli.main import cli
from assistant.errors import InvalidLibrary, UnreadableFile
from assistant.library import assembling, audit, store
from assistant.library.audit import check_folder
from assistant.library.authoring import new_entry
from assistant.library.files import folder_of
from assistant.library.store import load_library
from assistant.library.yamlfile import parse_yaml

pytestmark = pytest.mark.usefixtures("library_read_anew")


@pytest.fixture(autouse=True)
def bundled(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundled library of two practices, so that a broken file beside it is found in a moment."""
    monkeypatch.delenv("ASSISTANT_CACHE")  # these tests look into the copy, which then lies in the home of each
    folder = tmp_path_factory.mktemp("bundled")
    (folder / "practices").mkdir()
    for name in ("empower", "activity-elimination"):
        text = (settings.bundled("library") / "practices" / f"{name}.yaml").read_text(encoding="utf-8")
        (folder / "practices" / f"{name}.yaml").write_text(text.replace("against: [H23]", "against: []"), "utf-8")
    for room in (settings, store, audit):
        monkeypatch.setattr(room, "bundled", lambda _: folder)
    return folder


def written(kind: str, name: str) -> str:
    """A new entry as it would be published."""
    return new_entry(kind, name).replace("status: draft", "status: published")


def put(folder: Path, text: str | bytes, name: str = "own.yaml", kind: str = "practices") -> Path:
    place = folder / kind
    place.mkdir(parents=True, exist_ok=True)
    file = place / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def left_out(folder: Path) -> str:
    """What a library says of the entries it left out; those that ship with it and a good one stand beside them."""
    put(folder, written("practice", "A good one"), "good.yaml")
    library = load_library(folder)
    assert {"empower", "activity-elimination", "a-good-one"} <= {entry.id for entry in library.practices}
    assert load_library(folder).left_out == library.left_out  # said at the next start too
    return " ".join(library.left_out)


def test_a_broken_bundled_entry_is_an_error(bundled: Path, tmp_path: Path) -> None:
    (bundled / "practices" / "empower.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(InvalidLibrary, match=r"empower\.yaml"):
        load_library(tmp_path)


def test_a_broken_entry_of_ones_own_leaves_the_bundled_one_it_would_replace(tmp_path: Path) -> None:
    put(tmp_path, written("practice", "Empower").replace("tier: proposal", "tier: maybe"))
    library = load_library(tmp_path)
    assert library.practice("H22") is not None
    assert len(library.left_out) == 1


def test_an_entry_of_ones_own_is_added(tmp_path: Path) -> None:
    put(tmp_path, written("process", "Visitor registration"), kind="processes")
    library = load_library(tmp_path)
    own = library.get("visitor-registration")
    assert own is not None
    assert own.kind == "process"
    assert len(library.processes) == 1


def test_an_entry_of_ones_own_takes_the_place_of_a_bundled_one(tmp_path: Path) -> None:
    bundled = load_library(tmp_path).practice("H22")
    assert bundled is not None
    text = written("practice", "Empower our counters").replace("id: empower-our-counters", "id: empower\ncode: H22")
    put(tmp_path, text)
    library = load_library(tmp_path)
    own = library.practice("H22")
    assert own is not None
    assert own.name == "Empower our counters"
    assert len(library.practices) == 2


def test_the_users_folder_is_read_unasked(own_home: Path) -> None:
    put(own_home / "library", written("enabler", "Pigeon post"), kind="enablers")
    assert load_library().get("pigeon-post") is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1, 2]\nb: *x", "anchor"),
        ("a: !!python/object/apply:os.system ['true']", "tag"),
        ("a: !thing 1", "tag"),
        ("a: 1\na: 2", "twice"),
        ("? [a, b]\n: 1", "key"),
        ("a: 2026-13-45", "no value"),
        ("a: 1\n--- \nb: 2", "second document"),
        ("[" * 200, "deep"),
        ("a: [1, 2", "Line"),
        (b"a: \xff\xfe", "UTF-8"),
        ("a: \x07", "YAML"),
        ("- " + "x\n- " * 70_000, "parts"),
    ],
)
def test_hostile_or_broken_yaml_is_refused_with_a_reason(text: str | bytes, words: str) -> None:
    with pytest.raises(InvalidLibrary) as caught:
        parse_yaml(text if isinstance(text, bytes) else text.encode(), "own.yaml")
    assert words in str(caught.value)
    assert "own.yaml" in str(caught.value)


def test_an_expanding_bomb_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    put(tmp_path, "\n".join(lines))
    assert "anchor" in left_out(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, b"a: " + b"x" * 600_000)
    assert "too large" in left_out(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("tier: proposal", "tier: maybe", "tier", "mechanical"),
        ("waste: none", "wast: none", "wast", "no such field"),
        ("grade: D", "grade: A", "", "grade D"),
        ("version: '1.0'", "version: one", "version", "form"),
        ("tier: proposal", "tier: proposal\nagainst: [H99]", "against", "H99"),
        ("id: ", "id: Not An Id # ", "id", "form"),
    ],
)
def test_a_broken_entry_names_file_and_field(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    file = put(tmp_path, written("practice", "Ours").replace(old, new))
    told = left_out(tmp_path)
    assert str(file) in told
    assert field in told
    assert words in told
    assert any(problem.file == str(file) and words in problem.text for problem in check_folder(tmp_path))


def test_a_process_may_only_point_at_what_it_holds(tmp_path: Path) -> None:
    text = written("process", "Ours").replace("accountable: clerk", "accountable: nobody")
    text = text.replace("reads: [request]", "reads: [telegram]").replace("practices: [H05]", "practices: [H77]")
    text = text.replace("work: 2-5-15 min", "work: 2-5-15 min (S7)")
    put(tmp_path, text, kind="processes")
    told = " ".join(problem.text for problem in check_folder(tmp_path))
    assert all(name in told for name in ("nobody", "telegram", "H77", "S7"))


def test_two_files_with_one_id_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, written("practice", "Ours"))
    put(tmp_path, written("practice", "Ours"), "again.yaml")
    assert "also the id" in left_out(tmp_path)


def test_the_next_start_reads_the_copy_and_sees_every_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path, written("practice", "Ours"))
    first = load_library(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(assembling, "parse_yaml", lambda *_: pytest.fail("parsed although the copy is there"))
        again = load_library(tmp_path)
    assert again == first
    file.write_text(file.read_text(encoding="utf-8").replace("name: 'Ours'", "name: 'Others'"), encoding="utf-8")
    changed = load_library(tmp_path).get("ours")
    assert changed is not None
    assert changed.name == "Others"


def test_of_many_files_only_the_changed_ones_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [put(tmp_path, written("practice", name), f"{name.lower()}.yaml") for name in ("Ours", "Others", "Theirs")]
    put(tmp_path, new_entry("practice", "Draft"), "draft.yaml")
    monkeypatch.setattr(store, "MANY", 0)
    first = load_library(tmp_path)
    files[1].write_text(
        files[1].read_text(encoding="utf-8").replace("name: 'Others'", "name: 'Else'"), encoding="utf-8"
    )
    files[2].write_text("a: [1", encoding="utf-8")
    read: list[str] = []
    parse = assembling.parse_yaml
    monkeypatch.setattr(assembling, "parse_yaml", lambda data, name: [read.append(name), parse(data, name)][1])
    again = load_library(tmp_path)
    assert {str(files[1]), str(files[2])} == {name for name in read if name.startswith(str(tmp_path))}
    assert read.count(str(files[1])) == 1
    assert again.get("ours") == first.get("ours")
    assert again.drafts == first.drafts
    assert [entry.name for entry in again.practices if entry.id == "others"] == ["Else"]
    assert [str(files[2]) in remark for remark in again.left_out] == [True]


def test_a_damaged_copy_is_not_believed(tmp_path: Path, own_home: Path) -> None:
    whole = load_library(tmp_path)
    (copy,) = (own_home / "cache").glob("library-*.json")
    for broken in (b"", b"{", copy.read_bytes()[:-200], b'{"processes": [], "fingerprint": "other"}'):
        copy.write_bytes(broken)
        assert load_library(tmp_path) == whole


def test_without_a_right_to_write_it_still_loads(tmp_path: Path, own_home: Path) -> None:
    (own_home / "cache").write_text("a file where a folder should be")
    assert len(load_library(tmp_path).entries) == 2


def test_check_names_what_is_left_to_write(tmp_path: Path) -> None:
    file = put(tmp_path, written("process", "Visitor's day: registration"), kind="processes")
    problems = check_folder(tmp_path)
    assert problems
    assert all(problem.text.startswith("still to be written") and problem.line for problem in problems)
    file.write_text(file.read_text(encoding="utf-8").replace("TODO", "Done"), encoding="utf-8")
    assert check_folder(tmp_path) == []


def test_check_takes_a_single_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(written("enabler", "Drums").replace("TODO", "Done").replace("risk: medium", "risk: huge"))
    (problem,) = check_folder(file)
    assert problem.field == "risk"
    assert check_folder(tmp_path / "nowhere") == []


def test_a_draft_is_used_by_nothing_until_it_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, new_entry("process", "Visitor registration"), kind="processes")
    put(tmp_path, new_entry("practice", "Empower").replace("tier: proposal", "tier: maybe"))
    library = load_library(tmp_path)
    assert library.get("visitor-registration") is None
    assert library.processes == ()
    assert library.left_out == ()  # a draft may be broken for as long as it is one
    found = library.find("visitor-registration")
    assert found is not None
    assert [entry.id for entry in library.with_status("draft").entries] == ["visitor-registration"]
    assert library.with_status("approved").entries == ()


def test_folders_of_teams_go_before_what_ships_and_ones_own_before_all(tmp_path: Path) -> None:
    own, first, second = (tmp_path / name for name in ("own", "first", "second"))
    for folder, name in ((first, "First"), (second, "Second")):
        put(folder, written("practice", "Ours").replace("name: 'Ours'", f"name: '{name}'"))
        put(folder, written("practice", f"Only {name}"), "only.yaml")
    library = load_library(own, [first, second])
    assert library.get("ours").name == "First"
    assert {"only-first", "only-second"} <= {entry.id for entry in library.practices}
    put(own, written("practice", "Ours"))
    assert load_library(own, [first, second]).get("ours").name == "Ours"
    assert "not there" in " ".join(load_library(own, [tmp_path / "gone"]).left_out)


@pytest.mark.parametrize(
    ("name", "words"),
    [("../../etc/passwd", "form"), ("/etc/passwd", "form"), ("a b", "form"), ("<script>", "form"), ("x" * 90, "80")],
)
def test_an_id_that_could_be_a_path_or_a_tag_is_refused(tmp_path: Path, name: str, words: str) -> None:
    put(tmp_path, written("practice", "Ours").replace("id: ours", f"id: '{name}'"))
    assert words in left_out(tmp_path)


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "practices").mkdir()
    os.mkfifo(tmp_path / "practices" / "pipe.yaml")
    (tmp_path / "practices" / "folder.yaml").mkdir()
    told = left_out(tmp_path)
    assert "pipe.yaml" in told
    assert "folder.yaml" in told


def test_a_fault_is_found_on_its_line(tmp_path: Path) -> None:
    text = written("process", "Ours").replace("TODO", "Done").replace("kind: external", "kind: martian")
    file = put(tmp_path, text, kind="processes")
    (problem,) = check_folder(tmp_path)
    assert problem.line == next(n for n, line in enumerate(text.splitlines(), 1) if "martian" in line)
    assert f"{file}:{problem.line}: " in str(problem)
    assert "must be one of" in problem.text


def test_a_sentence_three_entries_share_is_named_and_a_copys_is_not(tmp_path: Path) -> None:
    same = "Everybody must be told early and often what is going to change"
    for name in ("One", "Two", "Three"):
        text = written("practice", name).replace("TODO", f"Done by {name}")
        put(tmp_path, re.sub(r"definition: .*", f"definition: {same}", text), f"{name}.yaml")
    told = [str(problem) for problem in check_folder(tmp_path)]
    assert len(told) == 3
    assert all("the same sentence stands in" in line for line in told)
    (tmp_path / "practices" / "Three.yaml").unlink()
    assert check_folder(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_named(tmp_path: Path) -> None:
    file = put(tmp_path, written("practice", "Ours"))
    file.chmod(0)
    assert "cannot be read" in left_out(tmp_path)


@pytest.mark.parametrize("kind", ["process", "practice", "enabler"])
def test_an_entry_begun_by_the_command_is_found_by_check_and_show(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from assistant.cli.library import cli

    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    made = CliRunner().invoke(cli, ["new", kind, "Visitor registration"])
    assert Path(made.stdout.strip()).parent == tmp_path / "library" / folder_of(kind)
    checked = CliRunner().invoke(cli, ["check"])
    assert checked.exit_code == 1
    assert "still to be written" in checked.stdout
    shown = CliRunner().invoke(cli, ["show", "visitor-registration"])
    assert "Visitor registration" in shown.stdout.splitlines()[0]
    assert "{" not in shown.stdout


def test_brackets_without_end_are_refused_and_an_empty_folder_is_named(tmp_path: Path) -> None:
    deep = tmp_path / "deep.yaml"
    deep.write_text("[" * 100_000)
    assert "nested more than" in str(check_folder(deep)[0])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match="holds no entry"):
        CliRunner().invoke(cli, ["library", "check", str(tmp_path / "empty")], catch_exceptions=False)
