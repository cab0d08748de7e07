"""Text into sentences and tokens, each knowing the characters it came from.

Lists, headings and blank lines end a sentence; abbreviations ("e.g.", "approx.", "No. 5"), decimal points and times
do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from assistant.english.tables import any_of, classed, worded
from assistant.gateway.redact import TITLES
from assistant.language.figures.separators import Style, numeric, style_of
from assistant.language.offline.words.told_in_lines import opens_a_line, told_in_lines
from assistant.process.durations import NAMED, Span
from assistant.process.told_texts import is_row

_CURRENCY = r"(?i:eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?)"
_PARTED = (
    r"\d{1,3}(?:['’\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|"
    rf"\d{{1,3}}(?: \d{{3}})+(?:[.,]\d+)?(?=\s?(?:[€$£]|{_CURRENCY}\b))|"
    r"(?<!\d )[1-9]\d{0,2}(?: 000)+(?:[.,]\d\d?)?(?![\d:%/-])"
)
"""Thousands apart by an apostrophe or a narrow space, by any space before a currency, and whole ones by any space:
`1'250`, `1 250 euros`, `12 000 orders`."""
_PER = worded("tokens-per")
"""What is said per something: `20 min/case`, `40 orders/day`, `900 p.a.`"""
_NAMED_SO = rf"\b[2-9][DSK](?=\s+(?!{any_of('no-thing-behind')}\b)[a-z]{{4,}})"
"""A figure and a letter that name what follows and measure nothing: `the 8D report`, `a 3D model`, `the 5S audit`."""
_TOKEN = re.compile(
    rf"{_NAMED_SO}|{_PARTED}|{_CURRENCY}(?=/)|{_PER}|"
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|e\+?\d+)?%?|[^\W\d_]+(?:[-/&][^\W_]+|\.(?=[A-Za-z]\.)[A-Za-z]?|"
    r"['’](?=[A-Za-z])[A-Za-z]+)*(?:(?<=\b[A-Z])&[A-Z])?|[€$£]|\.\.\.|(?<=\d)[.,][-–—]{1,2}(?!\w)|[^\w\s]"
)
_NAMES = re.compile(r"[2-9][DSK]")
_WORD = re.compile(r"\s*([a-zA-Z]+|%)")
_CLITIC = re.compile(r"^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_SLIP = re.compile(r"^(.+?)(nt|s)$", re.IGNORECASE)
_SLIPS = classed("reading", "slips")
_SHORTENED = {"abt": "about", "apprx": "about", "aprox": "about", "appr": "about", "tho": "though", "thru": "through"}
"""Words as they are typed in haste, and what they stand for."""
ABBREVIATIONS = classed("reading", "abbreviations")
NEVER_LAST = classed("reading", "never-last")
_BULLET = re.compile(
    r"^\s{0,12}(?:[-*•–·+>→⇒]|\(?(?:\d{1,3}|[a-zA-Z])[.)](?=\s)|#{1,6}(?=\s)|step\s+\d+\s*[:.)-])\s*", re.IGNORECASE
)
_CLOCK = r"[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?[\])]?"
_SPEAKER = re.compile(rf"^\s*(?:{_CLOCK},?\s+)?(?P<name>[A-Za-z][\w.’' -]{{0,30}}?)(?:,?\s+{_CLOCK}:?|:)\s+(?=\S)")
"""Who says a line of an interview or a chat: "Owner: …", "08:53 Kolya: …", "Dee 21:02: …", "Momo 09:02 …"."""
_CASE_LINE = re.compile(r"^\s*[A-Za-z][^.!?\n:;]{0,60}?\s(?:=|-+>|=>|→|⇒)\s")


@dataclass(slots=True)
class Token:
    """One word or mark: as written, in lower case, its characters in the text, and what the tagger found out.

    `tag` is one of table_words' letters or V; `base` and `form` are a verb's dictionary form and its form
    (base, s, ed, en, ing); `meaning` is the cue a joined phrase stands for; `value` is what digits mean in this text.
    """

    text: str
    low: str
    start: int
    end: int
    tag: str = ""
    base: str = ""
    form: str = ""
    meaning: str = ""
    value: float | None = None


class Sentence(NamedTuple):
    """A sentence: its tokens, its characters in the text, and whether it is a bullet or numbered step, a heading, or a
    row of a table."""

    tokens: list[Token]
    start: int
    end: int
    item: bool = False
    heading: bool = False
    row: bool = False
    numbered: bool = False  # a step with its number

    def span(self) -> Span:
        """The sentence's place in the text."""
        return Span(start=self.start, end=self.end)


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    item: bool = False
    heading: bool = False
    row: bool = False
    numbered: bool = False
    tokens: list[Token] = field(default_factory=list)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order. Linear in its length."""
    style = style_of(text)
    pieces = list(_pieces(text))
    for piece, after in pairwise([*pieces, _Piece(0, 0, item=True)]):
        last = text[piece.start : piece.end].rstrip()[-1:]
        piece.numbered = piece.numbered and (after.item or last in (".", ")", ";"))  # "1. General": over what follows
        if piece.row:
            yield Sentence(list(_tokens(text, piece.start, piece.end, style)), piece.start, piece.end, row=True)
        else:
            yield from _split(text, piece, style)


def words_in(text: str, start: int = 0) -> list[Token]:
    """The words and marks of a piece of text whose first character stands at `start`."""
    tokens = _tokens(text, 0, len(text), style_of(text))
    return [replace(token, start=token.start + start, end=token.end + start) for token in tokens]


def _pieces(text: str) -> Iterator[_Piece]:
    """Stretches that no sentence crosses: paragraphs, list items, headings. Wrapped lines are joined."""
    current: _Piece | None = None
    place = 0
    speakers, in_lines = _speakers(text), told_in_lines(text)
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        begun = _begun(line, start, speakers, text)
        if in_lines and begun is None and line.strip() and opens_a_line(line):
            begun = _Piece(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
        if (begun or not line.strip()) and current:
            yield current
            current = None
        if begun and (begun.heading or begun.row):
            yield begun
        elif current and current.item and line[:1].isupper() and line.strip():
            yield current  # a line of its own below a list
            current = _Piece(start, start + len(line.rstrip()))
        elif begun or (line.strip() and current is None):
            current = begun or _Piece(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
        elif line.strip() and current:
            current.end = start + len(line.rstrip())
    if current:
        yield current


def _begun(line: str, start: int, speakers: set[str], text: str) -> _Piece | None:
    """The piece that a line begins by its look: a row, a bullet, a heading, somebody speaking; None for plain text."""
    body = line.strip()
    first, end = start + len(line) - len(line.lstrip()), start + len(line.rstrip())
    bullet = _BULLET.match(line)
    if not body:
        return None
    if is_row(line):
        return _Piece(first, end, row=True)
    label = _SPEAKER.match(line)
    if label is not None and label["name"].lower() in speakers:  # "Owner: The client sends …"
        return _Piece(start + label.end(), end)
    if bullet or _is_heading(body) or _CASE_LINE.match(line):
        head = body.startswith("#") or (not bullet and _is_heading(body))
        piece = _Piece(start + bullet.end() if bullet else first, end, bool(bullet) and not head, head)
        piece.numbered = bullet is not None and any(letter.isdigit() for letter in bullet.group())
        return piece
    if not start and _is_title(body, text[len(line) : len(line) + 80]):
        return _Piece(first, end, heading=True)
    return None


def _speakers(text: str) -> set[str]:
    """Who speaks in an interview: what stands with a colon at the start of several lines, where two take turns."""
    labels = Counter(label["name"].lower() for line in text.splitlines() if (label := _SPEAKER.match(line)))
    often = {label for label, times in labels.items() if times > 1}
    return often if len(often) > 1 else set()


def _is_title(body: str, following: str) -> bool:
    """Whether a first line stands alone as a title: a blank line behind it, few words, no clause."""
    body = re.sub(r"\s*\([^()]*\)$", "", body) or body  # "Repairs at a letting agency (as it runs today)"
    words = body.lower().split()
    alone = not following.split("\n", 1)[0].strip() and bool(following.strip())
    dashed = bool(re.search(r"\s[-–—]\s|:\s", body))  # "Orders at the council - notes from the talk with …"
    plain_words = not set(words) & (_CLAUSE_WORDS - {"the"} if dashed else _CLAUSE_WORDS) and words[
        0
    ] not in _CLAUSE_WORDS | {"hi", "hello", "dear"}
    return alone and 1 < len(words) <= (20 if dashed else 10) and body[-1].isalnum() and plain_words


_CLAUSE_WORDS = classed("reading", "clause-words")
_BEGINNERS = classed("reading", "begins-small")
_CALLED = classed("names", "first") - classed("names", "also-word") - classed("names", "not-alone")
_ENDING = frozenset(NAMED) | {"etc"}
"""Short forms that lines end in: times and what goes on so."""


def _is_heading(line: str) -> bool:
    if line.startswith("#"):
        return True
    return len(line) < 60 and line.endswith(":") is False and line.isupper() and len(line.split()) > 1


def _split(text: str, piece: _Piece, style: Style) -> Iterator[Sentence]:
    """The sentences of one piece."""
    tokens: list[Token] = []
    first = True
    for token in _tokens(text, piece.start, piece.end, style):
        if token.low in (".", "!", "?", "...") and not _abbreviated(tokens, token, text, piece.end):
            if tokens:
                yield _sentence(piece, tokens, token.end, first)
                tokens, first = [], False
            continue
        if token.low == "." and tokens and (tokens[-1].low in NEVER_LAST or _is_initial(tokens[-1])):
            continue  # "Mrs. Miller" is one name
        if len(tokens) >= 400:
            yield _sentence(piece, tokens, token.start, first)
            tokens, first = [], False
        tokens.append(token)
    if tokens:
        yield _sentence(piece, tokens, tokens[-1].end, first)


def _sentence(piece: _Piece, tokens: list[Token], end: int, first: bool) -> Sentence:
    item = piece.item and first
    named = len(tokens) > 2 or end >= piece.end  # "2. Releases. The administration requests …" is a heading
    return Sentence(tokens, tokens[0].start, end, item, piece.heading, numbered=item and piece.numbered and named)


_NUMBERED = re.compile(r"\s*\w*\d")
"""What follows the short form of "number", and not a no: "No. B17"."""


_TIMES = frozenset("min mins hrs".split())


def _abbreviated(before: list[Token], dot: Token, text: str, end: int) -> bool:
    """Whether this full stop belongs to an abbreviation and the sentence goes on."""
    if dot.low != "." or not before or before[-1].end != dot.start:
        return dot.low == "..." and text[dot.end : dot.end + 2].strip()[:1].islower()
    following = text[dot.end : min(end, dot.end + 3)].lstrip()[:1]
    word = before[-1].low
    if word in NEVER_LAST:
        return bool(following)
    if _is_initial(before[-1]) and (following.isupper() and (len(before) == 1 or before[-2].low in _BEFORE_NAMES)):
        return True
    if word in _ENDING and text[dot.end : dot.end + 1] == "\n":
        return False  # a telling of one line that ended so
    if word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and before[-1].text.isupper()):
        begun = following.islower() and not _begins(text, dot.end)
        told = word in _TIMES and before[-2:-1] and before[-2].low[:1].isdigit()  # "40 min. 30% are lost": two things
        return (
            begun or (following.isdigit() and not told) or (word == "no" and _NUMBERED.match(text, dot.end) is not None)
        )
    return False


def _begins(text: str, place: int) -> bool:
    """Whether what follows begins a sentence although it is typed small, as most do in a chat: "5 min. then he …"."""
    following = _WORD.match(text, place)
    return following is not None and following.group(1).lower() in _BEGINNERS | _CALLED


def _is_initial(token: Token) -> bool:
    return len(token.low) == 1 and token.text.isalpha() and token.text.isupper()


LONGEST_TITLE = 12
_TITLE = re.compile(rf"\b(?:{TITLES})\b\.?\s$")
_LETTERED = re.compile(r"([A-Z])\1*")
"""A family name as it is kept: "Mr A" takes orders, and no initial, article or full stop is read there."""
_BEFORE_NAMES = classed("reading", "before-names")


def _tokens(text: str, start: int, end: int, style: Style) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word, at = match.group(), match.start()
        low = plain(word)
        clitic = _CLITIC.match(word) if "'" in low else _SLIP.match(word) if low in _SLIPS else None
        if clitic and low not in ("o'clock",):
            head = clitic.group(1)
            yield Token(head, plain(head), at, at + len(head))
            tail = plain(clitic.group(2))
            yield Token(clitic.group(2), {"nt": "n't", "s": "'s"}.get(tail, tail), at + len(head), match.end())
        elif word[0].isdigit() and not _NAMES.fullmatch(word):
            value = numeric(word.rstrip("%").lower(), style, _following(text, match.end(), word))
            yield Token(word, low, at, match.end(), value=value)
        else:
            kept = bool(_LETTERED.fullmatch(word)) and bool(_TITLE.search(text, max(start, at - LONGEST_TITLE), at))
            low = _SHORTENED.get(low, low)
            yield Token(word, f"{low}_" if kept else low, at, match.end())


def _following(text: str, end: int, word: str) -> str:
    """The word behind a number, or its per cent sign."""
    behind = _WORD.match(text, end)
    return "%" if word.endswith("%") else behind.group(1).lower() if behind else ""


def plain(word: str) -> str:
    """A word in lower case with a straight apostrophe."""
    return word.lower().replace("’", "'")
