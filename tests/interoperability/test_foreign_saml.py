"""A person of Finland signs in by a SAML identity provider that others wrote (samlify)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from douane.configuration.settings import PagesAt
from douane.standards.xml_signature.tests.certified import certify
from tests.architecture.tree import REPOSITORY
from tests.interoperability.test_foreign_provider import free_port
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.chromium import missing
from tests.pages.visitor import Seen, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
FOLDER = REPOSITORY / "build" / "saml"
ABSENT = "No samlify in build/saml: run tools/saml.sh to sign in by a SAML provider that others wrote"
FINLAND, ACCOUNT = "FI12345678", "fi.aino.virtanen"


class Provider:
    """The foreign provider: its place, its keys, and what the node knows of it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.at = f"http://localhost:{port}"
        self.metadata = folder / "identity-fi.xml"
        self.roll()

    def roll(self) -> None:
        """A new key, with its certificate."""
        key = rsa.generate_private_key(65537, 2048)
        written = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        (self.folder / "key.pem").write_bytes(written)
        (self.folder / "card.pem").write_bytes(certify("provider", key).certificate.public_bytes(Encoding.PEM))

    @contextmanager
    def running(self, relying: str) -> Iterator[None]:
        """As long as the block lasts. ``relying``: our metadata."""
        shutil.copy(REPOSITORY / "tools" / "saml" / "provider.mjs", FOLDER / "provider.mjs")
        files = [self.folder / "key.pem", self.folder / "card.pem", self.folder / "relying.xml"]
        files[2].write_text(relying)
        log = self.folder / "log"
        with log.open("wb") as kept, subprocess.Popen(
            ["node", "provider.mjs", str(self.port), *map(str, files)], cwd=FOLDER, env={**os.environ, "DEBUG": ""},
            stdout=kept, stderr=kept,
        ) as process:  # fmt: skip
            try:
                for _ in range(400):
                    if b"ready" in log.read_bytes():
                        break
                    assert process.poll() is None, log.read_text()
                    time.sleep(0.05)
                yield
            finally:
                process.terminate()


class Finn(Visitor):
    """A person who comes by the foreign provider."""

    def __init__(self, node: Standing, provider: Provider) -> None:
        assert node.node.pages is not None
        self.pages, self.provider = node.node.pages, provider
        super().__init__(self.pages.port)

    def begin(self, **more: str) -> Seen:
        """What the browser is sent to the provider with, not followed."""
        said = {"domain": "customs", "country": "FI", "actor": "economic operator", "identifier": "", "acting_for": "",
                **more}  # fmt: skip
        return self.ask("GET", f"{self.pages.url('signin')}/begin?{urlencode(said)}")

    def answered(self, login: str, **more: str) -> dict[str, str]:
        """The answer of the provider: where it is posted to, and what."""
        to = self.begin().headers["location"]
        assert to.startswith(f"{self.provider.at}/sign-on?SAMLRequest=")
        assert self.get(to).text == "Who are you?"
        return dict(json.loads(self.get(f"{to}&{urlencode({'login': login, **more})}").body))

    def post(self, answer: dict[str, str], until: str = "") -> Seen:
        """As the provider's page posts it: from another site, so with no cookie of ours."""
        jar, self.jar = self.jar, {}
        seen = self.ask("POST", answer["to"], {"SAMLResponse": answer["response"]}, sec_fetch_site="cross-site",
                        origin=self.provider.at)  # fmt: skip
        self.jar = jar
        return self._followed(seen, until)

    def sign_in(self, login: str) -> Seen:
        """The whole way in."""
        return self.post(self.answered(login))


