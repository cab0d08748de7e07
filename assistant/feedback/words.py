"""Words that carry a judgement, and what a complaint can be about. Tables only; own lists for service work."""

from __future__ import annotations

import re

from assistant.english.tables import classed, pairs

TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|'){1,39}|\d+")

GOOD = classed("opinions", "good")
BAD = classed("opinions", "bad")
NEGATIONS = classed("opinions", "negations")
STRONG = frozenset("very really extremely so totally absolutely completely utterly incredibly too".split())
BUT = frozenset(("but", "however", "although", "though", "yet", "except"))
GOOD_SIGNS = "😀😃😄😁😊🙂😍🥰👍❤💚🎉👏🙏😎🤗"
BAD_SIGNS = "😠😡🤬😞😢😭👎😤😒😩😫🙄💩😖😣"

MOCKING = classed("opinions", "mocking")
"""Cries of praise that as often mock what is told after them."""

KINDS: dict[str, frozenset[str]] = {
    "delay": classed("opinions", "kinds-delay"),
    "error": classed("opinions", "kinds-error"),
    "information": classed("opinions", "kinds-information"),
    "effort": classed("opinions", "kinds-effort"),
    "people": classed("opinions", "kinds-people"),
    "price": classed("opinions", "kinds-price"),
    "access": classed("opinions", "kinds-access"),
}
SEVERE = classed("opinions", "severe")
STOP = classed("opinions", "stop")
COMMON = classed("opinions", "common")
PARTICLES = frozenset("up out off on back down in over through away".split())
EMPTY_WORDS = classed("opinions", "empty-words")
OF_TIME = classed("opinions", "of-time")
"""Days, hours and how many: two who waited three weeks, or came on a Monday, need not speak of one thing."""

ALSO = pairs("also")
"""Other words people use, by the stem of a word in a step's name."""
