"""Where a verb stands: in a row of verbs, in a phrase behind a preposition, behind another verb of its stretch."""

from __future__ import annotations

from assistant.english.forms import is_nounish, is_plural, verb_forms
from assistant.language.offline.words.around_a_token import finite_ahead
from assistant.language.offline.words.groups import named_after_time
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import PARTICLES, PHRASAL


def last_verb(tokens: list[Token], i: int) -> Token | None:
    """The verb before `i` in the same stretch, or None."""
    for j in range(i - 1, -1, -1):
        if tokens[j].tag == "V":
            return tokens[j]
        if tokens[j].tag in ("S", ";"):
            return None
    return None


def one_of_a_row(tokens: list[Token], i: int, tag: str, after: str, forms: set[str]) -> bool:
    """ "unpacks it, checks against the note and files it", "prints it, has it signed, scans it": verbs in a row, each
    behind what belongs to the one before."""
    if tag not in (",", "C") or last_noun_list(tokens, i):
        return False
    if "s" not in forms:
        return "base" in forms and _goes_on_plain(tokens, i, after)
    row = [t for t in tokens[:i] if (t.tag == "V" and t.form == "s") or t.low in ("has", "does", "is")]
    behind = _behind_relative(tokens, i)
    if finite_ahead(tokens, i) or not (row or behind):
        return False
    if behind and after == "" and not is_nounish(tokens[i].low):
        return True  # "The board, which must have four members, decides"
    if after in ("O", "D", "P"):
        return True
    if after == "I" and is_phrase(tokens, i):
        return True
    bare = tokens[i - 1].tag == "," and tokens[i - 2].tag == "V" and tokens[i - 2].form == "s"
    if bare and after in (",", "C"):
        return True  # "loads, drives and unloads"
    closed = tokens[i - 1].tag == "," and tokens[i - 2].tag in ("O", "P", "R")  # "unpacks it, checks …"
    asks = tokens[i - 1].tag == "," and i + 1 < len(tokens) and tokens[i + 1].low == "whether"
    return asks or (after == "I" and (closed or _behind_object(tokens, i - 2, "s")))


def _behind_relative(tokens: list[Token], i: int) -> bool:
    """ "The marshal, who is usually cold, counts the lanes": behind the comma that closes a relative clause."""
    places = [j for j in range(1, i - 2) if tokens[j].tag == "W" and "," in (tokens[j - 1].tag, tokens[j - 2].tag)]
    return tokens[i - 1].tag == "," and any(any(t.tag in ("B", "H", "M") for t in tokens[j:i]) for j in places[-1:])


def _goes_on_plain(tokens: list[Token], i: int, after: str) -> bool:
    """ "We scan the tags, check for damage", "I go through the racks and pick out …": a plain verb behind the object of
    one; a noun would have its article too."""
    if after not in ("I", "R") or finite_ahead(tokens, i):
        return False
    if tokens[i - 1].tag == "," and i + 2 < len(tokens) and tokens[i + 2].low in ("it", "them"):
        return has_plain_verb(tokens, i)  # "I fetch the books from the cellar, look through them"
    return _behind_object(tokens, i - 2, "base") and any(t.low in _MANY for t in tokens[: i - 2])


def has_plain_verb(tokens: list[Token], i: int) -> bool:
    """Whether I, we, you or they do something before `i`."""
    return any(t.tag == "V" and t.form == "base" and tokens[k].low in _MANY for k, t in enumerate(tokens[1:i]))


_MANY = frozenset("i we they you".split())


def _behind_object(tokens: list[Token], j: int, form: str) -> bool:
    """Whether the word at `j` ends what belongs to a verb in this form: "goes out, looks at", "opens the box, looks
    into", "go through the racks, pick out"."""
    if form == "s" and tokens[j].low in PARTICLES and tokens[j - 1].tag == "V":
        return True
    start = j
    while start > 0 and tokens[start].tag in ("N", "A"):
        start -= 1
    verb = start - 2 if form == "base" and tokens[start - 1].tag == "I" else start - 1
    return start < j and tokens[start].tag == "D" and tokens[verb].tag == "V" and tokens[verb].form == form


def last_noun_list(tokens: list[Token], i: int) -> bool:
    """Whether the words before the comma are a list of bare nouns that this one goes on."""
    return i > 1 and tokens[i - 1].tag == "," and tokens[i - 2].tag == "N" and i > 3 and tokens[i - 3].tag == ","


def is_phrase(tokens: list[Token], i: int) -> bool:
    """ "works out", "turns up": a verb with the particle that belongs to it."""
    if i + 1 >= len(tokens) or tokens[i + 1].low not in PARTICLES:
        return False
    return any(f"{form.base} {tokens[i + 1].low}" in PHRASAL for form in verb_forms(tokens[i].low))


def verb_just_before(tokens: list[Token], i: int) -> bool:
    """ "checks and files": the verb stands right before the "and"."""
    j = i - 1
    while j >= 0 and (tokens[j].tag in ("C", "R", ",") or tokens[j].low in PARTICLES):
        j -= 1
    return j >= 0 and tokens[j].tag == "V"


def in_phrase(tokens: list[Token], i: int) -> bool:
    """Whether the stretch before `i` is a prepositional phrase: "and on two job boards" has no subject."""
    start = i
    while start > 0 and tokens[start - 1].tag not in (",", ";", "C", "S", "W", "V", "B", "M", "H", ":"):
        start -= 1
    opens = tokens[start].tag == "I" and tokens[start].low not in ("for",) and start > 0
    opens = opens and not (start + 1 < i and ends_below(tokens, start))
    return opens and not _second_group(tokens, start + 2, i)


def ends_below(tokens: list[Token], i: int) -> bool:
    """ "Before the letter goes out | the clerk checks it": whether the word at `i` belongs to the verb of a clause that
    says when."""
    if i < 1 or tokens[i - 1].tag != "V" or f"{tokens[i - 1].base} {tokens[i].low}" not in PHRASAL:
        return False
    return any(t.tag == "S" for t in tokens[: i - 1])


def _second_group(tokens: list[Token], start: int, stop: int) -> bool:
    """ "and in the evening | Olaf drives it": behind the noun group of a phrase another one begins."""
    for j in range(start, stop):
        if tokens[j - 1].tag not in ("N", "O") or tokens[j - 1].low == "of":
            continue
        if named_after_time(tokens, j):
            return True
        named = tokens[j].tag == "N" and tokens[j].text.istitle() and tokens[j - 1].text.islower()
        if named or (tokens[j].tag in ("D", "P") and tokens[j].low != "'s"):
            return True
    return False


def last_verb_in_stretch(tokens: list[Token], i: int) -> bool:
    """Whether a verb stands between the last connector and `i`."""
    for j in range(i - 1, -1, -1):
        if tokens[j].tag in ("V", "B", "M"):
            return True
        if tokens[j].tag in (",", ";", ":", "S", "W", "C"):
            return False
    return False


def of_several(tokens: list[Token], i: int) -> bool:
    """ "The sheets of a month go to the funds", "the boys in the yard wash the carts": whether the noun before the verb
    only says whose or which they are."""
    j = i - 1
    while j > 0 and tokens[j].tag in ("N", "A", "D", "#"):
        j -= 1
    return j > 0 and tokens[j].low in _WHICH and tokens[j - 1].tag == "N" and is_plural(tokens[j - 1].low)


_WHICH = frozenset("of in at on from".split())
