"""The statutory clock of a node, and the file in its data folder by which development sets it.

There is no such file in operation, and a node that is none of development refuses one, as it refuses a
``time_scale``: a statutory day that is shorter is none of the law. A running node follows the file, so a show ends and
the union returns to the time of the law without a restart.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.settings import NodeSettings
from douane.runtime.core.node import Node
from douane.runtime.store.ports import Clock
from douane.runtime.store.statutory import StatutoryClock
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.following import Followed
from douane.vocabulary.calendars import Calendars, built_in, read_calendars
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.statutory import NORMAL, Pace
from douane.vocabulary.time import DAY

FILE: Final = "statutory-clock.json"


def read_pace(data: Path) -> Pace:
    """How statutory time goes in a data folder; that of operation where nothing says otherwise."""
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=Pace)
    except FileNotFoundError:
        return NORMAL
    except msgspec.MsgspecError as error:
        raise DeclarationFault(f"{data / FILE} is no pace: {error}", remedy="Take it away.") from error


def keep_pace(data: Path, pace: Pace) -> None:
    """Let statutory time of a data folder go so from now on; a running node notices within a second."""
    made = data / f"{FILE}.new"
    made.write_bytes(msgspec.json.encode(pace))
    made.rename(data / FILE)


def statutory_clock(settings: NodeSettings, clock: Clock) -> StatutoryClock:
    """The clock that a node begins with; DeclarationFault where outside development it is not that of the law."""
    pace = read_pace(settings.data)
    must_be_lawful(settings, pace)
    if settings.development and pace.scale != settings.time_scale:
        pace = pace.at(settings.time_scale, clock.now())
        keep_pace(settings.data, pace)
    return StatutoryClock(pace, calendars_in_force(settings))


def calendars_in_force(settings: NodeSettings) -> Calendars:
    """The calendars that come with the product, with those of the file that the settings name."""
    if settings.calendars is None:
        return built_in()
    return built_in().with_(read_calendars(settings.calendars.read_bytes()))


def advance(settings: NodeSettings, by: int) -> Pace:
    """Set statutory time of a node of development ahead, in microseconds; what it is now.

    Raises DeclarationFault for a node that is none.
    """
    if not (settings.development or DevelopmentIdentity(settings.identity_folder).development):
        raise DeclarationFault(
            "Statutory time is that of the law: only a node of development sets it ahead.",
            remedy="Name the data folder of a node that was started with --development.",
        )
    pace = read_pace(settings.data).ahead(by)
    keep_pace(settings.data, pace)
    return pace


def must_be_lawful(settings: NodeSettings, pace: Pace) -> None:
    """Refuse another statutory time than that of the law where a node is none of development."""
    if not settings.development and pace != NORMAL:
        raise DeclarationFault(
            f"Statutory time was set ahead in {settings.data}: its limits are not those of the law.",
            remedy="Start it with --development, or begin in another folder.",
        )


def statutory_time(settings: NodeSettings) -> Iterator[str]:
    """How statutory time differs from the machine's, aloud; nothing where it does not."""
    pace = read_pace(settings.data)
    scale = settings.time_scale if settings.development else pace.scale
    if pace.advanced:
        yield f"dates are {pace.advanced / DAY:g} days ahead of the machine's: this is a trial, no law"
    if scale != 1:
        yield f"time limits pass {scale} times as fast as the law says: this is a show"


def follow_pace(settings: NodeSettings, statutory: StatutoryClock, node: Node) -> Followed[Pace]:
    """Let a running node of development go by what its file says, at once."""

    def go(pace: Pace) -> None:
        statutory.pace = pace
        node.look_at_limits()

    return Followed(lambda: [settings.data / FILE], lambda: read_pace(settings.data), go)
