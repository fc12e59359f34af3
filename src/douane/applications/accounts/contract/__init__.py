"""Accounts: persons as administrations vouch for them, and delegations as their owners make them."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from douane.applications.accounts.contract.architecture import ARCHITECTURE
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
    HolderKind,
    KeptLists,
    KeyLines,
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
    ProofChanged,
    ProofReplaced,
    ReadLines,
    ReadQuestion,
    RightsAnswer,
    RightsQuestion,
    Scope,
)
from douane.applications.accounts.messages.sessions import (
    EntranceAnswer,
    EntranceBound,
    EntranceGiven,
    EntranceQuestion,
    PlaceLines,
    PlacesQuestion,
    SessionAnswer,
    SessionOpened,
    SessionQuestion,
    SessionsEnded,
)
from douane.author import (
    COMPETENT,
    SIGN_IN,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Law,
    Level,
    Members,
    OfCase,
    Party,
    SenderFault,
    Who,
    command,
    derived,
    query,
    service,
    trader,
)
from douane.author.needs import (
    ACCOUNTS,
    BIND_ENTRANCE,
    DELEGATIONS,
    END_SESSIONS,
    ENTRANCE,
    FORGET_LIST,
    GIVE_ENTRANCE,
    IDENTIFY,
    KEEP_LIST,
    LISTS,
    OLDER_CHOICE,
    OLDER_CHOICE_JUDGED,
    OLDER_PERSON,
    OLDER_PERSON_JUDGED,
    OPEN_SESSION,
    PLACES,
    PREFER,
    PREFERENCES,
    PROOF_REPLACED,
    READ,
    REGISTERED_KEYS,
    RIGHTS,
    SESSION,
    WHAT_IS_READ,
)
from douane.standards.pkcs10.requests import key_of, read

__all__ = ["ARCHITECTURE", "AccountEntry", "Accounts", "DelegationGiven", "DelegationLine", "HolderKind", "Scope"]

UNION: Final = "EU"

ADMINISTRATION = Actor("registering administration", ActorKind.MEMBER_STATE, "Vouches for persons of its country")
STAFF_OF_THE_UNION = Actor("registering administration", ActorKind.COMMISSION, "Vouches for staff of the Commission")
OPERATOR = Actor("", ActorKind.OPERATOR, "Loads into a new node what administrations delivered before")
OWNER = Actor("person represented", ActorKind.TRADER, "Lets another act for him, or takes that on")
TRADER = Actor("", ActorKind.TRADER, "Sees who acts for whom")
KEEPER_OF_KEYS: Final = "keeper of keys"
KEYS = Actor(KEEPER_OF_KEYS, ActorKind.TRADER, "Lets programs of a trader in, by certificates for their keys")
OFFICER = Actor("", ActorKind.OFFICER, "Keeps lists that he wants to find again")
COMMISSION = Actor("", ActorKind.COMMISSION, "Keeps lists that he wants to find again")
READERS = (TRADER, OFFICER, COMMISSION)
UUMDS = Actor(SIGN_IN, ActorKind.SERVICE, "UUM&DS, which lets persons in")

PRINCIPAL = CaseRole("person acted for", "Whose business it is")
DELEGATE = CaseRole("delegate", "Who acts for him")


def keeper(message: Any) -> str:
    """Traders' accounts and their delegations are the Union's; those of staff are their administration's."""
    return str(getattr(message, "keeper", UNION))


