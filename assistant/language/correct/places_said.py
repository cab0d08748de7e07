"""Where something that is there stands, said outright.

`The bill is the last step`, `"Write bill" at the end`, `move the decision "Bike broken?" after "Check bike"`.
"""

from __future__ import annotations

import re

from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import alike, content, role_named, sure
from assistant.language.change.read_change import Outcome
from assistant.language.correct.order_of_steps import beside, where_steps
from assistant.language.correct.piece_of_story import piece, tasks_in
from assistant.language.correct.sentence_said import ARTICLE, Sentence, one_step, role_of
from assistant.process.blocks import Choice, Loop
from assistant.process.edits import Insert, Move

EDGE = (
    r"(?:(?:is|comes|goes|happens|stands|belongs|must be|should be|has to be)\s+(?:done\s+|made\s+)?)"
    r"(?:(?:the |our )?(?:very )?(?P<edge>first|last)(?: (?:step|thing|task|one|of all|in line))?(?: of all)?"
    r"(?: (?:that happens|we do|of the (?:process|work)))?"
    r"|(?:right )?at the (?:very )?(?P<edge2>start|beginning|end))"
)
STANDS = re.compile(rf"^(?P<what>(?:[\"“][^\"“”]+[\"”]|[^,;\"“”]{{2,40}}?))\s+{EDGE}$", re.IGNORECASE)
CURT = re.compile(
    r"^(?:(?:put|move|place|bring|do)\s+)?(?P<what>(?:[\"“][^\"“”]+[\"”]|[^,;\"“”]{2,40}?))\s+"
    r"(?:(?:right )?(?:at|to) the (?:very )?(?P<edge>start|beginning|end)|(?P<edge2>first|last))"
    r"(?: (?:of all|please))?$",
    re.IGNORECASE,
)
A_DECISION = r"(?:decision|question|branch(?:ing)?|split|fork|loop|repetition)"
DECISION = re.compile(
    rf"^(?:please )?(?:(?:move|put|place|bring|shift)\s+)?(?:the )?{A_DECISION}\s+"
    r"(?:(?:about|whether|if|on|called|for)\s+)?"
    r"(?P<what>.+?)\s+(?:(?:should |must |has to )?(?:comes?|goes|stands|belongs|is|be)\s+)?(?:right |directly |only )?"
    r"(?:(?P<side>before|after|behind|in front of|ahead of)\s+(?P<where>.+)|"
    r"(?:at|to) the (?:very )?(?P<edge>start|beginning|end))$",
    re.IGNORECASE,
)
QUOTES = "\"“”‘’' "
MOVED = re.compile(r"^(?:move|put|place|bring|shift)\b", re.IGNORECASE)
_THAT = frozenset("that this it they these those which what he she we i".split())


def read(sentence: Sentence) -> Outcome | None:
    """The step or decision moved there; an outcome without edits where it stands there already."""
    text = sentence.request.strip(" .!")
    if said := DECISION.match(text):
        return _decision(sentence, said)
    said = STANDS.match(text) or CURT.match(text)
    what = said["what"].strip(QUOTES) if said else ""
    if said is None or what.lower() in _THAT:
        return None
    catalogue = sentence.catalogue
    outright = said.re is STANDS or MOVED.match(text)
    step = (one_step if outright else sure)(catalogue, what.lower())
    if step is not None and _is_named(sentence, what, step):
        return _at_edge(sentence, step, said["edge"] or said["edge2"])
    return _new(sentence, what, said["edge2"]) if said.re is CURT and said["edge2"] and not MOVED.match(text) else None


def _new(sentence: Sentence, what: str, edge: str) -> Outcome | None:
    """`the waiter sets the table first`: what somebody known does before all else, or at last."""
    words = ARTICLE.sub("", what).split()
    known = any(role_named(sentence.catalogue, " ".join(words[:size])) for size in (1, 2, 3))
    if not known and not re.match(r"(?:the|our)\s", what, re.IGNORECASE):
        return None
    blocks, roles = piece(sentence, what)
    made = list(tasks_in(blocks))
    if len(blocks) != 1 or len(made) != 1 or made[0].id in sentence.catalogue.by_id:
        return None
    place = at_edge(sentence.catalogue, "start" if edge.lower() == "first" else "end")
    return Outcome(f"add {made[0].name}", (*roles, Insert(blocks=blocks, place=place)))


def _is_named(sentence: Sentence, what: str, step: str) -> bool:
    """Whether all that is said is the step, its verb told as a noun or left out, perhaps with who does it."""
    role = sentence.catalogue.process.role(role_of(sentence.catalogue, step) or "")
    own = content(f"{sentence.catalogue.name(step)} {role.name if role else ''}")
    return all(any(alike(word, part) for part in own) for word in content(what))


def _at_edge(sentence: Sentence, block: str, edge: str) -> Outcome:
    catalogue = sentence.catalogue
    first = edge.lower() in ("first", "start", "beginning")
    row, name = catalogue.rows["flow"], _called(sentence, block)
    if row and row[0 if first else -1] == block:
        return Outcome(f"{name} stands at the {'start' if first else 'end'}", ())
    return Outcome(f"move {name}", (Move(ids=(block,), place=at_edge(catalogue, "start" if first else "end")),))


def _called(sentence: Sentence, block: str) -> str:
    own = sentence.catalogue.by_id[block]
    return f"“{getattr(own, 'question', '') or sentence.catalogue.name(block)}”"


def _decision(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    catalogue = sentence.catalogue
    words = content(said["what"])
    fits = [
        block.id for block in catalogue.steps if isinstance(block, Choice | Loop)
        and words and all(any(alike(word, part) for part in content(_told(block))) for word in words)
    ]  # fmt: skip
    if len(fits) != 1:
        return None
    if said["edge"]:
        return _at_edge(sentence, fits[0], said["edge"])
    before = said["side"].lower() in ("before", "in front of", "ahead of")
    steps = where_steps(sentence, said["where"].strip(QUOTES).lower())
    anchors = [step for step in steps if fits[0] not in catalogue.chain(step)]
    place = beside(catalogue, fits[0], anchors[0], before) if len(anchors) == 1 else None
    title = f"{_called(sentence, fits[0])} {said['side'].lower()} {_called(sentence, anchors[0])}" if place else ""
    return Outcome(title, (Move(ids=(fits[0],), place=place),)) if place else None


def _told(block: Choice | Loop) -> str:
    """The words a decision or repetition is known by."""
    own = [block.while_, block.until or ""] if isinstance(block, Loop) else [way.when or "" for way in block.branches]
    return " ".join([block.question or "", *own])
