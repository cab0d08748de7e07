"""Words that can be verb or noun: decided by what stands before and after them."""

from __future__ import annotations

from assistant.english.forms import Form, guess, is_nounish, is_plural, singular, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.words.around_a_token import finite_ahead, raw
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.verb_places import (
    ends_below,
    has_plain_verb,
    in_phrase,
    is_phrase,
    last_verb,
    last_verb_in_stretch,
    of_several,
    one_of_a_row,
    verb_just_before,
)
from assistant.language.offline.words.word_tables import ADJECTIVES, DOERS, OUTSIDE, SAYS_WHAT, TITLES, UNITS

_AMOUNTING = frozenset("exceeding totalling totaling".split())
_DOERS = frozenset("he she it i we they you".split())
ASPECT = classed("reading", "aspect")


NOUN_ING = classed("reading", "noun-ing")


UNIT_ING = classed("reading", "unit-ing")


def repair(tokens: list[Token], start: int) -> None:
    """After "if", "when" … stands a verb: where none was found, the word that can be one and follows a noun is it."""
    stop = start + 1
    participle: Token | None = None
    while stop < len(tokens) and tokens[stop].tag not in (",", ";", "S", ":"):
        if tokens[stop].tag in ("B", "M", "H", "F", "T") or (tokens[stop].tag == "V" and tokens[stop].form != "en"):
            _first_of_two(tokens, start, stop)
            return
        participle = tokens[stop] if tokens[stop].tag == "V" and participle is None else participle
        stop += 1
    if participle is not None and stop - start > 2 and participle is not tokens[start + 1]:
        participle.form = "ed"
        return
    for j in range(start + 2, min(stop, start + 9)):
        behind = tokens[j - 1].tag in ("N", "P", "R") or tokens[j - 1].low == "one"  # "when one comes back"
        if tokens[j].tag != "N" or not behind or tokens[j].low in TITLES:
            continue
        found = verb_forms(tokens[j].low) or (guess(tokens[j].low) if tokens[j].low.endswith(("s", "ed")) else ())
        chosen = next((form for form in found if form.form in ("s", "ed", "base")), None)
        if chosen is not None:
            as_verb(tokens[j], chosen)
            return


def _first_of_two(tokens: list[Token], start: int, stop: int) -> None:
    """ "When a tenant rings Jana writes …": no comma, and the verb at `stop` has a subject of its own."""
    for j in range(start + 2, stop - 1):
        if tokens[j].tag != "N" or tokens[j - 1].tag not in ("N", "P") or is_plural(tokens[j - 1].low):
            continue
        told = pick(verb_forms(tokens[j].low), "s")
        name = tokens[j + 1].text[:1].isupper() and tokens[j + 1].tag == "N" and tokens[j].text[:1].islower()
        if told is not None and (name or tokens[j + 1].tag in ("D", "P", "O")):
            as_verb(tokens[j], told)
            return


def as_verb(token: Token, form: Form) -> None:
    """Tag a token as a verb in this form."""
    token.tag, token.base, token.form = "V", form.base, form.form


def pick(found: tuple[Form, ...], *wanted: str) -> Form | None:
    """The first of the wanted forms that a word can be."""
    for form in wanted:
        for entry in found:
            if entry.form == form:
                return entry
    return None


def skip_back(tokens: list[Token], i: int) -> Token | None:
    """The token before `i`, adverbs and negations left out."""
    j = i - 1
    while j >= 0 and (tokens[j].tag == "X" or (tokens[j].tag == "R" and not tokens[j].meaning)):
        j -= 1
    if j > 0 and tokens[j].meaning == "then" and tokens[j - 1].low in _DOERS:
        j -= 1  # "she thereupon copies it"
    return tokens[j] if j >= 0 else None


