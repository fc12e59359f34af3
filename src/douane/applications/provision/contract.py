"""Provision as a service: an administration chooses for itself, the centre keeps and tells it."""

from __future__ import annotations

from typing import Any

from douane.applications.provision.messages import (
    CaseBegan,
    CaseElsewhere,
    FirstChoices,
    MovePreview,
    MovePreviewQuery,
    OfferKept,
    PlatformKept,
    PlatformMove,
    PlatformQuery,
    PlatformRefused,
    PlatformReturn,
    PlatformShown,
    Preview,
    PreviewQuery,
    ProvisionChoice,
    ProvisionKept,
    ProvisionQuery,
    ProvisionRefused,
    ProvisionReturn,
    ProvisionShown,
    ProvisionTold,
    SystemOffer,
)
from douane.author import (
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Law,
    Level,
    Members,
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
from douane.author.needs import (
    CASE_BEGAN,
    CHOICES,
    CHOOSE,
    FIRST_CHOICES,
    MOVE,
    MOVE_BACK,
    MOVED,
    MOVES,
    OFFER,
    PREVIEW,
    PREVIEW_OF_MOVE,
    PROVISION,
    TAKE_BACK,
)

MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Chooses for its administration, and offers its system to others")
OFFICER = Actor("", ActorKind.OFFICER, "Reads whose system serves whom")
COMMISSION = Actor("", ActorKind.COMMISSION, "Reads whose system serves whom")
PROCESS = Actor("process", ActorKind.SERVICE, "A case of this node")
STARTING = Actor("", ActorKind.SERVICE, "Says once, at the first start of a node, what its settings chose")
OWNER_ROLE = "service owner"
OWNERS = (
    Actor(OWNER_ROLE, ActorKind.COMMISSION, "Decides at which platform of the centre a service is offered"),
    Actor(OWNER_ROLE, ActorKind.OFFICER, "Decides at which platform of the own system a service is offered"),
)
READERS = (MEMBER_STATE, OFFICER, COMMISSION)

CHOOSING = CaseRole("choosing administration", "Whose cases the chosen system serves")
DECIDING = CaseRole("deciding owner", "At whose doors services are offered")
OFFERING = CaseRole("offering administration", "Whose system serves")
TOLD_OF = CaseRole("administration told of", "Of whose cases providers tell the names")
TELLING = CaseRole("telling administration", "Whose system tells where cases are")


def kept_at(message: Any) -> str:
    """Choices are the Union's; what nodes say to each other is for the one that is told."""
    if isinstance(message, ProvisionTold):
        return message.told
    if isinstance(message, FirstChoices | CaseBegan):
        return message.node
    if isinstance(message, PlatformMove | PlatformReturn):
        return message.at
    return "EU"


def own_choice(message: ProvisionChoice | ProvisionReturn) -> tuple[Party, ...]:
    """Nobody chooses for another administration."""
    return (administration(message.administration),)


def own_system(message: SystemOffer | CaseElsewhere) -> tuple[Party, ...]:
    """Nobody speaks for the system of another administration."""
    return (administration(message.provider),)


def own_doors(message: PlatformMove | PlatformReturn) -> tuple[Party, ...]:
    """Nobody decides about the doors of another node."""
    return (administration(message.at),)


def of_doors(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of the doors of a node."""
    return "platforms", message.at


def _deciding(message: Any, _caller: Caller) -> Members:
    return ((administration(message.at), DECIDING),)


def of_administration(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of an administration's choices."""
    return "provision", message.administration


def names_of(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of the names of an administration's cases that providers tell."""
    return "names told", message.administration


def _told_of(message: CaseElsewhere, _caller: Caller) -> Members:
    return ((administration(message.administration), TOLD_OF), (administration(message.provider), TELLING))


def _choosing(message: Any, _caller: Caller) -> Members:
    return ((administration(message.administration), CHOOSING),)


@service(
    "provision",
    title="Provision",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("it decides where every other case goes"),
    legal=("UCC art. 16(1)", "UCC art. 280"),
    administration=kept_at,
    realises=("service integration",),
    supplies=(CHOICES, MOVES),
)
class Provision:
    """Whose system serves whom: own, the centre's or another administration's, for each service, from an instant on."""

    @command(
        ProvisionChoice,
        replies=(ProvisionKept, ProvisionRefused),
        task="PRV-CHO-01",
        who=Who(by=(MEMBER_STATE,), roles=(CHOOSING,), senders=own_choice),
        law=Law(requirements=("REQ-PRV-001", "REQ-PRV-002")),
        case=OfCase(opens=of_administration, about=of_administration, parties=_choosing),
        fills=CHOOSE,
    )
    def choose(self) -> None:
        """Choose whose system serves the own administration with a service, from an instant on."""

    @command(
        ProvisionReturn,
        replies=(ProvisionKept, ProvisionRefused),
        task="PRV-CHO-01",
        who=Who(by=(MEMBER_STATE,), roles=(CHOOSING,), senders=own_choice),
        law=Law(requirements=("REQ-PRV-002",)),
        case=OfCase(opens=of_administration, about=of_administration, parties=_choosing),
        fills=TAKE_BACK,
    )
    def go_back(self) -> None:
        """Take the latest choice back; after its instant with a proof of what was handed over."""

    @command(
        SystemOffer,
        replies=(OfferKept,),
        task="PRV-OFF-01",
        who=Who(by=(MEMBER_STATE,), roles=(OFFERING,), senders=own_system),
        law=Law(requirements=("REQ-PRV-002",)),
        case=OfCase(
            opens=lambda m, _: ("offer of a system", m.provider),
            about=lambda m, _: ("offer of a system", m.provider),
            parties=lambda m, _: ((administration(m.provider), OFFERING),),
        ),
        fills=OFFER,
    )
    def offer(self) -> None:
        """Say what the own system serves, and for whom besides the own administration."""

    @command(
        CaseElsewhere,
        task="PRV-TEL-01",
        who=Who(by=(MEMBER_STATE,), roles=(TELLING,), senders=own_system),
        law=Law(requirements=("REQ-PRV-003", "REQ-PRV-008")),
        case=OfCase(opens=names_of, about=names_of, parties=_told_of, joins=lambda *_: True),
    )
    def learn(self) -> None:
        """Hear that a case began with the system of a provider."""

    @command(
        CaseBegan, task="PRV-TEL-01", who=Who(by=(PROCESS,)), law=Law(requirements=("REQ-PRV-003",)), fills=CASE_BEGAN
    )
    def tell(self) -> None:
        """Tell the centre that a case began here."""

    @command(
        ProvisionTold,
        task="PRV-TEL-01",
        who=Who(by=(MEMBER_STATE,), roles=(CHOOSING,), senders=lambda _: (administration("EU"),)),
        law=Law(requirements=("REQ-PRV-001",)),
        case=OfCase(
            opens=of_administration,
            about=of_administration,
            parties=lambda _, caller: ((caller.party, CHOOSING),),
            joins=lambda *_: True,
        ),
    )
    def take_note(self) -> None:
        """Take note of the choices of an administration that the own system serves, served or will serve."""

    @command(
        FirstChoices,
        task="PRV-TEL-01",
        who=Who(by=(STARTING,)),
        law=Law(requirements=("REQ-PRV-001",)),
        fills=FIRST_CHOICES,
    )
    def begin(self) -> None:
        """Keep what the settings of a node say when it starts first."""

    @query(
        ProvisionQuery,
        ProvisionShown,
        task="PRV-ASK-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRV-001",)),
        fills=PROVISION,
    )
    def show(self) -> None:
        """Show whose system serves whom, since when, by whose decision, and what systems offer."""

    @query(
        PreviewQuery,
        Preview,
        task="PRV-ASK-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRV-004",)),
        fills=PREVIEW,
    )
    def preview(self) -> None:
        """Show what a choice would change: consumers, open cases, contracts, level, data sets to hand over."""

    @command(
        PlatformMove,
        replies=(PlatformKept, PlatformRefused),
        task="PRV-MOV-01",
        who=Who(by=OWNERS, roles=(DECIDING,), senders=own_doors),
        law=Law(requirements=("REQ-PRV-005", "REQ-PRV-006")),
        case=OfCase(opens=of_doors, about=of_doors, parties=_deciding, joins=lambda *_: True),
        fills=MOVE,
    )
    def move(self) -> None:
        """Offer a service, or one operation, at another platform from an instant on, by the same contract."""

    @command(
        PlatformReturn,
        replies=(PlatformKept, PlatformRefused),
        task="PRV-MOV-01",
        who=Who(by=OWNERS, roles=(DECIDING,), senders=own_doors),
        law=Law(requirements=("REQ-PRV-006",)),
        case=OfCase(opens=of_doors, about=of_doors, parties=_deciding, joins=lambda *_: True),
        fills=MOVE_BACK,
    )
    def move_back(self) -> None:
        """Take the latest move back."""

    @query(
        PlatformQuery,
        PlatformShown,
        task="PRV-ASK-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRV-005",)),
        fills=MOVED,
    )
    def platforms(self) -> None:
        """Show which services moved from platform to platform, by whose decision, and where they are offered now."""

    @query(
        MovePreviewQuery,
        MovePreview,
        task="PRV-ASK-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRV-007",)),
        fills=PREVIEW_OF_MOVE,
    )
    def preview_move(self) -> None:
        """Show what a move would change: who reaches what by which platform, consumers, contracts, open cases."""


