"""When two phrases mean the same step, or two conditions shut each other out: shared content words, opposites."""

from __future__ import annotations

from functools import lru_cache

from assistant.language.offline.lexicon import singular, verb_forms
from assistant.language.offline.statements import Condition
from assistant.language.offline.table_verbs import NOMINAL
from assistant.language.offline.table_words import SMALL

_EMPTY = frozenset(
    """
    case process not be have do step point new again respective also if
    """.split()
)
OPPOSITES: dict[str, str] = {}
for _pair in """
    available:unavailable complete:incomplete correct:incorrect approve:reject accept:reject accept:decline
    accept:refuse approve:decline approve:refuse successful:unsuccessful pass:fail valid:invalid confirm:reject
    positive:negative agree:disagree urgent:normal new:existing internal:external high:low large:small yes:no
    ok:wrong success:failure acceptable:unacceptable small:big small:bigger small:large small:larger
    simple:complicated cheap:expensive minor:severe over:under above:below exceed:under more:less complete:missing
    accept:refusal approval:rejection acceptance:rejection good:bad repairable:scrap clear:unclear known:unknown
    paid:unpaid win:lose covered:uncovered eligible:ineligible solvent:insolvent confirm:withdraw accept:withdraw
    enough:insufficient sufficient:insufficient happy:unhappy grant:deny greater:less in-stock:missing open:closed
    early:late private:business first:second simple:complex minor:major manual:automatic ok:faulty fine:wrong
    wrong:right correct:wrong
    fit:unfit cover:exclude valid:expired plausible:implausible feasible:infeasible yes:otherwise
    """.split():
    _a, _, _b = _pair.partition(":")
    OPPOSITES.setdefault(_a, "")
    OPPOSITES[_a] += f" {_b}"
    OPPOSITES.setdefault(_b, "")
    OPPOSITES[_b] += f" {_a}"


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The dictionary form of a verb or noun form: `approved`, `approval`, `approves` → `approve`."""
    word = word.lower().strip(".,'\"")
    found = verb_forms(word)
    if found and word not in SMALL:
        return found[0].base
    one = singular(word)
    if one in NOMINAL:
        return NOMINAL[one]
    found = verb_forms(one)
    return found[0].base if found else one


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The content words of a text as dictionary forms."""
    return frozenset(
        s for w in text.split() if w.lower().strip(".,") not in SMALL and (s := stem(w)) not in _EMPTY and s
    )


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of content words two texts have in common (Dice), 0 to 1."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _answer(condition: Condition) -> str:
    """ "yes" or "no" where a condition is that answer: "they say no"."""
    last = condition.text.lower().split()[-1:]
    return last[0] if last in (["yes"], ["no"]) else ""


def opposed(a: Condition, b: Condition) -> bool:
    """Whether two conditions are about the same thing and shut each other out."""
    if {_answer(a), _answer(b)} == {"yes", "no"}:
        return True
    shared = a.words & b.words
    for word in a.words - shared:
        if any(other in b.words for other in OPPOSITES.get(word, "").split()):
            return True
    if a.negative != b.negative:
        pointing = b.subject.lower() in ("it", "this", "that", "they", "") and not b.words - a.words
        return pointing or alike(a.words, b.words) >= 0.5
    return False


def sibling(a: Condition, b: Condition) -> bool:
    """Whether two conditions name different values of the same thing: "if it is urgent …", "if it is normal …"."""
    if opposed(a, b):
        return True
    if a.text.lower() == b.text.lower():
        return False
    same = (
        bool(a.subject)
        and a.subject.lower() == b.subject.lower()
        and a.subject.lower() not in ("he", "she", "they", "there", "i", "we")
    )
    return same and not (a.words & b.words) - content(a.subject)
