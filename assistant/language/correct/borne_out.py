"""Whether words say of a step what an edit would do to it: that it goes, is called otherwise, or takes so long.

A sentence with a `no`, `never` or `nobody` mostly denies something else of the step: it is a remark then, and no order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.forms import verb_forms
from assistant.english.tables import any_of, classed
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content
from assistant.language.correct.figures_of_steps import WAITING
from assistant.language.correct.made_readable import spelled
from assistant.language.correct.sound_conditions import unsound
from assistant.language.correct.waits_said import is_somebody
from assistant.language.figures.lost import lost
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figures_in
from assistant.language.offline.amounts.so_often import SO_OFTEN
from assistant.process.blocks import Sequence as Flow
from assistant.process.blocks import Task, Wait
from assistant.process.durations import UNITS
from assistant.process.edits import Delete, Edit, Insert, PutRole, Rename, Replace, SetProcess, SetRole, SetValue
from assistant.process.model import Process
from assistant.process.tree import walk

DENIES = re.compile(r"\b(?:not|no|never|nobody|no one|none|neither|nothing|without)\b|n't\b")
DOES_NOT = re.compile(r"\b\w+n't\b|\bthere(?:'s| is| are)?\b")
PUT_OUT = r"\b(?:takes?|took|taking|leave|leaving|left|cut|throw) .{1,40} (?:out|off|away)\b"
GOES = re.compile(
    rf"\b(?:{any_of('sounds-removed')}|{any_of('remove', 'stems')}\w*|{any_of('says-it-goes')})\b|{PUT_OUT}|"
    rf"(?:\b(?:not|no|never|nobody)|n't)\s+(?:\w+ ){{0,2}}{any_of('denied-of-a-step')}\b"
)
"""What is said of a step that is to go."""
BY_SOMEBODY = re.compile(r"\bby (?:the |our |an? )?\w+|[,;] (?:but )?(?:the |our |my )?(?:\w+ ){1,3}(?:do|does|did)\b")
DOING_IT = re.compile(r"\b(\w+ing) (?:the|an?|our|up the) (\w+)")
CALLED = re.compile(rf"\b{any_of('says-a-name')}\b|[\"“”]")
NOT_THE, STEM = r"(?:\b(?:not|no|never|than|of)|n't) (?:(?:an?|the|any|our) )?", 4
OF_ALL = re.compile(rf"\b{any_of('said-of-all')}\b(?! more| longer)")
"""Words by which a correction may mean several steps at once."""
LEFT_SO = re.compile(rf"(?:\bnot|\bnever|n't)\s+(?:\w+ ){{0,2}}{any_of('leaves-the-figure')}\b")
"""Where a `not` leaves the figure behind it as it is: `not more than two days`."""
ONLY_THEN = re.compile(r"not (?:only|just)\s*$")
DENIED_FRONT = re.compile(r"(?:\b(?:not|never|neither|nor)|n't)\b[^,;:.!?–]*$")
BUT = re.compile(r"\b(?:but|because|since|and|so)\b")
NO_WAIT = re.compile(r"\bno(?:t|t an?y?)? (?:wait(?:ing)?|pause|lying)\b(?!\s*,)|\bof (?:pure |real |hands-on )?work\b")
NO_SUCH = re.compile(
    r"(?:\b(?:not|never)|n't) (?:\w+ )??(?P<verb>\w+)(?: (?:anything|at all)\W*$|[^,;]*,? (?:\w+ )?(?:only|just)\b)"
)
LIES = re.compile(
    r"\b([a-z]+)(?: (?:just|simply|only|then|still|all))? (?:stands?|lies?|lie around)\b(?! (?:out|up|for )\b)"
)
"""A thing that stands or lies: its time is no work."""
COSTS = re.compile(rf"\b{any_of('money-said')}\b|[€$£]")
OUT_OF = re.compile(
    rf"\b(?:out )?of (?:every )?(?:\d+|{COUNT_WORD})\b|\b(?:\d+|{COUNT_WORD}) (?:in|of) (?:\d+|{COUNT_WORD})\b"
)
"""How often of so many: no length of time."""
COMES = re.compile(r"\b(?:c[oa]mes?|coming|arriv\w+|gets?|receiv\w+)\b(?! (?:only|just))")
NOBODY = re.compile(r"^\W*(?:(?:and|but|so|then) )*(?:nobody|no one|none of us)\b[^,;.]*\W*$")
"""All that is told is what nobody does."""
IT = re.compile(r"\b(?:it|them)\b")
LASTS = re.compile(r"^\W*(?:(?:the|our|an?) )?(?P<what>[a-z]+ing) (?:takes?|lasts?|needs?)\b")
TIMES = ("work", "wait", "duration")
NOT_CALLED_BY = re.compile(r"\b(?:not|n't|never|is|are|gets?) called by\b")
NOT_CALLED = frozenset({"again", "also", "never", "not", "back", "always"})
"""Words that stand in nobody's name."""


