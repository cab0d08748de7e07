"""How much of what a small firm's customers say can be seen, under a right name.

    python bench/feedback_small.py [--each]

`evals/feedback/small/NAME.tsv`: lines `= id name role` are the steps of the work in their order; the others hold `+` or
`-` (happy, unhappy), the steps a comment may speak of, the general topics that would name it rightly, the kind of harm
(empty: none), and the comment. The first two files were looked at while themes of small sets were made, the others
were not (`--each` prints what was made of the first two only).
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import NamedTuple

from feedback import EVALS

from assistant.english.alike import stem
from assistant.feedback.severe import severe_names
from assistant.feedback.shapes import Comment, Feedback
from assistant.feedback.summary import summarise
from assistant.feedback.topics import topics
from assistant.feedback.words import STOP, TOKEN
from assistant.process.codec import from_data
from assistant.process.model import Process

SMALL = EVALS / "feedback" / "small"
LOOKED_AT = ("heating-service", "taxi-firm", "sign-maker", "bike-workshop")
KINDS = {"harm": "injury", "data": "privacy"}
SEVERAL = " of several kinds"
"""What is so called says no more than the step, and is right where that is."""


class Said(NamedTuple):
    """A comment with what should be found of it."""

    happy: bool
    steps: list[str]
    topics: list[str]
    harm: str
    text: str


def read(text: str) -> tuple[Process, list[Said]]:
    """The process and the comments of a file."""
    rows = [line.split("\t") for line in text.splitlines()]
    steps = [row[1:] for row in rows if row[0] == "="]
    roles = {role: f"r{at}" for at, role in enumerate(dict.fromkeys(role for _, _, role in steps))}
    tasks = [{"task": {"id": id_, "name": name, "role": roles[role]}} for id_, name, role in steps]
    process = from_data(
        {
            "schema": "process/1", "name": "Serve customers", "flow": {"sequence": tasks},
            "roles": [{"id": id_, "name": name} for name, id_ in roles.items()],
        }
    )  # fmt: skip
    said = [Said(row[0] == "+", row[1].split(), row[2].split(), row[3], row[4]) for row in rows if row[0] != "="]
    return process, said


def names_it(name: str, row: Said) -> bool:
    """Whether a name says what a comment is about, and does not say the opposite."""
    if row.harm:
        return severe_names()[KINDS.get(row.harm, row.harm)].lower() in name.lower()
    about = [topic for topic in topics() if topic.id in row.topics]
    right = " ".join(f"{topic.praise if row.happy else topic.trouble} {topic.about}" for topic in about)
    other = " ".join(topic.trouble if row.happy else topic.praise for topic in about)
    words = _stems(name) & _stems(f"{right} {row.text}")
    return bool(words) and not words <= _stems(other) - _stems(right)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in TOKEN.findall(text.lower()) if word not in STOP}


def score(found: Feedback, said: list[Said], steps: dict[str, str], each: bool) -> Counter[str]:
    """How many comments can be seen under a right name, in a theme or alone, and how many are misnamed."""
    themes = {theme.id: theme for theme in found.themes}
    alone = {single.quote.comment: single for single in found.singles}
    counts = Counter(all=len(said))
    for at, (row, given) in enumerate(zip(said, found.assigned, strict=True)):
        theme, single = themes.get(given.theme), alone.get(str(at))
        name = theme.name if theme else (single.serious or single.about) if single else ""
        step = (theme.steps[:1] or ("",))[0] if theme else single.step if single else ""
        bare = name.removeprefix(f"{steps.get(step, '')}: ")
        seen = names_it(bare, row) if bare else bool(single and single.quote.text)
        seen |= SEVERAL in bare and step in row.steps
        counts.update({"seen": seen, "in a theme": bool(theme), "misnamed": bool(bare) and not seen})
        counts.update({"at a step": bool(step), "at a wrong step": bool(step) and step not in row.steps})
        counts.update({"severe": bool(row.harm), "severe and named": bool(row.harm) and seen and bool(bare)})
        if each:
            print(f"  {'' if seen else 'X'}\t{name or '(alone)'} [{step}]\t{row.text[:90]}")
    return counts


def commonest(found: Feedback, said: list[Said]) -> Counter[str]:
    """Of the topics that three unhappy comments or more are first about: how many have a theme under a right name that
    holds most of these comments."""
    about = Counter(row.topics[0] for row in said if not row.happy and row.topics)
    often = [topic for topic, count in about.items() if count > 2]
    counts = Counter({"common troubles": len(often)})
    for topic in often:
        pairs = [pair for pair in zip(said, found.assigned, strict=True) if not pair[0].happy]
        held = Counter(given.theme for row, given in pairs if row.topics[:1] == [topic])
        right = {theme.id for theme in found.themes if names_it(theme.name, Said(False, [], [topic], "", ""))}
        counts["common and a theme"] += any(2 * held[theme] > about[topic] for theme in right)
    return counts


def main() -> None:
    """Prints the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true")
    each = parser.parse_args().each
    halves = {"looked at": Counter[str](), "untouched": Counter[str]()}
    for file in sorted(SMALL.glob("*.tsv")):
        process, said = read(file.read_text(encoding="utf-8"))
        found = summarise([Comment(str(at), row.text) for at, row in enumerate(said)], process)
        looked = file.stem in LOOKED_AT
        names = {task[1]: task[2] for line in file.open(encoding="utf-8") if len(task := line.split("\t")) == 4}
        halves["looked at" if looked else "untouched"].update(score(found, said, names, each and looked))
        halves["looked at" if looked else "untouched"].update(commonest(found, said))
    for half, counts in halves.items():
        print(f"{half}: {', '.join(f'{name} {count}' for name, count in counts.items())}")


if __name__ == "__main__":
    main()
