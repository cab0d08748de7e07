"""The tables of English: sorted, without doubles, every form right, every verb a verb to everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assistant.english
from assistant.english.classes import is_verb, opposites, verbs
from assistant.english.forms import (
    Form,
    base_of,
    by_rule,
    gerund,
    guess,
    participle,
    past,
    table,
    third_person,
    verb_forms,
)
from assistant.english.spelling import mended
from assistant.english.tables import any_of, pairs, rows
from assistant.language.figures.numbers import number_named
from assistant.process import words

DATA = Path(assistant.english.__file__).parent / "data"
TABLES = sorted(path.stem for path in DATA.glob("*.tsv"))
SEVERAL = ("opposites", "verbs_own", "irregular", "severe_kinds", "topic_cues", "wordings")
"""Tables in which a first word has several lines."""
TRIED_IN_ORDER = ("wordings",)
"""Tables whose lines of one first word stand as they are tried."""


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_sorted_and_holds_each_line_once(name: str) -> None:
    lines = (DATA / f"{name}.tsv").read_text("utf-8").splitlines()
    named = [line.split("\t")[0] for line in lines] if name in TRIED_IN_ORDER else lines
    assert named == sorted(named)
    assert len(lines) == len(set(lines))
    assert len({line.count("\t") for line in lines}) == 1, "all lines have the same columns"


@pytest.mark.parametrize("name", [name for name in TABLES if name not in SEVERAL])
def test_a_word_has_one_line(name: str) -> None:
    named = [row[0] for row in rows(name)]
    assert len(named) == len(set(named))


def test_every_form_follows_the_rule_or_is_listed_with_the_reason() -> None:
    known = {(base, form): cell for base, form, cell, _reason in rows("irregular")}
    differing = {
        (base, form): "/".join(said)
        for base, forms in table().items()
        for form, said, rule in zip(("s", "ed", "en", "ing"), forms, by_rule(base), strict=True)
        if said != (rule,)
    }
    assert differing == known
    assert all(reason for *_, reason in rows("irregular"))


def test_what_the_house_writes_otherwise_than_the_lexicon_stands_in_the_table() -> None:
    for base, form, cell, reason in rows("verbs_own"):
        assert "/".join(getattr(table()[base], form)) == cell
        assert len(reason) > 10


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("transmit", "transmits transmitted transmitted transmitting"),
        ("underwrite", "underwrites underwrote underwritten underwriting"),
        ("undertake", "undertakes undertook undertaken undertaking"),
        ("debug", "debugs debugged debugged debugging"),
        ("quiz", "quizzes quizzed quizzed quizzing"),
        ("reset", "resets reset reset resetting"),
        ("patrol", "patrols patrolled patrolled patrolling"),
        ("proofread", "proofreads proofread proofread proofreading"),
        ("tally", "tallies tallied tallied tallying"),
        ("label", "labels labelled labelled labelling"),
        ("check", "checks checked checked checking"),
    ],
)
def test_verbs_are_inflected_as_people_write_them(base: str, forms: str) -> None:
    assert [third_person(base), past(base), participle(base), gerund(base)] == forms.split()


@pytest.mark.parametrize("wrong", ["transmited", "underwrited", "undertaked", "quized", "reseted", "debuged"])
def test_a_form_nobody_writes_is_no_form(wrong: str) -> None:
    assert verb_forms(wrong) == ()


def test_slips_that_people_do_write_are_read() -> None:
    assert Form("pay", "ed") in verb_forms("payed")
    assert mended("recieve") == "receive"
    assert set(pairs("slips")) & set(table()) == set()


def test_every_verb_of_the_table_is_a_verb_to_check() -> None:
    assert [base for base in table() if not words.is_verb(base)] == []
    assert words.verb_object("Underwrite policy")
    assert words.verb_object("Palletise goods")
    assert not words.verb_object("Order processing")


def test_a_verb_is_known_behind_a_prefix_and_a_noun_is_not() -> None:
    assert is_verb("recalculate")
    assert is_verb("re-send")
    assert not is_verb("customer")


def test_classes_hold_only_verbs_and_opposites_go_both_ways() -> None:
    assert verbs("control") <= verbs("work")
    assert "reject" in opposites("approve")
    assert "approve" in opposites("reject")


def test_a_class_of_words_is_a_pattern_that_prefers_the_longest_and_an_unknown_class_is_a_slip() -> None:
    found = re.match(any_of("unsay"), "take back that")
    assert found is not None
    assert found[0] == "take back"
    with pytest.raises(KeyError):
        any_of("no such class")


def test_a_form_is_brought_to_its_verb_or_to_none() -> None:
    assert [base_of("sent"), base_of("sent", "ed", "en"), base_of("sent", "ing"), base_of("ledger")] == [
        "send", "send", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "number"), [("first", 1), ("third", 3), ("10th", 10), ("Seven", 7), ("12", 12), ("many", 0)]
)
def test_a_number_is_named_by_a_figure_a_word_or_a_place_in_a_row(word: str, number: int) -> None:
    assert number_named(word) == number


@pytest.mark.parametrize(
    ("form", "verb"),
    [("snarfed", "snarf"), ("glaming", "glame"), ("frobbed", "frob"), ("bloured", "blour"), ("smoxes", "smox")],
)
def test_the_verb_behind_an_unknown_form_is_spelled_as_the_rule_would(form: str, verb: str) -> None:
    assert guess(form)[0].base == verb
