"""Notes in telegram style as sentences: "Duplicate → she links it", "Comments? The developer reworks it", "done".

Arrows, question marks and "=" that stand for "if … then" become the words; nothing else of a sentence changes, and
every word keeps its place in the text. Linear in the number of words.
"""

from __future__ import annotations

from assistant.english.forms import participle, singular, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.words.curt_conditions import in_full
from assistant.language.offline.words.groups import TOLD
from assistant.language.offline.words.shorthand_notes import by_turns, handed_over, topic
from assistant.language.offline.words.tagging import tagged
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import ADJECTIVES, SMALL, TITLES

MOST_WORDS = 10  # of a fragment that names a condition
_ARROWS = {"→", "⇒", "➔", "➜", "="}
_LANES = frozenset("track path stream strand lane branch line".split())
_OVER = frozenset("done finished over end closed stop finito".split())
_NEXT = frozenset("then next afterwards finally lastly".split())
_ASKING = classed("reading", "asking")
_LEADING = classed("reading", "leading")
_NO_PASSIVE = classed("reading", "no-passive")
_PEOPLE = TITLES | classed("reading", "kin")


def spelled_out(parts: list[Sentence], text: str) -> list[Sentence]:
    """The sentences with what telegram style leaves out put in."""
    done: list[Sentence] = []
    asked: Sentence | None = None
    way = -9  # where the last line of the kind "green, 85 % = …" stands
    for part in (in_full(track, text) for track in _tracks(parts)):
        if part.heading or part.row:
            done.append(part)
            continue
        pieces = _pieces(_plain(part))
        if len(pieces) == 1 and any(t.low == "=" for t in part.tokens) and pieces[0].tokens[0].low == "if":
            pieces = [_other_way(pieces[0])] if way == len(done) - 1 else pieces
            way = len(done)
        for piece in pieces:
            if asked is not None and _has_verb(piece.tokens):
                piece = _joined(asked, piece)
            elif asked is not None:
                done.append(asked)
            asked = None
            if text[piece.end - 1 : piece.end] == "?" and _is_fragment(piece.tokens):
                asked = piece
            else:
                done.append(piece)
    return [*done, asked] if asked is not None else done


def _other_way(part: Sentence) -> Sentence:
    """The second and later lines of a list of ways are alternatives to the first."""
    start = part.tokens[0].start
    return part._replace(tokens=[Token("otherwise", "otherwise", start, start), *part.tokens])


def _joins(before: Token, plus: Token) -> bool:
    """Whether a "+" stands between two things; that of "40+ minutes" belongs to the number."""
    return before.low[0].isalpha() or (before.low[0].isdigit() and before.end < plus.start)


def _plain(part: Sentence) -> Sentence:
    """Arrows as one token, "//" as a comma, "+" between words as "and", "its more" as "it's more"."""
    out: list[Token] = []
    tokens = part.tokens
    for i, token in enumerate(tokens):
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.low == ">" and out and out[-1].low in ("-", "–", "=", "→"):
            while out and out[-1].low in ("-", "–", "=", "→") and out[-1].end >= token.start - 2:
                out.pop()
            out.append(Token(token.text, "→", token.start, token.end))
        elif token.low == "=" and out and out[-1].low == "(":
            continue  # "accounts (= my brother)"
        elif token.low in _ARROWS:
            out.append(Token(token.text, "→", token.start, token.end))
        elif token.low == "/" and after is not None and after.low == "/":
            out.append(Token(",", ",", token.start, token.end))
        elif token.low == "/" and i and tokens[i - 1].low == "/":
            continue
        elif token.low == "+" and out and after is not None and after.low.isalpha() and _joins(out[-1], token):
            out.append(Token("and", "and", token.start, token.end))
        elif token.low == "its" and _stands_for_it_is(tokens, i):
            out.append(Token(token.text[:2], "it", token.start, token.end - 1))
            out.append(Token("s", "'s", token.end - 1, token.end))
        else:
            out.append(token)
    return _with_end(part._replace(tokens=out))


