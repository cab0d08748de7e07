"""The one door through the commands a user types: kinds by content, pipes, mail, tables, limits, other tools."""

import base64
import io
import json
import zipfile
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.errors import InputError, UnreadableFile
from assistant.intake.decoding import cleaned, line_reader
from assistant.intake.door import sort_out, together
from assistant.intake.given import ProcessFile, Table
from assistant.language.offline.words.tongue import foreign_language
from assistant.language.reading import read_story
from assistant.process.codec import loads
from assistant.process.tree import tasks

STORY = (
    "The clerk enters the request – ten minutes. The manager checks the request. If it is above 500 €, the director "
    "signs it. Finally the clerk sends the answer.\n"
)
BPMN = """<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
<startEvent id="s"/><task id="t" name="Check order"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="t"/>
<sequenceFlow id="g" sourceRef="t" targetRef="e"/></process></definitions>"""
JSON = json.dumps(
    {"schema": "process/1", "name": "Orders", "flow": {"sequence": [{"task": {"id": "t", "name": "Check order"}}]}}
)


class Done(NamedTuple):
    """How a command ended, and all it said."""

    exit_code: int
    output: str


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def call(*words, typed=None):
        done = CliRunner().invoke(cli, [str(word) for word in words], input=typed)
        if done.exception is None or isinstance(done.exception, SystemExit):
            return Done(done.exit_code, done.output)
        assert isinstance(done.exception, InputError), done.exception
        return Done(done.exception.exit_code, done.output + str(done.exception))

    return call


def steps(path):
    return [task.name for task in tasks(loads(path.read_text()))]


# --- kinds


