"""What a model answers when asked for own proposals: titles, reasons, risks and the commands that make the change."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.language.change_reply import COMMANDS
from assistant.language.change_reply import GRAMMAR as CHANGE
from assistant.language.lines import Grammar, Line, read_lines
from assistant.language.port import ReplyFault, TextReply

EFFECTS = ("TIME", "COST", "QUALITY", "FLEXIBILITY")
WORDS = ("WHY", "RISK", "NEEDS", *EFFECTS)
GRAMMAR = Grammar(
    words=("PROPOSAL", "NONE", *WORDS, *CHANGE.words),
    inside={**CHANGE.inside, "PROPOSAL": frozenset(WORDS) | COMMANDS},
    partners=CHANGE.partners,
    other_words=CHANGE.other_words,
)


@dataclass(frozen=True)
class ProposalLines:
    """One proposal as written: `effects` by `time`, `cost`, `quality`, `flexibility` as `+`, `-` or `0`."""

    title: str
    practice: str
    because: tuple[str, ...]
    why: str
    risk: str
    needs: str
    effects: dict[str, str] = field(default_factory=dict)
    commands: tuple[Line, ...] = ()


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
    for text in line.fields:
        word, _, rest = text.partition(" ")
        if word.lower() == "practice":
            practice = rest.strip()
        elif word.lower() == "because":
            because = tuple(rest.replace(",", " ").split())
        else:
            practice = text
    words = {one.word: one for one in line.inside if one.word in WORDS}
    for word in ("WHY", "RISK", *EFFECTS):
        if word not in words or not words[word].text:
            raise line.fault(f"it has no {word} line.")
    effects = {word.lower(): words[word].text[:1].replace("–", "-").replace("−", "-") for word in EFFECTS}
    if not set(effects.values()) <= {"+", "-", "0"}:
        raise line.fault("TIME, COST, QUALITY and FLEXIBILITY are each +, - or 0.")
    commands = tuple(one for one in line.inside if one.word in COMMANDS)
    if not line.text or not commands:
        raise line.fault("it needs a title and at least one command.")
    needs = words["NEEDS"].text if "NEEDS" in words else ""
    return ProposalLines(line.text, practice, because, words["WHY"].text, words["RISK"].text, needs, effects, commands)
