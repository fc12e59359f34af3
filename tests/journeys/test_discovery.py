"""Where UUM&DS says to be, and by which name it issues: what a client finds leads to a token for this node only."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.journeys.standing import Standing, identity_in, standing

TRADER = "trader.fr.lesquin"
GRANT = urlencode({"grant_type": "client_credentials", "resource": "speed2"}).encode()
FORM = {"content-type": "application/x-www-form-urlencoded"}
DISCOVERY = "/.well-known/oauth-authorization-server"


def token_from(node: Standing, endpoint: str) -> str:
    """What the address that was found gives, from whoever listens there."""
    client = node.client("uumds", TRADER)
    assert endpoint.startswith(client.url), "the address leads elsewhere"
    return str(client.ask("POST", urlsplit(endpoint).path, GRANT, FORM).json["access_token"])


def claims(token: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return found


def opens(node: Standing, token: str) -> int:
    return node.client("speed2", TRADER).ask("GET", "/v1/inbox", headers={"authorization": f"Bearer {token}"}).status


def test_what_discovery_names_leads_to_a_token_also_where_no_address_is_set(tmp_path: Path) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as node:
        found = node.client("uumds", "").ask("GET", DISCOVERY).json
        assert found == node.client("uumds", "").ask("GET", "/.well-known/openid-configuration").json
        assert found["issuer"] == node.client("uumds", "").url, "a careful client compares it with where it asked"
        token = token_from(node, found["token_endpoint"])
        assert claims(token)["iss"] == found["issuer"]
        elsewhere = node.client("uumds", "").ask("GET", DISCOVERY, headers={"host": "uumds.example"})
        assert (elsewhere.status, b"issuer" in elsewhere.body) == (421, False)
        assert opens(node, token) == 200
        kids = [
            each["kid"] for each in node.client("uumds", "").ask("GET", urlsplit(found["jwks_uri"]).path).json["keys"]
        ]
        assert json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))["kid"] in kids


@pytest.mark.parametrize(
    ("settings", "issuer", "address"),
    [
        ({"issuer": ("https://a.example",)}, "https://a.example", "https://a.example"),
        ({"issuer": ("https://a.example", "https://inside.example:8445")}, "https://inside.example:8445",
         "https://inside.example:8445"),
        ({"public": {"uumds": "https://uumds.b.example"}}, "https://uumds.b.example", "https://uumds.b.example"),
        (
            {"public": {"uumds": "https://b.example/uumds", "ccn2": "https://ccn2.b.example"},
             "issuer": ("https://b.example",)},
            "https://b.example", "https://b.example/uumds",
        ),
    ],
)  # fmt: skip
def test_each_installation_names_itself_and_takes_no_token_of_another(
    tmp_path: Path, settings: dict[str, Any], issuer: str, address: str
) -> None:
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity) as first:
        foreign = token_from(first, first.client("uumds", "").ask("GET", DISCOVERY).json["token_endpoint"])
    with standing(tmp_path, identity, **settings) as node:
        uumds, asked = node.client("uumds", TRADER), {"host": issuer.removeprefix("https://")}
        found = uumds.ask("GET", DISCOVERY, headers=asked).json
        assert (found["issuer"], found["token_endpoint"]) == (issuer, f"{address}/token")
        assert found["jwks_uri"] == f"{address}/.well-known/jwks.json"
        assert uumds.ask("GET", DISCOVERY).status == 421, "nobody named the address at which it is asked there"
        token = str(uumds.ask("POST", "/token", GRANT, FORM | asked).json["access_token"])
        assert claims(token)["iss"] == issuer
        inside = str(uumds.ask("POST", "/token", GRANT, FORM).json["access_token"])
        assert opens(node, inside) == 200, "who asks by another name gets the usual one's"
        assert opens(node, token) == 200
        assert opens(node, foreign) == 401, "signed by the same key, for another installation"
        public = settings.get("public")
        base = str(public["ccn2"]) if isinstance(public, dict) and "ccn2" in public else node.node.url("ccn2")
        officer = node.client("ccn2", "fr.officer")
        described = officer.ask("GET", "/guarantees/v1?wsdl")
        assert f'location="{base}/'.encode() in described.body
