"""What is one step and what is two: `weighing and measuring is one step really, 4 min altogether`, `checking is two
things, first the master checks the colour and then the fit`, `split the last one: she signs it first, then files it`.
"""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.made_readable import spelled
from assistant.language.correct.only_some import task_called
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task
from assistant.process.edits import Edit, Insert, Merge, Place, SetValue, SplitTask
from assistant.process.tree import tasks

ONE = re.compile(
    r"^(?:no,? |but )*(?P<a>[^,;]{3,40}?) and (?P<b>[^,;]{3,40}?) (?:is|are)(?: both| all| just| actually)* "
    r"(?:(?:only |just |really )*one (?:step|task|thing|go)(?: really| actually)?|done (?:in one go|at once|in one))"
    r"(?:[\s,;–-]+(?:(?:it|that|this) takes |(?:and|about|in) )*(?P<time>\d[^,;]*?)"
    r"(?: (?:altogether|together|in all|in total|for both))?)?$",
    re.IGNORECASE,
)
_CLAUSES = (
    r"(?:first,? )?(?P<one>[^;]{5,70}?)(?:,? first)?,? (?:and )?(?:then|after that|afterwards),? (?P<two>[^,;]{2,60})"
)
SPLIT = re.compile(
    rf"^(?:please )?(?:split|divide) (?P<what>[^,;:]{{3,40}}?)(?: up)?(?: into two| in two)?(?:,? please)?"
    rf" ?[:,;–-] *{_CLAUSES}$",
    re.IGNORECASE,
)
TWO = re.compile(
    r"^(?:no,? |but )*(?P<what>[^,;:]{3,40}?) (?:is|are)(?: really| actually)? (?:two|2) (?:things|steps|tasks)"
    rf"(?: really| actually)?[:,; –-]+{_CLAUSES}$",
    re.IGNORECASE,
)
LAST = re.compile(r"^(?:the )?last (?:one|step|task)$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The steps made one, or the step made two; None where no single step is plain."""
    text = spelled(sentence.request).strip(" .!")
    if said := ONE.match(text):
        return _one(sentence, said)
    said = SPLIT.match(text) or TWO.match(text)
    return _two(sentence, said) if said else None


def _one(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    """Neighbours become one, with the time that is told of both, else with what they took."""
    both = [task_called(sentence, said[side]) for side in ("a", "b")]
    first, second = both
    if first is None or second is None or sentence.catalogue.after(first.id)[:1] != [second.id]:
        return None
    name = f"{first.name} and {second.name[:1].lower()}{second.name[1:]}"
    lengths = [figure for figure in figures_in(said["time"] or "") if figure.kind == "duration"]
    edits: list[Edit] = [
        Merge(ids=(first.id, second.id), task=first.model_copy(update={"name": name, "work": _sum(first, second)}))
    ]
    if lengths:
        value = as_duration(lengths[0], True).model_copy(update={"span": None}).document()
        edits.append(SetValue(id=first.id, field="work", value=value))
    return Outcome(f"“{name}” is one step", tuple(edits))


def _sum(first: Task, second: Task) -> object:
    known = [task.work for task in (first, second) if task.work is not None]
    if len(known) < 2 or len({(length.kind, length.unit) for length in known}) > 1 or known[0].kind != "fixed":
        return known[0] if len(known) == 1 else None
    return known[0].model_copy(update={"value": known[0].value + known[1].value, "span": None})  # type: ignore[union-attr]


def _two(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    """Two steps in place of one: of whoever is named, else of who did it."""
    step = (
        list(tasks(sentence.catalogue.process))[-1] if LAST.match(said["what"]) else task_called(sentence, said["what"])
    )
    if step is None:
        return None
    fresh, verb, made = Fresh(sentence.catalogue), "", []
    for words in (said["one"], said["two"]):
        role, does = _doer(sentence, words.strip())
        head, _, thing = does.partition(" ")
        base = base_of(head.lower(), "s", "base") if not ARTICLE.match(does) else None
        base, thing = (base, thing) if base else (verb, does)
        if not base or not thing:
            return None
        verb, own = base, " ".join(step.name.split()[1:])
        thing = own if thing in ("it", "them", "that") and own else thing
        task = fresh.task(f"{base.capitalize()} {ARTICLE.sub('', thing)}", step)
        made.append(task.model_copy(update={"role": role}) if role else task)
    if made[0].name.lower() == made[1].name.lower():
        return None
    parts = tuple(task for task in made if isinstance(task, Task))
    if len(parts) < len(made):
        return None
    title, known = f"split {step.name}", [task.name.lower() == step.name.lower() for task in parts]
    if not any(known):
        return Outcome(title, (SplitTask(id=step.id, tasks=parts),))
    place = Place(after=step.id) if known[0] else Place(before=step.id)  # it keeps what is known of it
    return Outcome(title, (Insert(blocks=(parts[1] if known[0] else parts[0],), place=place),))


def _doer(sentence: Sentence, words: str) -> tuple[str | None, str]:
    """Who a clause says does it, and the rest of its words."""
    bare = re.sub(r"^(?:he|she|they|we|it) (?=\w+ )", "", ARTICLE.sub("", words))
    if bare != ARTICLE.sub("", words):
        return None, bare
    split = bare.split()
    for size in range(min(4, len(split) - 1), 0, -1):
        if role := role_named(sentence.catalogue, " ".join(split[:size])):
            return role.id, " ".join(split[size:])
    return None, words
