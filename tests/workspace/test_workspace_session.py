"""The conversation keeps everything, shows what changed, asks little, and goes on where it was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_models import FunctionModel

from assistant.app import App
from assistant.chat.answers import answer_edits, chance_in, duration_in
from assistant.chat.turn import Talk
from assistant.errors import EditRefused, NotAProcess, UsageError
from assistant.language.reading import read_story
from assistant.process.codec import from_data
from assistant.process.edits import Delete, Rename
from assistant.process.model import Process
from assistant.process.questions import open_questions
from assistant.process.tree import by_id, tasks, walk
from assistant.projects.journal import New, Said
from assistant.redesign import brief
from assistant.simulation import precision
from assistant.workspace.session import Session

STORY = (
    "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods. "
    "After that the driver delivers the parcel to the customer."
)
MORE = "Finally accounting sends the invoice to the customer."


@pytest.fixture
def app(own_home: Path) -> Iterator[App]:
    made = App.build({"ASSISTANT_HOME": str(own_home)})
    yield made
    made.store.close()


def names(session: Session) -> list[str]:
    return [task.name for task in tasks(session.process)]


def talk(app: App, project: str = "p") -> Talk:
    return Talk(app.session(project), lambda session, folder, force: [])


def test_a_story_told_in_pieces_becomes_one_process(app: App) -> None:
    session = app.session("p")
    first = session.tell(STORY)
    before = {task.id for task in tasks(session.process)}
    assert first.lines
    second = session.tell(MORE)
    after = {task.id for task in tasks(session.process)}
    assert before <= after
    assert any("nvoice" in line for line in second.lines)
    assert app.session("p").process == session.process


def test_a_change_made_between_two_pieces_of_story_stays(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    task = tasks(session.process)[1]
    session.change([Rename(id=task.id, name="Verify order")], "request", "built-in rules")
    session.tell(MORE)
    assert "Verify order" in names(session)


def test_undo_and_redo_change_the_design_and_keep_the_journal(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    whole = session.process
    session.change([Delete(ids=(tasks(whole)[0].id,))], "request", "built-in rules")
    entries = len(app.store.entries("p"))
    session.undo()
    assert session.process == whole
    session.redo()
    assert session.process != whole
    assert len(app.store.entries("p")) == entries + 2


def test_what_later_steps_build_on_cannot_be_taken_back_alone(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    first = session.state.last_change()
    session.change([Rename(id=tasks(session.process)[0].id, name="Look at order")], "request", "built-in rules")
    with pytest.raises(UsageError, match="Later steps"):
        session.undo(first)
    assert "Look at order" in names(session)


def test_an_edit_that_does_not_fit_changes_nothing_and_writes_nothing(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    entries = len(app.store.entries("p"))
    with pytest.raises(EditRefused):
        session.change([Delete(ids=("no-such-step",))], "request", "built-in rules")
    assert len(app.store.entries("p")) == entries


def test_a_turn_cut_off_after_the_words_is_taken_up_again(app: App) -> None:
    app.session("p").write([New(what=Said(text=STORY))])
    reopened = talk(app)
    assert reopened.session.empty
    reply = reopened.greet()
    assert "cut off" in reply.lines[0]
    assert len(names(reopened.session)) >= 3
    assert not talk(app).session.state.pending


def test_words_that_are_no_process_leave_the_design_alone(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    before = session.process
    empty = app.session("q")
    with pytest.raises(NotAProcess):
        empty.tell("Shall I compare thee to a summer's day? Thou art more lovely and more temperate.")
    assert app.session("q").empty
    assert session.process == before


def test_at_most_three_questions_and_none_twice(app: App) -> None:
    conversation = talk(app)
    asked: list[str] = []
    for words in (STORY, MORE, "The sales clerk also files the order.", "undo"):
        questions = conversation.turn(words).questions
        assert len(questions) <= 3
        asked += [question.id for question in questions]
    assert asked
    assert len(asked) == len(set(asked))


def test_personal_data_does_not_reach_the_journal(app: App) -> None:
    session = app.session("p")
    session.tell(STORY + " Problems go to jane.doe@example.org or 0049 30 1234567.")
    kept = "".join(str(entry.document()) for entry in app.store.entries("p"))
    assert "jane.doe" not in kept
    assert "1234567" not in kept


def test_a_file_worked_on_since_is_not_brought_back(app: App, tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    path.write_text(STORY, encoding="utf-8")
    first = app.start(path, project="orders")
    assert app.start(path, project="orders").project == "orders"
    first.change([Rename(id=tasks(first.process)[0].id, name="Look at order")], "request", "built-in rules")
    assert app.start(path, project="orders").project == "orders-2"
    assert "Look at order" in names(app.session("orders"))


def test_mistakes_are_answered_not_raised(app: App) -> None:
    conversation = talk(app)
    for words in ("accept 3", "undo", "redo", "why 99999999999", "", "show", "log", "check", "questions", "help"):
        assert conversation.turn(words).lines
    assert conversation.turn("quit").leaving


def test_branches_go_their_own_ways(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    main = session.process
    session.branch("bold")
    session.change([Delete(ids=(tasks(main)[0].id,))], "request", "built-in rules")
    assert session.process != main
    session.switch("main")
    assert session.process == main


@pytest.mark.parametrize(
    ("words", "mean"), [("ten minutes", 600), ("10 to 20 min", 900), ("half an hour", 1800), ("2 days", 172800)]
)
def test_lengths_said_in_words(words: str, mean: float) -> None:
    process = from_data({"schema": "process/1", "name": "P", "flow": [{"task": {"id": "a", "name": "Check order"}}]})
    question = next(q for q in open_questions(process) if q.field == "work")
    edit = answer_edits(question, words, process)[0]
    found = edit.value  # type: ignore[union-attr]
    middle = found.get("value", (found.get("low", 0) + found.get("high", 0)) / 2)
    assert middle * {"min": 60, "h": 3600, "d": 86400}[found["unit"]] == mean
    assert found["basis"] == "stated"


@pytest.mark.parametrize(
    ("words", "share"), [("20 %", 0.2), ("one in five", 0.2), ("15 of 100", 0.15), ("half", 0.5), ("no idea", None)]
)
def test_shares_said_in_words(words: str, share: float | None) -> None:
    assert chance_in(words) == share
    assert duration_in(words, True) is None


def test_a_story_read_by_an_earlier_version_is_read_anew_while_nobody_has_worked_on_it(app: App) -> None:
    shorter = replace(read_story(STORY.split("After that")[0], None), made_by="an earlier version")
    app.session("p").take(STORY, shorter, {})
    assert len(names(app.session("p"))) == 3
    assert len(names(app.start_story("p", STORY))) == 4
    kept = len(app.session("p").state.entries)
    assert len(app.start_story("p", STORY).state.entries) == kept

    app.session("q").take(STORY, shorter, {})
    step = tasks(app.session("q").process)[0]
    app.session("q").change([Rename(id=step.id, name="Verify order")], "request", "built-in rules")
    assert app.start_story("q", STORY).project == "q-2"
    assert "Verify order" in names(app.session("q"))


def long_story(steps: int) -> Process:
    """So many steps in a row, each with a stated time."""
    work = {"kind": "fixed", "value": 5, "unit": "min", "basis": "stated"}
    flow = [{"task": {"id": f"t{n}", "name": f"Check part {n}", "work": work, "role": "clerk"}} for n in range(steps)]
    roles = [{"id": "clerk", "name": "Clerk"}]
    return from_data({"schema": "process/1", "name": "Long", "roles": roles, "flow": flow})


def test_a_large_process_is_played_with_fewer_cases_and_says_so(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief, "USUAL_SIZE", 32)
    session = app.session("long")
    session.adopt(long_story(80), "Read from a file.")
    fewer = session.redesign(replications=2, draws=0)
    assert fewer.results["as-is"].cases == 80
    assert "played with 80 cases each time instead of 500; `--cases 500`" in fewer.notes[-1]
    asked = session.redesign(replications=2, draws=0, cases=60)
    assert asked.results["as-is"].cases == 60
    assert not any("instead of" in note for note in asked.notes)
    assert brief.fitting_cases(long_story(500), 500) == 25  # a huge one takes no longer than one of half its size
    monkeypatch.setattr(precision, "HUGE", 60)
    assert "what nobody told was drawn 12 times instead of 24" in brief.fewer_cases(long_story(80), 80, 500)


def test_a_process_of_usual_size_is_played_with_all_its_cases(app: App) -> None:
    session = app.session("usual")
    session.adopt(long_story(20), "Read from a file.")
    assert session.redesign(replications=2, draws=0).results["as-is"].cases == 500


def test_what_is_known_of_a_process_is_not_told_of_a_changed_one(app: App) -> None:
    session = app.session("p")
    session.tell(STORY)
    before = session.process
    known = by_id(before)
    assert by_id(before) is known
    session.change([Delete(ids=(tasks(before)[1].id,))], "request", "built-in rules")
    assert len(list(walk(session.process))) == len(list(walk(before))) - 1
    assert set(by_id(session.process)) < set(known)


def test_a_model_is_told_a_pain_that_stands_in_a_list_of_things_to_do(tmp_path: Path) -> None:
    story = tmp_path / "kennel.txt"
    story.write_text(
        "The sitter books the dog. The vet looks at it.\n\n## Still open\n\n- a pass lies a week until Ina reads it\n"
    )
    asked: dict[str, str] = {}

    def answer(prompt, _):
        asked[prompt.name] = prompt.user
        flow = (
            'PROCESS Board dogs\nFLOW\nTASK Sitter: book dog | "books the dog"\nTASK Vet: look at dog | "looks at it"\n'
        )
        return {"map": flow, "diagnose": "NONE all is well\n"}.get(prompt.name, "# No\n")

    app = replace(App.build({"ASSISTANT_HOME": str(tmp_path / "home")}), handed=FunctionModel(answer))
    app.begin(app.take_in(story), "kennel").redesign()
    assert all("until Ina reads it" in asked[name] for name in ("map", "diagnose"))
    app.store.close()
