"""What "it" or "them" means: the likeliest of the things told of in the last sentences, by weights.

A thing told of throughout the story is meant sooner than one named in passing, one of the same number sooner, one in
the same sentence sooner. The weights (`english/data/it_weights.tsv`) are learnt by `bench/learn_it.py` from stories
whose steps are known by name.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from assistant.english.forms import is_plural, singular
from assistant.english.tables import classed, rows
from assistant.language.offline.sentences.labels import TIME
from assistant.language.offline.sentences.same_step import stem
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import DOERS, OUTSIDE, SMALL

NEAR = 4
"""So many sentences back a thing can be meant."""
SURER = 0.3
"""By so much likelier than the thing worked on last another one must be."""
_SEVERAL = frozenset("they them these those".split())
_SEEN_TO = frozenset("look go listen work".split())
_NEVER = classed("reading", "never-it")
"""What a teller calls the work: "that's a nightmare"."""
_WAITING = frozenset("wait waits waiting".split())
_WHERE = frozenset("in on at into onto through under".split())


class Mention(NamedTuple):
    """A thing told of: its words, the dictionary form of the noun, where it stands, whether several, how it is told."""

    words: str
    noun: str
    sentence: int
    start: int
    several: bool
    cues: frozenset[str]
    acts_on: int
    """Where begins what it does something to itself, which it never is: "the machine sorts them"; -1 for nothing."""


def counted(text: str) -> Counter[str]:
    """How often a story tells of each word, by its dictionary form."""
    return Counter(stem(word) for word in re.findall(r"[a-z'-]+", text.lower()))


def mentions(tokens: list[Token], sentence: int) -> list[Mention]:
    """The things a tagged sentence names, in order: nouns that are nobody's title and no time."""
    found: list[Mention] = []
    acted, awaited = False, any(token.base == "wait" or token.low in _WAITING for token in tokens)
    for i, token in enumerate(tokens):
        acted = acted or token.tag in ("V", "B", "H", "M")
        low, one = token.low, singular(token.low)
        inside = i + 1 < len(tokens) and tokens[i + 1].tag == "N"
        inside = inside or ([t.low for t in tokens[1:2]] == [":"] and not i)  # who speaks
        if low in _NEVER or (low == "money" and awaited) or [t.low for t in tokens[i : i + 2]] == ["look", "at"]:
            continue  # "has a look at it": no thing
        if token.tag != "N" or inside or low in TIME or one in DOERS or one in OUTSIDE or not low[0].isalpha():
            continue
        start = i
        while start > 0 and tokens[start - 1].tag in ("N", "A", "D", "#"):
            start -= 1
        cues = {"cap"} if token.text[:1].isupper() and i else set()
        cues |= {"no article"} if tokens[start].tag != "D" else {"the"} if tokens[start].low == "the" else set()
        prep = tokens[start - 1] if start and tokens[start - 1].tag == "I" else None
        if prep is not None and start > 1 and tokens[start - 2].base in _SEEN_TO:
            prep = None  # "looks at the seam", "goes through the list"
        cues |= {"where"} if prep is not None and prep.low in _WHERE else set()
        cues |= {"object"} if acted and prep is None else {"subject"} if not acted else set()
        words = " ".join(t.low for t in tokens[start : i + 1] if t.tag in ("A", "N"))
        done_to = start > 0 and tokens[start - 1].tag == "V"  # "who opens the post sorts it"
        acts_on = -1 if done_to else _acts_on(tokens, i)
        found.append(Mention(words, stem(low), sentence, token.start, is_plural(low), frozenset(cues), acts_on))
    return found


def _acts_on(tokens: list[Token], i: int) -> int:
    at = i + 1
    while at < len(tokens) and tokens[at].tag in ("R", "M", "H"):
        at += 1
    return tokens[at + 1].start if at + 1 < len(tokens) and tokens[at].tag == "V" else -1


def likeliest(candidates: dict[str, tuple[str, dict[str, float]]]) -> str:
    """The words of the candidate with the largest sum of weights; of the thing worked on last where none is surer."""
    for words, cues in candidates.values():
        if {"last worked on", "object 0", "agrees", "no article"} <= cues.keys():
            return words  # "takes blood, sends it to the lab"
    sums = {noun: _sum(cues) + SURER * ("last worked on" in cues) for noun, (_, cues) in candidates.items()}
    return candidates[max(sums, key=lambda noun: sums[noun])][0] if sums else ""


def candidates(
    pronoun: Token, told: list[Mention], often: Counter[str], spoken: list[str], last: str, roles: frozenset[str]
) -> dict[str, tuple[str, dict[str, float]]]:
    """What a pronoun may mean, by noun: its words, and the cues for it. `last` is what was worked on last."""
    several = pronoun.low in _SEVERAL
    now = max((mention.sentence for mention in told), default=0)
    found: dict[str, tuple[str, dict[str, float]]] = {}
    for mention in told:
        somebody = mention.words in roles or mention.noun in roles
        here = mention.start < pronoun.start != mention.acts_on and now - mention.sentence <= NEAR
        if here and not somebody:
            back = min(2, now - mention.sentence)
            cues = {f"{cue} {back}" if cue in ("object", "subject") else cue for cue in mention.cues}
            cues |= {f"back {back}"} | ({"agrees"} if mention.several == several else set())
            known = found.get(mention.noun, ("", {}))[1]
            found[mention.noun] = (mention.words, known | dict.fromkeys(cues, 1.0))
    for place, words in enumerate(reversed(spoken)):
        if words and words.split()[-1] not in SMALL:  # "there", "each of you": nothing is handled
            noun = stem(words.partition(" of ")[0].split()[-1])
            named, known = found.get(noun, ("", {}))
            said = {"spoken last" if place == 0 else "spoken"} | ({"last worked on"} if words == last else set())
            said |= {"agrees"} if not known and is_plural(words.split()[-1]) == several else set()
            named = words if not named or words == last else named
            found[noun] = (named, known | dict.fromkeys(said, 1.0))
    for noun, (_, counts) in found.items():
        counts["often"] = math.log(1 + often[noun])
    return found


def _sum(cues: dict[str, float]) -> float:
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in cues.items())


@cache
def weights() -> dict[str, float]:
    """The weight of each cue."""
    return {row[0]: float(row[1]) for row in rows("it_weights")}
