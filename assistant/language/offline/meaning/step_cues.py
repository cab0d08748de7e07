"""What a clause, its sentence and the rest of the story show of whether it tells a step of the work.

A cue has a name and a value, mostly from 0 to 1 (most are there or not). `steps` weighs them. What the words of an
action mean together is a place in the sentence model (`assistant.english.sentences`), each number of it a cue: what no
story learnt from has in these words is weighed like what means the same.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from assistant.english.alike import share
from assistant.english.forms import is_plural
from assistant.english.sentences import WIDTH, sentence_places
from assistant.english.tables import any_of, classed, worded
from assistant.language.evidence_cues.remarks_heard import Aside
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.meaning.told_aside import says_thing
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import TIME
from assistant.language.offline.sentences.same_step import content, stem
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    CONTROL,
    DITRANSITIVE,
    HANDS_ON,
    LIGHT,
    MOVE,
    PHASE,
    REFUSE,
    SAYS_WHAT,
    STATE,
    TITLES,
    UNITS,
    WORK,
)

_KIN = classed("reading", "kin")
_VERBS = {
    "work": WORK, "state": STATE, "control": CONTROL, "refuse": REFUSE, "phase": PHASE, "move": MOVE, "light": LIGHT,
    "hands": HANDS_ON, "gives": DITRANSITIVE, "asks": SAYS_WHAT, "talk": classed("reading", "talk"),
    "private": classed("reading", "private"),
}  # fmt: skip
_VERBS["at hand"] = classed("reading", "at-hand")
_SAME_SUBJECT = {"i": "I", "she": "he", "someone": "somebody", "everyone": "everybody", "this": "that"}
_FLAGS = ("again", "over", "once", "hypothetical", "wish", "to_us", "named", "order", "arrives", "optional", "parallel",
          "goes_to", "back_to", "system", "contact", "joined")  # fmt: skip
_BEFORE_NOW = re.compile(worded("before-now"), re.IGNORECASE)
_OPINION = re.compile(worded("step-cues-opinion"), re.IGNORECASE)
_ONCE_MORE = re.compile(rf"\b{any_of('once-more')}\b", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"\b{any_of('elsewhere')}\b", re.IGNORECASE)
_IN_A_PLACE = re.compile(r"^\W*(?:(?:and|but|so) )?(?:in|In|at|At) (?:the )?([A-Z]\w+)")
"""A sentence that begins with where others do it: "In Denmark a robot takes the sample"."""
_PATTERNS = {"before now": _BEFORE_NOW, "opinion": _OPINION, "once more": _ONCE_MORE, "elsewhere": _ELSEWHERE}
_OPENING = classed("reading", "sentence-opener")
WHEN = "when"
"""What an action is tied to that only says from when on something else is done."""
_ALIKE = 0.5
"""From which share of words on two actions are told of the same."""
_MOST_TOLD, _MOST_HANDLED, _MOST_DONE, _MOST_ACTS, _MOST_WORDS = 6, 4, 5, 6, 60
"""Where counts stop telling more: how often a thing is named, handled, a role acts; actions and words of a sentence."""
_MEANING = 4.0
"""What the numbers of a place, which are small, count beside the other cues."""
_MEANS = tuple(f"means {number}" for number in range(WIDTH))
_EDGE, _EARLY, _LATE = 3, 0.12, 0.85
"""How many sentences are the first or last ones, and up to and from which share of the story it opens and closes."""


def of_clause(tokens: list[Token], clause: Clause, nearby: list[Clause]) -> frozenset[str]:
    """The cues of a clause: its kind, its verbs, its subject, what it is done to, and the words that tie it."""
    verbs = clause.verbs
    found = {f"clause {clause.kind}", f"verbs {verbs.kind}", _subject(tokens, clause), *_object(tokens, clause)}
    found |= {name for name in ("passive", "perfect", "past", "particle", "negative") if getattr(verbs, name)}
    found |= {f"modal {verbs.modal}"} if verbs.modal else set()
    found |= {f"via {verbs.via}"} if verbs.via else set()
    found |= {"ing"} if tokens[verbs.end - 1].form == "ing" else set()
    found |= {f"tie {token.meaning or token.low}" for token in clause.ties}
    found |= {f"adverb {token.low}" for token in clause.adverbs}
    found |= {f"prep {part.prep}" for part in clause.parts if part.prep}
    at = nearby.index(clause) if clause in nearby else 0
    return frozenset(found | ({f"after {nearby[at - 1].kind}"} if at else {"clause first"}))


def _subject(tokens: list[Token], clause: Clause) -> str:
    group = clause.subject
    if group is None or clause.shared:
        return "subject none" if group is None else "subject shared"
    head, first = tokens[group.head], tokens[group.start]
    if head.tag in ("P", "O", "W") or head.low == "people":
        return f"subject {_SAME_SUBJECT.get(head.low, head.low)}"
    if head.low in _KIN:
        return "subject kin"
    if first.tag in ("D", "#"):
        return f"subject of {first.low}" if first.tag == "D" else "subject counted"
    if head.text[:1].isupper():
        return "subject named"
    return "subject many" if is_plural(head.low) else "subject bare"


def _object(tokens: list[Token], clause: Clause) -> set[str]:
    part = clause.object()
    if part is None:
        return {"object none"}
    head, first = tokens[part.group.head], tokens[part.group.start]
    found = {f"object {head.tag}", f"object of {first.low}" if first.tag in ("D", "#") else "object bare"}
    return found | {"object many"} if head.tag == "N" and is_plural(head.low) else found


class Whole(NamedTuple):
    """A story as far as the cues of one action need it: all actions, and how often things and people are told of."""

    text: str
    book: RoleBook
    told: list[Said]
    about: list[Aside]
    acts: list[tuple[Said, Act, str]]
    """Every action that may be a step, with its sentence and what the item it stands in is tied to, in order; WHEN for
    one that only says from when on something else is done."""
    words: Counter[str]
    roles: Counter[str | None]
    handled: Counter[str]
    names: frozenset[str]
    """The words that are never written in lower case."""
    places: Any
    """What the words of each action mean, one row an action."""


def whole(text: str, told: list[Said], book: RoleBook, about: list[Aside]) -> Whole:
    """What the cues of all actions of a story are counted from."""
    acts = [
        (said, item.act, item.target if item.kind == "act" else WHEN)
        for said in told
        for item in said.items
        if item.act and (item.kind == "act" or (item.kind == "when" and item.target != "if"))
    ]
    words = Counter(stem(word) for word in re.findall(r"[a-z'-]+", text.lower()))
    roles = Counter(act.role for _, act, _ in acts)
    handled = Counter(_head(act) for _, act, _ in acts if says_thing(text, act))
    capital = {word.lower() for word in re.findall(r"\b[A-Z][\w'-]*", text)}
    names = frozenset(capital - set(re.findall(r"\b[a-z][\w'-]*", text)))
    places = sentence_places([_own(text, act) for _, act, _ in acts])
    return Whole(text, book, told, about, acts, words, roles, handled, names, places)


def _own(text: str, act: Act) -> str:
    return " ".join(text[act.span.start : act.span.end].split())


def _head(act: Act) -> str:
    return stem(act.thing.split()[-1]) if act.thing else ""


def cues(story: Whole, at: int, doubt: str) -> dict[str, float]:
    """The cues of one action of a story; `doubt` is the rule that takes it for no step ("" for none)."""
    said, act, tied = story.acts[at]
    names = {"*", f"tied {tied}", *act.said, *(f"act {flag}" for flag in _FLAGS if getattr(act, flag))}
    names |= {f"rule {doubt}"} if doubt else set()
    names |= set() if act.said else {"no clause"}
    verb = act.verb.split()[0]
    names |= {f"verb {name}" for name, table in _VERBS.items() if verb in table} | {f"= {verb}"}
    answers = said.opens_with_if is not None and len(said.acts()) == 1  # "roof too weak: she tells the customer, over"
    names -= {"verb at hand"} if answers or act.name.startswith("Find out") else set()  # who finds out looks into it
    found = dict.fromkeys(names | _of_sentence(story, said, act), 1.0)
    acts = [place for place, (other, _, _) in enumerate(story.acts) if other is said]
    found["in sentence later"] = float(at != acts[0])
    found["sentence acts"] = min(len(acts), _MOST_ACTS) / _MOST_ACTS
    found |= _of_role(story, at) | _of_thing(story, act) | _told_twice(story, at) | _of_place(story, said)
    found |= zip(_MEANS, (_MEANING * value for value in story.places[at].tolist()), strict=True)
    return {name: value for name, value in found.items() if value}


def _of_place(story: Whole, said: Said) -> dict[str, float]:
    """Where in the story its sentence stands: people open with what they are and close with what they wish."""
    last = max(1, len(story.told) - 1)
    share_told = said.index / last
    return {
        "place": share_told,
        "place squared": share_told**2,
        "place first": float(said.index == 0),
        "place early": float(said.index < _EDGE),
        "place late": float(said.index > last - _EDGE),
        "place last": float(said.index == last),
        "place opens": float(share_told < _EARLY),
        "place closes": float(share_told > _LATE),
        "place no then yet": float(
            not any(earlier.cue in ("then", "first") for earlier in story.told[: said.index + 1])
        ),
    }


def _of_role(story: Whole, at: int) -> dict[str, float]:
    act = story.acts[at][1]
    role = story.book.roles.get(act.role or "")
    if role is None or act.role is None:
        return {"role none": 1.0}
    words, last = act.role.split(), role.name.lower().split()[-1]
    mentions = story.words[stem(last)]
    return {
        "role first act": float(all(other.role != act.role for _, other, _ in story.acts[:at])),
        "role share": story.roles[act.role] / len(story.acts),
        "role named": float(last in story.names),
        "role named once": float(last in story.names and mentions <= 1),
        "role told": max(0.0, min(1.0, (mentions - 1) / _MOST_TOLD)),
        "role told once": float(mentions <= 1),
        f"role {'we' if act.role == 'we' else role.kind}": 1.0,
        "role adopted": float(act.role in story.book.adopted),
        "role kin": float(words[0] in _KIN or words[-1] in _KIN),
        "role often": min(1.0, (story.roles[act.role] - 1) / _MOST_DONE),
        "role once": float(story.roles[act.role] == 1),
    }


def _of_thing(story: Whole, act: Act) -> dict[str, float]:
    head = _head(act)
    if not head:
        return {"thing none": 1.0}
    return {
        "thing handled": max(0.0, min(1.0, (story.handled[head] - 1) / _MOST_HANDLED)),
        "thing handled once": float(story.handled[head] <= 1),
        "thing told": max(0.0, min(1.0, (story.words[head] - 1) / _MOST_TOLD)),
        "thing told once": float(story.words[head] <= 1),
        "thing people": float(head in UNITS or head in TITLES or act.thing.lower() in story.book.roles),
        "thing digits": float(any(letter.isdigit() for letter in act.name)),
    }


def _of_sentence(story: Whole, said: Said, act: Act) -> set[str]:
    told = " ".join(story.text[said.span.start : said.span.end].split())
    words, own = told.lower(), _own(story.text, act).lower()
    found = {f"cue {said.cue}", *(f"figure {mark.quantity.kind}" for mark in said.marks)}
    for name, pattern in _PATTERNS.items():
        found |= {f"own {name}"} if pattern.search(own) else {f"sentence {name}"} if pattern.search(words) else set()
    place = _IN_A_PLACE.match(told)
    found |= {"opens in a place"} if place and place[1].lower() not in TIME else set()
    found |= {f"word {stem(word)}" for word in re.findall(r"[a-z']+", words)}
    found |= {f"own word {stem(word)}" for word in re.findall(r"[a-z']+", own)}
    found |= {f"ends {words.rstrip()[-1:]}"} if words.rstrip()[-1:] in ("?", "!") else set()
    found |= {"quotes"} if '"' in words or "“" in words else set()
    parts = re.findall(r"[a-z']+", words)
    found |= {"sentence kin"} if _KIN & set(parts) else set()
    found |= {f"opens {parts[0]}" if parts[0] in _OPENING else "opens other"} if parts else set()
    kinds = {item.kind for item in said.items}
    found |= {"sentence if"} if kinds & {"if", "else"} else set()
    found |= {"sentence when"} if "when" in kinds else set()
    found |= {"opens if"} if said.opens_with_if is not None else set()
    found |= {"long"} if len(parts) > _MOST_WORDS // 2 else set()
    aside = story.about[said.index]
    found |= {f"aside {name}" for name in ("heard", "whole", "nobody") if getattr(aside, name)}
    for name, near in (("before", said.index - 1), ("behind", said.index + 1)):
        found |= {f"acts {name}"} if 0 <= near < len(story.told) and story.told[near].acts() else set()
    return found


def _told_twice(story: Whole, at: int) -> dict[str, float]:
    own, verb = content(story.acts[at][1].name), story.acts[at][1].verb
    before = [(share(own, content(act.name)), act.verb) for _, act, _ in story.acts[:at]]
    behind = [share(own, content(act.name)) for _, act, _ in story.acts[at + 1 :] if act.verb == verb]
    return {
        "like one before": max((like for like, _ in before), default=0.0),
        "told before": float(any(like >= _ALIKE and other == verb for like, other in before)),
        "told again": float(any(like >= _ALIKE for like in behind)),
    }
