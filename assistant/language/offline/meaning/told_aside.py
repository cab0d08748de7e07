"""Which of the actions read are steps of the work: somebody of this process does it, now, and each time.

Anecdotes, family, history, wishes, questions and talk about the work are taken out and handed back with their sentence.
"""

from __future__ import annotations

import re

from assistant.english.forms import singular
from assistant.english.tables import any_of, classed, worded
from assistant.language.figures.hours import hours_in
from assistant.language.figures.numbers import NUMBER_WORDS
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.words.word_tables import CONTROL, WORK

_KIN = classed("reading", "kin")
_NO_PEOPLE = classed("reading", "no-people")
_TALK = classed("reading", "talk")
"""What a narrator says of himself or his own people without any case in hand."""
_NEEDS_A_THING = classed("reading", "needs-a-thing")
_REACHING = classed("reading", "reaching")
_MADE = WORK - _TALK - {"sit", "stand", "lie"}
"""What two verbs without an object may both be: "Ayse cuts and folds"."""
_GOING = frozenset("come go walk drive travel ride stop leave queue".split())
_BRIEF = 3
_RINGING = frozenset("ring call phone telephone mail".split())
FIRST = 4
"""Sentences in which somebody outside who rings starts the case, which is told of the trigger."""
MOST_RINGING = 3
"""Words of a name that says no more than that somebody rings: "ring up"."""
_GONE = re.compile(rf"\b(?:{worded('told-aside-gone')})\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|since|as)\b", re.IGNORECASE)
_STRAY = re.compile(worded("told-aside-stray"))
_ASKED = re.compile(r" (?:whether|what|how) ")
_BY_LAW = r"\bonly (?:an?|the) [\w -]{3,40}? (?:may|can|is allowed to) do (?:that|it|this|so)\b"
_BEFORE = r"[-–—,;(] (?:because |since |as )?(?:they|he|she|we) ha(?:ve|s) (?:already )?[a-z]+ (?:it|that|them)\b.*"
_ASKING = r"\b(?:[a-z]+ )?(?:ring|call|phone)s?(?: us| up| in)? (?:all the time|all day|constantly) to ask\b.*"
_TOLD_OF_IT = [re.compile(pattern, re.IGNORECASE) for pattern in (_BY_LAW, _BEFORE, _ASKING)]
"""Who may do it by law, what was done before and is told now, and what people ask all the time: said of the work."""
_COUNTED = re.compile(rf"^(?:\d|{any_of('how-many')} )")
_MOANED = re.compile(rf"\b(?:{'|'.join(sorted(classed('reading', 'moans')))})s?\s+(?:that|about|because|how)\b", re.I)
"""What customers complain of is heard, and is no work: "they complain that they wait and plan ten days ahead"."""
_KEEPING_HOURS = frozenset(("work", "open", "close", "run"))
"""What people do from hour to hour (`we work 8 to 4`): their working hours are kept, nothing is done with a case."""
_JOINS = frozenset(("and", "but", "or", "then", "so"))
PAST_STORY = 0.4
"""Where more than this share of the actions is told in the past tense, the past is how the teller tells the work."""
ORDERED_STORY = 0.2
"""Where more than this share of the actions is said as an order, orders are how the teller tells the work."""


def strangers(text: str, told: list[Said], book: RoleBook) -> list[Act]:
    """The actions that rules take for no steps: of strangers to the work, or of what is past, asked, wished or said."""
    acts = [act for said in told for act in said.acts()]
    past = sum(act.once for act in acts) > PAST_STORY * max(1, len(acts))
    seen: dict[str, set[int]] = {}
    for act in acts:
        if act.role is not None and not act.once:
            seen.setdefault(act.role, set()).add(act.sentence)
    ordered = sum(act.order for act in acts) > ORDERED_STORY * max(1, len(acts))
    for act in acts:
        act.order = act.order and not ordered
    handled = [content(act.thing) for act in acts if act.role not in _KIN and says_thing(text, act)]
    found: list[Act] = []
    spoken = {id(said): " ".join(text[said.span.start : said.span.end].split()) for said in told}
    spoken_of = [(act, spoken[id(said)], bool(said.marks)) for said in told for act in said.acts()]
    working = {act.role for act, words, timed in spoken_of if _kin_at_work(act, handled, words, timed)}
    for said in told:
        words = spoken[id(said)]
        of_it = [at for pattern in _TOLD_OF_IT for at in pattern.finditer(text, said.span.start, said.span.end)]
        moaned, gone = _MOANED.search(words), None if past else _gone_from(text, said)
        found += [
            item.act
            for item in said.items
            if item.kind == "act"
            and item.act is not None
            and (
                (moaned and _moans(item.act, words[: moaned.start()], book))
                or (gone is not None and item.act.span.end > gone)
                or any(at.start() <= item.act.span.start < at.end() for at in of_it)
                or _is_stranger(item.act, said, words, past, len(seen.get(item.act.role or "", ())), book)
            )
            and not _kin_at_work(item.act, handled, words, bool(said.marks))
            and not (item.act.role in working and _works(item.act) and _definite(item.act, words))
        ]
    return found


