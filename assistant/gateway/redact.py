"""Personal data masked before a text leaves the machine, and put back into what returns.

Found: e-mail addresses, IBANs (with their check digits), card numbers (issuer prefix, length, Luhn and what stands
around them: an order number of 15 digits is no card), telephone numbers, postal addresses, and names of people where a
title, a phrase or a common given name shows them. A value keeps its placeholder within a text, and in all texts of a
run, so that the model can still tell two people apart. Rules of patterns find what looks like itself: this lowers what
is sent, it proves nothing.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.english.classes import ALSO_WORDS, GIVEN_NAMES
from assistant.english.forms import readings
from assistant.english.tables import any_of, classed


class Found(NamedTuple):
    """Personal data in a text: from `start` to `end`, of `kind` EMAIL, IBAN, CARD, PHONE, ADDRESS or NAME."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Masked:
    """A text with placeholders, and what each stands for."""

    text: str
    values: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[Found, str], ...] = ()
    """Where each placeholder stands for what, by the characters of the text that was masked."""

    def restore(self, text: str) -> str:
        """The text with every placeholder replaced by what it stands for, also where the brackets got lost."""
        if not self.values:
            return text
        table = dict(self.values)
        bare = {placeholder[1:-1]: value for placeholder, value in self.values}
        names = "|".join(sorted(map(re.escape, bare), key=len, reverse=True))
        whole = re.compile(rf"\[({names})\]|(?<![\w\[])({names})(?![\w\]])")
        return whole.sub(lambda m: table[m.group()] if m.group(1) else bare[m.group(2)], text)

    def hide(self, text: str) -> str:
        """Another text with the same values masked again: what is sent back about a reply quotes it restored."""
        if not self.values:
            return text
        placeholders = {value: placeholder for placeholder, value in self.values}
        known = "|".join(sorted(map(re.escape, placeholders), key=len, reverse=True))
        return re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda match: placeholders[match.group()], text)

    @property
    def longest(self) -> int:
        """Characters of the longest placeholder; 0 when there is none."""
        return max((len(placeholder) for placeholder, _ in self.values), default=0)

    def in_words(self) -> str:
        """What was masked, for a note: `masked before sending: 2 EMAIL, 1 NAME`; empty when nothing was."""
        kinds = [placeholder.strip("[]").rstrip("0123456789").strip("_X") for placeholder, _ in self.values]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        return f"masked before sending: {counts}" if counts else ""


MOST_REMEMBERED = 500
"""Values of a run that are remembered; then it begins anew."""


class Run:
    """What was masked in a run: the same value gets the same placeholder in every text, and what one text shows to be a
    name is one in the others too. Safe to use from several threads."""

    def __init__(self) -> None:
        self._table: dict[tuple[str, str], str] = {}
        self._names: dict[str, None] = {}
        self._lock = threading.Lock()

    def mask(self, text: str) -> Masked:
        """The text with its personal data replaced, as in the texts of this run before it."""
        with self._lock:
            if len(self._table) > MOST_REMEMBERED:
                self._table, self._names = {}, {}
            found = _with_names(text, find_personal(text), self._names)
            masked = _masked(text, found, self._table)
            names = (text[each.start : each.end] for each in found if each.kind == "NAME")
            self._names |= {
                name: None for name in names if len(name) >= SHORTEST_KNOWN and name.lower() not in ALSO_WORDS
            }
        return masked


def mask(text: str) -> Masked:
    """The text with its personal data replaced by placeholders such as `[EMAIL_1]`, none of which it holds already."""
    return _masked(text, find_personal(text), {})


def _with_names(text: str, found: list[Found], names: Iterable[str]) -> list[Found]:
    """What was found, with the names known beside it, longest first."""
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    if not known:
        return found
    taken = {place for each in found for place in range(each.start, each.end)}
    more = (Found(*m.span(), "NAME") for m in re.finditer(rf"(?<![\w@.\-])(?:{known})(?![\w@])", text))
    return sorted([*found, *(each for each in more if taken.isdisjoint(range(each.start, each.end)))])


def _masked(text: str, found: Sequence[Found], table: dict[tuple[str, str], str]) -> Masked:
    """The text with other words for what was `found`; `table` holds those given before, and gets the new ones."""
    prefix = ""
    while any(f"{prefix}{kind}_" in text for kind in {personal.kind for personal in found}):
        prefix += "X_"
    places: list[tuple[Found, str]] = []
    first: dict[str, str] = {}
    for personal in found:
        value, kind = text[personal.start : personal.end], f"{prefix}{personal.kind}"
        key = (kind, _same(value, personal.kind))
        if key not in table:
            table[key] = f"[{kind}_{1 + sum(other == kind for other, _ in table)}]"
        places.append((personal, table[key]))
        first.setdefault(table[key], value)
    return Masked(instead(text, places), tuple(first.items()), tuple(places))


