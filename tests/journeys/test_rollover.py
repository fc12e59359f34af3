"""A client authority, the key of tokens and the server's certificate are replaced under load: no request fails.

And SIGHUP, in each way of running: everything is read again, the log goes on in a new file, no process ends.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import signal
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from douane.identity.authorities import Credential
from douane.trust.known import LOOK
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.authorities import Second, new_server
from tests.journeys.standing import Client, trust
from tests.journeys.supervised import Supervised, supervised
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]

TRADER, OTHER = "trader.fr.lesquin", "trader.de.rhein"
FORM = {"content-type": "application/x-www-form-urlencoded"}
GRANT = urlencode({"grant_type": "client_credentials", "resource": "speed2"}).encode()
MODES = [pytest.param((), id="one process"), pytest.param(("--processes", "3"), id="supervisor and doors")]


@dataclass
class Calls:
    """Callers that never repeat: each call is a token, and a read with it and without, over connections old and new."""

    node: Supervised
    statuses: Counter[str] = field(default_factory=Counter)
    ending: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Calls:
        self._threads = [threading.Thread(target=self._call, args=(n,), daemon=True) for n in range(3)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        for thread in self._threads:
            thread.join(60)

    @property
    def failed(self) -> dict[str, int]:
        """What did not go well."""
        return {what: times for what, times in self.statuses.items() if what != "200"}

    def more(self, calls: int) -> None:
        """Wait until so many more were made."""
        so_far = self.statuses.total()
        self.node.until(lambda: self.statuses.total() >= so_far + calls)

    def _call(self, number: int) -> None:
        kept = {each: self.node.client(each, TRADER) for each in ("speed2", "uumds")}
        while not self.ending.is_set():
            fresh = {each: self.node.client(each, TRADER) for each in kept}
            try:
                for clients in (kept, fresh) if number else (kept,):
                    token = self._once(clients["uumds"], "POST", "/token", GRANT, FORM)
                    bearer = {"authorization": f"Bearer {json.loads(token)['access_token']}"}
                    self._once(clients["speed2"], "GET", "/v1/inbox", b"", bearer)
                    self._once(clients["speed2"], "GET", "/v1/inbox", b"", {})
            except (OSError, http.client.HTTPException, ValueError, KeyError) as problem:
                self.statuses[repr(problem)] += 1
            for each in fresh.values():
                each.close()

    def _once(self, client: Client, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        """One request that nothing repeats."""
        client._open = client._open or client.connection()
        client._open.request(method, path, body or None, headers)
        found = client._open.getresponse()
        content = found.read()
        self.statuses[str(found.status) if found.status == 200 else f"{found.status} {content!r}"] += 1
        return content


def served(node: Supervised) -> str:
    """The fingerprint of the certificate that SPEED2 shows."""
    host, _, port = node.urls["speed2"].removeprefix("https://").rpartition(":")
    return fingerprint(ssl.get_server_certificate((host, int(port))))


def fingerprint(pem: str) -> str:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def always(node: Supervised, holds: Callable[[], bool]) -> None:
    """Wait until it holds ten times in a row: several processes share a door, and any may answer."""
    node.until(lambda: all(holds() for _ in range(10)))


def status(node: Supervised, name: str) -> int:
    """What SPEED2 says to a client over a connection of its own; 0 where TLS refuses it."""
    files = node.identity.client(name)
    client = Client(node.urls["speed2"], trust(node.identity, files.certificate, files.key))
    try:
        return client.ask("GET", "/v1/inbox").status
    finally:
        client.close()


@pytest.mark.parametrize("options", MODES)
def test_everything_rolls_over_under_load_and_no_request_fails(
    tmp_path: Path, capsys: Printed, options: tuple[str, ...]
) -> None:
    each = ("connections_per_second", "strangers_per_second", "requests_per_second", "work_ms_per_second")
    limits = dict.fromkeys(each, 100_000)  # they all call from one address, two parties as fast as they can
    with supervised(tmp_path, *options, limits=limits) as node, Calls(node) as calls:
        config, before = str(tmp_path / "douane.toml"), pids(node)
        calls.more(20)
        replace_server(node, new_server(node.identity))
        calls.more(20)
        roll_authority(node, capsys, config)
        calls.more(20)
        roll_token_key(node, capsys, config)
        calls.more(20)
        assert calls.failed == {}
        assert pids(node) == before, "a process was started again"
        assert status(node, OTHER) == 401, "what the first authority revoked became good"
        assert status(node, f"second.{OTHER}") == 401


def pids(node: Supervised) -> dict[str, int]:
    return node.pids or {"node": node.process.pid}


def replace_server(node: Supervised, made: Credential) -> None:
    """Two files, one after the other, as an operator copies them."""
    own, former = node.identity, served(node)
    own.server_certificate.write_bytes(made.certificate_pem() + (own.folder / "servers.pem").read_bytes())
    node.until(lambda: "node.failed" in (node.folder / "data" / "node.log").read_text())
    assert served(node) == former, "a certificate without its key took the place of one with"
    own.server_key.write_bytes(made.key_pem())
    always(node, lambda: served(node) == fingerprint(made.certificate_pem().decode()))


def roll_authority(node: Supervised, capsys: Printed, config: str) -> None:
    """The second authority beside the first: known, then with a list. Each revokes what it issued."""
    said(capsys, "certificate", "revoke", OTHER, "--config", config)
    always(node, lambda: status(node, OTHER) == 401)
    second = Second.of(node.identity)
    second.card(TRADER)
    gone = second.card(OTHER, serial=7712).certificate.serial_number
    assert status(node, f"second.{TRADER}") == 0, "TLS knows nobody of it"
    second.introduce()
    always(node, lambda: status(node, f"second.{TRADER}") == 503)
    told = {each["authority"]: each["list"] for each in answer(capsys, "certificate", "show", "--config", config)}
    assert (told["CN=Second untrusted"], told["CN=Douane development untrusted"]) == ("missing", "held")
    said(capsys, "certificate", "load", second.listed(node.folder, gone), "--config", config)
    always(node, lambda: status(node, f"second.{TRADER}") == 200)


def roll_token_key(node: Supervised, capsys: Printed, config: str) -> None:
    """The next key is published, used, and the former one retired, each no sooner than every door knows."""
    (old,) = answer(capsys, "tokens", "show", "--config", config)
    assert "douane tokens add" in refused(capsys, "tokens", "use", "--config", config)
    _, new = answer(capsys, "tokens", "add", "--config", config)
    assert (new["use"], len(answer(capsys, "tokens", "add", "--config", config))) == ("next", 2)
    assert "Try again in" in refused(capsys, "tokens", "use", "--config", config)
    always(node, lambda: {each["kid"] for each in keys(node)} == {old["kid"], new["kid"]})
    aged(node.identity.token_keys, 6)
    assert answer(capsys, "tokens", "use", "--config", config)[1] == {**new, "use": "signs"}
    always(node, lambda: signer(node) == new["kid"])
    assert "may still hold" in refused(capsys, "tokens", "retire", "--config", config)
    aged(node.identity.token_key, 400)
    assert answer(capsys, "tokens", "retire", "--config", config) == [{**new, "use": "signs"}]
    always(node, lambda: [each["kid"] for each in keys(node)] == [new["kid"]])


def aged(path: Path, seconds: float) -> None:
    """As if the file had been written so long ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def keys(node: Supervised) -> list[dict[str, str]]:
    client = node.client("uumds", TRADER)
    found: list[dict[str, str]] = client.ask("GET", "/.well-known/jwks.json").json["keys"]
    client.close()
    return found


