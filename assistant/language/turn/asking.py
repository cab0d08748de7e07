"""Questions to the program: whether words ask something, and what about."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.turn.kinds import About

AUX = rf"{any_of('auxiliary')}(?:n'?t)?"
WH = r"(?:what|where|who|whom|whose|why|how|which|when)"
HOW = re.compile(r"\b(?:hw|hwo|howw)\b(?= (?:many|much|long|often))", re.IGNORECASE)
LEAD_IN = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|well|hm+|please|now|by the way|btw)\b[\s,]*)*"
    r"(?:(?:(?:can|could|would|will) you (?:please )?)?(?:tell|explain to|explain) (?:me|us)\s+|do you know\s+|"
    r"(?:i|we)(?:'d| would)? (?:like|want) to know\s+|(?:i|we) wonder\s+|i(?:'m| am) wondering\s+)?",
    re.IGNORECASE,
)
FORM = re.compile(
    rf"^(?:{WH}(?:'?s|'re|s|\s+{AUX}\b)|what\s+(?:if|about|happens|would|else)\b|how\s+(?:long|many|much|"
    rf"often|sure|come|about|"
    rf"good|bad|well|fast)\b|(?:why|who|which|whose)\b(?!\s+(?:is|ever)\s+\w+\s+that)|{AUX}\s+(?:the|a|"
    rf"an|we|i|it|you|he|"
    rf"she|they|there|this|that|these|those|our|my|your|\w[\w.,%-]*\s+\w+)|"
    r"can'?t\s+(?:the|our|my|he|she|they)\b.*\b(?:himself|herself|themselves|instead)\b)",
    re.IGNORECASE,
)
FORBIDS = re.compile(
    r"^(?:please )?do(?:n'?t| not) (?:ever )?"
    r"(?!(?:i|we|you|they|he|she|it|people|the|our|my|your|these|those|any|some)\b)",
    re.IGNORECASE,
)
"""`don't ship it before ...` is an order; `don't you ...`, `do not the ...` ask."""
TURNED = re.compile(r"^(?:is|are|was|were|does|did)(?:n'?t)? (?:it|he|she|they|we|there)\b", re.IGNORECASE)
"""A verb before whom it is said of: a question however long, with or without its mark."""
BARE = re.compile(r"^(?:what|where|who|why|how|which)\b", re.IGNORECASE)
LEADS_UP = re.compile(
    r"^(?:from|between|until|out of|in|on)\b[^,;.]+, (?:and )?how (?:long|many|much|often|far)\b", re.IGNORECASE
)
"""`from the moment a car pulls in, how long till it is off`."""
TAG = re.compile(
    rf",?\s*(?:right|ok(?:ay)?|correct|you know|understood|got it|{AUX}\s+(?:it|he|she|they|we|"
    rf"there))\s*\?+\s*$",
    re.IGNORECASE,
)
TOLD_YOU = re.compile(
    r"^(?:but )?i(?:'ve| have)? (?:already |just )?(?:told|said|mentioned)\b.*"
    r"\b(?:right|correct|no|didn't i|haven't i)\W*\?+\s*$",
    re.I,
)
"""`I told you about the visa, right?`"""
TERMS = (
    "gateway|swim ?lane|lane|cycle time|lead time|hand-?off|hand-?over|utili[sz]ation|bottle ?neck|rework|bpmn|"
    "kpi|as-is|to-be|"
    "process owner|trigger|role|step|wait(?:ing)? time|work time|hands-on time|capacity|template|practice|"
    "finding|branch|loop"
)
DOUBTS_A_FIGURE = (
    rf"^(?:is|are|was|were|would|can|could)\b[^?]*(?:\d|\b{COUNT_WORD}\b|\ban? (?:hour|day|week|minute|month)\b)[^?]*"
    r"\b(?:right|correct|true|realistic|accurate|plausible|believable)\W*$"
)
"""`is 1.2 days for the sorting right`: what the figure rests on is asked, and none is told."""
ABOUT: tuple[tuple[About, str], ...] = (
    (About.RIGHT, r"^(?:is|was|would) (?:that|this|it|all (?:of )?(?:that|this)|everything) (?:\w+ )?(?:right|correct|"
        r"ok(?:ay)?|true|how i (?:said|told) it)\W*$|^(?:did|do|have) you (?:get|got|understand|understood) "
        r"(?:that|it|me|this|everything|all)(?: \w+){0,2}\W*$"),
    (About.SURE, DOUBTS_A_FIGURE),
    (About.LOG, r"\b(?:event |system )?logs?\b.{0,20}\b(?:say|says|said|show|shows|tell|tells|know|knows|measure\w*)\b|"
        r"\b(?:recorded|measured) (?:of|about|for)\b|\b(?:in|from|by) the (?:event )?log\b|"
        r"\b(?:really|actually) (?:recorded|measured)\b"),
    (About.MISSING, r"\bwhat(?:'s|s| is| else is)? (?:still )?missing\b|"
        r"\bwhat (?:else )?(?:don'?t|do not) you know\b|\bwhat else do you (?:need|want)\b"),
    (About.TURNS, r"\b(?:which|what) turns\b|\b(?:list|number)\w* (?:of )?(?:the |my |our )?turns\b|"
        r"\bwhat (?:have|did) i (?:told|tell|said|say)(?: you)?(?: (?:so far|up to now|until now|before))\W*$"),
    (About.DECIDED, r"\b(?:what|which)(?: of (?:it|them|that))? (?:did|have|had) (?:i|we) (?:already )?(?:decided?|"
        r"turn(?:ed)? down|take(?:n)? over|reject(?:ed)?|accept(?:ed)?)\b|\bwhat (?:was|is|has been) decided\b"),
    (About.BESIDE, r"\b(?:today|now|as.is|the old (?:one|way|process))\b.{0,40}\b(?:versus|vs|against|beside|compared?|"
        r"differ\w*)\b|\bcompar\w+\b.{0,60}\b(?:today|now|old|as.is|new (?:one|way|process)|to.be|"
        r"before|both|two)\b|\bdiffer\w*\b.{0,30}\b(?:new (?:one|way|process)|to.be)\b|"
        r"\bbetter than (?:today|now|before)\b"),
    (About.HURTS, r"\bwhat (?:should|do|can|shall|could) (?:i|we) (?:tell|say to|report to) (?!you\b)|"
        r"\bhurts?\b|\b(?:biggest|main|worst|greatest|largest) (?:problems?|pains?|trouble|issues?|waste|"
        r"weak\w*|headaches?|culprits?)\b|\b(?:pain points?|weak (?:spots?|points?)|sore spots?)\b|"
        r"\bwhat(?:'s|s| is| goes) wrong\b|"
        r"\b(?:los(?:e|es|ing)|wast(?:e|es|ing)|burn(?:s|ing)?|bleed(?:s|ing)?|throw(?:s|ing)? away)\b.{0,30}"
        r"\b(?:money|most|euros?|dollars?|cash)\b|\bmoney (?:go|goes|going|lost|leak\w*)\b|"
        r"\b(?:weakest|worst) (?:link|part|step|point|spot)\b"),
    (About.PEOPLE, r"\btwiddl\w+|\bidle\b|\b(?:least|most|little|much) to do\b|\bbored\b|\bhands full\b|"
        r"\bon (?:his|her|their) plate\b|"
        r"\bdo(?:es|ing)? all day\b|\b(?:day|week|time) (?:does|do|is) .{2,30}\bspen[dt]\w*|\bspend on\b|"
            r"\bover(?:work|stretch)\w*"),
    (About.PEOPLE, r"\bwho(?:'?s| is| does| do)?(?: \w+ing)? what\b|\bwho all\b|\bhow (?:busy|loaded|stretched|full)\b|"
        r"\bbusi(?:er|est)\b|\bwho(?: else)? (?:touch\w*|takes part|is (?:all )?involved|has a hand|gets involved)\b"),
    (About.SURE, r"\bstake on\b|\bbet (?:on|that)\b|\bswear (?:to|by)\b|\bput money on\b|\brely on\b"),
    (About.MEASURE, r"\bkeep an? eye on\b|\bnumber-?wise\b|\bmonitor\b|\bwatch out for\b"),
    (About.OWNER, r"\bwho (?:decides|has the (?:last )?(?:say|word)|is the boss)\b|"
        r"\bput in charge\b|\bin charge\b|\banswerable\b|\b(?:should|ought to|has to|have to|"
                  r"must) answer for\b"),
    (About.SHARE, r"\b(?:how (?:much|many) of|what (?:share|percentage|part|portion|fraction) of|"
        r"how often)\b(?! (?:the |our )?(?:day|week|time|year|money))"),
    (About.TIME, r"\bwhere does (?:our|the|all the|my) (?:day|time|week|hours?)\b|\bwhat are we talking\b|"
        r"\bstart to finish\b|\bdoor to door\b|"
        r"\bfrom .{3,40} to .{3,40}(?:how|what)\b"),
    (About.FEEDBACK, r"\b(?:customers?|clients?|patients?|citizens?|applicants?|guests?|users?)\b.{0,30}"
        r"\b(?:says?|said|saying|complain\w*|writes?|wrote|prais\w+|grumbl\w+)\b|\bfeedback\b|"
        r"\bcustomer (?:comments?|complaints?|reviews?)\b|\b(?:which|what|any|how many) (?:complaints?|praise)\b|"
        r"\bwho(?:m|ever)? (?:should|must|do|has|have|needs?) (?:we |i |to )?(?:be )?"
        r"(?:answer|repl(?:y|ied)|call(?:ed)? back|respond)\w*"),
    (About.UNREAD, r"\b(?:not|didn'?t|don'?t|couldn'?t|cannot|can'?t) (?:you )?(?:understand|understood|"
        r"read|get|follow|take in)\b|"
     r"\b(?:misunderst\w+|left out|not understood)\b"),
    (About.READY, r"\bready\b|\broll ?-?(?:this |it )?out\b|\bgo live\b|\bstill to (?:do|settle|"
        r"decide)\b|\bnext steps?\b|\bseven steps\b"),
    (About.CUSTOMER, r"\b(?:notices?|feels?|experiences?)\b|\bwhat(?:'s| is| would be)? in it for\b|"
        r"\bfor the (?:customer|client|patient|"
     r"citizen|guest)s?\b"),
    (About.WORD, r"^(?:what(?:'s|s| is| are)|explain|what does|what do you mean by|define)\s+(?:an? |the word |"
        r"the term )?(?:" + TERMS + r")s?"
        r"(?:\s+(?:mean|supposed to (?:be|mean)|anyway|actually|again))*\W*$"),
    (About.FIRST, r"^(?:can|could|how (?:can|could|do|would)|where (?:can|could|do)) (?:we|i|you)\b.{0,20}\bsave\b|"
        r"\bwhich (?:of the |of these )?(?:steps?|parts?|bits?)\b.{0,25}\b(?:drop|leave out|skip|cut|spare|"
        r"do without|get rid of|need(?:less|ed)?)\b|"
        r"\b(?:tackle|attack|start with|begin with|change|fix|improve|look at|go for) (?:\w+ )?first\b|"
        r"\bwhat (?:do|would|can) you (?:recommend|advise|suggest|propose)\b|"
        r"\byour (?:advice|recommendation)\b|"
        r"\bwhat (?:would you|should we|should i|can we|could we) (?:\w+ )?(?:change|improve|do) "
        r"(?:here|differently|first|about it|now)\b|"
        r"\bwhat (?:would|should|could|can|do|shall) (?:you|we|i) "
        r"(?:do|change|tackle|improve|fix|"
        r"start with|begin with|"
        r"look at)(?: first|$|\W*$| about)|\bwhere (?:would|should|do|can) (?:you|we|i) (?:start|begin)\b|"
        r"\bbiggest lever\b|"
        r"\bwhat (?:comes|is) first\b|\bmost urgent\b"),
    (About.NEXT, r"^what(?:'s|s)? (?:\w+ ){0,2}?(?:comes?|happens?|follows?|is|next)\b.{0,20}\b(?:before|after|"
        r"next|follow\w*)\b"),
    (About.PARALLEL, r"\b(?:side by side|in parallel|at the same time|simultaneously|at once|concurrently|parallel)\b"),
    (About.COST, r"\bworth (?:it|that|the money|doing|hiring|having|getting|paying)\b|"
        r"\b(?:pays?|paying) (?:it(?:self)? )?(?:off|back)\b|"
        r"\bpays? for (?:it|them)sel\w+"),
    (About.WHAT_IF, r"^if\b|"
        r"^(?:so |and |but |ok(?:ay)? |now )*(?:say|suppose|supposing|assume|assuming|picture|let's say)\b|"
        r"\bwhat would (?:it|that) (?:do|bring|mean|change|save|cost)\b.*\bif\b|\binstead of (?:\d|\w+,)|"
        r"\bif\b.*\binstead\b|\bmean (?:for|to) us\b|\bwould a (?:second|third|another)\b|"
        r"\bwithout\b|\bsay we\b|\bimagine\b|\bwhat(?:'s| is| would be)? (?:if|"
        r"happens?|would happen)\b|\bhappens? (?:if|when|"
    r"with)\b|\bwhat would it "
     r"(?:do|bring|change|cost) if\b|\bif we\b|\bwhat about (?:losing|adding|hiring)\b|\bsuppose\b"),
    (About.OTHERS, r"\b(?:others?|other (?:companies|firms|people|places|organi[sz]ations)|elsewhere|"
    r"template|library|best "
     r"practice|benchmark|competitors?|standard|normal|usual(?:ly)?|typical(?:ly)?|compared? (?:to|with))\b"),
    (About.OWNER, r"\b(?:own|owns|owner|owned|responsible|accountable|in charge)\b"),
    (About.MEASURE, r"\b(?:measures?|kpis?|metrics?|indicators?|track|targets?|numbers? should)\b"),
    (About.SURE, r"\b(?:sure|certain|sources?|assum\w+|guess\w*|exact|reliable|confident|trust|accurate|"
        r"come from|know that)\b"),
    (About.BOTTLENECK, r"\bbottle ?-?necks?\b|\bhold[ -]?ups?\b|\b(?:holds?|slows?) (?:us|it|everything|things)\b|"
    r"\bstuck\b|"
    r"\bpiles? up\b|"
     r"\bslowest\b|\bthe problem\b"),
    (About.BOTTLENECK, r"^why (?:would|should|is) (?:it|that|this)\b.{0,40}\band not\b"),
    (About.CHANGED, r"\bchanged?\b|\bis new\b|\bdifferen(?:t|ce)\b"),
    (About.SAID, r"\b(?:i|we)\b.{0,20}\b(?:say|said|tell|told)\b|\bwhere were we\b|\bnot understand\b"),
    (About.COST, r"\b(?:costs?|price|expensive|money|euros?|dollars?|cheap|spend)\b"),
    (About.WHY, r"^why\b|\breasons?\b|\bhow come\b"),
    (About.WAITING, r"\b(?:waits?|waiting|queue|idle|lies|lying|delays?)\b"),
    (About.PEOPLE, r"\bwho\b|\b(?:busy|busiest|workload|load|overload\w*|overworked|person|pressure|"
        r"people|staff|utili[sz]ation|"
    r"capacity|manage|"
     r"handle|enough)\b"),
    (About.TIME, r"\b(?:long|longest|time|times|fast|quick|slow|takes?|until|duration|hours?|days?|"
    r"weeks?|minutes?|when)\b"),
)  # fmt: skip


def without_lead_in(words: str) -> str:
    """Words without what leads up to the question (`so, can you tell me …`)."""
    return LEAD_IN.sub("", words, count=1).strip()


def asks(words: str) -> bool:
    """Whether a sentence asks the program something; a statement with a tag (`…, right?`) does not."""
    bare = without_lead_in(HOW.sub("how", words))
    if re.match(r"were (?:open|closed|working|only)\b", bare, re.IGNORECASE):
        return False
    marked = words.rstrip(" )!\"'").endswith("?")
    if not marked and FORBIDS.match(bare):
        return False
    if TURNED.match(bare) or re.match(DOUBTS_A_FIGURE, bare, re.IGNORECASE):
        return True
    if TOLD_YOU.match(bare) or LEADS_UP.match(bare):
        return True
    if FORM.match(bare):
        return marked or not re.match(rf"^(?:{AUX})\b", bare, re.IGNORECASE) or len(bare.split()) < 12
    return marked and (not TAG.search(words) or bool(BARE.match(bare)))


def about(words: str) -> About:
    """What a question is about."""
    bare = without_lead_in(words)
    return next((topic for topic, cue in ABOUT if re.search(cue, bare, re.IGNORECASE)), About.OTHER)
