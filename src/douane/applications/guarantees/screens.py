"""What holders and guarantors ask in the portal: what is in use of a guarantee, and what is left of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from douane.pages.modules import Beginning, Filing, Module, Section, Sending

_GUARANTEE: Final = "GuaranteeReference"
_HEAD: Final = (
    "messageSender", "messageRecipient", "preparationDateAndTime", "messageIdentification", "messageType",
    "correlationIdentifier",
)  # fmt: skip


def _envelope(sending: Sending) -> Mapping[str, str]:
    """The head of the message, to the administration that the number of the guarantee names."""
    country = sending.value(f"{_GUARANTEE}/GRN")[2:4]
    return {
        "messageSender": sending.party, "messageRecipient": f"NTA.{country}" if country else "",
        "preparationDateAndTime": f"{sending.at:%Y-%m-%dT%H:%M:%S}", "messageIdentification": sending.id,
        "messageType": "CC034C", "correlationIdentifier": "",
    }  # fmt: skip


def _begins(beginning: Beginning) -> Mapping[str, str]:
    """The holder asks what is in use and what is left."""
    return {
        "Requester/identificationNumber": beginning.party, "Requester/role": "1",
        f"{_GUARANTEE}/0/GuaranteeQuery/queryIdentifier": "2",
    }  # fmt: skip


QUESTION: Final = Filing(
    "guarantees.ask_use", "Ask what is in use of a guarantee",
    (Section("guarantee", "The guarantee", ("Requester", _GUARANTEE),
             hint="Usage lists the movements, exposure tells the balance; the access code shows that you may ask."),),
    _envelope, _HEAD, _begins, attributes='PhaseID="NCTS5.1"', first=(_GUARANTEE,),
)  # fmt: skip

MODULE: Final = Module("guarantees", "Guarantees", (QUESTION,))
"""The module of guarantees."""
