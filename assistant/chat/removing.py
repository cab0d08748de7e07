"""An order to take a step out by its name: that step and no other, else it is said that there is none."""

from __future__ import annotations

import re
from typing import Any

from assistant.chat.corrections import recent_steps
from assistant.chat.reply import Reply
from assistant.chat.sentences import OVER
from assistant.english.tables import any_of
from assistant.language.change.catalogue import Catalogue, done_by, words
from assistant.language.change.mention import some
from assistant.language.change.read_change import Outcome
from assistant.language.correct.no_decision import decisions_called
from assistant.process.edits import Delete
from assistant.process.figures import plural

ARTICLES = frozenset({"a", "an", "the"})
LEAD = rf"^\W*(?:{any_of('polite-lead')}\W+)*(?:{any_of('remove', 'stems')}\w*|get rid of|take out)\s+"
CALLED = r"(?:both\s+)?(?:the\s+)?(?P<kind>(?:steps?|tasks?)\s+)?"
QUOTED = r"[\"“”]([^\"“”]+)[\"“”]"
ORDER = re.compile(
    rf"{LEAD}{CALLED}(?P<names>{QUOTED}(?:\s*(?:,|and)\s*(?:the\s+)?{QUOTED})*)"
    r"(?:\s*,?\s*(?:please|again|(?:step|task)s?|from the (?:process|map|list)))*\W*$",
    re.IGNORECASE,
)
BARE = re.compile(rf"{LEAD}{CALLED}(?P<name>[^\"“”,;:?]{{2,60}}?)[\s.!]*$", re.IGNORECASE)
ROW = re.compile(rf"{LEAD}{CALLED}(?P<name>[^\"“”;:?]{{2,120}}?)(?:\s*,?\s*please)?[\s.!]*$", re.IGNORECASE)
NTH = re.compile(
    rf"{LEAD}(?:the\s+)?(?P<nth>first|second|third|fourth|last)\s+(?:of the\s+)?"
    r"[\"“]?(?P<name>[^\"“”,;:?]{2,60}?)[\"”]?[\s.!]*$",
    re.IGNORECASE,
)
NO_STEP = re.compile(
    rf"^\W*(?:{any_of('polite-lead')}\W+)*(?:the\s+)?(?P<names>{QUOTED}(?:\s*(?:,|and)\s*(?:the\s+)?{QUOTED})*|"
    r"[^\"“”;:?.]{2,80}?)\s+(?:(?:is|are|was|were)(?:n't| not| no)|(?:should|must|can) not be)"
    r"(?: really| actually)?(?: an?| any)? (?:steps?|tasks?)(?: at all| of (?:ours|the work|this process))?"
    rf"(?:\s*[,;.]\s*(?:so |and |please )*(?:{any_of('remove', 'stems')}\w*|get rid of|take)"
    r"(?: (?:both|all|it|them|that|those|these|of|out))*(?: please)?)?\W*$",
    re.IGNORECASE,
)
"""`"Plant 2" and "Repair dept" are no steps, remove both`."""
EVERYTHING = re.compile(
    rf"{LEAD}(?:everything|all (?:of )?(?:the )?steps|(?:all of )?the (?:whole|entire) (?:process|thing|map|lot))"
    r"(?: please| again)?[\s.!]*$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s*(?:,\s*and|,|&|\band\b)\s*(?:the\s+)?", re.IGNORECASE)
PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
ONE_OF = "That is a decision; it can go in more ways than one. Do you mean:"
NONE_CALLED = "No step is called “{}”, so nothing was changed."


def removed_by_name(talk: Any, said: str) -> Reply | None:
    """The reply to `remove "Sign answer"`; None where what is named is no step but some other thing that is there.

    Words within quotation marks are a name and tell nothing, whatever they would tell without the marks.
    """
    session = talk.session
    if (one_of := NTH.match(said)) and not session.empty:
        own, place = _counted(talk, one_of["name"]), PLACES[one_of["nth"].lower()]
        if len(own) > max(place, 0):
            return _take_out(talk, said, [own[place]])
        if own:
            head = f"There is no such one: {plural(len(own), 'step')} called so. Nothing was changed. Do you mean:"
            return Reply(talk.offered(head, _ways(Catalogue(session.process), own)).lines, kinds=("unclear",))
    if session.empty:
        return None
    if EVERYTHING.match(said):
        return Reply((OVER,), kinds=("unclear",))
    catalogue = Catalogue(session.process)
    order, row = ORDER.match(said) or NO_STEP.match(said.replace("’", "'")), ROW.match(said)
    if order and re.search(QUOTED, order["names"]):
        return _quoted(talk, catalogue, said, re.findall(QUOTED, order["names"]))
    names = order["names"] if order else row["name"] if row else ""
    if several := _each_called(catalogue, names):
        return _take_out(talk, said, several)
    return _bare(talk, catalogue, bare["name"]) if (bare := BARE.match(said)) else None


