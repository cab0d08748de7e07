"""Telling under a condition: `sometimes …, then …`, `fridges need the special crew, about 10 %`."""

from __future__ import annotations

import re

from assistant.english.classes import verbs
from assistant.english.forms import singular, verb_forms
from assistant.english.tables import classed, worded
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import content, role_named
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.done_or_not import without_share
from assistant.language.correct.piece_of_story import piece, tasks_in, with_doer
from assistant.language.correct.sentence_said import Sentence, likely, mentioned
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from, figures_in
from assistant.process.blocks import Branch, Choice, Loop, Sequence, Wait
from assistant.process.edits import Insert

SOMETIMES = re.compile(
    r"^(?:sometimes|occasionally|now and then|every now and then|from time to time|once in a while|"
    r"it happens that|it can happen that)"
    r"[\s,]+(?P<cond>.+?)[\s,;–—-]+(?:and\s+)?(?:then|in (?:that|which|this|such a|those) cases?)[\s,]+(?P<do>.+)$",
    re.IGNORECASE,
)
IF = re.compile(
    r"^(?P<word>when(?:ever)?|where(?:ver)?|if|in case|should)\s+(?P<cond>[^,;]+),\s*(?:then\s+)?(?P<do>.+)$",
    re.IGNORECASE,
)
IF_OPEN = re.compile(r"^(?P<word>when(?:ever)?|where(?:ver)?|if|in case)\s+(?P<rest>[^,;]+.*)$", re.IGNORECASE)
IN_CASES = re.compile(
    r"^(?:in|for)\s+(?P<share>[^,;]*?(?:\bcases?|\btimes?|\bof them|(?:\bpercent|\bper cent|"
    r"%)(?! of)))\s+(?P<cond>[^,;]+?),?\s+(?:and\s+)?then\s+(?P<do>.+)$",
    re.I,
)
FOR_THEM = re.compile(
    r"^(?P<cond>[^;.]{5,80}?)\s*[,;.–—-]+\s*(?:and\s+|so\s+)?(?:for|with)\s+(?:them|these|those|such cases)\s*,?\s+"
    r"(?P<do>[^;.]{5,90})$|"
    r"^(?P<cond2>[^;.]{5,80}?)\s*[;.–—-]+\s*(?P<do2>[^;.,]{5,90}?)\s+(?:then|in (?:that|this) case|instead)$",
    re.IGNORECASE,
)
"""`some children need a diet; for them the cook prepares …`, `nobody is in. The driver rings the neighbour then`."""
FOR_COMMA = re.compile(
    r"^for\s+(?P<cond>[^,;]{3,50}),\s*(?P<do>(?!.*\b(?:otherwise|"
    r"meanwhile)\b)[^;]{3,90})$",
    re.IGNORECASE,
)
FOR_SOME = re.compile(r"^(?:for|with)\s+(?P<rest>[^,;]+.*)$", re.IGNORECASE)
STATE = re.compile(worded("told-under-condition-state"), re.I)
DONE = re.compile(worded("told-under-condition-done"), re.I)
ONE_IN = re.compile(
    r"^(?:about |roughly |around |some )?(?P<share>(?:\d+|one|two|three) (?:in|out of) (?:every )?(?:\d+|"
    rf"{COUNT_WORD}|hundred)|\d+ ?(?:%|percent|"
    r"per cent))(?: of(?: the| our)?)?\s+"
    r"(?:(?P<who>(?!is\b|are\b|has\b|have\b|gets?\b)[a-z]+)\s+)?(?P<rest>.+)$",
    re.IGNORECASE,
)
"""`one in ten patients does not show up`: the share and the condition."""
OVER = re.compile(
    r"^(?:the|all(?: the)?|both|everything|his|her|their|our)\b.*?\b(?:(?:has|have)\s+(?:been\s+)?|(?:is|"
    r"are)\s+)(?P<verb>\w+)"
    r"(?:\s+(?:down|up|off|in|out|on|away|back|over))?$",
    re.IGNORECASE,
)
NOT_OVER = classed("reading", "absent") | verbs("refuse") | classed("reading", "gone-wrong")


