"""What the library says beside a measure: how its target is usually found, and published figures as context only."""

from __future__ import annotations

from typing import Any

from assistant.handover.inputs import Inputs

EFFICIENCY = "efficiency"
ALIKE = {"cycle_time": "", "right_first_time": "", "cost_per_case": "cost"}  # a word its name must hold


def context(kpi_id: str, dimension: str, inputs: Inputs) -> str:
    """The matching library entry's measure of the same kind with its target logic, and what has been published.

    A published figure is shown with publisher, year and sample, and never becomes a target. Empty where there is none.
    """
    figures = {figure.id: figure for figure in getattr(inputs.library, "figures", ())}
    if kpi_id == "flow_efficiency":
        found = (
            figure for figure in figures.values() if "all" in figure.process and EFFICIENCY in figure.measure.lower()
        )
        return " ".join(_published(figure) for figure in found)
    if inputs.entry is None or kpi_id not in ALIKE:
        return ""
    alike = (kpi for kpi in inputs.entry.kpis if kpi.kind == dimension and ALIKE[kpi_id] in kpi.name.lower())
    measure = next(alike, None)
    if measure is None:
        return ""
    told = f"Library, {inputs.entry.name}: “{measure.name}”, target logic: {measure.target.rstrip('.')}."
    figure = figures.get(measure.benchmark or "")
    return f"{told} {_published(figure)}" if figure else told


def _published(figure: Any) -> str:
    sample = figure.sample if figure.sample != "not stated" else "sample not stated"
    return (
        f"Published: {figure.measure}, {figure.value} ({figure.publisher}, {figure.year}, {sample}); "
        "context, not a target."
    )
