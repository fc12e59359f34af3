"""Accounts and delegations at work."""

from __future__ import annotations

from collections import Counter

from cryptography.hazmat.primitives.serialization import Encoding
from msgspec.structs import replace

from douane.applications.accounts.contract import UNION, Accounts, HolderKind, key_asked, lists_of
from douane.applications.accounts.messages import (
    AccountEntry,
    AccountRecords,
    AccountRecordsKept,
    AccountRecordsRefused,
    ActingAnswer,
    ActingQuestion,
    CaseRead,
    CertificateAsked,
    CertificateConfirmed,
    CertificateNoted,
    CertificateRefused,
    CertificateWithdrawn,
    DelegationAccepted,
    DelegationEnded,
    DelegationGiven,
    DelegationKept,
    DelegationLine,
    DelegationLines,
    DelegationRefused,
    KeptList,
    KeptLists,
    KeyLine,
    KeyLines,
    KeysAllowed,
    ListForgotten,
    ListKept,
    MyCertificates,
    MyDelegations,
    MyLists,
    MyPreferences,
    OlderChoice,
    OlderPerson,
    PersonAnswer,
    PersonQuestion,
    Preferences,
    PreferencesStated,
    Principal,
    ProofChanged,
    ProofReplaced,
    ReadLine,
    ReadLines,
    ReadQuestion,
    RightsAnswer,
    RightsQuestion,
)
from douane.applications.accounts.records import (
    ASKED,
    HELD,
    WITHDRAWN,
    Account,
    CaseReadUpTo,
    Certificate,
    Chosen,
    Delegation,
    KeptAs,
    Lists,
    account_of,
    delegation_of,
    given,
    known,
    person,
    roles_of,
)
from douane.applications.accounts.rules import WEAK, Bounds, Standing, allowed, bounds, standing, wrong, wrong_names
from douane.author import (
    ActorKind,
    Caller,
    DeclarationFault,
    Fault,
    Instant,
    NotFound,
    SenderFault,
    TooMany,
    date_of,
    start_of,
)
from douane.author.needs import OLDER_CHOICE_JUDGED, OLDER_PERSON_JUDGED, registered_as, supplied
from douane.author.run import View, Work, answers, handles
from douane.identity.certificates import STRONG, strong
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.standards.pkcs10.requests import key_of, kind_of, names_in, read

OWN_NAME = "Delegations are made and ended in one's own name: whoever could for another would never be without him."
CODE = "14"
PAGE = 50
MOST_LISTS = 50
"""Lists that one person keeps at most."""
SHOWN_OF_NAME = 200
"""Characters of a name in a request that are kept."""
SHOWN = 20
"""Principals of one person that a sign-in offers; it may name any other."""


@handles(Accounts.deliver)
def deliver(work: Work, m: AccountRecords) -> None:
    """Keep the accounts of a delivery, all or none: each of the country whose administration sends it."""
    own, loads = work.caller.administration, work.caller.kind is ActorKind.OPERATOR
    reasons = [f"accounts[{n}]: {text}" for n, entry in enumerate(m.accounts)
               for text in _wrong(entry, m.keeper, own if not loads else entry.country)]  # fmt: skip
    count = Counter(entry.account for entry in m.accounts)
    reasons += [
        f"{account} comes {n} times; deliver each account once." for account, n in sorted(count.items()) if n > 1
    ]
    if reasons:
        work.reply(AccountRecordsRefused(tuple(reasons)))
        return
    for n, entry in enumerate(m.accounts):
        work.put(account_of(entry, work.now), n.to_bytes(2, "big"))
    if not loads:
        work.reply(AccountRecordsKept(len(m.accounts)))


def _wrong(entry: AccountEntry, keeper: str, own: str) -> list[str]:
    """Why an administration cannot state such an account."""
    found = []
    if entry.country != own or entry.account[:2] != own.lower():
        found.append(f"{entry.account} is not of {own}: deliver accounts of your own country only.")
    if entry.kind is HolderKind.TRADER and (keeper != UNION or entry.eori[:2] not in ("", own)):
        found.append(f"{entry.account}: traders are delivered to the Union, with an EORI number of {own}, or without.")
    if entry.kind is not HolderKind.TRADER and (keeper != own or entry.eori):
        found.append(f"{entry.account}: staff is kept by its administration, and has no EORI number.")
    if (entry.kind is HolderKind.COMMISSION) is not (own == UNION):
        found.append(f"{entry.account}: only the Commission has staff of the Commission, and no other.")
    return found


