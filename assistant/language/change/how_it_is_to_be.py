"""A sentence about how it is to be: `security checks the bag after registration` adds a step, or gives one away.

Somebody, a verb and what it is done to. Where verb and object are those of a step that is there, the step is given to
that role or moved; otherwise it is a new step, done by that role, at the place that is said.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.english.forms import is_nounish, verb_forms
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content, plain, role_named, sure
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.change.who_works import give, put
from assistant.language.figures.numbers import value_of
from assistant.language.figures.reading import quantities
from assistant.language.offline.words.tokens import sentences
from assistant.process.blocks import Block, Task
from assistant.process.edits import Delete, Edit, Insert, Move, Place, WrapInChoice

MODAL = r"(?:should|must|shall|will|could|can|has to|have to|needs? to|ought to|is to|are to|may|might)"
FIRST = re.compile(r"^(?:first(?: of all)?|to begin with|at the (?:start|beginning)),? |,? (?:at the (?:very )?"
                   r"(?:start|beginning)|first)$")  # fmt: skip
LAST = re.compile(r"^(?:finally|lastly|at the (?:very )?end|in the end),? |,? (?:at the (?:very )?end|finally|in the "
                  r"end|last)$")  # fmt: skip
PLACE = re.compile(
    r"^(?P<front>.+?),? (?:right |directly |immediately |just |straight )?(?P<side>after|before|once|as soon as|"
    r"prior to|following) (?P<where>[^,;]+)$"
)
AHEAD = re.compile(
    r"^(?:right |directly |immediately |just )?(?P<side>after|before|once|as soon as|following) (?P<where>[^,;]+), "
    r"(?P<front>.+)$"
)
INSTEAD = re.compile(r",? (?:instead of|rather than|in place of|and not|not) (?:the |an? )?(?P<who>[a-z][a-z -]*)$|,? "
                     r"(?:instead|from now on|themselves|himself|herself|now)$")  # fmt: skip
SOMETIMES = re.compile(r"^(?P<how>only|just|skip|no need to|leave out|drop|omit)\b(?: the| a)? (?P<what>[^,<>=]+?)(?: "
                       r"only| just)? (?:for|in case of|with) (?P<case>[a-z][^,<>=\d]{2,60})$")  # fmt: skip
SPARED = re.compile(
    r"^(?P<what>[^,;]+?) (?:is|are) (?P<no>not |no longer )?(?:only )?(?:needed|required|necessary|done|wanted)"
    r"(?: only)? for\b"
)
NOBODY = re.compile(
    rf"^(?:nobody|no one|no-one|noone|we|they|customers?|visitors?) (?:{MODAL} |(?:really )?(?:want|need|have|has|"
    r"needs|wants)s? )*(?P<no>not |never |no longer |to have to |have to |to |need |needs )*(?P<what>.+?)(?: any ?more|"
    r" any longer|,? kill it|,? drop it|,? remove it|,? it can go)*$"
)
ANYBODY = classed("changes", "anybody")
LIGHT = frozenset("do make handle perform take run own cover manage execute".split())
NO_SUBJECT = classed("changes", "no-subject")  # fmt: skip
ORDERS = classed("changes", "orders")  # fmt: skip
NOT_DONE = classed("changes", "not-done")
NO_OBJECT = classed("changes", "no-object")
ARTICLES = classed("changes", "articles")


class Clause(NamedTuple):
    """Who, the verb in its plain form, what it is done to, and whether it `also` is done."""

    who: str
    verb: str
    rest: str
    also: bool
    sure: bool = False


def told(catalogue: Catalogue, request: str) -> Outcome | Doubt | None:
    """What a sentence about the work asks for."""
    text = plain(request)
    if (
        re.search(
            r"[?;:\"<>=]|\b(?:if|unless|until|parallel|same time|while|sometimes|often|usually|rarely|mostly)\b|\. ",
            text,
        )
        or len(text) > 160
    ):
        return None
    gone = _nobody(catalogue, text) or _sometimes(catalogue, text)
    if gone is not None:
        return gone
    front, place, side = _placed(catalogue, text)
    if side and place is None:
        return None
    clause = parsed(catalogue, front)
    if clause is None:
        return None
    return _meaning(catalogue, request, clause, place)


def _nobody(catalogue: Catalogue, text: str) -> Outcome | None:
    """`nobody should have to wait in the lobby`: that step goes."""
    found = NOBODY.match(text)
    if not found or not (text.startswith(("nobody", "no one", "no-one", "noone")) or found["no"] in ("not ", "never ")):
        return None
    step = sure(catalogue, found["what"])
    return Outcome(f"remove {catalogue.name(step)}", (Delete(ids=(step,)),)) if step else None


def _sometimes(catalogue: Catalogue, text: str) -> Outcome | None:
    """`skip the inspection for small buildings`, `only check the credit of new customers`."""
    text = re.sub(r"^(?!only|just|skip)([^,;]+?) only for ", r"only \1 for ", text)
    text = SPARED.sub(lambda found: f"{'skip' if found['no'] else 'only'} {found['what']} for", text)
    found = SOMETIMES.match(text)
    step = sure(catalogue, found["what"]) if found else None
    if not found or step is None:
        return None
    said, skip = found["case"].strip(), found["how"].startswith(("skip", "no ", "leave", "drop", "omit"))
    do, rest = ("otherwise", said) if skip else (said, "otherwise")
    wrap = WrapInChoice(ids=(step,), id=Fresh(catalogue).id("decision"), when=do, otherwise_when=rest)
    return Outcome(f"do {catalogue.name(step)} {'not' if skip else 'only'} for {said}", (wrap,))


def _placed(catalogue: Catalogue, text: str) -> tuple[str, Place | None, bool]:
    """The sentence without its place, the place, and whether one was said."""
    for pattern, at in ((FIRST, "start"), (LAST, "end")):
        if pattern.search(text):
            return pattern.sub("", text), at_edge(catalogue, at), True
    for pattern in (AHEAD, PLACE):
        found = pattern.match(text)
        if found:
            step = sure(catalogue, found["where"])
            if found["where"] in ("that", "this", "it"):
                return text, None, True
            before = found["side"] in ("before", "prior to")
            return found["front"], (Place(before=step) if before else Place(after=step)) if step else None, True
    return _place_ahead(catalogue, text)


def _place_ahead(catalogue: Catalogue, text: str) -> tuple[str, Place | None, bool]:
    """`after the inspection the assessor writes a report`: a place in front, without a comma."""
    found = re.match(r"^(?P<side>after|before|once|following) (?P<rest>[^,;]+)$", text)
    for gap in re.finditer(" ", found["rest"]) if found else ():
        where, front = found["rest"][: gap.start()], found["rest"][gap.end() :]  # type: ignore[index]
        known = any(front.startswith(f"{lead}{role.name.lower()} ") for role in catalogue.process.roles
                    for lead in ("", "the ", "our ")) or front.split()[0] in ANYBODY - {"one"}  # fmt: skip
        step = sure(catalogue, where) if known else None
        if found and step:
            return front, Place(before=step) if found["side"] == "before" else Place(after=step), True
    return text, None, False


def at_edge(catalogue: Catalogue, edge: str) -> Place:
    """The start of the process, or its end but in front of an end event that stands there."""
    row = catalogue.rows["flow"]
    if edge == "end" and row and catalogue.by_id[row[-1]].block == "end":  # type: ignore[union-attr]
        return Place(before=row[-1])
    return Place(into="flow", at="start" if edge == "start" else "end")


def parsed(catalogue: Catalogue, text: str) -> Clause | None:
    """Who does what, when the text is a plain sentence."""
    letting = re.match(r"^(?:let|have|make) (?P<who>(?:the |an? |our )?[a-z][a-z -]*?) (?P<rest>[a-z]+ .+)$", text)
    text = re.sub(r"^(?:let|have) ", "", text)
    tokens = text.replace(",", " ,").split()
    start = 1 if tokens and tokens[0] in ARTICLES else 0
    if (
        not tokens[start:]
        or value_of(tokens[start]) is not None
        or tokens[start] in NO_SUBJECT
        or tokens[start] in ORDERS
    ):
        return None
    known = [n for n in range(4, 0, -1) if role_named(catalogue, " ".join(tokens[start : start + n]))]
    for size in known + [n for n in (1, 2, 3) if n not in known]:
        clause = _verb_at(tokens, start, start + size, bool(letting))
        if clause is not None and (size in known or _clear(catalogue, clause, tokens[start + size], start > 0)):
            return clause
    return None


def _verb_at(tokens: list[str], start: int, at: int, letting: bool) -> Clause | None:
    """The clause whose verb stands at `at`, behind words like `should also`; None when no verb stands there."""
    who, rest = " ".join(tokens[start:at]), " ".join(tokens[at:])
    modal = re.match(rf"^(?:also |now |then )?{MODAL} (?:also |now |then |always |first )*", rest)
    also = re.match(r"^(?:also |now |then |always |first |additionally )+", rest)
    lead = modal or also
    behind = rest[lead.end() :] if lead else rest
    word, _, tail = behind.partition(" ")
    forms = verb_forms(word)
    wanted = (
        ("base",) if modal or letting else ("s",) if who not in ANYBODY and not who.endswith("s") else ("base", "s")
    )
    form = next((form for form in forms if form.form in wanted), None)
    if form is None or form.base in ("be", "have", "get", "need", "want", "seem", "mean"):
        return None
    tail = re.sub(r" ?\b(?:themselves|himself|herself|itself|by itself)\b", "", tail).strip(" ,")
    return Clause(who, form.base, tail, "also" in (lead[0] if lead else ""), bool(modal) or letting)


def _clear(catalogue: Catalogue, clause: Clause, word: str, article_first: bool) -> bool:
    """Whether it is sure that the word is a verb: no noun as often, or with an object or work that is known."""
    told = clause.sure or clause.who in ANYBODY or not is_nounish(word)
    after = clause.rest.split(" ")[0]
    one = article_first and " " not in clause.who and after not in NO_OBJECT
    forms = verb_forms(word)
    article = after in ARTICLES or (one and bool(forms) and word != forms[0].base)
    return (bool(clause.rest) and (told or article)) or sure(catalogue, f"{clause.verb} {clause.rest}") is not None


def _meaning(catalogue: Catalogue, request: str, clause: Clause, place: Place | None) -> Outcome | Doubt | None:
    rest = INSTEAD.sub("", clause.rest).strip(" ,")
    instead = rest != clause.rest.strip(" ,")
    step = _known_step(catalogue, clause.verb, rest)
    anybody = clause.who in ANYBODY
    if step is not None:
        if place is not None and step not in (place.after, place.before) and _same_doer(catalogue, step, clause.who):
            return Outcome(f"move {catalogue.name(step)}", (Move(ids=(step,), place=place),))
        return None if anybody or place is not None else give(catalogue, request, step, clause.who)
    if instead and (doubt := _which_of(catalogue, request, clause)):
        return doubt
    if instead or "," in rest or clause.verb in NOT_DONE or quantities_in(request):
        return None
    name = new_name(request, clause.verb, rest)
    if not name or (anybody and place is None and not clause.also):
        return None
    return _new_step(catalogue, request, clause, name, place)


def _which_of(catalogue: Catalogue, request: str, clause: Clause) -> Doubt | None:
    """`security does that instead of the receptionist`, of work nobody knows: which of the other's steps?"""
    found = INSTEAD.search(clause.rest)
    other = role_named(catalogue, found["who"]) if found and found["who"] else None
    own = catalogue.of_role(other.id if other else None)
    readings = tuple(one for step in own[:3] if (one := give(catalogue, request, step, clause.who)))
    return Doubt(f"Which step goes from {other.name} to somebody else?", readings) if other and readings else None


