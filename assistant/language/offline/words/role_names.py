"""What somebody who does the work is called: the words of a subject as a name, a key and a kind."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.english.forms import is_nounish, singular
from assistant.english.tables import any_of, classed
from assistant.language.figures.numbers import value_of
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.persons import HONORIFICS
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    BARE_UNITS,
    BEHIND_NOUN,
    FIRST_NAMES,
    MAYBE_INSIDE,
    NAMED_SYSTEMS,
    NOMINAL,
    NOT_ALONE_NAMES,
    NOT_TITLES,
    OUTSIDE,
    SYSTEM_HEADS,
    TITLES,
    UNITS,
)

_AGENT_END = re.compile(r".{3,}(?:er|or|ist|ian|eer|ant|man|woman|person|people|folk|staff)$")
THING_END = re.compile(rf".*{any_of('ends-thing', 'stems')}$")
THINGS = classed("reading", "things")
NO_ONE = classed("reading", "no-one")
_DROP = classed("reading", "drop")
_SUFFIX = classed("reading", "suffix")
_RELATED = classed("reading", "related")


def first_name(tokens: list[Token], group: Group) -> Token | None:
    """The first name a group starts with (after an article)."""
    for token in tokens[group.start : group.end]:
        if token.tag == "D" or token.low in _RELATED:
            continue  # "my colleague Irina"
        known = is_name(token) and (token.low not in NOT_ALONE_NAMES or token.start > 0)
        return token if known else None
    return None


def head_is_one(tokens: list[Token], group: Group) -> bool:
    """ "A second one", "another one": somebody like the one told of before."""
    return tokens[group.head].low == "one" and tokens[group.head].tag == "N" and group.end == group.head + 1


def _calls(before: list[Token], head: Token) -> bool:
    """Whether the last word of a group is a name behind what somebody is: "our treasurer Ruth"."""
    owned = before[0].low in ("my", "our", "his", "her", "their") or before[0].low in _RELATED
    title = singular(before[-1].low) in TITLES or before[-1].low in _RELATED
    name = head.text[:1].isupper() and head.text[1:].islower() and head.tag == "N" and head.low not in UNITS
    return owned and title and name and len(before) < 4


def called_by_name(tokens: list[Token], group: Group) -> Token | None:
    """Somebody by title and family name: "Mrs. Okafor in the office", "Mrs O"; as one word, both together."""
    head = tokens[group.head]
    if group.head == group.end - 1 and group.head > group.start and _calls(tokens[group.start : group.head], head):
        return head  # "my colleague Irina"
    for title, name in pairwise(tokens[group.start : group.end]):
        if title.low in HONORIFICS and name.text[:1].isupper() and name.tag == "N":
            text = f"{title.text} {name.text}"
            return Token(text, text.lower(), title.start, name.end)
        if title.tag != "D":
            return None
    return None


def words_of(text: str) -> list[Token]:
    return [Token(word, word.lower(), 0, 0) for word in text.split()]


def told_name(words: list[Token]) -> str:
    """The words of a role without articles and fillers; capitals of names and abbreviations stay."""
    kept = [t for t in words if t.low not in _DROP or (t.text[:1].isupper() and t.low not in _DROP)]
    while kept and kept[0].low in ("of", "in", "and", "or", "'s"):
        kept = kept[1:]
    text = ""
    for t in kept:
        if t.low in ("'s", "'", ",", ".", ";", ":", ")"):
            text += t.text
            continue
        word = (
            t.text
            if (t.text.isupper() and len(t.text) > 1)
            or is_name(t)
            or (t.text[:1].isupper() and t.start and t.tag == "N")
            else t.low
        )
        text += (" " if text else "") + word
    return text.strip()


def uncounted(told: str) -> str:
    """A role without how many do it: "five clerks" are the clerks."""
    first, _, rest = told.partition(" ")
    return rest if rest and value_of(first.lower()) is not None else told


def is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.low in FIRST_NAMES


def key_of(told: str) -> str:
    """What makes two mentions the same role: lower case, singular, without "department" and the like."""
    words = [singular(word) for word in told.lower().replace("(", "").replace(")", "").replace("'s", "").split()]
    while len(words) > 1 and words[-1] in _SUFFIX:
        words = words[:-1]
    return " ".join(words)


def is_plural_group(tokens: list[Token], group: Group) -> bool:
    head = tokens[group.head].low
    return head != singular(head) or head in ("team", "department", "staff", "people", "police")


def _of_the_house(tokens: list[Token], group: Group, low: str, words: list[str]) -> bool:
    """ "One of our two surveyors", "the sales agent": somebody who could be from outside, and works here."""
    if low in MAYBE_INSIDE & TITLES and {"our", "my"} & {t.low for t in tokens[group.start : group.head]}:
        return True
    return any(word in UNITS for word in words[:-1]) and low not in ("customer", "client", "supplier", "vendor")


def kind_of(tokens: list[Token], group: Group, told: str, doer: bool) -> str | None:
    """person, group, external, system, or None for a thing."""
    head = tokens[group.head]
    low = singular(head.low)
    words = told.lower().split()
    if low in SYSTEM_HEADS or (low in NAMED_SYSTEMS and (doer or len(words) < 3)):
        return "system" if doer else None
    if is_name(head) and (head.low not in NOT_ALONE_NAMES or len(words) > 1 or doer):
        return "person"
    if low in OUTSIDE and not (low in MAYBE_INSIDE and (len(words) > 1 or low in ("requester",))):
        return "person" if _of_the_house(tokens, group, low, words) else "external"
    if low in UNITS and low not in TITLES and doer:
        return "group"
    if (low in UNITS and low in TITLES) or (low in UNITS and words[-1:] != [low] and len(words) > 1):
        bare = len(words) == 1 and low in BARE_UNITS
        return "group" if not bare or doer else None
    if low in TITLES or head.low in TITLES:
        return "person" if len(words) > 1 or doer or low not in BARE_UNITS else None
    helps = head.low in BEHIND_NOUN and group.head > group.start and tokens[group.head - 1].tag == "N"
    if not helps and (low in THINGS or low in NOT_TITLES or head.tag == "#" or words[1:2] == ["than"]):
        return None
    if helps or (_AGENT_END.match(low) and head.tag == "N"):  # the kitchen help, a farm hand
        return "person"
    if head.text.isupper() and len(head.text) > 1:
        return "group" if doer else None
    if low in NOMINAL or is_nounish(low) or low in NO_ONE:
        return None
    if doer and head.tag == "N" and not THING_END.match(low) and not head.low.endswith("s"):
        return "group"
    return None


def one_of(name: str) -> str:
    """A role told in the plural by its singular: "Visitors" → "Visitor"."""
    head, space, rest = name.partition(" of ") if " of " in name else name.partition(" (")
    words = head.split()
    if (
        not words
        or words[-1].lower() in FIRST_NAMES
        or words[0].lower() in HONORIFICS
        or words[-1].lower() in ("people", "folks", "guys", "goods")
        or not words[-1].isalpha()
    ):
        return name
    last = singular(words[-1].lower())
    words[-1] = (
        words[-1]
        if last == words[-1].lower()
        else words[-1][: len(last)]
        if words[-1].lower().startswith(last)
        else words[-1]
    )
    return " ".join(words) + space + rest
