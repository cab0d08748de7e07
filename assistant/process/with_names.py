"""Names in place of ids: what a reader is shown of a message that speaks of elements by their ids."""

from __future__ import annotations

import re

from assistant.process.describe import name_of
from assistant.process.model import Process
from assistant.process.tree import branches, by_id


def with_names(text: str, *processes: Process) -> str:
    """A message with the names of steps and roles where it has their ids; plain words that are ids stay.

    A later process goes before an earlier one; what is gone since is named as it was called.
    """
    names: dict[str, str] = {}
    for process in processes:
        names |= names_of(process)
    odd = {id_: name for id_, name in names.items() if re.search(r"[\d_.]", id_)}  # others may be plain words
    quoted = {f"'{id_}'": name for id_, name in names.items()} | odd
    if not quoted:
        return text
    longest = sorted(quoted, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w“])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w”])")
    return pattern.sub(lambda match: quoted[match[0]], text)


def names_of(process: Process) -> dict[str, str]:
    """What a reader calls each role, step and way of a process, by its id."""
    names = {role.id: f"“{role.name}”" for role in process.roles}
    names |= {id_: name_of(step) for id_, step in by_id(process).items()}
    for id_, (split, branch) in branches(process).items():
        names[id_] = f"the way “{branch.when}”" if branch.when else f"a way of {name_of(split)}"
    return names
