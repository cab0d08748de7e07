"""What a length of time speaks of: a step, a limit (validity, deadline), or the whole case.

"An extract is good for 12 months" tells how long a thing holds, "within 14 days" how long somebody has, and "some five
weeks pass from counter to licence" how long the whole takes: none of them is the time of a step.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.english.alike import stem
from assistant.english.tables import classed
from assistant.language.figures.figure import ABOUT, Figure, word_at
from assistant.language.offline.words.tokens import Token
from assistant.process.durations import UNITS, Unit

_VALID = frozenset("valid good validity guaranteed expires expire lapses lapse warranty kept retained archived".split())
_TOTAL = frozenset("altogether overall end-to-end".split())
YEAR = 300 * UNITS["d"]
_LASTS = frozenset(map(stem, ("take", "took", "taken", "wait", "last", "lie", "lay", "need", "queue", "list")))
_PROMISED = frozenset(map(stem, ("promise", "guarantee", "pledge")))
_SPENT = frozenset("work time labour labor delay queue rest travel transport effort patience silence".split())
_SUMMED = frozenset("work it all time hands-on this that whole wait waiting".split())
_EDGES = frozenset({";", "(", ")", ":"})


def with_sense(tokens: list[Token], figure: Figure) -> Figure:
    """A length of time with its kind: limit or total where the words around it say so."""
    if figure.kind != "duration":
        return figure
    before, behind = _around(tokens, figure)
    if _limits(before, behind) or _of_years(figure, before, behind):
        return replace(figure, kind="limit")
    return replace(figure, kind="total") if _totals(before, behind, figure.unit) else figure


def _around(tokens: list[Token], figure: Figure) -> tuple[list[str], list[str]]:
    """The words of the clause before and behind a figure."""
    left = figure.start
    while left > 0 and word_at(tokens, left - 1) not in _EDGES:
        left -= 1
    right = figure.end
    while right < len(tokens) and word_at(tokens, right) not in _EDGES:
        right += 1
    return [t.low for t in tokens[left : figure.start]], [t.low for t in tokens[figure.end : right]]


def _of_years(figure: Figure, before: list[str], behind: list[str]) -> bool:
    """ "I have been a claims handler for eleven years": years are how long somebody or something is there, and no time
    of a step unless the words say that it takes or waits so long."""
    if figure.seconds() < YEAR:
        return False
    lasting = any(stem(word) in _LASTS for word in before[-6:])
    ended = behind[:1] == ["before"] and behind[1:2] in ([], [","], ["."])  # `for six years before`
    comes = behind[:1] in (["until"], ["till"], ["to"], ["before"]) and not ended
    return not (lasting or comes)


def _limits(before: list[str], behind: list[str]) -> bool:
    if before[-1:] == ["within"] or behind[:2] == ["at", "latest"] or behind[:2] == ["of", "experience"]:
        return True
    if behind[:1] in (["ahead"], ["beforehand"]) or behind[:2] == ["in", "advance"]:
        return True  # "must be applied for eight weeks ahead": when, not how long
    if behind[:1] == ["between"] or before[-2:] == ["instead", "of"] or _contents(behind) or _threshold(before):
        return True
    if behind[:1] == ["to"] and before[-1:] in (["have"], ["has"], ["'ve"], ["had"], ["get"], ["gets"]):
        return True  # "you have a week to answer"
    near = before[-4:]
    if any(stem(word) in _PROMISED for word in near):
        return True
    if near[-1:] == ["for"] and set(near) & _VALID and not {"waits", "wait"} & set(near):
        return True
    return behind[:1] in (["valid"], ["guarantee"], ["warranty"], ["validity"]) or near[-1:] == ["expires"]


def _contents(behind: list[str]) -> bool:
    """ "Three months of payslips": how much of a thing; "two days of work", "an hour of typing" are lengths."""
    if behind[:1] != ["of"] or behind[1:2] in ([], ["which"], ["these"], ["those"], ["them"], ["that"], ["it"]):
        return False
    return not any(word in _SPENT or word.endswith("ing") for word in behind[1:5])


def _threshold(before: list[str]) -> bool:
    """ "Over 30 days: he sends it back": what decides, where no word says that something takes so long."""
    return before[-1:] in (["over"], ["above"], ["under"]) and not any(stem(word) in _LASTS for word in before)


def _from_to(before: list[str], behind: list[str]) -> bool:
    """ "31 days from the yard to the invoice", "from form to sofa three weeks"."""
    if behind[:1] == ["from"] and "to" in behind[2:6]:
        # "It takes 90 days from …" is told of the whole anyway.
        return not any(stem(word) in _LASTS for word in before[-4:])
    return before[:1] == ["from"] and "to" in before[2:6] and len(before) < 8 and before[-1] not in ("in", "after")


def _ends(words: list[str], place: int) -> bool:
    """Whether a clause ends before the word at a place."""
    return place >= len(words) or not words[place].isalpha()


def _totals(before: list[str], behind: list[str], unit: Unit) -> bool:
    if unit not in ("d", "w") and _of_told_work(before, behind):
        return False
    if set(before[-6:]) & _TOTAL or set(behind[:5]) & _TOTAL or behind[:2] in (["all", "told"], ["in", "all"]):
        return True
    if unit in ("d", "w") and ["all", "in"] in (behind[:2], behind[1:3]) and _ends(behind, behind.index("in") + 1):
        return True
    behind = _without_average([word for word in behind if word not in _QUOTES])
    if unit in ("d", "w") and behind[:3] == ["all", "in", "all"] and len(_told_of(before)) <= 2:
        return True
    said = " ".join(before)
    if unit in ("d", "w") and _of_each_case(before, behind):
        return True
    if said.endswith(("all told", "all told ,")) or "all in all" in said or "all told it" in said:
        return True
    if behind[:1] in (["pass"], ["passes"], ["go"], ["elapse"]) and {"from", "between"} & set(behind[1:4]):
        return True
    if unit in ("d", "w") and (_from_to(before, behind) or behind[:2] == ["instead", "of"]):
        return True
    tail = [word for word in before[-7:] if word not in ("perhaps", "about", "roughly", "some", "maybe", "only")]
    sums = tail[-2:] in (["comes", "to"], ["come", "to"], ["adds", "to"], ["amounts", "to"]) or tail[-1:] == ["adds"]
    return sums and bool(_SUMMED & set(before))


def _of_told_work(before: list[str], behind: list[str]) -> bool:
    """ "She sends the plan and the bill, 30 minutes altogether", "the three of us lay the tables, that's nine hours in
    all": the time of what was told just before the comma."""
    if " ".join(behind).removesuffix(" .") not in ("altogether", "in all", "all told", "in total"):
        return False
    comma = max((k for k, word in enumerate(before) if word == ","), default=0)
    told, pointing = before[:comma], [word for word in before[comma + 1 :] if word not in ABOUT]
    if pointing not in ([], ["that", "'s"], ["that", "is"], ["which", "is"], ["that", "takes"], ["which", "takes"]):
        return False
    return len(told) >= LEAST_TOLD and told[0] != "from" and not _WHOLE & set(told)


