"""Branches that are over for the case, though nobody says "that is the end": a no, or what is settled on the spot."""

from __future__ import annotations

from assistant.english.forms import participle
from assistant.english.tables import classed
from assistant.language.offline.flow.nodes import Arm, Node, ends, tasks
from assistant.language.offline.sentences.same_step import stem
from assistant.language.offline.sentences.statements import Condition, Said
from assistant.language.offline.words.word_tables import OUTSIDE, REFUSE

_WANTING = classed("reading", "wanting")
_SETTLES = classed("reading", "settles")
_AT_ONCE = frozenset("himself herself themselves itself myself ourselves immediately directly straight spot".split())
_FOR_NOTHING = frozenset("nothing lost".split())


def over(arm: Arm, said: Said) -> None:
    """End a branch whose alternative is "otherwise, the work goes on", where nobody inside does anything more in it.

    "If the customer says no, he picks it up. Otherwise we order the parts" ends badly; "she can solve 40 % herself.
    Everything else goes to …" ends well.
    """
    if ends(arm.nodes):
        return
    acts = [node.act for node in tasks(arm.nodes) if node.act is not None]
    inside = [act for act in acts if act.role is not None and not OUTSIDE & set(act.role.split())]
    if arm.condition is not None and says_no(arm.condition) and (not inside or said.words & _FOR_NOTHING):
        arm.nodes.append(Node("end", text=_outcome(arm.condition), negative=True, sentence=said.index))
    elif len(acts) == 1 and acts[0].verb in _SETTLES and (said.words & _AT_ONCE or {"right", "away"} <= said.words):
        thing = acts[0].thing or "case"
        text = f"{thing[:1].upper()}{thing[1:]} {participle(acts[0].verb)}"
        arm.nodes.append(Node("end", text=text, sentence=said.index))


def says_no(condition: Condition) -> bool:
    """Whether a condition is that somebody declines: "customer says no", "she does not want it"."""
    words = condition.text.lower().replace("n't", " not").split()
    if words[-1:] == ["no"] or "no," in words or condition.words & REFUSE:
        return True
    return condition.negative and bool({stem(word) for word in words} & _WANTING)


def _outcome(condition: Condition) -> str:
    return condition.text[:1].upper() + condition.text[1:]
