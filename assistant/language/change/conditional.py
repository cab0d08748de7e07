"""Branches and their conditions: changing them, adding and removing branches, making steps conditional."""

from __future__ import annotations

import re
from itertools import permutations

from assistant.english.tables import any_of, worded
from assistant.language.change.condition_reach import governed
from assistant.language.change.condition_words import opposite
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.step_changes import place_of, where
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import Branch, Choice, Sequence
from assistant.process.edits import AddBranch, Edit, Insert, RemoveBranch, SetCondition, WrapInChoice

CHANGE = worded("conditional-change")
NEW_PATH = worded("new-path")
SKIPS = re.compile(worded("skips-it"))
DOES = re.compile(worded("conditional-does"))
REMOVE = worded("conditional-remove")
WAY_WORD = rf"\b{any_of('way-noun')}"


def update(said: Said) -> Outcome | None:
    """New conditions on branches that are there: `replace true with a>10 and false with a<=10`."""
    asked = re.findall(r"<q(\d+)>", said.line)
    if not asked or not (said.has(CHANGE) or said.branches() or len(keyed(said)) > 1):
        return None
    places = [(match.start(), _branch(said, match)) for match in re.finditer(r"<([bs])(\d+)>", said.line)]
    keys = [(at, branch) for at, branch in places if branch is not None]
    wanted = [(match.start(), said.conditions[int(match[1])]) for match in re.finditer(r"<q(\d+)>", said.line)]
    wanted = list({condition: (at, condition) for at, condition in reversed(wanted)}.values())[::-1]
    branches = list(dict.fromkeys(branch for _, branch in keys))
    if not branches and len(said.catalogue.choices) == 1 and said.has(CHANGE):
        branches = [branch.id for branch in said.catalogue.choices[0].branches]
        pairs = dict(zip(branches, [condition for _, condition in wanted], strict=False))
    else:
        pairs = _paired(keys, wanted, said.line)
    if not pairs:
        return None
    if len(pairs) == 1 and len(wanted) == 1:
        pairs |= _other(said, *next(iter(pairs.items())))
    edits = tuple(SetCondition(id=branch, when=when) for branch, when in pairs.items())
    return Outcome("change the conditions to " + " and ".join(pairs.values()), edits)


def keyed(said: Said) -> list[str]:
    """The branches of one choice that are told apart in the request, by condition or by a step on them."""
    marks = re.finditer(r"<([bs])(\d+)>", said.line)
    branches = list(dict.fromkeys(branch for mark in marks if (branch := _branch(said, mark)) is not None))
    return branches if len({said.catalogue.owner[branch].id for branch in branches}) == 1 else []


def _branch(said: Said, found: re.Match[str]) -> str | None:
    if found[1] == "b":
        return said.branch_ids[int(found[2])]
    return said.catalogue.branch_of(said.step(found[2]))


def _paired(keys: list[tuple[int, str]], wanted: list[tuple[int, str]], line: str) -> dict[str, str]:
    """Each condition with the branch it is said for: the pairing over the least distance, told ways preferred."""
    branches = list(dict.fromkeys(branch for _, branch in keys))
    if not branches or not wanted or len(branches) > 6:
        return {}
    if len(branches) == len(wanted) and max(at for at, _ in keys) < wanted[0][0]:
        return dict(zip(branches, [condition for _, condition in wanted], strict=True))
    best: tuple[float, dict[str, str]] | None = None
    number = min(len(branches), len(wanted))
    for chosen in permutations(branches, number):
        cost = 0.0
        for (at, _), branch in zip(wanted[:number], chosen, strict=True):
            cost += min(_distance(at, key, line) for key, owner in keys if owner == branch)
        if best is None or cost < best[0]:
            best = (cost, dict(zip(chosen, [condition for _, condition in wanted], strict=False)))
    return best[1] if best else {}


def _distance(at: int, key: int, line: str) -> float:
    """How far a condition stands from a branch's mention; `for`, `instead of` and `to` between them bring it near."""
    between = line[min(at, key) + 4 : max(at, key)]
    far = float(abs(at - key))
    near = r"instead of|for|if" if key > at else r"to|with|into|by|if|equals?|should|be|becomes?|is"
    if re.fullmatch(
        rf"\W*(?:the |a |case |that |case that )*(?:{near})?(?: the| case| that| have| be| condition| a)*\W*", between
    ):
        far /= 3
    return far + 40 * len(re.findall(r"[.;]", between)) + 15 * len(re.findall(r"<[bq]\d+>|,|\band\b", between))


