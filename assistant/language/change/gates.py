"""Gateways in words: which are spoken of as splits, joins, new ones, parallel ones."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.catalogue import Catalogue

QUALIFIER = worded("gates-qualifier")
KIND = f"(?:{worded('gates-kind')})"
NOUN = f"(?:{worded('gates-noun')})"
TAIL = worded("gates-tail")
GATE = re.compile(rf"\b(?P<q>{QUALIFIER})(?P<k>(?:{KIND}[ -]+)*)(?P<n>{NOUN})(?P<t>{TAIL})\b", re.IGNORECASE)
CONDITION = re.compile(
    rf"\b(?P<q>{QUALIFIER})(?P<n>condition(?:al)?s?(?: (?:logic|block|checks?|branch(?:es)?|part|section|statement)"
    rf"s?)?|"
    r"optional paths|if (?:checks?|condition|statement|block)s?)\b(?! (?:<q|true|false|is|are|holds|with))",
    re.IGNORECASE,
)  # fmt: skip
PARALLEL = re.compile(
    rf"\b(?:{QUALIFIER}(?:and|parallel|plus)[ -]+(?:gate(?:way)?s?|operators?|connectors?)(?:[ -](?:split|join))?|"
    r"(?:(?:the|an?|new|another|opening|closing|first|second|parallel)\s+)+(?<!the )and[ -]+(?:splits?|joins?|"
    r"branch(?:es)?|flows?|paths?|"
    rf"blocks?|conditions?)|{QUALIFIER}parallel[ -]+(?:splits?|joins?|branch(?:es)?|flows?|paths?|blocks?|sections?"
    rf"|structure))\b(?!-)",
    re.IGNORECASE,
)
JOINS = re.compile(r"\b(?:second|2nd|last|final|clos\w+|join\w*|merg\w*|end(?:ing|ed)?)\b", re.IGNORECASE)
SPLITS = re.compile(r"\b(?:first|1st|open\w*|split\w*|initial)\b", re.IGNORECASE)
NEW = re.compile(r"\b(?:new|newly|freshly|additional|another|added|inserted|created)\b", re.IGNORECASE)
MANY = re.compile(r"\b(?:both|all|two)\b|gate(?:way)?s\b|xors\b|splits\b|joins\b|operators\b|blocks\b", re.IGNORECASE)


MARKS = {"gate": " <g0> ", "split": " <g1> ", "join": " <g2> ", "gates": " <g3> ", "newgate": " <g4> ", "and": " <g5> "}


def mark_gates(text: str, catalogue: Catalogue) -> str:
    """The text with gateways marked."""
    text = re.sub(r"(?<![\w+])\+(?![\w+])", MARKS["and"], text)
    text = re.sub(
        rf"\b(?:{QUALIFIER})AND(?:[ -](?:gate(?:way)?s?|splits?|joins?|operators?|branch(?:es)?|conditions?|type))*\b",
        MARKS["and"],
        text,
    )
    text = re.sub(
        r"(?i)\b(to|with|into|by|as)( an?)?\s+and\b(?=\s*(?:$|[.,;()]|instead|type))", rf"\1 {MARKS['and']}", text
    )
    text = re.sub(
        r"(?i)\b(change|changing|replace|replacing|switch|turn|convert)( the| an?)? or'?s?\b(?= (?:to|with|into|by))",
        rf"\1 {MARKS['gate']}",
        text,
    )
    if "x" not in catalogue.tails:
        text = re.sub(
            rf"\b({QUALIFIER})(?:X(?:'?s)?|(?i:xors?|xor's)|OR)(?=[\s.,;:)]|$)(?! (?:gate|split|join|block|section|"
            rf"fragment|choice))",
            _letter,
            text,
        )
        text = re.sub(
            r"(?i)\b((?:an?|the|first|second|new|next|another|last|both|same|previous)(?: new| more| first| "
            r"second)*\s+)x(?:'?s)?(?=[\s.,;:)]|$)",
            _letter,
            text,
        )
    text = PARALLEL.sub(MARKS["and"], text)
    text = CONDITION.sub(_condition, GATE.sub(_gate, text))
    text = re.sub(r"<g0>(?:\s*<g0>)*\s*(<g[123]>)", r"\1", text)
    for name, mark in MARKS.items():
        text = text.replace(mark.strip(), f"<{name}>")
    return text


def _letter(found: re.Match[str]) -> str:
    if found[0].strip() == "OR" and re.match(r"\s+<[sn]\d", found.string[found.end() :]):
        return found[0]
    return _named(found[0], found[1])


def _gate(found: re.Match[str]) -> str:
    noun, kind = found["n"].lower(), found["k"].strip().lower()
    alone = not kind and not found["t"]
    if alone and noun in (
        "split",
        "splits",
        "merge",
        "merges",
        "join",
        "joins",
        "choice",
        "block",
        "blocks",
        "operator",
        "fragment",
    ):
        before = found["q"].strip().lower()
        if not re.search(r"\b(?:the|a|an|closing|opening|first|second|whole|entire)\b", before):
            return found[0]
    if (
        kind == "or"
        and not found["q"].strip()
        and noun.startswith(("split", "join", "merge")) is False
        and noun.startswith("gate") is False
    ):
        return found[0]
    if "inclusive" in kind:
        return " inclusive " + _named(found[0], found["q"])
    return _named(found[0], found["q"])


def _named(words: str, qualifiers: str) -> str:
    if NEW.search(qualifiers):
        return MARKS["newgate"]
    if re.match(r"(?i)\s*(?:a|an)\s", qualifiers + " ") and not re.search(r"(?i)\bthe\b", qualifiers):
        return MARKS["newgate"]
    if MANY.search(words):
        return MARKS["gates"]
    if JOINS.search(words):
        return MARKS["join"]
    return MARKS["split"] if SPLITS.search(words) else MARKS["gate"]


def _condition(found: re.Match[str]) -> str:
    if not found["q"].strip() and found["n"].lower() in ("condition", "conditions", "conditional"):
        return found[0]
    if re.search(r"(?i)\bsame\b", found["q"]):
        return found[0]
    if found["n"].lower() in ("condition", "conditions") and re.match(r"(?i)\s*(?:a|an)\s", found["q"] + " "):
        return found[0]
    return _named(found[0], found["q"])
