"""The front of a node under test: the certificate of its pages, who vouches for persons, and one who is known."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from crash.messages import operators
from crash.node import DOMAIN, SITES, public
from crash.system import LoadClient
from crash.visiting import Plan
from douane.trust.demo import REPRESENTED
from tests.pages.production import private_tls
from tests.pages.provider import entry, providing

MODULE = "crash.visiting"
EORI, SUBJECT = "FR40123456700017", "anne"


@dataclass(frozen=True, slots=True)
class Front:
    """Pages at a port, and a provider at another one, on the folder of a campaign."""

    folder: Path
    port: int
    provider: int

    @property
    def identity(self) -> Path:
        """Where the node's identity lies: a copy of its own, without the keys of authorities."""
        return self.folder / "identity"

    @property
    def tls(self) -> Path:
        """Where the certificate of the pages lies."""
        return self.folder / "tls"

    def make(self, identity: Path) -> None:
        """Lay out what the node needs. identity: what authorities issued for it."""
        shutil.copytree(identity, self.identity)
        (self.identity / "providers.toml").write_text(entry("FR", self.provider))
        private_tls(self.tls, tuple(f"{site}.{DOMAIN}" for site in SITES))

    @contextlib.contextmanager
    def vouching(self) -> Iterator[None]:
        """The provider, as long as the block lasts."""
        with providing(self.provider, f"{public(self.port, SITES)['signin']}/callback", SUBJECT):
            yield

    def account(self) -> bytes:
        """Who the person is, as an administration states it."""
        said = {
            "account": "fr.anne.martin", "provider": f"http://localhost:{self.provider}", "subject": SUBJECT,
            "name": "Anne Martin", "kind": "trader", "country": "FR", "eori": EORI, "roles": [REPRESENTED],
        }  # fmt: skip
        return json.dumps({"keeper": "EU", "accounts": [said]}).encode()

    def load(self, browsers: int, seed: int, pause: float) -> LoadClient:
        """Browsers of the person."""
        plan = Plan(str(self.tls / "root.pem"), self.port, browsers, str(self.folder / "browsers.forms"), seed, pause)
        path = self.folder / "visiting.json"
        path.write_bytes(msgspec.json.encode(plan))
        return LoadClient.start(path, MODULE)


def firms(traders: int) -> bytes:
    """What the register of operators holds of the traders and their holder."""
    return msgspec.json.encode(operators(traders))
