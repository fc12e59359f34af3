"""The sites of a node's pages: what each is called, whose it is, and under which host a browser finds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from douane.configuration.settings import PagesAt
from douane.identity.federating.central import PASSING
from douane.model.circles import Platform

FOLDER: Final = PASSING
WHERE: Final = "pages.json"
"""The file in the data folder in which a running node says at which address each of its sites is."""
HOSTS: Final = {
    "start": "localhost", "portal": "portal.localhost", "desk": "desk.localhost", "centre": "centre.localhost",
    "signin": "signin.localhost", "idp": "idp.localhost", "console": "console.localhost",
}  # fmt: skip
"""The host of each site of a node for development that has no name of its own below ``localhost``."""
SITES: Final = {
    Platform.SPEED2: "portal", Platform.CCN2: "desk", Platform.CDCO: "centre", Platform.OPERATIONS: "console",
}  # fmt: skip
PLATFORMS: Final[Mapping[str, Platform]] = {name: platform for platform, name in SITES.items()}
BEHIND: Final = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)
"""The platforms whose pages call through a door; the console is told by its node."""


def host_of(site: str, pages: PagesAt) -> str:
    """The host of a site of a node: of its public address where it has one, else below ``localhost``."""
    if site in pages.public:
        return urlsplit(pages.public[site]).hostname or ""
    name, _, root = HOSTS[site].rpartition(".")
    return ".".join(part for part in (name, pages.under, root) if part)


def address_of(site: str, pages: PagesAt, port: int) -> str:
    """Where a browser finds a site. port: at which pages for development listen."""
    return pages.public.get(site) or f"http://{host_of(site, pages)}:{port}"
