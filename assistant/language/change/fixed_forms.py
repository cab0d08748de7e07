"""Sentences of a fixed form: `if ..., do ...`, `there should be a ... before ...`, `do not ... before ...`."""

from __future__ import annotations

import re

from assistant.english.forms import verb_forms
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.how_it_is_to_be import (
    ANYBODY,
    MODAL,
    Clause,
    added,
    at_edge,
    new_name,
    parsed,
    spot_in_words,
)
from assistant.language.change.mention import content, plain, role_named, some, sure, way_meant
from assistant.language.change.new_names import capitals
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.change.who_works import put
from assistant.process.blocks import Branch, Choice, Sequence, Task
from assistant.process.edits import Edit, Insert, Move, Place, Replace
from assistant.process.words import is_verb

IF = re.compile(r"^(?:if|when|whenever|in case) (?P<when>[^,;<>=\d]{3,70}?),(?: then)? (?P<do>[a-z][^,;<>=]{3,70})$")
IF_LAST = re.compile(r"^(?P<do>[a-z][^,;<>=]{3,70}?),? (?:if|whenever|in case) (?P<when>[^,;<>=\d]{3,70})$")
NOT_BEFORE = re.compile(
    r"^(?:don't|do not|never|no|we (?:must|should) not|you (?:must|should) not) (?P<what>[^,;]+?) (?:before|until|"
    r"unless) (?P<first>[^,;]+)$"
)
NEEDED = re.compile(
    r"^(?:there (?:should|must|has to|needs to|could) be|we (?:also |still )?(?:need|want|miss)|i (?:want|need)|"
    r"what is missing is) (?P<name>(?:an?|another|one more|some) [^,;]+?)(?: (?P<side>after|before|once|following|"
    r"prior to) (?P<where>[^,;]+))?$"
)
PASSIVE = re.compile(
    rf"^(?P<what>(?:the |an? |our |all )?[a-z][a-z -]{{2,40}}?) {MODAL} (?:also |first )*be (?P<verb>[a-z]+)(?: by "
    r"(?P<who>[a-z][a-z -]{2,40}?))? (?P<side>before|after|once|prior to|following) (?P<where>[^,;]+)$"
)
INSTEAD = re.compile(r"^(?:please )?(?P<new>[a-z][^,;]{3,60}?) instead of (?P<old>[^,;]+)$")
OVER = re.compile(r"^(?P<what>.+?) (?P<sign>above|over|below|under|more than|less than|up to|from) (?P<limit>\d.*)$")
NOT_NEW = classed("changes", "not-new")


def told(catalogue: Catalogue, request: str) -> Outcome | Doubt | None:
    """What a sentence of one of these forms asks for."""
    text = plain(request)
    if len(text) > 170 or re.search(r'[:"?]|\. |\b(?:else|otherwise|parallel|until then)\b', text):
        return None
    readers = (_passive, _instead, _needed, _conditional, _limited)
    made = (reader(catalogue, request, text) for reader in readers)
    return _not_before(catalogue, text) or next((outcome for outcome in made if outcome), None)


def _not_before(catalogue: Catalogue, text: str) -> Outcome | None:
    """`do not ship before the invoice is sent`: shipping goes behind it."""
    found = NOT_BEFORE.match(text)
    what, first = (sure(catalogue, found["what"]), sure(catalogue, found["first"])) if found else (None, None)
    if not what or not first or what == first or what in catalogue.chain(first) or what in catalogue.after(first):
        return None
    return Outcome(
        f"move {catalogue.name(what)} after {catalogue.name(first)}", (Move(ids=(what,), place=Place(after=first)),)
    )


def _passive(catalogue: Catalogue, request: str, text: str) -> Outcome | None:
    """`the parcel must be insured before it is shipped`."""
    found = PASSIVE.match(text)
    form = next((verb for verb in verb_forms(found["verb"]) if verb.form == "en"), None) if found else None
    step = sure(catalogue, found["where"]) if found else None
    name = new_name(request, form.base, found["what"]) if found and form else ""
    if not found or not form or step is None or not name or sure(catalogue, f"{form.base} {found['what']}"):
        return None
    task, edits = _made(catalogue, request, Clause(found["who"] or "we", form.base, found["what"], False), name)
    place = Place(before=step) if found["side"] in ("before", "prior to") else Place(after=step)
    return added(catalogue, task, edits, place)


def _instead(catalogue: Catalogue, request: str, text: str) -> Outcome | None:
    """`print the badge instead of handing it out`: another step in its place, by the same role."""
    found = INSTEAD.match(text)
    old = sure(catalogue, found["old"]) if found else None
    if (
        not found
        or old is None
        or not is_verb(found["new"].split()[0])
        or sure(catalogue, found["new"]) not in (None, old)
    ):
        return None
    verb, _, rest = found["new"].partition(" ")
    name = new_name(request, verb, rest)
    if not name or verb in NOT_NEW or name.lower() == catalogue.name(old).lower():
        return None
    new = Fresh(catalogue).task(name, catalogue.by_id[old])
    return Outcome(f"replace {catalogue.name(old)} by {name}", (Replace(id=old, blocks=(new,)),))


