"""What can go wrong with a request: kinds, what each means for trying again, and the error a user sees.

A `Fault` never leaves the gateway; `to_error` turns the last one into the public family. Texts that come from outside
are cut short and cleared of anything that looks like a key, of every part of our own keys, and of personal data: a
service that refuses a request likes to echo it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import ModelAnswerInvalid, ModelMissing, ModelRefused, ModelUnreachable, ServiceError
from assistant.gateway.redact import mask


class Kind(StrEnum):
    """What went wrong."""

    CONNECTION = "connection"
    TIMEOUT = "timeout"
    STALL = "stall"
    CUT = "cut"
    SERVER = "server"
    RATE = "rate"
    QUOTA = "quota"
    KEY = "key"
    FORBIDDEN = "forbidden"
    NO_MODEL = "no model"
    REQUEST = "request"
    UNSUPPORTED = "unsupported"
    TOO_LONG = "too long"
    CONTENT = "content"
    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    NOT_JSON = "not json"
    WRONG_SHAPE = "wrong shape"
    TOO_LARGE = "too large"
    BUDGET = "budget"
    UNRECORDED = "unrecorded"


class Fault(Exception):
    """One failed request: its kind, what the service said (cleaned), and how long it asked us to wait (seconds)."""

    def __init__(self, kind: Kind, said: str = "", retry_after: float | None = None, parameter: str = "") -> None:
        self.kind = kind
        self.said = clean(said)
        self.retry_after = retry_after
        self.parameter = parameter
        super().__init__(f"{kind}: {self.said}")


@dataclass(frozen=True)
class Policy:
    """How often a kind is tried again, and the first pause in seconds (doubled each time, with jitter)."""

    again: int
    pause: float = 0.0


ONCE = Policy(0)
POLICIES: dict[Kind, Policy] = {
    Kind.CONNECTION: Policy(2, 0.3),
    Kind.TIMEOUT: Policy(1, 0.0),
    Kind.STALL: Policy(1, 0.0),
    Kind.CUT: Policy(2, 0.2),
    Kind.SERVER: Policy(3, 0.5),
    Kind.RATE: Policy(5, 1.0),
    Kind.EMPTY: Policy(1, 0.2),
    Kind.NOT_JSON: Policy(1, 0.3),
    Kind.WRONG_SHAPE: Policy(1, 0.2),
}

_SECRETS = re.compile(
    r"\b(?:sk|pk|rk|gsk|xai)[-_][A-Za-z0-9*_\-.]{6,}|AIza[\w\-]{10,}|://[^/\s@]+@|[A-Za-z0-9_\-]{32,}"
    r"|(?:bearer|key|token)[\"':= ]{1,3}(?=\S*\d)[A-Za-z0-9*_\-.]{8,}",
    re.IGNORECASE,
)


_WORD = re.compile(r"[^\s\"'<>()\[\]{},;]+")
_KEY_NAMES = ("_API_KEY", "_TOKEN", "_SECRET")


def clean(text: str, most: int = 300) -> str:
    """A text from outside made fit to show: one line, short, with no key, password or personal data in it."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text[: most * 4]).split())
    hidden = _SECRETS.sub(lambda m: "://***@" if m.group().startswith("://") else "***", flat)
    parts = frozenset(part for key in _own_keys() for part in _parts(key))
    if parts:
        hidden = _WORD.sub(lambda m: "***" if any(part in m.group() for part in parts) else m.group(), hidden)
    hidden = mask(hidden).text
    return hidden if len(hidden) <= most else hidden[: most - 1] + "…"


def _own_keys() -> Iterator[str]:
    """The keys in the environment that a service may echo."""
    for name, value in os.environ.items():
        if name.upper().endswith(_KEY_NAMES) and len(value.strip()) >= 8:
            yield value.strip()


def _parts(key: str) -> Iterator[str]:
    """Pieces by which a part of a key is known: four characters with a digit in them, else eight."""
    for at in range(len(key) - 3):
        short, long = key[at : at + 4], key[at : at + 8]
        if any(c.isdigit() for c in short):
            yield short
        elif len(long) == 8:
            yield long


