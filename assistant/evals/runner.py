"""Playing suites: each case by itself, an error counted apart from a fail, every row written down when it is known.

A run that was killed goes on from its file: rows that are there are not played again. Cases are played side by side: in
processes of their own with the built-in rules, in threads when a language model is asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.app import App
from assistant.errors import AssistantError, UsageError
from assistant.evals.door import CapReached, Door, Purse, Watched
from assistant.evals.runfile import Run, as_line, load_run, write_run
from assistant.evals.shapes import Case, Row, Suite
from assistant.evals.stamp import head_of
from assistant.evals.tape import Tape, playing
from assistant.evals.what_differs import changed_names
from assistant.library.store import bundled_library
from assistant.process.figures import plural

MOST_TEXT = 400
FEWEST_PLAYED = 10
"""Cases after which it is said how long the others may take."""


@dataclass(frozen=True)
class Plan:
    """What is to be played: suites with their cases, how often, how many at a time, and what may be spent.

    `pace` is the most rows begun in a minute; None: as fast as answers come. `own`: the cases are one's own, and are
    played with one's own library entries; all others with the library that ships with the program.
    """

    name: str
    parts: tuple[tuple[Suite, tuple[Case, ...]], ...]
    repeats: int = 1
    jobs: int = 1
    most_cost: float | None = None
    pace: float | None = None
    seed: int = 1
    own: bool = False

    @property
    def cases(self) -> dict[tuple[str, str], Case]:
        """All cases by suite and id."""
        return {(suite.name, case.id): case for suite, cases in self.parts for case in cases}

    @property
    def rows(self) -> int:
        """How many rows the whole run has."""
        return sum(len(cases) for _, cases in self.parts) * self.repeats


@dataclass
class Playing:
    """A run under way: the plan, the app, what was spent, where it is written, who hears how far it is."""

    plan: Plan
    app: App
    tape: Tape | None = None
    out: Path | None = None
    tell: Callable[[str], None] = lambda text: None
    purse: Purse = field(default_factory=Purse)

    def run(self) -> Run:
        """Play what is missing; returns the run, whole or as far as the cap let it. Raises StorageError."""
        self.purse.most = self.plan.most_cost
        self.app = self.app if self.plan.own else with_bundled_library(self.app)
        run = self._begun()
        done, started = {row.key for row in run.rows}, time.monotonic()
        missing = [
            (suite, case, repeat)
            for suite, cases in self.plan.parts
            for case in cases
            for repeat in range(1, self.plan.repeats + 1)
            if (suite.name, case.id, repeat) not in done
        ]
        self.purse.begun = self.purse.spent = run.cost or 0.0
        file = self.out.open("a", encoding="utf-8") if self.out else None
        try:
            for row in self._rows(missing):
                run.rows.append(row)
                if file is not None:
                    file.write(as_line(row.document()))
                    file.flush()
                left = _left(time.monotonic() - started, len(run.rows) - len(done), len(missing))
                self.tell(f"{self._how_far(run, row.suite)}{left} …")
        finally:
            if file is not None:
                file.close()
        if self.out is not None:
            write_run(run, self.out)
        order = {key: number for number, key in enumerate(run.cases)}
        run.rows.sort(key=lambda row: (order[(row.suite, row.case)], row.repeat))
        return run

    def _how_far(self, run: Run, suite: str) -> str:
        """How far the run is: of the suite that is being played, and of all."""
        of_suite = sum(len(cases) for part, cases in self.plan.parts if part.name == suite) * self.plan.repeats
        played = sum(row.suite == suite for row in run.rows)
        whole = f"{len(run.rows)} of {self.plan.rows} played, {len(run.errors)} in error"
        return f"{suite} {played} of {of_suite}; {whole}" if len(self.plan.parts) > 1 else f"{suite}: {whole}"

    def _begun(self) -> Run:
        """The run so far: from its file when that belongs to the same question, else a new one, its head written."""
        head = head_of(self.plan, self.app, self.tape)
        if self.out is None:
            return Run(head, dict(self.plan.cases))
        if self.out.exists():
            run = load_run(self.out)
            self._refuse_another(run, head)
            write_run(run, self.out)
            return run
        run = Run(head, dict(self.plan.cases))
        write_run(run, self.out)
        return run

    def _refuse_another(self, run: Run, head: dict[str, Any]) -> None:
        apart = [key for key in ("suite", "model", "code", "prompts", "library", "settings", "repeats", "seed")
                 if run.head.get(key) != head.get(key)]  # fmt: skip
        if {key: case.digest for key, case in run.cases.items()} != {
            key: case.digest for key, case in self.plan.cases.items()
        }:
            apart.append("cases")
        if apart:
            told = ", ".join(_told(key, run, head) for key in apart)
            raise UsageError(
                f"{self.out} holds another run.", f"It differs in: {told}.",
                "Name another file, or add --force to begin anew.",
            )  # fmt: skip

    def _rows(self, missing: Sequence[tuple[Suite, Case, int]]) -> Iterator[Row]:
        if not missing:
            return
        offline = self.app.handed is None and self.app.settings.model == "offline"
        if offline and self.plan.jobs > 1 and len(missing) > 1:
            yield from _in_processes(self.app, missing, self.plan.jobs)
            return
        yield from self._in_threads(missing)

    def _in_threads(self, missing: Sequence[tuple[Suite, Case, int]]) -> Iterator[Row]:
        """Rows as they come, at most `jobs` at a time and `pace` a minute; none is begun once the cap is reached."""
        queue, begun, started = list(reversed(missing)), 0, time.monotonic()
        with ThreadPoolExecutor(max(1, self.plan.jobs)) as pool:
            under_way: set[Future[Row | None]] = set()
            while queue or under_way:
                while queue and len(under_way) < max(1, self.plan.jobs) and not self._spent():
                    if self.plan.pace:
                        time.sleep(max(0.0, started + begun * 60 / self.plan.pace - time.monotonic()))
                    under_way.add(pool.submit(self._row, *queue.pop()))
                    begun += 1
                if not under_way:
                    return
                finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (row for row in (future.result() for future in finished) if row is not None)

    def _spent(self) -> bool:
        return self.purse.left is not None and self.purse.left <= 0

    def _row(self, suite: Suite, case: Case, repeat: int) -> Row | None:
        """One row; None when the cap was reached while it was played, so that it is played another time."""
        key = (suite.name, case.id, repeat)
        known = self.tape.rows.get(key) if self.tape is not None and not self.tape.recording else None
        token = playing.set(key)
        try:
            if self.tape is not None:
                self.tape.begin(key)
            row = play(self.app, suite, case, repeat, self.purse)
        except CapReached:
            return None
        finally:
            playing.reset(token)
        if known is not None:
            row = replace(row, seconds=known["seconds"])
            if known["error"]:
                row = replace(row, error=known["error"], error_kind=known["error_kind"], scores={}, output=None)
        if self.tape is not None:
            self.tape.keep(row)
        return row


def play(app: App, suite: Suite, case: Case, repeat: int = 1, purse: Purse | None = None) -> Row:
    """Play one case once. Whatever goes wrong is the row's error; only a reached cap is raised (CapReached).

    A call the service did not answer is an error of the case also where the assistant went on without it.
    """
    watched = Watched(app.model, purse or Purse()) if app.model is not None and suite.asks else None
    door = Door(replace_model(app, watched))
    started = time.perf_counter()
    output, error, kind, scores = None, "", "", {}
    try:
        output = suite.play(door, case)
        scores = suite.scored(case, output)
    except CapReached:
        raise
    except AssistantError as fault:
        error, kind = " ".join(str(fault).split())[:MOST_TEXT], type(fault).__name__
    except Exception as fault:  # a fault of ours in one case must not lose the run
        error, kind = f"{type(fault).__name__}: {fault}"[:MOST_TEXT], "Fault"
    tally = watched.tally if watched is not None else None
    if tally is not None and tally.capped:
        raise CapReached("The run's cap is reached.")
    if tally is not None and tally.failed is not None and not error:
        error, kind = " ".join(str(tally.failed).split())[:MOST_TEXT], type(tally.failed).__name__
    usage = tally.usage if tally is not None else None
    return Row(
        suite.name, case.id, repeat, {} if error else scores,
        output, error, kind, round(time.perf_counter() - started, 3),
        usage.calls if usage else 0, usage.tokens if usage else 0, usage.cost if usage else 0.0,
        tuple(sorted(set(tally.prompts))) if tally else (),
    )  # fmt: skip


def _left(seconds: float, played: int, of: int) -> str:
    """How long it may still take, as the cases so far went; nothing where that is soon or too early to say."""
    minutes = seconds / 60 / played * (of - played) if played >= FEWEST_PLAYED else 0.0
    return f", about {plural(round(minutes), 'minute')} to go" if minutes >= 1 else ""


def _told(key: str, run: Run, head: dict[str, Any]) -> str:
    """What differs between a run and what is asked now; of a library, which entries."""
    if key != "library":
        return key
    mine = changed_names(run.head.get("own_entries", {}), head.get("own_entries", {}))
    return f"library (entries of yours: {', '.join(mine)})" if mine else "library (what ships with the program)"


def with_bundled_library(app: App) -> App:
    """The app with the library that ships with the program alone: one's own entries make no suite better or worse."""
    bare = replace(app)
    bare.__dict__["library"] = bundled_library()
    return bare


