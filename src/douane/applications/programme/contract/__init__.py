"""The programme as a service: the trusted circle reads it; nobody of the untrusted one does."""

from __future__ import annotations

from douane.applications.programme.messages.cases import (
    BusinessCaseKept,
    BusinessCaseRefused,
    BusinessCases,
    BusinessCasesQuery,
    BusinessCaseStated,
)
from douane.applications.programme.messages.judging import (
    GateKept,
    GateMoved,
    ProjectNotChanged,
    ScoreGiven,
    ScoreKept,
)
from douane.applications.programme.messages.steps import RollOut, RollOutKept, RollOutPlan, RollOutQuery, RollOutRefused
from douane.applications.programme.messages.telling import (
    ProjectQuery,
    ProjectShown,
    Roadmap,
    RoadmapQuery,
    SpecificationQuery,
    SpecificationShown,
)
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.caller import Caller, Party
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, command, query, service
from douane.model.needs import ROLL_OUT
from douane.model.parties import COMPETENT, CaseRole, Members, administration

MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Reads the programme")
OFFICER = Actor("", ActorKind.OFFICER, "Reads the programme")
COMMISSION = Actor("", ActorKind.COMMISSION, "Keeps the programme")
READERS = (MEMBER_STATE, OFFICER, COMMISSION)
ARCHITECT = Actor("business architect", ActorKind.COMMISSION, "Judges projects by the criteria of the strategy")
PROJECT_OFFICER = Actor("project officer", ActorKind.COMMISSION, "Plans when projects pass their gates")

PLANNER = CaseRole("planning administration", "Says when it takes which step")


def way(message: RollOutPlan, _caller: Caller) -> tuple[str, str]:
    """The case of one service at one administration."""
    return "roll_out", f"{message.administration}/{message.service}"


def planner(message: RollOutPlan) -> tuple[Party, ...]:
    """Nobody plans for another administration."""
    return (administration(message.administration),)


def planning(message: RollOutPlan, _caller: Caller) -> Members:
    """The administration whose plan it is."""
    return ((administration(message.administration), PLANNER),)


def project_of(message: ScoreGiven | GateMoved, _caller: Caller) -> tuple[str, str]:
    """The case of a project."""
    return "project", message.project


def case_of(message: BusinessCaseStated, _caller: Caller) -> tuple[str, str]:
    """The case of a service."""
    return "business_case", message.service


def centre(_message: object) -> tuple[Party, ...]:
    """The programme is the Commission's to keep."""
    return (administration("EU"),)


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

    @command(
        ScoreGiven, replies=(ScoreKept, ProjectNotChanged), by=(ARCHITECT,), task="PRG-JDG-01", opens=project_of,
        about=project_of, senders=centre, roles=(COMPETENT,), requirements=("REQ-PRG-005",),
    )  # fmt: skip
    def judge(self) -> None:
        """Judge a project by a criterion, 0 to 4, with a reason; the order follows."""

    @command(
        GateMoved, replies=(GateKept, ProjectNotChanged), by=(PROJECT_OFFICER,), task="PRG-JDG-02", opens=project_of,
        about=project_of, senders=centre, roles=(COMPETENT,), requirements=("REQ-PRG-006",),
    )  # fmt: skip
    def move_gate(self) -> None:
        """Plan a gate of a project for another day, with a reason; whom that holds up is named."""

    @command(
        BusinessCaseStated, replies=(BusinessCaseKept, BusinessCaseRefused), by=(PROJECT_OFFICER,), task="PRG-CAS-01",
        opens=case_of, about=case_of, senders=centre, roles=(COMPETENT,), requirements=("REQ-PRG-007",),
    )  # fmt: skip
    def state_case(self) -> None:
        """State the business case of a service: what was measured of it, and what things cost."""

    @query(
        BusinessCasesQuery, BusinessCases, by=READERS, task="PRG-CAS-02", requirements=("REQ-PRG-001", "REQ-PRG-007")
    )
    def cases(self) -> None:
        """Show for every central service whether its business case stands."""

    @command(
        RollOutPlan, replies=(RollOutKept, RollOutRefused), by=(MEMBER_STATE,), task="PRG-PLN-01", opens=way, about=way,
        senders=planner, parties=planning, roles=(PLANNER,), requirements=("REQ-PRG-004",),
    )  # fmt: skip
    def plan(self) -> None:
        """Plan the steps by which the own administration brings a service in."""

    @query(RollOutQuery, RollOut, by=READERS, task="PRG-QRY-04", requirements=("REQ-PRG-001", "REQ-PRG-004"),
           fills=ROLL_OUT)  # fmt: skip
    def roll_out(self) -> None:
        """Show the steps that are planned, of every administration and service."""

    @query(SpecificationQuery, SpecificationShown, by=READERS, task="PRG-QRY-03", requirements=("REQ-PRG-001",))
    def specify(self) -> None:
        """Write the functional specification of a process."""


_ROOM = "src/douane/reference_architecture/programme/tests/test_programme.py"
_PLANNING = "src/douane/applications/programme/tests/test_planning.py"
_JUDGING = "src/douane/applications/programme/tests/test_judging.py"
_CASES = "src/douane/applications/programme/tests/test_cases.py"
_TESTS = "src/douane/applications/programme/tests/test_pages.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("programme", 2, "Bringing systems in", "common foundations", ("service integration",)),
    Task("PRG-QRY-01", "See the road and the order of projects", "programme"),
    Task("PRG-QRY-02", "See what a project must build and whom it holds up", "programme"),
    Task("PRG-QRY-03", "Have the functional specification of a process", "programme"),
    Task("PRG-PLN-01", "Plan the steps of a service into an administration", "programme"),
    Task("PRG-QRY-04", "See which step is planned, done or late", "programme"),
    Task("PRG-JDG-01", "Judge a project by the criteria of the strategy", "programme"),
    Task("PRG-JDG-02", "Plan the days of the gates of a project", "programme"),
    Task("PRG-CAS-01", "State the business case of a service", "programme"),
    Task("PRG-CAS-02", "See whether the business case of a central service stands", "programme"),
    Requirement(
        "REQ-PRG-007", "A central service without a business case, or with a negative one, is a finding.", (_CASES,)
    ),
    Requirement(
        "REQ-PRG-005", "A score counts with its role, its day and its reason alone; one that is changed reorders.",
        (_JUDGING,),
    ),
    Requirement(
        "REQ-PRG-006", "A gate is never planned before what it needs; a slip names whom it holds up.", (_JUDGING,)
    ),
    Requirement(
        "REQ-PRG-004", "An administration plans its own steps alone, none before what it needs; done is what runs.",
        ("src/douane/reference_architecture/programme/tests/test_steps.py", _PLANNING),
    ),
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
