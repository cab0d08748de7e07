"""When work is done again: `if the load has stains it is washed again`, `it goes back to "Stain"`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence, by_verb
from assistant.language.correct.waits_said import step_called
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Loop, Task
from assistant.process.durations import Basis
from assistant.process.edits import SetCondition, WrapInLoop

SHARE = worded("back-again-share")
IF = r"^(?:and |but |so )*(?:if|when|whenever|where) (?P<when>[^,;]{3,80}?),? (?:then )?"
IT = r"(?:it|they|we|he|she|(?:the|that|this|an?) [\w ]{2,30}?)"
DONE_AGAIN = re.compile(
    rf"{IF}{IT} (?:is|are|gets?|has to be|have to be|must be|needs to be) (?P<verb>[a-z]+) (?:again|once more|anew)"
    rf"{SHARE}$",
    re.IGNORECASE,
)
DOES_AGAIN = re.compile(
    rf"{IF}{IT} (?:has to |have to |must )?(?P<verb>[a-z]+) (?:it|them|this|that) (?:again|once more|anew){SHARE}$",
    re.IGNORECASE,
)
AGAIN_IF = re.compile(
    rf"^(?:and |but |so )*{IT} (?:is|are|gets?|has to be|must be) (?P<verb>[a-z]+) (?:again|once more|anew),? "
    rf"(?:if|when|whenever) (?P<when>[^,;]{{3,80}}?){SHARE}$",
    re.IGNORECASE,
)
SOME_AGAIN = re.compile(
    r"^(?:and |but |so )*(?P<some>[^,;]*?\b(?:in|of|percent|per cent|%)(?: every)?(?: \w+)?) (?P<when>[^,;]{3,80}?),? "
    r"and (?:is|are|gets?|has to be|have to be|must be|needs to be) (?P<verb>[a-z]+) (?:again|once more|anew)$",
    re.IGNORECASE,
)
BACK_TO = re.compile(
    rf"{IF}{IT} (?:goes|go|comes|come|(?:is|are|gets) sent|sends? it|gives? it|is given|returns) "
    rf"(?:straight |right )?back to (?P<to>\"[^\"]+\"|[^,;()\"]{{3,50}}?){SHARE}$",
    re.IGNORECASE,
)
SENT_BACK = re.compile(
    r"^(?:and |but |so )*(?:if|when|whenever|where) (?P<when>[^,;]{3,80}?),? (?:then )?"
    r"(?P<who>(?:the|our) \w+(?: \w+)?|(?<=, )\w+) (?:sends?|gives?|hands?|passes|returns?) "
    rf"(?:it|them|this|that) back{SHARE}$",
    re.IGNORECASE,
)
COMES_AGAIN = re.compile(
    r"^(?:and |but |so )*(?P<some>[^,;]{3,40}?) (?P<when>comes? back\b[^,;.]*?)(?:[,;.]| and\b)+ ?(?:and |then )*"
    r"(?:the |our )?[a-z][\w']*(?: [a-z]\w*)? (?P<verb>[a-z]+) (?:it|them|the \w+) (?:again|once more|anew)$",
    re.IGNORECASE,
)
"""`One in five comes back because a seam opens. Then Mia sews it again`."""
THEN_AGAIN = re.compile(
    r"^(?:and |but |so )*(?:(?P<some>(?:in |for )?[^,;]{0,20}?"
    r"(?:\d ?%|per ?cent|\b(?:in|of)(?: (?:the|all|our|every))* \w+)(?: of)?(?: (?:the |all |our )?"
    rf"(?:cases|times|jobs|orders|\w+s(?= the )))?)|{worded('clauses-said-sometimes')}),? (?P<when>[^,;]{{6,80}}?)"
    r"(?:,? and then|,? then|, and|,| and) (?:the |our )?[a-z][\w']*(?: [a-z]\w*)?? "
    r"(?:has to |have to |must |needs to )?(?P<verb>[a-z]+) (?:it|them|"
    r"(?P<thing>(?:the )?\w+(?: \w+)?)) (?:again|once more|anew|a second time)$",
    re.IGNORECASE,
)
"""`In one of five cases the couple changes something, then Sophie draws the sketch again`."""
CHECKS = frozenset("check inspect verify test control examine review proofread".split())
MOST_WAYS = 4
FEW = 3
"""As many steps as one turn tells at most where somebody tells step by step."""
NO_REASON = re.compile(r"^(?:in [\d.,]+ ?% of cases|(?:it )?(?:goes|comes|is sent|is given) back\b.*)$", re.IGNORECASE)
"""The condition of a loop that says how often, or where to, and not why."""
FORMS = (DONE_AGAIN, DOES_AGAIN, AGAIN_IF, SOME_AGAIN)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The loop back; a question where it is not plain from which step it goes back; None for other words."""
    text = sentence.request.replace("“", '"').replace("”", '"').strip(" .!")
    catalogue = sentence.catalogue
    if again := next((said for form in FORMS if (said := form.match(text))), None):
        step = by_verb(catalogue, base_of(again["verb"].lower()) or again["verb"].lower(), "")
        share = _share(text)
        return None if step is None else _loops(sentence, step, again["when"], share, alone=True)
    if (comes := COMES_AGAIN.match(text)) and (share := _share(comes["some"])):
        step = by_verb(catalogue, base_of(comes["verb"].lower()) or comes["verb"].lower(), "")
        return _loop(catalogue, step, _last(catalogue, step), comes["when"], share) if step else None
    if then := THEN_AGAIN.match(text):
        verb = then["verb"].lower()
        step = by_verb(catalogue, base_of(verb, "s", "base") or verb, (then["thing"] or "").lower())
        return _loops(sentence, step, then["when"], _share(text), alone=True) if step else None
    back = BACK_TO.match(text)
    if back is None:
        return _sent_back(catalogue, sent, _share(text)) if (sent := SENT_BACK.match(text)) else None
    starts = _places(catalogue, back["to"])
    if not starts:
        name = back["to"].strip(' "')
        return Doubt(f"I know no step “{name}” to go back to. Which one is it?", ())
    if len(starts) > 1:
        ways = [_loop(catalogue, step, _last(catalogue, step), back["when"], _share(text)) for step in starts]
        return Doubt("To which step does it go back?", tuple(way for way in ways if way)[:MOST_WAYS])
    return _loops(sentence, starts[0], back["when"], _share(text), alone=False)


