"""What is told of things thrown away, skipped and forgotten: no order to take the step out.

`We throw away every fifth box` says how often it goes wrong, `we skip the invoice under ten euros` when it is done,
`sometimes Tom forgets the box` something to ask about; `never leave out the check` says that it stays.
"""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import any_of, worded
from assistant.language.change.condition_words import opposite
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence, likely, one_step
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.edits import Delete, Edit, PutRemark, SetProcess, SetValue, WrapInChoice
from assistant.process.remarks import Remark
from assistant.process.tree import fresh_id

LOST = rf"{any_of('told-as-lost')}"
AT_TIMES = f"(?:{worded('at-times')})"
WHO = r"(?P<who>(?:the |our |my )?[a-z][\w'-]*(?: [\w'-]+)??)"
TOLD = re.compile(
    rf"^(?:(?P<front>{AT_TIMES}|(?:when|if)\b[^,;]{{3,40}}),?\s+)?{WHO}\s+"
    rf"(?:(?P<often>{AT_TIMES}|just|still|all|(?:have|has) to)\s+)*(?P<lost>{LOST})\s+"
    r"(?P<what>[^,;]+?)(?:\s+(?P<gone>away|out|in the (?:bin|trash|basket)|over|off))?"
    r"(?:,?\s+(?P<when>(?:when|if|where|unless|for|under|below)\b[^,;]+))?(?:,.*)?$",
    re.IGNORECASE,
)
STAYS = re.compile(
    rf"^(?:please\s+)?(?:(?:(?:the |our )?[a-z][\w'-]*(?: [\w'-]+)??\s+)?(?:never|(?:do|does)(?: not|n't))\s+{LOST}\s+"
    r"(?P<what>[^,;]+?)"
    r"(?:\s+(?:away|out))?|(?:keep|leave)\s+(?P<kept>(?:the|our|\")[^,;]+?))(?:[,;].*)?$",
    re.IGNORECASE,
)
NOT_WHEN = re.compile(
    rf"^{WHO}\s+(?:does|do)(?:n't| not) (?P<do>[a-z]+ [^,;]{{3,40}}?),?\s+(?P<when>(?:when|if)\b[^,;]+)$", re.IGNORECASE
)
AS_ORDER = re.compile(rf"\b(?:{worded('as-order')})\b", re.IGNORECASE)
SERVED = re.compile(r"(?:\w+ )?(?:customers?|clients?|patients?|guests?|people|users?|members?|tenants?|pupils?)", re.I)
MOST = 4
_US = frozenset(("we", "i"))
_LEAVES = frozenset(("drop", "skip", "scrap", "leave", "omit"))
_NOT_WHO = frozenset(("please", "just", "then", "and", "so", "you", "to", "not", "let", "nobody", "also"))


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """What such words come to; None for an order, and where they speak of no step that is there."""
    text = sentence.request.strip(" .!")
    if said := STAYS.match(text):
        return _stays(sentence, (said["what"] or said["kept"]).strip('"“” '))
    if said := NOT_WHEN.match(text):
        step = sentence.catalogue.by_id.get(one_step(sentence.catalogue, said["do"].lower()) or "")
        return _unless(sentence, step, said["when"], said["who"]) if isinstance(step, Task) else None
    said = _told(text)
    if said is None:
        return None
    steps = _steps(sentence, said["what"])
    shares = [figure for figure in figures_in(text) if figure.kind == "chance" and not figure.vague]
    if len(shares) == 1 and steps:
        ways = [_goes_wrong(step, shares[0]) for step in steps[:MOST]]
        return ways[0] if len(ways) == 1 else Doubt("At which step does it go wrong?", tuple(ways))
    if len(steps) != 1:
        return None
    step = steps[0]
    first, front = said["lost"].split()[0].lower(), said["front"] or ""
    verb = base_of(first) or first.removesuffix("s")
    cond = said["when"] or (front if re.match(r"when|if", front, re.IGNORECASE) else None)
    if cond and verb in _LEAVES:
        return _unless(sentence, step, cond)
    at_times = bool(said["often"] or (front and not cond))
    return _asked(sentence, step, said, verb, at_times)


def _told(text: str) -> re.Match[str] | None:
    said = TOLD.match(text)
    order = said is None or AS_ORDER.search(text) or said["who"].split()[0].lower() in _NOT_WHO
    return None if order else said


