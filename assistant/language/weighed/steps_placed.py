"""New steps and known ones at another place: what the clauses of a turn tell, and where its words put it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from assistant.english.tables import any_of, worded
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh
from assistant.language.correct.piece_of_story import known_step, piece, tasks_in, with_doer, with_thing
from assistant.language.correct.sentence_said import Sentence
from assistant.language.correct.sound_conditions import sound
from assistant.language.figures.reading import figures_in
from assistant.language.turn.plain_sentences import as_done, framed
from assistant.language.weighed.clause_as_step import acted, acts_in_name, all_acted, cut_wrong, without_amounts
from assistant.language.weighed.clauses_said import (
    AFTER,
    BEFORE,
    BESIDE,
    BETWEEN,
    HAS_A_THING,
    IF,
    LEADS,
    PUTS,
    THEN,
    clauses,
    condition_in,
    opened,
    with_its_place,
    without_share,
    words_of,
)
from assistant.language.weighed.possible_edits import MOST_STEPS, Way, of_step
from assistant.language.weighed.said_besides import Besides, besides, by_doer, made_whole
from assistant.language.weighed.steps_in_a_row import in_a_row
from assistant.language.weighed.topics import topics, which_ones
from assistant.language.weighed.words_spoken_of import Likeness, Spoken
from assistant.process.blocks import Block, Branch, Choice, Loop, Task, Wait
from assistant.process.blocks import Sequence as Row
from assistant.process.edits import Edit, Insert, Parallelise, Place, PutRole

Steps = tuple[Block, ...]
EDGES = (
    ("start", re.compile(r"\b(?:(?<!\bthe )(?<!\bour )first(?! time\b)(?! *(?:[,.;!?]|$))(?: of all| thing)?|"
        r"the (?:very )?first thing|to begin with|"
        r"at the (?:very )?(?:start|beginning)|before anything(?: else)?)\b", re.I)),
    ("end", re.compile(r"\b(?:at the (?:very )?end|last(?: of all|ly)?|finally|in the end|to finish)\b", re.I)),
)  # fmt: skip
SIDES = re.compile(r"\b(?:before|after|first|then|earlier|later|last|ahead|behind|prior)\b")
LAST_FIRST = re.compile(r"\S+ \S+ first(?: of all)?\W*$")
"""`the baker scrubs the oven first`: before all that the baker does."""
HALF_NAMED, WELL_NAMED = 0.3, 0.5
"""How much of the name of a step must be said for it to be one of two that something lies between, and how much for it
to be surely the one beside which something is put."""


def told(spoken: Spoken) -> Iterator[Way]:
    """A new step in each clause that tells one, at each place and under each condition the other clauses may give."""
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    people = [role.name for role in spoken.catalogue.process.roles]
    beside = besides(spoken, [with_its_place(spoken, part, link) for part, link in clauses(spoken.text)])
    apart = which_ones(spoken)
    for front, others in [pair for pair in fronts(spoken, beside.parts) if not apart or apart not in pair[0]]:
        told_so = by_doer(THEN.sub("", framed(front, people) or front), beside.doer)
        text = with_thing(sentence, THEN.sub("", as_done(told_so).strip(" .!")), _in_front(others), None)
        for blocks, roles in read_clause(spoken, sentence, text, beside_whom(spoken, others)):
            yield from put(spoken, front, others, *made_whole(spoken, blocks, roles, beside), beside)
    if (several := in_a_row(spoken, beside)) is not None:
        others, steps, roles, said = several
        whole = made_whole(spoken, steps, roles, beside._replace(work=None))
        yield from put(spoken, said, others, *whole, beside)


def _in_front(others: list[tuple[str, str]]) -> str:
    """The words that say where something is done: `it` is the thing they name."""
    return "; ".join(part for part, link in others if link in PUTS or (link in IF and HAS_A_THING.search(part)))


def beside_whom(spoken: Spoken, others: list[tuple[str, str]]) -> str | None:
    """The step beside which the words put something: whoever does it is meant by `she`."""
    likes = [like for part, link in others if link in PUTS for like in spoken.likeness(words_of(spoken, part))[:1]]
    return next((like.step for like in likes if like.score >= HALF_NAMED), None)


def read_clause(
    spoken: Spoken, sentence: Sentence, text: str, beside: str | None = None
) -> list[tuple[Steps, tuple[Edit, ...]]]:
    """The steps a clause tells, as the reader of stories has them, and as plainly as they stand there."""
    text = with_doer(sentence, text, beside) if beside else text
    if ("clause", text) not in spoken.memo:
        spoken.memo["clause", text] = list(_read_clause(spoken, sentence, text))
    return spoken.memo["clause", text]  # type: ignore[return-value]


def _read_clause(spoken: Spoken, sentence: Sentence, text: str) -> Iterator[tuple[Steps, tuple[Edit, ...]]]:
    blocks, roles = piece(sentence, with_doer(sentence, text, spoken.recent[0] if spoken.recent else None))
    if 1 <= len(tasks_in(blocks)) <= 3 and not any(isinstance(block, Choice | Loop) for block in blocks):
        yield tuple(_without_amount(block) for block in blocks), tuple(roles)
    several = all_acted(spoken, text)
    if several is not None and len(several[0]) > 1:
        yield several
    plain = acted(spoken, text)
    if plain is not None and not any(task.name.lower() == plain[0].name.lower() for task in tasks_in(blocks)):
        yield (plain[0],), plain[1]


def _without_amount(block: Block) -> Block:
    return block.model_copy(update={"name": without_amounts(block.name)}) if isinstance(block, Task) else block


def put(
    spoken: Spoken, front: str, others: list[tuple[str, str]], blocks: Steps, roles: tuple[Edit, ...], beside: Besides
) -> Iterator[Way]:
    """A new step at each place and under each condition that the other clauses may give."""
    share, parts = beside.share, beside.parts
    names = [str(getattr(block, "name", "")) for block in blocks]
    if any(cut_wrong(spoken, name) for name in names) or any(acts_in_name(spoken, name) for name in _called(roles)):
        return
    sentence, steps = Sentence(spoken.catalogue, spoken.text), tasks_in(blocks)
    said = words_of(spoken, front)
    at = told_by(spoken, said, steps, roles) | beside.used(steps)
    new = not any(known_step(sentence, block) for block in blocks)
    like = max((like.score for like in spoken.likeness(said)), default=0.0)
    counts = {
        "new": float(new), "known": like, "roles": float(len(roles)), "doer": float(all(task.role for task in steps)),
        "whole": float(front == spoken.text), "steps": float(len(steps) > 1), "clauses": min(3, len(parts)) / 3,
        "timed": float(any(getattr(task, "work", None) for task in steps)), **of_names(spoken, steps),
    }  # fmt: skip
    title = f"add “{steps[0].name}”"
    apart = [topic.cond.lower() for topic in topics(spoken)]
    counts["apart"] = float(bool(apart))
    for name, place, of, more in places(spoken, others, said):
        if name == "while" and len(steps) == 1 and place.after is not None:
            both = Parallelise(groups=((place.after,), (steps[0].id,)), id=Fresh(spoken.catalogue).id("parallel"))
            edits = (*roles, Insert(blocks=blocks, place=place), both)
            yield Way("new beside", f"{title} at the same time", edits, at | of, {**counts, **more})
            if not isinstance(spoken.catalogue.by_id.get(place.after), Wait):
                continue
        yield Way(f"new {name}", title, (*roles, Insert(blocks=blocks, place=place)), at | of, {**counts, **more})
    for cond, link in others:
        differs = not link and any(name in cond.lower() and name != cond.lower() for name in apart)
        if differs or not words_of(spoken, cond) & spoken.heavy:
            continue
        if _of_what_follows(spoken, cond, front, parts):
            continue
        if link in IF or (not link and (SAYS_SO.match(cond) is not None and not ACTS_TOO.match(without_share(cond)))):
            held = condition_in(spoken, cond, link)
            bare = without_share(held[0].lower() + held[1:] if held and link else held)
            if not sound(bare, bool(link)):
                continue
            made = choice_of(spoken, blocks, bare, share)
            of = words_of(spoken, held) | beside.shared
            more = {"linked": float(bool(link)), f"by {link}": 1.0, "share": float(share is not None),
                    "when": float(link in AFTER), "denied": float(bool(DENIES.search(bare.lower()))),
                    "anchor": max((like.score for like in spoken.likeness(of)), default=0.0)}  # fmt: skip
            yield Way("new if", f"{title} if {bare}", (*roles, made), at | of, {**counts, **more})
            rest = [other for other in others if other[0] != cond]
            for name, place, there, where in places(spoken, rest, said):
                if name in ("before", "after", "between", "start"):
                    put = made.model_copy(update={"place": place})
                    yield Way("new if at", f"{title} if {bare}", (*roles, put), at | of | there,
                              {**counts, **more, **where})  # fmt: skip


ODD = re.compile(rf"\d|[.,;:!?]|\b{any_of('links-a-clause')}\b", re.I)
"""What a name of a step hardly has: a clause was cut in the wrong place."""


def _called(roles: tuple[Edit, ...]) -> list[str]:
    return [edit.role.name for edit in roles if isinstance(edit, PutRole)]


def _of_what_follows(spoken: Spoken, cond: str, front: str, parts: list[tuple[str, str]]) -> bool:
    """Whether a condition behind what is told is one of something else that is done then (`he looks for any. If he
    finds one, he blows it up`)."""
    place = next((n for n, (part, _) in enumerate(parts) if part == cond), -1)
    behind = parts[place + 1] if 0 <= place < len(parts) - 1 else None
    later = 0 <= spoken.text.find(front) < spoken.text.find(cond)
    return behind is not None and later and not behind[1] and acted(spoken, THEN.sub("", behind[0])) is not None


def told_by(spoken: Spoken, said: frozenset[int], steps: Sequence[Block], roles: tuple[Edit, ...]) -> frozenset[int]:
    """The words of a clause that a step has taken up: in its name, its role and its time."""
    own = [word for step in steps for word in content(getattr(step, "name", ""))]
    known = [spoken.catalogue.process.role(getattr(step, "role", None) or "") for step in steps]
    names = [role.name for role in known if role] + _called(roles)
    own += [word for name in names for word in content(name)]
    at = frozenset(n for n in said if any(alike(spoken.tokens[n].low, word) for word in own))
    times = [figure.at for figure in spoken.figures if figure.figure.kind == "duration" and figure.at <= said]
    told = sum(getattr(step, "work", None) is not None for step in steps)
    return at.union(*times[:told])


def of_names(spoken: Spoken, steps: Sequence[Block]) -> dict[str, float]:
    """What tells a name that was cut well from others."""
    names = [str(getattr(step, "name", "")) for step in steps]
    timed = any(said.figure.kind == "duration" for said in spoken.figures)
    return {
        "odd": float(any(ODD.search(name) for name in names)), "long": max(len(name.split()) for name in names) / 8,
        "short": float(any(len(name.split()) < 2 for name in names)),
        "points": float(any(POINTS.search(name.lower()) for name in names)),
        "light": float(names[0].split(" ")[0].lower() in SAYS_LITTLE),
        "untimed": float(timed and not any(getattr(step, "work", None) for step in steps)),
    }  # fmt: skip


SAYS_LITTLE = ("go", "come", "get", "say", "sound", "happen", "mean", "call", "put", "change")
"""Verbs that are seldom work of their own."""
POINTS = re.compile(r" (?:it|them|that|this|him|her|those)(?: (?:again|now|too|first|up|out|back|off|down))?$")
"""What a new step is seldom done to: words that point at what is known."""
DENIES = re.compile(r"\b(?:not|no|never|nobody)\b|n't\b")
SAYS_SO = re.compile(worded("says-so"))
ACTS_TOO = re.compile(rf"{any_of('goes-on-telling')}\b|[^a-z]*\d", re.I)
"""What may be a condition without a word that says so, and what goes on with the telling instead."""


def fronts(spoken: Spoken, parts: list[tuple[str, str]], text: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be told, with the clauses besides: the whole, a clause without a link, neighbours, what an open clause
    ends with. `text`: the words these are the clauses of, if not all."""
    text = text or spoken.text
    text = parts[0][0] if len(parts) == 1 and len(parts[0][0]) + MOST_PUNCTUATION < len(text) else text
    plain = [part for part, link in parts if not link]
    whole = LEADS.sub("", text)
    found = [text, whole] if len(parts) == 1 else []
    found += [*plain, *(part for part, link in parts if link == "for")]
    pairs = [(a, b) for a, b in pairwise(plain) if _side_by_side(text, a, b)]
    found += [text[text.index(a) : text.index(b) + len(b)] for a, b in pairs]
    lasts = next((part for part in plain if _timed(part) and len(part.split()) <= MOST_OF_TIME), "")
    found += [f"{front}, {lasts}" for front in plain if lasts and front != lasts and not _timed(front)]
    made = [
        (front, [(part, link) for part, link in parts if part not in front and part != lasts])
        for front in dict.fromkeys(found)
    ]
    for n, (part, link) in enumerate(parts):
        for where, front in opened(spoken, part, link) if link else ():
            behind = next((other for other, more in parts[n + 1 : n + 2] if not more and _timed(other)), "")
            rest = [pair for m, pair in enumerate(parts) if m != n]
            made.append((f"{front}, {behind}" if behind else front, [(where, link), *rest]))
    by_known = any(_by_somebody_known(spoken, front) for front, _ in made)
    return [(front, others) for front, others in made if not (by_known and WE.match(front))][:MOST_FRONTS]


