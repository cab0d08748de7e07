"""The parts of a turn: what stands between commas, dashes and the like, and who and what each speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from assistant.english.forms import base_of, is_nounish, is_plural, verb_forms
from assistant.language.change.mention import alike, content, ways_called
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.model import Role

PART = re.compile(r"\s*(?:[;:!?…]+|,(?!\d)|\.{2,}|\.(?=\s|$)|\s[-–—]+\s|[()])\s*|\s+(?:and|but|plus)\s+")
NO_WORK = frozenset("be have do need take last wait stay sit spend seem get mean count depend say guess make".split())


@dataclass(frozen=True)
class Part:
    """A part of a turn: its words, who and which steps it names, and its figures."""

    text: str
    start: int
    roles: tuple[Role, ...]
    steps: tuple[str, ...]
    figures: tuple[Figure, ...]


def parts(sentence: Sentence) -> list[Part]:
    """The parts of a turn."""
    figures = [figure for figure in figures_in(sentence.text) if not figure.vague]
    cuts, start = [], 0
    for cut in PART.finditer(sentence.text):
        if not any(figure.a < cut.start() < figure.b for figure in figures):
            cuts.append((start, cut.start()))
            start = cut.end()
    cuts.append((start, len(sentence.text)))
    return [
        Part(sentence.text[a:b], a, roles_in(sentence, sentence.text[a:b]), steps_in(sentence, sentence.text[a:b]),
             tuple(figure for figure in figures if a <= figure.a < b and sentence.text[figure.a : figure.b] != "one"))
        for a, b in cuts if re.search(r"\w", sentence.text[a:b])
    ]  # fmt: skip


def roles_in(sentence: Sentence, text: str) -> tuple[Role, ...]:
    """The roles a text names, also by the head of their name or a form of it (`reception` is the receptionist)."""
    said, found = content(text), []
    for role in sentence.catalogue.process.roles:
        ways = [own for own in ways_called(role) if own]
        if any(all(any(alike(word, part) or _of_one(word, part) for word in said) for part in own) for own in ways):
            found.append(role)
    heads = [
        role for role in sentence.catalogue.process.roles
        if content(role.name) and any(alike(word, content(role.name)[-1]) for word in said) and role not in found
    ]  # fmt: skip
    return tuple(found or (heads if len(heads) == 1 else ()))


def _of_one(word: str, part: str) -> bool:
    """`reception` and `receptionist`."""
    short, long = sorted((word, part), key=len)
    return len(short) >= 6 and long.startswith(short) and long[len(short) :] in ("ist", "er", "or", "s", "ists", "ers")


def steps_in(sentence: Sentence, text: str) -> tuple[str, ...]:
    """The steps a text names best: by their verb, or by all of their thing."""
    timed = any(figure.kind == "duration" for figure in figures_in(text))
    said = [word for word in content(text) if not (timed and word in LASTING)]
    scores: dict[str, float] = {}
    people = {part for role in sentence.catalogue.process.roles for part in content(role.name)}
    for step in sentence.catalogue.named:
        own = content(step.name)
        if not own or not isinstance(step, Task):
            continue
        things = [part for part in own[1:] if part not in people]
        acts = [word for word in said if not any(alike(word, part) for part in own[1:])]
        verb = any(alike(word, own[0]) for word in acts)
        like = any(same_action(word, own[0]) for word in acts)
        shared = sum(any(alike(word, part) for word in said) for part in things)
        strange = [word for word in said if word not in acts and word not in things]
        like = like and len(said) <= 2 and (shared > 0 or not things or len(said) == 1 or not strange)
        if verb or (things and shared) or like:
            scores[step.id] = 1.25 * verb + 0.6 * (like and not verb) + shared / max(1, len(things))
    most = max(scores.values(), default=0.0)
    return tuple(id_ for id_, score in scores.items() if score >= most - 0.01) if most >= 0.5 else ()


LASTING = frozenset("take takes took taking need needs last lasts get gets".split())


def same_action(word: str, verb: str) -> bool:
    """Whether two verbs are of one meaning (`look` and `check`)."""
    base = base_of(word) or word
    if word in LASTING:
        return False
    return any(base in group and verb in group for group in SAME)


SAME = (
    frozenset("look check inspect examine test".split()), frozenset("bring take carry drive deliver fetch "
        "collect pick".split()),
    frozenset("call ring phone".split()), frozenset("bill invoice charge".split()), frozenset("write enter type "
        "record note".split()),
    frozenset("throw bin discard".split()), frozenset("search look find".split()),
    frozenset("mend repair fix correct".split()),
    frozenset("wash clean rinse".split()), frozenset("try taste".split()),
)  # fmt: skip


PASSIVE = re.compile(
    r"\b(?:is|are|gets?|has to be|have to be)\s+(?:(?:also|then|always|first|usually|still|often|"
    r"only)\s+)*(?P<verb>[a-z]+)\b"
)


def other_work(sentence: Sentence, steps: Iterable[str]) -> bool:
    """Whether a part tells of something done, by somebody or to something, that is none of these steps."""
    catalogue = sentence.catalogue
    own = [word for id_ in steps if id_ in catalogue.by_id for word in content(catalogue.name(id_))]
    own += [word for role in catalogue.process.roles for word in content(role.name)]
    for part in parts(sentence):
        done = [
            match["verb"] for match in PASSIVE.finditer(part.text)
            if any(form.form in ("en", "ed") and form.base not in NO_WORK for form in verb_forms(match["verb"]))
        ]  # fmt: skip
        acts = [
            act for act in acts_in(part) if not any(alike(act, word) for word in own)
        ]  # `changing the pads takes …`
        if not done and not acts and not _acts_alone(part):
            continue
        text = part.text
        for figure in sorted(figures_in(text), key=lambda figure: -figure.a):
            text = text[: figure.a] + " " + text[figure.b :]
        unknown = [
            word for word in content(text)
            if word not in LASTING and not any(alike(word, other) or same_action(word, other) for other in own)
        ]  # fmt: skip
        if len(unknown) >= 2 or (unknown and _acts_alone(part)):
            return True
    return False


def _acts_alone(part: Part) -> bool:
    """`the band eats`: somebody does something to nothing."""
    words = re.findall(r"[\w'-]+", part.text)
    own = [word for role in part.roles for word in content(role.name)]
    forms = verb_forms(words[-1])[:1] if len(words) > 1 else ()
    acts = any(form.form == "s" and form.base not in NO_WORK for form in forms)
    return (acts and any(alike(words[-2], name) for name in own)) or _several_do([*words, "the"], len(words) - 2)


def works(part: Part) -> bool:
    """Whether somebody does something in a part: a verb of work in the third person, with something behind it."""
    return bool(acts_in(part))


ARTICLES = ("the", "a", "an", "his", "her", "their", "its", "it", "them")
TAKEN = re.compile(r"^(?:takes?|took) (?:the|his|her|their|its|it|them|some) (?!whole|first|last|next|better|most)\w+")


def _several_do(words: list[str], place: int) -> bool:
    """ "The drivers load the van", "the pickers pick and pack the goods": several people whom nobody told of before do
    something; the doers stand at `place`."""
    if not 0 < place < len(words) - 2:
        return False
    before, doer, word, behind = words[place - 1 : place + 3]
    forms = verb_forms(word.lower())[:1]
    return (
        before.lower() in ARTICLES
        and doer.endswith("s")
        and is_plural(doer.lower())
        and any(form.form == "base" and form.base not in NO_WORK for form in forms)
        and (behind in ARTICLES or behind == "and")
    )


def acts_in(part: Part) -> list[str]:
    """The verbs of work in the third person; an unknown word in their form right behind somebody is one."""
    words = [re.sub(r"\W", "", word) for word in part.text.split()]
    own = [word for role in part.roles for word in content(role.name)]
    found = []
    for place, (before, word) in enumerate(pairwise(words[:-1])):
        if any(alike(word, name) for name in own):
            continue
        if word in ("takes", "take", "took") and TAKEN.search(f"{word} {part.text.split(word, 1)[1].strip()}"):
            found.append(word)
            continue
        if any(alike(before, name) for name in own) and any(form.form == "base" for form in verb_forms(word)[:1]):
            behind = words[place + 2]
            if verb_forms(word)[0].base not in NO_WORK and (behind in ARTICLES or not is_nounish(word)):
                found.append(word)
            continue
        if _several_do(words, place):
            found.append(word)
            continue
        known = verb_forms(word)[:1]
        if any(form.form == "s" and form.base not in NO_WORK for form in known) or (
            not any(form.form in ("base", "s") for form in known)
            and (before in ("he", "she") or any(alike(before, name) for name in own))
            and word not in ("was", "has", "is", "does")
            and re.fullmatch(r"[a-z]{3,}s", word)
        ):
            found.append(word)
    return found
