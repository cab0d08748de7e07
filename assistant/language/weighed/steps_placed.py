"""New steps and known ones at another place: what the clauses of a turn tell, and where its words put it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from assistant.english.tables import any_of
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.read_change import Fresh
from assistant.language.correct.piece_of_story import known_step, piece, tasks_in, with_doer
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.reading import figures_in
from assistant.language.turn.plain_sentences import as_done, framed
from assistant.language.weighed.clause_as_step import acted, all_acted
from assistant.language.weighed.possible_edits import MOST_STEPS, Way, of_step
from assistant.language.weighed.words_spoken_of import Likeness, Spoken
from assistant.process.blocks import Block, Branch, Choice, Loop, Sequence, Wait
from assistant.process.edits import Edit, Insert, Move, Parallelise, Place

Steps = tuple[Block, ...]
BEFORE = ("before", "prior to", "ahead of", "in front of", "until", "till", "unless")
AFTER = ("after", "once", "as soon as", "when", "following", "behind", "right after", "having")
BESIDE = ("while", "whilst", "during", "meanwhile", "at the same time as", "in parallel to")
BETWEEN = ("between",)
IF = ("if", "in case", "sometimes", "whenever", "when", "where", "for", "should", "unless", "now and then")
LINK = re.compile(
    r"\b(?:right |directly |straight |immediately |just |shortly |only )?"
    rf"(?P<link>{any_of('links-clause')})\s+(?=\S)",
    re.IGNORECASE,
)
EDGES = (
    ("start", re.compile(r"\b(?:first(?: of all| thing)?|at the (?:very )?(?:start|beginning)|to begin with|"
        r"before anything(?: else)?)\b", re.I)),
    ("end", re.compile(r"\b(?:at the (?:very )?end|last(?: of all|ly)?|finally|in the end|to finish)\b", re.I)),
)  # fmt: skip
SIDES = re.compile(r"\b(?:before|after|first|then|earlier|later|last|ahead|behind|prior)\b")
HALF_NAMED = 0.3
"""How much of the name of a step must be said for it to be one of two that something lies between."""
END = re.compile(r"[,;:.!?]|\s[-–—]+\s")
THEN = re.compile(r"^(?:and |so |but )*(?:then|in that case|in this case|for them|for those|there|there's)\s+", re.I)


def clauses(text: str) -> list[tuple[str, str]]:
    """The clauses of a turn, each with the word that links it to the others (empty for none)."""
    cuts = {0: ""}
    for mark in END.finditer(text):
        cuts.setdefault(mark.end(), "")
    for link in LINK.finditer(text):
        cuts[link.start()] = link["link"].lower()
    places = sorted(cuts)
    made = []
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        part = text[start:end].strip(" ,;:.!?–—-")
        if part:
            made.append((LINK.sub("", part, count=1) if cuts[start] else part, cuts[start]))
    return made


ACTOR = re.compile(r"\s(?=(?:(?:the|our|my|an?)\s[\w-]+(?:\s[\w-]+)?\s|(?:he|she|they|we|i)\s)[a-z]+)", re.IGNORECASE)


def _opened(spoken: Spoken, text: str, link: str) -> list[tuple[str, str]]:
    """The ways to cut a linked clause that has no comma behind it: where somebody begins to act."""
    starts = [spoken.tokens[name.first].start for name in spoken.people]
    cuts = [actor.start() for actor in ACTOR.finditer(text)]
    offset = spoken.text.find(text)
    for start in starts:
        place = start - offset
        lead = re.search(r"(?:the|our|an?)\s+$", text[:place], re.IGNORECASE) if 0 < place < len(text) else None
        cuts += [(lead.start() if lead else place)] if 0 < place < len(text) else []
    return [
        (text[:cut].strip(), text[cut:].strip()) for cut in sorted(set(cuts))
        if len(text[:cut].split()) >= 1 + (link in IF) and len(text[cut:].split()) > 2
    ]  # fmt: skip


def told(spoken: Spoken) -> Iterator[Way]:
    """A new step in each clause that tells one, at each place and under each condition the other clauses may give."""
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    people = [role.name for role in spoken.catalogue.process.roles]
    parts = clauses(spoken.text)
    share = next((said.figure.middle for said in spoken.figures if said.figure.kind == "chance"), None)
    for front, others in _fronts(spoken, parts):
        text = THEN.sub("", as_done(framed(front, people) or front).strip(" .!"))
        for blocks, roles in _read(spoken, sentence, text):
            yield from _put(spoken, front, others, blocks, roles, share, parts)


def _read(spoken: Spoken, sentence: Sentence, text: str) -> Iterator[tuple[Steps, tuple[Edit, ...]]]:
    """The steps a clause tells, as the reader of stories has them, and as plainly as they stand there."""
    blocks, roles = piece(sentence, with_doer(sentence, text, spoken.recent[0] if spoken.recent else None))
    if 1 <= len(tasks_in(blocks)) <= 3 and not any(isinstance(block, Choice | Loop) for block in blocks):
        yield blocks, tuple(roles)
    several = all_acted(spoken, text)
    if several is not None and len(several[0]) > 1:
        yield several
    plain = acted(spoken, text)
    if plain is not None and not any(task.name.lower() == plain[0].name.lower() for task in tasks_in(blocks)):
        yield (plain[0],), plain[1]


def _put(
    spoken: Spoken, front: str, others: list[tuple[str, str]], blocks: Steps, roles: tuple[Edit, ...],
    share: float | None, parts: list[tuple[str, str]],
) -> Iterator[Way]:  # fmt: skip
    sentence, steps = Sentence(spoken.catalogue, spoken.text), tasks_in(blocks)
    at = _words_of(spoken, front)
    new = not any(known_step(sentence, block) for block in blocks)
    like = max((like.score for like in spoken.likeness(at)), default=0.0)
    counts = {
        "new": float(new), "known": like, "roles": float(len(roles)), "doer": float(all(task.role for task in steps)),
        "whole": float(front == spoken.text), "steps": float(len(steps) > 1), "clauses": min(3, len(parts)) / 3,
        "timed": float(any(getattr(task, "work", None) for task in steps)),
    }  # fmt: skip
    title = f"add “{steps[0].name}”"
    for name, place, of, more in _places(spoken, others, at):
        if name == "while" and len(steps) == 1 and place.after is not None:
            both = Parallelise(groups=((place.after,), (steps[0].id,)), id=Fresh(spoken.catalogue).id("parallel"))
            edits = (*roles, Insert(blocks=blocks, place=place), both)
            yield Way("new beside", f"{title} at the same time", edits, at | of, {**counts, **more})
            if not isinstance(spoken.catalogue.by_id.get(place.after), Wait):
                continue
        yield Way(f"new {name}", title, (*roles, Insert(blocks=blocks, place=place)), at | of, {**counts, **more})
    for cond, link in others:
        if link in IF or (not link and len(cond.split()) > 2):
            bare = cond[0].lower() + cond[1:] if link else cond
            made = _choice(spoken, blocks, bare, share)
            of = _words_of(spoken, cond)
            of |= {n for said in spoken.figures if said.figure.kind == "chance" for n in said.at}
            more = {"linked": float(bool(link)), "share": float(share is not None), "when": float(link in AFTER),
                    "anchor": max((like.score for like in spoken.likeness(of)), default=0.0)}  # fmt: skip
            yield Way("new if", f"{title} if {bare}", (*roles, made), at | of, {**counts, **more})
            for name, place, there, said in _places(spoken, [other for other in others if other[0] != cond], at):
                if name in ("before", "after", "between", "start"):
                    put = made.model_copy(update={"place": place})
                    yield Way("new if at", f"{title} if {bare}", (*roles, put), at | of | there,
                              {**counts, **more, **said})  # fmt: skip


def _fronts(spoken: Spoken, parts: list[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be told, with the clauses besides: the whole, a clause without a link, neighbours, what an open clause
    ends with."""
    text = spoken.text
    plain = [part for part, link in parts if not link]
    whole = re.sub(r"^(?:and |then |also |next |after that |afterwards |finally |at the (?:very )?(?:end|beginning) )+",
                   "", text, flags=re.IGNORECASE)  # fmt: skip
    found = [text, whole] if len(parts) == 1 else []
    found += [*plain, *(part for part, link in parts if link == "for")]
    pairs = [(a, b) for a, b in pairwise(plain) if 0 <= text.find(a) < text.find(b)]
    found += [text[text.index(a) : text.index(b) + len(b)] for a, b in pairs]
    made = [(front, [(part, link) for part, link in parts if part not in front]) for front in dict.fromkeys(found)]
    for n, (part, link) in enumerate(parts):
        for where, front in _opened(spoken, part, link) if link else ():
            behind = next((other for other, more in parts[n + 1 : n + 2] if not more and _timed(other)), "")
            rest = [pair for m, pair in enumerate(parts) if m != n]
            made.append((f"{front}, {behind}" if behind else front, [(where, link), *rest]))
    return made[:8]


