"""The levels of a node in a month, from its ledger, its announced outages and the model; and that report signed."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence

import msgspec

from douane.configuration import discovery
from douane.configuration.absences import knowing
from douane.configuration.keys import log_name, signing_key
from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import supply_of
from douane.continuity.levels import Measured, Window, added, report
from douane.model.graph import services_asked
from douane.model.needs import PLANNED
from douane.runtime.store.ports import MINUTE
from douane.shared_services.monitoring.burning import places
from douane.supervision.asking import view_of
from douane.supervision.levels import Ledger
from douane.vocabulary.errors import BadRequest

FORM = "douane.levels.1"


def month_of(settings: NodeSettings, month: str, now: dt.datetime) -> list[Measured]:
    """Every service of a month, as far as it has gone. Raises BadRequest for what is no month, or one to come."""
    return _month(settings, month, now, _windows(settings))


def _month(settings: NodeSettings, month: str, now: dt.datetime, windows: Sequence[Window]) -> list[Measured]:
    begin, end = bounds(month)
    end = min(end, int(now.timestamp()) // 60)
    if end <= begin:
        raise BadRequest(f"{month} has not begun.", remedy="Ask for a month that has.")
    services = discovery.services()
    own = sorted(settings.administrations) or [""]
    return report(
        list(Ledger(settings.data).month(month)), begin, end,
        [(service.name, platform.value) for service, platform in places(services)
         if platform.value in settings.platforms],
        {service.name: service.level for service in services}, _asked(),
        windows, own,
    )  # fmt: skip


@functools.cache
def _asked() -> Mapping[str, frozenset[str]]:
    """Which services each service asks while it works: that of the installed code, found once in a process."""
    return services_asked(discovery.installed_model())


def year_of(settings: NodeSettings, year: str, now: dt.datetime) -> list[Measured]:
    """Every service of a year, as far as it has gone: its months added up. Raises BadRequest for what is no year."""
    months = [f"{year}-{number:02}" for number in range(1, 13)]
    begun = [each for each in months if bounds(each)[0] * 60 < int(now.timestamp())]
    if not begun:
        raise BadRequest(f"{year} has not begun.", remedy="Ask for a year that has.")
    windows = _windows(settings)
    return added([_month(settings, each, now, windows) for each in begun])


def bounds(month: str) -> tuple[int, int]:
    """First minute of a month, and of the next one, counted since 1970 (UTC). Raises BadRequest."""
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", month):
        raise BadRequest(f"{month[:20]!r} is no month.", remedy="Write it as 2026-11.")
    year, number = int(month[:4]), int(month[5:])
    following = dt.datetime(year + number // 12, number % 12 + 1, 1, tzinfo=dt.UTC)
    first = dt.datetime(year, number, 1, tzinfo=dt.UTC)
    return int(first.timestamp()) // 60, int(following.timestamp()) // 60


def _windows(settings: NodeSettings) -> list[Window]:
    """What the administrations of the node announced; a part of a minute counts as none."""
    planned = supply_of(PLANNED)
    if planned is None or not settings.administrations:
        return []
    with discovery.reading(settings.store_address) as reader:
        found = planned(view_of(settings, reader, knowing(settings)))
    return [
        Window(-(-begin // MINUTE), end // MINUTE, administration)
        for administration in sorted(settings.administrations)
        for begin, end in found.get(administration, ())
    ]


def signed(settings: NodeSettings, month: str, found: Sequence[Measured]) -> str:
    """The report as a signed note: one line of JSON, and the signature of the node's log key over it."""
    signer = signing_key(settings.data / "audit.key", log_name(settings), SystemIds().random)
    text = msgspec.json.encode({"form": FORM, "node": settings.name, "month": month, "services": found})
    return signer.sign(text.decode() + "\n")
