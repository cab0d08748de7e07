"""New steps for some cases only: those set apart in front, and those that a step before finds out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.english.forms import base_of, third_person, verb_forms
from assistant.language.correct.piece_of_story import known_step, tasks_in
from assistant.language.correct.sentence_said import Sentence
from assistant.language.turn.plain_sentences import as_done, framed
from assistant.language.weighed.clause_as_step import acted
from assistant.language.weighed.clauses_said import IF, THEN, clauses, opened, without_share, words_of
from assistant.language.weighed.possible_edits import WRONG, Way
from assistant.language.weighed.said_besides import besides, by_doer, made_whole
from assistant.language.weighed.steps_placed import (
    beside_whom,
    choice_of,
    fronts,
    of_names,
    places,
    put,
    read_clause,
    told_by,
)
from assistant.language.weighed.topics import Topic, topics
from assistant.language.weighed.words_spoken_of import Spoken, person
from assistant.process.edits import Insert

THEN_IF = re.compile(r"(?:[.;!]|,? and|,? but)\s+(?P<if>(?:if|when|whenever|in case|should)\s)", re.IGNORECASE)


def of_some(spoken: Spoken) -> Iterator[Way]:
    """A new step under each condition that is set apart in front, or that follows from another new step."""
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    for topic in topics(spoken):
        yield from _told_of(spoken, sentence, topic)
    yield from _then_if(spoken, sentence)


def _told_of(spoken: Spoken, sentence: Sentence, topic: Topic) -> Iterator[Way]:
    """What is told of cases that are set apart in front: a step under that condition."""
    beside = besides(spoken, clauses(topic.rest))
    beside = beside if topic.share is None else beside._replace(share=topic.share)
    people = [role.name for role in spoken.catalogue.process.roles]
    for front, others in fronts(spoken, beside.parts, topic.rest)[:4]:
        text = by_doer(THEN.sub("", framed(front, people) or front), beside.doer)
        text = _given(THEN.sub("", as_done(text).strip(" .!")), beside.doer)
        whom = beside_whom(spoken, others)
        texts = [text, _by_whom(spoken, topic, text)]
        if _done_to(text):
            texts.reverse()
        read = next((found for clause in texts if (found := read_clause(spoken, sentence, clause, whom))), [])
        for blocks, roles in read:
            whole = made_whole(spoken, blocks, roles, beside)
            for way in put(spoken, front, [*others, (topic.cond, "for")], *whole, beside):
                if way.kind in ("new if", "new if at"):
                    yield replace(way, counts={**way.counts, "topic": 1.0})


GETS = re.compile(
    r"^(?:(?:also|always|usually|they) )*gets? (?P<what>(?:an?|the|another|one) .+?)"
    r"(?: (?:from|by|with) (?P<who>(?:the |our )?[\w-]+(?: [\w-]+)?))?(?: (?:as well|too|first|instead))?$",
    re.IGNORECASE,
)


def _given(text: str, doer: str) -> str:
    """What cases get as what somebody gives them: `get a card from the receptionist`."""
    found = GETS.match(text)
    who = (found["who"] or (f"the {doer}" if doer else "")) if found else ""
    return f"{who} gives {found['what']}" if found and who else text


DONE_TO = re.compile(r"^(?:is|are|gets?|(?:have|has|need|needs) to be|must be)\s+(?P<verb>[a-z]+)\b", re.IGNORECASE)
"""What is done to the cases themselves: `get rewrapped by a temp`."""


def _done_to(text: str) -> bool:
    found = DONE_TO.match(text)
    return found is not None and any(form.form in ("en", "ed") for form in verb_forms(found["verb"].lower()))


WHICH = re.compile(r",? (?:who|which|that|whose|where)\b", re.IGNORECASE)
"""Behind a thing: which of them (`guests who come late`)."""


def _by_whom(spoken: Spoken, topic: Topic, text: str) -> str:
    """Words without somebody who acts, said of whoever is spoken of or of the cases themselves."""
    if _done_to(text):
        return f"{WHICH.split(topic.cond)[0]} {text}"
    text = re.sub(r"^(?:also|always|usually|then|first) ", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:have to|must|need to|should) ", "", text, flags=re.IGNORECASE)
    head, (verb, _, rest) = topic.cond.split()[-1].lower(), text.partition(" ")
    own = [role.name for role in spoken.catalogue.process.roles if person(head, role.name.lower())]
    return f"the {own[0].lower()} {third_person(base_of(verb) or verb)} {rest}" if own else f"they {text}"


def _then_if(spoken: Spoken, sentence: Sentence) -> Iterator[Way]:
    """A new step, and behind it what is done in some cases (`he looks for any. If he finds one, he blows it up`)."""
    share = next((said.figure.middle for said in spoken.figures if said.figure.kind == "chance"), None)
    cut = THEN_IF.search(spoken.text)
    if cut is None or not cut.start():
        return
    first, behind = spoken.text[: cut.start()].strip(" ,"), clauses(spoken.text[cut.start("if") :])
    linked = next(((part, n) for n, (part, link) in enumerate(behind) if link in IF), None)
    acts = [part for n, (part, link) in enumerate(behind) if not link and linked and n > linked[1]]
    cut_up = [*opened(spoken, linked[0], "if")] if linked and not acts else []
    pairs = [(linked[0], act) for act in acts[:2]] if linked and acts else cut_up[:2]
    parts = clauses(first)
    for front, others in fronts(spoken, parts, first)[:4]:
        for blocks, roles in read_clause(spoken, sentence, THEN.sub("", as_done(front).strip(" .!"))):
            for cond, act in pairs:
                then = acted(spoken, THEN.sub("", act))
                if then is None or then[0].name == getattr(blocks[0], "name", ""):
                    continue
                role = then[0].role or getattr(blocks[-1], "role", None)
                made = choice_of(spoken, (then[0].model_copy(update={"role": role}),), cond, share).blocks
                whole = (*blocks, *made)
                at = told_by(spoken, frozenset(range(len(spoken.tokens))), (*blocks, then[0]), (*roles, *then[1]))
                at |= words_of(spoken, cond)
                counts = {"doer": float(role is not None), "share": float(share is not None), "steps": len(blocks) / 3,
                          **of_names(spoken, (*tasks_in(blocks), then[0]))}  # fmt: skip
                for name, place, _of, more in places(spoken, others, words_of(spoken, front)):
                    if name != "while":
                        edits = (*roles, *then[1], Insert(blocks=whole, place=place))
                        title = f"add “{then[0].name}” if {cond}"
                        yield Way(f"new then if {name}", title, edits, at, {**counts, **more})


def by_share(spoken: Spoken) -> Iterator[Way]:
    """A new step for a share of the cases, where nothing says of which (`half the time the trainee oils it first`)."""
    beside = besides(spoken, clauses(spoken.text))
    if (
        beside.share is None
        or WRONG.search(spoken.low)
        or topics(spoken)
        or any(link in IF for _, link in beside.parts)
    ):
        return
    sentence = Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)
    cond = f"in {beside.share:.0%}".replace("%", " % of cases")
    for front, others in fronts(spoken, beside.parts)[:4]:
        if not beside.shared & words_of(spoken, front):
            continue  # said apart, it is the share of what was set apart
        text = THEN.sub("", as_done(without_share(front)).strip(" .!"))
        for read, known in read_clause(spoken, sentence, text, beside_whom(spoken, others)):
            blocks, roles = made_whole(spoken, read, known, beside)
            made = choice_of(spoken, blocks, cond, beside.share)
            said = words_of(spoken, front)
            at = told_by(spoken, said, tasks_in(blocks), roles) | beside.shared
            new = not any(known_step(sentence, block) for block in blocks)
            counts = {"bare share": 1.0, "new": float(new), "doer": float(all(task.role for task in tasks_in(blocks))),
                      "clauses": min(3, len(beside.parts)) / 3, **of_names(spoken, tasks_in(blocks))}  # fmt: skip
            for name, place, of, more in places(spoken, others, said):
                if name != "while":
                    kind = "new if" if name in ("end", "recent") else "new if at"
                    title = f"add “{getattr(blocks[0], 'name', '')}” {cond}"
                    edits = (*roles, made.model_copy(update={"place": place}))
                    yield Way(kind, title, edits, at | of, {**counts, **more})


READERS = (of_some, by_share)