def maybe_verb(tokens: list[Token], i: int, found: tuple[Form, ...]) -> None:
    """Tag a word that can be a verb as verb, adjective or noun."""
    token, before = tokens[i], skip_back(tokens, i)
    tag = before.tag if before else ""
    forms = {form.form for form in found}
    chosen: Form | None = None
    if token.low.endswith("ing") and "ing" in forms:
        chosen = gerund(tokens, i, found, tag)
    elif tag in ("M", "T", "F") and "base" in forms:
        chosen = pick(found, "base")
    elif tag in ("B", "H") and ("en" in forms or "ed" in forms) and not adjective_here(token, tag):
        chosen = pick(found, "en", "ed")
    elif forms & {"ed", "en"} and not (forms & {"base", "s"}):
        chosen = participle(tokens, i, found, before)
    elif as_present(tokens, i, before, forms):
        chosen = pick(found, "s", "ed", "base") if _by_one(before) else pick(found, "s", "base", "ed")
    if chosen:
        as_verb(token, chosen)
    elif token.low in _AMOUNTING:
        token.tag = "I"
    elif token.low in ADJECTIVES or (forms & {"ed", "en"} and not forms & {"base", "s"}):
        token.tag = "A"
    else:
        token.tag = "N"


def _by_one(before: Token | None) -> bool:
    """Whether one person or thing does it, so that a plain form is none: "the boss saw it", "Harding put a file"."""
    if before is None:
        return False
    return before.low in ("he", "she", "it") or (
        before.tag == "N" and not is_plural(before.low) and singular(before.low) not in UNITS
    )


def adjective_here(token: Token, tag: str) -> bool:
    """Whether a participle after "be" is an adjective: "is complete"."""
    return tag == "B" and token.low in ADJECTIVES and token.low not in ("satisfied", "written", "signed", "detailed")


def gerund(tokens: list[Token], i: int, found: tuple[Form, ...], tag: str) -> Form | None:
    """The -ing form as a verb, or None where it is a noun."""
    after = raw(tokens, i + 1)
    if tokens[i].low in _AMOUNTING and after == "#":
        return None  # "claims exceeding 300 euros"
    if (
        tag == "N"
        and singular(tokens[i - 1].low) in TITLES
        and after in ("D", "O", "#", "A", "N")
        and not is_nounish(tokens[i].low)
    ):
        return pick(found, "ing")
    if tag in ("D", "A", "#") or (tag == "N" and after in ("I", ",", "", "N", "B", "V", "C", "v")):
        return None
    if tokens[i].low in NOUN_ING and tag != "B" and not (tag == "I" and after in ("D", "O")):
        return None
    if tokens[i].low in UNIT_ING and after in ("V", "v", "B", "M") and _is_unit(tokens, i, tag):
        return None
    if (is_nounish(tokens[i].low) and tag != "B") or (
        tag == "I" and tokens[i].low in UNIT_ING and tokens[i - 1].low in ("in", "from", "at", "to")
    ):
        return None
    if tag in ("", "R", "D") and i + 1 < len(tokens) and tokens[i + 1].low in UNITS:
        return None
    if tag == "" and after in ("N", "v") and finite_ahead(tokens, i):
        return None
    after = "N" if after == "v" and is_nounish(tokens[i + 1].low) and raw(tokens, i + 2) in ("", ",", "I") else after
    ends = after in ("", ",", "C", "I", "W", "S") or (after == "N" and not is_plural(tokens[i + 1].low))
    if tag == "V" and ends and skip_back(tokens, i).base not in ASPECT:  # type: ignore[union-attr]
        return None
    if tag == "I" and after in ("N",) and tokens[i + 1].low in TITLES:
        return None
    if tag == "C" and after in ("N", "v") and i + 1 < len(tokens) and tokens[i + 1].low in TITLES:
        return None
    return pick(found, "ing")


def _is_unit(tokens: list[Token], i: int, tag: str) -> bool:
    """Whether a department's -ing name does what follows: at the start, or before a verb with its object."""
    return tag in ("", "R") or (tag in (",", "S", "C", ":") and raw(tokens, i + 2) in ("O", "D", "P"))


