"""Who does what, told of two at once: `its not the boss who signs, thats the deputy`, `Sina only takes the orders,
baking the trainee does`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, verb_forms
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.made_readable import spelled
from assistant.language.correct.sentence_said import ARTICLE, Sentence, by_verb, known_role, one_step
from assistant.language.correct.who_does_it import given_to
from assistant.process.edits import SetRole
from assistant.process.model import Role

_WHO = r"[\w' -]{2,40}?"
NOT_WHO = re.compile(
    rf"^(?:no,? |but )*(?:it's|it is|that's|that is|it was) not (?P<other>{_WHO}),? "
    rf"(?:who|that) (?P<does>[^,;]{{3,60}}?)"
    rf"(?:[\s,;.–-]+(?:but |no |rather )*(?:it's |it is |that's |that is )|,? but )(?P<who>{_WHO})"
    r"(?: who does (?:it|that|this))?$",
    re.IGNORECASE,
)
ONLY_DOES = re.compile(
    rf"^(?:no,? |but )*(?P<first>{_WHO})(?: is| are)? (?:only|just) (?P<verb>[a-z]+)(?: (?P<rest>[^,;]{{2,40}}?))?"
    rf"[\s,;–-]+(?:and |but |while )?(?:the )?(?P<deed>[a-z]+ing)(?: (?P<thing>[^,;]{{2,40}}?))??(?: is done by)? "
    r"(?P<second>(?:the |our )[\w'-]+(?: [\w'-]+)??|[\w'-]+)(?: (?:does|do|is doing)(?: (?:it|that|this))?)?$",
    re.IGNORECASE,
)
NOTHING_OF_IT = re.compile(
    rf"^(?P<what>[^,;]{{3,60}}?) (?:is|are) (?:all |both )?done by (?P<who>{_WHO})(?: too| as well| also)?[\s,;–-]+"
    rf"(?:and |but )?(?P<other>{_WHO}) (?:has|have) nothing to do with (?:it|that|this|them)$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The steps in the hands that are named; None where no single step is plain."""
    text = spelled(sentence.request).strip(" .!")
    if said := NOT_WHO.match(text):
        other = known_role(sentence.catalogue, said["other"])
        verb, _, thing = said["does"].partition(" ")
        step = _step(sentence, verb, thing, other) if other else None
        return given_to(sentence, step, said["who"]) if step else None
    if said := NOTHING_OF_IT.match(text):
        return _all_to(sentence, said)
    return _each(sentence, said) if (said := ONLY_DOES.match(text)) else None


def _each(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    """The one step to whom only does that, the other to the second who is named."""
    if role_named(sentence.catalogue, ARTICLE.sub("", said["first"])) is None:
        return None
    steps = [_step(sentence, said["verb"], said["rest"] or ""), _step(sentence, said["deed"], said["thing"] or "")]
    ways = [given_to(sentence, step, said[side]) for side, step in zip(("first", "second"), steps, strict=True)]
    if steps[0] == steps[1] or None in ways:
        return None
    return Outcome("who does which", tuple(edit for way in ways if way for edit in way.edits))


def _all_to(sentence: Sentence, said: re.Match[str]) -> Outcome | None:
    """`Drawing and cutting are done by Tom too, Ina has nothing to do with it`: of Ina's steps each that is named."""
    catalogue = sentence.catalogue
    who, other = (role_named(catalogue, ARTICLE.sub("", said[side])) for side in ("who", "other"))
    deeds = [part.strip() for part in re.split(r",? and |, ", said["what"])]
    steps = [_of_deed(sentence, deed, other) for deed in deeds] if who and other else []
    if not who or not steps or not all(steps):
        return None
    return Outcome(f"{who.name} does them", (SetRole(ids=tuple(step for step in steps if step), role=who.id),))


def _of_deed(sentence: Sentence, deed: str, role: Role | None) -> str | None:
    verb, _, thing = ARTICLE.sub("", deed).partition(" ")
    return _step(sentence, verb, thing, role) or one_step(sentence.catalogue, deed.lower(), role.id if role else None)


def _step(sentence: Sentence, verb: str, thing: str = "", role: Role | None = None) -> str | None:
    """The one task of that verb and thing (of one role, if it is given): `does the x-ray` is the one of that thing."""
    own, low = role.id if role else None, verb.lower()
    bases = dict.fromkeys(form.base for form in verb_forms(low) if form.base)
    for base in bases or {base_of(low) or low: None}:
        if found := by_verb(sentence.catalogue, base, thing.lower(), own):
            return found
    if low not in ("does", "do", "doing", "makes", "make", "making", "handles", "handling", "has"):
        return None
    found = one_step(sentence.catalogue, thing.lower(), own)
    name = content(sentence.catalogue.name(found)) if found else []
    return found if any(alike(word, part) for word in content(thing) for part in name) else None