def _other(said: Said, branch: str, condition: str) -> dict[str, str]:
    """Where one of two opposite conditions changes, the other follows."""
    owner = said.catalogue.owner[branch]
    if len(owner.branches) != 2 or not re.search(
        r"\b(?:other|otherwise|else|vice versa|conversely|opposite)", said.line
    ):
        return {}
    rest = next(other.id for other in owner.branches if other.id != branch)
    return {rest: opposite(condition)}


def wrap(said: Said) -> Outcome | None:
    """Steps done only under a condition: `if a=1 skip the XOR`, `do task C only if amount > 500`."""
    marks = re.findall(r"<q(\d+)>", said.line)
    plain = re.search(
        r"(?:only|optional\w*|skip\w*)[^.]*\b(?:if|when|in case|unless)\b (?:the |it is |it's )*([\w' ]{2,40})(?!\s*<)",
        said.line,
    )
    if not marks and (fresh_way := _on_new_way(said)) is not None:
        return fresh_way
    if not marks and plain is None:
        return None
    if (
        not marks
        and plain is not None
        and len(plain[1].split()) < 2
        and plain[1] not in ("needed", "necessary", "required")
    ):
        return None
    run = _run(said)
    named = said.catalogue.symbolic or said.steps() or said.has(r"<(?:gates?|split|join|newgate)>|\bdecision|<b\d+>")
    if not run or not named:
        return None
    if marks:
        do, skip = _sides(said, [int(mark) for mark in dict.fromkeys(marks)])
    else:
        assert plain is not None
        said_so = plain[1].strip()
        skipping = re.search(r"\bskip|\bunless\b", plain[0]) is not None
        do, skip = (opposite(said_so), said_so) if skipping else (said_so, opposite(said_so))
    if not said.catalogue.symbolic:
        do, skip = ("otherwise" if side == f"not {other}" else side for side, other in ((do, skip), (skip, do)))
    fresh = Fresh(said.catalogue)
    edit = WrapInChoice(ids=tuple(run), id=fresh.id("decision"), when=do, otherwise_when=skip)
    names = " and ".join(said.catalogue.name(step) for step in run)
    return Outcome(f"do {names} only if {do}", (edit,))


def _on_new_way(said: Said) -> Outcome | None:
    """Steps put on one way of a new decision: `move task D to the false branch of a new XOR`."""
    found = re.search(r"((?:(?><s\d+>(?:,| and|\s)*))+)[^.]*?(?:on|in|to|into|under|only)\b[^.<]*<b(\d+)>", said.line)
    if not found or not said.has(r"<newgate>") or said.new_names():
        return None
    run = said.catalogue.lifted(said.steps(found[1]))
    when = said.catalogue.branches[said.branch_ids[int(found[2])]].when or ""
    if not run or not when:
        return None
    edit = WrapInChoice(
        ids=tuple(run), id=Fresh(said.catalogue).id("decision"), when=when, otherwise_when=opposite(when)
    )
    return Outcome(f"do {' and '.join(said.catalogue.name(step) for step in run)} only if {when}", (edit,))


