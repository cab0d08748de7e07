"""Stories into processes: by the built-in rules, or by a language model when one is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.errors import NotAProcess
from assistant.process.edits import Edit
from assistant.process.figures import noun, plural
from assistant.process.model import Process
from assistant.process.questions import LEFT_OPEN
from assistant.settings import BUILT_IN

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel
    from assistant.language.offline.story import Story

EMPTY = Process(name="Process")


@dataclass(frozen=True)
class Reading:
    """What was read: the process, notes for the user, what was assumed, by whom, and with which prompt (None: none)."""

    process: Process
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    made_by: str = BUILT_IN
    prompt: str | None = None
    unread: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Sentences that seem to tell of work and gave no step, and those that were taken for talk beside it."""
    length: int = 0
    """Characters of the story, where rules read it."""

    def noted(self, new: str = "") -> tuple[str, ...]:
        """The notes, and the sentences without a step; where more is told of a story, only those of its `new` words."""
        told = " ".join(new.split())
        if not told:
            return self.notes
        sentences = {*_unread(self.unread), *_left_out(self.left_out)}
        others = (note for note in self.notes if note not in sentences)
        return (*others, *_unread(_among(self.unread, told)), *_left_out(_among(self.left_out, told)))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make the process from an empty one, `Process(name="Process")`."""
        from assistant.process.diff import diff

        return diff(EMPTY, self.process)


def keeping_name(before: Process, reading: Reading) -> Reading:
    """A reading that would change nothing but what the whole is called: no remark gives it another name."""
    same = reading.process.model_copy(update={"name": before.name})
    return replace(reading, process=same) if same == before else reading


UNSETTLED = 8
"""So many pieces of a story may still be read otherwise by the next one, as in one go; what was told before stands."""


def losing_nothing(before: Process, reading: Reading, told: Sequence[str]) -> Reading:
    """A reading of all that was `told`, with what stood `before` the last of it; what a model read stays as it is."""
    from assistant.language.what_stands import with_what_stands

    reading = keeping_name(before, reading)
    if not before.flow.items or reading.made_by != BUILT_IN or len(told) < 2:
        return reading
    words = told[-1].rstrip()
    begins = reading.length - len(words) - len(".\n")  # what may stand behind a line, or before it
    settled = begins - sum(len(text) + len(".\n\n") for text in told[-1 - UNSETTLED : -1])
    stands = with_what_stands(before, reading.process, words, begins, settled)
    if _now_counted(before, reading.process, told[:-1]):
        stands = stands.model_copy(update={"name": reading.process.name})
    return replace(reading, process=stands)


def _now_counted(before: Process, read: Process, told: Sequence[str]) -> bool:
    """Whether the last words say for the first time how many of what come, while the name was only gathered from those
    before: what is counted is what it is about. A name that somebody gave stays."""
    if before.volume is not None or read.volume is None or read.name == before.name:
        return False
    try:
        return read_story("\n\n".join(told)).process.name == before.name
    except NotAProcess:
        return False


def read_story(text: str, model: LanguageModel | None = None) -> Reading:
    """The process a story tells.

    Raises NotAProcess when it tells no recurring work, and with a model one of the ServiceError family.
    """
    return _with_model(text, model) if model is not None else _by_rules(text)


@lru_cache(maxsize=64)
def _by_rules(text: str) -> Reading:
    """What the built-in rules make of a story. Kept: a case of `assistant eval` begins with a story that others had."""
    from assistant.language.correct.need_not import limited
    from assistant.language.offline.story import read

    story = read(text)
    process = limited(story.process, text)
    assumed = tuple(item.text for item in process.assumptions)
    notes = tuple(_notes(story, text))
    return Reading(process, notes, assumed, unread=story.unread, left_out=story.left_out, length=len(text))


def _with_model(text: str, model: LanguageModel) -> Reading:
    from assistant.language.by_model.story import read_story_with_model
    from assistant.language.offline.is_it_work import refuse_text

    refuse_text(text, english=False)
    read = read_story_with_model(text, model)
    assumed = tuple(item.text for item in read.process.assumptions if not item.text.startswith(LEFT_OPEN))
    return Reading(read.process, (*read.notes, *read.questions), assumed, read.reply.model, read.reply.prompt)


MOST_NAMED = 3  # sentences named one by one
MOST_ASKED = 6  # of those that show who does what for how long
MOST_QUOTED = 160  # characters of a sentence that are quoted


def not_read(text: str) -> tuple[str, ...]:
    """The sentences of a story from which the built-in rules made no step, those first that seem to tell of work."""
    from assistant.language.offline.story import read

    try:
        story = read(text)
    except NotAProcess:
        return ()
    return tuple(dict.fromkeys((*story.unread, *story.left_out)))


def quoted(words: str) -> str:
    """A sentence in one line and in quotes, cut between two words where it is long."""
    line = " ".join(words.replace("“", "").replace("”", "").split())
    return f"“{line if len(line) <= MOST_QUOTED else line[:MOST_QUOTED].rsplit(' ', 1)[0] + ' …'}”"


def _among(sentences: tuple[str, ...], new: str) -> tuple[str, ...]:
    """The sentences that stand in the new words."""
    return tuple(words for words in sentences if " ".join(words.split()) in new)


def _unread(sentences: tuple[str, ...]) -> list[str]:
    """The sentences of work that no rule could read: the first few by their words, the others by their number."""
    notes = [f"I could not make a step of: {quoted(words)}" for words in sentences[:MOST_NAMED]]
    more = len(sentences) - MOST_NAMED
    if more > 0:
        notes.append(f"Nor of {more} more sentence{' that seems' if more == 1 else 's that seem'} to tell of work.")
    return notes


def _left_out(sentences: tuple[str, ...]) -> list[str]:
    """Sentences taken for talk beside the work, so that one word of the teller takes them in."""
    from assistant.language.offline.like_work import ASKED, signs

    asked = [words for words in sentences[:MOST_ASKED] if signs(words) >= ASKED]
    sentences = tuple(words for words in sentences if words not in asked)
    notes = [f"Is this a step of the work? I took it for none: {quoted(words)}" for words in asked]
    notes += [f"I took this for no step of the work: {quoted(words)}" for words in sentences[:MOST_NAMED]]
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
    notes += [f"No figure, so left out of the table, at “{words}”." for words in story.unsaid]
    notes += _unread(story.unread) + _left_out(story.left_out)
    if story.cut:
        put = plural(story.cut, "branch was", "branches were")
        notes.append(f"The flow is nested very deep; {put} put one after the other.")
    return notes
