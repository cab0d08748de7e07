"""Change requests read by a (faked) model: every command, questions, refusals, and nothing else touched."""

from __future__ import annotations

import pytest
from fake_models import FixedModel
from prompt_stories import lending

from assistant.errors import InputError, ModelAnswerInvalid
from assistant.language.by_model.change import read_change_with_model
from assistant.language.by_model.change_outline import outline
from assistant.process.apply import apply
from assistant.process.tree import by_id

BEFORE = lending()


def change(reply: str) -> str:
    """The outline after the change a reply makes, its lines side by side."""
    found = read_change_with_model(BEFORE, "please", FixedModel([reply]))
    return " / ".join(line.strip() for line in outline(apply(BEFORE, found.edits)).splitlines())


COMMANDS = [
    ("INSERT AFTER find\n  TASK Librarian: note book", "[note_book] TASK Librarian: Note book / [house]"),
    ("INSERT BEFORE lend\n  CHOICE debt?\n    WHEN debt | 5%\n      TASK Reader: pay debt\n    WHEN none",
     "[debt.1] WHEN debt | 5% / [pay_debt] TASK Reader: Pay debt / [debt.2] WHEN none / [lend]"),
    ("INSERT INTO house.1 START\n  TASK Robot: unlock shelf", "[house.1] WHEN yes | 70% / [unlock_shelf] TASK Robot"),
    ("INSERT AT END\n  END done", "[remind] TASK Librarian: Remind reader / [end_done] END Done"),
    ("DELETE remind", "[late] LOOP while late | 10% / [return] TASK Reader: Return book"),
    ("MOVE order inform AFTER house", "[arrives] WAIT 3 to 5 d: Book arrives / [order] TASK Librarian: Order book"),
    ("MOVE lend AT START", "FLOW / [lend] TASK Librarian: Lend book / [find]"),
    ("COPY find BEFORE lend", "[find_2] TASK Librarian: Find book | in catalogue | work 5 min / [lend]"),
    ("SWAP find and lend", "FLOW / [lend] TASK Librarian: Lend book / [house]"),
    ("REPLACE order inform WITH\n  PARALLEL\n    PATH\n      KEEP order\n    PATH\n      KEEP inform",
     "[parallel.1] PATH / [order] TASK Librarian: Order book / [parallel.2] PATH / [inform]"),
    ("REPLACE fetch\n  KEEP fetch\n  KEEP lend", "Fetch book / [lend] TASK Librarian: Lend book / [house.2]"),
    ("RENAME find: look book up", "[find] TASK Librarian: look book up"),
    ("SET lend | work 10 min | in SAP | control", "[lend] TASK Librarian: Lend book | in SAP | work 10 min | control"),
    ("SET arrives | wait 2 d", "[arrives] WAIT 2 d: Book arrives"),
    ("GIVE find fetch: Robot", "[find] TASK Robot: Find book"),
    ("GIVE find fetch: Scaldis & Co | external", "ROLE Scaldis & Co | external"),
    ("SPLIT lend\n  TASK ?: stamp card\n  TASK ?: hand book over",
     "[stamp_card] TASK Librarian: Stamp card / [hand_book_over] TASK Librarian: Hand book over / [late]"),
    ("MERGE order inform\n  TASK ?: order and inform", "[order_and_inform] TASK Librarian: Order and inform"),
    ("PARALLELISE order / inform arrives", "[parallel.2] PATH / [inform] TASK Librarian: Inform reader / [arrives]"),
    ("parallelize [order] / [inform]", "[parallel.2] PATH / [inform] TASK Librarian: Inform reader / [arrives]"),
    ("WRAP CHOICE lend: member? | when member | else no member | 90%",
     "[member.1] WHEN member | 90% / [lend] TASK Librarian: Lend book / [member.2] WHEN no member | 10%"),
    ("WRAP LOOP find: while lost | until found | 30%", "[repeat] LOOP while lost | until found | 30% / [find]"),
    ("WRAP LOOP find: while not found | check first", "[repeat] LOOP while not found / REDO / [find]"),
    ("ADD BRANCH house: on loan | 10%\n  TASK ?: reserve it", "[house_branch] WHEN on loan | 10% / [reserve_it]"),
    ("REMOVE BRANCH house.2", "[fetch] TASK Librarian: Fetch book / [lend]"),
    ("CONDITION house.1: a > 10 | 60%", "[house.1] WHEN a > 10 | 60%"),
    ("CONDITION late: overdue | until back", "[late] LOOP while overdue | until back | 10%"),
    ("TURN house: PARALLEL", "[house] PARALLEL / [house.1] PATH / [fetch]"),
    ("TURN house: ANYOF", "[house] ANYOF In house? / [house.1] WHEN yes | 70%"),
    ("SUBPROCESS lend late: circulation", "[circulation] CALL ?: circulation | runs circulation_flow"),
    ("ROLE Librarian | 3 people | 40 per h", "ROLE Librarian | 3 people"),
    ("PROCESS name: Lend out", "PROCESS Lend out"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "there"), COMMANDS, ids=[row[0].split("\n")[0] for row in COMMANDS])
