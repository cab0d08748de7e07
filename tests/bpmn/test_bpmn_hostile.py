"""Files that want to do harm or are simply broken: refused in words, in bounded time and memory."""

from __future__ import annotations

import drawn
import pytest

from assistant.bpmn.read import read
from assistant.bpmn.xmlfile import MAX_BYTES
from assistant.errors import InvalidBpmn

GOOD = drawn.file("start s\ntask a A\nend e", "s>a a>e")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><definitions>&l9;</definitions>'.encode()
OUTSIDE = b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><definitions/>'
LOCAL = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>'
SQUARE = b'<!DOCTYPE d [<!ENTITY a "' + b"x" * 90_000 + b'">]><definitions>' + b"&a;" * 500 + b"</definitions>"


def nested(depth: int) -> bytes:
    inner = "".join(f'<subProcess id="s{n}">' for n in range(depth)) + "</subProcess>" * depth
    return f"{drawn.HEAD}<process id='p'>{inner}</process></definitions>".encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB, "document type"),
        (BOMB.decode().encode("utf-16"), "document type"),
        (OUTSIDE, "document type"),
        (LOCAL, "document type"),
        (SQUARE, "document type"),
        (b"<?xml version='1.0'?>\n<!-- c -->" + OUTSIDE, "document type"),
        (nested(10_000), "not well-formed|too deep"),
        (nested(60), "too deep"),
        (b"x" * (MAX_BYTES + 1), "bytes"),
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\x00\xff\xfe" * 1000, "not well-formed"),
        (b"%PDF-1.7 nothing", "not well-formed"),
        (GOOD[: len(GOOD) // 2], "not well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><definitions/>', "not well-formed"),
        (b'<?xml version="1.0" encoding="utf-8"?><definitions name="\xff\xfe"/>', "not well-formed"),
        (b"<html><body>hello</body></html>", "not BPMN"),
        (b"<definitions/>", "no process"),
        (b"<definitions xmlns='urn:other'/>", "not BPMN"),
        (drawn.file("task a A\ntask a B", ""), "used twice"),
        (GOOD.replace(b'id="a"', b""), "no id"),
    ],
)
def test_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(InvalidBpmn, match=why):
        read(data)


def test_undeclared_entities_are_not_looked_up() -> None:
    with pytest.raises(InvalidBpmn, match="not well-formed"):
        read(GOOD.replace(b'name="A"', b'name="&nobody;"'))


def test_gateways_nested_without_end_are_refused() -> None:
    depth = 400
    nodes = "\n".join([*(f"xor x{n}\nxor j{n}\ntask t{n} T{n}" for n in range(depth)), "start s", "end e", "task m M"])
    flows = ["s>x0"]
    for n in range(depth):
        inner = f"x{n + 1}" if n + 1 < depth else "m"
        outer = f"j{n - 1}" if n else "e"
        flows += [f"x{n}>{inner}", f"x{n}>t{n}", f"t{n}>j{n}", f"j{n}>{outer}"]
    flows.append(f"m>j{depth - 1}")
    with pytest.raises(InvalidBpmn, match="levels deep"):
        read(drawn.file(nodes, " ".join(flows)))


def test_a_knot_of_many_gateways_is_refused_in_bounded_work() -> None:
    """Every gateway leads to every other: no nesting, and copying would never end."""
    size = 24
    nodes = "\n".join([*(f"{'and' if n % 3 == 0 else 'xor'} g{n}" for n in range(size)), "start s", "end e"])
    flows = ["s>g0", f"g{size - 1}>e", *(f"g{a}>g{b}" for a in range(size) for b in range(size) if a != b)]
    with pytest.raises(InvalidBpmn):
        read(drawn.file(nodes, " ".join(flows)))


def test_other_encodings_are_read() -> None:
    text = GOOD.decode().replace("A", "Prüfen")
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        head = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding != "utf-16" else ""
        assert drawn.outline(read((head + text).encode(encoding)).process.flow) == ["Prüfen"]


def test_a_foreign_value_in_our_extension_is_not_trusted() -> None:
    space = "urn:process-redesign-assistant:process:1"
    ours = f"<extensionElements><x:process xmlns:x='{space}'>{{}}</x:process></extensionElements>"
    for value in (
        "{}",
        "not json",
        "[" * 5000,
        '{"schema":"process/1","name":"N","flow":[{"task":{"id":"z","name":"Z"}}]}',
    ):
        imported = read(drawn.file("start s\ntask a A\nend e", "s>a a>e", ours.format(value)))
        assert drawn.outline(imported.process.flow) == ["A"]
