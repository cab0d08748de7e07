"""Whether words say that somebody is only there on some days: "I'm only in on Mondays", "Mo only works Tuesdays"."""

from __future__ import annotations

import re

_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|afternoons?|(?:once|twice) a week|days a week)"
_ONLY = re.compile(
    rf"\b(?:only|just) (?:works?|comes? in|in|here|there|has time|have time|around)\b[^.;:]{{0,30}}\b{_DAYS}\b|"
    rf"(?:\bis|\bam|\bare|['’](?:s|m|re)) (?:only |just )?(?:in|here|there)(?: only)?(?: on)? {_DAYS}\b|"
    rf"\bworks? (?:only )?(?:on )?{_DAYS}\b",
    re.IGNORECASE,
)


def only_there(text: str) -> bool:
    """Whether a person is said to be there, or to work, on some days only: others could stand in."""
    return _ONLY.search(" ".join(text.split())) is not None
