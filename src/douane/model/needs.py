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
from typing import IO, Any, Final, Generic, Protocol, TypeVar

from douane.vocabulary.code_lists import CodeList, CodeLists
from douane.vocabulary.errors import DeclarationFault
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


Lists = Mapping[str, Callable[[], CodeList]]
"""Code lists by number, each read at its first use."""
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
CASE_BEGAN: Final = Need(
    "case that began", "Tells the centre that a case began here", asks=("node", "administration", "kind", "value"),
    query=False,
)  # fmt: skip
FIGURES: Final = Need(
    "figures of a month", "Compares what an administration reported with what was counted",
    asks=("country", "year", "month"), gives=("country", "reported", "counted", "differences", "warnings"),
)  # fmt: skip

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
SYSTEMS: Final = Need("systems that administrations declared", "What the landscape shows of them", asks=("after",),
                      gives=("systems", "after"))  # fmt: skip
DECLARE_SYSTEMS: Final = Need("declaring systems", "Takes over what an administration signed of its systems",
                              asks=("statement",), gives=("administration", "number"), query=False)  # fmt: skip

# --- what traders fill in and send ------------------------------------------------------------------------------------

SAVE_DRAFT: Final = Need(
    "saving a draft", "Keeps what a trader fills in on pages",
    asks=("name", "operation", "turn", "content", "reference", "case", "country", "sent", "mends"), query=False,
)  # fmt: skip
CHANGE_DRAFT: Final = Need(
    "changing a draft", "Keeps what is otherwise than it was saved last", asks=("name", "turn", "changes", "reference"),
    query=False,
)  # fmt: skip
DISCARD_DRAFT: Final = Need("throwing a draft away", "Forgets what a trader began", asks=("name", "turn"), query=False)
DRAFT: Final = Need(
    "a draft", "Shows what a trader filled in so far", asks=("name",),
    gives=("name", "operation", "reference", "turn", "saved_at", "case", "country", "sent", "content", "mends"),
)  # fmt: skip
DRAFTS: Final = Need("list of drafts", "Lists what a trader began", asks=("after",), gives=("drafts", "after"))
KEEP_LIST: Final = Need("keeping a list", "Keeps what a person wants to find again",
                        asks=("keeper", "path", "query", "name"), query=False)  # fmt: skip
FORGET_LIST: Final = Need("forgetting a list", "Forgets it", asks=("keeper", "path", "name"), query=False)
LISTS: Final = Need("lists that one kept", "Tells a person what he has kept", asks=("keeper", "path"), gives=("lists",))
CASE_FILE: Final = Need(
    "case file", "Shows where a case stands to whom it concerns", asks=("reference", "country"),
    gives=("line", "administration", "messages"),
)  # fmt: skip
CASES: Final = Need(
    "list of cases", "Lists the cases in which a limit runs", asks=("country", "limit", "ends_before"),
    gives=("cases", "after"),
)  # fmt: skip
MESSAGES: Final = Need(
    "list of messages", "Lists what was asked and answered in cases", asks=("country", "limit", "type", "direction"),
    gives=("messages", "after"),
)  # fmt: skip
CASE_MESSAGE: Final = Need(
    "message of a case", "Shows what was said, to begin anew with it", asks=("reference", "country", "leaf"),
    gives=("xml", "text"),
)  # fmt: skip
ROLL_OUT: Final = Need(
    "roll-out", "Says which steps administrations plan, for the page that shows the fact", gives=("lines",)
)
