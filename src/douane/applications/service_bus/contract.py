"""The service bus: what administrations offer each other over CCN2, who may consume it, and how a version lives."""

from __future__ import annotations

from typing import Any

from douane.applications.service_bus.messages.events import EndSubscription, PublishedEvent, ServiceEvent, Subscribe
from douane.applications.service_bus.messages.exchanges import (
    ConsumerSeen,
    Endpoint,
    EndpointQuery,
    ExchangeChanged,
    ExchangeNotChanged,
    ExchangeQuery,
    ServiceAnswer,
    ServiceCall,
    ServiceReply,
    ServiceRequest,
    ShownExchange,
)
from douane.applications.service_bus.messages.governance import (
    CallersSeen,
    Candidate,
    Consultation,
    ConsultationAnswer,
    DecisionRecord,
    Disposition,
    Governance,
    GovernanceChanged,
    GovernanceNotChanged,
    GovernanceQuery,
    LifeDecision,
    OpenConsultations,
    OpenConsultationsQuery,
    RecordQuery,
)
from douane.applications.service_bus.messages.registry import (
    ConsumerDecision,
    ConsumerRequest,
    LifeChange,
    OfferDecision,
    RegisteredService,
    ServiceChanged,
    ServiceKey,
    ServiceMove,
    ServiceNotChanged,
    ServiceOffer,
    ServicePage,
    ServiceQuery,
)
from douane.author import (
    COMPETENT,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Law,
    Level,
    OfCase,
    Party,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import CALL, ENDPOINT, EXCHANGE, REPLY, SERVICE, SERVICES
from douane.model.needs import CALLERS

ADMINISTRATION = Actor("", ActorKind.MEMBER_STATE, "Offers and consumes services on the bus")
OFFICER = Actor("", ActorKind.OFFICER, "Looks services up")
COMMISSION = Actor("", ActorKind.COMMISSION, "Consumes services on the bus")
OPERATOR = Actor("service bus operator", ActorKind.COMMISSION, "Approves what is offered on the bus")
BUS = Actor("", ActorKind.SERVICE, "The bus itself")
PROVIDER = CaseRole("provider", "The administration that offers the service")
CONSUMER = CaseRole("consumer", "An administration that asked to consume it, or calls it")
OWNER = CaseRole("owner", "The administration that owns the service and decides on its life")
TRADER = Actor("", ActorKind.TRADER, "Is consulted about services that trade depends on")
READERS = (ADMINISTRATION, OFFICER, COMMISSION)
CONSUMERS = (ADMINISTRATION, COMMISSION)


def union(_message: object) -> str:
    """The registry is one for the Union."""
    return "EU"


def offering_of(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of an offering: one administration's version of a service."""
    return "offering", f"{message.provider}/{message.service}/v{message.version}"


def governed_of(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of a governed version of a service."""
    return "governed", f"{message.owner}/{message.service}/v{message.version}"


def owner_of(message: Any) -> tuple[Party, ...]:
    """Nobody governs what another one owns."""
    return (administration(message.owner),)


@service(
    "service_bus",
    title="Service bus",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("calls of Gold services go by it"),
    legal=("UCC art. 16", "UCC art. 280"),
    administration=union,
    realises=("service integration",),
    supplies=(CALLERS,),
)
class ServiceBus:
    """Services that administrations offer each other over CCN2: registry, versions, consumers, calls, events."""

    @command(
        ServiceOffer,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-REG-01",
        who=Who(by=(ADMINISTRATION,)),
        law=Law(requirements=("REQ-BUS-001",)),
    )
    def offer(self) -> None:
        """Offer a version of a service of the own administration."""

    @command(
        OfferDecision,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-REG-02",
        who=Who(by=(OPERATOR,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-BUS-001",)),
        case=OfCase(about=offering_of),
    )
    def decide(self) -> None:
        """Approve an offer, or refuse it."""

    @command(
        ConsumerRequest,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-REG-03",
        who=Who(
            by=CONSUMERS,
            roles=(
                PROVIDER,
                CONSUMER,
                COMPETENT,
            ),
        ),
        law=Law(requirements=("REQ-BUS-002",)),
        case=OfCase(about=offering_of, joins=lambda *_: True),
    )
    def ask_to_consume(self) -> None:
        """Ask the provider of a version for permission to consume it; name where answers are pushed."""

    @command(
        ConsumerDecision,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-REG-03",
        who=Who(by=(ADMINISTRATION,), roles=(PROVIDER,)),
        law=Law(requirements=("REQ-BUS-002",)),
        case=OfCase(about=offering_of),
    )
    def permit(self) -> None:
        """Permit a consumer, or end its permission."""

    @command(
        ServiceMove,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-REG-04",
        who=Who(by=(ADMINISTRATION,), roles=(PROVIDER,)),
        law=Law(requirements=("REQ-BUS-004",)),
        case=OfCase(about=offering_of),
    )
    def move(self) -> None:
        """Move the provider of a version to another address, or to a mailbox."""

    @command(
        LifeChange,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-REG-05",
        who=Who(by=(ADMINISTRATION,), roles=(PROVIDER,)),
        law=Law(requirements=("REQ-BUS-003",)),
        case=OfCase(about=offering_of),
    )
    def change_life(self) -> None:
        """Deprecate a version, or retire it once nobody uses it or its last day is over."""

    @command(
        ServiceCall,
        replies=(ServiceRequest, ServiceAnswer),
        task="BUS-CALL-01",
        who=Who(by=CONSUMERS),
        law=Law(requirements=("REQ-BUS-004", "REQ-BUS-005")),
        fills=CALL,
    )
    def call(self) -> None:
        """Call another administration; POST /services/SERVICE/vN/OPERATION does it with the bare body."""

    @command(
        ServiceReply,
        replies=(ExchangeChanged, ExchangeNotChanged),
        task="BUS-CALL-02",
        who=Who(by=(ADMINISTRATION,), roles=(PROVIDER,)),
        law=Law(requirements=("REQ-BUS-005",)),
        case=OfCase(about=lambda m, _: ("exchange", m.reference)),
        fills=REPLY,
    )
    def reply(self) -> None:
        """Reply to a request; POST /exchanges/REFERENCE does it with the bare body."""

    @command(
        ConsumerSeen,
        task="BUS-CALL-03",
        who=Who(by=(BUS,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-BUS-003",)),
        case=OfCase(about=offering_of),
    )
    def note_consumer(self) -> None:
        """Note in the registry that a consumer was seen today."""

    @command(
        Subscribe,
        replies=(ServiceChanged, ServiceNotChanged, PublishedEvent),
        task="BUS-EVT-01",
        who=Who(
            by=CONSUMERS,
            roles=(
                PROVIDER,
                CONSUMER,
                COMPETENT,
            ),
        ),
        law=Law(requirements=("REQ-BUS-006",)),
        case=OfCase(about=offering_of, joins=lambda *_: True),
    )
    def subscribe(self) -> None:
        """Subscribe to what a provider publishes: by filters, collected or pushed."""

    @command(
        EndSubscription,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-EVT-01",
        who=Who(
            by=CONSUMERS,
            roles=(
                PROVIDER,
                CONSUMER,
                COMPETENT,
            ),
        ),
        law=Law(requirements=("REQ-BUS-006",)),
        case=OfCase(about=offering_of),
    )
    def end_subscription(self) -> None:
        """End a subscription of the own administration."""

    @command(
        ServiceEvent,
        replies=(ServiceChanged, ServiceNotChanged),
        task="BUS-EVT-02",
        who=Who(by=(ADMINISTRATION,), roles=(PROVIDER,)),
        law=Law(requirements=("REQ-BUS-006",)),
        case=OfCase(about=offering_of),
    )
    def publish(self) -> None:
        """Publish an event of an own service to its subscribers."""

    @command(
        Candidate,
        replies=(GovernanceChanged, GovernanceNotChanged),
        task="BUS-GOV-01",
        who=Who(by=CONSUMERS, senders=owner_of),
        law=Law(requirements=("REQ-BUS-007",)),
    )
    def put_forward(self) -> None:
        """Put a version of an own service forward, to be governed from now on."""

    @command(
        Consultation,
        replies=(GovernanceChanged, GovernanceNotChanged),
        task="BUS-GOV-02",
        who=Who(by=CONSUMERS, roles=(OWNER,), senders=owner_of),
        law=Law(requirements=("REQ-BUS-008",)),
        case=OfCase(about=governed_of),
    )
    def consult(self) -> None:
        """Ask those who consume a version, and trade, before a step of its life."""

    @command(
        ConsultationAnswer,
        replies=(GovernanceChanged, GovernanceNotChanged),
        task="BUS-GOV-03",
        who=Who(by=(ADMINISTRATION, COMMISSION, TRADER), roles=(OWNER,)),
        law=Law(requirements=("REQ-BUS-008",)),
        case=OfCase(about=governed_of, joins=lambda *_: True),
    )
    def answer_consultation(self) -> None:
        """Answer a consultation while it is open."""

    @command(
        Disposition,
        replies=(GovernanceChanged, GovernanceNotChanged),
        task="BUS-GOV-02",
        who=Who(by=CONSUMERS, roles=(OWNER,), senders=owner_of),
        law=Law(requirements=("REQ-BUS-008",)),
        case=OfCase(about=governed_of),
    )
    def dispose_of_answer(self) -> None:
        """Say with a reason what becomes of an answer."""

    @command(
        LifeDecision,
        replies=(GovernanceChanged, GovernanceNotChanged),
        task="BUS-GOV-04",
        who=Who(by=CONSUMERS, roles=(OWNER,), senders=owner_of),
        law=Law(requirements=("REQ-BUS-007", "REQ-BUS-009")),
        case=OfCase(about=governed_of),
    )
    def decide_life(self) -> None:
        """Decide on the next step of the life of a version."""

    @command(
        CallersSeen,
        task="BUS-GOV-02",
        who=Who(by=(BUS,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-BUS-008",)),
        case=OfCase(about=governed_of),
    )
    def note_callers(self) -> None:
        """Note which administrations call a governed version of the centre's: the clock does, of what is counted."""

    @query(GovernanceQuery, Governance, task="BUS-GOV-05", who=Who(by=READERS), law=Law(requirements=("REQ-BUS-007",)))
    def governance(self) -> None:
        """Show every governed version with its decisions and consultations, and the calendar of changes."""

    @query(RecordQuery, DecisionRecord, task="BUS-GOV-05", who=Who(by=READERS), law=Law(requirements=("REQ-BUS-007",)))
    def decision_record(self) -> None:
        """Show what was decided about a version, signed by the node as it signs its audit log."""

    @query(
        OpenConsultationsQuery,
        OpenConsultations,
        task="BUS-GOV-03",
        who=Who(by=(*READERS, TRADER)),
        law=Law(requirements=("REQ-BUS-008",)),
    )
    def consultations(self) -> None:
        """Show the consultations that take answers of the asker today."""

    @query(
        ExchangeQuery,
        ShownExchange,
        task="BUS-QRY-02",
        who=Who(by=CONSUMERS, roles=(CONSUMER, PROVIDER)),
        law=Law(requirements=("REQ-BUS-005",)),
        fills=EXCHANGE,
    )
    def exchange(self) -> None:
        """Show where an exchange stands, to its consumer and its provider, with the answer."""

    @query(
        EndpointQuery,
        Endpoint,
        task="BUS-CALL-03",
        who=Who(by=(BUS,)),
        law=Law(requirements=("REQ-BUS-004",)),
        fills=ENDPOINT,
    )
    def endpoint(self) -> None:
        """Tell the bus where a lane leads now."""

    @query(
        ServiceQuery,
        ServicePage,
        task="BUS-QRY-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-BUS-001",)),
        fills=SERVICES,
    )
    def find(self) -> None:
        """Page through the registry: services of the centre and of administrations, by name and version."""

    @query(
        ServiceKey,
        RegisteredService,
        task="BUS-QRY-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-BUS-001",)),
        fills=SERVICE,
    )
    def show(self) -> None:
        """Show a version of a service with its contract, providers and consumers."""


