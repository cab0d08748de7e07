"""Values in an outline as people write them: texts, chances, lengths of time, names of roles; and back without loss.

A text that could be mistaken for something else is written in quotes as JSON writes it; so nothing is lost.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from assistant.process.blocks import ROLE_LISTS as ROLE_LISTS
from assistant.process.durations import Basis, Span, _Duration

DURATIONS = frozenset({"work", "wait", "setup", "duration", "between", "valid_for"})
SHARES = frozenset({"p", "error_rate", "exception_rate", "share"})
DATA_LISTS = frozenset({"reads", "writes"})
TEXT_LISTS = frozenset({"channels", "needs", "holidays", "elements"})
KEYS = {"role": "by", "with_roles": "with", "or_roles": "or by", "p": "chance", "p_basis": "chance basis",
        "while_": "while", "wait": "wait before"}  # fmt: skip
FIELDS = {key: field for field, key in KEYS.items()}
DECIMALS = 2
"""Of a chance in per cent: one with more is rounded for the reader, with the exact figure behind it."""
NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
UNIT = r"(?P<unit>s|min|h|d|w)(?![a-z])"
BASIS = r"(?: \((?P<basis>measured|stated|estimated|library)\))?"
LENGTHS = {
    "fixed": rf"(?P<value>{NUMBER}) {UNIT}",
    "exponential": rf"exponential, mean (?P<mean>{NUMBER}) {UNIT}",
    "uniform": rf"from (?P<low>{NUMBER}) to (?P<high>{NUMBER}) {UNIT}",
    "triangular": rf"from (?P<low>{NUMBER}) to (?P<high>{NUMBER}), mostly (?P<mode>{NUMBER}) {UNIT}",
    "normal": rf"normal, mean (?P<mean>{NUMBER}), deviation (?P<sd>{NUMBER}) {UNIT}",
    "lognormal": rf"lognormal, mean (?P<mean>{NUMBER}), deviation (?P<sd>{NUMBER}) {UNIT}",
    "gamma": rf"gamma, mean (?P<mean>{NUMBER}), deviation (?P<sd>{NUMBER}) {UNIT}",
    "observed": rf"observed (?P<values>{NUMBER}(?:, {NUMBER})*) {UNIT}",
}
PLACE = r"\d+ to \d+(?: in (?:\"(?:[^\"\\]|\\.)*\"|[^\"]+?))?"
BEHIND = re.compile(rf"(?:, told at (?P<span>{PLACE}))?(?:, note (?P<note>\".*\"))?$")
FIGURE = re.compile(rf"(?P<value>-?{NUMBER})(?: (?P<unit>[A-Za-z]+))?{BASIS}")
SPAN = re.compile(r"(\d+) to (\d+)(?: in (.+))?")
HOURS = re.compile(r"([a-z,-]+) (\d\d:\d\d)-(\d\d:\d\d)")


def key_of(field: str) -> str:
    """How an attribute is called in an outline."""
    return KEYS.get(field, field.replace("_", " "))


def field_of(key: str) -> str:
    """The attribute an outline's word means."""
    word = " ".join(key.lower().split())
    return FIELDS.get(word, word.replace(" ", "_"))


def plain(text: str) -> bool:
    """Whether a text can stand as it is, without quotes, anywhere in a line."""
    if not text or text != text.strip() or text[-1] in ":," or not text.isprintable():
        return False
    return not any(mark in text for mark in '"[]{}()') and not text.endswith(": nothing")


def quoted(text: str) -> str:
    """A text as it stands in a line: as it is, or in quotes."""
    return text if plain(text) else json.dumps(text, ensure_ascii=not text.isprintable())


def unquoted(text: str) -> str:
    """The text meant. Raises ValueError when quotes do not close."""
    text = text.strip()
    return str(json.loads(text)) if text.startswith('"') else text


def number(value: float) -> str:
    """A number, short, and exactly the same when read again."""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text


