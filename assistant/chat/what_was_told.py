"""Questions answered from what was told and decided: who, what comes next, what is open, what a word means."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.chat.glossary import WORDS
from assistant.chat.lost_figures import NO_PLACE, lost
from assistant.chat.of_a_period import in_period
from assistant.chat.played import length, share
from assistant.chat.reply import Fact
from assistant.chat.telling import grouped, short
from assistant.english.tables import any_of
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.how_often import ways_meant
from assistant.language.correct.parts_of_a_turn import roles_in, steps_in
from assistant.language.correct.sentence_said import Sentence, likely
from assistant.language.figures.reading import figures_in
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.words.tokens import sentences
from assistant.language.reading import not_read, quoted
from assistant.process.blocks import Task
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.durations import Basis, how_often
from assistant.process.figures import joined, plural
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.projects.journal import Said
from assistant.projects.replay import ABOUT_THE_WORK
from assistant.workspace.entries import decisions as made
from assistant.workspace.session import STORY_BREAK, Session

MOST_STEPS, MOST_MISSING, MOST_ENTRIES, MOST_TURNS, LAST_TURNS = 4, 6, 24, 12, 2
HOW_MUCH = re.compile(r"\bhow (?:many|much|long|often)\b", re.IGNORECASE)
Answer = tuple[list[str], list[Fact]]
"""The lines of an answer, and the facts its numbers are among."""
BY_NOW = re.compile(r"(?: (?:yet|so far|at all|before|already))*\W*$", re.IGNORECASE)
OF_WHAT = re.compile(r"\b(?:about|of|on)\s+(?!it\b|that\b|this\b|all\b)(?:the |my |our |an? )?([\w'’ -]{2,40})$", re.I)
"""What it is that something was said about."""
LAST = re.compile(
    r"\b(?:last|latest|most recent)\b(?: \w+){0,2} (?:i|we) (?:just )?(?:said|told|say|tell)\b|"
    r"\bwhat (?:did|have) (?:i|we) (?:just )?(?:say|said|tell|told)(?: you)? (?:last|just now|a moment ago)\b",
    re.IGNORECASE,
)
"""What was told last is asked for, and nothing that was said of a thing."""
ALL_TURNS = "`turns` lists all that you told."
NO_TOPIC = frozenset({"tell", "say", "number", "share", "figure"})
WRITTEN = "the process and the journal"


ANSWERABLE = (
    "I can answer: where the time goes, what it costs, what waits, the bottleneck, who does what, “what if we lose a "
    "clerk?”, who should own it, what to measure, how others do it, how sure this is, what is still open."
)


def shown(fact: Fact) -> str:
    """A fact with its unit, as it stands in an answer."""
    return f"{fact.value}{'' if fact.unit == '%' else ' '}{fact.unit}".strip()


def owner(session: Session, _: str) -> Answer:
    """Who answers for the whole, or who should be asked to."""

    from assistant.handover.roles import OWNER, owner_of

    told = session.process.owner
    if told:
        return [f"The owner is “{told}”, as you told."], [Fact("owner", told, "", "told")]
    who, work = owner_of(session.process), inside(session)
    most = max(dict.fromkeys(work), key=work.count, default=None)
    role = session.process.role(most)
    count = Fact("steps", work.count(most), "steps", "the process") if role and most else None
    lines = [
        "Nobody is named who answers for the whole. The owner should be a manager who can decide over all its steps."
    ]
    lines += [f"The hand-over names “{who}”."] if who != OWNER else []
    if role and count:
        lines.append(f"Most steps lie with “{role.name}” ({shown(count)}): the manager there is the first to ask.")
    return lines, [count] if count else []


def how_many_come(session: Session, words: str) -> Answer:
    """How many cases come, as it was told, and in the period that is asked for."""
    cases = session.process.volume
    if cases is None:
        return ["How many cases come was not told. Say it: “we get 40 a week”."], []
    told = how_often(cases.between.mean_seconds, cases.per)
    fact = Fact("cases", told, "", "told" if cases.basis is Basis.STATED else str(cases.basis or "told"))
    lines, more = in_period(cases.between.mean_seconds, cases.per, words)
    by = "as you told" if cases.basis is Basis.STATED else fact.basis
    most = [MOST_UNKNOWN] if AT_MOST.search(words) else []
    return [*most, f"{told} on average, {by}.", *lines], [fact, *more]


AT_MOST = re.compile(r"\b(?:can|could|manage|able to)\b", re.IGNORECASE)
MOST_UNKNOWN = (
    "How many you could do at most I have not reckoned: ask “what if twice as many came?”. What comes is this:"
)


def inside(session: Session) -> list[str]:
    """The roles of all steps done in the house."""
    outside = {role.id for role in session.process.roles if role.kind == "external"}
    return [task.role for task in tasks(session.process) if task.role and task.role not in outside]


def asked_before(session: Session) -> list[str]:
    """What was asked before, the last first."""
    said = [entry.what for entry in session.state.entries[-MOST_ENTRIES:] if isinstance(entry.what, Said)]
    return [what.text for what in reversed(said) if what.source == "talk"]


def said(session: Session, words: str) -> Answer:
    """What was told, in the words it was told in: the sentences that speak of what is asked, else the turns."""
    turns = [
        entry.what.text.replace("“", "").replace("”", "")
        for entry in session.state.entries[-60:]
        if isinstance(entry.what, Said) and entry.what.source in ABOUT_THE_WORK
    ]
    if turns and LAST.search(words):
        return ["The last you told:", f"“{turns[-1]}”"], []
    asked = content(re.sub(r"[^\w\s]", " ", words.lower())) - NO_TOPIC
    told = [turn[sentence.start : sentence.end] for turn in turns for sentence in sentences(turn)]
    shared = [len(asked & content(sentence.lower())) for sentence in told]
    most = max(shared, default=0)
    meant = [sentence for sentence, words_shared in zip(told, shared, strict=True) if 0 < words_shared >= most - 1]
    if HOW_MUCH.search(words):
        meant = [sentence for sentence in meant if figures_in(sentence)] or meant
    if (
        turns
        and not meant
        and (topic := OF_WHAT.search(BY_NOW.sub("", words)))
        and content(topic[1].lower()) - NO_TOPIC
    ):
        return [f"In what you told I find nothing about “{topic[1]}”. Say it now, and I take it in.", ALL_TURNS], []
    chosen = [short(sentence) for sentence in meant] if 0 < len(meant) <= MOST_STEPS else turns[-MOST_TURNS:]
    if not chosen:
        return ["You have told me nothing yet that I could read as work."], []
    return ["You told:", *(f"“{sentence}”" for sentence in chosen)], []


def changed(session: Session, _: str) -> Answer:
    """What the last turns changed, each under the words that did it."""
    state, lines = session.state, list[str]()
    for turn in state.turns_changed()[-LAST_TURNS:]:
        before, after = state.at(turn - 1), state.at(turn)
        words = next((e.what.text for e in state.entries if e.turn == turn and isinstance(e.what, Said)), "")
        told = f"“{short(words.replace('“', '').replace('”', ''), 80)}” changed this:" if words else "You changed this:"
        lines += [told, *(f"- {line}" for line in grouped(in_words(before, diff(before, after)))[:MOST_MISSING])]
    if not lines:
        return ["Nothing has changed yet."], []
    lines.append("`turns` lists all that counts, `log` every step of the record.")
    return lines, [Fact("changed", line, "", "journal") for line in lines]


def decisions(session: Session, _: str) -> Answer:
    """What was taken over and what was turned down, with the reason where one was given."""
    lines = [f"- {line}" for line in made(session.state)]
    if not lines:
        return ["Nothing is decided yet: `propose` shows what there is to decide on."], []
    return ["You decided:", *lines], [Fact("decision", line, "", "the journal") for line in lines]


def ready(session: Session, _: str) -> Answer:
    """The seven steps of a redesign, each with what is settled and what is still open."""
    from assistant.handover.readiness import blocked

    process, decided = session.process, list(session.state.decided.values())
    every = list(tasks(process))
    untimed = [task for task in every if task.work is None]
    nobody = [task for task in every if task.role is None]
    block = blocked(process)
    taken = f"{plural(decided.count('accepted'), 'proposal')} accepted" if "accepted" in decided else ""
    marks = (
        ("somebody who answers for it", process.owner if block is None else "", "name the owner"),
        ("customers and what they need", ", ".join(customer.name for customer in process.customers),
         "say who gets the result"),
        ("the map of today", "" if nobody or not every else "every step has somebody", "say who does each step"),
        ("measures and targets", "" if untimed or process.volume is None else "times and cases are told",
         _measures(process, len(untimed), len(every))),
        ("what is to change", taken, "`propose`, then accept or reject"),
        ("technology and people", taken and f"{taken}; `export` writes what it needs", "accept a proposal first"),
        ("rollout and control", "", "`export` writes the plan and the KPI sheet"),
    )  # fmt: skip
    lines = ["What is settled and what is still open:"]
    lines += [f"- {name}: {f'settled ({value})' if value else f'open; {remedy}'}" for name, value, remedy in marks]
    lines.append(
        "`questions` shows what to tell next."
        if block is None
        else "Not ready: nobody is named who answers for the whole."
    )
    return lines, [Fact(name, value or f"open; {remedy}", "", WRITTEN) for name, value, remedy in marks]


def _measures(process: Process, untimed: int, every: int) -> str:
    """What is still to tell of times and cases, and what of them is told."""
    cases = process.volume
    told = [f"{how_often(cases.between.mean_seconds, cases.per)} on average told"] if cases is not None else []
    told += [f"times of {every - untimed} of {plural(every, 'step')} told"] if every > untimed else []
    wanted = [f"say how long {'the steps' if untimed == every else plural(untimed, 'step')} take"] if untimed else []
    wanted += ["say how many cases come"] if cases is None else []
    return " and ".join(wanted) + (f" ({'; '.join(told)})" if told else "")


def unread(session: Session, _: str) -> Answer:
    """What was said and came to nothing, in the words it was said in, and the sentences that told no step."""
    state = session.state
    notes = [f"- “{short(text.replace('“', '').replace('”', ''))}”" for text in state.came_to_nothing()[-8:]]
    left = () if session.reads_by_model else not_read(STORY_BREAK.join(state.said()))
    aside = [f"- {quoted(words)}" for words in left]
    lines = ["Of this I could make nothing, or nothing new. Say it another way if it matters:", *notes] if notes else []
    if aside:
        lines += ["From these sentences I took no step of the work; a remark or a figure may stand:", *aside]
    if figures := lost(session):
        lines += [f"{NO_PLACE} {joined([f'“{figure}”' for figure in figures[:MOST_ENTRIES]])}."]
    return lines or ["I made something of all you told me."], []


def feedback(session: Session, words: str) -> Answer:
    """What customers say, where comments were taken in; else how that is done."""
    if session.feedback is not None:
        from assistant.feedback.asked import answered

        if _SPARES.search(words[:500]):
            return _spared(session)
        told = answered(session.feedback, words, session.process)
        return told.lines, [Fact(*figure, "counted from the comments") for figure in told.figures]
    question = " ".join(re.sub(r"[^\w\s'’?,-]|\d", " ", words).split())[:120]
    lines = [
        "I hold no comments of customers yet. With a file of them (a CSV, a text with one comment a line) I can say:",
        "`comments FILE` takes it in here. Outside this conversation:",
        f"  assistant project export {session.project} PROCESS.json",
        f'  assistant feedback COMMENTS.csv --process PROCESS.json --ask "{question}"',
        "The answer counts the comments and quotes them to the letter. "
        "`assistant redesign STORY --feedback COMMENTS.csv` puts them beside the findings.",
    ]
    return lines, [Fact("project", session.project, "", "its name")]


_SPARES = re.compile(
    r"\b(?:complain\w*|comments?|grumbl\w+)\b.{0,60}\b(?:remov\w+|spar(?:e|es|ed|ing)|go away|disappear\w*|vanish\w*"
    r"|fall|fewer|less|solv\w+|fix\w*|get rid|avoid\w*|sav(?:e|es|ed))\b",
    re.IGNORECASE,
)


def _spared(session: Session) -> Answer:
    """Which complaints each of the ways that were proposed would have spared."""
    from assistant.redesign.customers import spared

    if session.latest is None:
        return ["`propose` first: then I can say which complaints each way would spare."], []
    latest = session.latest
    told = [(way.name, spared(latest.complaints, way.name)) for way in latest.alternatives]
    lines = [f"- {name[:1].upper()}{name[1:]}: {text[:1].lower()}{text[1:]}" for name, text in told if text]
    facts = [
        Fact(relief.name, f"{relief.removed:,.0f}", "comments", "played from the process")
        for relief in latest.complaints
    ]
    if lines:
        return ["Which complaints the changes would have spared:", *lines], facts
    return [
        "None that I can reckon: complaints about waiting fall with the time at their step, those about errors with "
        "its errors, and of the ways proposed none shortens or mends a step that complaints are tied to."
    ], []


def side_by_side(session: Session, _: str) -> Answer:
    """Neighbouring steps of different people: what could run side by side if none needs what the other brings."""
    process = session.process
    row = [step for step in process.flow.items if isinstance(step, Task)]
    pairs = [
        (a, b) for a, b in pairwise(row) if a.role and b.role and a.role != b.role and not set(a.writes) & set(b.reads)
    ]
    if not pairs:
        return ["None that I see: each step follows one of the same people, or nobody is named."], []
    lines = [f"- “{a.name}” and “{b.name}”" for a, b in pairs[:MOST_STEPS]]
    return ["Next to each other and done by different people, so side by side if the later one needs nothing of the "
            "earlier one (nobody told whether it does):", *lines], []  # fmt: skip


def neighbour(session: Session, words: str) -> Answer:
    """The steps before or after the one that words name."""
    catalogue = Catalogue(session.process)
    side = re.search(r"\b(before|after)\b(?P<what>.*)", words, re.IGNORECASE)
    named = likely(catalogue, side["what"].lower()) if side else []
    before = side is not None and side[1].lower() == "before"
    if side is not None and len(named) != 1:  # `after the lab`: after the last of what the lab does
        roles = roles_in(Sentence(catalogue, side["what"]), side["what"].lower())
        own = catalogue.of_role(roles[0].id if len(roles) == 1 else None)
        always = [id_ for id_ in own if catalogue.branch_of(id_) is None] or own
        named = always[:1] if before else always[-1:]
    if side is None or len(named) != 1:
        return of_steps(session, words)
    order = [step.id for step in catalogue.named]
    at = order.index(named[0]) + (-1 if before else 1)
    name = catalogue.name(named[0])
    if not 0 <= at < len(order):
        return [f"Nothing comes {side[1].lower()} “{name}”: it is the {'first' if before else 'last'} step."], []
    return [f"{side[1].capitalize()} “{name}” comes “{catalogue.name(order[at])}”."], []


def meaning(_: Session, words: str) -> Answer:
    """What a word of the trade means."""
    said = words.lower().replace("-", "").replace(" ", "")
    term = next((term for term in sorted(WORDS, key=len, reverse=True) if term.replace(" ", "") in said), None)
    return ([f"{WORDS[term]}"] if term else [ANSWERABLE]), []


def lengths_of(session: Session, words: str) -> Answer:
    """The lengths told of the steps and waits that words name, each with where it comes from."""
    catalogue = Catalogue(session.process)
    lines: list[str] = []
    facts: list[Fact] = []
    for id_ in likely(catalogue, words.lower())[:3]:
        step = catalogue.by_id[id_]
        for field, what in (("work", "work"), ("wait", "waiting"), ("duration", "waiting")):
            told = getattr(step, field, None)
            if told is not None:
                fact = length(f"{what}, {catalogue.name(id_)}", told.mean_seconds, str(told.basis))
                lines.append(f"- “{catalogue.name(id_)}”: {shown(fact)} of {what}, {told.basis.value}")
                facts.append(fact)
    return lines, facts


def shares_of(session: Session, words: str) -> Answer:
    """The shares told of the ways that words speak of; of all ways, where they speak of none."""
    catalogue = Catalogue(session.process)
    ways = ways_meant(Sentence(catalogue, words), words)
    if not ways and (steps := steps_in(Sentence(catalogue, words.lower()), words.lower())):
        ways = [way for step in steps if (way := catalogue.branch_of(step))]
    lines: list[str] = []
    facts: list[Fact] = []
    for branch in catalogue.branches.values():
        if not branch.when or (ways and branch.id not in ways) or (not ways and branch.when == "otherwise"):
            continue
        fact = share(branch.when, branch.p, "told") if branch.p is not None else None
        lines.append(f"- “{branch.when}”: {f'{shown(fact)} of the cases' if fact else 'how often was not told'}")
        facts += [fact] if fact else []
    if not lines:
        return ["How often that is was not told."], []
    return ["How often each way is taken:", *lines], facts


def of_steps(session: Session, words: str) -> Answer:
    """What was told of the steps that words name."""
    catalogue = Catalogue(session.process)
    meant = set(likely(catalogue, re.sub(rf"^\W*{any_of('asks-or-orders')}\b", " ", words.lower())))
    lines: list[str] = []
    facts: list[Fact] = []
    for task in tasks(session.process):
        if task.id in meant:
            role = session.process.role(task.role)
            work = length("work", task.work.mean_seconds, str(task.work.basis)) if task.work else None
            time = f"{shown(work)} of work" if work else "nobody told how long it takes"
            lines.append(f"- “{task.name}”: by “{role.name if role else 'nobody named'}”; {time}")
            facts += [work] if work else []
    if not lines and (sentences_told := _told_of(session, words)):
        return ["I have computed nothing of that. You told:", *sentences_told], []
    return ["I have no computed answer to that.", *lines, ANSWERABLE], facts


def _told_of(session: Session, words: str) -> list[str]:
    """The sentences with a figure that share two words with what is asked, where a number is asked for."""
    if not HOW_MUCH.search(words):
        return []
    asked = content(re.sub(r"[^\w\s]", " ", words.lower())) - NO_TOPIC
    turns = [text.replace("“", "").replace("”", "") for text in session.state.said()]
    told = [turn[sentence.start : sentence.end] for turn in turns for sentence in sentences(turn)]
    near = [text for text in told if len(asked & content(text.lower())) >= 2 and figures_in(text)]
    return [f"“{short(text, 200)}”" for text in near[:MOST_STEPS]]


def missing(session: Session, _: str) -> Answer:
    """What is not known yet, in the questions that would settle it."""
    from assistant.process.questions import open_questions

    found = open_questions(session.process, "\n\n".join(session.state.said()))[:MOST_MISSING]
    if not found:
        return ["Nothing is open that I could ask about."], []
    lines = ["What I do not know yet, what matters most first:", *(f"- {question.text}" for question in found)]
    return lines, [Fact("open", question.text, "", "the process") for question in found]
