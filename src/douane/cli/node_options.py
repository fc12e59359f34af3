"""The options by which a command finds the store of a node, and how it looks into it."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from douane.configuration import discovery
from douane.configuration.retaining import whole
from douane.configuration.settings import ROLES, NodeSettings, read_settings
from douane.runtime.store.ports import Reader
from douane.shared_services.auditing.cases import Cases
from douane.vocabulary.errors import DeclarationFault


def add_node(parser: argparse.ArgumentParser) -> None:
    """``--data`` and ``--config``."""
    parser.add_argument("--data", type=Path, help="data folder of the node (default: douane-data)")
    parser.add_argument("--config", type=Path, help="settings of the node (TOML)")


def add_person(parser: argparse.ArgumentParser) -> None:
    """``--as``: in whose name an act is asked for."""
    parser.add_argument(
        "--as", dest="account", metavar="ACCOUNT", default="",
        help="the operator in whose name it is asked for (operators.toml); he is told of it in the console",
    )  # fmt: skip


def add_start(parser: argparse.ArgumentParser) -> None:
    """Everything that a start may be told on the command line."""
    parser.add_argument("--config", type=Path, help="settings of the node (TOML)")
    parser.add_argument(
        "--development", action="store_true", default=None,
        help="the node makes its own identity where there is none: for trials on this machine, never for production",
    )  # fmt: skip
    parser.add_argument("--platform", help="doors to open, separated by commas (speed2,ccn2,uumds,cdco,operations)")
    parser.add_argument(
        "--store", help="where messages survive: sqlite:PATH, files:FOLDER, postgresql://USER@HOST/DATABASE or memory:"
    )
    parser.add_argument("--data", type=Path, help="folder of everything the node keeps (default: douane-data)")
    parser.add_argument("--processes", type=int, help="one core and the rest doors, under one supervisor (default: 1)")
    parser.add_argument("--workers", type=int, help="how many of them are cores that share a PostgreSQL store")
    parser.add_argument("--worker", type=int, help="which of the workers this core is, from 0")
    parser.add_argument("--role", choices=ROLES, help="what this process is: node, or core or doors joined by a link")
    parser.add_argument("--link", help="where core and doors meet: unix:FOLDER or tls://HOST:PORT")


def start_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """What ``add_start`` was given, as settings; None for what was not."""
    return {
        "platforms": arguments.platform, "store": arguments.store, "data": arguments.data,
        "processes": arguments.processes, "workers": arguments.workers, "worker": arguments.worker,
        "role": arguments.role, "links": arguments.link, "development": arguments.development,
    }  # fmt: skip


def country(text: str) -> str:
    """The type of an argument that names an administration."""
    if not re.fullmatch("[A-Za-z]{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no country code; write DE")
    return text.upper()


def settings_of(arguments: argparse.Namespace) -> NodeSettings:
    """The settings of the node meant."""
    return read_settings(arguments.config, data=arguments.data)


def reader_of(arguments: argparse.Namespace) -> Reader:
    """What is committed in its store, and what moved to its archive; the node may be running."""
    return whole(settings_of(arguments), store_reader_of(arguments))


def store_reader_of(arguments: argparse.Namespace) -> Reader:
    """What is committed in its store."""
    return discovery.open_reader(settings_of(arguments).store_address)


def cases_of(arguments: argparse.Namespace) -> Cases:
    """Its messages and cases."""
    return Cases(reader_of(arguments))


def clock_text(instant: int) -> str:
    """A time for people, in UTC to the millisecond."""
    return f"{dt.datetime.fromtimestamp(instant / 1e6, dt.UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + "Z"


def tell_unread(problems: Sequence[DeclarationFault]) -> None:
    """Say on standard error why the agreements with partners cannot be read, so that nobody knows who is silent."""
    for each in problems:
        print(f"douane: Which partners are silent is not known. {each.text}", file=sys.stderr)
