"""The single window below the doors: procedures, ledger, a partner's system, and what happens when it says nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from douane.applications.clearance.messages import (
    ExportDeclaration,
    ExportItem,
    ImportControl,
    ImportDeclaration,
    ImportItem,
)
from douane.applications.single_window.contract import DeclaredDocument
from douane.applications.single_window.messages import (
    AgreementNotKept,
    CertificateChanged,
    CertificateIssued,
    CertificateLine,
    CertificateQuery,
    CertificateVerdict,
    CheckCertificate,
    Decision,
    GiveBackCertificate,
    Keeper,
    Outcome,
    Reason,
    ReserveCertificate,
    SingleWindowAgreement,
    WriteOffCertificate,
)
from douane.applications.single_window.records import CertificateUse
from douane.configuration.discovery import installed_model
from douane.reference_architecture.impact import impact
from douane.runtime.store.ports import SECOND
from douane.runtime.store.queries import View
from douane.simulator.certificates import CertificateSystem, Stock
from douane.vocabulary.errors import NotFound
from tests.callers import system, third_country
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Office

TRADER, PARTNER, DESK, SYSTEM = "FR40123456700017", "partner.dg", "NTA.EU", "NTA.NL"
NUMBER = "COI.BR.2026.0000001"
MRN = "26NL00000000000017"


@dataclass
class Window:
    """A central node with an agreement, and the partner's system at the other end of its inbox."""

    keeper: Keeper = Keeper.CUSTOMS
    office: Office = field(default_factory=lambda: Office(frozenset({"EU", "FR"})))
    partner: CertificateSystem = field(default_factory=CertificateSystem)
    patience: int = 60
    heard: int = 0

    def __post_init__(self) -> None:
        self.agree()
        issued = self.partner.issue("C644", NUMBER, 1, Stock(TRADER, "0901", "KGM", Decimal(1000)))
        if self.keeper is Keeper.CUSTOMS:
            self.give(*issued)

    def agree(self, **more: Any) -> None:
        agreement = SingleWindowAgreement(
            PARTNER, "Organic farming", ("C644", "C640"), self.keeper, "2022/2399", self.patience
        )
        self.office.give(msgspec.structs.replace(agreement, **more), DESK)

    def give(self, kind: str, body: bytes) -> None:
        self.office.give(CATALOGUE.read_json(CATALOGUE.type_named(kind), body), PARTNER)

    def carry(self) -> list[str]:
        """What waits for the partner reaches it, and its answers reach customs; the types that were carried."""
        carried = []
        while waiting := self.office.sent(PARTNER)[self.heard :]:
            for message in waiting:
                self.heard += 1
                carried.append(type(message).__name__)
                for kind, body in self.partner.take(str(self.heard), carried[-1], msgspec.json.encode(message)):
                    self.give(kind, body)
        return carried

    def ask(self, message: Any, sender: str = SYSTEM) -> Any:
        self.office.give(message, sender)
        self.carry()
        return self.office.sent(sender)[-1]

    @property
    def balance(self) -> tuple[int, int, int]:
        """Available, reserved, written off of the first line, wherever it is kept."""
        if self.keeper is Keeper.PARTNER:
            stock = self.partner.stocks["C644", NUMBER, 1]
            return int(stock.left), int(stock.reserved), int(stock.used)
        line = shown(self.office.view("EU")).lines[0]
        return int(line.available), int(line.reserved), int(line.written_off)

    @property
    def decisions(self) -> list[tuple[str, str]]:
        return [(each["decision"], each["quantity"]) for each in self.partner.decisions]

    def use(self, reference: str) -> CertificateUse:
        view = self.office.view("EU")
        found = view.get(CertificateUse, view.resolve("use", reference) or 0)
        assert found is not None
        return found


def shown(view: View, caller: str = "NTA.NL") -> Any:
    view.caller = system(caller.removeprefix("NTA.")) if caller.startswith("NTA.") else third_country(caller)
    return BEHAVIOUR.queries["single_window.show"].answer(view, CertificateQuery("C644", NUMBER))


def coffee(quantity: str | None = "400", number: str = NUMBER, **more: Any) -> DeclaredDocument:
    return DeclaredDocument("C644", number, 1, None if quantity is None else Decimal(quantity), "KGM", **more)


