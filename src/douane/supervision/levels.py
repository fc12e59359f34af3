"""The ledger of service levels: what a caller outside gets at each door, looked at six times a minute, kept by month.

``levels/2026-11.jsonl`` in the data folder has a line for each minute in which anybody looked: which doors worked, and
why the others did not. A minute without a line is unknown. A door works where it lets somebody in over TLS, as
from outside, and the node takes messages.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from douane.continuity.levels import Seen
from douane.platforms.operations.entry import Readiness
from douane.runtime.store.ports import MINUTE, Clock
from douane.runtime.turns.pools import Purpose, beside
from douane.vocabulary.errors import NotReadable

FOLDER: Final = "levels"
EVERY: Final = 10.0
SECONDS: Final = 5.0
"""Within which a door has to answer."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A minute: when it began (ISO 8601), the doors that worked, and by door what failed first.

    rests: by ``service@door`` why a service was not there though its door was.
    """

    at: dt.datetime
    good: tuple[str, ...] = ()
    bad: dict[str, str] = {}
    rests: dict[str, str] = {}


@dataclass(slots=True)
class Ledger:
    """The lines of a node, by month."""

    data: Path

    def append(self, line: Line) -> None:
        """Keep a minute."""
        folder = self.data / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        with (folder / f"{line.at:%Y-%m}.jsonl").open("ab") as file:
            file.write(msgspec.json.encode(line) + b"\n")

    def month(self, month: str) -> Iterator[Seen]:
        """What was seen in a month (``2026-11``). Raises NotReadable for a line that is none."""
        path = self.data / FOLDER / f"{month}.jsonl"
        if not path.exists():
            return
        for number, raw in enumerate(path.read_bytes().splitlines(), 1):
            try:
                line = msgspec.json.decode(raw, type=Line)
            except msgspec.DecodeError as problem:
                raise NotReadable(f"Line {number} of {path} is no minute: {problem}.") from problem
            minute = round(line.at.timestamp()) // 60
            yield from (Seen(minute, each) for each in line.good)
            yield from (Seen(minute, each, cause) for each, cause in line.bad.items())
            for each, cause in line.rests.items():
                service, _, platform = each.partition("@")
                yield Seen(minute, platform, cause, service)


@dataclass(slots=True)
class Observer:
    """Looks at the doors of a node. addresses: by platform, where others reach them. ready: whether the node works.

    answers: whether a door answers; empty, or what is wrong. resting: by service and platform, why it is not there.
    """

    ledger: Ledger
    clock: Clock
    addresses: Callable[[], Mapping[str, str]]
    ready: Callable[[], Readiness]
    answers: Callable[[str], str]
    resting: Callable[[], Mapping[tuple[str, str], str]] = dict
    _minute: int = 0
    _bad: dict[str, str] = field(default_factory=dict)
    _good: set[str] = field(default_factory=set)
    _rests: dict[str, str] = field(default_factory=dict)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            await beside(Purpose.DOORS, self.look)

    def look(self) -> None:
        """Look once; what was seen in a minute is kept when the next one begins."""
        found, now = self._found(), self.clock.now() // MINUTE
        if self._minute and now != self._minute:
            self.keep()
        self._minute = now
        for platform, wrong in found.items():
            if wrong:
                self._bad.setdefault(platform, wrong)
            else:
                self._good.add(platform)
        for (service, platform), cause in self.resting().items():
            if platform in found:
                self._rests.setdefault(f"{service}@{platform}", cause)

    def keep(self) -> None:
        """Keep the minute that was looked at last."""
        at = dt.datetime.fromtimestamp(self._minute * 60, dt.UTC)
        bad, rests = dict(sorted(self._bad.items())), dict(sorted(self._rests.items()))
        self.ledger.append(Line(at, tuple(sorted(self._good - self._bad.keys())), bad, rests))
        self._bad, self._good, self._rests = {}, set(), {}

    def _found(self) -> dict[str, str]:
        parts = {name: wrong for name, wrong in self.ready().parts.items() if not name.startswith("door ")}
        core = next((f"{name}: {wrong}" for name, wrong in parts.items() if wrong), "")
        return {platform: core or self.answers(url) for platform, url in self.addresses().items()}


def answering(authorities: Path) -> Callable[[str], str]:
    """Whether a door completes a handshake with a certificate of these authorities; empty, or what is wrong.

    It asks for nothing, so that what is counted of callers is not counted of us.
    """

    def answers(url: str) -> str:
        place = urlsplit(url)
        try:
            context = ssl.create_default_context(cafile=str(authorities))
            context.check_hostname = False  # it is asked where it listens
            with socket.create_connection((place.hostname or "", place.port or 443), timeout=SECONDS) as plain:
                context.wrap_socket(plain, server_hostname=place.hostname).close()
        except (OSError, ValueError) as problem:
            return f"no answer: {type(problem).__name__}"
        return ""

    return answers
