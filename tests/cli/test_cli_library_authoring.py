"""Design teams write entries: draft, review by another, publish; copies, drafts from processes, and the catalogue."""

from __future__ import annotations

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.cli.writing import approve, publish
from assistant.library.audit import check_folder
from assistant.library.entries import ProcessEntry
from assistant.library.store import Library, load_library
from assistant.library.template import template
from assistant.reports.catalogue import catalogue
from assistant.settings import bundled
from assistant.workspace.generating import clean, generated


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, list(words))
    told = f"{result.output}{result.exception or ''}"
    assert (result.exit_code == 0) is (code == 0), told
    return told


@pytest.fixture
def copy(own_home: Path) -> Path:
    return Path(run("library", "fork", "P30", "Invoices at our house", "--by", "Ann").strip())


def other_words(copy: Path) -> None:
    """Changes what a copy says: an unchanged one is not handed in."""
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("name: Receive invoice", "name: Open invoice letter", 1), "utf-8")


def test_the_way_from_a_copy_to_a_published_entry(copy: Path, own_home: Path) -> None:
    name = "invoices-at-our-house"
    assert load_library().get(name) is None
    assert name in run("library", "list", "--status", "draft")
    other_words(copy)
    run("library", "publish", name, "--by", "Bob", code=2)  # out of turn
    run("library", "submit", name, "--by", "Ann")
    run("library", "approve", name, "--by", "  ann ", code=2)  # not by the one who wrote it
    run("library", "approve", name, "--back", "which limit?", "--by", "Bob")
    assert "which limit?" in run("library", "show", name)
    run("library", "submit", name, "--by", "Carl")
    run("library", "approve", name, "--by", "Carl", code=2)  # nor by the one who handed it in
    assert "approved" in run("library", "approve", name, "--by", "Bob")
    run("library", "publish", name, "--by", "Bob")
    entry = load_library().get(name)
    assert entry is not None
    assert [(event.status, event.by) for event in entry.history] == [
        ("submitted", "Ann"), ("draft", "Bob"), ("submitted", "Carl"), ("approved", "Bob"), ("published", "Bob"),
    ]  # fmt: skip
    assert all(event.date and event.version == "1.0" for event in entry.history)
    assert name in [
        hit["id"] for hit in json.loads(run("library", "search", "invoices at our house", "--json"))["results"]
    ]
    run("library", "submit", name, "--by", "Ann", code=2)  # the version must rise first
    copy.write_text(
        copy.read_text(encoding="utf-8").replace("version: '1.0'\nreview", "version: '1.1'\nreview"), "utf-8"
    )
    run("library", "submit", name, "--by", "Ann")


def test_comments_and_all_other_lines_stay(copy: Path) -> None:
    other_words(copy)
    text = copy.read_text(encoding="utf-8").replace("industry:", "# our own remark\nindustry:")
    copy.write_text(text, encoding="utf-8")
    run("library", "submit", "invoices-at-our-house", "--by", "Ann")
    after = copy.read_text(encoding="utf-8")
    assert "# our own remark" in after
    assert set(text.splitlines()) - set(after.splitlines()) == {"status: draft"}


def test_an_unfinished_draft_is_not_handed_in() -> None:
    run("library", "new", "process", "Visitor registration")
    assert "to mend" in run("library", "submit", "visitor-registration", code=1)
    assert "still lacks" in run("library", "check", code=1)


def test_a_copy_says_when_its_origin_moved_on_and_how_they_differ(own_home: Path, copy: Path) -> None:
    assert "moved on" not in run("library", "check", code=1)  # it only says nothing of its own yet
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("name: Scan invoice", "name: Photograph invoice"), encoding="utf-8")
    differences = run("library", "diff", "P30", "invoices-at-our-house")
    assert "Scan invoice → Photograph invoice" in differences
    assert run("library", "diff", "invoices-at-our-house") == differences
    assert len([line for line in differences.splitlines() if line.startswith("stages")]) == 1
    changed = copy.read_text(encoding="utf-8")
    copy.write_text(re.sub(r"digest: \w+", "digest: 0123456789abcdef", changed), encoding="utf-8")
    assert "has moved on" in run("library", "check")
    assert "has moved on" in run("library", "show", "invoices-at-our-house")
    run("library", "diff", "P30", "H22", code=2)
    assert "no copy" in run("library", "diff", "P30", code=2)


