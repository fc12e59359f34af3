"""How a service is declared: once, as a typed class in an application's ``contract.py``.

::

    @service("transit", title="Transit", owner="Commission and Member States", level=Level.GOLD)
    class Transit:
        '''Union and common transit: declaration, guarantee, movement, arrival, discharge.'''

        @command(CC015C, replies=(CC928C,), task="TRA-DEP-01", who=Who(by=(HOLDER,)), case=OfCase(opens=lrn_of))
        def lodge_declaration(self) -> None:
            '''Lodge a transit declaration at the office of departure.'''

``Transit.lodge_declaration`` is then an ``Operation``: what handlers bind to, processes name and doors open.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, TypeVar

from douane.model.caller import Caller, Party
from douane.model.circles import ActorKind
from douane.model.decisive import Decisive
from douane.model.needs import Need, Supply
from douane.model.parties import CaseRole, JoinRule, PartiesOf
from douane.standards.content_schema.translation import Translation
from douane.standards.forms.items import Item
from douane.standards.mime.kinds import DOCUMENTS, Taken
from douane.standards.xml_schema.parts import Schema
from douane.vocabulary.codes import PLATFORM, Codes
from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.known import Known


class Level(enum.Enum):
    """Availability classes of the strategy: allowed availability in percent of a year."""

    BRONZE = 99.4
    SILVER = 99.6
    GOLD = 99.8

    @property
    def seconds(self) -> int:
        """Within which an answer on the bus must come (decision 0055: our figures, none are published)."""
        return {Level.BRONZE: 30, Level.SILVER: 15, Level.GOLD: 5}[self]


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed to the level of a service, on which day, and where that stands. owner: who answers for it; empty: the
    owner of the service. source: begins with *derived* where no text says it, and says from what it follows."""

    by: str
    on: dt.date
    source: str
    owner: str = ""


LEVELS_LOOKED_AT: Final = dt.date(2026, 11, 28)
"""When the levels of this product were last gone through, service by service."""


def derived(why: str) -> Agreed:
    """A level that no text gives: set by who publishes the product, until an owner decides otherwise."""
    return Agreed("the publisher of this product", LEVELS_LOOKED_AT, f"derived: {why}")


class Status(enum.Enum):
    """Life of an element of the architecture."""

    PLANNED = "planned"
    OFFERED = "offered"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Kind(enum.Enum):
    """What an operation is."""

    COMMAND = "command"  # durable, answered by messages
    QUERY = "query"  # answered at once, changes nothing
    EVENT = "event"  # published to subscribers


class Poison(enum.Enum):
    """What happens behind a message that cannot be handled, on the same subject."""

    WAIT = "wait"  # later messages of the subject wait until it is released
    PARK = "park"  # it alone is set aside; later ones go on


