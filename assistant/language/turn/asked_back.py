"""Questions that the speaker answers in the same breath: what they are said of, or the condition they put."""

from __future__ import annotations

import re

from assistant.english.forms import singular
from assistant.english.tables import any_of, classed, worded, wordings
from assistant.language.figures.reading import figures_in
from assistant.language.turn.asking import AUX, FORM
from assistant.language.turn.intent import NO_DECISION
from assistant.language.turn.kinds import Context

FOREIGN = classed("said", "other-tongue")
ENGLISH = classed("said", "plainly-english")
ASKING = re.compile(rf"^{AUX}\b", re.IGNORECASE)
TOPIC = re.compile(
    rf"^(?P<topic>(?:the |our )?(?!{any_of('short-answer')}\b)"
    r"[a-z]+(?: (?!you\b)[a-z]+)?)\?+\s+(?=\S)",
    re.IGNORECASE,
)
"""`keepers? four of them`: what the words are about, and what is said of it."""
ASKED_BACK = re.compile(
    r"^\W*(?:how (?:long|much|many|often)\s+(?:do(?:es)?\s+)?)?"
    r"(?P<topic>(?:the |our |an? )?[a-z][\w'-]*(?: [a-z][\w'-]*){0,5}?)"
    r"(?: takes?| lasts?| is| costs?)?\?+\s+(?P<said>.+)$",
    re.IGNORECASE,
)
"""`replacing a string? about three quarters of an hour`: what was asked said again, and the figure."""
THEN_BEHIND = re.compile(
    r"^\W*(?P<cond>[a-z][^?!.;]{5,80}?)\s*\?+\s+(?:then|in that case)\s+(?P<do>\S.*)$", re.IGNORECASE
)
"""`nobody asks for it? then the storekeeper sells it`: a condition put as a question."""
WHICH_THEN = re.compile(r"^\W*(?:and )?which (?=(?:then|also|afterwards) [a-z]+s\b)", re.IGNORECASE)
"""`which then goes into the box`: a sentence that goes on with the last one."""
EQUALS = re.compile(r"(?<=[a-z]) ?= ?(?=(?:about |abt |ca\.? |~)?\d+[^=]*$)")
"""`nearly always = 95%`."""
NEARLY_FIRST = 20
"""How far in front a figure stands that answers the question before it, in letters."""


DID_I_SAY = re.compile(
    r"^\W*(?:did|have|had) (?:i|we) (?:really |just )?(?:say|said|write|written|tell|told|put)(?: you)?\s+"
    r"(?P<old>[^?.]{1,60})\?+\s+(?P<new>[^?]{3,})$",
    re.IGNORECASE,
)
"""`did I say 20 percent? I meant two`: no question, but a figure that gives way."""


OTHER_NAME = tuple(re.compile(rf"^\W*{pattern}\W*$", re.IGNORECASE) for _, pattern in wordings("says-other-name"))


def meant_instead(words: str) -> str:
    """What is meant instead of what a speaker wonders at, denies to be a decision, or would not call so; empty where
    they do none of it."""
    if named := next((found for pattern in OTHER_NAME if (found := pattern.match(words))), None):
        return f"rename {named['old']} to {named['new']}"
    if NO_DECISION.match(words) and not words.rstrip().endswith("?"):
        return words
    asked = DID_I_SAY.match(words)
    return f"{asked['new'].rstrip(' .!')}, not {asked['old']}" if asked else ""


VARIES = re.compile(rf"(?:^\W*|(?<=[:?] ))(?:{worded('it-varies')})(?P<said>[^?]+)$", re.IGNORECASE)
"""`it depends on the month, but count on four`: four."""
STILL_TAKES = re.compile(worded("still-takes"), re.IGNORECASE)
"""`sewing depends on the cloth but takes an hour`."""
NOT_THERE = re.compile(
    r"(?:(?<=\bafter\b)|(?<=\bbefore\b))(?P<what>[^,;]+),? (?:and )?not (?:before|after)(?: (?:it|that|them))?\W*$",
    re.IGNORECASE,
)
"""`after the order, not before`: the place is said once, and once more by its opposite."""


def put_plainly(words: str, context: Context) -> str:
    """A question that the speaker answers as what it is said of, or as the condition it is."""
    words = EQUALS.sub(" is ", TOPIC.sub(r"\g<topic>: ", words))
    if context.empty:
        return words
    if (varies := VARIES.search(words)) and _begins_with_figure(varies["said"]):
        words = words[: varies.start()] + varies["said"]
    words = STILL_TAKES.sub(" ", words)
    words = NOT_THERE.sub(r"\g<what>", words)
    if not words.rstrip().endswith("?"):
        words = WHICH_THEN.sub("it ", words)
    behind = THEN_BEHIND.match(words)
    if behind and not (FORM.match(behind["cond"]) or ASKING.match(behind["cond"])):
        return f"if {behind['cond']}, {behind['do']}"
    asked = ASKED_BACK.match(words)
    if asked is None or not _begins_with_figure(asked["said"]) or figures_in(asked["topic"]):
        return words
    if FORM.match(asked["topic"]) or ASKING.match(asked["topic"]) or not names_work(asked["topic"], context):
        return words
    return f"{asked['topic']}: {asked['said']}"


def _begins_with_figure(words: str) -> bool:
    """Whether a figure stands near the beginning of words: it answers what stands in front of them."""
    figure = next(iter(figures_in(words)), None)
    return figure is not None and figure.a <= NEARLY_FIRST


def names_work(words: str, context: Context) -> bool:
    """Whether words hold a word of the name of a step or a role."""
    known = {singular(word) for name in (*context.steps, *context.roles) for word in spoken_words(name)}
    return any(len(word) > 2 and singular(word) in known for word in spoken_words(words))


def spoken_words(words: str) -> list[str]:
    """The words of a text in small letters, without numbers."""
    return re.findall(r"[^\W\d_]+", words.lower())


def turned_round(old: str, new: str) -> str:
    """`it is signed before it is typed? no, after`: the other order, said whole; empty where no order is denied."""
    said = re.findall(r"\b(?:before|after)\b", old, re.IGNORECASE)
    if len(said) != 1 or not re.match(
        r"\W*(?:(?:no|it's|that's)\W+)*(?:before|after(?:wards)?|"
        r"the other way(?: a?round)?)\W*$",
        new,
        re.I,
    ):
        return ""
    other = "after" if said[0].lower() == "before" else "before"
    denied = said[0].lower() in new.lower()
    return old if denied else re.sub(r"\b(?:before|after)\b", other, old, flags=re.IGNORECASE)


def is_foreign(words: str) -> bool:
    """Whether words are of another tongue than English."""
    if re.search(r"[¿¡]", words):
        return True
    said = spoken_words(words)
    strange = sum(word in FOREIGN for word in said)
    return strange >= 2 and strange > 2 * sum(word in ENGLISH for word in said)
