"""Sentences of a fixed form: `if ..., do ...`, `there should be a ... before ...`, `do not ... before ...`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.how_it_is_to_be import MODAL, added, at_edge, spot_in_words
from assistant.language.change.mention import content, plain, role_named, some, sure
from assistant.language.change.new_names import capitals
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.piece_of_story import piece
from assistant.language.correct.sentence_said import Sentence
from assistant.process.blocks import Branch, Choice, Sequence, Task
from assistant.process.durations import Basis
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
INSTEAD = re.compile(r"^(?:please )?(?P<new>[a-z][^,;]{3,60}?) instead of (?P<old>[^,;]+)$")
OVER = re.compile(r"^(?P<what>.+?) (?P<sign>above|over|below|under|more than|less than|up to|from) (?P<limit>\d.*)$")
LEAD = re.compile(rf"^(?:(?:please|then|also|always|we|you|{MODAL}) )*")
NOT_NEW = classed("changes", "not-new")
ARTICLES = classed("changes", "articles")
NO_OBJECT = classed("changes", "no-object")


def told(catalogue: Catalogue, request: str) -> Outcome | Doubt | None:
    """What a sentence of one of these forms asks for."""
    text = plain(request)
    if len(text) > 170 or re.search(r'[:"?]|\. |\b(?:else|otherwise|parallel|until then)\b', text):
        return None
    readers = (_instead, _needed, _conditional, _limited)
    made = (reader(catalogue, request, text) for reader in readers)
    return next((outcome for outcome in made if outcome), None)


def not_before(catalogue: Catalogue, request: str) -> Outcome | None:
    """`do not ship before the invoice is sent`: shipping goes behind it."""
    found = NOT_BEFORE.match(plain(request))
    what, first = (sure(catalogue, found["what"]), sure(catalogue, found["first"])) if found else (None, None)
    if not what or not first or what == first or what in catalogue.chain(first) or what in catalogue.after(first):
        return None
    return Outcome(
        f"move {catalogue.name(what)} after {catalogue.name(first)}", (Move(ids=(what,), place=Place(after=first)),)
    )


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
    name = _name(request, found["new"])
    if not name or name.lower() == catalogue.name(old).lower():
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


def _name(request: str, told: str) -> str:
    """What a new step is called that is asked for without anybody: empty where it is none."""
    verb, _, rest = LEAD.sub("", told).partition(" ")
    kept = [
        word for word in rest.split() if word not in ARTICLES and word not in ("too", "also", "again", "well", "as")
    ]
    known = (is_verb(verb) or base_of(verb, "base")) and verb not in NOT_NEW
    if not known or not 1 <= len(kept) <= 8 or NO_OBJECT & {kept[0], kept[-1]}:
        return ""
    written = {word.lower(): word for word in re.findall(r"[\w'-]+", request)}
    return " ".join([verb[0].upper() + verb[1:], *(written.get(word, word) for word in kept)])


def _made(catalogue: Catalogue, request: str, told: str) -> tuple[Task, list[Edit]] | None:
    """The step that words ask for, of whom they name or of nobody, and the edits for a role that is new."""
    blocks, roles = piece(Sentence(catalogue, request), told)
    if len(blocks) == 1 and isinstance(blocks[0], Task) and blocks[0].role:
        return blocks[0], roles
    name = _name(request, told)
    return (Task(id=Fresh(catalogue).id(name), name=name, basis=Basis.STATED), []) if name else None


def _conditional(catalogue: Catalogue, request: str, text: str) -> Outcome | Doubt | None:
    """`if the claim is not covered, call the customer`: on a new way, where is asked."""
    found = IF.match(text) or IF_LAST.match(text)
    if not found or re.search(r"^(?:only|just|skip|add|insert)\b|\bonly$", found["do"]):
        return None
    made = None if sure(catalogue, found["do"]) else _made(catalogue, request, found["do"])
    if made is None:
        return None
    return _asked(catalogue, request, *made, found["when"])


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
    found = OVER.match(text)
    made = _made(catalogue, request, found["what"]) if found else None
    if found is None or made is None or not made[0].role:
        return None
    when = f"{content(found['what'])[-1]} {found['sign']} {found['limit']}"
    return _asked(catalogue, request, *made, when)
