"""A replica that is pushed to: it takes what follows on what it has, says how far it is, and stops at what it cannot
believe, as one that reads.

What comes a second time, or late behind what came after it, is signed, too, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from douane.central_repository.pushed import Answered, Pushed, Reached
from douane.central_repository.replica.answers import Believing, Page, View
from douane.central_repository.replica.replica import Replica
from douane.standards.replication.statement import SignedState
from douane.vocabulary.errors import FeedBroken, NotFound, NotWellFormed


class Receiving:
    """Takes what is pushed for the views of a replica. broken: what stopped it; from then on it takes nothing."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._views = {(each.data_set, each.view): Believing(replica.key, each) for each in replica.views}
        self._told: dict[View, int] = {}
        self.broken: FeedBroken | None = None
        self.changed = 0

    def take(self, pushed: Pushed) -> Answered:
        """How far the replica is with this view, now.

        Raises FeedBroken where it stops, or has stopped; NotFound for a view that is not kept here; and NotWellFormed.
        """
        if self.broken is not None:
            raise self.broken
        believing = self._views.get((pushed.data_set, pushed.view))
        if believing is None:
            raise NotFound(f"This replica keeps no {pushed.data_set} ({pushed.view}).",
                           remedy="Name it in its settings, or end the feed.")  # fmt: skip
        try:
            return Answered(tuple(self._taken(believing, pushed)))
        except FeedBroken as problem:
            self.broken = problem
            raise

    def _taken(self, believing: Believing, pushed: Pushed) -> Iterator[Reached]:
        match pushed.order:
            case "state":
                said = believing.state_in(pushed.note)
                self._state(believing, said)
                sources = [each.source for each in said.held]
            case "snapshot" | "changes":
                self._page(believing, pushed)
                sources = [pushed.source]
            case _:
                raise NotWellFormed(f"There is no order {pushed.order[:20]}.")
        return (self._reached(believing.view, each) for each in sources)

    def _reached(self, view: View, source: int) -> Reached:
        cursor = self._replica.cursor(view, source)
        if cursor.snapshot is not None:
            return Reached(source, "snapshot", cursor.snapshot.hex())
        return Reached(source, "changes", str(cursor.after))

    def _state(self, believing: Believing, said: SignedState) -> None:
        """Where the replica is where the centre was, it must hold what the centre held."""
        if said.at < self._told.get(believing.view, 0):
            return  # it was on its way for longer than what came since
        self._told[believing.view] = said.at
        for held in said.held:
            cursor = self._replica.cursor(believing.view, held.source)
            if cursor.snapshot is None and cursor.after > held.position:
                why = f"it was at {cursor.after} before, so it went back"
                raise believing.broken(held.source, held.position, why)
            if cursor.snapshot is None:
                self._replica.meets(believing, held, said.at)

    def _page(self, believing: Believing, pushed: Pushed) -> None:
        view, source, here = believing.view, pushed.source, self._reached(believing.view, pushed.source)
        place = self._replica.cursor(view, source).after
        try:
            page = msgspec.convert(pushed, Page, from_attributes=True)
        except msgspec.ValidationError as problem:
            raise NotWellFormed(f"This is no page: {problem}") from None
        signed = believing.signed(page, source, pushed.order, place)
        self._told[view] = max(self._told.get(view, 0), signed.at)
        if _was_taken(here, pushed.order, signed.after):
            return
        if (pushed.order, signed.after) != (here.order, here.after):
            raise believing.broken(
                source, place, f"what follows it is left out, up to {signed.after or 'its beginning'}"
            )
        believing.page_in(page, source, pushed.order, here.after)
        taking = self._replica.take_snapshot if pushed.order == "snapshot" else self._replica.take_changes
        if pushed.order == "changes" and page.upto <= place:
            raise believing.broken(source, place, "it says that there is more, and tells nothing")
        self.changed += taking(view, source, page)


def _was_taken(here: Reached, order: str, after: str) -> bool:
    """Whether a page begins before what is here; identities have one length, so they compare as they stand."""
    if order == "snapshot":
        return here.order == "changes" or after < here.after
    return here.order == "changes" and int(after) < int(here.after)
