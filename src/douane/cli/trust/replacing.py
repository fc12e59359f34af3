"""Having a file put in place of one by which a node works."""

from __future__ import annotations

import argparse
import secrets

from douane.cli.node_options import settings_of
from douane.cli.output import print_json
from douane.cli.proposing import say
from douane.configuration.settings import NodeSettings
from douane.operation.intervening import have_done
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.outcome import Asked, Outcome
from douane.vocabulary.errors import NotFound


def put_in_place(
    settings: NodeSettings, act: str, reason: str, content: bytes, account: str = ""
) -> tuple[str, Outcome]:
    """Lodge a file, and have the act done with it: its digest, and what came of it. Raises whatever judges the file."""
    digest = lodge(settings.data, content)
    (outcome,) = have_done(settings, [Asked(act, secrets.token_hex(16), digest, reason)], account)
    return digest, outcome


def replace(arguments: argparse.Namespace, act: str) -> int:
    """Lodge the file, and have the act done with it. Raises NotFound, and whatever judges the file."""
    if not arguments.file.is_file():
        raise NotFound(f"There is no file {arguments.file}.", remedy="Name the file that shall hold.")
    content = arguments.file.read_bytes()
    digest, outcome = put_in_place(settings_of(arguments), act, arguments.reason, content, arguments.account)
    if arguments.json:
        print_json({"digest": digest, "state": outcome.state, "more": outcome.reason, "proposal": outcome.digest,
                    "drawn": list(outcome.drawn)})  # fmt: skip
    else:
        say(digest, outcome)
    return 0
