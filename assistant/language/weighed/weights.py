"""How likely each way to understand a turn is: by weights learnt from turns whose meaning is known.

Every way has counts of its own (how much of the name of a step is said, how far a figure stands from it), how many of
the words it leaves unexplained, and the cues of the sentence, each weighed for its kind (`english/data/way_weights.tsv`
is made by `bench/learn_ways.py`). That nothing is meant to change is one more way.
"""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import chain, combinations
from typing import NamedTuple

from assistant.english.tables import rows, wordings
from assistant.errors import EditRefused
from assistant.language.correct.borne_out import borne_out
from assistant.language.weighed import (
    conditions_said,
    figures_of_all,
    names_said,
    several_lengths,
    steps_moved,
    steps_placed,
    steps_replaced,
    told_of_some,
)
from assistant.language.weighed import possible_edits as of_steps
from assistant.language.weighed.possible_edits import Way
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.apply import apply
from assistant.process.blocks import Block
from assistant.process.edits import DropRole, Edit, Insert, PutRole

HARDLY_EVER = 0.02
"""Below which likelihood nobody asks whether the words bear a way out: it comes to nothing."""
NOTHING = Way("nothing", "", (), frozenset())
CUES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in wordings("weighed-cue")}
FEW, MANY = 5, 15
SHARED = frozenset(
    name.replace("_", " ") for name in
    """like verb exact ahead recent mine asked away was same denied there clauses known numbers short share first hour
    one word gap figures said near by acts object is here leaves several paid right_before light not""".split()
)  # fmt: skip
"""What is counted of ways of many kinds and weighs for all of them as well: a kind that few turns are of learns from
the others."""
SPAN = re.compile(r"(?:span=(?:Span\([^)]*\)|None)|basis=<Basis[^>]*>)")
"""Where something was said, and how it is known, make no other way of it."""


ROOMS = (of_steps, several_lengths, figures_of_all, conditions_said, names_said, steps_placed, told_of_some,
         steps_moved, steps_replaced)  # fmt: skip


class Weighed(NamedTuple):
    """A way and how likely it is, from 0 to 1."""

    way: Way
    share: float


def ways(spoken: Spoken) -> list[Way]:
    """The ways a turn may be meant that the process allows, in no order; none twice."""
    found: dict[str, Way] = {}
    for reader in chain.from_iterable(room.READERS for room in ROOMS):
        for way in reader(spoken):
            found.setdefault(SPAN.sub("", repr(way.edits)), way)
    return [*found.values(), *_both(spoken, list(found.values()))]


SEVERAL = frozenset({"time", "count", "price", "prices", "counts", "hands", "chance", "gone", "hours", "condition",
                     "role name"})  # fmt: skip
MOST_PAIRS = 24


def _both(spoken: Spoken, found: list[Way]) -> list[Way]:
    """Two ways at once, each said in parts of its own (`the chairman writes it, and he takes two hours over it`)."""
    best: dict[tuple[str, tuple[int, ...]], Way] = {}
    for way in found:
        if way.kind in SEVERAL and way.at:
            key = (way.kind, tuple(sorted({spoken.part_of(place) for place in way.at})))
            if key not in best or _power(way) > _power(best[key]):
                best[key] = way
    singles = sorted(best.values(), key=lambda way: -_power(way))[:8]
    numbers = {place for said in spoken.figures for place in said.at}
    pairs = [(a, b) for a, b in combinations(singles, 2) if _apart(a, b) and not a.at & b.at & numbers]
    return [
        Way("both", f"{a.title}; {b.title}", _together(spoken, a, b), a.at | b.at,
            {f"{way.kind}: {name}": value for way in (a, b) for name, value in way.counts.items()}
            | {f"{a.kind}+{b.kind}": 1.0, "same": float(_same_step(a, b))})
        for a, b in pairs[:MOST_PAIRS]
    ]  # fmt: skip


def _power(way: Way) -> float:
    return way.counts.get("like", 0.0) + way.counts.get("verb", 0.0) - way.counts.get("away", 0.0) + 0.1 * len(way.at)


