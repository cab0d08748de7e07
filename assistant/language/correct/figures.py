"""Figures told of what is there: how long a step takes or waits, how often a way is taken, how many people, at what
price, in which hours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.language.change.facts import told as plainly_told
from assistant.language.change.mention import alike, content
from assistant.language.change.outcome import Doubt, Outcome
from assistant.language.correct.said import PRONOUNS, Sentence, known_role, likely, mentioned, one_step
from assistant.language.figures.figure import TIME_KINDS, Figure
from assistant.language.figures.hours import hours_in
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Choice, Loop, Task, Wait
from assistant.process.durations import UNITS, WORKING_DAY_HOURS, Basis
from assistant.process.edits import Edit, PutRole, SetCondition, SetProcess, SetValue
from assistant.process.model import Hours, Role
from assistant.process.volumes import volume, working_hours

CUT = re.compile(r"\s*(?:[,;]|\band\b|\bbut\b)\s*", re.IGNORECASE)
WAITING = re.compile(
    r"\b(?:waits?|waiting|lies?|lying|sits?|rests?|resting|come back|comes back|arrives?|answers?|"
    r"repl(?:y|ies)|until|back|stays?)\b",
    re.IGNORECASE,
)
OLD = re.compile(
    r"[\s,;(]+(?:and\s+)?(?:not|instead of|rather than)\s+(?:just\s+|only\s+|the\s+)?(?P<old>[\w.,:/% -]{1,40})\)?$",
    re.I,
)
WAS = re.compile(
    r"[,;]\s*(?:the\s+)?(?P<old>[\w.,-]+(?:\s+\w+)?)\s+(?:was|is|were|are)\s+(?:when|before|in|only|for|"
    r"last|with|the old|wrong)\b.*$",
    re.I,
)
WRONG = re.compile(
    r"^(?P<old>.+?)\s+(?:was|is)\s+(?:wrong|too (?:much|little|long|short|high|low)|"
    r"not right)[,;.:]?\s+(?:it's|it is|make it|rather)?\s*(?P<new>.+)$",
    re.I,
)
UP_TO = re.compile(
    r"^(?P<what>.+?)\s+(?:went up|went down|rose|fell|grew|dropped|is now up|are now up|is up|are up|"
    r"has gone up|have gone up|increased|decreased)\s+to\s+(?P<n>[\w.,]+)$",
    re.I,
)
ARE_FOR = re.compile(r"^(?P<figure>.+?)\s+(?:is|are|was|were|belongs?)\s+(?:for|to)\s+(?P<what>.+)$", re.I)
IT_TAKES = re.compile(
    r"^it\s+(?:usually\s+|only\s+)?takes?\s+(?P<who>(?:the\s+)?[\w' ]*?)\s*(?:about\s+|around\s+|"
    r"roughly\s+)?(?P<rest>\d.*|an? .*|half .*|one .*|two .*|three .*)$",
    re.I,
)
COUNT = re.compile(
    r"^(?:we have|we've got|there are|there is|there's|it's|it is|we are|they are|only|just|about|"
    r"around)?\s*(?:only\s+|just\s+|about\s+)?"
    r"(?P<n>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty)\s+(?P<who>[a-z][\w' -]*?)"
    r"(?:\s+(?:each|now|in total|altogether|here|too|working(?: there| here)?))?$",
    re.IGNORECASE,
)
SOMEBODY_AT = re.compile(
    r"^(?:guys?|m[ae]n|wom[ae]n|person|people|colleagues?|girls?|lads?|employees?|staff)\s+(?:works?\s+|work\s+)?(?:at|in|on|for|as)\s+",
    re.I,
)
LONG = 8 * 3600


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The figures a sentence gives, if all of it that has one has a place."""
    text = re.sub(r"\b(?:n't|not) sure\b", "", sentence.text)
    for reader in (_hours, _people, _prices, _volume, _each):
        found = reader(sentence, text)
        if found is not None:
            return found
    return None


# --- hours, people, prices, cases