def _timed(text: str) -> bool:
    return any(figure.kind == "duration" and not figure.vague for figure in figures_in(text))


def _words_of(spoken: Spoken, text: str) -> frozenset[int]:
    start = spoken.text.find(text)
    if start < 0 and ", " in text:
        return frozenset[int]().union(*(_words_of(spoken, part) for part in text.split(", ")))
    return spoken.within(start, start + len(text)) if start >= 0 else frozenset()


def _places(
    spoken: Spoken, others: list[tuple[str, str]], own: frozenset[int]
) -> Iterator[tuple[str, Place, frozenset[int], dict[str, float]]]:
    edges = {edge: bool(pattern.search(spoken.low)) for edge, pattern in EDGES}
    yield (
        "end",
        at_edge(spoken.catalogue, "end"),
        frozenset(),
        {"said": float(edges["end"]), "links": float(bool(others))},
    )
    if edges["start"]:
        yield "start", at_edge(spoken.catalogue, "start"), frozenset(), {"links": float(bool(others))}
    for step in spoken.recent[:1]:
        yield "recent", Place(after=step), frozenset(), {"links": float(bool(others))}
    for text, link in others:
        at = _words_of(spoken, text)
        if link in BETWEEN:
            yield from _amid(spoken, at)
        for like in spoken.likeness(at)[:MOST_STEPS] if link in BEFORE + AFTER + BESIDE else ():
            if link in BESIDE:
                counts = {**of_step(spoken, like), "there": like.score}
                yield "while", Place(after=like.step), at, counts
                continue
            place = Place(before=like.step) if link in BEFORE else Place(after=like.step)
            rest = len((at & spoken.heavy) - like.at)
            yield ("before" if link in BEFORE else "after"), place, at, {
                **of_step(spoken, like), "there": like.score, "when": float(link == "when"),
                "strange": min(3, rest) / 3,
            }  # fmt: skip


