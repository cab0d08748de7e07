"""A sentence read for what it says about the flow: its clauses become actions, conditions, loops and ends, in order."""

from __future__ import annotations

from assistant.language.offline.acts import Acts
from assistant.language.offline.asides import Mark, without_figures
from assistant.language.offline.chances import chance_is_error, leaves_open, place_chances
from assistant.language.offline.clauses import Clause, Part, clauses
from assistant.language.offline.groups import Group
from assistant.language.offline.labels import condition_text, is_time, task_name, words_of
from assistant.language.offline.lexicon import singular
from assistant.language.offline.likeness import content
from assistant.language.offline.roles import RoleBook, note_titles
from assistant.language.offline.statements import Act, Condition, Item, Said
from assistant.language.offline.table_verbs import NOMINAL, REFUSE
from assistant.language.offline.tagging import tagged
from assistant.language.offline.tokens import Sentence, Token
from assistant.process.durations import Span

_CUE = {"then": "then", "afterwards": "then", "afterward": "then", "subsequently": "then", "finally": "then", "next": "then", "first": "first", "firstly": "first",
        "lastly": "then", "later": "then", "thereafter": "then", "eventually": "then", "meanwhile": "parallel",
        "simultaneously": "parallel", "concurrently": "parallel", "parallel": "parallel", "otherwise": "else", "else": "else", "alternatively": "else",
        "sometimes": "sometimes", "occasionally": "sometimes", "rarely": "sometimes", "beforehand": "before",
        "former": "former", "latter": "latter", "so": "so", "before": "before", "instead": "else"}  # fmt: skip
_PROCESS = {"process", "procedure", "workflow", "instance", "case", "story", "sub-process", "thing", "it", "that", "flow", "matter", "everything", "this", "task", "request", "intake"}
_FINISH = {"end", "finish", "stop", "terminate", "close", "complete", "conclude", "cancel", "abort"}
_RETURN = {"return", "go", "start", "begin", "loop", "jump", "come", "send", "get", "restart", "continue", "proceed", "resume"}
_WAITING = {"wait", "await", "rest", "lie", "sit"}
_OVER = {"complete", "finish", "do", "perform", "conclude", "end", "carry", "accomplish", "close", "go", "have"}
_NEGATIVE = {"fail", "reject", "decline", "refuse", "lack", "miss", "deny", "cancel", "withdraw", "differ"}


