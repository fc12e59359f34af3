"""Authorised economic operators at work: authorisations, and the exchange with each partner that recognises them.

An authorisation that changes leaves a note with each agreement; the agreement's process sends what waits, in pages, at
the time agreed. What a partner must forget, or not rely on, it is told at once.
"""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.aeo import rules
from douane.applications.aeo.contract import UNION, AuthorisedOperators
from douane.applications.aeo.messages import (
    AeoCheck,
    AeoData,
    AeoDataAcknowledged,
    AeoListRequest,
    AeoMember,
    AeoNoted,
    AeoStatus,
    AuthorisationChanged,
    AuthorisationGranted,
    AuthorisationKept,
    AuthorisationNotKept,
    OperatorListQuery,
    OperatorsListed,
    PartnerMembers,
    PartnerMembersKept,
    RecognitionConcluded,
    RecognitionEnded,
    RecognitionKept,
    RecognitionNotKept,
    RecognitionQuery,
    RecognitionState,
    Rejection,
    Standing,
    State,
)
from douane.applications.aeo.records import ENDED, IN_FORCE, Authorisation, Member, Recognition, Told, listed
from douane.author import Fault, NotFound, yes_or_no
from douane.author.run import Instant, View, Work, answers, handles, process

exchange = process("exchange", Recognition, __name__)

PAGE = 250
"""Operators in one message: about 50 kB, and few enough for a tick."""
AGREEMENTS = 200
LISTED = 200
"""Authorisations that one part of the public list looks through."""
ADMINISTRATION = "NTA."


# --- authorisations ---------------------------------------------------------------------------------------------------


def refuse_delivery(
    work: Work, m: AuthorisationGranted | AuthorisationChanged, faults: tuple[Fault, ...], *reasons: str
) -> None:
    """Granted before, or a change of what never was."""
    work.reply(AuthorisationNotKept(m.number, reasons or tuple(each.remedy for each in faults)))


@handles(AuthorisedOperators.grant, refuse=refuse_delivery)
def grant(work: Work, m: AuthorisationGranted) -> None:
    """Keep a new authorisation."""
    faults = rules.delivery_faults(m, own=work.row.sender.removeprefix(ADMINISTRATION))
    if faults:
        refuse_delivery(work, m, (), *faults)
        return
    _keep(work, m, 1, State.ACTIVE)


@handles(AuthorisedOperators.change, reads=(Authorisation,), refuse=refuse_delivery)
def change(work: Work, m: AuthorisationChanged) -> None:
    """Keep a later state. What is revoked or annulled stays so.

    A number that a refused grant has taken is kept from here on as its own administration states it.
    """
    before = work.get(Authorisation)
    faults = rules.delivery_faults(m, own=work.row.sender.removeprefix(ADMINISTRATION))
    if faults:
        refuse_delivery(work, m, (), *faults)
    elif before is not None and m.version <= before.version:
        refuse_delivery(work, m, (), f"Version {before.version} is kept already; send a later one.")
    elif before is not None and before.state in rules.OVER:
        refuse_delivery(work, m, (), f"The authorisation is {before.state.value}; grant a new one.")
    else:
        _keep(work, m, m.version, m.state)


def _keep(work: Work, m: AuthorisationGranted | AuthorisationChanged, version: int, state: State) -> None:
    """Keep the authorisation, and leave a note with each agreement in force."""
    told, type = rules.told_of(m), rules.type_of(m.number)
    work.put(
        Authorisation(
            m.number,
            m.holder,
            work.row.sender,
            type,
            version,
            state,
            state.value,
            m.since,
            told is not None,
            told,
            m.holds if isinstance(m, AuthorisationChanged) else None,
            m.legal_name if m.publish else "",
            m.country if m.publish else "",
        )
    )
    for each in work.find(Recognition, "by_state", IN_FORCE, limit=AGREEMENTS):
        if type in each.types:
            noted = AeoNoted(each.agreement, m.number, told, rules.urgent(told), version)
            work.ask(AuthorisedOperators.note, noted, administration=UNION, waits=None)
    work.reply(AuthorisationKept(m.number, version))


# --- agreements -------------------------------------------------------------------------------------------------------


def refuse_agreement(work: Work, m: RecognitionConcluded | RecognitionEnded, faults: tuple[Fault, ...]) -> None:
    """The name is taken, or unknown."""
    work.reply(RecognitionNotKept(m.agreement, faults[0].remedy))


@handles(AuthorisedOperators.conclude, refuse=refuse_agreement)
def conclude(work: Work, m: RecognitionConcluded) -> None:
    """Begin the exchange with a partner; there is one agreement with each at a time."""
    for each in work.find(Recognition, "by_state", IN_FORCE, limit=AGREEMENTS):
        if each.party == m.party:
            work.reply(RecognitionNotKept(m.agreement, f"{each.agreement} with {m.party} is in force; end it first."))
            return
    case = Recognition(m.agreement, m.party, m.title, m.basis, m.data_protection, m.types, m.every)
    exchange.start(work, case)
    work.reply(RecognitionKept(m.agreement, True))