def _hours(sentence: Sentence, text: str) -> Outcome | None:
    """`they work 8 to 4`, also behind a count of people."""
    part = next((part for part in re.split(r"[,;]\s*|\band\b", text) if _clock(part)), "")
    hours = _clock(part)
    if hours is None:
        return None
    rest = re.sub(r"\s*[,;]?\s*$", "", text.replace(part, " ").strip(" ,;"))
    counted = _people(sentence, rest) if rest else None
    if rest and counted is None:
        return None
    roles = {role.id: role for role in sentence.catalogue.process.roles}
    named = [role.id for role in mentioned(sentence.catalogue, part)] or [
        edit.role.id for edit in (counted.edits if counted else ()) if isinstance(edit, PutRole)
    ]  # fmt: skip
    own = named or [role.id for role in roles.values() if role.kind in ("person", "group")]
    told = {edit.role.id: edit.role for edit in (counted.edits if counted else ()) if isinstance(edit, PutRole)}
    changed = {id_: told.get(id_, roles[id_]).model_copy(update={"calendar": (hours,)}) for id_ in own}
    return Outcome("hours", tuple(PutRole(role=role) for role in {**told, **changed}.values())) if changed else None


def _clock(part: str) -> Hours | None:
    if not re.search(r"\b(?:from|between|works?|open|hours|shift|there|o'clock|am|pm|\d+:\d\d)\b", part):
        return None
    said = re.sub(r"\b(\d{1,2}) ?(?:to|till|until|-|–) ?(\d{1,2})\b", r"from \1 to \2", part)
    return hours_in("we work " + re.sub(r"\bfrom from\b", "from", said))


HAVING = re.compile(
    r"^(?:we have|we've got|we are|there are|there is|there's|it's|it is|they are|i think)?\s*(?:only|"
    r"just|about|around)?\s*",
    re.I,
)


def _people(sentence: Sentence, text: str) -> Outcome | None:
    """`4 salesmen and 2 secretaries`, `just one Tom`, `one undertaker two secretaries, the driver is a freelancer`."""
    text = HAVING.sub("", text)
    parts = [
        part
        for part in re.split(
            r"\s*(?:[,;]|\band\b|\bbut\b|\bplus\b)\s*|(?<=[a-z])\s+(?=(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+[a-z]+s?\b)",
            text,
        )
        if part
    ]
    found: dict[str, Role] = {}
    for part in parts:
        counted = COUNT.match(part.strip())
        role = _counted_role(sentence, counted["who"]) if counted else None
        if counted and role:
            number = figure_from(counted["n"] if counted["n"] not in ("a", "an") else "1", "number")
            if number and 1 <= number.low <= 100_000:
                found.setdefault(
                    role.id, role.model_copy(update={"capacity": int(number.low), "capacity_basis": Basis.STATED})
                )
        elif any(
            figure.kind not in ("number", "people") or figure.low > 1 for figure in figures_in(part) if not figure.vague
        ):
            return None
    first = COUNT.match(parts[0].strip()) if parts else None
    if not found or first is None or _counted_role(sentence, first["who"]) is None:
        return None
    return Outcome("people", tuple(PutRole(role=role) for role in found.values()))


def _counted_role(sentence: Sentence, who: str) -> Role | None:
    bare = SOMEBODY_AT.sub("", re.sub(r"\s+(?:who|that|which)\b.*$", "", who.strip()))
    if re.match(r"(?:minutes?|hours?|days?|weeks?|months?|percent|euros?|of|in|out|times?)\b", bare):
        return None
    return known_role(sentence.catalogue, bare) or known_role(sentence.catalogue, bare.removesuffix("s"))


def _prices(sentence: Sentence, text: str) -> Outcome | None:
    """`the planner costs about 48 euros an hour, the fitter 39.50`."""
    parts = [part for part in re.split(r"\s*(?:;|,(?!\d))\s*|\s+and\s+", text) if part.strip()]
    priced = any(figure.kind in ("money", "price") for figure in figures_in(text)) or bool(
        re.search(r"\b\d[\d.,]*\s+(?:an|per|a) hour\b", text)
    )
    if not priced or not parts:
        return None
    edits: list[Edit] = []
    for part in parts:
        roles = mentioned(sentence.catalogue, part) or [
            role
            for role in sentence.catalogue.process.roles
            if set(content(role.name)) & {word.removesuffix("s") for word in content(part)}
        ]
        number = re.search(r"(?<![\w.])(\d+(?:[.,]\d{1,2})?)(?![\w%])", part)
        if len(roles) != 1 or number is None or re.search(r"\b(?:minutes?|min|days?|weeks?)\b", part):
            return None
        value = float(number[1].replace(",", ".")) / (
            WORKING_DAY_HOURS if re.search(r"\b(?:a|per) day\b", part) else 1.0
        )
        edits.append(PutRole(role=roles[0].model_copy(update={"cost_per_hour": value, "cost_basis": Basis.STATED})))
    return Outcome("prices", tuple(edits))


