"""``douane health``: whether a node that runs can work, part by part, as its operator's door says."""

from __future__ import annotations

import argparse
import http.client
import json
import ssl

from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.settings import NodeSettings
from douane.platforms.operations.entry import READY
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import CoreUnreachable, NotFound

SECONDS = 4.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - where to ask who listens everywhere


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane health --config douane.toml",
        codes="exit codes: 0 every part works; 1 one does not; 2 nobody answers",
    )  # fmt: skip
    parser.add_argument(
        "--port", type=int, default=0, help="port of the operator's door (default: that of the settings)"
    )
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask, and say what each part said."""
    settings = settings_of(arguments)
    status, said = asked(settings, arguments.port or settings.ports["operations"])
    if arguments.json:
        print_json(said)
    else:
        print(said.get("status", status))
        print(table([*said.get("parts", {}).items(), *said.get("notes", {}).items()]))
    return 0 if status == 200 else 1


def asked(settings: NodeSettings, port: int) -> tuple[int, dict[str, dict[str, str]]]:
    """Status and answer of the door. The certificate is that of the node's own folder, whatever its name.

    Raises CoreUnreachable where nobody answers, NotFound where no node was ever started.
    """
    files = DevelopmentIdentity(settings.identity_folder)
    trusted = files.root if files.root.exists() else files.server_certificate
    if not trusted.exists():
        raise NotFound(
            f"There is no identity in {settings.identity_folder}.",
            remedy="Start the node once, or name its --data folder.",
        )
    context = ssl.create_default_context(cafile=str(trusted))
    context.check_hostname = False  # it is asked where it listens, and its chain is ours
    host = _ANY.get(settings.host, settings.host)
    door = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
    try:
        door.request("GET", READY.path)
        answer = door.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise CoreUnreachable(
            f"Nobody answers at {host}, port {port}: {problem}.", remedy="Start the node, or name its port."
        ) from problem
    finally:
        door.close()