def share(value: float) -> str:
    """A chance in per cent, exactly the same when read again: `10 %`, a long one `66.7 % = 0.6666666666666666`."""
    whole = (Decimal(repr(float(value))) * 100).normalize()
    if -int(whole.as_tuple().exponent) <= DECIMALS:
        return f"{whole:f} %"
    return f"{Decimal(f'{whole:.3g}').normalize():f} % = {float(value)!r}"


def for_the_eye(outline: str) -> str:
    """An outline as a reader wants it: shares without the exact figure behind them, and how often cases come, how times
    spread and how much is wrong in words."""
    for pattern, words in _FOR_THE_EYE:
        outline = pattern.sub(words, outline)
    return outline


_FOR_THE_EYE = (
    (re.compile(rf" % = {NUMBER}"), " %"),
    (re.compile(rf"(?m)^between: exponential, mean ({NUMBER} {UNIT})"), r"a case comes: every \1 on average"),
    (re.compile(rf"exponential, mean ({NUMBER} {UNIT})"), r"\1 on average, now and then much longer"),
    (re.compile(rf"(?:normal|lognormal|gamma), mean ({NUMBER}), deviation ({NUMBER}) {UNIT}"),
     r"\1 \g<unit> on average, mostly up to \2 \g<unit> more or less"),
    (re.compile(r"(?m)^( *)error rate:"), r"\1share with an error:"),
)  # fmt: skip


