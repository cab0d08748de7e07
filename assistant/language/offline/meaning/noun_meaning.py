"""What and who a noun group means: roles, things, outside parties, systems; "it" and "them" get their names."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile

from assistant.english.forms import is_plural, singular
from assistant.english.tables import classed
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.meaning.what_it_is import NEAR, Mention, candidates, likeliest, mentions
from assistant.language.offline.sentences.act_words import RINGING
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.labels import words_of
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.role_names import key_of, told_name
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import (
    DITRANSITIVE,
    HANDS_ON,
    NAMED_SYSTEMS,
    OUTSIDE,
    SAYS_WHAT,
    SYSTEM_HEADS,
    TITLES,
    UNITS,
    WORK,
)

_PERSONAL = classed("reading", "personal")
_TO_PEOPLE = _PERSONAL | DITRANSITIVE | SAYS_WHAT
_CALLING = _PERSONAL & frozenset("ring call phone remind tell ask inform notify thank".split())
_MOST_SPOKEN = 4
_DOCUMENTS = classed("reading", "documents")
_CARRYING = frozenset("pack deliver ship load unload drive transport install weigh".split())
_CARRIERS = frozenset("driver courier carrier porter messenger".split())
_KIN = classed("reading", "kin")
_SOMEBODY = frozenset("him her me us you somebody someone".split())
_ANYTHING = frozenset("everything something anything nothing home".split())
_OWN = frozenset("hers his theirs mine ours yours".split())
_PARTLY = frozenset("each all both some most one none any".split())


def _many(words: str) -> bool:
    """Whether the words of a thing name several: "boxes", "plan and price"."""
    head = words.partition(" of ")[0].split()
    return " and " in words or (bool(head) and is_plural(head[-1].lower()))


_SENT = frozenset("send mail post email forward fax".split())
WAYS_IN = classed("reading", "reaching") | frozenset("post throw leave upload put hand submit fill apply".split())
"""How people hand in what the work begins with."""
_PASSED = HANDS_ON | frozenset({"transmit"})
_AT_HAND = frozenset("hand give explain show clean wrap pack adjust try wash polish".split())
"""What is done with a thing that is there."""


class Things:
    """Knows the roles of the story and the thing last worked on."""

    def __init__(self, book: RoleBook) -> None:
        self.book = book
        self.spoken: list[str] = [""]  # the things worked on, the last one last
        self.whole = ""  # what the thing last worked on is a piece of: "looks at its coat"
        self.rung = ""  # who was rung last
        self.came_first: str | None = None  # who brings or sends what the work begins with
        self.done_last = ""  # the verb of the last action
        self.further = False  # a further way of handing something in is being told
        self.passed_on = ""  # what was handed to somebody last
        self.sent: set[str] = set()  # the things sent to somebody
        self.told: list[Mention] = []  # the things named in the last sentences
        self.often: Counter[str] = Counter()  # how often the story tells of each word; of a piece nothing is known
        self.doing: str | None = None  # who does what is read now
        self.early = True  # one of the first three sentences, which often tell who speaks
        self.first = True  # the first sentence of the story is being read

    @property
    def thing(self) -> str:
        """The thing last worked on."""
        return self.spoken[-1]

    @thing.setter
    def thing(self, words: str) -> None:
        if words in _SOMEBODY | _ANYTHING:
            return  # "bless him, my father drank with him": "it" never means him, nor "everything"
        self.spoken = [*[word for word in self.spoken if word != words][-_MOST_SPOKEN:], words]

    def note_things(self, tokens: list[Token], sentence: int) -> None:
        """The things a sentence names can be meant by "it" from then on."""
        self.told = [each for each in self.told if sentence - each.sentence <= NEAR] + mentions(tokens, sentence)

    def _meant(self, pronoun: Token) -> str:
        """The thing "it" or "them" means: the likeliest of those told of last."""
        last = self._last(pronoun.low)
        pointing = pronoun.low in ("it", "they", "them", "this", "that", "these", "those")
        if not pointing or not self.often:
            return last  # a piece of a story does not show what the story is about
        named = frozenset(role.name.lower() for role in self.book.roles.values())
        told = candidates(pronoun, self.told, self.often, self.spoken, last, named | frozenset(self.book.roles))
        return likeliest(told) or last

    def _last(self, pronoun: str) -> str:
        """The last thing worked on of that number, else the last one."""
        many = pronoun in ("they", "them", "these", "those")
        if pronoun not in ("it", "this", "that", "they", "them", "these", "those"):
            return self.thing
        fitting = (words for words in reversed(self.spoken) if words and _many(words) == many)
        return next(fitting, self.thing)

    def _is_named(self, words: str) -> bool:
        return any(role.name.lower() == words.lower() for role in self.book.roles.values())

    def note_done(self, act: Act, there: bool) -> None:
        """What was sent to somebody is with them from then on; whoever got it looks at something `there`."""
        if act.verb in _SENT and " to " in act.name and act.thing:
            self.sent.add(act.thing)
        self.came_first = self.came_first if self.done_last else act.role if act.verb in WAYS_IN else None
        self.done_last = act.verb
        if not there:
            self.passed_on = act.thing if act.verb in _PASSED and " to " in act.name else ""

    def _still_here(self, verb: str, meant: str) -> str:
        """What "it" is where it is handed over or cleaned: nothing that was sent away before, if there is another."""
        if verb not in _AT_HAND or meant not in self.sent:
            return meant
        here = (words for words in reversed(self.spoken) if words and words not in self.sent)
        return next(here, meant)

    def _carried(self, verb: str, meant: str) -> str:
        """What "it" is where it is packed or driven: the last thing spoken of that is no paper, if there is one."""
        meant = self._still_here(verb, meant)
        by_carrier = self.doing is not None and self.doing.split()[-1] in _CARRIERS
        paper = bool(_DOCUMENTS & {singular(word) for word in meant.lower().split()})
        if not paper or not (verb in _CARRYING or (by_carrier and verb in ("take", "bring"))):
            return meant
        things = (words for words in reversed(self.spoken) if words)
        return next((words for words in things if not _DOCUMENTS & {singular(w) for w in words.lower().split()}), meant)

    def _roles_in(self, tokens: list[Token], group: Group, doer: bool) -> tuple[list[str], str]:
        """The roles of a joined noun group ("A and B", "A or B") and the word that joins them."""
        pieces, start, joint = [], group.start, ""
        for i in range(group.start, group.end):
            if tokens[i].tag == "C" or (tokens[i].tag == "," and i > group.start):
                pieces.append((start, i))
                start = i + 1
                joint = tokens[i].low if tokens[i].tag == "C" else joint
        pieces.append((start, group.end))
        if len(pieces) == 1:
            found = self.book.find(tokens, group, doer)
            return ([found] if found else []), ""
        roles = []
        for a, b in pieces:
            head = next((i for i in range(b - 1, a - 1, -1) if tokens[i].tag in ("N", "P", "O")), -1)
            found = self.book.find(tokens, Group(a, b, head), doer) if head >= 0 else None
            if found and found not in roles:
                roles.append(found)
        return roles, joint

    def _thing(self, tokens: list[Token], group: Group, verb: str = "") -> list[str]:
        """The words of the thing a noun group names; "it" and "them" mean the thing last worked on."""
        of_each = [t.low for t in tokens[group.start + 1 : group.start + 3]] == ["one", "of"]
        if of_each and tokens[group.start].low in ("each", "every") and group.end > group.start + 3:
            group = Group(group.start + 3, group.end, group.end - 1)  # "signs every one of them": them
        head = tokens[group.head]
        alone = group.end - group.start == 2 and tokens[group.start].low in ("each", "every", "the")
        kin = self.doing is not None and self.doing in _KIN  # "my father saw one at the fair" handles nothing
        alone = alone or (group.end - group.start == 1 and head.low == "one" and not kin)
        if alone and head.low in ("one", "ones"):
            which = [t.low for t in takewhile(lambda t: t.tag not in ("C", ","), tokens[group.end : group.end + 3])]
            if len(which) > 1 and which[0] in ("that", "which", "who") and head.low == "ones":
                return ["those", *which]  # "feeds the ones that stay overnight"
            return self.thing.split() or [head.low]  # "gives each one a number", "invites the ones they picked"
        if (
            head.low in _PARTLY
            and group.end - group.start == 3
            and tokens[group.end - 1].low in ("it", "them", "these")
        ):
            return self._meant(tokens[group.end - 1]).split()
        if (group.end - group.start == 1 and head.tag in ("P", "O", "D")) or head.low in ("this", "these", "that"):
            if head.low == "them" and verb in _PERSONAL and self.book.mentioned:
                return self.book.roles[self.book.mentioned].name.lower().split()
            if head.low in ("them", "they") and verb in _CALLING and not self._is_named(self._meant(head)):
                return []  # "rings them, they are closed": people nobody named, no thing
            if head.low in _OWN:
                return self.thing.split() or [head.low]  # "the first marks her part, the second marks hers"
            if head.low in ("it", "this", "that", "they", "them", "these", "those", "both", "all", "one", "some"):
                meant = self.passed_on if verb in _PASSED and self.passed_on else self._meant(head)
                return self._carried(verb, meant).split()
            key = self.book.find(tokens, group, False)
            if head.low in ("him", "her") and key == self.doing and self.book.person_before:
                key = self.book.person_before
            if key and key != self.book.narrator:
                return self.book.roles[key].name.split()
            return [] if head.low in ("i", "we", "you", "us", "me") else [head.low]
        self.whole = (self.whole or self.thing) if tokens[group.start].low == "its" else ""
        return words_of(tokens, group)

    def _note_handled(self, tokens: list[Token], worked_on: list[Group], verb: str) -> None:
        """A noun that only ends like a title is a thing where something is done to it: "drops the canister"."""
        for group in worked_on if verb in WORK - _TO_PEOPLE else []:
            head = tokens[group.head]
            if head.tag == "N" and singular(head.low) not in TITLES | OUTSIDE | UNITS:
                self.book.handled.add(key_of(told_name(tokens[group.start : group.end])))

    def _whom(self, tokens: list[Token], clause: Clause, objects: list[list[str]], bare: bool) -> list[list[str]]:
        """Who is rung where nobody is named: "if it is bad he calls the owner; if it is ok the nurse calls"; and who
        "comes and asks me" asks back."""
        asked, verbs = clause.object(), clause.verbs
        wanted = clause.part("for") if bare and verbs.base == "ask" else None
        last = next((thing for thing in reversed(self.spoken) if thing), "")
        if wanted is not None and last and tokens[wanted.group.head].low in ("it", "them", "that"):
            return [["for", *last.split()]]  # "a third is missing. Anna asks for it"
        to_us = asked is not None and tokens[asked.group.head].low in ("me", "us")
        if verbs.base not in RINGING or to_us or verbs.particle:
            return [["back"]] if bare and to_us and verbs.base == "ask" else objects
        if bare and self.rung and not self._outside(self.doing):
            return [self.rung.split()]
        self.rung = " ".join(objects[0]) if objects else ""
        return objects

    def _give(self, act: Act, roles: list[str], joint: str) -> None:
        if not roles:
            return
        act.role = roles[0]
        if joint == "or":
            act.or_roles = tuple(roles[1:])
        else:
            act.with_roles = tuple(roles[1:])

    def _contact(self, tokens: list[Token], clause: Clause) -> str | None:
        """The outside party an action touches, named in a complement."""
        for part in clause.parts:
            if part.prep in ("to", "from", "with", "at", "by", ""):
                key = self.book.find(tokens, part.group, False)
                name = self._outside(key)
                if name:
                    return name
        return None

    def _outside(self, key: str | None) -> str | None:
        role = self.book.roles.get(key) if key else None
        return role.name if role and role.kind == "external" else None

    def _system(self, tokens: list[Token], clause: Clause) -> str | None:
        """The system named in "in SAP", "into our ERP", "with the ticket tool", "via the portal"."""
        for part in clause.parts:
            low = tokens[part.group.head].low
            if part.prep in (
                "in",
                "into",
                "with",
                "via",
                "through",
                "on",
                "from",
                "using",
                "within",
                "to",
                "by",
                "by using",
                "onto",
            ) and (low in NAMED_SYSTEMS or low in SYSTEM_HEADS):
                return " ".join(words_of(tokens, part.group))
        return None
