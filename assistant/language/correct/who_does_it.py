"""Corrections of who does something."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.english.forms import base_of, singular, verb_forms
from assistant.english.tables import any_of, worded
from assistant.language.change.how_it_is_to_be import parsed
from assistant.language.change.mention import alike, content, role_named, speaks, sure
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.change.who_works import give, put
from assistant.language.correct import told_with_place, who_instead
from assistant.language.correct.sentence_said import (
    ARTICLE,
    PRONOUNS,
    Sentence,
    by_verb,
    clause_at,
    known_role,
    likely,
    mentioned,
    one_step,
    role_of,
    somebody,
)
from assistant.language.offline.words.word_tables import OUTSIDE
from assistant.process.edits import SetRole
from assistant.process.model import Role

CLEFT = re.compile(r"^(?:it's|it is|that's|that is|it was)\s+(?P<who>.+?)\s+(?:who|that|which)\s+(?P<does>.+)$", re.I)
NOT_BUT = re.compile(
    r"^(?P<a>.+?)\s+(?:doesn't|does not|don't|do not|didn't|isn't the one who)\s+(?P<does>.+?)[,;.]?\s+"
    r"(?:but\s+|it's\s+|it is\s+|that's\s+)?(?P<b>(?:the|our|an?)?\s?[\w' -]{1,40}?)\s+(?:does|do|did)"
    r"(?:\s+(?:it|that|this))?(?:\s+(?:by\s+)?(?:itself|himself|herself|themselves))?$",
    re.IGNORECASE,
)
INSTEAD = re.compile(
    r"[\s,;]+(?:(?:and|but)\s+not|not|never|instead of|rather than)\s+(?:by\s+)?"
    r"(?P<other>(?:the |our )?[\w' -]{2,40})$", re.I
)  # fmt: skip
PASSIVE = re.compile(
    r"^(?P<what>.+?)\s+(?:is|are|was|were|gets?|has to be|have to be|should be|must be)\s+(?:now\s+|always\s+)?"
    r"(?P<verb>\w+)(?:\s+(?:up|down|in|out|off|over|back|on))?\s+by\s+(?P<who>.+)$", re.IGNORECASE,
)  # fmt: skip
JOB = re.compile(
    r"^(?P<what>.+?)\s+(?:is|are|was)\s+(?:actually\s+|now\s+)?(?P<who>.+?)(?:'s|s')\s+"
    r"(?:job|task|work|business|duty|thing)$", re.IGNORECASE,
)  # fmt: skip
GOES_TO = re.compile(
    r"^(?P<who>.+?)\s+(?:is|are)\s+(?:now\s+)?(?:responsible for|in charge of|doing)\s+(?P<what>.+)$|"
    r"^(?P<who2>.+?)\s+takes? care of\s+(?P<what2>.+)$", re.IGNORECASE,
)  # fmt: skip
LET = re.compile(r"^(?:let|have)\s+(?P<who>(?:the |our )?[\w' -]{2,30}?)\s+(?P<does>\w+ .+)$", re.IGNORECASE)
SWAP = re.compile(r"^not\s+(?P<a>[\w' -]{2,30}?)[,;]?\s+(?:but\s+)?(?P<b>[\w' -]{2,30})$", re.IGNORECASE)
ASIDE = re.compile(r",\s*(?:that's right|right|as i said|true|ok(?:ay)?)\s*(?=,)", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """Who does a step, where that is corrected; an empty outcome where it is so already."""
    return next((found for reader in READERS if (found := reader(sentence)) is not None), None)


def given_to(sentence: Sentence, step: str | None, who: str) -> Outcome | None:
    name = who if speaks(who) else somebody(sentence.catalogue, who)
    if step is None or not name:
        return None
    same = role_named(sentence.catalogue, name)
    if same is not None and role_of(sentence.catalogue, step) == same.id:
        return Outcome(f"{same.name} does {sentence.catalogue.name(step)}", ())
    return give(sentence.catalogue, sentence.request, step, name)


def step_done(sentence: Sentence, does: str, role: str | None = None) -> str | None:
    """The step that words like `draws the blood` mean."""
    verb, _, rest = does.strip().partition(" ")
    found = by_verb(sentence.catalogue, verb.lower(), rest.lower(), role)
    found = found or by_verb(sentence.catalogue, verb.lower(), rest.lower())
    light = rest and verb.lower() in ("do", "does", "handle", "handles", "make", "makes", "done")
    found = found or (one_step(sentence.catalogue, rest.lower(), role) if light else None)
    own = sentence.catalogue.of_role(role)
    return found or (one_step(sentence.catalogue, does.lower(), role) if own else None)


NOT_CLEFT = re.compile(
    r"^(?:it's not|it isn't|it is not|that's not)\s+(?P<a>.+?)\s+(?:who|that)\s+(?P<does>[^,;]+?)(?:,?\s+but|"
    r",?\s+it's|,?\s+it is|[,;])\s+"
    r"(?:it's |it is )?(?P<who>.+)$",
    re.IGNORECASE,
)


def _not_cleft(sentence: Sentence) -> Outcome | None:
    """`it isn't the dentist who examines the mouth but the hygienist`."""
    found = NOT_CLEFT.match(sentence.request)
    if not found:
        return None
    other, bare = known_role(sentence.catalogue, found["a"]), BARE.match(GONE.sub("", found["who"]))
    who = bare["who"] if bare else found["who"]
    return given_to(sentence, step_done(sentence, found["does"], other.id if other else None), who)


CUT = re.compile(r"\s*(?:[,;:.]+\s+|\s[-–—]+\s+)(?:but\s+|and\s+)?|\s+but\s+", re.IGNORECASE)
DENIED = re.compile(worded("denied-doer"), re.IGNORECASE)
AGREED = re.compile(worded("who-does-it-agreed"), re.IGNORECASE)
BARE = re.compile(
    r"^(?:it's|that's|it is|that is|now it's|it's now|by|now)?\s*(?P<who>(?:the |our |an? )?[\w' -]{2,40}?)"
    r"(?:\s+(?:does|do|did|will do|handles?|has taken over|takes? over|took over|has)(?:\s+(?:it|that|this|"
    r"them|those))?)?"
    r"(?:\s+(?:now|instead|these days|from now on|nowadays))*$",
    re.IGNORECASE,
)
GONE = re.compile(worded("who-does-it-gone"))


def _by_clauses(sentence: Sentence) -> Outcome | None:
    """Who does a step said in one clause, and who does it no more in another: `the deputy decides, the governor hasn't
    done that in years`, `Lena doesn't do the invoices any more, the bookkeeper does`."""
    parts = [part.strip() for part in CUT.split(sentence.request) if part.strip() and not AGREED.match(part.strip())]
    if not 2 <= len(parts) <= 4:
        return None
    denied = [(part, found) for part in parts if (found := DENIED.match(part))]
    said = [part for part in parts if not DENIED.match(part)]
    if len(denied) != 1 or not said:
        return None
    said_no = denied[0][1]
    whom = next((said_no[name] for name in ("who", "not", "cleft", "who2", "who3") if said_no[name]), "")
    other = known_role(sentence.catalogue, whom)
    for part in said:
        told = clause_at(sentence, re.sub(r"\s+now$", "", part))
        if told and told[0].lower() not in PRONOUNS and other and role_of(sentence.catalogue, told[1]) == other.id:
            return given_to(sentence, told[1], told[0])
    does = GONE.sub("", said_no["does"] or said_no["does2"] or said_no["does3"] or "")
    step = step_done(sentence, does, other.id if other else None) if does and other else None
    if step and (who := _also_acts(sentence, said[0], step)):
        return given_to(sentence, step, who)
    bare = BARE.match(said[0])
    return (
        given_to(sentence, step, bare["who"]) if step and bare and somebody(sentence.catalogue, bare["who"]) else None
    )


def _also_acts(sentence: Sentence, text: str, step: str) -> str:
    """Who does it instead, in words of his own: `the driver brings nothing, the restaurant sends it back`."""
    words = text.split()
    things = content(sentence.catalogue.name(step))[1:]
    for size in range(1, min(5, len(words) - 1)):
        forms = [form for form in verb_forms(words[size].lower()) if form.form in ("s", "base")]
        rest = " ".join(words[size + 1 :])
        if not forms or not somebody(sentence.catalogue, " ".join(words[:size])):
            continue
        named = any(alike(word, thing) for word in content(rest) for thing in things)
        if named or re.match(r"(?:it|them|that)\b", rest, re.IGNORECASE):
            return " ".join(words[:size])
    return ""


DOING = re.compile(
    r"^(?:it's|it is|that's)\s+(?P<who>.+?)\s+(?P<does>\w+ing\b[^,;]*?)(?:,?\s+(?:and\s+)?not\s+(?P<other>[\w' "
    r"-]{2,30}?))?(?:[,;].*)?$",
    re.I,
)
NOT_JOB = re.compile(
    r"^(?P<what>[^,;]+?)\s+(?:isn't|is not|aren't|are not|is no longer|"
    r"was never)\s+(?P<a>.+?)(?:'?s'?)\s+(?:job|task|work|business|duty|thing)\b[^,;]*"
    r"[,;.]\s*(?:but\s+)?(?P<who>.+)$",
    re.IGNORECASE,
)


def _not_job(sentence: Sentence) -> Outcome | None:
    """`the quote isn't the surveyor's job any more, that's the office manager now`."""
    found = NOT_JOB.match(sentence.request)
    bare = BARE.match(re.sub(r"'s$", "", found["who"])) if found else None
    other = known_role(sentence.catalogue, found["a"]) if found else None
    if not found or not bare:
        return None
    step = one_step(sentence.catalogue, found["what"].lower(), other.id if other else None)
    return given_to(sentence, step, bare["who"])


def _doing(sentence: Sentence) -> Outcome | None:
    """`it's Lily grinding the lenses, not Sam`."""
    found = DOING.match(sentence.request)
    if not found:
        return None
    verb, _, rest = found["does"].partition(" ")
    base = base_of(verb.lower()) or verb.lower()
    other = known_role(sentence.catalogue, found["other"]) if found["other"] else None
    step = by_verb(sentence.catalogue, base, rest.lower(), other.id if other else None)
    return given_to(sentence, step or by_verb(sentence.catalogue, base, rest.lower()), found["who"])


def _cleft(sentence: Sentence) -> Outcome | None:
    found = CLEFT.match(INSTEAD.sub("", sentence.request))
    if not found:
        return None
    if re.match(r"(?:does|do|did) (?:that|this|it)$", found["does"], re.I):
        return given_to(sentence, sentence.recent[0], found["who"]) if len(sentence.recent) == 1 else None
    return given_to(sentence, step_done(sentence, found["does"]), found["who"])


def _not_but(sentence: Sentence) -> Outcome | None:
    """`the manager doesn't sign, the head of finance does`."""
    found = NOT_BUT.match(sentence.request)
    if not found:
        return None
    other = known_role(sentence.catalogue, found["a"])
    step = step_done(sentence, found["does"], other.id if other else None)
    return given_to(sentence, step, re.sub(r"^(?:but|it's|it is)\s+", "", found["b"].strip(), flags=re.I))


def _job(sentence: Sentence) -> Outcome | None:
    text = INSTEAD.sub("", sentence.request)
    found = JOB.match(text)
    return given_to(sentence, one_step(sentence.catalogue, found["what"].lower()), found["who"]) if found else None


def _let(sentence: Sentence) -> Outcome | None:
    """`let the dispatcher order the part instead of the storeman`."""
    instead = INSTEAD.search(sentence.request)
    text = INSTEAD.sub("", sentence.request)
    found = LET.match(text)
    if not found:
        return None
    other = known_role(sentence.catalogue, instead["other"]) if instead else None
    does = re.sub(r"\s+(?:right away|directly|immediately|from now on|instead|himself|herself)$", "", found["does"])
    return given_to(sentence, step_done(sentence, does, other.id if other else None), found["who"])


def _instead(sentence: Sentence) -> Outcome | Doubt | None:
    """`Tom packs the parcel, not Mia`; `he packs the boxes and not the volunteers`."""
    found = INSTEAD.search(sentence.request)
    other = known_role(sentence.catalogue, found["other"]) if found else None
    not_them = ARTICLE.sub("", found["other"].strip().lower()) if found else ""
    if not found or (other is None and singular(not_them) not in PRONOUNS | OUTSIDE | {"hers", "his", "theirs"}):
        return None
    front = ASIDE.sub("", sentence.request[: found.start()])
    cut = re.search(r"[,;]\s*but\s+", front)
    before, front = (front[: cut.start()], front[cut.end() :]) if cut else ("", front)
    if passive := PASSIVE.match(front):
        return _passively(sentence, passive)
    clause = clause_at(sentence, front)
    if clause is None:
        return _which_of(sentence, front, other) if other or not_them in PRONOUNS else None
    who, step, rest = clause
    if who.lower() in PRONOUNS:
        named = mentioned(sentence.catalogue, before)
        who = named[0].name if named else ""
    if other is not None and role_of(sentence.catalogue, step) != other.id:
        verb = content(sentence.catalogue.name(step))[0]
        step = by_verb(sentence.catalogue, verb, rest, other.id) or step
    return given_to(sentence, step, who)


def _which_of(sentence: Sentence, front: str, other: Role | None) -> Doubt | None:
    """`a guard does the badges instead of the receptionist`, of work nobody knows: which of the other's steps?"""
    doer = re.match(r"(?P<who>.+?)\s+(?:does|do|handles?)\s", front, re.IGNORECASE)
    own = sentence.catalogue.of_role(other.id) if other and doer else []
    ways = tuple(way for step in own[:3] if doer and (way := given_to(sentence, step, doer["who"])))
    return Doubt(f"Which step goes from {other.name} to somebody else?", ways) if other and ways else None


