"""Messages of the import procedure: a short declaration, its acceptance, control and release."""

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


class ImportItem(GoodsItem, frozen=True):
    """A goods item."""


class ImportDeclaration(GoodsDeclaration[ImportItem], frozen=True):
    """Declare goods for import."""


class ImportAccepted(Accepted, frozen=True):
    """The declaration is accepted."""


class ImportControlled(Controlled, frozen=True):
    """The goods will be controlled; reasons are for the office alone, the declarant learns the kinds of control."""


class ImportReleased(Released, frozen=True):
    """The goods are released."""


class ImportRefused(Refused, frozen=True):
    """The declaration is refused, or the goods are not released."""


class ImportControl(ControlResult, frozen=True):
    """An officer records what a control showed."""


class ImportNotRecorded(NotRecorded, frozen=True):
    """The result of a control is not recorded: the declaration is unknown, or no control of it is open."""
