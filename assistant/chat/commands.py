"""The commands of the conversation: what each does with the session, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.chat.corrections import recent_steps
from assistant.chat.dropped import at_home, path_in
from assistant.chat.help import HELP, by_hand
from assistant.chat.map import map_lines
from assistant.chat.reasons import of_another
from assistant.chat.reply import Reply
from assistant.chat.sentences import WARNED, WHOLE_STORY
from assistant.chat.telling import entry_line, listed
from assistant.errors import UnreadableFile, UsageError
from assistant.language.figures.numbers import COUNT_WORD
from assistant.process.checks import check
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.projects.journal import Accepted, Rejected

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.workspace.history import Change

MOST_QUESTIONS, MOST_REPORTS = 3, 100
UNSEEN = ("a rule noted at a step; the steps stay as they are",)
PLEASE = (
    r"\W*(?:(?:yes|yeah|yep|ok|okay|please|then|just|sure|do it|go ahead|again|and|you (?:may|can|should))\b[\s,]*)*"
)
DASHES = re.compile(
    rf"{PLEASE}(?:(?:add|use|with|try|repeat)\b[\s,]*(?:it |that |the |again )?)*[`\"']?--?f(?:orce)?\b[\s`\"']*"
    r"(?:please|then|option|flag|to it)?\W*",
    re.IGNORECASE,
)
FORCE = re.compile(
    rf"{DASHES.pattern}|{PLEASE}(?:(?:add|use|with) )?(?:the )?(?:force|overwrite|replace)\b"
    r"(?: (?:it|them|that|those|these|everything|all(?: of (?:it|them))?|(?:the|those|these) (?:old |existing )?"
    r"(?:files?|report|folder)|what is there))?(?: (?:please|now|then|all|anyway))*\W*",
    re.IGNORECASE,
)
"""How somebody says that the files of an export that was refused may be overwritten."""
ENDINGS = (".html", ".htm", ".md", ".json", ".bpmn", ".svg", ".pdf", ".txt", ".csv", ".docx")


def _show(talk: Any, _: str) -> Reply:
    process = talk.session.process
    recent = recent_steps(talk.session.state.entries, process)
    every = {task.id for task in tasks(process)} <= set(recent)
    return Reply(tuple(map_lines(process, () if every else recent)))


def _read(talk: Any, rest: str) -> Reply:
    """A file of words, taken in as if it had been said. Raises UnreadableFile, UsageError."""
    from assistant.intake.door import take_in
    from assistant.intake.given import ProcessFile, Table

    if not talk.reads_paths:
        raise UsageError("No file is read here by its path.", "", "Drop the file itself, or choose it with “File”.")
    path = path_in(rest)
    given = take_in(path)
    if isinstance(given, Table):
        return _table(talk, path)
    if isinstance(given, ProcessFile):
        raise UsageError(
            f"{path.name} holds a process that is drawn already, and no words.",
            "A conversation is about one process.",
            f"`assistant project import {path}` begins one with it.",
        )
    given = given.read_by(talk.session.reads_by_model)
    reply: Reply = talk.told(given.text)
    return replace(reply, lines=(f"Read {path.name}.", *(f"- {note}" for note in given.notes), *reply.lines))


def _table(talk: Any, path: Path) -> Reply:
    """A table that names no steps: customers' comments, or refused with what takes it. Raises UsageError."""
    try:
        return _comments(talk, str(path))
    except UnreadableFile as error:
        raise UsageError(
            f"{path.name} is a table without steps and without comments.",
            error.what,
            f"`assistant log {path}` reads an event log; a table of steps is headed step, who and how long.",
        ) from None


def _comments(talk: Any, rest: str) -> Reply:
    """A file of customers' comments: the heaviest themes, and what can be asked. Raises UnreadableFile."""
    from assistant.feedback.asked import customers_say

    path = path_in(rest)
    heard = talk.session.hear_customers(path)
    repeated = f" ({heard.comments - heard.unique:,} say what another says)" if heard.comments > heard.unique else ""
    return Reply((
        f"Read {plural(heard.comments, 'comment')} of customers from {path.name}{repeated}.",
        *customers_say(heard, "", talk.session.process),
        *(f"- {note}" for note in heard.notes),
        "Ask “what do customers say about …?” or “whom should we answer now?”; `propose` weighs them. They are held "
        "for this conversation only.",
    ))  # fmt: skip


def _help(talk: Any, _: str) -> Reply:
    return Reply((HELP,) if talk.reads_paths else by_hand())


def _undo(talk: Any, _: str) -> Reply:
    """The last change taken back. The whole story only goes after a warning, where it was not the last thing said."""
    state = talk.session.state
    left = state.turns_changed()
    if len(left) == 1 and state.turn > left[0] and not talk.answered_last.startswith(WARNED):
        steps = plural(len(tasks(talk.session.process)), "step")
        return Reply((f"{WHOLE_STORY}: {steps}. Nothing was taken back yet.", "Say `undo` once more, and it goes."))
    return Reply(("Taken back:", *listed(_moved(talk, back=True)), "Say `redo` to bring it back."))


