"""Published sample messages, where they are at hand: valid in form, but not for this union; every refusal is named."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from douane.simulator.chapters import TRANSIT
from douane.simulator.exchanges import faults_of, receipt_of
from douane.simulator.parties import Answer, Party
from douane.simulator.stage import SPEED2, Journey, Scene, told

SENDERS = ("trader.fr.lesquin", "trader.at.wien")
_IDENTIFICATION = re.compile(rb"<messageIdentification>[^<]*<")
AT_DESTINATION = ("cc007", "cc044")


async def samples(scene: Scene) -> None:
    """Each ends in a refusal that names its faults: at the door, or by the office in CC056C or CC057C."""
    folder = scene.stage.samples
    if folder is None:
        scene.outcome.absent = "the sample messages are not on this computer"
        return
    refused = 0
    for file, body in valid(folder):
        await _sample(scene, file, body)
        refused += 1
    scene.require(refused > 0, f"no valid samples in {folder.name}")
    scene.fact("Samples sent", refused)
    scene.fact("Of them refused with their faults named", refused)


def valid(folder: Path) -> list[tuple[str, bytes]]:
    """The samples of phase 5 that libxml2 finds valid, as the list beside them says."""
    with (folder / "EXPECTED-p5.csv").open(newline="", encoding="utf-8") as rows:
        found = [folder / row[0] for row in csv.reader(rows) if len(row) > 2 and row[2] == "yes"]
    return [(each.name, each.read_bytes()) for each in found if each.exists()]


async def _sample(scene: Scene, file: str, body: bytes) -> None:
    sender = scene.stage.party(SENDERS[1] if file.startswith(AT_DESTINATION) else SENDERS[0])
    began = scene.stage.now()
    # the samples share one identification, and what comes under a known one is taken for a repetition
    own = f"<messageIdentification>{scene.stage.numbers.message()}<"
    answer = await sender.send(_IDENTIFICATION.sub(own.encode(), body, count=1))
    if answer.accepted:
        await _refused_by_office(scene, sender, file, answer)
        return
    faults = faults_of(answer.content)
    scene.require(answer.status != 409, f"{file} was taken for a repetition: {told(answer)}")
    scene.require(bool(faults) and bool(faults[0].remedy), f"{file} came back without a reason: {told(answer)}")
    name, note = file[:6].upper(), f"{file}: refused with {answer.status}"
    scene.turned_away(began, sender.lane, SPEED2, name, answer, note=note)


async def _refused_by_office(scene: Scene, sender: Party, file: str, answer: Answer) -> None:
    receipt = receipt_of(answer.content)
    scene.cases.add(receipt.case)
    scene.references.add(receipt.id)
    reply = await scene.receives(sender.id, "CC056C", "CC057C", "CC917C")
    scene.require("Error>" in reply.body, f"{file} was refused without naming a fault")


JOURNEYS = (
    Journey(
        "10-samples",
        TRANSIT,
        "Published samples",
        "Sample messages of other authorities, valid in form. They name offices, guarantees and traders that are not"
        " of this union: each is refused, and each refusal says why.",
        samples,
    ),
)
