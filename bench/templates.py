"""What the library's own templates are worth as processes: does each simulate, and is best practice left in peace?

A template is good practice, so a redesign of it should find at most one thing to mend.

python bench/templates.py [CODE ..]
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from assistant.library.store import load_library
from assistant.library.template import template
from assistant.process.checks import check
from assistant.redesign.estimates import complete
from assistant.redesign.findings import find
from assistant.settings import load_settings
from assistant.simulation.run import simulate


def main() -> None:
    """Prints a line for each template with findings or faults, and the totals."""
    wanted = {code.upper() for code in sys.argv[1:]}
    library, settings = load_library(), load_settings({})
    kinds: Counter[str] = Counter()
    many = errors = 0
    start = time.perf_counter()
    entries = [entry for entry in library.processes if not wanted or entry.code in wanted]
    for entry in entries:
        process = template(entry)
        found = find(process, settings)
        errors += sum(issue.severity == "error" for issue in check(process))
        result = simulate(complete(process, entry).process, cases=50, replications=3, seed=1)
        kinds.update(finding.kind for finding in found)
        many += len(found) > 1
        days = result.cycle_time.mean / 86_400
        told = "; ".join(f"{finding.kind}: {', '.join(finding.elements)}" for finding in found)
        print(f"{entry.code or entry.id:4} {days:7.1f} days  {len(found)} findings  {told}")
    seconds = time.perf_counter() - start
    print(f"{len(entries)} templates simulated in {seconds:.1f} s: {errors} errors of structure,")
    print(f"{many} with more than one finding")
    print(f"findings by kind: {dict(kinds.most_common())}")


if __name__ == "__main__":
    main()