def completed(cond: str) -> bool:
    """Whether `when …` says that something known has been done, which every case comes to: `the rolls have cooled`."""
    found = OVER.match(cond.strip(" ,"))
    if DONE.search(cond) or found is None:
        return DONE.search(cond) is not None
    bases = [form.base for form in verb_forms(found["verb"]) if form.form in ("en", "ed")]
    perfect = re.search(r"\b(?:has|have)\b", cond) is not None
    good = [base for base in bases if base not in NOT_OVER]
    return bool(good) and len(good) == len(bases) and (perfect or any(base in verbs("work") for base in good))


def conditional(sentence: Sentence, any_if: bool = False) -> Outcome | None:
    """What is done under a condition that is said, on a way of its own; None where none is said."""
    text, share = without_share(sentence.request)
    p = share.middle if share else None
    if found := IN_CASES.match(text):
        figure = figure_from(found["share"], "chance")
        p = figure.middle if figure else None
    cond, do = _cut(sentence, text, share is not None, any_if)
    if not cond and share is not None and not IF.match(text):
        cond, do = _subject(sentence, text)
    if not cond or not do:
        return None
    if p is None and (counted := ONE_IN.match(cond)) and (figure := figure_from(counted["share"], "chance")):
        p, cond = figure.middle, f"{singular((counted['who'] or '').lower())} {counted['rest']}".strip()
    do = re.sub(r"\s+instead$", "", do.strip(" ,"))
    do = do if mentioned(sentence.catalogue, cond) else with_doer(sentence, do, None)
    return on_a_way(sentence, cond.strip(" ,"), do.strip(" ,"), p)


def _cut(sentence: Sentence, text: str, shared: bool, any_if: bool) -> tuple[str, str]:
    """The condition and what is done under it."""
    if found := SOMETIMES.match(text) or IN_CASES.match(text):
        return found["cond"], found["do"]
    if (found := FOR_THEM.match(text)) and somebody_acts(sentence, found["do"] or found["do2"]):
        cond = re.sub(r"^(?:sometimes|some|a few|occasionally)\s+", "", found["cond"] or found["cond2"], flags=re.I)
        return cond, found["do"] or found["do2"]
    if found := FOR_COMMA.match(text):
        kind = somebody_acts(sentence, found["do"]) and not mentioned(sentence.catalogue, found["cond"])
        if kind:
            return found["cond"], found["do"]
    if found := IF.match(text):
        return _if(found, shared, any_if)
    if found := IF_OPEN.match(text) or FOR_SOME.match(text):
        cond, do = _opened(sentence, found["rest"])
        event = found.groupdict().get("word", "").lower().startswith("when") and not STATE.search(cond)
        own = found.groupdict().get("word", "").lower() == "if" and not shared and not any_if
        return ("", "") if event or own else (cond, do)
    if found := IF_BEHIND.match(text):
        stated = STATE.search(found["cond"]) and not DONE.search(found["cond"])
        return (found["cond"], found["do"]) if stated and somebody_acts(sentence, found["do"]) else ("", "")
    if found := KINDS.match(text):
        return _kind(sentence, found)
    if (found := NOT_THESE.match(text)) and not mentioned(sentence.catalogue, found["what"]):
        what = re.sub(r"^the ", "", found["what"].lower())
        if not likely(sentence.catalogue, what) or " and " in what:
            return found["what"], re.sub(r"\b(?:them|it|those)\b", f"the {what}", found["do"], count=1)
    return "", ""


def _if(found: re.Match[str], shared: bool, any_if: bool) -> tuple[str, str]:
    """`if …, …` of a story is the story's own; a state or a share beside it makes it one that is added."""
    sure = found["word"].lower() in ("if", "in case", "should") and not shared and not any_if
    over = found["word"].lower().startswith("when") and completed(found["cond"])
    weather = re.match(r"it \w+s$", found["cond"], re.IGNORECASE) is not None
    if sure or (not shared and not weather and (over or not STATE.search(found["cond"]) or DONE.search(found["cond"]))):
        return "", ""
    return found["cond"], found["do"]


