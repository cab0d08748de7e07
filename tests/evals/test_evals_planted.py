"""The planted processes: what is found, what is proposed, and that every proposal keeps its promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from redesign_kit import quick

from assistant.evals.planted import Planted, load_planted, score
from assistant.evals.suites import suites
from assistant.process.apply import apply
from assistant.process.checks import check
from assistant.process.edits import edit_document
from assistant.process.tree import by_id
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.engine import Redesign
from assistant.redesign.proposals import offers
from assistant.redesign.software import suited
from assistant.redesign.view import View
from assistant.settings import RedesignSettings
from assistant.simulation.made_before import forget

SET = load_planted()
SHORT = RedesignSettings(quick_cases=60, quick_replications=2)


@pytest.fixture(scope="module")
def results() -> list[tuple[Planted, Redesign]]:
    return [(one, quick(one.process, settings=SHORT, cases=60, replications=2)) for one in SET]


def test_every_planted_fault_can_still_be_planted():
    top = Path(__file__).parents[2]
    faults = yaml.safe_load((top / "bench" / "planted_faults.yaml").read_text(encoding="utf-8"))
    assert len(faults) >= 40
    gone = [fault["name"] for fault in faults if fault["old"] not in (top / fault["file"]).read_text(encoding="utf-8")]
    assert gone == [], "mend bench/planted_faults.yaml"
    known = {suite.name for suite in suites()}
    assert not {suite for fault in faults for suite in fault["suites"]} - known


def test_the_set_is_as_large_as_it_says():
    assert sum(1 for one in SET if any(pain.planted for pain in one.pains)) == 40
    assert sum(1 for one in SET if not one.pains) == 10
    for one in SET:
        known = {*by_id(one.process), *(role.id for role in one.process.roles)}
        assert all(pain.elements <= known for pain in one.pains), one.name


def test_planted_pains_are_found_and_nothing_is_invented(results):
    scores = [score(planted, result.findings) for planted, result in results]
    recall = sum(s.met for s in scores) / sum(s.planted for s in scores)
    precision = sum(s.right for s in scores) / sum(s.findings for s in scores)
    assert recall >= 0.90, [s.missed for s in scores if s.missed]
    assert precision >= 0.80, [s.wrong for s in scores if s.wrong]
    assert [s.wrong for s in scores if not s.planted and s.findings] == []


def test_every_alternative_is_today_with_its_edits_and_sound(results):
    for planted, result in results:
        before = {(i.id, i.elements) for i in check(planted.process) if i.severity == "error"}
        protected = View(planted.process, RedesignSettings()).protection.reasons
        for one in result.alternatives:
            assert one.process == apply(planted.process, one.edits)
            errors = [i for i in check(one.process) if i.severity == "error" and (i.id, i.elements) not in before]
            assert errors == [], (planted.name, one.name)
            now, then = by_id(planted.process), by_id(one.process)
            assert all(then.get(name) == now[name] for name in protected), planted.name


def test_every_proposal_names_its_reasons_and_what_it_needs(results):
    for planted, result in results:
        known = {one.id for one in result.findings}
        view = View(result.completed.process, RedesignSettings())
        known |= {found.id for found in suited(view, result.findings)}  # technology first sees more than what hurts
        for one in (p for alternative in result.alternatives for p in alternative.proposals):
            assert one.because, (planted.name, one.id)
            assert set(one.because) <= known
            assert one.risks
            assert one.failure
            assert one.guards
            assert set(one.effects) == {"time", "cost", "quality", "flexibility"}
            for figure in one.figures:
                assert figure.basis
            changes = [e for e in map(edit_document, one.edits) if e["op"] == "set" and e["field"] in ("work", "wait")]
            assert not changes or one.figures, "a time that changes says by which figure"


def test_no_practice_crowds_out_the_others_and_all_fire(results):
    made: Counter[str] = Counter()
    asked: set[str] = set()
    for _, result in results:
        view = View(result.completed.process, RedesignSettings())
        found = offers(view, result.findings)
        made.update(offer.proposal.practice for offer in found.offers)
        asked |= {question.id.split(":")[1] for question in found.questions}
    assert max(made.values()) <= 0.25 * sum(made.values()), made
    assert set(made) | asked == set(PRACTICES)


def test_only_a_person_judges_outsourcing_and_the_like(results):
    for _, result in results:
        taken = {p.practice for one in result.alternatives for p in one.proposals}
        assert taken.isdisjoint({"H03", "H17", "H21", "H26", "H27", "H28"})


def test_documents_have_the_promised_keys(results):
    _, result = results[0]
    document = result.document()
    assert {"process", "findings", "alternatives", "recommended", "questions", "made_by"} <= set(document)
    assert {"id", "kind", "elements", "because", "practices", "confidence"} <= set(document["findings"][0])
    assert {"text", "value", "basis"} <= set(document["findings"][0]["because"][0])
    one = document["alternatives"][0]
    assert {"name", "stance", "proposals", "process", "effects", "verdict", "guards"} <= set(one)
    wanted = {"before", "after", "change", "low", "high", "basis"}
    assert all(wanted <= set(effect) for effect in one["effects"].values())
    keys = {
        "id",
        "practice",
        "title",
        "elements",
        "edits",
        "because",
        "cites",
        "effects",
        "risks",
        "confidence",
        "needs",
    }
    assert keys <= set(one["proposals"][0])
    assert result.recommended in {a.name for a in result.alternatives}


def test_the_same_twice():
    one = SET[9].process
    first = quick(one).document()
    forget()  # what was played is not taken from before
    assert quick(one).document() == first
