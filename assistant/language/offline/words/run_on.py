"""Text without full stops and commas: where one sentence ends and the next begins, by its verbs and their subjects.

"the doctor orders the test then the nurse draws the blood if the tube breaks they throw it away": a new subject with a
verb of its own begins a sentence; behind "if …" and "when …" it begins the main clause. Linear in the number of words.
"""

from __future__ import annotations

import itertools

from assistant.language.offline.words.groups import Verbs, verb_groups
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import PHRASAL

LONG = 40  # words of a stretch without marks that is looked at
_SUBJECT = ("D", "A", "N", "P", "#")
_OPENERS = ("if", "when", "unless", "once")


def cut_run_ons(parts: list[Sentence]) -> list[Sentence]:
    """The sentences, those without marks cut into sentences of their own."""
    done: list[Sentence] = []
    for part in itertools.chain.from_iterable(map(_behind_again, parts)):
        marks = sum(t.low in (",", ";", ":", "(", "–", "—") for t in part.tokens)
        if part.heading or part.row or len(part.tokens) < LONG or marks * 60 > len(part.tokens):
            done.append(part)
        else:
            done.extend(_cut(part))
    return done


_ANSWERS = frozenset("not no yes so".split())
_GO_ON = frozenset("otherwise else then if when unless so but and or which".split())


def _behind_again(part: Sentence) -> list[Sentence]:
    """ "In 5 % it is too tight and Tom cuts it again; Mary presses it": what is done again ends at the semicolon, and
    what stands behind it is of all cases; "if so, Tom picks it; if not, Ann orders it": the other answer."""
    tokens = part.tokens
    for i, token in enumerate(tokens[1:-1], 1):
        again = tokens[i - 1].low in ("again", "anew") and tokens[i + 1].low not in _GO_ON
        answer = tokens[i + 1].low == "if" and tokens[i + 2 : i + 3] and tokens[i + 2].low in _ANSWERS
        if token.low == ";" and (again or answer):
            rest = part._replace(tokens=tokens[i + 1 :], start=tokens[i + 1].start, item=False)
            return [part._replace(tokens=tokens[:i], end=tokens[i - 1].end), *_behind_again(rest)]
    return [part]


def _cut(part: Sentence) -> list[Sentence]:
    places = _places(tagged([Token(t.text, t.low, t.start, t.end) for t in part.tokens]))
    done: list[Sentence] = []
    current: list[Token] = []
    for token in part.tokens:
        kind = places.get(token.start)
        if kind == "." and current:
            done.append(part._replace(tokens=current, start=current[0].start, end=current[-1].end))
            current = []
        elif kind == "," and current:
            current.append(Token(",", ",", token.start, token.start))
        current.append(token)
    done.append(part._replace(tokens=current, start=current[0].start, end=part.end) if current else part)
    return [piece._replace(item=part.item and not place) for place, piece in enumerate(done)]


def _places(tokens: list[Token]) -> dict[int, str]:
    """Where a sentence (".") or a main clause (",") begins, by the character at which it does."""
    found: dict[int, str] = {}
    finite = [group for group in verb_groups(tokens) if group.kind == "finite"]
    below = bool(finite) and any(t.tag == "S" for t in tokens[: finite[0].start])
    for before, group in itertools.pairwise(finite):
        at = _opener(tokens, before.end, group.start)
        if at is not None:
            found[tokens[_with_cue(tokens, before.end, at)].start] = "."
            below = True
            continue
        start = _subject(tokens, before.end, group)
        if start is None:
            continue
        tie = tokens[start - 1] if start > before.end else None
        if tie is not None and tie.tag == "I" and f"{before.base} {tie.low}" in PHRASAL:
            tie = None
        if tie is not None and (tie.tag in ("W", "S", "T", "I", ",", ";", ":") or (tie.tag == "C" and not tie.meaning)):
            if tie.tag == "C" and not below and start - 1 > before.end:
                found[tie.start] = "."
            continue
        place = _with_cue(tokens, before.end, start)
        found[tokens[place].start] = "," if below and place == start else "."
        below = False
    return found


def _opener(tokens: list[Token], start: int, stop: int) -> int | None:
    """The "if" or "when" between two verbs that opens a sentence of its own."""
    at = next((i for i in range(stop - 1, start - 1, -1) if tokens[i].tag == "S"), None)
    if at is None or (tokens[at].meaning or tokens[at].low) not in _OPENERS:
        return None
    return at if at > start else None


def _subject(tokens: list[Token], start: int, group: Verbs) -> int | None:
    """Where the subject of a verb begins, between it and the verb before."""
    i = group.start
    while i > start and tokens[i - 1].tag in ("R", "X") and not tokens[i - 1].meaning:
        i -= 1
    end = i
    while i > start and tokens[i - 1].tag in _SUBJECT:
        i -= 1
        if tokens[i].tag in ("D", "P"):
            break
    if i == end:
        return None
    if i == start and tokens[i].tag not in ("D", "P"):
        return None
    return i


def _with_cue(tokens: list[Token], start: int, at: int) -> int:
    """The place of "then", "after that", "and" before a subject."""
    while at > start and (
        (tokens[at - 1].tag == "R" and tokens[at - 1].meaning) or tokens[at - 1].low in ("then", "and")
    ):
        at -= 1
    return at
