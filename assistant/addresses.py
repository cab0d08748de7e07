"""Addresses that somebody wrote down: whether one is an address at all, before anybody connects to it."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str | None, schemes: tuple[str, ...] = ("http", "https")) -> SplitResult | None:
    """The parts of an address with a host, and with a port where it names one; None when it is no such address."""
    text = address or ""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna")
        whole = parts.port != 0 and parts.scheme in schemes and bool(host)
    except ValueError:  # brackets that do not close, a port that is none, a host with nothing between two points
        return None
    return parts if whole and text.isprintable() and not any(c.isspace() for c in text) else None