def _opened(sentence: Sentence, rest: str) -> tuple[str, str]:
    """A condition without a comma behind it ends where somebody known begins to act."""
    words = rest.split()
    for size in range(2, len(words) - 1):
        front = " ".join(words[size:])
        bare = re.sub(r"^(?:the|our)\s+", "", front, flags=re.I).split()
        known = any(role_named(sentence.catalogue, " ".join(bare[:n])) for n in range(1, min(4, len(bare))))
        pronoun = re.match(r"(?:they|he|she|we)\s+\w+", front, re.I)
        somebody = re.match(r"(?:the|our) \w+ \w+s (?!of\b)\w+", front, re.I) and size > 2
        if (known or pronoun or somebody) and words[size - 1].lower() not in (
            "the",
            "our",
            "a",
            "an",
            "of",
            "by",
            "to",
            "for",
            "from",
            "with",
        ):
            return " ".join(words[:size]), front
    return "", ""


IF_BEHIND = re.compile(
    r"^(?P<do>[^,;]+?),?\s+(?:but only\s+|only\s+)?(?:when(?:ever)?|if|in case)\s+(?P<cond>[^,;]+)$", re.IGNORECASE
)
KINDS = re.compile(
    r"^(?P<what>(?:the |all |any )?[\w-]+(?: [\w-]+){0,3}?)(?:\s+(?P<verb>needs?|requires?|gets?|has|have|"
    r"must have|wants?|comes?|arrives?)\s+"
    r"(?P<rest>[^,;]{2,50}?))?(?P<more>,\s*(?:over|above|under|below|from|with|more than|less than|at least|"
    r"up to)\s[^,;]+)?"
    r"[,:]\s*(?:and\s+|there\s+|then\s+)?(?P<do>.+)$|"
    r"^(?P<what2>(?:the )?[\w-]+(?: [\w-]+){0,2}?)(?P<more2>,\s*(?:over|above|under|below|from|with|more than|"
    r"less than)\s[^,;]+),"
    r"\s*(?P<do2>.+)$",
    re.IGNORECASE,
)
"""`Pianos need a crane, the planner orders it`; `big ones, over 50 kilos, Ben packs on pallets`: a kind of case."""


def somebody_acts(sentence: Sentence, text: str) -> bool:
    """Whether words begin with somebody of the work who acts."""
    bare = re.sub(r"^(?:the|our)\s+", "", text.strip(), flags=re.IGNORECASE).split()
    known = any(role_named(sentence.catalogue, " ".join(bare[:size])) for size in range(1, min(5, len(bare))))
    return known or bool(
        re.match(
            r"(?:the|our)\s+\w+(?:\s+(?!(?:he|she|they|it|we)\b)\w+)?\s+\w+s\s+\w|(?:he|she|they|we)\s+\w+",
            text.strip(),
            re.I,
        )
    )


def _kind(sentence: Sentence, found: re.Match[str]) -> tuple[str, str]:
    """The kind of case and what is done for it, where a clause of its own says by whom."""
    what, do = found["what"] or found["what2"], found["do"] or found["do2"]
    more = (found["more"] or found["more2"] or "").strip(" ,")
    if (
        not somebody_acts(sentence, do)
        or mentioned(sentence.catalogue, what)
        or likely(sentence.catalogue, what.lower())
    ):
        return "", ""
    if re.match(
        r"(?:then|also|no|yes|actually|first|finally|meanwhile|before|after|afterwards?|next|last|later|once|now|today|in|on|at|so|that|this|he|she|it|they|we|i|you|there)\b",
        what,
        re.I,
    ):
        return "", ""
    thing = re.sub(r"^(?:an?|the|some|no)\s+", "", found["rest"] or "", flags=re.IGNORECASE)
    if thing and found["verb"] and not found["verb"].lower().startswith(("come", "arriv")):
        do = re.sub(r"\b(?:it|them|one|this|that)\b", f"the {thing}", do, count=1)
    elif found["rest"]:
        what = f"{what} {found['verb']} {found['rest']}" if re.match(r"without|with\b", found["rest"]) else what
    return f"{what} {more}".strip(), do


