"""What is kept of a draft."""

from __future__ import annotations

from douane.applications.drafts.contract import OWNER, DraftLine, DraftSaved
from douane.model.parties import Members, trader
from douane.runtime.store.records import Case, Value, record


def parties_of(kept: Draft) -> Members:
    """Whose it is."""
    return ((trader(kept.owner), OWNER),)


@record(
    190, case=Case(parties_of),
    indexes={"by_owner": ("owner", "saved_at"), "by_case": ("owner", "case", "saved_at")},
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


def draft_of(m: DraftSaved, *, owner: str, by: str, turn: int, at: int) -> Draft:
    """What is kept of what was saved."""
    return Draft(owner, m.name, m.operation, m.reference, m.content, turn, at, by, m.case, m.country, m.sent, m.mends)


def line_of(kept: Draft) -> DraftLine:
    """A draft as a list shows it."""
    return DraftLine(
        name=kept.name, operation=kept.operation, reference=kept.reference, turn=kept.turn, saved_at=kept.saved_at,
        saved_by=kept.saved_by, case=kept.case, country=kept.country, sent=kept.sent, mends=kept.mends,
    )  # fmt: skip
