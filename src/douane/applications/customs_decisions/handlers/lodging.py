"""From the application to its acceptance: registered, completed, accepted by an officer or by silence, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import assert_never

from msgspec.structs import replace

from douane.applications.aeo.contract import AeoCheck, AeoStatus, AuthorisedOperators
from douane.applications.customs_decisions import tasks
from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.contract.parties import UNION
from douane.applications.customs_decisions.handlers import rulings
from douane.applications.customs_decisions.handlers.beginning import renewed_by
from douane.applications.customs_decisions.handlers.cases import (
    ALIVE,
    DECISIONS,
    UNDECIDED,
    deciding,
    must_be,
    noted,
    recorded,
    refuse,
    stop,
    task,
    tell_moved,
    with_due,
)
from douane.applications.customs_decisions.handlers.operators import tell_operator, without_consents
from douane.applications.customs_decisions.handlers.overlays import in_force, on_target
from douane.applications.customs_decisions.messages.applying import (
    ApplicationAccepted,
    ApplicationNotAccepted,
    ApplicationNotRegistered,
    ApplicationRegistered,
    DecisionApplication,
    HolderRequest,
    InformationRequested,
    InformationSupplied,
    Wish,
)
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, InformationAsked
from douane.applications.customs_decisions.messages.words import ActKind, ElementFault, Ground, State
from douane.applications.customs_decisions.records import DecisionCase, Information, Request, Term, data_of
from douane.applications.customs_decisions.rules.acts import BREACHES, NOT_ON_REQUEST
from douane.applications.customs_decisions.rules.competence import contradictions, incompetent, member_states
from douane.applications.customs_decisions.rules.effect import RENEWAL
from douane.applications.customs_decisions.rules.elements import DEMANDED, Facts, missing, wrong
from douane.applications.customs_decisions.rules.limits import (
    ACCEPTANCE,
    COMPLETION,
    INFORMATION,
    INFORMATION_ARTICLE,
    barred_until,
    barring,
)
from douane.applications.customs_decisions.rules.overlays import demanded
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.applications.eori.contract import EconomicOperators, OperatorQuestion, OperatorStanding
from douane.author import Fault, Says, SenderFault, in_words
from douane.author import Instant as At
from douane.author.run import HumanTask, Instant, Work, handles

ASKED_ACTS = frozenset({Wish.REVOKE, Wish.AMEND, Wish.SUSPEND})
"""What a holder asks an officer to do with a decision."""


def refuse_application(work: Work, m: DecisionApplication, faults: tuple[Fault, ...]) -> None:
    """Everything that is missing or wrong, by the number of the data element."""
    told = tuple(
        ElementFault(f.pointer.removeprefix("/elements/"), f.remedy, f.rule or DEMANDED, f.value) for f in faults
    )
    work.send(ApplicationNotRegistered(m.own_reference, told), work.row.sender)


@handles(CustomsDecisions.lodge, reads=(DecisionCase,), refuse=refuse_application)
def lodge(work: Work, m: DecisionApplication) -> None:
    """Register an application that is whole, for the authority that decides on it."""
    found = tuple(_faults(work, m))
    if found:
        faults = tuple(
            Fault(f"/elements/{each.element}", "14", each.remedy, rule=each.article, value=each.value) for each in found
        )
        raise SenderFault(faults[0].remedy, faults=faults)
    at = work.lawful(work.row.received)
    overlay = in_force(work, work.today(m.office))
    case = DecisionCase(
        reference="", own_reference=m.own_reference, type=m.type, applicant=m.applicant, office=m.office,
        data=data_of(m.elements), member_states=member_states(m.elements, m.type, m.office[:2]), lodged_at=at,
        began_at=at, overlay=overlay.version if overlay is not None else 0,
        renews=m.renews or "",
    )  # fmt: skip
    deciding.start(work, case)


def _faults(work: Work, m: DecisionApplication) -> Iterator[ElementFault]:
    question = OperatorQuestion(eori=m.applicant, valid_on=work.today(m.office))
    operator: OperatorStanding = work.query(EconomicOperators.standing, question, administration=UNION)
    match operator.known.says:
        case Says.YES | Says.NOT_KNOWN:  # where it cannot be asked, an officer asks it before he decides
            pass
        case Says.NO:
            yield ElementFault("33 02 000 229", "Name an operator that is registered.", "UCC art. 9", m.applicant)
        case never:
            assert_never(never)
    yield from _missing(work, m)
    yield from _demanded_here(work, m)
    yield from wrong(m.type, m.elements)
    yield from incompetent(m)
    yield from contradictions(m)
    yield from _bars(work, m)
    yield from _renewed(work, m)
    yield from rulings.barred(work, m)


def _missing(work: Work, m: DecisionApplication) -> Iterator[ElementFault]:
    """What Annex A demands. Some of it is not asked of an AEO; where nobody can be asked whether the applicant is one,
    that is said beside it."""
    status: AeoStatus = work.query(AuthorisedOperators.check, AeoCheck(m.applicant), administration=UNION)
    demanded_of_all = missing(m.type, m.elements, Facts(aeo=True))
    match status.known.says:
        case Says.YES if status.types:
            yield from demanded_of_all
        case Says.YES | Says.NO:
            yield from missing(m.type, m.elements, Facts(aeo=False))
        case Says.NOT_KNOWN:  # a favour that cannot be asked for is none
            of_all = {each.element for each in demanded_of_all}
            why = f"It is not asked of an AEO; whether {m.applicant} is one is {in_words(status.known)}."
            for each in missing(m.type, m.elements, Facts(aeo=False)):
                yield each if each.element in of_all else replace(each, remedy=f"{each.remedy} {why}")
        case never:
            assert_never(never)


def _demanded_here(work: Work, m: DecisionApplication) -> Iterator[ElementFault]:
    """What this Member State demands besides, as it announced (status B)."""
    overlay = in_force(work, work.today(m.office))
    given = {each.element[:5] for each in m.elements}
    for element, announced in demanded(overlay.changes, m.type).items() if overlay is not None else ():
        if element[:5] not in given:
            yield ElementFault(element, f"Give it: {m.office[:2]} demands it ({announced}).", DEMANDED)


def _bars(work: Work, m: DecisionApplication) -> Iterator[ElementFault]:
    """What was annulled or revoked for a breach by this authority bars a new application for one year, or for three."""
    for case in work.find(DecisionCase, "by_applicant", m.applicant, m.type, limit=DECISIONS):
        for act in case.acts:
            annulled = act.kind is ActKind.ANNUL and act.ground is Ground.INCORRECT
            breach = act.kind is ActKind.REVOKE and act.ground in BREACHES
            if not act.received_at or not (annulled or breach) or case.where in (State.GRANTED, State.IN_FORCE):
                continue
            end = barred_until(m.type, act.received_at, work.calendar(m.office), annulled=annulled)
            if not end.late(At(work.lawful_now)):
                article = barring(m.type, annulled=annulled).article
                remedy = f"{case.decision} was ended by {act.article}: no application until {end.last_day} has passed."
                yield ElementFault("31 01 000 002", remedy, article, m.type)


def _renewed(work: Work, m: DecisionApplication) -> Iterator[ElementFault]:
    """What it renews is a decision of the same person, type and authority that was granted for a time."""
    if m.renews is None:
        return
    found = renewed_by(work, m.applicant, m.type, m.renews)
    if found is None or found.authority != m.office[:2] or TYPES[m.type].register is not Register.AUTHORISATIONS:
        remedy = f"Name a decision of type {m.type} of this authority that was granted to you for a time."
        yield ElementFault("31 03 010 001", remedy, RENEWAL, m.renews)


@deciding.step("register")
def register(work: Work, case: DecisionCase) -> DecisionCase:
    """Give the application its reference, and tell until when it is verified."""
    day = work.today(case.office)
    received = work.calendar(case.office).date(At(case.lodged_at))
    serial = f"{work.position >> 48:02d}{work.serial('customs decisions'):07d}"
    reference = f"{case.authority}{case.type}A{day.year}{serial}"
    work.alias("customs decision", reference, issued=True)
    ends = work.limit(ACCEPTANCE, case.office, event=Instant(case.began_at))
    work.send(
        ApplicationRegistered(case.own_reference, reference, received, ends.last_day), case.applicant,
        correlation=work.row.id,
    )  # fmt: skip
    lodged = rulings.looked(work, replace(case, reference=reference, state=State.LODGED, deadline=ends.last_instant))
    rulings.tell_applied(work, lodged)
    return lodged


# --- verification -----------------------------------------------------------------------------------------------------


@deciding.task("examine")
def examine(work: Work, case: DecisionCase) -> HumanTask:
    """Within thirty days an officer says whether the application is accepted."""
    return on_target(work, case, "examine", task(case, f"Verify the application {case.reference}"))


@deciding.deadline(ACCEPTANCE)
def acceptance_deadline(work: Work, case: DecisionCase) -> Instant:
    """Silence accepts."""
    return work.limit(ACCEPTANCE, case.office, event=Instant(case.began_at)).last_instant


@deciding.deadline(COMPLETION)
def completion_deadline(_work: Work, case: DecisionCase) -> Instant:
    """Until when what is missing is to come."""
    return Instant(case.information[-1].ends)


@handles(CustomsDecisions.judge_acceptance, reads=(DecisionCase,), refuse=refuse)
def judge_acceptance(work: Work, m: AcceptanceJudged) -> None:
    """An officer accepts the application, or does not and says why."""
    case = work.need(DecisionCase)
    if not m.accepted and not m.reasons:
        raise stop("Say why it is not accepted.", "IA 2015/2447 art. 12(2)")
    judged = replace(case, acceptable=m.accepted, refused_for=m.reasons)
    deciding.end(work, tasks.Deciding.examine, case=judged)
    recorded(work, case, "acceptance judged")


@deciding.when
def is_accepted(case: DecisionCase) -> bool:
    """The officer accepts it."""
    return case.acceptable


@deciding.step("tell_not_accepted")
def tell_not_accepted(work: Work, case: DecisionCase) -> DecisionCase:
    """Tell the applicant; nobody is heard about that."""
    reasons = case.refused_for or "The information that was asked for did not come in time."
    article = "DA 2015/2446 art. 11(1)" if case.refused_for else "IA 2015/2447 art. 12(2)"
    work.send(ApplicationNotAccepted(case.reference, reasons, article), case.applicant)
    rulings.tell_closed(work, case)
    return replace(case, state=State.NOT_ACCEPTED, deadline=0)


@deciding.step("accept")
def accept(work: Work, case: DecisionCase) -> DecisionCase:
    """The application is accepted as of when everything was there; the limit for the decision begins."""
    silence = not case.acceptable
    accepted = replace(case, state=State.ACCEPTED, accepted_at=case.began_at, by_silence=silence)
    due = with_due(work, accepted)
    on = work.calendar(case.office).date(At(case.began_at))
    article = "IA 2015/2447 art. 12(3)" if silence else "UCC art. 22(2)"
    last_day = dt.date.fromisoformat(due.last_day)
    work.send(ApplicationAccepted(case.reference, on, silence, last_day, article), case.applicant)
    return replace(due, awaited=due.due)


# --- information ------------------------------------------------------------------------------------------------------


@handles(CustomsDecisions.ask_information, reads=(DecisionCase,), refuse=refuse)
def ask_information(work: Work, m: InformationAsked) -> None:
    """Ask for what is missing before acceptance, or for more after it; then the decision moves by as long."""
    case = work.need(DecisionCase)
    before = case.where is State.LODGED
    limit = COMPLETION if before else INFORMATION
    if not limit.length.days >= m.days:
        raise stop(f"{limit.article} gives at most {limit.length.days} days.", limit.article)
    if any(not each.supplied_at and each.ends > work.lawful_now for each in case.information):
        raise stop("What was asked before is still awaited.", limit.article)
    ends = work.limit(limit, case.office, days=m.days)
    number = len(case.information) + 1
    asked = Information(number, m.text, m.days, work.lawful_now, ends.last_instant)
    changed = replace(case, information=(*case.information, asked))
    if before:
        changed = replace(changed, state=State.COMPLETED, deadline=ends.last_instant)
        deciding.receive(work, "asked", changed)
    else:
        changed = with_due(work, changed, Term(INFORMATION_ARTICLE, m.days, "Information was asked for."))
        tell_moved(work, changed, INFORMATION_ARTICLE, "Information was asked for.")
        work.put(changed)
    work.send(InformationRequested(case.reference, number, m.text, ends.last_day, limit.article), case.applicant)
    recorded(work, case, "information asked", number)


@handles(CustomsDecisions.supply_information, reads=(DecisionCase,), refuse=refuse)
def supply_information(work: Work, m: InformationSupplied) -> None:
    """Keep the answer to the last request; one after its end, or without a request, changes nothing."""
    case = work.need(DecisionCase)
    asked = case.information[-1] if case.information else None
    if asked is None or asked.supplied_at:
        raise stop("No information is asked for.", INFORMATION_ARTICLE)
    if asked.ends <= work.lawful_now:
        raise stop("The time to supply it has ended.", INFORMATION_ARTICLE)
    faults = tuple(wrong(case.type, m.elements))
    if faults:
        raise stop(" ".join(f"{each.element}: {each.remedy}" for each in faults), faults[0].article)
    replaced = {each.element for each in m.elements}
    data = (*(each for each in case.data if each.element not in replaced), *data_of(m.elements))
    answered = replace(asked, supplied_at=work.lawful_now, answer=m.text)
    changed = noted(
        replace(case, data=data, information=(*case.information[:-1], answered)),
        f"The applicant answered request {asked.number}.",
    )
    if case.where is State.COMPLETED:
        changed = replace(changed, state=State.LODGED, began_at=work.lawful_now)
        ends = work.limit(ACCEPTANCE, case.office, event=Instant(changed.began_at))
        deciding.receive(work, "supplied", replace(changed, deadline=ends.last_instant))
    else:
        work.put(changed)
    recorded(work, case, "information supplied", asked.number)


# --- what the applicant asks for --------------------------------------------------------------------------------------


@handles(CustomsDecisions.request, reads=(DecisionCase,), refuse=refuse)
def request(work: Work, m: HolderRequest) -> None:
    """Withdraw an application before it is decided, or ask for an act on a decision: an officer takes it."""
    case = work.need(DecisionCase)
    if m.wish is Wish.WITHDRAW:
        must_be(case, UNDECIDED, "withdraw the application", "UCC art. 22(1)")
        recorded(work, case, m.wish.value)
        deciding.receive(work, "withdrawn")
        return
    must_be(case, (each for each in State if each in ALIVE), f"ask for this ({m.wish})", "UCC art. 28(1)(b)")
    if m.wish in ASKED_ACTS and not TYPES[case.type].on_request:
        raise stop(f"A decision of type {case.type} is not given back or changed on request.", NOT_ON_REQUEST)
    if m.wish is Wish.CONSENTS:
        unpublished = without_consents(case)
        work.put(unpublished)
        tell_operator(work, unpublished)
        recorded(work, case, m.wish.value)
        return
    asked = Request(m.wish.value, m.text, work.lawful_now)
    work.put(noted(replace(case, requests=(*case.requests, asked)), f"The holder says: {m.wish}. {m.text}"))
    recorded(work, case, m.wish.value)


@deciding.step("confirm_withdrawal")
def confirm_withdrawal(work: Work, case: DecisionCase) -> DecisionCase:
    """Nothing is decided any more."""
    rulings.tell_closed(work, case)
    return replace(case, state=State.WITHDRAWN, intended=None, deadline=0)
