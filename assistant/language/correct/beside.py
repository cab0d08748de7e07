"""Telling with a place or a condition: `before that …`, `at the very end …`, `sometimes …, then …`.

The sentence is read as a piece of a story of its own, and what it tells is put where its words say.
"""

from __future__ import annotations

import re

from assistant.language.change.mention import content, role_named
from assistant.language.change.outcome import Fresh, Outcome
from assistant.language.change.statement import at_edge
from assistant.language.correct.order import THAT, beside, where_steps
from assistant.language.correct.parts import without_share
from assistant.language.correct.said import Sentence, mentioned
from assistant.process.blocks import Branch, Call, Choice, Loop, Sequence, Task, Wait
from assistant.process.edits import Edit, Insert, Move, Place, PutRole
from assistant.process.model import Process, Role
from assistant.process.tree import step_id, walk

FIRST = re.compile(
    r"^(?:first of all|at the (?:very )?(?:beginning|start)|the very first thing is(?: that)?|"
    r"before anything else|to begin with|"
    r"right at the (?:start|beginning))[\s,:]+|[\s,]+(?:at the (?:very )?(?:beginning|start)|"
    r"before anything else|first of all)$",
    re.IGNORECASE,
)
LAST = re.compile(
    r"^(?:at the (?:very )?end(?: of it all)?|last of all|the very last thing is(?: that)?|right at the end)[\s,:]+|"
    r"[\s,]+(?:at the very end|last of all|right at the end)$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"^(?:in between|in the meantime|meanwhile)[\s,]+", re.IGNORECASE)
SIDE = r"(?:right |directly |just |shortly |immediately |straight )?(?P<side>before|after|once|as soon as)"
AHEAD = re.compile(rf"^{SIDE}\s+(?P<where>[^,;]+),\s*(?P<front>.+)$", re.IGNORECASE)
OPEN = re.compile(rf"^{SIDE}\s+(?P<rest>[^,;]+.*)$", re.IGNORECASE)
BEHIND = re.compile(rf"^(?P<front>.+?)[\s,]+{SIDE}\s+(?P<where>[^,;]+)(?:[,;].*)?$", re.IGNORECASE)
SOMETIMES = re.compile(
    r"^(?:sometimes|occasionally|now and then|every now and then|from time to time|once in a while|"
    r"it happens that|it can happen that)"
    r"[\s,]+(?P<cond>.+?),?\s+(?:and\s+)?then\s+(?P<do>.+)$",
    re.IGNORECASE,
)
IF = re.compile(
    r"^(?P<word>when(?:ever)?|if|in case|should)\s+(?P<cond>[^,;]+),\s*(?:then\s+)?(?P<do>.+)$", re.IGNORECASE
)
IF_OPEN = re.compile(r"^(?P<word>when(?:ever)?|if|in case)\s+(?P<rest>[^,;]+.*)$", re.IGNORECASE)
IN_CASES = re.compile(
    r"^(?:in|for)\s+(?P<share>[^,;]*?(?:\bcases?|\btimes?|\bof them|(?:\bpercent|\bper cent|"
    r"%)(?! of)))\s+(?P<cond>[^,;]+?),?\s+(?:and\s+)?then\s+(?P<do>.+)$",
    re.I,
)
FOR_SOME = re.compile(r"^(?:for|with)\s+(?P<rest>[^,;]+.*)$", re.IGNORECASE)
STATE = re.compile(
    r"\b(?:not|no|nobody|nothing|never|n't|wants?|needs?|finds?|has|have|comes? from|is|are|gets? \w+ed|"
    r"too|missing|wrong|fails?)\b",
    re.I,
)
DONE = re.compile(
    r"\b(?:is|are|has|have)\s+(?:been\s+)?(?:done|finished|ready|complete[d]?|over|there|arrived|back|paid|signed|approved)\b",
    re.I,
)
FRONT = re.compile(r"^(?:(?:the|our|an?)\s+\w+|he|she|they|we|\w+)\b", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """A sentence that tells something new at a place or under a condition, as edits; None when it says neither."""
    return _conditional(sentence) or _placed(sentence)


# --- places


def _placed(sentence: Sentence) -> Outcome | None:
    text = BETWEEN.sub("", sentence.request)
    catalogue = sentence.catalogue
    if not catalogue.rows["flow"]:
        return None
    for pattern, edge in ((FIRST, "start"), (LAST, "end")):
        if pattern.search(text):
            rest = pattern.sub("", text)
            behind = BEHIND.match(rest) if edge == "end" else None
            if behind and (place := _place(sentence, behind["side"], behind["where"], behind["front"])):
                return _inserted(sentence, behind["front"], place)
            return _inserted(sentence, rest, at_edge(catalogue, edge))
    for front, side, where in _cuts(sentence, text):
        place = _place(sentence, side, where, front)
        made = _inserted(sentence, front, place) if place else None
        if made is not None:
            return made
    return None


def _cuts(sentence: Sentence, text: str) -> list[tuple[str, str, str]]:
    """Ways to cut a sentence into what is told, the side and the place."""
    found = []
    if ahead := AHEAD.match(text):
        found.append((ahead["front"], ahead["side"].lower(), ahead["where"]))
    elif opened := OPEN.match(text):
        words = opened["rest"].split()
        for size in range(1, min(8, len(words) - 2)):
            front = " ".join(words[size:])
            if _begins_with_somebody(sentence, front):
                found.append((front, opened["side"].lower(), " ".join(words[:size])))
    elif behind := BEHIND.match(text):
        found.append((behind["front"], behind["side"].lower(), behind["where"]))
    return found


def _begins_with_somebody(sentence: Sentence, text: str) -> bool:
    words = re.sub(r"^(?:the|our|an?)\s+", "", text, flags=re.I).split()
    known = any(role_named(sentence.catalogue, " ".join(words[:size])) for size in range(1, min(4, len(words))))
    return known or bool(re.match(r"(?:the|our)\s+\w+(?:\s+\w+)?\s+\w+s\b", text, re.IGNORECASE))


def _place(sentence: Sentence, side: str, where: str, front: str) -> Place | None:
    where = where.strip().lower()
    if where in THAT:
        return _before_that(sentence, side, front)
    pronoun = re.match(r"^(?:he|she|they|it|we)\s+(?:is|are|was|were)\s+(?!\w+ed\b)", where)
    steps = [] if pronoun else where_steps(sentence, _without_pronoun(where))
    before = side == "before"
    if not steps and where.split()[0] in ("he", "she", "they"):
        return _before_that(sentence, side, front)
    if not 1 <= len(steps) <= 3:
        return None
    anchor = steps[0] if before else steps[-1]
    return Place(before=anchor) if before else Place(after=anchor)


def _without_pronoun(where: str) -> str:
    words = where.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0] in ("he", "she", "they", "it", "we") else where


def _before_that(sentence: Sentence, side: str, front: str) -> Place | None:
    """The step told last; after a whole story, the first step of who is named, for that is what they do before."""
    catalogue, before = sentence.catalogue, side == "before"
    anchor = sentence.recent[0 if before else -1] if len(sentence.recent) == 1 else ""
    if not anchor:
        roles = mentioned(catalogue, front)
        own = [step.id for step in catalogue.named if roles and getattr(step, "role", None) == roles[0].id]
        anchor = own[0 if before else -1] if own else ""
    if not anchor or anchor not in catalogue.by_id:
        return None
    return Place(before=anchor) if before else Place(after=anchor)


def _inserted(sentence: Sentence, told: str, place: Place) -> Outcome | None:
    blocks, roles = piece(sentence, told)
    if not blocks or len(list(_tasks(blocks))) > 4 or any(isinstance(block, Choice | Loop) for block in blocks):
        return None
    known = [step for block in blocks if (step := _known(sentence, block))]
    anchor = place.before or place.after
    if len(known) == len(blocks) == 1:
        spot = beside(sentence.catalogue, known[0], anchor, place.before is not None) if anchor else place
        if spot is None or known[0] == anchor:
            return None
        return Outcome(f"move {sentence.catalogue.name(known[0])}", (Move(ids=tuple(known), place=spot),))
    return Outcome("new", (*roles, Insert(blocks=blocks, place=place)))


def appended(sentence: Sentence, anybody: bool = False) -> Outcome | None:
    """A plain sentence whose doer is known, as steps at the end; with a condition, on a way of its own."""
    if (under := _conditional(sentence, any_if=True)) is not None:
        return under
    text = re.sub(r"^(?:then|next|after that|afterwards|finally)[\s,]+", "", sentence.request, flags=re.IGNORECASE)
    blocks, roles = piece(sentence, text)
    doers = [task.role for task in _tasks(blocks)]
    if (roles and not anybody) or not doers or not all(doers) or any(_known(sentence, block) for block in blocks):
        return None
    return Outcome(
        "new",
        (
            *roles,
            Insert(blocks=blocks, place=at_edge(sentence.catalogue, "end")),
        ),
    )


def _known(sentence: Sentence, block: object) -> str | None:
    """The step that is there already under that name with those hands."""
    return next(
        (
            step.id for step in sentence.catalogue.named
            if isinstance(block, Task) and isinstance(step, Task)
            and step.name.lower() == block.name.lower() and block.role in (None, step.role)
        ),
        None,
    )  # fmt: skip


# --- conditions


def _conditional(sentence: Sentence, any_if: bool = False) -> Outcome | None:
    text, share = without_share(sentence.request)
    cond, do, p = "", "", share.middle if share else None
    if found := SOMETIMES.match(text):
        cond, do = found["cond"], found["do"]
    elif found := IN_CASES.match(text):
        from assistant.language.figures.reading import figure_from

        figure = figure_from(found["share"], "chance")
        cond, do, p = found["cond"], found["do"], figure.middle if figure else None
    elif found := IF.match(text):
        sure = found["word"].lower() in ("if", "in case", "should") and share is None and not any_if
        if sure or (share is None and (not STATE.search(found["cond"]) or DONE.search(found["cond"]))):
            return None
        cond, do = found["cond"], found["do"]
    elif found := IF_OPEN.match(text) or FOR_SOME.match(text):
        cond, do = _opened(sentence, found["rest"])
        if cond and "word" in found.groupdict() and found["word"].lower().startswith("when") and not STATE.search(cond):
            return None
    elif share is not None:
        cond, do = _subject(sentence, text)
    if not cond or not do:
        return None
    return _choice(sentence, cond.strip(" ,"), do.strip(" ,"), p)


def _opened(sentence: Sentence, rest: str) -> tuple[str, str]:
    """A condition without a comma behind it ends where somebody known begins to act."""
    words = rest.split()
    for size in range(2, len(words) - 1):
        front = " ".join(words[size:])
        bare = re.sub(r"^(?:the|our)\s+", "", front, flags=re.I).split()
        known = any(role_named(sentence.catalogue, " ".join(bare[:n])) for n in range(1, min(4, len(bare))))
        pronoun = re.match(r"(?:they|he|she|we)\s+\w+", front, re.I)
        somebody = re.match(r"(?:the|our) \w+ \w+s (?!of\b)\w+", front, re.I) and size > 2
        if (known or pronoun or somebody) and words[size - 1].lower() not in (
            "the",
            "our",
            "a",
            "an",
            "of",
            "by",
            "to",
            "for",
            "from",
            "with",
        ):
            return " ".join(words[:size]), front
    return "", ""


SENT_TO = re.compile(
    r"^(?P<what>[\w -]{3,40}?)\s+(?:go|goes|are sent|is sent|are given|is given)\s+to\s+(?P<who>the [\w ]{2,30}?),?\s+"
    r"(?:and\s+)?(?:she|he|they|who|which)\s+(?P<verb>\w+)\s+(?:them|it)\b",
    re.IGNORECASE,
)


def _subject(sentence: Sentence, text: str) -> tuple[str, str]:
    """`Fridges have to be taken by the special crew, about 10 %`: what the share is of is the condition."""
    if sent := SENT_TO.match(text):
        return sent["what"], f"{sent['who']} {sent['verb']} the {re.sub('^(?:the|all) ', '', sent['what'].lower())}"
    found = re.match(
        r"^(?P<what>[\w -]{3,40}?)\s+(?:have to|has to|must|need to|needs to|are|is|go|goes|get|"
        r"gets)\s+(?:be\s+)?(?P<do>.+)$",
        text,
    )
    if not found or mentioned(sentence.catalogue, found["what"]) or len(content(found["what"])) > 4:
        return "", ""
    return found["what"], re.sub(r"\s+(?:because|since|as)\b.*$", "", text)


def _choice(sentence: Sentence, cond: str, do: str, p: float | None) -> Outcome | None:
    do = _named_doer(sentence, cond, do)
    condition = re.sub(r"^(?:the|an?)\s+", "", cond)
    told = f"If {cond}, {do}."
    blocks, roles = piece(sentence, told)
    own = next((block for block in blocks if isinstance(block, Choice)), None)
    inner = own.branches[0].do.items if own and len(blocks) == 1 else blocks
    if not inner or not list(_tasks(inner)) or any(isinstance(block, Choice) for block in inner):
        blocks, roles = piece(sentence, do)
        inner = blocks
    if (not inner or not list(_tasks(inner))) and (lying := _lying(sentence, do)):
        inner, roles = (lying,), []
    if not inner or any(isinstance(block, Choice | Loop) for block in inner):
        return None
    id_ = Fresh(sentence.catalogue).id("decision")
    ways = (
        Branch(id=f"{id_}.1", when=condition, p=p, do=Sequence(items=tuple(inner))),
        Branch(id=f"{id_}.2", when="otherwise", p=None if p is None else round(1 - p, 6)),
    )
    made = Choice(id=id_, question=condition[0].upper() + condition[1:] + "?", branches=ways)
    return Outcome(condition, (*roles, Insert(blocks=(made,), place=_near(sentence, do))))


def _named_doer(sentence: Sentence, cond: str, do: str) -> str:
    """`they take a photo`: who the condition names does it."""
    found = re.match(r"^(?:they|he|she)\s+(?P<rest>.+)$", do, re.IGNORECASE)
    named = mentioned(sentence.catalogue, cond)
    if not found or not named:
        return do
    verb, _, rest = found["rest"].partition(" ")
    ends = verb if verb.endswith("s") else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return f"the {named[0].name.lower()} {ends} {rest}"


LYING = re.compile(
    r"^(?:the |it )?.*\b(?:stays?|waits?|lies?|sits?|rests?|stands?|is left|remains?)\b.*$", re.IGNORECASE
)


def _lying(sentence: Sentence, do: str) -> Wait | None:
    """`the car stays in the yard for a day`: a wait."""
    from assistant.language.figures.reading import figure_from
    from assistant.language.figures.stated import as_duration

    figure = figure_from(do, "duration") if LYING.match(do) else None
    if figure is None or figure.vague:
        return None
    name = re.sub(r"\s+(?:for\s+)?(?:about\s+)?$", "", do[: figure.a] if figure.a else do).strip(" ,")
    name = re.sub(r"^(?:the|an?)\s+", "", name, flags=re.IGNORECASE) or "wait"
    length = as_duration(figure).model_copy(update={"span": None})
    return Wait(id=Fresh(sentence.catalogue).id(name), name=name[0].upper() + name[1:], duration=length)


def _near(sentence: Sentence, do: str) -> Place:
    return at_edge(sentence.catalogue, "end")


# --- a piece of a story


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


def _tasks(blocks: tuple) -> list[Task | Call]:  # type: ignore[type-arg]
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