def says_thing(text: str, act: Act) -> bool:
    """Whether an action names its thing in its own words; what "it" is taken for may be the thing of an aside."""
    return bool(content(act.thing) & content(text[act.span.start : act.span.end]))


def without_hours(text: str, told: list[Said]) -> None:
    """ "We work 8 to 4" is kept as hours; nothing is done with a case."""
    for said in told:
        if hours_in(" ".join(text[said.span.start : said.span.end].split())):
            said.items = [item for item in said.items if item.act is None or item.act.verb not in _KEEPING_HOURS]


def take_out(text: str, told: list[Said], no_steps: list[Act]) -> tuple[str, ...]:
    """Take actions out of `told`; the sentences they stood in, each once, in order.

    Of a sentence from which a step was kept, only the part that was taken out."""
    left: list[str] = []
    for said in told:
        gone = [item.act for item in said.items if item.act and any(item.act is act for act in no_steps)]
        if not gone:
            continue
        starts = [act.span.start for act in said.acts()]
        said.items = [item for item in said.items if not any(item.act is act for act in gone)]
        if said.acts():
            left += _parts(text, said, gone, starts)
            continue
        words = " ".join(text[said.span.start : said.span.end].split())
        said.items, said.unread = [], False
        said.marks = [] if _MOANED.search(words) else said.marks
        left.append(words)
    return tuple(dict.fromkeys(left))


def _gone_from(text: str, said: Said) -> int | None:
    """From which character on a sentence tells how it was long ago: all of it, or only the reason it gives."""
    gone = _GONE.search(text, said.span.start, said.span.end)
    if gone is None:
        return None
    reasons = [match.start() for match in _REASON.finditer(text, said.span.start, gone.start())]
    return reasons[-1] if reasons else said.span.start


def _moans(act: Act, who: str, book: RoleBook) -> bool:
    """Whether an action is that of whoever complains in its sentence, or of somebody outside."""
    named = {singular(word) for word in who.lower().split()}
    own = act.role is not None and any(singular(word) in named for word in act.role.split())
    return act.role is None or own or book.roles[act.role].kind == "external"


def _kin_at_work(act: Act, handled: list[frozenset[str]], words: str, timed: bool) -> bool:
    """Whether family does something with a thing of this work ("my wife writes the orders in a book"), or is told of
    like anybody at work: how long it takes, that it is a check, one thing behind another ("drives out and measures
    the house"), or a plain sentence that tells nothing else ("my sister takes the order")."""
    own, definite = content(act.thing), _definite(act, words)
    if act.role not in _KIN or not _works(act) or not own:
        return False
    plain = _PLAINLY_KIN.match(words) is not None and len(words.split()) <= _PLAIN_WORDS
    like_work = act.verb in WORK and (timed or act.verb in CONTROL or len(act.siblings) > 1 or plain)
    paper = act.verb in CONTROL | {"sign"} or (act.verb == "write" and bool(own & _PAPERS))
    like_work = paper or (definite and like_work)
    return like_work or act.system is not None or any(own & other for other in handled)


def _works(act: Act) -> bool:
    """Whether something is done each time, and not once, perhaps or as an order."""
    return not (act.once or act.hypothetical or act.wish or act.order)


def _definite(act: Act, words: str) -> bool:
    return re.search(rf"\b(?:the|each|every) (?:\w+ )?{re.escape(act.thing)}\b", words.lower()) is not None


