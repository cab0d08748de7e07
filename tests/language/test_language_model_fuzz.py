"""Whatever a model writes: a reply is read, or refused with a ReplyFault; nothing else ever comes out."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_stories import LONG, lending

from assistant.gateway.parsing import parse_reply
from assistant.gateway.port import ReplyFault
from assistant.language.by_model.change import edits_of
from assistant.language.by_model.change_reply import COMMANDS, ChangeReply
from assistant.language.by_model.proposals_reply import Proposals
from assistant.language.by_model.story import build
from assistant.language.by_model.story_blocks import BLOCK_WORDS
from assistant.language.by_model.story_reply import HEADER, StoryReply
from assistant.process.apply import apply
from assistant.process.blocks import Choice
from assistant.process.tree import by_id
from assistant.process.unsound_trees import flaws

PROCESS = lending()
TEXTS = ["", "A: do it", "?: check", "while late", "yes", "3 d: arrives", "message from X: y", "40 per d", "until z",
         "find", "lend", "house", "house.1", "find lend", "order / inform", "find AFTER lend", "AFTER find", "AT END",
         "house: CHOICE", "x: y", "nobody", "é\u2028:", "[late]", "a" * 300, "late: PARALLEL", "arrives"]  # fmt: skip
FIELDS = ["", " | 20%", " | work 10 min", " | in SAP", ' | "writes a repair slip"', " | x", " | until z", " | when a",
          " | check first", " | bad", " | 3 people", " | because F1", ' | "', " | | |"]  # fmt: skip


def replies(words: list[str], last: int) -> st.SearchStrategy[str]:
    """Texts of up to `last` lines made of keywords, texts, fields and any indentation."""
    line = st.tuples(st.integers(0, 4), st.sampled_from(words), st.sampled_from(TEXTS), st.sampled_from(FIELDS))
    return st.lists(line, max_size=last).map(
        lambda rows: "\n".join(f"{'  ' * depth}{word} {text}{fields}" for depth, word, text, fields in rows)
    )


@settings(max_examples=60, deadline=None)
@given(replies([*HEADER, "FLOW", "UNCLEAR", "ELSE", *BLOCK_WORDS, "TASK", "TASK"], 14))
def test_a_story_reply_is_read_or_refused(text: str) -> None:
    with suppress(ReplyFault):
        process = build(parse_reply(f"FLOW\n{text}", StoryReply), LONG).process
        assert flaws(process) == []
        assert len(by_id(process)) > 0


@settings(max_examples=60, deadline=None)
@given(replies([*sorted(COMMANDS), "EXPLAIN", "ASK", "READING", "KEEP", *BLOCK_WORDS], 8))
def test_a_change_reply_is_read_or_refused(text: str) -> None:
    with suppress(ReplyFault):
        reply = parse_reply(text, ChangeReply)
        for lines in (reply.commands, *(one.commands for one in reply.readings)):
            apply(PROCESS, edits_of(PROCESS, lines))


@settings(max_examples=40, deadline=None)
@given(replies(["PROPOSAL", "WHY", "RISK", "EFFECT", "DELETE", "NONE"], 12))
def test_a_proposals_reply_is_read_or_refused(text: str) -> None:
    with suppress(ReplyFault):
        parse_reply(text, Proposals)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    for reply in (StoryReply, ChangeReply, Proposals, str):
        with suppress(ReplyFault):
            parse_reply(text, reply)


def test_the_fuzz_reaches_whole_processes() -> None:
    text = "CHOICE yes\n  WHEN yes | 20%\n    TASK A: do it\n  ELSE \n    TASK ?: check"
    assert isinstance(build(parse_reply(f"FLOW\n{text}", StoryReply), LONG).process.flow.items[0], Choice)
