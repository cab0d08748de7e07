"""Names of tasks and conditions in the words of the story: "Check credit", "Send offer to customer"."""

from __future__ import annotations

from assistant.english.forms import is_nounish, is_plural
from assistant.english.tables import classed
from assistant.language.figures.figure import DAY_NAMES
from assistant.language.figures.numbers import value_of
from assistant.language.offline.sentences.clauses import Clause, Part
from assistant.language.offline.words.groups import Group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import CONTROL, DITRANSITIVE, FIRST_NAMES, NOMINAL, SAYS_WHAT

# Complements that say what is worked on or for whom; the others (when, why, how long) stay out of the name.
_KEPT = classed("reading", "kept")
TIME = classed("reading", "time")
_VAGUE = classed("reading", "vague")
_SHARE = frozenset("all most half much part".split())
_SKIP = classed("reading", "skip")
_WHERE = frozenset("in on over under by through among as after".split())
_MEANS = frozenset(("with", "at"))
_WITH_WHAT = CONTROL | DITRANSITIVE | classed("said", "talked-over") | classed("said", "with-what")
MOST_WORDS = 9


def words_of(tokens: list[Token], group: Group) -> list[str]:
    """The words of a noun group without articles, owners and marks."""
    kept: list[str] = []
    for i, token in enumerate(tokens[group.start : group.end], group.start):
        if token.low == "'s" and kept:
            kept[-1] += "'s"
        elif token.low == "each" and token.tag == "P":
            kept.append("each")  # "talks to each", "to each of them"
        elif token.low in _SKIP or (token.tag in ("*", "(", ")", "X") and token.low not in ("/", "%", "€", "$", "£")):
            continue
        elif token.tag in (",", ";") and kept:
            kept[-1] += ","
        elif i == 0 and not (token.text.isupper() and len(token.text) > 1) and not _named(token):
            kept.append(token.low)
        else:
            kept.append(token.text if token.text[:1].isupper() else token.low)
    if kept and kept[-1].endswith(","):
        kept[-1] = kept[-1][:-1]
    return kept


def up_to_noun(tokens: list[Token], group: Group) -> str:
    """ "The edge" of "leaves the edge open": what "it" means later; empty where nothing stands behind the noun."""
    behind = tokens[group.head + 1 : group.end]
    short = Group(group.start, group.head + 1, group.head)
    return " ".join(words_of(tokens, short)) if behind and all(t.tag == "A" for t in behind) else ""


def _named(token: Token) -> bool:
    """Whether the first word of a sentence has its capital for itself: "Maria", "Datev", not "Applications"."""
    common = is_plural(token.low) or is_nounish(token.low) or token.low in NOMINAL
    return token.tag == "N" and (token.low in FIRST_NAMES or not common)


def is_time(tokens: list[Token], group: Group) -> bool:
    """Whether a noun group says a time or a duration: "five days", "Friday afternoon"."""
    low = [t.low for t in tokens[group.start : group.end]]
    part_of = low[1:2] == ["of"] and low[0] in _SHARE  # "all of January"
    head = tokens[group.head].low
    if head in TIME or head.removesuffix("s") in DAY_NAMES or (part_of and low[-1] in TIME):
        return True
    return any(t.low in TIME for t in tokens[group.start : group.end]) and any(
        t.tag == "#" or t.low in ("every", "each", "next", "same", "following") for t in tokens[group.start : group.end]
    )


def keeps(tokens: list[Token], part: Part, first: bool) -> bool:
    """Whether a complement belongs into the name."""
    if part.prep == "":
        return not is_time(tokens, part.group) or (
            first and tokens[part.group.head].low in ("date", "time", "deadline")
        )
    if part.prep not in _KEPT or is_time(tokens, part.group):
        return False
    if part.prep in ("after", "as", "at", "on", "over", "under", "by") and tokens[part.group.head].tag == "#":
        return False
    head = tokens[part.group.head].low
    vague = head in _VAGUE and not (head in ("order", "case", "process", "person") and part.prep not in ("in", "by"))
    counted = tokens[part.group.head].tag == "#" and value_of(head) is not None and part.prep != "with"
    picked = any(t.tag in ("A", "N") for t in tokens[part.group.start : part.group.head])  # "to the first three"
    return not vague and (picked or not counted)


