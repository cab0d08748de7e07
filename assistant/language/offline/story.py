"""A whole story through the reader: sentences, statements, tree, figures, process."""

from __future__ import annotations

from assistant.language.offline.build import Builder
from assistant.language.offline.finish import finished
from assistant.language.offline.flow import build_flow
from assistant.language.offline.interpret import Interpreter
from assistant.language.offline.tokens import sentences
from assistant.process.model import Process


def read(text: str) -> Process:
    """The process a story tells."""
    interpreter = Interpreter()
    told = [interpreter.read(sentence, index) for index, sentence in enumerate(sentences(text))]
    nodes = finished(build_flow(told))
    builder = Builder(interpreter.book)
    flow = builder.sequence(nodes)
    return Process(name="Process", roles=builder.roles(), flow=flow)
