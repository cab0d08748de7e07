"""Names as tools write them: HTML in labels, words broken by hand, conditions that are code."""

from __future__ import annotations

import re
from html import unescape

_TAGS = re.compile(
    r"</?(?:b|i|u|s|p|br|div|span|font|strong|em|li|ul|ol|h[1-6]|a|table|tbody|tr|td|th|sub|sup|html|body|head|pre|"
    r"code|small|big|center|hr|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|[aou]uml|[AOU]uml|szlig|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_HAND_BROKEN = re.compile(r"(?<=[a-zäöüßéèà])-[ \t]*[\r\n]+[ \t]*(?=[a-zäöüßéèà])")
_WRAPPED = re.compile(r"^\s*(?:[$#]\{(?P<el>[^{}]*)\}|=(?!=)(?P<feel>.*))\s*$", re.DOTALL)
_COMPARED = re.compile(
    r"^\s*(?P<not>!|not\s+|not\()?\s*(?P<left>[A-Za-z_][\w.]*(?:\s[A-Za-z_]\w*)*)\s*\)?\s*"
    r"(?:(?P<sign>===?|!==?|<>|>=|<=|>|<|=|\beq\b|\bne\b|\bgt\b|\blt\b|\bge\b|\ble\b)\s*"
    r"(?P<right>\"[^\"]*\"|'[^']*'|-?\d[\d.,_]*|true|false|[A-Za-z_][\w.]*))?\s*$"
)
_SIGNS = {
    "==": "is", "===": "is", "=": "is", "eq": "is", "!=": "is not", "!==": "is not", "<>": "is not", "ne": "is not",
    ">": "over", "gt": "over", "<": "under", "lt": "under", ">=": "at least", "ge": "at least", "<=": "at most",
    "le": "at most",
}  # fmt: skip
_CODE = re.compile(r"[${}();]|&&|\|\||==|!=|\breturn\b|\b[a-z]+[A-Z]\w*\b|\w\.\w+\(|^=")


def plain(value: str) -> str:
    """Text on one line, without HTML; a word that was broken by hand is put together again.

    Only tags HTML knows are taken out: `amount <VAT>` and `a < b` are left as they are.
    """
    text = _HAND_BROKEN.sub("", value)
    if _TAGS.search(text):
        text = unescape(_TAGS.sub(" ", text))
    elif _ENTITY.search(text):
        text = unescape(text)
    return " ".join(text.split())


def is_code(condition: str) -> bool:
    """Whether a condition is written for a machine."""
    return bool(_CODE.search(condition.strip()))


def said(condition: str) -> str | None:
    """A condition in code as words, where it is one plain comparison (`${amount > 5}`: amount over 5); else None."""
    wrapped = _WRAPPED.match(condition)
    inner = (wrapped["el"] if wrapped["el"] is not None else wrapped["feel"]) if wrapped else condition
    match = _COMPARED.match(inner.strip()) if len(inner) < 200 else None
    if match is None or match["left"].split()[0] == "return":
        return None
    left, right, negated = _words(match["left"]), match["right"], bool(match["not"])
    if right is None or right in ("true", "false"):
        positive = (right != "false") == (_SIGNS.get(match["sign"] or "==", "is") == "is")
        return left if positive != negated else f"not {left}"
    if negated:
        return None
    value = right.strip("\"'") if right[0] in "\"'" or right[0].isdigit() or right[0] == "-" else _words(right)
    return f"{left} {_SIGNS[match['sign']]} {value}"


def _words(name: str) -> str:
    """A variable as words: `customer.orderTotal` is customer order total."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace(".", " ").replace("_", " ")).split()
    return " ".join(part if part.isupper() else part.lower() for part in parts)
