"""Putting what is declared together: services, handlers, rules and screens; and the store behind an address."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import douane.backends
from douane.model import discovery
from douane.model.declare import Service
from douane.model.rules import RuleBook
from douane.pages.modules import Module
from douane.pages.screens import Act, Screen
from douane.reference_architecture.installed import (
    behaviour,
    data_items,
    declared_limits,
    declared_rules,
    installed_model,
    limit_uses,
)
from douane.runtime.store.ports import Reader, SharedStore
from douane.vocabulary.errors import DeclarationFault, NotFound

__all__ = [
    "acts",
    "behaviour",
    "data_items",
    "declared_limits",
    "foreign_screens",
    "installed_model",
    "limit_uses",
    "must_be_store",
    "open_reader",
    "open_store",
    "portal_modules",
    "prepare_store",
    "reading",
    "rule_book",
    "rule_texts",
    "screens",
    "services",
]  # fmt: skip


def services() -> list[Service]:
    """Every declared service."""
    return discovery.services()


def rule_texts() -> dict[str, str]:
    """What each business rule demands, by its official id: the remedy of its violation, as first declared."""
    found: dict[str, str] = {}
    for rule in (each for application in discovery.applications() for each in declared_rules(application)):
        found.setdefault(rule.id, rule.text)
    return found


def rule_book() -> RuleBook:
    """Every business rule of every application, by message type."""
    return RuleBook(rule for application in discovery.applications() for rule in declared_rules(application))


def screens() -> list[Screen]:
    """Every page over a query that an application offers, by its ``SCREENS``."""
    found = (m for application in discovery.applications() for m in discovery.modules(application, "screens"))
    return [screen for module in found for screen in getattr(module, "SCREENS", ())]


def foreign_screens() -> list[Screen]:
    """The screens of applications of other distributions, which nobody has judged before they are installed."""
    foreign = (each for each in discovery.applications() if not each.startswith(f"{discovery.APPLICATIONS}."))
    found = (m for application in foreign for m in discovery.modules(application, "screens"))
    return [screen for module in found for screen in getattr(module, "SCREENS", ())]


def acts() -> list[Act]:
    """Every form over a command that an application offers, by its ``ACTS``."""
    found = (m for application in discovery.applications() for m in discovery.modules(application, "screens"))
    return [act for module in found for act in getattr(module, "ACTS", ())]


def portal_modules() -> list[Module]:
    """What each application brings to the traders' portal, by its ``MODULE``."""
    found = (m for application in discovery.applications() for m in discovery.modules(application, "screens"))
    return [module.MODULE for module in found if hasattr(module, "MODULE")]


def open_store(address: str) -> SharedStore:
    """The store behind an address, by its scheme."""
    must_be_store(address)
    store: SharedStore = _backend(address).open_store(address)
    return store


def must_be_store(address: str) -> None:
    """Raises DeclarationFault where the scheme of an address is that of no store."""
    if not hasattr(_backend(address), "open_store"):
        raise _no_store(address)


def prepare_store(address: str, *, contract: bool = False, roles: bool = False) -> list[str]:
    """Bring a database up to date before nodes start with it; what was done. Stores in files see to it themselves."""
    prepare = getattr(_backend(address), "prepare", None)
    if prepare is None:
        raise NotFound(
            f"A store of {_kind(address.partition(':')[0])} needs no preparation.", remedy="Start a node with it."
        )
    done: list[str] = prepare(address, contract=contract, roles=roles)
    return done


def open_reader(address: str) -> Reader:
    """What is committed in the store behind an address, to look at only; the node that owns it may be running."""
    backend = _backend(address)
    opener = getattr(backend, "open_reader", None)
    if opener is None:
        raise NotFound(
            f"A store of {_kind(address.partition(':')[0])} lives in its own process only.",
            remedy="Name a store on disk: --data DIR.",
        )
    reader: Reader = opener(address)
    return reader


@contextlib.contextmanager
def reading(address: str) -> Iterator[Reader]:
    """The same for as long as a block lasts: a reader that is left open holds its snapshot, and a connection."""
    reader = open_reader(address)
    try:
        yield reader
    finally:
        close = getattr(reader, "close", None)
        if close is not None:
            close()


def _kind(scheme: str) -> str:
    """A scheme for people. Never the address: it may hold a password, and what is printed is kept in logs."""
    return f"{scheme[:20]!r}"


def _backend(address: str) -> ModuleType:
    """The backend whose folder is named like the scheme; no other is imported, since drivers take time to load."""
    scheme = address.partition(":")[0]
    if scheme not in (found.name for found in pkgutil.iter_modules(douane.backends.__path__)):
        raise _no_store(address)
    return importlib.import_module(f"douane.backends.{scheme}.backend")


def _no_store(address: str) -> DeclarationFault:
    names = [found.name for found in pkgutil.iter_modules(douane.backends.__path__)]
    stores = [n for n in names if hasattr(importlib.import_module(f"douane.backends.{n}.backend"), "open_store")]
    text = f"There is no store for {_kind(address.partition(':')[0])}."
    return DeclarationFault(text, remedy=f"Known are: {', '.join(stores)}.")
