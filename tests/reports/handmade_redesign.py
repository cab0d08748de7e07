"""A redesign made by hand from the engine's own shapes, so that package and reports are tested without the engine."""

from types import SimpleNamespace

from assistant.process.apply import apply
from assistant.process.codec import from_data
from assistant.process.durations import Basis
from assistant.process.edits import EDITS
from assistant.process.questions import open_questions
from assistant.redesign.shapes import Alternative, Completed, Effect, Evidence, Filled, Finding, Needs, Proposal
from assistant.simulation.results import difference
from assistant.simulation.run import simulate_all

EVIL = "<script>alert('x')</script>"


def minutes(mean, basis="stated"):
    return {"kind": "exponential", "mean": mean, "unit": "min", "basis": basis}


def days(mean, basis="stated"):
    return {"kind": "exponential", "mean": mean, "unit": "d", "basis": basis}


def permit(name="Grant a market permit"):
    """A permit office: five roles, a batch, a sign-off, a loop and a refusal."""
    return from_data(
        {
            "schema": "process/1", "name": name, "trigger": "A trader hands in an application",
            "purpose": "Traders get a lawful stall before the market opens",
            "customers": [{"name": "Traders", "needs": ["an answer within 6 days"]}],
            "roles": [
                {"id": "desk", "name": "Front desk", "unit": "Citizen service", "capacity": 2, "cost_per_hour": 32,
                 "capacity_basis": "stated"},
                {"id": "officer", "name": "Permit officer", "unit": "Market office", "capacity": 2, "cost_per_hour": 41,
                 "capacity_basis": "stated"},
                {"id": "head", "name": "Head of office", "capacity": 1, "cost_per_hour": 60,
                 "capacity_basis": "stated"},
                {"id": "trader", "name": "Trader", "kind": "external"},
            ],
            "data": [{"id": "form", "name": "Application form", "source": "Trader"},
                     {"id": "plan", "name": "Stall plan"}],
            "volume": {"between": {"kind": "exponential", "mean": 1.5, "unit": "h"}, "basis": "stated"},
            "flow": [
                {"task": {"id": "take", "name": "Take in application", "role": "desk", "system": "Mailbox",
                          "work": minutes(10), "writes": ["form"]}},
                {"loop": {"id": "complete", "while": "papers are missing", "p": 0.3, "p_basis": "stated",
                          "do": [{"task": {"id": "check", "name": "Check papers", "role": "officer", "reads": ["form"],
                                           "work": minutes(20), "is_control": True}}],
                          "redo": [{"wait": {"id": "letter", "name": "Trader sends papers", "event": "message",
                                             "duration": days(4)}}]}},
                {"task": {"id": "fee", "name": "Compute fee", "role": "officer", "work": minutes(12),
                          "reads": ["form"]}},
                {"task": {"id": "place", "name": "Assign stall", "role": "officer", "work": minutes(25, "estimated"),
                          "wait": days(1.5, "library"), "wait_cause": "batching", "writes": ["plan"]}},
                {"task": {"id": "sign", "name": "Sign permit", "role": "head", "work": minutes(3), "wait": days(2),
                          "wait_cause": "unavailability", "legal_basis": "trade act, section 4"}},
                {"choice": {"id": "granted", "question": "Is the permit granted?", "branches": [
                    {"when": "yes", "p": 0.9, "p_basis": "stated", "do": [
                        {"task": {"id": "send", "name": "Send permit", "role": "desk", "system": "Mailbox",
                                  "work": minutes(6)}},
                        {"end": {"id": "good", "outcome": "Permit granted"}}]},
                    {"when": "no", "p": 0.1, "p_basis": "stated", "do": [
                        {"end": {"id": "bad", "outcome": "Permit refused", "negative": True}}]}]}},
            ],
            "assumptions": [{"text": "Half of the applications come by post", "basis": "estimated"}],
        }
    )  # fmt: skip


SMALL = [
    {"op": "set", "id": "place", "field": "wait", "value": None},
    {"op": "set_condition", "id": "complete", "p": 0.1, "basis": "estimated"},
]
BOLD = [
    *SMALL,
    {"op": "delete", "ids": ["fee"]},
    {"op": "insert", "blocks": [{"task": {"id": "notify", "name": "Tell trader the status", "role": "desk",
                                          "system": "Portal", "work": minutes(1, "estimated")}}],
     "place": {"after": "place"}},
]  # fmt: skip


