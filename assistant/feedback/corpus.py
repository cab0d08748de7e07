"""All comments, what they share, and what was judged of each: the table that themes are found in and counted from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from assistant.feedback.comments import near_key, plain_key
from assistant.feedback.cues import in_plain_words, tells_of_trouble
from assistant.feedback.halves import judge_all
from assistant.feedback.learnt import FEELINGS, READ, Meant
from assistant.feedback.marks import marks
from assistant.feedback.ratings import Scale, scale_of
from assistant.feedback.sentiment import Judged, after_cry
from assistant.feedback.shapes import Comment
from assistant.feedback.spoken import by_machine, counted
from assistant.feedback.texts import Texts
from assistant.feedback.topics import likely, topics
from assistant.feedback.words import TOKEN

CHUNK = 20_000
FAINT, MOST, CLEAR = 0.1, 0.5, 0.25
"""A feeling told by what was learnt lies between FAINT and MOST; against a word of harm it must be CLEAR, and more than
FAINT against words of trouble."""
NEGATIVE, POSITIVE = FEELINGS.index("negative"), FEELINGS.index("positive")
MOCKED = 0.15
"""What is told after a cry of praise is meant so when it is by so much happier than unhappy itself."""
PRAISED = 0.38
"""What words that judge praise so is not unhappy, unless what was learnt is quite sure."""
HURT = 0.4
"""An unhappy comment which was read and is so likely about danger and injuries tells of harm, whatever its words: of 21
that no word gave away, 19 did, on trades that were not learnt from."""
HURTS, HARMS = 0.5, 0.55
"""From where on what was learnt of a comment which was read says that its severity is at least 2, and 3."""
AT_ALL = 0.02
"""So likely must it at least be about danger and injuries to be severe by what was learnt alone."""
_FIGURES = re.compile(r"\d+")
"""Figures name no theme."""
SMALL = 60
"""With at most so many unlike texts two on the same trouble are a theme, and each of the others is told."""
MOST_TOKENS = 120
"""Words of one comment that count for its theme; a longer one has said what it is about by then."""


@dataclass
class Corpus:
    """Comments that count, and their unlike texts.

    `owner[i]` is the number of the unlike text of comment i; `first[u]` a comment with text u, `weight[u]` how many
    comments have it; `words[u]` its words in lower case; `judged[u]` what was made of it. `machine` are comments that a
    machine wrote: counted apart. `feeling[i]` is of each comment, since its own rating may calibrate it; `severity[u]`
    (0 to 3) and `kinds[u]` are what was judged of a text in the light of the ratings it came with.
    """

    comments: list[Comment] = field(default_factory=list)
    machine: list[Comment] = field(default_factory=list)
    empty: int = 0
    owner: Any = None
    first: list[int] = field(default_factory=list)
    weight: Any = None
    words: Texts = field(default_factory=Texts)
    judged: list[Judged] = field(default_factory=list)
    feeling: Any = None
    scale: Scale | None = None
    severity: Any = None
    kinds: list[str] = field(default_factory=list)
    disagree: int = 0

    @cached_property
    def meant(self) -> Meant:
        """What the unlike texts mean; asked for once all are there."""
        few = self.first if len(self.first) <= READ else ()
        return Meant(self.words, [_FIGURES.sub("", counted(self.comments[at].raw)) for at in few])

    @cached_property
    def topics(self) -> Any:
        """How likely each unlike text speaks of each general topic, where all were read; else none."""
        if self.meant.sentences is None:
            return None
        learnt = likely(self.meant, np.arange(len(self.words)))
        return in_plain_words(learnt, [self.raw(at) for at in range(len(self.words))]) if self.small else learnt

    @property
    def small(self) -> bool:
        """Whether there are so few unlike texts that each is looked at by itself."""
        return 0 < len(self.words) <= SMALL

    def raw(self, at: int) -> str:
        """An unlike text as it came."""
        return self.comments[self.first[at]].raw


def corpus_of(comments: Sequence[Comment], empty: int = 0, near: bool = False) -> Corpus:
    """The table of these comments; repeats (with `near` also those of the same words) are brought together and judged
    once."""
    found = gathered(comments, empty, near)
    found.judged = judge_all([found.comments[at].raw for at in found.first])
    _judged_by_meaning(found)
    _feelings(found)
    _in_the_light_of_ratings(found)
    return found


def gathered(comments: Sequence[Comment], empty: int = 0, near: bool = False) -> Corpus:
    """The same before anything is judged."""
    found = Corpus(empty=empty)
    places: dict[str, int] = {}
    by_raw: dict[str, int] = {}
    owner: list[int] = []
    for comment in comments:
        at = by_raw.get(comment.raw)
        if at is None:
            at = _place(comment, found, places, near)
            by_raw[comment.raw] = at
        if at < 0:
            found.machine.append(comment)
            continue
        owner.append(at)
        found.comments.append(comment)
        if at == len(found.first):
            found.first.append(len(owner) - 1)
    del by_raw, places
    found.owner = np.array(owner, dtype=np.int64)
    found.weight = np.bincount(found.owner, minlength=len(found.first))
    return found


def _place(comment: Comment, found: Corpus, places: dict[str, int], near: bool) -> int:
    """The number of a comment's text, judged when it is new; -1 when a machine wrote it."""
    key = near_key(comment.raw) if near else plain_key(comment.raw)
    at = places.get(key)
    if at is not None:
        return at
    if by_machine(comment.raw):
        places[key] = -1
        return -1
    places[key] = at = len(found.words)
    words = TOKEN.findall(counted(comment.raw).lower().replace("’", "'"))
    found.words.append([word for word in words if word[0] > "9"][:MOST_TOKENS])
    return at


