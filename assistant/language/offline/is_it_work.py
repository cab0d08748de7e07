"""Whether a text describes work that is done again and again; if not, the reason in one sentence."""

from __future__ import annotations

import re

from assistant.english.tables import classed, worded
from assistant.errors import NotAProcess
from assistant.language.offline.meaning.roles import ME, RoleBook
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.words.tongue import foreign_language, is_another_script
from assistant.language.offline.words.word_tables import CONTROL, NOMINAL, SMALL, TITLES, WORK
from assistant.process.told_texts import MOST_CHARACTERS

MOST_TAGS = 2_000  # "<" of a text in words
REMEDY = "Tell how the work runs each time: who does what, in which order, and what happens when something is off."
ENOUGH = 6
"""As many steps are work, however much is said beside them: in an interview or a chat every line is short."""
MANY = 10
"""So many steps are a way of working, whoever does them: "you take the request yourself, then you visit the home"."""
LEAST = 0.09
"""The share of the sentences that tell work at least; it is counted when what is talk was taken out."""
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_DATED = re.compile(rf"\b(?:{worded('dated-plan')})\b", re.IGNORECASE)
_AGAIN = re.compile(rf"\b(?:{worded('time-and-again')})\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:will|'ll|’ll|going to|plan to|planned|shall)\b", re.IGNORECASE)
_PROJECT = re.compile(rf"\b(?:{worded('is-it-work-project')})\b", re.IGNORECASE)
_ONCE = re.compile(worded("is-it-work-once"), re.IGNORECASE)
OFFICE = CONTROL | set(NOMINAL.values()) | classed("reading", "office")


def refuse_foreign(text: str) -> None:
    """Raises NotAProcess for a text in another language than English, which only a language model reads."""
    language = foreign_language(text)
    if language is None and not is_another_script(text):
        return
    seems = f" It seems to be {language}." if language else ""
    raise NotAProcess(
        f"The built-in rules read English, and this is not English.{seems}",
        "Nothing was written.",
        "Tell it in English, or use a language model, which reads other languages: --model PROVIDER:NAME.",
    )


def refuse_text(text: str, english: bool = True) -> None:
    """Raises NotAProcess for texts that cannot be a story at all: nothing, noise, far too long, no sentences.

    For a reader of other languages (`english` false) the small words of English are not asked for.
    """
    if not text.strip():
        raise _refusal("there are no words in it.")
    if len(text) > MOST_CHARACTERS:
        raise _refusal(f"it has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.")
    if text.count("<") > MOST_TAGS:
        raise _refusal("it is full of tags.")
    if not english:
        if sum(c.isalpha() for c in text) < 0.4 * sum(not c.isspace() for c in text):
            raise _refusal("it is hardly words.")
        return
    words = _WORDS.findall(text)
    letters = sum(map(len, words))
    visible = sum(1 for c in text if not c.isspace())
    if len(words) < 3 or letters < 0.55 * visible:
        raise _refusal("it is hardly words." if words else "there are no words in it.")
    small = sum(1 for word in words if word.lower() in SMALL)
    rows = text.count("| Step: ")
    if (not rows and len(words) >= 30 and small < 0.12 * len(words)) or max(map(len, words)) > 400:
        raise _refusal("it does not read as English sentences.")


def refuse_story(text: str, told: list[Said], book: RoleBook) -> None:
    """Raises NotAProcess when the sentences tell no recurring work."""
    acts = [act for said in told for act in said.acts() if act.verb != "wait"]
    if not acts:
        raise _refusal("no sentence says who does what.")
    timed = {id(act) for said in told for act in said.acts() if any(m.quantity.kind == "duration" for m in said.marks)}
    solid = _with_own([act for act in acts if _solid(act, book, id(act) in timed)], acts, book)
    spoken = sum(1 for said in told if said.words)
    begun = len(solid) == 1 < spoken and all(_tells(said, book) for said in told if said.words)
    if (len(solid) < 2 and not begun) or (len(solid) < min(ENOUGH, LEAST * spoken) and len(acts) < MANY):
        raise _refusal("hardly a sentence says who does what.")
    again, dated = len(_AGAIN.findall(text)), len(_DATED.findall(text))
    future = len(_FUTURE.findall(text))
    past = sum(1 for act in acts if act.past)
    sentences = max(1, spoken)
    if future >= 0.5 * len(acts) and (dated or _PROJECT.search(text)) and again < 0.34 * sentences:
        raise _refusal("it tells of something that will be done once, not of work that is done again and again.")
    marks = dated + len(_PROJECT.findall(text)) + len(_ONCE.findall(text))
    if future and dated and not again and marks >= 3:
        raise _refusal("it tells of something that will be done once, not of work that is done again and again.")
    if past >= 0.6 * len(acts) and again < 0.25 * sentences:
        raise _refusal("it tells of something that happened once, not of work that is done again and again.")


def _tells(said: Said, book: RoleBook) -> bool:
    """Whether a sentence tells what somebody does each time: two of them begin a story ("A patient rings. The nurse
    books a slot")."""
    return any(act.role in book.roles and act.role != book.narrator and not act.past for act in said.acts())


def _solid(act: Act, book: RoleBook, timed: bool) -> bool:
    """Whether an action looks like work in an organisation rather than any deed: "the vet operates, 60 minutes"."""
    role = book.roles.get(act.role or "")
    ours = act.role == book.narrator and role is not None and role.name != ME  # "we" was said
    named = role is not None and (act.role != book.narrator or (ours and act.verb in WORK and not act.past))
    by_trade = named and timed and not TITLES.isdisjoint((act.role or "").split())
    return act.verb in OFFICE or by_trade or (named and bool(act.thing))


def _with_own(solid: list[Act], acts: list[Act], book: RoleBook) -> list[Act]:
    """With what the teller does besides, where somebody else works too: "Ann waters the flowers. I cut the grass"."""
    if not any(act.role and act.role != book.narrator for act in solid):
        return solid
    own = [act for act in acts if act.role and act.role == book.narrator and act.thing and not act.past]
    return [*solid, *(act for act in own if act.verb in WORK - _PASTIME | {"do"} and act not in solid)]


_PASTIME = frozenset("watch play read listen".split())
"""What somebody does at home as well."""


def _refusal(why: str) -> NotAProcess:
    return NotAProcess(f"This does not describe a process, because {why}", "", REMEDY)