_TESTS = "src/douane/applications/service_bus/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("service bus", 2, "Services between administrations", "common foundations", ("service integration",)),
    Task("BUS-REG-01", "Offer a service to other administrations", "service bus"),
    Task("BUS-REG-02", "Approve an offered service", "service bus"),
    Task("BUS-REG-03", "Permit a consumer of a service", "service bus"),
    Task("BUS-REG-04", "Move the provider of a service", "service bus"),
    Task("BUS-REG-05", "End a version of a service", "service bus"),
    Task("BUS-CALL-01", "Call a service of another administration", "service bus"),
    Task("BUS-CALL-02", "Answer a call of another administration", "service bus"),
    Task("BUS-CALL-03", "Carry calls and know who uses what", "service bus"),
    Task("BUS-QRY-02", "See where an exchange stands", "service bus"),
    Task("BUS-EVT-01", "Subscribe to events of another administration", "service bus"),
    Task("BUS-EVT-02", "Publish events to other administrations", "service bus"),
    Task("BUS-QRY-01", "Look a service up", "service bus"),
    Task("BUS-GOV-01", "Put a version of a service forward", "service bus"),
    Task("BUS-GOV-02", "Consult those who depend on a service", "service bus"),
    Task("BUS-GOV-03", "Answer a consultation about a service", "service bus"),
    Task("BUS-GOV-04", "Decide on the life of a service", "service bus"),
    Task("BUS-GOV-05", "See how services are governed, and what is to come", "service bus"),
    Requirement(
        "REQ-BUS-007", "A version lives step by step, by decisions of its owner alone, each kept with its reason.",
        (f"{_TESTS}/test_governing.py",),
    ),
    Requirement(
        "REQ-BUS-008", "Those who depend on a service are asked before, and each answer is disposed of.",
        (f"{_TESTS}/test_governing.py",),
    ),
    Requirement(
        "REQ-BUS-009", "No version is retired under somebody who uses it; he is named.",
        (f"{_TESTS}/test_governing.py",),
    ),
    Requirement(
        "REQ-BUS-001", "An administration offers services in its own name only, and only approved ones are called.",
        (f"{_TESTS}/test_offering.py",),
    ),
    Requirement(
        "REQ-BUS-002", "Only consumers that the provider permitted call a service that is not open to all.",
        (f"{_TESTS}/test_offering.py",),
    ),
    Requirement(
        "REQ-BUS-003", "A version is not retired under a consumer that was seen within 90 days, before its last day.",
        (f"{_TESTS}/test_offering.py", f"{_TESTS}/test_exchanging.py"),
    ),
    Requirement(
        "REQ-BUS-004", "A provider moves, and its consumers call the same address as before.",
        (f"{_TESTS}/test_exchanging.py", "tests/journeys/test_bus.py"),
    ),
    Requirement(
        "REQ-BUS-005", "Every accepted call has exactly one end, within the time limit of its service.",
        (f"{_TESTS}/test_exchanging.py", "tests/journeys/test_bus.py"),
    ),
    Requirement(
        "REQ-BUS-006", "A subscriber gets every event that passes its filters, in order, counted without gaps.",
        (f"{_TESTS}/test_publishing.py", "tests/journeys/test_bus.py"),
    ),
)  # fmt: skip
"""Where the bus stands in the Reference Architecture."""
