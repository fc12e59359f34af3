"""Maintenance: a service is let rest for one circle or for all, and every core of the node refuses what is sent to it.

What rests is decided in the store, in the commit of the act, so it holds on every host of the node; the latest decision
about a name counts, whichever partition has it. Each core writes it down as ``maintenance.json`` in its data folder for
the processes that follow it there. A rest ends by no clock, so one that lasts longer than was said shows as late.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from douane.model.circles import Circle, Platform
from douane.model.declare import Service
from douane.pages.languages import COMPLETE, Words
from douane.runtime.door.resting import Rest
from douane.runtime.store.decided import Maintained, maintained
from douane.runtime.store.ports import SECOND, Instant, Reader
from douane.shared_services.archiving.files import write_durably
from douane.vocabulary.errors import BadRequest, DeclarationFault, DouaneError, NotFound, StoreUnavailable

FILE: Final = "maintenance.json"
EVERY_SECONDS: Final = 2.0
"""How often a worker looks what others decided."""
LONGEST: Final = 31 * 86_400
"""Seconds for which a rest may be said to last; what lasts longer is no maintenance."""
PLANNED: Final = "maintenance"
LATE: Final = "maintenance, late"
"""Causes of the ledger of levels: up to the time that was said, and after it."""
_ASKED: Final = re.compile(r"([a-z0-9_]{1,80})(?:@([a-z]{1,20}))?(?: until (\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z))?")


def asked_for(service: str, circle: str, until: dt.datetime) -> str:
    """How an act says what rests until when; ``circle``: empty for all."""
    return f"{_named(service, circle)} until {until.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _named(service: str, circle: str) -> str:
    return f"{service}@{circle}" if circle else service


def rest_of(on: str, services: Mapping[str, Service], now: Instant, *, by: str, reason: str) -> Rest:
    """The rest that an act asks for. Raises BadRequest for what is none, NotFound for a service that there is not."""
    service, circle, until = _parts(on, services)
    if until is None:
        raise BadRequest("Say until when it rests.", remedy="As in: transit@untrusted until 2026-11-28T15:30Z.")
    if not now < until <= now + LONGEST * SECOND:
        raise BadRequest(
            f"It cannot rest until {_moment(until)}.", remedy="Name a time to come, within 31 days; in UTC."
        )
    notices = notices_of(services[service], until)
    return Rest(service, now, until, circle, reason, by, tuple(sorted(notices.items())))


def named_by(on: str, services: Mapping[str, Service]) -> str:
    """The name of the rest that an act ends."""
    service, circle, _ = _parts(on, services)
    return _named(service, circle.value if circle is not None else "")


def _parts(on: str, services: Mapping[str, Service]) -> tuple[str, Circle | None, Instant | None]:
    found = _ASKED.fullmatch(on)
    if found is None:
        raise BadRequest(f"This names no service at rest: {on[:80]!r}.",
                         remedy="As in: transit@untrusted until 2026-11-28T15:30Z.")  # fmt: skip
    service, circle, until = found.groups()
    if service not in services:
        raise NotFound(f"There is no service {service!r}.", remedy=f"There are: {', '.join(sorted(services))}.")
    circles = {each.value: each for each in Circle if each is not Circle.INTERNAL}
    if circle is not None and circle not in circles:
        raise NotFound(f"There is no circle {circle!r} outside.", remedy=f"There are: {', '.join(sorted(circles))}.")
    return service, circles[circle] if circle is not None else None, _instant(until) if until is not None else None


def _instant(text: str) -> Instant:
    try:
        return round(dt.datetime.fromisoformat(text).timestamp()) * SECOND
    except ValueError as problem:
        raise BadRequest(f"{text!r} is no time.", remedy="Write it as 2026-11-28T15:30Z.") from problem


def notices_of(service: Service, until: Instant) -> dict[str, str]:
    """What partners are told, in each language of which every text is there."""
    return {each: _notice(service, until, Words(each)) for each in COMPLETE}


def _notice(service: Service, until: Instant, words: Words) -> str:
    return words.plain(
        "%(service)s is out of service for maintenance until %(until)s UTC. Send what is refused meanwhile again then; "
        "what lies in queues and folders waits there. Meanwhile goods go on by %(fallback)s.",
        service=_plain(service.title, words), until=words.moment(until), fallback=_plain(service.fallback, words),
    )  # fmt: skip


def _plain(text: str, words: Words) -> str:
    return words.plain(text) if words.knows(text) else text


def _moment(at: Instant) -> str:
    return f"{dt.datetime.fromtimestamp(at / SECOND, dt.UTC):%Y-%m-%d %H:%M} UTC"


# --- what rests now


def read_rests(data: Path) -> tuple[Rest, ...]:
    """What rests as the file of a data folder has it. Raises DeclarationFault for a file that is none."""
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=tuple[Rest, ...])
    except FileNotFoundError:
        return ()
    except msgspec.MsgspecError as problem:
        raise DeclarationFault(
            f"{data / FILE} does not say what rests: {problem}.", remedy="Remove it, and begin again what still rests."
        ) from problem


def holding(data: Path, reader: Reader, partitions: Iterable[int]) -> tuple[Rest, ...]:
    """What rests in the whole node, by name: as its store has it, and what a file says that the store does not know.

    Such a file is one of an earlier release. Read before the store: what another process wrote down is in the store.
    """
    written = read_rests(data)
    decided = maintained(reader, partitions)
    found = [msgspec.json.decode(each.rest, type=Rest) for each in decided.values() if each.rest]
    return tuple(sorted((*found, *(e for e in written if e.name not in decided)), key=lambda each: each.name))


def write_down(data: Path, reader: Reader, partitions: Iterable[int]) -> None:
    """Let the file say what rests now; a process that runs follows within a second."""
    written = read_rests(data)
    rests = holding(data, reader, partitions)
    if rests != written:
        write_durably(data / FILE, msgspec.json.encode(rests))


async def follow(
    data: Path, reader: Reader, partitions: Sequence[int], failed: Callable[[BaseException], None]
) -> None:
    """Write down what other workers and hosts of the node decided, until cancelled."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            write_down(data, reader, partitions)
        except StoreUnavailable:
            pass  # told by whoever commits; what rested rests
        except (DouaneError, OSError) as problem:
            failed(problem)


def decision(rest: Rest | None, now: Instant, before: Maintained | None) -> Maintained:
    """A decision that is later than the one before it; None: the service works again."""
    at = now if before is None else max(now, before.at + 1)
    return Maintained(at, msgspec.json.encode(rest).decode() if rest is not None else "")


def begun(rests: Collection[Rest], rest: Rest) -> Rest:
    """A rest as it is kept: one that is said anew has lasted since it began."""
    former = next((each for each in rests if each.name == rest.name), None)
    return msgspec.structs.replace(rest, begun=former.begun) if former is not None else rest


def causes(rests: Iterable[Rest], now: Instant) -> dict[tuple[str, str], str]:
    """By service and platform, why callers do not get it now: for the ledger of levels."""
    return {
        (rest.service, platform.value): PLANNED if now < rest.until else LATE
        for rest in rests for platform in Platform
        if rest.circle is None or rest.circle in {kind.circle for kind in platform.kinds}
    }  # fmt: skip
