"""Guarantees: reference amounts reserved for movements and released when they are over."""

from __future__ import annotations

from douane.applications.guarantees.messages import (
    AccessCodeTried,
    AnsweredLines,
    AnsweredQuery,
    CarnetNotRegistered,
    CarnetQuestion,
    CarnetRegistered,
    CarnetRegistration,
    CarnetStanding,
    CoverWaits,
    DecisionNoted,
    DecisionNotNoted,
    DecisionSeen,
    GuaranteeAccount,
    GuaranteeCancellation,
    GuaranteeChange,
    GuaranteeChanged,
    GuaranteeLines,
    GuaranteeNotChanged,
    GuaranteeNotRegistered,
    GuaranteeQuery,
    GuaranteeRegistered,
    GuaranteeRegistration,
    OwnGuaranteesQuery,
    VoucherSold,
    VoucherUndertaking,
    VoucherUndertakingEnd,
    VoucherUndertakingKept,
    VoucherUndertakingNotKept,
)
from douane.author import (
    COMPETENT,
    NCTS5,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Known,
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
    customs_of,
    derived,
    issuer_of_grn,
    issuer_of_mrn,
    query,
    service,
    trader,
)
from douane.standards.ncts.phase5 import (
    CC026C,
    CC034C,
    CC037C,
    CC224C,
    CC225C,
    CC228C,
    CC229C,
    CC231C,
    CC906C,
    CD200C,
    CD201C,
    CD203C,
    CD204C,
    CD205C,
    CD209C,
    CD906C,
)

__all__ = ["CarnetQuestion", "CarnetStanding", "CoverWaits", "Guarantees"]

GUARANTEE_OFFICER = Actor("customs officer of guarantee", ActorKind.OFFICER, "Registers guarantees and their limits")
ADMINISTRATION = Actor(
    "administration of departure", ActorKind.MEMBER_STATE, "Uses and credits guarantees for movements"
)
DEPARTING = Actor(
    "administration of departure", ActorKind.MEMBER_STATE, "Asks who stands for a carnet of a movement of its own"
)
HOLDING_TRADER = Actor("holder of the transit procedure", ActorKind.TRADER, "Answers for the goods until they arrive")
ANSWERING_TRADER = Actor("guarantor", ActorKind.TRADER, "Answers for the debts of another by an undertaking")
GUARANTOR = CaseRole("guarantor", "Answers for the debt by an undertaking (UCC art. 94)")
HOLDER = CaseRole("holder of the guarantee", "Whose debt it covers")
USER = CaseRole("administration of use", "Proved the guarantee by its access code, for movements of its own")
UNDERTAKING_GRN = 17
"""Characters of the number of an undertaking; a voucher's has seven more."""
PROCESS = Actor("process", ActorKind.SERVICE, "A procedure of this node")


def _undertaking(message: object, _caller: object) -> tuple[str, str]:
    """The case of a guarantor's undertaking, whose number the numbers of his vouchers begin with."""
    return ("undertaking", grn_of(message)[:UNDERTAKING_GRN])


def country_of(message: object) -> str:
    """The administration that holds a guarantee: the country in the guarantee reference number (positions 3 and 4), of
    a carnet that of its office."""
    if isinstance(message, CarnetRegistration | CarnetQuestion):
        return message.office[:2]
    if isinstance(message, OwnGuaranteesQuery | AnsweredQuery):
        return customs_of(message.country)
    return issuer_of_grn(grn_of(message))


def grn_of(message: object) -> str:
    """The first guarantee reference number of a message."""
    if isinstance(message, (GuaranteeRegistration, GuaranteeQuery, GuaranteeChange, GuaranteeCancellation,
                            DecisionSeen)):  # fmt: skip
        return message.grn
    if isinstance(message, (VoucherUndertaking, VoucherUndertakingEnd, VoucherSold)):
        return message.grn
    if isinstance(message, CC026C):
        return message.guarantee_reference.grn
    if isinstance(message, (CC034C, CC224C)):
        return message.guarantee_reference[0].grn
    if isinstance(message, (CD200C, CD203C, CD204C, CD209C)):
        return message.guarantee[0].guarantee_reference[0].grn
    raise TypeError(f"{type(message).__name__} names no guarantee")


