"""Why a case waits, in words."""

from __future__ import annotations

CAUSES = {
    "batching": "cases are collected before the step is done",
    "contention": "the people who do it are busy with other cases",
    "prioritisation": "other cases are served first",
    "unavailability": "the people who do it are not there",
    "external": "somebody outside has to act",
    "prescribed": "law or contract prescribes the time",
    "transfer": "the case lies between two roles",
    "postponed": "it is put off, and the money comes that much later",
    "other": "nobody said why",
}
