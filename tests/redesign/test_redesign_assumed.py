"""A told pain whose remedy hangs on one answer is drawn with what it takes for granted, and promises no size."""

from __future__ import annotations

from pathlib import Path

from redesign_kit import redesigned

from assistant.process.tree import tasks

STORY = """The club takes in new members, about forty a year.
The secretary writes the card and orders the jacket.
The trainer gives the first three lessons.
Then the treasurer checks whether the fee was paid. One in five has not paid, and only now, after the lessons and the
jacket, we find out and send them home.
The secretary enters the member in the list.
"""


def test_a_late_check_is_drawn_first_and_says_what_it_takes_for_granted(tmp_path: Path) -> None:
    (tmp_path / "club.txt").write_text(STORY, encoding="utf-8")
    result = redesigned(tmp_path / "club.txt")
    small = next(one for one in result.alternatives if one.name == "small steps")
    (change,) = small.proposals
    assert change.practice == "H11"
    assert change.assumes == "it needs nothing of what is done before it today"
    assert [task.name for task in tasks(small.process)][:2] == ["Write card", "Check whether fee was paid"]
    assert all(effect.change is None for effect in small.effects.values())
    assert result.recommended is None
    assert "worth trying is “Small steps”" in result.why_recommended
