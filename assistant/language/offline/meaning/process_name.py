"""What a process is called: its title, "how we …", "the … process", or what is done with what the story is about."""

from __future__ import annotations

import re
from collections import Counter

from assistant.english.forms import is_nounish, singular, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import SMALL, TITLES, UNITS

_NAMED = re.compile(
    r"\b(?:the|our|this|my|a)\s+((?:[A-Za-z-]+\s+){1,3}?)process\b(?!\s*(?:owner|step|instance|model))", re.IGNORECASE
)
_COMPOUND = re.compile(
    r"\b([a-z]+-to-[a-z]+(?:-[a-z]+)?|[a-z]+ to cash|procure to pay|hire to retire)\b", re.IGNORECASE
)
_HOW = re.compile(
    r"\bhow (?:we|i) (?:usually |actually |normally |currently )?([a-z-]+) ((?:[a-z'’-]+ ?){1,4})", re.IGNORECASE
)
_HOW_OF = re.compile(
    r"\b(?:how|what happens when) (?:an?|our|the) ((?:[a-z'’-]+ ){1,3}?)"
    r"(?:runs?|works?|goes|gets|comes|moves|travels|is|are|has to be|must be)\b",
    re.IGNORECASE,
)
_DULL = classed("reading", "dull")
_LETTERHEAD = classed("reading", "letterhead")
_LONGEST_TITLE = 20
_GREETING = frozenset("hi hello dear hey morning thanks thank regards".split())
# Verbs that say little about what a process is for.
_COMMON = classed("reading", "common")
_VAGUE = classed("reading", "naming-vague")
PAIRS = frozenset("and or , but who which that if when so because as we i it they is are in at on for with to".split())


def name_of(
    text: str,
    sentences: list[Sentence],
    acts: list[Act],
    book: RoleBook,
    counted: str = "",
    trade: Act | None = None,
) -> str:
    """The process's name: its title, else what the story says it tells of, what the firm does at all (`trade`) or
    what somebody outside comes for, else what most steps are about."""
    title = "" if _letterhead(sentences) else _heading(sentences) or _first_title(sentences)
    if title:
        return title
    match = _COMPOUND.search(text[:3000])
    if match:
        return _title(match.group(1))
    for match in _NAMED.finditer(text[:3000]):
        words = [w for w in match.group(1).split() if w.lower() not in _DULL]
        if words and not set(map(str.lower, words)) & PAIRS:
            return _title(" ".join(words))
    if counted and not _counts_cases(counted):
        counted = ""
    return (
        _how(text) or (_title(f"{trade.verb} {trade.thing}") if trade else "") or _from_work(text, acts, book, counted)
    )


def _letterhead(sentences: list[Sentence]) -> bool:
    """Whether the first line says what kind of paper it is and no title: "Subject: RE: …", "Voice memo, 3 March"."""
    first = [token.low for token in sentences[0].tokens[:2]] if sentences else []
    return any(word in _LETTERHEAD for word in first) and len(sentences[0].tokens) <= _LONGEST_TITLE


def _heading(sentences: list[Sentence]) -> str:
    for sentence in sentences[:1]:
        if sentence.heading:
            return _title(" ".join(t.text for t in _before_dash(sentence.tokens)).strip())
    return ""


def _before_dash(tokens: list[Token]) -> list[Token]:
    """A title without what stands behind its dash: "Sea freight – notes of Tuesday"."""
    at = next((i for i, t in enumerate(tokens) if i and t.low in ("–", "—", "-", ":", "(")), len(tokens))
    return tokens[:at]


def _first_title(sentences: list[Sentence]) -> str:
    """A first sentence without a verb is a title: "So, hiring.", "Onboarding at our hospital."."""
    from assistant.language.offline.words.tagging import tagged

    if not sentences or sentences[0].item or sentences[0].row or sentences[0].tokens[0].low in _GREETING:
        return ""
    first = _before_dash(sentences[0].tokens)
    if len(first) > 9:
        return ""
    tokens = tagged([Token(t.text, t.low, t.start, t.end) for t in first])
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


def _how(text: str) -> str:
    """ "how we handle returns" is "Handle returns", "how a book gets onto the shelf" is "Book"."""
    match = _HOW.search(text[:1500])
    if match is not None and any(form.form == "base" for form in verb_forms(match[1].lower())):
        words = []
        for word in match[2].split():
            if word.lower() in PAIRS:
                break
            words.append(word)
        kept = [word for word in words if word.lower() not in ("the", "a", "an", "our", "my", "these", "those")]
        if kept and SMALL.get(kept[-1].lower()) is None:
            verb = match[1] if match[1].lower() not in ("do", "run") else "handle"
            return _title(f"{verb} {' '.join(kept)}")
    match = _HOW_OF.search(text[:1500])
    words = match[1].split() if match is not None else []
    if words and not {word.lower() for word in words} & (PAIRS | {"process", "thing", "work", "whole"}):
        return f"Handle {_plural(' '.join(words).lower())}"
    return ""


