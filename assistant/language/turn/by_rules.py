"""One reading of a turn by rules: what is said to the program is told apart from what tells how the work runs."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.english.tables import any_of, classed, patterns, worded
from assistant.language.change.mention import alike, content
from assistant.language.figures.hours import away_on_days, done_on_days, there_on_days
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figures_in
from assistant.language.offline.amounts.so_often import SO_OFTEN
from assistant.language.offline.words.put_right_at_once import figures_put_right
from assistant.language.turn.act import likelihoods
from assistant.language.turn.asked import of_program, order_meant, plainly_asked, question_meant
from assistant.language.turn.asked_back import (
    ASKING,
    is_foreign,
    meant_instead,
    names_work,
    put_plainly,
    spoken_words,
    turned_round,
)
from assistant.language.turn.asking import FORM, TAG, about, asks
from assistant.language.turn.intent import (
    GOES_ON,
    asks_what_to_say,
    looks_like_a_correction,
    looks_like_a_request,
    unknown,
    without_lead,
)
from assistant.language.turn.kinds import (
    About,
    Answers,
    Chitchat,
    Command,
    Context,
    Correction,
    Decision,
    Question,
    Request,
    Story,
    Turn,
    Unclear,
)
from assistant.language.turn.orders import decision_in, order_in
from assistant.language.turn.plain_sentences import caused, does_work, told_under
from assistant.language.turn.short_questions import short_question
from assistant.language.turn.told_straight import does_it_oneself, left_alone, told_straight
from assistant.language.turn.what_is_meant import command_meant, decision_meant

SOCIAL = classed("said", "social")
TO_THE_PROGRAM = re.compile(
    rf"^\W*(?:(?:ok|okay|so|well|sorry|and|but)\b[\s,]*)*(?:{worded('to-the-program')})", re.IGNORECASE
)
AGREES = re.compile(worded("by-rules-agrees"), re.IGNORECASE)
YOUR_TURN = re.compile(r"^\W*(?:you (?:tell me|decide|choose)|surprise me|your turn|what do you think)\W*$", re.I)
FAIR = (
    r"(?:bad|good|terrible|awful|mess|nightmare|chaos|slow|happy|unhappy|fed up|annoy\w+|frustrat\w+|"
    r"angry|tired|hopeless|crazy|hectic|stress\w*|rush\w*|pain\w*|headache|chaotic|ridiculous|joke|disaster|tedious|"
    r"boring|horrible|exhausting|impossible|unbearable|zoo|circus|struggle|hassle)"
)
FEELING = re.compile(
    rf"^[^,;]*\b(?:its|it|this|that|everything|everybody|everyone|nobody|(?:the|my|our) (?:people|staff|team|"
    rf"customers?|boss)\b[\w ]*?)(?:'s|'re|(?<=its)|\s+(?:is|are|was|were|gets?))\s+(?:\w+\s+){{0,4}}?{FAIR}\b[^,;]*$",
    re.IGNORECASE,
)
WISH = re.compile(worded("by-rules-wish"), re.IGNORECASE)
KIN = f"(?:{worded('kin')})"
ELSEWHERE = re.compile(worded("said-of-others"), re.IGNORECASE)
"""What others do or say, elsewhere or long ago: nothing that is done in this work."""
NOT_OURS = patterns("none-of-our-business")
"""`Photos are none of our business, couples bring their own photographer.`"""
OF_FAMILY = re.compile(rf"^\W*my (?P<who>{KIN})\b", re.IGNORECASE)
OWN_PLANS = re.compile(
    r"^\W*i(?:'ll| will| must| need to| have to| should| am going to|'m going to)\b(?:"
    r".*\b(?:ask|check|find out|look (?:it|that) up|talk to|speak (?:to|with)|call|get back)\b"
    r".*\b(?:tomorrow|tonight|later|next week|first|on (?:mon|tues|wednes|thurs|fri)day)\b|"
    rf".*\bmy (?:{KIN}|dog|car|train|bus|flight|dentist|doctor|lunch)\b)",
    re.IGNORECASE,
)
HEDGED = re.compile(rf"^\W*(?:{worded('in-thought')})", re.IGNORECASE)
"""What somebody plays with in thought: no order and nothing that is done."""
THEN = re.compile(worded("by-rules-then"), re.IGNORECASE)
ECHO = re.compile(
    r"^(?P<old>[^?!.;]{2,60})\?+\s+(?P<new>(?:i wish|if only|as if|you wish|hardly|ha|no|nah|nope|rather|"
    r"more like|make (?:it|that)|it'?s|that'?s|say|not|well|"
    r"never|i'd say|\w+ it)\b[^?]*)$",
    re.IGNORECASE,
)
"""`reviewing an hour? rather two`: what was understood is said back and put right."""
GUESS = re.compile(
    r"^\W*(?:dunno|(?:i )?(?:don'?t|do not) know|(?:i'?m )?not sure|no idea|hm+|hard to say|difficult)\W+"
    r"(?:maybe |perhaps |about |say )?(?P<n>[\w.,%]+(?: \w+){0,3})\s*\?*\W*$",
    re.IGNORECASE,
)
COMMENTS = re.compile(worded("by-rules-comments"), re.IGNORECASE)
"""How a sentence begins that only says why the one before it was asked."""
MORE_LIKE = re.compile(worded("more-like"), re.IGNORECASE)
WITHDRAWN = re.compile(worded("by-rules-withdrawn"), re.IGNORECASE)
"""Said behind something else, this takes it back at once."""
NO_MORE = re.compile(r"\b(?:any ?more|any longer|no longer)\b", re.IGNORECASE)
"""Of work that is done no more: `we don't post it any more, forget it`."""
PROPOSED = re.compile(r"^\W*(?:why not|why don'?t|can (?:you|we)|could (?:you|we)|would you)\b", re.I)  # asks for it
CLEFT = re.compile(r"^\W*(?:it's|it is|that's)\b.+\bwho\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
WOULD_YOU = re.compile(
    r"(?:^|[,;–-]\s+)(?P<do>[a-z]+ [^,;]+?),? (?:will|would|can|could) (?:you|ya|u)\W*$", re.IGNORECASE
)
"""An order with the asking behind it: `shave something off the brushing, will you`."""
ASKED_OF_YOU = re.compile(worded("asked-of-you"), re.IGNORECASE)
AND = re.compile(r"(?<=[a-z])\s+(?:n|'n'|n')\s+(?=[a-z])")
PRONOUNS = frozenset("he she they it".split())
LABELLED = re.compile(r"\W*\d{1,2}\s*[:)]")
"""An answer with the number of its question."""
OF_ONESELF = frozenset(
    "i me my you your yours mine im ive thx thanks thank bye hello hi hey morning evening omg lol".split()
)
ON_TOP = re.compile(
    r"^\W*(?:(?:about|around|roughly|maybe|say|just|another|only|make (?:it|that))\b\s*)*"
    rf"(?:[\d.,]+|an?|half an?|{COUNT_WORD}|a few|some)"
    r"(?: \w+){0,2} (?:more|longer|less|extra|fewer|shorter|on top)\W*$",
    re.IGNORECASE,
)
"""A figure that adds to one which is not named."""
ASKS_BEHIND = re.compile(rf"^\W*(?:say|make|set|put)\b.*,\s*{any_of('asks-behind')}\b[^,]*\?\W*$", re.IGNORECASE)
"""Something put as given, with a question behind it: `say 90 came instead of 70, who would be the first to sink?`"""
CALLS_FOR_HELP = re.compile(
    r"\w[^?]{20,}(?:\.{2,}|…|[.!;,–-])\s*(?:please |pls )?help(?: me| us)?(?: please| pls)?\W*$", re.I
)
"""`a week on the shelf before anybody touches it... help`: a sigh that asks what hurts, and no figure to write."""
LONG = 400
SURE, WISHED, DOUBTFUL, CERTAIN = 0.6, 0.5, 0.4, 0.75
"""From which share on an act is taken as one, and a wish as one; below which share of work a turn is none; and from
which share on words that speak of the work are talk all the same."""


def read_turn(words: str, context: Context) -> Turn:
    """What a turn is. Sentences to the program beside a story are left out of it, and named in `left`.

    What hardly sounds like work is asked about, whichever wording it was read by.
    """
    words = words if context.empty else figures_put_right(words)
    turn = _nearest(_turn(words, context), context)
    if not isinstance(turn, Correction) or context.empty or _figures(words):
        return turn
    shares = likelihoods(words, context)
    return turn if shares["work"] + shares["request"] >= DOUBTFUL else _unsure(turn)


def _nearest(turn: Turn, context: Context) -> Turn:
    """A question by what people have asked; a command among words that no wording knows."""
    if context.empty:
        return turn
    if isinstance(turn, Question):
        return question_meant(turn.words, turn.about)
    if isinstance(turn, Chitchat) and not turn.foreign and not _social(turn.words):
        return Chitchat(turn.words, of_program=of_program(turn.words))
    if isinstance(turn, Unclear | Request) and not names_work(turn.words, context):
        measured = any(figure.kind != "number" and not figure.vague for figure in figures_in(turn.words))
        order = None if measured else order_meant(turn.words, likelihoods(turn.words, context)["command"])
        return order or turn
    return turn


def _turn(words: str, context: Context) -> Turn:
    if left_alone(words):
        return Chitchat(words)
    words = told_straight(words, context)
    meant = "" if context.empty else meant_instead(words) or (words if does_it_oneself(words, context) else "")
    if meant:
        return Correction(meant)
    if (guessed := GUESS.match(words)) and figures_in(guessed["n"]):
        return Story(f"maybe {guessed['n']}")
    if (
        (echo := ECHO.match(words.strip()))
        and not (FORM.match(echo["old"]) or ASKING.match(echo["old"]))
        and not context.empty
    ):
        new = without_lead(echo["new"])
        if turned := turned_round(echo["old"], new):
            return Correction(turned)
        new = new if CLEFT.match(new) else MORE_LIKE.sub("", new)
        if figures_in(new) and not figures_in(echo["old"]):
            return Correction(f"{echo['old']}: {new}")
        if any(_same(echo["old"], name) for name in context.roles):  # `Rosa? No, the cook orders it`
            return Correction(f"{new.rstrip(' .!')}, not {echo['old']}")
        return Correction(f"{echo['old']} is wrong: {echo['new']}")
    if WITHDRAWN.search(words) and not NO_MORE.search(words) and order_in(words) is None:
        return Chitchat(words)
    words = AND.sub(" and ", words)
    words = put_plainly(words, context)
    sentences = SENTENCE.split(words.strip())
    whole = _read(words.strip(), context)
    if len(sentences) == 1 or not isinstance(whole, Story):
        return whole
    turns = [(sentence, _read(sentence, context)) for sentence in sentences]
    told = [sentence for sentence, turn in turns if not _stands_beside(sentence, turn)]
    if not told:
        return next((turn for _, turn in turns if isinstance(turn, Question)), turns[0][1])
    asked = next((turn for _, turn in turns if isinstance(turn, Question | Request)), None)
    if asked is not None and isinstance(turns[0][1], Question | Request) and all(map(COMMENTS.match, told)):
        return asked
    left = tuple(sentence for sentence, turn in turns if _stands_beside(sentence, turn))
    return Story(" ".join(told), left) if left else whole


def _stands_beside(sentence: str, turn: Turn) -> bool:
    """Whether a sentence among others that tell is none of the telling. Weights alone make no question of it: `When all
    is there, Maria checks the credit.` is as much telling as what stands around it."""
    return isinstance(turn, Chitchat) or (
        isinstance(turn, Question) and (sentence.rstrip().endswith("?") or asks(sentence))
    )


def _read(words: str, context: Context) -> Turn:
    if len(words) > LONG:
        return Story(words)
    by_wording = _to_the_program(words, context) or _about_the_work(words, context)
    if (away := away_on_days(words)) and away[0].lower() in PRONOUNS:
        return Unclear(words)  # who is away is not said
    if (there_on_days(words) or done_on_days(words)) and isinstance(by_wording, Story | Correction | Chitchat):
        return Story(words)
    told = context.empty or (context.in_pieces and isinstance(by_wording, Story))
    if told or LABELLED.match(words) or not isinstance(by_wording, Story | Correction | Question | Request):
        return by_wording
    return _by_cues(words, context, by_wording)


def _by_cues(words: str, context: Context, by_wording: Turn) -> Turn:
    """What no fixed wording told for certain, by the weights of its cues; in doubt it stays as it was read."""
    shares = likelihoods(words, context)
    act, working = max(shares, key=lambda name: shares[name]), shares["work"] + shares["request"]
    if isinstance(by_wording, Request):
        ordered = act == "command" and not names_work(words, context)
        return (command_meant(words) or by_wording) if ordered else by_wording
    if isinstance(by_wording, Question) and plainly_asked(words, by_wording.about):
        return by_wording
    if isinstance(by_wording, Question):
        asked_of_you = ASKED_OF_YOU.match(words) is not None
        ordered = shares["command"] >= (DOUBTFUL / 2 if asked_of_you else SURE)
        return (command_meant(words) or by_wording) if ordered else by_wording
    if act == "decision" or (context.offered and shares["decision"] >= DOUBTFUL):
        decision = decision_meant(words, context.offered)
        refused = context.offered and shares["decision"] >= SURE and not names_work(words, context)
        if decision is None and refused and isinstance(by_wording, Correction):
            return Decision((), (), words)  # `no, never again`: of what is on offer, which one is asked
        return decision if decision and (context.offered or shares["decision"] >= SURE) else by_wording
    if act == "request" and shares[act] >= (CERTAIN if _figures(words) else WISHED):
        return Request(words)
    if working >= DOUBTFUL or ((len(words.split()) <= 4 and bool(figures_in(words))) and shares["command"] < CERTAIN):
        return by_wording
    goes_on = GOES_ON.match(words) or does_work(words)
    if SO_OFTEN.match(words) or (working >= DOUBTFUL / 2 and goes_on):
        return by_wording
    if act == "command":
        return command_meant(words) or Unclear(words)
    if act == "question" and not told_under(words, context.roles):
        return Question(words, about(words))
    if shares[act] < CERTAIN and (names_work(words, context) or _figures(words)):
        return _unsure(by_wording)  # it speaks of the work: what is read of it is asked about
    decided = decision_meant(words, context.offered) if context.offered else None  # `thanks, but none of them for us`
    return decided or (Chitchat(words) if _in_passing(words, context) else Unclear(words))


def _unsure(turn: Turn) -> Turn:
    """A turn that is read, but asked about before anything of it is written."""
    return replace(turn, unsure=True) if isinstance(turn, Story | Correction) else turn


def _figures(words: str) -> bool:
    return any(not figure.vague for figure in figures_in(words))


def _in_passing(words: str, context: Context) -> bool:
    """Whether words that are no work speak of the speaker or to the program, and of nothing of the process."""
    own = set(spoken_words(words)) & OF_ONESELF
    return bool(own) and not names_work(words, context) and not FEELING.match(words)


def _to_the_program(words: str, context: Context) -> Turn | None:
    if not context.empty and (topic := short_question(words)):
        return Question(words, topic)
    if asks(words) and about(words) in (About.RIGHT, About.HURTS, About.TURNS):
        return Question(words, about(words))
    if CALLS_FOR_HELP.search(words) and not context.empty:
        return Question(words, About.HURTS)
    if is_foreign(words):
        return Chitchat(words, foreign=True)
    if asks_what_to_say(words):
        return Command("help")
    if unknown(words):
        return Answers(words)
    if decision := decision_in(words, context.offered):
        return decision
    if order := order_in(words):
        return order
    if OWN_PLANS.match(words) or TO_THE_PROGRAM.match(words) or _social(words) or AGREES.match(words):
        return Chitchat(words)
    if (
        ON_TOP.match(words)
        or YOUR_TURN.match(words)
        or WISH.match(words)
        or FEELING.match(words)
        or _elsewhere(words, context)
        or _not_ours(words, context)
    ):
        return Unclear(words)
    return None


def _not_ours(words: str, context: Context) -> bool:
    """Whether words say of something that no step is about that it is no work of theirs."""
    found = next((match for pattern in NOT_OURS if (match := pattern.match(words))), None)
    said = content(found["thing"]) if found else []
    return bool(said) and not any(
        alike(word, part) for word in said for step in context.steps for part in content(step)
    )


def _elsewhere(words: str, context: Context) -> bool:
    """Whether words say what others do; whoever of the family works here, or does a thing of the work, is none."""
    family = OF_FAMILY.match(words)
    known = family and any(family["who"].lower() in name.lower().split() for name in context.roles)
    here = known or (family and does_work(f"he {words[family.end() :].strip()}"))
    return not here and ELSEWHERE.match(words) is not None


def _about_the_work(words: str, context: Context) -> Turn:
    if looks_like_a_request(words) and not context.empty and not ASKS_BEHIND.search(words):
        return Request(words)
    only_asks = words.rstrip().endswith("?") and not PROPOSED.match(words)
    if not context.empty and not only_asks and caused(words, context.roles):
        return Request(words)
    if (asked := WOULD_YOU.search(words)) and not context.empty:
        return Request(asked["do"])
    if asks(words) or ASKS_BEHIND.search(words):
        return Question(words, about(words))
    if looks_like_a_correction(words) and not context.empty:
        return Correction(words)
    if HEDGED.match(words) and THEN.search(words):
        return Question(words, About.WHAT_IF)
    if HEDGED.match(words):
        return Unclear(words)
    return Story(TAG.sub(".", words) if words.rstrip().endswith("?") else words)


def _same(words: str, name: str) -> bool:
    return re.sub(r"^(?:the|our)\s+", "", words.strip().lower()) == name.lower()


def _social(words: str) -> bool:
    said = spoken_words(words)
    return (
        bool(said)
        and set(said) <= SOCIAL
        and not re.search(r"\d", words)
        and words.lower().strip(" .!") not in ("yes", "no")
    )
