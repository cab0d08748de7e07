"""Small decisions about one clause: light verbs, indirect questions, shared objects, talk about the telling."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.english.forms import singular, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.sentences.clauses import Clause, Part
from assistant.language.offline.sentences.labels import is_time, words_of
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    ADJECTIVES,
    CONTROL,
    LIGHT,
    MOVE,
    NOMINAL,
    OUTSIDE,
    PHASE,
    SAYS_WHAT,
    STATE,
    TITLES,
    UNITS,
    WORK,
)
from assistant.process.durations import Span

_WORK, _STATE = frozenset(WORK), frozenset(STATE)
_DONE = _WORK | {"rig"}
NOTHING = {"nothing", "no one", "nobody", "none"}
_EFFECTS = classed("reading", "effects")


_WORKPLACES = classed("reading", "workplace")
_TALK = frozenset("process procedure workflow instance case story step task activity phase check approval".split())


def deliberate(clause: Clause) -> bool:
    """Whether a clause has the shape "somebody does plain work on something"."""
    verbs = clause.verbs
    plain = verbs.base in _WORK and verbs.base not in _STATE and verbs.base not in MOVE | PHASE | _EFFECTS
    plain = plain or (verbs.base == "do" and verbs.kind == "finite")  # "Des does all the cutting"
    asked = verbs.base in SAYS_WHAT & CONTROL  # "Laurens checks whether it fits"
    direct = clause.object() is not None or (bool(verbs.particle) and bool(clause.parts)) or asked
    return plain and direct and not verbs.passive and not verbs.negative and clause.kind == "main"


def looks_like_work(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause that gave no step still tells of work, so that leaving it out must be said."""
    if shares_premises(tokens, clause):
        return False
    verbs = clause.verbs
    if verbs.base not in _WORK or verbs.base in _STATE | PHASE or verbs.negative or tells_the_story(tokens, clause):
        return False
    subject = tokens[clause.subject.head] if clause.subject else None
    direct = clause.object()
    if (verbs.base == "get" and verbs.perfect) or (direct and tokens[direct.group.head].low in ("me", "us", "you")):
        return False
    if subject is not None and singular(subject.low) in _TALK:
        return False
    if subject is not None and (subject.low in NOTHING or subject.low in ("it", "this", "that", "i", "you")):
        return False
    return bool(clause.parts) and (subject is not None or clause.kind == "main")


def hides_work(tokens: list[Token]) -> bool:
    """Whether a word taken for a noun stands where a verb of work does: "… does the officer prepare the permit"."""
    for token, after in pairwise(tokens):
        if token.tag == "N" and after.tag == "D" and after.low in ("the", "a", "an", "his", "her", "their"):
            bases = {form.base for form in verb_forms(token.low) if form.form in ("s", "base")}
            if bases & _WORK and not bases & (_STATE | PHASE):
                return True
    return False


def tells_the_story(tokens: list[Token], clause: Clause, first: bool = False) -> bool:
    """Whether a clause is about the telling: "I was asked to write down how …", "I run sales operations"."""
    subject = tokens[clause.subject.head].low if clause.subject else ""
    verbs = clause.verbs
    if subject == "i" and verbs.passive and (verbs.past or verbs.base == "ask"):
        return True
    if verbs.base in ("run", "lead", "manage", "head", "work") and subject in ("i", "we") and not verbs.passive:
        part = clause.object()
        named = part and tokens[part.group.head].low.split()[-1]
        return not named or named in _WORKPLACES or singular(named) in _WORKPLACES
    whole = clause.start == 0 or all(t.tag in ("R", ",", "C") for t in tokens[: clause.start])
    if (
        subject == "i"
        and whole
        and first
        and verbs.base in ("do", "handle", "plan", "organise", "organize", "coordinate")
    ):
        return not verbs.modal
    looks_after = verbs.name == "look after" or (verbs.base == "look" and clause.part("after") is not None)
    if (looks_after or (verbs.name == "take care of" and first)) and subject in ("i", "we"):
        return True
    if (
        verbs.base in ("tell", "describe", "explain", "mention", "summarise", "summarize", "admit")
        and subject in ("i", "", "me", "you")
        and not verbs.passive
        and not _somebody_told(tokens, clause)
    ):
        return subject != "" or clause.start == 0 or verbs.base in ("describe", "explain", "mention", "admit")
    if subject == "i" and verbs.base in ("add", "say", "guess") and verbs.modal:
        return True
    if subject == "you" and verbs.base == "ask" and clause.end < len(tokens):
        return True
    direct = clause.object()
    if subject in ("", "i") and verbs.base == "see" and direct is not None and tokens[direct.group.head].low == "you":
        return True
    own = subject in ("i", "we", "you") and verbs.name == "hear"
    return own or verbs.name in ("end up", "get round", "get around")


