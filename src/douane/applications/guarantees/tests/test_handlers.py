"""The ledger by message: registration, use, cancellation, credit, and who is told what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.guarantees.handlers import ledgers as handlers
from douane.applications.guarantees.messages import GuaranteeNotRegistered, GuaranteeRegistered, GuaranteeRegistration
from douane.applications.guarantees.records import Guarantee, Held, Tries
from douane.author import CaseRole, Party
from douane.standards.ncts import phase5 as p5
from tests.callers import system

GRN = "25FR0000010000297"


class Paper:
    """A unit of work on paper: one subject, its records, and what it answers."""

    administration = "FR"
    now = 1_795_000_000_000_000

    def __init__(self) -> None:
        self.kept: dict[tuple[type, bytes], Any] = {}
        self.answers: list[Any] = []
        self.admitted: list[tuple[Party, CaseRole]] = []
        self.told: list[tuple[str, Any]] = []
        self.guesses = 0
        self.caller = system("DE")
        self.row = SimpleNamespace(sender=self.caller.name)

    def get(self, record: type, local: bytes = b"") -> Any:
        return self.kept.get((record, local))

    def need(self, record: type, local: bytes = b"") -> Any:
        return self.kept[record, local]

    def put(self, value: Any, local: bytes = b"") -> None:
        self.kept[type(value), local] = value

    def remove(self, record: type, local: bytes = b"") -> None:
        del self.kept[record, local]

    def reply(self, message: Any) -> None:
        self.answers.append(message)

    def send(self, message: Any, party: str) -> None:
        self.told.append((party, message))

    def tell_guess(self) -> None:
        self.guesses += 1

    def admit(self, party: Party, role: CaseRole) -> None:
        self.admitted.append((party, role))

    def serves(self, operation: Any, administration: str) -> bool:
        return operation.name == "use" and administration == "EU"

    def within(self, seconds: int) -> int:
        return self.now + seconds * 1_000_000

    def message_id(self) -> str:
        return f"M{len(self.answers)}"

    @property
    def reserved(self) -> Decimal:
        found: Decimal = self.kept[Guarantee, b""].ledger.reserved
        return found


def registered(kind: str = "1", limit: str = "1000") -> Any:
    paper: Any = Paper()
    handlers.register(paper, GuaranteeRegistration(GRN, kind, "FR1", "A1B2", Decimal(limit), dt.date(2025, 1, 1), "o"))
    assert paper.answers.pop() == GuaranteeRegistered(GRN, "FR000001")
    return paper


def use(mrn: str, amount: str, *, code: str = "A1B2", currency: str = "EUR", grn: str = GRN) -> p5.CD203C:
    reference = p5.GuaranteeReference04(
        sequence_number=1, grn=grn, access_code=code, amount_concerned=Decimal(amount), currency=currency
    )
    return p5.CD203C(
        message_sender="NTA.DE",
        message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 18, 9),
        message_identification="U1",
        message_type="CD203C",
        transit_operation=p5.TransitOperation48(mrn=mrn, declaration_acceptance_date=dt.date(2026, 11, 18)),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="DE004055"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number="FR1"),
        country_involved=(p5.CountryInvolved(sequence_number=1, country="DE"),),
        guarantee=(p5.Guarantee06(sequence_number=1, guarantee_type="1", guarantee_reference=(reference,)),),
    )


def named(kind: type[Any], operation: Any) -> Any:
    """What an office of departure says of a movement that uses the guarantee: cancelled (IE204) or over (IE209)."""
    office = p5.CustomsOfficeOfGuarantee(reference_number="FR000001")
    reference = p5.GuaranteeReference15(sequence_number=1, grn=GRN, customs_office_of_guarantee=office)
    return kind(
        message_sender="NTA.DE",
        message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 19, 9),
        message_identification="U2",
        message_type=kind.__name__,
        transit_operation=operation,
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="DE004055"),
        guarantee=(p5.Guarantee04(sequence_number=1, guarantee_type="1", guarantee_reference=(reference,)),),
    )


def cancelled(mrn: str) -> Any:
    return named(p5.CD204C, p5.TransitOperation42(mrn=mrn, usage_cancellation_date=dt.date(2026, 11, 19)))


def credited(mrn: str) -> Any:
    return named(p5.CD209C, p5.TransitOperation45(mrn=mrn, arrival_date_and_time_actual=dt.datetime(2026, 11, 19, 9)))


def reasons(paper: Any) -> list[str]:
    answer = paper.answers[-1]
    assert p5.check(answer) == ()
    return [r.code for g in answer.guarantee for e in g.guarantee_reference for r in e.invalid_guarantee_reason]


def test_a_use_reserves_once_and_another_amount_replaces_it() -> None:
    paper = registered()
    for amount in ("400", "400", "700", "300"):
        handlers.use(paper, use("26DE004055000001J0", amount))
        assert reasons(paper) == []
        assert paper.reserved == Decimal(amount)
    handlers.use(paper, use("26DE004055000002J8", "701"))
    assert reasons(paper) == ["G09"]
    assert paper.reserved == 300


@pytest.mark.parametrize(("changed", "reason"), [
    ({"code": "XXXX"}, "G03"), ({"currency": "CHF"}, "G09"),
])  # fmt: skip
def test_what_does_not_cover_reserves_nothing(changed: dict[str, str], reason: str) -> None:
    paper = registered()
    handlers.use(paper, use("26DE004055000001J0", "400", **changed))
    assert reasons(paper) == [reason]
    assert paper.reserved == 0
    assert (Held, b"26DE004055000001J0") not in paper.kept


def guess(paper: Any, code: str, holder: str = "FR1") -> list[str]:
    """What a declaration that names the guarantee with this code is told."""
    asked = use(f"26DE00405500{len(paper.answers):04}J0", "10", code=code)
    by = replace(asked.holder_of_the_transit_procedure, identification_number=holder)
    handlers.use(paper, replace(asked, holder_of_the_transit_procedure=by))
    return reasons(paper)


def test_another_holder_learns_nothing_and_the_holder_learns_of_him() -> None:
    paper = registered()
    assert [guess(paper, code, "DE9") for code in ("A1B2", "0000", "A1B2")] == [["G01"]] * 3
    assert all(not e.customs_office_of_guarantee for g in paper.answers[-1].guarantee for e in g.guarantee_reference)
    ((to, told),) = paper.told
    assert (to, told.grn, told.wrong, told.others, told.until) == ("FR1", GRN, 1, True, None)
    assert paper.kept[Tries, b""].others.by == (("DE9", 3),)
    for _ in range(10):
        guess(paper, "A1B2", "DE9")
    assert [message.wrong for _, message in paper.told] == [1, 5, 10]
    assert (guess(paper, "A1B2"), paper.reserved) == ([], 10), "others take no hour from the holder"


def test_after_five_wrong_codes_none_is_compared_for_an_hour() -> None:
    paper = registered()
    for n in range(5):
        assert guess(paper, f"{n:04}") == ["G03"]
    assert (guess(paper, "A1B2"), paper.reserved) == (["G03"], 0), "the right one is not told apart"
    assert [(to, told.wrong, bool(told.until)) for to, told in paper.told] == [("FR1", 1, False), ("FR1", 5, True)]
    paper.now += 3_599_000_000
    assert guess(paper, "A1B2") == ["G03"]
    paper.now += 1_000_000
    assert (guess(paper, "A1B2"), paper.reserved) == ([], 10)
    assert len(paper.told) == 2, "no flood of notices"
    assert paper.guesses == 7, "operators are told of each, also of what is not compared any more"


def test_an_administration_that_says_wrong_codes_closes_the_guarantee_to_itself_alone() -> None:
    paper = registered()
    for n in range(6):
        guess(paper, f"{n:04}")
    assert guess(paper, "A1B2") == ["G03"]
    paper.row = SimpleNamespace(sender="NTA.FR")
    assert (guess(paper, "A1B2"), paper.reserved) == ([], 10)


def test_whoever_is_counted_by_name_is_bounded() -> None:
    paper = registered()
    for n in range(70):
        guess(paper, "0000", f"DE{n}")
    assert (len(paper.kept[Tries, b""].others.by), paper.kept[Tries, b""].others.wrong) == (60, 70)


def named_twice(mrn: str, *parts: tuple[str, str]) -> p5.CD203C:
    """A use that names the guarantee several times, by amount and currency."""
    asked = use(mrn, "1")
    (guarantee,) = asked.guarantee
    (reference,) = guarantee.guarantee_reference
    references = tuple(
        replace(reference, sequence_number=n, amount_concerned=Decimal(amount), currency=currency)
        for n, (amount, currency) in enumerate(parts, 1)
    )
    return replace(asked, guarantee=(replace(guarantee, guarantee_reference=references),))


@pytest.mark.parametrize(("parts", "codes", "reserved"), [
    ([("400", "EUR"), ("600", "EUR")], [], 1000),
    ([("1001", "EUR"), ("1", "EUR")], ["G09", "G09"], 0),
    ([("600", "EUR"), ("401", "EUR")], ["G09", "G09"], 0),
    ([("400", "CHF"), ("400", "EUR")], ["G09", "G09"], 0),
])  # fmt: skip
def test_what_is_answered_of_a_guarantee_that_is_named_twice_is_what_is_reserved(
    parts: list[tuple[str, str]], codes: list[str], reserved: int
) -> None:
    paper = registered()
    handlers.use(paper, named_twice("26DE004055000001J0", *parts))
    assert reasons(paper) == codes
    assert paper.reserved == reserved


def test_a_use_with_further_guarantees_reserves_nothing() -> None:
    paper = registered()
    asked, other = use("26DE004055000001J0", "400"), use("26DE004055000001J0", "1", grn="25FR0000010000305")
    handlers.use(paper, replace(asked, guarantee=(*asked.guarantee, *other.guarantee)))
    assert reasons(paper) == ["G01"]
    assert paper.reserved == 0


def test_what_a_movement_holds_is_given_back_once_and_leaves_no_trace() -> None:
    paper = registered()
    for mrn in ("26DE004055000001J0", "26DE004055000002J8"):
        handlers.use(paper, use(mrn, "400"))
    for _ in range(2):
        handlers.cancel_use(paper, cancelled("26DE004055000001J0"))
        assert paper.reserved == 400
        assert (Held, b"26DE004055000001J0") not in paper.kept
    handlers.use(paper, use("26DE004055000001J0", "600"))
    assert paper.reserved == 1000


def test_a_discharged_movement_frees_its_amount_once_and_reserves_nothing_again() -> None:
    paper = registered()
    for mrn in ("26DE004055000001J0", "26DE004055000002J8"):
        handlers.use(paper, use(mrn, "400"))
    for _ in range(2):
        handlers.credit(paper, credited("26DE004055000001J0"))
        assert paper.reserved == 400
    handlers.cancel_use(paper, cancelled("26DE004055000001J0"))
    handlers.use(paper, use("26DE004055000001J0", "1"))
    assert reasons(paper) == ["G02"]
    assert paper.reserved == 400


def test_an_unknown_guarantee_is_answered_and_not_kept() -> None:
    paper: Any = Paper()
    handlers.refuse_use(paper, use("26DE004055000001J0", "400"), ())
    assert reasons(paper) == ["G01"]
    assert paper.kept == {}


def test_a_registration_that_breaks_rules_is_refused_with_reasons() -> None:
    paper: Any = Paper()
    wrong = GuaranteeRegistration(GRN, "1", "FR1", "A1B2", Decimal(-1), dt.date(2025, 1, 1), "o", currency="CHF")
    handlers.register(paper, wrong)
    (answer,) = paper.answers
    assert isinstance(answer, GuaranteeNotRegistered)
    assert len(answer.reasons) == 2
    assert paper.kept == {}
