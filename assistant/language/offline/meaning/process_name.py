"""What a process is called: its title, "how we …", "the … process", or what is done with what the story is about."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from assistant.english.forms import is_nounish, is_plural, plural, singular, verb_forms
from assistant.english.tables import classed
from assistant.language.figures.figure import UNIT_WORDS
from assistant.language.figures.numbers import value_of
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import NOMINAL, SMALL, STATE, TITLES, UNITS

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
    r"\b(?:how(?: do(?:es)?)?|what happens when) (?:an?|our|the)(?: (?:pair|lot|load) of)? ((?:[a-z'’-]+ ){1,3}?)"
    r"(?:runs?|works?|go(?:es)?|gets?|comes?|moves?|travels?|is|are|has to be|have to be|must be)\b(?: ([a-z]+))?",
    re.IGNORECASE,
)
_HOW_IT = re.compile(r"\W*((?:[a-z]+ ){0,2}[a-z]+s) ?[-–—:,] ?how (?:we|i) ([a-z]+) them\b", re.IGNORECASE)
"""A title and what is done with it: "ORGAN PIPES - how we repair them"."""
_HAPPENS_TO = re.compile(
    r"\b(?:what (?:happens|we do) (?:to|with)|how it goes with) (?:an?|the|our|one)(?: (?:lot|load|batch) of)? "
    r"((?:[a-z'’-]+ ?){1,2})",
    re.IGNORECASE,
)
_DOING_OF = re.compile(
    r"\b(?:the|an?|:) ([a-z]+) of (?:(?:the|an?|our) )?((?:[a-z'’-]+ ){0,2}[a-z'’-]+)", re.IGNORECASE
)
"""What a report or a note is on: "on the granting of export licences"."""
_SUBJECT_OF = re.compile(r"\b(?:round|meeting|report|minutes|notes?|review) on ([a-z-]+s)\b", re.IGNORECASE)
_GENERALLY = re.compile(r"\b(?:we|i) ([a-z]+)((?: out| up)?) ((?:[a-z'’-]+ ){0,2}[a-z'’-]+)", re.IGNORECASE)
"""What somebody does at all: "we sew school uniforms"."""
_HEAD = 450
"""Characters in which a paper says what it is about."""
_DULL = classed("reading", "dull")
_LETTERHEAD = classed("reading", "letterhead")
_LONGEST_TITLE = 20
_TALK = frozenset("i me my you your yourself they this while".split())
_GREETING = frozenset("hi hello dear hey morning thanks thank regards".split())
# Verbs that say little about what a process is for.
_COMMON = classed("reading", "common")
_VAGUE = classed("reading", "naming-vague")
_RUNS, _NO_DOING = classed("reading", "naming-runs"), classed("reading", "no-doing")
_DOING = NOMINAL.keys() | classed("reading", "naming-doing")
_HOUSES = classed("reading", "naming-house") | classed("reading", "organisation")
_OF_A_CASE = frozenset("the a an this that each every his her their its all".split())
_PLACING = frozenset(word for word, tag in SMALL.items() if tag == "I")
_NO_THING = frozenset("process thing work whole it day".split())
PAIRS = frozenset("and or , but who which that if when so because as we i it they is are in at on for with to".split())


def name_of(
    text: str, sentences: list[Sentence], acts: list[Act], book: RoleBook, counted: str = "", trade: Act | None = None
) -> str:
    """The process's name: its title, else what the story says it tells of, what the firm does at all (`trade`) or
    what somebody outside comes for, else what most steps are about."""
    if of_it := _HOW_IT.match(text):
        return _title(f"{of_it[2]} {of_it[1].lower()}")
    title = "" if _letterhead(sentences) else _heading(sentences) or _first_title(sentences)
    if title and (_says_no_work(title) or _talks(title)):
        title = _first_title(sentences)
    before_comma = title.partition(",")[0]
    title = before_comma if any(map(_is_doing, before_comma.lower().split())) else title.replace(",", "")
    if title and not _says_no_work(title) and not _talks(title):
        return title
    match = _COMPOUND.search(text[:3000])
    if match:
        return _title(match.group(1))
    for match in _NAMED.finditer(text[:3000]):
        words = [w for w in match.group(1).split() if w.lower() not in _DULL]
        if words and not set(map(str.lower, words)) & PAIRS:
            return _title(" ".join(words))
    if counted and not (_counts_cases(counted) and _spoken_of(counted, text)):
        counted = ""
    told = (_title(f"{trade.verb} {trade.thing}") if trade else "") or _on_paper(text)
    return told or _how(text) or _generally(text) or _from_work(text, acts, book, counted)


def _letterhead(sentences: list[Sentence]) -> bool:
    """Whether the first line says what kind of paper it is and no title: "Subject: RE: …", "Voice memo, 3 March"."""
    first = [token.low for token in sentences[0].tokens[:2]] if sentences else []
    return any(word in _LETTERHEAD for word in first) and len(sentences[0].tokens) <= _LONGEST_TITLE


def _says_no_work(title: str) -> bool:
    """Whether a title says what paper it is or who writes, and not what of: "MINUTES", "COUNTY POLICE"."""
    words = title.lower().split()
    if not words[0].isalnum() or _LETTERHEAD & set(words[:2]) or words[-1] in _HOUSES:
        return True
    return bool(_HOUSES & set(words)) and not any(_is_doing(word) for word in words)


def _talks(title: str) -> bool:
    """Whether a title speaks to somebody: "What you are letting yourself in for" names no process."""
    return bool(set(title.lower().replace("’", "'").split()) & _TALK)


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
        if t.tag not in ("R", "*", "C") and t.low not in ("so", "right", "ok", "okay", "well", "hello", "hi")
    ]
    stop = next((i for i, t in enumerate(kept) if t.tag == "I" and t.low != "of"), len(kept))
    words = [t.text for t in kept[:stop] if t.tag != "D"]
    return _title(" ".join(words)) if words and any(t.tag in ("N", "V") for t in kept[:stop]) else ""


def _on_paper(text: str) -> str:
    """What a report, a note or minutes say in their head that they are about: "Granting of export licences"."""
    for match in _DOING_OF.finditer(text[:_HEAD]):
        doing, words = match[1], _up_to_pair(match[2].split())
        if not words or words[-1].lower() in _HOUSES or not _is_doing(doing):
            continue
        thing = " ".join(words)
        return _title(f"handle {_plural(thing)}" if doing in _RUNS else f"{doing} of {thing}")
    subject = _SUBJECT_OF.search(text[:_HEAD])
    return _title(subject[1].lower()) if subject is not None else ""


def _up_to_pair(words: list[str]) -> list[str]:
    """Words up to the first that begins something else: "export licences in our land"."""
    stop = next((at for at, word in enumerate(words) if word.lower() in PAIRS | _PLACING), len(words))
    return words[:stop]


def _is_doing(word: str) -> bool:
    """Whether a noun says what is done: `granting`, `award`, `release`; a capital is an office's."""
    return (
        word in _RUNS or word in _DOING or (word.islower() and word.endswith(("ing", "tion")) and word not in _NO_DOING)
    )