LEAST_TOLD = 4
"""Words that tell work at least."""
_WHOLE = _TOTAL | frozenset("whole process procedure case".split())


def _without_average(behind: list[str]) -> list[str]:
    """The words behind a figure without "on average" and the comma before what follows."""
    rest = behind[2:] if behind[:2] == ["on", "average"] else behind
    return rest[1:] if rest[:1] == [","] and rest[1:2] in (["from"], ["all"]) else rest


def _told_of(before: list[str]) -> list[str]:
    """The words before a figure that say of what it is told: "it takes" alone is told of the whole."""
    return [word for word in before if word not in _GENERAL and word.isalpha()]


_WHOM = frozenset("us you them people customers".split())
_QUOTES = frozenset("\"'“”‘’")
_GENERAL = classed("measures", "general")
_STEP = frozenset("to until till before for because".split())


def _of_each_case(before: list[str], behind: list[str]) -> bool:
    """ "On average it takes us eleven days", "everything takes 5-6 weeks": said of the case as a whole.

    "It takes us three days to get the parts" tells of a step.
    """
    words = [word for word in before if word not in _GENERAL and word != ","]
    if _until_served(words, behind):
        return True
    if behind[:1] and behind[0] in _STEP:
        return False
    if words[:2] == ["it", "takes"] and len(words) == 3 and words[2] in _WHOM:
        return True
    return words[-2:] in (["everything", "takes"], ["everything", "needs"], ["everything", "lasts"])


_SERVED = frozenset("they you people customers clients patients guests tenants parents".split())
_GETS = frozenset("get have receive obtain".split())
_ASIDE = frozenset("answer reply response signature approval confirmation quote ok".split())
"""What those who work on a case wait for themselves."""
_ONE = frozenset("one a an".split())
_MOANS = classed("reading", "moans")


def _until_served(words: list[str], behind: list[str]) -> bool:
    """ "It takes two weeks to get a place", "… until they have their shoes back": how long those served wait in all.

    "It takes her two days to get the parts" and "a week to get an answer from the bank" tell of a step, unless the
    words say that somebody complains of it.
    """
    takes = words[-2:] == ["it", "takes"] or (words[-3:-1] == ["it", "takes"] and words[-1] in _WHOM - {"us"})
    if not takes or len(behind) < _FEWEST:
        return False
    moaned = bool(_MOANS & set(words))
    if behind[0] in ("until", "till"):
        return behind[1] in _SERVED and behind[2] in _GETS and behind[3:4] != [] and behind[3] in _ONE | _THEIRS
    if behind[0] != "to" or behind[1] not in _GETS:
        return False
    of_step = bool(_ASIDE & set(behind[2:5])) or bool({"from", "with"} & set(behind[3:6]))
    return moaned or (behind[2] in _ONE and not of_step)


_FEWEST = 3
"""Words at least behind the figure: "to get one"."""
_THEIRS = frozenset("their your it them".split())
