"""Learns what "it" and "them" mean in a told story, and says how often that is right on stories held out.

    python bench/learn_it.py [--write]

From `evals/told_learning`: where a step is told with a pronoun, and the step's name has the verb of that clause, the
pronoun means what the name names. No story is judged by weights that saw it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from learn_steps import names_of, told_in
from scipy.optimize import minimize

from assistant.errors import NotAProcess
from assistant.language.offline import story as reader
from assistant.language.offline.meaning import noun_meaning
from assistant.language.offline.meaning.what_it_is import SURER
from assistant.language.offline.sentences.same_step import stem

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "assistant/english/data/it_weights.tsv"
FOLDS, TIGHT = 8, 2.0


class Meant(NamedTuple):
    """A pronoun: its story, the nouns it may mean with their cues, and which of them the step's name has."""

    story: int
    nouns: list[str]
    cues: list[dict[str, float]]
    right: list[bool]
    last: bool


def pronouns() -> list[Meant]:
    """Every pronoun of the stories by which a step is told that its author named with the same verb."""
    found: list[Meant] = []
    for number, path in enumerate(sorted((ROOT / "evals/told_learning").glob("*.txt"))):
        words = path.read_text(encoding="utf-8")
        met = met_in(words)
        flat, said = reader.visible(words), told_in(path)
        for (start, verb), nouns in met.items():
            named = [
                {stem(word) for word in task.lower().split()}
                for task in names_of(path)
                if task in said and stands_in(flat, said[task], start)
            ]
            wanted = set().union(*(words for words in named if verb in words)) - {verb}
            if wanted:
                cues = [cues for _, cues in nouns.values()]
                right = [noun in wanted for noun in nouns]
                last = any(noun in wanted and "last worked on" in nouns[noun][1] for noun in nouns)
                found.append(Meant(number, list(nouns), cues, right, last))
    return found


def met_in(words: str) -> dict[tuple[int, str], dict[str, tuple[str, dict[str, float]]]]:
    """What each pronoun of a text may mean: by where it stands and the verb whose object it is."""
    met: dict[tuple[int, str], dict[str, tuple[str, dict[str, float]]]] = {}
    verbs = [""]
    thing, could = noun_meaning.Things._thing, noun_meaning.candidates

    def of_verb(self: Any, tokens: Any, group: Any, verb: str = "") -> list[str]:
        verbs[0] = verb
        return thing(self, tokens, group, verb)

    def logged(pronoun: Any, *others: Any) -> dict[str, tuple[str, dict[str, float]]]:
        found = could(pronoun, *others)
        met[pronoun.start, verbs[0]] = found
        return found

    noun_meaning.Things._thing, noun_meaning.candidates = of_verb, logged  # type: ignore[method-assign]
    try:
        reader.read(words)
    except NotAProcess:
        pass
    finally:
        noun_meaning.Things._thing, noun_meaning.candidates = thing, could  # type: ignore[method-assign]
    return met


def stands_in(text: str, sentence: str, start: int) -> bool:
    """Whether the character at `start` of a text stands in a sentence of it, white space aside."""
    flat, at = " ".join(text.split()), len(" ".join(text[:start].split()))
    place = flat.find(sentence)
    return 0 <= place <= at <= place + len(sentence)


def learnt(found: list[Meant], cues: list[str]) -> Any:
    """The weights under which the right nouns are the likeliest."""
    tables = [rows(each, cues) for each in found]

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = TIGHT * float(weights @ weights) / 2, TIGHT * weights
        for each, shown in zip(found, tables, strict=True):
            right = np.array(each.right, dtype=float)
            if right.any():
                sums = shown @ weights
                shares = np.exp(sums - sums.max())
                shares /= shares.sum()
                total -= float(np.log(shares @ right))
                slope = slope - shown.T @ (shares * right / (shares @ right) - shares)
        return total, slope

    return minimize(loss, np.zeros(len(cues)), jac=True, method="L-BFGS-B").x


def rows(each: Meant, cues: list[str]) -> Any:
    """A row of cues for each noun that may be meant."""
    return np.array([[own.get(name, 0.0) for name in cues] for own in each.cues]).reshape(-1, len(cues))


def main(arguments: list[str]) -> None:
    """Prints how many pronouns are read right; with `--write` the weights of all are written."""
    found = pronouns()
    cues = sorted({name for each in found for own in each.cues for name in own})
    fold = np.random.default_rng(0).permutation(max(each.story for each in found) + 1) % FOLDS
    right = 0
    for part in range(FOLDS):
        weights = learnt([each for each in found if fold[each.story] != part], cues)
        for each in (each for each in found if fold[each.story] == part and each.nouns):
            surer = np.array([SURER * ("last worked on" in own) for own in each.cues])
            right += each.right[int(np.argmax(rows(each, cues) @ weights + surer))]
    last, could = sum(each.last for each in found), sum(any(each.right) for each in found)
    print(f"{len(found)} pronouns: {right} right, {last} by what was worked on last; {could} have it among theirs")
    if "--write" in arguments:
        lines = [f"{name}\t{value:.2f}" for name, value in zip(cues, learnt(found, cues), strict=True)]
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
