"""What every start goes through: quick, and without the network."""

from __future__ import annotations

from douane.configuration.settings import NodeSettings
from douane.examination.starting import conflicts, identity, rights
from douane.examination.starting.finding import Level, made
from douane.examination.starting.packages import must_be_permitted
from douane.vocabulary.errors import DeclarationFault

CHECKS = (*conflicts.CHECKS, *rights.CHECKS, *identity.STARTING)


def must_start(settings: NodeSettings) -> None:
    """Refuse to start a node that nobody should run. Raises DeclarationFault with the sentence that mends it."""
    must_be_permitted(settings)
    faults = [each for each in made(CHECKS, settings) if each.level is Level.FAULT]
    if faults:
        more = f" {len(faults) - 1} more: douane doctor names all." if len(faults) > 1 else ""
        raise DeclarationFault(faults[0].text, remedy=faults[0].remedy + more)
