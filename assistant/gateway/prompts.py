"""Prompts: texts in files, each with a name, a version, a purpose, its inputs and the name of its reply.

A template sees plain data only, in a sandbox that knows no attributes of objects and fails on a name that is not
there. Inputs declared `fenced` are what users wrote: they go in as they are, between two marker lines that do not
occur in them, so that no text can close its own fence. What several prompts say alike stands once, in `prompts/parts`:
a line `{% include "commands" %}` stands for the text of that file, and counts for the hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import AssistantError, UnreadableFile
from assistant.gateway.port import Prompt
from assistant.settings import bundled, plain_yaml

_INCLUDE = re.compile(r'^\{% include "([a-z_]+)" %\}$', re.MULTILINE)


class PromptInput(BaseModel):
    """One input of a prompt: what it is, and whether it is fenced as data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    fenced: bool = False
    optional: bool = False


class PromptFile(BaseModel):
    """A prompt as it stands in its file. `sha256` is the hash of the file's bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^\d+$")
    purpose: str
    reply: str
    inputs: dict[str, PromptInput]
    system: str
    user: str
    sha256: str = ""

    @property
    def label(self) -> str:
        """`map@3 (1a2b3c4d)`, as the journal and reports say it."""
        return f"{self.name}@{self.version} ({self.sha256[:8]})"


def prompt_names(folder: Path | None = None) -> list[str]:
    """The names of all prompts."""
    return sorted(path.stem for path in (folder or bundled("prompts")).glob("*.yaml"))


def load_prompt(name: str, folder: Path | None = None) -> PromptFile:
    """The prompt of that name. Raises UnreadableFile when there is none or its file breaks the shape."""
    path = (folder or bundled("prompts")) / f"{name}.yaml"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not path.is_file():
        raise UnreadableFile(f"There is no prompt {name!r}.", f"Looked in {path.parent}.", "Install the program anew.")
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, changed: int) -> PromptFile:
    raw = path.read_bytes()
    try:
        data = plain_yaml(raw)
        parts = {name: _part(path, name) for name in _INCLUDE.findall(data["system"])}
        data["system"] = _INCLUDE.sub(lambda line: parts[line[1]], data["system"])
        sha256 = hashlib.sha256(raw + "".join(parts.values()).encode()).hexdigest()
        found = PromptFile.model_validate({**data, "sha256": sha256})
    except (yaml.YAMLError, ValidationError, TypeError, KeyError, OSError) as error:
        raise UnreadableFile(f"The prompt file {path} is broken.", str(error)[:300], "Mend or reinstall it.") from None
    if found.name != path.stem:
        raise UnreadableFile(f"The prompt file {path} calls itself {found.name}.", remedy="Give both the same name.")
    return found


def _part(prompt: Path, name: str) -> str:
    """The text that several prompts share. Raises OSError when there is none of that name."""
    return (prompt.parent / "parts" / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def render(prompt: PromptFile | str, inputs: Mapping[str, Any], check: Callable[[Any], None] | None = None) -> Prompt:
    """The prompt with its inputs filled in. Inputs are plain data: text, numbers, lists and dictionaries of them.

    Raises AssistantError when an input is missing, unknown or no plain data (a fault of the caller).
    """
    file = load_prompt(prompt) if isinstance(prompt, str) else prompt
    values = _values(file, inputs)
    try:
        system, user = (_environment().from_string(text).render(values) for text in (file.system, file.user))
    except Exception as error:
        raise AssistantError(
            f"The prompt {file.name} cannot be filled in.", f"{type(error).__name__}: {error}"
        ) from None
    return Prompt(file.name, file.version, file.sha256, system.strip() + "\n", user.strip() + "\n", check)


def _values(file: PromptFile, inputs: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(inputs) - set(file.inputs)
    missing = {name for name, declared in file.inputs.items() if not declared.optional} - set(inputs)
    if unknown or missing:
        raise AssistantError(f"The prompt {file.name} was given other inputs than it declares.",
                             f"Missing: {sorted(missing)}; unknown: {sorted(unknown)}.")  # fmt: skip
    values: dict[str, Any] = dict.fromkeys(file.inputs)
    fenced = {name: str(value) for name, value in inputs.items() if file.inputs[name].fenced and value is not None}
    for name, value in inputs.items():
        # No text may hold the marker of another one either.
        values[name] = fence(fenced[name], name, "\n".join(fenced.values())) if name in fenced else _plain(value)
    return values


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise AssistantError("A prompt takes plain data only.", f"Found {type(value).__name__}.")


# Characters that show nothing but can hide words or turn their order round.
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f]")


def fence(text: str, name: str, among: str = "") -> str:
    """A text between two marker lines that occur neither in it nor in `among`, its invisible characters removed.

    The marker depends on the texts alone (the same texts give the same prompt): the first of STORY, STORY-2, STORY-3 …
    that they do not hold in any spelling of case and spaces.
    """
    shown = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    squeezed = re.sub(r"[\s_\-]+", "", _HIDDEN.sub("", f"{shown}\n{among}")).upper()
    word = re.sub(r"[^A-Z]", "", name.upper()) or "TEXT"
    mark, number = word, 1
    while any(form in squeezed for form in (f"<<<{mark.replace('-', '')}", f"{mark.replace('-', '')}>>>")):
        number += 1
        mark = f"{word}-{number}"
    return f"<<<{mark}\n{shown}\n{mark}>>>"


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                                         keep_trailing_newline=True, autoescape=False)  # fmt: skip
