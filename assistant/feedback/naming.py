"""What the comments of a theme share, and its quotes: both taken from what was said, never made up.

What they share is a run of two to six words that several of them hold and few others do, and that reads as a name: a
verb with its object, or a noun with what describes it (`phrasing`); or a thing they speak of. `titles` calls a theme by
it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.english.alike import stem
from assistant.feedback.comments import plain_key
from assistant.feedback.personal import private
from assistant.feedback.phrasing import VAGUE, is_thing, named_in
from assistant.feedback.sentiment import Judged, sentiment
from assistant.feedback.shapes import Comment, Quote
from assistant.feedback.spoken import mended, spoken
from assistant.feedback.words import EMPTY_WORDS, NEGATIONS, PARTICLES, STOP, TOKEN

CLAUSE = re.compile(r"[^.!?,;:()\[\]\"“”\n]+")
SENTENCE = re.compile(r"(?:[^.!?\n]|(?<=\d)\.(?=\d))+[.!?]*[\"”’']?")
WORD = re.compile(r"[^\W\d_](?:[^\W_]|'){0,39}|\d+")
"""As TOKEN, with the words of one letter: without “a” and “I” no clause can be read."""
ARTICLE = re.compile(r" (?:a|an|the) ")
"""“charged a fee” reads better than “charged fee”, as long as it is said about as often."""
MOST_QUOTES = 3
MOST_URGENT = 20
LONGEST = 240
_OPENS = " \t\r\n,;:.!-"
"""What may be left before the first word where a greeting was taken out."""
WHOLE = 200
"""A comment of so many characters is quoted whole: a sentence out of it is often only half of what was meant."""
LOOKED_AT = 30
BACKGROUND = 1500
LONGEST_NAME = 6
MOST_TYPICAL = 4
MOST_TRIED = 60
MOST_THINGS = 12
SHARED = 0.12
"""A run of words names a theme when at least this share of its most typical comments says it."""
TYPICAL = 0.6
"""A sentence stands for its theme when it holds this share of what the best one does."""
CARRYING = 4
"""A sentence of so many words that carry meaning says by itself what it is about."""
Key = tuple[str, ...]


class Names:
    """What tells the texts of one theme apart; `background` are texts of all themes."""

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

    def of(self, members: Sequence[str]) -> Shared:
        """What these texts (the most typical first) share."""
        return Shared(self, members[:LOOKED_AT])

    def apart(self, here: int, there: int, n: int) -> float:
        """How much it tells of n texts that `here` of them hold what `there` of all hold."""
        lift = (here / n) / ((there + 1) / self.total)
        return (here / n) * math.log1p(lift)


class Shared:
    """What the texts of one theme share: runs of words that read as a name, things, and sentences that stand for it."""

    def __init__(self, among: Names, texts: Sequence[str]) -> None:
        self.among, self.texts = among, texts
        self.surfaces: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.here: Counter[Key] = Counter()
        self.clauses: dict[str, str] = {}
        single: Counter[str] = Counter()
        for text in texts:
            found = {key: (surface, clause) for key, surface, clause in phrases(text)}
            self.here.update(found.keys())
            single.update({word for key in found for word in key})
            for key, (surface, clause) in found.items():
                self.surfaces[key][surface] += 1
                self.clauses.setdefault(surface, clause)
        self.weights = {word: among.apart(n, among.stems[word], len(texts)) for word, n in single.items()}

    def phrases(self) -> Iterator[tuple[str, float]]:
        """Runs of words that read as a name, the best first, each with the share of texts that say it."""
        texts = len(self.texts)
        least = min(max(2 if texts > 2 else 1, math.ceil(SHARED * texts)), texts)
        ranked = sorted(self.here, key=lambda key: (-self._worth(key), len(key), " ".join(key)))
        for key in ranked[:MOST_TRIED]:
            if self.here[key] < least:
                continue  # said by too few to name them all
            often = sorted(self.surfaces[key].items(), key=lambda item: (-item[1], len(item[0]), item[0]))[:4]
            most = often[0][1]
            often.sort(key=lambda item: not (ARTICLE.search(item[0]) and item[1] * 3 >= most))
            for surface, _ in often:
                if name := named_in(self.clauses[surface], surface):
                    yield name, self.here[key] / texts

    def things(self, least: int) -> Iterator[str]:
        """Nouns that at least so many of the texts say, those first that tell most of them, then as they are said."""
        texts = [mended(spoken(text)[:400]).lower() for text in self.texts]
        clauses = [clause for text in texts for clause in CLAUSE.findall(text)]
        said: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for word in dict.fromkeys(WORD.findall(text)):
                if _carries(word) and word not in VAGUE and word not in NEGATIONS:
                    said[stem(word)][word] += 1
        often = {key: words.total() for key, words in said.items() if words.total() >= least}
        ranked = sorted(often, key=lambda key: -self.among.apart(often[key], self.among.stems[key], len(texts)))
        for key in ranked[:MOST_THINGS]:
            word = min(said[key], key=lambda word: (-said[key][word], word))
            if is_thing(word, [clause for clause in clauses if word in clause][:3]):
                yield word

    def sentences(self) -> Iterator[str]:
        """The sentences of the most typical texts that tell this theme apart, the shortest first."""
        said = _sentences(self.texts[: max(MOST_TYPICAL, len(self.texts) // 4)])
        if not any(map(_clear, said)):
            said = [text for text in _sentences(self.texts) if _clear(text)] or said
        told = {text: self._told(text) for text in said if 1 < len(text.split()) < 13}
        told = {text: worth for text, worth in told.items() if _clear(text)} or told
        enough = TYPICAL * max(told.values(), default=0.0)
        yield from sorted((text for text in told if told[text] >= enough), key=lambda text: (len(text), text))
        yield from (text[:50].rsplit(" ", 1)[0] + " …" for text in said if text.strip())

    def _worth(self, key: Key) -> float:
        """What its words tell of the theme, and how often they stand together in it."""
        count, texts = self.here[key], len(self.texts)
        told = sum(self.weights[word] for word in key) / math.sqrt(len(key))
        together = self.among.apart(count, self.among.there[key], texts) if count > 1 or texts < 4 else 0.0
        return told * 0.5 + together

    def _told(self, text: str) -> float:
        return sum(self.weights.get(stemmed, 0.0) for stemmed in {stem(word) for word in TOKEN.findall(text.lower())})


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
    """What says best what the theme is about, to the letter, without personal data.

    `members`: the comments that may be quoted, the most typical first; `about`: the words of its comments.
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
    quotes: dict[str, Quote] = {}
    for at in worst[: MOST_URGENT * 5]:
        quote = quoted(comments[at])
        quotes.setdefault(plain_key(quote.text) if quote.text else quote.comment, quote)
    return list(quotes.values())[:MOST_URGENT]


