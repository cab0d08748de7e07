"""What a rule, a noun or a thought aloud tells, put as what somebody does."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, third_person
from assistant.english.tables import any_of, classed, worded
from assistant.language.change.mention import alike
from assistant.language.figures.reading import figures_in
from assistant.language.turn.asked_back import spoken_words
from assistant.language.turn.kinds import Context

LEFT_ALONE = re.compile(
    rf"^\W*{any_of('remove', 'stems')}\w*\s+(?P<what>[^?]{{3,60}})\?+\s+(?:no|nah|nope|rather not|better not)\b\W*"
    r"(?:leave|keep) (?:it|them|that|those)\b(?: in| as (?:it|they) (?:is|are))?\W*(?:but |and )?(?P<rest>.*)$",
    re.IGNORECASE,
)
"""`remove the plates? no, leave them, but they wait for the meeting`: thought aloud, and then told."""
CASE = re.compile(r"\W*(?:(?:and|but|so)\W+)*(?:if|when|whenever|in case)\b", re.IGNORECASE)
TRAILING_FEELING = re.compile(worded("trailing-feeling"), re.IGNORECASE)
"""`if it fails it goes back to the cook, they all moan about it`: nothing that is done in that case."""
ITSELF = re.compile(r"^(?:it|they|that|those)\b", re.IGNORECASE)
DOING_DONE = re.compile(
    r"^\W*(?:(?:and|then) )*(?:the |our )?(?P<what>[a-z]+ing) (?:is|gets) (?:done|made|handled) by (?:the |our )?"
    r"(?P<who>[\w-]+(?: (?!after|before|and|then|in|on|at|for|with)[a-z-]+)?)(?P<rest>\b.*)$",
    re.IGNORECASE,
)
"""`the embalming is done by Colin after the collection`."""
ONLY_AFTER = re.compile(
    r"^\W*(?P<who>[\w' -]{2,30}?) (?:may|can|must|is allowed to|are allowed to) only (?P<do>[a-z]+)(?P<what> [^,;]*?)? "
    r"(?:after|once|when|as soon as) (?P<other>(?:the |our |an? )?[\w-]+(?: [a-z-]+)?) (?:has|have) (?P<done>[a-z]+)"
    r"(?P<thing> [^,;]+)?(?:[,;].*)?$",
    re.IGNORECASE,
)
"""`Sophie may only decorate after the couple has paid the deposit`: what is waited for is done before."""


NOTED = re.compile(
    r"^\W*(?P<what>[a-z]{4,}(?: [a-z]{3,})?): (?P<who>[^,;:]{2,30}), "
    r"(?:(?P<often>(?:once|twice|[a-z]+ times) an? [a-z]+),? )?(?P<rest>[^,;]+)$",
    re.IGNORECASE,
)
"""`invoice: Lena, once a month, 5 min each`: a step in note form."""
TITLE = re.compile(r"(?:ms|mrs|mr|miss|dr)\b", re.IGNORECASE)
PAPERS = classed("reading", "documents")


def _noted(words: str, context: Context) -> str:
    """A step in note form, told as what somebody known does; empty where its name is one of a step."""
    noted = NOTED.match(words.strip())
    if noted is None or not any(figure.kind == "duration" and not figure.vague for figure in figures_in(noted["rest"])):
        return ""
    known = [word for name in context.roles for word in spoken_words(name)]
    named = TITLE.match(noted["who"]) or any(alike(part, word) for word in known for part in spoken_words(noted["who"]))
    if not named:
        return ""
    what = noted["what"].lower()
    if any(alike(part, word) for name in context.steps for word in spoken_words(name) for part in what.split()):
        return ""
    does = "writes" if what.split()[-1] in PAPERS else "does"
    return f"{noted['often'] or ''} {noted['who']} {does} the {what}, {noted['rest']}".strip()


def left_alone(words: str) -> bool:
    """Whether words only think aloud of taking something out, and leave it."""
    left = LEFT_ALONE.match(words)
    return left is not None and not left["rest"].strip(" .!")


def told_straight(words: str, context: Context) -> str:
    """The same told as what somebody does, where a rule, a noun or a thought aloud says it; other words as they are."""
    if context.empty:
        return words
    if (left := LEFT_ALONE.match(words)) and left["rest"]:
        return ITSELF.sub(left["what"], left["rest"])
    words = TRAILING_FEELING.sub("", words) if CASE.match(words) else words
    if noted := _noted(words, context):
        return noted
    doing = DOING_DONE.match(words.strip())
    if doing and not any(alike(doing["what"].lower(), word) for name in context.steps for word in spoken_words(name)):
        return f"{doing['who']} does the {doing['what']}{doing['rest']}"
    rule = ONLY_AFTER.match(words.strip(" ."))
    done = base_of(rule["done"].lower(), "en") if rule else None
    if rule is None or not done:
        return words
    first = f"before {rule['who']} {third_person(rule['do'])}{rule['what'] or ''}"
    return f"{first}, {rule['other']} {third_person(done)}{rule['thing'] or ''}"