def _passively(sentence: Sentence, found: re.Match[str]) -> Outcome | None:
    return given_to(sentence, passive_step(sentence, found), found["who"])


def passive_step(sentence: Sentence, found: re.Match[str]) -> str | None:
    """The step that a match of `PASSIVE` speaks of."""
    step = by_verb(sentence.catalogue, found["verb"].lower(), found["what"].lower())
    if step is None and found["verb"].lower() in ("done", "made", "handled", "carried", "performed", "taken"):
        step = one_step(sentence.catalogue, found["what"].lower())
    return step or _only_such(sentence, found["verb"].lower(), found["what"].lower())


def _only_such(sentence: Sentence, verb: str, what: str) -> str | None:
    """`broken things are repaired by …`: the one step of that verb, where its case is named and no other thing."""
    own = [step.id for step in sentence.catalogue.named if alike(verb, content(step.name)[0])]
    branch = sentence.catalogue.branch_of(own[0]) if len(own) == 1 else None
    case = content(sentence.catalogue.branches[branch].when or "") if branch in sentence.catalogue.branches else []
    said = [word for word in content(what) if word not in ("thing", "things", "one", "ones", "items", "stuff")]
    return own[0] if case and said and all(any(alike(word, part) for part in case) for word in said) else None


def _passive(sentence: Sentence) -> Outcome | None:
    """`the quote is written by the sales team`: a step that is there, with other hands."""
    found = PASSIVE.match(sentence.request)
    return _passively(sentence, found) if found and not NOT_ONE.search(sentence.text) else None


