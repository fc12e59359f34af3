"""The options by which a command finds the store of a node, and how it looks into it."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path

from douane.assembly import discovery
from douane.assembly.retaining import whole
from douane.assembly.settings import NodeSettings, read_settings
from douane.runtime.store.ports import Reader
from douane.shared_services.auditing.cases import Cases


def add_node(parser: argparse.ArgumentParser) -> None:
    """``--data`` and ``--config``."""
    parser.add_argument("--data", type=Path, help="data folder of the node (default: douane-data)")
    parser.add_argument("--config", type=Path, help="settings of the node (TOML)")


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