FALLBACK: Final = "means other than electronic ones (UCC art. 6(3)(b))"
"""By which work goes on while a computerised system fails, where no act says more for a service."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A business role that calls operations, and the kind of party that plays it."""

    name: str
    kind: ActorKind
    title: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that was refused, to be answered by an error message of its family.

    body: as it came. syntax: it cannot be read; else it cannot be taken. party: who sent it. known_as: under which id
    its channel brought it. own: the administration that answers where it speaks for no other. id, at: identification
    and instant (microseconds) of the answer. speaks_for: whether whoever answers does so for an administration that
    this type of message is addressed to (type, administration).
    """

    body: bytes
    faults: tuple[Fault, ...]
    syntax: bool
    party: str
    known_as: str
    own: str
    id: str
    at: int
    speaks_for: Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class MessageFamily:
    """Messages with a wire form of their own: how the types of one published family are read and written.

    ``read`` raises NotWellFormed or NotValid with every fault; the root element names the type. ``identification``,
    ``correlation``, ``sender`` and ``recipient`` read what the envelope of every message of the family says, ``case``
    the reference (MRN) of the case that it is about, empty where it names none.
    """

    name: str
    types: Callable[[], Sequence[type]]
    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    official: Callable[[type], bool] = lambda _type: True
    identification: Callable[[Any], str] = lambda _message: ""
    correlation: Callable[[Any], str] = lambda _message: ""
    sender: Callable[[Any], str] = lambda _message: ""
    recipient: Callable[[Any], str] = lambda _message: ""
    case: Callable[[Any], str] = lambda _message: ""
    write_later: Callable[[Any], bytes | None] = lambda _message: None
    """The message in the next phase of the family; None where that phase has no such message, or demands more."""
    refusal: Callable[[Refused], Any] | None = None
    """The error message about one that was refused; it is None where that is an error message itself."""
    tells_of_error: Callable[[str], bool] = lambda _type: False
    """Whether a message type is an error message."""
    codes: Codes = PLATFORM
    """By which codes it tells what the platform refuses."""
    namespace: str = ""
    schema: Callable[[Iterable[str]], Schema] | None = None
    """The XML Schema of the messages of these names; None for families whose messages are no XML."""
    faults: Callable[[Any], tuple[Fault, ...]] = lambda _message: ()
    """The faults that a message of the family refuses another one for; none where it refuses nothing."""
    items: Callable[[type], tuple[Item, ...]] | None = None
    """The items of a message type, for forms; None where its annotations say all that is known of them."""
    read_json: Callable[[type, bytes], Any] | None = None
    """Reads a message of a type from JSON, judged as its XML is; None for families without that form."""
    holds: Callable[[type], bool] | None = None
    """Whether a type may be of the family, where asking for all of its types would load much; None: ask for them."""

    def has(self, message: type) -> bool:
        """Whether a type is one of the family's."""
        return (self.holds is None or self.holds(message)) and any(each is message for each in self.types())


@dataclass(frozen=True, slots=True)
class WebContract:
    """The names that an operation has in a web service contract which others have published.

    ``path`` is where its clients call (without the host), ``request`` and ``answer`` are the root elements in
    ``namespace``. ``plain_answer``: elements inside the answer carry no namespace, as in many older contracts.
    """

    namespace: str
    path: str
    name: str
    request: str
    answer: str
    plain_answer: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of an operation's life: since when it is deprecated, the last day on which it is served, and the name of
    the operation of the same service that follows it. Doors say so with each answer; once retired they refuse it."""

    deprecated: dt.date
    sunset: dt.date
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier contract of a query: how its question and its answer are said in the later one, exact both ways."""

    request: Translation
    answer: Translation


SIGN_IN: Final = "sign-in"
"""The role of UUM&DS itself (a service): queries that are open to it are asked while a person signs in or acts."""

AliasOf = Callable[[Any, Caller], tuple[str, str]]
"""From a message and its sender to the alias (kind, value) of the case it opens or belongs to. A name that its sender
chose (an LRN) is scoped by the sender, so that nobody takes or meets another's."""


SendersOf = Callable[[Any], Iterable[Party]]
"""From a message to the parties that alone may send it: the issuer of the name that it opens, those whom it names."""


RoleOf = Callable[[Any], str]
"""From a message to the role in which an officer sends it; the door turns away whoever has not proven to have it."""


OfficeOf = Callable[[Any], str]
"""From a message to the customs office at which something is as an officer says; the door turns away who works at
another."""

NotKnown = Callable[[Any, Known], Any]
"""The answer of a register to a question, given what is known."""


_SYSTEMS = frozenset({ActorKind.MEMBER_STATE, ActorKind.COMMISSION})


