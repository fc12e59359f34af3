"""A fourth node appears and goes, and administrations declare their systems: both at the centre, over CCN2."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import http.client
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.configuration.settings import PagesAt
from douane.identity.statements import sign
from douane.model.circles import Platform
from douane.model.graph import NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.landscape import Held
from douane.reference_architecture.snapshots import FORMAT, Entry, Snapshot
from douane.simulator.nations import NationalSettings, nations
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import JSON, OFFICER, TRADER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
LONGEST = 30.0


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("announced")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        yield node


def there(centre: Standing) -> dict[str, Any]:
    """The nodes that an officer at the centre is told of, by administration."""
    answer = centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/nodes", b"{}", JSON)
    assert answer.status == 200, answer.body
    return {each["administration"]: each for each in answer.json["nodes"]}


def doors(node: dict[str, Any]) -> dict[str, set[str]]:
    """What a node offers, by platform."""
    return {each["platform"]: set(each["services"]) for each in node["doors"]}


def instances(centre: Standing) -> set[str]:
    """What runs, as the architecture of the centre has it."""
    body = json.dumps({"text": "", "kind": "instance"}).encode()
    answer = centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/find", body, JSON)
    assert answer.status == 200, answer.body
    return {each["name"] for each in answer.json["lines"]}


def provides(centre: Standing, instance: str) -> set[str]:
    """The services that it names at a running instance."""
    body = json.dumps({"id": f"instance:{instance}", "edge": "provides", "limit": 100}).encode()
    answer = centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/show", body, JSON)
    assert answer.status == 200, answer.body
    (group,) = answer.json["neighbours"]
    return {each["line"]["name"] for each in group["members"]}


def within(seconds: float, what: Any) -> float:
    """How long it takes until something is so; it must not take longer."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def test_a_fourth_node_appears_with_what_it_provides_and_goes(centre: Standing, tmp_path: Path) -> None:
    own = there(centre)["EU"]
    assert own["alike"]
    assert own["host"]
    settings = NationalSettings(
        "DE", tmp_path / "de", centre.node.url("ccn2"), centre.identity.folder.resolve(), {"ccn2": 0}, 1
    )

    async def play() -> None:
        async with nations([settings]):
            within(LONGEST, lambda: "DE" in there(centre))
            node = there(centre)["DE"]
            assert (node["instance"], node["version"], node["alike"]) == ("de", own["version"], True)
            provided = {each["name"] for each in node["services"]}
            assert "transit" in provided
            assert "reference_data" not in provided, "what is kept once for the Union is the centre's"
            at = centre.client("ccn2", OFFICER).ask(
                "POST", "/architecture/v1/show", json.dumps({"id": "service:transit"}).encode(), JSON
            )
            assert {each["administration"] for each in at.json["nodes"]} == {"EU", "DE"}
            here = own["instance"]
            assert instances(centre) == {f"EU {here} at {each}" for each in doors(own)} | {"DE de at ccn2"}
            assert doors(node) == {"ccn2": provided}, "what it serves it offers at the one door that it has"
            assert "drafts" in doors(own)["speed2"] - doors(own)["ccn2"]
            assert "statistics" in doors(own)["ccn2"] - doors(own)["speed2"]
            assert provides(centre, "DE de at ccn2") == provided
            assert "reference_data" in provides(centre, f"EU {here} at ccn2")
        assert within(LONGEST, lambda: "DE" not in there(centre)) < 5.0, "a node that is told to end says so"
        assert not [each for each in instances(centre) if each.startswith("DE")], "what ended runs nowhere"

    asyncio.run(play())


def test_a_node_is_announced_at_ccn2_by_a_system_alone(centre: Standing) -> None:
    said = {"here": {"instance": "x", "host": "h", "version": "1", "contracts": "", "services": []}}
    body = json.dumps(said).encode()
    assert centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/nodes", body, JSON).status == 403
    assert centre.client("speed2", TRADER).ask("POST", "/architecture/v1/nodes", body, JSON).status == 404
    assert centre.client("ccn2", "be.system").ask("POST", "/architecture/v1/nodes", body, JSON).status == 200
    assert set(there(centre)) == {"BE", "EU"}


def signed(centre: Standing, number: int, *, of: str = "BE", by: str = "be.system") -> str:
    """A snapshot of an administration, signed by somebody."""
    entries = (Entry("transit", Held.OWN, operations=30), Entry("guarantees", Held.SHARED, of="FR", operations=4))
    content = msgspec.json.encode(Snapshot(FORMAT, of, number, dt.date(2026, 11, 20), entries))
    files = centre.identity.client(by)
    return sign(content, files.key.read_bytes(), files.certificate.read_bytes()).decode()


