"""A conversation in a home of its own, and what its process holds, for the tests of what people say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fake_models import FunctionModel

from assistant.app import App
from assistant.chat.reply import Reply
from assistant.chat.turn import Talk
from assistant.errors import ModelUnreachable
from assistant.gateway.port import Prompt
from assistant.process.blocks import Task
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


class Played:
    """A conversation whose model gives the answers it is told to."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.answers: list[str | Exception] = []
        self.model = FunctionModel(self._next, "fake:played")

    def _next(self, prompt: Prompt, attempt: int) -> str | ModelUnreachable:
        answer = self.answers.pop(0) if self.answers else ModelUnreachable("No answer in time.")
        assert isinstance(answer, str | ModelUnreachable)
        return answer

    def say(self, words: str, *answers: str | Exception) -> Reply:
        self.answers = list(answers)
        bench = self.talk.session.bench
        self.talk.session.bench = replace(bench, model=lambda: self.model)
        return self.talk.turn(words)

    def task(self, like: str) -> Task:
        return next(task for task in tasks(self.talk.session.process) if like in task.name.lower())