def _quoted(talk: Any, catalogue: Catalogue, said: str, names: list[str]) -> Reply | None:
    gone: list[str] = []
    for name in names:
        own = _called(catalogue, name)
        if len(own) > 1:
            kind = ("unclear",)
            return Reply(
                talk.offered(f"{len(own)} steps are called so. Which?", _ways(catalogue, own)).lines, kinds=kind
            )
        if not own:
            if ways := () if _something_else(catalogue, name) else decisions_called(catalogue, name):
                return Reply(talk.offered(ONE_OF, ways).lines, kinds=("unclear",))
            return None if _something_else(catalogue, name) else _no_such(talk, catalogue, name)
        gone += own
    return _take_out(talk, said, gone)


def _counted(talk: Any, name: str) -> list[str]:
    """The steps called so, in order; where only `step` is said, all of them, or the one that came in last alone."""
    session = talk.session
    catalogue = Catalogue(session.process)
    if name.strip(" .!").lower() not in ("step", "task"):
        return _called(catalogue, name)
    lately = recent_steps(session.state.entries, session.process)
    return list(lately) if len(lately) == 1 else [step.id for step in catalogue.named]


def _bare(talk: Any, catalogue: Catalogue, name: str) -> Reply | None:
    """A name without quotation marks, written like one, that is not there: that is told."""
    like_a_name = re.match(r"[A-Z][a-z]+ [a-z]", name) is not None
    if not like_a_name or _called(catalogue, name) or some(catalogue, name) or _something_else(catalogue, name):
        return None
    return _no_such(talk, catalogue, name)


def _take_out(talk: Any, said: str, gone: list[str]) -> Reply:
    reply: Reply = talk.changed(talk.session.correct(said, (Delete(ids=tuple(dict.fromkeys(gone))),)))
    return reply


def _ways(catalogue: Catalogue, steps: list[str]) -> tuple[Outcome, ...]:
    roles = {role.id: role.name for role in catalogue.process.roles}
    named = [(step, catalogue.name(step), roles.get(done_by(catalogue.by_id[step]) or "", "")) for step in steps]
    titles = [f"remove “{name}”" + (f" of {who}" if who else "") for _, name, who in named]
    row = [step.id for step in catalogue.named]
    return tuple(
        Outcome(f"{title}{_where(catalogue, row, step) if titles.count(title) > 1 else ''}", (Delete(ids=(step,)),))
        for (step, _, _), title in zip(named, titles, strict=True)
    )


def _where(catalogue: Catalogue, row: list[str], step: str) -> str:
    """Where a step stands of which there are two alike."""
    at = row.index(step)
    return f" behind “{catalogue.name(row[at - 1])}”" if at else " at the start"


def _plainly(name: str) -> list[str]:
    return [word for word in words(name) if word not in ARTICLES]


def _called(catalogue: Catalogue, name: str) -> list[str]:
    return [step.id for step in catalogue.named if _plainly(step.name) == _plainly(name)]


def _each_called(catalogue: Catalogue, names: str) -> list[str]:
    """The steps that names in a row are those of; empty where one of them is that of none, or of several."""
    name = re.sub(r"^(?:both|the)\s+", "", names.strip(), flags=re.IGNORECASE)
    found = [_called(catalogue, part) for part in (name, *BETWEEN.split(name)) if part]
    if found and len(found[0]) == 1:
        return found[0]
    return [own[0] for own in found[1:]] if all(len(own) == 1 for own in found[1:]) else []


def _something_else(catalogue: Catalogue, name: str) -> bool:
    """Whether a role, a decision or a way of one bears the name."""
    questions = [getattr(step, "question", "") for step in catalogue.splits]
    others = [
        *(role.name for role in catalogue.process.roles), *questions,
        *(way.when or "" for way in catalogue.branches.values()),
    ]  # fmt: skip
    return any(other and _plainly(other) == _plainly(name) for other in others)


def _no_such(talk: Any, catalogue: Catalogue, name: str) -> Reply:
    near = _ways(catalogue, some(catalogue, name))
    head = NONE_CALLED.format(name.strip())
    if not near:
        there = ", ".join(f"“{step.name}”" for step in catalogue.named[:12])
        return Reply((head, f"The steps are: {there}."), kinds=("unclear",))
    reply: Reply = talk.offered(f"{head} Do you mean:", near)
    return Reply(reply.lines, kinds=("unclear",))