NOT_ONE = re.compile(rf"\b{any_of('opens-another')}\b|[,;:]")


def _other_hands(sentence: Sentence) -> Outcome | Doubt | None:
    """A step told again: by the same people nothing is new; by others either they do it, or they do it as well."""
    if NOT_ONE.search(sentence.text) or sentence.wrong or len(sentence.text.split()) > 9:
        return None
    told = clause_at(sentence, sentence.request)
    if told is None or told[0].lower() in PRONOUNS | {"we", "i", "you", "somebody", "someone"}:
        return None
    who, step, rest = told
    own = content(sentence.catalogue.name(step))
    extra = [word for word in content(rest) if word not in PRONOUNS and not any(alike(word, part) for part in own)]
    objects = [part for part in own[1:] if any(alike(word, part) for word in content(rest))]
    if extra or (len(own) > 1 and not objects):
        return None
    given = given_to(sentence, step, who)
    if given is None or not given.edits or role_of(sentence.catalogue, step) is None:
        return given
    ours = replace(sentence, request=re.sub(r"(?i)^my ", "the ", sentence.request))  # family at work
    told_new = told_with_place.appended(ours, anybody=True)
    if told_new is None:
        return None
    name = sentence.catalogue.name(step)
    return Doubt(f"“{name}” is there already, done by somebody else. Which is it?",
                 (given, Outcome(f"{who} does that too, as one more step at the end", told_new.edits)))  # fmt: skip


