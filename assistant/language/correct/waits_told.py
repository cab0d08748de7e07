"""A wait told in a conversation: things that stand before a step, what others take to answer, what was ordered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.forms import base_of
from assistant.english.tables import classed, worded
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content, role_named, some
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.sentence_said import ARTICLE, PRONOUNS, Sentence, by_verb, known_role, somebody
from assistant.language.correct.told_of_waits import words_around
from assistant.language.correct.waits_said import WAITING, is_somebody, length_of, place_last, step_called
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Duration, humane
from assistant.process.edits import Delete, Edit, Insert, Place, Rename, SetValue
from assistant.process.model import Role
from assistant.process.tree import sequences

NO_WORK = re.compile(rf"^\W*(?:and |but |so )*(?:{worded('no-work-there')})$", re.IGNORECASE)
"""What is said beside a wait: that it is no work, or not to the day."""
STANDS = re.compile(
    r"^(?:and |then |but |so )*(?P<thing>(?:the |our |all |these |those |an? )*[a-z][\w -]{1,40}?) "
    r"(?:(?:just|simply|only|then|usually|often|mostly|still) )*(?:has to |have to |must )?"
    r"(?:stand|lie|sit|wait|queue|pile up|stay)s?(?: around)?\b(?P<rest>[^,;]*)$",
    re.IGNORECASE,
)
A_TIME = re.compile(worded("a-time"), re.I)
THEN = re.compile(r"^(?:and )?then (?:(?:they|it) (?:is|are|gets?) )?(?P<what>.+)$", re.IGNORECASE)
NOT_BUT = re.compile(
    r"^(?:it's|it is|that's) not [^,;]*?\b(?P<unit>[a-z]+) but (?P<new>[^,;]+?) (?:that|which) (?P<rest>[^,;]+)$", re.I
)
WHERE = re.compile(
    r"\b(?:(?P<at>before|ahead of|after|behind) (?P<step>[^,;]+)|(?:till|until) (?P<till>[^,;]+))$", re.IGNORECASE
)
FREE = re.compile(r"\b(?:is|are|gets?|has|have|becomes?) (?:\w+ )?(?:free|time|room|ready|empty|available)\b", re.I)
TAKES = (
    r"(?:usually |mostly |often |always |normally |then )?(?:takes?|needs?) (?:us |them )?(?P<time>[^,;]+?) "
    r"(?:till|until|to|before) "
)
ANSWERS = r"(?P<verb>answer|reply|respond|decide|approve|confirm|react|pay|agree|sign|get back|say yes)"
ANSWER = re.compile(
    rf"^(?:and |then |but )*(?:(?P<who>(?!it )(?:the |our |their )?[a-z][\w' -]{{1,40}}?) {TAKES}|"
    r"it (?:usually )?takes (?P<whom>(?:the|our|their) [a-z][\w' -]{1,40}?) "
    r"(?P<long>(?:\d|an?\b|about|[a-z]+ )[^,;]*?) to )"
    rf"{ANSWERS}s?(?P<rest> [^,;]*)?$",
    re.IGNORECASE,
)
THEY_TAKE = re.compile(
    r"^(?!.* to (?!(?:\d+|[a-z]+) (?:days?|weeks?|months?)\b))(?:and |then |but )*"
    r"(?P<who>(?:the |our |their )?[a-z][\w' -]{1,40}?) (?:then |usually |always )*"
    r"(?:takes?|needs?) (?:us |them )?(?P<time>[^,;]+)$",
    re.IGNORECASE,
)
COMES = (
    r"(?:arrives?|comes?|is (?:here|there|in|back|delivered)|be (?:here|there|delivered)|get here|are (?:here|there))"
)
ORDERED = re.compile(
    rf"^(?:and |then |but )*(?P<verb>[a-z]+ing) (?P<what>[^,;]+?) {TAKES}(?:it|they|that|the [\w ]+?)? ?{COMES}$", re.I
)
ARRIVES = re.compile(
    rf"^(?:and |then |but )*(?:(?P<thing>(?:the|our) [^,;]+?) {TAKES}{COMES}|it {TAKES.replace('time', 'long')}"
    rf"(?P<that>(?:the|our) [^,;]+?) {COMES})$",
    re.IGNORECASE,
)
SAYS = ("answer", "reply", "respond", "get back")
AFTER = r"^(?:and |then |but )*(?:(?:after|when|once) (?P<after>[^,;]+?),? )?"
WE_WAIT = re.compile(
    rf"{AFTER}(?P<who>we|i|(?:the |our )?[a-z]+) (?:then |usually |always |have to |has to |must )*waits? "
    r"(?P<time>[^,;]+?) for (?:(?:the|an?|their) (?:answer|reply|decision|approval|yes|ok) (?:of|from|by) )?"
    r"(?P<whom>(?:the|our|an?) [^,;]+?)(?: after (?P<behind>[^,;]+))?$",
    re.IGNORECASE,
)
TILL_THEY = re.compile(
    rf"{AFTER}it (?:usually |then )?takes (?P<time>[^,;]+?) (?:till|until|before) (?P<whom>(?:the|our) [\w' -]+?) "
    rf"(?:has |have )?{ANSWERS}(?:s|es|ed|d)?$",
    re.IGNORECASE,
)
SENDS = frozenset("order send submit request ask mail buy book post apply hand file".split())
"""What somebody does who has to wait for others then."""
MOST_WAYS, MOST_NAMED = 4, 3
"""Ways to pick from at most; words from which on what follows `before` may tell a step of its own."""


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The wait, where its step is named; a question where it is not sure which; None for other words."""
    text = sentence.request.replace("’", "'").replace("“", '"').replace("”", '"').strip(" .!")
    clauses = [clause.strip() for clause in re.split(r"[,;]| – | - ", text)]
    told = [clause for clause in clauses if not NO_WORK.match(clause)]
    if len(told) == 2 and (then := THEN.match(told[1])):
        told = [f"{told[0]} before {then['what']}"] if step_called(sentence.catalogue, then["what"]) else told
    if len(told) != 1:
        return None
    told = [place_last(_put_right(told[0]))]
    own = Sentence(sentence.catalogue, told[0], sentence.wrong, sentence.recent, sentence.about, sentence.told)
    return _stands(own) or _answered(own) or _ordered(own) or _arrives(own) or _waited(own) or _they_take(own)