@pytest.fixture(scope="module")
def finland(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Standing, Provider]]:
    if not (FOLDER / "node_modules").exists():
        missing(ABSENT)
    folder = tmp_path_factory.mktemp("finland")
    identity = identity_in(folder)
    provider = Provider(folder, free_port())
    (identity.folder / "providers.toml").write_text(
        f'[[provider]]\ncountry = "FI"\ntitle = "Suomi.fi"\nissuer = "{provider.at}/metadata"\nprotocol = "saml"\n'
        f'metadata = "fi.xml"\nlevel = "http://eidas.europa.eu/LoA/substantial"\ntype = "A"\n'
    )
    provider.metadata = identity.folder / "fi.xml"
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS) as node:
        entry = {
            "account": ACCOUNT, "provider": f"{provider.at}/metadata", "subject": "aino", "name": "Aino Virtanen",
            "kind": "trader", "country": "FI", "eori": FINLAND, "roles": ["declarant"],
        }  # fmt: skip
        body = json.dumps({"keeper": "EU", "accounts": [entry]}).encode()
        sent = node.client("ccn2", "fi.system").ask(
            "POST", "/accounts/v1/deliver", body, {"content-type": "application/json"}
        )
        assert sent.status == 202, sent.body
        for _ in range(100):
            state = node.client("ccn2", "fi.system").ask("GET", f"/v1/messages/{sent.json['receipt']}").json["state"]
            if state == "handled":
                break
            time.sleep(0.05)
        else:
            raise AssertionError("the account is not handled")
        yield node, provider


def test_a_foreign_saml_provider_authenticates_and_the_administration_says_as_whom(
    finland: tuple[Standing, Provider],
) -> None:
    node, provider = finland
    aino = Finn(node, provider)
    home = aino.pages.url("signin")
    assert aino.begin().status == 502, "without its metadata nobody is sent anywhere"
    assert "FI · Suomi.fi" in aino.get(home).text, "the sign-in page offers it all the same"
    ours = aino.get(f"{home}/saml")
    assert ours.headers["content-type"] == "application/samlmetadata+xml"
    with provider.running(ours.body):
        provider.metadata.write_text(aino.get(f"{provider.at}/metadata").body)
        seen = aino.sign_in("aino")
        assert (seen.status, seen.url) == (200, aino.pages.url("portal") + "/overview"), seen.text
        assert FINLAND in seen.text

        assert "no account here is yours" in Finn(node, provider).sign_in("eve").text
        other, thief = Finn(node, provider), Finn(node, provider)
        answer = other.answered("aino")
        assert "in another browser" in thief.post(answer).text, "who stole it did not begin it"
        assert other.post(answer).status == 401, "and with that it is used up"
        third = Finn(node, provider)
        answer = third.answered("aino")
        assert third.post(answer).status == 200
        assert "was used" in third.post(answer).text, "an answer holds once"
        assert (
            "or a clock is wrong" in Finn(node, provider).post(Finn(node, provider).answered("aino", late="3600")).text
        )
        unasked = Finn(node, provider).post({"to": answer["to"], "response": "aGFsbG8="})
        assert "no SAML document" in unasked.text

        # the provider signs her out, wherever she is signed in
        to = json.loads(aino.get(f"{provider.at}/sign-out?login=aino").body)["to"]
        assert aino.get(seen.url).status == 200
        forged = aino.get(to.replace("Signature=", "Signature=AAAA"))
        assert forged.status == 401
        assert aino.get(seen.url).status == 200
        told = Finn(node, provider).get(to)
        assert told.text.startswith("signed out: "), told.text
        assert aino.get(seen.url).status == 401

        # she signs out here, and the provider is asked to do the same
        again = Finn(node, provider)
        assert again.sign_in("aino").status == 200
        left = json.loads(again.send(again.get(f"{home}/activity"), "/activity", end="all").body)
        assert left["left"] == "aino"
        back = again.get(left["to"])
        assert back.url == f"{home}/signed-out", back.text
        assert again.get(f"{home}/activity").status == 401

    provider.roll()
    with provider.running(ours.body):
        refused = Finn(node, provider).sign_in("aino")
        assert "by a key that the provider's metadata does not name" in refused.text
        provider.metadata.write_text(aino.get(f"{provider.at}/metadata").body)
        assert Finn(node, provider).sign_in("aino").status == 200, "its new key holds at once"
        text = provider.metadata.read_text().replace(
            "<EntityDescriptor ", '<EntityDescriptor validUntil="2026-01-01T00:00:00Z" '
        )
        provider.metadata.write_text(text)
        assert Finn(node, provider).begin().status == 502, "metadata that is over"
