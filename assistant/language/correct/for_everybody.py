"""What is done in every case after all: `the prints are ordered for everybody, not only for those who …`, and a share
that is one of things, not of cases: `half of the figures, not half of the cases`."""

from __future__ import annotations

import re

from assistant.language.change.mention import alike
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.no_decision import always
from assistant.language.correct.sentence_said import Sentence, likely
from assistant.language.figures.reading import figure_from
from assistant.process.blocks import Choice
from assistant.process.edits import Move, Place

NOT_ONLY = re.compile(
    r"^(?:no,?\s+)?(?P<what>[^,;]+?)(?:,?\s+(?:for (?:everybody|everyone|all(?: of them)?|(?:every|each) \w+)|always|"
    r"every time|in (?:every|each|any|all) cases?))?[\s,;–-]+(?:and |but )?not (?:only|just) (?:for |in |with )?"
    r"(?:when|if|where|those|the(?: ones)?|cases|people)\b.+$",
    re.IGNORECASE,
)
OF_THINGS = re.compile(
    r"^(?:no,?\s+)?(?P<share>[^,;.]+?) of (?:the |our )?(?P<thing>\w+)(?: [^,;.]+?)?[\s,;–-]+(?:and |but )?not "
    r"(?:(?:of )?(?:the |all (?:the )?)?|[^,;.]+? of (?:the |all (?:the )?)?)(?P<cases>\w+)(?:[.;,]\s.*)?$",
    re.IGNORECASE,
)
MOST = 3


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The step taken out of the way it stands on; an outcome without edits where every case comes to it already."""
    text = sentence.request.strip(" .!")
    if said := OF_THINGS.match(text):
        return _of_things(sentence, said)
    said = NOT_ONLY.match(text)
    steps = likely(sentence.catalogue, said["what"].lower()) if said else []
    if said is None or not steps:
        return None
    ways = [_every_time(sentence, step) for step in steps[:MOST]]
    changing = [way for way in ways if way.edits]
    if len(changing) > 1:
        return Doubt("Which step is done in every case?", tuple(changing))
    return changing[0] if changing else ways[0]


def _every_time(sentence: Sentence, step: str) -> Outcome:
    catalogue = sentence.catalogue
    way = catalogue.branch_of(step)
    owner = catalogue.owner.get(way) if way else None
    title = f"“{catalogue.name(step)}” in every case"
    if not isinstance(owner, Choice):
        return Outcome(title, ())
    row = catalogue.inside(str(way))
    behind = tuple(row[row.index(step) :]) if step in row else (step,)  # what follows on it goes with it
    return Outcome(title, (Move(ids=behind, place=Place(after=owner.id)),))


def _of_things(sentence: Sentence, said: re.Match[str]) -> Outcome | Doubt | None:
    """The decision that was made of such a share goes; what hangs on it is done in every case."""
    share = figure_from(said["share"], "chance")
    if share is None or alike(said["thing"].lower(), said["cases"].lower()):
        return None
    choices = [
        block for block in sentence.catalogue.steps if isinstance(block, Choice)
        and any(way.when and way.p is not None and abs(way.p - share.middle) < 0.01 for way in block.branches)
    ]  # fmt: skip
    ways = [way for choice in choices[:MOST] if (way := always(sentence.catalogue, choice)) is not None]
    if len(ways) > 1:
        return Doubt("Which decision is none?", tuple(ways))
    return ways[0] if ways else None
