"""Comments read by a language model: each unlike text gets its step and its theme from it, the rules keep the rest.

Masked texts, cut to a length, go out with numbers; numbers and ids come back, and names of themes. What is counted is
counted from members, what is quoted is cut from comments. Themes are written by the model in the first batch, which is
spread over all comments with what is severe in it, and added to by later ones; what is in none after that is read once
more, together. All stays within so many calls and tokens; beyond them, and where an answer fails, `followers` says
which comments follow one that was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.english.alike import stem
from assistant.errors import ServiceError
from assistant.feedback.corpus import Corpus, marked
from assistant.feedback.followers import Said, chosen, placed
from assistant.feedback.links import Link, Ties, linked_steps
from assistant.feedback.personal import masked, private
from assistant.feedback.shapes import Feedback
from assistant.feedback.small import SEVERE
from assistant.feedback.spoken import counted
from assistant.feedback.themes import LEAST_THEME, Found
from assistant.feedback.words import STOP, TOKEN
from assistant.process.blocks import Task
from assistant.process.figures import noun, plural
from assistant.process.model import Process

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel, Usage
    from assistant.language.by_model.comments import CommentLine

MOST_CALLS = 50
MOST_TOKENS = 200_000
IN_ONE_CALL = 120
LONGEST = 320
"""So many characters of a comment are sent: a longer one has said by then what it is about."""
LOOKED_AT = 4000
REPAIRS = 1
MENDED = 1.3
"""A call costs so many times its price on average, as some answers must be mended."""
ANSWER, THEMES = 11, 500
"""Tokens of the line that answers a comment, and of the themes in a prompt or an answer."""
MOST_FAILURES = 3
ELSE = "what else is said"
"""How the theme is called that holds what is said of a step and is in no other."""
_PLAIN = re.compile(r"[\w '’“”\"(),/&%€$£!?-]{2,80}")
"""Of such signs a name is made: no address of a page, no markup, no placeholder."""


class Reading(NamedTuple):
    """What a model read: by the number of the unlike text, the names of the themes, what is to be said of it, what it
    cost, and by whom."""

    said: Mapping[int, Said]
    names: Sequence[str]
    notes: list[str]
    usage: Usage
    by: str

    def used(
        self, corpus: Corpus, ties: Ties, found: Found, steps: Mapping[str, str]
    ) -> tuple[list[Link], Found, dict[int, str]]:
        """The steps and themes of all texts and the names of those the model found; how texts feel is put right.
        `steps` are the names of the steps by id."""
        marked(corpus, {at: told.mark for at, told in self.said.items()})
        now = placed(corpus, ties, found, self.said, self.names)
        names = sound_names(corpus, now.found, now.names)
        if now.following:
            follow = noun(now.following, "follows", "follow")
            self.notes.append(f"{plural(now.following, 'unlike comment')} {follow} one that is near and was read.")
        if dropped := len(now.names) - len(names):
            were = noun(dropped, "was", "were")
            self.notes.append(
                f"{plural(dropped, 'name')} of the model {were} dropped: not said by the customers, or given twice."
            )
        return now.links, now.found, names | {theme: f"{steps[step]}: {ELSE}" for theme, step in now.rest.items()}

    def told_in(self, summary: Feedback) -> Feedback:
        """The summary with who read it, and what is to be said of that."""
        made = f"{summary.made_by}; steps and themes by {self.by}" if self.said else summary.made_by
        return replace(
            summary, made_by=made, notes=(*summary.notes, *self.notes), calls=self.usage.calls,
            usage=self.usage.in_words(),
        )  # fmt: skip


class Reader:
    """Reads the unlike texts of a corpus with a language model; `say` hears what it will cost before it begins."""

    def __init__(self, model: LanguageModel, say: Callable[[str], None] = lambda text: None) -> None:
        self.model, self._say = model, say

    def read(self, corpus: Corpus, found: Found, process: Process | None) -> Reading:
        """What the model says of as many texts as the bounds allow; `found` are the themes of the rules."""
        run = _Run(self.model, corpus, process)
        texts = [at for at in range(len(corpus.words)) if corpus.words.size(at)]
        rows = texts if len(texts) <= run.room(texts) else chosen(corpus, found, run.room(texts))
        batches = list(_batches(rows, corpus))
        part = "" if len(rows) == len(texts) else f" of {len(texts):,}"
        calls = plural(len(batches), "call")
        cost = sum(run.cost(batch) for batch in batches)
        self._say(
            f"{self.model.name} reads {plural(len(rows), 'unlike comment')}{part}: {calls}, about {cost:,} tokens."
        )
        for number, batch in enumerate(batches, 1):
            run.ask(batch)
            if len(batches) > 1:
                self._say(f"Call {number} of {len(batches)} is done: {len(run.said):,} read.")
        left = [at for at in rows if at not in run.said or run.said[at].theme < 0]
        if len(batches) > 1 and len(left) > LEAST_THEME:
            for batch in _batches(left, corpus):
                run.ask(batch)
        return Reading(run.said, list(run.names.values()), run.told(len(rows)), run.usage, self.model.name)


class _Run:
    """The calls of one reading, and what they came to."""

    def __init__(self, model: LanguageModel, corpus: Corpus, process: Process | None) -> None:
        from assistant.gateway.port import Usage
        from assistant.gateway.prompts import load_prompt
        from assistant.gateway.token_counts import count_tokens

        self.model, self.corpus = model, corpus
        self.step_ids, self.steps = _steps(process)
        self.names: dict[str, str] = {}
        self.said: dict[int, Said] = {}
        self.usage, self.spent, self.tried = Usage(), 0, 0
        self.failures: list[str] = []
        self.stopped = False
        self._texts: dict[int, str] = {}
        self._count = count_tokens
        self._frame = count_tokens(load_prompt("comments").system) + count_tokens("\n".join(self.steps.values()))

    def text(self, at: int) -> str:
        """An unlike text as it is sent."""
        if at not in self._texts:
            self._texts[at] = " ".join(masked(counted(self.corpus.raw(at))[:LOOKED_AT]).split())[:LONGEST]
        return self._texts[at]

    def cost(self, rows: Sequence[int]) -> int:
        """About how many tokens a call about these texts takes, with its answer."""
        return self._frame + 2 * THEMES + sum(self._count(self.text(at)) + 3 + ANSWER for at in rows)

    def room(self, texts: Sequence[int]) -> int:
        """How many texts like these can be read within the bounds."""
        some = texts[:: max(1, len(texts) // 500)]
        if not some:
            return 0
        each = (self.cost(some) - self.cost([])) / len(some)
        calls = MOST_TOKENS / MENDED / (self.cost([]) + each * IN_ONE_CALL)
        return int(min(calls, MOST_CALLS / (1 + REPAIRS)) * IN_ONE_CALL)

    def ask(self, rows: Sequence[int]) -> None:
        """Read these texts in one call, if the bounds allow it; a failure is kept."""
        from assistant.gateway.port import Budget
        from assistant.language.by_model.comments import read_comments

        worst = (1 + REPAIRS) * self.cost(rows)
        left = MOST_TOKENS - self.spent
        if worst > left or self.tried + 1 + REPAIRS > MOST_CALLS or len(self.failures) >= MOST_FAILURES:
            self.stopped = True
            return
        whole = len(self.corpus.words)
        try:
            reply = read_comments(
                [self.text(at) for at in rows], self.model, self.steps, self.names,
                whole if len(rows) < whole else 0, Budget(input_tokens=left, repairs=REPAIRS),
            )  # fmt: skip
        except ServiceError as error:
            self.failures.append(str(error))
            self.spent, self.tried = self.spent + worst, self.tried + 1 + REPAIRS
            return
        self.usage = self.usage + reply.usage
        self.spent, self.tried = self.spent + reply.usage.tokens, self.tried + reply.usage.calls
        self.names.update(reply.value.themes)
        order = {id_: number for number, id_ in enumerate(self.names)}
        for number, line in reply.value.lines.items():
            self._take(rows[number - 1], line, order)

    def _take(self, at: int, line: CommentLine, order: Mapping[str, int]) -> None:
        """What is said of a text; said again, it stays at its step where none is given any more."""
        step = self.step_ids.get(line.step, "")
        before = self.said.get(at)
        self.said[at] = Said(step or (before.step if before else ""), order.get(line.theme, -1), line.mark)

    def told(self, asked: int) -> list[str]:
        """What is to be said of the reading: what the model did not read, and why."""
        notes = []
        if missed := asked - len(self.said):
            why = f": {self.failures[0]}" if self.failures else ", whose answer left them out or mixed them up."
            if self.stopped and not self.failures:
                why = ": more would go beyond the bounds."
            were = noun(missed, "was", "were")
            notes.append(f"{plural(missed, 'unlike comment')} {were} not read by {self.model.name}{why}")
        return notes


def _batches(rows: Sequence[int], corpus: Corpus) -> Iterator[list[int]]:
    """Texts for one call each: all there are; else such as are spread over all, what is severe first."""
    if len(rows) <= IN_ONE_CALL:
        if rows:
            yield list(rows)
        return
    severe = [at for at in rows if corpus.severity[at] >= SEVERE][: IN_ONE_CALL // 3]
    first = set(severe)
    others = [at for at in rows if at not in first]
    count = -(-len(rows) // IN_ONE_CALL)
    spread = severe + [at for start in range(count) for at in others[start::count]]
    size = -(-len(rows) // count)
    for start in range(0, len(spread), size):
        yield spread[start : start + size]


def sound_names(corpus: Corpus, found: Found, names: Mapping[int, str]) -> dict[int, str]:
    """The names that may be shown: plain words, one of which a comment of the theme says, not personal, each once."""
    sound: dict[int, str] = {}
    for theme, name in names.items():
        plain = f"{name[:1].upper()}{name[1:]}".rstrip(".")
        texts = np.flatnonzero(found.themes == theme).tolist()
        said = {stem(word) for at in texts for word in corpus.words[at]}
        told = {stem(word) for word in TOKEN.findall(name.lower()) if word not in STOP}
        taken = {other.lower() for other in sound.values()}
        if told & said and _PLAIN.fullmatch(plain) and plain.lower() not in taken and not private(plain):
            sound[theme] = plain
    return sound


def _steps(process: Process | None) -> tuple[dict[str, str], dict[str, str]]:
    """The steps of a process by short ids: their own ids, and how they are shown."""
    if process is None:
        return {}, {}
    roles = {role.id: role.name for role in process.roles}
    ids, shown = {}, {}
    for number, step in enumerate(linked_steps(process), 1):
        role = roles.get(step.role or "", "") if isinstance(step, Task) else ""
        ids[f"s{number}"] = step.id
        shown[f"s{number}"] = f"{step.name} ({role})" if role else step.name
    return ids, shown
