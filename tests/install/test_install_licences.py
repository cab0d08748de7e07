"""What users install carries permissive licences only."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

PERMISSIVE = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|MPL|ISC|PSF|Python Software|Unlicense|LGPL|Zlib|HPND|CC0)"
    r"|Permission is hereby granted, free of charge, to any person obtaining a\s+copy",  # the words of the MIT licence
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )(?<!Library or Lesser )\b(?:A?GPL|Affero|GNU General Public)", re.IGNORECASE)


def installed(name: str, found: dict[str, str]) -> dict[str, str]:
    """The licence of a package and of all it needs, by name."""
    name = re.sub(r"[-_.]+", "-", name).lower()
    if name in found:
        return found
    try:
        package = distribution(name)
    except PackageNotFoundError:  # needed on another system only
        return found
    meta = package.metadata
    classes = [line for line in meta.get_all("Classifier") or [] if line.startswith("License")]
    told = " ".join([meta.get("License-Expression") or "", *classes, (meta.get("License") or "")[:200]])
    found[name] = told if told.strip() else _licence_text(package)
    for line in package.requires or []:
        if "extra ==" not in line:
            installed(re.match(r"[A-Za-z0-9._-]+", line).group(), found)
    return found


def _licence_text(package: Distribution) -> str:
    """The head of the licence file a package ships, where its description names no licence."""
    files = [file for file in package.files or [] if re.match(r"LICEN[CS]E", file.name, re.IGNORECASE)]
    return " ".join(file.read_text(encoding="utf-8")[:600] for file in files)


def test_every_package_users_install_is_permissive() -> None:
    found = installed("process-redesign-assistant", {})
    assert len(found) > 30
    unknown = {name: licence for name, licence in found.items() if not PERMISSIVE.search(licence)}
    copyleft = {name: licence for name, licence in found.items() if COPYLEFT.search(licence)}
    assert unknown == {}
    assert copyleft == {}
