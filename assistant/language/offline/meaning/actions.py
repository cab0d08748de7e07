"""From a clause to an action: passive to active, things to their names, subjects to roles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.english.forms import is_plural, singular
from assistant.english.tables import classed
from assistant.language.offline.meaning.describing import LASTING, PROCESS, STEP, Describing
from assistant.language.offline.meaning.step_cues import of_clause
from assistant.language.offline.sentences.act_words import (
    NOTHING,
    answers_call,
    deliberate,
    finds_something,
    fronted,
    given,
    had_done,
    home,
    homeward,
    lasts,
    leaves,
    on_the_way,
    purpose,
    question_words,
    same_again,
    shared_agent,
    shared_object,
    span,
    tells_the_story,
    there,
    those_alone,
    unlight,
)
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import (
    complements,
    condition_text,
    is_time,
    keeps,
    task_name,
    up_to_noun,
    words_of,
)
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    CONTROL,
    DITRANSITIVE,
    HANDS_ON,
    LIGHT,
    MOVE,
    NOMINAL,
    REFUSE,
    SAYS_WHAT,
    STATE,
    TIMED,
    UNITS,
    WORK,
)

_WORK, _STATE = frozenset(WORK), frozenset(STATE)
ASKS = classed("reading", "asks")
_RECEIVE = {"arrive": "Receive", "come": "Receive", "land": "Receive", "reach": "Receive"}
_HAND = {"go": "Forward", "travel": "Forward", "flow": "Forward", "return": "Return", "get": "Forward"}
_INSIDE = ("in", "on", "through", "under")
_EVERYONE = frozenset("everyone everybody somebody someone anyone anybody".split())
HYPOTHESIS = frozenset("would could might 'd".split())
WISHES = frozenset("want wish like hope love hate prefer dream threaten refuse".split())
_SHARES = frozenset("most many some few others rest all quarter half".split())
_AT_TIMES = frozenset("sometimes occasionally optionally rarely".split())
_OPEN = frozenset("what that how whether where who which why".split())


class Acts(Describing):
    """Makes actions from clauses. Remembers the thing last worked on, so that "it" gets its name."""

    def make(self, tokens: list[Token], clause: Clause, nearby: list[Clause]) -> Act | None:
        """The action of a clause; None when the clause only describes, denies or hopes."""
        act = self._made(tokens, clause, nearby)
        if act is not None:
            act.said |= of_clause(tokens, clause, nearby)
            self.note_done(act, clause.kind == "rel")
        return act

    def _made(self, tokens: list[Token], clause: Clause, nearby: list[Clause]) -> Act | None:
        verbs = clause.verbs
        role = self.doing = self._subject_role(tokens, clause)
        bare = clause.subject is None and not clause.front and clause.kind == "main"
        if role is None and bare and tokens[verbs.start].form == "s":
            role = self.doing = self.book.last_group  # "Then asks the customer": who was told of last goes on
        elif role is None and deliberate(clause):
            role = self.doing = self.book.adopt(tokens, clause.subject) if clause.subject else None
        self.book.doing = role
        needed = self._needed(tokens, clause)
        if needed is not None:
            return needed
        if verbs.base == "say" and role is not None and not verbs.negative and self.thing:
            return self._answered(tokens, clause, role)
        if verbs.base in ("come", "follow") and clause.subject is None and clause.object() is not None:
            return None  # "now comes the fee"
        if answers_call(clause) or on_the_way(tokens, clause, nearby) or finds_something(tokens, clause):
            return None
        if (aim := purpose(clause, nearby)) is not None and role is not None:
            return self._gone_for(tokens, clause, aim, nearby)
        nobody = clause.subject is not None and tokens[clause.subject.start].low in ("no", "neither", "nobody")
        if (
            nobody
            or verbs.negative
            or self._describes(tokens, clause, role)
            or tells_the_story(tokens, clause, self.early)
        ):
            return None
        start = clause.subject.start if clause.subject and not clause.shared and clause.kind != "rel" else verbs.start
        act = Act("", verbs.base, span(tokens, start, clause.end), past=verbs.past)
        act.shared, act.once = clause.shared, verbs.past or self._has_happened(tokens, clause, role)
        act.hypothetical, act.wish = verbs.modal in HYPOTHESIS, verbs.via in WISHES
        act.to_us = any(tokens[p.group.head].low in ("us", "me") and p.prep != "by" for p in clause.parts)
        act.order = bare and role is None and verbs.kind == "finite" and tokens[verbs.start].form == "base"
        if not verbs.passive and role is None and verbs.base in MOVE and clause.subject is not None:
            return self._moved(tokens, clause, act)
        if verbs.passive:
            self._passive(tokens, clause, act, nearby)
        elif not self._active(tokens, clause, act, role, nearby):
            return None
        act.back_to = self._back_to(tokens, clause)
        told = clause.adverbs + clause.ties
        act.again = any(t.low in ("again", "once again", "once more") for t in told)
        act.optional = any(t.meaning == "sometimes" or t.low in _AT_TIMES for t in told)
        return act if len(act.name) > 2 else None

    def _answered(self, tokens: list[Token], clause: Clause, role: str) -> Act | None:
        """ "The owner has to say yes", "says yes or no": approving, or deciding about, the thing worked on."""
        words = {t.low for t in tokens[clause.verbs.end : clause.end]}
        verb = "decide" if {"yes", "no"} <= words else "approve" if "yes" in words else ""
        if not verb:
            return None
        start = clause.subject.start if clause.subject and not clause.shared else clause.verbs.start
        about = [["about", *self.thing.split()]] if verb == "decide" else []
        name = task_name(verb, [] if about else [self.thing.split()], about)
        self.book.remember(role, self.book.roles[role].many)
        return Act(name, verb, span(tokens, start, clause.end), role=role, thing=self.thing)

    def _back_to(self, tokens: list[Token], clause: Clause) -> str | None:
        """Who inside gets back what is not right, to do it again."""
        verbs, to = clause.verbs, clause.part("to")
        back = verbs.particle == "back" or any(t.low == "back" for t in clause.adverbs) or verbs.base == "return"
        key = self.book.find(tokens, to.group, False) if back and to is not None else None
        return key if key is not None and self.book.roles[key].kind in ("person", "group") else None

    def _gone_for(self, tokens: list[Token], clause: Clause, aim: Clause, nearby: list[Clause]) -> Act | None:
        """ "A fitter goes to the house to measure" is measuring at the house."""
        whole = replace(aim, kind="main", subject=clause.subject, parts=[*aim.parts, *there(clause.parts)])
        return self.make(tokens, whole, [each for each in nearby if each is not aim])

    # --- who

    def _subject_role(self, tokens: list[Token], clause: Clause) -> str | None:
        if clause.subject is None or clause.verbs.passive or (clause.verbs.base in LASTING and lasts(tokens, clause)):
            return None
        if (
            clause.verbs.base in MOVE
            and clause.verbs.particle in ("", "back")
            and self._moves_by_itself(tokens, clause.subject)
        ):
            return None
        roles, _ = self._roles_in(tokens, clause.subject, True)
        return roles[0] if roles else None

    # --- what

    def _moved(self, tokens: list[Token], clause: Clause, act: Act) -> Act | None:
        """ "The form goes to accounts" is somebody handing it over; "an order comes in" is one being received."""
        subject = clause.subject
        if (
            subject is None
            or tokens[subject.head].tag in ("D",)
            or self._all_get(tokens, clause)
            or tokens[subject.head].low in PROCESS - {"case"}
            or (clause.verbs.base == "come" and clause.part("for") is not None)  # "they come for another fitting"
        ):
            return None
        thing = self._thing(tokens, subject)
        if not thing or tokens[subject.head].low in _SHARES:
            return None
        base = clause.verbs.base
        to = clause.part("to", "into", "onto", "in", "on", "at", "through", "under")
        inside = to is not None and to.prep in _INSIDE and base == "go" and not is_time(tokens, to.group)
        if base in _HAND and to is not None and (inside or to.prep in ("to", "into", "onto")):
            receiver = self.book.find(tokens, to.group, False)
            if base == "get" and receiver is None:
                return None
            verb = "put" if inside else _HAND[base].lower()  # "the sample goes in the fridge"
            act.name = task_name(verb, [thing], [[to.prep, *words_of(tokens, to.group)]])
            act.contact = self._outside(receiver)
            act.goes_to = receiver if base == "go" else None
            if receiver is not None:
                self.book.remember(receiver, is_plural(tokens[to.group.head].low))
        elif base == "go" and (carried := clause.part("by", "with", "via")) and leaves(tokens, clause, carried):
            act.verb = "send"  # "the offer goes out by post"
            act.name = task_name("send", [thing], [[carried.prep, *words_of(tokens, carried.group)]])
        elif base in _RECEIVE and clause.verbs.particle != "out":  # "the frame comes out crooked"
            act.name = task_name("receive", [thing], [w for w in complements(tokens, clause) if w[0] in ("from",)])
            act.verb, act.arrives = "receive", True
            act.role = self.book.find(tokens, to.group, False) if to else None
        elif (label := given(tokens, clause)) is not None:
            act.verb, act.name = "give", task_name("give", [label], [["to", *thing]])
        else:
            if not clause.verbs.negative:
                self.thing = " ".join(thing)  # "the report goes out: the secretary prints it"
            return None
        act.thing = self.thing = " ".join(thing)
        return act

    def _all_get(self, tokens: list[Token], clause: Clause) -> bool:
        """ "Everyone gets a letter": no thing that moves; the letter is spoken of from then on."""
        part = clause.object()
        everyone = clause.subject is not None and tokens[clause.subject.head].low in _EVERYONE
        if everyone and clause.verbs.base == "get" and part is not None and tokens[part.group.start].low != "no":
            self.thing = " ".join(words_of(tokens, part.group))
        return everyone

    def _passive(self, tokens: list[Token], clause: Clause, act: Act, nearby: list[Clause]) -> None:
        by = clause.part("by", "by using") or shared_agent(clause, nearby)
        if by is not None:
            roles, joint = self._roles_in(tokens, by.group, True)
            self._give(act, roles, joint)
        objects: list[list[str]] = []
        if clause.subject is not None:
            self._note_handled(tokens, [clause.subject], clause.verbs.base)
            objects = [thing] if (thing := self._thing(tokens, clause.subject, clause.verbs.base)) else []
            asked = clause.verbs.base in ASKS | DITRANSITIVE
            receiver = self.book.find(tokens, clause.subject, False) if asked else None
            act.contact = self._outside(receiver)
        elif self.thing and not clause.front and act.role is not None:
            objects = [self.thing.split()]  # "anything that comes in is signed by the boss"
        verb, objects = unlight(clause.verbs.name, objects)
        kept = complements(tokens, clause, by, home(clause, by))
        direct = clause.object()
        if (
            direct is not None
            and keeps(tokens, direct, False)
            and direct is not by
            and clause.verbs.base in DITRANSITIVE
        ):
            target = [["to", *chunk] for chunk in objects]
            objects, kept = [words_of(tokens, direct.group)], target + kept
        kept += self._what(tokens, clause, nearby)
        act.name = task_name(verb, objects, kept)
        act.contact = act.contact or self._contact(tokens, clause)
        act.system = self._system(tokens, clause)
        if objects:
            act.thing = " ".join(objects[0])
            if clause.subject is not None and self.book.find(tokens, clause.subject, False) is None:
                self.thing = act.thing

    def _active(self, tokens: list[Token], clause: Clause, act: Act, role: str | None, nearby: list[Clause]) -> bool:
        subject = clause.subject
        if subject is not None:
            roles, joint = self._roles_in(tokens, subject, True)
            if role and role not in roles:
                roles = [role]
            self._give(act, roles, joint)
            if not roles and not self._may_act(tokens, subject, clause.kind):
                return False
            if roles and roles[0] == role and clause.kind != "rel":
                self.book.remember(roles[0], self.book.roles[roles[0]].many)
        elif role is not None:
            self._give(act, [role], "")
        objects, kept = self._objects(tokens, clause, act, nearby)
        self._asked(tokens, clause)
        kept = [*homeward(clause), *kept, *self._what(tokens, clause, nearby)]
        done = had_done(tokens, clause)
        verb, objects = (clause.verbs.name, objects) if done is not None else unlight(clause.verbs.name, objects)
        if (
            not objects
            and clause.verbs.base in HANDS_ON
            and any(k[0] in ("to", "into", "back") for k in kept)
            and self.thing
        ):
            objects = [self.thing.split()]
        if (
            not objects
            and all(k[0] == "against" for k in kept)
            and clause.verbs.base in CONTROL | REFUSE | {"accept", "turn"}
            and clause.kind != "rel"
            and self.thing
        ):
            objects = [self.thing.split()]
        objects = self._whom(tokens, clause, objects, not objects and not kept)
        if not objects and self.thing and any(same_again(clause, each) for each in nearby):
            objects = [self.thing.split()]
        if done is not None and objects:
            act.verb, objects = done.base, [[*objects[0], done.low], *objects[1:]]
        act.name = task_name(verb, objects, kept)
        act.contact = act.contact or self._contact(tokens, clause)
        act.system = self._system(tokens, clause)
        nothing = any(tokens[part.group.start].low == "no" for part in clause.parts[:1])
        return not nothing and bool(objects or kept or verb.partition(" ")[0] in _WORK or clause.verbs.particle)

    def _objects(
        self, tokens: list[Token], clause: Clause, act: Act, nearby: list[Clause]
    ) -> tuple[list[list[str]], list[list[str]]]:
        """The objects and complements of an active clause; "sends the customer a letter" puts the letter first."""
        direct = [part for part in clause.parts if not part.prep and keeps(tokens, part, True)]
        if not direct and clause.verbs.base in TIMED:
            direct = [part for part in clause.parts if not part.prep][:1]
        if direct and tokens[direct[0].group.start].low == "no":
            return [], []
        self._note_handled(tokens, [part.group for part in direct[:1]], clause.verbs.base)
        if not direct:
            direct = [those_alone(tokens, part) for part in clause.front if fronted(tokens, part, clause)]
        if not direct:
            direct = shared_object(clause, nearby)
        if len(direct) > 1 and any(t.tag == "," for t in tokens[direct[0].end : direct[1].start]):
            direct = direct[:1]  # "fills in the sheet, doors and windows": what is on it, said in passing
        if len(direct) > 1 and tokens[direct[0].group.head].low in ("them", "him", "us", "me", "you"):
            direct = direct[1:]  # "gives them a card", "books him a day": people, and what they get is worked on
        things = [self._thing(tokens, part.group, clause.verbs.base) for part in direct[:2]]
        things = [thing for at, thing in enumerate(things) if thing and thing not in things[:at]]
        kept = complements(tokens, clause)
        handed = direct[:1]
        if len(direct) > 1 and len(things) > 1 and clause.verbs.base in DITRANSITIVE:
            receiver = self.book.find(tokens, direct[0].group, False)
            act.contact = self._outside(receiver)
            things, kept, handed = [things[1]], [["to", *things[0]], *kept], direct[1:2]
        elif direct and clause.verbs.base in ASKS:
            act.contact = self._outside(self.book.find(tokens, direct[0].group, False))
        if things:
            act.thing = " ".join(things[0])
            head = tokens[handed[0].group.head].low if handed else ""
            looked = clause.verbs.base in LIGHT and head in NOMINAL  # "has a look": nothing is worked on
            looked = looked or (bool(direct) and tokens[direct[0].group.head].tag in ("#", "A")) or head == "home"
            looked = looked or clause.verbs.base in ("come", "go") or head in UNITS  # "comes in the door"
            if handed and not looked and self.book.find(tokens, handed[0].group, False) is None:
                self.thing = up_to_noun(tokens, handed[0].group) or act.thing
        return things[:1] + [t for t in things[1:] if len(t) < 4], kept

    def _asked(self, tokens: list[Token], clause: Clause) -> None:
        """The thing an indirect question is about is spoken of from then on: "tells which part he needs"."""
        for asking, thing in pairwise(tokens[clause.end - 1 : clause.end + 3]):
            if asking.low in ("which", "what") and thing.tag == "N":
                self.thing = singular(thing.low)

    def _what(self, tokens: list[Token], clause: Clause, nearby: list[Clause]) -> list[list[str]]:
        """What is decided, ensured or asked for: the clause that completes the verb, as words."""
        after = [c for c in nearby if c.start >= clause.end - 1 and c is not clause][:2]
        if not after:
            return []
        first = after[0]
        if same_again(clause, first):
            return []
        if first.kind == "to" and clause.verbs.base in ASKS and first.start <= clause.end:
            words = [w for w in condition_text(tokens, first.start, first.end).split() if w not in ("the", "a", "an")]
            return [[*words[:-1], *self.thing.split()[:3]] if words[-1:] in (["it"], ["them"]) else words]
        seen = first.verbs.base in ("see", "check", "determine", "make", "ensure", "find")
        if first.kind == "to" and seen and len(after) > 1:
            first = after[1]
            if first.kind == "comp" and clause.verbs.base in LIGHT | {"carry"}:
                return question_words(tokens, first)
        tie = first.tie("W") or first.tie("S")
        somebody = self.doing is not None or clause.subject is None
        said = first.kind == "comp" and not clause.parts and somebody and tie is not None
        if said and clause.verbs.base not in SAYS_WHAT and tie.low in _OPEN:  # type: ignore[union-attr]
            return self._said(tokens, first, tie.low)  # type: ignore[union-attr]
        if clause.verbs.base in SAYS_WHAT and first.kind in ("comp", "sub", "question", "rel") and not clause.parts[1:]:
            if first.kind == "sub" and any(first.tie(mark) for mark in (",", "C", ":")):
                return []
            if first.kind == "sub" and not any(t.low in ("if", "whether", "that") for t in first.ties):
                return []
            if first.kind == "rel" and (first.subject is not None or first.tie("C")):
                return []  # "tests it, and who doesn't manage tries again"
            asked = first.object()
            if asked is not None and first.verbs.base in ("have", "be") and tokens[asked.group.head].tag == "N":
                self.thing = " ".join(words_of(tokens, asked.group))  # "whether we have a device": it is the device
            self._asked_of(tokens, first)
            return question_words(tokens, first)
        return []

    def _said(self, tokens: list[Token], clause: Clause, tie: str) -> list[list[str]]:
        """ "phones that it is ready", "writes down what is broken": the clause in its own words, "it" by its name."""
        words = [t for t in tokens[clause.start : clause.end] if t.tag not in (",", "D", "R", "X") and t.low != tie]
        told = [{"'s": "is", "'re": "are"}.get(t.low, t.text) for t in words if t.low not in ("and",)]
        if told[:1] == ["it"] and (meant := self.whole or self.thing):
            told = [*meant.split()[:3], *told[1:]]
        return [[tie, *told[:6]]] if told else []

    def _may_act(self, tokens: list[Token], subject: Group, kind: str) -> bool:
        """Whether a subject that is no role can still stand for somebody's work: "the process should check …"."""
        head = tokens[subject.head]
        if head.low in NOTHING:
            return False
        return (
            head.low in PROCESS
            or head.low in STEP
            or head.low in ("you", "somebody", "someone", "one", "they", "he", "she", "it", "who", "everyone")
            or (kind == "main" and (head.low == "both" or (head.tag == "#" and tokens[subject.end - 1].low == "you")))
        )
