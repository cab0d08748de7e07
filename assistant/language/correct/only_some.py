"""Steps that only some cases get: `the cast is not made every time, only if the bone is broken`, `the varnish falls
away for raw wood, that's 20 percent`, `we only wrap about half of the boxes`; and work that falls away altogether."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, verb_forms
from assistant.english.tables import worded
from assistant.language.change.condition_words import opposite
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.for_some import wrapped
from assistant.language.correct.made_readable import spelled
from assistant.language.correct.sentence_said import Sentence, by_verb, known_role, one_step
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.durations import Basis
from assistant.process.edits import Delete, WrapInChoice

_THING = r"(?P<thing>(?:the |our |an? )?[^,;]{3,40}?)"
_IF = r"(?:if|when|whenever|where|in case)"
_SHARE = (
    r"(?:[\s,;–-]+(?:(?:that's|that is|which is|it's|this is|about|in|so) )*"
    rf"(?P<share>{worded('share-said')}))?"
)
NOT_ALWAYS = re.compile(
    rf"^(?:no,? |but )*{_THING} (?:is|are|isn't|aren't) (?:not )?(?P<verb>[a-z]+) {worded('not-in-every-case')}"
    rf"[\s,;–-]+(?:but )?only {_IF} (?P<when>[^,;]{{3,70}}?){_SHARE}$",
    re.IGNORECASE,
)
ONLY_IF = re.compile(
    rf"^(?:no,? |but )*{_THING} (?:is|are) only (?P<verb>[a-z]+) {_IF} (?P<when>[^,;]{{3,70}}?){_SHARE}$", re.IGNORECASE
)
IF_NOT_NEEDED = re.compile(
    rf"^(?:no,? |but )*{_IF} (?P<unless>[^,;]{{3,60}}),? (?:then )?(?P<thing>(?:the |an? )?[\w-]+(?: [\w-]+)?) "
    r"(?:is not|isn't|are not|aren't) (?:needed|necessary|required)"
    r"(?:[\s,;–-]+(?:only|just) (?:for|if|when|with) [^;]+)?$",
    re.IGNORECASE,
)
FALLS_AWAY = re.compile(
    rf"^(?:no,? |but )*{_THING} (?:{worded('falls-away')}) "
    rf"(?:at|for|with|on|in case of) (?:the )?(?P<kind>[^,;]{{3,50}}?){_SHARE}$",
    re.IGNORECASE,
)
GONE = re.compile(
    rf"^(?:(?P<why>[^;]{{5,90}}?),? )?(?:so |and so |that's why |therefore )(?P<thing>[^,;]{{3,40}}?) "
    rf"(?:{worded('falls-away')})(?: any ?more)?(?: now| altogether| completely)?$",
    re.IGNORECASE,
)
_ONE_IN = r"(?:one|two|three|1|2|3) (?:in|out of) \w+"
SOME_OF = re.compile(
    r"^(?:no,? |but )*(?P<who>we|they|i|(?:the |our )?[\w' -]{2,30}?) (?:only|just) (?P<verb>[a-z]+) "
    r"(?P<share>(?:(?:about|around|roughly|maybe|perhaps) )*"
    rf"(?:half|an? (?:third|quarter|fifth|tenth)|\d[\d.,]* ?(?:%|per ?cent)|{_ONE_IN}) ?)"
    r"(?:of )?(?:the |our |all )*(?P<thing>[\w -]{3,30})$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The step for those cases only, or taken out; None where no single step is plain."""
    text = spelled(sentence.request).strip(" .!")
    if said := NOT_ALWAYS.match(text) or ONLY_IF.match(text):
        step = _done(sentence, said["verb"], said["thing"])
        return _only(sentence, step, said["when"], opposite(said["when"]), _share(said["share"])) if step else None
    if said := IF_NOT_NEEDED.match(text):
        step = task_called(sentence, said["thing"])
        unless = re.sub(r",? (?:then|the|an?)$", "", said["unless"])
        return _only(sentence, step, opposite(unless), unless, None) if step else None
    if said := FALLS_AWAY.match(text):
        step, share = task_called(sentence, said["thing"]), _share(said["share"])
        left = None if share is None else round(1 - share, 6)
        return _only(sentence, step, f"not {said['kind']}", said["kind"], left) if step else None
    if said := GONE.match(text):
        step = task_called(sentence, said["thing"])
        return Outcome(f"remove {step.name}", (Delete(ids=(step.id,)),)) if step else None
    return _of_some(sentence, said) if (said := SOME_OF.match(text)) else None


def _share(words: str | None) -> float | None:
    return next((figure.middle for figure in figures_in(words or "") if figure.kind == "chance"), None)


def _only(sentence: Sentence, step: Task, when: str, otherwise: str, p: float | None) -> Outcome | None:
    if sentence.catalogue.branch_of(step.id) is not None or (p is not None and not 0 < p < 1):
        return None
    edit = WrapInChoice(
        ids=(step.id,),
        id=Fresh(sentence.catalogue).id("decision"),
        question=f"{when[0].upper()}{when[1:]}?",
        when=when,
        p=p,
        basis=None if p is None else Basis.STATED,
        otherwise_when=otherwise,
    )
    return Outcome(f"{step.name} only if {when}", (edit,))


def _of_some(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    """`We only wrap half of the boxes`: of those who do it, or of whoever speaks."""
    role = known_role(sentence.catalogue, said["who"])
    if role is None and said["who"].lower() not in ("we", "they", "i"):
        return None
    base, share = base_of(said["verb"].lower()) or said["verb"].lower(), _share(f"in {said['share']} of the cases")
    step = _task(sentence, by_verb(sentence.catalogue, base, said["thing"].lower()))
    if step is None or share is None or not 0 < share < 1:
        return None
    question, when = f"Need to {step.name[:1].lower()}{step.name[1:]}?", f"in {round(100 * share, 1):g} % of cases"
    return Outcome(f"{step.name} for {share:.0%}", tuple(wrapped(sentence, step, share, when, question)))


def _done(sentence: Sentence, verb: str, thing: str) -> Task | None:
    bases = dict.fromkeys(form.base for form in verb_forms(verb.lower()) if form.base)
    found = (by_verb(sentence.catalogue, base, thing.lower()) for base in bases)
    step = next((step for step in found if step), None)
    return _task(sentence, step) or (
        task_called(sentence, thing) if verb.lower() in ("done", "made", "needed") else None
    )


def task_called(sentence: Sentence, thing: str) -> Task | None:
    """The one task that a noun or a deed means: `the approval`, `typing it in`; each of its words must be of it."""
    first = re.sub(r"^(?:the|our|an?) ", "", thing.lower()).split()[0]
    step = by_verb(sentence.catalogue, first, "") or one_step(sentence.catalogue, thing.lower())
    task = _task(sentence, step)
    own = content(task.name) if task else []
    said = [word for word in content(thing) if word not in ("it", "them", "in", "out", "up", "off")]
    return task if said and all(any(alike(word, part) for part in own) for word in said) else None


def _task(sentence: Sentence, step: str | None) -> Task | None:
    task = sentence.catalogue.by_id.get(step or "")
    return task if isinstance(task, Task) else None