@supplied(OLDER_PERSON_JUDGED)
def judge_person(view: View, m: OlderPerson) -> tuple[bool, tuple[Fault, ...]]:
    """Whether he is here already, and what stands against taking him over: nobody becomes somebody else."""
    if m.account[:2] != m.country.lower():
        remedy = f"Begin the account with {m.country.lower()}: it is of the country that vouches for the person."
        return False, (Fault("/account", CODE, remedy, rule="REQ-ACC-001", value=m.account),)
    last, _ = view.find(Account, "by_account", m.account, limit=1, reverse=True)
    same, _ = view.find(Account, "by_person", m.country, m.provider, m.subject, limit=1, reverse=True)
    if last and same and last[0][1] == same[0][1]:
        return True, ()
    found = []
    if last:
        remedy = "Give him another account: this one is, or was, another person's here."
        found.append(Fault("/account", CODE, remedy, rule="REQ-ACC-007", value=m.account))
    if same:
        remedy = f"Leave him out: this person has the account {same[0][1].account} here."
        found.append(Fault("/subject", CODE, remedy, rule="REQ-ACC-007", value=m.subject))
    return False, tuple(found)


@handles(Accounts.take_over)
def take_over(work: Work, m: OlderPerson) -> None:
    """Keep who he is: no EORI number, no role. Whoever is known here by then stays as he is."""
    known_here = work.find(Account, "by_account", m.account, limit=1)
    known_here += work.find(Account, "by_person", m.country, m.provider, m.subject, limit=1)
    if not known_here and m.account[:2] == m.country.lower():
        entry = AccountEntry(
            account=m.account, provider=m.provider, subject=m.subject, name=m.name, kind=HolderKind.TRADER,
            country=m.country,
        )  # fmt: skip
        work.put(account_of(entry, work.now))


@handles(Accounts.tell_replaced)
def tell_replaced(work: Work, m: ProofReplaced) -> None:
    """Tell it to whoever has the client, or gets the messages."""
    told = ProofChanged(
        what=m.what, changes=m.changes, agreed_at=m.agreed_at, proposed_by=m.proposed_by, agreed_by=m.agreed_by
    )
    work.send(told, m.party)


@supplied(OLDER_CHOICE_JUDGED)
def judge_choice(view: View, m: OlderChoice) -> tuple[bool, tuple[Fault, ...]]:
    """Whether the person chose here already; nothing stands against what is only his taste."""
    return view.resolve("preferences", f"{m.party}/{m.account}") is not None, ()


def ignore(
    _work: Work, _m: ListKept | ListForgotten | PreferencesStated | CaseRead | OlderChoice, _faults: tuple[Fault, ...]
) -> None:
    """Nothing changes: whoever keeps nothing has nothing to forget, and what he chose here stays."""


@handles(Accounts.take_choice_over, refuse=ignore)
def take_choice_over(work: Work, m: OlderChoice) -> None:
    """Keep it where he chose nothing here: else this opens nothing."""
    work.put(Chosen(m.hidden, m.language, m.dense))


@handles(Accounts.keep_list, reads=(Lists,), refuse=ignore)
def keep_list(work: Work, m: ListKept) -> None:
    """Keep it with the others, the latest first; beyond ``MOST_LISTS`` the oldest is forgotten."""
    if m.keeper != _keeper(work.caller):
        return
    fresh = KeptAs(m.path, m.query, m.name)
    work.put(Lists((fresh, *_others(work, m.path, m.name))[:MOST_LISTS]))


@handles(Accounts.forget_list, reads=(Lists,), refuse=ignore)
def forget_list(work: Work, m: ListForgotten) -> None:
    """Nothing of it stays."""
    if work.get(Lists) is not None:
        work.put(Lists(_others(work, m.path, m.name)))


