"""Pages in processes of their own, as an operator starts them: a person goes on at another one where one is killed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec
import pytest

from douane.cli.main import main
from douane.configuration.discovery import open_reader
from douane.configuration.settings import NodeSettings, PagesAt, read_settings, settings_text
from douane.identity.operators import Doer
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.supervision.operating.listening import Answer, Watch, socket_of
from douane.supervision.operating.local_sockets import short
from douane.trust.demo_registers import operator_entry
from douane.vocabulary.errors import NotAuthenticated
from tests.circles.test_operators import Person as Operator
from tests.journeys.standing import GENEROUS, Client
from tests.journeys.supervised import COMMAND, Supervised, environment
from tests.journeys.test_filing import draft
from tests.journeys.test_processes import back
from tests.pages.front import SERVED, Person, insisting
from tests.pages.production import DOMAIN, SITES, UUMDS, Production, free_port, issued, private_tls, public
from tests.pages.provider import entry, providing
from tests.pages.union import EXAMPLES, JSON, XML
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]
pytestmark = pytest.mark.timeout(300)
EORI = "FR40123456700017"
ROLES = ("declarant", "holder of the transit procedure")
TRADER = "trader.fr.lesquin"
FORMS = 12


@contextlib.contextmanager
def several(
    folder: Path, roles: Sequence[str] = ROLES, **more: Any
) -> Iterator[tuple[Supervised, Person]]:  # fmt: skip
    """A core, doors and two processes of pages, started by the command; a person of France who is not signed in yet,
    and what she may do there."""
    identity, port, at = issued(folder), free_port(), free_port()
    tls = private_tls(folder / "tls", tuple(f"{site}.{DOMAIN}" for site in SITES))
    (identity.folder / "providers.toml").write_text(entry("FR", at))
    console = free_port()
    sites = public(port, SERVED) | public(console, ("console",))
    pages = PagesAt(
        port=port, certificate=tls.certificate, key=tls.key, public=sites, processes=2, console=console
    )  # fmt: skip
    settings = NodeSettings(
        name="several", data=folder / "data", ports=dict.fromkeys(NodeSettings().ports, 0), processes=3,
        pages=pages, limits=GENEROUS, public={"uumds": UUMDS}, serves=frozenset({"EU", "FR", "DE", "AT", "CH"}),
    )  # fmt: skip
    config = folder / "douane.toml"
    config.write_text(settings_text(replace(settings, **more), place=True))
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "run", "--config", str(config)], text=True, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    node = Supervised(process, folder, identity)
    try:
        node.ready()
        _register(node, at, roles)
        with providing(at, f"{pages.public['signin']}/callback", "anne"):
            yield node, Person(tls, port)
    finally:
        if process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                node.stop()
            process.kill()
            process.wait()
        node.close()
        print(node.left())


@dataclass
class Host:
    """A host of pages alone: a folder of its own, and a process of the role ``pages``."""

    process: subprocess.Popen[str]
    port: int


@contextlib.contextmanager
def pages_at(folder: Path, settings: NodeSettings) -> Iterator[Host]:
    """Pages in a folder that nothing else uses."""
    config = folder / "douane.toml"
    config.write_text(settings_text(settings, place=True))
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "run", "--config", str(config)], text=True, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "is ready" in line:
            break
    assert process.poll() is None, said
    try:
        assert settings.pages is not None
        yield Host(process, settings.pages.port)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("kept", ["sqlite", pytest.param("workers", marks=pytest.mark.slow), "postgresql"])
def test_two_hosts_of_pages_share_no_folder(tmp_path: Path, kept: str, request: pytest.FixtureRequest) -> None:
    """A sign-in that began at one goes on at the other, once; so do the person's session and what he sends."""
    shape: dict[str, Any] = {"processes": 2, "pages": None, "links": (f"tls://localhost:{free_port()}",)}
    if kept != "sqlite":
        store = f"files:{tmp_path / 'shared'}" if kept == "workers" else str(request.getfixturevalue("database"))
        shape |= {"store": store, "partitions": 4}
    if kept == "workers":
        shape |= {"processes": 4, "workers": 2, "links": ()}
    with several(tmp_path, **shape) as (node, anne), contextlib.ExitStack() as running:
        core = read_settings(tmp_path / "douane.toml")
        links = core.links or tuple(f"unix:{core.data / 'link' / str(each)}" for each in range(core.workers))
        ports = []
        for name in ("one", "two"):
            own = tmp_path / name
            shutil.copytree(core.identity_folder, own / "data" / "identity")
            for key in ("tokens.key", "tokens.next.key", "clients/link.ccn2.key"):
                (own / "data" / "identity" / key).unlink(missing_ok=True)
            at = free_port()
            pages = PagesAt(port=at, certificate=anne.tls.certificate, key=anne.tls.key, processes=2,
                            public=anne.public)  # fmt: skip
            settings = NodeSettings(
                name=name, data=own / "data", role="pages", platforms=("speed2", "uumds"), links=links, pages=pages,
                workers=core.workers, limits=GENEROUS, ports=core.ports,
            )  # fmt: skip
            ports.append(running.enter_context(pages_at(own, settings)).port)
        for port in ports:  # until each was told by a worker which files hold: before it offers no country
            anne.port = port
            for _ in range(120):
                if 'value="FR"' in anne.get(anne.urls["signin"]).body:
                    break
                time.sleep(0.5)
            else:
                raise AssertionError("no country is offered")
        anne.port = ports[0]
        began = anne.get(anne.urls["signin"])
        sent = anne.send(began, "/begin", until="/authorize", domain="customs", country="FR",
                         actor="economic operator", identifier="", acting_for="")  # fmt: skip
        back = anne.ask("GET", sent.headers["location"]).headers["location"]
        anne.port = ports[1]
        kept_cookies = {host: dict(each) for host, each in anne.jar.items()}
        assert anne.get(back).status == 200
        assert anne.to("/cases").status == 200
        for port in ports:
            thief = Person(anne.tls, port)
            thief.jar = {host: dict(each) for host, each in kept_cookies.items()}
            assert thief.get(back).status == 401, "it holds once, whichever host is asked"
        anne.port = ports[0]
        assert anne.to("/cases").status == 200
        assert sorted(each.name for each in (tmp_path / "one" / "data").iterdir() if "store" in each.name) == []
        assert not (tmp_path / "one" / "data" / "audit.key").exists()
        assert node.process.poll() is None