NOT_THESE = re.compile(
    r"^(?P<what>(?!(?:we|they|he|she|it|i|you|nobody|that|this)\b)[\w -]{3,40}?)\s+(?:don't|doesn't|do not|"
    r"does not|never|aren't|"
    r"isn't)\s+[^,;]+[,;]\s*(?:but )?(?P<do>.*\b(?:them|it|those)\b.*)$",
    re.IGNORECASE,
)
"""`money and phones don't go on the shelf, Owen locks them in the safe`."""
SENT_TO = re.compile(
    r"^(?P<what>[\w -]{3,40}?)\s+(?:go|goes|are sent|is sent|are given|is given)\s+to\s+(?P<who>the [\w ]{2,30}?),?\s+"
    r"(?:and\s+)?(?:she|he|they|who|which)\s+(?P<verb>\w+)\s+(?:them|it)\b",
    re.IGNORECASE,
)


def _subject(sentence: Sentence, text: str) -> tuple[str, str]:
    """`Fridges have to be taken by the special crew, about 10 %`: what the share is of is the condition."""
    if sent := SENT_TO.match(text):
        return sent["what"], f"{sent['who']} {sent['verb']} the {re.sub('^(?:the|all) ', '', sent['what'].lower())}"
    found = re.match(
        r"^(?P<what>[\w -]{3,40}?)\s+(?:have to|has to|must|need to|needs to|are|is|go|goes|get|"
        r"gets)\s+(?:be\s+)?(?P<do>.+)$",
        text,
    )
    if not found or mentioned(sentence.catalogue, found["what"]) or len(content(found["what"])) > 4:
        return "", ""
    return found["what"], re.sub(r"\s+(?:because|since|as)\b.*$", "", text)


def on_a_way(sentence: Sentence, cond: str, do: str, p: float | None) -> Outcome | None:
    """What is done under a condition, as a way of its own at the end."""
    if any(figure.kind == "duration" and figure.a < 8 for figure in figures_in(cond)):
        return None  # `5 minutes tops, he clicks the button`
    do = _named_doer(sentence, cond, do)
    condition = re.sub(r"^(?:the|an?)\s+", "", cond)
    told = f"If {cond}, {do}."
    blocks, roles = piece(sentence, told)
    own = next((block for block in blocks if isinstance(block, Choice)), None)
    inner = own.branches[0].do.items if own and len(blocks) == 1 else blocks
    if not inner or not list(tasks_in(inner)) or any(isinstance(block, Choice) for block in inner):
        blocks, roles = piece(sentence, do)
        inner = blocks
    if (not inner or not list(tasks_in(inner))) and (lying := _lying(sentence, do)):
        inner, roles = (lying,), []
    if not inner or any(isinstance(block, Choice | Loop) for block in inner):
        return None
    id_ = Fresh(sentence.catalogue).id("decision")
    ways = (
        Branch(id=f"{id_}.1", when=condition, p=p, do=Sequence(items=tuple(inner))),
        Branch(id=f"{id_}.2", when="otherwise", p=None if p is None else round(1 - p, 6)),
    )
    made = Choice(id=id_, question=condition[0].upper() + condition[1:] + "?", branches=ways)
    return Outcome(condition, (*roles, Insert(blocks=(made,), place=at_edge(sentence.catalogue, "end"))))


def _named_doer(sentence: Sentence, cond: str, do: str) -> str:
    """`they take a photo`: who the condition names does it."""
    found = re.match(r"^(?:they|he|she)\s+(?P<rest>.+)$", do, re.IGNORECASE)
    named = mentioned(sentence.catalogue, cond)
    if not found or not named:
        return do
    verb, _, rest = found["rest"].partition(" ")
    ends = verb if verb.endswith("s") else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return f"the {named[0].name.lower()} {ends} {rest}"


LYING = re.compile(worded("told-under-condition-lying"), re.IGNORECASE)


def _lying(sentence: Sentence, do: str) -> Wait | None:
    """`the car stays in the yard for a day`: a wait."""
    from assistant.language.figures.stated import as_duration

    figure = figure_from(do, "duration") if LYING.match(do) else None
    if figure is None or figure.vague:
        return None
    name = re.sub(r"\s+(?:for\s+)?(?:about\s+)?$", "", do[: figure.a] if figure.a else do).strip(" ,")
    name = re.sub(r"^(?:the|an?)\s+", "", name, flags=re.IGNORECASE) or "wait"
    length = as_duration(figure).model_copy(update={"span": None})
    return Wait(id=Fresh(sentence.catalogue).id(name), name=name[0].upper() + name[1:], duration=length)
