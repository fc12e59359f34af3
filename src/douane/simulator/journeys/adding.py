"""What France adds to the common procedure: one expert proposes, another approves, a case goes its way by it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from douane.simulator.chapters import DECISIONS
from douane.simulator.journeys.following import EORI, lodged, received, seen, told
from douane.simulator.messages.applications import application
from douane.simulator.messages.declarations import DEPARTURE
from douane.simulator.stage import Journey, Scene

EXPERT, OFFICER = "fr.expert", "fr.officer"
VISIT: Final[dict[str, Any]] = {"kind": "task", "at": ["examine"], "name": "site_visit", "text": "Visit the premises",
                                "types": ["CVA"], "days": 10}  # fmt: skip
PARAGRAPH: Final = "Questions: bureau des décisions, Lille."
LETTER: Final[dict[str, Any]] = {"kind": "letter", "at": ["grant"], "text": PARAGRAPH, "types": ["CVA"]}
HEARING: Final[dict[str, Any]] = {"kind": "limit", "at": ["DEC-HEARING"], "days": 10}


async def overlay(scene: Scene) -> None:
    """A shorter hearing is refused; a site visit and a paragraph pass, and stand in the next case."""
    since = scene.stage.lawful_today() + dt.timedelta(days=2)
    said = {"administration": "FR", "version": 1, "since": since.isoformat(), "reason": "Premises are seen first"}
    await scene.order(EXPERT, "customs_decisions.propose_overlay", **said, changes=[VISIT, HEARING])
    refused = await _answered(scene, "OverlayRefused")
    fault = refused["faults"][0]
    scene.fact("A hearing of ten days", f"refused: {fault['remedy']} ({fault['article']})")
    await scene.order(EXPERT, "customs_decisions.propose_overlay", **said, changes=[VISIT, LETTER])
    read = await _version(scene, "proposed")
    await scene.order(OFFICER, "customs_decisions.approve_overlay", administration="FR", version=1, reason="Seen",
                      digest=read["digest"])  # fmt: skip
    version = await _version(scene, "approved")
    scene.fact("A site visit and a paragraph", f"proposed by {version['proposed_by']}, by {version['approved_by']}")
    scene.stage.ahead(3)
    await scene.until("the day from which it holds", lambda: scene.stage.lawful_today() > since)

    reference = await lodged(scene, application("CVA", scene.stage.numbers.lrn(), EORI, DEPARTURE), OFFICER)
    await seen(scene, OFFICER, "customs_decisions.show", "the site visit", lambda case: case["own"],
               reference=reference)  # fmt: skip
    await scene.order(OFFICER, "customs_decisions.decide", reference=reference, granted=True)
    stopped = await told(scene, "NotPossible", party=OFFICER)
    scene.fact("Before the visit", f"{stopped['reason']} ({stopped['article']})")
    await scene.order(OFFICER, "customs_decisions.conclude_own_task", reference=reference, task="site_visit",
                      result="Premises in order")  # fmt: skip
    await seen(scene, OFFICER, "customs_decisions.show", "its conclusion", lambda case: case["own"][0]["done_on"],
               reference=reference)  # fmt: skip
    await scene.order(OFFICER, "customs_decisions.decide", reference=reference, granted=True,
                      reasons="The premises were seen.")  # fmt: skip
    await told(scene, "ActNotified")
    await received(scene, reference, 1, 1)
    letter = await scene.ask(OFFICER, "customs_decisions.letter", reference=reference, number=1, language="fr")
    scene.require(PARAGRAPH in letter["text"], "the letter was to have the paragraph of the administration")
    scene.fact("In the letter", PARAGRAPH)
    await scene.explained("FR", "customs decision", reference, "centre")


async def _answered(scene: Scene, type: str) -> dict[str, Any]:
    inbox = scene.stage.party(EXPERT).inbox
    found = await scene.until(type, lambda: next((each for each in inbox if each.type == type), None))
    return dict(found.read())


async def _version(scene: Scene, state: str) -> dict[str, Any]:
    found = await seen(
        scene, OFFICER, "customs_decisions.overlays", f"the version as {state}",
        lambda shown: any(each["state"] == state for each in shown["versions"]), administration="FR",
    )  # fmt: skip
    return dict(found["versions"][0])


JOURNEYS = (
    Journey(
        "22-overlay",
        DECISIONS,
        "A national overlay of the common procedure",
        "An expert of France proposes that premises are visited before a decision on simplified customs value, and a"
        " hearing of ten days. The hearing is refused by its article; the visit is approved by another. In the next"
        " case the officer cannot decide before the visit, and no time limit moves.",
        overlay,
    ),
)
