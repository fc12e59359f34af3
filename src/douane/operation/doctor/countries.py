"""Whether the administrations that settings name exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from douane.configuration.lists import code_lists
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, warning
from douane.identity.certificates import moment

COUNTRIES: Final = "CL008"
UNION: Final = "EU"
"""The Commission, which is no country."""


def administrations(settings: NodeSettings) -> Iterator[Said]:
    """Codes of countries that the published list does not hold."""
    today: dt.date = moment(SystemClock().now()).date()
    look = code_lists().look(today)
    named = {*settings.administrations, *settings.elsewhere, *settings.peers, *settings.folders}
    for code in sorted({*named, *settings.queue_users.values()} - {UNION}):
        if not look.has(COUNTRIES, code):
            yield warning(f"{code} is no country of code list {COUNTRIES}.", "Write the code of the administration.")


CHECKS = (Check("settings.countries", administrations),)
