"""One short and one long story, and a process, for the tests of the prompts."""

from __future__ import annotations

from assistant.process.codec import from_data
from assistant.process.model import Process

SHORT = (
    "A parent phones the school kitchen before nine to cancel lunch. The cook notes it on the list. If it is later "
    "than nine, lunch is charged all the same. At noon the cook counts the plates."
)

LONG = """\
Right, so this is how a repair goes in our shop for hearing aids, and forgive me if I jump about a bit.

A customer walks in or posts the device, about thirty a week. Whoever is at the counter, there are two of us,
writes a repair slip, that takes five minutes or so, and puts device and slip in a tray. Once a day, in the late
afternoon, Petra carries the tray up to the workshop. Before that nothing happens, which means half a day lying
around, easily.

In the workshop a technician opens the case and looks what is wrong. Twenty minutes, I would say. There are
three cases. If it is only dirt, and that is roughly four in ten, he cleans it and it is done. If a part is
broken he has to look up whether we have it. When we have it, he swaps it. When we do not, he orders it from the
manufacturer and we wait, three to five days normally, sometimes two weeks in August. And if the device is older
than six years, he does not repair it at all but writes a note that it is not worth it, and we call the
customer; most of them then ask for an offer for a new one, which is another story (the sales process), and some
just fetch the old device. That is the end of it for us.

Oh, and I forgot: for anything above 80 euros we need a go-ahead from the customer first. We phone, and we phone
again, until we get hold of them. Roughly one in five says no, then the device goes back unrepaired.

After the repair the device is measured on the test bench. If the curve is not right it goes back to the
technician and he does it again and it is measured again, until it fits. That happens with one in ten. While it
is on the bench the office already writes the invoice, that saves us some time. Then the health insurer has to
be billed for those who are insured, which is done on the portal of the insurer, and you have to keep the
measurement protocol for ten years by law, so it is scanned and filed.

In the end the customer gets a text message and picks the device up, or we post it. My boss says the whole thing
takes a week, I say it is ten days. Complaints go to info@example.org, or to Mr Oliver Sand on 030 5550 1234.
"""


def lending() -> Process:
    """A small process with a choice, a loop, a wait and times."""
    task = "task"
    return from_data({
        "schema": "process/1", "name": "Lend books", "trigger": "Reader asks for a book",
        "roles": [{"id": "librarian", "name": "Librarian", "capacity": 2}, {"id": "reader", "name": "Reader"}],
        "flow": {"sequence": [
            {task: {"id": "find", "name": "Find book", "role": "librarian", "system": "catalogue",
                    "work": {"kind": "fixed", "value": 5, "unit": "min"}}},
            {"choice": {"id": "house", "question": "In house?", "branches": [
                {"id": "house.1", "when": "yes", "p": 0.7, "do": [{task: {"id": "fetch", "name": "Fetch book",
                                                                         "role": "librarian"}}]},
                {"id": "house.2", "when": "no", "p": 0.3, "do": [
                    {task: {"id": "order", "name": "Order book", "role": "librarian"}},
                    {task: {"id": "inform", "name": "Inform reader", "role": "librarian"}},
                    {"wait": {"id": "arrives", "name": "Book arrives",
                              "duration": {"kind": "uniform", "low": 3, "high": 5, "unit": "d"}}}]}]}},
            {task: {"id": "lend", "name": "Lend book", "role": "librarian"}},
            {"loop": {"id": "late", "while": "late", "p": 0.1,
                      "do": [{task: {"id": "return", "name": "Return book", "role": "reader"}}],
                      "redo": [{task: {"id": "remind", "name": "Remind reader", "role": "librarian"}}]}}]},
    })  # fmt: skip
