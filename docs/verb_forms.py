"""Writes the forms of every verb into the tables `verbs.tsv` and `irregular.tsv`: to be run after a verb was added.

    python -m venv /tmp/forms && /tmp/forms/bin/pip install lemminflect
    /tmp/forms/bin/python docs/verb_forms.py

The forms come from lemminflect (MIT; the lexicon of the US National Library of Medicine). Where this house writes
another form, `verbs_own.tsv` has it with the reason; that table wins. The product itself never imports the library.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent.parent / "assistant" / "english" / "data"
sys.path.insert(0, str(DATA.parent.parent.parent))
TAGS = ("VBZ", "VBD", "VBN", "VBG")


def forms_of(base: str) -> tuple[str, ...]:
    """Third person, past, participle and gerund of a verb, variants with `/`; a prefix before a hyphen stays."""
    from lemminflect import getAllInflections

    from assistant.english.forms import by_rule

    prefix, hyphen, last = base.rpartition("-")
    known = getAllInflections(last, upos="VERB")
    ruled = by_rule(last)
    if not known:
        return tuple(prefix + hyphen + form for form in ruled)
    cells = []
    for tag, rule in zip(TAGS, ruled, strict=True):
        past = known.get("VBD", ())
        given = [*known.get(tag, ())]
        if tag == "VBN":  # the library leaves out the participles that are the past form
            given = [*given, *(form for form in past if form.endswith("ed") or form in given)] or [*past]
        given = [form for form in dict.fromkeys(given) if form.isalpha()] or [rule]
        if last.endswith("l"):  # British spelling first: labelled, then labeled
            given.sort(key=lambda form: not form.startswith(last + "l"))
        cells.append("/".join(prefix + hyphen + form for form in given))
    return tuple(cells)


def main() -> None:
    """Reads base form and classes, writes them back with all forms, sorted."""
    own: dict[tuple[str, str], str] = {}
    for line in (DATA / "verbs_own.tsv").read_text("utf-8").splitlines():
        base, tag, form, _reason = line.split("\t")
        own[base, tag] = form
    rows = []
    for line in (DATA / "verbs.tsv").read_text("utf-8").splitlines():
        cells = line.split("\t")
        forms = forms_of(cells[0])
        named = [own.get((cells[0], tag), form) for tag, form in zip(("s", "ed", "en", "ing"), forms, strict=True)]
        rows.append("\t".join((cells[0], *named, cells[-1])))
    (DATA / "verbs.tsv").write_text("\n".join(sorted(set(rows))) + "\n", "utf-8")
    (DATA / "irregular.tsv").write_text("\n".join(sorted(irregular(rows))) + "\n", "utf-8")


def irregular(verbs: list[str]) -> Iterator[str]:
    """The forms that are not those of the rule for regular verbs, each with the reason."""
    from assistant.english.forms import by_rule

    for base, *cells, _kinds in (line.split("\t") for line in verbs):
        for tag, cell, rule in zip(("s", "ed", "en", "ing"), cells, by_rule(base), strict=True):
            if cell == rule:
                continue
            said = cell.split("/")
            if any(form.startswith(base + base[-1]) for form in said):
                reason = "the last letter may be doubled" if rule in said else "the last letter is doubled"
            elif rule in said:
                reason = "both forms are in use"
            else:
                reason = "an irregular verb" if tag in ("ed", "en") else "an irregular spelling"
            yield "\t".join((base, tag, cell, reason))


if __name__ == "__main__":
    main()
