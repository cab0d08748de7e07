"""What two runs were made with that differs, where the cases cannot speak of it: prompts nobody asked, a library of
one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.evals.runfile import Run


def changed_names(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names under which two tables hold something else."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def changed_prompts(old: Run, new: Run) -> list[str]:
    """The prompts that changed since the old run and were put to no model in the new one."""
    before, after = old.head.get("prompts") or {}, new.head.get("prompts") or {}
    asked = {label for row in new.rows for label in row.prompts}
    return [name for name in changed_names(before, after) if before and after and after.get(name) not in asked]


def unasked(old: Run, new: Run) -> str:
    """Why a run says nothing of the prompts that changed: no model was asked. Empty where that is no matter."""
    changed = changed_prompts(old, new)
    if not changed or any(new.head.get("asks_a_model", {}).values()):
        return ""
    which = f"the prompt {changed[0]}" if len(changed) == 1 else f"the prompts {', '.join(changed)}"
    return f"{which} changed and no model was asked, so nothing here speaks of it; play with --model PROVIDER:NAME"


def another_library(old: Run, new: Run) -> str:
    """Which entries of one's own the two runs were not both played with; empty where there are none."""
    mine = changed_names(old.head.get("own_entries", {}), new.head.get("own_entries", {}))
    return f"The library is another one; entries of yours that differ: {', '.join(mine)}." if mine else ""
