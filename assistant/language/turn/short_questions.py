"""Questions put in two or three words (`what first?`, `and now?`, `what can I do on Monday?`): their form tells what
they are about, for certain."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.turn.kinds import About

LEAD = r"\W*(?:(?:and|so|ok|okay|well|hm+|but|please|right|alright|then|fine)\b[\s,.!?]*)*"
WHO = r"(?:i|we|one)"
DAY = (
    r"(?:(?:on|by|from|starting|beginning) (?:next )?(?:monday|tomorrow|tuesday)|tomorrow|next week|this week|"
    r"right away|straight away|at once|today|immediately)"
)
THING = r"(?:it|this|that|them|all (?:of )?(?:it|this)|everything|the (?:map|process|report|result|whole thing))"
NO_HELP = any_of("counted-not-used")
"""What is no help at the work when there is one more of it."""
LOST = (
    r"(?:sorry,? )?(?:i(?:'m| am) (?:\w+ )?(?:lost|confused|stuck|puzzled)(?: now| here)?|"
    r"i (?:do not|don't|can't|cannot) (?:get|understand|follow)(?: (?:it|that|this|you|a word|anything|what you mean))*"
    r"(?: at all)?|what (?:do you|does (?:that|this|it)) mean(?: by (?:that|this))?|come again|huh|"
    r"is (?:that|this|it) (?:all|it|everything)(?: now)?|how does (?:this|that|it) help(?: me)?)"
)
"""What somebody says who does not know what to do now."""
FORMS: tuple[tuple[About, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(rf"{LEAD}(?:{form})\W*", re.IGNORECASE))
    for topic, form in (
        (About.MONDAY, rf"(?:what|where) (?:can|could|should|shall|do|must) {WHO} (?:do|change|try|start|begin)"
                       rf"(?: (?:with|first|already|something))* {DAY}"),
        (About.FIRST, rf"(?:what|which(?: one)?|where)(?: (?:should|shall|do|would) {WHO})?(?: (?:do|start|begin|"
                      r"tackle|change))? first"),
        (About.FIRST, r"(?:and )?what would you (?:do|change|improve|tackle|try)(?: (?:first|here|differently))* (?:"
                      r"if (?:it|this|that) (?:was|were) your(?:s| [\w -]{2,30})|if you were (?:me|us|i|the boss|"
                      r"in charge|running (?:it|this|the \w+))|"
                      r"(?:if you were )?in (?:my|our) (?:place|shoes|position))"),
        (About.ONWARD, rf"(?:what(?:'s| is)? (?:now|next)|now what|now|(?:what|where) (?:do|should|can|shall|would) "
                       rf"{WHO} (?:do|go|say) (?:now|next|from here)|how (?:do|should|can) {WHO} (?:go on|continue|"
                       r"proceed)|what happens (?:now|next)|how does it go on|go on how)"),
        (About.ONWARD, LOST),
        (About.HURTS, r"(?:what|where) (?:hurts|does it hurt|pinches)(?: (?:most|us|here|now))*|"
                      r"what(?:'s| is) (?:the (?:main |biggest )?(?:problem|trouble|pain)|wrong)"
                      r"(?: here| with (?:it|this))?"),
        (About.PRINT, rf"(?:how (?:do|can|could) {WHO}|(?:can|could|may) (?:{WHO}|you)) (?:please )?"
                      rf"{any_of('puts-on-paper')} {THING}"
                      r"(?: (?:out|on (?:my |the )?(?:printer|paper)|as an? (?:picture|image|drawing|pdf|file|diagram|"
                      r"chart|printout|document)|to (?:my|the|our) [a-z]+|in word))+"),
        (About.PRINT, rf"(?:how (?:do|can|could) {WHO}|(?:can|could|may) {WHO}) (?:please )?print {THING}"),
        (About.PRINT, r"is there (?:a|any) (?:picture|pdf|printout|drawing|file)(?: of (?:it|this|that|the \w+))?"),
        (About.WHAT_IF, r"(?:(?:maybe|perhaps|with|how about) )*(?:an? (?:second|third|fourth|further|extra)|"
                        rf"another|one more) (?!{NO_HELP}\b)[a-z]+"),
        (About.TIME, r"(?:where|at (?:which|what) step|which step)(?: do(?:es)?| is| are)? (?:we |i |it |the )?"
                     r"(?:lose|losing|loses|waste|wasting|spend|spending|lost|wasted)(?: (?:the )?(?:most|all|so much|"
                     r"our|much|more)(?: of)?(?: (?:our|the))?)* time(?: [\w ]{1,60})?"),
        (About.TIME, r"where (?:is|does|goes) (?:the )?most (?:of the )?time(?: (?:lost|wasted|go|spent))?"),
    )
)  # fmt: skip


def short_question(words: str) -> About | None:
    """What such a question is about; None for other words."""
    said = words.replace("’", "'").strip()
    return next((topic for topic, form in FORMS if form.fullmatch(said)), None)
