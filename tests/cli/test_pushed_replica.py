"""``douane replica`` where the centre pushes: chosen by command, current without asking, deaf to strangers."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from douane.channels.webhook.signing import Signed, WebhookKey
from douane.configuration.partners import webhook_key
from douane.configuration.ports import SystemIds
from tests.cli.nodes import Printed, answer, refused, said
from tests.cli.test_replica import SETTINGS, deliver
from tests.journeys.standing import Standing, identity_in, standing

COMMAND = [sys.executable, "-c", "import sys; from douane.cli.main import main; sys.exit(main())"]
AGREEMENT = """
[[partner]]
party = "NTA.DE"
title = "Its replica is on this machine"
basis = "IA art. 7(1)"
networks = ["127.0.0.0/8"]
"""
PUSHED = """
[pushed]
follower = "DE"
address = "http://127.0.0.1:{port}/feed"
listen = "127.0.0.1:{port}"
key = "{key}"
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("centre")
    (folder / "partners.toml").write_text(AGREEMENT)
    with standing(folder, identity_in(folder)) as made:
        deliver(made, {"FR9": "Petit", "FR8": "Grand"})
        yield made


@pytest.fixture
def config(node: Standing, tmp_path: Path) -> Path:
    files, file = node.identity.client("de.system"), tmp_path / "replica.toml"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = SETTINGS.format(
        centre=node.node.url("ccn2"), certificate=files.certificate, key=files.key, root=node.identity.root,
        signed_by=node.node.core.auditor.log.signer.key.text(),
    )  # fmt: skip
    file.write_text(text + PUSHED.format(port=port, key=key_of(node).jwk()["x"]))
    return file


def key_of(node: Standing) -> WebhookKey:
    return webhook_key(node.node.core.settings.data, SystemIds().random)


class Running:
    """The replica as a process of its own."""

    def __init__(self, config: Path) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "replica", "--config", str(config)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.lines: IO[str] = self.process.stdout

    def until(self, begins: str) -> str:
        while line := self.lines.readline():
            if line.startswith(begins):
                return line
        raise AssertionError(f"it ended before it said {begins!r}")

    def end(self) -> int:
        self.process.terminate()
        code = self.process.wait(30)
        self.lines.close()
        return code


@pytest.fixture
def replica(config: Path) -> Iterator[Running]:
    made = Running(config)
    made.until("Listening for")
    yield made
    made.end()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def found(capsys: Printed, config: Path, eori: str) -> str:
    """Its name here; empty where it is not known."""
    from douane.cli.main import main

    capsys.readouterr()
    main(["replica", "look-up", "economic_operators", eori, "--config", str(config), "--json"])
    text = capsys.readouterr().out
    content = json.loads(text).get("content") if text.startswith("{") else None
    return content["name"] if content else ""


def post(config: Path, body: bytes, headers: dict[str, str]) -> int:
    address = next(line for line in config.read_text().splitlines() if line.startswith("address")).split('"')[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(address.rpartition(":")[2].partition("/")[0]), timeout=20)
    connection.request("POST", "/feed", body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def signed(config: Path, key: WebhookKey, body: bytes) -> dict[str, str]:
    address = next(line for line in config.read_text().splitlines() if line.startswith("address")).split('"')[1]
    facts = {"content-type": "application/json", "douane-message": "m1", "douane-type": "t", "douane-sequence": "1"}
    request = Signed("POST", address, facts)
    key.sign(request, body, at=time.time_ns() // 1000)
    return request.headers


def test_it_is_pushed_to_by_choice_and_a_stranger_stops_nothing(
    node: Standing, capsys: Printed, config: Path, replica: Running
) -> None:
    at = ("--config", str(config))
    assert answer(capsys, "replica", "follow", *at) == {"pushed": True, "views": ["economic_operators (full)"]}
    until(lambda: found(capsys, config, "FR9") == "Petit")
    deliver(node, {"FR7": "Nouveau"})
    until(lambda: found(capsys, config, "FR7") == "Nouveau")
    forged = b'{"data_set":"economic_operators","view":"full","order":"state","note":"nonsense"}'
    stranger = webhook_key(config.parent, SystemIds().random)
    assert post(config, forged, {"content-type": "application/json"}) == 401
    assert post(config, forged, signed(config, stranger, forged)) == 401
    assert post(config, b"[1]", signed(config, key_of(node), b"[1]")) in (400, 422)
    deliver(node, {"FR6": "Encore"})
    until(lambda: found(capsys, config, "FR6") == "Encore")
    (proof,) = answer(capsys, "replica", "prove", *at)
    assert proof["equal"] is True
    assert "pushed no more" in said(capsys, "replica", "unfollow", *at)
    assert replica.end() == 0


def test_what_the_centre_s_door_forges_ends_it_and_a_new_start_goes_on(
    node: Standing, capsys: Printed, config: Path, replica: Running
) -> None:
    """Who has the webhook key, but not the key of the log, can push; he is not believed."""
    answer(capsys, "replica", "follow", "--config", str(config))
    until(lambda: found(capsys, config, "FR9") == "Petit")
    forged = b'{"data_set":"economic_operators","view":"full","order":"state","note":"nonsense"}'
    assert post(config, forged, signed(config, key_of(node), forged)) >= 400
    assert "cannot be believed at position 0" in replica.until("The feed of economic_operators (full)")
    assert replica.process.wait(30) == 1
    deliver(node, {"FR5": "Pendant"})
    again = Running(config)
    until(lambda: found(capsys, config, "FR5") == "Pendant")
    assert again.end() == 0
    answer(capsys, "replica", "unfollow", "--config", str(config))


@pytest.mark.parametrize(
    ("part", "instead", "says"),
    [
        ('follower = "DE"', 'follower = "Germany"', "follower"),
        ('address = "http://127.0.0.1', 'address = "ftp://127.0.0.1', "address"),
        ('listen = "127.0.0.1', 'listen = "0.0.0.0', "not encrypted"),
        ('address = "http:', 'address = "https:', "there is no file"),
        ("[pushed]", "[push]", "push"),
    ],
)
def test_wrong_settings_are_named(capsys: Printed, config: Path, part: str, instead: str, says: str) -> None:
    text = config.read_text()
    assert part in text
    config.write_text(text.replace(part, instead, 1))
    assert says in refused(capsys, "replica", "show", "--config", str(config))


def test_without_an_address_nothing_is_followed(capsys: Printed, config: Path) -> None:
    config.write_text(config.read_text().partition("[pushed]")[0])
    assert "[pushed]" in refused(capsys, "replica", "follow", "--config", str(config))
