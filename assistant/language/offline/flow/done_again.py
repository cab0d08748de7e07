"""What is done again in some of the cases: "one in three wants a change, and then I draw it again" is a way back.

Such a sentence tells no step of the normal way. It goes back to the step that is done again; where only somebody drives
back for what is missing, that is a branch of its own. A chance told in the sentence before holds for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.english.forms import base_of
from assistant.english.tables import any_of, classed
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.offline.sentences.chances import chance_is_error
from assistant.language.offline.sentences.same_step import content, stem
from assistant.language.offline.sentences.statements import Act, Condition, Item, Said
from assistant.language.offline.words.word_tables import CONTROL, REFUSE
from assistant.process.durations import Span

_AGAIN = re.compile(
    r"\b(?P<verb>[a-z]+)(?: (?:it|them|the \w+|up|out))?(?: all)?(?: over)? (?:again|once more|anew)\b", re.I
)
_DONE_OVER = re.compile(
    r"\b(?P<who>[\w ]+?) (?:does|do|has to do|have to do|must do) (?:it|that|this|them|those|that one)(?: all)? "
    r"(?:over|again|once more)\b",
    re.I,
)
_OVER = re.compile(r"\b(?P<who>[\w ]+?) (?:starts?|begins?|has to start|must start) (?:all )?(?:over|again)\b", re.I)
_COMES_BACK = re.compile(r"\bcomes? back (?:because|as|since|with)\b", re.I)
_FETCHED = re.compile(
    rf"\b(?:and|so|then|,) (?:then )?(?:the |an? )?(?P<who>[a-z]+) (?P<verb>{any_of('rides')}) back\b[^,.;]*", re.I
)
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
_ENDS = re.compile(r"(?:the )?(?:end|ends|stop|over|closed?)\b", re.I)
_COUNTED = re.compile(r"^(?:of (?:the |our |all )?[a-z]+s\b ?|[a-z]+s$)", re.I)
_CUT = re.compile(r"\s*(?:[,;.]|\band\b|\bso\b|\bthen\b|->|→|=>)")


def send_back(text: str, told: list[Said], left: tuple[str, ...]) -> tuple[str, ...]:
    """Turn what sentences tell of work done again into ways back and branches; what is still left out without them."""
    earlier: list[Act] = []
    heard: list[str] = []
    for place, said in enumerate(told):
        words = text[said.span.start : said.span.end]
        ahead = told[place - 1] if place else None
        if earlier and not said.row and (_ARROW.search(words) or _is_open(words, said)):
            before = said.items
            _read(words, said, ahead, earlier)
            heard += [" ".join(words.split())] if said.items is not before else []
        earlier.extend(act for item in said.items if item.kind == "act" and (act := item.act) is not None and act.role)
        del earlier[:-12]
    _without_what_is_so(told)
    _does_it_again(text, told)
    _lead_back(told)
    return tuple(words for words in left if not any(words in sentence for sentence in heard))


def _without_what_is_so(told: list[Said]) -> None:
    """ "In one of ten varnish cracks": what is so in some cases, and no step called by the same words."""
    for said in told:
        so = {item.condition.text.lower() for item in said.items if item.condition is not None}
        said.items = [
            item for item in said.items if item.kind != "act" or not item.act or item.act.name.lower() not in so
        ]


_DOES_IT = re.compile(
    r"^\W*(?:(?:and|then) )*(?:the )?(?P<who>[a-z]+) (?:does|do|has to do) (?:it|that|this) (?:again|over)\b", re.I
)


def _does_it_again(text: str, told: list[Said]) -> None:
    """ "In one of ten it cracks. Then Eva does it again": back to what she did last."""
    earlier: list[Act] = []
    for place, said in enumerate(told):
        ahead = told[place - 1] if place else None
        found = _DOES_IT.match(text[said.span.start : said.span.end])
        if found and ahead is not None and not said.acts() and [item.kind for item in ahead.items] == ["if"]:
            who = found["who"].lower()
            own = [act for act in earlier if act.role == who] or (earlier if who in _PRONOUNS else [])
            ahead.items += [Item("back", target=own[-1].name)] if own else []
        earlier += [act for act in said.acts() if act.role]


_PRONOUNS = frozenset("he she they we".split())


def _lead_back(told: list[Said]) -> None:
    """ "One in five comes back because a seam opens. Then Mia sews it again": back to her sewing. Where
    doing it again takes its own time, it is done on the way back."""
    earlier: list[Act] = []
    for place, said in enumerate(told):
        back = next((item for item in said.items if item.kind == "back" and not item.target), None)
        behind = said.items[said.items.index(back) + 1 :] if back else []
        source = said if behind else next(iter(told[place + 1 : place + 2]), said)
        again = next((item for item in behind or source.items if item.kind == "act"), None)
        known = _done_before(again.act, source, earlier) if back and again and again.act else None
        if back and behind and again and not known and said.items[0] is back and {"they", "then"} <= said.words:
            said.items.remove(back)  # "then they come back and we fine-tune it": so it goes on
        if back and again and again.act and known:
            source.items.remove(again)
            times = [mark for mark in source.marks if mark.quantity.kind == "duration"]
            if times:
                again.act.name, again.act.again = f"{known.name} again", False
                said.items.insert(said.items.index(back), again)
            if times and source is not said:
                said.marks += times
                source.marks = [mark for mark in source.marks if mark not in times]
            back.target = "" if times else known.name
        earlier += [act for act in said.acts() if act.role]


def _done_before(act: Act, said: Said, earlier: list[Act]) -> Act | None:
    """The step that is said to be done again, by the same person."""
    alike = (known for known in reversed(earlier) if known.verb == act.verb and act.role in (None, known.role))
    return next(alike, None) if act.again or "again" in said.words else None


def _is_open(words: str, said: Said) -> bool:
    """Whether a sentence was not read as an end, an alternative, or a condition that no share belongs to."""
    asked = any(item.kind == "if" and item.condition and item.condition.p is None for item in said.items)
    back = any(item.kind == "back" for item in said.items)
    mere = _COMES_BACK.search(words) is not None and not said.acts()
    noticed = any(mark.quantity.kind == "chance" and mark.how == "aside" for mark in said.marks)
    read = any(item.kind in _READ or (item.kind == "when" and not noticed) for item in said.items)
    return not asked and (mere or not back) and not read


_READ = frozenset(("end", "until", "else"))


def _read(words: str, said: Said, ahead: Said | None, earlier: list[Act]) -> None:
    share = next((figure for figure in figures_in(words) if figure.kind == "chance" and not figure.vague), None)
    over = _OVER.search(words)
    if share is None:
        if ahead is not None and said.cue == "then" and over is not None:
            _starts_over(said, ahead, over["who"], earlier)
        return
    if any(chance_is_error(mark) for mark in said.marks):
        return
    if arrow := _ARROW.search(words):
        again = _AGAIN.search(words, arrow.end())
        known = _known(again["verb"], earlier) if again else None
        if known is not None:
            _way_back(said, _condition(words, said, share), known)
        elif _ENDS.match(words, arrow.end()):
            condition = _condition(words, said, share)
            said.items = [
                Item("if", condition=condition),
                Item("end", target=condition.text.capitalize(), negative=True),
            ]
            said.beside = said.unread = False
        elif any(item.kind == "if" for item in said.items):  # what stands before the arrow is the condition
            ahead_of = {base_of(word, "ing") for word in words[: arrow.start()].lower().split()}
            at = said.span.start + arrow.start()
            said.items = [
                item
                for item in said.items
                if (act := item.act) is None or not (act.span.start < at or act.verb in ahead_of)
            ]
        return
    tail = " ".join(words[share.b :].split()[:MOST_BETWEEN])
    again, over = _AGAIN.search(tail), _OVER.search(tail) or _DONE_OVER.search(tail)
    known = _by_doer(over["who"], earlier) if over else _known(again["verb"], earlier) if again else None
    if known is None and _COMES_BACK.match(tail):
        known = _made_before(earlier)
    if known is not None and not _tells_more(said, share, known):
        _way_back(said, _condition(words, said, share), known)
    elif (ride := _FETCHED.search(words)) is not None:
        _fetched(said, _condition(words, said, share), ride, earlier[-1])


MOST_BETWEEN = 16
"""Words behind a share within which it is told what is done again."""


def _tells_more(said: Said, share: Figure, known: Act) -> bool:
    """Whether the sentence tells further work of somebody: no mere way back."""
    acts = (act for act in said.acts() if act.role and act.verb not in CONTROL | REFUSE)
    return any(act.verb != known.verb and not act.again and act.verb not in content(known.thing) for act in acts)


def _way_back(said: Said, condition: Condition, known: Act) -> None:
    """The sentence says nothing but how often and where it goes back to."""
    said.items = [Item("if", condition=condition), Item("back", target=known.name)]
    said.beside, said.unread, said.carries, said.cue = False, False, False, ""


def _starts_over(said: Said, ahead: Said, who: str, earlier: list[Act]) -> None:
    """ "One in twenty has a crack. Then it is scrapped and the fitter starts over": the chance stands ahead."""
    known, mark = _by_doer(who, earlier), next((m for m in ahead.marks if m.quantity.kind == "chance"), None)
    if known is None or mark is None or any(item.kind == "act" for item in ahead.items):
        return
    if chance_is_error(mark):
        said.items = []  # how often it goes wrong is told of the step, which is done again then
        return
    q, rest = mark.quantity, " ".join(mark.words[mark.before + mark.quantity.end - mark.quantity.start :])
    text = rest.removeprefix("of cases ").strip() or f"in {round(q.middle * 100):.0f} % of cases"
    ahead.items, ahead.carries = [], False
    _way_back(said, Condition(text, False, Span(start=q.a, end=q.b), content(text), p=q.middle), known)


def _fetched(said: Said, condition: Condition, ride: re.Match[str], last: Act) -> None:
    """ "In one of five jobs something is missing, and then one drives back": a branch, and nothing else is in it."""
    at = said.span.start + ride.start("verb")
    role = next((act.role for act in said.acts() if act.role), last.role)
    act = Act("Go back for it", stem(ride["verb"]), Span(start=at, end=said.span.start + ride.end()), role=role)
    act.sentence = said.index
    act.siblings = [act]
    said.items = [Item("if", condition=condition), Item("act", act)]
    said.beside, said.unread, said.carries, said.cue = False, False, False, ""


def _condition(words: str, said: Said, share: Figure) -> Condition:
    """What is said of the share of cases: "wants something changed"."""
    told = next((item.condition for item in said.items if item.condition is not None and item.condition.p), None)
    if told is not None and told.span.end <= said.span.start + share.a:
        return told  # "if I find a mistake, about one in ten, …"
    a, b = said.span.start + share.a, said.span.start + share.b
    first = words[share.b :].lstrip(" ,:")
    text = first[: cut.start()] if (cut := _CUT.search(first)) else first.rstrip(". ")
    text = _COUNTED.sub("", f"of {text.strip()}" if words[share.a : share.b].endswith(" of") else text.strip())
    text = text.strip(" :")
    front = re.sub(r"^(?:quite |very |fairly )?(?:often|sometimes)\s+", "", words[: share.a].strip(), flags=re.I)
    if not text and (when := _WHEN.search(front)):
        text = when[1].strip()  # "notices when something is burnt, about one in twenty, and then …"
    if not text and "," in front:
        text = front.partition(",")[0]
    if not text:
        text = f"in {round(share.middle * 100):.0f} % of cases"
    return Condition(text, False, Span(start=a, end=b), content(text), p=share.middle)


_WHEN = re.compile(r"\b(?:when|if|whenever) ([^,;]+)[,;]\W*$", re.I)


def _known(verb: str, earlier: list[Act]) -> Act | None:
    """The step told last that is the same work: its verb, or what it makes is called after the verb."""
    base = stem(verb)
    named = [act for act in earlier if base in content(act.thing)]
    making = [act for act in named if act.verb in _MAKING]
    return next((act for act in reversed(earlier) if base == act.verb), None) or next(iter(making[-1:] or named), None)


_MAKING = classed("reading", "making")


def _by_doer(who: str, earlier: list[Act]) -> Act | None:
    """The last step of whoever starts over, or of anybody where "he" or "it" does."""
    words = {*who.lower().split()[-3:]}
    return next((act for act in reversed(earlier) if words & {*(act.role or "").split()}), None) or (
        earlier[-1] if words & _SOMEBODY else None
    )


_SOMEBODY = frozenset("he she they it everything we i".split())


def _made_before(earlier: list[Act]) -> Act | None:
    """What somebody judged comes back to whoever had it before."""
    judge = earlier[-1]
    if judge.verb not in CONTROL | REFUSE | {"approve", "decide"}:
        return None
    return next((act for act in _own_of_others(judge, earlier)), None)


def _own_of_others(judge: Act, earlier: list[Act]) -> Iterator[Act]:
    return (act for act in reversed(earlier) if act.role != judge.role)
