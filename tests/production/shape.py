"""The shape that counts: a front with a proxy, a core with PostgreSQL, browsers and identity providers outside.

Everything of the product is set up by the commands of ``docs/deploy.md``, from the files of a release. What is not of
the product is the harness's own: names and lines between the hosts, the providers, which others wrote, and cards for
the programs that the journeys of the suite let speak.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from douane.identity.principals import Delegation
from douane.identity.register import Client, Register
from douane.model.circles import ActorKind
from douane.trust.demo import DemoClient, demo_clients
from douane.trust.persons import accounts
from tests.production.hosts import HOME, Failed, Host, host, lacking, line
from tests.production.page import Sections

ROOT: Final = Path(__file__).parents[2]
SYSTEMCTL: Final = ROOT / "tests/production/systemctl.py"
DOMAIN: Final = "customs.example"
SITES: Final = ("signin", "desk", "portal", "centre", "console")
DOORS: Final = {"speed2": 8443, "ccn2": 8444, "uumds": 8445, "cdco": 8446, "operations": 8447}
FRONT, CORE, OUTSIDE, VISITOR = "10.25.1.1", "10.25.1.2", "10.25.0.1", "10.25.0.2"
"""Addresses: of the front inside and outside, of the core, of the browser."""
OPENID, SAML = f"https://id.{DOMAIN}", f"https://saml.{DOMAIN}"
SERVES: Final = ("EU", "AT", "BE", "DE", "FI", "FR", "LV", "SE")
SECRET: Final = secrets.token_urlsafe(24)
PUBLISHER: Final = DemoClient(
    "publisher.eu", ActorKind.COMMISSION, administration="EU", roles=frozenset({"reference data publisher"})
)
"""Who sends what cannot be handled, so that something is set aside."""
PROGRAMS: Final = {
    each.id: each
    for each in (*demo_clients(), PUBLISHER)
    if each.id.startswith(("trader.", "representative.", "commission.", "operator", "fr.expert", "publisher."))
    or each.administration in SERVES
}
"""Programs that speak beside the persons, by their names: cards are issued for them."""
INSTEAD: Final = {
    'name = "de"': 'name = "centre"',
    'administrations = ["DE"]\n': f"serves = {json.dumps(SERVES)}\n",
    "what the provider said": SECRET,
}
"""What this union says in place of the examples of the page."""
FOUND: Final = {
    "nginx": "nginx",
    "chromium": "Chromium",
    "certutil": "certutil (libnss3-tools)",
    "openssl": "openssl",
    "node": "node",
    "curl": "curl",
    "pg_createcluster": "PostgreSQL",
}
PEERS: Final = {"oidc": "oidc-provider (tools/oidc.sh)", "saml": "samlify (tools/saml.sh)"}
CARDS: Final = """export CIRCLE=none; while read -r id circle; do
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout cards/$id.key -subj "/CN=$id" |
    openssl x509 -req -CA identity/$circle.pem -CAkey $circle.key -days 730 -extfile authority.cnf \\
      -extensions client -out cards/$id.pem
  echo $id $(openssl x509 -in cards/$id.pem -outform DER | openssl dgst -sha256 -binary | basenc --base64url | tr -d =)
