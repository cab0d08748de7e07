"""A theme's name and its quotes: both taken from what was said, never made up."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from assistant.feedback.comments import Comment
from assistant.feedback.shapes import Quote
from assistant.feedback.words import STOP

WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
MOST_QUOTES = 3
LONGEST = 240


def name_of(members: Sequence[str], everything: Sequence[str]) -> str:
    """The words that set these comments apart from the rest: the pair or word that is common here and rare there."""
    here, there = _phrases(members), _phrases(everything[:20_000])
    if not here:
        return "no words"
    n, total = len(members), max(len(everything), 1)

    def apart(item: tuple[str, int]) -> float:
        phrase, count = item
        lift = (count / n) / (there[phrase] / total) if there[phrase] else 1.0
        return (count / n) * math.sqrt(min(lift, 20.0)) * (1.6 if " " in phrase else 1.0)

    ranked = sorted(((apart(item), item[0]) for item in here.items() if item[1] > 1 or n < 3), reverse=True)
    chosen = [phrase for _, phrase in ranked[:6]]
    if not chosen:
        return here.most_common(1)[0][0]
    first = chosen[0]
    second = next((p for p in chosen[1:] if not set(p.split()) & set(first.split())), "")
    return f"{first}, {second}" if second else first


def _phrases(texts: Sequence[str]) -> Counter[str]:
    """In how many texts each word and each pair of neighbouring words occurs."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = [word.lower().replace("’", "'") for word in WORD.findall(text[:2000])]
        kept = [word if word not in STOP and len(word) > 2 else "" for word in words]
        found = {word for word in kept if word}
        found |= {f"{a} {b}" for a, b in pairwise(kept) if a and b and a != b}
        counts.update(found)
    return counts


def quotes_of(members: Sequence[Comment], stems: Sequence[Sequence[str]]) -> list[Quote]:
    """The sentences that say best what the theme is about, to the letter, without personal data."""
    common = Counter(stem for document in stems for stem in set(document))
    ranked: list[tuple[float, int, Any]] = []
    for number, comment in enumerate(members[:2000]):
        weight = sum(common[stem] for stem in set(stems[number])) / (len(set(stems[number])) + 2)
        ranked.append((weight, -number, comment))
    quotes: list[Quote] = []
    for _, _, comment in sorted(ranked, reverse=True)[: MOST_QUOTES * 4]:
        quote = _best_sentence(comment, common)
        if quote is not None and all(quote.text != other.text for other in quotes):
            quotes.append(quote)
        if len(quotes) == MOST_QUOTES:
            break
    return quotes


def _best_sentence(comment: Comment, common: Counter[str]) -> Quote | None:
    from assistant.feedback.vectors import stems
    from assistant.language.redact import find_personal

    best: tuple[float, int, int] | None = None
    for match in SENTENCE.finditer(comment.raw[:4000]):
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip())
        end = min(match.end() - (len(text) - len(text.rstrip())), start + LONGEST)
        if end - start < 3:
            continue
        score = sum(common[stem] for stem in set(stems(comment.raw[start:end])))
        if best is None or score > best[0]:
            best = (score, start, end)
    if best is None or find_personal(comment.raw[best[1] : best[2]]):
        return None
    return Quote(comment.id, best[1], best[2], comment.raw[best[1] : best[2]])
