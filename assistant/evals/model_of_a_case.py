"""A language model whose answers stand in a case: what a model said in each turn, by the prompt that asked for it.

The answers come through the real gateway, which masks, parses, checks and sends back as with any model; only nothing is
sent. A prompt may be worded anew and its recorded answer still counts; an answer that no longer passes, that is not
asked for any more, or that is missing is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from assistant.app import App
from assistant.gateway.answer_shapes import Manners
from assistant.gateway.faults import Fault, Kind
from assistant.gateway.gateway import Gateway, behind
from assistant.gateway.port import Budget, Delta, Prompt, Reply
from assistant.gateway.transport import Raw, Request, Transport

T = TypeVar("T")
NAME = "recorded:answers"


class Answers(Transport):
    """A transport that answers a prompt with what is recorded for this turn, in order. It opens no connection."""

    def __init__(self) -> None:
        self.name, self.manners = NAME, Manners(mode="text")
        self.asking = ""
        self.missing: list[str] = []
        self._turn: dict[str, list[str]] = {}

    def begin(self, answers: Mapping[str, str | Sequence[str]]) -> list[str]:
        """A turn begins: what is recorded for it. Returns the prompts of the last turn that left answers over."""
        left = [name for name, texts in self._turn.items() if texts]
        self._turn = {name: [texts] if isinstance(texts, str) else list(texts) for name, texts in answers.items()}
        return left

    def prepare(self) -> None:
        """Nothing to prepare."""

    def send(self, request: Request) -> Coroutine[Any, Any, Raw]:
        """The next answer to the prompt that asks. Raises Fault when none is recorded."""
        name, waiting = self.asking, self._turn.get(self.asking)

        async def sent() -> Raw:
            if not waiting:
                self.missing.append(name)
                raise Fault(Kind.UNRECORDED, f"It is the prompt {name} in this turn.")
            return Raw(waiting.pop(0))

        return sent()

    async def pieces(self, request: Request, stall_seconds: float) -> AsyncIterator[str | Raw]:
        """The whole answer as one piece."""
        raw = await self.send(request)
        yield raw.text
        yield raw


@dataclass(frozen=True)
class Heard:
    """A gateway that tells its answers which prompt asks."""

    inner: Gateway
    answers: Answers

    @property
    def name(self) -> str:
        """What outputs say made them."""
        return self.inner.name

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def for_turn(self) -> Heard:
        """With a fresh account for one turn."""
        return Heard(self.inner.for_turn(), self.answers)

    def ask(self, prompt: Prompt, reply: type[T], budget: Budget) -> Reply[T]:
        """As the gateway. Raises ServiceError."""
        self.answers.asking = prompt.name
        return self.inner.ask(prompt, reply, budget)

    def stream(self, prompt: Prompt, budget: Budget) -> Iterator[Delta]:
        """As the gateway. Raises ServiceError."""
        self.answers.asking = prompt.name
        yield from self.inner.stream(prompt, budget)


def app_that_hears(app: App) -> tuple[App, Answers]:
    """The app with a model that gives recorded answers, and those answers, to be filled turn by turn."""
    own = app.settings.language.model_copy(update={"cache": False})
    settings = app.settings.model_copy(update={"model": NAME, "base_url": None, "language": own})
    answers = Answers()
    other = replace(app, settings=settings, handed=Heard(behind(answers, settings), answers))
    other.__dict__["library"] = app.library
    return other, answers