_TESTS = "src/douane/applications/provision/tests/test_choosing.py"
_MOVES = "src/douane/applications/provision/tests/test_moving.py"
_MOVED = "tests/journeys/test_moved.py"
_JOURNEY = "tests/journeys/test_provision.py"
_NAMES = "src/douane/applications/provision/tests/test_telling.py"
_SQUATTED = "tests/journeys/test_told_names.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("provision", 2, "Whose system serves whom", "common foundations", ("service integration",)),
    Task("PRV-CHO-01", "Choose whose system serves the own administration", "provision"),
    Task("PRV-OFF-01", "Offer a system to other administrations", "provision"),
    Task("PRV-MOV-01", "Decide at which platform a service is offered", "provision"),
    Task("PRV-TEL-01", "Know where cases are kept", "provision"),
    Task("PRV-ASK-01", "See whose system serves whom, and what a choice would change", "provision"),
    Requirement(
        "REQ-PRV-001", "Nobody is served by a system that he did not choose; a choice says who took it and why.",
        (_TESTS, _JOURNEY),
    ),
    Requirement(
        "REQ-PRV-002", "An administration alone changes its choices: not for the past, not who lacks the service, nor "
        "against what the law makes common, not back without a proof of what was handed over.", (_TESTS,),
        ("IA art. 10", "IA art. 21", "IA art. 30", "IA art. 68", "IA art. 82"),
    ),
    Requirement("REQ-PRV-003", "A case ends with the system with which it began.", (_JOURNEY,)),
    Requirement(
        "REQ-PRV-008", "What opens a case goes to the provider of its operation, whatever anybody told; of a case's "
        "name its provider alone is believed, of names that an office makes, in a bounded number.", (_NAMES, _SQUATTED),
    ),
    Requirement("REQ-PRV-004", "Before it chooses, an administration sees what changes for whom.", (_TESTS,)),
    Requirement(
        "REQ-PRV-005", "A service is offered where its contract permits it, less the platforms that it has left.",
        (_MOVES, _MOVED),
    ),
    Requirement(
        "REQ-PRV-006", "Its owner alone moves a service: not for the past, not to a circle that its contract does not "
        "name, and nobody whom it names is left without a door.", (_MOVES, _MOVED),
    ),
    Requirement("REQ-PRV-007", "Before a service moves, its owner sees who reaches it before and after.", (_MOVES,)),
)  # fmt: skip
"""Where provision stands in the Reference Architecture."""
