"""Headers written in their canonical form: what is sent is what is digested, so nothing needs canonicalisation."""

from __future__ import annotations

from typing import Final

from douane.standards.as4 import names
from douane.standards.as4.messages import (
    EbmsError,
    Message,
    Party,
    Property,
    PullRequest,
    Receipt,
    Typed,
    UserMessage,
)
from douane.standards.as4.times import write_timestamp
from douane.standards.xml_signature.content_ids import address_of
from douane.standards.xml_signature.names import WSU

MESSAGING_ID: Final = "messaging"
BODY_ID: Final = "body"
_XML_LANG: Final = "en"


def messaging(message: Message) -> str:
    """The ``eb:Messaging`` header of a message, canonical."""
    match message:
        case UserMessage():
            content = _user_message(message)
        case PullRequest():
            content = _signal(
                message.id, message.timestamp, "", f"<eb:PullRequest{_mpc(message.mpc)}></eb:PullRequest>"
            )
        case Receipt():
            parts = "".join(
                f"<ebbp:MessagePartNRInformation>{each}</ebbp:MessagePartNRInformation>" for each in message.references
            )
            inner = (
                f'<eb:Receipt><ebbp:NonRepudiationInformation xmlns:ebbp="{names.EBBP}">{parts}'
                "</ebbp:NonRepudiationInformation></eb:Receipt>"
            )
            content = _signal(message.id, message.timestamp, message.ref_to, inner)
        case _:
            content = _signal(message.id, message.timestamp, message.ref_to, "".join(map(_error, message.errors)))
    return (
        f'<eb:Messaging xmlns:S12="{names.SOAP}" xmlns:eb="{names.EB}" xmlns:wsu="{WSU}" '
        f'wsu:Id="{MESSAGING_ID}" S12:mustUnderstand="true">{content}</eb:Messaging>'
    )


BODY: Final = f'<S12:Body xmlns:S12="{names.SOAP}" xmlns:wsu="{WSU}" wsu:Id="{BODY_ID}"></S12:Body>'
"""The body of every AS4 message: present, empty, signed."""


def envelope(header: str, security: str) -> bytes:
    """A whole SOAP envelope. ``security``: the wsse:Security header, may be empty."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<S12:Envelope xmlns:S12="{names.SOAP}"><S12:Header>{security}{header}'
        f"</S12:Header>{BODY}</S12:Envelope>"
    ).encode()


def text(value: str) -> str:
    """Character data in canonical form."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


def attribute(value: str) -> str:
    """The value of an attribute in canonical form, without its quotes."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return value.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def _user_message(m: UserMessage) -> str:
    agreement = _typed("AgreementRef", m.agreement) if m.agreement is not None else ""
    properties = f"<eb:MessageProperties>{_properties(m.properties)}</eb:MessageProperties>" if m.properties else ""
    payloads = "".join(
        f'<eb:PartInfo href="{attribute(address_of(p.content_id))}">'
        + (f"<eb:PartProperties>{_properties(p.properties)}</eb:PartProperties>" if p.properties else "")
        + "</eb:PartInfo>"
        for p in m.parts
    )
    return (
        f"<eb:UserMessage{_mpc(m.mpc)}>{_info(m.id, m.timestamp, m.ref_to)}"
        f"<eb:PartyInfo>{_party('From', m.sender)}{_party('To', m.receiver)}</eb:PartyInfo>"
        f"<eb:CollaborationInfo>{agreement}{_typed('Service', m.service)}<eb:Action>{text(m.action)}</eb:Action>"
        f"<eb:ConversationId>{text(m.conversation_id)}</eb:ConversationId></eb:CollaborationInfo>{properties}"
        + (f"<eb:PayloadInfo>{payloads}</eb:PayloadInfo>" if payloads else "")
        + "</eb:UserMessage>"
    )


def _signal(id: str, at: int, ref_to: str, inner: str) -> str:
    return f"<eb:SignalMessage>{_info(id, at, ref_to)}{inner}</eb:SignalMessage>"


def _info(id: str, at: int, ref_to: str) -> str:
    ref = f"<eb:RefToMessageId>{text(ref_to)}</eb:RefToMessageId>" if ref_to else ""
    return (
        f"<eb:MessageInfo><eb:Timestamp>{write_timestamp(at)}</eb:Timestamp>"
        f"<eb:MessageId>{text(id)}</eb:MessageId>{ref}</eb:MessageInfo>"
    )


def _party(name: str, party: Party) -> str:
    return (
        f"<eb:{name}><eb:PartyId{_type(party.id.type)}>{text(party.id.value)}</eb:PartyId>"
        f"<eb:Role>{text(party.role)}</eb:Role></eb:{name}>"
    )


def _typed(name: str, value: Typed) -> str:
    return f"<eb:{name}{_type(value.type)}>{text(value.value)}</eb:{name}>"


def _type(value: str) -> str:
    return f' type="{attribute(value)}"' if value else ""


def _mpc(value: str) -> str:
    return f' mpc="{attribute(value)}"' if value != names.DEFAULT_MPC else ""


def _properties(properties: tuple[Property, ...]) -> str:
    return "".join(
        f'<eb:Property name="{attribute(p.name)}"{_type(p.type)}>{text(p.value)}</eb:Property>' for p in properties
    )


def _error(e: EbmsError) -> str:
    ref = f' refToMessageInError="{attribute(e.ref_to)}"' if e.ref_to else ""
    about = f'<eb:Description xml:lang="{_XML_LANG}">{text(e.description)}</eb:Description>' if e.description else ""
    detail = f"<eb:ErrorDetail>{text(e.detail)}</eb:ErrorDetail>" if e.detail else ""
    return (
        f'<eb:Error category="{e.category}" errorCode="{e.code}" origin="ebMS"{ref} severity="{e.severity}" '
        f'shortDescription="{attribute(e.short)}">{about}{detail}</eb:Error>'
    )
