"""The register at work: forms are judged whole, numbers assigned, revocations told, data deleted in the end.

A day is a local one of the authority that keeps the registration. Nothing is known of a number that nobody registered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from douane.applications.rex import rules, tasks
from douane.applications.rex.contract import OFFICER, UNION, RegisteredExporters, administration_of
from douane.applications.rex.messages import (
    Activity,
    BeneficiaryKept,
    BeneficiaryStated,
    BoxFault,
    ExporterForm,
    RexApplication,
    RexCheck,
    RexDecided,
    RexEntered,
    RexIncomplete,
    RexInformed,
    RexLine,
    RexLines,
    RexListQuery,
    RexModified,
    RexNotKept,
    RexNotRegistered,
    RexPublished,
    RexQuery,
    RexQuestion,
    RexReceived,
    RexRegistered,
    RexRevocationAsked,
    RexRevocationCancelled,
    RexRevocationNotified,
    RexRevoked,
    RexShown,
    RexStanding,
    RexStepKept,
    State,
)
from douane.applications.rex.records import Beneficiary, KeptForm, Registration, form_of, published
from douane.author import NO, ActorKind, Fault, NotFound, Operation, SenderFault, yes_or_no
from douane.author.run import HumanTask, Instant, View, Work, answers, handles, process

registered = process("registered", Registration, __name__)

PAGE: Final = 50
EARLIER: Final = 100
"""Registrations of one exporter that are looked through for one in force, or one that was revoked."""
_KEEPS: Final = frozenset({ActorKind.OFFICER, ActorKind.MEMBER_STATE, ActorKind.COMMISSION})
"""Authorities of the Union: they see every registration (IA art. 82(1), (4), (5))."""


def stop(reason: str, article: str) -> SenderFault:
    """What is not possible, with the article that stands against it."""
    return SenderFault(reason, faults=(Fault("/", "92", reason, rule=article),))


def refuse(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """Nothing changed."""
    named = getattr(m, "number", "") or m.reference
    work.reply(RexNotKept(named, faults[0].remedy, faults[0].rule or "IA 2015/2447 art. 80"))


def refuse_form(work: Work, m: RexApplication | RexEntered, faults: tuple[Fault, ...]) -> None:
    """Everything that the form lacks, or the one reason why it is not taken."""
    own = m.own_reference if isinstance(m, RexApplication) else m.number
    if any(each.pointer.startswith("/form/") for each in faults):
        told = tuple(BoxFault(int(f.pointer.rpartition("/")[2]), f.remedy, f.rule or "") for f in faults)
        work.reply(RexIncomplete(own, told))
    else:
        work.reply(RexNotKept(own, faults[0].remedy, faults[0].rule or "IA 2015/2447 art. 86"))


def _must_be_whole(work: Work, form: ExporterForm, place: str, *, article: str) -> None:
    found = [
        Fault(f"/form/{each.box}", "14", each.remedy, rule=each.article)
        for each in rules.lacking(form, today=work.today(place))
    ]
    if found:
        raise SenderFault(f"The form is not whole ({article}).", faults=tuple(found))


def _must_be_open(work: Work, exporter: str, form: ExporterForm) -> None:
    """One registration an exporter; after some revocations only with proof that their grounds are remedied."""
    for each in work.find(Registration, "by_exporter", exporter, limit=EARLIER):
        if each.state in (State.APPLIED, State.REGISTERED):
            named = each.number or each.reference
            raise stop(f"{named} is {each.state}; keep that up to date.", "IA 2015/2447 art. 86")
        if each.state is State.REVOKED and each.ground in rules.NEEDS_REMEDY and not form.remedied:
            raise stop(f"{each.number} was revoked; prove that its grounds are remedied.", "IA 2015/2447 art. 89(9)")


# --- to be registered -------------------------------------------------------------------------------------------------


@handles(RegisteredExporters.apply, refuse=refuse_form)
def apply(work: Work, m: RexApplication) -> None:
    """Take an application that is whole; from today on it may become valid."""
    country = administration_of(m)
    if country == UNION:
        raise stop(f"{m.authority} is no Member State; your own authority registers you.", "IA 2015/2447 art. 86(1)")
    _must_be_whole(work, m.form, country, article="IA 2015/2447 art. 80(3)")
    _must_be_open(work, m.exporter, m.form)
    day = work.today(country)
    reference = f"{country}REXA{day.year}{work.position >> 48:02d}{work.serial('rex applications'):07d}"
    work.alias("rex", reference, issued=True)
    case = Registration(
        reference=reference, own_reference=m.own_reference, exporter=m.exporter, country=country, received_on=day,
        form=form_of(m.form),
    )  # fmt: skip
    registered.start(work, case)
    work.reply(RexReceived(m.own_reference, reference, day))


@handles(RegisteredExporters.enter, refuse=refuse_form)
def enter(work: Work, m: RexEntered) -> None:
    """Enter what the authority of a country that benefits registered, under the number that it assigned."""
    country, today = m.number[:2], work.today(UNION)
    found = next(iter(work.find(Beneficiary, "by_party", work.caller.party.identifier, country, limit=1)), None)
    if found is None or not found.benefits_on(today):
        raise stop(f"{country} does not benefit, by what the Commission states.", "IA 2015/2447 art. 88")
    if m.exporter[:2] != country or m.received_on > today:
        raise stop("Enter your own exporters, once their form is received.", "IA 2015/2447 art. 80(2)")
    _must_be_whole(work, m.form, UNION, article="IA 2015/2447 art. 80(3)")
    _must_be_open(work, m.exporter, m.form)
    case = Registration(
        reference=m.number, own_reference="", exporter=m.exporter, country=country, received_on=m.received_on,
        form=form_of(m.form), state=State.REGISTERED, number=m.number, party=work.caller.party.identifier,
        registered_on=today, registers=True,
    )  # fmt: skip
    registered.start(work, case)
    work.reply(RexRegistered(m.number, today, m.received_on, "IA 2015/2447 art. 80(2)"))


@registered.when
def is_entered(case: Registration) -> bool:
    """An authority abroad has judged it already."""
    return bool(case.party)


@registered.task("examine")
def examine(_work: Work, case: Registration) -> HumanTask:
    """An officer registers the exporter, without delay."""
    return HumanTask("", "", 0, "", OFFICER.name, f"Register the exporter of {case.reference}", 0)


@handles(RegisteredExporters.decide, reads=(Registration,), refuse=refuse)
def decide(work: Work, m: RexDecided) -> None:
    """Register, or say why not."""
    case = work.need(Registration)
    if not m.registered and not m.reasons:
        raise stop("Say why the exporter is not registered.", "UCC art. 22(7)")
    registered.end(work, tasks.Registered.examine, case=replace(case, registers=m.registered, reasons=m.reasons))
    work.reply(RexStepKept(m.reference, work.need(Registration).state))


@registered.when
def is_registered(case: Registration) -> bool:
    """The officer registers the exporter."""
    return case.registers


@registered.step("assign_number")
def assign_number(work: Work, case: Registration) -> Registration:
    """The number is assigned, and valid from when the whole form came."""
    day = work.today(case.country)
    number = f"{case.country}REX{day.year}{work.position >> 48:02d}{work.serial('rex'):07d}"
    work.alias("rex", number, issued=True)
    work.send(RexRegistered(number, day, case.received_on), case.exporter)
    return replace(case, number=number, registered_on=day, state=State.REGISTERED)


@registered.step("tell_not_registered")
def tell_not_registered(work: Work, case: Registration) -> Registration:
    """The exporter is told why."""
    work.send(RexNotRegistered(case.reference, case.reasons), case.exporter)
    return replace(case, state=State.REFUSED)


# --- while it is registered -------------------------------------------------------------------------------------------


def _registration(work: Work, *states: State) -> Registration:
    case = work.need(Registration)
    if case.state not in states:
        raise stop(f"It is {case.state}; this is possible where it is {', '.join(states)}.", "IA 2015/2447 art. 89")
    return case


@handles(RegisteredExporters.modify, reads=(Registration,), refuse=refuse)
def modify(work: Work, m: RexModified) -> None:
    """Keep the new form; its exporter is told where another says it (IA art. 89(1))."""
    case = _registration(work, State.REGISTERED)
    lacking = next(rules.lacking(m.form, today=work.today(case.country)), None)
    if lacking is not None:
        raise stop(f"Box {lacking.box}: {lacking.remedy}", lacking.article)
    work.put(replace(case, form=form_of(m.form)))
    work.reply(RexStepKept(m.number, case.state))


@handles(RegisteredExporters.ask_revocation, reads=(Registration,), refuse=refuse)
def ask_revocation(work: Work, m: RexRevocationAsked) -> None:
    """Keep what the exporter wishes; an officer revokes."""
    case = _registration(work, State.REGISTERED)
    work.put(replace(case, wishes=m.reasons))
    work.reply(RexStepKept(m.number, case.state))


@handles(RegisteredExporters.revoke, reads=(Registration,), refuse=refuse)
def revoke(work: Work, m: RexRevoked) -> None:
    """Revoke for the future, and tell the exporter."""
    case, today = _registration(work, State.REGISTERED), work.today(work.need(Registration).country)
    deemed = work.limit(rules.INFORMED, case.country).last_day
    end_of_year = work.day(dt.date(today.year, 12, 31), case.country)
    kept = work.limit(rules.KEPT, case.country, event=Instant(end_of_year)).last_instant
    work.send(
        RexRevocationNotified(case.number, today, m.ground.article, m.reasons, deemed), case.exporter
    )  # fmt: skip
    changed = replace(
        case, state=State.REVOKED, revoked_on=today, ended_on=deemed, informed=False, ground=m.ground,
        reasons=m.reasons, kept_until=kept,
    )  # fmt: skip
    registered.receive(work, "revoked", changed)
    work.reply(RexStepKept(m.number, changed.state))


@handles(RegisteredExporters.inform, reads=(Registration,), refuse=refuse)
def inform(work: Work, m: RexInformed) -> None:
    """The exporter knows from that day on; he himself says it of today alone, and once."""
    case, today = _registration(work, State.REVOKED), work.today(work.need(Registration).country)
    exporter = work.caller.kind is ActorKind.TRADER
    day = today if exporter or m.informed_on is None else m.informed_on
    assert case.revoked_on is not None
    assert case.ended_on is not None
    if case.informed or case.ended_on <= today:
        raise stop(f"The exporter counts as informed on {case.ended_on}.", "IA 2015/2447 art. 89(6)")
    if not case.revoked_on <= day <= today:
        raise stop("It was after the revocation, and is not in the future.", "IA 2015/2447 art. 89(6)")
    work.put(replace(case, ended_on=day, informed=True))
    work.reply(RexStepKept(m.number, case.state))


@handles(RegisteredExporters.cancel_revocation, reads=(Registration,), refuse=refuse)
def cancel_revocation(work: Work, m: RexRevocationCancelled) -> None:
    """As if it had not been revoked, under the same number."""
    case = _registration(work, State.REVOKED)
    changed = replace(
        case, state=State.REGISTERED, revoked_on=None, ended_on=None, informed=False, ground=None, reasons="",
        kept_until=0,
    )  # fmt: skip
    registered.receive(work, "cancelled", changed)
    work.send(RexRegistered(case.number, work.today(case.country), case.received_on), case.exporter)
    work.reply(RexStepKept(m.number, changed.state))


@registered.deadline(rules.KEPT)
def deletion_deadline(_work: Work, case: Registration) -> Instant:
    """When the data of a revoked registration go."""
    return Instant(case.kept_until)


@registered.step("delete")
def delete(_work: Work, case: Registration) -> Registration:
    """Nothing stays but the number, so that nobody gets it again; views of the data set say it is gone."""
    return replace(
        case, exporter="", own_reference="", form=KeptForm(), reasons="", wishes="", state=State.DELETED,
        ground=None,
    )  # fmt: skip


# --- which countries benefit ------------------------------------------------------------------------------------------


def refuse_beneficiary(_work: Work, _m: BeneficiaryStated, _faults: tuple[Fault, ...]) -> None:
    """The Commission alone states it; the door has said so."""


@handles(RegisteredExporters.state_beneficiary, refuse=refuse_beneficiary)
def state_beneficiary(work: Work, m: BeneficiaryStated) -> None:
    """Keep what was stated last; registrations of the country are good as long as it benefits (IA art. 88, 90)."""
    work.put(Beneficiary(m.country, m.party, m.since, m.until))
    work.reply(BeneficiaryKept(m.country))


# --- looking ----------------------------------------------------------------------------------------------------------


def _found(view: View, number: str) -> tuple[int, Registration] | None:
    subject = view.resolve("rex", number)
    case = view.get(Registration, subject) if subject is not None else None
    if subject is None or case is None or case.state is State.DELETED:
        return None
    return subject, case


def _benefits(view: View, case: Registration, day: dt.date) -> bool:
    """Whether the exporter's country benefits; a Member State's exporters need none that does."""
    if not case.party:
        return True
    found, _ = view.find(Beneficiary, "by_country", case.country, limit=1)
    return bool(found) and found[0][1].benefits_on(day)


@answers(RegisteredExporters.standing)
def standing(view: View, question: RexQuestion) -> RexStanding:
    """Whether the exporter was registered on the day of the statement; what nobody registered was not."""
    needed, found = question.needs_registration, _found(view, question.number)
    if found is None or found[1].registered_on is None or found[1].number != question.number:
        return RexStanding(number=question.number, known=NO, needed=needed)
    case = found[1]
    good = rules.good_on(question.made_on, valid_from=case.received_on, ended_on=case.ended_on)
    return RexStanding(
        number=case.number, known=yes_or_no(good and _benefits(view, case, question.made_on)), needed=needed,
        valid_from=case.received_on, ended_on=case.ended_on,
    )  # fmt: skip


@answers(RegisteredExporters.validate)
def validate(view: View, question: RexCheck) -> RexPublished:
    """What is published; of an application nothing is."""
    found = _found(view, question.number)
    shown = published(found[1]) if found is not None and found[1].number == question.number else None
    return shown or RexPublished(number=question.number, known=NO)


@answers(RegisteredExporters.show)
def show(view: View, question: RexQuery) -> RexShown:
    """A registration to whom it may be shown; to everybody else there is none."""
    found = _found(view, question.number)
    if found is None or not _may_see(view, RegisteredExporters.show, found[0]):
        raise NotFound(f"No registration {question.number} is known here.", remedy="Check the number.")
    case = found[1]
    ground = case.ground.article if case.ground is not None else ""
    return RexShown(
        number=case.number or case.reference, exporter=case.exporter, state=case.state, received_on=case.received_on,
        registered_on=case.registered_on, revoked_on=case.revoked_on, ended_on=case.ended_on, ground=ground,
        reasons=case.reasons, wishes=case.wishes, form=_form(case.form),
    )  # fmt: skip


def _may_see(view: View, operation: Operation, subject: int) -> bool:
    return view.caller.kind in _KEEPS or view.admits(operation, subject)


def _form(kept: KeptForm) -> ExporterForm:
    return ExporterForm(
        name=kept.name, street_and_number=kept.street_and_number, post_code=kept.post_code, town=kept.town,
        telephone=kept.telephone, email=kept.email, activity=Activity(kept.activity) if kept.activity else None,
        goods=kept.goods, headings=kept.headings, undertakes=bool(kept.signed_by), signed_by=kept.signed_by,
        signed_on=kept.signed_on, remedied=kept.remedied, publish=kept.publish,
    )  # fmt: skip


@answers(RegisteredExporters.list_exporters)
def list_exporters(view: View, question: RexListQuery) -> RexLines:
    """A page of a country's registrations, without those that the caller may not see."""
    found, after = view.find(
        Registration, "by_country", question.country, limit=PAGE, after=bytes.fromhex(question.after)
    )
    return RexLines(tuple(_lines(view, found)), after.hex())


def _lines(view: View, found: list[tuple[int, Registration]]) -> Iterator[RexLine]:
    for subject, case in found:
        if case.state is not State.DELETED and _may_see(view, RegisteredExporters.list_exporters, subject):
            number = case.number or case.reference
            yield RexLine(number, case.exporter, case.state, case.received_on, case.ended_on)
