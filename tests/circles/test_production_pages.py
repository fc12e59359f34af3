"""Pages in production: what a browser is told, what is there, and what of a node for development is not."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from douane.configuration.settings import settings_text
from douane.model.circles import Platform
from douane.pages.assets import addresses
from tests.pages.production import DOMAIN, SITES, Production, in_production, private_tls

pytestmark = pytest.mark.timeout(180)
SHOWN = ("douane.assembly.pages.proving", "douane.assembly.pages.entering", "douane.portal.start",
         "douane.trust.persons", "douane.trust.demo_registers", "douane.simulator", "douane.development")  # fmt: skip
"""What a node for development is made of beside a node: packages and modules."""
OF_THE_SHOW = {
    ("GET", "/as"), ("POST", "/switch"), ("POST", "/advance"), ("GET", "/report"), ("GET", "/report/index.html"),
    ("GET", "/authorize"),
    ("POST", "/authorize"), ("POST", "/token"), ("GET", "/jwks"), ("GET", "/.well-known/openid-configuration"),
    ("POST", "/as"),
}  # fmt: skip
PROGRAM = """
import asyncio, json, pathlib, sys
from douane.assembly.node import running
from douane.configuration.settings import read_settings

async def serve():
    async with running(read_settings(pathlib.Path(sys.argv[1]))) as node:
        modules = sorted(each for each in sys.modules if each.startswith("douane"))
        print(json.dumps({"sites": sorted(node.pages.routes), "modules": modules}))

asyncio.run(serve())
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with in_production(tmp_path_factory.mktemp("production")) as made:
        yield made


def test_nothing_of_a_show_is_imported_in_production(pages: Production, tmp_path: Path) -> None:
    """Asked of a process of its own, which has a node with every site and nothing else."""
    settings = pages.node.node.core.settings
    assert settings.pages is not None
    ours = replace(
        settings,
        data=tmp_path / "data",
        identity=settings.identity_folder,
        pages=replace(settings.pages, port=0, behind=()),
    )
    config = tmp_path / "douane.toml"
    config.write_text(settings_text(ours, place=True))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(config)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["sites"] == sorted(f"{site}.{DOMAIN}" for site in SITES)
    assert len(found["modules"]) > 300
    shown = [each for each in found["modules"] if each.startswith(tuple(f"{name}." for name in SHOWN)) or each in SHOWN]
    assert shown == []


def test_every_address_of_a_show_is_no_page_here(pages: Production) -> None:
    for site in SITES:
        for method, path in OF_THE_SHOW:
            assert pages.ask(method, pages.url(site) + path).status == 404, (site, path)
        entered = pages.ask("GET", pages.url(site) + "/enter?once=x")
        assert (entered.status, entered.cookies) == (401, ())
        assert b"douane enter" not in entered.body
        assert b"start page" not in pages.ask("GET", pages.url(site) + "/cases").body


@pytest.mark.parametrize(
    "host", ["localhost", "idp.localhost", "portal.localhost", "127.0.0.1", f"other.{DOMAIN}", DOMAIN, "evil.example"]
)
def test_a_host_that_settings_do_not_name_gets_421_whatever_it_asks_for(pages: Production, host: str) -> None:
    for path in ("/", "/cases", "/enter?once=x", addresses()["douane"], "/authorize", "/as"):
        for netloc in (host, f"{host}:{pages.port}"):
            found = pages.ask("GET", pages.url("portal") + path, host=netloc)
            assert (found.status, found.cookies) == (421, ())


def test_a_client_without_a_person_has_no_session(pages: Production) -> None:
    """Whoever writes the data folder may lay an entrance there; nobody becomes a client by it."""
    assert pages.node.node.pages is not None
    once = pages.node.node.pages.sessions.invite("trader.fr.lesquin", Platform.SPEED2)
    found = pages.ask("GET", f"{pages.url('portal')}/enter?once={once}")
    assert (found.status, found.cookies) == (401, ())


