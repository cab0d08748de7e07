"""From comments to themes: repeats brought together, tied to steps first, then grouped within each step.

Tying to steps first and grouping within them finds truer themes than grouping everything at once, because the steps are
what the business can act on.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from assistant.feedback.comments import Comment, plain_key
from assistant.feedback.links import link_steps
from assistant.feedback.naming import name_of, quotes_of
from assistant.feedback.sentiment import WORD, sentiment, severity
from assistant.feedback.shapes import Assigned, Feedback, Theme
from assistant.feedback.vectors import clusters, stems, vectors
from assistant.feedback.words import KINDS
from assistant.process.model import Process

RULES = "built-in rules"
LEAST_THEME = 3
ALIKE = 0.75


class _Unique(NamedTuple):
    """Comments that say the same: the first of them, all of them, and what was made of it."""

    first: Comment
    all: tuple[Comment, ...]
    stems: tuple[str, ...]
    feeling: float
    severity: int


def summarise(comments: Sequence[Comment], process: Process | None = None) -> Feedback:
    """Themes over the comments, tied to the steps of `process` when there is one; the same every time."""
    unique = _unique(comments)
    steps = link_steps(process, [one.stems for one in unique]) if process else [""] * len(unique)
    groups = _groups(unique, steps)
    themes: list[Theme] = []
    assigned: dict[str, str] = {}
    sizes = sorted(groups, key=lambda group: -sum(len(unique[i].all) for i in group))
    other = 0
    for group in sizes:
        members = [unique[i] for i in group]
        count = sum(len(one.all) for one in members)
        if count < LEAST_THEME and len(comments) > LEAST_THEME * 3:
            other += count
            continue
        where = Counter(steps[i] for i in group if steps[i])
        linked = tuple(id_ for id_, _ in where.most_common(3))
        theme = _theme(f"t{len(themes) + 1}", members, count, len(comments), linked, unique)
        themes.append(theme)
        assigned.update(dict.fromkeys(theme.members, theme.id))
    rows = [
        Assigned(comment.id, assigned.get(comment.id, "other"), feeling_word(one.feeling), one.severity, steps[i])
        for i, one in enumerate(unique)
        for comment in one.all
    ]
    unlinked = sum(not row.step for row in rows)
    return Feedback(
        len(comments), len(unique), tuple(themes), other, unlinked, RULES, tuple(rows), notes=_notes(comments)
    )


def feeling_word(value: float) -> str:
    """A score as negative, neutral or positive."""
    return "negative" if value < -0.05 else "positive" if value > 0.05 else "neutral"


def _unique(comments: Sequence[Comment]) -> list[_Unique]:
    same: defaultdict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        same[plain_key(comment.raw)].append(comment)
    found = []
    for group in same.values():
        feeling = sentiment(group[0].raw)
        found.append(
            _Unique(group[0], tuple(group), tuple(stems(group[0].raw)), feeling, severity(group[0].raw, feeling))
        )
    return found


def _groups(unique: Sequence[_Unique], steps: Sequence[str]) -> list[list[int]]:
    """Numbers of the comments that belong together: first by step, then by what they say."""
    by_step: defaultdict[str, list[int]] = defaultdict(list)
    for number, step in enumerate(steps):
        by_step[step].append(number)
    points = vectors([one.stems for one in unique])
    groups: list[list[int]] = []
    for members in by_step.values():
        wanted = max(1, min(len(members) // 8, round(2 * math.sqrt(len(members)))))
        labels = clusters(points[members], wanted) if wanted > 1 else [0] * len(members)
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, label in zip(members, labels, strict=True):
            found[int(label)].append(number)
        groups.extend(found.values())
    return groups


def _theme(
    id_: str, members: Sequence[_Unique], count: int, total: int, steps: tuple[str, ...], everything: Sequence[_Unique]
) -> Theme:
    ids = tuple(comment.id for one in members for comment in one.all)
    weights = [len(one.all) for one in members]
    feeling = sum(one.feeling * n for one, n in zip(members, weights, strict=True)) / count
    hurt = sum(one.severity * n for one, n in zip(members, weights, strict=True)) / count
    digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
    return Theme(
        id=id_,
        name=name_of([one.first.raw for one in members], [one.first.raw for one in everything]),
        count=count,
        share=count / total,
        sentiment=round(feeling, 3),
        severity=round(hurt, 2),
        kind=_kind(members),
        trend=_trend([comment.day for one in members for comment in one.all]),
        steps=steps,
        quotes=tuple(quotes_of([one.first for one in members], [one.stems for one in members])),
        members=ids,
        members_sha256=digest,
    )


def _kind(members: Sequence[_Unique]) -> str:
    """What a theme is about, by the words most of its comments share with one of the kinds."""
    hits: Counter[str] = Counter()
    for one in members:
        words = {word.lower() for word in WORD.findall(one.first.raw)}
        hits.update(kind for kind, of_kind in KINDS.items() if words & of_kind)
    kind, most = hits.most_common(1)[0] if hits else ("other", 0)
    return kind if most * 3 >= len(members) else "other"


def _trend(days: Sequence[str]) -> str:
    """Rising or falling when the later half of the period holds at least 1.5 times more or fewer than the earlier."""
    known = sorted(day for day in days if day)
    if len(known) < 10 or known[0][:10] == known[-1][:10]:
        return "unknown"
    from datetime import date

    try:
        stamps = [date.fromisoformat(day).toordinal() for day in known]
    except ValueError:
        return "unknown"
    middle = (stamps[0] + stamps[-1]) / 2
    early = sum(stamp <= middle for stamp in stamps) or 0.5
    late = sum(stamp > middle for stamp in stamps) or 0.5
    return "rising" if late / early >= 1.5 else "falling" if early / late >= 1.5 else "steady"


def _notes(comments: Sequence[Comment]) -> tuple[str, ...]:
    if len(comments) < 30:
        return (f"Only {len(comments)} comments: read them all; shares of so few say little.",)
    return ()
