"""What a model answers when asked for own proposals: titles, reasons, risks and the commands that make the change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.gateway.port import ReplyFault, TextReply
from assistant.gateway.reply_lines import Grammar, Line, read_blocks, read_lines
from assistant.language.by_model.change_reply import COMMANDS
from assistant.language.by_model.change_reply import GRAMMAR as CHANGE

EFFECTS = ("time", "cost", "quality", "flexibility")
WORDS = ("WHY", "RULE", "UNLESS", "RISK", "NEEDS", "BRINGS", "WHO", "FIRST", "EFFECT")
_CODE = re.compile(r"\b[HO]\d\d\b")
_BECAUSE = re.compile(r"\bbecause\b:?\s*", re.I)
_FINDINGS = re.compile(r"[\s,;/&+.]+(?:and\s+)?")
"""What stands between the ids of findings."""
_PAIN = re.compile(r"P\d{1,2}")
ABOUT_ALL = ("DECIDE", "AVOID")
MOST_RULES, MOST_UNLESS, MOST_AVOIDED, MOST_RISKS, MOST_BRINGS = 4, 3, 3, 2, 3
OWN_COMMANDS = frozenset({"SHORTEN", "RARER", "RHYTHM", "POOL", "SAME PERSON", "OWNER", "ASK"})
"""Commands that a change request does not have: what a redesign does to waits, chances, runs, pools and ownership."""
ALL_COMMANDS = COMMANDS | OWN_COMMANDS
GRAMMAR = Grammar(
    words=tuple(dict.fromkeys(("PROPOSAL", "NONE", *ABOUT_ALL, *WORDS, *OWN_COMMANDS, *CHANGE.words))),
    inside={**CHANGE.inside, "PROPOSAL": frozenset(WORDS) | ALL_COMMANDS},
    partners=CHANGE.partners,
    other_words=CHANGE.other_words,
    anywhere=frozenset(ABOUT_ALL),
)


@dataclass(frozen=True)
class DecideLine:
    """What is to be decided, in a sentence; what that brings, costs and gives up: of all changes or of one."""

    text: str
    brings: str = ""
    costs: str = ""
    gives_up: str = ""


@dataclass(frozen=True)
class ProposalLines:
    """One proposal as written.

    `rules` say how it runs from then on, `unless` which cases run otherwise, and how; `risks` what could go wrong, each
    with what is then done, `brings` sums, each with what it counts, `day` when the first step is taken. `effects` by
    `time`, `cost`, `quality`, `flexibility` as `+`, `-` or `0`; `instead_of` and `goes_with` are numbers of other
    proposals of the reply, from 1.
    """

    title: str
    practice: str
    because: tuple[str, ...]
    why: str
    risks: tuple[tuple[str, str], ...]
    needs: str
    effects: dict[str, str] = field(default_factory=dict)
    commands: tuple[Line, ...] = ()
    first: str = ""
    day: int = 0
    rules: tuple[str, ...] = ()
    unless: tuple[tuple[str, str], ...] = ()
    brings: tuple[tuple[str, str], ...] = ()
    decides: str = ""
    begins: str = ""
    instead_of: tuple[int, ...] = ()
    goes_with: tuple[int, ...] = ()

    @property
    def question(self) -> str:
        """What only people can settle; empty for a proposal that changes the process."""
        return next((line.text for line in self.commands if line.word == "ASK"), "")


@dataclass(frozen=True)
class Proposals(TextReply):
    """Proposals, best first; empty when the model sees nothing better. `avoid`: what is not to be done, and why.

    `broken` are those that could not be read: their number in the reply, from 0, and why; the rest have `numbers`.
    """

    proposals: tuple[ProposalLines, ...] = ()
    decide: tuple[DecideLine, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    broken: tuple[tuple[int, str], ...] = ()
    numbers: tuple[int, ...] = ()

    block = "PROPOSAL"
    top = ("PROPOSAL", "NONE", *ABOUT_ALL)

    @classmethod
    def parse(cls, text: str) -> Proposals:
        """The proposals a text holds. Raises ReplyFault, naming the line and the mistake."""
        top = read_lines(text, GRAMMAR)
        if len(top) == 1 and top[0].word == "NONE":
            return cls()
        if not top:
            raise ReplyFault("The reply holds no PROPOSAL line.")
        made = [line for line in top if line.word not in ABOUT_ALL]
        for line in made:
            if line.word != "PROPOSAL":
                raise line.fault("at the margin stand PROPOSAL lines only; what belongs to one is indented below it.")
        decide = tuple(_decide(line) for line in top if line.word == "DECIDE" and line.text)
        avoid = tuple((line.text, " ".join(line.fields)) for line in top if line.word == "AVOID" and line.text)
        read, broken = read_blocks(made, _proposal)
        return cls(tuple(read.values()), decide, avoid[:MOST_AVOIDED], tuple(broken.items()), tuple(read))


def _decide(line: Line) -> DecideLine:
    """The decision and what stands behind it, each field beginning with its word."""
    parts = {"brings": "", "costs": "", "gives up": ""}
    for text in line.fields:
        word = next((word for word in parts if re.match(rf"{word}\b", text, re.I)), "")
        if word:
            parts[word] = text[len(word) :].strip(" :")
    return DecideLine(line.text, parts["brings"], parts["costs"], parts["gives up"])


def _proposal(line: Line) -> ProposalLines:
    practice = ""
    because: tuple[str, ...] = ()
    others: dict[str, tuple[int, ...]] = {}
    for text in line.fields:
        relation = re.match(r"(instead of|with)\b", text, re.I)
        if relation:
            others[relation.group(1).lower()] = tuple(int(number) for number in re.findall(r"\d{1,2}", text))
            continue
        said, _, reasons = _BECAUSE.sub("because ", text).partition("because ")
        named = filter(None, _FINDINGS.split(reasons or said))
        because += tuple(name for name in named if reasons or _PAIN.fullmatch(name))
        said = re.sub(r"^practice\s+", "", said, flags=re.I).strip()
        if said and not all(map(_PAIN.fullmatch, _FINDINGS.split(said))):
            practice = next(iter(_CODE.findall(said)), said)  # of several codes the first leads
    words = {inner.word: inner for inner in line.inside if inner.word in WORDS}
    who = words.get("WHO")
    for word in ("RISK", "EFFECT"):
        if word not in words or not words[word].text:
            raise line.fault(f"{line.text!r} has no {word} line.")
    signs = re.findall(r"[+0-]", re.sub("[–−]", "-", words["EFFECT"].text))
    if len(signs) != len(EFFECTS):
        raise line.fault("EFFECT has four signs, each +, - or 0: time, cost, quality, flexibility.")
    commands = tuple(inner for inner in line.inside if inner.word in ALL_COMMANDS)
    if not line.text or not commands:
        raise line.fault("it needs a title and at least one command.")
    return ProposalLines(
        title=line.text,
        practice=practice,
        because=tuple(dict.fromkeys(because)),
        why=words["WHY"].text if "WHY" in words else "",
        risks=_pairs(line, "RISK")[:MOST_RISKS],
        rules=tuple(inner.text for inner in line.inside if inner.word == "RULE" and inner.text)[:MOST_RULES],
        unless=tuple(pair for pair in _pairs(line, "UNLESS") if pair[1])[:MOST_UNLESS],
        brings=_pairs(line, "BRINGS")[:MOST_BRINGS],
        decides=who.text if who else "",
        begins=" ".join(who.fields) if who else "",
        needs=_words(words, "NEEDS"),
        effects=dict(zip(EFFECTS, signs, strict=True)),
        commands=commands,
        first=_first(words.get("FIRST"))[1],
        day=_first(words.get("FIRST"))[0],
        instead_of=others.get("instead of", ()),
        goes_with=others.get("with", ()),
    )


def _pairs(line: Line, word: str) -> tuple[tuple[str, str], ...]:
    """What the lines of a word inside a proposal say: the text, and what stands behind the bar."""
    return tuple((inner.text, " ".join(inner.fields)) for inner in line.inside if inner.word == word and inner.text)


def _words(words: dict[str, Line], word: str) -> str:
    """A line's whole text: a bar in a sentence divides nothing here."""
    line = words.get(word)
    return " ".join((line.text, *line.fields)) if line else ""


def _first(line: Line | None) -> tuple[int, str]:
    """The day of the first step (0: none was given) and the step: `FIRST day 3 | what is done`, in either order."""
    if line is None:
        return 0, ""
    parts = [line.text, *line.fields]
    days = [match for part in parts if (match := re.fullmatch(r"day\s+(\d{1,3})", part.strip(), re.I))]
    told = " ".join(part for part in parts if not re.fullmatch(r"day\s+\d{1,3}", part.strip(), re.I))
    return (int(days[0][1]) if days else 0), told
