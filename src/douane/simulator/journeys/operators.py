"""Trust that falls apart in one part, what rests on it, an exporter in the register, a tariff ruling that all find."""

from __future__ import annotations

from typing import Any, Final

from douane.simulator.chapters import DECISIONS
from douane.simulator.journeys.following import EORI, TRADER, lodged, noted, received, seen, told
from douane.simulator.messages.applications import application
from douane.simulator.messages.declarations import DEPARTURE
from douane.simulator.stage import Journey, Scene

GRANTING, RESTING, STRANGER = "fr.officer", "nl.officer", "trader.at.linz"
ROTTERDAM: Final = "NL000510"
UNTIL_EFFECT: Final = 6
"""Days: an authorisation as economic operator has effect from the fifth day after the decision (DA art. 29)."""
RULING: Final = [["35 01 010 056", "610510"], ["35 01 010 057", "00"], ["38 09 000 262", "shirts"],
                 ["42 04 000 009", "General rules 1 and 6, wording of heading 6105"]]  # fmt: skip
FORM: Final[dict[str, Any]] = {
    "name": "Transports Lesquin", "street_and_number": "1 rue du Port", "post_code": "59000", "town": "Lille",
    "email": "luc.martin@example.org", "activity": "producer", "goods": "Cotton shirts", "headings": ["6105"],
    "undertakes": True, "signed_by": "L. Martin",
}  # fmt: skip


async def operators(scene: Scene) -> None:
    """The cascade, then the two registers."""
    trust = await lodged(scene, application("AEOF", scene.stage.numbers.lrn(), EORI, DEPARTURE), GRANTING)
    await scene.order(GRANTING, "customs_decisions.decide", reference=trust, granted=True)
    trusted = str((await told(scene, "ActNotified"))["decision"])
    scene.references.add(trusted)
    await received(scene, trust, 1, 1)
    scene.stage.ahead(UNTIL_EFFECT)
    storage = await lodged(scene, application("TST", scene.stage.numbers.lrn(), EORI, ROTTERDAM), RESTING)
    await scene.order(RESTING, "customs_decisions.decide", reference=storage, granted=True)
    resting = str((await told(scene, "ActNotified", 2))["decision"])
    scene.references.add(resting)
    await received(scene, storage, 1, 2)

    await scene.order(GRANTING, "customs_decisions.act", reference=trusted, act="suspend", ground="doubt",
                      reasons="Competence is not shown.", no_hearing="c", criterion="d",
                      unheard_for="Dangerous goods are stored untrained (alert 9).")  # fmt: skip
    await told(scene, "ActNotified", 3)
    await received(scene, trust, 2, 3)
    scene.fact("The Dutch task", await noted(scene, RESTING, storage, "must be suspended"))
    resting_now = await scene.ask(RESTING, "customs_decisions.show", reference=storage)
    scene.require(resting_now["state"] == "in force", "nothing was to change by itself")
    standing = await seen(scene, "commission.system", "aeo.check", "security and safety alone",
                          lambda found: found["types"] == ["AEOS"], identifier=EORI)  # fmt: skip
    scene.fact("The French authorisation", f"customs simplifications suspended; {', '.join(standing['types'])} stays")
    await scene.order(RESTING, "customs_decisions.act", reference=resting, act="suspend", ground="dependence",
                      reasons="AEOC is suspended (DA art. 30(1)).", no_hearing="c",
                      unheard_for="Dangerous goods are stored untrained (alert 9).")  # fmt: skip
    await told(scene, "ActNotified", 4)
    await received(scene, storage, 2, 4)
    stored = await scene.ask(RESTING, "customs_decisions.show", reference=storage)
    scene.fact("Temporary storage at Rotterdam", f"{stored['state']} by an act of the Netherlands")
    await scene.explained("FR", "customs decision", trust, "centre")
    await _exporter(scene)
    await _ruling(scene)


async def _exporter(scene: Scene) -> None:
    own = scene.stage.numbers.lrn()
    scene.references.add(own)
    form = FORM | {"signed_on": scene.stage.numbers.today()}
    await scene.states(TRADER, "rex.apply", own_reference=own, exporter=EORI, authority="FR", form=form)
    reference = (await told(scene, "RexReceived"))["reference"]
    scene.references.add(reference)
    await scene.order(GRANTING, "rex.decide", reference=reference, registered=True)
    inbox = scene.stage.party(TRADER).inbox  # the number is new: nothing in it names the application
    registered = await scene.until("the number", lambda: [each for each in inbox if each.type == "RexRegistered"])
    number = registered[-1].read()["number"]
    scene.references.add(number)
    public = await scene.ask(STRANGER, "rex.validate", number=number)
    scene.require(
        public["known"] == {"says": "yes"} and not public["name"],
        "the minimum was to be published, and no name without consent",
    )
    scene.fact("Registered exporter", f"{number}, valid from {public['valid_from']}; no name, since box 6 was refused")


async def _ruling(scene: Scene) -> None:
    reference = await lodged(scene, application("BTI", scene.stage.numbers.lrn(), EORI, DEPARTURE), GRANTING)
    await scene.order(GRANTING, "customs_decisions.decide", reference=reference, granted=True, conditions=RULING)
    await told(scene, "ActNotified", 5)
    await received(scene, reference, 1, 5)
    found = await seen(scene, STRANGER, "bti.search", "the ruling", lambda answer: answer["lines"], words="shirts")
    line = found["lines"][0]
    scene.fact("Binding tariff information", f"{line['ruling']}: {line['code']}, found by anybody who asks for shirts")
    await scene.explained("FR", "customs decision", reference, "centre")


JOURNEYS = (
    Journey(
        "23-operator",
        DECISIONS,
        "Trust lost in one part, an exporter, a tariff ruling",
        "France suspends what an authorised operator was trusted with for customs simplifications; security and safety"
        " stays. The Netherlands, whose authorisation for temporary storage rests on it, get a task and act. An"
        " exporter is registered, and binding tariff information is found by everybody. Days pass at once here.",
        operators,
    ),
)
