"""Presets: agreements that differ from the plain ones by data only, and the overlay that checks them.

The EU Customs Trader Portal's shared trader interface for ICS2, in the two spellings that are public. Its interface
control document decides in doubt; whatever it may decide otherwise is a parameter here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from douane.standards.as4 import names
from douane.standards.as4.awareness import Retry
from douane.standards.as4.messages import PartyId, Typed
from douane.standards.as4.pmodes import DAY, MINUTE, OTHER, PayloadRule, PMode, PropertyRule, Security, Side
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import Fault

_TYPE: Final = "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs"
EORI_TYPE: Final = f"{_TYPE}:EORI"
AUTHORITY_TYPES: Final = (f"{_TYPE}:auth", f"{_TYPE}:authority")
_MPC: Final = "urn:fdc:ec.europa.eu:2019:"
TO_CUSTOMS, TO_TRADER = "eu_ics2_t2c", "eu_ics2_c2t"


VERSION_2: Final = Typed("EU-ICS2-TI-V2.0", "ics2-interface-version")


@dataclass(frozen=True, slots=True)
class TraderInterface:
    """The parameters of one trader's connection. ``trader``: an EORI or ``system@EORI``.

    authority_type: which spelling is sent; both are accepted. service_type: empty for the untyped form.
    """

    trader: str
    customs: str = "sti-taxud"
    authority_type: str = AUTHORITY_TYPES[0]
    agreement: Typed = VERSION_2
    service_type: str = "eu-customs-service-type"
    own_channels: bool = True
    four_corner_properties: bool = False
    key: KeyMethod = KeyMethod.RSA_OAEP
    address: str = ""

    def to_customs(self, action: str) -> PMode:
        """Pushing a filing (IE3F10, ...) to customs."""
        return self._leg(TO_CUSTOMS, action, names.PUSH)

    def to_trader(self, action: str, *, pulled: bool = False) -> PMode:
        """A message (IE3R01, ...) of customs, pushed to the trader or pulled by it."""
        return self._leg(TO_TRADER, action, names.PULL if pulled else names.PUSH)

    @property
    def pull_channel(self) -> str:
        """The sub-channel that this trader alone may pull."""
        return f"{_MPC}{TO_TRADER}/EORI/{self.trader}"

    def _leg(self, service: str, action: str, binding: str) -> PMode:
        trader = Side((PartyId(self.trader, EORI_TYPE),), "Trader")
        customs = Side((PartyId(self.customs, self.authority_type),), "Customs")
        sends, takes = (trader, customs) if service == TO_CUSTOMS else (customs, trader)
        initiator, responder = (takes, sends) if binding == names.PULL else (sends, takes)
        corners = ("originalSender", "finalRecipient")
        return PMode(
            id=f"ics2:{service}:{action}:{binding.rpartition('/')[2]}:{self.trader}",
            initiator=initiator, responder=responder, service=Typed(service, self.service_type), action=action,
            agreement=self.agreement, binding=binding, overlay="ics2", address=self.address,
            mpc=f"{_MPC}{service}" if self.own_channels else names.DEFAULT_MPC,
            security=Security(key=self.key, signer_form=TokenForm.PATH, recipient_form=TokenForm.EMBEDDED),
            properties=tuple(PropertyRule(each, self.four_corner_properties) for each in corners),
            payloads=(PayloadRule("message", "message", "text/xml", required=True, most=2_147_483_647),),
            multipart_always=True, retry=Retry(first=MINUTE, factor=1, count=4, window=4 * MINUTE), past=DAY,
            aliases=(AUTHORITY_TYPES,),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an overlay expects of one field. ``fixed``: no agreement may differ; else it is a finding only."""

    field: str
    holds: Callable[[PMode], bool]
    fixed: bool
    message: str


ICS2: Final = (
    Expectation("profile", lambda p: p.profile == "1.x", True, "The trader interface uses eDelivery AS4 1.x."),
    Expectation("mep", lambda p: p.mep == names.ONE_WAY, True, "The trader interface is one-way."),
    Expectation("security/signer_form", lambda p: p.security.signer_form is TokenForm.PATH, True,
                "Send the certificate chain as X509PKIPathv1, not the leaf."),
    Expectation("security/encrypt", lambda p: p.security.encrypt, True, "Payloads are encrypted."),
    Expectation("roles", lambda p: {p.initiator.role, p.responder.role} == {"Trader", "Customs"}, True,
                "The roles are Trader and Customs."),
    Expectation("service", lambda p: p.service.value in (TO_CUSTOMS, TO_TRADER), True,
                f"The service is {TO_CUSTOMS} or {TO_TRADER}."),
    Expectation("parties", lambda p: all(i.type in (EORI_TYPE, *AUTHORITY_TYPES) for s in (p.initiator, p.responder)
                                         for i in s.parties), True,
                "Traders are named by EORI, customs by one of the two authority types."),
    Expectation("compress", lambda p: p.compress, False, "Payloads are compressed by gzip."),
    Expectation("multipart_always", lambda p: p.multipart_always, False, "Messages are always multipart."),
    Expectation("agreement", lambda p: p.agreement is not None and p.agreement.value.startswith("EU-ICS2-TI-"), False,
                "The agreement names the version of the interface."),
)  # fmt: skip
OVERLAYS: Final = {"ics2": ICS2}


def overlay_faults(mode: PMode) -> tuple[tuple[Fault, bool], ...]:
    """Where an agreement differs from its overlay, and whether that is forbidden."""
    found = OVERLAYS.get(mode.overlay, ())
    return tuple((Fault(f"/{mode.id}/{e.field}", OTHER, e.message), e.fixed) for e in found if not e.holds(mode))


def reply_leg(mode: PMode, action: str) -> PMode:
    """The leg of a two-way exchange by which the answer is pushed back."""
    return dataclasses.replace(
        mode, id=f"{mode.id}:reply", initiator=mode.responder, responder=mode.initiator, action=action, address=""
    )
