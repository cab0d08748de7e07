"""Which steps the words of a turn name: by the step's whole name, else by the words that only it has in common."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.language.offline.sentences.same_step import content


def named_in(words: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the labels (`id: name`) that words name, in whatever form (`registering` names “Register claim”).

    A whole name that stands in the words is what they mean; else those that share most content words. Empty when none
    shares any, or when all share the same, so that the words tell them apart no better than saying nothing.
    """
    low = words.lower()
    whole = tuple(id_ for id_, label in labels.items() if len(label) > 2 and label.lower() in low)
    if whole:
        return whole
    said = content(words)
    shared = {id_: len(said & content(label)) for id_, label in labels.items()}
    most = max(shared.values(), default=0)
    best = tuple(id_ for id_, count in shared.items() if count == most)
    return () if not most or (len(best) == len(labels) > 1) else best