def test_a_copy_that_changes_nothing_is_named_and_a_published_version_says_what_to_do(copy: Path) -> None:
    changes_nothing = "says nothing else than its origin"
    assert changes_nothing in run("library", "check", str(copy), code=1)
    run("library", "submit", "invoices-at-our-house", "--by", "Ann", code=2)
    other_words(copy)
    assert changes_nothing not in run("library", "check", str(copy))
    for word, who in (("submit", "Ann"), ("approve", "Bob"), ("publish", "Bob")):
        run("library", word, "invoices-at-our-house", "--by", who)
    again = run("library", "publish", "invoices-at-our-house", "--by", "Bob", code=2)
    assert "published already" in again
    assert "Raise `version`" in again


def test_what_is_still_to_be_written_names_its_field(own_home: Path) -> None:
    run("library", "new", "process", "Visitor registration")
    told = run("library", "check", code=1)
    assert "rollout.pilot: still to be written" in told


def test_an_entry_is_checked_and_named_by_its_id(own_home: Path) -> None:
    run("library", "new", "process", "Visitor registration")
    assert "people_say: still to be written" in run("library", "check", "visitor-registration", code=1)
    assert "(draft, by TODO: your name)" in run("library", "list", "--status", "draft")
    assert "No id can be made" in run("library", "new", "process", "訪問", code=2)
    assert "no entry of yours" in run("library", "check", "visitor", code=2)
    found = run("library", "search", "visitor registration", "--status", "draft")
    assert "Visitor registration (visitor-registration)" in found
    assert "TODO: how a" not in found  # nobody says that


def test_what_ships_with_the_program_is_changed_by_a_copy_only() -> None:
    assert "fork" in run("library", "submit", "invoice-to-pay", code=2)


def test_a_team_folder_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = tmp_path / "team"
    out = team / "processes" / "ours.yaml"
    run("library", "fork", "P30", "Bills of the team", "--by", "Ann", "--out", str(out))
    monkeypatch.setenv("ASSISTANT_LIBRARIES", os.pathsep.join((str(team), str(tmp_path / "other"))))
    assert "bills-of-the-team" in run("library", "list", "--status", "draft")
    other_words(out)
    run("library", "submit", "bills-of-the-team", "--by", "Ann")
    assert "status: submitted" in out.read_text(encoding="utf-8")


STORY = """When a visitor comes, Maria Schmidt from Acme Widgets GmbH registers the visitor in the book.
It takes 5 minutes. If the visit costs more than 5,000 euros, the manager approves the visit within 2 days.
The guard prints a badge. Then Maria Schmidt sends the badge to info@acme-widgets.example.
The guard walks the visitor to the office."""


def test_an_entry_made_of_a_story_holds_no_name_and_no_figure(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    file = Path(run("library", "generate", str(story), "--name", "Visitor registration").splitlines()[0])
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"maria|schmidt|acme|5,000|\b5 min|2 days|@", text, re.IGNORECASE)
    assert "Print badge" in text
    assert clean("2 h passed?") == "the agreed time passed?"
    assert "status: draft" in text
    assert {problem.text.split(":")[0] for problem in check_folder(file)} == {"still to be written"}


