"""What a reader is shown first, and what is signed only once it is written."""

from __future__ import annotations

from redesign_kit import process

from assistant.handover.firm_size import one_person
from assistant.process.model import Role
from assistant.redesign.estimates import complete
from assistant.redesign.findings import heaviest_first
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.settings import RedesignSettings


def _finding(name: str, share: float | None, **details: object) -> Finding:
    return Finding(id=name, kind="long_wait", elements=(name,), title=name, because=(), practices=(), confidence=0.9,
                   share=share, details=details)  # fmt: skip


def test_the_share_of_a_case_leads_and_what_is_only_asked_comes_last() -> None:
    found = (_finding("rare", 0.004, stress=0.9), _finding("told", None, stress=0.3), _finding("most", 0.8),
             _finding("perhaps", 0.9, asked=True))  # fmt: skip
    assert [one.id for one in heaviest_first(found)] == ["most", "told", "rare", "perhaps"]


def test_nobody_signs_what_is_not_written_yet() -> None:
    flow = """
roles: [{id: clerk, name: Clerk}, {id: boss, name: Boss}]
data: [{id: list, name: List}, {id: quote, name: Quote}]
flow:
  - task: {id: type, name: Type list into quote, role: clerk, writes: [list]}
  - task: {id: sign, name: Sign quote, role: boss, reads: [quote]}
  - task: {id: file, name: File quote, role: clerk, reads: [quote]}
"""
    view = View(complete(process(flow)).process, RedesignSettings())
    assert view.depends(view.tasks["type"], view.tasks["sign"]) is True
    assert view.depends(view.tasks["type"], view.tasks["file"]) is False


def test_a_first_name_is_one_person() -> None:
    assert one_person(Role(id="a", name="Anna"))
    assert not one_person(Role(id="c", name="Clerk"))
