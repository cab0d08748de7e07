"""The templates of the library as drawings: measured with the same ruler as all others."""

from __future__ import annotations

import geometry
import pytest

from assistant.bpmn.layout import lay_out
from assistant.library.entries import ProcessEntry
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.settings import bundled


@pytest.mark.parametrize("name", sorted(path.stem for path in bundled("library").glob("processes/*.yaml")))
def test_every_template_is_drawn_without_fault(name: str) -> None:
    entry = load_library().process(name)
    assert isinstance(entry, ProcessEntry)
    assert geometry.faults(lay_out(template(entry))) == []
