"""Messages of a generated family: read and written as XML and JSON, checked when made by hand, described by a schema.

Two readers of XML: the fast one matches the usual written form with expressions made of the layouts and only accepts;
whatever it does not accept is streamed through the hardened parser to the collecting reader, which accepts or names
every fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar, cast

import msgspec
from msgspec import Struct

from douane.standards.json import bounds as json
from douane.standards.ncts.binding.checking import faults_of
from douane.standards.ncts.binding.codecs import Codecs, M, unknown
from douane.standards.ncts.binding.collecting import Reading
from douane.standards.ncts.binding.kinds import EndOfDay
from douane.standards.ncts.binding.layout import Layout
from douane.standards.ncts.binding.objects import ObjectReading, parse
from douane.standards.ncts.binding.runs import Unusual
from douane.standards.ncts.binding.schema import schema_of
from douane.standards.xml.events import Events
from douane.standards.xml.reading import Limits, read_text
from douane.standards.xml_schema.parts import Schema
from douane.vocabulary.errors import Fault, NotValid, UnknownMessageType
from douane.vocabulary.faults import Faults, shortened

NAMESPACE = "http://ncts.dgtaxud.ec"
LIMITS = Limits(size=8 * 1024 * 1024, depth=32, elements=400_000)
"""Elements: a declaration of 1,999 goods items, each of two hundred. Everything closer the layout of a message says."""
JSON_LIMITS = json.Limits(size=LIMITS.size, depth=32, values=LIMITS.elements)
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

WIDE = 1024 * 1024
_ASTRAL = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")
"""What begins a sign of four octets. One makes every sign of a text as wide: a large document is streamed then."""
_VALUE = r"\"[ -!#-%'-;=-~]*\""
_HEAD = re.compile(
    r"(?:<\?xml version=(?:\"1\.0\"|'1\.0')(?: encoding=(?:\"(?i:UTF-8)\"|'(?i:UTF-8)'))?"
    r"(?: standalone=(?:\"(?:yes|no)\"|'(?:yes|no)'))?[ ]?\?>)?[ \t\r\n]*+"
    rf"<([A-Za-z_][A-Za-z0-9_]*+):(C[CD][0-9]{{3}}[CD])((?:[ ][A-Za-z0-9_:]{{1,32}}={_VALUE}){{1,8}})[ ]?>[ \t\r\n]*+"
)
_ATTRIBUTE = re.compile(rf"[ ]([A-Za-z0-9_:]+)=({_VALUE})")
_BLANKS = " \t\r\n"
_OTHER_ENTITY = re.compile("&(?!amp;|quot;|apos;)")
N = TypeVar("N", bound=Struct)


def _hook(value: object) -> object:
    if isinstance(value, EndOfDay):
        return value.isoformat()
    raise TypeError(f"no JSON form: {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_hook)


class Messages(Generic[M]):
    """The messages of a family."""

    def __init__(self, codecs: Codecs[M]) -> None:
        self.codecs = codecs

    @cached_property
    def _base(self) -> type[M]:
        """The class of all of them."""
        return cast("type[M]", self.codecs.source.struct("Message"))

    # --- XML

    def read(self, data: bytes) -> M:
        """The message in ``data``; its root element names the type.

        Raises NotWellFormed, TooLarge, UnknownMessageType, or NotValid with every fault.
        """
        usual = len(data) <= WIDE or not any(each in data for each in _ASTRAL)
        return (self.read_usual(read_text(data, LIMITS)) if usual else None) or self.read_any(data)

    def read_usual(self, text: str) -> M | None:
        """The message, if it is valid and in the usual written form."""
        head = _HEAD.match(text)
        if head is None:
            return None
        prefix, name, attributes = head.groups()
        phase = _phase(prefix, attributes, self.codecs.phases)
        if phase is None or name not in self.codecs.names:
            return None
        if "&" in text:
            if _OTHER_ENTITY.search(text):
                return None
            # From here on a plain "&" stands for itself; the head before the reader's place holds none.
            text = text.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
        codec = self.codecs.codec(name)
        tag, most = codec.items
        if most and text.count(f"<{tag}>") > most:
            return None
        try:
            message, at = codec.read(text, text.startswith, head.end(), phase or None)
        except (Unusual, ValueError):  # ValueError: a date that does not exist, or 24:00:00
            return None
        end = f"</{prefix}:{name}>"
        if not text.startswith(end, at) or text[at + len(end) :].strip(_BLANKS):
            return None
        return message

    def read_any(self, data: bytes) -> M:
        """The message in any form that XML allows. Raises like ``read``."""
        reading = Reading(self.codecs.phases, self.layout_of)
        message = reading.message(Events(data, LIMITS))
        if not isinstance(message, self._base):
            raise _not_valid(reading.faults)
        return message

    def layout_of(self, tag: str) -> Layout:
        """The layout of a root element. Raises UnknownMessageType."""
        space, _, name = tag.rpartition("}")
        if space != "{" + NAMESPACE:
            raise unknown(name, f"Put the root element in the namespace {NAMESPACE}.")
        return self.codecs.codec(name).layout

    def write(self, message: M) -> bytes:
        """The message as XML in UTF-8. Its values are not checked; raises OurFault for what XML cannot carry."""
        name = type(message).__name__
        given = cast("Any", message).phase_id
        phase = f' PhaseID="{given}"' if given in self.codecs.phases else ""
        body = self.codecs.codec(name).write(message)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<ncts:{name} xmlns:ncts="{NAMESPACE}"{phase}>{body}</ncts:{name}>'
        ).encode()

    # --- JSON, and messages made by hand

    def to_json(self, message: M) -> bytes:
        """The message as a JSON object whose one key names the type; decimals are texts, so that no digit is lost."""
        return _ENCODER.encode({type(message).__name__: message})

    def from_json(self, kind: type[N], data: bytes) -> N:
        """The message in a JSON object; the class of all messages as ``kind`` takes any type that the one key names.

        The inner object alone will do where ``kind`` is a message type. Raises NotWellFormed, TooLarge,
        UnknownMessageType, or NotValid with every fault and its JSON pointer.
        """
        value = parse(data, JSON_LIMITS)
        name = "" if kind is self._base else kind.__name__
        pointer = ""
        if isinstance(value, dict) and len(value) == 1:
            key = next(iter(value))
            root = key.rpartition(":")[2]
            if not name or root == name:
                name, pointer, value = root, "/" + key.replace("~", "~0").replace("/", "~1"), value[key]
        if not name:
            remedy = 'Send one object whose only key names the message type: {"CC015C": {...}}.'
            raise UnknownMessageType("No message type is named.", remedy=remedy, faults=(Fault("", "15", remedy),))
        reading = ObjectReading(self.codecs.phases)
        message = reading.message(value, self.codecs.codec(name).layout, pointer)
        if message is None:
            raise _not_valid(reading.faults, name)
        return cast("N", message)  # the codec of a name makes the struct of that name

    def check(self, message: M) -> tuple[Fault, ...]:
        """Every fault that a receiver would find in what ``write`` makes of ``message``; empty if it is valid."""
        known = self.codecs.codec(type(message).__name__)
        found = list(faults_of(message, known.layout, f"/{known.layout.tag}"))
        given = cast("Any", message).phase_id
        if given is not None and given not in self.codecs.phases:
            found.append(Fault(f"/{known.layout.tag}/@PhaseID", "12", f"Give one of: {', '.join(self.codecs.phases)}."))
        return shortened(found, len(found), f"/{known.layout.tag}")

    # --- schema

    def schema(self, messages: Iterable[str]) -> Schema:
        """The XML Schema of these messages, by code (``CC015C``). Raises UnknownMessageType."""
        codecs = self.codecs
        layouts = [codecs.codec(name).layout for name in messages]
        return schema_of(layouts, namespace=NAMESPACE, phases=codecs.phases, names=codecs.kind_names, note=codecs.title)


def _not_valid(faults: Faults, name: str = "") -> NotValid:
    said = faults.said(f"The {name or faults.whole.removeprefix('/')} breaks its schema")
    return NotValid(said, remedy="Mend each place named.", faults=faults.named())


@lru_cache(maxsize=256)
def _phase(prefix: str, attributes: str, phases: tuple[str, ...]) -> str | None:
    """The PhaseID (empty if absent) if these are the usual attributes of a root, else None."""
    found = [(name, value[1:-1]) for name, value in _ATTRIBUTE.findall(attributes)]
    pairs = dict(found)
    phase = pairs.pop("PhaseID", "")
    hint = pairs.pop("xsi:schemaLocation", None)
    usual = (
        len(found) == len(dict(found))
        and not prefix.lower().startswith("xml")
        and pairs.pop(f"xmlns:{prefix}", "") == NAMESPACE
        and (phase in phases or not phase)
        and ("PhaseID" not in dict(found) or phase)
        and pairs.pop("xmlns:xsi", INSTANCE if hint is None else "") == INSTANCE
        and not pairs
    )
    return phase if usual else None
