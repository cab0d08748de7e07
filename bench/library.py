"""How well and how fast the library is found: recall of the queries in evals/search/queries.yaml, and start times.

python bench/library.py [--queries FILE] [--misses] [--half tune|held|all]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from assistant.library.search import search
from assistant.library.store import Library, load_library

QUERIES = Path(__file__).parent.parent / "evals" / "search" / "queries.yaml"


def recall(
    library: Library, queries: list[dict[str, Any]], dense: bool, folder: Path
) -> tuple[float, float, list[str]]:
    """Shares of the queries with an expected entry first and among five, and a line for each miss."""
    first = five = 0
    misses = []
    for query in queries:
        found = [hit.code for hit in search(library, query["text"], 10, dense=dense, folder=folder).results]
        first += bool(found) and found[0] in query["expect"]
        hit = bool(set(found[:5]) & set(query["expect"]))
        five += hit
        if not hit:
            misses.append(f"    {query['text']!r} wants {query['expect']}, found {found[:6]}")
    return first / len(queries), five / len(queries), misses


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
    queries = yaml.safe_load(options.queries.read_text(encoding="utf-8"))["queries"]
    halves = ["tune", "held"] if options.half == "all" else [options.half]
    with tempfile.TemporaryDirectory() as name:
        for dense in (False, True):
            for half in halves:
                for style in ("lay", "practitioner"):
                    chosen = [q for q in queries if q["half"] == half and q["style"] == style]
                    one, five, misses = recall(library, chosen, dense, Path(name))
                    ranking = "fused  " if dense else "lexical"
                    print(f"{ranking} {half} {style:13s} n={len(chosen):2d}  recall@1 {one:.2f}  recall@5 {five:.2f}")
                    print("\n".join(misses) if options.misses and misses else "", end="\n" if options.misses else "")
        start = time.perf_counter()
        for query in queries[:20]:
            search(library, query["text"], dense=True, folder=Path(name))
        print(f"one fused search, index open each time: {(time.perf_counter() - start) / 20 * 1000:.0f} ms")


if __name__ == "__main__":
    main()