def quantities_in(text: str) -> bool:
    """Whether a text tells a figure, which is no name of a step."""
    return any(quantities(sentence.tokens) for sentence in sentences(text.lower()))


def _same_doer(catalogue: Catalogue, step: str, who: str) -> bool:
    role = role_named(catalogue, who)
    return who in ANYBODY or (role is not None and done_by(catalogue.by_id[step]) == role.id)


def _known_step(catalogue: Catalogue, verb: str, rest: str) -> str | None:
    """The step with that verb and object; a verb like `does` leaves it to the object."""
    step = sure(catalogue, f"{verb} {rest}")
    if step is not None:
        first = content(catalogue.name(step))[0]
        return step if alike(first, verb) or verb in LIGHT else None
    return sure(catalogue, rest) if verb in LIGHT and verb != "take" else None


def new_name(request: str, verb: str, rest: str) -> str:
    """What a new step is called: the verb and its object without articles; empty when that is no name."""
    words = [word for word in rest.split() if word not in ARTICLES and word != ","]
    if (
        not words
        or len(words) > 8
        or words[0] in ("ages", "long", "forever", "time", "that", "if", "not", "too", "it", "them", "so")
    ):
        return ""
    if words[-1] in ("twice", "more", "earlier", "later", "sooner", "faster", "better", "less", "differently"):
        return ""
    kept = [_as_written(request, word) for word in words if word not in ("too", "also", "again", "well", "as")]
    return f"{verb[:1].upper()}{verb[1:]} {' '.join(kept)}"


