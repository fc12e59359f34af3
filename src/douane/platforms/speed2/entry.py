"""What SPEED2 asks beyond circle and role: that the agreement with a partner covers what it sends."""

from __future__ import annotations

from douane.model.declare import Kind, Operation
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.door.door import Authenticated, Gate, party_of
from douane.runtime.door.proof import NONE, Possession
from douane.vocabulary.errors import NotAuthorised


class AgreedGate:
    """A gate, and the agreements behind it: the gate first, so that nobody learns of another's agreement.

    ``agreements`` may be replaced while it runs.
    """

    def __init__(self, gate: Gate, agreements: Agreements) -> None:
        self._gate, self.agreements = gate, agreements

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        """Who is calling."""
        return self._gate.authenticate(certificate, authorization, possession)

    def still(self, caller: Authenticated) -> None:
        """Silent where whoever was let in a while ago is let in now."""
        self._gate.still(caller)

    def public(self) -> Authenticated:
        """The public."""
        return self._gate.public()

    def authorise(self, caller: Authenticated, operation: Operation) -> None:
        """Silent when the caller may call it and its agreement covers the message."""
        self._gate.authorise(caller, operation)
        agreement = self.agreements.get(party_of(caller))
        sends = operation.kind is Kind.COMMAND
        if sends and agreement is not None and not agreement.may_send(operation.request.__name__):
            raise NotAuthorised(
                f"The agreement with {agreement.party} does not cover {operation.request.__name__}.",
                remedy="Ask the operator of SPEED2 to extend it.",
            ).because("agreements with partners", operation.request.__name__, "the operator of SPEED2")

    def open_to(self, caller: Authenticated, operation: Operation) -> bool:
        """Whether the operation exists for this caller at all."""
        return self._gate.open_to(caller, operation)
