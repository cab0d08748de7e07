"""The head of a process: its name, what starts it, whom it serves, and who tells the story."""

from __future__ import annotations

import re
from collections import Counter

from assistant.language.offline.labels import words_of
from assistant.language.offline.lexicon import singular
from assistant.language.offline.roles import Known, RoleBook
from assistant.language.offline.statements import Act, Said
from assistant.language.offline.tokens import Sentence
from assistant.process.durations import Span
from assistant.process.model import Customer

_NAMED = re.compile(
    r"\b(?:the|our|this|my|a)\s+((?:[A-Za-z-]+\s+){1,3}?)process\b(?!\s*(?:owner|step|instance|model))", re.IGNORECASE
)
_COMPOUND = re.compile(
    r"\b([a-z]+-to-[a-z]+(?:-[a-z]+)?|[a-z]+ to cash|procure to pay|hire to retire)\b", re.IGNORECASE
)
_DULL = frozenset(
    """
    whole entire following new current internal next same intake usual very actual is of business above below
    existing simple complex this that end long slow first starts start in complete
    """.split()
)
_SERVED = (
    "customer",
    "client",
    "applicant",
    "patient",
    "citizen",
    "claimant",
    "policyholder",
    "tenant",
    "student",
    "resident",
    "guest",
    "policy holder",
    "subscriber",
    "borrower",
    "member",
    "user",
    "employee",
    "candidate",
)
_TELLER = re.compile(
    r"\b(?:I am|I'm|I’m|I work as|we are|we're|we’re)\s+(?:the|an?|"
    r"one of the)\s+(?P<a>[a-z][a-z -]{2,40}?)(?=\s+(?:at|in|for|of|and|who|here|with|since|so)\b|[,.;:(]|"
    r"$)|\b(?:I (?:run|lead|head|manage|work in|work at|work for)|we (?:in|at|from)|here (?:in|at|on)|"
    r"I'm in|we are in)\s+(?:the\s+|our\s+)?(?P<b>[a-z][a-z -]{2,30}?)(?=\s+(?:for|at|in|of|and|here|with|"
    r"that|we|I|who|so|it|on|when)\b|[,.;:(]|$)",
    re.IGNORECASE,
)


def name_of(text: str, sentences: list[Sentence], acts: list[Act], counted: str = "") -> str:
    """The process's name: its heading, "the … process", or "Handle" with what most steps are about."""
    for sentence in sentences[:1]:
        if sentence.heading:
            title = " ".join(t.text for t in sentence.tokens).strip()
            return _title(title)
    title = _first_title(sentences)
    if title:
        return title
    match = _COMPOUND.search(text[:3000])
    if match:
        return _title(match.group(1))
    for match in _NAMED.finditer(text[:3000]):
        words = [w for w in match.group(1).split() if w.lower() not in _DULL]
        if words:
            return _title(" ".join(words))
    if counted and counted.split()[-1].lower() not in ("cases", "people", "mails", "e-mails", "emails", "calls"):
        words = [w for w in counted.lower().split() if w not in ("new", "such", "different")]
        return f"Handle {' '.join([*words[:-1], singular(words[-1])])}"
    things = Counter(
        singular(act.thing.split()[-1].lower()) for act in acts[:40] if act.thing and act.thing.split()[-1].isalpha()
    )
    common = [(count, -place, thing) for place, (thing, count) in enumerate(things.items())]
    return f"Handle {max(common)[2]}" if common else "Process"


def _first_title(sentences: list[Sentence]) -> str:
    """A first sentence without a verb is a title: "So, hiring.", "Onboarding at our hospital."."""
    from assistant.language.offline.tagging import tagged
    from assistant.language.offline.tokens import Token

    if not sentences or len(sentences[0].tokens) > 9 or sentences[0].item:
        return ""
    tokens = tagged([Token(t.text, t.low, t.start, t.end) for t in sentences[0].tokens])
    if any(t.tag in ("V", "B", "M", "H", "F", "P", "#", "S", "W") and not t.low.endswith("ing") for t in tokens):
        return ""
    kept = [
        t
        for t in tokens
        if t.tag not in ("R", ",", "*", "C") and t.low not in ("so", "right", "ok", "okay", "well", "hello", "hi")
    ]
    stop = next((i for i, t in enumerate(kept) if t.tag == "I" and t.low != "of"), len(kept))
    words = [t.text for t in kept[:stop] if t.tag != "D"]
    return _title(" ".join(words)) if words and any(t.tag in ("N", "V") for t in kept[:stop]) else ""


def _title(words: str) -> str:
    text = " ".join(words.split())[:80]
    return text[:1].upper() + text[1:]


def trigger_of(told: list[Said], book: RoleBook) -> str | None:
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
            return _sentence(f"{role.name} {_third(act, role.many)}") if role and role.kind == "external" else None
    return None


def trigger_from_volume(noun: str) -> str:
    """ "We get about 40 orders a day" says that an order starts a case."""
    words = noun.split()
    return _sentence(" ".join([*words[:-1], singular(words[-1].lower())]) + " comes in")


def _third(act: Act, many: bool = False) -> str:
    from assistant.language.offline.lexicon import irregular, third

    first, _, rest = act.name.partition(" ")
    base = first.lower()
    told = base if many else irregular()[base][0] if base in irregular() else third(base)
    return f"{told} {rest}".strip()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def customers_of(book: RoleBook, text: str) -> tuple[Customer, ...]:
    """Outside parties that are served, in the order in which they are told."""
    found: list[Customer] = []
    low = text.lower()
    for word in _SERVED[:13]:
        match = re.search(rf"\b{word}s?\b", low)
        if match and len(found) < 3:
            found.append(
                Customer(name=word.capitalize(), primary=not found, span=Span(start=match.start(), end=match.end()))
            )
    found.sort(key=lambda customer: customer.span.start if customer.span else 0)
    return tuple(customer.model_copy(update={"primary": place == 0}) for place, customer in enumerate(found[:2]))


def introduce(text: str, book: RoleBook) -> None:
    """Who tells the story: "I am the HR clerk", "I run sales operations", "we in purchasing"."""
    me = re.search(r"\b(?:and me|myself|me), the ([a-z][a-z ]{3,40}?)(?=[,.;)])", text[:2000])
    if me is not None and book.narrator is None:
        book.narrator = "we"
        book.roles["we"] = Known("we", _sentence(me.group(1)), "person", me.start(1), me.end(1), capacity=1)
    match = _TELLER.search(text[:2000])
    if match is None or book.narrator is not None:
        return
    words = (match["a"] or match["b"]).strip()
    if (
        words.split()[0].lower()
        in (
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
        or len(words.split()) > 5
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


__all__ = ["customers_of", "introduce", "name_of", "trigger_of", "words_of"]