def _register(node: Supervised, port: int, roles: Sequence[str]) -> None:
    """France states who Anne is."""
    said = {
        "account": "fr.anne.martin", "provider": f"http://localhost:{port}", "subject": "anne", "name": "Anne Martin",
        "kind": "trader", "country": "FR", "eori": EORI, "roles": list(roles),
    }  # fmt: skip
    body = json.dumps({"keeper": "EU", "accounts": [said]}).encode()
    assert _handled(node, node.client("ccn2", "fr.system"), "/accounts/v1/deliver", body)


def _handled(node: Supervised, system: Client, path: str, body: bytes) -> bool:
    """Have something delivered; come back once it is handled."""
    sent = system.ask("POST", path, body, JSON)
    assert sent.status == 202, sent.body
    node.until(lambda: system.ask("GET", f"/v1/messages/{sent.json['receipt']}").json["state"] == "handled")
    return True


def test_a_person_goes_on_where_a_process_of_pages_is_killed(tmp_path: Path) -> None:
    with several(tmp_path) as (node, anne):
        assert {"core", "door-1", "door-2", "pages-1", "pages-2", "operations"} <= set(node.pids)
        operator = node.client("operations", "operator")
        parts = operator.ask("GET", "/health/ready").json["parts"]
        assert (parts["pages"], parts["door speed2"]) == ("ready", "ready")
        assert 'process="pages-1"' in node.metrics()
        assert 'douane_process_answers{process="operations",part="pages-1"} 1.0' in node.metrics()
        assert anne.to("/cases").status == 401
        assert anne.sign_in().status == 200
        assert anne.to("/cases").status == 200
        for name in ("pages-1", "pages-2"):
            before = node.kill(name)
            assert anne.to("/cases").status == 200, name
            back(node, name, before)
        assert anne.to("/cases").status == 200
        assert node.stop() == 0