def test_no_provider_is_ours(pages: Production) -> None:
    """Where no file names a provider nobody signs in, whatever country he says."""
    for country in ("FR", "DE", "EU", "AT"):
        said = f"/begin?domain=customs&country={country}&actor=economic+operator"
        found = pages.ask("GET", pages.url("signin") + said)
        assert found.status == 422 or "location" not in found.headers
        assert b"Choose your country." in found.body


@pytest.mark.parametrize("site", SITES)
def test_every_answer_says_that_this_host_is_asked_by_tls_and_what_a_page_may_load(
    pages: Production, site: str
) -> None:
    for path in ("/", "/help", "/nothing", "/language?to=fr"):
        found = pages.ask("GET", pages.url(site) + path)
        assert found.headers["strict-transport-security"].startswith("max-age=31536000")
        policy = found.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "localhost" not in policy
        assert "http://" not in policy


def test_a_cookie_is_of_this_host_alone(pages: Production) -> None:
    (cookie,) = pages.ask("GET", pages.url("signin") + "/language?to=fr").cookies
    name, *attributes = cookie.split("; ")
    assert name == "__Host-douane-language=fr"
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(attributes)
    assert not any(each.lower().startswith("domain") for each in attributes)
    french = '<html lang="fr"'
    assert french in pages.ask("GET", pages.url("signin") + "/", cookie=name).body.decode()
    planted = pages.ask("GET", pages.url("signin") + "/", cookie="douane-language=fr")  # by a neighbour of the domain
    assert french not in planted.body.decode()


def test_a_file_is_kept_by_its_digest_and_one_of_another_release_is_served_and_not_kept(pages: Production) -> None:
    """Behind a balancer a page of one release asks a process of the other for its style sheet."""
    for path in addresses().values():
        found = pages.ask("GET", pages.url("portal") + path)
        assert (found.status, "immutable" in found.headers["cache-control"]) == (200, True)
        other = re.sub(r"\.[0-9a-f]{12}\.", ".0123456789ab.", path)
        instead = pages.ask("GET", pages.url("portal") + other)
        assert (instead.status, instead.headers["cache-control"], instead.body) == (200, "no-store", found.body)
    for none in ("x.0123456789ab.css", "douane.0123456789ab.js", "douane.css", "douane.0123456789AB.css", "../douane"):
        assert pages.ask("GET", f"{pages.url('portal')}/assets/{none}").status == 404


def test_a_proxy_that_was_not_asked_by_tls_is_answered_no_page(pages: Production) -> None:
    url = pages.url("portal") + "/help"
    assert pages.behind("GET", url, x_forwarded_proto="https", x_forwarded_for="192.0.2.7").status == 200
    for said in ({}, {"x_forwarded_proto": "http"}, {"x_forwarded_proto": "https, http"}, {"forwarded": "proto=https"}):
        found = pages.behind("GET", url, x_forwarded_for="192.0.2.7", **said)
        assert (found.status, found.cookies) == (421, ())
        assert found.headers["strict-transport-security"]


def test_a_certificate_that_is_put_in_the_place_of_another_is_shown_without_a_start(pages: Production) -> None:
    def shown() -> bytes:
        context = ssl.create_default_context(cafile=pages.tls.root)
        with (
            socket.create_connection(("127.0.0.1", pages.port), 20) as plain,
            context.wrap_socket(plain, server_hostname=f"portal.{DOMAIN}") as made,
        ):
            return made.getpeercert(True) or b""

    before = shown()
    private_tls(pages.tls.root.parent, tuple(f"{site}.{DOMAIN}" for site in (*SITES, "other")))
    for _ in range(200):
        with contextlib.suppress(ssl.SSLCertVerificationError):  # the former one, by the former root
            if shown() != before:
                return
        time.sleep(0.1)
    raise AssertionError("it is still the former one")
