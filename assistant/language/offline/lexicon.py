"""Verb forms to dictionary forms and back, plurals, and what a misspelt word was meant to be."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from assistant.language.offline.table_verbs import DOUBLING, IRREGULAR, NOMINAL, NOUNISH, STATE, WORK
from assistant.language.offline.table_words import ADJECTIVES, SMALL

VOWELS = "aeiou"


class Form(NamedTuple):
    """A verb form: the dictionary form and which form it is (base, s, ed, en, ing)."""

    base: str
    form: str


def _doubles(base: str) -> bool:
    if base in DOUBLING:
        return True
    if len(base) < 3 or base[-1] in "wxy" or base[-1] in VOWELS or base[-2] not in VOWELS or base[-3] in VOWELS:
        return False
    return sum(letter in VOWELS for letter in base) == 1


def third(base: str) -> str:
    """`check` → `checks`, `carry` → `carries`."""
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def third_person(base: str) -> str:
    """`say` → `says`, `go` → `goes`, irregular verbs included."""
    return irregular()[base][0] if base in irregular() else third(base)


def past(base: str) -> str:
    """`check` → `checked`, `ship` → `shipped` (regular verbs)."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def participle(base: str) -> str:
    """`reject` → `rejected`, `withdraw` → `withdrawn`."""
    return irregular()[base][2] if base in irregular() else past(base)


def gerund(base: str) -> str:
    """`check` → `checking`, `make` → `making` (regular verbs)."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + (base[-1] if _doubles(base) else "") + "ing"


@cache
def irregular() -> dict[str, tuple[str, str, str, str]]:
    """Irregular verbs: base → third person, past, participle, gerund (the first variant of each)."""
    return {
        row[0]: (row[1].split("/")[0], row[2].split("/")[0], row[3].split("/")[0], row[4].split("/")[0])
        for row in (line.split() for line in IRREGULAR)
    }


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Every known verb form with what it can be."""
    found: dict[str, list[Form]] = {}

    def put(word: str, base: str, form: str) -> None:
        entry = Form(base, form)
        rows = found.setdefault(word, [])
        if entry not in rows:
            rows.append(entry)

    odd = {line.split()[0]: line.split() for line in IRREGULAR}
    for base in dict.fromkeys([*WORK, *STATE, *odd]):
        put(base, base, "base")
        if base in odd:
            for form, cell in zip(("s", "ed", "en", "ing"), odd[base][1:], strict=True):
                for word in cell.split("/"):
                    put(word, base, form)
        else:
            put(third(base), base, "s")
            put(past(base), base, "ed")
            put(past(base), base, "en")
            put(gerund(base), base, "ing")
            if base.endswith("l") and past(base).endswith("lled"):
                put(base + "ed", base, "en")
                put(base + "ing", base, "ing")
            if base.endswith("el"):
                put(base + "led", base, "en")
                put(base + "ling", base, "ing")
    return {word: tuple(rows) for word, rows in found.items()}


def verb_forms(word: str) -> tuple[Form, ...]:
    """What a word can be as a verb; empty when it is no known verb. Also tries `re-` and `pre-`."""
    known = forms().get(word)
    if known:
        return known
    for prefix in ("re-", "pre-", "re", "pre", "un", "over", "mis", "de"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            inner = forms().get(word[len(prefix) :])
            if inner and not prefix.endswith("-") and is_nounish(word[len(prefix) :]):
                continue
            if inner and word not in SMALL and word not in ADJECTIVES:
                return tuple(Form(prefix + form.base, form.form) for form in inner)
    return ()


def guess(word: str) -> tuple[Form, ...]:
    """What an unknown word would be as a verb, by its ending: `frobbed` → `frob` (ed, en)."""
    if word.endswith("ing") and len(word) > 5:
        return (Form(_stripped(word[:-3]), "ing"),)
    if word.endswith("ied") and len(word) > 4:
        return (Form(word[:-3] + "y", "ed"), Form(word[:-3] + "y", "en"))
    if word.endswith("ed") and len(word) > 4:
        return (Form(_stripped(word[:-2]), "ed"), Form(_stripped(word[:-2]), "en"))
    if word.endswith("ies") and len(word) > 4:
        return (Form(word[:-3] + "y", "s"),)
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return (Form(word[:-2], "s"),)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return (Form(word[:-1], "s"),)
    return (Form(word, "base"),)


def _stripped(stem: str) -> str:
    """The dictionary form behind a regular ending: `reserv` → `reserve`, `shipp` → `ship`."""
    if stem[-2:] in ("at", "iz", "is", "uc", "ur", "id", "ag", "as", "us", "ir", "in", "og") or stem[-1:] in (
        "v",
        "c",
        "u",
        "g",
        "z",
    ):
        if stem.endswith(("in", "is", "as")) and len(stem) < 6:
            return stem
        return stem + "e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsf":
        return stem[:-1]
    return stem


def is_nounish(word: str) -> bool:
    """Whether a word that can be a verb is as often a noun."""
    if word in NOUNISH:
        return True
    return any(form.base in NOUNISH and form.form == "s" for form in forms().get(word, ()))


def singular(noun: str) -> str:
    """`invoices` → `invoice`, `copies` → `copy`; a word that is no plural stays."""
    if noun in (
        "news",
        "gas",
        "sales",
        "logistics",
        "goods",
        "operations",
        "accounts",
        "customs",
        "hr",
        "sms",
        "it",
        "always",
        "this",
        "is",
        "was",
        "has",
        "premises",
        "savings",
        "proceeds",
        "details",
        "claims",
        "earnings",
        "headquarters",
        "series",
        "species",
        "basis",
        "analysis",
        "diagnosis",
        "express",
        "plus",
        "bus",
        "us",
        "yes",
    ):
        return noun
    if noun in ("people", "folks"):
        return "person"
    if noun.endswith("men") and len(noun) > 4:
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural."""
    return noun in ("people", "goods", "police", "staff", "both") or singular(noun) != noun


def _squeezed(word: str) -> str:
    """A key that common slips do not change: doubled letters once, ie and ei alike, -able and -ible alike."""
    once = word[:1] + "".join(b for a, b in pairwise(word) if a != b)
    return (
        once.replace("ei", "ie")
        .replace("ible", "able")
        .replace("ence", "ance")
        .replace("ent", "ant")
        .replace("ph", "f")
    )


@cache
def _spellings() -> dict[str, str]:
    words = [*forms(), *(word for word in SMALL if len(word) > 4), *ADJECTIVES, *NOMINAL, *_COMMON]
    return {_squeezed(word): word for word in reversed(words) if len(word) > 4}


_COMMON = """
    customer invoice order delivery address department supplier manager approval payment contract application
    document request business receipt necessary separate warehouse account management address appointment colleague
    complaint applicant candidate employee insurance permit calendar schedule
    """.split()


@cache
def _known() -> frozenset[str]:
    return frozenset([*forms(), *SMALL, *ADJECTIVES, *NOMINAL, *_COMMON])


def mended(word: str) -> str:
    """What a misspelt word was probably meant to be: `recieve` → `receive`; a word not recognised stays."""
    if len(word) < 5 or word in _known() or not word.isalpha() or singular(word) in NOUNISH:
        return word
    found = _spellings().get(_squeezed(word))
    if found and abs(len(found) - len(word)) <= 2 and not (singular(word) in _known() and singular(word) != word):
        return found
    for i in range(len(word) - 1):
        swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if swapped in forms() or swapped in _COMMON:
            return swapped
    return word
