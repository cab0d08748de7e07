"""Where the time of a process goes, which ways its cases go and what comes again, in plain sentences with n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.eventlog.engine import Engine, text
from assistant.process.durations import humane
from assistant.process.figures import joined

if TYPE_CHECKING:
    from assistant.eventlog.spark import Counter as Asked

FEWEST = 5
"""Groups of fewer cases are not told: a single case can be recognised."""
SAME = 1.02
"""Where nine of ten are hardly longer than half of them, a rule sets the time, not the work."""
SHORT_WAY, MOST_APART = 5, 4
"""Ways of so many steps are told by what is different about them, where that is not more."""
AT_A_TIME = 20_000_000
"""Events of which a median is taken at a time."""
MOST_STEPS, MOST_WAYS, MOST_PAIRS = 12, 10, 5
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Places(NamedTuple):
    """Answers of the engine, a row each, with the number of cases; times in seconds."""

    cases: int
    steps: list[dict[str, Any]]
    pairs: list[dict[str, Any]]
    ways: list[dict[str, Any]]
    to_and_fro: list[dict[str, Any]]
    arrivals: list[dict[str, Any]]
    load: list[dict[str, Any]]


def places(engine: Asked, cases: int) -> Places:
    """Everything asked of the engine, or of a server that counts in its place."""
    ways = ways_gone(engine)
    steps, pairs = _by_activity(engine)
    return Places(
        cases, steps, pairs, ways, engine.ask("back_and_forth"), engine.ask("arrivals"), engine.ask("load")
    )  # fmt: skip


def _by_activity(engine: Asked) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of steps and of pairs. Medians hold all their values in memory: of a very long log so many activities
    are asked for at a time that they fit."""
    if not isinstance(engine, Engine) or engine.value("SELECT count(*) FROM kept") <= AT_A_TIME:
        return engine.ask("steps"), engine.ask("pairs")
    counted = engine.ask("SELECT activity, count(*) AS n FROM kept GROUP BY activity ORDER BY n, activity")
    groups: list[list[int]] = []
    room = 0
    for row in counted:
        if row["n"] > room:
            groups.append([])
            room = AT_A_TIME
        groups[-1].append(row["activity"])
        room -= row["n"]
    steps, pairs = list[dict[str, Any]](), list[dict[str, Any]]()
    part = engine.branch()
    for group in groups:
        part.keep("gaps", f"SELECT * FROM ({text('gaps')}) WHERE activity IN ({', '.join(map(str, group))})", view=True)
        steps += part.ask("steps")
        pairs += part.ask("pairs")
    pairs.sort(key=lambda row: (-row["gap_total"], -row["n"], row["before"], row["after"]))
    return sorted(steps, key=lambda row: (row["usual_place"], row["activity"])), pairs


def ways_gone(engine: Asked) -> list[dict[str, Any]]:
    """The ways cases go, the most frequent first, each with the names of its steps."""
    names = {row["code"]: row["name"] for row in engine.ask("SELECT code, name FROM activities")}
    steps = {row["way_no"]: row["way"] for row in engine.ask("SELECT way_no, way FROM ways")}
    return [{**row, "way": [names[int(code)] for code in steps[row["way_no"]].split()]} for row in engine.ask("ways")]


def document(found: Places) -> dict[str, Any]:
    """As JSON data; what is seen of fewer than five cases is left out, ways only counted."""
    told = [row for row in found.ways if row["cases"] >= FEWEST]
    return {
        "steps": [row for row in found.steps if row["cases"] >= FEWEST],
        "between": [row for row in found.pairs if row["n"] >= FEWEST],
        "ways": told[:200],
        "ways_in_all": len(found.ways),
        "to_and_fro": [row for row in found.to_and_fro if row["cases"] >= FEWEST],
        "starts": [{"activity": name, "cases": n} for name, n in starts(found) if n >= FEWEST],
        "arrivals": [row for row in found.arrivals if row["cases"] >= FEWEST],
        "arrivals_by_day": [{"day": day, "cases": n} for day, n in enumerate(by_day(found.arrivals)) if n >= FEWEST],
        "load": [row for row in found.load if row["events"] >= FEWEST],
    }


def starts(found: Places) -> list[tuple[str, int]]:
    """The activities that closed cases begin with, the most frequent first, each with how many do."""
    counted = Counter[str]()
    for row in found.ways:
        counted[row["way"][0]] += row["cases"]
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def by_day(arrivals: Sequence[dict[str, Any]]) -> list[int]:
    """How many cases begin on each day of the week, Monday first."""
    return [sum(row["cases"] for row in arrivals if row["day"] == day) for day in range(7)]


