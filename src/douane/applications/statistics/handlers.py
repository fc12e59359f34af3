"""Statistics at work: reports are kept and compared; an own report is computed from what was counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec.structs import replace

from douane.applications.statistics import rules
from douane.applications.statistics.contract import Statistics
from douane.applications.statistics.messages import (
    MonthlyReports,
    MonthlyReportsKept,
    NothingToReport,
    Reported,
    ReportOrder,
    Series,
    StatisticsQuery,
    StatisticsView,
)
from douane.applications.statistics.records import Monthly, Report, Warned
from douane.author import NCTS5, Fault, Instant, RuleBook, add_months, instant, moment
from douane.author.run import CASES, SENT, ProcessInstance, View, Work, answers, handles, month_of, process
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.errors import Remains, error_message

CENTRE = "NTA.EU"
RULES = RuleBook.of(rules, codes=NCTS5.codes)
reporting = process("reporting", Monthly, __name__)
Counted = Callable[[str, str], dict[str, int]]


def refuse(work: Work, m: p5.CD411D | p5.CD903D, faults: tuple[Fault, ...]) -> None:
    """Tell the sender what is wrong with its report, or its warning (IE906)."""
    work.reply(
        error_message(
            Remains(type(m).__name__, identification=m.message_identification), faults, syntax=False, common=True,
            sender=f"NTA.{work.administration}", recipient=work.row.sender, id=work.message_id(), correlation="",
            at=_clock(work),
        )
    )  # fmt: skip


@handles(Statistics.report, rules=RULES, refuse=refuse)
def report(work: Work, m: p5.CD411D) -> None:
    """Keep the last report of a month; tell where it differs from what was counted (IE903)."""
    faults = rules.faults_of(m)
    if faults:
        refuse(work, m, faults)
        return
    sent = m.sending_country
    month, told, unsupported = f"{sent.year}{sent.month}", rules.reported(m), rules.not_supported(m)
    work.put(Report(sent.country, month, told, tuple(sorted(unsupported)), work.now))
    found = rules.differences(told, _figures(work.counted, sent.country, month), unsupported)
    if found:
        work.reply(
            p5.CD903D(
                message_sender=CENTRE, message_recipient=m.message_sender, preparation_date_and_time=_clock(work),
                message_identification=work.message_id(), message_type="CD903D", phase_id="NCTS5.1",
                evaluated_message=p5.EvaluatedMessage(
                    message_type="CD411D", country=sent.country, year=sent.year, month=sent.month
                ),
                consistency_check_warning=rules.warnings(m, found),
            )
        )  # fmt: skip


@handles(Statistics.order_report)
def order_report(work: Work, m: ReportOrder) -> None:
    """Report what was counted here for the own administration."""
    series = _sent(work, f"{m.year}{m.month:02}")
    work.reply(Reported(series) if series else NothingToReport())


@handles(Statistics.report_monthly, reads=(Monthly, ProcessInstance))
def report_monthly(work: Work, m: MonthlyReports) -> None:
    """Begin with the present month, or end; once more changes nothing."""
    kept = work.get(Monthly) or Monthly("", active=False)
    if m.active and not kept.active:
        kept = Monthly(month_of(work.now))
        reporting.start(work, kept)
    elif kept.active and not m.active:
        kept = replace(kept, active=False)
        reporting.receive(work, "ended", kept)
    work.reply(MonthlyReportsKept(kept.active, kept.month))


@reporting.deadline(rules.MONTH)
def month_is_over(work: Work, case: Monthly) -> Instant:
    """A day after the end of the month: what was under way has been counted."""
    ended = work.day(_after(case.month), work.administration) - 1
    return work.limit(rules.MONTH, work.administration, event=ended).last_instant


@reporting.step("report_month")
def report_month(work: Work, case: Monthly) -> Monthly:
    """Report the month; a month without figures is none that an IE411 could tell."""
    _sent(work, case.month)
    return replace(case, month=f"{_after(case.month):%Y%m}")


def _after(month: str) -> dt.date:
    """The first day of the next month."""
    return add_months(dt.date(int(month[:4]), int(month[4:]), 1), 1)


def _sent(work: Work, month: str) -> tuple[Series, ...]:
    """Send the centre what was counted in a month; the figures, without which nothing is sent."""
    series = _figures(work.counted, work.administration, month)
    if not series:
        return ()
    work.send(
        p5.CD411D(
            message_sender=f"NTA.{work.administration}", message_recipient=CENTRE,
            preparation_date_and_time=_clock(work), message_identification=work.message_id(), message_type="CD411D",
            phase_id="NCTS5.1",
            sending_country=p5.SendingCountry(
                country=work.administration, year=month[:4], month=month[4:],
                system_applicability=(rules.written(series),),
            ),
        ),
        CENTRE,
    )  # fmt: skip
    return series


@handles(Statistics.take_warning, reads=(Warned,), rules=RULES, refuse=refuse)
def take_warning(work: Work, m: p5.CD903D) -> None:
    """Keep what the centre said last of a month. A warning that comes after a later one is about an earlier report.

    One that says to be of the future is as of now, or nothing would be later for long.
    """
    faults = rules.warning_faults(m, own=work.administration)
    if faults:
        refuse(work, m, faults)
        return
    known = work.get(Warned)
    prepared = instant(m.preparation_date_and_time.replace(tzinfo=dt.UTC))
    if known is not None and prepared < known.prepared:
        return
    said = (
        " ".join(filter(None, (each.warning_code, each.warning_pointer, each.original_attribute_value)))
        for each in m.consistency_check_warning
    )
    work.put(Warned(tuple(said), work.now, min(prepared, work.now)))


@answers(Statistics.compare)
def compare(view: View, question: StatisticsQuery) -> StatisticsView:
    """A month as it was reported, as it was counted, and where they differ."""
    month = f"{question.year}{question.month:02}"
    subject = view.resolve("statistics", f"{question.country}/{month}")
    kept = view.get(Report, subject) if subject is not None else None
    warned = view.get(Warned, subject) if subject is not None else None
    counted = _figures(view.counted, question.country, month)
    found = rules.differences(kept.series, counted, frozenset(kept.not_supported)) if kept is not None else ()
    return StatisticsView(
        question.country, question.year, question.month, kept.series if kept is not None else (), counted, found,
        warned.warnings if warned is not None else (),
    )  # fmt: skip


def _figures(counted: Counted, country: str, month: str) -> tuple[Series, ...]:
    return rules.figures(counted(country, f"{CASES}{month}:"), counted(country, f"{SENT}{month}:"))


def _clock(work: Work) -> dt.datetime:
    return moment(Instant(work.now)).replace(microsecond=0, tzinfo=None)
