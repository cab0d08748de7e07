"""What the teller may have meant is asked about in the teller's words, not claimed and not dropped."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.language.evidence_cues.patterns import compiled
from assistant.process.remarks import Remark
from assistant.redesign.doubts import MOST_MEANT, perhaps_meant


def _view(*remarks: Remark) -> Any:
    return SimpleNamespace(process=SimpleNamespace(remarks=remarks, roles=()), steps={}, name_of=str)


def test_words_that_may_name_a_pain_become_a_question_that_quotes_them() -> None:
    unsure = Remark(id="remark_1", kind="one_pile", text="They cost us more than the rest.", sure=False)
    (question,) = perhaps_meant(_view(unsure))
    assert "They cost us more than the rest." in question.text
    assert "Light and heavy cases" in question.text


def test_no_more_such_questions_than_a_reader_answers() -> None:
    kinds = ("one_pile", "batch", "typed_again", "paper", "unowned")
    remarks = [Remark(id=f"remark_{kind}", kind=kind, text="So it is.", sure=False) for kind in kinds]
    assert len(list(perhaps_meant(_view(*remarks)))) == MOST_MEANT


def test_a_phrase_with_an_unknown_group_is_refused_when_it_is_read() -> None:
    with pytest.raises(ValueError, match="nogroup"):
        compiled("report .. @nogroup", {})
