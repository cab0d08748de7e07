"""What a run will ask and cost, before anything is sent: a few cases are played against a model that only counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.app import App
from assistant.errors import ModelRefused
from assistant.gateway.accounts import price_of
from assistant.gateway.port import Budget, Delta, Prompt, Reply
from assistant.gateway.token_counts import count_messages

if TYPE_CHECKING:
    from assistant.evals.runner import Plan

T = TypeVar("T")
SAMPLE = 4
ANSWER_TOKENS = 800
"""What an answer is taken to hold: a map or a list of findings."""


@dataclass
class Counting:
    """A model that answers nothing and counts what it would have been sent."""

    name: str
    calls: int = 0
    tokens: int = 0
    labels: set[str] = field(default_factory=set)

    def ask(self, prompt: Prompt, reply: type[T], budget: Budget) -> Reply[T]:
        """Counts, then refuses. Raises ModelRefused."""
        self.calls += 1
        self.tokens += count_messages(prompt.system, prompt.user)
        self.labels.add(prompt.label)
        raise ModelRefused("Only counted.")

    def stream(self, prompt: Prompt, budget: Budget) -> Iterator[Delta]:
        """Counts, then refuses."""
        self.ask(prompt, str, budget)
        yield Delta("")


@dataclass(frozen=True)
class Forecast:
    """What a run will at least ask: rows that ask a model, calls, tokens in, US dollars (None: price not known)."""

    rows: int
    calls: int
    tokens: int
    cost: float | None
    silent: tuple[str, ...]

    def in_words(self, model: str) -> str:
        """For a person, before anything is sent."""
        price = "price not known" if self.cost is None else f"about ${self.cost:.2f} or more"
        never = f" {', '.join(self.silent)} never ask a model." if self.silent else ""
        return f"{model}: {self.rows} cases, at least {self.calls} calls and {self.tokens:,} tokens in, {price}.{never}"


def forecast(plan: Plan, app: App) -> Forecast:
    """What the plan will ask of the app's model. Nothing is sent."""
    from assistant.evals.runner import play

    rows = calls = tokens = 0
    silent = []
    for suite, cases in plan.parts:
        if not suite.asks:
            silent.append(suite.name)
            continue
        counting: Any = Counting(app.settings.model)
        sample = cases[:: max(1, len(cases) // SAMPLE)][:SAMPLE]
        bare = App(app.settings, app.home, lambda text: None, counting)
        bare.__dict__["library"] = app.library
        for case in sample:
            play(bare, suite, case)
        scale = len(cases) * plan.repeats / max(1, len(sample))
        rows += len(cases) * plan.repeats
        calls += round(counting.calls * scale)
        tokens += round(counting.tokens * scale)
    price = price_of(app.settings.model, app.settings.language.prices, app.settings.base_url)
    return Forecast(
        rows, calls, tokens, price.of(tokens, ANSWER_TOKENS * calls) if price is not None else None, tuple(silent)
    )  # fmt: skip
