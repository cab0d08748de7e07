"""Reports of what the engine really gives, and of processes nobody thought of."""

from types import SimpleNamespace

import pytest
from handmade_redesign import permit
from hypothesis import HealthCheck, given, settings
from strategies import processes

from assistant.handover.package import package
from assistant.library.store import load_library
from assistant.process.apply import apply
from assistant.redesign.brief import Brief, Play
from assistant.redesign.engine import redesign
from assistant.redesign.shapes import Completed
from assistant.reports.files import write_outputs
from assistant.reports.report import html, markdown
from assistant.reports.terminal import summary


@pytest.fixture(scope="module")
def made():
    library = load_library()
    brief = Brief(goal="half the time, perhaps with blockchain", play=Play(cases=60, replications=3))
    return redesign(permit(), library, brief=brief), library


def test_what_the_engine_gives_becomes_a_whole_report(made, tmp_path):
    result, library = made
    packed = package(result, library)
    assert packed.missing == ()
    page, text = html(result, packed), markdown(result, packed)
    for finding in result.findings[:3]:
        assert finding.title.split("“")[0][:20].replace("'", "&#39;") in page
    assert "Blockchain" in page
    assert "does not fit" in page
    assert "does not fit" in text
    unlike = {tuple(proposal.id for proposal in one.proposals) for one in result.alternatives}
    assert len(write_outputs(result, packed, tmp_path)) >= 2 + 3 * (1 + len(unlike))
    told = summary(result)
    assert all(one.name.lower() in told.lower() for one in result.alternatives)


def test_the_to_be_map_of_every_recommendation_is_today_plus_its_edits(made):
    result, library = made
    packed = package(result, library)
    chosen = result.alternative(result.recommended)
    expected = apply(result.as_is, chosen.edits) if chosen else result.as_is
    assert packed.to_be == expected


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(process=processes(max_steps=8))
def test_any_sound_process_can_be_reported_before_anything_is_known(process):
    bare = SimpleNamespace(
        as_is=process, completed=Completed(process, (), (), 0.0, 0.0), findings=(), alternatives=(), decided=(),
        recommended="as-is", why_recommended="Nothing was simulated.", questions=(), entry=None, overlooked=(),
        filled=(), results={}, made_by="built-in rules", goal=None, keep=(), refused=(), fits=(), notes=(),
    )  # fmt: skip
    packed = package(bare)
    assert {"time", "quality", "customer"} <= {kpi.dimension for kpi in packed.kpis}
    assert "No alternative can be recommended" in html(bare, packed)
    assert markdown(bare, packed)
    assert summary(bare)
