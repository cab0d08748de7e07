"""What a log says, in plain English: the gate, the figures with n, and a statement for each control chart."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.eventlog.columns import CALLED
from assistant.eventlog.ends import Ending
from assistant.eventlog.gate import Check, Gate
from assistant.eventlog.periods import FULL, Periods, Unit
from assistant.eventlog.read_log import Log
from assistant.eventlog.shares import Share, ShareChart
from assistant.eventlog.spc import BASELINE, Chart
from assistant.eventlog.stratify import Segment
from assistant.eventlog.times import Figures, Measured, Spread
from assistant.process.durations import humane
from assistant.process.figures import plural

MOST_ENDS = 6
PARTNERS = re.compile(r"carrier|supplier|vendor|partner|forwarder|contractor|provider", re.I)


def number(check: Check) -> str:
    """A check's number with its unit: `2.4 %`."""
    if check.value is None:
        return "–"
    if check.unit == "%":
        return f"{check.value:.1f} %"
    return f"{check.value:g} {check.unit}"


def gate_lines(gate: Gate) -> list[str]:
    """The gate as lines: the verdict, each check that failed with its number and limit, what could not be checked."""
    lines = [f"Data gate {'PASSED' if gate.passed else 'FAILED'} ({gate.words})"]
    for check in gate.failed:
        detail = f"; {check.detail}" if check.detail else ""
        limit = f"limit {check.limit:g} {check.unit}"
        lines.append(f"  fail {number(check):>8}  {check.name} ({limit}, n = {check.n:,}){detail}")
    lines += [f"  {check.name}: {check.detail}" for check in gate.checks if check.state == "pass" and check.detail]
    unmade = dict.fromkeys(check.detail for check in gate.checks if check.state == "not checked" and check.detail)
    if unmade:
        lines.append(f"  Not checked: {'; '.join(unmade)}.")
    return lines


def source_lines(log: Log) -> list[str]:
    """Where the figures are from: the file, how much of it, from when to when, and which column was taken for what."""
    span = log.span()
    days = f", {span[0]:%Y-%m-%d} to {span[1]:%Y-%m-%d}" if span else ", no stamp could be read"
    empty, cases = log.empty(), log.cases
    columns = ", ".join(
        f"{CALLED.get(kind, kind)} “{name}”{' (empty)' if kind in empty else ''}" for kind, name in log.columns.items()
    )
    told = [
        f"Read from {log.source}: {plural(log.size, 'event')} of {_cases(cases)}{days}.",
        f"  Columns: {columns}.",
    ]
    return told + [f"  {note}" for note in log.notes]


def ending_lines(measured: Measured) -> list[str]:
    """How many cases are closed and open, with what they end, and how that was told."""
    closed, still = len(measured.cases), measured.open
    told = [f"{closed:,} closed {'case' if closed == 1 else 'cases'}, {still:,} open"]
    if still:
        told[0] += f" (so far {time_words(measured.open_age)})"
    over = [ending for ending in measured.endings if ending.closed]
    if over:
        named = "; ".join(_ending(ending) for ending in over[:MOST_ENDS])
        rest = over[MOST_ENDS:]
        more = f"; {len(rest)} other activities ({_cases(sum(ending.closed for ending in rest))})" if rest else ""
        how = "as --end says" if measured.named else "judged by how long nothing followed; --end NAME sets it"
        told.append(f"  Cases end with {named}{more} ({how}).")
    if still and not measured.named:
        waiting = sorted((ending for ending in measured.endings if ending.open), key=lambda ending: -ending.open)
        named = "; ".join(f"“{ending.activity}” ({_cases(ending.open)})" for ending in waiting[:MOST_ENDS])
        more = " …" if waiting[MOST_ENDS:] else ""
        told.append(f"  Open are cases that stopped after {named}{more}: others went on after as long a wait.")
    return told + [f"  {note}" for note in measured.notes]


def _ending(ending: Ending) -> str:
    return f"“{ending.activity}” ({_cases(ending.closed)})"


def _cases(count: int) -> str:
    return plural(count, "case")


