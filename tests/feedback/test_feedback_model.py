"""Names of themes by a model: ids in, ids and names out; what is mixed up, invented or missing is mended or dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_models import FunctionModel

from assistant.feedback.model_names import MOST_CALLS, MOST_TOKENS, named_by
from assistant.feedback.shapes import Comment, Feedback
from assistant.feedback.summary import summarise
from assistant.gateway.port import Prompt

TEXTS = [f"My parcel came {n} days late, ann.smith@example.org" for n in range(2, 9)] + [
    f"The invoice was wrong by {n} euro" for n in range(2, 9)
]
COMMENTS = [Comment(str(n), text) for n, text in enumerate(TEXTS)]


def item(id_: str, name: str, **more: object) -> dict[str, object]:
    return {"id": id_, "name": name, "kind": "complaint", "clear": True, "same_as": "", "step": "", **more}


def run(answer: Callable[[list[str], int], object]) -> tuple[Feedback, Feedback, FunctionModel]:
    def text(prompt: Prompt, attempt: int) -> str:
        given = answer(re.findall(r"^(t\d+)$", prompt.user, re.MULTILINE), attempt)
        return given if isinstance(given, str) else json.dumps({"themes": given})

    model = FunctionModel(text)
    before = summarise(COMMENTS)
    return before, named_by(before, COMMENTS, model), model


def same_but_names(one: Feedback, other: Feedback) -> bool:
    plain = [[(t.id, t.count, t.members, t.quotes) for t in found.themes] for found in (one, other)]
    return plain[0] == plain[1]


def test_themes_that_are_the_same_by_the_model_stand_in_one_group_with_what_was_counted_of_each() -> None:
    found = summarise(COMMENTS)
    first, second = (replace(theme, group=f"g{at + 1}") for at, theme in enumerate(found.themes))

    def text(prompt: Prompt, attempt: int) -> str:
        names = [item(first.id, "parcel came late"), item(second.id, "invoice was wrong", same_as=first.id)]
        return json.dumps({"themes": names})

    after = named_by(replace(found, themes=(first, second)), COMMENTS, FunctionModel(text))
    assert same_but_names(found, after)
    assert [group.themes for group in after.groups] == [(first.id, second.id)]
    assert after.groups[0].count == first.count + second.count
    assert any("1 theme stands in the group of another" in note for note in after.notes)


def test_names_are_taken_over_and_nothing_else_is() -> None:
    before, after, model = run(lambda ids, _: [item(id_, f"parcel or invoice trouble {id_}") for id_ in ids])
    assert [theme.name for theme in after.themes] == [f"parcel or invoice trouble {t.id}" for t in after.themes]
    assert same_but_names(before, after)
    assert after.calls == 1
    assert model.name in after.made_by
    assert "ann.smith@example.org" not in model.asked[0].user


@pytest.mark.parametrize(
    "answer",
    [
        lambda ids, _: [item(id_, "parcel late") for id_ in [*ids, "t99"]],
        lambda ids, _: [item(id_, "parcel late") for id_ in ids[1:]],
        lambda ids, _: [item(ids[0], "parcel late"), *[item(id_, "parcel late") for id_ in ids]],
        lambda ids, _: '{"themes": [{"id": "t1", "na',
        lambda ids, _: [item(id_, "parcel", count=900, quotes=["I love it"]) for id_ in ids],
    ],
    ids=("invented-id", "missing-id", "twice", "half", "invented-counts-and-quotes"),
)
def test_a_wrong_answer_is_sent_back_once_then_dropped_and_said(answer: Callable[[list[str], int], object]) -> None:
    before, after, _ = run(answer)
    assert [theme.name for theme in after.themes] == [theme.name for theme in before.themes]
    assert same_but_names(before, after)
    assert any("keep the name the rules gave" in note for note in after.notes)


def test_a_mended_answer_is_taken() -> None:
    _, after, _ = run(
        lambda ids, attempt: "no json" if attempt == 0 else [item(id_, f"late parcel or invoice {id_}") for id_ in ids]
    )
    assert all(theme.name.startswith("late parcel") for theme in after.themes)


def test_the_step_the_model_sees_a_theme_at_comes_first_and_mixtures_are_told() -> None:
    def text(prompt: Prompt, attempt: int) -> str:
        ids = re.findall(r"^(t\d+)$", prompt.user, re.MULTILINE)
        assert "send_bill: Send bill" in prompt.user
        return json.dumps(
            {"themes": [item(id_, f"parcel or invoice {id_}", step="send_bill", clear=False) for id_ in ids]}
        )

    after = named_by(summarise(COMMENTS), COMMENTS, FunctionModel(text), steps={"send_bill": "Send bill"})
    assert all(theme.steps[0] == "send_bill" for theme in after.themes)
    assert any("mix several things" in note for note in after.notes)


def test_a_name_nobody_said_is_dropped_and_said() -> None:
    before, after, _ = run(lambda ids, _: [item(id_, "wonderful holiday experience") for id_ in ids])
    assert [theme.name for theme in after.themes] == [theme.name for theme in before.themes]
    assert any("were dropped" in note for note in after.notes)


def test_calls_and_tokens_stay_within_bounds() -> None:
    nouns = [
        a + b for a in ("ka", "lo", "mi", "nu", "pe", "ra", "so", "ti") for b in ("bel", "dor", "fan", "gip", "hut")
    ]
    many = [
        Comment(f"{noun}{n}", f"{noun} {noun}s trouble with {noun} " + "long " * 200)
        for noun in nouns
        for n in range(9)
    ]
    found = summarise(many)

    def text(prompt: Prompt, attempt: int) -> str:
        return "nothing"

    model = FunctionModel(text)
    after = named_by(found, many, model)
    assert len(model.asked) * 2 <= MOST_CALLS
    assert sum(len(prompt.user) + len(prompt.system) for prompt in model.asked) / 4 * 2 <= MOST_TOKENS
    assert [theme.count for theme in after.themes] == [theme.count for theme in found.themes]
