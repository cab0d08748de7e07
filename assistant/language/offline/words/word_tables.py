"""The tables of English the rules read by: verbs by kind, people, small words with their tags, phrases.

The words stand in `assistant/english/data`; here they have the names the rules use.

Tags: D determiner, P pronoun that can be a subject, O other pronoun, N noun, A adjective, R adverb, M modal, B be,
H have, F do, T to, I preposition, C coordination, S subordination, W relative or question word, X not, V verb,
# number, and the marks themselves.
"""

from __future__ import annotations

from assistant.english.classes import verbs
from assistant.english.tables import classed, pairs, phrases, rows

WORK, STATE = verbs("work"), verbs("state")
CONTROL, REFUSE = verbs("control") | {"sign off"}, verbs("refuse")
PHASE, MOVE = verbs("phase"), verbs("move")
LIGHT, CATENATIVE = verbs("light"), verbs("leads")
DITRANSITIVE, SAYS_WHAT = verbs("gives"), verbs("asks")
HANDS_ON, TIMED = verbs("hands"), verbs("times")
NOMINAL = pairs("nominal")
"""Noun → the verb it stands for: "after approval of the budget", "a check is made"."""
PHRASAL = phrases("phrasal")
"""Verbs with the particle that belongs to them: "fill in", "send out", "pick up"."""
IDIOMS = {tuple(phrase.split()): verb for phrase, verb in pairs("idioms").items()}
""" "take care of the claim" is to handle it."""

SMALL = {word: tag for word, tag, _ in rows("words") if tag != "-"}
PARTICLES = classed("words", "particle")
ADJECTIVES = classed("words", "adjective")
ALSO_PRONOUN = classed("words", "also-pronoun")
PHRASES = {tuple(phrase.split()): (tag, meaning) for phrase, tag, meaning in rows("phrases")}
"""Several words that work as one: how they are tagged, and what they become."""
LONGEST = max(map(len, PHRASES))
FIRSTS = frozenset(phrase[0] for phrase in PHRASES)

TITLES, NOT_TITLES = classed("people", "title"), classed("people", "no-title")
BEHIND_NOUN = classed("people", "behind-noun")
UNITS, BARE_UNITS = classed("people", "unit"), classed("people", "bare-unit")
DOERS = TITLES | UNITS
"""Whoever works, alone or together; joined once, since it is asked at every word."""
OUTSIDE, MAYBE_INSIDE = classed("people", "outside"), classed("people", "maybe-inside")
SYSTEM_HEADS = classed("people", "system-head")
NAMED_SYSTEMS = classed("people", "named-system")
FIRST_NAMES, NOT_ALONE_NAMES = classed("names", "first"), classed("names", "not-alone")
