"""A tag for every token: cue phrases are joined, then verbs are told from nouns by what stands around them."""

from __future__ import annotations

from assistant.language.offline.lexicon import Form, guess, is_nounish, is_plural, mended, singular, verb_forms
from assistant.language.offline.numbers import NUMBER_WORDS
from assistant.language.offline.table_people import FIRST_NAMES, NOT_TITLES, TITLES
from assistant.language.offline.table_verbs import NOMINAL
from assistant.language.offline.table_words import ADJECTIVES, ALSO_PRONOUN, FIRSTS, LONGEST, PHRASES, SMALL
from assistant.language.offline.tokens import Token

BOUNDARY = {",", ";", ":", "(", ")", "-", "–", "—", "."}
_TESTED = ("if", "when", "once", "while")  # phrases that start so stand alone: a comma or a new subject follows
_SUFFIX_A = ("able", "ible", "ful", "ous", "less", "ive", "ic", "ical", "ish", "ary")
_NOT_A = {"table", "cable", "vegetable", "timetable", "music", "traffic", "clinic", "fabric", "topic", "archive", "executive", "detective",
          "motive", "salary", "summary", "library", "diary", "boundary", "dictionary", "secretary", "logistic", "invoiceable",
          "negative", "initiative", "representative", "subsidiary", "beneficiary", "deliverable", "glossary", "itinerary",
          "medic", "mechanic", "drive", "basic", "statistic", "dish", "finish", "public", "plastic", "logic"}  # fmt: skip