def length_in(words: str | None) -> Duration | None:
    """The one length of time that words tell."""
    found = [figure for figure in figures_in(words or "") if figure.kind == "duration" and not figure.vague]
    return as_duration(found[0], False).model_copy(update={"span": None}) if len(found) == 1 else None


def _put_right(text: str) -> str:
    """`It's not three hours but two that the crates stand before …`, said plainly."""
    said = NOT_BUT.match(text)
    where = WHERE.search(said["rest"]) if said else None
    if said is None or where is None:
        return text
    new = said["new"] if figures_in(said["new"]) and length_in(said["new"]) else f"{said['new']} {said['unit']}"
    return f"{said['rest'][: where.start()]}{new} {where[0]}"


NO_WAIT = re.compile(r"^(?:there(?:'s| is) )?(?:no|not a) wait(?:ing)?\b")


def _no_wait(catalogue: Catalogue, step: str) -> Outcome | Doubt:
    """`No wait before "Write bill"`: the wait told of it goes."""
    block, name = catalogue.by_id[step], catalogue.name(step)
    if getattr(block, "wait", None) is not None:
        return Outcome(f"no wait before {name}", (SetValue(id=step, field="wait"),))
    row = next(flow.items for flow in sequences(catalogue.process).values() if block in flow.items)
    if row[0] is not block and isinstance(ahead := row[row.index(block) - 1], Wait):
        return Outcome(f"no wait before {name}", (Delete(ids=(ahead.id,)),))
    return Doubt(f"I know no wait before “{name}”. Nothing was changed.", ())


# --- before a step -----------------------------------------------------------------------------------------------


