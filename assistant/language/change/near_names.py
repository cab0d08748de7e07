"""The stretch of a request that says most of a name, though not to the letter."""

from __future__ import annotations

import re

from assistant.language.change.catalogue import stems

CUE = re.compile(r"\b(?:until|after|before|if|when|unless|while|then|between|instead)\b", re.IGNORECASE)


def best_window(text: str, names: list[tuple[str, list[str]]]) -> tuple[int, int, str] | None:
    """Where it starts and ends, and the step meant; `names` are steps with the stems of their names."""
    tokens = [(match.start(), match.end(), stems(match[0])) for match in re.finditer(r"<\w+>|[^\W_]+(?:'\w+)?", text)]
    best: tuple[float, int, int, str] | None = None
    for step, own in names:
        want = set(own)
        for i in range(len(tokens)):
            for j in range(i, min(len(tokens), i + len(own) + 2)):
                inside = [part for _, _, parts in tokens[i : j + 1] for part in parts]
                if CUE.search(text[tokens[i][0] : tokens[j][1]]):
                    break
                if "<" in text[tokens[i][0] : tokens[j][1]] or not tokens[i][2] or not tokens[j][2]:
                    continue
                shared = len(want & set(inside))
                score = 2 * shared / (len(want) + len(inside)) if inside else 0
                if shared >= 2 and score >= 0.75 and (best is None or score > best[0]):
                    best = (score, tokens[i][0], tokens[j][1], step)
    return best[1:] if best else None