def replace_model(app: App, model: Any) -> App:
    """The app with another model, sharing the library that was read."""
    other = replace(app, handed=model)
    if model is None and app.settings.model != "offline":
        other = replace(other, settings=app.settings.model_copy(update={"model": "offline"}))
    other.__dict__["library"] = app.library
    return other


_worker: dict[str, Any] = {}


def _set_up(app: App) -> None:
    from assistant.evals.suites import suites

    _worker["app"] = app
    _worker["suites"] = {suite.name: suite for suite in suites()}


def _play_one(task: tuple[str, Case, int]) -> Row:
    name, case, repeat = task
    return play(_worker["app"], _worker["suites"][name], case, repeat)


def _quiet(text: str) -> None:
    """What a worker says nobody hears."""


def _in_processes(app: App, missing: Sequence[tuple[Suite, Case, int]], jobs: int) -> Iterator[Row]:
    import multiprocessing

    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in ways else None)
    tasks = [(suite.name, case, repeat) for suite, case, repeat in reversed(missing)]  # the longest come last there
    bare = App(app.settings, app.home, _quiet)
    bare.__dict__["library"] = app.library
    with context.Pool(jobs, _set_up, (bare,)) as pool:
        yield from pool.imap_unordered(_play_one, tasks)


def named(suites: Sequence[Suite], names: Sequence[str]) -> list[Suite]:
    """The suites of those names; `all`: every one. Raises UsageError naming those there are."""
    known = {suite.name: suite for suite in suites}
    missing = [name for name in names if name not in known and name != "all"]
    if missing:
        raise UsageError(f"There is no suite named {missing[0]!r}.", remedy=f"There are: all, {', '.join(known)}.")
    return list(suites) if "all" in names else [known[name] for name in dict.fromkeys(names)]
