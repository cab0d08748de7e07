"""A sentence read as a piece of a story of its own: its steps with fresh ids, the roles that are there and new ones."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.english.forms import base_of, third_person, verb_forms
from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import content, role_named
from assistant.language.change.read_change import Fresh
from assistant.language.correct.sentence_said import Sentence, role_of
from assistant.language.correct.worked_or_waited import told_time
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Call, Choice, Sequence, Task, Wait
from assistant.process.edits import Edit, PutRole
from assistant.process.model import Process, Role
from assistant.process.tree import step_id, walk


def piece(sentence: Sentence, told: str) -> tuple[tuple, list[Edit]]:  # type: ignore[type-arg]
    """The blocks a sentence tells, with fresh ids and roles that are there; and edits for roles that are new."""
    text = told.strip(" ,")
    process = _read(text)
    if process is None or any(isinstance(step, Task) and len(step.name.split()) < 2 for step in walk(process)):
        return _plain(sentence, text)
    return _taken_in(sentence, process)


@lru_cache(maxsize=256)
def _read(text: str) -> Process | None:
    """The process some words tell by themselves, None where they tell no step. Kept: several ways of what may be meant
    by a turn read the same words."""
    from assistant.errors import AssistantError
    from assistant.language.offline.story import read

    try:
        process = read(text[:1].upper() + text[1:] + ("" if text.endswith(".") else "."), piece=True).process
    except AssistantError:
        return None
    return process if process.flow.items else None


PLAIN = re.compile(
    r"^(?:(?:then|also|just|always|now|simply|first|usually|often)\s+)*(?P<verb>[a-z]+)\s+(?P<rest>[^;:?]+)$",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"(?:,|\s+and)\s+(?:that's|thats|that is|it's)\b.*$|,?\s+(?:because|since|so that|otherwise)\b.*$", re.IGNORECASE
)


def _plain(sentence: Sentence, text: str) -> tuple[tuple, list[Edit]]:  # type: ignore[type-arg]
    """A step of somebody in words that are no story: the verb and what comes behind it, as they were said."""
    words = re.sub(r"^(?:the|our)\s+", "", text.strip(" ."), flags=re.IGNORECASE).split()
    role, size, edits = _doer(sentence, words, text)
    found = PLAIN.match(TAIL.sub("", " ".join(words[size:]))) if role else None
    form = _acts(found["verb"]) if found else None
    if role is None or found is None or form is None:
        return (), []
    figure = next((said for said in figures_in(found["rest"]) if said.kind == "duration" and not said.vague), None)
    rest = found["rest"] if figure is None else found["rest"][: figure.a]
    rest = re.sub(r"[\s,]+(?:it takes|about|takes|for|in|around|roughly)?[\s,]*$", "", rest).strip()
    if not rest:
        return (), []
    name = f"{form[0].upper()}{form[1:]} {' '.join(rest.split()[:7])}"
    time = told_time(name, figure) if figure else {}
    return (Task(id=Fresh(sentence.catalogue).id(name), name=name, role=role.id, **time),), edits


def _doer(sentence: Sentence, words: list[str], text: str) -> tuple[Role | None, int, list[Edit]]:
    """Who is named first: somebody known, or `the …` in front of a verb that has an object."""
    for size in range(min(5, len(words) - 1), 0, -1):
        if role := role_named(sentence.catalogue, " ".join(words[:size])):
            return role, size, []
    for size in range(1, min(4, len(words) - 1)):
        behind = words[size + 1].lower() if size + 1 < len(words) else ""
        if _acts(words[size]) and behind in OBJECT and re.match(r"(?:the|our)\b", text, re.IGNORECASE):
            name = " ".join(words[:size])
            made = Role(id=Fresh(sentence.catalogue).id(name), name=name[0].upper() + name[1:])
            return made, size, [PutRole(role=made)]
    return None, 0, []


def _acts(word: str) -> str | None:
    """The plain form of a verb of working."""
    if not verb_forms(word.lower()) and re.fullmatch(r"[a-z]{3,}s", word.lower()):
        return word.lower()[:-1]
    base = base_of(word.lower(), "s", "base")
    return base if base and base not in NO_WORK else None


OBJECT = frozenset("the a an his her their our its all every each this that these those it them".split())
NO_WORK = frozenset(
    "be have do need want like love hate know think hope cost take last wait stay seem get mean".split()
)


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
        if not any(done_by(step) == role.id for step in walk(process)):
            continue
        known = role_named(sentence.catalogue, role.name)
        own = known or role.model_copy(update={"id": fresh.id(role.name), "span": None})
        roles[role.id] = own.id
        if known is None:
            edits.append(PutRole(role=own))
    return tuple(_fresh(block, fresh, roles) for block in process.flow.items), edits


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
                    "do": Sequence(items=tuple(_fresh(item, fresh, roles) for item in way.do.items)),
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


THE_THING = re.compile(r"\b(?P<article>the|our|an?|his|her|their)\s+(?P<thing>[a-z-]+)", re.IGNORECASE)
IT = re.compile(r"(?<=\w)\s+(?:it|them)\b(?!\s+(?:is|are|was|takes?|has|have)\b)", re.IGNORECASE)


def with_thing(sentence: Sentence, told: str, where: str, step: str | None) -> str:
    """`the cook tastes it`: the thing that the words of the place name, else that of the step there."""
    people = {word for role in sentence.catalogue.process.roles for word in content(role.name)}
    it = IT.search(told)
    if it is None or any(match.start() > 2 for match in THE_THING.finditer(told[: it.start()])):
        return told  # it has its thing in the same words
    named = next((match["thing"] for match in THE_THING.finditer(where) if match["thing"].lower() not in people), "")
    own = sentence.catalogue.name(step).split()[1:2] if step else []
    thing = named or (own[0] if own and own[0].isalpha() else "")
    return IT.sub(f" the {thing.lower()}", told, count=1) if thing else told


def _may_be_meant(sentence: Sentence, role: Role) -> bool:
    """Whether "he" may be a role: one of ours, or one from outside that the very words name ("before the carrier brings
    the goods he sends a notice"); a customer is hardly meant."""
    served = {customer.name.lower() for customer in sentence.catalogue.process.customers}
    if role.kind != "external":
        return role.kind != "system"
    name = role.name.lower()
    return name not in served and re.search(rf"\b{re.escape(name)}\b", sentence.text) is not None


SPOKEN = re.compile(r"^(?:he|she|they|it)\s+(?P<verb>[\w']+)(?P<rest>.*)$", re.IGNORECASE)


def with_doer(sentence: Sentence, told: str, anchor: str | None) -> str:
    """`he weighs the beans`: who does the step beside, else the one who changed last, else who does most of all."""
    found = SPOKEN.match(told.strip())
    if found is None:
        return told
    people = {role.id: role for role in sentence.catalogue.process.roles if _may_be_meant(sentence, role)}
    beside = [anchor] if anchor else list(sentence.recent) if len(sentence.recent) == 1 else []
    own = [role for step in beside if (role := role_of(sentence.catalogue, step)) in people]
    every = [role_of(sentence.catalogue, step.id) for step in sentence.catalogue.named]
    own = own or sorted({role for role in every if role in people}, key=lambda role: -every.count(role))[:1]
    if not own or own[0] is None:
        return told
    verb = found["verb"].lower()
    base = base_of(verb)
    return f"the {people[own[0]].name.lower()} {third_person(base) if base else verb}{found['rest']}"
