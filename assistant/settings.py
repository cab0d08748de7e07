"""Every setting with its description: from the environment, then the user's config file, then the default here.

The config file is `config.toml` in the user's config folder (or in ASSISTANT_HOME when that is set). A threshold is a
setting because the figures in the literature are defaults of engineers, not laws.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UsageError


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RedesignSettings(_Section):
    """Thresholds of the findings and practices."""


class SimulationSettings(_Section):
    """How long and how often a process is played."""

    cases: int = Field(default=1000, ge=1, le=10_000_000, description="Cases played in one replication.")
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
    cache: bool = Field(default=False, description="Keep answers in the data folder and reuse them for the same request.")
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
    redesign: RedesignSettings = RedesignSettings()
    simulation: SimulationSettings = SimulationSettings()


ENVIRONMENT = {"ASSISTANT_MODEL": "model", "ASSISTANT_EMBEDDINGS": "embeddings", "OPENAI_BASE_URL": "base_url"}


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the user's projects, own library entries and indexes live."""
    home = environ.get("ASSISTANT_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir("process-redesign-assistant", appauthor=False))


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's config file, whether or not it exists."""
    home = environ.get("ASSISTANT_HOME")
    folder = Path(home) if home else Path(platformdirs.user_config_dir("process-redesign-assistant", appauthor=False))
    return folder / "config.toml"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force. Raises UsageError when the config file is broken or a value does not fit."""
    path = config_file(environ)
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError) as error:
        raise UsageError(f"The config file {path} cannot be read.", str(error), "Mend it or delete it.") from None
    values.update({field: environ[name] for name, field in ENVIRONMENT.items() if environ.get(name)})
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"The setting {place} does not fit.", fault["msg"], f"Change it in {path}.") from None


def bundled(name: str) -> Path:
    """A folder of data that ships with the program: prompts, library, templates or evals."""
    inside = Path(__file__).parent / "_data" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name
