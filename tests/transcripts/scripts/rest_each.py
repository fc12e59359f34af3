"""REST with the least valid JSON of every operation, at every door where the node's own description opens it.

The description of 9c21e3d2 said which and gave the example. What answers with the application model, which is not the
wire, is left out: the reference architecture, the registry of the bus, the programme, figures of this machine.
"""

from __future__ import annotations

import json
from typing import Any, Final

from tests.transcripts.recording import JSON, Recorder

CALLERS: Final = (
    ("trader.fr.lesquin", "speed2"),
    ("fr.officer", "ccn2"),
    ("fr.system", "ccn2"),
    ("commission.system", "cdco"),
)
OF_THE_MODEL: Final = ("architecture", "programme", "service_bus", "telemetry", "availability")
OWN: Final = {"trader.fr.lesquin": "FR40123456700017", "fr.officer": "FR", "fr.system": "FR", "commission.system": "EU"}
"""What the examples' own placeholders stand for: who sends it."""


def record(node: Recorder) -> None:
    """Each operation of each caller, then what waits for him."""
    for who, door in CALLERS:
        described = json.loads(
            node.node.give({"who": who, "door": door, "method": "GET", "path": "/openapi.json"})["body"]
        )
        for path, methods in described["paths"].items():
            example = _example(methods.get("post", {}))
            if example is None or path.split("/")[1] in OF_THE_MODEL:
                continue
            own = {
                "messageIdentification": f"EACH-{len(node.kept)}",
                "messageSender": OWN[who],
                "messageRecipient": "NTA.FR",
            }
            node.ask(who, path, json.dumps(_of(who, example, own)), door=door, content_type=JSON)
    for who, door in CALLERS:
        node.collect(who, door)


def _example(operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    return content.get("examples", {}).get("least", {}).get("value")


def _of(who: str, example: Any, own: dict[str, str]) -> Any:
    match example:
        case "AAA" | "AA":
            return OWN[who]
        case {"operation": _, "content": "A"}:
            return example | {"content": "{}"}  # of a draft
        case dict():
            return {name: own.get(name) or _of(who, each, own) for name, each in example.items()}
        case list():
            return [_of(who, each, own) for each in example]
    return example
