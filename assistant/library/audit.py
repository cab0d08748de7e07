"""Everything wrong with a library folder: what loading finds, and what is left to write, too long or overdue."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import InvalidLibrary
from assistant.library import store
from assistant.library.assembling import entry_id
from assistant.library.checks import Problem
from assistant.library.entries import AnyEntry, ProcessEntry
from assistant.library.files import EntryFile, files_of, read_bytes
from assistant.library.flow import goes_on, shares
from assistant.library.places import line_of
from assistant.library.standing import by_hand
from assistant.library.writing import content
from assistant.settings import bundled

LONGEST_NAME = 7
KPI_KINDS = {"time", "quality", "customer"}
FACTS = frozenset(
    "sources history origin external control legal_basis formula name also_called question when while outcome".split()
)
"""Fields that may read alike in many entries."""
LABELS = frozenset("id code name author version review_date".split())
"""Fields that say which entry it is and who looks after it, not how the work runs."""
_KEY = re.compile(r"^(\s*(?:- )?)(?:\{ ?)?([a-z_]+):")
SENTENCE = 6
"""Words from which on a line counts as a sentence."""
SHARED = 3
"""Entries from which on a shared sentence fits any process."""


SHARE_APART, SHARE_OFF = 0.03, 0.2
"""How far a step's share may be from that of the flow: this much, or this part of it."""


def check_folder(
    path: Path, today: dt.date | None = None, *, strict: bool = False, teams: Sequence[Path] = ()
) -> list[Problem]:
    """Everything wrong with the entries in a library folder, or with one file, against the libraries in force.

    Besides shape and references it names what is left to write (`TODO`), step names too long to be names, reviews that
    are overdue on `today`, and sentences three or more entries share: such a one says nothing of any of them. `strict`
    also names what a complete entry would have. A folder that is not there has no problems. Raises InvalidLibrary when
    it is too large.
    """
    if path.is_file():
        try:
            files = [EntryFile(_kind_of(path), path, read_bytes(path))]
        except InvalidLibrary as error:
            return [Problem(str(path), "file", f"{error.what} {error.why}".strip())]
    else:
        files = files_of(path)
    own = {str(file.path): file for file in files}
    base = [file for place in (bundled("library"), *reversed(teams)) for file in files_of(place)]
    right = {path: entry for path, entry in _right(own).items() if str(path) not in own}
    library, problems = store.assemble([*(file for file in base if str(file.path) not in own), *files], known=right)
    found = [problem for problem in problems if problem.file in own]
    for place, file in own.items():
        found += _unwritten(place, file.data)
    everything, ours = [*library.entries, *library.drafts], str(bundled("library"))
    told = {id(entry): _sentences(entry) for entry in everything}  # gathered once: that is most of the work
    spread = _shared_by((entry, told[id(entry)]) for entry in everything)
    in_force = _shared_by((entry, told[id(entry)]) for entry in library.entries)
    for file in files:
        its_id = entry_id(file)
        entry = next((entry for entry in everything if entry.id == its_id and entry.kind == file.kind), None)
        if entry is not None:
            found += _manners(entry, str(file.path), today or dt.date.today())
            published = entry.status == "published"  # copies under way are no fault of what they were made from
            found += _shared(entry, in_force if published else spread, str(file.path))
            found += _unchanged(entry, everything, str(file.path))
            if entry.history and not str(file.path).startswith(ours) and (text := by_hand(entry)):
                found.append(Problem(str(file.path), "status", text))
            found += _incomplete(entry, str(file.path)) if strict else ()
    return [
        problem if problem.line else problem._replace(line=line_of(own[problem.file].data, problem.field))
        for problem in found
    ]


def _right(own: Mapping[str, EntryFile]) -> dict[Path, AnyEntry]:
    """The bundled entries that need no new look: all of them, unless they are what is checked or one is broken."""
    ours = str(bundled("library"))
    if any(place.startswith(ours) for place in own):
        return {}
    try:
        return store.bundled_entries()
    except InvalidLibrary:
        return {}


def _sentences(entry: AnyEntry) -> set[str]:
    """What an entry says in whole sentences, in small letters and without their marks."""
    return {_plain(text) for text in _told(entry.document()) if len(text.split()) >= SENTENCE}


def _shared_by(told: Iterable[tuple[AnyEntry, set[str]]]) -> dict[str, set[str]]:
    """Sentences that three or more of these entries use word for word, with the ids of those."""
    spread: dict[str, set[str]] = {}
    for entry, sentences in told:
        for text in sentences:
            spread.setdefault(text, set()).add(_family(entry))
    return {text: ids for text, ids in spread.items() if len(ids) >= SHARED}


def prose(entry: AnyEntry) -> Iterator[tuple[str, str]]:
    """Every sentence an author wrote about this entry, with the field it stands in.

    What is the same wherever it is true (laws, what a control guards against, formulas, sources) is no such sentence.
    """
    yield from _texts("", entry.document())