@pytest.mark.parametrize("name", ["order.bpmn2", "order", "order.txt", "order.json", "order.xml", "order.md"])
@pytest.mark.parametrize("text", [BPMN, "\ufeff" + BPMN, JSON], ids=["bpmn", "bpmn with a mark", "json"])
def test_a_process_is_told_by_its_content_by_every_command(run, tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    for words in (("check", path), ("map", path), ("change", path, "remove the step Check order")):
        done = run(*words)
        assert done.exit_code in (0, 1, 2), done.output
        assert "not a process" not in done.output
        assert "This does not describe" not in done.output
    assert steps(tmp_path / "out" / f"{path.stem}.json") == ["Check order"]


def test_redesign_reads_bpmn2(run, tmp_path):
    (tmp_path / "order.bpmn2").write_text(BPMN)
    done = run("redesign", "order.bpmn2", "--out", "r", "--cases", "20", "--replications", "2")
    assert done.exit_code == 0, done.output
    assert steps(tmp_path / "r" / "as-is.json") == ["Check order"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_piped_in_is_read_as_the_file_named(run, tmp_path, encoding):
    (tmp_path / "named.txt").write_bytes(STORY.encode(encoding))
    assert run("map", "named.txt", "--out", "a").exit_code == 0
    done = run("map", "-", "--out", "b", typed=STORY.encode(encoding))
    assert done.exit_code == 0, done.output
    assert steps(tmp_path / "a" / "named.json") == steps(tmp_path / "b" / "story.json")
    said = run("chat", "talk", typed=STORY.encode(encoding))
    assert said.exit_code == 0
    assert "500 €" in said.output


def test_half_characters_that_are_typed_can_be_kept():
    assert cleaned("a\ud83d\ude00b\ud83d.").encode("utf-8").decode() == "a😀b�."
    assert cleaned("one\r\ntwo\x00") == "one\ntwo "


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8", "cp1252"])
def test_lines_of_a_pipe_are_decoded_one_by_one(encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    read = line_reader(io.BytesIO(mark + "für\nzwölf €\n".encode(encoding)), 100)
    assert [read(), read(), read()] == ["für\n", "zwölf €\n", ""]


def zipped(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "tool"),
    [
        ("a.bpm", zipped("x.diagx"), "Bizagi"),
        ("noending", zipped("x.diag"), "Bizagi"),
        ("story.txt", zipped("visio/document.xml"), "Visio"),
        ("a.vsd", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "Visio"),
        ("a.txt", b'<mxfile host="x"><diagram/></mxfile>', "draw.io"),
        ("a.xml", b'<?xml version="1.0"?>\n<!-- x -->\n<xpdl:Package xmlns:xpdl="http://x/XPDL2.2"/>', "XPDL"),
        ("a.aml", b"<AML></AML>", "ARIS"),
    ],
)
def test_files_of_other_tools_are_refused_with_how_they_export(run, tmp_path, name, data, tool):
    (tmp_path / name).write_bytes(data)
    for command in ("map", "redesign", "check", "simulate"):
        done = run(command, name)
        assert done.exit_code == 2
        assert tool in done.output
        assert "BPMN" in done.output


def test_a_table_of_events_is_no_story_and_a_table_of_steps_is_one():
    assert isinstance(sort_out(b"case,activity,time\n1,Check order,2024-01-01\n", "log.csv"), Table)
    given = sort_out(b"Step;Who;Hours\nCheck order;Clerk;0.5\nPay order;Accounts;2\n", "steps.csv")
    first, second = tasks(read_story(given.text).process)
    assert (first.work.mean_seconds, second.work.mean_seconds) == (1800, 7200)
    assert isinstance(sort_out(b"# Orders\n\n## Steps\n1. Check order\n", "x.txt"), ProcessFile)


def test_several_documents_tell_one_process(run, tmp_path):
    (tmp_path / "a.txt").write_text("The clerk enters the order. The manager checks the order.")
    (tmp_path / "b.md").write_text("# Payment\n\nThen accounting pays the order. The clerk files the order.")
    done = run("redesign", "a.txt", "b.md", "--out", "r", "--cases", "20", "--replications", "2")
    assert done.exit_code == 0, done.output
    assert steps(tmp_path / "r" / "as-is.json") == ["Enter order", "Check order", "Pay order", "File order"]
    (tmp_path / "c.bpmn").write_text(BPMN)
    assert "alone" in run("redesign", "a.txt", "c.bpmn", "--out", "s").output
    assert run("map", "a.txt", "b.md", "--out", "m").exit_code in (0, 2)
    assert (tmp_path / "m" / "a.json").exists()


# --- mail


def mail(body, encoding):
    head = (
        "From: Ann <ann@firm.example>\nTo: Tom <tom@firm.example>\nSubject: AW: RE: how claims run\nMIME-Version: 1.0\n"
    )
    if encoding == "base64":
        coded = base64.encodebytes(body.encode()).decode()
        page = base64.encodebytes(b"<p>The robot burns the claim.</p>").decode()
        return (
            f'{head}Content-Type: multipart/alternative; boundary="b1"\n\n--b1\n'
            "Content-Type: text/plain; charset=utf-8\n"
            f"Content-Transfer-Encoding: base64\n\n{coded}\n--b1\nContent-Type: text/html; charset=utf-8\n"
            f"Content-Transfer-Encoding: base64\n\n{page}\n--b1--\n"
        ).encode()
    import quopri

    coded = quopri.encodestring(body.encode()).decode()
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    return (head + kind + coded).encode()


BODY = (
    "Hi Tom,\n\nThe claimant sends the form. The handler checks the form, about ten minutes, and enters it for Müller. "
    "Then the manager signs the form and the handler files the form in the archive of the region.\n\nVG Ann\n\n"
    "> Am 01.03.2024 schrieb Tom:\n> The clerk shreds the form.\n--\nAnn Müller | Head of Claims\n"
    "This e-mail is confidential. If you are not the intended recipient please delete it.\n"
)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_mail_is_decoded_and_only_what_was_written_is_read(encoding):
    given = sort_out(mail(BODY, encoding), "it")
    assert given.kind == "mail"
    assert "Müller" in given.text
    for word in ("shreds", "confidential", "Head of Claims", "Hi Tom", "VG", "burns", "delete"):
        assert word not in given.text
    assert any("Quoted" in note for note in given.notes)
    process = read_story(given.text).process
    assert process.name == "How claims run"
    assert [task.name for task in tasks(process)][:2] == ["Send form", "Check form"]


def test_a_forwarded_mail_is_read_where_nothing_else_is_written():
    text = (
        b"From: a@b.example\nTo: c@d.example\nSubject: FW: claims\n\nFYI\n\n-----Original Message-----\n"
        b"From: e@f.example\nSent: Monday\nSubject: x\n\nThe handler checks the form. The manager signs the form.\n"
    )
    assert "The handler checks the form" in sort_out(text, "it").text


# --- documents


PAGE = """<html><body><h1>Complaints</h1><p>Last edited by Ann, 1.2.2024.</p><h2>1. Purpose</h2>
<p>The agent records the complaint.</p><table><tr><th>Step</th><th>Who</th><th>{head}</th><th>Remark</th></tr>
<tr><td>Check warranty</td><td>payables</td><td>{first}</td><td></td></tr>
<tr><td>Sign letter</td><td>me</td><td>45 min, part waits 4 days</td><td>urgent ones first</td></tr>
<tr><td>Agree on price</td><td>both sides</td><td>a while</td><td></td></tr></table>
<ul><li>Open point: who calls?</li><li>TODO ask the works council about the law</li></ul>
<h2>9. References</h2><p>The clerk reads the ISO manual.</p></body></html>"""


@pytest.mark.parametrize(("head", "first", "seconds"), [("Hours", "2", 7200), ("How long (min)", "10", 600)])
def test_rows_of_a_table_are_steps_whoever_does_them(head, first, seconds):
    given = sort_out(PAGE.format(head=head, first=first).encode(), "page.html")
    process = read_story(given.text).process
    found = {task.name: task for task in tasks(process)}
    assert list(found) == ["Record complaint", "Check warranty", "Sign letter", "Agree on price"]
    assert found["Check warranty"].work.mean_seconds == seconds
    assert (found["Sign letter"].work.mean_seconds, found["Sign letter"].wait.mean_seconds) == (2700, 345600)
    roles = [process.role(found[name].role).name for name in ("Check warranty", "Sign letter", "Agree on price")]
    assert roles == ["Payables", "Me", "Both sides"]
    assert not any(task.legal_basis for task in found.values())
    left = " ".join([*given.notes, *read_story(given.text).notes])
    for words in ("a while", "urgent ones first", "Open point", "TODO", "ISO manual", "Last edited"):
        assert words in left


@pytest.mark.parametrize(
    ("opened", "pain"),
    [
        ("TODO: the seeds lie nine days until Rosa has looked at them.", "nine days"),
        ("Still open: nobody knows why the driver signs twice.", "signs twice"),
        ("## To do\n\n- half of the slips come back without a date", "without a date"),
        ("Open points:\n- the key hangs with the porter until noon", "until noon"),
    ],
)
def test_who_reads_with_a_model_is_given_what_rules_take_for_a_list_of_things_to_do(opened, pain):
    head = "The grower packs the seeds. The driver brings them to the shop.\n"
    given = sort_out(f"{head}\n{opened}\n\nPage 3 of 12\n".encode(), "x.md")
    rules, model = given.read_by(False), given.read_by(True)
    assert pain in model.text
    assert "Page 3" not in model.text
    assert "packs the seeds" in model.text
    assert rules == given
    assert not any("no part of the work" in note for note in model.notes)
    assert len(tasks(read_story(rules.text).process)) == 2
    both = together([given, sort_out(b"The shop opens the bags.\n", "y.txt")])
    assert pain in both.read_by(True).text
    assert "opens the bags" in both.read_by(True).text
    assert not any("no part of the work" in note for note in both.read_by(True).notes)


def test_a_model_is_given_no_lists_of_sources_and_each_remark_on_a_document_once():
    foot = "Version 3, valid from 1.2.2024"
    text = f"{foot}\n\nThe clerk checks the order.\n\n{foot}\n\n## References\n\nThe ISO manual.\n"
    read = sort_out(text.encode(), "x.md").read_by(True).text
    assert read.count(foot) == 1
    assert "ISO manual" not in read


def test_a_table_alone_is_a_process_and_one_of_anything_else_is_listed():
    given = sort_out(b"| Step | Who | Days |\n|--|--|--|\n| Post bill | me | 2 |\n| Sign | both sides | 1 |\n", "t.md")
    assert [task.name for task in tasks(read_story(given.text).process)] == ["Post bill", "Sign"]
    other = sort_out(b"The clerk checks it.\n\n| Site | Colour |\n|--|--|\n| North | red |\n", "t.md")
    assert "North" not in other.text
    assert "North, red" in other.notes[0]


def test_head_counts_in_a_table_are_no_steps():
    page = b"""<p>The team lead signs the form. HR enters the days.</p><table><tr><td>Who</td><td>How many</td></tr>
    <tr><td>Team leads</td><td>fourteen</td></tr><tr><td>HR</td><td>2</td></tr></table>"""
    process = read_story(sort_out(page, "p.html").text).process
    assert len(tasks(process)) == 2
    assert {role.name: role.capacity for role in process.roles} == {"Team lead": 14, "HR": 2}


def test_numbered_headings_are_none_of_a_list_and_page_feet_none_of_the_work():
    text = (
        "1. Purpose\nThe order desk serves customers in the whole of the region, every day of the year.\n2. Work\n"
        "The clerk checks the order. The manager approves the order, and the clerk files it.\nPage 3 of 12\n"
    )
    given = sort_out(text.encode(), "x.txt")
    assert "# Work" in given.text
    assert "Page 3" not in given.text
    listed = sort_out(b"1. Check the order\n2. Approve the order\n3. Ship the goods\n", "x.txt")
    assert "#" not in listed.text


def test_columns_of_a_pdf_are_read(tmp_path):
    from test_intake_documents import pdf_columns

    data = pdf_columns(
        [("Step", "Who", "Time"), ("Check the part", "Quality engineer", "10 min"), ("Write reply", "Agent", "2 days")]
    )
    process = read_story(sort_out(data, "x.pdf").text).process
    assert [task.name for task in tasks(process)] == ["Check part", "Write reply"]
    assert [process.role(task.role).name for task in tasks(process)] == ["Quality engineer", "Agent"]


# --- bounds


def word(body):
    out = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.docx", word("<w:p/>" * 1_400_000), "unpacks"),
        ("deep.docx", word("<w:sdt>" * 2000 + "</w:sdt>" * 2000), "damaged"),
        ("nested.html", b"<html>" + b"<div>" * 150_000, "nested too deep"),
        ("unclosed.html", b"<html>" + b"<p>a " * 150_000, "too many tags"),
        ("line.txt", b"word " * 200_000, "At most"),
        ("words.txt", b"check\n" * 170_000, "At most"),
        ("x.xml", b"<?xml version='1.0'?>" + b"<!-- -->" * 50_000, "no BPMN"),
        ("parts.eml", b"From: a\nTo: b\nSubject: c\n\n" + b"--b\n" * 2000, "too many parts"),
    ],
)  # fmt: skip
def test_documents_that_are_too_much_are_refused_in_a_moment(name, data, reason):
    with pytest.raises(UnreadableFile, match=reason):
        sort_out(data, name)


