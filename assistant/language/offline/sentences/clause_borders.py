"""Where one clause ends and the next begins: the tokens between two verb groups belong partly to each."""

from __future__ import annotations

from assistant.english.classes import FIRST_NAMES
from assistant.english.tables import classed
from assistant.language.offline.words.groups import Group, Verbs, noun_group
from assistant.language.offline.words.tokens import Token

SAYS = classed("reading", "says")
_SUBJECTS = frozenset("i we he she they".split())
_STATES = frozenset("become feel get look seem turn stay".split())
"""Verbs that say how something is, as "be" does."""
_ANSWERS = frozenset("here there yes no so".split())
"""What belongs to the verb before it: "if she says yes he pays", "if they want it there we bring it"."""


def cut(tokens: list[Token], groups: list[Verbs], cuts: list[int], k: int) -> int:
    """Where clause `k` begins: a place between the verb group before it and its own."""
    start, stop, verbs = groups[k - 1].end, groups[k].start, groups[k]
    if start >= stop:
        return stop
    if verbs.kind == "to":
        return tie_before(tokens, start, stop, ("C",))
    if verbs.kind == "ing":
        return tie_before(tokens, start, stop, ("I", "S", "C"))
    relative = last(tokens, start, stop, ("W",))
    if relative is not None and not has(tokens, relative + 1, stop, ("C", ",", "S")):
        while relative > start and tokens[relative - 1].tag in ("I", ",", "C"):
            relative -= 1
        return _with_its_noun(tokens, start, relative)
    sub = last(tokens, start, stop, ("S",))
    if sub is not None and not has(tokens, sub + 1, stop, (",", ";")):
        while (
            sub > start
            and tokens[sub - 1].tag in (",", "C", "R", "(", ":", ";", "-", "–", "—")
            and tokens[sub - 1].low != "back"
        ):
            sub -= 1
        return sub
    return cut_coordination(tokens, groups, cuts, k)


def _with_its_noun(tokens: list[Token], start: int, relative: int) -> int:
    """ "…, and Irina, who has the same list, adds …": the one spoken of belongs to what follows."""
    opener = next((i for i in range(relative - 1, start, -1) if tokens[i].tag == "C"), None)
    if opener is None or tokens[opener - 1].tag != "," or tokens[relative].tag != ",":
        return relative
    group = noun_group(tokens, opener + 1, relative)
    whole = group is not None and all(t.tag == "R" for t in tokens[group.end : relative])
    return opener - 1 if whole else relative


def cut_coordination(tokens: list[Token], groups: list[Verbs], cuts: list[int], k: int) -> int:
    """The place where a clause joined by "and", a comma or nothing at all begins."""
    start, stop = groups[k - 1].end, groups[k].start
    below = in_subordinate(tokens, cuts[k - 1], groups[k - 1])
    places = [
        i
        for i in range(start, stop)
        if tokens[i].tag in ("C", ",", ";", ":", "–", "—", "(")
        or tokens[i].meaning in ("then", "else", "parallel")
        or (tokens[i].tag == "-")
    ]
    commas = [i for i in places if tokens[i].tag in (",", ";", ":", "–", "—", "-")]
    if below and commas:
        return main_comma(tokens, commas, stop)
    alone = below and stop - 1 > start and tokens[stop - 1].low in _SUBJECTS and tokens[stop - 1].tag == "P"
    if alone and places and tokens[stop - 2].tag == "N":
        return stop - 1  # "if it's a phone or a bag we ask the police"
    if places:
        last = places[-1]
        while last - 1 in places or (last - 1 > start and tokens[last - 1].tag in ("R",) and last - 2 in places):
            last -= 1
        last = joined_subjects(tokens, places, last, start, stop)
        if tokens[last].tag == "C" and below and not has(tokens, last + 1, stop, ("N", "P", "D")):
            return last
        return last
    return missing_comma(tokens, start, stop, groups[k - 1], below)


def joined_subjects(tokens: list[Token], places: list[int], last: int, start: int, stop: int) -> int:
    """ "…, and then the head and the director sign": an "and" between two subjects opens no clause; the one before."""
    opener = next((i for i in reversed(places) if i < last and (tokens[i].tag == "C" or tokens[i].meaning)), None)
    if opener is None or tokens[last].tag != "C" or opener + 1 >= last:
        return last
    group = noun_group(tokens, opener + 1, last)
    if group is None or group.end != last or tokens[opener + 1].tag == "O":
        return last
    if not has(tokens, last + 1, stop, ("N", "P", "O", "#", "D", "A")):
        return last  # "books a van and a crew and orders boxes": nobody stands before the verb, so the booker orders
    while opener - 1 in places or (opener - 1 > start and tokens[opener - 1].tag == ","):
        opener -= 1
    return opener


