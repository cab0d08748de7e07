"""How quick the page's map is, in a real browser at the running program.

    python bench/page.py [--steps 100] [--times 7] [--chromium /usr/bin/chromium]

Told are medians and the worst of some runs, in milliseconds: until the map of a process of that many steps is drawn
(from the click on the link, and from the load event), until a change made on the map and one said in words are drawn,
there and in another browser, until anything said is seen to be heard, and until a slider of “What if” is answered. The
load average stands beside them: a busy machine shows.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.app import App
from assistant.process.blocks import Branch, Choice, Sequence, Task
from assistant.process.model import Process, Role

ROOT = Path(__file__).parent.parent
DRAWN = """() => { window.drawn = []; new MutationObserver(() => window.drawn.push(performance.now()))
  .observe(document.body, { attributes: true, attributeFilter: ["data-drawn"] }); }"""
WAIT = "() => window.drawn.length > 0"


def large(steps: int) -> Process:
    """A process of that many tasks over six roles, every eighth of them on a way that only some cases take."""
    roles = tuple(Role(id=f"role_{number}", name=f"Team {number}", capacity=3) for number in range(6))
    row: list[Any] = []
    for number in range(steps):
        task = Task(id=f"t{number}", name=f"Check paper {number}", role=f"role_{number // 4 % 6}")
        if number % 8 == 7:
            ways = (
                Branch(id=f"w{number}a", when="it is large", p=0.4, do=Sequence(items=(task,))),
                Branch(id=f"w{number}b", when="otherwise", p=0.6, do=Sequence(items=())),
            )
            row.append(Choice(id=f"c{number}", question=f"Is paper {number} large?", branches=ways))
        else:
            row.append(task)
    return Process(name="Papers", roles=roles, flow=Sequence(items=tuple(row)))


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The program as a user runs it; gives its link."""
    command = [sys.executable, "-m", "assistant", "page", "papers", "--no-browser"]
    program = subprocess.Popen(
        command, env={**os.environ, "ASSISTANT_HOME": str(home)}, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert program.stdout is not None
        link = re.search(r"http\S+", program.stdout.readline())
        assert link
        yield link[0]
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait()


def loaded(page: Any, address: str) -> tuple[float, float]:
    """Milliseconds from the start of the visit, and from its load event, until the map is drawn."""
    page.goto(address)
    page.wait_for_function("() => document.body.dataset.drawn")
    page.wait_for_selector("#canvas [data-block=t0]")
    drawn, load = page.evaluate(
        "() => [performance.getEntriesByName('map-drawn')[0].startTime, "
        "performance.getEntriesByType('navigation')[0].loadEventEnd]"
    )
    return drawn, max(0.0, drawn - load)


def until_drawn(page: Any, act: str) -> float:
    """Milliseconds from an act of the user until the map is drawn anew."""
    page.evaluate(DRAWN)
    began = page.evaluate(f"() => {{ const began = performance.now(); {act}; return began; }}")
    page.wait_for_function(WAIT)
    return float(page.evaluate("() => window.drawn[0]") - began)


def until_seen(page: Any, other: Any, act: str) -> float:
    """Milliseconds from an act of the user until another browser has drawn what came of it."""
    other.evaluate(DRAWN)
    began = page.evaluate(f"() => {{ const began = performance.timeOrigin + performance.now(); {act}; return began; }}")
    other.wait_for_function(WAIT)
    return float(other.evaluate("() => performance.timeOrigin + window.drawn[0]") - began)


def until_heard(page: Any, words: str) -> float:
    """Milliseconds from sending words until the page says that it is reading them; waits for the answer too."""
    took = page.evaluate(
        f"""() => new Promise((done) => {{ const began = performance.now();
        const seen = new MutationObserver(() => {{ if (document.querySelector(".coming")) {{ seen.disconnect();
          done(performance.now() - began); }} }});
        seen.observe(document.body, {{ childList: true, subtree: true }}); {said(words)}; }})"""
    )
    page.wait_for_function("() => !document.getElementById('working').textContent")
    return float(took)


def said(words: str) -> str:
    """The act of saying something."""
    return f"document.getElementById('words').value = '{words}'; document.getElementById('say').requestSubmit()"


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        app = App.build({**os.environ, "ASSISTANT_HOME": folder})
        app.session("papers").adopt(large(asked.steps), "A large process for measuring.")
        app.store.close()
        with running(Path(folder)) as link, sync_playwright() as made:
            browser = made.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            page.set_default_timeout(120_000)
            page.goto(link)
            page.wait_for_selector("#canvas [data-block=t0]")
            other = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            other.set_default_timeout(120_000)
            other.goto(link)
            other.wait_for_selector("#canvas [data-block=t0]")
            told = measured(page, other, page.url.split("?")[0], asked.times)
    print(f"{asked.steps} steps, {asked.times} times; load of the machine {os.getloadavg()[0]:.1f}")
    for name, values in told.items():
        print(f"{name:44} median {statistics.median(values):6.0f} ms   worst {max(values):6.0f} ms")


def measured(page: Any, other: Any, address: str, times: int) -> dict[str, list[float]]:
    """Every measure, some times."""
    told: dict[str, list[float]] = {}
    for number in range(times):
        drawn, after = loaded(page, address)
        told.setdefault("map drawn after the visit began", []).append(drawn)
        told.setdefault("map drawn after the load event", []).append(after)
        edit = f"theMap.asks.edit('rename', 't1', 'Look at paper {number}')"
        told.setdefault("a change made on the map is drawn", []).append(until_drawn(page, edit))
        words = said(f"rename look at paper {number} to read paper {number}")
        told.setdefault("a change said in words is drawn", []).append(until_drawn(page, words))
        told.setdefault("undo is drawn", []).append(until_drawn(page, said("undo")))
        edit = f"theMap.asks.edit('rename', 't2', 'Sort paper {number}')"
        told.setdefault("a change is drawn in another browser", []).append(until_seen(page, other, edit))
        told.setdefault("what is said is seen to be heard", []).append(until_heard(page, "who does what?"))
    page.click("a[data-tab=whatif]")
    page.wait_for_selector("#whatif")
    for number in range(times + 1):
        page.evaluate("() => { window.began = performance.now(); }")
        page.evaluate(
            f"() => {{ const field = document.querySelector('#whatif [name=volume]'); field.value = {110 + 5 * number};"
            " field.dispatchEvent(new Event('change', { bubbles: true })); }"
        )
        page.wait_for_function(
            f"() => document.querySelector('#whatif-result h3')?.textContent.includes('{10 + 5 * number} % more')"
        )
        if number:  # the first one fills in what nobody gave
            told.setdefault("a slider is answered", []).append(page.evaluate("() => performance.now() - window.began"))
    return told


if __name__ == "__main__":
    main()
