"""What the conversation says where nothing has to be worked out."""

from __future__ import annotations

FIRST = "Go on telling, answer what you can, or correct me (“no, the clerk does that”). `show` has the whole process."
MEANWHILE = "Somebody else went on with this project meanwhile; I have taken that in."
NOTHING_TOLD = "Nothing is told yet. Tell me first how the work runs today, in your own words."
GO_ON = "I am listening. Go on telling, ask me something, or say `help`. Nothing was changed."
ENGLISH = "I read English only, without a language model. Nothing was changed; please say it in English."
PROGRAM = "I am a program, no person: I read by rules how work is told, and reckon with it. Nothing was changed."
NOTED = (
    "I have noted that; it is not yet enough to draw a process from. Go on: who does what, and what comes next? "
    "I read it together with what follows."
)
LOST = "I do not find that figure here. Name the step it belongs to."
OVER = "What was told stays. `undo` takes it back turn by turn; `assistant chat ANOTHER-NAME` begins afresh beside it."
WHICH_WRONG = (
    "Which part is wrong? Name the step and say how it is: “the clerk does that, not the manager”, “checking takes 20 "
    "minutes”, “packing comes before weighing”, “we do not phone anybody”. Nothing was changed.",
    "`show` has everything as I understood it.",
)
COULD = (
    "- `propose` looks for what hurts, where it waits and what would be better.",
    "- “where does the time go?” shows what takes long today.",
    "- Or say it as a step: who does what, and when.",
)
WHOLE_STORY = "The next `undo` takes away the whole story you told"
NOTHING_OF_IT = (
    "Nothing came of your last words, so there is nothing of them to take back. `undo` once more takes back the change "
    "before."
)

HOLDS_FOR = {
    "new": "That is said of the new process only; today stays as it was. If it is so today already, say so.",
    "both": "That holds for today and for the new process.",
    "today": "That holds for today; the new process stays as it was decided.",
}
"""Of which process a change was, where there are two."""

WARNED = (WHOLE_STORY, NOTHING_OF_IT)
"""How an answer begins behind which `undo` is meant, whatever goes with it."""
