"""What an hour of somebody costs: `Lena costs 20, Sophie 25, the others 18`, `they all get 18 an hour`."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence, known_role, mentioned
from assistant.language.figures.numbers import COUNT_WORD, value_of
from assistant.language.figures.prices import LIMIT, shared_prices
from assistant.language.figures.reading import figures_in
from assistant.process.durations import Basis
from assistant.process.edits import PutRole
from assistant.process.model import Role

PAYS = re.compile(
    rf"(?P<who>^(?:the |our )?[^,;\d]{{2,40}}?|^wages) (?:{worded('is-paid')})(?: us| me)? ", re.IGNORECASE
)
AN_HOUR = re.compile(r"\b(?:an|per|a) hour\b|/ ?h\b|\bhourly\b", re.IGNORECASE)
COSTS = re.compile(r"\b(?:costs?|earns?|is paid|are paid)\b", re.IGNORECASE)
EVERYBODY = re.compile(rf"\b(?:{worded('everybody-paid')})\b", re.IGNORECASE)
OTHERS = re.compile(r"\bthe (?:others?|rest)\b", re.IGNORECASE)
ALL, REST = "all", "rest"


NUMBER = rf"(?:\d{{1,3}}|{COUNT_WORD})"
PRICE = r"(?:at|for|on|costing|paid) (?:about |around )?[€$£]? ?(?P<price>\d{1,3}(?:[.,]\d{1,2})?)(?: ?[€$£]| ?[a-z]+)?"
HEADS = re.compile(
    rf"^(?:(?:there are |we have )?(?P<n>{NUMBER}) (?P<who>[a-z][\w' -]*?)|"
    rf"(?P<who2>(?:the |our )?[a-z][\w' -]*?)(?: (?:is|are|has|have))?[ :]+(?P<n2>{NUMBER})(?: people| persons)?) "
    rf"{PRICE}(?: (?:an|per) hour| each)*$",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*(?:[,;](?!\d)|\band\b)\s*", re.IGNORECASE)


def with_heads(sentence: Sentence) -> Outcome | None:
    """`first level are 6 people at 19 euros an hour, second level 4 at 34`: how many, and at what price."""
    text = sentence.request.strip(" .!")
    if not AN_HOUR.search(text):
        return None
    edits = []
    for part in filter(None, PARTS.split(text)):
        said = HEADS.match(part)
        who = (said["who"] or said["who2"]) if said else ""
        role = known_role(sentence.catalogue, who) or known_role(sentence.catalogue, who.removesuffix("s"))
        count = value_of((said["n"] or said["n2"]).lower()) if said else None
        if said is None or role is None or not count:
            return None
        told = _at(role, float(said["price"].replace(",", ".")))
        edits.append(PutRole(role=told.model_copy(update={"capacity": int(count), "capacity_basis": Basis.STATED})))
    return Outcome("how many at what price", tuple(edits)) if edits else None


def read(sentence: Sentence) -> Outcome | None:
    """The price of an hour of everybody named; None where somebody else is meant, or no hour."""
    text = sentence.request.strip(" .!")
    bare = _bare(text)
    if (bare is None and not (PAYS.match(text) and (AN_HOUR.search(text) or COSTS.search(text)))) or LIMIT.search(text):
        return None
    told = [(ALL, bare)] if bare is not None else shared_prices(text, lambda part: _who(sentence, part))
    own = [role for role in sentence.catalogue.process.roles if role.kind in ("person", "group")]
    named = {who for who, _ in told}
    prices: dict[str, float] = {}
    for who, price in told:
        beside = [role.id for role in own if who == ALL or role.id not in named]
        prices |= dict.fromkeys(beside if who in (ALL, REST) else [who], price)
    if bare is not None:
        prices = {id_: price for id_, price in prices.items() if not _priced(sentence, id_)}
    edits = tuple(PutRole(role=_at(role, prices[role.id])) for role in own if role.id in prices)
    sure = AN_HOUR.search(text) or len(edits) > 1
    return Outcome("prices", edits) if edits and sure else None


def _bare(text: str) -> float | None:
    """`14 euros an hour`, and nothing else."""
    figures = [figure for figure in figures_in(text) if figure.kind == "price"]
    left = text[: figures[0].a] + text[figures[0].b :] if len(figures) == 1 else text
    if not AN_HOUR.search(text) or len(left.split()) > 1:
        return None
    return next((price for _, price in shared_prices(text, lambda _: [ALL])), None)


def _priced(sentence: Sentence, id_: str) -> bool:
    role = sentence.catalogue.process.role(id_)
    return role is not None and role.cost_per_hour is not None


def _at(role: Role, price: float) -> Role:
    return role.model_copy(update={"cost_per_hour": price, "cost_basis": Basis.STATED})


def _who(sentence: Sentence, part: str) -> list[str]:
    if EVERYBODY.search(part):
        return [ALL]
    if OTHERS.search(part):
        return [REST]
    whole = role_named(sentence.catalogue, ARTICLE.sub("", part.strip()))
    return [whole.id] if whole else [role.id for role in mentioned(sentence.catalogue, part)]
