"""What is said to the program is not written into the process; what is asked is answered from computed facts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.chat.asking import assert_stated
from assistant.chat.reply import Fact
from assistant.cli.main import cli
from assistant.language.turn.by_rules import read_turn
from assistant.language.turn.kinds import About, Command, Context, Decision, Question, Story

STORY = (
    "A guest orders a cake. The baker bakes the cake, which takes 40 minutes. Then the clerk sells the cake, "
    "5 minutes. We have three bakers and two clerks. We sell 30 cakes a day."
)


def said(project: str, *turns: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli, ["chat", project, "--json"], input="".join(f"{turn}\n" for turn in turns))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_nothing_said_to_the_program_is_written_into_the_process() -> None:
    turns = (
        "could you show me the picture?",
        "hey there",
        "many thanks",
        "Hola, una pregunta por favor",
        "you are funny",
    )
    for document in said("cakes", STORY, *turns)[2:]:
        assert not document["changed"], document
        assert document["lines"]


@pytest.mark.parametrize(
    "question",
    ["where do we lose time?", "what does a cake cost?", "what is the bottleneck?", "what if a baker leaves?",
     "what should we measure?", "how do other bakeries do it? is there a template?", "who should own it?"],
)  # fmt: skip
def test_a_question_is_answered_and_changes_nothing(question: str) -> None:
    document = said("cakes", STORY, question)[-1]
    assert document["kind"] == ["question"]
    assert not document["changed"]
    assert document["lines"]
    known = {float(number) for fact in document["facts"] for number in re.findall(r"\d+(?:\.\d+)?", str(fact["value"]))}
    spoken = re.sub("“[^”]*”", "", " ".join(document["lines"]))
    assert {float(number) for number in re.findall(r"\d+(?:\.\d+)?", spoken)} <= known


@pytest.mark.parametrize(
    "question",
    ["what do customers say about the approval?", "Do clients complain about step 2?", "any customer feedback on it?"],
)
def test_asked_for_what_customers_say_the_chat_says_how_comments_are_read(question: str) -> None:
    *_, reply = said("comments-2", STORY, question)
    answer = " ".join(reply["lines"])
    assert "assistant feedback COMMENTS.csv --process PROCESS.json --ask" in answer
    assert "assistant project export comments-2 PROCESS.json" in answer
    assert "no computed answer" not in answer


def test_a_number_that_is_no_fact_is_refused() -> None:
    with pytest.raises(AssertionError):
        assert_stated(["It takes 7 days."], [Fact("time", 6, "days", "simulated")])


def test_turns_are_told_apart() -> None:
    assert read_turn("I'd like to see the diagram", Context()) == Command("show")
    assert read_turn("what happens with two cooks fewer?", Context()) == Question(
        "what happens with two cooks fewer?", About.WHAT_IF
    )
    assert read_turn("take the second, but not the first, it is too dear", Context(offered=3)) == Decision(
        (2,), (1,), "it is too dear"
    )
    reason = "we tried that two years ago"
    assert read_turn(f"nah leave number 2, {reason}", Context(offered=3)) == Decision((), (2,), reason)
    assert read_turn("I'd take 1, but only if the cook agrees", Context(offered=3)).accept == (1,)  # type: ignore[union-attr]
    assert isinstance(read_turn("both are fine, do them", Context()), Decision)
    assert isinstance(read_turn("When the order is in, the cook starts.", Context()), Story)
    assert isinstance(read_turn("The cook then starts, right?", Context()), Story)


ASIDE = (
    "I will ask the baker tomorrow.",
    "Maybe we should hire somebody, I am not sure.",
    "My boss wants a report by Friday.",
    "The competitors down the road do the baking in half the time.",
    "I read in a magazine that robots can do the baking.",
    "I have to pick up my kids at four.",
    "If only the clerk had more time.",
    "Ten years ago we did the baking in the cellar.",
    "The clerk has worked here for ten years.",
    "Let us continue on Monday.",
    "Imagine we had two of them.",
    "Somebody should really fix the coffee machine.",
    "The chat window closes by itself.",
)


CAKES = "A guest orders a cake. The baker bakes it. Then the clerk sells the cake."


def test_plans_wishes_and_what_others_do_write_nothing() -> None:
    documents = said("cakes", CAKES, *ASIDE)
    assert [words for words, document in zip(ASIDE, documents[2:], strict=True) if document["changed"]] == []


@pytest.mark.parametrize(
    "told",
    ["My boss signs the bill.", "I ask the baker for the price.", "The tool packs the cake.",
     "If the cake breaks, the baker bakes it again.", "The clerk calls the guest first."],
)  # fmt: skip
def test_what_is_done_is_still_written(told: str) -> None:
    assert said("cakes", CAKES, told)[2]["changed"]
