"""Other names: another word for a step, for what it does, or for somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.forms import is_plural, singular, verb_forms
from assistant.english.tables import classed
from assistant.language.change.mention import alike
from assistant.language.correct.last_look import AGENT, NAMES, PERSONS
from assistant.language.weighed.possible_edits import MOST_STEPS, Way, of_step
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.edits import Edit, PutRole, Rename

CALL = re.compile(
    r"\b(?:call(?:ed)?(?: (?:him|her|it|them|that|this|those))?|rename[^,;.]*? (?:to|as|into)|"
    r"(?:is|are|it's|he's|she's|they're) (?:really|actually|in fact|properly)|make (?:that|it|him|her|them))"
    r"\s+(?:the |an? )?"
    r"(?P<new>(?!that\b|it\b)[a-z][\w-]*(?: [\w-]+){0,2}?)"
    r"(?=\W*$|[,;.!?]| (?:please|instead|not|nobody|because|here|rather|now|and)\b)"
)
RATHER = re.compile(
    r"\b(?:not|don't|never) (?:call|say|name)\b.*\b(?:they're|they are|it's|he's|she's) (?:called )?(?:the |an? )?"
    r"(?P<new>[a-z][\w-]*(?: [a-z][\w-]*)?)(?=\W*$|[,;.])"
)
"""Another name that is said to be one; where the old one is denied (`don't call them clerks, they're …`)."""


DOES_NOT = re.compile(r"\b(?:do|does|did|can|will|must|should)(?:n't| not)? $")
"""Behind this stands what somebody does or does not do, and no other name of theirs."""
COUNTS = re.compile(r"\b(?:is|'s) (?:the|our|my) (?:one and )?only\b")
"""`Sven is the only mechanic` says how many there are, not what they are called."""


def called(spoken: Spoken) -> Iterator[Way]:
    """Another word for a thing, a doing or somebody: a known word of the turn gives way to unknown ones."""
    runs = strange(spoken)
    for name in spoken.people:
        for match in (RATHER.search(spoken.low) and RATHER.finditer(spoken.low)) or CALL.finditer(spoken.low):
            if not name.at & (at := spoken.within(*match.span("new"))):
                new = match["new"] if is_plural(name.role.name.lower()) else singular(match["new"])
                role = name.role.model_copy(update={"name": new[0].upper() + new[1:]})
                edit = PutRole(role=role)
                yield Way(
                    "role name", f"call {name.role.name} “{match['new']}”", (edit,), name.at | at, {"said so": 1.0}
                )
    said_so = CALL.search(spoken.low) is not None or COUNTS.search(spoken.low) is not None
    for name in spoken.people if not said_so and (NAMES.search(spoken.low) or not DOES_IT.search(spoken.low)) else ():
        for run in runs:
            if DOES_NOT.search(spoken.low[: spoken.tokens[min(run)].start]):
                continue
            new = " ".join(spoken.tokens[n].low for n in sorted(run))
            role = name.role.model_copy(update={"name": new[0].upper() + new[1:]})
            behind = spoken.low[spoken.tokens[max(run)].end :].split()
            counts = {
                "acts": _acts(behind),
                "against": float(name.against),
                "gone": float(name.gone),
                "runs": float(len(runs) > 1),
                "long": float(len(run)),
                "person": float(_person(new)),
                "verb": float(not _person(new) and bool(verb_forms(new.split()[-1]))),
            }
            yield Way("role name", f"call {name.role.name} “{new}”", (PutRole(role=role),), name.at | run, counts)
    for like in spoken.likeness()[:MOST_STEPS]:
        old = spoken.catalogue.name(like.step)
        for place in like.at:
            word = next((part for part in old.split() if alike(part.lower(), spoken.tokens[place].low)), None)
            for run in [run for run in runs if not _done_by_somebody(spoken, run)] if word else ():
                new = " ".join(spoken.tokens[n].low for n in sorted(run))
                verb = word == old.split()[0]
                new = _acting(new) if verb else new
                said = re.sub(rf"\b{re.escape(str(word))}\b", new, old)
                edits: list[Edit] = [Rename(id=like.step, name=said[0].upper() + said[1:])]
                counts = {**of_step(spoken, like), "of verb": float(verb), "runs": float(len(runs) > 1)}
                yield Way("called", f"call it “{said}”", tuple(edits), like.at | run, counts)
    yield from _named_anew(spoken, runs)


def _done_by_somebody(spoken: Spoken, run: frozenset[int]) -> bool:
    """Whether words say what somebody named right in front of them does (`the secretary calls them`)."""
    first = min(run)
    behind = any(max(name.at) == first - 1 for name in spoken.people)
    return behind and any(form.form == "s" for form in verb_forms(spoken.tokens[first].low))


def _person(name: str) -> bool:
    """Whether a name is that of somebody by its last word."""
    return name.split()[-1] in PERSONS or AGENT.fullmatch(name.split()[-1]) is not None


def _acts(behind: list[str]) -> float:
    """Whether a name is followed by what its bearer does: then it is no other name."""
    if not behind:
        return 0.0
    verb = behind[1] if behind[0] in ("who", "that") and len(behind) > 1 else behind[0]
    return float(any(form.form == "s" for form in verb_forms(verb.strip(".,;"))) or behind[0] in ("who", "that"))


def _named_anew(spoken: Spoken, runs: list[frozenset[int]]) -> Iterator[Way]:
    """Another name for the whole of a step, said as an act (`we call it attaching the strip`)."""
    for like in spoken.likeness()[:2] if NAMES.search(spoken.low) or OTHERWISE.search(spoken.low) else ():
        for run in runs:
            words = [spoken.tokens[n].low for n in sorted(run)]
            if len(words) < 2 or not verb_forms(words[0]):
                continue
            said = _acting(" ".join(words))
            counts = {**of_step(spoken, like), "long": len(words) / 3, "runs": float(len(runs) > 1)}
            rename = Rename(id=like.step, name=said[0].upper() + said[1:])
            yield Way("called whole", f"call it “{said}”", (rename,), like.at | run, counts)


OTHERWISE = re.compile(r"\b(?:not|never|rather|instead|wrong|more like|really|actually|properly)\b|n't\b")
"""What stands beside another name where no word says that it is one."""


def _acting(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    base = next((form.base for form in verb_forms(first)), first)
    return f"{base} {rest}".strip()


DOES_IT = re.compile(
    r"\b(?:who|that|which) (?:[a-z]+ )?[a-z]+s\b|\bdoes (?:the|our|all)\b|"
    r"\bdo(?:es)?(?: (?:it|that|this|so|them))?(?: \w+self)?\W*(?:$|[,;.])|"
    r"\bby (?:the|our|an?)\b|\bneeds? (?:an?|no) "
)
"""That somebody does something (`it's the sorter who weighs it`): that says who, and no other name."""
NO_NAME = classed("said", "no-name") | classed("said", "no-role")
"""What nothing and nobody is called by."""
ARTICLES = frozenset({"the", "a", "an", "our", "my", "its", "their"})


def strange(spoken: Spoken) -> list[frozenset[int]]:
    """Runs of words that no step and nobody is named by."""
    known = {place for name in spoken.people for place in name.at}
    known |= {place for like in spoken.likeness() for place in like.at}
    runs: list[list[int]] = []
    for place in sorted(place for place in spoken.heavy - known if spoken.tokens[place].low not in NO_NAME):
        between = {spoken.tokens[n].low for n in range(runs[-1][-1] + 1, place)} if runs else set()
        if runs and between <= ARTICLES and spoken.part_of(place) == spoken.part_of(runs[-1][-1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [frozenset(run) for run in runs if len(run) <= 3][:3]


READERS = (called,)