@dataclass(frozen=True, slots=True)
class Tells:
    """What the messages of an operation, and its answers, tell of the case to a node that only carries them.

    states: by type of an answer, the state in which it says that the case is; a function where that depends on what
    it says, empty for none. refused: the same, of answers to the message that began the case alone, which refuse it.
    office: whose case it is, as that message says. named: of which kind the name is that the office gives the case;
    fields: of an answer, those that may hold it, where its family does not say it.
    """

    states: Mapping[type, str | Callable[[Any], str]] = field(default_factory=dict)
    refused: Mapping[type, str] = field(default_factory=dict)
    office: Callable[[Any], str] | None = None
    named: str = ""
    fields: tuple[str, ...] = ()


class TaskRef(NamedTuple):
    """A task of an officer in a process: the id of the process that draws it, and its own."""

    process: str
    node: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a service. Its identity is its qualified name, everywhere."""

    name: str
    kind: Kind
    request: type
    replies: tuple[type, ...]
    by: tuple[Actor, ...]
    task: str
    title: str
    service: str = ""
    opens: AliasOf | None = None
    about: AliasOf | None = None
    poison: Poison = Poison.PARK
    roles: tuple[CaseRole, ...] = ()
    parties: PartiesOf | None = None
    joins: JoinRule | None = None
    keeps_name: bool = False
    senders: SendersOf | None = None
    in_role: RoleOf | None = None
    in_office: OfficeOf | None = None
    issued: str = ""
    issues: tuple[str, ...] = ()
    ends: tuple[TaskRef, ...] = ()
    open_in: tuple[str, ...] = ()
    decisive: Decisive = Decisive.RECEIPT
    status: Status = Status.OFFERED
    legal: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    examples: tuple[Any, ...] = ()
    since: str = "1.0"
    contract: WebContract | None = None
    ending: Ending | None = None
    earlier: Earlier | None = None
    of_named: bool = False
    by_day: bool = False
    together: bool = False
    fills: Need | None = None
    of_nobody: bool = False
    not_known: NotKnown | None = None
    attaches: Taken = DOCUMENTS
    """What its messages may come with."""
    tells: Tells | None = field(default=None, compare=False)
    """What a node knows of its cases that only carries its messages."""
    qualified: str = field(init=False, repr=False, compare=False)
    """``transit.lodge_declaration``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "qualified", f"{self.service}.{self.name}")

    def asked_by_message(self, kind: ActorKind) -> bool:
        """Whether the system of an administration may ask this query by message, and is answered by one: where it may
        ask about another's data at all (``of_named``)."""
        return self.kind is Kind.QUERY and self.of_named and kind in _SYSTEMS and self.open_to(kind)

    def open_to(self, kind: ActorKind) -> bool:
        """Whether parties of this kind may call it; nobody may by default."""
        return any(actor.kind is kind for actor in self.by)


@dataclass(frozen=True, slots=True)
class Service:
    """A declared business service."""

    name: str
    title: str
    owner: str
    level: Level
    legal: tuple[str, ...]
    purpose: str
    operations: tuple[Operation, ...]
    families: tuple[MessageFamily, ...] = ()
    administration: Callable[[Any], str] | None = None
    status: Status = Status.OFFERED
    component: str = ""
    realises: tuple[str, ...] = ()
    legacy_queue: bool = False
    admin_queue: bool = False
    declared_in: str = ""
    subscribes: tuple[str, ...] = field(default=())
    supplies: tuple[Supply[Any], ...] = ()
    fallback: str = FALLBACK
    """The fallback procedure, with the act that has it."""
    agreed: Agreed | None = None
    """Who answers for its level."""


C = TypeVar("C", bound=type)


