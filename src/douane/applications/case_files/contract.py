"""Case files: what parties and officers may ask about the cases that concern them, and who takes a task of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from douane.applications.case_files.messages import (
    AnswerLetter,
    CaseFile,
    CaseLines,
    CaseLive,
    CaseQuery,
    CaseShown,
    CasesQuery,
    ClaimTask,
    HandOverTask,
    Letter,
    LetterAnswered,
    LetterRefused,
    LetterWritten,
    LiveQuery,
    MessageEvidence,
    MessageLines,
    MessagesQuery,
    NoteShown,
    Notice,
    OfTask,
    ReleaseTask,
    Said,
    SaidQuery,
    ShowFor,
    TaskHeld,
    TaskLines,
    TaskRefused,
    TasksQuery,
    WholeFile,
    WriteLetter,
)
from douane.applications.case_files.messages.following import CaseFollowed, FollowCase, FollowRefused
from douane.author import (
    COMPETENT,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Law,
    Length,
    Level,
    LimitKind,
    OfCase,
    ProcessLevel,
    Requirement,
    Silence,
    Start,
    Task,
    Tells,
    TimeLimit,
    Who,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import CASE_FILE, CASE_MESSAGE, CASES, MESSAGE_EVIDENCE, MESSAGES
from douane.model.needs import LIVE, NOTE_SHOWN, SHOW_FOR
from douane.model.parties import ANY_PART
from douane.vocabulary.case_summaries import CENTRAL_NODE

TRADER = Actor("", ActorKind.TRADER, "Follows the own cases")
OFFICER = Actor("", ActorKind.OFFICER, "Works on the cases of the own administration")
SYSTEM = Actor("", ActorKind.MEMBER_STATE, "Distributes the tasks of the own officers")
CENTRE = Actor(CENTRAL_NODE, ActorKind.COMMISSION, "Asks for a party of a case, of which UUM&DS states that it asks")
NODE = Actor("", ActorKind.SERVICE, "Writes down for whom it showed a case")


_ISSUER: Final = re.compile(r"\A[0-9]{2}([A-Z]{2})")
"""Of an MRN, and of a GRN: the year, then the country."""
ADDRESSED: Final = CaseRole("addressee of a letter", "Whom customs wrote to in a case in which he has a part")

HEARD: Final = TimeLimit(
    id="CAS-HEARING", article="UCC art. 22(6), DA 2015/2446 art. 8(1)", kind=LimitKind.ACT, length=Length(days=30),
    text="The person concerned expresses a point of view before an adverse decision.",
    start=Start("the communication is received"), place="office that writes", silence=Silence.NEXT_STEP,
)  # fmt: skip
PROVIDED: Final = TimeLimit(
    id="CAS-DOCUMENTS", article="UCC art. 15(1)", kind=LimitKind.ACT, length=Length(days=10),
    text="Whoever is concerned by the formalities provides what customs ask for; the office says until when.",
    start=Start("the request is received"), place="office that writes", silence=Silence.NEXT_STEP,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A letter that officers write. article: by which they do. text: in English, with the places that a letter fills:
    reference, office, grounds, documents, day. limit: for the answer; None where none is asked for. sets_days: whether
    the office says how long that is."""

    name: str
    title: str
    article: str
    text: str
    limit: TimeLimit | None = None
    sets_days: bool = False


TEMPLATES: Final = (
    Template(
        "hearing", "Right to be heard", "UCC art. 22(6), DA 2015/2446 art. 8, IA 2015/2447 art. 8",
        "The customs office %(office)s intends to take a decision on %(reference)s that would be adverse to you, on "
        "these grounds: %(grounds)s It rests on these documents and this information: %(documents)s You have the right "
        "of access to them. You may express your point of view until the end of %(day)s.", HEARD,
    ),
    Template(
        "documents", "Request for documents and information", "UCC art. 15(1)",
        "The customs office %(office)s asks you, about %(reference)s, for this: %(grounds)s It concerns: %(documents)s "
        "Please provide it until the end of %(day)s.", PROVIDED, sets_days=True,
    ),
    Template(
        "information", "Information", "UCC art. 14(1)",
        "The customs office %(office)s tells you about %(reference)s: %(grounds)s It concerns: %(documents)s",
    ),
)  # fmt: skip
"""The letters, each with the article by which it is written."""


def template_named(name: str) -> Template | None:
    """A template; None for a name that none has."""
    return next((each for each in TEMPLATES if each.name == name), None)


def keeping(message: Any) -> str:
    """Who keeps a case: the administration named, else the one that issued the MRN; empty where neither is said. An
    officer asks his own, and a party is answered of whichever it has a part in."""
    found = _ISSUER.match(getattr(message, "reference", ""))
    return str(getattr(message, "country", "")) or (found[1] if found is not None else "")


def case_of(message: OfTask | WriteLetter | AnswerLetter, _caller: Caller) -> tuple[str, str]:
    """The case by the name that a list of tasks gave it."""
    kind, _, name = message.case.partition("/")
    return kind, name


