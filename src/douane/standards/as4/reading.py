"""An envelope read by position: one header block of each kind, one message, an empty body; nothing is searched for.

What is read here is not proven. ``security.py`` proves it, on the same nodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from douane.standards.as4 import names
from douane.standards.as4.messages import (
    EbmsError,
    ErrorSignal,
    Message,
    PartInfo,
    Party,
    PartyId,
    Property,
    PullRequest,
    Receipt,
    Typed,
    UserMessage,
)
from douane.standards.as4.times import read_timestamp
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.content_ids import CID, content_id_of
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.names import DS, WSSE
from douane.vocabulary.errors import BadHeader, BadPackaging, BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element

LIMITS: Final = Limits(size=1024 * 1024, depth=64, elements=10_000, attributes=256, scope=64)
LONGEST: Final = 1024
_MESSAGE_ID = re.compile(r"[!-~]{1,255}")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")
_INSTRUCTION = re.compile(rb"<\?(?!xml\s)")
_DETAIL: Final = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """A SOAP envelope with its one AS4 message, and the nodes that a signature must cover."""

    message: Message
    messaging: _Element
    body: _Element
    security: _Element | None
    ids: dict[str, _Element]


def read_envelope(data: bytes) -> Envelope:
    """An envelope from its octets. Raises NotWellFormed, TooLarge, BadHeader, BadSignature for doubled Ids."""
    if _INSTRUCTION.search(data):
        raise BadHeader("The envelope has a processing instruction.", remedy="Leave it out (SOAP 1.2, part 1, 5).")
    root = read_tree(data, LIMITS)
    if root.tag != _soap("Envelope"):
        raise BadHeader("The root part is no SOAP 1.2 envelope.", remedy=f"Use the namespace {names.SOAP}.")
    children = list(root)
    if [c.tag for c in children] != [_soap("Header"), _soap("Body")]:
        raise BadHeader("The envelope does not consist of a header and a body.", remedy="Write both, once.")
    header, body = children
    blocks: dict[str, _Element] = {}
    for block in header:
        if block.tag in (_MESSAGING, _SECURITY):
            if block.tag in blocks:
                raise BadHeader(f"The header {_local(block)} stands twice.", remedy="Write it once.")
            blocks[block.tag] = block
        elif block.get(_soap("mustUnderstand")) in ("true", "1"):
            raise BadHeader(f"The header {block.tag[:120]} is not understood.", remedy="Leave it out.")
    if _MESSAGING not in blocks:
        raise BadHeader("The header eb:Messaging is missing.", remedy="Write it as a child of the SOAP header.")
    if len(body) or (body.text or "").strip():
        raise BadHeader("The SOAP body is not empty.", remedy="Send payloads as MIME parts.")
    try:
        ids = identified(root)
    except BadSignature as problem:
        raise BadSignature(problem.text, remedy=problem.remedy) from problem
    messaging = blocks[_MESSAGING]
    return Envelope(read_message(messaging), messaging, body, blocks.get(_SECURITY), ids)


def read_message(messaging: _Element) -> Message:
    """The one message of an ``eb:Messaging``. Raises BadHeader."""
    children = list(messaging)
    if len(children) != 1:
        raise BadHeader(f"eb:Messaging has {len(children)} messages.", remedy="Send one message an envelope.")
    if children[0].tag == _eb("UserMessage"):
        return _user_message(children[0])
    if children[0].tag == _eb("SignalMessage"):
        return _signal(children[0])
    raise BadHeader("eb:Messaging holds neither a user message nor a signal.", remedy="Write one of them.")


def _signal(element: _Element) -> Message:
    info, *rest = _children(element, "MessageInfo", others=("PullRequest", "Receipt", "Error"))
    id, at, ref_to = _info(info)
    kinds = {_local(each) for each in rest}
    if kinds == {"PullRequest"} and len(rest) == 1:
        return PullRequest(id, at, _mpc(rest[0]))
    if kinds == {"Receipt"} and len(rest) == 1:
        return Receipt(id, at, ref_to, _references(rest[0]))
    if kinds == {"Error"}:
        return ErrorSignal(id, at, ref_to, tuple(_error(each) for each in rest))
    raise BadHeader("A signal is neither pull request nor receipt nor errors.", remedy="Write one of them.")


def _user_message(element: _Element) -> UserMessage:
    found = {_local(c): c for c in _children(element, "MessageInfo", "PartyInfo", "CollaborationInfo",
                                             others=("MessageProperties", "PayloadInfo"))}  # fmt: skip
    id, at, ref_to = _info(found["MessageInfo"])
    sender, receiver = _children(found["PartyInfo"], "From", "To")
    collaboration = {_local(c): c for c in found["CollaborationInfo"]}
    if collaboration.keys() - {"AgreementRef"} != {"Service", "Action", "ConversationId"}:
        raise BadHeader("CollaborationInfo lacks Service, Action or ConversationId.", remedy="Write all three.")
    service = _typed(collaboration["Service"], "Service")
    if not service.type and not _ABSOLUTE.fullmatch(service.value) and not _plain(service.value):
        raise BadHeader(f"The service {service.value[:80]!r} has no type and is no URI.", remedy="Give it a type.")
    agreement = collaboration.get("AgreementRef")
    return UserMessage(
        id, at, _party(sender), _party(receiver), service, _text(collaboration["Action"], "Action"),
        _text(collaboration["ConversationId"], "ConversationId", empty=True),
        _typed(agreement, "AgreementRef") if agreement is not None else None,
        _mpc(element), ref_to, _properties(found.get("MessageProperties")), _parts(found.get("PayloadInfo")),
    )  # fmt: skip


def _plain(value: str) -> bool:
    """Whether an untyped service is one of the plain names that the ICS2 pilot uses (``eu_ics2_t2c``)."""
    return bool(re.fullmatch(r"[A-Za-z0-9_]+", value))


def _info(element: _Element) -> tuple[str, int, str]:
    found = {_local(c): c for c in _children(element, "Timestamp", "MessageId", others=("RefToMessageId",))}
    id = _text(found["MessageId"], "MessageId")
    ref = found.get("RefToMessageId")
    ref_to = _text(ref, "RefToMessageId", empty=True) if ref is not None else ""
    for value in (id, *([ref_to] if ref_to else [])):
        if not _MESSAGE_ID.fullmatch(value):
            raise BadHeader(f"The message id {value[:80]!r} is malformed.",
                            remedy="Use printable ASCII without blanks, at most 255 signs.")  # fmt: skip
    return id, read_timestamp(_text(found["Timestamp"], "Timestamp")), ref_to


def _party(element: _Element) -> Party:
    id, role = _children(element, "PartyId", "Role")
    return Party(PartyId(_text(id, "PartyId"), id.get("type", "")), _text(role, "Role"))


def _parts(element: _Element | None) -> tuple[PartInfo, ...]:
    found: list[PartInfo] = []
    for part in _all(element, "PartInfo"):
        href = part.get("href", "")
        if not href.startswith(CID):
            raise BadPackaging(f"The payload {href[:80]!r} lies in no MIME part.", remedy="Refer to parts by cid:.")
        inner = [c for c in part if c.tag == _eb("PartProperties")]
        found.append(PartInfo(content_id_of(href), _properties(inner[0] if inner else None)))
    if len({p.content_id for p in found}) != len(found):
        raise BadPackaging("Two payloads refer to one part.", remedy="Refer to every part once.")
    return tuple(found)


def _properties(element: _Element | None) -> tuple[Property, ...]:
    found = [
        Property(p.get("name", ""), _text(p, "Property", empty=True), p.get("type", ""))
        for p in _all(element, "Property")
    ]
    if any(not p.name for p in found):
        raise BadHeader("A property has no name.", remedy="Name it.")
    return tuple(found)


def _references(receipt: _Element) -> tuple[str, ...]:
    """The references that a receipt repeats; what else a partner put into it is passed over."""
    found = [c for c in receipt if c.tag == f"{{{names.EBBP}}}NonRepudiationInformation"]
    if len(found) > 1:
        raise BadHeader("A receipt has two lists of references.", remedy="Write one.")
    references = [
        inner
        for part in (found[0] if found else ())
        if part.tag == f"{{{names.EBBP}}}MessagePartNRInformation"
        for inner in part
        if inner.tag == f"{{{DS}}}Reference"
    ]
    return tuple(EXCLUSIVE.octets(each).decode() for each in references)


def _error(element: _Element) -> EbmsError:
    code = element.get("errorCode", "")
    if not re.fullmatch(r"[A-Za-z]{1,20}:[0-9A-Za-z]{1,10}", code):
        raise BadHeader(f"The error code {code[:40]!r} is malformed.", remedy="Write EBMS: and a number.")
    inner = {_local(c): "".join(str(t) for t in c.itertext())[:_DETAIL] for c in element}
    return EbmsError(
        code, element.get("severity", "failure"), element.get("category", ""), element.get("shortDescription", ""),
        inner.get("Description", ""), inner.get("ErrorDetail", ""), element.get("refToMessageInError", ""),
    )  # fmt: skip


# --- positions


_MESSAGING: Final = f"{{{names.EB}}}Messaging"
_SECURITY: Final = f"{{{WSSE}}}Security"


def _children(element: _Element, *required: str, others: Sequence[str] = ()) -> list[_Element]:
    """The children of an element: the required ones first, once, in order; then others, each where it may be."""
    children = list(element)
    names_found = [c.tag for c in children]
    wanted = [_eb(name) for name in required]
    if names_found[: len(wanted)] != wanted:
        raise BadHeader(f"{_local(element)} does not begin with {', '.join(required)}.", remedy="Write them in order.")
    allowed = {_eb(name) for name in others}
    rest = names_found[len(wanted) :]
    if any(tag not in allowed for tag in rest) or (len(set(rest)) != len(rest) and _eb("Error") not in rest):
        raise BadHeader(f"{_local(element)} has children that it should not have, or twice.",
                        remedy=f"After {', '.join(required)} may stand: {', '.join(others) or 'nothing'}.")  # fmt: skip
    return children


def _all(element: _Element | None, name: str) -> list[_Element]:
    children = list(element) if element is not None else []
    if any(c.tag != _eb(name) for c in children):
        raise BadHeader(f"Something else stands among {name}.", remedy=f"Write {name} only.")
    return children


def _typed(element: _Element, what: str) -> Typed:
    return Typed(_text(element, what), element.get("type", ""))


def _text(element: _Element, what: str, *, empty: bool = False) -> str:
    value = (element.text or "").strip()
    if len(element) or len(value) > LONGEST or not (value or empty):
        raise BadHeader(f"{what} is empty, too long or has elements inside.", remedy=f"Write text, 1 to {LONGEST}.")
    return value


def _mpc(element: _Element) -> str:
    return element.get("mpc") or names.DEFAULT_MPC


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2]


@cache
def _soap(name: str) -> str:
    return f"{{{names.SOAP}}}{name}"


@cache
def _eb(name: str) -> str:
    return f"{{{names.EB}}}{name}"
