"""The conversation as a program: killed in the middle, fed from a pipe, opened twice, shown on a screen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from assistant.app import App
from assistant.chat.reply import Reply
from assistant.chat.screen import Screen
from assistant.chat.turn import Talk
from assistant.process.questions import Question
from assistant.process.tree import tasks

STORY = "A customer sends an order. The sales clerk checks the order. Then the warehouse packs the goods."
PIECES = (
    STORY,
    "After that the driver delivers the parcel to the customer.",
    "Finally accounting sends the invoice to the customer.",
)
STUCK = """
import sys, time
import assistant.language.reading as reading
from assistant.cli.main import main

whole = reading.read_story

def read_story(text, model=None):
    if "driver" in text:
        print("READING", flush=True)
        time.sleep(60)
    return whole(text, model)

reading.read_story = read_story
sys.exit(main(["chat", "p"]))
"""


@pytest.fixture
def app(own_home: Path) -> Iterator[App]:
    made = App.build({"ASSISTANT_HOME": str(own_home)})
    yield made
    made.store.close()


def chat(home: Path, *code: str) -> subprocess.Popen[str]:
    words = [sys.executable, *(code or ("-m", "assistant", "chat", "p"))]
    env = {**os.environ, "ASSISTANT_HOME": str(home)}
    return subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    )


def test_killed_in_the_middle_of_a_turn_nothing_said_is_lost(app: App, own_home: Path) -> None:
    child = chat(own_home, "-c", STUCK)
    assert child.stdin
    assert child.stdout
    child.stdin.write(f"{PIECES[0]}\n{PIECES[1]}\n")
    child.stdin.flush()
    heard = list(takewhile(lambda line: "READING" not in line, child.stdout))
    assert any(line.startswith("What changed:") for line in heard), "the first piece was acknowledged"
    child.send_signal(signal.SIGKILL)
    child.wait()
    talk = Talk(app.session("p"), lambda session, folder, force: [])
    assert talk.session.state.said() == [PIECES[0]]
    assert [said.what.text for said in talk.session.state.pending] == [PIECES[1]]
    before = len(tasks(talk.session.process))
    reply = talk.greet()
    assert "cut off" in reply.lines[0]
    assert "driver" in reply.lines[0]
    assert len(tasks(talk.session.process)) > before
    assert app.session("p").process == talk.session.process


def test_a_script_of_lines_is_played_and_never_waits(own_home: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "chat", "p"],
        input=f"{STORY}\n\nundo\nredo\nshow\n",
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={**os.environ, "ASSISTANT_HOME": str(own_home)},
        cwd=tmp_path,
    )
    assert "Taken back:" in done.stdout
    assert "Brought back:" in done.stdout
    assert "goes on from here" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_two_conversations_on_one_project_take_turns(app: App) -> None:
    one = Talk(app.session("p"), lambda session, folder, force: [])
    two = Talk(app.session("p"), lambda session, folder, force: [])
    one.turn(PIECES[0])
    reply = two.turn(PIECES[1])
    assert "meanwhile" in reply.lines[0]
    assert one.turn(PIECES[2]).lines[0].startswith("Somebody else")
    assert app.session("p").state.said() == list(PIECES[:3])
    assert app.session("p").process == one.session.process


def question() -> Question:
    return Question(id="q", text="How long does it take? " * 6, why="It matters.", weight=1.0, field="work")


def test_a_narrow_screen_gets_no_line_longer_than_it_is() -> None:
    reply = Reply(("What changed:", "- " + "Added the step of checking " * 12, "", "1. one"), (question(),))
    text = Screen(width=60, colour=True, spaced=True).reply(reply)
    plain = re.sub(r"\x1b\[\d+m", "", text)
    assert max(len(line) for line in plain.split("\n")) <= 60
    assert "\x1b[1mWhat changed:" in text
    assert "  Added" in plain or "\n  " in plain


def test_a_program_gets_one_line_for_each_thing_and_no_control_codes() -> None:
    text = Screen().reply(Reply(("- " + "long " * 80, "evil \x1b[2J\x9b31m"), (question(),)))
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert text.count("\n") == 4
