"""Conditions put otherwise: another limit or thing in one that is there, and cases that a step is not done for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.tables import any_of, worded
from assistant.language.change.mention import alike, content
from assistant.language.correct.sound_conditions import sound
from assistant.language.figures.numbers import value_of
from assistant.language.figures.reading import figures_in
from assistant.language.weighed.clauses_said import condition_in
from assistant.language.weighed.lengths_said import denied_at
from assistant.language.weighed.possible_edits import MOST_BRANCHES, MOST_STEPS, Way, of_step, only_if
from assistant.language.weighed.topics import topics
from assistant.language.weighed.words_spoken_of import Likeness, Spoken
from assistant.process.durations import UNITS, Basis
from assistant.process.edits import Edit, SetCondition

NUMBER = re.compile(rf"\d[\d.,]*(?<![.,])|\b{any_of('small-number')}\b")
MONEY = re.compile(r"[€$£]|\b(?:euros?|eur|dollars?|pounds?|cost\w*|worth|price|value)\b")
DENIED = re.compile(r"\b(?:not|no|never|nobody|without|skip\w*|no longer)\b|n't\b|\bdont\b|\bdoesnt\b")


def changed(spoken: Spoken) -> Iterator[Way]:
    """Another number or thing in the condition of a way (`it's 1,000 now`, `not the weight, the number of bags`)."""
    open_ways = [(id_, branch) for id_, branch in spoken.catalogue.branches.items()
                 if branch.when and branch.when.lower() != "otherwise"]  # fmt: skip
    for id_, branch in open_ways[:MOST_BRANCHES]:
        when = str(branch.when)
        for new, at, counts in (*_other_numbers(spoken, when), *_other_things(spoken, when), *_anew(spoken, id_)):
            edits: list[Edit] = [SetCondition(id=id_, when=new)]
            share = next((said for said in spoken.figures if said.figure.kind == "chance"), None)
            own = _of_way(spoken, id_, when)
            counts = {
                **counts,
                "like": len(own) / 3,
                "alone": float(len(open_ways) == 1),
                "share": float(share is not None),
            }
            if share is not None:
                edits += _shared(spoken, id_, share.figure.middle)
                at = at | share.at
            yield Way("condition", f"“{when}” becomes “{new}”", tuple(edits), at | own, counts)


def _of_way(spoken: Spoken, id_: str, when: str) -> frozenset[int]:
    """The words that speak of a way: by its condition or the steps on it."""
    names = [spoken.catalogue.name(step) for step in spoken.catalogue.rows.get(id_, ())]
    own = [word for text in (when, *names) for word in content(text)]
    return frozenset(n for n in spoken.heavy if any(alike(spoken.tokens[n].low, part) for part in own))


def _shared(spoken: Spoken, id_: str, p: float) -> list[Edit]:
    owner = spoken.catalogue.owner[id_]
    others = [branch for branch in owner.branches if branch.id != id_]
    made: list[Edit] = [SetCondition(id=id_, p=p, basis=Basis.STATED)]
    if len(others) == 1:
        made.append(SetCondition(id=others[0].id, p=round(1 - p, 6), basis=Basis.STATED))
    return made


Said = tuple[str, frozenset[int], dict[str, float]]


def _other_numbers(spoken: Spoken, when: str) -> Iterator[Said]:
    old = NUMBER.findall(when.lower())
    if len(old) != 1:
        return
    other = {n for said in spoken.figures if said.figure.kind in UNLIKE - _kinds(when) for n in said.at}
    other |= {name.first - 1 for name in spoken.people}  # `two translators`
    plain = [(n, word.low) for n, word in enumerate(spoken.tokens) if n not in other and NUMBER.fullmatch(word.low)]
    for n, new in plain[:3]:
        if _value(new) != _value(old[0]):
            was = any(_value(other) == _value(old[0]) for m, other in plain if m != n)
            said = re.sub(rf"(?<![\w.,]){re.escape(old[0])}(?![\w]|[.,]\d)", new, when, count=1, flags=re.IGNORECASE)
            yield said, frozenset({n}), {"number": 1.0, "was": float(was), "not": denied_at(spoken, n)}


UNLIKE = frozenset({"chance", "duration", "price", "rate", "money", "people"})
"""Figures with a unit of their own: they put right only what has that unit too."""


def _kinds(when: str) -> set[str]:
    """The kinds of the figures of a condition; a limit may be one of money or of time."""
    kinds = {figure.kind for figure in figures_in(when.lower())}
    bound = any(figure.unit in UNITS for figure in figures_in(when.lower()) if figure.kind == "limit")
    return kinds | ({"duration"} if bound else set()) | ({"money"} if MONEY.search(when.lower()) else set())


def _value(word: str) -> float | None:
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", word).replace(",", ".")
    return float(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else value_of(word)


RATHER = re.compile(
    r"\b(?:it's|it is|that's|but|rather|only|then)\s+(?:about )?(?:the |an? |when the |if the )?"
    r"(?P<new>[a-z][\w-]*(?: of (?:the )?[\w-]+)?)(?=\W|$)",
    re.IGNORECASE,
)


def _other_things(spoken: Spoken, when: str) -> Iterator[Said]:
    """A thing of the condition is denied, and another one named."""
    if not DENIED.search(spoken.low):
        return
    own = content(when)
    known = [n for n in sorted(spoken.heavy) if any(alike(spoken.tokens[n].low, part) for part in own)]
    for place in known[:2]:
        word = next((part for part in when.split() if alike(part.lower(), spoken.tokens[place].low)), None)
        for match in RATHER.finditer(spoken.text) if word and not _everywhere(spoken, word) else ():
            at = spoken.within(*match.span("new"))
            if place not in at and at & spoken.heavy:
                said = re.sub(rf"\b{re.escape(str(word))}\b", match["new"], when, count=1)
                yield said, at | {place}, {"thing": 1.0, "first": float(place == known[0])}


def _everywhere(spoken: Spoken, word: str) -> bool:
    """Whether several steps are named by a thing: another word for it is one for all, and no other condition."""
    return sum(any(alike(word.lower(), part) for part in content(step.name)) for step in spoken.catalogue.named) > 1


def _anew(spoken: Spoken, id_: str) -> Iterator[Said]:
    """A whole other condition for the steps of a way: `we only break a boulder if it blocks the ramp`."""
    inner = set(spoken.catalogue.rows.get(id_, ()))
    likes = [like for like in spoken.likeness()[:2] if like.step in inner]
    for match in re.finditer(r"\b(?:if|when|where|whenever)\s+(?P<cond>[^.;,]+)", spoken.text) if likes else ():
        if condition_in(spoken, match["cond"], "if") != match["cond"]:
            continue  # somebody acts in it: another clause begins there
        at = spoken.within(*match.span())
        yield match["cond"].strip(), at | likes[0].at, {"anew": 1.0, "only": float("only" in spoken.low)}


def left_out(spoken: Spoken) -> Iterator[Way]:
    """A step that is not done for cases set apart in front, or only for the others."""
    share = next((said.figure.middle for said in spoken.figures if said.figure.kind == "chance"), None)
    chance = frozenset(n for said in spoken.figures if said.figure.kind == "chance" for n in said.at)
    for topic in topics(spoken):
        if not DENIED.search(topic.rest.lower()):
            continue
        start = spoken.text.find(topic.rest)
        rest = spoken.within(max(0, start), len(spoken.text))
        likes = list(spoken.likeness(rest)[:MOST_STEPS])
        liked = {like.step for like in likes}
        for name in spoken.people:
            own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
            likes += [Likeness(step, 0.3, False, name.at) for step in own[:2] if step not in liked]
        for like in likes:
            cond = topic.cond
            wrap = only_if(spoken, like.step, cond, None if share is None else round(1 - share, 6), not_for=True)
            counts = {**of_step(spoken, like), "share": float(share is not None)}
            at = spoken.within(0, max(0, start)) | like.at | chance
            yield Way("not for", f"“{spoken.catalogue.name(like.step)}” not for {cond}", (wrap,), at, counts)


NOT_ALL = re.compile(
    r"\bnot (?:all|every\w*|each)(?: (?:of (?:them|those)|[\w-]+))? "
    r"(?P<cond>(?:want|need|have|get|ask for|take|require|do)s?\b [^,;.]+)",
    re.IGNORECASE,
)


def not_all(spoken: Spoken) -> Iterator[Way]:
    """A step for some only: `not all of them want fuel, two out of three`."""
    share = next((said for said in spoken.figures if said.figure.kind == "chance"), None)
    for match in NOT_ALL.finditer(spoken.text):
        cond = re.sub(r" by the way$", "", match["cond"].strip(), flags=re.IGNORECASE)
        at = spoken.within(*match.span())
        for like in spoken.likeness(at)[:MOST_STEPS]:
            wrap = only_if(spoken, like.step, cond, None if share is None else share.figure.middle)
            counts = {**of_step(spoken, like), "share": float(share is not None), "not all": 1.0}
            title = f"“{spoken.catalogue.name(like.step)}” only for those that {cond}"
            yield Way("only", title, (wrap,), at | (share.at if share else frozenset()), counts)


SOME_ONLY = re.compile(worded("some-only"))
"""That something is not done for all."""
BUT_ONLY = re.compile(r"\b(?:only|just)\s+(?:for |with |in |if |when )?(?P<cond>[a-z][^,;.]{3,60})$", re.IGNORECASE)


def for_some(spoken: Spoken) -> Iterator[Way]:
    """A step that is done for a share only (`he doesn't look at every room, just one in three`), or for those cases
    that are named (`only those that get printed`)."""
    if not SOME_ONLY.search(spoken.low):
        return
    share = next((said for said in spoken.figures if said.figure.kind == "chance"), None)
    only = BUT_ONLY.search(spoken.text)
    own = spoken.within(*only.span()) if only else frozenset[int]()
    rest = frozenset(range(len(spoken.tokens))) - own
    likes = list(spoken.tasks(spoken.likeness(rest))[:MOST_STEPS])
    liked = {like.step for like in likes}
    for name in spoken.people:
        mine = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
        likes += [Likeness(step, 0.3, False, name.at) for step in mine[:2] if step not in liked]
    conds = [(f"in {share.figure.middle:.0%} of cases".replace("%", " %"), share.at)] if share is not None else []
    conds = [(only["cond"], own)] if only and sound(only["cond"]) and not share else conds
    for like in likes:
        for cond, at in conds:
            wrap = only_if(spoken, like.step, cond, None if share is None else share.figure.middle)
            counts = {**of_step(spoken, like), "share": float(share is not None), "only": float(only is not None),
                      "inside": float(spoken.catalogue.branch_of(like.step) is not None)}  # fmt: skip
            title = f"“{spoken.catalogue.name(like.step)}” only {cond}"
            yield Way("for some", title, (wrap,), at | like.at, counts)


ONLY_THOSE = re.compile(
    r"\bonly (?:the )?(?P<cond>[a-z][\w'-]*(?: [\w'-]+){0,4}?) (?:gets?|are|is|needs?|have)\b"
    r"|\bonly (?:\w+ to )?(?P<does>[a-z]+s?) (?:the )?(?:ones|cases) (?:that )?(?P<ones>[^,;.]+)",
    re.IGNORECASE,
)
"""Cases named as what alone something is done with: `only legal texts get revised`, `only approves the ones above`."""


def only_those(spoken: Spoken) -> Iterator[Way]:
    """A step for some cases alone, which are named in front of what is done with them or behind it."""
    share = next((said for said in spoken.figures if said.figure.kind == "chance"), None)
    for match in ONLY_THOSE.finditer(spoken.text):
        cond, at = match["cond"] or match["ones"], spoken.within(*match.span("cond" if match["cond"] else "ones"))
        if not sound(cond) or any(at <= name.at for name in spoken.people):
            continue
        rest = frozenset(range(len(spoken.tokens))) - (at if match["cond"] else frozenset())
        for like in spoken.tasks(spoken.likeness(rest - at) or spoken.likeness(rest))[:MOST_STEPS]:
            wrap = only_if(spoken, like.step, cond, None if share is None else share.figure.middle)
            counts = {**of_step(spoken, like), "share": float(share is not None), "those": 1.0}
            title = f"“{spoken.catalogue.name(like.step)}” only for {cond}"
            yield Way("only", title, (wrap,), at | like.at | (share.at if share else frozenset()), counts)


READERS = (changed, left_out, not_all, for_some, only_those)