def _volume(sentence: Sentence, text: str) -> Outcome | None:
    """`bookings went up to 950`: as many in the period that was told before."""
    if any(figure.kind == "rate" for figure in figures_in(text)) and len(text.split()) <= 10 and _simple(text):
        return plainly_told(sentence.catalogue, text)
    found, known = UP_TO.match(text), sentence.catalogue.process.volume
    number = figure_from(found["n"], "number") if found else None
    note = str(getattr(known.between, "note", "") or "") if known else ""
    if (
        not found
        or number is None
        or number.low <= 1
        or known is None
        or (one_step(sentence.catalogue, found["what"]) is None and not note)
    ):
        return None
    period = next((size for word, size in (("hour", ("h", 1.0)), ("month", ("d", 30.0)), ("quarter", ("d", 91.0)),
                  ("year", ("d", 365.0)), ("week", ("w", 1.0)), ("day", ("d", 1.0)))
                  if word in note), ("d", 1.0))  # fmt: skip
    told = volume(number.middle, period[0], period[1], working_hours(sentence.catalogue.process))  # type: ignore[arg-type]
    return Outcome("cases", (SetProcess(field="volume", value=told.document()),))


# --- times and chances


def _each(sentence: Sentence, text: str) -> Outcome | Doubt | None:
    text = PER.sub(_multiplied, text)
    if swapped := WRONG.match(text):
        return _instead(sentence, swapped["old"], swapped["new"])
    text, old = _without_old(text)
    parts = _parts(text)
    if not parts:
        return None
    made: list[Outcome] = []
    unit = ""
    for part in parts:
        figure, rest = _figure(part, unit)
        if figure is None:
            return None
        unit = figure.unit or unit
        way = (
            _chance(sentence, part, rest, figure)
            if figure.kind == "chance"
            else _time(sentence, part, rest, figure, old)
        )
        if way is None and old and figure.kind == "duration":
            way = _instead(
                sentence,
                old if any(one.kind == "duration" for one in figures_in(old)) else f"{old} {figure.unit}",
                part,
            )
        if way is None:
            return plainly_told(sentence.catalogue, text) if len(parts) == 1 and _simple(text) else None
        if isinstance(way, Doubt):
            return way
        made.append(way)
    return Outcome(", ".join(way.title for way in made), tuple(edit for way in made for edit in way.edits))


PER = re.compile(
    r"\b(?P<n>\d+(?:[.,]\d+)?) (?P<unit>s|sec|seconds?|min|minutes?) (?:per|for each|for every|"
    r"a) (?P<what>[a-z]+),? (?:and |with )?(?:about |around )?"
    r"(?P<many>\d+) (?P=what)s?(?: on average| each time)?"
)


def _multiplied(found: re.Match[str]) -> str:
    """`2 min per line, 30 lines`: the time of all of them."""
    return f"{float(found['n'].replace(',', '.')) * int(found['many']):g} {found['unit']}"


LONGER = re.compile(r"\b(?:faster|slower|quicker|longer|shorter|more|less|takes?|is|are|needs?)\b")


def _simple(text: str) -> bool:
    return not re.search(r"\b(?:if|when|whenever|then|because|sometimes|until|before|after)\b", text)


def _without_old(text: str) -> tuple[str, str]:
    for pattern in (OLD, WAS):
        if (found := pattern.search(text)) and (
            figures_in(found["old"])
            or re.fullmatch(r"[\d.,]+|one|two|three|four|five|six|seven|eight|nine|ten", found["old"].strip())
        ):
            return text[: found.start()].strip(), found["old"].strip()
    return text, ""


def _parts(text: str) -> list[str]:
    """Statements of a list, each with its figure; what trails without one belongs to the one before."""
    inside = [(figure.a, figure.b) for figure in figures_in(text) if figure.kind in (*TIME_KINDS, "chance")]
    pieces, start = [], 0
    for cut in re.finditer(r"[,;.](?=\s)\s*(?:and\s+)?|\s+and\s+", text):
        if not any(a < cut.start() < b for a, b in inside):
            pieces.append(text[start : cut.start()])
            start = cut.end()
    pieces.append(text[start:])
    found = [piece.strip() for piece in pieces if piece.strip()]
    if len(found) > 1 and not all(figures_in(piece) for piece in found):
        own = [piece for piece in found if any(figure.kind in (*TIME_KINDS, "chance") for figure in figures_in(piece))]
        if len(own) == 1 and own[0] == found[0] and all(len(piece.split()) <= 5 for piece in found[1:]):
            return own
        if (
            len(own) == 1
            and own[0] == found[-1]
            and len(found) == 2
            and (
                (len(own[0].split()) <= 3 and LONGER.search(found[0]))
                or re.match(r"(?:let's say|say|about|more like)\b", own[0])
            )
        ):
            return [f"{found[0]} {own[0]}"]
        return []
    return found


