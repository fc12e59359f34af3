"""Commands that look into a node find what lies in any of its partitions: on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.runtime.core.accept import home_partition
from tests.cli.nodes import Printed, answer, said
from tests.journeys.standing import Standing, identity_in, standing
from tests.services.postgresql import database, postgresql

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TRADER, OFFICER, HOLDER = "trader.fr.lesquin", "fr.officer", "FR40123456700017"
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
PARTITIONS = range(4)


def lrn_in(partition: int) -> str:
    """An LRN whose case opens in this partition."""
    names = (f"PLACE-{n}" for n in range(1000))
    return next(n for n in names if home_partition("FR", "lrn", f"{HOLDER}/{n}", PARTITIONS) == partition)


def lodge(node: Standing, partition: int) -> dict[str, str]:
    """A declaration whose case lies in a partition, released; its references."""
    lrn, own = lrn_in(partition), f"PART{partition}"
    body = (EXAMPLES / "declaration.xml").read_bytes().replace(b"QS-0000001", lrn.encode())
    trader = node.client("speed2", TRADER)
    answered = trader.ask("POST", "/v1/messages", body.replace(b"QUICKSTART-1", own.encode()), XML)
    assert answered.status == 202, answered.body
    items: list[dict[str, str]] = []
    cursor, end = "", time.monotonic() + 60
    while "CC029C" not in [item["type"] for item in items]:
        page = trader.ask("GET", f"/v1/inbox?wait=10&after={cursor}").json
        items, cursor = items + page["items"], page["after"]
        assert time.monotonic() < end, [item["body"] for item in items]
    for item in items:
        assert trader.ask("POST", f"/v1/inbox/{item['id']}/ack").status == 204
    release = next(item for item in items if item["type"] == "CC029C")
    mrn = release["body"].partition("<MRN>")[2].partition("</MRN>")[0]
    return {"lrn": lrn, "mrn": mrn, "in": own, "out": release["message"], "place": answered.json["receipt"]}


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[list[dict[str, str]], list[str]]]:
    """References of a movement in each partition, and the options by which commands find the node, which still runs."""
    store = request.getfixturevalue("database") if request.param == "postgresql" else ""
    config = tmp_path / "douane.toml"
    config.write_text(f'name = "journey"\npartitions = 4\nstore = "{store}"\n')
    with standing(tmp_path / "node", identity_in(tmp_path / "node"), partitions=4, store=store) as node:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        yield [lodge(node, n) for n in PARTITIONS], ["--config", str(config), "--data", str(tmp_path / "node")]


def test_a_case_in_any_partition_is_found_shown_and_proved(
    capsys: Printed, told: tuple[list[dict[str, str]], list[str]], tmp_path: Path
) -> None:
    movements, options = told
    for partition, names in enumerate(movements):
        found = {name: answer(capsys, "timeline", reference, *options) for name, reference in names.items()}
        departure = next(case for case in found["mrn"] if case["known_as"] == "mrn")
        assert int(departure["case"], 16) >> 12 & 0x3FF == partition
        for name in ("lrn", "in", "out", "place"):
            assert [case["messages"] for case in found[name]] == [departure["messages"]], name
        assert departure["parties"][HOLDER] == ["rest"]
        what = [each["what"] for each in departure["messages"]]
        assert what.index("transit.lodge_declaration") < what.index("guarantees.use") < what.index("CC029C")
        _prove(capsys, departure["messages"], options, tmp_path)


def _prove(capsys: Printed, messages: list[dict[str, Any]], options: list[str], folder: Path) -> None:
    """What came and what left is proved under the key of its own partition."""
    lodged = next(m for m in messages if m["what"] == "transit.lodge_declaration")
    told = next(m for m in messages if m["what"] == "CC029C")
    assert lodged["receipt"]
    assert [step["state"] for step in told["reports"]] == ["delivered"]
    for each in (lodged, told):
        assert answer(capsys, "message", "show", each["position"], *options)["id"] == each["id"]
        file = folder / "evidence.json"
        proved = answer(capsys, "audit", "prove", each["position"], "-o", str(file), *options)
        assert answer(capsys, "audit", "verify", str(file), "--key", proved["key"])["ok"] is True
    partition = str(int(lodged["position"], 16) >> 48)
    assert f"/p{partition}" in said(capsys, "audit", "checkpoint", "--partition", partition, *options)


__all__ = ["database", "postgresql"]