def lines(found: Places) -> list[str]:
    """The answers as a person reads them; nothing where no case is closed."""
    if not found.cases:
        return []
    told = [*_slowest(found), *_table(found), "", *_starting(found), *_ways(found)]
    again = _again(found)
    return [*told, *(["", *again] if again else []), *_arriving(found.arrivals)]


def _total(found: Places) -> float:
    return sum(float(row["gap_total"]) for row in found.pairs) + sum(
        float(row["work_total"] or 0) for row in found.steps
    )


def _slowest(found: Places) -> list[str]:
    """The pair of steps between which most of the time passes, by name."""
    total = _total(found)
    slow = [row for row in found.pairs if row["n"] >= FEWEST and row["gap_total"] > 0][:MOST_PAIRS]
    if not slow or not total:
        return []
    told = ["Where the time goes (share of all time, between two steps):"]
    told += [
        f"  {100 * row['gap_total'] / total:3.0f} %  “{row['before']}” to “{row['after']}” ({_gap(row)})"
        for row in slow
        if row["gap_total"] >= 0.02 * total
    ]
    return told


def short(found: Places) -> list[str]:
    """The bottleneck and the usual way, each in a sentence."""
    total, told = _total(found), list[str]()
    slow = next((row for row in found.pairs if row["n"] >= FEWEST and row["gap_total"] > 0), None)
    if slow and total:
        told.append(
            f"Most time passes between “{slow['before']}” and “{slow['after']}”: "
            f"{100 * slow['gap_total'] / total:.0f} % of all ({_gap(slow)})."
        )
    usual = found.ways[0] if found.ways else None
    if usual and usual["cases"] >= FEWEST:
        many = f"; {len(found.ways):,} ways are gone in all" if len(found.ways) > 1 else ""
        told.append(
            f"The usual way, {100 * usual['cases'] / found.cases:.0f} % of the cases: {_way(usual['way'])}{many}."
        )
    return told


def _gap(row: dict[str, Any]) -> str:
    if row["gap_p50"] and row["gap_p90"] <= SAME * row["gap_p50"]:
        return f"nearly always {humane(row['gap_p50'])}, as a rule sets it; n = {row['n']:,}"
    return f"median {humane(row['gap_p50'])}, nine of ten within {humane(row['gap_p90'])}, n = {row['n']:,}"


def _table(found: Places) -> list[str]:
    """The steps by where they usually stand in a case."""
    shown = [row for row in found.steps if row["cases"] >= FEWEST]
    busiest = sorted(shown, key=lambda row: -row["cases"])[:MOST_STEPS]
    rows = [row for row in shown if row in busiest]
    if not rows:
        return []
    wide = min(40, max(len(row["activity"]) for row in rows))
    timed = any(row["work_p50"] is not None for row in rows)
    told = ["", f"Steps of the {found.cases:,} closed cases (wait: from the end of the step before; medians):"]
    for row in rows:
        work = (
            f"  work {humane(row['work_p50']):>9}"
            if row["work_p50"] is not None
            else "  work   unknown"
            if timed
            else ""
        )
        again = f"  again in {100 * row['cases_again'] / row['cases']:.0f} %" if row["cases_again"] else ""
        wait = humane(row["wait_p50"]) if row["wait_p50"] is not None else "–"
        share = 100 * row["cases"] / found.cases
        told.append(f"  {row['activity'][:wide]:{wide}}  in {share:3.0f} %{work}  wait {wait:>9}{again}")
    if len(found.steps) > len(rows):
        told.append(f"  and {len(found.steps) - len(rows)} more that are rarer")
    return told


def _starting(found: Places) -> list[str]:
    """What cases begin with, where more than one case in a hundred begins otherwise than the others."""
    told = [(name, n) for name, n in starts(found) if n >= FEWEST]
    if not told or told[0][1] >= 0.99 * found.cases:
        return []
    named = "; ".join(f"“{name}” ({100 * n / found.cases:.0f} %, n = {n:,})" for name, n in told[:MOST_PAIRS])
    return [f"Cases begin with {named}{' …' if told[MOST_PAIRS:] else ''}."]


