"""Clauses that only say how things are: what is, has, lasts, or is a rule; and nouns that say the work."""

from __future__ import annotations

from assistant.english.forms import is_nounish, is_plural, singular
from assistant.english.tables import classed
from assistant.language.offline.meaning.gets_done import gets_done, gets_sent
from assistant.language.offline.meaning.noun_meaning import WAYS_IN, Things
from assistant.language.offline.sentences.act_words import (
    group_after,
    had_done,
    is_state,
    lasts,
    shares_premises,
    span,
    unlight,
)
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import TIME, is_time, task_name, words_of
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.role_names import kind_of
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    DOERS,
    MOVE,
    NOMINAL,
    PARTICLES,
    PHASE,
    STATE,
    TITLES,
    UNITS,
    WORK,
)

_WORK, _STATE = frozenset(WORK), frozenset(STATE)
PROCESS = frozenset(
    """
    process procedure workflow instance sub-process subprocess case story flow
    """.split()
)
STEP = frozenset(
    """
    step task job activity thing stage phase next first last second third
    """.split()
)
LASTING = frozenset(
    """
    take last need require cost spend
    """.split()
)
_AGAIN = frozenset(("again", "anew", "over", "once", "all", "new", ",", "."))
_EVERYBODY = frozenset(
    """
    everybody everyone me us people you it them him her
    """.split()
)
_BY_NOW = frozenset("already since years months ever".split())
_LIES = frozenset("lie wait sit stay stand rest".split())
_LACKING = frozenset("need lack lose miss want".split())
_FIRMS = frozenset(
    """
    company firm organisation organization enterprise business manufacturer corporation
    """.split()
)
_TRADE = classed("reading", "trade")
_RULED = classed("reading", "ruled")
_RULES = frozenset("law rule act regulation statute standard code directive treaty by-law contract ordinance".split())
_NO_CHORE = classed("reading", "no-chore")
_CHORES = classed("reading", "chores")
ORIGINS = classed("reading", "origin")
_HOMEWARD = frozenset("go come get take".split())
_GOING = frozenset("go pass fly run come date".split())
_MISHAPS = classed("reading", "mishap")
_PRIVATE = classed("reading", "private")
"""What people do for themselves: "they eat cake"; what a customer or guest does so can be a step."""
_MOODS = classed("reading", "mood")
"""What people get by themselves: nobody does it to them."""
_ORDERED = frozenset("weigh count call turn hang break freeze keep serve melt".split())
"""Verbs of states that are work where they are ordered, or told to "you", with a thing."""
_MAY = frozenset("can could may might".split())
_LOOKING = frozenset("look sound feel seem smell taste".split())
_NOT_WORK = frozenset(("experience", "state", "feature", "detail", "face", "miss", "talk about"))


def _told_you(tokens: list[Token], clause: Clause) -> bool:
    return clause.subject is not None and tokens[clause.subject.head].low == "you"


def _asks_how(tokens: list[Token], clause: Clause, role: str | None) -> bool:
    """ "The desk looks whether the firm is on the list", "counts how many came up", "looks on the map whether …"."""
    verbs = clause.verbs
    if verbs.base not in ("look", "count", "explain") or (role is None and not _told_you(tokens, clause)):
        return False
    asked = any(t.low in ("whether", "if", "what", "which", "how") for t in tokens[verbs.end : verbs.end + 1])
    behind = any(t.low == "whether" for t in tokens[clause.end - 1 : clause.end + 1])
    return (asked and not clause.parts) or (verbs.base == "look" and behind)


_RINGS = frozenset("call contact phone email mail".split())


def _heads_the_notes(tokens: list[Token], clause: Clause) -> bool:
    """ "Repair dept - plant 2": where the notes that follow are from, and no order to repair or plant anything."""
    part, verb = clause.object(), tokens[clause.verbs.start]
    if clause.subject is not None or verb.form != "base" or part is None or part.group.start != part.group.head:
        return False
    head, behind = tokens[part.group.head], tokens[part.end].tag if part.end < len(tokens) else "-"
    place = head.low in UNITS or head.low == "dept" or head.tag == "#"
    return place and behind in ("-", "–", ",") and is_nounish(verb.low) and verb.low not in _RINGS


def _looks_it_up(tokens: list[Token], clause: Clause) -> bool:
    """ "Looks in the price list", "looks on the shelf": where somebody seeks; not "looks in good order"."""
    place = clause.part("in", "on", "under", "inside")
    if place is None or is_time(tokens, place.group) or tokens[place.group.head].tag != "N":
        return False
    return tokens[place.group.start].tag in ("D", "N")


