"""Who does a step that is there, told in few words: `Ravi prints them`, `swap that: Ravi adds, Sue packs`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.process.blocks import Task
from assistant.process.edits import SetRole

CLAUSE = re.compile(
    r"^(?:and |but |while )?(?P<who>(?:the |our )?[\w' -]{1,40}?) (?P<verb>[a-z]+s)(?: (?P<rest>[\w' -]{1,60}))?$",
    re.IGNORECASE,
)
THEM = re.compile(r"it|them|that|this|these|those", re.IGNORECASE)
ROUND = re.compile(
    r"^\W*(?:no,? |sorry,? |actually,? )*(?:(?:please )?(?:swap|switch) (?:that|it|them|those|these)|"
    r"(?:it's |that's |it is )?(?:exactly )?the other way a?round|vice versa)\s*[:,;.–-]+\s*(?P<clauses>.+)$",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*[,;]\s*(?:and |but |while )?|\s+(?:and|while|but)\s+")


def read(sentence: Sentence) -> Outcome | None:
    """The steps with who does them: of a mere `them` one that nobody did so far, of two who change places those of
    each. None where a clause names nobody known, or no one step by its verb."""
    text = sentence.request.strip(" .!")
    turned = ROUND.match(text)
    clauses = PARTS.split(turned["clauses"].strip(" .!")) if turned else [text]
    edits = [_doer(sentence.catalogue, clause, turned is not None) for clause in clauses]
    made = tuple(edit for edit in edits if edit is not None)
    if len(made) < len(clauses):
        return None
    return Outcome(f"who does {', '.join(sentence.catalogue.name(edit.ids[0]) for edit in made)}", made)


def _doer(catalogue: Catalogue, clause: str, turned: bool) -> SetRole | None:
    """Who does the one step with that verb, and with that thing where several have the verb."""
    said = CLAUSE.match(clause.strip())
    role = role_named(catalogue, ARTICLE.sub("", said["who"])) if said else None
    verb = base_of(said["verb"].lower(), "s", "base") if said else ""
    if said is None or role is None or not verb or not (turned or THEM.fullmatch(said["rest"] or "")):
        return None
    tasks = [step for step in catalogue.named if isinstance(step, Task)]
    own = [task for task in tasks if alike(verb, next(iter(content(task.name)), ""))]
    if len(own) > 1:
        things = content(said["rest"] or "")
        own = [task for task in own if any(alike(word, part) for part in content(task.name)[1:] for word in things)]
    if len(own) != 1 or (not turned and done_by(own[0]) is not None):
        return None
    return SetRole(ids=(own[0].id,), role=role.id)
