"""Does `make eval` see it? Forty faults planted one at a time in a copy of the program, and how many turn it red.

    python bench/faults.py [--only NAME,..] [--all-suites] [--list]

A fault is a small edit of one file. For each, the suites where it should show are played in the copy and compared with
a baseline played from the same code without it (same cases as `eval run all`); when these stay green, all suites are
played. A fault whose text is no longer in its file is told, and counts as missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SLOW = ("report", "proposals", "pains", "turns")
FEW = "4"
"""Cases of a slow report that are enough to show a fault in every report."""
COPIED = ("assistant", "prompts", "library", "templates", "evals", "pyproject.toml", "tests/golden/figures.tsv")


class Fault(NamedTuple):
    """What is planted: a name in words, the file, the text and what stands there instead, where it should show."""

    name: str
    file: str
    old: str
    new: str
    suites: str


WRONG_STEP = """        draft.steps[edit.id] = changed
        names = [key for key, step in draft.steps.items() if step.block == "task" and key != edit.id]
        if edit.field == "work" and names:
            draft.steps[names[0]] = draft.steps[names[0]].model_copy(update={"work": changed.work})
            draft.steps[edit.id] = changed.model_copy(update={"work": None})
"""
DROPPED = """    process = apply(as_is, edits)
    from assistant.process.edits import Delete
    from assistant.process.tree import tasks

    controls = [task.id for task in tasks(process) if task.is_control]
    process = apply(process, [Delete(ids=(controls[0],))]) if controls else process"""
FAULTS = (
    Fault("a control is dropped from every alternative", "assistant/redesign/engine.py", "    process = apply(as_is, edits)", DROPPED, "proposals"),
    Fault("laws protect nothing", "assistant/redesign/protection.py", "if task.legal_basis:", "if False:", "proposals"),
    Fault("what the user wants kept is not kept", "assistant/redesign/protection.py", "        self._by_wish(process, keep)", "        pass", "proposals"),
    Fault("a quote is shifted by one", "assistant/redesign/quoting.py", "return Quote(first, last, text[first:last])", "return Quote(first + 1, last + 1, text[first + 1 : last + 1])", "report"),
    Fault("a quote is not the words at its place", "assistant/redesign/quoting.py", "return Quote(first, last, text[first:last])", "return Quote(first, last, text[first:last].title())", "report"),
    Fault("an invented number in every effect", "assistant/redesign/verdict.py", "return f\"{percent(share)} {'slower' if up else 'faster'} ({saved} a case)\"", "return f\"{percent(share)} {'slower' if up else 'faster'} ({saved} a case, 98765 a year)\"", "report"),
    Fault("an invented number in the report", "templates/report.md.j2", "# {{ title", "Saves 87654 EUR a year.\n\n# {{ title", "report"),
    Fault("a task is lost in BPMN", "assistant/bpmn/write.py", "for node in self.scene.graph.nodes.values():\n            made = _add(box, node.kind", "for node in list(self.scene.graph.nodes.values())[:-2]:\n            made = _add(box, node.kind", "exchange"),
    Fault("names are lost in BPMN", "assistant/bpmn/write.py", "made = _add(box, node.kind, id=node.id, name=node.name)", "made = _add(box, node.kind, id=node.id, name=node.name[:6])", "exchange"),
    Fault("our own values are lost in BPMN", "assistant/bpmn/write.py", "values.text = _document(made.process)", "values.text = None", "exchange"),
    Fault("a prompt without its fence", "assistant/language/prompts.py", "return f\"<<<{mark}\\n{shown}\\n{mark}>>>\"", "return shown", "prompts"),
    Fault("a fence users can close", "assistant/language/prompts.py", "    while any(form in squeezed", "    while False and any(form in squeezed", "prompts"),
    Fault("hidden characters reach the model", "prompts/map.yaml", "fenced: true", "fenced: false", "prompts"),
    Fault("a figure lands on the wrong step in the chat", "assistant/process/flow_edits.py", "        draft.steps[edit.id] = changed\n", WRONG_STEP, "conversation"),
    Fault("an answer to a chance is turned round", "assistant/chat/answers.py", "edits: list[Edit] = [SetCondition(id=named.id, p=share,", "edits: list[Edit] = [SetCondition(id=named.id, p=round(1 - share, 6),", "figures"),
    Fault("answers are read in the wrong unit", "assistant/chat/answers.py", "hands_on = question.field == \"work\"", "hands_on = question.field != \"work\"", "figures"),
    Fault("a rejected proposal comes again", "assistant/redesign/alternatives.py", "ids = self.decided | {", "ids = {", "proposals"),
    Fault("what is worse is recommended", "assistant/redesign/recommending.py", "rated = [(worth(one.effects, goal), one) for one in alternatives if one.word in (BETTER, MIXED) and one.proposals]\n    good = [pair for pair in rated if pair[1].word == BETTER] or [pair for pair in rated if pair[0] > 0]", "rated = [(worth(one.effects, goal), one) for one in alternatives if one.proposals]\n    good = sorted(rated, key=lambda pair: pair[0])", "proposals"),
    Fault("worse is called better", "assistant/redesign/verdict.py", "return Verdict(WORSE, losses + index)", "return Verdict(BETTER, losses + index)", "proposals"),
    Fault("chance is sold as an effect", "assistant/redesign/effects.py", "sure = gap.low > 0 or gap.high < 0", "sure = True", "proposals"),
    Fault("effects with the wrong sign", "assistant/redesign/effects.py", "better = None if not sure else (gap.mean < 0) == lower_is_better", "better = None if not sure else (gap.mean > 0) == lower_is_better", "proposals"),
    Fault("a search that ignores aliases", "assistant/library/lexical.py", "    said = \" \".join(terms(\". \".join(entry.people_say)))", "    said = \"\"", "retrieval"),
    Fault("a search that ranks the last first", "assistant/library/search.py", "key=lambda item: (-item[1], item[0])", "key=lambda item: (item[1], item[0])", "retrieval"),
    Fault("a split of unknown chance is taken half and half for certain", "assistant/simulation/draws.py", "return lambda g, n: np.searchsorted(edges, g.random(n), side=\"right\")", "edges = np.cumsum([1 / len(shares)] * len(shares))[:-1]\n    return lambda g, n: np.searchsorted(edges, g.random(n), side=\"right\")", "simulation"),
    Fault("chances are never taken", "assistant/simulation/draws.py", "return lambda g, n: g.random(n) < p", "return lambda g, n: g.random(n) < p / 2", "simulation"),
    Fault("triangular times are constant", "assistant/simulation/draws.py", "return np.where(u < turn, low + np.sqrt(u * rise), high - np.sqrt((1 - u) * fall))", "return np.full(n, mode)", "simulation"),
    Fault("exponential times are constant", "assistant/simulation/draws.py", "return lambda g, n: g.standard_exponential(n) * mean", "return Constant(mean)", "simulation"),
    Fault("uniform times run too low", "assistant/simulation/draws.py", "return lambda g, n: low + width * g.random(n)", "return lambda g, n: low + 0 * width * g.random(n)", "simulation"),
    Fault("feedback quotes are changed", "assistant/feedback/naming.py", "return Quote(comment.id, best[1], best[2], comment.raw[best[1] : best[2]])", "return Quote(comment.id, best[1], best[2], comment.raw[best[1] + 1 : best[2]])", "feedback"),
    Fault("feedback counts are wrong", "assistant/feedback/summary.py", "len(comments), len(unique), tuple(themes)", "len(unique), len(unique), tuple(themes)", "feedback"),
    Fault("every comment is positive", "assistant/feedback/summary.py", "return \"negative\" if value < -0.05 else", "return \"negative\" if value < -9 else", "feedback"),
    Fault("personal data is kept", "assistant/language/keeping.py", "    return kept", "    return text", "safety"),
    Fault("a report that shows tags as they are", "assistant/reports/report.py", "autoescape=is_html,", "autoescape=False,", "safety"),
    Fault("a report with an outside address", "templates/report.html.j2", "<title>", "<link rel=\"stylesheet\" href=\"https://cdn.example/x.css\"><title>", "report"),
    Fault("a word of the code in the report", "templates/report.md.j2", "# {{ title", "Basis: None\n\n# {{ title", "report"),
    Fault("nobody answers for a step", "assistant/handover/package.py", "raci=raci(inputs.to_be),", "raci=raci(inputs.to_be)[1:],", "report"),
    Fault("measures without an owner", "assistant/handover/package.py", "kpis=sheet,", "kpis=tuple(kpi.model_copy(update={\"owner\": \"\"}) for kpi in sheet),", "report"),
    Fault("an alternative that is not its edits", "assistant/redesign/engine.py", "    process = apply(as_is, edits)", "    process = apply(as_is, edits[:-1])", "proposals"),
    Fault("a detector that is silent", "assistant/redesign/findings.py", "for one in detector(view):", "for one in list(detector(view))[1:]:", "pains"),
    Fault("undo takes nothing back", "assistant/projects/replay.py", "                gone.add(turn)\n                gone.difference_update", "                gone.difference_update", "conversation"),
)  # fmt: skip


def main() -> int:
    """Plant each fault, play, compare; print what was seen and what was missed. Returns the number missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names (or parts of them), with commas between")
    parser.add_argument("--all-suites", action="store_true", help="play all suites for a fault its own do not show")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    wanted = [part for part in options.only.split(",") if part]
    chosen = [fault for fault in FAULTS if not wanted or any(part in fault.name for part in wanted)]
    if options.list:
        print("\n".join(f"{fault.name} ({fault.file})" for fault in chosen))
        return 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        copied(copy)
        chosen.sort(key=lambda fault: sum(suite in fault.suites for suite in SLOW))
        missed = [fault.name for fault in chosen if not seen(fault, copy, options.all_suites)]
    print(
        f"{len(chosen) - len(missed)} of {len(chosen)} planted faults turn it red; missed: {'; '.join(missed) or 'none'}"
    )
    return len(missed)


