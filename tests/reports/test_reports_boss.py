"""The page to decide on, where a model read the story: its words are checked, its sums worked out."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest
from fake_models import FunctionModel
from redesign_kit import process, quick

from assistant.handover.package import package
from assistant.redesign.engine import Redesign
from assistant.redesign.quoting import handed_on
from assistant.reports.boss import boss
from assistant.reports.report import html, markdown

STORY = (
    "The clerk takes the order, 900 a year, 300 of them for export. The clerk looks at the passport, that is the law. "
    "For export the clerk types the list again, 20 minutes each. The boss signs every order on Thursdays, he refused "
    "three of 900 last year. Jana wants a new stamp."
)
FLOW = """
roles: [{id: clerk, name: Clerk}, {id: boss, name: Boss}]
flow:
  - task: {id: take, name: Take order, role: clerk}
  - task: {id: proof, name: Check passport, role: clerk, is_control: true}
  - task: {id: list, name: Type list again, role: clerk}
  - task: {id: sign, name: Sign order, role: boss}
  - end: {id: e, outcome: Order taken}
"""
DIAGNOSIS = """
ROOT The work is sound; orders wait for a signature that always comes.
PAIN Every order waits for the boss on Thursdays though he refused three of 900 | H22 | at sign | "he refused three of 900 last year"
  CAUSE Nobody set a limit
  SUM 900 a year x 99% [assumed] = 891 orders a year | orders that come back unchanged
  CURE Let the clerk release what is usual
  MEASURE orders the boss sees before they go out | 900 | down
PAIN For export the list is typed again | H26 | at list | "the clerk types the list again"
  SUM 300 a year x 20 min = 100 h a year | export only, not all 900
  CURE Print the list from the order
  MEASURE lists typed again a week | not known | down
MUST STAY proof | the law wants the passport looked at | "looks at the passport, that is the law"
WISH A new stamp | does not hold | nobody waits for the stamp | "Jana wants a new stamp"
ASK Above which amount would the boss still want to see an order? | then he sees those only
"""  # noqa: E501
DECIDE = "DECIDE The clerk releases usual orders | brings {brings} | costs a monthly look | gives up the look at each\n"
AVOID = "AVOID A reminder to the boss | the order would still wait for a yes\n"
SIGN = """PROPOSAL Let the clerk release usual orders | H22 | because P1
  WHY They no longer wait for Thursday.
  RULE The clerk releases what is on the price list
  RULE Above 5,000 euros the boss signs
  UNLESS a customer is new | the boss sees the order the same day
  RISK An odd order goes out | the boss looks at a sample and sets the limit lower
  NEEDS a written limit
  BRINGS {sum}
  WHO {who} | Clerk
  FIRST day 3 | The clerk notes what the boss changes
  EFFECT + + 0 0
  GIVE sign: Clerk
"""
LIST = """PROPOSAL Print the list from the order | H26 | because P2{more}
  WHY It is typed once.
  RISK The printer fails | the list is typed as today
  BRINGS 300 a year x 20 min = 100 h a year less typing | export only
  EFFECT + + 0 0
  {command}
