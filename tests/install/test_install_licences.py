"""What users install carries permissive licences only."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution

PERMISSIVE = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|MPL|ISC|PSF|Python Software|Unlicense|LGPL|Zlib|HPND|CC0)", re.IGNORECASE
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
    found[name] = " ".join([meta.get("License-Expression") or "", *classes, (meta.get("License") or "")[:200]])
    for line in package.requires or []:
        if "extra ==" not in line:
            installed(re.match(r"[A-Za-z0-9._-]+", line).group(), found)
    return found


def test_every_package_users_install_is_permissive() -> None:
    found = installed("process-redesign-assistant", {})
    assert len(found) > 30
    unknown = {name: licence for name, licence in found.items() if not PERMISSIVE.search(licence)}
    copyleft = {name: licence for name, licence in found.items() if COPYLEFT.search(licence)}
    assert unknown == {}
    assert copyleft == {}
