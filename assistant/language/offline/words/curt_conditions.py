"""What is typed in a hurry: "1 in 8 truck double booked, then Ines rings", "if bad Ines rings", "packs the box 10 min".

The little words that are left out are put in; every word keeps its place in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.english.alike import stem
from assistant.english.forms import singular, verb_forms
from assistant.english.tables import classed
from assistant.language.figures.figure import DAY_NAMES
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import ADJECTIVES, DOERS, FIRST_NAMES, SMALL

GONE = ("sell out", "use up", "wear out", "book up", "book out", "burn out", "dry up")
"""What has happened to a thing that is there no more, or is of no use."""
_ANSWERS = frozenset("yes no so not ok okay bad good fine wrong late".split())
_TAKING = frozenset("takes take needs need lasts last waits wait costs is are has".split())
_CARRIED = frozenset("by with to in".split())
_AWAY = frozenset("there in home reachable around available".split())
_SENT = classed("reading", "documents") | {"parcel", "package"}
_LENGTHS = frozenset("minutes hours hour days mins hrs weeks".split())
_MOST_BEHIND = 3
_MOST = 6  # words of what is so in some cases
_BEFORE_STATE = frozenset("double twice too not still already wrongly over half".split())


def in_full(part: Sentence, text: str) -> Sentence:
    """The sentence with the comma behind "if yes" and before a time at its end, and the "is" of what is so in some
    cases."""
    part = _with_comma(_with_is(_whoever(_spread(_share_behind(part, text))), text))
    return _on_days(_time_apart(_sent_out(_not_there(_behind_state(part))), text))


def _share_behind(part: Sentence, text: str) -> Sentence:
    """ "If he fails the test, he repeats it, 30 percent fail": how often it is so, said by its verb once more."""
    tokens = part.tokens
    commas = [i for i, token in enumerate(tokens) if token.low == ","]
    if len(commas) < 2 or tokens[0].low not in ("if", "when"):
        return part
    tail = [token for token in tokens[commas[-1] + 1 :] if token.low not in (".", "!", ";")]
    told = text[tail[0].start : tail[-1].end] if tail else ""
    shares = [figure for figure in figures_in(told) if figure.kind == "chance" and figure.a == 0]
    rest = [token for token in tail if shares and token.start >= tail[0].start + shares[0].b]
    so = {stem(token.low) for token in tokens[1 : commas[0]] if token.low not in SMALL}
    if not 1 <= len(rest) <= _MOST_BEHIND or stem(rest[-1].low) not in so:
        return part
    figure = tail[: len(tail) - len(rest)]
    end = tokens[commas[-1]].end
    link = [Token(word, word, end, end) for word in ("which", "happens", "in")]
    return part._replace(tokens=[*tokens[: commas[-1] + 1], *link, *figure, *tokens[commas[-1] + 1 + len(tail) :]])


def _spread(part: Sentence) -> Sentence:
    """ "The mill cuts the crown over two hours": for so long; "orders over two hours old" are others."""
    tokens = part.tokens
    at = next((i for i, token in enumerate(tokens) if token.low == "over" and i > 3), 0)
    behind = tokens[at + 1 : at + 4]
    one = at and "the" in (tokens[at - 2].low, tokens[at - 3].low) and tokens[at - 1].low.isalpha()
    ends = (
        len(behind) >= 2 and behind[1].low in _LENGTHS and (len(behind) == 2 or behind[2].low in (",", ".", ";", "and"))
    )
    if not (one and ends) or tokens[0].low in ("if", "when", "for", "unless") or any(map(_is_verb, tokens[:at])):
        return part
    return part._replace(tokens=[*tokens[:at], replace(tokens[at], text="for", low="for"), *tokens[at + 1 :]])


def _whoever(part: Sentence) -> Sentence:
    """ "Anyone on call takes the details": whoever is on call; "anybody takes the call": somebody."""
    tokens = part.tokens
    if len(tokens) < 3 or tokens[0].low not in ("anyone", "anybody"):
        return part
    first, second = tokens[0], tokens[1]
    if second.low in _THERE:
        who = [replace(first, text="Whoever", low="whoever"), _put("is", second)]
        return part._replace(tokens=[*who, *tokens[1:]])
    acts = any(form.form == "s" for form in verb_forms(second.low))
    return part._replace(tokens=[replace(first, text="Somebody", low="somebody"), *tokens[1:]]) if acts else part


_THERE = frozenset("on free available around present".split())


def _on_days(part: Sentence) -> Sentence:
    """ "The bill my wife writes sundays": on Sundays."""
    told: list[Token] = []
    for token in part.tokens:
        verb = told and any(form.form in ("s", "base") for form in verb_forms(told[-1].low))
        days = token.low.endswith("s") and token.low[:-1] in DAY_NAMES
        told += [_put("on", token)] if verb and days else []
        told.append(token)
    return part._replace(tokens=told)


def _not_there(part: Sentence) -> Sentence:
    """ "The nurse calls, owner not there in half the cases, she tries again": when the owner is not there."""
    tokens = part.tokens
    for at in range(3, len(tokens) - 2):
        if tokens[at].low == "not" and tokens[at + 1].low in _AWAY:
            begins = next((i for i in range(at - 1, max(at - 4, 0), -1) if tokens[i].low in (",", ";")), None)
            if begins is None or begins + 1 == at or any(map(_is_verb, tokens[begins + 1 : at])):
                continue
            who = tokens[begins + 1 : at]
            told = [_put("if", who[0]), *who, _put("is", tokens[at])]
            return part._replace(tokens=[*tokens[: begins + 1], *told, *tokens[at:]])
    return part


def _sent_out(part: Sentence) -> Sentence:
    """ "Bill goes out end of month, office does it": it is sent out, by the office, at the end of the month."""
    tokens = part.tokens
    at = next((i for i, t in enumerate(tokens[1:5], 1) if t.low in ("goes", "go") and _next(tokens, i) == "out"), None)
    if at is None or not _is_thing(tokens[:at]) or _next(tokens, at + 1) in _CARRIED:
        return part
    rest = tokens[at + 2 :]
    by: list[Token] = []
    comma = next((i for i, t in enumerate(rest) if t.low == ","), None)
    if comma is not None:
        does = _who_does(rest[comma + 1 :])
        if not does:
            return part  # "the letter goes out, three weeks later they answer"
        who = rest[comma + 1 : comma + 1 + does]
        by, rest = [_put("by", who[0]), *who], [*rest[:comma], *rest[comma + 3 + does :]]
    if [t.low for t in rest[:2]] == ["end", "of"]:
        whole = rest[2:3] and rest[2].low in ("day", "week", "month", "quarter", "year")
        rest = [*rest[:2], *([_put("the", rest[2])] if whole else []), *rest[2:]]
        rest = [_put("at", rest[0]), _put("the", rest[0]), *rest]
    is_ = "is" if tokens[at].low == "goes" else "are"
    sent = tokens[at]
    gone = [Token(is_, is_, sent.start, sent.start), Token("sent", "sent", sent.start, sent.end), tokens[at + 1]]
    first = tokens[0]
    given = first.low in FIRST_NAMES  # "Bill goes out": no Bill, for a thing is sent
    head = [replace(first, text=first.low) if given else first, *tokens[1:at]]
    return part._replace(tokens=[*head, *gone, *by, *rest])


def _is_thing(words: Sequence[Token]) -> bool:
    """Whether what goes out is a paper or a parcel, and nobody."""
    return singular(words[-1].low) in _SENT and not any(SMALL.get(word.low) == "P" for word in words)


def _who_does(tokens: Sequence[Token]) -> int:
    """How many words name who "does it"; 0 where nobody does."""
    does = (i for i, t in enumerate(tokens[:5]) if t.low in ("does", "do") and _next(tokens, i) in ("it", "that"))
    return next(does, 0)


def _next(tokens: Sequence[Token], at: int) -> str:
    return tokens[at + 1].low if at + 1 < len(tokens) else ""


def _time_apart(part: Sentence, text: str) -> Sentence:
    """ "Ines types it into the file 10 min": how long it takes is no part of what it is done with."""
    tokens = part.tokens
    if len(tokens) < 5 or not any(token.low[0].isdigit() for token in tokens[-4:]):
        return part
    told = text[part.start : part.end].rstrip(" .!")
    last = [figure for figure in figures_in(f"{told}.") if figure.kind == "duration" and figure.b >= len(told)]
    if not last:
        return part
    at = next((i for i, token in enumerate(tokens) if token.start >= part.start + last[0].a), 0)
    known = tagged([Token(t.text, t.low, t.start, t.end) for t in tokens[:at]])
    verbs = [token for token in known if token.tag == "V"]
    if not verbs or known[-1].tag != "N" or known[-1].start != tokens[at - 1].start or _TAKING & {t.low for t in known}:
        return part
    return part._replace(tokens=[*tokens[:at], _put(",", tokens[at]), *tokens[at:]])


def _with_comma(part: Sentence) -> Sentence:
    """ "If yes Ines books the truck", "if he says no he takes it home": what is done begins behind the answer."""
    tokens = part.tokens
    if len(tokens) < 5 or tokens[0].low != "if":
        return part
    said = next((place for place, token in enumerate(tokens[:6]) if token.low in ("say", "says")), 0)
    if said and tokens[said + 1].low in ("yes", "no") and len(tokens) > said + 3:
        rest = tokens[said + 2 :]
        begins = rest[0].text[:1].isupper() or SMALL.get(rest[0].low) in ("P", "D")
        return part._replace(tokens=[*tokens[: said + 2], _put(",", rest[0]), *rest]) if begins else part
    state = 2 if tokens[1].low in ("too", "not") and tokens[2].low in ADJECTIVES else 1
    if tokens[state].low not in _ANSWERS and state == 1:
        return part
    after = tokens[state + 1]
    doer = after.text[:1].isupper() or SMALL.get(after.low) in ("P", "D") or singular(after.low) in DOERS
    if state == 1 and tokens[1].low in ("no", "not") and not after.text[:1].isupper():
        return part  # "if no part is left", "if not the boss decides"
    return part._replace(tokens=[*tokens[: state + 1], _put(",", after), *tokens[state + 1 :]]) if doer else part


def _behind_state(part: Sentence) -> Sentence:
    """ "When a cup is sold out tom calls the shop": whoever acts stands behind what is so, and is no part of it."""
    tokens = part.tokens
    if len(tokens) < 6 or tokens[0].low not in ("if", "when", "whenever"):
        return part
    for at in range(2, len(tokens) - 3):
        bases = [form.base for form in verb_forms(tokens[at].low) if form.form == "en"]
        gone = any(f"{base} {tokens[at + 1].low}" in GONE for base in bases)
        doer, does = tokens[at + 2], verb_forms(tokens[at + 3].low)
        known = doer.low in FIRST_NAMES or doer.text[:1].isupper()
        if gone and known and any(form.form == "s" for form in does):
            return part._replace(tokens=[*tokens[: at + 2], _put(",", doer), *tokens[at + 2 :]])
    return part


def _with_is(part: Sentence, text: str) -> Sentence:
    """ "In 20 % flat too big, then …": the flat is too big."""
    tokens = part.tokens
    comma = next((i for i, token in enumerate(tokens[:16]) if token.low == ","), None)
    if comma is None or comma + 2 >= len(tokens) or tokens[comma + 1].low != "then":
        return part
    told = text[part.start : tokens[comma].start]
    shares = [figure for figure in figures_in(told) if figure.kind == "chance"]
    if len(shares) != 1:
        return part
    first = next((i for i, token in enumerate(tokens) if token.start >= part.start + shares[0].b), comma)
    state = comma - 1
    if not 2 <= comma - first <= _MOST or not _is_state(tokens[state]) or any(map(_is_verb, tokens[first:state])):
        return part
    while state - 1 > first and tokens[state - 1].low in _BEFORE_STATE:
        state -= 1
    return part._replace(tokens=[*tokens[:state], _put("is", tokens[state]), *tokens[state:]])


def _is_state(token: Token) -> bool:
    return token.low in ADJECTIVES or any(form.form == "en" for form in verb_forms(token.low))


def _is_verb(token: Token) -> bool:
    return SMALL.get(token.low) in ("M", "B", "H", "F") or token.low in ("who", "that", "which")


def _put(word: str, before: Token) -> Token:
    return Token(word, word, before.start, before.start)