def read_share(text: str) -> float:
    """A chance from `10 %`, `0.1` or `66.7 % = 0.6667`, where the last is meant. Raises ValueError."""
    found = re.fullmatch(rf"(?:{NUMBER}\s*%\s*=\s*)?({NUMBER})\s*(%?)", text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a chance; write it like 10 %")
    return float(Decimal(found[1]) / 100) if found[2] else float(found[1])


def length(duration: _Duration) -> str:
    """A duration in words, with where it was told and its note behind: `5 min (stated), told at 12 to 30, note "x"`."""
    d: Any = duration
    kind, unit = duration.kind, duration.unit
    if kind == "observed":
        words = f"observed {', '.join(map(number, d.values))} {unit}"
    elif kind == "fixed":
        words = f"{number(d.value)} {unit}"
    elif kind == "exponential":
        words = f"exponential, mean {number(d.mean)} {unit}"
    elif kind == "uniform":
        words = f"from {number(d.low)} to {number(d.high)} {unit}"
    elif kind == "triangular":
        words = f"from {number(d.low)} to {number(d.high)}, mostly {number(d.mode)} {unit}"
    else:
        words = f"{kind}, mean {number(d.mean)}, deviation {number(d.sd)} {unit}"
    words += f" ({duration.basis.value})" if duration.basis is not None else ""
    words += f", told at {span(duration.span)}" if duration.span is not None else ""
    return words + (f", note {json.dumps(duration.note)}" if duration.note is not None else "")


def read_length(text: str) -> dict[str, Any]:
    """A duration from its words, as plain data. Raises ValueError."""
    text = text.strip()
    if text.startswith("{"):
        return dict(json.loads(text))
    behind = BEHIND.search(text)
    more: dict[str, Any] = {}
    if behind and behind["span"]:
        more["span"] = read_span(behind["span"])
    if behind and behind["note"]:
        more["note"] = json.loads(behind["note"])
    text = text[: behind.start()] if behind else text
    for kind, pattern in LENGTHS.items():
        found = re.fullmatch(pattern + BASIS, text)
        if found:
            given = {key: value for key, value in found.groupdict().items() if value is not None}
            fields: dict[str, Any] = given | more
            if kind == "observed":
                fields["values"] = fields["values"].split(", ")
            return {"kind": kind, **fields}
    raise ValueError(f"{text!r} is not a length of time; write it like 5 min, or from 5 to 10 min")


BATCH = re.compile(
    r"(?:(?P<size>\d+) at a time)?(?:, )?(?:every (?P<every>.+?))?(?:, on (?P<on>[a-z,]+))?"
    r"(?:, because (?P<reason>\".*\"))?"
)


def batch(value: Any) -> str:
    """How work is collected, in words: `every 1 w (stated), because "…"`; as JSON where words would lose something."""
    every = value.every
    if (value.size is None and every is None) or (every is not None and every.note is not None):
        return json.dumps(value.document(), ensure_ascii=False)
    parts = [f"{value.size} at a time"] if value.size is not None else []
    parts += [f"every {length(every)}"] if every is not None else []
    parts += [f"on {value.on}"] if value.on is not None else []
    parts += [f"because {json.dumps(value.reason, ensure_ascii=False)}"] if value.reason is not None else []
    return ", ".join(parts)


def read_batch(text: str) -> dict[str, Any]:
    """How work is collected from its words, as plain data. Raises ValueError."""
    if text.startswith("{"):
        return dict(json.loads(text))
    found = BATCH.fullmatch(text)
    if found is None or not (found["size"] or found["every"]):
        raise ValueError("not a batch; write `10 at a time` or `every 1 w`")
    data: dict[str, Any] = {}
    if found["size"]:
        data["size"] = int(found["size"])
    if found["every"]:
        data["every"] = read_length(found["every"])
    if found["on"]:
        data["on"] = found["on"]
    if found["reason"]:
        data["reason"] = json.loads(found["reason"])
    return data


def figures(values: Any) -> str:
    """The figures of a remark: `1200 s, 0.4 share (estimated)`; as JSON where words would lose something."""
    told = []
    for figure in values:
        basis = "" if figure.basis is Basis.STATED else f" ({figure.basis.value})"
        told.append(f"{number(figure.value)}{f' {figure.unit}' if figure.unit else ''}{basis}")
    if all(FIGURE.fullmatch(words) for words in told):
        return ", ".join(told)
    return json.dumps([figure.document() for figure in values], ensure_ascii=False)


def read_figures(text: str) -> list[dict[str, Any]]:
    """The figures meant. Raises ValueError."""
    if text.startswith("["):
        return list(json.loads(text))
    found = [FIGURE.fullmatch(part.strip()) for part in text.split(",")]
    if not all(found):
        raise ValueError(f"{text!r} are no figures; write them like 1200 s, 0.4 share")
    return [{key: said for key, said in match.groupdict().items() if said is not None} for match in found if match]


def span(value: Span) -> str:
    """Where it was said: `12 to 30 in story.txt`."""
    return f"{value.start} to {value.end}" + (f" in {quoted(value.doc)}" if value.doc else "")


def read_span(text: str) -> dict[str, Any]:
    """The place meant. Raises ValueError."""
    found = SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a place in a text; write it like 12 to 30")
    return {"start": found[1], "end": found[2], "doc": unquoted(found[3]) if found[3] else ""}


def calendar(lines: Any) -> str:
    """Working hours: `mon-fri 09:00-17:00; sat 09:00-12:00`."""
    return "; ".join(f"{hours.days} {hours.from_}-{hours.to}" for hours in lines) or "none"


def read_calendar(text: str) -> list[dict[str, str]]:
    """The working hours meant. Raises ValueError."""
    if text.strip() == "none":
        return []
    found = [HOURS.fullmatch(part.strip()) for part in text.split(";")]
    if not all(found):
        raise ValueError(f"{text!r} is not a calendar; write it like mon-fri 09:00-17:00")
    return [{"days": match[1], "from": match[2], "to": match[3]} for match in found if match]


def text_list(items: tuple[str, ...]) -> str:
    """Texts with commas between."""
    if all(plain(item) and "," not in item for item in items):
        return ", ".join(items)
    return json.dumps(items, ensure_ascii=False)


def read_text_list(text: str) -> list[str]:
    """The texts meant. Raises ValueError."""
    if text.strip().startswith("["):
        return [str(item) for item in json.loads(text)]
    return [part.strip() for part in text.split(",") if part.strip()]
