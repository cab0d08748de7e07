"""Which column of a table is the case, the activity, the time: by its name as public logs and offices write it, by
what it holds where that decides, or as the user says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.errors import UnreadableFile, UsageError
from assistant.eventlog.looking_at import MOSTLY, Look
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
        "instanceid ticketid ticket ticketnumber incidentid incident issuekey issueid issue "
        "encounterid encounterno encounter visitid visitno visit admissionid admissionno admission episodeid episode "
        "orderid ordernumber orderno "
        "claimid claim applicationid application requestid request invoiceid invoice loanid auftragsnummer auftragsnr "
        "auftrag bestellnummer bestellung antragsnummer antrag rechnungsnummer rechnung aktenzeichen zaak zaakid "
        "dossier caso order vorgang patientid patientno patient",
        "activity": "activity activityname activityid conceptname task taskname step stepname handling event "
        "eventname action aktivitat aktivitaet tatigkeit taetigkeit schritt arbeitsschritt prozessschritt aufgabe "
        "ereignis massnahme activiteit activite etape actividad tarea vorgang "
        "tostring tostatus tostate newstatus newstate newvalue status state statusname statename eventtype milestone "
        "phase stage transaktion transaction",
        "complete": "complete tscomplete completetimestamp completetime completed completedat end endtime endtimestamp "
        "enddate endedat finish finished finishtime timestamp timetimestamp eventtime eventtimestamp datetime "
        "ende endzeit endezeit endzeitpunkt enddatum beendet fertig erledigt abgeschlossen zeitstempel zeitpunkt "
        "time date zeit datum datumuhrzeit tijd tijdstip horodatage fecha",
        "start": "start tsstart starttimestamp starttime startdate started startedat begin begintime beginn startzeit "
        "startzeitpunkt startdatum anfang begonnen",
        "resource": "resource orgresource user username employee agent performer worker doneby handledby responsible "
        "assignee assignedto owner clerk author changedby updatedby performedby clinician bearbeiter "
        "ernam usnam aenam editedby modifiedby lastmodifiedby sachbearbeiter mitarbeiter benutzer "
        "verantwortlich verantwortlicher zustandig zustaendig ressource medewerker",
        "role": "role orgrole unit department orggroup group assignmentgroup supportgroup team rolle abteilung gruppe "
        "stelle afdeling",
        "lifecycle": "lifecycle lifecycletransition transition registrationtype eventtype status statustype",
        "loaded": "loaded loadedat ingested ingestedat ingestiontime recorded recordedat erfasstam",
    }.items()
}
HINTS: Mapping[str, re.Pattern[str]] = {
    "case": re.compile(
        r"\b(case|fall|vorgang\w*|ticket|issue|encounter|visit|admission|episode|\w*beleg|order|claim|application|incident|request|patient|antrag\w*|auftrag\w*|bestell\w*|"
        r"rechnung\w*|invoice|loan|process ?instance)\b.*\b(id|ids|no|nr|num|number|nummer|key|reference|ref)\b"
    ),
    "activity": re.compile(r"activit|aktivit|tatigkeit|taetigkeit|\btask|\bstep\b|schritt\b|handling\b"),
    "complete": re.compile(r"time ?stamp|zeitstempel|\b(end|complete|finish|event)\w* ?(time|date|at)\b"),
    "start": re.compile(r"\b(start|begin)\w* ?(time|date|at)?\b"),
}
CALLED = {"case": "case", "activity": "activity", "complete": "time"}  # what a column stands for, as the option says
STATES = frozenset(NAMES["activity"][NAMES["activity"].index("tostring") :])
"""Names of activities that often are called so and stand for something else: only where they change within cases."""
HELD = frozenset(
    "status state statusname statename tostring tostatus tostate newstatus newstate newvalue phase stage".split()
)
"""Names of columns that say which state a case came into, not what was done."""
FIELDS = frozenset(("field", "fieldname", "attribute", "property", "feld", "changedfield"))
CLOCK_OF = {"complete": "clock", "start": "clock of start"}


class Found(NamedTuple):
    """Which column stands for what; for a row a case, the columns that are activities; remarks on the choice; the
    column and the value of the rows that are taken, where others tell something else."""

    columns: dict[str, str]
    wide: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    only: tuple[str, str] | None = None


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


def _fits(look: Look, kind: str, name: str, case: str | None) -> bool:
    """Whether what a column holds can be what its name says."""
    times, numbers, distinct = look.shares(name)
    few = len(look.sample) < 10
    if kind in ("complete", "start", "loaded"):
        return times >= MOSTLY
    words = {cell.lower() for cell in look.filled(name)} if kind in ("lifecycle", "activity") else set()
    if kind == "lifecycle":
        return bool(words) and words <= TRANSITIONS and bool(words & set(ENDS))
    if kind == "activity":
        if few:
            return times < MOSTLY
        able = max(times, distinct, numbers) < MOSTLY and not words <= TRANSITIONS
        return able and (plain_name(name) not in STATES or look.changes(case, name))
    if kind == "case":
        able = name not in look.stamped
        return able and (few or (distinct < 1 and (distinct >= 0.02 or look.names_things(name))))
    return True


def find_columns(table: Table, file: str, given: Mapping[str, str]) -> Found:
    """Which column stands for what: as the user says, by its name, by what it holds. `given`: what the user says.

    Raises UsageError, UnreadableFile.
    """
    look = Look(table)
    found = {kind: column_named(table.header, name, CALLED.get(kind, kind)) for kind, name in given.items() if name}
    by_name: dict[str, str] = {}
    for kind in NAMES:
        if kind not in found and (column := _by_name(kind, look, found | by_name)):
            by_name[kind] = column
    if "activity" not in found | by_name and (wide := _wide(table, look, found | by_name, given)):
        return wide
    notes: list[str] = []
    found = _by_content(look, found, by_name, notes)
    _pick_time(look, found, given, notes)
    missing = [CALLED[kind] for kind in CALLED if kind not in found]
    if missing:
        raise _undecided(table, file, missing)
    _clocks(look, found)
    only = _only(look, found)
    if only:
        notes.append(f"Only the rows in which “{only[0]}” is “{only[1]}” were taken: the others tell something else.")
    if "activity" not in given and plain_name(found["activity"]) in HELD:
        notes.append(
            f"“{found['activity']}” holds states, not steps: what passes after one is the time in it, and a case that "
            "comes back into one counts as done again."
        )
    if finer := _finer(look, found, given):
        notes.append(f"A “{found['case']}” may hold several of “{finer}”: --case '{finer}' takes those as cases.")
    return Found(found, notes=tuple(notes), only=only)


def _by_content(look: Look, found: dict[str, str], by_name: dict[str, str], notes: list[str]) -> dict[str, str]:
    """Case and activity by what the columns hold, where no name says them or the named one cannot be it."""
    found = {**by_name, **found}
    if "case" not in found and (case := look.case_by_content(found.values())):
        found["case"] = case
        notes.append(f"“{case}” was taken as the case, by what it holds: --case COLUMN names another.")
    if "case" in found and "activity" not in found:
        activity = look.activity_by_content(found["case"], found.values())
        if activity:
            found["activity"] = activity
            notes.append(f"“{activity}” was taken as the activity, by what it holds: --activity COLUMN names another.")
    return found


def _pick_time(look: Look, found: dict[str, str], given: Mapping[str, str], notes: list[str]) -> None:
    """The time where its name does not say it, or where the named column says the same all through each case."""
    rest = [name for name in look.stamped if name not in found.values()]
    case, named = found.get("case"), found.get("complete")
    if named and "complete" not in given and case and not look.changes(case, named):
        moving = look.times_by_content(case, rest)
        if moving:
            found["complete"] = moving[-1]
            notes.append(f"“{moving[-1]}” was taken as the time: “{named}” stays the same throughout a case.")
    elif named:
        return
    elif len(rest) == 1:
        found["complete"] = rest[0]
        notes.append(f"“{rest[0]}” was taken as the time: no other column holds stamps.")
    elif "start" in found:
        found["complete"] = found.pop("start")
        notes.append(f"“{found['complete']}” was taken as the time: no column says when an activity was complete.")
    elif case and (moving := look.times_by_content(case, rest)):
        found["complete"] = moving[-1]
        notes.append(f"“{moving[-1]}” was taken as the time: it moves on within cases.")
        if moving[1:]:
            found["start"] = moving[0]
            notes.append(f"“{moving[0]}” was taken as the start: it is never later.")


def _clocks(look: Look, found: dict[str, str]) -> None:
    """The time of the day in a column of its own: the nearest one to the right of its date, else the nearest."""
    header = look.table.header
    for kind, clock in CLOCK_OF.items():
        free = [name for name in look.clocks if name not in found.values()]
        if kind in found and free and look.dates_only(found[kind]):
            at = header.index(found[kind])
            found[clock] = min(free, key=lambda name: (header.index(name) < at, abs(header.index(name) - at)))


def _only(look: Look, found: Mapping[str, str]) -> tuple[str, str] | None:
    """The rows that tell a change of state, in a history of all fields."""
    if plain_name(found["activity"]) not in STATES:
        return None
    for name in look.table.header:
        if plain_name(name) not in FIELDS or name in found.values():
            continue
        words = look.filled(name)
        state = next((word for word in ("status", "state") if word in {cell.lower() for cell in words}), None)
        if state and any(cell.lower() != state for cell in words):
            return name, state
    return None


def _finer(look: Look, found: Mapping[str, str], given: Mapping[str, str]) -> str | None:
    """Another column that is named like a case, comes again, and splits the cases that were taken."""
    if "case" in given or look.shares(found["case"])[2] == 0:
        return None
    case = found["case"]
    for name in look.table.header:
        hinted = HINTS["case"].search(re.sub(r"[\W_]+", " ", _folded(name))) or plain_name(name) in NAMES["case"]
        if name in found.values() or not hinted or not look.names_things(name):
            continue
        if look.shares(case)[2] < look.shares(name)[2] <= 1 / 1.5 and look.within(name, case)[0] == 0:
            return name
    return None


def _by_name(kind: str, look: Look, used: Mapping[str, str]) -> str | None:
    header = [name for name in look.table.header if name not in used.values()]
    plain = {plain_name(name): name for name in reversed(header)}
    named = [plain[name] for name in NAMES[kind] if name in plain]
    hint = HINTS.get(kind)
    hinted = [name for name in header if hint and hint.search(re.sub(r"[\W_]+", " ", _folded(name)))]
    case = used.get("case")
    fitting = next((name for name in (*named, *hinted) if _fits(look, kind, name, case)), None)
    if fitting or (kind == "case" and look.case_by_content(used.values())):
        return fitting
    if kind in ("resource", "role", "case", "activity", "complete", "start", "loaded"):
        return next((name for name in named if kind != "activity" or plain_name(name) not in STATES), None)
    return fitting or next((name for name in named if plain_name(name).startswith(kind)), None)


def _wide(table: Table, look: Look, found: Mapping[str, str], given: Mapping[str, str]) -> Found | None:
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
