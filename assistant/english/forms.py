"""Inflects verbs both ways: from the dictionary form to the others, and from any form back to its verb."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from assistant.english.tables import classed, pairs, rows

VOWELS = "aeiou"
MOST_KEPT = 20_000
"""Words of which it is kept what they can be: they come again and again."""


class Form(NamedTuple):
    """A verb form: the dictionary form and which form it is (base, s, ed, en, ing)."""

    base: str
    form: str


class Forms(NamedTuple):
    """All forms of a verb, each as the variants people write, the preferred one first."""

    s: tuple[str, ...]
    ed: tuple[str, ...]
    en: tuple[str, ...]
    ing: tuple[str, ...]


def _doubles(base: str) -> bool:
    """Whether the rule doubles the last letter: one syllable that ends in one vowel and one consonant."""
    if len(base) < 3 or base[-1] in "wxy" or base[-1] in VOWELS or base[-2] not in VOWELS or base[-3] in VOWELS:
        return False
    return sum(letter in VOWELS for letter in base) == 1


def _third(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + (base[-1] if _doubles(base) else "") + "ing"


def by_rule(base: str) -> tuple[str, str, str, str]:
    """The forms a regular verb of that spelling would have; for verbs that no table knows."""
    return _third(base), _past(base), _past(base), _gerund(base)


@cache
def table() -> dict[str, Forms]:
    """Every verb of the table with its forms."""
    return {row[0]: Forms(*(tuple(cell.split("/")) for cell in row[1:5])) for row in rows("verbs")}


def _inflected(base: str, which: int) -> str:
    known = table().get(base)
    return known[which][0] if known else by_rule(base)[which]


def third_person(base: str) -> str:
    """`check` → `checks`, `carry` → `carries`, `have` → `has`."""
    return _inflected(base, 0)


def past(base: str) -> str:
    """`check` → `checked`, `ship` → `shipped`, `write` → `wrote`."""
    return _inflected(base, 1)


def participle(base: str) -> str:
    """`reject` → `rejected`, `withdraw` → `withdrawn`."""
    return _inflected(base, 2)


def gerund(base: str) -> str:
    """`check` → `checking`, `submit` → `submitting`."""
    return _inflected(base, 3)


@cache
def readings() -> dict[str, tuple[Form, ...]]:
    """Every known verb form with what it can be; forms people often get wrong (`payed`) are read as the right ones.

    Where a form belongs to two verbs, the one it is the dictionary form of comes first: `lay` is `lay`, then `lie`.
    """
    found: dict[str, list[Form]] = {base: [Form(base, "base")] for base in table()}
    for base, forms in table().items():
        for form, words in zip(Forms._fields, forms, strict=True):
            for word in words:
                found.setdefault(word, []).append(Form(base, form))
    for wrong, right in pairs("slips").items():
        if right in found:
            found.setdefault(wrong, []).extend(found[right])
    return {word: tuple(dict.fromkeys(forms)) for word, forms in found.items()}


@lru_cache(maxsize=MOST_KEPT)
def verb_forms(word: str) -> tuple[Form, ...]:
    """What a word can be as a verb; empty when it is no known verb. Also tries prefixes such as `re-` and `pre-`."""
    known = readings().get(word)
    if known:
        return known
    for prefix in ("re-", "pre-", "re", "pre", "un", "over", "mis", "de"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            inner = readings().get(word[len(prefix) :])
            if inner and not prefix.endswith("-") and is_nounish(word[len(prefix) :]):
                continue
            if inner and word not in _no_verbs():
                return tuple(Form(prefix + form.base, form.form) for form in inner)
    front, mark, last = word.rpartition("-")
    inner = readings().get(last, ()) if mark and front.isalpha() else ()  # "spot-welds": welds in a way of its own
    return tuple(Form(f"{front}-{form.base}", form.form) for form in inner if form.form == "s")


def base_of(word: str, *of: str) -> str:
    """The verb a word is a form of, or one of these forms of (`ed`, `en` …); empty when it is none."""
    return next((form.base for form in verb_forms(word) if not of or form.form in of), "")


def work_of(person: str) -> str:
    """What somebody is called after: "translate" for a translator, "plan" for a planner; empty for other nouns."""
    if not person.endswith(("er", "or")):
        return ""
    stems = (person[:-2], f"{person[:-2]}e", person[:-3] if person[-3:-2] == person[-4:-3] else "")
    return next((stem for stem in stems if any(form.form == "base" for form in verb_forms(stem))), "")


@cache
def _no_verbs() -> frozenset[str]:
    small = frozenset(word for word, tag, _ in rows("words") if tag != "-")
    return small | classed("words", "adjective")


def is_nounish(word: str) -> bool:
    """Whether a word that can be a verb is as often a noun."""
    nouns = classed("verbs", "noun")
    if word in nouns or word in classed("nouns", "verblike"):
        return True
    return any(form.base in nouns and form.form == "s" for form in readings().get(word, ()))


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
        if stem.endswith("our") or (stem.endswith(("in", "is", "as")) and len(stem) < 6):
            return stem
        return stem + "e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsf":
        return stem[:-1]
    return stem + "e" if _doubles(stem) else stem  # `blamed` and not `blammed`


@lru_cache(maxsize=MOST_KEPT)
def singular(noun: str) -> str:
    """`invoices` → `invoice`, `copies` → `copy`; a word that is no plural stays."""
    if noun in classed("nouns", "unchanged"):
        return noun
    if noun in ("people", "folks"):
        return "person"
    if noun.endswith("men") and len(noun) > 4:
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    if noun in _IN_F:
        return _IN_F[noun]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun


def plural(noun: str) -> str:
    """`visitor` → `visitors`, `enquiry` → `enquiries`, `loaf` → `loaves`; of several words the last is inflected."""
    head = noun.rpartition(" ")[2]
    if many := next((several for several, alone in _IN_F.items() if alone == head), ""):
        return noun.removesuffix(head) + many
    if head.endswith("child"):
        return noun + "ren"
    if head.endswith("man") and head not in _MANS:
        return noun[:-2] + "en"
    if head.endswith("y") and head[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if head.endswith(("x", "ch", "sh", "z", "ss", "us")) else "s")


_MANS = frozenset("human german roman talisman ottoman".split())
_IN_F = {
    "loaves": "loaf", "knives": "knife", "shelves": "shelf", "halves": "half", "leaves": "leaf", "wolves": "wolf",
    "calves": "calf", "scarves": "scarf", "wives": "wife", "thieves": "thief", "hooves": "hoof", "lives": "life",
}  # fmt: skip


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural."""
    many_men = noun.endswith("men") and noun not in _NO_MEN
    return noun in ("people", "goods", "police", "staff", "both", "children") or many_men or singular(noun) != noun


_NO_MEN = frozenset("specimen omen regimen abdomen acumen stamen".split())