def tells_of_loss(text: str) -> bool:
    """Whether words tell of something lost or say that it is never left out: nothing is to go by them."""
    said = _told(text.strip(" .!"))
    plainly = said is not None and said["who"].lower() in _US and not (said["gone"] or said["often"] or said["front"])
    return STAYS.match(text.strip(" .!")) is not None or (said is not None and not plainly)


def _steps(sentence: Sentence, what: str) -> list[Task]:
    """The tasks that work on what is lost; one that makes it goes first: what is thrown away is what somebody made."""
    said = content(what.lower())
    found = [sentence.catalogue.by_id[step] for step in likely(sentence.catalogue, what.lower())]
    fits = [
        task for task in found if isinstance(task, Task)
        and any(alike(word, part) for word in said for part in content(task.name)[1:] or content(task.name))
    ]  # fmt: skip
    making = [task for task in fits if content(task.name)[0] in ("make", "write", "build", "produce", "bake", "print")]
    return making if len(making) == 1 else fits


def _goes_wrong(step: Task, share: Figure) -> Outcome:
    edit = SetValue(id=step.id, field="error_rate", value=round(share.middle, 4))
    return Outcome(f"“{step.name}” goes wrong in {share.middle:.0%} of the cases", (edit,))


def _unless(sentence: Sentence, step: Task, said: str, who: str = "") -> Outcome | None:
    """The step is done only where the condition does not hold; `he` in it is `who`."""
    cond = re.sub(r"^(?:when(?:ever)?|if|where|for)\s+", "", said.strip(), flags=re.IGNORECASE)
    cond = re.sub(r"^(?:he|she)(?:'s| is)\b", f"{who} is", cond, flags=re.IGNORECASE) if who else cond
    cond = re.sub(r"^(?:it's|it is|they're|they are)\s+", "", cond, flags=re.IGNORECASE)
    if not content(cond) or said.lower().startswith("unless"):
        return None
    wrap = WrapInChoice(
        ids=(step.id,), id=Fresh(sentence.catalogue).id("decision"), question=f"{cond[0].upper()}{cond[1:]}?",
        when=opposite(cond), otherwise_when=cond,
    )  # fmt: skip
    return Outcome(f"no “{step.name}” where {cond}", (wrap,))


def _asked(sentence: Sentence, step: Task, said: re.Match[str], verb: str, at_times: bool) -> Outcome | Doubt | None:
    """Somebody of the work forgets it: how often is asked; what others throw away is heard. What may as well be news of
    how the work is done is asked too (`we skip the second check`). None for work (`he throws away the old tyre`)."""
    who = ARTICLE.sub("", said["who"])
    if who.lower() in _US | {"he", "she", "they"} or role_named(sentence.catalogue, who):
        if who.lower() in _US and verb in _LEAVES and not at_times:
            gone = Outcome(f"remove “{step.name}”", (Delete(ids=(step.id,)),))
            return Doubt("Is it done no more? Do you mean:", (gone,))
        if not (at_times or verb in ("forget", "lose")):
            return None
        lead = f"I take it that something goes wrong at “{step.name}” at times; the step stays."
        return Doubt(f"{lead} How often, in 100 cases? Say it like “{step.name} goes wrong in 5 of 100”.", ())
    process = sentence.catalogue.process
    served = SERVED.fullmatch(who) or any(alike(who.lower(), each.name.lower()) for each in process.customers)
    if not served or (verb in _LEAVES and not said["gone"]):
        return None
    text = sentence.request[:300]
    if any(remark.text == text for remark in process.remarks):
        return Outcome("nobody uses it", ())
    id_ = fresh_id("remark", {remark.id for remark in process.remarks})
    remark = Remark(id=id_, kind="unused_result", elements=(step.id,), text=text)
    return Outcome("nobody uses it", (PutRemark(remark=remark),))


def _stays(sentence: Sentence, what: str) -> Outcome | None:
    step = sentence.catalogue.by_id.get(one_step(sentence.catalogue, what.lower()) or "")
    if not isinstance(step, Task) or not all(
        any(alike(word, part) for part in content(step.name)) for word in content(what)
    ):
        return None
    kept = [pinned.document() for pinned in sentence.catalogue.process.protected if pinned.id != step.id]
    value = [*kept, {"id": step.id, "reason": sentence.request[:200]}]
    edits: tuple[Edit, ...] = (SetProcess(field="protected", value=value),)
    return Outcome(f"“{step.name}” stays", edits)
