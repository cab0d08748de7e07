"""What a model answers to a change request: commands that name elements by id, or a question with readings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.gateway.port import ReplyFault, TextReply
from assistant.gateway.reply_lines import Grammar, Line, read_lines
from assistant.language.by_model.story_blocks import BLOCK_WORDS, INSIDE, OTHER_WORDS, PARTNERS, STEPS

BODY = STEPS | {"KEEP"}
WITH_BODY = ("INSERT", "REPLACE", "ADD BRANCH")
WITH_TASKS = ("SPLIT", "MERGE")
PLAIN = ("DELETE", "MOVE", "COPY", "SWAP", "RENAME", "SET", "GIVE", "PARALLELISE", "IN SEQUENCE", "WRAP CHOICE",
         "WRAP LOOP", "REMOVE BRANCH", "CONDITION", "TURN", "SUBPROCESS", "INLINE", "ROLE", "PROCESS",
         "VOLUME")  # fmt: skip
COMMANDS = frozenset((*WITH_BODY, *WITH_TASKS, *PLAIN))
_BLOCKS = {word: (inner | {"KEEP"} if inner & STEPS else inner) for word, inner in INSIDE.items()}
GRAMMAR = Grammar(
    words=("EXPLAIN", "ASK", "READING", "NOT A CHANGE", *COMMANDS, *BLOCK_WORDS, "KEEP"),
    inside={
        **_BLOCKS, **dict.fromkeys(WITH_BODY, BODY), **dict.fromkeys(WITH_TASKS, frozenset({"TASK"})),
        "READING": COMMANDS,
    },
    partners=PARTNERS,
    other_words={**OTHER_WORDS, "PARALLELIZE": lambda line: replace(line, word="PARALLELISE")},
)  # fmt: skip


@dataclass(frozen=True)
class ReadingLines:
    """One way to understand a vague request: in words, and as commands."""

    text: str
    commands: tuple[Line, ...]


@dataclass(frozen=True)
class ChangeReply(TextReply):
    """Commands to carry out, or a question with two or three readings, or the reason why this is no change."""

    commands: tuple[Line, ...] = ()
    question: str = ""
    readings: tuple[ReadingLines, ...] = ()
    explanation: str = ""
    refusal: str = ""

    @classmethod
    def parse(cls, text: str) -> ChangeReply:
        """The reply a text holds. Raises ReplyFault, naming the line and the mistake."""
        commands: list[Line] = []
        readings: list[ReadingLines] = []
        question = explanation = refusal = ""
        for line in read_lines(text, GRAMMAR):
            if line.word == "EXPLAIN":
                explanation = explanation or line.text
            elif line.word == "ASK":
                question = line.text
            elif line.word == "NOT A CHANGE":
                refusal = line.text or "This asks for no change of the process."
            elif line.word == "READING":
                readings.append(ReadingLines(line.text, tuple(line.inside)))
            elif line.word in COMMANDS:
                commands.append(line)
            else:
                raise line.fault("it is no command; new steps stand inside INSERT, REPLACE or ADD BRANCH.")
        return cls._whole(commands, question, readings, explanation, refusal)

    @classmethod
    def _whole(
        cls, commands: list[Line], question: str, readings: list[ReadingLines], explanation: str, refusal: str
    ) -> ChangeReply:
        if refusal and not commands:
            return cls(refusal=refusal)
        if question or readings:
            if commands:
                raise ReplyFault("Either ask with READINGs or change with commands, not both.")
            if not question or len(readings) < 2 or not all(reading.text and reading.commands for reading in readings):
                raise ReplyFault("An ASK needs two or three READINGs, each with a text and commands inside it.")
            return cls(question=question, readings=tuple(readings[:3]), explanation=explanation)
        if not commands:
            raise ReplyFault("The reply holds no command. Write commands, or ASK with READINGs, or NOT A CHANGE.")
        return cls(commands=tuple(commands), explanation=explanation)
