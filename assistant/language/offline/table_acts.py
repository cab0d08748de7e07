"""Verbs by what follows them: a receiver and a thing, an indirect question, a place, a time."""

from __future__ import annotations

DITRANSITIVE = frozenset(
    """
    send give offer show hand tell pay email e-mail mail forward pass ask grant write issue sell lend teach assign
    bring quote charge deliver order provide
    """.split()
)


SAYS_WHAT = frozenset(
    """
    decide determine check verify see ensure make confirm examine assess find evaluate clarify ask review inspect
    look judge choose identify test investigate establish tell inform validate analyze analyse
    """.split()
)


HANDS_ON = frozenset(
    """
    send forward pass hand submit return transfer give deliver route mail
    """.split()
)


TIMED = {
    "plan",
    "schedule",
    "agree",
    "set",
    "book",
    "choose",
    "propose",
    "confirm",
    "fix",
    "reserve",
    "block",
    "arrange",
}