done"""


def absent(dist: Path) -> list[str]:
    """What is not here of what a run needs, each by its name."""
    found = lacking() + [name for command, name in FOUND.items() if shutil.which(command) is None]
    found += [name for peer, name in PEERS.items() if not (ROOT / "build" / peer / "node_modules").exists()]
    return found + ([] if list(dist.glob("douane-*-offline-*.tar.gz")) else [f"a release in {dist} (make release)"])


@dataclass
class Shape:
    """The hosts, and what is known of them. cards: the folder with the cards of programs, on this machine."""

    front: Host
    core: Host
    outside: Host
    authority: Host
    folder: Path
    page: Sections = field(default_factory=lambda: Sections(INSTEAD))

    def url(self, site: str) -> str:
        """The public address of a site."""
        return f"https://{site}.{DOMAIN}"

    @property
    def cards(self) -> Path:
        """The folder with the cards of programs, on this machine."""
        return self.folder / "cards"

    def install(self, dist: Path) -> None:
        """From an empty Debian to a node that is sound. Raises Failed."""
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda at: self._product(dist, at), (self.core, self.front)))
        self._authorities()
        self.core.run(
            "rm -rf /etc/postgresql/*/main /var/lib/postgresql/*/main; install -d -o postgres /run/postgresql;"
            "pg_createcluster $(ls /usr/lib/postgresql | tail -1) main; systemctl start postgresql"
        )  # as Debian's package leaves it
        self.page.do("The database", self.core)
        self.page.do("The node", self.core)
        self._pages()
        self._vouching()

    def _product(self, dist: Path, at: Host) -> None:
        for each in dist.iterdir():
            at.write(f"{HOME}/{each.name}", each.read_bytes())
        at.run(
            "openssl pkeyutl -verify -pubin -inkey release.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig;"
            "sha256sum --check --strict SHA256SUMS",
            folder=HOME,
        )
        self.page.do("The product", at)

    def judged(self) -> str:
        """What the doctor says of both: a warning is told, a fault is none. Raises Failed."""
        said = []
        for each in (self.core, self.front):
            try:
                said.append(self.page.do("Start", each, only=slice(0, 1)))
            except Failed as doubt:
                if "0 faults" not in str(doubt):
                    raise
                said.append("".join(str(doubt).splitlines(keepends=True)[1:]))
        return "; ".join(f"{at}: {' '.join(told.split())}" for at, told in zip(("core", "front"), said, strict=True))

    def start(self) -> str:
        """Start it, and wait until every part works; what it says of its health. Raises Failed."""
        self.page.do("Start", self.core, only=slice(1, 2))
        asked = "runuser -u douane -- douane health --config /etc/douane/douane.toml"
        self.core.run(f"for each in $(seq 120); do {asked} && exit; sleep 0.5; done; cat /var/log/douane.out; exit 1")
        told = self.page.do("Start", self.core, only=slice(2, 3))
        self.page.do("Start", self.front, only=slice(1, 2))
        self.outside.run(f"{self.shown('signin')} || exit 1")
        return told

    def shown(self, site: str) -> str:
        """A script that waits until a site is shown."""
        asked = f"curl -sf -o /dev/null --cacert /etc/nginx/root.pem {self.url(site)}/help"
        return f"for each in $(seq 240); do {asked} && exit; sleep 0.25; done; false"

    def _authorities(self) -> None:
        self.page.do("Authorities", self.authority, only=slice(0, 2))
        wanted = [each for each in PROGRAMS.values() if each.id != "de.system"]
        asked = "".join(f"{each.id} {each.kind.circle.value}\n" for each in wanted)
        made = self.authority.run(f"mkdir cards; {CARDS}", folder=HOME, given=asked.encode())
        thumbs = dict(each.split() for each in made.splitlines())
        more = Register(_client(each, thumbs[each.id]) for each in wanted).toml()
        self.authority.run("cat >> identity/clients.toml", folder=HOME, given=f"\n{more}".encode())
        self.authority.run("cp clients/* cards/", folder=HOME)
        self.cards.mkdir()
        for name in self.authority.run("ls cards", folder=HOME).split():
            (self.cards / name).write_bytes(self.authority.read(f"{HOME}/cards/{name}"))
        (self.cards / "root.pem").write_bytes(self.authority.read(f"{HOME}/identity/root.pem"))
        self.authority.run("mkdir key; mv tokens.key key", folder=HOME)
        self.authority.carry(f"{HOME}/key", self.core, "/etc/douane/identity")
        for each in (self.core, self.front):
            self.authority.carry(f"{HOME}/identity", each, "/etc/douane/identity")
            self.page.do("Authorities", each, only=slice(2, 3))

    def _pages(self) -> None:
        self.authority.run("mkdir pages")
        self.page.do("Pages for people", self.authority, folder="/pages", only=slice(0, 1))
        for name in ("root.pem", "pages.pem", "pages.key"):
            made = self.authority.read(f"/pages/{name}")
            for each in (self.core, self.front):
                each.write(f"/etc/douane/{name}", made)
        self.page.do("Pages for people", self.core, only=slice(1, 3))
        self.page.do("Pages for people", self.front, only=slice(1, 2))
        self.page.do("Pages for people", self.front, only=slice(3, 6))

    def _vouching(self) -> None:
        """The providers, which others wrote, behind a proxy that speaks TLS; and what the node is told of them."""
        self.authority.run(
            "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ids.key -subj /CN=ids "
            f"-addext subjectAltName=DNS:id.{DOMAIN},DNS:saml.{DOMAIN} |"
            "openssl x509 -req -CA root.pem -CAkey root.key -days 30 -copy_extensions copy -out ids.pem;"
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout saml.key "
            "-out saml.pem -days 30 -subj /CN=saml",
            folder="/pages",
        )
        for name in ("ids.pem", "ids.key", "saml.pem", "saml.key"):
            self.outside.write(f"/etc/nginx/{name}", self.authority.read(f"/pages/{name}"), "600")
        served = "".join(
            f"server {{ listen 443 ssl; server_name {at.removeprefix('https://')};\n"
            "ssl_certificate /etc/nginx/ids.pem; ssl_certificate_key /etc/nginx/ids.key;\n"
            f"location / {{ proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host;\n"
            "proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Forwarded-For $remote_addr; } }\n"
            for at, port in ((OPENID, 3001), (SAML, 3002))
        )
        self.outside.write("/etc/nginx/sites-enabled/default", served.encode())
        self.outside.run("systemctl restart nginx")
        self.outside.write(f"{HOME}/relying.xml", b"")
        for peer in PEERS:
            self.outside.run(f"cp {ROOT}/tools/{peer}/provider.mjs {ROOT}/build/{peer}/provider.mjs")
        redirect = f"{self.url('signin')}/callback"
        keep = "</dev/null >/var/log/ids.out 2>&1 & sleep 0.1"
        trust = "NODE_EXTRA_CA_CERTS=/etc/nginx/root.pem"
        self.outside.write("/etc/nginx/root.pem", self.authority.read("/pages/root.pem"))
        self.outside.run(f"cd {ROOT}/build/oidc; AT={OPENID} {trust} node provider.mjs 3001 {redirect} {SECRET} {keep}")
        self.outside.run(
            f"cd {ROOT}/build/saml; AT={SAML} node provider.mjs 3002 /etc/nginx/saml.key "
            f"/etc/nginx/saml.pem {HOME}/relying.xml {keep}"
        )
        ready = (
            f"for each in $(seq 100); do curl -sf --cacert /etc/nginx/root.pem {SAML}/metadata && exit; sleep 0.1; done"
        )
        metadata = self.outside.run(f"{ready}; cat /var/log/ids.out; exit 1")
        others = "".join(
            f'\n[[provider]]\ncountry = "{code}"\ntitle = "Identity of {code}"\nissuer = "{OPENID}"\n'
            f'client_id = "uumds"\nsecret = "{SECRET}"\ntype = "A"\n'
            for code in ("AT", "BE", "EU", "FR")
        )
        others += (
            f'\n[[provider]]\ncountry = "FI"\ntitle = "Identity of FI"\nprotocol = "saml"\n'
            f'issuer = "{SAML}/metadata"\nmetadata = "fi.xml"\ntype = "A"\n'
            f'metadata_sha256 = "{hashlib.sha256(metadata.encode()).hexdigest()}"\n'
        )
        for each in (self.core, self.front):
            self.page.do("Who vouches for persons", each, only=slice(0, 1))
            each.run("cat >> /etc/douane/identity/providers.toml", given=others.encode())
            self.page.do("Who vouches for persons", each, only=slice(1, 2))
            each.write("/etc/douane/identity/fi.xml", metadata.encode())
            each.run("chown douane:douane /etc/douane/identity/fi.xml")

    def known_to_saml(self) -> None:
        """Hand our metadata to the provider, as whoever looks after it does."""
        self.outside.run(f"curl -sf --cacert /etc/nginx/root.pem {self.url('signin')}/saml > {HOME}/relying.xml")

    def officer(self) -> str:
        """Deliver the account of the first officer, as the page says."""
        for name in ("root.pem", "de.system.pem", "de.system.key"):
            place = "identity" if name == "root.pem" else "clients"
            self.core.write(f"{HOME}/{place}/{name}", (self.cards / name).read_bytes(), "600")
        return self.page.do("The first officer", self.core)

    def voucher(self) -> str:
        """A link for one who becomes an operator."""
        return self.page.do("The first operators", self.core).strip()


def _client(each: DemoClient, thumbprint: str) -> Client:
    """A program as the register has it."""
    delegations: Sequence[Delegation] = each.delegations
    return Client(
        id=each.id,
        kind=each.kind,
        country=each.country,
        eori=each.eori,
        administration=each.administration,
        roles=each.roles,
        certificates=(thumbprint,),
        delegations=tuple(delegations),
        person=each.person,
    )


def persons() -> Mapping[str, list[dict[str, object]]]:
    """The accounts of the persons of the journeys, by who delivers them."""
    clients = [_client(each, "") for each in PROGRAMS.values()]
    found: dict[str, list[dict[str, object]]] = {}
    for keeper, entries in accounts(clients, OPENID):
        for each in entries:
            found.setdefault(f"{keeper} {each['country']}", []).append(each)
    return found


@contextlib.contextmanager
def shape(folder: Path) -> Iterator[Shape]:
    """The hosts as long as the block lasts, joined, and with names for each other. folder: shared with the browser."""
    with host("front") as front, host("core") as core, host("outside", (folder,)) as outside, host("ca") as authority:
        line(outside, VISITOR, front, OUTSIDE)
        line(front, FRONT, core, CORE)
        sites = " ".join(f"{each}.{DOMAIN}" for each in SITES)
        doors = " ".join(f"{each}.{DOMAIN}" for each in DOORS)
        names = f"127.0.0.1 localhost\n{VISITOR} id.{DOMAIN} saml.{DOMAIN}\n{OUTSIDE} {sites}\n{CORE} {doors}\n"
        for each in (front, core, outside, authority):
            each.write("/etc/hosts", names.encode())
            each.write("/usr/local/sbin/systemctl", b"#!/usr/bin/python3\n" + SYSTEMCTL.read_bytes(), "755")
            each.write("/usr/local/sbin/apt", b'#!/bin/sh\nshift; dpkg -s "$@" >/dev/null\n', "755")
        yield Shape(front, core, outside, authority, folder)


__all__ = ["Failed", "Shape", "absent", "persons", "shape"]