def participle(tokens: list[Token], i: int, found: tuple[Form, ...], before: Token | None) -> Form | None:
    """An -ed form without "be" right before it: coordinated passive, past tense, reduced relative, or adjective."""
    tag = before.tag if before else ""
    after = raw(tokens, i + 1)
    if tag in ("D", "A", "#", "I") or (tag == "" and after in ("N", "A")):
        return None
    if tag == "N" and pick(found, "en") is None:
        return pick(found, "ed")  # "the founder went to the quarry": no participle, so it was done
    if tag == "O" and before is not None and before.low not in ("them", "him", "us", "me"):
        return None
    if tag in ("C", ","):
        last = last_verb(tokens, i)
        if last is not None and last.form in ("en", "ed"):
            if after in ("N", "A") and last.form == "en" and not finite_ahead(tokens, i) and tag == "C":
                return pick(found, last.form) if after == "A" else None
            return pick(found, last.form)
        return None if after in ("N", "A", "v") else pick(found, "en", "ed")
    if before is not None and before.base == "get":
        return pick(found, "en", "ed")
    if tag in ("P", "W"):
        return pick(found, "ed", "en")
    if tag == "V":
        return None if after in ("N", "A") else pick(found, "en")
    if after == "T" and last_verb_in_stretch(tokens, i):
        return pick(found, "en")  # "asks for the figure needed to redeem it"
    if after in ("D", "O", "P", "T", "#", "S") and not finite_ahead(tokens, i) and tokens[i - 1].tag != ",":
        return pick(found, "ed", "en")
    return pick(found, "en")


def as_present(tokens: list[Token], i: int, before: Token | None, forms: set[str]) -> bool:
    """Whether a base or -s form (or an irregular past) is the verb here rather than a noun or adjective."""
    token, after = tokens[i], _behind_particle(tokens, i)
    tag = before.tag if before else ""
    nounish = is_nounish(token.low) or token.low in TITLES
    if i > 1 and tokens[i - 1].low == "never" and tag not in ("B", "H", "M"):
        return True  # "a third of them never answer"
    if tag == "P" and before is tokens[i - 1] and before.meaning == "chance" and after == "B":
        return False  # "eight of ten hires are schools"
    if tag in ("P", "W"):
        return not (token.low in ADJECTIVES and tag == "W") or after in ("D", "O", "P")
    if tag == "A" and i > 1 and before is tokens[i - 1] and before.low in _STANDS and "s" in forms and after == "D":
        before.tag = "N"
        return True  # "a senior checks the declaration"
    if tag == "A" and i > 1 and tokens[i - 2].tag == "D" and before is tokens[i - 1] and _ends_group(tokens, i, forms):
        return not nounish and after in ("I", "D", "O", "P", "", ",")  # "the driver of the cooperative collects on …"
    if tag in ("D", "A", "#", "I", "O") and before is tokens[i - 1]:
        some = i > 2 and tokens[i - 3].low in _PART_OF  # "most of them say yes"
        of_us = tag == "O" and "base" in forms and i > 1 and tokens[i - 2].low == "of"
        of_us = of_us and (some or after in ("D", "O", "P", "I"))
        of_us = of_us or (
            tag == "#" and "base" in forms and i > 1 and tokens[i - 2].low == "all" and after in ("D", "O", "P")
        )
        return of_us or (tag == "O" and forms != {"base"} and not nounish)
    if tag in ("B", "H"):
        return False
    if tag == "V" and i > 1 and tokens[i - 2].tag == "W" and before is tokens[i - 1] and before.form in forms:
        return not nounish  # "those who sort | arrive at three"
    if tag in ("", ",", ":", "C", "R", ";", "S", "-", "–", "—", "(", "*", ")"):
        return opens_with(tokens, i, nounish, after, tag, forms)
    if tag == "N":
        return before is not None and after_noun(tokens, i, before, nounish, after, forms)
    return not nounish and tag != "V"


def _behind_particle(tokens: list[Token], i: int) -> str:
    """What stands behind a word and a particle that only a verb has: "calls out the men", "looks at the forms"."""
    after = raw(tokens, i + 1)
    if after != "I":
        return after
    looks = tokens[i].low == "looks" and tokens[i + 1].low in _LOOKED
    behind = raw(tokens, i + 2)
    return behind if behind in ("D", "O", "P") and (looks or tokens[i + 1].low in _LOOSE) else after


