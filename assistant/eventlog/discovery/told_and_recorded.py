"""Told against recorded: what was told and never happens, what happens and was not told, in another order, how often.

Each finding is a sentence with the number of cases, what differs for these cases where five or more are on both sides,
and an id by which it can be accepted as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.eventlog.discovery.cost_of_deviations import Money
from assistant.eventlog.discovery.costing import besides
from assistant.eventlog.discovery.deciding import decided, differing
from assistant.eventlog.discovery.doing import Differs, Doing, differences
from assistant.eventlog.discovery.matching import Matching
from assistant.eventlog.discovery.replay import Account
from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.times import Case
from assistant.process.blocks import Task, Wait
from assistant.process.model import Process
from assistant.process.tree import by_id, walk

RARE = 0.01
"""What concerns a smaller share of the cases is counted, not told one by one."""


class Deviation(NamedTuple):
    """One difference: its id (`kind:what`), how many cases it concerns of `n`, and the sentence; `assumed`: it differs
    from what nobody told."""

    id: str
    kind: str
    cases: int
    n: int
    text: str
    assumed: bool = False

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self._asdict(), "share": round(self.cases / self.n, 4) if self.n else None}


class Compared(NamedTuple):
    """What differs, the most frequent first; how many cases were replayed of all; how many differences are accepted."""

    deviations: tuple[Deviation, ...]
    replayed: int
    cases: int
    accepted: int = 0


def compared(
    process: Process,
    matching: Matching,
    accounts: Sequence[tuple[Account, int]],
    cases: Mapping[Way, Sequence[Case]],
    accept: Iterable[str] = (),
    seen: Doing | None = None,
) -> Compared:
    """All differences between a process and the accounts of a log's ways; `cases`: the cases of each way.

    `seen`: what was recorded of each step; without it nothing is said of who does it and how long it takes.
    """
    reader = _Reader(process, matching, accounts, cases, seen)
    allowed = set(accept)
    found = [deviation for deviation in reader.all() if deviation.cases >= max(1, RARE * reader.n)]
    kept = sorted(
        (deviation for deviation in found if deviation.id not in allowed),
        key=lambda deviation: (deviation.assumed, -deviation.cases, deviation.id),
    )
    everything = sum(len(part) for part in cases.values())
    return Compared(tuple(kept), reader.n, everything, len(found) - len(kept))


class _Reader:
    def __init__(
        self,
        process: Process,
        matching: Matching,
        accounts: Sequence[tuple[Account, int]],
        cases: Mapping[Way, Sequence[Case]],
        seen: Doing | None = None,
    ) -> None:
        self.process, self.matching, self.cases, self.seen = process, matching, cases, seen
        self.accounts = [account for account, _ in accounts]
        self.blocks = by_id(process)
        self.n = sum(len(cases[account.way]) for account in self.accounts)
        self.names = {id_: activity for activity, id_ in matching.steps.items()}
        self.money = Money(process, seen, [case.begin for account in self.accounts for case in cases[account.way]])

    def all(self) -> Iterator[Deviation]:
        yield from self._never()
        yield from self._untold()
        yield from self._moved_and_left_out()
        yield from self._repeated()
        yield from self._chances()
        if self.seen is not None:
            yield from map(self._differs, differences(self.process, self.seen))

    def _differs(self, found: Differs) -> Deviation:
        """Who does it, and how long it takes."""
        cost = self.money.of_time(found.id.partition(":")[2], found.more, found.n) if found.more else ""
        return Deviation(
            found.id, found.kind, found.hits, found.n, f"{found.text.removesuffix('.')}{cost}.", found.assumed
        )

    # --- helpers -------------------------------------------------------------------------------------------------

    def _title(self, id_: str) -> str:
        return f"“{getattr(self.blocks[id_], 'name', '') or id_}”"

    def _ways(self, picked: Iterable[Account]) -> list[Case]:
        return [case for account in picked for case in self.cases[account.way]]

    def _share(self, count: int, step: str | None = None) -> str:
        """How many of the cases; with `step`, of those that come to it."""
        n = self.n
        if step is not None:
            n = len(self._ways(account for account in self.accounts if any(p.step == step for p in account.parts)))
        which = "the cases" if n == self.n else "the cases that come to it"
        return f"{100 * count / n:.0f} % of {which} ({count:,} of {n:,})"

    def _times(self, held: Sequence[Account], name: str) -> int:
        """How often an activity is done in the cases of some accounts."""
        return sum(account.way.count(name) * len(self.cases[account.way]) for account in held)

    def _more_often(self, held: Sequence[Account], step: str) -> int:
        """How often a step is done besides where it was told."""
        return sum(
            sum(self.matching.steps.get(account.way[at]) == step for at in account.besides)
            * len(self.cases[account.way])
            for account in held
        )

    def _besides(self, picked: Sequence[Account], step: str | None = None, again_too: bool = True) -> str:
        """What is different about the cases that deviate, beyond chance: their time, how often a step is done again.

        They are set against the cases that go as told; with `step`, only against those that come to this step.
        """
        ways = {account.way for account in picked}
        others = [
            account for account in self.accounts
            if account.way not in ways and (step is None or any(part.step == step for part in account.parts))
        ]  # fmt: skip
        return besides(self._ways(picked), self._ways(others), again_too)

    # --- what differs ---------------------------------------------------------------------------------------------

    def _never(self) -> Iterator[Deviation]:
        """Steps that were told and that nothing recorded stands for."""
        seen = {step for account in self.accounts for _, step in account.matched()}
        maybe = {id_ for ids in self.matching.unsure.values() for id_ in ids}
        for step in walk(self.process):
            if not isinstance(step, Task) or step.id in seen or step.id in maybe:
                continue
            yield Deviation(
                f"never:{step.id}", "never", self.n, self.n,
                f"You told {self._title(step.id)}; the log shows nothing of that name or one like it.",
            )  # fmt: skip

    def _untold(self) -> Iterator[Deviation]:
        """Activities that stand for no told step."""
        places: dict[str, Counter[str]] = {}
        holders: dict[str, list[Account]] = {}
        for account in self.accounts:
            for name in set(account.way):
                if name not in self.matching.steps and name not in self.matching.unsure:
                    holders.setdefault(name, []).append(account)
                    at = account.way.index(name)
                    before = account.way[at - 1] if at else ""
                    places.setdefault(name, Counter())[before] += len(self.cases[account.way])
        for name, held in holders.items():
            count = len(self._ways(held))
            before = places[name].most_common(1)[0][0]
            where = f", mostly after “{before}”" if before else ", mostly at the beginning"
            yield Deviation(
                f"untold:{name}", "untold", count, self.n,
                f"“{name}” happens in {self._share(count)} and was not told{where}{self._besides(held)}"
                f"{self.money.of_untold(name, self._times(held, name))}.",
            )  # fmt: skip

    def _moved_and_left_out(self) -> Iterator[Deviation]:
        """Steps skipped where they were told: done at another place of the case, or left out."""
        moved: dict[str, list[Account]] = {}
        left_out: dict[str, list[Account]] = {}
        for account in self.accounts:
            besides = {self.matching.steps.get(account.way[at]) for at in account.besides}
            for step in set(account.skipped):
                if step in self.names and isinstance(self.blocks.get(step), Task | Wait):
                    (moved if step in besides else left_out).setdefault(step, []).append(account)
        for step, held in moved.items():
            count = len(self._ways(held))
            yield Deviation(
                f"order:{step}", "order", count, self.n,
                f"{self._title(step)} is done in another order than told in {self._share(count, step)}"
                f"{self._where(step, held)}{self._besides(held, step)}.",
            )  # fmt: skip
        for step, held in left_out.items():
            count = len(self._ways(held))
            share = self._share(count, step)
            there = " there" if "come to it" in share else ""
            yield Deviation(
                f"skipped:{step}", "skipped", count, self.n,
                f"You said that {self._title(step)} is always done{there}: {share} skip it{self._besides(held, step)}"
                f"{self.money.of_step(step, count, 'the work left out would cost')}.",
            )  # fmt: skip

    def _where(self, step: str, held: Sequence[Account]) -> str:
        """Before or after which step it is found instead."""
        seen: Counter[str] = Counter()
        for account in held:
            own = next((at for at in account.besides if self.matching.steps.get(account.way[at]) == step), None)
            if own is None:
                continue
            told = [place for place, part in enumerate(account.parts) if part.at is None and part.step == step]
            done = next(place for place, part in enumerate(account.parts) if part.at == own)
            between = account.parts[min(told[0], done) + 1 : max(told[0], done)]
            other = next((part.step for part in between if part.at is not None and part.step), None)
            if other:
                word = "before" if done < told[0] else "after"
                seen[f", {word} {self._title(other)}"] += len(self.cases[account.way])
        return seen.most_common(1)[0][0] if seen else ""

    def _repeated(self) -> Iterator[Deviation]:
        """Steps done more often than the process allows."""
        holders: dict[str, list[Account]] = {}
        for account in self.accounts:
            done = {step for _, step in account.matched()}
            more = {self.matching.steps.get(account.way[at]) for at in account.besides}
            for step in more & done:
                if step is not None and step not in account.skipped:
                    holders.setdefault(step, []).append(account)
        for step, held in holders.items():
            count = len(self._ways(held))
            yield Deviation(
                f"repeated:{step}", "repeated", count, self.n,
                f"{self._title(step)} is done again in {self._share(count, step)}; you told no repetition"
                f"{self._besides(held, step, again_too=False)}"
                f"{self.money.of_step(step, self._more_often(held, step), 'doing it again costs')}.",
            )  # fmt: skip

    def _chances(self) -> Iterator[Deviation]:
        """Decisions and loops whose told share is another one than was recorded."""
        taken: Counter[tuple[str, str]] = Counter()
        for account in self.accounts:
            for part in account.parts:
                if part.decides:
                    taken[part.decides] += len(self.cases[account.way])
        seen = {step for account in self.accounts for _, step in account.matched()}
        for way, text in differing(decided(self.process, taken, seen)):
            off = max(1, round(abs(way.told * way.n - way.hits)))
            yield Deviation(f"chance:{way.id}", "chance", off, max(way.n, self.n), text, way.assumed)
