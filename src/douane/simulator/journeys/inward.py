"""Inward processing in three Member States: one says nothing, one objects, the applicant is heard, the rest granted."""

from __future__ import annotations

from typing import Final

from douane.simulator.chapters import DECISIONS
from douane.simulator.journeys.following import EORI, TRADER, lodged, noted, received, seen, told
from douane.simulator.messages.applications import ANTWERP, application
from douane.simulator.messages.declarations import DEPARTURE
from douane.simulator.stage import Journey, Scene

OFFICER, BELGIUM = "fr.officer", "be.system"
PART: Final = f"34 10 000 301: {ANTWERP}"
A_MONTH: Final = 33
"""Days after which a limit of 30 has ended, also one that ends on a holiday."""


async def inward(scene: Scene) -> None:
    """The draft to Belgium and Germany, silence and an objection, sixty days without agreement, the hearing."""
    asked = application("IPO", scene.stage.numbers.lrn(), EORI, DEPARTURE, ("FR", "BE", "DE"))
    reference = await lodged(scene, asked, OFFICER)
    await scene.order(OFFICER, "customs_decisions.consult", reference=reference, kind="draft", authorities=["BE", "DE"],
                      text="Assembly of cars; placement also at Antwerp.")  # fmt: skip
    await scene.until("the draft in Belgium", scene.passed("NTA.FR", "NTA.BE", "OpinionAsked"))
    germany = scene.stage.nations["NTA.DE"]
    await scene.until("the draft in Germany", lambda: germany.case_of("DE", "consultation", f"{reference}/1"))
    await scene.states(BELGIUM, "customs_decisions.take_opinion", reference=reference, number=1, authority="BE",
                       verdict="objects", reasons="Antwerp cannot supervise this.", disputed=[PART])  # fmt: skip
    await seen(scene, OFFICER, "customs_decisions.show", "Belgium's objection",
               lambda case: any(o["verdict"] == "objects" for o in case["consultations"][0]["opinions"]),
               reference=reference)  # fmt: skip
    scene.stage.ahead(A_MONTH)
    scene.fact("Germany", await noted(scene, OFFICER, reference, "DE said nothing"))
    scene.stage.ahead(A_MONTH)
    scene.fact("Belgium", await noted(scene, OFFICER, reference, "no agreement"))

    intended = {"reference": reference, "granted": True, "leaves_out": [PART], "member_states": ["FR", "BE", "DE"],
                "reasons": "No agreement on placement at Antwerp (IA art. 260(5))."}  # fmt: skip
    await scene.order(OFFICER, "customs_decisions.decide", **intended)
    opened = await told(scene, "HearingOpened")
    scene.fact("Heard about", f"{', '.join(opened['leaves_out'])} until {opened['last_day']}")
    await scene.states(TRADER, "customs_decisions.give_view", reference=reference, text="We place at Lesquin instead.")
    await told(scene, "StepRecorded")
    heard = {**intended, "reasons": "No agreement on placement at Antwerp (IA art. 260(5)); the applicant was heard."}
    await scene.order(OFFICER, "customs_decisions.decide", **heard)
    act = await told(scene, "ActNotified")
    await received(scene, reference, 1, 1)
    shown = await scene.ask(OFFICER, "customs_decisions.show", reference=reference)
    scene.require(shown["state"] == "in force", f"it was to be in force, and is {shown['state']}")
    scene.fact("Granted without the disputed part", f"{act['decision']}; {shown['acts'][0]['hearing']}")
    await scene.explained("FR", "customs decision", reference, "centre")


JOURNEYS = (
    Journey(
        "21-inward",
        DECISIONS,
        "Inward processing in three Member States",
        "France sends the draft of an authorisation to Belgium and Germany. Germany says nothing, which is agreement;"
        " Belgium objects to placement at Antwerp. Within sixty days there is no agreement: the applicant is heard, and"
        " gets the authorisation without that part. Days pass at once here.",
        inward,
    ),
)
