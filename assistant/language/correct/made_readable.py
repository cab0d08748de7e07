"""Typed words made readable: left-out apostrophes, smileys, what leads up to a correction and what trails behind it."""

from __future__ import annotations

import re

from assistant.english.forms import base_of, is_plural
from assistant.english.tables import any_of, worded
from assistant.language.correct.asides import without_asides
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.turn.intent import EXCHANGED, LEAD, SHORT

IS = re.compile(r"\b(that|there|here|what|where|who)s\b(?=\s)", re.IGNORECASE)
ITS = re.compile(
    rf"\bits(?=\s+(?:the|an?|his|her|our|my|their|by|from|who|\w+ who|not|about|only|just|more|"
    rf"closer|nearer|less|like|always|never|now|done|up|ok|fine|\d|{COUNT_WORD}|every|around|roughly|automatic\w*)\b)",
    re.IGNORECASE,
)
AND = re.compile(r"(?<=\w)\s+(?:n|&|'n')\s+(?=[a-z])")
B4 = re.compile(r"\bb4\b", re.IGNORECASE)
ABT = re.compile(r"\b(?:abt|aprox|apprx)\b", re.IGNORECASE)
GOES_TO = re.compile(
    r"(?P<front>^|[,;.]? )(?:it|that|this) goes (?:back |straight |over )*to (?P<who>(?:the |"
    r"our )?[a-z]+(?: [a-z]+)?),? (?:who|and (?:he|she|they)) (?=[a-z]+)",
    re.IGNORECASE,
)
"""`it goes back to the handler who reworks it`: the handler reworks it."""
IF_ONE = re.compile(
    r"(?P<what>\b(?:the|an?|any) (?P<thing>[a-z]+(?: [a-z]+)?)) if there(?:'s| is| are) (?:one|any|some)\b",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"\b(?:from )?(?P<a>\d+|{COUNT_WORD}) (?P<unit>hour|minute|day|week|"
    rf"month)s? to (?P<b>\d+|{COUNT_WORD})\b(?! (?:hour|minute|min|day|week|month|working|business|"
    r"in\b|out\b|of\b))",
    re.IGNORECASE,
)
MARGIN = re.compile(worded("made-readable-margin"), re.I)
"""`18 mins give or take 2`: the margin of a figure."""
SMILEY = re.compile(r"(?:^|\s)(?:[:;]-?[)(DPp]|lol|haha+|btw)(?=[\s.!,]|$)", re.IGNORECASE)
MIXED = (
    r"(?:sorry\W+)?(?:(?:i|you|we)(?:'ve| have|'d| had)? )?(?:got|had|have|put|told|mixed|messed|muddled) "
    r"(?:that|this|it|those|these|them|me|something|"
    r"the order|the wrong (?:person|one))(?: (?:all|both|two|there|here))*"
    rf"(?: {any_of('muddled')})+|"
    r"(?:that|the|this) order(?:'s| is) wrong"
)
"""`got that muddled up`, `you've got these two swapped`: that something was the wrong way."""
WRONG = re.compile(
    rf"^\W*(?:{MIXED}|i was wrong about (?:the |our )?(?P<who>[\w ]{2, 30}?)|i (?:mixed|messed) (?:that|this|it) up|"
    r"i (?:got|said|told you|wrote) (?:that|this|it) wrong(?:ly)?|scratch that|"
    r"wrong (?:person|one|man|woman|order|way a?round)|"
    r"(?:that (?:was|is) |that's )?(?:my|an?|our) (?:mistake|error|fault|bad|slip)(?: (?:there|here|of mine|from me))?|"
    rf"{EXCHANGED}|(?:[\w' -]{{3,60}} )?(?:is|are|was|were|got) (?:swapped|mixed up|"
    r"interchanged|the wrong way a?round)|"
    r"(?:no\W+|it'?s |that'?s )*(?:the )?other way (?:a)?round)\s*[,:;.!–—-]+\s*",
    re.IGNORECASE,
)
REGRET = worded("made-readable-regret")
BESIDE = worded("made-readable-beside")
TRAIL = re.compile(rf"\s*[,;.!:–—-]*\s+(?:(?P<wrong>{REGRET})|{BESIDE})\W*$", re.IGNORECASE)
OPENING = re.compile(worded("made-readable-opening"), re.IGNORECASE)