def main_comma(tokens: list[Token], commas: list[int], stop: int) -> int:
    """After "if …" or "when …": the first comma with a whole subject behind it."""
    for place in commas:
        rest = [t.tag for t in tokens[place + 1 : stop]]
        if (
            any(tag in ("N", "P", "A", "D", "#") for tag in rest)
            or not rest
            or all(tag in ("R", "C", "X", ",") for tag in rest)
        ):
            return place
    return commas[0]


def missing_comma(tokens: list[Token], start: int, stop: int, before: Verbs, below: bool) -> int:
    """No mark and no connector: the last noun group is the subject of what follows."""
    starts: list[int] = []
    i = start
    while i < stop:
        group = noun_group(tokens, i, stop)
        if group and (not (i > start and tokens[i - 1].tag == "I") or tokens[i].low in _SUBJECTS):
            starts.append(i)
        i = group.end if group else i + 1
    if not starts:
        return stop
    if len(starts) == 1 and not (
        before.passive
        or below
        or before.base in SAYS
        or before.base in ("be", "arrive", "come", "fail", "finish", "end")
    ):
        return starts[0] if starts[0] > start or before.base in SAYS else start
    place = starts[-1]
    states = before.base == "be" or before.base in _STATES
    if states and tokens[place].tag == "A" and place + 1 < stop and _named(tokens[place + 1]):
        return place + 1  # "if the blood is good | Ann hands out the bottles"
    if before.base in SAYS and tokens[place].low in _ANSWERS and place + 1 < stop:
        return place + 1  # "if they say no | that's it"
    name = tokens[stop - 1].text.istitle() and stop - 2 > place and tokens[stop - 2].text.islower()
    if below and name and tokens[stop - 2].tag == "N" and tokens[place].tag == "D":
        return stop - 1  # "before the cake leaves the shop | Tom weighs it"
    while place > start and tokens[place - 1].tag == "R" and tokens[place - 1].low not in _ANSWERS:
        place -= 1
    return place


def _named(token: Token) -> bool:
    return token.text.istitle() or token.low in FIRST_NAMES


def in_subordinate(tokens: list[Token], start: int, verbs: Verbs) -> bool:
    """Whether the clause of this verb group opened with a subordinator (or "after", "in case of" …)."""
    if verbs.kind == "ing" and start and tokens[start].tag == "I":
        return True
    for token in tokens[start : verbs.start]:
        if token.tag == "S" or (token.tag == "W" and token.low != "that"):
            return True
    if verbs.kind == "to" or start == 0:
        return False
    return any(t.tag == "S" for t in tokens[:start]) and not any(t.tag in (",", ";") for t in tokens[: verbs.start])


def tie_before(tokens: list[Token], start: int, stop: int, tags: tuple[str, ...]) -> int:
    """The place of a connector right before the verb (adverbs between), or the verb itself."""
    place = stop
    while place > start and tokens[place - 1].tag in ("R", "X"):
        place -= 1
    if place > start and tokens[place - 1].tag in tags:
        place -= 1
        while place > start and tokens[place - 1].tag in (",", "C"):
            place -= 1
        return place
    return stop


def last(tokens: list[Token], start: int, stop: int, tags: tuple[str, ...]) -> int | None:
    """The last token with one of these tags, or None."""
    return next((i for i in range(stop - 1, start - 1, -1) if tokens[i].tag in tags), None)


def has(tokens: list[Token], start: int, stop: int, tags: tuple[str, ...]) -> bool:
    """Whether a token with one of these tags stands there."""
    return any(t.tag in tags for t in tokens[start:stop])


def only_says_more(tokens: list[Token], start: int, group: Group, stop: int, phrase: bool) -> bool:
    """Whether a noun group behind another that ends at `start` (a `phrase`, with a preposition) only says how many or
    which: "the recommendation, one for each farm", "the sheets, four very bright people"."""
    told, between = tokens[group.start : group.end], [token.tag for token in tokens[start : group.start]]
    more = any(token.tag == "C" for token in tokens[group.end : stop])
    if told[0].low in ("something", "anything"):
        return True
    counted = [token.tag for token in tokens[group.start - 2 : group.start]] == ["#", "N"]
    if counted and "," in between and told[0].low in ("a", "an"):
        return True  # "works out the dues, thirty-eight cents a ton"
    if tokens[group.start - 1].tag == "," and all(token.tag in ("#", "C", "P", "R", "D") for token in told):
        return True
    if "," in between and set(between) <= {",", "#", "R", "X"} and len(between) > 1 and not more and not phrase:
        return True
    after = [token.low for token in tokens[start + 1 : start + 3]] if between[:1] == [","] else []
    if after[:1] == ["so"] or after == ["all", "of"]:
        return True  # "the fee, so much a day", "the sheets, all of them"
    quantified = after[:1] != [] and after[0] in ("each", "every", "all", "both", "none")
    return quantified and not more  # "with a form each, each one another"