def evidence(judged: Sequence[Judged], texts: Sequence[str]) -> Any:
    """What words that judge and signs say of each text, beside what was learnt: one row a text."""
    table = np.zeros((len(judged), 5), dtype=np.float32)
    for row, (made, text) in enumerate(zip(judged, texts, strict=True)):
        end = text.rstrip()[-1:]
        table[row] = max(made.feeling, 0.0), max(-made.feeling, 0.0), end == "?", end == "!", bool(made.why)
    return table


def read_evidence(judged: Sequence[Judged], texts: Sequence[str]) -> Any:
    """The same for texts that are read, with the signs that words mean something else."""
    return np.hstack([evidence(judged, texts), marks(texts)])


def _judged_by_meaning(found: Corpus) -> None:
    """How each text feels, by words that judge and by what was learnt of the others. Who tells of harm, lost money or
    leaving is unhappy, unless what was learnt is clear ("every glass in tissue")."""
    texts = [found.comments[at].raw for at in found.first]
    read = found.meant.sentences is not None
    harm = next(at for at, topic in enumerate(topics()) if topic.id == "harm")
    danger = found.topics[:, harm] if found.topics is not None else None
    for start in range(0, len(texts), CHUNK):
        rows = np.arange(start, min(start + CHUNK, len(texts)))
        here = found.judged[start : start + CHUNK], texts[start : start + CHUNK]
        strong = found.meant.read(rows, read_evidence(*here)) if read else found.meant.feelings(rows, evidence(*here))
        feelings = strong[:, : len(FEELINGS)].argmax(axis=1).tolist()
        for at, feeling, sure in zip(rows.tolist(), feelings, strong.tolist(), strict=True):
            if found.words.size(at):
                if feeling == POSITIVE and found.small and _plain_trouble(found.judged[at], texts[at]):
                    feeling = NEGATIVE
                found.judged[at] = _felt(found.judged[at], FEELINGS[feeling], sure[2] - sure[0], read)
                if danger is not None:
                    hurts, harms = sure[len(FEELINGS) :]
                    found.judged[at] = _hurt(found.judged[at], hurts, harms if danger[at] >= AT_ALL else 0.0)
        if read:
            _mocked(found, texts)
    for at in np.flatnonzero(danger >= HURT).tolist() if danger is not None else ():
        found.judged[at] = _hurt(found.judged[at], 1.0, 1.0)


def _plain_trouble(judged: Judged, text: str) -> bool:
    """Whether a text without a word of praise tells of trouble: few comments are blunt, and “two weeks without my bike”
    is no praise however it sounds."""
    return judged.feeling <= 0 and judged.kind != "question" and tells_of_trouble(text)


def _mocked(found: Corpus, texts: Sequence[str]) -> None:
    """Texts that were read and begin with a cry of praise feel like what is told after it, where that is not clearly
    happy."""
    cried = [at for at, text in enumerate(texts) if found.judged[at].feeling > 0.05 and after_cry(text)]
    told = [after_cry(texts[at]) for at in cried]
    if not told:
        return
    words = Texts()
    for text in told:
        words.append(TOKEN.findall(text.lower().replace("’", "'")))
    strong = Meant(words, told).read(np.arange(len(told)), read_evidence(judge_all(told), told))
    for at, row in zip(cried, strong.tolist(), strict=True):
        if row[2] - row[0] < MOCKED:
            mocked = found.judged[at]._replace(feeling=0.0, kind="complaint")
            found.judged[at] = _felt(mocked, FEELINGS[0], -FAINT)


