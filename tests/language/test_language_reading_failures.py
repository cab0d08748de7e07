"""The failures that docs/how-the-reader-fails.md tells of are real: whoever mends one takes its row out."""

import pytest
from reading_kit import choices, shape

from assistant.language.reading import read_story
from assistant.process.tree import tasks

END = " The clerk files the form. The manager signs the letter."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "For small claims the handler settles the claim. For the bigger ones the handler orders a surveyor. "
            "The surveyor writes the report.",
            [("choice", ["Settle claim"], ["Order surveyor"]), "Write report"],
        ),
        (
            "The officer checks the form, the plan and whether the fee is paid. The manager signs the letter.",
            ["Check form whether fee is paid", "Sign letter"],
        ),
    ],
)
def test_known_misreadings(text, expected):
    assert shape(text) == expected


def test_it_with_two_candidates_stays_it():
    text = (
        "The clerk logs the incident and assigns a priority. If it comes through the portal, the boss opens a ticket."
    )
    assert choices(read_story(text).process)[0].branches[0].when == "it comes through the portal"


def test_half_of_a_sentence_left_out():
    text = (
        "The fire department reviews the routes and the environmental office reviews the noise. "
        "The fire department needs ten days, the environmental office twenty." + END
    )
    routes, noise = tasks(read_story(text).process)[:2]
    assert routes.wait is not None
    assert noise.wait is None


def test_a_chance_in_an_idiom():
    text = "If the candidate convinces, the boss invites her. Roughly half of them make it to the second round." + END
    assert choices(read_story(text).process)[0].branches[0].p is None


def test_meanwhile_belongs_to_the_step_before():
    text = (
        "If the incident is a major one, the manager opens a call. The engineer fixes the problem. "
        "Meanwhile the agent works on a workaround." + END
    )
    assert ("parallel", ["Fix problem"], ["Work on workaround"]) in shape(text)