def _together(spoken: Spoken, a: Way, b: Way) -> tuple[Edit, ...]:
    """The edits of two ways; what both say of one role in one edit."""
    made: list[Edit] = list(a.edits)
    for edit in b.edits:
        same = [at for at, other in enumerate(made) if isinstance(other, PutRole) and isinstance(edit, PutRole)
                and other.role.id == edit.role.id]  # fmt: skip
        if not same or not isinstance(edit, PutRole):
            made.append(edit)
            continue
        known, first = spoken.catalogue.process.role(edit.role.id), made[same[0]]
        assert isinstance(first, PutRole)
        new = {name: value for name, value in dict(edit.role).items() if value != getattr(known, name, None)}
        made[same[0]] = PutRole(role=first.role.model_copy(update=new))
    return tuple(made)


def _apart(a: Way, b: Way) -> bool:
    """Whether two ways change different things."""
    aims = [{(type(edit).__name__, *_aim(edit)) for edit in way.edits if not isinstance(edit, PutRole)}
            for way in (a, b)]  # fmt: skip
    people = [{edit.role.id for edit in way.edits if isinstance(edit, PutRole)} for way in (a, b)]
    figures = {a.kind.rstrip("s"), b.kind.rstrip("s")} in MAY_SHARE
    if people[0] & people[1] and not figures:
        return False
    renamed = "role name" in (a.kind, b.kind) and not people[0] & people[1]
    return not aims[0] & aims[1] and "gone" not in (a.kind, b.kind) and not renamed


MAY_SHARE = ({"price", "count"}, {"hour", "count"}, {"hour", "price"}, {"role name", "count"})
"""What may be told of one and the same in a turn."""


def _aim(edit: Edit) -> tuple[str, ...]:
    if isinstance(edit, PutRole):
        return (edit.role.id,)
    return tuple(getattr(edit, "ids", ())) or (str(getattr(edit, "id", "")), str(getattr(edit, "field", "")))


def _same_step(a: Way, b: Way) -> bool:
    steps = [{step for edit in way.edits for step in _aim(edit)} for way in (a, b)]
    return bool(steps[0] & steps[1])


def weighed(spoken: Spoken) -> list[Weighed]:
    """The ways with their likelihood, the likeliest first; one without edits stands for nothing to be changed.

    Ways that do the same, but for the words they do it in, count together: the likeliest of them stands for all.
    """
    if "weighed" not in spoken.memo:
        spoken.memo["weighed"] = _weighed(spoken)
    return spoken.memo["weighed"]  # type: ignore[return-value]


def _weighed(spoken: Spoken) -> list[Weighed]:
    found = [NOTHING, *ways(spoken)]
    sums = [sum(weight * value for weight, value in _weighted(counts)) for counts in counted(spoken, found)]
    most = max(sums)
    powers = [math.exp(value - most) for value in sums]
    alike: dict[tuple[object, ...], list[tuple[float, int]]] = {}
    for place, (way, power) in enumerate(zip(found, powers, strict=True)):
        alike.setdefault(_does(way), []).append((power / sum(powers), place))
    made = []
    for group in alike.values():
        best = max(group, key=lambda likely: (not _wordy(found[likely[1]]), likely))
        made.append(Weighed(found[best[1]], sum(share for share, _ in group)))
    return sorted(_said_so(spoken, made), key=lambda one: -one.share)


def _said_so(spoken: Spoken, made: list[Weighed]) -> list[Weighed]:
    """The ways that the words bear out: what they do not say of a step is as likely as that nothing is meant."""
    lost = [
        likely for likely in made
        if likely.share >= HARDLY_EVER and likely.way is not NOTHING
        and not borne_out(spoken.catalogue.process, spoken.words, likely.way.edits)
    ]  # fmt: skip
    if not lost:
        return made
    nothing = sum(likely.share for likely in made if likely.way is NOTHING or likely in lost)
    return [*(likely for likely in made if likely.way is not NOTHING and likely not in lost), Weighed(NOTHING, nothing)]


WORDY = re.compile(r"\b(?:the|an?)\b")


def _wordy(way: Way) -> bool:
    """Whether a new step keeps an article in its name."""
    made = [block for edit in way.edits if isinstance(edit, Insert) for block in edit.blocks]
    return any(WORDY.search(str(getattr(block, "name", ""))) for block in made)


def _does(way: Way) -> tuple[object, ...]:
    """What a way does, without the wording of new names and without who is left with nothing to do: two of these alike
    differ in nothing but that."""
    made = [block for edit in way.edits if isinstance(edit, Insert) for block in edit.blocks]
    new = {f"'{block.id}'": f"'new {place}'" for place, block in enumerate(made)}
    told = [edit for edit in way.edits if not isinstance(edit, DropRole) and not (made and isinstance(edit, PutRole))]
    return (way.kind, *(_done(edit, new) for edit in told or way.edits))


