"""Two roles that are one: `Jo and Sophie are the same person`, `there is no "Ready Birgit", that is simply Birgit`,
`cook and helper, that's the same man, just put cook`."""

from __future__ import annotations

import re

from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.process.blocks import ROLE_LISTS
from assistant.process.edits import DropRole, Edit, SetRole, SetValue
from assistant.process.model import Role
from assistant.process.tree import tasks

WHO = r"[^,;:]{2,40}?"
ONE = r"(?:(?:the|one and the) same(?: (?:person|people|team|role|department|man|lady|woman))?|one (?:person|role))"
SAME = (
    re.compile(rf"^(?P<kept>{WHO}) and (?P<gone>{WHO}) are (?:really |actually |just |both )*{ONE}$", re.IGNORECASE),
    re.compile(
        rf"^(?P<gone>{WHO}) is (?:really |actually |just )*the same (?:person |one |people )?as (?P<kept>{WHO})$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^there(?:'s| is) no (?P<gone>{WHO}),? (?:that|it)(?:'s| is)(?: simply| just| really)* (?P<kept>{WHO})$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<gone>{WHO}) and (?P<kept>{WHO})[,;]? (?:that'?s|that is|they are|they're|it'?s) "
        rf"(?:really |actually |just |both )*{ONE}(?: (?:in|at|with) [\w ]{{2,25}})?[\s,;.–-]+(?:please )?"
        rf"(?:(?:just|only) )?(?:put|write|take|say|call (?:her|him|them)|make it) (?P<name>{WHO})$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:please )?(?:merge|join|unite) (?:the roles? )?(?P<kept>{WHO}) (?:and|with|into) (?P<gone>{WHO})$",
        re.IGNORECASE,
    ),
)


def read(sentence: Sentence) -> Outcome | None:
    """The work of both in one pair of hands; None where the words name no two roles."""
    words = re.sub(r"[\"“”]", "", sentence.request).strip(" .!")
    for form in SAME:
        said = form.match(words)
        kept, gone = (_role(sentence, said[side]) for side in ("kept", "gone")) if said else (None, None)
        if said and "name" in form.groupindex and kept is not None and gone is not None:
            called = _role(sentence, said["name"])
            if called is None or called.id not in (kept.id, gone.id):
                continue
            kept, gone = (kept, gone) if called.id == kept.id else (gone, kept)
        if kept is not None and gone is not None and kept.id != gone.id:
            return _one(sentence, kept, gone)
    return None


def _role(sentence: Sentence, words: str) -> Role | None:
    return role_named(sentence.catalogue, ARTICLE.sub("", words.strip()))


def _one(sentence: Sentence, kept: Role, gone: Role) -> Outcome:
    own = tuple(sentence.catalogue.of_role(gone.id))
    edits: list[Edit] = [SetRole(ids=own, role=kept.id)] if own else []
    for task in tasks(sentence.catalogue.process):
        for field in ROLE_LISTS:
            listed = getattr(task, field)
            if gone.id in listed:
                left = dict.fromkeys(kept.id if id_ == gone.id else id_ for id_ in listed)
                edits.append(SetValue(id=task.id, field=field, value=list(left)))
    return Outcome(f"{gone.name} and {kept.name} are one", (*edits, DropRole(id=gone.id)))
