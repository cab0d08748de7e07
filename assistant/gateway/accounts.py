"""Counting tokens and money per call, turn and project, with hard limits that refuse before anything is sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.gateway.faults import Fault, Kind
from assistant.gateway.port import Usage

PRICES = Path(__file__).parent / "prices.json"


@dataclass(frozen=True)
class Price:
    """US dollars per million tokens, in and out."""

    input: float
    output: float

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """What so many tokens cost, in US dollars."""
        return (input_tokens * self.input + output_tokens * self.output) / 1_000_000


@lru_cache(maxsize=1)
def _published() -> dict[str, tuple[float, float]]:
    data = json.loads(PRICES.read_text(encoding="utf-8"))
    return {name: (float(pair[0]), float(pair[1])) for name, pair in data["prices"].items()}


def price_of(name: str, own: Mapping[str, tuple[float, float]], base_url: str | None = None) -> Price | None:
    """The price of a model: the user's own figure, else the published one for the provider's own address, else None.

    A dated name (`gpt-4.1-2025-04-14`) has the price of the plain one; nothing else is guessed.
    """
    if name in own:
        return Price(*own[name])
    if base_url and name.startswith("openai:") and "api.openai.com" not in base_url:
        return None
    known = _published()
    plain = name[:-11] if name[-11:-10] == "-" and name[-10:].replace("-", "").isdigit() else name
    pair = known.get(name) or known.get(plain)
    return Price(*pair) if pair else None


class Account:
    """What was used so far, by a turn or a project, and the most that may be. Charges go to the account above too.

    Safe to use from several threads. A limit in money with a price that is not known refuses: it could not be kept.
    """

    def __init__(
        self, name: str, *, tokens: int | None = None, cost: float | None = None, above: Account | None = None
    ) -> None:
        self.name, self.tokens, self.cost, self.above = name, tokens, cost, above
        self._used = Usage()
        self._held: list[tuple[int, float]] = []
        self._lock = threading.Lock()

    @property
    def used(self) -> Usage:
        """What was charged so far."""
        with self._lock:
            return self._used

    def add_before(self, usage: Usage) -> None:
        """Carry in what an earlier session used."""
        with self._lock:
            self._used = self._used + usage

    def reserve(self, tokens: int, cost: float | None) -> Hold:
        """Hold the most a request can use, here and above. Raises Fault(BUDGET) when that is over a limit."""
        held: list[Account] = []
        share = (tokens, cost or 0.0)
        account: Account | None = self
        while account is not None:
            try:
                account._hold(tokens, cost, share)
            except Fault:
                for holder in held:
                    holder._release(share)
                raise
            held.append(account)
            account = account.above
        return Hold(held, share)

    def _hold(self, tokens: int, cost: float | None, share: tuple[int, float]) -> None:
        with self._lock:
            spent_tokens = self._used.tokens + sum(held[0] for held in self._held)
            spent_cost = (self._used.cost or 0.0) + sum(held[1] for held in self._held)
            if self.tokens is not None and spent_tokens + tokens > self.tokens:
                raise Fault(Kind.BUDGET, f"The {self.name} may use {self.tokens:,} tokens, has used {spent_tokens:,} "
                                         f"and this may take {tokens:,}.")  # fmt: skip
            if self.cost is not None:
                if cost is None or self._used.cost is None:
                    raise Fault(Kind.BUDGET, f"The {self.name} has a limit in money and the price of the model is not "
                                             "known (language.prices).")  # fmt: skip
                if spent_cost + cost > self.cost:
                    raise Fault(Kind.BUDGET, f"The {self.name} may cost ${self.cost:.4f}, has cost ${spent_cost:.4f} "
                                             f"and this may cost ${cost:.4f}.")  # fmt: skip
            self._held.append(share)

    def _release(self, share: tuple[int, float], usage: Usage | None = None) -> None:
        with self._lock:
            self._held.remove(share)
            if usage is not None:
                self._used = self._used + usage


class Hold:
    """A reservation: settle it once with what was really used, or drop it."""

    def __init__(self, accounts: list[Account], share: tuple[int, float]) -> None:
        self._accounts, self._share, self._open = accounts, share, True

    def settle(self, usage: Usage | None) -> None:
        """Charge `usage` (None: nothing was used) and give back what was held. Later calls do nothing."""
        if self._open:
            self._open = False
            for account in self._accounts:
                account._release(self._share, usage)
