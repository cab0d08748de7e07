"""The port: all that the rest of the house knows of a language model.

A `Prompt` is rendered text with the name, version and hash of the file it came from. `ask` returns a whole, validated
`Reply` or raises one of the ServiceError family; half an answer is never returned as if it were whole. `stream` yields
text as it comes and ends with a `Delta` that is `done`, or raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel, ConfigDict

from assistant.process.figures import plural


class ReplyModel(BaseModel):
    """The base of JSON replies: immutable, typed without coercion, and with no key that was not asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TextReply:
    """The base of replies written in a grammar of lines: `parse` reads one or raises ReplyFault.

    `block` is the word that begins a block that can be sent again alone, `top` are all words that stand at the top.
    """

    kind: ClassVar[str] = "lines"
    block: ClassVar[str] = ""
    top: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def parse(cls, text: str) -> Any:
        """The value a whole answer stands for. Raises ReplyFault, naming line and mistake."""
        raise NotImplementedError


class ReplyFault(ValueError):
    """An answer does not have the shape asked for. The text is sent back to the model, so it says what to mend.

    `blocks` are the numbers (from 0) of the blocks of the reply that are wrong, where all else of it is right.
    """

    def __init__(self, message: str, blocks: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.blocks = blocks


# A reply is a Pydantic model (asked for as JSON), a TextReply (read by its own grammar) or str (prose).
T = TypeVar("T")
Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True)
class Prompt:
    """What is asked, ready to send.

    `system` is ours; `user` holds the data, fenced. `sha256` is the hash of the prompt file (not of this text), so that
    the journal can say which wording was used. `check` may refuse a reply that parses but does not fit what was asked
    (it raises ReplyFault); it is no part of the prompt's identity.
    """

    name: str
    version: str
    sha256: str
    system: str
    user: str
    check: Callable[[Any], None] | None = field(default=None, compare=False, repr=False)

    @property
    def label(self) -> str:
        """How the journal and reports name it: `map@3 (1a2b3c4d)`."""
        return f"{self.name}@{self.version} ({self.sha256[:8]})"


@dataclass(frozen=True)
class Budget:
    """What one `ask` or `stream` may take. Times in seconds, None: as the settings say.

    `sample` counts answers that are to differ: 0 asks for the likeliest one, 1 and 2 for a first and a second free one,
    at the service's own temperature; each is kept apart.

    `seconds` bounds everything together (tries, waits and repairs), `call_seconds` one request, `stall_seconds` the
    silence between two pieces of a stream. `output_tokens` bounds one answer, `input_tokens` what is sent, `cost` the
    money of all tries in US dollars.
    """

    seconds: float | None = None
    call_seconds: float | None = None
    stall_seconds: float | None = None
    output_tokens: int | None = None
    input_tokens: int | None = None
    cost: float | None = None
    repairs: int = 2
    sample: int = 0


@dataclass(frozen=True)
class Usage:
    """Tokens and money. `cost` is in US dollars, None when the price of the model is not known; `exact` is False when
    tokens were counted here because the service did not say."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    exact: bool = True

    def __add__(self, other: Usage) -> Usage:
        known = self.cost is not None and other.cost is not None
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            (self.cost or 0.0) + (other.cost or 0.0) if known else None,
            self.exact and other.exact,
        )

    @property
    def tokens(self) -> int:
        """Tokens sent and received."""
        return self.input_tokens + self.output_tokens

    def in_words(self) -> str:
        """For a person: `2 calls, 1,240 tokens, $0.0031`, or `price unknown`."""
        about = "" if self.exact else "about "
        price = "price unknown" if self.cost is None else f"${self.cost:.4f}"
        return f"{plural(self.calls, 'call')}, {about}{self.tokens:,} tokens, {price}"

    def document(self) -> dict[str, Any]:
        """As plain data for the journal."""
        return {"calls": self.calls, "input_tokens": self.input_tokens, "output_tokens": self.output_tokens,
                "cost": self.cost, "exact": self.exact}  # fmt: skip


@dataclass(frozen=True)
class Reply(Generic[Value]):
    """A whole, validated answer, and how it came: by which model and prompt, with how many repairs, in which mode
    (`schema`, `json`, `text`), from the cache or not, and what the reader should know (`notes`)."""

    value: Value
    usage: Usage
    model: str
    prompt: str
    repairs: int = 0
    mode: str = "text"
    cached: bool = False
    notes: tuple[str, ...] = ()

    @property
    def made_by(self) -> str:
        """Who made it, as outputs name it."""
        return self.model


@dataclass(frozen=True)
class Delta:
    """A piece of a streamed answer. The last one is `done`, holds no text and carries the usage."""

    text: str
    done: bool = False
    usage: Usage | None = None


@runtime_checkable
class LanguageModel(Protocol):
    """A language model, real or fake. `name` is what outputs say made them, such as `openai:gpt-4.1-mini`."""

    @property
    def name(self) -> str: ...

    def ask(self, prompt: Prompt, reply: type[T], budget: Budget) -> Reply[T]:
        """A validated answer. Raises ModelMissing, ModelUnreachable, ModelRefused or ModelAnswerInvalid."""
        ...

    def stream(self, prompt: Prompt, budget: Budget) -> Iterator[Delta]:
        """The answer as it comes. Raises like `ask`; a stream that breaks off raises instead of ending."""
        ...


Inputs = Mapping[str, Any]
