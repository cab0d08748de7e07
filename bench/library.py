"""How well and how fast the library is found: recall of the queries in evals/search/queries.yaml, and times.

python bench/library.py [--queries FILE] [--misses] [--half tune|held|all]
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from assistant.library.search import search
from assistant.library.store import Library, load_library

ROOT = Path(__file__).parent.parent
QUERIES = ROOT / "evals" / "search" / "queries.yaml"
STYLES = ("lay", "practitioner")


RANKINGS = ("BM25 alone", "words alone", "words and vectors")
"""Plain BM25 over entries; what answers without an index (BM25 and single sayings); the search as it is."""


def codes(library: Library, text: str, ranking: str, folder: Path) -> list[str | None]:
    """The codes of the ten best entries, best first; empty when nothing is said to be close."""
    if ranking == RANKINGS[0]:
        return [library.entries[number].code for number, _ in library.lexical.rank(text, 10)]
    return [hit.code for hit in search(library, text, 10, dense=ranking == RANKINGS[2], folder=folder).results]


def quality(library: Library, queries: list[dict[str, Any]], folder: Path, misses: bool) -> None:
    """Prints recall and mean reciprocal rank for each half and style, and how often nothing is said to be close."""
    for ranking, half, style in itertools.product(RANKINGS, ("tune", "held"), (*STYLES, "unrelated")):
        asked = [query for query in queries if query["half"] == half and query["style"] == style]
        if not asked or (style == "unrelated" and ranking == RANKINGS[0]):
            continue
        answers = [codes(library, query["text"], ranking, folder) for query in asked]
        places = [
            next((place for place, code in enumerate(answer, 1) if code in query["expect"]), 0)
            for query, answer in zip(asked, answers, strict=True)
        ]
        told = f"{ranking:17s} {half} {style:13s} n={len(asked):3d}"
        if style == "unrelated":
            wrong = [bool(answer) for answer in answers]
            print(f"{told}  answered “nothing close” {1 - sum(wrong) / len(wrong):.2f}")
        else:
            wrong = [not 0 < place <= 5 for place in places]
            first, five = (sum(0 < place <= top for place in places) / len(places) for top in (1, 5))
            mrr = sum(1 / place for place in places if place) / len(places)
            print(f"{told}  recall@1 {first:.3f}  recall@5 {five:.3f}  MRR {mrr:.3f}")
        for query, place in ((query, place) for query, place, bad in zip(asked, places, wrong, strict=True) if bad):
            if misses:
                print(f"    {query['text']!r} wants {query['expect']}, place {place}")


def speed(library: Library, queries: list[dict[str, Any]], folder: Path) -> None:
    """Prints the median time of a warm search and the time of the first answer of a fresh program."""
    for what, clock in (("by the clock", time.perf_counter), ("of processor", time.process_time)):
        times = []
        for query in queries:
            start = clock()
            search(library, query["text"], 5, folder=folder)
            times.append(1000 * (clock() - start))
        times.sort()
        print(f"warm search: p50 {statistics.median(times):.1f} ms, p95 {times[int(0.95 * len(times))]:.1f} ms {what}")
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "ASSISTANT_HOME": home, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "assistant", "library", "search", "who signs this bill"]
        for name in ("first ever (reads all entries, makes the vectors)", "next", "next", "next"):
            start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, env=environ, check=True, capture_output=True)
            took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"first answer of a fresh program, {name}: {took:.2f} s, {used:.2f} s of processor")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--misses", action="store_true", help="print the queries that found nothing right among five")
    parser.add_argument("--half", choices=["tune", "held", "all"], default="all")
    options = parser.parse_args()
    start = time.perf_counter()
    library = load_library()
    print(f"library loaded in {time.perf_counter() - start:.3f} s ({len(library.entries)} entries)")
    start = time.perf_counter()
    load_library()
    print(f"again, warm: {time.perf_counter() - start:.3f} s")
    asked = yaml.safe_load(options.queries.read_text(encoding="utf-8"))["queries"]
    there = {entry.code for entry in library.entries}
    queries = [query for query in asked if not query["expect"] or there & set(query["expect"])]
    queries = [query for query in queries if options.half in ("all", query["half"])]
    print(f"{len(queries)} of {len(asked)} queries (the others ask for what the library does not hold yet)")
    with tempfile.TemporaryDirectory() as name:
        quality(library, queries, Path(name), options.misses)
        speed(library, queries, Path(name))


if __name__ == "__main__":
    main()