def told_by(way: Way) -> tuple[object, ...]:
    """The new steps a way puts in, wherever it puts them; none where it puts in none."""
    made = [block for edit in way.edits if isinstance(edit, Insert) for block in edit.blocks]
    return tuple(word for block in made for word in _first_words(block))


def _first_words(block: Block) -> tuple[str, ...]:
    inner = [step for branch in getattr(block, "branches", ()) for step in branch.do.items]
    return tuple(str(getattr(step, "name", "")).split(" ")[0] for step in (inner or [block]))


def _done(edit: Edit, new: dict[str, str]) -> object:
    """What an edit does; new steps are called by their place, whatever they are named."""
    if not isinstance(edit, Insert):
        said = SPAN.sub("", repr(edit))
        for id_, called in new.items():
            said = said.replace(id_, called)
        return said
    first = [str(getattr(block, "name", "") or getattr(block, "question", "")) for block in edit.blocks]
    return repr(edit.place), *(
        (type(block).__name__, name.split(" ")[0]) for block, name in zip(edit.blocks, first, strict=True)
    )


def allowed(spoken: Spoken, way: Way) -> bool:
    """Whether the edits of a way can be made, and change something."""
    process = spoken.catalogue.process
    try:
        return apply(process, way.edits) != process
    except EditRefused:
        return False


@cache
def _weights() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in rows("way_weights")}


def _weighted(counts: dict[str, float]) -> list[tuple[float, float]]:
    weights = _weights()
    return [(weights[name], value) for name, value in counts.items() if name in weights]


def counted(spoken: Spoken, found: list[Way]) -> list[dict[str, float]]:
    """What can be counted of each way, by name; the first one is that nothing is meant."""
    cues = _cues(spoken)
    heavy = spoken.heavy | {place for said in spoken.figures for place in said.at}
    best: dict[str, float] = {}
    for way in found:
        best[way.kind] = max(best.get(way.kind, 0.0), _cover(way, heavy))
    made = []
    for way in found:
        cover = _cover(way, heavy)
        own = {"": 1.0, **{f" {cue}": value for cue, value in cues.items()}}
        own |= {f": {name}": value for name, value in way.counts.items()}
        own |= {": cover": cover, ": best": float(cover >= best[way.kind])}
        counts = {f"{way.kind}{name}": value for name, value in own.items() if value}
        counts |= {f"any: {name}": value for name, value in way.counts.items() if name in SHARED and value}
        counts |= {"cover": cover, "left": min(6, len(heavy - way.at)) / 6} if way is not NOTHING else {}
        counts |= {
            f"unused {name}": value for name, value in _unused(spoken, way).items() if way is not NOTHING and value
        }
        family = way.kind.split()[0]
        if family != way.kind:
            counts |= {f"{family}*{name}": value for name, value in own.items() if value}
        made.append(counts)
    return made


def _unused(spoken: Spoken, way: Way) -> dict[str, float]:
    """How many of the figures that are said, and of those who are named, a way has no use for."""
    figures = sum(not said.at & way.at for said in spoken.figures)
    people = sum(not name.at & way.at for name in spoken.people)
    return {"figures": min(3, figures) / 3, "people": min(3, people) / 3}


def _cover(way: Way, heavy: frozenset[int]) -> float:
    return len(way.at & heavy) / max(1, len(heavy))


def _cues(spoken: Spoken) -> dict[str, float]:
    found = {name: 1.0 for name, pattern in CUES.items() if pattern.search(spoken.low)}
    found |= {f"figure {said.figure.kind}": 1.0 for said in spoken.figures}
    found["figures"] = float(len(spoken.figures) > 1)
    found["roles"] = min(2, len(spoken.people)) / 2
    found["against"] = float(any(name.against for name in spoken.people))
    found["like"] = max((like.score for like in spoken.likeness()), default=0.0)
    found["wrong"] = float(spoken.wrong)
    found["few"] = float(len(spoken.tokens) < FEW)
    found["many"] = float(len(spoken.tokens) > MANY)
    found["parts"] = min(3, len(spoken.parts)) / 3
    return {name: value for name, value in found.items() if value}
