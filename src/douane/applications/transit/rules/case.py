"""What the office already holds of a case: some rules compare a message with the declaration it follows.

A handler that knows the case wraps the look before it asks the rule book. Without a case such a rule stays silent,
because absence of knowledge is no fault of the sender.
"""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration
from douane.model.rules import Look
from douane.standards.ncts.phase5 import CC043C


class LookAtCase:
    """A look that also sees the case.

    ``declaration`` is the declaration as it stands, amendments applied; ``accepted`` tells whether it was accepted and
    so has an MRN; ``permission`` is the unloading permission that was sent. None means: not known here.
    """

    __slots__ = ("accepted", "date", "declaration", "has", "office_has", "permission", "transition")

    def __init__(
        self,
        look: Look,
        *,
        declaration: Declaration | None = None,
        accepted: bool | None = None,
        permission: CC043C | None = None,
    ) -> None:
        self.date = look.date
        self.transition = look.transition
        self.has = look.has
        self.office_has = look.office_has
        self.declaration = declaration
        self.accepted = accepted
        self.permission = permission


def declared(look: Look) -> Declaration | None:
    """The declaration as it stands, where the look sees the case."""
    return look.declaration if isinstance(look, LookAtCase) else None
