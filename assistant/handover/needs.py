"""What the change asks of people, data, systems, customers and partners: from the diff and the proposals' needs."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.handover.change import sentences
from assistant.handover.inputs import Inputs
from assistant.handover.roles import inside_roles, owner_of, singular
from assistant.handover.shapes import Briefing, Change, DataNeed, Figure, Sized, Skill, SystemNeed
from assistant.process.blocks import Task
from assistant.process.figures import amount, listed
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks
from assistant.redesign.shapes import Evidence, Finding, Proposal

HOURS = Figure(value=4, low=2, high=8, unit="h a person", basis="estimated", source="planning figure: half a day")

WATCHING = "The control plan"
"""Why somebody must learn what is counted where nothing else is to be learnt."""


def proposals(inputs: Inputs) -> tuple[Proposal, ...]:
    """The proposals of the recommended alternative, in the order they are applied."""
    return tuple(inputs.alternative.proposals) if inputs.alternative else ()


def changes(inputs: Inputs) -> tuple[Change, ...]:
    """One change a proposal: what is done to the map in words, the evidence for it, and what could go wrong."""
    from assistant.process.apply import apply

    findings = {finding.id: finding for finding in inputs.findings}
    process, told = inputs.as_is, []
    for proposal in proposals(inputs):
        told.append(
            Change(
                title=proposal.title,
                what=sentences(process, proposal.edits),
                why=_reasons(proposal, findings.get),
                practice=f"{proposal.practice} {proposal.name}".strip(),
                cites=tuple(proposal.cites),
                risks=proposal.risks if proposal.own else tuple(dict.fromkeys((*proposal.risks, *proposal.failure))),
                elements=tuple(proposal.elements),
                caught=tuple(proposal.caught),
                figures=tuple(_sized(figure) for figure in proposal.figures),
            )
        )
        process = apply(process, proposal.edits)
    return tuple(told)


def _sized(one: Evidence) -> Sized:
    told = str(one.value or "")
    if isinstance(one.value, int | float) and not isinstance(one.value, bool):
        told = amount(float(one.value), one.unit)
    told = "" if told.replace("\u00a0", " ") in one.text.replace("\u00a0", " ") else told  # the words hold it
    return Sized(text=one.text, value=told, basis=one.basis)


def _reasons(proposal: Proposal, find: object) -> tuple[str, ...]:
    found = [find(key) for key in proposal.because] if callable(find) else []
    own = proposal.notes[:1] if proposal.own else ()  # whoever thought of it said why
    return tuple(dict.fromkeys((*own, *(f.title for f in found if isinstance(f, Finding)))))


def skills(inputs: Inputs) -> tuple[Skill, ...]:
    """What each role must learn: what the proposals ask for, and the steps that are new to it."""
    found: dict[tuple[str, str], Skill] = {}
    for proposal in proposals(inputs):
        roles = roles_at(inputs.to_be, proposal.elements) or (owner_of(inputs.to_be),)
        for topic in proposal.needs.skills:
            for role in roles:
                found.setdefault((role, topic), Skill(role=role, topic=topic, because=proposal.title, hours=HOURS))
    for role, steps in new_work(inputs).items():
        topic = f"The steps that are new for this role: {listed(steps)}"
        found.setdefault((role, topic), Skill(role=role, topic=topic, because="new with these changes", hours=HOURS))
    if not found:
        topic = "What is counted, how and why"
        for doer in inside_roles(inputs.to_be):
            found[doer.name, topic] = Skill(role=doer.name, topic=topic, because=WATCHING, hours=HOURS)
    return tuple(found.values())


def roles_at(process: Process, elements: Iterable[str]) -> tuple[str, ...]:
    """The names of the inside roles that do the given steps."""
    steps = by_id(process)
    inside = {role.id: role.name for role in inside_roles(process)}
    wanted = [steps[key].role for key in elements if isinstance(steps.get(key), Task)]  # type: ignore[union-attr]
    return tuple(dict.fromkeys(inside[role] for role in wanted if role in inside))


def new_work(inputs: Inputs) -> dict[str, tuple[str, ...]]:
    """For each inside role the names of steps it did not do before."""
    old = {task.id: task.role for task in tasks(inputs.as_is)}
    inside = {role.id: role.name for role in inside_roles(inputs.to_be)}
    found: dict[str, list[str]] = {}
    for task in tasks(inputs.to_be):
        if task.role in inside and old.get(task.id) != task.role:
            found.setdefault(inside[task.role], []).append(f"“{task.name}”")
    return {role: tuple(steps) for role, steps in found.items()}


def data(inputs: Inputs) -> tuple[DataNeed, ...]:
    """Each data object of the to-be process with its writers and readers, and what is unclear about it."""
    found = []
    known = {item.id for item in inputs.as_is.data}
    for item in inputs.to_be.data:
        writers = tuple(task.name for task in tasks(inputs.to_be) if item.id in task.writes)
        readers = tuple(task.name for task in tasks(inputs.to_be) if item.id in task.reads)
        note = "new" if item.id not in known else ""
        if not writers and not item.source:
            note = "nobody is said to write it: ask"
        found.append(
            DataNeed(name=item.name, source=item.source or "inside", writers=writers, readers=readers, note=note)
        )
    return tuple(found)


def systems(inputs: Inputs) -> tuple[SystemNeed, ...]:
    """Each system before and after with the steps that use it, and what the proposals ask for besides."""
    before, after = _systems(inputs.as_is), _systems(inputs.to_be)
    found = []
    for name in dict.fromkeys((*after, *before)):
        if name in after and name in before:
            found.append(SystemNeed(name=name, state="kept", steps=after[name], price="in use today"))
        elif name in after:
            found.append(SystemNeed(name=name, state="new", steps=after[name], note="to be bought or built"))
        else:
            found.append(SystemNeed(name=name, state="no longer needed", steps=before[name], price="saving unknown"))
    for proposal in proposals(inputs):
        for need in proposal.needs.systems:
            found.append(SystemNeed(name=need, state="to clarify", steps=(), note=f"for: {proposal.title}"))
    return tuple(dict.fromkeys(found))


def _systems(process: Process) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for task in tasks(process):
        if task.system:
            found.setdefault(task.system, []).append(task.name)
    return {name: tuple(steps) for name, steps in found.items()}


TAKES_OVER = " takes over "


def organisation(inputs: Inputs) -> tuple[str, ...]:
    """What changes in who decides and who belongs where: the proposals' needs, and steps that go to another role."""
    asked = [
        f"{need} (for: {proposal.title})" for proposal in proposals(inputs) for need in proposal.needs.organisation
    ]
    given = [f"{role}{TAKES_OVER}{listed(steps)}" for role, steps in new_work(inputs).items()]
    return tuple(dict.fromkeys((*asked, *given))) or ("No department, role or decision right changes",)


