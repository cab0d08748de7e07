"""Marks in a request what it speaks of, so that what it asks can be read from what is left.

`remove "task C" so that the false path goes to the closing XOR` becomes `remove <s2> so that the <b1> path goes to
the <join>`: `<s2>` is the third step, `<n0>` a name that is new, `<b1>` a branch by its condition, `<q0>` a condition
that is new, `<split>`, `<join>`, `<gate>` and `<gates>` gateways that exist, `<newgate>` one that is to be, `<and>`
parallel ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.english.tables import worded
from assistant.language.change.as_orders import active
from assistant.language.change.catalogue import Catalogue, stems, words
from assistant.language.change.condition_words import FREE, bare, comparisons
from assistant.language.change.gates import mark_gates
from assistant.language.change.letters import Letters
from assistant.language.change.made_ready import shortened
from assistant.language.change.names_called_for import new_names, partly
from assistant.language.change.near_names import best_window

NO_NAME = re.compile(worded("no-name"))
JOIN_OF = re.compile(worded("join-of"))
CALLED = re.compile(worded("marked-words-called"), re.I)
ENDS_NAME = re.compile(worded("ends-name"), re.IGNORECASE)


@dataclass
class Said:
    """A request with its marks: `line` in lower case, and what the marks mean."""

    catalogue: Catalogue
    request: str
    line: str = ""
    names: list[str] = field(default_factory=list)
    parts: dict[int, list[str]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    branch_ids: list[str] = field(default_factory=list)

    def step(self, mark: str | int) -> str:
        """The id of the step a mark's number stands for."""
        return str(self.catalogue.steps[int(mark)].id)  # type: ignore[union-attr]

    def steps(self, line: str | None = None) -> list[str]:
        """The steps spoken of, each once, in the order they are named."""
        return list(dict.fromkeys(self.step(n) for n in re.findall(r"<s(\d+)>", self.line if line is None else line)))

    def new_names(self, line: str | None = None) -> list[str]:
        """The new names, each once, in the order they are said."""
        found = re.findall(r"<n(\d+)>", self.line if line is None else line)
        return list(dict.fromkeys(self.names[int(n)] for n in found))

    def branches(self, line: str | None = None) -> list[str]:
        """The branches spoken of by their conditions, each once."""
        found = re.findall(r"<b(\d+)>", self.line if line is None else line)
        return list(dict.fromkeys(self.branch_ids[int(n)] for n in found))

    def asked(self, line: str | None = None) -> list[str]:
        """The new conditions, each once, in the order they are said."""
        found = re.findall(r"<q(\d+)>", self.line if line is None else line)
        return list(dict.fromkeys(self.conditions[int(n)] for n in found))

    @property
    def words(self) -> str:
        """The line without its marks: for cues that a mark's own name could be taken for."""
        return re.sub(r"<\w+>", "<>", self.line)

    def has(self, pattern: str) -> bool:
        """Whether the marked line matches."""
        return re.search(pattern, self.line) is not None


def mark(catalogue: Catalogue, text: str, request: str) -> Said:
    """The request `text` (tidied) with everything marked."""
    said = Said(catalogue, request, branch_ids=list(catalogue.branches))
    marker = _Marker(said)
    line = marker.comparisons(text)
    line = marker.labels(line if catalogue.symbolic else new_names(catalogue, line, marker.new))
    letters = Letters(marker)
    line = letters.ways(marker.ordinals(line))
    if catalogue.symbolic:
        line = letters.steps(line)
    line = re.sub(r'"\s*(<[snb]\d+>)\s*"|(<[snb]\d+>)\s*"|"\s*(<[snb]\d+>)', r" \1\2\3 ", line)
    line = marker.quotes(line)
    line = marker.called(line)
    line = marker.likely(line)
    line = line if catalogue.symbolic else partly(catalogue, line, marker.old)
    line = mark_gates(re.sub(r"\s+", " ", line), catalogue)
    line = marker.conditions(line)
    line = marker.free_conditions(line)
    line = re.sub(r'(?<!\w)"|"(?!\w)', " ", line)
    line = re.sub(r"\s+", " ", line).strip().lower()
    line = re.sub(JOIN_OF, "<join>", line)
    line = re.sub(
        r"\bwith (<\w+>) as (?:its |an? |the )?input,? and (<\w+>) as (?:its |an? |the )?output",
        r"between \1 and \2",
        line,
    )
    said.line = ". ".join(active(sentence) for sentence in shortened(line).split(". "))
    return said