def instead(text: str, places: Sequence[tuple[Found, str]]) -> str:
    """A text with other words at some places, which are in order."""
    pieces, at = [], 0
    for personal, words in places:
        pieces += [text[at : personal.start], words]
        at = personal.end
    return "".join([*pieces, text[at:]])


def _same(value: str, kind: str) -> str:
    """What makes two values one: exact copies, so that putting back is exact; a name also when it is written small."""
    return value.lower() if kind == "NAME" else value


def find_personal(text: str) -> list[Found]:
    """All personal data found, in order and without overlaps; where two overlap the more certain kind stays."""
    taken: list[Found] = []
    covered = bytearray(len(text))
    for finder in _FINDERS:
        for personal in finder(text):
            if personal.end > personal.start and not any(covered[personal.start : personal.end]):
                covered[personal.start : personal.end] = b"\x01" * (personal.end - personal.start)
                taken.append(personal)
    return sorted(taken)


# Quantifiers are bounded and starts anchored, so that no text makes a search slower than linear.
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}(?![\w@])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<![\d.,\-])\d(?:[ \-]?\d){12,18}(?![\d\-]|[.,]\d)")
_PHONE = re.compile(
    r"(?<![\w+.,])(?:"
    r"\+\d{1,3}(?:[ \-./]?\(?\d{1,5}\)?){2,6}"
    r"|\(0?\d{2,5}\) ?\d{2,4}(?:[ \-./]?\d{2,5}){1,3}"
    r"|0\d{1,4}[ \-/]\d{2,5}(?:[ \-]?\d{2,5}){1,3}"
    r"|\d{3}[\-. ]\d{3}[\-. ]\d{4}"
    r")(?![\w\-])"
)
_PHONE_SAID = re.compile(
    r"\b(?:phone|tel|telephone|mobile|cell|fax|call (?:me|us|him|her|them)(?: back)?(?: (?:on|at))?)"
    r"(?: (?:number|no\.?|is|on|at))?[.: ]{1,3}(\d(?:[ \-/]?\d){5,13})(?!\d)",
    re.IGNORECASE,
)
_STREET = (r"(?:Street|Str\.|St\.|St|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.|Boulevard|Blvd\.?|Square|Court|"
           r"Terrace|Crescent|Close|Way|Place)")  # fmt: skip
_ADDRESS = re.compile(
    rf"(?<![\w.,])\d{{1,5}}[A-Za-z]? (?:[A-Z][A-Za-z'\-]{{1,20}} ){{1,3}}{_STREET}(?![A-Za-z])"
    r"(?:,? (?:[A-Z][a-z]{1,20} ?){1,2},? (?:[A-Z]{2} )?\d{5}(?!\d))?"
    r"|(?<!\w)[A-ZÄÖÜ][a-zäöüß\-]{1,25}(?:straße|strasse|str\.|weg|platz|allee|gasse) \d{1,4}[a-z]?(?!\w)"
    r"(?:,? \d{5} [A-ZÄÖÜ][a-zäöüß]{1,25})?"
)
_WORD = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]{1,20}(?:[A-Z][a-z]{1,15})?"
TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|Madame|Monsieur|Señora?"
"""What stands before a family name, as a pattern."""
_TITLED = re.compile(rf"\b(?:{TITLES})\b\.? ({_WORD}(?: {_WORD}){{0,2}})")
_PHRASED = re.compile(
    r"\b(?:[Mm]y name is|[Mm]y name's|[Rr]egards,|[Ss]incerely,|[Dd]ear|[Ss]igned by|[Ss]igned:)\s{1,3}"
    rf"({_WORD}(?: {_WORD}){{0,2}})"
)
_CAPITAL = re.compile(rf"(?<![\w@.\-])({_WORD})(?=((?: {_WORD})?))")
SHORTEST_KNOWN = 3
"""A name of so few letters is masked only where its own text shows that it is one."""
SHORTEST = 4
"""A name of so many letters that is greeted is masked wherever it stands, where the text has no such word."""
_OWNS = re.compile(r"['’]s?$")
"""How a name ends whose owner is meant: `Mr Adler's list`, `Mr Evans’ list`."""
_NO_NAME = classed("reading", "no-name")  # fmt: skip


