"""The figures of a paper: where each stands, which a plan may hold freely, and the sums written out in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.english.tables import classed, worded
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.paper.markdown import RULED, letter
from assistant.language.paper.sums import Sum, partial, rounded, worked

MARK = r"\((?:our assumption|assumption|assumed|our estimate|target|proposed)\)"
OWN = re.compile(rf"\b(?:{worded('figures-stated-own')})", re.I)
"""Words by which a writer says that a figure is his own."""
_PLANNED = re.compile(r"\b(?:plan(?:ned)?|aim|goal|stop|go(?:es)? back|limit|threshold)\b", re.I)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve fifteen "
        "twenty thirty forty fifty sixty ninety".split(),
        (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40, 50, 60, 90),
        strict=True,
    )
)
UNITS = (
    r"%|per ?cent\b|d\b|days?\b|h\b|hours?\b|min\b|minutes?\b|seconds?\b|weeks?\b|months?\b|years?\b|EUR\b|euros?\b|"
    r"€|\$|£|dollars?\b|pounds?\b|cents?\b"
)
_RANGE = rf"(?:\s*(?:to|or|and|[-–→]|->)\s*(?:about\s+)?(?:{_NUMBER}))*"
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<money>(?:EUR|USD|GBP|€|\$|£)\s?)?"
    rf"(?:(?P<number>{_NUMBER})|(?P<word>{'|'.join(_WORDS)})(?=[ -](?:{UNITS})))"
    rf"(?!\w*[A-Za-z]{{3,}}\d)(?={_RANGE}[ -]?(?P<unit>{UNITS})?)",
    re.I,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PLAN = re.compile(
    rf"""^\s*\d+[.)]\s | \(\d{{1,2}}\) | \b\d{{1,2}}:[0-5]\d\b | \b\d+(?:st|nd|rd|th)\b
    | \b(?:days?|weeks?|months?|steps?|changes?|questions?|points?|numbers?|no\.|rules?|ideas?|parts?|items?|stages?|
        phases?|pages?|columns?|fields?)
      \s+\d{{1,2}}(?:\s*(?:[-–,]|to|and|or|until)\s*\d{{1,2}})*\b
    | \b\d{{1,2}}\.?\s(?:{MONTHS})(?:\s\d{{4}})? | \b(?:{MONTHS})\s\d{{1,2}}(?:,?\s\d{{4}})?
    | \b(?:within|for|after|in|over|next|first|these|the)\s(?:the\s)?(?:next\s|first\s|last\s)?
        (?:14|30|60|90|fourteen|thirty|sixty|ninety)\s(?:working\s)?days\b
    | \b(?:for|after|within|in|over|next|first|every)\s(?:the\s)?(?:next\s|first\s)?
        (?:\d{{1,2}}|{"|".join(_WORDS)})\s(?:weeks|months)\b
    | \b(?:per|in|of|every)\s(?:a\s)?(?:100|1,000|hundred|thousand)\b""",
    re.I | re.X,
)
_SPAN = rf"(?:{_NUMBER})(?: (?:to|or) (?:{_NUMBER}))?"
_OPERAND = rf"(?:EUR |€ ?|\$ ?)?{_SPAN}(?:\s?%)?(?:\s+[^\d\s+×*/=;:()|%]+){{0,7}}?(?:\s*{MARK})?"
_CHAIN = re.compile(
    rf"(?:{_OPERAND})(?:\s*(?:\bx\b|[×*/+–−-])\s*(?:{_OPERAND}))+\s*=\s*(?:(?:about|roughly|some|up to)\s)?"
    rf"(?:EUR |€ ?|\$ ?)?{_SPAN}(?:\s?%|\s+[A-Za-z]+(?:\s(?:a|per)\s[a-z]+)?)?"
)
_MARK = re.compile(MARK, re.I)
_LIMIT = re.compile(r"\b(?:under|over|below|above|within|beyond|up to|at (?:most|least)) (?:about |some )?$", re.I)
_COUNTED = re.compile(rf"\d|\b{COUNT_WORD}\b", re.I)
_SUPPOSED = re.compile(r"\bif [^,;:.()]*", re.I)
"""A clause that supposes a figure: `114 hours a year if a crate holds ten`. What follows from it is no claim."""
_ASSUMED = re.compile(rf"({_NUMBER})[^\d+×*/=]{{0,40}}?\[assumed\]", re.I)
_TOTAL = re.compile(r"^\W*(?:total|together|sum|the whole|whole|all together|in all|registration to)", re.I)
_SMALL = ((re.compile(r"(?:|d|days?|min|minutes?|weeks?|months?)"), 100), (re.compile(r"h|hours?"), 24))
"""Up to which number, by its unit, a rule or a trial is anybody's to propose; no money and no share."""
RULING = classed("reading", "ruling")
"""Words of a rule, a threshold or a trial: what is to be done, not how it is."""
NEAR = 90
"""How far before or behind a figure the words may stand that say whose it is."""


@dataclass(frozen=True)
class Figure:
    """A figure within a text: where it stands, its value, whether it is bare (no unit), marked as nobody's claim,
    small (a whole number as rules and trials hold them, of no money and no share), its unit, and whether it is a limit
    that the writer sets: `under eight`."""

    start: int
    end: int
    value: float
    bare: bool
    marked: bool
    small: bool = False
    unit: str = ""
    limit: bool = False