OFFLINE = "Try again later, or use --model offline."
_TOLD: dict[Kind, tuple[type[ServiceError], str, str]] = {
    Kind.CONNECTION: (ModelUnreachable, "No connection to {name}.",
                      "Check the network and the address (OPENAI_BASE_URL), or use --model offline."),
    Kind.TIMEOUT: (ModelUnreachable, "{name} did not answer in time.",
                   "Try again, allow more time (language.seconds), or use --model offline."),
    Kind.STALL: (ModelUnreachable, "The answer of {name} stopped coming.", OFFLINE),
    Kind.CUT: (ModelUnreachable, "The connection to {name} broke off before the answer was whole.", OFFLINE),
    Kind.SERVER: (ModelUnreachable, "{name} has a fault of its own.", OFFLINE),
    Kind.RATE: (ModelRefused, "{name} takes no more requests at this moment (rate limit).",
                "Wait a little and try again, or use --model offline."),
    Kind.QUOTA: (ModelRefused, "The account at {name} has no credit left (quota).",
                 "Top up the account or use another key; waiting does not help. Or use --model offline."),
    Kind.KEY: (ModelRefused, "{name} does not accept the key.",
               "Check the key in the environment (OPENAI_API_KEY for openai), then run `assistant doctor`."),
    Kind.FORBIDDEN: (ModelRefused, "{name} does not allow this key to do this.",
                     "Ask for access to the model, or choose another one."),
    Kind.NO_MODEL: (ModelMissing, "{name} is not known at this address.",
                    "Check the model's name and OPENAI_BASE_URL with `assistant doctor`."),
    Kind.REQUEST: (ModelRefused, "{name} did not accept the request.",
                   "Choose another model, or use --model offline."),
    Kind.UNSUPPORTED: (ModelRefused, "{name} does not support what the request needs.",
                       "Choose another model, or use --model offline."),
    Kind.TOO_LONG: (ModelRefused, "The text is longer than {name} can read at once.",
                    "Shorten the text, choose a model with a larger context, or use --model offline."),
    Kind.CONTENT: (ModelRefused, "The content filter of {name} stopped the request or the answer.",
                   "Reword the text, choose another model, or use --model offline."),
    Kind.REFUSAL: (ModelRefused, "{name} declined to answer.", "Reword the text, or use --model offline."),
    Kind.TRUNCATED: (ModelAnswerInvalid, "The answer of {name} was cut off at its length limit.",
                     "Shorten the text or split it, or allow longer answers (language.output_tokens)."),
    Kind.EMPTY: (ModelAnswerInvalid, "{name} sent an empty answer.", OFFLINE),
    Kind.NOT_JSON: (ModelAnswerInvalid, "The address of {name} does not answer as a language model does.",
                    "Check OPENAI_BASE_URL; a proxy or login page may stand in between."),
    Kind.WRONG_SHAPE: (ModelAnswerInvalid, "{name} did not give an answer of the shape asked for.",
                       "Try again, choose a more capable model, or use --model offline."),
    Kind.TOO_LARGE: (ModelAnswerInvalid, "{name} sent more than is ever read.", OFFLINE),
    Kind.BUDGET: (ModelRefused, "The request was not sent: it would go over the budget.",
                  "Raise the limit in the settings (language), or use --model offline."),
    Kind.UNRECORDED: (ModelRefused, "What {name} answered to this was not recorded.",
                      "Record it anew, or ask the model."),
}  # fmt: skip


def over_budget(error: ServiceError) -> bool:
    """Whether nothing was sent because it would have cost more than it may."""
    return error.what == _TOLD[Kind.BUDGET][1]


def to_error(fault: Fault, name: str) -> ServiceError:
    """The public error of a fault."""
    kind, what, remedy = _TOLD[fault.kind]
    return kind(what.format(name=name), fault.said, remedy)
