"""EORI: what administrations deliver to the register of economic operators, and what everybody may check in it."""

from __future__ import annotations

from typing import Final

from douane.applications.eori.messages import (
    EoriCheck,
    EoriCheckAnswer,
    OperatorEntry,
    OperatorQuestion,
    OperatorRecords,
    OperatorRecordsKept,
    OperatorRecordsRefused,
    OperatorStanding,
    VatCheck,
    VatCheckAnswer,
)
from douane.author import (
    Actor,
    ActorKind,
    Element,
    Known,
    Law,
    Level,
    OfCase,
    ProcessLevel,
    Requirement,
    Task,
    WebContract,
    Who,
    cannot_say,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import OPERATORS, REGISTERED

__all__ = [
    "UNION", "EconomicOperators", "OperatorEntry", "OperatorQuestion", "OperatorRecords", "OperatorStanding",
]  # fmt: skip

UNION: Final = "EU"

ADMINISTRATION = Actor("registering administration", ActorKind.MEMBER_STATE, "Registers economic operators")
OPERATOR = Actor("", ActorKind.OPERATOR, "Loads into a new node what administrations delivered before")
TRADER = Actor("", ActorKind.TRADER, "Checks numbers of partners")
THIRD_COUNTRY = Actor("", ActorKind.THIRD_COUNTRY, "Checks numbers of operators of the Union")
MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Checks numbers in declarations")
OFFICER = Actor("", ActorKind.OFFICER, "Checks numbers in declarations")
COMMISSION = Actor("", ActorKind.COMMISSION, "Checks numbers")
PROCESS = Actor("process", ActorKind.SERVICE, "A procedure of this node")
PUBLIC = Actor("", ActorKind.PUBLIC, "Checks numbers of partners without an identity")
EVERYBODY = (TRADER, THIRD_COUNTRY, MEMBER_STATE, OFFICER, COMMISSION, PUBLIC)

EORI_VALIDATION: Final = WebContract(
    namespace="http://eori.ws.eos.dds.s/", path="/taxation_customs/dds2/eos/validation/services/validation",
    name="EORIValidation", request="validateEORI", answer="validateEORIResponse", plain_answer=True,
)  # fmt: skip
"""The Commission's check of EORI numbers (SOAP 1.1, document/literal): clients change the host, nothing else."""

VIES: Final = WebContract(
    namespace="urn:ec.europa.eu:taxud:vies:services:checkVat:types",
    path="/taxation_customs/vies/services/checkVatService", name="checkVatService", request="checkVat",
    answer="checkVatResponse",
)  # fmt: skip
"""The check of VAT numbers by the contract of VIES; here it knows the numbers that the register of operators holds."""


def union(_message: object) -> str:
    """The register is one for the Union: administrations deliver to it, nobody keeps a copy of another's."""
    return UNION


def not_told(question: OperatorQuestion, what: Known) -> OperatorStanding:
    """The answer where the register cannot be asked."""
    return OperatorStanding(eori=question.eori, known=what)


@service(
    "eori",
    title="Economic operators",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("transit, which is Gold, asks it while it works"),
    legal=("UCC art. 9", "DA art. 3", "IA art. 7"),
    administration=union,
    realises=("reference data management",),
    supplies=(REGISTERED,),
)
class EconomicOperators:
    """Registration and identification of economic operators: delivered by their administrations, checked by all."""

    @command(
        OperatorRecords,
        replies=(OperatorRecordsKept, OperatorRecordsRefused),
        task="EOR-REG-01",
        who=Who(by=(ADMINISTRATION, OPERATOR)),
        law=Law(legal=("IA art. 7(1)",), requirements=("REQ-EOR-001",)),
        case=OfCase(together=True),
        fills=OPERATORS,
    )
    def deliver(self) -> None:
        """Deliver records of operators: new ones, changes, ends of validity."""

    @query(
        EoriCheck,
        EoriCheckAnswer,
        task="EOR-CHK-01",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-EOR-002",)),
        contract=EORI_VALIDATION,
        not_known=cannot_say,
    )
    def validate(self) -> None:
        """Check up to ten EORI numbers."""

    @query(
        VatCheck,
        VatCheckAnswer,
        task="EOR-CHK-02",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-EOR-002",)),
        contract=VIES,
        not_known=cannot_say,
    )
    def check_vat(self) -> None:
        """Check a VAT identification number against the registered operators."""

    @query(
        OperatorQuestion,
        OperatorStanding,
        task="EOR-CHK-01",
        who=Who(by=(PROCESS, MEMBER_STATE, OFFICER)),
        law=Law(requirements=("REQ-EOR-003",)),
        of_named=True,
        by_day=True,
        not_known=not_told,
    )
    def standing(self) -> None:
        """Ask whether an operator was registered, as of a decisive date and by what was known then."""


_TESTS = "src/douane/applications/eori/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("operators", 2, "Economic operators", "common foundations", ("reference data management",)),
    Task("EOR-REG-01", "Register an economic operator", "operators"),
    Task("EOR-CHK-01", "Check EORI numbers", "operators"),
    Task("EOR-CHK-02", "Check a VAT number", "operators"),
    Requirement(
        "REQ-EOR-001", "An administration delivers records of its own operators only.", (f"{_TESTS}/test_handlers.py",)
    ),
    Requirement(
        "REQ-EOR-002", "A client of the published check contracts works after changing the host.",
        ("tests/interoperability/test_number_checks.py",),
    ),
    Requirement(
        "REQ-EOR-003", "Nobody who is not registered declares goods at a customs office of the Union.",
        ("tests/journeys/test_registers_asked.py",), ("UCC art. 9",),
    ),
)  # fmt: skip
"""Where the register stands in the Reference Architecture."""
