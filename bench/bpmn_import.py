"""How many BPMN files of a folder become a tree, and whether graph and tree behave alike.

    python bench/bpmn_import.py FOLDER... [--quiet]

Prints each refusal with its reason, each difference in behaviour, and a line of figures for each folder.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "bpmn"))

import behaviour

from assistant.bpmn.read import choose, read
from assistant.bpmn.source import read_source
from assistant.bpmn.xmlfile import open_xml
from assistant.errors import InvalidBpmn


def look(path: Path, counts: Counter[str], quiet: bool) -> None:
    """Read one file and compare."""
    data = path.read_bytes()
    try:
        process = read(data).process
    except InvalidBpmn as error:
        counts["refused"] += 1
        if not quiet:
            print(f"refused  {path.name}: {' '.join(str(error).split())}")
        return
    counts["read"] += 1
    file = read_source(open_xml(data))
    try:
        found = behaviour.compare(file, choose(file, None), process)
    except behaviour.TooLarge:
        counts["too large to compare"] += 1
        print(f"too large {path.name}")
        return
    counts["different" if found else "alike"] += 1
    if found:
        print(f"DIFFERS  {path.name}: {found[0][:300]}")


def main() -> None:
    """Run over the folders given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--quiet", action="store_true", help="do not print refusals")
    options = parser.parse_args()
    for folder in options.folders:
        counts: Counter[str] = Counter()
        start = time.perf_counter()
        files = sorted(folder.rglob("*.bpmn"))
        for path in files:
            look(path, counts, options.quiet)
        share = counts["read"] / len(files) if files else 0.0
        print(f"{folder}: {len(files)} files, {share:.1%} read, {dict(counts)}, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
