"""Sentences about the process itself: starts, ends, ways back, waits, first steps, phrases in front, bare nouns."""

from __future__ import annotations

from assistant.english.forms import base_of, work_of
from assistant.english.tables import classed
from assistant.language.offline.meaning.clause_conditions import Conditions
from assistant.language.offline.meaning.describing import ORIGINS
from assistant.language.offline.meaning.limits_and_counts import LIMITS, PROCESS, from_where, outcome, selective
from assistant.language.offline.meaning.only_at_times import is_put_off, kept_waiting, no_way_back
from assistant.language.offline.sentences.act_words import brings_along
from assistant.language.offline.sentences.clauses import Clause, Part
from assistant.language.offline.sentences.labels import is_time, task_name, words_of
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Condition, Item, Said
from assistant.language.offline.words.groups import Group, noun_group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import NOMINAL
from assistant.process.durations import Span

MOST_NAMED = 14
"""A numbered step of more words without a verb is no name of a step."""
_FINISH = frozenset("end finish stop terminate close complete conclude cancel abort".split())
_WHOM, _PEOPLE = frozenset({"him", "her", "them"}), frozenset({"people", "everybody", "everyone", "folks"})
_LEADING = frozenset("manage direct lead own office supervise work do".split())
_RETURN = classed("reading", "return")


_PLACES = frozenset("step task activity stage phase thing job next".split())


