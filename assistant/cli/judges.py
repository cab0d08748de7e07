"""A model as judge, for the commands of evals: its options, how it is asked, and how what it prefers is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common

if TYPE_CHECKING:
    from assistant.evals.judging import Judge, Judged
    from assistant.evals.runfile import Run

Name = Annotated[
    str | None, typer.Option("--judge", help="PROVIDER:NAME of a model that compares answers; see `eval calibrate`.")
]  # fmt: skip
Words = Annotated[Path | None, typer.Option("--prompt", help="The judge's prompt (default: ours).")]
Rubric = Annotated[Path | None, typer.Option("--rubric", help="The judge's rubric (default: ours).")]


def judge_of(name: str | None, prompt: Path | None, rubric: Path | None) -> Judge:
    """The judge of that name (None: the model in force). Raises UsageError: the built-in rules judge nothing."""
    from assistant.errors import UsageError
    from assistant.evals.judging import PROMPT, RUBRIC, Judge
    from assistant.intake.door import read_text

    model = common.app(name).model
    if model is None:
        raise UsageError("The built-in rules judge no answer.", "", "Name a model: PROVIDER:NAME.")
    return Judge(model, read_text(prompt) if prompt else PROMPT, read_text(rubric) if rubric else RUBRIC)


def known_by(name: str | None, prompt: Path | None, rubric: Path | None) -> tuple[str, str]:
    """A judge's model and what it is known by with its prompt and rubric; it is not asked. Raises UsageError."""
    from assistant.errors import UsageError
    from assistant.evals.calibration import judge_hash
    from assistant.evals.judging import PROMPT, RUBRIC
    from assistant.intake.door import read_text

    model = name or common.app().settings.model
    if model == "offline":
        raise UsageError(
            "Whose marks these are is not said.", "", "Name the model that gave them: --model PROVIDER:NAME."
        )
    words = read_text(prompt) if prompt else PROMPT, read_text(rubric) if rubric else RUBRIC
    return model, judge_hash(model, *words)


def judged(old: Run, new: Run, name: str | None, prompt: Path | None, rubric: Path | None) -> Judged | None:
    """What a judge thinks of two runs; None when none is named. Raises UsageError and the model's errors."""
    from assistant.evals.baseline import place
    from assistant.evals.calibration import may_gate
    from assistant.evals.judging import judge_runs

    if name is None:
        return None
    judge = judge_of(name, prompt, rubric)
    return judge_runs(judge, may_gate(place(common.app().home), judge.hash), old, new, common.Progress())


def tell(found: dict[str, Any]) -> None:
    """What a judge prefers, and whether that decides."""
    judge = found["judge"]
    if judge is None:
        return
    means = {row["score"]: row["after"] for row in (found["scores"] if judge["accepted"] else found["advice"])}
    told = ", ".join(f"{name} {value:.2f}" for name, value in means.items() if name.endswith("judged_better"))
    may = "it was accepted and decides with the rest" if judge["accepted"] else (
        "it only advises: it was not accepted for this prompt and rubric (`assistant eval calibrate`)"
    )  # fmt: skip
    common.show(f"  judge {judge['model']}: {told} (.50: as good, 1: the new answer in every pair); {may}.")
