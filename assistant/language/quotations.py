"""Where in the words something was said: the span of a quotation, and the figures said near it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from assistant.language.figures.stated import Said, said_in
from assistant.process.durations import Span

_LETTERS = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n\s*\n|\n(?=\s*[-*•\d])")


class Evidence:
    """A story made searchable. `find` takes a quotation and gives its span; searching goes on from the last place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = " ".join(text.split())
        self._words: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for m in _LETTERS.finditer(text):
            self._words.append(_plain(m.group()))
            self._starts.append(m.start())
            self._ends.append(m.end())
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)
        self._sentences = [0, *(m.end() for m in _SENTENCE.finditer(text))]
        self._at = 0

    def find(self, quote: str) -> Span | None:
        """The span of a quotation, case, marks and spaces aside; the nearest from where the last one was found on."""
        words = [_plain(word) for word in _LETTERS.findall(quote)]
        if not words or len(words) > 60:
            return None
        hits = [place for place in self._places.get(words[0], ()) if self._words[place : place + len(words)] == words]
        if not hits:
            return self._with_gaps(words) or self._but_one(words)
        place = next((hit for hit in hits if hit >= self._at), hits[0])
        return self._span(place, place + len(words) - 1)

    def _with_gaps(self, words: list[str]) -> Span | None:
        """A quotation that leaves words out (`checks … the stock`): all its words in order, close together."""
        if len(words) < 3:
            return None
        best: tuple[int, int] | None = None
        for first in self._places.get(words[0], ()):
            place: int | None = first
            for word in words[1:]:
                place = next((p for p in self._places.get(word, ()) if p > (place or 0)), None)
                if place is None or place - first > 3 * len(words) + 4:
                    place = None
                    break
            if place is not None and (best is None or place - first < best[1] - best[0]):
                best = (first, place)
        return self._span(*best) if best else None

    def _but_one(self, words: list[str]) -> Span | None:
        """A quotation in which one word differs: models put slips of spelling right as they copy."""
        if not 4 <= len(words) <= 15:
            return None
        return next((span for i in range(len(words)) if (span := self._with_gaps(words[:i] + words[i + 1 :]))), None)

    def _span(self, first: int, last: int) -> Span:
        self._at = first
        return Span(start=self._starts[first], end=self._ends[last])

    @cached_property
    def anywhere(self) -> Said:
        """The figures said in the whole story: a step may be named in one paragraph and timed in another."""
        return said_in(self.text)

    def near(self, span: Span) -> Said:
        """The figures said in the sentences a span lies in, with the one before and the one after."""
        around = self._around(span.start, span.end, 1)
        return said_in(self.text[self._start(around.start) : self._start(around.stop)])

    def passages(self, places: Iterable[tuple[int, int]]) -> str:
        """The sentences in which some places (from, to) lie, each with the one before and the two after; what is left
        out between them shows as `…`."""
        wanted = sorted({number for start, end in places for number in self._around(start, end, 2)})
        runs = ["" if number - 1 in wanted else "… " for number in wanted]
        shown = (self.text[self._start(number) : self._start(number + 1)] for number in wanted)
        return "".join(f"{gap}{sentence}" for gap, sentence in zip(runs, shown, strict=True)).removeprefix("… ").strip()

    def _around(self, start: int, end: int, after: int) -> range:
        """The numbers of the sentences from one before a place to so many after it."""
        last = min(bisect_right(self._sentences, end) + after, len(self._sentences))
        return range(max(0, bisect_right(self._sentences, start) - 2), last)

    def _start(self, number: int) -> int:
        """Where a sentence begins; behind the last one, where the text ends."""
        return self._sentences[number] if number < len(self._sentences) else len(self.text)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
