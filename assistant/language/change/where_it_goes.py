"""Where something goes: `after <s1>`, `between <s1> and the <join>`, `on the <b0> path`, `at the end`."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.marked_words import Said
from assistant.process.edits import Place

AFTER = f"(?:{worded('where-it-goes-after')})"
BEFORE = r"(?:before|prior to|preced(?:es|ing)|in front of|ahead of|right up to)"
THING = (
    r"(?:the |a |an |both |its |this )*(?P<{0}><(?:s\d+|split|join|gate|gates|newgate|b\d+)>|start(?: event| node)?"
    r"\b|end(?: event| node| state| point)?\b|endpoint\b)"
)
STEP_AFTER = re.compile(rf"{AFTER}\s+{THING.format('x')}")
STEP_BEFORE = re.compile(rf"{BEFORE}\s+{THING.format('x')}")
BETWEEN = re.compile(rf"(?:between|in between|betwixt)\s+{THING.format('x')}(?: and| to|,)+ ?{THING.format('y')}")
IN_BRANCH = re.compile(r"<b(\d+)>(?: |-)*(?:branch|path|case|side|route|option|condition|way|upper|lower)?")
AT_START = re.compile(worded("at-start"))
AT_END = re.compile(worded("at-end"))


class Places:
    """Reads places in the marked line of a request."""

    def __init__(self, said: Said) -> None:
        self.said, self.catalogue = said, said.catalogue

    def find(self, line: str, moved: list[str] | None = None) -> Place | None:
        """The first place said in `line` that is not next to what is `moved`."""
        taken = set(moved or ())
        line = re.sub(r"\bafter (?:that|this|which|wards)\b|\bafterwards\b", " ", line)
        for match in BETWEEN.finditer(line):
            place = self.between(match["x"], match["y"], line, taken)
            if place:
                return place
        options: list[tuple[int, Place]] = []
        for pattern, side in ((STEP_AFTER, "after"), (STEP_BEFORE, "before")):
            for match in pattern.finditer(line):
                place = self.next_to(match["x"], side, line, taken)
                if place:
                    options.append((match.start(), place))
                    break
        if len(options) == 2:
            return self.better(options)
        if options:
            return options[0][1]
        return self.loose(line)

    def better(self, options: list[tuple[int, Place]]) -> Place:
        """Of an `after` and a `before`, the one that says more: a step rather than a block, else `after`."""
        (_, after), (_, before) = options
        if (
            after.after
            and before.before
            and after.after in self.catalogue.spots
            and before.before in self.catalogue.spots
        ):
            a, b = self.catalogue.spots[after.after], self.catalogue.spots[before.before]
            if a.sequence == b.sequence and b.position != a.position + 1:
                return before
        if after.after and before.into:
            return (
                before
                if before.into in self.catalogue.branches and after.after not in self.catalogue.rows[before.into]
                else after
            )
        return after

    def loose(self, line: str) -> Place | None:
        """A branch, the start or the end."""
        for match in IN_BRANCH.finditer(line):
            branch = self.said.branch_ids[int(match[1])]
            return self.onto(branch)
        if AT_START.search(line):
            return Place(into="flow", at="start")
        if AT_END.search(line):
            return self.at_end()
        return None

    def at_end(self) -> Place:
        """Behind everything, but in front of an end that stands there."""
        return self.onto("flow")

    def onto(self, address: str) -> Place:
        """At the end of a branch or flow, but in front of an end that stands there."""
        row = self.catalogue.rows[address]
        if row and getattr(self.catalogue.by_id[row[-1]], "block", "") == "end":
            return Place(before=row[-1])
        return Place(into=address)

    def between(self, x: str, y: str, line: str, taken: set[str]) -> Place | None:
        if re.match(r"<s", x) and not self.gate(x):
            step = self.step(x)
            if step in taken:
                return self.next_to(y, "before", line, taken)
            if re.match(r"<s", y):
                other = self.step(y)
                spots = self.catalogue.spots
                same = spots[step].sequence == spots[other].sequence
                if same and spots[other].position < spots[step].position:
                    return self.next_to(y, "after", line, taken)
                if (
                    not same
                    and other not in taken
                    and len(self.catalogue.chain(other)) < len(self.catalogue.chain(step))
                ):
                    return (
                        Place(before=other)
                        if spots[other].sequence == "flow" and not self.inner(line)
                        else Place(after=step)
                    )
            return Place(after=step)
        if re.match(r"<s", y):
            return self.next_to(y, "before", line, taken)
        return self.next_to(x, "after", line, taken)

    def inner(self, line: str) -> bool:
        return re.search(r"<b\d+>", line) is not None

    def step(self, mark: str) -> str:
        return self.said.step(mark.strip("<s>"))

    def gate(self, mark: str) -> bool:
        return mark in ("<split>", "<join>", "<gate>", "<gates>", "<newgate>")

    def block(self, line: str) -> str | None:
        """The block whose gateways are meant: the only one, or the one that holds what is spoken of."""
        splits = self.catalogue.splits
        if len(splits) == 1:
            return splits[0].id
        for step in self.said.steps(line):
            for outer in self.catalogue.chain(step)[1:]:
                return outer
        branch = next(iter(self.said.branches(line)), None)
        if branch:
            return self.catalogue.owner[branch].id
        return splits[0].id if splits else None

    def next_to(self, mark: str, side: str, line: str, taken: set[str]) -> Place | None:
        if mark.startswith("start"):
            return Place(into="flow", at="start")
        if mark.startswith("end"):
            return self.at_end() if side == "before" else None
        if mark.startswith("<b"):
            branch = self.said.branch_ids[int(mark.strip("<b>"))]
            return Place(into=branch, at="start") if side == "after" else self.onto(branch)
        if self.gate(mark):
            return self.at_gate(mark, side, line)
        step = self.step(mark)
        if step in taken:
            return None
        return Place(after=step) if side == "after" else Place(before=step)

    def at_gate(self, mark: str, side: str, line: str) -> Place | None:
        block = self.block(line)
        if block is None:
            return None
        if side == "after":
            return Place(after=block)
        if mark in ("<split>", "<gate>", "<gates>", "<newgate>"):
            if mark == "<gate>" and self.said.branches(line):
                return self.onto(self.said.branches(line)[0])
            return Place(before=block)
        branches = self.said.branches(line)
        return self.onto(branches[0]) if branches else None
