"""Sentences into clauses: who does what to what, and the words that tie one clause to the next.

The tokens between two verb groups belong partly to the first (its objects) and partly to the second (connector and
subject); `cut` decides where. Linear in the length of the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.english.tables import classed
from assistant.language.figures.figure import UNIT_WORDS
from assistant.language.offline.sentences.clause_borders import SAYS, cut, only_says_more
from assistant.language.offline.sentences.relatives import antecedent, without_phrase
from assistant.language.offline.words.groups import Group, Verbs, is_phrasal, much_later, noun_group, verb_groups
from assistant.language.offline.words.phrases import BOUNDARY
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import UNITS


@dataclass(frozen=True, slots=True)
class Part:
    """A complement: a noun group with the preposition before it ("" for an object)."""

    prep: str
    group: Group
    start: int
    end: int

    def sum_at(self, tokens: list[Token]) -> bool:
        """Whether it names an amount: "500 euros"."""
        inside = tokens[self.group.start : self.group.end]
        return any(t.tag == "#" for t in inside) and not any(t.low in UNIT_WORDS for t in inside)


@dataclass(slots=True)
class Clause:
    """One clause: tokens `start` to `end` of its sentence.

    `kind` is main, sub (with a subordinator in `ties`), rel (about the noun `subject`), comp ("ensures
    that …"), to or ing.
    `ties` are the connecting tokens before it, `front` the phrases before the subject, `parts` what follows the verb.
    """

    start: int
    end: int
    verbs: Verbs
    kind: str
    ties: list[Token] = field(default_factory=list)
    front: list[Part] = field(default_factory=list)
    subject: Group | None = None
    shared: bool = False
    parts: list[Part] = field(default_factory=list)
    adverbs: list[Token] = field(default_factory=list)

    def object(self) -> Part | None:
        """The first complement without a preposition."""
        return next((part for part in self.parts if not part.prep), None)

    def part(self, *preps: str) -> Part | None:
        """The first complement with one of these prepositions."""
        return next((part for part in self.parts if part.prep in preps), None)

    def tie(self, *tags: str) -> Token | None:
        """The first connecting token with one of these tags."""
        return next((token for token in self.ties if token.tag in tags), None)


def clauses(tokens: list[Token]) -> list[Clause]:
    """The clauses of a tagged sentence, in the order of their verbs."""
    groups = verb_groups(tokens)
    found: list[Clause] = []
    cuts = [0] * len(groups)
    for k in range(1, len(groups)):
        cuts[k] = cut(tokens, groups, cuts, k)
    for k, verbs in enumerate(groups):
        end = cuts[k + 1] if k + 1 < len(groups) else len(tokens)
        clause = _left(tokens, cuts[k], verbs, found)
        clause.end = end
        _right(tokens, clause, end)
        if clause.kind == "main" and _left_out(tokens, clause, found):
            clause.kind = "relobj"
        _after_relative(clause, found)
        found.append(clause)
    _main_after_if(found)
    return found


def _main_after_if(found: list[Clause]) -> None:
    """ "If he lives outside the zone we refuse it", "if she agrees we order it": what follows is done."""
    if len(found) < 2 or found[0].kind != "sub" or found[1].kind not in ("relobj", "comp") or found[1].tie("W", "S"):
        return
    if any(c.kind == "main" and (c.tie(",") or not c.shared) for c in found[2:]):
        return
    old = found[0].subject
    found[1].kind = "main"
    for clause in found[2:]:
        if clause.shared and clause.subject == old:
            clause.subject = found[1].subject


# --- the left side: connectors, fronted phrases, subject ---------------------------------------------------------


def _left(tokens: list[Token], start: int, verbs: Verbs, before: list[Clause]) -> Clause:
    clause = Clause(start, verbs.end, verbs, "main")
    i = start
    while i < verbs.start:
        i = _left_step(tokens, i, verbs.start, clause)
    _split_front(tokens, clause)
    _time_in_front(tokens, clause, before)
    clause.adverbs += [t for t in tokens[verbs.start : verbs.end] if t.tag == "R"]
    _set_kind(tokens, clause, before)
    if (
        clause.subject is None
        and clause.kind in ("main", "sub", "comp")
        and before
        and (clause.tie("C") or clause.tie(",") or clause.tie("R"))
    ):
        clause.subject, clause.shared = _inherited(tokens, clause, before), True
    return clause


def _time_in_front(tokens: list[Token], clause: Clause, before: list[Clause]) -> None:
    """ "He pours it, next morning saws it": a time alone before the verb is when, not who."""
    group = clause.subject
    alone = group is not None and group.end - group.start == 1 and tokens[group.head].low in _TIMES
    if alone and group is not None and before and clause.verbs.kind == "finite" and not clause.verbs.passive:
        clause.front.append(Part("", group, group.start, group.end))
        clause.subject = None


def _split_front(tokens: list[Token], clause: Clause) -> None:
    """ "In the afternoon logistics drives …": a unit right behind a time is the subject, not part of the time."""
    part = clause.front[-1] if clause.front and clause.subject is None else None
    if part is None or part.group.end - part.group.start < 2:
        return
    for at in range(part.group.start + 1, part.group.end):
        if tokens[at].tag == "#" and tokens[at - 1].low in _TIMES:  # "in the morning two drivers go round"
            clause.front[-1] = Part(part.prep, Group(part.group.start, at, at - 1), part.start, at)
            clause.subject = Group(at, part.group.end, part.group.head)
            return
    last = part.group.end - 1
    named = tokens[last].text[:1].isupper()
    behind = tokens[last - 1].low in _TIMES or (
        named and tokens[last - 1].tag == "N" and tokens[last - 1].text.islower()
    )
    if (named or tokens[last].low in UNITS) and tokens[last].low not in _TIME and behind:
        clause.front[-1] = Part(part.prep, Group(part.group.start, last, last - 1), part.start, last)
        clause.subject = Group(last, last + 1, last)


_TIME = classed("reading", "time")
_TIMES = frozenset("morning afternoon evening day week month year end noon night meantime beginning".split())


def _left_step(tokens: list[Token], i: int, stop: int, clause: Clause) -> int:
    token = tokens[i]
    if token.tag == "X" and all(t.tag in ("R", "X") for t in tokens[i:stop]):
        clause.verbs.negative = True  # "he never signs it"
        return i + 1
    if token.tag in ("C", "S", "W", "T") or token.tag in BOUNDARY:
        clause.ties.append(token)
        return i + 1
    if token.tag == "R":
        (clause.ties if token.meaning or token.low in _CUES else clause.adverbs).append(token)
        return i + 1
    if token.tag == "I":
        group = noun_group(tokens, i + 1, stop)
        if group is None:
            clause.ties.append(token)
            return i + 1
        if clause.subject is not None and tokens[i - 1].tag not in (",", "W"):
            clause.subject = Group(clause.subject.start, group.end, clause.subject.head)
        else:
            clause.front.append(Part(token.meaning or token.low, group, i, group.end))
        return group.end
    group = noun_group(tokens, i, stop)
    if group is None:
        return i + 1
    _take_subject(tokens, clause, group)
    return group.end


_CUES = classed("reading", "cues")


def _take_subject(tokens: list[Token], clause: Clause, group: Group) -> None:
    """A noun group before the verb: joined to the one before by "and", or taking its place as the subject."""
    old = clause.subject
    if old is None:
        clause.subject = group
        return
    between = [t.tag for t in tokens[old.end : group.start]]
    if tokens[group.start].meaning == "chance":
        clause.subject = group  # "…, and about one in ten is refused"
        return
    if "C" in between or (between == [","] and _list_goes_on(tokens, group.end, clause.verbs.start)):
        clause.subject = Group(old.start, group.end, old.head)
        clause.ties = [tie for tie in clause.ties if tie.low != "or" or tie.start < tokens[old.start].start]
        return  # "Jo or Birgit takes it" is no way beside what was done before
    clause.front.append(Part("", old, old.start, old.end))
    clause.subject = group


def _list_goes_on(tokens: list[Token], start: int, stop: int) -> bool:
    return any(t.tag == "C" for t in tokens[start:stop])


def _set_kind(tokens: list[Token], clause: Clause, before: list[Clause]) -> None:
    verbs = clause.verbs
    if verbs.kind in ("to", "ing"):
        clause.kind = verbs.kind
        if clause.start < verbs.start and tokens[clause.start].tag in ("I", "S") and verbs.kind == "ing":
            clause.ties = [t for t in tokens[clause.start : verbs.start] if t.tag in ("I", "S", "R")]
        return
    if clause.tie("S"):
        if _asked(clause, before):
            clause.kind = "comp"
            return
        clause.kind = "comp" if clause.ties and _complement(clause, before) else "sub"
        return
    relative = next((i for i in range(clause.start, verbs.start) if tokens[i].tag == "W"), None)
    if relative is None:
        said = before and clause.start == before[-1].verbs.end and not clause.ties and before[-1].verbs.base in SAYS
        said = said and not (before[-1].kind == "sub" and before[-1].verbs.passive)  # "when it is decided a clerk …"
        if said and tokens[clause.start].low not in ("yes", "no"):  # "after he says yes Jana orders it"
            clause.kind = "comp"
        return
    if not before and relative == 0:
        topic = clause.subject is not None and clause.subject.start > 0 and tokens[clause.subject.start - 1].tag == ","
        clause.kind = "main" if topic and tokens[verbs.start - 1].tag == "P" else "question"  # "How many, I note it"
        return
    if before and not before[-1].parts and relative <= before[-1].verbs.end + 1 and before[-1].verbs.base in SAYS:
        clause.kind = "comp"
        return
    if before and relative == before[-1].verbs.end and tokens[relative].low in _FREE:
        clause.kind = "comp"  # "writes down what is broken"
        return
    clause.kind = "rel"
    ahead = clause.subject is not None and clause.subject.end <= relative  # "The clerk, who sits here, stamps …"
    if clause.subject is None:
        clause.subject = antecedent(tokens, relative)
    elif ahead and not any(t.tag in ("N", "P") for t in without_phrase(tokens, relative + 1, verbs.start)):
        return
    else:
        clause.kind = "relobj"


def _after_relative(clause: Clause, before: list[Clause]) -> None:
    """ "The clerk who opens the post sorts it": the thing behind the relative verb is its object, the clerk sorts."""
    last = before[-1] if before else None
    if last is not None and last.kind == "relobj" and last.start == 0 and clause.subject is None and last.front:
        clause.subject, clause.shared = last.front[0].group, True  # "the clerk, of whom we have five, enters …"
    if last is None or last.kind != "rel" or last.start > 0 or last.tie(",") or clause.kind != "main" or clause.ties:
        return
    if clause.subject is not None and clause.subject.start == last.verbs.end and last.subject is not None:
        last.parts.append(Part("", clause.subject, clause.subject.start, clause.subject.end))
        clause.subject, clause.shared = last.subject, True


def _left_out(tokens: list[Token], clause: Clause, before: list[Clause]) -> bool:
    """ "everything we make", "the one he sent": a relative clause whose "that" is left out."""
    subject = clause.subject
    if not before or subject is None or clause.ties or clause.front or clause.shared:
        return False
    alone = subject.end - subject.start == 1 and tokens[subject.head].low in _SUBJECTS
    last = tokens[subject.start - 1].tag if subject.start else ""
    return alone and last in ("N", "P", "#", "D") and before[-1].verbs.base not in SAYS and not clause.object()


_FREE = frozenset("what whatever how why whether where".split())
_SUBJECTS = frozenset("i we he she they you".split())
_ASKED = classed("reading", "asked")


def _asked(clause: Clause, before: list[Clause]) -> bool:
    """ "checks if the form is complete": an indirect question, not a condition."""
    tie = clause.tie("S")
    if not before or tie is None or tie.low != "if" or any(clause.tie(mark) for mark in (",", "C", ":")):
        return False
    last = before[-1]
    return (
        last.verbs.base in _ASKED and (not last.parts or last.verbs.base in ("ask", "look")) and not last.verbs.passive
    ) or (
        last.verbs.passive
        and last.verbs.base in ("check", "verify", "determine", "examine", "ask", "test")
        and not last.parts
    )


def _complement(clause: Clause, before: list[Clause]) -> bool:
    tie = clause.tie("S")
    return bool(tie and before and tie.low in ("that", "whether") and tie.meaning != "if")


def _inherited(tokens: list[Token], clause: Clause, before: list[Clause]) -> Group | None:
    """The subject a clause without one shares: that of the nearest clause of the same rank."""
    for other in reversed(before):
        if other.kind in ("to", "ing") and other is not before[-1]:
            continue
        which = other.verbs.base in ("be", "have") or other.tie(",") is None
        if other.kind == "rel" and clause.tie(",") and clause.tie("C") and which:
            continue  # "fills in the form, which is four pages, and posts it", "counts all that came, and locks up"
        if other.kind == "rel" and _disagree(tokens, clause, other):
            continue  # "feeds the ones that stay and cleans the cages": they do not cleans
        if other.kind in ("main", "sub", "rel") and other.subject is not None:
            if clause.kind == "main" and other.kind == "sub" and clause.tie(",") and not clause.tie("C"):
                return None
            return other.subject
    return None


def _disagree(tokens: list[Token], clause: Clause, other: Clause) -> bool:
    """Whether one of the two verbs is that of one person and the other that of several, or what is done past."""
    forms = {tokens[each.verbs.start].form for each in (clause, other) if each.verbs.kind == "finite"}
    return forms == {"s", "base"} or (other.verbs.past and not clause.verbs.past and forms <= {"ed", "s", "base"})


# --- the right side: objects and prepositional phrases -----------------------------------------------------------


def _right(tokens: list[Token], clause: Clause, end: int) -> None:
    i = clause.verbs.end
    while i < end:
        token = tokens[i]
        if token.tag == "I" and _particle_at(tokens, clause, i, end):
            clause.verbs.particle = token.low
            i += 1
        elif token.tag == "I":
            group = noun_group(tokens, i + 1, end)
            if group:
                clause.parts.append(Part(token.meaning or token.low, group, i, group.end))
            i = group.end if group else i + 1
        elif token.tag == ";" or (token.tag == ":" and clause.object() is not None):
            break
        elif token.tag == "R":
            if tokens[i - 1].tag == "D":
                i += 1  # "runs to the back"
                continue
            marked = any(word.tag == "," for word in tokens[clause.verbs.end : i])  # "…, three rides there, three back"
            if not marked and _particle_at(tokens, clause, i, end):
                clause.verbs.particle = token.low
            else:
                clause.adverbs.append(token)
            i += 1
        elif token.tag == "#" and much_later(tokens, i, end):
            break
        else:
            group = noun_group(tokens, i, end)
            if group and not (tokens[i - 1].tag == "," and not clause.parts and not clause.verbs.passive):
                _add_object(tokens, clause, group)
            i = group.end if group else i + 1


def _particle_at(tokens: list[Token], clause: Clause, i: int, end: int) -> bool:
    """ "sends the form out": a particle after the object, with nothing behind it that it could govern."""
    fits = not clause.verbs.particle and is_phrasal(clause.verbs.base, tokens[i].low)
    return fits and not _governs(tokens, i, end) and not _another_does(tokens, clause, i)


def _another_does(tokens: list[Token], clause: Clause, i: int) -> bool:
    """ "Watches the animal wake up", "lets the patient sit down": the particle is of what somebody else does."""
    named = [token.tag for token in tokens[max(0, i - 2) : i]] == ["N", "N"]
    return named and clause.verbs.base in ("watch", "see", "hear", "let", "help")


def _governs(tokens: list[Token], i: int, end: int) -> bool:
    """Whether a noun group stands right behind a word that could be a preposition."""
    return i + 1 < end and tokens[i + 1].tag in ("D", "A", "N", "#", "P", "O") and tokens[i].tag == "I"


def _add_object(tokens: list[Token], clause: Clause, group: Group) -> None:
    """A bare noun group after the verb: joined to the part before it by "and" or a comma, or an object of its own."""
    if clause.parts:
        last = clause.parts[-1]
        between = [t.tag for t in tokens[last.end : group.start]]
        if "," in between and "C" not in between and tokens[group.start].tag == "O":
            return  # "sends a fax, bless him"
        lone = tokens[last.group.head].tag in ("O", "P") and last.end - last.group.start == 1
        listed = (
            tokens[group.start - 1].tag == "," and set(between) <= {",", "R", "N", "A", "#", "D"} and "," in between
        )
        if listed and not any(t.tag == "C" for t in tokens[group.end : clause.end]) and not last.prep:
            return  # "we lend instruments too, guitars, violins": kinds of what was named
        if only_says_more(tokens, last.end, group, clause.end, bool(last.prep)):
            return
        if "C" in between and (lone or tokens[group.start].low in ("someone", "somebody")):
            return  # "certifies it, and someone …"
        if between and set(between) <= {"C", ",", "R", "(", "/"} and ("C" in between or "," in between):
            if "C" not in between and not any(t.tag == "C" for t in tokens[group.end : clause.end]):
                return  # an apposition: "the data, another complex step"
            clause.parts[-1] = Part(
                last.prep, Group(last.group.start, group.end, last.group.head), last.start, group.end
            )
            return
    clause.parts.append(Part("", group, group.start, group.end))
