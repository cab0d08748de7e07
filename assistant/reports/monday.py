"""What leads page one where rules read the story: the heaviest pain in the teller's words, and what to do on Monday.

What is done on Monday is a trial of a few cases that costs nothing and can be taken back: it shows whether the pain is
one, and how large. What must stay is tried nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.redesign.quoting import FIGURE, shortened

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Finding

MONDAY = {
    "H01": "let those who bring the case check it themselves by a list, for ten cases, and note what still comes wrong",
    "H02": "ask in the first contact all that is asked later, for ten cases, and note which contacts fall away",
    "H03": "ask one sender for the same data in the form you need them, and note what need not be typed",
    "H04": "put the cases of the other kind on a pile of their own for two weeks, and count both piles",
    "H05": "leave it out for ten cases where no rule asks for it, and note who misses it",
    "H06": "do it for two weeks as soon as a case is there, and note how many days earlier each is done",
    "H07": "put light and heavy cases on two piles as they come in, the light ones first, and count both",
    "H08": "let one pair of hands do the small steps in one go for ten cases, and note the minutes",
    "H09": "do the step only where its result is needed, for ten cases, and note where that is",
    "H10": "send all of it on the same day for ten cases, and note the day on which each answer comes",
    "H11": "do this check first for ten cases, and note how many are turned away before the dear work begins",
    "H12": "give the unusual cases to one person for two weeks, and note what the others no longer wait for",
    "H13": "let whoever had the case first go on with it, for ten cases, and note which questions are not asked again",
    "H14": "let whoever is free take the next case for a week, and note who could not and why",
    "H15": "show each place what the other has open, once a day for two weeks, and note what could have gone across",
    "H16": "write down who answers for each step, with one name, and ask the first of them why the case lies there",
    "H17": "put one person of each department on the same ten cases, and note what they settle without a letter",
    "H18": "leave those who are only told out of ten cases, and note who asks",
    "H19": "name one person who answers for the next ten cases from start to end, and note when nobody could tell",
    "H20": "count for two weeks what comes in and what is done each day, before anybody is added",
    "H21": "name who could stand in, and let that person do it once a week with the other beside them",
    "H22": "note for the next thirty cases what the one who signs would have changed",
    "H23": "let the fault be looked for where it begins, for ten cases, and note how many are found there",
    "H24": "write each answer down where all can read it, and note how often it was there when it was needed again",
    "H25": "note for two weeks which cases follow the rule and which do not, before any software is bought",
    "H26": "follow one case and note each time it changes paper, screen or file",
    "H27": "leave the second look out for ten cases that somebody recognised has checked, and note what slips through",
    "H28": "ask one specialist for a price and a date for ten cases, and compare",
    "H29": "lay one form beside the telephone and use it for every case, and count what is asked back",
}
SHORT = 220
"""Characters of words that are read at once."""
_SUMMARY = "low_flow_efficiency"
"""The share of waiting in the whole: it says how much, not what hurts."""


def lead(redesign: Redesign) -> dict[str, str]:
    """The heaviest pain told, in the teller's words, what it means, and what to do on Monday; empty where none was."""
    sure = [finding for finding in redesign.findings if not finding.title.endswith("?")]  # "perhaps …?" leads no page
    pains = [finding for finding in sure if finding.quotes and _action(finding)]
    if not pains:
        return {}
    best, words = max(((finding, quote.text) for finding in pains for quote in finding.quotes), key=_weight)
    return {"quote": shortened(words), "pain": best.title, "monday": _action(best)}


def _action(finding: Finding) -> str:
    codes = () if finding.kind == _SUMMARY else finding.practices
    return next((MONDAY[code] for code in codes if code in MONDAY), "")


def _weight(said: tuple[Finding, str]) -> tuple[float, bool]:
    """The share of time a finding explains, then whether its words are short and hold a figure; of equals the one
    ranked first stands."""
    finding, words = said
    return finding.share or 0.0, len(words) <= SHORT and bool(FIGURE.search(words))
