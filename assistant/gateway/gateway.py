"""The gateway: one question to a language model, answered whole and valid within its deadline and budget, or refused.

Below the port it masks personal data, looks into the cache, reserves the budget, sends, tries again by kind of fault,
steps down when a service does not know strict JSON, parses strictly, and sends a reply that breaks its shape back at
most twice, with nothing but the error. What goes wrong ends as one of the ServiceError family.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from assistant.errors import ModelMissing
from assistant.gateway.accounts import Account, price_of
from assistant.gateway.answer_shapes import Manners, body_for, mode_for, words_for
from assistant.gateway.cache import AnswerCache, request_key
from assistant.gateway.faults import Fault, Kind, to_error
from assistant.gateway.mending import patched, repair_words
from assistant.gateway.overheard import hearing
from assistant.gateway.parsing import parse_reply
from assistant.gateway.port import Budget, Delta, LanguageModel, Prompt, Reply, ReplyFault, Usage
from assistant.gateway.redact import Masked, Run, mask
from assistant.gateway.retries import Deadline, Retries
from assistant.gateway.sending import Sender, Sent
from assistant.gateway.streaming import shown, to_deltas
from assistant.gateway.transport import Raw, Request, Transport
from assistant.gateway.wire import Loop
from assistant.process.figures import plural
from assistant.settings import Settings, data_folder

T = TypeVar("T")
LOST_REPAIR = frozenset({Kind.EMPTY, Kind.TRUNCATED, Kind.REFUSAL, Kind.CONTENT, Kind.STALL, Kind.CUT, Kind.TIMEOUT})
"""Faults of a repair of single blocks that do not take the blocks that were right with them."""
OFFLINE = "offline"
NO_STREAM = (Kind.EMPTY, Kind.NOT_JSON, Kind.WRONG_SHAPE)
"""What is said of an answer that is no stream."""


def connect(name: str, settings: Settings) -> LanguageModel:
    """The language model `name` (PROVIDER:NAME), ready to ask; nothing is sent yet.

    Raises ModelMissing for `offline` (the built-in rules are no language model), without a key, and when the
    provider's package is not installed or requests are switched off.
    """
    if name == OFFLINE or not name:
        raise ModelMissing("No language model is chosen.", "`offline` means the built-in rules.",
                           "Choose one with --model PROVIDER:NAME.")  # fmt: skip
    own = settings.language
    transport = Transport(name, settings.base_url, own.call_seconds, own.requests)
    transport.prepare()
    return behind(transport, settings)


def behind(transport: Transport, settings: Settings) -> Gateway:
    """The gateway before a transport that is ready to send, or that stands for one (a tape)."""
    own = settings.language
    project = Account("project", tokens=own.project_tokens, cost=own.project_cost)
    return Gateway(transport, settings, project)


class Gateway:
    """A language model with everything around it. `project` counts all that is asked through it.

    `for_turn()` gives the same model with a fresh account for one chat turn; limits come from the settings.
    """

    def __init__(self, transport: Transport, settings: Settings, project: Account, turn: Account | None = None) -> None:
        self._transport, self._settings = transport, settings
        self.project = project
        self.turn = turn
        own = settings.language
        self._price = price_of(transport.name, own.prices, settings.base_url)
        self._run: Run | None = None
        self._sender = Sender(transport, Loop(), threading.BoundedSemaphore(own.parallel), self._price)
        self._cache = AnswerCache(data_folder() / "answers", own.cache_entries) if own.cache else None
        self.listener: Callable[[str, str], None] | None = None
        """Hears every answer as it came, by the name of its prompt: those that were sent back and kept ones, too."""

    @property
    def name(self) -> str:
        """PROVIDER:NAME, as outputs say it."""
        return self._transport.name

    def __repr__(self) -> str:
        return f"Gateway({self.name!r})"

    def for_turn(self) -> Gateway:
        """This model with a new account for one turn, below the project's; connection and counters are shared. What is
        masked is called alike in all prompts of the turn: what is asked for another has no part in how this one reads.
        """
        own = self._settings.language
        turn = Account("turn", tokens=own.turn_tokens, cost=own.turn_cost, above=self.project)
        other = Gateway(self._transport, self._settings, self.project, turn)
        other._sender, other.listener = self._sender, self.listener
        other._run = Run()
        return other

    def ask(self, prompt: Prompt, reply: type[T], budget: Budget) -> Reply[T]:
        """A validated answer. Raises ModelMissing, ModelUnreachable, ModelRefused or ModelAnswerInvalid."""
        try:
            return _Question(self, prompt, reply, self._filled(budget)).answer()
        except Fault as fault:
            raise to_error(fault, self.name) from None

    def stream(self, prompt: Prompt, budget: Budget) -> Iterator[Delta]:
        """The answer as it comes, the last Delta `done`. Raises like `ask`, also in the middle of the text."""
        budget = self._filled(budget)
        try:
            masked = self.masked(prompt)
            request = self.request((("system", prompt.system), ("user", masked.text)), str, "text", budget)
            deadline = Deadline(budget.seconds or 0)
            pieces = self._sender.stream(request, self.account(budget), deadline, budget)
            yield from to_deltas(pieces, masked)
        except Fault as fault:
            raise to_error(fault, self.name) from None

    def _filled(self, budget: Budget) -> Budget:
        own = self._settings.language
        limit = min(budget.output_tokens or own.output_tokens, own.output_tokens)
        return replace(
            budget,
            seconds=budget.seconds or own.seconds,
            call_seconds=budget.call_seconds or own.call_seconds,
            stall_seconds=budget.stall_seconds or own.stall_seconds,
            output_tokens=limit,
            input_tokens=min(budget.input_tokens or own.input_tokens, own.input_tokens),
        )

    def masked(self, prompt: Prompt) -> Masked:
        """The user's part of a prompt with personal data masked as the settings say, alike in a whole turn."""
        if not self._settings.language.redact:
            return Masked(prompt.user)
        return self._run.mask(prompt.user) if self._run is not None else mask(prompt.user)

    def request(self, messages: tuple[tuple[str, str], ...], reply: type[Any], mode: str, budget: Budget) -> Request:
        """A request in a mode, with the shape of the reply where the mode carries it."""
        manners = self.manners
        return Request(
            messages,
            budget.output_tokens or 0,
            body_for(reply, mode),
            manners.temperature and not budget.sample,
            manners.old_limit,
        )

    def account(self, budget: Budget) -> Account:
        """The account of one question: its own limit in money, below the turn's or the project's."""
        return Account("question", cost=budget.cost, above=self.turn or self.project)

    @property
    def manners(self) -> Manners:
        """What the service is known to understand."""
        return self._transport.manners

    @property
    def address(self) -> str:
        """Where requests go, for the cache's key."""
        return self._settings.base_url or ""


