"""Cases that words set apart in front: which ones are spoken of, and what is told of them.

People seldom say `if`: "planes from abroad, 10 % or so: customs looks at them", "with kids a parent signs", "grands are
another story, there the master takes off the lid", "first-time donors also fill in the form".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.english.alike import stem
from assistant.english.forms import is_plural, verb_forms
from assistant.english.tables import any_of, worded
from assistant.language.change.mention import content
from assistant.language.correct.piece_of_story import NO_WORK
from assistant.language.figures.reading import figures_in
from assistant.language.weighed.words_spoken_of import Spoken

THING = r"(?:(?:the|our|any|some|all|most|an?|those|these) )?[\w'-]+(?: [\w'-]+){0,5}?"
SHARE = (
    rf"(?:(?:,? |, ?)(?:and )?{any_of('leads-a-share')}\b[^,:;.]{{0,40}}|, [^,:;.]{{0,12}}\d[^,:;.]{{0,25}}|"
    r",? (?:every|one|two) [^,:;.]{2,30})"
)
DIFFERS = re.compile(
    rf"^(?P<what>{THING}) (?:are|is|goe?s?|runs?|works?|gets?|takes?|follows?) (?:(?:a bit|a little|quite|very|all|"
    rf"rather|handled|treated|done|another|an?) )*"
    rf"(?:different(?:ly)?|another|other|separate(?:ly)?|special|exception|extra)"
    rf"(?: (?:story|matter|thing|case|animal|kettle of fish|way|route|path))?(?: (?:there|here|though|with us))?"
    rf"(?P<share>{SHARE})?\s*[,:;.–-]+\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
SHARED = re.compile(rf"^(?P<what>{THING})(?P<share>{SHARE})\s*[,:–-]+\s*(?P<rest>.+)$", re.IGNORECASE)
NAMED = re.compile(rf"^(?P<what>{THING})(?P<share>)\s*[:!–-]\s*(?P<rest>.+)$", re.IGNORECASE)
WITHIN = re.compile(
    rf"^(?P<link>with|for|at|in|on|during) (?P<what>{THING})(?P<share>{SHARE})?,? "
    rf"(?P<rest>(?:the|our|an?|he|she|they|we|it|there)\b.+|(?-i:[A-Z])[a-z]+ (?:(?:also|"
    r"always|then|usually) )?[a-z]+s\b.+)$",
    re.IGNORECASE,
)
ANY = re.compile(
    r"^(?P<what>(?:any(?:thing|body|one)|every(?:thing|body|one)|whoever|people|those|cases|all) (?:[\w'-]+ ){0,7}?)"
    r"(?P<rest>(?:has to|have to|must|needs? to|goes|go|gets?|also|don't|doesn't|are|is)\b.+)$",
    re.IGNORECASE,
)
WHICH = re.compile(
    r"^(?P<what>(?:(?:the|our|any|some|all|those|these) )?(?:[\w'-]+ ){1,3}(?:who|that|which|whose)"
    r"(?: [\w'-]+){2,8}?)(?P<share>, [^,:;]{3,40})?,? "
    r"(?P<rest>(?:(?:also|always|first) )*(?:are|is|gets?|goe?s?|has to|have to|must|needs?(?: to)?|pays?|receives?|"
    r"wait|sign|fill|bring)\b.+)$",
    re.IGNORECASE,
)
"""`parcels that weigh more than 30 kilos are carried by two`."""
THERE = re.compile(rf"^(?:(?:{worded('topics-there')})\b[\s,:]*)+", re.IGNORECASE)
ONLY_LINKS = re.compile(rf"^{any_of('links-only')}\b")
SAYS_MORE = re.compile(r"\b(?:there|is|are|has|have|gets?|goes|go|takes?|was|were)\b|'s\b|'ve\b", re.IGNORECASE)
ASIDE = re.compile(r"\s*\([^()]*\)\s*")
MOST = 3


class Topic(NamedTuple):
    """What is spoken of, as a condition, the words that tell something of it, and how often it is, where said of it."""

    cond: str
    rest: str
    share: float | None = None


def topics(spoken: Spoken) -> list[Topic]:
    """The ways in which a turn may set some cases apart in front, at most three."""
    found: dict[Topic, Topic] = {}
    for topic in _found(spoken):
        if topic.cond and len(topic.rest.split()) > 2 and not ONLY_LINKS.match(topic.cond.lower()):
            found.setdefault(topic, topic)
    return list(found.values())[:MOST]


NEEDS = re.compile(
    r"^(?P<share>[^.,;:]{3,40}?) "
    r"(?P<what>(?:(?:just|only|really) )*(?:need|want|have|come with|bring|ask for)s? [^.,;:]+)"
    r"[.,;:–-]+\s*(?:(?:those|these|them|that one|such ones) )?(?P<rest>.+)$",
    re.IGNORECASE,
)
"""`about a fifth just need a battery. Those the saleswoman changes`: what a share of the cases is."""


def _found(spoken: Spoken) -> Iterator[Topic]:
    text = ASIDE.sub(" ", spoken.text)
    needs = NEEDS.match(text)
    often = [figure.middle for figure in figures_in(needs["share"]) if figure.kind == "chance"] if needs else []
    if needs is not None and often:
        yield Topic(needs["what"], THERE.sub("", needs["rest"]).strip(), often[0])
        return
    for form in (DIFFERS, SHARED, WHICH, WITHIN, NAMED, ANY):
        match = form.match(text)
        if match is None or (form is WHICH and not which_ones(spoken)):
            continue
        if form is not WHICH and (_acts(spoken, match["what"]) or SAYS_MORE.search(match["what"])):
            continue
        link = f"{match['link'].lower()} " if form is WITHIN and match["link"].lower() in ("at", "in", "on") else ""
        yield Topic(link + _bare(match["what"]), THERE.sub("", match["rest"]).strip())
        if form in (DIFFERS, WHICH):
            return
    if (some := _some_of_them(spoken)) is not None:
        yield some


def which_ones(spoken: Spoken) -> str:
    """The words in front that say of several which ones are spoken of (`guests who come late`); empty where none do."""
    found = WHICH.match(ASIDE.sub(" ", spoken.text))
    head = (
        re.split(r" (?:who|that|which|whose) ", found["what"], flags=re.IGNORECASE)[0].split()[-1].lower()
        if found
        else ""
    )
    several = found is not None and (is_plural(head) or head in ("anyone", "anybody", "everyone", "everybody"))
    return found["what"] if found and several else ""


def _bare(what: str) -> str:
    return re.sub(r"^(?:the|our|all|most) ", "", what.strip(), flags=re.IGNORECASE)


def _acts(spoken: Spoken, what: str) -> bool:
    """Whether words hold somebody of the work who does something: they tell, and set nothing apart."""
    low = what.lower()
    named = any(name.role.name.lower() in low for name in spoken.people)
    return named and any(_verb(word) for word in low.split()[1:])


def _verb(word: str) -> bool:
    return any(form.form in ("s", "ed") and form.base not in NO_WORK for form in verb_forms(word))


NOT_IN_FRONT = ("the", "our", "an", "a", "and", "he", "she")


def _some_of_them(spoken: Spoken) -> Topic | None:
    """`chilled goods go straight into the store`, `first-time donors also fill in the form`: a thing of the process
    with a word before it that no step has."""
    known = {stem(word) for step in spoken.catalogue.named for word in content(step.name)}
    known |= {stem(word) for role in spoken.catalogue.process.roles for word in content(role.name)}
    figures = {place for said in spoken.figures for place in said.at}
    tokens = [token for place, token in enumerate(spoken.tokens) if place not in figures][:6]
    for place in range(1, len(tokens)):
        front = [token.low for token in tokens[:place]]
        if front[0] in (*NOT_IN_FRONT, "for", "with", "at", "in", "on") or place > 3:
            break
        behind = tokens[place + 1].low if place + 1 < len(tokens) else ""
        told = behind in (
            "also",
            "always",
            "usually",
            "have",
            "must",
            "need",
            "go",
            "get",
            "are",
            "don't",
            "dont",
            "come",
        )
        if stem(tokens[place].low) in known and (told or verb_forms(behind)) and stem(front[-1]) not in known:
            rest = ASIDE.sub(" ", spoken.text[tokens[place].end :])
            return Topic(spoken.text[: tokens[place].end], rest.strip(" ,"))
    return None
