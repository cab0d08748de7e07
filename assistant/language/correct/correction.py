"""What a turn says of what is there already, as edits, as a question with readings, or as nothing new."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from assistant.english.tables import any_of, worded
from assistant.errors import EditRefused
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.how_it_is_to_be import at_edge, parsed, spot_in_words
from assistant.language.change.mention import plain, sure
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct import (
    at_the_same_time,
    belongs_to,
    by_what_is_spoken_of,
    contrast,
    denied_figure,
    done_or_not,
    figures_of_steps,
    for_a_kind,
    for_some,
    inside_way,
    must_stay,
    need_not,
    no_decision,
    only_for,
    order_of_steps,
    renamed,
    replaced,
    several_sayings,
    steps_in_passing,
    there_on_days,
    told_with_place,
    what_lies,
    who_answers,
    who_does_it,
    who_is_named,
    who_it_is,
)
from assistant.language.correct.added_step import read as read_added
from assistant.language.correct.made_readable import bared
from assistant.language.correct.of_all_cases import of_all_cases, shared_among
from assistant.language.correct.parts_of_a_turn import other_work
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures import hours
from assistant.language.figures.reading import figures_in
from assistant.language.turn.by_rules import TO_THE_PROGRAM
from assistant.language.turn.intent import looks_like_a_request
from assistant.language.turn.plain_sentences import as_done, caused, framed
from assistant.process.apply import apply
from assistant.process.blocks import Task
from assistant.process.describe import in_words
from assistant.process.edits import Insert, Place, SetValue
from assistant.process.model import Process
from assistant.process.tree import tasks

MOST = 400
MOST_SENTENCES = 4
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\S)")
READERS: tuple[Callable[[Sentence], Outcome | Doubt | None], ...] = (
    told_with_place.only_then, told_with_place.meanwhile, only_for.read,
    no_decision.read, denied_figure.read, belongs_to.read, there_on_days.read,
    who_it_is.read, inside_way.read, need_not.read, for_some.read, for_a_kind.read, what_lies.read, who_answers.read,
    renamed.read, must_stay.read,
    contrast.read, replaced.read, who_does_it.read, done_or_not.read, at_the_same_time.read,
    order_of_steps.read,
    by_what_is_spoken_of.read, figures_of_steps.read, steps_in_passing.read, who_is_named.read, told_with_place.read,
)  # fmt: skip


def read(
    process: Process, words: str, recent: Sequence[str] = (), wrong: bool = False, telling: bool = True, told: str = ""
) -> Outcome | Doubt | None:
    """What words say of the process; an outcome without edits where all of it is so already; None when they are no
    such thing, or not all of them. `told` are the words that the spans of the process point into."""
    if len(words) > MOST or not re.search(r"\w", words):
        return None
    if hours.there_on_days(words) or hours.done_on_days(words):
        return there_on_days.read(Sentence(Catalogue(process), words.strip(" .!"), wrong, tuple(recent)))
    if law := must_stay.only_by(Sentence(Catalogue(process), words.strip(" .!"), wrong, ())):
        return law
    if whole := of_all_cases(process, words) or shared_among(process, words, partial(read, process, recent=recent)):
        return whole
    sentences = [sentence for sentence in SENTENCE.split(words.strip()) if re.search(r"\w", sentence)]
    sentences = [sentence for sentence in sentences if not ASIDE.match(sentence)] or sentences
    sentences = sentences[:1] if renamed.ordered(sentences[0]) else sentences
    words = " ".join(sentences)
    if len(sentences) == 1 and figures_of_steps.times_new_work(Sentence(Catalogue(process), words, wrong, ()), words):
        return None
    if for_some.tells_new_work(words):
        given = for_some.read(Sentence(Catalogue(process), words.strip(" .!"), wrong, ()))
        return given if given is not None and fits(process, given) else None
    whole = _one(process, words, recent, wrong, telling, told)
    if whole is not None or not 1 < len(sentences) <= MOST_SENTENCES:
        return whole
    made: list[Outcome] = []
    now = process
    for sentence in sentences:
        found = _one(now, sentence, recent, wrong, telling, told)
        if isinstance(found, Doubt):  # `not Ruth, Rita.`: what follows says which of it is meant
            wrong = True
            continue
        if found is None and len(sentence.split()) <= 4 and re.match(r"\W*(?:he|she|they|it|that)\b", sentence, re.I):
            continue  # `he left.`
        if found is None:
            return None
        made.append(found)
        now = apply(now, found.edits)
    return (
        Outcome("; ".join(outcome.title for outcome in made), tuple(edit for outcome in made for edit in outcome.edits))
        if made
        else None
    )


ASIDE = re.compile(worded("correction-aside"), re.IGNORECASE)
"""Said to the program of what stands beside it: nothing of the work."""
REASON = re.compile(rf"^(?:and\s+)?{any_of('reason-follows')}\b", re.IGNORECASE)
"""How a clause begins that only says why."""


def _shorter(words: str) -> list[tuple[str, bool]]:
    """The words without a last clause or two that say why, or are said to the program (the latter: True)."""
    found = []
    for cut in reversed(list(re.finditer(r"\s*[,;–—-]+\s+|\s+(?=(?:because|since)\s)", words))):
        tail = words[cut.end() :]
        if not (REASON.match(tail) or ASIDE.match(tail)) or figures_in(tail):
            break
        found.append((words[: cut.start()], bool(ASIDE.match(tail))))
    return found[:2]


def _one(
    process: Process, words: str, recent: Sequence[str], wrong: bool, telling: bool = True, told: str = ""
) -> Outcome | Doubt | None:
    found = _whole(process, words, recent, wrong, telling, told)
    several = _several(process, words, recent, wrong, found, told)
    if found is not None or several is not None:
        return several or found
    shorter = (_whole(process, text, recent, wrong, telling and aside, told) for text, aside in _shorter(words))
    found = next((way for way in shorter if way is not None), None)
    text, _own, about = bared(words)
    said = "" if found or not text else steps_in_passing.speaking(Sentence(Catalogue(process), text, wrong, (), about))
    return _whole(process, said, recent, True, telling and text.endswith(said), told) if said else found


def _several(
    process: Process, words: str, recent: Sequence[str], wrong: bool, whole: Outcome | Doubt | None, told: str
) -> Outcome | None:
    """What the clauses of a turn say, where it is more than what was read from all of it at once."""

    def reader(now: Process, text: str, about: Sequence[str], own: bool) -> Outcome | Doubt | None:
        return _whole(now, text, about, own, False, told)

    several = several_sayings.read(process, words, tuple(recent), reader, wrong)
    if several is None or not fits(process, several):
        return None
    known = len(whole.edits) if isinstance(whole, Outcome) else 0
    return several if len(several.edits) > known else None


def _whole(
    process: Process, words: str, recent: Sequence[str], wrong: bool, telling: bool = True, told: str = ""
) -> Outcome | Doubt | None:
    people = [role.name for role in process.roles]
    inner = framed(words, people)
    text, own, about = bared(inner or words)
    if not text:
        return None
    own = own or caused(inner or text, people) is not None or caused(words, people) is not None
    inner = framed(text, people) or inner
    text, telling = as_done(framed(text, people) or text).strip(" .!"), telling or inner is not None
    sentence = Sentence(Catalogue(process), text, own or wrong, tuple(recent), about, told)
    placed = (PLACED.match(text) and not only_for.ONLY_FOR.match(text)) or told_with_place.at_an_edge(text)
    if telling and placed:
        first = told_with_place.read(sentence)
        if (
            isinstance(first, Outcome)
            and any(isinstance(edit, Insert) for edit in first.edits)
            and fits(process, first)
        ):
            return first
    for reader in READERS if telling else READERS[:-1]:
        found = reader(sentence)
        if isinstance(found, Doubt):
            fitting = tuple(reading for reading in found.readings if fits(process, reading))
            if len(fitting) > 1 or not found.readings:
                return Doubt(found.text, fitting)
            found = fitting[0] if fitting else None
        named = reader in (what_lies.read, belongs_to.read) or found is None or not _beside_work(sentence, found)
        if found is not None and fits(process, found) and named:
            return found
    return None


PLACED = re.compile(worded("correction-placed"), re.IGNORECASE)
"""A sentence that begins with its place tells something new, if somebody does something in it."""


def _beside_work(sentence: Sentence, found: Outcome) -> bool:
    """Whether only a figure was read from words that tell of other work: the figure is that work's."""
    timed = [edit.id for edit in found.edits if isinstance(edit, SetValue)]
    return bool(timed) and len(timed) == len(found.edits) and other_work(sentence, timed)


