"""The outside world: what partners send, know, certify or could do; the channels through which cases come in."""

from __future__ import annotations

import math
from collections.abc import Iterator

from assistant.process.blocks import Choice, Task
from assistant.process.durations import humane
from assistant.redesign.detectors.base import chance, computed, finding, judged, lasting, seen
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import content, is_control, is_rekeying, listed, percent


def rekeyed_documents(view: View) -> Iterator[Finding]:
    """A partner's document is typed in again."""
    sources = {data.id: data for data in view.process.data if data.source}
    for task in view.tasks.values():
        partner = next((sources[name] for name in task.reads if name in sources), None)
        often = view.rates[task.id] >= view.settings.partner_share
        if not often or not is_rekeying(task) or task.automation == "automatic" or task.value_class == "NVA":
            continue
        if task.id in view.protection.reasons:
            continue
        who = partner.source if partner else view.party_of(task)
        maker = None if partner else _maker(view, task)
        share = view.cost_share([task.id])
        yield finding(
            view,
            "rekeyed_document",
            (task.id,),
            f"{task.name}: what {who or _name(view, maker)} has written is typed again",
            (
                seen(f"{partner.name} comes from {partner.source}")
                if partner
                else judged(f"{task.name} reads like typing again what is there already"),
                *((judged(f"{maker.name} seems to make the same data in the house"),) if maker else ()),
                computed(f"in {percent(min(1.0, view.rates[task.id]))} of cases", view.rates[task.id], "share"),
                computed(f"{percent(share)} of the work", share, "share"),
            ),
            ("H25",) if maker else ("H03", "H25"),
            waste="over-processing",
            share=share,
            share_of="cost",
            by_name=partner is None,
            party=who,
            maker=maker.id if maker else "",
        )


def _name(view: View, maker: Task | None) -> str:
    return view.name_of(maker.role) if maker else "somebody"


def _maker(view: View, task: Task) -> Task | None:
    """The earlier step of the house that, by its data or its name, makes what is typed again."""
    before = [prior for prior in view.tasks.values() if view.order[prior.id] < view.order[task.id]]
    for maker in reversed(
        [earlier for earlier in before if view.is_inside(earlier.role) and earlier.role != task.role]
    ):
        if set(maker.writes) & set(task.reads) or len(content(maker.name) & content(task.name)) >= 2:
            return maker
    return None


def repeated_lookups(view: View) -> Iterator[Finding]:
    """Something that hardly ever changes is asked of an outside party in every case."""
    steady = {
        d.id: d for d in view.process.data if d.changes_rarely or (d.valid_for and d.valid_for.mean_seconds >= 86400)
    }
    for task in view.tasks.values():
        data = next((steady[name] for name in task.reads if name in steady), None)
        seconds = view.wait_of(task)
        if data is None or not (view.party_of(task) or data.source) or task.id in view.protection.reasons:
            continue
        if seconds < view.settings.lookup_wait_hours * 3600 or view.rates[task.id] < view.settings.lookup_cases:
            continue
        valid = f", valid for {humane(data.valid_for.mean_seconds)}" if data.valid_for else ""
        share = view.time_share(seconds, task.id)
        yield finding(
            view,
            "repeated_lookup",
            (task.id,),
            f"{data.name} is asked for in every case though it rarely changes",
            (
                lasting("each time a wait of", seconds, task.wait.basis if task.wait else None),
                seen(f"{data.name} rarely changes{valid}"),
                computed(f"{percent(share)} of the elapsed time", share, "share"),
            ),
            ("H24",),
            waste="waiting",
            share=share,
            data=data.id,
        )


def certified_checks(view: View) -> Iterator[Finding]:
    """An own check repeats what a recognised body or partner has certified."""
    for task in view.tasks.values():
        if not task.repeats_external_check or task.id in view.protection.reasons:
            continue
        if view.wait_of(task) < view.settings.trusted_wait_days * 86400:
            continue
        yield finding(
            view,
            "certified_check",
            (task.id,),
            f"{task.name} repeats what is certified already: {task.repeats_external_check}",
            (
                seen(f"certified by: {task.repeats_external_check}"),
                lasting("the own check waits", view.wait_of(task), task.wait.basis if task.wait else None),
            ),
            ("H27",),
            waste="over-processing",
            share=view.time_share(view.wait_of(task) + view.work_of(task), task.id),
        )