def _operation(
    kind: Kind, request: type, replies: Iterable[type], **facts: Any
) -> Callable[[Callable[..., Any]], Operation]:
    def declare(method: Callable[..., Any]) -> Operation:
        title = inspect.getdoc(method) or ""
        if (need := facts.get("fills")) is not None:
            need.must_be_filled_by(method.__name__, request, tuple(replies), query=kind is Kind.QUERY)
        return Operation(name=method.__name__, kind=kind, request=request, replies=tuple(replies), title=title, **facts)

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who may call an operation: by what he is, and by his part in the case.

    ``roles``: in which roles on the case a party may; a query shows it to these (``View.admits``), one that shows no
    case names none. Of a command: ``senders``: who alone may send such a message. ``in_role``: in which of his roles an
    officer sends it, where it depends on the message. ``in_office``: the office at which he says that something is,
    which must be one of his own.
    """

    by: Sequence[Actor]
    roles: Sequence[CaseRole] = ()
    senders: SendersOf | None = None
    in_role: RoleOf | None = None
    in_office: OfficeOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """By which law an operation is: articles, and requirements of the registry."""

    legal: Sequence[str] = ()
    requirements: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCase:
    """What a command is to a case.

    ``opens`` names the alias under which a case begins, ``about`` that of a known one; with both, the first message
    opens the case and later ones go on with it. ``parties``: who has which role in a case that this opens. ``joins``:
    when somebody who is no party yet may call it. ``keeps_name``: an opening that is refused has used its name up;
    else it is free again. ``issued``: whose names it opens, where a register says so that the handler asks.
    ``issues``: which kinds of names an office makes for cases that this opens: of these alone a provider tells the
    centre where their cases are. ``together``: of messages that name no case, all of an administration meet in one
    partition, as where a later one takes the place of what an earlier one said. ``tells``: what its messages tell of
    the case to a node that only carries them. ``poison``: what becomes of the case where the handler fails.
    ``ends``: the tasks of officers that it ends, and ``open_in``: states of the case; it is refused where none of these
    tasks waits and the case is in none of these states (``model.possible``).
    """

    opens: AliasOf | None = None
    about: AliasOf | None = None
    parties: PartiesOf | None = None
    joins: JoinRule | None = None
    keeps_name: bool = False
    issued: str = ""
    issues: Sequence[str] = ()
    together: bool = False
    tells: Tells | None = None
    poison: Poison = Poison.PARK
    ends: Sequence[TaskRef] = ()
    open_in: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When an operation is offered, and as of which day its messages are judged (``decisive``)."""

    decisive: Decisive = Decisive.RECEIPT
    status: Status = Status.OFFERED
    ending: Ending | None = None


NO_ARTICLE: Final = Law()
OF_NONE: Final = OfCase()
AT_RECEIPT: Final = When()


def command(
    request: type,
    *,
    replies: Sequence[type] = (),
    task: str,
    who: Who,
    law: Law = NO_ARTICLE,
    case: OfCase = OF_NONE,
    when: When = AT_RECEIPT,
    examples: Sequence[Any] = (),
    fills: Need | None = None,
    attaches: Taken = DOCUMENTS,
) -> Callable[[Callable[..., Any]], Operation]:
    """Declare a durable operation: what it takes and answers, at which task, and in four groups who may call it, by
    which law, of which case, and when.

    ``fills``: which need of the platform it meets (``model.needs``). ``attaches``: kinds of documents that may come
    with its messages, by whatever channel.
    """
    return _operation(
        Kind.COMMAND, request, replies, task=task, examples=tuple(examples), fills=fills, attaches=attaches,
        by=tuple(who.by), roles=tuple(who.roles), senders=who.senders, in_role=who.in_role, in_office=who.in_office,
        legal=tuple(law.legal), requirements=tuple(law.requirements),
        opens=case.opens, about=case.about, parties=case.parties, joins=case.joins, keeps_name=case.keeps_name,
        issued=case.issued, issues=tuple(case.issues), together=case.together, tells=case.tells, poison=case.poison,
        ends=tuple(case.ends), open_in=tuple(case.open_in),
        decisive=when.decisive, status=when.status, ending=when.ending,
    )  # fmt: skip