def _side_by_side(text: str, one: str, other: str) -> bool:
    """Whether nothing is said between two clauses."""
    start, end = text.find(one) + len(one), text.find(other)
    return len(one) <= start <= end and not re.search(r"\w", text[start:end])


MOST_OF_TIME, MOST_FRONTS, MOST_PUNCTUATION = 6, 10, 4
"""How many words may tell a length of time and no more; how many ways to cut a turn are tried; how many letters longer
than its one clause a text is that holds nothing besides."""


WE = re.compile(r"(?:so |and |then )*(?:we|they|you|i)\b", re.IGNORECASE)


def _by_somebody_known(spoken: Spoken, front: str) -> bool:
    """Whether somebody of the process acts in a clause: what `we` do besides is said of the same."""
    low = re.sub(r"^(?:so|and|then|the|our|also|there|here|\W)+\s*", "", THEN.sub("", front.lower()))
    acts = r"\s+(?!(?:is|are|was|were|has|have|had|gets?|wants?|needs?)\b)[a-z]+"
    return front != spoken.text and any(
        re.match(rf"(?:the |our )?{re.escape(role.name.lower())}{acts}", low) for role in spoken.catalogue.process.roles
    )


def _timed(text: str) -> bool:
    return any(figure.kind == "duration" and not figure.vague for figure in figures_in(text))