def _from_work(text: str, acts: list[Act], book: RoleBook, counted: str) -> str:
    """The verb that says most about what the story is about, and that: "Repair cars"; "Handle visitors" without one."""
    about = _about(text, acts, book, counted) if counted else _come_for(acts, book) or _about(text, acts, book, counted)
    if not about:
        return "Process"
    head = about.split()[-1]
    verbs = [act.verb for act in acts if act.thing and singular(act.thing.split()[-1].lower()) == head]
    telling = Counter(verb for verb in verbs if verb not in _COMMON and verb in _TELLING)
    verb = max(telling, key=lambda v: (telling[v], -verbs.index(v))) if telling else "handle"
    return f"{verb.capitalize()} {_plural(about)}"


_TELLING = classed("reading", "naming-telling")
_ASKING = frozenset("ask request order want need apply book reserve bring".split())
_DOCUMENTS = classed("reading", "documents")
_FIRST = 2
"""Steps in which somebody outside says what the case is about."""


def _counts_cases(noun: str) -> bool:
    """Whether what is counted is a thing: "about 60 come in a week" counts no comings."""
    last = noun.split()[-1].lower()
    return not verb_forms(last) or is_nounish(last)


def _come_for(acts: list[Act], book: RoleBook) -> str:
    """What somebody outside comes for first: "a couple asks for a wedding cake", "a customer brings a picture"."""
    for act in acts[:_FIRST]:
        role = book.roles.get(act.role or "")
        outside = role is not None and (role.kind == "external" or (act.sentence == 0 and act.role != "we"))
        if not outside or act.verb not in _ASKING or act.contact:
            continue
        rest = act.name.partition(" ")[2].lower()
        wanted = rest.partition("for ")[2] if rest.startswith("for ") or " for " in rest else rest
        words = re.split(r" (?:to|into|in|at|by|from|with|on|through) ", wanted)[0].split()
        if words and len(words) <= _MOST_WORDS and words[-1].isalpha() and words[-1] not in _VAGUE:
            return " ".join([*words[:-1], singular(words[-1])])
    return ""


_MOST_WORDS = 3


def _about(text: str, acts: list[Act], book: RoleBook, counted: str) -> str:
    """What the story is about: what is counted, else what is worked on and told of most, and early."""
    if counted and counted.split()[-1].lower() not in _VAGUE:
        words = [w for w in counted.lower().split() if w not in ("new", "such", "different")]
        return " ".join([*words[:-1], singular(words[-1])])
    told = Counter(singular(word) for word in re.findall(r"[a-z]+", text[:6000].lower()))
    early = {singular(word) for word in re.findall(r"[a-z]+", text[:160].lower())}
    served = {key.split()[-1] for key, role in book.roles.items() if role.kind == "external"} - {"customer", "client"}
    inside = {key.split()[-1] for key, role in book.roles.items() if role.kind != "external"} | TITLES | UNITS
    worked = Counter(singular(act.thing.split()[-1].lower()) for act in acts[:60] if act.thing)
    asked = {singular(word) for act in acts[:_FIRST] for word in act.name.lower().split()}
    done = {act.verb for act in acts if act.verb not in _TELLING}
    best = ""
    score = 0.0
    for word in [*worked, *sorted(served)]:
        if not word.isalpha() or word in _VAGUE or (word in inside and word not in served) or word not in told:
            continue
        points = told[word] * 0.5 + worked[word] + (3 if word in early else 0) + (2 if word in served else 0)
        if word in _DOCUMENTS and word not in early | asked:
            points /= 2  # a form on the way is seldom what it is all about
        if word in done:
            points /= 2  # "tests" is what the optician does to the eyes
        if points > score:
            best, score = word, points
    return best


def _plural(words: str) -> str:
    """`visitor` → `visitors`, `enquiry` → `enquiries`; what is plural or cannot be counted stays."""
    if words.endswith(("s", "ing", "ware", "data", "goods", "stuff", "mail", "equipment", "software", "freight")):
        return words
    if words.endswith("y") and words[-2:-1] not in ("a", "e", "i", "o", "u"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "ch", "sh", "z")) else "s")


_BEFORE_MARK = re.compile(r" (?=[,.;:!?)])")
"""The space that joining words puts before a mark."""


def _title(words: str) -> str:
    text = _BEFORE_MARK.sub("", " ".join(words.split()))[:80]
    return text[:1].upper() + text[1:]
