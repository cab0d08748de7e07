"""Words that make a comment severe or tell what it wants. Tables only; general English, taken from no data set.

The patterns are searched in a comment's words in lower case with single spaces around them.
"""

from __future__ import annotations

import re

from assistant.english.tables import any_of, classed, rows


class Words:
    """A list of turns of phrase (regular expressions, parted by bars and lines) that is searched only in a comment
    which has a word beginning like one of them."""

    def __init__(self, listed: str) -> None:
        turns = "|".join(line.strip() for line in listed.strip().splitlines())
        self.pattern = re.compile(f" (?:{turns}) ")
        self.heads = frozenset(_heads(turns))

    def stand_in(self, said: str, heads: frozenset[str] | set[str]) -> bool:
        """Whether one of them stands in `said` (words between single spaces); `heads`: their first three letters."""
        return not self.heads.isdisjoint(heads) and self.pattern.search(said) is not None


def _heads(turns: str) -> list[str]:
    """The first three letters of each turn of phrase."""
    return [word[:3] for piece in _split(turns) for word in _openings(piece)]


def _split(turns: str) -> list[str]:
    """The alternatives at the outer level."""
    found, depth = [""], 0
    for char in turns:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append("")
        else:
            found[-1] += char
    return found


def _openings(turn: str) -> list[str]:
    if not turn.startswith("(?:"):
        literal = re.match(r"[a-z']+", turn)
        if literal is None or (len(literal[0]) < 3 and turn[len(literal[0]) : len(literal[0]) + 1] not in ("", " ")):
            raise ValueError(f"a turn of phrase must begin with letters: {turn}")
        return [literal[0]]
    depth, end = 0, 0
    while end < len(turn):
        depth += (turn[end] == "(") - (turn[end] == ")")
        if not depth:
            break
        end += 1
    optional = turn[end + 1 : end + 2] == "?"
    inside = [word for piece in _split(turn[3:end]) for word in _openings(piece)]
    return inside + (_openings(turn[end + 2 :]) if optional else [])


