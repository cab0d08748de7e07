"""The templates of the library as drawings: measured with the same ruler as all others."""

from __future__ import annotations

import geometry
import pytest

from assistant.bpmn.layout import lay_out
from assistant.library.entries import ProcessEntry
from assistant.library.store import load_library
from assistant.library.template import template


@pytest.mark.parametrize("entry", load_library().processes, ids=lambda entry: entry.code)
def test_every_template_is_drawn_without_fault(entry: ProcessEntry) -> None:
    assert geometry.faults(lay_out(template(entry))) == []
