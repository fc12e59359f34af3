"""Messages of the export procedure: a short declaration, its acceptance, control and release."""

from __future__ import annotations

from douane.applications.clearance.contract import (
    Accepted,
    Controlled,
    ControlResult,
    GoodsDeclaration,
    GoodsItem,
    NotRecorded,
    Refused,
    Released,
)


class ExportItem(GoodsItem, frozen=True):
    """A goods item."""


class ExportDeclaration(GoodsDeclaration[ExportItem], frozen=True):
    """Declare goods for export."""


class ExportAccepted(Accepted, frozen=True):
    """The declaration is accepted."""


class ExportControlled(Controlled, frozen=True):
    """The goods will be controlled; reasons are for the office alone, the declarant learns the kinds of control."""


class ExportReleased(Released, frozen=True):
    """The goods are released."""


class ExportRefused(Refused, frozen=True):
    """The declaration is refused, or the goods are not released."""


class ExportControl(ControlResult, frozen=True):
    """An officer records what a control showed."""


class ExportNotRecorded(NotRecorded, frozen=True):
    """The result of a control is not recorded: the declaration is unknown, or no control of it is open."""
