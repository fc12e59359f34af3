"""Processing modes: what two parties agreed for one leg of an exchange, as one frozen value, and its faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from douane.standards.as4 import names
from douane.standards.as4.awareness import Retry
from douane.standards.as4.messages import PartyId, Typed, UserMessage
from douane.standards.as4.profiles import PROFILES, SecurityProfile
from douane.standards.internet.addresses import read_endpoint
from douane.standards.mime.reading import Limits
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import DeclarationFault, Fault, NotValid

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
DAY: Final = 24 * 60 * MINUTE
OTHER: Final = "18"  # CL030: any other fault


LARGEST: Final = 2_147_483_647  # octets of one payload that any agreement may allow
SPARE: Final = 1024 * 1024  # octets of a part beyond its payload: encryption, and gzip of what does not compress
HALF_A_DAY: Final = Retry(first=MINUTE, factor=2, count=8, window=12 * 60 * MINUTE)
"""Repetitions by default: after 1, 2, 4, ... minutes, at most an hour apart."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who may stand on one side of an exchange, in which role. No parties: anybody that the role's trust admits."""

    parties: tuple[PartyId, ...]
    role: str


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """A message property and whether it must be there."""

    name: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class PayloadRule:
    """One payload of a profile. ``content_id`` and ``media_type`` empty: any. ``most``: octets unpacked."""

    name: str
    content_id: str = ""
    media_type: str = ""
    required: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True)
class Security:
    """How the legs are signed and encrypted, beyond what their profile fixes."""

    signature: str = ""  # empty: the profile's
    key: KeyMethod | None = None
    signer_form: TokenForm = TokenForm.CERTIFICATE
    recipient_form: TokenForm = TokenForm.KEY_IDENTIFIER
    encrypt: bool = True


