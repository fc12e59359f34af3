"""Messages of accounts and delegations: what administrations deliver, what owners give, and what is asked of both."""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.author import Eori, Machine, MachineMicros

_ACCOUNT: Final = r"[a-z]{2}\.[a-z0-9][a-z0-9._-]{0,60}"
"""An account is told from an EORI number by its small letters: no text is both."""
_PERSON: Final = re.compile(_ACCOUNT)
AccountId = Annotated[
    str,
    Meta(
        pattern=rf"\A{_ACCOUNT}\Z",
        title="Account",
        description="Two letters of the country, a dot, then small letters, digits, dots and hyphens: fr.anne.martin.",
    ),
]
PrincipalEori = Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number of the person acted for")]
Delegate = Annotated[
    str,
    Meta(
        pattern=rf"\A({Eori.shape}|{_ACCOUNT})\Z",
        title="Who may act",
        description="The EORI number of a customs representative, or the account of an employee.",
    ),
]


def is_account(delegate: str) -> bool:
    """Whether a delegate is a person, named by the account; else a company, named by its EORI number."""
    return _PERSON.fullmatch(delegate) is not None


RoleName = Annotated[str, Meta(min_length=1, max_length=80)]
OperationName = Annotated[str, Meta(pattern=r"\A[a-z0-9_]{1,60}\.[a-z0-9_]{1,60}\Z")]
CaseName = Annotated[str, Meta(pattern=r"\A[\x21-\x7E]{1,35}\Z")]
Issuer = Annotated[str, Meta(pattern=r"\Ahttps?://[\x21-\x7E]{1,200}\Z", title="Identity provider")]


class HolderKind(enum.Enum):
    """As what a person signs in."""

    TRADER = "trader"
    OFFICER = "officer"
    COMMISSION = "commission"


class Assurance(enum.IntEnum):
    """How sure a provider is of who signs in: the assurance levels of Regulation (EU) 910/2014, art. 8(2)."""

    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3


class AccountEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the administration that vouches for him states it. ``roles``: his business profiles."""

    account: AccountId
    provider: Issuer
    subject: Annotated[str, Meta(min_length=1, max_length=255)]
    name: Annotated[str, Meta(min_length=1, max_length=140, extra={"confidential": True})]
    kind: HolderKind
    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL248"})]
    eori: Annotated[str, Meta(pattern=rf"\A(|{Eori.shape})\Z", title="EORI number")] = ""
    roles: Annotated[tuple[RoleName, ...], Meta(max_length=50)] = ()
    closed: bool = False


class AccountRecords(msgspec.Struct, frozen=True):
    """Accounts of an administration: each replaces what was known of it. ``keeper``: that administration, or EU."""

    keeper: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL248"})]
    accounts: Annotated[tuple[AccountEntry, ...], Meta(min_length=1, max_length=500)]


class AccountRecordsKept(msgspec.Struct, frozen=True):
    """The accounts are kept; who signs in from now on is known by them."""

    number: int


class AccountRecordsRefused(msgspec.Struct, frozen=True):
    """Nothing is kept; each reason says what to mend."""

    reasons: tuple[str, ...]


class OlderPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signed in to an older portal may sign in here. What he may do here, for himself or for others, an
    owner has to give him (``delegate``), or the administration that vouches for him (``deliver``)."""

    account: AccountId
    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL248"})]
    provider: Issuer
    subject: Annotated[str, Meta(min_length=1, max_length=255)]
    name: Annotated[str, Meta(min_length=1, max_length=140, extra={"confidential": True})]


class Scope(enum.Enum):
    """What a delegate may do. There is none that holds because nothing was said."""

    FULL = "full"
    CASES = "cases"
    OPERATIONS = "operations"


