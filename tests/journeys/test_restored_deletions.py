"""What the law deleted since a backup is deleted again before the restored node answers anybody."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from douane.assembly.node import RunningNode
from douane.central_repository.data_sets import holding
from douane.model.circles import ActorKind
from douane.operation.restoring.backups import note_deletions, take_backup
from douane.operation.restoring.restoring import Wanted, restore
from douane.runtime.replication.reading import Entry
from douane.shared_services.archiving.key import SealingKey
from douane.supervision.listening import NodeListeners
from douane.supervision.statutory import advance
from douane.testing.office import administration
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import Damaged, Overloaded
from douane.vocabulary.time import DAY
from tests.journeys.standing import Standing, identity_in, settings_in, standing
from tests.journeys.test_quickstart import JSON, OFFICER, TRADER

KEY = SealingKey(bytes(range(32)))
SET = "registered_exporters"
FORM = {
    "name": "Filature du Nord", "street_and_number": "1 rue du Lin", "town": "Lille", "email": "post@example.org",
    "activity": "producer", "goods": "Cotton shirts", "headings": ["6105"], "undertakes": True,
    "signed_by": "A. Petit", "signed_on": "2026-04-01",
}  # fmt: skip


def sent(node: Standing, platform: str, client: str, operation: str, **content: Any) -> None:
    asking = node.client(platform, client)
    found = asking.ask("POST", f"/rex/v1/{operation}", json.dumps(content).encode(), JSON)
    assert found.status == 202, found.body


def told(node: Standing, platform: str, client: str, answer: str, number: int = 1) -> dict[str, Any]:
    """The content of an answer of this type, once so many have come."""
    items: list[dict[str, Any]] = []
    for _ in range(20):
        items = node.client(platform, client).ask("GET", "/v1/inbox?wait=1").json["items"]
        found = [json.loads(each["body"]) for each in items if each["type"] == answer]
        if len(found) >= number:
            return dict(found[-1])
    raise AssertionError(f"{answer} was to come, not {[each['type'] for each in items]}")


def entries(node: RunningNode) -> list[Entry]:
    """Everything that the feed of exporters says."""
    kept = holding(node.core.view("EU", caller=administration("DE")), SET, "full")
    return [each for source in kept.values() for each in source.changes(0).entries]


def built(node: RunningNode) -> list[Entry]:
    """The same, once a new node has entered what it holds."""
    until = time.monotonic() + 30
    while True:
        try:
            return entries(node)
        except Overloaded:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_a_registration_whose_data_the_law_deleted_is_gone_before_the_doors_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten calendar years behind the year of the revocation its data go (IA art. 89(10)); the backup has them."""
    lost, new, backups = tmp_path / "lost", tmp_path / "new", tmp_path / "backups"
    with standing(lost, identity_in(lost)) as node:
        sent(
            node, "speed2", TRADER, "apply", own_reference="A1", exporter="FR40123456700017", authority="FR", form=FORM
        )
        reference = told(node, "speed2", TRADER, "RexReceived")["reference"]
        sent(node, "ccn2", OFFICER, "decide", reference=reference, registered=True)
        number = told(node, "speed2", TRADER, "RexRegistered")["number"]
        sent(node, "speed2", TRADER, "ask_revocation", number=number, reasons="We export no more")
        told(node, "speed2", TRADER, "RexStepKept")
        sent(node, "ccn2", OFFICER, "revoke", number=number, ground="c", reasons="At his wish")
        told(node, "ccn2", OFFICER, "RexStepKept", 2)
        (kept,) = built(node.node)
        manifest = take_backup(settings_in(lost), backups, KEY)
        assert b"Filature" in (kept.content or b"")
    restore(Wanted(backups / manifest.id, KEY, new))
    advance(settings_in(new), 12 * 366 * DAY)
    made: list[RunningNode] = []
    seen: list[list[Entry]] = []
    start, listen = RunningNode.start, NodeListeners.start

    async def starting(self: RunningNode) -> None:
        made.append(self)
        await start(self)

    async def nothing(_self: RunningNode, seconds: float = 0.0) -> None:
        """The registers are there; what a start says to itself would move the node on by chance."""
        del seconds

    async def listening(self: NodeListeners) -> None:
        seen.append(entries(made[0]))
        await listen(self)

    monkeypatch.setattr(RunningNode, "start", starting)
    monkeypatch.setattr(RunningNode, "_fill_registers", nothing)
    monkeypatch.setattr(NodeListeners, "start", listening)
    with standing(new, DevelopmentIdentity(new / "identity")) as node:
        assert node.node.core.node.held is not None, "it takes messages, and gives none out"
        ((gone,),) = seen
        assert (gone.key, gone.content) == ("", None)
        assert gone.position > kept.position, "replicas are told, too"


