"""What `help` shows."""

from __future__ import annotations

HEAD = (
    "Tell me in your own words how the work runs today: who does what, in which order, how long it takes and what goes "
    "wrong. You can go on in pieces; I show what changed each time. Then say:"
)
SAY = {
    "propose": "what hurts, and at least two better ways, simulated",
    "why 2": "the reasons for a proposal",
    "accept 2": "take a proposal over",
    "accept 2 but…": "take it over with a change of yours (“accept 2 but rename …”)",
    "reject 2": "turn it down (say why behind the number)",
    "undo, redo": "take the last change back, or bring it back",
    "show": "the map as it stands, what changed last marked",
    "read FILE": "take in a story from a file",
    "comments FILE": "take in comments of customers; then ask “what do customers say about the approval?”",
    "turns": "what you told, by turn; “go back to turn 3” takes back what came after",
    "show today": "the map without what was decided; `compare` says what differs",
    "questions": "what I would like to know",
    "check": "what is still wrong or missing",
    "log": "what was done so far",
    "recorded": "what the event log said (read by `assistant log FILE --project NAME`)",
    "measure": "the figures it measured; `measure 3` or `measure all` takes them over",
    "export FOLDER": "write maps, files and report (--force: over those there)",
    "again": "try once more what failed",
    "quit": "stop; everything is kept",
}
TAIL = "To change something, just say it: “add ‘Call the customer’ after ‘Check stock’”, “remove the second approval”."
ELSEWHERE = {
    "read FILE": "", "comments FILE": "", "export FOLDER": "", "quit": "",
    "recorded": "what the event log said that was brought",
}  # fmt: skip
"""What is said otherwise, or not at all, where files are brought by hand and there is no folder to write to."""
HELP = "\n".join((HEAD, "", *(f"  {say:<13}  {what}" for say, what in SAY.items()), "", TAIL))


def by_hand() -> tuple[str, ...]:
    """The help where one presses and drops (the page), as lines."""
    said = {say: what for say, what in {**SAY, **ELSEWHERE}.items() if what}
    brought = "A story, a process, comments of customers or an event log: drop the file, or choose it with “File”."
    listed = (f"- {', '.join(f'`{word}`' for word in say.split(', '))}: {what}" for say, what in said.items())
    return (HEAD, *listed, brought, TAIL)
