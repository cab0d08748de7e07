"""Tables of steps from a workbook and from its CSV, and named pipes."""

import io
import os
import threading
import zipfile

import pytest

from assistant.errors import UnreadableFile
from assistant.intake import loading
from assistant.intake.door import sort_out
from assistant.intake.given import Table
from assistant.language.reading import read_story
from assistant.process.tree import tasks


def workbook(rows):
    """An Excel file with one sheet of texts."""
    cells = ["".join(f"<c t='inlineStr'><is><t>{cell}</t></is></c>" for cell in row) for row in rows]
    parts = {
        "xl/workbook.xml": "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<R><Relationship Id='r1' Target='worksheets/sheet1.xml'/></R>",
        "xl/worksheets/sheet1.xml": f"<w><sheetData>{''.join(f'<row>{row}</row>' for row in cells)}</sheetData></w>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


STEPS = [
    ["How orders run"],
    ["Step", "Who", "Work time", "Wait time"],
    ["Check order", "Clerk", "10 mintues", "1,5 h"],
    ["Sign contract", "Manager", "5 min", "1 day"],
]


@pytest.mark.parametrize(
    ("data", "name"),
    [(workbook(STEPS), "steps.xlsx"), ("\r\n".join(";".join(row) for row in STEPS).encode(), "steps.csv")],
)
def test_a_table_of_steps_under_a_title_is_read_from_a_workbook_as_from_its_csv(data, name):
    process = read_story(sort_out(data, name).text).process
    told = {task.name: (task.work.mean_seconds, task.wait.mean_seconds) for task in tasks(process)}
    assert told == {"Check order": (600, 5400), "Sign contract": (300, 86400)}
    assert process.name != "Step"
    assert isinstance(
        sort_out(workbook([["case id", "activity", "time"], ["1", "Check", "2026-11-02"]]), "l.xlsx"), Table
    )


def test_a_named_pipe_is_read_and_one_nobody_writes_to_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "FIRST_WORD", 0.05)
    pipe = tmp_path / "told.txt"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="is empty"):
        loading.load(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("The clerk checks the order.",))
    writer.start()
    assert loading.load(pipe) == b"The clerk checks the order."
    writer.join()
