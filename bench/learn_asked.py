"""Learns which topic a question has, or which command it stands for, and says how well that does on lines held out.

    python bench/learn_asked.py [--write]

A ridge regression over the places of `assistant.english.sentences`; run it anew when those are. It learns from the
lines of `asked.tsv`, and from the questions of the talk cases of which a wording names the topic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.english.sentences import sentence_places
from assistant.language.turn.asking import about
from assistant.language.turn.kinds import About

ROOT = Path(__file__).parent.parent
ASKED = ROOT / "evals/talk_cases/asked.tsv"
CASES = ROOT / "evals/talk_cases/dev.jsonl"
WEIGHTS = ROOT / "assistant/english/data/asked_weights.npz"
TIGHT, FOLDS = 0.5, 6


def cases() -> list[tuple[str, str]]:
    """The topic and the words of every question of the cases that a wording knows."""
    found = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    asked = [case["say"] for case in found if case["group"] == "question"]
    return [(about(words).value, words) for words in asked if about(words) is not About.OTHER]


def learnt(lines: list[tuple[str, str]], topics: list[str]) -> Any:
    """The weights of each topic over the places of sentences, and a constant."""
    places = np.hstack([sentence_places([words for _, words in lines]), np.ones((len(lines), 1))])
    wanted = np.eye(len(topics))[[topics.index(topic) for topic, _ in lines]]
    return np.linalg.solve(places.T @ places + TIGHT * np.eye(places.shape[1]), places.T @ wanted)


def main(arguments: list[str]) -> None:
    """Prints the share of lines whose topic comes first; with `--write` the weights of all are written."""
    lines = ASKED.read_text(encoding="utf-8").splitlines()
    own = [(topic, words) for topic, words in (line.split("\t") for line in lines)]
    topics = sorted({topic for topic, _ in own})
    more = [line for line in cases() if line[0] in topics]
    fold = np.random.default_rng(0).integers(0, FOLDS, len(own))
    good = 0
    for part in range(FOLDS):
        weights = learnt([line for line, at in zip(own, fold, strict=True) if at != part] + more, topics)
        for topic, words in (line for line, at in zip(own, fold, strict=True) if at == part):
            near = np.append(sentence_places([words])[0], 1.0) @ weights
            good += topics[int(near.argmax())] == topic
    print(f"{len(own)} lines and {len(more)} questions, {len(topics)} topics: {good / len(own):.3f} first")
    if "--write" in arguments:
        np.savez_compressed(WEIGHTS, topics=np.array(topics), weights=learnt(own + more, topics).astype(np.float16))


if __name__ == "__main__":
    main(sys.argv[1:])
