"""What message types are called in a node: by their own name, and by that of their service where two have one name.

A type belongs to a service. Its bare name is unique within it; a node may hold services of many authors. Where one bare
name is that of several types, each is called by its qualified one (``manifests.Notice``), but for a type of a published
family, whose name is its root element. The qualified name of our own types is understood everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from douane.model.declare import Operation, Service
from douane.model.discovery import application_of
from douane.vocabulary.errors import DeclarationFault


class Names:
    """The names of the message types of some services. ``published``: whether a type is one of a family."""

    def __init__(self, services: Iterable[Service], published: Callable[[type], bool] = lambda _: False) -> None:
        self._owners = _owners(services)
        bare: dict[str, list[type]] = {}
        for message in self._owners:
            bare.setdefault(message.__name__, []).append(message)
        self._bare: Mapping[str, tuple[type, ...]] = {name: tuple(found) for name, found in bare.items()}
        self._called: dict[type, str] = {}
        self._qualified: dict[str, type] = {}
        for name, found in self._bare.items():
            of_family = [each for each in found if published(each)]
            for each in found:
                known = self._qualified.setdefault(f"{self._owners[each]}.{name}", each)
                if known is not each:
                    raise DeclarationFault(
                        f"Two message types of {self._owners[each]} are called {name}.", remedy="Rename one."
                    )
                alone = len(found) == 1 or of_family == [each]
                self._called[each] = name if alone else f"{self._owners[each]}.{name}"
        self._types = {name: message for message, name in self._called.items()}

    @property
    def types(self) -> Mapping[str, type]:
        """Every type by what it is called."""
        return self._types

    def of(self, message: type) -> str:
        """What a type is called; of one that no operation names, its bare name."""
        return self._called.get(message) or message.__name__

    def find(self, name: str, operation: Operation | None = None) -> type | None:
        """The type of a name, bare or qualified; None where it is none, or several are called so.

        operation: whose request or answer it is; of these a bare name is enough.
        """
        if operation is not None:
            own = (t for t in (operation.request, *operation.replies) if name in (t.__name__, self.of(t)))
            found = next(own, None)
            if found is not None:
                return found
        return self._types.get(name) or self._qualified.get(name)

    def called(self, bare: str) -> tuple[str, ...]:
        """What the types of a bare name are called."""
        return tuple(sorted(self.of(each) for each in self._bare.get(bare, ())))


def names_of(services: Iterable[Service]) -> Names:
    """The names of the types of services, those of their families by root elements."""
    known = tuple(services)
    families = dict.fromkeys(family for service in known for family in service.families)
    published = frozenset(each for family in families for each in family.types())
    return Names(known, published.__contains__)


def _owners(services: Iterable[Service]) -> dict[type, str]:
    """The service of each type: one of its own application that uses it, else the first that does."""
    users: dict[type, list[Service]] = {}
    for service in services:
        for operation in service.operations:
            for each in (operation.request, *operation.replies):
                users.setdefault(each, []).append(service)
    return {message: _owner(message, using).name for message, using in users.items()}


def _owner(message: type, using: list[Service]) -> Service:
    own = application_of(message.__module__)
    return next((each for each in using if application_of(each.declared_in) == own), using[0])
