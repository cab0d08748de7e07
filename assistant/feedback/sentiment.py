"""How a comment feels: a score from -1 to 1 by counting words that carry a judgement, with negations turned round.

A negation turns the next three words round ("no problems" is good). After a "but" words count double, because that is
where people put what they mean. The sum s is brought within ±1 as s / (|s| + 1.5).
"""

from __future__ import annotations

import re

from assistant.feedback.words import BAD, BAD_SIGNS, BUT, GOOD, GOOD_SIGNS, NEGATIONS, SEVERE, STRONG

WORD = re.compile(r"[a-z][a-z'’-]*", re.IGNORECASE)
MOST = 4000
REACH = 3


def sentiment(raw: str) -> float:
    """From -1 (angry) to 1 (delighted); 0 when nothing in it judges."""
    text = raw[:MOST]
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    total = 0.0
    weight = 1.0
    negated_until = -1
    for place, word in enumerate(words):
        if word in BUT:
            weight, total = 2.0, total * 0.5
        if word in NEGATIONS:
            negated_until = place + REACH
            total -= 0.4 * weight
            continue
        value = (word in GOOD) - (word in BAD)
        if not value:
            continue
        size = 1.5 if place and words[place - 1] in STRONG else 1.0
        if place <= negated_until:
            total += 0.4 * weight + (-0.75 if value > 0 else 0.75) * weight
            negated_until = -1
        else:
            total += value * size * weight
    total += sum(text.count(sign) > 0 for sign in GOOD_SIGNS) - sum(text.count(sign) > 0 for sign in BAD_SIGNS)
    return total / (abs(total) + 1.5)


def severity(raw: str, feeling: float) -> int:
    """How much it hurts, 0 (nothing) to 3 (the customer leaves or goes to court)."""
    if feeling >= -0.05:
        return 0
    words = {word.lower() for word in WORD.findall(raw[:MOST])}
    return min(3, 1 + (feeling < -0.5) + bool(words & SEVERE))