def _stands(sentence: Sentence) -> Outcome | Doubt | None:
    said, catalogue = STANDS.match(sentence.request), sentence.catalogue
    where = WHERE.search(said["rest"]) if said else None
    if said is None or where is None or _a_person(catalogue, said["thing"]) or figures_in(f"a {said['thing']}"):
        return None
    if WAITING.search(said["thing"]) or not content(said["thing"]):
        return None
    if not length_of(said["rest"]) and A_TIME.search(where["till"] or ""):
        return None  # "till Friday" names a time and no step
    length, steps = length_of(said["rest"]), _steps_at(catalogue, where)
    named, at = (where["step"] or where["till"]).strip(' "'), (where["at"] or "before").lower()
    at = at if at in ("after", "behind") else "before"
    things, cause = content(said["thing"]), "contention" if FREE.search(named) else None
    if len(steps) != 1:
        ways = tuple(_before(sentence, step, length, cause, things) for step in steps if length)
        ask = f"That is a wait; “{named}” names no one step. {at.capitalize()} which step is it?"
        clause = at == "before" and not where["till"] and not ways and len(named.split()) > MOST_NAMED
        return Doubt(ask, ways) if (length or where["till"]) and not clause else None
    step = steps[0]
    if length is None and at == "before" and NO_WAIT.match(sentence.text):
        return _no_wait(catalogue, step)
    if length is None:
        name = catalogue.name(step)
        return Doubt(f"That is a wait {at} “{name}”. How long is it? Say it as “… three hours {at} {name}”.", ())
    if at != "before":
        return behind(catalogue, step, length, f"{ARTICLE.sub('', said['thing']).capitalize()} wait", None)
    return _before(sentence, step, length, cause, things)


def _a_person(catalogue: Catalogue, thing: str) -> bool:
    """Whether words call somebody; `the bill` is not Bill."""
    last = thing.lower().split()[-1]
    if ARTICLE.match(thing) and last in classed("names", "first") - classed("people", "title"):
        return role_named(catalogue, ARTICLE.sub("", thing)) is not None
    return is_somebody(catalogue, thing)


def _steps_at(catalogue: Catalogue, where: re.Match[str]) -> list[str]:
    """The step that is waited for: named, by what is free then, or the steps of whom has time then."""
    phrase = (where["step"] or where["till"]).strip()
    role = known_role(catalogue, FREE.sub(" ", phrase).strip()) if FREE.search(phrase) else None
    if role is not None:
        return [step for step in catalogue.of_role(role.id) if isinstance(catalogue.by_id[step], Task)][:MOST_WAYS]
    bare = re.sub(r"(?: is| are| gets?)? (?:begins?|starts?|done|time)$", "", FREE.sub(" ", phrase).strip())
    step = step_called(catalogue, bare)
    return [step] if step else []


def _before(
    sentence: Sentence, step: str, length: Duration, cause: str | None = None, things: Sequence[str] = ()
) -> Outcome:
    """The wait before a step; `things` are what stands there, which may have been put to wait elsewhere."""
    catalogue, goal = sentence.catalogue, sentence.catalogue.by_id[step]
    title, value = f"the wait before “{catalogue.name(step)}”", length.document()
    edits = _elsewhere(sentence, step, length, things)
    before = catalogue.before(step)
    block = catalogue.by_id.get(before[-1]) if before else None
    if isinstance(goal, Wait) or (isinstance(block, Wait) and block.duration and not getattr(goal, "wait", None)):
        wait = goal if isinstance(goal, Wait) else block
        assert isinstance(wait, Wait)
        return Outcome(title, (*edits, *_set(wait.id, "duration", wait.duration, length)))
    if not isinstance(goal, Task):
        fresh = Wait(id=Fresh(catalogue).id("wait"), name="Wait", duration=length)
        return Outcome(title, (*edits, Insert(blocks=(fresh,), place=Place(before=step))))
    if _same(goal.work, length):  # it was read as work
        edits.append(SetValue(id=step, field="work", value=None))
    if not _same(goal.wait, length):
        edits.append(SetValue(id=step, field="wait", value=value))
    if cause and goal.wait_cause != cause and not _same(goal.wait, length):
        edits.append(SetValue(id=step, field="wait_cause", value=cause))
    return Outcome(title, tuple(edits))


def _elsewhere(sentence: Sentence, step: str, length: Duration, things: Sequence[str]) -> list[Edit]:
    """The edits that take the same wait from where it was put: told of the same thing and as long."""
    catalogue, edits = sentence.catalogue, list[Edit]()
    for block in catalogue.named:
        if not isinstance(block, Task) or block.id == step or block.wait is None or not _same(block.wait, length):
            continue
        span = block.wait.span
        own = words_around(sentence.told, span) if span and span.end <= len(sentence.told) else []
        if things and _shared(things[-1:], own):
            edits += _without_wait(block)
    return edits


