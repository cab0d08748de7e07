"""A conversation in a home of its own, and what its process holds, for the tests of what people say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.process.tree import tasks


@contextmanager
def told(home: Path, story: str) -> Iterator[Talk]:
    """A talk in which a story was told."""
    app = App.build({"ASSISTANT_HOME": str(home)})
    talk = Talk(app.session("p"), lambda session, folder, force: [])
    talk.turn(story)
    yield talk
    app.store.close()


def names(talk: Talk) -> list[str]:
    """The tasks by name."""
    return [task.name for task in tasks(talk.session.process)]


def doer(talk: Talk, like: str) -> str:
    """Who does the task with such a name; empty when nobody is named."""
    task = next(task for task in tasks(talk.session.process) if like in task.name.lower())
    role = talk.session.process.role(task.role or "")
    return role.name if role else ""