@dataclass(frozen=True, slots=True)
class PMode:
    """One leg. Sizes in octets, times in microseconds.

    aliases: pairs of party types that mean the same. past, future: how far the signed
    timestamp may lie from now; past must be wider than the retry window, since repetitions keep the first timestamp.
    """

    id: str
    initiator: Side
    responder: Side
    service: Typed
    action: str
    agreement: Typed | None = None
    mep: str = names.ONE_WAY
    binding: str = names.PUSH
    mpc: str = names.DEFAULT_MPC
    profile: str = "1.x"
    overlay: str = ""
    address: str = ""
    security: Security = field(default_factory=Security)
    properties: tuple[PropertyRule, ...] = ()
    payloads: tuple[PayloadRule, ...] = ()
    compress: bool = True
    multipart_always: bool = False
    retry: Retry = HALF_A_DAY
    detect_duplicates: bool = True
    past: int = DAY
    future: int = 5 * MINUTE
    largest: int = 64 * 1024 * 1024
    limits: Limits = field(default_factory=Limits)
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def sender(self) -> Side:
        """Who sends the user message: the responder, where it is pulled."""
        return self.responder if self.binding == names.PULL else self.initiator

    @property
    def receiver(self) -> Side:
        """Who receives the user message."""
        return self.initiator if self.binding == names.PULL else self.responder

    @property
    def security_profile(self) -> SecurityProfile:
        """The profile as code uses it."""
        return PROFILES[self.profile]

    @property
    def total(self) -> int:
        """Octets of all parts of a message together, as they travel."""
        return max(self.limits.total, self.largest + SPARE)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the agreement itself; empty for a sound one."""
        return tuple(Fault(f"/{self.id}/{where}", OTHER, what, value=value) for where, what, value in _faults(self))


def _faults(mode: PMode) -> Iterator[tuple[str, str, str]]:
    if mode.profile not in PROFILES:
        yield "profile", f"Name one of: {', '.join(PROFILES)}.", mode.profile
        return
    profile = mode.security_profile
    if mode.security.signature and mode.security.signature not in profile.signatures:
        yield "security/signature", f"Use an algorithm of profile {profile.name}.", mode.security.signature
    if mode.security.key is not None and mode.security.key not in profile.keys:
        yield "security/key", f"Use a key transport of profile {profile.name}.", mode.security.key.value
    if mode.profile == "2.0" and mode.binding not in (names.PUSH, names.PUSH_AND_PUSH, names.PULL):
        yield "binding", "Profile 2.0 knows push, pull and push-and-push.", mode.binding
    if mode.mep not in (names.ONE_WAY, names.TWO_WAY):
        yield "mep", f"Use {names.ONE_WAY} or {names.TWO_WAY}.", mode.mep
    for where, side in (("initiator", mode.initiator), ("responder", mode.responder)):
        if not side.role:
            yield f"{where}/role", "Name a role.", ""
    yield from _address_faults(mode)
    if not 0 < mode.largest <= LARGEST:
        yield "largest", f"Allow payloads of 1 to {LARGEST} octets.", str(mode.largest)
    for rule in mode.payloads:
        if not 0 <= rule.most <= LARGEST:
            yield f"payloads/{rule.name}", f"Allow 1 to {LARGEST} octets, or name no limit.", str(rule.most)
    if mode.retry.count and mode.retry.first < SECOND:
        yield "retry", "Leave at least a second between two attempts.", str(mode.retry.first)
    if mode.past < mode.retry.window:
        yield "past", "Let timestamps be older than the retry window: repetitions keep the first one.", str(mode.past)
    if not mode.action or not mode.service.value:
        yield "service", "Name a service and an action.", ""


def _address_faults(mode: PMode) -> Iterator[tuple[str, str, str]]:
    """An address is spelled plainly; without TLS goes only what is encrypted by itself, or stays on this machine."""
    if not mode.address:
        return
    try:
        found = read_endpoint(mode.address)
    except DeclarationFault as problem:
        yield "address", problem.remedy, mode.address
        return
    here = found.host == "localhost" or (found.literal is not None and found.literal.is_loopback)
    if found.scheme == "http" and not mode.security.encrypt and not here:
        yield "address", "Give an address with https: payloads of this leg are not encrypted.", mode.address


def check_message(mode: PMode, message: UserMessage) -> None:
    """Whether properties and payloads are those agreed. Raises NotValid with every fault."""
    faults = [
        Fault(f"/MessageProperties/{rule.name}", OTHER, f"Send the property {rule.name}.")
        for rule in mode.properties
        if rule.required and not message.value_of(rule.name)
    ]
    if not message.is_test:
        faults += _payload_faults(mode, message)
    if faults:
        raise NotValid("The message is not what was agreed.", remedy="Mend every fault.", faults=tuple(faults))


def _payload_faults(mode: PMode, message: UserMessage) -> Iterator[Fault]:
    for rule in mode.payloads:
        wanted = rule.content_id
        fitting = [p for p in message.parts if not wanted or p.content_id.partition("@")[0] == wanted.partition("@")[0]]
        if rule.required and not fitting:
            yield Fault("/PayloadInfo", OTHER, f"Send the payload {rule.name} (cid:{wanted or 'any'}).")
        for part in fitting if wanted else ():
            kind = part.value_of(names.MIME_TYPE)
            if rule.media_type and kind.lower() != rule.media_type.lower():
                yield Fault(f"/PayloadInfo/{part.content_id}/{names.MIME_TYPE}", OTHER,
                            f"Send it as {rule.media_type}.", value=kind)  # fmt: skip
    for part in message.parts:
        if part.compressed and part.value_of(names.COMPRESSION_TYPE) != names.GZIP_MEDIA:
            yield Fault(f"/PayloadInfo/{part.content_id}", OTHER, f"Compress by {names.GZIP_MEDIA}.")
        if part.compressed and not part.value_of(names.MIME_TYPE):
            yield Fault(f"/PayloadInfo/{part.content_id}", OTHER, "Name the type before compression in MimeType.")
