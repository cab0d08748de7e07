"""How the library fares with thousands of made-up entries: processor time to build the index and to answer.

python bench/library_large.py [--entries 10000] [--folder]

The entries are mixed from the bundled ones: sayings, names and steps of several of them, each with a word of its own.
--folder also writes them as YAML files (to a folder that is removed) and reads those.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from assistant.library.entries import ProcessEntry
from assistant.library.index import built
from assistant.library.search import search
from assistant.library.store import Library, load_library
from assistant.library.writing import to_yaml

QUERIES = Path(__file__).parent.parent / "evals" / "search" / "queries.yaml"
SYLLABLES = (
    "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru".split()
)

MIXED = ("id", "code", "name", "also_called", "people_say", "pains")
"""The fields that are mixed; all others are those of the first entry."""


def made_up(library: Library, number: int, seed: int = 1) -> tuple[ProcessEntry, ...]:
    """So many process entries, each mixed from four bundled ones and with a word nobody else uses."""
    chance = random.Random(seed)
    words = ("".join(parts) for parts in itertools.product(SYLLABLES, repeat=4))
    return tuple(
        _mixed(chance.sample(library.processes, 4), word, place)
        for place, word in zip(range(number), words, strict=False)
    )


def _mixed(parts: list[ProcessEntry], word: str, place: int) -> ProcessEntry:
    first = parts[0]
    say = tuple(f"{line} {word}" for entry in parts for line in entry.people_say[place % 3 :: 3])[:40]
    update = {
        "id": f"made-up-{place}",
        "code": None,
        "name": f"{word} {first.name}",
        "also_called": tuple(name for entry in parts for name in entry.also_called[:2]),
        "people_say": say,
        "pains": tuple(entry.pains[0] for entry in parts),
    }
    return first.model_copy(update=update)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--folder", action="store_true")
    options = parser.parse_args()
    bundled = load_library()
    entries = made_up(bundled, options.entries)
    library = Library(processes=entries, practices=bundled.practices, enablers=bundled.enablers)
    with tempfile.TemporaryDirectory() as name:
        for what, run in (("words", lambda: library.lexical), ("vectors", lambda: built(library, folder=Path(name)))):
            start = time.process_time()
            run()
            took = time.process_time() - start
            print(f"{len(library.entries)} entries, index of {what} built in {took:.1f} s of processor")
        times = sorted(_times(library, Path(name)))
        late = times[int(0.95 * len(times))]
        print(f"{len(times)} queries: p50 {statistics.median(times):.1f} ms, p95 {late:.1f} ms")
        if options.folder:
            _read(entries, Path(name) / "own")


def _times(library: Library, folder: Path) -> Iterator[float]:
    """Milliseconds of each query, once warm."""
    queries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["queries"]
    search(library, "warm up", 5, folder=folder)
    for query in queries:
        start = time.process_time()
        search(library, query["text"], 5, folder=folder)
        yield 1000 * (time.process_time() - start)


def _read(entries: tuple[ProcessEntry, ...], folder: Path) -> None:
    """Prints how long the entries take when they lie in a folder as YAML: the first start and the next."""
    (folder / "processes").mkdir(parents=True)
    rest: dict[tuple[object, ...], str] = {}
    for entry in entries:
        said = {name: value for name, value in entry.document().items() if name in MIXED}
        if entry.stages not in rest:
            rest[entry.stages] = to_yaml({n: v for n, v in entry.document().items() if n not in MIXED})
        (folder / "processes" / f"{entry.id}.yaml").write_text(to_yaml(said) + rest[entry.stages], encoding="utf-8")
    for what in ("read from YAML", "read again, from the kept copy"):
        start = time.process_time()
        found = load_library(folder)
        print(f"{len(found.entries)} entries {what} in {time.process_time() - start:.1f} s of processor")


if __name__ == "__main__":
    main()
