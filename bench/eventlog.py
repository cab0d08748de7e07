"""How fast an event log is read and counted, beside polars doing the same in the same run, and in how much memory.

    python bench/eventlog.py [EVENTS ...]        (default: 100,000 and 500,000)

Each runs in a process of its own; the time per event is that of the processors. “figures” is what polars does too: read, order, steps, pairs and ways with medians and
nine of ten; “all” is the whole command `log`. Without polars only our own figures are printed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

MADE = """
CREATE TABLE c AS SELECT i AS id, TIMESTAMP '2025-01-06 08:00:00' + INTERVAL (CAST(i * {gap} + random() * 3600 AS BIGINT)) SECOND AS t0,
    ['North', 'South', 'East'][1 + CAST(floor(random() * 3) AS INT)] AS region, random() AS r1, random() AS r2, random() AS r3
FROM range({cases}) t(i);
CREATE TABLE s AS
    SELECT id, 1 AS n, 'Register claim' AS a, 'Desk' AS role FROM c UNION ALL SELECT id, 2, 'Check documents', 'Desk' FROM c
    UNION ALL SELECT id, 3, 'Ask for documents', 'Desk' FROM c WHERE r1 < .25
    UNION ALL SELECT id, 4, 'Check documents', 'Desk' FROM c WHERE r1 < .25
    UNION ALL SELECT id, 5, 'Assess claim', 'Assessor' FROM c UNION ALL SELECT id, 6, 'Visit site', 'Field' FROM c WHERE r2 < .2
    UNION ALL SELECT id, 7, 'Decide claim', 'Manager' FROM c UNION ALL SELECT id, 8, 'Pay claim', 'Accounts' FROM c WHERE r3 < .8;
COPY (
    WITH e AS (SELECT s.*, t0, region, -ln(1 - random()) * 9000 AS wait, 300 + random() * 1800 AS work,
                      CAST(floor(random() * 8) AS INT) AS who FROM s JOIN c USING (id)),
    f AS (SELECT *, sum(wait + work) OVER (PARTITION BY id ORDER BY n) AS done FROM e)
    SELECT 'C' || id AS case_id, a AS activity,
           strftime(t0 + INTERVAL (CAST(done - work AS BIGINT)) SECOND, '%Y-%m-%d %H:%M:%S') AS start,
           strftime(t0 + INTERVAL (CAST(done AS BIGINT)) SECOND, '%Y-%m-%d %H:%M:%S') AS complete,
           role || ' ' || who AS resource, role, region
    FROM f ORDER BY t0 + INTERVAL (CAST(done AS BIGINT)) SECOND
) TO '{path}' (HEADER, DELIMITER ',')
"""
OURS = """
import sys
from pathlib import Path
from assistant.eventlog.where_time_goes import places
from assistant.eventlog.read_log import read_log
from assistant.eventlog.times import measure
measured = measure(read_log(Path(sys.argv[1])))
found = places(measured.engine, len(measured.cases))
print(len(found.ways), len(found.pairs))
"""
POLARS = """
import sys
import polars as pl
log = pl.read_csv(sys.argv[1])
log = log.with_columns(pl.col("start", "complete").str.to_datetime("%Y-%m-%d %H:%M:%S")).sort("case_id", "complete", "start")
log = log.with_columns(
    before=pl.col("activity").shift(1).over("case_id"),
    gap=(pl.col("start") - pl.col("complete").shift(1).over("case_id")).dt.total_seconds().clip(0),
    work=(pl.col("complete") - pl.col("start")).dt.total_seconds(),
)
def told(name):
    value = pl.col(name)
    return [value.median().alias(name + "50"), value.quantile(0.9, "linear").alias(name + "90"), value.sum().alias(name)]
pairs = log.drop_nulls("before").group_by("before", "activity").agg(pl.len(), *told("gap"))
steps = log.group_by("activity").agg(pl.len(), pl.col("case_id").n_unique(), *told("work"), *[t.name.prefix("s") for t in told("gap")])
cases = log.group_by("case_id", maintain_order=True).agg(
    way=pl.col("activity").str.join(">"), steps=pl.len(), different=pl.col("activity").n_unique(),
    cycle=(pl.col("complete").max() - pl.col("start").min()).dt.total_seconds(),
)
ways = cases.group_by("way").agg(pl.len(), *told("cycle"), (pl.col("steps") > pl.col("different")).any())
print(len(ways), len(pairs))
"""
PEAK = """
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak, used.ru_utime + used.ru_stime)
"""
WHOLE = "import sys\nfrom assistant.cli.main import main\nsys.stdout, told = open('/dev/null', 'w'), sys.stdout\nmain(['log', sys.argv[1], '--json'])\nsys.stdout = told\nprint()\n"


def run(code: str, path: Path) -> tuple[float, float, int, str]:
    """Seconds by the clock and of the processors, megabytes at the most, and what was counted (ways, pairs)."""
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code + PEAK, str(path)], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return 0.0, 0.0, 0, (done.stderr.splitlines() or ["failed"])[-1]
    peak, used = lines[-1].split()
    return time.perf_counter() - begin, float(used), int(peak), lines[0]


def main() -> None:
    """Make logs of so many events and print how long each takes."""
    import duckdb

    print(f"{'events':>12} {'':8} {'s':>7} {'cpu s':>7} {'µs/event':>9} {'MB':>6}  ways, pairs")
    for events in [int(text) for text in sys.argv[1:]] or [100_000, 500_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.csv"
            cases = max(1, round(events / 5.7))
            for statement in MADE.format(cases=cases, gap=33_000_000 / cases, path=path).split(";"):
                duckdb.execute(statement)
            duckdb.execute("DROP TABLE c; DROP TABLE s")
            for name, code in (("figures", OURS), ("polars", POLARS), ("all", WHOLE)):
                seconds, used, memory, counted = run(code, path)
                counted = "" if name == "all" and seconds else counted
                print(
                    f"{events:12,} {name:8} {seconds:7.2f} {used:7.2f} {1e6 * used / events:9.2f} {memory:6,}  {counted}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
