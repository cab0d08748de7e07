"""Notes of who does what without whole sentences: "slip → secretary, collects them", "checked by A, then by B".

Each becomes the sentence that stands behind it; every word keeps its place in the text.
"""

from __future__ import annotations

from assistant.english.forms import singular, verb_forms
from assistant.language.offline.words.persons import HONORIFICS
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import ADJECTIVES, DOERS, FIRST_NAMES, SMALL, TITLES

_PRONOUNS = frozenset("it them they this these".split())


def handed_over(left: list[Token], right: list[Token]) -> list[Token] | None:
    """ "slip → team secretary, collects them" is "team secretary collects slip"; "slip → secretary", "slip goes to
    secretary". None where the left side is no bare thing or the right side names nobody."""
    if not left or len(left) > 4 or any(t.low in SMALL or t.low in ADJECTIVES or not t.low.isalpha() for t in left):
        return None
    stop = next((i for i, t in enumerate(right) if t.low == "," or _does(right, i)), len(right))
    who = right[:stop]
    if not who or len(who) > 5 or singular(who[-1].low) not in DOERS:
        return None
    rest = right[stop:]
    while rest and rest[0].low in (",", "and", "who"):
        rest = rest[1:]
    if not rest:
        at = who[0].start
        return [*left, Token("goes", "goes", at, at), Token("to", "to", at, at), *who]
    if not _does(rest, 0):
        return None
    place = next((i for i, t in enumerate(rest[:3]) if t.low in _PRONOUNS), None)
    if place is not None:
        rest = [*rest[:place], *left, *rest[place + 1 :]]
    return [*who, *rest]


def _does(tokens: list[Token], i: int) -> bool:
    """Whether a word is a verb in the form that follows who does it."""
    return (
        i < len(tokens)
        and any(form.form == "s" for form in verb_forms(tokens[i].low))
        and not (i and tokens[i - 1].low in ("the", "a", "an", "of"))
    )


def by_turns(part: Sentence) -> Sentence:
    """ "Checked by procurement, then by the store": each of them does it, one after the other."""
    tokens = part.tokens
    done = next((i for i, t in enumerate(tokens) if i and _participle(t) and tokens[i + 1 : i + 2] != []
                 and tokens[i + 1].low == "by"), None)  # fmt: skip
    if done is None:
        return part
    out = list(tokens[: done + 1])
    for i in range(done + 1, len(tokens)):
        token = tokens[i]
        if token.low == "by" and tokens[i - 1].low in ("then", "finally", "afterwards", "last"):
            again = tokens[done].text
            out += [Token(word, word.lower(), token.start, token.start) for word in ("it", "is", again)]
        out.append(token)
    return part._replace(tokens=out)


def _participle(token: Token) -> bool:
    return any(form.form == "en" for form in verb_forms(token.low))


def topic(part: Sentence) -> Sentence:
    """ "Invoice: checked by procurement" is "the invoice is checked by …"; "Permit: must be applied for", without the
    colon."""
    tokens = part.tokens
    at = next((i for i, t in enumerate(tokens[:10]) if t.low == ":"), 0)
    head, rest = tokens[:at], tokens[at + 1 :]
    if not head or len(rest) < 2 or head[-1].low in SMALL or _finite(head):
        return part
    if head[0].low in HONORIFICS or head[-1].low in TITLES or (at == 1 and head[0].low in FIRST_NAMES):
        named = rest[0].low in ("he", "she")  # "Mr Brook: he thaws it"
        return part._replace(tokens=[*head, *rest[1:]] if named else tokens)
    if SMALL.get(rest[0].low) in ("M", "B") or (SMALL.get(rest[0].low) == "H" and rest[1].low == "to"):
        return part._replace(tokens=[*head, *rest])
    place = next((i for i, t in enumerate(rest[:6]) if i and t.low in _PRONOUNS), None)
    if at < 4 and place is not None and any(_does(rest, i) for i in range(1, place)):
        return part._replace(tokens=[*rest[:place], *head, *rest[place + 1 :]])  # "contract: the office sends it"
    if at < 5 and _participle(rest[0]) and SMALL.get(rest[1].low) in ("I", "R") and rest[0].low not in ADJECTIVES:
        colon = tokens[at]
        return part._replace(tokens=[*head, Token("is", "is", colon.start, colon.end), *rest])
    return part


def _finite(tokens: list[Token]) -> bool:
    return any(SMALL.get(t.low) in ("M", "B", "H", "F", "P") for t in tokens)