def _moved(talk: Any, back: bool) -> tuple[str, ...]:
    """What a turn taken back or brought back did; one that left all that is told as it was counts for nothing."""
    session = talk.session
    while True:
        state, before = session.state, (_told(session.process), _told(session.today()))
        at = state.last_change() if back else state.last_undone()
        change: Change = session.undo() if back else session.redo()
        here = [entry.what for entry in state.lineage if entry.turn == at]
        decided = [f"your decision to {'take over' if isinstance(what, Accepted) else 'turn down'} “{what.title}”"
                   for what in here if isinstance(what, Accepted | Rejected)]  # fmt: skip
        if decided or (_told(session.process), _told(session.today())) != before:
            return tuple(change.lines) or tuple(decided) or UNSEEN


def _told(value: Any) -> Any:
    """What is told of a process, without the places it was said at: those change with each reading."""
    if isinstance(value, Process):
        value = value.document()
    if isinstance(value, dict):
        return {name: _told(inner) for name, inner in value.items() if name != "span"}
    return [_told(inner) for inner in value] if isinstance(value, list | tuple) else value


def _redo(talk: Any, _: str) -> Reply:
    return Reply(("Brought back:", *listed(_moved(talk, back=False))))


def _propose(talk: Any, goal: str) -> Reply:
    from assistant.chat.proposals import proposal_lines

    result: Redesign = talk.session.redesign(goal=goal or None)
    return Reply(tuple(proposal_lines(talk.session, result)), talk.ask(only="remarks"))


PROVISO = re.compile(r"^(?:(?:but|just|only if|if|unless|provided|as long as)\b\s*)+(?:that )?", re.IGNORECASE)
HOW = re.compile(
    rf"\b(?:only|not|no|except|unless|without|instead|rather|most|least|if|once|twice|provided|{COUNT_WORD})\b|n't\b|\d|"
    r"^but (?:rename|call|let|add|leave|keep)\b",
    re.IGNORECASE,
)
"""What changes the thing taken over, where it is said behind it: `the first one, but only twice a week`."""
BECAUSE = re.compile(r"(?:because|since|as(?! (?:long|soon))|so that)\b", re.IGNORECASE)
OPINION = re.compile(r"(?:it|that|this|they|we|i|people|everybody|nobody|makes)\b", re.IGNORECASE)
TO_BE = re.compile(
    r"\b(?:(?:shall|should|must)(?! have)|has to|have to|needs? to|let|make|give|add|rename|call)\b", re.IGNORECASE
)
"""What words behind an accepted proposal are: why it is taken over, unless they say how it is to be."""


def _accept(talk: Any, rest: str) -> Reply:
    number, own = _number(rest), re.sub(r"^\d+\W*", "", rest)
    if BECAUSE.match(own) or (OPINION.match(own) and not TO_BE.search(own)):
        return taken_over(talk, number, note=own)
    return taken_over(talk, number, re.sub(r"^but\s+", "", own, flags=re.IGNORECASE))


def changed_or_noted(own: str) -> tuple[str, str]:
    """Words behind what is taken over as a change of it, or as what is noted with the decision."""
    return (PROVISO.sub("", own), "") if PROVISO.match(own) and HOW.search(own) else ("", own)


def taken_over(talk: Any, number: int, but: str = "", note: str = "") -> Reply:
    """A proposal taken over, with a change of the user's own, or under a proviso that changes no step."""
    change = talk.session.accept(number, but, note)
    noted = (f"Noted with it: “{note}”.",) if note else ()
    return Reply(("Taken over:", *listed(change.lines), *noted, "", *_left(talk)))


def _reject(talk: Any, rest: str) -> Reply:
    reason = re.sub(r"^\d+\W*", "", rest)
    proposal = talk.session.proposal(_number(rest))
    if talk.session.state.decided.get(proposal.id) == "accepted":
        return Reply((
            f"“{proposal.title}” was taken over before; it stays in the process. Nothing was changed.",
            "`undo` takes the last step back; `turns` lists what can be gone back to.",
        ))  # fmt: skip
    if other := of_another(talk, _number(rest), reason):
        return other
    title = talk.session.reject(_number(rest), reason)
    return Reply((f"Turned down, and not offered again: {title}", "", *_left(talk)))


def _left(talk: Any) -> list[str]:
    """What is still to be decided of the last list, with the numbers it was shown with."""
    session = talk.session
    left = session.undecided()
    if not left:
        return ["Nothing is left of this list. `propose` looks again, `export FOLDER` writes the report."]
    lines = ["Still to decide:", *(f"  {session.number(proposal)}. {proposal.title}" for proposal in left)]
    return [*lines, "`propose` looks again, now that this is settled."]


def _why(talk: Any, rest: str) -> Reply:
    from assistant.chat.proposals import why_lines

    return Reply(tuple(why_lines(talk.session, talk.session.proposal(_number(rest)))))


def _check(talk: Any, _: str) -> Reply:
    issues = check(talk.session.process)
    lines = [talk.named(f"{issue.severity}: {issue.text} {issue.remedy}".strip()) for issue in issues]
    return Reply(tuple(listed(lines, 20)) or ("Nothing to mend.",))