def places(
    spoken: Spoken, others: list[tuple[str, str]], own: frozenset[int]
) -> Iterator[tuple[str, Place, frozenset[int], dict[str, float]]]:
    edges = {edge: bool(pattern.search(spoken.low)) for edge, pattern in EDGES}
    links = {
        "links": float(bool(others)), "beside": float(any(link in BESIDE for _, link in others)),
        "placed": float(any(link in (*BEFORE, *AFTER, *BETWEEN) for _, link in others)),
    }  # fmt: skip
    puts = [
        (text, link) for text, link in others if link in PUTS and not (link == "when" and DENIES.search(text.lower()))
    ]
    anchors = [(text, link, _anchors(spoken, words_of(spoken, text), link)) for text, link in puts]
    if not any(_surely_placed(link, likes) for _, link, likes in anchors):
        yield "end", at_edge(spoken.catalogue, "end"), frozenset(), {"said": float(edges["end"]), **links}
    strange = next((text for text, link, likes in anchors if not likes and _first_of_all(spoken, text, link, own)), "")
    if edges["start"] or strange:
        counts = {"links": float(bool(others)), "strange": float(bool(strange))}
        yield "start", at_edge(spoken.catalogue, "start"), words_of(spoken, strange), counts
    for step in spoken.recent[:1]:
        yield "recent", Place(after=step), frozenset(), links
    for name in spoken.people if LAST_FIRST.search(spoken.low) else ():
        first = next((step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id), None)
        if first is not None:
            yield "before", Place(before=first), name.at, {"there": HALF_NAMED, "their first": 1.0}
    for text, link in others:
        if link in BETWEEN:
            yield from _amid(spoken, words_of(spoken, text))
    for text, link, likes in anchors:
        at = words_of(spoken, text)
        for like in likes:
            if link in BESIDE:
                yield "while", Place(after=like.step), at, {**of_step(spoken, like), "there": like.score}
                continue
            place = Place(before=like.step) if link in BEFORE else Place(after=like.step)
            rest = len((at & spoken.heavy) - like.at)
            yield ("before" if link in BEFORE else "after"), place, at, {
                **of_step(spoken, like), "there": like.score, "when": float(link == "when"),
                "strange": min(3, rest) / 3,
            }  # fmt: skip


