"""What a model answers when asked for own proposals: titles, reasons, risks and the commands that make the change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.language.change_reply import COMMANDS
from assistant.language.change_reply import GRAMMAR as CHANGE
from assistant.language.lines import Grammar, Line, read_lines
from assistant.language.port import ReplyFault, TextReply

EFFECTS = ("TIME", "COST", "QUALITY", "FLEXIBILITY")
WORDS = ("WHY", "RISK", "NEEDS", "FIRST", *EFFECTS)
OWN_COMMANDS = frozenset({"SHORTEN", "RARER", "RHYTHM", "POOL", "SAME PERSON", "OWNER", "ASK"})
"""Commands that a change request does not have: what a redesign does to waits, chances, runs, pools and ownership."""
ALL_COMMANDS = COMMANDS | OWN_COMMANDS
GRAMMAR = Grammar(
    words=tuple(dict.fromkeys(("PROPOSAL", "NONE", *WORDS, *OWN_COMMANDS, *CHANGE.words))),
    inside={**CHANGE.inside, "PROPOSAL": frozenset(WORDS) | ALL_COMMANDS},
    partners=CHANGE.partners,
    other_words=CHANGE.other_words,
)


@dataclass(frozen=True)
class ProposalLines:
    """One proposal as written: `effects` by `time`, `cost`, `quality`, `flexibility` as `+`, `-` or `0`; `instead_of`
    and `goes_with` are numbers of other proposals of the reply, from 1."""

    title: str
    practice: str
    because: tuple[str, ...]
    why: str
    risk: str
    needs: str
    effects: dict[str, str] = field(default_factory=dict)
    commands: tuple[Line, ...] = ()
    first: str = ""
    instead_of: tuple[int, ...] = ()
    goes_with: tuple[int, ...] = ()

    @property
    def question(self) -> str:
        """What only people can settle; empty for a proposal that changes the process."""
        return next((line.text for line in self.commands if line.word == "ASK"), "")


@dataclass(frozen=True)
class Proposals(TextReply):
    """Proposals, best first; empty when the model sees nothing better."""

    proposals: tuple[ProposalLines, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Proposals:
        """The proposals a text holds. Raises ReplyFault, naming the line and the mistake."""
        top = read_lines(text, GRAMMAR)
        if len(top) == 1 and top[0].word == "NONE":
            return cls()
        if not top:
            raise ReplyFault("The reply holds no PROPOSAL line.")
        for line in top:
            if line.word != "PROPOSAL":
                raise line.fault("at the margin stand PROPOSAL lines only; what belongs to one is indented below it.")
        return cls(tuple(_proposal(line) for line in top))


def _proposal(line: Line) -> ProposalLines:
    practice = ""
    because: tuple[str, ...] = ()
    others: dict[str, tuple[int, ...]] = {}
    for text in line.fields:
        word, _, rest = text.partition(" ")
        relation = re.match(r"(instead of|with)\b", text, re.I)
        if word.lower() == "practice":
            practice = rest.strip()
        elif word.lower() == "because":
            because = tuple(rest.replace(",", " ").split())
        elif relation:
            others[relation.group(1).lower()] = tuple(int(number) for number in re.findall(r"\d{1,2}", text))
        else:
            practice = text
    words = {inner.word: inner for inner in line.inside if inner.word in WORDS}
    for word in ("WHY", "RISK", *EFFECTS):
        if word not in words or not words[word].text:
            raise line.fault(f"it has no {word} line.")
    effects = {word.lower(): words[word].text[:1].replace("–", "-").replace("−", "-") for word in EFFECTS}
    if not set(effects.values()) <= {"+", "-", "0"}:
        raise line.fault("TIME, COST, QUALITY and FLEXIBILITY are each +, - or 0.")
    commands = tuple(inner for inner in line.inside if inner.word in ALL_COMMANDS)
    if not line.text or not commands:
        raise line.fault("it needs a title and at least one command.")
    return ProposalLines(
        title=line.text,
        practice=practice,
        because=because,
        why=words["WHY"].text,
        risk=words["RISK"].text,
        needs=_words(words, "NEEDS"),
        effects=effects,
        commands=commands,
        first=_words(words, "FIRST"),
        instead_of=others.get("instead of", ()),
        goes_with=others.get("with", ()),
    )


def _words(words: dict[str, Line], word: str) -> str:
    """A line's whole text: a bar in a sentence divides nothing here."""
    line = words.get(word)
    return " ".join((line.text, *line.fields)) if line else ""
