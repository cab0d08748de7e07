"""A sentence read for what it says about the flow: its clauses become actions, conditions, loops and ends, in order."""

from __future__ import annotations

from typing import assert_never

from assistant.english.tables import classed
from assistant.language.offline.meaning.clause_kinds import CONDITIONS, ClauseKind, clause_kind
from assistant.language.offline.meaning.lasting_work import lasting_work
from assistant.language.offline.meaning.limits_and_counts import (
    LIMITS,
    chance_of,
    explained,
    is_labelled,
    limit_of,
    only_counts,
    that_is_it,
)
from assistant.language.offline.meaning.notes import noted
from assistant.language.offline.meaning.only_at_times import (
    LYING,
    awaits_yes,
    comes_again,
    comes_free,
    given_to_some,
    has_come,
    is_spoilt,
    is_they,
    outcome_told,
    over_for_some,
    so_long_until,
)
from assistant.language.offline.meaning.process_sentences import Special
from assistant.language.offline.meaning.rest_of_clause import done_over, handed_on, lets_do, named_beside, second_acts
from assistant.language.offline.meaning.roles import note_names, note_only_one, note_titles
from assistant.language.offline.sentences.act_words import hides_work, holds_back, looks_like_work
from assistant.language.offline.sentences.chances import chance_is_error, leaves_open, place_chances
from assistant.language.offline.sentences.clauses import Clause, clauses
from assistant.language.offline.sentences.doer_in_front import doer_in_front
from assistant.language.offline.sentences.figures_cut_out import without_figures
from assistant.language.offline.sentences.labels import condition_text, words_of
from assistant.language.offline.sentences.relatives import without_defining
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.sentence_shape import (
    CUE,
    cue,
    main_follows,
    opens_the_work,
    reorder,
    without_appositions,
    without_asides,
    without_inversion,
    without_preface,
    without_speaker,
    without_speech,
)
from assistant.language.offline.sentences.statements import Act, Condition, Item, Said
from assistant.language.offline.sentences.turns_of_phrase import plainly
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.process.durations import Span

_NOTICING = classed("reading", "noticing")
_OVER = frozenset("complete finish do perform conclude end carry accomplish close shut go have".split())


