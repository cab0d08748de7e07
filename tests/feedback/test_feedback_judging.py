"""What a comment feels and which step it speaks of, where a single word would mislead."""

from __future__ import annotations

import pytest

from assistant.feedback.links import Linker
from assistant.feedback.sentiment import judged
from assistant.process.codec import from_data


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("They spoke to me like a child", 0),
        ("It looks like cardboard", 0),
        ("We like the new counter", 1),
        ("I really like it", 1),
        ("I wrote to you three times", -1),
        ("My solicitor has been told", -1),
    ],
)
def test_the_feeling_of_words_that_mislead(text: str, sign: int) -> None:
    feeling = judged(text).feeling
    assert (feeling > 0.05) - (feeling < -0.05) == sign


def test_what_is_wrong_with_a_paper_belongs_to_the_step_that_makes_it() -> None:
    tasks = [("approve", "Approve receipt"), ("write", "Write receipt"), ("file", "File receipt"), ("call", "Call van")]
    flow = [{"task": {"id": id_, "name": name, "role": "clerk"}} for id_, name in tasks]
    clerk = {"id": "clerk", "name": "Clerk", "kind": "person"}
    process = from_data({"schema": "process/1", "name": "Sale", "roles": [clerk], "flow": flow})
    assert Linker(process).link("the receipt shows an old address".split()).step == "write"