def _sent_back(catalogue: Catalogue, sent: re.Match[str], share: Figure | None) -> Doubt | None:
    """Somebody sends it back and nobody says where to: the steps before the sender's, to pick from."""
    role = role_named(catalogue, ARTICLE.sub("", sent["who"]))
    own = [id_ for id_ in catalogue.of_role(role.id) if isinstance(catalogue.by_id[id_], Task)] if role else []
    if len(own) != 1:
        return None
    before = [id_ for id_ in catalogue.before(own[0]) if isinstance(catalogue.by_id[id_], Task)]
    ways = [_loop(catalogue, step, own[0], sent["when"], share) for step in before[-MOST_WAYS:][::-1]]
    return Doubt("To which step does it go back?", tuple(way for way in ways if way)) if before else None


def _share(text: str) -> Figure | None:
    return next((figure for figure in figures_in(text) if figure.kind == "chance" and not figure.vague), None)


def _places(catalogue: Catalogue, to: str) -> list[str]:
    """The step words name as the place to go back to, or all that the person they name does."""
    role = None if '"' in to else role_named(catalogue, ARTICLE.sub("", to))
    if role:
        return [id_ for id_ in catalogue.of_role(role.id) if isinstance(catalogue.by_id[id_], Task)]
    step = step_called(catalogue, re.sub(r"^(?:be |the step )", "", to))
    return [step] if step else []


def _loops(sentence: Sentence, step: str, when: str, share: Figure | None, alone: bool) -> Outcome | Doubt | None:
    """The loop from a step to the check behind it; `alone`: where no check is, only that step is done again."""
    catalogue = sentence.catalogue
    own = catalogue.by_id.get(catalogue.holder(step) or "")
    if isinstance(own, Loop) and own.while_ and (known := _known(own, when, share, back=not alone)):
        return known
    row = catalogue.after(step)
    checks = [id_ for id_ in row if _checks(catalogue, id_)]
    if alone:  # a check of something else says nothing of this step
        things = content(catalogue.name(step))[1:]
        checks = [id_ for id_ in checks if set(things) & set(content(catalogue.name(id_)))]
        checks = checks or [id_ for id_ in row if _decides(catalogue, id_, when)]
    stepwise = not alone and len(sentence.recent) <= FEW
    told = [id_ for id_ in row[-1:] if stepwise and id_ in sentence.recent]
    checks = checks or told  # what comes back comes from where the telling stands
    if checks or not row:
        return _loop(catalogue, step, checks[0] if checks else step, when, share)
    if alone:
        return _loop(catalogue, step, step, when, share)
    named = [id_ for id_ in row if isinstance(catalogue.by_id[id_], Task)]
    ways = [_loop(catalogue, step, last, when, share) for last in [step, *named][:MOST_WAYS]]
    return Doubt("After which step is that found, so that it goes back?", tuple(way for way in ways if way))


def _decides(catalogue: Catalogue, id_: str, when: str) -> bool:
    """Whether what a step does is what a condition says (`if it is not signed`: sign the letter)."""
    deed = content(catalogue.name(id_))[:1]
    return bool(deed) and any(alike(word, deed[0]) for word in content(when)[-1:])


def _known(loop: Loop, when: str, share: Figure | None, back: bool) -> Outcome | None:
    told = (SetCondition(id=loop.id, p=share.middle, basis=Basis.STATED),) if share else ()
    if all(any(alike(word, other) for other in content(loop.while_)) for word in content(when)):
        return Outcome(f"done again while “{loop.while_}”", told)
    if back and NO_REASON.match(loop.while_):  # it was told that it goes back there; now it is told when
        return Outcome(f"done again while “{when}”", (SetCondition(id=loop.id, when=when), *told))
    return None


def _checks(catalogue: Catalogue, id_: str) -> bool:
    """Whether a block is a check or holds one."""
    inner = [step for step in catalogue.steps if isinstance(step, Task) and id_ in catalogue.chain(step.id)]
    return any(step.is_control or (content(step.name) or [""])[0] in CHECKS for step in inner)


def _last(catalogue: Catalogue, step: str) -> str:
    row = catalogue.after(step)
    return next((id_ for id_ in row if _checks(catalogue, id_)), row[-1] if row else step)


def _loop(catalogue: Catalogue, first: str, last: str, when: str, share: Figure | None) -> Outcome | None:
    run = catalogue.lifted([first, last])
    if not run:
        return None
    wrap = WrapInLoop.model_validate(
        {"ids": run, "id": Fresh(catalogue).id("repeat"), "while": when.strip(), "p": share.middle if share else None,
         "basis": Basis.STATED if share else None}
    )  # fmt: skip
    what = f"“{catalogue.name(first)}”" + (f" to “{catalogue.name(last)}”" if last != first else "")
    return Outcome(f"{what} again while “{when.strip()}”", (wrap,))
