"""Pages in production in Chromium, which trusts a private authority as an administration's computers do, and no more.

Somebody of Sweden signs in by an OpenID provider that others wrote. No flag ignores a certificate: before the root is
taken over the browser refuses the pages.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from douane.cli.main import main
from douane.configuration.settings import settings_text
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.reads import Read, reads_in
from douane.supervision.operating.declared import INVITE
from tests.circles.test_operators import ANNA, two_operators
from tests.circles.test_who_vouches import agreed
from tests.interoperability.test_foreign_provider import ABSENT, ACCOUNT, FOLDER, SWEDE, foreign
from tests.pages.chromium import MISSING, missing
from tests.pages.production import DOMAIN, Production, free_port, in_production
from tests.pages.test_passkey import LATVIA, deliver, signing_in, with_device

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
NO_CERTUTIL: Final = "No certutil on this machine: install libnss3-tools to let Chromium trust a private authority"
LIE: Final = "203.0.113.9"
JSON: Final = {"content-type": "application/json"}


@contextmanager
def chromium(home: Path) -> Iterator[Any]:
    """A browser of somebody whose folder is ``home``: what he trusts lies there."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing(MISSING)
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP *.{DOMAIN} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=arguments, env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": ""}
        )
        try:
            yield browser
        finally:
            browser.close()


def trust(home: Path, root: Path) -> None:
    """Take the root of the private authority over, as whoever looks after the computer does."""
    if shutil.which("certutil") is None:
        missing(NO_CERTUTIL)
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    for said in (("-N", "--empty-password"), ("-A", "-t", "C,,", "-n", "private", "-i", str(root))):
        subprocess.run(["certutil", "-d", f"sql:{store}", *said], check=True, capture_output=True, timeout=30)


@pytest.fixture(scope="module")
def sweden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """The node, the provider, and an account that Sweden states."""
    if not (FOLDER / "node_modules").exists():
        missing(ABSENT)
    folder, pages, port, secret = tmp_path_factory.mktemp("sweden"), free_port(), free_port(), secrets.token_urlsafe(24)
    at = f"http://localhost:{port}"
    providers = (
        f'[[provider]]\ncountry = "SE"\ntitle = "Svensk e-legitimation"\nissuer = "{at}"\nclient_id = "uumds"\n'
        f'secret = "{secret}"\ntype = "A"\n'
    )
    served = frozenset({"EU", "FR", "SE"})
    with (
        in_production(folder, providers, pages, serves=served) as made,
        foreign(port, f"https://signin.{DOMAIN}:{pages}/callback", secret, folder / "provider.log"),
    ):
        entry = {
            "account": ACCOUNT, "provider": at, "subject": "astrid", "name": "Astrid Lindqvist", "kind": "trader",
            "country": "SE", "eori": SWEDE, "roles": ["declarant"],
        }  # fmt: skip
        system, body = made.node.client("ccn2", "se.system"), json.dumps({"keeper": "EU", "accounts": [entry]}).encode()
        sent = system.ask("POST", "/accounts/v1/deliver", body, JSON)
        assert sent.status == 202, sent.body
        for _ in range(100):
            if system.ask("GET", f"/v1/messages/{sent.json['receipt']}").json["state"] == "handled":
                break
            time.sleep(0.05)
        else:
            raise AssertionError("the account is not handled")
        yield made


def entries(made: Production) -> list[Read]:
    """Who came in, as the log is told."""
    store = made.node.node.core.store
    rows = store.scan_log(Log.JOURNAL, keys.log_position(0, 0), keys.log_position(1, 0) - 1, 10_000)
    found = [row.content.octets for row in (JOURNAL.read(raw) for _, raw in rows) if row.kind is RowKind.READ]
    texts = [msgspec.msgpack.decode(each, type=Announcement).text for each in found]
    return [each for text in texts for each in reads_in(text) if each.operation == "enter"]


def signed_in(page: Any, made: Production) -> None:
    """As a person does it: whom he comes as, the pages of his provider, and back."""
    page.goto(made.url("signin"))
    page.get_by_label("Country").select_option("SE")
    page.get_by_label("You come as").select_option("economic operator")
    page.get_by_role("button", name="Go on to the provider of your country").click()
    page.wait_for_url("http://localhost:*/interaction/*")
    page.locator("input[name=login]").fill("astrid")
    page.locator("input[name=password]").fill("x")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()  # that UUM&DS may know who he is
    page.wait_for_url(f"{made.url('portal')}/**")


def test_a_browser_that_does_not_know_the_authority_shows_no_page(sweden: Production, tmp_path: Path) -> None:
    with chromium(tmp_path) as browser:
        page = browser.new_page()
        with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
            page.goto(sweden.url("portal"))


def test_a_person_signs_in_by_a_foreign_provider_and_his_word_on_where_he_is_counts_nothing(
    sweden: Production, tmp_path: Path
) -> None:
    trust(tmp_path, sweden.tls.root)
    with chromium(tmp_path) as browser:
        context = browser.new_context(extra_http_headers={"X-Forwarded-For": LIE, "Forwarded": f"for={LIE}"})
        page = context.new_page()
        assert page.goto(f"{sweden.url('portal')}/cases").status == 401
        signed_in(page, sweden)
        assert SWEDE in page.content()
        assert page.goto(f"{sweden.url('portal')}/cases").status == 200
        kept = [each for each in context.cookies() if each["domain"].endswith(DOMAIN)]
        assert {each["domain"] for each in kept} == {f"{site}.{DOMAIN}" for site in ("signin", "portal")}
        assert [each for each in kept if not each["name"].startswith("__Host-")] == []
        assert all(each["secure"] and each["httpOnly"] and each["sameSite"] == "Lax" for each in kept)
        assert page.evaluate("document.cookie") == ""
        refused = page.goto(f"https://centre.{DOMAIN}:{sweden.port}/")
        assert refused.status == 401, "no platform sees the session of another"
        for _ in range(100):
            if entries(sweden):
                break
            time.sleep(0.1)
        assert {(each.person, each.address) for each in entries(sweden)} == {(ACCOUNT, "127.0.0.1")}
        context.close()


def test_who_has_a_passkey_signs_in_by_it_once_two_operators_agreed_that_he_is_invited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    providers, config = '[[provider]]\ncountry = "LV"\ntitle = "Central"\ntype = "D"\n', tmp_path / "douane.toml"
    with in_production(tmp_path / "node", providers, serves=frozenset({"EU", "LV"})) as made:
        deliver(made.node)
        config.write_text(settings_text(made.node.node.core.settings, place=True))
        anna, ben = two_operators(made, config, capsys)
        words = ["passkey", "invite", "janis.ozols", "--country", "LV", "--config", str(config), "--reason", "asked"]
        assert main([*words, "--as", ANNA]) == 0
        link = capsys.readouterr().out.splitlines()[0]
        trust(tmp_path / "home", made.tls.root)
        with chromium(tmp_path / "home") as browser:
            page = browser.new_page()
            with_device(page)
            assert page.goto(link).status == 401, "nobody agreed yet"
            for who in (anna, ben):
                assert agreed(who, INVITE).status == 303
            page.goto(link)
            page.get_by_role("button", name="Make a passkey").click()
            page.wait_for_url("**/?anew=yes")
            signing_in(page, made.url("signin"))
            page.get_by_role("button", name="Sign in by passkey").click()
            page.wait_for_url(f"{made.url('portal')}/**")
            assert LATVIA in page.content()
            assert all(each["name"].startswith("__Host-") for each in page.context.cookies())