def user_of(message: CD200C | CD203C | CD204C | CD209C) -> tuple[Party, ...]:
    """Who may ask about and use a guarantee for a movement: the administration that issued its MRN."""
    return (administration(issuer_of_mrn(message.transit_operation.mrn)),)


def parties_of(message: GuaranteeRegistration, _caller: Caller) -> Members:
    """Whose debt a guarantee covers, and who answers for it."""
    holder = (trader(message.holder), HOLDER)
    return (holder, (trader(message.guarantor.identification), GUARANTOR)) if message.guarantor else (holder,)


def office_of(message: GuaranteeRegistration | VoucherUndertaking) -> str:
    """The office of guarantee: the one that a registration names, else the one that the GRN does (12 02 002 000)."""
    return message.office or message.grn[2:10]


def carnet_not_told(question: CarnetQuestion, what: Known) -> CarnetStanding:
    """The answer where the register of carnets cannot be asked."""
    return CarnetStanding(carnet=question.carnet, known=what)


@service(
    "guarantees",
    title="Guarantees",
    owner="Member States",
    level=Level.GOLD,
    agreed=derived("transit, which is Gold, asks it while it works"),
    legal=("UCC art. 89", "UCC art. 95", "IA art. 147"),
    families=(NCTS5,),
    administration=country_of,
    realises=("guarantee management",),
)
class Guarantees:
    """Comprehensive and individual guarantees, and what of their reference amounts is in use."""

    @command(
        GuaranteeRegistration,
        replies=(GuaranteeRegistered, GuaranteeNotRegistered),
        task="GUA-REG-01",
        who=Who(
            by=(GUARANTEE_OFFICER,), senders=lambda m: (administration(issuer_of_grn(m.grn)),), in_office=office_of
        ),
        law=Law(legal=("UCC art. 95",), requirements=("REQ-GUA-002",)),
        case=OfCase(opens=lambda m, _: ("grn", m.grn), parties=parties_of, issues=("grn",)),
    )
    def register(self) -> None:
        """Register a guarantee with its holder, access code, limit and validity."""

    @command(
        GuaranteeChange,
        replies=(GuaranteeChanged, GuaranteeNotChanged, CC225C),
        task="GUA-REG-03",
        who=Who(by=(GUARANTEE_OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 95", "IA art. 155"), requirements=("REQ-GUA-006",)),
        case=OfCase(about=lambda m, _: ("grn", m.grn)),
    )
    def change(self) -> None:
        """Change the reference amount of a guarantee or its last day; the holder is told (IE225)."""

    @command(
        GuaranteeCancellation,
        replies=(GuaranteeChanged, GuaranteeNotChanged, CC225C, CC228C, CC229C, CC231C),
        task="GUA-REG-04",
        who=Who(by=(GUARANTEE_OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("DA art. 82",), requirements=("REQ-GUA-006",)),
        case=OfCase(about=lambda m, _: ("grn", m.grn)),
    )
    def cancel(self) -> None:
        """End an undertaking; holder (IE231, IE225) and guarantor (IE228, of a voucher IE229) are told."""

    @command(
        DecisionSeen,
        replies=(DecisionNoted, DecisionNotNoted),
        task="GUA-REG-06",
        who=Who(by=(GUARANTEE_OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 95", "UCC art. 195(1)"), requirements=("REQ-GUA-010",)),
        case=OfCase(about=lambda m, _: ("grn", m.grn)),
    )
    def accept_document(self) -> None:
        """Say by a document whether a decision may be used whose register cannot be asked."""

    @command(
        CC026C,
        replies=(CC906C, AccessCodeTried),
        task="GUA-REG-05",
        who=Who(by=(HOLDING_TRADER,), roles=(HOLDER,)),
        law=Law(legal=("IA art. 156",), requirements=("REQ-GUA-008",)),
        case=OfCase(about=lambda m, _: ("grn", grn_of(m))),
    )
    def change_access_code(self) -> None:
        """Change the access code of one's own guarantee, by its master access code (IE026)."""

    @command(
        VoucherUndertaking,
        replies=(VoucherUndertakingKept, VoucherUndertakingNotKept),
        task="GUA-VOU-01",
        who=Who(
            by=(GUARANTEE_OFFICER,), senders=lambda m: (administration(issuer_of_grn(m.grn)),), in_office=office_of
        ),
        law=Law(legal=("IA art. 160",), requirements=("REQ-GUA-007",)),
        case=OfCase(
            opens=_undertaking,
            parties=lambda m, _: ((trader(m.guarantor.identification), GUARANTOR),),
            issues=("undertaking",),
        ),
    )
    def register_undertaking(self) -> None:
        """Register that a guarantor undertook to answer for the vouchers that he sells."""

    @command(
        VoucherUndertakingEnd,
        replies=(VoucherUndertakingKept, VoucherUndertakingNotKept),
        task="GUA-VOU-02",
        who=Who(by=(GUARANTEE_OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("DA art. 82",), requirements=("REQ-GUA-007",)),
        case=OfCase(about=_undertaking),
    )
    def end_undertaking(self) -> None:
        """End an undertaking for vouchers; what was sold before stays."""

    @command(
        CC224C,
        replies=(CC906C,),
        task="GUA-VOU-03",
        who=Who(
            by=(ANSWERING_TRADER,), roles=(GUARANTOR,), senders=lambda m: (trader(m.guarantor.identification_number),)
        ),
        law=Law(legal=("IA art. 160",), requirements=("REQ-GUA-007",)),
        case=OfCase(about=_undertaking),
    )
    def sell_voucher(self) -> None:
        """Tell the office of guarantee which vouchers were sold to whom, under one's own undertaking (IE224)."""

    @command(
        VoucherSold,
        task="GUA-VOU-03",
        who=Who(by=(PROCESS,), senders=lambda m: (administration(issuer_of_grn(m.grn)),)),
        law=Law(legal=("IA art. 160",), requirements=("REQ-GUA-007",)),
        case=OfCase(
            opens=lambda m, _: ("grn", m.grn),
            parties=lambda m, _: ((trader(m.holder), HOLDER), (trader(m.guarantor.identification), GUARANTOR)),
            issues=("grn",),
        ),
    )
    def keep_voucher(self) -> None:
        """Open the ledger of a voucher that was sold."""

    @command(
        CC034C,
        replies=(CC037C, CC906C, AccessCodeTried),
        task="GUA-QRY-04",
        who=Who(
            by=(HOLDING_TRADER, ANSWERING_TRADER),
            roles=(HOLDER, GUARANTOR),
            senders=lambda m: (trader(m.requester.identification_number),),
        ),
        law=Law(legal=("UCC art. 95", "IA art. 156"), requirements=("REQ-GUA-005",)),
        case=OfCase(about=lambda m, _: ("grn", grn_of(m))),
    )
    def ask_use(self) -> None:
        """Ask what is in use of one's own guarantee, or of one that one answers for (IE034, answered by IE037)."""

    @command(
        CD200C,
        replies=(CD201C, CD906C, AccessCodeTried, CoverWaits),
        task="GUA-QRY-01",
        who=Who(by=(ADMINISTRATION, PROCESS), roles=(USER,), senders=user_of),
        law=Law(legal=("IA art. 154(3)", "IA art. 157(2)"), requirements=("REQ-GUA-003",)),
        case=OfCase(about=lambda m, _: ("grn", grn_of(m)), joins=lambda *_: True),
    )
    def check(self) -> None:
        """Check whether a guarantee would cover a movement (IE200, answered by IE201)."""

    @command(
        CD203C,
        replies=(CD205C, AccessCodeTried, CoverWaits),
        task="GUA-USE-01",
        who=Who(by=(ADMINISTRATION, PROCESS), roles=(USER,), senders=user_of),
        law=Law(legal=("IA art. 154(3)", "IA art. 157(2)"), requirements=("REQ-GUA-001",)),
        case=OfCase(about=lambda m, _: ("grn", grn_of(m)), joins=lambda *_: True),
    )
    def use(self) -> None:
        """Reserve the reference amount of a movement (IE203, answered by IE205)."""

    @command(
        CD204C,
        task="GUA-USE-02",
        who=Who(by=(ADMINISTRATION, PROCESS), roles=(USER,), senders=user_of),
        law=Law(requirements=("REQ-GUA-001",)),
        case=OfCase(about=lambda m, _: ("grn", grn_of(m)), joins=lambda *_: True),
    )
    def cancel_use(self) -> None:
        """Give back an amount whose movement was not released or was invalidated (IE204)."""

    @command(
        CD209C,
        task="GUA-CRE-01",
        who=Who(by=(ADMINISTRATION, PROCESS), roles=(USER,), senders=user_of),
        law=Law(requirements=("REQ-GUA-001",)),
        case=OfCase(about=lambda m, _: ("grn", grn_of(m)), joins=lambda *_: True),
    )
    def credit(self) -> None:
        """Credit the reference amount of a discharged movement (IE209)."""

    @command(
        CarnetRegistration,
        replies=(CarnetRegistered, CarnetNotRegistered),
        task="GUA-REG-02",
        who=Who(
            by=(GUARANTEE_OFFICER,),
            senders=lambda m: (administration(m.office[:2]),),
            in_office=lambda m: str(m.office),
        ),
        law=Law(legal=("UCC art. 226(3)(b)", "IA art. 163"), requirements=("REQ-GUA-004",)),
        case=OfCase(
            opens=lambda m, _: ("carnet", m.carnet),
            parties=lambda m, _: ((trader(m.holder), HOLDER),),
            issues=("carnet",),
        ),
    )
    def register_carnet(self) -> None:
        """Register a TIR carnet with its holder, its guaranteeing association and what that is liable for."""

    @query(
        CarnetQuestion,
        CarnetStanding,
        task="GUA-QRY-03",
        who=Who(by=(PROCESS, DEPARTING)),
        law=Law(requirements=("REQ-GUA-004",)),
        of_named=True,
        not_known=carnet_not_told,
    )
    def ask_carnet(self) -> None:
        """Ask who stands for a TIR carnet."""

    @query(
        GuaranteeQuery,
        GuaranteeAccount,
        task="GUA-QRY-02",
        who=Who(by=(GUARANTEE_OFFICER,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-GUA-003",)),
    )
    def show(self) -> None:
        """Show limit, reservations and what is available."""

    @query(
        OwnGuaranteesQuery,
        GuaranteeLines,
        task="GUA-QRY-04",
        who=Who(by=(HOLDING_TRADER,), roles=(HOLDER,)),
        law=Law(requirements=("REQ-GUA-005",)),
        not_known=lambda _, what: GuaranteeLines(lines=(), known=what),
    )
    def mine(self) -> None:
        """List the guarantees that are registered for the caller, vouchers among them; no amounts, no codes."""

    @query(
        AnsweredQuery,
        AnsweredLines,
        task="GUA-QRY-04",
        who=Who(by=(ANSWERING_TRADER,), roles=(GUARANTOR,)),
        law=Law(requirements=("REQ-GUA-009",)),
        not_known=lambda _, what: AnsweredLines(lines=(), known=what),
    )
    def answered(self) -> None:
        """List the guarantees that the caller answers for, and his undertakings for vouchers; no amounts, no codes."""


_TESTS = "src/douane/applications/guarantees/tests"
ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "guarantee handling", 2, "Guarantees for debts that may arise", "protection", ("guarantee management",)
    ),
    Task("GUA-REG-01", "Register a guarantee", "guarantee handling"),
    Task("GUA-REG-02", "Register a TIR carnet", "guarantee handling"),
    Task("GUA-REG-03", "Change a guarantee", "guarantee handling"),
    Task("GUA-REG-04", "End an undertaking", "guarantee handling"),
    Task("GUA-REG-05", "Change the access code of a guarantee", "guarantee handling"),
    Task("GUA-REG-06", "Accept a document in the place of a register", "guarantee handling"),
    Task("GUA-VOU-01", "Register an undertaking for vouchers", "guarantee handling"),
    Task("GUA-VOU-02", "End an undertaking for vouchers", "guarantee handling"),
    Task("GUA-VOU-03", "Sell a voucher", "guarantee handling"),
    Task("GUA-QRY-04", "Ask about one's own guarantee", "guarantee handling"),
    Task("GUA-QRY-03", "Ask who stands for a TIR carnet", "guarantee handling"),
    Task("GUA-QRY-01", "Check whether a guarantee covers a movement", "guarantee handling"),
    Task("GUA-QRY-02", "See what of a guarantee is in use", "guarantee handling"),
    Task("GUA-USE-01", "Reserve the reference amount of a movement", "guarantee handling"),
    Task("GUA-USE-02", "Give back an amount that was not needed", "guarantee handling"),
    Task("GUA-CRE-01", "Credit the amount of a discharged movement", "guarantee handling"),
    Requirement(
        "REQ-GUA-001",
        "No movement uses more of a guarantee than is free, and what it used is given back once.",
        (f"{_TESTS}/test_handlers.py", f"{_TESTS}/test_rules.py"),
    ),
    Requirement(
        "REQ-GUA-002",
        "A guarantee is registered with terms that agree with each other.",
        (
            f"{_TESTS}/test_handlers.py::test_a_registration_that_breaks_rules_is_refused_with_reasons",
            f"{_TESTS}/test_rules.py",
        ),
    ),
    Requirement(
        "REQ-GUA-004",
        "Goods move under a TIR carnet by its holder alone, while an association stands for it.",
        ("tests/journeys/test_tir.py",),
        ("IA art. 163",),
    ),
    Requirement(
        "REQ-GUA-005",
        "Holder and guarantor see what is in use of their guarantee, by its access code, and nobody else does.",
        ("tests/journeys/test_guarantee_questions.py",),
        ("UCC art. 95",),
    ),
    Requirement(
        "REQ-GUA-006",
        "Whoever a change or the end of a guarantee concerns is told, and the end takes effect when the law says.",
        ("tests/journeys/test_guarantee_questions.py",),
        ("DA art. 82",),
    ),
    Requirement(
        "REQ-GUA-007",
        "A voucher that a guarantor tells of rests on his registered undertaking; nobody else brings one into being.",
        ("tests/journeys/test_vouchers.py",),
        ("IA art. 160",),
    ),
    Requirement(
        "REQ-GUA-008",
        "An access code is changed by the holder alone, who knows the master access code.",
        ("tests/journeys/test_vouchers.py",),
        ("IA art. 156",),
    ),
    Requirement(
        "REQ-GUA-009",
        "A guarantor finds what he answers for and what he is told or claimed from, and of nobody else's anything.",
        ("tests/journeys/test_guarantors_own.py",),
        ("UCC art. 94", "DA art. 85"),
    ),
    Requirement(
        "REQ-GUA-010",
        "What rests on a decision that cannot be asked for is answered by its register or an officer.",
        ("tests/journeys/test_cover_elsewhere.py", "tests/journeys/test_cover_by_document.py"),
        ("UCC art. 95", "UCC art. 195(1)"),
    ),
    Requirement(
        "REQ-GUA-003",
        "Who does not know the access code learns nothing else of a guarantee.",
        (f"{_TESTS}/test_rules.py::test_a_wrong_access_code_tells_nothing_else",),
    ),
)
"""Where guarantees stand in the Reference Architecture."""
