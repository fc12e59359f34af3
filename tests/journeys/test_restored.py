"""A node at its doors is backed up while it works, lost, restored, and released: what traders see of it."""

from __future__ import annotations

import json
from pathlib import Path

from douane.operation.restoring.backups import take_backup
from douane.operation.restoring.releasing import release
from douane.operation.restoring.restoring import Wanted, restore
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.backup_restore.restore import SERIALS_LEFT_OUT
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.standing import Standing, identity_in, settings_in, standing
from tests.journeys.test_quickstart import DECLARATION, EXAMPLES, FIND, JSON, OFFICER, TRADER, XML

KEY = SealingKey(bytes(range(32)))
LATER = DECLARATION.replace(b"<LRN>", b"<LRN>X").replace(b"<messageIdentification>", b"<messageIdentification>X")


def _worked(node: Standing) -> tuple[bytes, str]:
    """A movement that was released; the receipt of its declaration and its MRN."""
    guarantee = (EXAMPLES / "guarantee.json").read_bytes()
    assert node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
    trader = node.client("speed2", TRADER)
    receipt = trader.ask("POST", "/v1/messages", DECLARATION, XML)
    assert receipt.status == 202
    items = trader.ask("GET", "/v1/inbox?wait=10").json["items"]
    body: str = items[1]["body"]
    return receipt.body, body.partition("<MRN>")[2].partition("</MRN>")[0]


def test_a_lost_node_comes_back_with_its_doors_and_its_clients(tmp_path: Path) -> None:
    lost, new, backups = tmp_path / "lost", tmp_path / "new", tmp_path / "backups"
    with standing(lost, identity_in(lost)) as node:
        receipt, mrn = _worked(node)
        manifest = take_backup(settings_in(lost), backups, KEY)  # the node works on
        assert node.client("speed2", TRADER).ask("POST", "/v1/messages", LATER, XML).status == 202
    report = restore(Wanted(backups / manifest.id, KEY, new))
    assert report.sent_again == 4  # the first choices, the register of operators, the guarantee, the declaration
    assert report.rpo_seconds is not None
    with standing(new, DevelopmentIdentity(new / "identity")) as node:
        trader = node.client("speed2", TRADER)
        held = trader.ask("GET", "/v1/inbox")
        assert (held.status, held.json["code"]) == (503, "DOU-2122")
        assert trader.ask("POST", "/v1/messages", DECLARATION, XML).body == receipt
        question = json.dumps({"mrn": mrn}).encode()
        assert trader.ask("POST", FIND, question, JSON).json["state"] == "released"
        again = trader.ask("POST", "/v1/messages", LATER, XML)  # it was lost: its sender has a receipt nobody knows
        assert again.status == 202
        assert node.run(release(settings_in(new), reason="compared with the partners"))
        items = trader.ask("GET", "/v1/inbox?wait=10").json["items"]
        assert [item["type"] for item in items] == ["CC928C", "CC028C", "CC029C"] * 2
        second = items[4]["body"].partition("<MRN>")[2].partition("</MRN>")[0]
        assert second != mrn
        assert int(second[10:16], 36) - int(mrn[10:16], 36) >= SERIALS_LEFT_OUT  # the lost node gave the next one