class _Question:
    """One `ask` on its way: the conversation so far, what it cost, and what is left of time and repairs."""

    def __init__(self, gateway: Gateway, prompt: Prompt, reply: type[Any], budget: Budget) -> None:
        self._gateway, self._prompt, self._reply, self._budget = gateway, prompt, reply, budget
        self._masked = gateway.masked(prompt)
        self._account = gateway.account(budget)
        self._deadline = Deadline(budget.seconds or 0)
        self._retries = Retries(self._deadline)
        self._exchange: list[tuple[str, str]] = []
        self._notes: list[str] = [self._masked.in_words()] if self._masked.values else []

    def answer(self) -> Reply[Any]:
        kept = self._from_cache()
        if kept is not None:
            return kept
        repairs, text, mode = 0, "", ""
        wrong: tuple[int, ...] = ()
        unread: ReplyFault | None = None
        while True:
            try:
                raw, mode = self._sent()
                self._tell(raw.text)
                text = patched(text, raw.text, self._reply, wrong)
            except Fault as fault:
                if unread is not None and fault.kind is Kind.TOO_LONG:  # the answer is what is too long, not the text
                    raise Fault(Kind.WRONG_SHAPE, f"It is too long to be sent back: {unread}") from None
                if not wrong or fault.kind not in LOST_REPAIR:
                    raise
                wrong = ()  # what was to be mended stays as it was, the rest of the reply is kept
            try:
                value = self._read(text)
            except ReplyFault as fault:
                if repairs >= self._budget.repairs:
                    raise Fault(Kind.WRONG_SHAPE, f"After {plural(repairs, 'repair')}: {fault}") from None
                repairs, wrong, unread = repairs + 1, fault.blocks, fault
                self._exchange = [
                    ("assistant", text.encode("utf-8", "replace").decode()),
                    ("user", self._masked.hide(repair_words(fault, self._reply))),
                ]
                continue
            self._keep(text)
            return Reply(value, self._account.used, self._gateway.name, self._prompt.label, repairs, mode, False,
                         tuple(self._notes))  # fmt: skip

    def _messages(self, mode: str) -> tuple[tuple[str, str], ...]:
        system = self._prompt.system + words_for(self._reply, mode)
        return (("system", system), ("user", self._masked.text), *self._exchange)

    def _read(self, text: str) -> Any:
        value = parse_reply(self._masked.restore(text), self._reply)
        if self._prompt.check is not None:
            self._prompt.check(value)
        return value

    def _sent(self) -> tuple[Raw, str]:
        """An answer that came whole, after as many tries as are worth it, and the mode it was asked in."""
        gateway, longer = self._gateway, False
        while True:
            mode = mode_for(self._reply, gateway.manners)
            budget = (
                replace(self._budget, output_tokens=2 * (self._budget.output_tokens or 0)) if longer else self._budget
            )
            request = gateway.request(self._messages(mode), self._reply, mode, budget)
            try:
                return self._said(request, budget).raw, mode
            except Fault as fault:
                if fault.kind is Kind.UNSUPPORTED:
                    self._step_down(fault, mode)
                elif fault.kind is Kind.TRUNCATED and not longer:
                    longer = True
                else:
                    self._retries.again(fault)

    def _said(self, request: Request, budget: Budget) -> Sent:
        """One request, overheard where somebody wants to hear and the service can say it piece by piece."""
        sender, hear = self._gateway._sender, hearing()
        if hear is None or not self._gateway.manners.streams:
            return sender.send(request, self._account, self._deadline, budget)
        begun = False

        def told(text: str) -> None:
            nonlocal begun
            begun = True
            hear(self._masked.restore(shown(text, self._masked)))

        hear("")
        try:
            return sender.aloud(request, self._account, self._deadline, budget, told)
        except Fault as fault:
            if begun or fault.kind not in NO_STREAM:
                raise
            # It answered, but nothing that is a stream: from now on it is asked for the whole.
            self._gateway._transport.manners = replace(self._gateway.manners, streams=False)
            return sender.send(request, self._account, self._deadline, budget)

    def _step_down(self, fault: Fault, mode: str) -> None:
        manners = self._gateway.manners.after(fault, mode)
        if manners is None:
            raise fault
        self._gateway._transport.manners = manners
        if manners.mode != mode and mode != "text":
            self._notes.append(f"the service does not know the {mode} mode; asked as {manners.mode}")

    def _key(self) -> str:
        gateway = self._gateway
        return request_key({
            "model": gateway.name, "address": gateway.address, "prompt": self._prompt.sha256,
            "system": self._prompt.system, "user": self._masked.text, "reply": self._reply.__qualname__,
            "schema": words_for(self._reply, "text"), "output_tokens": self._budget.output_tokens,
            **({"sample": self._budget.sample} if self._budget.sample else {}),
        })  # fmt: skip

    def _from_cache(self) -> Reply[Any] | None:
        cache = self._gateway._cache
        text = cache.get(self._key()) if cache else None
        if text is None:
            return None
        try:
            value = self._read(text)
        except ReplyFault:
            return None
        self._tell(text)
        return Reply(value, Usage(), self._gateway.name, self._prompt.label, 0, "cache", True, tuple(self._notes))

    def _tell(self, text: str) -> None:
        if self._gateway.listener is not None:
            self._gateway.listener(self._prompt.name, text)

    def _keep(self, text: str) -> None:
        if self._gateway._cache:
            self._gateway._cache.put(self._key(), text)
