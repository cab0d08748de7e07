"""Turns of phrase in which the work hides, as the plain sentence: "it's up to the boss to sign", "off it goes to …".

Each becomes who does what, before the words are tagged; every word keeps its place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.english.forms import base_of, is_plural, singular, third_person, verb_forms
from assistant.english.tables import classed
from assistant.language.figures.numbers import value_of
from assistant.language.offline.sentences.turned_forms import acting_first
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import SMALL

_IS = frozenset(("is", "'s", "’s", "are", "'m", "am", "'re"))
_MARKS = frozenset(", ; : .".split())
_LEADS = frozenset("and then so now but next".split())
_OFF = frozenset("off back out down up over in away".split())
_INTO = frozenset("into onto".split())
_THING = frozenset("it they".split())
_CHORE = classed("reading", "somebodys-job")
_LET = {"let": "inform", "lets": "informs"}
_HAVE = frozenset("gets get has have".split())
_PERSON = frozenset("he she they".split())
_AT_TIMES = frozenset("sometimes occasionally rarely".split())
_REACHES = classed("reading", "reaching")
_TALKED_OVER = classed("said", "talked-over")
_SOMEBODY = frozenset("everybody everyone them him her people".split())
_AGAIN = frozenset("again back up all".split())
_PIECEWISE = frozenset("one two piece bit box line page step item".split())
_ANSWER = frozenset("answer reply respond".split())
_SENDS = {"s": "sends", "base": "send", "ed": "sent"}
_PAPERS = classed("reading", "documents")
_DOING = frozenset("he she they we i you".split())
_ASKING = frozenset("ask wonder know understand see say tell explain".split())
_HOURS = 24
_OF_THE_DAY = (("o'clock",), ("sharp",), ("in", "the", "morning"), ("in", "the", "afternoon"), ("in", "the", "evening"))
_MOST = 5
"""Words that name who does it."""


def plainly(tokens: list[Token]) -> list[Token]:
    """The words with whoever does it in front of what is done."""
    tokens = acting_first(_without_clock(_without_why(_at_once(tokens))))
    if len(tokens) < 4:
        return tokens
    start = next((i for i, token in enumerate(tokens) if token.low not in _LEADS and token.low != ","), 0)
    ahead, rest = tokens[:start], tokens[start:]
    for turn in _TURNS:
        if (told := turn(rest)) is not None:
            return [*ahead, *told]
    return [*ahead, *_done_by_others(_talked_over(_let_know(_answered(rest))))]


def _at_once(tokens: list[Token]) -> list[Token]:
    """ "Tests the jars one by one", "piece by piece": how they are done, and nothing that is tested."""
    for at in range(2, len(tokens) - 2):
        once, by, more = tokens[at : at + 3]
        if by.low == "by" and once.low == more.low in _PIECEWISE:
            start = at - (tokens[at - 1].low == "," and [t.low for t in tokens[at + 3 : at + 4]] in ([","], []))
            return [*tokens[:start], *tokens[at + 3 :]]
    return tokens


def _without_why(tokens: list[Token]) -> list[Token]:
    """ "A visitor asked why they collect them till Thursday and then soak them all": what is asked is no work told."""
    for at in range(1, len(tokens) - 1):
        if tokens[at + 1].low == "why" and {form.base for form in verb_forms(tokens[at].low)} & _ASKING:
            return tokens[: at + 1]
    return tokens


def _without_clock(tokens: list[Token]) -> list[Token]:
    """ "At five the driver packs them", "at two in the morning": when, and nothing that is worked on."""
    for at in range(len(tokens) - 3):
        hour = value_of(tokens[at + 1].low) if tokens[at].low == "at" else None
        if hour is None or not 1 <= hour <= _HOURS or (at and tokens[at - 1].low not in {*_MARKS, *_LEADS}):
            continue
        rest = tokens[at + 2 :]
        for more in _OF_THE_DAY:
            rest = rest[len(more) :] if _low(rest[: len(more)]) == list(more) else rest
        if rest and (SMALL.get(rest[0].low) in ("D", "P") or rest[0].low == "," or rest[0].text[:1].isupper()):
            return [*tokens[:at], *rest[rest[0].low == "," and not at :]]
    return tokens


def _words(like: Token, text: str) -> list[Token]:
    return [Token(word, word, like.start, like.start) for word in text.split()]


def _has_to(doer: list[Token], rest: list[Token]) -> list[Token]:
    """The doer, "has to", and what is done; `rest` begins with its plain verb."""
    doer = [_acting(token) for token in doer if token.low not in ("'s", "’s", "'")]
    several = is_plural(doer[-1].low) or doer[-1].low in ("i", "we", "they")
    return [*doer, *_words(rest[0], "have to" if several else "has to"), *rest]


def _acting(token: Token) -> Token:
    told = {"me": "I", "us": "we", "him": "he", "her": "she", "them": "they"}.get(token.low)
    return token if told is None else Token(told, told.lower(), token.start, token.end)


def _low(tokens: Iterable[Token]) -> list[str]:
    return [token.low for token in tokens]


def _place(tokens: list[Token], words: Iterable[str], stop: int) -> int | None:
    return next((i for i, token in enumerate(tokens[:stop]) if token.low in words), None)


def _plain(token: Token) -> bool:
    return SMALL.get(token.low) in ("B", "H") or any(form.form == "base" for form in verb_forms(token.low))


def _up_to_somebody(tokens: list[Token]) -> list[Token] | None:
    """ "It's up to the boss to sign it", "it falls to Ann to …", "it's Ann's turn to …", "it is for Ann to …"."""
    if tokens[0].low != "it":
        return None
    to = next((i for i in range(3, min(len(tokens) - 1, 12)) if tokens[i].low == "to" and _plain(tokens[i + 1])), None)
    between = [token for token in tokens[1:to] if token.low not in _LEADS] if to is not None else []
    low = _low(between)
    if to is None or not low or _MARKS & set(low):
        return None
    falls = low[:2] in (["falls", "to"], ["fell", "to"])
    leads = 3 if low[1:3] == ["up", "to"] else 2 if low[1:2] == ["for"] or falls else 0
    chore = low[0] in _IS and low[-1] in _CHORE and len(low) > 2
    doer = between[leads:] if leads and (falls or low[0] in _IS) else between[1:-1] if chore else []
    return _has_to(doer, tokens[to + 1 :]) if 0 < len(doer) <= _MOST else None


def _somebodys_work(tokens: list[Token]) -> list[Token] | None:
    """ "Typing it up is Ann's job", "weighing the crates falls to the porter"."""
    base = base_of(tokens[0].low, "ing") if tokens[0].low.endswith("ing") else ""
    at = _place(tokens, _IS | {"falls", ","}, 9) if base else None
    if at is None or at < 1:
        return None
    tail = tokens[at + 1 :]
    stop = next((i for i, token in enumerate(tail) if token.low in _MARKS), len(tail))
    low = _low(tail[:stop])
    if tokens[at].low == "falls" and low[:1] == ["to"]:
        doer = tail[1:stop]
    elif tokens[at].low == "," and low[:1] == ["that"] and low[1:2] != [] and low[1] in _IS:
        doer = tail[2:stop]
    elif low and low[-1] in _CHORE and tokens[at].low in _IS:
        doer = tail[: stop - 1]
    else:
        return None
    first = Token(base, base, tokens[0].start, tokens[0].end)
    return _has_to(doer, [first, *tokens[1:at], *tail[stop:]]) if 0 < len(doer) <= _MOST else None


def _the_one_who(tokens: list[Token]) -> list[Token] | None:
    """ "The porter is the one who weighs them", "I'm the one printing it", "Ann is in charge of printing it"."""
    at = _place(tokens, _IS, _MOST + 1)
    if not at or len(tokens) < at + 5:
        return None
    low = _low(tokens[at + 1 : at + 4])
    doer, rest = tokens[:at], tokens[at + 4 :]
    if low in (["the", "one", "who"], ["the", "one", "that"], ["the", "ones", "who"]):
        return [*doer, *rest]
    charge, one = low == ["in", "charge", "of"], low[:2] == ["the", "one"]
    verb = tokens[at + 4] if charge else tokens[at + 3]
    base = base_of(verb.low, "ing") if charge or one else ""
    if not base:
        return None
    return _has_to(doer, [Token(base, base, verb.start, verb.end), *tokens[at + 4 + charge :]])


def _job_is(tokens: list[Token]) -> list[Token] | None:
    """ "Ann's job is to weigh it", "the waiver is for the dean to sign"."""
    at = _place(tokens, ("is", "are"), _MOST + 4)
    if at is None or at < 2 or len(tokens) < at + 3:
        return None
    if tokens[at - 1].low in _CHORE and tokens[at + 1].low == "to" and _plain(tokens[at + 2]):
        owned = tokens[at - 2].low in ("'s", "’s", "'")
        return _has_to(tokens[: at - 2], tokens[at + 2 :]) if owned and at > 2 else None
    to = _place(tokens, ("to",), len(tokens) - 1)
    if tokens[at + 1].low != "for" or to is None or not at + 2 < to <= at + 2 + _MOST or not _plain(tokens[to + 1]):
        return None
    if to + 2 < len(tokens) and tokens[to + 2].low not in _MARKS and SMALL.get(tokens[to + 2].low) in ("D", "P", "O"):
        return None  # "the form is for the dean to see the date"
    return _has_to(tokens[at + 2 : to], [tokens[to + 1], *tokens[:at], *tokens[to + 2 :]])


def _does_is(tokens: list[Token]) -> list[Token] | None:
    """ "What Ann does is weigh it", "the first thing we do is weigh it": what is done next."""
    thing = _place(tokens, ("thing",), 3)
    start = 1 if tokens[0].low == "what" else thing + 1 if thing is not None else 0
    does = _place(tokens, ("does", "do"), start + _MOST + 2)
    if not start or does is None or does <= start or len(tokens) < does + 4:
        return None
    is_at = _place(tokens, _IS, does + 4)
    if is_at is None or is_at < does:
        return None
    rest = tokens[is_at + 1 + (tokens[is_at + 1].low == "to") :]
    return _has_to(tokens[start:does], rest) if rest and _plain(rest[0]) else None


def _goes_ahead(tokens: list[Token]) -> list[Token] | None:
    """ "Off it goes to the printer", "into the kiln it goes", "out go the crates": the thing in front of its going."""
    go = _place(tokens, ("goes", "go"), 8)
    if go is None or not (tokens[0].low in _OFF or tokens[0].low in _INTO):
        return None
    if tokens[go - 1].low in _THING:
        return [*tokens[go - 1 : go + 1], *tokens[: go - 1], *tokens[go + 1 :]]
    if go != 1 or SMALL.get(tokens[2].low) != "D":
        return None
    stop = next((i for i in range(3, len(tokens)) if SMALL.get(tokens[i].low) or tokens[i].low in _MARKS), len(tokens))
    return [*tokens[2:stop], tokens[1], tokens[0], *tokens[stop:]]


def _into_it(tokens: list[Token]) -> list[Token] | None:
    """ "Into the kiln with it", "then it's off to the bank": it goes there."""
    off = 2 if tokens[0].low == "it" and tokens[1].low in _IS and tokens[2].low in _OFF - {"up"} else 0
    if off and _low(tokens[3:4]) == ["to"]:
        return [*_words(tokens[0], "it goes"), *tokens[3:]]
    if tokens[0].low not in _INTO:
        return None
    stop = next((i for i, token in enumerate(tokens) if token.low in _MARKS), len(tokens))
    verbless = not any(SMALL.get(t.low) in ("B", "M", "H", "F", "P") and t.low != "it" for t in tokens[:stop])
    if not verbless or stop > 7 or _low(tokens[stop - 1 : stop]) == ["goes"]:
        return None
    end = stop - 2 if _low(tokens[stop - 2 : stop]) in (["with", "it"], ["with", "them"]) else stop
    if any(form.form in ("s", "ed") and not is_plural(t.low) for t in tokens[1:end] for form in verb_forms(t.low)):
        return None
    return [*_words(tokens[0], "it goes"), *tokens[:end], *tokens[stop:]]


def _named_twice(tokens: list[Token]) -> list[Token] | None:
    """ "The groom, he feeds the calves": the groom does."""
    at = _place(tokens, (",",), 4)
    if at is None or len(tokens) < at + 4 or tokens[at + 1].low not in _PERSON:
        return None
    acts = any(form.form == "s" for form in verb_forms(tokens[at + 2].low)) and SMALL.get(tokens[at + 2].low) is None
    fixed = SMALL.get(tokens[0].low) == "D" and not any(SMALL.get(t.low) for t in tokens[1:at])
    return [*tokens[:at], *tokens[at + 2 :]] if acts and fixed else None


def _at_times(tokens: list[Token]) -> list[Token] | None:
    """ "Sometimes the goods are out of stock, then Tom rings the customer": if it is so, that is done."""
    then = next((i for i in range(3, len(tokens) - 2) if tokens[i].low == "then" and tokens[i - 1].low == ","), None)
    if then is None or tokens[0].low not in _AT_TIMES:
        return None
    case = tokens[1 : then - 1]
    if len(case) < 3 or any(token.low in _MARKS for token in case):
        return None
    return [Token("if", "if", tokens[0].start, tokens[0].end), *case, tokens[then - 1], *tokens[then + 1 :]]


def _does_so(tokens: list[Token]) -> list[Token] | None:
    """ "If he can fix it himself, he does": he fixes it himself."""
    comma = _place(tokens, (",",), len(tokens))
    can = _place(tokens, ("can", "could"), comma or 0)
    if tokens[0].low not in ("if", "when") or not comma or can is None or not _low(tokens[comma + 1 : comma + 2]):
        return None
    who, rest = tokens[comma + 1], tokens[comma + 2 :]
    if (
        who.low not in _DOING
        or _low(rest[:1]) not in (["does"], ["do"])
        or _low(rest[1:2]) not in ([], ["so"], [","], [";"])
    ):
        return None
    done = tokens[can + 1 : comma]
    if not done or not _plain(done[0]):
        return None
    verb = done[0].low if who.low in ("i", "we", "they", "you") else third_person(done[0].low)
    more = rest[1 + (_low(rest[1:2]) == ["so"]) :]
    return [*tokens[: comma + 2], replace(done[0], text=verb, low=verb), *done[1:], *more]


def _whoever(tokens: list[Token]) -> list[Token] | None:
    """ "Whoever answers the phone writes it on a slip": somebody does."""
    if tokens[0].low != "whoever":
        return None
    acts = [i for i, token in enumerate(tokens[1:9], 1) if SMALL.get(token.low) is None and base_of(token.low, "s")]
    acts = [i for i in acts if SMALL.get(tokens[i - 1].low) not in ("D", "I")]
    return [*_words(tokens[0], "somebody"), *tokens[acts[1] :]] if len(acts) > 1 else None


def _answered(tokens: list[Token]) -> list[Token]:
    """ "Answers with a quote", "replies with an offer": the quote is sent."""
    for at in range(1, len(tokens) - 2):
        if tokens[at + 1].low != "with" or not {form.base for form in verb_forms(tokens[at].low)} & _ANSWER:
            continue
        what = next((token.low for token in tokens[at + 2 : at + 6] if singular(token.low) in _PAPERS), None)
        form = next((form.form for form in verb_forms(tokens[at].low) if form.form in _SENDS), None)
        if what is not None and form is not None:
            sent = replace(tokens[at], text=_SENDS[form], low=_SENDS[form])
            return [*tokens[:at], sent, *tokens[at + 2 :]]
    return tokens


def _let_know(tokens: list[Token]) -> list[Token]:
    """ "Ann lets the farmer know" informs him."""
    at = next((i for i, token in enumerate(tokens) if token.low in _LET), None)
    know = next((i for i in range(at + 2, min(at + 6, len(tokens))) if tokens[i].low == "know"), None) if at else None
    if at is None or know is None:
        return tokens
    told = _LET[tokens[at].low]
    informs = Token(told, told, tokens[at].start, tokens[at].end)
    return [*tokens[:at], informs, *tokens[at + 1 : know], *tokens[know + 1 :]]


def _talked_over(tokens: list[Token]) -> list[Token]:
    """ "Ann phones everybody again to agree a date": she agrees a date with whom it is for."""
    for at in range(1, len(tokens) - 4):
        base = base_of(tokens[at].low, "s", "base")
        to = next((i for i in range(at + 2, min(at + 4, len(tokens) - 2)) if tokens[i].low == "to"), None)
        if base not in _REACHES or to is None or tokens[to + 1].low not in _TALKED_OVER:
            continue
        between = _low(tokens[at + 1 : to])
        if _SOMEBODY & set(between) and set(between) <= _SOMEBODY | _AGAIN:
            done = tokens[to + 1]
            told = done.low if tokens[at].low == base else third_person(done.low)
            return [*tokens[:at], Token(told, told, done.start, done.end), *tokens[to + 2 :]]
    return tokens


def _done_by_others(tokens: list[Token]) -> list[Token]:
    """ "She gets it signed by the boss": it is signed by the boss."""
    for at in range(1, len(tokens) - 4):
        if tokens[at].low not in _HAVE or (at and SMALL.get(tokens[at - 1].low) in ("M", "T")):
            continue
        by = next((i for i in range(at + 3, min(at + 8, len(tokens) - 1)) if tokens[i].low == "by"), None)
        thing = tokens[at + 1 : by - 1] if by is not None else []
        if by is None or not thing or any(SMALL.get(t.low) not in (None, "D", "O", "P") for t in thing):
            continue
        if any(form.form == "en" for form in verb_forms(tokens[by - 1].low)):
            start = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].low in {"and", *_MARKS}), 0)
            be = "are" if thing[-1].low == "them" or is_plural(thing[-1].low) else "is"
            return [*tokens[:start], *map(_acting, thing), *_words(tokens[by - 1], be), *tokens[by - 1 :]]
    return tokens


_TURNS = (
    _up_to_somebody, _somebodys_work, _job_is, _the_one_who, _does_is, _goes_ahead, _into_it, _named_twice, _at_times,
    _does_so, _whoever,
)  # fmt: skip
