"""What the architecture says of customs decisions: their tasks and requirements."""

from __future__ import annotations

from douane.author import Element, ProcessLevel, Requirement, Task

_TESTS = "src/douane/applications/customs_decisions/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "customs decisions", 2, "From the application to the end of a decision", "common foundations",
        ("reference data management",),
    ),
    Task("DEC-APP-01", "Apply for a decision", "customs decisions"),
    *(
        Task(id, f"Apply for {what}", "customs decisions", legal=(legal,), role="economic operator",
             fulfilled_by=("operation:customs_decisions.lodge",))
        for id, what, legal in (
            ("AEO-DEC-01", "the status of authorised economic operator", "UCC art. 38(1)"),
            ("EBT-APP-01", "binding tariff information", "UCC art. 33(1)"),
        )
    ),
    Task("DEC-APP-02", "Supply information", "customs decisions"),
    Task("DEC-APP-03", "Be heard", "customs decisions"),
    Task("DEC-APP-04", "Receive an act", "customs decisions"),
    Task("DEC-APP-05", "Withdraw an application, or ask for an act", "customs decisions"),
    Task("DEC-APP-06", "Take over a case of an older portal", "customs decisions"),
    Task("DEC-DEC-01", "Judge whether an application is accepted", "customs decisions"),
    Task("DEC-DEC-02", "Ask for information", "customs decisions"),
    Task("DEC-DEC-03", "Consult other authorities", "customs decisions"),
    Task("DEC-DEC-04", "Announce that a decision takes longer", "customs decisions"),
    Task("DEC-DEC-05", "Decide on an application", "customs decisions"),
    Task("DEC-MAN-01", "Act on a decision", "customs decisions"),
    Task("DEC-MAN-02", "Re-assess a decision", "customs decisions"),
    Task("DEC-MAN-03", "Learn that a decision of another authority is lost", "customs decisions"),
    Task("DEC-CON-01", "Take a question over from another authority", "customs decisions"),
    Task("DEC-CON-02", "Answer another authority", "customs decisions"),
    Task("DEC-QRY-01", "See an application and its decision", "customs decisions"),
    Task("DEC-QRY-03", "Follow the own application", "customs decisions"),
    Task("DEC-QRY-04", "Read the letter about an act", "customs decisions"),
    Task("DEC-QRY-02", "See what a type of decision demands", "customs decisions"),
    Task("DEC-AEO-01", "Answer the questionnaire of an economic operator", "customs decisions"),
    Task("DEC-AEO-02", "Judge a criterion of an economic operator", "customs decisions"),
    Task("DEC-AEO-03", "See the questionnaire of an economic operator", "customs decisions"),
    Requirement(
        "REQ-DEC-009", "The questionnaire is data in our own wording, each question with its criterion and article; "
        "nobody but applicant and deciding authority sees the answers.",
        (f"{_TESTS}/test_questionnaire.py",), ("UCC art. 39",),
    ),
    Task("DEC-OWN-01", "Propose what the own administration adds", "customs decisions"),
    Task("DEC-OWN-02", "Approve what the own administration adds", "customs decisions"),
    Task("DEC-OWN-03", "Conclude a task of the own administration", "customs decisions"),
    Task("DEC-OWN-04", "See what administrations add", "customs decisions"),
    Requirement(
        "REQ-DEC-010", "A case that was begun elsewhere goes on by its original dates, and none of them is invented.",
        (f"{_TESTS}/test_taking_over.py",), ("UCC art. 22(2)", "UCC art. 22(3)"),
    ),
    Requirement(
        "REQ-DEC-008", "An administration adds to the common procedure and removes nothing of it; two of its experts "
        "answer for it, and what began under a version ends under it.",
        (f"{_TESTS}/test_overlays.py",), ("UCC art. 55(1)", "UCC art. 22(6)", "IA 2015/2447 art. 10(2)"),
    ),
    Requirement(
        "REQ-DEC-007", "Each act has a letter with its grounds and the right of appeal, which anybody can check.",
        (f"{_TESTS}/test_letters.py",), ("UCC art. 22(7)", "UCC art. 44"),
    ),
    Requirement(
        "REQ-DEC-001", "Every type is declared data, and everything that an application lacks is told at once.",
        (f"{_TESTS}/test_elements.py", f"{_TESTS}/test_lodging.py"), ("DA 2015/2446 Annex A",),
    ),
    Requirement(
        "REQ-DEC-002", "Each step has its limit and its article; silence has the effect that the law says.",
        (f"{_TESTS}/test_clock.py",), ("UCC art. 22(2)", "UCC art. 22(3)"),
    ),
    Requirement(
        "REQ-DEC-003", "Nobody suffers an adverse act without having been heard, but where an article says so.",
        (f"{_TESTS}/test_clock.py",), ("UCC art. 22(6)",),
    ),
    Requirement(
        "REQ-DEC-004", "An act has effect from its receipt, and procedures feel it from then on.",
        (f"{_TESTS}/test_managing.py",), ("UCC art. 22(4)", "UCC art. 30"),
    ),
    Requirement(
        "REQ-DEC-006", "Who took a decision that rests on one that is lost gets a task; nothing changes by itself.",
        (f"{_TESTS}/test_resting.py",), ("DA 2015/2446 art. 15", "DA 2015/2446 art. 30(1)"),
    ),
    Requirement(
        "REQ-DEC-005",
        "Who is asked answers once and in time; silence on criteria is fulfilment, on a draft it is agreement.",
        (f"{_TESTS}/test_clock.py",), ("IA 2015/2447 art. 14(3)", "IA 2015/2447 art. 260(4)"),
    ),
)  # fmt: skip
"""Where customs decisions stand in the Reference Architecture."""