def _is_ordered(tokens: list[Token], clause: Clause) -> bool:
    """ "Weigh the crate", "weigh what is left", "you call the next number": work where it is ordered."""
    verbs, part = clause.verbs, clause.object()
    order = clause.subject is None and clause.kind == "main" and tokens[verbs.start].form == "base"
    if verbs.base not in _ORDERED or not (order or _told_you(tokens, clause)):
        return False
    what = order and any(t.low == "what" for t in tokens[verbs.end : verbs.end + 1])
    thing = part is not None and tokens[part.group.start].tag in ("D", "#") and not is_time(tokens, part.group)
    return what or thing


def _shares_what_is_done(tokens: list[Token], clause: Clause) -> bool:
    """Whether another verb stands right behind, joined by "and", whose object is this one's too."""
    after = [token.tag for token in tokens[clause.verbs.end : clause.verbs.end + 2]]
    return after == ["C", "V"]


class Describing(Things):
    """Tells clauses that describe from those in which something is done."""

    @staticmethod
    def _makes_it(tokens: list[Token], clause: Clause, behind: int) -> bool:
        """Whether something is made, "makes it again", and not made so: "makes it harder"."""
        return behind >= clause.end or tokens[behind].low in _AGAIN

    def _lies(self, tokens: list[Token], subject: Group | None) -> None:
        """ "The watch lies a week before Paul opens it": the watch, from then on."""
        if subject is not None and singular(tokens[subject.head].low) != singular(self.thing.rpartition(" ")[2]):
            self._speaks_of(tokens, subject, many=False)

    def _describes(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        """Whether the clause is about how things are rather than something done."""
        verbs = clause.verbs
        if verbs.base in _LIES and role is None:
            self._lies(tokens, clause.subject)
        if self._no_work(tokens, clause, role):
            return True
        if verbs.passive:
            return self._is_so(tokens, clause, role)
        if verbs.base in LASTING and not verbs.particle and (lasts(tokens, clause) or not clause.parts):
            return True
        part = clause.object()
        if verbs.base in ("drive", "make") and part is not None and tokens[part.group.head].low in _EVERYBODY:
            told, behind = tokens[part.group.head].low, part.group.end
            so = told in ("them", "him", "her", "it") and (behind >= clause.end or tokens[behind].tag != "A")
            if verbs.base == "drive":
                return role is None or not so
            return role is None or told not in ("it", "them") or not self._makes_it(tokens, clause, behind)
        if verbs.base == "get" and verbs.perfect and not verbs.particle:
            return True  # "we have got three mechanics"
        things = [each for each in clause.parts if not each.prep and tokens[each.group.head].low not in TIME]
        if verbs.name == "call" and len(things) > 1:
            return True  # "we call it the red book"
        if verbs.base in ("be", "have", "do") or verbs.name in _NOT_WORK:
            return self._is_or_has(tokens, clause, role)
        if self._tells_of_the_firm(tokens, clause) or shares_premises(tokens, clause):
            return True
        if verbs.base == "work" and role is not None and (on := clause.part("on")) is not None:
            return is_time(tokens, on.group)
        return self._states(tokens, clause, role)

    def _no_work(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        """ "I misread the label", "they eat cake", "another week is gone", "he is volunteering": no case is in hand."""
        verbs = clause.verbs
        subject = clause.subject
        you = subject is not None and tokens[subject.head].low == "you"
        if self.first and _heads_the_notes(tokens, clause):
            return True
        if verbs.name in _MISHAPS or (verbs.base in _PRIVATE and not self._outside(role) and not you):
            return True
        if verbs.passive and verbs.base == "go":
            return True  # "the slots are gone"
        self.further = self._hands_in_otherwise(clause)
        if self.further:
            return True
        fetched = verbs.base == "take" and self._outside(role)  # "if he says no he takes it home": the customer does
        if verbs.base in _HOMEWARD and not fetched and any(word.low == "home" for word in clause.adverbs):
            return True  # "she takes it home"
        if tokens[verbs.start].base == "get" and any(t.low in _MOODS for t in tokens[verbs.start : verbs.end]):
            return True  # "somebody gets tired", "whoever gets fed up first"
        if subject is not None and role is None and verbs.base in _GOING and self._time_or_it(tokens, clause, subject):
            return True
        last = tokens[verbs.end - 1]
        under_way = last.form == "ing" and any(t.tag == "B" for t in tokens[verbs.start : verbs.end])
        return under_way and clause.kind != "sub" and not clause.parts and not verbs.particle

    def _hands_in_otherwise(self, clause: Clause) -> bool:
        """ "She can also fax the log or drop it in the box": a further way of what was told before."""
        way = clause.verbs.modal in _MAY and clause.verbs.base in WAYS_IN and not clause.verbs.passive
        goes_on = self.further and clause.shared
        also = self.done_last in WAYS_IN and any(word.low == "also" for word in clause.adverbs)
        return way and (goes_on or also)

    def _time_or_it(self, tokens: list[Token], clause: Clause, subject: Group) -> bool:
        """ "Another week is gone"; "it goes back to an instruction of the old boss", which is where it comes from."""
        to = clause.part("to")
        origin = tokens[subject.head].low in ("it", "that", "this") and clause.verbs.base in ("go", "date")
        return is_time(tokens, subject) or (origin and to is not None and tokens[to.group.head].low in ORIGINS)

    def _is_so(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        """A passive that says how something is: "we are known", "it's cooled", "this is prescribed"."""
        verbs = clause.verbs
        subject = tokens[clause.subject.head] if clause.subject else None
        if clause.subject is not None and verbs.base in LASTING and is_time(tokens, clause.subject):
            return True  # "four weeks are taken"
        people = subject is not None and subject.low in ("they", "we", "he", "she", "i", "you", "people")
        if (people and verbs.base not in _WORK) or is_state(tokens, clause):
            return True
        by = clause.part("by")
        if verbs.base in _RULED and (by is None or singular(tokens[by.group.head].low) in _RULES):
            return True  # "this is prescribed", "that is laid down by the statutes"
        if verbs.base in ("be", "have", "do") or verbs.name in _NOT_WORK:
            return True
        if subject is not None and (singular(subject.low) in STEP or subject.low == "instance"):
            return True
        return self._tells_of_the_firm(tokens, clause) or (
            verbs.base in _STATE - _WORK - {"receive"} and not self._moving(clause, role)
        )

    def _moving(self, clause: Clause, role: str | None) -> bool:
        return clause.verbs.base in MOVE and role is None and clause.subject is not None

    def _is_or_has(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        """ "The fee has five parts", "is ready"; not "has a look", "has it signed"."""
        verbs, part = clause.verbs, clause.object()
        if role is not None and had_done(tokens, clause) is not None:
            return False
        light = verbs.base in ("have", "do") and self._light(tokens, clause, role)
        if verbs.base == "have" and not light and part is not None and clause.kind == "main" and not verbs.negative:
            self._speaks_of(tokens, part.group)
            self._has_people(tokens, part.group)
        return not light

    def _tells_of_the_firm(self, tokens: list[Token], clause: Clause) -> bool:
        """ "The process starts", and a first sentence such as "Our firm makes windows"."""
        verbs = clause.verbs
        if clause.subject is None:
            return False
        subject = tokens[clause.subject.head]
        if verbs.base in PHASE and subject.low in PROCESS:
            return True
        trades = subject.low in ("we", "office", "team") and verbs.base in _TRADE
        opens = self.first and clause.start == 0 and tokens[0].low in ("a", "an", "our", "the", "we")
        return opens and (subject.low in _FIRMS or trades)

    def _states(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        verbs, part = clause.verbs, clause.object()
        if verbs.base in _LACKING and not verbs.passive and part is not None and tokens[part.group.start].tag == "D":
            self._speaks_of(tokens, part.group, many=False)  # "he needs a part, the warehouse looks it up"
        handled = bool(verbs.particle) and role is not None and part is not None
        if verbs.base in _STATE and verbs.base not in _WORK and not handled:
            return not self._moving(clause, role) and verbs.base not in ("receive",)
        if verbs.base in _LOOKING and part is not None and tokens[part.group.head].tag == "A":
            return True  # "they look clean"
        seeks = clause.part("for", "into", "after", "through") is not None or _looks_it_up(tokens, clause)
        if verbs.base == "look" and (role is not None or clause.subject is None) and seeks:
            return False
        if _asks_how(tokens, clause, role) or _is_ordered(tokens, clause):
            return False
        if verbs.base in _STATE and not verbs.particle:
            if part is None and _shares_what_is_done(tokens, clause):
                return role is None  # "weighs and labels the parcel"
            if verbs.base == "call" and (part is None or is_time(tokens, part.group)):
                return role is None or bool(self._outside(role))  # "the nurse calls next morning"
            return role is None or part is None or is_time(tokens, clause.parts[0].group)
        return False

    def _has_happened(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        """ "It has caught two people in four years", "has already entered the same data": told as what once was."""
        if not clause.verbs.perfect or clause.kind != "main":
            return False
        return role in (None, "we") or any(t.low in _BY_NOW for t in tokens[clause.verbs.start : clause.end])

    def _speaks_of(self, tokens: list[Token], group: Group, many: bool = True) -> None:
        """ "The fee has five parts": "them" can mean the parts from then on; `many` of them, or one."""
        head = tokens[group.head]
        if (
            head.tag == "N"
            and (not many or singular(head.low) != head.low)
            and head.low not in TIME
            and kind_of(tokens, group, head.low, False) is None
        ):
            self.thing = " ".join(t.low for t in tokens[group.start : group.end] if t.tag in ("A", "N"))

    def _asked_of(self, tokens: list[Token], asked: Clause) -> None:
        """ "Looks whether the parts are in stock; when they are not, she orders them": the parts, from then on."""
        subject = asked.subject
        if subject is not None and asked.verbs.base == "be" and tokens[subject.start].low == "the":
            self._speaks_of(tokens, subject, many=False)

    def _has_people(self, tokens: list[Token], group: Group) -> None:
        """ "We have two designers, Goran and Lisa": "they" are the designers from then on."""
        stop = next((i for i in range(group.start, group.end) if tokens[i].tag in (",", "C")), group.end)
        counted = max((i for i in range(group.start, stop) if tokens[i].tag == "#"), default=None)
        if counted is None or counted + 1 >= stop:
            return
        people = Group(counted + 1, stop, stop - 1)
        if not is_plural(tokens[stop - 1].low) or singular(tokens[stop - 1].low) not in TITLES:
            return
        met = set(self.book.roles)
        key = self.book.find(tokens, people, True)
        if key is not None:
            role = self.book.roles[key]
            role.name = role.name if key in met else key[:1].upper() + key[1:]
            self.book.remember(key, many=True)

    def _light(self, tokens: list[Token], clause: Clause, role: str | None) -> bool:
        """ "has a look", "does a test drive", "does the dishes": light verbs with a noun that says the work."""
        part = clause.object()
        if role is None or part is None:
            return False
        head = tokens[part.group.head]
        named = head.low in (*NOMINAL, "meeting", "interview", "call", "chat")
        chore = head.low in _CHORES or (head.low.endswith("ing") and head.low not in _NO_CHORE)
        chore = chore or head.low.rpartition("-")[2] in PARTICLES | {"round"}  # "does the walk-round", "the check-up"
        those = tokens[part.group.start].low in ("the", "all")
        one = tokens[part.group.start].low in ("a", "an") and tokens[part.group.head - 1].tag != "A"
        chore = chore or (one and head.low in _WORK - _NO_CHORE)  # "does a test run", "does a stock count"
        chore = chore or (those and head.low not in _NO_CHORE)  # "does the labels", "does the contract"
        return named or (clause.verbs.base == "do" and head.tag == "N" and chore)

    def _needed(self, tokens: list[Token], clause: Clause) -> Act | None:
        """ "Amounts over 200 require approval by the supervisor", "a review takes place": the noun says the work."""
        verbs, subject = clause.verbs, clause.subject
        if verbs.negative or subject is None:
            return None
        if (done := gets_sent(self, tokens, clause) or gets_done(self, tokens, clause)) is not None:
            return done
        if verbs.base in ("require", "need") and not verbs.passive and (part := clause.object()) is not None:
            head, words = tokens[part.group.head].low, tokens[part.group.start : part.group.end]
            by = clause.part("by", "from", "of", "through")
            at = next((i for i, t in enumerate(words) if t.low == "of"), None)
            who = by.group if by else (group_after(part.group, at) if at is not None else None)
            role = self.book.find(tokens, who, True) if who is not None else None
            thing = self._thing(tokens, subject)
            if head not in NOMINAL or role is None or not thing:
                return None
            act = Act(
                task_name(NOMINAL[head], [thing], []), NOMINAL[head], span(tokens, subject.start, clause.end), role=role
            )
            act.thing = " ".join(thing)
            return act
        if (
            verbs.name in ("take place", "happen", "follow")
            and not verbs.passive
            and tokens[subject.head].low in NOMINAL
        ):
            verb, objects = unlight("perform", [words_of(tokens, subject)])
            if verb == "perform" or not objects:
                return None
            act = Act(task_name(verb, objects, []), verb, span(tokens, subject.start, clause.end))
            act.thing = " ".join(objects[0])
            return act
        return None

    def _moves_by_itself(self, tokens: list[Token], subject: Group) -> bool:
        """ "The linen goes to the laundry": a word that is nobody's title does nothing by going."""
        head = tokens[subject.head]
        if head.tag != "N" or head.text[:1].isupper() or self.book.knows(tokens, subject):
            return False
        return self.book.find(tokens, subject, False) is None and singular(head.low) not in DOERS
