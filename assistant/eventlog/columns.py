"""Which column of a table is the case, the activity, the time: by its name as public logs and offices write it, by
what it holds where that decides, or as the user says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.errors import UnreadableFile, UsageError
from assistant.eventlog.stamps import read_stamp, way_of
from assistant.intake.tables.shapes import Table

STARTS, ENDS = ("start", "started", "begin", "beginn"), ("complete", "completed", "end", "ende", "finish", "finished")
TRANSITIONS = frozenset(
    (*STARTS, *ENDS, "schedule", "assign", "reassign", "suspend", "resume", "withdraw", "autoskip", "manualskip",
     "ate_abort", "pi_abort", "unknown")
)  # fmt: skip
NAMES: Mapping[str, tuple[str, ...]] = {
    kind: tuple(names.split())
    for kind, names in {
        "case": "case caseid caseconceptname casekey casenumber caseno casenr casename caseidentifier idcase traceid "
        "fall fallid fallnummer fallnr vorgangsnummer vorgangsnr vorgangsid processinstanceid processinstance "
        "instanceid ticketid ticket ticketnumber incidentid incident orderid ordernumber orderno patientid patient "
        "claimid claim applicationid application requestid request invoiceid invoice loanid auftragsnummer auftragsnr "
        "auftrag bestellnummer bestellung antragsnummer antrag rechnungsnummer rechnung aktenzeichen zaak zaakid "
        "dossier caso order vorgang",
        "activity": "activity activityname activityid conceptname task taskname step stepname handling event "
        "eventname action aktivitat aktivitaet tatigkeit taetigkeit schritt arbeitsschritt prozessschritt aufgabe "
        "ereignis massnahme activiteit activite etape actividad tarea vorgang",
        "complete": "complete tscomplete completetimestamp completetime completed completedat end endtime endtimestamp "
        "enddate endedat finish finished finishtime timestamp timetimestamp eventtime eventtimestamp datetime "
        "ende endzeit endezeit endzeitpunkt enddatum beendet fertig erledigt abgeschlossen zeitstempel zeitpunkt "
        "time date zeit datum datumuhrzeit tijd tijdstip horodatage fecha",
        "start": "start tsstart starttimestamp starttime startdate started startedat begin begintime beginn startzeit "
        "startzeitpunkt startdatum anfang begonnen",
        "resource": "resource orgresource user username employee agent performer worker doneby handledby responsible "
        "assignee assignedto owner clerk bearbeiter sachbearbeiter mitarbeiter benutzer verantwortlich "
        "verantwortlicher zustandig zustaendig ressource medewerker",
        "role": "role orgrole unit department orggroup group team rolle abteilung gruppe stelle afdeling",
        "lifecycle": "lifecycle lifecycletransition transition registrationtype eventtype status statustype",
        "loaded": "loaded loadedat ingested ingestedat ingestiontime recorded recordedat erfasstam",
    }.items()
}
HINTS: Mapping[str, re.Pattern[str]] = {
    "case": re.compile(
        r"\b(case|fall|vorgang\w*|ticket|order|claim|application|incident|request|patient|antrag\w*|auftrag\w*|bestell\w*|"
        r"rechnung\w*|invoice|loan|process ?instance)\b.*\b(id|ids|no|nr|num|number|nummer|key|reference|ref)\b"
    ),
    "activity": re.compile(r"activit|aktivit|tatigkeit|taetigkeit|\btask|\bstep\b|schritt\b|handling\b"),
    "complete": re.compile(r"time ?stamp|zeitstempel|\b(end|complete|finish|event)\w* ?(time|date|at)\b"),
    "start": re.compile(r"\b(start|begin)\w* ?(time|date|at)?\b"),
}
CALLED = {"case": "case", "activity": "activity", "complete": "time"}  # what a column stands for, as the option says
SAMPLE, MOSTLY = 3_000, 0.8


class Found(NamedTuple):
    """Which column stands for what; for a row a case, the columns that are activities; remarks on the choice."""

    columns: dict[str, str]
    wide: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def plain_name(name: str) -> str:
    """A column's name without case, spaces, marks and accents: `Case ID` and `case_id` are the same."""
    return re.sub(r"[^a-z0-9]", "", _folded(name))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()


def column_named(header: Sequence[str], name: str, what: str) -> str:
    """The column of that name, case and marks aside. Raises UsageError."""
    if name in header:
        return name
    found = next((column for column in header if plain_name(column) == plain_name(name)), None)
    if found is None:
        raise UsageError(
            f"There is no column “{name}” for the {what}.", f"There are: {listed_columns(header)}.", "Name one of them."
        )
    return found


def listed_columns(header: Sequence[str]) -> str:
    """The names of the columns, the first fifteen of them."""
    return ", ".join(f"“{name}”" for name in header[:15]) + (" …" if len(header) > 15 else "")


