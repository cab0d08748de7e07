"""How long the journal takes for a turn in a long project, and what a kill at any moment leaves.

    python bench/journal.py turn [ENTRIES]     milliseconds a turn takes for the journal, beside opening and undo
    python bench/journal.py kill [TIMES]       kills a conversation with -9 at random moments and looks at what is there

A turn for the journal: write what was said, go on to the new state, write what came of it, go on again.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.process.edits import Rename
from assistant.process.tree import tasks
from assistant.projects.journal import Asked, AskedQuestion, Edits, New, Note
from assistant.projects.replay import replay
from assistant.settings import bundled

SECONDS = 2.5
TURNS = (
    "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods.",
    "After that the driver delivers the parcel to the customer.",
    "1: ten minutes each; 2: about 30 a day",
    "no, the clerk does that",
    "Finally accounting sends the invoice to the customer.",
    "I meant that accounting files the invoice.",
    "undo",
    "redo",
    "about 30 a day, two people",
    "rename 'Check order' to 'Verify order'",
    "Then the archivist stores the file.",
)


def took(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that work takes; the disk comes on top (see the last line of `turn`)."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def turn(entries: int) -> None:
    """Measure turns in a project of so many entries, on the demo's process."""
    with tempfile.TemporaryDirectory() as folder:
        app = App.build({"ASSISTANT_HOME": folder})
        session = app.session("p")
        session.tell((bundled("templates") / "demo/order_to_cash.txt").read_text(encoding="utf-8"))
        names = [task.id for task in tasks(session.process)]
        for number in range(0, entries, 4):
            rename = {"op": "rename", "id": names[number % len(names)], "name": f"Do the work {number}"}
            asked = Asked(questions=(AskedQuestion(id=f"q{number}", text="How long?"),))
            rows = [Note(text="words that were said"), Edits(edits=(rename,)), asked, Note(text="more")]
            app.store.append("p", [New(what=what) for what in rows])
        opening = took(session.refresh)
        edits = [Rename(id=names[number % 9], name=f"Look at it {number}") for number in range(60)]
        turns = [took(partial(session.correct, "no, look at it", [edit])) for edit in edits]
        undo = [took(session.undo) for _ in range(20)]
        print(f"{len(app.store.entries('p')):,} entries, {len(names)} steps")
        print(f"opening (replaying all): {opening:.0f} ms")
        for name, rows_ in (("turn", turns), ("undo", undo)):
            print(f"{name}: median {statistics.median(rows_):.1f} ms, worst {max(rows_):.1f} ms")
        start = time.perf_counter()
        for _ in range(20):
            app.store.append("p", [New(what=Note(text="x"))])
        print(f"one transaction by the clock, the disk among it: {50 * (time.perf_counter() - start):.1f} ms")
        app.store.close()


def kill(times: int) -> None:
    """Kill conversations at random moments; each must come back whole, and go on."""
    half = missing = failed = cut = 0
    for number in range(times):
        with tempfile.TemporaryDirectory() as folder:
            acknowledged = _killed(Path(folder), random.Random(number).uniform(0, SECONDS))
            app = App.build({"ASSISTANT_HOME": folder})
            entries = app.store.entries("p") if app.store.exists("p") else []
            state = replay("p", entries)
            cut += bool(state.pending)
            kinds: dict[int, set[str]] = {}
            for entry in entries:
                kinds.setdefault(entry.turn, set()).add(entry.kind)
            done = sum(1 for found in kinds.values() if found - {"said"})
            missing += done < acknowledged
            half += len(state.pending) > 1
            talk = Talk(app.session("p"), lambda session, folder, force: [])
            talk.greet()
            reply = talk.turn(f"{TURNS[0] if talk.session.empty else ''} At the end the auditor signs the ledger.")
            failed += not any("edger" in task.name for task in tasks(app.session("p").process)) or not reply.lines
            failed += bool(app.session("p").state.pending)
            app.store.close()
    print(f"{times} kills: {cut} in the middle of a turn; {missing} with something acknowledged missing, "
          f"{half} with half a turn, {failed} that did not go on")  # fmt: skip


def _killed(home: Path, after: float) -> int:
    """Play the turns in a conversation killed after so many seconds; how many turns it had answered with a change."""
    child = subprocess.Popen(
        [sys.executable, "-m", "assistant", "chat", "p"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env={**os.environ, "ASSISTANT_HOME": str(home)},
    )  # fmt: skip
    assert child.stdin
    child.stdin.write("\n".join(TURNS) + "\n")
    child.stdin.flush()
    assert child.stdout
    first = child.stdout.readline()  # the greeting: from here on it works
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    out = first + child.communicate()[0]
    return sum(line in ("What changed:", "Taken back:", "Brought back:") for line in out.split("\n"))


if __name__ == "__main__":
    what, *number = sys.argv[1:] or ["turn"]
    {"turn": turn, "kill": kill}[what](int(number[0]) if number else {"turn": 5000, "kill": 200}[what])