_SPAN_WORDS = {"minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "working", "business", "year", "years"}
_ASPECT = {"start", "begin", "continue", "stop", "keep", "finish", "commence", "consider", "avoid", "go", "recommend", "involve", "be"}
_NOUN_ING = {"building", "meeting", "training", "opening", "hearing", "booking", "posting", "listing", "rating", "drawing", "saving", "funding",
             "housing", "parking", "briefing", "finding", "reading", "setting", "ruling", "filing", "hiring", "warning", "beginning"}  # fmt: skip
_UNIT_ING = {"invoicing", "purchasing", "accounting", "engineering", "marketing", "planning", "billing", "picking", "packing", "shipping", "recruiting",
             "controlling", "manufacturing", "underwriting", "bookkeeping", "licensing", "permitting", "scheduling", "pricing", "costing", "testing"}  # fmt: skip
_CLAUSE_OR_NOUN = {"before", "after", "until", "since", "as", "till"}


def tagged(tokens: list[Token]) -> list[Token]:
    """The tokens of one sentence with phrases joined and every tag set."""
    joined = _join(tokens)
    shouting = sum(t.text.isupper() for t in joined) * 2 > len(joined)
    for index in range(len(joined)):
        _tag(joined, index, shouting)
    for index, token in enumerate(joined):
        if token.tag == "S":
            _repair(joined, index)
    return joined


def _repair(tokens: list[Token], start: int) -> None:
    """After "if", "when" … stands a verb: where none was found, the word that can be one and follows a noun is it."""
    stop = start + 1
    while stop < len(tokens) and tokens[stop].tag not in (",", ";", "S", ":"):
        if tokens[stop].tag in ("V", "B", "M", "H", "F", "T"):
            return
        stop += 1
    for j in range(start + 2, min(stop, start + 9)):
        if tokens[j].tag != "N" or tokens[j - 1].tag not in ("N", "P", "R") or tokens[j].low in TITLES:
            continue
        found = verb_forms(tokens[j].low) or (guess(tokens[j].low) if tokens[j].low.endswith(("s", "ed")) else ())
        chosen = next((form for form in found if form.form in ("s", "ed", "base")), None)
        if chosen is not None:
            _set(tokens[j], chosen)
            return


# --- joining -----------------------------------------------------------------------------------------------------


def _join(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        size = _phrase(tokens, index) if token.low in FIRSTS else 0
        if size and not (token.low == "provided" and index and SMALL.get(tokens[index - 1].low) in ("B", "X")):
            words = tokens[index : index + size]
            tag, meaning = PHRASES[tuple(t.low for t in words)]
            text = " ".join(t.text for t in words)
            out.append(Token(text, text.lower(), token.start, words[-1].end, tag, meaning=meaning))
            index += size
        else:
            out.append(token)
            index += 1
    return out


def _phrase(tokens: list[Token], index: int) -> int:
    """How many tokens from `index` form a known phrase (0: none)."""
    for size in range(min(LONGEST, len(tokens) - index), 0, -1):
        words = tuple(t.low for t in tokens[index : index + size])
        if words in PHRASES and _stands_alone(words, tokens[index + size] if index + size < len(tokens) else None):
            return size
    return 0


def _stands_alone(words: tuple[str, ...], after: Token | None) -> bool:
    """Whether the phrase is whole: "if it is" before a comma, not before "available"."""
    tag = PHRASES[words][0]
    if words == ("either",):
        return after is not None and bool(verb_forms(after.low)) and not is_nounish(after.low)
    if words == ("provided",):
        return after is not None and SMALL.get(after.low) in ("P", "D")
    if tag != "R" or after is None or after.low in BOUNDARY or after.low in ("then", "and"):
        return True
    if words[0] in _TESTED and words[-1] not in ("necessary", "needed", "required", "applicable", "appropriate", "possible", "be", "case", "so"):
        return words[-1] in ("done", "not", "yes", "no") and SMALL.get(after.low) in ("P",)
    if words[-1] in ("this", "that", "it", "which"):
        return SMALL.get(after.low) in ("D", "P", "W", "S", "R") or after.text[:1].isupper()
    if words[-1] in ("in", "of", "case", "former", "latter"):
        return SMALL.get(after.low) != "I"
    return not (words == ("at", "the", "end") and after.low == "of")


# --- tagging -----------------------------------------------------------------------------------------------------


def _tag(tokens: list[Token], i: int, shouting: bool) -> None:
    token = tokens[i]
    if token.tag:
        return
    low = token.low
    if not low[0].isalnum() and low not in ("'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "&"):
        token.tag = low if low in BOUNDARY else "*"
    elif low[0].isdigit() or low in NUMBER_WORDS:
        token.tag = "#"
    elif low == "'s":
        previous = tokens[i - 1] if i else token
        token.tag = "B" if previous.tag in ("P", "W", "R", "D") else "D"
        if token.tag == "B" and previous.tag == "D":
            previous.tag = "P"
    elif token.text.isupper() and len(low) > 1 and not shouting and low not in ("i",):
        token.tag = "N"
    elif low in SMALL and not _content(tokens, i):
        token.tag = _small(tokens, i)
    else:
        _open(tokens, i, shouting)


def _content(tokens: list[Token], i: int) -> bool:
    """Small words that are something else here: May the month, Will the colleague, a "right" or a "back" office."""
    token = tokens[i]
    if token.low in ("may", "will", "mark", "might"):
        return token.text[0].isupper() and i > 0 and not _next_is_base(tokens, i)
    if token.low in ("right", "past", "well", "second", "third", "later", "next", "first", "further", "direct", "online", "less", "more"):
        return i > 0 and tokens[i - 1].tag == "D" and token.low in ADJECTIVES
    return False


def _small(tokens: list[Token], i: int) -> str:
    low, after = tokens[i].low, _raw(tokens, i + 1)
    before = tokens[i - 1].tag if i else ""
    if low == "to":
        return "T" if _infinitive(tokens, i) else "I"
    if low == "that":
        return _that(before, after)
    if low in ("more", "less", "enough") and after in ("N", "A", "v"):
        return "D"
    if low == "her":
        return "D" if after in ("N", "A", "v", "#") else "O"
    if low in ALSO_PRONOUN and after == "V" and _raw(tokens, i + 2) in ("N", "v") and tokens[i + 1].low.endswith("ed"):
        return "D"
    if low in ALSO_PRONOUN:
        return "P" if after in ("B", "M", "H", "F", "V", "", ",", "I", "R") else "D"
    if low in _CLAUSE_OR_NOUN:
        return "S" if _clause_follows(tokens, i) else "I"
    if low == "have" or low == "has" or low == "had":
        return "H"
    if low == "so" and after in ("D", "P"):
        return "C"
    if low in ("wo", "ca"):
        return "M" if i + 1 < len(tokens) and tokens[i + 1].low == "n't" else "N"
    return SMALL[low]


def _that(before: str, after: str) -> str:
    if before in ("N", "#") and after in ("V", "B", "M", "H", "F", "v", "P", "D", "N", "R"):
        return "W"
    if before in ("V", "A", "O", "S", "R") and after not in ("B", "M", "H", ",", ""):
        return "S" if after in ("D", "P", "N", "A", "E", "O", "#", "v") else "D"
    return "P" if after in ("B", "M", "H", "F", "V", "", ",", "R", "I") else "D"


def _raw(tokens: list[Token], i: int) -> str:
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
        return "T" if _infinitive(tokens, i) else "I"
    if low in SMALL:
        return SMALL[low]
    if low[0].isdigit() or low in NUMBER_WORDS:
        return "#"
    if low in ADJECTIVES:
        return "A"
    if verb_forms(low):
        return "v" if is_nounish(low) or low.endswith("ing") or low in TITLES else "V"
    return "N"


def _next_is_base(tokens: list[Token], i: int) -> bool:
    j = i + 1
    while j < len(tokens) and SMALL.get(tokens[j].low) in ("R", "X"):
        j += 1
    return j < len(tokens) and (tokens[j].low in ("be", "have", "do") or any(f.form == "base" for f in verb_forms(tokens[j].low)))


def _infinitive(tokens: list[Token], i: int) -> bool:
    """Whether "to" starts an infinitive here."""
    j = i + 1
    while j < len(tokens) and SMALL.get(tokens[j].low) == "R":
        j += 1
    if j >= len(tokens):
        return False
    low = mended(tokens[j].low)
    if low in ("be", "have", "do"):
        return True
    if low in TITLES and low not in ("cook", "guide", "store", "lead", "support", "chair", "coach", "group"):
        return False
    after = _raw(tokens, j + 1)
    if any(form.form == "base" for form in verb_forms(low)):
        if low in NOMINAL and after in ("I", ",", "") and i and tokens[i - 1].tag in ("V", "N") and not _asks(tokens, i):
            return after != "I" and tokens[i - 1].tag == "V" and low not in ("production", "payment")
        return not (is_nounish(low) and tokens[j].text[:1].isupper())
    return low.isalpha() and low.islower() and after in ("D", "O") and not low.endswith("s") and low not in NOMINAL and not low.endswith("ly")


def _asks(tokens: list[Token], i: int) -> bool:
    return any(t.base in ("ask", "need", "have", "want", "tell", "request", "start", "begin", "try") or t.tag == "H" for t in tokens[max(0, i - 6) : i])


def _clause_follows(tokens: list[Token], i: int) -> bool:
    """Whether a finite verb stands between "before", "after", "until" and the next mark."""
    if i + 2 < len(tokens) and _raw(tokens, i + 1) in ("#", "D") and tokens[i + 2].low in _SPAN_WORDS:
        return False
    if i + 1 < len(tokens) and (tokens[i + 1].low in NOMINAL or tokens[i + 1].low.endswith("ing")):
        return False
    for j in range(i + 1, min(len(tokens), i + 16)):
        kind = _raw(tokens, j)
        if kind in (",", ";", "S", "W", "T"):
            return False
        if kind in ("B", "H", "M", "F"):
            return j > i + 1
        if kind in ("V", "v") and j > i + 1 and not tokens[j].low.endswith("ing") and _finite(tokens, j):
            return True
    return False


def _finite(tokens: list[Token], j: int) -> bool:
    low = tokens[j].low
    found = verb_forms(low)
    if not is_nounish(low):
        return any(f.form in ("s", "ed") for f in found) or SMALL.get(tokens[j - 1].low) == "P"
    return _raw(tokens, j + 1) in ("D", "P", "O") or SMALL.get(tokens[j - 1].low) == "P"


def finite_ahead(tokens: list[Token], i: int) -> bool:
    """Whether another finite verb stands in this stretch after `i`, so that the word at `i` is a noun."""
    for j in range(i + 1, min(len(tokens), i + 12)):
        kind = _raw(tokens, j)
        if kind in (",", ";", "S", "W", "C", "T"):
            return False
        if kind in ("B", "M", "F") or (kind == "H" and j > i):
            return True
        low = tokens[j].low
        if kind in ("V", "v") and any(f.form in ("s", "ed") for f in verb_forms(low)):
            if low.endswith("ed"):
                if _raw(tokens, j + 1) in ("D", "O", "P", "T") and SMALL.get(tokens[j - 1].low) not in ("D", "I"):
                    return True
            elif not is_nounish(low) or (_raw(tokens, j + 1) in ("D", "O", "P") and _raw(tokens, j - 1) not in ("D", "I", "V")):
                return True
    return False


# --- open words --------------------------------------------------------------------------------------------------


def _open(tokens: list[Token], i: int, shouting: bool) -> None:
    token = tokens[i]
    low = token.low = mended(token.low)
    before = tokens[i - 1] if i else None
    found = verb_forms(low)
    capital = token.text[:1].isupper() and i > 0 and not shouting and before is not None and before.tag not in (":", "(", "*")
    if (capital and not _verb_position(before)) or (low in FIRST_NAMES and token.text[:1].isupper()):
        token.tag = "N"
    elif found:
        _maybe_verb(tokens, i, found)
    elif low in ADJECTIVES or (low.endswith(_SUFFIX_A) and low not in _NOT_A and singular(low) not in TITLES):
        token.tag = "A"
    elif low.endswith("ly") and len(low) > 4:
        token.tag = "R"
    else:
        _unknown(tokens, i)


def _verb_position(before: Token | None) -> bool:
    return before is not None and before.tag in ("M", "T")


def _set(token: Token, form: Form) -> None:
    token.tag, token.base, token.form = "V", form.base, form.form


def _pick(found: tuple[Form, ...], *wanted: str) -> Form | None:
    for form in wanted:
        for entry in found:
            if entry.form == form:
                return entry
    return None


def _skip_back(tokens: list[Token], i: int) -> Token | None:
    """The token before `i`, adverbs and negations left out."""
    j = i - 1
    while j >= 0 and (tokens[j].tag == "X" or (tokens[j].tag == "R" and not tokens[j].meaning)):
        j -= 1
    return tokens[j] if j >= 0 else None


def _maybe_verb(tokens: list[Token], i: int, found: tuple[Form, ...]) -> None:
    token, before = tokens[i], _skip_back(tokens, i)
    tag = before.tag if before else ""
    forms = {form.form for form in found}
    chosen: Form | None = None
    if token.low.endswith("ing") and "ing" in forms:
        chosen = _gerund(tokens, i, found, tag)
    elif tag in ("M", "T", "F") and "base" in forms:
        chosen = _pick(found, "base")
    elif tag in ("B", "H") and ("en" in forms or "ed" in forms) and not _adjective_here(token, tag):
        chosen = _pick(found, "en", "ed")
    elif forms & {"ed", "en"} and not (forms & {"base", "s"}):
        chosen = _participle(tokens, i, found, before)
    elif _as_present(tokens, i, before, forms):
        chosen = _pick(found, "s", "base", "ed")
    if chosen:
        _set(token, chosen)
    elif token.low in ADJECTIVES or (forms & {"ed", "en"} and not forms & {"base", "s"}):
        token.tag = "A"
    else:
        token.tag = "N"


def _adjective_here(token: Token, tag: str) -> bool:
    return tag == "B" and token.low in ADJECTIVES and token.low not in ("satisfied", "written", "signed", "detailed")


def _gerund(tokens: list[Token], i: int, found: tuple[Form, ...], tag: str) -> Form | None:
    after = _raw(tokens, i + 1)
    if tag == "N" and singular(tokens[i - 1].low) in TITLES and after in ("D", "O", "#", "A", "N") and not is_nounish(tokens[i].low):
        return _pick(found, "ing")
    if tag in ("D", "A", "#") or (tag == "N" and after in ("I", ",", "", "N", "B", "V", "C", "v")):
        return None
    if tokens[i].low in _NOUN_ING and tag != "B" and not (tag == "I" and after in ("D", "O")):
        return None
    if tokens[i].low in _UNIT_ING and tag in ("", "R") and after in ("V", "v", "B", "M") :
        return None
    if (is_nounish(tokens[i].low) and tag != "B") or (tag == "I" and tokens[i].low in _UNIT_ING and tokens[i - 1].low in ("in", "from", "at", "to")):
        return None
    if tag == "" and after in ("N", "v") and finite_ahead(tokens, i):
        return None
    if tag == "V" and after in ("", ",", "C", "I", "W", "S") and _skip_back(tokens, i).base not in _ASPECT:  # type: ignore[union-attr]
        return None
    if tag == "I" and after in ("N",) and tokens[i + 1].low in TITLES:
        return None
    if tag == "C" and after in ("N", "v") and i + 1 < len(tokens) and tokens[i + 1].low in TITLES:
        return None
    return _pick(found, "ing")


def _participle(tokens: list[Token], i: int, found: tuple[Form, ...], before: Token | None) -> Form | None:
    """An -ed form without "be" right before it: coordinated passive, past tense, reduced relative, or adjective."""
    tag = before.tag if before else ""
    after = _raw(tokens, i + 1)
    if tag in ("D", "A", "#", "I") or (tag == "" and after in ("N", "A")):
        return None
    if tag == "O" and before is not None and before.low not in ("them", "him", "us", "me"):
        return None
    if tag in ("C", ","):
        last = _last_verb(tokens, i)
        if last is not None and last.form in ("en", "ed"):
            if after in ("N", "A") and last.form == "en" and not finite_ahead(tokens, i) and tag == "C":
                return _pick(found, last.form) if after == "A" else None
            return _pick(found, last.form)
        return None if after in ("N", "A", "v") else _pick(found, "en", "ed")
    if before is not None and before.base == "get":
        return _pick(found, "en", "ed")
    if tag in ("P", "W"):
        return _pick(found, "ed", "en")
    if tag == "V":
        return None if after in ("N", "A") else _pick(found, "en")
    if after in ("D", "O", "P", "T", "#", "S") and not finite_ahead(tokens, i) and tokens[i - 1].tag != ",":
        return _pick(found, "ed", "en")
    return _pick(found, "en")


def _last_verb(tokens: list[Token], i: int) -> Token | None:
    for j in range(i - 1, -1, -1):
        if tokens[j].tag == "V":
            return tokens[j]
        if tokens[j].tag in ("S", ";"):
            return None
    return None


def _as_present(tokens: list[Token], i: int, before: Token | None, forms: set[str]) -> bool:
    """Whether a base or -s form (or an irregular past) is the verb here rather than a noun or adjective."""
    token, after = tokens[i], _raw(tokens, i + 1)
    tag = before.tag if before else ""
    nounish = is_nounish(token.low) or token.low in TITLES
    if tag in ("P", "W"):
        return not (token.low in ADJECTIVES and tag == "W") or after in ("D", "O", "P")
    if tag in ("D", "A", "#", "I", "O") and before is tokens[i - 1]:
        return tag == "O" and forms != {"base"} and not nounish
    if tag == "B":
        return False
    if tag in ("", ",", ":", "C", "R", ";", "S", "-", "–", "—", "(", "*", ")"):
        return _opens_with(tokens, i, nounish, after, tag, forms)
    if tag == "N":
        return before is not None and _after_noun(tokens, i, before, nounish, after, forms)
    return not nounish and tag != "V"


def _opens_with(tokens: list[Token], i: int, nounish: bool, after: str, tag: str, forms: set[str]) -> bool:
    """At the start of a stretch: an order ("check the form") or the second of two verbs ("packs and ships")."""
    last = _last_verb(tokens, i)
    if tag in ("C", ",") and last is not None:
        same = last.form in forms or (last.form in ("ed", "en") and bool(forms & {"ed", "en"}))
        if not same:
            if tag == "C" and forms & {"base", "s"} and not nounish and after in ("D", "O", "P"):
                return True
            return tag == "," and "base" in forms and tokens[0].tag in ("S", "I") and (not nounish or after in ("D", "O", "P"))
        if not nounish:
            return True
        if after in ("D", "O", "P", "T") or (after in ("S", "W") and tag == "C") or (after in ("", ",", "I", "C") and tokens[i - 1].tag in ("C", "R") and _verb_just_before(tokens, i)):
            return True
        return after in ("N", "A", "#", "v") and not finite_ahead(tokens, i)
    if "base" not in forms:
        return False if nounish else tag in ("R", "S", "") and after in ("D", "O", "P")
    if finite_ahead(tokens, i):
        return False
    if nounish:
        return after in ("D", "O", "P", "#") or (tag in ("", "R", ":") and after in ("N", "A", "v") and not tokens[i].low.endswith("s"))
    return True


def _verb_just_before(tokens: list[Token], i: int) -> bool:
    """"checks and files": the verb stands right before the "and"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("C", "R", ","):
        j -= 1
    return j >= 0 and tokens[j].tag == "V"


def _after_noun(tokens: list[Token], i: int, before: Token, nounish: bool, after: str, forms: set[str]) -> bool:
    low = tokens[i].low
    if "base" in forms and "s" not in forms and not is_plural(before.low) and before.tag == "N" and forms == {"base"}:
        many = any(t.tag == "C" for t in tokens[max(0, i - 4) : i]) or before.text[:1].isupper()
        group = before.low in ("team", "department", "staff", "police", "group", "committee", "sales", "management", "crew")
        if (not many and not group) or _last_verb_in_stretch(tokens, i):
            return False
    if finite_ahead(tokens, i) or (nounish and _in_phrase(tokens, i)):
        return False
    if not nounish:
        return low not in ADJECTIVES
    subject_has_verb = _last_verb_in_stretch(tokens, i)
    if after in ("D", "O", "P") or (after in ("T", "#", "S", "W") and not subject_has_verb):
        return True
    return not subject_has_verb and (after in ("N", "A", "v", "I", "R", "C") or (after in ("", ",") and "s" in forms)) and before.tag == "N" and (
        "s" in forms or is_plural(before.low)
    )


def _in_phrase(tokens: list[Token], i: int) -> bool:
    """Whether the stretch before `i` is a prepositional phrase: "and on two job boards" has no subject."""
    start = i
    while start > 0 and tokens[start - 1].tag not in (",", ";", "C", "S", "W", "V", "B", "M", "H", ":"):
        start -= 1
    return tokens[start].tag == "I" and tokens[start].low not in ("for",) and start > 0


def _last_verb_in_stretch(tokens: list[Token], i: int) -> bool:
    for j in range(i - 1, -1, -1):
        if tokens[j].tag in ("V", "B", "M"):
            return True
        if tokens[j].tag in (",", ";", "S", "W", "C"):
            return False
    return False


def _unknown(tokens: list[Token], i: int) -> None:
    """A word in no table: a noun, unless its place asks for a verb."""
    token, before = tokens[i], _skip_back(tokens, i)
    tag, after = (before.tag if before else ""), _raw(tokens, i + 1)
    low = token.low
    token.tag = "N"
    if not low.isalpha() or low in TITLES or low in NOT_TITLES or low in NOMINAL:
        return
    found = guess(low)
    first = found[0]
    if tag in ("M", "T", "F") and first.form == "base":
        _set(token, first)
    elif tag in ("B", "H") and first.form in ("ed", "ing"):
        _set(token, found[-1])
    elif tag == "P" and after in ("D", "O", "T") and first.form in ("base", "s", "ed"):
        _set(token, first)
    elif tag == "N" and first.form in ("s", "ed") and after in ("D", "O") and not _last_verb_in_stretch(tokens, i) and not finite_ahead(tokens, i):
        _set(token, first)
    elif first.form in ("ed",):
        token.tag = "A"
