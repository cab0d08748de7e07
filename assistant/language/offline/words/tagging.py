"""A tag for every token: cue phrases are joined, then verbs are told from nouns by what stands around them."""

from __future__ import annotations

from assistant.english.forms import is_nounish, is_plural, singular, verb_forms
from assistant.english.spelling import mended
from assistant.english.tables import classed
from assistant.language.figures.numbers import NUMBER_WORDS
from assistant.language.offline.words.around_a_token import (
    CLAUSE_OR_NOUN,
    clause_follows,
    infinitive,
    next_is_base,
    raw,
)
from assistant.language.offline.words.phrases import BOUNDARY, join
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.unknown_words import unknown
from assistant.language.offline.words.verb_or_noun import maybe_verb, repair
from assistant.language.offline.words.word_tables import (
    ADJECTIVES,
    ALSO_PRONOUN,
    FIRST_NAMES,
    PARTICLES,
    SMALL,
    TITLES,
    UNITS,
)

_SUFFIX_A = ("able", "ible", "ful", "ous", "less", "ive", "ic", "ical", "ish", "ary")
_NOT_A = classed("reading", "not-a")


_SUBJECTS = frozenset("i we he she they you".split())
_RECEIVERS = frozenset("him me us them".split())
_ANY = frozenset("anything everything something nothing all those anyone everyone anybody everybody".split())
TIME = classed("reading", "time")
_NOUN_LY = classed("reading", "noun-ly")
_PLACES = classed("reading", "places")


def tagged(tokens: list[Token]) -> list[Token]:
    """The tokens of one sentence with phrases joined and every tag set."""
    joined = join(tokens)
    shouting = sum(t.text.isupper() for t in joined) * 2 > len(joined)
    for index in range(len(joined)):
        _tag(joined, index, shouting)
    for index, token in enumerate(joined):
        if index and token.low in ("each time", "every time"):
            token.tag, token.meaning = "R", ""  # "and each time I have to find the folder"
        if token.tag == "V" and _as_it_is(joined, index):
            token.tag, token.meaning = "R", ""
        if token.form == "base" and _done_as_well(joined, index):
            token.form = "en"
        if token.tag == "S" and _before_noun(joined, index):
            token.tag = "I"
        elif token.tag == "S":
            repair(joined, index)
    return joined


def _done_as_well(tokens: list[Token], i: int) -> bool:
    """Whether a verb with one form for all is a participle: "are printed, folded and put into envelopes"."""
    if i < 3 or tokens[i - 1].tag != "C" or not any(form.form == "en" for form in verb_forms(tokens[i].low)):
        return False
    at = i - 2
    while at > 0 and (tokens[at].tag == "," or (tokens[at].tag == "V" and tokens[at].form == "en")):
        at -= 1
    return at < i - 2 and tokens[at].tag == "B"


def _as_it_is(tokens: list[Token], i: int) -> bool:
    """ "Gives it back unrepaired", "sends them back empty": how it is, and nothing done besides."""
    ends = raw(tokens, i + 1) in ("", ",", "C")
    back = i > 1 and tokens[i - 1].low == "back" and tokens[i - 2].tag in ("O", "P", "N")
    return back and ends and not tokens[i].low.endswith(("s", "ing"))


def _before_noun(tokens: list[Token], i: int) -> bool:
    """ "Only after a reminder", "the time until payment": a noun stands there and no clause."""
    till = tokens[i].low in ("until", "till")
    timed = till and i > 0 and tokens[i - 1].low in ("time", "period", "delay")
    return (
        timed
        or (till and _is_time(tokens[i + 1 : i + 6]))
        or (tokens[i].low == "only after" and not clause_follows(tokens, i))
    )


def _is_time(tokens: list[Token]) -> bool:
    """Whether words begin with a time by its name, "Friday", "the end of May", and no clause: "until the day comes"."""
    at = next((k for k, token in enumerate(tokens) if token.low not in _AHEAD_OF_TIME), len(tokens))
    if not at < len(tokens) or not (tokens[at].low in _TIMES or tokens[at].text == "May"):
        return False
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    return behind is None or behind.tag in ("C", ",", "I", ";", ":") or behind.low in ("and", "then")


_AHEAD_OF_TIME = frozenset("the end beginning start middle of late early next following about around".split())
_TIMES = classed("reading", "time") - _AHEAD_OF_TIME


# --- joining -----------------------------------------------------------------------------------------------------


# --- tagging -----------------------------------------------------------------------------------------------------


