"""What goes to the address of a replica, and what it answers; docs/replication.md says it for other implementations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Source = Annotated[int, Meta(ge=0, le=1023)]
After = Annotated[str, Meta(pattern=r"\A[0-9a-f]{0,64}\Z")]


class Pushed(msgspec.Struct, frozen=True):
    """A state, or a page of a snapshot or of changes, with what the centre signed of it.

    order: ``state``, ``snapshot`` or ``changes``. after: behind which the page begins: an identity in hexadecimal
    digits, or a position. entries: as ``final_data.changes`` answers them.
    """

    data_set: str
    view: str
    order: str
    note: str
    source: Source = 0
    after: After = ""
    entries: Sequence[Any] = ()
    upto: int = 0
    more: bool = False


class Reached(msgspec.Struct, frozen=True):
    """From where a source is to be read on: by which order, behind what."""

    source: Source
    order: Literal["snapshot", "changes"] = "snapshot"
    after: After = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a place that is none: a position is a number, an identity has 64 digits."""
        if not (self.after.isdecimal() if self.order == "changes" else len(self.after) in (0, 64)):
            raise ValueError(f"{self.after!r} is no place among {self.order}.")

    def is_beyond(self, other: Reached) -> bool:
        """Whether it lies behind another place; identities have one length, so they compare as they stand."""
        if self.order != other.order:
            return self.order == "changes"
        return self.after > other.after if self.order == "snapshot" else int(self.after) > int(other.after)


class Answered(msgspec.Struct, frozen=True):
    """How far a replica is with the sources of the view."""

    reached: tuple[Reached, ...]
