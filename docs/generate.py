"""Writes docs/reference from the code, so that it cannot say what the program does not do: `make docs`."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from statistics import fmean

from typer.main import get_command

from assistant import errors
from assistant.cli.main import READER_GONE, cli
from assistant.errors import AssistantError
from assistant.evals.runfile import load_run
from assistant.evals.shapes import ANSWERED, ANSWERED_MEANS
from assistant.evals.suites import suites
from assistant.library.store import Library, load_library
from assistant.settings import ENVIRONMENT, Settings, described

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by `make docs` from the code; changes here are lost. -->\n"


def commands() -> str:
    """Every command with its arguments and options."""
    root = get_command(cli)
    parts = [f"{NOTE}\n# Commands\n\n`assistant` and `process-assistant` are the same program.\n"]
    parts += _command(root, "assistant")
    return "\n".join(parts)


def _command(command: object, path: str) -> list[str]:
    inner = getattr(command, "commands", None)
    if inner:
        return [part for name, child in inner.items() for part in _command(child, f"{path} {name}")]
    lines = [f"## {path}\n", f"{(getattr(command, 'help', '') or '').strip()}\n"]
    rows = []
    for parameter in getattr(command, "params", []):
        if parameter.name == "help":
            continue
        names = (
            ", ".join(parameter.opts)
            if parameter.param_type_name == "option"
            else str(parameter.metavar or parameter.name).upper()
        )
        rows.append(f"| `{names}` | {(getattr(parameter, 'help', '') or '').replace('|', '/')} |")
    if rows:
        lines += ["| | |", "|---|---|", *rows, ""]
    return lines


def settings() -> str:
    """Every setting with its default and meaning."""
    names = {field: name for name, field in ENVIRONMENT.items()}
    rows = [
        f"| `{name}` | `{value}` | {meaning}{f' Also `{names[name]}`.' if name in names else ''} |"
        for name, value, meaning in described(Settings())
    ]
    head = "In `config.toml` of the user's config folder; `assistant config` shows where, and what is in force.\n"
    return "\n".join([NOTE, "# Settings\n", head, "| Setting | Default | Meaning |", "|---|---|---|", *rows, ""])


def error_list() -> str:
    """Every error with its exit code."""
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, AssistantError)]
    rows = [
        f"| {kind.__name__} | {kind.exit_code} | {(kind.__doc__ or '').strip().splitlines()[0]} |"
        for kind in sorted(kinds, key=lambda kind: (kind.exit_code, kind.__name__))
    ]
    head = (
        "An error is told in one to three lines: what happened, why, and what to do next.\n\n"
        "When the reader of a command's output stops reading (`| head`), the command ends at once and without a word, "
        f"with exit code {READER_GONE} as other tools do.\n"
    )
    return "\n".join(
        [NOTE, "# Errors and exit codes\n", head, "| Error | Exit code | Meaning |", "|---|---|---|", *rows, ""]
    )


def library_table() -> str:
    """Every entry that ships with the program, by kind, with what it is about and what it rests on."""
    library = load_library(Path("/nonexistent"))
    parts = [
        NOTE,
        "# What the library holds\n",
        f"{_counted(library)}. `assistant library show ID` has all of an entry.\n",
    ]
    parts += [
        "## Processes\n",
        "| Code | Process | Function | From → to | Steps | Measures | Grade |",
        "|---|---|---|---|---|---|---|",
    ]
    parts += [
        f"| {entry.code or ''} | {_cell(entry.name)} | {_cell(entry.function)} "
        f"| {_cell(entry.trigger)} → {_cell(entry.end)} "
        f"| {len(entry.steps)} | {len(entry.kpis)} | {entry.grade} |"
        for entry in library.processes
    ]
    for title, entries in (("Practices", library.practices), ("Enablers", library.enablers)):
        parts += [f"\n## {title}\n", f"| Code | {title[:-1]} | What it is | Grade |", "|---|---|---|---|"]
        parts += [f"| {e.code or ''} | {_cell(e.name)} | {_cell(e.definition)} | {e.grade} |" for e in entries]
    parts += [
        "\n## Published figures\n",
        "| | For | Measure | Value | Publisher, year, sample | Confidence |",
        "|---|---|---|---|---|---|",
    ]
    parts += [
        f"| {figure.id} | {', '.join(figure.process)} | {_cell(figure.measure)} | {_cell(figure.value)} "
        f"| {_cell(f'{figure.publisher}, {figure.year}, {figure.sample}')} | {figure.confidence} |"
        for figure in library.figures
    ]
    return "\n".join([*parts, ""])


def _counted(library: Library) -> str:
    steps = sum(len(entry.steps) for entry in library.processes)
    counts = (f"{len(library.processes)} processes with {steps} steps", f"{len(library.practices)} practices")
    return f"{', '.join(counts)}, {len(library.enablers)} enablers and {len(library.figures)} published figures"


def blessed_run() -> str:
    """docs/evals.md with the means of the blessed run in each row of its table that names scores in a comment."""
    run = load_run(Path(__file__).parent.parent / "evals" / "baseline" / "baseline.jsonl")
    means = {f"{suite}.{name}": fmean(values) for (suite, name), values in run.values().items()}

    def row(found: re.Match[str]) -> str:
        known = [f"{means[name]:.2f}".removeprefix("0") if name in means else "new" for name in found["names"].split()]
        shown = ", ".join(known)
        return f"{found['head']}<!-- {found['names']} --> | {shown} |"

    text = (Path(__file__).parent / "evals.md").read_text(encoding="utf-8")
    text = re.sub(r"^(?P<head>\| .*)<!-- (?P<names>[\w. ]+) --> \|[^|\n]*\|", row, text, flags=re.M)
    return re.sub(r"[\d,]+ cases<!-- blessed -->", f"{len(run.cases):,} cases<!-- blessed -->", text)


def scores() -> str:
    """Every score of every suite: what it means, whether it is guarded, how far people agree on it."""
    head = (
        "A score lies between 0 and 1. Guarded ones may not be lost for a gain elsewhere; of a trend the guard of a "
        f"single case does not speak. Every suite also has `{ANSWERED}`: {ANSWERED_MEANS}\n"
    )
    parts = [NOTE, "# Scores of the evals\n", head]
    for suite in suites():
        parts += [f"## {suite.name}\n", f"{suite.about}\n", "| Score | What it means | |", "|---|---|---|"]
        for name, text in suite.means.items():
            marks = ["guarded"] if name in suite.guarded else ["trend"] if name in suite.trends else []
            marks += [f"people agree {suite.ceilings[name]:.2f}"] if name in suite.ceilings else []
            parts.append(f"| `{name}` | {_cell(text)} | {', '.join(marks)} |")
        parts.append("")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


PAGES = {
    "library.md": library_table,
    "commands.md": commands,
    "settings.md": settings,
    "errors.md": error_list,
    "scores.md": scores,
    "../evals.md": blessed_run,
}

if __name__ == "__main__":
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
        print(REFERENCE / name)
