"""SPEED2 on a host of its own: network namespaces, a line that loses packets or lets them through one way only."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from douane.configuration.ports import SystemIds
from douane.trust.demo import demo_clients
from douane.trust.development_identity import HOSTS, DevelopmentIdentity, prepare
from tests.journeys.hosts import LOSSY, Host, network
from tests.journeys.supervised import ROOT, Load, Supervised, accepted, supervised
from tests.journeys.test_processes import TRADER, more

CORE, DOOR = "10.213.0.1", "10.213.0.2"
DECLARATION = (ROOT / "docs" / "examples" / "declaration.xml").read_bytes()


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    """The core's host and the door's."""
    with network(CORE, DOOR) as made:
        yield made


def declaration(number: int) -> bytes:
    """A declaration of its own for every number."""
    mine = DECLARATION.replace(b"QUICKSTART-1", b"HOST-%d" % number)
    return mine.replace(b"QUICKSTART0001", b"HOST%d" % number)


def door_identity(whole: DevelopmentIdentity, folder: Path) -> None:
    """What the host of SPEED2 needs, and nothing else: no key of an authority, of tokens, or of another link."""
    for name in ("clients", "revoked"):
        (folder / name).mkdir(parents=True)
    names = ["root.pem", "server.pem", "server.key", "clients.toml", "tokens.jwks"]
    names += [f"revoked/{f.name}" for f in whole.lists.iterdir()] + [f.name for f in whole.client_authorities]
    names += ["clients/link.speed2.pem", "clients/link.speed2.key"]
    for name in names:
        shutil.copy(whole.folder / name, folder / name)


@contextlib.contextmanager
def two_hosts(folder: Path, core: Host, door: Host) -> Iterator[tuple[Supervised, Supervised]]:
    """The core on one, SPEED2 on the other."""
    now, random = time.time_ns() // 1000, SystemIds().random
    identity = prepare(
        folder / "core" / "identity",
        now=now,
        random=random,
        clients=demo_clients(),
        hosts=(*HOSTS, CORE),
        authority="Union of two hosts",
    )
    door_identity(identity, folder / "door" / "identity")
    links = [f"tls://{CORE}:8450"]
    with (
        supervised(
            folder / "core",
            inside=core.inside,
            role="core",
            links=links,
            platforms=[],
            development=False,
            serves=["FR", "EU"],
        ) as first,
        supervised(
            folder / "door",
            inside=door.inside,
            role="doors",
            links=links,
            platforms=["speed2"],
            development=False,
            serves=["FR", "EU"],
        ) as second,
    ):
        second.identity = identity  # for the clients, which have their own cards
        yield first, second


@pytest.mark.slow
def test_a_line_that_breaks_one_way_or_both_or_loses_packets_loses_and_doubles_no_message(
    tmp_path: Path, hosts: list[Host]
) -> None:
    core, door = hosts
    with two_hosts(tmp_path, core, door) as (_, node):
        load = Load(
            node, platform="speed2", caller=TRADER, path="/v1/messages", media="application/xml", body=declaration,
            enter=door.enter,
        )  # fmt: skip
        load.begin()
        more(load, 10)
        for cut in ((core,), (door,), (core, door)):  # nothing reaches the core; nothing comes back; neither
            told = load.statuses[503]
            for host in cut:
                host.lose()
            node.until(lambda: load.statuses[503] > told, 60)  # noqa: B023 - called at once
            for host in cut:
                host.clear()
            more(load, 5)
        for host in hosts:
            host.lose(LOSSY)
        more(load, 30)
        for host in hosts:
            host.clear()
        load.end()
        assert load.faults == []
    found = accepted(tmp_path / "core")
    assert {own for own, times in found.items() if times != 1} == set()
    assert len(found) == len(load.held)


@pytest.mark.slow
def test_a_captured_door_of_another_host_speaks_for_its_platform_only(tmp_path: Path, hosts: list[Host]) -> None:
    """Its card opens SPEED2's link; CCN2's stays shut, though the door asserts to be CCN2."""
    core, door = hosts
    with two_hosts(tmp_path, core, door):
        stolen = tmp_path / "door" / "identity" / "clients"
        for kind in ("pem", "key"):
            shutil.copy(stolen / f"link.speed2.{kind}", stolen / f"link.ccn2.{kind}")
        (tmp_path / "captured").mkdir()
        links = [f"tls://{CORE}:8450"]
        with supervised(
            tmp_path / "captured", inside=door.inside, role="doors", links=links, platforms=["ccn2"],
            identity=str(tmp_path / "door" / "identity"), development=False,
        ) as captured:  # fmt: skip
            captured.identity = DevelopmentIdentity(tmp_path / "core" / "identity")
            load = Load(captured, senders=1, enter=door.enter)
            load.begin()
            captured.until(lambda: load.statuses[503] > 0, 60)
            load.gone.set()
            load.end()
            assert load.held == {}
    assert accepted(tmp_path / "core") == {}