def _stands_for_it_is(tokens: list[Token], i: int) -> bool:
    """Whether "its" is "it's": "its more", "because its late"; not "its own oven", "in its new place"."""
    low = [token.low for token in tokens[i + 1 : i + 3]]
    if not low or (i and SMALL.get(tokens[i - 1].low) == "I"):
        return False
    whole = len(low) < 2 or not low[1].isalpha() or SMALL.get(low[1]) is not None
    return low[0] in ("more", "not", "a") or (low[0] in ADJECTIVES and whole)


def _with_end(part: Sentence) -> Sentence:
    """ ", done" and ", end of story" at the end say that the case ends: "that is it"."""
    tokens = part.tokens
    mark = next((i for i in range(len(tokens) - 1, max(0, len(tokens) - 6), -1) if tokens[i].low in (",", "-", "–")), 0)
    rest = [t.low for t in tokens[mark + 1 :]]
    if not mark or not rest or rest[0] not in _OVER or (len(rest) > 1 and rest[1] not in ("of", "here", "there")):
        return part
    first, last = tokens[mark + 1], tokens[-1]
    words = [Token("and", "and", first.start, first.start), Token("that", "that", first.start, first.start)]
    words += [Token("is", "is", first.start, first.start), Token("it", "it", first.start, last.end)]
    return part._replace(tokens=[*tokens[: mark + 1], *words])


def _pieces(part: Sentence) -> list[Sentence]:
    """A sentence cut at its arrows; "X → Y" with a bare X is "if X, Y"."""
    tokens = part.tokens
    at = next((i for i, t in enumerate(tokens) if t.low == "→"), None)
    if at is None:
        return [by_turns(_colon(_bare_participle(_passive(_then_done(topic(part))))))]
    left = part._replace(tokens=tokens[:at], end=tokens[at - 1].end) if at else None
    right = part._replace(tokens=tokens[at + 1 :], start=tokens[at + 1].start) if at + 1 < len(tokens) else None
    if left is None or right is None:
        return [piece for piece in (left, right) if piece is not None]
    if (handed := handed_over(left.tokens, right.tokens)) is not None:
        return _pieces(part._replace(tokens=handed))
    opens = left.tokens[0].low in ("if", "when", "in", "otherwise", "else")
    if opens or _is_fragment(left.tokens):
        return [_joined(left, right, opens)]
    return [_passive(left), *_pieces(right._replace(item=False))]


def _colon(part: Sentence) -> Sentence:
    """ "Roof too weak: the surveyor tells the customer" names a condition before the colon."""
    tokens = part.tokens
    at = next((i for i, t in enumerate(tokens[: MOST_WORDS + 6]) if t.low == ":"), 0)
    head = tokens[: next((i for i, t in enumerate(tokens[:at]) if t.low == ","), at)]
    if 0 < at <= 6 and not _has_verb(tokens[:at]) and (done := _doer(part, at)) is not None:
        return done
    if not 1 < len(head) <= 6 or _has_verb(head) or not _has_verb(tokens[at + 1 :]):
        return part
    bare = head[0].low in ("no", "not") or any(t.low == "too" for t in head)
    if not bare and tagged(_copies(head))[-1].tag != "A":
        return part
    if head[0].low in SMALL and head[0].low not in ("no", "not", "the", "a"):
        return part
    left = part._replace(tokens=tokens[:at])
    return _joined(left, part._replace(tokens=tokens[at + 1 :]))


def _doer(part: Sentence, at: int) -> Sentence | None:
    """ "Site visit by surveyor: measures the roof" and "Sales: phones the lead" name who does it before the colon."""
    tokens = part.tokens
    forms = verb_forms(tokens[at + 1].low) if at + 1 < len(tokens) else ()
    if not any(form.form == "s" for form in forms):
        return None
    by = next((i for i in range(at) if tokens[i].low == "by"), -1)
    return part._replace(tokens=[*tokens[by + 1 : at], *tokens[at + 1 :]])


