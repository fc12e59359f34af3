"""Finds reader, writer and layout of a message type of a generated family, loading their modules when first asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

from msgspec import Struct

from douane.standards.ncts.binding.kinds import Kind
from douane.standards.ncts.binding.layout import Layout
from douane.standards.ncts.binding.runs import Starts
from douane.vocabulary.errors import Fault, UnknownMessageType

M = TypeVar("M", bound=Struct)


@dataclass(frozen=True, slots=True)
class Codec(Generic[M]):
    """What belongs to one message type. ``items``: the tag of its goods items, and how many it has at most."""

    struct: type[M]
    layout: Layout
    read: Callable[[str, Starts, int, str | None], tuple[M, int]]
    write: Callable[[M], str]
    items: tuple[str, int]


class Codecs(Generic[M]):
    """The codecs of a family. ``package``: its generated modules; ``title``: what people call it."""

    def __init__(self, package: str, title: str) -> None:
        self.package, self.title = package, title
        generated: Any = import_module(package)  # its tables; no message type is loaded by that
        self.messages: tuple[str, ...] = generated.MESSAGES
        self.names = frozenset(self.messages)
        self.phases: tuple[str, ...] = generated.PHASES
        self._known: dict[str, Codec[M]] = {}

    def codec(self, name: str) -> Codec[M]:
        """The codec of a message type. Raises UnknownMessageType."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._load(name)
        return known

    def _load(self, name: str) -> Codec[M]:
        if name not in self.names:
            raise unknown(name, f"Send one of the {len(self.names)} message types of {self.title}.")
        module = name.lower()
        structs, readers = import_module(f"{self.package}.{module}"), import_module(f"{self.package}.codec.{module}")
        layout: Layout = getattr(readers, f"L_{name}")
        return Codec(
            getattr(structs, name),
            layout,
            getattr(readers, f"read_{module}"),
            getattr(structs, f"write_{module}"),
            layout.items_inside,
        )

    @cached_property
    def kind_names(self) -> dict[Kind, str]:
        """The name of every kind of value, as a schema document gives it."""
        kinds = vars(import_module(f"{self.package}.codec.kinds"))
        return {kind: name.title().replace("_", "") for name, kind in kinds.items() if isinstance(kind, Kind)}


def unknown(name: str, remedy: str) -> UnknownMessageType:
    """The refusal of a root that is none of the family."""
    fault = Fault("/" + name, "15", remedy, value=name)
    return UnknownMessageType(f"No message type {name[:64]} is known.", remedy=remedy, faults=(fault,))