def fits(process: Process, found: Outcome) -> bool:
    """Whether what was read can be done, and no step would be put in twice."""
    if _twice(process, found):
        return False
    try:
        apply(process, found.edits)
    except EditRefused:
        return False
    return True


def told_alone(catalogue: Catalogue, words: str) -> Outcome | Doubt | None:
    """What a sentence says that stands in no conversation; an order is no story, and what is said to the program none
    of the work."""
    process, ordered = catalogue.process, looks_like_a_request(words)
    if TO_THE_PROGRAM.match(words):
        return None
    found = who_does_it.by_themselves(Sentence(catalogue, words.strip(" .!"))) or read(
        process, words, telling=not ordered
    )
    found = found or (None if ordered else _known_work(catalogue, words) or _new_step(catalogue, words))
    if not isinstance(found, Outcome):
        return found
    told = "; ".join(in_words(process, found.edits))
    return Outcome(told or found.title, found.edits) if found.edits else None


NOT_PLAIN = re.compile(worded("not-plain"), re.IGNORECASE)
AT_LAST = re.compile(r"^(?:finally|lastly|in the end|at the end)\b", re.IGNORECASE)


def _known_work(catalogue: Catalogue, words: str) -> Outcome | None:
    """`the office manager approves invoices`, of a step that is there: it is done by somebody else."""
    clause = parsed(catalogue, plain(words))
    step = sure(catalogue, f"{clause.verb} {clause.rest}") if clause and not clause.also else None
    return who_does_it.given_to(Sentence(catalogue, words.strip(" .!")), step, clause.who) if clause else None


