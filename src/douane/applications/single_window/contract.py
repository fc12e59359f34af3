"""Customs single window: what customs asks about certificates of partners, and what their systems are told.

A procedure names its certificates by ``named`` and follows them by ``Track``; whoever keeps the quantities, it asks the
same operations.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from douane.applications.single_window.messages import (
    AgreementKept,
    AgreementNotKept,
    CertificateAccount,
    CertificateAnswer,
    CertificateChanged,
    CertificateIssued,
    CertificateKept,
    CertificateNotKept,
    CertificateQuery,
    CertificateQuestion,
    CertificateVerdict,
    CheckCertificate,
    Commodity,
    CustomsDecision,
    Decision,
    DocumentNumber,
    DocumentType,
    GiveBackCertificate,
    LineNumber,
    Outcome,
    OwnCertificates,
    OwnCertificatesQuery,
    Quantity,
    Reason,
    ReserveCertificate,
    SingleWindowAgreement,
    Unit,
    WriteOffCertificate,
    positive,
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
    OfCase,
    Party,
    PartyKind,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    command,
    derived,
    query,
    service,
)
from douane.author import administration as administration_party

__all__ = [
    "CERTIFICATES", "UNION", "CertificateVerdict", "Decision", "DeclaredDocument", "GiveBackCertificate", "Outcome",
    "Reason", "ReserveCertificate", "SingleWindow", "Track", "WriteOffCertificate", "named", "settled", "waiting",
]  # fmt: skip

PARTNER = Actor("certificate system", ActorKind.PARTNER_SERVICE, "A partner Directorate-General's system")
CUSTOMS = Actor("administration", ActorKind.MEMBER_STATE, "A national procedure that uses certificates")
DESK = Actor("administration", ActorKind.COMMISSION, "Keeps the agreements of the single window")
PROCESS = Actor("process", ActorKind.SERVICE, "A procedure of this node")
HUB = Actor("administration", ActorKind.COMMISSION, "The central single window, to a national node")

HOLDER_ACTOR = Actor("holder of certificates", ActorKind.TRADER, "Sees what is left of the own certificates")

HOLDER = CaseRole("holder of the certificate", "To whom the partner issued it")
USER = CaseRole("administration of use", "Whose procedure uses the certificate")
KEEPING = CaseRole("certificate system", "The partner whose certificate it is (Regulation (EU) 2022/2399 art. 5)")
UNION: Final = "EU"
"""The single window is one for the Union; nobody keeps a copy of its ledgers."""

CERTIFICATES: Final = {
    "C640": "Common health entry document, animals (CHED-A)",
    "N853": "Common health entry document, products (CHED-P)",
    "C678": "Common health entry document, feed and food of non-animal origin (CHED-D)",
    "C085": "Common health entry document, plants (CHED-PP)",
    "C644": "Certificate of inspection for organic products (COI)",
    "C690": "FLEGT import licence for timber",
    "L100": "Import licence, ozone-depleting substances",
    "E013": "Export licence, ozone-depleting substances",
    "X002": "Export authorisation, dual-use goods",
}
"""Types of supporting document (CL213) that the single window knows: domains of the Annex to Regulation 2022/2399."""


def reference_of(message: Any) -> str:
    """The reference of a use: declaration, goods item and version, certificate and line."""
    m = message
    return f"{m.mrn}/{m.item}.{m.version}/{m.type}/{m.number}/{m.line}"


def administration(message: Any) -> str:
    """An answer to customs is for the administration of the office that asked; everything else is the Union's."""
    return str(message.office[:2]) if isinstance(message, CertificateVerdict) else UNION


def partner(system: str) -> Party:
    """A certificate system as a party."""
    return Party(PartyKind.PARTNER_SERVICE, system)


def _use(message: Any, _caller: Caller) -> tuple[str, str]:
    return "use", reference_of(message)


def _referred(message: Any, _caller: Caller) -> tuple[str, str]:
    return "use", str(message.reference)


def _certificate(message: Any, _caller: Caller) -> tuple[str, str]:
    return "certificate", f"{message.type}/{message.number}"


