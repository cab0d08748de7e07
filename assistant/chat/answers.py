"""Answers to questions that were asked: a few words become the edit that fills what was missing.

Only answers that plainly fit their question are taken; anything else is left to be read as story or request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chat.naming import named_in
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.how_it_is_to_be import parsed
from assistant.language.change.mention import plain, role_named
from assistant.language.correct.borne_out import no_person
from assistant.language.correct.how_often import acts_otherwise
from assistant.language.figures.figure import TIME_KINDS, Figure
from assistant.language.figures.hours import done_on_days, of_the_day, there_on_days
from assistant.language.figures.prices import LIMIT, hours_told, of_a_thing
from assistant.language.figures.reading import asked_period, figure_from, figures_in, is_vague
from assistant.language.figures.stated import as_duration
from assistant.language.turn.intent import GOES_ON, unknown
from assistant.process.blocks import Choice, Loop
from assistant.process.durations import Basis
from assistant.process.edits import DropRemark, Edit, PutRemark, PutRole, SetCondition, SetProcess, SetRole, SetValue
from assistant.process.model import Process, Role
from assistant.process.questions import Question
from assistant.process.tree import by_id, fresh_id, tasks
from assistant.process.volumes import volume, working_hours

MOST = 300
NO_NAME = classed("said", "no-name")
FILLERS = classed("said", "answer-filler")
MORE_WORDS = {"work": 2, "duration": 3, "p": 6, "exception_rate": 6, "volume": 5, "capacity": 4, "cost_per_hour": 4}
"""Words beyond the figure, fillers and the question's own words that an answer may have."""
CLAUSE = re.compile(r"\b\w+s (?:an?|the|by|it|us|me|my|our)\b|^(?:let|suppose|imagine|assume|wish)\b", re.IGNORECASE)
"""A verb with what it is done to: no name of anybody."""
CLAUSES = re.compile(r"[;\n]|,(?!\d)\s*(?:and\s+)?|(?<!\d)\.(?!\d)|\band\b(?!\s+(?:a\s+half|a\s+quarter))")
PRICED = re.compile(r"[^\d]*\d[\d.,]*(?<![.,])[^,;.]*")
NO_PART = classed("said", "no-part")
EACH = re.compile(r"\b(?:each|every|all)\b(?!\s+(?:hour|day|week|month|year))", re.IGNORECASE)
LABELLED = re.compile(r"(?:^|[\n;])\s*\(?([1-9])[).:](?!\d)\s*")
POINTING = re.compile(r"\b(?:that|this|which|other|no|every|each|last|first) one\b", re.IGNORECASE)
"""`Not that one`: no head count."""


@dataclass(frozen=True)
class Answer:
    """What was said to one question, and the edits it means; none when it could not be made out.

    `vague`: a figure was asked for and the words speak of one without saying it ("a few days").
    """

    question: Question
    words: str
    edits: tuple[Edit, ...]
    vague: bool = False


def match_answers(words: str, asked: Sequence[Question], process: Process) -> list[Answer]:
    """The answers in what was said: numbered ones (`1: ten minutes; 2: Maria`), the whole to one question, or several
    in one breath (`about 30 a day, two people`), each to the first question it fits. Empty when it answers nothing."""
    marks = list(LABELLED.finditer(words))
    if marks:
        return _numbered(words, marks, asked, process)
    if len(words) > MOST or there_on_days(words) or done_on_days(words):
        return []
    if EACH.search(words) and len(_lengths(words)) == 1:
        every = [Answer(task, words, tuple(edits)) for task in asked if (edits := _of_each(task, words, process))]
        if every:
            return every
    parts = [part for part in CLAUSES.split(words) if re.search(r"\w", part) and not unknown(part)]
    if len(parts) > 1 and not any(_tells(part, process) for part in parts):
        several = _each_its_own(parts, asked, process)
        if several:
            return several
    for question in asked:
        edits = answer_edits(question, words, process)
        if edits:
            return [Answer(question, words, tuple(edits))]
    return _vague(words, asked, process)