def quoted(comment: Comment) -> Quote:
    """What a comment says by itself, without text where that is personal."""
    return _best_sentence(comment, Counter()) or Quote(comment.id, 0, 0, "")


def _worse(row: Judged) -> tuple[int, bool, bool, float]:
    """What brings a comment before another: lower is worse."""
    return -row.severity, "harm" not in row.why, "law" not in row.why, row.feeling


def _best_sentence(comment: Comment, common: Counter[str]) -> Quote | None:
    said = spoken(comment.raw)[:4000]
    whole = said.rstrip().lstrip(_OPENS)
    start = said.find(whole)
    if 3 <= len(whole) <= WHOLE and comment.raw[start : start + len(whole)] == whole and not private(whole):
        return Quote(comment.id, start, start + len(whole), whole)
    best: tuple[bool, float, int, int] | None = None
    for match in SENTENCE.finditer(said):
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip())
        end = min(match.end() - (len(text) - len(text.rstrip())), start + LONGEST)
        if end - start < 3:
            continue
        words = {stem(word) for word in TOKEN.findall(text.lower()) if word not in STOP}
        score = sum(common[word] for word in words) / (len(words) + 2) + 0.2 * abs(sentiment(text))
        if best is None or (_clear(text), score) > best[:2]:
            best = (_clear(text), score, start, end)
    if best is None or private(comment.raw[best[2] : best[3]]):
        return None
    return Quote(comment.id, best[2], best[3], comment.raw[best[2] : best[3]])