def _run(said: Said) -> list[str]:
    """The neighbours that are to be done only sometimes."""
    places, catalogue = Places(said), said.catalogue
    line = said.line
    direct = re.search(r"(?:only )?(?:do|execute|perform|run|skip|skips|make|start)\w* (?:the )?((?:(?><s\d+>(?:,| "
                       r"and| or|\s)*))+)(?:is |are )?(?:optional )?"
                       r"(?:only )?(?:if|when|unless|in case)", line)  # fmt: skip
    after = re.search(r"after (?:the )?<s(\d+)>", line)
    before = re.search(r"(?:before|in front of|infront of|prior to|to|then|with) (?:the )?<s(\d+)>", line)
    if direct and not said.has(r"<newgate>"):
        return catalogue.lifted(said.steps(direct[1]))
    if after and before:
        a, b = said.step(after[1]), said.step(before[1])
        if catalogue.spots[a].sequence == catalogue.spots[b].sequence and a != b:
            row = catalogue.rows[catalogue.spots[a].sequence]
            between = row[row.index(a) + 1 : row.index(b)]
            if between:
                return between
    jump = re.search(
        r"\b(?:go|goes|jump|skip|continue|proceed|straight|directly)\w* (?:\w+ ){0,2}to (?:the )?<s(\d+)>", line
    )
    ahead = catalogue.before(said.step(jump[1]))[-1:] if jump and not after else []
    if ahead and ahead[0] in {split.id for split in catalogue.splits}:
        return ahead
    block = places.block(line)
    if block is not None and (said.has(r"<(?:gate|split|gates|join)>") or said.branches()):
        return [block]
    anchors = {said.step(n) for n in re.findall(r"(?:after|before|behind) (?:the )?<s(\d+)>", line)}
    free = [step for step in said.steps() if step not in anchors]
    if free:
        return catalogue.lifted(free)
    following = catalogue.after(said.step(after[1]))[:1] if after else []
    return following or ([block] if block else [])


def _sides(said: Said, marks: list[int]) -> tuple[str, str]:
    """The condition under which the steps are done, and the one under which they are not."""
    line = said.line
    before = re.search(r"(?:before|in front of|infront of) (?:the )?<s(\d+)>", line)
    if before:
        line = line.replace(f"<s{before[1]}>", "<s_after>")
    score: dict[str, int] = {}
    for mark in marks:
        text = " ".join(_about(line, mark))
        score[said.conditions[mark]] = len(SKIPS.findall(text)) * 2 - len(DOES.findall(text))
    conditions = list(score)
    if len(conditions) == 1:
        return _only(line, conditions[0], score[conditions[0]])
    skip = max(conditions, key=lambda condition: score[condition])
    do = min(conditions, key=lambda condition: score[condition])
    return (conditions[0], conditions[1]) if skip == do else (do, skip)


def _only(line: str, condition: str, score: int) -> tuple[str, str]:
    """The two sides when one condition is said, perhaps with what happens if it is true and if it is false."""
    when_true = re.search(r"(?:if|when|in case)(?: of)?(?: it is)? (?:<b0>|true|yes)([^.;]*)", line)
    when_false = re.search(r"(?:if|when|in case)(?: of)?(?: it is)? (?:<b1>|false|no)([^.;]*)", line)
    if when_true and SKIPS.search(when_true[1]):
        return opposite(condition), condition
    if when_false and SKIPS.search(when_false[1]):
        return condition, opposite(condition)
    return (opposite(condition), condition) if score > 0 else (condition, opposite(condition))


def _about(line: str, mark: int) -> list[str]:
    """What is said of a condition, wherever it is said."""
    found = []
    for place in re.finditer(rf"<q{mark}>", line):
        front = re.split(r"[.,;]|<q\d+>", line[: place.start()])[-1]
        found.append(governed(line, place.start(), place.end()))
        if re.search(r"\bskip|nothing|\bempty|\bno task", front):
            found.append(front)
    return found


def remove_branch(said: Said) -> Outcome | None:
    """A branch goes, with all on it."""
    if not said.has(REMOVE):
        return None
    catalogue = said.catalogue
    gone: list[str] = []
    whole = rf"(?:{WAY_WORD}\w*(?: \w+){{0,4}} (?:<b\d+>|<s\d+>)|<b\d+>(?: |-)*(?:{WAY_WORD}))|<b\d+>"
    deleted = [
        step for step in said.steps() if re.search(rf"{REMOVE}\w*[^.]*<s{said.catalogue.number(step)}>", said.line)
    ]
    for branch in said.branches():
        number = said.branch_ids.index(branch)
        if re.search(rf"{REMOVE}\w*(?: \w+| <\w+>|,| -){{0,14}} <b{number}>(?! or <b\d+>$)", said.line):
            gone.append(branch)
    inner = {step for branch in gone for step in _below(said, branch)}
    if gone and deleted and not set(deleted) <= inner:
        return None
    if (
        gone
        and deleted
        and said.has(
            r"<s\d+>[^.,]*\b(?:from|in|on|of|within|for)\b[^.,]*<b\d+>|<b\d+>[^.]*\b(?:keep|empty|direct|connect|point)"
        )
    ) and not said.has(rf"{REMOVE}\w* (?:the |whole |entire )*(?:{WAY_WORD}\w* )?<b\d+>|conditional check"):
        return None
    if gone and deleted and len(catalogue.owner[gone[0]].branches) < 3:
        return None
    if not gone:
        gone = _emptied(said, deleted)
    if not gone or (re.search(whole, said.line) is None and not deleted):
        return None
    owner = catalogue.owner[gone[0]]
    if len(owner.branches) - len(gone) < 1:
        return None
    conditions = [catalogue.branches[branch].when or branch for branch in gone]
    return Outcome(
        "remove the branch " + " and ".join(conditions), tuple(RemoveBranch(branch=branch) for branch in gone)
    )


