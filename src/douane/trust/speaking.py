"""Who speaks for an administration: whoever is registered as its system, by the certificate of a statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from douane.identity.statements import opened
from douane.model.circles import ActorKind
from douane.runtime.store.ports import Instant
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import NotAuthorised


def opener(folder: Path) -> Callable[[bytes, Instant], tuple[bytes, str]]:
    """What opens statements by the register and the certificates of an identity folder, as they are then."""

    def opened_by(statement: bytes, now: Instant) -> tuple[bytes, str]:
        """What a statement says, and the administration for which its signer speaks. Raises SenderFault."""
        identity = DevelopmentIdentity(folder)
        content, client = opened(statement, identity.load_register(), identity.load_certificates(), now)
        if client.kind is not ActorKind.MEMBER_STATE or not client.administration:
            raise NotAuthorised(
                f"{client.id} is no system of an administration.", remedy="Have the administration sign it."
            )
        return content, client.administration

    return opened_by