class Interpreter(Special):
    """Reads one sentence after the other; remembers roles and the thing last talked about."""

    def read(self, sentence: Sentence, index: int, order: bool = False) -> Said:
        """What one sentence says. No items when it only describes, or when it is an `order` to the reader."""
        said = Said(index, sentence.span(), words=frozenset(t.low for t in sentence.tokens))
        if sentence.heading or order:
            return said
        plain, said.marks = without_figures(without_speaker(sentence.tokens))
        note_names(plain, self.book)
        if is_labelled(plain):
            return said
        plain = plainly(without_speech(without_inversion(plain)))
        plain = doer_in_front(without_defining(without_appositions(without_asides(plain))))
        plain, forgot = without_preface(plain)
        tokens = tagged(plain)
        if not tokens:
            place_chances(said)
            return said
        self.acts.note_things(tokens, index)
        tokens = self._verbless(tokens, said)
        found = second_acts(tokens, clauses(tokens))
        begun = self.book.doing not in (None, self.book.narrator)  # who speaks is told of before others act
        self.acts.first, self.acts.early, self.acts.further = index == 0, index < 3 and not begun, False
        self.book.fresh, self.book.receiver = False, None
        self.book.beside, self.new = self.book.beside[self.new :], max(0, len(self.book.beside) - self.new)
        things = [act.thing for act in self.before if act.thing]
        self.sure = len(set(things)) < 2 or not things
        said.cue = cue(tokens, found)
        if (forgot and said.cue in ("first", "")) or opens_the_work(tokens):
            said.cue = "forgot"
        if found:
            self._fronted(tokens, found[0], said)
            self._clauses(tokens, found, said)
            said.items = [] if explained(tokens, found, said) else said.items
        elif sentence.item:
            self._nominal(tokens, said)
        if not said.items and (act := noted(tokens, found, said, self.acts.thing, self.book)) is not None:
            said.items.append(Item("act", act))
        if not said.items and (act := lasting_work(tokens, found, said, self.before, frozenset(self.verbs), self.book)):
            said.items.append(Item("act", act))
        if sentence.numbered and not said.items and not any(t.form in ("s", "ed", "base") for t in tokens):
            self._named_step(tokens, said)
        states = bool(found) and found[0].kind == "main" and found[0].verbs.base == "be" and not found[0].tie("W")
        if not said.items and states:
            self._state_with_chance(tokens, found[0], said)
        said.unread = (
            index > 0
            and not (said.marks or self.acts.further)
            and (said.unread or self._passed_over(tokens, found, said))
        )
        place_chances(said)
        done_over(said)
        reorder(said)
        said.carries = leaves_open(said)
        note_titles(tokens, self.book)
        self._note_state(tokens, found, said)
        for act in said.acts():
            act.sentence, act.siblings = index, said.acts()
        self.before = said.acts() or self.before
        self.verbs |= {act.verb for act in said.acts()}
        note_only_one(sentence.tokens, self.before[-1].role if self.before else None, self.book)
        said.first_role = next((act.role for act in said.acts() if act.role), None)
        return said

    def _passed_over(self, tokens: list[Token], found: list[Clause], said: Said) -> bool:
        """Whether a sentence that gave nothing at all has a verb of work outside its complements."""
        if said.marks or any(item.kind != "when" or item.act is not None for item in said.items):
            return False
        if said.items:
            return hides_work(tokens)
        whole = [clause for clause in found if clause.kind in ("main", "sub", "question", "relobj")]
        return any(looks_like_work(tokens, clause) for clause in whole) or hides_work(tokens)

    def _verbless(self, tokens: list[Token], said: Said) -> list[Token]:
        """ "If urgent, the clerk calls": the condition goes to `said`, the rest is returned."""
        if len(tokens) > 2 and tokens[0].tag == "S" and tokens[1].tag == ",":
            return tokens[2:]  # "30 of 100 → welders mend it": the share is a figure
        if tokens[0].low == "otherwise" and len(tokens) > 2 and tokens[1].tag == "S":
            return [tokens[0], *self._verbless(tokens[1:], said)]
        stop = next((i for i, token in enumerate(tokens) if token.tag == ","), None)
        opener = tokens[0].meaning or tokens[0].low
        if tokens[0].tag != "S" or stop is None or stop + 1 >= len(tokens) or stop < 2:
            return tokens
        bare = stop == 2 and tokens[1].tag == "V" and tokens[1].form in ("en", "ed")  # "once released, …"
        if not bare and any(token.tag in ("V", "B", "M", "H", "F") for token in tokens[1:stop]):
            return tokens
        text = condition_text(tokens, 1, stop)
        span = Span(start=tokens[1].start, end=tokens[stop - 1].end)
        if opener in ("if", "unless") and text:
            negative = opener == "unless" or any(token.tag == "X" for token in tokens[1:stop])
            said.items.append(Item("if", condition=Condition(text, negative, span, content(text))))
        return tokens[stop + 1 :]

    def _clauses(self, tokens: list[Token], found: list[Clause], said: Said) -> None:
        below: ClauseKind | None = None  # the kind of subordinate clause that "and" may continue
        for place, clause in enumerate(found):
            kind = clause_kind(tokens, clause, below)
            if clause.tie("R") is not None and place:
                self._inner_cue(clause, said)
            if kind in CONDITIONS or (kind is ClauseKind.SKIP and clause.kind == "sub"):
                below = kind
            elif kind is ClauseKind.MAIN:
                below = None
            self._clause(kind, tokens, clause, found, said)
            self.book.note_beside(tokens, named_beside(tokens, clause))
            if clause.verbs.passive and clause.part("by") is None and (to := clause.part("to")) is not None:
                self.book.receiver = (tokens, to.group)

    def _clause(  # noqa: C901 - one line for each kind
        self, kind: ClauseKind, tokens: list[Token], clause: Clause, found: list[Clause], said: Said
    ) -> None:
        match kind:
            case ClauseKind.MAIN:
                self._main(tokens, clause, found, said)
            case ClauseKind.IF | ClauseKind.UNLESS:
                self._if(tokens, clause, found, said, flip=kind is ClauseKind.UNLESS)
            case ClauseKind.WHEN:
                self._when(tokens, clause, found, said)
            case ClauseKind.UNTIL:
                self._until(tokens, clause, found, said)
            case ClauseKind.BEFORE:
                self._before(tokens, clause, found, said)
            case ClauseKind.WHILE:
                self._while(tokens, clause, found, said)
            case ClauseKind.REL:
                self._rel(tokens, clause, found, said)
            case ClauseKind.ING:
                self._ing(tokens, clause, found, said)
            case ClauseKind.TO:
                self._to(tokens, clause, found, said)
            case ClauseKind.COMP:
                self._comp(tokens, clause, found, said)
            case ClauseKind.RELOBJ:
                self._relobj(tokens, clause, found, said)
            case ClauseKind.SKIP | ClauseKind.ASIDE:
                named = clause.subject is not None and tokens[clause.subject.head].tag not in ("P", "O", "D")
                if clause.subject is not None and named:  # "… because Lea only does them. She repairs the bike."
                    self.book.note_beside(tokens, [clause.subject])
            case _:
                assert_never(kind)

    def _main(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        self.sure = self.sure and not said.acts()
        item = (
            that_is_it(tokens, clause)
            or self._about_the_process(tokens, clause, found)
            or self._waits(tokens, clause, said)
            or self._done_by(tokens, clause, said)
            or lets_do(tokens, clause, self.book)
        )
        if item is not None:
            if item.kind != "act" or item.act is not None:
                said.items.append(item)
            return
        target = None if comes_again(tokens, clause, said, self.book) else self._back_target(tokens, clause)
        away = over_for_some(tokens, clause, said, self.book)
        chance = chance_of(tokens, clause, said)
        no_deed = away or (chance is not None and is_spoilt(clause)) or only_counts(tokens, clause, said)
        act = None if no_deed else self.acts.make(tokens, clause, found)
        said.items += self._limits_in_front(tokens, clause, said) + self._what_costs(tokens, clause, found)
        self._limited(tokens, clause, act, said)
        open_ = said.items[-1].condition if said.items and said.items[-1].kind == "if" else None
        if chance is not None and open_ is not None and open_.p is None and act is not None:
            open_.p = chance.quantity.middle  # `if it is for print, in 30 percent of the jobs, the layouter …`
        elif chance is not None and not chance_is_error(chance):
            said.items.append(Item("if", condition=self._chance_condition(tokens, clause, chance)))
        elif chance is not None:
            said.wrong = self._chance_condition(tokens, clause, chance)
            return
        if away:
            said.items.append(Item("end", target=outcome_told(said), negative=True))
            return
        if target is not None:
            said.items.append(self._comes_back(tokens, clause, said) or Item("back", act, target=target))
            return
        if act is None and chance is not None and clause.verbs.base == "do" and not clause.parts:
            said.items.pop()  # "the client accepts, six out of ten do"
            return
        act = act or given_to_some(tokens, clause, said, chance, self.book)
        if act is None:
            said.unread = said.unread or (not only_counts(tokens, clause, said) and looks_like_work(tokens, clause))
            said.items += [Item("act", extra) for extra in self._first_step(tokens, clause, found)]
            return
        self._of_some(tokens, clause, act)
        if any(t.low == "or" for t in clause.ties) and said.items and said.items[-1].kind == "act":
            act.joined = "or"
        act.parallel = any(CUE.get(t.meaning or t.low) == "parallel" for t in clause.ties + clause.adverbs)
        said.items.append(Item("act", act))

    def _limited(self, tokens: list[Token], clause: Clause, act: Act | None, said: Said) -> None:
        """ "Amounts over 200 euros …": the limit is kept for what is said of it later; it is a condition of the act."""
        limit = limit_of(tokens, clause)
        if limit is None or (act is not None and any(item.kind == "if" for item in said.items)):
            return
        at = next((i for i in range(limit.start, limit.end) if tokens[i].low in LIMITS | {"up to"}), limit.start)
        self.limit = " ".join(t.low for t in tokens[at + 1 : limit.end])
        if act is not None:
            text = condition_text(tokens, limit.start, limit.end)
            span = Span(start=tokens[limit.start].start, end=tokens[limit.end - 1].end)
            condition = Condition(text, False, span, content(text), subject=tokens[limit.head].low)
            said.items.append(Item("if", condition=condition))

    def _if(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said, flip: bool = False) -> None:
        tie = next((i for i in range(clause.start, clause.verbs.start) if tokens[i].tag == "S"), clause.start - 1)
        last = said.items[-1] if said.items else None
        if clause.kind == "main" and last and last.kind == "if" and last.condition:
            word = "or" if any(t.low == "or" for t in clause.ties) else "and"
            text = condition_text(tokens, clause.start, clause.end)
            last.condition.text = f"{last.condition.text} {word} {text}"
            last.condition.words |= content(text)
            return
        if found[0] is not clause and clause.verbs.base in ("be",) and not clause.parts and clause.subject is None:
            return
        condition = self._condition(tokens, tie + 1, clause, flip)
        if clause.verbs.perfect and not condition.negative and not flip and tokens[tie].low == "if":
            act = self.acts.make(tokens, clause, found)
            if act is not None:  # "if A has been done and B has finished": perhaps only a join
                act.over = True
                said.items.append(Item("when", act, condition, target="if"))
                return
        acted = any(item.kind in ("act", "back", "end") for item in said.items)
        loose = tie == clause.start or not {tokens[tie - 1].tag, tokens[tie - 1].low} & {*"C,;:-–", "so"}
        trailing = acted and (loose or not main_follows(found, clause))
        said.items.append(Item("if", None, condition, awaits_yes(tokens, tie, clause), trailing=trailing))

    def _when(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        alone = not said.items and not any(c.kind == "main" for c in found)
        ended = clause.verbs.base in _OVER and (clause.verbs.passive or clause.verbs.perfect)
        act = None if alone or ended else self.acts.make(tokens, clause, found)
        outside = act is not None and (act.role is None or self.book.roles[act.role].kind == "external")
        awaited = self.before and (outside or is_they(tokens, clause)) and has_come(clause)
        if act is not None and (act.wish or awaited):
            act = None  # "when the parcel comes, …"; "whenever a teacher wants to go on a trip, …": what starts it
        elif act is not None and said.acts() and clause.verbs.base in _NOTICING:
            act = None  # "or tell the caretaker when they see him"
        elif act is not None:
            act.over = clause.verbs.perfect
        tie = next((i for i in range(clause.start, clause.verbs.start) if tokens[i].tag == "S"), clause.start - 1)
        condition = self._condition(tokens, tie + 1, clause, False)
        trailing = any(item.kind == "act" for item in said.items) and not main_follows(found, clause)
        trailing = trailing or (alone and tie > 0)
        said.items.append(Item("when", act, condition, trailing=trailing))

    def _until(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        tie = next((i for i in range(clause.start, clause.verbs.start) if tokens[i].tag == "S"), clause.start - 1)
        before = found[found.index(clause) - 1] if found.index(clause) else None
        if so_long_until(tokens, clause, found, said):
            return
        lies, free = before is not None and before.verbs.base in LYING, comes_free(tokens, clause)
        if lies and not free:
            act = self.acts.make(tokens, clause, found)
            if act is not None and act.role is not None:  # "it lies there until the porter carries it down"
                said.items.append(Item("act", act))
                return
        if holds_back(tokens, clause, found) and (act := self.acts.make(tokens, clause, found)) is not None:
            said.items.append(Item("act", act))  # "nothing leaves the yard until the foreman counts it"
            return
        counted = clause.object()
        if counted is not None and tokens[counted.group.head].tag == "#" and clause.verbs.base in ("be", "have"):
            return  # "until there are ten": so many are collected
        last = said.items[-1].act if said.items else None
        if (
            last is not None
            and before is not None
            and last.verb != "wait"
            and tokens[before.verbs.start].start >= last.span.end
        ):
            span = Span(start=tokens[tie].start, end=tokens[clause.end - 1].end)
            name = f"Wait until {condition_text(tokens, tie + 1, clause.end)}"
            said.items.append(Item("wait", Act(name, "wait", span)))
            return
        once = "once" if not said.items and (lies or free) else ""
        said.items.append(Item("until", condition=self._condition(tokens, tie + 1, clause, False), target=once))

    def _before(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        act = self.acts.make(tokens, clause, found) if clause.verbs.base not in _OVER else None
        if act is not None:
            said.items.append(Item("act", act, target="after"))
            said.anchor = act

    def _while(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        act = self.acts.make(tokens, clause, found)
        if act is not None:
            act.parallel = True
            said.items.append(Item("act", act, target="while"))

    def _comp(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        """ "The auditors require that the manager approves it": what is required is done."""
        place = found.index(clause)
        if (
            place
            and found[place - 1].verbs.base in ("require", "insist", "demand", "want", "mean", "expect")
            and clause.tie("S") is not None
        ):
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("act", act))

    def _relobj(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        whole = handed_on(tokens, clause, self.book)
        act = self.acts.make(tokens, whole, found) if whole is not None else None
        if act is not None:
            said.items.append(Item("act", act))

    def _rel(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        place = found.index(clause)
        if not place and (part := clause.object()) is not None and self.book.find(tokens, part.group, False) is None:
            self.acts.thing = " ".join(words_of(tokens, part.group))  # "the clerk who opens the post sorts it"
        to_whom = not place and bool(clause.tie(",")) and clause.front and not any(c.kind == "main" for c in found)
        if clause.subject is None or clause.verbs.perfect or (not place and not to_whom):
            return  # "First to the registrar, who numbers it" tells who does it
        ahead = found[place - 1] if place else clause
        if place and (clause.subject.start < ahead.verbs.end or (ahead.kind == "sub" and clause.verbs.passive)):
            return
        relative = next(t for t in tokens[clause.start : clause.verbs.start] if t.tag == "W")
        goes_on = any(t.tag in (",", "C") for t in clause.ties) or any(
            t.low in ("then", "also") or t.meaning == "then" for t in clause.adverbs + clause.ties
        )
        if relative.low in ("that", "whose", "what", "where", "how") and not goes_on:
            return
        if not goes_on and (relative.low == "which" or (relative.low == "who" and not clause.parts)):
            return  # "the students who sort arrive at eight"
        if relative.low == "who" and clause.verbs.modal in ("can", "could"):
            return
        if not (
            clause.verbs.passive
            or self.book.find(tokens, clause.subject, False)
            or self._sent_to(tokens, clause, ahead)
        ):
            return
        act = self.acts.make(tokens, clause, found)
        if act is not None:
            said.items.append(Item("act", act))
