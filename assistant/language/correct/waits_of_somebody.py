"""Who waits for what, and a wait that is denied (`the books do not wait for the glue`)."""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Delete, Edit, SetValue

WAITS_FOR = re.compile(
    r"^(?:and |then |but |so )*(?P<who>(?:the |our )?[\w'-]+(?: [\w'-]+)?) (?:has to |must |then |usually |always )*"
    r"waits? (?P<time>[^,;]*?\b(?:hours?|days?|weeks?|months?|minutes?)) for "
    r"(?P<thing>(?:the|an?|his|her|their) [\w -]+)$",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"^(?:no,? |but )*(?P<what>[^,;]{1,50}?) (?:do|does|did|need)(?: not|n't) (?:have to |need to )?"
    r"(?:wait|lie|sit|stand|rest|queue)\b(?P<rest>[^,;]*)(?:[,;–-]+\s*(?P<more>.+))?$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The wait before the work of who waits; or the one that is denied gone, or as long as is said instead."""
    text = sentence.request.replace("’", "'").strip(" .!")
    if said := WAITS_FOR.match(text):
        return _waits(sentence, said)
    said = DENIED.match(text)
    return _denied(sentence, said) if said else None


def _waits(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    """The first work of who waits behind the step that the thing comes from."""
    catalogue = sentence.catalogue
    role = role_named(catalogue, ARTICLE.sub("", said["who"]))
    length = _length(said["time"])
    if role is None or length is None:
        return None
    order = [step.id for step in catalogue.named]
    thing = content(said["thing"])
    makes = [
        id_ for id_ in order if any(alike(word, part) for word in thing for part in content(catalogue.name(id_))[1:])
    ]  # fmt: skip
    own = [id_ for id_ in order if id_ in catalogue.of_role(role.id)]
    behind = [id_ for id_ in own if makes and order.index(id_) > order.index(makes[0])]
    pool = behind or ([] if makes else own)
    if not pool or (len(pool) > 1 and not behind):
        return None
    return _set(sentence, catalogue.by_id[pool[0]], length)


def _denied(sentence: Sentence, said: re.Match[str]) -> Outcome | Doubt | None:
    steps = [step for step in sentence.catalogue.steps if isinstance(step, Task | Wait)]
    held = [step for step in steps if isinstance(step, Wait) or step.wait]
    if not held:
        return None
    old, new = _length(said["rest"]), _length(said["more"] or "")
    if old and not said["more"]:
        return None  # a length is denied and no other told: what it is then is asked
    words = content(f"{said['what']} {said['rest']}")
    scored = [(_like(sentence, step, old, words), step) for step in held]
    best = max(score for score, _ in scored)
    found = [step for score, step in scored if score == best and (best or len(held) == 1)]
    if len(found) != 1:
        return Doubt("Which wait is that? I am not sure, so nothing was changed.", ()) if old else None
    if new is not None:
        return _set(sentence, found[0], new)
    id_ = found[0].id
    gone: Edit = (
        Delete(ids=(id_,)) if isinstance(found[0], Wait) else SetValue(id=id_, field="wait", value=None)
    )  # fmt: skip
    return Outcome(f"no wait: “{sentence.catalogue.name(id_)}”", (gone,))


def _like(sentence: Sentence, step: Task | Wait, old: Figure | None, words: list[str]) -> int:
    value = step.duration if isinstance(step, Wait) else step.wait
    same = old is not None and value is not None and abs(value.mean_seconds - old.seconds()) <= 0.02 * old.seconds()
    own = content(sentence.catalogue.name(step.id))
    return 2 * same + sum(any(alike(word, part) for part in own) for word in words)


def _length(text: str) -> Figure | None:
    found = [figure for figure in figures_in(text) if figure.kind == "duration" and not figure.vague]
    return found[0] if len(found) == 1 else None


def _set(sentence: Sentence, step: object, length: Figure) -> Outcome | None:
    if not isinstance(step, Task | Wait):
        return None
    value = as_duration(length, False).model_copy(update={"span": None}).document()
    field = "duration" if isinstance(step, Wait) else "wait"
    name = sentence.catalogue.name(step.id)
    return Outcome(f"the waiting of “{name}”", (SetValue(id=step.id, field=field, value=value),))
