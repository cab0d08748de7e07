"""Telling with a place: `before that …`, `at the very end …`.

The sentence is read as a piece of a story of its own and put where its words say.
"""

from __future__ import annotations

import re

from assistant.english.forms import verb_forms
from assistant.english.tables import patterns, worded
from assistant.language.change.catalogue import done_by
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.at_the_same_time import side_by_side
from assistant.language.correct.order_of_steps import THAT, beside, where_steps
from assistant.language.correct.piece_of_story import known_step, piece, tasks_in, with_doer, with_thing
from assistant.language.correct.sentence_said import Sentence, clause_at, likely, mentioned, role_of
from assistant.language.correct.told_under_condition import completed, conditional
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.persons import sex_of
from assistant.language.turn.intent import GOES_ON
from assistant.process.blocks import Choice, Loop, Task
from assistant.process.edits import Insert, Move, Parallelise, Place

FIRST = re.compile(
    rf"^(?:{worded('begins-all')}|first(?= (?:the|our|an?)\b))[\s,:]+|[\s,]+(?:at the (?:very )?(?:beginning|start)|"
    r"before anything else|first of all)$",
    re.IGNORECASE,
)
EDGE = re.compile(
    r"[\s,]+(?:right |already )?at the (?:very )?(?P<edge>beginning|start|end)(?=\s*[,;–-])(?P<comment>[^.]*)$",
    re.IGNORECASE,
)
"""The edge, with a comment behind it: `… right at the beginning, before anyone touches anything`."""
LAST = re.compile(
    rf"^(?:{worded('ends-all')})[\s,:]+|[\s,]+(?:at the very (?:end|last)|last of all|right at the end)$", re.IGNORECASE
)
AT_AN_EDGE = re.compile(
    rf"^\W*(?:(?:and|then|so|oh)\b\W*)*(?:{worded('begins-all')}|{worded('ends-all')})[\s,:]+(?P<front>\S.*)$",
    re.IGNORECASE,
)
ACTS = re.compile(
    r"(?:(?:the|our|my|an?)\s+[\w-]+(?:\s+(?!(?:he|she|they|it|we)\b)[\w-]+)?|"
    r"(?!(?:it|this|that|there|every\w+|no\w+|all|what|who|which|he|she)\b)[\w-]+)\s+"
    r"(?:(?!(?:is|was|has|does|takes|costs|lasts|hurts|happens|goes|comes)\b)\w+s|must|has to|have to|needs? to)\s+\w+",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"^(?:in between|in the meantime|meanwhile)[\s,]+", re.IGNORECASE)
SIDE = (
    r"(?:right |directly |just |shortly |immediately |straight )?(?P<side>before|prior to|after|following|"
    r"once|as soon as)"
)
AHEAD = re.compile(rf"^{SIDE}\s+(?P<where>[^,;]+),\s*(?P<front>.+)$", re.IGNORECASE)
TWO_SIDES = re.compile(r"^(?P<first>.+?) (?:and|but) (?P<side>before|after) (?P<second>.+)$", re.IGNORECASE)
"""`after the date is fixed and before the ceremony, …`"""
OPEN = re.compile(rf"^{SIDE}\s+(?P<rest>[^,;]+.*)$", re.IGNORECASE)
BEHIND = re.compile(rf"^(?P<front>.+?)[\s,]+{SIDE}\s+(?P<where>[^,;]+)(?:[,;].*)?$", re.IGNORECASE)


WHEN = re.compile(r"^(?:when|whenever|now that)\s+(?P<where>[^,;]+),\s*(?:then\s+)?(?P<front>.+)$", re.IGNORECASE)
HAVING = re.compile(r"^(?:after )?having\s+", re.IGNORECASE)
BEFOREHAND = re.compile(worded("told-with-place-beforehand"), re.IGNORECASE)
WHILE = re.compile(
    r"^(?:while|whilst|at the same time as|as(?!\s+(?:soon|long|well|far|of|a)\b)|"
    r"during)\s+(?P<where>[^,;]+)[,;]\s*(?P<front>.+)$|"
    r"^(?P<front2>.+?)[\s,]+(?:while|whilst|at the same time as|in parallel (?:to|with)|during)\s+(?P<where2>[^,;]+)$",
    re.IGNORECASE,
)