def quiet_words(found: Periods) -> str:
    """What was left out of a chart by period; nothing where nothing was."""
    if not found.quiet:
        return ""
    units = plural(found.quiet, found.unit)
    return f"Left out of the charts: {units} with fewer than {FULL} closed cases ({_cases(found.cases_left_out)})."


def share_words(share: Share) -> str:
    """`1.5 % (15 of 1,000; 95 % interval 0.9 to 2.5 %)`."""
    if share.value is None or share.low is None or share.high is None:
        return "unknown (n = 0)"
    interval = f"95 % interval {100 * share.low:.1f} to {100 * share.high:.1f} %"
    return f"{100 * share.value:.1f} % ({share.hits:,} of {share.n:,}; {interval})"


def time_words(spread: Spread) -> str:
    """Median, 90th percentile and n of a time."""
    if spread.p50 is None or spread.p90 is None:
        return "unknown (n = 0)"
    return f"median {humane(spread.p50)}, nine of ten within {humane(spread.p90)} (n = {spread.n:,})"


def figure_lines(figures: Figures, confidence: str) -> list[str]:
    """The figures of a group of cases; the confidence stands beside the first, for all."""
    told = [("cycle time", time_words(figures.cycle))]
    if figures.work.n:
        told += [("working time", time_words(figures.work)), ("waiting time", time_words(figures.wait))]
        told.append(("flow efficiency", f"{100 * (figures.efficiency or 0):.1f} % (n = {figures.work.n:,})"))
    told.append(("cases with rework", share_words(figures.rework)))
    hands = figures.handoffs
    if hands.n:
        told.append(("handoffs a case", f"median {hands.p50:g}, nine of ten within {hands.p90:g} (n = {hands.n:,})"))
    if figures.latency.n:
        told.append(("wait at a handoff", time_words(figures.latency)))
    said = [f"  {name:18} {words}" for name, words in told]
    return [f"{said[0]}  [{confidence}]", *said[1:]]


def headline(figures: Figures, rest: Sequence[str] = ()) -> list[str]:
    """What matters most, in a few sentences; `rest`: more of them, from what else was looked at."""
    cycle = figures.cycle
    if cycle.p50 is None or cycle.p90 is None:
        return []
    half, most = humane(cycle.p50), humane(cycle.p90)
    told = [f"Half of the {cycle.n:,} closed cases take {half} or less, one in ten more than {most}."]
    if cycle.n == 1:
        told = [f"The only closed case took {half}."]
    elif half == most and cycle.p90:
        told = [f"Nine of ten closed cases take {most} or less (n = {cycle.n:,})."]
    elif not cycle.p90:
        told = [f"In nine of ten closed cases no time passes: all their events have one stamp (n = {cycle.n:,})."]
    if figures.work.n and figures.efficiency is not None and figures.work.n >= cycle.n / 2:
        told.append(f"Somebody works on a case in {percent_words(figures.efficiency)} of that time; else it waits.")
    if figures.rework.hits:
        told.append(f"In {percent_words(figures.rework.value or 0.0)} of the cases a step is done again.")
    return ["In short", *(f"  {sentence}" for sentence in (*told, *rest))]


def percent_words(share: float) -> str:
    """A share in whole per cent, a small one with its tenths: `7 %`, `.4 %`."""
    return f"{100 * share:.0f} %" if share >= 0.02 or not share else f"{100 * share:.1f} %"


def _usual(chart: Chart) -> str:
    """The centre of a chart of log durations, in which nothing is shorter than a second."""
    return humane(math.exp(chart.centre)) if chart.centre else "a second or less"