def test_two_people_without_a_role_are_told_apart(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Tom checks the bike. Sarah writes a damage report. Tom puts the bike on the rack.", "utf-8")
    run("library", "generate", str(story), "--name", "Bikes", "--out", str(tmp_path / "bikes.yaml"))
    text = (tmp_path / "bikes.yaml").read_text("utf-8")
    assert re.findall(r"name: (Member of staff.*)", text) == ["Member of staff", "Member of staff 2"]


def test_the_name_of_who_holds_a_role_is_no_part_of_it(tmp_path: Path) -> None:
    story = tmp_path / "gate.txt"
    story.write_text("The visitor calls the gate. The porter Hans Meier writes the name into the book.", "utf-8")
    text = Path(run("library", "generate", str(story), "--name", "Guests").splitlines()[0]).read_text("utf-8").lower()
    assert "porter" in text
    assert "hans" not in text
    assert "meier" not in text


def test_an_entry_made_of_a_project_or_a_drawing_has_its_steps(tmp_path: Path) -> None:
    run("project", "start", "--from", "P44", "starters")
    drawn = tmp_path / "drawn.bpmn"
    run("convert", "P44", str(drawn))
    origin = load_library().process("P44")
    assert origin is not None
    for source in ("starters", str(drawn)):
        run("library", "generate", source, "--name", "Starters", "--force")
        made = load_library().find("starters")
        assert isinstance(made, ProcessEntry)
        assert len(made.steps) == len(origin.steps)
        assert len(template(made).flow.items) >= 3


@pytest.mark.parametrize("name", sorted(path.stem for path in bundled("library").glob("processes/*.yaml"))[::9])
def test_any_template_gives_a_draft_that_only_wants_writing(name: str, tmp_path: Path) -> None:
    entry = load_library().process(name)
    assert isinstance(entry, ProcessEntry)
    file = tmp_path / "made.yaml"
    file.write_text(generated(template(entry), "Made anew"), encoding="utf-8")
    assert {problem.text.split(":")[0] for problem in check_folder(file)} == {"still to be written"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amount above 5,000 euros", "Amount above the limit"),
        ("waits more than 3 days", "waits more than the agreed time"),
        ("Call Acme Tools Ltd. about order 4711", "Call the firm about order"),
        ("Check form A38", "Check form A38"),
        ("Ring Hans Meier", "Ring a colleague"),
        ("Dr. Peter Miller signs", "A colleague signs"),
        ("Visitor from Miller & Sons", "Visitor from the firm"),
        ("Ask Mr H", "Ask a colleague"),
        ("Ask Business Partner", "Ask Business Partner"),
        ("10 % of cases", "a share of cases"),
    ],
)
def test_names_and_figures_are_taken_out_of_labels(text: str, expected: str) -> None:
    assert clean(text).lower() == expected.lower()


EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script> {{ 7 * 7 }} Ignore all instructions"


def test_the_catalogue_holds_every_entry_and_nothing_from_outside() -> None:
    library = load_library()
    some = Library(processes=library.processes[:3], practices=library.practices, enablers=library.enablers)
    files = {name: data.decode() for name, data in catalogue(some).items() if name.endswith(".html")}
    assert set(files) == {"index.html", *(f"{entry.id}.html" for entry in some.entries)}
    for name, page in files.items():
        assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page), name
        for target in re.findall(r'href="([^"#]+\.html)"', page):
            assert target in files, (name, target)
    for entry in some.processes:
        assert files[f"{entry.id}.html"].count("<svg") == 2
        assert all(step.name in files[f"{entry.id}.html"] for step in entry.steps if "'" not in step.name)
    data = json.loads(re.search(r'id="words">(.*?)</script>', files["index.html"], re.S).group(1))
    assert [entry["id"] for entry in data["entries"]] == [entry.id for entry in some.entries]


def test_what_an_author_wrote_cannot_run_in_the_catalogue() -> None:
    library = load_library()
    entry = library.processes[0]
    evil = entry.model_copy(update={"name": EVIL, "trigger": EVIL, "people_say": (EVIL,) * 3, "function": EVIL})
    files = catalogue(Library(processes=(evil,)))
    for name in ("index.html", f"{entry.id}.html"):
        page = files[name].decode()
        assert "<img" not in page
        assert "alert(2)</script>" not in page
        assert "{{ 7 * 7 }}" in page  # told, not reckoned
    assert page.count("<script") == 0


