"""The settings of a node: typed, documented, read once, here. Nothing else reads files or the environment for settings.

A TOML file (``--config``), then environment variables ``DOUANE_NAME``, then command-line options; the later one wins.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from douane.runtime.store.transmission import Keep
from douane.vocabulary.errors import DeclarationFault

PORTS = {"speed2": 8443, "ccn2": 8444, "uumds": 8445, "cdco": 8446, "operations": 8447}
MOST = {"partitions": 1024, "processes": 64, "workers": 64}
ROLES = ("node", "core", "doors")
TABLES = ("uplink", "peers", "ports", "phase6", "queue_users", "folders", "evidence")
"""Settings that stand in a table of their own."""
CENTRAL = ("speed2", "ccn2", "uumds", "cdco", "operations")


@dataclass(frozen=True, slots=True)
class Uplink:
    """How a node reaches a CCN2 door of another: its address, its own client id there, the folder of its identity."""

    url: str
    client: str
    identity: Path


@dataclass(frozen=True, slots=True)
class FolderRoute:
    """How an administration is reached by files: its folder, their form (``edifact`` or ``fixed``), the repertoire of
    characters, and the types of message that it gets as fixed-width records though its form is EDIFACT."""

    path: Path
    form: str = "edifact"
    repertoire: str = "UNOC"
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """One node.

    name: stands in the audit log's origin and in reports. data: everything it keeps. store: ``sqlite:PATH``,
    ``memory:`` or ``postgresql://...``; empty means SQLite under ``data``. platforms: the doors it opens. ports: by
    platform; 0 for a free one. administrations: whose cases it keeps; empty means all that no other node keeps.
    elsewhere: administrations that other nodes keep. uplink: how a national node reaches CCN2. peers: administrations
    whose CCN2 door this node reaches by itself, without the centre between them. traders: where those of a national
    node collect their answers: at the ``centre``, or ``here``, where it has a SPEED2 of its own.
    identity: folder of certificates and register; empty means a development identity under ``data``.
    partitions: how many parts the cases of the store are divided into; may grow, never shrink. workers, worker: how
    many cores share the partitions of one PostgreSQL store, and which of them this one is, from 0.
    role: ``node`` (core and doors in one process), ``core`` or ``doors``, joined by links. processes: how many
    ``douane run`` starts, the workers and the rest doors. links: where a core listens for doors, and where doors find
    each worker: ``unix:FOLDER`` or ``tls://HOST:PORT``; empty means folders under ``data``. A ``node`` listens where
    this is set.
    patience: seconds for which a door holds a request that no core takes just now; 0: three, with several workers nine.
    notice: seconds for which doors that are told to stop say so and still serve.
    transition_end: last day of the transitional period of NCTS phase 5. time_scale: divides every statutory time limit,
    for demonstrations only. soap_signed: platforms at which every SOAP request must carry a signature.
    phase6: by party (an EORI, ``NTA.DE``), the first day on which it is sent NCTS phase 6; all others get phase 5.
    queues: the carrier of CCN/CSI queues, ``amqp://USER:SECRET@HOST/VHOST`` or ``embedded:PATH``; empty for none.
    queue_users: which administration stands behind each user of the queues.
    folders: administrations that are reached by a folder of files, by country code.
    plain: serve HTTP without TLS, for measurements behind a loopback only.
    retention_hours: how often old messages move to the archive; 0: by command only.
    time_stamps: who dates the log every ``time_stamp_minutes``: an address (RFC 3161), or ``own`` for the development
    authority of the node itself; empty for nobody.
    inspection_hours: how often the node inspects its whole store in its spare time; 0: by command only.
    witness: who keeps the checkpoints of the log outside the node: ``file:FOLDER`` or an address; empty for nobody.
    evidence: by channel, of which messages the original octets and proofs are kept; a channel not named: of all.
    """

    name: str = "centre"
    data: Path = Path("douane-data")
    store: str = ""
    platforms: tuple[str, ...] = CENTRAL
    ports: dict[str, int] = field(default_factory=lambda: dict(PORTS))
    host: str = "127.0.0.1"
    administrations: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    uplink: Uplink | None = None
    peers: Mapping[str, Uplink] = field(default_factory=dict)
    traders: str = "centre"
    identity: Path | None = None
    role: str = "node"
    processes: int = 1
    links: tuple[str, ...] = ()
    partitions: int = 1
    workers: int = 1
    worker: int = 0
    patience: int = 0
    notice: int = 0
    transition_end: dt.date = dt.date(2025, 1, 21)
    time_scale: int = 1
    soap_signed: frozenset[str] = frozenset()
    phase6: dict[str, dt.date] = field(default_factory=dict)
    plain: bool = False
    queues: str = ""
    queue_users: dict[str, str] = field(default_factory=dict)
    folders: Mapping[str, FolderRoute] = field(default_factory=dict)
    retention_hours: int = 0
    evidence: dict[str, Keep] = field(default_factory=dict)
    time_stamps: str = ""
    time_stamp_minutes: int = 60
    inspection_hours: int = 24
    witness: str = ""

    @property
    def store_address(self) -> str:
        """Where the store is."""
        return self.store or f"sqlite:{self.data / 'store' / 'node.db'}"

    @property
    def identity_folder(self) -> Path:
        """Where certificates and the register are."""
        return self.identity or self.data / "identity"

    @property
    def link_addresses(self) -> tuple[str, ...]:
        """Where a core listens, or where doors find each worker; nowhere where they share a process."""
        if self.links or self.role == "node":
            return self.links
        if self.workers == 1:
            return (f"unix:{self.data / 'link'}",)
        places = range(self.workers) if self.role == "doors" else (self.worker,)
        return tuple(f"unix:{self.data / 'link' / str(place)}" for place in places)


def read_settings(config: Path | None = None, **options: Any) -> NodeSettings:
    """Settings from a file, the environment and options. Raises DeclarationFault that names what is wrong."""
    content: dict[str, Any] = {}
    if config is not None:
        try:
            content = tomllib.loads(config.read_text())
        except OSError as problem:
            raise DeclarationFault(f"{config}: {problem.strerror}.", remedy="Name a file of settings.") from problem
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise DeclarationFault(f"{config} is not TOML: {problem}.", remedy="Write it as TOML.") from problem
    known = {f.name for f in fields(NodeSettings)}
    content |= {n: v for n in known if (v := os.environ.get(f"DOUANE_{n.upper()}")) is not None}
    content |= {n: v for n, v in options.items() if v is not None}
    unknown = sorted(content.keys() - known)
    if unknown:
        raise DeclarationFault(f"There is no setting {unknown[0]}.", remedy=f"Known are: {', '.join(sorted(known))}.")
    found = {}
    for name, value in content.items():
        try:
            found[name] = _typed(name, value)
        except KeyError as problem:
            raise DeclarationFault(f"The setting {name} lacks {problem}.") from problem
        except (TypeError, ValueError, AttributeError) as problem:
            raise DeclarationFault(f"The setting {name} has a wrong value: {problem}.") from problem
    return replace(NodeSettings(), **found)


def settings_text(settings: NodeSettings, *, place: bool = False) -> str:
    """Settings as a file that ``read_settings`` reads; only what differs from the default.

    ``place``: also where data, store and identity are, which a backup leaves to whoever restores it.
    """
    lines = []
    for each in fields(NodeSettings):
        value = getattr(settings, each.name)
        if each.name in ("data", "store", "identity") and not place:
            continue
        if each.name not in TABLES and value != getattr(NodeSettings(), each.name):
            lines.append(f"{each.name} = {_toml(value)}")
    lines += ["[ports]", *(f"{name} = {port}" for name, port in sorted(settings.ports.items()))]
    if settings.phase6:
        lines += ["[phase6]", *(f"{json.dumps(party)} = {day}" for party, day in sorted(settings.phase6.items()))]
    if settings.queue_users:
        users = sorted(settings.queue_users.items())
        lines += ["[queue_users]", *(f"{_toml(name)} = {_toml(administration)}" for name, administration in users)]
    if settings.evidence:
        lines += ["[evidence]", *(f"{name} = {_toml(keep)}" for name, keep in sorted(settings.evidence.items()))]
    routes = {f"peers.{code}": peer for code, peer in sorted(settings.peers.items())}
    routes |= {"uplink": settings.uplink} if settings.uplink is not None else {}
    for code, folder in sorted(settings.folders.items()):
        lines += [f"[folders.{code}]", *(f"{f.name} = {_toml(getattr(folder, f.name))}" for f in fields(FolderRoute))]
    for name, route in routes.items():
        lines += [f"[{name}]", *(f"{f.name} = {_toml(getattr(route, f.name))}" for f in fields(Uplink))]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | dt.date():
            return str(value)
        case frozenset() | tuple():
            return "[" + ", ".join(_toml(each) for each in (value if isinstance(value, tuple) else sorted(value))) + "]"
        case _:
            return json.dumps(str(value))


def _uplink(value: Any) -> Uplink:
    return value if isinstance(value, Uplink) else Uplink(value["url"], value["client"], Path(value["identity"]))


def _folder(value: Any) -> FolderRoute:
    if isinstance(value, FolderRoute):
        return value
    return FolderRoute(**{**value, "path": Path(value["path"]), "fixed": tuple(value.get("fixed", ()))})


def _several(value: Any) -> list[str]:
    """A list, as TOML has it, or as the environment and the command line have it: separated by commas."""
    return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else list(value)


def _one_of(known: tuple[str, ...], value: str) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is not one of {', '.join(known)}")
    return value


def _country(code: str) -> str:
    if not re.fullmatch("[A-Z]{2}", code):
        raise ValueError(f"{code!r} is no country code, such as FR")
    return code


def _number(value: Any, least: int, most: int) -> int:
    if not str(value).isdecimal() or not least <= int(value) <= most:
        raise ValueError(f"{value!r} is not a whole number from {least} to {most}")
    return int(value)


def _typed(name: str, value: Any) -> Any:
    match name:
        case "data" | "identity":
            return Path(value)
        case "role":
            return _one_of(ROLES, value)
        case "traders":
            return _one_of(("centre", "here"), value)
        case "platforms":
            return tuple(_one_of(CENTRAL, each) for each in _several(value))
        case "links":
            return tuple(_several(value))
        case "soap_signed":
            return frozenset(_one_of(CENTRAL, each) for each in _several(value))
        case "administrations" | "elsewhere":
            return frozenset(_country(each) for each in _several(value))
        case "ports":
            return PORTS | {str(k): int(v) for k, v in value.items()}
        case "uplink":
            return _uplink(value)
        case "peers":
            return {str(code): _uplink(each) for code, each in value.items()}
        case "folders":
            return {str(code): _folder(each) for code, each in value.items()}
        case "phase6":
            return {str(k): v if isinstance(v, dt.date) else dt.date.fromisoformat(v) for k, v in value.items()}
        case "transition_end":
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        case "worker" | "retention_hours" | "inspection_hours" | "patience" | "notice":
            return _number(value, 0, 1_000_000)
        case "time_scale" | "time_stamp_minutes" | "processes" | "partitions" | "workers":
            return _number(value, 1, MOST.get(name, 1_000_000))
        case "queue_users":
            return {str(k): str(v) for k, v in value.items()}
        case "evidence":
            return {str(channel): Keep(keep) for channel, keep in value.items()}
        case "plain":
            return value in (True, "1", "true", "yes")
        case _:
            return value