def test_a_pdf_that_never_ends_is_refused(monkeypatch):
    from test_intake_documents import pdf_file

    monkeypatch.setattr("assistant.intake.bounds.MOST_SECONDS", -1)
    with pytest.raises(UnreadableFile, match="too long"):
        sort_out(pdf_file("The clerk checks the order."), "x.pdf")


# --- languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("German", "Der Kunde ruft an. Die Sachbearbeiterin nimmt den Auftrag auf und gibt ihn an das Lager weiter."),
        ("French", "Le client envoie la commande. Le commis vérifie la commande et il la transmet au chef."),
        ("Spanish", "El cliente envía el pedido. El empleado revisa el pedido y lo manda al jefe con una nota."),
        ("Dutch", "De klant belt. De medewerker neemt de order op en stuurt het formulier naar de chef."),
    ],
)  # fmt: skip
def test_another_language_is_named_and_nothing_is_written(run, tmp_path, language, text):
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    for command in ("map", "redesign"):
        done = run(command, "x.txt", "--out", "o")
        assert done.exit_code == 2
        assert "read English" in done.output
        assert language in done.output
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Frau Müller checks the Rechnung. Herr van der Berg from Compagnie de la Mer signs it for Los Angeles.",
        "Order in. Clerk checks. Manager signs > 500. Ship. Bill. Done.",
        "Maria de la Cruz prints the badge. Die-cutting is done by the operator. El Paso office ships the box.",
    ],
)
def test_english_with_foreign_names_and_short_notes_is_english(text):
    assert foreign_language(text) is None


def test_a_process_with_irregular_passives_keeps_every_step():
    text = (
        "The risk is underwritten by the insurer. The policy is drawn up by the clerk. The file is rerun by the system."
    )
    assert [task.name for task in tasks(read_story(text).process)] == [
        "Underwrite risk",
        "Draw up policy",
        "Rerun file",
    ]


def test_what_there_must_be_enough_of_stays_in_the_name_and_all_that_is_left_out_is_listed(run, tmp_path):
    rows = "".join(f"<li>Open point: question {number}</li>" for number in range(7))
    (tmp_path / "desk.html").write_text(
        "<h1>Desk</h1><p>The clerk takes the order. The lead checks whether there are enough people and signs it.</p>"
        f"<ul>{rows}</ul>"
    )
    done = run("map", "desk.html", "--out", "out")
    assert "Check whether there are enough people" in steps(tmp_path / "out" / "desk.json")
    assert [number for number in range(7) if f"question {number}" not in done.output] == []
