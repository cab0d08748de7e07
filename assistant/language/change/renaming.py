"""Steps called something else, replaced by others, split into several and merged into one."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.step_changes import new_name
from assistant.process.blocks import Call, Task
from assistant.process.edits import Edit, Merge, Move, Place, Rename, Replace, SplitTask, Swap

RENAME = r"\b(?:renam|relabel|retitl|chang|call|alter|modif|updat|edit|switch|set|correct)"
REPLACE = r"\b(?:replac|substitut|exchang|swap|turn|convert|transform|supersed|chang|switch|refin|us)"
INTO = r"(?:with|by|to|into|through|for|as|->|in|=)"
SPLIT = worded("renaming-split")
MERGE = worded("renaming-merge")


def rename(said: Said) -> Outcome | None:
    """A step gets another name, or another step stands in its place."""
    line = said.line
    cycle = _cycle(said)
    if cycle is not None:
        return cycle
    pairs = re.findall(rf"<s(\d+)> {INTO} <n(\d+)>", line) if said.has(r"\brenam") else []
    if len(pairs) > 1:  # `rename "A" to "B" and "C" to "D"`
        edits = tuple(Rename(id=said.step(step), name=said.names[int(name)]) for step, name in pairs)
        return Outcome(" and ".join(f"rename {said.catalogue.name(e.id)} to {e.name}" for e in edits), edits)
    found = re.search(
        rf"(?:{RENAME}|{REPLACE})\w*(?: the| of| name| label| text| title| description| out| task| activity|to|:)* "
        rf"<s(\d+)>(?: is| should| be| get| gets| name| label| in the \w+ \w+|'s name| replaced| renamed| changed|"
        rf",)* {INTO} (.*)",
        line,
    )
    if not found:
        found = re.search(
            rf"<s(\d+)> (?:is |was |should |must |has |to |gets? |got |be |now |been |will |being )*(?:replaced|"
            rf"renamed|called|changed|substituted|exchanged|turned|named|labell?ed) ?(?:{INTO})? (.*)",
            line,
        )
    if found:
        name = new_name(said, found[2])
        return _named(said, said.step(found[1]), name) if name else None
    called = re.search(r"\b(?:call|name|label) (?:the )?<s(\d+)> <n(\d+)>", line)
    if called:
        return _named(said, said.step(called[1]), said.names[int(called[2])])
    found = re.search(
        rf"(?:{REPLACE})\w* (?:the |a |new |task )*<n(\d+)>[^.]*? (?:{INTO}|instead of|in place of) (?:the )?<s(\d+)>",
        line,
    )
    found = found or re.search(
        r"<n(\d+)>,? (?:\w+ ){0,4}?(?:instead of|in place of|replaces|in lieu of|rather than) (?:the )?<s(\d+)>", line
    )
    if found:
        return _named(said, said.step(found[2]), said.names[int(found[1])])
    found = re.search(
        r"<n(\d+)> (?:should |will |must |to |shall |now )*(?:replaces?|takes? (?:over )?(?:from|the place of)) (?"
        r":the )?<s(\d+)>",
        line,
    )
    found = found or re.search(r"<n(\d+)> where <s(\d+)> (?:is|was|stands|currently)", line)
    if found:
        return _named(said, said.step(found[2]), said.names[int(found[1])])
    found = re.search(
        r"<s(\d+)> (?:should |will |must |to |shall |now )*(?:becomes?|turns? into|is now|be)(?: now| a| the| new)*"
        r" <n(\d+)>(?: ?[.,]|$)",
        line,
    )
    if found and len(said.steps()) == 1 and len(said.new_names()) == 1:
        return _named(said, said.step(found[1]), said.names[int(found[2])])
    found = re.search(r"(?:instead of|in place of|rather than) (?:the )?<s(\d+)>[^.]*?<n(\d+)>", line)
    if found and len(said.new_names()) == 1:
        return _named(said, said.step(found[1]), said.names[int(found[2])])
    return None


def _named(said: Said, step: str, name: str) -> Outcome | None:
    old = said.catalogue.name(step)
    block = said.catalogue.by_id[step]
    if (
        said.has(r"\b(?:renam|relabel|retitl|name|label|text|call)")
        or not isinstance(block, Task | Call)
        or said.has(r"\bchang|\bswitch")
    ):
        return Outcome(f"rename {old} to {name}", (Rename(id=step, name=name),))
    new = Fresh(said.catalogue).task(name, block)
    return Outcome(f"replace {old} by {name}", (Replace(id=step, blocks=(new,)),))


def _cycle(said: Said) -> Outcome | None:
    """Names passed around over a helper name: `B to X, A to B, X to A`."""
    pairs = re.findall(rf"(<[sn]\d+>) {INTO} (?:the )?(<[sn]\d+>)", said.line)
    if len(pairs) < 3:
        return None
    names = {f"<s{n}>": getattr(step, "name", "") for n, step in enumerate(said.catalogue.steps)}
    now = {getattr(step, "id", ""): getattr(step, "name", "") for step in said.catalogue.named}
    before = dict(now)
    for a, b in pairs:
        old, new = (names.get(mark) or said.names[int(mark.strip("<n>"))] for mark in (a, b))
        holder = next((step for step, name in now.items() if name == old), None)
        if holder is None:
            return None
        now[holder] = new
    changed = [step for step in now if now[step] != before[step]]
    if len(changed) == 2 and now[changed[0]] == before[changed[1]] and now[changed[1]] == before[changed[0]]:
        return Outcome(f"swap {before[changed[0]]} and {before[changed[1]]}", (Swap(a=changed[0], b=changed[1]),))
    edits = tuple(Rename(id=step, name=now[step]) for step in changed)
    return Outcome("pass the names around", edits) if edits else None


def split(said: Said) -> Outcome | None:
    """One task becomes several in a row."""
    catalogue = said.catalogue
    tasks = [step for step in said.steps() if isinstance(catalogue.by_id[step], Task)]
    names = said.new_names()
    if not tasks or not (re.search(SPLIT, said.words) or (len(names) >= 2 and said.has(REPLACE))):
        if len(tasks) <= 1 and len(names) == 2 and (made := _follow(said, names)):
            return made
        return None
    step = tasks[0]
    own = _parts(said, step)
    wanted = [name for name in own if name.lower() in {name.lower() for name in names}] if own else []
    parts = own if own and len(wanted) < 2 and len(names) < 2 else _order(said, names)
    if len(parts) < 2:
        return None
    return _split_into(said, step, parts)


def _split_into(said: Said, step: str, parts: list[str]) -> Outcome:
    fresh, old = Fresh(said.catalogue), said.catalogue.by_id[step]
    made = tuple(task for task in (fresh.task(name, old) for name in parts) if isinstance(task, Task))
    return Outcome(f"split {said.catalogue.name(step)} into {' and '.join(parts)}", (SplitTask(id=step, tasks=made),))


def _follow(said: Said, names: list[str]) -> Outcome | None:
    """`make task E follow task B`, where the process has a `task B & E`."""
    for task in said.catalogue.named:
        own = _parts(said, task.id)
        if own and {name.lower() for name in names} == {name.lower() for name in own}:
            return _split_into(said, task.id, _order(said, names))
    return None


def _parts(said: Said, step: str) -> list[str]:
    """The parts of a name that joins two: `task B` and `task E` for `task B & E`."""
    name = said.catalogue.name(step)
    pieces = re.split(r"\s*(?:&|\+|/|,)\s*|\s+and\s+", name)
    if len(pieces) < 2:
        return []
    head = said.catalogue.head
    if pieces[0].lower().startswith(head.lower() + " ") and all(len(piece) <= 3 for piece in pieces[1:]):
        return [pieces[0], *(f"{head} {piece}" for piece in pieces[1:])]
    verb = pieces[0].split()[0]
    whole = [piece if len(piece.split()) > 1 else f"{verb} {piece}" for piece in pieces[1:]]
    first = pieces[0] if len(pieces[0].split()) > 1 else " ".join([pieces[0], *pieces[-1].split()[1:]])
    return [first, *(piece[:1].upper() + piece[1:] for piece in whole)]


def _order(said: Said, names: list[str]) -> list[str]:
    """New names in the order they are to run: as told by first, then, follows, before, after."""
    if len(names) != 2:
        return names
    a, b = (said.names.index(name) for name in names)
    line = said.line
    follows = (
        rf"<n{a}> (?:to |should |must |is |be |being |executed |done |performed )*(?:follow(?:s|ing)?(?! by|ed)|"
        rf"after)(?: the completion of)? (?:the )?<n{b}>"
    )
    if (
        re.search(follows, line)
        or re.search(rf"<n{b}>[^.]{{0,20}}\bbefore <n{a}>", line)
        or re.search(rf"first <n{b}>|<n{b}> first", line)
    ):
        return names[::-1]
    return names


def merge(said: Said) -> Outcome | None:
    """Neighbouring tasks become one."""
    catalogue = said.catalogue
    steps = [step for step in said.steps() if isinstance(catalogue.by_id[step], Task)]
    names = said.new_names()
    joint = next((number for number, parts in said.parts.items() if parts), None)
    if joint is not None and len(steps) < 2:
        steps = said.parts[joint]
    told = (
        re.search(MERGE, said.words) is not None and not said.has(r"\b(?:drop|delet|remov)\w* (?:the |task )*<s")
    ) or (len(names) == 1 and len(steps) >= 2 and said.has(REPLACE))
    renamed = (
        joint is not None
        and len(steps) >= 2
        and said.has(r"\b(?:renam|replac|chang)")
        and said.has(r"\b(?:delet|remov)")
    )
    if (not (told or renamed) or len(steps) < 2) and (len(steps) != 1 or not told or joint is None):
        return None
    run = _adjacent(said, steps)
    if run is None:
        return None
    moves, ids = run
    name = names[0] if names else _joined([catalogue.name(step) for step in ids], catalogue.head)
    first = catalogue.by_id[ids[0]]
    task = first.model_copy(update={"id": Fresh(catalogue).id(name), "name": name})
    if not isinstance(task, Task):
        return None
    told_names = " and ".join(catalogue.name(step) for step in ids)
    return Outcome(f"merge {told_names} into {name}", (*moves, Merge(ids=tuple(ids), task=task)))


def _adjacent(said: Said, steps: list[str]) -> tuple[list[Edit], list[str]] | None:
    """The steps side by side, with the moves that bring them there; None when they stand on different branches."""
    spots = said.catalogue.spots
    if len({spots[step].sequence for step in steps}) != 1:
        return None
    ordered = sorted(steps, key=lambda step: spots[step].position)
    first, last = spots[ordered[0]].position, spots[ordered[-1]].position
    if last - first + 1 == len(ordered):
        return [], ordered
    return [Move(ids=tuple(ordered[1:]), place=Place(after=ordered[0]))], ordered


def _joined(names: list[str], head: str) -> str:
    """One name for several: `task B & E`, `Check & approve order`, `Check order and call customer`."""
    tails = [name[len(head) + 1 :] for name in names if name.lower().startswith(head.lower() + " ")]
    if len(tails) == len(names) and all(len(tail) <= 3 for tail in tails):
        return f"{head} {' & '.join(tails)}"
    first, *rest = [name.split() for name in names]
    if all(other[1:] == first[1:] for other in rest):
        return " ".join([f"{' & '.join([first[0], *(other[0].lower() for other in rest)])}", *first[1:]])
    return " and ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