def delivered(node: Standing, eori: str, *, publish: bool, town: str = "Berlin") -> None:
    """An economic operator as its administration delivers it, kept."""
    entry = {
        "eori": eori, "legal_name": "Anders", "street_and_number": "Hauptstr. 1", "post_code": "10115", "town": town,
        "country": "DE", "valid_from": "2026-01-01", "publish": publish,
    }  # fmt: skip
    body = json.dumps({"operators": [entry]}).encode()
    found = node.client("ccn2", "de.system").ask("POST", "/eori/v1/deliver", body, JSON)
    assert found.status == 202, found.body
    until = time.monotonic() + 30
    while (eori in published(node.node)) is not publish:
        assert time.monotonic() < until
        time.sleep(0.1)


def published(node: RunningNode) -> dict[str, Entry]:
    """The operators that are published, by EORI, once a new node has entered what it holds."""
    view = node.core.view("EU", caller=administration("DE"))
    until = time.monotonic() + 30
    while True:
        try:
            held = holding(view, "economic_operators", "public", ActorKind.PUBLIC)
        except Overloaded:
            assert time.monotonic() < until
            time.sleep(0.1)
        else:
            return {each.key: each for source in held.values() for each in source.changes(0).entries if each.content}


def test_what_a_message_deleted_after_a_backup_is_deleted_again_by_what_was_noted_beside_it(tmp_path: Path) -> None:
    """Who withdrew his consent (DA Annex 12-01, EORI 9) is not published again since a node was lost."""
    lost, backups = tmp_path / "lost", tmp_path / "backups"
    with standing(lost, identity_in(lost)) as node:
        for eori in ("DE1", "DE2"):
            delivered(node, eori, publish=True)
        manifest = take_backup(settings_in(lost), backups, KEY)
        delivered(node, "DE1", publish=False)
        forgetful = tmp_path / "forgetful"
        shutil.copytree(backups, forgetful)
        assert note_deletions(settings_in(lost), backups).count == 1
        delivered(node, "DE2", publish=False)
        delivered(node, "DE2", publish=True, town="Bonn")  # what is there again is no deletion
        noted = note_deletions(settings_in(lost), backups)
        assert (noted.count, b"DE1" in (backups / "deletions.json").read_bytes()) == (1, False)

    def restored(name: str, repository: Path) -> tuple[int, dict[str, Entry]]:
        report = restore(Wanted(repository / manifest.id, KEY, tmp_path / name))
        with standing(tmp_path / name, DevelopmentIdentity(tmp_path / name / "identity")) as node:
            return report.deleted_again, published(node.node)

    again, there = restored("without", forgetful)
    assert (again, "DE1" in there, "DE2" in there) == (0, True, True), "what nobody noted cannot be known"
    again, there = restored("with", backups)
    assert (again, "DE1" in there, "DE2" in there) == (1, False, True)
    content = backups / "deletions.json"
    content.write_bytes(content.read_bytes().replace(b"economic_operators", b"economic_operatorz"))
    with pytest.raises(Damaged):
        restore(Wanted(backups / manifest.id, KEY, tmp_path / "forged"))