def imported(*documents: DeclaredDocument, lrn: str = "IMP-1") -> ImportDeclaration:
    item = ImportItem("09012100", "Organic coffee", Decimal(500), Decimal(5_000), "CH", documents)
    return ImportDeclaration(lrn, TRADER, "FR005350", "CH", "FR", (item,))


def reservation(quantity: str = "400", **more: Any) -> ReserveCertificate:
    made = ReserveCertificate(
        MRN, 1, "C644", NUMBER, 1, "NL000396", TRADER, "09012100", Decimal(quantity), "KGM", dt.date(2026, 11, 18)
    )
    return msgspec.structs.replace(made, **more)


def write_off(**more: Any) -> WriteOffCertificate:
    return msgspec.structs.replace(WriteOffCertificate(MRN, 1, "C644", NUMBER, 1, "NL000396"), **more)


def give_back(decision: Decision = Decision.NOT_RELEASED, **more: Any) -> GiveBackCertificate:
    return msgspec.structs.replace(GiveBackCertificate(MRN, 1, "C644", NUMBER, 1, "NL000396", decision), **more)


both = pytest.mark.parametrize("keeper", tuple(Keeper))


@both
def test_a_certificate_is_reserved_written_off_and_the_release_reported(keeper: Keeper) -> None:
    window = Window(keeper)
    window.office.give(imported(coffee()), TRADER)
    window.carry()
    assert window.office.names(TRADER) == ["ImportAccepted", "ImportReleased"]
    assert window.balance == (600, 0, 400)
    assert window.decisions == [("released", "400")]


@both
def test_what_a_certificate_does_not_cover_is_not_released_and_nothing_is_held(keeper: Keeper) -> None:
    window = Window(keeper)
    window.office.give(imported(coffee("600"), coffee("401", "COI.BR.UNKNOWN")), TRADER)
    window.carry()
    *_, refused = window.office.sent(TRADER)
    assert window.office.names(TRADER) == ["ImportAccepted", "ImportRefused"]
    assert refused.reasons == ("Certificate C644 COI.BR.UNKNOWN does not cover item 1: unknown",)
    assert window.balance == (1000, 0, 0)
    assert window.decisions == [("not_released", "0")]


def test_export_uses_the_same_exchange() -> None:
    window = Window()
    item = ExportItem("09012100", "Organic coffee", Decimal(500), Decimal(5_000), "FR", (coffee("1001"),))
    window.office.give(ExportDeclaration("EXP-1", TRADER, "FR005350", "FR", "CH", (item,)), TRADER)
    assert window.office.names(TRADER) == ["ExportAccepted", "ExportRefused"]
    item = msgspec.structs.replace(item, documents=(coffee("1000"),))
    window.office.give(ExportDeclaration("EXP-2", TRADER, "FR005350", "FR", "CH", (item,)), TRADER)
    assert window.office.names(TRADER)[2:] == ["ExportAccepted", "ExportReleased"]
    assert window.balance == (0, 0, 1000)


def test_a_declaration_without_certificates_asks_nobody() -> None:
    office = Office(frozenset({"FR"}))  # no single window anywhere
    office.give(imported(DeclaredDocument("N380", "INVOICE-1")), TRADER)
    assert office.names(TRADER) == ["ImportAccepted", "ImportReleased"]
    assert office.sent("NTA.EU") == []


@pytest.mark.parametrize("documents", [(coffee(None),), (coffee("1"), coffee("2"))])
def test_a_declaration_says_how_much_of_each_certificate_it_uses_once(documents: tuple[DeclaredDocument, ...]) -> None:
    window = Window()
    window.office.give(imported(*documents), TRADER)
    assert window.office.names(TRADER) == ["ImportRefused"]
    assert window.balance == (1000, 0, 0)


