"""The XML namespaces of BPMN 2.0 and of our extension."""

from __future__ import annotations

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:process-redesign-assistant:process:1"
COLOR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"


def bpmn(tag: str) -> str:
    """The full name of a BPMN element."""
    return f"{{{BPMN}}}{tag}"


def ours(tag: str) -> str:
    """The full name of an element of our extension."""
    return f"{{{OURS}}}{tag}"