def _vague(words: str, asked: Sequence[Question], process: Process) -> list[Answer]:
    """`A few days`, `often`: said to the first question that asks for a figure, and none in it."""
    if not is_vague(words):
        return []
    open_ = [
        question for question in asked if question.field in MORE_WORDS and not _says_more(question, words, process)
    ]
    timed = any(figure.kind == "duration" for figure in figures_in(words))
    fitting = [question for question in open_ if (question.field in ("work", "duration")) == timed] or open_
    return [Answer(fitting[0], words, (), vague=True)] if fitting else []


def _lengths(words: str) -> list[Figure]:
    return [figure for figure in figures_in(words) if figure.kind in TIME_KINDS and not figure.vague]


def _of_each(question: Question, words: str, process: Process) -> list[Edit]:
    return answer_edits(question, words, process) if question.field == "work" else []


def _numbered(words: str, marks: list[re.Match[str]], asked: Sequence[Question], process: Process) -> list[Answer]:
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        number, said = int(mark.group(1)), words[mark.end() : end].strip()
        if number <= len(asked):
            question = asked[number - 1]
            edits = tuple(_read(question, said, process))
            vague = not edits and question.field in MORE_WORDS and is_vague(said)
            found.append(Answer(question, said, edits, vague))
    return found


def _each_its_own(parts: Sequence[str], asked: Sequence[Question], process: Process) -> list[Answer]:
    """An answer for every part, each to another question; empty when a part answers nothing or two the same."""
    found: list[Answer] = []
    for part in parts:
        left = [question for question in asked if question not in [answer.question for answer in found]]
        fits = ((question, answer_edits(question, part, process)) for question in left)
        hit = next(((question, edits) for question, edits in fits if edits), None)
        if hit is None:
            return []
        found.append(Answer(hit[0], part.strip(), tuple(hit[1])))
    return found


def answer_edits(question: Question, words: str, process: Process) -> list[Edit]:
    """The edits an answer means; empty when the words do not plainly answer the question."""
    if len(words) > MOST or _says_more(question, words, process) or _names_another(question, words, process):
        return []
    if question.field == "p" and acts_otherwise(Catalogue(process), words, question.elements):
        return []
    named = question.field in ("trigger", "customers", "owner", "role")
    if named and _tells(words, process, question.field == "trigger"):
        return []
    return _read(question, words, process)


MEASURES = frozenset("take last cost earn work get come start begin go wait make".split())


def _tells(words: str, process: Process, trigger: bool = False) -> bool:
    """Whether somebody (for a `trigger`: somebody known) does something in the words: they tell, whatever was asked."""
    catalogue, goes_on = Catalogue(process), GOES_ON.match(words)
    clause = parsed(catalogue, plain(words[goes_on.end() :].lstrip(" ,") if goes_on else words))
    known = clause is not None and role_named(catalogue, clause.who) is not None
    return clause is not None and bool(clause.rest) and clause.verb not in MEASURES and (known or not trigger)


def _read(question: Question, words: str, process: Process) -> list[Edit]:
    reader = READERS.get(question.field)
    return [] if reader is None or len(words) > MOST else reader(question, words.strip(), process)


def _names_another(question: Question, words: str, process: Process) -> bool:
    """Whether words name another role or step than the one a figure is asked of (`two technicians`)."""
    if question.field not in MORE_WORDS or len(question.elements) != 1:
        return False
    own = question.elements[0]
    step = by_id(process).get(own)
    steps = {task.id: task.name for task in tasks(process)}
    named = named_in(words, steps) or named_in(words, {role.id: role.name for role in process.roles})
    mine = {own, done_by(step)} | ({own} if process.role(own) else set())
    return bool(named) and not mine & set(named) and not (isinstance(step, Choice | Loop) and set(named) <= set(steps))


