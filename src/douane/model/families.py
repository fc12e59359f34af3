"""The published message families that services declare: their wire form comes from a standard, not from us."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from douane.model.declare import MessageFamily, Refused
from douane.standards.forms.items import Item
from douane.standards.xml_schema.parts import Element, Schema
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import Fault


@functools.cache
def _phase5() -> Any:  # loaded when the first message is read: 91 types, none of them needed to build the model
    return importlib.import_module("douane.standards.ncts.phase5")


def _types() -> Sequence[type]:
    family = _phase5()
    return [getattr(family, each.code) for each in family.family()]


def _official(message: type) -> bool:
    return any(each.code == message.__name__ and each.official for each in _phase5().family())


def _read(data: bytes) -> Any:
    """A message of phase 5, or of phase 6 in the words of phase 5; its ``PhaseID`` says which it is."""
    if data.find(b"NCTS6", 0, _HEAD) < 0 or not _PHASE_6.search(data, 0, _HEAD):
        return _phase5().read(data)
    message = importlib.import_module("douane.standards.ncts.phase6").read(data)
    return _translation().translate(message, to=5).needed(type(message).__name__)


def _write_later(message: Any) -> bytes | None:
    if type(message).__name__ not in _phase6_names():
        return None
    found = _translation().translate(message, to=6).message
    later: bytes | None = importlib.import_module("douane.standards.ncts.phase6").write(found) if found else None
    return later


def _translation() -> Any:
    return importlib.import_module("douane.standards.ncts.translation")


def _phase6_names() -> frozenset[str]:
    names: frozenset[str] = importlib.import_module("douane.standards.ncts.phase6.codecs").CODECS.names
    return names


def _errors() -> Any:
    return importlib.import_module("douane.standards.ncts.errors")


def _refusal(refused: Refused) -> Any:
    """IE917 or IE906, of the common domain for an administration, else of the external one."""
    errors = _errors()
    remains = errors.remains_of(refused.body)
    administration = remains.recipient[4:] if remains.recipient.startswith(_ADMINISTRATION) else ""
    own = administration if administration and refused.speaks_for(remains.type, administration) else refused.own
    return errors.error_message(
        remains, refused.faults, syntax=refused.syntax, common=refused.party.startswith(_ADMINISTRATION),
        sender=f"{_ADMINISTRATION}{own}", recipient=refused.party, id=refused.id, correlation=refused.known_as,
        at=dt.datetime.fromtimestamp(refused.at / 1e6, dt.UTC).replace(tzinfo=None),
    )  # fmt: skip


def _items(message: type) -> tuple[Item, ...]:
    describing = importlib.import_module("douane.standards.ncts.binding.describing")
    codecs = importlib.import_module("douane.standards.ncts.phase5.codecs").CODECS
    found: tuple[Item, ...] = describing.items_of(codecs.source.layout(message.__name__))
    return found


def _faults(message: Any) -> tuple[Fault, ...]:
    """Functional errors; N/A stands where a code list or a layout was broken, and no rule."""
    return tuple(
        Fault(each.error_pointer, each.error_code, "", rule=each.error_reason if each.error_reason != "N/A" else "",
              value=each.original_attribute_value or "")
        for each in getattr(message, "functional_error", ())
    )  # fmt: skip


_ADMINISTRATION = "NTA."
_HEAD = 4096
_PHASE_6 = re.compile(rb"\sPhaseID\s*=\s*[\"']\s*NCTS6\s*[\"']")

NCTS5 = MessageFamily(
    name="NCTS phase 5",
    types=_types,
    read=_read,
    write_later=_write_later,
    write=lambda message: _phase5().write(message),
    official=_official,
    identification=lambda message: str(message.message_identification),
    correlation=lambda message: message.correlation_identifier or "",
    sender=lambda message: str(message.message_sender),
    recipient=lambda message: str(message.message_recipient),
    case=lambda message: str(getattr(getattr(message, "transit_operation", None), "mrn", None) or ""),
    refusal=_refusal,
    tells_of_error=lambda name: bool(_errors().is_error(name)),
    codes=Codes(  # CL180, functional errors; of what cannot be read and of its type, CL030
        changed="26",
        taken="26",
        unknown="90",
        foreign="14",
        elsewhere="92",
        unreadable="52",
        untaken="15",
        wrong="50",
        missing="13",
        unwanted="15",
        broken="14",
        unlisted="12",
        transitional="50",
    ),
    namespace="http://ncts.dgtaxud.ec",
    faults=_faults,
    items=_items,
    read_json=lambda message, data: _phase5().from_json(message, data),
    schema=lambda names: importlib.import_module("douane.standards.ncts.phase5.reading").schema(names),
    holds=lambda message: ".standards.ncts." in message.__module__,
)
"""NCTS phase 5: 91 messages; the common-domain ones are derived from published layouts, not official schemas.

Messages of phase 6 are read as well, in the words of phase 5, and written for parties that ask for them.
"""


class _Typed:
    """The wire form of messages that structs describe: a root element each, judged by the schema of its fields."""

    def __init__(self, namespace: str, types: Sequence[type]) -> None:
        self._namespace, self._types = namespace, {each.__name__: each for each in types}

    @functools.cached_property
    def _binding(self) -> Any:
        binding = importlib.import_module("douane.standards.xml_schema.binding")
        groups = importlib.import_module("douane.standards.xml_schema.structs").groups_of(self._types)
        return binding.Binding(self.schema(self._types), groups)

    def schema(self, names: Iterable[str]) -> Schema:
        """The XML Schema of the messages of these names."""
        groups = importlib.import_module("douane.standards.xml_schema.structs").groups_of(self._types)
        return Schema(self._namespace, tuple(Element(name, groups[name].type) for name in names))

    def read(self, data: bytes) -> Any:
        """The message in a document. Raises NotWellFormed, or NotValid with every fault."""
        reading = importlib.import_module("douane.standards.xml.reading")
        return self._binding.read(reading.read_tree(data, reading.Limits(size=_LARGEST, depth=40, elements=20_000)))

    def write(self, message: Any) -> bytes:
        """The document of a message."""
        return str(self._binding.write(type(message).__name__, message)).encode()


_LARGEST = 8 * 1024 * 1024


def xml_family(name: str, namespace: str, types: Sequence[type], **facts: Any) -> MessageFamily:
    """A family of messages that are typed structs: the root element of each is called like its type, and its elements
    stand in the order of the fields and are judged by their annotations.

    facts: what else there is to say of a family, as ``identification=`` or ``refusal=`` (``MessageFamily``).
    """
    typed = _Typed(namespace, types)
    return MessageFamily(
        name=name, types=lambda: types, read=typed.read, write=typed.write, namespace=namespace, schema=typed.schema,
        **facts,
    )  # fmt: skip
