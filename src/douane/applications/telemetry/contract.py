"""Telemetry: taken from the systems of an administration, shown to its own people and systems, and to nobody else."""

from __future__ import annotations

from douane.applications.telemetry.messages import TelemetryQuestion, TelemetryShown, TelemetryTaken, TelemetryTold
from douane.author import (
    Actor,
    ActorKind,
    Element,
    Law,
    Level,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    derived,
    query,
    service,
)
from douane.author.needs import TELEMETRY

SYSTEM = Actor("", ActorKind.MEMBER_STATE, "Tells what it measures, and sees what its administration's systems told")
OFFICER = Actor("", ActorKind.OFFICER, "Sees what the systems of the own administration told")


@service(
    "telemetry",
    title="Telemetry of connected systems",
    owner="Commission and Member States",
    level=Level.BRONZE,
    agreed=derived("nothing rests on it"),
    legal=("UCC art. 16",),
    realises=("service integration",),
)
class Telemetry:
    """Metrics, logs and traces of systems that are connected to the platforms, by OTLP; each administration its own."""

    @query(
        TelemetryTold,
        TelemetryTaken,
        task="TEL-TKE-01",
        who=Who(by=(SYSTEM,)),
        law=Law(requirements=("REQ-TEL-001",)),
        of_nobody=True,
        fills=TELEMETRY,
    )
    def take(self) -> None:
        """Take what a system of an administration measured; as much as its share allows."""

    @query(
        TelemetryQuestion,
        TelemetryShown,
        task="TEL-QRY-01",
        who=Who(by=(SYSTEM, OFFICER)),
        law=Law(requirements=("REQ-TEL-001",)),
        of_nobody=True,
    )
    def show(self) -> None:
        """Show what the systems of the own administration told last."""


_TESTS = "src/douane/applications/telemetry/tests/test_telemetry.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("telemetry", 2, "Seeing connected systems", "common foundations", ("service integration",)),
    Task("TEL-TKE-01", "Tell what a system measures", "telemetry"),
    Task("TEL-QRY-01", "See what the own systems measure", "telemetry"),
    Requirement(
        "REQ-TEL-001", "An administration sees what its own systems told, and nothing of another one.",
        (_TESTS, "tests/journeys/test_otlp.py"),
    ),
)  # fmt: skip
"""Where telemetry stands in the Reference Architecture."""