def _tracks(parts: list[Sentence]) -> list[Sentence]:
    """ "Track A: …", "Track B: …" are done side by side."""
    done: list[Sentence] = []
    seen = False
    for part in parts:
        tokens = part.tokens
        label = len(tokens) > 3 and tokens[0].low in _LANES and len(tokens[1].low) == 1 and tokens[2].low == ":"
        if label:
            aside = Token("meanwhile", "meanwhile", tokens[0].start, tokens[0].start)
            part = part._replace(tokens=[aside, *tokens[3:]] if seen else tokens[3:])
            seen = True
        done.append(part)
    return done


def _passive(part: Sentence) -> Sentence:
    """ "Declaration transmitted to customs" leaves out "is"."""
    tokens = part.tokens
    if not 3 <= len(tokens) <= 24 or any(_is_finite(t) and t.form != "ed" for t in tagged(_copies(tokens))):
        return part
    for i in range(1, min(7, len(tokens) - 1)):
        forms = {form.form for form in verb_forms(tokens[i].low)}
        if not tokens[i - 1].low.isalpha() or (not tokens[i].low.endswith("ed") and "base" in forms):
            continue
        last = i + 1 == len(tokens) or SMALL.get(tokens[i + 1].low) in ("I", "T") or tokens[i + 1].low in ("to", "down")
        if "en" in forms and last and tokens[i - 1].low not in SMALL and tokens[i].low not in ADJECTIVES:
            if _did(tokens, i):
                return part
            be = Token("is", "is", tokens[i].start, tokens[i].start)
            return part._replace(tokens=[*tokens[:i], be, *tokens[i:]])
    return part


def _bare_participle(part: Sentence) -> Sentence:
    """ "Cleaned, bagged, out with the van" and "Printed overnight" leave out "it is"."""
    tokens = part.tokens
    if not tokens or len(tokens) > MOST_WORDS or tokens[0].low in _NO_PASSIVE or tokens[0].low in ADJECTIVES:
        return part
    forms = {form.form for form in verb_forms(tokens[0].low)}
    behind = tokens[1].low if len(tokens) > 1 else "."
    ends = not behind.isalpha() or SMALL.get(behind) in ("I", "C", "R")
    if "en" not in forms or "base" in forms or not ends or any(_is_finite(t) for t in tagged(_copies(tokens))):
        return part
    at = tokens[0].start
    return part._replace(tokens=[Token("it", "it", at, at), Token("is", "is", at, at), _lower(tokens[0]), *tokens[1:]])


def _then_done(part: Sentence) -> Sentence:
    """ "Then washed, then ironed, then Eva folds it": it is washed, and it is ironed."""
    told: list[Token] = []
    at, tokens = 0, part.tokens
    while at < len(tokens):
        cue = at + (tokens[at].low in ("and", "first"))
        low = [token.low for token in tokens[cue : cue + 3]]
        start = cue + (low[:1] != [] and low[0] in _NEXT) + 2 * (low[:2] == ["after", "that"])
        start += 3 * (low == ["in", "the", "end"])
        done = tokens[start] if start > at and start + 1 < len(tokens) else None
        ends = done is not None and tokens[start + 1].low in (",", "and")
        forms = {form.form for form in verb_forms(done.low)} if done is not None and ends else set()
        if done is None or "en" not in forms or "base" in forms or done.low in _NO_PASSIVE or done.low in ADJECTIVES:
            break
        told += [*tokens[at:start], *(Token(word, word, done.start, done.start) for word in ("it", "is")), done]
        told.append(tokens[start + 1])
        at = start + 2
    return part._replace(tokens=[*told, *tokens[at:]]) if told else part


