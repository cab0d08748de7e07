"""The head of a process: what starts it, whom it serves, and who tells the story."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.english.forms import is_plural, singular, third_person
from assistant.english.tables import any_of, classed
from assistant.language.figures.figure import Figure
from assistant.language.offline.meaning.roles import ME, OWNING, Known, RoleBook
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.persons import sex_of
from assistant.language.offline.words.word_tables import SMALL, TITLES, UNITS

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday day week weekend".split())
_TELLER = re.compile(
    r"\b(?:I am|I'm|I’m|I work as|we are|we're|we’re)\s+(?:the|an?|"
    r"one of the)\s+(?P<a>[a-z][a-z -]{2,40}?)(?=\s+(?:at|in|for|of|and|who|here|with|since|so)\b|[,.;:(]|"
    r"$)|\b(?:I (?:run|lead|head|manage|work in|work at|work for)|we (?:in|at|from)|here (?:in|at|on)|"
    r"I'm in|we are in)\s+(?:the\s+|our\s+)?(?P<b>[a-z][a-z -]{2,30}?)(?=\s+(?:for|at|in|of|and|here|with|"
    r"that|we|I|who|so|it|on|when)\b|[,.;:(]|$)",
    re.IGNORECASE,
)


_OWNS = re.compile(
    r"\bI(?: \w+)? (?:run|own|started|founded) (?:a|an|my|this) (?:[\w-]+ ){0,3}?"
    rf"(?!department|team|unit|group|section|desk){any_of('workplace', 'reading')}\b",
    re.IGNORECASE,
)


def trigger_of(told: list[Said], book: RoleBook, text: str = "") -> str | None:
    """What starts a case, when the story says so: a first "when …", or a first step received or sent from outside."""
    for said in told:
        for item in said.items:
            if item.kind == "when" and item.condition is not None and not item.trailing:
                return _sentence(item.condition.text)
            act = item.act
            if act is None:
                if item.kind == "if":
                    return None
                continue
            if act.verb in ("receive", "get") and act.thing:
                return _sentence(f"{act.thing} is received")
            role = book.roles.get(act.role or "")
            return _begun(role, act, text) if role and role.kind == "external" else None
    return None


_CALLING = frozenset("ring call phone telephone turn walk come show drop pop".split())


def without_call(told: list[Said], book: RoleBook) -> None:
    """That somebody outside rings up or walks in starts the case; it is no step of it."""
    first = next((said for said in told[:4] if said.acts()), None)
    if first is not None:
        _one_way_in(first, book)
    for said in told[:4]:
        for item in list(said.items):
            act = item.act
            if act is None or item.kind != "act":
                continue
            role = book.roles.get(act.role or "")
            calls_us = role is not None and act.to_us and act.verb in _CALLING
            if role is None or ((role.kind != "external" or act.thing or act.verb not in _CALLING) and not calls_us):
                return
            said.items.remove(item)


_COMING = classed("reading", "customer-deeds")


def send_outside(told: list[Said], book: RoleBook) -> None:
    """An owner who rings first, or who fetches and pays, owns the dog or the house and not the firm: a customer.

    Only who is called after what is theirs is looked at, and only where some of what they do is what customers do."""
    acts = [act for said in told for act in said.acts()]
    for key, role in book.roles.items():
        done = [act for act in acts if act.role == key]
        if role.kind != "person" or not done or singular(key.split()[-1]) not in OWNING or not _serves(key):
            continue
        paying = any(act.verb in ("pay", "fetch", "collect") for act in done)
        if (done[0] in acts[:2] and done[0].verb in _COMING) or paying:
            role.kind = "external"
    me = book.roles.get(book.narrator or "")
    if me is not None and any(role.name.lower() == me.name.lower() for role in book.roles.values() if role is not me):
        me.name = ME  # who owns the kennel and who owns the dog are two


_BUSINESSES = frozenset("process product business system shop file record zoo kennel store book".split())


def _serves(key: str) -> bool:
    """Whether the words before "owner" name no business: a process owner and a shop owner work here."""
    return not _BUSINESSES & set(key.split()[:-1])


def _no_place(match: re.Match[str], words: list[str]) -> bool:
    """ "I run the tests", "I run the numbers every evening": work, and no part of a firm that somebody leads."""
    leads = match["b"] is not None and match.group().lower().split()[1] in ("run", "lead", "head", "manage")
    seat = match["b"] is not None and not leads and match["b"][:1].islower()
    known = singular(words[-1]) in UNITS | TITLES | _WORKPLACES or words[-1].endswith("ing")
    if seat and not known:
        return True  # "I'm in the car", "we're in week three": where somebody is, and not for whom he works
    return (leads and is_plural(words[-1]) and words[-1] not in UNITS) or "every" in words


_WORKPLACES = classed("reading", "workplace")
_NO_TRADE = (classed("reading", "common") | {"receive"}) - {"move", "print", "collect"}
_ONE_CASE = frozenset("the a an this that each every his her their its".split())


def without_trade(told: list[Said], text: str) -> Act | None:
    """ "We repair pianos, uprights mostly": what the firm does at all, told first, is its trade and no step; returned.

    It names several of a kind and no case, and is all that its sentence tells; what is told of a case follows."""
    first = told[0].acts() if told else []
    if len(first) != 1 or sum(len(said.acts()) for said in told[1:]) < _MORE_TO_TELL:
        return None
    act = first[0]
    words = text[act.span.start : act.span.end].lower().replace("’", "'").split()
    at = next((i for i, word in enumerate(words) if singular(word.strip(",.;:")) == _last(act.thing)), None)
    ours = act.role == "we" or words[0] in ("our", "my")
    many = at is not None and (is_plural(words[at].strip(",.;:")) or _for_many(words[at + 1 :]))
    if not ours or act.verb in _NO_TRADE or at is None or not many:
        return None
    if set(words[: at + 1]) & _ONE_CASE or any(item.kind != "act" for item in told[0].items):
        return None
    told[0].items, told[0].unread = [], False
    return act


def _for_many(words: list[str]) -> bool:
    """Whether what is done is done "for hotels": for all there are of a kind, and so at all."""
    return len(words) == 2 and words[0] == "for" and is_plural(words[1].strip(",.;:"))


_MORE_TO_TELL = 2
"""Steps that follow before a first sentence can be only what the firm does."""


def _last(thing: str) -> str:
    return singular(thing.split()[-1].lower()) if thing else ""


def without_handovers(told: list[Said]) -> None:
    """ "The lists go to the director, who approves them": that the next to work on it gets it is no step of its own."""
    acts = [(said, item) for said in told for item in said.items if item.act is not None and item.kind == "act"]
    for (said, item), (_, following) in pairwise(acts):
        act, after = item.act, following.act
        branch = any(other.kind in ("if", "else") for other in said.items)  # all that is done then
        if act is None or after is None or act.goes_to is None or act.role is not None or branch:
            continue
        if after.role == act.goes_to and after.sentence - act.sentence < 2:
            said.items.remove(item)


_BEFORE_THEM = re.compile(
    r"^\W*(?:(?:and|but|so) )?before (?:the |our )?(?P<who>[a-z]+(?: [a-z]+)?) (?:can )?(?:starts?|begins?)\b(?! with)",
    re.IGNORECASE,
)


def before_they_start(text: str, told: list[Said]) -> None:
    """ "Karl welds the frame. Before he starts, Mia takes photos": before what Karl was last told to do."""
    earlier: list[Act] = []
    for said in told:
        found = _BEFORE_THEM.match(text[said.span.start : said.span.end])
        who, own = found["who"].lower() if found else "", said.acts()
        if found and own and said.anchor is None:
            doers = [act for act in earlier if act.role != own[0].role and _is_meant(who, act.role or "")]
            doers = [act for act in doers if sex_of((act.role or "").split()) == who] or doers
            last = next((at for at in range(len(earlier) - 1, -1, -1) if doers and earlier[at] is doers[-1]), 0)
            while last and earlier[last - 1].role == earlier[last].role:
                last -= 1
            said.anchor = earlier[last] if doers else None
        earlier += [act for act in own if act.role and act.verb != "wait"]


def _is_meant(who: str, role: str) -> bool:
    other = {"he": "she", "she": "he"}.get(who)
    return sex_of(role.split()) != other if other or who == "they" else who == role


def without_arrivals(text: str, told: list[Said]) -> None:
    """ "The dress comes from the maker, Jule unpacks it": that a thing comes is no step, what is done with it is;
    unless it is all that is done then, or all that is told. "Results come by fax": they are waited for."""
    for place, said in enumerate(told):
        act = said.items[0].act if len(said.items) == 1 else None
        sent = _BY_POST.search(text, said.span.start, said.span.end) if act is not None and _arrives(act) else None
        done = any(not earlier.arrives for each in told[:place] for earlier in each.acts())
        if act is not None and sent and not said.marks and done:
            said.items = [Item("wait", Act(f"Wait for {act.thing}", "wait", act.span, sentence=said.index))]
    acts = [act for said in told for act in said.acts()]
    if sum(not act.arrives for act in acts) < 2:
        return
    for said in told:
        if not any(item.kind in ("if", "else") for item in said.items):
            said.items = [item for item in said.items if item.kind != "act" or not _arrives(item.act)]


_BY_POST = re.compile(r"\bby (?:fax|post|letter|e-?mail|mail|courier)\b", re.IGNORECASE)


def _arrives(act: Act | None) -> bool:
    return act is not None and act.arrives and act.role is None


_REACHING = classed("reading", "reaching")


def _one_way_in(said: Said, book: RoleBook) -> None:
    """ "A tenant rings the hotline or writes a mail", "a complaint arrives by phone, or the rep brings it along": by
    whichever way a case comes in, it is one start and no decision of the process."""
    items = [item for item in said.items if item.act is not None]
    ways = items[:1]
    for item in items[1:]:
        if item.act is None or item.act.joined != "or":
            break
        ways.append(item)
    if len(ways) < 2:
        return
    outside = [role is not None and role.kind == "external" for role in (_role_of(item, book) for item in ways)]
    reaching = [item.act is not None and item.act.verb in _REACHING for item in ways]
    if all(outside) and all(reaching):
        said.items = [item for item in said.items if item not in ways]
    elif ways[0].act is not None and ways[0].act.verb == "receive":
        said.items = [item for item in said.items if item not in ways[1:]]


def _role_of(item: Item, book: RoleBook) -> Known | None:
    return book.roles.get((item.act.role if item.act else None) or "")


def _begun(role: Known, act: Act, text: str) -> str:
    """What somebody outside does first, in the words of the story where they are few."""
    words = text[act.span.start : act.span.end].split()
    while words and words[0].lower() in ("the", "a", "an", "then", "first"):
        words = words[1:]
    if not 1 < len(words) <= 10 or not words[0].lower().startswith(role.name.split()[0].lower()[:4]):
        return _sentence(f"{role.name} {_third(act, role.many)}")
    if role.many:
        words = [act.verb if word.lower() == third_person(act.verb) else word for word in words]
    return _sentence(" ".join(words).strip(" ,.;:"))


def trigger_from_volume(volume: Figure | None, first: str) -> str | None:
    """ "We get about 40 orders a day" says that an order starts a case, where the story begins with one; of what is
    only counted (`9 funerals a week`) nobody said that it starts anything, nor does "about 40 a day"."""
    words = volume.noun.split() if volume else []
    if not words or singular(words[-1].lower()) not in {singular(word.strip(".,;:").lower()) for word in first.split()}:
        return None
    thing = singular(words[-1].lower())
    if SMALL.get(thing) == "I":
        return None  # "twelve go on a day"
    return _sentence(" ".join([*words[:-1], thing]) + (" come in" if is_plural(thing) else " comes in"))


def _third(act: Act, many: bool = False) -> str:
    first, _, rest = act.name.partition(" ")
    base = first.lower()
    told = base if many else third_person(base)
    return f"{told} {rest}".strip()


def _sentence(text: str) -> str:
    text = re.sub(r" (?=[,.;:!?)])", "", text)
    return text[:1].upper() + text[1:]


def introduce(text: str, book: RoleBook) -> None:
    """Who tells the story: "I am the HR clerk", "I run sales operations", "we in purchasing"."""
    me = re.search(r"\b(?:and me|myself|me), the ([a-z][a-z ]{3,40}?)(?=[,.;)])", text[:2000])
    if me is not None and book.narrator is None:
        book.narrator = "we"
        book.roles["we"] = Known("we", _sentence(me.group(1)), "person", me.start(1), me.end(1), capacity=1)
    own = _OWNS.search(text[:2000])
    if own is not None and book.narrator is None:
        book.narrator = "we"
        book.roles["we"] = Known("we", "Owner", "person", own.start(), own.end(), capacity=1)
    match = _TELLER.search(text[:2000])
    if match is None or book.narrator is not None:
        return
    words = (match["a"] or match["b"]).strip()
    if (
        words.split()[0].lower()
        in (
            "up",
            "down",
            "in",
            "out",
            "over",
            "to",
            "round",
            "back",
            "after",
            "her",
            "him",
            "them",
            "it",
            "only",
            "not",
            "very",
            "always",
            "all",
            "talking",
            "going",
            "my",
            "a",
            "general",
            "fact",
            "this",
            "that",
            "it",
        )
        or words.split()[-1] == "one"  # "I am the sworn one": which of them, and no name
        or len(words.split()) > 5
        or words.split()[-1].lower().removesuffix("s") in _DAYS
        or _no_place(match, words.lower().split())
    ):
        return
    name = words[:1].upper() + words[1:]
    book.narrator = "we"
    book.roles["we"] = Known(
        "we",
        name,
        "person" if match["a"] and match.group().lower().startswith("i") else "group",
        match.start("a" if match["a"] else "b"),
        match.end("a" if match["a"] else "b"),
    )
