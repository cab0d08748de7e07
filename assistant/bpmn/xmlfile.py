"""Opens a BPMN file that nobody vouches for: in bounded time and memory, without looking anything up outside.

What is refused before a parser sees it: nothing at all, or more than MAX_BYTES. What the parser refuses: broken XML,
encodings that do not fit, elements nested deeper than 256. What is refused after: a document type (entities, external
definitions: BPMN needs none), more elements than MAX_ELEMENTS, another kind of XML.
"""

from __future__ import annotations

from lxml import etree

from assistant.bpmn.names import BPMN
from assistant.errors import InvalidBpmn

MAX_BYTES = 25_000_000
MAX_ELEMENTS = 400_000
REMEDY = "Export the diagram again as BPMN 2.0 XML."


def open_xml(data: bytes) -> etree._Element:
    """The root element, `definitions`. Raises InvalidBpmn for anything that is not a harmless BPMN 2.0 file."""
    if len(data) > MAX_BYTES:
        raise InvalidBpmn(
            f"The file has {len(data):,} bytes.", f"More than {MAX_BYTES:,} are not read.",
            "Save one diagram a file, without embedded pictures.",
        )  # fmt: skip
    if not data.strip():
        raise InvalidBpmn("The file is empty.", remedy=REMEDY)
    _refuse_doctype(data)
    root = _parse(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype()
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise InvalidBpmn(f"The file has more than {MAX_ELEMENTS:,} elements.", remedy="Save one diagram a file.")
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in (BPMN, None):
        raise InvalidBpmn(
            "The file is not BPMN 2.0.", f"Its root element is {name.localname[:60]}, not definitions.", REMEDY
        )
    return root


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, attribute_defaults=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise InvalidBpmn("The file is not well-formed XML.", f"{str(error)[:200]}.", REMEDY) from None
    if root is None:
        raise InvalidBpmn("The file holds no XML element.", remedy=REMEDY)
    return root


def _refuse_doctype(data: bytes) -> None:
    """Refuse a document type before the parser works on it. UTF-16 is looked through without its zero bytes."""
    head = data[:200_000].replace(b"\0", b"")
    root = next((i for i in range(len(head)) if head[i : i + 1] == b"<" and head[i + 1 : i + 2].isalpha()), len(head))
    if b"<!DOCTYPE" in head[:root].upper():
        raise _doctype()


def _doctype() -> InvalidBpmn:
    return InvalidBpmn(
        "The file has a document type declaration.", "BPMN needs none, and it can hide entity bombs or outside files.",
        "Remove the <!DOCTYPE ...> part and try again.",
    )  # fmt: skip
