"""Plain questions about the ways on the map: what happens when something is so, and how often it is."""

from __future__ import annotations

import re

from assistant.chat.played import share
from assistant.chat.reply import Fact
from assistant.chat.shares_asked import told_share, way_meant
from assistant.chat.what_was_told import Answer, shown
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Branch, Choice, End, Loop, Sequence, Task, Wait
from assistant.process.durations import PERIODS
from assistant.process.figures import joined
from assistant.process.model import Process
from assistant.process.tree import steps

HAPPENS = re.compile(
    r"\bwhat if (?P<when3>[^?]{4,80})|"
    r"\bwhat (?:happens?|do (?:we|they|you) do|is done|comes|about|then) (?:then )?(?:if|when|once|in case|where) "
    r"(?P<when>[^?]{4,80})|^\W*(?:and |so |but )?(?:if|when) (?P<when2>[^?]{4,80}?),? what (?:happens|then|do we do)\b",
    re.IGNORECASE,
)
CHANGED = re.compile(
    r"\b(?:more|less|fewer|twice|double[sd]?|halve[sd]?|half|another|second|ill|sick|away|leaves?|left|quits?|loses?|"
    r"lost|hires?|faster|slower|instead|without|only)\b",
    re.IGNORECASE,
)
"""What is asked is how it would be if something was changed, not what stands on the map."""
OFTEN = re.compile(
    r"\bhow (?:often|many times) (?:does|do|is|are|will|would) (?P<when>[^?]{4,80})|"
    r"\b(?:what|which|how many) (?:share|part|proportion|fraction|percentage|percent|per cent|%)"
    r"(?: of (?:them|those|it|(?:the |our |all |all the )?\w+))?\s+(?P<when2>[^?]{4,80})|"
    r"\bhow many (?:of (?:them|those|(?:the |our |all |all the )?\w+) |"
    r"(?:\w+ )?(?=(?:are|is|get|gets|go|goes|need|fail|come)\b))(?P<when3>[^?]{4,80})",
    re.IGNORECASE,
)
PERIOD = re.compile(r"\b(?:a|an|per|each|every|in a|did|have) (?:day|week|month|year|hour|i|we)\b", re.IGNORECASE)
"""How many come in a time is asked, or what was said."""
DENIED = re.compile(r"\b(?:not|no|never)\b|n't\b", re.IGNORECASE)


def what_happens(process: Process, words: str) -> Answer | None:
    """What is done on the way that words name by its condition; None where none is named, or something is changed."""
    asked = HAPPENS.search(words)
    when = (asked["when"] or asked["when2"] or asked["when3"]).strip() if asked else ""
    if not when or figures_in(when) or CHANGED.search(when) or not (way := way_asked(process, when)):
        return None
    block, said = called(process, way)
    if isinstance(block, Loop):
        done = [name for part in (block.redo, block.do) if part for name in _told(process, part)]
        return [f"When {said}, it is done again: {joined(done)}." if done else f"When {said}, it is done again."], []
    done = _told(process, block.do)
    if not done:
        return [f"When {said}, nothing of its own is done: the case goes on to the next step."], []
    return [f"When {said}: {joined(done)}."], []


def how_often_so(process: Process, words: str) -> Answer | None:
    """How often a way is taken that words name, in percent, and in cases of the time told; None where none is named."""
    asked = OFTEN.search(words)
    case = content(f"{process.trigger or ''} {process.name}")
    when = (asked["when"] or asked["when2"] or asked["when3"]) if asked else ""
    told = [word for word in content(when) if not any(alike(word, part) for part in case)]
    way = way_asked(process, when) if told and not PERIOD.search(when) and way_asked(process, " ".join(told)) else ""
    if not way:
        return None
    block, said = called(process, way)
    part = told_share(process, way)
    if part is None:
        return [f"Nobody told how often it is that {said}. Say it: “it is so in 10 % of the cases”."], []
    facts = [share(f"share, {said}", part, "told")]
    line = f"{said} in {shown(facts[0])} of the cases that come there, as you told"
    cases = process.volume
    if cases is not None and cases.per and not isinstance(block, Loop):
        many = Fact(
            f"cases, {said}", float(f"{part * PERIODS[cases.per] / cases.between.mean_seconds:.3g}"), "", "told"
        )
        return [f"{line}: about {many.value:g} a {cases.per}, if every case comes there."], [*facts, many]
    return [f"{line}."], facts


def called(process: Process, way: str) -> tuple[Branch | Loop, str]:
    """A way and its condition as it stands on the map; `otherwise` by the one that is not so."""
    catalogue = Catalogue(process)
    block = catalogue.branches.get(way)
    if block is None:
        loop = catalogue.by_id[way]
        assert isinstance(loop, Loop)
        return loop, f"“{(loop.while_ or 'it is not right').strip('“”')}”"
    choice = catalogue.owner[way]
    others = [branch.when for branch in choice.branches if branch is not block and branch.when]
    if (block.when or "otherwise") == "otherwise" and len(others) == 1:
        return block, f"it is not so that “{others[0]}”"
    return block, f"“{block.when or 'otherwise'}”"


def way_asked(process: Process, when: str) -> str:
    """The one way that a condition names; of two that contradict each other the one that denies where it does."""
    catalogue = Catalogue(process)
    way = way_meant(when, process)
    choice = catalogue.owner.get(way)
    if not isinstance(choice, Choice) or len(choice.branches) != 2:
        return way
    told = catalogue.branches[way].when or ""
    if bool(DENIED.search(when)) == bool(DENIED.search(told)):
        return way
    return next(branch.id for branch in choice.branches if branch.id != way)


def _told(process: Process, do: Sequence) -> list[str]:
    """What is done in a part, in order, with who does it, and how it ends there."""
    lines = []
    for block in steps(do):
        if isinstance(block, Task):
            role = process.role(block.role or "")
            lines.append(f"“{block.name}” by “{role.name}”" if role else f"“{block.name}”")
        elif isinstance(block, Wait):
            lines.append("it waits")
        elif isinstance(block, End):
            lines.append(f"it ends there (“{block.outcome}”)" if block.outcome else "it ends there")
    return lines