@handles(AuthorisedOperators.end, reads=(Recognition,), refuse=refuse_agreement)
def end(work: Work, m: RecognitionEnded) -> None:
    """Nothing more is exchanged."""
    exchange.receive(work, "ended", replace(work.need(Recognition), state=ENDED))
    work.reply(RecognitionKept(m.agreement, False))


# --- what a partner is told -------------------------------------------------------------------------------------------


def note_nobody(_work: Work, _m: AeoNoted, _faults: tuple[Fault, ...]) -> None:
    """Without an agreement of this name there is nobody to tell."""


@handles(AuthorisedOperators.note, reads=(Recognition,), refuse=note_nobody)
def note(work: Work, m: AeoNoted) -> None:
    """Note what the partner is to be told; of an operator that it never knew and is not to know, nothing.

    The full list reads authorisations as they are, so it may have told already what a note on its way says, or later.
    """
    case, local = work.need(Recognition), m.number.encode()
    before = work.get(Told, local)
    if case.state != IN_FORCE or (m.member is None and before is None):
        return
    if m.version and before is not None and m.version <= before.version:
        return
    if m.member is None and before is not None and not before.known:
        work.remove(Told, local)
        return
    identifier = m.member.identifier if m.member is not None else before.identifier if before is not None else ""
    known = before is not None and before.known
    work.put(Told(case.agreement, m.number, identifier, m.member, known, True, m.version), local)
    if m.urgent or not case.every:
        hurried = replace(case, hurry=True)
        if not exchange.receive(work, "urgent", hurried):
            work.put(hurried)


@exchange.step("send_page")
def send_page(work: Work, case: Recognition) -> Recognition:
    """Send a page of the full list while that is under way, else of what waits."""
    return _send_list(work, case) if case.listing else _send_changes(work, case)


@exchange.when
def more_to_send(case: Recognition) -> bool:
    """Another page is to follow."""
    return case.more


@exchange.deadline(rules.EXCHANGE)
def next_exchange(work: Work, case: Recognition) -> Instant:
    """When what waits is sent: as the day of the next exchange begins."""
    due = work.limit(rules.EXCHANGE, work.administration, days=max(case.every, 1))
    return work.day(due.last_day, work.administration)


@exchange.step("begin_list")
def begin_list(_work: Work, case: Recognition) -> Recognition:
    """The full list, from its beginning."""
    return replace(case, listing=True, cursor="")


@exchange.step("tell_end")
def tell_end(work: Work, case: Recognition) -> Recognition:
    """Tell the partner that it is over."""
    return _sent(work, case, (), ended=True)


def _send_list(work: Work, case: Recognition) -> Recognition:
    """The next operators by number. One without the type agreed takes a place of the page and is left out."""
    low = case.cursor + "\1" if case.cursor else None
    found = work.find(Authorisation, "by_exchange", True, low=low, limit=PAGE + 1)
    page = found[:PAGE]
    members = []
    for each in page:
        if each.told is not None and each.type in case.types:
            members.append(each.told)
            told = Told(case.agreement, each.number, each.holder, each.told, True, False, each.version)
            work.put(told, each.number.encode())
    more = len(found) > PAGE
    case = _sent(work, case, tuple(members), more=more)
    listed = replace(case, listing=more, cursor=page[-1].number if more else "")
    return replace(listed, more=more or listed.hurry)


def _send_changes(work: Work, case: Recognition) -> Recognition:
    """What waits, by number; nothing is sent where nothing does."""
    found = work.find(Told, "by_waiting", case.agreement, True, limit=PAGE + 1)
    page, more = found[:PAGE], len(found) > PAGE
    members = []
    for each in page:
        if each.member is None:
            members.append(AeoMember(each.identifier, each.number, Standing.WITHDRAWN, work.today()))
            work.remove(Told, each.number.encode())
        else:
            members.append(each.member)
            work.put(replace(each, known=True, waiting=False), each.number.encode())
    case = replace(case, more=more, hurry=case.hurry and more)
    return _sent(work, case, tuple(members), more=more) if members else case


def _sent(
    work: Work, case: Recognition, members: tuple[AeoMember, ...], *, more: bool = False, ended: bool = False
) -> Recognition:
    """Leave a message for the partner; its agreement of SPEED2 says by which channel it goes."""
    number = case.sent + 1
    work.send(AeoData(case.agreement, number, case.listing and not ended, more, members, ended), case.party)
    return replace(case, sent=number)


# --- what a partner says ----------------------------------------------------------------------------------------------


