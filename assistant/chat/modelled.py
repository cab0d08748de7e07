"""A turn as a language model read it, turned into the right step of the session and one reply.

What a model names is looked up in closed lists: edits that fit, questions with computed answers, commands of ours. The
words it writes itself are shown only where they hold no figure that was not computed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.chat.answering import left_open, still_asked
from assistant.chat.answers import answer_edits
from assistant.chat.asking import asked_about
from assistant.chat.deciding import decided
from assistant.chat.reply import Reply
from assistant.chat.sentences import COULD, GO_ON, OVER
from assistant.chat.telling import short
from assistant.chat.versions import about_versions, of_today
from assistant.chat.what_stays import all_the_same
from assistant.errors import EditRefused, ServiceError, UsageError
from assistant.language.changing import Option
from assistant.language.figures.reading import numbers_in
from assistant.language.turn.kinds import About
from assistant.process.apply import apply
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.projects.journal import Said

if TYPE_CHECKING:
    from assistant.language.turn.by_model import Around, ModelTurn
    from assistant.language.turn.model_reply import Decided
    from assistant.redesign.shapes import Proposal

LONG = 1500
"""Longer words are a story of their own: they are read together with what was told before."""
SHOWN_AS = {
    "told": "story", "correction": "correction", "answer": "answer", "request": "request", "question": "question",
    "decision": "decision", "order": "command", "talk": "chitchat", "unclear": "unclear",
}  # fmt: skip
NOT_KNOWN = re.compile(r"\b(?:not known|unknown|don'?t know|no idea|nobody (?:knows|measures))\b", re.IGNORECASE)
SAME = "That is how I have it already. Nothing was changed."
FINE = "That is fine: I go on with typical figures and mark them as such."
PLAIN = frozenset(
    {About.SAID, About.CHANGED, About.TURNS, About.UNREAD, About.WORD, About.READY, About.MEASURE, About.DECIDED}
)
"""What is answered by a list as it stands: wording it anew would add nothing."""
MOST_NEW = 12
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def modelled(talk: Any, words: str) -> Reply | None:
    """The reply to a turn that a model reads; None without a model, at the very beginning, and for a long story.

    Raises the ServiceError family: the words are kept then.
    """
    session = talk.session
    if session.empty or len(words) > LONG or not session.reads_by_model:
        return None
    turn = session.understand(words, around(talk))
    return _replied(talk, words, turn)


def around(talk: Any) -> Around:
    """What a turn is read against: the last words, what was answered, open questions and what is on offer."""
    from assistant.language.turn.by_model import Around

    session = talk.session
    entries = (entry for entry in session.state.entries[-40:] if isinstance(entry.what, Said))
    said = {entry.turn: entry.what.text for entry in entries}  # heard as talk first, then as what they were read as
    talk.asked, today = (*(asked := still_asked(talk)), *left_open(talk, asked)), session.today()
    return Around(
        tuple(list(said.values())[-3:]),
        talk.answered_last,
        tuple(question.text for question in talk.asked),
        _offered(session.state.decided, session.numbers()),
        tuple(in_words(today, diff(today, session.process))[:MOST_NEW]),
    )


def _offered(decided: Mapping[str, str], numbers: Mapping[int, Proposal]) -> tuple[str, ...]:
    """What is on offer, each at its number; at the number of one that is gone that it is."""
    return tuple(
        _on_offer(decided, numbers[number]) if number in numbers else "(no longer on offer)"
        for number in range(1, max(numbers, default=0) + 1)
    )


def _on_offer(decided: Mapping[str, str], proposal: Proposal) -> str:
    """A proposal's title, with what was decided on it: a list keeps its numbers while it is decided on."""
    made = decided.get(proposal.id)
    return f"{proposal.title} ({'turned down' if made == 'rejected' else 'taken over'})" if made else proposal.title


def _replied(talk: Any, words: str, turn: ModelTurn) -> Reply:
    """The replies to all that a turn holds, as one: what changed first, then decisions, orders and answers."""
    read, before = turn.read, talk.session.process
    replies: list[Reply] = []
    if turn.edits or read.answers or read.left or read.question or read.same:
        replies.append(_changing(talk, words, turn))
    if read.decided is not None:
        made = read.decided
        named = made.accept or made.reject or made.later
        reason = made.reason or ("" if named else words)
        replies.append(_decided(talk, replace(made, reason=reason)))
    if read.order is not None:
        replies.append(_ordered(talk, *read.order))
    replies += _answered(talk, words, turn)
    if not replies:
        say = read.say if read.say and not NUMBER.search(read.say) else GO_ON
        replies.append(Reply((say,) if "talk" in read.kinds else (_not_sure(words), *COULD)))
    if read.asked or talk.session.process == before:
        talk.session.account(turn, next((line for line in replies[-1].lines if line), "Nothing was changed."))
    shown = (SHOWN_AS[kind] for kind in read.kinds)
    kinds = tuple(dict.fromkeys((*shown, *(kind for reply in replies for kind in reply.kinds))))
    lines = [line for number, reply in enumerate(replies) for line in (("",) if number else ()) + reply.lines]
    questions = next((reply.questions for reply in reversed(replies) if reply.questions), ())
    facts = tuple(fact for reply in replies for fact in reply.facts)
    return Reply(tuple(lines), questions, any(reply.leaving for reply in replies), kinds[:3], facts)


def _not_sure(words: str) -> str:
    return f"I am not sure what to do with “{short(words)}”. Nothing was changed."


