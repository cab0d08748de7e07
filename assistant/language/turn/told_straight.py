"""What a rule, a noun or a thought aloud tells, put as what somebody does."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, is_plural, participle, third_person
from assistant.english.tables import any_of, classed, worded
from assistant.language.change.mention import alike
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figures_in
from assistant.language.turn.asked_back import spoken_words
from assistant.language.turn.kinds import Context

LEFT_ALONE = re.compile(
    rf"^\W*{any_of('remove', 'stems')}\w*\s+(?P<what>[^?]{{3,60}})\?+\s+(?:no|nah|nope|rather not|better not)\b\W*"
    r"(?:leave|keep) (?:it|them|that|those)\b(?: in| as (?:it|they) (?:is|are))?\W*(?:but |and )?(?P<rest>.*)$",
    re.IGNORECASE,
)
"""`remove the plates? no, leave them, but they wait for the meeting`: thought aloud, and then told."""
NOBODY_OUT = re.compile(worded("nobody-does-it-out"), re.IGNORECASE)
"""`nobody checks any ticket, scratch that`: nothing is taken back but the step that nobody does."""
NO_ONE = re.compile(
    r"^\W*(?:no[ -]one|none of us|we (?:don'?t|do not|never)(?: ever| really)? (?P<do>[a-z]+))\b", re.IGNORECASE
)
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
COMES = re.compile(
    rf"^\W*(?P<lead>(?:(?:and|then|oh|ah),? )*)(?:{worded('when-it-comes')})(?P<rest>.+)$", re.IGNORECASE
)
"""`when the parts come in Tom counts them`."""
IT = re.compile(r"\b(?:them|it)\b", re.IGNORECASE)
WHATEVER = frozenset("goods delivery things stuff material materials order".split())
"""What is ordered, whatever it is."""
ASKS_FOR = frozenset("order request buy purchase reorder obtain".split())
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


def _come_in(words: str, context: Context) -> str:
    """What is done when something comes that was ordered, told as done behind the order; empty for other words."""
    comes = COMES.match(words.strip())
    if comes is None or any(
        word in spoken_words(comes["thing"]) for name in context.roles for word in spoken_words(name)
    ):
        return ""
    thing = comes["thing"].lower().split()[-1]
    asked = [
        step for step in context.steps
        if (own := spoken_words(step)) and own[0] in ASKS_FOR
        and (thing in WHATEVER or any(alike(thing, word) for word in own[1:]))
    ]  # fmt: skip
    if len(asked) != 1:
        return ""
    verb, *things = spoken_words(asked[0])
    rest = IT.sub(f"the {thing}", comes["rest"], count=1)
    thing = things[0] if thing in WHATEVER and things else thing
    done = participle(verb)
    return f"once the {thing} {'are' if is_plural(thing) else 'is'} {done}, {rest}"


ONLY_DOES = re.compile(
    r"^\W*(?P<time>[^,;.()]{2,30}),\s+(?:he|she|they)\s+(?:just|only|merely|simply)\s+[a-z]+\b[^,;.()]*[.,]?"
    r"(?:\s+\(?(?P<who>[\w' -]{2,30}?)(?:,? i mean)?\)?)?\W*$",
    re.IGNORECASE,
)
"""`5 mins at most, he just clicks a button (the supervisor I mean)`: why it takes no longer, and no step."""
NOT_SO_MANY = re.compile(
    rf"^\W*(?:no,? )?not (?:\d+|{COUNT_WORD}) (?!(?:min|sec|hour|day|week|month|year|euro|per ?cent)[a-z]*\b)"
    r"(?P<who>[a-z][a-z ]{2,28}?)(?: any ?more)?\s*[,;.–—-]+\s*"
    r"(?:but |it's |there's |there (?:is|are) |we(?:'re| are|'ve got| have) )*(?:down to |up to |only |just )*"
    rf"(?P<n>\d+|{COUNT_WORD})(?: (?:left|now|these days|since [a-z ]+))?\W*$",
    re.IGNORECASE,
)
"""`not two drivers, we're down to one since May`."""
THE_ONE = re.compile(
    r"^(?P<there>\W*(?:there(?:'s| is)|we(?:'ve got| have)) (?:just |only ))the (?=one [a-z])", re.IGNORECASE
)
"""`there's just the one dispatcher`: one."""
ONESELF = re.compile(
    r"^(?!\W*(?:ca|can|could|should|shall|may|would|will|does|do|is|are)(?:n'?t)?\b)"
    r"[^,;?]+\s(?:(?:him|her|it)self|themselves)\W*$",
    re.IGNORECASE,
)


def does_it_oneself(words: str, context: Context) -> bool:
    """Whether words say of a step that is there that somebody does it himself: it was understood to be another's."""
    said = spoken_words(words)
    named = [own for step in context.steps if len(own := spoken_words(step)) > 1]
    return ONESELF.match(words) is not None and any(
        any(alike(word, own[0]) for word in said) and any(alike(word, other) for word in said for other in own[1:])
        for own in named
    )


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
    only = ONLY_DOES.match(words)
    if only and any(figure.kind == "duration" for figure in figures_in(only["time"])):
        return f"{only['who']}: {only['time']}" if only["who"] else only["time"]
    words = THE_ONE.sub(r"\g<there>", words)
    if many := NOT_SO_MANY.match(words):
        return f"{many['n']} {many['who']}"
    if come := _come_in(words, context):
        return come
    if out := NOBODY_OUT.match(words):
        return NO_ONE.sub(
            lambda none: f"nobody {third_person(none['do'].lower())}" if none["do"] else "nobody", out["said"]
        )
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
