"""Checks of the flow: can it run, is it small and plain enough to read, are its conditions and chances complete."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import AnyOf, Branch, Call, Choice, End, Loop, Parallel, Wait
from assistant.process.codec import broken_references
from assistant.process.draft import name_of
from assistant.process.issues import Issue, Limits, error, hint, warning
from assistant.process.measures import structure
from assistant.process.model import Process
from assistant.process.tree import depth, roots, step_id, tasks, walk
from assistant.process.unsound_trees import flaws

FLAWS = {
    "unreachable": ("unreachable-step", "Move it before the end, or make the end one branch of a choice."),
    "end": ("end-in-parallel", "Let the branches come together first and end after them."),
    "depth": ("nested-too-deep", "Move inner blocks to a subprocess."),
}


def contradictions(process: Process, limits: Limits) -> Iterator[Issue]:
    """Ids used twice, roles not declared, steps nothing reaches, ends where branches still run."""
    for text in broken_references(process):
        yield error("broken-reference", (), _sentence(text), "Correct the id.")
    for flaw in flaws(process):
        name, remedy = FLAWS[flaw.kind]
        yield error(name, (flaw.step,), _sentence(flaw.text), remedy)


def emptiness(process: Process, limits: Limits) -> Iterator[Issue]:
    """A process without work, blocks without content."""
    if not tasks(process) and not any(isinstance(step, Call) for step in walk(process)):
        yield error("no-work", (), "The process has no task.", "Say what is done first.")
    for step in walk(process):
        if isinstance(step, Loop) and not step.do.items and not step.redo.items:
            yield warning(
                "empty-loop",
                (step.id,),
                f"The loop {step.id} repeats nothing.",
                "Put the repeated steps into it, or delete it.",
            )
        if isinstance(step, Parallel) and any(not branch.do.items for branch in step.branches):
            yield warning(
                "empty-parallel-branch",
                (step.id,),
                f"A branch of the parallel block {step.id} is empty.",
                "Delete the branch: nothing runs in it.",
            )
        if isinstance(step, Choice | AnyOf | Parallel) and len(step.branches) == 1:
            yield hint(
                "single-branch",
                (step.id,),
                f"{step.id} has only one branch.",
                "Say what happens otherwise, or take the block away.",
            )


def size(process: Process, limits: Limits) -> Iterator[Issue]:
    """Too many nodes, too deep, too many ways, inclusive gateways."""
    figures = structure(process)
    if figures.size > limits.nodes:
        words = "hard to understand" if figures.size <= limits.most_nodes else "very likely to hold errors"
        yield warning(
            "too-large",
            (),
            f"The process has {figures.size} nodes; it is {words}.",
            "Move parts that belong together to subprocesses.",
        )
    for address, root in roots(process):
        if (levels := depth(root)) > limits.nesting:
            where = "The flow" if address == "flow" else f"The subprocess {address}"
            yield warning(
                "deep-nesting", (), f"{where} nests blocks {levels} deep.", "Move the innermost blocks to a subprocess."
            )
    for step in walk(process):
        if isinstance(step, Choice | AnyOf | Parallel) and len(step.branches) > limits.branches:
            yield hint(
                "many-branches",
                (step.id,),
                f"{_called(step, start=True)} has {len(step.branches)} branches.",
                "Decide in two steps.",
            )
        if isinstance(step, AnyOf):
            yield hint(
                "inclusive-gateway",
                (step.id,),
                f"{_called(step, start=True)} lets one or more branches run; few readers get that right.",
                "Use a choice, or parallel branches of which some may be skipped.",
            )


def conditions(process: Process, limits: Limits) -> Iterator[Issue]:
    """Branches without condition, choices without question, loops without condition."""
    for step in walk(process):
        if isinstance(step, Choice | AnyOf) and len(step.branches) > 1:
            bare = [branch.id for branch in step.branches if not (branch.when or "").strip()]
            if len(bare) > (1 if isinstance(step, Choice) else 0):
                yield warning(
                    "missing-condition",
                    (step.id, *bare),
                    f"{_called(step, start=True)} does not say when {_count(bare)} of its branches is taken.",
                    "Give each branch a condition.",
                )
            yield from _same_conditions(step)
            if not step.question and isinstance(step, Choice):
                yield hint(
                    "missing-question",
                    (step.id,),
                    f"The choice {step.id} does not say what is decided.",
                    "Give it a question.",
                )
        if isinstance(step, Loop) and not step.while_ and not step.until:
            yield warning(
                "missing-condition",
                (step.id,),
                f"The loop {step.id} does not say when it repeats.",
                "Give it a condition.",
            )


def _same_conditions(step: Choice | AnyOf) -> Iterator[Issue]:
    said = [branch.when.strip().lower() for branch in step.branches if branch.when and branch.when.strip()]
    if len(set(said)) < len(said):
        yield warning(
            "same-condition",
            (step.id,),
            f"Two branches of {_called(step)} have the same condition.",
            "Say how they differ.",
        )


def chances(process: Process, limits: Limits) -> Iterator[Issue]:
    """Chances of a choice that do not add up to one, loops that always or never repeat."""
    for step in walk(process):
        if isinstance(step, Choice):
            yield from _choice_chances(step)
        if isinstance(step, Loop) and step.p is not None and step.p >= 1:
            yield error("endless-loop", (step.id,), f"The loop {step.id} always repeats.", "Give it a chance below 1.")


def _choice_chances(step: Choice) -> Iterator[Issue]:
    given = [branch.p for branch in step.branches if branch.p is not None]
    total = sum(given)
    complete = len(given) == len(step.branches)
    if (complete and abs(total - 1) > 0.01) or total > 1.01:
        yield error(
            "chances-do-not-add-up",
            (step.id,),
            f"The chances of {_called(step)} add up to {total:g}, not 1.",
            "Correct them.",
        )
    elif not complete and step.branches[1:]:
        yield hint(
            "missing-chance",
            (step.id, *_unknown(step.branches)),
            f"How often each branch of {_called(step)} is taken is not known.",
            "Say it, if only roughly: it decides time and cost.",
        )


def outcomes(process: Process, limits: Limits) -> Iterator[Issue]:
    """Ends without a name, waits of unknown length, calls of processes that are not kept here."""
    kept = {sub.id for sub in process.subprocesses}
    called = {step.process for step in walk(process) if isinstance(step, Call)}
    for step in walk(process):
        if isinstance(step, End) and not step.outcome.strip():
            yield warning("unnamed-end", (step.id,), f"The end {step.id} has no name.", "Name the outcome.")
        if isinstance(step, Wait) and step.duration is None:
            yield hint(
                "wait-without-length",
                (step.id,),
                f"How long {_called(step)} takes is not known.",
                "Say how long it is on average.",
            )
        if isinstance(step, Call) and step.process is not None and step.process not in kept:
            yield hint(
                "unknown-call",
                (step.id,),
                f"{_called(step, start=True)} runs a process that is not described here.",
                "Describe it, or say how long it takes.",
            )
    for sub in process.subprocesses:
        if sub.id not in called:
            yield warning(
                "subprocess-not-called",
                (sub.id,),
                f"Nothing calls the subprocess “{sub.name}”.",
                "Call it, or delete it.",
            )


def _unknown(branches: tuple[Branch, ...]) -> list[str]:
    return [branch.id for branch in branches if branch.p is None]


def _called(step: Choice | AnyOf | Parallel | Wait | Call, start: bool = False) -> str:
    name = name_of(step)
    article = "The" if start else "the"
    return f"“{name}”" if name else f"{article} {step.block.replace('_', '-')} {step_id(step)}"


def _count(items: list[str]) -> str:
    return "one" if len(items) == 1 else str(len(items))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


CHECKS = (contradictions, emptiness, size, conditions, chances, outcomes)