ONLY_THEN = patterns("told-with-place-only-then")
"""`the guest signs the form, only after this the clerk hands out the key`: in front of what has to wait for it."""
NOTHING_BEFORE = re.compile(worded("told-with-place-nothing-before"), re.IGNORECASE)
AT_IT = re.compile(r"[\s,]+while (?:he|she|they|we)(?:'s|'re| is| are) at it\W*$", re.IGNORECASE)
BETWEEN_TWO = re.compile(r"^(?:in )?between (?P<a>[^,;]{2,40}?) and (?P<rest>[^;]+)$", re.IGNORECASE)
PLAINLY_WHILE = re.compile(r"(?:while|whilst)\b(?!.*(?:\b(?:if|sometimes|only|not|never|in case)\b|n't\b))")
WHILE_OPEN = re.compile(r"^(?:while|whilst|during)\s+(?P<rest>[^,;]+)$", re.IGNORECASE)


def at_an_edge(words: str) -> bool:
    """Whether somebody does something before or after all else: `last of all the caretaker hands out the key`."""
    found = AT_AN_EDGE.match(words)
    return found is not None and ACTS.match(found["front"]) is not None


def places(words: str) -> bool:
    """Whether words may say where something is done, and do not only go on with the story."""
    return not GOES_ON.match(words) or at_an_edge(words)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """A sentence that tells something new at a place or under a condition, as edits; a question where the place is
    none that is known; None when it says neither."""
    if at_an_edge(sentence.request) and (placed := _placed(sentence)):
        return placed
    return only_then(sentence) or conditional(sentence) or _placed(sentence) or _where_then(sentence)


CLAUSE = re.compile(worded("told-with-place-clause"), re.IGNORECASE)


def _where_then(sentence: Sentence) -> Doubt | None:
    """`when the goods are delivered, Rosa checks the note`, where no step delivers goods: where does that belong?"""
    catalogue = sentence.catalogue
    for front, side, where in _cuts(sentence, HAVING.sub("after ", sentence.request)):
        if not CLAUSE.match(where) or _place(sentence, side, where, front) is not None:
            continue
        roles = mentioned(catalogue, front)
        row = catalogue.rows["flow"]
        near = [id_ for id_ in likely(catalogue, f"{where} {front}".lower()) if id_ in row]
        near += [id_ for id_ in row if roles and done_by(catalogue.by_id[id_]) == roles[0].id]
        places = [Place(before=id_) if side in ("before", "prior to") else Place(after=id_) for id_ in near]
        ways = {place.before or place.after: _inserted(sentence, front, place) for place in [*places[:2]]}
        ways["end"] = _inserted(sentence, front, at_edge(catalogue, "end"))
        readings = [
            Outcome(f"{side} {catalogue.name(str(id_))}" if id_ != "end" else "at the end", way.edits)
            for id_, way in ways.items() if way is not None and way.title == "new"
        ]  # fmt: skip
        if len(readings) > 1:
            return Doubt(f"I know no step by “{where}”. Where does that belong?", tuple(readings))
    return None


def _placed(sentence: Sentence) -> Outcome | None:
    text = HAVING.sub("after ", BETWEEN.sub("", sentence.request))
    catalogue = sentence.catalogue
    if not catalogue.rows["flow"]:
        return None
    for pattern, edge in ((FIRST, "start"), (LAST, "end")):
        if pattern.search(text):
            rest = NOTHING_BEFORE.sub("", pattern.sub("", text))
            behind = BEHIND.match(rest) if edge == "end" else None
            if behind and (place := _place(sentence, behind["side"], behind["where"], behind["front"])):
                return _inserted(sentence, behind["front"], place)
            plain = re.match(r"first (?:the|our|an?)\b", text, re.IGNORECASE)  # not the very first of all
            return _inserted(sentence, rest, _start(sentence) if plain else at_edge(catalogue, edge))
    if (border := EDGE.search(text)) and not figures_in(border["comment"]):
        side = "end" if border["edge"].lower() == "end" else "start"
        return _inserted(
            sentence, text[: border.start()], _start(sentence) if side == "start" else at_edge(catalogue, side)
        )
    if beside_it := _beside_known(sentence, text):
        return beside_it
    if found := WHILE.match(text):
        return _meanwhile(sentence, found["where"] or found["where2"], found["front"] or found["front2"])
    if ahead := BEFOREHAND.search(text):
        front = text[: ahead.start()]
        place = _before_that(sentence, "before", front) or _before_thing(sentence, front)
        return _inserted(sentence, front, place) if place else None
    for front, side, where in _cuts(sentence, text):
        place = _place(sentence, side, where, front)
        anchor = (place.before or place.after) if place else None
        made = _inserted(sentence, with_thing(sentence, front, where, anchor), place) if place else None
        if made is not None:
            return made
    if text != sentence.request:
        return _inserted(sentence, text, at_edge(catalogue, "end"))
    return None


