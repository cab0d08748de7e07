"""What leads page one where rules read the story: the heaviest pain in the teller's words, and what to do on Monday.

What is done on Monday is a trial of a few cases that costs nothing and can be taken back: it shows whether the pain is
one, and how large. What must stay is tried nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from assistant.english.tables import any_of
from assistant.handover.firm_size import WEEKS_A_YEAR
from assistant.handover.inputs import yearly_cases
from assistant.redesign.detectors.about import DATES, NOT_REACHED, OFFERS, about
from assistant.redesign.findings import SUMMARY
from assistant.redesign.practices.batches import on_few_days
from assistant.redesign.quoting import FIGURE, shortened

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Finding


class Way(NamedTuple):
    """What a practice comes to in plain words: how the work runs when it is followed, and a trial that shows it."""

    better: str
    monday: str


WAYS = {
    "H01": Way(
        "those who bring the case check it themselves by a short list that says at once what is missing",
        "let those who bring the case check it themselves by a list, for ten cases, and note what still comes wrong",
    ),
    "H02": Way(
        "everything is asked in one contact, and the next news comes without being asked for",
        "ask in the first contact all that is asked later, for ten cases, and note which contacts fall away",
    ),
    "H03": Way(
        "the data come from where they are already, in a form nobody has to type",
        "ask one sender for the same data in the form you need them, and note what need not be typed",
    ),
    "H04": Way(
        "the cases of the other kind get a way of their own, with somebody who answers for it",
        "put the cases of the other kind on a pile of their own for two weeks, and count both piles",
    ),
    "H05": Way(
        "the step is left out wherever no rule and nobody who uses it asks for it",
        "leave it out for ten cases where no rule asks for it, and note who misses it",
    ),
    "H06": Way(
        "each case is done when it comes, or the rounds are made smaller and more often",
        "do it for two weeks as soon as a case is there, and note how many days earlier each is done",
    ),
    "H07": Way(
        "light cases take a short way and heavy ones go to those who know them, by a question at the start",
        "put light and heavy cases on two piles as they come in, the light ones first, and count both",
    ),
    "H08": Way(
        "one pair of hands does the small steps in one go",
        "let one pair of hands do the small steps in one go for ten cases, and note the minutes",
    ),
    "H09": Way(
        "the work is done only once it is sure to be needed",
        "do the step only where its result is needed, for ten cases, and note where that is",
    ),
    "H10": Way(
        "what does not need each other is begun on the same day, and only the end waits for all",
        "send all of it on the same day for ten cases, and note the day on which each answer comes",
    ),
    "H11": Way(
        "the check that turns cases away at little cost comes first",
        "do this check first for ten cases, and note how many are turned away before the dear work begins",
    ),
    "H12": Way(
        "the unusual cases get a person and a time limit of their own, and the others no longer wait for them",
        "give the unusual cases to one person for two weeks, and note what the others no longer wait for",
    ),
    "H13": Way(
        "whoever had the case first keeps it to the end, with somebody who stands in",
        "let whoever had the case first go on with it, for ten cases, and note which questions are not asked again",
    ),
    "H14": Way(
        "several people can and may take the next case, in an agreed order",
        "let whoever is free take the next case for a week, and note who could not and why",
    ),
    "H15": Way(
        "the separate piles become one queue that everybody with that work takes from",
        "show each place what the other has open, once a day for two weeks, and note what could have gone across",
    ),
    "H16": Way(
        "one name answers for each step, and everybody knows it",
        "write down who answers for each step, with one name, and ask the first of them why the case lies there",
    ),
    "H17": Way(
        "people of several departments handle one family of cases together, side by side",
        "put one person of each department on the same ten cases, and note what they settle without a letter",
    ),
    "H18": Way(
        "fewer people touch the case: who only needs to know is told, and does not wait or sign",
        "leave those who are only told out of ten cases, and note who asks",
    ),
    "H19": Way(
        "one person answers for a case from start to end, sees where it stands and may push",
        "name one person who answers for the next ten cases from start to end, and note when nobody could tell",
    ),
    "H20": Way(
        "as many people are there as the work needs at that time, once needless work is gone",
        "count for two weeks what comes in and what is done each day, before anybody is added",
    ),
    "H21": Way(
        "a second person learns it, so that nothing stands still when the first is away",
        "name who could stand in, and let that person do it once a week with the other beside them",
    ),
    "H22": Way(
        "those who do the work decide up to a limit by a written rule, and the boss sees the rest and a sample",
        "note for the next thirty cases what the one who signs would have changed",
    ),
    "H23": Way(
        "the fault is caught where it begins, before anybody goes on with it",
        "let the fault be looked for where it begins, for ten cases, and note how many are found there",
    ),
    "H24": Way(
        "what was found out once stands where all can read it, with the day until which it holds",
        "write each answer down where all can read it, and note how often it was there when it was needed again",
    ),
    "H25": Way(
        "the cases that follow the rule run by themselves, and people see to the others",
        "note for two weeks which cases follow the rule and which do not, before any software is bought",
    ),
    "H26": Way(
        "one shared record takes the place of paper, lists and second screens, and everybody sees the same",
        "follow one case and note each time it changes paper, screen or file",
    ),
    "H27": Way(
        "what somebody recognised has checked is taken over, and only doubtful cases are looked at again",
        "leave the second look out for ten cases that somebody recognised has checked, and note what slips through",
    ),
    "H28": Way(
        "somebody who does nothing else does it for a price and a date that are agreed",
        "ask one specialist for a price and a date for ten cases, and compare",
    ),
    "H29": Way(
        "there is one form and one way in, and the other ways lead into it",
        "lay one form beside the telephone and use it for every case, and count what is asked back",
    ),
}
WHY = Way(
    "the case waits no longer than its reason needs; what that reason is, nobody said",
    "ask at each of the next ten cases what it waits for, and write the answers down",
)
"""What is said of a wait whose cause nobody told: no practice answers what is not known."""
REASON = Way(
    "what is waited for is known, there or settled before the case comes to it",
    "write beside each of the next ten cases what was missing, and put that where it can be seen without asking",
)
"""What is said of a wait of which the reason was told."""
ARRANGED = Way(
    "the day is agreed with them beforehand, they are reminded of it, and for who does not come there is a second day",
    "agree the day with the next ten cases and remind them the day before, and note how many come sooner",
)
"""What is said where cases wait for somebody outside who has to come, bring or fetch."""
ASKED = Way(
    "it goes out complete and with the day by which the answer is needed, and somebody asks for it on that day",
    "write on the next ten cases by which day you need the answer, ask on that day, and note how much sooner it comes",
)
"""What is said where cases wait for an answer from outside."""
ANSWERS = re.compile(rf"\b{any_of('told-by-others')}(?:s|ed|ing)?\b", re.I)
AT_ONCE = Way(
    "it is written the day the work is done, and the money comes that much sooner",
    "write it on the day of the work for the next ten cases, and note how much sooner the money comes",
)
"""What is said of a bill that is put off."""
OF_ITS_OWN = {
    OFFERS: Way(
        "a rough price goes out at once, and the whole offer only to those who want to go on",
        "give the next ten cases a rough price first, and note how many want the whole offer",
    ),
    DATES: Way(
        "three dates, or a calendar to book in, go out with the first message",
        "offer three dates in the first message of the next ten cases, and count the messages that are left",
    ),
    NOT_REACHED: Way(
        "the time is agreed beforehand, with a reminder the day before, and what needs no talk is sent as a message",
        "agree the time of the next ten cases beforehand, and note how many are reached the first time",
    ),
}
"""What is said of what the words speak of, whatever the practice."""
MORE_DAYS = Way(
    "it is done on more days, or somebody else does it on the others",
    "name who could do it on one more day, try it for two weeks, and note how many days earlier each case is done",
)
"""What is said where somebody is there on certain days only: nobody who is away does a case as it comes."""
SELDOM = (
    (2.5, re.compile(r"\b(?:the (?:next|same) )?ten cases\b")),
    (8.0, re.compile(r"\bthe next thirty cases\b")),
)
"""Cases a week below which a trial of so many would last for months, and what it says then."""
MOST_OTHERS, MOST_PERHAPS = 4, 4
FIRST = {"rekeyed_document": "H26"}
"""Which way is told first of a finding of a kind, where it is not the practice that is tried on the map first."""
_PERMISSION = re.compile(
    r"\b(?:only|nobody|no one|has to|have to|must)\b[^.;]{0,40}"
    r"\b(?:may|allow\w*|decides?|signs?|approves?|releases?)\b",
    re.I,
)
SHORT = 220
"""Characters of words that are read at once."""


def lead(redesign: Redesign) -> dict[str, str]:
    """The heaviest pain told, in the teller's words, what it means, a better way, and what to do on Monday; empty where
    none was."""
    ranked = _pains(redesign)
    if not ranked:
        return {}
    best, words = max(((finding, quote.text) for finding in ranked for quote in finding.quotes), key=_weight)
    return _told(redesign, best, words, _codes(best, words)[0])


def others(redesign: Redesign, answered: Collection[str] = ()) -> list[dict[str, str]]:
    """What else was told that hurts, each with a better way and a trial: each sentence and each way once, in order of
    weight. What is `answered` (ids of findings) by a change told beside it is left out."""
    first = lead(redesign)
    seen, found = {first.get("quote"), first.get("monday")}, list[dict[str, str]]()
    for finding in (finding for finding in _pains(redesign) if finding.id not in answered):
        ways = [
            _told(redesign, finding, said.text, code) for said in finding.quotes for code in _codes(finding, said.text)
        ]
        told = next((told for told in ways if not seen & {told["quote"], told["monday"]}), None)
        if told is not None:
            seen |= {told["quote"], told["monday"]}
            found.append(told)
    return found[:MOST_OTHERS]


def perhaps(redesign: Redesign) -> list[str]:
    """What the teller said that may hurt, the likeliest first, a line each: a word settles it."""
    return [finding.title for finding in redesign.findings if finding.details.get("asked")][:MOST_PERHAPS]


def _pains(redesign: Redesign) -> list[Finding]:
    sure = [finding for finding in redesign.findings if not finding.details.get("asked")]  # "perhaps" leads no page
    return [finding for finding in sure if finding.quotes and _codes(finding)]


def _told(redesign: Redesign, finding: Finding, words: str, code: str) -> dict[str, str]:
    way = _way(finding, code)
    return {
        "quote": shortened(words),
        "pain": finding.title,
        "better": way.better,
        "monday": sized(way.monday, redesign),
    }


def _way(finding: Finding, code: str) -> Way:
    if code == "H06" and any(on_few_days(quote.text) for quote in finding.quotes):
        return MORE_DAYS
    if code == "H24" and finding.details.get("cause") == "external":
        return (
            ASKED if ANSWERS.search(" ".join([finding.title, *(quote.text for quote in finding.quotes)])) else ARRANGED
        )
    if of := about(finding):
        return OF_ITS_OWN[of]
    cause, guessed = finding.details.get("cause"), finding.details.get("guessed")
    if cause == "postponed":
        return AT_ONCE
    if finding.details.get("why"):
        return REASON
    return WHY if cause == "other" or (cause == "transfer" and guessed) else WAYS[code]


def sized(trial: str, redesign: Redesign) -> str:
    """A trial of as many cases as come while one can wait for them."""
    yearly = yearly_cases(redesign.as_is, redesign.completed.process)
    for least, many in SELDOM:
        if yearly and yearly / WEEKS_A_YEAR < least:
            trial = many.sub("the next cases", trial)
    return trial


def _codes(finding: Finding, words: str = "") -> list[str]:
    """The practices that answer a finding, the one that fits the words first."""
    codes = () if finding.kind == SUMMARY else (FIRST.get(finding.kind, ""), *finding.practices)
    one_may = finding.kind == "one_person" and _PERMISSION.search(words)  # a right that can be given to others
    return [code for code in (*(("H22",) if one_may else ()), *codes) if code in WAYS]


def way_of(finding: Finding) -> str:
    """How the work runs where a finding is answered, in plain words; empty where it only says how much there is."""
    codes = _codes(finding)
    return _way(finding, codes[0]).better if codes else ""


def _weight(said: tuple[Finding, str]) -> tuple[float, float, bool]:
    """The share of time a finding explains, then how sure it is, then whether its words are short and hold a figure; of
    equals the one ranked first stands."""
    finding, words = said
    return finding.share or 0.0, round(finding.confidence, 1), len(words) <= SHORT and bool(FIGURE.search(words))