def _emails(text: str) -> Iterator[Found]:
    if "@" in text:
        yield from (Found(m.start(), m.end(), "EMAIL") for m in _EMAIL.finditer(text))


def _ibans(text: str) -> Iterator[Found]:
    for m in _IBAN.finditer(text):
        plain = m.group().replace(" ", "")
        if 15 <= len(plain) <= 34 and _iban_valid(plain):
            yield Found(m.start(), m.end(), "IBAN")


def _iban_valid(plain: str) -> bool:
    """ISO 13616: the first four characters moved to the end, letters as 10 to 35, modulo 97 gives 1."""
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


# Issuer prefixes and lengths (ISO/IEC 7812 ranges as the card schemes publish them).
_ISSUERS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (4, 4, (13, 16, 19)), (51, 55, (16,)), (2221, 2720, (16,)), (34, 34, (15,)), (37, 37, (15,)),
    (6011, 6011, (16, 19)), (644, 649, (16, 19)), (65, 65, (16, 19)), (36, 36, (14,)), (38, 39, (14,)),
    (300, 305, (14,)), (3528, 3589, (16,)), (62, 62, (16, 17, 18, 19)), (50, 50, (16,)), (56, 58, (16,)),
)  # fmt: skip
_CARD_WORDS = re.compile(
    r"\b(?:card|visa|mastercard|amex|american express|credit|debit|maestro|cvv|cvc|expir\w*)\b", re.I
)
_OTHER_NUMBERS = re.compile(
    rf"\b{any_of('numbered-thing')}\b",
    re.I,
)  # fmt: skip
_GROUPED = re.compile(r"\d{4}([ \-])\d{4}\1\d{4}\1\d{4}|\d{4}([ \-])\d{6}\2\d{5}")


def _cards(text: str) -> Iterator[Found]:
    for m in _CARD.finditer(text):
        digits = re.sub(r"\D", "", m.group())
        if not (_issued(digits) and _luhn(digits)):
            continue
        around = text[max(0, m.start() - 50) : m.start()] + " " + text[m.end() : m.end() + 30]
        just_before = text[max(0, m.start() - 30) : m.start()]
        said = bool(_CARD_WORDS.search(around))
        other = bool(_OTHER_NUMBERS.search(just_before))
        if _GROUPED.fullmatch(m.group()) or (said and not other) or (len(digits) == 16 and not other):
            yield Found(m.start(), m.end(), "CARD")