def _hurt(judged: Judged, hurts: float, harms: float) -> Judged:
    """What is judged of a text that was read, in the light of how surely money is gone or the customer (`hurts`), or
    somebody is harmed or goes to law (`harms`): only who is unhappy, and does not ask, tells of that."""
    if judged.feeling >= 0 or judged.kind == "question":
        return judged
    if harms >= HARMS:
        why = judged.why if "law" in judged.why else tuple(dict.fromkeys(("harm", *judged.why)))
        return judged._replace(severity=3, answer=True, why=why)
    return judged._replace(severity=max(judged.severity, 2)) if hurts >= HURTS else judged


def _felt(judged: Judged, feeling: str, happy: float, read: bool = True) -> Judged:
    """What is judged of a text that feels so; `happy` is how much more it is happy than unhappy, `read` whether it was
    read as a sentence."""
    if judged.why and (feeling != "positive" or happy < CLEAR):
        return judged
    if read and feeling == "positive" and judged.feeling < -0.05 and happy < FAINT:
        return judged  # “took two months!” is no praise
    if feeling == "negative" and judged.feeling >= PRAISED and happy > -1:
        return judged
    if feeling == "negative":
        kind = "complaint" if judged.kind in ("remark", "praise") else judged.kind
        less = min(judged.feeling, -FAINT, max(happy, -MOST))
        return judged._replace(feeling=less, severity=max(1, judged.severity), kind=kind)
    if feeling == "positive":
        kind = "praise" if judged.why or judged.kind in ("remark", "complaint") else judged.kind
        more = max(judged.feeling, FAINT, min(happy, MOST))
        return Judged(more, 0, kind, False, ())
    kind = "remark" if judged.kind in ("complaint", "praise") else judged.kind
    return judged._replace(feeling=0.0, severity=0, kind=kind)


def marked(corpus: Corpus, marks: Mapping[int, str]) -> None:
    """Put right what was judged of texts by what a reader of them says: `+` happy, else a severity from 0 to 3."""
    for at, mark in marks.items():
        corpus.judged[at] = _marked(corpus.judged[at], mark)
    _feelings(corpus)
    _in_the_light_of_ratings(corpus)


def _marked(judged: Judged, mark: str) -> Judged:
    bare = judged._replace(why=(), answer=False)
    if mark == "+":
        return _felt(bare, "positive", MOST, read=False)
    severity = int(mark)
    if not severity:
        return _felt(bare, "neutral", 0.0)
    felt = _felt(bare, "negative", -2.0)._replace(severity=severity)
    why = judged.why if severity > 1 else ()
    if severity > 2 and not {"harm", "law"} & {*why}:
        why = ("harm", *why)
    return felt._replace(why=why, answer=severity > 2 or (severity > 1 and judged.answer))


def _feelings(found: Corpus) -> None:
    """The feeling of every comment: of its words, calibrated by its rating; where the two oppose, that is counted."""
    said = np.array([judged.feeling for judged in found.judged], dtype=float)
    found.feeling = said[found.owner] if len(found.owner) else np.zeros(0)
    found.scale = scale_of([comment.rating for comment in found.comments])
    if found.scale is None:
        return
    rated = np.array([found.scale.feeling(comment.rating) for comment in found.comments], dtype=float)
    known = ~np.isnan(rated)
    opposed = known & (np.abs(rated) >= 0.5) & (np.abs(found.feeling) >= 0.3) & (rated * found.feeling < 0)
    found.disagree = int(opposed.sum())
    found.feeling = np.where(known, np.where(opposed, rated, (found.feeling + 2 * rated) / 3), found.feeling)


def _in_the_light_of_ratings(found: Corpus) -> None:
    """Severity and kind of each text; where there are ratings, what is rated badly hurts and is no praise, and what is
    rated well hurts only where it tells of harm, money, leaving or the law."""
    found.severity = np.array([judged.severity for judged in found.judged], dtype=np.int64)
    found.kinds = [judged.kind for judged in found.judged]
    if found.scale is None:
        return
    mean = np.bincount(found.owner, weights=found.feeling, minlength=len(found.first)) / found.weight
    for at, (judged, feeling) in enumerate(zip(found.judged, mean.tolist(), strict=True)):
        if feeling < -0.05:
            found.severity[at] = max(1, judged.severity)
            if judged.kind in ("praise", "remark"):
                found.kinds[at] = "complaint"
        elif feeling > 0.05 and not judged.why:
            found.severity[at] = 0
            if judged.kind in ("complaint", "remark"):
                found.kinds[at] = "praise"
