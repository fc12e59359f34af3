"""A comprehensive guarantee: applied for, consulted on, heard about, granted, used, suspended."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from douane.simulator.chapters import DECISIONS
from douane.simulator.messages.applications import comprehensive_guarantee
from douane.simulator.messages.declarations import DEPARTURE, HOLDER, TRANSIT_IN, Cover, declaration
from douane.simulator.messages.later import arrival
from douane.simulator.stage import ACCESS_CODE, Journey, Scene

TRADER, OFFICER, CONSULTED, CONSIGNEE = "trader.fr.lesquin", "fr.officer", "at.officer", "trader.at.wien"
ASKING = ("de.system", "pl.system", "nl.system")
SECOND = 1_000_000


async def comprehensive(scene: Scene) -> None:
    """From the application at 0 % to a suspension on doubt; the movement that is under way runs on."""
    decision, reference = await _granted(scene)
    cover = await _guarantee(scene, decision)
    mrn = await _released(scene, cover)
    signed = scene.stage.now()
    await _acts(scene, "customs_decisions.act", reference=decision, act="suspend", ground="doubt",
                reasons="Accounts and declarations do not agree.", no_hearing="c",
                unheard_for="Untaxed spirits are on the market (alert 7).")  # fmt: skip
    number = (await scene.receives(TRADER, "ActNotified")).read()["number"]
    scene.require(await _standing(scene, decision) == {"usable"}, "a signature alone was to change nothing")
    received = scene.stage.now()
    await scene.states(TRADER, "customs_decisions.confirm_receipt", reference=decision, number=number)
    while await _standing(scene, decision) != {"suspended"}:
        scene.require(scene.stage.now() - received < SECOND, "it was to be suspended within a second of its receipt")
    felt = (scene.stage.now() - received) // 1_000
    await _told(scene, "StepRecorded", "ActInEffect")
    scene.fact("Suspended in the eyes of Germany, Poland and the Netherlands", f"{felt} ms after its receipt")
    scene.fact("From signature to receipt", f"{(received - signed) / SECOND:.1f} s, in which it was usable")

    await scene.send(TRADER, declaration(scene.stage.numbers, cover))
    await _told(scene, "CC928C", "CC028C", "CC055C")
    scene.fact("The next declaration", "guarantee not valid (IE055), not released")
    await _arrives(scene, mrn)
    await _told(scene, "CC045C")
    scene.fact("The movement that was under way", f"{mrn} is discharged (UCC art. 30)")

    shown = await scene.ask(OFFICER, "customs_decisions.show", reference=decision)
    scene.fact("Suspended until", shown["acts"][-1]["effect_to"][:10])
    scene.fact("Acts on record", ", ".join(f"{each['act']} ({each['article']})" for each in shown["acts"]))
    scene.fact("Application and decision", f"{reference}, {decision}")


async def _acts(scene: Scene, operation: str, /, **content: object) -> None:
    """The French officer records something, and is told that it is recorded."""
    await scene.order(OFFICER, operation, **content)
    await scene.receives(OFFICER, "StepRecorded")


async def _told(scene: Scene, *types: str) -> dict[str, Any]:
    """The applicant gets these messages, in this order; the content of the last."""
    last: dict[str, Any] = {}
    for each in types:
        delivered = await scene.receives(TRADER, each)
        last = delivered.read() if not each.startswith("CC") else {}
    return last


async def _granted(scene: Scene) -> tuple[str, str]:
    """Applied for at 0 %, granted at 30 %: references of the decision and of the application."""
    own = scene.stage.numbers.lrn()
    scene.references.add(own)
    await scene.states(TRADER, "customs_decisions.lodge", **comprehensive_guarantee(own, HOLDER, DEPARTURE))
    reference = (await scene.receives(TRADER, "ApplicationRegistered")).read()["reference"]
    scene.references.add(reference)
    await _acts(scene, "customs_decisions.judge_acceptance", reference=reference, accepted=True)
    accepted = await _told(scene, "ApplicationAccepted")
    scene.fact("Accepted", f"{accepted['accepted_on']}, to be decided by {accepted['decided_by']}")

    await _acts(scene, "customs_decisions.consult", reference=reference, kind="criteria", authorities=["AT"],
                text="UCC art. 39(a): records in Wien", days=20)  # fmt: skip
    national = scene.stage.nations["NTA.AT"]
    await scene.until("the question in Austria", lambda: national.case_of("AT", "consultation", f"{reference}/1"))
    await scene.order(CONSULTED, "customs_decisions.form_opinion", reference=reference, number=1, verdict="agrees")
    await scene.until("Austria's answer", scene.passed("NTA.AT", "NTA.FR", "OpinionGiven"))

    intended = {"reference": reference, "granted": True, "leaves_out": ["46 04 000 291: BD"],
                "reasons": "Internal control is not shown (DA art. 84): 30 % instead of 0 %.",
                "conditions": [["46 04 000 291", "BC"]]}  # fmt: skip
    await _acts(scene, "customs_decisions.decide", **intended)
    opened = await _told(scene, "HearingOpened")
    moved = await _told(scene, "LimitMoved")
    scene.fact("Heard about", f"{', '.join(opened['leaves_out'])} until {opened['last_day']}")
    scene.fact("To be decided then by", f"{moved['decided_by']} ({moved['article']})")
    await scene.states(TRADER, "customs_decisions.give_view", reference=reference, text="We accept 30 %.")
    await _told(scene, "StepRecorded")
    heard = {**intended, "reasons": "Internal control is not shown (DA art. 84); the applicant accepts 30 %."}
    await _acts(scene, "customs_decisions.decide", **heard)
    decision = str((await _told(scene, "ActNotified"))["decision"])
    scene.references.add(decision)
    await scene.states(TRADER, "customs_decisions.confirm_receipt", reference=reference, number=1)
    await _told(scene, "StepRecorded", "ActInEffect")
    return decision, reference


async def _guarantee(scene: Scene, decision: str) -> Cover:
    """A guarantee that rests on the decision."""
    grn = scene.stage.numbers.grn()
    scene.references.add(grn)
    await scene.order(
        OFFICER, "guarantees.register", grn=grn, type="1", holder=HOLDER, access_code=ACCESS_CODE, limit="12000",
        valid_from=scene.stage.numbers.today(), authorisation=decision,
    )  # fmt: skip
    await scene.receives(OFFICER, "GuaranteeRegistered")
    return Cover(grn, ACCESS_CODE, Decimal("4500.00"))


async def _released(scene: Scene, cover: Cover) -> str:
    await scene.send(TRADER, declaration(scene.stage.numbers, cover))
    await scene.receives(TRADER, "CC928C")
    mrn = str((await scene.receives(TRADER, "CC028C")).content().transit_operation.mrn)
    await scene.receives(TRADER, "CC029C")
    return mrn


async def _arrives(scene: Scene, mrn: str) -> None:
    numbers = scene.stage.numbers
    await scene.tries("de.officer", "transit.record_passage", mrn=mrn, office=TRANSIT_IN, passed_on=numbers.today())
    await scene.until("the record for Austria", scene.passed("NTA.FR", "NTA.AT", "CD001C"))
    await scene.send(CONSIGNEE, arrival(numbers, mrn))
    await scene.until("the arrival advice", scene.passed("NTA.AT", "NTA.FR", "CD006C"))  # else nobody awaits results
    await scene.tries("at.officer", "transit.record_inspection", mrn=mrn, code="A1")


async def _standing(scene: Scene, decision: str) -> set[str]:
    """How the decision stands, as other administrations are answered."""
    return {
        (await scene.ask(each, "authorisations.ask", reference=decision, begins_in=each[:2].upper()))["standing"]
        for each in ASKING
    }


JOURNEYS = (
    Journey(
        "19-decisions",
        DECISIONS,
        "A comprehensive guarantee, and its suspension",
        "A trader applies for a guarantee at a level of 0 %. France asks Austria whether the criteria are fulfilled"
        " there, intends 30 %, hears the applicant and grants. Goods move under it. Then it is suspended on doubt: from"
        " its receipt every administration is answered so, the next declaration is not released, the movement that is"
        " under way ends as it should.",
        comprehensive,
    ),
)
