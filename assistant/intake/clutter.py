"""What stands in documents beside the work: page numbers, running feet, edit notes, things to do, lists of sources.

None of it is a step. It is left out and named, so that nobody has to guess what was not read. A language model tells
a pain in a list of things to do from a remark on the document by itself: for it, lines and lists of open points stay.
"""

from __future__ import annotations

import itertools
import re

_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?|-\s*\d{1,4}\s*-|"
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s*)?\d{1,2}:\d\d\s*(?:AM|PM)?|(?:file|https?):\S+(?:\s+\d+/\d+)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:last (?:edited|changed|modified|updated|reviewed|saved)\b|(?:author|created by|edited by|prepared by|"
    r"approved by|reviewed by|owner of this document|document owner)\s*:|version\s*:?\s*v?\d|"
    r"rev(?:ision)?\.?\s*:?\s*\d|"
    r"v\d+\.\d+\b|(?:valid|effective) (?:from|since|as of)\s*:?\s*\d|distribution(?: list)?\s*:|"
    r"(?:document|project|file) (?:no|number|id)\b\.?:?|status\s*:\s*(?:draft|final|approved|released)|draft\s*[-–—]|"
    r"(?:strictly |company )?confidential\b|internal use only|for internal use|copyright|©|\(c\) ?\d{4}|"
    r"all rights reserved|printed on\b|printed copies\b|page footer\b|"
    r"this document (?:describes|is|was|applies|replaces)\b|"
    r"it applies to (?:all|every)\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:TODO|TO DO|TBD|TBC|FIXME)\b|(?:to[- ]?do|open (?:points?|questions?|issues?|items?)|still open|"
    r"to be (?:clarified|discussed|decided|confirmed))\s*(?:\([^)]{0,40}\))?\s*:|\?\?+|\[(?:todo|tbd|comment)\b",
    re.IGNORECASE,
)
_TODO = re.compile(r"(?:TODO|TBD|TBC|FIXME)\b")
_SECTION = re.compile(
    r"(?:references|related documents|literature|sources|"
    r"(?:change|revision|version|document) (?:history|log|control)|distribution(?: list)?|table of contents|contents|"
    r"abbreviations|glossary|definitions|appendix|annex|attachments|sign-?offs?|disclaimer|legal notice|imprint)",
    re.IGNORECASE,
)
_OPEN_SECTION = re.compile(r"(?:still )?open(?: (?:points|questions|issues|items))?|to[- ]?dos?", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)+\d{0,2}|\d{1,2}(?:\.\d{1,2})+)\s+([A-Z][^.!?:;]{1,60})$")
MOST_QUOTED = 12


def without_clutter(lines: list[str], whole: bool = False) -> tuple[list[str], list[str]]:
    """The lines that may tell the work, headings marked, and one note on what was left out.

    `whole`: with single lines beside the work, each once, and lists of open points, for who tells them apart.
    """
    kept: list[str] = []
    left: list[str] = []
    seen: set[str] = set()
    closed = False  # inside a section that tells no work
    for line in _with_headings(lines):
        bare = re.sub(r"^[-*•]\s+", "", line.strip())
        heading = _HEADING.match(bare)
        if heading is not None:
            title = _bare_title(heading.group(1))
            closed = _tells_no_work(title.rstrip(" :"), whole)
            if not closed:
                kept.append(f"# {title}")
            continue
        if not bare:
            kept.append(line)
        elif _NUMBER.fullmatch(bare):
            continue  # the number of a page tells nobody anything
        elif closed or (_is_beside(bare) and (not whole or bare in seen)):
            left.append(bare)
        else:
            seen.add(bare)
            kept.append(line)
    return kept, _told(left)


def _tells_no_work(title: str, whole: bool) -> bool:
    """Whether a section of that title tells no work."""
    return bool(_SECTION.fullmatch(title)) or (not whole and bool(_OPEN_SECTION.fullmatch(title)))


def _is_beside(line: str) -> bool:
    """Whether a line is a remark on the document, or a thing to do, rather than on the work."""
    if _TODO.match(line) or _OPEN.match(line):
        return True
    return _NOTE.match(line) is not None and len(line) < 240


def _told(left: list[str]) -> list[str]:
    if not left:
        return []
    shown = "; ".join(f"“{line[:80]}{'…' if len(line) > 80 else ''}”" for line in left[:MOST_QUOTED])
    more = len(left) - MOST_QUOTED
    return [f"Left out as no part of the work: {shown}{f' and {more} more lines' if more > 0 else ''}."]


def _bare_title(title: str) -> str:
    """ "3.1 Handling" → "Handling"."""
    return re.sub(r"^(?:\d{1,2}\.)*\d{0,2}\.?\s+(?=\S)", "", title.strip()) or title.strip()


def _with_headings(lines: list[str]) -> list[str]:
    """Numbered lines as headings where text stands below each ("3. Handling"); a numbered list stays a list."""
    told = [at for at, line in enumerate(lines) if line.strip()]
    numbered = [at for at in told if _NUMBERED.match(lines[at].strip())]
    if not numbered:
        return lines
    following = {at: lines[behind].strip() for at, behind in itertools.pairwise(told)}
    over_text = [at for at in numbered if _is_text(following.get(at, ""))]
    if len(over_text) < max(1, 0.6 * len(numbered)):
        return lines
    heads = set(numbered)
    return [f"# {line.strip()}" if at in heads else line for at, line in enumerate(lines)]


def _is_text(line: str) -> bool:
    return bool(line) and _NUMBERED.match(line) is None and (len(line) > 60 or line[-1:] in ".:!?" or "|" in line)