def _new_step(catalogue: Catalogue, words: str) -> Outcome | Doubt | None:
    """`the receptionist should also offer coffee`: behind the last step of who does it; of somebody new, where is
    asked."""
    new = None if NOT_PLAIN.search(words) else told_anew(catalogue.process, words, anybody=True)
    made = new.edits[-1] if new else None
    if new is None or not isinstance(made, Insert) or len(made.blocks) > 1 or AT_LAST.match(words):
        return new
    name, own = getattr(made.blocks[0], "name", ""), catalogue.of_role(done_by(made.blocks[0]))
    row = catalogue.rows["flow"]
    spots = [Place(after=own[-1])] if own else [made.place, at_edge(catalogue, "start"), Place(before=row[-1])]
    placed = [(*new.edits[:-1], made.model_copy(update={"place": spot})) for spot in spots]
    ways = [Outcome(f"add {name} {spot_in_words(catalogue, at)}", way) for at, way in zip(spots, placed, strict=True)]
    return ways[0] if own else Doubt(f"Where should {name} come?", tuple(ways))


def proposed(process: Process, words: str) -> Outcome | None:
    """Other hands for a step that is there, put as a question (`could the learner book it himself?`)."""
    text = bared(words)[0].strip(" ?")
    if len(words) > MOST or not who_is_named.ASKED.match(text.lower()):
        return None
    found = who_is_named.read(Sentence(Catalogue(process), text))
    return found if found is not None and found.edits and fits(process, found) else None


def _twice(process: Process, found: Outcome) -> bool:
    """Whether a step would be put in that somebody does already under that name."""
    there = {(step.name.lower(), step.role) for step in tasks(process)}
    made = [block for edit in found.edits if isinstance(edit, Insert) for block in edit.blocks]
    return any(isinstance(block, Task) and block.role and (block.name.lower(), block.role) in there for block in made)


def added(process: Process, words: str) -> Outcome | None:
    """A new step that is asked for as a thing, where its place is known."""
    text = bared(words)[0]
    found = read_added(Sentence(Catalogue(process), text)) if text and len(words) <= MOST else None
    return found if found is not None and fits(process, found) else None


def told_anew(process: Process, words: str, anybody: bool = False) -> Outcome | None:
    """A sentence of somebody known, or of `anybody`, that was read by nobody else: its step goes to the end."""
    text = bared(words)[0]
    found = (
        told_with_place.appended(Sentence(Catalogue(process), text), anybody) if text and len(words) <= MOST else None
    )
    return found if found is not None and found.edits and fits(process, found) else None