class Special(Conditions):
    """Reads what is said about the course of the process rather than as work."""

    def _about_the_process(self, tokens: list[Token], clause: Clause, found: list[Clause]) -> Item | None:
        """ "The process ends", "this is repeated", "go back to the check", "the process starts when …"."""
        subject = tokens[clause.subject.head].low if clause.subject else ""
        verbs = clause.verbs
        process = subject in PROCESS
        if (
            verbs.base in _FINISH
            and process
            and not verbs.negative
            and (
                verbs.base in ("end", "stop", "finish", "terminate")
                or subject in ("process", "procedure", "workflow", "instance", "case", "story", "flow", "sub-process")
            )
        ):
            return Item("end", target=outcome(tokens, clause))
        part = clause.object()
        whole = part is not None and tokens[part.group.head].low in ("process", "procedure", "workflow", "instance")
        if verbs.base in _FINISH and not verbs.passive and whole:
            return Item("end", target=outcome(tokens, clause))
        if verbs.base == "repeat" and (process or verbs.passive):
            return Item("back", target=" ".join(words_of(tokens, clause.subject)) if clause.subject else "")
        over = (
            verbs.base in ("start", "begin") and tokens[verbs.end : verbs.end + 1] and tokens[verbs.end].low == "over"
        )
        if over and process:
            return Item("back", target=self._back_to(tokens, clause))
        if verbs.base in ("start", "begin", "initiate", "trigger", "commence", "kick") and (process or subject == ""):
            return self._start(tokens, clause)
        if (
            process
            and subject in ("process", "procedure", "workflow")
            and verbs.base in _RETURN | {"repeat"}
            and not verbs.negative
        ):
            target = self._back_target(tokens, clause)
            return Item("back", target=target) if target is not None else Item("act")
        return None

    def _back_to(self, tokens: list[Token], clause: Clause) -> str:
        """ "The whole thing starts over with the nurse drawing blood": the words behind "with" or "at"."""
        place = next((i for i in range(clause.verbs.end, len(tokens)) if tokens[i].low in ("with", "at", "from")), None)
        if place is None:
            return ""
        stop = next((i for i in range(place, len(tokens)) if tokens[i].tag in (",", ";")), len(tokens))
        return " ".join(t.low for t in tokens[place + 1 : stop] if t.tag not in ("D", "R"))

    def _start(self, tokens: list[Token], clause: Clause) -> Item:
        """ "The process starts with a meeting", "is triggered by a request": the first step or the trigger."""
        part = clause.part("with", "by", "upon", "after", "on")
        if part is None:
            return Item("act")
        return Item("act", self._noun_act(tokens, part, clause))

    def _noun_act(self, tokens: list[Token], part: Part, clause: Clause) -> Act | None:
        """ "with a review of the order" → "Review order"."""
        head = tokens[part.group.head]
        verb = NOMINAL.get(head.low)
        if verb is None and head.low.endswith("ing"):
            verb = base_of(head.low, "ing") or None
        if verb is None:
            return None
        words = words_of(tokens, part.group)
        at = next((i for i, w in enumerate(words) if w.lower() == head.low), 0)
        rest = words[at + 2 :] if at + 1 < len(words) and words[at + 1] == "of" else words[:at]
        rest = rest or (self.acts.thing.split() if clause.verbs.base in ("come", "follow") else [])
        act = Act(
            task_name(verb, [rest] if rest else [], []),
            verb,
            Span(start=tokens[part.start].start, end=tokens[part.end - 1].end),
        )
        by = next((p for p in clause.parts if p.prep == "by" and p is not part), None)
        act.role = self.book.find(tokens, by.group, True) if by else None
        act.thing = " ".join(rest)
        return act if rest else None

    def _done_by(self, tokens: list[Token], clause: Clause, said: Said) -> Item | None:
        """ "It is printed and gets a number, my colleague Doris does that": who does what was told just before."""
        part, verbs = clause.object(), clause.verbs
        pointing = part is not None and tokens[part.group.head].low in ("that", "this", "it")
        if verbs.base != "do" or verbs.negative or not pointing or clause.subject is None:
            return None
        role = self.book.find(tokens, clause.subject, True)
        told = said.acts() or [act for act in self.before if act.verb != "wait"][-1:]
        if own := self._own_work(tokens, clause, told, role, said):
            return Item("act", own)
        for act in told:
            act.role = act.role or role
        return Item("act") if role is not None and told else None

    def _own_work(
        self, tokens: list[Token], clause: Clause, told: list[Act], role: str | None, said: Said
    ) -> Act | None:
        """ "The translator does it in three hours" behind the work of others: translating is a step of its own."""
        noun = tokens[clause.subject.head].low if clause.subject else ""
        verb = work_of(noun) if role is not None and any(m.quantity.kind == "duration" for m in said.marks) else ""
        if not verb or verb in _LEADING or any(act.role in (None, role) or act.verb == verb for act in told):
            return None
        thing = [] if noun in self.acts.thing.split() else self.acts.thing.split()
        start = clause.subject.start if clause.subject else clause.verbs.start
        where = Span(start=tokens[start].start, end=tokens[clause.end - 1].end)
        return Act(task_name(verb, [thing], []), verb, where, role=role, thing=" ".join(thing))

    def _of_some(self, tokens: list[Token], clause: Clause, act: Act) -> None:
        """ "A quarter have to be reminded": whom, in the words told before."""
        if clause.subject is not None and clause.verbs.passive and " " not in act.name:
            only = tokens[clause.subject.start]
            whom = (
                self._spoken_of() if only.meaning == "chance" and clause.subject.end - clause.subject.start == 1 else []
            )
            act.name, act.thing = " ".join([act.name, *whom]), " ".join(whom) or act.thing

    def _waits(self, tokens: list[Token], clause: Clause, said: Said) -> Item | None:
        if clause.verbs.negative:
            return kept_waiting(tokens, clause, said, self.book)
        if is_put_off(tokens, clause) and any(m.quantity.kind == "duration" for m in said.marks):
            place = Span(start=tokens[clause.verbs.start].start, end=tokens[clause.end - 1].end)
            return Item("wait", Act("Wait for new date", "wait", place))
        if clause.verbs.base not in ("wait", "await"):
            return None
        if (
            clause.subject is not None
            and tokens[clause.subject.head].low
            in ("that", "it", "this", "which", "order", "case", "invoice", "form", "file", "everything")
            and any(m.quantity.kind == "duration" for m in said.marks)
        ):
            return Item("act")
        part = clause.part("for") or (clause.object() if clause.verbs.base == "await" else None)
        timed = any(m.quantity.kind == "duration" for m in said.marks)
        if part is not None and timed and self._for_step(tokens, clause, part, said):
            return Item("act")
        span = Span(start=tokens[clause.verbs.start].start, end=tokens[clause.end - 1].end)
        act = Act("Wait", "wait", span)
        if clause.subject is not None:
            act.role = self.book.find(tokens, clause.subject, True)
        if part is not None and not is_time(tokens, part.group):
            act.name = "Wait for " + self._awaited(tokens, part)
            act.contact = self.acts._outside(self.book.find(tokens, part.group, False))
            act.message_from = act.contact
        return Item("wait", act)

    def _awaited(self, tokens: list[Token], part: Part) -> str:
        """What is waited for by its name, also where the words are "for it"."""
        head = tokens[part.group.head].low
        if head in ("it", "that", "this") and self.acts.thing:
            return self.acts.thing
        known = self.book.roles.get(self.book.find(tokens, part.group, False) or "") if head in _WHOM else None
        return known.name.lower() if known is not None else " ".join(words_of(tokens, part.group))

    def _for_step(self, tokens: list[Token], clause: Clause, part: Part, said: Said) -> bool:
        """ "People wait nine days for it", "and the donor waits 25 minutes for him": the time before the step that was
        told last, where it is not us who wait for what was ordered."""
        awaited, told = tokens[part.group.head].low, (said.acts() or self.before)[-1:]
        if awaited not in _WHOM | {"it", "that", "this"} or clause.subject is None or not told:
            return False
        waiting = self.book.find(tokens, clause.subject, False)
        outside = waiting is None or self.book.roles[waiting].kind == "external"
        ours = told[0].role is not None and told[0].role != waiting
        return (outside or tokens[clause.subject.head].low in _PEOPLE) and (awaited not in _WHOM or ours)

    def _back_target(self, tokens: list[Token], clause: Clause) -> str | None:
        """What the work goes back to, in the words of the story; None when it goes on."""
        verbs = clause.verbs
        if verbs.base == "come" and any(p.prep in ("after", "in") and is_time(tokens, p.group) for p in clause.parts):
            return None  # "posts it, comes back after ten days": an answer is awaited
        if no_way_back(tokens, clause, self.book):
            return None
        back = (
            verbs.particle == "back"
            or any(t.low == "back" for t in clause.adverbs)
            or any(t.low == "back" for t in tokens[clause.verbs.start : clause.end])
        )
        if verbs.base in ("go", "return", "jump", "loop", "come", "start", "begin", "restart") and (
            back or verbs.base in ("return", "restart") or any(t.low in ("again", "over") for t in clause.adverbs)
        ):
            part = clause.part("to", "with", "at", "from")
            thing = clause.object()
            subject = tokens[clause.subject.head] if clause.subject else None
            alone = clause.subject is None or subject is None or subject.tag != "N" or subject.low in PROCESS
            if not alone and clause.subject is not None:
                alone = self.book.find(tokens, clause.subject, False) is not None
            if not alone and (part is None or part.prep != "to"):
                return None
            if part is not None and part.prep == "to" and tokens[part.group.head].low in ORIGINS:
                return None  # "that goes back to an instruction of the old boss"
            if subject is not None and part is not None and brings_along(tokens, subject, part):
                return None
            if verbs.base == "return" and thing is not None:
                return None
            if thing is not None and tokens[thing.group.head].low.endswith("ing") and part is None:
                return tokens[thing.group.head].low  # "we have to start bargaining again"
            whom = " ".join(words_of(tokens, part.group)) if part else ""
            return self.book.aliases.get(whom.lower(), whom)
        return None

    def _comes_back(self, tokens: list[Token], clause: Clause, said: Said) -> Item | None:
        """ "In every second kitchen a part is missing, so the fitters come back": work done again, no way back."""
        verbs = clause.verbs
        if verbs.base not in ("come", "go", "drive", "return") or clause.subject is None or said.index == 0:
            return None
        role = self.book.find(tokens, clause.subject, False)
        known = self.book.roles.get(role or "")
        again = any(t.low == "again" for t in tokens[verbs.start : clause.end])
        if known is None or known.kind == "external" or again or clause.part("to", "with", "at", "from") is not None:
            return None
        span = Span(start=tokens[verbs.start].start, end=tokens[clause.end - 1].end)
        return Item("act", Act(f"{verbs.base.capitalize()} back", verbs.base, span, role=role))

    def _first_step(self, tokens: list[Token], clause: Clause, found: list[Clause]) -> list[Act]:
        """ "The next step is the approval of the offer", "then comes the weighing": the noun says the work."""
        comes = clause.verbs.base in ("come", "follow") and clause.subject is None and clause.verbs.kind == "finite"
        if comes and not clause.verbs.negative and (part := clause.object()) is not None:
            act = self._noun_act(tokens, part, clause)
            return [act] if act else []
        if clause.verbs.base != "be" or clause.subject is None or clause.verbs.negative:
            return []
        if tokens[clause.subject.head].low not in _PLACES:
            return []
        part = clause.object()
        act = self._noun_act(tokens, part, clause) if part is not None else None
        return [act] if act else []

    def _fronted(self, tokens: list[Token], clause: Clause, said: Said) -> None:
        """ "In case of rejection, …" is a condition; "After approval of the budget, …" an action before."""
        for part in clause.front:
            span = Span(start=tokens[part.start].start, end=tokens[part.end - 1].end)
            text = " ".join(words_of(tokens, part.group))
            if part.prep == "in case of" or (part.prep in ("for", "with", "in") and selective(tokens, part)):
                text = " ".join([text, *from_where(tokens, part)])
                negative = any(
                    t.low in ("negative", "no", "error", "errors", "problem", "problems", "rejection", "refusal")
                    for t in tokens[part.start : part.end]
                )
                said.items.append(Item("if", condition=Condition(text, negative, span, content(text))))
            elif part.prep in ("after", "upon", "following", "on") and tokens[part.group.head].low in NOMINAL:
                act = self._noun_act(tokens, part, clause)
                if act is not None:
                    said.items.append(Item("when", act, Condition(text, False, span, content(text))))

    def _what_costs(self, tokens: list[Token], clause: Clause, found: list[Clause]) -> list[Item]:
        """ "Anything that costs more than 150 euros must be signed": a limit told as a relative clause."""
        place = found.index(clause)
        limit = found[place - 1] if place and found[place - 1].kind == "rel" else None
        if limit is None or limit.start > 2 or limit.verbs.base not in ("cost", "exceed", "be", "weigh", "last"):
            return []
        words = tokens[limit.verbs.start : limit.end]
        if not any(t.tag == "#" for t in words) or not {"more", "over", "above", "exceeds", "less"} & {
            t.low for t in words
        }:
            return []
        text = " ".join(t.low for t in words if t.tag not in (",", "D"))
        span = Span(start=words[0].start, end=words[-1].end)
        return [Item("if", condition=Condition(text, False, span, content(text), subject="amount"))]

    def _limits_in_front(self, tokens: list[Token], clause: Clause, said: Said) -> list[Item]:
        """ "Below 500 euros the office orders directly, above that three quotes are obtained": one choice, two ways."""
        found: list[Item] = []
        for part in clause.front:
            words = [t.low for t in tokens[part.group.start : part.group.end]]
            pointing = words in (["that"], ["this"])
            upto = tokens[part.start].low == "up to"
            if not (part.prep in LIMITS or upto) or not ((pointing and self.limit) or part.sum_at(tokens)):
                continue
            self.limit = self.limit if pointing else " ".join(words_of(tokens, part.group))
            span = Span(start=tokens[part.start].start, end=tokens[part.end - 1].end)
            how = "up to" if upto else part.prep
            over = how in ("above", "over", "exceeding")
            condition = Condition(
                f"{how} {self.limit}", False, span, frozenset({"over" if over else "under"}), subject="amount"
            )
            if any(item.kind == "if" for item in said.items):
                found.append(Item("else"))
            found.append(Item("if", condition=condition))
        return found

    def _ing(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        tie = clause.ties[0].low if clause.ties else ""
        if tie in ("after", "upon", "once", "when", "following") or (tie == "on" and clause.start == 0):
            if not clause.parts and clause.tie(",") is None and len(found) > 1 and found[1].subject is not None:
                return  # "after washing I check it": the step is told of elsewhere
            clause.subject = clause.subject or next((c.subject for c in found if c.kind == "main" and c.subject), None)
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("when", act))
        elif (
            found[0].verbs.base in ("start", "begin", "commence")
            and found[0] is not clause
            and found[0].part("with", "by")
            and (not tie or tie == "and")
        ):
            clause.subject = found[0].part("with", "by").group  # type: ignore[union-attr]
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("act", act))
        elif (
            tie in ("by", "with")
            and found[0].verbs.base in ("start", "begin", "end", "commence", "conclude")
            and found[0] is not clause
        ):
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("act", act))
        elif tie == "before":
            return

    def _to(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        place = found.index(clause)
        previous = found[place - 1] if place else None
        if previous is not None and previous.verbs.base == "wait" and (part := previous.part("for")) is not None:
            clause.subject = part.group  # "the request waits for the manager to confirm it"
            act = self.acts.make(tokens, clause, found) if self.book.find(tokens, part.group, True) else None
            said.items += [Item("act", act)] if act is not None else []
            return
        if (
            previous is not None
            and previous.verbs.base in ("use", "utilise", "utilize")
            and said.items
            and said.items[-1].act
        ):
            role, system = (
                said.items[-1].act.role,
                " ".join(words_of(tokens, previous.parts[0].group)) if previous.parts else None,
            )
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                act.role, act.system = role, system
                said.items[-1].act = act

    def _named_step(self, tokens: list[Token], said: Said) -> None:
        """A numbered step told by a noun alone: "3. Interview with the manager and a test drive"."""
        if len(tokens) > MOST_NAMED or tokens[0].tag not in ("N", "A", "D", "R", "V") or tokens[-1].low in ("?", ":"):
            return
        start = 0
        for i in range(len(tokens) + 1):
            ends = i == len(tokens) or (tokens[i].tag == "C" and tokens[i + 1 : i + 2] and tokens[i + 1].tag == "D")
            if not ends or i <= start:
                continue
            by = next((k for k in range(start, i) if tokens[k].low == "by"), i)
            name = " ".join(words_of(tokens, Group(start, by, by - 1)))
            place = Span(start=tokens[start].start, end=tokens[i - 1].end)
            act = Act(
                name[:1].upper() + name[1:], name.split()[0].lower() if name else "", place, thing=name, named=True
            )
            who = noun_group(tokens, by + 1, i) if by < i else None
            act.role = self.book.find(tokens, who, True) if who else None
            if name:
                said.items.append(Item("act", act))
            start = i + 1

    def _nominal(self, tokens: list[Token], said: Said) -> None:
        """A list item without a verb: "Approval by the manager"."""
        group = noun_group(tokens, 0, len(tokens))
        if group is None or not any(t.low in NOMINAL for t in tokens[group.start : group.end]):
            return
        verb_at = next(i for i in range(group.start, group.end) if tokens[i].low in NOMINAL)
        words = words_of(tokens, group)
        rest = [w for w in words if w.lower() != tokens[verb_at].low and w != "of"]
        act = Act(
            task_name(NOMINAL[tokens[verb_at].low], [rest] if rest else [], []), NOMINAL[tokens[verb_at].low], said.span
        )
        by = next((i for i in range(group.end, len(tokens)) if tokens[i].low == "by"), None)
        inner = noun_group(tokens, by + 1, len(tokens)) if by is not None else None
        act.role = self.book.find(tokens, inner, True) if inner else None
        if rest:
            said.items.append(Item("act", act))
