"""Error messages: what tells the sender that a message could not be read (IE917) or not be taken (IE906).

A message that cannot be read still says something in clear: its type, who it was for, its identification, the
references it is about. An error message is never answered by an error message (G0085, G0086): of two systems that do
not understand each other, one must stop.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import unescape

from douane.standards.ncts import phase5
from douane.standards.ncts.binding.kinds import Wrong
from douane.standards.ncts.phase5.codecs import CODECS
from douane.vocabulary.errors import Fault
from douane.vocabulary.faults import shortened

LOOKED_AT: Final = 64 * 1024
"""Octets of a broken message in which its envelope is looked for: it stands at the beginning (T1120)."""
UNSPECIFIED: Final = "18"
"""CL030, where a fault has a code of another list."""
RULE: Final = "14"
"""CL180, likewise."""
DUPLICATE: Final = "26"
_LONGEST: Final = 512
_ERROR = re.compile(r"C[CD]9(?:06|07|17)[A-Z]\Z")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,63}:)?([A-Za-z_][\w.-]{0,63})")
_NOT_WRITTEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Remains:
    """What a message says in clear, though it cannot be read. Every field may be empty."""

    type: str = ""
    message_type: str = ""
    recipient: str = ""
    identification: str = ""
    lrn: str = ""
    mrn: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it is an error message itself: by its root element, or by the type that it states."""
        return is_error(self.type) or is_error(self.message_type)


def is_error(name: str) -> bool:
    """Whether a message type tells of an error: IE906, IE907, IE917 of any domain and phase."""
    return _ERROR.match(name) is not None


def remains_of(body: bytes) -> Remains:
    """What can be said of any octets. Never raises; looks at the first 64 kB only."""
    head = body[:LOOKED_AT]
    root = _ROOT.search(head)
    return Remains(
        root[1].decode("ascii", "replace") if root else "",
        _said(head, b"messageType", 6), _said(head, b"messageRecipient", 35), _said(head, b"messageIdentification", 35),
        _said(head, b"LRN", 22), _said(head, b"MRN", 35),
    )  # fmt: skip


def _said(head: bytes, tag: bytes, most: int) -> str:
    found = re.search(rb"<(?:[\w.-]{1,64}:)?" + tag + rb"\s*>([^<]{1,200})<", head)
    said = " ".join(_written(unescape(found[1].decode("utf-8", "replace"))).split()) if found else ""
    return said if len(said) <= most else ""


def error_message(
    remains: Remains, faults: Sequence[Fault], *, syntax: bool, common: bool, sender: str, recipient: str, id: str,
    correlation: str, at: dt.datetime,
) -> Any:  # fmt: skip
    """The error message about a message; None where that is an error message itself (G0085, G0086).

    syntax: it cannot be read (IE917), else it cannot be taken (IE906). common: between administrations (CD...), else to
    a trader (CC...). correlation: under what it is known where it does not say its identification. at: UTC, no zone.
    """
    if remains.is_error:
        return None
    kind = getattr(phase5, f"{'CD' if common else 'CC'}{'917' if syntax else '906'}C")
    known_as = " ".join(_written(correlation).split())[:35].strip()
    head: dict[str, Any] = {
        "message_sender": sender,
        "message_recipient": recipient,
        "preparation_date_and_time": at.replace(microsecond=0),
        "message_identification": id,
        "message_type": kind.__name__,
        "correlation_identifier": remains.identification or known_as or None,
        "phase_id": "NCTS5.1",
    }
    lrn, mrn = remains.lrn or None, remains.mrn or None
    if not syntax and isinstance(CODECS.source.kinds["MRNTYPE"].read(remains.mrn), Wrong):
        mrn = None
    if common:
        head["header"] = phase5.Header03(mrn=mrn) if mrn else None  # G0007, C0461
    elif lrn or mrn or not syntax:
        head["header"] = phase5.Header01(lrn=lrn, mrn=mrn)  # G0038
    named = shortened(tuple(faults), len(faults))
    if syntax:
        return kind(**head, xml_error=tuple(_xml_error(each) for each in named))
    error = phase5.FunctionalError03 if common else phase5.FunctionalError02
    return kind(**head, functional_error=tuple(error(**_functional(each, remains)) for each in named))


def _xml_error(fault: Fault) -> phase5.XMLError:
    """A pointer that is too long is left out rather than cut (G0012)."""
    pointer = _written(fault.pointer)
    return phase5.XMLError(
        error_line_number=fault.line,
        error_column_number=fault.column,
        error_pointer=pointer if 0 < len(pointer) <= _LONGEST else None,
        error_code=fault.code if fault.code in CODECS.source.kinds["XML_ERROR_CODES"].values else UNSPECIFIED,
        error_text=_written(fault.remedy)[:_LONGEST] or "The message cannot be read.",
        original_attribute_value=_written(fault.value)[:_LONGEST] or None,
    )


def _functional(fault: Fault, remains: Remains) -> dict[str, Any]:
    """A fault without a place is one of the whole message; the identification is the place of a duplicate one."""
    place = f"/{remains.type}/messageIdentification" if fault.code == DUPLICATE else f"/{remains.type}"
    known = CODECS.source.kinds["AES_NCTS_P5_FUNCTIONAL_ERROR_CODES"].values
    return {
        "error_pointer": (_written(fault.pointer) or place)[:_LONGEST],
        "error_code": fault.code if fault.code in known else RULE,
        "error_reason": _written(fault.rule)[:7] or "N/A",  # G0010
        "original_attribute_value": _written(fault.value)[:_LONGEST] or None,
    }


def _written(text: str) -> str:
    """A text without what XML cannot carry."""
    return _NOT_WRITTEN.sub(" ", text).strip()