_LOOSE = frozenset("up out off away back down".split())
_LOOKED = frozenset("at through into over for after himself herself".split())
_PART_OF = frozenset("most many some few all half both".split())
_STANDS = frozenset("senior junior other official".split())
"""Adjectives that stand for somebody."""


def _ends_group(tokens: list[Token], i: int, forms: set[str]) -> bool:
    """Whether an adjective with an article can be the noun of the subject: an -s form follows, no other verb after."""
    return "s" in forms and not finite_ahead(tokens, i) and not last_verb_in_stretch(tokens, i)


def opens_with(tokens: list[Token], i: int, nounish: bool, after: str, tag: str, forms: set[str]) -> bool:
    """At the start of a stretch: an order ("check the form") or the second of two verbs ("packs and ships")."""
    last = last_verb(tokens, i)
    if tag == "C" and "s" in forms and _second_of_two(tokens, i, nounish, after):
        return True
    if one_of_a_row(tokens, i, tag, after, forms) or _looks_at(tokens, i, tag, last):
        return True
    if tag in ("C", ",") and last is not None:
        same = last.form in forms or (last.form in ("ed", "en") and bool(forms & {"ed", "en"}))
        if not same:
            if tag == "C" and ((forms & {"base", "s"} and not nounish) or "s" in forms) and after in ("D", "O", "P"):
                return True
            clear = after in ("D", "O", "P") if tag == "C" or nounish else True
            if "base" in forms and clear and has_plain_verb(tokens, i) and not (nounish and finite_ahead(tokens, i)):
                return True  # "I look in the plan if we have got room, write the date on the calendar"
            return (
                tag == ","
                and "base" in forms
                and tokens[0].tag in ("S", "I")
                and (not nounish or after in ("D", "O", "P"))
            )
        if not nounish or is_phrase(tokens, i):
            return True
        if (
            after in ("D", "O", "P", "T")
            or (after in ("S", "W") and tag == "C")
            or (tag == "C" and forms & {"s", "base"} and i + 1 < len(tokens) and tokens[i + 1].low == "again")
            or (after in ("", ",", "I", "C") and tokens[i - 1].tag in ("C", "R") and verb_just_before(tokens, i))
        ):
            return True
        return after in ("N", "A", "#", "v") and not finite_ahead(tokens, i)
    if "base" not in forms:
        plain = after in ("D", "O", "P") or (after in ("N", "A") and tag != "S" and not finite_ahead(tokens, i))
        begins = nounish and tag == "" and after == "D" and not _fronted(tokens, i)  # "Tests the lift."
        here = tag in ("R", "S", "") or (tag == "," and after in ("D", "O", "P"))
        return begins or (not nounish and plain and here)
    if finite_ahead(tokens, i) or _does_it(tokens, i):
        return False
    if nounish:
        return after in ("D", "O", "P", "#") or (
            tag in ("", "R", ":") and after in ("N", "A", "v") and not tokens[i].low.endswith("s")
        )
    return True


def _does_it(tokens: list[Token], i: int) -> bool:
    """ "Nurse checks and signs the form": somebody whose name could be a verb, with what they do right behind."""
    ahead = tokens[i].low in TITLES and i + 1 < len(tokens)
    return ahead and pick(verb_forms(tokens[i + 1].low), "s") is not None


def _looks_at(tokens: list[Token], i: int, tag: str, before: Token | None) -> bool:
    """ "Sits at the microscope and looks for fibres": the looks of things have no such words behind them."""
    behind = i + 1 < len(tokens) and tokens[i + 1].low in _LOOKED
    if tag in ("", "R", ":") and i + 1 < len(tokens):  # "then look at every one", "weigh what is left"
        look = tokens[i].low == "look" and behind and raw(tokens, i + 2) in ("D", "O", "P")
        order = tokens[i + 1].low == "what" and any(form.form == "base" for form in verb_forms(tokens[i].low))
        return look or order
    behind = behind and tokens[i].low == "looks"
    return behind and tag in ("C", ",") and before is not None and before.form == "s"