class Interpreter:
    """Reads one sentence after the other; remembers roles and the thing last talked about."""

    def __init__(self) -> None:
        self.book = RoleBook()
        self.acts = Acts(self.book)
        self.before: list[Act] = []  # the actions of the sentence before
        self.sure = True  # whether "it" can only mean one thing

    def read(self, sentence: Sentence, index: int, order: bool = False) -> Said:
        """What one sentence says. No items when it only describes, or when it is an `order` to the reader."""
        said = Said(index, sentence.span(), words=frozenset(t.low for t in sentence.tokens))
        if sentence.heading or order:
            return said
        plain, said.marks = without_figures(sentence.tokens)
        plain = _without_asides(plain)
        plain, forgot = _without_preface(plain)
        tokens = tagged(plain)
        if not tokens:
            place_chances(said)
            return said
        found = clauses(tokens)
        self.acts.first = index == 0
        things = [act.thing for act in self.before if act.thing]
        self.sure = len(set(things)) < 2 or not things
        said.cue = _cue(tokens, found)
        if forgot and said.cue in ("first", ""):
            said.cue = "forgot"
        if found:
            self._fronted(tokens, found[0], said)
            self._clauses(tokens, found, said)
        elif sentence.item:
            self._nominal(tokens, said)
        if not said.items and found and found[0].kind == "main" and found[0].verbs.base == "be" and not found[0].tie("W"):
            self._state_with_chance(tokens, found[0], said)
        place_chances(said)
        _reorder(said)
        said.carries = leaves_open(said)
        note_titles(tokens, self.book)
        for act in said.acts():
            act.sentence, act.siblings = index, said.acts()
        self.before = said.acts() or self.before
        said.first_role = next((act.role for act in said.acts() if act.role), None)
        return said

    # --- clauses in order

    def _clauses(self, tokens: list[Token], found: list[Clause], said: Said) -> None:
        below: str = ""  # the kind of subordinate clause that "and" may continue
        for place, clause in enumerate(found):
            kind = self._kind(tokens, clause, below)
            if clause.tie("R") is not None and place:
                self._inner_cue(clause, said)
            below = kind if kind in ("if", "unless", "when", "until") or (kind == "skip" and clause.kind == "sub") else ("" if kind == "main" else below)
            getattr(self, f"_{kind}", self._skip)(tokens, clause, found, said)

    def _kind(self, tokens: list[Token], clause: Clause, below: str) -> str:
        """main, if, unless, when, until, before, while, rel, ing, to or skip."""
        if clause.kind == "main" and below == "skip" and clause.tie("C") and clause.shared and not clause.tie(","):
            return "skip"
        if clause.kind == "main":
            goes_on = below not in ("", "skip") and clause.tie("C") and not any(t.tag == "," for t in tokens[clause.start : clause.verbs.start])
            return below if goes_on and not clause.tie("R") else "main"
        if clause.kind == "sub":
            tie = next(t for t in clause.ties if t.tag == "S")
            word = tie.meaning or tie.low
            word = {"once": "when", "whenever": "when", "after": "when", "till": "until", "although": "", "though": "", "because": "", "since": "",
                    "as": "", "whereas": "main", "so that": "", "lest": "", "that": "", "whether": ""}.get(word, word)  # fmt: skip
            return word or "skip"
        if clause.kind == "comp":
            return "comp"
        if clause.kind == "relobj" and any(t.low == "where" for t in clause.ties) and clause.tie(","):
            return "main"
        return {"rel": "rel", "ing": "ing", "to": "to", "relobj": "skip", "comp": "skip", "question": "skip"}[clause.kind]

    def _skip(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        """A clause that says nothing about the flow."""

    def _inner_cue(self, clause: Clause, said: Said) -> None:
        """A cue inside the sentence: "…, otherwise …" opens the other branch."""
        for token in clause.ties:
            meaning = _CUE.get(token.meaning or token.low)
            if meaning == "else":
                said.items.append(Item("else"))

    # --- kinds of clauses

    def _main(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        self.sure = self.sure and not said.acts()
        item = _that_is_it(tokens, clause) or self._about_the_process(tokens, clause, found) or self._waits(tokens, clause, said)
        if item is not None:
            if item.kind != "act" or item.act is not None:
                said.items.append(item)
            return
        act = None if _tells_volume(tokens, clause, said) else self.acts.make(tokens, clause, found)
        limit = _limit_of(tokens, clause)
        if limit is not None and act is not None and not any(item.kind == "if" for item in said.items):
            text = condition_text(tokens, limit.start, limit.end)
            span = Span(start=tokens[limit.start].start, end=tokens[limit.end - 1].end)
            said.items.append(Item("if", condition=Condition(text, False, span, content(text), subject=tokens[limit.head].low)))
        chance = _chance_of(tokens, clause, said)
        if chance is not None and not chance_is_error(chance):
            said.items.append(Item("if", condition=self._chance_condition(tokens, clause, chance)))
        elif chance is not None:
            return
        if act is None:
            for extra in self._first_step(tokens, clause, found):
                said.items.append(Item("act", extra))
            return
        if any(t.low == "or" for t in clause.ties) and said.items and said.items[-1].kind == "act":
            act.joined = "or"
        act.parallel = any(_CUE.get(t.meaning or t.low) == "parallel" for t in clause.ties + clause.adverbs)
        target = self._back_target(tokens, clause)
        if target is not None:
            said.items.append(Item("back", act, target=target))
        else:
            said.items.append(Item("act", act))

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
        loose = tie == clause.start or tokens[tie - 1].tag not in ("C", ",", ";", "-", "–")
        said.items.append(Item("if", condition=condition, trailing=acted and (loose or not _main_follows(found, clause))))

    def _unless(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        self._if(tokens, clause, found, said, flip=True)

    def _condition(self, tokens: list[Token], start: int, clause: Clause, flip: bool) -> Condition:
        text = condition_text(tokens, start, clause.end)
        words = tokens[start : clause.end]
        first = text.split()[0].lower() if text else ""
        plural = self.acts.thing.lower().endswith("s") and not self.acts.thing.lower().endswith("ss")
        if (first in ("it", "this") or (first == "they" and plural)) and self.acts.thing and self.sure and clause.verbs.base != "happen":
            text = " ".join([self.acts.thing, *text.split()[1:]])
        negative = clause.verbs.negative or any(t.low in ("no", "not", "n't", "none") for t in words)
        negative = negative or clause.verbs.base in _NEGATIVE
        if flip:
            text = f"not: {text}" if not negative else text
        subject = " ".join(words_of(tokens, clause.subject)) if clause.subject else ""
        who = self.book.find(tokens, clause.subject, False) if clause.subject else None
        if who is not None:
            self.book.remember(who, self.book.roles[who].many)
        if clause.subject is not None and self.book.find(tokens, clause.subject, False) is None and subject.lower() not in ("it", "this", "that", "there", "they", "everything", "something", "nothing", "anything", "one", "none", "all", "both"):
            self.acts.thing = subject
        return Condition(text, negative != flip, Span(start=words[0].start if words else 0, end=words[-1].end if words else 0), content(text), subject=subject)

    def _state_with_chance(self, tokens: list[Token], clause: Clause, said: Said) -> None:
        """"It is incomplete in 45 percent of the cases" names a condition with its chance."""
        mark = next((m for m in said.marks if m.quantity.kind == "chance" and m.how == "pointing" and m.quantity.noun == "cases"), None)
        part = clause.object()
        if mark is None or clause.subject is None or part is None or tokens[clause.subject.head].low in ("there", "that", "this"):
            return
        self.sure = True
        said.items.append(Item("if", condition=self._condition(tokens, clause.subject.start, clause, False)))

    def _chance_condition(self, tokens: list[Token], clause: Clause, mark: Mark) -> Condition:
        """"One in five orders is incomplete" is the condition "order is incomplete" with its chance."""
        condition = self._condition(tokens, clause.subject.start if clause.subject else clause.verbs.start, clause, False)
        words = condition.text.split()
        if words and words[0].lower() in ("some", "those"):
            words = words[1:]
        if words:
            words[0] = singular(words[0])
        condition.text = " ".join(words) or condition.text
        condition.p = mark.quantity.low
        return condition

    def _when(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        act = None if clause.verbs.base in _OVER and (clause.verbs.passive or clause.verbs.perfect) else self.acts.make(tokens, clause, found)
        if act is not None:
            act.over = clause.verbs.perfect
        tie = next((i for i in range(clause.start, clause.verbs.start) if tokens[i].tag == "S"), clause.start - 1)
        condition = self._condition(tokens, tie + 1, clause, False)
        trailing = any(item.kind == "act" for item in said.items) and not _main_follows(found, clause)
        said.items.append(Item("when", act, condition, trailing=trailing))

    def _until(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        tie = next((i for i in range(clause.start, clause.verbs.start) if tokens[i].tag == "S"), clause.start - 1)
        said.items.append(Item("until", condition=self._condition(tokens, tie + 1, clause, False)))

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
        """"The auditors require that the manager approves it": what is required is done."""
        place = found.index(clause)
        if place and found[place - 1].verbs.base in ("require", "insist", "demand", "want", "mean", "expect") and clause.tie("S") is not None:
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("act", act))

    def _rel(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        place = found.index(clause)
        if not place or clause.subject is None or clause.subject.start < found[place - 1].verbs.end or clause.verbs.perfect:
            return
        if found[place - 1].kind in ("sub",) and clause.verbs.passive:
            return
        relative = next(t for t in tokens[clause.start : clause.verbs.start] if t.tag == "W")
        goes_on = any(t.tag in (",", "C") for t in clause.ties) or any(t.low in ("then", "also") or t.meaning == "then" for t in clause.adverbs + clause.ties)
        if relative.low in ("that", "whose", "what", "where", "how") and not goes_on:
            return
        if relative.low == "which" and not goes_on:
            return
        if relative.low == "who" and clause.verbs.modal in ("can", "could"):
            return
        if clause.subject and self.book.find(tokens, clause.subject, False) is None and not clause.verbs.passive:
            return
        act = self.acts.make(tokens, clause, found)
        if act is not None:
            said.items.append(Item("act", act))

    def _ing(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        tie = clause.ties[0].low if clause.ties else ""
        if tie in ("after", "upon", "on", "once", "when", "following"):
            clause.subject = clause.subject or next((c.subject for c in found if c.kind == "main" and c.subject), None)
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("when", act))
        elif found[0].verbs.base in ("start", "begin", "commence") and found[0] is not clause and found[0].part("with", "by") and (not tie or tie == "and"):
            clause.subject = found[0].part("with", "by").group  # type: ignore[union-attr]
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("act", act))
        elif tie in ("by", "with") and found[0].verbs.base in ("start", "begin", "end", "commence", "conclude") and found[0] is not clause:
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                said.items.append(Item("act", act))
        elif tie == "before":
            return

    def _to(self, tokens: list[Token], clause: Clause, found: list[Clause], said: Said) -> None:
        place = found.index(clause)
        previous = found[place - 1] if place else None
        if previous is not None and previous.verbs.base in ("use", "utilise", "utilize") and said.items and said.items[-1].act:
            role, system = said.items[-1].act.role, " ".join(words_of(tokens, previous.parts[0].group)) if previous.parts else None
            act = self.acts.make(tokens, clause, found)
            if act is not None:
                act.role, act.system = role, system
                said.items[-1].act = act

    # --- special sentences

    def _about_the_process(self, tokens: list[Token], clause: Clause, found: list[Clause]) -> Item | None:
        """"The process ends", "this is repeated", "go back to the check", "the process starts when …"."""
        subject = tokens[clause.subject.head].low if clause.subject else ""
        verbs = clause.verbs
        process = subject in _PROCESS
        if verbs.base in _FINISH and process and not verbs.negative and (verbs.base in ("end", "stop", "finish", "terminate") or subject in ("process", "procedure", "workflow", "instance", "case", "story", "flow", "sub-process")):
            if verbs.base in ("finish", "complete", "close") and verbs.perfect:
                return Item("end", target=_outcome(tokens, clause))
            return Item("end", target=_outcome(tokens, clause))
        if verbs.base in _FINISH and not verbs.passive and clause.object() and tokens[clause.object().group.head].low in ("process", "procedure", "workflow", "instance"):  # type: ignore[union-attr]
            return Item("end", target=_outcome(tokens, clause))
        if verbs.base == "repeat" and (process or verbs.passive):
            return Item("back", target=" ".join(words_of(tokens, clause.subject)) if clause.subject else "")
        if verbs.base in ("start", "begin", "initiate", "trigger", "commence", "kick") and (process or subject == ""):
            return self._start(tokens, clause)
        if process and subject in ("process", "procedure", "workflow") and verbs.base in _RETURN | {"repeat"} and not verbs.negative:
            target = self._back_target(tokens, clause)
            return Item("back", target=target) if target is not None else Item("act")
        return None

    def _start(self, tokens: list[Token], clause: Clause) -> Item:
        """"The process starts with a meeting", "is triggered by a request": the first step or the trigger."""
        part = clause.part("with", "by", "upon", "after", "on")
        if part is None:
            return Item("act")
        return Item("act", self._noun_act(tokens, part, clause))

    def _noun_act(self, tokens: list[Token], part: Part, clause: Clause) -> Act | None:
        """"with a review of the order" → "Review order"."""
        head = tokens[part.group.head]
        verb = NOMINAL.get(head.low)
        if verb is None:
            return None
        words = words_of(tokens, part.group)
        at = next((i for i, w in enumerate(words) if w.lower() == head.low), 0)
        rest = words[at + 2 :] if at + 1 < len(words) and words[at + 1] == "of" else words[:at]
        act = Act(task_name(verb, [rest] if rest else [], []), verb, Span(start=tokens[part.start].start, end=tokens[part.end - 1].end))
        by = next((p for p in clause.parts if p.prep == "by" and p is not part), None)
        act.role = self.book.find(tokens, by.group, True) if by else None
        act.thing = " ".join(rest)
        return act if rest else None

    def _waits(self, tokens: list[Token], clause: Clause, said: Said) -> Item | None:
        if clause.verbs.base not in ("wait", "await") or clause.verbs.negative:
            return None
        if clause.subject is not None and tokens[clause.subject.head].low in ("that", "it", "this", "which", "order", "case", "invoice", "form", "file", "everything") and any(m.quantity.kind == "duration" for m in said.marks):
            return Item("act")
        part = clause.part("for") or (clause.object() if clause.verbs.base == "await" else None)
        span = Span(start=tokens[clause.verbs.start].start, end=tokens[clause.end - 1].end)
        act = Act("Wait", "wait", span)
        if clause.subject is not None:
            act.role = self.book.find(tokens, clause.subject, True)
        if part is not None and not is_time(tokens, part.group):
            act.name = "Wait for " + " ".join(words_of(tokens, part.group))
            act.contact = self.acts._outside(self.book.find(tokens, part.group, False))
            act.message_from = act.contact
        return Item("wait", act)

    def _back_target(self, tokens: list[Token], clause: Clause) -> str | None:
        """What the work goes back to, in the words of the story; None when it goes on."""
        verbs = clause.verbs
        back = verbs.particle == "back" or any(t.low == "back" for t in clause.adverbs) or any(t.low == "back" for t in tokens[clause.verbs.start : clause.end])
        if verbs.base in ("go", "return", "jump", "loop", "come", "start", "begin", "restart") and (back or verbs.base in ("return", "restart") or any(t.low in ("again", "over") for t in clause.adverbs)):
            part = clause.part("to", "with", "at", "from")
            thing = clause.object()
            if verbs.base == "return" and thing is not None:
                return None
            return " ".join(words_of(tokens, part.group)) if part else ""
        return None

    def _first_step(self, tokens: list[Token], clause: Clause, found: list[Clause]) -> list[Act]:
        """"The next step is the approval of the offer": the noun says the work."""
        if clause.verbs.base != "be" or clause.subject is None or clause.verbs.negative:
            return []
        if tokens[clause.subject.head].low not in ("step", "task", "activity", "stage", "phase", "thing", "job", "next"):
            return []
        part = clause.object()
        act = self._noun_act(tokens, part, clause) if part is not None else None
        return [act] if act else []

    def _fronted(self, tokens: list[Token], clause: Clause, said: Said) -> None:
        """"In case of rejection, …" is a condition; "After approval of the budget, …" an action before."""
        for part in clause.front:
            span = Span(start=tokens[part.start].start, end=tokens[part.end - 1].end)
            text = " ".join(words_of(tokens, part.group))
            if part.prep == "in case of" or (part.prep == "for" and _selective(tokens, part)):
                negative = any(t.low in ("negative", "no", "error", "errors", "problem", "problems", "rejection", "refusal") for t in tokens[part.start : part.end])
                said.items.append(Item("if", condition=Condition(text, negative, span, content(text))))
            elif part.prep in ("after", "upon", "following", "on") and tokens[part.group.head].low in NOMINAL:
                act = self._noun_act(tokens, part, clause)
                if act is not None:
                    said.items.append(Item("when", act, Condition(text, False, span, content(text))))

    def _nominal(self, tokens: list[Token], said: Said) -> None:
        """A list item without a verb: "Approval by the manager"."""
        from assistant.language.offline.groups import noun_group

        group = noun_group(tokens, 0, len(tokens))
        if group is None or not any(t.low in NOMINAL for t in tokens[group.start : group.end]):
            return
        verb_at = next(i for i in range(group.start, group.end) if tokens[i].low in NOMINAL)
        words = words_of(tokens, group)
        rest = [w for w in words if w.lower() != tokens[verb_at].low and w != "of"]
        act = Act(task_name(NOMINAL[tokens[verb_at].low], [rest] if rest else [], []), NOMINAL[tokens[verb_at].low], said.span)
        by = next((i for i in range(group.end, len(tokens)) if tokens[i].low == "by"), None)
        inner = noun_group(tokens, by + 1, len(tokens)) if by is not None else None
        act.role = self.book.find(tokens, inner, True) if inner else None
        if rest:
            said.items.append(Item("act", act))


def _without_preface(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Without "Oh, and I forgot to say:" and the like; says whether it stood there."""
    for place, token in enumerate(tokens[:8]):
        left_out = token.low in ("left", "leave") and place + 1 < len(tokens) and tokens[place + 1].low == "out"
        if token.low in ("forgot", "forgotten", "mentioned") or left_out or (token.low == "mention" and "should" in [t.low for t in tokens[:place]]):
            stop = place + 1 + left_out
            while stop < min(len(tokens), place + 5) and tokens[stop].low in ("to", "say", "mention", "tell", "you", "add", "that", ":", ",", "-", "–", "—", "this", "one"):
                stop += 1
            return tokens[stop:], True
    return tokens, False


_LIMITS = {"above", "over", "under", "below", "exceeding"}


def _limit_of(tokens: list[Token], clause: Clause) -> Group | None:
    """"Invoices above 5,000 euros are approved by …" is done for some cases only: the group with its limit."""
    groups = [clause.subject] if clause.subject is not None and not clause.shared else []
    for group in groups:
        for i in range(group.start + 1, group.end - 1):
            if tokens[i].low in _LIMITS and (tokens[i + 1].tag in ("#", "*") or tokens[i + 1].low in ("€", "$", "£")):
                return group
    part = clause.object()
    if part is not None:
        following = next((p for p in clause.parts if p.prep in _LIMITS and p.start == part.end and tokens[p.group.start].tag in ("#", "*")), None)
        if following is not None:
            return Group(part.start, following.end, part.group.head)
    return None


def _that_is_it(tokens: list[Token], clause: Clause) -> Item | None:
    """"And that's it", "that's the end of it", "we are done": the case ends here."""
    if clause.verbs.base != "be" or clause.subject is None or clause.verbs.negative:
        return None
    subject = tokens[clause.subject.head].low
    rest = [t.low for t in tokens[clause.verbs.end : clause.end] if t.tag not in (",", ";")]
    if subject in ("that", "this", "it") and rest[:1] in (["it"], ["that"], ["all"], ["over"]) and len(rest) == 1:
        return Item("end")
    if subject in ("that", "this", "it") and rest[:2] in (["the", "end"], ["the", "last"]):
        return Item("end")
    return Item("end") if subject in ("we", "i", "process", "case") and rest in (["done"], ["finished"], ["over"], ["through"]) else None


def _tells_volume(tokens: list[Token], clause: Clause, said: Said) -> bool:
    """"We get about 40 orders a day" counts cases; it is no step."""
    if clause.verbs.base not in ("get", "have", "see", "handle", "process", "deal", "do", "be", "run", "manage", "take", "face"):
        return False
    first, last = tokens[clause.verbs.start].start, tokens[clause.end - 1].end
    return any(m.quantity.kind == "rate" and first <= m.quantity.a <= last + 40 for m in said.marks)


def _chance_of(tokens: list[Token], clause: Clause, said: Said) -> Mark | None:
    """The chance a clause speaks of in its subject or object: "one in five orders is …", "a third of those he …"."""
    for token in tokens[clause.start : clause.end]:
        if token.meaning == "chance":
            return next((m for m in said.marks if m.quantity.a == token.start), None)
    return None


def _main_follows(found: list[Clause], clause: Clause) -> bool:
    """Whether a main clause with a comma before it comes after this subordinate one."""
    return any(c.kind == "main" and (c.tie(",") or c.tie("R")) for c in found[found.index(clause) + 1 :])


def _selective(tokens: list[Token], part: Part) -> bool:
    """"For amounts over 500 euros, …" picks some cases; "For this, …" does not."""
    words = [t.low for t in tokens[part.start : part.end + 3]]
    return any(word in ("over", "above", "below", "under", "exceeding", "orders", "cases", "claims", "amounts") for word in words) and not any(w in ("this", "each", "every", "all") for w in words)


def _outcome(tokens: list[Token], clause: Clause) -> str:
    part = clause.part("with")
    return " ".join(words_of(tokens, part.group)) if part else ""


def _cue(tokens: list[Token], found: list[Clause]) -> str:
    """The marker a sentence opens with; also one that stands with its first verb ("the clerk then …")."""
    for token in tokens[:5]:
        meaning = _CUE.get(token.meaning or token.low, "") if token.tag in ("R", "C") else ""
        if meaning and not (token.tag == "C" and token is not tokens[0]):
            return meaning
        if token.tag in ("S", "B", "V", "M", "H"):
            break
    if found:
        for token in found[0].ties + found[0].adverbs:
            meaning = _CUE.get(token.meaning or token.low, "")
            if meaning and token.tag == "R" and found[0].kind == "main":
                return meaning
    return ""


def _without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens without bracketed asides; "(by …)" stays, without its brackets."""
    if not any(t.low in ("(", "[") for t in tokens):
        return tokens
    out: list[Token] = []
    depth, keep = 0, False
    for place, token in enumerate(tokens):
        if token.low in ("(", "["):
            depth += 1
            keep = place + 1 < len(tokens) and tokens[place + 1].low == "by"
        elif token.low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 or keep:
            out.append(token)
    return out or tokens


def _reorder(said: Said) -> None:
    """What holds comes before what is done: trailing "if" and "when" go to the front of the actions they follow."""
    items = said.items
    for place, item in enumerate(items):
        if item.kind in ("if", "when") and item.trailing:
            start = place
            while start > 0 and items[start - 1].kind in ("act", "back", "end", "wait"):
                start -= 1
            items.insert(start, items.pop(place))
    for place, item in enumerate(items):
        following = items[place + 1 : place + 2]
        if item.kind == "end" and following and following[0].kind == "act" and following[0].act and following[0].act.verb not in REFUSE:
            items.append(items.pop(place))
            break
    after = [item for item in items if item.target == "after" and item.kind == "act"]
    if after:
        said.items = [item for item in items if item not in after] + after
