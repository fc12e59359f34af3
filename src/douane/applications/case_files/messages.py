"""Questions about cases, and what is told of one: where it stands, what was said, what is waited for."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

Country = Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", title="Administration that keeps the case")]
Reference = Annotated[str, Meta(min_length=1, max_length=35, title="MRN, or number of a case")]
Cursor = Annotated[str, Meta(max_length=400, title="Where the next page begins")]

Limited = Annotated[int, Meta(ge=1, le=100, title="Most lines of a page")]
Office = Annotated[str, Meta(max_length=8, title="Customs office")]
Moment = Annotated[dt.datetime, Meta(tz=True, title="Moment")]


class CasesQuery(msgspec.Struct, frozen=True):
    """Which cases concern me? What is left out is not asked for. country: the administration that keeps them; an
    officer's own whatever he says. party: who has a part in them; a trader may name himself alone. role: in which the
    caller has his part. ends_before: cases that wait for something until an earlier moment."""

    country: Country = ""
    after: Cursor = ""
    limit: Limited = 50
    party: Annotated[str, Meta(max_length=40, title="Party")] = ""
    role: Annotated[str, Meta(max_length=80, title="Role in the case")] = ""
    office: Office = ""
    state: Annotated[str, Meta(max_length=60, title="State")] = ""
    ends_before: Moment | None = None


class CaseLine(msgspec.Struct, frozen=True):
    """A case in a list. reference: the name by which people know it. deadline: the end of what it waits for."""

    case: str
    reference: str
    names: tuple[str, ...]
    kind: str
    state: str
    office: str
    opened: dt.datetime
    deadline: dt.datetime | None = None


class CaseLines(msgspec.Struct, frozen=True):
    """A page of cases; ``after``: the cursor of the next one, empty at the end."""

    cases: tuple[CaseLine, ...]
    after: str = ""


class TaskState(enum.StrEnum):
    """Whether a task still waits for somebody."""

    OPEN = "open"
    DONE = "done"


class TasksQuery(msgspec.Struct, frozen=True):
    """Which tasks wait for me? What is left out is not asked for. role: one of the caller's own. due_before: tasks that
    are due earlier."""

    after: Cursor = ""
    limit: Limited = 50
    office: Office = ""
    role: Annotated[str, Meta(max_length=80, title="Role of an officer")] = ""
    state: TaskState = TaskState.OPEN
    due_before: Moment | None = None


class TaskLine(msgspec.Struct, frozen=True):
    """A task in a list. task: its step of the procedure. by, at: who completed it, and when."""

    case: str
    reference: str
    procedure: str
    task: str
    title: str
    office: str
    role: str
    state: TaskState
    due: dt.datetime | None = None
    by: str = ""
    at: dt.datetime | None = None


class TaskLines(msgspec.Struct, frozen=True):
    """A page of tasks; ``after``: the cursor of the next one, empty at the end."""

    tasks: tuple[TaskLine, ...]
    after: str = ""


class CaseQuery(msgspec.Struct, frozen=True):
    """Show me a case: by its MRN, or by its number and the administration that keeps it."""

    reference: Reference
    country: Country = ""


class FaultFound(msgspec.Struct, frozen=True):
    """A fault that a refusal names: where, by which code and rule, and what stood there."""

    pointer: str
    code: str
    rule: str = ""
    found: str = ""


class CaseMessage(msgspec.Struct, frozen=True):
    """A message of a case. direction: ``in``, ``out`` or ``inside``. message: its identification. leaf: its number in
    the audit log, from 0. digest: SHA-256 of what was said. faults: of a refusal, those that it names.
    """

    at: dt.datetime
    direction: str
    type: str
    party: str
    channel: str
    message: str
    leaf: int
    digest: str
    faults: tuple[FaultFound, ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """Where a case stands in a procedure: numbers of flows taken and of nodes that hold a token, by a definition."""

    procedure: str
    definition: str
    flows: tuple[int, ...]
    here: tuple[int, ...]
    ended: bool


class Limit(msgspec.Struct, frozen=True):
    """A time limit of a case: the declared one by its id, the office or country whose calendar counts, what began it
    and when it has ended (statutory time), and whether the case waits for it now."""

    limit: str
    place: str
    begun: dt.datetime
    ends: dt.datetime
    runs: bool


class CaseFile(msgspec.Struct, frozen=True):
    """Everything that a caller may know of a case."""

    line: CaseLine
    administration: str
    roles: tuple[str, ...]
    procedures: tuple[Standing, ...] = ()
    limits: tuple[Limit, ...] = ()
    messages: tuple[CaseMessage, ...] = ()
