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
from douane.applications.programme.messages.library import (
    InitiativeKept,
    InitiativeLeft,
    InitiativeRefused,
    InitiativeStated,
    Library,
    LibraryQuery,
    ResultStated,
    ResultUse,
    TakingPart,
)
from douane.applications.programme.messages.requiring import (
    RequirementAccepted,
    RequirementAsked,
    RequirementKept,
    RequirementListQuery,
    RequirementRefused,
    Requirements,
)
from douane.applications.programme.messages.steps import (
    PassedOn,
    RollOut,
    RollOutKept,
    RollOutPlan,
    RollOutQuery,
    RollOutRefused,
)
from douane.applications.programme.messages.telling import (
    ProjectQuery,
    ProjectShown,
    Roadmap,
    RoadmapQuery,
    SpecificationQuery,
    SpecificationShown,
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
from douane.author.needs import LIBRARY, ROLL_OUT

MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Reads the programme")
OFFICER = Actor("", ActorKind.OFFICER, "Reads the programme")
COMMISSION = Actor("", ActorKind.COMMISSION, "Keeps the programme")
READERS = (MEMBER_STATE, OFFICER, COMMISSION)
ARCHITECT = Actor("business architect", ActorKind.COMMISSION, "Judges projects by the criteria of the strategy")
PROJECT_OFFICER = Actor("project officer", ActorKind.COMMISSION, "Plans when projects pass their gates")

COORDINATOR = Actor("programme coordinator", ActorKind.OFFICER, "Enters what the own administration plans and joins")
OF_ADMINISTRATION = (MEMBER_STATE, COORDINATOR)
OWNERS = (MEMBER_STATE, PROJECT_OFFICER)
_INITIATIVE = (InitiativeKept, InitiativeRefused, PassedOn)
_REQUIREMENT = (RequirementKept, RequirementRefused, PassedOn)

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


INITIATOR = CaseRole("owner of the initiative", "Answers for it")
VOLUNTEER = CaseRole("volunteer", "Takes part in an initiative, or uses its result")
ASKER = CaseRole("asking administration", "Asks for the requirement")


def initiative(message: InitiativeStated | ResultStated, _caller: Caller) -> tuple[str, str]:
    """The case of an initiative."""
    return "initiative", message.initiative


def part(message: TakingPart | InitiativeLeft | ResultUse, _caller: Caller) -> tuple[str, str]:
    """The case of what one administration does in one initiative."""
    return "participation", f"{message.administration}/{message.initiative}"


def taking_part(message: TakingPart | InitiativeLeft | ResultUse, _caller: Caller) -> Members:
    """The administration whose part it is."""
    return ((administration(message.administration), VOLUNTEER),)


def owner(message: InitiativeStated | ResultStated) -> tuple[Party, ...]:
    """Nobody states what another owns."""
    return (administration(message.owner),)


def initiating(message: InitiativeStated, _caller: Caller) -> Members:
    """The administration that answers for it."""
    return ((administration(message.owner), INITIATOR),)


def itself(
    message: TakingPart | InitiativeLeft | ResultUse | RequirementAsked | RequirementAccepted,
) -> tuple[Party, ...]:
    """Nobody signs up another, leaves for him, asks or accepts in his name."""
    return (administration(message.administration),)


def asked(message: RequirementAsked | RequirementAccepted, _caller: Caller) -> tuple[str, str]:
    """The case of a requirement that one administration asks for."""
    return "asked_requirement", f"{message.administration}/{message.requirement}"


def asking(message: RequirementAsked, _caller: Caller) -> Members:
    """The administration that asks."""
    return ((administration(message.administration), ASKER),)


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
    agreed=derived("its dates are months"),
    legal=("UCC art. 280",),
    administration=union,
    realises=("service integration",),
)
class Programme:
    """Projects with their law, scope, gates and order, and the functional specification of what runs."""

    @query(
        RoadmapQuery,
        Roadmap,
        task="PRG-QRY-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001", "REQ-PRG-002")),
    )
    def roadmap(self) -> None:
        """Show every project, the order of those that are not built, and what covers the strategy's list."""

    @query(
        ProjectQuery,
        ProjectShown,
        task="PRG-QRY-02",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001", "REQ-PRG-003")),
    )
    def project(self) -> None:
        """Show a project: law, gates, scores, scope; and whom it would hold up by opening later."""

    @command(
        ScoreGiven,
        replies=(ScoreKept, ProjectNotChanged),
        task="PRG-JDG-01",
        who=Who(by=(ARCHITECT,), roles=(COMPETENT,), senders=centre),
        law=Law(requirements=("REQ-PRG-005",)),
        case=OfCase(opens=project_of, about=project_of),
    )
    def judge(self) -> None:
        """Judge a project by a criterion, 0 to 4, with a reason; the order follows."""

    @command(
        GateMoved,
        replies=(GateKept, ProjectNotChanged),
        task="PRG-JDG-02",
        who=Who(by=(PROJECT_OFFICER,), roles=(COMPETENT,), senders=centre),
        law=Law(requirements=("REQ-PRG-006",)),
        case=OfCase(opens=project_of, about=project_of),
    )
    def move_gate(self) -> None:
        """Plan a gate of a project for another day, with a reason; whom that holds up is named."""

    @command(
        BusinessCaseStated,
        replies=(BusinessCaseKept, BusinessCaseRefused),
        task="PRG-CAS-01",
        who=Who(by=(PROJECT_OFFICER,), roles=(COMPETENT,), senders=centre),
        law=Law(requirements=("REQ-PRG-007",)),
        case=OfCase(opens=case_of, about=case_of),
    )
    def state_case(self) -> None:
        """State the business case of a service: what was measured of it, and what things cost."""

    @query(
        BusinessCasesQuery,
        BusinessCases,
        task="PRG-CAS-02",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001", "REQ-PRG-007")),
    )
    def cases(self) -> None:
        """Show for every central service whether its business case stands."""

    @command(
        RollOutPlan,
        replies=(RollOutKept, RollOutRefused, PassedOn),
        task="PRG-PLN-01",
        who=Who(by=OF_ADMINISTRATION, roles=(PLANNER, COMPETENT), senders=planner),
        law=Law(requirements=("REQ-PRG-004",)),
        case=OfCase(opens=way, about=way, parties=planning),
    )
    def plan(self) -> None:
        """Plan the steps by which the own administration brings a service in."""

    @query(
        RollOutQuery,
        RollOut,
        task="PRG-QRY-04",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001", "REQ-PRG-004")),
        fills=ROLL_OUT,
    )
    def roll_out(self) -> None:
        """Show the steps that are planned, of every administration and service."""

    @command(
        InitiativeStated,
        replies=_INITIATIVE,
        task="PRG-INI-01",
        who=Who(by=OWNERS, roles=(INITIATOR,), senders=owner),
        law=Law(requirements=("REQ-PRG-008",)),
        case=OfCase(opens=initiative, about=initiative, parties=initiating),
    )
    def state_initiative(self) -> None:
        """State an initiative of the own administration: what for, licence, host, funding key, exit."""

    @command(
        TakingPart,
        replies=_INITIATIVE,
        task="PRG-INI-02",
        who=Who(by=OF_ADMINISTRATION, roles=(VOLUNTEER, COMPETENT), senders=itself),
        law=Law(requirements=("REQ-PRG-008",)),
        case=OfCase(opens=part, about=part, parties=taking_part),
    )
    def join(self) -> None:
        """Take part in an initiative with the own administration, from today on."""

    @command(
        InitiativeLeft,
        replies=_INITIATIVE,
        task="PRG-INI-02",
        who=Who(by=OF_ADMINISTRATION, roles=(VOLUNTEER, COMPETENT), senders=itself),
        law=Law(requirements=("REQ-PRG-008",)),
        case=OfCase(opens=part, about=part, parties=taking_part),
    )
    def leave(self) -> None:
        """Leave an initiative with the own administration, today."""

    @command(
        ResultStated,
        replies=_INITIATIVE,
        task="PRG-INI-03",
        who=Who(by=OWNERS, roles=(INITIATOR,), senders=owner),
        law=Law(requirements=("REQ-PRG-009",)),
        case=OfCase(about=initiative),
    )
    def state_result(self) -> None:
        """Publish a version of the result of an own initiative, with its bundle."""

    @command(
        ResultUse,
        replies=_INITIATIVE,
        task="PRG-INI-03",
        who=Who(by=OF_ADMINISTRATION, roles=(VOLUNTEER, COMPETENT), senders=itself),
        law=Law(requirements=("REQ-PRG-009",)),
        case=OfCase(opens=part, about=part, parties=taking_part),
    )
    def use_result(self) -> None:
        """Say which version of a result the own administration uses."""

    @query(
        LibraryQuery,
        Library,
        task="PRG-INI-04",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001", "REQ-PRG-009")),
        fills=LIBRARY,
    )
    def library(self) -> None:
        """Show initiatives with their volunteers, results and users."""

    @command(
        RequirementAsked,
        replies=_REQUIREMENT,
        task="PRG-REQ-01",
        who=Who(by=OF_ADMINISTRATION, roles=(ASKER, COMPETENT), senders=itself),
        law=Law(requirements=("REQ-PRG-010",)),
        case=OfCase(opens=asked, about=asked, parties=asking),
    )
    def ask_requirement(self) -> None:
        """Ask for a requirement in the name of the own administration."""

    @command(
        RequirementAccepted,
        replies=_REQUIREMENT,
        task="PRG-REQ-02",
        who=Who(by=OF_ADMINISTRATION, roles=(ASKER, COMPETENT), senders=itself),
        law=Law(requirements=("REQ-PRG-010",)),
        case=OfCase(opens=asked, about=asked, parties=asking),
    )
    def accept_requirement(self) -> None:
        """Accept for the own administration that a requirement is met."""

    @query(
        RequirementListQuery,
        Requirements,
        task="PRG-REQ-03",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001", "REQ-PRG-010")),
    )
    def requirements(self) -> None:
        """Show requirements with who asks, who accepted, what they are tied to and what tests say."""

    @query(
        SpecificationQuery,
        SpecificationShown,
        task="PRG-QRY-03",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-PRG-001",)),
    )
    def specify(self) -> None:
        """Write the functional specification of a process."""


