"""Who does the work: from the words of a subject to a role, the same role for the same people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.english.forms import is_nounish, singular
from assistant.english.tables import any_of, classed
from assistant.language.offline.sentences.labels import TIME
from assistant.language.offline.words.groups import DESKS, Group
from assistant.language.offline.words.persons import HONORIFICS, meant, sex_of
from assistant.language.offline.words.role_names import (
    NO_ONE,
    THING_END,
    THINGS,
    called_by_name,
    first_name,
    head_is_one,
    is_name,
    is_plural_group,
    key_of,
    kind_of,
    told_name,
    uncounted,
    words_of,
)
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import NOMINAL, NOT_TITLES, TITLES, UNITS
from assistant.process.model import Calendar

ME = "Me"
"""What "I" is called where nobody says who that is."""
OWNING = frozenset("owner holder buyer couple caller sender household keeper".split())
"""Who may own the dog or the house, and not the firm."""
_MEMBER = re.compile(rf"^(?:{any_of('one-of-them')}s?) (?:of|from|in|at) (.+)$")
_WORKPLACES = classed("reading", "workplace")
_KIN = classed("reading", "kin")


@dataclass(slots=True)
class Known:
    """A role found so far: its key, name as first told, kind, unit, and characters of the first mention."""

    key: str
    name: str
    kind: str
    start: int
    end: int
    unit: str = ""
    capacity: int | None = None
    cost: float | None = None
    many: bool = False
    hours: Calendar | None = None


@dataclass(slots=True)
class RoleBook:
    """All roles of a story, and who "he", "they" and "it" mean right now."""

    roles: dict[str, Known] = field(default_factory=dict)
    last_person: str | None = None
    last_group: str | None = None
    last_system: str | None = None
    person_before: str | None = None
    mentioned: str | None = None  # the role named last, doing something or not
    beside: list[tuple[list[Token], Group]] = field(default_factory=list)
    """Who is named in this sentence and the last without doing anything."""
    fresh: bool = False  # whether somebody has already acted in this sentence
    sexes: dict[str, str] = field(default_factory=dict)  # he or she, as far as their words or a pronoun told
    doing: str | None = None  # who does what is read now
    receiver: tuple[list[Token], Group] | None = None  # who got it in this sentence, of nobody who is named
    narrator: str | None = None
    adopted: set[str] = field(default_factory=set)  # subjects that nothing but their verb shows to be people
    aliases: dict[str, str] = field(default_factory=dict)
    handled: set[str] = field(default_factory=set)  # things that only sound like people: "opens the canister"

    def find(self, tokens: list[Token], group: Group, doer: bool) -> str | None:
        """The key of the role a noun group names; None when it names no one. `doer` says it is the subject of work."""
        head = tokens[group.head]
        first = doer and not self.roles.keys() - {self.narrator} and head.low in _ANYBODY
        if head.tag in ("P", "O", "D") and group.end - group.start == 1 and not first:
            return self._pronoun(head)
        if head.low == "whoever":  # "whoever is free packs it": one of us
            mine = self.roles.get(self.narrator or "")
            if mine is not None and mine.kind == "group":
                return self.narrator
            return self._put(self.roles.get("whoever") or Known("whoever", "Our team", "group", head.start, head.end))
        if (head.low == "one" or head.tag == "#") and group.head + 2 < group.end and tokens[group.head + 1].low == "of":
            group = Group(group.head + 2, group.end, group.end - 1)
            if group.end - group.start == 1 and tokens[group.head].tag in ("P", "O"):
                return self._pronoun(tokens[group.head])
            key = self.find(tokens, group, doer)
            if doer and key is not None:
                self.remember(key)  # one of them, who goes on
            return key
        after = tokens[group.head + 1].low if group.head + 2 < group.end else ""
        if head.low in ("somebody", "someone", "anybody", "anyone") and after in ("from", "in", "at", "of"):
            inner = Group(group.head + 2, group.end, group.end - 1)
            return self.find(tokens, inner, doer) or (self.adopt(tokens, inner) if doer else None)
        owned = next((i for i in range(group.start + 1, group.head) if tokens[i].low in ("'s", "’s")), None)
        if head.low in DESKS and owned is not None:
            return self.find(tokens, Group(group.start, owned, owned - 1), doer)  # "Eva's desk" is Eva
        words = [t for t in tokens[group.start : group.end] if t.tag not in ("*", "R")]
        told = told_name(words)
        if not told or (not doer and key_of(told) in self.handled - self.roles.keys()):
            return None
        return self._named(tokens, group, told, doer)

    def knows(self, tokens: list[Token], group: Group) -> bool:
        """Whether a noun group names a role already met."""
        return key_of(told_name([t for t in tokens[group.start : group.end] if t.tag not in ("*", "R")])) in self.roles

    def adopt(self, tokens: list[Token], group: Group) -> str | None:
        """A subject in no table that does plain work becomes a role: "Facilities prints a badge"."""
        head = tokens[group.head]
        words = [t for t in tokens[group.start : group.end] if t.tag not in ("*", "R", "#")]
        low, bare = singular(head.low), tokens[group.start].tag not in ("D", "#")
        key = key_of(told_name(words))
        if head.tag != "N" or not key or len(words) > 4 or any(t.tag in ("C", "I", "#", "P", "O", ",") for t in words):
            return None
        if low in THINGS or low in NOT_TITLES or low in NO_ONE or low in TIME:
            return None
        thing = head.low in NOMINAL or THING_END.match(low) or is_nounish(low)
        if not bare and thing and low not in _WORKPLACES:  # "the clinic tests the blood"
            return None
        self.adopted.add(key)
        return self.find(tokens, group, True)

    def titled(self, words: list[Token]) -> str | None:
        """The role a cell names that can hold nothing else: "Service agent", "payables", "me", "both sides"."""
        words = tagged(words)
        if not words:
            return None
        if len(words) == 1 and words[0].low in ("i", "me", "we", "us"):
            return self._pronoun(words[0])
        group = Group(0, len(words), len(words) - 1)
        told = told_name(words)
        if not told or words[0].low in ("both", "all", "each", "every", "some"):
            told = " ".join(t.text for t in words)
        key = self._alias(key_of(told), words, group)
        if key not in self.roles:
            kind = kind_of(words, group, told, True) or "group"
            many = is_plural_group(words, group)
            self._put(Known(key, told[:1].upper() + told[1:], kind, words[0].start, words[-1].end, many=many))
        self.remember(key, is_plural_group(words, group))
        return key

    def _pronoun(self, head: Token) -> str | None:
        low = head.low
        if low in ("i", "me", "my", "we", "us"):
            return self._narrate(head, low in ("we", "us"))
        if low in ("he", "she", "him", "her"):
            return self._person_meant(low)
        if low in ("they", "them"):
            return self._several()
        if low == "it":
            return self.last_system
        return None

    def _person_meant(self, low: str) -> str | None:
        """Whom "he" or "she" means: who acted last, unless that is known to be the other."""
        met, kept = set(self.roles), (self.last_person, self.last_group, self.mentioned)
        other = self.doing if low in ("him", "her") else None  # nobody does something to "him" and is him
        sex = "she" if low in ("she", "her") else "he"
        beside = [key for key in self._named_beside() if key != other]
        if self.fresh and not other:  # who acts in this sentence goes on, unless somebody else is sure to be meant
            beside = [key for key in beside if self._sex(key) == sex]
        self.last_person, self.last_group, self.mentioned = kept
        people = (key for key, role in reversed(self.roles.items()) if role.kind in ("person", "external"))
        others = [key for key in people if key != other]
        acting, key = self.last_person if self.last_person != other else None, None
        if acting is not None and self.roles[acting].kind == "group":
            known = [
                each for each in others if each not in _KIN
            ]  # "the shop was my father's. Piet casts it, he writes …"
            key = self._people(beside, known, low)  # a department is neither he nor she where somebody can be
        if key is None and not self.fresh and self.narrator is not None and self.doing == self.narrator:
            key = next((key for key in beside if self._sex(key) in ("", sex)), None)  # "I phone the doctor. He …"
        if key is None and not self.fresh and self.receiver is not None:
            key = self._received(low)  # "the contract is posted to the driver, he posts it back"
        key = key or self._inside_again(acting, sex)
        key = key or meant(low, acting, beside, others, {key: self._sex(key) for key in self.roles})
        self._forget(met, key)
        if key is not None and not self._sex(key):
            self.sexes[key] = "she" if low in ("she", "her") else "he"
        return key

    def _inside_again(self, acting: str | None, sex: str) -> str | None:
        """ "Lena explains the contract, the customer signs, she hands over the key": one of us, known to be a she."""
        before = self.person_before
        outside = acting is not None and (self.roles[acting].kind == "external" or acting.split()[-1] in OWNING)
        outside = outside and not self._sex(acting or "")
        return before if outside and before in self.roles and self._sex(before) == sex else None

    def _received(self, low: str) -> str | None:
        tokens, group = self.receiver or ([], Group(0, 0, 0))
        key = self.find(tokens, group, False)
        fits = key is not None and self._sex(key) in ("", "she" if low in ("she", "her") else "he")
        return key if fits and key in self.roles and self.roles[key].kind in ("person", "external") else None

    def _forget(self, met: set[str], chosen: str | None) -> None:
        """Who was only looked at as a possible meaning of a pronoun is no role yet."""
        for key in [key for key in self.roles if key not in met and key != chosen]:
            del self.roles[key]

    def _several(self) -> str | None:
        """Whom "they" means: who acted last, unless that is one person and several were named beside."""
        last = self.roles.get(self.last_group or "")
        named = last is not None and singular(last.key.split()[-1]) not in TITLES  # Irina is not "they", a clerk can be
        if last is not None and (last.many or last.kind != "person" or not (named or self._sex(last.key))):
            return self.last_group
        met, kept = set(self.roles), (self.last_person, self.last_group, self.mentioned)
        crowd = [key for key in self._named_beside() if self.roles[key].many or self.roles[key].kind != "person"]
        self.last_person, self.last_group, self.mentioned = kept
        one = named and last is not None and bool(self._sex(last.key))  # Tanja is a she, and never "they"
        told = None if one else self.last_group or self.last_person
        chosen = next(iter(crowd), None) or (self._crowd(last) if named else None) or told
        self._forget(met, chosen)
        return chosen

    def _crowd(self, last: Known | None) -> str | None:
        """Who can be "they" where one person by name acted last: several, outside people, or whoever has a title."""
        others = [
            (key, role) for key, role in reversed(self.roles.items()) if role is not last and key != self.narrator
        ]
        several = [key for key, role in others if role.many or role.kind == "external"]
        titled = [key for key, _ in others if singular(key.split()[-1]) in TITLES]
        return next(iter([*several, *titled]), None)

    def _people(self, beside: list[str], others: list[str], low: str) -> str | None:
        sex = "she" if low in ("she", "her") else "he"
        named = [key for key in beside if self._sex(key) in ("", sex) and self.roles[key].kind == "person"]
        return next(iter([*named, *(key for key in others if self._sex(key) == sex)]), None)

    def _sex(self, key: str) -> str:
        return self.sexes.get(key) or sex_of(key.split())

    def note_beside(self, tokens: list[Token], groups: list[Group]) -> None:
        """People named in a sentence without doing anything can be meant by "he" and "she" in the next."""
        for group in groups:
            if not any(t.tag in ("C", ",", "#", "P", "O") for t in tokens[group.start : group.end]):
                self.beside.append((tokens, group))

    def _named_beside(self) -> list[str]:
        """The people named beside the work, the last one first. Only now they become roles."""
        keys = [self.find(tokens, group, False) for tokens, group in reversed(self.beside)]
        known = [key for key in dict.fromkeys(keys) if key is not None and key in self.roles]
        return [key for key in known if self.roles[key].kind in ("person", "external")]

    def _narrate(self, head: Token, many: bool) -> str:
        if self.narrator is None and many and "whoever" in self.roles:
            self.narrator = "whoever"
        elif self.narrator is None:
            name = "Our team" if many else ME
            self.narrator = self._put(Known("we", name, "group" if many else "person", head.start, head.end))
        elif many and self.narrator == "we" and self.roles["we"].name == ME:
            self.roles["we"].name = "Our team"
        return self.narrator

    def _named(self, tokens: list[Token], group: Group, told: str, doer: bool) -> str | None:
        if head_is_one(tokens, group) and doer and self.last_person in self.roles:
            like = self.roles[self.last_person]  # "a second one" is a second technician
            told = told.rsplit(" ", 1)[0] + " " + like.name[:1].lower() + like.name[1:]
            return self._put_like(told, like, tokens, group)
        if (called := called_by_name(tokens, group)) is not None:
            return self._person(tokens, group, called, doer)
        told, kind = (_customers(told, tokens, group) if doer else None) or (told, kind_of(tokens, group, told, doer))
        if kind is None and {key_of(told), key_of(uncounted(told))} & self.adopted:
            kind = "group" if key_of(told) in self.adopted else "person"
        if kind is None and group.end - group.start == 1 and tokens[group.head].text.istitle() and told[:1].isupper():
            met = self.roles.get(key_of(told))
            kind = met.kind if met is not None else None  # "Kofi cuts it. … back to Kofi, who grinds it"
        if kind is None:
            return None
        if kind == "person" and (first := first_name(tokens, group)) is not None:
            return self._person(tokens, group, first, doer)
        member = _MEMBER.match(told)
        told = told_name(list(words_of(member.group(1)))) if member else told
        if kind == "person":
            told = uncounted(told)
        key = key_of(told)
        if not key:
            return None
        key = self._alias(key, tokens, group)
        many = is_plural_group(tokens, group)
        if many and not doer:
            self.mentioned = key
        if key not in self.roles:
            first, last = tokens[group.start], tokens[group.end - 1]
            self._put(Known(key, told[:1].upper() + told[1:], kind, first.start, last.end, many=many))
        if doer or self.last_person is None:
            self.remember(key, many)
        return key

    def _put_like(self, told: str, like: Known, tokens: list[Token], group: Group) -> str:
        key = key_of(told)
        if key not in self.roles:
            start, end = tokens[group.start].start, tokens[group.end - 1].end
            self._put(Known(key, told[:1].upper() + told[1:], like.kind, start, end, unit=like.unit))
        self.remember(key)
        return key

    def _person(self, tokens: list[Token], group: Group, first: Token, doer: bool) -> str:
        """Somebody by first name, with the unit told: "Maria in accounts" is Maria (accounts)."""
        key = self.aliases.get(first.low, first.low)
        inside = range(group.start, group.end)
        place = next((i for i in inside if tokens[i].low in ("in", "from", "at", "of", "on")), None)
        unit = told_name(tokens[place + 1 : group.end]) if place is not None else ""
        if key not in self.roles and " " in key:  # "Mrs Okafor" told of before, or after, as Okafor
            key = next((known for known in self.roles if known == key.split()[-1]), key)
        if key not in self.roles:
            name = f"{first.text} ({unit})" if unit else first.text
            self._put(Known(key, name, "person", tokens[group.start].start, tokens[group.end - 1].end, unit=unit))
        if doer or self.last_person is None:
            self.remember(key)
        return key

    def _alias(self, key: str, tokens: list[Token], group: Group) -> str:
        """ "the clerk" is the order clerk already met, when there is only one of them."""
        if key in self.aliases:
            return self.aliases[key]
        if key in self.roles or " " in key or key in UNITS:
            return key
        named = [known for known in self.roles if known.split()[0] in HONORIFICS and known.split()[-1] == key]
        if len(named) == 1:
            return named[0]
        close = [known for known in self.roles if known.split()[-1] == key or known.split("(")[0].strip() == key]
        return close[0] if len(close) == 1 else key

    def _put(self, known: Known) -> str:
        self.roles[known.key] = known
        return known.key

    def remember(self, key: str, many: bool = False) -> None:
        """Pronouns that follow mean this role."""
        role = self.roles.get(key)
        if role is None or key == self.narrator:
            return
        if role.kind == "system":
            self.last_system = key
            return
        self.last_group = key
        self.fresh = True
        if not many:
            if key != self.last_person:
                self.person_before = self.last_person
            self.last_person = key
        self.last_system = key if role.kind in ("group",) else None


def note_names(tokens: list[Token], book: RoleBook) -> None:
    """ "HR (Sabine) asks …": Sabine is meant where HR does the work, and the other way round."""
    for i in range(1, len(tokens) - 2):
        alone = tokens[i].low == "(" and tokens[i + 2].low == ")" and is_name(tokens[i + 1])
        if alone and tokens[i - 1].text[:1].isalpha() and tokens[i + 1].low not in book.roles:
            book.aliases[tokens[i + 1].low] = key_of(told_name(tokens[i - 1 : i]))


def note_titles(tokens: list[Token], book: RoleBook) -> None:
    """ "There are five clerks on the order desk": from now on "the clerk" is the order desk, if that does the work."""
    for i in range(len(tokens) - 3):
        if (
            tokens[i].tag != "N"
            or singular(tokens[i].low) not in TITLES
            or tokens[i + 1].low not in ("on", "in", "at")
            or tokens[i].low == singular(tokens[i].low)
        ):
            continue
        stop = i + 2
        while stop < len(tokens) and tokens[stop].tag in ("D", "A", "N"):
            stop += 1
        key = key_of(told_name(tokens[i + 2 : stop]))
        title = singular(tokens[i].low)
        if key in book.roles and title not in book.roles:
            book.aliases[title] = key


def note_only_one(tokens: list[Token], doer: str | None, book: RoleBook) -> None:
    """ "The polisher polishes it; we've only got the one, Mo": Mo is the polisher."""
    for i in range(3, len(tokens)):
        alone = tokens[i - 2].low == "one" and tokens[i - 1].low == "," and is_name(tokens[i])
        only = "only" in {token.low for token in tokens[max(0, i - 6) : i - 2]}
        if alone and only and doer is not None and tokens[i].low not in book.roles:
            book.aliases[tokens[i].low] = doer


_BRING = frozenset("bring come send hand drop order book apply".split())
_ASKING = classed("reading", "reaching") | _BRING
_ANYBODY = frozenset(("somebody", "someone"))


def _customers(told: str, tokens: list[Token], group: Group) -> tuple[str, str] | None:
    """ "People bring us their sofas", "somebody mails what he needs": they are customers, from outside."""
    alone = group.end - group.start == 1 and group.end < len(tokens)
    verb = tokens[group.end] if alone else None
    asks = told.lower() == "people" and verb is not None and verb.low in _BRING
    asks = asks or (told.lower() in _ANYBODY and verb is not None and verb.base in _ASKING)
    return ("customer", "external") if asks else None
