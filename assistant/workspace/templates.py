"""The library as a place to begin: a project started from a template, and compared with it.

Which template is meant is said by its id or code, or in words ("the template for supplier invoices").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.process.blocks import Choice
from assistant.process.edits import Delete, Rename
from assistant.process.figures import plural
from assistant.process.tree import step_id, steps, tasks, walk
from assistant.projects.journal import Note

if TYPE_CHECKING:
    from assistant.library.comparison import Comparison
    from assistant.library.entries import ProcessEntry
    from assistant.library.store import Library
    from assistant.workspace.session import Change, Session

_MARK = "Started from the library's template"
_VERBS = r"(?:start|begin|go|work|set out|open|load|take|use|give me|fetch)"
_START = re.compile(
    rf"^\W*(?:please |can we |could we |let us |let's |i want to |i would like to |we )*{_VERBS}\b.{{0,30}}?"
    r"\b(?:template|blueprint|best practice|standard process)\b\s*(?:for|of|on|about|called|:)?\s*(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(rf"^\W*(?:please )?{_VERBS}\b[\w\s]{{0,20}}?\b(?P<what>P\d{{2}})\W*$", re.IGNORECASE)
_COMPARE = re.compile(
    r"\bcompare\b.{0,40}\b(?:with|to|against)\b\s+"
    r"(?P<what>it|this|that|p\d{2}|(?:the |a )?(?:template|best practice|library)\b.*)\W*$"
    r"|\bwhat\b.{0,30}\b(?:missing|differs?|different)\b.{0,30}\b(?:template|best practice)\b",
    re.IGNORECASE | re.DOTALL,
)
_NOT_HERE = re.compile(
    r"^(?:no,? )?(?:we|they|nobody|no one|there)\b (?:do not|don['’]?t|never|does|is no(?: such step as)?|have no)\b"
    r"(?: (?:do|have to|need to|have|bother to|any|a|the))*\s+(?P<what>[^.;!?]+)[.!]*$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"^(?:and |with us |here )*(?:our|the|my|its)\b(?P<whose>[\w' ]{0,40}?)\blimit\b[\w' ]{0,30}?"
    r"\b(?:is|of|lies at|at|starts at)\s+(?P<what>[^.;!?]*\d[^;!?]*?)[.! ]*$",
    re.IGNORECASE,
)
_WHICH_STEPS = re.compile(
    r"^\W*(?:and |so )?(?:which|what)(?: of| the| these| those| its)* steps"
    r"(?: are| do| did| i| we| you| they| there| here| have| left| out| in| it| still)*\W*$",
    re.IGNORECASE,
)
FIT = (
    "Answer in your own words, one thing at a time (“we do not scan invoices”, “the office manager approves invoices”, "
    "“receiving takes 10 minutes”, “our limit is 5,000 euro”). Every figure in it is the library's until you say "
    "yours. `compare mine with it` shows later how yours differs."
)


def fitting(entry: ProcessEntry) -> list[str]:
    """What to ask to make a template one's own: which steps there are, who does them, where its limits lie."""
    people = [role.name for role in entry.roles if role.kind in ("person", "group")]
    limits = [f"“{question.question}”" for question in entry.questions if "limit" in question.question.lower()]
    asked = [
        "Which of these steps do you have, and which not?",
        f"Who does it in your house? Here: {', '.join(people)}.",
    ]
    asked.append(
        f"What is your limit? It decides at {' and '.join(limits)}." if limits else "How long does it take you?"
    )
    return ["Now make it yours:", *(f"- {text}" for text in asked), FIT]


def named_template(library: Library, words: str) -> ProcessEntry:
    """The process entry meant by an id, a code or words. Raises UsageError when none is close, or it is no process."""
    from assistant.library.entries import ProcessEntry
    from assistant.library.hits import Filter
    from assistant.library.search import search

    asked = words.strip(" .!?\"'“”:")
    entry = library.find(asked)
    if entry is None and asked:
        hits = search(library, asked, 1, only=Filter(kind="process")).results
        entry = library.process(hits[0].id) if hits else None
    if entry is None:
        raise UsageError(
            f"The library has no template for “{asked[:60]}”.",
            remedy="`assistant library list --kind process` has all.",
        )
    if not isinstance(entry, ProcessEntry):
        raise UsageError(
            f"{entry.name} is a {entry.kind}, no process one can start from.",
            remedy="`assistant library list --kind process` names the templates.",
        )
    return entry


def start_from(session: Session, entry: ProcessEntry, draft: bool = False) -> Change:
    """Begin an empty project with a template. Raises UsageError when something is told there already, or it is not
    published and `draft` does not say that this is known."""
    from assistant.library.template import template

    if entry.status != "published" and not draft:
        raise UsageError(
            f"{entry.name} is {_standing(entry)}, and was not used.",
            "A process is begun from what is published.",
            f"`assistant library submit {entry.id}` goes on with it; or begin all the same: `assistant project start "
            f"--from {entry.id} --draft`.",
        )
    if not session.empty:
        raise UsageError(
            f"The project {session.project} holds a process already; a template would take its place.",
            remedy="Begin another: `assistant project start --from " + (entry.code or entry.id) + " NAME`.",
        )
    version = f"{entry.code or entry.id} {entry.name}, version {entry.version}"
    return session.adopt(template(entry), f"{_MARK} {version}.")


def _standing(entry: ProcessEntry) -> str:
    """How far an entry is that is not published, with how much of it is still to be written."""
    todo = entry.model_dump_json().count("TODO")
    left = f", with {plural(todo, 'place')} still to be written (TODO)" if todo else ""
    return f"{'approved' if entry.status == 'approved' else f'a {entry.status} entry nobody approved'}{left}"