def _below(said: Said, branch: str) -> set[str]:
    return {
        getattr(step, "id", "")
        for step in said.catalogue.steps
        if branch == said.catalogue.branch_of(getattr(step, "id", ""))
    }


def _emptied(said: Said, deleted: list[str]) -> list[str]:
    """Branches of which everything is deleted and whose path is spoken of as going too."""
    if not re.search(WAY_WORD, said.line) or said.has(
        r"\b(?:keep|leav|maintain|remain|connect|direct|instead|empty|still|insert|add)"
    ):
        return []
    found = []
    for branch in dict.fromkeys(said.catalogue.branch_of(step) for step in deleted):
        if (
            branch is not None
            and set(said.catalogue.inside(branch)) <= set(deleted)
            and len(said.catalogue.owner[branch].branches) > 2
        ):
            found.append(branch)
    return found


def insert_if(said: Said) -> Outcome | None:
    """New steps done only under a condition: `add task E after task C if amount > 500`."""
    marks = re.findall(r"\b(?:if|when|in case|unless|only for)\b(?: the)? <q(\d+)>", said.line)
    if len(set(marks)) != 1 or not said.new_names() or said.branches() or said.has(r"\bsubprocess|<newgate>|\bskip"):
        return None
    place = place_of(said)
    if place is None or not said.has(r"\b(?:add|insert|append|include|put|introduce|create)"):
        return None
    condition = said.conditions[int(marks[0])]
    if said.has(r"\bunless <q"):
        condition = opposite(condition)
    fresh = Fresh(said.catalogue)
    decision = fresh.id("decision")
    steps = tuple(fresh.task(name) for name in said.new_names())
    branches = (
        Branch(id=f"{decision}.1", when=condition, do=Sequence(items=steps)),
        Branch(id=f"{decision}.2", when=opposite(condition)),
    )
    names = " and ".join(said.new_names())
    return Outcome(
        f"add {names} {where(said, place)}, only if {condition}",
        (Insert(blocks=(Choice(id=decision, branches=branches),), place=place),),
    )


def add_branch(said: Said) -> Outcome | None:
    """One more branch of a choice: its condition and its steps in order."""
    if not said.has(
        r"\b(?:add|insert|append|includ|introduc|creat)\w* (?:\w+ ){0,2}(?:another|new|third|fourth|additional|"
        r"extra|further|more|a|an) (?:alternative )?(?:branch|path|option|case|alternative|way)\b"
    ):
        return None
    names = said.new_names()
    block = Places(said).block(said.line)
    asked = said.asked()
    labelled = re.search(
        r"(?:condition|branch|path|option|case)(?: is| called| labelled| named| with| of)* \"?([\w]+)\"?", said.line
    )
    if not names or block is None or not isinstance(said.catalogue.by_id[block], Choice) or said.branches():
        return None
    when = asked[0] if asked else labelled[1] if labelled else None
    own = re.search(rf"{WAY_WORD}\w* (?:called |named |for |when |if |with (?:the )?condition )*<n(\d+)>", said.line)
    if own and len(names) > 1:
        when = said.names[int(own[1])].lower()
        names = [name for name in names if name != said.names[int(own[1])]]
    fresh = Fresh(said.catalogue)
    steps = tuple(fresh.task(name) for name in names)
    branch = Branch(id=fresh.id(f"{block} way"), when=when, do=Sequence(items=steps))
    edits: tuple[Edit, ...] = (AddBranch(id=block, branch=branch),)
    return Outcome(f"add a branch {when or ''} with {' and '.join(names)}", edits)
