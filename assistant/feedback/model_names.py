"""Names of themes by a language model: ids and masked samples go out; ids, names and steps come back; nothing else is
taken.

The model never sees a count it could change and never gives a quote: counts and quotes stay those of the rules. Themes
that it says are the same stand in one group. A name
that does not hold a word of its theme's comments, or that another theme has, is dropped, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.english.alike import stem
from assistant.errors import ServiceError
from assistant.feedback.personal import masked, private
from assistant.feedback.shapes import Comment, Feedback, Theme, groups_of
from assistant.feedback.words import STOP, TOKEN
from assistant.process.figures import noun, plural

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel

MOST_CALLS = 50
MOST_TOKENS = 200_000
IN_ONE_CALL = 12
SAMPLES = 6
SAMPLE_LENGTH = 240
LETTERS_A_TOKEN = 3.5
FRAME_TOKENS = 1200
"""What the prompt takes beside the samples, and what an answer takes, counted generously."""
REPAIRS = 1
MOST_FAILURES = 3


def named_by(
    found: Feedback,
    comments: Sequence[Comment],
    model: LanguageModel,
    say: Callable[[str], None] = lambda text: None,
    steps: Mapping[str, str] | None = None,
) -> Feedback:
    """The summary with themes named by the model where its names hold; with the rules' names everywhere else.

    `steps` are the names of the steps of the process by id: the step the model sees a theme at comes before those that
    the rules saw its comments at.
    """
    from assistant.gateway.port import Budget, Usage
    from assistant.language.by_model.judgements import name_themes

    raw = _wanted(found, comments)
    batches = [found.themes[at : at + IN_ONE_CALL] for at in range(0, len(found.themes), IN_ONE_CALL)]
    texts = [{theme.id: _sample(theme, raw) for theme in batch} for batch in batches]
    each = FRAME_TOKENS + sum(len(id_) + len(name) + 2 for id_, name in (steps or {}).items()) / LETTERS_A_TOKEN
    costs = [int(each + sum(map(len, group.values())) / LETTERS_A_TOKEN) for group in texts]
    kept = _within(costs)
    calls = f"{plural(kept, 'call')}, about {sum(costs[:kept]):,} tokens"
    say(f"Naming {plural(len(found.themes), 'theme')} by {model.name}: {calls}.")
    names: dict[str, str] = {}
    at_step: dict[str, str] = {}
    same: dict[str, str] = {}
    mixed = 0
    notes: list[str] = []
    usage, tried, failed = Usage(), 0, 0
    for group in texts[:kept]:
        if tried >= MOST_CALLS or usage.tokens >= MOST_TOKENS or failed >= MOST_FAILURES:
            break
        left = MOST_TOKENS - usage.tokens
        try:
            reply = name_themes(group, model, steps, Budget(input_tokens=left, repairs=REPAIRS))
        except ServiceError as error:
            failed += 1
            tried += 1 + REPAIRS
            notes.append(
                f"{plural(len(group), 'theme')} {noun(len(group), 'keeps', 'keep')} the name the rules gave: {error}"
            )
            continue
        usage = usage + reply.usage
        tried += reply.usage.calls
        for named in reply.value.themes:
            names[named.id], at_step[named.id] = named.name, named.step
            same[named.id] = same.get(named.same_as) or named.same_as
            mixed += not named.clear
    themes, dropped = _applied(found.themes, names, raw)
    themes = tuple(_at(theme, at_step.get(theme.id, "")) for theme in themes)
    themes, joined = _together(themes, same)
    if joined:
        stand = noun(joined, "stands", "stand")
        notes.append(
            f"{plural(joined, 'theme')} {stand} in the group of another that is about the same, by what the model read."
        )
    if mixed:
        mix = noun(mixed, "mixes", "mix")
        notes.append(f"{plural(mixed, 'theme')} {mix} several things, by what the model read: see their quotes.")
    if dropped:
        were = noun(dropped, "was", "were")
        notes.append(
            f"{plural(dropped, 'name')} of the model {were} dropped: not said by the customers, or given twice."
        )
    if kept < len(batches):
        notes.append(f"Only {kept * IN_ONE_CALL} themes were named by the model: more would go beyond its bounds.")
    made = f"{found.made_by}; themes named by {model.name}" if names else found.made_by
    return replace(
        found, themes=themes, groups=groups_of(themes), notes=(*found.notes, *notes), calls=usage.calls, made_by=made,
        usage=usage.in_words(),
    )  # fmt: skip


def _at(theme: Theme, step: str) -> Theme:
    """The theme with this step first, if it is one."""
    return replace(theme, steps=(step, *(other for other in theme.steps if other != step))) if step else theme


def _together(themes: Sequence[Theme], same: Mapping[str, str]) -> tuple[tuple[Theme, ...], int]:
    """The themes, those that are about the same as an earlier one in its group, and how many were moved there. What was
    counted stays with each theme, so that it keeps its identity from run to run."""
    group = {theme.id: theme.group for theme in themes}
    moved = {id_ for id_, first in same.items() if group.get(first, group.get(id_)) != group.get(id_)}
    return tuple(replace(theme, group=group[same[theme.id]]) if theme.id in moved else theme for theme in themes), len(
        moved
    )


def _within(costs: Sequence[int]) -> int:
    """How many calls fit the bounds on calls and tokens, with a repair for each."""
    kept, total = 0, 0
    for cost in costs:
        total += cost * (1 + REPAIRS)
        if total > MOST_TOKENS or (kept + 1) * (1 + REPAIRS) > MOST_CALLS:
            break
        kept += 1
    return kept


def _wanted(found: Feedback, comments: Sequence[Comment]) -> dict[str, str]:
    ids = {id_ for theme in found.themes for id_ in _sampled(theme)}
    return {comment.id: comment.raw for comment in comments if comment.id in ids}


def _sampled(theme: Theme) -> list[str]:
    step = max(1, len(theme.members) // SAMPLES)
    return [*(quote.comment for quote in theme.quotes), *theme.members[::step][:SAMPLES]]


def _sample(theme: Theme, raw: dict[str, str]) -> str:
    texts = dict.fromkeys(" ".join(raw[id_].split())[:SAMPLE_LENGTH] for id_ in _sampled(theme))
    lines = [f"- {masked(text)}" for text in list(texts)[: SAMPLES + 2]]
    return f"size {theme.count}; words {', '.join(theme.words[:8])}\n" + "\n".join(lines)


def _applied(themes: Sequence[Theme], names: dict[str, str], raw: dict[str, str]) -> tuple[tuple[Theme, ...], int]:
    taken = {theme.name.lower() for theme in themes if theme.id not in names}
    done, dropped = [], 0
    for theme in themes:
        name = " ".join(names.get(theme.id, "").split()).rstrip(".")
        if not name:
            done.append(theme)
            continue
        said = {stem(word) for id_ in _sampled(theme) for word in TOKEN.findall(raw[id_].lower())} | set(theme.words)
        told = {stem(word) for word in TOKEN.findall(name.lower()) if word not in STOP}
        if not told & said or name.lower() in taken or private(name) or any(c in name for c in "<>{}[]\n"):
            dropped += 1
            name = theme.name
        taken.add(name.lower())
        done.append(replace(theme, name=name))
    return tuple(done), dropped