def _without_wait(block: Task) -> list[Edit]:
    cause = [SetValue(id=block.id, field="wait_cause", value=None)] if block.wait_cause else []
    return [SetValue(id=block.id, field="wait", value=None), *cause]


# --- behind a step -----------------------------------------------------------------------------------------------


def _answered(sentence: Sentence) -> Outcome | Doubt | None:
    """`The insurance takes three weeks to answer the estimate`: behind the step that asked them."""
    said, catalogue = ANSWER.match(sentence.request), sentence.catalogue
    who = somebody(catalogue, said["who"] or said["whom"]) if said else ""
    length = length_in(said["time"] or said["long"]) if said else None
    if said is None or not who or length is None or who.lower().split()[-1] in PRONOUNS:
        return None
    role, verb, things = role_named(catalogue, who), said["verb"].lower(), content(said["rest"] or "")
    if role is None and things and by_verb(catalogue, verb.split()[0], said["rest"]):
        return None
    if role is not None and (told := _their_own(sentence, role, verb, things, length)):
        return told
    name = f"Wait for {'answer of ' if verb in SAYS else ''}{who}"
    scored = {
        task.id: 2 * _shared(things, content(task.name)) + _shared(content(who), content(task.name))
        for task in catalogue.named if isinstance(task, Task) and (role is None or done_by(task) != role.id)
    }  # fmt: skip
    most = max(scored.values(), default=0)
    best = [step for step, score in scored.items() if score == most and most]
    return _one_of(catalogue, best, length, name, role.name if role else who)


def _they_take(sentence: Sentence) -> Outcome | Doubt | None:
    """`The insurance takes three weeks`, where a step sends something to them: behind that step."""
    said, catalogue = THEY_TAKE.match(sentence.request), sentence.catalogue
    who = somebody(catalogue, said["who"]) if said else ""
    length, role = length_in(said["time"]) if said else None, role_named(catalogue, who) if who else None
    if length is None or not who or (role is not None and role.kind != "external"):
        return None
    sent = re.compile(rf" (?:to|at|with) {re.escape(who)}$", re.IGNORECASE)
    steps = [task.id for task in catalogue.named if isinstance(task, Task) and sent.search(task.name)]
    return behind(catalogue, steps[0], length, f"Wait for {who}", who) if len(steps) == 1 else None


def _their_own(
    sentence: Sentence, role: Role, verb: str, things: Sequence[str], length: Duration
) -> Outcome | Doubt | None:
    """The wait before the step in which somebody of the work answers; a question where it is not sure which."""
    catalogue = sentence.catalogue
    own = [step for step in catalogue.of_role(role.id) if isinstance(catalogue.by_id[step], Task)]
    done = by_verb(catalogue, verb.split()[0], "", role.id)
    close = [done] if done else [step for step in own if _shared(things, content(catalogue.name(step))[1:])]
    if len(close) == 1:
        return _before(sentence, close[0], length)
    if role.kind == "external":
        return None
    ways = tuple(_before(sentence, step, length) for step in (close or own)[:MOST_WAYS])
    return Doubt(f"Before which step of “{role.name}” is that wait, if it is one?", ways)


def _waited(sentence: Sentence) -> Outcome | Doubt | None:
    """`After the estimate we wait three weeks for the insurance`: behind the step that is named."""
    catalogue, text = sentence.catalogue, sentence.request
    said = WE_WAIT.match(text) or TILL_THEY.match(text)
    parts = said.groupdict() if said else {}
    who = parts.get("who") or "we"
    if who.lower() not in ("we", "i") and role_named(catalogue, ARTICLE.sub("", who)) is None:
        return None
    whom = somebody(catalogue, said["whom"]) if said else ""
    length = length_of(said["time"]) if said else None
    if said is None or not whom or length is None:
        return None
    role, after = role_named(catalogue, whom), said["after"] or parts.get("behind")
    if after and (step := step_called(catalogue, after)):
        return behind(catalogue, step, length, f"Wait for {whom}", role.name if role else whom)
    sent = [task.id for task in catalogue.named if isinstance(task, Task) and _sends(task, content(whom))]
    return None if after or role else _one_of(catalogue, sent, length, f"Wait for {whom}", whom)


