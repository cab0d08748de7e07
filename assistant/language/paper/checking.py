"""A paper held against the story: each figure told, worked out or marked; quotations to the letter; nothing protected
dropped. Lines that do not hold go back once; what then still does not is marked or struck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.english.alike import long_stems
from assistant.language.paper.derived import between_months, converted, lengths, months_named
from assistant.language.paper.figures_stated import (
    RULING,
    UNITS,
    assumed_in,
    cells,
    figures,
    is_row,
    own_columns,
    plain,
    results_in,
    sum_spans,
    sums,
)
from assistant.language.paper.markdown import letter, sentences
from assistant.language.paper.sums import rounded
from assistant.language.paper.told_figures import Told

UNCHECKED, ASSUMED = "(not checked)", "(assumed)"
MOST_UNCHECKED, MOST_MARKED = 8, 2
"""A paper with more sentences that do not hold is not shown; so few are marked without being asked for again."""
_QUOTE = re.compile(r"“([^”\n]{3,400})”|\"([^\"\n]{3,400})\"")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ([A-Z][\w-]*)")
_PAIR = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,}) ([A-Z][a-z]{2,})\b")
_DROP = re.compile(
    r"\b(?:drop|abolish|scrap|remov|delet|skip|omit|leav\w* out|"
    r"do without|stop(?:s|ped)?\b|ends?\b|ended|ceas|eliminat|"
    r"waiv|cancel|giv\w* up|falls? away|goes away|no longer (?:done|made|need|requir|carr|take))",
    re.I,
)
_ROW_NUMBER = re.compile(r"^\W*\d{1,2}[.):]?(?:\W*$|\s+(?=\W*[A-Z]))")
"""What stands in front of a row that is one of a numbered list: alone in its cell, or before the name of what it is."""
_RULED = re.compile(r"^(?:>|- \[ \]|\W*(?:rule|card|sheet|trial|pilot|test|sample)\b[^:]{0,30}:)", re.I)
"""A line that orders something to be done, whole: a rule by its label, a message to send, a day of the plan."""
_KEPT = re.compile(
    r"\b(?:not|never|nobody|nothing|no|stays?|remains?|keep|kept|until|before|unless|without|if|when)\b", re.I
)


@dataclass(frozen=True)
class Wrong:
    """A sentence of a paper that does not hold, and why. `against`: it drops what must stay; `quote`: words of its own
    in quotation marks are all that is wrong; `assumed`: figures that only a sum behind it calls assumed; `nobodys`:
    figures that nobody told and no sum leads to; `behind`: it is a sum of the list behind the paper, which is left
    out."""

    sentence: str
    why: str
    against: bool = False
    quote: str = ""
    assumed: tuple[str, ...] = ()
    nobodys: tuple[str, ...] = ()
    behind: bool = False

    @property
    def small(self) -> bool:
        """Whether the sentence holds once it is marked as it should be."""
        return bool(self.quote or self.assumed)


class PaperCheck:
    """Holds papers against a story, the facts, and the names of steps that must stay."""

    def __init__(
        self,
        story: str,
        facts: Iterable[str],
        protected: Iterable[str] = (),
        names: Iterable[str] = (),
        assumed: Iterable[str] = (),
    ) -> None:
        """`assumed` are sums worked out before that rest on an assumption: with them one may go on reckoning, and
        what they come to is called assumed where it stands."""
        self.facts, resting = tuple(facts), tuple(assumed)
        told = Told(story, self.facts)
        self.known, self._together = told.known | rounded(results_in(self.facts)), told.together
        made = results_in(resting)
        self._resting = frozenset(Told("", resting).known | made | rounded(made)) - self.known
        self._months, self._lengths = months_named(story), lengths((story, *self.facts, *resting))
        self.sentences = [" ".join(part.split()) for part in re.split(r"(?<=[.!?])\s+|\n{2,}", story) if part.strip()]
        self._story = _letters(story)
        self._words = set(re.findall(r"\w+", " ".join((story, *self.facts, *names)).casefold()))
        self._protected = [stems for name in protected if (stems := (long_stems(name) - {"with", "from", "that"}))]

    def wrong(self, lines: Sequence[str]) -> dict[int, list[Wrong]]:
        """What does not hold, by line."""
        read = len(letter(lines))
        self._assumed, self._own = assumed_in(lines) | self._resting, _called_own(lines[:read])
        results, bad_sums = sums(lines, self.known | self._resting | {value for value, _ in self._own}, self._together)
        known = self.known | results.keys() | rounded([*results, *results_in(results.values())])
        self._reckoned = self._lengths | lengths(results.values())
        found: dict[int, list[Wrong]] = {}
        for number, (line, own) in enumerate(zip(lines, own_columns(lines), strict=True)):
            parts = _parts(line, own) if number < read else {}  # behind it stand sums, which are worked out whole
            faults = [fault for part, his in parts.items() for fault in self._faults(part, line, known, his)]
            if number in bad_sums:
                sentence = next((part for part in parts if bad_sums[number][1:20] in part), line)
                bad = Wrong(sentence, bad_sums[number], behind=number >= read)
                faults = [bad, *(fault for fault in faults if fault.sentence != sentence)]
            if faults:
                found[number] = faults
        return found

    def not_mended(self, lines: Sequence[str]) -> dict[int, list[Wrong]]:
        """What is to be asked for again, by line: what must stay is taken away, or too much does not hold.

        One or two claims of nobody are marked, and a sum behind the paper that does not hold is left out: to ask for
        them again costs as much as the whole reply. Marks around words of one's own are taken off without asking.
        """
        found = {number: faults for number, faults in self.wrong(lines).items() if not all(f.small for f in faults)}
        shown = [fault for number, faults in found.items() if number < len(letter(lines)) for fault in faults]
        few = sum(not fault.small for fault in shown) <= MOST_MARKED
        return {} if few and not any(fault.against for fault in shown) else found

    def _faults(self, sentence: str, line: str, known: Iterable[float], own: bool) -> Iterator[Wrong]:
        if self.drops(sentence):
            yield Wrong(sentence, "it takes away what must stay", True)
        words = plain(sentence)
        ruled = not is_row(line) and bool(_RULED.match(line) or RULING & set(re.findall(r"[a-z]+", words.lower())))
        months = months_named(sentence)
        inside = sum_spans(words)  # the figures of a sum are held against the story where it is worked out again
        strange = (
            {}
            if line.startswith(">")
            else {
                words[figure.start : figure.end]: figure.value
                for figure in figures(words)
                if not (
                    any(first <= figure.start < last for first, last in inside)
                    or figure.marked
                    or own
                    or (figure.small and ruled)
                    or figure.limit
                    or (figure.value, figure.unit[:2]) in self._own
                    or figure.value in known
                    or converted(figure, self._reckoned)
                    or between_months(figure, months, self._months)
                    or (figure.value == 0 or (figure.bare and figure.value in range(11) and not is_row(line)))
                )
            }
        )
        assumed = tuple(words for words, value in strange.items() if value in self._assumed)
        if assumed and len(assumed) == len(strange):
            yield Wrong(sentence, f"{' and '.join(assumed)} is called assumed only behind it", assumed=assumed)
        elif strange:
            way = "put the sum under FIGURES, say in its sentence that it is assumed, or leave it out"
            why = f"nobody told {' and '.join(strange)}: {way}"
            yield Wrong(sentence, why, nobodys=tuple(strange))
        if not line.startswith(">"):
            for quote in self._misquoted(sentence):
                yield Wrong(
                    sentence, f"“{quote}” does not stand in the story; quotation marks are for its words", quote=quote
                )
        for name in (*_TITLED.findall(sentence), *(" ".join(pair) for pair in _PAIR.findall(sentence))):
            if not any(word in self._words for word in name.casefold().split()):
                yield Wrong(sentence, f"the story names no {name}")

    def _misquoted(self, sentence: str) -> list[str]:
        quotes = [match[1] or match[2] for match in _QUOTE.finditer(sentence)]
        return [quote for quote in quotes if len(quote.split()) > 1 and not self._said(quote)]

    def _said(self, quote: str) -> bool:
        return all(_letters(part) in self._story for part in re.split(r"\s*(?:…|\.\.\.|\[[^\]]*\])\s*", quote))

    def drops(self, sentence: str) -> bool:
        """Whether a clause takes a protected step away."""
        for clause in re.split(r"[,;:–]", sentence):
            if _DROP.search(clause) and not _KEPT.search(clause):
                stems = long_stems(clause) - {"with", "from", "that"}
                if any(len(kept & stems) >= max(2, 0.6 * len(kept)) or kept <= stems for kept in self._protected):
                    return True
        return False

    def settled(self, lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[Wrong, ...]]:
        """The lines with what does not hold struck, marked or without its quotation marks, and what that was."""
        done, struck, read = list(lines), [], len(letter(lines))
        marked: set[str] = set()
        for number, faults in self.wrong(lines).items():
            for fault in sorted(faults, key=lambda fault: fault.small):
                struck.append(fault)
                done[number] = _mended(done[number], fault, marked) if number < read else ""
        return tuple(done), tuple(struck)

    def sources(self, lines: Sequence[str]) -> Mapping[float, str]:
        """Where each traced figure of a paper comes from, in words."""
        results, _ = sums(lines, self.known | self._resting, self._together)
        told = {figure.value: f"told: {text:.160}" for text in reversed(self.sentences) for figure in figures(text)}
        facts = {figure.value: f"worked out or told: {text:.160}" for text in self.facts for figure in figures(text)}
        return {**{value: f"worked out again: {text}" for value, text in results.items()}, **facts, **told}


def _mended(line: str, fault: Wrong, marked: set[str]) -> str:
    """The line as it may stand. A figure that is nobody's is called assumed where it first stands (`marked` holds
    those that are): a mark behind every sentence would be read as doubt of the whole."""
    if fault.against:
        left = line.replace(fault.sentence, "(struck)" if is_row(line) else "").strip()
        return left if re.search(r"\w", left) else ""
    if fault.quote:
        return line.replace(f"“{fault.quote}”", fault.quote).replace(f'"{fault.quote}"', fault.quote)
    if figures_of_nobody := fault.assumed or fault.nobodys:
        sentence = fault.sentence
        for words in figures_of_nobody:
            if words not in marked:
                sentence = re.sub(_standing(words), _called_assumed, sentence, count=1)
        marked |= set(figures_of_nobody)
        return line.replace(fault.sentence, sentence, 1)
    if UNCHECKED in fault.sentence or f"{fault.sentence} {UNCHECKED}" in line:
        return line
    return line.replace(fault.sentence, f"{fault.sentence} {UNCHECKED}", 1)


def _called_assumed(match: re.Match[str]) -> str:
    """A figure with its mark; the end of a range whose mark stands behind it needs no other."""
    return match[0] if match.string.startswith(f" {ASSUMED}", match.end()) else f"{match[0]} {ASSUMED}"


def _standing(words: str) -> str:
    """A figure where it stands, with the range it begins, the unit, and the compound it is part of."""
    range_ = r"(?:(?:-? (?:to|or|and) |\s?[-–]\s?)[\d,.]*\d)?"
    whole = r"(?:\**[-/]\w+)*(?:['’]s?(?!\w))?"
    return rf"(?<![\w.,])(?:EUR )?{re.escape(words)}(?![\w,.]*\d){range_}(?:[ -]?(?:{UNITS}))?{whole}"


def _called_own(lines: Sequence[str]) -> set[tuple[float, str]]:
    """The figures with a unit that are called the writer's own somewhere: a target of ten weeks is one in the heading
    too."""
    parts = (
        part for line, own in zip(lines, own_columns(lines), strict=True) for part in _parts(line, own).items() if line
    )
    stated = ((figure, own) for part, own in parts for figure in figures(plain(part)))
    return {(figure.value, figure.unit[:2]) for figure, own in stated if figure.unit and (figure.marked or own)}


def _parts(line: str, own: frozenset[int]) -> dict[str, bool]:
    """The sentences of a line, or the cells of a row, each with whether it holds the writer's own figures."""
    if is_row(line):
        read = enumerate(cells(line))
        return {
            shown: place in own
            for place, cell in read
            if (shown := cell if place else _ROW_NUMBER.sub("", cell)).strip("-: ")
        }
    return dict.fromkeys(sentences(line), False)


def _letters(text: str) -> str:
    plain = text.casefold().replace("’", "'").replace("‘", "'")
    return " ".join(re.sub(r"[“”\"]", "", plain).split()).strip(" .,;:!?")
