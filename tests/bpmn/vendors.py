"""BPMN files as several tools write them, made from a seed: their prefixes, ids, extension elements and idioms."""

from __future__ import annotations

import random

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMES = ("Check order", "Ask customer", "Book entry", "Send letter", "Approve bill", "Pack goods", "Call supplier")
SPACES = {
    "camunda7": 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
    "camunda8": 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud"',
    "jbpm": 'xmlns:drools="http://www.jboss.org/drools"',
    "flowable": 'xmlns:flowable="http://flowable.org/bpmn"',
    "bizagi": 'xmlns:bz="http://www.bizagi.com/bpmn20"',
    "signavio": 'xmlns:signavio="http://www.signavio.com"',
    "bonita": 'xmlns:model="http://www.omg.org/spec/BPMN/20100524/MODEL"',
}
EXTENSIONS = {
    "camunda7": '<camunda:inputOutput><camunda:inputParameter name="a">1</camunda:inputParameter>'
    "</camunda:inputOutput>",
    "camunda8": '<zeebe:taskDefinition type="work"/><zeebe:ioMapping><zeebe:input source="a"/></zeebe:ioMapping>',
    "jbpm": '<drools:metaData name="elementname"><drools:metaValue>x</drools:metaValue></drools:metaData>',
    "flowable": '<flowable:formProperty id="f" name="F"/>',
    "bizagi": "<bz:BizagiExtensions><bz:BizagiProperties/></bz:BizagiExtensions>",
    "signavio": '<signavio:signavioMetaData metaKey="bgcolor" metaValue="#fff"/>',
    "bonita": "",
}
ATTRIBUTES = {
    "camunda7": 'camunda:assignee="demo"',
    "jbpm": 'drools:selectable="true"',
    "flowable": 'flowable:async="1"',
}
CONDITIONS = {
    "camunda7": "${amount &gt; 5}",
    "camunda8": "= amount &gt; 5",
    "flowable": "${approved &amp;&amp; !late}",
    "jbpm": 'return KieFunctions.equalsTo(status, "exists");',
    "bonita": "amount.get(0) == 5;",
    "bizagi": "",
    "signavio": "amount is high",
}
TIMES = ("PT2H", "P3D", "R3/PT10H", "${dueDate}", "2030-01-01T00:00:00")


