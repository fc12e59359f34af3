"""Agreements of an access point: what the operator writes down of each partner, and the legs that follow of it.

::

    host = "as4.customs.example"
    party = "customs"
    type = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
    role = "Customs"

    [[partner]]
    party = "FR41234567800015"
    type = "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:EORI"
    role = "Trader"
    profile = "2.0"
    agreement = "customs-2026"
    address = "https://as4.vauban.example/msh"

Every command that the model declares is a leg of its service and name, and so are answers of a partner to what customs
asked it (service ``answers``, the message type as action); what customs sends is pulled from the partner's
sub-channel, or pushed where an address is given. ``pmodes`` names a Domibus file instead, ``preset = "ics2"`` the
shared trader interface with its ``actions``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from douane.model.declare import Kind, Operation
from douane.standards.as4 import names
from douane.standards.as4.domibus import read_pmodes
from douane.standards.as4.matching import ANY
from douane.standards.as4.messages import PartyId, Typed
from douane.standards.as4.pmodes import PMode, Security, Side
from douane.standards.as4.presets import TraderInterface, overlay_faults
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature import names as algorithms
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import DeclarationFault, DouaneError

SERVICE_TYPE: Final = "urn:douane:service"
CHANNEL: Final = "urn:douane:mpc:answers"
ANSWERS: Final = Typed("answers", SERVICE_TYPE)
_SIGNATURES: Final = {"rsa": algorithms.RSA_SHA256, "ed25519": algorithms.ED25519, "ecdsa": algorithms.ECDSA_SHA256}


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner as the operator wrote it down. Empty fields: the profile's own."""

    party: str
    type: str = ""
    role: str = "Trader"
    profile: str = "1.x"
    agreement: str = ""
    agreement_type: str = ""
    address: str = ""
    signature: str = ""
    key: str = ""
    token: str = TokenForm.CERTIFICATE.value
    recipient: str = TokenForm.KEY_IDENTIFIER.value
    pmodes: str = ""
    preset: str = ""
    actions: tuple[str, ...] = ()
    largest: int = 64 * 1024 * 1024  # octets of one payload, unpacked


@dataclass(frozen=True, slots=True)
class PointFile:
    """The access point's own party and its partners."""

    host: str
    party: PartyId
    role: str
    partners: tuple[Partner, ...]


def read(text: str, where: str) -> PointFile:
    """The file of an access point (TOML). Raises DeclarationFault that names the entry and what is wrong."""
    try:
        content = tomllib.loads(text)
        partners = tuple(_partner(each, where) for each in content.pop("partner", ()))
        own = {name: str(content.pop(name)) for name in ("host", "party", "type", "role")}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        remedy = "Write host, party, type, role, and [[partner]] entries."
        raise DeclarationFault(f"{where} is incomplete or no TOML: {problem}.", remedy=remedy) from problem
    if content:
        raise DeclarationFault(f"{where} has an unknown part {min(content)}.", remedy="Leave it out.")
    return PointFile(own["host"], PartyId(own["party"], own["type"]), own["role"], partners)


def legs(
    point: PointFile, operations: Iterable[Operation], file: Callable[[str], bytes]
) -> tuple[tuple[PMode, str], ...]:
    """Every leg with every partner, and the partner's party. ``file`` reads a Domibus file by name.

    Raises DeclarationFault for an agreement that is not sound, naming field and remedy.
    """
    declared = sorted((o for o in operations if o.kind is Kind.COMMAND), key=lambda o: o.qualified)
    found: list[tuple[PMode, str]] = []
    for partner in point.partners:
        try:
            modes = _modes(point, partner, declared, file)
        except (ValueError, KeyError, DouaneError) as problem:
            raise DeclarationFault(f"The agreement with {partner.party}: {problem}") from problem
        for mode in modes:
            faults = [*mode.faults(), *(fault for fault, fixed in overlay_faults(mode) if fixed)]
            if faults:
                raise DeclarationFault(f"{faults[0].pointer}: {faults[0].remedy}", faults=tuple(faults))
            found.append((mode, partner.party))
    return tuple(found)


def _modes(
    point: PointFile, partner: Partner, declared: Iterable[Operation], file: Callable[[str], bytes]
) -> list[PMode]:  # fmt: skip
    if partner.pmodes:
        return list(read_pmodes(file(partner.pmodes)).modes)
    if partner.preset:
        if partner.preset != "ics2":
            raise ValueError(f"There is no preset {partner.preset}; known is ics2.")
        interface = TraderInterface(partner.party, customs=point.party.value, address=partner.address)
        to_trader = [interface.to_trader(ANY, pulled=True)]
        if partner.address:
            to_trader.append(interface.to_trader(ANY))
        return [*(interface.to_customs(action) for action in partner.actions), *to_trader]
    return list(_projected(point, partner, declared))


def _projected(point: PointFile, partner: Partner, declared: Iterable[Operation]) -> Iterable[PMode]:
    theirs = Side((PartyId(partner.party, partner.type),), partner.role)
    ours = Side((point.party,), point.role)
    common: dict[str, Any] = {
        "profile": partner.profile,
        "largest": partner.largest,
        "agreement": Typed(partner.agreement, partner.agreement_type) if partner.agreement else None,
        "security": Security(
            signature=_SIGNATURES[partner.signature] if partner.signature else "",
            key=KeyMethod(partner.key) if partner.key else None,
            signer_form=TokenForm(partner.token),
            recipient_form=TokenForm(partner.recipient),
        ),
    }
    for each in declared:
        service = Typed(each.service, SERVICE_TYPE)
        yield PMode(id=f"{partner.party}:{each.qualified}", initiator=theirs, responder=ours, service=service,
                    action=each.name, **common)  # fmt: skip
    yield PMode(id=f"{partner.party}:answers", initiator=theirs, responder=ours, service=ANSWERS, action=ANY,
                **common)  # fmt: skip
    yield PMode(id=f"{partner.party}:pull", initiator=theirs, responder=ours, service=ANSWERS, action=ANY,
                binding=names.PULL, mpc=CHANNEL, **common)  # fmt: skip
    if partner.address:
        yield PMode(id=f"{partner.party}:push", initiator=ours, responder=theirs, service=ANSWERS, action=ANY,
                    address=partner.address, **common)  # fmt: skip


def _partner(entry: Mapping[str, Any], where: str) -> Partner:
    known = {f.name for f in fields(Partner)}
    unknown = sorted(entry.keys() - known)
    if unknown or not entry.get("party"):
        what = f"an unknown field {unknown[0]}" if unknown else "a partner without party"
        raise DeclarationFault(f"{where} has {what}.", remedy=f"Known are: {', '.join(sorted(known))}.")
    if type(entry.get("largest", 1)) is not int:
        raise DeclarationFault(f"{where}: largest is a whole number of octets.", remedy="Write it without quotes.")
    texts = {name: value for name, value in entry.items() if name not in ("largest", "actions")}
    if wrong := sorted(name for name, value in texts.items() if not isinstance(value, str)):
        raise DeclarationFault(f"{where}: {wrong[0]} is a text.", remedy="Write it in quotes.")
    return Partner(**{**entry, "actions": tuple(entry.get("actions", ()))})
