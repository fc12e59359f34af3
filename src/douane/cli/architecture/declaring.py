"""``douane architecture declare``: send a signed snapshot to a node of the union, and say what it answers."""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.channels.rest.client import ANSWERS, Identity, Partner
from douane.cli.output import add_json, describe, print_json
from douane.configuration.ports import SystemIds
from douane.model.discovery import services
from douane.model.needs import DECLARE_SYSTEMS
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import NotFound, PartnerUnreachable

WAIT_SECONDS: Final = 20.0


def add_declare(ways: Any) -> None:
    """The command among those of ``douane architecture``."""
    text = "send a signed snapshot to a node of the union over CCN2, and say what it answers"
    parser = ways.add_parser("declare", help=text, description=text.capitalize() + ".")
    describe(
        parser,
        "douane architecture declare be.jws --to https://centre.example:8444 --key be.key --certificate be.pem "
        "--root root.pem",
        codes="exit codes: 0 it is taken over; 2 it is refused, and why, or not answered yet",
    )
    parser.add_argument("file", type=Path, help="what douane architecture snapshot wrote")
    parser.add_argument("--to", required=True, metavar="URL", help="the CCN2 door")
    parser.add_argument("--key", required=True, type=Path, help="private key of the administration's system (PEM)")
    parser.add_argument("--certificate", required=True, type=Path, help="the certificate of that key (PEM)")
    parser.add_argument("--root", required=True, type=Path, help="the authority that vouches for the door (PEM)")
    add_json(parser)


def declare(arguments: argparse.Namespace) -> int:
    """Send it and wait for the answer in the inbox, of which nothing else is taken."""
    answer = asyncio.run(_declared(arguments))
    if answer is None:
        raise PartnerUnreachable(
            f"{arguments.to} has taken the message and not answered it within {WAIT_SECONDS:.0f} seconds.",
            remedy="Collect the answer from the inbox later.",
        )
    if arguments.json:
        print_json(answer)
    elif "code" in answer:
        print(f"{arguments.to} refuses it: {answer['reason']} {answer['remedy']} ({answer['code']})")
    else:
        print(f"{arguments.to}: snapshot {answer['number']} of {answer['administration']} is taken over")
    return 2 if "code" in answer else 0


async def _declared(arguments: argparse.Namespace) -> dict[str, Any] | None:
    """What the node answers; None where it has not within the time. Raises PartnerRefused for a caller it refuses."""
    catalogue = Catalogue(services())
    operation = catalogue.filling(DECLARE_SYSTEMS)
    if not operation:
        raise NotFound("Nothing that is installed takes over what administrations declare.",
                       remedy="Install the application of the architecture.")  # fmt: skip
    statement = arguments.file.read_bytes().strip()
    partner = Partner(arguments.to.rstrip("/"), Identity(arguments.certificate, arguments.key, arguments.root))
    try:
        own = SystemIds().random(16).hex()
        await partner.call(operation, msgspec.json.encode({"statement": statement.decode("ascii", "replace")}), own)
        return await _answer(partner, own)
    finally:
        await partner.close()


async def _answer(partner: Partner, own: str) -> dict[str, Any] | None:
    """The answer to a message in the inbox, acknowledged; what else waits there stays for whoever collects it."""
    after, end = "", time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        items, after = await partner.collect(after, 2.0)
        for item in items:
            if item[ANSWERS] == own:
                await partner.acknowledge(item["id"])
                return dict(msgspec.json.decode(item["body"]))
    return None