def _somebody_told(tokens: list[Token], clause: Clause) -> bool:
    """ "Then I tell the class teacher": a noun that names people, not "you" who listens."""
    part = clause.object()
    return part is not None and (singular(tokens[part.group.head].low) in TITLES | UNITS | OUTSIDE)


def is_state(tokens: list[Token], clause: Clause) -> bool:
    """ "It's cooled", "he's got the patient there": how things are, though it looks like something done."""
    if clause.verbs.base == "get":
        return clause.part("by") is None
    alone = clause.subject is not None and tokens[clause.subject.head].low in ("it", "that", "he", "she", "they")
    bare = all(is_time(tokens, part.group) for part in clause.parts)
    if any(tie.meaning == "then" or tie.low == "then" for tie in [*clause.ties, *clause.adverbs]):
        return False  # "after that it's scanned"
    if any(token.tag == "S" and token.low in ("if", "when") for token in tokens[: clause.start]):
        return False  # "if a wheel is bent, it's repaired"
    return alone and tokens[clause.verbs.start].low in ("'s", "'re") and bare and clause.kind != "rel"


_PREMISES = classed("reading", "premises")
_ONE = frozenset("one a an same single".split())


def shares_premises(tokens: list[Token], clause: Clause) -> bool:
    """ "They share one desk", "use the same van", "share the house with a dentist" say how things are.

    Sharing a report with somebody, or out among them, is work."""
    verbs, thing = clause.verbs, clause.object()
    if verbs.base not in ("share", "use") or verbs.passive or verbs.particle or thing is None:
        return False
    words = {token.low for token in tokens[thing.group.start : thing.group.end]}
    fixed = singular(tokens[thing.group.head].low) in _PREMISES
    if verbs.base == "use":
        return fixed and bool(words & (_ONE - {"a", "an"}))
    given = clause.part("with", "among", "between") is not None
    return fixed or (bool(words & _ONE) and not given)


def brings_along(tokens: list[Token], subject: Token, part: Part) -> bool:
    """ "He comes back with a list", "she goes back to the shop": somebody walks, and nothing is done again."""
    named = subject.tag == "N" and (singular(subject.low) in TITLES or subject.text[:1].isupper())
    home = part.prep == "to" and tokens[part.group.head].low in _PREMISES
    return (named or subject.low in ("he", "she")) and (part.prep == "with" or home)


def group_after(group: Group, at: int) -> Group:
    """The group behind the "of" at place `at` of a group."""
    return Group(group.start + at + 1, group.end, group.end - 1)


def given(tokens: list[Token], clause: Clause) -> list[str] | None:
    """ "Every crate gets its label", "it gets a number": what somebody puts on it; not "every fifth cake gets one"."""
    part = clause.object()
    if clause.verbs.name != "get" or part is None or clause.subject is None or clause.verbs.negative:
        return None
    start, head = tokens[part.group.start], tokens[part.group.head]
    some = tokens[clause.subject.start].meaning == "chance"
    asked = start.low in ("a", "an") and singular(head.low) in classed("reading", "comes-to-units")
    if some or asked or start.low not in ("a", "an", "its", "their") or head.tag != "N" or is_time(tokens, part.group):
        return None
    stop = next((i for i in range(part.group.start, part.group.end) if tokens[i].tag == ","), part.group.end)
    return words_of(tokens, Group(part.group.start, stop, part.group.head))


def leaves(tokens: list[Token], clause: Clause, carried: Part) -> bool:
    """Whether something goes out or off by post, by mail, with a courier: how, not whose or when."""
    off = {clause.verbs.particle, *(word.low for word in clause.adverbs)} & {"out", "off"}
    return bool(off) and not clause.verbs.negative and not is_time(tokens, carried.group)


def lasts(tokens: list[Token], clause: Clause) -> bool:
    """Whether a "takes" speaks of time: "the run takes him forty minutes"."""
    after_comma = {
        part.start for part in clause.parts[1:] if any(t.tag == "," for t in tokens[clause.verbs.end : part.start])
    }
    return any(
        is_time(tokens, part.group)
        or not classed("reading", "takes-long").isdisjoint(t.low for t in tokens[part.start : part.end])
        for part in clause.parts
        if part.prep in ("", "about", "around", "over", "up to") and part.start not in after_comma
    )  # "takes the blood, results next morning" is no time it takes