def _others(work: Work, path: str, name: str) -> tuple[KeptAs, ...]:
    kept = work.get(Lists)
    return tuple(each for each in kept.lists if (each.path, each.name) != (path, name)) if kept is not None else ()


@answers(Accounts.my_lists)
def my_lists(view: View, question: MyLists) -> KeptLists:
    """Those of the person who asks, and of nobody else."""
    subject = view.resolve("lists", lists_of(view.caller))
    kept = view.get(Lists, subject) if subject is not None else None
    found = (each for each in (kept.lists if kept is not None else ()) if question.path in ("", each.path))
    order = sorted(found, key=lambda each: (each.path, each.name))
    return KeptLists(lists=tuple(KeptList(path=each.path, query=each.query, name=each.name) for each in order))


@handles(Accounts.prefer, reads=(Chosen,), refuse=ignore)
def prefer(work: Work, m: PreferencesStated) -> None:
    """Keep it in place of what was chosen before."""
    if m.keeper == _keeper(work.caller):
        work.put(Chosen(m.hidden, m.language, m.dense, m.guided))


@answers(Accounts.my_preferences)
def my_preferences(view: View, question: MyPreferences) -> Preferences:
    """What the person who asks chose; nobody else is told."""
    del question
    subject = view.resolve("preferences", lists_of(view.caller))
    kept = view.get(Chosen, subject) if subject is not None else None
    if kept is None:
        return Preferences()
    return Preferences(hidden=kept.hidden, language=kept.language, dense=kept.dense, guided=kept.guided)


@handles(Accounts.mark_read, refuse=ignore)
def mark_read(work: Work, m: CaseRead) -> None:
    """Keep the latest instant of each case; one that is to come is as now, or nothing would be new for long."""
    local = bytes.fromhex(m.case)
    kept = work.get(CaseReadUpTo, local)
    at = min(m.at, work.now)
    if m.keeper == _keeper(work.caller) and (kept is None or kept.at < at):
        work.put(CaseReadUpTo(m.case, at, work.caller.person or work.caller.by), local)


@answers(Accounts.what_is_read)
def what_is_read(view: View, question: ReadQuestion) -> ReadLines:
    """Of the party of who asks, and of no other."""
    subject = view.resolve("reading", view.caller.party.identifier)
    found = [view.get(CaseReadUpTo, subject, bytes.fromhex(each)) for each in question.cases] if subject else []
    return ReadLines(lines=tuple(ReadLine(case=each.case, at=each.at, by=each.by) for each in found if each))


def _keeper(caller: Caller) -> str:
    """Where a person's own things are kept: with his administration; of traders with the Union."""
    return caller.administration or UNION


def refuse(work: Work, m: DelegationGiven | DelegationAccepted | DelegationEnded, faults: tuple[Fault, ...]) -> None:
    """Nothing is kept of what cannot be taken."""
    work.reply(DelegationRefused(m.principal, m.delegate, tuple(each.remedy for each in faults)))


@handles(Accounts.delegate, reads=(Delegation,), refuse=refuse)
def delegate(work: Work, m: DelegationGiven) -> None:
    """Keep what is given. It waits for acceptance, also where it takes the place of one that was accepted."""
    reasons = (OWN_NAME,) if work.caller.by else wrong(m)
    if reasons:
        work.reply(DelegationRefused(m.principal, m.delegate, reasons))
        return
    _keep(work, delegation_of(m, work.now))


@handles(Accounts.accept, reads=(Delegation,), refuse=refuse)
def accept(work: Work, m: DelegationAccepted) -> None:
    """It holds from now on, within its days."""
    kept = work.get(Delegation)
    if kept is None or kept.ended_at or work.caller.by:
        reason = OWN_NAME if work.caller.by else "There is nothing to accept."
        work.reply(DelegationRefused(m.principal, m.delegate, (reason,)))
        return
    _keep(work, kept if kept.accepted_at else replace(kept, accepted_at=work.now))


