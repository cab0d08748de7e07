"""Who does the work: roles renamed or replaced, steps given to others, and the system work happens in."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import ONESELF, plain, role_named, speaks, sure
from assistant.language.change.new_names import capitals
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.process.blocks import ROLE_LISTS, Task
from assistant.process.edits import Delete, DropRole, Edit, PutRole, SetRole, SetValue
from assistant.process.model import Role
from assistant.process.tree import tasks

MACHINE = re.compile(rf"\b{any_of('machine-noun')}s?$")
WHO = r"(?:the |an? |our )?(?P<{0}>[a-z][\w&' -]{{0,50}}?)"
REPLACED = (
    rf"^(?:replace|swap|exchange|substitute) {WHO.format('old')} (?:by|with|for) {WHO.format('new')}$",
    rf"^{WHO.format('old')} (?:is|are|gets?|should be|will be|shall be|must be|has to be|to be|being) (?:now )?"
    rf"replaced (?:by|with) {WHO.format('new')}$",
    rf"^{WHO.format('new')} (?:replaces?|takes? over from|will replace|should replace|does everything instead of|"
    rf"takes? the place of) {WHO.format('old')}$",
)
SYSTEM = re.compile(
    r"^(?P<what>.+?) (?:(?:should|must|will|now|only|all|always)\s+)*(?:happens?|is done|are done|be done|runs?|takes "
    r"place|take place|is recorded|is entered|is kept|works?|goes) (?:in|with|on|via|using|through|into) (?:the |our )?"
    r"(?P<system>[a-z0-9][\w ./+-]{0,40})$"
)


GONE = re.compile(
    rf"^(?:remove|drop|delete|cut|get rid of|do without|we no longer have|eliminate) {WHO.format('who')}$"
)
AUTOMATIC = (
    r"^(?:automate|automatise|digitise|digitize) (?P<what>[^,;]+?)(?: completely| fully)?$",
    r"^make (?P<what>[^,;]+?) (?:fully |completely )?(?:automatic|automated)$",
    r"^(?P<what>[^,;]+?) (?:fully |completely )?(?:automatically|be automated|be automatic|is automated|is automatic)$",
)
MEDIUM = re.compile(
    r"^(?P<what>[^,;]+?) (?:by|via|over|through|in|on) (?:the )?(?P<by>e-?mail|mail|phone|telephone|fax|portal|paper|"
    r"spreadsheet|excel|letter|post)(?: instead.*| from now on)?$"
)
MEDIA = {
    "e-mail": "email", "mail": "email", "telephone": "phone", "excel": "spreadsheet", "letter": "paper",
    "post": "paper",
}  # fmt: skip


def replaced(catalogue: Catalogue, request: str) -> Outcome | None:
    """All work of one role goes to another; the old role goes when nothing else speaks of it."""
    text = plain(request)
    found = next((match for pattern in REPLACED if (match := re.match(pattern, text))), None)
    old = role_named(catalogue, found["old"]) if found else None
    if not found or old is None or any(step.name.lower() == found["old"].strip() for step in catalogue.named):
        return None
    new, edits = put(catalogue, request, found["new"].strip())
    steps = tuple(step.id for step in catalogue.steps if done_by(step) == old.id)  # type: ignore[union-attr]
    if new.id == old.id or not steps:
        return None
    edits.append(SetRole(ids=steps, role=new.id))
    if not _elsewhere(catalogue, old.id):
        edits.append(DropRole(id=old.id))
    return Outcome(f"{new.name} instead of {old.name}", tuple(edits))


def _elsewhere(catalogue: Catalogue, role: str) -> bool:
    """Whether a role is also helper, accountable, informed or the like of a task, or owns a subprocess."""
    helped = any(role in getattr(task, field) for task in tasks(catalogue.process) for field in ROLE_LISTS)
    return helped or any(sub.owner == role for sub in catalogue.process.subprocesses)


def put(catalogue: Catalogue, request: str, who: str) -> tuple[Role, list[Edit]]:
    """The role a name means, with the edit that makes it when there is none yet."""
    role = role_named(catalogue, who)
    if role is not None:
        return role, []
    name = ONESELF[0] if speaks(who) else capitals(request, re.sub(r"^(?:the|an?|our)\s+", "", who.strip()))
    kind = "system" if MACHINE.search(name.lower()) else "person"
    taken = Fresh(catalogue)
    taken.taken |= {known.id for known in catalogue.process.roles}
    role = Role.model_validate({"id": taken.id(name), "name": name, "kind": kind})
    return role, [PutRole(role=role)]


def give(catalogue: Catalogue, request: str, step: str, who: str) -> Outcome | None:
    """A step given to somebody; None when they do it already."""
    role, edits = put(catalogue, request, who)
    if done_by(catalogue.by_id[step]) == role.id:
        return None
    return Outcome(f"give {catalogue.name(step)} to {role.name}", (*edits, SetRole(ids=(step,), role=role.id)))


def system(catalogue: Catalogue, request: str) -> Outcome | Doubt | None:
    """The system work happens in, `registration happens in SAP`; which steps, is asked where it is open."""
    text = plain(request)
    found = SYSTEM.match(text)
    if not found:
        return None
    name = capitals(request, found["system"].strip())
    written = re.search(re.escape(found["system"].strip()), request, re.IGNORECASE)
    if written is None or not (written[0][:1].isupper() or MACHINE.search(found["system"])):
        return None
    step = sure(catalogue, found["what"])
    everything = found["what"] in ("it", "this", "that", "everything", "all", "all this", "the process", "the work")
    if step is not None or not everything:
        return _in_system(catalogue, [step], name) if step is not None else None
    every = [task.id for task in tasks(catalogue.process)]
    groups = [every, *([task] for task in every[:2])] if len(every) > 1 else [every]
    return Doubt("Which steps are meant?", tuple(_in_system(catalogue, group, name) for group in groups if group))


def gone(catalogue: Catalogue, request: str) -> Doubt | None:
    """`we do without the technician`: who does that work then, or does it go as well?"""
    found = GONE.match(plain(request))
    role = role_named(catalogue, found["who"]) if found else None
    if not found or role is None or sure(catalogue, found["who"]) or _elsewhere(catalogue, role.id):
        return None
    steps = tuple(step.id for step in catalogue.steps if done_by(step) == role.id)  # type: ignore[union-attr]
    if not steps:
        return None
    others = [other for other in catalogue.process.roles if other.id != role.id and other.kind != "external"][:2]
    readings = [
        Outcome(
            f"{other_role.name} does the work of {role.name}",
            (SetRole(ids=steps, role=other_role.id), DropRole(id=role.id)),
        )
        for other_role in others
    ]
    readings.append(Outcome(f"the steps of {role.name} go too", (Delete(ids=steps), DropRole(id=role.id))))
    return Doubt(f"Who does the work of {role.name} then?", tuple(readings))


def automatic(catalogue: Catalogue, request: str) -> Outcome | None:
    """`automate the invoice`, `the ticket should be closed automatically`."""
    text = plain(request)
    found = next((match for pattern in AUTOMATIC if (match := re.match(pattern, text))), None)
    step = sure(catalogue, found["what"]) if found else None
    if step is None or not isinstance(catalogue.by_id[step], Task):
        return None
    name = catalogue.name(step)
    return Outcome(f"{name} automatically", (SetValue(id=step, field="automation", value="automatic"),))


def medium(catalogue: Catalogue, request: str) -> Outcome | None:
    """How something travels or is done: `the invoice should be sent by email`."""
    found = MEDIUM.match(plain(request))
    step = sure(catalogue, found["what"]) if found else None
    if not found or step is None or not isinstance(catalogue.by_id[step], Task):
        return None
    value = MEDIA.get(found["by"], found["by"])
    return Outcome(f"{catalogue.name(step)} by {value}", (SetValue(id=step, field="medium", value=value),))


def _in_system(catalogue: Catalogue, steps: list[str], name: str) -> Outcome:
    told = "every step" if len(steps) > 1 else catalogue.name(steps[0])
    return Outcome(f"{told} happens in {name}", tuple(SetValue(id=s, field="system", value=name) for s in steps))
