"""Finding what is declared: scans the applications and outside packages; there is no list to extend."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from types import ModuleType

from douane.model.declare import Service
from douane.vocabulary.errors import DeclarationFault

APPLICATIONS = "douane.applications"
ENTRY_POINTS = "douane.applications"


def applications() -> list[str]:
    """Package names of every application: ours, then those that other distributions announce."""
    room = importlib.import_module(APPLICATIONS)
    ours = [f"{APPLICATIONS}.{m.name}" for m in pkgutil.iter_modules(room.__path__) if m.ispkg]
    return sorted(ours) + sorted(e.value for e in entry_points(group=ENTRY_POINTS))


def modules(application: str, name: str) -> Iterator[ModuleType]:
    """The module ``name`` of an application and, where it is a package, every module in it; none if it is absent."""
    full = f"{application}.{name}"
    try:
        module = importlib.import_module(full)
    except ModuleNotFoundError as problem:
        if problem.name == full:
            return
        raise DeclarationFault(f"{full} cannot be imported: {problem}.") from problem
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield importlib.import_module(f"{full}.{found.name}")


def services(names: list[str] | None = None) -> list[Service]:
    """Every declared service, in the order of applications and declarations."""
    found = []
    for application in names if names is not None else applications():
        for module in modules(application, "contract"):
            for value in vars(module).values():
                service = getattr(value, "__service__", None)
                if isinstance(service, Service) and value.__module__ == module.__name__:
                    found.append(service)
    return found
