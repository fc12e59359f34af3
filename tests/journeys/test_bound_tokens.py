"""A token that is bound to a key opens a door to whoever holds the key, and to nobody else; on real doors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from douane.identity.possession import hash_of
from tests.journeys.standing import Client, Standing, identity_in, standing, trust
from tests.journeys.supervised import Supervised, supervised

TRADER, FORM = "trader.fr.lesquin", {"content-type": "application/x-www-form-urlencoded"}


class Holder:
    """A system with a key and no certificate."""

    def __init__(self, node: Standing | Afresh, key: ECKey) -> None:
        self.node, self.key, self.count = node, key, 0

    def proof(self, method: str, url: str, token: str = "") -> str:
        """A proof of possession for one request."""
        self.count += 1
        said: dict[str, Any] = {
            "jti": f"{id(self)}-{self.count:04d}",
            "htm": method,
            "htu": url,
            "iat": int(time.time()),
        }
        said |= {"ath": hash_of(token)} if token else {}
        head = {"alg": "ES256", "typ": "dpop+jwt", "jwk": self.key.as_dict(private=False)}
        return jwt.encode(head, said, self.key)

    def grant(self, proof: str = "") -> Any:
        """A token, by secret."""
        uumds = self.node.client("uumds", "")
        file = self.node.identity.client(TRADER).secret
        assert file is not None
        secret = file.read_text().strip()
        form = {"grant_type": "client_credentials", "client_id": TRADER, "client_secret": secret}
        shown = proof or self.proof("POST", f"{uumds.url}/token")
        return uumds.ask("POST", "/token", urlencode(form).encode(), FORM | {"dpop": shown})

    def inbox(self, token: str, proof: str = "", scheme: str = "DPoP") -> int:
        """The status of a look at the inbox."""
        door = self.node.client("speed2", "")
        shown = proof or self.proof("GET", f"{door.url}/v1/inbox", token)
        return door.ask("GET", "/v1/inbox", headers={"authorization": f"{scheme} {token}", "dpop": shown}).status


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("bound")
    with standing(folder, identity_in(folder)) as made:
        yield made


def test_only_the_holder_of_the_key_enters_and_each_proof_once(node: Standing) -> None:
    own, thief = Holder(node, ECKey.generate_key("P-256")), Holder(node, ECKey.generate_key("P-256"))
    door, uumds = node.client("speed2", ""), node.client("uumds", "")
    granted = own.grant()
    assert (granted.status, granted.json["token_type"]) == (200, "DPoP")
    token = granted.json["access_token"]
    once = own.proof("GET", f"{door.url}/v1/inbox?wait=0", token)
    assert own.inbox(token, once) == 200
    assert own.inbox(token, once) == 401, "used before"
    assert own.inbox(token) == 200
    assert thief.inbox(token) == 401, "another's key"
    assert own.inbox(token, scheme="Bearer") == 401
    assert door.ask("GET", "/v1/inbox", headers={"authorization": f"DPoP {token}"}).status == 401
    assert door.ask("GET", "/v1/inbox", headers={"authorization": f"Bearer {token}"}).status == 401
    assert own.inbox(token, own.proof("POST", f"{door.url}/v1/inbox", token)) == 401, "for another method"
    assert own.inbox(token, own.proof("GET", f"{door.url}/v1/messages", token)) == 401, "for another address"
    assert own.inbox(token, own.proof("GET", f"{uumds.url}/v1/inbox", token)) == 401, "for another host"
    used = own.proof("POST", f"{uumds.url}/token")
    assert own.grant(used).status == 200
    assert own.grant(used).json["error"] == "invalid_dpop_proof"


class Afresh:
    """Callers at a node of several processes, each over a connection of its own: it falls to one door or another."""

    def __init__(self, node: Supervised) -> None:
        self.node, self.identity = node, node.identity

    def client(self, platform: str, _name: str) -> Client:
        """Somebody without a certificate."""
        made = Client(self.node.urls[platform], trust(self.identity))
        self.node.clients.append(made)
        return made


def test_a_proof_is_taken_once_by_all_processes_of_a_node(tmp_path: Path) -> None:
    identity_in(tmp_path)
    with supervised(tmp_path, "--processes", "3") as node:
        own = Holder(Afresh(node), ECKey.generate_key("P-256"))
        token = own.grant().json["access_token"]
        url = f"{node.urls['speed2']}/v1/inbox"
        for _ in range(6):
            proof = own.proof("GET", url, token)
            assert [own.inbox(token, proof) for _ in range(6)] == [200] + [401] * 5
        used = own.proof("POST", f"{node.urls['uumds']}/token")
        said = [own.grant(used) for _ in range(6)]
        assert [each.status for each in said] == [200] + [400] * 5
        assert {each.json["error"] for each in said[1:]} == {"invalid_dpop_proof"}
        proof = own.proof("GET", url, token)
        assert own.inbox(token, proof) == 200
        pids = {name: node.kill(name) for name in ("door-1", "door-2")}
        node.until(lambda: all(node.pids.get(name) not in (None, pid) for name, pid in pids.items()))
        node.until(lambda: own.inbox(token) == 200)
        assert own.inbox(token, proof) == 401, "doors that were started again know what those before them saw"
