"""How queues are called: purpose, system, administration, environment."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Purpose(enum.StrEnum):
    """What a receiving queue is for."""

    CORE = "CORE"  # business messages
    ADMIN = "ADMIN"  # unavailability, statistics, reference data
    REPORT = "REPORT"  # reports about what was sent


class Environment(enum.StrEnum):
    """Where a queue lives; the name of an operational one carries no suffix."""

    OPERATIONS = ""
    CONFORMANCE = "CONF"
    TRAINING = "TRAIN"


class Address(NamedTuple):
    """Whose queue for what. ``administration``: a country code, or ``EU`` for the centre."""

    purpose: Purpose
    system: str
    administration: str
    environment: Environment = Environment.OPERATIONS

    @property
    def queue(self) -> str:
        """``CORE-RCT-NCTS.DE``, in training ``CORE-RCT-NCTS.DE-TRAIN``."""
        suffix = f"-{self.environment.value}" if self.environment.value else ""
        return f"{self.purpose.value}-RCT-{self.system}.{self.administration}{suffix}"


def dead(queue: str) -> str:
    """Where the carrier puts what it could not deliver from a queue."""
    return f"{queue}.DEAD"
