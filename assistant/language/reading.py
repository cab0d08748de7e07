"""Stories into processes: by the built-in rules, or by a language model when one is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.process.edits import Edit
from assistant.process.figures import noun, plural
from assistant.process.model import Process
from assistant.settings import BUILT_IN

if TYPE_CHECKING:
    from assistant.language.offline.story import Story
    from assistant.language.port import LanguageModel

EMPTY = Process(name="Process")


@dataclass(frozen=True)
class Reading:
    """What was read: the process, notes for the user, what was assumed, by whom, and with which prompt (None: none)."""

    process: Process
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    made_by: str = BUILT_IN
    prompt: str | None = None

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make the process from an empty one, `Process(name="Process")`."""
        from assistant.process.diff import diff

        return diff(EMPTY, self.process)


def read_story(text: str, model: LanguageModel | None = None) -> Reading:
    """The process a story tells.

    Raises NotAProcess when it tells no recurring work, and with a model one of the ServiceError family.
    """
    if model is not None:
        return _with_model(text, model)
    from assistant.language.offline.story import read

    story = read(text)
    assumed = tuple(item.text for item in story.process.assumptions)
    return Reading(story.process, tuple(_notes(story, text)), assumed)


def _with_model(text: str, model: LanguageModel) -> Reading:
    from assistant.language.offline.guard import refuse_text
    from assistant.language.story_model import read_story_with_model

    refuse_text(text, english=False)
    read = read_story_with_model(text, model)
    assumed = tuple(item.text for item in read.process.assumptions)
    return Reading(read.process, (*read.notes, *read.questions), assumed, read.reply.model, read.reply.prompt)


MOST_NAMED = 3  # sentences named one by one
MOST_QUOTED = 120  # characters of a sentence that are quoted


def _unread(sentences: tuple[str, ...]) -> list[str]:
    """The sentences of work that no rule could read: the first few by their words, the others by their number."""
    notes = []
    for words in sentences[:MOST_NAMED]:
        quoted = words if len(words) <= MOST_QUOTED else words[:MOST_QUOTED].rsplit(" ", 1)[0] + " …"
        notes.append(f"I could not make a step of: “{quoted}”")
    more = len(sentences) - MOST_NAMED
    if more > 0:
        notes.append(f"Nor of {more} more sentence{' that seems' if more == 1 else 's that seem'} to tell of work.")
    return notes


def _left_out(sentences: tuple[str, ...]) -> list[str]:
    """Sentences taken for talk beside the work, so that one word of the teller takes them in."""
    notes = [f"I took this for no step of the work: “{words[:160]}”" for words in sentences[:MOST_NAMED]]
    more = len(sentences) - MOST_NAMED
    if more > 0:
        notes.append(f"I took {plural(more, 'more sentence')} for no step of the work.")
    return notes


def _notes(story: Story, text: str) -> list[str]:
    """What a user should know about how the story was read."""
    from assistant.language.figures.reading import beyond_sense

    notes = [f"“{words}” is more than any process has; I left that figure out." for words in beyond_sense(text)[:3]]
    if story.orders:
        speak = noun(story.orders, "speaks", "speak")
        notes.append(
            f"{plural(story.orders, 'sentence')} that {speak} to the assistant instead of about the work changed "
            "nothing."
        )
    notes += _unread(story.unread)
    notes += _left_out(story.left_out)
    if story.cut:
        put = plural(story.cut, "branch was", "branches were")
        notes.append(f"The flow is nested very deep; {put} put one after the other.")
    return notes
