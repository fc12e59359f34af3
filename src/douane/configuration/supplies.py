"""The functions that applications supply to the platform (``model.needs``), found where their services declare them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from douane.model import discovery
from douane.model.needs import CALLERS, OVERDUE, PREPARED, F, Supply
from douane.runtime.store.queries import View
from douane.runtime.turns.pools import Purpose, beside
from douane.vocabulary.errors import DeclarationFault

PLACES = ("contract", "records", "handlers")
"""The modules of an application in which its supplies stand."""


def supply_of(supply: Supply[F]) -> F | None:
    """The function that an installed service supplies; None where none does. Raises DeclarationFault."""
    found: F | None = _supplied(supply)[1]
    return found


def overdue(view: View) -> Iterator[tuple[str, Any]]:
    """What nobody may keep any longer, of a view of the Union's; nothing where no service says so."""
    load = supply_of(OVERDUE)
    return load(view) if load is not None else iter(())


def callers(view: View) -> Iterator[tuple[str, Any]]:
    """Who called governed services since that was noted last, of a view that has the figures of a node; nothing where
    no service governs any."""
    load = supply_of(CALLERS)
    return load(view) if load is not None else iter(())


async def work_ahead() -> None:
    """Have worked out what is worked out once, in a thread: nobody waits for it, and nobody is charged for it."""
    work = supply_of(PREPARED)
    if work is not None:
        await beside(Purpose.UPKEEP, work)


def supplier_of(supply: Supply[Any]) -> str:
    """The service that supplies it; empty where none does."""
    return _supplied(supply)[0]


@functools.cache
def _supplied(supply: Supply[Any]) -> tuple[str, Any]:
    declared = _declared(tuple(discovery.applications())).get(supply, ())
    if not declared:
        return "", None
    if len(declared) > 1:
        names = " and ".join(name for _, name in declared)
        raise DeclarationFault(f"{names} both supply {supply.name}.", remedy="Install one of them.")
    application, service = declared[0]
    found = list(_bound(application, supply))
    if len(found) != 1:
        text = f"{service} declares that it supplies {supply.name}, and {len(found)} of its functions do."
        raise DeclarationFault(text, remedy=f"Bind one with @supplied in {', '.join(PLACES)}.")
    return service, found[0]


@functools.cache
def _declared(applications: tuple[str, ...]) -> Mapping[Supply[Any], Sequence[tuple[str, str]]]:
    """Which services of which applications declare each supply."""
    found: dict[Supply[Any], list[tuple[str, str]]] = {}
    for application in applications:
        for service in discovery.services([application]):
            for supply in service.supplies:
                found.setdefault(supply, []).append((application, service.name))
    return found


def _bound(application: str, supply: Supply[Any]) -> Iterator[Any]:
    """The functions of an application that are bound to a supply, each where it is defined."""
    for place in PLACES:
        for module in discovery.modules(application, place):
            for value in vars(module).values():
                bound = getattr(value, "__dict__", {}).get("__supplies__")
                if bound == supply and getattr(value, "__module__", "") == module.__name__:
                    yield value


def must_be_declared() -> None:
    """Raises DeclarationFault where a declared supply has no function, or two services have the same one."""
    for service in discovery.services():
        for supply in service.supplies:
            _supplied(supply)
