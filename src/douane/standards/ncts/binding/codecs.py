"""Finds struct, layout, reader and writer of a message type of a family; each is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar, cast

from msgspec import Struct

from douane.standards.ncts.binding.compiling import root_reader, writer
from douane.standards.ncts.binding.kinds import Kind
from douane.standards.ncts.binding.layout import Layout
from douane.standards.ncts.binding.runs import Starts
from douane.standards.ncts.binding.source import Source, source
from douane.vocabulary.errors import Fault, UnknownMessageType

M = TypeVar("M", bound=Struct)


@dataclass(frozen=True, eq=False)
class Codec(Generic[M]):
    """What belongs to one message type. Its reader and writer are compiled when they are first asked for."""

    struct: type[M]
    layout: Layout

    @cached_property
    def read(self) -> Callable[[str, Starts, int, str | None], tuple[M, int]]:
        """Reads the inside of the root element, as ``root_reader`` says."""
        return root_reader(self.layout)

    @cached_property
    def write(self) -> Callable[[M], str]:
        """Writes the inside of the root element."""
        return writer(self.layout)

    @cached_property
    def items(self) -> tuple[str, int]:
        """The tag of its goods items, and how many it has at most; empty for none."""
        return self.layout.items_inside


class Codecs(Generic[M]):
    """The codecs of a family. ``package``: its generated modules; ``title``: what people call it."""

    def __init__(self, package: str, title: str) -> None:
        self.package, self.title = package, title
        self._known: dict[str, Codec[M]] = {}

    @cached_property
    def source(self) -> Source:
        """The layouts."""
        return source(self.package)

    @cached_property
    def messages(self) -> tuple[str, ...]:
        """The codes of the message types, in order."""
        return tuple(sorted(self.source.messages))

    @cached_property
    def names(self) -> frozenset[str]:
        """The same, to look one up."""
        return frozenset(self.messages)

    @cached_property
    def phases(self) -> tuple[str, ...]:
        """What a ``PhaseID`` may say."""
        return self.source.phases

    def codec(self, name: str) -> Codec[M]:
        """The codec of a message type. Raises UnknownMessageType."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._load(name)
        return known

    def _load(self, name: str) -> Codec[M]:
        if name not in self.names:
            raise unknown(name, f"Send one of the {len(self.names)} message types of {self.title}.")
        layout = self.source.layout(name)
        struct = cast("type[M]", layout.struct)  # a root's struct is one of the family's messages
        return Codec(struct, layout)

    @cached_property
    def kind_names(self) -> dict[Kind, str]:
        """The name of every kind of value, as a schema document gives it."""
        return {kind: name.title().replace("_", "") for name, kind in self.source.kinds.items()}


def unknown(name: str, remedy: str) -> UnknownMessageType:
    """The refusal of a root that is none of the family."""
    fault = Fault("/" + name, "15", remedy, value=name)
    return UnknownMessageType(f"No message type {name[:64]} is known.", remedy=remedy, faults=(fault,))
