"""Mail as comments: an mbox, a Maildir and a folder that holds both, one comment a mail."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

from assistant.feedback.comments import read_feedback


def letter(number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Ann <ann@shop.example>"
    mail["Date"] = "Mon, 2 Mar 2026 10:00:00 +0000"
    mail["Subject"] = "Parcel"
    mail.set_content(f"The parcel came {number} days late.\n\nFrom you I heard nothing.\n\n> quoted words\n")
    return mail


def mbox(path: Path, count: int = 3) -> Path:
    box = mailbox.mbox(path)
    for number in range(count):
        box.add(letter(number))
    box.close()
    return path


def test_each_mail_of_an_mbox_is_a_comment(tmp_path: Path) -> None:
    read = read_feedback(mbox(tmp_path / "in.mbox"))
    assert [comment.id for comment in read.comments] == ["in.mbox:1", "in.mbox:2", "in.mbox:3"]
    assert read.comments[1].raw == "Parcel\n\nThe parcel came 1 days late.\n\nFrom you I heard nothing."
    assert {(comment.day, comment.customer) for comment in read.comments} == {("2026-03-02", "ann@shop.example")}


def test_a_maildir_is_read_and_a_mail_keeps_its_id_when_it_was_opened(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    key = box.add(letter(0))
    (first,) = read_feedback(tmp_path / "box").comments
    message = box[key]
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message
    (after,) = read_feedback(tmp_path / "box").comments
    assert first == after
    assert first.raw.startswith("Parcel")


def test_a_folder_holds_boxes_mails_and_texts(tmp_path: Path) -> None:
    mbox(tmp_path / "Inbox")
    (tmp_path / "one.eml").write_bytes(bytes(letter(8)))
    (tmp_path / "note.txt").write_text("The shop was closed.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    read = read_feedback(tmp_path)
    assert len(read.comments) == 5
    assert len({comment.id for comment in read.comments}) == 5
    assert "1 file neither mail nor text" in read.notes[0]