def test_each_command_does_what_it_says(reply: str, there: str) -> None:
    assert there in change(reply)


def test_parallel_work_is_put_in_sequence_in_the_order_asked_for() -> None:
    both = apply(BEFORE, read_change_with_model(BEFORE, "x", FixedModel(["PARALLELISE order / inform"])).edits)
    reply = FixedModel(["IN SEQUENCE parallel: parallel.2 parallel.1"])
    text = outline(apply(both, read_change_with_model(both, "x", reply).edits))
    assert text.index("[inform]") < text.index("[order]")
    assert "PARALLEL" not in text


def test_what_no_command_names_stays_as_it_is() -> None:
    found = read_change_with_model(BEFORE, "drop the reminder", FixedModel(["EXPLAIN No reminder.\nDELETE remind"]))
    after = apply(BEFORE, found.edits)
    old, new = by_id(BEFORE), by_id(after)
    assert set(old) - set(new) == {"remind"}
    assert all(new[name] == old[name] for name in new if name != "late")
    assert found.explanation == "No reminder."


def test_the_volume_is_set_as_the_time_between_cases() -> None:
    found = read_change_with_model(BEFORE, "forty a day", FixedModel(["VOLUME 40 per d"]))
    volume = apply(BEFORE, found.edits).volume
    assert volume is not None
    assert volume.between.mean_seconds == pytest.approx(86400 / 40)


ASK = """\
ASK What should be faster?
READING Inform the reader while the book is ordered.
  PARALLELISE order / inform
READING Do without informing the reader.
  DELETE inform
"""


def test_a_vague_request_is_a_question_with_readings_that_fit() -> None:
    found = read_change_with_model(BEFORE, "make it faster", FixedModel([ASK]))
    assert (found.edits, found.question) == ((), "What should be faster?")
    assert [one.text[:6] for one in found.readings] == ["Inform", "Do wit"]
    for one in found.readings:
        assert apply(BEFORE, one.edits) != BEFORE


def test_a_request_for_something_else_is_refused_with_its_reason() -> None:
    with pytest.raises(InputError, match="no change") as caught:
        read_change_with_model(BEFORE, "how is the weather", FixedModel(["NOT A CHANGE: It asks about the weather."]))
    assert "weather" in caught.value.why


BROKEN = [
    ("DELETE nothing", "there is no step 'nothing'"),
    ("DELETE remnd", "did you mean 'remind'"),
    ("DELETE house.1", "is a branch of house"),
    ("DELETE", "names no element"),
    ("EXPLAIN nothing to do", "holds no command"),
    ("TASK A: do", "it is no command"),
    ("MOVE find", "says no place"),
    ("MOVE find AFTER nobody", "there is no step 'nobody'"),
    ("INSERT AFTER find", "holds no lines"),
    ("INSERT INTO nowhere\n  TASK A: do", "nothing can be put into"),
    ("INSERT AFTER find\n  KEEP lend", "inside REPLACE only"),
    ("REPLACE fetch\n  KEEP lend\n  KEEP lend", "kept twice"),
    ("SWAP find", "exactly two"),
    ("SPLIT lend\n  TASK A: do", "two or more TASK"),
    ("MERGE order\n  TASK A: do", "two or more neighbouring"),
    ("MERGE find lend\n  TASK A: do", "does not fit"),
    ("PARALLELISE find", "slash"),
    ("PARALLELISE find / lend", "does not fit"),
    ("TURN find: PARALLEL", "write `TURN"),
    ("IN SEQUENCE house", "names a PARALLEL"),
    ("SET find | colour red", "no field of a task"),
    ("WRAP CHOICE find: x | perhaps", "not known here"),
    ("WRAP LOOP find: x | perhaps", "not known here"),
    ("ADD BRANCH find: x\n  TASK A: do", "names one CHOICE"),
    ("CONDITION nobody: x", "there is no branch"),
    ("PROCESS flow: none", "write `PROCESS name"),
    ("VOLUME many", "write a number"),
    ("INSERT AT START\n  END over", "does not fit"),
    ("ASK What?\nREADING Only one.\n  DELETE find", "two or three READINGs"),
    ("ASK What?\nDELETE find", "not both"),
    ("READING a\n  DELETE find\nREADING b\n  DELETE lend", "two or three READINGs"),
    ("ASK What?\nREADING a\n  DELETE find\nREADING b\n  DELETE nobody", "there is no step"),
]


@pytest.mark.parametrize(("reply", "words"), BROKEN, ids=[row[0].replace("\n", " ") for row in BROKEN])
def test_a_command_that_does_not_fit_goes_back_with_its_reason(reply: str, words: str) -> None:
    with pytest.raises(ModelAnswerInvalid, match=words):
        read_change_with_model(BEFORE, "please", FixedModel([reply] * 3))
    mended = read_change_with_model(BEFORE, "please", FixedModel([reply, "DELETE remind"]))
    assert mended.reply.repairs == 1


def test_the_outline_names_every_element_once() -> None:
    text = outline(BEFORE)
    for name in by_id(BEFORE):
        assert text.count(f"[{name}]") == 1
    assert "[arrives] WAIT 3 to 5 d: Book arrives" in text