def _told(value: Any) -> list[str]:
    """The texts of `_texts` without their places, which take most of the time where all entries are looked through."""
    told, left = [], [value]
    while left:
        value = left.pop()
        if isinstance(value, str):
            told.append(value)
        elif isinstance(value, dict):
            left += [item for name, item in value.items() if name not in FACTS]
        elif isinstance(value, list):
            left += value
    return told


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in FACTS:
                continue
            yield from _texts(f"{place}.{name}" if place else str(name), item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(f"{place}.{number}", item)


def _family(entry: AnyEntry) -> str:
    """A copy says what its origin says: both count as one."""
    return entry.origin.id if entry.origin else entry.id


def _plain(text: str) -> str:
    return " ".join(text.lower().rstrip(".!?").split())


def _shared(entry: AnyEntry, spread: dict[str, set[str]], file: str) -> Iterator[Problem]:
    for place, text in prose(entry):
        others = spread.get(_plain(text), set()) - {_family(entry)}
        if others and "TODO" not in text:
            named = ", ".join(sorted(others)[:3])
            yield Problem(file, place, f"the same sentence stands in {named}; one that fits any process says nothing")


def missing_parts(entry: AnyEntry) -> list[tuple[str, str]]:
    """What a complete entry has and this one lacks: the field and what belongs there. Empty: it is complete."""
    wanted = [("people_say", "at least eight ways people ask for it", len(entry.people_say) >= 8)]
    wanted.append(("sources", "sources, or grade D", bool(entry.sources) or entry.grade == "D"))
    if isinstance(entry, ProcessEntry):
        kinds = {kpi.kind for kpi in entry.kpis}
        wanted += [
            ("also_called", "other names of the process", bool(entry.also_called)),
            ("scope_out", "what does not belong to it", bool(entry.scope_out)),
            ("stages", "at least eight steps", len(entry.steps) >= 8),
            ("stages", "typical times of every step", all(step.work or step.wait for step in entry.steps)),
            ("stages", "a control with what it guards against", any(step.control for step in entry.steps)),
            ("stages", "why steps matter, for at least three", sum(bool(step.why) for step in entry.steps) >= 3),
            ("flow", "the steps as a tree", bool(entry.flow)),
            ("flow", "an `end` with its outcome as last item", not goes_on(entry.flow)),
            ("flow", "questions with their answers and chances", bool(entry.questions)),
            ("exceptions", "what goes another way than planned", bool(entry.exceptions)),
            ("variants", "the ways it differs from house to house", bool(entry.variants)),
            ("kpis", "measures of time, of quality and for the customer", kinds >= KPI_KINDS or len(kinds) > 3),
            ("pains", "at least three typical pains", len(entry.pains) >= 3),
            ("enablers", "technology with when it fits and its risk", bool(entry.enablers)),
            ("separations", "pairs of duties that must stay apart", bool(entry.separations)),
        ]  # fmt: skip
    return [(field, what) for field, what, there in wanted if not there]


def _incomplete(entry: AnyEntry, file: str) -> Iterator[Problem]:
    for field, what in missing_parts(entry):
        yield Problem(file, field, f"a complete entry has {what}")
    for step_id, stated, told in disagreeing_shares(entry):
        said = f"says that {stated:.0%} of cases come through it, the chances of the flow make it {told:.0%}"
        yield Problem(file, f"{step_id}.share", said)


def disagreeing_shares(entry: AnyEntry) -> list[tuple[str, float, float]]:
    """Steps whose `share` is not what the chances of the flow give: the id, the share stated, the share of the flow."""
    if not isinstance(entry, ProcessEntry) or not entry.flow:
        return []
    told = shares(entry.flow)
    pairs = [(step.id, step.share, told[step.id]) for step in entry.steps if step.id in told]
    return [
        (name, stated, drawn)
        for name, stated, drawn in pairs
        if abs(stated - drawn) > max(SHARE_APART, SHARE_OFF * max(stated, drawn))
    ]


def _kind_of(path: Path) -> str:
    """The kind of entry a single file holds: by its folder, else by what it speaks of."""
    folders = {"processes": "process", "practices": "practice", "enablers": "enabler"}
    if path.name == "figures.yaml":
        return "figures"
    if path.parent.name in folders:
        return folders[path.parent.name]
    text = path.read_text(encoding="utf-8", errors="replace")[:500_000]
    marks = {"\nstages:": "process", "\ntransformation:": "practice", "\nfits_when:": "enabler"}
    return next((kind for mark, kind in marks.items() if mark in text), "process")


def _unwritten(file: str, data: bytes) -> Iterator[Problem]:
    part = ""
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        key = _KEY.match(line)
        if key and not key[1]:
            part = key[2]
        if "TODO" in line.split("#")[0]:
            asked = line.split("TODO", 1)[1].split("#")[0].strip(": '\"]}")
            field = part if not key or key[2] == part else f"{part}.{key[2]}"
            yield Problem(file, field, f"still to be written{f': {asked}' if asked else ''}", number)


def _unchanged(entry: AnyEntry, everything: Sequence[AnyEntry], file: str) -> Iterator[Problem]:
    """A copy that repeats its origin: two entries that say the same are one too many."""
    origin = next((other for other in everything if entry.origin and other.id == entry.origin.id), None)
    if origin is not None and _said(entry) == _said(origin):
        yield Problem(file, "origin", f"it says nothing else than its origin, {origin.id}: change what differs")


def _said(entry: AnyEntry) -> dict[str, Any]:
    return {name: value for name, value in content(entry).items() if name not in LABELS}


def _manners(entry: AnyEntry, file: str, today: dt.date) -> Iterator[Problem]:
    if entry.review_date < today:
        yield Problem(file, "review_date", f"the review was due on {entry.review_date}")
    for step in entry.steps if isinstance(entry, ProcessEntry) else ():
        if len(step.name.split()) > LONGEST_NAME:
            yield Problem(file, f"{step.id}.name", "is a sentence; a step's name is a verb and an object")
