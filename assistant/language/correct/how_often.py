"""How often a way is taken: the branch or loop that words speak of, and its chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.english.forms import base_of, verb_forms
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.parts_of_a_turn import same_action
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.figure import Figure
from assistant.process.blocks import Choice, Loop
from assistant.process.durations import Basis
from assistant.process.edits import Edit, SetCondition


def chance(sentence: Sentence, part: str, rest: str, figure: Figure) -> Outcome | Doubt | None:
    if re.search(r"\b(?:if|when|whenever|then|sometimes|because)\b", part):
        return None
    rest = about_words(rest)
    ways = [id_ for id_ in ways_meant(sentence, rest) if not acts_otherwise(sentence.catalogue, part, (id_,))]
    if not content(rest) or len(content(rest)) > 6:
        return None
    made = [shared(sentence, id_, figure.middle) for id_ in ways]
    if len(made) > 1:
        return Doubt("Which of these do you mean?", tuple(made[:3]))
    return made[0] if made else None


ONLY_SHARE = re.compile(
    r"^(?:no,? |sorry,? )*(?:the |that |this |your )?(?:percentages?|per ?cents?|shares?|quota|ratio)\b[^,;:]{0,30}?"
    r"\b(?:wrong|false|not (?:right|correct|true)|incorrect|too (?:high|low))\b"
    r"[^\w%]*(?:(?:it(?:'?s|’s| is| are| was| should be)?|make it|rather|more like|should be)\s*)*"
    r"(?P<n>\d+(?:[.,]\d+)?)\s*(?:%|per ?cent)?\W*$",
    re.IGNORECASE,
)


def only_share(sentence: Sentence) -> Outcome | Doubt | None:
    """`The percentage is wrong, it is 75`: the one share that was told; of several it is asked which."""
    found = ONLY_SHARE.match(sentence.text)
    catalogue = sentence.catalogue
    share = float(found["n"].replace(",", ".")) / 100 if found else 2.0
    if share > 1:
        return None
    first = [split.branches[0] for split in catalogue.splits if isinstance(split, Choice)]
    told = [branch.id for branch in first if branch.p is not None]
    told += [step.id for step in catalogue.steps if isinstance(step, Loop) and step.p is not None]
    made = [shared(sentence, way, share) for way in told]
    if len(made) > 1:
        return Doubt("Which share do you mean?", tuple(made[:4]))
    return made[0] if made else None


NO_ACT = frozenset(
    "happen occur come go mean need turn apply concern get make take have be case time order want ask say do".split()
)
"""Verbs that only say that something is so, and nouns that look like one."""
BEFORE_NOUNS = frozenset("the of our a an these those all my their in with for from by many more some no".split())
"""Words behind which stands a thing and no act (`a fifth of the claims`)."""


def acts_otherwise(catalogue: Catalogue, words: str, ways: Sequence[str]) -> bool:
    """Whether words with a share have an act of their own that none of these ways, or decisions, speaks of (`one in ten
    disputes the bill`)."""
    blocks = (catalogue.by_id.get(id_) for id_ in ways)
    ways = [*ways, *(branch.id for block in blocks if isinstance(block, Choice) for branch in block.branches)]
    names = [branch.when or "" for id_ in ways if (branch := catalogue.branches.get(id_))]
    owners = [catalogue.owner.get(id_) or catalogue.by_id.get(id_) for id_ in ways]
    names += [str(getattr(owner, field, "") or "") for owner in owners for field in ("question", "while_", "until")]
    names += [catalogue.name(step) for id_ in ways for step in catalogue.rows.get(id_, ())]
    own = [word for name in names for word in content(name)]
    said = re.findall(r"[a-z'-]+|\d+", words.lower())
    acts = [
        word for front, word in pairwise(said)
        if front not in BEFORE_NOUNS and not front.isdigit()
        and any(form.form == "s" and form.base not in NO_ACT for form in verb_forms(word))
    ]  # fmt: skip
    return bool(own) and any(not any(alike(act, word) or same_action(act, word) for word in own) for act in acts)


def ways_meant(sentence: Sentence, words: str) -> list[str]:
    """The branches and loops a few words speak of, best first: by their condition, else by the steps on them."""
    said, catalogue = content(words), sentence.catalogue
    scores: dict[str, float] = {}
    for step in catalogue.steps:
        if isinstance(step, Choice):
            open_ways = [branch for branch in step.branches if branch.when and branch.when.lower() != "otherwise"]
            for branch in open_ways[:1] if len(open_ways) == 2 and open_ways[1].when in ("no",) else open_ways:
                own = content(f"{branch.when} {step.question or ''}")
                inner = [part for id_ in catalogue.inside(branch.id) for part in content(catalogue.name(id_))]
                scores[branch.id] = _shared_words(said, own) + 0.4 * _shared_words(said, inner)
        elif isinstance(step, Loop):
            scores[step.id] = _shared_words(said, content(f"{step.while_ or ''} {getattr(step, 'until', '') or ''}"))
    most = max(scores.values(), default=0)
    if most < LEAST:
        return _by_who_works(catalogue, said)
    return [id_ for id_, score in scores.items() if score == most]


LEAST = 0.4
"""How much of a way must be said for it to be spoken of."""


COMES_TO = frozenset("go end land come reach pass send hand need see".split())
"""How cases come to somebody."""


def _by_who_works(catalogue: Catalogue, said: Sequence[str]) -> list[str]:
    """The ways on which somebody works whom the words name (`25 percent go to the engineer`)."""
    if not any((base_of(word) or word) in COMES_TO for word in said):
        return []
    named = [role.id for role in catalogue.process.roles if _shared_words(said, content(role.name))]
    return [
        branch.id for branch in catalogue.branches.values()
        if any(done_by(catalogue.by_id[step]) in named for step in catalogue.inside(branch.id))
    ]  # fmt: skip


def _shared_words(said: Iterable[str], own: Sequence[str]) -> int:
    return sum(any(alike(word, part) for part in own) for word in said)


def shared(sentence: Sentence, id_: str, p: float) -> Outcome:
    """A way or a loop with its new chance; the other way, if there is only one, takes what is left."""
    catalogue = sentence.catalogue
    edits: list[Edit] = [SetCondition(id=id_, p=p, basis=Basis.STATED)]
    owner = catalogue.owner.get(id_)
    others = [branch for branch in owner.branches if branch.id != id_] if isinstance(owner, Choice) else []
    if len(others) == 1:
        edits.append(SetCondition(id=others[0].id, p=round(1 - p, 6), basis=Basis.STATED))
    block = catalogue.branches.get(id_) or catalogue.by_id.get(id_)
    when = getattr(block, "when", "") or getattr(block, "while_", "") or catalogue.name(id_)
    return Outcome(f"“{when}” in {round(100 * p, 1):g}% of the cases", tuple(edits))


def about_words(rest: str) -> str:
    """The words besides a figure without those of lasting."""
    rest = re.sub(
        r"\b(?:it|takes?|took|lasts?|needs?|requires?|is|are|was|only|about|around|roughly|usually|"
            r"more like|now|can|may|will|"
        r"no time at all|let's say|say|max(?:imum)?|on average|each|per (?:case|piece|batch|parcel|"
            r"order)|faster|slower|"
        r"to|for|from|up|at most|at least|her|him|them|us|me|with us|long)\b|[:=]",
        " ", rest,
    )  # fmt: skip
    return " ".join(rest.split())
