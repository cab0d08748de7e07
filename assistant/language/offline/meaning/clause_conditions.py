"""Clauses as conditions: their words, whether they are denied, whom or what they speak of."""

from __future__ import annotations

import re

from assistant.english.forms import is_plural, singular, third_person, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.meaning.actions import Acts
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.clause_borders import SAYS
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.labels import condition_text, words_of
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.sentence_shape import CUE
from assistant.language.offline.sentences.statements import Act, Condition, Item, Said
from assistant.language.offline.words.role_names import one_of
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import FIRST_NAMES
from assistant.process.durations import Span

_NEGATIVE = frozenset(
    """
    fail reject decline refuse lack miss deny cancel withdraw differ
    """.split()
)


_NO_THING = classed("reading", "no-thing")
"""Subjects of a condition that "it" does not mean afterwards."""


def _one(thing: str) -> str:
    """One of several things, since a condition is about one case: "amount is over 500 euros"."""
    head, of, rest = thing.partition(" of ")
    front, space, last = head.rpartition(" ")
    return f"{front}{space}{singular(last)}{of}{rest}"


class Conditions:
    """Makes conditions; remembers roles and the thing last talked about."""

    def __init__(self) -> None:
        self.book = RoleBook()
        self.acts = Acts(self.book)
        self.before: list[Act] = []  # the actions of the sentence before
        self.verbs: set[str] = set()  # of all actions told so far
        self.new = 0  # where the people named beside the work in the last sentence begin
        self.limit = ""  # the amount a limit was last told of
        self.state = ""  # how something was last said, or asked, to be
        self.sure = True  # whether "it" can only mean one thing

    def _condition(self, tokens: list[Token], start: int, clause: Clause, flip: bool) -> Condition:
        text = condition_text(tokens, start, clause.end)
        words = tokens[start : clause.end]
        first = text.split()[0].lower() if text else ""
        plural = self.acts.thing.lower().endswith("s") and not self.acts.thing.lower().endswith("ss")
        plural = plural and clause.verbs.base not in SAYS  # no thing says yes
        if (
            (first in ("it", "this") or (first == "they" and plural))
            and self.acts.thing
            and self.sure
            and clause.verbs.base != "happen"
        ):
            text = " ".join([self.acts.thing if first == "they" else _one(self.acts.thing), *text.split()[1:]])
        if first in ("he", "she", "they") and clause.subject is not None:
            text = self._by_name(tokens, clause, text)
        if clause.verbs.base == "be" and self.state and text.split()[-1:] in (["not"], ["is"], ["are"], ["n't"]):
            text = f"{text} {self.state}"  # "checks whether it is complete. If it isn't, …"
        negative = clause.verbs.negative or any(t.low in ("no", "not", "n't", "none") for t in words)
        negative = negative or clause.verbs.base in _NEGATIVE
        if flip:
            text = f"not: {text}" if not negative else text
        subject = " ".join(words_of(tokens, clause.subject)) if clause.subject else ""
        who = self.book.find(tokens, clause.subject, False) if clause.subject else None
        if who is not None:
            self.book.remember(who, self.book.roles[who].many)
        if (
            clause.subject is not None
            and self.book.find(tokens, clause.subject, False) is None
            and subject.lower() not in _NO_THING
            and " than " not in subject
            and subject.lower().split()[-1:] != ["them"]
        ):
            self.acts.thing = subject
        return Condition(
            text,
            negative != flip,
            Span(start=words[0].start if words else 0, end=words[-1].end if words else 0),
            content(text),
            subject=subject,
        )

    def _note_state(self, tokens: list[Token], found: list[Clause], said: Said) -> None:
        """Keep how something is said or asked to be, which "if it isn't" speaks of."""
        for act in said.acts():
            asked = act.name.partition(" whether ")[2]
            told = re.split(r"\b(?:is|are)\b", asked)
            self.state = told[-1].strip() if len(told) > 1 else self.state
        main = found[0] if found and found[0].kind == "main" else None
        if main is not None and main.verbs.base == "be" and main.verbs.end < len(tokens):
            how = tokens[main.verbs.end]
            self.state = how.low if how.tag == "A" else self.state

    def _by_name(self, tokens: list[Token], clause: Clause, text: str) -> str:
        """ "They say yes" with the name of who it is: "customer says yes"."""
        key = self.book.find(tokens, clause.subject, False) if clause.subject else None
        words = text.split()
        answers = words[0].lower() == "they" or clause.verbs.base in SAYS  # whoever was told or asked
        spoken_to = self.before[-1].contact if self.before and answers else None
        if spoken_to is not None:
            key = next((k for k, role in self.book.roles.items() if role.name == spoken_to), key)
            if words[0].lower() != "they" and (key is None or self.book.roles[key].name != spoken_to):
                return " ".join([spoken_to.lower(), *words[1:]])
        elif words[0].lower() == "they" and clause.verbs.base in SAYS and len(words) > 1 and not self._is_many(key):
            served = next((k for k, role in self.book.roles.items() if role.kind == "external"), None)
            if served is None:  # "the driver takes it out. If they say no, …": no driver is several people
                return " ".join(["customer", third_person(words[1]), *words[2:]])
            key = served
        if key is None or len(words) < 2 or key == self.book.narrator:
            return text
        verb = words[1]
        if words[0].lower() == "they":
            odd = {"are": "is", "do": "does", "have": "has", "were": "was"}
            base = any(form.form == "base" for form in verb_forms(verb.lower()))
            verb = odd.get(verb.lower(), third_person(verb) if base else verb)
        name = one_of(self.book.roles[key].name)
        name = name if key.split()[0] in FIRST_NAMES or name.isupper() else name[:1].lower() + name[1:]
        return " ".join([name, verb, *words[2:]])

    def _is_many(self, key: str | None) -> bool:
        """Whether a role is of several people, or of people outside."""
        return key is not None and (self.book.roles[key].many or self.book.roles[key].kind == "external")

    def _state_with_chance(self, tokens: list[Token], clause: Clause, said: Said) -> None:
        """ "It is incomplete in 45 percent of the cases" names a condition with its chance."""
        mark = next(
            (
                m
                for m in said.marks
                if m.quantity.kind == "chance" and m.how == "pointing" and m.quantity.noun == "cases"
            ),
            None,
        )
        part = clause.object()
        if (
            mark is None
            or clause.subject is None
            or part is None
            or tokens[clause.subject.head].low in ("there", "that", "this")
        ):
            return
        self.sure = True
        said.items.append(Item("if", condition=self._condition(tokens, clause.subject.start, clause, False)))

    def _spoken_of(self) -> list[str]:
        """Whom or what "a quarter" means: who acted last where that is somebody outside, else the thing worked on."""
        role = self.book.roles.get(self.before[-1].role or "") if self.before else None
        if role is not None and role.kind == "external":
            return [one_of(role.name)[:1].lower() + one_of(role.name)[1:]]
        return [self.acts.thing] if self.acts.thing else []

    def _chance_condition(self, tokens: list[Token], clause: Clause, mark: Mark) -> Condition:
        """ "One in five orders is incomplete" is the condition "order is incomplete" with its chance."""
        start = max(clause.subject.start, clause.start) if clause.subject else clause.verbs.start
        start = next((i for i in range(start, clause.verbs.start) if tokens[i].meaning == "chance"), start)
        while start < clause.verbs.start - 1 and tokens[start].tag in ("C", ",", "I", ";"):
            start += 1
        condition, whose = self._condition(tokens, start, clause, False), self._spoken_of()
        words = condition.text.partition(", ")[0].split()
        if words and words[0].lower() in ("some", "those"):
            words = words[1:]
            if clause.subject is not None and clause.subject.end - clause.subject.start == 1:
                whom = self._spoken_of()
                base = bool(words) and any(form.form == "base" for form in verb_forms(words[0]))
                words = [*whom, third_person(words[0]), *words[1:]] if whom and base else [*whom, *words]
        if whose and words[:1] in (["them"], ["Them"]):  # "half of them aren't complete"
            alone = words[1:2] == ["are"] and not is_plural(whose[-1])
            words = [*whose, *(["is"] if alone else words[1:2]), *words[2:]]
        words = [word for word in words if word != "some"]
        told = clause.subject is not None and clause.subject.end - clause.subject.start > 1
        if words and told and tokens[clause.subject.start].low != "the":  # type: ignore[union-attr]
            one = singular(words[0]) if words[0].isalpha() else words[0]
            if one != words[0] and clause.verbs.base in words[1:3] and not clause.verbs.modal:
                words[words.index(clause.verbs.base, 1)] = third_person(clause.verbs.base)  # "customer never answers"
            words[1:2] = ["is"] if one != words[0] and words[1:2] == ["are"] else words[1:2]
            words[0] = one
        condition.text = " ".join(words) or condition.text
        if mark.quantity.kind == "rhythm":
            condition.every = mark.quantity.seconds()
        else:
            condition.p = mark.quantity.low
        return condition

    def _inner_cue(self, clause: Clause, said: Said) -> None:
        """A cue inside the sentence: "…, otherwise …" opens the other branch."""
        for token in clause.ties:
            meaning = CUE.get(token.meaning or token.low)
            if meaning == "else":
                said.items.append(Item("else"))
            elif meaning == "rejoin" and any(item.kind == "if" for item in said.items):
                said.items.append(Item("join"))

    def _sent_to(self, tokens: list[Token], clause: Clause, ahead: Clause) -> str | None:
        """ "It is sent to the Fire Liaison, which examines the exits": whoever gets it acts."""
        to = ahead.part("to")
        return self.book.adopt(tokens, to.group) if to is not None and to.group == clause.subject else None
