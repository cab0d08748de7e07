"""The figure that could move the time of a case most is asked for first, and the question says how much it matters."""

from __future__ import annotations

from redesign_kit import process as made
from redesign_kit import quick

from assistant.process.codec import from_data
from assistant.process.expected import expected
from assistant.process.questions import Question, open_questions
from assistant.process.tree import by_id, replaced
from assistant.redesign.asking import BY, by_effect, each_once, swings
from assistant.simulation.scenarios import each_step
from assistant.simulation.sensitivity import unknowns

STEPS = [("a", "Check form", 10, "min"), ("b", "Inspect site", 5, "d"), ("c", "Write letter", 20, "min")]


def process(filled: bool):
    flow = [
        {"task": {"id": id_, "name": name} | ({"work": length(value, unit)} if filled or id_ == "a" else {})}
        for id_, name, value, unit in STEPS
    ]
    return from_data({"schema": "process/1", "name": "Permit", "flow": flow})


def length(value: float, unit: str) -> dict[str, object]:
    basis = "stated" if unit == "min" and value == 10 else "estimated"
    return {"kind": "fixed", "value": value, "unit": unit, "basis": basis}


def test_what_moves_the_time_most_is_asked_first() -> None:
    asked = by_effect(open_questions(process(filled=False)), process(filled=True))
    assert asked[0].id == "work:b"
    assert "1.5 days more or less" in asked[0].why
    assert {question.id for question in asked} == {question.id for question in open_questions(process(filled=False))}


def test_only_figures_nobody_gave_are_varied() -> None:
    found = swings(process(filled=True))
    assert ("a", "work") not in found
    assert found["b", "work"] > found["c", "work"] > 0


def a_tree():
    """A choice, a loop and two branches at once, all of estimated figures."""

    def task(id_: str, value: float):
        return {"task": {"id": id_, "name": f"Do {id_}", "work": length(value, "min")}}

    ways = [{"id": "w1", "when": "yes", "p": 0.2, "do": [task("b", 30)]}, {"id": "w2", "when": "no", "do": []}]
    both = [{"id": "w3", "do": [task("c", 40)]}, {"id": "w4", "do": [task("d", 50)]}]
    flow = [
        task("a", 20),
        {"choice": {"id": "which", "question": "Ready?", "branches": ways}},
        {"parallel": {"id": "both", "branches": both}},
        {"loop": {"id": "again", "p": 0.3, "while": "wrong", "do": [task("e", 15)], "redo": []}},
    ]
    return from_data({"schema": "process/1", "name": "Permit", "flow": flow})


def test_what_variants_share_is_timed_once_and_comes_out_as_if_each_were_timed_alone() -> None:
    told = a_tree()
    base = expected(told).elapsed.value
    alone = [
        abs(expected(change(told)).elapsed.value - base)
        for unknown in unknowns(told, BY)
        for change in (unknown.lower, unknown.higher)
    ]
    assert len(alone) == 14
    assert max(swings(told).values()) == max(alone) > 0
    assert {value for value in swings(told).values() if value} <= set(alone)


def test_one_step_changed_leaves_all_others_the_same_objects() -> None:
    told = a_tree()

    def longer(step):
        return step.model_copy(update={"name": "Another"})

    for name, beside in (("a", "both"), ("c", "which"), ("e", "both"), ("b", "both")):
        changed = replaced(told, name, longer)
        assert by_id(changed)[name].name == "Another"
        assert by_id(changed)[beside] is by_id(told)[beside]
        assert changed == each_step(lambda step, name=name: longer(step) if step.id == name else step)(told)
    assert replaced(told, "nobody", longer) is told


def test_one_of_a_role_is_asked_about_as_one() -> None:
    one = made(
        "roles: [{id: a, name: Store, capacity: 1}]\nvolume: 20 per h\n"
        "flow: [{task: {id: t, name: Hand out tool, role: a, work: 10 min}}]"
    )
    (text,) = [asked.text for asked in quick(one).questions if asked.id == "overload:a"]
    assert "that there is 1 of them" in text


def test_what_was_told_or_can_only_be_one_is_not_asked() -> None:
    told = made("""
    roles: [{id: a, name: Wenke}, {id: b, name: Mrs Hale}, {id: c, name: Grinder}]
    flow:
      - task: {id: look, name: Look for crack, role: a, is_control: true}
      - choice:
          id: crack
          question: crack?
          branches:
            - {id: crack.1, when: crack, p: 0.03, do: [{task: {id: scrap, name: Scrap, role: b}}, {end: {id: e, outcome: Scrapped, negative: true}}]}
            - {id: crack.2, when: no crack}
      - task: {id: grind, name: Grind, role: c}
    """)  # noqa: E501
    asked = {question.id for question in open_questions(told, "It goes to Wenke. Mrs Hale and the grinder wait.")}
    assert {"capacity:c"} == {name for name in asked if name.startswith(("capacity", "errors", "rejected"))}


def test_what_the_model_asks_of_the_story_is_not_asked_again_by_the_house() -> None:
    def question(id_: str, text: str) -> Question:
        return Question(id=id_, text=text, why="It matters.", weight=0.5, field="")

    asked = [
        question("volume", "How many cases come in a day or a week?"),
        question("work:a", "How long does “Check form” take, without the waiting?"),
        question("work:b", "How long does “Check forms” take, without the waiting?"),
        question("customers", "Who is the customer of this process, and what do they need of it?"),
        question("consultant:0", "How many forms do you get each week, and when most?"),
        question("consultant:1", "How many people can check a form?"),
    ]
    assert [question.id for question in each_once(asked)] == [
        "work:a",
        "work:b",
        "customers",
        "consultant:0",
        "consultant:1",
    ]


def test_what_the_reader_found_unclear_and_the_consultant_asks_is_asked_once():
    def asked(name, text):
        return Question(id=name, text=text, why="", weight=0.5, field="practice")

    unclear = [
        asked("unclear:0", "Does a boat with only a scratch go to the paint hall and the crane too?"),
        asked("unclear:1", "Do the 90 boats a year include those of the sailing school?"),
    ]
    sharper = asked("consultant:0", "Does a boat with only a scratch go to the paint hall at all?")
    assert [one.id for one in each_once([*unclear, sharper])] == ["unclear:1", "consultant:0"]
