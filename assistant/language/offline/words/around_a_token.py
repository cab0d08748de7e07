"""What stands around a token: what the next one looks like, whether a finite verb or an infinitive follows."""

from __future__ import annotations

from assistant.english.forms import is_nounish, is_plural, verb_forms
from assistant.english.spelling import mended
from assistant.english.tables import classed
from assistant.language.figures.numbers import NUMBER_WORDS
from assistant.language.offline.words.phrases import BOUNDARY
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import ADJECTIVES, NOMINAL, SMALL, TITLES

SPAN_WORDS = classed("reading", "span-words")


CLAUSE_OR_NOUN = frozenset(
    """
    before after until since as till
    """.split()
)


def raw(tokens: list[Token], i: int) -> str:
    """What a token not yet tagged looks like: a small word's tag, v (verb or noun), V (verb), A, N, # or a mark."""
    if i >= len(tokens):
        return ""
    token = tokens[i]
    if token.tag:
        return token.tag
    low = token.low
    if low in BOUNDARY:
        return ","
    if low == "to":
        return "T" if infinitive(tokens, i) else "I"
    if low in SMALL:
        return SMALL[low]
    if low[0].isdigit() or low in NUMBER_WORDS:
        return "#"
    if low in ADJECTIVES:
        return "A"
    if verb_forms(low):
        return "v" if is_nounish(low) or low.endswith("ing") or low in TITLES else "V"
    return "N"


def next_is_base(tokens: list[Token], i: int) -> bool:
    """Whether the next word (adverbs between) is a verb in its dictionary form."""
    j = i + 1
    while j < len(tokens) and SMALL.get(tokens[j].low) in ("R", "X"):
        j += 1
    return j < len(tokens) and (
        tokens[j].low in ("be", "have", "do") or any(f.form == "base" for f in verb_forms(tokens[j].low))
    )


def infinitive(tokens: list[Token], i: int) -> bool:
    """Whether "to" starts an infinitive here."""
    j = i + 1
    while j < len(tokens) and SMALL.get(tokens[j].low) == "R":
        j += 1
    if j >= len(tokens):
        return False
    low = mended(tokens[j].low)
    if low in ("be", "have", "do"):
        return True
    if i and tokens[i - 1].tag == "H" and low.isalpha() and low not in SMALL and low not in NOMINAL:
        return not low.endswith("ing") or any(form.form == "base" for form in verb_forms(low))  # "has to redraw it"
    if low in TITLES and low not in ("cook", "guide", "store", "lead", "support", "chair", "coach", "group"):
        return False
    after = raw(tokens, j + 1)
    if any(form.form == "base" for form in verb_forms(low)):
        if low in NOMINAL and after in ("I", ",", "") and i and tokens[i - 1].tag in ("V", "N") and not asks(tokens, i):
            return after != "I" and tokens[i - 1].tag == "V" and low not in ("production", "payment")
        return not (is_nounish(low) and tokens[j].text[:1].isupper())
    return (
        low.isalpha()
        and low.islower()
        and after in ("D", "O")
        and not low.endswith("s")
        and low not in NOMINAL
        and not low.endswith("ly")
    )


def asks(tokens: list[Token], i: int) -> bool:
    """Whether the words before ask for something ("needs to", "asks to"), so that an infinitive follows."""
    return any(
        t.base in ("ask", "need", "have", "want", "tell", "request", "start", "begin", "try") or t.tag == "H"
        for t in tokens[max(0, i - 6) : i]
    )


_GOES_ON = classed("reading", "sets-in")


def _goes_on(tokens: list[Token], j: int) -> bool:
    """Whether a word behind a noun and before a mark says that the noun starts, ends or comes."""
    last = raw(tokens, j + 1) in (",", "") and raw(tokens, j - 1) == "N"
    return last and any(form.form == "s" and form.base in _GOES_ON for form in verb_forms(tokens[j].low))


def clause_follows(tokens: list[Token], i: int) -> bool:
    """Whether a finite verb stands between "before", "after", "until" and the next mark."""
    if i + 2 < len(tokens) and raw(tokens, i + 1) in ("#", "D") and tokens[i + 2].low in SPAN_WORDS:
        return False
    if i + 1 < len(tokens) and (tokens[i + 1].low in NOMINAL or tokens[i + 1].low.endswith("ing")):
        return False
    for j in range(i + 1, min(len(tokens), i + 16)):
        kind = raw(tokens, j)
        if kind == "v" and j > i + 2 and _goes_on(tokens, j):
            return True  # "before the tour starts, …"
        if kind in (",", ";", "S", "W", "T") or (j > i + 1 and _another_begins(tokens, j)):
            return False
        if kind in ("B", "H", "M", "F"):
            return j > i + 1
        if kind in ("V", "v") and j > i + 1 and not tokens[j].low.endswith("ing") and finite(tokens, j):
            return True
    return False


def _another_begins(tokens: list[Token], j: int) -> bool:
    """Whether a second noun group begins right behind the first: "after the test drive | the manager decides"."""
    name = tokens[j].text[:1].isupper() and not tokens[j].text.isupper() and tokens[j - 1].text.islower()
    if not name and (raw(tokens, j) not in ("D", "P") or tokens[j].low in ("all", "both", "that", "each")):
        return False
    if raw(tokens, j - 1) == "N":
        return True
    # a noun that could be a verb, but not of what stands before it: "the test drive", "design"
    return raw(tokens, j - 1) == "v" and not _agrees(tokens, j - 1)


_DOERS = frozenset("i we you they who".split())


def _agrees(tokens: list[Token], j: int) -> bool:
    """Whether the verb at `j` can be said of the word before it: "patients book", not "test drive" or "his call"."""
    if any(form.form in ("s", "ed") for form in verb_forms(tokens[j].low)):
        return True
    return tokens[j - 1].low in _DOERS or (raw(tokens, j - 1) != "D" and is_plural(tokens[j - 1].low))


def finite(tokens: list[Token], j: int) -> bool:
    """Whether the word at `j` reads as a finite verb."""
    low = tokens[j].low
    found = verb_forms(low)
    if not is_nounish(low):
        return any(f.form in ("s", "ed") for f in found) or SMALL.get(tokens[j - 1].low) == "P"
    return (raw(tokens, j + 1) in ("D", "P", "O") and _agrees(tokens, j)) or SMALL.get(tokens[j - 1].low) == "P"


def finite_ahead(tokens: list[Token], i: int) -> bool:
    """Whether another finite verb stands in this stretch after `i`, so that the word at `i` is a noun."""
    for j in range(i + 1, min(len(tokens), i + 12)):
        kind = raw(tokens, j)
        if kind in (",", ";", "S", "W", "C", "T", "P") or (tokens[j].low in CLAUSE_OR_NOUN and not tokens[j].tag):
            return False
        if tokens[j].low in ("then", "afterwards") and j > i + 1:
            return False
        if kind in ("B", "M", "F") or (kind == "H" and j > i):
            return True
        low = tokens[j].low
        if raw(tokens, j - 1) in ("D", "#") and tokens[j - 1].low not in ("that", "this", "all", "both"):
            continue  # "drives the crates": a noun, whatever else it can be
        if kind in ("V", "v") and any(f.form in ("s", "ed") for f in verb_forms(low)):
            if low.endswith("ed"):
                if raw(tokens, j + 1) in ("D", "O", "P", "T") and SMALL.get(tokens[j - 1].low) not in ("D", "I"):
                    return True
            elif not is_nounish(low) or (
                raw(tokens, j + 1) in ("D", "O", "P") and raw(tokens, j - 1) not in ("D", "I", "V")
            ):
                return True
    return False