def signer(node: Supervised) -> str:
    """Which key signed a token that is made now."""
    client = node.client("uumds", TRADER)
    head = str(client.ask("POST", "/token", GRANT, FORM).json["access_token"]).partition(".")[0]
    client.close()
    return str(json.loads(base64.urlsafe_b64decode(head + "=="))["kid"])


WAYS = [
    pytest.param((), {}, id="one process"),
    pytest.param(("--processes", "3"), {}, id="supervisor and doors"),
    pytest.param((), {"role": "core", "links": ["tls://127.0.0.1:0"], "platforms": ["operations"]}, id="core alone"),
    pytest.param((), {"role": "doors", "platforms": ["speed2", "uumds"]}, id="doors alone"),
]


@pytest.mark.parametrize(("options", "settings"), WAYS)
def test_sighup_reads_everything_again_and_goes_on_in_a_new_log_and_ends_no_process(
    tmp_path: Path, options: tuple[str, ...], settings: dict[str, Any]
) -> None:
    with supervised(tmp_path, *options, **settings) as node:
        hang_up_twice(node)
        assert node.stop() == 0


def test_sighup_reaches_each_of_several_workers(tmp_path: Path, database: str) -> None:
    with supervised(tmp_path, "--processes", "4", "--workers", "2", store=database, partitions=4) as node:
        hang_up_twice(node)
        assert node.stop() == 0


def settled(log: Path) -> None:
    """Come back when nobody has told for three looks that he read something: processes that start write files for each
    other, which each of them reads and tells."""
    told, since = -1, time.monotonic()
    while time.monotonic() < since + 3 * LOOK:
        now = log.read_text().count("artefact.swapped") if log.exists() else 0
        if now != told:
            told, since = now, time.monotonic()
        time.sleep(0.1)


def hang_up_twice(node: Supervised) -> None:
    """As logrotate does it: the log is moved away, then each process is told."""
    log, moved, before = node.folder / "data" / "node.log", node.folder / "data" / "node.log.1", pids(node)
    serving = [name for name in before if name != "supervisor"]
    settled(log)
    for _ in range(2):
        log.rename(moved)
        node.process.send_signal(signal.SIGHUP)
        node.until(lambda: log.exists() and log.read_text().count("artefact.swapped") >= len(serving))
    last = moved.read_text()
    node.process.send_signal(signal.SIGHUP)
    node.until(lambda: log.read_text().count("artefact.swapped") >= 2 * len(serving))
    assert moved.read_text() == last, "a process goes on in the file that was moved away"
    assert pids(node) == before


def test_sighup_while_processes_start_ends_none_and_starts_none(tmp_path: Path) -> None:
    """A storm of them, while a door begins its second life."""
    with supervised(tmp_path, "--processes", "3") as node:
        before, ending = pids(node), threading.Event()

        def storm() -> None:
            while not ending.wait(0.005):
                node.process.send_signal(signal.SIGHUP)

        storming = threading.Thread(target=storm)
        storming.start()
        node.kill("door-1")
        node.until(lambda: sum(line.startswith("door-1") and "serving" in line for line in node.said) == 2)
        ending.set()
        storming.join()
        after = pids(node)
        assert {name for name in before if after[name] != before[name]} == {"door-1"}
        assert sum(" started " in line for line in node.said) == 5, "a door was started more than once"
        assert status(node, TRADER) == 200
        assert node.stop() == 0
