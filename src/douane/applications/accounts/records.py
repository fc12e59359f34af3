"""What is kept: every delivered state of an account, of which the last one counts, and each delegation."""

from __future__ import annotations

import datetime as dt

from douane.applications.accounts.contract import (
    CERTIFIED,
    DELEGATE,
    KEEPER_OF_KEYS,
    PRINCIPAL,
    AccountEntry,
    DelegationGiven,
    HolderKind,
    Scope,
)
from douane.author import Members, trader
from douane.author.needs import REGISTERED_KEYS, RegisteredKey, registered_as, supplied
from douane.author.run import Case, Value, View, record


@record(
    180,
    indexes={
        "by_account": ("account", "delivered_at"), "by_person": ("country", "provider", "subject", "delivered_at"),
        "by_eori": ("eori", "account", "delivered_at"),
    },
)  # fmt: skip
class Account(Value, frozen=True):
    """A person as one delivery stated him; the case is the delivery."""

    account: str
    delivered_at: int
    country: str
    provider: str
    subject: str
    name: str
    kind: HolderKind
    eori: str
    roles: tuple[str, ...]
    closed: bool


def parties_of(kept: Delegation) -> Members:
    """The principal and the delegate."""
    return (trader(kept.principal), PRINCIPAL), (trader(kept.delegate), DELEGATE)


@record(
    181, case=Case(parties_of),
    indexes={"by_principal": ("principal", "delegate"), "by_delegate": ("delegate", "principal")},
)  # fmt: skip
class Delegation(Value, frozen=True):
    """What one person lets another do, as it was given last. Times in microseconds since 1970; 0: not yet."""

    principal: str
    delegate: str
    scope: Scope
    cases: tuple[str, ...]
    operations: tuple[str, ...]
    roles: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    onward: bool
    given_at: int
    accepted_at: int = 0
    ended_at: int = 0


class KeptAs(Value, frozen=True):
    """A list that a person kept: its address, what it is asked by, its name."""

    path: str
    query: str
    name: str


@record(182)
class Lists(Value, frozen=True):
    """The lists of one person; the case is his."""

    lists: tuple[KeptAs, ...]


@record(183)
class Chosen(Value, frozen=True):
    """What a person chose for his pages; the case is his."""

    hidden: tuple[str, ...] = ()
    language: str = ""
    dense: bool = False
    guided: bool = False


@record(184)
class CaseReadUpTo(Value, frozen=True):
    """Up to when somebody of a party read what it was told in a case; the case is the party, local: the number."""

    case: str
    at: int
    by: str = ""


def holder_of(kept: Certificate) -> Members:
    """Whose program it is."""
    return ((trader(kept.owner), CERTIFIED),)


@record(
    185, case=Case(holder_of), indexes={
        "by_owner": ("owner", "key"), "by_state": ("state", "key"), "by_asking": ("owner", "asked_at"),
        "by_end": ("owner", "state", "until"),
    },
)  # fmt: skip
class Certificate(Value, frozen=True):
    """A key of a trader's program, asked for by its request (DER); the case is the key. Times: microseconds since 1970.

    says: what the request says about itself. state: asked, held or withdrawn; of a held one ``until`` decides.
    """

    owner: str
    key: str
    kind: str
    says: tuple[str, ...]
    request: bytes
    state: str
    asked_at: int
    issued_at: int = 0
    until: int = 0
    withdrawn_at: int = 0
    thumbprint: str = ""
    certificate: str = ""


ASKED, HELD, WITHDRAWN = "asked", "held", "withdrawn"


@supplied(REGISTERED_KEYS)
def registered_keys(view: View) -> tuple[RegisteredKey, ...]:
    """Every key that lets a program in, with the roles that its owner has now, and none where he has none."""
    found: list[RegisteredKey] = []
    roles: dict[str, frozenset[str]] = {}
    for _, each in view.every(Certificate, "by_state", HELD):
        if each.owner not in roles:
            roles[each.owner] = roles_of(view, each.owner) - {KEEPER_OF_KEYS}
        if roles[each.owner] and view.now < each.until:
            found.append(RegisteredKey(registered_as(each.key), each.owner, roles[each.owner], each.thumbprint))
    return tuple(found)


def account_of(entry: AccountEntry, at: int) -> Account:
    """What is kept of a delivered account."""
    return Account(
        entry.account, at, entry.country, entry.provider, entry.subject, entry.name, entry.kind, entry.eori,
        entry.roles, entry.closed,
    )  # fmt: skip


def delegation_of(m: DelegationGiven, at: int) -> Delegation:
    """What is kept of a delegation that was given."""
    return Delegation(
        m.principal, m.delegate, m.scope, m.cases, m.operations, m.roles, m.valid_from, m.valid_to, m.onward, at
    )


def known(view: View, account: str) -> Account | None:
    """An account as it was delivered last; None for one that is closed or never was."""
    found, _ = view.find(Account, "by_account", account, limit=1, reverse=True)
    return found[0][1] if found and not found[0][1].closed else None


def person(view: View, country: str, provider: str, subject: str) -> Account | None:
    """The account of a person of a provider; None where his last one is closed or is another's by now."""
    found, _ = view.find(Account, "by_person", country, provider, subject, limit=1, reverse=True)
    last = known(view, found[0][1].account) if found else None
    return last if last is not None and (last.provider, last.subject) == (provider, subject) else None


def given(view: View, principal: str, delegate: str) -> Delegation | None:
    """The delegation between two persons."""
    subject = view.resolve("delegation", f"{principal}/{delegate}")
    return view.get(Delegation, subject) if subject is not None else None


def roles_of(view: View, eori: str) -> frozenset[str]:
    """The roles that an operator has: those of all its accounts."""
    found, _ = view.find(Account, "by_eori", eori, limit=MOST)
    names = {each.account for _, each in found}
    accounts = [known(view, name) for name in names]
    return frozenset(role for each in accounts if each is not None and each.eori == eori for role in each.roles)


MOST = 1_000


class Signed(Value, frozen=True):
    """A person as UUM&DS let him in (``messages.sessions.SignedIn``)."""

    acting_for: str
    through: str
    agent: str
    name: str
    device: str
    actor: str
    proven: int
    subject: str
    stated: tuple[str, ...] | None = None


@record(186, indexes={"by_name": ("name",)})
class Session(Value, frozen=True):
    """A session of a person; the case is the account, local: the name. Times: microseconds since 1970; 0: not yet.

    name: the SHA-256 of what the browser holds, so that nobody who reads this can make a cookie of it.
    """

    name: str
    account: str
    platform: str
    key: str
    opened: int
    person: Signed
    ended_at: int = 0
    why: str = ""


@record(187, indexes={"by_name": ("name",)})
class Entrance(Value, frozen=True):
    """A way in that is used once; the case is the account, local: the name. browser: whose alone it is, by hash."""

    name: str
    account: str
    platform: str
    to: str
    given: int
    person: Signed
    browser: str = ""
