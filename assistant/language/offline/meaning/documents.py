"""Documents and records the work reads and writes, taken from objects that are plainly documents."""

from __future__ import annotations

from assistant.english.forms import singular
from assistant.english.tables import classed
from assistant.language.offline.meaning.roles import RoleBook
from assistant.language.offline.sentences.statements import Act
from assistant.process.model import DataObject
from assistant.process.tree import fresh_id

DOCUMENTS = classed("reading", "documents")
WRITES = classed("reading", "writes")
READS = classed("reading", "reads")


class DataBook:
    """The data objects of a story, found step by step."""

    def __init__(self, book: RoleBook) -> None:
        self.book = book
        self.found: dict[str, DataObject] = {}

    def of(self, act: Act) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of what a step reads and writes."""
        name = self._document(act.thing)
        if name is None or (act.verb not in READS and act.verb not in WRITES):
            return (), ()
        key = name.lower()
        if key not in self.found:
            ids = {data.id for data in self.found.values()}
            self.found[key] = DataObject(
                id=fresh_id(name, ids), name=name[:1].upper() + name[1:], source=self._source(act)
            )
        step = (self.found[key].id,)
        return ((), step) if act.verb in WRITES else (step, ())

    def _document(self, thing: str) -> str | None:
        """The document a thing is: "the completed application form" → "application form"."""
        words = [w.strip(",") for w in thing.split()]
        if "of" in words:
            words = words[: words.index("of")]
        if (
            not words
            or singular(words[-1].lower()) not in DOCUMENTS
            or len(words) > 4
            or "and" in words
            or "," in thing
        ):
            return None
        kept = [
            w
            for w in words[:-1]
            if w.lower()
            not in (
                "new",
                "completed",
                "signed",
                "every",
                "each",
                "final",
                "first",
                "complete",
                "respective",
                "same",
                "original",
                "incoming",
                "one",
                "correct",
            )
        ]
        return " ".join([*kept[-2:], singular(words[-1])])

    def _source(self, act: Act) -> str | None:
        role = self.book.roles.get(act.role or "")
        return role.name if role is not None and role.kind == "external" and act.verb in WRITES else None
