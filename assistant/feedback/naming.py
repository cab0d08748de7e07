"""A theme's name and its quotes: both taken from what was said, never made up.

A name is a run of two to six words that several of its comments hold and few others do, and that reads as one: a verb
with its object, or a noun with what describes it (`phrasing`). Where there is none, the shortest typical comment stands
for the theme, in quotes, behind the step it speaks of.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.english.alike import stem
from assistant.feedback.comments import plain_key
from assistant.feedback.personal import private
from assistant.feedback.phrasing import named_in
from assistant.feedback.sentiment import Judged, sentiment
from assistant.feedback.shapes import Comment, Quote
from assistant.feedback.spoken import mended, spoken
from assistant.feedback.words import EMPTY_WORDS, NEGATIONS, PARTICLES, STOP, TOKEN

CLAUSE = re.compile(r"[^.!?,;:()\[\]\"“”\n]+")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
WORD = re.compile(r"[^\W\d_](?:[^\W_]|'){0,39}|\d+")
"""As TOKEN, with the words of one letter: without “a” and “I” no clause can be read."""
ARTICLE = re.compile(r" (?:a|an|the) ")
"""“charged a fee” reads better than “charged fee”, as long as it is said about as often."""
MOST_QUOTES = 3
MOST_URGENT = 20
LONGEST = 240
LOOKED_AT = 30
BACKGROUND = 1500
LONGEST_NAME = 6
MOST_TYPICAL = 4
MOST_TRIED = 60
SHARED = 0.12
"""A run of words names a theme when at least this share of its most typical comments says it."""
TYPICAL = 0.6
"""A sentence stands for its theme when it holds this share of what the best one does."""
CARRYING = 4
"""A sentence of so many words that carry meaning says by itself what it is about."""
Key = tuple[str, ...]


class Names:
    """Names for themes, each only once; `background` are texts of all themes, to tell what is special to one."""

    def __init__(self, background: Sequence[str]) -> None:
        step = max(1, len(background) // BACKGROUND)
        texts = background[::step][:BACKGROUND]
        self.total = max(len(texts), 1)
        self.there: Counter[Key] = Counter()
        self.stems: Counter[str] = Counter()
        for text in texts:
            keys = {key for key, _, _ in phrases(text)}
            self.there.update(keys)
            self.stems.update({word for key in keys for word in key})
        self.taken: set[str] = set()

    def name(self, members: Sequence[str], step: str = "") -> str:
        """The best name for these texts (the most typical first) that no other theme has; a sentence alone may not say
        what it is about, so that the name of the `step` most of them speak of stands before it."""
        texts = members[:LOOKED_AT]
        surfaces: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        here: Counter[Key] = Counter()
        single: Counter[str] = Counter()
        clauses: dict[str, str] = {}
        for text in texts:
            found = {key: (surface, clause) for key, surface, clause in phrases(text)}
            here.update(found.keys())
            single.update({word for key in found for word in key})
            for key, (surface, clause) in found.items():
                surfaces[key][surface] += 1
                clauses.setdefault(surface, clause)
        weights = {word: self._apart(n, self.stems[word], len(texts)) for word, n in single.items()}
        least = max(2 if len(texts) > 2 else 1, math.ceil(SHARED * len(texts)))
        ranked = sorted(
            here, key=lambda key: (-self._worth(key, here[key], len(texts), weights), len(key), " ".join(key))
        )
        for key in ranked[:MOST_TRIED]:
            if here[key] < min(least, len(texts)):
                continue  # said by too few to name them all
            often = sorted(surfaces[key].items(), key=lambda item: (-item[1], len(item[0]), item[0]))[:4]
            most = often[0][1]
            often.sort(key=lambda item: not (ARTICLE.search(item[0]) and item[1] * 3 >= most))
            for surface, _ in often:
                name = named_in(clauses[surface], surface)
                if name and name not in self.taken and not private(name):
                    self.taken.add(name)
                    return name
        sentence = self._shortest(texts, weights)
        return f"{step}: {sentence}" if step else sentence

    def _apart(self, here: int, there: int, n: int) -> float:
        lift = (here / n) / ((there + 1) / self.total)
        return (here / n) * math.log1p(lift)

    def _worth(self, key: Key, count: int, n: int, weights: dict[str, float]) -> float:
        """What its words tell of the theme, and how often they stand together in it."""
        told = sum(weights[word] for word in key) / math.sqrt(len(key))
        together = self._apart(count, self.there[key], n) if count > 1 or n < 4 else 0.0
        return told * 0.5 + together

    def _shortest(self, texts: Sequence[str], weights: Mapping[str, float]) -> str:
        """The shortest of the sentences of the most typical comments that tell this theme apart, in quotes."""
        said = _sentences(texts[: max(MOST_TYPICAL, len(texts) // 4)])
        if not any(map(_clear, said)):
            said = [text for text in _sentences(texts) if _clear(text)] or said
        told = {text: self._told(text, weights) for text in said if 1 < len(text.split()) < 13}
        told = {text: worth for text, worth in told.items() if _clear(text)} or told
        enough = TYPICAL * max(told.values(), default=0.0)
        fits = sorted((text for text in told if told[text] >= enough), key=lambda text: (len(text), text))
        longer = [text[:60].rsplit(" ", 1)[0] + " …" for text in said if text.strip()]
        for text in (*fits, *longer):
            name = f"“{text.rstrip('.!')}”"
            if name not in self.taken and not private(text):
                self.taken.add(name)
                return name
        name = f"Theme {len(self.taken) + 1}, without a common phrase"
        self.taken.add(name)
        return name

    def _told(self, text: str, weights: Mapping[str, float]) -> float:
        return sum(weights.get(stemmed, 0.0) for stemmed in {stem(word) for word in TOKEN.findall(text.lower())})


def _sentences(texts: Sequence[str]) -> list[str]:
    return [" ".join(match.group().split()) for text in texts for match in SENTENCE.finditer(spoken(text[:800]))]


def _clear(text: str) -> bool:
    """Whether a sentence can be understood without those around it: enough of its words carry meaning."""
    return sum(_carries(word) for word in WORD.findall(text.lower())) >= CARRYING


def phrases(text: str) -> Iterator[tuple[Key, str, str]]:
    """Every run of words of a text that could be a name: the stems of its words that carry meaning, the run, and the
    clause it stands in."""
    for clause in CLAUSE.findall(mended(spoken(text)[:400])):
        words = WORD.findall(clause.lower().replace("’", "'"))[:60]
        carries = [_carries(word) for word in words]
        for start, word in enumerate(words):
            if not (carries[start] and _begins(word)):
                continue
            key: list[str] = []
            meant = 0
            for end in range(start, min(len(words), start + LONGEST_NAME)):
                last = words[end]
                if carries[end]:
                    denied = last in NEGATIONS
                    key.append("not" if denied else stem(last))
                    meant += not denied
                if meant >= 2 and end > start and _ends(last, carries[end], carries[end - 1]):
                    yield tuple(dict.fromkeys(key)), " ".join(words[start : end + 1]), " ".join(words)


@lru_cache(maxsize=100_000)
def _carries(word: str) -> bool:
    return (word not in STOP and word not in EMPTY_WORDS and not word.isdigit() and len(word) > 1) or word in NEGATIONS


def _begins(word: str) -> bool:
    return word not in PARTICLES and word not in {"nor", "without"}


def _ends(word: str, carries: bool, before: bool) -> bool:
    return (carries and word not in NEGATIONS) or (before and word in PARTICLES)


def quotes_of(members: Sequence[Comment], about: Sequence[Sequence[str]]) -> list[Quote]:
    """The sentences that say best what the theme is about, to the letter, without personal data.

    `members`: the most typical comments first; `about`: the words of each.
    """
    common = Counter(stem(word) for words in about[:200] for word in set(words) if word not in STOP)
    quotes: list[Quote] = []
    said: set[str] = set()
    for comment in members[: MOST_QUOTES * 5]:
        quote = _best_sentence(comment, common)
        if quote is not None and plain_key(quote.text) not in said:
            said.add(plain_key(quote.text))
            quotes.append(quote)
        if len(quotes) == MOST_QUOTES:
            break
    return quotes


def urgent_of(comments: Sequence[Comment], judged: Sequence[Judged]) -> list[Quote]:
    """The worst of the comments that somebody must answer now: harm, then the law, then what hurts most; the sentence
    that says it, without text where it holds personal data."""
    waiting = [at for at, row in enumerate(judged) if row.answer]
    worst = sorted(waiting, key=lambda at: (*_worse(judged[at]), at))
    nothing: Counter[str] = Counter()
    quotes: dict[str, Quote] = {}
    for at in worst[: MOST_URGENT * 5]:
        quote = _best_sentence(comments[at], nothing) or Quote(comments[at].id, 0, 0, "")
        quotes.setdefault(plain_key(quote.text) if quote.text else quote.comment, quote)
    return list(quotes.values())[:MOST_URGENT]


def _worse(row: Judged) -> tuple[int, bool, bool, float]:
    """What brings a comment before another: lower is worse."""
    return -row.severity, "harm" not in row.why, "law" not in row.why, row.feeling


def _best_sentence(comment: Comment, common: Counter[str]) -> Quote | None:
    best: tuple[float, int, int] | None = None
    for match in SENTENCE.finditer(spoken(comment.raw)[:4000]):
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip())
        end = min(match.end() - (len(text) - len(text.rstrip())), start + LONGEST)
        if end - start < 3:
            continue
        words = {stem(word) for word in TOKEN.findall(text.lower()) if word not in STOP}
        score = sum(common[word] for word in words) / (len(words) + 2) + 0.2 * abs(sentiment(text))
        if best is None or score > best[0]:
            best = (score, start, end)
    if best is None or private(comment.raw[best[1] : best[2]]):
        return None
    return Quote(comment.id, best[1], best[2], comment.raw[best[1] : best[2]])
