"""A secret that an older release kept by a cheaper hash: it works, and is kept as is advised now from then on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from douane.identity.register import COST, LEAST, Register, SecretHash
from tests.journeys.standing import Standing, identity_in, standing

FORM = {"content-type": "application/x-www-form-urlencoded"}
TRADER = "trader.fr.lesquin"
COMMENT = "# kept by hand\n"


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Standing]:
    identity = identity_in(tmp_path)
    identity.register.write_text(COMMENT + identity.register.read_text())
    with standing(tmp_path, identity) as running:
        yield running


def granted(node: Standing, secret: str) -> int:
    form = {"grant_type": "client_credentials", "client_id": TRADER, "client_secret": secret}
    return node.client("uumds", "").ask("POST", "/token", urlencode(form).encode(), FORM).status


def kept(register: Register) -> SecretHash:
    client = register.client(TRADER)
    assert client is not None
    assert client.secret is not None
    return client.secret


def test_a_cheap_hash_is_replaced_at_the_next_use_and_nothing_else_of_the_register(node: Standing) -> None:
    former, text = kept(node.identity.load_register()), node.identity.register.read_text()
    path = node.identity.client(TRADER).secret
    assert path is not None
    assert former.cost == LEAST
    assert granted(node, "wrong") == 401
    assert kept(node.identity.load_register()) == former, "a wrong secret keeps nothing"
    assert granted(node, path.read_text()) == 200
    new = kept(node.identity.load_register())
    assert new.cost == COST
    assert node.identity.register.read_text() == text.replace(former.text, new.text)
    assert node.identity.register.read_text().startswith(COMMENT)
    assert node.identity.register.stat().st_mode & 0o777 == 0o600
    until = time.monotonic() + 20
    while kept(node.node.known.value.register) != new:
        assert time.monotonic() < until, "the node does not follow what it wrote"
        time.sleep(0.1)
    assert granted(node, path.read_text()) == 200
    assert kept(node.identity.load_register()) == new


def test_a_register_that_others_read_is_left_to_its_owner(node: Standing) -> None:
    os.chmod(node.identity.register, 0o640)
    path, before = node.identity.client(TRADER).secret, node.identity.register.read_bytes()
    assert path is not None
    assert granted(node, path.read_text()) == 200
    assert node.identity.register.read_bytes() == before