def _figure(part: str, unit: str) -> tuple[Figure | None, str]:
    """The one figure of a part and the words besides it; a bare number is in the unit of the figure before."""
    found = [figure for figure in figures_in(part) if not figure.vague]
    timed = [figure for figure in found if figure.kind == "duration"]
    timed = timed or [figure for figure in found if figure.kind == "chance"]
    if len(timed) == 2 and timed[0].kind == "duration":
        between = part[timed[0].b : timed[1].a]
        return (
            (timed[0], _cut(part, timed[0].a, timed[1].b))
            if between.strip() in ("to", "and", "or", "-")
            else (None, "")
        )
    if len(timed) == 1:
        return timed[0], _cut(part, timed[0].a, timed[0].b)
    bare = re.search(r"\b(\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)\W*$", part)
    if not timed and unit and bare:
        return figure_from(f"{bare[1]} {unit}", "duration"), part[: bare.start()]
    return None, ""


def _cut(part: str, start: int, end: int) -> str:
    return f"{part[:start]} {part[end:]}"


def _about(rest: str) -> str:
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


def _time(sentence: Sentence, part: str, rest: str, figure: Figure, old: str) -> Outcome | Doubt | None:
    catalogue = sentence.catalogue
    if re.search(r"\b(?:if|when|whenever|then|because|sometimes|after|before)\b", part[: max(0, figure.a)]):
        return None
    if belongs := ARE_FOR.match(part):
        about = belongs["what"]
    else:
        about = _about(rest)
    named = [word for word in content(about) if word not in PRONOUNS]
    if not named and old:
        return None  # the place is known by the old figure
    steps = likely(catalogue, about) if named else list(sentence.recent) if sentence.wrong else []
    if not steps and WAITING.search(part):
        lying = [step.id for step in catalogue.steps if getattr(step, "wait", None) or isinstance(step, Wait)]  # type: ignore[union-attr]
        steps = lying if len(lying) == 1 else []
    if not steps or len(steps) > 1:
        role = known_role(catalogue, about) or next(iter(mentioned(catalogue, about)), None) if named else None
        own = [step.id for step in catalogue.named if role and getattr(step, "role", None) == role.id]
        timed = [step for step in own if _has_time(sentence, step)]
        if role:
            pointed = [step for step in sentence.recent if step in own and re.search(r"\b(?:it|that|this)\b", part)]
            steps = [step for step in steps if step in own] or pointed or (timed if sentence.wrong and timed else own)
    elif (role := known_role(catalogue, about)) and not _verb_said(sentence, steps[0], about):
        own = [step.id for step in catalogue.named if getattr(step, "role", None) == role.id]
        steps = own if len(own) == 1 else [step for step in own if _has_time(sentence, step)]
    ways = [way for step in steps[:4] if (way := _lasting(sentence, step, figure, part, old))]
    if not ways or (len(ways) > 1 and not (sentence.wrong or old)):
        return None
    if len(ways) > 1:
        return Doubt("Which of these do you mean?", tuple(ways))
    return ways[0]


def _verb_said(sentence: Sentence, step: str, about: str) -> bool:
    own = content(sentence.catalogue.name(step))
    return any(alike(word, part) for word in content(about) for part in own)


def _has_time(sentence: Sentence, step: str) -> bool:
    block = sentence.catalogue.by_id[step]
    return bool(getattr(block, "work", None) or getattr(block, "wait", None) or getattr(block, "duration", None))


def _lasting(sentence: Sentence, step: str, figure: Figure, part: str, old: str) -> Outcome | None:
    """The new length in the field it belongs to: that of the old figure, of the words, or of what is known."""
    block = sentence.catalogue.by_id[step]
    if isinstance(block, Wait):
        field, target = "duration", step
    elif isinstance(block, Task):
        field, target = _field(sentence, block, figure, part, old)
    else:
        return None
    length = as_duration(figure, field == "work").model_copy(update={"span": None})
    return Outcome(f"{sentence.catalogue.name(step)}", (SetValue(id=target, field=field, value=length.document()),))


