"""Structs of cd971c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.action import Action
from douane.standards.ncts.phase5.generated.tags import TAGS


class Country01(Group, frozen=True, kw_only=True, gc=False):
    """CountryType01; in CD971C."""

    sequence_number: int
    country: str
    action: tuple[Action, ...]


class CD971C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE971: Full schedule of unavailability."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: tuple[Country01, ...]
    phase_id: str | None = None