def _cares(sentence: Sentence) -> Outcome | None:
    found = GOES_TO.match(sentence.request)
    if not found:
        return None
    what, who = found["what"] or found["what2"], found["who"] or found["who2"]
    return given_to(sentence, one_step(sentence.catalogue, what.lower()), who)


def _swap(sentence: Sentence) -> Outcome | Doubt | None:
    """`not Ruth, Rita`: of the steps of the one, the other does which?"""
    found = SWAP.match(sentence.request)
    old = known_role(sentence.catalogue, found["a"]) if found else None
    name = somebody(sentence.catalogue, found["b"]) if found else ""
    if old is None or not name:
        return None
    own = sentence.catalogue.of_role(old.id)
    own = [step for step in own if step in sentence.recent] or own
    ways = [way for step in own if (way := given_to(sentence, step, name))]
    if len(ways) < 2:
        return ways[0] if ways else None
    role, edits = put(sentence.catalogue, sentence.request, name)
    every = Outcome(f"give all of it to {role.name}", (*edits, SetRole(ids=tuple(own), role=role.id)))
    return Doubt(f"What does {role.name} do instead of {old.name}?", (*ways[:2], every))


def _told_again(sentence: Sentence) -> Outcome | None:
    """A step told again with somebody else, where the speaker owns to a mistake."""
    if not sentence.wrong:
        return None
    other = known_role(sentence.catalogue, sentence.about) if sentence.about else None
    clause = parsed(sentence.catalogue, sentence.text)
    step = by_verb(sentence.catalogue, clause.verb, clause.rest, other.id) if clause and other else None
    if step is not None and clause is not None:
        return given_to(sentence, step, clause.who)
    told = clause_at(sentence, sentence.request)
    if told is None or len(likely(sentence.catalogue, told[2])) > 3:
        return None
    own = content(sentence.catalogue.name(told[1]))
    extra = [word for word in content(told[2]) if not any(word[:4] == part[:4] for part in own)]
    return None if extra or told[0].lower() in PRONOUNS else given_to(sentence, told[1], told[0])