ENDS = re.compile(worded("steps-placed-ends"), re.IGNORECASE)


def _first_of_all(spoken: Spoken, text: str, link: str, own: frozenset[int]) -> bool:
    """Whether words begin with something being done before what no step tells of: all of them may come behind it."""
    at = words_of(spoken, text)
    return link in BEFORE[:4] and not ENDS.search(text) and bool(at) and bool(own) and max(at) < min(own)


def _anchors(spoken: Spoken, at: frozenset[int], link: str) -> list[Likeness]:
    """The steps beside which a clause may put something."""
    return [*_by_more_than_a_name(spoken, spoken.clearly(at))[:MOST_STEPS], *_of_whom(spoken, at, link)]


def _by_more_than_a_name(spoken: Spoken, likes: Sequence[Likeness]) -> list[Likeness]:
    """Steps that somebody's name alone speaks of only where they do them (`while the translator is on it`)."""
    people = frozenset[int]().union(*(name.at for name in spoken.people))
    named = {name.role.id for name in spoken.people}
    return [
        like for like in likes
        if not like.at <= people or getattr(spoken.catalogue.by_id[like.step], "role", None) in named
    ]  # fmt: skip


def _surely_placed(link: str, likes: list[Likeness]) -> bool:
    """Whether a clause names the step that something is done beside: then it is not done at the very end."""
    return bool(likes) and likes[0].score >= (HALF_NAMED if link in BESIDE else WELL_NAMED) and link != "when"