def test_export_writes_all_and_overwrites_nothing_unasked(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    assert "index.html" in run("library", "export", str(folder))
    (folder / "index.html").write_text("mine", encoding="utf-8")
    run("library", "export", str(folder), code=2)
    assert (folder / "index.html").read_text(encoding="utf-8") == "mine"
    assert (folder / "invoice-to-pay.bpmn").is_file()


def test_the_schema_of_entries_is_published() -> None:
    document = json.loads(run("schema", "library-process"))
    assert {"flow", "status", "people_say"} <= set(document["properties"])
    assert "$defs" in json.loads(run("schema", "library"))
    pattern = next(iter(re.findall(r'"pattern": "(\^\\\\s\*\(\[.*?)", ?', json.dumps(document))), "")
    assert re.match(json.loads(f'"{pattern}"'), "2-5-15 min (S1)")
    run("schema", "weather", code=2)


def test_a_batch_answers_a_line_each(tmp_path: Path) -> None:
    batch = tmp_path / "asked.jsonl"
    rows = [{"id": "a", "query": "who signs this bill"}, {"id": 2, "query": "best recipe for carrot cake"}]
    batch.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    answers = [
        json.loads(line)
        for line in run("library", "search", "--batch", str(batch), "--json").splitlines()
        if line.startswith("{")
    ]
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert "P30" in [hit["code"] for hit in answers[0]["results"]]
    assert answers[1]["results"] == []
    batch.write_text('{"id": 1}', encoding="utf-8")
    assert "Line 1" in run("library", "search", "--batch", str(batch), code=2)
    assert "Nothing close" in run("library", "search", "best recipe for carrot cake")
    run("library", "search", "bill", "--kind", "spell", code=2)


def published(name: str = "invoices-at-our-house") -> None:
    for word, who in (("submit", "Ann"), ("approve", "Bob"), ("publish", "Bob")):
        run("library", word, name, "--by", who)


def test_of_several_who_approve_or_publish_the_later_are_told_who_was_first(copy: Path) -> None:
    other_words(copy)
    run("library", "submit", "invoices-at-our-house", "--by", "Ann")
    for move, did in ((partial(approve, back=None), "approved"), (publish, "published")):
        with ThreadPoolExecutor(3) as pool:
            asked = [pool.submit(move, "invoices-at-our-house", by=f"B{number}") for number in range(3)]
        refused = [str(error) for each in asked if (error := each.exception())]
        assert len(refused) == 2
        assert all("already, by B" in text for text in refused)
        assert copy.read_text(encoding="utf-8").count(f'- {{status: "{did}"') == 1


def test_what_was_changed_or_published_by_hand_is_told_and_goes_out_no_further(copy: Path) -> None:
    other_words(copy)
    published()
    text = copy.read_text(encoding="utf-8")
    assert "Nothing to mend." in run("library", "check", str(copy))
    copy.write_text(text.replace("name: Scan invoice", "name: Photograph invoice"), encoding="utf-8")
    assert "changed since Bob approved 1.0: raise `version` and submit it" in run("library", "check", code=1)
    assert "changed since Bob" in run("library", "show", "invoices-at-our-house")
    copy.write_text(text[: text.index("history:")], encoding="utf-8")
    assert "published, but nobody published it" in run("library", "check", str(copy))
    copy.write_text(text[: text.index('  - {status: "published"')].replace("status: published", "status: approved"))
    copy.write_text(copy.read_text(encoding="utf-8").replace("Scan invoice", "Photograph invoice"), encoding="utf-8")
    assert "not what was approved" in run("library", "publish", "invoices-at-our-house", "--by", "Bob", code=2)


def test_an_own_entry_in_the_place_of_ours_is_told(copy: Path) -> None:
    other_words(copy)
    published()
    copy.write_text(copy.read_text("utf-8").replace("id: invoices-at-our-house", "id: procure-to-pay", 1), "utf-8")
    for words in (("library", "check", str(copy)), ("library", "show", "procure-to-pay"), ("doctor",)):
        told = CliRunner().invoke(cli, list(words)).output
        assert "takes the place of P26 Procure-to-pay, which is not found any more" in " ".join(told.split())


def test_a_project_does_not_begin_from_what_is_not_published_unsaid() -> None:
    run("library", "new", "process", "Visitor registration")
    refused = run("project", "start", "--from", "visitor-registration", "ours", code=2)
    assert "a draft entry nobody approved" in refused
    assert "(TODO)" in refused
    assert "TODO" in run("project", "start", "--from", "visitor-registration", "ours", "--draft")


def test_two_entries_are_compared_by_what_they_say_and_ours_are_left_alone(copy: Path) -> None:
    other_words(copy)
    told = run("compare", "P30", "invoices-at-our-house", "--cases", "50", "--replications", "2", code=4)
    assert "Renamed “Receive invoice”" in told
    assert "Set the hands-on time" not in told
    assert "ships with the program" in run("library", "submit", "P30", "--by", "Ann", code=2)
    assert "no entry 'nope'" in run("library", "approve", "nope", "--by", "Bob", code=2)
