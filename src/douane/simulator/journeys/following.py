"""What journeys about decisions share: what a party was told, what an officer sees by now, days that pass at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from douane.simulator.stage import Journey, Scene

TRADER: Final = "trader.fr.lesquin"
EORI: Final = "FR40123456700017"
JOURNEYS: tuple[Journey, ...] = ()


async def told(scene: Scene, type: str, number: int = 1, party: str = TRADER) -> dict[str, Any]:
    """The content of the message of that type that a party got as that many in this journey."""
    receiver = scene.stage.party(party)

    def look() -> Any:
        found = [each for each in receiver.about(scene.references) if each.type == type]
        return found[number - 1].read() if len(found) >= number else None

    found: dict[str, Any] = await scene.until(f"{type} for {party}", look)
    return found


async def seen(
    scene: Scene, officer: str, operation: str, what: str, /, looks: Callable[[Any], object], **question: object
) -> dict[str, Any]:
    """What a question is answered with, once something can be seen in it."""
    kept: list[dict[str, Any]] = []

    async def ask() -> bool:
        kept[:] = [await scene.ask(officer, operation, **question)]
        return bool(looks(kept[0]))

    await scene.until_true(what, ask)
    return kept[0]


async def noted(scene: Scene, officer: str, reference: str, words: str) -> str:
    """The note on a case that has these words, once its officer sees it."""

    def found(case: Any) -> str:
        return next((note for note in case["notes"] if words in note), "")

    case = await seen(scene, officer, "customs_decisions.show", f"a note: {words}", found, reference=reference)
    return found(case)


async def lodged(scene: Scene, application: dict[str, Any], officer: str) -> str:
    """Lodge an application and have it accepted; its reference."""
    before = len([e for e in scene.stage.party(TRADER).about(scene.references) if e.type == "ApplicationRegistered"])
    scene.references.add(application["own_reference"])
    await scene.states(TRADER, "customs_decisions.lodge", **application)
    reference = str((await told(scene, "ApplicationRegistered", before + 1))["reference"])
    scene.references.add(reference)
    await scene.order(officer, "customs_decisions.judge_acceptance", reference=reference, accepted=True)
    said = await told(scene, "ApplicationAccepted", before + 1)
    scene.fact(f"{application['type']}, accepted", f"{said['accepted_on']}, to be decided by {said['decided_by']}")
    return reference


async def received(scene: Scene, reference: str, number: int, effect: int) -> None:
    """The holder confirms the receipt of an act; effect: how many acts had effect in this journey then."""
    await scene.states(TRADER, "customs_decisions.confirm_receipt", reference=reference, number=number)
    await told(scene, "ActInEffect", effect)
