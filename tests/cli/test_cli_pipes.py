"""Whoever reads the output may go away at any time: the command ends at once, quietly, as other tools do."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (["--help"], ["chat", "orders"])


def started(folder: Path, command: list[str], out: int, err: int) -> subprocess.Popen[bytes]:
    env = {**os.environ, "ASSISTANT_HOME": str(folder / "home")}
    told = subprocess.Popen(
        [sys.executable, "-m", "assistant", *command],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=err,
        cwd=folder,
        env=env,
    )
    assert told.stdin is not None
    told.stdin.write(b"The clerk checks the order. The manager pays it.\nquit\n")
    told.stdin.close()
    return told


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_reader_that_is_gone_ends_a_command_without_a_word(command: list[str], tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with (tmp_path / "err.txt").open("wb") as err:
        process = started(tmp_path, command, writer, err.fileno())
    os.close(writer)
    assert process.wait(300) == 141
    told = (tmp_path / "err.txt").read_text()
    assert "Error" not in told
    assert "Traceback" not in told
    assert "Exception" not in told


@pytest.mark.skipif(not hasattr(fcntl, "F_SETPIPE_SZ"), reason="the size of a pipe cannot be set here")
def test_a_reader_that_stops_in_the_middle_ends_a_command_without_a_word(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)  # less than is written
    process = started(tmp_path, ["library", "list", "--json"], writer, writer)
    os.close(writer)
    assert os.read(reader, 100)
    os.close(reader)
    assert process.wait(300) == 141


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_stream_closed_beforehand_is_no_fault(closed: str, tmp_path: Path) -> None:
    env = {**os.environ, "ASSISTANT_HOME": str(tmp_path / "home")}
    shell = ["sh", "-c", f'exec "$0" -m assistant --version {closed}', sys.executable]
    done = subprocess.run(shell, capture_output=True, text=True, env=env, cwd=tmp_path, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