def _field(sentence: Sentence, task: Task, figure: Figure, part: str, old: str) -> tuple[str, str]:
    seconds = figure.seconds(hands_on=False)
    beside = _wait_beside(sentence, task.id)
    if (
        beside
        and (WAITING.search(part) or (task.work is None and task.wait is None and seconds >= LONG))
        and task.wait is None
    ):
        return "duration", beside
    if task.wait is not None and WAITING.search(part):
        return "wait", task.id
    if task.wait is not None and task.work is None:
        was = (figure_from(old, "duration") or figure_from(f"{old} {figure.unit}", "duration")) if old else None
        same = was is not None and _near(was.seconds(), task.wait.mean_seconds)
        return ("wait" if same or seconds >= LONG else "work"), task.id
    if task.wait is not None and task.work is not None:
        if old and (was := figure_from(old, "duration") or figure_from(f"{old} {figure.unit}", "duration")):
            return ("wait" if _near(was.seconds(), task.wait.mean_seconds) else "work"), task.id
        closer = abs(seconds - task.wait.mean_seconds) * 3 < abs(seconds - task.work.mean_seconds)
        return ("wait" if closer and seconds >= LONG / 2 else "work"), task.id
    if task.work is not None:
        return ("wait" if WAITING.search(part) else "work"), task.id
    role = sentence.catalogue.process.role(task.role or "")
    outside = role is not None and role.kind == "external"
    return (
        "wait" if WAITING.search(part) or (seconds > LONG and outside) or seconds >= 3 * UNITS["d"] else "work"
    ), task.id


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.02 * max(one, other)


def _wait_beside(sentence: Sentence, step: str) -> str | None:
    row = sentence.catalogue.rows[sentence.catalogue.spots[step].sequence]
    at = row.index(step)
    near = [id_ for id_ in (row[at - 1 : at] + row[at + 1 : at + 2]) if isinstance(sentence.catalogue.by_id[id_], Wait)]
    return near[0] if len(near) == 1 else None


def _chance(sentence: Sentence, part: str, rest: str, figure: Figure) -> Outcome | Doubt | None:
    if re.search(r"\b(?:if|when|whenever|then|sometimes|because)\b", part):
        return None
    rest = _about(rest)
    ways = ways_meant(sentence, rest)
    if not content(rest) or len(content(rest)) > 6:
        return None
    made = [_shared(sentence, id_, figure.middle) for id_ in ways]
    if len(made) > 1:
        return Doubt("Which of these do you mean?", tuple(made[:3]))
    return made[0] if made else None


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
            inner = [part for one in catalogue.chain(step.id)[:0] for part in content(one)]
            scores[step.id] = _shared_words(
                said, content(f"{step.while_ or ''} {getattr(step, 'until', '') or ''}")
            ) + 0.4 * _shared_words(said, inner)
    most = max(scores.values(), default=0)
    return [id_ for id_, score in scores.items() if score == most and most >= 0.4]


def _shared_words(said: Iterable[str], own: Sequence[str]) -> int:
    return sum(any(alike(word, part) for part in own) for word in said)


def _shared(sentence: Sentence, id_: str, p: float) -> Outcome:
    catalogue = sentence.catalogue
    edits: list[Edit] = [SetCondition(id=id_, p=p, basis=Basis.STATED)]
    owner = catalogue.owner.get(id_)
    others = [branch for branch in owner.branches if branch.id != id_] if isinstance(owner, Choice) else []
    if len(others) == 1:
        edits.append(SetCondition(id=others[0].id, p=round(1 - p, 6), basis=Basis.STATED))
    when = catalogue.branches[id_].when if id_ in catalogue.branches else catalogue.name(id_)
    return Outcome(f"“{when}” in {p:.0%} of the cases", tuple(edits))


def _instead(sentence: Sentence, old: str, new: str) -> Outcome | Doubt | None:
    """`ten days was wrong, it's ten working days`: the place that holds the old figure."""
    was, length = figure_from(old, "duration"), figure_from(new, "duration")
    if was is None or length is None:
        return None
    ways = []
    for step in sentence.catalogue.named:
        for field in ("work", "wait", "duration"):
            value = getattr(step, field, None)
            if value is not None and any(
                _near(value.mean_seconds, seconds) for seconds in (was.seconds(), was.seconds(hands_on=True))
            ):
                told = as_duration(length, field == "work").model_copy(update={"span": None})
                ways.append(
                    Outcome(step.name or "the wait", (SetValue(id=step.id, field=field, value=told.document()),))
                )
    if len(ways) > 1:
        return Doubt("Which of these do you mean?", tuple(ways[:3]))
    return ways[0] if ways else None