def _says_more(question: Question, words: str, process: Process) -> bool:
    """Whether words with a figure tell more than the figure: then they are story, not the answer to this question."""
    most = MORE_WORDS.get(question.field)
    if most is None:
        return False
    steps = by_id(process)
    texts = [question.text, *(str(getattr(steps.get(id_), "name", "")) for id_ in question.elements)]
    known = {word for text in texts for word in re.findall(r"[a-z]+", text.lower())}
    own = [word for word in re.findall(r"[a-z]+", _without_figures(words).lower()) if word not in known]
    own = [word for word in own if word not in FILLERS]
    if question.field in ("p", "cost_per_hour", "exception_rate") and all(
        figure.kind in ("number", "people") for figure in figures_in(words)
    ):
        most = 0  # a bare number with other words (`two clerks`) is a count of something, no chance and no price
    timed = next((figure for figure in figures_in(words) if figure.kind in TIME_KINDS), None)
    if timed is not None and question.field in ("work", "duration"):
        before = re.findall(r"[a-z]+", words[: timed.a].lower())
        if any(word not in known and word not in FILLERS and word not in ABOUT for word in before):
            return True  # it is said of something else (`resting is three days`)
    return len(own) > most


ABOUT = classed("said", "about-figure")
"""Words that say how exact a figure is, and nothing of what it is said of."""


def _without_figures(words: str) -> str:
    """The words with every figure but plain numbers cut out."""
    for figure in reversed(figures_in(words)):
        if figure.kind != "number" or figure.vague:
            words = words[: figure.a] + " " + words[figure.b :]
    return words


def duration_in(words: str, hands_on: bool) -> dict[str, Any] | None:
    """The length of time words give, as data of a stated duration; None when they give none."""
    figure = figure_from(words, "duration")
    return None if figure is None else as_duration(figure, hands_on).model_copy(update={"span": None}).document()


def chance_in(words: str) -> float | None:
    """The chance words give, 0 to 1; a bare number is one of a hundred. None when they give none."""
    figure = figure_from(words, "chance")
    return None if figure is None else figure.middle


def _length(question: Question, words: str, process: Process) -> list[Edit]:
    hands_on = question.field == "work"
    found = duration_in(words, hands_on)
    if found is None:
        return []
    if len(question.elements) == 1:
        return [SetValue(id=question.elements[0], field=question.field, value=found)]
    if EACH.search(words) and len(_lengths(words)) == 1:
        return [SetValue(id=id_, field=question.field, value=found) for id_ in question.elements]
    return [
        SetValue(id=id_, field=question.field, value=own)
        for id_, part in _parts_about(question, words, process)
        if (own := duration_in(part, hands_on)) is not None
    ]


def _parts_about(question: Question, words: str, process: Process) -> list[tuple[str, str]]:
    """Parts of an answer (`Register 5 min, call host 2 min`) with the id of the step each names."""
    steps = by_id(process)
    names = {id_: str(getattr(steps[id_], "name", "")).lower() for id_ in question.elements if id_ in steps}
    found = []
    for part in re.split(r"[,;\n]| and (?=\D)", words):
        id_ = next((id_ for id_, name in names.items() if name and name in part.lower()), None)
        if id_:
            found.append((id_, part))
    return found


def _chance(question: Question, words: str, process: Process) -> list[Edit]:
    share = chance_in(words)
    step = by_id(process).get(question.elements[0]) if question.elements else None
    if share is None:
        return []
    if isinstance(step, Loop):
        return [SetCondition(id=step.id, p=share, basis=Basis.STATED)]
    if not isinstance(step, Choice):
        return []
    open_ways = [branch for branch in step.branches if branch.p is None]
    if not open_ways:
        return []
    named = next((b for b in open_ways if b.when and b.when.lower() in words.lower()), open_ways[0])
    edits: list[Edit] = [SetCondition(id=named.id, p=share, basis=Basis.STATED)]
    others = [branch for branch in step.branches if branch.id != named.id]
    if len(others) == 1 and others[0].p is None:
        edits.append(SetCondition(id=others[0].id, p=round(1 - share, 6), basis=Basis.STATED))
    return edits