def test_a_silent_partner_leaves_the_paper_to_the_office_and_learns_the_decision() -> None:
    window = Window(Keeper.PARTNER)
    window.partner.silent = True
    window.office.give(imported(coffee()), TRADER)
    window.carry()
    assert window.office.names(TRADER) == ["ImportAccepted"]
    window.office.wait(59 * SECOND)
    assert window.office.names(TRADER) == ["ImportAccepted"]
    window.office.wait(2 * SECOND)
    assert window.office.names(TRADER) == ["ImportAccepted", "ImportControlled"]
    accepted, controlled = window.office.sent(TRADER)
    assert controlled.controls == ("10",)
    window.give(*window.partner.kept_back.pop())  # the answer comes late, and changes no verdict
    assert window.use(f"{accepted.mrn}/1.1/C644/{NUMBER}/1").state == "unavailable"
    window.office.give(
        ImportControl(mrn=accepted.mrn, officer="fr.officer", satisfactory=True), "fr.officer", administration="FR"
    )
    assert window.carry() == ["CustomsDecision"]
    assert window.office.names(TRADER)[-1] == "ImportReleased"
    assert window.balance == (600, 0, 400)


def test_an_unsatisfactory_control_gives_back_what_was_reserved() -> None:
    window = Window(patience=60)
    window.agree(ended=True)  # C640: nobody can say
    window.agree(types=("C644",))
    cattle = DeclaredDocument("C640", "CHEDA.1", 1, Decimal(3), "NAR")
    window.office.give(imported(coffee(), cattle), TRADER)
    accepted, controlled = window.office.sent(TRADER)
    assert type(controlled).__name__ == "ImportControlled"
    assert window.balance == (600, 400, 0)
    window.office.give(
        ImportControl(mrn=accepted.mrn, officer="fr.officer", satisfactory=False), "fr.officer", administration="FR"
    )
    window.carry()
    assert window.office.names(TRADER)[-1] == "ImportRefused"
    assert window.balance == (1000, 0, 0)
    assert window.decisions == [("not_released", "0")]


@both
def test_asked_again_the_same_verdict_and_nothing_twice(keeper: Keeper) -> None:
    window = Window(keeper)
    window.partner.double = True
    first = window.ask(reservation())
    assert first.outcome is Outcome.RESERVED
    assert window.ask(reservation()) == first
    assert window.balance == (600, 400, 0)
    other = window.ask(reservation("500"))
    assert (other.outcome, other.reasons) == (Outcome.REFUSED, (Reason.REPEATED,))
    for _ in range(2):
        assert window.ask(write_off(quantity=Decimal(390))).outcome is Outcome.WRITTEN_OFF
        assert window.balance == (610, 0, 390)
    for _ in range(2):
        assert window.ask(give_back(Decision.INVALIDATED)).outcome is Outcome.GIVEN_BACK
        assert window.balance == (1000, 0, 0)
    assert window.decisions == [("released", "390"), ("invalidated", "0")]


@both
def test_a_check_reserves_nothing(keeper: Keeper) -> None:
    window = Window(keeper)
    asked = reservation()
    question = CheckCertificate(**{name: getattr(asked, name) for name in asked.__struct_fields__})
    assert window.ask(question).outcome is Outcome.VALID
    assert window.ask(msgspec.structs.replace(question, holder="FR1")).reasons == (Reason.OTHER_HOLDER,)
    assert window.balance == (1000, 0, 0)
    assert window.decisions == []


def test_only_who_reserved_may_end_a_use_and_only_while_it_is_open() -> None:
    window = Window()
    unknown = CertificateVerdict(MRN, 1, "C644", NUMBER, 1, "NL000396", Outcome.UNCHANGED, (Reason.UNKNOWN,))
    assert window.ask(write_off()) == unknown
    window.ask(reservation())
    for message in (write_off(), give_back()):
        assert window.ask(message, "NTA.BE") == unknown
    assert window.ask(write_off(quantity=Decimal(401))).reasons == (Reason.NOT_ENOUGH,)
    assert window.ask(give_back(Decision.RELEASED)).reasons == (Reason.NOT_OPEN,)
    assert window.balance == (600, 400, 0)
    assert window.ask(give_back(Decision.AMENDED)).outcome is Outcome.GIVEN_BACK
    assert window.ask(write_off()).reasons == (Reason.NOT_OPEN,)
    assert window.ask(reservation("100", version=2)).outcome is Outcome.RESERVED
    assert window.balance == (900, 100, 0)


