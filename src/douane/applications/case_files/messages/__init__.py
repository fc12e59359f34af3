"""Questions about cases, and what is told of one: where it stands, what was said, what is waited for."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.author import Known, Machine, Statutory, Why
from douane.vocabulary.askers import AskedCase

Country = Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", title="Administration that keeps the case")]
Reference = Annotated[str, Meta(min_length=1, max_length=35, title="MRN, or another reference")]
Cursor = Annotated[str, Meta(max_length=400, title="Where the next page begins")]
Limited = Annotated[int, Meta(ge=1, le=100, title="Most lines of a page")]
Office = Annotated[str, Meta(max_length=8, title="Customs office")]
Moment = Annotated[dt.datetime, Meta(tz=True, title="Moment")]
CaseName = Annotated[
    str, Meta(pattern=r"\A[a-z_]{1,20}/[!-~]{1,80}\Z", title="Name of the case, with its kind",
              description="As a list of tasks tells it: mrn/26FR000000000001R9."),
]  # fmt: skip
Role = Annotated[str, Meta(min_length=1, max_length=80, title="Role of the officer for whom the task is")]
Colleague = Annotated[
    str, Meta(min_length=1, max_length=80, title="Colleague who takes it over",
              description="As he is registered; he has to take the task before it is his."),
]  # fmt: skip
NAMES: Final = ("mrn", "arrival", "passage", "leaving", "customs decision")
"""Kinds of names by which people know a case: its MRN, at departure, at destination, at an office of transit; the
reference of a decision."""
ISSUED: Final = ("grn", "authorisation", "ruling", "rex", "use", "recovery", "incident")
"""Further kinds of names that customs gave, by which a case is found though it is not called so in lists."""
CHOSEN: Final = ("lrn", "application", "rex application")
"""Kinds of names that a sender chose: each finds a case for him alone whose name it is."""


def case_name(names: tuple[tuple[str, str], ...]) -> str:
    """By which of its names a case is spoken about, with its kind; empty where it has none."""
    known = dict(names)
    kind = next((kind for kind in (*NAMES, *known) if kind in known), "")
    return f"{kind}/{known[kind]}" if kind else ""


def reference_of(subject: int, names: tuple[tuple[str, str], ...]) -> str:
    """The name by which people know a case; its number where it has none."""
    known = dict(names)
    return next((known[kind] for kind in NAMES if kind in known), f"{subject:016x}")


def further_names(names: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The other names of a case, without what scopes those that a sender chose."""
    return tuple(value.rpartition("/")[2] for kind, value in names if kind not in NAMES)


class CasesQuery(msgspec.Struct, frozen=True):
    """Which cases concern me? What is left out is not asked for. country: the administration whose they are, a party's
    of all where it names none; an officer's own whatever he says. party: who has a part in them; a trader may name
    himself alone. role: in which the caller has his part. ends_before: cases that wait for something until an earlier
    moment. soonest: those alone that wait for something, by its end; of them the first page is all there is."""

    country: Country = ""
    after: Cursor = ""
    limit: Limited = 50
    party: Annotated[str, Meta(max_length=40, title="Party")] = ""
    role: Annotated[str, Meta(max_length=80, title="Role in the case")] = ""
    office: Office = ""
    state: Annotated[str, Meta(max_length=60, title="State")] = ""
    ends_before: Moment | None = None
    soonest: bool = False


class Summarised(msgspec.Struct, frozen=True):
    """What the system that keeps a case tells of it. as_of: the machine's instant up to which that is known; by_law:
    the statutory one of then. changed: when any of it changed last. limit, article: the time limit that runs. turn,
    turn_office: for whom a task waits there. why, since: why it may have changed since, and from when on that is so.
    """

    keeper: str
    as_of: Machine
    by_law: Statutory
    changed: Machine
    limit: str = ""
    article: str = ""
    turn: str = ""
    turn_office: str = ""
    why: Why | None = None
    since: Machine | None = None


class CaseLine(msgspec.Struct, frozen=True):
    """A case in a list. reference: the name by which people know it. deadline: the end of what it waits for.
    administration: whose case it is. kept_by: where another system keeps it, whose; then the state is what that said
    when it was heard last (told), and nothing but what was sent where nothing is told. summary: where that system tells
    how the case stands; state, office and deadline are then what it tells.
    """

    case: str
    reference: str
    names: tuple[str, ...]
    kind: str
    state: str
    office: str
    opened: Machine
    deadline: Statutory | None = None
    administration: str = ""
    kept_by: str = ""
    told: Machine | None = None
    summary: Summarised | None = None


