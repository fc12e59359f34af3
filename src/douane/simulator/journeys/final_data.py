"""What stays when movements are over: the same final data at every administration, and evidence anybody can check."""

from __future__ import annotations

import json

from douane.shared_services.auditing.verification import verify
from douane.simulator.chapters import SYSTEMS
from douane.simulator.exchanges import Proof
from douane.simulator.replicas import FEED, entry, state_hash
from douane.simulator.stage import Journey, Scene
from douane.vocabulary.errors import NotFound

MAIN = "01-movement"


async def replicas(scene: Scene) -> None:
    """Every replica holds what the centre published, entry for entry."""
    published = {content["mrn"]: entry(content) for content in map(json.loads, scene.stage.centre.outcomes(FEED))}
    wanted = state_hash(published)
    followers = scene.stage.replicas
    scene.require(bool(published) and bool(followers), "no movement ended, or nobody follows")
    await scene.until("equal replicas", lambda: all(each.hash == wanted for each in followers))
    scene.fact("Final movements", len(published))
    ended = sorted(json.loads(each)["outcome"] for each in published.values())
    scene.fact("How they ended", ", ".join(f"{ended.count(each)} {each}" for each in dict.fromkeys(ended)))
    scene.fact("Administrations that follow", f"{len(followers)}: {' '.join(r.administration for r in followers)}")
    scene.fact("Hash of every replica", wanted)


async def proof(scene: Scene) -> None:
    """Evidence for the declaration of the main journey, or else the first: a file, verified without the platform."""
    sent = scene.stage.sent.get(MAIN) or next(iter(scene.stage.sent.values()), None)
    scene.require(sent is not None, "no journey left a declaration to prove")
    assert sent is not None
    receipt, payload = sent

    def exported() -> object:
        try:
            return scene.stage.centre.evidence(receipt.position)
        except NotFound:
            return None  # the checkpoint that covers it is still to be signed

    evidence, key = await scene.until("a checkpoint over the declaration", exported)
    file = scene.stage.folder / "evidence.json"
    file.write_bytes(evidence)
    (scene.stage.folder / "declaration.xml").write_bytes(payload)
    (scene.stage.folder / "audit-key.txt").write_text(key.text() + "\n")
    verdict = verify(file.read_bytes(), [key], payload=payload)
    steps = tuple((step.name, step.held, step.text) for step in verdict.steps)
    scene.outcome.proof = Proof(file.name, steps)
    scene.require(verdict.ok, f"the evidence was to hold: {verdict.text()}")
    forged = verify(file.read_bytes(), [key], payload=payload.replace(b">T1<", b">T2<", 1))
    scene.require(not forged.ok, "evidence was to fail for a declaration that was changed afterwards")
    scene.fact("The same file with one letter of the declaration changed", "does not verify")
    scene.outcome.receipts.append(receipt)


JOURNEYS = (
    Journey(
        "11-replicas",
        SYSTEMS,
        "Final data at every administration",
        "The outcome of each movement is published once. Twenty-four other administrations follow by cursor, each at"
        " its own pace, and end with the same data: one hash shows it.",
        replicas,
    ),
    Journey(
        "12-proof",
        SYSTEMS,
        "Proof without the platform",
        "The trader's declaration, its place in the audit log and the log's signature in one small file. Anybody who"
        " has the log's public key can check it on any computer.",
        proof,
    ),
)
