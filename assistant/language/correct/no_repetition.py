"""A repetition that is none: `it's not a repetition`, `the washing is not repeated`; of muddled ones it is asked."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct import waits_told
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Loop, Task
from assistant.process.edits import Delete, Edit, Move, Place, SetValue
from assistant.process.tree import step_id

NONE = re.compile(
    r"^\W*(?:no,? )?(?:(?:it|that|this|there|which)(?:'s| is| are)|(?P<what>[^,;]{2,60}?) (?:is|are))(?: really| just)?"
    r"(?:n't| not| no)(?: an?| any| no)?(?: (?:repetition|loop|repeat)s?| repeated| done (?:again|twice))\b"
    r"(?: of (?P<of>[^,;]+))?(?:[,;–-]+ ?(?:and |but )?(?P<rest>.+))?$",
    re.IGNORECASE,
)
TAKE_OUT = re.compile(
    rf"^\W*(?:please )?(?:{any_of('remove', 'stems')}\w*|get rid of|take out|take away) (?:the |that |this )?"
    r"(?:repetition|loop|repeat)(?: (?:of|around|round|at|with) (?P<of>[^,;]+))?$",
    re.IGNORECASE,
)
MUDDLED = re.compile(worded("no-repetition-muddled"), re.IGNORECASE)
MOST_WAYS = 4


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """What takes the repetition away and keeps its steps; a question where it is not plain which one goes."""
    text = sentence.request.replace("’", "'").strip(" .!")
    loops = [step for step in sentence.catalogue.steps if isinstance(step, Loop)]
    if MUDDLED.search(text):
        return _muddled(sentence.catalogue, loops)
    said = NONE.match(text) or TAKE_OUT.match(text)
    if said is None:
        return None
    parts = said.groupdict()
    rest, named = parts.get("rest") or "", f"{parts.get('what') or ''} {parts.get('of') or ''}"
    inner = Sentence(sentence.catalogue, rest, sentence.wrong, sentence.recent, sentence.about, sentence.told)
    besides = waits_told.read(inner) if rest else None
    if not loops:
        return besides or (Outcome("nothing is repeated", ()) if not figures_in(rest) else None)
    meant = _meant(sentence, loops, f"{named} {rest}", besides)
    ways = [way for loop in meant[:MOST_WAYS] if (way := without(sentence.catalogue, loop)) is not None]
    if isinstance(besides, Outcome):
        ways = [Outcome(f"{way.title}; {besides.title}", (*besides.edits, *way.edits)) for way in ways]
    sure = len(ways) == 1 and not meant[0].redo.items and (isinstance(besides, Outcome) or not figures_in(rest))
    return ways[0] if sure else Doubt("Which repetition is none?", tuple(ways))


def without(catalogue: Catalogue, loop: Loop) -> Outcome | None:
    """The edits that leave what a loop holds where it is, done once; what is done only before it is done again goes."""
    inner = tuple(step_id(step) for step in loop.do.items)
    if not inner:
        return None
    within = [step.id for step in catalogue.named if set(inner) & set(catalogue.chain(step.id))]
    names = " to ".join(f"“{catalogue.name(step)}”" for step in dict.fromkeys(within[:1] + within[-1:]))
    now = f" (now: again while “{loop.while_}”)" if loop.while_ else ""
    gone = "".join(f", without “{catalogue.name(step_id(step))}”" for step in loop.redo.items)
    edits: tuple[Edit, ...] = (Move(ids=inner, place=Place(before=loop.id)), Delete(ids=(loop.id,)))
    return Outcome(f"{names} is done once{gone}{now}", edits)


def _muddled(catalogue: Catalogue, loops: list[Loop]) -> Doubt:
    ways = tuple(way for loop in loops[:MOST_WAYS] if (way := without(catalogue, loop)) is not None)
    if not ways:
        return Doubt("No step is repeated now. Say what is done again as “if …, it goes back to …”.", ())
    how = "Tell me one at a time. Which one goes? The right one you say as “if …, it goes back to …”."
    there = "1 repetition is" if len(loops) == 1 else f"{len(loops)} repetitions are"
    return Doubt(f"Nothing was changed yet: {there} there. {how}", ways)


def _meant(sentence: Sentence, loops: list[Loop], words: str, besides: Outcome | Doubt | None) -> list[Loop]:
    """The loops words speak of: by their condition and steps, by the step behind them, else the last spoken of."""
    catalogue, said = sentence.catalogue, content(words)
    at = {edit.id for edit in besides.edits if isinstance(edit, SetValue)} if isinstance(besides, Outcome) else set()
    scores = []
    for loop in loops:
        inner = [step for step in catalogue.named if loop.id in catalogue.chain(step.id)]
        own = [word for step in inner if isinstance(step, Task) for word in content(step.name)]
        told = content(f"{loop.while_} {loop.until or ''}")
        score = sum(any(alike(word, other) for other in (*own, *told)) for word in said)
        score += 2 * bool(at & {*catalogue.after(loop.id)[:1], *(step.id for step in inner)})
        scores.append(score + 0.5 * bool({step.id for step in inner} & set(sentence.recent)))
    return [loop for loop, score in zip(loops, scores, strict=True) if score == max(scores)]