@service(
    "single_window",
    title="Customs single window",
    owner="Commission",
    level=Level.SILVER,
    agreed=derived("clearance, which is Silver, asks it while it works"),
    legal=("Regulation (EU) 2022/2399", "UCC art. 163"),
    administration=administration,
    realises=("cooperation with other authorities",),
)
class SingleWindow:
    """Certificates of partner Directorates-General: checked, reserved, written off, given back; decisions reported."""

    @command(
        SingleWindowAgreement,
        replies=(AgreementKept, AgreementNotKept),
        task="CSW-AGR-01",
        who=Who(by=(DESK,)),
        law=Law(legal=("Regulation (EU) 2022/2399 art. 5",), requirements=("REQ-CSW-002",)),
    )
    def agree(self) -> None:
        """Record what was agreed with a partner: types of certificate, who keeps the quantities, time to answer."""

    @command(
        CertificateIssued,
        replies=(CertificateKept, CertificateNotKept),
        task="CSW-CER-01",
        who=Who(by=(PARTNER,)),
        law=Law(requirements=("REQ-CSW-001",)),
        case=OfCase(
            opens=_certificate,
            parties=lambda _, caller: ((caller.party, KEEPING),),
            issued="a partner, by the agreement in force for the type",
        ),
    )
    def deliver(self) -> None:
        """Deliver a certificate whose quantities customs is to keep."""

    @command(
        CertificateChanged,
        replies=(CertificateKept, CertificateNotKept),
        task="CSW-CER-01",
        who=Who(by=(PARTNER,), roles=(KEEPING,)),
        law=Law(requirements=("REQ-CSW-001",)),
        case=OfCase(about=_certificate),
    )
    def change(self) -> None:
        """Deliver a later version of a certificate, or withdraw it; what is used already stays used."""

    @command(
        CheckCertificate,
        replies=(CertificateVerdict,),
        task="CSW-CHK-01",
        who=Who(by=(CUSTOMS, PROCESS)),
        law=Law(legal=("Regulation (EU) 2022/2399 art. 6",), requirements=("REQ-CSW-001",)),
    )
    def check(self) -> None:
        """Check whether a certificate would cover a declared use."""

    @command(
        ReserveCertificate,
        replies=(CertificateVerdict,),
        task="CSW-USE-01",
        who=Who(by=(CUSTOMS, PROCESS), senders=lambda m: (administration_party(m.office[:2]),)),
        law=Law(legal=("Regulation (EU) 2022/2399 art. 7",), requirements=("REQ-CSW-001", "REQ-CSW-002")),
        case=OfCase(opens=_use, parties=lambda _, caller: ((caller.party, USER),)),
    )
    def reserve(self) -> None:
        """Reserve the quantity that a goods item uses of a certificate."""

    @command(
        WriteOffCertificate,
        replies=(CertificateVerdict,),
        task="CSW-USE-02",
        who=Who(by=(CUSTOMS, PROCESS), roles=(USER,)),
        law=Law(legal=("Regulation (EU) 2022/2399 art. 7",), requirements=("REQ-CSW-001", "REQ-CSW-003")),
        case=OfCase(about=_use),
    )
    def write_off(self) -> None:
        """Write the quantity off: the goods are released."""

    @command(
        GiveBackCertificate,
        replies=(CertificateVerdict,),
        task="CSW-USE-03",
        who=Who(by=(CUSTOMS, PROCESS), roles=(USER,)),
        law=Law(requirements=("REQ-CSW-001", "REQ-CSW-003")),
        case=OfCase(about=_use),
    )
    def give_back(self) -> None:
        """Release a reservation: the goods are not released, or their declaration is invalidated or amended."""

    @command(
        CertificateAnswer,
        task="CSW-USE-01",
        who=Who(by=(PARTNER,), roles=(KEEPING,)),
        law=Law(requirements=("REQ-CSW-002",)),
        case=OfCase(about=_referred),
    )
    def answer(self) -> None:
        """Answer a question about a certificate whose quantities the partner keeps."""

    @command(
        CertificateQuestion,
        replies=(CertificateAnswer,),
        task="CSW-USE-01",
        who=Who(by=(PROCESS,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-CSW-001",)),
        case=OfCase(about=_certificate),
    )
    def book(self) -> None:
        """Check a use against the ledger here, and reserve its quantity where that is asked."""

    @command(
        CustomsDecision,
        task="CSW-USE-02",
        who=Who(by=(PROCESS,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-CSW-001",)),
        case=OfCase(about=_certificate),
    )
    def settle(self) -> None:
        """Change the ledger here by what customs decided."""

    @command(CertificateVerdict, task="CSW-USE-01", who=Who(by=(HUB,)), law=Law(requirements=("REQ-CSW-002",)))
    def take_verdict(self) -> None:
        """Take a verdict of the central single window for a process that waits here."""

    @query(
        CertificateQuery,
        CertificateAccount,
        task="CSW-QRY-01",
        who=Who(by=(CUSTOMS, DESK, PARTNER)),
        law=Law(requirements=("REQ-CSW-001",)),
    )
    def show(self) -> None:
        """Show a certificate with its balances; a partner sees its own."""

    @query(
        OwnCertificatesQuery,
        OwnCertificates,
        task="CSW-QRY-01",
        who=Who(by=(HOLDER_ACTOR,), roles=(HOLDER,)),
        law=Law(requirements=("REQ-CSW-001",)),
    )
    def mine(self) -> None:
        """List the caller's certificates that customs keeps, with their balances and each use."""


# --- for procedures that use certificates -----------------------------------------------------------------------------


class DeclaredDocument(Struct, frozen=True):
    """A supporting document of a goods item; a certificate is used for ``quantity`` of its own unit."""

    type: DocumentType
    number: DocumentNumber
    line: LineNumber = 1
    quantity: Quantity | None = None
    unit: Unit | None = None

    def __post_init__(self) -> None:
        positive(self.quantity)


class Track(Struct, frozen=True, array_like=True):
    """How far a procedure is with one certificate. States: the outcomes of the verdicts, before them ``asked``."""

    item: int
    document: DeclaredDocument
    commodity: Commodity
    state: str = "asked"
    reasons: tuple[str, ...] = ()


def named(items: Iterable[tuple[int, str, tuple[DeclaredDocument, ...]]]) -> tuple[Track, ...]:
    """The certificates among the documents of goods items (number, commodity, documents)."""
    return tuple(
        Track(number, document, commodity)
        for number, commodity, documents in items
        for document in documents
        if document.type in CERTIFICATES
    )


def waiting(tracks: tuple[Track, ...], *states: Outcome | str) -> Track | None:
    """The first certificate in one of these states."""
    wanted = {each.value if isinstance(each, Outcome) else each for each in states}
    return next((each for each in tracks if each.state in wanted), None)


def settled(tracks: tuple[Track, ...], *, verdict: CertificateVerdict) -> tuple[Track, ...]:
    """The certificates after a verdict about one of them."""
    about = (verdict.item, verdict.type, verdict.number, verdict.line)
    reasons = tuple(each.value for each in verdict.reasons)
    return tuple(
        replace(each, state=verdict.outcome.value, reasons=reasons)
        if about == (each.item, each.document.type, each.document.number, each.document.line)
        else each
        for each in tracks
    )


_TESTS = "src/douane/applications/single_window/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "certificates", 2, "Certificates of other authorities", "protection", ("cooperation with other authorities",)
    ),
    Task("CSW-AGR-01", "Agree with a partner on its certificates", "certificates"),
    Task("CSW-CER-01", "Take over a certificate and its changes", "certificates"),
    Task("CSW-CHK-01", "Check a certificate", "certificates"),
    Task("CSW-USE-01", "Reserve the quantity of a certificate", "certificates"),
    Task("CSW-USE-02", "Write the quantity of a certificate off", "certificates"),
    Task("CSW-USE-03", "Give a reserved quantity back", "certificates"),
    Task("CSW-QRY-01", "See what of a certificate is used", "certificates"),
    Requirement(
        "REQ-CSW-001", "What is granted is available, reserved or written off, and nothing of it is ever below zero.",
        (f"{_TESTS}/test_ledger.py", "tests/contracts/test_certificates.py"),
    ),
    Requirement(
        "REQ-CSW-002", "A partner that does not answer delays customs by the time agreed and no longer.",
        ("tests/journeys/test_single_window.py",),
    ),
    Requirement(
        "REQ-CSW-003", "Every decision about goods reaches the partner whose certificate they used.",
        ("tests/journeys/test_single_window.py",), ("Regulation (EU) 2022/2399 art. 7",),
    ),
)  # fmt: skip
"""Where the single window stands in the Reference Architecture."""