_ROOM = "src/douane/reference_architecture/programme/tests/test_programme.py"
_PLANNING = "src/douane/applications/programme/tests/test_planning.py"
_JUDGING = "src/douane/applications/programme/tests/test_judging.py"
_CASES = "src/douane/applications/programme/tests/test_cases.py"
_COLLABORATING = "src/douane/applications/programme/tests/test_collaborating.py"
_REQUIRING = "src/douane/applications/programme/tests/test_requiring.py"
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
    Task("PRG-INI-01", "Begin an initiative on stated terms", "programme"),
    Task("PRG-INI-02", "Take part in an initiative, and leave it", "programme"),
    Task("PRG-INI-03", "Publish a result, and say that one uses it", "programme"),
    Task("PRG-INI-04", "Find what others built", "programme"),
    Task("PRG-REQ-01", "Ask for a requirement", "programme"),
    Task("PRG-REQ-02", "Accept that a requirement is met", "programme"),
    Task("PRG-REQ-03", "See whether requirements are met, and for whom", "programme"),
    Requirement(
        "REQ-PRG-008", "An administration joins and leaves an initiative itself, dated; nobody signs up another.",
        (_COLLABORATING,),
    ),
    Requirement(
        "REQ-PRG-009", "A version of a result stays what it was; who uses it says so himself.", (_COLLABORATING,)
    ),
    Requirement(
        "REQ-PRG-010", "A requirement names who asks for it, which role accepted it for him, and what tests say.",
        (_REQUIRING,),
    ),
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