def _issued(digits: str) -> bool:
    return any(
        low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths for low, high, lengths in _ISSUERS
    )


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right doubled, cross sums, total divisible by ten."""
    total = sum(int(d) if i % 2 == 0 else sum(divmod(int(d) * 2, 10)) for i, d in enumerate(reversed(digits)))
    return total % 10 == 0


def _phones(text: str) -> Iterator[Found]:
    for m in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", m.group())
        if 7 <= len(digits) <= 15 and not _OTHER_NUMBERS.search(text[max(0, m.start() - 20) : m.start()]):
            yield Found(m.start(), m.end(), "PHONE")
    yield from (Found(m.start(1), m.end(1), "PHONE") for m in _PHONE_SAID.finditer(text))


def _addresses(text: str) -> Iterator[Found]:
    yield from (Found(m.start(), m.end(), "ADDRESS") for m in _ADDRESS.finditer(text))


def _names(text: str) -> Iterator[Found]:
    seen: set[str] = set()
    for pattern in (_TITLED, _PHRASED):
        for m in pattern.finditer(text):
            words = m.group(1).split(" ")
            kept = next((i for i, word in enumerate(words) if word in _NO_NAME), len(words))
            kept = next((i + 1 for i, word in enumerate(words[:kept]) if _OWNS.search(word)), kept)
            name = _OWNS.sub("", " ".join(words[:kept]))
            if len(name) > 1:  # the letter of a name that is masked already is none
                yield Found(m.start(1), m.start(1) + len(name), "NAME")
                seen |= {name.lower()} & ALSO_WORDS
                if pattern is _PHRASED and len(name) >= SHORTEST and name.isalpha() and name.lower() not in text:
                    yield from (
                        Found(n.start(), n.end(), "NAME")
                        for n in re.finditer(rf"(?<![\w@.\-]){re.escape(name)}(?![\w@])", text)
                    )
    for m in _CAPITAL.finditer(text):
        given, following = m.group(1), m.group(2).strip()
        plain = _OWNS.sub("", given)
        if plain.lower() not in GIVEN_NAMES:
            continue
        surname = bool(following) and following not in _NO_NAME and plain == given
        if plain.lower() in ALSO_WORDS and (not surname or (plain in _ASKS and _QUESTION.match(text, m.end(2)))):
            continue
        yield Found(m.start(1), m.end(2) if surname else m.start(1) + len(plain), "NAME")
        seen.add(plain.lower())
    yield from _also_words(text, seen)
    # Who writes in haste writes the same name small: it is masked where the text shows elsewhere that it is one.
    for name in sorted(seen - ALSO_WORDS):
        yield from (
            Found(m.start(), m.end(), "NAME") for m in re.finditer(rf"(?<![\w@.\-]){re.escape(name)}(?![\w@])", text)
        )


_ALSO = re.compile(
    rf"(?P<before>(?:^|[\w,;:.!?)\]\"”*-])[ \n]*)(?P<name>{'|'.join(sorted(word.capitalize() for word in ALSO_WORDS))})"
    r"\b(?=(?P<owns>['’]s)?(?: (?P<next>[\w’']+))?)",
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTHS_BEHIND = re.compile(rf"(?: (?:to|till|until|through|and|or)|,| ?[-–/]) ?{_MONTH}\b")
_MONTHS_BEFORE = re.compile(rf"\b{_MONTH}(?: (?:to|till|until|through|and|or)|,| ?[-–/]) ?$")
"""May among other months is none."""
_ASKS = ("May", "Will")
_QUESTION = re.compile(r"[^.!?\n]{1,160}\?")
"""`May Greta teach from Monday?` names Greta alone."""
_OPENERS = classed("reading", "sentence-opener")
_LAST_WORD = re.compile(r"([\w’']{1,40})(?P<mark>[,;]?) ?$")
_NO_NAME_BEHIND = frozenset("a an the this no every each any our my your one".split())
_MONTH_BEHIND = frozenset("in by since until till from of last next early late mid".split())
_ASKED = frozenset("you we i they he she it the a an this that".split())
_ALSO_OTHERS = ("May", "Jordan", "Virginia")
"""Words behind which such a word is no name, behind which a month or a country stands, and before which it is an
auxiliary or an order: `Will you sign?`, `Mark the box`; then the months and countries."""
_NOT_ALONE = frozenset("may hope grace joy dean grant chase penny miles rich iris violet".split())
"""Such names as begin a sentence as ordinary words do, also where a verb follows: `May has 31 days`."""


def _also_words(text: str, shown: set[str]) -> Iterator[Found]:
    """Given names that are ordinary words too, without a surname: within a sentence the capital shows them; where they
    begin one, a verb behind them (`Mark packs`), or that they are `shown` as names elsewhere in the text."""
    begins: list[re.Match[str]] = []
    for m in _ALSO.finditer(text):
        if _MONTHS_BEHIND.match(text, m.end("name")) or _MONTHS_BEFORE.search(text[: m.start("name")][-20:]):
            continue
        last = _LAST_WORD.search(text[max(0, m.start("name") - 42) : m.start("name")])
        if last is None:
            begins.append(m)
        elif _within(m, last):
            shown.add(m["name"].lower())
            yield Found(*m.span("name"), "NAME")
    for m in begins:
        word, behind = m["name"].lower(), (m["next"] or "").lower()
        acts = word not in _NOT_ALONE and any(form.form == "s" for form in readings().get(behind, ()))
        known = word in shown and behind and behind not in _ASKED
        if acts or known or (m["owns"] and (word in shown or word not in _NOT_ALONE)):
            yield Found(*m.span("name"), "NAME")


def _within(m: re.Match[str], last: re.Match[str]) -> bool:
    """Whether a capital within a sentence shows a name: behind a small word that is no article, and no month."""
    word = last[1].lower() if last[1].lower() in _OPENERS else last[1]
    behind = m["next"] or ""
    headed = behind[:1].isupper() or behind.isdigit()  # of a heading or a number: `What May Go Wrong`, `Max 5`
    other = m["name"] in _ALSO_OTHERS and (word in _MONTH_BEHIND or word.isdigit())
    return not (headed or other) and (bool(last["mark"]) or (word.islower() and word not in _NO_NAME_BEHIND))


_FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (_emails, _ibans, _cards, _phones, _addresses, _names)
