"""Discovery: logs played from processes of the library, mined; is the same behaviour found again?

    python bench/discovery.py [--cases 2000] [--only NAME] [--all]

A process is found again where every way that the true one is walked is allowed by the mined one, and the other way
round (300 walks each, by chance). Prints fitness and precision of the mined process on the log beside the verdict.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "eventlog"))

from played_logs import ways_of
from recorded_logs import log_rows, manned, write_log

from assistant.eventlog.discovery.replay import account_of
from assistant.eventlog.discovery.tree_as_net import net_of
from assistant.eventlog.read_log import read_log
from assistant.eventlog.times import measure
from assistant.eventlog.what_a_log_shows import recorded
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.process.checks import check
from assistant.process.model import Process
from assistant.process.tree import tasks

PROCESSES = (
    "access-request", "claim-to-settlement", "complaint-to-resolution", "employee-onboarding", "incident-to-resolution",
    "invoice-to-pay", "loan-origination", "permit-application", "quote-to-order", "returns-and-refunds",
    "supplier-onboarding", "warehouse-fulfilment",
)  # fmt: skip
WALKS = 300


def allowed(process: Process, other: Process, seed: int) -> float:
    """The share of walks of another process that a process allows."""
    net, steps = net_of(process), {task.name: task.id for task in tasks(process)}
    ways = ways_of(other, WALKS, seed)
    fits = sum(count for way, count in ways.items() if (told := account_of(net, way, steps)) and told.cost == 0)
    return fits / ways.total()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--only", default="")
    parser.add_argument("--all", action="store_true", help="every process of the library")
    args = parser.parse_args()
    library, again, tried = load_library(), 0, 0
    names = sorted(entry.id for entry in library.processes) if args.all else PROCESSES
    for at, name in enumerate(names):
        entry = library.process(name)
        if entry is None or args.only not in name:
            continue
        true = manned(template(entry), at + 1)
        with tempfile.TemporaryDirectory() as folder:
            log = measure(read_log(write_log(log_rows(true, args.cases, at + 1), Path(folder) / f"{name}.csv")))
        found = recorded(log, name)
        assert found is not None
        sides = allowed(found.mined, true, 1), allowed(true, found.mined, 2)
        sound = not [issue for issue in check(found.mined) if issue.severity == "error"]
        same = min(sides) == 1
        again, tried = again + same, tried + 1
        quality = found.mined_quality
        how = f"{'same ' if same else 'other'} {name:26} {'sound' if sound else 'NOT SOUND'}"
        good = f"fitness {quality.fitness:.3f}  precision {quality.precision:.3f}"
        ways = f"true ways allowed {100 * sides[0]:.0f} %, mined ways true {100 * sides[1]:.0f} %"
        print(f"{how}  {good}  {ways}", flush=True)
    print(f"{again} of {tried} found again")


if __name__ == "__main__":
    main()
