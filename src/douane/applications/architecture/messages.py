"""Questions about the Reference Architecture, and what is told of its elements."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import Machine

Id = Annotated[str, Meta(min_length=1, max_length=300, title="Element of the architecture")]
Cursor = Annotated[str, Meta(max_length=300, title="Where the next page begins")]
Limited = Annotated[int, Meta(ge=1, le=250, title="Most lines of a page")]


AsOf = Annotated[dt.date | None, Meta(title="Day as of which it is told")]


class SearchQuery(msgspec.Struct, frozen=True):
    """What is there? text: words that must all occur in a name, a title or a number. kind: of what; empty for all.
    on: the day as of which states are told; without it they are told as declared.

    With neither, the goals are listed, and how much there is of each kind.
    """

    text: Annotated[str, Meta(max_length=200, title="Words that are looked for")] = ""
    kind: Annotated[str, Meta(max_length=20, title="Kind of element")] = ""
    after: Cursor = ""
    limit: Limited = 50
    on: AsOf = None


class ElementLine(msgspec.Struct, frozen=True):
    """An element in a list. id: ``kind:name``."""

    id: str
    kind: str
    name: str
    title: str
    status: str


class KindCount(msgspec.Struct, frozen=True):
    """How many elements of a kind were found."""

    kind: str
    count: int


class SearchAnswer(msgspec.Struct, frozen=True):
    """A page of elements, the best first; ``after``: the cursor of the next one, empty at the end. counts: of all.

    inside: whether whoever asks is told what is used, and which nodes run.
    """

    lines: tuple[ElementLine, ...]
    counts: tuple[KindCount, ...]
    model: str
    after: str = ""
    inside: bool = False


class ElementQuery(msgspec.Struct, frozen=True):
    """Show me an element. edge, backward, after: a further page of its neighbours by one edge. on: as of which day."""

    id: Id
    edge: Annotated[str, Meta(max_length=20, title="Edge of the architecture")] = ""
    backward: bool = False
    after: Cursor = ""
    limit: Limited = 250
    on: AsOf = None


class ElementFact(msgspec.Struct, frozen=True):
    """Something that is declared of an element."""

    name: str
    value: str


class Used(msgspec.Struct, frozen=True):
    """How often something was used, and how often that failed. last: when it was used last; None for never.

    within: microseconds within which 99 of 100 calls through a door ended; None where none was.
    """

    count: int
    failed: int = 0
    last: Machine | None = None
    within: int | None = None


class UserSeen(msgspec.Struct, frozen=True):
    """Who used it: a kind of caller, and the administration of those in the trusted circle."""

    kind: str
    administration: str
    used: Used


class InUse(msgspec.Struct, frozen=True):
    """What the node that is asked counted since a moment."""

    since: Machine
    used: Used
    users: tuple[UserSeen, ...] = ()


class Neighbour(msgspec.Struct, frozen=True):
    """An element at the other end of an edge. proof: where the edge is seen; empty where that is not told.

    used: how often the edge was used; None where nobody counts, or is told.
    """

    line: ElementLine
    proof: str = ""
    used: Used | None = None


class Neighbours(msgspec.Struct, frozen=True):
    """The elements that one edge leads to. words: what the edge says, read from the element that is shown.

    through: for elements that a second edge leads to, what that one says. count: of all of them.
    """

    edge: str
    backward: bool
    words: str
    count: int
    members: tuple[Neighbour, ...]
    through: str = ""
    after: str = ""


class HopOfWay(msgspec.Struct, frozen=True):
    """An element on a way. words: what leads to it from the one before; empty for the first."""

    line: ElementLine
    words: str = ""


class StepOfProcess(msgspec.Struct, frozen=True):
    """A step of a process, or a task of a process level, with the operations behind it. within: the level of a task."""

    step: ElementLine
    operations: tuple[ElementLine, ...] = ()
    within: ElementLine | None = None


class OutcomeOfTest(msgspec.Struct, frozen=True):
    """What a test said of this build: passed, failed, skipped, or not known."""

    test: ElementLine
    outcome: str


InstanceName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9 ._/:-]{0,79}\Z", title="Name of a node")]
HostName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9._:-]{0,253}\Z", title="Host of a node")]
ReleaseName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9.+-]{1,40}\Z", title="Version of the product")]
ContractsHash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{0,64}\Z", title="Hash of the contracts")]
ServiceName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,59}\Z", title="Name of a service")]


FactName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,39}\Z", title="Name of a fact")]
FactValue = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9 .,:;+_/-]{0,400}\Z", title="What a node is made of")]


class NodeFact(msgspec.Struct, frozen=True):
    """One thing that a node is made of: a version, a digest, a limit."""

    name: FactName
    value: FactValue


class DoorOfNode(msgspec.Struct, frozen=True):
    """A platform at which a node has a door, and the services that it offers there."""

    platform: Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,19}\Z", title="Platform")]
    services: Annotated[tuple[ServiceName, ...], Meta(max_length=200)]


class Announced(msgspec.Struct, frozen=True):
    """A node as it says itself that it is there. Whose it is, its certificate says. leaving: it is about to end.

    facts: what it is made of, as versions, digests and limits. doors: those that it has open.
    """

    instance: InstanceName
    host: HostName
    version: ReleaseName
    contracts: ContractsHash
    services: Annotated[tuple[ServiceName, ...], Meta(max_length=200)]
    leaving: bool = False
    facts: Annotated[tuple[NodeFact, ...], Meta(max_length=20)] = ()
    doors: Annotated[tuple[DoorOfNode, ...], Meta(max_length=10)] = ()


class NodesQuestion(msgspec.Struct, frozen=True):
    """Which nodes are there? here: the node that asks, which is there too; a system says that, a person does not."""

    here: Announced | None = None


class NodeShown(msgspec.Struct, frozen=True):
    """A node that runs.

    administration: who operates it. alike: whether it declares the same as the node that is asked. since, seen: when it
    was heard first and last. told_by: the administration whose node heard it; empty for that which is asked. facts:
    what it is made of. drift: those in which it differs from most nodes of its administration. doors: those that it has
    open.
    """

    administration: str
    instance: str
    host: str
    version: str
    contracts: str
    alike: bool
    services: tuple[ElementLine, ...]
    since: Machine
    seen: Machine
    told_by: str = ""
    facts: tuple[NodeFact, ...] = ()
    drift: tuple[str, ...] = ()
    doors: tuple[DoorOfNode, ...] = ()


class Missed(msgspec.Struct, frozen=True):
    """An administration that had a node, of which none is heard now, or which does not collect. seen: its last sign of
    life. waiting: messages that wait for it here. sign: ``away``, ``silent``, or ``announced`` where it said so."""

    administration: str
    seen: Machine
    waiting: int
    sign: str


class NodesAnswer(msgspec.Struct, frozen=True):
    """The nodes that are there, by administration. contracts: of the node that is asked. gone_after: seconds. missed:
    whose node was heard within a week, and is not heard or does not collect now."""

    nodes: tuple[NodeShown, ...]
    contracts: str
    gone_after: int
    missed: tuple[Missed, ...] = ()


class ElementShown(msgspec.Struct, frozen=True):
    """An element with everything that it is connected to. way: from a goal through it to a datum.

    steps: of a process and of a process level, with what is behind each. model: the hash of what it is shown from.
    outcomes: of a test and of the tests of a requirement, on this build. in_use: how often it was used; None where
    nobody counts, or is told. nodes: those that run a service.
    """

    line: ElementLine
    facts: tuple[ElementFact, ...]
    way: tuple[HopOfWay, ...]
    neighbours: tuple[Neighbours, ...]
    model: str
    steps: tuple[StepOfProcess, ...] = ()
    outcomes: tuple[OutcomeOfTest, ...] = ()
    in_use: InUse | None = None
    nodes: tuple[NodeShown, ...] | None = None


class UsageQuery(msgspec.Struct, frozen=True):
    """How are operations used? text: words of a name or title. unused: only those that nobody ever used."""

    text: Annotated[str, Meta(max_length=200, title="Words that are looked for")] = ""
    unused: bool = False
    after: Cursor = ""
    limit: Limited = 50


class UsageLine(msgspec.Struct, frozen=True):
    """An operation and how it is used. users: kinds of callers, administrations first."""

    line: ElementLine
    used: Used
    users: tuple[str, ...] = ()


class UsageAnswer(msgspec.Struct, frozen=True):
    """A page of operations, those used most first. since: when the node began to count. count: of all that were found.

    unused: how many of all operations nobody ever used, of how many (``declared``).
    """

    since: Machine
    lines: tuple[UsageLine, ...]
    count: int
    unused: int
    declared: int
    after: str = ""


class InterfacesQuery(msgspec.Struct, frozen=True):
    """How many interfaces are there through the node that is asked, and how many would there be without it?"""


class InterfaceLine(msgspec.Struct, frozen=True):
    """The systems of administrations that used a service. service: empty for all services together.

    common: interfaces that there are, one of each system and one of the common place (n + 1). each_with_each: what it
    would take without it (n (n - 1)).
    """

    service: str
    title: str
    administrations: tuple[str, ...]
    common: int
    each_with_each: int


class InterfacesAnswer(msgspec.Struct, frozen=True):
    """All services together first, then each that was used. since: when the node began to count."""

    since: Machine
    lines: tuple[InterfaceLine, ...]


class Change(enum.StrEnum):
    """How an element changes: it becomes another, is retired, becomes mandatory, or gets another length."""

    CHANGED = "changed"
    RETIRED = "retired"
    MANDATORY = "mandatory"
    LENGTH = "length"


class ImpactQuery(msgspec.Struct, frozen=True):
    """What does a change of an element touch? country: of whose running cases is told; an officer's own whatever he
    says. on: as of which day states are told."""

    id: Id
    what: Change = Change.CHANGED
    country: Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", title="Administration that keeps the cases")] = ""
    on: AsOf = None


class TouchedElement(msgspec.Struct, frozen=True):
    """An element that a change touches, or that one rests on. hops: how far. source, words: what leads to it."""

    line: ElementLine
    hops: int
    source: ElementLine
    words: str


class RunningCases(msgspec.Struct, frozen=True):
    """Cases that run by a process that is touched. more: whether there are more than were counted."""

    process: ElementLine
    count: int
    more: bool = False


class EndangeredLevel(msgspec.Struct, frozen=True):
    """A service that is touched, and the level that is promised for it."""

    service: ElementLine
    level: ElementLine


class ImpactShown(msgspec.Struct, frozen=True):
    """What a change touches, the nearest first and complete. changes: how such an element can change.

    rests_on: the nearest of what it rests on, of as many as rests_on_count says. running: None where cases are not told
    of. tests: those to rerun. users: who used a touched operation, to be warned; None where nobody counts, or is told.
    """

    line: ElementLine
    what: Change
    changes: tuple[Change, ...]
    touched: tuple[TouchedElement, ...]
    rests_on: tuple[TouchedElement, ...]
    rests_on_count: int
    tests: tuple[ElementLine, ...]
    levels: tuple[EndangeredLevel, ...]
    model: str
    running: tuple[RunningCases, ...] | None = None
    users: tuple[UserSeen, ...] | None = None


class SystemsDeclared(msgspec.Struct, frozen=True):
    """What an administration declares of its systems, signed with the certificate of its system (a compact JWS)."""

    statement: Annotated[str, Meta(min_length=1, max_length=200_000, pattern=r"\A[A-Za-z0-9_.-]+\s?\Z",
                                   title="Signed snapshot")]  # fmt: skip


class SystemsTaken(msgspec.Struct, frozen=True):
    """The snapshot is kept, and shown from now on."""

    administration: str
    number: int


class SystemsRefused(msgspec.Struct, frozen=True):
    """The snapshot is not taken over, and nothing has changed: why, under which code, and what to do."""

    code: str
    reason: str
    remedy: str


class SystemsQuery(msgspec.Struct, frozen=True):
    """What have administrations declared of their systems? on: what each had declared of that day or before; without it
    what each declared last."""

    after: Annotated[str, Meta(max_length=2, title="Administration after which the page begins")] = ""
    on: AsOf = None


class SystemsOf(msgspec.Struct, frozen=True):
    """The newest snapshot of an administration. taken: the day of which it tells; came: when it came. content: JSON."""

    administration: str
    number: int
    taken: dt.date
    came: Machine
    content: str


class SystemsAnswer(msgspec.Struct, frozen=True):
    """Snapshots by administration; after: where the next page begins, empty at the end."""

    systems: tuple[SystemsOf, ...]
    after: str = ""
