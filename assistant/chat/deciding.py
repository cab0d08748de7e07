"""Decisions put in plain words: which of what is on offer is taken over, and which is turned down with what reason."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from assistant.chat.commands import COMMANDS, changed_or_noted, taken_over
from assistant.chat.reply import Reply
from assistant.chat.telling import short
from assistant.errors import EditRefused, UsageError
from assistant.language.turn.kinds import Decision
from assistant.process.figures import joined


def decision_on_offer(talk: Any, said: Decision) -> Reply:
    """The reply to a decision in plain words; what cannot be done is told."""
    if said.of_all is not None:
        return _on_all(talk, said.of_all, said.reason)
    left = [number for number in map(talk.session.number, talk.session.undecided()) if number]
    if len(left) == 1 and not (said.accept or said.reject or said.later):  # there is only one that can be meant
        said = replace(said, accept=(left[0],)) if said.that else replace(said, reject=(left[0],))
    try:
        own = said.reason if said.accept and not said.reject and said.that is None else ""
        but, note = changed_or_noted(own)
        return decided(talk, said.accept, said.reject, said.reason, said.later, but=but, note=note)
    except (UsageError, EditRefused) as error:
        return Reply(tuple(talk.mishap(said.reason, error)))


def decided(
    talk: Any,
    accept: tuple[int, ...],
    reject: tuple[int, ...],
    reason: str,
    later: tuple[int, ...] = (),
    but: str = "",
    note: str = "",
) -> Reply:
    """What is turned down first: taking over what was shown leaves its numbers as they are. `but`: with that change;
    `note`: under a proviso that changes no step."""
    shown = talk.session.numbers()
    if not shown:
        named = ", ".join(str(number) for number in (*accept, *reject))
        why = f" (“{short(reason)}”)" if reason else ""
        said = f"You decide on {named}{why}" if named else f"You decide: “{short(reason)}”" if reason else ""
        about = f"{said}, but nothing" if said else "Nothing"
        return Reply((f"{about} is on offer. Nothing was changed; `propose` shows what there is.",))
    if later and not accept and not reject:
        return Reply((_open(later, reason),))
    if not accept and not reject:
        return _which_one(shown, talk.session.state.decided, reason)
    beyond = [number for number in (*accept, *reject, *later) if number not in shown]
    if beyond:
        there = f"On offer {'is' if len(shown) == 1 else 'are'} {joined(list(map(str, shown)))}."
        return Reply((f"There is no proposal {beyond[0]} to decide on. {there} Nothing was changed.",))
    replies = [COMMANDS["reject"](talk, f"{number} {reason}".strip()) for number in reject]
    replies += [taken_over(talk, number, but, note) for number in accept]
    lines = [line for reply in replies[:-1] for line in reply.lines if not line.startswith(("Still", "`", " "))]
    put_off = (_open(later, ""),) if later else ()
    return Reply((*put_off, *filter(None, lines), *replies[-1].lines))


def _on_all(talk: Any, take: bool, reason: str) -> Reply:
    """All that is still on offer taken over, or turned down; what fits no longer beside the others stays, by name."""
    session = talk.session
    left = [(session.number(proposal) or 0, proposal.title) for proposal in session.undecided()]
    lines: list[str] = []
    reply = Reply(("Nothing is left to decide on. Nothing was changed; `propose` looks again.",))
    for number, title in sorted(left):
        try:
            reply = COMMANDS["accept" if take else "reject"](
                talk, str(number) if take else f"{number} {reason}".strip()
            )
        except (UsageError, EditRefused) as error:
            lines.append(f"Not taken over: {title}. {error.what} {error.why}".strip())
            continue
        lines += [line for line in reply.lines[: reply.lines.index("")] if line not in lines]
    after = reply.lines[reply.lines.index("") :] if "" in reply.lines else reply.lines
    return replace(reply, lines=(*lines, *after))


def _open(numbers: tuple[int, ...], reason: str) -> str:
    """What is put off stays on offer."""
    because = f" (“{short(reason)}”)" if reason else ""
    return f"Left open: {', '.join(str(number) for number in numbers)}{because}. It stays on offer; nothing is decided."


def _which_one(shown: Mapping[int, Any], decided: Container[str], reason: str) -> Reply:
    """Something on offer is decided on, and it is not plain what: that is asked, and nothing is changed meanwhile."""
    titles = [f"  {n}. {proposal.title}" for n, proposal in shown.items() if proposal.id not in decided]
    ask, how = (
        f"I note: “{short(reason)}”. Which one do you mean?",
        f"Say `accept {next(iter(shown))}`, or `reject {next(iter(shown))}` with the reason.",
    )
    return Reply((ask, *titles, how))