"""
GOOD = SIGN.format(sum="900 a year x 90% [assumed] = 810 orders a year | nine of ten are usual", who="the boss")


@cache
def made(*lines: str) -> Redesign:
    def answer(prompt, attempt):
        return DIAGNOSIS if prompt.name == "diagnose" else "".join(lines)

    return quick(process(FLOW), model=FunctionModel(answer), story=STORY)


def usual() -> Redesign:
    decide = DECIDE.format(brings="about 810 orders a year that go out at once")
    return made(decide, AVOID, GOOD, LIST.format(more="", command="DELETE list"))


def paper(result: Redesign) -> str:
    page = html(result, package(result)).split('id="appendix"')[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("</style>")[1])).split())


def test_the_page_holds_the_decision_the_sums_who_decides_the_days_and_the_rules() -> None:
    shown = paper(usual())
    for words in (
        "The work is sound; orders wait for a signature that always comes.",
        "To decide: The clerk releases usual orders.",
        "About 810 orders a year that go out at once.",
        "810 orders a year = 900 a year x 90%",
        "assumes 90%",
        "100 hours a year = 300 a year x 20 min; export only, not all 900",
        "If a customer is new: the boss sees the order the same day.",
        "Then: the boss looks at a sample and sets the limit lower.",
        "The boss; Clerk",
        "day 3",
        "A new stamp: no . Nobody waits for the stamp.",
        "A reminder to the boss: no . The order would still wait for a yes.",
        "Above which amount would the boss still want to see an order? (then he sees those only)",
        "“Check passport”: the law wants the passport looked at.",
    ):
        assert words in shown, words
    text = markdown(usual(), package(usual()))
    assert "**To decide:** The clerk releases usual orders." in text


def test_no_machine_chatter_stands_on_the_paper() -> None:
    shown = paper(usual()).split("The new way")[0]
    assert not re.search(r"filled in|simulat|unknown|replication|own-\d|\bH\d\d\b|\bP\d\b|confidence|hands on", shown)


def test_a_figure_in_a_rule_that_nobody_told_is_a_proposal_and_a_wrong_sum_is_left_out() -> None:
    wrong = SIGN.format(sum="900 a year x 40 min = 600 h a year", who="the boss")
    result = made(wrong)
    (change,) = boss(result)["changes"]
    assert change["brings"] is None
    assert "600 h" not in paper(result)
    assert "Above 5,000 euros the boss signs (proposed)" in change["steps"][0]["rules"]


def test_who_is_not_in_the_story_decides_nothing() -> None:
    stranger = SIGN.format(sum="900 x 1 = 900 orders a year", who="Head of operations")
    (change,) = boss(made(stranger))["changes"]
    assert change["decides"] == "You"
    assert "Head of operations" not in paper(made(stranger))


def test_a_decision_with_a_figure_of_nobody_is_made_of_the_titles() -> None:
    result = made(DECIDE.format(brings="4,321 orders a year").replace("usual orders", "77,000 orders"), GOOD)
    decision = boss(result)["decision"]
    assert decision["text"] == ["Let the clerk release usual orders."]
    kept = made(DECIDE.format(brings="4,321 orders a year"), GOOD)
    assert boss(kept)["decision"]["brings"] == []


def test_pains_nobody_answers_are_named_and_the_weaker_form_is_what_is_done_until_then() -> None:
    assert boss(made(GOOD))["unanswered"] == ["For export the list is typed again"]
    by_hand = LIST.format(more="", command="SET list | work 10 min").replace("Print the list from the order", "Copy it")
    printed = LIST.format(more=" | instead of 1", command="SET list | in order system")
    change = boss(made(by_hand, printed))["changes"][0]
    assert change["title"] == "Print the list from the order", "it says the cure"
    assert change["meanwhile"] == ["copy it"]


def test_two_changes_for_one_pain_are_one_row() -> None:
    again = LIST.format(more="", command="SET list | in order system").replace("because P2", "because P1")
    (change,) = boss(made(GOOD, again))["changes"]
    assert change["title"] == "Let the clerk release usual orders; print the list from the order"
    assert len(change["steps"]) == 2


def test_without_a_model_there_is_no_such_page() -> None:
    assert boss(quick(process(FLOW), story=STORY)) == {}


def test_the_page_speaks_as_a_letter_does() -> None:
    from assistant.reports.boss import sentences, spelled

    assert spelled("3 d + 1 d - 2 h = 26.5 h a case") == "3 days + 1 day - 2 hours = 26.5 hours a case"
    long = (
        "The three releases are requested on the day of registration, the final look by the head ends, a "
        "table replaces the call to the cemetery, and the portal becomes the one way in; no second furnace is bought"
    )
    assert sentences(long) == [
        "The three releases are requested on the day of registration.", "The final look by the head ends.",
        "A table replaces the call to the cemetery.", "The portal becomes the one way in.",
        "No second furnace is bought.",
    ]  # fmt: skip
    assert all(len(line.split()) <= 20 for line in sentences(long))
    brings = (
        "11 d a letting from the visits, 240 EUR a letting from the week before the second look, 80 people not shown "
        "the flat again and 3 answers fewer"
    )
    assert len(sentences(brings)) == 4


def test_the_words_of_the_form_do_not_reach_the_paper_and_a_title_is_no_name() -> None:
    counts = "counted: nine of ten are usual; not counted: the letters"
    named = GOOD.replace("nine of ten are usual", counts).replace("Let the clerk release", "Sign order before")
    result = made(named.replace("The clerk notes what", "The boss notes what the clerk and the boss"))
    shown = paper(result)
    assert "counted:" not in shown
    assert "nine of ten are usual; without the letters" in shown
    assert "“Sign order”" not in shown.split("How each change runs")[0]
    assert [row["who"] for row in boss(result)["days"]][1] == "Boss", "the one whose step it is"


def test_you_decide_where_nobody_in_the_story_can() -> None:
    (change,) = boss(made(GOOD.replace("WHO the boss", "WHO you decide: the rule is yours")))["changes"]
    assert change["decides"] == "You"


def test_who_does_a_step_that_an_earlier_change_took_away_need_not_be_said() -> None:
    gone = LIST.format(more="", command="DELETE list")
    all_in_one = SIGN.format(sum="900 a year x 90% [assumed] = 810 orders a year", who="the boss")
    pool = all_in_one.replace("GIVE sign: Clerk", "GIVE sign list: Clerk").replace("because P1", "because P1")
    result = made(gone, pool)
    assert {change["title"] for change in boss(result)["changes"]} == {
        "Print the list from the order", "Let the clerk release usual orders",
    }  # fmt: skip


def test_the_terminal_says_the_decision_first() -> None:
    from assistant.reports.terminal import summary

    told, _, rest = summary(usual()).partition("\n\n")
    assert told.startswith("The first page was put together by rules"), "its model wrote no page"
    lines = rest.splitlines()
    assert lines[0].startswith("To decide:   The clerk releases usual orders.")
    assert lines[1].startswith("It brings:")
    assert lines[2].startswith("It costs:    a monthly look")
    assert "Not to be done" not in "\n".join(lines), "the report answers it"
    assert any(line.startswith("First step:  day 3, Clerk: The clerk notes") for line in lines[:5])


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("he refused three of 900 last year", True),
        ("none of the three needs anything", True),
        ("on Fridays the Director signs", True),
        ("in July he goes fishing", False),
        ("ask Herbert, then wait", False),
        ("nobody knows lol", False),
    ],
)
def test_what_was_said_of_a_colleague_is_not_handed_on_unless_it_says_a_figure(words: str, goes: bool) -> None:
    assert handed_on(words) is goes


def test_what_is_no_money_costs_nothing_and_a_saving_is_called_one() -> None:
    first = boss(made(SIGN.format(sum="900 a year x 20 min = 300 h a year", who="the boss")))["changes"][0]
    assert (first["costs"]["label"], first["brings"]["label"]) == ("What it comes to today", "The change would save")


def test_a_consequence_without_a_sum_is_no_cost():
    def answer(prompt, attempt):
        told = re.sub(r"  SUM 900 .*", "  EFFECT Customers ring and nobody can say when", DIAGNOSIS)
        return told if prompt.name == "diagnose" else GOOD

    (change, *_) = boss(quick(process(FLOW), model=FunctionModel(answer), story=STORY))["changes"]
    assert (change["costs"]["label"], change["costs"]["result"]) == ("What it does today", "")


def test_every_pain_that_a_change_answers_stands_with_it():
    both = SIGN.replace("because P1", "because P1 P2").format(sum="900 x 1 = 900 orders", who="the boss")
    result = made(both)
    (change,) = boss(result)["changes"]
    assert change["also"] == ["For export the list is typed again"]
    assert [change["costs"]["result"], *(more["result"] for more in change["costs"]["more"])] == [
        "891 orders a year",
        "100 hours a year",
    ]
    assert boss(result)["unanswered"] == []
    for shown in (markdown(result, package(result)), html(result, package(result))):
        assert "For export the list is typed again" in unescape(shown)