def _questions(talk: Any, _: str) -> Reply:
    found = [question for question in talk.open_questions() if question.id not in talk.session.state.answered]
    talk.asked = tuple(found[:MOST_QUESTIONS])
    if not found:
        return Reply(("Nothing left to ask.",))
    return Reply((f"{len(found)} things I would like to know, the ones that matter most first.",), talk.asked)


def _recorded(talk: Any, _: str) -> Reply:
    from assistant.chat.recorded import recorded_lines

    return Reply(tuple(recorded_lines(talk.session)))


def _measure(talk: Any, rest: str) -> Reply:
    from assistant.chat.recorded import measured_lines
    from assistant.workspace.recording import take

    if not rest:
        return Reply(tuple(measured_lines(talk.session)))
    change = take(
        talk.session, [] if rest.lower().startswith("all") else [int(number) for number in NUMBER.findall(rest)]
    )
    return Reply(("What changed, as measured:", *listed(change.lines, 20)), talk.ask(only="remarks"))


def _log(talk: Any, _: str) -> Reply:
    lines = tuple(dict.fromkeys(entry_line(entry) for entry in talk.session.state.entries[-30:]))
    return Reply(lines or ("Nothing was done here yet.",))


def _export(talk: Any, rest: str) -> Reply:
    folder, force = _folder(rest, f"out/{talk.session.project}")
    if not rest:
        folder = _next_free(folder)
    talk.unwritten = folder
    written = talk.export(talk.session, folder, force)
    talk.unwritten = None
    return Reply(("Written:", *(f"- {path}" for path in written)))


def _next_free(folder: Path) -> Path:
    """The usual folder, or where a report lies there already the next one: who asks again wants to see what is new, and
    the old report stays."""
    tries = (folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, MOST_REPORTS)))
    return next((place for place in tries if not (place / "report.html").exists()), folder)


def forced(talk: Any, words: str) -> Reply | None:
    """`Add --force` and the like: the export that was just refused once more, over what is there. None for else."""
    folder, talk.unwritten = talk.unwritten, None
    if not FORCE.fullmatch(words):
        return None
    if folder is not None:
        return _export(talk, f"{folder} --force")
    return Reply(("Nothing waits to be overwritten: no `export` was just refused. Nothing was changed.",))


def _quit(talk: Any, _: str) -> Reply:
    if not talk.reads_paths:
        return Reply(("Everything is kept; just close the window.",))
    return Reply((f"Everything is kept. `assistant chat {talk.session.project}` goes on from here.",), leaving=True)


def _number(text: str) -> int:
    match = re.match(r"\d+", text)
    if not match or len(match.group()) > 6:
        raise UsageError("Say which one by its number, such as `accept 2`.")
    return int(match.group())


INTO = re.compile(
    r"^(?:(?:it|that|this|all|everything)|(?:the |my |a |whole |full )*(?:package|report|files?|results?|documents?|"
    r"map))(?: all)? (?:to|into|in) (?:the |a )?(?:folder |directory )?(?:called |named )?(?P<folder>\S.*)$",
    re.IGNORECASE,
)
"""`export the package to /tmp/x`: the folder is what stands behind."""


def _folder(rest: str, usual: str) -> tuple[Path, bool]:
    """The folder that `export` names, and whether files there may be overwritten. Raises UsageError."""
    words = [word for word in rest.split() if word not in ("--force", "-f")]
    if option := next((word for word in words if word.startswith("--")), ""):
        raise UsageError(f"`export` knows no {option}.", "", "Say `export FOLDER`, or `export FOLDER --force`.")
    if to := INTO.match(" ".join(words)):
        words = to["folder"].split()
    folder = at_home(" ".join(words).strip("\"'") or usual)
    if folder.suffix.lower() in ENDINGS:
        raise UsageError(
            f"{folder.name} is the name of a file.", "`export` writes a folder of files, a report among them.",
            f"Say `export {folder.with_suffix('')}`.",
        )  # fmt: skip
    return folder, len(words) < len(rest.split())


COMMANDS: dict[str, Callable[[Any, str], Reply]] = {
    "help": _help,
    "read": _read, "comments": _comments, "show": _show, "map": _show, "undo": _undo, "redo": _redo,
    "propose": _propose, "redesign": _propose, "accept": _accept, "reject": _reject,
    "why": _why, "check": _check, "questions": _questions, "log": _log, "export": _export,
    "recorded": _recorded, "measure": _measure,
    "quit": _quit, "exit": _quit, "bye": _quit,
}  # fmt: skip
ABOUT_THE_PROCESS = (
    "show", "map", "propose", "redesign", "check", "questions", "export", "accept", "reject", "why", "recorded",
    "measure",
)  # fmt: skip
WITH_ARGUMENT = ("read", "comments", "accept", "reject", "why", "export", "propose", "measure")
NUMBER = re.compile(r"\d{1,4}")
MEASURE = re.compile(r"all(?: of (?:it|them))?\W*|(?:\d{1,4}(?:\s*(?:,|and|&)?\s*))+\W*", re.IGNORECASE)
"""What follows `measure`: all, or the numbers of figures."""
