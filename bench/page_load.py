"""Does the page answer many readers at once? Prints the errors and how long an answer took (loopback only).

    python bench/page_load.py [--clients 200] [--reads 10] [--pause 1.0]

The program runs as a user runs it, at the process of the demo with its findings. Each client listens to what happens
and reads the parts of the page, then its map, over and over, with a pause of about `--pause` seconds; meanwhile one
editor changes the process every two seconds, so that what was rendered does not last. The processor seconds of the
program are told too: on a busy machine they say more than the times do.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

HERE = "127.0.0.1"
TABS = ("findings", "alternatives", "table", "whatif", "feedback", "report")
TOP = Path(__file__).parents[1]
MOST_CLIENTS, MOST_READS = 1000, 100
SECONDS = 30
EVERY = 2.0


class Client:
    """One browser: a connection that is kept, and the cookie of the link."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.headers = port, (f"host: {HERE}:{port}", f"cookie: {cookie}")

    async def open(self) -> None:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection(HERE, self.port, limit=2**24)

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, bytes]:
        """The status and the body of one request."""
        body = urlencode(fields or {}).encode()
        lines = [f"{'POST' if fields else 'GET'} {path} HTTP/1.1", *self.headers]
        if fields:
            lines += [f"origin: http://{HERE}:{self.port}", "x-parts: 1", f"content-length: {len(body)}"]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split()[1])
        length = re.search(r"content-length: (\d+)", head)
        return status, await self.reader.readexactly(int(length[1])) if length else b""


async def reading(client: Client, reads: int, pause: float, dice: random.Random) -> tuple[list[float], int]:
    """How long each read took, in seconds, and how many went wrong."""
    took, wrong = [], 0
    await asyncio.sleep(dice.uniform(0, pause))
    for _ in range(reads):
        start = time.perf_counter()
        try:
            tab = dice.choice(TABS)
            status, body = await asyncio.wait_for(client.ask(f"/p/demo/parts?tab={tab}"), SECONDS)
            took.append(time.perf_counter() - start)
            wrong += status != 200 or b'id="turns"' not in body
            start = time.perf_counter()
            status, body = await asyncio.wait_for(client.ask(f"/p/demo/map?map=today&tab={tab}"), SECONDS)
            wrong += status != 200 or b"bpmn" not in body
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            wrong += 1
        took.append(time.perf_counter() - start)
        await asyncio.sleep(dice.uniform(0.5, 1.5) * pause)
    return took, wrong


async def changing(client: Client) -> None:
    """One editor who types a figure every two seconds."""
    for at in range(10_000):
        await asyncio.sleep(EVERY)
        await client.ask("/p/demo/figure", {"element": "volume", "field": "volume", "value": f"{40 + at % 9} a day"})


async def load(link: str, pid: int, clients: int, reads: int, pause: float) -> tuple[list[float], int, float]:
    """All clients at once, each with a second connection that listens, while somebody edits: how long each answer took,
    how many were wrong, and the processor seconds the program used."""
    port, token = int(re.search(r":(\d+)/", link)[1]), link.split("token=")[1]  # type: ignore[index]
    cookie = f"assistant-page-{port}={token}"
    people = [Client(port, cookie) for _ in range(2 * clients + 1)]
    for person in people:
        await person.open()
    await people[-1].ask("/p/demo/propose", {"goal": ""})
    for tab in TABS:  # the first reader of all waits until what renders it is loaded
        await people[-1].ask(f"/p/demo/parts?tab={tab}")
    await people[-1].ask("/p/demo/figure", {"element": "volume", "field": "volume", "value": "39 a day"})
    before = processor(pid)
    listeners, readers, editor = people[:clients], people[clients : 2 * clients], people[-1]
    for listener in listeners:
        listener.writer.write("\r\n".join(["GET /p/demo/events HTTP/1.1", *listener.headers, "", ""]).encode())
    deaf = sum([b" 200 " not in await listener.reader.readline() for listener in listeners])
    drains = [asyncio.create_task(listener.reader.read(-1)) for listener in listeners]
    edits = asyncio.create_task(changing(editor))
    dice = random.Random(1)
    runs = await asyncio.gather(*(reading(client, reads, pause, random.Random(dice.random())) for client in readers))
    for task in (edits, *drains):
        task.cancel()
    for person in people:
        person.writer.close()
    used = processor(pid) - before
    return [seconds for took, _ in runs for seconds in took], deaf + sum(wrong for _, wrong in runs), used


def processor(pid: int) -> float:
    """Seconds of processor a program has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Start the page, read it, stop it; returns how many answers were wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--reads", type=int, default=10)
    parser.add_argument("--pause", type=float, default=1.0)
    options = parser.parse_args()
    clients, reads = min(options.clients, MOST_CLIENTS), min(options.reads, MOST_READS)
    with tempfile.TemporaryDirectory() as home:
        own = {**os.environ, "ASSISTANT_HOME": home, "ASSISTANT_MODEL": "offline", "PYTHONPATH": str(TOP)}
        run = [sys.executable, "-m", "assistant"]
        subprocess.run([*run, "demo", "--out", f"{home}/out"], env=own, check=True, capture_output=True)
        page = [*run, "page", "demo", "--no-browser"]
        with subprocess.Popen(page, env=own, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            link = re.search(r"http\S+", program.stdout.readline())
            assert link
            try:
                took, wrong, used = asyncio.run(load(link[0], program.pid, clients, reads, options.pause))
            finally:
                program.terminate()
    milliseconds = sorted(1000 * seconds for seconds in took)
    p95 = statistics.quantiles(milliseconds, n=20)[-1]
    print(
        f"{clients} readers, {len(took)} answers, {wrong} wrong; median {statistics.median(milliseconds):.0f} ms, "
        f"p95 {p95:.0f} ms, longest {milliseconds[-1]:.0f} ms; {used:.1f} s of processor; "
        f"load of the machine {os.getloadavg()[0]:.1f}"
    )
    return min(wrong, 100)


if __name__ == "__main__":
    sys.exit(main())
