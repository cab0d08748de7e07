"""A customer who does a step of the process has no manager in it."""

from __future__ import annotations

from assistant.handover.roles import raci, role_gaps, seats
from assistant.process.blocks import Task
from assistant.process.model import Customer, Process, Role


def test_a_customer_gets_no_process_manager() -> None:
    flow = (Task(id="send", name="Send the form", role="holder"),)
    process = Process(
        name="Claim", roles=[Role(id="holder", name="Policyholder")],
        customers=[Customer(name="Policyholder")], flow=flow,
    )  # fmt: skip
    told = [seat.title for seat in seats(process)] + [line.accountable for line in raci(process)]
    assert not [title for title in told if "Policyholder" in title]
    assert not [gap for gap in role_gaps(process) if "Policyholder" in gap]