class CaseLines(msgspec.Struct, frozen=True):
    """A page of cases; ``after``: the cursor of the next one, empty at the end."""

    cases: tuple[CaseLine, ...]
    after: str = ""


class TaskState(enum.StrEnum):
    """Whether a task still waits for somebody, is somebody's, or is done."""

    OPEN = "open"
    HELD = "held"
    DONE = "done"


class Order(enum.StrEnum):
    """In which order tasks are listed: as the index has them, by office, role and deadline; by deadline alone, those
    without one last; or those first that risk analysis chose, each part by deadline."""

    OFFICE = "office"
    DEADLINE = "deadline"
    RISK = "risk"


class TasksQuery(msgspec.Struct, frozen=True):
    """Which tasks wait for me? What is left out is not asked for. role: one of the caller's own. state: without it all
    that are not done. due_before: tasks that are due earlier. holder: who has taken them. at_risk: those alone that
    risk analysis chose. order: an order other than that of the index has one page (``TaskLines.cut``)."""

    after: Cursor = ""
    limit: Limited = 50
    office: Office = ""
    role: Annotated[str, Meta(max_length=80, title="Role of an officer")] = ""
    state: TaskState | None = None
    due_before: Moment | None = None
    holder: Annotated[str, Meta(max_length=80, title="Who has the task")] = ""
    at_risk: bool = False
    order: Order = Order.OFFICE


class TaskLine(msgspec.Struct, frozen=True):
    """A task in a list. task: its step of the procedure. by, at: who completed it, and when.
    name: of its case, by which it is claimed; empty where the case has none. holder: who has taken it; mine: the caller
    has. offered_to: to whom it is handed over; for_me: to the caller. turn: how often it changed hands. risk: why
    risk analysis chose it, in sentences.
    """

    case: str
    reference: str
    procedure: str
    task: str
    title: str
    office: str
    role: str
    state: TaskState
    due: Statutory | None = None
    by: str = ""
    at: Machine | None = None
    name: str = ""
    holder: str = ""
    held_since: Machine | None = None
    offered_to: str = ""
    mine: bool = False
    for_me: bool = False
    turn: int = 0
    risk: tuple[str, ...] = ()


class TaskLines(msgspec.Struct, frozen=True):
    """A page of tasks; ``after``: the cursor of the next one, empty at the end. cut: whether there are more than could
    be put in the order that was asked for: ask by office or role then."""

    tasks: tuple[TaskLine, ...]
    after: str = ""
    cut: bool = False


class OfTask(msgspec.Struct, frozen=True, kw_only=True):
    """What says which task is meant, as a list of tasks told it. turn: how often it had changed hands then; it is
    refused where that is no longer so. country: of the administration, where its system says this."""

    case: CaseName
    procedure: Annotated[str, Meta(min_length=1, max_length=60, title="Procedure")]
    task: Annotated[str, Meta(min_length=1, max_length=60, title="Step of the procedure")]
    role: Role
    turn: Annotated[int, Meta(ge=0, title="How often it had changed hands")]
    country: Country = ""


class ClaimTask(OfTask, frozen=True, kw_only=True):
    """I take this task: nobody else completes it meanwhile."""


class ReleaseTask(OfTask, frozen=True, kw_only=True):
    """I give this task back."""


class HandOverTask(OfTask, frozen=True, kw_only=True):
    """I hand this task over; it stays mine until the other takes it."""

    to: Colleague


class TaskHeld(msgspec.Struct, frozen=True):
    """Who has a task now. offered_to: to whom it is handed over, and who has to take it."""

    case: str
    procedure: str
    task: str
    holder: str
    since: Machine | None
    offered_to: str
    turn: int


class TaskRefused(msgspec.Struct, frozen=True):
    """Nothing changed. code: 90 where no such task is open, 92 where it is not the sender's now. holder: who has it."""

    case: str
    procedure: str
    task: str
    code: str
    reason: str
    holder: str = ""


LetterText = Annotated[str, Meta(min_length=1, max_length=2_000, extra={"confidential": True})]


class WriteLetter(msgspec.Struct, frozen=True, kw_only=True):
    """An officer writes to a party of a case, by a template that is declared. role: in which he does. days: until the
    answer, where the template lets the office set it; 0: as the template says. country: of the administration."""

    case: CaseName
    role: Role
    template: Annotated[str, Meta(pattern=r"\A[a-z-]{1,30}\Z", title="Letter")]
    to: Annotated[str, Meta(min_length=1, max_length=17, title="EORI number of whom it is for")]
    grounds: Annotated[LetterText, Meta(title="Grounds, or what is asked")]
    documents: Annotated[
        str, Meta(max_length=2_000, title="Documents and information on which it rests", extra={"confidential": True})
    ] = ""
    days: Annotated[int, Meta(ge=0, le=365, title="Days until the answer")] = 0
    country: Country = ""


