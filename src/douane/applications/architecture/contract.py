"""The Reference Architecture as a service: found, shown and asked for the consequences of a change."""

from __future__ import annotations

from typing import Final

from douane.applications.architecture.messages import (
    ElementQuery,
    ElementShown,
    ImpactQuery,
    ImpactShown,
    InterfacesAnswer,
    InterfacesQuery,
    NodesAnswer,
    NodesQuestion,
    SearchAnswer,
    SearchQuery,
    SystemsAnswer,
    SystemsDeclared,
    SystemsQuery,
    SystemsRefused,
    SystemsTaken,
    UsageAnswer,
    UsageQuery,
)
from douane.author import (
    Actor,
    ActorKind,
    Element,
    Law,
    Level,
    OfCase,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import DECLARE_SYSTEMS, INTERFACES, NODES, PAGES_OF_ARCHITECTURE, PREPARED, SYSTEMS

UNION: Final = "EU"

PUBLIC = Actor("", ActorKind.PUBLIC, "Reads the public part of the Reference Architecture")
TRADER = Actor("", ActorKind.TRADER, "Reads the public part of the Reference Architecture")
THIRD_COUNTRY = Actor("", ActorKind.THIRD_COUNTRY, "Reads the public part of the Reference Architecture")
PARTNER_SERVICE = Actor("", ActorKind.PARTNER_SERVICE, "Reads the public part of the Reference Architecture")
MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Reads the Reference Architecture")
OFFICER = Actor("", ActorKind.OFFICER, "Reads the Reference Architecture")
COMMISSION = Actor("", ActorKind.COMMISSION, "Keeps the Reference Architecture")
INSIDE = (MEMBER_STATE, OFFICER, COMMISSION)
EVERYBODY = (PUBLIC, TRADER, THIRD_COUNTRY, PARTNER_SERVICE, *INSIDE)


def keeping(message: object) -> str:
    """The architecture is one for the Union; running cases are of the administration that keeps them."""
    return str(getattr(message, "country", "")) or UNION


@service(
    "architecture",
    title="Reference Architecture",
    owner="Commission",
    level=Level.SILVER,
    agreed=derived("it is read, and no case waits for it for a day"),
    legal=("UCC art. 16", "UCC art. 280"),
    administration=keeping,
    realises=("service integration",),
    supplies=(PREPARED,),
)
class ReferenceArchitecture:
    """What the platform consists of, from goals to data elements, why, and what a change of it touches.

    Whoever is of the untrusted circle is shown what that circle can use, and learns of nothing else that it exists.
    """

    @query(
        SearchQuery,
        SearchAnswer,
        task="ARC-QRY-01",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-ARC-001", "REQ-ARC-003")),
    )
    def find(self) -> None:
        """Find elements of the Reference Architecture by words of their names and titles, or list those of a kind."""

    @query(
        ElementQuery,
        ElementShown,
        task="ARC-QRY-02",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-ARC-001", "REQ-ARC-002")),
        fills=PAGES_OF_ARCHITECTURE,
    )
    def show(self) -> None:
        """Show an element of the Reference Architecture with everything that it is connected to."""

    @query(
        ImpactQuery,
        ImpactShown,
        task="ARC-QRY-03",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-ARC-001", "REQ-ARC-004")),
    )
    def impact(self) -> None:
        """Say what a change of an element touches, what it rests on, which tests to rerun and whom to warn."""

    @query(
        UsageQuery,
        UsageAnswer,
        task="ARC-QRY-04",
        who=Who(by=INSIDE),
        law=Law(requirements=("REQ-ARC-005",)),
        of_nobody=True,
    )
    def usage(self) -> None:
        """Say how often each operation is used, by whom, when last, how long it takes and how often it fails."""

    @query(
        InterfacesQuery,
        InterfacesAnswer,
        task="ARC-QRY-04",
        who=Who(by=INSIDE),
        law=Law(requirements=("REQ-ARC-005",)),
        of_nobody=True,
        fills=INTERFACES,
    )
    def interfaces(self) -> None:
        """Count the interfaces that live: n + 1 through one common place, n (n - 1) of each system with each other."""

    @query(
        NodesQuestion,
        NodesAnswer,
        task="ARC-QRY-05",
        who=Who(by=INSIDE),
        law=Law(requirements=("REQ-ARC-006",)),
        of_nobody=True,
        fills=NODES,
    )
    def nodes(self) -> None:
        """Say which nodes are there, where, whose, of which version and with which services; a node says that it is."""

    @command(
        SystemsDeclared,
        replies=(SystemsTaken, SystemsRefused),
        task="ARC-DCL-01",
        who=Who(by=(MEMBER_STATE,)),
        law=Law(requirements=("REQ-ARC-007",)),
        case=OfCase(together=True),
        fills=DECLARE_SYSTEMS,
    )
    def declare_systems(self) -> None:
        """Declare what an administration's systems do, by a snapshot that it signed and numbered."""

    @query(
        SystemsQuery,
        SystemsAnswer,
        task="ARC-DCL-01",
        who=Who(by=INSIDE),
        law=Law(requirements=("REQ-ARC-007",)),
        fills=SYSTEMS,
    )
    def systems(self) -> None:
        """Tell what administrations declared of their systems, with its day and number."""


_TESTS, _PAGES = "src/douane/applications/architecture/tests", "tests/pages/test_explorer.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("reference architecture", 2, "Knowing the architecture", "common foundations",
                 ("service integration",)),
    Task("ARC-QRY-01", "Find an element of the architecture", "reference architecture"),
    Task("ARC-QRY-02", "See what an element is connected to", "reference architecture"),
    Task("ARC-QRY-03", "See what a change touches before anybody builds it", "reference architecture"),
    Task("ARC-QRY-04", "See what of the architecture is used", "reference architecture"),
    Task("ARC-QRY-05", "See which nodes run", "reference architecture"),
    Task("ARC-DCL-01", "Declare the systems of an administration to the others", "reference architecture"),
    Requirement(
        "REQ-ARC-001", "The untrusted circle is shown what it can use, and learns of no other element that it exists.",
        (f"{_TESTS}/test_handlers.py", _PAGES),
    ),
    Requirement(
        "REQ-ARC-002", "From every goal links lead to every datum and back, each naming its edge.",
        (f"{_TESTS}/test_walks.py", _PAGES),
    ),
    Requirement(
        "REQ-ARC-003", "Every element is found by words of its name and title, in time that its size bounds.",
        (f"{_TESTS}/test_handlers.py",),
    ),
    Requirement(
        "REQ-ARC-004", "What a change touches is listed whole, and nothing beside it.",
        ("tests/model/test_consequences.py", f"{_TESTS}/test_impact.py"),
    ),
    Requirement(
        "REQ-ARC-005", "What is used is told inside the trusted circle alone, and names no trader.",
        (f"{_TESTS}/test_usage.py",),
    ),
    Requirement(
        "REQ-ARC-006", "A node that announces itself is shown in 30 seconds, and 30 seconds at most after it is gone.",
        (f"{_TESTS}/test_nodes.py", "tests/journeys/test_nodes.py"),
    ),
    Requirement(
        "REQ-ARC-007", "A snapshot counts that its administration signed and numbered higher than the one before.",
        ("tests/journeys/test_nodes.py",),
    ),
)  # fmt: skip
"""Where the Reference Architecture stands in itself."""