def meanwhile(sentence: Sentence) -> Outcome | None:
    """`While the room is being checked the waiter is bringing coffee`: somebody's new step beside one that is there."""
    if not PLAINLY_WHILE.match(sentence.text):
        return None
    told, opened = WHILE.match(sentence.request), WHILE_OPEN.match(sentence.request)
    if told is None:
        return _open_while(sentence, opened["rest"]) if opened else None
    front = told["front"] or ""
    return _meanwhile(sentence, told["where"], front) if _begins_with_somebody(sentence, front) else None


def _meanwhile(sentence: Sentence, where: str, front: str) -> Outcome | None:
    """`while the papers are printed, the office books the rooms`: the new step runs beside that one."""
    where = re.sub(r"\b(?:is|are)\s+being\s+", "are ", where.lower())
    steps = where_steps(sentence, _without_pronoun(where))
    told = clause_at(sentence, front)
    if len(steps) == 1 and told is not None and _same_hands(sentence, told):
        return side_by_side(sentence, steps[0], told[1])
    blocks, roles = piece(sentence, with_doer(sentence, front, None)) if len(steps) == 1 else ((), [])
    if len(blocks) != 1 or not isinstance(blocks[0], Task) or not isinstance(sentence.catalogue.by_id[steps[0]], Task):
        return None
    known = known_step(sentence, blocks[0])
    if known is not None:
        return side_by_side(sentence, steps[0], known)
    fresh = Fresh(sentence.catalogue)
    fresh.taken.add(blocks[0].id)
    both = Parallelise(groups=((steps[0],), (blocks[0].id,)), id=fresh.id("parallel"))
    return Outcome("side by side", (*roles, Insert(blocks=blocks, place=Place(after=steps[0])), both))


def _start(sentence: Sentence) -> Place:
    """The start of the own work: behind what somebody outside does to set it going."""
    outside = {role.id for role in sentence.catalogue.process.roles if role.kind == "external"}
    row = sentence.catalogue.rows["flow"]
    first = next((id_ for id_ in row if done_by(sentence.catalogue.by_id[id_]) not in outside), None)
    return at_edge(sentence.catalogue, "start") if first is None else Place(before=first)


def _same_hands(sentence: Sentence, told: tuple[str, str, str]) -> bool:
    """Whether somebody does what is there as his: the words behind the verb name nothing else."""
    role = role_of(sentence.catalogue, told[1])
    own = content(sentence.catalogue.name(told[1]))
    same = [named for named in mentioned(sentence.catalogue, told[0]) if named.id == role]
    return bool(same) and all(any(alike(word, part) for part in own) for word in content(told[2]))


def only_then(sentence: Sentence) -> Outcome | None:
    """Something new in front of a step that is there, which is only done then."""
    for pattern in ONLY_THEN:
        found = pattern.match(sentence.request)
        known = where_steps(sentence, found["where"].lower()) if found else []
        made = _inserted(sentence, found["front"], Place(before=known[0])) if found and len(known) == 1 else None
        if made is not None:
            return made
    return None


def _beside_known(sentence: Sentence, text: str) -> Outcome | None:
    """At the same go as the step told last, between two steps, or while another is done."""
    if AT_IT.search(text):
        near = sentence.recent[-1] if sentence.recent else None
        told = re.sub(r"\b(?:its|his|her|their) ", "the ", AT_IT.sub("", text))
        return _inserted(sentence, told, Place(after=near) if near else at_edge(sentence.catalogue, "end"))
    if found := BETWEEN_TWO.match(text):
        return _in_between(sentence, found["a"], found["rest"])
    opened = WHILE_OPEN.match(text)
    return _open_while(sentence, opened["rest"]) if opened else None


