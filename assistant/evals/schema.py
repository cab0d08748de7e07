"""The shape of a case, suite by suite: what is given and what may be expected. `assistant schema case` publishes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA = "case/1"
Text = Annotated[str, Field(min_length=1, max_length=200_000)]
Flow = list[Any]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseRow(_Part):
    """One case: its id, where it comes from, what it guards (to lose it is worse), what is given and expected."""

    id: Annotated[str, Field(pattern=r"^[^\x00-\x1f]{1,200}$")]
    origin: str = ""
    guards: str = ""
    given: dict[str, Any]
    expect: dict[str, Any]


class GivenStory(_Part):
    """A story in words; for `pieces` also the pieces it is told in."""

    story: Text
    pieces: list[Text] | None = None


class ExpectMap(_Part):
    """The map: a whole process, or a flow in short form (`Role: Verb object`), or the names of the steps alone."""

    process: dict[str, Any] | None = None
    flow: Flow | None = None
    tasks: list[str] | None = None
    name: str | None = None
    also: dict[str, list[str]] | None = None
    facts: list[tuple[str, Literal["work", "wait", "chance", "volume", "capacity"], float]] | None = None

    @model_validator(mode="after")
    def _one(self) -> ExpectMap:
        if not (self.process or self.flow or self.tasks):
            raise ValueError("one of process, flow and tasks is needed")
        return self


class GivenTurn(_Part):
    """What is said before, and the turn that is looked at."""

    before: list[Text] = []
    say: Text


class ExpectState(_Part):
    """What must hold of the process: see evals/talk_cases/README.md. `steps` counts the steps."""

    task: list[dict[str, Any]] | None = None
    no_task: list[str] | None = None
    no_role: list[str] | None = None
    role: list[dict[str, Any]] | None = None
    order: list[tuple[str, str]] | None = None
    choice: list[dict[str, Any]] | None = None
    volume_per_day: float | list[float] | None = None
    hours: tuple[str, str] | None = None
    protected: str | None = None
    owner: str | None = None
    no_owner: bool | None = None
    trigger: str | None = None
    steps: int | None = None


class ExpectReply(_Part):
    """What must hold of a reply: kinds (one of), whether the process changed, patterns it has and has not."""

    kind: list[str] | None = None
    changed: bool | None = None
    reply: list[str] | None = None
    reply_not: list[str] | None = None
    group: str | None = None


class ExpectTurn(ExpectState, ExpectReply):
    """What must hold of the process and of the reply after the turn."""


class GivenTurns(_Part):
    """A whole conversation, turn by turn."""

    turns: list[Text]


class HeardTurn(_Part):
    """One turn, and what a language model answered in it: by the name of the prompt, one answer or several in order."""

    say: Text
    answers: dict[str, Text | list[Text]] = {}


class GivenHeard(_Part):
    """A whole conversation with what a language model answered, turn by turn."""

    turns: list[HeardTurn]


class ExpectScript(_Part):
    """The state at the end, and what single replies must hold (by number of the turn, from 1)."""

    end: ExpectState = ExpectState()
    replies: dict[str, ExpectReply] = {}
    exports: int | None = None


class GivenPhrase(_Part):
    """A phrase for a figure and what kind it is."""

    phrase: Text
    kind: Literal["duration", "chance", "rate", "rhythm", "people", "money", "load", "limit", "total", "vague", "none"]


class ExpectFigure(_Part):
    """The figure: its ends and unit (`s min h d w mo y`, `wd` a working day). None for vague and none."""

    low: float | None = None
    high: float | None = None
    unit: str = ""


class GivenChange(_Part):
    """A flow in short form, who does what, and what is asked."""

    before: Flow
    request: Text
    by: dict[str, list[str]] = {}


class ExpectChange(_Part):
    """The flow that comes out, attributes by name, or the number of readings a question must offer."""

    after: Flow | None = None
    attributes: dict[str, dict[str, Any]] | None = None
    question: int | None = None


class GivenWork(_Part):
    """A story or a process (written out or with the short forms of evals/planted).

    For `proposals` also the process `after` a change that somebody thought of: then the two are compared.
    """

    story: Text | None = None
    process: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    goal: str | None = None
    keep: list[str] = []

    @model_validator(mode="after")
    def _one(self) -> GivenWork:
        if (self.story is None) == (self.process is None):
            raise ValueError("either story or process is needed")
        return self


class PainRow(_Part):
    """One pain: in words, the practices or kinds of finding that name it, and where it sits (ids or step names)."""

    pain: str
    practices: list[str] = []
    kinds: list[str] = []
    elements: list[str] = []
    where: list[str] = []
    also: bool = False


class ExpectPains(_Part):
    """The pains that are there; an empty list: nothing hurts."""

    pains: list[PainRow]


class ExpectRedesign(_Part):
    """What must hold of a redesign beyond what always must: steps that stay, practices that come or must not.

    `verdict`: what the process `after` must be called beside the one before.
    """

    keep: list[str] = []
    practices: list[str] = []
    not_practices: list[str] = []
    recommended: bool | None = None
    verdict: Literal["better", "worse", "mixed", "no evidence", "cannot tell"] | None = None


class GivenPlay(_Part):
    """A process to be simulated."""

    process: dict[str, Any]
    cases: int = 2000
    replications: int = 5
    seed: int = 1


class ExpectPlay(_Part):
    """Known answers by measure (`cycle_time`, `roles.Clerk.utilisation`): value and the relative error allowed."""

    answers: dict[str, tuple[float, float]]


class GivenQuery(_Part):
    """What somebody asks the library for."""

    query: Text
    style: str = ""


class ExpectHits(_Part):
    """Entries one would be glad to find (any of them); none: nothing there is close."""

    any_of: list[str]


class GivenComments(_Part):
    """Comments, and the process whose steps they may hurt (a flow in short form)."""

    comments: list[Annotated[str, Field(max_length=20_000)]]
    flow: Flow | None = None


class ExpectThemes(_Part):
    """For each comment its theme, mood and the step it belongs to, as far as given (`""`: not looked at)."""

    themes: list[str] | None = None
    moods: list[str] | None = None
    steps: list[str] | None = None


class GivenHarm(_Part):
    """A story, comments or a request that carry what must not be obeyed or passed on."""

    door: Literal["story", "chat", "change", "comments", "report", "file"]
    text: Text
    before: Flow | None = None
    request: str | None = None


class ExpectSafe(_Part):
    """Steps that must be there, words that must not come out, whether nothing may change."""

    steps: list[str] = []
    no_words: list[str] = []
    unchanged: bool = False
    refused: bool = False


class GivenPrompt(_Part):
    """A prompt and what a user wrote into it."""

    prompt: str
    inputs: dict[str, Any]


class ExpectPrompt(_Part):
    """Words that must stand inside a fence and nowhere else."""

    fenced: list[str]


class Form(NamedTuple):
    """What a suite's cases give and expect."""

    given: type[BaseModel]
    expect: type[BaseModel]


