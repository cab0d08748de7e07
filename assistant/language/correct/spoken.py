"""Read by what the parts of a turn speak of, not by how the sentence is built: somebody, a step, a way, a figure.

A part is what stands between commas, dashes and the like. A part that only comments is left aside; a part that names
somebody or a step is about the figure of the next part, if it has none of its own. These readers come after those of
whole sentences, for what people type in passing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.english.forms import verb_forms
from assistant.english.tables import classed
from assistant.language.change.mention import alike, content
from assistant.language.change.outcome import Doubt, Outcome
from assistant.language.correct import shares
from assistant.language.correct.figures import lasting
from assistant.language.correct.said import Sentence
from assistant.language.figures.figure import Figure
from assistant.language.figures.hours import days_in, hours_in
from assistant.language.figures.numbers import value_of
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Choice, Loop, Task
from assistant.process.durations import Basis
from assistant.process.edits import Edit, PutRole, SetProcess
from assistant.process.model import Role
from assistant.process.volumes import volume, working_hours

PART = re.compile(r"\s*(?:[;:!?…]+|,(?!\d)|\.{2,}|\.(?=\s|$)|\s[-–—]+\s|[()])\s*|\s+(?:and|but|plus)\s+")
COUNTED = re.compile(
    r"\b(?:we have|we've got|we've|we run|we employ|we use|we|they|he|she|it|i|also|run|employ|hire|there are|"
    r"there is|there's|they are|just|only|about|around|roughly|maybe|count on|"
    r"of them|of those|of us|of|in all|in total|altogether|all in all|full[- ]time|i'd say|say|always|now|here|are|is|"
    r"the|a|an|our|that's|thats|have|has|got|us|at|best)\b"
)
LONE = re.compile(
    r"\b(?:alone|by (?:him|her|it)self|on (?:his|her|its) own|single-handed|only one|just one|the only|single|one)\b"
)
PAIR = {"pair": 2, "couple": 2, "dozen": 12, "single": 1, "lone": 1, "sole": 1, "only": 1}
NO_WORK = frozenset("be have do need take last wait stay seem get mean count depend say guess make".split())
COMMENT = frozenset("year figure kind wish wrong high low much little off old last optimistic pessimistic".split())
PERIOD = {"hour": ("h", 1.0), "day": ("d", 1.0), "week": ("w", 1.0), "month": ("d", 30.0), "year": ("d", 365.0)}
PER = re.compile(
    r"\b(?:an?|per|each|every|last|this|in an?|in the) (?P<per>hour|day|week|month|year)\b|\b(?P<ly>daily|"
    r"weekly|monthly|yearly|annually)\b"
)
LY = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
RATE = re.compile(r"(?<![\w.])(?P<n>\d+(?:[.,]\d{1,2})?)(?:,-)?(?![\w%:])")
HOURLY = re.compile(r"\b(?:an|per|each|every|the) hour\b|/ ?h\b|\bhourly\b")


@dataclass(frozen=True)
class Part:
    """A part of a turn: its words, who and which steps it names, and its figures."""

    text: str
    start: int
    roles: tuple[Role, ...]
    steps: tuple[str, ...]
    figures: tuple[Figure, ...]


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """Head counts, prices, the number of cases, and figures of steps and ways, told in parts."""
    found = parts(sentence)
    for reader in (_hours, _counts, _rates, _cases, _shares, _times):
        made = reader(sentence, found)
        if made is not None:
            return made
    return None


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
             tuple(one for one in figures if a <= one.a < b and sentence.text[one.a : one.b] != "one"))
        for a, b in cuts if re.search(r"\w", sentence.text[a:b])
    ]  # fmt: skip


def roles_in(sentence: Sentence, text: str) -> tuple[Role, ...]:
    """The roles a text names, also by the head of their name or a form of it (`reception` is the receptionist)."""
    said, found = content(text), []
    for role in sentence.catalogue.process.roles:
        own = content(role.name)
        if own and all(any(alike(word, part) or _of_one(word, part) for word in said) for part in own):
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
        like = any(_same_action(word, own[0]) for word in acts)
        shared = sum(any(alike(word, part) for word in said) for part in things)
        if verb or (things and shared) or (like and len(said) <= 2):
            scores[step.id] = 1.25 * verb + 0.6 * (like and not verb) + shared / max(1, len(things))
    most = max(scores.values(), default=0.0)
    return tuple(id_ for id_, score in scores.items() if score >= most - 0.01) if most >= 0.5 else ()


LASTING = frozenset("take takes took taking need needs last lasts get gets".split())


def _same_action(word: str, verb: str) -> bool:
    """Whether two verbs are of one meaning (`look` and `check`)."""
    base = next((form.base for form in verb_forms(word)), word)
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


CLOCK = (
    r"(?P<{0}>\d{{1,2}}(?::\d\d)?(?: ?(?:am|pm))?|noon|midnight|eight|nine|ten|seven|six|"
    r"five|four|three)"
)
SPAN = re.compile(rf"\b{CLOCK.format('a')}\s*(?:to|till|until|-|–)\s*{CLOCK.format('b')}(?![\w%])")
BEGINS = re.compile(rf"\b(?:start|begin|come|open|arrive|get)s?(?: in| up)? (?:at |from )?{CLOCK.format('a')}(?![\w%])")
ENDS = re.compile(
    rf"\b(?:finish|end|leave|stop|close|go)(?:es|s)?(?: off| home| work)? (?:at )?{CLOCK.format('b')}(?![\w%])"
)
HALF = re.compile(r"\bhalf (?:past )?(?P<h>seven|eight|nine|ten|eleven|twelve|one|two|three|four|five|six|\d{1,2})\b")
AT_WORK = re.compile(
    r"\b(?:open|hours|shift|mon|tues?|wed|thurs?|fri|sat|sun)\w*\b|\bworks?\b|\bwe're (?:in|here|there)\b"
)


def _hours(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`mon-fri 07:00 till 19:30, sundays forget it`, `she finishes at 4 nowadays, starts at 8 though`."""
    text = HALF.sub(lambda half: f"{int(value_of(half['h']) or int(half['h']))}:30", sentence.text)
    text = re.sub(r"\b(?:un)?til\b", "till", text)
    span, begins, ends = SPAN.search(text), BEGINS.search(text), ENDS.search(text)
    if span and AT_WORK.search(text):
        start, end = span["a"], span["b"]
    elif begins and ends:
        start, end = begins["a"], ends["b"]
    else:
        return None
    hours = hours_in(f"we work from {start} to {end} {days_in(text) or ''}")
    if hours is None or any(figure.kind == "duration" for part in found for figure in part.figures):
        return None
    people = [role for role in sentence.catalogue.process.roles if role.kind in ("person", "group")]
    named = list({role.id: role for part in found for role in part.roles}.values())
    own = [role for role in people if role.calendar] if re.search(r"\b(?:he|she)\b", text) else []
    meant = named or (own if len(own) == 1 else [] if re.search(r"\b(?:he|she)\b", text) else people)
    edits = tuple(PutRole(role=role.model_copy(update={"calendar": (hours,)})) for role in meant)
    return Outcome("hours", edits) if edits else None


