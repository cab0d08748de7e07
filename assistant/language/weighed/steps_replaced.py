"""One step in place of another: what is said not to be done, and what is done there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.change.mention import alike
from assistant.language.correct.piece_of_story import known_step
from assistant.language.correct.renamed import NOT_THAT_THING
from assistant.language.correct.sentence_said import Sentence
from assistant.language.turn.plain_sentences import as_done
from assistant.language.weighed.clause_as_step import PRONOUN
from assistant.language.weighed.clauses_said import IF, THEN, clauses, words_of
from assistant.language.weighed.possible_edits import Way, of_step
from assistant.language.weighed.steps_placed import fronts, of_names, read_clause, told_by
from assistant.language.weighed.words_spoken_of import Likeness, Spoken
from assistant.process.blocks import Block, Task
from assistant.process.edits import Delete, Insert, Place, PutRole

DENIED = re.compile(r"\b(?:not|no|never|nobody|no longer|instead of|rather than|stopped)\b|n't\b", re.IGNORECASE)
NAMED = 0.4
"""How much of the name of a step must be said, where its verb is not, for it to be what is denied."""
THING_ALONE = 0.15
"""The same where nothing but a thing is said to be there no more."""
ONE_THING = re.compile(r"\W*(?:and )?not (?:the|our|his|her|their) [\w' -]+", re.IGNORECASE)
"""That another thing is meant: the step that is done to this one stays (`Leo signs the invoice, not the board`)."""
NO_MORE = re.compile(
    r"^(?:(?:there(?:'s| is| are)|we (?:have|send|get)|they get)(?: n[o']t an?y?)? )?no(?: more)? ", re.IGNORECASE
)
MOST, MOST_THINGS = 2, 3


def instead(spoken: Spoken) -> Iterator[Way]:
    """A new step where another one stood, which goes (`we don't grind it, the technician designs it again`)."""
    if not DENIED.search(spoken.text):
        return
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    for front, others in fronts(spoken, clauses(spoken.text)):
        denied = [part for part, link in others if DENIED.search(part) and link not in IF]
        for part in denied[:MOST] if not DENIED.search(front) else ():
            said = words_of(spoken, part)
            least = THING_ALONE if NO_MORE.match(part) else NAMED
            other_thing = ONE_THING.fullmatch(part) and NOT_THAT_THING.match(spoken.text.strip(" .!"))
            likes = [like for like in spoken.tasks(spoken.likeness(said)) if like.verb or like.score >= least]
            likes = [like for like in likes if like.verb or not other_thing]
            for like in likes[:MOST] or ([] if other_thing else _of_whom(spoken, said)):
                yield from _in_its_place(spoken, sentence, like, front, WE.match(part) is not None)


def _of_whom(spoken: Spoken, said: frozenset[int]) -> list[Likeness]:
    """The one step of somebody who is said not to do it (`the driver doesn't take it away`)."""
    found = []
    for name in spoken.people:
        own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
        found += [Likeness(own[0], 0.2, False, name.at)] if name.against and name.at <= said and len(own) == 1 else []
    return found


def _in_its_place(spoken: Spoken, sentence: Sentence, like: Likeness, front: str, we: bool) -> Iterator[Way]:
    old, name = getattr(spoken.catalogue.by_id[like.step], "role", None), spoken.catalogue.name(like.step)
    if not like.verb:  # `no letter any more`: what is denied is the thing, and `them` is for whom it was
        name = _without(name, [spoken.tokens[place].low for place in like.at])
    by_him = PRONOUN.match(front) is not None or (we and WE.match(front) is not None)
    for read, roles in read_clause(spoken, sentence, THEN.sub("", as_done(front).strip(" .!"))):
        blocks = tuple(_in_place_of(block, name, old, by_him) for block in read)
        used = {getattr(block, "role", None) for block in blocks}
        roles = tuple(edit for edit in roles if not isinstance(edit, PutRole) or edit.role.id in used)
        new = not any(known_step(sentence, block) for block in blocks)
        at = like.at | told_by(spoken, words_of(spoken, front), blocks, roles)
        counts = {**of_step(spoken, like), "new": float(new), "roles": float(len(roles)), **of_names(spoken, blocks)}
        title = f"“{getattr(blocks[0], 'name', '')}” instead of “{spoken.catalogue.name(like.step)}”"
        edits = (*roles, Insert(blocks=blocks, place=Place(after=like.step)), Delete(ids=(like.step,)))
        yield Way("instead", title, edits, at, counts)


FOR_WHOM = frozenset({"to", "for", "with", "by", "of"})


def _without(name: str, denied: list[str]) -> str:
    """The name of a step without a thing that is denied, and what led to the next one."""
    verb, *things = name.split()
    left = [word for word in things if not any(alike(word.lower(), other) for other in denied)]
    while left and left[0].lower() in FOR_WHOM:
        left = left[1:]
    return " ".join([verb, *left])


WE = re.compile(r"(?:and |but )?we\b", re.IGNORECASE)
"""Where both what is not done and what is done instead is said of `us`, whoever did it does it."""
PARTICLES = frozenset("away out off up down in on over back through".split())
POINTS = re.compile(r"(?<=\s)(?:(?:it|them|that|this|those)(?=\s|$)|(?:him|her)$)")


def _in_place_of(block: Block, name: str, role: str | None, by_him: bool) -> Block:
    if not isinstance(block, Task):
        return block
    doer = role if by_him else block.role or role
    return block.model_copy(update={"role": doer, "name": _to_the_same(block.name, name)})


def _to_the_same(name: str, old: str) -> str:
    """A name in which `it` is what the step before was done to (`we don't file the report, we archive it`)."""
    things = [word for word in old.split()[1:] if word not in PARTICLES]
    return POINTS.sub(" ".join(things), name, count=1) if 0 < len(things) <= MOST_THINGS else name


READERS = (instead,)
