"""The XML Schema of phase 5 messages, computed from the layouts that the readers go by."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from douane.standards.ncts.binding.kinds import Kind
from douane.standards.ncts.binding.schema import schema_of
from douane.standards.ncts.phase5.codecs import codec
from douane.standards.ncts.phase5.generated import PHASES
from douane.standards.ncts.phase5.reading import NAMESPACE
from douane.standards.xml_schema.parts import Schema


def schema(messages: Iterable[str]) -> Schema:
    """The schema of these messages, by code (``CC015C``). Raises UnknownMessageType."""
    layouts = [codec(name).layout for name in messages]
    return schema_of(layouts, namespace=NAMESPACE, phases=PHASES, names=_names(), note="NCTS phase 5")


@cache
def _names() -> dict[Kind, str]:
    from douane.standards.ncts.phase5.generated.codec import kinds

    return {kind: name.title().replace("_", "") for name, kind in vars(kinds).items() if isinstance(kind, Kind)}
