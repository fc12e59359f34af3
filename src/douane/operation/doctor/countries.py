"""Whether the administrations that settings name exist, and whether the lists are kept that messages are judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
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


def kept(settings: NodeSettings) -> Iterator[Said]:  # noqa: ARG001  # they come with the applications
    """Code lists by which messages are judged, and which are neither kept nor derived: no code would be judged."""
    lists = code_lists()
    judged = discovery.behaviour().judged_by()
    for number in sorted({each for named in judged.values() for each in named if each not in lists}):
        using = ", ".join(sorted(operation for operation, named in judged.items() if number in named))
        yield fault(f"Code list {number} is not kept; {using} would not judge its codes.",
                    "Import it: douane reference import FILE.")  # fmt: skip


CHECKS = (Check("settings.countries", administrations), Check("lists.kept", kept))
