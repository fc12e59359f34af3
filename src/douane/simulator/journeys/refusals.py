"""What is refused: bad syntax, broken rules, the wrong platform; and what is known already."""

from __future__ import annotations

from msgspec.structs import replace

from douane.simulator.chapters import SYSTEMS, TRANSIT
from douane.simulator.exchanges import faults_of, receipt_of
from douane.simulator.messages.declarations import declaration
from douane.simulator.stage import CCN2, SPEED2, Journey, Scene
from douane.standards.ncts import phase5 as p5

TRADER = "trader.fr.lesquin"


async def syntax(scene: Scene) -> None:
    """Four faults in one message; all four come back."""
    message = declaration(scene.stage.numbers, await scene.guarantee())
    text = p5.write(message).decode()
    broken = (
        text.replace("<declarationType>T1<", "<declarationType>TRANSIT<")
        .replace("<grossMass>120.5</grossMass>", "<grossMass>heavy</grossMass>", 1)
        .replace("<numberOfSeals>1</numberOfSeals>", "<numberOfSeals>one</numberOfSeals>")
        .replace("<UNLocode>FRLIL</UNLocode>", "<UNLocode>Lille-Lesquin airport</UNLocode>")
    )
    answer = await scene.refused(TRADER, broken.encode(), "CC015C", status=422)
    named = {fault.pointer.rpartition("/")[2] for fault in faults_of(answer.content)}
    wanted = {"declarationType", "grossMass", "numberOfSeals", "UNLocode"}
    scene.require(wanted <= named, f"every fault was to be named: {sorted(wanted)}, but only {sorted(named)} were")
    scene.fact("Faults named", len(faults_of(answer.content)))
    scene.fact("Kept of the message", "a leaf in the audit log; nothing else, since a caller was told at once")
    scene.expect(TRADER)


async def rules(scene: Scene) -> None:
    """A message in good form that says what cannot be: it is accepted, then refused with the rules named."""
    numbers = scene.stage.numbers
    good = declaration(numbers, await scene.guarantee())
    consignment = replace(good.consignment, place_of_loading=None, gross_mass=good.consignment.gross_mass - 100)
    late = tuple(
        replace(each, arrival_date_and_time_estimated=numbers.moment(-3))
        for each in good.customs_office_of_transit_declared
    )
    await scene.send(TRADER, replace(good, consignment=consignment, customs_office_of_transit_declared=late))
    answer = await scene.receives(TRADER, "CC056C")
    errors = answer.content().functional_error
    ids = sorted({each.error_reason for each in errors})
    scene.require(len(ids) >= 2 and all(ids), f"several rules were to be named, but {ids} were")
    scene.fact("Rules named", ", ".join(ids))
    invented = p5.Authorisation(sequence_number=1, type="C521", reference_number="XXACRINVENTED")
    claiming = declaration(numbers, await scene.guarantee())
    operation = replace(claiming.transit_operation, limit_date=numbers.today())
    await scene.send(TRADER, replace(claiming, transit_operation=operation, authorisation=(invented,)))
    (error,) = (await scene.receives(TRADER, "CC056C")).content().functional_error
    scene.require(error.error_reason == "G0033", f"no register knows the authorisation; {error.error_reason} was named")
    scene.fact("Invented authorisation", f"refused at {error.error_pointer}, {error.error_reason}")
    scene.expect(TRADER, "CC056C", "CC056C")


async def wrong_platform(scene: Scene) -> None:
    """A trader at CCN2, an administration at SPEED2: refused before anything is parsed, so even rubbish gets no 422."""
    first = await scene.refused(TRADER, b"<not even well-formed", "a message", status=403, door=CCN2, astray=True)
    second = await scene.refused(
        "de.system", b"<not even well-formed", "a message", status=403, door=SPEED2, astray=True
    )
    for answer in (first, second):
        scene.fact("Told", f"{answer.content.get('detail', '')} {answer.content.get('remedy', '')}")
    scene.expect(TRADER)


async def duplicate(scene: Scene) -> None:
    """The same message again gets the original receipt and no second effect; changed bytes under its id are refused."""
    message = declaration(scene.stage.numbers, await scene.guarantee())
    first = await scene.send(TRADER, message)
    await scene.receives(TRADER, "CC928C")
    again = await scene.stage.party(TRADER).send(message)
    scene.require(again.accepted and receipt_of(again.content) == first, "the repetition was to get the first receipt")
    changed = replace(message, transit_operation=replace(message.transit_operation, binding_itinerary=True))
    refused = await scene.stage.party(TRADER).send(changed)
    scene.require(refused.status == 409, f"changed bytes were to be refused with 409, not {refused.status}")
    lane, now = scene.stage.party(TRADER).lane, scene.stage.now()
    scene.turned_away(now, lane, SPEED2, "CC015C", again, note="again: the first receipt, no second effect")
    scene.turned_away(now, lane, SPEED2, "CC015C", refused, note="changed, under the same id: refused with 409")
    await scene.receives(TRADER, "CC028C")
    await scene.receives(TRADER, "CC029C")
    scene.fact("Receipt, both times", first.position)
    scene.expect(TRADER, "CC928C", "CC028C", "CC029C")


JOURNEYS = (
    Journey(
        "02-syntax",
        TRANSIT,
        "Refused for syntax",
        "A declaration with four slips of form. The door answers at once and names every one of them with its place.",
        syntax,
    ),
    Journey(
        "03-rules",
        TRANSIT,
        "Refused for rules",
        "A declaration in good form whose content cannot be right. It is acknowledged by a receipt, then refused in a"
        " CC056C that names each rule, the place and the value.",
        rules,
    ),
    Journey(
        "08-duplicate",
        SYSTEMS,
        "Sent twice",
        "A trader whose line broke sends the same declaration again. It gets the first receipt; nothing happens twice.",
        duplicate,
    ),
    Journey(
        "09-platform",
        SYSTEMS,
        "At the wrong platform",
        "A trader calls CCN2, the German system calls SPEED2. Both are turned away before a byte of the message is"
        " read.",
        wrong_platform,
    ),
)