HANDED = re.compile(
    r"^(?:(?:give|assign|hand(?: over)?|delegate|pass|transfer|move)\s+(?P<what>.+?)|"
    r"(?P<what2>.+?)\s+(?:(?:should|must|shall|will|is|are|be|gets?|now|goes|to)\s+)*(?:outsourced|handed(?: over)?|"
    r"given|delegated|assigned|passed|transferred))\s+(?:over\s+)?to\s+(?P<who>(?:the |an? |our )?[a-z][\w&' -]{0,50}?)"
    r"(?:\s+(?:now|instead))?$", re.IGNORECASE,
)  # fmt: skip
NO_DOER = re.compile(r"\b(?:after|before|start|end|beginning|front|right|when|if)\b", re.IGNORECASE)
SELVES = re.compile(
    r"^(?P<who>(?:the |our )?[\w' -]{2,30}?)\s+(?P<does>\w+(?: [^,;]+)?)\s+(?:themselves|himself|herself|itself)$", re.I
)


def _handed(sentence: Sentence) -> Outcome | None:
    """`hand the badge over to security`, `the wifi is outsourced to a provider`."""
    found = HANDED.match(sentence.request)
    step = sure(sentence.catalogue, (found["what"] or found["what2"]).lower()) if found else None
    if not found or NO_DOER.search(found["who"]) or len(content(found["who"])) > 3:
        return None
    return given_to(sentence, step, found["who"])


SELVES = re.compile(
    r"^(?P<who>(?:the |our )?[\w' -]{2,30}?)\s+(?P<does>\w+(?: [^,;]+)?)\s+(?:themselves|himself|herself|itself)$", re.I
)


def by_themselves(sentence: Sentence) -> Outcome | None:
    """`visitors register themselves`."""
    found = SELVES.match(sentence.request)
    return given_to(sentence, sure(sentence.catalogue, found["does"].lower()), found["who"]) if found else None


READERS = (
    *who_instead.READERS, _not_cleft, _not_job, _doing, _cleft, _not_but, _by_clauses, _job, _let, _instead, _passive,
    _cares, _swap, _handed, _told_again, _other_hands,
)  # fmt: skip
