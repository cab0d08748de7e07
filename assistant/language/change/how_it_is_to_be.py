"""A plain sentence of somebody, a verb and what it is done to; and a new step at its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.english.forms import is_nounish, verb_forms
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import role_named, sure
from assistant.language.change.read_change import Outcome
from assistant.language.figures.numbers import value_of
from assistant.process.blocks import Block
from assistant.process.edits import Edit, Insert, Place

MODAL = r"(?:should|must|shall|will|could|can|has to|have to|needs? to|ought to|is to|are to|may|might)"
ANYBODY = classed("changes", "anybody")
NO_SUBJECT = classed("changes", "no-subject")  # fmt: skip
ORDERS = classed("changes", "orders")  # fmt: skip
NO_OBJECT = classed("changes", "no-object")
ARTICLES = classed("changes", "articles")


class Clause(NamedTuple):
    """Who, the verb in its plain form, what it is done to, and whether it `also` is done."""

    who: str
    verb: str
    rest: str
    also: bool
    sure: bool = False


def at_edge(catalogue: Catalogue, edge: str) -> Place:
    """The start of the process, or its end but in front of an end event that stands there."""
    row = catalogue.rows["flow"]
    if edge == "end" and row and catalogue.by_id[row[-1]].block == "end":  # type: ignore[union-attr]
        return Place(before=row[-1])
    return Place(into="flow", at="start" if edge == "start" else "end")


def parsed(catalogue: Catalogue, text: str) -> Clause | None:
    """Who does what, when the text is a plain sentence."""
    letting = re.match(r"^(?:let|have|make) (?P<who>(?:the |an? |our )?[a-z][a-z -]*?) (?P<rest>[a-z]+ .+)$", text)
    text = re.sub(r"^(?:let|have) ", "", text)
    tokens = text.replace(",", " ,").split()
    start = 1 if tokens and tokens[0] in ARTICLES else 0
    if (
        not tokens[start:]
        or value_of(tokens[start]) is not None
        or tokens[start] in NO_SUBJECT
        or tokens[start] in ORDERS
    ):
        return None
    known = [n for n in range(4, 0, -1) if role_named(catalogue, " ".join(tokens[start : start + n]))]
    for size in known + [n for n in (1, 2, 3) if n not in known]:
        clause = _verb_at(tokens, start, start + size, bool(letting))
        if clause is not None and (size in known or _clear(catalogue, clause, tokens[start + size], start > 0)):
            return clause
    return None


def _verb_at(tokens: list[str], start: int, at: int, letting: bool) -> Clause | None:
    """The clause whose verb stands at `at`, behind words like `should also`; None when no verb stands there."""
    who, rest = " ".join(tokens[start:at]), " ".join(tokens[at:])
    modal = re.match(rf"^(?:also |now |then )?{MODAL} (?:also |now |then |always |first )*", rest)
    also = re.match(r"^(?:also |now |then |always |first |additionally )+", rest)
    lead = modal or also
    behind = rest[lead.end() :] if lead else rest
    word, _, tail = behind.partition(" ")
    forms = verb_forms(word)
    wanted = (
        ("base",) if modal or letting else ("s",) if who not in ANYBODY and not who.endswith("s") else ("base", "s")
    )
    form = next((form for form in forms if form.form in wanted), None)
    if form is None or form.base in ("be", "have", "get", "need", "want", "seem", "mean"):
        return None
    tail = re.sub(r" ?\b(?:themselves|himself|herself|itself|by itself)\b", "", tail).strip(" ,")
    return Clause(who, form.base, tail, "also" in (lead[0] if lead else ""), bool(modal) or letting)


def _clear(catalogue: Catalogue, clause: Clause, word: str, article_first: bool) -> bool:
    """Whether it is sure that the word is a verb: no noun as often, or with an object or work that is known."""
    told = clause.sure or clause.who in ANYBODY or not is_nounish(word)
    after = clause.rest.split(" ")[0]
    one = article_first and " " not in clause.who and after not in NO_OBJECT
    forms = verb_forms(word)
    article = after in ARTICLES or (one and bool(forms) and word != forms[0].base)
    return (bool(clause.rest) and (told or article)) or sure(catalogue, f"{clause.verb} {clause.rest}") is not None


def added(catalogue: Catalogue, task: Block, edits: list[Edit], place: Place) -> Outcome:
    """A new step at a place, with what has to be there before."""
    made = Insert.model_validate({"blocks": (task,), "place": place})
    return Outcome(f"add {getattr(task, 'name', '')} {spot_in_words(catalogue, place)}", (*edits, made))


def spot_in_words(catalogue: Catalogue, place: Place) -> str:
    """A place in words."""
    if place.after or place.before:
        return f"{'after' if place.after else 'before'} {catalogue.name(str(place.after or place.before))}"
    return f"at the {place.at}"