def _of_whom(spoken: Spoken, at: frozenset[int], link: str) -> Iterator[Likeness]:
    """The step meant where only somebody is named (`before they get to the optician`, `while the cooks are at it`):
    their first, or their last; where nobody is, the step spoken of last."""
    liked = {like.step for like in spoken.likeness(at)[:MOST_STEPS]}
    for name in spoken.people:
        own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
        own = own[-1:] if link in AFTER else own[:1]
        if name.at <= at:
            yield from (Likeness(step, HALF_NAMED, False, name.at) for step in own if step not in liked)
    if not any(name.at <= at for name in spoken.people):
        yield from (Likeness(step, 0.1, False, frozenset()) for step in spoken.recent[:1] if step not in liked)


MOST_BETWEEN = 2
"""How far apart two steps stand at most for it to be the same behind the one as before the other."""


def _amid(spoken: Spoken, at: frozenset[int]) -> Iterator[tuple[str, Place, frozenset[int], dict[str, float]]]:
    """Between two steps: behind the earlier one, or in front of the later one."""
    order = [step.id for step in spoken.catalogue.named]
    likes = [like for like in spoken.likeness(at) if like.score >= HALF_NAMED][:4]
    for a, b in combinations(likes, 2):
        first, last = sorted((a, b), key=lambda like: order.index(like.step))
        counts = {"there": min(a.score, b.score), "gap": min(4, order.index(last.step) - order.index(first.step)) / 4}
        yield "between", Place(before=last.step), at, counts
        if order.index(last.step) - order.index(first.step) > MOST_BETWEEN:
            yield "between", Place(after=first.step), at, {**counts, "first": 1.0}


def choice_of(spoken: Spoken, blocks: Steps, cond: str, p: float | None) -> Insert:
    fresh = Fresh(spoken.catalogue)
    id_ = fresh.id("decision")
    ways = (
        Branch(id=f"{id_}.1", when=cond, p=p, do=Row(items=blocks)),
        Branch(id=f"{id_}.2", when="otherwise", p=None if p is None else round(1 - p, 6)),
    )
    made = Choice(id=id_, question=cond[0].upper() + cond[1:] + "?", branches=ways)
    return Insert(blocks=(made,), place=at_edge(spoken.catalogue, "end"))


READERS = (told,)
