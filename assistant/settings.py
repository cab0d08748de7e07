"""Every setting with its description: from the environment, then the user's config file, then the default here.

The config file is `config.toml` in the user's config folder (or in ASSISTANT_HOME when that is set). A threshold is a
setting because the figures in the literature are defaults of engineers, not laws.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UsageError
from assistant.folders import bundled as bundled
from assistant.folders import cache_folder as cache_folder
from assistant.folders import config_file as config_file
from assistant.folders import data_folder as data_folder


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _from(default: float, description: str) -> Any:
    """A threshold: none is below zero."""
    return Field(default=default, ge=0, description=description)


class RedesignSettings(_Section):
    """Thresholds of the findings and practices: defaults of engineers, to be changed where a house knows better."""

    long_wait_share: float = _from(
        0.1, "A wait is a finding when it makes up at least this share of the elapsed time of a case."
    )
    long_wait_seconds: float = _from(600.0, "A wait shorter than this (seconds) is no finding, whatever its share.")
    low_flow_efficiency: float = _from(
        0.25, "Hands-on time over elapsed time below this is a finding (typical office work: 0.10)."
    )
    pareto_share: float = _from(0.8, "The biggest waits are named until they explain this share of all waiting.")
    return_rate: float = _from(
        0.05, "H01: cases sent back to the party that supplied the data, from which a finding is made."
    )
    incomplete_rate: float = _from(
        0.1, "H01: cases refused because something is missing, from which a finding is made."
    )
    contacts: int = _from(3, "H02: contacts with one outside party on the usual path, from which a finding is made.")
    partner_share: float = _from(0.2, "H03: share of cases in which a partner's document is keyed in again.")
    case_type_p: float = _from(0.2, "H04: a part entered in at most this share of cases may be another kind of case.")
    case_type_shared: float = _from(0.3, "H04: and shares at most this part of its roles and data with the rest.")
    case_type_steps: int = _from(2, "H04: and has at least this many steps.")
    never_changes_p: float = _from(
        0.01, "H05: a check whose outcome changes the path at most this often may be dropped."
    )
    never_changes_n: int = _from(300, "H05: and has been seen in at least this many cases a year.")
    triage_cv: float = _from(1.0, "H07: deviation over mean of a task's working time that speaks for classes of cases.")
    triage_spread: float = _from(
        4.0, "H07: 90th over 50th percentile of a task's working time that speaks for classes of cases."
    )
    variants_alike: float = _from(
        0.2, "H07: two variants by the same role whose times differ by at most this share may be one."
    )
    small_task_minutes: float = _from(
        30.0, "H08: neighbouring tasks of one person are merged when together they take at most this long."
    )
    setup_share: float = _from(
        0.2, "H08: set-up time over working time from which neighbouring tasks are better done together."
    )
    used_on_branch_p: float = _from(
        0.7, "H09: work used only on a branch taken at most this often is better done there."
    )
    parallel_utilisation: float = _from(0.85, "H10: roles busier than this gain nothing from parallel work.")
    parallel_gain: float = _from(0.02, "H10: parallel work must save at least this share of the elapsed time.")
    knockout_p: float = _from(0.05, "H11: a check that refuses at least this often is worth being early.")
    knockout_before: int = _from(2, "H11: and stands after at least this many steps that are no checks.")
    exception_p: float = _from(0.1, "H12: a branch taken at most this often is an exception.")
    exception_nodes: float = _from(
        0.2, "H12: an exception that holds at least this share of all steps burdens the main flow."
    )
    exception_effort: float = _from(0.3, "H12: so does one that takes at least this share of the expected effort.")
    exception_steps: int = _from(3, "H12: and it has at least this many steps.")
    flexible_gap: float = _from(0.25, "H14: difference in utilisation of two roles that can do the same task.")
    pool_utilisation: float = _from(0.7, "H15: separate pools for the same task that are all this busy are better one.")
    pool_imbalance: float = _from(0.2, "H15: so are pools whose utilisation differs by this much.")
    team_handoffs: float = _from(
        4.0, "H17: changes of department on the usual path from which a team is worth a question."
    )
    roles_per_case: float = _from(5.0, "H18: parties that touch a usual case, from which a finding is made.")
    units_per_case: float = _from(4.0, "H18: departments that touch a usual case, from which a finding is made.")
    bystander_share: float = _from(
        0.05, "H18: consulted or informed parties with at most this share of the time are bystanders."
    )
    manager_handoffs: float = _from(
        3.0, "H19: handoffs on the usual path from which one point of contact is worth naming."
    )
    manager_contacts: float = _from(2.0, "H19: and contacts with the customer or another outside party.")
    overload: float = _from(0.85, "H20: utilisation of a role from which work queues up.")
    target_utilisation: float = _from(0.75, "H20: utilisation that more capacity should bring.")
    specialist_share: float = _from(
        0.4, "H21: one task that takes this share of a generalist's time and fails more often than the rest."
    )
    specialist_gap: float = _from(0.3, "H21: difference in utilisation of specialists in one department.")
    approve_unchanged: float = _from(
        0.95, "H22: approvals given unchanged at least this often are a habit, not a decision."
    )
    approve_n: int = _from(100, "H22: and seen in at least this many cases a year.")
    approve_wait_share: float = _from(0.1, "H22: and whose wait makes up this share of the elapsed time.")
    approve_class_share: float = _from(
        0.9, "H22: share of cases taken to lie below the limit under which no approval is needed."
    )
    late_error_rate: float = _from(0.05, "H23: errors that slip through this often are worth a check at the source.")
    late_error_steps: int = _from(2, "H23: steps between an error and its discovery, from which it is found late.")
    check_catches: float = _from(0.9, "H23: share of errors that an added check is taken to find.")
    rework_p: float = _from(0.15, "A loop that repeats at least this often is rework worth a finding.")
    lookup_wait_hours: float = _from(1.0, "H24: wait for an outside lookup, from which a local copy is worth keeping.")
    lookup_cases: float = _from(0.3, "H24: share of cases that make the lookup.")
    automation_score: float = _from(0.7, "H25: share of the conditions for automation that must hold.")
    automation_volume: float = _from(1000.0, "H25: times a year below which automation does not pay.")
    automation_exceptions: float = _from(0.1, "H25: exceptions above this are too many for automation.")
    automation_minutes: float = _from(1.0, "H25: hands-on minutes below which automation is not worth it.")
    automation_work_left: float = _from(
        0.1, "H25: part of the hands-on time that is left when rules do the work (people handle the rest)."
    )
    draft_work_left: float = _from(
        0.5, "H25: part of the hands-on time that is left when a draft is made by software and reviewed."
    )
    system_switches: float = _from(2.0, "H26: changes of system on the usual path, from which a finding is made.")
    trusted_wait_days: float = _from(1.0, "H27: wait for a check that somebody else has made already.")
    volume_cv: float = _from(0.5, "H28: swing of the volume (deviation over mean) that speaks for a supplier.")
    channel_error_ratio: float = _from(2.0, "H29: how much more often one channel may go wrong than another.")
    transfer_wait_left: float = _from(
        0.25, "Part of a handover wait that is left when one role answers for the case (an estimate, marked)."
    )
    wait_left: float = _from(
        0.5, "Part of a wait for a person or its turn that is left after a promise (an estimate, marked)."
    )
    external_wait_left: float = _from(
        0.8, "Part of an outside wait that is left after one combined, complete request (an estimate, marked)."
    )
    contact_work_left: float = _from(
        0.7, "Part of the hands-on time that is left when contacts are combined (an estimate, marked)."
    )
    quick_cases: int = _from(100, "Cases of the quick simulation that decides whether a proposal is kept.")
    quick_replications: int = _from(3, "Replications of that quick simulation.")
    tolerance: float = _from(0.02, "A loss up to this share in one dimension does not count against a gain in another.")
    quality_tolerance: float = _from(
        0.005, "A loss of cases without error up to this (share of all cases) does not count."
    )
    worth: float = _from(0.01, "A gain below this share is not worth a proposal of its own.")
    most_proposals: int = _from(12, "Proposals one alternative may hold.")


class SimulationSettings(_Section):
    """How long and how often a process is played."""

    cases: int = Field(default=500, ge=1, le=10_000_000, description="Cases played in one replication.")
    replications: int = Field(default=20, ge=2, le=10_000, description="Times the whole play is repeated.")
    seed: int = Field(default=1, ge=0, description="Start of the random numbers; the same seed gives the same bytes.")


class LanguageSettings(_Section):
    """How language models are asked: time, money, privacy. None means no limit of ours."""

    seconds: float = Field(default=120, gt=0, le=3600, description="Time for one question with all tries and repairs.")
    call_seconds: float = Field(default=60, gt=0, le=3600, description="Time for one request.")
    stall_seconds: float = Field(default=20, gt=0, le=600, description="Longest silence inside a streamed answer.")
    output_tokens: int = Field(default=8000, ge=16, le=200_000, description="Longest answer, in tokens.")
    input_tokens: int = Field(default=60_000, ge=100, le=2_000_000, description="Longest request, in tokens.")
    turn_tokens: int | None = Field(default=None, ge=1, description="Tokens one turn may use.")
    turn_cost: float | None = Field(default=None, gt=0, description="US dollars one turn may cost.")
    project_tokens: int | None = Field(default=None, ge=1, description="Tokens a project may use.")
    project_cost: float | None = Field(default=None, gt=0, description="US dollars a project may cost.")
    parallel: int = Field(default=4, ge=1, le=64, description="Requests under way at the same time.")
    cache: bool = Field(
        default=False, description="Keep answers in the data folder and reuse them for the same request."
    )
    cache_entries: int = Field(default=500, ge=1, le=100_000, description="Answers kept; the oldest go first.")
    redact: bool = Field(default=True, description="Mask personal data before sending and put it back after.")
    requests: Literal["any", "loopback", "none"] = Field(
        default="any", description="Which addresses may be asked; tests say `loopback` or `none`."
    )
    prices: dict[str, tuple[float, float]] = Field(
        default_factory=dict, description="US dollars per million tokens in and out, by PROVIDER:NAME."
    )


class Settings(_Section):
    """All settings."""

    model: str = Field(default="offline", description="`offline` or PROVIDER:NAME of a language model.")
    embeddings: str = Field(default="builtin", description="`builtin` or PROVIDER:NAME of an embedding model.")
    base_url: str | None = Field(default=None, description="Address of an OpenAI-compatible server.")
    language: LanguageSettings = LanguageSettings()
    store: str | None = Field(default=None, description="Database URL of a team's journal; empty: a file of one's own.")
    chroma: str | None = Field(
        default=None,
        description="URL or HOST:PORT of a shared Chroma server (`chroma run`); empty: an index of one's own.",
    )
    library_folders: tuple[str, ...] = Field(
        default=(),
        description="Library folders of teams, as plain YAML under version control; the first goes before the others, "
        "your own goes before all.",
    )
    author: str | None = Field(default=None, description="Your name, as the history of library entries shows it.")
    redesign: RedesignSettings = RedesignSettings()
    simulation: SimulationSettings = SimulationSettings()


BUILT_IN = "built-in rules"
"""What an output names as its maker where no language model had a part in it."""
ENVIRONMENT = {
    "ASSISTANT_MODEL": "model",
    "ASSISTANT_EMBEDDINGS": "embeddings",
    "OPENAI_BASE_URL": "base_url",
    "ASSISTANT_STORE": "store",
    "ASSISTANT_CHROMA": "chroma",
    "ASSISTANT_LIBRARIES": "library_folders",
    "ASSISTANT_AUTHOR": "author",
}
RETIRED = (("redesign", "play_cases"), ("redesign", "batch_wait_share"))
"""Settings of earlier versions that mean nothing any more: a config file that still names them is read as before."""
LISTS = ("library_folders",)
"""Settings that are lists; in the environment they are separated as the system separates folders."""


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force. Raises UsageError when the config file is broken or a value does not fit."""
    path = config_file(environ)
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError) as error:
        raise UsageError(f"The config file {path} cannot be read.", str(error), "Mend it or delete it.") from None
    given = {field: environ[name] for name, field in ENVIRONMENT.items() if environ.get(name)}
    values.update({field: value.split(os.pathsep) if field in LISTS else value for field, value in given.items()})
    for section, name in RETIRED:
        if isinstance(values.get(section), dict):
            values[section].pop(name, None)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            near = difflib.get_close_matches(place, [name for name, _, _ in described(Settings())], n=1)
            known = f"The nearest that there is: {near[0]}." if near else "No setting has a name like it."
            raise UsageError(
                f"There is no setting {place}.", known, f"Take it out of {path} or name another."
            ) from None
        raise UsageError(f"The setting {place} does not fit.", fault["msg"], f"Change it in {path}.") from None


def plain_yaml(text: str | bytes) -> Any:
    """The plain data of a YAML text, by the parser in C where there is one: it is ten times as quick.

    Raises yaml.YAMLError. What others may have written is read by `library.yamlfile` instead, within bounds.
    """
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def described(section: BaseModel, prefix: str = "") -> list[tuple[str, Any, str]]:
    """Every setting as (dotted name, value, description), sections opened."""
    rows: list[tuple[str, Any, str]] = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            rows.extend(described(value, f"{prefix}{name}."))
        else:
            rows.append((prefix + name, value, field.description or ""))
    return rows
