"""Names where a request calls for one: a new step behind `add`, a step that is there behind `remove the` or `after`.

Only for processes with real names; where steps are told apart by letters, these are marked one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.english.tables import any_of, worded
from assistant.language.change.catalogue import Catalogue, words
from assistant.language.change.mention import content, sure
from assistant.process.words import is_verb

ADDED = re.compile(
    r"(?P<lead>\b(?:add|insert|append|(?-i:[Pp]ut(?= [A-Z]))|include|introduce|put in|create)(?: in)?(?: an?| the| "
    r"one)?(?: new| extra| additional| further| another)*(?: (?:task|step|activity|process step))?:? )"
    r"(?P<name>[A-Za-z][^\"<>.,;:?!()]{2,70}?)"
    r"(?=\s*(?:[.,;?!]|$|\b(?:right |directly |immediately |just |straight )?(?:after|before|between|behind|following|"
    r"prior to|in front of|at the|as the|as a|as (?:first|last)|on the|in parallel|to the|into|when|if|while|once|so|"
    r"because|by)\b))",
    re.IGNORECASE,
)
PARTS = re.compile(
    r"(?P<lead>\b(?:split|divide|break|separate)\b[^.;]*? (?:in|into|up into) )(?P<names>[A-Za-z][^\"<>.;:?!()]*)",
    re.IGNORECASE,
)
ON_WAY = re.compile(
    r"(?P<lead>\badd\b[^.;]*\b(?:branch|path|case|option)\b[^.;]* (?:in which|where|on which|with|that|to)(?: we)?(?: "
    r"do| perform)? )(?P<name>[A-Z][\w -]{3,60}?)(?= ?[.,;]|$)"
)
NO_STEP = re.compile(rf"(?i)^(?:an?\s+|the\s+)?(?:\w+\s+)?(?:{worded('no-step')})\b")
SLOT = re.compile(
    rf"(?P<cue>\b(?:{any_of('changes-no-new', 'stems')}"
    r"(?:e|ed|ing|s|ping|pping|ting|y)?(?: out)?|get rid of|do without|"
    r"leave out|take(?! (?:it|them)\b)|throw out|call(?= [^.]*(?:<n\d+>|\"))|needs?|after|before|between|behind|"
    r"once|follow(?:ing|s)|"
    r"prior to|and then|instead of|merge|combine|only|parallelise|bring forward)\b"
    r"|(?<=>)(?: step| task)?,? and\b)"
    r"\s+(?P<words>[a-z][^<>\".,;:?!()]*)",
    re.IGNORECASE,
)
ENDS = re.compile(rf"\b(?:{worded('names-called-for-ends')})\b", re.IGNORECASE)
BOTH = re.compile(
    r"^(?:(?:do|run|have|make) )?(?P<a>[a-z<][^\".,;:?!()]{2,60}?) +(?:and|while) +(?P<b>[a-z<][^\".,;:?!()]{2,60}?)"
    r"(?= +(?:can|should|could|must|are|at the same time|in parallel|simultaneously|together|concurrently)\b)",
    re.IGNORECASE,
)
COMING = re.compile(
    r"^(?P<what>[a-z][^<>\".,;:?!()]{2,50}?) (?=(?:should |must |has to |now )*(?:comes?|goes|go|happens?|be|is|"
    r"be done|is done) (?:right |directly )?(?:after|before)\b)",
    re.IGNORECASE,
)
THEM = re.compile(
    r"^(?P<what>(?:the|our) \w+(?: \w+)?) (?:\w+ )?(?:goes|comes|is|are|takes|happens|gets|starts|arrives)\b(?P<mid>"
    r"[^,]*, ?(?:so |please |then )*)(?P<verb>\w+) (?:it|them)\b",
    re.IGNORECASE,
)


def new_names(catalogue: Catalogue, text: str, new: Callable[[str], str]) -> str:
    """`text` with the names of new steps marked, quoted or not, whole even where they hold the name of another step."""

    def quoted(found: re.Match[str]) -> str:
        return new(found[1]) if _holds_another(catalogue, found[1]) else found[0]

    def added(found: re.Match[str]) -> str:
        name = found["name"].strip()
        first = words(name)[0] if words(name) else ""
        if NO_STEP.match(name) or _is_step(catalogue, name) or not (name[0].isupper() or is_verb(first)):
            return found[0]
        if len(name.split()) > 8 or re.search(r"\b(?:and|which|that|to|where)\b", name):
            return found[0]
        return found["lead"] + new(name)

    def part(found: re.Match[str]) -> str:
        names = [piece.strip() for piece in re.split(r",(?: and)?|\band\b", found["names"]) if piece.strip()]
        fine = len(names) > 1 and all(len(name.split()) < 7 and is_verb(words(name)[0]) for name in names)
        return found["lead"] + " and ".join(map(new, names)) if fine else found[0]

    text = PARTS.sub(part, text)
    text = ON_WAY.sub(lambda found: found["lead"] + new(found["name"]), text)
    return ADDED.sub(added, re.sub(r'"([^"<>]{3,80})"', quoted, text))


def _is_step(catalogue: Catalogue, name: str) -> bool:
    return any(words(step.name) == words(name) for step in catalogue.named)


def _holds_another(catalogue: Catalogue, name: str) -> bool:
    """Whether the name of a step is only a part of this name."""
    own = f" {' '.join(words(name))} "
    return not _is_step(catalogue, name) and any(
        len(words(step.name)) < len(own.split()) and f" {' '.join(words(step.name))} " in own
        for step in catalogue.named
        if words(step.name)
    )


def partly(catalogue: Catalogue, text: str, old: Callable[[str], str]) -> str:
    """`text` with steps marked that are said by their verb or object alone, where a step is called for."""
    them = THEM.match(text)
    step = sure(catalogue, f"{them['verb']} {them['what']}") if them else None
    if them and step:
        text = old(step) + text[them.end() :]
    both = BOTH.match(text)
    if both:
        for name in ("b", "a"):
            text = _marked(catalogue, text, both.start(name), both[name], old)
    text = _opening(catalogue, text, old)
    place = 0
    for _ in range(12):
        found = SLOT.search(text, place)
        if found is None:
            break
        text = _marked(catalogue, text, found.start("words"), found["words"], old)
        place = found.start("words")
    text = re.sub(r"\b(after|before|once) +(?:(?:we|you|they|she|he|it is|it) +)(?=<s)", r"\1 ", text)
    return re.sub(r"(<s\d+>) (?:step|task|activity)\b", r"\1", text)


def _opening(catalogue: Catalogue, text: str, old: Callable[[str], str]) -> str:
    """A step at the very start: `check the references after ...`, `inspect first, then ...`."""
    found = re.match(r"(?:(?:please|we|you|they|should|must|could|can) )*([a-z][^<>\".,;:?!()]*)", text, re.IGNORECASE)
    coming = COMING.match(text)
    moving = sure(catalogue, coming["what"]) if coming else None
    if coming and moving:
        return old(moving) + text[coming.end("what") :]
    ends = ENDS.search(found[1], 1) if found else None
    if not found or not ends or ends[0].lower() not in ("after", "before", "first", "right", "directly"):
        return text
    phrase = found[1][: ends.start()].strip()
    step = sure(catalogue, phrase) if phrase and is_verb(phrase.split()[0].lower()) else None
    if step is None:
        return text
    return text[: found.start(1)] + old(step) + text[found.start(1) + len(phrase) :]


def _marked(catalogue: Catalogue, text: str, start: int, phrase: str, old: Callable[[str], str]) -> str:
    """`text` with the longest stretch from `start` that means one step marked; several joined by `and` one by one."""
    offset = len(phrase) - len(phrase.lstrip())
    lead = re.match(rf"\s*(?:{any_of('around-name')}\s+)*", phrase)
    offset = lead.end() if lead else offset
    rest = phrase[offset:]
    ends = ENDS.search(rest)
    rest = rest[: ends.start()] if ends else rest
    parts = [(match.start(), match.end()) for match in re.finditer(r"\S+", rest)]
    if "<" in phrase:
        return text
    for size in range(min(6, len(parts)), 0, -1):
        said = rest[: parts[size - 1][1]]
        step = sure(catalogue, said) if content(said) else None
        if step is not None:
            following = rest[parts[size - 1][1] :].lstrip().split(" ")[0].lower()
            if size == 1 and following and following not in ("and", "step", "or", "is", "are", "was"):
                return text
            at = start + offset
            return text[:start].rstrip() + old(step) + text[at + len(said) :].lstrip()
    return text