def briefings(inputs: Inputs) -> tuple[Briefing, ...]:
    """What customers, partners and the people inside must hear before the pilot, and from whom."""
    owner = owner_of(inputs.to_be)
    asked = [p.needs for p in proposals(inputs)]
    customers = tuple(dict.fromkeys(text for needs in asked for text in needs.customers))
    partners = tuple(dict.fromkeys(text for needs in asked for text in needs.partners))
    found = [
        Briefing(audience=name, messages=customers or _nothing_new(inputs), when="two weeks before the pilot", by=owner)
        for name in _customers(inputs.to_be)
    ]
    served = {singular(name) for name in _customers(inputs.to_be)}
    others = [name for name in outsiders(inputs.to_be) if singular(name) not in served]
    if partners or others:
        audience = listed(others) if others else "Partners and suppliers"
        when = "before the build, since they must agree" if partners else "two weeks before the pilot"
        found.append(Briefing(audience=audience, messages=partners or _nothing_new(inputs), when=when, by=owner))
    inside = tuple(f"{change.title}" for change in changes(inputs)) or ("Nothing changes in the work yet.",)
    messages = (*inside, "Why: what hurts today, as page one says.", "Say what does not work: every week.")
    found.append(Briefing(audience="Everybody who works in the process", messages=messages, when="at the start and "
                          "again one week before the pilot", by=owner))  # fmt: skip
    return tuple(found)


def _customers(process: Process) -> tuple[str, ...]:
    return tuple(customer.name for customer in process.customers) or ("Customers of the process",)


def outsiders(process: Process) -> tuple[str, ...]:
    """Outside parties: external roles, and whom tasks contact."""
    roles = [role.name for role in process.roles if role.kind == "external"]
    contacts = [task.contact for task in tasks(process) if task.contact]
    found: dict[str, str] = {}
    for name in (*roles, *contacts):
        found.setdefault(singular(name), name)
    return tuple(found.values())


def _nothing_new(inputs: Inputs) -> tuple[str, ...]:
    if not proposals(inputs):
        return ("Nothing changes yet.",)
    return ("What changes inside and from when; nothing is asked of them.", "Whom to call when something goes wrong.")