LASTS = re.compile(
    r"(?P<front>\b(?:takes?|lasts?|needs?|costs?)\s+(?:(?:the |our )?(?!half|quarters?|three|of\b|than|about|"
    r"over|up)[a-z]+\s+){1,2})an? (?P<unit>minute|"
    r"hour|day|week|month)\b(?! and)",
    re.IGNORECASE,
)
"""`signing takes the parents a week`: one week, no rate."""
PER_HOUR = re.compile(r"(?P<n>\d)\s*(?:/|per |p\.? ?)\s*(?:hr|h|hour)\b", re.IGNORECASE)
THOUSAND = re.compile(r"\b(?P<n>\d{1,3}(?:[.,]\d)?) ?k\b(?! ?(?:m|g|b)\b)", re.IGNORECASE)
CONTRACTED = re.compile(
    r"\b(?P<what>(?!that|it|he|she|who|there|here|what|let|where|"
    r"how)[a-z]+)'s (?P<verb>[a-z]+ed|[a-z]{3,}ing|done|sent|made|paid|"

                        r"written|taken|given|told|on (?:his|her|their) own|alone)\b", re.IGNORECASE)  # fmt: skip
HE_IS = re.compile(r"\b(?P<who>he|she)s(?= (?:at|in|on|the|a|not|only|always|\w+ing)\b)", re.IGNORECASE)
INTRODUCED = re.compile(
    r"^(?:(?:besides|apart from|next to|as well as|on top of) [^,;]{2,40}?[,]? )?there(?:'s|"
    r" is) (?:also )?an? (?P<who>[a-z][\w -]{2,30}?)"
    r",? (?:and )?(?:she|he|they|who) (?=\w+s\b)",
    re.IGNORECASE,
)
"""`there's a terminologist, she makes …`: the terminologist makes it."""
COMMENTED = re.compile(
    r"[\s,]+(?:(?:and )?(?:that|it|this)(?:'s| is| takes?| lasts?)(?: (?:her|him|them|us|me))?|takes?(?: (?:her|"
    r"him|them|us|me))?|which takes)"
    r"(?: about| around| roughly| maybe| only| just)? (?:a good |a |another |some )?"
    rf"(?P<figure>(?:\d+(?:[.,]\d+)?|{COUNT_WORD}|"
    r"half an|an) ?(?:s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?))"
    r"(?: (?:or so|each|or thereabouts|job))?[ .!]*$",
    re.IGNORECASE,
)
"""`…, that's a good 20 mins`: the figure of what was just told."""
WITHOUT = re.compile(
    r"^\W*(?:(?:oh|and|also|well)\b\W*)*(?:nobody|no one|nothing|none of them|no \w+) (?:gets?|goes|leaves?|"
    r"comes?|is|passes) [^,;]*?without (?:the |our )?(?P<who>[a-z][a-z ]{2,25}?) "
    r"(?:first )?having (?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
"""`nobody leaves without the receptionist having booked …`: the receptionist books it."""
GETS_FROM = re.compile(
    r"^(?P<what>[a-z][a-z -]{2,30}?|[a-z]+(?: [a-z]+)? (?:who|that|which) [\w' -]{2,50}?)(?P<share>, (?:about |"
    r"roughly |around |that's |some )?[^,]{2,25},)? (?:gets?|receives?) (?P<thing>(?:an? |the |some )[^,;]{2,40}?)"
    r" from (?P<who>(?:the |our )?[a-z][a-z ]{2,25}?)(?P<rest>(?: (?:first|too|as well|before|after|once|when)\b.*)?)$",
    re.IGNORECASE,
)
"""`puppies, about 1 in 10, get a third meal from the keeper`: for them the keeper gives one."""
NOT_BY = re.compile(
    r"^(?P<what>(?:the |our )?[a-z][\w' -]{1,30}?) (?:is|are)(?: not|n't) (?P<verb>[a-z]+) by "
    r"(?P<who>(?:the |our |an? )?[\w' -]{2,30}?)"
    r"(?:\s*[,;:–-]+\s*|\.\s+)(?:but )?(?P<new>(?:the |our )?[\w' -]{2,30}?) (?:does|do) (?:it|that|this|them)\W*$",
    re.IGNORECASE,
)
"""`the letter isn't typed by the clerk, the typist does it`: the typist types it, not the clerk."""
SO_WHERE = re.compile(worded("made-readable-so-where"), re.IGNORECASE)
"""`in between, so after the baking, …`, `meanwhile, i.e. while it cools, …`: only the second says where."""
NOT_HAVING = re.compile(worded("made-readable-not-having"), re.IGNORECASE)
"""`it is the nurse who takes it, we have no radiographer`: the nurse, not the radiographer."""
BY_NOW = re.compile(
    r"(?P<by>\bby (?:the |our |an? )?[\w'-]+(?: [\w'-]+)?) (?:now|nowadays|these days|today)(?=\s*(?:[,;.]|not\b|$))",
    re.I,
)
"""`by a taxi driver now, not the courier`: no part of his name."""
WE_ARE = re.compile(r"^were(?= (?:open|closed|working|only|about|usually|here|not)\b)", re.IGNORECASE)
WHOEVER = re.compile(r"\bby whoever [^,;]*,\s*(?:i\.?e\.?|that is|meaning|namely|so),?\s+(?=\S)", re.IGNORECASE)
EVERY = re.compile(
    r"\b(?:every|each) (?P<n>\d{1,4})(?:st|nd|rd|th)\b(?! (?:day|week|month|hour|minute|year))(?: [a-z]+)?",
    re.IGNORECASE,
)
ONCE_IN = re.compile(
    rf"\bonce (?:in|out of) (?P<n>\d{{1,3}}|{COUNT_WORD})\b(?! (?:minutes?|hours?|days?|weeks?|months?|years?))",
    re.IGNORECASE,
)
ONE_IN = re.compile(
    rf"\b(?:1|one) (?P<what>[a-z]+) (?:in|out of) (?:an? )?(?P<n>\d{{1,4}}|{COUNT_WORD}|hundred|thousand)\b",
    re.IGNORECASE,
)
REPAIR = re.compile(
    r"(?P<front>^|[,;.:]\s*|\b(?:by|to|is|are)\s+)(?P<said>(?:the |our |an? )?[\w']+(?: [\w']+){0,2})\s*[-–—,.]+\s*"
    r"(?:(?:no|sorry|er|um|wait|hm)\b[\s,]*)*(?:i mean|i meant|or rather)\s+(?P<new>\S)",
    re.IGNORECASE,
)
"""`the tax office - I mean the bookkeeper`: who corrects himself at once has said only the second."""


CONFIRMED = re.compile(
    r"^(?:the )?[^,;.:?]{2,50}? (?:(?:is|are|stays?|remains?) (?:right|correct|fine|ok(?:ay)?|true|the same|as it is)|"
    rf"(?:stays?|remains?) (?:at )?(?:\d+(?:[.,]\d+)?|{COUNT_WORD}) ?\w+)"
    rf"(?:,? (?:but|though|only)|[,;]) (?=\S.*(?:\d|\b{COUNT_WORD}\b))",
    re.IGNORECASE,
)
"""`tagging 3 is right but describing is 9 min`: only the second is news."""
AVERAGE = re.compile(
    rf"[,;.\s]*\b(?:(?:but|so|and|let's|say|stay with|call it|make it|it's)\s+)*(?P<n>\d+(?:[.,]\d+)?|{COUNT_WORD})"
    r"(?: (?P<unit>seconds?|min\w*|hours?|hrs?|days?|weeks?))? (?:on|in the) (?:average|mean)\b",
    re.IGNORECASE,
)
"""`forty minutes on a bad day, say 30 on average`: the average is what counts."""


LIKE_ANOTHER = re.compile(r"(?:,? (?:about |just )?the|,) same as [^,;.]{2,30}(?=,)", re.IGNORECASE)
"""`bringing it back, same as collecting, an hour`: only what it is compared with."""


def _given(found: re.Match[str]) -> str:
    """What one gets is given them; what some get is given in their case."""
    one = re.match(r"(?:the|our) (?:[\w-]+ )*?[\w-]+$", found["what"], re.IGNORECASE)
    if one and not found["share"] and not is_plural(found["what"].split()[-1].lower()):
        return f"{found['who']} gives {found['what']} {found['thing']}{found['rest']}"
    return f"for {found['what']}{found['share'] or ','} {found['who']} gives {found['thing']}{found['rest']}"


def _averaged(text: str) -> str:
    from assistant.language.figures.reading import figures_in

    found = AVERAGE.search(text)
    before = [figure for figure in figures_in(text[: found.start()]) if figure.kind == "duration"] if found else []
    if found is None or not before:
        return text
    unit = found["unit"] or text[before[0].a : before[0].b].split()[-1]
    return f"{text[: before[0].a].rstrip()} {found['n']} {unit}{text[found.end() :]}"


def _does(participle: str) -> str:
    from assistant.english.forms import third_person

    return third_person(base_of(participle.lower()) or participle)


def spelled(words: str) -> str:
    """The words with `doesnt`, `thats` and a lone `n` written out and without smileys."""
    text = words.replace("’", "'").replace("`", "'")
    text = SMILEY.sub(" ", text)
    text = MARGIN.sub("", text)
    text = SHORT.sub(r"\1n't", text)
    text = IS.sub(r"\1's", text)
    text = ITS.sub("it's", text)
    text = AND.sub(" and ", text)
    text = re.sub(r"\blets(?= (?:say|call|take|do)\b)", "let's", text, flags=re.IGNORECASE)
    text = LASTS.sub(r"\g<front>1 \g<unit>", text)
    text = PER_HOUR.sub(r"\g<n> an hour", text)
    text = THOUSAND.sub(lambda found: f"{float(found['n'].replace(',', '.')) * 1000:g}", text)
    text = CONTRACTED.sub(r"\g<what> is \g<verb>", text)
    text = HE_IS.sub(r"\g<who>'s", text)
    text = INTRODUCED.sub(r"the \g<who> ", text)
    text = COMMENTED.sub(r", \g<figure>", text)
    text = WITHOUT.sub(lambda found: f"the {found['who']} {_does(found['verb'])}", text)
    text = GETS_FROM.sub(_given, text)
    text = NOT_BY.sub(lambda found: f"{found['new']} {_does(found['verb'])} {found['what']}, not {found['who']}", text)
    text = B4.sub("before", ABT.sub("about", text))
    text = GOES_TO.sub(lambda found: f"{', ' if found.start() else ''}{found['who']} ", text)
    text = IF_ONE.sub(r"\g<what> if there is \g<thing>", text)
    text = SO_WHERE.sub("", WE_ARE.sub("we are", text))
    text = BY_NOW.sub(r"\g<by>", text)
    text = NOT_HAVING.sub(r"\g<front>, not the \g<who>", text)
    text = WHOEVER.sub("by ", text)
    text = EVERY.sub(r"1 in \g<n>", text)
    text = ONCE_IN.sub(r"1 in \g<n>", text)
    text = ONE_IN.sub(r"1 in \g<n>", text)
    text = REPAIR.sub(r"\g<front>\g<new>", text)
    text = LIKE_ANOTHER.sub("", text)
    text = _averaged(CONFIRMED.sub("", text))
    text = RANGE.sub(r"\g<a> to \g<b> \g<unit>s", text)
    return re.sub(r"\s+", " ", text).strip()


def bared(words: str) -> tuple[str, bool, str]:
    """Spelled words without lead and trail, whether they own to a mistake, and of whom (`I was wrong about Anna`)."""
    text, wrong, about = spelled(words), False, ""
    for _ in range(4):
        before = text
        if lead := LEAD.match(text):
            text, wrong = text[lead.end() :], True
        if own := WRONG.match(text):
            text, wrong, about = text[own.end() :], True, own["who"] or about
        if trail := TRAIL.search(text):
            text, wrong = text[: trail.start()], wrong or bool(trail["wrong"])
        text = OPENING.sub("", text)
        if text == before:
            break
    return without_asides(text).strip(" .!,;"), wrong, about.strip()