def _tag(tokens: list[Token], i: int, shouting: bool) -> None:
    token = tokens[i]
    if token.tag:
        return
    low = token.low
    if not low[0].isalnum() and low not in ("'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "&"):
        token.tag = low if low in BOUNDARY else "*"
    elif low == "one" and i and tokens[i - 1].tag == "A" and i > 1 and tokens[i - 2].tag == "D":
        token.tag = "N"  # "a second one verifies it"
    elif low[0].isdigit() or low in NUMBER_WORDS:
        token.tag = "#"
    elif low == "'s":
        previous = tokens[i - 1] if i else token
        token.tag = "B" if previous.tag in ("P", "W", "R", "D") or _is(tokens, i) else "D"
        if token.tag == "B" and previous.tag == "D":
            previous.tag = "P"
    elif (
        token.text.isupper() and len(low) > 1 and not shouting and SMALL.get(low, "N") not in ("R", "X", "D", "C", "S")
    ):
        token.tag = "N"
    elif low == "home" and i and tokens[i - 1].tag in ("V", "O", "P") and raw(tokens, i + 1) not in ("N", "v"):
        token.tag = "R"  # "comes home", "sends them home"
    elif low in SMALL and not _content(tokens, i):
        token.tag = _small(tokens, i)
    else:
        _open(tokens, i, shouting)


def _is(tokens: list[Token], i: int) -> bool:
    """Whether "'s" behind a noun is short for "is": "when the work's done the firm …", "the bike's ready"."""
    if i + 1 >= len(tokens):
        return False
    low, after = tokens[i + 1].low, raw(tokens, i + 2)
    name = i + 2 < len(tokens) and tokens[i + 2].text.istitle() and tokens[i + 1].text.islower()
    if low in ("there", "here") or (low in ADJECTIVES and name):
        return name or after in ("", ",", "P", "D", "C", "R")  # "when the key's there I …", "if the test's good Ann …"
    if low in ADJECTIVES and after == "P":
        return True  # "if the frame's fine you fill in the card"
    state = low in ADJECTIVES or any(form.form == "en" for form in verb_forms(low))
    return state and not is_nounish(low) and after not in ("N", "A", "v", "V", "#")


def _content(tokens: list[Token], i: int) -> bool:
    """Small words that are something else here: May the month, Will the colleague, a "right" or a "back" office."""
    token = tokens[i]
    if token.low in ("may", "will", "mark", "might"):
        return token.text[0].isupper() and i > 0 and not next_is_base(tokens, i)
    if token.low in _PLACES and i > 0:
        return (tokens[i - 1].tag == "D" and token.low in ADJECTIVES) or (
            raw(tokens, i - 1) == "I" and raw(tokens, i + 1) in ("N", "A")
        )
    return False


def _stands_for_a_thing(tokens: list[Token], i: int, before: str, after: str) -> str:
    """ "Into the till", "does the round", "writes a polite no", "those I throw out", "those Ann gilds"."""
    low, ends = tokens[i].low, after in ("C", ",", "", "I")
    if low in ("those", "these") and tokens[i + 1 : i + 2]:
        return "P" if tokens[i + 1].low in _SUBJECTS or tokens[i + 1].text.istitle() else ""
    if low in ALSO_PRONOUN and tokens[i].meaning == "chance" and _only_verb(tokens, i + 1):
        return "P"
    no = low == "no" and before in ("D", "A", "N") and ends
    return "N" if no or (before == "D" and (low in CLAUSE_OR_NOUN or (low == "round" and ends))) else ""


def _elsewhere(tokens: list[Token], i: int) -> str:
    """The tag of a small word where it does not do what it mostly does; empty where it does."""
    low, after = tokens[i].low, raw(tokens, i + 1)
    before = tokens[i - 1].tag if i else ""
    if tag := _stands_for_a_thing(tokens, i, before, after):
        return tag
    if low == "enough" and after in ("N", "A", "v"):
        return "A"  # a part of what is meant: whether there are enough people
    if low == "whatever" and after in ("B", "P", "D", "N"):
        return "W"
    if low in ("both", "all", "each") and before == "N" and after in ("B", "M", "H", "F", "V", "v"):
        return "R"  # "the head and the director both have to sign"
    if low in ("both", "all", "each") and before == "B" and after in ("V", "v"):
        return "R"  # "they are all asked to sign"
    if low == "both" and before in ("", ",", "C", "S") and after in ("v", "V") and not is_plural(tokens[i + 1].low):
        return "P"  # "both sign in the book"
    if low == "each" and before == "V" and after in ("V", "v"):
        return "D"  # "he measures each pile"
    each = [t.low for t in tokens[i + 1 : i + 3]]
    if low == "where" and i == 0 and after in ("D", "N", "P", "A", "#") and any(t.low == "," for t in tokens):
        tokens[i].meaning = "if"  # "where a receipt is missing, the form goes back"
        return "S"
    if low == "outside" and before == "D" and after in ("N", "v"):
        return "A"  # "to the outside lab"
    if low == "once" and before == "P" and after in ("V", "v") and tokens[i - 1].low in _SUBJECTS:
        return "R"  # "he once noted a loose screw"
    if low == "once" and len(each) == 2 and each[0] in ("a", "an", "every", "per") and each[1] in TIME:
        return "R"
    return ""


def _small(tokens: list[Token], i: int) -> str:
    if tag := _elsewhere(tokens, i):
        return tag
    low, after = tokens[i].low, raw(tokens, i + 1)
    before = tokens[i - 1].tag if i else ""
    if low == "to":
        return "T" if infinitive(tokens, i) else "I"
    if low == "that":
        any_that = i > 0 and tokens[i - 1].low in _ANY  # "anything that costs more"
        it_is = [t.low for t in tokens[i + 1 : i + 2]] in (["'s"], ["'ll"], ["'d"])  # "once that's there"
        return "W" if any_that else "P" if it_is and before == "S" else _that(before, after)
    if low in ("more", "less") and after in ("N", "A", "v"):
        return "D"
    if low == "her":
        return "D" if after in ("N", "A", "v", "#") else "O"
    if low in ALSO_PRONOUN and after == "V" and raw(tokens, i + 2) in ("N", "v") and tokens[i + 1].low.endswith("ed"):
        return "D"
    if low in ALSO_PRONOUN:
        return "P" if after in ("B", "M", "H", "F", "V", "", ",", "I", "R") else "D"
    if low in CLAUSE_OR_NOUN or low == "only after":
        someone = i + 1 < len(tokens) and tokens[i + 1].low in _RECEIVERS  # "after him the smith fits it"
        return "S" if not someone and clause_follows(tokens, i) else "I"
    if low in ("have", "has", "had"):
        return "H"
    if low == "so" and after in ("D", "P"):
        return "C"
    if low in ("wo", "ca"):
        return "M" if i + 1 < len(tokens) and tokens[i + 1].low == "n't" else "N"
    return SMALL[low]


def _only_verb(tokens: list[Token], i: int) -> bool:
    """Whether a word behind a share is what they do, though it could be a noun: "three out of ten pinch somewhere"."""
    if i < len(tokens) and tokens[i].low == "never":
        return True  # "one in five never answers"
    plain = any(form.form == "base" for form in verb_forms(tokens[i].low)) if i < len(tokens) else False
    alone = raw(tokens, i + 1) in ("R", "I", "C", ",", "")
    shows = tokens[i].low in _SHOWS and raw(tokens, i + 1) in ("N", "A", "v")
    if _of_one(tokens, i):
        return True
    return plain and not is_plural(tokens[i].low) and (alone or shows)


def _of_one(tokens: list[Token], i: int) -> bool:
    """Whether one in so many does what the word says, with how or to what behind it: "one in eight pays late"."""
    acts = any(form.form == "s" for form in verb_forms(tokens[i].low)) if i < len(tokens) else False
    inside = i > 1 and raw(tokens, i - 2) == "I"  # "in one of five orders the clerk rings"
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return acts and not inside and (raw(tokens, i + 1) in ("R", "A") or after in ("it", "them", "him", "her", "us"))


_SHOWS = frozenset("show need want lack miss fail get give".split())


def _that(before: str, after: str) -> str:
    if before == "C" and after == "P":
        return "S"  # "that it is late and that we lose the slot"
    if before == "I" and after in ("#", "D"):
        return "P"  # "above that three quotes are needed"
    if before in ("N", "#") and after in ("V", "B", "M", "H", "F", "v", "P", "D", "N", "R", "#"):
        return "W"
    if before in ("V", "A", "O", "S", "R") and after not in ("B", "M", "H", ",", ""):
        return "S" if after in ("D", "P", "N", "A", "E", "O", "#", "v") else "D"
    return "P" if after in ("B", "M", "H", "F", "V", "", ",", "R", "I") else "D"


# --- open words --------------------------------------------------------------------------------------------------


def _open(tokens: list[Token], i: int, shouting: bool) -> None:
    token = tokens[i]
    low = token.low = mended(token.low)
    before = tokens[i - 1] if i else None
    found = verb_forms(low)
    capital = (
        token.text[:1].isupper()
        and token.text[1:2] != "-"
        and i > 0
        and not shouting
        and before is not None
        and before.tag not in (":", "(", "*")
    )
    if (
        (capital and not (before is not None and before.tag in ("M", "T")))
        or (low in FIRST_NAMES and token.text[:1].isupper())
        or (low in UNITS and low in ADJECTIVES and _does(tokens, i))
    ):
        token.tag = "N"
    elif found:
        maybe_verb(tokens, i, found)
    elif (
        low in ADJECTIVES
        or low.startswith("non-")
        or (low.endswith(_SUFFIX_A) and low not in _NOT_A and singular(low) not in TITLES)
    ):
        token.tag = "A"
    elif low.endswith("ly") and len(low) > 4 and low not in _NOUN_LY:
        token.tag = "R"
    else:
        unknown(tokens, i)


def _does(tokens: list[Token], i: int) -> bool:
    """Whether a unit's name that is also an adjective does something here: "legal signs off the form"."""
    if i + 2 >= len(tokens) or (i and tokens[i - 1].tag in ("D", "A", "#")):
        return False
    third = any(form.form == "s" for form in verb_forms(tokens[i + 1].low))
    return third and (raw(tokens, i + 2) in ("D", "O", "P") or tokens[i + 2].low in PARTICLES)
