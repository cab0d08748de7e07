"""Working hours, holidays and the hours in which cases come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_reference import OFFICE_HOURS, a_process, a_task, exponential, fixed

from assistant.process.model import Hours
from assistant.simulation.clock import DAY, WEEK, Clock, clock_of, holiday_days, together
from assistant.simulation.play import Run, play

H = 3600.0
OFFICE = tuple(Hours(**line) for line in OFFICE_HOURS)  # type: ignore[arg-type]


def office(holidays: frozenset[int] = frozenset()) -> Clock:
    clock = clock_of(OFFICE, holidays)
    assert clock is not None
    return clock


def test_no_calendar_is_around_the_clock() -> None:
    assert clock_of(None, frozenset()) is None
    assert clock_of((), frozenset()) is None


def test_work_starts_when_the_office_opens_and_pauses_when_it_closes() -> None:
    clock = office()
    assert clock.begin(3 * H) == 9 * H
    assert clock.begin(10 * H) == 10 * H
    assert clock.begin(4 * DAY + 18 * H) == WEEK + 9 * H
    assert clock.finish(9 * H, 8 * H) == 17 * H
    assert clock.finish(16 * H, 2 * H) == DAY + 10 * H
    assert clock.finish(4 * DAY + 16 * H, 2 * H) == WEEK + 10 * H
    assert clock.finish(0, 400 * H) == 9 * WEEK + 4 * DAY + 17 * H
    assert clock.finish(20 * H, 0) == DAY + 9 * H


def test_nobody_works_on_holidays() -> None:
    clock = office(frozenset({0, 2}))
    assert clock.begin(0) == DAY + 9 * H
    assert clock.finish(DAY + 16 * H, 2 * H) == 3 * DAY + 10 * H
    assert clock.elapsed(WEEK) == 24 * H
    assert clock.elapsed(2 * DAY + 12 * H) == 8 * H


def test_holidays_count_from_the_first_monday_of_their_year() -> None:
    assert holiday_days(["2026-01-06", "2026-12-25"]) == {1, 354}  # 5 January 2026 is a Monday
    assert holiday_days(["2026-01-01"]) == frozenset()  # before the play begins
    assert holiday_days(["2026-02-30", "2026-01-06", "9999-12-31"]) == {1}  # no such date; too far ahead
    assert holiday_days([]) == frozenset()


def test_overlapping_lines_are_one_and_common_hours_are_found() -> None:
    early = Clock([(6 * H, 14 * H), (DAY + 6 * H, DAY + 14 * H)])
    late = Clock([(10 * H, 18 * H)], frozenset({7}))
    both = together(early, late)
    assert both is not None
    assert both.segments() == [(10 * H, 14 * H)]
    assert both.holidays == {7}
    assert together(early, Clock([(2 * DAY, 3 * DAY)])) is None
    merged = clock_of((Hours(days="mon", **{"from": "09:00"}, to="12:00"), OFFICE[0]), frozenset())
    assert merged is not None
    assert merged.open_week == 40 * H


@given(start=st.floats(0, 4 * WEEK), work=st.floats(0, 3 * WEEK), days=st.frozensets(st.integers(0, 40), max_size=6))
@settings(max_examples=80, deadline=None)
def test_the_open_time_between_start_and_finish_is_the_work(start: float, work: float, days: frozenset[int]) -> None:
    clock = office(days)
    begin, end = clock.begin(start), clock.finish(start, work)
    assert end >= begin >= start
    assert clock.elapsed(end) - clock.elapsed(begin) == pytest.approx(work, abs=1e-3)
    assert sum(b - a for a, b in clock.spans(begin, end)) == pytest.approx(work, abs=1e-3)


def test_enormous_work_does_not_take_for_ever() -> None:
    assert office().finish(0, 1e15) > 1e15
    assert office(frozenset({3})).finish(0, 1e14) > 1e14
    assert office(frozenset({3})).begin(1e25) == 1e25
    assert office().spans(9 * H, 1e13) == [(9 * H, pytest.approx(1e13 * 40 / 168, rel=1e-6))]


def test_cases_come_in_the_hours_of_the_calendar_and_the_gap_counts_only_those() -> None:
    process = a_process([a_task("a", work=1)], volume={"between": exponential(600), "calendar": OFFICE_HOURS})
    starts = play(process, Run(1, 0, 4000)).starts
    assert ((starts % DAY >= 9 * H) & (starts % DAY <= 17 * H) & (starts % WEEK < 5 * DAY)).all()
    assert starts[-1] / WEEK == pytest.approx(4000 * 600 / (40 * H), rel=0.05)


def test_rates_by_hour_and_weekday_move_arrivals_and_keep_their_number() -> None:
    by_hour = [0.0] * 8 + [1.0] * 4 + [3.0] * 4 + [0.0] * 8
    volume = {"between": exponential(300), "by_hour": by_hour, "by_weekday": [1, 1, 1, 1, 2, 0, 0]}
    starts = play(a_process([a_task("a", work=1)], volume=volume), Run(1, 0, 6000)).starts
    hours, days = starts % DAY // H, starts % WEEK // DAY
    assert set(hours.tolist()) == set(range(8, 16))
    assert np.mean(hours >= 12) == pytest.approx(0.75, abs=0.02)
    assert np.mean(days == 4) == pytest.approx(2 / 6, abs=0.02)
    assert np.sum(starts < 2 * WEEK) == pytest.approx(2 * WEEK / 300, rel=0.05)


def test_no_case_comes_on_a_holiday() -> None:
    volume = {"between": exponential(600), "calendar": OFFICE_HOURS}
    process = a_process([a_task("a", work=1)], volume=volume, holidays=["2026-01-06", "2026-01-16"])
    days = set((play(process, Run(1, 0, 1000)).starts // DAY).astype(int).tolist())
    assert {0, 2, 3} <= days
    assert not {1, 11} & days


def test_a_pattern_without_any_rate_falls_back_to_the_plain_gap() -> None:
    volume = {"between": exponential(600), "by_hour": [0.0] * 24}
    assert play(a_process([a_task("a", work=1)], volume=volume), Run(1, 0, 500)).starts[-1] == pytest.approx(
        300_000, rel=0.2
    )


def test_waiting_for_the_office_to_open_is_waiting_and_not_work() -> None:
    roles = [{"id": "desk", "calendar": OFFICE_HOURS, "cost_per_hour": 60}]
    process = a_process([a_task("a", "desk", fixed(6 * H))], roles, volume={"between": fixed(DAY / 4)})
    played = play(process, Run(1, 0, 20))
    assert played.works.tolist() == [6 * H] * 20
    assert played.costs.tolist() == [360.0] * 20
    assert played.ends[0] - played.starts[0] == 9 * H  # comes at 06:00, done at 15:00
    assert played.ends[1] == DAY + 10 * H  # comes at 12:00: five hours today, one tomorrow
