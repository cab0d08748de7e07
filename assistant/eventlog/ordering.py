"""The events of each case in order of time, recorded doubles taken out: what every figure is counted on."""

from __future__ import annotations

from assistant.eventlog.engine import Engine

# An event whose end is not recorded stands at its start; how long it took is not known.
TIMED = (
    "SELECT events.case_no, events.activity, events.resource, events.role, coalesce(complete, start) AS complete, "
    "CASE WHEN complete IS NOT NULL THEN start END AS start, "
    "coalesce(complete_shift, start_shift, 0) AS clock, {usual} AS usual FROM {source} AS events {join} "
    "WHERE events.case_no IS NOT NULL AND events.activity > 0 AND coalesce(complete, start) IS NOT NULL"
)
UNIQUE = (
    "(SELECT case_no, activity, complete, start, resource, min_by(role, rowid) AS role, "
    "min_by(complete_shift, rowid) AS complete_shift, min_by(start_shift, rowid) AS start_shift "
    "FROM events GROUP BY case_no, activity, complete, start, resource)"
)


def put_in_order(engine: Engine) -> int:
    """The table `ordered` from the events of a log; how many events were recorded twice and are counted once."""
    source = "events"
    _ordered(engine, "ordered", TIMED.format(usual=0, source=source, join=""))
    seen = engine.row("repeated")
    tied = seen["tied"]
    if seen["twice"]:
        source = UNIQUE
        _ordered(engine, "ordered", TIMED.format(usual=0, source=source, join=""))
        tied = engine.row("repeated")["tied"]
    if tied:
        _settle(engine, source)
    return int(seen["twice"])


def _ordered(engine: Engine, table: str, timed: str) -> None:
    engine.keep("timed", timed, view=True)
    engine.keep(table, "ordered")
    engine.drop_view("timed")


def _settle(engine: Engine, source: str) -> None:
    """Order anew the cases in which two activities stand side by side at one moment."""
    engine.keep("usual", "usual")
    engine.keep(
        "tied",
        "SELECT DISTINCT case_no FROM ordered WHERE activity <> before AND done = done_before "
        "AND coalesce(began, done) = coalesce(began_before, done_before)",
    )
    join = "JOIN tied ON tied.case_no = events.case_no JOIN usual u ON u.activity = events.activity"
    _ordered(engine, "settled", TIMED.format(usual="u.usual", source=source, join=join))
    rest = "SELECT * FROM ordered WHERE case_no NOT IN (SELECT case_no FROM tied)"
    engine.keep("ordered", f"{rest} UNION ALL SELECT * FROM settled")
    engine.drop("tied", "settled", "usual")
