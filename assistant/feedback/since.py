"""A summary beside that of the last run: the same themes keep their ids, and what each was then is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.feedback.intervals import ratio_between
from assistant.feedback.shapes import Change, Feedback
from assistant.feedback.trend import same_themes


def kept(summary: Feedback, before: Mapping[str, Any]) -> Feedback:
    """The summary with the ids of last time's themes, what each was then, and which are gone."""
    old = [theme for theme in before.get("themes") or () if isinstance(theme, dict)]
    same = same_themes([(theme.id, theme.words) for theme in summary.themes], old)
    total = int(before.get("comments") or 0)
    highest = max((int(str(theme.get("id"))[1:]) for theme in old if str(theme.get("id"))[1:].isdigit()), default=0)
    ids: dict[str, str] = {}
    fresh = max(highest, 0)
    for theme in summary.themes:
        if theme.id in same:
            ids[theme.id] = str(same[theme.id]["id"])
        else:
            fresh += 1
            ids[theme.id] = f"t{fresh}"
    themes = []
    for theme in summary.themes:
        was = int(same[theme.id].get("count") or 0) if theme.id in same else None
        change = None
        if was is not None and total:
            change = Change(*ratio_between(theme.count, summary.comments, was, total))
        themes.append(replace(theme, id=ids[theme.id], before=was, since=change))
    seen = {str(theme["id"]) for theme in same.values()}
    gone = tuple(str(theme.get("name", "")) for theme in old if str(theme.get("id")) not in seen)
    return replace(
        summary,
        themes=tuple(themes),
        groups=tuple(replace(group, themes=tuple(ids[id_] for id_ in group.themes)) for group in summary.groups),
        assigned=tuple(row._replace(theme=ids.get(row.theme, row.theme)) for row in summary.assigned),
        heard=tuple(row._replace(theme=ids.get(row.theme, row.theme)) for row in summary.heard),
        vanished=gone,
    )