class Writer:
    """One file of a tool. The prefix of BPMN's namespace and the form of ids are the tool's."""

    def __init__(self, tool: str, seed: int) -> None:
        self.tool, self.pick = tool, random.Random(f"{tool}{seed}")
        self.prefix = {"camunda7": "bpmn:", "camunda8": "bpmn:", "jbpm": "bpmn2:", "bonita": "model:"}.get(tool, "")
        self.count = 0
        self.parts: list[str] = []
        self.around: list[str] = []
        self.lane: list[str] = []

    def id(self) -> str:
        self.count += 1
        form = {"signavio": "sid-7EEF{:04X}-AB", "jbpm": "_4E0{:03X}-1", "bizagi": "Id_{:05d}", "bonita": "_x{}Q"}
        return form.get(self.tool, "Activity_{:07d}").format(self.count)

    def el(self, tag: str, inner: str = "", **attributes: str) -> str:
        told = "".join(f' {key}="{value}"' for key, value in attributes.items() if value)
        return f"<{self.prefix}{tag}{told}>{inner}</{self.prefix}{tag}>"

    def node(self, tag: str, inner: str = "", name: str = "", into: str | None = None, **more: str) -> str:
        made = self.id()
        extra = ATTRIBUTES.get(self.tool, "") if tag.endswith("Task") else ""
        ext = EXTENSIONS[self.tool] if tag.endswith("Task") and self.pick.random() < 0.7 else ""
        inner = (
            (self.el("documentation", f"About {made}") if self.pick.random() < 0.3 else "")
            + (self.el("extensionElements", ext) if ext else "")
            + inner
        )
        self.parts.append(self.el(tag, inner, id=made, name=name, **more).replace(" ", f" {extra} ", 1 if extra else 0))
        if into is None:
            self.lane.append(made)
        return made

    def flow(self, a: str, b: str, name: str = "", condition: str = "") -> str:
        made = "" if self.tool in ("flowable", "bonita") and not name else self.id()
        inner = self.el("conditionExpression", condition) if condition else ""
        self.parts.append(self.el("sequenceFlow", inner, id=made, name=name, sourceRef=a, targetRef=b))
        return made

    def event(self, kind: str, inner: str = "") -> str:
        ext = self.el("extensionElements", EXTENSIONS[self.tool]) if EXTENSIONS[self.tool] else ""
        made = self.el(f"{kind}EventDefinition", (ext if self.pick.random() < 0.4 else "") + inner)
        extra = ATTRIBUTES.get(self.tool, "")
        return made.replace("EventDefinition", f"EventDefinition {extra}", 1) if self.pick.random() < 0.4 else made

    def timer(self) -> str:
        value = self.pick.choice(TIMES)
        tag = "timeCycle" if value[0] == "R" else "timeDate" if value[0] == "2" else "timeDuration"
        return self.event("timer", self.el(tag, value))

    def task(self) -> str:
        tag = self.pick.choice(
            ("userTask", "serviceTask", "scriptTask", "manualTask", "sendTask", "receiveTask", "task")
        )
        inner = self.el("script", "x = 1;") if tag == "scriptTask" else ""
        if self.tool == "jbpm":
            inner += self.el("ioSpecification", self.el("dataInput", id=self.id()) + self.el("inputSet"))
            inner += self.el(
                "potentialOwner", self.el("resourceAssignmentExpression", self.el("formalExpression", "g"))
            )
        loop = self.pick.random()
        if loop < 0.15:
            inner += self.el("multiInstanceLoopCharacteristics", self.el("loopCardinality", "3"), isSequential="true")
        elif loop < 0.3:
            inner += self.el(
                "multiInstanceLoopCharacteristics",
                EXTENSIONS[self.tool] and self.el("extensionElements", EXTENSIONS[self.tool]),
            )
        elif loop < 0.4:
            inner += self.el("standardLoopCharacteristics", self.el("loopCondition", "again"))
        name = f"{self.pick.choice(NAMES)} {self.count}"
        if self.tool == "signavio" and self.pick.random() < 0.5:
            name = name.replace(" ", "&#10;", 1)
        return self.node(tag, inner, name)

    def piece(self, before: str) -> str:
        """One idiom behind a node; returns the node it ends in."""
        kind = self.pick.randrange(9)
        if kind == 0:
            gate, join = self.node("exclusiveGateway", name=self.pick.choice(("", "Fine?"))), ""
            a, b = self.task(), self.task()
            join = self.node("exclusiveGateway")
            named = self.pick.random() < 0.5
            self.flow(before, gate)
            self.flow(gate, a, "yes" if named else "", CONDITIONS[self.tool])
            self.flow(gate, b, "no" if named else "")
            self.flow(a, join), self.flow(b, join)
            return join
        if kind == 1:
            fork, join, a, b = self.node("parallelGateway"), self.node("parallelGateway"), self.task(), self.task()
            for one, other in ((before, fork), (fork, a), (fork, b), (a, join), (b, join)):
                self.flow(one, other)
            return join
        if kind == 2:
            race, join = self.node("eventBasedGateway"), self.node("exclusiveGateway")
            a = self.node("intermediateCatchEvent", self.event("message"), "Answer came")
            b = self.node("intermediateCatchEvent", self.timer(), self.pick.choice(("", "Time over")))
            for one, other in ((before, race), (race, a), (race, b), (a, join), (b, join)):
                self.flow(one, other)
            return join
        task = self.task()
        self.flow(before, task)
        if kind in (3, 4):
            stops = "true" if kind == 3 else "false"
            late = self.node("boundaryEvent", self.timer(), "Late", attachedToRef=task, cancelActivity=stops)
            handle, end = self.task(), self.node("endEvent", name=self.pick.choice(("", "Given up")))
            self.flow(late, handle), self.flow(handle, end)
        elif kind == 5:
            self.node(
                "boundaryEvent",
                self.event(self.pick.choice(("error", "message", "escalation"))),
                "Fault",
                attachedToRef=task,
            )
        elif kind == 6:
            inside = self.node("startEvent", into="sub"), self.node("endEvent", name="Inner end", into="sub")
            outer, self.parts = self.parts[:-2], self.parts[-2:]
            self.flow(*inside)
            sub = self.el("subProcess", "".join(self.parts), id="sub" + task.replace("-", "_"), name="Inner part")
            self.parts = [*outer, sub]
            self.flow(task, "sub" + task.replace("-", "_"))
            return "sub" + task.replace("-", "_")
        elif kind == 7:
            self.parts.append(
                self.el(
                    "subProcess",
                    self.el("startEvent", self.event("message"), id=self.id(), name="Cancel"),
                    id=self.id(),
                    name="On cancel",
                    triggeredByEvent="true",
                )
            )
            self.parts.append(self.el("task", id=self.id(), name="Undo", isForCompensation="true"))
            self.parts.append(self.el("group", id=self.id()))
        else:
            note, line = self.id(), self.id()
            self.parts.append(self.el("textAnnotation", self.el("text", f"Remark {note}"), id=note))
            self.parts.append(
                self.el("association", id=line, sourceRef=self.pick.choice((task, "nowhere")), targetRef=note)
            )
            ref = self.id()
            self.parts.append(self.el("dataObject", id=f"d{ref}"))
            self.parts.append(
                self.el(
                    "dataObjectReference",
                    self.el("dataState", name="new"),
                    id=ref,
                    dataObjectRef=f"d{ref}",
                    name=f"Form {ref}",
                )
            )
            call = self.node("callActivity", name="Call it", calledElement="elsewhere")
            self.flow(task, call)
            return call
        return task

    def document(self) -> bytes:
        start = self.node("startEvent", self.pick.choice(("", self.event("message"), self.timer())), "Begin")
        here = start
        for _ in range(self.pick.randint(1, 6)):
            here = self.piece(here)
        self.flow(
            here,
            self.node("endEvent", self.pick.choice(("", self.event("message"), self.event("terminate"))), "Finished"),
        )
        lanes = self.el(
            "laneSet",
            self.el("lane", "".join(self.el("flowNodeRef", name) for name in self.lane), id="lane1", name="Office"),
        )
        pools = self.el("participant", id="pool1", name="Firm", processRef="process1") + self.el(
            "participant", id="pool2", name="Customer"
        )
        pools += self.el("messageFlow", id="m1", name="Word", sourceRef="pool2", targetRef=self.pick.choice(self.lane))
        laned = self.tool in ("bizagi", "signavio", "bonita") or self.pick.random() < 0.5
        body = (lanes if laned else "") + "".join(self.parts)
        around = self.el("collaboration", pools, id="c1") if laned else ""
        around += (
            self.el("message", id="msg1", name="Word")
            + self.el("error", id="err1")
            + self.el("itemDefinition", id="it1")
        )
        bare = f'xmlns{":" + self.prefix[:-1] if self.prefix else ""}="{MODEL}"'
        spaces = bare if self.tool == "bonita" else f"{bare} {SPACES[self.tool]}"
        process = self.el("process", body, id="process1", name="Own example")
        head = f'<{self.prefix}definitions {spaces} targetNamespace="urn:x">'
        return f"{head}{around}{process}</{self.prefix}definitions>".encode()


