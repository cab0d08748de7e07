"""The phrases of a cue file: word patterns over dictionary forms, so that one line covers all forms of its words.

report|list          either word, in any form        signs off|waves through   either phrase
@nobody              any word of that group of words.yaml
#                    a number, in digits or words
ever?                the word may be missing
a .. b               up to four words between        a ... b                   up to twelve
a + b                nothing between
a & b                both, in any order              a & !b                    the first without the second
a / b                b stands in the sentence after
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, cast

from assistant.english.tables import pairs
from assistant.language.figures.numbers import NUMBER_WORDS
from assistant.language.offline.sentences.same_step import stem

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|%")
_SHORT = (("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("shan't", "shall not"))
_PARTS = {"n't": " not", "'ve": " have", "'re": " be", "'ll": " will", "'m": " be", "'d": "", "'s": ""}
_FORMS = pairs("contracted")
_NUMBER = rf"(?:\d\S*|{'|'.join(sorted(w for w in NUMBER_WORDS if '-' not in w))}|twice|dozen)"
_NEXT = "/"
_GROUP = re.compile(r"@(\w+)")
_GAPS = {"..": r"(?:[^ /]+ ){0,4}", "...": r"(?:[^ /]+ ){0,12}", "+": ""}
Groups = Mapping[str, tuple[str, ...]]


class Test(Protocol):
    """What tells whether a flat text holds a pattern begun before a place in it.

    `needed` are words of which a text must hold one (None: it may do without any known one).
    """

    needed: frozenset[str] | None

    def __call__(self, text: str, before: int) -> bool:
        """Whether the text holds it."""
        ...


@lru_cache(maxsize=20_000)
def _form(word: str) -> str:
    if word in _FORMS:
        return _FORMS[word]
    return stem(word)


_IN_LAW = re.compile(r"\b((?:brother|sister|father|mother|son|daughter)s?)[- ]in[- ]law\b")
"""Family by marriage is no law."""


@lru_cache(maxsize=20_000)
def flat(text: str) -> str:
    """A text as dictionary forms between blanks, marks left out: ` nobody read the report `."""
    low = text.lower().replace("’", "'").replace("re-", "re")
    low = _IN_LAW.sub(r"\1", low)
    for short, long in _SHORT:
        low = low.replace(short, long)
    found: list[str] = []
    for match in _WORD.finditer(low):
        word = match.group()
        for tail, meaning in _PARTS.items():
            if word.endswith(tail) and len(word) > len(tail):
                word = word.removesuffix(tail)
                found.append(_form(word))
                word = meaning.strip()
                break
        if word:
            found.append("percent" if word == "%" else _form(word))
    return f" {' '.join(found)} "


def compiled(pattern: str, groups: Groups) -> Test:
    """What tells whether a flat text holds the pattern, begun before a place in it.

    A phrase is made an expression only when a text holds a word it cannot do without: most texts hold none.
    Raises ValueError when the pattern names an unknown group of words.
    """
    wanted: list[_Phrase] = []
    unwanted: list[_Phrase] = []
    for part in (part.strip() for part in pattern.split("&")):
        (unwanted if part.startswith("!") else wanted).append(_Phrase(part.removeprefix("!"), groups))

    def test(text: str, before: int) -> bool:
        words = words_of(text)
        if not all(phrase.may_be_in(words) for phrase in wanted):
            return False
        hits = [phrase.search(text) for phrase in wanted]
        if any(hit is None or hit.start() >= before for hit in hits):
            return False
        return not any(phrase.may_be_in(words) and phrase.search(text) for phrase in unwanted)

    known = [phrase.needed for phrase in wanted if phrase.needed is not None]
    found = cast(Test, test)
    found.needed = min(known, key=len, default=None)
    return found


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words of a flat text, or of several with the sign for the next between them."""
    return frozenset(text.replace(_NEXT, " ").split())


class _Phrase:
    """One phrase, compiled when it is first searched for; `needed` holds words of which a text must hold one."""

    def __init__(self, part: str, groups: Groups) -> None:
        self._part, self._groups = part, groups
        self._found: re.Pattern[str] | None = None
        self.needed = _needed(part, groups)
        if unknown := set(_GROUP.findall(part)) - set(groups):
            raise ValueError(f"there is no group of words called {min(unknown)}")

    def may_be_in(self, words: frozenset[str]) -> bool:
        return self.needed is None or not self.needed.isdisjoint(words)

    def search(self, text: str) -> re.Match[str] | None:
        if self._found is None:
            self._found = _part(self._part, self._groups)
        return self._found.search(text)


def _needed(part: str, groups: Groups) -> frozenset[str] | None:
    """Words of which one stands in any text that holds the phrase; None when no such set is known."""
    alternatives: list[str] = []
    sets: list[frozenset[str] | None] = []
    for word in [*part.split(), _NEXT]:
        if word in _GAPS or word == _NEXT:
            sets.append(_one_of(alternatives, groups))
            alternatives = []
        else:
            alternatives.append(word)
    return min((places for places in sets if places is not None), key=len, default=None)


def _one_of(segment: list[str], groups: Groups) -> frozenset[str] | None:
    found: set[str] = set()
    for phrase in " ".join(segment).split("|"):
        words = next((each for word in phrase.split() if (each := _certain(word, groups))), None)
        if words is None:
            return None
        found |= words
    return frozenset(found)


def _certain(word: str, groups: Groups) -> frozenset[str] | None:
    if word.startswith("@"):
        return _words_of_group(word.removeprefix("@"), groups)
    if word == "#" or word.endswith("?"):
        return None
    return frozenset(flat(word).split()[:1]) or None


def _words_of_group(name: str, groups: Groups) -> frozenset[str] | None:
    return _one_of(["|".join(groups[name])], groups) if name in groups else None


def _part(part: str, groups: Groups) -> re.Pattern[str]:
    """One phrase: alternatives with gaps between. A blank ends every word, so that words are met whole."""
    done = "(?<= )"
    alternatives: list[str] = []
    for word in part.split():
        if word in _GAPS or word == _NEXT:
            done += _either(alternatives, groups) + (_GAPS.get(word) if word in _GAPS else f"{_NEXT} ")  # type: ignore[operator]
            alternatives = []
        else:
            alternatives.append(word)
    return re.compile(done + _either(alternatives, groups))


def _either(segment: list[str], groups: Groups) -> str:
    if not segment:
        return ""
    return f"(?:{'|'.join(_phrase(phrase, groups) for phrase in ' '.join(segment).split('|'))})"


def _phrase(phrase: str, groups: Groups) -> str:
    return "".join(_word(word, groups) for word in phrase.split())


def _word(word: str, groups: Groups) -> str:
    if word.startswith("@"):
        name = word.removeprefix("@")
        if name not in groups:
            raise ValueError(f"there is no group of words called {name}")
        return f"(?:{'|'.join(_phrase(told, groups) for told in groups[name])})"
    if word == "#":
        return f"{_NUMBER} "
    optional, plain = word.endswith("?"), word.removesuffix("?")
    form = " ".join(re.escape(piece) for piece in flat(plain).split())
    return f"(?:{form} )?" if optional else f"{form} "
