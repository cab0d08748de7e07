"""Making a part plain: everything but some steps goes, and these run one after the other."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.edits import Delete, Edit, Insert, Move, Place

GONE = worded("straighten-gone")
WHOLE = worded("all-else-goes")
STEP = r"(?:the |a |an |single |then |task )*<[sn]\d+>"
JOINT = f"(?:{worded('straighten-joint')})"
CHAIN = re.compile(rf"{STEP}(?:(?>{JOINT}{JOINT}?{STEP}))+")


def straighten(said: Said) -> Outcome | None:
    """A block goes and some of its steps stay, or steps are put in one line and all others go."""
    if not said.catalogue.splits or said.has(r"\bloop|\bparallel|<and>"):
        return None
    return _replaced(said) or _chained(said) or _kept(said)


def _put_back(said: Said) -> bool:
    """Whether a step is taken out or moved by name and spoken of again: then it is that step that moves."""
    taken = re.search(r"(?:remov|delet|drop|mov)\w* (?:the |task )*<s(\d+)>(?! ?,| and <s)", said.line)
    return taken is not None and len(re.findall(rf"<s{taken[1]}>", said.line)) > 1


def _chained(said: Said) -> Outcome | None:
    """The order is told: `only A, B and D in sequence`."""
    if _put_back(said):
        return None
    if (
        not said.has(WHOLE)
        and not (CHAIN.fullmatch(said.line.strip(" .")) and len(said.steps()) >= 3)
        and not said.has(
            rf"{GONE}\w*[^.]*(?:<(?:gate|gates|split)>|\b(?:options?|conditions?|branches|paths|checks)\b)"
        )
        and not said.has(r"\bmake <s\d+> be followed")
    ):
        return None
    chains = [
        match[0] for match in CHAIN.finditer(re.sub(r"<s(\d+)> (?:is followed by|follows?) <s\1>", r"<s\1>", said.line))
    ]
    kept = [
        chain
        for chain in chains
        if not re.search(
            rf"{GONE}\w*(?: (?!only|keep|include|make|follow|by|so|such)\w+| the|,){{0,3}} $",
            said.line[: said.line.index(chain)],
        )
    ]
    best = max(kept, key=lambda chain: len(set(said.steps(chain))), default="")
    names = list(dict.fromkeys(said.steps(best)))
    if len(names) < 2 or said.new_names(best):
        return None
    region = said.catalogue.lifted(names)
    if not any(step in ({split.id for split in said.catalogue.splits}) for step in region):
        return None
    return Outcome("keep only " + ", ".join(said.catalogue.name(step) for step in names), _line(said, names, region))


def _line(said: Said, names: list[str], region: list[str]) -> tuple[Edit, ...]:
    """The steps in order where the region stands, the rest of the region gone."""
    catalogue = said.catalogue
    address = catalogue.spots[region[0]].sequence
    standing = [step for step in region if step in names]
    gone = [step for step in region if step not in names]
    edits: list[Edit] = []
    if standing != names:
        first = names[0]
        if first not in region or region[0] != first:
            row = catalogue.rows[address]
            index = row.index(region[0])
            free = [step for step in row[:index] if step not in names]
            place = Place(after=free[-1]) if free else Place(into=address, at="start")
            edits.append(Move(ids=tuple(names), place=place))
        else:
            edits.append(Move(ids=tuple(names[1:]), place=Place(after=first)))
    if gone:
        edits.append(Delete(ids=tuple(gone)))
    return tuple(edits)


def _replaced(said: Said) -> Outcome | None:
    """A block replaced by one of its steps, or everything between two steps by a third."""
    line, catalogue = said.line, said.catalogue
    if _put_back(said):
        return None
    found = re.search(
        r"(?:replac|substitut|exchang)\w* (?:the )?(?:everything|all|whatever|entire|whole)[^.]*?between <s(\d+)> "
        r"and <s(\d+)>[^.<]*(?:with|by)(?: only| just| a| the| single| task)* <([sn])(\d+)>",
        line,
    )
    if found:
        a, b = said.step(found[1]), said.step(found[2])
        row = catalogue.rows[catalogue.spots[a].sequence]
        between = row[row.index(a) + 1 : row.index(b)] if b in row else []
        return _swap_in(said, between, found[3], found[4], Place(after=a))
    found = re.search(
        r"(?:(?:replac|substitut|exchang)\w* [^.]*?<(?:gate|gates|split)>[^.<]*(?:and (?:all |the )?tasks )?(?"
        r":with|by)|"
        r"(?:remov|delet|eliminat)\w* [^.;]*?(?:<(?:gate|gates|split)>|\boptions\b)[^.;]*(?:(?:,? and|,|;|\.)? ?(?"
        r":instead|then|just)? ?(?:just |instead |always |only )*(?:insert|add|put|keep|leave|do|execute|perform)|"
        r"except(?: for)?))"
        r"(?: only| just| a| the| single| new| task)* <([sn])(\d+)>(?! (?:to|with))", line)  # fmt: skip
    if found and not said.has(r"<b\d+>[^.]*(?:direct|keep|remain)"):
        block = Places(said).block(line)
        if block is None:
            return None
        return _swap_in(said, [block], found[1], found[2], Place(before=block))
    return None


def _swap_in(said: Said, gone: list[str], kind: str, number: str, place: Place) -> Outcome | None:
    if not gone:
        return None
    if kind == "n":
        task = Fresh(said.catalogue).task(said.names[int(number)])
        return Outcome(
            f"replace the part by {said.names[int(number)]}",
            (Insert(blocks=(task,), place=place), Delete(ids=tuple(gone))),
        )
    step = said.step(number)
    if step in gone or not set(said.catalogue.chain(step)) & set(gone):
        return None
    return Outcome(
        f"keep only {said.catalogue.name(step)} of the part", (Move(ids=(step,), place=place), Delete(ids=tuple(gone)))
    )


def _kept(said: Said) -> Outcome | None:
    """One branch stays and its choice goes: `only if option a is true, leave out the XOR`."""
    catalogue = said.catalogue
    if said.has(r"(?:remov|delet|drop)\w* (?:the |task )*<s\d+>|\b(?:add|insert|introduc)|<newgate>"):
        return None
    if not said.has(
        rf"(?:{GONE})\w*[^.]*(?:<(?:gates?|split)>|\bx\b)|\bonly\b[^.]*<b\d+>|upper (?:part|path|branch)|no "
        rf"gateways|without gateways"
    ):
        return None
    block = Places(said).block(said.line)
    if block is None or not said.has(
        r"\bonly\b|\bwithout\b|leave out|<gates>[^.]*(?:necessary|needed)|as ?well as <gates?>|\bkeep"
    ):
        return None
    owner = next(split for split in catalogue.splits if split.id == block)
    runs = re.findall(
        rf"(?:{GONE})\w*[^.]*?(<b\d+>(?:(?:,| or| and)+ (?:condition |path |branch )?<b\d+>)*)", said.line
    )
    gone = {branch for run in runs for branch in said.branches(run)}
    named = [branch for branch in said.branches() if branch not in gone]
    left = [branch.id for branch in owner.branches if branch.id not in gone] if gone else named
    if not left and said.has(r"upper (?:part|path|branch)"):
        left = [owner.branches[0].id]
    if len(left) != 1:
        return None
    steps = catalogue.inside(left[0])
    moved: tuple[Edit, ...] = (Move(ids=tuple(steps), place=Place(before=block)),) if steps else ()
    return Outcome(f"keep only the way {catalogue.branches[left[0]].when or left[0]}", (*moved, Delete(ids=(block,))))