def _share(question: Question, words: str, _: Process) -> list[Edit]:
    share = chance_in(words)
    return [] if share is None else [SetValue(id=question.elements[0], field=question.field, value=share)]


def _who(question: Question, words: str, process: Process) -> list[Edit]:
    return who_edits(words, question.elements, process)


def who_edits(words: str, ids: tuple[str, ...], process: Process) -> list[Edit]:
    """The edits that give steps to somebody named, a role that is there or a new one; empty when it is no name."""
    name = _name(words, 5)
    if name is None:
        return []
    known = next((role for role in process.roles if role.name.lower() == name.lower()), None)
    known = known or _only_one_called(name, process)
    if known:
        return [SetRole(ids=ids, role=known.id)]
    new = Role(id=fresh_id(name, {role.id for role in process.roles}), name=name)
    return [PutRole(role=new), SetRole(ids=ids, role=new.id)]


def _only_one_called(name: str, process: Process) -> Role | None:
    """The one role whose name holds this one (`clerk` for `Sales clerk`), if it is only one."""
    words = set(name.lower().split())
    found = [role for role in process.roles if words <= set(role.name.lower().split())]
    return found[0] if len(found) == 1 else None


def _name(words: str, most: int) -> str | None:
    """A short name: an article and a trailing verb aside; None when the words are more than a name."""
    plain = re.sub(r"^(?:it'?s|that'?s|that is|it is|done by|by)\s+", "", words.strip(" .!"), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:the|our|an?|his|her|their)\s+", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s+(?:does|do|is|are)(?:\s+(?:it|that|this))?$", "", plain, flags=re.IGNORECASE)
    tokens = plain.split()
    if not tokens or len(tokens) > most or re.search(r"[\d?;:,.!]", plain) or tokens[0].lower() in NO_NAME:
        return None
    if (
        (CLAUSE.search(plain) or no_person(plain))
        or any(token.lower() in NO_PART for token in tokens)
        or any(figure.kind != "number" or figure.vague for figure in figures_in(words))
    ):
        return None
    return plain[0].upper() + plain[1:]


def _count(question: Question, words: str, process: Process) -> list[Edit]:
    figure, role = figure_from(POINTING.sub(" ", words), "people"), process.role(question.elements[0])
    if figure is None or role is None or of_the_day(words, figure.a, figure.b):
        return []
    return [PutRole(role=role.model_copy(update={"capacity": int(figure.low), "capacity_basis": Basis.STATED}))]


def _price(question: Question, words: str, process: Process) -> list[Edit]:
    """What an hour costs of everybody who is named, or one price for all who were asked about."""
    if GOES_ON.match(words) or any(of_a_thing(words, figure) for figure in _amounts(words) if figure.kind == "money"):
        return []  # `then it is posted, 6 euros`
    names = {role.id: role.name for id_ in question.elements if (role := process.role(id_))}
    parts = PRICED.findall(words)  # `the fitter 40, dispatcher and clerk 30`
    told = [(part, set(named_in(part, names))) for part in parts]
    if len(names) == 1 or not any(own and own < set(names) for _, own in told):
        told = [(words, set(names))] if len(_amounts(words)) == 1 else []
    prices = zip(told, hours_told(part for part, _ in told), strict=True)
    known = [(role, price) for (_, own), price in prices for role in process.roles if role.id in own and price]
    return [
        PutRole(role=role.model_copy(update={"cost_per_hour": price, "cost_basis": Basis.STATED}))
        for role, price in known
    ]