def borne_out(process: Process, words: str, edits: Sequence[Edit], told: bool = False) -> bool:
    """Whether the words say so of each of the edits. `told`: they were read with all that was told before, which may
    name and remove what these words do not speak of."""
    catalogue, text = Catalogue(process), spelled(words).lower().replace("’", "'")
    made = any(isinstance(edit, Insert | Replace) for edit in edits)
    return not unsound(process, edits) and all(
        (told or made or _goes(catalogue, edit, text))
        and (told or _each_named(catalogue, edit, text))
        and (told or _called(catalogue, edit, text))
        and (told or _named_at_all(catalogue, edit, text))
        and _of_its_own(catalogue, edit, text)
        and _length_told(catalogue, edit, text)
        and _cases_come(edit, text)
        and _of_these_cases(catalogue, edit, text)
        and (told or _under_its_label(catalogue, edit, text))
        and not (isinstance(edit, SetValue) and edit.field in TIMES and _of_several(catalogue, text))
        and _its_rhythm(catalogue, edit, text)
        and _for_all(edit, text)
        and _a_name(process, edit, text)
        for edit in edits
    )


def _goes(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether a step that would go is said to go, or is what is denied, and nothing else of it (`we write no bill`)."""
    if not isinstance(edit, Delete):
        return True
    tasks = [step for id_ in edit.ids if isinstance(step := catalogue.by_id.get(id_), Task)]
    other = {doing[2] for doing in DOING_IT.finditer(text) if not _any(doing[1], _all_words(catalogue, tasks))}
    return all(_is_said_to_go(catalogue, step, text, other) for step in tasks)


def _is_said_to_go(catalogue: Catalogue, step: Task, text: str, other: set[str]) -> bool:
    own, said = content(step.name), content(text)
    named = [word for word in said if _any(word, own)]
    if named and all(word in other for word in named) and not alike(named[0], own[-1]):
        return False  # `drawing the plan`: no `Plan day`
    if GOES.search(text):
        return True
    if not DENIES.search(text):
        return not named or len(own) == len(named)
    if BY_SOMEBODY.search(text):
        return False
    if (denied := NO_SUCH.search(text)) and own and alike(denied["verb"], own[0]):
        return True  # `he doesn't confirm anything`
    role = catalogue.process.role(done_by(step) or "")
    whose = content(role.name) if role else []
    return all(_any(word, [*own, *whose]) or DENIES.fullmatch(word) for word in content(DOES_NOT.sub(" ", text)))


def _all_words(catalogue: Catalogue, steps: Sequence[Task]) -> list[str]:
    return [word for step in steps for word in content(step.name)]


def _any(word: str, others: Sequence[str]) -> bool:
    return any(alike(word, other) for other in others)


def _each_named(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether of several steps that change alike each is named by its thing, all of somebody's are meant, or the words
    say so of all: a verb that several have alike names none of them (`the bill is written by the planner`)."""
    if not isinstance(edit, Delete | SetRole) or len(edit.ids) < 2 or OF_ALL.search(text):
        return True
    steps = [step for id_ in edit.ids if isinstance(step := catalogue.by_id.get(id_), Task)]
    if len({step.role for step in steps}) == 1 and steps and steps[0].role:
        role = catalogue.process.role(steps[0].role)
        if role and set(edit.ids) == set(catalogue.of_role(role.id)) and GOES.search(text):
            return True
    said = content(text)
    return all(any(_any(word, content(step.name)[1:] or content(step.name)) for word in said) for step in steps)


def _called(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether words that would give a step another name speak of a name, or deny the word of it that gives way."""
    if not isinstance(edit, Rename) or CALLED.search(text):
        return True
    gone = [word for word in content(catalogue.name(edit.id)) if not _any(word, content(edit.name))]
    return any(re.search(rf"{NOT_THE}{re.escape(word[:STEM])}", text) for word in gone)


PARTICLES = classed("words", "particle")


def _named_at_all(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether the step of a length of time is named by more than a small word that another has too (`taking it down`
    is no `Write down address`)."""
    if not isinstance(edit, SetValue) or edit.field not in TIMES or edit.id not in catalogue.by_id:
        return True
    if (edit.field == "work" or not WAITING.search(text)) and _says_of_another(catalogue, edit.id, text):
        return False
    said, own = content(text), content(catalogue.name(edit.id))
    shared = {word for word in own if _any(word, said)}
    return not shared or not shared <= PARTICLES


CASE_LASTS = re.compile(r"^\W*(?:an?|each|every|one|the) (?P<what>[a-z]+) (?:takes?|lasts?|needs?)\b")


def _of_several(catalogue: Catalogue, text: str) -> bool:
    """Whether days are told of a thing that several steps are done to (`a job takes 8 days`): they are the whole's."""
    lasts = CASE_LASTS.match(text)
    long = any(figure.kind == "duration" and figure.seconds() >= UNITS["d"] for figure in figures_in(text))
    if lasts is None or not long or WAITING.search(text):
        return False
    return sum(_any(lasts["what"], content(step.name)[1:]) for step in catalogue.named if step.name) > 1


def _says_of_another(catalogue: Catalogue, step: str, text: str) -> bool:
    """Whether words give one length of time to something that is named (`shopping takes three hours`), and neither this
    step nor who does it is called so."""
    lasts = LASTS.match(text)
    figures = [figure for figure in figures_in(text) if figure.kind in ("duration", "number", "limit", "total")]
    said = content(lasts["what"]) if lasts and len(figures) == 1 else []
    role = catalogue.process.role(done_by(catalogue.by_id[step]) or "")
    own = content(catalogue.name(step)) + (content(role.name) if role else [])
    return bool(said) and not any(_any(word, own) for word in said)


def _of_its_own(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether a new step is done by somebody, and none that is there, told with `it`: `three men build it` is no `Build
    bill` where somebody builds a frame."""
    if isinstance(edit, Insert) and NOBODY.match(text):
        return False
    if not isinstance(edit, Insert) or not IT.search(text):
        return True
    said = content(text)
    for step in walk(Process(name="-", flow=Flow(items=tuple(edit.blocks)))):
        own = content(step.name) if isinstance(step, Task) else []
        pointed = len(own) > 1 and _any(own[0], said) and not any(_any(word, said) for word in own[1:])
        if pointed and any(alike(own[0], content(other.name)[0]) for other in catalogue.named if content(other.name)):
            return False
    return True


def _length_told(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether a length of time, or a rhythm, is not what the words deny, and not what an hour costs."""
    if not isinstance(edit, SetValue) or edit.value is None or edit.field not in (*TIMES, "batch"):
        return True
    lies = LIES.search(text) if edit.field == "work" else None
    if lies and not (is_somebody(catalogue, lies[1]) or PERSONS & {lies[1]}):
        return False
    block = catalogue.by_id.get(edit.id)
    lengths = [figure for figure in figures_in(text) if figure.kind == "duration"]
    instead = len(lengths) > 1  # `does not wait two weeks, only three days`
    if NO_WAIT.search(text) and not instead and (edit.field == "wait" or isinstance(block, Wait)):
        return False
    seconds = _seconds(edit.value)
    rhythms = ("rhythm",) if edit.field == "batch" else ("duration", "limit", "total")
    figures = [figure for figure in figures_in(text) if figure.kind in rhythms and not figure.vague]
    if edit.field in TIMES and figures and all(_bounded(text, figure.a) for figure in figures):
        return False
    same = [figure for figure in figures if edit.field == "batch" or abs(figure.seconds() - seconds) <= 0.02 * seconds]
    if same and all(denied(text, figure.a, edit.field == "batch") for figure in same):
        return False
    if not same and edit.field != "batch" and OUT_OF.search(text):
        return False
    if edit.field == "batch" or not COSTS.search(text):
        return True
    return any(text[figure.a : figure.b].strip() not in ("an hour", "a day", "per hour", "one hour") for figure in same)


BY_WHEN = re.compile(
    r"\b(?:must|has to|have to|needs? to|should|may|ought to)\b.*\b(?:within|inside|no later than)\s*$"
)


def _bounded(text: str, at: int) -> bool:
    """Whether a length is the one within which something must be done (`must be sent within 24 hours`)."""
    return BY_WHEN.search(text[:at]) is not None


def denied(text: str, at: int, days: bool = False) -> bool:
    """Whether a figure is what a `not` in front of it denies; `not only on Mondays` denies the days."""
    front = DENIED_FRONT.search(text[:at])
    if front is None or BUT.search(front[0]):
        return False
    left = LEFT_SO.match(text[front.start() :])
    return left is None or (days and ONLY_THEN.match(front[0]) is not None)


def _seconds(value: object) -> float:
    if not isinstance(value, dict):
        return 0.0
    told = value.get("value", value.get("mean", 0.0))
    return float(told or 0.0) * UNITS.get(str(value.get("unit", "")), 1.0)


def _cases_come(edit: Edit, text: str) -> bool:
    """Whether how often a case comes is said of cases: not how long so many people are at it, nor on which days."""
    if not isinstance(edit, SetProcess) or edit.field != "volume" or edit.value is None:
        return True
    figures = [figure for figure in figures_in(text) if not figure.vague]
    paid = any(figure.kind in ("money", "price") for figure in figures)
    rates = [figure for figure in figures if figure.kind == "rate"]
    if len(set(SEASON.findall(text))) > 1 and not SETTLED.search(text):
        return False
    if paid and all(figure.unit == "h" and not figure.noun for figure in rates):
        return False  # `reprints cost 600 euros each`, `press 42 euros, driver 22 an hour`
    if rates:
        return not all(lost(text, figure.a, figure.b) for figure in rates)
    at_it = any(figure.kind == "people" for figure in figures) and any(f.kind == "duration" for f in figures)
    counted = COMES.search(text) or SO_OFTEN.match(text)
    on_days = any(figure.kind == "rhythm" for figure in figures) and not counted
    return not (at_it or on_days)


SEASON = re.compile(r"\b(?:summer|winter|spring|autumn|fall|season|christmas|easter|high season|low season)\b")
SETTLED = re.compile(r"\b(?:so|say|on average|average|make it|call it)\b")
"""Where several seasons come to one number: `40 in summer, 10 in winter, so say 25`."""
LABEL = re.compile(
    r"^\W*(?:and |the |our )*(?P<what>(?!(?:that|this|it|no|sorry|wait|so|well)\b)"
    r"[a-z][a-z'-]+(?: [a-z'-]+){0,2}?)s?\s*:"
)
"""`complaints: 12 a month`: of what it is said."""


def _of_these_cases(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether a count under a label, where another is known, is one of what the process is about."""
    process = catalogue.process
    if not isinstance(edit, SetProcess) or edit.field != "volume" or process.volume is None:
        return True
    label = LABEL.match(text)
    about = " ".join((process.name, process.trigger or "", *(step.name or "" for step in catalogue.named)))
    own = [*content(about), *OF_CASES]
    return label is None or any(_any(word, own) for word in content(label["what"]))


def _under_its_label(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether a figure under a label is one of the step it names (`invoice: Lena, 5 min` tells of no other step), and
    one of `the embalming is done by Colin` is no other's either."""
    if not isinstance(edit, SetValue) or edit.field not in TIMES or edit.id not in catalogue.by_id:
        return True
    if text.count(":") > 1:
        return True  # several labels, each with a figure of its own
    label = LABEL.match(text) or DONE_BY.match(text)
    role = catalogue.process.role(done_by(catalogue.by_id[edit.id]) or "")
    own = content(catalogue.name(edit.id)) + (content(role.name) if role else [])
    said = content(label["what"]) if label and not figures_in(label["what"]) else []
    return not said or any(_any(word, own) for word in said) or bool(FIGURE_NAMES & set(said))


DONE_BY = re.compile(r"^\W*(?:the |our |and |then )*(?P<what>[a-z]+ing) (?:is|gets|are) (?:done|made|handled) by\b")
FIGURE_NAMES = frozenset({"time", "duration", "work", "answer", "correction", "total", "day"})
CALLS = re.compile(rf"\b{any_of('outsiders')}\b[\w ]{{0,20}}?\b{any_of('asks-again')}\b")
"""Those outside who ask how far it is: how often they do is no rhythm of a step."""


def _its_rhythm(catalogue: Catalogue, edit: Edit, text: str) -> bool:
    """Whether a rhythm is one of the step: not of those who ask, nor of what something else waits for."""
    if not isinstance(edit, SetValue) or edit.field != "batch":
        return True
    own = content(catalogue.name(edit.id)) if edit.id in catalogue.by_id else []
    waits = WAITS_FOR.match(text) or LABEL.match(text)
    return not CALLS.search(text) and (waits is None or any(_any(word, own) for word in content(waits["what"])))


WAITS_FOR = re.compile(
    r"^\W*(?:the |our |and |but )*(?P<what>[a-z][a-z ]{2,30}?) (?:ha(?:s|ve) to |must )?waits? for\b"
)


FOR_A_KIND = re.compile(r"\bfor (?:the |our )?(?:[a-z]+ ){1,2}[a-z]+s\W*$")
"""`Lena draws the sketch for the small cakes`: of a kind of case, and of no other."""


def _for_all(edit: Edit, text: str) -> bool:
    """Whether a step that would change hands does so in every case."""
    kind = FOR_A_KIND.search(text) if isinstance(edit, SetRole) else None
    return kind is None or OF_ALL.search(kind[0]) is not None


OF_CASES = ("case", "volume", "number", "order", "customer", "year", "month", "week", "day")


def _a_name(process: Process, edit: Edit, text: str) -> bool:
    """Whether somebody, or who answers for it all, is called by a name and by no verb form (`cooked again`); `the
    patient is not called by the nurse` gives nobody another name."""
    if isinstance(edit, SetProcess) and edit.field == "owner":
        return not no_person(str(edit.value or ""))
    if not isinstance(edit, PutRole):
        return True
    old = process.role(edit.role.id)
    if old is None or old.name == edit.role.name:
        return old is not None or not no_person(edit.role.name)
    return not (no_person(edit.role.name) or _acts(edit.role.name) or NOT_CALLED_BY.search(text))


def no_person(name: str) -> bool:
    """Whether words are no name of somebody: what is done with a thing."""
    said = name.lower().split()
    behind = said[1:] or said  # the "back office" is one
    return (
        bool(NOT_CALLED & set(behind))
        or bool(said and said[-1] in NO_PERSON)
        or (len(said) > 0 and _done(said[-1]) and said[-1] not in PERSONS)
    )


NO_PERSON = classed("said", "names-a-trouble")
"""What is said of a step or of somebody: `filling is the bottleneck`."""
PERSONS = classed("people", "title") | classed("people", "unit")


def _done(word: str) -> bool:
    return word.endswith(("ed", "own")) and any(form.form in ("ed", "en") for form in verb_forms(word))


def _acts(name: str) -> bool:
    said = name.lower().split()
    return len(said) == 1 and said[0] not in PERSONS and any(form.form == "s" for form in verb_forms(said[0]))