class DelegationGiven(msgspec.Struct, frozen=True, kw_only=True):
    """A person lets another act for him, from a day to a day; it holds once it is accepted.

    cases: the references (MRN, LRN) it is for; operations: those it is for. roles: of the principal's; empty: all.
    onward: whether employees of the delegate may use it, the second level.
    """

    principal: PrincipalEori
    delegate: Delegate
    scope: Annotated[Scope, Meta(title="What for")]
    cases: Annotated[tuple[CaseName, ...], Meta(max_length=100, title="Cases, by MRN or LRN")] = ()
    operations: Annotated[tuple[OperationName, ...], Meta(max_length=100, title="Operations")] = ()
    roles: Annotated[tuple[RoleName, ...], Meta(max_length=50)] = ()
    valid_from: Annotated[dt.date, Meta(title="First day")]
    valid_to: Annotated[dt.date | None, Meta(title="Last day")] = None
    onward: Annotated[bool, Meta(title="Also for employees of the representative")] = False


class DelegationAccepted(msgspec.Struct, frozen=True, kw_only=True):
    """The delegate takes it on."""

    principal: PrincipalEori
    delegate: Delegate


class DelegationEnded(msgspec.Struct, frozen=True, kw_only=True):
    """It ends now: the principal revokes it, or the delegate gives it up."""

    principal: PrincipalEori
    delegate: Delegate


class DelegationKept(msgspec.Struct, frozen=True):
    """What was said is kept."""

    principal: str
    delegate: str
    state: str


class DelegationRefused(msgspec.Struct, frozen=True):
    """Nothing is kept; each reason says what to mend."""

    principal: str
    delegate: str
    reasons: tuple[str, ...]


class MyDelegations(msgspec.Struct, frozen=True, kw_only=True):
    """What did I give, and what was I given? ``after``: where the page before ended. principal, delegate: the one
    between these two alone."""

    after: Annotated[str, Meta(max_length=200)] = ""
    principal: Annotated[str, Meta(max_length=17)] = ""
    delegate: Annotated[str, Meta(max_length=64)] = ""


class DelegationLine(msgspec.Struct, frozen=True, kw_only=True):
    """A delegation as its two sides see it. Times in microseconds since 1970; 0 where it did not happen."""

    principal: str
    delegate: str
    scope: Scope
    cases: tuple[str, ...]
    operations: tuple[str, ...]
    roles: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    onward: bool
    given_at: MachineMicros
    accepted_at: MachineMicros
    ended_at: MachineMicros
    state: str


class DelegationLines(msgspec.Struct, frozen=True, kw_only=True):
    """Delegations given and held by who asks; ``after``: where the next page begins, empty at the end."""

    lines: tuple[DelegationLine, ...]
    after: str = ""


class PersonQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Who is this person of this provider, as ``keeper`` knows it?"""

    keeper: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")]
    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")]
    provider: Issuer
    subject: Annotated[str, Meta(max_length=255)]


class PersonAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The account of a person; empty where there is none."""

    account: str = ""


class RightsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What may a person do now, for himself or for somebody? through: the representative as whose employee he acts."""

    keeper: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")]
    account: AccountId
    principal: Annotated[str, Meta(max_length=17)] = ""
    through: Annotated[str, Meta(max_length=17)] = ""


class Principal(msgspec.Struct, frozen=True):
    """For whom a person could act. through: the representative as whose employee he would; empty for none."""

    principal: str
    through: str = ""


class RightsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A person as he stands now; ``known`` is false for an account that is none or closed, ``refused`` says why he may
    not act for whom he names. principals: those for whom he could act.
    delegate: the name under which he was given the delegation by which he acts."""

    known: bool
    name: str = ""
    kind: HolderKind | None = None
    country: str = ""
    eori: str = ""
    roles: tuple[str, ...] = ()
    refused: str = ""
    delegate: str = ""
    principals: tuple[Principal, ...] = ()


class ActingQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """May a delegate act for a principal now? person: the account of who acts as him."""

    principal: Annotated[str, Meta(max_length=17)]
    delegate: Annotated[str, Meta(max_length=64)]
    person: Annotated[str, Meta(max_length=64)] = ""


class ActingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether he may, and within which bounds: operations and cases (empty: all)."""

    holds: bool
    operations: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    whole: bool = False
    """Whether he sees whatever his principal sees."""


ListPath = Annotated[str, Meta(pattern=r"\A(?:/[a-z0-9_-]{1,40}){1,4}\Z", title="Address of the list")]
ListQuery = Annotated[
    str, Meta(pattern=r"\A[\x21-\x7E]{0,500}\Z", title="What it is asked by", extra={"confidential": True})
]
ListName = Annotated[str, Meta(min_length=1, max_length=60, title="Name", extra={"confidential": True})]
Keeper = Annotated[
    str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Who keeps it", description="The own administration; EU for traders.")
]


class ListKept(msgspec.Struct, frozen=True, kw_only=True):
    """A list as a person wants to find it again; it takes the place of one of the same address and name. query: the
    part of its address after the question mark."""

    keeper: Keeper
    path: ListPath
    query: ListQuery
    name: ListName


class ListForgotten(msgspec.Struct, frozen=True, kw_only=True):
    """A list of mine is wanted no more."""

    keeper: Keeper
    path: ListPath
    name: ListName


class MyLists(msgspec.Struct, frozen=True, kw_only=True):
    """Which lists have I kept? path: those of one address alone; empty for all."""

    keeper: Keeper
    path: Annotated[str, Meta(max_length=164, title="Address of the list")] = ""


class KeptList(msgspec.Struct, frozen=True, kw_only=True):
    """A list that a person kept."""

    path: str
    query: str
    name: str


class KeptLists(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of who asks, by address and name."""

    lists: tuple[KeptList, ...]


class PreferencesStated(msgspec.Struct, frozen=True, kw_only=True):
    """How a person wants his pages. hidden: systems (names of applications) that his overview leaves out. language: of
    pages; empty for what the browser says. dense: lists of groups are opened as tables. guided: a
    page asks one thing."""

    keeper: Keeper
    hidden: Annotated[
        tuple[Annotated[str, Meta(pattern=r"\A[a-z_]{1,40}\Z")], ...], Meta(max_length=60, title="Systems left out")
    ] = ()
    language: Annotated[str, Meta(pattern=r"\A([a-z]{2})?\Z", title="Language")] = ""
    dense: Annotated[bool, Meta(title="Lists as tables")] = False
    guided: Annotated[bool, Meta(title="One thing at a time")] = False


class OlderChoice(msgspec.Struct, frozen=True, kw_only=True):
    """How a person wanted his pages in an older portal, where he acted for a party; his own choice here stays."""

    party: PrincipalEori
    account: AccountId
    hidden: Annotated[
        tuple[Annotated[str, Meta(pattern=r"\A[a-z_]{1,40}\Z")], ...], Meta(max_length=60, title="Systems left out")
    ] = ()
    language: Annotated[str, Meta(pattern=r"\A([a-z]{2})?\Z", title="Language")] = ""
    dense: Annotated[bool, Meta(title="Lists as tables")] = False


