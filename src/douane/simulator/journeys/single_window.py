"""Certificates of another authority: checked, used up and reported back without paper, also when it is away."""

from __future__ import annotations

import asyncio
import contextlib
from decimal import Decimal
from typing import Any

from douane.simulator.certificates import CertificateSystem, Stock
from douane.simulator.chapters import SYSTEMS
from douane.simulator.stage import Journey, Scene

IMPORTER, OFFICER, COMMISSION, PARTNER = "trader.fr.lesquin", "fr.officer", "commission.system", "partner.dg"
DOCUMENT = "C644"
PATIENCE = 2
"""Seconds after which the partner's silence counts as no answer."""


async def single_window(scene: Scene) -> None:
    """One certificate over 1,000 kg of organic coffee, kept by the partner that issued it."""
    number, eori = f"COI.CH.{scene.stage.numbers.lrn()}", scene.stage.party(IMPORTER).lane
    system = CertificateSystem()
    system.issue(DOCUMENT, number, 1, Stock(eori, "0901", "KGM", Decimal(1000)))
    scene.references |= {number, PARTNER}
    await scene.states(
        COMMISSION, "single_window.agree", party=PARTNER, title="Organic farming", types=[DOCUMENT], keeper="partner",
        basis="Regulation (EU) 2022/2399, Annex", patience=PATIENCE,
    )  # fmt: skip
    await scene.receives(COMMISSION, "AgreementKept")
    following = asyncio.create_task(system.follow(scene.stage.party(PARTNER).door))
    try:
        await _declares(scene, number, "400")
        await scene.receives(IMPORTER, "ImportAccepted")
        await scene.receives(IMPORTER, "ImportReleased")
        await scene.until("the decision at the partner", lambda: len(system.decisions) == 1)

        await _declares(scene, number, "601")
        await scene.receives(IMPORTER, "ImportAccepted")
        await scene.receives(IMPORTER, "ImportRefused")
        scene.fact("601 kg where 600 kg are left", "refused, nothing is used")

        system.silent = True
        await _declares(scene, number, "100")
        mrn = (await scene.receives(IMPORTER, "ImportAccepted")).read()["mrn"]
        controlled = (await scene.receives(IMPORTER, "ImportControlled")).read()
        controls = ", ".join(controlled["controls"])
        scene.fact("The partner is away", f"the office controls the paper (control {controls})")
        await scene.order(OFFICER, "import_procedure.record_control", mrn=mrn, satisfactory=True)
        await scene.receives(IMPORTER, "ImportReleased")
        await scene.until("the decision at the partner, afterwards", lambda: len(system.decisions) == 2)
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
    stock = system.stocks[DOCUMENT, number, 1]
    told = [(each["decision"], Decimal(each["quantity"])) for each in system.decisions]
    scene.require(told == [("released", Decimal(400)), ("released", Decimal(100))], f"the partner was told {told}")
    used = (stock.used, stock.reserved)
    scene.require(used == (Decimal(500), Decimal(0)), f"{stock.used} kg are used, {stock.reserved} kg reserved")
    scene.fact("At the partner, of 1,000 kg", f"{stock.used} kg used, {stock.left} kg left, nothing reserved")
    accepted, released = "ImportAccepted", "ImportReleased"
    scene.expect(IMPORTER, accepted, released, accepted, "ImportRefused", accepted, "ImportControlled", released)


async def _declares(scene: Scene, number: str, quantity: str) -> None:
    document: dict[str, Any] = {"type": DOCUMENT, "number": number, "line": 1, "quantity": quantity, "unit": "KGM"}
    item = {"commodity": "09012100", "description": "Organic coffee", "gross_mass": "500", "value": "5000",
            "origin": "CH", "documents": [document]}  # fmt: skip
    lrn = scene.stage.numbers.lrn()
    scene.references.add(lrn)
    receipt = await scene.states(
        IMPORTER, "import_procedure.declare", lrn=lrn, declarant=scene.stage.party(IMPORTER).lane, office="FR005350",
        country_of_dispatch="CH", country_of_destination="FR", items=[item],
    )  # fmt: skip
    scene.way("FR", receipt["case"], "importing")


JOURNEYS = (
    Journey(
        "14-single-window",
        SYSTEMS,
        "Certificates of another authority",
        "Organic coffee needs a certificate of inspection. The authority that issued it keeps its quantities: customs"
        " asks it, uses up what is released, and reports back. More than is left is refused. When the authority does"
        " not answer, an officer looks at the paper, the goods go on, and the authority is told afterwards.",
        single_window,
    ),
)
