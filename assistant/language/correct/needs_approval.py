"""An approval that only some cases need, by how much they are worth: `orders > 1,000 EUR (20%) need approval of the
plant manager, 2 days`. It is a step of its own, and no figure of a way that is there."""

from __future__ import annotations

import re

from assistant.language.change.how_it_is_to_be import at_edge, spot_in_words
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.change.who_works import put
from assistant.language.correct.sentence_said import Sentence, somebody
from assistant.language.figures.reading import figure_from
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Branch, Choice, Sequence, Task
from assistant.process.edits import Edit, Insert, Place

NEEDS = re.compile(
    r"^(?:and |but |all |the |our )*(?P<thing>[a-z][\w -]{2,30}?) (?P<limit>(?:>|<|over|above|under|below|"
    r"(?:of )?more than|less than|from|worth (?:more than|over)) ?"
    r"(?:[^,;()]|,(?=\d))*?\d(?:[^,;()]|,(?=\d))*?)(?: ?\((?P<share>[^()]+)\))? "
    r"(?:need|needs|require|requires|must have|have to have) (?:the |an? )?"
    r"(?:approval|permission|consent|ok|okay|signature|sign-off|release|go-ahead) (?:of|by|from) "
    r"(?P<who>[^,;()]{3,40}?)(?P<more>[,;(].*)?$",
    re.IGNORECASE,
)
ASK = "That is an approval of some cases only. Where does it stand?"
MOST_PLACES = 3


def read(sentence: Sentence) -> Doubt | None:
    """Where the approval stands, before or behind what is done to the thing, to pick from; nothing is written."""
    said = NEEDS.match(sentence.request.strip(" .!"))
    who = somebody(sentence.catalogue, said["who"]) if said else ""
    if said is None or not who:
        return None
    of_it = [step for step in sentence.catalogue.named if any(alike(word, part) for word in content(said["thing"])
             for part in content(step.name))]  # fmt: skip
    spots = [spot for step in of_it for spot in (Place(before=step.id), Place(after=step.id))][:MOST_PLACES]
    spots = spots or [at_edge(sentence.catalogue, "end")]
    made, roles = _made(sentence, said, who)
    title = f"{made.branches[0].when}: approval"
    return Doubt(ASK, tuple(
        Outcome(f"{title} {spot_in_words(sentence.catalogue, spot)}", (*roles, Insert(blocks=(made,), place=spot)))
        for spot in spots
    ))  # fmt: skip


def _made(sentence: Sentence, said: re.Match[str], who: str) -> tuple[Choice, list[Edit]]:
    """The decision with the approval in it: how often it is so, and how long it is waited for, where that is told."""
    role, roles = put(sentence.catalogue, sentence.request, who)
    beside = f"{said['share'] or ''}, {said['more'] or ''}"
    share, length = figure_from(beside, "chance"), figure_from(beside, "duration")
    p = share.middle if share else None
    fresh, name = Fresh(sentence.catalogue), f"Approve {said['thing'].strip().lower()}"
    id_ = fresh.id("decision")
    wait = as_duration(length).model_copy(update={"span": None}) if length else None
    task = Task(id=fresh.id(name), name=name, role=role.id, wait=wait)
    when = f"{said['thing']} {said['limit']}".strip()
    ways = (
        Branch(id=f"{id_}.1", when=when, p=p, do=Sequence(items=(task,))),
        Branch(id=f"{id_}.2", when="otherwise", p=None if p is None else round(1 - p, 6)),
    )
    return Choice(id=id_, question=f"{when[0].upper()}{when[1:]}?", branches=ways), roles
