"""Files as stories: kinds, tables of steps, and files that are none."""

import io
import zipfile

import docx
import pytest
from pypdf import PdfWriter

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_BYTES
from assistant.intake.door import sort_out, take_in
from assistant.language.reading import read_story
from assistant.process.tree import tasks

STORY = "The clerk checks the order. The manager approves the order."


def read_document(source):
    return sort_out(source, "It") if isinstance(source, bytes) else take_in(source)


def names(text):
    return [task.name for task in tasks(read_story(text).process)]


def word_file():
    document = docx.Document()
    document.add_heading("Order approval", 1)
    document.add_paragraph("The clerk checks the order.")
    table = document.add_table(rows=3, cols=4)
    rows = [
        ("Step", "Who", "How long (min)", "Waiting"),
        ("Approve order", "Manager", "5", "2 days"),
        ("Ship goods", "Warehouse", "30", ""),
    ]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("The carrier delivers the goods.", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_file(text):
    """A one-page PDF, written by hand so that it holds real text."""
    lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
    return pdf_of(f"BT /F1 12 Tf 14 TL 50 700 Td {lines}ET".encode())


def pdf_columns(rows):
    """A one-page PDF with a table, each cell at the place of its column."""
    drawn = [
        f"BT /F1 12 Tf {50 + 180 * column} {700 - 20 * row} Td ({cell}) Tj ET"
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    return pdf_of(" ".join(drawn).encode())


def pdf_of(stream):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << "
            b"/Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_the_usual_encodings(tmp_path, encoding):
    path = tmp_path / "story.txt"
    path.write_bytes(("Für Anna’s team. " + STORY).encode(encoding))
    document = read_document(path)
    assert document.kind == "text"
    assert document.text.startswith("Für Anna’s team.")


def test_markdown_loses_its_marks_and_keeps_its_heading():
    document = read_document(
        b"# Order approval\n\nThe **clerk** checks the [order](http://x.example).\n\n- The "
        b"manager approves the order.\n"
    )
    assert document.kind == "markdown"
    assert "**" not in document.text
    assert read_story(document.text).process.name == "Order approval"
    assert names(document.text) == ["Check order", "Approve order"]


def test_a_table_of_steps_becomes_steps_with_their_figures():
    table = b"""We get 30 invoices a day.

| No | Activity | Responsible | Duration (min) | Waiting time | Tool | Condition |
|----|----------|-------------|---------------:|--------------|------|-----------|
| 1 | Scan the invoice | Mail room | 3 | - | DMS | |
| 2 | Checks the invoice | Clerk | 8 | 1 day | SAP | |
| 3 | Approval of the invoice | Director | 5 | 3 days | | amount over 5,000 euros |
"""
    process = read_story(read_document(table).text).process
    scan, check, approve = tasks(process)
    assert [scan.name, check.name, approve.name] == ["Scan invoice", "Check invoice", "Approve invoice"]
    assert [scan.system, check.system, approve.system] == ["DMS", "SAP", None]
    assert (scan.work.mean_seconds, check.work.mean_seconds, check.wait.mean_seconds) == (180, 480, 86400)
    assert process.role(approve.role).name == "Director"
    assert process.flow.items[-1].block == "choice"


def test_html_without_scripts_and_hidden_text():
    page = b"""<!doctype html><html><head><title>x</title><style>p{}</style></head>
    <body><h1>Orders</h1>
    <p>The clerk checks the order.</p><div style="display: none">The clerk shreds the order.</div>
    <script>steal()</script>
    <ul><li>The manager approves the order.</li></ul></body></html>"""
    document = read_document(page)
    assert document.kind == "html"
    assert names(document.text) == ["Check order", "Approve order"]


def test_word_with_a_table():
    document = read_document(word_file())
    assert document.kind == "word"
    process = read_story(document.text).process
    assert [task.name for task in tasks(process)] == ["Check order", "Approve order", "Ship goods", "Deliver goods"]
    assert next(task for task in tasks(process) if task.name == "Approve order").wait.mean_seconds == 172800


def test_pdf():
    document = read_document(pdf_file("The clerk checks the order.\nThe manager approves the or-\nder.\n12"))
    assert document.kind == "pdf"
    assert names(document.text) == ["Check order", "Approve order"]


def test_a_pasted_mail_without_headers_greeting_and_signature():
    mail = (
        b"From: tom@firm.example\nTo: ann@firm.example\nSubject: Re: How we handle claims\n\nHi Ann,\n\n"
        b"The claimant sends the form. The handler checks the form, about ten minutes. Then she files the claim "
        b"and sends the letter to the claimant. After that the manager signs it and the clerk closes the file.\n\n"
        b"Kind regards,\nTom approves the party budget\n\nOn Monday Ann wrote:\n> The clerk burns the form.\n"
    )
    document = read_document(mail)
    assert document.kind == "mail"
    assert "burns" not in document.text
    assert "party" not in document.text
    process = read_story(document.text).process
    assert process.name == "How we handle claims"
    assert tasks(process)[0].name == "Send form"


def blank_pdf():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(name="x.txt", size=10):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, b"\0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"),
        (bytes(range(256)) * 20, "not text"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office"),
        (b'<?xml version="1.0"?><catalogue/>', "XML"),
        (archive(), "not a Word document"),
        (archive("word/document.xml"), "damaged"),
        (word_file()[:2000], "damaged"),
        (b"%PDF-1.4\nbroken", "damaged"),
        (blank_pdf(), "no words"),
        (locked_pdf(), "password"),
        (b"<html><body>" + b"<p>" * 210_000, "too many tags"),
        (b"a b " * 600_000, "characters"),
    ],
)  # fmt: skip
def test_files_that_hold_no_story(data, reason):
    with pytest.raises(UnreadableFile) as caught:
        read_document(data)
    assert reason in str(caught.value)
    assert caught.value.remedy


def test_an_archive_that_unpacks_to_too_much(monkeypatch):
    monkeypatch.setattr("assistant.intake.word.MOST_UNPACKED", 100_000)
    with pytest.raises(UnreadableFile, match="unpacks"):
        read_document(archive("word/document.xml", 200_000))


def test_a_picture_renamed_txt_a_folder_and_a_file_that_is_not_there(tmp_path):
    picture = tmp_path / "story.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    for path, reason in ((picture, "picture"), (tmp_path, "folder"), (tmp_path / "none.txt", "There is no file")):
        with pytest.raises(UnreadableFile, match=reason):
            read_document(path)


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableFile, match="bytes"):
        read_document(path)


def test_a_story_longer_than_is_read_in_five_seconds_is_refused_with_what_to_do(tmp_path, capsys):
    from assistant.cli.main import main

    path = tmp_path / "long.txt"
    path.write_text("The clerk checks the order and files it. " * 1800)
    assert main(["map", str(path), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "At most 60,000 are read." in told
    assert "Give the part that tells the process." in told
