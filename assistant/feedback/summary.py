"""From comments to a summary that can be checked: every comment in one theme or Other, counts from members only."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.english.alike import stem
from assistant.feedback.corpus import Corpus, corpus_of
from assistant.feedback.links import NOWHERE, Link, Linker, Ties, linked_steps
from assistant.feedback.naming import LOOKED_AT, quotes_of, urgent_of
from assistant.feedback.segments import by_name, by_segment
from assistant.feedback.sentiment import feeling_word
from assistant.feedback.severe import DANGER, kind_of_harm, severe_names
from assistant.feedback.shapes import Assigned, Comment, Feedback, Heard, Theme, groups_of
from assistant.feedback.since import kept
from assistant.feedback.small import ALONE, AT_STEP, SEVERE, SURE_STEP_OF_ONE, singles_of
from assistant.feedback.themes import Found, find_themes
from assistant.feedback.titles import SURE, Titles, Told
from assistant.feedback.tongues import other_languages
from assistant.feedback.topics import likely, topics
from assistant.feedback.trend import Calendar, part
from assistant.feedback.vectors import one_thread
from assistant.feedback.words import KINDS, STOP
from assistant.process.figures import noun, plural
from assistant.process.model import Process
from assistant.settings import BUILT_IN

if TYPE_CHECKING:
    from assistant.feedback.by_model import Reader

OTHER = "other"
KNOWN_BY = 15
MOST_STEPS = 3
STEP_SHARE, MOSTLY = 0.2, 0.5
"""A theme is about a step when at least this share of its comments speaks of it, and mostly about it from this one."""
SURE_STEP = 0.45
"""A step stands in the name of a theme whose comments were read when they speak of it so surely on average: on trades
left out it was then the step of most of them in three of four themes, below in one of four."""
SOME = 10
"""Of so many comments of a theme the general topic is told where too many came to be read."""

MOST_HEARD = 20_000
"""So many unlike texts are kept to be searched."""
NOT_NAMED: Mapping[int, str] = {}
_ATTITUDES = (("praise",), ("complaint", "request"), ("question",))


def summarise(
    comments: Sequence[Comment],
    process: Process | None = None,
    *,
    empty: int = 0,
    before: Mapping[str, Any] | None = None,
    near: bool = False,
    reader: Reader | None = None,
) -> Feedback:
    """Themes over the comments, tied to the steps of `process` when there is one; the same every time.

    `near`: comments of the same words in another order or form say the same; `empty`: rows without words that were met
    when reading; `before`: feedback.json of the last run, to keep the ids of its themes and say what changed;
    `reader`: the language model that reads them, as far as it can. The rules say the rest.
    """
    with one_thread():
        corpus = corpus_of(comments, empty, near)
        ties = _ties(corpus, process)
        found = find_themes(corpus, ties)
        names = {step.id: step.name for step in linked_steps(process)} if process is not None else {}
        reading = reader.read(corpus, found, process) if reader else None
        if reading and reading.said:
            links, found, called = reading.used(corpus, ties, found, names)
            summary = _Summary(corpus, links, found, names, called).made()
        else:
            summary = _Summary(corpus, ties.links, found, names).made()
    if reading:
        summary = reading.told_in(summary)
    checked(summary, comments)
    return kept(summary, before) if before else summary


def checked(summary: Feedback, comments: Sequence[Comment]) -> None:
    """What must hold in every run: each comment counted once, each quote to the letter. Raises AssertionError."""
    counted = sum(theme.count for theme in summary.themes) + summary.other
    members = sum(len(theme.members) for theme in summary.themes) + summary.other
    if not counted == members == summary.comments == len(comments) - summary.machine:
        raise AssertionError("comments were lost or counted twice")
    quotes = [*summary.first, *(quote for theme in summary.themes for quote in theme.quotes)]
    wanted = {quote.comment for quote in quotes}
    raw = {comment.id: comment.raw for comment in comments if comment.id in wanted}
    if any(raw[quote.comment][quote.start : quote.end] != quote.text for quote in quotes):
        raise AssertionError("a quote is not to the letter")


def _ties(corpus: Corpus, process: Process | None) -> Ties:
    if process is None:
        return Ties([NOWHERE] * len(corpus.words), None)
    return Linker(process).ties(corpus.meant)


class _Summary:
    """Counts themes from their members."""

    def __init__(
        self,
        corpus: Corpus,
        links: Sequence[Link],
        found: Found,
        steps: Mapping[str, str],
        called: Mapping[int, str] = NOT_NAMED,
    ) -> None:
        self.corpus, self.links, self.found, self.step_names, self.called = corpus, links, found, steps, called
        self.total = len(corpus.comments)
        self.of_comment = found.themes[corpus.owner] if self.total else np.zeros(0, dtype=int)
        self.count = len(found.wider)
        self.calendar = Calendar([comment.day for comment in corpus.comments])
        self.severity = corpus.severity
        self.titles = Titles([comment.raw for comment in self._unlike()], called.values())
        scale = corpus.scale
        self.ratings = (
            np.array([scale.feeling(comment.rating) for comment in corpus.comments]) if scale else None
        )  # fmt: skip
        self.stems = self._background()

    def made(self) -> Feedback:
        """The whole summary."""
        order = np.argsort(self.of_comment, kind="stable")
        starts = np.searchsorted(self.of_comment[order], np.arange(self.count + 1))
        of_text = np.argsort(self.found.themes, kind="stable")
        text_starts = np.searchsorted(self.found.themes[of_text], np.arange(self.count + 1))
        themes = [
            self._theme(
                number,
                order[starts[number] : starts[number + 1]],
                of_text[text_starts[number] : text_starts[number + 1]],
            )
            for number in range(self.count)
        ]
        corpus = self.corpus
        words = [feeling_word(value) for value in corpus.feeling]
        answers = np.array([judged.answer for judged in corpus.judged], dtype=bool)
        negative = np.array([word == "negative" for word in words], dtype=bool)
        comments = corpus.comments
        steps = [self.links[at].step for at in corpus.owner]
        return Feedback(
            self.total,
            len(corpus.first),
            tuple(themes),
            int((self.of_comment < 0).sum()),
            sum(not step for step in steps),
            BUILT_IN,
            tuple(self._assigned(words)),
            notes=self._notes(),
            groups=groups_of(themes),
            empty=corpus.empty,
            machine=len(corpus.machine),
            answer=int(answers[corpus.owner].sum()) if self.total else 0,
            sentiment=tuple(part(w, words.count(w), self.total) for w in ("negative", "neutral", "positive")),
            by_segment=by_segment([comment.segment for comment in comments], negative),
            by_channel=by_name([comment.channel for comment in comments], negative),
            by_step=by_name(steps, negative),
            rating=self._rating(np.ones(self.total, dtype=bool)),
            disagree=corpus.disagree,
            first=tuple(urgent_of(self._unlike(), corpus.judged)),
            heard=self._heard(),
            singles=singles_of(corpus, np.flatnonzero(self.found.themes < 0).tolist(), self.links)
            if corpus.small
            else (),
        )

    def _unlike(self) -> list[Comment]:
        """A comment with each of the unlike texts."""
        return [self.corpus.comments[at] for at in self.corpus.first]

    def _theme(self, number: int, rows: Any, texts: Any) -> Theme:
        corpus = self.corpus
        weight = corpus.weight[texts]
        count = int(weight.sum())
        typical = texts[np.argsort(-self.found.alike[texts], kind="stable")][:300]
        members = [corpus.comments[at] for at in rows]
        ids = tuple(comment.id for comment in members)
        days = [comment.day for comment in members if comment.day]
        change = self.calendar.change(days)
        feelings = corpus.feeling[rows]
        steps, sure = self._steps(texts, weight, count)
        of_theme = self.of_comment == number if self.ratings is not None else None
        firsts = [corpus.comments[corpus.first[at]] for at in typical]
        negative = sum(feeling_word(value) == "negative" for value in feelings)
        told, clear = self._told(number, typical, texts, weight)
        quotable = [at for at in clear if told.may_be_quoted(corpus.kinds[typical[at]])] or clear
        return Theme(
            id=f"t{number + 1}",
            name=self.called.get(number) or self.titles.title([comment.raw for comment in firsts], told),
            count=count,
            share=count / self.total,
            sentiment=round(float(feelings.mean()), 3),
            severity=round(float((self.severity[texts] * weight).sum() / count), 2),
            kind=_kind([corpus.words[at] for at in typical]),
            trend=change.word if change else "unknown",
            steps=steps,
            quotes=tuple(quotes_of([firsts[at] for at in quotable], [corpus.words[at] for at in typical])),
            members=ids,
            members_sha256=hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest(),
            wants=_most([corpus.kinds[at] for at in texts], weight),
            group=f"g{int(self.found.wider[number]) + 1}",
            answer=int(sum(w for at, w in zip(texts, weight, strict=True) if corpus.judged[at].answer)),
            confidence=sure,
            negative=part("negative", negative, count),
            happy=sum(feeling_word(value) == "positive" for value in feelings),
            change=change,
            periods=self.calendar.periods(days),
            rating=self._rating(of_theme) if of_theme is not None else None,
            rating_without=self._rating(~of_theme) if of_theme is not None else None,
            words=self._known_by(typical),
        )

    def _told(self, number: int, typical: Any, texts: Any, weight: Any) -> tuple[Told, list[int]]:
        """What is known of a theme before it is named, its topics being those of the most typical texts; and the places
        of these, those first that are what most are (complaint, praise) and speak most clearly of its topic."""
        kinds: Counter[str] = Counter()
        for at, n in zip(texts, weight, strict=True):
            kinds[self.corpus.kinds[at]] += int(n)
        wants = _most([self.corpus.kinds[at] for at in texts], weight)
        praise, trouble, asked = (sum(kinds[kind] for kind in some) / kinds.total() for some in _ATTITUDES)
        read = self.corpus.topics is not None
        shares = self.corpus.topics[typical[:LOOKED_AT]] if read else likely(self.corpus.meant, typical[:SOME])
        mean = shares.mean(axis=0)
        about = -1 if self.found.about is None else self.found.about[number]
        if about >= 0:
            mean = np.eye(len(mean))[about]  # it was brought together by this topic alone
        elif about == AT_STEP and mean.max() < SURE:
            mean = np.zeros(len(mean))  # or by its step, whatever is said of it
        unlike = np.array([self.corpus.kinds[at] != wants for at in typical[: len(shares)]])
        clear = np.argsort(unlike - shares[:, mean.argmax()], kind="stable") if read else np.arange(len(typical))
        step, serious = self._mostly_at(texts, weight), self._serious(typical)
        return Told(mean, praise, trouble, asked, step, read, serious), clear.tolist()

    def _serious(self, typical: Any) -> tuple[str, ...]:
        """What the kinds of harm are called that half of these texts tell of together, the commonest first."""
        severe = [at for at in typical[:LOOKED_AT].tolist() if self.severity[at] >= SEVERE]
        if 2 * len(severe) < len(typical[:LOOKED_AT]):
            return ()
        kinds = Counter(kind_of_harm(self.corpus.raw(at)) for at in severe)
        if list(kinds) == [DANGER] and not self.corpus.small:
            return ()  # many say it better in their own words
        return tuple(severe_names()[kind] for kind, _ in kinds.most_common())

    def _steps(self, texts: Any, weight: Any, count: int) -> tuple[tuple[str, ...], float]:
        where: Counter[str] = Counter()
        sure: dict[str, float] = {}
        least, share = (SURE_STEP_OF_ONE, MOSTLY) if self.corpus.small else (0.0, STEP_SHARE)
        for at, n in zip(texts, weight, strict=True):
            link = self.links[at]
            if link.step and link.confidence >= least:
                where[link.step] += int(n)
                sure[link.step] = sure.get(link.step, 0.0) + int(n) * link.confidence
        kept = [(step, n) for step, n in where.most_common(MOST_STEPS) if n >= max(least and 2, share * count)]
        if not kept:
            return (), 0.0
        return tuple(step for step, _ in kept), round(sure[kept[0][0]] / count, 2)

    def _mostly_at(self, texts: Any, weight: Any) -> str:
        """The name of the step that at least MOSTLY of some texts speak of, if surely enough; empty for none."""
        if self.corpus.small:
            steps, _ = self._steps(texts, weight, int(weight.sum()))
            return self.step_names.get(steps[0], "") if steps else ""
        where: Counter[str] = Counter()
        sure: dict[str, float] = defaultdict(float)
        for at, n in zip(texts, weight, strict=True):
            where[self.links[at].step] += int(n)
            sure[self.links[at].step] += int(n) * self.links[at].confidence
        step, most = where.most_common(1)[0]
        unsure = self.corpus.topics is not None and sure[step] < SURE_STEP * where.total()
        return "" if unsure or most < MOSTLY * where.total() else self.step_names.get(step, "")

    def _rating(self, chosen: Any) -> float | None:
        scale = self.corpus.scale
        if scale is None or self.ratings is None:
            return None
        known = self.ratings[chosen & ~np.isnan(self.ratings)]
        if not len(known):
            return None
        return round(float((known.mean() + 1) / 2 * (scale.high - scale.low) + scale.low), 3)

    def _background(self) -> Counter[str]:
        words = self.corpus.words
        step = max(1, len(words) // 3000)
        return Counter(
            stemmed
            for at in range(0, len(words), step)
            for stemmed in {stem(word) for word in words[at] if word not in STOP}
        )

    def _known_by(self, typical: Any) -> tuple[str, ...]:
        """The stems that set this theme apart: what it is known by from run to run."""
        some = [self.corpus.words[at] for at in typical[:100]]
        here = Counter(stemmed for text in some for stemmed in {stem(word) for word in text if word not in STOP})
        score = {stemmed: n * n / (self.stems[stemmed] + 5) for stemmed, n in here.items()}
        return tuple(sorted(score, key=lambda stemmed: (-score[stemmed], stemmed))[:KNOWN_BY])

    def _assigned(self, words: Sequence[str]) -> list[Assigned]:
        corpus = self.corpus
        names = [f"t{number + 1}" for number in range(self.count)] + [OTHER]
        told = [
            (names[theme], severity, link.step, kind, judged.answer, link.confidence)
            for theme, judged, severity, kind, link in zip(
                self.found.themes.tolist(), corpus.judged, self.severity.tolist(), corpus.kinds, self.links, strict=True
            )
        ]
        return [
            Assigned(comment.id, told[at][0], word, *told[at][1:])
            for comment, at, word in zip(corpus.comments, corpus.owner.tolist(), words, strict=True)
        ]

    def _heard(self) -> tuple[Heard, ...]:
        """What is searched when somebody asks: as many unlike texts as are soon gone through."""
        corpus, told = self.corpus, topics()
        known = [-1] * len(corpus.first) if corpus.topics is None else corpus.topics.argmax(axis=1).tolist()
        found = []
        for at, (comment, theme) in enumerate(
            zip(self._unlike()[:MOST_HEARD], self.found.themes.tolist(), strict=False)
        ):
            link, topic = self.links[at], known[at]
            sure = topic >= 0 and corpus.topics[at, topic] >= ALONE
            if corpus.small and theme >= 0 and self.found.about is not None and self.found.about[theme] >= 0:
                topic, sure = self.found.about[theme], True  # a theme answers with all it holds
            found.append(
                Heard(
                    comment, int(corpus.weight[at]), f"t{theme + 1}" if theme >= 0 else "",
                    link.step if link.confidence >= SURE_STEP_OF_ONE else "", told[topic].id if sure else "",
                    int(self.severity[at]),
                )
            )  # fmt: skip
        return tuple(found)

    def _notes(self) -> tuple[str, ...]:
        corpus = self.corpus
        notes = []
        if self.total < 30:
            few = f"{plural(self.total, 'comment')}: read {noun(self.total, 'it', 'them all')}"
            notes.append(f"Only {few}; shares of so few say little." if self.total else "There are no comments.")
        bare = sum(int(n) for n, words in zip(corpus.weight, corpus.words, strict=True) if not words)
        if bare:
            notes.append(f"{plural(bare, 'comment')} with no words beyond a greeting or signs: counted in Other.")
        if corpus.empty:
            one = corpus.empty == 1
            notes.append(
                f"{plural(corpus.empty, 'row')} {'holds' if one else 'hold'} no words; "
                f"{'it is' if one else 'they are'} counted apart."
            )
        if corpus.machine:
            one = len(corpus.machine) == 1
            notes.append(
                f"{plural(len(corpus.machine), 'comment')} {'was' if one else 'were'} written by machines; "
                f"{'it is' if one else 'they are'} counted apart."
            )
        if languages := other_languages([comment.raw for comment in self._unlike()]):
            notes.append(languages)
        if corpus.disagree:
            notes.append(
                f"In {plural(corpus.disagree, 'comment')} words and rating oppose each other; the rating was believed."
            )
        return tuple(notes)


def _most(kinds: Sequence[str], weight: Any) -> str:
    counts: Counter[str] = Counter()
    for kind, n in zip(kinds, weight, strict=True):
        counts[kind] += int(n)
    return min(counts, key=lambda kind: (-counts[kind], kind)) if counts else "remark"


def _kind(texts: Sequence[Sequence[str]]) -> str:
    """What a theme is about, by the words most of its comments share with one of the kinds."""
    hits: Counter[str] = Counter()
    for words in texts:
        said = set(words)
        hits.update(kind for kind, of_kind in KINDS.items() if said & of_kind)
    kind, most = hits.most_common(1)[0] if hits else ("other", 0)
    return kind if most * 3 >= len(texts) else "other"
