"""A service of one administration, called by another over the bus; neither knows where the other is."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from douane.simulator.chapters import SYSTEMS
from douane.simulator.permits import PermitSystem
from douane.simulator.stage import Journey, Scene

PROVIDER, CONSUMER, OPERATOR = "pl.system", "nl.system", "commission.officer"
NAMED = {"provider": "PL", "service": "permits", "version": 1}
PATH = "/services/permits/v1"
CHECK = {
    "name": "check", "pattern": "request_response",
    "takes": {"form": "json", "schema": '{"type": "object", "required": ["permit"]}'},
    "answers": {"form": "json", "schema": '{"type": "object", "required": ["valid"]}'},
}  # fmt: skip
ISSUED = {"name": "issued", "pattern": "publish", "takes": {"form": "json"}}
BOX = "permits/v1"
EVENTS = "events/permits/v1/ours"


async def bus(scene: Scene) -> None:
    """Offered, approved, permitted, called, moved, called again; an event for who subscribed."""
    scene.references |= {'"permits"', "permits/v1"}
    await scene.states(PROVIDER, "service_bus.offer", **NAMED, title="Permits", level="silver",
                       operations=[CHECK, ISSUED])  # fmt: skip
    await scene.states(OPERATOR, "service_bus.decide", **NAMED, approved=True, networks=["127.0.0.0/8"])
    await scene.states(CONSUMER, "service_bus.ask_to_consume", **NAMED)
    await scene.states(PROVIDER, "service_bus.permit", **NAMED, consumer="NL", permitted=True)
    system = PermitSystem(scene.stage.signed_by, frozenset({"PL-2026-7"}))
    collecting = asyncio.create_task(system.follow(scene.stage.party(PROVIDER).door, BOX))
    try:
        await _calls(scene, "PL-2026-7", valid=True)
        scene.fact("Poland's system has no address", f"it collected {system.collected} call and answered it")
    finally:
        collecting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await collecting
    try:
        await scene.states(PROVIDER, "service_bus.move", **NAMED, address=await system.open())
        await _calls(scene, "PL-2026-8", valid=False)
        scene.fact("Poland's system moved to an address", f"it was called there {system.called} time, signed")
    finally:
        await system.close()
    scene.require((system.collected, system.called) == (1, 1), "each call was to reach the system once")
    answer = await scene.stage.party(CONSUMER).door.post(f"{PATH}/check", b'{"number": 1}', _head(scene))
    scene.require(answer.status == 422, f"a call against the contract came back with {answer.status}")
    scene.fact("A call against the contract", f"422 at the door: {answer.json()['faults'][0]['remedy']}")
    await _events(scene)


async def _calls(scene: Scene, permit: str, *, valid: bool) -> None:
    """The consumer calls the same address, wherever the provider is."""
    body = json.dumps({"permit": permit}).encode()
    answer = await scene.stage.party(CONSUMER).door.post(f"{PATH}/check", body, _head(scene))
    found: Any = answer.json()
    told = f"{answer.status} {found}"
    scene.require(answer.status == 200 and found == {"valid": valid}, f"the call came back with {told}")
    scene.cases.add(answer.headers["douane-exchange"])


async def _events(scene: Scene) -> None:
    """Poland publishes two permits; the Netherlands get the one that they subscribed to."""
    topic = {**NAMED, "operation": "issued"}
    only = [{"pointer": "/country", "value": '"NL"'}]
    await scene.states(CONSUMER, "service_bus.subscribe", **topic, name="ours", filters=only)
    for country in ("FR", "NL"):
        body = json.dumps({"permit": f"PL-{country}", "country": country})
        await scene.states(PROVIDER, "service_bus.publish", **topic, form="json", body=body)
    items, _ = await scene.stage.party(CONSUMER).door.collect(wait=20, box=EVENTS)
    events = [json.loads(each["body"]) for each in items]
    came = [(each["sequence"], json.loads(each["body"])["country"]) for each in events]
    scene.require(came == [(1, "NL")], f"the subscription was to get one event, not {came}")
    scene.fact("Two permits published, one subscribed to", "one event, counted 1")


def _head(scene: Scene) -> dict[str, str]:
    return {"content-type": "application/json", "message-id": scene.stage.numbers.message("NL")}


JOURNEYS = (
    Journey(
        "15-service-bus",
        SYSTEMS,
        "A service of another administration",
        "Poland offers a check of permits on the bus; the Commission approves it, Poland permits the Netherlands. Their"
        " call first waits in Poland's mailbox; then Poland's system moves to an address of its own, and the callers"
        " notice nothing. A call against the contract is refused at the door. Events reach who subscribed.",
        bus,
    ),
)
