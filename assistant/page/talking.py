"""What the conversation offers to click on the page: examples for each question, words to say, a way back."""

from __future__ import annotations

from typing import Any

from assistant.chat.reply import Reply
from assistant.page.desk import Desk
from assistant.settings import bundled

SAMPLE = "demo/order_to_cash.txt"
COMMANDS = ("help", "show", "propose", "undo", "redo", "again", "questions", "check", "turns", "log", "compare")
"""Words of a reply that can be clicked instead of typed."""
HINTS = {
    "work": "such as 15 minutes", "duration": "such as 2 days", "p": "such as 1 in 10, or 20 %",
    "exception_rate": "such as 1 in 20, or 5 %", "role": "such as Sales clerk", "capacity": "such as 3 people",
    "cost_per_hour": "such as 45 an hour", "volume": "such as 40 a day", "do": "such as: it goes back to the customer",
}  # fmt: skip
"""An answer to a question of each kind, as it may be given."""


def offers(desk: Desk) -> dict[str, Any]:
    """What the templates of the conversation need beside the turns."""
    process = desk.shown.state.process
    return {
        "hints": {**HINTS, **({"role": f"such as {process.roles[0].name}"} if process.roles else {})},
        "commands": COMMANDS,
        "roles": [role.name for role in process.roles],
        "sample": "" if process.flow.items else (bundled("templates") / SAMPLE).read_text(encoding="utf-8").strip(),
    }


def take_back(desk: Desk, turn: int) -> Reply:
    """Take one turn back, whoever's it was, and leave those behind it; told as a reply where that cannot be."""

    def work() -> Reply:
        return desk.told(desk.session.undo(turn), "Taken back:")

    return desk.do("Taking it back …", f"take back turn {turn}", work)