def chart_words(chart: Chart, unit: Unit) -> str:
    """What a chart of log durations says, and what follows from it."""
    thing = "case" if unit == "case" else f"{unit}ly median".replace("dayly", "daily")
    if chart.low is None or chart.high is None:
        moved = "the level has shifted: find out what changed" if chart.shifted else "no shift is seen"
        return f"Run chart of {plural(chart.n, thing)} round {_usual(chart)}: {moved} (too few for limits)."
    limits = f"{humane(math.exp(chart.low))} and {humane(math.exp(chart.high))}"
    if humane(math.exp(chart.low)) == humane(math.exp(chart.high)):
        return f"Always the same: every {thing} is {_usual(chart)} ({chart.n} points)."
    note = f" Limits are provisional: fewer than {BASELINE} points." if chart.provisional else ""
    if chart.stable:
        return (
            f"Stable: the next {thing} will lie between {limits} ({chart.n} points). "
            f"To be better, change the way of working, not single cases.{note}"
        )
    signs = [f"{len(chart.beyond)} of {chart.n} points not between {limits}"] if chart.beyond else []
    signs += ["a run of eight or more on one side of the middle"] if chart.runs else []
    return f"Not stable: {' and '.join(signs)}. Look for what was special there before changing the design.{note}"


def share_chart_words(name: str, chart: ShareChart, unit: Unit) -> str:
    """What a p or p′ chart says."""
    extra = f", as {unit}s differ by {chart.spread:.1f} times what chance gives" if chart.kind == "p′" else ""
    off = len(chart.beyond)
    seen = f"{plural(off, unit)} beyond the limits: look for the reason" if off else "stable"
    share = f"{100 * chart.centre:.1f} % of closed cases on average over {len(chart.low)} {unit}s"
    return f"{name} by {unit} ({chart.kind} chart{extra}): {seen}; {share}."


def _times(value: float) -> str:
    words = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}
    near = round(value)
    return words[near] if near in words and abs(value - near) <= 0.15 * near else f"{value:.1f} times"


def difference_lines(segments: Sequence[Segment], by: str) -> list[str]:
    """Which segments differ in variation and in level, with the evidence, and the decision this asks for."""
    compared = [segment for segment in segments if segment.level is not None]
    if len(compared) < 2:
        return [f"Fewer than two values of “{by}” have 12 closed cases: they are not compared."]
    steady = min(compared, key=lambda group: group.spread)
    lines = [_wilder(segment, steady, by) for segment in compared if _varies_more(segment) and segment is not steady]
    wild = bool(lines)
    lines += [_slower(segment, by) for segment in compared if segment.level and segment.level.differs]
    if wild:
        lines.append(_decision(by))
    small = len(segments) - len(compared)
    lines = lines or [f"The values of “{by}” do not differ beyond chance, neither in level nor in variation."]
    return lines + (
        [f"{small} values of “{by}” have fewer than 12 closed cases and are not compared."] if small else []
    )


def _varies_more(one: Segment) -> bool:
    return one.variation is not None and one.variation.differs and one.variation.value > 1


def _wilder(one: Segment, steady: Segment, by: str) -> str:
    assert one.variation is not None
    ratio = one.spread / steady.spread if steady.spread else math.inf
    much = f"varies {_times(ratio)} as much as {steady.name}" if math.isfinite(ratio) else "varies, others do not"
    low, high = one.variation.low, one.variation.high
    return (
        f"{by} {one.name} {much} (its spread is {one.variation.value:.1f} times that of all others, interval {low:.1f} "
        f"to {high:.1f}; median {humane(one.p50)}, nine of ten within {humane(one.p90)}; n = {one.n:,}). "
        "Look for a reason there first."
    )


def _slower(one: Segment, by: str) -> str:
    assert one.level is not None
    value, low, high = one.level
    word = "slower" if value > 1 else "faster"
    return (
        f"{by} {one.name} is {word} than the others: {value:.2f} times their time (interval {low:.2f} to {high:.2f}, "
        f"n = {one.n:,})."
    )


def _decision(by: str) -> str:
    if PARTNERS.search(by):
        return (
            f"Decide between {by}s (give the work to those that are steady, or agree limits with the others), "
            "or for one coordinator of all of them (for carriers: a 4PL) who answers for the whole. "
            f"Averages over all {by}s hide this."
        )
    return (
        f"Decide: bring the others to the way of the steadiest {by}, or have one person answer for all of them. "
        f"Averages over every {by} hide this."
    )
