"""The suites there are, each a module: what it gives the assistant, what should come out, and how that is scored.

A suite finds its cases in evals/; a new file there is a new case. Cases that stand in no folder of their own are in
`evals/cases/SUITE.yaml`, in the shape that `assistant schema case` publishes.
"""

from __future__ import annotations

from functools import cache

from assistant.evals.shapes import Suite

NOT_PLAYED = {"entry_words": "words for a template drafted from one's own process, which its writer reads and approves"}
"""Prompts no suite asks, and why; `eval list` says so."""


def suites() -> tuple[Suite, ...]:
    """All suites, in the order in which they are told."""
    from assistant.evals.suites import (
        changing,
        conversation,
        exchange,
        feedback,
        figures,
        pains,
        prompts,
        proposals,
        reading,
        recorded,
        report,
        retrieval,
        safety,
        simulation,
    )

    return (
        *reading.SUITES,
        *conversation.SUITES,
        *recorded.SUITES,
        *figures.SUITES,
        *changing.SUITES,
        *pains.SUITES,
        *proposals.SUITES,
        *simulation.SUITES,
        *retrieval.SUITES,
        *feedback.SUITES,
        *safety.SUITES,
        *prompts.SUITES,
        *exchange.SUITES,
        *report.SUITES,
    )


@cache
def by_name() -> dict[str, Suite]:
    """The suites by their names."""
    return {suite.name: suite for suite in suites()}