def _open_while(sentence: Sentence, rest: str) -> Outcome | None:
    """`while the groomer is washing the dog Priya prints the bill`: cut where somebody else begins to act."""
    words = rest.split()
    for size in range(2, len(words) - 2):
        front = " ".join(words[size:])
        if _begins_with_somebody(sentence, front) and (made := _meanwhile(sentence, " ".join(words[:size]), front)):
            return made
    return None


def _in_between(sentence: Sentence, first: str, rest: str) -> Outcome | None:
    """`between resting and tasting the roaster sieves the beans`."""
    words = rest.replace(",", " ,").split()
    for size in range(1, min(8, len(words) - 2)):
        front = " ".join(words[size:]).lstrip(", ")
        second = where_steps(sentence, " ".join(words[:size]).strip(" ,").lower())
        if len(second) >= 1 and _begins_with_somebody(sentence, front):
            return _inserted(sentence, front, Place(before=second[0]))
    anchor = where_steps(sentence, first.lower())
    found = [
        size for size in range(1, min(8, len(words) - 2)) if _begins_with_somebody(sentence, " ".join(words[size:]))
    ]
    if anchor and found:
        return _inserted(sentence, " ".join(words[found[0] :]), Place(after=anchor[-1]))
    return None


def _before_thing(sentence: Sentence, front: str) -> Place | None:
    """The first step with the same thing: what is done to it `before` is done before that."""
    found = likely(sentence.catalogue, front.lower())
    return Place(before=found[0]) if found else None


def _cuts(sentence: Sentence, text: str) -> list[tuple[str, str, str]]:
    """Ways to cut a sentence into what is told, the side and the place."""
    found = []
    if (when := WHEN.match(text)) and completed(when["where"]):
        found.append((when["front"], "after", when["where"]))
    if ahead := AHEAD.match(text):
        two = TWO_SIDES.match(ahead["where"])
        found += [(ahead["front"], two["side"].lower(), two["second"])] if two else []
        found.append((ahead["front"], ahead["side"].lower(), two["first"] if two else ahead["where"]))
    if opened := OPEN.match(text):
        words = opened["rest"].split()
        for size in range(1, min(8, len(words) - 2)):
            front = " ".join(words[size:])
            if _begins_with_somebody(sentence, front):
                found.append((front, opened["side"].lower(), " ".join(words[:size])))
    elif not ahead and (behind := BEHIND.match(text)):
        trail = text[behind.end("where") :]
        timed = [figure for figure in figures_in(trail) if figure.kind == "duration"]
        front = f"{behind['front']}, {trail[timed[0].a : timed[0].b]}" if len(timed) == 1 else behind["front"]
        found.append((front, behind["side"].lower(), behind["where"]))
    return found


def _begins_with_somebody(sentence: Sentence, text: str) -> bool:
    words = re.sub(r"^(?:the|our|an?)\s+", "", text, flags=re.I).split()
    known = any(role_named(sentence.catalogue, " ".join(words[:size])) for size in range(1, min(4, len(words))))
    pronoun = re.match(r"(?:he|she|they|we|someone|somebody)\s+\w+", text, re.IGNORECASE)
    passive = re.match(r"(?:the|our|an?)\s+\w+(?:\s+\w+)?\s+(?:is|are|gets?)\s+\w+\s+by\b", text, re.IGNORECASE)
    return (
        known
        or passive is not None
        or bool(pronoun)
        or bool(re.match(r"(?:the|our)\s+\w+(?:\s+(?!(?:he|she|they|it|we)\b)\w+)?\s+\w+s\b", text, re.IGNORECASE))
    )


def _place(sentence: Sentence, side: str, where: str, front: str) -> Place | None:
    where = where.strip().lower()
    if where in THAT:
        return _before_that(sentence, side, front)
    if beside_them := _after_somebody(sentence, side, where, front):
        return beside_them
    state = re.match(r"^(?:he|she|they|it|we)\s+(?:is|are|was|were)\s+(?P<how>\w+)", where)
    pronoun = state is not None and not any(form.form in ("en", "ed") for form in verb_forms(state["how"]))
    steps = [] if pronoun else where_steps(sentence, _without_pronoun(where))
    before = side in ("before", "prior to")
    if not steps and where.split()[0] in ("he", "she", "they"):
        return _before_them(sentence, where, front) if before else _before_that(sentence, side, front)
    if not 1 <= len(steps) <= 3:
        return None
    anchor = steps[0] if before else steps[-1]
    return Place(before=anchor) if before else Place(after=anchor)