def unfinished(entry: ProcessEntry) -> str:
    """What to say of a template that is not published and was used all the same; empty for a published one."""
    return "" if entry.status == "published" else f"Mind that {entry.name} is {_standing(entry)}."


def origin_of(session: Session) -> ProcessEntry | None:
    """The template a project was started from; None when it was told from nothing or the entry is gone."""
    for journalled in reversed(session.state.entries):
        if isinstance(journalled.what, Note) and journalled.what.text.startswith(_MARK):
            name = journalled.what.text.removeprefix(_MARK).split()[0]
            return session.bench.library().process(name)
    return None


def compared(session: Session, words: str = "") -> Comparison:
    """The project beside the template named, the one it was started from, or the one most like it.

    Raises UsageError.
    """
    from assistant.library.comparison import compare
    from assistant.library.match import match_process

    library = session.bench.library()
    entry = named_template(library, words) if words else origin_of(session)
    if entry is None:
        hits = match_process(library, session.process)
        entry = library.process(hits[0].id) if hits else None
    if entry is None:
        raise UsageError("The library has no template this is close to.", remedy="Name one: `compare mine with P30`.")
    return compare(entry, session.process, "\n".join(session.state.said()))


def template_talk(session: Session, words: str) -> list[str] | None:
    """What to say to words that ask for a template or for a comparison with one; None when they do neither."""
    if session.empty and (found := _CODE.match(words) or _START.match(words)):
        entry = named_template(session.bench.library(), found.group("what"))
        session.hear(words, "request")
        start_from(session, entry)
        steps = [f"{number}. {step.name} ({_role(entry, step.role)})" for number, step in enumerate(entry.steps, 1)]
        head = f"Started from the template {entry.code or entry.id} {entry.name}: {entry.trigger} → {entry.end}."
        return [head, *steps, "", *fitting(entry)]
    if not session.empty and (found := _COMPARE.search(words)):
        what = re.sub(r"^(?:the |a )?(?:template|best practice|library)\s*(?:for|of|on)?\s*", "", found["what"] or "")
        return compared(session, "" if what.lower() in ("it", "this", "that") else what).lines()
    if _WHICH_STEPS.match(words) and (origin := origin_of(session)):
        return _fitted_so_far(session, origin)
    return None


def _fitted_so_far(session: Session, origin: ProcessEntry) -> list[str]:
    """Which steps the project has of its template, which were left out, which are its own, and what to ask of them."""
    here = {task.id: task for task in tasks(session.process)}
    kept = [step for step in origin.steps if step.id in here]
    out = [f"“{step.name}”" for step in origin.steps if step.id not in here]
    own = [f"“{task.name}”" for name, task in here.items() if origin.step(name) is None]
    lines = [f"Of the {len(origin.steps)} steps of {origin.code or origin.id} {origin.name} these are here:"]
    for number, step in enumerate(kept, 1):
        role = session.process.role(here[step.id].role)
        lines.append(f"{number}. {here[step.id].name} ({role.name if role else 'nobody named'})")
    lines += [f"Left out: {', '.join(out)}."] if out else []
    lines += [f"Your own: {', '.join(own)}."] if own else []
    return [*lines, "Which of these do you not have, and who does the others?"]


def fitted(session: Session, words: str) -> Change | None:
    """What words change that fit a template to the house: a limit of one's own, steps that are not done here.

    None when they do neither, or when the process was not started from a template.
    """
    if origin_of(session) is None:
        return None
    return own_limit(session, words) or leave_out(session, words)


def leave_out(session: Session, words: str) -> Change | None:
    """Take out the steps of which the words say that they are not done here; None when they say so of none.

    A decision that has nothing left to decide goes with its last step.
    """
    from assistant.library.match import ALIKE
    from assistant.library.words import similarity

    found = _NOT_HERE.match(words.strip())
    if not found:
        return None
    origin = origin_of(session)
    labels: dict[str, tuple[str, ...]] = {}
    for task in tasks(session.process):
        step = origin.step(task.id) if origin else None
        labels[task.id] = (task.name, *(step.also_called if step else ()))
    ids: list[str] = []
    for phrase in re.split(r",|\b(?:and|or|nor)\b", found["what"]):
        alike = {name: max(similarity(phrase, label) for label in said) for name, said in labels.items()}
        best = max(alike, key=lambda name: alike[name], default="")
        if alike.get(best, 0.0) >= ALIKE and best not in ids:
            ids.append(best)
    for block in walk(session.process):
        if isinstance(block, Choice):
            held = [step_id(inner) for branch in block.branches for inner in steps(branch.do)]
            if held and set(held) <= set(ids):
                ids = [block.id, *(name for name in ids if name not in held)]
    return session.correct(words, [Delete(ids=tuple(ids))], surely=True) if ids else None


def own_limit(session: Session, words: str) -> Change | None:
    """Write one's own limit into the decision it belongs to; None when none is said, or it is not clear to which.

    Of several decisions with a limit the words must name one ("the buyer's limit is 20,000 euro").
    """
    from assistant.library.words import concepts

    found = _LIMIT.match(words.strip())
    if not found:
        return None
    asked = [
        block
        for block in walk(session.process)
        if isinstance(block, Choice) and "limit" in (block.question or "").lower()
    ]
    named = [block for block in asked if concepts(found["whose"]) & concepts(block.question or "")]
    if len(held := named or asked) != 1:
        return None
    question = re.sub(
        r"(?i)\blimit\b(?: of [^?]*)?", f"limit of {found['what'].strip()}", held[0].question or "", count=1
    )
    return session.correct(words, [Rename(id=held[0].id, name=question)], surely=True)


def _role(entry: ProcessEntry, role_id: str) -> str:
    role = entry.role(role_id)
    return role.name if role else role_id
