"""The border: BPMN 2.0 in and out, layout, drawings and Mermaid text."""
