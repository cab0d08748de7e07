"""Beginning an entry of one's own: a file with every field, what belongs in it, and TODO where something is missing.

What is left as TODO is named by `assistant library check`. A new entry is a draft: nothing
uses it until it is published.
"""

from __future__ import annotations

import datetime as dt

from assistant.errors import UsageError
from assistant.library.entries import MODELS
from assistant.process.tree import fresh_id

_HEAD = """\
# {what}
# `assistant library check` says what is still missing. Numbers are typical times LOW-MODE-HIGH UNIT (s min h d w);
# one that rests on a source says so: 2-5-15 min (S1). Without it, it counts as the author's estimate.
id: {id}
name: {name}
also_called: []        # other names in use
people_say:            # at least three phrases by which people who do not know the name would ask for it
  - "TODO: how a colleague would say it"
  - "TODO: how a customer would say it"
  - "TODO: what they complain about"
"""
_TAIL = """\
grade: D               # A several primary sources, B one, C secondary sources, D own experience only
sources: []            # - {{id: S1, claim: what it shows, where: where to find it, licence: terms, year: 2026}}
author: "TODO: your name"
version: '1.0'
review_date: {review}
status: draft          # `assistant library submit` hands it in; another one approves it, then it can be published
"""
_PROCESS = """\
function: "TODO: the department or departments"
industry: [any]
trigger: "TODO: what starts a case"
end: "TODO: how a case ends"
scope_out: []          # what does not belong to it
customers:
  - name: "TODO: whom it serves"
    kind: external
    needs: ["TODO: what they need of it"]
roles:
  - id: clerk
    name: "TODO: who works in it"
    kind: person       # person, system, external or group
    also_called: []
data:
  - id: request
    name: "TODO: a document or record"
    also_called: []
stages:
  - id: intake
    name: "TODO: the first part"
    accountable: clerk
    steps:
      - id: check_request
        name: Check request          # a verb and an object
        role: clerk
        reads: [request]
        value: BVA                   # VA adds value for the customer, BVA the business needs it, NVA neither
        control: "TODO: what it guards against, or leave the line out"
        work: 2-5-15 min
        wait: 0-2-8 h
        also_called: []              # other names people give this step
        why: "TODO: what goes wrong without it"
flow:                  # the steps in their order, each once; blocks: choice, loop, parallel, wait, end
  - check_request
  # - loop: {{while: something is missing, p: 0.2, do: [check_request], redo: [ask_back]}}
  # - choice: {{question: Is it urgent?, branches: [{{when: 'yes', p: 0.1, do: [call]}}, {{when: 'no', p: 0.9}}]}}
  # - parallel: [[check_credit], [check_stock]]
  # - end: {{outcome: Request refused, negative: true}}
  - end: {{outcome: "TODO: how it has ended when all went well, in a few words"}}
exceptions: []         # - {{id: late, name: Comes too late, handling: how it is handled, why: why it matters}}
variants: []
kpis:
  - id: days
    name: Days from request to answer
    formula: median of answered - received
    unit: days
    direction: down
    kind: time         # time, cost, quality, customer or flexibility
    target: "TODO: how the target is found"
pains:
  - pattern: "TODO: what hurts"
    shows_as: "TODO: how one notices"
    practices: [H05]   # codes of practices that answer it
enablers: []
separations: []        # - {{a: step, b: step, reason: why two people must do them}}
rollout:
  pilot: "TODO"
  training: "TODO"
  data_and_systems: "TODO"
  briefing: "TODO"
  rollback: "TODO"
"""
_PRACTICE = """\
alias: "TODO: the same in other words"
group: "TODO: customer, operation, behaviour, organisation, information, technology or external"
definition: "TODO: what one does"
trigger: "TODO: by which signs one sees that it applies"
transformation: "TODO: what changes in the process"
effects: {{time: '0', cost: '0', quality: '0', flexibility: '0'}}   # + better, - worse, 0 neutral
guards: ["TODO: when not to do it"]
tier: proposal         # mechanical, proposal or hint
waste: none            # the kind of waste it removes
questions: ["TODO: what to ask first"]
could_fail: ["TODO: how it could fail"]
risks: ["TODO: what it may cost where it works"]
asked_of: {{skills: ["TODO: what people must learn"]}}   # also systems, organisation, partners, customers
needs: ["TODO: what it needs"]
"""
_ENABLER = """\
definition: "TODO: what it is"
fits_when: ["TODO: where it fits"]
needs: ["TODO: what it needs"]
does_not_fit: ["TODO: where it does not"]
proof: "TODO: the figure that would show that it helped"
risk: medium           # low, medium or high
risk_note: "TODO: what may go wrong"
human_check: "TODO: where a person checks"
practices: []          # codes of practices it serves
"""
_BODIES = {"process": _PROCESS, "practice": _PRACTICE, "enabler": _ENABLER}
_WHAT = {
    "process": "A process as it usually runs, from its trigger to its outcome.",
    "practice": "A way to redesign that has worked elsewhere.",
    "enabler": "A technology that can help, and where it does not.",
}


def new_entry(kind: str, name: str, today: dt.date | None = None) -> str:
    """The YAML text of a new entry (`process`, `practice` or `enabler`), to be filled in; reviewed a year from today.

    It fits the schema as it stands, so that an editor and `library check` only name what is left. Raises UsageError.
    """
    title = " ".join(name.split())
    if kind not in MODELS:
        raise UsageError(f"There is no kind of entry called {kind!r}.", f"There are: {', '.join(MODELS)}.")
    if not title or len(title) > 200:
        raise UsageError("An entry needs a name of at most 200 characters.", remedy="Say what it is about.")
    if fresh_id(title, ()) == fresh_id("", ()):
        raise UsageError(f"No id can be made of “{title}”.", "An id has letters from a to z or digits.",
                         "Name it in such letters; the other name goes under `also_called`.")  # fmt: skip
    stem = fresh_id(title, ()).replace("_", "-")
    review = (today or dt.date.today()) + dt.timedelta(days=365)
    quoted = "'" + title.replace("'", "''") + "'"
    return _HEAD.format(what=_WHAT[kind], id=stem, name=quoted) + _BODIES[kind].format() + _TAIL.format(review=review)
