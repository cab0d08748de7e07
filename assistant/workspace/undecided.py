"""What is left of a redesign when proposals that were taken over or turned down before are not offered again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import EditRefused
from assistant.process.apply import apply

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Alternative
    from assistant.settings import Settings
    from assistant.simulation.results import Result


def without(result: Redesign, decided: Collection[str], settings: Settings, numbers: Mapping[str, int]) -> Redesign:
    """The redesign without proposals of these ids; alternatives that held one are played and judged anew.

    `numbers` are cases, replications and seed, as the redesign was played with.
    """
    from assistant.redesign.engine import recommend

    if not any(proposal.id in decided for one in result.alternatives for proposal in one.proposals):
        return result
    results = dict(result.results)
    found = []
    for one in result.alternatives:
        rest, plays = _rest(one, decided, result, settings, numbers)
        found.append(rest)
        results |= plays
    chosen, why = recommend(found, result.goal)
    return replace(result, alternatives=tuple(found), recommended=chosen, why_recommended=why, results=results)


def _rest(
    one: Alternative, decided: Collection[str], result: Redesign, settings: Settings, numbers: Mapping[str, int]
) -> tuple[Alternative, dict[str, Result]]:
    from assistant.redesign.effects import effects
    from assistant.redesign.verdict import judge
    from assistant.simulation.run import simulate_all

    if all(proposal.id not in decided for proposal in one.proposals):
        return one, {}
    process, played, kept = result.as_is, result.completed.process, []
    for proposal in one.proposals:
        if proposal.id in decided:
            continue
        try:
            process, played = apply(process, proposal.edits), apply(played, proposal.edits)
            kept.append(proposal)
        except EditRefused:  # it builds on a proposal that is gone
            continue
    plays = simulate_all({"as-is": result.completed.process, one.name: played}, **numbers)
    limits = settings.redesign
    effect = effects(result.completed.process, played, (plays["as-is"], plays[one.name]), limits)
    verdict = judge(effect, limits)
    told = str(verdict) if kept else "no evidence: nothing is changed"
    word = verdict.word if kept else "no evidence"
    left = replace(
        one, proposals=tuple(kept), process=process, effects=effect, verdict=told, word=word, dominated=False
    )
    return left, {one.name: plays[one.name]}