def _generally(text: str) -> str:
    """What somebody says in the first sentences that they do at all, of several and of no case: "Sew school
    uniforms"."""
    for match in _GENERALLY.finditer(text[:_HEAD]):
        verb, words = match[1].lower(), _up_to_pair(match[3].lower().split())
        if (
            not words
            or words[0] in _OF_A_CASE
            or value_of(words[0]) is not None
            or verb in STATE
            or (verb in _COMMON and not match[2])
        ):
            continue
        if not any(form.form == "base" for form in verb_forms(verb)) or not is_plural(words[-1]):
            continue
        return _title(f"{verb}{match[2]} {' '.join(words)}")
    return ""


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
    for form in (_HOW_OF, _HAPPENS_TO):
        for match in form.finditer(text[:1500]):
            words = match[1].lower().split() if form is _HOW_OF else _up_to_pair(match[1].lower().split())
            if not words or {*words} & (PAIRS | _NO_THING):
                continue
            done = (match[2] or "").lower() if form is _HOW_OF else ""
            verb = (
                next(
                    (form.base for form in verb_forms(done) if form.form in ("en", "ed") and form.base not in _COMMON),
                    "handle",
                )
                if done
                else "handle"
            )
            return f"{verb.capitalize()} {_plural(' '.join(words))}"
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


def _spoken_of(noun: str, text: str) -> bool:
    """Whether what is counted comes again: kilometres and heads are counted once, orders are what it is about."""
    head = singular(noun.split()[-1].lower())
    again = sum(singular(word) == head for word in re.findall(r"[a-z]+", text[:6000].lower()))
    return head not in UNITS and (again >= _AGAIN or len(text) < _SHORT)


_AGAIN, _SHORT = 3, 1200
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
        if not word.isalpha() or word in _VAGUE | UNIT_WORDS or (word in inside and word not in served):
            continue
        if word not in told:
            continue
        points = told[word] * 0.5 + worked[word] + (3 if word in early else 0) + (2 if word in served else 0)
        if word in _DOCUMENTS and word not in early | asked:
            points /= 2  # a form on the way is seldom what it is all about
        if word in done:
            points /= 2  # "tests" is what the optician does to the eyes
        if points > score:
            best, score = word, points
    return _with_kind(best, text)


def _with_kind(noun: str, text: str) -> str:
    """What a thing is called in full where it mostly is: "ballot paper", "salmon net"."""
    words = [singular(word) for word in re.findall(r"[a-z]+|[.,;:!?()]", text[:8000].lower())]
    before = Counter(first for first, word in pairwise(words) if word == noun)
    all_of = sum(before.values())
    kinds = [
        (count, kind)
        for kind, count in before.items()
        if count >= 2 and count >= all_of * _MOSTLY and kind.isalpha() and is_nounish(kind) and kind not in _NO_KIND
    ]
    return f"{max(kinds)[1]} {noun}" if noun and kinds else noun


_MOSTLY = 0.2
_NO_KIND = PAIRS | _OF_A_CASE | UNITS | {"new", "old", "my", "our", "one", "two", "no", "any", "some", "more"}


def _plural(words: str) -> str:
    """The thing of a process as it is spoken of in general; what is plural or cannot be counted stays."""
    head = words.rpartition(" ")[2]
    uncounted = head in classed("nouns", "uncounted") | classed("nouns", "unchanged") or words.endswith(_UNCOUNTED)
    return words if uncounted or is_plural(head) else plural(words)


_UNCOUNTED = ("ing", "ware")
"""How words end that nobody counts: "hardware"."""


_BEFORE_MARK = re.compile(r" (?=[,.;:!?)])")
"""The space that joining words puts before a mark."""


def _title(words: str) -> str:
    text = _BEFORE_MARK.sub("", " ".join(words.split()))[:80]
    return text[:1].upper() + text[1:]