def query(
    request: type,
    answer: type,
    *,
    task: str,
    who: Who,
    law: Law = NO_ARTICLE,
    about: AliasOf | None = None,
    when: When = AT_RECEIPT,
    examples: Sequence[Any] = (),
    contract: WebContract | None = None,
    earlier: Earlier | None = None,
    of_named: bool = False,
    by_day: bool = False,
    fills: Need | None = None,
    of_nobody: bool = False,
    not_known: NotKnown | None = None,
) -> Callable[[Callable[..., Any]], Operation]:
    """Declare an operation that answers at once and changes nothing. ``contract`` names a published web contract that
    it serves beside its own. ``of_named``: it is asked of the administration that the question names, whoever asks;
    otherwise an administration reads its own data only; a process of another node asks it by message. ``by_day``: its
    answer changes with the data of that administration, with the question and with the day, the local one of whatever
    place, and with nothing else.
    ``fills``: which need of the platform it meets (``model.needs``); one operation of a node does. ``of_nobody``: its
    answer tells of no party and of nothing that anybody sent, so that asking it is no read of which the audit log is
    told. ``not_known``: it asks a register, whose entries several systems may keep; builds the answer where whoever
    keeps them cannot be asked, or raises where a published contract has no such answer (``vocabulary.known``).

    ``earlier``: it is served by the handler of a later query, through this translation (``runtime.behaviour.serves``).
    """
    return _operation(
        Kind.QUERY, request, (answer,), by=tuple(who.by), roles=tuple(who.roles), task=task, about=about,
        legal=tuple(law.legal), requirements=tuple(law.requirements), status=when.status, ending=when.ending,
        examples=tuple(examples), contract=contract, earlier=earlier,
        of_named=of_named, by_day=by_day, fills=fills, of_nobody=of_nobody, not_known=not_known,
    )  # fmt: skip


def event(
    content: type, *, by: Sequence[Actor], task: str, status: Status = Status.OFFERED, requirements: Sequence[str] = ()
) -> Callable[[Callable[..., Any]], Operation]:
    """Declare an event that the service publishes; ``by`` names who may subscribe."""
    return _operation(Kind.EVENT, content, (), by=tuple(by), task=task, status=status, requirements=tuple(requirements))


def service(
    name: str,
    *,
    title: str,
    owner: str,
    level: Level,
    agreed: Agreed | None = None,
    legal: Sequence[str] = (),
    families: Sequence[MessageFamily] = (),
    administration: Callable[[Any], str] | None = None,
    status: Status = Status.OFFERED,
    component: str = "",
    realises: Sequence[str] = (),
    legacy_queue: bool = False,
    admin_queue: bool = False,
    subscribes: Sequence[str] = (),
    supplies: Sequence[Supply[Any]] = (),
    fallback: str = FALLBACK,
) -> Callable[[C], C]:
    """Declare the decorated class as a service; its operations get their qualified names.

    ``legacy_queue``: queues carry it too; ``admin_queue``: there its messages go through the queue for notices.
    ``supplies``: functions that the platform calls (``model.needs``). ``fallback``: by which procedure, with its act,
    work goes on while it is away. ``agreed``: who agreed to its level.
    """

    def declare(cls: C) -> C:
        operations = []
        for key, value in list(vars(cls).items()):
            if isinstance(value, Operation):
                named = replace(value, service=name)
                setattr(cls, key, named)
                operations.append(named)
        if not operations and status is not Status.PLANNED:
            raise DeclarationFault(f"Service {name} declares no operation.", remedy="Declare at least one, or plan it.")
        declared = Service(
            name=name, title=title, owner=owner, level=level, legal=tuple(legal), purpose=inspect.getdoc(cls) or "",
            operations=tuple(operations), families=tuple(families), administration=administration, status=status,
            component=component or name, realises=tuple(realises), legacy_queue=legacy_queue, admin_queue=admin_queue,
            declared_in=cls.__module__, subscribes=tuple(subscribes), supplies=tuple(supplies),
            fallback=fallback, agreed=agreed,
        )  # fmt: skip
        cls.__service__ = declared  # type: ignore[attr-defined]  # read back by discovery
        return cls

    return declare
