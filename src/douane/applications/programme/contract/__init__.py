"""The programme as a service: the trusted circle reads it; nobody of the untrusted one does."""

from __future__ import annotations

from douane.applications.programme.messages import (
    ProjectQuery,
    ProjectShown,
    Roadmap,
    RoadmapQuery,
    SpecificationQuery,
    SpecificationShown,
)
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, query, service

MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Reads the programme")
OFFICER = Actor("", ActorKind.OFFICER, "Reads the programme")
COMMISSION = Actor("", ActorKind.COMMISSION, "Keeps the programme")
READERS = (MEMBER_STATE, OFFICER, COMMISSION)


def union(_message: object) -> str:
    """The programme is one for the Union."""
    return "EU"


@service(
    "programme",
    title="Programme",
    owner="Commission and Member States",
    level=Level.BRONZE,
    legal=("UCC art. 280",),
    administration=union,
    realises=("service integration",),
)
class Programme:
    """Projects with their law, scope, gates and order, and the functional specification of what runs."""

    @query(RoadmapQuery, Roadmap, by=READERS, task="PRG-QRY-01", requirements=("REQ-PRG-001", "REQ-PRG-002"))
    def roadmap(self) -> None:
        """Show every project, the order of those that are not built, and what covers the strategy's list."""

    @query(ProjectQuery, ProjectShown, by=READERS, task="PRG-QRY-02", requirements=("REQ-PRG-001", "REQ-PRG-003"))
    def project(self) -> None:
        """Show a project: law, gates, scores, scope; and whom it would hold up by opening later."""

    @query(SpecificationQuery, SpecificationShown, by=READERS, task="PRG-QRY-03", requirements=("REQ-PRG-001",))
    def specify(self) -> None:
        """Write the functional specification of a process."""


_ROOM = "src/douane/reference_architecture/programme/tests/test_programme.py"
_TESTS = "src/douane/applications/programme/tests/test_pages.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("programme", 2, "Bringing systems in", "common foundations", ("service integration",)),
    Task("PRG-QRY-01", "See the road and the order of projects", "programme"),
    Task("PRG-QRY-02", "See what a project must build and whom it holds up", "programme"),
    Task("PRG-QRY-03", "Have the functional specification of a process", "programme"),
    Requirement("REQ-PRG-001", "The programme is shown to the trusted circle, and to nobody else.", (_TESTS,)),
    Requirement(
        "REQ-PRG-002", "Every place in the order says why it is there, and nothing stands before what it needs.",
        (_ROOM,),
    ),
    Requirement(
        "REQ-PRG-003", "What a project must build is exactly what the model plans for its tasks and does not have.",
        (_ROOM,),
    ),
)  # fmt: skip
"""Where the programme stands in the Reference Architecture."""
