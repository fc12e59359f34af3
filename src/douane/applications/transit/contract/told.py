"""What messages to a trader tell of his movement: in the words of the states that the office keeps of it.

A node that only carries them knows no more than this. What leaves the state open (an amendment that is accepted or
refused, an incident) is not here, so the case stays what it was.
"""

from __future__ import annotations

from typing import Any, Final

from douane.author import Tells
from douane.standards.ncts import phase5 as p5

DECIDED: Final = "0"
"""Kind of a notice of control (CL385): the control is decided; others announce that there may be one."""
NOT_RELEASED: Final = "4"
"""Indicator of release (CL164): no release."""
REFUSED, RECEIVED = "rejected", "received"
"""An acknowledgement does not say whether the goods are presented, so it leaves the case received and no more."""


def _control(notice: p5.CC060C) -> str:
    return "under control" if notice.transit_operation.notification_type == DECIDED else ""


def _invalidation(notice: p5.CC009C) -> str:
    return "invalidated" if notice.invalidation.decision else ""


def _release(notice: p5.CC025C) -> str:
    return "not released" if notice.transit_operation.release_indicator == NOT_RELEASED else "released"


def _departure(declaration: Any) -> str:
    return str(declaration.customs_office_of_departure.reference_number)


def _destination(notice: Any) -> str:
    return str(notice.customs_office_of_destination_actual.reference_number)


AT_DEPARTURE: Final = Tells(
    {
        p5.CC928C: RECEIVED, p5.CC028C: "accepted", p5.CC055C: "guarantee not valid", p5.CC060C: _control,
        p5.CC051C: "not released", p5.CC029C: "released", p5.CC009C: _invalidation, p5.CC140C: "holder asked",
        p5.CC019C: "discrepancies", p5.CC035C: "recovery", p5.CC045C: "discharged",
    },
    {p5.CC056C: REFUSED, p5.CC906C: REFUSED, p5.CC917C: REFUSED},
    _departure, "mrn",
)  # fmt: skip
"""Of a declaration."""
AT_DESTINATION: Final = Tells(
    {p5.CC025C: _release, p5.CC043C: "unloading"},
    {p5.CC057C: REFUSED, p5.CC906C: REFUSED, p5.CC917C: REFUSED},
    _destination,
)
"""Of an arrival."""
