"""Hypothesis strategies for processes, sequences and edits, shared by the tests of every room.

    from strategies import processes
    @given(processes())
    def test_something(process): ...

What is drawn is always sound: no id twice, no role or data object that is not declared, no end where other branches
run, no step behind an end.
"""

from __future__ import annotations

from hypothesis import strategies as st

from assistant.process.blocks import (
    AnyOf,
    Batch,
    Block,
    Branch,
    Call,
    Choice,
    End,
    Loop,
    Parallel,
    Sequence,
    Task,
    Wait,
)
from assistant.process.durations import (
    Basis,
    Exponential,
    Fixed,
    Gamma,
    Lognormal,
    Normal,
    Observed,
    Span,
    Triangular,
    Uniform,
)
from assistant.process.model import (
    Assumption,
    CaseClass,
    Customer,
    DataObject,
    Hours,
    Measure,
    Process,
    Protected,
    Role,
    Separation,
    Subprocess,
    Volume,
)

VERBS = ("Check", "Approve", "Send", "Enter", "Print", "File", "Review", "Pay", "Ship", "Call")
THINGS = ("order", "invoice", "claim", "contract", "stock", "customer", "offer", "delivery note", "budget", "report")
CONDITIONS = ("yes", "no", "amount > 500", "stock available", "otherwise", "rejected", "customer is new")
ODD = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
names = st.builds("{} {}".format, st.sampled_from(VERBS), st.sampled_from(THINGS))
texts = st.one_of(st.sampled_from(CONDITIONS), ODD)
shares = st.integers(0, 100).map(lambda n: n / 100)
amounts = st.integers(0, 5000).map(lambda n: n / 4)
units = st.sampled_from(["s", "min", "h", "d", "w"])
bases = st.none() | st.sampled_from(list(Basis))
spans = st.none() | st.builds(
    Span, start=st.integers(0, 50), end=st.integers(50, 90), doc=st.sampled_from(["", "a.txt"])
)


@st.composite
def durations(draw: st.DrawFn):
    """Any duration."""
    low, middle, high = sorted(draw(st.tuples(amounts, amounts, amounts)))
    rest = {"unit": draw(units), "basis": draw(bases), "note": draw(st.none() | ODD), "span": draw(spans)}
    return draw(
        st.sampled_from(
            [
                Fixed(value=middle, **rest),
                Exponential(mean=middle, **rest),
                Uniform(low=low, high=high, **rest),
                Triangular(low=low, mode=middle, high=high, **rest),
                Normal(mean=middle, sd=low, **rest),
                Lognormal(mean=middle, sd=low, **rest),
                Gamma(mean=middle, sd=low, **rest),
                Observed(values=(low, middle, high), **rest),
            ]
        )
    )


maybe = st.none() | durations()


