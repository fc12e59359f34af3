"""What is kept of final data beside the data itself: which views are pushed to whom, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from douane.applications.final_data.contract import FOLLOWING
from douane.author import Feed, Members, administration
from douane.author.needs import FEEDS, supplied
from douane.author.run import Case, Value, View, record


def following(kept: Followed) -> Members:
    """To whose replica it is pushed."""
    return ((administration(kept.follower), FOLLOWING),)


class Pushed(Value, frozen=True):
    """Where a view is pushed."""

    data_set: str
    view: str
    address: str


@record(290, indexes={"by_follower": ("follower",)}, case=Case(following))
class Followed(Value, frozen=True):
    """What is pushed to the replica of an administration; the case is the administration."""

    follower: str
    views: tuple[Pushed, ...]


def followed(view: View) -> Iterator[Followed]:
    """What is pushed, follower by follower."""
    return (each for _, each in view.every(Followed, "by_follower"))


@supplied(FEEDS)
def feeds(view: View) -> Sequence[Feed]:
    """Everything that is pushed."""
    return [
        Feed(kept.follower, each.data_set, each.view, each.address) for kept in followed(view) for each in kept.views
    ]