def _after_somebody(sentence: Sentence, side: str, where: str, front: str) -> Place | None:
    """`the director signs after the parents`: beside what they do of that kind."""
    role = role_named(sentence.catalogue, re.sub(r"^(?:the|our)\s+", "", where))
    own = [step for step in sentence.catalogue.named if role and done_by(step) == role.id]
    like = [step.id for step in own if any(alike(word, content(step.name)[0]) for word in content(front))]
    if len(like) != 1:
        return None
    return Place(before=like[0]) if side in ("before", "prior to") else Place(after=like[0])


def _without_pronoun(where: str) -> str:
    words = where.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0] in ("he", "she", "they", "it", "we") else where


def _before_them(sentence: Sentence, where: str, front: str) -> Place | None:
    """`before he starts`: before the last step that somebody does who can be meant; after `he` no woman's. Where who
    is named for it can be he, it is before the first of his."""
    other = {"he": "she", "she": "he"}.get(where.split()[0], "")
    roles = {role.id: sex_of(role.name.split()) for role in sentence.catalogue.process.roles}
    sure = {"he": "she", "she": "he"}.get(other, "")
    tasks = [step for step in sentence.catalogue.named if isinstance(step, Task) and step.role]
    own = [step for step in tasks if roles[step.role or ""] != other]
    named = {role.id for role in mentioned(sentence.catalogue, front)}
    if his := [step for step in own if step.role in named]:
        return Place(before=his[0].id)
    fits = [step for step in own if roles[step.role or ""] == sure] or own
    meant = [step for step in fits if sentence.recent == (step.id,)] or fits
    return Place(before=meant[-1].id) if meant else None


BEFORE_THEM = re.compile(
    r"^(?:and |but |so )?before (?P<where>(?:he|she|they) (?:starts?|begins?)),? (?P<front>[^,;]+(?:, [^,;]+)?)$", re.I
)


def before_them(sentence: Sentence) -> Outcome | None:
    """`Before he starts, Mia takes photos`: a step before what he does."""
    said = BEFORE_THEM.match(sentence.request)
    place = _before_them(sentence, said["where"].lower(), said["front"]) if said else None
    return _inserted(sentence, said["front"], place) if said and place else None


def _before_that(sentence: Sentence, side: str, front: str) -> Place | None:
    """The step told last; after a whole story, the first step of who is named, for that is what they do before."""
    catalogue, before = sentence.catalogue, side == "before"
    anchor = sentence.recent[0 if before else -1] if len(sentence.recent) == 1 else ""
    if not anchor:
        roles = mentioned(catalogue, front)
        own = catalogue.of_role(roles[0].id if roles else None)
        anchor = own[0 if before else -1] if own else ""
    if not anchor or anchor not in catalogue.by_id:
        return None
    return Place(before=anchor) if before else Place(after=anchor)


def _inserted(sentence: Sentence, told: str, place: Place) -> Outcome | None:
    near = place.before or place.after
    blocks, roles = piece(sentence, with_doer(sentence, told, near))
    if not blocks or len(list(tasks_in(blocks))) > 4 or any(isinstance(block, Choice | Loop) for block in blocks):
        return None
    known = [step for block in blocks if (step := known_step(sentence, block))]
    anchor = place.before or place.after
    if len(known) == len(blocks) == 1:
        spot = beside(sentence.catalogue, known[0], anchor, place.before is not None) if anchor else place
        if spot is None or known[0] == anchor:
            return None
        return Outcome(f"move {sentence.catalogue.name(known[0])}", (Move(ids=tuple(known), place=spot),))
    return Outcome("new", (*roles, Insert(blocks=blocks, place=place)))


def appended(sentence: Sentence, anybody: bool = False) -> Outcome | None:
    """A plain sentence whose doer is known, as steps at the end; with a condition, on a way of its own."""
    if (under := conditional(sentence, any_if=True)) is not None:
        return under
    text = re.sub(r"^(?:then|next|after that|afterwards|finally)[\s,]+", "", sentence.request, flags=re.IGNORECASE)
    blocks, roles = piece(sentence, text)
    doers = [task.role for task in tasks_in(blocks)]
    if (roles and not anybody) or not doers or not all(doers) or any(known_step(sentence, block) for block in blocks):
        return None
    return Outcome("new", (*roles, Insert(blocks=blocks, place=at_edge(sentence.catalogue, "end"))))