def _as_written(request: str, word: str) -> str:
    found = re.search(rf"\b{re.escape(word)}\b", request, re.IGNORECASE)
    return found[0] if found else word


def _new_step(
    catalogue: Catalogue, request: str, clause: Clause, name: str, place: Place | None
) -> Outcome | Doubt | None:
    role_id, edits = None, list[Edit]()
    if clause.who not in ANYBODY:
        role, edits = put(catalogue, request, clause.who)
        role_id = role.id
    task = Task.model_validate({"id": Fresh(catalogue).id(name), "name": name, "role": role_id, "basis": "stated"})
    if place is not None:
        return Outcome(f"add {name} {spot_in_words(catalogue, place)}", (*edits, Insert(blocks=(task,), place=place)))
    own = [step for step in catalogue.named if role_id and done_by(step) == role_id]
    if own:
        return added(catalogue, task, edits, Place(after=own[-1].id))
    if len(name.split()) < 2 or not catalogue.rows["flow"]:
        return None
    row = catalogue.rows["flow"]
    spots = [at_edge(catalogue, "end"), at_edge(catalogue, "start"), Place(before=row[-1])]
    return Doubt(f"Where should {name} come?", tuple(added(catalogue, task, edits, spot) for spot in spots))


def added(catalogue: Catalogue, task: Block, edits: list[Edit], place: Place) -> Outcome:
    """A new step at a place, with what has to be there before."""
    made = Insert.model_validate({"blocks": (task,), "place": place})
    return Outcome(f"add {getattr(task, 'name', '')} {spot_in_words(catalogue, place)}", (*edits, made))


def spot_in_words(catalogue: Catalogue, place: Place) -> str:
    """A place in words."""
    if place.after or place.before:
        return f"{'after' if place.after else 'before'} {catalogue.name(str(place.after or place.before))}"
    return f"at the {place.at}"
