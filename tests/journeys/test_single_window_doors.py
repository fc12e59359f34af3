"""The single window through the doors: a national import system, the centre, a partner's system that collects."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from douane.applications.clearance.messages import ImportDeclaration, ImportItem
from douane.applications.single_window.contract import DeclaredDocument
from douane.applications.single_window.messages import Keeper, SingleWindowAgreement
from douane.assembly.node import RunningNode, running
from douane.channels.rest.client import Identity, Partner
from douane.configuration.settings import NodeSettings, Uplink
from douane.simulator.certificates import CertificateSystem, Stock
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.standing import identity_in
from tests.journeys.test_peers import until

TRADER, NUMBER = "FR40123456700017", "COI.CH.2026.0000001"


def caller(node: RunningNode, platform: str, name: str, identity: DevelopmentIdentity) -> Partner:
    files = identity.client(name)
    return Partner(node.url(platform), Identity(files.certificate, files.key, identity.root))


async def collected(partner: Partner) -> list[str]:
    items, _ = await partner.collect()
    return [item["type"] for item in items]


async def received(partner: Partner, *types: str) -> None:
    async with asyncio.timeout(60):
        while (came := await collected(partner)) != list(types):
            assert len(came) <= len(types), came
            await asyncio.sleep(0.05)


async def journey(folder: Path, identity: DevelopmentIdentity, said: list[Any]) -> None:
    central = NodeSettings(
        name="centre", data=folder / "EU", identity=identity.folder, development=True, elsewhere=frozenset({"FR"}),
        platforms=("speed2", "ccn2"), ports={"speed2": 0, "ccn2": 0},
    )  # fmt: skip
    system = CertificateSystem()
    system.issue("C644", NUMBER, 1, Stock(TRADER, "0901", "KGM", Decimal(1000)))
    async with running(central) as centre:
        national = NodeSettings(
            name="fr", data=folder / "FR", identity=identity.folder, development=True,
            administrations=frozenset({"FR"}), platforms=("speed2",), ports={"speed2": 0}, traders="here",
            uplink=Uplink(centre.url("ccn2"), "fr.system", identity.folder),
        )  # fmt: skip
        async with running(national) as fr:
            desk, partner = (
                caller(centre, p, n, identity) for p, n in (("ccn2", "commission.system"), ("speed2", "partner.dg"))
            )
            trader = caller(fr, "speed2", "trader.fr.lesquin", identity)
            agreement = SingleWindowAgreement("partner.dg", "Farming", ("C644",), Keeper.PARTNER, "2022/2399", 3_600)
            await desk.call("single_window.agree", msgspec.json.encode(agreement))
            await received(desk, "AgreementKept")
            follower = asyncio.create_task(system.follow(partner))
            for n, quantity in enumerate(("400", "601"), 1):
                document = DeclaredDocument("C644", NUMBER, 1, Decimal(quantity), "KGM")
                item = ImportItem("09012100", "Organic coffee", Decimal(500), Decimal(5_000), "CH", (document,))
                declared = ImportDeclaration(f"IMP-{n}", TRADER, "FR005350", "CH", "FR", (item,))
                await trader.call("import_procedure.declare", msgspec.json.encode(declared))

                def reported(least: int = min(n, 1)) -> bool:
                    return len(system.decisions) == least

                await until(reported)  # the second is refused: nothing to report
            await received(trader, "ImportAccepted", "ImportReleased", "ImportAccepted", "ImportRefused")
            follower.cancel()
            said += system.decisions
            stock = system.stocks["C644", NUMBER, 1]
            assert (stock.used, stock.reserved, stock.left) == (Decimal(400), Decimal(0), Decimal(600))
            for each in (desk, partner, trader):
                await each.close()


def test_a_national_procedure_uses_a_certificate_of_a_partner(tmp_path: Path) -> None:
    said: list[Any] = []
    asyncio.run(journey(tmp_path, identity_in(tmp_path), said))
    assert [(each["decision"], each["quantity"]) for each in said] == [("released", "400")]
