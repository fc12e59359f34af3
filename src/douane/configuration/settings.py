"""The settings of a node: typed, documented, read once, here. Nothing else reads files or the environment for settings.

A TOML file (``--config``), then environment variables ``DOUANE_NAME``, then command-line options; the later one wins.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from douane.configuration import setting_values as values
from douane.configuration.setting_values import HIGHEST_PORT, Form, number, one_of, several
from douane.identity.issuers import Issuers
from douane.runtime.door.bounds import LARGEST_BODY
from douane.runtime.observing.presence import GONE_AFTER
from douane.runtime.store.transmission import Keep
from douane.shared_services.web.fair_use import Allowance
from douane.shared_services.web.proxies import FORWARDED_FOR, HEADERS, UNIX
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.provision import ALL
from douane.vocabulary.time import SECOND

PORTS = {"speed2": 8443, "ccn2": 8444, "uumds": 8445, "cdco": 8446, "operations": 8447}
ROLES = ("node", "core", "doors", "pages")
TABLES = (
    "uplink",
    "peers",
    "keepers",
    "pages",
    "ports",
    "public",
    "phase6",
    "queue_users",
    "packages",
    "folders",
    "national_portals",
    "evidence",
    "limits",
    "largest",
)
"""Settings that stand in a table of their own."""
SITES_IN_PUBLIC: Final = ("portal", "desk", "centre", "signin", "console")
"""The sites that have an address for everybody."""
LEAST = {"body_bytes": 8 << 20, "all_body_bytes": 32 << 20}
"""What a limit must allow, where one is not enough: a message of the largest size that a door takes."""
CENTRAL = ("speed2", "ccn2", "uumds", "cdco", "operations")
KEPT = ("rest", "soap", "as4", "csi_queue", "csi_folder")
"""Channels whose original octets are kept for evidence."""
PREFIX: Final = "DOUANE_"
OF_TESTS: Final = tuple(f"{PREFIX}{each}" for each in ("TEST_", "FULL", "TABLES", "SEEDS", "JOURNEYS"))
"""Variables of the test suite (CONTRIBUTING.md), which are no settings."""


@dataclass(frozen=True, slots=True)
class Uplink:
    """How a node reaches a CCN2 door of another: its address, its own client id there, the folder of its identity."""

    url: str
    client: str
    identity: Path
    signed_by: str = ""
    """The key of the log of a keeper, as ``douane audit prove`` prints it: with it the centre follows its summaries."""


@dataclass(frozen=True, slots=True)
class PagesAt:
    """Where pages for browsers listen: in development without TLS on loopback, else as these say.

    port: 0 for a free one. under: in development, a name of this node's own below ``localhost`` (``de``: its desk is at
    ``desk.de.localhost``), since browsers give a cookie to every port of a host. certificate, key: PEM files of the
    listener. behind: the proxies that may stand before it, by address or as ``unix:PATH`` for a socket where one is
    reached; forwarded: the header by which they say for whom they ask. public: by site, its address for browsers.
    processes: how many of a node of several processes serve pages; of processes on hosts of their own, how many there
    are, which share what drawing pages may cost. console: the port of the console where it is a process of its own;
    a proxy reaches that at the socket ``PATH.console``.
    """

    host: str = "127.0.0.1"
    port: int = 8440
    under: str = ""
    certificate: Path | None = None
    key: Path | None = None
    behind: tuple[str, ...] = ()
    forwarded: str = FORWARDED_FOR
    public: Mapping[str, str] = field(default_factory=dict)
    processes: int = 1
    console: int = 8441

    def of_console(self) -> PagesAt:
        """Where the console listens, in a process of its own."""
        behind = tuple(f"{each}.console" if each.startswith(UNIX) else each for each in self.behind)
        return replace(self, port=self.console, behind=behind, processes=1)

    @property
    def by_tls(self) -> bool:
        """Whether the listener itself speaks TLS."""
        return self.certificate is not None and self.key is not None

    @property
    def sockets(self) -> tuple[str, ...]:
        """The sockets of this machine at which proxies reach it."""
        return tuple(each for each in self.behind if each.startswith(UNIX))

    @property
    def listens(self) -> bool:
        """Whether it listens at host and port: not where proxies reach it by sockets alone."""
        return self.by_tls or not self.behind or len(self.sockets) < len(self.behind)


@dataclass(frozen=True, slots=True)
class FolderRoute:
    """How an administration is reached by files: its folder, their form (``edifact`` or ``fixed``), the repertoire of
    characters, and the types of message that it gets as fixed-width records though its form is EDIFACT."""

    path: Path
    form: str = "edifact"
    repertoire: str = "UNOC"
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Largest:
    """Octets that a door takes at once, by channel (docs/settings.md says why so many).

    rest, soap, as4, csi_queue, csi_folder: of one message. attachments: of all that come with one message over REST.
    """

    rest: int = 4 * 1024 * 1024
    soap: int = 2 * 1024 * 1024
    as4: int = 4 * 1024 * 1024
    csi_queue: int = 4 * 1024 * 1024
    csi_folder: int = 4 * 1024 * 1024
    attachments: int = 256 * 1024 * 1024


SHARED: Final = ("files:", "postgresql:")
"""How addresses of stores begin that several workers can share: on one host, on several."""


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """One node.

    name: stands in the audit log's origin and in reports. data: everything it keeps. store: ``sqlite:PATH``,
    ``files:FOLDER``, ``memory:`` or ``postgresql://...``; empty means SQLite under ``data``. platforms: the doors it
    opens. ports: by platform; 0 for a free one. administrations: whose cases it keeps; empty means all that no other
    node keeps.
    serves: whom it serves from its first start on, until they choose otherwise; ``*``: those that ``administrations``
    names, and in development everybody of whom nothing else is said.
    elsewhere: administrations that other nodes keep. uplink: how a national node reaches CCN2. peers: administrations
    whose CCN2 door this node reaches by itself, without the centre between them. keepers: administrations whose CCN2
    door the centre asks about final data that they keep. one_view: what parties see at the centre of cases that a
    national node keeps: ``live``, what it says at the moment, or its ``summary`` alone. traders: where those of a
    national node collect their answers: at the ``centre``, or ``here``, where it has a SPEED2 of its own.
    identity: folder of certificates and register; empty means ``identity`` under ``data``.
    development: the node makes an identity for itself where none is, with authorities whose keys lie beside it; it
    listens on loopback only, and says everywhere that it is no production.
    partitions: how many parts the cases of the store are divided into; may grow, never shrink. workers, worker: how
    many cores share the partitions of one PostgreSQL store, and which of them this one is, from 0.
    role: ``node`` (core, doors and pages in one process), ``core``, ``doors`` or ``pages``, joined by links.
    processes: how many ``douane run`` starts, the workers and the rest doors; pages come on top.
    links: where a core listens for doors, and where doors find
    each worker: ``unix:FOLDER`` or ``tls://HOST:PORT``; empty means folders under ``data``. A ``node`` listens where
    this is set.
    patience: seconds for which a door holds a request that no core takes just now; 0: three, with several workers nine.
    notice: seconds for which doors that are told to stop say so and still serve.
    time_scale: how much faster time limits of the law pass, for shows of a development node only.
    calendars: file of calendars that are added to those that come with the product, or take the place of one.
    soap_signed: platforms at which every SOAP request must carry a signature.
    phase6: by party (an EORI, ``NTA.DE``), the first day on which it is sent NCTS phase 6; all others get phase 5.
    queues: the carrier of CCN/CSI queues, ``amqp://USER:SECRET@HOST/VHOST`` or ``embedded:PATH``; empty for none.
    queue_users: which administration stands behind each user of the queues. packages: by the name of a distribution
    with applications of others, the digest of what is installed (``examination.starting.packages``).
    folders: administrations that are reached by a folder of files, by country code.
    national_portals: by country and module (``DE.bti``), the address of the portal that its traders use for that, or
    ``central``: they use this one.
    issuer: the addresses at which UUM&DS is asked, each the name by which it issues there (``iss``), the same at every
    host of an installation; empty: the public address of UUM&DS. public: by platform, the address at which others
    reach its door.
    readable_again_days: for how long a sender can read again what answered its message; 0: not at all.
    retention_hours: how often old messages move to the archive; 0: by command only.
    largest: what a door takes at once, by channel. attachments_a_day_bytes: new attachments of a party and day (UTC).
    messages_a_day_bytes: of messages of a party outside and day (UTC). drafts: of a party at a time.
    reserve_bytes: what attachments leave of the volume.
    time_stamps: who dates the log every ``time_stamp_minutes``: an address (RFC 3161), or ``own`` for the development
    authority of the node itself; empty for nobody.
    inspection_hours: how often the node inspects its whole store in its spare time; 0: by command only.
    witness: who keeps the checkpoints of the log outside the node: ``file:FOLDER`` or an address; empty for nobody.
    evidence: by channel, of which messages the original octets and proofs are kept; a channel not named: of all.
    judged: of how many in 10,000 sent messages it is judged afterwards whether they break a published rule, as an alarm
    (decision 0161); 0: of none.
    systems: the list (CSV) of what other systems of the administration do, which a national node declares too.
    presence_seconds: after so long without a word a node is no longer shown as one that is there.
    limits: what one caller, and all together, may take of a door. pages: where pages for browsers listen; none without.
    """

    name: str = "centre"
    data: Path = Path("douane-data")
    store: str = ""
    platforms: tuple[str, ...] = CENTRAL
    ports: dict[str, int] = field(default_factory=lambda: dict(PORTS))
    host: str = "127.0.0.1"
    administrations: frozenset[str] = frozenset()
    serves: frozenset[str] = frozenset({ALL})
    elsewhere: frozenset[str] = frozenset()
    uplink: Uplink | None = None
    peers: Mapping[str, Uplink] = field(default_factory=dict)
    keepers: Mapping[str, Uplink] = field(default_factory=dict)
    one_view: str = "live"
    traders: str = "centre"
    identity: Path | None = None
    development: bool = False
    role: str = "node"
    processes: int = 1
    links: tuple[str, ...] = ()
    partitions: int = 1
    workers: int = 1
    worker: int = 0
    patience: int = 0
    notice: int = 0
    time_scale: int = 1
    calendars: Path | None = None
    soap_signed: frozenset[str] = frozenset()
    phase6: dict[str, dt.date] = field(default_factory=dict)
    issuer: tuple[str, ...] = ()
    public: dict[str, str] = field(default_factory=dict)
    queues: str = ""
    queue_users: dict[str, str] = field(default_factory=dict)
    packages: dict[str, str] = field(default_factory=dict)
    folders: Mapping[str, FolderRoute] = field(default_factory=dict)
    national_portals: Mapping[str, str] = field(default_factory=dict)
    readable_again_days: int = 30
    retention_hours: int = 0
    evidence: dict[str, Keep] = field(default_factory=dict)
    limits: Allowance = field(default_factory=Allowance)
    largest: Largest = Largest()
    attachments_a_day_bytes: int = 2 * 1024**3
    messages_a_day_bytes: int = 4 * 1024**3
    drafts: int = 500
    reserve_bytes: int = 512 * 1024**2
    time_stamps: str = ""
    time_stamp_minutes: int = 60
    inspection_hours: int = 24
    witness: str = ""
    judged: int = 100
    systems: Path | None = None
    presence_seconds: int = GONE_AFTER // SECOND
    pages: PagesAt | None = None

    @property
    def routes(self) -> dict[str, Uplink]:
        """Every way to another node, by the setting that names it."""
        found = {f"peers.{code}": each for code, each in sorted(self.peers.items())}
        found |= {f"keepers.{code}": each for code, each in sorted(self.keepers.items())}
        return found | ({"uplink": self.uplink} if self.uplink is not None else {})

    @property
    def store_address(self) -> str:
        """Where the store is."""
        return self.store or f"sqlite:{self.data / 'store' / 'node.db'}"

    @property
    def has_core(self) -> bool:
        """Whether this process opens a store; doors and pages by themselves reach that of others by links."""
        return self.role in ("node", "core")

    @property
    def issuers(self) -> Issuers:
        """By which names UUM&DS issues tokens, and the doors believe them."""
        public = self.public.get("uumds", "")
        named = self.issuer or ((public,) if public else ())
        return Issuers(named, here=self.development and not named)

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
        places = (self.worker,) if self.has_core else range(self.workers)
        return tuple(f"unix:{self.data / 'link' / str(place)}" for place in places)


class Wrong(NamedTuple):
    """What is wrong with a setting, as a sentence, and the sentence that mends it."""

    text: str
    remedy: str


class Read(NamedTuple):
    """Settings as far as they can be read, and everything that is wrong with the rest."""

    settings: NodeSettings
    wrong: tuple[Wrong, ...]


def read_settings(config: Path | None = None, **options: Any) -> NodeSettings:
    """Settings from a file, the environment and options. Raises DeclarationFault that names what is wrong."""
    settings, wrong = judge_settings(config, **options)
    if wrong:
        more = f" {len(wrong) - 1} more settings are wrong: douane doctor names each." if len(wrong) > 1 else ""
        raise DeclarationFault(wrong[0].text, remedy=wrong[0].remedy + more)
    return settings


def judge_settings(config: Path | None = None, **options: Any) -> Read:
    """The same, and everything that is wrong. Raises DeclarationFault for a file that cannot be read at all."""
    found: dict[str, Any] = {}
    wrong = []
    for label, name, value in (*_in_file(config), *_in_environment(), *_in_options(options)):
        form = FORMS.get(name)
        if form is None:
            near = difflib.get_close_matches(name, FORMS, 1)
            meant = f"Do you mean {near[0]}?" if near else f"Known are: {', '.join(sorted(FORMS))}."
            wrong.append(Wrong(f"There is no setting {label}.", meant))
            continue
        try:
            found[name] = form.judge(value)
        except ValueError as problem:
            wrong.append(Wrong(f"The setting {label} has a wrong value: {problem}.", "See docs/settings.md."))
    return Read(replace(NodeSettings(), **found), tuple(wrong))


def _in_file(config: Path | None) -> Iterator[tuple[str, str, Any]]:
    if config is None:
        return
    try:
        content = tomllib.loads(config.read_text())
    except OSError as problem:
        raise DeclarationFault(f"{config}: {problem.strerror}.", remedy="Name a file of settings.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise DeclarationFault(f"{config} is not TOML: {problem}.", remedy="Write it as TOML.") from problem
    for name, value in content.items():
        yield name, name, value


def _in_environment() -> Iterator[tuple[str, str, Any]]:
    for label, text in sorted(os.environ.items()):
        if label.startswith(PREFIX) and not label.startswith(OF_TESTS):
            name = label.removeprefix(PREFIX).lower()
            yield label, name, FORMS[name].text(text) if name in FORMS else text


def _in_options(options: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for name, value in options.items():
        if value is not None:
            yield name, name, FORMS[name].text(value) if isinstance(value, str) and name in FORMS else value


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
    if settings.public:
        lines += ["[public]", *(f"{name} = {_toml(url)}" for name, url in sorted(settings.public.items()))]
    if settings.phase6:
        lines += ["[phase6]", *(f"{json.dumps(party)} = {day}" for party, day in sorted(settings.phase6.items()))]
    if settings.queue_users:
        users = sorted(settings.queue_users.items())
        lines += ["[queue_users]", *(f"{_toml(name)} = {_toml(administration)}" for name, administration in users)]
    if settings.packages:
        permitted = sorted(settings.packages.items())
        lines += ["[packages]", *(f"{_toml(name)} = {_toml(digest)}" for name, digest in permitted)]
    if settings.evidence:
        lines += ["[evidence]", *(f"{name} = {_toml(keep)}" for name, keep in sorted(settings.evidence.items()))]
    if settings.limits != Allowance():
        figures = ((f.name, getattr(settings.limits, f.name)) for f in fields(Allowance))
        lines += ["[limits]", *(f"{name} = {figure}" for name, figure in figures)]
    if settings.largest != Largest():
        lines += ["[largest]", *(f"{f.name} = {getattr(settings.largest, f.name)}" for f in fields(Largest))]
    if settings.national_portals:
        portals = sorted(settings.national_portals.items())
        lines += ["[national_portals]", *(f"{_toml(name)} = {_toml(address)}" for name, address in portals)]
    for code, folder in sorted(settings.folders.items()):
        lines += [f"[folders.{code}]", *(f"{f.name} = {_toml(getattr(folder, f.name))}" for f in fields(FolderRoute))]
    if settings.pages is not None:
        lines += _pages_text(settings.pages)
    for name, route in settings.routes.items():
        said = ((f.name, getattr(route, f.name)) for f in fields(Uplink))
        lines += [f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in said if value)]
    return "\n".join(lines) + "\n"


def _pages_text(pages: PagesAt) -> list[str]:
    """The tables of the pages."""
    said = [(each.name, getattr(pages, each.name)) for each in fields(PagesAt) if each.name != "public"]
    lines = ["[pages]", *(f"{name} = {_toml(value)}" for name, value in said if value is not None)]
    public = [f"{site} = {_toml(address)}" for site, address in sorted(pages.public.items())]
    return lines + (["[pages.public]", *public] if public else [])


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


_UPLINK: Final = values.record(
    Uplink,
    {"url": values.web_address("https"), "client": values.word, "identity": values.path},
    needed=("url", "client", "identity"),
)
_KEEPER: Final = values.record(
    Uplink,
    {"url": values.web_address("https"), "client": values.word, "identity": values.path,
     "signed_by": values.log_key},
    needed=("url", "client", "identity"),
)  # fmt: skip
_FOLDER: Final = values.record(
    FolderRoute,
    {
        "path": values.path, "form": values.word, "repertoire": values.word,
        "fixed": several(values.word).judge,
    },
    needed=("path",),
)  # fmt: skip
_LIMITS: Final = values.record(
    Allowance, {each.name: number(LEAST.get(each.name, 1), 1 << 40).judge for each in fields(Allowance)}, needed=()
)
_LARGEST: Final = values.record(
    Largest,
    {
        each.name: number(1024, 1 << 40 if each.name == "attachments" else LARGEST_BODY).judge
        for each in fields(Largest)
    },
    needed=(),
)
_PAGES: Final = values.record(
    PagesAt,
    {
        "host": values.host, "port": number(0, HIGHEST_PORT).judge, "under": values.label,
        "certificate": values.path, "key": values.path, "behind": several(values.proxy).judge,
        "forwarded": one_of(HEADERS), "public": values.table(one_of(SITES_IN_PUBLIC), values.public_address).judge,
        "processes": number(1, 64).judge, "console": number(0, HIGHEST_PORT).judge,
    },
    needed=(),
)  # fmt: skip
_PLATFORM: Final = one_of(CENTRAL)
_PORTS: Final = values.table(_PLATFORM, number(0, HIGHEST_PORT).judge)
_KEEP: Final = one_of(tuple(each.value for each in Keep))
FORMS: Final[Mapping[str, Form]] = {
    "name": Form(values.name),
    "data": Form(values.path),
    "store": Form(values.store),
    "platforms": several(_PLATFORM, lambda found: tuple(dict.fromkeys(found))),
    "ports": Form(lambda value: PORTS | _PORTS.judge(value), _PORTS.text),
    "host": Form(values.host),
    "administrations": several(values.country, frozenset),
    "serves": several(lambda each: each if each == ALL else values.country(each), frozenset),
    "elsewhere": several(values.country, frozenset),
    "uplink": _UPLINK,
    "peers": values.table(values.country, _UPLINK.judge),
    "keepers": values.table(values.country, _KEEPER.judge),
    "one_view": Form(one_of(("live", "summary"))),
    "traders": Form(one_of(("centre", "here"))),
    "identity": Form(values.path),
    "development": values.FLAG,
    "role": Form(one_of(ROLES)),
    "processes": number(1, 64),
    "links": several(values.link),
    "partitions": number(1, 1_024),
    "workers": number(1, 64),
    "worker": number(0, 63),
    "patience": number(0, 1_000_000),
    "notice": number(0, 1_000_000),
    "time_scale": number(1, 1_000_000),
    "calendars": Form(values.path),
    "soap_signed": several(_PLATFORM, frozenset),
    "phase6": values.table(values.party, values.day),
    "issuer": values.one_or_several(values.own_address),
    "public": values.table(_PLATFORM, values.own_address),
    "queues": Form(values.queues),
    "queue_users": values.table(values.word, values.country),
    "packages": values.table(values.distribution, values.digest),
    "folders": values.table(values.country, _FOLDER.judge),
    "national_portals": values.table(values.module, values.portal),
    "readable_again_days": number(0, 3 * 365),  # so long messages stay in the store under every rule of retention
    "retention_hours": number(0, 1_000_000),
    "inspection_hours": number(0, 1_000_000),
    "witness": Form(values.witness),
    "judged": number(0, 10_000),
    "systems": Form(values.path),
    "presence_seconds": number(3, GONE_AFTER // SECOND),
    "evidence": values.table(one_of(KEPT), lambda value: Keep(_KEEP(value))),
    "limits": _LIMITS,
    "pages": _PAGES,
    "largest": _LARGEST,
    "attachments_a_day_bytes": number(0, 1 << 60),
    "messages_a_day_bytes": number(0, 1 << 60),
    "drafts": number(1, 1_000_000),
    "reserve_bytes": number(0, 1 << 60),
    "time_stamps": Form(values.time_stamps),
    "time_stamp_minutes": number(1, 1_000_000),
}
"""The form of every setting."""
