"""An access point of a partner that misbehaves: what it answers a push by, signed by its own key.

Reads a plan (root of the tree, packages, folder) and tells what became of the delivery, by case. Both sides are those
of the tree.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PLAN = json.load(sys.stdin)
sys.path.insert(0, PLAN["root"])
sys.path.append(PLAN["packages"])  # what its tests import and a node does not

import httpx  # noqa: E402 - of the tree

from douane.channels.as4.sending import Packer  # noqa: E402
from douane.standards.as4.errors import error_of  # noqa: E402
from douane.standards.as4.messages import ErrorSignal, Receipt  # noqa: E402
from douane.vocabulary.errors import NoAgreement  # noqa: E402
from tests.as4.access_points import Platform1, Side1, mode_of  # noqa: E402
from tests.as4.test_sending import item, transport  # noqa: E402
from tests.contracts import toy  # noqa: E402

MEGABYTE = 1 << 20


def pushed(side: Side1, answer: Callable[[httpx.Request], httpx.Response]) -> str:
    """What a delivery becomes."""

    async def once() -> str:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://platform") as http:
            (attempt,) = await transport(side, http).send("as4:platform", [item("O1")])
            return str(attempt.outcome.value)

    return asyncio.run(once())


def main() -> None:
    """Play every case against a fresh pair."""
    platform = Platform1(Path(PLAN["folder"]))
    side = Side1(platform)
    packer = Packer(platform.certificates, platform.payloads, toy.Ids(seed="partner"))

    def said(message: Any, contents: Sequence[Any] = ()) -> Callable[[httpx.Request], httpx.Response]:
        made = packer.pack(mode_of(), message, contents, "T1", platform.clock.now())
        body, headers = made.whole(), {"content-type": made.content_type}
        return lambda _asked: httpx.Response(200, content=body, headers=headers)

    refusal = ErrorSignal("e1@platform", platform.clock.now(), "another@t1.example", (error_of(NoAgreement("no")),))
    receipt = Receipt("r1@platform", platform.clock.now(), "another@t1.example", ())
    flood = side.message(mode_of(), count=2)
    found = {
        "error of another message": pushed(side, said(refusal)),
        "receipt of another message": pushed(side, said(receipt)),
        "payloads": pushed(side, said(flood, [(info, [bytes(MEGABYTE)] * 4, 4 * MEGABYTE) for info in flood.parts])),
    }
    left = [each.stat().st_size for each in (Path(PLAN["folder"]) / "T1").rglob("*") if each.is_file()]
    print(json.dumps({"became": found, "left": sum(left)}))


main()