def _needed(catalogue: Catalogue, request: str, text: str) -> Outcome | Doubt | None:
    """`there should be a second check before shipping`: a step that is told as a thing; where is asked if not said."""
    found = NEEDED.match(text)
    if not found or re.search(r"\b(?:people|person|role|department|faster|better|way|branch|loop|decision)\b", text):
        return None
    name = re.sub(r"^(?:an?|another|one more|some) (?:new |extra |additional )*(?:step |task )?(?:to |for )?", "",
                  found["name"])  # fmt: skip
    if not 1 <= len(name.split()) <= 8 or role_named(catalogue, name):
        return None
    task = Task(id=Fresh(catalogue).id(name), name=capitals(request, name))
    if found["where"]:
        step = sure(catalogue, found["where"])
        place = Place(before=step) if found["side"] in ("before", "prior to") else Place(after=step or "?")
        return added(catalogue, task, [], place) if step else None
    spots = [*(Place(after=near) for near in some(catalogue, name)[:1]), at_edge(catalogue, "end"),
             at_edge(catalogue, "start")]  # fmt: skip
    return Doubt(f"Where should {task.name} come?", tuple(added(catalogue, task, [], spot) for spot in spots))


def _clause(catalogue: Catalogue, text: str) -> Clause | None:
    """Who does what; an order without a subject counts too."""
    clause = parsed(catalogue, text)
    if clause is not None:
        return clause
    verb, _, rest = re.sub(rf"^(?:(?:please|then|also|always|we|you|{MODAL}) )*", "", text).partition(" ")
    base = is_verb(verb) or any(form.form == "base" for form in verb_forms(verb))
    return Clause("we", verb, rest, False) if base and rest and verb not in NOT_NEW else None


def _conditional(catalogue: Catalogue, request: str, text: str) -> Outcome | Doubt | None:
    """`if the claim is not covered, call the customer`: on the way where that holds, else a new one, where is asked."""
    found = IF.match(text) or IF_LAST.match(text)
    clause = _clause(catalogue, found["do"]) if found else None
    if not found or clause is None or re.search(r"^(?:only|just|skip|add|insert)\b|\bonly$", found["do"]):
        return None
    name = new_name(request, clause.verb, clause.rest)
    known = sure(catalogue, f"{clause.verb} {clause.rest}")
    if not name or known is not None:
        return None
    task, edits = _made(catalogue, request, clause, name)
    branch = way_meant(catalogue, found["when"])
    if branch is not None:
        row = catalogue.inside(branch)
        ends = bool(row) and getattr(catalogue.by_id[row[-1]], "block", "") == "end"
        place = Place(before=row[-1]) if ends else Place(into=branch)
        return Outcome(f"add {name} if {found['when']}", (*edits, Insert(blocks=(task,), place=place)))
    return _asked(catalogue, request, task, edits, found["when"])


def _made(catalogue: Catalogue, request: str, clause: Clause, name: str) -> tuple[Task, list[Edit]]:
    role, edits = (None, list[Edit]()) if clause.who in ANYBODY else put(catalogue, request, clause.who)
    fields = {"id": Fresh(catalogue).id(name), "name": name, "role": role.id if role else None, "basis": "stated"}
    return Task.model_validate(fields), edits


def _asked(catalogue: Catalogue, request: str, task: Task, edits: list[Edit], when: str) -> Doubt | None:
    """Where a new step under a new condition goes: behind a step the words speak of, or at the end."""
    when = re.sub(r"^(?:the|an?) ", "", when)
    near = some(catalogue, f"{when} {task.name}")
    places = [*(Place(after=step) for step in near[:2]), at_edge(catalogue, "end"), at_edge(catalogue, "start")]
    readings = []
    for place in places[:3]:
        decision = Fresh(catalogue).id(f"decision {task.id}")
        ways = (
            Branch(id=f"{decision}.1", when=when, do=Sequence(items=(task,))),
            Branch(id=f"{decision}.2", when="otherwise"),
        )
        question = capitals(request, when) + "?"
        made = Insert(blocks=(Choice(id=decision, question=question, branches=ways),), place=place)
        readings.append(Outcome(f"add {task.name} {spot_in_words(catalogue, place)}, if {when}", (*edits, made)))
    return Doubt(f"After which step is it decided whether to {task.name[:1].lower()}{task.name[1:]}?", tuple(readings))


def _limited(catalogue: Catalogue, request: str, text: str) -> Doubt | None:
    """`a manager approves claims above 5000`: a step for some cases only."""
    clause = parsed(catalogue, text)
    found = OVER.match(clause.rest) if clause else None
    if clause is None or found is None or clause.who in ANYBODY or not content(found["what"]):
        return None
    name = new_name(request, clause.verb, found["what"])
    task, edits = _made(catalogue, request, clause, name)
    when = f"{content(found['what'])[-1]} {found['sign']} {found['limit']}"
    return _asked(catalogue, request, task, edits, when)