def _sends(task: Task, things: Sequence[str]) -> bool:
    """Whether a step sends for a thing, or something to somebody."""
    verb, *rest = content(task.name) or [""]
    return bool(things) and _shared(things, rest) == len(things) and any(alike(verb, other) for other in SENDS)


def _ordered(sentence: Sentence) -> Outcome | Doubt | None:
    """`Ordering the lenses takes another week till they arrive`: behind the ordering, which is not done again."""
    said, catalogue = ORDERED.match(sentence.request), sentence.catalogue
    length = length_in(said["time"]) if said else None
    if said is None or length is None:
        return None
    verb = base_of(said["verb"].lower()) or said["verb"]
    step = by_verb(catalogue, verb, said["what"]) or step_called(catalogue, f"{said['verb']} {said['what']}")
    name = f"Wait for {ARTICLE.sub('', said['what'])}"
    if step is None:
        near = [id_ for id_ in some(catalogue, f"{verb} {said['what']}") if isinstance(catalogue.by_id[id_], Task)]
        ways = tuple(behind(catalogue, id_, length, name, None) for id_ in near)
        return Doubt(f"That is a wait of {humane(length.mean_seconds)}. After which step does it come?", ways)
    return behind(catalogue, step, length, name, None)


def _arrives(sentence: Sentence) -> Outcome | Doubt | None:
    """`It takes a week till the parts are here`: behind the one step that sends for them."""
    said, catalogue = ARRIVES.match(sentence.request), sentence.catalogue
    length = length_in(said["time"] or said["long"]) if said else None
    thing = ARTICLE.sub("", said["thing"] or said["that"]) if said else ""
    if length is None or not thing or is_somebody(catalogue, thing):
        return None
    sent = [task.id for task in catalogue.named if isinstance(task, Task) and _sends(task, content(thing))]
    return _one_of(catalogue, sent, length, f"Wait for {thing}", None)


def _one_of(
    catalogue: Catalogue, steps: list[str], length: Duration, name: str, whom: str | None
) -> Outcome | Doubt | None:
    ways = tuple(behind(catalogue, step, length, name, whom) for step in steps[:MOST_WAYS])
    if len(ways) < 2:
        return ways[0] if ways else None
    return Doubt(f"That is a wait of {humane(length.mean_seconds)}. After which step does it come?", ways)


def behind(catalogue: Catalogue, step: str, length: Duration, name: str, whom: str | None) -> Outcome:
    """The edits that let a wait stand behind a step; one that stands there is as long then."""
    title, edits = f"the wait after “{catalogue.name(step)}”", list[Edit]()
    block, after = catalogue.by_id[step], catalogue.after(step)[:1]
    if isinstance(block, Task) and _same(block.wait, length):  # it was put before the step
        edits += _without_wait(block)
    there = catalogue.by_id.get(after[0]) if after else None
    if isinstance(there, Wait):
        edits += _set(there.id, "duration", there.duration, length)
        edits += [Rename(id=there.id, name=name)] if not there.name.strip() else []
        return Outcome(title, tuple(edits))
    if isinstance(there, Task) and not edits and _same(there.wait, length):
        return Outcome(title, ())
    contact = whom[:1].upper() + whom[1:] if whom else None
    kind = {"event": "message", "contact": contact} if contact else {}
    fresh = Wait.model_validate(
        {"id": Fresh(catalogue).id("wait"), "name": name, "duration": length.document(), **kind}
    )
    return Outcome(title, (*edits, Insert(blocks=(fresh,), place=Place(after=step))))


def _set(id_: str, field: str, old: Duration | None, new: Duration) -> list[Edit]:
    return [] if _same(old, new) else [SetValue(id=id_, field=field, value=new.document())]


def _same(old: Duration | None, new: Duration) -> bool:
    return old is not None and abs(old.mean_seconds - new.mean_seconds) <= 0.02 * new.mean_seconds


def _shared(said: Sequence[str], own: Sequence[str]) -> int:
    return sum(any(alike(word, other) for other in own) for word in said)
