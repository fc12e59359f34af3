"""SOAP envelopes, read within limits and written by joining strings.

Source: SOAP 1.1 (W3C Note, 2000), SOAP 1.2 part 1 (W3C Recommendation, 2007). Document/literal: the body holds one
element.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml.writing import text
from douane.vocabulary.errors import Fault, NotUnderstood, NotWellFormed

if TYPE_CHECKING:
    from lxml.etree import _Element

ENVELOPE_LIMITS = Limits(size=2 * 1024 * 1024, depth=40, elements=80_000)
"""A tree is made of an envelope, of fifteen octets for each: larger messages travel by a channel that streams them."""
HEADERS = 16
"""At most so many header entries."""
HTTP_ACTOR_NEXT = "http://schemas.xmlsoap.org/soap/actor/next"
_ROLES = frozenset({
    "", HTTP_ACTOR_NEXT, "http://www.w3.org/2003/05/soap-envelope/role/next",
    "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
})  # fmt: skip


class Version(enum.Enum):
    """The version of an envelope: its namespace."""

    SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
    SOAP12 = "http://www.w3.org/2003/05/soap-envelope"

    @property
    def media(self) -> str:
        """The content type of HTTP messages."""
        return "text/xml; charset=utf-8" if self is Version.SOAP11 else "application/soap+xml; charset=utf-8"

    @property
    def sender(self) -> str:
        """The fault code for a fault of the sender."""
        return "Client" if self is Version.SOAP11 else "Sender"

    @property
    def receiver(self) -> str:
        """The fault code for a fault of ours."""
        return "Server" if self is Version.SOAP11 else "Receiver"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A received envelope: header entries for us, and the one element of the body."""

    version: Version
    headers: tuple[_Element, ...]
    body: _Element
    root: _Element


def version_of(content_type: str) -> Version:
    """The version that a content type announces: what a refusal is written in when no envelope could be read."""
    return Version.SOAP12 if "application/soap+xml" in content_type.lower() else Version.SOAP11


def read_envelope(data: bytes, limits: Limits = ENVELOPE_LIMITS) -> Envelope:
    """The envelope in these bytes.

    Raises NotWellFormed or TooLarge, NotUnderstood for another version of SOAP.
    """
    root = read_tree(data, limits)
    space, _, name = str(root.tag).rpartition("}")
    if name != "Envelope":
        raise _broken(root, "/", "Send a SOAP envelope.")
    try:
        version = Version(space[1:])
    except ValueError:
        remedy = "Use SOAP 1.1 or SOAP 1.2."
        raise NotUnderstood("The envelope is of an unknown version of SOAP.", remedy=remedy) from None
    header, body = _parts(root, version)
    entries = tuple(entry for entry in header if _for_us(entry, version)) if header is not None else ()
    if len(entries) > HEADERS:
        raise _broken(root, "/Envelope/Header", f"Send at most {HEADERS} header entries.")
    return Envelope(version, entries, body, root)


def _parts(root: _Element, version: Version) -> tuple[_Element | None, _Element]:
    parts = {str(child.tag): child for child in root}
    space = f"{{{version.value}}}"
    body = parts.pop(f"{space}Body", None)
    header = parts.pop(f"{space}Header", None)
    count = 1 + (header is not None)
    if body is None or parts or len(root) != count or root[-1] is not body:
        raise _broken(root, "/Envelope", "Send an envelope of one optional Header and one Body.")
    if len(body) != 1:
        raise _broken(body, "/Envelope/Body", "Put exactly one element into the body.")
    return header, body[0]


def _for_us(entry: _Element, version: Version) -> bool:
    name = "actor" if version is Version.SOAP11 else "role"
    return entry.get(f"{{{version.value}}}{name}", "") in _ROLES


def demand(envelope: Envelope, understood: frozenset[str]) -> None:
    """Raise NotUnderstood for a header entry of another namespace that must be understood."""
    mark = f"{{{envelope.version.value}}}mustUnderstand"
    for entry in envelope.headers:
        if entry.get(mark, "0") in ("1", "true") and str(entry.tag).rpartition("}")[0][1:] not in understood:
            name = str(entry.tag)
            raise NotUnderstood(f"The header {name[:120]} is not understood here.", remedy="Leave it out.")


def canonical(element: _Element) -> bytes:
    """An element as a document of its own, in exclusive canonical form: what its sender can hash too."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def _broken(node: _Element, pointer: str, remedy: str) -> NotWellFormed:
    line: object = node.sourceline
    fault = Fault(pointer, "52", remedy, line=line if isinstance(line, int) else 0)
    return NotWellFormed("The document is no SOAP envelope of one message.", remedy=remedy, faults=(fault,))


def envelope_text(version: Version, body: str, header: str = "") -> bytes:
    """An envelope around a body, and around header entries where there are any."""
    head = f"<soap:Header>{header}</soap:Header>" if header else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="{version.value}">'
        f"{head}<soap:Body>{body}</soap:Body></soap:Envelope>"
    ).encode()


def fault_text(version: Version, code: str, reason: str, detail: str = "") -> str:
    """The Fault element that goes into a body; ``code`` is the local name of a fault code of this version."""
    if version is Version.SOAP11:
        inside = f"<detail>{detail}</detail>" if detail else ""
        said = f"<faultcode>soap:{code}</faultcode><faultstring>{text(reason)}</faultstring>"
        return f"<soap:Fault>{said}{inside}</soap:Fault>"
    inside = f"<soap:Detail>{detail}</soap:Detail>" if detail else ""
    return (
        f"<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason>"
        f'<soap:Text xml:lang="en">{text(reason)}</soap:Text></soap:Reason>{inside}</soap:Fault>'
    )