_PLAINLY_KIN = re.compile(worded("plainly-kin"), re.IGNORECASE)
_PLAIN_WORDS = 9
_PAPERS = frozenset("bill invoice quote quotation offer order contract receipt estimate".split())


def _parts(text: str, said: Said, strangers: list[Act], starts: list[int]) -> list[str]:
    """The words of the actions taken out of a sentence from which others were kept: each up to the next action."""
    found = []
    for act in strangers:
        end = min((start for start in starts if start > act.span.start), default=said.span.end)
        words = text[act.span.start : max(end, act.span.end)].split()
        while words and words[-1].strip(",;").lower() in _JOINS:
            words.pop()
        found.append(" ".join(words).rstrip(" ,;:.!"))
    return [part for part in found if part]


def _is_stranger(act: Act, said: Said, words: str, past: bool, sentences: int, book: RoleBook) -> bool:
    """Whether an action is none of the work's steps."""
    if act.hypothetical or act.wish or act.order:
        return True
    if words.endswith("?"):
        return True
    if act.once and not past and not act.over:
        return True
    return _strange_doer(act, said, sentences, book) or _no_case(act, said, book)


def _strange_doer(act: Act, said: Said, sentences: int, book: RoleBook) -> bool:
    """Whether who acts is nobody of this process: family told of once, animals, things, a counted crowd."""
    if act.role is None:
        return False
    words = act.role.split()
    if words[-1] in _NO_PEOPLE or words[0] in ("none", "nobody"):
        return True
    if len(words) == 1 and words[0] in _KIN:  # a ward sister is none
        return sentences < 2 and said.cue != "then"
    return bool(said.marks) and _COUNTED.match(act.role + " ") is not None and book.roles[act.role].kind != "person"


def _told_to_one_of_us(act: Act, book: RoleBook) -> bool:
    """ "We tell the haulier": one who does something in this process is told."""
    return act.verb == "tell" and act.thing.lower() in book.roles


def _only_goes(act: Act) -> bool:
    """Whether somebody only comes or goes: "she comes for the fitting", "he drives out", but "drives to the tenant"."""
    row = " " not in act.name and len(act.siblings) > 2  # "the crew loads, drives and unloads"
    return act.verb in _GOING and act.role is not None and not act.thing and " to " not in act.name and not row


def _only_rings(act: Act, book: RoleBook) -> bool:
    """Whether somebody rings and nobody is named whom: "people ring up", "the caretaker phones me"; what is done then
    is the step. "I phone them" is one."""
    starts = act.sentence < FIRST and act.role is not None and book.roles[act.role].kind == "external"
    if act.thing or act.role == "we" or starts:
        return False
    return (act.to_us and act.verb in _REACHING) or (act.verb in _RINGING and len(act.name.split()) < MOST_RINGING)


def _no_case(act: Act, said: Said, book: RoleBook) -> bool:
    """Whether nothing is done with a case: talk, or a verb that says nothing without its object."""
    own = act.role == "we"
    placed = said.cue == "then" or any(item.kind in ("if", "when") for item in said.items)
    sold = act.verb == "sell" and not {"object P", "object of the"}.isdisjoint(act.said) and "thing" not in act.name
    if own and act.verb in _TALK and not placed and not sold and not _told_to_one_of_us(act, book):
        return True
    together = [other for other in act.siblings if " " not in other.name and other.role == act.role]
    row = len(together) > 1 and act.role is not None and all(other.verb in _MADE for other in together)
    bare = " " not in act.name and not row and not (placed and act.verb in _RINGING and not act.to_us)
    if bare and not act.named and (act.role is None or act.verb in _NEEDS_A_THING | _TALK):
        return True
    off = len(said.words) <= _BRIEF and act.verb == "drive" and not act.siblings[1:]  # "jan drives out", noted so
    if (_only_goes(act) and not off) or (_only_rings(act, book) and not placed) or act.thing.lower() in NUMBER_WORDS:
        return True
    rest = act.name.partition(" ")[2]
    rest = re.sub(r"^(?:at|through|over|into) (?=everything)", "", rest)
    if act.role is not None and rest.startswith("everything") and (" " in rest or not said.marks):
        return False  # "types everything into the order form"
    told = _ASKED.split(f" {rest}", maxsplit=1)[0]  # who does something in what is asked or written is no stray
    return _STRAY.search(told.replace(" of everybody", "")) is not None
