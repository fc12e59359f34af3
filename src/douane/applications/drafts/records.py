"""What is kept of a draft."""

from __future__ import annotations

from collections.abc import Iterator

from douane.applications.drafts.contract import OWNER, DraftLine, DraftSaved
from douane.applications.drafts.messages import DraftForgotten
from douane.applications.drafts.rules import kept_until
from douane.author import Members, trader
from douane.author.needs import DRAFTS_KEPT, OVERDUE, supplied
from douane.author.run import Case, Value, View, record


def parties_of(kept: Draft) -> Members:
    """Whose it is."""
    return ((trader(kept.owner), OWNER),)


class KeptFile(Value, frozen=True):
    """A file of a draft; its octets lie in the payload store, and the message that brought it refers to them."""

    name: str
    media: str
    digest: str
    size: int


@record(
    190, case=Case(parties_of),
    indexes={"by_owner": ("owner", "saved_at"), "by_case": ("owner", "case", "saved_at"), "by_age": ("saved_at",)},
)  # fmt: skip
class Draft(Value, frozen=True):
    """A draft as it was saved last. Times in microseconds since 1970."""

    owner: str
    name: str
    operation: str
    reference: str
    content: str
    turn: int
    saved_at: int
    saved_by: str
    case: str
    country: str
    sent: str
    mends: str = ""
    files: tuple[KeptFile, ...] = ()


@supplied(OVERDUE)
def overdue(view: View) -> Iterator[tuple[str, DraftForgotten]]:
    """Every draft that is over, the oldest first: nobody is told of it any more."""
    for _, each in view.every(Draft, "by_age"):
        if kept_until(each.saved_at) >= view.today():
            return
        yield f"draft {each.owner}/{each.name} {each.saved_at}", DraftForgotten(owner=each.owner, name=each.name)


@supplied(DRAFTS_KEPT)
def drafts_of(view: View, party: str, most: int) -> int:
    """How many drafts a party has, counted up to ``most``; those that are over count until they are removed."""
    return view.number(Draft, "by_owner", party, most=most)


def draft_of(m: DraftSaved, *, owner: str, by: str, turn: int, at: int) -> Draft:
    """What is kept of what was saved."""
    return Draft(owner, m.name, m.operation, m.reference, m.content, turn, at, by, m.case, m.country, m.sent, m.mends)


def line_of(kept: Draft) -> DraftLine:
    """A draft as a list shows it."""
    return DraftLine(
        name=kept.name, operation=kept.operation, reference=kept.reference, turn=kept.turn, saved_at=kept.saved_at,
        saved_by=kept.saved_by, case=kept.case, country=kept.country, sent=kept.sent, mends=kept.mends,
        kept_until=kept_until(kept.saved_at),
    )  # fmt: skip
