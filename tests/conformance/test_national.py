"""A national trader interface: our own node is right by REST and AS4; offices that answer wrongly are caught."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from douane.assembly.national_bench import WantedNational, try_national
from douane.assembly.node import RunningNode, running
from douane.assembly.settings import NodeSettings, read_settings
from douane.channels.rest.client import Identity, Partner
from douane.conformance import national
from douane.conformance.cases import Finding, Verdict
from tests.as4.test_node import CLIENT, DECLARATION, FILE, TRADER, prepared, write
from tests.conformance.test_own_node import shown

GUARANTEE = DECLARATION.parent / "guarantee.json"
R, M, W, O = Verdict.RIGHT, Verdict.REMARK, Verdict.WRONG, Verdict.OPEN


def on_node(data: Path, work: Callable[[RunningNode], Awaitable[None]]) -> None:
    settings = read_settings(data=str(data), platforms="speed2,ccn2", ports={"speed2": 0, "ccn2": 0})

    async def main() -> None:
        async with running(settings) as node:
            officer = node.identity.client("fr.officer")
            door = Partner(node.url("ccn2"), Identity(officer.certificate, officer.key, node.identity.root))
            await door.call("guarantees.register", GUARANTEE.read_bytes())
            await door.close()
            await work(node)

    asyncio.run(main())


@pytest.mark.slow
def test_our_own_trader_interface_is_right_by_rest_and_as4(tmp_path: Path) -> None:
    data, trader = prepared(tmp_path / "node"), tmp_path / "trader"

    async def both(node: RunningNode) -> None:
        client = node.identity.client(CLIENT)
        rest = WantedNational(
            "NTA.FR", "rest", node.url("speed2"), DECLARATION, client.certificate, client.key, node.identity.root
        )
        report = await try_national(NodeSettings(), rest)
        assert {f.judged.verdict for f in report.findings} == {R}, shown(list(report.findings))
        assert [f.case for f in report.findings] == national.cases()
        for name in ("own/seal", "tls"):
            path = trader / "as4" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".pem").write_bytes(client.certificate.read_bytes())
            path.with_suffix(".key").write_bytes(client.key.read_bytes())
        write(trader / "as4/own", "p256-trader", "encryption")
        (trader / "as4/roots.pem").write_bytes(node.identity.root.read_bytes())
        write(trader / "as4/partners/customs", "p256", "customs")
        (trader / "as4/as4.toml").write_text(turned(FILE))
        as4 = WantedNational("customs", "as4", f"{node.url('speed2')}/as4", DECLARATION)
        report = await try_national(NodeSettings(data=trader), as4)
        assert {f.judged.verdict for f in report.findings} == {R}, shown(list(report.findings))

    on_node(data, both)


def turned(text: str) -> str:
    """The agreement as the trader writes it down."""
    own = 'urn:oasis:names:tc:ebcore:partyid-type:unregistered"\nrole = "Customs"'
    theirs = 'urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:EORI"'
    text = text.replace(own, "OWN").replace(theirs, "THEIRS")
    text = text.replace("OWN", f'{theirs}\nrole = "Trader"').replace("THEIRS", own)
    return text.replace('"customs"', '"X"').replace(f'"{TRADER}"', '"customs"').replace('"X"', f'"{TRADER}"')
