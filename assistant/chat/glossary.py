"""What the words of the trade mean, each in a sentence for somebody who never read about processes."""

from __future__ import annotations

WORDS = {
    "gateway": "A gateway is a point of decision in the map: the work goes one way or another (a branch), or splits.",
    "lane": "A lane is the row of one role in the map: all steps in it are done by that role.",
    "cycle time": "Cycle time is how long one case takes from its start to its end, work and waiting together.",
    "lead time": "Lead time is how long one case takes from its start to its end, work and waiting together.",
    "handoff": "A handoff is where the work goes from one role to another; it often waits there.",
    "handover": "A handover is where the work goes from one role to another; it often waits there.",
    "utilisation": "Utilisation is the share of their working time that people are busy with this work.",
    "utilization": "Utilization is the share of their working time that people are busy with this work.",
    "bottleneck": "The bottleneck is the role or step that work piles up in front of; it sets the pace of the whole.",
    "rework": "Rework is work done again because something was wrong or missing.",
    "bpmn": "BPMN is the usual notation for maps of processes: steps, decisions (gateways), lanes for roles.",
    "kpi": "A KPI is a figure by which the process is measured, with a target.",
    "asis": "As-is is how the work runs today.",
    "tobe": "To-be is how the work is to run after the redesign.",
    "owner": "The process owner is the manager who answers for the whole, across all its steps.",
    "trigger": "The trigger is what starts a case: a call, an order, a date.",
    "role": "A role is who does steps of the work: a person, a group, a firm or a system.",
    "step": "A step is one thing somebody does in the work, with its time.",
    "waitingtime": "Waiting time is when a case lies and nobody works on it.",
    "waittime": "Waiting time is when a case lies and nobody works on it.",
    "worktime": "Work time is when somebody has a case in hand.",
    "handsontime": "Hands-on time is when somebody has a case in hand.",
    "capacity": "The capacity of a role is how many people work in it.",
    "template": "A template is the usual form of a process like this one, from the library.",
    "practice": "A practice is a way to improve a process that worked elsewhere, with what it usually brings.",
    "finding": "A finding is something in the process that hurts, with the figures that show it.",
    "branch": "A branch is one of the ways on from a decision; the word is also used for a second version of "
    "the whole.",
    "loop": "A loop is a part that is done again until something holds.",
}