class ProofReplaced(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator changed, and another one agreed with, of what a party proves itself by or is told by.

    what: a client of the register, or the agreement by which messages are pushed. changes: sentence by sentence,
    without any secret. agreed_at: when; proposed_by, agreed_by: the accounts of both.
    """

    party: Annotated[str, Meta(pattern=r"\A[\x21-\x7E]{1,80}\Z", title="Whose it is")]
    what: Annotated[str, Meta(min_length=1, max_length=200, title="What was changed")]
    changes: Annotated[tuple[Annotated[str, Meta(max_length=400)], ...], Meta(max_length=200, title="Changes")]
    agreed_at: Machine
    proposed_by: Annotated[str, Meta(max_length=80)]
    agreed_by: Annotated[str, Meta(max_length=80)]


class ProofChanged(msgspec.Struct, frozen=True, kw_only=True):
    """An operator changed what you prove yourself by, or where your messages are pushed to, and another one agreed.

    It holds from now on. Where you did not ask for it, say so to the operator of the node at once. what: the client or
    the agreement. changes: sentence by sentence, without any secret.
    """

    what: str
    changes: tuple[str, ...]
    agreed_at: Machine
    proposed_by: str
    agreed_by: str


class MyPreferences(msgspec.Struct, frozen=True, kw_only=True):
    """What did I choose?"""

    keeper: Keeper


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose; the defaults where he chose nothing."""

    hidden: tuple[str, ...] = ()
    language: str = ""
    dense: bool = False
    guided: bool = False


CaseNumber = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z", title="Case")]


class CaseRead(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of a party read what it was told in a case, up to an instant (microseconds since 1970)."""

    keeper: Keeper
    case: CaseNumber
    at: Annotated[int, Meta(ge=0, title="Up to when")]


class ReadQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Up to when did my party read what it was told in these cases?"""

    keeper: Keeper
    cases: Annotated[tuple[CaseNumber, ...], Meta(max_length=100, title="Cases")]


class ReadLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was read. by: who did last, where a person is known."""

    case: str
    at: MachineMicros
    by: str = ""


class ReadLines(msgspec.Struct, frozen=True, kw_only=True):
    """The cases of those asked for that somebody read."""

    lines: tuple[ReadLine, ...]


KeyName = Annotated[
    str, Meta(pattern=r"\A[0-9a-f]{64}\Z", title="Key", description="SHA-256 of the public key, in hexadecimal.")
]


class CertificateAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A trader asks for a certificate for a key that a program of his holds; he confirms once he saw what was read."""

    owner: Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number of whose program it is")]
    request: Annotated[
        str,
        Meta(
            min_length=1, max_length=16_384, title="Certificate signing request",
            description="PKCS#10 in PEM, as openssl req -new writes it. The private key stays where it is.",
        ),
    ]  # fmt: skip


class CertificateConfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a request is what was meant: issue the certificate and register it."""

    owner: Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number of whose program it is")]
    key: KeyName


class CertificateWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate lets nobody in any more; a request that was not confirmed is taken back."""

    owner: Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number of whose program it is")]
    key: KeyName


class CertificateNoted(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked is done; where the certificate stands now."""

    owner: str
    key: str
    state: str


class CertificateRefused(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing changed; each reason says what to mend. code: ``DOU-1009`` where the trader has or asks too many."""

    owner: str
    key: str
    reasons: tuple[str, ...]
    code: str = "14"


class MyCertificates(msgspec.Struct, frozen=True, kw_only=True):
    """Which certificates do my programs have? key: that one alone; empty for all, a page at a time."""

    key: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z", title="Key")] = ""
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="After")] = ""


class KeyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of a trader's program, or a request for one. Times in microseconds since 1970; 0: not yet.

    kind: of the key. says: what the request says about itself, of which nothing is taken over. client: as whom the
    program enters. until: until when it holds. certificate: in PEM, with that of the authority.
    """

    key: str
    kind: str
    says: tuple[str, ...]
    client: str
    state: str
    asked_at: MachineMicros
    issued_at: MachineMicros
    until: MachineMicros
    withdrawn_at: MachineMicros
    thumbprint: str
    certificate: str


class KeysAllowed(msgspec.Struct, frozen=True, kw_only=True):
    """How many certificates of a trader hold, and how many requests he made today, of how many."""

    held: int
    most_held: int
    asked: int
    most_asked: int


class KeyLines(msgspec.Struct, frozen=True, kw_only=True):
    """The certificates of who asks; where there are more, after asks for the next page. allowed: of the list alone."""

    lines: tuple[KeyLine, ...]
    after: str = ""
    allowed: KeysAllowed | None = None