def _second_of_two(tokens: list[Token], i: int, nounish: bool, after: str) -> bool:
    """ "Fills it and signs the form", "does the round and decides who goes home", "is packed and goes out"."""
    goes_on = not nounish and (after == "W" or is_phrase(tokens, i))
    return goes_on or (after in ("D", "O", "P") and not finite_ahead(tokens, i))


def _fronted(tokens: list[Token], i: int) -> bool:
    """ "Labels the growers stick on themselves": what is worked on comes first, who does it and the verb behind."""
    if finite_ahead(tokens, i):
        return True
    ahead = range(i + 2, min(len(tokens), i + 8))
    return any(is_plural(tokens[j - 1].low) and pick(verb_forms(tokens[j].low), "base") for j in ahead)


def after_noun(tokens: list[Token], i: int, before: Token, nounish: bool, after: str, forms: set[str]) -> bool:
    """Whether a word behind a noun is its verb: "the clerk files"."""
    low = tokens[i].low
    if "base" in forms and "s" not in forms and not is_plural(before.low) and before.tag == "N" and forms == {"base"}:
        many = any(t.tag == "C" for t in tokens[max(0, i - 4) : i]) or before.text[:1].isupper()
        group = before.low in (
            "team",
            "department",
            "staff",
            "police",
            "group",
            "committee",
            "sales",
            "management",
            "crew",
        )
        group = group or before.low in UNITS or of_several(tokens, i)
        if (not many and not group) or last_verb_in_stretch(tokens, i):
            return False
    curt = i == 1 and "s" in forms and before.low in TITLES | OUTSIDE and after in ("N", "v", "V")
    if curt and is_nounish(tokens[2].low):
        return True  # "customer pays cash or gets a bill"
    if nounish and (finite_ahead(tokens, i) or in_phrase(tokens, i)):
        return "s" in forms and _says_how_it_is(tokens, i, before)
    if not nounish and (after in ("B", "M", "F") or ("s" not in forms and finite_ahead(tokens, i))):
        return False
    if not nounish:
        return low not in ADJECTIVES or after in ("D", "O", "P")  # "the guards open the road"
    subject_has_verb = last_verb_in_stretch(tokens, i) and not _somebody_else(tokens, i)
    if after == "" and "base" in forms and i == 1 and is_plural(before.low) and singular(before.low) in TITLES:
        return True  # "members vote"
    named = singular(before.low) in DOERS or before.text[:1].isupper() or before.tag == "P"
    thing_named = nounish and not named and tokens[i - 2].tag != "D"  # "missing names or account numbers"
    if "s" in forms and not subject_has_verb and is_phrase(tokens, i) and before.tag == "N":
        return True
    if after in ("D", "O", "P") or (after in ("T", "#", "S", "W") and not subject_has_verb):
        return True
    return (
        not subject_has_verb
        and (after in ("N", "A", "v", "I", "R", "C") or (after in ("", ",") and "s" in forms and not thing_named))
        and before.tag == "N"
        and ("s" in forms or is_plural(before.low))
    )


def _somebody_else(tokens: list[Token], i: int) -> bool:
    """ "If it is ok the nurse calls", "if the result is fine Anna rings": behind how something is, somebody acts."""
    start = i - 2 if i > 1 and tokens[i - 2].tag == "D" else i - 1
    how = start > 1 and tokens[start - 1].tag == "A" and tokens[start - 2].tag == "B"
    while start > 1 and tokens[start - 1].tag in ("D", "A", "N"):
        start -= 1
    return how or ends_below(tokens, start - 1)


def _says_how_it_is(tokens: list[Token], i: int, before: Token) -> bool:
    """ "Reception checks the bags are whole": somebody looks at how something is, and no "that" stands between."""
    seen = any(form.base in SAYS_WHAT and form.form == "s" for form in verb_forms(tokens[i].low))
    people = singular(before.low) in DOERS or (before.text[:1].isupper() and not is_plural(before.low))
    return seen and people and raw(tokens, i + 1) == "D" and not last_verb_in_stretch(tokens, i)
