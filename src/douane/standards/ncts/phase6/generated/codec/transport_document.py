"""Layouts and readers of transport_document. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02, TransportDocument03
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX70_NO_SPACES, NUMERIC_WITHOUT_ZERO_5, TYPE_CONTENT_TYPE02

L_TRANSPORT_DOCUMENT_04 = Layout("TransportDocument", TransportDocument02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
))
L_TRANSPORT_DOCUMENT_03 = Layout("TransportDocument", TransportDocument03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
))
L_TRANSPORT_DOCUMENT_02 = Layout("TransportDocument", TransportDocument02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70),
))

_L_TRANSPORT_DOCUMENT_04_0 = run(L_TRANSPORT_DOCUMENT_04, 0, 3)
_L_TRANSPORT_DOCUMENT_03_0 = run(L_TRANSPORT_DOCUMENT_03, 0, 3)
_L_TRANSPORT_DOCUMENT_02_0 = run(L_TRANSPORT_DOCUMENT_02, 0, 3)

def read_transport_document_04(text: str, starts: Starts, at: int) -> tuple[TransportDocument02, int]:
    found = _L_TRANSPORT_DOCUMENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return TransportDocument02(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_transport_document_03(text: str, starts: Starts, at: int) -> tuple[TransportDocument03, int]:
    found = _L_TRANSPORT_DOCUMENT_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return TransportDocument03(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_transport_document_02(text: str, starts: Starts, at: int) -> tuple[TransportDocument02, int]:
    found = _L_TRANSPORT_DOCUMENT_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return TransportDocument02(sequence_number=int(v0), type=v1, reference_number=v2), at
