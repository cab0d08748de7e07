"""What a turn says besides of the new step it tells, in clauses of their own: how often, how long, and who does it.

"Damaged pallets get rewrapped. Happens with one load in 12", "somebody counts the pieces, that's the supervisor, ten
minutes": none of these clauses is a condition, a place or a step.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.english.forms import singular
from assistant.english.tables import any_of, classed
from assistant.language.change.read_change import Fresh
from assistant.language.correct.last_look import AGENT, PERSONS
from assistant.language.correct.worked_or_waited import told_time
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.blocks import Block, Task
from assistant.process.edits import Edit, PutRole
from assistant.process.model import Role

Clauses = list[tuple[str, str]]
WORD = re.compile(r"[\w'%-]+")
BESIDE_A_SHARE = (
    classed("said", "leads-a-share") | classed("said", "answer-filler") | classed("said", "about-figure")
    | classed("said", "tells-how-often")
)  # fmt: skip
BY = re.compile(
    r"^(?P<lead>(?:(?:and|always|usually|that's|thats|that is|it's|its|it is|(?:done )?by|goe?s? to|handed to)\s+)*)"
    r"(?:the |our |an? )?"
    rf"(?P<who>(?!{any_of('no-name')}\b)[a-z][\w'-]*(?: [a-z][\w'-]+){{0,2}}?)"
    r"(?P<trail>(?: (?:i mean|that is|(?:who )?do(?:es)? (?:that|it|this|so|them)))?)$",
    re.IGNORECASE,
)
"""Who does it, said behind: `the checker i mean`, `that's the supervisor`, `the translator does that`."""
ANYBODY = re.compile(
    r"^(?:he|she|they|it|somebody|someone|one(?: of us)?)\s+(?=[a-z])(?!(?:from|of|in|at|else)\b)", re.IGNORECASE
)
TAKES = re.compile(
    r"^(?:and |but )?(?:that|it|this|which|he|she|they|those)(?:'s| is| are|(?: \w+)? (?:takes?|needs?|lasts?|"
    r"costs?))\b",
    re.IGNORECASE,
)
MOST_OF_TIME, MOST_BESIDE = 6, 1


class Besides(NamedTuple):
    """The clauses left; how often (0 to 1), how long and who does it, each with the words that say so."""

    parts: Clauses
    share: float | None
    shared: frozenset[int]
    work: Figure | None
    timed: frozenset[int]
    doer: str
    by: frozenset[int]

    def used(self, steps: Sequence[Block]) -> frozenset[int]:
        """The words besides that have gone into some steps."""
        return self.by | (self.timed if any(is_timed(step) for step in steps) else frozenset())


HANDED = re.compile(
    rf"^(?P<what>(?!(?:the|our|an?|his|her|their|its|{any_of('links-only')})\b)[\w'-]+(?: [\w'-]+){{0,3}})"
    r" goe?s? (?:straight )?to "
    r"(?P<who>(?:the |our )?[\w'-]+(?: [\w'-]+)?)$",
    re.IGNORECASE,
)
"""`leather chairs go to Viktor`: a kind of case, and who does what is told of it."""


def besides(spoken: Spoken, parts: Clauses) -> Besides:
    """What is said besides of the step that some clauses tell."""
    handed = next((found for part, link in parts if not link and (found := HANDED.match(part))), None)
    if handed is not None and len(parts) > 1:
        told = besides(spoken, [(handed["what"], "for") if part == handed[0] else (part, link) for part, link in parts])
        who = re.sub(r"^(?:the|our) ", "", handed["who"].lower())
        return told._replace(doer=told.doer or who, by=told.by | _words(spoken, handed["who"]))
    often = [_only_share(part) for part, _ in parts]
    doers = [_only_doer(spoken, part) if not link else "" for part, link in parts]
    share = next((value for value in often if value is not None), None)
    said = next((figure for figure in spoken.figures if figure.figure.kind == "chance"), None)
    shared = frozenset[int]() if said is None else said.at
    left = []
    for pair, own, doer in zip(parts, often, doers, strict=True):
        shared |= _words(spoken, pair[0]) if own is not None else frozenset()
        left += [pair] if own is None and not doer else []
    time = next((part for part, link in left if not link and only_time(part) is not None), "")
    by = next((part for (part, _), doer in zip(parts, doers, strict=True) if doer), "")
    return Besides(
        left or parts, said.figure.middle if share is None and said else share, shared, only_time(time),
        _words(spoken, time), next(filter(None, doers), ""), _words(spoken, by),
    )  # fmt: skip


def _words(spoken: Spoken, part: str) -> frozenset[int]:
    start = spoken.text.find(part) if part else -1
    return spoken.within(start, start + len(part)) if start >= 0 else frozenset()


def _only_share(part: str) -> float | None:
    """How often, where a clause says nothing else."""
    words = [(word[0].lower(), word.start()) for word in WORD.finditer(part)]
    start = next((at for word, at in words if word not in BESIDE_A_SHARE or word in ("one", "a")), 0)
    for text in (part, part[start:]):
        figure = next((said for said in figures_in(text) if said.kind == "chance" and not said.vague), None)
        if figure is not None:
            rest = WORD.findall(f"{text[: figure.a]} {text[figure.b :]}".lower())
            left = [word for word in rest if word not in BESIDE_A_SHARE]
            return figure.middle if len(left) <= MOST_BESIDE else None
    return None


def only_time(part: str) -> Figure | None:
    """How long, where a clause says little else."""
    figure = next((said for said in figures_in(part) if said.kind == "duration" and not said.vague), None)
    short = len(part.split()) <= (MOST_OF_TIME + 3 if TAKES.match(part) else MOST_OF_TIME)
    return figure if figure is not None and short else None


def _only_doer(spoken: Spoken, part: str) -> str:
    """Who does it, where a clause says nothing else; somebody nobody has heard of only where it is said so."""
    found = BY.match(part.strip())
    if found is None or not (found["lead"] or found["trail"]):
        return ""
    who = found["who"].lower()
    if any(name.role.name.lower() == who for name in spoken.people):
        return who
    head = singular(who.split()[-1])
    strange = (head in PERSONS or AGENT.fullmatch(head) or not found["lead"]) and not figures_in(part)
    said = re.search(r"\b(?:by|is|to)\b|'s\b|thats\b|its\b", found["lead"].lower()) or found["trail"]
    return who if strange and said else ""


def by_doer(text: str, doer: str) -> str:
    """`he signs the papers` with the one who is named behind."""
    return ANYBODY.sub(f"the {doer} ", text) if doer else text


TRAILS = re.compile(rf"(?:\s+(?:{any_of('trails-a-step')}|for|about|in|at))+$", re.IGNORECASE)


def made_whole(
    spoken: Spoken, blocks: tuple[Block, ...], roles: tuple[Edit, ...], told: Besides
) -> tuple[tuple[Block, ...], tuple[Edit, ...]]:
    """Steps with the time and the doer that are said besides, and names without what only trails behind."""
    last = max((place for place, block in enumerate(blocks) if isinstance(block, Task)), default=-1)
    timed = any(is_timed(block) for block in blocks)
    role, more = _role(spoken, told.doer) if any(_undone(block) for block in blocks) else (None, ())
    made: list[Block] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Task):
            bare = TRAILS.sub("", block.name)
            change: dict[str, object] = {"name": bare if " " in bare else block.name}
            if place == last and told.work is not None and not timed:
                change |= told_time(block.name, told.work)
            made.append(block.model_copy(update=change | ({"role": role} if _undone(block) else {})))
        else:
            made.append(block)
    return tuple(made), (*roles, *more)


def is_timed(block: Block) -> bool:
    """Whether a time is told of a step, worked or waited: it is told once."""
    return bool(getattr(block, "work", None) or getattr(block, "wait", None))


def _undone(block: Block) -> bool:
    return isinstance(block, Task) and block.role is None


def _role(spoken: Spoken, doer: str) -> tuple[str | None, tuple[Edit, ...]]:
    known = next((role.id for role in spoken.catalogue.process.roles if role.name.lower() == doer), None)
    if known or not doer:
        return known, ()
    made = Role(id=Fresh(spoken.catalogue).id(doer), name=doer[0].upper() + doer[1:])
    return made.id, (PutRole(role=made),)
