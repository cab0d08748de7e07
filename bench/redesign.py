"""Recall and precision of the findings over the planted processes, and what the proposals over them look like.

python bench/redesign.py [--details] [--no-proposals]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from assistant.redesign.findings import find
from assistant.redesign.planted import Score, load_planted, score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--details", action="store_true", help="name each pain missed and each finding that is wrong")
    parser.add_argument("--no-proposals", action="store_true", help="findings only")
    args = parser.parse_args()
    started = time.perf_counter()
    scores: list[Score] = []
    practices: Counter[str] = Counter()
    for planted in load_planted():
        findings = find(planted.process)
        result = score(planted, findings)
        scores.append(result)
        for one in findings:
            practices.update(one.practices)
        if args.details and (result.missed or result.wrong):
            print(result.name, "| missed:", "; ".join(result.missed) or "-", "| wrong:", "; ".join(result.wrong) or "-")
    dirty = [one for one in scores if one.planted]
    clean = [one for one in scores if not one.planted]
    print(f"processes {len(scores)}: {len(dirty)} with pains, {len(clean)} clean")
    print(
        f"recall {sum(s.met for s in dirty) / sum(s.planted for s in dirty):.3f} ({sum(s.met for s in dirty)} of "
        f"{sum(s.planted for s in dirty)})"
    )
    print(
        f"precision {sum(s.right for s in scores) / max(1, sum(s.findings for s in scores)):.3f} "
        f"({sum(s.right for s in scores)} of {sum(s.findings for s in scores)})"
    )
    print(f"findings on clean processes: {sum(s.findings for s in clean)}")
    print("practices named by findings:", len(practices), "of 29;", dict(sorted(practices.items())))
    print(f"findings took {time.perf_counter() - started:.2f} s")
    if not args.no_proposals:
        from assistant.redesign.engine_bench import report

        report()


if __name__ == "__main__":
    main()