def copied(copy: Path) -> None:
    """The program in a folder of its own, so that nothing of the checkout is touched."""
    for name in COPIED:
        source, target = ROOT / name, copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def seen(fault: Fault, copy: Path, everywhere: bool) -> bool:
    """Whether the fault turns the evals red."""
    path = copy / fault.file
    text = path.read_text(encoding="utf-8")
    if fault.old not in text:
        print(f"NO LONGER THERE  {fault.name}: mend bench/faults.py", flush=True)
        return False
    started = time.monotonic()
    path.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
    try:
        red, why = played(copy, fault.suites.split(","))
        if not red and everywhere:
            red, why = played(copy, ["all"])
    finally:
        path.write_text(text, encoding="utf-8")
    print(f"{'red ' if red else 'GREEN'} {time.monotonic() - started:5.0f} s  {fault.name}: {why[:150]}", flush=True)
    return red


def played(copy: Path, suites: list[str]) -> tuple[bool, str]:
    """Whether suites, played in the copy, are worse than the blessed run of the copy; and the verdict in words."""
    run = copy / "run.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(copy), "ASSISTANT_HOME": str(copy / "home"),
                   "ASSISTANT_MODEL": "offline", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    command = [sys.executable, "-m", "assistant", "eval"]
    words = ["run", *suites, "--sample", "--force", "--out", str(run)]
    words += ["--only", FEW] if suites == ["report"] else []
    ran = subprocess.run([*command, *words], cwd=copy, env=environment, capture_output=True, text=True)
    if ran.returncode not in (0, 4):
        return True, f"the run ended with {ran.returncode}: {(ran.stderr.strip().splitlines() or [''])[-1]}"
    compared = subprocess.run(
        [*command, "compare", str(run)], cwd=copy, env=environment, capture_output=True, text=True
    )
    told = (compared.stdout or compared.stderr).splitlines() or [""]
    return compared.returncode not in (0, 4), told[0]


if __name__ == "__main__":
    sys.exit(main())
