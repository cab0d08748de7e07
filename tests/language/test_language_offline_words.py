"""Sentences, tokens, verb forms, slips and figures."""

import pytest

from assistant.english.forms import singular, verb_forms
from assistant.english.spelling import mended
from assistant.language.figures.reading import quantities
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import sentences


def split(text):
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He checks it. Then she signs it.", 2),
        ("We use tools, e.g. SAP, and approx. 3.5 hours. Done!", 2),
        ("- Check the form\n- Sign the form\n", 2),
        ("1. Check the form.\n2) Sign the form.", 2),
        ("The order is checked\nby the clerk and filed.", 1),
        ("# Title\nText follows.", 2),
        ("the fitter tests the pump, 40 min. 30% have no fault", 2),
        ("He checks it, 5 mins. 3 clerks do that. It takes approx. 2 hrs.", 3),
        ("The oven bakes it, min. 20 minutes.", 1),
        ("Mr. Smith signs at 10.30 a.m. and leaves.", 1),
    ],
)
def test_sentences_end_where_people_end_them(text, count):
    assert len(split(text)) == count


def test_every_token_knows_its_characters():
    text = "We don't file Anna’s forms (yet)."
    for sentence in sentences(text):
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("submitted", "submit"),
        ("carries", "carry"),
        ("wrote", "write"),
        ("shipping", "ship"),
        ("re-keys", "re-key"),
        ("sent", "send"),
    ],
)
def test_verb_forms_lead_to_the_dictionary_form(word, base):
    assert base in {form.base for form in verb_forms(word)}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("recieves", "receives"),
        ("aproved", "approved"),
        ("adress", "address"),
        ("invocie", "invoice"),
        ("checks", "checks"),
        ("kafka", "kafka"),
    ],
)
def test_common_slips_are_mended_and_other_words_stay(slip, meant):
    assert mended(slip) == meant


@pytest.mark.parametrize(
    ("many", "one"),
    [("copies", "copy"), ("invoices", "invoice"), ("boxes", "box"), ("sales", "sales"), ("foremen", "foreman")],
)
def test_plurals(many, one):
    assert singular(many) == one


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The clerk checks the order.", "checks", "V"),
        ("The checks take long.", "checks", "N"),
        ("The customer orders goods.", "orders", "V"),
        ("The customer orders are late.", "orders", "N"),
        ("She files the claim and reports it.", "reports", "V"),
        ("She files claims and reports.", "reports", "N"),
        ("He has to review the file.", "file", "N"),
        ("Anna in purchasing signs it.", "purchasing", "N"),
        ("If the handler smells something, she asks.", "smells", "V"),
    ],
)
def test_verbs_are_told_from_nouns_by_their_place(text, word, tag):
    tokens = tagged(next(sentences(text)).tokens)
    assert next(t.tag for t in tokens if t.low == word) == tag


def figures(text):
    return [(q.kind, round(q.low, 3), round(q.high, 3), q.unit) for s in sentences(text) for q in quantities(s.tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes ten minutes.", ("duration", 10, 10, "min")),
        ("Two to three days.", ("duration", 2, 3, "d")),
        ("Half an hour each.", ("duration", 0.5, 0.5, "h")),
        ("An hour and a half.", ("duration", 1.5, 1.5, "h")),
        ("It lies there for another day.", ("duration", 1, 1, "d")),
        ("A couple of weeks.", ("duration", 2, 2, "w")),
        ("Twenty-five working days.", ("duration", 25, 25, "d")),
        ("About one in five is wrong.", ("chance", 0.2, 0.2, "d")),
        ("Nine out of ten pass.", ("chance", 0.9, 0.9, "d")),
        ("In 12 per cent of cases.", ("chance", 0.12, 0.12, "d")),
        ("A third of those fail.", ("chance", 0.333, 0.333, "d")),
        ("Every fifth order is late.", ("chance", 0.2, 0.2, "d")),
        ("We get about 40 orders a day.", ("rate", 40, 40, "d")),
        ("Some 1,200 invoices a month.", ("rate", 1200, 1200, "d")),
        ("On a normal day we see 90 tickets.", ("rate", 90, 90, "d")),
        ("They cost 35 euros an hour.", ("price", 35, 35, "h")),
        ("She signs every Friday.", ("rhythm", 1, 1, "w")),
        ("He pays twice a week.", ("rhythm", 0.5, 0.5, "w")),
    ],
)
def test_figures_in_words_and_digits(text, expected):
    assert expected in figures(text)


@pytest.mark.parametrize(
    "text",
    ["A few days later.", "It happens often.", "He has to do it once.", "Above ten percent.", "A second interview."],
)
def test_what_is_vague_is_no_figure(text):
    assert figures(text) == []