def _counts(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`8 translators, 2 revisers`, `keepers? four of them`, `Owen's by himself`."""
    made: dict[str, Role] = {}
    waiting: Role | None = None
    for part in found:
        if any(figure.kind not in ("number", "people") for figure in part.figures) or len(part.roles) > 1:
            return None
        if works(part) or (part.steps and not part.roles):
            return None
        if len(re.findall(r"\b\d+(?:[:.]\d+)?\b", part.text)) > 1:
            return None  # hours
        role = part.roles[0] if part.roles else waiting
        number = _count(part.text)
        extra = _beside(part, role)
        if role is not None and number is not None and len(extra) <= 1:
            made[role.id] = role.model_copy(update={"capacity": number, "capacity_basis": Basis.STATED})
            waiting = None
        elif number is not None and not part.roles and len(extra) > 1:
            return None
        else:
            waiting = part.roles[0] if part.roles and not extra else waiting
    return Outcome("people", tuple(PutRole(role=role) for role in made.values())) if made else None


def works(part: Part) -> bool:
    """Whether somebody does something in a part: a verb of work in the third person, with something behind it."""
    return bool(acts_in(part))


def acts_in(part: Part) -> list[str]:
    """The verbs of work in the third person; an unknown word in their form right behind somebody is one."""
    words = [re.sub(r"\W", "", word) for word in part.text.split()]
    own = [word for role in part.roles for word in content(role.name)]
    found = []
    for before, word in pairwise(words[:-1]):
        if any(alike(word, name) for name in own):
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


def _count(text: str) -> int | None:
    words = re.findall(r"\d+(?:[.,]\d+)?|[a-z']+", text)
    numbers = [int(float(word)) if word.isdigit() else value_of(word) if word.isalpha() else None for word in words]
    plain = [int(number) for number in numbers if number and number == int(number)]
    plain += [PAIR[word] for word in words if word in PAIR and not plain]
    if not plain and LONE.search(text):
        return 1
    return plain[0] if len(plain) == 1 and 1 <= plain[0] <= 10_000 else None


def _beside(part: Part, role: Role | None) -> list[str]:
    """The words of a part that are neither its number, nor who is counted, nor about counting."""
    own = content(role.name) if role else []
    text = LONE.sub(" ", COUNTED.sub(" ", part.text))
    return [
        word for word in content(text)
        if not word.isdigit() and value_of(word) is None and word not in PAIR
        and not any(alike(word, part) for part in own)
        and word not in ("own", "himself", "herself")
    ]  # fmt: skip


def _rates(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`she's on 34 an hour, the audiologist I mean. the girl on reception gets 16.50`."""
    if not HOURLY.search(sentence.text):
        return None
    edits: list[Edit] = []
    open_rate: float | None = None
    for part in found:
        number = RATE.search(part.text)
        if number and re.search(r"\b(?:minutes?|mins?|days?|weeks?|percent)\b", part.text):
            return None
        value = float(number["n"].replace(",", ".")) if number else open_rate
        if len(part.roles) == 1 and value is not None:
            edits.append(
                PutRole(role=part.roles[0].model_copy(update={"cost_per_hour": value, "cost_basis": Basis.STATED}))
            )
            open_rate = None
        elif number:
            open_rate = value
    return Outcome("prices", tuple(edits)) if edits and open_rate is None else None


def _cases(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`14,600 jobs last year all in all`: a number of what comes, in a period."""
    kinds = {figure.kind for part in found for figure in part.figures}
    if any(part.roles or works(part) for part in found) or kinds & {"duration", "money", "price", "chance"}:
        return None
    period = PER.search(sentence.text)
    number = re.search(r"(?<![\w.,])\d[\d.,]*", sentence.text)
    if period is None or number is None or len(re.findall(r"\d[\d.,]*", sentence.text)) > 1:
        return None
    count = float(re.sub(r"[.,](?=\d{3}\b)", "", number[0].rstrip(".,")).replace(",", "."))
    unit, size = PERIOD[period["per"] or LY[period["ly"]]]
    if count <= 1:
        return None
    value = volume(count, unit, size, working_hours(sentence.catalogue.process))  # type: ignore[arg-type]
    return Outcome("cases", (SetProcess(field="volume", value=value.document()),))


def _shares(sentence: Sentence, found: list[Part]) -> Outcome | Doubt | None:
    """A share that a known one gives way to (`30 percent is last year's, make it 45`), or that of a way spoken of."""
    figures = [figure for part in found for figure in part.figures if figure.kind == "chance"]
    if not figures or len(figures) > 2 or any(works(part) and not part.figures for part in found):
        return None
    old = [id_ for id_, p in _known_shares(sentence).items() if abs(p - figures[0].middle) < 0.006]
    new = figures[1].middle if len(figures) == 2 else None
    bare = re.search(r"\b(?:make (?:it|that)|rather|more like|now|say|it's) (\d{1,2})\b", sentence.text)
    if new is None and bare:
        new = int(bare[1]) / 100
    if new is not None and old:
        named = [id_ for id_ in shares.ways_meant(sentence, " ".join(part.text for part in found)) if id_ in old] or old
        made = [shares.shared(sentence, id_, new) for id_ in named]
        return made[0] if len(made) == 1 else Doubt("Which of these do you mean?", tuple(made[:3]))
    if len(figures) != 1 or re.search(r"\b(?:if|when|whenever|then|sometimes|because)\b", sentence.text):
        return None
    text = sentence.text[: figures[0].a] + " " + sentence.text[figures[0].b :]
    ways = shares.ways_meant(sentence, shares.about_words(text))
    if len(ways) != 1:
        return None
    own = " ".join(_without_figures(part) for part in found if shares.ways_meant(sentence, part.text) == ways)
    unknown, missing = _unknown(sentence, ways[0], own)
    if len(unknown) > 3:
        return None
    made = shares.shared(sentence, ways[0], figures[0].middle)
    if unknown and missing and figures[0].middle != 0.5 and not NEGATED.search(own):
        other = shares.shared(sentence, ways[0], round(1 - figures[0].middle, 6))
        return Doubt(f"Of which cases is that the share: “{sentence.request}”?", (made, other))
    return made


NEGATED = re.compile(r"\btoo\b.*\bto\b|\b(?:not|no|never)\b|n't\b")


def _without_figures(part: Part) -> str:
    text = part.text
    for figure in part.figures:
        text = text.replace(figure_words(part, figure), " ")
    return shares.about_words(text)


def figure_words(part: Part, figure: Figure) -> str:
    """The words of a figure in its part."""
    start = part.start
    return part.text[max(0, figure.a - start) : figure.b - start]


def _known_shares(sentence: Sentence) -> dict[str, float]:
    found = {branch.id: branch.p for branch in sentence.catalogue.branches.values() if branch.when != "otherwise"}
    loops = {step.id: step.p for step in sentence.catalogue.steps if isinstance(step, Loop)}
    return {id_: p for id_, p in {**found, **loops}.items() if p is not None}


def _unknown(sentence: Sentence, way: str, text: str) -> tuple[list[str], list[str]]:
    """The words of a text that a way and its steps do not have, and what of its condition is not said."""
    catalogue = sentence.catalogue
    branch = catalogue.branches.get(way)
    owner = catalogue.owner.get(way)
    asked = content(branch.when or "") if branch else []
    asked = asked or content(owner.question if isinstance(owner, Choice) else "")
    own = asked + [word for id_ in (catalogue.inside(way) if branch else ()) for word in content(catalogue.name(id_))]
    own += [word for step in catalogue.named for word in content(step.name)[1:]]
    said = [word for word in content(text) if word not in classed("measures", "quality") and word not in LIGHT]
    unknown = [word for word in said if not any(alike(word, part) for part in own)]
    return unknown, [word for word in asked[-1:] if not any(alike(word, part) for part in said)]


LIGHT = frozenset("have has get gets case cases happen happens come comes time times need needs".split())


def _times(sentence: Sentence, found: list[Part]) -> Outcome | Doubt | None:
    """`grading, uff, 90 secs a wheel`: each length goes to the step spoken of in its part, or in the one before."""
    if replaced := _instead(sentence, found):
        return replaced
    made: list[Outcome] = []
    about: tuple[str, ...] = ()
    unit = ""
    if any(works(part) and not (part.steps and _by_its_verb(sentence, part.steps[0], part)) for part in found):
        return None  # something is told
    for part in found:
        lengths = [figure for figure in part.figures if figure.kind in ("duration", "limit")]
        if lengths and NO_PLAIN.search(part.text):
            return None
        steps = _spoken_of(sentence, part, about)
        if not lengths and steps:
            about = steps
        bare = re.fullmatch(r"\W*(?:about |around |only |just )?(\d{1,3})\W*", part.text)
        if not lengths and bare and unit and len(about) == 1:
            lengths = [figure for figure in figures_in(f"{bare[1]} {unit}") if figure.kind == "duration"]
        if not lengths:
            continue
        meant = steps or about
        if len(lengths) > 1 or len(meant) != 1:
            return None
        way = lasting(sentence, meant[0], lengths[0], part.text, "")
        if way is None:
            return None
        made.append(way)
        unit, about = lengths[0].unit, ()
    if not made:
        return None
    return Outcome(", ".join(way.title for way in made), tuple(edit for way in made for edit in way.edits))


NO_PLAIN = re.compile(
    r"\b(?:if|when|whenever|before|after|while|because|together|both|combined|not|until|till|once|then|instead|"
    r"than|in all|"
    r"another|extra|more|faster|slower|longer|shorter|wait\w*|later|within|per|each|every)\b|n't\b"
)
REPLACED = re.compile(
    r"\b(?:wish|wrong|too (?:high|low|much|little|long|short)|last year|old|off|optimistic|pessimistic|kind|generous|"
    r"joking|no way|outdated|used to|was|were)\b"
)


def _instead(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`12 mins for comparing, you wish. half an hour`: the known figure gives way to the other."""
    lengths = [figure for part in found for figure in part.figures if figure.kind == "duration"]
    if len(lengths) < 2 or not REPLACED.search(sentence.text):
        return None
    named = next((part.steps for part in found if part.steps), ())
    fits = [
        step for step in sentence.catalogue.named
        if (not named or step.id in named)
        and any(value is not None and abs(value.mean_seconds - lengths[0].seconds()) < 1
                for value in (getattr(step, field, None) for field in ("work", "wait", "duration")))
    ]  # fmt: skip
    old = sentence.text[lengths[0].a : lengths[0].b]
    return lasting(sentence, fits[0].id, lengths[1], "", old) if len(fits) == 1 else None


def _spoken_of(sentence: Sentence, part: Part, about: tuple[str, ...]) -> tuple[str, ...]:
    """The step a part speaks of: of several those named before, else the one that every case goes through."""
    steps = tuple(id_ for id_ in part.steps if id_ in about) or part.steps
    if len(steps) > 1:
        always = tuple(id_ for id_ in steps if sentence.catalogue.branch_of(id_) is None)
        steps = about if about else always if len(always) == 1 else steps
    return steps or _sole(sentence, part)


def _sole(sentence: Sentence, part: Part) -> tuple[str, ...]:
    """The one step of somebody who is named alone; of several, the one with a time, where a mistake is owned to."""
    if len(part.roles) != 1 or len(_beside(part, part.roles[0])) > 2:
        return ()
    own = [step for step in sentence.catalogue.named if getattr(step, "role", None) == part.roles[0].id]
    timed = [step for step in own if getattr(step, "work", None)]
    fits = own if len(own) == 1 else timed if sentence.wrong else []
    return tuple(step.id for step in fits) if len(fits) == 1 else ()


def _by_its_verb(sentence: Sentence, step: str, part: Part) -> bool:
    own = content(sentence.catalogue.name(step))
    acts = acts_in(part)
    return all(any(alike(word, other) for other in own) for word in acts)
