"""Who the customer is, told in so many words: `the customer is the piano owner`, `our customers are schools`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.change.mention import content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.reading import figures_in
from assistant.process.edits import SetProcess

ARE = r"(?:is|are|'s|would be)"
NAMED = (
    re.compile(
        rf"^(?:the |our |my )?(?:customers?|clients?)(?: of (?:it|this|the process|ours))? {ARE} (?P<who>.+)$", re.I
    ),
    re.compile(rf"^(?P<who>[^,;]+?) {ARE} (?:the|our|my) (?:customers?|clients?)$", re.IGNORECASE),
)
NOBODY = re.compile(rf"\b{any_of('tells-of-somebody')}\b", re.IGNORECASE)
LONGEST = 5
"""Words that name somebody; more tell something of him."""


def read(sentence: Sentence) -> Outcome | None:
    """The customer, where a short name is said and nothing else."""
    words = re.sub(r",? (?:of course|naturally|obviously)$", "", sentence.request.strip(" .!"), flags=re.IGNORECASE)
    said = next((found for pattern in NAMED if (found := pattern.match(words))), None)
    if said is None or NOBODY.search(said["who"]) or figures_in(said["who"]):
        return None
    names = [
        re.sub(r"^(?:the|our|an?|all) ", "", part.strip(), flags=re.I) for part in re.split(r",| and ", said["who"])
    ]
    if not all(name and content(name) and len(name.split()) <= LONGEST for name in names):
        return None
    if any(re.search(r"\w+(?:ed|ing)$", name.lower()) for name in names):
        return None  # "the customers are satisfied", "the customer is calling"
    value = [{"name": name[:1].upper() + name[1:]} for name in names]
    return Outcome("the customer", (SetProcess.model_validate({"field": "customers", "value": value}),))
