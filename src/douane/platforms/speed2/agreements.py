"""Partner agreements: how SPEED2 and a partner exchange messages. Data (TOML), frozen once read.

::

    [[partner]]
    party = "FR41234567800015"
    title = "Transports Vauban"
    basis = "UCC art. 6, consent of 2026-03-01"
    protocol = "webhook"
    address = "https://customs.vauban.example/douane"
    sends = ["CC015C", "CC013C"]
    receives = []
    first_pause = 1
    longest_pause = 300
    rests = ["Sat 22:00 - Sun 06:00"]

    [[partner]]
    party = "NTA.CH"
    title = "Federal Office for Customs"
    basis = "exchange of letters of 2026-02-02"
    collects_within = 600

A party without an agreement collects from its inbox and sends what its circle may. Empty ``sends`` and ``receives``
mean every type. Times are UTC. One that collects (protocol ``inbox``) and has let a message wait for longer than
``collects_within`` seconds is told to the operator as silent; 0: it never collects by design, and nobody is told.
"""

from __future__ import annotations

import enum
import ipaddress
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Final

from douane.runtime.delivery.lanes import Terms
from douane.runtime.store.envelope import OFFERED
from douane.runtime.store.ports import DAY, HOUR, MINUTE, SECOND, Instant
from douane.standards.internet.addresses import Network, check_endpoint, network_faults
from douane.vocabulary.errors import DeclarationFault

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST_UNREAD: Final = 30 * 86_400
"""So many seconds at most a partner may let a message wait before the operator is told."""
_WEEK: Final[Instant] = 7 * DAY
_EPOCH_DAY: Final = 3  # 1970-01-01 was a Thursday
_REST = re.compile(r"(\w{3}) (\d\d):(\d\d) - (\w{3}) (\d\d):(\d\d)")


class Protocol(enum.StrEnum):
    """How a partner gets its messages."""

    INBOX = "inbox"  # it collects
    AS4 = "as4"  # likewise, to its access point, whose agreement says where and how
    WEBHOOK = "webhook"  # they are pushed to its address, and wait in its inbox until it takes them


