"""Corrections of whether a step is done at all, or only sometimes."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, verb_forms
from assistant.english.tables import any_of, worded
from assistant.language.change.mention import content, role_named, sure
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.change.who_works import gone
from assistant.language.correct.order_of_steps import where_steps
from assistant.language.correct.sentence_said import (
    PRONOUNS,
    Sentence,
    by_verb,
    clause_at,
    known_role,
    likely,
    one_step,
)
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Choice, Task, Wait
from assistant.process.durations import Basis
from assistant.process.edits import Delete, Edit, Rename, SetCondition, SetValue, WrapInChoice

FORGET = re.compile(worded("leave-it-out"), re.IGNORECASE)
NO_MORE = re.compile(worded("done-no-more"), re.IGNORECASE)
DOES_NOT = re.compile(
    r"^(?:(?P<first>.+?)\s+(?:just|only)\s+.+?[,;]?\s+)?(?P<who>(?:the |"
    r"our )?[\w' -]{2,30}?)\s+(?:doesn't|does not|never|don't|"
    r"do not)\s+(?P<verb>\w+)\s*(?P<rest>[^,;]*?)(?:\s+(?:at all|any ?more|any longer))?$",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"^(?P<front>.+?\s)?(?:only|just)\s+(?:has to\s+|have to\s+|needs to\s+|need to\s+|must\s+)?(?P<rest>.+)$",
    re.IGNORECASE,
)
THE_REST = re.compile(
    r"^(?:only|just)\s+(?:the\s+)?(?P<which>[^,;]{3,40}?)\s+(?:is|are|gets?)\s+(?P<verb>[a-z]+)\b(?P<rest>[^,;]*)[,;]"
    r"\s*(?:and\s+|but\s+)?(?:(?:the|all)\s+(?:rest|others?)|(?:every|no)(?:thing|body) else)\b.*$",
    re.IGNORECASE,
)
"""`only the cracked bells are recast, the rest goes on`: done in those cases alone."""
LIMIT = re.compile(rf"\b(?P<cond>{any_of('opens-limit')}\s+.+)$", re.IGNORECASE)
_IT = r"(?: (?:it|them|that|any of it|(?:the|our) \w+))?"
NOT_THIS_ONLY_THAT = re.compile(
    rf"^(?:no,? )?(?:(?:it's|they're|it is|they are|that's) |(?P<front>[^,;]{{2,40}}?) )?"
    rf"(?:not|never|\w+n't|(?:is|are|does|do) not)(?: really| even)? (?P<no>[a-z]+){_IT},? (?:but )?"
    rf"(?:(?:he|she|they|we|it)(?: is| are|'s|'re)? )?(?:only|just|simply|merely) (?P<yes>[a-z]+){_IT}[ .!]*$",
    re.IGNORECASE,
)
"""`not washed, only ironed`; `she doesn't wash them, she just irons them`."""
MARKED = re.compile(
    r"^(?P<cond>(?:if|when|for|above|over|below|under|from|with|more than|less than|at least)\s+.+)$", re.I
)
WAITS = re.compile(
    r"^(?P<a>.+?)\s+(?:doesn't|does not|don't|do not)\s+wait,?\s+(?:but\s+)?(?P<b>.+?)\s+(?:does|do)$", re.IGNORECASE
)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """What is not done, or done only sometimes."""
    for reader in (_waits, _not_the_rest, _only_the_other, _only, _forgotten, _no_more, _does_not):
        found = reader(sentence)
        if found is not None:
            return found
    return None


def _waits(sentence: Sentence) -> Outcome | None:
    """`the list does not wait, the letters do`: the waiting time goes from the one step to the other."""
    found = WAITS.match(sentence.text)
    if not found:
        return None
    first, second = one_step(sentence.catalogue, found["a"]), one_step(sentence.catalogue, found["b"])
    block = sentence.catalogue.by_id.get(first or "")
    if second is None or not isinstance(block, Task) or block.wait is None:
        return None
    edits = (
        SetValue(id=block.id, field="wait", value=None),
        SetValue(id=second, field="wait", value=block.wait.document()),
    )
    return Outcome(f"{sentence.catalogue.name(second)} waits, not {block.name}", edits)


def _not_the_rest(sentence: Sentence) -> Outcome | None:
    found = THE_REST.match(sentence.request)
    base = base_of(found["verb"].lower(), "en", "ed") if found else ""
    if found is None or not base:
        return None
    thing = found["which"].split()[-1].lower()
    step = by_verb(sentence.catalogue, base, f"{thing} {found['rest']}") or by_verb(sentence.catalogue, base, "")
    return limited(sentence, step, found["which"].lower(), None) if step else None


def _only_the_other(sentence: Sentence) -> Outcome | None:
    """Of two things that are done to it one is not: that step goes."""
    found = NOT_THIS_ONLY_THAT.match(sentence.text)
    if found is None:
        return None
    role = known_role(sentence.catalogue, found["front"]) if found["front"] else None
    verbs = [base_of(found[name].lower()) or found[name].lower() for name in ("no", "yes")]
    out, kept = (by_verb(sentence.catalogue, verb, "", role.id if role else None) for verb in verbs)
    if out is None or out == kept:
        return None
    name = sentence.catalogue.name(out)
    if kept is not None:
        return Outcome(f"remove {name}", (Delete(ids=(out,)),))
    new = f"{verbs[1].capitalize()} {name.partition(' ')[2]}".strip()
    return Outcome(f"call it “{new}”", (Rename(id=out, name=new),)) if verb_forms(found["yes"]) else None


def _forgotten(sentence: Sentence) -> Outcome | Doubt | None:
    found = FORGET.match(sentence.request)
    if not found:
        return None
    what = (found["what"] or found["what2"] or found["what3"]).strip().lower()
    if what in ("it", "that", "this") and len(sentence.recent) == 1:
        return _gone(sentence, [sentence.recent[0]])
    if (only := LIMIT.search(what)) and (steps := _whole(sentence, what[: only.start()])):
        cond = re.sub(r"^(?:if|when|for|in case of)\s+(?:the\s+|it is\s+|it's\s+)?", "", only["cond"])
        return _skipped(sentence, steps[0], cond) if len(steps) == 1 else None
    steps = _whole(sentence, what)
    role = role_named(sentence.catalogue, what) or (None if steps else known_role(sentence.catalogue, what))
    if role is not None and sure(sentence.catalogue, what) is None:
        return gone(sentence.catalogue, f"remove {role.name}")
    return _gone(sentence, steps)


def _skipped(sentence: Sentence, step: str, condition: str) -> Outcome:
    """`no approval for trips below 300`: the step is done in all other cases."""
    catalogue = sentence.catalogue
    wrap = WrapInChoice(
        ids=(step,), id=Fresh(catalogue).id("decision"), question=condition[0].upper() + condition[1:] + "?",
        when="otherwise", otherwise_when=condition,
    )  # fmt: skip
    return Outcome(f"no {catalogue.name(step)} for {condition}", (wrap,))


def _whole(sentence: Sentence, what: str) -> list[str]:
    """The steps a phrase means, `the step with the list` included."""
    return likely(sentence.catalogue, re.sub(r"^(?:the\s+)?step\s+(?:of\s+|with\s+)?", "", what))


def _gone(sentence: Sentence, steps: list[str]) -> Outcome | Doubt | None:
    ways = [Outcome(f"remove {sentence.catalogue.name(step)}", (Delete(ids=(step,)),)) for step in steps[:3]]
    if not ways:
        return None
    return ways[0] if len(steps) == 1 else Doubt("Which step should go?", tuple(ways))


def _no_more(sentence: Sentence) -> Outcome | None:
    found = NO_MORE.match(sentence.request)
    if not found or re.match(r"(?:we|they|you|nobody)\s+(?:do|does)\s+(?!not)", sentence.request, re.I):
        return None
    what = next(said for said in found.groups() if said).lower()
    step = sure(sentence.catalogue, what)
    return Outcome(f"remove {sentence.catalogue.name(step)}", (Delete(ids=(step,)),)) if step else None


def _does_not(sentence: Sentence) -> Outcome | None:
    """`he doesn't confirm anything`: the step of that verb, if it is theirs, goes."""
    found = DOES_NOT.match(sentence.request)
    if not found:
        return None
    who = found["who"]
    if (who.split()[-1].lower() in PRONOUNS and found["first"]) or (
        found["first"] and known_role(sentence.catalogue, who) is None
    ):
        who = found["first"]
    role = known_role(sentence.catalogue, who)
    rest = re.sub(r"\b(?:anything|it|that|this|them|any)\b", "", found["rest"].lower()).strip()
    step = by_verb(sentence.catalogue, found["verb"].lower(), rest, role.id) if role else None
    return Outcome(f"remove {sentence.catalogue.name(step)}", (Delete(ids=(step,)),)) if step else None


def _only(sentence: Sentence) -> Outcome | None:
    """`the manager only signs above 5,000`: the step is done where that holds."""
    text, share = without_share(sentence.request)
    found = ONLY.match(text)
    if not found:
        return None
    front, rest = (found["front"] or "").strip(), found["rest"].strip()
    if re.search(r"[,;:]", front) or re.search(r"\s(?:and|but)\s", rest):
        return None
    if re.match(r"(?:after|before|once|when|as soon as)\s", rest) and where_steps(sentence, rest.split(" ", 1)[1]):
        return None  # an order of two steps
    limit, step = LIMIT.search(rest), None
    if not front and (own := MARKED.match(rest)) and len(sentence.recent) == 1:
        step, condition = sentence.recent[0], own["cond"]
    elif limit is not None:
        told = f"{front} {rest[: limit.start()]}".strip()
        step, condition = _step_in(sentence, told), limit["cond"]
        noun = re.search(r"(\w+)\s*$", rest[: limit.start()])
        if (
            noun
            and re.match(r"(?:above|over|below|under|more|less|from|at least|up to)\b", condition, re.I)
            and len(content(told)) > 2
        ):
            condition = f"{noun[1]} {condition}" if noun[1].lower() not in content(front) and step else condition
    else:
        told, condition = f"{front} {rest}", _chosen(sentence, rest)
        step = _step_in(sentence, told) if condition else None
    if step is None or not condition:
        return None
    return limited(
        sentence,
        step,
        re.sub(r"^(?:if|when|for|in case of)\s+(?:the\s+|it is\s+|it's\s+)?", "", condition.strip(" ,."), flags=re.I),
        share,
    )


def _chosen(sentence: Sentence, rest: str) -> str:
    """`looks at the implausible results`: the words behind the verb, where they say which of the things are meant."""
    found = re.match(r"^(\w+)\s+(?:(?:at|on|to|for|with|up|down|in)\s+)?(?P<which>(?:the\s+)?\w[\w ]*)$", rest)
    return re.sub(r"^the\s+", "", found["which"]) if found and verb_forms(found[1].lower()) else ""


def _step_in(sentence: Sentence, told: str) -> str | None:
    clause = clause_at(sentence, told)
    if clause is not None:
        return clause[1]
    tokens = told.split()
    for size in range(1, min(5, len(tokens))):
        role = known_role(sentence.catalogue, " ".join(tokens[:size]))
        if role is not None:
            own = sentence.catalogue.of_role(role.id)
            found = one_step(sentence.catalogue, " ".join(tokens[size:]), role.id)
            found = found or by_verb(sentence.catalogue, tokens[size].lower(), "", role.id)
            return found or (own[0] if len(own) == 1 else None)
    return one_step(sentence.catalogue, told)


def limited(sentence: Sentence, step: str, condition: str, share: Figure | None) -> Outcome | None:
    """A step that is done only where a condition holds; where it stands on such a branch the branch says so now."""
    catalogue, p = sentence.catalogue, share.middle if share else None
    holder, branch = catalogue.holder(step), catalogue.branch_of(step)
    owner = catalogue.by_id.get(holder or "")
    title = f"{catalogue.name(step)} only {condition}"
    if isinstance(owner, Choice) and branch and catalogue.inside(branch) == [step]:
        edits: list[Edit] = [
            SetCondition(id=branch, when=condition, p=p, basis=Basis.STATED if p is not None else None)
        ]
        return Outcome(title, tuple(edits))
    if not isinstance(catalogue.by_id[step], Task | Wait):
        return None
    wrap = WrapInChoice(
        ids=(step,), id=Fresh(catalogue).id("decision"), question=condition[0].upper() + condition[1:] + "?",
        when=condition, otherwise_when="otherwise", p=p, basis=Basis.STATED if p is not None else None,
    )  # fmt: skip
    return Outcome(title, (wrap,))


TAIL = re.compile(rf"^\s*(?:and\s+)?{any_of('before-share')}?\b", re.I)


MIDDLE = re.compile(
    r"^(?P<front>[^,;]+),\s*(?P<share>(?:that's|that is|which is|it's|so|about|around|roughly|maybe|"
    r"say)\s[^,;]{2,40}),\s*(?P<rest>.+)$",
    re.IGNORECASE,
)


def without_share(text: str) -> tuple[str, Figure | None]:
    """A sentence without a chance trailing behind it (`…, that's about 40 percent of them`), and that chance."""
    if middle := MIDDLE.match(text):
        share = [figure for figure in figures_in(middle["share"]) if figure.kind == "chance" and not figure.vague]
        if len(share) == 1:
            return f"{middle['front']}, {middle['rest']}", share[0]
    for cut in reversed(list(re.finditer(r"[,;.:–—](?!\d)\s*", text))):
        tail = text[cut.end() :]
        figures = [figure for figure in figures_in(tail) if figure.kind == "chance" and not figure.vague]
        if (
            len(figures) == 1
            and len(tail.split()) <= 12
            and TAIL.match(tail)
            and not re.search(r"\b(?:then|if|when)\b|[,;:]\s*(?:\w+\s+){3}\w", tail, re.I)
        ):
            return text[: cut.start()].strip(), figures[0]
    return _alone(text)


PIECE = re.compile(r"\s*(?:[,;:]|\s[-–—]+\s)(?!\d)\s*")


def _alone(text: str) -> tuple[str, Figure | None]:
    """A share that stands alone between commas or dashes, and the sentence without it."""
    pieces = [piece for piece in PIECE.split(text) if piece.strip()]
    shares = [
        piece
        for piece in pieces
        if [figure for figure in figures_in(piece) if figure.kind == "chance" and not figure.vague]
    ]
    if len(shares) != 1 or len(pieces) < 2 or len(shares[0].split()) > 5:
        return text, None
    figure = next(figure for figure in figures_in(shares[0]) if figure.kind == "chance")
    return ", ".join(piece for piece in pieces if piece is not shares[0]), figure
