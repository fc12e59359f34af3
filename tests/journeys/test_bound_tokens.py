"""A token that is bound to a key opens a door to whoever holds the key, and to nobody else; on real doors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from douane.identity.possession import hash_of
from tests.journeys.standing import Standing, identity_in, standing

TRADER, FORM = "trader.fr.lesquin", {"content-type": "application/x-www-form-urlencoded"}


class Holder:
    """A system with a key and no certificate."""

    def __init__(self, node: Standing, key: ECKey) -> None:
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
