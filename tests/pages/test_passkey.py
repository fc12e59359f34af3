"""A person of a country without a provider makes a passkey in a real browser, and signs in by it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.cli.main import main
from douane.configuration.settings import PagesAt, settings_text
from douane.identity.federating.central import ISSUER
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.chromium import AXE, NO_AXE, missing
from tests.pages.test_browser import opened

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
LATVIA, ACCOUNT = "LV40003123456", "lv.janis.ozols"
DEVICE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
          "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


def deliver(node: Standing) -> None:
    """The account of the person, as his administration delivers it."""
    entry = {
        "account": ACCOUNT, "provider": ISSUER, "subject": "janis.ozols", "name": "Jānis Ozols",
        "kind": "trader", "country": "LV", "eori": LATVIA, "roles": ["declarant"],
    }  # fmt: skip
    system, body = node.client("ccn2", "lv.system"), json.dumps({"keeper": "EU", "accounts": [entry]}).encode()
    sent = system.ask("POST", "/accounts/v1/deliver", body, {"content-type": "application/json"})
    assert sent.status == 202, sent.body
    for _ in range(100):
        if system.ask("GET", f"/v1/messages/{sent.json['receipt']}").json["state"] == "handled":
            break
        time.sleep(0.05)
    else:
        raise AssertionError("the account is not handled")


@pytest.fixture(scope="module")
def latvia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Standing, Path]]:
    folder = tmp_path_factory.mktemp("latvia")
    identity = identity_in(folder)
    (identity.folder / "providers.toml").write_text('[[provider]]\ncountry = "LV"\ntitle = "Central"\ntype = "D"\n')
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS) as node:
        deliver(node)
        yield node, folder


def invited(node: Standing, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The link that the command prints."""
    config = folder / "douane.toml"
    config.write_text(settings_text(node.node.core.settings, place=True))
    capsys.readouterr()
    assert main(["passkey", "invite", "janis.ozols", "--country", "LV", "--config", str(config)]) == 0
    return capsys.readouterr().out.strip()


def with_device(page: Any) -> tuple[Any, str]:
    """A device of the person, and the tools that tell it what to do."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def signing_in(page: Any, site: str) -> None:
    """As whom he comes; the page that asks for his passkey. site: the address of the sign-in pages."""
    page.goto(f"{site}/?anew=yes")
    page.get_by_label("Country").select_option("LV")
    page.get_by_label("You come as").select_option("economic operator")
    page.get_by_role("button", name="Go on to the provider of your country").click()
    assert "/passkey?flow=" in page.url


def test_a_person_makes_a_passkey_and_signs_in_by_it(
    browser: Any, latvia: tuple[Standing, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    node, data = latvia
    assert node.node.pages is not None
    site = node.node.pages.url("signin")
    with opened(browser) as page:
        tools, device = with_device(page)
        link = invited(node, data, capsys)
        page.goto(link)
        page.get_by_role("button", name="Make a passkey").click()
        page.wait_for_url("**/?anew=yes")
        assert len(tools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
        page.goto(link)
        assert "was used, is older than a day" in page.content()
        signing_in(page, site)
        if AXE.exists():
            page.evaluate(AXE.read_text())
            assert page.evaluate("axe.run().then(found => found.violations.map(each => each.id))") == []
        page.get_by_role("button", name="Sign in by passkey").click()
        page.wait_for_url(f"{node.node.pages.url('portal')}/**")
        assert LATVIA in page.content()

        tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        signing_in(page, site)
        page.get_by_role("button", name="Sign in by passkey").click()
        page.get_by_role("alert").wait_for()
        assert "made no use of a passkey" in page.get_by_role("alert").inner_text()
    if not AXE.exists():
        missing(NO_AXE)


def test_without_scripts_the_page_says_what_it_needs(browser: Any, latvia: tuple[Standing, Path]) -> None:
    node, _ = latvia
    assert node.node.pages is not None
    with opened(browser, java_script_enabled=False) as page:
        signing_in(page, node.node.pages.url("signin"))
        assert "your browser has to run it" in page.content()
        page.get_by_role("button", name="Sign in by passkey").click()
        assert "No passkey came with this form" in page.content()
