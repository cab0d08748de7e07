"""What a model answers to a story: a header, a flow of lines, and what it found unclear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.gateway.port import ReplyFault, TextReply
from assistant.gateway.reply_lines import Grammar, Line, read_lines
from assistant.language.by_model.story_blocks import BLOCK_WORDS, INSIDE, OTHER_WORDS, PARTNERS, STEPS

HEADER = ("PROCESS", "TRIGGER", "CUSTOMER", "OWNER", "VOLUME", "TOTAL", "ROLE")
GRAMMAR = Grammar(
    words=("NOT A PROCESS", *HEADER, "FLOW", *BLOCK_WORDS, "UNCLEAR"),
    inside={**INSIDE, "FLOW": STEPS},
    partners=PARTNERS,
    other_words=OTHER_WORDS,
    anywhere=frozenset((*HEADER, "UNCLEAR")),
)


@dataclass(frozen=True)
class StoryReply(TextReply):
    """The lines of a reply, sorted: `header` by keyword, `flow` in order, `unclear` as questions.

    `refusal` is the reason why the text is no process; then there is nothing else.
    """

    header: dict[str, list[Line]] = field(default_factory=dict)
    flow: tuple[Line, ...] = ()
    unclear: tuple[str, ...] = ()
    refusal: str = ""

    @classmethod
    def parse(cls, text: str) -> StoryReply:
        """The reply a text holds. Raises ReplyFault, naming the line and the mistake."""
        top = read_lines(text, GRAMMAR)
        if len(top) == 1 and top[0].word == "NOT A PROCESS":
            return cls(refusal=top[0].text or "The text describes no work that is done again and again.")
        header: dict[str, list[Line]] = {}
        flow: list[Line] = []
        unclear: list[str] = []
        for line in top:
            if line.word == "UNCLEAR":
                unclear.append(" | ".join((line.text, *line.fields)))
            elif line.word == "FLOW":
                flow.extend(line.inside)
            elif line.word in STEPS:
                flow.append(line)
            elif line.word in HEADER:
                header.setdefault(line.word, []).append(line)
            else:
                raise line.fault("it stands alone; WHEN, PATH and REDO belong inside a block.")
        if not any(inner.word == "TASK" for line in flow for inner in line.below()):
            raise ReplyFault("The reply holds no TASK line. Write PROCESS, FLOW and the lines of the flow.")
        return cls(header, tuple(flow), tuple(unclear[:5]))

    def first(self, word: str) -> Line | None:
        """The first header line of a kind."""
        return next(iter(self.header.get(word, ())), None)

    def name(self) -> str:
        """The name of the process."""
        line = self.first("PROCESS")
        text = re.sub(r"\s+", " ", line.text).strip(" .") if line else ""
        return (text[:1].upper() + text[1:])[:200] or "Process"
