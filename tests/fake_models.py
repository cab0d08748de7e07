"""Two fakes of the port for tests: fixed answers in a row, or a function of the prompt.

Both read their answers with the parser of the gateway and send broken ones back as it does, so a test sees the same
repairs and the same errors. No request is ever made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from assistant.errors import AssistantError
from assistant.gateway.faults import Fault, Kind, to_error
from assistant.gateway.mending import patched
from assistant.gateway.parsing import parse_reply
from assistant.gateway.port import Budget, Delta, Prompt, Reply, ReplyFault, Usage
from assistant.gateway.token_counts import count_messages, count_tokens

T = TypeVar("T")
Answer = str | AssistantError


class FunctionModel:
    """A model whose answers come from a function: `answer(prompt, attempt)`, attempt 0 first, then the repairs.

    The function returns the text of the answer, or an error to raise. `asked` holds every prompt in order.
    """

    def __init__(self, answer: Callable[[Prompt, int], Answer], name: str = "fake:function") -> None:
        self._answer = answer
        self.name = name
        self.asked: list[Prompt] = []

    def ask(self, prompt: Prompt, reply: type[T], budget: Budget) -> Reply[T]:
        """The function's answer, read as the gateway reads one."""
        self.asked.append(prompt)
        usage = Usage()
        text = ""
        wrong: tuple[int, ...] = ()
        for attempt in range(budget.repairs + 1):
            said = self._text(prompt, attempt)
            usage += Usage(1, count_messages(prompt.system, prompt.user), count_tokens(said), 0.0, exact=False)
            text = patched(text, said, reply, wrong)
            try:
                value = parse_reply(text, reply)
                if prompt.check is not None:
                    prompt.check(value)
                return Reply(value, usage, self.name, prompt.label, attempt)
            except ReplyFault as fault:
                last, wrong = fault, fault.blocks
        raise to_error(Fault(Kind.WRONG_SHAPE, f"After {budget.repairs} repairs: {last}"), self.name)

    def stream(self, prompt: Prompt, budget: Budget) -> Iterator[Delta]:
        """The function's answer, word by word."""
        self.asked.append(prompt)
        text = self._text(prompt, 0)
        words = text.split(" ")
        for number, word in enumerate(words):
            yield Delta(word if number == len(words) - 1 else word + " ")
        yield Delta("", done=True, usage=Usage(1, count_messages(prompt.system, prompt.user), count_tokens(text)))

    def _text(self, prompt: Prompt, attempt: int) -> str:
        answer = self._answer(prompt, attempt)
        if isinstance(answer, AssistantError):
            raise answer
        return answer


class FixedModel(FunctionModel):
    """A model that gives the answers it was made with, one a request (repairs take the next one too)."""

    def __init__(self, answers: Iterable[Answer], name: str = "fake:fixed") -> None:
        queue: Iterator[Answer] = iter(answers)

        def following(prompt: Prompt, attempt: int) -> Any:
            try:
                return next(queue)
            except StopIteration:
                raise AssertionError(f"no answer is left for the prompt {prompt.name}") from None

        super().__init__(following, name)
