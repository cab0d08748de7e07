"""The journal's entries as a session writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.process.edits import Edit, edit_document
from assistant.projects.journal import New

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign


def edits_entry(edits: Sequence[Edit], source: str, made_by: str) -> New:
    """Edits that were applied, with where they came from and who read them."""
    return New(kind="edits", body={"edits": [edit_document(e) for e in edits], "source": source}, made_by=made_by)


def with_usage(entry: New, prompt: str | None, usage: dict[str, Any]) -> New:
    """An entry with the prompt and the usage of the model that made it."""
    return entry.model_copy(update={"prompt": prompt, "body": {**entry.body, **usage}})


def proposed_body(result: Redesign) -> dict[str, Any]:
    """What was found and proposed, by id and title."""
    return {
        "findings": [{"id": finding.id, "kind": finding.kind} for finding in result.findings],
        "alternatives": [
            {
                "name": alternative.name,
                "verdict": alternative.verdict,
                "proposals": [{"id": p.id, "practice": p.practice, "title": p.title} for p in alternative.proposals],
            }
            for alternative in result.alternatives
        ],
        "recommended": result.recommended,
    }