@dataclass(frozen=True, slots=True)
class Rest:
    """A part of every week in which a partner is left alone: microseconds from Monday 00:00 UTC; may wrap around."""

    start: Instant
    end: Instant

    @classmethod
    def parse(cls, text: str) -> Rest:
        """``Sat 22:00 - Sun 06:00``."""
        match = _REST.fullmatch(text)
        if match is None or match[1] not in DAYS or match[4] not in DAYS:
            raise ValueError(f"{text[:40]!r} is no rest; write it like 'Sat 22:00 - Sun 06:00'")
        return cls(_in_week(*match.group(1, 2, 3)), _in_week(*match.group(4, 5, 6)))

    def ends(self, now: Instant) -> Instant:
        """When the rest ends that holds now; now itself where none does."""
        at = (now + _EPOCH_DAY * DAY) % _WEEK
        length = (self.end - self.start) % _WEEK
        into = (at - self.start) % _WEEK
        return now + length - into if into < length else now


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed with one partner."""

    party: str
    title: str
    basis: str
    protocol: Protocol = Protocol.INBOX
    address: str = ""
    networks: tuple[Network, ...] = ()
    sends: frozenset[str] = frozenset()
    receives: frozenset[str] = frozenset()
    first_pause: int = 1
    longest_pause: int = 60
    rests: tuple[Rest, ...] = ()
    collects_within: int = 3600

    @property
    def lane(self) -> str:
        """The lane that offers it its messages."""
        return f"{OFFERED}{self.protocol.value}:{self.party}"

    def terms(self) -> Terms:
        """When its lane may be tried."""
        return Terms(self.first_pause * SECOND, self.longest_pause * SECOND, self._resting)

    def _resting(self, now: Instant) -> Instant:
        return max((each.ends(now) for each in self.rests), default=now)

    def may_send(self, type_name: str) -> bool:
        """Whether the partner sends this type of message."""
        return not self.sends or type_name in self.sends

    def pushes(self, type_name: str) -> bool:
        """Whether this type of message is pushed to the partner; otherwise it waits in its inbox."""
        return self.protocol is not Protocol.INBOX and (not self.receives or type_name in self.receives)


class Agreements:
    """All agreements by party. Frozen; a change is a new value."""

    def __init__(self, agreements: Iterable[Agreement] = ()) -> None:
        by_party: dict[str, Agreement] = {}
        for each in agreements:
            if each.party in by_party:
                raise DeclarationFault(f"Partner {each.party} has two agreements.", remedy="Keep one of them.")
            by_party[each.party] = each
        self._by_party = MappingProxyType(by_party)

    def get(self, party: str) -> Agreement | None:
        """The agreement with a party, if there is one."""
        return self._by_party.get(party)

    def __iter__(self) -> Iterator[Agreement]:
        return iter(self._by_party.values())


def read(text: str, where: str = "the file of agreements") -> Agreements:
    """Agreements from TOML; DeclarationFault names the entry and what is wrong with it."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise DeclarationFault(f"{where} is not TOML: {problem}.") from problem
    unknown = sorted(content.keys() - {"partner"})
    if unknown:
        raise DeclarationFault(f"{where} has an unknown part {unknown[0]}.", remedy="Write [[partner]] entries.")
    found = []
    for number, entry in enumerate(content.get("partner", ()), 1):
        name = entry.get("party") or f"number {number}"
        try:
            found.append(_agreement(entry))
        except (TypeError, ValueError) as problem:
            raise DeclarationFault(f"Agreement {name} in {where}: {problem}.") from problem
        except DeclarationFault as problem:
            raise DeclarationFault(f"Agreement {name} in {where}: {problem.text}", remedy=problem.remedy) from problem
    return Agreements(found)


def _agreement(entry: Mapping[str, Any]) -> Agreement:
    known = {f.name for f in fields(Agreement)}
    unknown = sorted(entry.keys() - known)
    if unknown:
        raise ValueError(f"there is no field {unknown[0]}; known are {', '.join(sorted(known))}")
    missing = [name for name in ("party", "title", "basis") if not entry.get(name)]
    if missing:
        raise ValueError(f"{missing[0]} is missing")
    for name in ("sends", "receives", "networks", "rests"):
        found = entry.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise ValueError(f"{name} is a list of texts")
    for name in ("first_pause", "longest_pause", "collects_within"):
        if type(entry.get(name, 1)) is not int:
            raise ValueError(f"{name} is a whole number of seconds")
    values = dict(entry)
    for name in ("sends", "receives"):
        values[name] = frozenset(values.get(name, ()))
    values["protocol"] = Protocol(values.get("protocol", "inbox"))
    faults = list(network_faults(values.get("networks", ())))
    if faults:
        raise ValueError(faults[0].removesuffix("."))
    values["networks"] = tuple(ipaddress.ip_network(each) for each in values.get("networks", ()))
    values["rests"] = tuple(Rest.parse(each) for each in values.get("rests", ()))
    made = Agreement(**values)
    if (made.protocol is Protocol.WEBHOOK) != bool(made.address):
        raise ValueError("an address belongs to protocol webhook, and protocol webhook needs one")
    if made.address:
        check_endpoint(made.address, made.networks)
    if not 0 < made.first_pause <= made.longest_pause <= 86_400:
        raise ValueError("pauses are seconds with 0 < first_pause <= longest_pause <= 86400")
    if not 0 <= made.collects_within <= LONGEST_UNREAD:
        raise ValueError(f"collects_within is a number of seconds from 0 to {LONGEST_UNREAD}")
    return made


def _in_week(day: str, hour: str, minute: str) -> Instant:
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"{hour}:{minute} is no time of day")
    return DAYS.index(day) * DAY + int(hour) * HOUR + int(minute) * MINUTE