@handles(Accounts.end, reads=(Delegation,), refuse=refuse)
def end(work: Work, m: DelegationEnded) -> None:
    """It lets nobody act any more, whatever was begun under it."""
    kept = work.get(Delegation)
    if kept is None or work.caller.by:
        reason = OWN_NAME if work.caller.by else "There is nothing to end."
        work.reply(DelegationRefused(m.principal, m.delegate, (reason,)))
        return
    _keep(work, kept if kept.ended_at else replace(kept, ended_at=work.now))


def _keep(work: Work, kept: Delegation) -> None:
    work.put(kept)
    state = standing(kept, work.today)
    work.reply(DelegationKept(kept.principal, kept.delegate, state.value))


# --- certificates of programs

KEYS_OWN = "Certificates are asked for and withdrawn in one's own name: one would outlast a delegation."


def refuse_certificate(
    work: Work, m: CertificateAsked | CertificateConfirmed | CertificateWithdrawn, faults: tuple[Fault, ...]
) -> None:
    """Nothing is issued, and nothing withdrawn."""
    _refused(work, m, tuple(each.remedy for each in faults))


def _refused(
    work: Work, m: CertificateAsked | CertificateConfirmed | CertificateWithdrawn, reasons: tuple[str, ...],
    code: str = CODE,
) -> None:  # fmt: skip
    key = key_asked(m) if isinstance(m, CertificateAsked) else m.key
    work.reply(CertificateRefused(owner=m.owner, key=key, reasons=reasons, code=code))


@handles(Accounts.ask_certificate, reads=(Certificate,), refuse=refuse_certificate)
def ask_certificate(work: Work, m: CertificateAsked) -> None:
    """Keep what was read. The same key again takes the place of a request that waits, and of nothing else."""
    try:
        request, kept = read(m.request.encode()), work.get(Certificate)
    except SenderFault as problem:
        _refused(work, m, (f"{problem.text} {problem.remedy}",))
        return
    names = tuple(names_in(request))
    reasons = [KEYS_OWN] if work.caller.by else list(wrong_names(names, m.owner))
    reasons += [] if strong(request.public_key()) else [f"{WEAK} {STRONG}"]
    if kept is not None and (kept.state != ASKED or kept.owner != m.owner):
        reasons.append("This key is known already. Make a new key for each certificate.")
    if reasons:
        _refused(work, m, tuple(reasons))
        return
    most = allowed()
    asked = work.find(Certificate, "by_asking", m.owner, low=_today(work.now), limit=most.asked_a_day + 1)
    others = [each for each in asked if each.key != key_of(request)]  # the same key again takes a place it has already
    if beyond := most.too_many_asked(len(others)):
        _refused(work, m, beyond, TooMany.code)
        return
    says = tuple(f"{kind}: {value}"[:SHOWN_OF_NAME] for kind, value in names[:SHOWN])
    made = Certificate(m.owner, key_of(request), kind_of(request), says, request.public_bytes(Encoding.DER), ASKED,
                       work.now)  # fmt: skip
    _kept(work, made)


@handles(Accounts.confirm_certificate, reads=(Certificate,), refuse=refuse_certificate)
def confirm_certificate(work: Work, m: CertificateConfirmed) -> None:
    """Issue the certificate with the record of it: who is let in is what is recorded."""
    kept = work.get(Certificate)
    if kept is None or kept.owner != m.owner or kept.state != ASKED or work.caller.by:
        _refused(work, m, (KEYS_OWN if work.caller.by else "No request waits for confirmation.",))
        return
    most = allowed()
    held = work.find(Certificate, "by_end", m.owner, HELD, low=work.now, limit=most.held)
    if beyond := most.too_many_held(len(held)):
        _refused(work, m, beyond, TooMany.code)
        return
    try:
        pem, thumbprint, until = work.certified(kept.request, registered_as(kept.key), kept.owner[:2])
    except (DeclarationFault, NotFound, SenderFault) as problem:
        _refused(work, m, (f"{problem.text} {problem.remedy}".strip(),))
        return
    _kept(work, replace(kept, state=HELD, issued_at=work.now, until=until, thumbprint=thumbprint, certificate=pem))