def comes_back_so(tokens: list[Token], clause: Clause) -> bool:
    """ "Six in a hundred come back torn": how it comes back, and no way back of the work."""
    at = next((i for i in range(clause.verbs.start, clause.end) if tokens[i].low == "back"), len(tokens))
    how = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return clause.verbs.base in ("come", "return") and (
        how in ADJECTIVES or any(form.form == "en" for form in verb_forms(how))
    )


def question_words(tokens: list[Token], clause: Clause) -> list[list[str]]:
    """What is asked, as words: "whether parts are available"."""
    link = ["whether"] if any(t.low in ("if", "whether") for t in clause.ties) else []
    words = [
        t
        for i, t in enumerate(tokens[clause.start : clause.end], clause.start)
        if (t.tag not in ("S", "C", ",", "D", "R") and t.low not in ("that", "if"))
        or (i and tokens[i - 1].low == "how" and t.tag in ("D", "R"))  # "how many", "how often"
    ]
    return [link + [_WHOLE.get(t.low) or (t.low if not t.text.isupper() else t.text) for t in words[:8]]]


_WHOLE = {"'s": "is", "’s": "is", "'re": "are", "’re": "are"}
"""Verbs written short, as a name has them: "whether there's a room"."""


def _process_of(words: list[str]) -> tuple[str, list[str]] | None:
    """ "executes the process of validating invoices" is validating invoices."""
    for place in range(len(words) - 3):
        if words[place].lower() in ("process", "procedure", "task", "job") and words[place + 1] == "of":
            form = next((f for f in verb_forms(words[place + 2].lower()) if f.form == "ing"), None)
            return (form.base, words[place + 3 :]) if form is not None else None
    return None


def unlight(verb: str, objects: list[list[str]]) -> tuple[str, list[list[str]]]:
    """ "perform a check of the order" → "check order"; anything else stays."""
    process = _process_of(objects[0]) if objects else None
    if process is not None:
        return process[0], [process[1], *objects[1:]]
    if not objects or (verb not in LIGHT and verb != "carry out"):
        return verb, objects
    words = objects[0]
    place = next((i for i, word in enumerate(words) if word.lower() in NOMINAL), None)
    if place is None or (place + 1 < len(words) and words[place + 1] not in ("of", "on", "for")):
        return verb, objects
    if place and (
        verb in ("have", "give", "hold")
        or all(w.lower() in ADJECTIVES or w.lower() in ("second", "first", "third") for w in words[:place])
    ):
        return verb, objects
    if len(words) == 1:
        return NOMINAL[words[0].lower()], objects[1:]
    rest = words[place + 2 :] + words[:place] if place + 1 < len(words) else words[:place]
    return (NOMINAL[words[place].lower()], [rest, *objects[1:]]) if rest else (verb, objects)


def answers_call(clause: Clause) -> bool:
    """ "picks up and jots down the name": lifting the receiver."""
    return clause.verbs.name in ("pick up", "hang up") and not clause.parts and not clause.verbs.passive


def holds_back(tokens: list[Token], clause: Clause, nearby: list[Clause]) -> bool:
    """ "You don't start until the boss has a look and signs": what is not done before something else is."""
    for before in nearby[: nearby.index(clause)]:
        nobody = before.subject is not None and tokens[before.subject.start].low in NOTHING | {"no"}
        if before.kind == "main" and (before.verbs.negative or nobody):
            return True
    return False


def on_the_way(tokens: list[Token], clause: Clause, nearby: list[Clause]) -> bool:
    """ "comes and picks it up", "goes and checks": the going is part of what is done there."""
    if clause.verbs.base not in ON_THE_WAY or clause.verbs.passive or clause.verbs.base == "drive":
        return False
    if any(not is_time(tokens, part.group) and tokens[part.group.head].tag != "#" for part in clause.parts):
        return False
    following = next((c for c in nearby if c.start == clause.end), None)
    return following is not None and following.shared and bool(following.tie("C") or following.tie(","))


def purpose(clause: Clause, nearby: list[Clause]) -> Clause | None:
    """ "goes to his house to measure", "rings to ask whether it has come": what somebody goes or rings for."""
    following = next((c for c in nearby if c.start == clause.end), None)
    asks = following is not None and following.verbs.base in _ASKING
    if clause.verbs.base in RINGING and asks and not clause.verbs.passive and not clause.verbs.negative:
        return following if following.kind == "to" else None  # type: ignore[union-attr]
    if clause.verbs.base not in ON_THE_WAY or clause.verbs.passive or clause.verbs.negative or clause.object():
        return None
    fits = following is not None and following.kind == "to" and following.verbs.base in _WORK
    return following if fits and not following.verbs.passive else None  # type: ignore[union-attr]