def declared(centre: Standing, statement: str, by: str = "be.system") -> dict[str, Any]:
    """What the sender of a statement is answered."""
    client, body = centre.client("ccn2", by), json.dumps({"statement": statement}).encode()
    receipt = client.ask("POST", "/architecture/v1/declare_systems", body, JSON)
    assert receipt.status == 202, receipt.body
    for _ in range(100):
        for item in client.ask("GET", "/v1/inbox?wait=5").json["items"]:
            assert client.ask("POST", f"/v1/inbox/{item['id']}/ack").status == 204
            if item["type"].rpartition(".")[2] in ("SystemsTaken", "SystemsRefused"):
                return {"type": item["type"].rpartition(".")[2], **json.loads(item["body"])}
    raise AssertionError("nobody answers")


def known(centre: Standing, on: str | None = None) -> list[tuple[str, int]]:
    body = json.dumps({"on": on}).encode()
    answer = centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/systems", body, JSON)
    return [(each["administration"], each["number"]) for each in answer.json["systems"]]


def test_a_signed_snapshot_is_shown_with_its_day_and_a_wrong_one_is_refused_and_changes_nothing(
    centre: Standing,
) -> None:
    assert known(centre) == []
    fourth = signed(centre, 4)
    assert declared(centre, fourth) == {"type": "SystemsTaken", "administration": "BE", "number": 4}
    head, content, signature = fourth.split(".")
    wrong = {
        "does not hold": (f"{head}.{content[:-4]}AAAA.{signature}", "be.system"),
        "is not newer than 4": (signed(centre, 3), "be.system"),
        "signed by IT": (signed(centre, 9, by="it.system"), "be.system"),
        "sent by IT": (signed(centre, 9), "it.system"),
        "no system of an administration": (signed(centre, 9, by=OFFICER), "be.system"),
        "no signed statement": ("zebra", "be.system"),
    }
    for why, (statement, by) in wrong.items():
        answer = declared(centre, statement, by)
        assert answer["type"] == "SystemsRefused", why
        assert why in answer["reason"]
        assert answer["remedy"]
        assert answer["code"].startswith("DOU-")
    assert declared(centre, signed(centre, 5))["number"] == 5
    assert declared(centre, signed(centre, 1, of="IT", by="it.system"), "it.system")["number"] == 1
    assert known(centre) == [("BE", 5), ("IT", 1)]
    assert known(centre, "2026-11-19") == [], "what is of a later day was not declared then"
    assert known(centre, "2026-11-20") == [("BE", 5), ("IT", 1)]
    then = seen(centre, "/landscape?on=2026-11-19")[2]
    assert "What administrations had declared by Thu 19 Nov 2026" in then
    assert ">BE<" not in then
    assert "Live now" not in then
    assert 'href="/landscape?held=own&amp;on=2026-11-19"' in then, "whoever narrows it down stays on that day"
    shown = landscape(centre)
    assert "snapshot 5 of Fri 20 Nov 2026" in shown
    assert ">BE<" in shown
    body = json.dumps({"statement": fourth}).encode()
    assert centre.client("speed2", TRADER).ask("POST", "/architecture/v1/declare_systems", body, JSON).status == 404
    assert centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/declare_systems", body, JSON).status == 404


def landscape(centre: Standing) -> str:
    """The page of the landscape, as an officer sees it."""
    status, _, text = seen(centre, "/landscape")
    assert status == 200, text
    return text


def seen(centre: Standing, path: str, site: str = "desk") -> tuple[int, str, str]:
    """Status, media type and text of a page, as an officer sees it at the desk, and a stranger elsewhere."""
    pages = centre.node.pages
    assert pages is not None
    said = {"host": f"{site}.localhost:{pages.port}", "accept": "text/html"}
    if site == "desk":
        session = pages.sessions.enter(Platform.CCN2, pages.sessions.invite(OFFICER, Platform.CCN2))
        said["cookie"] = f"douane-desk={session.name}"
    asking = http.client.HTTPConnection("127.0.0.1", pages.port, timeout=20)
    asking.request("GET", path, headers=said)
    answer = asking.getresponse()
    text = answer.read().decode()
    asking.close()
    return answer.status, answer.getheader("content-type") or "", text


def test_a_list_is_told_whole_for_a_spreadsheet_to_whom_its_page_is_open(centre: Standing) -> None:
    status, media, text = seen(centre, "/explore/rule?format=csv")
    assert (status, media) == (200, "text/csv; charset=utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) - 1 == len(installed_model().of(NodeKind.RULE)) > 100, "more than a page of them"
    assert len({row[0] for row in rows}) == len(rows)
    assert 'type="text/csv"' in seen(centre, "/explore/rule")[2]
    status, _, public = seen(centre, "/explore/rule?format=csv", "portal")
    assert status == 200
    assert 1 < len(public.splitlines()) <= len(text.splitlines())
    assert seen(centre, "/explore/usage?format=csv", "portal")[0] == 404, "as of a kind that nobody ever named"
    assert seen(centre, "/landscape?format=csv", "centre")[0] == 401
    assert seen(centre, "/help?format=csv", "portal")[0] == 404, "no list is there"
