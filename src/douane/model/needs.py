"""What the platform needs of the applications of a node: typed ports, filled by whichever service declares it.

A *need* is an operation that the platform itself asks: it names the fields of its message and of its answer. The
service that fills it says so at the operation, ``@query(..., fills=IDENTIFY)``. A *supply* is a function that the
platform calls: the service declares it, ``@service(..., supplies=(ABSENCES,))``, and one of its functions bears
``@supplied(ABSENCES)``. So no room above the applications names one of them or one of their operations. What no
installed service fills is something that the node does not have; two that fill the same are refused at start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final, Generic, NamedTuple, Protocol, TypeVar

from douane.model.circles import Moves
from douane.vocabulary.code_lists import CodeList, CodeLists
from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.feeds import Feed
from douane.vocabulary.provision import Provided
from douane.vocabulary.time import Instant

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Need:
    """An operation that the platform asks. asks, gives: what its message and its answer have at least."""

    name: str
    purpose: str
    asks: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    query: bool = True

    def must_be_filled_by(self, operation: str, request: type, replies: Sequence[type], *, query: bool) -> None:
        """Raises DeclarationFault where an operation is of the other kind, or lacks a field."""
        if query is not self.query:
            raise DeclarationFault(
                f"{operation} cannot be {self.name}: that is a {'query' if self.query else 'command'}.",
                remedy="Declare it as one, or without fills=.",
            )
        answer = replies[0] if replies else object
        lacking = [f"{request.__name__}.{each}" for each in self.asks if not hasattr(request, each)]
        lacking += [f"{answer.__name__}.{each}" for each in self.gives if not hasattr(answer, each)]
        if lacking:
            raise DeclarationFault(
                f"{operation} cannot be {self.name}: it lacks {', '.join(lacking)}.",
                remedy="Add it to the type; model/needs.py says what the platform asks.",
            )


@dataclass(frozen=True, slots=True)
class Supply(Generic[F]):
    """A function that the platform calls; its type is the parameter."""

    name: str
    purpose: str


def supplied(supply: Supply[F]) -> Callable[[F], F]:
    """Bind the decorated function to a supply that its service declares."""

    def bind(function: F) -> F:
        function.__dict__["__supplies__"] = supply
        return function

    return bind


class ReadsFile(Protocol):
    """The versions of code lists that a published file makes of what is kept (a ``runtime.store.queries.View``)."""

    def __call__(self, file: IO[bytes], view: Any, *, source: str) -> Iterator[Any]: ...


class StoredList(Protocol):
    """A published code list as it is kept, equal to another one of the same version."""

    @property
    def imported_at(self) -> Instant:
        """When it was published."""

    def __call__(self) -> CodeList:
        """Read it."""


class RegisteredKey(NamedTuple):
    """A key by whose certificate a program of a trader is let in. thumbprint: of the certificate."""

    client: str
    eori: str
    roles: frozenset[str]
    thumbprint: str


def registered_as(key: str) -> str:
    """As which client of the doors a key is known, by the SHA-256 of its public half in hexadecimal."""
    return f"key.{key[:32]}"


Lists = Mapping[str, StoredList]
"""Published code lists by number, each read at its first use."""
Windows = Mapping[str, Sequence[tuple[Instant, Instant | None]]]
"""By administration: from when until when nothing is to be delivered; None where nobody knows the end."""

Planned = Mapping[str, Sequence[tuple[Instant, Instant]]]
"""By administration: begin and end of each outage that it announced as scheduled."""

# --- code lists -------------------------------------------------------------------------------------------------------

BUILT_IN_LISTS: Final = Supply[Callable[[], CodeLists]]("built-in code lists", "What rules see before any is published")
STORED_LISTS: Final = Supply[Callable[[Any], Lists]]("published code lists", "What rules see, of a view of the Union's")
LISTS_OF_FILE: Final = Supply[ReadsFile]("versions of a file", "What a published file changes, list by list")
LIST_VERSION: Final = Need(
    "publication of a code list", "Publishes a version; rules see it from the next tick on",
    asks=("number", "imported_at", "entries"), query=False,
)  # fmt: skip

# --- administrations that are away, figures ---------------------------------------------------------------------------

ABSENCES: Final = Supply[Callable[[Any], Windows]]("absences", "When deliveries to an administration wait")
PLANNED: Final = Supply[Callable[[Any], Planned]]("planned outages", "When an administration said it would be away")
OUTAGES: Final = Need(
    "schedule of outages", "Tells operators who is out of service", asks=("country", "at"), gives=("at", "now", "next")
)
CHOICES: Final = Supply[Callable[[Any], Provided | None]](
    "choices of providers", "Whose system serves whom; None where nothing is kept yet"
)
FEEDS: Final = Supply[Callable[[Any], Sequence[Feed]]]("feeds of final data", "Which are pushed, of a Union's view")
LOOK_UP: Final = Need(
    "look-up of final data", "Answers from what is kept here what a key stands for", asks=("data_set", "view", "key"),
    gives=("known", "as_of"),
)  # fmt: skip
LOOK_UP_FOR: Final = Need(
    "look-up for another", "Answers a centre from what is kept here, as if who asks there asked here",
    asks=("data_set", "view", "key", "asker"), gives=("known", "as_of"),
)  # fmt: skip
FIRST_CHOICES: Final = Need(
    "first choices", "Keeps what the settings of a node say when it starts first", asks=("node", "choices", "key"),
    query=False,
)  # fmt: skip
CHOOSE: Final = Need(
    "choice of a provider", "Chooses whose system serves an administration",
    asks=("administration", "of", "provider", "since", "decided_by", "reason"), query=False,
)  # fmt: skip
TAKE_BACK: Final = Need(
    "return of a choice", "Takes the latest choice back",
    asks=("administration", "of", "since", "decided_by", "reason", "proofs"), query=False,
)  # fmt: skip
OFFER: Final = Need(
    "offer of a system", "Says what a system serves", asks=("provider", "services", "guests", "key"), query=False
)
PROVISION: Final = Need(
    "choices and offers", "Tells whose system serves whom", asks=("administration",),
    gives=("choices", "offers", "everybody"),
)  # fmt: skip
PREVIEW: Final = Need(
    "preview of a choice", "Tells what a choice would change", asks=("administration", "of", "provider", "since"),
    gives=("faults", "present", "former", "operations", "contracts", "level", "consumers", "cases", "data_sets"),
)  # fmt: skip
MOVES: Final = Supply[Callable[[Any], Moves]]("moves of services", "At which platforms services are no longer offered")
MOVE: Final = Need(
    "move of a service", "Offers a service at another platform from an instant on",
    asks=("at", "of", "leaves", "enters", "since", "decided_by", "reason"), query=False,
)  # fmt: skip
MOVE_BACK: Final = Need(
    "return of a move", "Takes the latest move back", asks=("at", "of", "since", "decided_by", "reason"), query=False
)
MOVED: Final = Need("moves of services", "Tells at which platforms services are offered", asks=("of",),
                    gives=("moves", "places"))  # fmt: skip
PREVIEW_OF_MOVE: Final = Need(
    "preview of a move", "Tells what a move would change", asks=("at", "of", "leaves", "enters", "since"),
    gives=("faults", "operations", "contracts", "reach", "consumers", "cases"),
)  # fmt: skip
CASE_BEGAN: Final = Need(
    "case that began", "Tells the centre that a case began here",
    asks=("node", "administration", "kind", "value", "operation", "began"), query=False,
)  # fmt: skip
UNFIT: Final = Supply[Callable[[Any], Iterator[tuple[str, str]]]](
    "additions that this release does not fit",
    "What administrations added to procedures and has nothing to stand at any more, of a view: each with its remedy",
)
JUDGED: Final = Supply[Callable[[bytes], Iterator[str]]](
    "judgement of an overlay", "What stands against a file with additions to a procedure, sentence by sentence"
)
PROPOSE_OVERLAY: Final = Need(
    "proposal of an overlay", "Says what an administration adds to a common procedure",
    asks=("administration", "version", "since", "changes", "reason"), query=False,
)  # fmt: skip
APPROVE_OVERLAY: Final = Need(
    "approval of an overlay", "Approves what another proposed", asks=("administration", "version", "reason"),
    query=False,
)  # fmt: skip
OVERLAYS: Final = Need(
    "overlays of an administration", "Tells what an administration adds to a common procedure",
    asks=("administration",), gives=("administration", "versions", "steps"),
)  # fmt: skip
FIGURES: Final = Need(
    "figures of a month", "Compares what an administration reported with what was counted",
    asks=("country", "year", "month"), gives=("country", "reported", "counted", "differences", "warnings"),
)  # fmt: skip

# --- what an older portal had open ------------------------------------------------------------------------------------

OLDER_PERSON: Final = Need(
    "person of an older portal", "Takes over who signed in there; what he may do here others say",
    asks=("account", "provider", "subject", "name"), query=False,
)  # fmt: skip
OLDER_CHOICE: Final = Need(
    "choice of an older portal", "Takes over how a person wants pages to be", asks=("party", "account", "language"),
    query=False,
)  # fmt: skip
OLDER_DRAFT: Final = Need(
    "draft of an older portal", "Takes over what somebody began to fill in",
    asks=("owner", "name", "operation", "content", "saved_at"), query=False,
)  # fmt: skip
OLDER_CASE: Final = Need(
    "case of an older portal", "Takes over what is open there, with its own dates",
    asks=("portal", "reference", "applicant", "office", "received_at"), query=False,
)  # fmt: skip
OLDER_DECISION: Final = Need(
    "decision of an older portal", "Takes over what was granted there and is in force",
    asks=("portal", "reference", "decision", "holder", "office", "effect_from"), query=False,
)  # fmt: skip
JudgesRow = Callable[[Any, Any], tuple[bool, tuple[Fault, ...]]]
"""Of a view and of the message: whether it is here already, and what stands against taking it over."""
OLDER_PERSON_JUDGED: Final = Supply[JudgesRow]("judgement of a person", "Judges one who is to be taken over")
OLDER_CHOICE_JUDGED: Final = Supply[JudgesRow]("judgement of a choice", "Judges one that is to be taken over")
OLDER_DRAFT_JUDGED: Final = Supply[JudgesRow]("judgement of a draft", "Judges one that is to be taken over")
OLDER_CASE_JUDGED: Final = Supply[JudgesRow]("judgement of a case", "Judges one that is to be taken over")
OLDER_DECISION_JUDGED: Final = Supply[JudgesRow]("judgement of a decision", "Judges one that is to be taken over")
REGISTERED: Final = Supply[Callable[[Any, str], bool]](
    "registered operators", "Whether an EORI number is valid today, of a view of the Union's"
)

# --- operators and persons --------------------------------------------------------------------------------------------

OPERATORS: Final = Need(
    "register of operators", "Takes the operators of a development node when it starts", asks=("operators",),
    query=False,
)  # fmt: skip
ACCOUNTS: Final = Need(
    "register of accounts", "Takes the persons of a development node when it starts", asks=("keeper", "accounts"),
    query=False,
)  # fmt: skip
IDENTIFY: Final = Need(
    "account of a person", "Knows a person whom a provider names, while he signs in",
    asks=("keeper", "country", "provider", "subject"), gives=("account",),
)  # fmt: skip
RIGHTS: Final = Need(
    "rights of a person", "Says what a person may do now, for himself or for another",
    asks=("keeper", "account", "principal", "through"),
    gives=("known", "refused", "name", "kind", "country", "eori", "roles", "delegate", "principals"),
)  # fmt: skip
PROOF_REPLACED: Final = Need(
    "notice of what operators changed", "Tells a party in its inbox what became of its clients, secrets and webhooks",
    asks=("party", "what", "changes", "agreed_at", "proposed_by", "agreed_by"), query=False,
)  # fmt: skip
_OF_SESSION: Final = ("known", "account", "platform", "person")
OPEN_SESSION: Final = Need(
    "beginning of a session", "Lets a person who proved who he is be known by what his browser holds",
    asks=("keeper", "account", "name", "key", "platform", "person", "entrance", "browser"), query=False,
)  # fmt: skip
END_SESSIONS: Final = Need(
    "end of sessions", "Signs a person out: of one session, of a sign-in, or everywhere",
    asks=("keeper", "account", "name", "device", "but", "why"), query=False,
)  # fmt: skip
GIVE_ENTRANCE: Final = Need(
    "entrance", "Leads a person who signed in to the pages of a platform, once",
    asks=("keeper", "account", "name", "platform", "to", "person"), query=False,
)  # fmt: skip
BIND_ENTRANCE: Final = Need(
    "entrance of a browser", "Gives an entrance to the browser in which its person signed in",
    asks=("keeper", "account", "name", "again", "browser", "device"), query=False,
)  # fmt: skip
SESSION: Final = Need(
    "session of a browser", "Says who is signed in, at each platform, within five seconds", asks=("keeper", "name"),
    gives=(*_OF_SESSION, "opened", "key", "ended_at", "why"),
)  # fmt: skip
ENTRANCE: Final = Need(
    "whose entrance it is", "Says whom a link would let in", asks=("keeper", "name"),
    gives=(*_OF_SESSION, "to", "given", "bound"),
)  # fmt: skip
PLACES: Final = Need(
    "where a person is signed in", "Tells him, so that he can end what was not he", asks=("keeper", "account"),
    gives=("lines",),
)  # fmt: skip
OVERDUE: Final = Supply[Callable[[Any], "Iterator[tuple[str, Any]]"]](
    "what nobody may keep any longer",
    "A name and the message that removes it, of a view of the Union's; another name once it was touched",
)
CALLERS: Final = Supply[Callable[[Any], "Iterator[tuple[str, Any]]"]](
    "callers of governed services",
    "A name and the message that notes who called since it was noted last, of a view that has the figures of a node",
)
PREPARED: Final = Supply[Callable[[], None]](
    "what is worked out once", "A node has it done beside its start, so that nobody who asks first pays for it"
)
REGISTERED_KEYS: Final = Supply[Callable[[Any], "tuple[RegisteredKey, ...]"]](
    "keys of traders' programs", "Whom doors let in beside the register of clients, of a view of the Union's"
)
DELEGATIONS: Final = Need(
    "register of delegations", "Says, at each act of a person for another, whether a delegation holds",
    asks=("principal", "delegate", "person"), gives=("holds", "operations", "cases", "whole"),
)  # fmt: skip

# --- services on the bus, architecture --------------------------------------------------------------------------------

SERVICES: Final = Need(
    "registry of services",
    "Pages through the services on the bus",
    asks=("after", "limit"),
    gives=("services", "after"),
)
SERVICE: Final = Need(
    "entry of a service", "Shows a version of a service on the bus", asks=("service", "version"),
    gives=("service", "version", "title", "level", "seconds", "state", "operations", "providers", "consumers"),
)  # fmt: skip
CALL: Final = Need(
    "call of a service", "Takes a call on the bus",
    asks=("service", "version", "operation", "wait", "provider", "form", "body"), query=False,
)  # fmt: skip
REPLY: Final = Need(
    "reply of a provider", "Takes what a provider of a service answers", asks=("reference", "refused", "form", "body"),
    query=False,
)  # fmt: skip
EXCHANGE: Final = Need(
    "exchange on the bus", "Tells how a call ended", asks=("reference",),
    gives=("reference", "stage", "answer", "service", "successor", "deprecated", "sunset", "seconds", "wait"),
)  # fmt: skip
ENDPOINT: Final = Need(
    "endpoint of a provider", "Says where a lane of the bus leads now", asks=("key",), gives=("address", "networks")
)
PAGES_OF_ARCHITECTURE: Final = Need("page of the architecture", "Whoever may ask it sees the landscape on his desk")
NODES: Final = Need("nodes that are there", "Hears that a node is there, and tells which others are", asks=("here",),
                    gives=("nodes", "gone_after"))  # fmt: skip
INTERFACES: Final = Need("interfaces that live", "What the landscape shows of them", gives=("since", "lines"))
TELEMETRY: Final = Need("telemetry of systems", "Takes what systems of administrations measure",
                        asks=("signal", "items"), gives=("taken",))  # fmt: skip
SYSTEMS: Final = Need("systems that administrations declared", "What the landscape shows of them", asks=("after",),
                      gives=("systems", "after"))  # fmt: skip
DECLARE_SYSTEMS: Final = Need("declaring systems", "Takes over what an administration signed of its systems",
                              asks=("statement",), gives=("administration", "number"), query=False)  # fmt: skip

# --- what traders fill in and send ------------------------------------------------------------------------------------

SAVE_DRAFT: Final = Need(
    "saving a draft", "Keeps what a trader fills in on pages",
    asks=("name", "operation", "turn", "content", "reference", "case", "country", "sent", "mends"), query=False,
)  # fmt: skip
DRAFTS_KEPT: Final = Supply[Callable[[Any, str, int], int]](
    "number of drafts", "How many a party has, of a view, counted up to a number"
)
CHANGE_DRAFT: Final = Need(
    "changing a draft", "Keeps what is otherwise than it was saved last", asks=("name", "turn", "changes", "reference"),
    query=False,
)  # fmt: skip
DISCARD_DRAFT: Final = Need("throwing a draft away", "Forgets what a trader began", asks=("name", "turn"), query=False)
ATTACH_TO_DRAFT: Final = Need("adding a file to a draft", "Keeps which files go with what is sent",
                              asks=("name", "turn"), query=False)  # fmt: skip
DETACH_FROM_DRAFT: Final = Need("taking a file out of a draft", "Forgets it", asks=("name", "turn", "file"),
                                query=False)  # fmt: skip
DRAFT: Final = Need(
    "a draft", "Shows what a trader filled in so far", asks=("name",),
    gives=("name", "operation", "reference", "turn", "saved_at", "case", "country", "sent", "content", "mends"),
)  # fmt: skip
DRAFTS: Final = Need("list of drafts", "Lists what a trader began", asks=("after",), gives=("drafts", "after"))
KEEP_LIST: Final = Need("keeping a list", "Keeps what a person wants to find again",
                        asks=("keeper", "path", "query", "name"), query=False)  # fmt: skip
FORGET_LIST: Final = Need("forgetting a list", "Forgets it", asks=("keeper", "path", "name"), query=False)
LISTS: Final = Need("lists that one kept", "Tells a person what he has kept", asks=("keeper", "path"), gives=("lists",))
PREFER: Final = Need("choosing how pages are", "Keeps what a person chose",
                     asks=("keeper", "hidden", "language", "dense"), query=False)  # fmt: skip
PREFERENCES: Final = Need("what one chose for pages", "Tells a person what he chose", asks=("keeper",),
                          gives=("hidden", "language", "dense"))  # fmt: skip
READ: Final = Need("marking as read", "Keeps up to when a party read in a case", asks=("keeper", "case", "at"),
                   query=False)  # fmt: skip
WHAT_IS_READ: Final = Need("what is read", "Tells up to when a party read in cases", asks=("keeper", "cases"),
                           gives=("lines",))  # fmt: skip
CASE_FILE: Final = Need(
    "case file", "Shows where a case stands to whom it concerns", asks=("reference", "country"),
    gives=("line", "administration", "messages"),
)  # fmt: skip
SHOW_FOR: Final = Need(
    "case file for a person", "Shows a case to its party at another node, of whom UUM&DS states that he asks",
    asks=("reference", "country", "statement"), gives=("as_of", "by_law", "file"),
)  # fmt: skip
LIVE: Final = Need(
    "live part of a case", "Tells what the keeper of a case says of it now", asks=("reference", "country", "statement"),
    gives=("known", "asks", "shown"),
)  # fmt: skip
NOTE_SHOWN: Final = Need(
    "note that a case was shown", "Writes down to whom a case was shown for another node",
    asks=("country", "case", "to", "statement", "asked"), query=False,
)  # fmt: skip
CASES: Final = Need(
    "list of cases", "Lists the cases in which a limit runs", asks=("country", "limit", "ends_before"),
    gives=("cases", "after"),
)  # fmt: skip
MESSAGES: Final = Need(
    "list of messages", "Lists what was asked and answered in cases", asks=("country", "limit", "type", "direction"),
    gives=("messages", "after"),
)  # fmt: skip
MESSAGE_EVIDENCE: Final = Need(
    "evidence of a message", "Proves a message of a case to whom it concerns", asks=("reference", "country", "leaf"),
    gives=("name", "pack"),
)  # fmt: skip
CASE_MESSAGE: Final = Need(
    "message of a case", "Shows what was said, to begin anew with it", asks=("reference", "country", "leaf"),
    gives=("xml", "text"),
)  # fmt: skip
ROLL_OUT: Final = Need(
    "roll-out", "Says which steps administrations plan, for the page that shows the fact", gives=("lines",)
)
LIBRARY: Final = Need(
    "library", "Tells of initiatives and their results, for the catalogue of it", gives=("initiatives",)
)