def test_a_use_given_back_before_the_partner_answered_is_told_to_it_again_when_it_answers() -> None:
    window = Window(Keeper.PARTNER)
    window.partner.silent = True
    window.office.give(reservation(), SYSTEM)
    window.carry()
    assert window.ask(give_back(Decision.INVALIDATED)).outcome is Outcome.GIVEN_BACK
    assert window.balance == (1000, 0, 0)
    window.give(*window.partner.kept_back.pop())
    assert window.carry() == ["CustomsDecision"]
    assert window.balance == (1000, 0, 0)
    window.office.wait(3600 * SECOND)
    assert [m.outcome for m in window.office.sent(SYSTEM)] == [Outcome.GIVEN_BACK]


def test_a_partner_delivers_its_own_certificates_and_changes_them_within_what_is_used() -> None:
    window = Window()
    line = CertificateLine(1, "0901", Decimal(500), "KGM")
    issued = CertificateIssued("C644", NUMBER, TRADER, dt.date(2026, 1, 1), (line,))

    def answers() -> list[tuple[str, object]]:
        return [(type(m).__name__, getattr(m, "reasons", ())) for m in window.office.sent("partner.other")]

    window.office.give(msgspec.structs.replace(issued, number="2"), "partner.other")
    assert answers() == [("CertificateNotKept", (Reason.OTHER_PARTNER,))]
    taken = CertificateChanged("C644", "2", 2, TRADER, dt.date(2026, 1, 1), (line,))
    assert window.ask(taken, "partner.other").reasons == (Reason.UNKNOWN,)
    delivered = window.ask(msgspec.structs.replace(issued, number="2"), PARTNER)
    assert delivered.version == 1  # a refused delivery keeps nobody from the own number
    assert window.ask(taken, PARTNER).version == 2
    assert window.ask(issued, PARTNER).reasons == (Reason.REPEATED,)
    assert window.ask(msgspec.structs.replace(issued, number="3", lines=(line, line)), PARTNER).reasons == (
        Reason.REPEATED,
    )
    window.ask(reservation())
    changed = CertificateChanged("C644", NUMBER, 2, TRADER, dt.date(2026, 1, 1), (line,))
    smaller = (msgspec.structs.replace(line, quantity=Decimal(399)),)
    assert window.ask(msgspec.structs.replace(changed, lines=smaller), PARTNER).reasons == (Reason.USED_UP,)
    assert window.ask(changed, PARTNER).version == 2
    assert window.balance == (100, 400, 0)
    assert window.ask(changed, PARTNER).reasons == (Reason.OLD_VERSION,)
    assert window.ask(msgspec.structs.replace(changed, version=3, withdrawn=True), PARTNER).version == 3
    assert window.ask(reservation("1", item=2)).reasons == (Reason.WITHDRAWN,)
    assert window.ask(write_off()).outcome is Outcome.WRITTEN_OFF
    with pytest.raises(NotFound):
        shown(window.office.view("EU"), "partner.other")
    assert shown(window.office.view("EU"), PARTNER).uses == (f"{MRN}/1.1/C644/{NUMBER}/1",)


def test_a_stranger_cannot_answer_for_the_partner() -> None:
    window = Window(Keeper.PARTNER)
    window.partner.silent = True
    window.office.give(reservation(), SYSTEM)
    window.carry()
    kind, body = window.partner.kept_back.pop()
    message = CATALOGUE.read_json(CATALOGUE.type_named(kind), body)
    window.office.give(message, "partner.other")
    assert window.office.sent(SYSTEM) == []
    window.office.give(message, PARTNER)
    assert [m.outcome for m in window.office.sent(SYSTEM)] == [Outcome.RESERVED]


def test_an_agreement_names_types_that_are_certificates() -> None:
    window = Window()
    window.agree(types=("C644", "N380"))
    assert window.office.sent(DESK)[-1] == AgreementNotKept(PARTNER, ("N380",))


def test_the_architecture_shows_who_uses_certificates() -> None:
    model = installed_model()
    for operation in ("reserve", "write_off", "give_back"):
        touched = {r.node.id for r in impact(model, model.node(f"operation:single_window.{operation}")).touches}
        assert {"process:clearance.importing", "process:clearance.exporting"} <= touched
    touched = {r.node.id for r in impact(model, model.node("type:CertificateQuestion")).touches}
    assert {"process:single_window.use", "operation:single_window.reserve"} <= touched
