"""Most tests of the reader look at steps and figures, for which no sentence is read for its meaning."""

from __future__ import annotations

import pytest

FOR_ITS_MEANING = frozenset("remarks frames waited_for weighed_steps reading injection model_story".split())
"""The tests that look at what is said besides the steps, or at hostile text on its whole way."""


@pytest.fixture(autouse=True)
def plainly_read(request: pytest.FixtureRequest) -> None:
    """Sentences unread for their meaning, unless the tests of this file need that."""
    if request.path.stem.removeprefix("test_language_") not in FOR_ITS_MEANING:
        request.getfixturevalue("meanings_unread")