def _ways(found: Places) -> list[str]:
    shown = [row for row in found.ways if row["cases"] >= FEWEST][:MOST_WAYS]
    many = len(found.ways)
    covered = 100 * sum(row["cases"] for row in shown) / found.cases
    head = "All cases go the same way" if many == 1 else f"Cases go {many:,} different ways"
    if not shown:
        return [f"{head}; none is gone by {FEWEST} cases or more."]
    most = "the most frequent one" if len(shown) == 1 else f"the {len(shown)} most frequent ones"
    whole = len(shown) == many
    told = [f"{head}:" if whole else f"{head}; {most}, gone by {covered:.0f} % of the cases:"]
    usual = shown[0]["way"]
    for row in shown:
        again = ", with a step done again" if row["again"] else ""
        share, time = 100 * row["cases"] / found.cases, humane(row["cycle_p50"])
        way = _way(usual, whole=True) if row is shown[0] else _beside_usual(row["way"], usual)
        told.append(f"  {share:4.1f} %  {way} (median {time}{again}, n = {row['cases']:,})")
    return told


def _beside_usual(way: Sequence[str], usual: Sequence[str]) -> str:
    """A way by what is different from the usual one, where that is less to read than the way itself."""
    more, less, said = list[str](), list[str](), list[str]()
    for kind, i, j, k, n in SequenceMatcher(None, usual, way, autojunk=False).get_opcodes():
        if kind == "replace" and j - i == n - k == 1 and way[k] not in usual and usual[i] not in way:
            said.append(f"with “{way[k]}” instead of “{usual[i]}”")
        elif kind != "equal":
            less += usual[i:j]
            more += way[k:n]
    whole = _way(way)
    if len(more) + len(less) + len(said) > MOST_APART or set(more) & set(less) or len(usual) < SHORT_WAY:
        return whole
    if more:
        new = [f"“{name}”" for name in dict.fromkeys(more) if name not in usual]
        again = Counter(name for name in more if name in usual)
        times = [f"“{name}” {'again' if n == 1 else f'{n} times more'}" for name, n in again.items()]
        said.append("with " + joined([*new, *times]))
    if less:
        said.append("without " + joined([f"“{name}”" for name in less]))
    return f"the usual way {', '.join(said)}"


def _way(names: Sequence[str], whole: bool = False) -> str:
    """A way in one line: steps in a row as “3 × Check”, the middle left out of a long one but where it is wanted."""
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    words = [f"{times} × {name}" if times > 1 else name for name, times in runs]
    if len(words) > 9 and not whole:
        words = [*words[:5], f"… {len(words) - 8} more …", *words[-3:]]
    return " → ".join(words)


def _again(found: Places) -> list[str]:
    """What is done again, and where cases go to and fro."""
    often = [row for row in found.steps if row["cases_again"] >= FEWEST]
    often.sort(key=lambda row: -row["cases_again"])
    told = [
        f"  “{row['activity']}” is done again in {100 * row['cases_again'] / found.cases:.1f} % of the cases "
        f"(n = {row['cases_again']:,})"
        for row in often[:MOST_PAIRS]
    ]
    told += [
        f"  to and fro between “{row['one']}” and “{row['other']}” in {100 * row['cases'] / found.cases:.1f} % "
        f"of the cases (n = {row['cases']:,})"
        for row in _one_way_round(found.to_and_fro)[:3]
        if row["cases"] >= FEWEST
    ]
    return ["What comes again:", *told] if told else []


def _one_way_round(pairs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each two steps once: to and fro between them is the same from either side."""
    seen: dict[frozenset[str], dict[str, Any]] = {}
    for row in pairs:
        seen.setdefault(frozenset((row["one"], row["other"])), row)
    return list(seen.values())


def _arriving(arrivals: Sequence[dict[str, Any]]) -> list[str]:
    """The days and hours in which nearly all cases begin."""
    total = sum(row["cases"] for row in arrivals)
    if total < 30:
        return []
    days = [day for day, cases in enumerate(by_day(arrivals)) if cases >= 0.03 * total]
    by_hour = [sum(row["cases"] for row in arrivals if row["hour"] == hour) for hour in range(24)]
    start, stop = _most(by_hour, 0.9 * total)
    inside = sum(row["cases"] for row in arrivals if row["day"] in days and start <= row["hour"] < stop)
    if not days or stop - start >= 20:
        return []
    in_a_row = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    named = f"{DAYS[days[0]]} to {DAYS[days[-1]]}" if in_a_row else ", ".join(DAYS[day] for day in days)
    return [
        "",
        f"{100 * inside / total:.0f} % of the cases begin {named} between {start}:00 and {stop}:00 (n = {total:,}).",
    ]


def _most(by_hour: Sequence[int], wanted: float) -> tuple[int, int]:
    """The shortest span of hours that holds as many."""
    spans = [(stop - start, start, stop) for start in range(24) for stop in range(start + 1, 25)]
    return next(((start, stop) for _, start, stop in sorted(spans) if sum(by_hour[start:stop]) >= wanted), (0, 24))
