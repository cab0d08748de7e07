"""What somebody asks once more, told without a verb: "Then a third time, for the gate code", "And once more, whether
he is in". Who asked before asks again; every word keeps its place in the text."""

from __future__ import annotations

from assistant.english.forms import verb_forms
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import SMALL

NEAR = 3
"""So many sentences before somebody rang or asked."""
_CONTACTS = frozenset("ring phone call ask mail email telephone".split())
_TURNS = frozenset("second third fourth fifth".split())
_WHOM = frozenset("i we she he they somebody someone".split())


def with_who_asks(parts: list[Sentence]) -> list[Sentence]:
    """The sentences, those without a verb that tell of one more call or question with who asks and "asks" put in."""
    done: list[Sentence] = []
    last, at = None, -NEAR
    for number, part in enumerate(parts):
        asks = _contact(part.tokens)
        last, at = (asks, number) if asks else (last, at)
        fits = asks is None and last is not None and number - at <= NEAR
        told = _told_again(part, *last) if fits and last is not None else None
        at = number if told else at
        done.append(told or part)
    return done


def _contact(tokens: list[Token]) -> tuple[list[Token], Token] | None:
    """Who rings or asks in a sentence, the last time it is told there, and the verb."""
    found: tuple[list[Token], Token] | None = None
    doer: list[Token] = []
    for i, token in enumerate(tokens):
        forms = {form.form for form in verb_forms(token.low) if form.base in _CONTACTS}
        behind = [each.low for each in tokens[i + 1 : i + 2]]
        if doer and forms & {"s", "base"} and behind != ["it"] and SMALL.get(tokens[i - 1].low) not in ("D", "I"):
            found = (doer, token)
        elif token.low in _WHOM or (token.text.istitle() and token.low not in SMALL):
            doer = [token]
        elif i and SMALL.get(tokens[i - 1].low) == "D":
            doer = [] if found else [tokens[i - 1], token]
    return found


def _told_again(part: Sentence, doer: list[Token], verb: Token) -> Sentence | None:
    """The sentence with who asks, where it opens with "(then) a third time" or "then" and says only what for."""
    low = [token.low for token in part.tokens]
    i = 0
    while low[i : i + 1] and low[i] in ("and", "then", ","):
        i += 1
    opened, start = "then" in low[:i], i
    if low[i : i + 1] == ["a"] and low[i + 1 : i + 2] and low[i + 1] in _TURNS and low[i + 2 : i + 3] == ["time"]:
        i += 3
    elif low[i : i + 2] == ["once", "more"]:
        i += 2
    again = i > start
    i += low[i : i + 1] == [","]
    whether = again and low[i : i + 1] == ["whether"]
    if not whether and not ((again or opened) and low[i : i + 1] == ["for"] and _only_a_thing(low[i + 1 :])):
        return None
    here = part.tokens[i].start
    words = [(token.text, token.low) for token in doer]
    words += [("asks", "asks") if whether and doer[-1].low not in ("i", "we", "they") else
              ("ask", "ask") if whether else (verb.text.lower(), verb.low)]  # fmt: skip
    put_in = [Token(text, word, here, here) for text, word in words]
    return part._replace(tokens=[*part.tokens[:start], *put_in, *part.tokens[i:]])


def _only_a_thing(low: list[str]) -> bool:
    """Whether what stands behind "for" is a thing with its article, and no clause."""
    thing = bool(low) and SMALL.get(low[0]) == "D"
    return thing and not any(SMALL.get(word) in ("B", "M", "H", "F", "P") for word in low)