def _changing(talk: Any, words: str, turn: ModelTurn) -> Reply:
    """What words change, or what they may mean, to pick from; what could not be taken in is said and kept."""
    read, session = turn.read, talk.session
    left = [_left(quoted, why) for quoted, why in read.left]
    if read.question:
        session.hear(words, "request")
        if not turn.readings:
            return Reply((read.question, *left), kinds=("unclear",))
        offered: Reply = talk.offered(read.question, turn.readings, (turn.reply.model, turn.reply.prompt))
        return replace(offered, lines=(*offered.lines, *left), kinds=("unclear",))
    edits, answered, lost = _with_answers(talk, words, turn)
    source = session.heard_as(words, _source(read.kinds))
    notes = [f"Not taken in: “{quoted}”" for quoted, _ in read.left if quoted]
    if read.same and not edits and not answered and not left:
        return Reply((SAME,))
    if not edits and not answered:
        session.taken(turn, (), source, (), notes)
        return Reply((*(left or lost or [_not_sure(words)]),), kinds=("unclear",))
    if stays := all_the_same(session.process, edits):
        session.hear(words, "request")
        offered = talk.offered(stays,
                               (Option(f"yes: {' '.join(in_words(session.process, edits)[:3])}", edits),),
                               (turn.reply.model, turn.reply.prompt))  # fmt: skip
        return replace(offered, lines=(*offered.lines, *left), kinds=("unclear",))
    if edits and apply(session.process, edits) == session.process:
        edits = ()
    before = session.process
    change = session.taken(turn, edits, source, answered, notes, read.today)
    if change.lines:
        reply: Reply = talk.changed(change)
        heard = () if change.refused else _explained(read.explanation, words, before, session.process)
        reply = replace(reply, lines=(*heard, *reply.lines))
    elif answered:
        reply = Reply((FINE,), talk.ask())
    else:
        reply = Reply((SAME,))
    return replace(reply, lines=(*reply.lines, *left, *lost))


def _explained(sentence: str, words: str, *processes: Process) -> tuple[str, ...]:
    """What was understood, in a model's own sentence; nothing where it holds a figure that nobody said."""
    from assistant.language.by_model.change_outline import outline

    known = set(NUMBER.findall(" ".join((words, *map(outline, processes)))))
    known |= {f"{number:g}" for number in numbers_in(words)}  # “four in a hundred” is well told as “4 of 100”
    return (sentence,) if sentence and known.issuperset(NUMBER.findall(sentence)) else ()


def _left(quoted: str, why: str) -> str:
    because = f": {why.rstrip('.')}" if why else ""
    return f"Not taken in{f': “{short(quoted, 80)}”' if quoted else ''}{because}."


def _source(kinds: Sequence[str]) -> str:
    return next((SHOWN_AS[kind] for kind in kinds if kind in ("told", "correction", "answer", "request")), "correction")


def _with_answers(
    talk: Any, words: str, turn: ModelTurn
) -> tuple[tuple[Edit, ...], list[tuple[Question, str]], list[str]]:
    """All edits with those that answers mean, the questions that are answered, and what no answer could be made of."""
    from assistant.gateway.port import ReplyFault
    from assistant.language.turn.model_commands import check_figures

    process = talk.session.process
    edits, answered, lost = list(turn.edits), [], []
    for number, text in turn.read.answers:
        question = talk.asked[number - 1]
        if NOT_KNOWN.search(text):
            answered.append((question, text))
            continue
        own: tuple[Edit, ...] = ()
        try:
            now = apply(process, edits)  # an answer is about what the commands before it have made
            own = tuple(answer_edits(question, text, now))
            check_figures(now, own, words)
            apply(now, own)
        except (ReplyFault, EditRefused):
            own = ()
        if own or turn.edits:
            edits += own
            answered.append((question, text))
        else:
            lost.append(f"I could not make out your answer to “{question.text}”.")
    return tuple(edits), answered, lost


def _decided(talk: Any, made: Decided) -> Reply:
    try:
        return decided(talk, made.accept, made.reject, made.reason, made.later, made.but, made.note)
    except (UsageError, EditRefused) as error:
        return Reply(tuple(talk.mishap(made.reason, error)))


def _ordered(talk: Any, name: str, rest: str) -> Reply:
    """A command of the closed list; going back names a turn or words that were said."""
    if name == "start over":
        return Reply((OVER,))
    if name == "go back to":
        where = re.search(r"\d{1,4}", rest) if re.match(r"(?:turn|step|point|#|\d)", rest, re.I) else None
        words = f"go back to turn {where[0]}" if where else f"go back to where I said {rest[:100]}"
        return about_versions(talk, words) or Reply((f"I find no turn in which you said “{short(rest)}”.",))
    if name in ("turns", "compare", "show today", "show new"):
        return about_versions(talk, name) or Reply((GO_ON,))
    reply: Reply = talk._ordered(name)
    return reply


def _answered(talk: Any, words: str, turn: ModelTurn) -> list[Reply]:
    """The answers to what was asked, from computed facts; a model words them where a list does not say it best."""
    session, replies = talk.session, []
    for about, sentence in turn.read.asked:
        computed = asked_about(session, sentence, about)
        seen = of_today(session, sentence).process
        if about not in PLAIN and (said := _worded(talk, _in_full(words, sentence), computed, seen)):
            computed = replace(computed, lines=(said, "", "What it rests on:", *computed.lines))
        replies.append(replace(computed, kinds=("question",)))
    return replies


def _in_full(words: str, sentence: str) -> str:
    """A question as it was put, and as a whole sentence: “and today?” alone cannot be answered."""
    return words if sentence.lower() == words.lower() else f"{words}\n(that is: {sentence})"


def _worded(talk: Any, words: str, computed: Reply, seen: Process) -> str:
    """The answer in a model's words; empty where it fails, or insists on a figure that stands in no fact."""
    try:
        said: str = talk.session.worded(words, computed.lines, seen)
    except ServiceError:
        return ""
    return said[:900]
