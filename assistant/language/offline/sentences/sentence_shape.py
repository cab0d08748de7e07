"""The shape of a sentence: its opening cue, asides, prefaces such as "oh, and I forgot", and trailing conditions."""

from __future__ import annotations

import re

from assistant.english.forms import is_nounish, is_plural, third_person, verb_forms
from assistant.english.tables import pairs
from assistant.language.figures.numbers import value_of
from assistant.language.offline.sentences.clauses import Clause
from assistant.language.offline.sentences.statements import Said
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import REFUSE, SMALL

CUE = pairs("cues")
"""Single words that say how steps hang together."""


_OPENS = re.compile(r"(?:and |but )?(?:the )?(?:very )?(?:first thing|beginning|start)(?: of (?:it )?all)? is\b")


def opens_the_work(tokens: list[Token]) -> bool:
    """ "The very beginning is that …": told late, done first."""
    return _OPENS.match(" ".join(t.low for t in tokens[:7])) is not None


_ANNOUNCED = 12
"""Words before the colon of what is to be told."""


def without_preface(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Without "Oh, and I forgot to say:" and "How a removal runs with us:"; says whether it had been forgotten."""
    colon = next((i for i, token in enumerate(tokens[:_ANNOUNCED]) if token.low == ":"), 0)
    if colon and "how" in [token.low for token in tokens[: min(3, colon)]] and colon + 1 < len(tokens):
        tokens = tokens[colon + 1 :]
    for place, token in enumerate(tokens[:8]):
        left_out = token.low in ("left", "leave") and place + 1 < len(tokens) and tokens[place + 1].low == "out"
        if (
            token.low in ("forgot", "forgotten", "mentioned")
            or left_out
            or (token.low == "mention" and "should" in [t.low for t in tokens[:place]])
        ):
            stop = place + 1 + left_out
            while stop < min(len(tokens), place + 5) and tokens[stop].low in (
                "to",
                "say",
                "mention",
                "tell",
                "you",
                "add",
                "that",
                ":",
                ",",
                "-",
                "–",
                "—",
                "this",
                "one",
            ):
                stop += 1
            return tokens[stop:], True
    return tokens, False


def without_speaker(tokens: list[Token]) -> list[Token]:
    """Without the letter of who speaks in a dialogue: "Q: …", "C: …"."""
    spoken = len(tokens) > 2 and tokens[1].low == ":" and len(tokens[0].text) == 1 and tokens[0].text.isupper()
    return tokens[2:] if spoken else tokens


def main_follows(found: list[Clause], clause: Clause) -> bool:
    """Whether a main clause with a comma before it comes after this subordinate one."""
    return any(
        c.kind == "main" and (c.tie(",") or c.tie("R") or (c.subject is not None and not c.shared))
        for c in found[found.index(clause) + 1 :]
    )


def cue(tokens: list[Token], found: list[Clause]) -> str:
    """The marker a sentence opens with; also one that stands with its first verb ("the clerk then …")."""
    for token in tokens[:5]:
        meaning = CUE.get(token.meaning or token.low, "") if token.tag in ("R", "C") else ""
        if meaning and not (token.tag == "C" and token is not tokens[0]):
            return meaning
        if token.tag in ("S", "B", "V", "M", "H"):
            break
    if found:
        for token in found[0].ties + found[0].adverbs:
            meaning = CUE.get(token.meaning or token.low, "")
            if meaning and token.tag == "R" and found[0].kind == "main":
                return meaning
    return ""


_BEFORE_INVERSION = frozenset("then now there afterwards".split())
_CLAUSE_OPENERS = frozenset("when once after if until before".split())


def without_inversion(tokens: list[Token]) -> list[Token]:
    """ "Only then does the teacher check …" is "only then the teacher checks …"; so is "only when the list is full
    does …"."""
    first = next((i for i, token in enumerate(tokens) if token.low not in ("and", "but")), 0)
    doer = SMALL.get(tokens[first + 1].low) if len(tokens) > first + 4 else None
    if tokens[first : first + 1] and tokens[first].low == "should" and doer in ("P", "D"):
        opener = Token("if", "if", tokens[first].start, tokens[first].end)
        return [*tokens[:first], opener, *_of_one(tokens[first + 1 :])]  # "Should he find a knife, he …"
    behind_clause = [t.low for t in tokens[first : first + 1]] in (["only"], ["not"]) and any(
        t.low in _CLAUSE_OPENERS for t in tokens[first + 1 : first + 2]
    )
    for i in range(1, min(20 if behind_clause else 6, len(tokens) - 2)):
        modal = SMALL.get(tokens[i].low) == "M"  # "only then may dispatch change the plan"
        here = tokens[i - 1].low in _BEFORE_INVERSION or (behind_clause and i > first + 3)
        if not (modal or tokens[i].low in ("does", "do", "did")) or not here:
            continue
        for j in range(i + 2, min(i + 8, len(tokens))):
            word = tokens[j]
            if SMALL.get(word.low) or not any(form.form == "base" for form in verb_forms(word.low)):
                continue
            if j + 1 < len(tokens) and is_nounish(word.low) and SMALL.get(tokens[j + 1].low) in (None, "M", "B", "H"):
                continue
            if modal and j == i + 2 and SMALL.get(tokens[i + 1].low):
                break
            comma = [Token(",", ",", tokens[i].start, tokens[i].start)] if behind_clause and i > first + 3 else []
            if modal:
                return [*tokens[:i], *comma, *tokens[i + 1 : j], tokens[i], *tokens[j:]]
            told = word.low if tokens[i].low == "do" else third_person(word.low)
            return [*tokens[:i], *comma, *tokens[i + 1 : j], Token(told, told, word.start, word.end), *tokens[j + 1 :]]
    return tokens


def _of_one(tokens: list[Token]) -> list[Token]:
    """ "He find a knife" with the verb as one person has it."""
    for at, token in enumerate(tokens[1:6], 1):
        if token.low == "be" or (SMALL.get(token.low) is None and any(f.form == "base" for f in verb_forms(token.low))):
            several = tokens[at - 1].low in ("they", "you", "we", "i") or is_plural(tokens[at - 1].low)
            told = ("are" if several else "is") if token.low == "be" else third_person(token.low)
            one = token if several and token.low != "be" else Token(told, told, token.start, token.end)
            return [*tokens[:at], one, *tokens[at + 1 :]]
    return tokens


_OPENING, _CLOSING = frozenset('"“„«'), frozenset('"”“»')


def without_speech(tokens: list[Token]) -> list[Token]:
    """Without what somebody is quoted as saying: `Hansen: "by then they have bought it themselves"`."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        close = None
        if tokens[i].low in _OPENING and (not out or out[-1].low in (":", ",")):
            close = next((j for j in range(i + 1, len(tokens)) if tokens[j].low in _CLOSING), None)
        if close is not None and close - i > 4 and any(_verblike(t) for t in tokens[i:close]):
            i = close + 1
            continue
        out.append(tokens[i])
        i += 1
    return out


def _verblike(token: Token) -> bool:
    return SMALL.get(token.low) in ("B", "M", "H", "F", "P")


def without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens without bracketed asides; "(by …)" stays, without its brackets."""
    if not any(t.low in ("(", "[") for t in tokens):
        return tokens
    out: list[Token] = []
    depth, keep = 0, False
    for place, token in enumerate(tokens):
        if token.low in ("(", "["):
            depth += 1
            keep = place + 1 < len(tokens) and tokens[place + 1].low == "by"
        elif token.low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 or keep:
            out.append(token)
    return out or tokens


def without_appositions(tokens: list[Token]) -> list[Token]:
    """ "Ines, our librarian, checks …" is "Ines checks …", and so is "the fitter, that is Ove, drives": what stands
    between subject and verb goes."""
    for i in range(1, len(tokens) - 4):
        if us := _of_us(tokens, i):
            return [*tokens[:i], *tokens[us:]]
        if i > 6 and not tokens[i - 1].text[:1].isupper():
            continue
        called = [t.low for t in tokens[i + 1 : i + 3]] in (["that", "is"], ["that", "'s"])
        if named := _by_name(tokens, i):
            return [*tokens[i + 1 : i + 2], *tokens[named:]]
        if counted := _we_have(tokens, i) or _who_it_is(tokens, i):
            return [*tokens[:i], *tokens[counted:]]
        articles = ("our", "the", "my", "their", "a", "an", "one")
        counts = value_of(tokens[i + 1].low) is not None or tokens[i + 1].low in ("mostly", "mainly")
        if tokens[i].low != "," or not (called or counts or tokens[i + 1].low in articles):
            continue
        most = i + (12 if called else 8)
        stop = next((j for j in range(i + 2, min(most, len(tokens) - 1)) if tokens[j].low == ","), None)
        between = tokens[i + 1 + 2 * called : stop] if stop else []
        ahead = tokens[:i] if i < 7 else tokens[i - 1 : i]
        if not stop or any(SMALL.get(t.low) in ("B", "M", "H", "F", "C", "S", "P") for t in [*ahead, *between]):
            if i < 7:
                return tokens
            continue
        following = tokens[stop + 1].low
        verb = SMALL.get(following) in ("B", "M", "H") or any(
            form.form in ("s", "ed") for form in verb_forms(following)
        )
        if verb and not any(verb_forms(t.low) and not is_nounish(t.low) for t in ahead):
            return [*tokens[:i], *tokens[stop + 1 :]]
    return tokens


def _of_us(tokens: list[Token], i: int) -> int | None:
    """ "The three of us, my sister, Petra who helps out and me, make the bouquets": where the sentence goes on."""
    if tokens[i].low != "," or [t.low for t in tokens[i - 2 : i]] != ["of", "us"]:
        return None
    ends = (j for j in range(i + 2, min(i + 18, len(tokens) - 1)) if tokens[j].low == ",")
    return next((j + 1 for j in ends if any(f.form == "base" for f in verb_forms(tokens[j + 1].low))), None)


def _by_name(tokens: list[Token], i: int) -> int | None:
    """ "The first, Kari, tests the axle": where the sentence goes on behind the name, which says more than a number."""
    name, comma = tokens[i + 1], tokens[i + 2]
    ordinal = [t.low for t in tokens[:i]][-1:] in (["first"], ["second"], ["third"], ["one"], ["other"])
    if tokens[i].low != "," or comma.low != "," or not ordinal or not name.text.istitle() or name.low in SMALL:
        return None
    return i + 3 if any(form.form in ("s", "ed") for form in verb_forms(tokens[i + 3].low)) else None


def _who_it_is(tokens: list[Token], i: int) -> int | None:
    """ "Then Werner, he's the treasurer, types them": where the sentence goes on behind who it is."""
    if tokens[i].low != "," or tokens[i + 1].low not in ("he", "she") or tokens[i + 2].low not in ("is", "'s"):
        return None
    stop = next((j for j in range(i + 3, min(i + 10, len(tokens) - 1)) if tokens[j].low == ","), None)
    verb = stop is not None and any(form.form in ("s", "ed") for form in verb_forms(tokens[stop + 1].low))
    return stop + 1 if stop is not None and verb else None


def _we_have(tokens: list[Token], i: int) -> int | None:
    """ "A surveyor, we have two of them, drives out": where the sentence goes on behind such an aside."""
    there = [t.low for t in tokens[i + 1 : i + 3]]
    if tokens[i].low != "," or there not in (["we", "have"], ["there", "are"], ["there", "'s"], ["there", "is"]):
        return None
    stop = next((j for j in range(i + 3, min(i + 8, len(tokens) - 1)) if tokens[j].low == ","), None)
    verb = stop is not None and any(form.form in ("s", "ed") for form in verb_forms(tokens[stop + 1].low))
    return stop + 1 if stop is not None and verb else None


def reorder(said: Said) -> None:
    """What holds comes before what is done: trailing "if" and "when" go to the front of the actions they follow."""
    items = said.items
    for place, item in enumerate(items):
        if item.kind in ("if", "when") and item.trailing:
            start = place
            while start > 0 and items[start - 1].kind in ("act", "back", "end", "wait"):
                start -= 1
            items.insert(start, items.pop(place))
    for place, item in enumerate(items):
        following = items[place + 1 : place + 2]
        if (
            item.kind == "end"
            and following
            and following[0].kind == "act"
            and following[0].act
            and following[0].act.verb not in REFUSE
        ):
            items.append(items.pop(place))
            break
    after = [item for item in items if item.target == "after" and item.kind == "act"]
    if after:
        said.items = [item for item in items if item not in after] + after
