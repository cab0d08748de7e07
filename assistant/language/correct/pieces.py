"""A sentence read as a piece of a story of its own: its steps with fresh ids, the roles that are there and new ones."""

from __future__ import annotations

from assistant.language.change.mention import role_named
from assistant.language.change.outcome import Fresh
from assistant.language.correct.said import Sentence
from assistant.process.blocks import Call, Choice, Sequence, Task, Wait
from assistant.process.edits import Edit, PutRole
from assistant.process.model import Process, Role
from assistant.process.tree import step_id, walk


def piece(sentence: Sentence, told: str) -> tuple[tuple, list[Edit]]:  # type: ignore[type-arg]
    """The blocks a sentence tells, with fresh ids and roles that are there; and edits for roles that are new."""
    from assistant.errors import AssistantError
    from assistant.language.offline.story import read as read_piece

    text = told.strip()
    try:
        process = read_piece(text[0].upper() + text[1:] + ("" if text.endswith(".") else "."), piece=True).process
    except (AssistantError, IndexError):
        return (), []
    if not process.flow.items or any(_unnamed(step) for step in walk(process)):
        return (), []
    return _taken_in(sentence, process)


def _unnamed(step: object) -> bool:
    return isinstance(step, Task) and len(step.name.split()) < 2


def tasks_in(blocks: tuple) -> list[Task | Call]:  # type: ignore[type-arg]
    """The steps in some blocks."""
    return [
        step for step in walk(Process(name="-", flow=Sequence(items=tuple(blocks)))) if isinstance(step, Task | Call)
    ]


def _taken_in(sentence: Sentence, process: Process) -> tuple[tuple, list[Edit]]:  # type: ignore[type-arg]
    fresh, edits = Fresh(sentence.catalogue), list[Edit]()
    fresh.taken |= {role.id for role in sentence.catalogue.process.roles}
    roles: dict[str, str] = {}
    for role in process.roles:
        if not _used(process, role):
            continue
        known = role_named(sentence.catalogue, role.name)
        own = known or role.model_copy(update={"id": fresh.id(role.name), "span": None})
        roles[role.id] = own.id
        if known is None:
            edits.append(PutRole(role=own))
    return tuple(_fresh(block, fresh, roles) for block in process.flow.items), edits


def _used(process: Process, role: Role) -> bool:
    return any(getattr(step, "role", None) == role.id for step in walk(process))


def _fresh(block, fresh: Fresh, roles: dict[str, str]):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """A block of the piece with ids nobody has, its roles as they are called here, and no places in other words."""
    if isinstance(block, Task | Call | Wait):
        update: dict[str, object] = {"id": fresh.id(block.name or "wait"), "span": None}
        if getattr(block, "role", None):
            update["role"] = roles.get(block.role or "")
        for field in ("reads", "writes", "with_roles", "or_roles", "accountable", "consulted", "informed"):
            if getattr(block, field, None):
                update[field] = ()
        return block.model_copy(update=update)
    if isinstance(block, Choice):
        id_ = fresh.id("decision")
        ways = tuple(
            way.model_copy(
                update={
                    "id": f"{id_}.{number}",
                    "do": Sequence(items=tuple(_fresh(one, fresh, roles) for one in way.do.items)),
                }
            )
            for number, way in enumerate(block.branches, 1)
        )
        return block.model_copy(update={"id": id_, "branches": ways})
    return block.model_copy(update={"id": fresh.id(step_id(block))})


def known_step(sentence: Sentence, block: object) -> str | None:
    """The step that is there already under that name with those hands."""
    return next(
        (
            step.id for step in sentence.catalogue.named
            if isinstance(block, Task) and isinstance(step, Task)
            and step.name.lower() == block.name.lower() and block.role in (None, step.role)
        ),
        None,
    )  # fmt: skip