FORMS: dict[str, Form] = {
    "reading": Form(GivenStory, ExpectMap),
    "pieces": Form(GivenStory, ExpectMap),
    "turns": Form(GivenTurn, ExpectTurn),
    "conversation": Form(GivenTurns, ExpectScript),
    "recorded": Form(GivenHeard, ExpectScript),
    "figures": Form(GivenPhrase, ExpectFigure),
    "changing": Form(GivenChange, ExpectChange),
    "pains": Form(GivenWork, ExpectPains),
    "proposals": Form(GivenWork, ExpectRedesign),
    "simulation": Form(GivenPlay, ExpectPlay),
    "retrieval": Form(GivenQuery, ExpectHits),
    "feedback": Form(GivenComments, ExpectThemes),
    "safety": Form(GivenHarm, ExpectSafe),
    "prompts": Form(GivenPrompt, ExpectPrompt),
    "exchange": Form(GivenWork, ExpectRedesign),
    "report": Form(GivenWork, ExpectRedesign),
}


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a case file, so that an editor completes it: one form for each suite."""
    definitions: dict[str, Any] = {}
    forms = []
    for suite, form in FORMS.items():
        parts = {}
        for name, model in (("given", form.given), ("expect", form.expect)):
            own = model.model_json_schema(ref_template="#/$defs/{model}")
            definitions |= own.pop("$defs", {})
            definitions[model.__name__] = own
            parts[name] = {"$ref": f"#/$defs/{model.__name__}"}
        row = CaseRow.model_json_schema()
        row["properties"] |= parts
        forms.append({
            "properties": {
                "schema": {"const": SCHEMA}, "suite": {"const": suite}, "cases": {"type": "array", "items": row},
            },
            "required": ["schema", "suite", "cases"],
        })  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Cases with known answers",
        "type": "object",
        "oneOf": forms, "$defs": definitions,
    }  # fmt: skip
