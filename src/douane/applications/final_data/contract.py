"""Final data: snapshot, changes, ranges, signed state and look-up, of each view for its recipients alone.

The same questions for every data set. What a data set is, on which ground it is passed on and to whom, the record type
declares from which it is made (``runtime.store.final``); here stands how it is asked for.
"""

from __future__ import annotations

from douane.applications.final_data.messages import (
    DataSets,
    DataSetsQuestion,
    FeedKept,
    FeedNotKept,
    Feeds,
    FeedsQuestion,
    FeedWanted,
    FinalChangesQuestion,
    FinalEntries,
    FinalEntriesQuestion,
    FinalFound,
    FinalLookUp,
    FinalLookUpFor,
    FinalPage,
    FinalRanges,
    FinalRangesQuestion,
    FinalSnapshotQuestion,
    FinalState,
    FinalStateQuestion,
    PublishedPage,
    PublishedQuestion,
    PublishedState,
    PublishedStateQuestion,
)
from douane.author import (
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Known,
    Law,
    Level,
    Members,
    OfCase,
    Party,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import FEEDS, LOOK_UP, LOOK_UP_FOR

MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Keeps a replica, and looks entries up")
OFFICER = Actor("", ActorKind.OFFICER, "Looks an entry up")
COMMISSION = Actor("", ActorKind.COMMISSION, "Keeps a replica, and looks entries up")
CENTRAL_NODE = Actor("central node", ActorKind.COMMISSION, "Asks who keeps an entry, for somebody who asks the centre")
TRADER = Actor("", ActorKind.TRADER, "Reads what is published")
THIRD_COUNTRY = Actor("", ActorKind.THIRD_COUNTRY, "Reads what is published")
PUBLIC = Actor("", ActorKind.PUBLIC, "Reads what is published without an identity")
ADMINISTRATIONS = (MEMBER_STATE, COMMISSION)
EVERYBODY = (MEMBER_STATE, OFFICER, COMMISSION, TRADER, THIRD_COUNTRY, PUBLIC)
"""Which view of which data set is for whom, the data set says; whoever is no recipient is told that there is none."""


FOLLOWING = CaseRole("following administration", "To whose replica views of final data are pushed")


def union(_message: object) -> str:
    """Final data is the Union's: one place holds what all administrations deliver to it."""
    return "EU"


def own_feed(message: FeedWanted) -> tuple[Party, ...]:
    """Nobody has another administration's data pushed anywhere."""
    return (administration(message.follower),)


def of_follower(message: FeedWanted, _caller: Caller) -> tuple[str, str]:
    """The case of what is pushed to an administration."""
    return "feeds of final data", message.follower


def _following(message: FeedWanted, _caller: Caller) -> Members:
    return ((administration(message.follower), FOLLOWING),)


def not_told(_question: FinalLookUp | FinalLookUpFor, what: Known) -> FinalFound:
    """The answer to a look-up where whoever keeps the entry cannot be asked."""
    return FinalFound(known=what)


@service(
    "final_data",
    title="Final data",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("replicas of Gold services are kept current by it"),
    legal=("UCC art. 6(1)", "UCC art. 16(1)"),
    administration=union,
    realises=("reference data management",),
    supplies=(FEEDS,),
)
class FinalData:
    """The central repository: final data kept once, read by replicas, each proven equal to what is held here."""

    @query(DataSetsQuestion, DataSets, task="FIN-ASK-01", who=Who(by=EVERYBODY), law=Law(requirements=("REQ-FIN-001",)))
    def data_sets(self) -> None:
        """Ask which data sets there are, on which ground, for how long, and which views one may have."""

    @query(
        FinalLookUp,
        FinalFound,
        task="FIN-ASK-01",
        who=Who(by=(*ADMINISTRATIONS, OFFICER)),
        law=Law(requirements=("REQ-FIN-001", "REQ-FIN-005")),
        fills=LOOK_UP,
        not_known=not_told,
    )
    def look_up(self) -> None:
        """Look an entry up by its key, wherever in the Union it is kept."""

    @query(
        FinalLookUpFor,
        FinalFound,
        task="FIN-ASK-01",
        who=Who(by=(CENTRAL_NODE,)),
        law=Law(requirements=("REQ-FIN-005",)),
        fills=LOOK_UP_FOR,
        not_known=not_told,
    )
    def look_up_for(self) -> None:
        """Answer a centre what is kept here of a data set that administrations keep, for whom the view is open."""

    @query(
        FinalSnapshotQuestion,
        FinalPage,
        task="FIN-REP-01",
        who=Who(by=ADMINISTRATIONS),
        law=Law(requirements=("REQ-FIN-002",)),
    )
    def snapshot(self) -> None:
        """Read everything that a view holds, in signed pages; changes are then read from where it began."""

    @query(
        FinalChangesQuestion,
        FinalPage,
        task="FIN-REP-01",
        who=Who(by=ADMINISTRATIONS),
        law=Law(requirements=("REQ-FIN-002",)),
    )
    def changes(self) -> None:
        """Read what changed after a position, in signed pages: each entry once, as it is now, and tombstones."""

    @command(
        FeedWanted,
        replies=(FeedKept, FeedNotKept),
        task="FIN-REP-01",
        who=Who(by=ADMINISTRATIONS, roles=(FOLLOWING,), senders=own_feed),
        law=Law(requirements=("REQ-FIN-004",)),
        case=OfCase(opens=of_follower, about=of_follower, parties=_following),
    )
    def follow(self) -> None:
        """Have a view pushed to the own replica, page by page in order, or no more."""

    @query(FeedsQuestion, Feeds, task="FIN-REP-01", who=Who(by=ADMINISTRATIONS), law=Law(requirements=("REQ-FIN-004",)))
    def followed(self) -> None:
        """Ask which views are pushed to the own replica, and where."""

    @query(
        FinalStateQuestion,
        FinalState,
        task="FIN-PRO-01",
        who=Who(by=ADMINISTRATIONS),
        law=Law(requirements=("REQ-FIN-003",)),
    )
    def state(self) -> None:
        """Ask how far a view is, and have the root of a replica compared and signed."""

    @query(
        FinalRangesQuestion,
        FinalRanges,
        task="FIN-PRO-01",
        who=Who(by=ADMINISTRATIONS),
        law=Law(requirements=("REQ-FIN-003",)),
    )
    def ranges(self) -> None:
        """Ask what ranges hold, to find what differs."""

    @query(
        FinalEntriesQuestion,
        FinalEntries,
        task="FIN-PRO-01",
        who=Who(by=ADMINISTRATIONS),
        law=Law(requirements=("REQ-FIN-003",)),
    )
    def entries(self) -> None:
        """Ask which entries have these identities, to name what differs."""

    @query(
        PublishedQuestion,
        PublishedPage,
        task="FIN-REP-01",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-FIN-001",)),
    )
    def published(self) -> None:
        """Read what is published of a data set after a position, in signed pages."""

    @query(
        PublishedStateQuestion,
        PublishedState,
        task="FIN-PRO-01",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-FIN-003",)),
    )
    def published_state(self) -> None:
        """Ask for the signed root of what is published of a data set."""


_SUITE = "tests/contracts/test_final_data.py"
_PUSHED = "tests/contracts/test_pushed_feed.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("final data", 2, "Final data and its replicas", "common foundations", ("reference data management",)),
    Task("FIN-ASK-01", "Look final data up", "final data"),
    Task("FIN-REP-01", "Keep a replica of final data current", "final data"),
    Task("FIN-PRO-01", "Prove that a replica is equal", "final data"),
    Requirement(
        "REQ-FIN-001", "Everybody gets of final data what the law gives to him, and learns of nothing else.",
        ("tests/journeys/test_final_data.py",), ("UCC art. 12", "IA art. 7"),
    ),
    Requirement(
        "REQ-FIN-002", "A replica has everything that it may have, in order, and nothing that was deleted.",
        ("tests/journeys/test_final_data.py", _SUITE),
    ),
    Requirement(
        "REQ-FIN-003", "A replica is proven equal to the centre by a signature, or its differing keys are named.",
        ("tests/journeys/test_final_data.py", _SUITE),
    ),
    Requirement(
        "REQ-FIN-005", "Who looks an entry up is answered from where it is kept, or told that this cannot be asked; he "
        "is never told that there is none by who does not keep it.", ("tests/journeys/test_kept_elsewhere.py",),
    ),
    Requirement(
        "REQ-FIN-004", "Who chooses it has a feed pushed; a replica that is slow or away slows no other.", (_PUSHED,),
    ),
)  # fmt: skip
"""Where final data stands in the Reference Architecture."""
