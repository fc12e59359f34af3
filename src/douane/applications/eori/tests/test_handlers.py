"""The register of operators: who may deliver, which record answers, what is shown of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from douane.applications.eori import handlers
from douane.applications.eori.messages import (
    EoriCheck,
    OperatorEntry,
    OperatorQuestion,
    OperatorRecords,
    OperatorRecordsKept,
    OperatorRecordsRefused,
    VatCheck,
)
from douane.applications.eori.records import Operator
from douane.author import OPERATOR, BadQuery, Instant, Says, built_in
from tests.callers import system

NOW = 1_795_000_000_000_000
TODAY = dt.datetime.fromtimestamp(NOW / 1e6, dt.UTC).date()
DAY = dt.timedelta(days=1)


class Register:
    """The register on paper: deliveries of one administration after another, and what may be found."""

    def __init__(self) -> None:
        self.kept: list[tuple[int, Operator]] = []
        self.answers: list[Any] = []
        self.now, self.caller = NOW, system("DE")

    def deliver(self, *entries: OperatorEntry, administration: str = "DE") -> Any:
        self.now += 1
        self.caller = system(administration)
        handlers.deliver(self, OperatorRecords(entries))  # type: ignore[arg-type]
        return self.answers.pop()

    def put(self, value: Operator, local: bytes = b"") -> None:
        self.kept.append((1, value))

    def today(self, place: str = "") -> dt.date:
        return built_in().at(place).date(Instant(self.now))

    def reply(self, message: Any) -> None:
        self.answers.append(message)

    def find(
        self, record: type, index: str, value: str, *, limit: int, reverse: bool, high: int | None = None
    ) -> tuple[list[Any], bytes]:
        assert (record, reverse) == (Operator, True)
        choices: dict[str, Callable[[Operator], bool]] = {
            "by_eori": lambda o: o.eori == value,
            "by_vat": lambda o: value in o.vat,
        }
        wanted = choices[index]
        known = (p for p in self.kept if high is None or p[1].delivered_at < high)
        return sorted((p for p in known if wanted(p[1])), key=lambda p: -p[1].delivered_at)[:limit], b""

    def eori(self, *numbers: str) -> Any:
        return handlers.validate(self, EoriCheck(numbers)).verdicts.result  # type: ignore[arg-type]

    def vat(self, country: str, number: str) -> Any:
        return handlers.check_vat(self, VatCheck(country, number))  # type: ignore[arg-type]


def entry(eori: str = "DE123", **more: Any) -> OperatorEntry:
    facts = {"legal_name": "Rhein GmbH", "town": "Weil", "street_and_number": "Am Rhein 1", "post_code": "79576"}
    return OperatorEntry(eori=eori, country="DE", valid_from=TODAY - DAY, **{**facts, **more})


def test_a_delivered_number_is_valid_and_its_holder_stays_unknown_without_consent() -> None:
    register = Register()
    assert register.deliver(entry(), entry("DE124", publish=True)) == OperatorRecordsKept(2)
    hidden, shown, unknown, broken = register.eori("DE123", " DE124", "DE125", "no number")
    assert (hidden.status, hidden.status_descr, hidden.name, hidden.city) == (0, "Valid", None, None)
    assert (shown.status, shown.name, shown.address) == (0, "Rhein GmbH", "Am Rhein 1, 79576 Weil, DE")
    assert [(v.status, v.status_descr) for v in (unknown, broken)] == [(1, "Not valid")] * 2
    assert [v.eori for v in (shown, broken)] == ["DE124", "no number"]


def test_the_last_delivery_answers() -> None:
    register = Register()
    register.deliver(entry(vat=("DE111111111",), publish=True))
    assert register.vat("DE", "111111111").valid
    register.deliver(entry(publish=False, vat=("DE222222222",)))
    assert register.eori("DE123")[0].name is None
    assert (register.vat("DE", "111111111").valid, register.vat("DE", "222222222").valid) == (False, True)


@pytest.mark.parametrize(
    ("begin", "end", "status"),
    [(0, None, 0), (1, None, 1), (-9, -1, 1), (-9, 0, 0)],
)
def test_a_number_is_valid_in_its_time(begin: int, end: int | None, status: int) -> None:
    register = Register()
    made = entry(vat=("DE111111111",))
    last = None if end is None else TODAY + end * DAY
    register.deliver(msgspec.structs.replace(made, valid_from=TODAY + begin * DAY, valid_to=last))
    assert register.eori("DE123")[0].status == status
    assert register.vat("DE", "111111111").valid == (status == 0)


def test_an_administration_delivers_its_own_operators_once() -> None:
    register = Register()
    refused = register.deliver(entry(), entry("FR1"), entry("FR1"))
    assert isinstance(refused, OperatorRecordsRefused)
    assert ["operators[1]" in refused.reasons[0], "2 times" in refused.reasons[-1], register.kept] == [True, True, []]
    assert register.deliver(entry("XI1"), administration="GB") == OperatorRecordsKept(1)
    assert isinstance(register.deliver(entry("XI1"), administration="DE"), OperatorRecordsRefused)


@pytest.mark.parametrize(("country", "number"), [("D", "1"), ("DE", ""), ("DE", "1"), ("DE", "12 34"), ("de", "123")])
def test_a_vat_number_of_no_form_is_invalid_input(country: str, number: str) -> None:
    with pytest.raises(BadQuery, match="INVALID_INPUT"):
        Register().vat(country, number)


def test_a_vat_answer_shows_what_the_operator_agreed_to() -> None:
    register = Register()
    register.deliver(entry(vat=("DE111111111",), publish=True))
    answer = register.vat("DE", "111111111")
    assert (answer.country_code, answer.vat_number, answer.request_date) == ("DE", "111111111", TODAY)
    assert (answer.name, answer.address) == ("Rhein GmbH", "Am Rhein 1, 79576 Weil, DE")


def standing(register: Register, **question: Any) -> bool:
    asked = OperatorQuestion(eori="DE123", **question)
    return handlers.standing(register, asked).known.says is Says.YES  # type: ignore[arg-type]


def test_a_procedure_is_answered_as_of_its_decisive_date_and_by_what_was_known() -> None:
    register = Register()
    register.deliver(entry(valid_to=TODAY))
    known_at = dt.datetime.fromtimestamp(register.now / 1e6, dt.UTC)
    register.deliver(entry(valid_to=TODAY - DAY))
    assert not standing(register)
    assert standing(register, known_at=known_at)
    assert standing(register, valid_on=TODAY - DAY)
    assert not standing(register, valid_on=TODAY + DAY, known_at=known_at)
    assert not standing(register, known_at=known_at - DAY)


def test_who_runs_the_node_loads_the_operators_of_every_administration_and_gets_no_answer() -> None:
    register = Register()
    register.caller = OPERATOR
    handlers.deliver(register, OperatorRecords((entry(), entry("FR123"))))  # type: ignore[arg-type]
    assert register.answers == []
    assert [verdict.status for verdict in register.eori("DE123", "FR123")] == [0, 0]
