"""The words people use, brought to one form: stems, and groups of words that mean the same at work.

`concepts("The vendor's bill was checked")` and `concepts("Check supplier invoice")` hold the same three concepts. The
tables are conservative: words are grouped only where a business reader would take one for the other in a step's name.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.english.alike import share, stem
from assistant.english.tables import classed, rows

if TYPE_CHECKING:
    import numpy as np

_STOP = classed("shelf", "stop")
_FUNCTION_WORDS = classed("shelf", "function-words")
_INFORMATICS = re.compile(r"\bIT\b(?!')")
"""The department, not the pronoun: only the capitals tell them apart."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_TAILS = re.compile(r"([a-z0-9])'[a-z]+")
_SPACED = {number: " " for number in range(128) if not chr(number).isalnum()}
_BETWEEN = "\x00"
"""What stands between texts that are taken apart together; in none of them is it a letter."""
_APART = {number: " " for number in _SPACED if chr(number) != _BETWEEN}
_FOREIGN = re.compile(r"[^\x00-\x7f]")
WEIGHT_ACTION, WEIGHT_THING = 0.8, 1.0
OTHER_ACTION, ONE_WORD = 0.75, 0.8
"""Labels that do another thing to the same object, and labels of a single word, are that much less alike."""


def stems_in(texts: Iterable[str], before: Mapping[str, str]) -> dict[str, str]:
    """The stem of every word of the texts and those found `before`; where none were, of the tables here too."""
    tables = [] if before else [cell for name in ("concepts", "topics") for row in rows(name) for cell in row]
    found: dict[str, None] = {}
    for text in (*texts, *tables, *sorted(_STOP)):
        found.update(dict.fromkeys(_found(text)))
    return {**before, **{word: stem(word) for word in found if len(word) > 1 and word not in before}}


def made_with() -> str:
    """A hash of the tables and rules by which words are brought to one form; others count anew."""
    digest = hashlib.sha256()
    for name in ("concepts", "topics", "shelf"):
        digest.update(repr(rows(name)).encode())
    for name in ("words", "topics", "lexical", "bm25"):
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return digest.hexdigest()


@cache
def _groups() -> tuple[dict[str, str], frozenset[str]]:
    """The concept of each stem, and which concepts are actions; a word of both is the action."""
    concepts: dict[str, str] = {}
    for concept, _kind, words in sorted(rows("concepts"), key=lambda row: row[1]):
        for word in (concept, *words.split()):
            concepts.setdefault(stem(word), stem(concept))
    return concepts, frozenset(stem(concept) for concept, kind, _ in rows("concepts") if kind == "action")


def plain(text: str) -> str:
    """Lower case, without accents, with straight quotes."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return _FOREIGN.sub(lambda char: "" if unicodedata.combining(char[0]) else char[0], text).lower()


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning in a name, in order."""
    return [stem(word) for word in _words(text) if word not in _STOP]


def spoken_stems(text: str) -> list[str]:
    """The stems of nearly all words, in order: in a question "nobody", "again" and "both" carry meaning too."""
    return [stem(word) for word in said(text)]


def said(text: str) -> list[str]:
    """Nearly all words of a text, in order, as `spoken_stems` stems them."""
    return [word for word in _words(text) if word not in _FUNCTION_WORDS]


def every_word(text: str) -> list[str]:
    """All words of a text as they stand, for whoever looks up each of them anyway; `is_said` tells which count."""
    return _found(text)


def is_said(word: str) -> bool:
    """Whether `said` would name the word."""
    return len(word) > 1 and word not in _FUNCTION_WORDS


def is_small(stemmed: str) -> bool:
    """Whether a stem is that of a small word, which says a little in a question and nothing in a name."""
    return stemmed in _small()


def small_words() -> list[str]:
    """The words that say nothing in a name, in order."""
    return sorted(_STOP)


@cache
def _small() -> frozenset[str]:
    return frozenset(stem(word) for word in _STOP)


def _words(text: str) -> list[str]:
    return [word for word in _found(text) if len(word) > 1]


def _found(text: str) -> list[str]:
    return _bare(text).lower().translate(_SPACED).split()