@handles(Accounts.withdraw_certificate, reads=(Certificate,), refuse=refuse_certificate)
def withdraw_certificate(work: Work, m: CertificateWithdrawn) -> None:
    """It is over; the key is never taken again."""
    kept = work.get(Certificate)
    if kept is None or kept.owner != m.owner or work.caller.by:
        _refused(work, m, (KEYS_OWN if work.caller.by else "There is no such certificate.",))
        return
    _kept(work, kept if kept.state == WITHDRAWN else replace(kept, state=WITHDRAWN, withdrawn_at=work.now))


def _kept(work: Work, kept: Certificate) -> None:
    work.put(kept)
    work.reply(CertificateNoted(owner=kept.owner, key=kept.key, state=_state_of(kept, work.now)))


def _state_of(kept: Certificate, now: int) -> str:
    """Where a certificate stands, in words."""
    words = {ASKED: "waits for confirmation", HELD: "holds", WITHDRAWN: "was withdrawn"}
    return "has run out" if kept.state == HELD and kept.until <= now else words[kept.state]


@answers(Accounts.certificates)
def certificates(view: View, question: MyCertificates) -> KeyLines:
    """Those of the party of who asks; a delegate is told of none."""
    own = view.caller.party.identifier
    if view.caller.by:
        return KeyLines(lines=())
    if question.key:
        subject = view.resolve("certificate", question.key)
        one = view.get(Certificate, subject) if subject is not None else None
        return KeyLines(lines=(_told(one, view.now),) if one is not None and one.owner == own else ())
    found, last = view.find(Certificate, "by_owner", own, limit=PAGE, after=bytes.fromhex(question.after))
    return KeyLines(
        lines=tuple(_told(each, view.now) for _, each in found), after=last.hex(), allowed=_allowed(view, own)
    )


def _today(now: int) -> int:
    """When the day began in which requests are counted."""
    return start_of(date_of(Instant(now)))


def _allowed(view: View, own: str) -> KeysAllowed:
    """What a trader has and asked for, beside how much of it he may."""
    most = allowed()
    held, _ = view.find(Certificate, "by_end", own, HELD, low=view.now, limit=most.held)
    asked, _ = view.find(Certificate, "by_asking", own, low=_today(view.now), limit=most.asked_a_day)
    return KeysAllowed(held=len(held), most_held=most.held, asked=len(asked), most_asked=most.asked_a_day)


def _told(each: Certificate, now: int) -> KeyLine:
    return KeyLine(
        key=each.key, kind=each.kind, says=each.says, client=registered_as(each.key), state=_state_of(each, now),
        asked_at=each.asked_at, issued_at=each.issued_at, until=each.until, withdrawn_at=each.withdrawn_at,
        thumbprint=each.thumbprint, certificate=each.certificate,
    )  # fmt: skip


@answers(Accounts.mine)
def mine(view: View, question: MyDelegations) -> DelegationLines:
    """What the party of who asks gave, then what it and the person himself hold."""
    own = view.caller.party.identifier
    if view.caller.by:  # whom a principal lets act otherwise is no delegate's business
        return DelegationLines(lines=())
    if question.principal or question.delegate:
        found_one = given(view, question.principal, question.delegate)
        sides = {question.principal, question.delegate}
        seen = found_one is not None and not sides.isdisjoint({own, view.caller.person or own})
        return DelegationLines(lines=(_line(found_one, view),) if found_one is not None and seen else ())
    places = [("by_principal", own), ("by_delegate", own)]
    if view.caller.person and view.caller.person != own:
        places.append(("by_delegate", view.caller.person))
    number, _, cursor = question.after.partition(".")
    lines: list[DelegationLine] = []
    for at in range(int(number) if number in ("1", "2") else 0, len(places)):
        index, name = places[at]
        after = bytes.fromhex(cursor) if _is_hex(cursor) else b""
        found, last = view.find(Delegation, index, name, limit=PAGE, after=after)
        lines += [_line(each, view) for _, each in found]
        cursor = ""
        if last:
            return DelegationLines(lines=tuple(lines), after=f"{at}.{last.hex()}")
    return DelegationLines(lines=tuple(lines))


