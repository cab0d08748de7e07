"""recorded: whole conversations with what a language model answered in them, through the gateway, without a network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.app import App
from assistant.evals.casefile import bundled_cases
from assistant.evals.compact import compact
from assistant.evals.door import QUICK, Door
from assistant.evals.model_of_a_case import app_that_hears
from assistant.evals.shapes import Case, Suite
from assistant.evals.suites.conversation import SCRIPT_MEANS, score_script, script_faults


def _scripts() -> list[Case]:
    return bundled_cases("recorded")


def _play(door: Door, case: Case) -> dict[str, Any]:
    app, answers = app_that_hears(_quick(door.app))
    talk, lines, left = Door(app).talk(), [], []
    for turn in case.given["turns"]:
        left += answers.begin(turn.get("answers", {}))
        reply = talk.say(turn["say"])
        lines.append({"say": turn["say"], "lines": reply["lines"], "changed": reply["changed"], "kind": reply["kind"],
                      "questions": [row["text"] for row in reply["questions"]]})  # fmt: skip
    left += answers.begin({})
    return {"turns": lines, "process": compact(talk.session.process), "exports": talk.exports,
            "missing": answers.missing, "left": left}  # fmt: skip


def _quick(app: App) -> App:
    """The app with short simulations: what was said is what is looked at here, and each list of proposals is played."""
    play = app.settings.simulation.model_copy(update=QUICK)
    quick = replace(app, settings=app.settings.model_copy(update={"simulation": play}))
    quick.__dict__["library"] = app.library
    return quick


def _score(case: Case, output: Any) -> dict[str, float]:
    """As a script of a conversation; and whether each answer was asked for, passed its checks, and none was missing."""
    return {**score_script(case, output), "heard": float(not output["missing"] and not output["left"])}


def _why(case: Case, output: Any) -> list[str]:
    unheard = [
        f"no answer is recorded for the prompt {name}, or the one there did not pass" for name in output["missing"]
    ]
    over = [f"an answer to the prompt {name} was not asked for" for name in output["left"]]
    return [*script_faults(case, output), *unheard, *over]


MEANS = {
    **SCRIPT_MEANS,
    "heard": "1 when each recorded answer of the model was asked for and passed its checks, and none was missing.",
}


SUITES = (
    Suite(
        "recorded", "Whole conversations with recorded answers of a language model.", _scripts, _play, _score,
        guarded=frozenset({"end_state", "heard"}), why=_why,
        means=MEANS,
    ),
)  # fmt: skip