class _Drawer:
    """Draws one process: hands out ids and knows the roles and data objects there are."""

    def __init__(self, draw: st.DrawFn, budget: int, rich: bool) -> None:
        self.draw, self.left, self.rich, self.count, self.running = draw, budget, rich, 0, 0
        self.roles = [f"role{n}" for n in range(draw(st.integers(0, 3)))]
        self.data = [f"data{n}" for n in range(draw(st.integers(0, 2)))] if rich else []
        self.subs = [f"sub{n}" for n in range(draw(st.integers(0, 1)))] if rich else []

    def id(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def chance(self) -> bool:
        return self.draw(st.integers(0, 5)) == 0

    def pick(self, options: list[str]) -> str | None:
        return self.draw(st.sampled_from([None, *options]))

    def some(self, options: list[str]) -> tuple[str, ...]:
        return tuple(name for name in options if self.chance())

    def marks(self) -> dict[str, object]:
        if not self.rich or not self.chance():
            return {}
        return {"span": self.draw(spans), "basis": self.draw(bases), "note": self.draw(st.none() | texts)}

    def sequence(self, depth: int, ends: bool, least: int = 0) -> Sequence:
        """A sequence; where `ends`, its last step may end the case."""
        items: list[Block] = []
        size = self.draw(st.integers(least, 4))
        while len(items) < size and self.left > 0:
            items.append(self.step(depth))
        if ends and not self.running and self.chance():
            outcome = self.draw(st.sampled_from(["Rejected", "Done", "Cancelled"]))
            negative = self.draw(st.sampled_from([None, True, False]))
            items.append(End(id=self.id("end"), outcome=outcome, negative=negative, **self.marks()))
        return Sequence(items=tuple(items))

    def step(self, depth: int) -> Block:
        self.left -= 1
        kinds = ["task"] * 4 + ["wait", "call"] + (["choice", "choice", "any_of", "parallel", "loop"] if depth else [])
        return getattr(self, f"_{self.draw(st.sampled_from(kinds))}")(depth)

    def _task(self, depth: int) -> Task:
        plain = Task(id=self.id("t"), name=self.draw(names), role=self.pick(self.roles), work=self.draw(maybe))
        return plain.model_copy(update=self.details()) if self.rich and self.chance() else plain

    def details(self) -> dict[str, object]:
        draw = self.draw
        return {
            **self.marks(), "name": draw(names | ODD), "wait": draw(maybe), "setup": draw(maybe),
            "with_roles": self.some(self.roles), "or_roles": self.some(self.roles), "informed": self.some(self.roles),
            "system": draw(st.none() | st.just("ERP")), "medium": draw(st.sampled_from([None, "email", "paper"])),
            "reads": self.some(self.data), "writes": self.some(self.data),
            "wait_cause": draw(st.sampled_from([None, "batching", "external"])),
            "batch": draw(st.none() | st.builds(Batch, size=st.integers(2, 50), every=maybe, reason=st.none() | texts)),
            "cost": draw(st.none() | amounts), "error_rate": draw(st.none() | shares),
            "value_class": draw(st.sampled_from([None, "VA", "BVA", "NVA"])), "is_control": draw(st.booleans()),
            "legal_basis": draw(st.none() | texts), "contact": draw(st.none() | st.just("customer")),
            "physical": draw(st.booleans()), "automation": draw(st.sampled_from([None, "manual", "automatic"])),
            "rule_based": draw(st.sampled_from([None, True, False])), "channels": draw(st.just(()) | st.tuples(texts)),
            "priority": draw(st.none() | st.integers(-3, 3)),
        }  # fmt: skip

    def _wait(self, depth: int) -> Wait:
        event = self.draw(st.sampled_from(["timer", "message"]))
        contact = self.draw(st.none() | st.just("customer")) if event == "message" else None
        return Wait(id=self.id("w"), name=self.draw(names | st.just("")), event=event, duration=self.draw(maybe),
                    contact=contact, role=self.pick(self.roles), **self.marks())  # fmt: skip

    def _call(self, depth: int) -> Call:
        target = self.pick(self.subs)
        return Call(
            id=self.id("call"), name=self.draw(names), process=target, role=self.pick(self.roles), **self.marks()
        )

    def branches(self, depth: int, block: str, ends: bool, conditions: bool) -> tuple[Branch, ...]:
        number = self.draw(st.integers(1 if self.chance() else 2, 3))
        plain = not self.rich or self.draw(st.booleans())
        chances = [None] * number if self.draw(st.booleans()) else [0.5, 0.25, 0.25][:number]
        return tuple(
            Branch(
                id=f"{block}.{n + 1}" if plain else self.id("way"),
                when=self.draw(st.none() | texts) if conditions else None,
                p=chances[n] if conditions else None,
                p_basis=self.draw(bases) if conditions and chances[n] is not None else None,
                do=self.sequence(depth - 1, ends and n < number - 1),
            )
            for n in range(number)
        )

    def _choice(self, depth: int) -> Choice:
        name = self.id("c")
        return Choice(id=name, question=self.draw(st.just("") | texts), branches=self.branches(depth, name, True, True))

    def _any_of(self, depth: int) -> AnyOf:
        name = self.id("any")
        self.running += 1
        branches = self.branches(depth, name, False, True)
        self.running -= 1
        return AnyOf(id=name, branches=branches, **self.marks())

    def _parallel(self, depth: int) -> Parallel:
        name = self.id("p")
        self.running += 1
        branches = self.branches(depth, name, False, False)
        self.running -= 1
        return Parallel(id=name, branches=branches, **self.marks())

    def _loop(self, depth: int) -> Loop:
        do, redo = self.sequence(depth - 1, False, least=1), self.sequence(depth - 1, False)
        if self.chance():
            do, redo = redo, do
        until = self.draw(st.none() | texts) if self.rich else None
        return Loop(id=self.id("loop"), do=do, while_=self.draw(st.just("") | texts), redo=redo,
                    p=self.draw(st.none() | shares), until=until, **self.marks())  # fmt: skip


def _roles(drawer: _Drawer) -> tuple[Role, ...]:
    draw = drawer.draw
    hours = st.builds(
        Hours, days=st.sampled_from(["mon-fri", "sat", "mon,wed"]), from_=st.just("09:00"), to=st.just("17:00")
    )
    return tuple(
        Role(id=name, name=draw(st.sampled_from(["Clerk", "Boss", "ERP", "Customer"])) + name[-1],
             kind=draw(st.sampled_from(["person", "system", "external", "group"])),
             unit=draw(st.sampled_from([None, "Sales", "Operations"])), capacity=draw(st.none() | st.integers(1, 9)),
             cost_per_hour=draw(st.none() | amounts), capacity_basis=draw(bases), span=draw(spans),
             calendar=draw(st.none() | st.tuples(hours)))
        for name in drawer.roles
    )  # fmt: skip


def _head(drawer: _Drawer) -> dict[str, object]:
    draw, some, values = drawer.draw, st.sampled_from(["t1", "t2", "t3"]), st.none() | amounts
    if not drawer.rich:
        return {}
    classes = st.none() | st.just((CaseClass(name="rush", share=0.1, priority=2),))
    return {
        "purpose": draw(st.none() | texts), "trigger": draw(st.none() | texts), "owner": draw(st.none() | texts),
        "level": draw(st.sampled_from([None, "department", "end-to-end"])), "note": draw(st.none() | texts),
        "customers": tuple(draw(st.lists(st.builds(Customer, name=texts, needs=st.just(()) | st.tuples(texts),
                                                   kind=st.sampled_from(["external", "internal"])), max_size=2))),
        "volume": draw(st.none() | st.builds(Volume, between=durations(), basis=bases, text=st.none() | texts,
                                             per=st.sampled_from([None, "day", "week"]),
                                             classes=classes.map(lambda c: c or ()))),
        "currency": draw(st.sampled_from(["EUR", "USD"])), "holidays": draw(st.just(()) | st.just(("2026-12-25",))),
        "separations": draw(st.just(()) | st.tuples(st.builds(Separation, a=some, b=st.just("t9"), reason=texts))),
        "protected": draw(st.just(()) | st.tuples(st.builds(Protected, id=some, reason=texts))),
        "measures": draw(st.just(()) | st.tuples(st.builds(Measure, id=st.just("m1"), name=texts, value=values))),
        "assumptions": draw(st.just(()) | st.tuples(st.builds(Assumption, text=texts, elements=st.just(("t1",))))),
    }  # fmt: skip


@st.composite
def processes(draw: st.DrawFn, max_steps: int = 14, depth: int = 3, rich: bool = True) -> Process:
    """A sound process of up to about `max_steps` steps; `rich` ones use every field, odd texts included."""
    drawer = _Drawer(draw, draw(st.integers(1, max_steps)), rich)
    flow = drawer.sequence(depth, True, least=1)
    subs = tuple(
        Subprocess(id=name, name=draw(names), owner=draw(st.none() | texts), flow=_fenced(drawer))
        for name in drawer.subs
    )
    data = tuple(DataObject(id=name, name=name.title(), source=draw(st.none() | texts)) for name in drawer.data)
    name = draw(names)
    return Process(name=name, roles=_roles(drawer), data=data, flow=flow, subprocesses=subs, **_head(drawer))


def _fenced(drawer: _Drawer) -> Sequence:
    drawer.left = max(drawer.left, 2)
    return Sequence(items=(drawer._task(0), drawer._wait(0)))


def sequences(max_steps: int = 8, depth: int = 2) -> st.SearchStrategy[Sequence]:
    """The flow of a sound process without odd values."""
    return processes(max_steps=max_steps, depth=depth, rich=False).map(lambda process: process.flow)
