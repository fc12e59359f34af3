"""Whose client, secret or webhook two operators change is told so in its inbox: what, when, by whom, and no secret."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest

from douane.operation.intervening import have_done
from douane.supervision.operating.declared import AGREE, REGISTER
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.outcome import Asked
from tests.agreeing import PROPOSER, SECOND, agree_in
from tests.contracts.test_acts import WEBHOOK
from tests.journeys.standing import Standing, identity_in, standing

FIRM, OWN, OTHER = "FR40123456700017", "trader.fr.lesquin", "trader.at.wien"
HASH = "scrypt$16384$8$1$" + "A" * 22 + "==$" + "B" * 43 + "="
MORE = f"""
[[client]]
id = "trader.fr.backup"
kind = "trader"
country = "FR"
eori = "{FIRM}"
secret = "{HASH}"
"""
AGREEMENT = WEBHOOK.replace("FR41234567800015", FIRM)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("told")
    identity = identity_in(folder)
    (folder / "partners.toml").write_text(WEBHOOK)  # of somebody else: it opens the channel
    with standing(folder, identity) as made:
        yield made


def told(node: Standing, client: str) -> list[dict[str, Any]]:
    """What stands in an inbox of changes, the oldest first."""
    items = node.client("speed2", client).ask("GET", "/v1/inbox").json["items"]
    return [json.loads(each["body"]) for each in items if each["type"] == "ProofChanged"]


def waited(node: Standing, client: str, number: int) -> list[dict[str, Any]]:
    end = time.monotonic() + 20
    while len(found := told(node, client)) < number:
        assert time.monotonic() < end, found
        time.sleep(0.1)
    return found


def replace(node: Standing, act: str, text: str) -> None:
    """Two persons put a file in place."""
    settings = node.node.core.settings
    asked = Asked(act, secrets.token_hex(16), lodge(settings.data, text.encode()), "tidying up")
    before = told(node, OWN)
    have_done(settings, [asked], PROPOSER)
    assert told(node, OWN) == before, "nothing is told of what is only proposed"
    agree_in(node)


def test_whose_client_or_webhook_it_is_is_told_and_nobody_else(node: Standing) -> None:
    register = node.identity.register.read_text()
    replace(node, REGISTER, register + MORE)
    (added,) = waited(node, OWN, 1)
    assert added["what"] == "client trader.fr.backup"
    assert "client trader.fr.backup is new." in added["changes"]
    assert "client trader.fr.backup: its secret is given." in added["changes"]
    assert (added["proposed_by"], added["agreed_by"]) == (PROPOSER, SECOND)
    assert added["agreed_at"].startswith("20")

    replace(node, REGISTER, register + MORE.replace("B" * 43, "C" * 43))
    assert waited(node, OWN, 2)[1]["changes"] == ["client trader.fr.backup: its secret is another one."]

    replace(node, REGISTER, register)
    assert waited(node, OWN, 3)[2]["changes"] == ["client trader.fr.backup is taken away."]

    replace(node, AGREE, WEBHOOK + AGREEMENT)
    pushed = waited(node, OWN, 4)[3]
    assert pushed["what"] == f"partner {FIRM}"
    assert f"partner {FIRM}: address is https://customs.vauban.example/douane." in pushed["changes"]

    said = json.dumps(told(node, OWN))
    assert "scrypt" not in said
    assert "CCCC" not in said
    assert told(node, OTHER) == [], "it concerns nobody else"
