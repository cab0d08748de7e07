"""The redesign engine over the planted processes: recall, precision, what is proposed, whether the guards hold, speed.

    python bench/redesign.py [--details] [--cases N] [--replications R] [--folder DIR]

Findings are those of the whole engine (with its short simulation). A proposal counts once for each finding and practice
that passes the guards on today's process; questions are the practices only a person can judge.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from assistant.evals.planted import Score, load_planted, score
from assistant.process.apply import apply
from assistant.process.checks import check
from assistant.process.tree import by_id
from assistant.redesign.alternatives import Trial
from assistant.redesign.brief import Brief, Play
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.engine import Redesign, redesign
from assistant.redesign.findings import find, thresholds
from assistant.redesign.guards import faults
from assistant.redesign.proposals import Offer, offers
from assistant.redesign.shapes import Alternative
from assistant.redesign.view import View


@dataclass
class Tally:
    """What is counted over the set."""

    scores: list[Score] = field(default_factory=list)
    proposed: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    checked: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--details", action="store_true", help="name each pain missed and each finding that is wrong")
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--replications", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="another folder of planted processes")
    args = parser.parse_args()
    tally, alone = Tally(), 0
    for planted in load_planted(args.folder):
        started = time.perf_counter()
        found = redesign(planted.process, brief=Brief(play=Play(args.cases, args.replications)))
        tally.seconds.append(time.perf_counter() - started)
        result = score(planted, found.findings)
        alone += len(find(planted.process))
        tally.scores.append(result)
        count(tally, found)
        if args.details and (result.missed or result.wrong):
            print(result.name, "| missed:", "; ".join(result.missed) or "-", "| wrong:", "; ".join(result.wrong) or "-")
    tell(tally)
    print(f"findings without a simulation: {alone}")


def count(tally: Tally, found: Redesign) -> None:
    """Count what one redesign proposes and asks, and check each alternative and each proposal on its own."""
    limits = thresholds(None)
    view = View(found.completed.process, limits, Trial(limits, 1).run(found.completed.process))
    made = offers(view, found.findings)
    tally.proposed.update(offer.proposal.practice for offer in made.offers)
    tally.asked.update(question.id.split(":")[1] for question in made.questions)
    for alternative in found.alternatives:
        tally.taken.update(proposal.practice for proposal in alternative.proposals)
        tally.faults.extend(unlike(found, alternative))
        tally.checked += 1
    tally.faults.extend(broken(found, made.offers))
    tally.checked += len(made.offers)


def broken(found: Redesign, made: Iterable[Offer]) -> list[str]:
    """What is wrong with single proposals: guards, edits that do not fit today's process, protected steps touched."""
    view = View(found.as_is, thresholds(None))
    told = []
    for offer in made:
        after, faulty = faults(view, offer.proposal.edits, offer.proposal.caught)
        told.extend(f"{found.as_is.name} {offer.proposal.id}: {one}" for one in faulty)
        if after is not None:
            told.extend(protected(view, after, offer.proposal.id))
    return told


def protected(view: View, after: object, name: str) -> list[str]:
    """Protected steps that are not exactly what they were."""
    then = by_id(after)  # type: ignore[arg-type]
    return [f"{name}: {step} touched" for step in view.protection.reasons if then.get(step) != view.steps[step]]


def unlike(found: Redesign, one: Alternative) -> list[str]:
    """What is wrong with an alternative: not the edits applied, not sound, a protected step touched."""
    told = []
    if one.process != apply(found.as_is, one.edits):
        told.append(f"{found.as_is.name} {one.name}: not the edits applied")
    before = {(issue.id, issue.elements) for issue in check(found.as_is) if issue.severity == "error"}
    errors = [i for i in check(one.process) if i.severity == "error" and (i.id, i.elements) not in before]
    told.extend(f"{found.as_is.name} {one.name}: {issue.text}" for issue in errors)
    return told + protected(View(found.as_is, thresholds(None)), one.process, one.name)


def tell(tally: Tally) -> None:
    """Print the figures."""
    dirty = [one for one in tally.scores if one.planted]
    clean = [one for one in tally.scores if not one.planted]
    planted, met = sum(s.planted for s in dirty), sum(s.met for s in dirty)
    right, found = sum(s.right for s in tally.scores), sum(s.findings for s in tally.scores)
    print(f"processes {len(tally.scores)}: {len(dirty)} with pains, {len(clean)} clean")
    print(f"recall {met / max(1, planted):.3f} ({met} of {planted} planted pains)")
    print(f"precision {right / max(1, found):.3f} ({right} of {found} findings)")
    print(f"findings on clean processes: {sum(s.findings for s in clean)}")
    total = sum(tally.proposed.values())
    top, most = tally.proposed.most_common(1)[0]
    print(f"proposals {total}; most often {top}: {most / total:.1%}; {dict(sorted(tally.proposed.items()))}")
    print(f"questions of practices: {dict(sorted(tally.asked.items()))}")
    silent = sorted(set(PRACTICES) - set(tally.proposed) - set(tally.asked))
    print(f"practices that fire: {len(PRACTICES) - len(silent)} of {len(PRACTICES)}; silent: {silent or 'none'}")
    print(f"taken into alternatives: {dict(sorted(tally.taken.items()))}")
    print(f"proposals and alternatives checked: {tally.checked}; faults: {len(tally.faults)}")
    for one in tally.faults[:10]:
        print("  ", one)
    print(f"seconds a redesign: mean {sum(tally.seconds) / len(tally.seconds):.2f}, most {max(tally.seconds):.2f}")


if __name__ == "__main__":
    main()
