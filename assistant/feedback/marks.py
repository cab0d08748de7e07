"""Signs that the words of a comment mean less, or the opposite: what is praised in one sentence and not in another,
quotation marks, figures, shouting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.feedback.sentiment import sentences

_QUOTED = re.compile(r"[\"“”„«»]|(?<!\w)['‘]\w|\w['’](?!\w)")
_SHOUTED = re.compile(r"\b[A-Z]{3,}\b")
_ASKED_WITHIN = re.compile(r"\?.*\w")
MARKS = 10
"""How many of them there are."""


def marks(texts: Sequence[str]) -> Any:
    """One row a text, a column a sign: the best and the worst feeling of a sentence; quotation marks and figures, alone
    and beside praise; how many sentences; shouting, unsaid ends, and a question that is answered."""
    table = np.zeros((len(texts), MARKS), dtype=np.float32)
    for row, text in enumerate(texts):
        felt = [feeling for _, _, feeling in sentences(text)]
        best, worst = max([0.0, *felt]), min([0.0, *felt])
        quoted, figure = bool(_QUOTED.search(text)), any(sign.isdigit() for sign in text)
        table[row] = (
            best, worst, quoted, quoted * best, figure, figure * best, min(len(felt), 10) / 5,
            bool(_SHOUTED.search(text)), "..." in text or "…" in text, bool(_ASKED_WITHIN.search(text)),
        )  # fmt: skip
    return table