def findings(process):
    return (
        Finding("F1", "batch", "Applications lie until stalls are assigned together", ("place",),
                (Evidence("cases wait before “Assign stall”", 129600.0, "s", "library"),), ("H06",), 0.45, 0.31, "time",
                "waiting"),
        Finding("F2", "rework", "Papers come back incomplete", ("complete", "check"),
                (Evidence("of the applications miss papers", 0.3, "share", "stated"),
                 Evidence("each round waits for the trader", 345600.0, "s", "stated")), ("H01", "H29"), 0.8, 0.24,
                "time", "defects"),
        Finding("F3", "overload", "The permit officers are the narrow point", ("check", "fee", "place"),
                (Evidence("of their time is taken", 0.71, "share", "computed"),), ("H20",), 0.6, None, None, "waiting"),
    )  # fmt: skip


def proposals(process, edits, extra=()):
    steps = EDITS.validate_python(edits)
    first = Proposal(
        id="P1",
        practice="H06",
        name="case-based work",
        title="Assign each stall when its papers are in",
        elements=("place",),
        edits=steps[:1],
        because=("F1",),
        effects={"time": "+", "cost": "-"},
        tier="proposal",
        risks=("The plan of stalls changes more often",),
        failure=("Officers go on collecting",),
        needs=Needs(skills=("Assigning from the living plan",), organisation=("Officers decide alone",)),
        cites=("H06",),
    )
    second = Proposal(
        id="P2",
        practice="H01",
        name="control relocation",
        title="Let traders check their papers before they send them",
        elements=("complete", "check"),
        edits=steps[1:2],
        because=("F2",),
        effects={"quality": "+"},
        tier="proposal",
        risks=("Some traders cannot use the list",),
        failure=(),
        cites=("H01",),
        needs=Needs(systems=("A checklist on the web page",), customers=("Fill in the list before sending",)),
    )
    third = Proposal(
        id="P3",
        practice="H05",
        name="activity elimination",
        title="Take the fee from a table and tell the status",
        elements=("fee", "notify"),
        edits=steps[2:],
        because=("F3",),
        effects={"time": "+"},
        tier="proposal",
        risks=("Odd cases fit no row of the table",),
        failure=(),
        cites=("H05",),
        needs=Needs(systems=("Fee table",)),
        enablers=("E01",),
    )
    return (first, second, third)[: 3 if len(steps) > 2 else 2]


def effects(before, after):
    """The four dimensions with paired intervals, judged only where the interval leaves zero out."""
    found = {}
    for dimension, metric, unit, lower in (
        ("time", "cycle_time", "s", True), ("cost", "cost_per_case", "EUR", True), ("quality", "rework", "share", True),
    ):  # fmt: skip
        change = difference(before, after, metric)
        better = None if change.low <= 0 <= change.high else (change.mean < 0) == lower
        found[dimension] = Effect(
            dimension, metric.replace("_", " "), unit, getattr(before, metric).mean, getattr(after, metric).mean,
            change.mean, change.low, change.high, better, "simulated", "library", "",
        )  # fmt: skip
    found["flexibility"] = Effect("flexibility", "handoffs a case", "", 4.0, 4.0, 0.0, None, None, None, "computed",
                                  "stated", "counted on the map")  # fmt: skip
    return found


def redesign(name="Grant a market permit", recommended="Small steps", cases=120, replications=4, today=None):
    """The redesign of the permit process with two alternatives, simulated for real."""
    today = today or permit(name)
    flows = {"Small steps": SMALL, "Rethink": BOLD}
    made = {key: apply(today, EDITS.validate_python(edits)) for key, edits in flows.items()}
    results = simulate_all({"as-is": today, **made}, cases=cases, replications=replications, seed=3)
    words = {"Small steps": ("better", "a case takes less time and nothing else gets worse"),
             "Rethink": ("mixed", "faster, but the fee table is not proven")}  # fmt: skip
    alternatives = tuple(
        Alternative(
            name=key, stance="small steps" if key == "Small steps" else "rethink",
            proposals=proposals(today, flows[key]), process=made[key], effects=effects(results["as-is"], results[key]),
            verdict=": ".join(words[key]), word=words[key][0],
            guards=("“Sign permit” stays: trade act, section 4",), dropped=(), dominated=key == "Rethink",
        )
        for key in flows
    )  # fmt: skip
    filled = (Filled("place", "work", 1500.0, "s", Basis.ESTIMATED, "planning figure for a step of this kind"),
              Filled("place", "wait", 129600.0, "s", Basis.LIBRARY, "permit application, step “assign”"))  # fmt: skip
    return SimpleNamespace(
        decided=(), proposals=(),
        as_is=today, completed=Completed(today, filled, (), 0.27, 0.3), findings=findings(today),
        alternatives=alternatives, recommended=recommended, questions=tuple(open_questions(today)), entry=None,
        overlooked=(SimpleNamespace(kind="control", id="x", text="Check the trade register", why="Ghost traders"),),
        filled=filled, results=results, made_by="built-in rules", goal=None,
        why_recommended="Small steps: better", refused=(), fits=(), notes=(), keep=(),
    )  # fmt: skip
