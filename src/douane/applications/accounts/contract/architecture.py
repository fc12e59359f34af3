"""What the architecture says of accounts: their tasks and requirements."""

from __future__ import annotations

from douane.author import Element, ProcessLevel, Requirement, Task

_TESTS = "src/douane/applications/accounts/tests"
_JOURNEY = "tests/journeys/test_sign_in.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("accounts", 2, "Persons and delegations", "common foundations", ("reference data management",)),
    Task("ACC-REG-01", "Vouch for a person", "accounts"),
    Task("ACC-REG-02", "Take over persons of an older portal", "accounts"),
    Task("ACC-REG-03", "Learn what operators changed of one's own clients", "accounts"),
    Task("ACC-DEL-01", "Let somebody act", "accounts"),
    Task("ACC-DEL-02", "See who may act for whom", "accounts"),
    Task("ACC-SGN-01", "Sign in", "accounts"),
    Task("ACC-SGN-02", "Be signed in, and sign out", "accounts"),
    Task("ACC-PRF-01", "Find a list again", "accounts"),
    Task("ACC-PRF-02", "Choose how pages are", "accounts"),
    Task("ACC-PRF-03", "See what is new", "accounts"),
    Task("ACC-KEY-01", "Let a program in", "accounts"),
    Task("ACC-KEY-02", "See which programs are let in", "accounts"),
    Requirement(
        "REQ-ACC-006",
        "A program is let in by a certificate that its owner asked for and confirmed, until he withdraws it.",
        (f"{_TESTS}/test_certificates.py", "tests/journeys/test_keys.py"), ("Regulation (EU) 2025/512",),
    ),
    Requirement(
        "REQ-ACC-005", "What a person chose is told to him alone, and what a party read to whoever acts for it.",
        ("tests/journeys/test_filing_later.py",),
    ),
    Requirement(
        "REQ-ACC-007", "Who comes from an older portal may sign in, and do nothing for anybody who did not let him.",
        (f"{_TESTS}/test_taking_over.py",),
    ),
    Requirement(
        "REQ-ACC-008",
        "A session begins and ends by an act with a leaf; once it has ended nothing is done by it anywhere.",
        (f"{_TESTS}/test_sessions.py", "tests/circles/test_persons.py"), ("Regulation (EU) 2025/512",),
    ),
    Requirement(
        "REQ-ACC-009", "Whose client, secret or webhook operators change is told so, by whom and when, and no secret.",
        (f"{_TESTS}/test_telling_of_changes.py", "tests/journeys/test_parties_told.py"),
        ("Regulation (EU) 2016/679 art. 5(1)(f)",),
    ),
    Requirement(
        "REQ-ACC-001", "A person signs in by a provider of his country, as the account that this country states.",
        (f"{_TESTS}/test_accounts.py", _JOURNEY), ("Regulation (EU) 2025/512",),
    ),
    Requirement(
        "REQ-ACC-002", "A delegation is given by its owner, accepted by the delegate, and seen by both alone.",
        (f"{_TESTS}/test_delegations.py",), ("UCC art. 18",),
    ),
    Requirement(
        "REQ-ACC-003", "What is not delegated, or no longer, nobody does for another, in any process.",
        (f"{_TESTS}/test_delegations.py", _JOURNEY), ("UCC art. 19",),
    ),
    Requirement(
        "REQ-ACC-004", "What a person keeps to find it again is told to him alone.",
        (f"{_TESTS}/test_kept_lists.py", "tests/pages/test_kept_lists.py"), ("Regulation (EU) 2016/679",),
    ),
)  # fmt: skip
"""Where accounts stand in the Reference Architecture."""
