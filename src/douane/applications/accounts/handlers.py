"""Accounts and delegations at work."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from douane.applications.accounts.contract import UNION, Accounts, HolderKind, lists_of
from douane.applications.accounts.messages import (
    AccountEntry,
    AccountRecords,
    AccountRecordsKept,
    AccountRecordsRefused,
    ActingAnswer,
    ActingQuestion,
    DelegationAccepted,
    DelegationEnded,
    DelegationGiven,
    DelegationKept,
    DelegationLine,
    DelegationLines,
    DelegationRefused,
    KeptList,
    KeptLists,
    ListForgotten,
    ListKept,
    MyDelegations,
    MyLists,
    PersonAnswer,
    PersonQuestion,
    RightsAnswer,
    RightsQuestion,
)
from douane.applications.accounts.records import (
    Account,
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
from douane.applications.accounts.rules import Bounds, Standing, bounds, standing, wrong
from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.runtime.catalogue.behaviour import answers, handles
from douane.runtime.core.work import Work
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.runtime.store.queries import View
from douane.vocabulary.errors import Fault

OWN_NAME = "Delegations are made and ended in one's own name: whoever could for another would never be without him."
PAGE = 50
MOST_LISTS = 50
"""Lists that one person keeps at most."""
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


def ignore(_work: Work, _m: ListKept | ListForgotten, _faults: tuple[Fault, ...]) -> None:
    """Nothing changes: whoever keeps nothing has nothing to forget."""


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
    state = standing(kept, work.today())
    work.reply(DelegationKept(kept.principal, kept.delegate, state.value))


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
        state=standing(each, view.today()).value,
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
    day = view.today()
    if through and through != account.eori:
        return through, bounds((given(view, principal, through), given(view, through, account.account)), day)
    for name in filter(None, (account.eori,) if through else (account.account, account.eori)):
        found = bounds((given(view, principal, name),), day)
        if found is not None:
            return name, found
    return "", None


def _principals(view: View, account: Account) -> tuple[tuple[str, str], ...]:
    """For whom a person could act today, each with the representative as whose employee he would."""
    day, found = view.today(), []
    for name in filter(None, (account.account, account.eori)):
        held, _ = view.find(Delegation, "by_delegate", name, limit=SHOWN)
        for _, each in held:
            if standing(each, day) is not Standing.HOLDS:
                continue
            found.append((each.principal, account.eori if name == account.eori else ""))
            onward, _ = view.find(Delegation, "by_delegate", each.principal, limit=SHOWN)
            found += [(further.principal, each.principal) for _, further in onward
                      if bounds((further, each), day) is not None]  # fmt: skip
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
    found = bounds(chain, view.today())
    if found is None:
        return ActingAnswer(holds=False)
    return ActingAnswer(
        holds=True, operations=tuple(sorted(found.operations)), cases=tuple(sorted(found.cases)), whole=found.whole
    )
