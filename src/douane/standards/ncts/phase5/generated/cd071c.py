"""Structs of cd071c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.country import Country02
from douane.standards.ncts.phase5.generated.tags import TAGS


class CD071C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE071: System unavailable, to a national domain."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: Country02
    phase_id: str | None = None