class _Marker:
    def __init__(self, said: Said) -> None:
        self.said, self.catalogue = said, said.catalogue
        self.index = {step.id: n for n, step in enumerate(self.catalogue.steps) if not hasattr(step, "items")}

    def old(self, step: str) -> str:
        return f" <s{self.index[step]}> "

    def new(self, name: str, parts: list[str] | None = None) -> str:
        name = self.styled(name)
        if name not in self.said.names:
            self.said.names.append(name)
        number = self.said.names.index(name)
        if parts:
            self.said.parts[number] = parts
        return f" <n{number}> "

    def styled(self, name: str) -> str:
        """A name as the process writes its own."""
        name = " ".join(name.strip().strip('"').split())
        if self.catalogue.symbolic:
            return re.sub(r"\b([a-z])(?='?(?:$|\s|&))", lambda found: found[1].upper(), name)
        return name[:1].upper() + name[1:]

    def way(self, branch: str) -> str:
        return f" <b{self.said.branch_ids.index(branch)}> "

    def comparisons(self, text: str) -> str:
        known = {bare(branch.when): branch.id for branch in self.catalogue.branches.values() if branch.when}
        found = comparisons(text)
        self.said.conditions = list(dict.fromkeys(c for _, _, c in found if bare(c) not in known))
        for start, end, condition in reversed(found):
            if bare(condition) in known:
                mark = self.way(known[bare(condition)])
            else:
                mark = f" <q{self.said.conditions.index(condition)}> "
            text = text[:start] + mark + text[end:]
        return text

    def labels(self, text: str) -> str:
        """Names of steps as they are, in quotes or not; the longest first."""
        for step in sorted(self.catalogue.named, key=lambda step: -len(step.name)):
            parts = words(step.name)
            if not parts:
                continue
            pattern = r"[\s_\-]*".join(re.escape(part) for part in parts)
            if "&" in parts:
                text = self.joined(text, parts, step.id)
            text = re.sub(
                rf'(?<![\w<])"?{pattern}"?(?![\w\'>]|\s*[&%]\s*\w\b)', self.old(step.id), text, flags=re.IGNORECASE
            )
        return text

    def joined(self, text: str, parts: list[str], step: str) -> str:
        """A name with `&` in it, however the sign is said; `and` counts only where the sign is never used."""
        tail = parts[1:] if len(parts) > 3 else parts
        head = f"(?:{re.escape(parts[0])}s?\\s*)?" if len(parts) > 3 else ""
        joint = r"\s*[&%+]\s*(?:task\s+)?"
        ends = r'(?<![\w<])"?' + head + '"?'
        pattern = ends + joint.join(re.escape(part) for part in tail if part != "&") + r'"?(?![\w\'>])'
        marked, count = re.subn(pattern, self.old(step), text, flags=re.IGNORECASE)
        if count:
            return marked
        spoken = pattern.replace(joint, r"\s+and\s+(?:task\s+)?")
        return re.sub(spoken, self.old(step), text, count=1, flags=re.IGNORECASE)

    def ordinals(self, text: str) -> str:
        """Branches by their number or place, where one is to go: `remove the third option`."""
        splits = self.catalogue.splits
        if len(splits) != 1 or not re.search(r"(?i)remov|delet|drop|rid of|not need|condition|eliminat", text):
            return text
        branches = splits[0].branches
        spoken = {
            "first": 0,
            "upper": 0,
            "top": 0,
            "second": 1,
            "third": 2,
            "fourth": 3,
            "last": -1,
            "lower": -1,
            "bottom": -1,
        }

        def one(found: re.Match[str]) -> str:
            index = spoken[found[1].lower()]
            return found[0] if index >= len(branches) else f"{self.way(branches[index].id)}{found[2]}"

        return re.sub(rf"(?i)\b({'|'.join(spoken)}) (branch|path|option|case|alternative|way)\b", one, text)

    def quotes(self, text: str) -> str:
        """What stands in quotes: a step by a name near enough, a branch by its condition, else a new name."""

        def one(found: re.Match[str]) -> str:
            said = found[1].strip()
            if "<" in said or not said:
                return f" {said} "
            branch = next((b.id for b in self.catalogue.branches.values() if bare(b.when) == bare(said)), None)
            if branch:
                return self.way(branch)
            if NO_NAME.fullmatch(said):
                return f" {said} "
            step = self.nearest(said)
            if step:
                return self.old(step)
            plain_word = self.catalogue.symbolic and re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", said)
            return f" {said} " if plain_word else self.new(said)

        return re.sub(r'"([^"]{1,120})"', one, text)

    def called(self, text: str) -> str:
        """Names said behind `called` and the like, without quotes."""
        while (found := CALLED.search(text)) is not None:
            rest = text[found.end() :]
            end = ENDS_NAME.search(rest)
            name = rest[: end.start() if end else len(rest)].strip()
            if not name or name.startswith("<") or len(name) > 80:
                text = text[: found.start()] + " " + rest
                continue
            text = text[: found.start()] + self.new(name) + rest[len(rest) - len(rest.lstrip()) + len(name) :]
        return text

    def likely(self, text: str) -> str:
        """Steps whose name is not said to the letter: the window of words that shares most with a name."""
        names = [(step.id, stems(step.name)) for step in self.catalogue.named]
        names = [(step, own) for step, own in names if len(own) >= 2]
        for _ in range(12):
            best = best_window(text, names)
            if best is None:
                return text
            start, end, step = best
            text = text[:start] + self.old(step) + text[end:]
        return text

    def nearest(self, said: str) -> str | None:
        """The step whose name is the same but for endings and small words, or nearly."""
        own = stems(said)
        for step in self.catalogue.named:
            other = stems(step.name)
            shared = len(set(own) & set(other))
            if other and shared and shared >= 0.75 * max(len(set(own)), len(set(other))):
                return step.id
        return None

    def free_conditions(self, text: str) -> str:
        """Conditions in free words: `until the stock is complete`."""
        if self.catalogue.symbolic:
            return text

        def one(found: re.Match[str]) -> str:
            condition = re.sub(r"^(?:the case that|that)\s+", "", found[2].strip())
            if condition not in self.said.conditions:
                self.said.conditions.append(condition)
            return f"{found[1]} <q{self.said.conditions.index(condition)}>"

        return FREE.sub(one, text)

    def conditions(self, text: str) -> str:
        """Branches by their conditions, where these are words."""
        for branch in sorted(self.catalogue.branches.values(), key=lambda branch: -len(branch.when or "")):
            when = (branch.when or "").strip()
            if len(when) >= 2:
                pattern = r"\s+".join(re.escape(part) for part in when.split())
                text = re.sub(rf"(?<![\w<]){pattern}(?![\w>])", self.way(branch.id), text, flags=re.IGNORECASE)
        return text
