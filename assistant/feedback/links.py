"""Which step of the process a comment speaks of: by the words the step's name, data and waits share with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from assistant.feedback.vectors import stems
from assistant.feedback.words import STOP
from assistant.process.blocks import Call, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk

LEAST = 0.34
ALSO: dict[str, str] = {
    "pay": "payment refund money charged paid", "payment": "paid charged money", "invoice": "bill billing charged",
    "ship": "delivery delivered parcel courier arrived shipping", "deliver": "delivery parcel courier arrived late",
    "order": "ordered purchase bought", "answer": "reply response replied email", "call": "phone telephone called ring",
    "inspect": "inspection inspector visit", "register": "registration form sign up", "refund": "money back refunded",
    "approve": "approval approved decision", "check": "verify verification checked", "inform": "told informed update",
    "notify": "told informed update", "claim": "claimed settlement", "repair": "fix fixed repaired", "open": "opening",
    "send": "sent received", "interview": "interviewed recruiter",
}  # fmt: skip


def link_steps(process: Process, documents: Sequence[Sequence[str]]) -> list[str]:
    """The id of the step each document (a list of stems) speaks of, or an empty string.

    A step's words weigh by how few steps share them; a comment belongs to the step whose words it covers best, if it
    covers at least LEAST of their weight. On a tie the earlier step wins.
    """
    steps = {step.id: _words(step) for step in walk(process) if isinstance(step, Task | Wait | Call)}
    spread = Counter(word for words, _ in steps.values() for word in words)
    weight = {word: math.log(1 + len(steps) / n) for word, n in spread.items()}
    found = []
    for document in documents:
        said = set(document)
        best, best_score = "", LEAST
        for id_, (own, more) in steps.items():
            total = sum(weight[word] for word in own) or 1.0
            score = sum(weight[word] for word in own & said) / total
            score += 0.4 if more & said else 0.0
            if score > best_score + 1e-9:
                best, best_score = id_, score
        found.append(best)
    return found


def _words(step: Task | Wait | Call) -> tuple[set[str], set[str]]:
    """The stems of a step's own name, and those of other words people use for it."""
    name = [word for word in step.name.lower().split() if word not in STOP]
    own = set(stems(" ".join(name)))
    more = set(stems(" ".join(ALSO.get(word, "") for word in name)))
    return own, more - own
