"""What a store holds that this release, or these settings, could not go on from: looked at read-only.

A check that a release needs goes into ``CHECKS``: a function of the settings and the opened store, with its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import supply_of
from douane.examination.starting.cases import without_parties
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.model.needs import STORED_LISTS, UNFIT
from douane.model.parties import MEMBER_STATES
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.store import keys
from douane.runtime.store.ports import Reader
from douane.runtime.store.queries import View
from douane.vocabulary.code_lists import OFFICES
from douane.vocabulary.errors import NotFound, Overloaded, StoreUnavailable

MOST_PARTITIONS = 1_024


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """One thing that is looked at in a store. The node that owns it may be running."""

    id: str
    look: Callable[[NodeSettings, Reader], Iterable[Said]]


def partitions(settings: NodeSettings, reader: Reader) -> Iterator[Said]:
    """The number of partitions may grow, never shrink: whose owner is recorded is there."""
    named = settings.partitions
    for partition in range(named, min(MOST_PARTITIONS, named + 64)):
        if reader.read([keys.space(keys.OWNER, partition)])[0] is not None:
            yield fault(f"The store has a partition {partition}; the settings name {named}.",
                        "Set partitions to at least the number it had before.")  # fmt: skip
            return


def additions(settings: NodeSettings, reader: Reader) -> Iterator[Said]:
    """What administrations added to common procedures stands at something that this release has."""
    unfit = supply_of(UNFIT)
    for administration in sorted(MEMBER_STATES) if unfit is not None else ():
        view = View(reader, administration, SystemClock().now(), code_lists().look,
                    partitions=range(settings.partitions))  # fmt: skip
        try:
            for text, remedy in unfit(view) if unfit is not None else ():
                yield fault(text, remedy)
        except Overloaded:  # its index is being built: nothing was kept before this release
            return


def offices(settings: NodeSettings, reader: Reader) -> Iterator[Said]:
    """Whether the list of customs offices is more than the selection that comes with the product."""
    stored = supply_of(STORED_LISTS)
    if settings.development or stored is None:
        return
    view = View(reader, UNION, SystemClock().now(), code_lists().look, partitions=range(settings.partitions))
    if OFFICES not in stored(view):
        yield warning(
            f"{OFFICES} is the selection of {len(code_lists()[OFFICES])} customs offices that comes with the product; "
            "messages that name another office are refused.",
            "Import the published list: douane reference import FILE.",
        )


CHECKS: tuple[StoreCheck, ...] = (
    StoreCheck("store.partitions", partitions), StoreCheck("store.cases", without_parties),
    StoreCheck("store.additions", additions), StoreCheck("store.offices", offices),
)  # fmt: skip


def opened(settings: NodeSettings) -> Reader | None:
    """What is committed in the store of a node; None where there is none yet. Raises what the backend raises."""
    address = settings.store_address
    if not settings.has_core or address.startswith("memory:"):
        return None
    if address.startswith(("sqlite:", "files:")) and not Path(address.partition(":")[2]).exists():
        return None
    try:
        return discovery.open_reader(address)
    except (NotFound, StoreUnavailable):  # one without the schema; one that does not answer is told by reach.database
        return None


def over(reader: Reader, checks: Sequence[StoreCheck] = CHECKS) -> tuple[Check, ...]:
    """The checks of a store that is open; those of a start, or also others."""

    def bound(check: StoreCheck) -> Check:
        return Check(check.id, lambda settings: check.look(settings, reader))

    return tuple(bound(each) for each in checks)