class AnswerLetter(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a letter is for answers it, once. case, letter, country: as the letter says."""

    case: CaseName
    letter: Annotated[int, Meta(ge=1, title="Number of the letter")]
    text: Annotated[LetterText, Meta(title="Your answer")]
    country: Country = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What customs write to a party of a case. text: in English; the pages show it in the reader's language. answer_by:
    the instant at which the time for an answer is over; none where no answer is asked for."""

    case: str
    letter: int
    country: str
    office: str
    template: str
    title: str
    article: str
    text: Annotated[str, Meta(extra={"confidential": True})]
    answer_by: Statutory | None = None


class Notice(Letter, frozen=True, kw_only=True):
    """A letter to which no answer is asked for."""


class LetterWritten(msgspec.Struct, frozen=True, kw_only=True):
    """It is sent, and kept with the case under this number."""

    case: str
    letter: int
    to: str
    answer_by: Statutory | None = None


class LetterAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """The answer is kept with the case. late: whether the time for it was over."""

    case: str
    letter: int
    late: bool


class LetterRefused(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was written. code: 90 where there is no such letter or party, 92 where it was answered, 14 where the
    template does not allow it."""

    case: str
    code: str
    reason: str


class LetterShown(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of a case, with what was answered. case: its name, with its kind. by: who wrote it, told to officers."""

    case: str
    letter: int
    template: str
    to: str
    office: str
    grounds: str
    documents: str
    at: Statutory
    by: str = ""
    answer_by: Statutory | None = None
    answer: str = ""
    answered_at: Statutory | None = None
    answered_by: str = ""
    late: bool = False


class Direction(enum.StrEnum):
    """Which way a message went, seen from the administration that keeps the case."""

    IN = "in"
    OUT = "out"
    INSIDE = "inside"


class MessagesQuery(msgspec.Struct, frozen=True):
    """Which messages were said in cases that concern me? What is left out is not asked for. country, party, role,
    office, state, ends_before: of the case, as in a list of cases. type: of the message, or the operation that took it.
    since: messages from this moment on. Of a case in which more was said, the latest 50 each way are looked at."""

    country: Country = ""
    after: Cursor = ""
    limit: Limited = 50
    party: Annotated[str, Meta(max_length=40, title="Party")] = ""
    role: Annotated[str, Meta(max_length=80, title="Role in the case")] = ""
    office: Office = ""
    state: Annotated[str, Meta(max_length=60, title="State")] = ""
    ends_before: Moment | None = None
    type: Annotated[str, Meta(max_length=80, title="Type of message")] = ""
    direction: Direction | None = None
    since: Moment | None = None


class CaseQuery(msgspec.Struct, frozen=True):
    """Show me a case: by its MRN or another reference that customs gave it, by one that I chose myself (an LRN), or by
    its number and the administration that keeps it."""

    reference: Reference
    country: Country = ""


SignedStatement = Annotated[str, Meta(max_length=4_096, title="Statement of UUM&DS on who asks about this case")]
Whose = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Administration whose case it is")]
Who = Annotated[str, Meta(max_length=200, title="Who asked, or for whom")]


class ShowFor(msgspec.Struct, frozen=True, kw_only=True):
    """Show a case to its party, who asks at the centre, as a signed statement says."""

    reference: Reference
    country: Whose
    statement: SignedStatement


class LiveQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What does the system that keeps a case of mine say of it now? Without a statement: what is one to be about?"""

    reference: Reference
    country: Country = ""
    statement: SignedStatement = ""


class ShownTo(msgspec.Struct, frozen=True, kw_only=True):
    """To which account a case was shown at another node, for which party. by: the delegate, where one acted."""

    at: Machine
    account: Who
    party: Who
    by: Who = ""
    person: Who = ""
    roles: tuple[Who, ...] = ()


class NoteShown(msgspec.Struct, frozen=True, kw_only=True):
    """A case was shown at another node. case: its number. statement: kept as evidence. asked: another word each time:
    a statement that is shown twice is then another message under a known identification."""

    country: Whose
    case: Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z", title="Number of the case")]
    to: ShownTo
    statement: SignedStatement
    asked: Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z", title="Word of this showing")]


class SaidQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What was said by a message of a case? leaf: its number in the audit log, as the case file tells it."""

    reference: Reference
    country: Country = ""
    leaf: Annotated[int, Meta(ge=0, title="Number in the audit log")]


class Said(msgspec.Struct, frozen=True):
    """What a message said, as it was sent, told to whom said it or was told it, and to officers of the case.

    xml: whether the text is XML, else it is JSON.
    """

    type: str
    xml: bool
    text: str


class MessageEvidence(msgspec.Struct, frozen=True):
    """What proves a message: a pack (ZIP) with the program that checks it. name: of the file."""

    name: str
    pack: bytes


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody stated in a case by a message. leaf: its number in the audit log. xml: whether the text is XML,
    else it is JSON; empty where it came from another case of the node. refused: whether a refusal answered it."""

    leaf: int
    at: Machine
    operation: str
    message: str
    by: str
    xml: bool
    text: Annotated[str, Meta(extra={"confidential": True})]
    refused: bool = False


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A document that came with a message. size: in octets. digest: SHA-256 of it."""

    name: str
    media: str
    size: int
    digest: str
    message: str


class FaultFound(msgspec.Struct, frozen=True):
    """A fault that a refusal names: where, by which code and rule, what stood there, and how to mend it if it says."""

    pointer: str
    code: str
    rule: str = ""
    found: str = ""
    remedy: str = ""


class SignatureFound(msgspec.Struct, frozen=True, kw_only=True):
    """What the validation of the signature over a message came to, when it was received.

    indication, sub_indication: as ETSI EN 319 102-1 calls them; the second is empty where the first is TOTAL-PASSED.
    at: when it was validated. form: enveloped or detached. party, signer, kind: as whose the certificate is
    registered, his name there, and whether it is a person's, a seal or that of a client. claimed: when the signer says
    that he signed. certificate: its SHA-256. covers: what it covers besides the message, by Content-ID.
    """

    indication: str
    sub_indication: str
    at: Machine
    form: str
    party: str
    signer: str
    kind: str
    claimed: str
    method: str
    certificate: str
    subject: str
    issuer: str
    covers: tuple[str, ...] = ()


class CaseMessage(msgspec.Struct, frozen=True):
    """A message of a case. message: its identification. leaf: its number in the audit log, from 0. digest: SHA-256 of
    what was said. faults: of a refusal, those that it names. reasons: of what is no refusal, why something is not as it
    was wanted. by: who acted for the party, where a delegate did.
    signature: the report of the signature that it came with; none where it had none, or it is not kept how it came."""

    at: Machine
    direction: Direction
    type: str
    party: str
    channel: str
    message: str
    leaf: int
    digest: str
    faults: tuple[FaultFound, ...] = ()
    by: str = ""
    signature: SignatureFound | None = None
    reasons: tuple[FaultFound, ...] = ()


class MessageLine(msgspec.Struct, frozen=True):
    """A message in a list, with the case in which it was said. deadline: the end of what the case waits for. names: of
    the case, beside its reference. administration: whose case it is."""

    case: str
    reference: str
    office: str
    state: str
    message: CaseMessage
    deadline: Statutory | None = None
    names: tuple[str, ...] = ()
    administration: str = ""


class MessageLines(msgspec.Struct, frozen=True):
    """A page of messages; ``after``: the cursor of the next one, empty at the end."""

    messages: tuple[MessageLine, ...]
    after: str = ""


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
    begun: Statutory
    ends: Statutory
    runs: bool


class CaseFile(msgspec.Struct, frozen=True):
    """Everything that a caller may know of a case. tasks: those that are for one of his roles. letters, shown_to: to
    himself and for his party, or to an officer all."""

    line: CaseLine
    administration: str
    roles: tuple[str, ...]
    procedures: tuple[Standing, ...] = ()
    limits: tuple[Limit, ...] = ()
    messages: tuple[CaseMessage, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    letters: tuple[LetterShown, ...] = ()
    shown_to: tuple[ShownTo, ...] = ()


class CaseShown(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its keeper shows it. as_of: the machine's instant; by_law: the statutory one of then."""

    as_of: Machine
    by_law: Statutory
    file: CaseFile


class CaseLive(msgspec.Struct, frozen=True, kw_only=True):
    """What the keeper of a case says of it now, beside what is known here (line). known: whether it showed it, or why
    not. asks: what a statement is to be about; none where nobody else is to be asked."""

    line: CaseLine
    known: Known
    asks: AskedCase | None = None
    shown: CaseShown | None = None


class WholeFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its office sees it, in one place: what was stated, why risk analysis chose it, tasks and limits,
    letters, documents. cut: whether more was stated than is told; the latest is."""

    line: CaseLine
    administration: str
    risk: tuple[str, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    limits: tuple[Limit, ...] = ()
    letters: tuple[LetterShown, ...] = ()
    statements: tuple[Statement, ...] = ()
    documents: tuple[Attached, ...] = ()
    cut: bool = False