HARM = Words("\n".join(turns for _, _, turns in rows("severe_kinds")))
"""What harms somebody; `severe` tells the kinds apart."""
LAW = Words(
    r"""
    lawyer|lawyers|solicitor|solicitors|attorney|legal action|take (?:you|this|them) to court|small claims
    (?:will|going to|gonna|shall|i'll|we'll|could|should) sue|suing|sued (?:you|them)|ombudsman|ombudsmen
    see you in court|(?:go|going|goes|went|off|straight|taking (?:it|this)) to (?:the )?(?:court|police)
    before (?:the|a) judge|(?:filed|filing|laid|press|pressed|pressing) charges|prosecutors?
    police (?:know|knows|informed|are|is|report|have been|has been|were called)
    (?:reported|reporting) (?:you|this|it|them) to (?:the )?(?:\w+ ){0,3}(?:office|authority|police|inspectorate|union)
    regulator|data protection (?:authority|officer)|trading standards
    reported (?:you|this|it|them) to the police|going to the police|consumer protection
    """
)
MONEY = Words(
    r"""
    (?:charged|billed|debited|paid) (?:me )?(?:twice|double|two times|three times)
    double (?:charged|billed|charge)|overcharged|over charged|unauthori[sz]ed|never (?:ordered|authori[sz]ed)
    fraud|fraudulent|scam|scammed|stolen|stole|robbed|theft
    (?:lost|losing|cost me|out of) (?:my |all my |our |hundreds|thousands|money)
    money (?:is |has |was )?(?:gone|missing|disappeared|vanished|not returned)|want my money back
    still no refund|never (?:got|received|saw) (?:\w+ )?(?:refund|money)|no refund|overdrawn|overdraft
    cannot pay|can't pay|couldn't pay|debt collect\w+|bailiffs?|late fee|penalty|evict\w+
    """
)
CHURN = Words(
    r"""
    cancel(?:ling|ing|led|ed)? (?:my|our|the) (?:contract|subscription|account|membership|policy|order)
    clos(?:e|ed|ing) my account|switch(?:ed|ing)? (?:to|provider|bank|supplier)|switching|leaving you
    i'm leaving|we are leaving|i am leaving|going elsewhere|go elsewhere|took (?:my|our) business
    take (?:my|our) business|lost (?:me|us|a customer)
    never (?:again|use|buy|order|shop|book|come back|return|recommend)|last time i|won't be back
    will not be back|not coming back|won't (?:order|buy|use|book|return)
    will not (?:order|buy|use|book|return|renew)|not renew\w*|competitors?
    terminat(?:e|ed|ing) (?:my|our|the) (?:contract|policy)
    """
)
REPEATED = Words(
    r"""
    (?:second|third|fourth|fifth|sixth|tenth|umpteenth|nth) (?:time|call|email|mail|letter)
    (?:second|third|fourth|fifth|sixth|tenth|umpteenth|nth) (?:attempt|complaint|message|visit|request)
    (?:three|four|five|six|ten|several|many|numerous|countless|multiple) times|again and again|over and over
    repeatedly|keep (?:calling|asking|writing|chasing)|kept (?:calling|asking|writing|chasing)
    (?:called|emailed|phoned|written|wrote|asked) (?:\w+ ){0,4}(?:twice|times|again|already)
    (?:complained|contacted|chased|reported) (?:\w+ ){0,4}(?:twice|times|again|already)
    still no (?:reply|answer|response|news|word)|no one (?:replies|answers|responds|called back|calls back)
    nobody (?:replies|answers|responds|called back|calls back)
    """
)
URGENT = Words(
    r"""
    urgent|urgently|immediately|asap|right away|right now|as soon as possible|today
    please (?:help|call|contact|respond|reply|answer|stop)|emergency|desperate|still waiting|call me|contact me
    need (?:an answer|help|a reply)
    """
)
GONE = Words(
    r"""
    still|since|weeks|months|days|nobody|no one|again|never
    """
)
WISH = Words(
    rf"""
    it would be (?:nice|great|good|helpful|better|useful)|would be (?:nice|great|good|helpful|useful) (?:if|to)
    please {any_of("wish-verb")}
    (?:i|we) (?:wish|suggest|would like|would love|would prefer|hope|propose)|i'd (?:like|love|prefer)
    we'd (?:like|love|prefer)
    (?:could|can|why don't) you (?:please )?(?:add|offer|allow|provide|introduce|consider|extend|include)
    you should|there should be|needs? to (?:have|add|offer)|suggestion|feature request|wish (?:you|there|i)
    an option to|(?:could|can) (?:we|i) (?:please )?have
    """
)
ASK_STARTS = tuple(
    f" {word} "
    for word in "how what why when where which who whose is are do does did can could will would may should has".split()
)
ASK_VERBS = frozenset("is are do does did can could will would may should has".split())
ASKED_OF = classed("opinions", "asked-of")
"""Who or what a question that begins with a verb is about: “is the”, “do you”."""
ASK = Words(
    r"""
    (?:can|could) (?:you|someone|anyone|somebody) (?:tell|explain|help|let|confirm|check)
    how (?:do|can|long|much|many|come)|what (?:is|are|do|should|happens)|(?:i'd|i would) like to know
    do you know|is (?:it|there) (?:possible|a way)|(?:i|we) (?:wonder|was wondering|am wondering)
    wondering (?:if|how|why|when)
    """
)
PRAISE = Words(
    r"""
    thanks?|thank you|well done|great|excellent|keep it up|five stars|no complaints|spot on|happy with
    """
)
NUISANCE = Words(
    rf"""
    twice|again and again|all over again|every time|each time|anew|yet another|cut off|hung up|turned (?:me|us) away
    ran out|(?:had|has|have) run out|out of date|out of pocket|in pieces|supposed to|(?:was|were) promised
    someone else's|somebody else's|another (?:customer|hotel|guest|client|patient|firm)'s
    only half|half of what|far too|on hold|in line for|in the queue
    queued for|although (?:we|the|it|you|they|ordered|paid|asked|told|wanted)|instead of|turned out to be|used to be
    had to (?:tell|ask|explain|call|send|wait|go)|lot of money|different (?:one|people|answers?)
    (?:two|three|four|five|six|ten|several|many) times|for (?:\w+ ){{1,3}}(?:hours|weeks|months)
    (?:took|takes?|taken) (?:\w+ ){{0,3}}(?:hours?|days?|weeks?|months?|years?|ages|forever)
    since {any_of("time-of-year")}
    since (?:january|february|march|april|may|june|july|august|september|october|november|december)
    weeks (?:until|till|late|later|ago|for|and|to|already)|months (?:until|till|late|later|ago|for|and|to|already)
    hours (?:until|till|late|later|in|for|on|and|to|already)|minutes (?:in queue|in line|on hold|to|later)
    """
)
BETTER = Words(
    r"(?:cheaper|less|lower|sooner|earlier|faster|quicker|better|shorter|nicer|easier) than (?:\w+ ){0,2}"
    r"(?:offered|offer|promised|expected|quoted|quote|estimated?|agreed|planned|thought|feared|announced|hoped|said|others"
    "|elsewhere|anywhere|everywhere)\n"
    "(?:like|good as) (?:new|on the first day|the first day)"
)
"""What turned out better than it was to be, or is as good as it was."""
QUICK = Words(
    rf"""
    at once|straight away|in no time|five stars|within (?:\w+ ){{0,2}}(?:minutes?|hours?|day)
    {any_of("settled")} in (?:\w+ )?minutes?
    """
)