def task_name(verb: str, objects: list[list[str]], complements: list[list[str]]) -> str:
    """Verb, objects and complements that fit into MOST_WORDS words, one beside an object; a capital in front."""
    words = verb.split()
    for chunk in objects:
        words += chunk
    for chunk in _one_of(complements, verb) if objects else complements:
        if len(words) + len(chunk) > MOST_WORDS:
            chunk = _shortened(chunk, MOST_WORDS - len(words))
        words += chunk
    text = " ".join(words[: MOST_WORDS + 5]).strip(" ,")
    return text[:1].upper() + text[1:]


def _one_of(complements: list[list[str]], verb: str) -> list[list[str]]:
    """Of what is said beside a thing the one that says most: for whom or from where before the place it is done in.

    What it is done with and at is no part of the name, unless it is compared, talked over, sent or mixed with it."""
    base = verb.partition(" ")[0]
    whole = {"of", "to"} if base in SAYS_WHAT else {"of"}  # "asks the customer to sign": what is asked
    beside = [chunk for chunk in complements if chunk[0] in _KEPT and chunk[0] not in whole]
    told = [chunk for chunk in beside if chunk[0] not in _MEANS or (chunk[0] == "with" and base in _WITH_WHAT)]
    kept = next((chunk for chunk in told if chunk[0] not in _WHERE), told[0] if told else None)
    return [chunk for chunk in complements if chunk is kept or all(chunk is not each for each in beside)]


def _shortened(chunk: list[str], room: int) -> list[str]:
    """A complement cut at its first comma or "and" so that it fits; empty when it still does not."""
    stop = next(
        (i for i, word in enumerate(chunk) if i and (word.endswith(",") or word in ("and", "or", "of"))), len(chunk)
    )
    short = [word.rstrip(",") for word in chunk[: stop + (chunk[stop : stop + 1] != [] and chunk[stop].endswith(","))]]
    return short if 1 < len(short) <= room else []


def complements(tokens: list[Token], clause: Clause, *skip: Part | None) -> list[list[str]]:
    """The kept prepositional complements of a clause, each as words with its preposition."""
    found: list[list[str]] = []
    for part in clause.parts:
        sought = part.prep == "for" and clause.verbs.base == "look" and tokens[part.group.start].low in ("another", "a")
        if part in skip or not part.prep or not (sought or keeps(tokens, part, False)):
            continue  # "looks for another day": no time it takes
        words = words_of(tokens, part.group)
        if words and words[0].lower() not in (
            "it",
            "this",
            "them",
            "him",
            "her",
            "me",
            "us",
            "that",
            "which",
            "which,",
        ):
            found.append([part.prep, *words])
        elif words and words[0].lower() in ("us", "me") and part.prep in ("to", "from"):
            continue
    return found


def condition_text(tokens: list[Token], start: int, end: int) -> str:
    """The words of a condition without the word that opens it, at most 16 of them."""
    kept: list[str] = []
    for token in tokens[start:end]:
        if token.low in ("n't",) and kept:
            kept[-1] = {"ca": "can", "wo": "will"}.get(kept[-1], kept[-1])
            kept.append("not")
        elif token.low in ("'s", "%") and kept:
            kept[-1] += token.low
        elif token.tag in (",", ";") and kept:
            kept[-1] += ","
        elif token.tag in ("*", "-") and token.low in ("/", "€", "$", "£", "%"):
            kept.append(token.low)
        elif token.tag not in ("*", "(", ")", ":", "–", "—", "-"):
            kept.append(token.text)
    for place, word in enumerate(kept):
        if place > 2 and word.lower() in ("because", "mostly", "mainly", "since", "due"):
            kept = kept[:place]
            break
    while kept and kept[0].lower().strip(",") in (
        "the",
        "a",
        "an",
        "that",
        "then",
        "and",
        "so",
        "or",
        "now",
        ",",
        "every",
        "each",
        "all",
    ):
        kept = kept[1:]
    return " ".join(kept[:16]).strip(" ,")
