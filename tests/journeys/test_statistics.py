"""Monthly figures: counted where messages pass, reported by a national node, compared by the centre."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from douane.applications.statistics.messages import (
    Difference,
    MonthlyReports,
    MonthlyReportsKept,
    ReportOrder,
    Series,
    StatisticsQuery,
    StatisticsView,
)
from douane.cli.main import main
from douane.model.caller import CORE
from douane.runtime.door.link import Question
from douane.standards.ncts import phase5 as p5
from tests.journeys.office import Office
from tests.journeys.standing import identity_in, standing
from tests.journeys.test_availability import NOW, Node, announced, run
from tests.journeys.test_refusals import crossing

TODAY = dt.datetime.now(dt.UTC).date()
ORDER = ReportOrder("DE", TODAY.year, TODAY.month)


def shown(node: Node, administration: str) -> StatisticsView:
    question = StatisticsQuery("DE", TODAY.year, TODAY.month)
    answer: StatisticsView = node.core.answer(
        Question("statistics.compare", administration, CORE, frozenset(), question)
    )
    return answer


def test_a_national_node_reports_what_it_sent_and_the_centre_compares(tmp_path: Path) -> None:
    reports: list[Any] = []

    async def germany(node: Node) -> None:
        await node.take(ORDER, "de.officer", "DE")
        assert [row.type for row in node.sent()] == ["NothingToReport"]
        for n in range(3):  # a question from France about a movement nobody knows: Germany answers by an IE906
            await node.take(p5.read(crossing(f"FR{n}", "NTA.FR")), "NTA.FR", "DE")
        await node.take(ORDER, "de.officer", "DE")
        (report,) = [m for m in node.told("NTA.EU") if isinstance(m, p5.CD411D)]
        assert p5.check(report) == ()
        assert shown(node, "DE").counted == (Series("D906", "FR", 3),)
        reports.append(report)

    async def centre(node: Node) -> None:
        refusal = p5.CD906C(
            message_sender="NTA.DE", message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 24),
            message_identification="N", message_type="CD906C", functional_error=(
                p5.FunctionalError03(error_pointer="/", error_code="90"),),
        )  # fmt: skip
        for _ in range(2):
            await node.take(refusal, "NTA.DE", "FR")  # one of three went another way
        await node.take(announced("C"), "NTA.DE")  # what is for the centre is no exchange
        await node.take(reports[0], "NTA.DE")
        (warning,) = [m for m in node.told("NTA.DE") if isinstance(m, p5.CD903D)]
        assert p5.check(warning) == ()
        about = warning.evaluated_message
        assert (about.message_type, about.country, about.year, about.month) == (
            "CD411D", "DE", f"{TODAY:%Y}", f"{TODAY:%m}",
        )  # fmt: skip
        (told,) = warning.consistency_check_warning
        assert (told.warning_code, told.original_attribute_value) == ("DIFFER", None)
        view = shown(node, "EU")
        assert (view.reported, view.counted) == ((Series("D906", "FR", 3),), (Series("D906", "FR", 2),))
        assert view.differences == (Difference("D906", "FR", 3, 2),)
        await node.take(refusal, "NTA.DE", "FR")
        await node.take(reports[0], "NTA.DE")  # now they agree: the last report counts, and nothing is said
        assert len([m for m in node.told("NTA.DE") if isinstance(m, p5.CD903D)]) == 1
        assert shown(node, "EU").differences == ()
        reports.append(warning)

    async def germany_again(node: Node) -> None:
        await node.take(reports[1], "NTA.EU", "DE")
        (said,) = shown(node, "DE").warnings
        assert said.startswith("DIFFER /CD411D/SendingCountry/")

    run(tmp_path / "de", germany, administrations=frozenset({"DE"}))
    run(tmp_path / "eu", centre, elsewhere=frozenset({"DE"}))
    run(tmp_path / "de", germany_again, administrations=frozenset({"DE"}))


def test_months_are_reported_by_themselves_once_an_officer_wants_it() -> None:
    day = 86_400_000_000
    office = Office(kept=frozenset({"DE"}))  # its clock begins on 18 November 2026
    for n in range(2):
        office.give(p5.read(crossing(f"FR{n}", "NTA.FR")), "NTA.FR", administration="DE")

    def months() -> list[tuple[str, str]]:
        reports = [m for m in office.sent("NTA.EU") if isinstance(m, p5.CD411D)]
        assert [p5.check(m) for m in reports] == [()] * len(reports)
        return [(m.sending_country.year, m.sending_country.month) for m in reports]

    for _ in range(2):
        office.give(MonthlyReports("DE"), "de.officer")
    assert office.sent("de.officer") == [MonthlyReportsKept(True, "202611")] * 2
    office.wait(12 * day)
    assert months() == []  # the month is over, but not for a day
    office.wait(2 * day)
    assert months() == [("2026", "11")]
    office.give(p5.read(crossing("FR9", "NTA.FR")), "NTA.FR", administration="DE")
    for _ in range(4):
        office.wait(100 * day)  # a node that was down at the end of months; those without figures are skipped
    assert months() == [("2026", "11"), ("2026", "12")]
    office.give(MonthlyReports("DE", active=False), "de.officer")
    office.give(p5.read(crossing("FR10", "NTA.FR")), "NTA.FR", administration="DE")
    office.wait(100 * day)
    assert len(months()) == 2
    office.give(MonthlyReports("DE"), "de.officer")
    office.give(p5.read(crossing("FR11", "NTA.FR")), "NTA.FR", administration="DE")
    office.wait(40 * day)
    assert len(months()) == 3


def reported(country: str, kind: str, count: int) -> p5.CD411D:
    series = p5.SeriesElements(sequence_number=1, other_country="FR", counter=count)
    figure = p5.StatisticalCharacteristics(
        sequence_number=1, operation="C", statistics_type=kind, statistics_type_support=True, series_elements=(series,)
    )  # fmt: skip
    system = p5.SystemApplicability(sequence_number=1, system_code="1", statistical_characteristics=(figure,))
    sent = p5.SendingCountry(
        country=country, year=f"{TODAY:%Y}", month=f"{TODAY:%m}", system_applicability=(system,)
    )  # fmt: skip
    return p5.CD411D(
        message_sender="NTA.DE", message_recipient="NTA.EU", preparation_date_and_time=dt.datetime(2026, 12, 1),
        message_identification="S1", message_type="CD411D", sending_country=sent,
    )  # fmt: skip


def test_a_bad_report_is_refused_by_an_ie906(tmp_path: Path) -> None:
    async def journey(node: Node) -> None:
        await node.take(reported("AT", "D001", 1), "NTA.DE")
        (refusal,) = node.told("NTA.DE")
        assert [(e.error_code, e.error_pointer) for e in refusal.functional_error] == [("14", "/CD411D")]

    run(tmp_path, journey, elsewhere=frozenset({"DE"}))


def warned(id: str, *places: str, country: str | None = "DE", day: int = 0) -> p5.CD903D:
    """A warning of the centre about a month of a country, prepared today or some days from here."""
    return p5.CD903D(
        message_sender="NTA.EU", message_recipient="NTA.DE", message_identification=id, message_type="CD903D",
        preparation_date_and_time=NOW + dt.timedelta(days=day),
        evaluated_message=p5.EvaluatedMessage(
            message_type="CD411D", country=country, year=f"{TODAY:%Y}", month=f"{TODAY:%m}"
        ),
        consistency_check_warning=tuple(
            p5.ConsistencyCheckWarning(warning_pointer=place, warning_code="DIFFER") for place in places
        ),
    )  # fmt: skip


def test_a_warning_that_comes_after_a_later_one_changes_nothing(tmp_path: Path) -> None:
    async def journey(node: Node) -> None:
        await node.take(warned("W2", "/second", day=-1), "NTA.EU", "DE")
        await node.take(warned("W1", "/first", day=-2), "NTA.EU", "DE")
        assert shown(node, "DE").warnings == ("DIFFER /second",)
        for id, day in (("W9", 9), ("W8", 8)):  # a clock that is ahead keeps no later one out
            await node.take(warned(id, f"/{id}", day=day), "NTA.EU", "DE")
            assert shown(node, "DE").warnings == (f"DIFFER /{id}",)
        assert node.sent() == []

    run(tmp_path, journey, administrations=frozenset({"DE"}))


@pytest.mark.parametrize(
    ("country", "code", "reason", "pointer"),
    [
        ("FR", "14", "N/A", "/CD903D/EvaluatedMessage/country"),
        (None, "13", "C0803", "/CD903D/EvaluatedMessage/country"),
    ],
)
def test_a_warning_about_no_month_of_ours_is_refused_by_an_ie906(
    tmp_path: Path, country: str | None, code: str, reason: str, pointer: str
) -> None:
    refusals: list[Any] = []

    async def germany(node: Node) -> None:
        await node.take(warned("W1", "/first", country=country), "NTA.EU", "DE")
        (refusal,) = node.told("NTA.EU")
        assert p5.check(refusal) == ()
        assert (refusal.message_sender, refusal.correlation_identifier) == ("NTA.DE", "W1")
        (error,) = refusal.functional_error
        assert (error.error_code, error.error_reason, error.error_pointer) == (code, reason, pointer)
        assert shown(node, "DE").warnings == ()
        refusals.append(refusal)

    async def centre(node: Node) -> None:
        await node.take(refusals[0], "NTA.DE")  # an error is never answered by one
        assert node.sent() == []

    run(tmp_path / "de", germany, administrations=frozenset({"DE"}))
    run(tmp_path / "eu", centre, elsewhere=frozenset({"DE"}))


def test_an_officer_has_a_month_reported_and_compared_at_the_door(tmp_path: Path) -> None:
    json = {"content-type": "application/json"}
    month = f'"year": {TODAY.year}, "month": {TODAY.month}}}'.encode()
    with standing(tmp_path, identity_in(tmp_path)) as node:
        officer = node.client("ccn2", "fr.officer")
        sent = officer.ask("POST", "/statistics/v1/order_report", b'{"administration": "FR", ' + month, json)
        assert sent.status == 202
        (told,) = officer.ask("GET", "/v1/inbox?wait=15").json["items"]
        assert told["type"] == "NothingToReport"
        shown = officer.ask("POST", "/statistics/v1/compare", b'{"country": "FR", ' + month, json)
        assert (shown.status, shown.json["counted"]) == (200, [])
        trader = node.client("speed2", "trader.fr.lesquin")
        assert trader.ask("POST", "/statistics/v1/compare", b"{}", json).status == 404


def test_the_command_line_shows_a_month(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def journey(node: Node) -> None:
        await node.take(p5.read(crossing("DE1")), "NTA.DE", "FR")
        await node.take(reported("DE", "D118", 2), "NTA.DE")

    run(tmp_path, journey, elsewhere=frozenset({"DE"}), store=f"sqlite:{tmp_path / 'store' / 'node.db'}")
    month = f"{TODAY:%Y-%m}"
    assert main(["statistics", "DE", month, "--data", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "D118  FR     2         1        differs" in printed
    assert main(["statistics", "AT", month, "--data", str(tmp_path)]) == 0
    assert "Nothing was reported or counted" in capsys.readouterr().out
    assert main(["statistics", "DE", "november", "--data", str(tmp_path)]) == 2