def not_core(view: View) -> Iterator[Finding]:
    """No step adds value for the customer and the volume swings more than chance explains."""
    tasks = list(view.tasks.values())
    volume = view.process.volume
    if len(tasks) < 2 or volume is None or any(task.value_class in (None, "VA") for task in tasks):
        return
    swing, told = _swing(view)
    if swing < view.settings.volume_cv:
        return
    yield finding(
        view,
        "not_core",
        tuple(task.id for task in tasks),
        f"No step of {view.process.name} is one the customer pays for, and its volume swings",
        (
            seen("no step is classed as adding value"),
            computed(f"volume swings by {swing:.1f} times its mean {told}", swing, "ratio"),
        ),
        ("H28",),
        waste="skills",
    )


def _swing(view: View) -> tuple[float, str]:
    """How much the volume swings beyond the chance of single arrivals.

    Of arrivals with a coefficient of variation c, counts vary c^2 times as much as Poisson ones; sqrt(c^2 - 1) is the
    part beyond chance. Of rates by hour or weekday, their deviation over their mean.
    """
    volume = view.process.volume
    if volume is None:
        return 0.0, ""
    mean = volume.between.mean_seconds
    cv = volume.between.sd_seconds / mean if mean > 0 else 0.0
    best, told = math.sqrt(max(0.0, cv * cv - 1)), "beyond the chance of single arrivals"
    for rates, over in ((volume.by_weekday, "over the week"), (volume.by_hour, "over the day")):
        if rates and sum(rates) > 0:
            level = sum(rates) / len(rates)
            spread = math.sqrt(sum((rate - level) ** 2 for rate in rates) / len(rates)) / level
            if over == "over the week" and spread > best:
                best, told = spread, over
    return best, told


def many_channels(view: View) -> Iterator[Finding]:
    """Cases come in through several channels or formats that lead to the same step."""
    for task in view.tasks.values():
        if len(task.channels) >= 2:
            yield finding(
                view,
                "many_channels",
                (task.id,),
                f"Cases reach {task.name} in {len(task.channels)} ways: {listed(task.channels)}",
                (seen(f"channels: {listed(task.channels)}", len(task.channels), "channels"),),
                ("H29",),
                waste="defects",
                channels=task.channels,
            )
    first = next(iter(view.process.flow.items), None)
    intake = [step for step in view.process.flow.items[:2] if isinstance(step, Choice)]
    for choice in intake if first is not None else []:
        yield from _channel_choice(view, choice)


def _channel_choice(view: View, choice: Choice) -> Iterator[Finding]:
    tasks = {b.id: [s for s in b.do.items if isinstance(s, Task)] for b in choice.branches}
    media = {t.medium for task in tasks.values() for t in task if t.medium}
    dealing = [t for task in tasks.values() for t in task if t.medium]
    if any(
        len(inside) > 1 or len(inside) != len(b.do.items)
        for inside, b in zip(tasks.values(), choice.branches, strict=True)
    ):
        return
    rates = [t.error_rate for t in dealing if t.error_rate]
    ratio = max(rates) / min(rates) if len(rates) >= 2 else 1.0
    ways = len(media) + any(not task for task in tasks.values())
    if len(media) < 2 or (ways < 2 and ratio < view.settings.channel_error_ratio):
        return
    if any(is_control(t) for t in dealing):
        return
    yield finding(
        view,
        "many_channels",
        (choice.id, *(t.id for t in dealing)),
        f"Cases come in {len(choice.branches)} ways: {listed([b.when or b.id for b in choice.branches])}",
        (
            seen(
                f"{listed(sorted(str(m) for m in media))} lead to the same next step", len(choice.branches), "channels"
            ),
            *(chance(f"{t.name} goes wrong in", t.error_rate, t.basis) for t in dealing if t.error_rate),
            *(
                (computed(f"one channel goes wrong {ratio:.1f} times as often as another", ratio, "ratio"),)
                if ratio > 1
                else ()
            ),
        ),
        ("H29",),
        waste="defects",
        choice=choice.id,
    )