def _amid(spoken: Spoken, at: frozenset[int]) -> Iterator[tuple[str, Place, frozenset[int], dict[str, float]]]:
    """Between two steps: behind the earlier one, or in front of the later one."""
    order = [step.id for step in spoken.catalogue.named]
    likes = [like for like in spoken.likeness(at) if like.score >= HALF_NAMED][:4]
    for a, b in combinations(likes, 2):
        first, last = sorted((a, b), key=lambda like: order.index(like.step))
        counts = {"there": min(a.score, b.score), "gap": min(4, order.index(last.step) - order.index(first.step)) / 4}
        yield "between", Place(before=last.step), at, counts
        yield "between", Place(after=first.step), at, {**counts, "first": 1.0}


def _choice(spoken: Spoken, blocks: Steps, cond: str, p: float | None) -> Insert:
    fresh = Fresh(spoken.catalogue)
    id_ = fresh.id("decision")
    ways = (
        Branch(id=f"{id_}.1", when=cond, p=p, do=Sequence(items=blocks)),
        Branch(id=f"{id_}.2", when="otherwise", p=None if p is None else round(1 - p, 6)),
    )
    made = Choice(id=id_, question=cond[0].upper() + cond[1:] + "?", branches=ways)
    return Insert(blocks=(made,), place=at_edge(spoken.catalogue, "end"))


def moved(spoken: Spoken) -> Iterator[Way]:
    """A step that is there before or behind another, at an edge, or at the same time."""
    parts = clauses(spoken.text)
    for n, (text, link) in enumerate(parts):
        for like in spoken.likeness(_words_of(spoken, text))[:2] if link in BEFORE + AFTER + BESIDE else ():
            rest = " ".join(part for m, (part, _) in enumerate(parts) if m != n)
            mine = frozenset(place for m, (part, _) in enumerate(parts) if m != n for place in _words_of(spoken, part))
            for what in spoken.likeness(mine)[:2]:
                if what.step == like.step or not rest:
                    continue
                counts = {**of_step(spoken, what), "there": like.score, "when": float(link == "when")}
                if link in BESIDE:
                    both: Edit = Parallelise(
                        groups=((like.step,), (what.step,)), id=Fresh(spoken.catalogue).id("parallel")
                    )
                    yield Way("beside", "side by side", (both,), like.at | what.at, counts)
                    continue
                place = Place(before=like.step) if link in BEFORE else Place(after=like.step)
                title = f"“{spoken.catalogue.name(what.step)}” {link} “{spoken.catalogue.name(like.step)}”"
                yield Way("moved", title, (Move(ids=(what.step,), place=place),), like.at | what.at, counts)
    yield from _first_then(spoken)


def _first_then(spoken: Spoken) -> Iterator[Way]:
    found = [(like, min(like.at)) for like in spoken.likeness() if like.score > 0.4][:4]
    found.sort(key=lambda pair: pair[1])
    order = [step.id for step in spoken.catalogue.named]
    for (a, _), (b, _) in pairwise(found):
        if order.index(a.step) > order.index(b.step) and not a.at & b.at:
            counts = {"like": a.score, "there": b.score, "side": float(bool(SIDES.search(spoken.low)))}
            yield Way("in turn", f"“{spoken.catalogue.name(a.step)}” before “{spoken.catalogue.name(b.step)}”",
                      (Move(ids=(a.step,), place=Place(before=b.step)),), a.at | b.at, counts)  # fmt: skip
    for like in (like for like, _ in found if isinstance(like, Likeness)):
        for edge, pattern in EDGES:
            if pattern.search(spoken.low):
                yield Way(f"to {edge}", f"“{spoken.catalogue.name(like.step)}” at the {edge}",
                          (Move(ids=(like.step,), place=at_edge(spoken.catalogue, edge)),), like.at,
                          of_step(spoken, like))  # fmt: skip