RINGING, _ASKING = frozenset("ring call phone telephone".split()), frozenset("ask remind inform".split())
ON_THE_WAY = classed("reading", "on-the-way")
_ALONE = classed("reading", "alone")
"""Verbs that need no object: "pays and takes the bike" is not paying the bike."""


def finds_something(tokens: list[Token], clause: Clause) -> bool:
    """ "he finds something in one of fifty": what may come out of a check, and no step."""
    part = clause.object()
    if clause.verbs.base not in _NOTICES or clause.verbs.particle or part is None:
        return False
    words = {t.low for t in tokens[part.group.start : part.group.end]}
    return tokens[part.group.head].low in _FOUND or bool(words & _AMISS) or tokens[part.group.head].tag == "#"


_NOTICES = frozenset("find notice see spot discover".split())
_FOUND = frozenset("something anything mistake mistakes error errors fault faults difference differences".split())
_AMISS = frozenset("wrong missing".split())


def had_done(tokens: list[Token], clause: Clause) -> Token | None:
    """ "has it signed", "gets the form stamped": the participle of what somebody has done by others."""
    part = clause.object()
    if clause.verbs.base not in ("have", "get") or clause.verbs.passive or clause.verbs.perfect or part is None:
        return None
    at = part.group.end
    if at >= clause.end or part.start != clause.verbs.end:
        return None
    token = tokens[at]
    return (
        token if token.tag == "V" and token.form in ("en", "ed") and token.base.removeprefix("re-") in _DONE else None
    )


def shared_object(clause: Clause, nearby: list[Clause]) -> list[Part]:
    """ "packs and ships the goods": the object of the verb that follows directly is meant for both."""
    if clause.verbs.base in _ALONE or clause.verbs.base in ON_THE_WAY:
        return []
    following = next((c for c in nearby if c.start == clause.verbs.end), None)
    if following is None or clause.parts or not (following.shared or following.verbs.kind == "to"):
        return []
    part = following.object()
    return [part] if part is not None and following.tie("C") else []


def shared_agent(clause: Clause, nearby: list[Clause]) -> Part | None:
    """ "Folded, put into envelopes and stamped by the trainee": who does the last does them all."""
    row = [c for c in nearby if c.start >= clause.end and c.verbs.passive and c.shared][:4]
    at = clause.end
    for place, each in enumerate(row):
        if each.start != at:
            return None
        at = each.end
        if (by := each.part("by")) is not None:
            return by if each.tie("C") and not any(c.part("by") for c in row[:place]) else None
    return None


def home(clause: Clause, by: Part | None) -> Part | None:
    """ "Dug by two men from the depot": where they are from, no part of what is done."""
    behind = next((part for part in clause.parts if by is not None and part.start == by.end), None)
    return behind if behind is not None and behind.prep in ("from", "of", "in", "at") else None


def homeward(clause: Clause) -> list[list[str]]:
    """ "Sends him home": where to is part of what is done, and ends it for him."""
    off = clause.verbs.base == "send" and any(word.low == "home" for word in clause.adverbs)
    return [["home"]] if off else []


def span(tokens: list[Token], start: int, end: int) -> Span:
    """The characters of tokens `start` to `end`, closing marks left out."""
    last = max(start, end - 1)
    while last > start and tokens[last].tag in (",", ";", "C", "."):
        last -= 1
    return Span(start=tokens[start].start, end=tokens[last].end)


def same_again(clause: Clause, other: Clause) -> bool:
    """ "She mends what has to be mended": the thing spoken of."""
    return other is not clause and other.kind == "comp" and other.verbs.base == clause.verbs.base


def fronted(tokens: list[Token], part: Part, clause: Clause) -> bool:
    """ "The mattress Yusuf inspects", "those he sends back": what is worked on, before who does it."""
    if part.prep or clause.subject is None:
        return False
    close = part.end == clause.subject.start and tokens[part.group.head].tag == "N" and not is_time(tokens, part.group)
    return close or tokens[part.group.head].low in ("those", "these")


def there(parts: list[Part]) -> list[Part]:
    """ "Goes to the house to measure": it is done at the house."""
    return [replace(part, prep="at") if part.prep == "to" else part for part in parts]


def those_alone(tokens: list[Token], part: Part) -> Part:
    """ "Boxes with no date, and those I throw out": what stands before is no part of what is thrown."""
    at = next((i for i in range(part.start, part.end) if tokens[i].low in ("those", "these")), None)
    alone = at is not None and at + 1 == part.end
    return replace(part, group=Group(at, at + 1, at), start=at) if at is not None and alone else part
