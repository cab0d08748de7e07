"""With a language model: it judges and proposes, and everything it says passes the same gates."""

from __future__ import annotations

import json

from fake_models import FunctionModel
from redesign_kit import process, quick

from assistant.errors import ModelUnreachable
from assistant.process.tree import by_id

FLOW = """
roles: [{id: a, name: Clerk, cost_per_hour: 30}]
volume: 5 per h
flow:
  - task: {id: take, name: Take the order, role: a, work: 10 min}
  - task: {id: stamp, name: Stamp the order, role: a, work: 9 min}
  - task: {id: proof, name: Look at the passport, role: a, work: 5 min}
  - end: {id: e, outcome: Order taken}
"""


def step(name: str, value: str = "BVA", legal: str = "", confidence: float = 0.9) -> dict[str, object]:
    return {"id": name, "value": value, "control": False, "legal": legal, "decides": "none", "needs": [],
            "contact": False, "confidence": confidence, "why": "as one reads it"}  # fmt: skip


def answering(steps: list[dict[str, object]], proposals: str) -> FunctionModel:
    def answer(prompt, attempt):
        return json.dumps({"steps": steps}) if prompt.name == "judge_steps" else proposals

    return FunctionModel(answer)


JUDGED = [step("take"), step("stamp", "NVA"), step("proof", legal="money laundering act")]


def test_what_a_model_judges_becomes_a_finding_marked_as_its_own():
    result = quick(process(FLOW), model=answering(JUDGED, "NONE"))
    assert any(one.kind == "no_value_work" and one.elements == ("stamp",) for one in result.findings)
    assert "fake" in result.made_by
    assert by_id(result.as_is)["stamp"].value_class is None, "the process of today is not changed by a judgement"
    assert "stamp" not in by_id(result.alternatives[0].process)


def test_what_a_model_is_not_sure_of_is_left_out():
    unsure = [step("take"), step("stamp", "NVA", confidence=0.3), step("proof")]
    assert quick(process(FLOW), model=answering(unsure, "NONE")).findings == ()


def proposal(command: str) -> str:
    return (
        "PROPOSAL Leave it out | H05 | because P1\n  WHY nobody needs it\n  RISK somebody does\n"
        f"  NEEDS agreement\n  EFFECT + + 0 0\n  {command}\n"
    )


def test_a_models_proposal_is_taken_when_it_passes_the_gates():
    result = quick(process(FLOW), model=answering(JUDGED, proposal("DELETE take")))
    own = [one for a in result.alternatives for one in a.proposals if one.id.startswith("own")]
    assert own
    assert own[0].because == ("no_value_work:stamp",)
    assert any("Proposed by" in note for note in own[0].notes)
    assert "take" not in by_id(result.alternative("rethink").process)


def test_a_models_proposal_that_drops_a_legal_step_is_thrown_out():
    result = quick(process(FLOW), model=answering(JUDGED, proposal("DELETE proof")))
    assert all("proof" in by_id(one.process) for one in result.alternatives)
    assert not [one for a in result.alternatives for one in a.proposals if one.id.startswith("own")]


def test_when_the_model_fails_the_rules_go_on_and_say_so():
    def broken(prompt, attempt):
        return ModelUnreachable("The model cannot be reached.", "no connection", "Try again.")

    result = quick(process(FLOW), model=FunctionModel(broken))
    assert result.made_by == "built-in rules"
    assert any("by rules alone: The model cannot be reached: no connection." in line for line in result.by_rules)