def figures(text: str) -> Iterator[Figure]:
    """The figures of a sentence that claim something: no dates, days of the plan, ordinals or numbers of a list."""
    free = [match.span() for match in _PLAN.finditer(text)]
    marks = [match.span() for match in OWN.finditer(text)]
    supposed = any(_COUNTED.search(match[0]) for match in _SUPPOSED.finditer(text))
    for match in _FIGURE.finditer(text):
        start, end = match.span("number") if match["number"] else match.span("word")
        if any(first <= start < last for first, last in free):
            continue
        value = float(match["number"].replace(",", "")) if match["number"] else float(_WORDS[match["word"].lower()])
        marked = supposed or any(first - end <= NEAR and start - last <= NEAR for first, last in marks)
        unit = (match["unit"] or "").lower()
        most = 0 if match["money"] else next((most for units, most in _SMALL if units.fullmatch(unit)), 0)
        small = value == int(value) and value <= most
        limit = small and _LIMIT.search(text[:start]) is not None
        yield Figure(start, end, value, not (unit or match["money"]), marked, small, unit, limit)


def cells(line: str) -> list[str]:
    """The cells of a table row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def plain(line: str) -> str:
    """A line without stars, and its sums in one spelling: `11 % of 2,600 ≈ 286` is a product with its result."""
    return re.sub(r"(%|per ?cent) of (?=[\d€$£E])", r"\1 x ", line.replace("*", "").replace("≈", "="))


def own_columns(lines: Sequence[str]) -> Iterator[frozenset[int]]:
    """For each line the columns whose head says that their figures are the writer's own: Target, Proposal, Stop."""
    own: frozenset[int] = frozenset()
    for number, line in enumerate(lines):
        if not is_row(line):
            own = frozenset()
        elif number + 1 < len(lines) and RULED.match(lines[number + 1]):
            heads = enumerate(cells(line))
            own = frozenset(place for place, head in heads if OWN.search(head) or _PLANNED.search(head))
        yield own


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.startswith("|") or bool(RULED.match(line) and "|" in line)


def sum_spans(text: str) -> list[tuple[int, int]]:
    """Where the sums of a text stand up to their signs of equality."""
    return [(match.start(), match.start() + match[0].rindex("=")) for match in _CHAIN.finditer(text)]


def sums(
    lines: Sequence[str], known: Set[float], together: Set[tuple[float, str]] = frozenset()
) -> tuple[dict[float, str], dict[int, str]]:
    """The results of the sums that hold, with the sum; and by line the sums that do not, with the reason."""
    read = len(letter(lines))
    found = [
        (number, _with_bracket(plain(line), match))
        for number, line in enumerate(lines[:read])
        for match in _CHAIN.finditer(plain(line))
    ]
    found += [(read + place, plain(line).lstrip("-•* ")) for place, line in enumerate(lines[read:]) if "=" in line]
    supposing = {number for number, line in enumerate(lines[:read]) if OWN.search(line)}
    results = dict(_totals(lines))
    wrong: dict[int, str] = {}
    for _ in range(4):  # a sum may rest on the result of another one
        wrong = {}
        for number, text in found:
            own = {figure.value for figure in figures(text)} if number in supposing else set()
            made = worked(_MARK.sub("[assumed]", text), known | own | results.keys() | rounded(results), together)
            if isinstance(made, Sum):
                results.update(dict.fromkeys(_result(text), " ".join(text.split())))
            else:
                wrong[number] = f"“{text.strip()}”: {made}"
    return results, wrong


def _with_bracket(line: str, match: re.Match[str]) -> str:
    """A sum with the bracket it goes on behind: `570 legs (620 less the children's 50) x 40 % = …`."""
    ahead = line[: match.start()].rstrip(" x×*")
    opened = ahead.rfind("(") if ahead.endswith(")") else -1
    inner = re.sub(r"\b(?:less|minus|without) (?:[a-z'’]+ ){0,3}(?=\d)", "- ", ahead[opened:-1]) if opened >= 0 else ""
    return f"{inner}){line[len(ahead) : match.end()]}" if re.search(r"\d\s*[-+x×*/]\s*\d", inner) else match[0]


def assumed_in(lines: Sequence[str]) -> set[float]:
    """The figures that the sums behind a paper call assumed."""
    behind = lines[len(letter(lines)) :]
    return {
        float(match[1].replace(",", "")) for line in behind for match in _ASSUMED.finditer(_MARK.sub("[assumed]", line))
    }


def results_in(texts: Iterable[str]) -> set[float]:
    """The results of sums that were worked out before, whole and of their first parts."""
    sums = [text for text in texts if "=" in text]
    made = {value for text in sums for part in text.split("=")[1:] for value in _result(part)[:1]}
    return made | {value for text in sums for value in (*_result(text), *partial(text))}


def _result(text: str) -> list[float]:
    return [figure.value for figure in figures(text.rpartition("=")[2])]


def _totals(lines: Sequence[str]) -> Iterator[tuple[float, str]]:
    """The last row of a table that adds up its columns."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if is_row(line):
            rows.append([] if RULED.match(line) else cells(line))
            continue
        full = [row for row in rows[1:] if row]
        if len(full) > 2 and _TOTAL.match(full[-1][0]):
            for column in range(1, len(full[-1])):
                parts = [_first(row[column]) for row in full[:-1] if column < len(row)]
                if sum(parts) and sum(parts) == _first(full[-1][column]):
                    yield sum(parts), f"{' + '.join(f'{part:g}' for part in parts)} = {sum(parts):g} in the table"
        rows = []


def _first(cell: str) -> float:
    return next((figure.value for figure in figures(cell)), 0.0)