def test_a_form_declares_once_whatever_process_of_pages_is_killed(tmp_path: Path) -> None:
    """The browser sends a form again until it is answered; what it was told is received is there, and none twice."""
    chance = random.Random(7)
    with several(tmp_path) as (node, anne):
        mrn = _declared(node)
        assert anne.sign_in().status == 200
        told = 0
        for number in range(FORMS):
            case = insisting(partial(anne.to, f"/cases/{mrn}"))
            opened = insisting(partial(anne.send, case, "/declare/lodge-declaration"))
            path = draft(opened)
            checked = insisting(partial(anne.to, f"{path}/check"))
            if number % 3 == 0:
                name = f"pages-{1 + number % 2}"
                strike = threading.Timer(chance.random() * 0.3, partial(_kill, node, name))
                strike.start()
            sent = insisting(partial(anne.send, checked, f"{path}/send"))
            assert sent.status == 200, sent.text
            again = insisting(partial(anne.send, checked, f"{path}/send"))
            assert again.status in (200, 404, 409, 422), again.text  # the same form once more
            told += 1
        assert node.stop() == 0
    store = open_reader(f"sqlite:{tmp_path / 'data' / 'store' / 'node.db'}")
    rows = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 100_000)]
    lodged = [row for row in rows if row.operation == "transit.lodge_declaration" and row.origin.channel == "browser"]
    references = {row.id for row in lodged}
    assert (len(lodged), len(references)) == (told, told)


def _kill(node: Supervised, name: str) -> None:
    with contextlib.suppress(KeyError, ProcessLookupError):  # it is being started again
        node.kill(name)


def _declared(node: Supervised) -> str:
    """The MRN of a movement that Anne's firm declared: the template of what she declares."""
    officer, trader = node.client("ccn2", "fr.officer"), node.client("speed2", TRADER)
    guarantee = (EXAMPLES / "guarantee.json").read_bytes()
    assert officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
    for name, eoris in {"fr.system": (EORI, "FR55512345600027"), "at.system": ("ATEOS1000012345",)}.items():
        said = json.dumps({"operators": [operator_entry(each) for each in eoris]}).encode()
        assert _handled(node, node.client("ccn2", name), "/eori/v1/deliver", said)
    declared = trader.ask("POST", "/v1/messages", (EXAMPLES / "declaration.xml").read_bytes(), XML)
    assert declared.status == 202, declared.body
    found, cursor, came = "", "", list[Any]()
    for _ in range(6):
        page = trader.ask("GET", f"/v1/inbox?wait=5&after={cursor}").json
        cursor = page["after"]
        came += page["items"]
        for each in page["items"]:
            if each["type"] == "CC028C" and (named := re.search(r"<MRN>(\w+)<", each["body"])) is not None:
                found = named[1]
        if found:
            return found
    raise AssertionError([(each["type"], each["body"][-900:]) for each in came])


def test_the_console_opens_while_the_core_is_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands in the process of the operator's door; what it cannot ask it does not show as nothing."""
    with several(tmp_path) as (node, person):
        assert main(["operator", "voucher", "--config", str(tmp_path / "douane.toml")]) == 0
        link = capsys.readouterr().out.strip().splitlines()[-1]
        port = urlsplit(link).port or 0
        front = Production(cast("Any", None), person.tls, port, tmp_path / "none")
        anna = Operator(front, "anna.berg")
        made = anna.makes(link.removeprefix(front.url("console")), account="eu.anna.berg", name="Anna Berg")
        assert made.status == 303, made.body
        assert b"no core answers" not in anna.open("/").body
        frozen = node.kill("core", signal.SIGSTOP)
        try:
            again = Operator(front, "anna.berg")  # another browser: she signs in while the core is away
            assert again.proves().status == 303
            node.until(lambda: b"no core answers" in again.open("/").body)  # what was told is kept for a second
            assert again.open("/").status == 200
            assert again.open("/aside").status == 503
        finally:
            os.kill(frozen, signal.SIGCONT)
        node.until(lambda: b"no core answers" not in again.open("/").body)
        assert again.open("/aside").status == 200
        assert Person(person.tls, port).get(f"https://portal.{DOMAIN}:{port}/").status == 421, "the console alone"


def test_nobody_is_a_console_by_saying_so(tmp_path: Path) -> None:
    """Whoever runs as the node's user may give commands; that somebody signed in says the console alone."""
    with several(tmp_path) as _:
        asked = Watch("have_done", "0" * 64, ("audit.seal", "", "a" * 32, "because", ""), Doer(account="eu.anna.berg"))
        for each in (asked, msgspec.structs.replace(asked, proof=""), Watch("aside", "")):
            with socket.socket(socket.AF_UNIX) as made, short(socket_of(tmp_path / "data", 0)) as path:
                made.settimeout(20)
                made.connect(path)
                made.sendall(msgspec.json.encode(each) + b"\n")
                answer = msgspec.json.decode(made.makefile("rb").readline(), type=Answer)
            assert answer.refused is not None
            assert answer.refused.code == NotAuthenticated.code