def _is_hex(text: str) -> bool:
    return bool(text) and len(text) % 2 == 0 and all(each in "0123456789abcdef" for each in text)


def _line(each: Delegation, view: View) -> DelegationLine:
    return DelegationLine(
        principal=each.principal, delegate=each.delegate, scope=each.scope, cases=each.cases,
        operations=each.operations, roles=each.roles, valid_from=each.valid_from, valid_to=each.valid_to,
        onward=each.onward, given_at=each.given_at, accepted_at=each.accepted_at, ended_at=each.ended_at,
        state=standing(each, view.today).value,
    )  # fmt: skip


@answers(Accounts.identify)
def identify(view: View, question: PersonQuestion) -> PersonAnswer:
    """The account of a person of a provider of a country; of another country's provider nobody is known."""
    found = person(view, question.country, question.provider, question.subject)
    return PersonAnswer(account=found.account if found is not None else "")


@answers(Accounts.rights)
def rights(view: View, question: RightsQuestion) -> RightsAnswer:
    """What holds at this moment: closed accounts and ended delegations give nothing."""
    account = known(view, question.account)
    if account is None:
        return RightsAnswer(known=False)
    answer = RightsAnswer(
        known=True, name=account.name, kind=account.kind, country=account.country, eori=account.eori,
        roles=account.roles, principals=_principals(view, account),
    )  # fmt: skip
    if not question.principal or question.principal == account.eori:
        return answer
    delegate, found = _bounds(view, account, question.principal, question.through)
    roles = _roles(view, found, question.principal) if found is not None else ()
    refused = "" if roles else f"No delegation of {question.principal} to you holds today."
    return replace(answer, roles=roles, refused=refused, delegate=delegate)


def _roles(view: View, found: Bounds, principal: str) -> tuple[str, ...]:
    """The roles of a delegate: at most the principal's, and with a full delegation also that for inboxes."""
    has = roles_of(view, principal)
    named = found.roles & has if found.roles else has
    return tuple(sorted(named | ({INBOX_ROLE} if found.whole and not found.roles else frozenset())))


def _bounds(view: View, account: Account, principal: str, through: str) -> tuple[str, Bounds | None]:
    """Under which name, and within which bounds, a person may act for a principal: as himself, for his firm, or through
    a representative."""
    if through and through != account.eori:
        return through, bounds((given(view, principal, through), given(view, through, account.account)), view.today)
    for name in filter(None, (account.eori,) if through else (account.account, account.eori)):
        found = bounds((given(view, principal, name),), view.today)
        if found is not None:
            return name, found
    return "", None


def _principals(view: View, account: Account) -> tuple[Principal, ...]:
    """For whom a person could act today, each with the representative as whose employee he would."""
    found = list[Principal]()
    for name in filter(None, (account.account, account.eori)):
        held, _ = view.find(Delegation, "by_delegate", name, limit=SHOWN)
        for _, each in held:
            if standing(each, view.today) is not Standing.HOLDS:
                continue
            found.append(Principal(each.principal, account.eori if name == account.eori else ""))
            onward, _ = view.find(Delegation, "by_delegate", each.principal, limit=SHOWN)
            found += [Principal(further.principal, each.principal) for _, further in onward
                      if bounds((further, each), view.today) is not None]  # fmt: skip
    return tuple(dict.fromkeys(found))


@answers(Accounts.acting)
def acting(view: View, question: ActingQuestion) -> ActingAnswer:
    """Whether a delegate, and the person who acts as him, may act for a principal; asked by the core of each act."""
    chain = [given(view, question.principal, question.delegate)]
    if question.person and question.person != question.delegate:
        account = known(view, question.person)
        if account is None:
            return ActingAnswer(holds=False)
        if account.eori != question.delegate:
            chain.append(given(view, question.delegate, question.person))
    found = bounds(chain, view.today)
    if found is None:
        return ActingAnswer(holds=False)
    return ActingAnswer(
        holds=True, operations=tuple(sorted(found.operations)), cases=tuple(sorted(found.cases)), whole=found.whole
    )