def followed(message: FollowCase, _caller: Caller) -> tuple[str, str]:
    """The case that is to be shown at the centre, or no more."""
    return message.kind, message.reference


def shown(message: NoteShown, _caller: Caller) -> tuple[str, str]:
    """What is written down beside a case, by the number of that."""
    return "shown", message.case


def role_for(message: OfTask | WriteLetter) -> str:
    """The role for which the task is."""
    return message.role


@service(
    "case_files",
    title="Case files",
    owner="Commission and Member States",
    level=Level.SILVER,
    agreed=derived("people look; no procedure waits for it"),
    legal=("UCC art. 12", "UCC art. 14"),
    administration=keeping,
    realises=("customs transit",),
)
class CaseFiles:
    """Which cases concern a caller, and what he may know of one."""

    @query(
        CasesQuery,
        CaseLines,
        task="CAS-QRY-01",
        who=Who(by=(TRADER, OFFICER)),
        law=Law(requirements=("REQ-CAS-001",)),
        fills=CASES,
    )
    def my_cases(self) -> None:
        """List the cases in which the caller has a part that one of his roles acts in; for an officer, those of the
        own administration."""

    @query(TasksQuery, TaskLines, task="CAS-QRY-03", who=Who(by=(OFFICER,)), law=Law(requirements=("REQ-CAS-002",)))
    def my_tasks(self) -> None:
        """List the tasks of the own administration that are for one of the caller's roles."""

    @query(
        MessagesQuery,
        MessageLines,
        task="CAS-QRY-04",
        who=Who(by=(TRADER, OFFICER)),
        law=Law(requirements=("REQ-CAS-001",)),
        fills=MESSAGES,
    )
    def my_messages(self) -> None:
        """List what was said in the cases that concern the caller, as their case files show it to him."""

    @command(
        ClaimTask,
        replies=(TaskHeld, TaskRefused),
        task="CAS-TSK-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,), in_role=role_for),
        law=Law(requirements=("REQ-CAS-003",)),
        case=OfCase(about=case_of),
    )
    def claim_task(self) -> None:
        """Take a task: until it is given back nobody else completes it."""

    @command(
        ReleaseTask,
        replies=(TaskHeld, TaskRefused),
        task="CAS-TSK-01",
        who=Who(by=(OFFICER, SYSTEM), roles=(COMPETENT,), in_role=role_for),
        law=Law(requirements=("REQ-CAS-003",)),
        case=OfCase(about=case_of),
    )
    def release_task(self) -> None:
        """Give a task back; the system of an administration may do it for an officer who is away."""

    @command(
        HandOverTask,
        replies=(TaskHeld, TaskRefused),
        task="CAS-TSK-01",
        who=Who(by=(OFFICER, SYSTEM), roles=(COMPETENT,), in_role=role_for),
        law=Law(requirements=("REQ-CAS-003",)),
        case=OfCase(about=case_of),
    )
    def hand_over_task(self) -> None:
        """Hand a task over to a colleague, who alone may take it then."""

    @command(
        WriteLetter,
        replies=(LetterWritten, Letter, Notice, LetterRefused),
        task="CAS-LET-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,), in_role=role_for),
        law=Law(legal=("UCC art. 22(6)", "UCC art. 14(1)", "UCC art. 15(1)"), requirements=("REQ-CAS-004",)),
        case=OfCase(about=case_of),
    )
    def write_letter(self) -> None:
        """Write to a party of a case by a declared template: to hear it before an adverse decision, to ask, to tell."""

    @command(
        AnswerLetter,
        replies=(LetterAnswered, LetterRefused),
        task="CAS-LET-02",
        who=Who(by=(TRADER,), roles=(ADDRESSED,)),
        law=Law(legal=("UCC art. 22(6)",), requirements=("REQ-CAS-004",)),
        case=OfCase(about=case_of),
    )
    def answer_letter(self) -> None:
        """Answer a letter of customs: express a point of view, or say what was asked."""

    @command(
        FollowCase,
        replies=(CaseFollowed, FollowRefused),
        task="CAS-ONE-01",
        who=Who(by=(TRADER,), roles=(ANY_PART,)),
        law=Law(legal=("UCC art. 6(1)",), requirements=("REQ-CAS-008",)),
        case=OfCase(about=followed, tells=Tells(refused={FollowRefused: "refused"})),
    )
    def follow_case(self) -> None:
        """See at the centre where a case stands that began at the door of its keeper, or see it no more."""

    @query(
        CaseQuery,
        CaseFile,
        task="CAS-QRY-02",
        who=Who(by=(TRADER, OFFICER)),
        law=Law(requirements=("REQ-CAS-001",)),
        fills=CASE_FILE,
    )
    def show(self) -> None:
        """Show where a case stands, what was said in it, and which time limits run."""

    @query(
        ShowFor,
        CaseShown,
        task="CAS-QRY-07",
        who=Who(by=(CENTRE,)),
        law=Law(requirements=("REQ-CAS-007",)),
        of_named=True,
        fills=SHOW_FOR,
    )
    def show_for(self) -> None:
        """Show a case, as ``show`` does, to its party, who asks at the centre, as UUM&DS states."""

    @query(
        LiveQuery,
        CaseLive,
        task="CAS-QRY-07",
        who=Who(by=(TRADER,)),
        law=Law(requirements=("REQ-CAS-007",)),
        fills=LIVE,
    )
    def live(self) -> None:
        """Tell what the keeper of a case says of it now, asked once, for whom a statement of UUM&DS speaks."""

    @command(
        NoteShown,
        task="CAS-QRY-07",
        who=Who(by=(NODE,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-CAS-007",)),
        case=OfCase(opens=shown, about=shown, issued="the keeper of the case: whom it showed it"),
        fills=NOTE_SHOWN,
    )
    def note_shown(self) -> None:
        """Write down for whom a case was shown at another node, before it is."""

    @query(CaseQuery, WholeFile, task="CAS-QRY-05", who=Who(by=(OFFICER,)), law=Law(requirements=("REQ-CAS-005",)))
    def whole(self) -> None:
        """Show an officer all that his office has of a case: what was stated, risk, tasks, letters, documents."""

    @query(
        SaidQuery,
        MessageEvidence,
        task="CAS-QRY-06",
        who=Who(by=(TRADER, OFFICER)),
        law=Law(requirements=("REQ-CAS-006",)),
        fills=MESSAGE_EVIDENCE,
    )
    def evidence(self) -> None:
        """Prove a message that the case file lists, by a pack that anybody checks without the platform."""

    @query(
        SaidQuery,
        Said,
        task="CAS-QRY-02",
        who=Who(by=(TRADER, OFFICER)),
        law=Law(requirements=("REQ-CAS-001",)),
        fills=CASE_MESSAGE,
    )
    def message(self) -> None:
        """Show what was said by a message that the case file lists."""


_TESTS, _LISTS = "tests/journeys/test_case_files.py", "tests/journeys/test_lists.py"
_TASKS = "tests/journeys/test_tasks.py"
_LIVE = "tests/journeys/test_shown_for.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("case files", 2, "Following cases", "customs procedures", ("customs transit",)),
    Task("CAS-QRY-01", "See which cases concern me", "case files"),
    Task("CAS-QRY-02", "See where a case stands and what was said in it", "case files"),
    Task("CAS-QRY-03", "See which tasks wait for me", "case files"),
    Task("CAS-QRY-04", "See what was said in the cases that concern me", "case files"),
    Task("CAS-QRY-05", "Have a case in one place", "case files"),
    Task("CAS-QRY-06", "Keep what proves a message", "case files"),
    Task("CAS-ONE-01", "See a case at the centre that another system keeps", "case files"),
    Task("CAS-QRY-07", "See what the keeper of a case says of it now", "case files"),
    Task("CAS-LET-01", "Write to a party of a case", "case files"),
    Task("CAS-LET-02", "Answer a letter of customs", "case files"),
    Task("CAS-TSK-01", "Share out the tasks of an office among its officers", "case files"),
    Requirement(
        "REQ-CAS-001", "A party sees its own cases, and in them what it said and was told; an officer those of the "
        "own administration; nobody else learns that they exist.", (_TESTS,), ("UCC art. 12",),
    ),
    Requirement(
        "REQ-CAS-006", "Whoever sent a message, was sent it, or works on its case keeps a pack that proves it offline.",
        ("tests/journeys/test_receipts.py",),
    ),
    Requirement(
        "REQ-CAS-008", "What a party does at its administration's own door is shown at the centre only if it asked for "
        "that, and as long as it wants it; nobody else can ask.", ("tests/journeys/test_followed.py",),
    ),
    Requirement(
        "REQ-CAS-007", "A party sees at the centre what the keeper of its case says now, as UUM&DS states that it "
        "asks; the keeper writes down for whom it showed it, and the party sees that.", (_LIVE,), ("UCC art. 12",),
    ),
    Requirement(
        "REQ-CAS-002", "An officer sees the tasks of the own administration that are for one of his roles, and no "
        "others.", (_LISTS,), ("UCC art. 12",),
    ),
    Requirement(
        "REQ-CAS-003", "A task that an officer has taken is completed by nobody else; whoever comes second is told who "
        "has it, and where four eyes are declared another officer decides.", (_TASKS,), ("UCC art. 22",),
    ),
    Requirement(
        "REQ-CAS-004", "Before an adverse decision the person concerned learns its grounds and may express a point of "
        "view within 30 days; letters go to parties of the case alone, and only whom one is for answers it.",
        ("tests/journeys/test_letters.py",), ("UCC art. 22(6)",),
    ),
    Requirement(
        "REQ-CAS-005", "An officer has a case of his office in one place: declaration and what changed in it, risk "
        "with its reasons, tasks, limits, letters, documents.",
        ("tests/journeys/test_whole_file.py",), ("UCC art. 188",),
    ),
)  # fmt: skip
"""Where case files stand in the Reference Architecture."""
