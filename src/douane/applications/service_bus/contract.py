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
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.caller import Caller, Party
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, command, derived, query, service
from douane.model.needs import CALL, ENDPOINT, EXCHANGE, REPLY, SERVICE, SERVICES
from douane.model.parties import COMPETENT, CaseRole, administration

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
)
class ServiceBus:
    """Services that administrations offer each other over CCN2: registry, versions, consumers, calls, events."""

    @command(
        ServiceOffer, replies=(ServiceChanged, ServiceNotChanged), by=(ADMINISTRATION,), task="BUS-REG-01",
        requirements=("REQ-BUS-001",),
    )  # fmt: skip
    def offer(self) -> None:
        """Offer a version of a service of the own administration."""

    @command(
        OfferDecision, replies=(ServiceChanged, ServiceNotChanged), by=(OPERATOR,), task="BUS-REG-02",
        about=offering_of, roles=(COMPETENT,), requirements=("REQ-BUS-001",),
    )  # fmt: skip
    def decide(self) -> None:
        """Approve an offer, or refuse it."""

    @command(
        ConsumerRequest, replies=(ServiceChanged, ServiceNotChanged), by=CONSUMERS, task="BUS-REG-03",
        about=offering_of, roles=(PROVIDER, CONSUMER, COMPETENT,), joins=lambda *_: True, requirements=("REQ-BUS-002",),
    )  # fmt: skip
    def ask_to_consume(self) -> None:
        """Ask the provider of a version for permission to consume it; name where answers are pushed."""

    @command(
        ConsumerDecision, replies=(ServiceChanged, ServiceNotChanged), by=(ADMINISTRATION,), task="BUS-REG-03",
        about=offering_of, roles=(PROVIDER,), requirements=("REQ-BUS-002",),
    )  # fmt: skip
    def permit(self) -> None:
        """Permit a consumer, or end its permission."""

    @command(
        ServiceMove, replies=(ServiceChanged, ServiceNotChanged), by=(ADMINISTRATION,), task="BUS-REG-04",
        requirements=("REQ-BUS-004",),
        about=offering_of, roles=(PROVIDER,),
    )  # fmt: skip
    def move(self) -> None:
        """Move the provider of a version to another address, or to a mailbox."""

    @command(
        LifeChange, replies=(ServiceChanged, ServiceNotChanged), by=(ADMINISTRATION,), task="BUS-REG-05",
        about=offering_of, roles=(PROVIDER,), requirements=("REQ-BUS-003",),
    )  # fmt: skip
    def change_life(self) -> None:
        """Deprecate a version, or retire it once nobody uses it or its last day is over."""

    @command(
        ServiceCall, replies=(ServiceRequest, ServiceAnswer), by=CONSUMERS, task="BUS-CALL-01",
        fills=CALL, requirements=("REQ-BUS-004", "REQ-BUS-005"),
    )  # fmt: skip
    def call(self) -> None:
        """Call another administration; POST /services/SERVICE/vN/OPERATION does it with the bare body."""

    @command(
        ServiceReply, replies=(ExchangeChanged, ExchangeNotChanged), by=(ADMINISTRATION,), task="BUS-CALL-02",
        fills=REPLY, about=lambda m, _: ("exchange", m.reference), roles=(PROVIDER,), requirements=("REQ-BUS-005",),
    )  # fmt: skip
    def reply(self) -> None:
        """Reply to a request; POST /exchanges/REFERENCE does it with the bare body."""

    @command(
        ConsumerSeen,
        by=(BUS,),
        task="BUS-CALL-03",
        requirements=("REQ-BUS-003",),
        about=offering_of,
        roles=(COMPETENT,),
    )
    def note_consumer(self) -> None:
        """Note in the registry that a consumer was seen today."""

    @command(
        Subscribe, replies=(ServiceChanged, ServiceNotChanged, PublishedEvent), by=CONSUMERS, task="BUS-EVT-01",
        about=offering_of, roles=(PROVIDER, CONSUMER, COMPETENT,), joins=lambda *_: True, requirements=("REQ-BUS-006",),
    )  # fmt: skip
    def subscribe(self) -> None:
        """Subscribe to what a provider publishes: by filters, collected or pushed."""

    @command(
        EndSubscription, replies=(ServiceChanged, ServiceNotChanged), by=CONSUMERS, task="BUS-EVT-01",
        requirements=("REQ-BUS-006",),
        about=offering_of, roles=(PROVIDER, CONSUMER, COMPETENT,),
    )  # fmt: skip
    def end_subscription(self) -> None:
        """End a subscription of the own administration."""

    @command(
        ServiceEvent, replies=(ServiceChanged, ServiceNotChanged), by=(ADMINISTRATION,), task="BUS-EVT-02",
        about=offering_of, roles=(PROVIDER,), requirements=("REQ-BUS-006",),
    )  # fmt: skip
    def publish(self) -> None:
        """Publish an event of an own service to its subscribers."""

    @command(
        Candidate, replies=(GovernanceChanged, GovernanceNotChanged), by=CONSUMERS, task="BUS-GOV-01", senders=owner_of,
        requirements=("REQ-BUS-007",),
    )  # fmt: skip
    def put_forward(self) -> None:
        """Put a version of an own service forward, to be governed from now on."""

    @command(
        Consultation, replies=(GovernanceChanged, GovernanceNotChanged), by=CONSUMERS, task="BUS-GOV-02",
        senders=owner_of, about=governed_of, roles=(OWNER,), requirements=("REQ-BUS-008",),
    )  # fmt: skip
    def consult(self) -> None:
        """Ask those who consume a version, and trade, before a step of its life."""

    @command(
        ConsultationAnswer, replies=(GovernanceChanged, GovernanceNotChanged), by=(ADMINISTRATION, COMMISSION, TRADER),
        task="BUS-GOV-03", about=governed_of, roles=(OWNER,), joins=lambda *_: True, requirements=("REQ-BUS-008",),
    )  # fmt: skip
    def answer_consultation(self) -> None:
        """Answer a consultation while it is open."""

    @command(
        Disposition, replies=(GovernanceChanged, GovernanceNotChanged), by=CONSUMERS, task="BUS-GOV-02",
        senders=owner_of, about=governed_of, roles=(OWNER,), requirements=("REQ-BUS-008",),
    )  # fmt: skip
    def dispose_of_answer(self) -> None:
        """Say with a reason what becomes of an answer."""

    @command(
        LifeDecision, replies=(GovernanceChanged, GovernanceNotChanged), by=CONSUMERS, task="BUS-GOV-04",
        senders=owner_of, about=governed_of, roles=(OWNER,), requirements=("REQ-BUS-007", "REQ-BUS-009"),
    )  # fmt: skip
    def decide_life(self) -> None:
        """Decide on the next step of the life of a version."""

    @query(GovernanceQuery, Governance, by=READERS, task="BUS-GOV-05", requirements=("REQ-BUS-007",))
    def governance(self) -> None:
        """Show every governed version with its decisions and consultations, and the calendar of changes."""

    @query(RecordQuery, DecisionRecord, by=READERS, task="BUS-GOV-05", requirements=("REQ-BUS-007",))
    def decision_record(self) -> None:
        """Show what was decided about a version, signed by the node as it signs its audit log."""

    @query(OpenConsultationsQuery, OpenConsultations, by=(*READERS, TRADER), task="BUS-GOV-03",
           requirements=("REQ-BUS-008",))  # fmt: skip
    def consultations(self) -> None:
        """Show the consultations that take answers of the asker today."""

    @query(
        ExchangeQuery,
        ShownExchange,
        by=CONSUMERS,
        task="BUS-QRY-02",
        requirements=("REQ-BUS-005",),
        roles=(CONSUMER, PROVIDER),
        fills=EXCHANGE,
    )
    def exchange(self) -> None:
        """Show where an exchange stands, to its consumer and its provider, with the answer."""

    @query(EndpointQuery, Endpoint, by=(BUS,), task="BUS-CALL-03", requirements=("REQ-BUS-004",), fills=ENDPOINT)
    def endpoint(self) -> None:
        """Tell the bus where a lane leads now."""

    @query(ServiceQuery, ServicePage, by=READERS, task="BUS-QRY-01", requirements=("REQ-BUS-001",), fills=SERVICES)
    def find(self) -> None:
        """Page through the registry: services of the centre and of administrations, by name and version."""

    @query(ServiceKey, RegisteredService, by=READERS, task="BUS-QRY-01", requirements=("REQ-BUS-001",), fills=SERVICE)
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