def _bare(text: str) -> str:
    """The text in letters of ASCII, without what follows an apostrophe; the department IT is written out."""
    if "IT" in text and not text.isupper():
        text = _INFORMATICS.sub("informatics", text)
    if not text.isascii():
        text = _FOREIGN.sub(" ", plain(text))
    return _TAILS.sub(r"\1 ", text.lower()) if "'" in text else text


class Words(NamedTuple):
    """The words of many texts: each different word once, and of every place in order the number of word and text."""

    different: list[str]
    word: np.ndarray[Any, Any]
    text: np.ndarray[Any, Any]

    def only(self, keep: Callable[[str], bool]) -> Words:
        """Without the words that are not to be kept; the numbers of words stay."""
        import numpy as np

        held = np.fromiter(map(keep, self.different), dtype=bool, count=len(self.different))[self.word]
        return Words(self.different, self.word[held], self.text[held])


def words_of(texts: Iterable[str]) -> Words:
    """All words of many texts, as `every_word` finds them, taken apart in one go."""
    import numpy as np

    bare = [_bare(text) if _BETWEEN not in text else _bare(text.replace(_BETWEEN, " ")) for text in texts]
    told = f" {_BETWEEN} ".join(bare).lower().translate(_APART).split()
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    numbers[_BETWEEN]  # the first
    word = np.fromiter(map(numbers.__getitem__, told), dtype=np.int32, count=len(told))
    between = word == 0
    text = np.cumsum(between, dtype=np.int32)
    return Words(list(numbers), word[~between], text[~between])


def concept(stemmed: str) -> str:
    """The concept a stem stands for; itself when it belongs to no group."""
    return _groups()[0].get(stemmed, stemmed)


def concepts(text: str) -> frozenset[str]:
    """The concepts named in a text."""
    return _concepts(text)


@lru_cache(maxsize=50_000)
def _concepts(text: str) -> frozenset[str]:
    return frozenset(concept(item) for item in stems(text))


def spoken_words(texts: Iterable[str]) -> dict[str, str]:
    """For each concept the first word of the texts that named it, for showing to a reader."""
    found: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(plain(text)):
            for item in concepts(word):
                found.setdefault(item, word)
    return found


def weight(name: str) -> float:
    """How much a concept says about a step: what is handled says more than what is done with it."""
    return WEIGHT_ACTION if name in _groups()[1] else WEIGHT_THING


def is_action(name: str) -> bool:
    """Whether the concept is something one does."""
    return name in _groups()[1]


@lru_cache(maxsize=100_000)
def similarity(a: str, b: str) -> float:
    """How alike two labels are, 0 to 1: the weighted Dice coefficient of their concepts, a tenth of it by stems.

    Labels that share only what is done ("check credit", "check stock") are never alike; labels that share only what it
    is done to ("send invoice", "pay invoice") and labels of one word count for less.
    """
    left, right = _concepts(a), _concepts(b)
    shared = left & right
    if not shared or (all(map(is_action, shared)) and len(left | right) > len(shared)):
        return 0.0
    total = sum(map(weight, left)) + sum(map(weight, right))
    dice = 2 * sum(map(weight, shared)) / total
    score = 0.9 * dice + 0.1 * share(set(stems(a)), set(stems(b)))
    if left == right:
        return score
    other_action = any(map(is_action, left)) and any(map(is_action, right)) and not any(map(is_action, shared))
    return score * (OTHER_ACTION if other_action else ONE_WORD if min(len(left), len(right)) == 1 else 1.0)


@lru_cache(maxsize=50_000)
def sequence(text: str) -> tuple[str, ...]:
    """The concepts of a text in the order they are named, repetitions kept."""
    return tuple(concept(item) for item in stems(text))


def covers(text: str, label: str, slack: int = 4) -> bool:
    """Whether a text names everything a label names, close together: within the label's length plus `slack` words."""
    wanted, said = _concepts(label), sequence(text)
    if not wanted or not wanted <= set(said) or (len(wanted) == 1 and is_action(next(iter(wanted)))):
        return False
    width = len(wanted) + slack
    return any(wanted <= set(said[start : start + width]) for start in range(max(1, len(said) - width + 1)))