def note_stranger(_work: Work, _m: AeoDataAcknowledged | AeoListRequest, _faults: tuple[Fault, ...]) -> None:
    """No agreement with the sender has this name; the journal keeps what it said."""


def refuse_members(work: Work, m: PartnerMembers, faults: tuple[Fault, ...]) -> None:
    """No agreement with the sender has this name."""
    work.reply(PartnerMembersKept(m.agreement, 0, (Rejection(m.agreement, faults[0].remedy),)))


@handles(AuthorisedOperators.acknowledge, reads=(Recognition,), refuse=note_stranger)
def acknowledge(work: Work, m: AeoDataAcknowledged) -> None:
    """Keep how far the partner is, and what it rejected."""
    case = work.need(Recognition)
    if case.acknowledged < m.exchange <= case.sent:
        work.put(replace(case, acknowledged=m.exchange, rejected=m.rejected))


@handles(AuthorisedOperators.ask_list, reads=(Recognition,), refuse=note_stranger)
def ask_list(work: Work, _m: AeoListRequest) -> None:
    """Send the full list again; one that is on its way already is enough."""
    exchange.receive(work, "list_asked")


@handles(AuthorisedOperators.deliver_members, reads=(Recognition,), refuse=refuse_members)
def deliver_members(work: Work, m: PartnerMembers) -> None:
    """Keep the partner's members; once a full list is complete, those of earlier lists are gone."""
    case = work.need(Recognition)
    if case.state != IN_FORCE:
        over = Rejection(m.agreement, "The agreement is over; send nothing more.")
        work.reply(PartnerMembersKept(m.agreement, 0, (over,)))
        return
    if m.full and not case.page:
        case = replace(case, generation=case.generation + 1)
    rejected = rules.refused(m.members, country=case.agreement[:2])
    seen: set[str] = set()
    for each in m.members:
        if each.identifier[:2] == case.agreement[:2] and each.identifier not in seen:
            seen.add(each.identifier)
            member = Member(each.identifier, each.standing, each.since, each.legal_name, case.generation)
            work.put(member, each.identifier.encode())
    if m.full:
        done = not m.more
        case = replace(case, page=0 if done else case.page + 1, floor=case.generation if done else case.floor)
    if case != work.need(Recognition):
        work.put(case)
    work.reply(PartnerMembersKept(m.agreement, len(seen), rejected))


# --- desks and procedures ---------------------------------------------------------------------------------------------


@answers(AuthorisedOperators.check)
def check(view: View, question: AeoCheck) -> AeoStatus:
    """The valid authorisations of an operator, or the agreement under which it is recognised."""
    held, _ = view.find(Authorisation, "by_holder", question.identifier, limit=20)
    valid = [a for _, a in held if a.state is State.ACTIVE and a.since <= view.today(a.number[:2])]
    recognised = "" if valid else _recognised(view, question.identifier, view.today())
    return AeoStatus(
        question.identifier, yes_or_no(bool(valid or recognised)), tuple(a.standing_as for a in valid), recognised,
        tuple(a.number for a in valid),
    )  # fmt: skip


def _recognised(view: View, identifier: str, today: dt.date) -> str:
    found, _ = view.find(Member, "by_identifier", identifier, limit=20)
    for subject, member in found:
        case = view.get(Recognition, subject)
        valid = member.standing is Standing.VALID and member.since <= today
        if case is not None and case.state == IN_FORCE and member.generation >= case.floor and valid:
            return case.agreement
    return ""


@answers(AuthorisedOperators.list_operators)
def list_operators(view: View, question: OperatorListQuery) -> OperatorsListed:
    """A part of the public list, in the order of numbers: those of one country begin alike."""
    low, high = question.country, question.country + "~"
    found, after = view.find(
        Authorisation, "by_number", low=low, high=high, limit=LISTED, after=bytes.fromhex(question.after)
    )
    asked = question.name.casefold()
    shown = (each for _, kept in found if (each := listed(kept)) is not None and asked in each.name.casefold())
    return OperatorsListed(tuple(shown), after.hex())


@answers(AuthorisedOperators.show_exchange)
def show_exchange(view: View, question: RecognitionQuery) -> RecognitionState:
    """How far the exchange is; what waits is counted up to a thousand."""
    subject = view.resolve("mra", question.agreement)
    case = view.get(Recognition, subject) if subject is not None else None
    if case is None:
        raise NotFound(f"There is no agreement {question.agreement}.", remedy="Check its name.")
    waiting, _ = view.find(Told, "by_waiting", case.agreement, True, limit=1_000)
    return RecognitionState(
        case.agreement, case.party, case.data_protection, case.state == IN_FORCE, case.sent, case.acknowledged,
        len(waiting), case.rejected,
    )  # fmt: skip