def _amounts(words: str) -> list[Figure]:
    """Amounts of money and bare numbers that may be a price; a bound (`over 200 euros`) is none, but for an hour."""
    found = [figure for figure in figures_in(words) if figure.kind in ("price", "money", "number", "rate", "people")]
    return [figure for figure in found if figure.kind == "price" or not LIMIT.search(words[: figure.a].lower())]


def _volume(question: Question, words: str, process: Process) -> list[Edit]:
    figure = figure_from(words, "rate", asked_period(question.text))
    if figure is None or figure.low <= 0:
        return []
    told = volume(figure.middle, figure.unit, figure.size, working_hours(process))
    return [SetProcess(field="volume", value={**told.document(), "text": words[:200]})]


def _customers(_: Question, words: str, __: Process) -> list[Edit]:
    bare = re.sub(
        r"^(?:the |our )?(?:customers?|clients?) (?:are|is) |,? (?:of course|naturally)[ .!]*$", "", words, flags=re.I
    )
    name = None if LATE.search(words) else _name(bare, 8)
    return [] if name is None else [SetProcess(field="customers", value=[{"name": name}])]


def _owner(_: Question, words: str, __: Process) -> list[Edit]:
    return [SetProcess(field="owner", value=name)] if (name := _name(words, 6)) else []


def _trigger(_: Question, words: str, __: Process) -> list[Edit]:
    begins = None if is_vague(words) or _amounts(words) else BEGINS.match(words)
    plain = words[begins.end() :].strip(" .") if begins else None if LATE.search(words) else _name(words, 6)
    return [SetProcess(field="trigger", value=plain)] if plain and len(plain.split()) <= 15 else []


def _meant(question: Question, words: str, process: Process) -> list[Edit]:
    """Yes: the remark counts for what it was taken for; no: it does not."""
    remark = next((said for said in process.remarks if question.id == f"meant:{said.id}"), None)
    if remark is None:
        return []
    if YES.fullmatch(words):
        return [PutRemark(remark=remark.model_copy(update={"sure": True, "likely": None}))]
    return [DropRemark(id=remark.id)] if NO.fullmatch(words) else []


LEAD = r"\W*(?:(?:oh|well|ok|i think|i guess|i'd say)\b\W*)*"
THAT_IS = r"(?:it|that|this)(?:'s| is)"
SO = r"(?:right|so|true|correct|it|exactly|what (?:i|we) (?:mean|meant|said))"
YES = re.compile(
    rf"{LEAD}(?:yes|yep|yeah|yup|right|correct|exactly|indeed|sure|true|it does|it is|{THAT_IS} {SO})"
    rf"(?:[\s,.]+(?:yes|right|correct|exactly|indeed|true|please|of course|it does|it is|{THAT_IS} {SO}))*\W*",
    re.IGNORECASE,
)
NO_WORD = r"(?:no|nope|nah|wrong|not (?:really|at all|quite|so|that))"
NO = re.compile(
    rf"{LEAD}(?:{NO_WORD}\b\W*)*(?:(?:it|that|this)(?:'s| is| does|) ?(?:wrong|n't|not)\b(?: (?:mean that|{SO}|that))?|"
    rf"(?:i|we) (?:did not|didn't|do not|don't) mean (?:that|it|so)|{NO_WORD})\W*",
    re.IGNORECASE,
)
LATE = re.compile(r"\b(?:at the (?:very )?end|(?:comes|goes) (?:last|later)|again|afterwards|finally)\b", re.IGNORECASE)
BEGINS = re.compile(r"^(?:it (?:starts|begins) )?(?:when(?:ever)?|as soon as|once|if|every|each)\s+", re.IGNORECASE)
READERS: dict[str, Callable[[Question, str, Process], list[Edit]]] = {
    "work": _length, "duration": _length, "p": _chance, "exception_rate": _share, "role": _who, "capacity": _count,
    "cost_per_hour": _price, "volume": _volume, "customers": _customers, "owner": _owner, "trigger": _trigger,
    "remarks": _meant,
}  # fmt: skip
