"""What kind of thing somebody says: a change, a correction, or that they do not know."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded

SHORT = re.compile(rf"\b({any_of('before-apostrophe')})nt\b", re.IGNORECASE)
"""`dont`, `isnt`: typed without the apostrophe."""
EXCHANGED = r"(?:please )?(?:swap|switch|exchange) (?:that|this|it|them|those|these|the two|both)(?: a?round| over)?"
"""That two things are the other way round; how they are is said behind."""
CHANGE_WORDS = re.compile(
    r"^\W*(?:(?:please|kindly|now|then|can you|could you|can we|could we|i want to|i would like to|let'?s|we should|"
    r"you should)\s+)*"
    r"(?:add|insert|put|delete|remove|drop|take out|take the [\w ]{2,40} out|move|"
    rf"(?!{EXCHANGED}\s*[:,;–-])(?:swap|switch|exchange)|"
    r"rename|call it|(?:say|write) (?=.*\b(?:instead of|rather than|not)\b)|replace|split|merge|combine|join|"
    r"parallelise|parallelize|make|change|set|give|assign|repeat|skip|copy|duplicate|extract|inline|wrap)\b",
    re.IGNORECASE,
)
MEANT = r"i (?:meant|mean|wanted to say|should have said)(?: to say)?(?: that)?"
SAID_WRONG = r"(?:that|this|it)(?:'s| is| was) (?:wrong|not right|not correct|not true|incorrect)"
LEAD = re.compile(
    r"^\W*(?:(?:no|nope|nah|no wait|no no|ah no|oh no|well no|hm+|sorry|wait|wrong|correction|"
    r"(?:hang|hold) on(?!\W+(?:my|let|i|i'll|someone|somebody)\b)|"
    r"rather|oops|apolog(?:ies|y|i[sz]e)|(?:that was )?my (?:mistake|bad|error|fault))"
    r"(?:\s*[,.;:!–—-]+\s*|\s+(?=no\b)|$)"
    r"|(?:no|sorry)\s+(?=(?:that|it|the|i|he|she|not)\b)"
    rf"|(?:actually|{SAID_WRONG}|not quite|{MEANT})\b[\s,.;:!–—-]*)+",
    re.IGNORECASE,
)
NO_IDEA = re.compile(
    rf"^\W*(?:sorry\W+)?(?:(?:i|we)\s+)?(?:really\s+)?(?:{worded('no-idea')})\b[\w', ]{{0,30}}\W*$", re.IGNORECASE
)

GOES_ON = re.compile(worded("goes-on"), re.IGNORECASE)
"""Words that go on telling: they are part of the story, read with all of it, and no change at some place."""
_ONE = r"(?:decision|choice|branch|split|question)s?"
_NO = r"(?:is|are|was)(?:n't| not| no)(?: really)? (?:an? |any )?"
_NONE = rf"(?:there is|there's|it's|we have) no {_ONE} (?:about|on|whether|if|of|for)"
NO_DECISION = re.compile(
    rf"^(?:\W*no\W+)?(?:(?P<what>[^,;]{{2,60}}?) {_NO}{_ONE}\b[^?]*$|{_NONE} (?P<about>[^,;?]{2, 60})|"
    rf"(?:please )?(?:remove|delete|drop|take out|get rid of|scrap) (?:the |that |this )?{_ONE}"
    r"(?: (?:about|on|whether|if|of|for|called|named))? [\"“]?(?P<named>[^,;\"“”]{2,60}?)\??[\"”]?(?:,? please)?\W*$)",
    re.IGNORECASE,
)
"""`being away is not a decision, take it out`: a correction, whatever it sounds like."""


def looks_like_a_request(words: str) -> bool:
    """Whether words ask for a change rather than tell more: short, and beginning with a verb of changing."""
    return len(words) < 400 and bool(CHANGE_WORDS.match(words)) and not unknown(words)


def looks_like_a_correction(words: str) -> bool:
    """Whether words take up what was understood before (`no, …`, `actually …`, `I meant …`)."""
    return len(words) < 400 and bool(LEAD.match(words)) and not unknown(words)


def without_lead(words: str) -> str:
    """A correction without its `no, sorry, I meant that`."""
    return LEAD.sub("", words, count=1).strip()


def takes_back(words: str) -> bool:
    """Whether the speaker says that their last words were not what they meant."""
    return bool(re.search(rf"\b{MEANT}\b", words, re.IGNORECASE))


def unknown(words: str) -> bool:
    """Whether somebody says that they do not know, or wants to go on."""
    return bool(NO_IDEA.match(words))


WHAT_TO_SAY = re.compile(worded("what-to-say"), re.IGNORECASE)
"""That somebody asks what they may say here."""


def asks_what_to_say(words: str) -> bool:
    """Whether somebody asks what they may say here."""
    return bool(WHAT_TO_SAY.search(words))
