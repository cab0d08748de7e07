"""What is said in passing of steps and people: a step gone, other hands, another place or name, a condition.

Like `spoken`, these readers look at what the parts of a turn name and at a few small words between.
"""

from __future__ import annotations

import re

from assistant.english.forms import singular, verb_forms
from assistant.english.tables import any_of, patterns, worded
from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import alike, content
from assistant.language.change.new_names import capitals
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.who_works import give
from assistant.language.correct.by_what_is_spoken_of import LIGHT
from assistant.language.correct.how_often import ways_meant
from assistant.language.correct.inside_way import denied
from assistant.language.correct.order_of_steps import put_in_order
from assistant.language.correct.parts_of_a_turn import LASTING, Part, parts, roles_in, same_action, steps_in, works
from assistant.language.correct.sentence_said import Sentence, somebody
from assistant.process.edits import Delete, PutRole, SetCondition, SetRole, WrapInChoice
from assistant.process.model import Role

NOT = re.compile(worded("steps-in-passing-not"), re.IGNORECASE)
LIMITED = re.compile(worded("steps-in-passing-limited"), re.IGNORECASE)
SINCE = re.compile(r"\s+(?:since|because|as|now that)\s+.*$", re.IGNORECASE)
FIRST_THEN = patterns("first-then")
BEFORE = re.compile(r"^(?P<a>.+?)\s+(?:before|in front of|ahead of|prior to)\s+(?P<b>.+)$", re.IGNORECASE)
AFTER = re.compile(
    r"^(?P<b>.+?)\s+(?:after|behind|following|only once|once|only when|as soon as)\s+(?P<a>.+)$", re.IGNORECASE
)
NAMED = re.compile(
    r"\b(?:goes by(?: the name of)?|go by|(?:is|are) (?:officially|really|actually|properly)(?: called)?|(?:is|"
    r"are) called|"
    r"known as|we (?:all )?say|we call (?:him|her|it|them)|(?:proper|right|official|real) (?:name|title|"
    r"word) (?:is|for (?:it|her|him) is))"
    r"\s+(?:the |an? |our )?(?P<new>[a-z][\w' -]{2,40})$",
    re.IGNORECASE,
)
ONLY = re.compile(
    rf"^(?:it's |it is )?(?:only|just)\s+(?:for\s+)?(?P<cond>[^,;]+?)\s+(?:that\s+)?{any_of('goes-through')}"
    r"\s+(?P<what>[^,;]+)$",
    re.IGNORECASE,
)
IF = re.compile(
    r"^(?:no,?\s+)?(?:it's |it is |that's )?(?:only |also |just )?if\s+(?P<cond>[^,;]+?)(?:,| that | we | then |"
    r" do we )(?P<rest>.+)$",
    re.I,
)
DOES = re.compile(
    r"^(?P<who>(?:the |our )?[\w' -]{2,30}?)\s+(?:does|do|handles?)\s+"
    r"(?P<what>(?:the |all the )?\w+ing(?: [\w ]+)?)$"
)
SELVES = re.compile(r"\s+(?:themselves|himself|herself|ourselves|itself|on (?:their|his|her) own)\b", re.IGNORECASE)
MINE = re.compile(r"\b(?:is|are)\s+(?:now\s+)?my (?:job|task|work|business|bit)\b", re.IGNORECASE)
I_AM = re.compile(r"\b(?:i'm|im|i am|my name is|this is)\s+(?P<who>[a-z]+)\b", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """Steps gone, given to others, moved, put under a condition, and people called otherwise."""
    found = parts(sentence)
    for reader in (_renamed, _taken_over, _mine, _does, _gone, _only, _wider):
        made = reader(sentence, found)
        if made is not None:
            return made
    return _ordered(sentence)


def _renamed(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`what I called the clerk is officially the agent`, `clerk sounds odd, here she goes by agent`."""
    named = NAMED.search(sentence.text)
    if named is None or NOT.search(sentence.text[named.start() :]):
        return None
    old = roles_in(sentence, sentence.text[: named.start()])
    new = sentence.request[named.start("new") : named.end("new")].strip(" .!")
    if len(old) != 1 or steps_in(sentence, sentence.text[: named.start()]) or len(new.split()) > 4:
        return None
    called = capitals(sentence.request, new.lower())
    return Outcome(f"call {old[0].name} {called}", (PutRole(role=old[0].model_copy(update={"name": called})),))


def _taken_over(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`no more rider, the cafés pick up the bags themselves`: who is no more leaves the step to who is named."""
    gone = [part.roles[0] for part in found if NOT.search(part.text) and len(part.roles) == 1 and not part.steps]
    told = [part for part in found if not NOT.search(part.text) and (part.roles or part.steps)]
    if len(gone) != 1 or len(told) != 1:
        return None
    text = SELVES.sub("", told[0].text)
    words = text.split()
    size = next((n for n, word in enumerate(words) if n and verb_forms(word) and word not in ("the", "our")), 0)
    who = singular(somebody(sentence.catalogue, " ".join(words[:size]))) if size else ""
    said = content(text)
    own = [
        step.id for step in sentence.catalogue.named
        if done_by(step) == gone[0].id
        and any(alike(word, part) for word in said for part in content(step.name)[1:])
    ]  # fmt: skip
    by = re.search(r"\bby (?:the |our |an? )?(?P<who>[\w' -]{2,30})$", text)
    who = singular(somebody(sentence.catalogue, by["who"])) if by else who
    if not who or len(own) != 1:
        return None
    things = content(sentence.catalogue.name(own[0]))
    if any(alike(word, thing) for word in content(who) for thing in things):
        return None  # what is worked on is nobody who works
    return give(sentence.catalogue, sentence.request, own[0], who)


def _mine(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`folding is my job, I'm Jutta by the way`."""
    named = I_AM.search(sentence.text)
    who = somebody(sentence.catalogue, named["who"]) if named else ""
    steps = {id_ for part in found if MINE.search(sentence.text) for id_ in part.steps if not I_AM.search(part.text)}
    if not who or not steps:
        return None
    known = next((role for role in sentence.catalogue.process.roles if role.name.lower() == who.lower()), None)
    role = known or Role(id=Fresh(sentence.catalogue).id(who), name=who[0].upper() + who[1:])
    edits = () if known else (PutRole(role=role),)
    return Outcome(f"{role.name} does it", (*edits, SetRole(ids=tuple(sorted(steps)), role=role.id)))


def _does(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`the clerk does the unpacking`: who is named does the step that is there."""
    told = DOES.match(sentence.text)
    roles = roles_in(sentence, told["who"]) if told else ()
    steps = steps_in(sentence, told["what"]) if told else ()
    if len(roles) != 1 or len(steps) != 1:
        return None
    return Outcome(f"{roles[0].name} does {sentence.catalogue.name(steps[0])}", (SetRole(ids=steps, role=roles[0].id),))


def _gone(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`nobody checks any ID, scratch that`; a part where somebody works makes it something else."""
    told = [part for part in found if NOT.search(part.text) and steps_in(sentence, NOT.sub(" ", part.text))]
    if len(told) != 1 or any(figure.kind != "number" for part in found for figure in part.figures):
        return None
    text = SINCE.sub("", told[0].text)
    steps = steps_in(sentence, NOT.sub(" ", text))
    others = [part for part in found if part is not told[0] and (part.roles or part.steps)]
    if len(steps) != 1 or LIMITED.search(text) or others or sentence.request.rstrip().endswith("?"):
        return None
    own = content(sentence.catalogue.name(steps[0]))
    acts = [word for word in content(NOT.sub(" ", text)) if alike(word, own[0]) or same_action(word, own[0])]
    rest = [
        word for word in content(NOT.sub(" ", text)) if word not in acts and not any(alike(word, part) for part in own)
    ]
    if not acts and not any(alike(word, part) for word in content(text) for part in own[1:]):
        return None
    if len([word for word in rest if word not in FILL]) > 1:
        return None
    return Outcome(f"remove {sentence.catalogue.name(steps[0])}", (Delete(ids=steps),))


FILL = (
    LIGHT
    | LASTING
    | frozenset(
        "thing things anything one anymore longer do does done give given make made ever ago ages years year "
        "anyway long weeks months nowadays we you they more all".split()
    )
)


def _only(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`only jobs above 2000 words get a reviser`: the steps of who is named are done for those alone."""
    told = ONLY.match(sentence.text)
    if told is None:
        return None
    catalogue = sentence.catalogue
    roles = roles_in(sentence, told["what"])
    own = catalogue.of_role(roles[0].id if len(roles) == 1 else None)
    steps = list(steps_in(sentence, told["what"])) or own
    run = catalogue.lifted(steps) if steps else []
    if not run or set(run) != set(steps) or steps_in(sentence, told["cond"]) == tuple(steps):
        return None
    cond = told["cond"].strip()
    wrap = WrapInChoice(
        ids=tuple(run), id=Fresh(catalogue).id("decision"), question=f"{cond[0].upper()}{cond[1:]}?", when=cond,
        otherwise_when="otherwise",
    )  # fmt: skip
    return Outcome(f"only for {cond}", (wrap,))


def _wider(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`it's if it tastes burnt or sour that we roast again`: a known condition in other words."""
    told = IF.match(sentence.text)
    if told is None:
        return None
    ways = ways_meant(sentence, told["cond"])
    if len(ways) != 1 or ways[0] not in sentence.catalogue.branches:
        return None
    branch = sentence.catalogue.branches[ways[0]]
    shared = [word for word in content(branch.when or "") if any(alike(word, other) for other in content(told["cond"]))]
    inner = [word for id_ in sentence.catalogue.inside(ways[0]) for word in content(sentence.catalogue.name(id_))]
    new = [word for word in content(told["cond"]) if not any(alike(word, part) for part in content(branch.when or ""))]
    done = any(alike(word, part) for word in content(told["rest"]) for part in inner)
    if denied(told["cond"]) != denied(branch.when or ""):
        return None  # the contrary is another way
    if not shared or not new or not done:
        return None
    thing = re.match(r"(?:it|this|that|they)\s+", told["cond"])
    first = (branch.when or "").split()[0]
    cond = f"{first} {told['cond'][thing.end() :]}" if thing and first else told["cond"]
    return Outcome(f"if {cond}", (SetCondition(id=ways[0], when=cond),))


def _ordered(sentence: Sentence) -> Outcome | None:
    """Two known steps and a small word of order between them."""
    text = _positive(sentence.text)
    for pattern in FIRST_THEN:
        if (found := pattern.match(text)) and (made := _pair(sentence, found["a"], found["b"])):
            return made
    for pattern in (BEFORE, AFTER):
        if (found := pattern.match(text)) and (made := _pair(sentence, found["a"], found["b"], pattern is AFTER)):
            return made
    return None


def _positive(text: str) -> str:
    """The text without the parts that only say how it is not."""
    kept = [
        part for part in re.split(r"\s*[,;]\s*", text)
        if not re.match(r"(?:and |but )?(?:it's |it is |that's )?not\b|the other way|other way", part)
    ]  # fmt: skip
    return ", ".join(kept) or text


def _pair(sentence: Sentence, a: str, b: str, last_moves: bool = False) -> Outcome | None:
    first, second = _one(sentence, a), _one(sentence, b)
    if first is None or second is None or first == second:
        return None
    if last_moves:
        return put_in_order(sentence, [second], [first], False)
    return put_in_order(sentence, [first], [second], True)


def _one(sentence: Sentence, text: str) -> str | None:
    """The one step a few words mean, if they hold hardly anything else."""
    steps = spoken = steps_in(sentence, text)
    roles = roles_in(sentence, text)
    if len(steps) > 1 and roles:
        steps = tuple(id_ for id_ in steps if done_by(sentence.catalogue.by_id[id_]) == roles[0].id)
    if not steps and len(roles) == 1:
        steps = tuple(sentence.catalogue.of_role(roles[0].id))
    if len(steps) != 1:
        return None
    own = content(sentence.catalogue.name(steps[0])) + [word for role in roles for word in content(role.name)]
    rest = [word for word in content(text) if not any(alike(word, part) for part in own) and word not in FILL]
    return steps[0] if len(rest) <= (2 if spoken else 0) else None  # `the nurse cleans …`: somebody does something else


COMMENT = re.compile(r"(?:and )?(?:he|she|they|it|that|this|you|i)\b")


def speaking(sentence: Sentence) -> str:
    """The one part of a turn that says something, where all others only comment; empty where there is no such part."""
    found = parts(sentence)
    told = [part for part in found if part.figures or part.steps or works(part)]
    told = [part for part in told if part.steps or part.figures or not COMMENT.match(part.text)]
    told = [part for part in told if not (NOT.match(part.text) and not part.steps)]
    if (
        len(found) < 2
        or len(told) != 1
        or any(part.roles and not NOT.match(part.text) for part in found if part is not told[0])
    ):
        return ""
    return sentence.request[told[0].start : told[0].start + len(told[0].text)]