class _Look:
    """What the columns of a table hold, looked at once each, in the first rows."""

    def __init__(self, table: Table) -> None:
        self.table, self.sample = table, table.rows[:SAMPLE]
        self.seen: dict[str, tuple[float, float, float]] = {}

    def shares(self, name: str) -> tuple[float, float, float]:
        """Of the filled cells of a column: the share that are stamps, that are numbers, that are distinct."""
        if name not in self.seen:
            at = self.table.header.index(name)
            cells = [cell for row in self.sample if (cell := row[at].strip())]
            way = way_of(cells)
            n = max(1, len(cells))
            times = sum(read_stamp(cell, way.days_first, way.numbers) is not None for cell in cells)
            numbers = sum(cell.replace(",", "").replace(".", "").isdigit() for cell in cells)
            self.seen[name] = (times / n, numbers / n, len(set(cells)) / n)
        return self.seen[name]

    def fits(self, kind: str, name: str) -> bool:
        """Whether what a column holds can be what its name says."""
        times, numbers, distinct = self.shares(name)
        few = len(self.sample) < 10
        if kind in ("complete", "start", "loaded"):
            return times >= MOSTLY
        if kind == "lifecycle":
            at = self.table.header.index(name)
            words = {cell for row in self.sample if (cell := row[at].strip().lower())}
            return bool(words) and words <= TRANSITIONS and bool(words & set(ENDS))
        if kind == "activity":
            return times < MOSTLY and (few or (distinct < MOSTLY and numbers < MOSTLY))
        if kind == "case":
            return times < MOSTLY and (few or distinct < 1)
        return True


def find_columns(table: Table, file: str, given: Mapping[str, str]) -> Found:
    """Which column stands for what. `given`: what the user says. Raises UsageError, UnreadableFile."""
    look = _Look(table)
    found = {kind: column_named(table.header, name, CALLED.get(kind, kind)) for kind, name in given.items() if name}
    for kind in NAMES:
        if kind not in found and (column := _by_name(kind, look, found)):
            found[kind] = column
    notes: list[str] = []
    rest = [name for name in table.header if name not in found.values()]
    times = [name for name in rest if look.shares(name)[0] >= MOSTLY]
    if "activity" not in found and (wide := _wide(table, look, found, given)):
        return wide
    if "complete" not in found and len(times) == 1:
        found["complete"] = times[0]
        notes.append(f"“{times[0]}” was taken as the time: no other column holds stamps.")
    elif "complete" not in found and "start" in found:
        found["complete"] = found.pop("start")
        notes.append(f"“{found['complete']}” was taken as the time: no column says when an activity was complete.")
    missing = [CALLED[kind] for kind in CALLED if kind not in found]
    if missing:
        raise _undecided(table, file, missing)
    return Found(found, notes=tuple(notes))


def _by_name(kind: str, look: _Look, used: Mapping[str, str]) -> str | None:
    header = [name for name in look.table.header if name not in used.values()]
    plain = {plain_name(name): name for name in reversed(header)}
    named = [plain[name] for name in NAMES[kind] if name in plain]
    hint = HINTS.get(kind)
    hinted = [name for name in header if hint and hint.search(re.sub(r"[\W_]+", " ", _folded(name)))]
    fitting = next((name for name in (*named, *hinted) if look.fits(kind, name)), None)
    if kind in ("resource", "role", "case", "activity", "complete", "start", "loaded"):
        return fitting or next(iter(named), None)
    return fitting or next((name for name in named if plain_name(name).startswith(kind)), None)


def _wide(table: Table, look: _Look, found: Mapping[str, str], given: Mapping[str, str]) -> Found | None:
    """A table with one row a case and a column of stamps for each activity."""
    times = tuple(name for name in table.header if look.shares(name)[0] >= MOSTLY)
    case = given.get("case") and found["case"]
    case = case or next(
        (name for name in (found.get("case"), *table.header) if name and name not in times), None
    )  # fmt: skip
    if len(times) < 2 or case is None or "complete" in given or look.shares(case)[2] < 1:
        return None
    named = ", ".join(f"“{name}”" for name in times[:8]) + (" …" if len(times) > 8 else "")
    note = f"Each row is a case: the {len(times)} columns of stamps were taken as its activities ({named})."
    kept = {kind: name for kind, name in found.items() if kind in ("resource", "role") and name not in times}
    return Found({"case": case, **kept}, times, (note,))


def _undecided(table: Table, file: str, missing: Sequence[str]) -> UnreadableFile:
    wanted = " and the ".join(missing)
    free = [f"--{kind} COLUMN" for kind in missing]
    return UnreadableFile(
        f"{file}: no column was recognised as the {wanted}.",
        f"Its columns are: {listed_columns(table.header)}.",
        f"Say which it is with {' '.join(free)}, or name the columns case, activity and complete.",
    )