def files(count: int) -> list[tuple[str, bytes]]:
    """`count` files of all tools in turn, each with its name."""
    tools = list(SPACES)
    return [(f"{tools[n % len(tools)]}-{n}", Writer(tools[n % len(tools)], n).document()) for n in range(count)]


class Nested(Writer):
    """A file whose idioms stand within one another, a few levels deep, joined as they were parted.

    `loose`: a way may end early, also within parallel work, and may join another gateway than the one it left by.
    """

    SPLITS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")

    def __init__(self, tool: str, seed: int, loose: bool) -> None:
        super().__init__(tool, seed + 1000)
        self.loose, self.joins = loose, [""]

    def row(self, before: str, depth: int) -> str:
        """A few blocks in a row behind a node; returns the node they end in."""
        for _ in range(self.pick.randint(1, 2)):
            before = self.block(before, depth) if before else ""
        return before

    def block(self, before: str, depth: int) -> str:
        kind = self.pick.choice((*self.SPLITS, "task", "loop", "sub", "attached")) if depth else "task"
        if kind in self.SPLITS:
            return self.split(before, kind, depth)
        if kind == "loop":
            begin = self.node("exclusiveGateway")
            self.flow(before, begin)
            again = self.node("exclusiveGateway", name="Again?")
            self.flow(self.row(begin, depth - 1) or begin, again)
            self.flow(again, begin, "yes", CONDITIONS[self.tool])
            return again
        task = self.task()
        self.flow(before, task)
        if kind == "sub":
            return self.sub(task, depth)
        if kind == "attached":
            late = self.node("boundaryEvent", self.timer(), "Late", attachedToRef=task)
            join = self.node("exclusiveGateway")
            self.flow(task, join)
            if last := self.row(late, depth - 1):
                self.flow(last, join)
            return join
        return task

    def split(self, before: str, kind: str, depth: int) -> str:
        fork = self.node(kind, name=self.pick.choice(("", f"Which way {self.count}?")))
        join = self.node("exclusiveGateway" if kind == "eventBasedGateway" else kind)
        self.flow(before, fork)
        for number in range(self.pick.randint(2, 3)):
            first = fork
            if kind == "eventBasedGateway":
                first = self.node("intermediateCatchEvent", self.event("message") if number else self.timer(), "Came")
                self.flow(fork, first)
            last = self.row(first, depth - 1)
            if last and self.loose and number and self.pick.random() < 0.3:
                self.flow(last, self.node("endEvent", name=f"Stopped {self.count}"))
            elif last:
                self.flow(last, self.pick.choice(self.joins[1:] or [join]) if self.odd() else join)
        self.joins.append(join)
        return join

    def odd(self) -> bool:
        return self.loose and self.pick.random() < 0.1

    def sub(self, task: str, depth: int) -> str:
        outer, self.parts = self.parts, []
        kept, lane = self.joins, self.lane[:]
        self.joins = [""]
        begin = self.node("startEvent", into="sub")
        self.flow(self.row(begin, depth - 1) or begin, self.node("endEvent", name=f"Inner {self.count}", into="sub"))
        made = self.id()
        part = self.el("subProcess", "".join(self.parts), id=made, name=f"Part {self.count}")
        self.parts, self.joins, self.lane = [*outer, part], kept, [*lane, made]
        self.flow(task, made)
        return made

    def piece(self, before: str) -> str:
        return self.row(before, 3)


def nested_files(count: int, loose: bool = False) -> list[tuple[str, bytes]]:
    """`count` files of all tools in turn with idioms within one another."""
    tools = list(SPACES)
    kind = "loose" if loose else "nested"
    return [
        (f"{tools[n % len(tools)]}-{kind}-{n}", Nested(tools[n % len(tools)], n, loose).document())
        for n in range(count)
    ]
