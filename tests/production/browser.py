"""Chromium on the host outside, as a person has it: it trusts what was taken over there, and no flag helps it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.production.hosts import Host
from tests.production.shape import DOMAIN, OPENID, SAML, Shape

FLAGS: Final = ("--no-sandbox", "--disable-gpu")
"""Of a browser that root runs on a machine without a screen; none is about certificates."""
TOO_MUCH: Final = 429
PATIENCE: Final = 10
DEVICE: Final = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def trust(at: Host, root: bytes, home: str = "/root") -> None:
    """Take the root over, as whoever looks after the computer does."""
    at.write(f"{home}/customs.pem", root)
    at.run(
        f"mkdir -p {home}/.pki/nssdb; certutil -d sql:{home}/.pki/nssdb -N --empty-password; "
        f"certutil -d sql:{home}/.pki/nssdb -A -t C,, -n customs -i {home}/customs.pem"
    )


@contextlib.contextmanager
def chromium(shape: Shape, home: str = "/root") -> Iterator[Any]:
    """A browser of somebody whose folder is ``home``, as long as the block lasts."""
    from playwright.sync_api import sync_playwright

    begin = shape.folder / f"chromium-{Path(home).name}"
    inside = " ".join(
        shape.outside.inside("env", f"HOME={home}", f"TMPDIR={shape.folder}", "XDG_DATA_HOME=", "chromium")
    )
    begin.write_text(f'#!/bin/sh\nexec {inside} "$@"\n')
    begin.chmod(0o755)
    os.environ["TMPDIR"] = str(shape.folder)  # the browser's profile lies where both see it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(begin), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def signs_in(page: Any, shape: Shape, who: str, actor: str, country: str = "", **more: str) -> None:
    """As a person does it: as whom he comes, the pages of his provider, and back to the site of his circle."""
    for _ in range(PATIENCE):
        if page.goto(f"{shape.url('signin')}/?anew=yes").status != TOO_MUCH:
            break
        page.wait_for_timeout(2000)  # the first pages after a start cost more than a stranger's share
    form = page.locator("form[action='/begin']")
    form.locator("[name=country]").select_option(country or who[:2].upper())
    form.locator("[name=actor]").select_option(actor)
    for name, value in more.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button").click()
    proves(page, who)


def proves(page: Any, who: str) -> None:
    """Who he is, at the provider to which he was led."""
    page.wait_for_url(lambda url: url.startswith((OPENID, SAML)))
    if page.url.startswith(SAML):
        _by_saml(page, who)
        return
    for _ in range(2):  # who he is, then that UUM&DS may know it
        if not page.url.startswith(OPENID):
            break
        if page.locator("input[name=login]").count():
            page.locator("input[name=login]").fill(who)
            page.locator("input[name=password]").fill("x")
        with page.expect_navigation(wait_until="load"):
            page.locator("button[type=submit]").click()
    page.wait_for_url(_at_a_desk)


def _at_a_desk(url: str) -> bool:
    """Whether the way in ended: at a site that is neither the sign-in pages nor a provider."""
    return not url.startswith((OPENID, SAML, f"https://signin.{DOMAIN}", "about:"))


def _by_saml(page: Any, who: str) -> None:
    """samlify says as JSON what its page would post."""
    page.goto(f"{page.url}&login={who}")
    said = page.evaluate("JSON.parse(document.body.innerText)")
    page.set_content('<form method=post><input name="SAMLResponse"></form>')
    page.evaluate(
        """said => { const form = document.forms[0]; form.action = said.to;
        form.elements.SAMLResponse.value = said.response; form.submit(); }""",
        said,
    )
    page.wait_for_url(_at_a_desk)


def has_device(context: Any, page: Any) -> None:
    """A device that keeps passkeys, and whose owner is there."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
