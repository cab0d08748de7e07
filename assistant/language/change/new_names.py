"""Names that stand in a request without quotes: what is to be added, what something is to be called."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, classed
from assistant.language.change.marked_words import Said

STOPS = re.compile(rf"\s*(?:[.,;:!?()]|<|$|\b{any_of('behind-new-name')}\b)")
LEAD = rf"(?:{any_of('before-new')}\s+)*"
KIND = r"(?:(?:task|step|activity|action|check|process step)\s+(?:to|for|of|in which we|where we|that)?\s*)?"
EMPTY = classed("changes", "empty")


def spoken(said: Said, verb: str) -> str:
    """The name right behind a verb, up to where a place or another clause begins; empty when there is none."""
    found = re.search(rf"{verb}\w*\s+{LEAD}{KIND}(?P<name>[^<]*)", said.line)
    return named(said, found["name"]) if found else ""


def named(said: Said, text: str) -> str:
    """The name at the start of `text`, as the process writes names; empty when there is none."""
    end = STOPS.search(text, 1) if text else None
    name = (text[: end.start()] if end else text).strip(" .,;:")
    name = re.sub(rf"^{LEAD}", "", name).strip()
    if not name or name in EMPTY or not 2 <= len(name) <= 80 or len(name.split()) > 8 or said.catalogue.symbolic:
        return ""
    return original(said, name)


def original(said: Said, name: str) -> str:
    """The name with the capitals of the request, its first letter large."""
    at = said.request.lower().find(name)
    text = said.request[at : at + len(name)] if at >= 0 else name
    return text[:1].upper() + text[1:]


def capitals(request: str, name: str) -> str:
    """A name said in a request, with the capitals it has there and a large first letter."""
    at = request.lower().find(name)
    text = request[at : at + len(name)] if at >= 0 else name
    text = text.strip(" .,;:'\"“”")
    return text[:1].upper() + text[1:]
