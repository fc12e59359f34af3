"""How a command asks a node at CCN2 and tells it something, by what it needs and never by the name of an operation."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.channels.rest.client import Identity, Partner
from douane.configuration import discovery
from douane.configuration.ports import SystemIds
from douane.configuration.settings import Uplink, read_settings
from douane.model.needs import Need
from douane.runtime.catalogue.catalogue import Catalogue
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable

_PATIENCE: Final = 30.0


def add_way(parser: argparse.ArgumentParser) -> None:
    """``--config``, or ``--at`` with ``--client`` and ``--identity``."""
    parser.add_argument("--config", type=Path, help="settings of the own node: its uplink is the way to the centre")
    parser.add_argument("--at", default="", metavar="URL", help="CCN2 of the centre, where no settings say it")
    parser.add_argument("--client", default="", help="as whom to call, with --at (fr.system)")
    parser.add_argument("--identity", type=Path, metavar="FOLDER", help="where its certificate and the root are")


async def answered(
    arguments: argparse.Namespace, need: Need, said: Mapping[str, object], answers: Sequence[str]
) -> tuple[str, dict[str, Any]]:
    """The answer to a message, whoever collects it meanwhile: its type, one of ``answers``, and its content."""
    centre = _centre(arguments)
    try:
        id = SystemIds().random(12).hex()  # the same said again later is another message
        receipt = await centre.call(_operation(need), msgspec.json.encode(said), id)
        async with asyncio.timeout(_PATIENCE):
            while True:
                found = (await centre.status(receipt["receipt"]))["answers"]
                if (answer := next((each for each in found if each["type"] in answers), None)) is not None:
                    return answer["type"], json.loads(answer["body"])
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise PartnerUnreachable("The centre took it and has not answered.", remedy="Ask it with show.") from None
    finally:
        await centre.close()


def asked(arguments: argparse.Namespace, need: Need, question: Mapping[str, object]) -> Any:
    """The answer to a question."""

    async def ask() -> Any:
        centre = _centre(arguments)
        try:
            return await centre.call(_operation(need), msgspec.json.encode(question))
        finally:
            await centre.close()

    return asyncio.run(ask())


def _operation(need: Need) -> str:
    """The operation that meets a need."""
    return Catalogue(discovery.services()).filled(need).qualified


def _centre(arguments: argparse.Namespace) -> Partner:
    """The centre by the uplink of the settings, or by the options."""
    route: Uplink | None = None
    if arguments.at and arguments.client and arguments.identity is not None:
        route = Uplink(arguments.at, arguments.client, arguments.identity)
    elif arguments.config is not None:
        route = read_settings(arguments.config).uplink
    if route is None:
        raise DeclarationFault(
            "Nothing says how the centre is reached.",
            remedy="Name settings with an uplink (--config), or --at, --client and --identity.",
        )
    files = DevelopmentIdentity(route.identity)
    client = files.client(route.client)
    return Partner(route.url, Identity(client.certificate, client.key, files.root))
