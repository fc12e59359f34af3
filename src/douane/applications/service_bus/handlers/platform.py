"""What the bus knows of the platform that it runs on: the services that are declared here, and their message types."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from douane.author import Service
from douane.model import discovery
from douane.runtime.catalogue.catalogue import Catalogue


@functools.cache
def catalogue() -> Catalogue:
    """The operations and message types of everything that is installed."""
    return Catalogue(discovery.services())


def declared() -> Mapping[str, Service]:
    """Every declared service by its name."""
    return catalogue().services


def knows(message: str) -> bool:
    """Whether a message type of this name exists."""
    return message in catalogue().names()