def pair(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of one principal and one delegate."""
    return "delegation", f"{message.principal}/{message.delegate}"


KEEPER = CaseRole("keeper of lists", "Whose lists they are")


def whoever(_message: Any, caller: Caller) -> Members:
    """Who keeps them."""
    return ((caller.party, KEEPER),)


def own_lists(_message: Any, caller: Caller) -> tuple[str, str]:
    """What one person has kept, for each whom he acts for: named by who calls, so that nobody can name another's."""
    return "lists", lists_of(caller)


def lists_of(caller: Caller) -> str:
    """By which name the lists of a caller are known."""
    return f"{caller.party.identifier}/{caller.human}"


def own_choice(_message: Any, caller: Caller) -> tuple[str, str]:
    """What one person chose, for each whom he acts for."""
    return "preferences", lists_of(caller)


LETS_IN = CaseRole("keeper of sessions", "UUM&DS, which lets persons in")


def of_person(message: Any, _caller: Caller) -> tuple[str, str]:
    """The sessions of one person: the case is his account."""
    return "sessions", message.account


def uumds(_message: Any, caller: Caller) -> Members:
    """Sessions are begun and ended by UUM&DS alone."""
    return ((caller.party, LETS_IN),)


def older_choice(message: OlderChoice, _caller: Caller) -> tuple[str, str]:
    """What one person chose in an older portal, where he acted for a party."""
    return "preferences", f"{message.party}/{message.account}"


def own_reading(_message: Any, caller: Caller) -> tuple[str, str]:
    """What a party read: the same for everybody who acts for it."""
    return "reading", caller.party.identifier


CERTIFIED = CaseRole("holder of a certificate", "Whose program it is")


def asked_key(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of the key of a request: whoever asked for it first, it is his."""
    return "certificate", key_asked(message)


def key_asked(message: Any) -> str:
    """The key of a request; of what is none a name that is no key's, under which it is refused."""
    try:
        return key_of(read(message.request.encode()))
    except SenderFault:
        return hashlib.sha256(message.request.encode()).hexdigest()


def known_key(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of a key."""
    return "certificate", message.key


def holder(message: Any) -> tuple[Party, ...]:
    """A certificate is asked for by whose program it is for."""
    return (trader(message.owner),)


def certified(message: Any, _caller: Caller) -> Members:
    """Whose program it is."""
    return ((trader(message.owner), CERTIFIED),)


def owner(message: Any) -> tuple[Party, ...]:
    """A delegation is given by its owner alone."""
    return (trader(message.principal),)


def taker(message: Any) -> tuple[Party, ...]:
    """It is taken on by the delegate alone."""
    return (trader(message.delegate),)


def either(message: Any) -> tuple[Party, ...]:
    """Each of the two may end it."""
    return trader(message.principal), trader(message.delegate)


def taking_part(message: Any, _caller: Caller) -> Members:
    """The principal and the delegate."""
    return (trader(message.principal), PRINCIPAL), (trader(message.delegate), DELEGATE)


@service(
    "accounts",
    title="Accounts and delegations",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("nobody signs in without it, at any door with pages"),
    legal=("UCC art. 16(1)", "Regulation (EU) 2025/512"),
    administration=keeper,
    realises=("reference data management",),
    supplies=(REGISTERED_KEYS, OLDER_PERSON_JUDGED, OLDER_CHOICE_JUDGED),
)
class Accounts:
    """Persons who sign in, as their administrations vouch for them, and who may act for whom, as the owners say."""

    @command(
        AccountRecords,
        replies=(AccountRecordsKept, AccountRecordsRefused),
        task="ACC-REG-01",
        who=Who(by=(ADMINISTRATION, STAFF_OF_THE_UNION, OPERATOR)),
        law=Law(requirements=("REQ-ACC-001",)),
        fills=ACCOUNTS,
    )
    def deliver(self) -> None:
        """Deliver accounts of persons: new ones, changes, closings."""

    @command(
        OlderPerson,
        task="ACC-REG-02",
        who=Who(by=(OPERATOR,)),
        law=Law(requirements=("REQ-ACC-007",)),
        fills=OLDER_PERSON,
    )
    def take_over(self) -> None:
        """Take over who signed in to an older portal, without any right."""

    @command(
        ProofReplaced,
        replies=(ProofChanged,),
        task="ACC-REG-03",
        who=Who(by=(OPERATOR,)),
        law=Law(requirements=("REQ-ACC-009",)),
        fills=PROOF_REPLACED,
    )
    def tell_replaced(self) -> None:
        """Tell a party in its inbox what two operators changed of its clients, secrets and webhooks."""

    @command(
        DelegationGiven,
        replies=(DelegationKept, DelegationRefused),
        task="ACC-DEL-01",
        who=Who(by=(OWNER,), roles=(PRINCIPAL,), senders=owner),
        law=Law(requirements=("REQ-ACC-002",)),
        case=OfCase(opens=pair, about=pair, parties=taking_part),
    )
    def delegate(self) -> None:
        """Let a representative or an employee act: fully, for named cases, or for named operations."""

    @command(
        DelegationAccepted,
        replies=(DelegationKept, DelegationRefused),
        task="ACC-DEL-01",
        who=Who(by=(OWNER,), roles=(DELEGATE,), senders=taker),
        law=Law(requirements=("REQ-ACC-002",)),
        case=OfCase(about=pair),
    )
    def accept(self) -> None:
        """Take a delegation on; before that it lets nobody act."""

    @command(
        DelegationEnded,
        replies=(DelegationKept, DelegationRefused),
        task="ACC-DEL-01",
        who=Who(by=(OWNER,), roles=(PRINCIPAL, DELEGATE), senders=either),
        law=Law(requirements=("REQ-ACC-003",)),
        case=OfCase(about=pair),
    )
    def end(self) -> None:
        """End a delegation at once: the principal revokes it, or the delegate gives it up."""

    @query(
        MyDelegations,
        DelegationLines,
        task="ACC-DEL-02",
        who=Who(by=(TRADER,), roles=(PRINCIPAL, DELEGATE)),
        law=Law(requirements=("REQ-ACC-002",)),
    )
    def mine(self) -> None:
        """List the delegations that one gave or holds, also those that are over."""

    @command(
        CertificateAsked,
        replies=(CertificateNoted, CertificateRefused),
        task="ACC-KEY-01",
        who=Who(by=(KEYS,), roles=(CERTIFIED,), senders=holder),
        law=Law(requirements=("REQ-ACC-006",)),
        case=OfCase(opens=asked_key, about=asked_key, parties=certified),
    )
    def ask_certificate(self) -> None:
        """Ask for a certificate by the request of a program; it is read, and waits for confirmation."""

    @command(
        CertificateConfirmed,
        replies=(CertificateNoted, CertificateRefused),
        task="ACC-KEY-01",
        who=Who(by=(KEYS,), roles=(CERTIFIED,), senders=holder),
        law=Law(requirements=("REQ-ACC-006",)),
        case=OfCase(about=known_key),
    )
    def confirm_certificate(self) -> None:
        """Confirm what was read of a request: the certificate is issued, and the program is let in by it."""

    @command(
        CertificateWithdrawn,
        replies=(CertificateNoted, CertificateRefused),
        task="ACC-KEY-01",
        who=Who(by=(KEYS,), roles=(CERTIFIED,), senders=holder),
        law=Law(requirements=("REQ-ACC-006",)),
        case=OfCase(about=known_key),
    )
    def withdraw_certificate(self) -> None:
        """Let nobody in by a certificate any more, at every door."""

    @query(
        MyCertificates,
        KeyLines,
        task="ACC-KEY-02",
        who=Who(by=(KEYS,), roles=(CERTIFIED,)),
        law=Law(requirements=("REQ-ACC-006",)),
    )
    def certificates(self) -> None:
        """List the certificates of one's programs, and until when each holds."""

    @command(
        ListKept,
        task="ACC-PRF-01",
        who=Who(by=READERS, roles=(KEEPER, COMPETENT)),
        law=Law(requirements=("REQ-ACC-004",)),
        case=OfCase(
            opens=own_lists, about=own_lists, parties=whoever, issued="whoever keeps a list: what he keeps is his own"
        ),
        fills=KEEP_LIST,
    )
    def keep_list(self) -> None:
        """Keep a list under a name, as it is asked for."""

    @command(
        ListForgotten,
        task="ACC-PRF-01",
        who=Who(by=READERS, roles=(KEEPER, COMPETENT)),
        law=Law(requirements=("REQ-ACC-004",)),
        case=OfCase(about=own_lists),
        fills=FORGET_LIST,
    )
    def forget_list(self) -> None:
        """Forget a list that was kept."""

    @query(
        MyLists,
        KeptLists,
        task="ACC-PRF-01",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-ACC-004",)),
        fills=LISTS,
        of_nobody=True,
    )
    def my_lists(self) -> None:
        """Tell which lists one has kept."""

    @command(
        PreferencesStated,
        task="ACC-PRF-02",
        who=Who(by=READERS, roles=(KEEPER, COMPETENT)),
        law=Law(requirements=("REQ-ACC-005",)),
        case=OfCase(
            opens=own_choice, about=own_choice, parties=whoever, issued="whoever chooses: what he chooses is his own"
        ),
        fills=PREFER,
    )
    def prefer(self) -> None:
        """Choose how one's pages are: systems on the overview, language, density."""

    @command(
        OlderChoice,
        task="ACC-REG-02",
        who=Who(by=(OPERATOR,)),
        law=Law(requirements=("REQ-ACC-007",)),
        case=OfCase(
            opens=older_choice,
            parties=lambda m, _: ((trader(m.party), KEEPER),),
            issued="the person, as an older portal says",
        ),
        fills=OLDER_CHOICE,
    )
    def take_choice_over(self) -> None:
        """Take over how a person wanted his pages in an older portal."""

    @query(
        MyPreferences,
        Preferences,
        task="ACC-PRF-02",
        who=Who(by=READERS),
        law=Law(requirements=("REQ-ACC-005",)),
        fills=PREFERENCES,
        of_nobody=True,
    )
    def my_preferences(self) -> None:
        """Tell what one chose."""

    @command(
        CaseRead,
        task="ACC-PRF-03",
        who=Who(by=(TRADER,), roles=(KEEPER, COMPETENT)),
        law=Law(requirements=("REQ-ACC-005",)),
        case=OfCase(
            opens=own_reading,
            about=own_reading,
            parties=whoever,
            issued="whoever reads: what his party read is its own",
        ),
        fills=READ,
    )
    def mark_read(self) -> None:
        """Say that what a party was told in a case was read."""

    @query(
        ReadQuestion,
        ReadLines,
        task="ACC-PRF-03",
        who=Who(by=(TRADER,)),
        law=Law(requirements=("REQ-ACC-005",)),
        fills=WHAT_IS_READ,
        of_nobody=True,
    )
    def what_is_read(self) -> None:
        """Tell up to when somebody of one's party read in some cases."""

    @query(
        PersonQuestion,
        PersonAnswer,
        task="ACC-SGN-01",
        who=Who(by=(UUMDS,)),
        law=Law(requirements=("REQ-ACC-001",)),
        fills=IDENTIFY,
    )
    def identify(self) -> None:
        """Find the account of a person whom a provider has authenticated."""

    @query(
        RightsQuestion,
        RightsAnswer,
        task="ACC-SGN-01",
        who=Who(by=(UUMDS,)),
        law=Law(requirements=("REQ-ACC-003",)),
        fills=RIGHTS,
    )
    def rights(self) -> None:
        """Tell what a person may do now, for himself or for another."""

    @command(
        SessionOpened,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,), roles=(LETS_IN,)),
        law=Law(requirements=("REQ-ACC-008",)),
        case=OfCase(
            opens=of_person, about=of_person, parties=uumds, issued="UUM&DS: whom a provider of his country names"
        ),
        fills=OPEN_SESSION,
    )
    def open_session(self) -> None:
        """Begin a session of a person; the oldest ends where he has too many."""

    @command(
        SessionsEnded,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,), roles=(LETS_IN,)),
        law=Law(requirements=("REQ-ACC-008",)),
        case=OfCase(about=of_person),
        fills=END_SESSIONS,
    )
    def end_session(self) -> None:
        """End a session of a person, those of a sign-in, or all."""

    @command(
        EntranceGiven,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,), roles=(LETS_IN,)),
        law=Law(requirements=("REQ-ACC-008",)),
        case=OfCase(about=of_person),
        fills=GIVE_ENTRANCE,
    )
    def give_entrance(self) -> None:
        """Let a person in once at a platform."""

    @command(
        EntranceBound,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,), roles=(LETS_IN,)),
        law=Law(requirements=("REQ-ACC-008",)),
        case=OfCase(about=of_person),
        fills=BIND_ENTRANCE,
    )
    def bind_entrance(self) -> None:
        """Give an entrance to the browser in which its person signed in."""

    @query(
        SessionQuestion,
        SessionAnswer,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,)),
        law=Law(requirements=("REQ-ACC-008",)),
        fills=SESSION,
        of_nobody=True,
    )
    def session(self) -> None:
        """Tell what stands behind what a browser holds."""

    @query(
        EntranceQuestion,
        EntranceAnswer,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,)),
        law=Law(requirements=("REQ-ACC-008",)),
        fills=ENTRANCE,
        of_nobody=True,
    )
    def entrance(self) -> None:
        """Tell whose an entrance is, and where it leads."""

    @query(
        PlacesQuestion,
        PlaceLines,
        task="ACC-SGN-02",
        who=Who(by=(UUMDS,)),
        law=Law(requirements=("REQ-ACC-008",)),
        fills=PLACES,
        of_nobody=True,
    )
    def places(self) -> None:
        """Tell where a person is signed in."""

    @query(
        ActingQuestion,
        ActingAnswer,
        task="ACC-SGN-01",
        who=Who(by=(UUMDS,)),
        law=Law(requirements=("REQ-ACC-003",)),
        fills=DELEGATIONS,
    )
    def acting(self) -> None:
        """Tell whether a delegate may act for a principal now, and within which bounds."""
