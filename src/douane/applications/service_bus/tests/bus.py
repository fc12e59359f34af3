"""A bus on paper: one node, administrations that offer and consume, and what each of them is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from douane.applications.service_bus.handlers import showing
from douane.applications.service_bus.messages.registry import (
    Class,
    ConsumerDecision,
    ConsumerRequest,
    Content,
    Form,
    LifeChange,
    OfferDecision,
    OfferedOperation,
    Pattern,
    RegisteredService,
    ServiceKey,
    ServiceOffer,
    ServicePage,
    ServiceQuery,
)
from douane.author.run import View
from tests.callers import system
from tests.journeys.office import CATALOGUE, Office

SCHEMA = '{"type": "object", "required": ["permit"], "properties": {"permit": {"type": "string", "maxLength": 8}}}'
ANSWER = '{"type": "object", "required": ["valid"], "properties": {"valid": {"type": "boolean"}}}'
CHECK = OfferedOperation(
    name="check", pattern=Pattern.REQUEST, takes=Content(Form.JSON, SCHEMA), answers=Content(Form.JSON, ANSWER)
)


def permits(provider: str = "DE", version: int = 1, **more: Any) -> ServiceOffer:
    """An offer of a service that checks permits."""
    given = {"title": "Permits", "level": Class.SILVER, "operations": (CHECK,), **more}
    return ServiceOffer(provider=provider, service="permits", version=version, **given)


@dataclass
class Bus(Office):
    """A node at the centre, whose messages come from administrations."""

    kept: frozenset[str] = frozenset({"EU"})

    def tell(self, sender: str, message: Any) -> Any:
        """Hand a message in; what its sender was answered."""
        before = len(self.sent(f"NTA.{sender}"))
        self.give(message, f"NTA.{sender}")
        told = self.sent(f"NTA.{sender}")[before:]
        return told[-1] if told else None

    def reasons(self, sender: str, message: Any) -> str:
        """Why a message changed nothing."""
        return " ".join(self.tell(sender, message).reasons)

    def offered(self, offer: ServiceOffer, **more: Any) -> ServiceOffer:
        """Offer a service and approve it."""
        assert self.tell(offer.provider, offer).state == "asked"
        decision = OfferDecision(**naming(offer), approved=True, **more)
        assert self.tell("EU", decision).state == "offered"
        return offer

    def consumed(self, offer: ServiceOffer, by: str, callback: str = "") -> None:
        """Let an administration consume an offer."""
        assert self.tell(by, ConsumerRequest(**naming(offer), callback=callback)).state in ("asked", "permitted")
        assert self.tell(offer.provider, permission(offer, by)).state == "permitted"

    def reads(self, caller: str = "NTA.FR", roles: frozenset[str] = frozenset()) -> View:
        """What a reader of the registry sees."""
        seen = self.view("EU")
        return View(
            self.store.snapshot(),
            "EU",
            self.clock.now(),
            seen.look,
            caller=system(caller.removeprefix("NTA.")),
            roles=roles,
        )

    def shown(self, version: int = 1, **reader: Any) -> RegisteredService:
        """The registered permits."""
        return showing.show(self.reads(**reader), ServiceKey("permits", version))

    def page(self, after: str = "", limit: int = 50, **reader: Any) -> ServicePage:
        """A page of the registry."""
        return showing.find(self.reads(**reader), ServiceQuery(after, limit))


def naming(offer: ServiceOffer) -> dict[str, Any]:
    """The fields that name an offering in other messages."""
    return {"provider": offer.provider, "service": offer.service, "version": offer.version}


def permission(offer: ServiceOffer, consumer: str, *, permitted: bool = True) -> ConsumerDecision:
    """The provider's word on a consumer."""
    return ConsumerDecision(**naming(offer), consumer=consumer, permitted=permitted)


def ending(offer: ServiceOffer, **more: Any) -> LifeChange:
    """A change in the life of an offering."""
    return LifeChange(**naming(offer), **more)


def decoded(body: str) -> Any:
    """A JSON text."""
    return msgspec.json.decode(body)


__all__ = ["CATALOGUE", "Bus", "decoded", "ending", "naming", "permission", "permits"]
