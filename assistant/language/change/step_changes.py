"""One step or a few: added, taken out, moved, copied, swapped, renamed, replaced, split, merged, given to somebody."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.change.marked_words import Said
from assistant.language.change.new_names import named, original, spoken
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import Task
from assistant.process.edits import Copy, Delete, Edit, Insert, Move, Place, Rename, Swap
from assistant.process.words import is_verb

DELETE = rf"\b{any_of('remove', 'stems')}"
INSERT = rf"\b{any_of('insert', 'stems')}"
MOVE = rf"\b{any_of('move', 'stems')}"
SWAP = r"\b(?:swap|switch|exchang|interchang|trad|flip|revers|invert|chang\w* (?:the )?(?:position|place|order))"
COPY = worded("step-changes-copy")
EITHER_WAY = worded("either-way")
PAIR = worded("step-changes-pair")
LISTED = r"((?:(?><s\d+>(?:\s*,?\s*(?:and|or|&|as well as|,)\s*|\s+)?(?:the |also |both )*))+)"


def swap(said: Said) -> Outcome | None:
    """Two steps change places."""
    steps = said.steps()
    crossed = re.search(
        r"<s(\d+)> (?:with|by|to|for|into|and) (?:the )?(?:name )?(?:of )?<s(\d+)>.*<s\2> (?:with|by|to|for|into|"
        r"and) (?:the )?<s\1>",
        said.line,
    )
    if crossed:
        return _swapped(said, said.step(crossed[1]), said.step(crossed[2]))
    paired = re.search(PAIR, said.line)
    if said.has(SWAP) and paired and len(steps) >= 2 and not said.new_names() and not said.asked():
        return _swapped(said, steps[0], steps[1])
    around = re.search(r"<s(\d+)> where <s(\d+)> (?:is|was|stands|currently)[^.]*<s\2> where <s\1>", said.line)
    if around:
        return _swapped(said, said.step(around[1]), said.step(around[2]))
    if (
        said.has(r"replac|place|position|trad|chang|put|mov")
        and len(steps) == 2
        and said.has(r"vice versa|the other way (?:a)?round")
    ):
        return _swapped(said, steps[0], steps[1])
    return None


def _swapped(said: Said, a: str, b: str) -> Outcome | None:
    catalogue = said.catalogue
    if a in catalogue.chain(b) or b in catalogue.chain(a):
        return None
    return Outcome(f"swap {catalogue.name(a)} and {catalogue.name(b)}", (Swap(a=a, b=b),))


def move(said: Said) -> Outcome | None:
    """Steps go to another place; also told as taking them out and putting them in again."""
    line, places = said.line, Places(said)
    taken = re.search(rf"{DELETE}\w* (?:of |the |task |also )*{LISTED}", line)
    again = _put_again(said, taken) if taken else None
    if again is not None:
        return again
    for match in re.finditer(rf"{MOVE}\w* (?:the |also |both |step |position of )*{LISTED}", line):
        ids = said.steps(match[1])
        rest = _without_origin(line[match.end() :])
        place = _main_path(said, ids, line) or places.find(rest, ids)
        if place is None and match.start():
            place = places.find(line[: match.start()], ids)
        if place is not None and ids:
            return moved(said, ids, place)
    always = re.search(
        rf"{LISTED}(?:{any_of('before-moved')} )*(?:perform|"
        rf"execut|done|happen|run|do)\w*",
        line,
    )
    if always and not said.new_names() and said.has(EITHER_WAY):
        ids = said.steps(always[1])
        inner = [step for step in ids if said.catalogue.branch_of(step)]
        place = _main_path(said, inner, line)
        if place is not None and inner:
            return moved(said, inner, place)
    pronoun = re.search(rf"{MOVE}\w* (?:it|them|this|that) (.*)", line)
    if pronoun and not said.has(COPY) and len(said.steps(line[: pronoun.start()])) == 1:
        ids = said.steps(line[: pronoun.start()])
        place = places.find(_without_origin(pronoun[1]), ids)
        if place is not None:
            return moved(said, ids, place)
    return _first_then(said) or _told_place(said)


def _first_then(said: Said) -> Outcome | None:
    """`inspect first, then check`: the first goes right before the other when it now comes later."""
    found = re.search(r"(?:^|first )<s(\d+)>(?: first)?,? (?:and )?(?:only )?then <s(\d+)>", said.line)
    if not found or "first" not in said.line or said.new_names():
        return None
    first, then = said.step(found[1]), said.step(found[2])
    return moved(said, [first], Place(before=then)) if first in said.catalogue.after(then) else None


def _told_place(said: Said) -> Outcome | None:
    """`task C should be after task D`, `task C comes before task B`, without a verb of moving."""
    found = re.search(
        r"(?:^|[.,;] |make |let |have |please |(?:we|you) (?:should |must |can |could )?)"
        r"(?:the )?<s(\d+)> (?:should|must|has to|needs to|to|shall|will|"
        r"comes?|goes|is|be|now|directly|only|done|executed|performed|happen\w*|take place|occur\w*|right|"
        r"immediately|always|exactly|come|only| )*"
        r"((?:after|before|behind|follow\w*|preced\w*|prior to|between) .*)",
        said.line,
    )
    if not found or said.new_names() or said.has(r"<q\d+>|<newgate>"):
        return None
    ids = [said.step(found[1])]
    place = Places(said).find(found[2], ids)
    return moved(said, ids, place) if place else None


def _put_again(said: Said, taken: re.Match[str]) -> Outcome | None:
    """`remove X from ... and place it after ...`, `remove X. Add a new X before Y`."""
    ids = said.steps(taken[1])
    if not ids:
        return None
    rest = said.line[taken.end() :]
    marks = "|".join(f"<s{n}>" for n in re.findall(r"<s(\d+)>", taken[1]))
    found = re.search(
        rf"\b{any_of('put-in', 'stems')}\w*(?: a| "
        rf"the| new| task| back| in| instead)* (?:{marks}|i[tf]\b|them\b|this\b)(.*)",
        rest,
    )
    places = Places(said)
    if found:
        before = re.split(r"[.;]", rest[: found.start()])[-1]
        place = places.find(found[1], ids) or (
            places.find(before, ids) if re.search(r"after|before|between|behind", before) else None
        )
        return moved(said, ids, place) if place is not None else None
    target = re.match(r"[^.;]*?\b(?:to|on|onto|into) (?:the )?(?:position|place|spot|main|other)[^.;]*", rest)
    if target:
        place = _main_path(said, ids, target[0]) or places.find(target[0], ids)
        return moved(said, ids, place) if place is not None else None
    return None


def _main_path(said: Said, ids: list[str], line: str) -> Place | None:
    """Behind the choice that holds a step, where the step is to be done whatever was decided."""
    if not re.search(EITHER_WAY, line) or not ids:
        return None
    chain = said.catalogue.chain(ids[0])
    near = Places(said).find(_without_origin(line.split(f"<s{said.catalogue.number(ids[0])}>", 1)[-1]), ids)
    if near is not None and (near.before or near.after) and not re.search(r"no matter|regardless|both|whether", line):
        return near
    return Place(after=chain[-1]) if len(chain) > 1 else None


def _without_origin(text: str) -> str:
    """What follows, without where it comes from."""
    return re.sub(
        r"\b(?:from|out of|inside|off)\b (?:its |the |their )?.*?(?=\b(?:to|into|and|onto|behind|after|before|"
        r"between|directly|right)\b|[.,;]|$)",
        " ",
        text,
        count=1,
    )


def moved(said: Said, ids: list[str], place: Place) -> Outcome | None:
    catalogue = said.catalogue
    anchor = place.after or place.before
    held = {step for element_id in ids for step in [element_id]}
    if anchor in held or any(element_id in catalogue.chain(anchor) for element_id in ids if anchor):
        return None
    names = " and ".join(catalogue.name(step) for step in ids)
    return Outcome(f"move {names} {where(said, place)}", (Move(ids=tuple(ids), place=place),))


def where(said: Said, place: Place) -> str:
    """A place in words."""
    catalogue = said.catalogue
    if place.after or place.before:
        return f"{'after' if place.after else 'before'} {catalogue.name(str(place.after or place.before))}"
    if place.into in catalogue.branches:
        return f"on the branch “{catalogue.branches[str(place.into)].when or place.into}”"
    return f"at the {place.at}"


def copy(said: Said) -> Outcome | None:
    """A step is done once more somewhere else; a step named by a letter gets a prime."""
    steps, line = said.steps(), said.line
    told = re.search(rf"{COPY}\w*", line)
    if not told or not steps or (said.new_names() and not said.has(r"\b(?:copy|duplicat|clon)")):
        return None
    found = re.search(
        rf"(?:{COPY}\w*|{INSERT}\w*)(?: of| the| a| task| another| duplicate| copy| again| out)*(?: of)?(?: the)? "
        rf"<s(\d+)>(.*)",
        line,
    )
    passive = re.search(
        r"<s(\d+)> (?:should|must|shall|is|has to|needs to|to|be|get|gets| )+(?:repeated|copied|duplicated|(?:done|"
        r"executed|performed) again)",
        line,
    )
    source = said.step((found or passive)[1]) if found or passive else steps[0]  # type: ignore[index]
    rest = found[2] if found else line
    place = Places(said).find(rest, [source]) or Places(said).find(line, [source])
    return duplicate(said, source, place) if place is not None else None


def duplicate(said: Said, source: str, place: Place) -> Outcome:
    """The outcome of copying a step to a place."""
    catalogue = said.catalogue
    name = catalogue.name(source)
    fresh = Fresh(catalogue).id(f"{source} copy")
    made: list[Edit] = [Copy(id=source, place=place, ids={source: fresh})]
    new = said.new_names()
    label = new[0] if new else f"{name}'" if catalogue.symbolic and isinstance(catalogue.by_id[source], Task) else name
    if label != name:
        made.append(Rename(id=fresh, name=label))
    return Outcome(f"copy {name} {where(said, place)}", tuple(made))


def insert(said: Said) -> Outcome | None:
    """New steps at a place."""
    line = said.line
    names = said.new_names()
    if not names and said.has(INSERT):
        name = spoken(said, r"\b(?:add|insert|append|includ|creat|introduc)")
        names = [name] if name else []
    if not names and (implied := _implied(said)):
        return implied
    if not names or not (said.has(INSERT) or said.has(r"\b(?:follow|should|must|after|new|extra)")):
        return None
    place = place_of(said)
    if place is None:
        return None
    fresh = Fresh(said.catalogue)
    steps = tuple(fresh.task(name) for name in _ordered(line, names, said))
    return Outcome(f"add {' and '.join(names)} {where(said, place)}", (Insert(blocks=steps, place=place),))


def _implied(said: Said) -> Outcome | None:
    """`after shipping, send a tracking number`: a step told by what is to be done, without a word of adding."""
    if said.catalogue.symbolic:
        return None
    who = (
        r"(?:(?:we|you|they|somebody|someone|the \w+(?: \w+)?) )?(?:should |must |need to |needs to |have to |has "
        r"to |will |also |please )*"
    )
    found = re.search(
        rf"^(?P<place>(?:after|before|between) [^,]*<[sb]\d+>[^,]*), {who}(?P<name>[a-z][^<.;,]*)", said.line
    )
    found = found or re.search(
        rf"^{who}(?P<name>[a-z][^<.;,]*?) (?P<place>(?:after|before|between) <s\d+>.*)$", said.line
    )
    if (
        not found
        or not is_verb(found["name"].split()[0])
        or re.match(rf"{DELETE}|{MOVE}|{SWAP}|{COPY}|repeat|make|renam|merg|split", found["name"])
    ):
        return None
    place = Places(said).find(found["place"])
    name = original(said, found["name"].strip())
    if place is None or len(name) > 80 or len(name.split()) < 2:
        return None
    task = Fresh(said.catalogue).task(name)
    return Outcome(f"add {name} {where(said, place)}", (Insert(blocks=(task,), place=place),))


def place_of(said: Said) -> Place | None:
    """Where new steps go: what is said behind them, else in front of them."""
    line, places = said.line, Places(said)
    marks = [match.end() for match in re.finditer(r"<n\d+>", line)]
    if not marks:
        found = re.search(INSERT, line)
        return places.find(line[found.start() :] if found else line) or places.find(line)
    leads = re.search(
        r"<n\d+> (?:to |should |must |be |is |has to |needs to )*(?:follow(?:s|ed by)?|come[s]? (?:after|before)|"
        r"precede[s]?)",
        line,
    )
    if leads:
        place = places.find(line[leads.start() :])
        if place is not None:
            return place
    followed = re.search(
        r"<s(\d+)>,? (?:is |be |to be |should be |being )?(?:directly |immediately |then )?(?:followed by|then) (?"
        r":the |a |an |new |another |additional |task |step |activity )*<n\d+>",
        line,
    )
    if followed:
        return Place(after=said.step(followed[1]))
    sentence = re.split(r"[.;]", line[marks[0] :])[0]
    place = places.find(sentence)
    if place is not None and (place.after or place.before):
        return place
    front = re.split(r"[.;]", line[: marks[0]])[-1]
    ahead = places.find(front)
    if ahead is not None and (ahead.after or ahead.before or place is None):
        return ahead
    return place or places.find(line)


def _ordered(line: str, names: list[str], said: Said) -> list[str]:
    """New names in the order they are to run."""
    back = re.search(
        r"<n(\d+)> (?:to |should |must |be |is )*follow(?:s|ing)?(?: the completion of| after)? (?:the )?<n(\d+)>", line
    )
    if back:
        first, second = said.names[int(back[2])], said.names[int(back[1])]
        return [first, second, *(name for name in names if name not in (first, second))]
    return names


def delete(said: Said) -> Outcome | None:
    """Steps go; a branch left empty stays."""
    line, catalogue = said.line, said.catalogue
    empty = re.search(
        r"<b(\d+)>[^.<]*\b(?:empty|do nothing|nothing (?:happens|is done|should)|no (?:task|step|activity))", line
    )
    if empty and not said.steps(line[: empty.end()]) and not said.new_names():
        inside = catalogue.inside(said.branch_ids[int(empty[1])])
        if inside:
            return Outcome("empty the branch", (Delete(ids=tuple(inside)),))
    found = re.search(
        rf"{DELETE}\w*(?: of| out| the| also| both| option| whole| single| existing| task| step| unnecessary)*(?: "
        rf"of)? {LISTED}",
        line,
    )
    if not found:
        found = re.search(
            rf"(?:instead of|without|replace|\bno|do not (?:do|execute|perform|need)|don't (?:do|execute|need)|not "
            rf"need)(?: the| task| any| more| longer)* {LISTED}",
            line,
        )
        direct = said.has(
            r"direct|connect|skip|continue|straight|no longer|any ?more|empty|\bno <s\d+> (?:gets|is|will|should|"
            r"now)|in case|not need"
        )
        if not found or not direct or said.new_names():
            return None
    ids = said.steps(found[1])
    if not ids:
        block = Places(said).block(line)
        ids = [block] if block and said.has(r"<(?:gate|gates|split)>") else []
    if not ids or (not catalogue.symbolic and re.match(r"\s*for (?!<)\w", line[found.end() :])):
        return None  # `skip the inspection for small buildings`: only there
    ids = [step for step in ids if not any(other in catalogue.chain(step)[1:] for other in ids)]
    names = " and ".join(catalogue.name(step) for step in ids)
    return Outcome(f"remove {names}", (Delete(ids=tuple(ids)),))


def new_name(said: Said, tail: str) -> str:
    """The new name said in `tail`: marked, or in plain words."""
    marked = re.search(r"<n(\d+)>", tail)
    return said.names[int(marked[1])] if marked else named(said, tail)