def _did(tokens: list[Token], i: int) -> bool:
    """ "My mother sewed for the circus", "the lads found out": whoever has an article is told of in whole sentences,
    and people do what is told of them, unless they are told or paid something."""
    people = singular(tokens[i - 1].low) in _PEOPLE or tokens[i - 1].low in _PEOPLE
    told = {form.base for form in verb_forms(tokens[i].low)} & TOLD
    return people and not told and any(SMALL.get(t.low) == "D" for t in tokens[:i])


def _joined(asked: Sentence, answer: Sentence, opens: bool = False) -> Sentence:
    """A fragment and what is done then as one sentence: "if FRAGMENT, ANSWER"."""
    head = [_lower(t) for t in _stated([t for t in asked.tokens if t.low != "?"])]
    start = head[0].start
    tie = [] if opens else [Token("if", "if", start, start)]
    comma = Token(",", ",", head[-1].end, head[-1].end)
    low = list(answer.tokens)
    while low and low[0].low in (",", ":", ";", "-", "–", "then", "?"):
        low = low[1:]
    return answer._replace(tokens=[*tie, *head, comma, *low], start=asked.start, item=asked.item)


def _lower(token: Token) -> Token:
    """A word that opened a sentence, inside one: only its first letter was large."""
    small = token.low if token.text[:1].isupper() and token.text[1:].islower() else token.text
    return Token(small, token.low, token.start, token.end)


def _stated(head: list[Token]) -> list[Token]:
    """ "Fails" is "it fails", "those he turns down" is "it is turned down"."""
    while len(head) > 1 and head[0].low in ("and", "but", "so", ","):
        head = head[1:]
    if head[0].low in ("those", "these", "ones", "the") and (turned := _turned(head)):
        return turned
    forms = {form.form for form in verb_forms(head[0].low)} if len(head) < 4 else set()
    if "s" in forms and "base" not in forms and (len(head) == 1 or SMALL.get(head[1].low) in ("I", "X", "R")):
        return [Token("it", "it", head[0].start, head[0].start), *head]
    if head[0].low in ("does", "do", "is", "has") and len(head) > 1 and head[1].low in ("not", "n't"):
        return [Token("it", "it", head[0].start, head[0].start), *head]
    return head


def _turned(head: list[Token]) -> list[Token]:
    """ "(The) ones he turns down" as "it is turned down"; empty when it is something else."""
    at = next((i for i, t in enumerate(head) if t.low in ("he", "she", "they", "we", "i")), 0)
    if not at or at > 3 or at + 1 >= len(head):
        return []
    form = next((form for form in verb_forms(head[at + 1].low) if form.form in ("s", "base")), None)
    if form is None:
        return []
    it = Token("it", "it", head[0].start, head[0].start)
    verb, word = head[at + 1], participle(form.base)
    return [it, Token("is", "is", verb.start, verb.start), Token(word, word, verb.start, verb.end), *head[at + 2 :]]


def _is_fragment(tokens: list[Token]) -> bool:
    """Whether some words name a condition: few, no question word first, no whole clause unless very short."""
    words = [t for t in tokens if t.low[0].isalnum() or t.low == "n't"]
    if not words or len(words) > MOST_WORDS or words[0].low in _ASKING - {"no", "not"}:
        return words[:1] != [] and words[0].low in ("and", "but") and len(words) < 7 and _turned(words) != []
    if words[0].low in _LEADING and not (len(words) > 1 and words[1].low in ("not", "n't")):
        return False
    return len(words) <= 3 or not _has_verb(tokens) or bool(_turned(words)) or tokens[-1].low == "?"


def _has_verb(tokens: list[Token]) -> bool:
    """Whether a finite verb stands in the words."""
    return any(_is_finite(t) or t.form in ("ed", "en") for t in tagged(_copies(tokens)))


def _is_finite(token: Token) -> bool:
    return token.tag in ("B", "M", "H", "F") or (token.tag == "V" and token.form not in ("ing", "en"))


def _copies(tokens: list[Token]) -> list[Token]:
    return [Token(t.text, t.low, t.start, t.end) for t in tokens]
