"""Whether the ranges of the effects hold the truth, over every told story of evals/.

    python bench/ranges.py [--draws N] [--only NAME] [--details]

Every figure nobody gave is drawn N times from its range and each change played under the draw, with other random
numbers than those its range was made with. Prints the share of draws within the range over all effects, and the
effects below nine in ten.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.errors import AssistantError
from assistant.evals.ranges import Covered, coverage
from assistant.language.reading import read_story
from assistant.library.store import load_library
from assistant.redesign.brief import Brief, Play
from assistant.redesign.engine import redesign

ROOT = Path(__file__).parents[1]
FOLDERS = ("stories", "told", "told_pains", "parallel")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--only", help="only the stories whose name holds this")
    parser.add_argument("--details", action="store_true", help="every effect, not only those below nine in ten")
    args = parser.parse_args()
    stories = [ROOT / "templates" / "demo" / "order_to_cash.txt"]
    stories += [path for folder in FOLDERS for path in sorted((ROOT / "evals" / folder).glob("*.txt"))]
    library, found = load_library(), list[Covered]()
    for path in stories:
        if path.stem.isupper() or (args.only and args.only not in path.stem):
            continue
        text = path.read_text(encoding="utf-8")
        try:
            made = redesign(read_story(text).process, library, brief=Brief(story=text, play=Play(300, 10, workers=1)))
        except AssistantError as error:
            print(f"{path.stem}: {error.what}")
            continue
        for one in coverage(made, args.draws):
            found.append(one)
            if args.details or one.share < 0.9:
                print(f"{path.stem:<28} {one.alternative:<18} {one.dimension:<8} {one.share:.2f}")
    inside, draws = sum(one.inside for one in found), sum(one.draws for one in found)
    low = sum(one.share < 0.9 for one in found)
    held = inside / max(1, draws)
    print(f"{len(found)} effects, {draws} draws: {held:.3f} within the range; below .90: {low} effects")


if __name__ == "__main__":
    main()
