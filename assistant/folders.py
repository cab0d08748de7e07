"""Where things lie: the user's data, copies that save time, the config file, and what ships with the program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the user's projects, own library entries and indexes live."""
    home = environ.get("ASSISTANT_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir("process-redesign-assistant", appauthor=False))


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where copies live that only save time and may be deleted: ASSISTANT_CACHE, else beside the data."""
    cache = environ.get("ASSISTANT_CACHE")
    return Path(cache) if cache else data_folder(environ) / "cache"


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's config file, whether or not it exists."""
    home = environ.get("ASSISTANT_HOME")
    folder = Path(home) if home else Path(platformdirs.user_config_dir("process-redesign-assistant", appauthor=False))
    return folder / "config.toml"


def bundled(name: str) -> Path:
    """A folder of data that ships with the program: prompts, library, templates or evals."""
    inside = Path(__file__).parent / "_data" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name
