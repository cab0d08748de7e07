"""Calibration: a process told vaguely and a log with other figures; after measuring, the play beside the log.

    python bench/calibration.py [--cases 800] [--only NAME] [--load 0.7] [--round-the-clock] [--seed 0]

Each process of a part of the library is told with its typical figures. Its log is played apart from our simulation (by
SimPy) with other work, waits, chances, people with hours and arrivals. Promised: the median within 5 % of the log's,
nine of ten within 10 %. Prints both ways of measuring: with people and hours, and with the waits as recorded; the one
that was taken is marked.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "eventlog"))

from recorded_logs import log_rows, manned, write_log

from assistant.eventlog.discovery import calibrating
from assistant.eventlog.read_log import read_log
from assistant.eventlog.times import measure
from assistant.eventlog.what_a_log_shows import recorded
from assistant.library.store import load_library
from assistant.library.template import template

PROCESSES = (
    "access-request", "claim-to-settlement", "complaint-to-resolution", "employee-onboarding", "incident-to-resolution",
    "invoice-to-pay", "loan-origination", "permit-application", "quote-to-order", "returns-and-refunds",
    "supplier-onboarding", "warehouse-fulfilment",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=800)
    parser.add_argument("--load", type=float, default=0.7)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=0, help="other figures and another play")
    parser.add_argument("--round-the-clock", action="store_true", help="no working hours")
    parser.add_argument("--both", action="store_true", help="also the way that was not taken")
    args = parser.parse_args()
    library, close, people, tried = load_library(), 0, 0, 0
    made: list[calibrating.Fit] = []
    plain = calibrating.fitted

    def kept(*given: object) -> calibrating.Fit | None:
        fit = plain(*given)  # type: ignore[arg-type]
        if fit:
            made.append(fit)
        return fit

    calibrating.fitted = kept  # type: ignore[assignment]
    for at, name in enumerate(PROCESSES, args.seed + 1):
        entry = library.process(name)
        if entry is None or args.only not in name:
            continue
        told = template(entry)
        real = manned(told, at, args.load, not args.round_the_clock)
        with tempfile.TemporaryDirectory() as folder:
            rows = log_rows(real, args.cases, at)
            log = measure(read_log(write_log(rows, Path(folder) / f"{name}.csv")))
        made.clear()
        found = recorded(log, name, told)
        assert found is not None
        assert found.against is not None
        taken = found.against.fit
        tried += 1
        close += bool(taken and taken.close)
        people += bool(taken and taken.people)
        for fit in made:
            if fit is taken or args.both:
                how = "people and hours" if fit.people else "waits as recorded"
                print(
                    f"{'*' if fit is taken else ' '} {name:26} {how:18} median off {100 * fit.off[0]:4.1f} %, "
                    f"nine of ten off {100 * fit.off[1]:4.1f} %, distance {fit.distance:.3f}"
                )
    print(f"{close} of {tried} within 5 % and 10 %; {people} with people and hours")


if __name__ == "__main__":
    main()
