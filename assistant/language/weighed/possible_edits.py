"""Every edit that the words of a turn could ask for, each with the words that speak for it and what can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from assistant.english.forms import verb_forms
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh
from assistant.language.correct import how_often
from assistant.language.correct.figures_of_steps import lasting
from assistant.language.correct.sentence_said import Sentence
from assistant.language.weighed.words_spoken_of import Likeness, Named, Said, Spoken
from assistant.process.blocks import Task
from assistant.process.durations import Basis
from assistant.process.edits import Delete, Edit, PutRole, Rename, SetRole, SetValue, WrapInChoice
from assistant.process.model import Role

MOST_STEPS = 3
MOST_BRANCHES = 6
CONDITION = re.compile(
    r"\b(?:if|when(?:ever)?|unless|in case|for|with|above|over|below|under|more than|less than|from|at least|where)\s",
    re.IGNORECASE,
)
ONLY = re.compile(r"\b(?:only|just|not (?:all|every)|unless|no need|don't need|doesn't need|skip)\b")


@dataclass(frozen=True)
class Way:
    """One thing a turn may mean: its kind, what it would do, the edits, which words speak for it, and its counts."""

    kind: str
    title: str
    edits: tuple[Edit, ...]
    at: frozenset[int]
    counts: dict[str, float] = field(default_factory=dict, compare=False)


def _sentence(spoken: Spoken) -> Sentence:
    return Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)


def _about(spoken: Spoken, said: Said) -> list[tuple[Likeness, float]]:
    """The steps a figure may be said of, each with how far the words that name it stand: in its part, before it, or
    anywhere; a step of somebody named alone and the steps spoken of last come after those."""
    part = spoken.part_of(min(said.at)) if said.at else 0
    found: dict[str, tuple[Likeness, float]] = {}
    for away, within in ((0.0, spoken.in_part(part)), (1.0, spoken.in_part(part - 1)), (2.0, None)):
        for like in spoken.likeness(within)[:MOST_STEPS]:
            found.setdefault(like.step, (like, away))
    for name in spoken.people:
        own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
        for step in own if len(own) == 1 else ():
            found.setdefault(step, (Likeness(step, 0.3, False, name.at), 3.0))
    for step in spoken.recent[:2]:
        found.setdefault(step, (Likeness(step, 0.1, False, frozenset()), 4.0))
    return list(found.values())


def _times(spoken: Spoken) -> Iterator[Way]:
    lengths = _lengths(spoken)
    best: list[Way] = []
    for said in lengths[:3]:
        made: list[Way] = []
        for like, away in _about(spoken, said):
            part = spoken.low[slice(*spoken.parts[spoken.part_of(min(said.at))])] if said.at else spoken.low
            told = lasting(_sentence(spoken), like.step, said.figure, part, "")
            if told is None:
                continue
            old = _old(spoken, like.step)
            counts = {
                **of_step(spoken, like), "away": away / 4, "figures": float(len(lengths) > 1),
                "was": float(any(other is not said and _is(other, old) for other in lengths)),
                "first": float(said is lengths[0]), "same": float(_is(said, old)),
            }  # fmt: skip
            made.append(Way("time", told.title, told.edits, like.at | said.at, counts))
        yield from made
        best += made[:1]
    if len(best) > 1 and len({way.edits[0].id for way in best if isinstance(way.edits[0], SetValue)}) == len(best):
        yield joined("times", best)


def _lengths(spoken: Spoken) -> list[Said]:
    """The lengths of time, a bare number behind one in its unit (`the walks are 40 minutes, the feeding's ten`)."""
    found: list[Said] = []
    for said in spoken.figures:
        if said.figure.kind in ("duration", "limit"):
            found.append(said)
        elif (
            said.figure.kind == "number"
            and found
            and not any(name.at & spoken.in_part(spoken.part_of(min(said.at, default=0))) for name in spoken.people)
        ):
            found.append(Said(replace(said.figure, kind="duration", unit=found[-1].figure.unit), said.at))
    return found


def _old(spoken: Spoken, step: str) -> list[float]:
    block = spoken.catalogue.by_id[step]
    values = (getattr(block, name, None) for name in ("work", "wait", "duration"))
    return [value.mean_seconds for value in values if value is not None]


def _is(said: Said, seconds: Iterable[float]) -> bool:
    return any(abs(said.figure.seconds() - value) <= 0.02 * value for value in seconds)


def joined(kind: str, made: list[Way]) -> Way:
    """Several ways of one kind as one."""
    counts = {name: min(way.counts.get(name, 0.0) for way in made) for name in made[0].counts}
    at = frozenset(place for way in made for place in way.at)
    return Way(
        kind, "; ".join(way.title for way in made), tuple(edit for way in made for edit in way.edits), at, counts
    )


def of_step(spoken: Spoken, like: Likeness) -> dict[str, float]:
    """What can be counted of a step that words may mean."""
    others = [other.score for other in spoken.likeness() if other.step != like.step]
    role = getattr(spoken.catalogue.by_id[like.step], "role", None)
    return {
        "like": like.score, "verb": float(like.verb), "ahead": like.score - max(others, default=0.0),
        "recent": float(like.step in spoken.recent), "mine": float(any(name.role.id == role for name in spoken.people)),
        "asked": float(any(like.step == element for element, _ in spoken.asked)),
    }  # fmt: skip


def _chances(spoken: Spoken) -> Iterator[Way]:
    for said in [said for said in spoken.figures if said.figure.kind == "chance"][:2]:
        text = spoken.low[: said.figure.a] + " " + spoken.low[said.figure.b :]
        meant = how_often.ways_meant(_sentence(spoken), how_often.about_words(text))
        asked = [element for element, name in spoken.asked if name == "p" and element in spoken.catalogue.by_id]
        open_ = [id_ for id_, branch in spoken.catalogue.branches.items() if branch.when and branch.when != "otherwise"]
        for id_ in dict.fromkeys((*meant[:3], *asked, *open_[:MOST_BRANCHES])):
            branch = id_ if id_ in spoken.catalogue.branches else _first_way(spoken, id_)
            told = how_often.shared(_sentence(spoken), branch, said.figure.middle) if branch else None
            if told is None:
                continue
            own = content(f"{told.title}")
            at = frozenset(n for n in spoken.heavy if any(alike(spoken.tokens[n].low, part) for part in own))
            share = len(at) / max(1, len([word for word in own if not word.isdigit()]))
            counts = {
                "like": share, "asked": float(id_ in asked), "only": float(len(meant) == 1), "n": float(bool(at)),
                "meant": float(id_ in meant), "alone": float(len(open_) == 1),
                "recent": float(_inside(spoken, branch)),
            }  # fmt: skip
            yield Way("chance", told.title, told.edits, at | said.at, counts)


def _inside(spoken: Spoken, branch: str | None) -> bool:
    """Whether a step that was spoken of last lies on a way."""
    inner = spoken.catalogue.rows.get(branch or "", ())
    return any(step in spoken.recent for step in inner)


WRONG = re.compile(
    r"\b(?:wrong|mistakes?|errors?|mix(?:es|ed)? up|mess(?:es|ed)? up|slips?|fails?|faulty|botch\w*|muddles?|"
    r"incorrect\w*|misses|forgets|again|redo|redone|twice)\b"
)


def _errors(spoken: Spoken) -> Iterator[Way]:
    """How often a step goes wrong: a share beside a word for a mistake."""
    if not WRONG.search(spoken.low):
        return
    for said in [said for said in spoken.figures if said.figure.kind == "chance"][:1]:
        for like, away in _about(spoken, said):
            if isinstance(block := spoken.catalogue.by_id[like.step], Task):
                title = f"“{block.name}” goes wrong in {said.figure.middle:.0%} of the cases"
                edit = SetValue(id=like.step, field="error_rate", value=said.figure.middle)
                yield Way("error", title, (edit,), like.at | said.at, {**of_step(spoken, like), "away": away / 4})


def _first_way(spoken: Spoken, id_: str) -> str | None:
    block = spoken.catalogue.by_id.get(id_)
    branches = getattr(block, "branches", ())
    open_ = [branch.id for branch in branches if branch.when and branch.when != "otherwise"]
    return open_[0] if open_ else id_ if block is not None and not branches else None


def _hands(spoken: Spoken) -> Iterator[Way]:
    """Another role for a step: everybody named, and strangers, for the steps the other words speak of."""
    for role, at, counts, edits in _doers(spoken):
        likes = spoken.tasks(spoken.likeness(frozenset(range(len(spoken.tokens))) - at))[:MOST_STEPS]
        known = {like.step for like in likes}
        likes += [Likeness(step, 0.1, False, frozenset()) for step in spoken.recent[:1] if step not in known]
        for like in likes:
            block = spoken.catalogue.by_id.get(like.step)
            if not isinstance(block, Task) or block.role == role.id:
                continue
            denied = any(name.against and name.role.id == block.role for name in spoken.people)
            more = {**of_step(spoken, like), **counts, "denied": float(denied)}
            made = (*edits, SetRole(ids=(like.step,), role=role.id))
            against = frozenset(place for name in spoken.people if name.against for place in name.at)
            yield Way("hands", f"{role.name} does “{block.name}”", made, at | like.at | against, more)


STRANGER = re.compile(
    r"\b(?:by|it's|it is|that's|that is|but|let|have|get|to|no|is)\s+(?:the|our|my|an?)?\s*"
    r"(?P<who>[a-z][\w'-]+(?: [a-z][\w'-]+)?)"
    r"|^(?:no\W+)?(?:the|our|my) (?P<front>[a-z][\w-]+(?: [a-z][\w-]+)?)(?= (?:does|do|[a-z]+s)\b)"
)


def _doers(spoken: Spoken) -> Iterator[tuple[Role, frozenset[int], dict[str, float], tuple[Edit, ...]]]:
    for name in spoken.people:
        if not name.against:
            yield name.role, name.at, {"known": 1.0, "first": float(name.first == 0), **_by(spoken, name)}, ()
    if any(name.against for name in spoken.people):
        for match in STRANGER.finditer(spoken.low):
            who = match["who"] or match["front"]
            words = [word for word in content(who) if not verb_forms(word)]
            at = spoken.within(*match.span("who" if match["who"] else "front"))
            if words and not any(at & name.at for name in spoken.people):
                title = " ".join(words)
                role = Role(id=Fresh(spoken.catalogue).id(title), name=title[0].upper() + title[1:])
                yield role, at, {"known": 0.0, "by": 1.0}, (PutRole(role=role),)


def _by(spoken: Spoken, name: Named) -> dict[str, float]:
    start, end = spoken.tokens[name.first].start, spoken.tokens[max(name.at)].end
    front, behind = spoken.low[:start], spoken.low[end:].split()
    acts = bool(behind) and any(form.form in ("s", "base") for form in verb_forms(re.sub(r"\W", "", behind[0])))
    return {
        "by": float(bool(re.search(r"\b(?:by|it's|that's|it is|let|have|to) (?:the |our |an? )?$", front))),
        "acts": float(acts),
        "object": float(bool(re.search(r"\b(?:to|for|from|with|of|at) (?:the |our |an? )?$", front))),
    }


def _gone(spoken: Spoken) -> Iterator[Way]:
    for like in spoken.likeness()[:MOST_STEPS]:
        title = f"remove “{spoken.catalogue.name(like.step)}”"
        yield Way("gone", title, (Delete(ids=(like.step,)),), like.at, of_step(spoken, like))
    for step in spoken.recent[:1]:
        counts = of_step(spoken, Likeness(step, 0.0, False, frozenset()))
        yield Way("gone", f"remove “{spoken.catalogue.name(step)}”", (Delete(ids=(step,)),), frozenset(), counts)


def _called(spoken: Spoken) -> Iterator[Way]:
    """Another word for a thing, a doing or somebody: a known word of the turn gives way to unknown ones."""
    runs = _strange(spoken)
    for name in spoken.people:
        for run in runs:
            new = " ".join(spoken.tokens[n].low for n in run)
            role = name.role.model_copy(update={"name": new[0].upper() + new[1:]})
            counts = {"against": float(name.against), "runs": float(len(runs) > 1), "long": float(len(run))}
            yield Way("role name", f"call {name.role.name} “{new}”", (PutRole(role=role),), name.at | run, counts)
    for like in spoken.likeness()[:MOST_STEPS]:
        old = spoken.catalogue.name(like.step)
        for place in like.at:
            word = next((part for part in old.split() if alike(part.lower(), spoken.tokens[place].low)), None)
            for run in runs if word else ():
                new = " ".join(spoken.tokens[n].low for n in run)
                verb = word == old.split()[0]
                new = _acting(new) if verb else new
                said = re.sub(rf"\b{re.escape(str(word))}\b", new, old)
                edits: list[Edit] = [Rename(id=like.step, name=said[0].upper() + said[1:])]
                counts = {**of_step(spoken, like), "of verb": float(verb), "runs": float(len(runs) > 1)}
                yield Way("called", f"call it “{said}”", tuple(edits), like.at | run, counts)
    yield from _named_anew(spoken, runs)


def _named_anew(spoken: Spoken, runs: list[frozenset[int]]) -> Iterator[Way]:
    """Another name for the whole of a step, said as an act (`we call it attaching the strip`)."""
    for like in spoken.likeness()[:2]:
        for run in runs:
            words = [spoken.tokens[n].low for n in sorted(run)]
            if len(words) < 2 or not verb_forms(words[0]):
                continue
            said = _acting(" ".join(words))
            counts = {**of_step(spoken, like), "long": len(words) / 3, "runs": float(len(runs) > 1)}
            rename = Rename(id=like.step, name=said[0].upper() + said[1:])
            yield Way("called whole", f"call it “{said}”", (rename,), like.at | run, counts)


def _acting(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    base = next((form.base for form in verb_forms(first)), first)
    return f"{base} {rest}".strip()


ARTICLES = frozenset({"the", "a", "an", "our", "my", "its", "their"})


def _strange(spoken: Spoken) -> list[frozenset[int]]:
    """Runs of words that no step and nobody is named by."""
    known = {place for name in spoken.people for place in name.at}
    known |= {place for like in spoken.likeness() for place in like.at}
    runs: list[list[int]] = []
    for place in sorted(spoken.heavy - known):
        between = {spoken.tokens[n].low for n in range(runs[-1][-1] + 1, place)} if runs else set()
        if runs and between <= ARTICLES and spoken.part_of(place) == spoken.part_of(runs[-1][-1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [frozenset(run) for run in runs if len(run) <= 3][:3]


def _under(spoken: Spoken) -> Iterator[Way]:
    """A step done only where a condition holds that the words say behind a word of condition."""
    share = next((said.figure.middle for said in spoken.figures if said.figure.kind == "chance"), None)
    for mark in list(CONDITION.finditer(spoken.low))[:3]:
        part = next((b for a, b in spoken.parts if a <= mark.start() < b), len(spoken.low))
        cond = spoken.text[mark.start() : part].strip(" ,.")
        bare = re.sub(
            r"^(?:if|when(?:ever)?|in case|for|with|where)\s+(?:there(?:'s|'re| is| are)\s+)?", "", cond, flags=re.I
        )
        at = spoken.within(mark.start(), part)
        likes = spoken.likeness(frozenset(range(len(spoken.tokens))) - at)[:2]
        roles = [name for name in spoken.people if not name.at & at]
        for name in roles:
            own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
            likes += tuple(Likeness(step, 0.3, False, name.at) for step in own if len(own) == 1)
        for like in likes if len(bare.split()) > 1 or bare.isalpha() else ():
            wrap = WrapInChoice(
                ids=(like.step,), id=Fresh(spoken.catalogue).id("decision"), question=bare[0].upper() + bare[1:] + "?",
                when=bare, otherwise_when="otherwise", p=share, basis=Basis.STATED if share is not None else None,
            )  # fmt: skip
            counts = {
                **of_step(spoken, like),
                "only": float(bool(ONLY.search(spoken.low))),
                "share": float(share is not None),
            }
            chance = frozenset(n for said in spoken.figures if said.figure.kind == "chance" for n in said.at)
            yield Way(
                "only", f"“{spoken.catalogue.name(like.step)}” only {cond}", (wrap,), at | like.at | chance, counts
            )


READERS: tuple[Callable[[Spoken], Iterator[Way]], ...] = (
    _times, _chances, _errors, _hands, _gone, _called, _under,
)  # fmt: skip
