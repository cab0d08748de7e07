"""How sure an answer is: what of the story was left out, guessed or only likely meant, and which of it matters most."""

from __future__ import annotations

import re

from assistant.chat.basis import basis_of
from assistant.chat.played import Played, length, named_roles, parts, play, share, some_of
from assistant.chat.reply import Fact
from assistant.chat.what_was_told import Answer, shown
from assistant.language.figures.reading import figures_in
from assistant.language.reading import not_read, quoted
from assistant.process.blocks import AnyOf, Choice, Loop
from assistant.process.describe import name_of
from assistant.process.expected import untold_ways
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks, walk
from assistant.projects.journal import Note, Said
from assistant.workspace.session import STORY_BREAK, Session

ONLY_LIKELY = "Written as it was most likely meant, not surely."
"""The note beside a turn that was understood with doubt."""
MOST_NAMED, MOST_EFFECTS = 3, 2
HEAVY = 0.3
"""The share of a case's time from which one figure carries the whole answer."""
LEAST_MOVED = 0.01
OF_PEOPLE = re.compile(r"\b(?:bottle ?-?neck|bus(?:y|ier|iest)|most (?:work|to do)|load)\b", re.IGNORECASE)
Doubts = tuple[list[str], list[Fact]]


def how_sure(session: Session, words: str = "") -> Answer:
    """A verdict on the time of a case, and what it hangs on, the heaviest first; and, where the words speak of whom the
    work lies with, how far that is known."""
    played = play(session)[0]
    doubts = (_left_out(session), _guessed(session), _only_likely(session))
    effects = _effects(played)
    weak = sum(bool(lines) for lines, _ in (*doubts, effects))
    total = length("cycle time", played.result.cycle_time.mean)
    if weak:
        head = f"Not very sure. That a case takes {shown(total)} holds only if the following is right:"
    else:
        head = (
            f"Fairly sure: that a case takes {shown(total)} rests on what you told; what was not told hardly moves it."
        )
    lines, facts = [head], [total]
    if OF_PEOPLE.search(words) or named_roles(words, session.process):
        lines += _of_people(session.process)
    for own, known in (_heaviest(played), *doubts, effects):
        lines, facts = [*lines, *own], [*facts, *known]
    told, more = basis_of(played)
    return [*lines, told, "`questions` shows what would make it surer."], [*facts, *more]


def _of_people(process: Process) -> list[str]:
    """Whether it is known who has the most to do: not without their number and the times of their steps."""
    people = [role for role in process.roles if role.kind in ("person", "group")]
    uncounted = [f"“{role.name}”" for role in people if not role.capacity]
    untimed = [f"“{task.name}”" for task in tasks(process) if task.work is None and process.role(task.role) in people]
    gaps = [f"how many there are of {some_of(uncounted, MOST_NAMED)}"] if uncounted else []
    gaps += [f"how long {some_of(untimed, MOST_NAMED)} take{'s' if len(untimed) == 1 else ''}"] if untimed else []
    return [f"Less sure is who has the most to do: nobody told {', nor '.join(gaps)}."] if gaps else []


def _heaviest(played: Played) -> Doubts:
    """The one figure that most of the time hangs on."""
    whole = played.result.cycle_time.mean or 1.0
    name, waiting, working, basis = next(iter(parts(played)), ("", 0.0, 0.0, ""))
    if waiting < HEAVY * whole or waiting < working:
        return [], []
    lost, part = length(f"waiting, {name}", waiting, basis), share("of the time", waiting / whole)
    line = f"- Most hangs on the wait for “{name}”: {shown(lost)}, {shown(part)} of the time. Check that one first."
    return [line], [lost, part]


def _left_out(session: Session) -> Doubts:
    """The sentences no step was made of, first those with a figure or somebody's name."""
    left = () if session.reads_by_model else not_read(STORY_BREAK.join(session.state.said()))
    if not left:
        return [], []
    names = [role.name.lower() for role in session.process.roles]

    def tells_little(sentence: str) -> bool:
        return not figures_in(sentence) and not any(name in sentence.lower() for name in names)

    first = sorted(left, key=tells_little)
    many = Fact("sentences left out", len(left), "sentences", "the story")
    count = "1 sentence" if many.value == 1 else shown(many)
    said = "; ".join(quoted(words) for words in first[:MOST_NAMED])
    ends = "" if len(left) <= MOST_NAMED else " (“what did you not understand?” lists all)"
    return [f"- No step came of {count}, so if work is told there, it is missing: {said}{ends}."], [many]


def _guessed(session: Session) -> Doubts:
    """The ways and loops whose share nobody told."""
    found = [
        step
        for step in walk(session.process)
        if (isinstance(step, Choice | AnyOf) and untold_ways(step)) or (isinstance(step, Loop) and step.p is None)
    ]
    if not found:
        return [], []
    many = Fact("guessed shares", len(found), "decisions", "the process")
    names = some_of([name_of(step) for step in found], MOST_NAMED)
    count = "1 decision" if many.value == 1 else shown(many)
    return [f"- How often each way is taken was not told for {count}, so I guessed it: {names}."], [many]


def _only_likely(session: Session) -> Doubts:
    """The turns that were written as most likely meant and still hold."""
    state = session.state
    turns = [entry.turn for entry in state.entries if isinstance(entry.what, Note) and entry.what.text == ONLY_LIKELY]
    kept = {turn for turn in turns if state.changed_in(turn)}
    said = [entry.what.text for entry in state.entries if entry.turn in kept and isinstance(entry.what, Said)]
    if not said:
        return [], []
    many = Fact("turns in doubt", len(said), "sentences", "the journal")
    count = "1 sentence" if many.value == 1 else shown(many)
    words = "; ".join(quoted(text) for text in said[-MOST_NAMED:])
    return [f"- I was not sure how {count} of yours was meant and took the likeliest: {words}."], [many]


def _effects(played: Played) -> Doubts:
    """The figures nobody told that move the time of a case most."""
    from assistant.process.describe import FIELDS
    from assistant.simulation.sensitivity import sensitivity

    whole, steps = played.result.cycle_time.mean, by_id(played.process)
    moving = [
        effect
        for effect in sensitivity(played.process, cases=150, replications=4, most=12)
        if effect.swing >= LEAST_MOVED * whole
    ]
    lines, facts = list[str](), list[Fact]()
    for effect in moving[:MOST_EFFECTS]:
        step = steps.get(effect.element)
        field = effect.field.split()[0]
        what = f"{FIELDS.get(field, field)} of {name_of(step)}" if step is not None else "how many cases come"
        third, swing = share("smaller or larger", 0.3, "tried"), length(f"moved by {what}", effect.swing)
        lines.append(f"- Nobody told this: {what}. If my figure is {shown(third)} off, a case takes {shown(swing)} "
                     "longer or shorter.")  # fmt: skip
        facts += [Fact("not told", what, "", "the process"), third, swing]
    return lines, facts
