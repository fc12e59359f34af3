"""Case files: what parties and officers may ask about the cases that concern them, whatever the procedure."""

from __future__ import annotations

from typing import Any

from douane.applications.case_files.messages import CaseFile, CaseLines, CaseQuery, CasesQuery, TaskLines, TasksQuery
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, query, service

TRADER = Actor("", ActorKind.TRADER, "Follows the own cases")
OFFICER = Actor("", ActorKind.OFFICER, "Works on the cases of the own administration")


def keeping(message: Any) -> str:
    """Who keeps a case: the administration named, else the one that issued the MRN; an officer asks his own."""
    reference: str = getattr(message, "reference", "")
    return str(getattr(message, "country", "")) or (reference[2:4] if reference[2:4].isalpha() else "EU")


@service(
    "case_files",
    title="Case files",
    owner="Commission and Member States",
    level=Level.SILVER,
    legal=("UCC art. 12", "UCC art. 14"),
    administration=keeping,
    realises=("customs transit",),
)
class CaseFiles:
    """Which cases concern a caller, and what he may know of one."""

    @query(CasesQuery, CaseLines, by=(TRADER, OFFICER), task="CAS-QRY-01", requirements=("REQ-CAS-001",))
    def my_cases(self) -> None:
        """List the cases in which the caller has a part that one of his roles acts in; for an officer, those of the
        own administration."""

    @query(TasksQuery, TaskLines, by=(OFFICER,), task="CAS-QRY-03", requirements=("REQ-CAS-002",))
    def my_tasks(self) -> None:
        """List the tasks of the own administration that are for one of the caller's roles."""

    @query(CaseQuery, CaseFile, by=(TRADER, OFFICER), task="CAS-QRY-02", requirements=("REQ-CAS-001",))
    def show(self) -> None:
        """Show where a case stands, what was said in it, and which time limits run."""


_TESTS, _LISTS = "tests/journeys/test_case_files.py", "tests/journeys/test_lists.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("case files", 2, "Following cases", "customs procedures", ("customs transit",)),
    Task("CAS-QRY-01", "See which cases concern me", "case files"),
    Task("CAS-QRY-02", "See where a case stands and what was said in it", "case files"),
    Task("CAS-QRY-03", "See which tasks wait for me", "case files"),
    Requirement(
        "REQ-CAS-001", "A party sees its own cases, and in them what it said and was told; an officer those of the "
        "own administration; nobody else learns that they exist.", (_TESTS,), ("UCC art. 12",),
    ),
    Requirement(
        "REQ-CAS-002", "An officer sees the tasks of the own administration that are for one of his roles, and no "
        "others.", (_LISTS,), ("UCC art. 12",),
    ),
)  # fmt: skip
"""Where case files stand in the Reference Architecture."""
