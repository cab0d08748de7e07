"""What to do next: on Monday in the firm, here in the conversation, and with what came of it on paper."""

from __future__ import annotations

import re

from assistant.chat.advice import to_change
from assistant.chat.reply import Fact
from assistant.chat.telling import read_back
from assistant.chat.what_was_told import Answer
from assistant.process.figures import plural
from assistant.process.questions import open_questions
from assistant.workspace.session import Session

AT_A_LOSS = re.compile(r"\b(?:lost|confused|stuck|puzzled|get|understand|follow|mean|again|huh|help)\b", re.IGNORECASE)
PRINTED = (
    "`export FOLDER` writes the report as report.html: any browser opens and prints it, as a PDF too.",
    "Beside it lies the map as a picture, as-is.svg (after a decision also the new one), and as BPMN for a drawing "
    "program. On the page the tab “Report” has all of them.",
)


def on_monday(session: Session, words: str) -> Answer:
    """A trial of a few cases for the heaviest pain told; where none was told, what would be changed first."""
    from assistant.handover.monday import lead

    first = lead(session.redesign_as_decided())
    if not first:
        lines, facts = to_change(session, words)
        return [
            "Nothing that hurts was told in a sentence of its own, so I have no trial for Monday yet.",
            *lines,
        ], facts
    lines = [
        f"On Monday: {first['monday']}.",
        f"Because you said: “{first['quote']}” ({first['pain']}).",
        f"If it shows so, the better way is: {first['better']}.",
        "It costs nothing and can be taken back. `propose` has the larger changes, with their effect.",
    ]
    return lines, [Fact(name, text, "", "told") for name, text in first.items()]


def how_to_go_on(session: Session, words: str) -> Answer:
    """Where the conversation stands and what comes next in it; who is at a loss first hears what was understood."""
    lines, facts = list[str](), list[Fact]()
    if AT_A_LOSS.search(words) and (heard := next(filter(None, read_back(session.process)), "")):
        so_far = heard.removesuffix(" Is that right?")
        lines += [so_far, "If a step is wrong or missing, say so in a sentence; `show` has the whole map."]
        facts.append(Fact("as understood", so_far, "", "told"))
    asked = [question for question in open_questions(session.process) if question.id not in session.state.answered]
    left = session.undecided()
    if left:
        titles = [f"  {session.number(proposal)}. {proposal.title}" for proposal in left]
        first = session.number(left[0])
        how = f"`accept {first}`, `reject {first}` and why, `why {first}` for the reasons"
        lines += [f"Next, decide what I proposed: {how}.", *titles]
        facts += [Fact("proposal", title, "", "the list of proposals") for title in titles]
        facts.append(Fact("number", f"{first}", "", "the list of proposals"))
    elif session.state.decided:
        lines.append("All is decided. `export FOLDER` writes the report, `propose` looks again.")
    else:
        lines.append(
            "Next: `propose` says what hurts and shows better ways. Or go on telling: I read it with the rest."
        )
    if asked:
        many = plural(len(asked), "thing")
        lines.append(f"What would make the figures better: {many} I would like to know, see `questions`. First: "
                     f"{asked[0].text}")  # fmt: skip
        facts.append(Fact("open", many, "", "told"))
        facts.append(Fact("asked first", asked[0].text, "", "told"))
    return lines, facts


def how_to_print(_session: Session, _: str) -> Answer:
    """How the map and the report come on paper or into a picture."""
    return list(PRINTED), []
